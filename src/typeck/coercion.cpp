// Coercions (Reference: type-coercions; rustc_hir_typeck::coercion). The order of attempts is the rule: never, unresolved
// source, unsizing, then by the target: raw pointer, reference (autoderef and reborrow); then by the source: function item,
// function pointer, closure; last, equality. Every attempt is a snapshot; obligations are registered on success only.
#include "typeck/coercion.h"
#include "typeck/autoderef.h"
#include "ty/codegen_attrs.h"
#include "typeck/upvar.h"

namespace ferric::typeck {

static bool mutblOk(Mutability from, Mutability to) { return from == Mutability::Mut || to == Mutability::Not; }

static Adjustment derefTo(Ty t) {
  Adjustment a;
  a.kind = AdjustKind::Deref;
  a.target = t;
  return a;
}
static Adjustment borrow(Ty target, Mutability m, bool twoPhase) {
  Adjustment a;
  a.kind = AdjustKind::Borrow;
  a.target = target;
  a.mut = m;
  a.twoPhase = twoPhase && m == Mutability::Mut;
  return a;
}
static Adjustment simple(AdjustKind k, Ty target) {
  Adjustment a;
  a.kind = k;
  a.target = target;
  return a;
}

bool Coerce::unify(Ty a, Ty b) {
  target = b;
  return f.eq(b, a);
}

bool Coerce::attempt(function_ref<bool()> fn) {
  size_t nAdj = adj.size(), nObl = obligations.size();
  bool ok = f.commitIf(fn);
  if (!ok) {
    adj.resize(nAdj);
    obligations.resize(nObl);
  }
  return ok;
}

bool Coerce::coerce(Ty a, Ty b) {
  a = f.shallow(a);
  b = f.shallow(b);
  if (a.isNever()) {
    if (!coerceNever) return unify(a, b);
    adj.push_back(simple(AdjustKind::NeverToAny, b));
    target = b;
    return true;
  }
  // Regions are erased, so that a pending coercion of two variables could only ever equate them.
  if (a.isTyVar()) return unify(a, b);
  if (attempt([&] { return coerceUnsized(a, b); })) return true;
  if (b.is(TyKind::RawPtr)) return toRawPtr(a, b);
  if (b.is(TyKind::Ref)) return toRef(a, b);
  switch (a.kind()) {
  case TyKind::FnDef: return fromFnItem(a, b);
  case TyKind::FnPtr: return fromFnPtr(a, b);
  case TyKind::Closure: return closureToFn(a, b);
  default: return unify(a, b);
  }
}

bool Coerce::toRef(Ty a, Ty b) {
  if (!a.is(TyKind::Ref)) return unify(a, b);
  if (!mutblOk(a.mut(), b.mut())) return false;
  Autoderef deref(f, cause.span, a);
  Ty step;
  bool found = false;
  while (deref.next(step)) {
    if (deref.stepCount() == 0) continue;
    Ty ref = f.tcx.mkRef(f.tcx.common.erased, step, b.mut());
    if (f.eq(ref, b)) {
      found = true;
      break;
    }
  }
  if (!found) return false;
  target = b;
  // `&T` to `&T` is no reborrow: a copy.
  if (a.mut() == Mutability::Not && deref.stepCount() == 1) return true;
  f.adjustSteps(deref, adj);
  obligations.append(deref.obligations().begin(), deref.obligations().end());
  adj.push_back(borrow(f.resolve(b), b.mut(), twoPhase));
  return true;
}

bool Coerce::toRawPtr(Ty a, Ty b) {
  bool isRef = a.is(TyKind::Ref);
  if (!isRef && !a.is(TyKind::RawPtr)) return unify(a, b);
  if (!mutblOk(a.mut(), b.mut())) return false;
  Ty raw = f.tcx.mkPtr(a.inner(), b.mut());
  if (!unify(raw, b)) return false;
  if (isRef) {
    adj.push_back(derefTo(a.inner()));
    Adjustment r = simple(AdjustKind::BorrowRawPtr, b);
    r.mut = b.mut();
    adj.push_back(r);
  } else if (a.mut() != b.mut()) {
    adj.push_back(simple(AdjustKind::MutToConstPointer, b));
  }
  return true;
}

static PolyFnSig withSafety(PolyFnSig s, Safety safety) {
  s.value.header.safety = safety;
  return s;
}

bool fnDefCoercionSig(FnCtxt &f, Ty fnDef, bool toUnsafe, PolyFnSig &sig) {
  const ty::CodegenAttrs *attrs = f.codegenAttrs(fnDef.def());
  if (attrs && attrs->isIntrinsic) return false;
  sig = f.polySigOf(fnDef);
  if (sig.value.header.safety != Safety::Unsafe && toUnsafe) sig = withSafety(sig, Safety::Unsafe);
  return true;
}

bool closureCoercionSig(FnCtxt &f, Ty closure, Safety safety, PolyFnSig &sig) {
  auto it = f.root.closures.find(closure.def());
  if (it == f.root.closures.end() || mentionsUpvars(it->second)) return false;
  sig = f.closureSig(closure);
  Ty inputs = f.resolve(sig.value.inputs()[0]);
  if (!inputs.is(TyKind::Tuple)) return false;
  sig.value = f.tcx.mkSig(inputs.tuple(), sig.value.output(), {});
  sig.value.header.safety = safety;
  return true;
}

bool Coerce::fromFnPtr(Ty a, Ty b) {
  if (b.is(TyKind::FnPtr) && a.fnPtrSig().value.header.safety != Safety::Unsafe && b.fnPtrSig().value.header.safety == Safety::Unsafe) {
    if (!unify(f.tcx.mkFnPtr(withSafety(a.fnPtrSig(), Safety::Unsafe)), b)) return false;
    adj.push_back(simple(AdjustKind::UnsafeFnPointer, b));
    return true;
  }
  return unify(a, b);
}

bool Coerce::fromFnItem(Ty a, Ty b) {
  if (!b.is(TyKind::FnPtr)) return unify(a, b);
  PolyFnSig sig;
  Safety safety = b.fnPtrSig().value.header.safety;
  if (!fnDefCoercionSig(f, a, safety == Safety::Unsafe, sig)) return false;
  return attempt([&] {
    sig.value = f.normalizeInto(cause, sig.value, obligations);
    if (!unify(f.tcx.mkFnPtr(sig), b)) return false;
    Adjustment r = simple(AdjustKind::ReifyFnPointer, b);
    r.safety = safety;
    adj.push_back(r);
    return true;
  });
}

bool Coerce::closureToFn(Ty a, Ty b) {
  if (!b.is(TyKind::FnPtr)) return unify(a, b);
  PolyFnSig sig;
  Safety safety = b.fnPtrSig().value.header.safety;
  if (!closureCoercionSig(f, a, safety, sig)) return false;
  if (!unify(f.tcx.mkFnPtr(sig), b)) return false;
  Adjustment r = simple(AdjustKind::ClosureFnPointer, b);
  r.safety = safety;
  adj.push_back(r);
  return true;
}

// ---- unsizing ----
bool Coerce::coerceUnsized(Ty source, Ty to) {
  if (source.isTyVar() || to.isTyVar()) return false;
  switch (to.kind()) {
  case TyKind::Bool: case TyKind::Char: case TyKind::Int: case TyKind::Uint: case TyKind::Float: case TyKind::Infer: case TyKind::Str:
  case TyKind::Array: case TyKind::Slice: case TyKind::FnDef: case TyKind::FnPtr: case TyKind::Dynamic: case TyKind::Closure:
  case TyKind::Never: case TyKind::Tuple: case TyKind::Error:
    return false;
  default: break;
  }
  if (source.is(TyKind::Ref) && to.is(TyKind::Ref) && source.inner().isStr() && to.inner().isStr()) return false;
  DefId coerceTrait = f.tcx.langItem(sym::coerce_unsized);
  if (!coerceTrait || !f.tcx.langItem(sym::unsize)) return false;
  Ty from = source;
  if (source.is(TyKind::Ref) && (to.is(TyKind::Ref) || to.is(TyKind::RawPtr))) {
    if (!mutblOk(source.mut(), to.mut())) return false;
    adj.push_back(derefTo(source.inner()));
    if (to.is(TyKind::Ref)) {
      from = f.tcx.mkRef(f.tcx.common.erased, source.inner(), to.mut());
      adj.push_back(borrow(from, to.mut(), false));
    } else {
      from = f.tcx.mkPtr(source.inner(), to.mut());
      Adjustment r = simple(AdjustKind::BorrowRawPtr, from);
      r.mut = to.mut();
      adj.push_back(r);
    }
  }
  // The target is a variable equal to `to`, as rustc has it, so that selecting cannot look at it before it is known.
  adj.push_back(simple(AdjustKind::Unsize, to));
  target = to;
  // core's impls for references and raw pointers all say `T: Unsize<U>`; no need to search for them.
  bool fromPtr = from.is(TyKind::Ref) || from.is(TyKind::RawPtr), toPtr = to.is(TyKind::Ref) || to.is(TyKind::RawPtr);
  if (fromPtr && toPtr) {
    if ((to.is(TyKind::Ref) && from.is(TyKind::RawPtr)) || !mutblOk(from.mut(), to.mut())) return false;
    GenericArg args[] = {from.inner(), to.inner()};
    return unsizeLoop(f.traitPredicate(f.tcx.langItem(sym::unsize), args));
  }
  if (fromPtr != toPtr && !from.is(TyKind::Adt)) return false;
  GenericArg args[] = {from, to};
  return unsizeLoop(f.traitPredicate(coerceTrait, args));
}

// A fulfilment loop over CoerceUnsized and Unsize goals only; the rest is registered. Ambiguity is a failure: a coercion
// must be known to apply where it stands.
bool Coerce::unsizeLoop(Predicate goal) {
  DefId coerceTrait = f.tcx.langItem(sym::coerce_unsized), unsizeTrait = f.tcx.langItem(sym::unsize);
  ObligationVec queue{f.obligation(goal, Cause(cause.span, CauseCode::Coercion))};
  for (size_t i = 0; i < queue.size(); ++i) {
    if (i > 128) return false;
    Obligation o = queue[i];
    DefId trait = o.predicate.kind() == PredicateKind::Trait && o.predicate->vars.empty() ? o.predicate->traitRef.trait : DefId();
    if (!trait || (trait != coerceTrait && trait != unsizeTrait)) {
      obligations.push_back(o);
      continue;
    }
    o.predicate = f.resolve(o.predicate);
    traits::Selection sel;
    switch (traits::select(f.infcx, o, sel)) {
    case traits::SelectOutcome::Selected:
      queue.append(sel.nested.begin(), sel.nested.end());
      break;
    case traits::SelectOutcome::Ambiguous: {
      // `?T: Unsize<dyn Trait>` with ?T known to be sized can only be made an object.
      TraitRef tr = o.predicate->traitRef;
      if (trait != unsizeTrait) return false;
      Ty self = f.shallow(tr.self()), to = f.shallow(tr.args[1].ty());
      if (!self.isTyVar() || !to.is(TyKind::Dynamic) || !f.typeVarIsSized(self)) return false;
      obligations.push_back(o);
      break;
    }
    default:
      // An incompatible `dyn Trait` was written somewhere, where that is reported: nothing to add here.
      if (trait != unsizeTrait || !toIncompatibleDyn(o.predicate->traitRef.args[1].ty())) return false;
      f.root.setTainted();
      break;
    }
  }
  return true;
}

bool Coerce::toIncompatibleDyn(Ty to) {
  to = f.resolve(to);
  if (!to.is(TyKind::Dynamic)) return false;
  return llvm::any_of(to.preds(), [&](const ty::PolyExistentialPredicate &p) {
    return p.value.kind != ty::ExistentialKind::Projection && !f.tcx.isDynCompatible(p.value.def);
  });
}

// ---- coercion sites ----
bool FnCtxt::coerce(const hir::Expr *e, Ty exprTy, Ty target, bool twoPhase, Ty &result) {
  Ty source = tryStructurally(exprTy);
  Coerce c{*this, Cause(e->span), twoPhase, guaranteedRead(e)};
  if (!c.attempt([&] { return c.coerce(source, target); })) return false;
  registerAll(c.obligations);
  applyAdjustments(e, std::move(c.adj));
  result = hasErr(exprTy) ? error() : target;
  return true;
}

bool FnCtxt::mayCoerce(Ty from, Ty to) {
  return probe([&] {
    Coerce c{*this, Cause(), false, true};
    if (!c.coerce(shallow(from), shallow(to))) return false;
    for (const traits::Obligation &o : c.obligations)
      if (!mayHold(o.predicate)) return false;
    return true;
  });
}

bool FnCtxt::coercionLub(const Cause &cause, ArrayRef<const hir::Expr *> prev, Ty prevTy, const hir::Expr *e, Ty newTy, Ty &result) {
  prevTy = tryStructurally(prevTy);
  newTy = tryStructurally(newTy);
  if (prevTy == newTy) {
    result = prevTy;
    return true;
  }
  bool prevFn = prevTy.is(TyKind::FnDef) || prevTy.is(TyKind::Closure), newFn = newTy.is(TyKind::FnDef) || newTy.is(TyKind::Closure);
  if (prevFn && newFn) {
    if (prevTy.kind() == newTy.kind() && eq(prevTy, newTy)) {
      result = prevTy;
      return true;
    }
    return lubToFnPtr(cause, prev, prevTy, e, newTy, result);
  }
  // First try the new expression to the type so far; when it has been adjusted already (by itself), only the other way is left.
  if (results.adjustments.find(e->id) == results.adjustments.end()) {
    Coerce c{*this, cause, false, true};
    if (c.attempt([&] { return c.coerce(newTy, prevTy); })) {
      registerAll(c.obligations);
      result = c.target;
      applyAdjustments(e, std::move(c.adj));
      return true;
    }
  }
  Coerce c{*this, cause, false, true};
  if (!c.attempt([&] { return c.coerce(prevTy, newTy); })) return false;
  registerAll(c.obligations);
  for (const hir::Expr *p : prev) applyAdjustments(p, c.adj);
  result = c.target;
  return true;
}

bool FnCtxt::lubToFnPtr(const Cause &cause, ArrayRef<const hir::Expr *> prev, Ty prevTy, const hir::Expr *e, Ty newTy, Ty &result) {
  PolyFnSig a, b;
  auto sigOf = [&](Ty t, PolyFnSig &s) {
    return t.is(TyKind::FnDef) ? fnDefCoercionSig(*this, t, false, s) : closureCoercionSig(*this, t, Safety::Safe, s);
  };
  if (!sigOf(prevTy, a) || !sigOf(newTy, b)) return false;
  if (a.value.header.safety != Safety::Unsafe && b.value.header.safety == Safety::Unsafe) a = withSafety(a, Safety::Unsafe);
  else if (b.value.header.safety != Safety::Unsafe && a.value.header.safety == Safety::Unsafe) b = withSafety(b, Safety::Unsafe);
  a.value = normalize(cause, a.value);
  b.value = normalize(cause, b.value);
  Ty ptr = tcx.mkFnPtr(a);
  if (!eq(ptr, tcx.mkFnPtr(b))) return false;
  auto adjustment = [&](Ty t) {
    Adjustment r = simple(t.is(TyKind::Closure) ? AdjustKind::ClosureFnPointer : AdjustKind::ReifyFnPointer, ptr);
    r.safety = a.value.header.safety;
    return r;
  };
  for (const hir::Expr *p : prev) applyAdjustments(p, {adjustment(prevTy)});
  applyAdjustments(e, {adjustment(newTy)});
  result = ptr;
  return true;
}

// ---- CoerceMany ----
void CoerceMany::coerce(FnCtxt &fcx, const Cause &cause, const hir::Expr *e, Ty t) {
  t = fcx.shallow(t);
  if (fcx.hasErr(t) || fcx.hasErr(fcx.resolve(merged()))) {
    final_ = fcx.error();
    return;
  }
  Ty result;
  bool ok = exprs_.empty() ? fcx.coerce(e, t, expected_, false, result) : fcx.coercionLub(cause, exprs_, merged(), e, t, result);
  if (ok) {
    final_ = result;
    exprs_.push_back(e);
    return;
  }
  report(fcx, cause, e, merged(), t);
}

void CoerceMany::coerceForcedUnit(FnCtxt &fcx, const Cause &cause, bool unitIsExpected, const hir::Expr *context) {
  if (fcx.hasErr(fcx.resolve(merged()))) {
    final_ = fcx.error();
    return;
  }
  if (fcx.eq(merged(), fcx.tcx.common.unit)) {
    final_ = fcx.tcx.common.unit;
    return;
  }
  if (unitIsExpected) report(fcx, cause, context, fcx.tcx.common.unit, merged());
  else report(fcx, cause, context, merged(), fcx.tcx.common.unit);
}

void CoerceMany::report(FnCtxt &fcx, const Cause &cause, const hir::Expr *e, Ty expected, Ty found) {
  // `-> dyn Trait` is an error of its own; what is returned cannot be right.
  if ((cause.code == CauseCode::ReturnValue || cause.code == CauseCode::BlockTail) && fcx.declaredRet && fcx.resolve(fcx.declaredRet).is(TyKind::Dynamic)) {
    final_ = fcx.error();
    return;
  }
  fcx.reportMismatch(cause, expected, found, e);
  final_ = fcx.error();
}

Ty CoerceMany::complete(FnCtxt &fcx) { return final_ ? final_ : fcx.tcx.common.never; }

} // namespace ferric::typeck
