// Lifetimes of CoerceUnsized impls (rustc_hir_analysis::coherence::builtin): the coerced reference may not live longer than its source
// (E0476), and what becomes a trait object lives as long as the object type says (E0309, E0310). What is known: the impl's outlives clauses
// and what its header implies - all inside a `&'a T` outlives 'a.
#include "item_check/checker.h"

namespace ferric::item_check {

using ty::Region;
using ty::RegionKind;

namespace {
class UnsizeRegions {
public:
  UnsizeRegions(Tcx &tcx, DefId impl) : tcx(tcx), impl(impl) {
    for (const ty::SpannedClause &c : tcx.explicitPredicatesOf(impl).clauses) {
      if (c.clause.kind() == PredicateKind::RegionOutlives)
        known.push_back({c.clause->a.region(), c.clause->b.region()});
      if (c.clause.kind() == PredicateKind::Trait && isLangTrait(tcx, c.clause->traitRef.trait, "unsize"))
        assumed.push_back(c.clause->traitRef.self());
      if (c.clause.kind() == PredicateKind::TypeOutlives)
        typesKnown.push_back({c.clause->a.ty(), c.clause->b.region()});
    }
    for (GenericArg a : tcx.implTraitRef(impl).args)
      if (a.isTy())
        implied(a.ty());
  }

  // From source to target through the fields that change, to the pointers that are coerced.
  void check(Ty from, Ty to, unsigned depth = 0) {
    if (depth > 16)
      return;
    if (from.is(TyKind::Ref) && to.is(TyKind::Ref) && !outlives(from.region(), to.region()))
      tcx.sess.diag.error(implHeaderSpan(tcx, impl), "E0476", "lifetime of the source pointer does not outlive lifetime bound of the object type");
    if ((from.is(TyKind::Ref) || from.is(TyKind::RawPtr)) && (to.is(TyKind::Ref) || to.is(TyKind::RawPtr)))
      return pointee(from.inner(), to.inner());
    if (!from.is(TyKind::Adt) || !to.is(TyKind::Adt) || from.adt() != to.adt() || !from.adt()->isStruct())
      return;
    for (const ty::FieldDef &f : from.adt()->nonEnum().fields) {
      Ty raw = tcx.typeOf(f.def), a = ty::instantiate(tcx, raw, from.args()), b = ty::instantiate(tcx, raw, to.args());
      if (a != b && !(raw.is(TyKind::Adt) && raw.adt()->isPhantomData))
        check(a, b, depth + 1);
    }
  }

private:
  Tcx &tcx;
  DefId impl;
  llvm::SmallVector<std::pair<Region, Region>, 4> known; // the first outlives the second
  llvm::SmallVector<std::pair<Ty, Region>, 4> typesKnown;
  llvm::SmallVector<Ty, 2> assumed; // `T: Unsize<..>`, with all that it takes

  void implied(Ty t) {
    ty::walkTypes(t, [&](Ty ref) {
      if (!ref.is(TyKind::Ref))
        return true;
      ty::walkTypes(ref.inner(), [&](Ty x) {
        if (x.is(TyKind::Param))
          typesKnown.push_back({x, ref.region()});
        if (x.is(TyKind::Ref) || x.is(TyKind::Dynamic))
          known.push_back({x.region(), ref.region()});
        for (GenericArg a : x.args())
          if (a.isRegion())
            known.push_back({a.region(), ref.region()});
        return true;
      });
      return true;
    });
  }
  bool outlives(Region a, Region b) {
    llvm::SmallVector<Region, 4> reached{a};
    for (size_t i = 0; i < reached.size(); ++i) {
      if (reached[i] == b || reached[i]->kind == RegionKind::Static || reached[i]->kind == RegionKind::Erased || reached[i]->kind == RegionKind::Error)
        return true;
      for (auto [longer, shorter] : known)
        if (longer == reached[i] && !llvm::is_contained(reached, shorter))
          reached.push_back(shorter);
    }
    return b->kind == RegionKind::Erased || b->kind == RegionKind::Error;
  }
  void pointee(Ty from, Ty to) {
    if (!to.is(TyKind::Dynamic) || from.is(TyKind::Dynamic) || llvm::is_contained(assumed, from))
      return;
    ty::walkTypes(from, [&](Ty x) {
      if (x.is(TyKind::Param) && !llvm::any_of(typesKnown, [&](const auto &k) { return k.first == x && outlives(k.second, to.region()); })) {
        bool isStatic = to.region()->kind == RegionKind::Static;
        std::string name = tcx.sess.str(x.name()).str();
        tcx.sess.diag.error(implHeaderSpan(tcx, impl), isStatic ? "E0310" : "E0309", "the parameter type `" + name + "` may not live long enough")
            .label(implHeaderSpan(tcx, impl), "the parameter type `" + name + "` must be valid for as long as the object type says");
      }
      return true;
    });
  }
};
} // namespace

void checkUnsizeRegions(Tcx &tcx, DefId impl) {
  TraitRef tr = tcx.implTraitRef(impl);
  UnsizeRegions(tcx, impl).check(tr.self(), tr.args[1].ty());
}

} // namespace ferric::item_check
