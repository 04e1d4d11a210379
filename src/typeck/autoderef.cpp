// Steps of autoderef. An overloaded step asks whether `T: Deref` may hold and normalises `<T as Deref>::Target`;
// the obligations are kept until somebody uses the steps, since most chains are only looked at.
#include "typeck/autoderef.h"

namespace ferric::typeck {

Ty builtinDeref(Ty t, bool explicitDeref) {
  if (t.is(TyKind::Ref)) return t.inner();
  if (t.is(TyKind::RawPtr) && explicitDeref) return t.inner();
  if (t.is(TyKind::Adt) && t.adt()->isBox) return t.args()[0].ty();
  return Ty();
}

bool Autoderef::next(Ty &ty) {
  if (!started_) {
    started_ = true;
    ty = cur_;
    return true;
  }
  if (steps_.size() >= fcx_.sess.options.recursionLimit) {
    limit_ = true;
    return false;
  }
  if (cur_.isTyVar()) return false;
  bool byTrait = false;
  Ty to = builtinDeref(cur_, raw_);
  if (to) {
    to = fcx_.resolve(to);
  } else {
    to = overloaded(cur_);
    byTrait = true;
    if (!to) return false;
  }
  if (to.isError()) return false;
  steps_.push_back({cur_, byTrait});
  cur_ = to;
  ty = cur_;
  return true;
}

bool Autoderef::nth(unsigned n, Ty &ty) {
  for (unsigned i = 0; i <= n; ++i)
    if (!next(ty)) return false;
  return true;
}

Ty Autoderef::overloaded(Ty t) {
  DefId trait = fcx_.tcx.langItem(receiver_ ? sym::receiver : sym::deref);
  DefId target = fcx_.tcx.langItem(receiver_ ? sym::receiver_target : sym::deref_target);
  if (!trait || !target || t.isTyOrNumInfer()) return Ty();
  // Types that cannot implement the trait: spares the solver the question.
  switch (t.kind()) {
  case TyKind::Bool: case TyKind::Char: case TyKind::Int: case TyKind::Uint: case TyKind::Float: case TyKind::Str: case TyKind::Slice:
  case TyKind::FnDef: case TyKind::FnPtr: case TyKind::Never: case TyKind::Tuple: case TyKind::Array: case TyKind::RawPtr: case TyKind::Closure:
    return Ty();
  default: break;
  }
  GenericArg self(t);
  Predicate pred = fcx_.traitPredicate(trait, self);
  if (!fcx_.mayHold(pred)) return Ty();
  size_t before = obligations_.size();
  Ty to = fcx_.resolve(fcx_.normalizeInto(Cause(span_), fcx_.tcx.mkProjection(target, fcx_.tcx.mkArgs(self)), obligations_));
  if (!to.isTyVar()) return to;
  // An impl's `Target = T` may be told by its where-clauses only: `P: Deref<Target = T>`.
  traits::ObligationCtxt ocx(fcx_.infcx);
  for (size_t i = before; i < obligations_.size(); ++i) ocx.add(obligations_[i]);
  ocx.selectWherePossible();
  return fcx_.resolve(to);
}

void FnCtxt::adjustSteps(Autoderef &a, Adjustments &out) {
  ArrayRef<Autoderef::Step> steps = a.steps();
  for (size_t i = 0; i < steps.size(); ++i) {
    Ty target = i + 1 < steps.size() ? steps[i + 1].source : a.finalTy();
    Adjustment adj;
    adj.kind = AdjustKind::Deref;
    adj.target = target;
    adj.overloaded = steps[i].overloaded;
    if (adj.overloaded) {
      // The method's own obligations; whether it is Deref or DerefMut is fixed up by convertPlaceDerefsToMutable.
      if (std::optional<MethodCallee> m = lookupMethodInTrait(Cause(a.span()), sym::deref, tcx.langItem(sym::deref), steps[i].source, std::nullopt))
        adj.mut = Mutability::Not;
    }
    out.push_back(adj);
  }
}

} // namespace ferric::typeck
