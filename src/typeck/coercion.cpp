// Coercions (Reference: type-coercions; rustc_hir_typeck::coercion). The order of attempts is the rule: never, unresolved
// source, unsizing, then by the target: raw pointer, reference (autoderef and reborrow); then by the source: function item,
// function pointer, closure; last, equality. Every attempt is a snapshot; obligations are registered on success only.
#include "typeck/coercion.h"
#include "typeck/autoderef.h"
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
  if (it != f.root.closures.end() ? mentionsUpvars(it->second) : !f.closureHasNoCaptures(closure)) return false;
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
  SmallVector<Predicate, 8> queue{goal};
  for (size_t i = 0; i < queue.size(); ++i) {
    if (i > 64) return false;
    Predicate p = queue[i];
    DefId trait = p.kind() == PredicateKind::Trait ? p->traitRef.trait : DefId();
    if (trait == coerceTrait) {
      if (!selectCoerceUnsized(f.resolve(p->traitRef), queue)) return false;
    } else if (trait == unsizeTrait) {
      TraitRef tr = f.resolve(p->traitRef);
      if (!selectUnsize(p, tr.self(), tr.args[1].ty(), queue)) return false;
    } else {
      obligations.push_back(f.obligation(p, Cause(cause.span, CauseCode::Coercion)));
    }
  }
  return true;
}

// The one impl (or where-clause) of CoerceUnsized that fits; its where-clauses join the queue.
bool Coerce::selectCoerceUnsized(const TraitRef &tr, SmallVectorImpl<Predicate> &queue) {
  Ty self = f.shallow(tr.self());
  if (self.isTyVar()) return false;
  for (Predicate c : f.env().clauses)
    if (c.kind() == PredicateKind::Trait && c->traitRef.trait == tr.trait && f.eqArgs(f.erased(c)->traitRef.args, tr.args)) return true;
  SmallVector<DefId, 4> fits;
  f.tcx.crates.forEachImpl(tr.trait, f.simplify(self), [&](const ImplRow &row) {
    if (row.negative) return;
    bool ok = f.probe([&] {
      SmallVector<Predicate, 8> nested;
      if (!matchImpl(row.impl, tr, nested)) return false;
      for (Predicate n : nested)
        if (!f.mayHold(n)) return false;
      return true;
    });
    if (ok) fits.push_back(row.impl);
  });
  if (fits.size() != 1) return false;
  return matchImpl(fits[0], tr, queue);
}

bool Coerce::matchImpl(DefId impl, const TraitRef &tr, SmallVectorImpl<Predicate> &nested) {
  GenericArgs args = f.freshArgs(cause.span, impl);
  TraitRef header = ty::eraseRegions(f.tcx, ty::instantiate(f.tcx, f.tcx.implTraitRef(impl), args));
  header.args = f.normalizeInto(cause, header.args, obligations);
  if (!f.eqArgs(header.args, tr.args)) return false;
  SmallVector<ty::SpannedClause, 8> clauses;
  f.tcx.predicatesOf(impl, args, clauses);
  for (const ty::SpannedClause &c : clauses)
    if (Predicate p = f.erasedRelevant(c.clause)) nested.push_back(f.normalizeInto(cause, p, obligations));
  return true;
}

// Built-in candidates of Unsize (rustc assemble_candidates_for_unsizing).
bool Coerce::selectUnsize(Predicate goal, Ty a, Ty b, SmallVectorImpl<Predicate> &queue) {
  a = f.shallow(a);
  b = f.shallow(b);
  if (a.isTyVar()) {
    if (!b.is(TyKind::Dynamic) || !f.typeVarIsSized(a)) return false;
    obligations.push_back(f.obligation(goal, Cause(cause.span, CauseCode::Coercion)));
    return true;
  }
  if (b.isTyVar()) return false;
  for (Predicate c : f.env().clauses)
    if (c.kind() == PredicateKind::Trait && c->traitRef.trait == goal->traitRef.trait && f.eqArgs(f.erased(c)->traitRef.args, goal->traitRef.args))
      return true;
  if (b.is(TyKind::Dynamic)) return a.is(TyKind::Dynamic) ? upcast(a, b, goal) : toObject(a, b, queue);
  if (a.is(TyKind::Array) && b.is(TyKind::Slice)) return f.eq(a.inner(), b.inner());
  if (a.is(TyKind::Adt) && b.is(TyKind::Adt) && a.adt() == b.adt() && a.adt()->isStruct()) return unsizeStruct(a, b, queue);
  return false;
}

bool Coerce::toObject(Ty a, Ty b, SmallVectorImpl<Predicate> &queue) {
  for (const ty::PolyExistentialPredicate &p : b.preds())
    queue.push_back(f.withSelf(p, a));
  if (DefId sized = f.tcx.langItem(sym::sized)) queue.push_back(f.traitPredicate(sized, GenericArg(a)));
  return true;
}

// dyn A to dyn B: the same principal with fewer auto traits, or a supertrait (trait upcasting).
bool Coerce::upcast(Ty a, Ty b, Predicate goal) {
  if (f.samePrincipal(a, b)) {
    for (const ty::PolyExistentialPredicate &p : b.preds())
      if (p.value.kind == ty::ExistentialKind::AutoTrait && !llvm::any_of(a.preds().ref(), [&](const ty::PolyExistentialPredicate &q) {
            return q.value.kind == ty::ExistentialKind::AutoTrait && q.value.def == p.value.def;
          }))
        return false;
    return f.eqExistentials(a, b);
  }
  if (!f.mayHold(f.resolve(goal))) return false;
  obligations.push_back(f.obligation(goal, Cause(cause.span, CauseCode::Coercion)));
  return true;
}

bool Coerce::unsizeStruct(Ty a, Ty b, SmallVectorImpl<Predicate> &queue) {
  const VariantDef &v = a.adt()->nonEnum();
  if (v.fields.empty()) return false;
  Ty tailRaw = f.tcx.typeOf(v.fields.back().def);
  llvm::SmallDenseSet<uint32_t, 4> params;
  f.collectParams(tailRaw, params);
  for (size_t i = 0; i + 1 < v.fields.size(); ++i) {
    llvm::SmallDenseSet<uint32_t, 4> used;
    f.collectParams(f.tcx.typeOf(v.fields[i].def), used);
    for (uint32_t p : used) params.erase(p);
  }
  if (params.empty()) return false;
  SmallVector<GenericArg, 8> mixed(a.args().begin(), a.args().end());
  for (uint32_t p : params) mixed[p] = b.args()[p];
  GenericArgs mixedArgs = f.tcx.mkArgs(mixed);
  Ty tailA = f.normalizeInto(cause, f.typeOfRaw(v.fields.back().def, a.args()), obligations);
  Ty tailB = f.normalizeInto(cause, f.typeOfRaw(v.fields.back().def, mixedArgs), obligations);
  if (!f.eq(f.tcx.mkAdt(a.adt(), mixedArgs), b)) return false;
  GenericArg args[] = {tailA, tailB};
  queue.push_back(f.traitPredicate(f.tcx.langItem(sym::unsize), args));
  return true;
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
  fcx.reportMismatch(cause, expected, found, e);
  final_ = fcx.error();
}

Ty CoerceMany::complete(FnCtxt &fcx) { return final_ ? final_ : fcx.tcx.common.never; }

} // namespace ferric::typeck
