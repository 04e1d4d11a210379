// `trait Trait: 'static` is for types without shorter lifetimes in them (RFC 1214; rustc_hir_analysis::check::wfcheck): every lifetime in the header's
// types must be known to be 'static (E0478, and E0803 for the type that gets the trait), and every type parameter to have none (E0310).
#include "item_check/checker.h"

namespace ferric::item_check {

using ty::Region;
using ty::RegionKind;

// Whether the trait is for types that are 'static, by itself or by a supertrait.
static bool isForStatic(Tcx &tcx, DefId trait, llvm::SmallDenseSet<DefId, 8> &seen) {
  if (!seen.insert(trait).second)
    return false;
  for (const ty::SpannedClause &c : tcx.superPredicatesOf(trait)) {
    if (c.clause.kind() == PredicateKind::TypeOutlives && c.clause->b.region()->kind == RegionKind::Static && c.clause->a.ty().is(TyKind::Param))
      return true;
    if (c.clause.kind() == PredicateKind::Trait && isForStatic(tcx, c.clause->traitRef.trait, seen))
      return true;
  }
  return false;
}
static bool isForStatic(Tcx &tcx, DefId trait) {
  llvm::SmallDenseSet<DefId, 8> seen;
  return isForStatic(tcx, trait, seen);
}

namespace {
class ImplOutlives {
public:
  ImplOutlives(Tcx &tcx, DefId impl) : tcx(tcx), clauses(tcx.explicitPredicatesOf(impl).clauses) {}

  // Looks for what may be shorter than 'static in a type; projections are as their bounds say, which is not looked at.
  void walk(Ty t) {
    ty::walkTypes(t, [&](Ty x) {
      if (x.is(TyKind::Alias) || x.is(TyKind::FnPtr) || x.is(TyKind::Closure) || x.is(TyKind::FnDef))
        return false;
      if (x.is(TyKind::Dynamic)) {
        region(x.region());
        return false;
      }
      if (x.is(TyKind::Param) && !isStatic(x))
        param = param ? param : x;
      if (x.is(TyKind::Ref))
        region(x.region());
      for (GenericArg a : x.args())
        if (a.isRegion())
          region(a.region());
      return true;
    });
  }
  Region shorter;
  Ty param;

private:
  void region(Region r) {
    if (r->kind == RegionKind::EarlyParam && !isStatic(r, 0) && !shorter)
      shorter = r;
  }
  bool isStatic(Region r, unsigned depth) {
    return llvm::any_of(clauses, [&](const ty::SpannedClause &c) {
      if (c.clause.kind() != PredicateKind::RegionOutlives || c.clause->a.region() != r)
        return false;
      Region b = c.clause->b.region();
      return b->kind == RegionKind::Static || (depth < 16 && isStatic(b, depth + 1));
    });
  }
  bool isStatic(Ty t) {
    return llvm::any_of(clauses, [&](const ty::SpannedClause &c) {
      if (c.clause.kind() == PredicateKind::TypeOutlives)
        return c.clause->a.ty() == t && (c.clause->b.region()->kind == RegionKind::Static || isStatic(c.clause->b.region(), 0));
      return c.clause.kind() == PredicateKind::Trait && c.clause->traitRef.self() == t && isForStatic(tcx, c.clause->traitRef.trait);
    });
  }
  Tcx &tcx;
  llvm::ArrayRef<ty::SpannedClause> clauses;
};
} // namespace

void checkImplOutlives(Tcx &tcx, DefId impl) {
  TraitRef tr = tcx.implTraitRef(impl);
  if (!tr.trait.valid() || tr.self().has(ty::kHasError))
    return;
  ImplOutlives o(tcx, impl);
  bool selfIsStatic = isForStatic(tcx, tr.trait);
  if (selfIsStatic)
    o.walk(tr.self());
  Region ofSelf = o.shorter;
  for (const ty::SpannedClause &c : tcx.explicitPredicatesOf(tr.trait).clauses) {
    bool isStatic = c.clause.kind() == PredicateKind::TypeOutlives && c.clause->b.region()->kind == RegionKind::Static && c.clause->a.ty().is(TyKind::Param);
    if (uint32_t index = isStatic ? c.clause->a.ty().index() : 0; index && index < tr.args.size() && tr.args[index].isTy())
      o.walk(tr.args[index].ty());
  }
  const hir::Item *item = tcx.hirItem(impl);
  Span at = item && item->impl.traitPath ? item->impl.traitPath->span : implHeaderSpan(tcx, impl);
  if (o.shorter) {
    tcx.sess.diag.error(at, "E0478", "lifetime bound not satisfied")
        .label(at, "`" + tcx.sess.str(tcx.def(tr.trait).name) + "` is for types without lifetimes shorter than `'static`")
        .noteAt(tcx.def(o.shorter->def).span, "but this lifetime may be shorter");
  } else if (o.param) {
    std::string name = tcx.sess.str(o.param.name()).str();
    tcx.sess.diag.error(at, "E0310", "the parameter type `" + name + "` may not live long enough")
        .label(at, "the parameter type `" + name + "` must be valid for the static lifetime");
  }
  if (ofSelf && item && item->impl.self) { // the type itself, apart from the header, cannot be what the trait is for either
    std::string name = tcx.sess.str(tcx.def(ofSelf->def).name).str();
    tcx.sess.diag.error(item->impl.self->span, "E0803", "cannot infer an appropriate lifetime for lifetime parameter `" + name + "` due to conflicting requirements");
  }
}

} // namespace ferric::item_check
