// Lifetimes of a method of an impl against those of the trait's: who calls the trait's method must be able to call the impl's
// (rustc_hir_analysis::check::compare_impl_item). The types are equal but for lifetimes when this is asked. The two signatures are walked side by side by
// variance, which gives the outlives relations that are needed between lifetimes of both; those of the impl's own binder may be chosen, so what is
// left are chains between lifetimes of the trait's signature that it does not promise. Where the walk meets what it does not understand nothing is said.
#include "item_check/checker.h"

namespace ferric::item_check {

using ty::Region;
using ty::RegionKind;
using ty::Variance;

namespace {
class SigRegions {
public:
  SigRegions(Tcx &tcx, const FnSig &trait, const FnSig &impl) : tcx_(tcx), trait_(trait), impl_(impl) {}

  void know(Region longer, Region shorter) { known_.push_back({node(longer, Side::Trait, 0), node(shorter, Side::Trait, 0)}); }

  void knowWellFormed(Ty t) { implied(t); }

  // Whether the trait's signature promises what the impl's needs.
  bool holds() {
    for (size_t i = 0; i < trait_.inputs().size(); ++i) {
      implied(trait_.inputs()[i]);
      types(trait_.inputs()[i], Side::Trait, impl_.inputs()[i], Variance::Covariant, 0);
    }
    implied(trait_.output());
    types(impl_.output(), Side::Impl, trait_.output(), Variance::Covariant, 0);
    if (strange_)
      return true;
    for (uint32_t from = 0; from < free_.size(); ++from)
      for (uint32_t to = 0; to < free_.size(); ++to)
        if (free_[from] && free_[to] && from != to && reaches(from, to, needed_) && !reaches(from, to, known_) && !isStatic(from))
          return false;
    return true;
  }

private:
  enum class Side : uint8_t { Trait, Impl };
  using Edges = llvm::SmallVector<std::pair<uint32_t, uint32_t>, 8>; // the first outlives the second
  static Side other(Side s) { return s == Side::Trait ? Side::Impl : Side::Trait; }

  uint32_t node(Region r, Side side, uint32_t depth) {
    bool own = r->kind == RegionKind::Bound && r->debruijn == depth;
    if ((r->kind == RegionKind::Bound && !own) || r->kind == RegionKind::Erased || r->kind == RegionKind::Error || r->kind == RegionKind::LateParam)
      strange_ = true;
    // Bound ones are named by their place in the binder, whatever the depth at which they are met.
    std::pair<const void *, uint32_t> key(own ? nullptr : r.p, own ? r->index * 2 + (side == Side::Impl) : 0);
    auto [it, inserted] = nodes_.try_emplace(key, uint32_t(free_.size()));
    if (inserted) {
      free_.push_back(!own || side == Side::Trait);
      statics_.push_back(r->kind == RegionKind::Static);
    }
    return it->second;
  }
  bool isStatic(uint32_t n) const { return statics_[n]; }

  static bool reaches(uint32_t from, uint32_t to, const Edges &edges) {
    llvm::SmallVector<uint32_t, 8> reached{from};
    for (size_t i = 0; i < reached.size(); ++i)
      for (auto [longer, shorter] : edges)
        if (longer == reached[i] && !llvm::is_contained(reached, shorter))
          reached.push_back(shorter);
    return llvm::is_contained(reached, to);
  }

  // What a well-formed type promises: all inside `&'a T` outlives 'a. Structs with several parameters may promise more.
  void implied(Ty t) {
    ty::walkTypes(t, [&](Ty x) {
      if (x.is(TyKind::Adt) && llvm::count_if(x.args(), [](GenericArg a) { return a.isRegion() || (a.isTy() && (a.flags() & (ty::kHasRegions | ty::kHasBound))); }) > 1)
        strange_ = true;
      if (!x.is(TyKind::Ref))
        return true;
      uint32_t shorter = node(x.region(), Side::Trait, 0);
      ty::walkTypes(x.inner(), [&](Ty inner) {
        if (inner.is(TyKind::Ref) || inner.is(TyKind::Dynamic))
          known_.push_back({node(inner.region(), Side::Trait, 0), shorter});
        for (GenericArg a : inner.args())
          if (a.isRegion())
            known_.push_back({node(a.region(), Side::Trait, 0), shorter});
        return !inner.is(TyKind::FnPtr);
      });
      return !x.is(TyKind::FnPtr);
    });
  }

