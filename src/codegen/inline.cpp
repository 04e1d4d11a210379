// Small functions are lowered in the place of their calls. LLVM would inline them as well, but only after it has run its passes over
// each of them and weighed each call: of the functions of a Rust program most are of this kind. As in rustc_mir_transform::inline,
// what is inlined is decided by a cost that is computed from the callees up.
#include "codegen/inline.h"
#include "mir/cfg.h"
#include "traits/instance.h"
#include "traits/type_info.h"

namespace ferric::codegen {

using mir::StatementKind; using mir::TerminatorKind;

// Costs in statements. Larger functions are left to LLVM, which weighs them when they are simplified. Compared were 6 to 20 in the
// instructions that bench/programs execute: the differences come from single functions that LLVM inlines just or just not.
static constexpr unsigned kCall = 3, kAssert = 2;
static constexpr unsigned kMost = 12, kMostAlways = 60;
static constexpr unsigned kMostDepth = 32;

static unsigned limitFor(ty::InlineAttr a) {
  switch (a) {
  case ty::InlineAttr::None:
  case ty::InlineAttr::Hint: return kMost;
  case ty::InlineAttr::Always:
  case ty::InlineAttr::Force: return kMostAlways;
  case ty::InlineAttr::Never: return 0;
  }
  UNREACHABLE("inline attribute");
}

// By its attributes alone: may its code stand in another function?
static bool mayInline(const ty::CodegenAttrs &a) {
  return a.inlining != ty::InlineAttr::Never && !a.cold && !a.naked && !a.optimizeNone && !a.optimizeSize && a.targetFeatures.empty() &&
         !a.linkage.valid();
}

const InlineBody *Inliner::find(const Instance &i) {
  auto [it, isNew] = bodies_.try_emplace(i);
  if (!isNew) // what is met again while it is measured calls itself: null, and stays so there
    return it->second && it->second->body ? it->second.get() : nullptr;
  if (depth_ == kMostDepth) {
    bodies_.erase(i);
    return nullptr;
  }
  ++depth_;
  auto body = std::make_unique<InlineBody>();
  measure(i, *body);
  --depth_;
  std::unique_ptr<InlineBody> &slot = bodies_[i];
  slot = std::move(body);
  return slot->body ? slot.get() : nullptr;
}

void Inliner::measure(const Instance &i, InlineBody &out) {
  auto defined = cx_.definedFns.find(i);
  if (defined == cx_.definedFns.end() || i.kind == ty::InstanceKind::Virtual)
    return;
  unsigned limit = kMost;
  if (i.kind == ty::InstanceKind::Item && cx_.tcx.defKind(i.def) != DefKind::Ctor) {
    const ty::CodegenAttrs *attrs = cx_.tcx.codegenAttrs(i.def);
    if (!attrs || !mayInline(*attrs))
      return;
    limit = limitFor(attrs->inlining);
  }
  const mir::Body *body = mono::bodyOf(cx_.tcx, i);
  if (!body || body->tainted || body->blocks.size() > size_t(limit) * 4)
    return;
  const FnAbi &abi = *layout::fnAbiOf(cx_.tcx, i);
  if (abi.cVariadic || abi.ret.layout->uninhabited)
    return;
  std::optional<unsigned> cost = Cost(*this, i, *body, limit).run();
  if (!cost)
    return;
  out.plan = planFrame(cx_, i, *body);
  for (const TyLayout &l : out.plan.layouts)
    if (!l->ok() || !l->sized)
      return;
  out.cost = *cost;
  out.body = body;
}

// None: it is too large, or has a shape that is not inlined: a loop, cleanup, inline assembly, not just one end.
std::optional<unsigned> Inliner::Cost::run() {
  std::vector<BlockId> order = mono::reachableBlocks(cx_.tcx, i_, body_);
  std::vector<unsigned> position(body_.blocks.size());
  for (unsigned k = 0; k < order.size(); ++k)
    position[order[k].raw] = k;
  unsigned returns = 0;
  for (unsigned k = 0; k < order.size(); ++k) {
    const mir::BasicBlock &block = body_.block(order[k]);
    if (block.isCleanup)
      return std::nullopt;
    for (const mir::Statement &s : block.statements)
      addStatement(s);
    llvm::SmallVector<BlockId, 4> next;
    if (std::optional<BlockId> only = mono::constantSuccessor(cx_.tcx, i_, body_, block)) {
      next.push_back(*only);
    } else {
      mir::successors(block.terminator, next);
      if (!addTerminator(block.terminator))
        return std::nullopt;
    }
    for (BlockId b : next)
      if (position[b.raw] <= k)
        return std::nullopt;
    returns += block.terminator.kind == TerminatorKind::Return;
    if (cost_ > limit_)
      return std::nullopt;
  }
  return returns == 1 ? std::optional(cost_) : std::nullopt;
}

// Copies of locals come to nothing.
void Inliner::Cost::addStatement(const mir::Statement &s) {
  switch (s.kind) {
  case StatementKind::Assign: {
    bool isCopy = s.rvalue.kind == mir::RvalueKind::Use && s.place.isLocal() && (s.rvalue.operands[0].isConst() || s.rvalue.operands[0].place.isLocal());
    cost_ += !isCopy;
    return;
  }
  case StatementKind::SetDiscriminant:
  case StatementKind::CopyNonOverlapping: ++cost_; return;
  default: return;
  }
}

bool Inliner::Cost::addTerminator(const mir::Terminator &t) {
  switch (t.kind) {
  case TerminatorKind::Goto:
  case TerminatorKind::Return:
  case TerminatorKind::Unreachable: return true;
  case TerminatorKind::SwitchInt: cost_ += unsigned(t.values.size()); return true;
  case TerminatorKind::Assert: cost_ += kAssert; return true;
  case TerminatorKind::Drop:
    if (traits::needsDrop(cx_.tcx, {}, mono::monoTy(cx_.tcx, i_, mir::placeTy(cx_.tcx, body_, t.place).ty)))
      cost_ += kCall;
    return true;
  case TerminatorKind::Call: addCall(t); return true;
  default: return false;
  }
}

void Inliner::Cost::addCall(const mir::Terminator &t) {
  Ty callee = mono::monoTy(cx_.tcx, i_, mir::operandTy(cx_.tcx, body_, t.operand));
  std::optional<Instance> target;
  if (callee.is(TyKind::FnDef))
    target = traits::resolveInstance(cx_.tcx, callee.def(), callee.args());
  const InlineBody *inner = nullptr;
  if (target && target->kind == InstanceKind::Intrinsic) {
    inner = all_.find({InstanceKind::Item, target->def, target->args, {}, 0});
    cost_ += inner ? inner->cost : 1;
    return;
  }
  if (target)
    inner = all_.find(*target);
  cost_ += inner ? inner->cost : kCall;
}

// ---- lowering ----

FnCx::FnCx(FnCx &caller, const mir::Terminator &call, const Instance &instance, const mir::Body &body)
    : cx(caller.cx), tcx(cx.tcx), instance(instance), body(body), abi(*layout::fnAbiOf(tcx, instance)), fn(caller.fn), b(cx.llcx),
      common_(caller.common_), caller_(&caller), call_(&call) {}

// A closure's arguments are a tuple at the call; its body takes the fields apart, or the tuple.
void FnCx::inlinedArguments(const mir::Terminator &t, const mir::Body &callee, bool rustCall, llvm::SmallVectorImpl<Operand> &out) {
  for (const mir::Operand &o : t.args)
    out.push_back(ownedArgument(o));
  if (!rustCall || out.empty() || callee.spreadArg >= 0)
    return;
  Operand tuple = out.pop_back_val();
  for (size_t i = 0, n = tuple.layout.ty.tuple().size(); i < n; ++i)
    out.push_back(tuple.kind == OperandKind::ZeroSized ? Operand::zst(layout::fieldOf(tcx, tuple.layout, i)) : extractField(tuple, i));
}

LocalRef FnCx::boundArgument(Operand v, TyLayout l, bool memory) {
  if (l->isZst())
    return {LocalRefKind::Operand, Operand::zst(l), {}};
  v.layout = l;
  if (v.kind == OperandKind::Ref) {
    if (memory)
      return {LocalRefKind::Place, {}, v.place()};
    v = load(v.place());
  }
  if (!memory)
    return {LocalRefKind::Operand, v, {}};
  Place p = allocaFor(l);
  b.CreateLifetimeStart(p.ptr);
  slots_.push_back(p.ptr);
  store(v, p);
  return {LocalRefKind::Place, {}, p};
}

// Goes on where the caller stands; afterwards `returned_` is where the caller is to go on, null: it is not reached. The value returned,
// unless it is written to `result` or has no size.
Operand FnCx::lowerInlined(const FramePlan &plan, llvm::ArrayRef<Operand> args, llvm::Value *result) {
  blocks_.resize(body.blocks.size());
  blocks_[0] = caller_->b.GetInsertBlock();
  b.SetInsertPoint(blocks_[0]);
  locals.resize(body.locals.size());
  returnPtr = result;
  for (uint32_t i = 1; i <= body.argCount; ++i)
    locals[i] = boundArgument(args[i - 1], plan.layouts[i], plan.kinds[i] == LocalKind::Memory);
  setUpLocals(plan);
  lowerBlocks(plan);
  if (!returned_)
    return result_;
  b.SetInsertPoint(returned_);
  for (llvm::Value *slot : slots_)
    b.CreateLifetimeEnd(slot);
  return result_;
}

bool FnCx::inlineCall(const mir::Terminator &t, const Instance &callee, const FnAbi &calleeAbi, bool rustCall) {
  const InlineBody *found = cx.inliner && !t.targets.empty() ? cx.inliner->find(callee) : nullptr;
  if (!found)
    return false;
  for (const FnCx *f = this; f; f = f->caller_)
    if (f->instance == callee) // by way of others
      return false;
  llvm::SmallVector<Operand, 4> args;
  inlinedArguments(t, *found->body, rustCall, args);
  if (args.size() != found->body->argCount)
    return false;
  llvm::SmallVector<llvm::Value *, 1> result;
  ReturnDest dest = returnDest(t.place, calleeAbi.ret, result);
  FnCx frame(*this, t, callee, *found->body);
  if (layout::requiresCallerLocation(tcx, callee))
    frame.callerLocationArg = callerLocation(t.source, t.fnSpan);
  Operand v = frame.lowerInlined(found->plan, args, result.empty() ? nullptr : result[0]);
  if (!frame.returned_) {
    goNowhere(t);
    return true;
  }
  b.SetInsertPoint(frame.returned_);
  switch (dest.kind) {
  case DestKind::Nothing: break;
  case DestKind::Store:
    store(v, dest.place);
    if (t.place.isLocal() && plan_->variables[t.place.local.raw])
      setKnown(t.place.local, v);
    break;
  case DestKind::IndirectOperand: setDest(mir::Place(dest.local), load(dest.place)); break;
  case DestKind::DirectOperand: setDest(mir::Place(dest.local), v.kind == OperandKind::Ref ? load(v.place()) : v); break;
  }
  continueAt(t);
  return true;
}

} // namespace ferric::codegen
