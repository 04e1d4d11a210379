// The rules of evaluation and of wellFormedObligations for the types that meet no further question on the way.
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

bool sizedByEnv(Tcx &tcx, DefId trait, Ty self, ParamEnv env) {
  const LangItems &li = lang(tcx);
  if (triviallySized(self))
    return true;
  bool isParam = self.is(TyKind::Param) || self.is(TyKind::Alias);
  if (trait == li.metaSized && (isParam || self.is(TyKind::Str) || self.is(TyKind::Slice) || self.is(TyKind::Dynamic)))
    return true;
  return isParam && llvm::any_of(env.clauses.ref(), [&](Predicate c) {
           return c.kind() == PredicateKind::Trait && c->traitRef.trait == li.sized && !c->negative && c->traitRef.self() == self;
         });
}

bool holdsTrivially(Tcx &tcx, Predicate clause, GenericArgs args) {
  if (clause.kind() != PredicateKind::Trait || clause->negative || clause->traitRef.trait != lang(tcx).sized)
    return false;
  Ty self = clause->traitRef.self();
  if (!self.is(TyKind::Param))
    return false;
  Ty t = args[self.index()].ty();
  return triviallySized(t) && !t.has(ty::kHasAlias); // that its projections mean something is left to others to ask
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
           llvm::all_of(ownPredicates(tcx, t.def()), [&](const ErasedClause &c) { return holdsTrivially(tcx, c.clause, t.args()); });
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
    if ((trait != li.sized && trait != li.metaSized) || p->negative)
      return false;
    Ty self = p->traitRef.self();
    return self.has(ty::kHasInfer) ? triviallySized(self) : sizedByEnv(tcx, trait, self, o.env);
  }
  case PredicateKind::WellFormed: return p->a.isTy() && triviallyWellFormed(tcx, p->a.ty());
  default: return false;
  }
}

} // namespace ferric::traits