  void regions(Region a, Side aSide, Region b, Variance v, uint32_t depth) {
    if (a->kind == RegionKind::Bound && b->kind == RegionKind::Bound && a->debruijn < depth && b->debruijn < depth)
      return; // of a binder inside of both
    uint32_t x = node(a, aSide, depth), y = node(b, other(aSide), depth);
    if (v == Variance::Covariant || v == Variance::Invariant)
      needed_.push_back({x, y});
    if (v == Variance::Contravariant || v == Variance::Invariant)
      needed_.push_back({y, x});
  }
  static Variance under(Variance outer, Variance inner) {
    if (outer == Variance::Bivariant || inner == Variance::Bivariant)
      return Variance::Bivariant;
    if (outer == Variance::Invariant || inner == Variance::Invariant)
      return Variance::Invariant;
    return outer == inner ? Variance::Covariant : Variance::Contravariant;
  }
  void args(GenericArgs a, Side aSide, GenericArgs b, llvm::ArrayRef<Variance> variances, Variance v, uint32_t depth) {
    for (size_t i = 0; i < a.size() && i < b.size(); ++i) {
      Variance at = under(v, i < variances.size() ? variances[i] : Variance::Invariant);
      if (a[i].isRegion() && b[i].isRegion())
        regions(a[i].region(), aSide, b[i].region(), at, depth);
      else if (a[i].isTy() && b[i].isTy())
        types(a[i].ty(), aSide, b[i].ty(), at, depth);
    }
  }

  // `a <: b` is needed, or what the variance makes of it.
  void types(Ty a, Side aSide, Ty b, Variance v, uint32_t depth) {
    if (!((a.flags() | b.flags()) & (ty::kHasRegions | ty::kHasBound)) || v == Variance::Bivariant)
      return;
    if (a.kind() != b.kind()) {
      strange_ = true;
      return;
    }
    switch (a.kind()) {
    case TyKind::Ref:
      regions(a.region(), aSide, b.region(), v, depth);
      return types(a.inner(), aSide, b.inner(), under(v, a.mut() == ty::Mutability::Mut ? Variance::Invariant : Variance::Covariant), depth);
    case TyKind::RawPtr:
      return types(a.inner(), aSide, b.inner(), under(v, a.mut() == ty::Mutability::Mut ? Variance::Invariant : Variance::Covariant), depth);
    case TyKind::Array:
    case TyKind::Slice:
      return types(a.inner(), aSide, b.inner(), v, depth);
    case TyKind::Tuple:
      for (size_t i = 0; i < a.tuple().size() && i < b.tuple().size(); ++i)
        types(a.tuple()[i], aSide, b.tuple()[i], v, depth);
      return;
    case TyKind::Adt:
      strange_ |= a.adt() != b.adt();
      return args(a.args(), aSide, b.args(), tcx_.variancesOf(a.adt()->def), v, depth);
    default:
      strange_ = true; // projections, function pointers, trait objects
    }
  }

  Tcx &tcx_;
  const FnSig &trait_, &impl_;
  llvm::DenseMap<std::pair<const void *, uint32_t>, uint32_t> nodes_;
  std::vector<bool> free_;    // may not be chosen
  std::vector<bool> statics_;
  Edges known_, needed_;
  bool strange_ = false;
};
} // namespace

bool signatureRegionsFit(Tcx &tcx, DefId implFn, DefId traitFn, GenericArgs args) {
  FnSig trait = ty::instantiate(tcx, tcx.fnSig(traitFn), args).value, impl = tcx.fnSig(implFn).value;
  if (trait.inputs().size() != impl.inputs().size())
    return true;
  SigRegions s(tcx, trait, impl);
  for (GenericArg a : args)
    if (a.isTy())
      s.knowWellFormed(a.ty());
  for (DefId d : {implFn, tcx.parent(implFn)})
    for (const ty::SpannedClause &c : tcx.explicitPredicatesOf(d).clauses)
      if (c.clause.kind() == PredicateKind::RegionOutlives && c.clause->vars.empty())
        s.know(c.clause->a.region(), c.clause->b.region());
  return s.holds();
}

} // namespace ferric::item_check
