// The frame of a function's lowering: locals, arguments, blocks, statements (rustc_codegen_ssa::mir::codegen_mir).
#include "codegen/function.h"
#include "mir/cfg.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

namespace ferric::codegen {

using mir::StatementKind;

FnCx::FnCx(CodegenCx &cx, const Instance &instance, const mir::Body &body, llvm::Function *fn)
    : cx(cx), tcx(cx.tcx), instance(instance), body(body), abi(*layout::fnAbiOf(cx.tcx, instance)), fn(fn), b(cx.llcx) {}

llvm::BasicBlock *FnCx::block(BlockId id) {
  llvm::BasicBlock *&bb = blocks_[id.raw];
  if (!bb)
    bb = newBlock("bb");
  return bb;
}

// A block that is reached only from here goes on in the same block of LLVM's; that is open until it is lowered.
void FnCx::goTo(BlockId id) {
  llvm::BasicBlock *&bb = blocks_[id.raw];
  if (!bb && cx.optimizing() && edges_[id.raw] == 1)
    bb = b.GetInsertBlock();
  else
    b.CreateBr(block(id));
}

// ---- arguments ----

static unsigned paramCount(const ArgAbi &a) {
  switch (a.mode) {
  case PassMode::Ignore: return 0;
  case PassMode::Pair: return 2;
  case PassMode::Indirect: return a.hasMeta ? 2 : 1;
  default: return 1;
  }
}

// Takes one argument's LLVM parameters from `index` on.
LocalRef FnCx::argRef(const ArgAbi &a, unsigned &index, bool memory) {
  llvm::Value *first = paramCount(a) ? fn->getArg(index) : nullptr;
  llvm::Value *second = paramCount(a) == 2 ? fn->getArg(index + 1) : nullptr;
  index += paramCount(a);
  Operand v = Operand::zst(a.layout);
  switch (a.mode) {
  case PassMode::Ignore: break;
  case PassMode::Direct: v = Operand::immediate(first, a.layout); break;
  case PassMode::Pair: v = Operand::pair(first, second, a.layout); break;
  case PassMode::Cast: {
    Place p = allocaFor(a.layout);
    storeCast(first, a, p);
    return {LocalRefKind::Place, {}, p};
  }
  case PassMode::Indirect: {
    Place p{first, second, std::max<uint64_t>(a.attrs.pointeeAlign, 1), a.layout};
    if (!a.hasMeta)
      return {LocalRefKind::Place, {}, p};
    TyLayout ptr = layoutOf(tcx.mkPtr(a.layout.ty, ty::Mutability::Mut));
    Place slot = allocaFor(ptr);
    store(Operand::pair(first, second, ptr), slot);
    return {LocalRefKind::UnsizedPlace, {}, slot};
  }
  }
  if (!memory || v.kind == OperandKind::ZeroSized)
    return {LocalRefKind::Operand, v, {}};
  Place p = allocaFor(a.layout);
  store(v, p);
  return {LocalRefKind::Place, {}, p};
}

// The tuple that "rust-call" spreads over the arguments, put together again.
LocalRef FnCx::spreadArg(Local l, unsigned &abiIndex, unsigned &index) {
  TyLayout tuple = layoutOf(mono(body.local(l).ty));
  Place p = allocaFor(tuple);
  for (size_t i = 0, n = tuple.ty.tuple().size(); i < n; ++i) {
    LocalRef part = argRef(abi.args[abiIndex++], index, false);
    Operand v = part.kind == LocalRefKind::Place ? load(part.place) : part.operand;
    if (v.kind != OperandKind::ZeroSized)
      store(v, projectField(p, i));
  }
  if (tuple->isZst())
    return {LocalRefKind::Operand, Operand::zst(tuple), {}};
  return {LocalRefKind::Place, {}, p};
}

void FnCx::setUpArgs(const FramePlan &plan) {
  unsigned index = 0, abiIndex = 0;
  if (abi.ret.isIndirect())
    returnPtr = fn->getArg(index++);
  for (uint32_t i = 1; i <= body.argCount; ++i) {
    if (body.spreadArg == int(i)) {
      locals[i] = spreadArg(Local(i), abiIndex, index);
      continue;
    }
    if (abi.cVariadic && abiIndex == abi.fixedCount) { // `...`: a VaList that starts behind the named arguments
      Place list = allocaFor(layoutOf(mono(body.local(Local(i)).ty)));
      b.CreateIntrinsic(llvm::Intrinsic::vastart, {cx.ptrTy}, {list.ptr});
      locals[i] = {LocalRefKind::Place, {}, list};
      continue;
    }
    CHECK(abiIndex < abi.args.size(), "body with more arguments than its signature");
    locals[i] = argRef(abi.args[abiIndex++], index, plan.kinds[i] == LocalKind::Memory);
  }
  if (layout::requiresCallerLocation(tcx, instance))
    callerLocationArg = argRef(abi.args.back(), index, false).operand;
}

// Where a block can go on.
static llvm::SmallVector<BlockId, 4> successorsOf(const mir::Body &body, const FramePlan &p, BlockId id) {
  llvm::SmallVector<BlockId, 4> out;
  if (p.constantSuccessors[id.raw].valid())
    out.push_back(p.constantSuccessors[id.raw]);
  else
    mir::successors(body.block(id).terminator, out);
  return out;
}

static void findPredecessors(CodegenCx &cx, const Instance &instance, const mir::Body &body, FramePlan &p) {
  p.constantSuccessors.resize(body.blocks.size());
  p.predecessors.resize(body.blocks.size());
  p.loopHeads.resize(body.blocks.size());
  std::vector<bool> passed(body.blocks.size());
  for (BlockId id : p.order) {
    passed[id.raw] = true;
    if (std::optional<BlockId> only = mono::constantSuccessor(cx.tcx, instance, body, body.block(id)))
      p.constantSuccessors[id.raw] = *only;
    for (BlockId b : successorsOf(body, p, id)) {
      ++p.predecessors[b.raw];
      p.loopHeads[b.raw] = p.loopHeads[b.raw] || passed[b.raw];
    }
  }
}

FramePlan planFrame(CodegenCx &cx, const Instance &instance, const mir::Body &body) {
  FramePlan p;
  p.order = mono::reachableBlocks(cx.tcx, instance, body);
  for (const mir::LocalDecl &l : body.locals) {
    p.layouts.push_back(cx.layoutOf(mono::monoTy(cx.tcx, instance, l.ty)));
    if (!p.layouts.back()->ok())
      layout::reportLayoutError(cx.tcx, p.layouts.back().ty, p.layouts.back().layout, body.span);
  }
  findPredecessors(cx, instance, body, p);
  p.kinds = analyzeLocals(cx.tcx, instance, body, p.order, p.layouts, p.variables);
  p.cold = cx.optimizing() ? findColdBlocks(cx.tcx, body, p.order) : std::vector<bool>(body.blocks.size());
  return p;
}

// All but the arguments, which are there already.
void FnCx::setUpLocals(const FramePlan &plan) {
  for (uint32_t i = 0; i < body.locals.size(); ++i) {
    if (i > 0 && i <= body.argCount)
      continue;
    LocalRef &l = locals[i];
    TyLayout layout = plan.layouts[i];
    if (i == 0 && returnPtr)
      l = {LocalRefKind::Place, {}, {returnPtr, nullptr, layout->align, layout}};
    else if (plan.kinds[i] == LocalKind::Zst)
      l = {LocalRefKind::Operand, Operand::zst(layout), {}};
    else if (plan.kinds[i] != LocalKind::Memory)
      l.kind = LocalRefKind::Pending;
    else if (layout->sized)
      l = {LocalRefKind::Place, {}, allocaFor(layout)};
    else
      l = {LocalRefKind::UnsizedPlace, {}, allocaFor(layoutOf(tcx.mkPtr(layout.ty, ty::Mutability::Mut)))};
  }
}

// ---- the body ----

void FnCx::lower() {
  FramePlan plan = planFrame(cx, instance, body);
  blocks_.resize(body.blocks.size());
  b.SetInsertPoint(newBlock("start"));
  llvm::BranchInst *enter = b.CreateBr(block(BlockId(0)));
  common_.allocaPoint = enter;
  b.SetInsertPoint(enter);
  locals.resize(body.locals.size());
  setUpArgs(plan);
  setUpLocals(plan);
  lowerBlocks(plan);
  if (cx.optimizing() && !plan.predecessors[0])
    llvm::MergeBlockIntoPredecessor(blocks_[0]);
}

void FnCx::lowerBlock(BlockId id) {
  b.SetInsertPoint(block(id));
  auto entry = entries_.find(id);
  known_.clear();
  if (entry != entries_.end() && entry->second.edges == edges_[id.raw])
    known_ = std::move(entry->second.known);
  const mir::BasicBlock &data = body.block(id);
  for (const mir::Statement &s : data.statements)
    statement(s);
  onlyTarget_.reset();
  if (data.terminator.kind == mir::TerminatorKind::Call && data.terminator.place.isLocal())
    setKnown(data.terminator.place.local, {});
  if (BlockId only = plan_->constantSuccessors[id.raw]; only.valid())
    goTo(only);
  else
    terminator(data.terminator);
  leaveBlock(id);
}

// `v` was assigned to the variable.
void FnCx::setKnown(Local l, const Operand &v) {
  llvm::erase_if(known_, [&](const auto &k) { return k.first == l; });
  llvm::Constant *c = v.kind == OperandKind::Immediate ? llvm::dyn_cast<llvm::ConstantInt>(v.a) : nullptr;
  if (c && known_.size() < kMostKnown)
    known_.push_back({l, c});
}

// What is known here is known at the start of a block if all edges to it say so.
void FnCx::leaveBlock(BlockId id) {
  llvm::SmallVector<BlockId, 4> next = successorsOf(body, *plan_, id);
  for (size_t i = 0; i < next.size(); ++i) {
    if ((onlyTarget_ && i != *onlyTarget_) || plan_->loopHeads[next[i].raw])
      continue;
    Entry &e = entries_[next[i]];
    if (!e.edges++)
      e.known = known_;
    else
      llvm::erase_if(e.known, [&](const auto &k) { return !llvm::is_contained(known_, k); });
  }
}

// Lowers the blocks to which a branch was made, in order; blocks that none can be made to any more take no edges to others. `isExact`:
// no block was passed over to which one can still be made, from behind it. False: there was nothing to lower.
bool FnCx::lowerReached(std::vector<bool> &lowered, bool &isExact) {
  bool any = false;
  for (BlockId id : plan_->order) {
    if (lowered[id.raw])
      continue;
    if (blocks_[id.raw]) {
      lowered[id.raw] = any = true;
      lowerBlock(id);
      continue;
    }
    isExact &= !plan_->loopHeads[id.raw];
    if (!isExact)
      continue;
    for (BlockId n : successorsOf(body, *plan_, id))
      --edges_[n.raw];
  }
  return any;
}

void FnCx::lowerBlocks(const FramePlan &plan) {
  plan_ = &plan;
  edges_ = plan.predecessors;
  std::vector<bool> lowered(body.blocks.size());
  bool isExact = true;
  while (lowerReached(lowered, isExact))
    isExact = false;
  for (llvm::BasicBlock *bb : blocks_) // named by constant switches only in part
    if (bb && bb != returned_ && !bb->getTerminator() && bb->empty())
      new llvm::UnreachableInst(cx.llcx, bb);
}

void FnCx::storage(Local l, bool live) {
  const LocalRef &r = locals[l.raw];
  if (!cx.optimizing() || r.kind != LocalRefKind::Place || !llvm::isa<llvm::AllocaInst>(r.place.ptr))
    return;
  if (live)
    b.CreateLifetimeStart(r.place.ptr);
  else
    b.CreateLifetimeEnd(r.place.ptr);
}

void FnCx::statement(const mir::Statement &s) {
  switch (s.kind) {
  case StatementKind::Assign: assign(s.place, s.rvalue); return;
  case StatementKind::SetDiscriminant: setDiscriminant(place(s.place), s.variant); return;
  case StatementKind::StorageLive: storage(s.place.local, true); return;
  case StatementKind::StorageDead: storage(s.place.local, false); return;
  case StatementKind::Assume:
    if (cx.optimizing())
      assume(operand(s.operands[0]).imm());
    return;
  case StatementKind::CopyNonOverlapping: {
    Operand src = operand(s.operands[0]), dst = operand(s.operands[1]), count = operand(s.operands[2]);
    TyLayout elem = layoutOf(src.layout.ty.inner());
    if (elem->isZst())
      return;
    llvm::Value *bytes = b.CreateMul(count.imm(), cx.usize(elem->size));
    b.CreateMemCpy(dst.imm(), llvm::Align(elem->align), src.imm(), llvm::Align(elem->align), bytes);
    return;
  }
  case StatementKind::Nop:
  case StatementKind::FakeRead:
  case StatementKind::PlaceMention:
  case StatementKind::AscribeUserType:
  case StatementKind::ConstEvalCounter: return;
  }
}

void FnCx::assume(llvm::Value *v) { b.CreateAssumption(v); }

void FnCx::abort() {
  b.CreateCall(cx.intrinsic(llvm::Intrinsic::trap));
  b.CreateUnreachable();
}

} // namespace ferric::codegen
