// What must hold for a type to be well formed (rustc_trait_selection::traits::wf): where-clauses of the items it names, sized
// elements, dyn compatibility. Outlives requirements belong to borrow checking.
#include "traits/caches.h"
#include "traits/fulfill.h"

namespace ferric::traits {

namespace {
struct WellFormed {
  InferCtxt &cx;
  Tcx &tcx;
  const Obligation &o;
  Obligations &out;

  void push(Predicate p, CauseCode code, DefId item = {}, Span span = {}) {
    if (p->outerBinder || (p->flags & ty::kHasBound && p->traitRef.args.outerBinder()))
      return;
    Cause c = o.cause;
    if (c.code == CauseCode::Misc || c.code == CauseCode::WellFormed) {
      c.code = code;
      c.item = item;
      c.clauseSpan = span;
    }
    out.push_back({p, o.env, c, o.depth + 1});
  }
  void sized(Ty t, CauseCode code) {
    if (!t.hasEscapingBoundVars())
      push(tcx.mkTraitPredicate({lang(tcx).sized, tcx.mkArgs({GenericArg(t)})}), code);
  }
  void nominal(DefId item, GenericArgs args) {
    if (args.outerBinder())
      return;
    llvm::SmallVector<ErasedClause, 8> clauses;
    instantiatedPredicates(tcx, item, args, clauses);
    for (const ErasedClause &c : clauses)
      push(c.clause, CauseCode::WhereClause, item, c.span);
  }

  bool visit(Ty t) {
    t = cx.shallowResolve(t);
    switch (t.kind()) {
    case TyKind::Slice: case TyKind::Array:
      sized(t.inner(), CauseCode::SliceOrArrayElem);
      return true;
    case TyKind::Tuple:
      for (size_t i = 0; i + 1 < t.tuple().size(); ++i)
        sized(t.tuple()[i], CauseCode::TupleElem);
      return true;
    case TyKind::Adt:
      nominal(t.def(), t.args());
      return true;
    case TyKind::Alias:
      if (t.aliasKind() == AliasKind::Projection || t.aliasKind() == AliasKind::Free)
        nominal(t.def(), t.args()); // of an associated type: with the clauses of its trait
      return true;
    case TyKind::Dynamic:
      for (const ty::PolyExistentialPredicate &p : t.preds())
        if (p.value.kind == ty::ExistentialKind::Trait) {
          ty::PredicateData d;
          d.kind = PredicateKind::DynCompatible;
          d.traitRef.trait = p.value.def;
          push(tcx.mkPredicate(d), CauseCode::WellFormed);
        }
      return false;
    case TyKind::Infer:
      if (t.isTyVar()) {
        ty::PredicateData d;
        d.kind = PredicateKind::WellFormed;
        d.a = t;
        push(tcx.mkPredicate(d), CauseCode::WellFormed);
      }
      return false;
    case TyKind::FnDef: case TyKind::FnPtr: case TyKind::Closure:
      return false;
    default:
      return true;
    }
  }
};
} // namespace

bool wellFormedObligations(InferCtxt &cx, const Obligation &o, Obligations &out) {
  GenericArg a = o.predicate->a;
  if (!a.isTy())
    return true;
  Ty t = cx.resolve(a.ty());
  if (t.isTyVar())
    return false;
  WellFormed wf{cx, cx.tcx, o, out};
  ty::walkTypes(t, [&](Ty x) { return wf.visit(x); });
  return true;
}

} // namespace ferric::traits
