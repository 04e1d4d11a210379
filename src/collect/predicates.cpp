// Where-clauses: of items, of traits on themselves, of one parameter, and the bounds of associated and opaque types
// (rustc_hir_analysis::collect::predicates_of, item_bounds). The filtered forms exist to break cycles: `T: Iterator,
// T::Item: Copy` needs the bounds of T that may define Item, and no others.
#include "collect/collect.h"
#include "collect/util.h"
#include "ty/fold.h"

namespace ferric::collect {

namespace {

ArrayRef<SpannedClause> finish(ty::Ctx &tcx, const Bounds &b) {
  SmallVector<SpannedClause, 8> out;
  for (const SpannedClause &c : b.clauses)
    if (llvm::none_of(out, [&](const SpannedClause &o) { return o.clause == c.clause; }))
      out.push_back(c);
  return tcx.copy(ArrayRef<SpannedClause>(out));
}

// `where` in one predicate, all of its bounds.
void lowerWhere(ItemLowerer &l, const hir::WherePredicate &w, Bounds &out) {
  ty::Ctx &tcx = l.tcx;
  if (w.kind == hir::WhereKind::Region) {
    TyLowerer::BinderScope scope(l, ArrayRef<hir::GenericParam>());
    Region a = l.lowerLifetime(w.lifetime);
    for (const hir::GenericBound &b : w.bounds) {
      if (b.kind != hir::BoundKind::Outlives)
        continue;
      ty::PredicateData d;
      d.kind = ty::PredicateKind::RegionOutlives;
      d.a = a;
      d.b = l.lowerLifetime(b.lifetime);
      out.push(tcx.mkPredicate(d), b.span);
    }
    return;
  }
  TyLowerer::BinderScope scope(l, w.forParams);
  Ty self = l.lowerTy(w.bounded);
  if (w.bounds.empty() && !self.is(ty::TyKind::Param)) {
    ty::PredicateData d;
    d.kind = ty::PredicateKind::WellFormed;
    d.a = self;
    d.vars = scope.vars();
    out.push(tcx.mkPredicate(d), w.bounded->span);
  }
  l.lowerBounds(self, w.bounds, out);
}

// All that is written on the item, and what is implied by writing a parameter.
void gather(ty::Ctx &tcx, DefId def, Bounds &out) {
  const hir::Item *item = tcx.hirItem(def);
  ItemLowerer l(tcx, def);
  DefKind kind = tcx.defKind(def);
  if (kind == DefKind::Trait || kind == DefKind::TraitAlias) {
    Ty self = tcx.mkParam(0, sym::kw_Self);
    Bounds own;
    {
      TyLowerer::BinderScope scope(l, ArrayRef<hir::GenericParam>());
      l.lowerBounds(self, item->bounds, own);
    }
    if (kind == DefKind::Trait)
      addSizedness(tcx, own, self, item->bounds, {}, SizednessOf::Trait, def, tcx.def(def).identSpan);
    out.clauses.append(own.clauses.begin(), own.clauses.end());
  }
  for (const hir::GenericParam &p : item->generics.params) {
    Span span = p.ident.span;
    if (p.kind == hir::ParamKind::Type) {
      Bounds own;
      addSizedness(tcx, own, paramTy(tcx, p.def), {}, item->generics.where, SizednessOf::Param, p.def, span);
      out.clauses.append(own.clauses.begin(), own.clauses.end());
    } else if (p.kind == hir::ParamKind::Const) {
      ty::PredicateData d;
      d.kind = ty::PredicateKind::ConstArgHasType;
      d.a = paramConst(tcx, p.def);
      d.b = tcx.typeOf(p.def);
      out.push(tcx.mkPredicate(d), span);
    }
  }
  for (const hir::WherePredicate &w : item->generics.where)
    lowerWhere(l, w, out);
}

// Self type of a clause that could be a bound on an associated type; none for other clauses.
Ty clauseSelf(Predicate p) {
  switch (p.kind()) {
  case ty::PredicateKind::Trait: return p->traitRef.self();
  case ty::PredicateKind::Projection: return p->alias.self();
  case ty::PredicateKind::TypeOutlives: return p->a.ty();
  default: return Ty();
  }
}

ArrayRef<SpannedClause> provideTraitPredicatesAndBounds(ty::Ctx &tcx, const DefId &def) {
  Bounds out;
  gather(tcx, def, out);
  return finish(tcx, out);
}

ty::GenericPredicates provideExplicitPredicates(ty::Ctx &tcx, const DefId &def) {
  ty::GenericPredicates result;
  const ty::Generics *g = tcx.genericsOf(def);
  if (g && g->parent)
    result.parent = g->parent->def;
  DefKind kind = tcx.defKind(def);
  if (kind == DefKind::AnonConst && tcx.crates.def(def).parent.valid() && (!g || !g->parent)) {
    return result;
  }
  if (tcx.crates.def(def).ast.kind != AstRefKind::Item || kind == DefKind::Ctor || kind == DefKind::Mod)
    return result;
  if (kind != DefKind::Trait) {
    Bounds out;
    gather(tcx, def, out);
    result.clauses = finish(tcx, out);
    return result;
  }
  // Bounds on the trait's own associated types are item bounds instead.
  GenericArgs identity = tcx.identityArgs(def);
  SmallVector<SpannedClause, 8> kept;
  for (const SpannedClause &c : tcx.traitPredicatesAndBounds(def)) {
    Ty self = clauseSelf(c.clause);
    bool onAssoc = self && self.is(ty::TyKind::Alias) && self.aliasKind() == ty::AliasKind::Projection && self.args() == identity &&
                   tcx.parent(self.def()) == def;
    if (!onAssoc)
      kept.push_back(c);
  }
  result.clauses = tcx.copy(ArrayRef<SpannedClause>(kept));
  return result;
}

// Bounds of a trait on itself through `filter`.
ArrayRef<SpannedClause> superClauses(ty::Ctx &tcx, DefId trait, BoundFilter filter, Symbol assoc) {
  if (tcx.defKind(trait) != DefKind::Trait && tcx.defKind(trait) != DefKind::TraitAlias)
    return {};
  const hir::Item *item = tcx.hirItem(trait);
  Ty self = tcx.mkParam(0, sym::kw_Self);
  Bounds out;
  ItemLowerer l(tcx, trait);
  {
    TyLowerer::BinderScope scope(l, ArrayRef<hir::GenericParam>());
    l.lowerBounds(self, item->bounds, out, filter, assoc);
  }
  if (tcx.defKind(trait) == DefKind::Trait)
    addSizedness(tcx, out, self, item->bounds, {}, SizednessOf::Trait, trait, tcx.def(trait).identSpan);
  paramBoundsInGenerics(tcx, trait, trait, filter, assoc, out);
  return finish(tcx, out);
}

ArrayRef<SpannedClause> provideSuperPredicates(ty::Ctx &tcx, const DefId &trait) {
  ArrayRef<SpannedClause> clauses = superClauses(tcx, trait, BoundFilter::SelfOnly, Symbol());
  // Supertraits of supertraits now, so that a cycle is found here and not by walking around in it.
  for (const SpannedClause &c : clauses)
    if (c.clause.kind() == ty::PredicateKind::Trait && !c.clause->negative)
      (void)tcx.superPredicatesOf(c.clause->traitRef.trait);
  return clauses;
}
ArrayRef<SpannedClause> provideSuperTraitsDefining(ty::Ctx &tcx, const ty::ParamName &key) {
  return superClauses(tcx, key.item, BoundFilter::SelfTraitThatDefines, key.name);
}

ArrayRef<SpannedClause> provideTypeParamPredicates(ty::Ctx &tcx, const ty::ParamName &key) {
  DefId item = key.item;
  const ty::Generics *g = tcx.genericsOf(item);
  Bounds out;
  if (!g || key.param >= g->count())
    return {};
  DefId param = g->param(key.param).def; // Self: the trait
  if (g->parent && key.param < g->parentCount)
    for (const SpannedClause &c : tcx.typeParamPredicates({g->parent->def, key.param, key.name}))
      out.clauses.push_back(c);
  if (param == item && tcx.defKind(item) == DefKind::Trait)
    out.push(tcx.mkTraitPredicate({item, tcx.identityArgs(item)}), tcx.def(item).identSpan);
  if (tcx.crates.def(item).ast.kind == AstRefKind::Item && tcx.defKind(item) != DefKind::Ctor)
    paramBoundsInGenerics(tcx, item, param, BoundFilter::SelfTraitThatDefines, key.name, out);
  return finish(tcx, out);
}

// ---- bounds of associated and opaque types ----

// A where-clause of the trait seen as a bound of its associated type `assoc`: the type itself, or a projection
// from it (`Self::A::B: Tr`). Variables that stand for the type's own parameters are replaced by these.
bool remapToItem(ty::Ctx &tcx, DefId assoc, GenericArgs traitArgs, Predicate clause, Predicate &out) {
  Ty self = clauseSelf(clause);
  if (!self)
    return false;
  for (;;) {
    if (!self.is(ty::TyKind::Alias) || self.aliasKind() != ty::AliasKind::Projection)
      return false;
    GenericArgs args = self.args();
    bool ours = self.def() == assoc && args.size() >= traitArgs.size();
    for (size_t i = 0; ours && i < traitArgs.size(); ++i)
      ours = args[i] == traitArgs[i];
    if (ours)
      break;
    self = args[0].ty();
  }
  GenericArgs args = self.args();
  if (args.size() == traitArgs.size()) {
    out = clause;
    return true;
  }
  const ty::Generics *g = tcx.genericsOf(assoc);
  llvm::DenseMap<uint32_t, GenericArg> map;
  GenericArgs identity = tcx.identityArgs(assoc);
  for (size_t i = traitArgs.size(); i < args.size(); ++i) {
    if (!args[i].isRegion() || args[i].region()->kind != ty::RegionKind::Bound || args[i].region()->debruijn != 0)
      return false;
    if (!map.try_emplace(args[i].region()->index, identity[i]).second)
      return false;
  }
  (void)g;
  if (map.size() != clause->vars.size())
    return false; // further variables would have to be renumbered: no such clause exists in practice
  Predicate p = ty::replaceBound(tcx, clause, [&](uint32_t var, const ty::BoundVar &) { return map.lookup(var); });
  out = p;
  return true;
}

ty::Clauses provideItemBounds(ty::Ctx &tcx, const DefId &def) {
  DefKind kind = tcx.defKind(def);
  Bounds out;
  if (kind == DefKind::AssocTy) {
    DefId trait = tcx.parent(def);
    if (tcx.defKind(trait) != DefKind::Trait)
      return {};
    const hir::Item *item = tcx.hirItem(def);
    Ty self = tcx.mkProjection(def, tcx.identityArgs(def));
    ItemLowerer l(tcx, def);
    {
      TyLowerer::BinderScope scope(l, ArrayRef<hir::GenericParam>());
      l.lowerBounds(self, item->bounds, out);
    }
    addSizedness(tcx, out, self, item->bounds, {}, SizednessOf::Assoc, def, tcx.def(def).identSpan);
    GenericArgs traitArgs = tcx.identityArgs(trait);
    for (const SpannedClause &c : tcx.traitPredicatesAndBounds(trait)) {
      Predicate p;
      if (remapToItem(tcx, def, traitArgs, c.clause, p))
        out.push(p, c.span);
    }
  } else if (kind == DefKind::OpaqueTy) {
    const hir::OpaqueTy *opaque = tcx.hirOpaque(def);
    if (!opaque)
      return {};
    Ty self = tcx.mkAlias(ty::AliasKind::Opaque, def, tcx.identityArgs(def));
    ItemLowerer l(tcx, def);
    {
      TyLowerer::BinderScope scope(l, ArrayRef<hir::GenericParam>());
      l.lowerBounds(self, opaque->bounds, out);
    }
    addSizedness(tcx, out, self, opaque->bounds, {}, SizednessOf::Assoc, def, opaque->span);
  } else {
    return {};
  }
  SmallVector<Predicate, 8> list;
  for (const SpannedClause &c : out.clauses)
    if (!llvm::is_contained(list, c.clause))
      list.push_back(c.clause);
  return tcx.mkClauses(list);
}

} // namespace

void paramBoundsInGenerics(ty::Ctx &tcx, DefId item, DefId param, BoundFilter filter, Symbol assoc, Bounds &out) {
  const hir::Item *header = tcx.hirItem(item);
  bool any = llvm::any_of(header->generics.where, [&](const hir::WherePredicate &w) { return isParamBound(w, param); });
  if (!any)
    return;
  ItemLowerer l(tcx, item);
  for (const hir::WherePredicate &w : header->generics.where) {
    if (!isParamBound(w, param))
      continue;
    TyLowerer::BinderScope scope(l, w.forParams);
    Ty self = tcx.defKind(param) == DefKind::TyParam ? paramTy(tcx, param) : tcx.mkParam(0, sym::kw_Self);
    l.lowerBounds(self, w.bounds, out, filter, assoc);
  }
}

void registerPredicates(ty::Ctx &tcx) {
  tcx.queries.explicitPredicatesOf.provider = provideExplicitPredicates;
  tcx.queries.traitPredicatesAndBounds.provider = provideTraitPredicatesAndBounds;
  tcx.queries.superPredicatesOf.provider = provideSuperPredicates;
  tcx.queries.superTraitsDefiningAssoc.provider = provideSuperTraitsDefining;
  tcx.queries.typeParamPredicates.provider = provideTypeParamPredicates;
  tcx.queries.itemBounds.provider = provideItemBounds;
}

} // namespace ferric::collect
