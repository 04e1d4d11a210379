// The rules of sizedFastPath and of wellFormedObligations for the types that meet no further question on the way.
#include "traits/trivial.h"
#include "traits/caches.h"

namespace ferric::traits {

bool triviallySized(Ty t) {
  switch (t.kind()) {
  case TyKind::Bool: case TyKind::Char: case TyKind::Int: case TyKind::Uint: case TyKind::Float: case TyKind::RawPtr: case TyKind::Ref: case TyKind::FnDef:
  case TyKind::FnPtr: case TyKind::Array: case TyKind::Closure: case TyKind::Never: case TyKind::Error: case TyKind::Coroutine: case TyKind::CoroutineClosure:
    return true;
  case TyKind::Infer: return t.inferKind() == InferKind::Int || t.inferKind() == InferKind::Float;
  case TyKind::Adt: return !t.adt()->isStruct();
  case TyKind::Tuple: return t.tuple().empty() || triviallySized(t.tuple().back());
  default: return false;
  }
}

// Where-clauses that say no more than that parameters are sized.
static bool clausesHoldTrivially(Tcx &tcx, DefId adt, GenericArgs args) {
  return llvm::all_of(ownPredicates(tcx, adt), [&](const ErasedClause &c) {
    if (c.clause.kind() != PredicateKind::Trait || c.clause->negative || c.clause->traitRef.trait != lang(tcx).sized)
      return false;
    Ty self = c.clause->traitRef.self();
    return self.is(TyKind::Param) && triviallySized(args[self.index()].ty());
  });
}

bool triviallyWellFormed(Tcx &tcx, Ty t) {
  switch (t.kind()) {
  case TyKind::Bool: case TyKind::Char: case TyKind::Int: case TyKind::Uint: case TyKind::Float: case TyKind::Str: case TyKind::Never: case TyKind::Param:
  case TyKind::FnDef: case TyKind::FnPtr: case TyKind::Closure: case TyKind::Foreign:
    return true;
  case TyKind::Infer: return t.inferKind() == InferKind::Int || t.inferKind() == InferKind::Float;
  case TyKind::Ref: case TyKind::RawPtr: return triviallyWellFormed(tcx, t.inner());
  case TyKind::Slice: return triviallySized(t.inner()) && triviallyWellFormed(tcx, t.inner());
  case TyKind::Array: return t.len().is(ty::ConstKind::Value) && triviallySized(t.inner()) && triviallyWellFormed(tcx, t.inner());
  case TyKind::Tuple:
    return llvm::all_of(t.tuple().ref(), [&](Ty e) { return triviallyWellFormed(tcx, e); }) &&
           (t.tuple().empty() || llvm::all_of(t.tuple().ref().drop_back(), triviallySized));
  case TyKind::Adt:
    return llvm::all_of(t.args().ref(), [&](GenericArg a) { return a.isRegion() || (a.isTy() && triviallyWellFormed(tcx, a.ty())); }) &&
           clausesHoldTrivially(tcx, t.def(), t.args());
  default: return false;
  }
}

bool holdsTrivially(Tcx &tcx, const Obligation &o) {
  Predicate p = o.predicate;
  if (p->flags & ty::kHasProjection || o.depth > tcx.sess.options.recursionLimit)
    return false;
  switch (p.kind()) {
  case PredicateKind::RegionOutlives: case PredicateKind::TypeOutlives: case PredicateKind::HostEffect: case PredicateKind::ConstEvaluatable:
    return true;
  case PredicateKind::Trait: {
    DefId trait = p->traitRef.trait;
    const LangItems &li = lang(tcx);
    return (trait == li.sized || trait == li.metaSized) && !p->negative && triviallySized(p->traitRef.self());
  }
  case PredicateKind::WellFormed: return p->a.isTy() && triviallyWellFormed(tcx, p->a.ty());
  default: return false;
  }
}

} // namespace ferric::traits
