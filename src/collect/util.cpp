// Helpers of collect: walking supertraits with binders, and what needs no more than syntax.
#include "collect/util.h"
#include "collect/collect.h"
#include "ty/fold.h"

namespace ferric::collect {

bool mentions(Ty t, Ty what) {
  bool found = false;
  ty::walkTypes(t, [&](Ty x) {
    found |= x == what;
    return !found;
  });
  return found;
}
bool mentions(GenericArg a, Ty what) {
  if (a.isTy())
    return mentions(a.ty(), what);
  return a.isConst() && a.konst().is(ty::ConstKind::Unevaluated) && llvm::any_of(a.konst().args(), [&](GenericArg x) { return mentions(x, what); });
}

namespace {
class BoundFinder final : public ty::TypeFolder {
public:
  BoundFinder(ty::Ctx &tcx, uint32_t var, bool constrained) : TypeFolder(tcx), var_(var), constrained_(constrained) {}
  Ty foldTy(Ty t) override {
    if (found || t.outerBinder() <= binders)
      return t;
    if (constrained_ && t.is(ty::TyKind::Alias) && t.aliasKind() != ty::AliasKind::Opaque)
      return t;
    return superFoldTy(t);
  }
  Region foldRegion(Region r) override {
    found |= r->kind == ty::RegionKind::Bound && r->debruijn == binders && r->index == var_;
    return r;
  }
  bool found = false;

private:
  uint32_t var_;
  bool constrained_;
};
} // namespace

bool mentionsBound(ty::Ctx &tcx, GenericArg a, uint32_t var, bool constrained) {
  BoundFinder f(tcx, var, constrained);
  f.fold(a);
  return f.found;
}

namespace {
// Moves the variables of the binder that is `binders` deep up by `by`: it gets that many new ones in front.
class OffsetBound final : public ty::TypeFolder {
public:
  OffsetBound(ty::Ctx &tcx, uint32_t by) : TypeFolder(tcx), by_(by) {}
  Ty foldTy(Ty t) override {
    if (t.outerBinder() <= binders)
      return t;
    if (t.is(ty::TyKind::Bound))
      return t.debruijn() == binders ? tcx.mkBound(t.debruijn(), t.index() + by_) : t;
    return superFoldTy(t);
  }
  Region foldRegion(Region r) override {
    if (r->kind == ty::RegionKind::Bound && r->debruijn == binders)
      return tcx.mkBoundRegion(r->debruijn, r->index + by_);
    return r;
  }

private:
  uint32_t by_;
};
} // namespace

Predicate instantiateSupertrait(ty::Ctx &tcx, Predicate clause, const PolyTraitRef &of) {
  ty::PredicateData d = *clause;
  uint32_t outer = uint32_t(of.vars.size());
  if (!d.vars.empty() && outer) {
    OffsetBound offset(tcx, outer);
    d.traitRef.args = offset.fold(d.traitRef.args);
    d.alias.args = offset.fold(d.alias.args);
    if (d.a)
      d.a = offset.fold(d.a);
    if (d.b)
      d.b = offset.fold(d.b);
  }
  // The arguments stand at the depth of the content, like what they replace.
  GenericArgs args = of.value.args;
  d.traitRef.args = ty::instantiate(tcx, d.traitRef.args, args);
  d.alias.args = ty::instantiate(tcx, d.alias.args, args);
  if (d.a)
    d.a = ty::instantiate(tcx, d.a, args);
  if (d.b)
    d.b = ty::instantiate(tcx, d.b, args);
  SmallVector<ty::BoundVar, 4> vars(of.vars.begin(), of.vars.end());
  vars.append(d.vars.begin(), d.vars.end());
  d.vars = tcx.mkBoundVars(vars);
  return tcx.mkPredicate(d);
}

void transitiveTraits(ty::Ctx &tcx, PolyTraitRef start, SmallVectorImpl<PolyTraitRef> &out, Symbol assoc) {
  size_t next = out.size();
  if (!llvm::is_contained(out, start))
    out.push_back(start);
  for (; next < out.size(); ++next) {
    PolyTraitRef t = out[next];
    ArrayRef<SpannedClause> supers =
        assoc.valid() ? tcx.superTraitsDefiningAssoc({t.value.trait, 0, assoc}) : tcx.superPredicatesOf(t.value.trait);
    for (const SpannedClause &c : supers) {
      if (c.clause.kind() != ty::PredicateKind::Trait || c.clause->negative)
        continue;
      Predicate p = instantiateSupertrait(tcx, c.clause, t);
      PolyTraitRef super{p->traitRef, p->vars};
      if (!llvm::is_contained(out, super))
        out.push_back(super);
    }
  }
}

bool mayDefineAssoc(ty::Ctx &tcx, DefId trait, Symbol name) {
  SmallVector<DefId, 8> seen{trait};
  for (size_t i = 0; i < seen.size(); ++i) {
    if (tcx.crates.findAssoc(seen[i], name, Namespace::Type).valid())
      return true;
    const hir::Item *item = tcx.hirItem(seen[i]);
    auto visit = [&](ArrayRef<hir::GenericBound> bounds) {
      for (const hir::GenericBound &b : bounds)
        if (b.kind == hir::BoundKind::Trait && b.trait.path.res.kind == ResKind::Def && !llvm::is_contained(seen, b.trait.path.res.def))
          seen.push_back(b.trait.path.res.def);
    };
    visit(item->bounds);
    for (const hir::WherePredicate &w : item->generics.where)
      if (isParamBound(w, seen[i]))
        visit(w.bounds);
  }
  return false;
}

bool isParamBound(const hir::WherePredicate &w, DefId param) {
  if (w.kind != hir::WhereKind::Bound)
    return false;
  const hir::PathTy *p = llvm::dyn_cast<hir::PathTy>(w.bounded);
  if (!p || p->path.kind != hir::QPathKind::Resolved || p->path.self)
    return false;
  const Res &r = p->path.path->res;
  return r.def == param && (r.isDef(DefKind::TyParam) || r.kind == ResKind::SelfTyParam);
}

void addSizedness(ty::Ctx &tcx, Bounds &out, Ty self, ArrayRef<hir::GenericBound> bounds, ArrayRef<hir::WherePredicate> where,
                  SizednessOf kind, DefId def, Span span) {
  DefId sized = tcx.langItem(tcx.sess.symbols.intern("sized"));
  DefId meta = tcx.langItem(tcx.sess.symbols.intern("meta_sized"));
  DefId pointee = tcx.langItem(tcx.sess.symbols.intern("pointee_sized"));
  if (!sized.valid())
    return;
  if (kind == SizednessOf::Trait && (def == pointee || def == sized || def == meta)) {
    if (def == pointee)
      return;
  }
  if (kind == SizednessOf::Trait && tcx.crates.itemAs<ast::TraitItem>(def).isAuto)
    return;
  bool sizedPositive = false, sizedRelaxed = false, other = false;
  auto look = [&](ArrayRef<hir::GenericBound> list) {
    for (const hir::GenericBound &b : list) {
      if (b.kind != hir::BoundKind::Trait || !b.trait.path.res.isDef(DefKind::Trait))
        continue;
      DefId t = b.trait.path.res.def;
      if (t == sized)
        (b.polarity == ast::BoundPolarity::Positive ? sizedPositive : sizedRelaxed) = true;
      else if (t == meta || t == pointee)
        other = true;
    }
  };
  look(bounds);
  if (kind == SizednessOf::Param)
    for (const hir::WherePredicate &w : where)
      if (isParamBound(w, def))
        look(w.bounds);
  auto add = [&](DefId trait) {
    if (trait.valid())
      out.clauses.insert(out.clauses.begin(), SpannedClause{tcx.mkTraitPredicate({trait, tcx.mkArgs({GenericArg(self)})}), span});
  };
  if (sizedRelaxed && !sizedPositive && !other)
    add(meta);
  else if (!sizedPositive && !sizedRelaxed && !other)
    add(kind == SizednessOf::Trait ? meta : sized);
}

const hir::GenericParam *hirParam(ty::Ctx &tcx, DefId param) {
  const hir::Item *item = tcx.hirItem(tcx.parent(param));
  for (const hir::GenericParam &p : item->generics.params)
    if (p.def == param)
      return &p;
  return nullptr;
}

DefId typeckRoot(ty::Ctx &tcx, DefId def) {
  while (tcx.defKind(def) == DefKind::Closure || tcx.defKind(def) == DefKind::InlineConst)
    def = tcx.parent(def);
  return def;
}

uint32_t paramIndex(ty::Ctx &tcx, DefId param) {
  const ty::Generics *g = tcx.genericsOf(tcx.parent(param));
  for (const ty::GenericParamDef &p : g->own)
    if (p.def == param)
      return p.index;
  UNREACHABLE("generic parameter is not among the generics of its item");
}

ty::Ty paramTy(ty::Ctx &tcx, DefId param) { return tcx.mkParam(paramIndex(tcx, param), tcx.crates.name(param)); }
ty::Const paramConst(ty::Ctx &tcx, DefId param) { return tcx.mkConstParam(paramIndex(tcx, param), tcx.crates.name(param)); }

} // namespace ferric::collect
