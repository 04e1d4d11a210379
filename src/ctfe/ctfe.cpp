// The queries: constants to allocations, statics to their memory, type-system constants to values;
// and the report of what went wrong (E0080).
#include "ctfe/ctfe.h"
#include "ctfe/validate.h"
#include "ty/codegen_attrs.h"
#include "traits/instance.h"
#include "traits/type_info.h"
#include "ty/fold.h"
#include "ty/print.h"

namespace ferric::ctfe {

static void report(Ctx &tcx, const Interp &interp, DefId def, llvm::StringRef what) {
  if (interp.failure.message.empty())
    return; // reported before
  Span own = tcx.def(def).span;
  Span place = interp.backtrace.span.isDummy() ? own : interp.backtrace.span;
  // The error stands in the constant's own code; frames of callees become notes, innermost first.
  Span primary = interp.backtrace.frames.empty() ? place : interp.backtrace.frames.back().first;
  diag::Builder b = tcx.sess.diag.error(tcx.sess.hygiene.sourceCallSite(primary), "E0080", interp.failure.message);
  b.label(tcx.sess.hygiene.sourceCallSite(primary), llvm::Twine("evaluation of ") + what + " failed " +
                                                        (interp.backtrace.frames.size() > 1 ? "inside this call" : "here"));
  for (size_t i = interp.backtrace.frames.size(); i-- > 1;) {
    const auto &[span, name] = interp.backtrace.frames[i - 1];
    b.noteAt(tcx.sess.hygiene.sourceCallSite(span), "inside `" + name + "`");
  }
  b.emit();
}

bool Interp::evalConstant(const mir::Constant &c, Mem &out) {
  Ty t = subst(c.ty);
  switch (c.kind) {
  case mir::ConstantKind::Ty: {
    ty::Const value = traits::instantiateAndNormalize(tcx, {}, c.ct, stack_.empty() ? GenericArgs() : frame().instance.args);
    if (value.is(ty::ConstKind::Unevaluated))
      value = tcx.evalUnevaluated({value.def(), value.args(), {}});
    if (!value || !value.is(ty::ConstKind::Value))
      return value && value.is(ty::ConstKind::Error) ? fail("") : memory.tooGeneric();
    AllocId alloc = allocOfConst(tcx, value);
    if (!alloc)
      return memory.tooGeneric();
    TyLayout l;
    TRY(typed(t, l));
    out = {{alloc, 0}, {}, l};
    return true;
  }
  case mir::ConstantKind::Unevaluated: {
    mir::ConstEvalResult r = tcx.constEvalGlobal({c.def, subst(c.args), c.promoted});
    if (r.outcome == mir::EvalOutcome::TooGeneric)
      return memory.tooGeneric();
    if (r.outcome == mir::EvalOutcome::Error)
      return fail(""); // reported where the constant is
    TyLayout l;
    TRY(typed(t, l));
    out = {{r.alloc, 0}, {}, l};
    return true;
  }
  case mir::ConstantKind::Value:
    break;
  }
  TyLayout l;
  TRY(typed(t, l));
  switch (c.value.kind) {
  case mir::ConstValueKind::Indirect:
    out = {{c.value.alloc, c.value.offset}, {}, l};
    return true;
  case mir::ConstValueKind::ZeroSized:
    return tempOf(l, out);
  case mir::ConstValueKind::Slice:
    TRY(tempOf(l, out));
    return writeImm(out, {Value::ofPtr({c.value.alloc, 0}), Value::ofBits(c.value.meta, 8)});
  case mir::ConstValueKind::Scalar: {
    TRY(tempOf(l, out));
    const mir::Scalar &s = c.value.scalar;
    return writeImm(out, {s.kind == mir::ScalarKind::Ptr ? Value::ofPtr({s.alloc, s.offset}) : Value::ofBits(layout::bitsOf(s.bits), l->size), {}});
  }
  }
  return false;
}

// A constant of a trait is the impl's; None: too generic.
static std::optional<Instance> resolveConst(Ctx &tcx, const ty::ConstEvalKey &key) {
  if (tcx.defKind(key.def) != DefKind::AssocConst)
    return Instance{ty::InstanceKind::Item, key.def, key.args, {}, 0};
  return traits::resolveInstance(tcx, {}, key.def, key.args);
}

// Of an interned value: that it is valid, and that nothing in it points to memory that is gone.
static bool validate(Ctx &tcx, Interp &interp, const Mem &value, DefId def, ValueOf of) {
  if (!validateValue(interp, value, of))
    return false;
  if (!interp.memory.danglingFinal)
    return true;
  const char *what = of == ValueOf::Static ? "static" : of == ValueOf::Const ? "constant" : "promoted";
  tcx.sess.diag.error(tcx.def(def).span, llvm::Twine("encountered dangling pointer in final value of ") + what).emit();
  return interp.fail("");
}

static mir::ConstEvalResult evalGlobal(Ctx &tcx, const ty::ConstEvalKey &key) {
  PhaseScope scope("const evaluation", tcx.def(key.def).span);
  std::optional<Instance> instance = key.promoted.valid() ? Instance{ty::InstanceKind::Item, key.def, key.args, {}, 0} : resolveConst(tcx, key);
  if (!instance)
    return {mir::EvalOutcome::TooGeneric, {}};
  const mir::Body *body = key.promoted.valid() ? tcx.mirPromoted({key.def, key.promoted}) : tcx.mirForCtfe(instance->def);
  if (!body || body->tainted)
    return {mir::EvalOutcome::Error, {}};
  Interp interp(tcx);
  Mem out;
  if (interp.evalBody(body, *instance, out)) {
    out.ptr.alloc = interp.memory.intern(out.ptr.alloc, false);
    if (validate(tcx, interp, out, instance->def, key.promoted.valid() ? ValueOf::Promoted : ValueOf::Const))
      return {mir::EvalOutcome::Value, out.ptr.alloc};
  }
  if (interp.failure.outcome == mir::EvalOutcome::Error)
    report(tcx, interp, instance->def, key.promoted.valid() ? "constant value" : "`" + ty::showDefWithArgs(tcx, instance->def, instance->args) + "`");
  return {interp.failure.outcome, {}};
}

static AllocId evalStatic(Ctx &tcx, DefId def) {
  PhaseScope scope("const evaluation", tcx.def(def).span);
  const mir::Body *body = tcx.mirForCtfe(def);
  if (!body || body->tainted)
    return {};
  Interp interp(tcx);
  interp.memory.evaluatingStatic = def;
  Mem out;
  Instance instance{ty::InstanceKind::Item, def, {}, {}, 0};
  if (!interp.evalBody(body, instance, out)) {
    report(tcx, interp, def, "static initializer");
    return {};
  }
  Ty type = ty::eraseRegions(tcx, tcx.typeOf(def));
  bool isMut = tcx.crates.itemAs<ast::StaticItem>(def).mut == ty::Mutability::Mut;
  out.ptr.alloc = interp.memory.intern(out.ptr.alloc, isMut || !traits::typeIsFreeze(tcx, {}, type), isMut);
  if (interp.memory.internedInner && tcx.codegenAttrs(def)->threadLocal) {
    tcx.sess.diag.error(tcx.def(def).span, "", "#[thread_local] does not support implicit nested statics, please create explicit static items and refer to them instead");
    return {};
  }
  if (validate(tcx, interp, out, def, ValueOf::Static))
    return out.ptr.alloc;
  report(tcx, interp, def, "static initializer");
  return {};
}

static ty::Const evalTypeConst(Ctx &tcx, const ty::ConstEvalKey &key) {
  mir::ConstEvalResult r = tcx.constEvalGlobal(key);
  if (r.outcome == mir::EvalOutcome::TooGeneric)
    return {};
  if (r.outcome == mir::EvalOutcome::Error)
    return tcx.common.error_ct;
  std::optional<Instance> instance = resolveConst(tcx, key);
  Ty type = traits::instantiateAndNormalize(tcx, {}, tcx.typeOf(instance->def), instance->args);
  ty::Const c = constOfAlloc(tcx, r.alloc, 0, type);
  return c ? c : tcx.common.error_ct;
}

void noteErroneousConstant(Ctx &tcx, Span span) {
  diag::Diagnostic d;
  d.level = diag::Level::Note;
  d.message = "erroneous constant encountered";
  d.spans.push_back({tcx.sess.hygiene.sourceCallSite(span), "", true});
  diag::Builder(tcx.sess.diag, std::move(d)).emit();
}

mir::ConstEvalResult evalConstant(ty::Ctx &tcx, const mir::Constant &c) {
  if (c.kind == mir::ConstantKind::Unevaluated)
    return tcx.constEvalGlobal({c.def, c.args, c.promoted});
  Interp interp(tcx);
  Mem m;
  if (!interp.evalConstant(c, m))
    return {interp.failure.outcome, {}};
  if (m.ptr.isInt() || m.ptr.addr != 0) { // inside another allocation: a copy of its own
    Pointer own = interp.memory.allocate(m.type->size, m.type->align);
    if (!interp.memory.copy(m.ptr, own, m.type->size))
      return {interp.failure.outcome, {}};
    m.ptr = own;
  }
  return {mir::EvalOutcome::Value, interp.memory.intern(m.ptr.alloc, false)};
}

void registerCtfeProviders(ty::Ctx &tcx) {
  tcx.queries.constEvalGlobal.provider = [](Ctx &t, const ty::ConstEvalKey &k) { return evalGlobal(t, k); };
  tcx.queries.staticAlloc.provider = [](Ctx &t, const DefId &d) { return evalStatic(t, d); };
  tcx.queries.evalUnevaluated.provider = [](Ctx &t, const ty::ConstEvalKey &k) { return evalTypeConst(t, k); };
}

} // namespace ferric::ctfe
