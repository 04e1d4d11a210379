// Folding and visiting interned values, and the standard folds: instantiation of parameters,
// of bound variables, shifting, region erasure (rustc-dev-guide, "TypeFoldable and TypeFolder").
#pragma once
#include "ty/context.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace ferric::ty {

// Rewrites types, regions and constants bottom-up or top-down: override what you change, call super* for the rest.
// `binders` is how many binders the walk is inside of. Parts of a value that have none of the flags `relevant` are not folded.
class TypeFolder {
public:
  explicit TypeFolder(Ctx &tcx, uint32_t relevant = kAlways) : tcx(tcx), relevant(relevant) {}
  virtual ~TypeFolder() = default;
  virtual Ty foldTy(Ty t) { return superFoldTy(t); }
  virtual Region foldRegion(Region r) { return r; }
  virtual Const foldConst(Const c) { return superFoldConst(c); }
  virtual Predicate foldPredicate(Predicate p) { return superFoldPredicate(p); }
  // Folds the parts of a value.
  Ty superFoldTy(Ty t);
  Const superFoldConst(Const c);
  Predicate superFoldPredicate(Predicate p);

  Ty fold(Ty t) { return foldTy(t); }
  Const fold(Const c) { return foldConst(c); }
  Region fold(Region r) { return foldRegion(r); }
  GenericArg fold(GenericArg a) { return isRelevant(a.flags()) ? foldArg(a) : a; }
  Term fold(Term t);
  GenericArgs fold(GenericArgs a) { return isRelevant(a.flags()) ? foldAll(a) : a; }
  TyList fold(TyList l) { return isRelevant(l.flags()) ? foldAll(l) : l; }
  Predicate fold(Predicate p) { return foldPredicate(p); }
  Clauses fold(Clauses c) { return isRelevant(c.flags()) ? foldAll(c) : c; }
  ParamEnv fold(ParamEnv e) { return {fold(e.clauses)}; }
  FnSig fold(FnSig s) { s.inputsAndOutput = fold(s.inputsAndOutput); return s; }
  TraitRef fold(TraitRef t) { t.args = fold(t.args); return t; }
  AliasTy fold(AliasTy a) { a.args = fold(a.args); return a; }
  PatternRef fold(PatternRef p);
  ExistentialPredicate fold(ExistentialPredicate p);
  ExistentialPredicates fold(ExistentialPredicates p);
  Instance fold(Instance i) { if (i.args.p) i.args = fold(i.args); if (i.ty) i.ty = fold(i.ty); return i; }
  template <class T> Binder<T> fold(Binder<T> b) { ++binders; b.value = fold(b.value); --binders; return b; }
  SpannedClause fold(SpannedClause c) { c.clause = fold(c.clause); return c; }

  Ctx &tcx;
  const uint32_t relevant;
  uint32_t binders = 0;

protected:
  static constexpr uint32_t kAlways = ~0u;

private:
  GenericArg foldArg(GenericArg a);
  GenericArgs foldAll(GenericArgs a);
  TyList foldAll(TyList l);
  Clauses foldAll(Clauses c);
  bool isRelevant(uint32_t flags) const { return relevant == kAlways || flags & relevant; }
};

// Calls f on every type inside (itself included), outside in; f returns false to skip the inside of a type.
void walkTypes(Ty t, llvm::function_ref<bool(Ty)> f);
void walkTypes(GenericArgs args, llvm::function_ref<bool(Ty)> f);

// ---- standard folds; all return the value unchanged, at no cost, when its flags say so ----
// Generic parameters replaced by args[index] (rustc EarlyBinder::instantiate).
Ty instantiate(Ctx &tcx, Ty t, GenericArgs args);
Const instantiate(Ctx &tcx, Const c, GenericArgs args);
GenericArg instantiate(Ctx &tcx, GenericArg a, GenericArgs args);
GenericArgs instantiate(Ctx &tcx, GenericArgs a, GenericArgs args);
Predicate instantiate(Ctx &tcx, Predicate p, GenericArgs args);
Clauses instantiate(Ctx &tcx, Clauses c, GenericArgs args);
TraitRef instantiate(Ctx &tcx, TraitRef t, GenericArgs args);
AliasTy instantiate(Ctx &tcx, AliasTy a, GenericArgs args);
PolyFnSig instantiate(Ctx &tcx, const PolyFnSig &s, GenericArgs args);
FnSig instantiate(Ctx &tcx, const FnSig &s, GenericArgs args);
Instance instantiate(Ctx &tcx, const Instance &i, GenericArgs args);

// Bound variables that escape `t` moved `by` binders further out / in.
Ty shiftIn(Ctx &tcx, Ty t, uint32_t by);
GenericArg shiftIn(Ctx &tcx, GenericArg a, uint32_t by);

// The value of a binder with its own variables replaced: f(index of the variable, its declaration).
using BoundReplacer = llvm::function_ref<GenericArg(uint32_t, const BoundVar &)>;
Ty replaceBound(Ctx &tcx, Ty inside, BoundVars vars, BoundReplacer f);
FnSig replaceBound(Ctx &tcx, const PolyFnSig &b, BoundReplacer f);
ExistentialPredicate replaceBound(Ctx &tcx, const PolyExistentialPredicate &b, BoundReplacer f);
// The same on predicates: the result has no bound variables of its own (vars is empty).
Predicate replaceBound(Ctx &tcx, Predicate p, BoundReplacer f);
// With every bound region replaced by 'erased: what inference and code generation look at. CHECKs that no type variable is bound.
FnSig eraseLateBound(Ctx &tcx, const PolyFnSig &b);
Predicate eraseLateBound(Ctx &tcx, Predicate p);
ExistentialPredicate eraseLateBound(Ctx &tcx, const PolyExistentialPredicate &b);

// Every region but bound ones replaced by 'erased.
Ty eraseRegions(Ctx &tcx, Ty t);
GenericArgs eraseRegions(Ctx &tcx, GenericArgs a);
Predicate eraseRegions(Ctx &tcx, Predicate p);
FnSig eraseRegions(Ctx &tcx, const FnSig &s);
TraitRef eraseRegions(Ctx &tcx, const TraitRef &t);

} // namespace ferric::ty
