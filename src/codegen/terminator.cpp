// Ends of blocks: branches, returns, drops, assertions (rustc_codegen_ssa::mir::block).
#include "codegen/function.h"
#include "traits/instance.h"
#include "llvm/IR/MDBuilder.h"

namespace ferric::codegen {

using mir::AssertKind; using mir::TerminatorKind;

void FnCx::terminator(const mir::Terminator &t) {
  switch (t.kind) {
  case TerminatorKind::Goto:
  case TerminatorKind::FalseEdge:
  case TerminatorKind::FalseUnwind: goTo(t.targets[0]); return;
  case TerminatorKind::SwitchInt: switchTerminator(t); return;
  case TerminatorKind::Return: returnTerminator(); return;
  case TerminatorKind::Unreachable: b.CreateUnreachable(); return;
  case TerminatorKind::Drop: dropTerminator(t); return;
  case TerminatorKind::Call: callTerminator(t); return;
  case TerminatorKind::Assert: assertTerminator(t); return;
  case TerminatorKind::InlineAsm: asmTerminator(t); return;
  case TerminatorKind::UnwindResume:
    CHECK(common_.landingSlot, "resumption without unwinding");
    b.CreateResume(b.CreateLoad(common_.landingSlot->getAllocatedType(), common_.landingSlot));
    return;
  case TerminatorKind::UnwindTerminate: callLangItem("panic_cannot_unwind", {}, t, t.source.span); return;
  case TerminatorKind::TailCall:
  case TerminatorKind::CoroutineDrop:
  case TerminatorKind::Yield:
    tcx.sess.diag.error(t.source.span, "internal: tail calls and coroutines are not supported yet");
    b.CreateUnreachable();
    return;
  }
}

void FnCx::goToOnly(const mir::Terminator &t, size_t i) {
  for (size_t k = 0; k < t.targets.size(); ++k)
    edges_[t.targets[k].raw] -= k != i;
  onlyTarget_ = i;
  goTo(t.targets[i]);
}

void FnCx::goNowhere(const mir::Terminator &t) {
  onlyTarget_ = ~size_t(0);
  for (BlockId target : t.targets)
    --edges_[target.raw];
}

void FnCx::branch(const mir::Terminator &t, llvm::Value *cond, size_t ifTrue, size_t ifFalse) {
  if (llvm::ConstantInt *known = llvm::dyn_cast<llvm::ConstantInt>(cond))
    return goToOnly(t, known->isZero() ? ifFalse : ifTrue);
  BlockId yes = t.targets[ifTrue], no = t.targets[ifFalse];
  if (isCold(yes) != isCold(no))
    cond = b.CreateIntrinsic(llvm::Intrinsic::expect, {cx.i1}, {cond, b.getInt1(isCold(no))});
  b.CreateCondBr(cond, block(yes), block(no));
}

static bool isEmptyUnreachable(const mir::BasicBlock &block) { return block.statements.empty() && block.terminator.kind == TerminatorKind::Unreachable; }

// Values 0 and 1 and no others: which two targets, 0's first.
static std::optional<std::pair<size_t, size_t>> zeroOrOne(const mir::Body &body, const mir::Terminator &t) {
  if (t.values.size() != 2 || !isEmptyUnreachable(body.block(t.targets[2])))
    return std::nullopt;
  layout::u128 first = layout::bitsOf(t.values[0]), second = layout::bitsOf(t.values[1]);
  if (first + second != 1 || first == second)
    return std::nullopt;
  return first == 0 ? std::pair<size_t, size_t>(0, 1) : std::pair<size_t, size_t>(1, 0);
}

void FnCx::switchTerminator(const mir::Terminator &t) {
  llvm::Value *v = operand(t.operand).imm();
  if (t.values.size() == 1) {
    if (!v->getType()->isIntegerTy(1)) {
      branch(t, b.CreateICmpEQ(v, cx.intConst(v->getType(), layout::bitsOf(t.values[0]))), 0, 1);
      return;
    }
    bool onFalse = layout::bitsOf(t.values[0]) == 0; // bool: no comparison needed
    branch(t, v, onFalse ? 1 : 0, onFalse ? 0 : 1);
    return;
  }
  if (llvm::ConstantInt *known = llvm::dyn_cast<llvm::ConstantInt>(v)) {
    size_t i = 0;
    while (i < t.values.size() && cx.intConst(v->getType(), layout::bitsOf(t.values[i])) != known)
      ++i;
    return goToOnly(t, i);
  }
  if (std::optional<std::pair<size_t, size_t>> two = zeroOrOne(body, t)) {
    // The truncation that cannot wrap says that there are no other values.
    bool isBool = v->getType()->isIntegerTy(1);
    branch(t, isBool ? v : b.CreateTrunc(v, cx.i1, "", /*IsNUW=*/true), two->second, two->first);
    return;
  }
  llvm::SwitchInst *s = b.CreateSwitch(v, block(t.targets.back()), unsigned(t.values.size()));
  for (size_t i = 0; i < t.values.size(); ++i)
    s->addCase(cx.intConst(v->getType(), layout::bitsOf(t.values[i])), block(t.targets[i]));
  weighSwitch(t, *s);
}

// Weights where some of the ways are cold; an unreachable `otherwise` does not count.
void FnCx::weighSwitch(const mir::Terminator &t, llvm::SwitchInst &s) {
  llvm::ArrayRef<BlockId> ways(t.targets);
  if (isEmptyUnreachable(body.block(ways.back())))
    ways = ways.drop_back();
  if (llvm::all_of(ways, [&](BlockId w) { return isCold(w) == isCold(ways[0]); }))
    return;
  constexpr uint32_t kCold = 1, kHot = 2000; // what llvm.expect becomes
  llvm::SmallVector<uint32_t, 16> weights{isCold(t.targets.back()) ? kCold : kHot};
  for (BlockId w : llvm::ArrayRef<BlockId>(t.targets).drop_back())
    weights.push_back(isCold(w) ? kCold : kHot);
  s.setMetadata(llvm::LLVMContext::MD_prof, llvm::MDBuilder(cx.llcx).createBranchWeights(weights));
}

void FnCx::returnTerminator() {
  if (caller_) { // the frame around this one goes on here
    if (!abi.ret.isIgnore() && !abi.ret.isIndirect())
      result_ = consume(mir::Place(mir::kReturnPlace));
    returned_ = b.GetInsertBlock();
    return;
  }
  if (abi.ret.layout->uninhabited) {
    abort();
    return;
  }
  switch (abi.ret.mode) {
  case PassMode::Ignore:
  case PassMode::Indirect: b.CreateRetVoid(); return;
  case PassMode::Direct:
  case PassMode::Pair: b.CreateRet(packed(consume(mir::Place(mir::kReturnPlace)))); return;
  case PassMode::Cast: b.CreateRet(loadCast(abi.ret, spill(consume(mir::Place(mir::kReturnPlace))))); return;
  }
}

void FnCx::dropTerminator(const mir::Terminator &t) {
  Ty type = placeTy(t.place);
  Instance drop = traits::resolveDropInPlace(tcx, type);
  if (!drop.ty) {
    continueAt(t);
    return;
  }
  Place p = place(t.place);
  if (!type.is(TyKind::Dynamic)) {
    llvm::SmallVector<llvm::Value *, 2> args{p.ptr};
    if (p.meta)
      args.push_back(p.meta);
    finishCall(t, *layout::fnAbiOf(tcx, drop), cx.fn(drop), args, {});
    return;
  }
  // Through slot 0 of the vtable, which is null when there is nothing to drop.
  Instance virtualDrop = drop;
  virtualDrop.kind = InstanceKind::Virtual;
  virtualDrop.ty = Ty();
  virtualDrop.index = 0;
  llvm::LoadInst *glue = b.CreateAlignedLoad(cx.ptrTy, p.meta, llvm::Align(8));
  llvm::BasicBlock *call = newBlock("drop");
  b.CreateCondBr(b.CreateIsNotNull(glue), call, block(t.targets[0]));
  b.SetInsertPoint(call);
  finishCall(t, *layout::fnAbiOf(tcx, virtualDrop), glue, {p.ptr}, {});
}

static const char *overflowPanic(mir::BinOp op) {
  switch (op) {
  case mir::BinOp::Add: return "panic_const_add_overflow";
  case mir::BinOp::Sub: return "panic_const_sub_overflow";
  case mir::BinOp::Mul: return "panic_const_mul_overflow";
  case mir::BinOp::Div: return "panic_const_div_overflow";
  case mir::BinOp::Rem: return "panic_const_rem_overflow";
  case mir::BinOp::Shl: return "panic_const_shl_overflow";
  case mir::BinOp::Shr: return "panic_const_shr_overflow";
  default: UNREACHABLE("operator that cannot overflow");
  }
}

static const char *panicFunction(const mir::Terminator &t) {
  switch (t.assertKind) {
  case AssertKind::BoundsCheck: return "panic_bounds_check";
  case AssertKind::Overflow: return overflowPanic(t.assertOp);
  case AssertKind::OverflowNeg: return "panic_const_neg_overflow";
  case AssertKind::DivisionByZero: return "panic_const_div_by_zero";
  case AssertKind::RemainderByZero: return "panic_const_rem_by_zero";
  case AssertKind::MisalignedPointerDereference: return "panic_misaligned_pointer_dereference";
  case AssertKind::NullPointerDereference: return "panic_null_pointer_dereference";
  case AssertKind::InvalidEnumConstruction: return "panic_invalid_enum_construction";
  }
  UNREACHABLE("assertion kind");
}

void FnCx::assertTerminator(const mir::Terminator &t) {
  llvm::Value *cond = operand(t.operand).imm();
  llvm::ConstantInt *known = llvm::dyn_cast<llvm::ConstantInt>(cond);
  // Overflow assertions of #[rustc_inherit_overflow_checks] functions count only where this session checks overflow.
  bool division = t.assertOp == mir::BinOp::Div || t.assertOp == mir::BinOp::Rem;
  bool optional = (t.assertKind == AssertKind::Overflow && !division) || t.assertKind == AssertKind::OverflowNeg;
  bool ignored = optional && !tcx.sess.options.overflowChecksOn();
  if (ignored || (known && (known->getZExtValue() != 0) == t.expected)) {
    goTo(t.targets[0]);
    return;
  }
  if (known) {
    goNowhere(t);
  } else {
    llvm::BasicBlock *panic = newBlock("panic"), *ok = block(t.targets[0]);
    b.CreateCondBr(cond, t.expected ? ok : panic, t.expected ? panic : ok);
    b.SetInsertPoint(panic);
  }
  llvm::SmallVector<llvm::Value *, 2> args;
  switch (t.assertKind) {
  case AssertKind::BoundsCheck: // MIR has (len, index), the function wants (index, len)
    args.push_back(operand(t.args[1]).imm());
    args.push_back(operand(t.args[0]).imm());
    break;
  case AssertKind::MisalignedPointerDereference:
  case AssertKind::InvalidEnumConstruction:
    for (const mir::Operand &o : t.args)
      args.push_back(operand(o).imm());
    break;
  default: break;
  }
  callLangItem(panicFunction(t), args, t, t.source.span);
}

} // namespace ferric::codegen
