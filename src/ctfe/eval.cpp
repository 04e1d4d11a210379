// The loop: frames, statements, terminators. Evaluation is bounded in steps and in call depth.
#include "ctfe/ctfe.h"
#include "ctfe/interp.h"
#include "ty/lint.h"
#include "ty/fold.h"
#include "ty/print.h"

namespace ferric::ctfe {

static constexpr uint64_t kMaxBlocks = 100'000'000;

bool Interp::pushFrame(const mir::Body *body, const Instance &instance, const Mem &dest, mir::BlockId returnTo, Span callSpan) {
  if (stack_.size() >= std::max(128u, tcx.sess.options.recursionLimit))
    return fail("reached the configured maximum number of stack frames");
  if (body->tainted) {
    failure.outcome = mir::EvalOutcome::Error; // reported when the body was checked
    return false;
  }
  Frame f;
  f.body = body;
  f.instance = instance;
  f.locals.resize(body->locals.size());
  f.live.assign(body->locals.size(), 0);
  f.dest = dest;
  f.returnTo = returnTo;
  f.callSpan = callSpan;
  f.location = body->span;
  if (dest.type) {
    f.locals[0] = dest; // results are written in place
    f.live[0] = 1;
  }
  stack_.push_back(std::move(f));
  return evalRequired();
}

// The constants that the new frame's body requires: an error in one ends the evaluation though it is never reached.
bool Interp::evalRequired() {
  const mir::Body &body = *frame().body;
  if (body.requiredConsts.empty() || !required_.insert({&body, frame().instance.args.p}).second)
    return true;
  for (const mir::Constant &c : body.requiredConsts) {
    Mem value;
    if (evalConstant(c, value))
      continue;
    if (failure.outcome == mir::EvalOutcome::Error)
      noteErroneousConstant(tcx, c.span);
    return false;
  }
  return true;
}

bool Interp::popFrame() {
  Frame &f = frame();
  for (size_t i = 1; i < f.locals.size(); ++i)
    if (f.live[i] == 1 && isLocalAlloc(f.locals[i].ptr.alloc))
      memory.kill(f.locals[i].ptr.alloc);
  mir::BlockId to = f.returnTo;
  bool outermost = stack_.size() == 1;
  if (outermost)
    return true;
  stack_.pop_back();
  if (!to.valid())
    return fail("entering unreachable code");
  frame().block = to;
  frame().statement = 0;
  return true;
}

// A lint, at the place that is run when patience ends; where it is allowed the evaluation ends all the same.
bool Interp::takesTooLong(Span span) {
  DefId root = stack_.front().instance.def;
  std::optional<diag::LintLevel> level = ty::attributeLintLevel(tcx, root, "long_running_const_eval");
  if (level.value_or(diag::LintLevel::Deny) < diag::LintLevel::Deny)
    return fail("constant evaluation is taking too long");
  tcx.sess.diag.error(tcx.sess.hygiene.sourceCallSite(span), "", "constant evaluation is taking a long time")
      .note("this lint makes sure the compiler doesn't get stuck due to infinite loops in const eval")
      .helpAt(tcx.def(root).span, "the constant being evaluated");
  return fail("");
}

bool Interp::run(size_t baseDepth) {
  while (stack_.size() > baseDepth) {
    Frame &f = frame();
    const mir::BasicBlock &block = f.body->blocks[f.block.raw];
    if (f.statement < block.statements.size()) {
      const Statement &s = block.statements[f.statement++];
      f.location = s.source.span;
      TRY(statement(s));
      continue;
    }
    if (++steps_ > kMaxBlocks)
      return takesTooLong(block.terminator.source.span);
    f.location = block.terminator.source.span;
    if (block.terminator.kind == mir::TerminatorKind::Return && stack_.size() == baseDepth + 1 && baseDepth == 0)
      return true;
    TRY(terminator(block.terminator));
  }
  return true;
}

bool Interp::statement(const Statement &s) {
  switch (s.kind) {
  case mir::StatementKind::Assign: {
    Mem dest;
    TRY(place(s.place, dest) && accessible(dest));
    return assign(dest, s.rvalue);
  }
  case mir::StatementKind::SetDiscriminant: {
    Mem m;
    TRY(place(s.place, m));
    return writeDiscriminant(m, s.variant);
  }
  case mir::StatementKind::StorageLive: {
    Frame &f = frame();
    f.live[s.place.local.raw] = 0;
    return true;
  }
  case mir::StatementKind::StorageDead: {
    Frame &f = frame();
    if (f.live[s.place.local.raw] == 1 && s.place.local != mir::kReturnPlace)
      memory.kill(f.locals[s.place.local.raw].ptr.alloc);
    f.live[s.place.local.raw] = 0;
    return true;
  }
  case mir::StatementKind::Assume: {
    Imm v;
    TyLayout t;
    TRY(operandImm(s.operands[0], v, t));
    return v.a.bits ? true : fail("`assume` called with `false`");
  }
  case mir::StatementKind::CopyNonOverlapping: {
    Imm src, dst, count;
    TyLayout srcTy, dstTy, countTy, elem;
    TRY(operandImm(s.operands[0], src, srcTy));
    TRY(operandImm(s.operands[1], dst, dstTy));
    TRY(operandImm(s.operands[2], count, countTy));
    TRY(typed(srcTy.ty.inner(), elem));
    return memory.copy(src.a.asPtr(), dst.a.asPtr(), elem->size * uint64_t(count.a.bits));
  }
  default:
    return true; // markers for the borrow checker
  }
}

bool Interp::switchInt(const Terminator &t) {
  Mem m;
  TRY(operand(t.operand, m));
  u128 bits = 0;
  TRY(readBits(m, bits));
  size_t i = 0;
  while (i < t.values.size() && layout::bitsOf(t.values[i]) != bits)
    ++i;
  frame().block = t.targets[i];
  frame().statement = 0;
  return true;
}

bool Interp::assertCond(const Terminator &t) {
  Imm c;
  TyLayout type;
  TRY(operandImm(t.operand, c, type));
  if (bool(c.a.bits) == t.expected) {
    frame().block = t.targets[0];
    frame().statement = 0;
    return true;
  }
  auto text = [&](size_t i) -> std::string {
    Imm v;
    TyLayout l;
    if (i >= t.args.size() || !operandImm(t.args[i], v, l))
      return "?";
    bool isSigned = l.ty.is(ty::TyKind::Int);
    return isSigned ? llvm::itostr(int64_t(layout::signExtend(v.a.bits, l->size))) : llvm::utostr(uint64_t(v.a.bits));
  };
  switch (t.assertKind) {
  case mir::AssertKind::BoundsCheck:
    return fail("index out of bounds: the length is " + text(0) + " but the index is " + text(1));
  case mir::AssertKind::Overflow: {
    static const char *const kSigns[] = {"+", "+", "+", "-", "-", "-", "*", "*", "*", "/", "%"};
    if (t.assertOp == mir::BinOp::Shl || t.assertOp == mir::BinOp::Shr)
      return fail(std::string("attempt to shift ") + (t.assertOp == mir::BinOp::Shl ? "left" : "right") + " by `" + text(1) + "`, which would overflow");
    size_t op = std::min<size_t>(size_t(t.assertOp), 10);
    return fail(std::string("attempt to compute `") + text(0) + " " + kSigns[op] + " " + text(1) + "`, which would overflow");
  }
  case mir::AssertKind::OverflowNeg:
    return fail("attempt to negate `" + text(0) + "`, which would overflow");
  case mir::AssertKind::DivisionByZero:
    return fail("attempt to divide `" + text(0) + "` by zero");
  case mir::AssertKind::RemainderByZero:
    return fail("attempt to calculate the remainder of `" + text(0) + "` with a divisor of zero");
  default:
    return fail("an assertion about memory failed");
  }
}

bool Interp::terminator(const Terminator &t) {
  switch (t.kind) {
  case mir::TerminatorKind::Goto:
  case mir::TerminatorKind::FalseEdge:
  case mir::TerminatorKind::FalseUnwind:
    frame().block = t.targets[0];
    frame().statement = 0;
    return true;
  case mir::TerminatorKind::SwitchInt:
    return switchInt(t);
  case mir::TerminatorKind::Return:
    return popFrame();
  case mir::TerminatorKind::Unreachable:
    return fail("entering unreachable code");
  case mir::TerminatorKind::Drop:
    return drop(t);
  case mir::TerminatorKind::Call:
  case mir::TerminatorKind::TailCall:
    return call(t);
  case mir::TerminatorKind::Assert:
    return assertCond(t);
  case mir::TerminatorKind::InlineAsm:
    return fail("inline assembly is not supported");
  default:
    return fail("this cannot be evaluated at compile time");
  }
}

void Interp::recordBacktrace() {
  for (size_t i = stack_.size(); i-- > 0;) {
    const Frame &f = stack_[i];
    if (i + 1 == stack_.size())
      backtrace.span = f.location;
    backtrace.frames.emplace_back(f.location, ty::show(tcx, f.instance));
  }
}

bool Interp::evalBody(const mir::Body *body, const Instance &instance, Mem &out) {
  // The result's type is found with the instance's arguments, as if inside the frame.
  Frame dummy;
  dummy.body = body;
  dummy.instance = instance;
  stack_.push_back(dummy);
  bool ok = temp(subst(body->locals[0].ty), out);
  stack_.pop_back();
  ok = ok && pushFrame(body, instance, out, mir::BlockId(), body->span) && run(0);
  if (!ok)
    recordBacktrace();
  return ok;
}

} // namespace ferric::ctfe
