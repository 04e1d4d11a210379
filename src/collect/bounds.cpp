// Bounds: trait references, associated-type constraints, outlives bounds -> predicates (rustc_hir_analysis::
// hir_ty_lowering::bounds). What is lowered stands inside the binder that the caller opened; `for<..>` of a bound extends it.
// `[const]` and `const` bounds are plain bounds: constness is not checked.
#include "collect/collect.h"
#include "collect/util.h"
#include "ty/fold.h"
#include "ty/print.h"

namespace ferric::collect {

TraitRef TyLowerer::lowerMonoTraitRef(Span span, DefId trait, Ty self, const hir::PathSegment &segment) {
  return {trait, lowerArgsOfSegment(span, trait, {}, &segment, self)};
}

TraitRef TyLowerer::lowerTraitRef(const hir::Path *path, Ty self) {
  if (!path || path->res.kind != ResKind::Def || (path->res.defKind != DefKind::Trait && path->res.defKind != DefKind::TraitAlias))
    return {};
  prohibitArgs(path->segments.drop_back(), "module");
  const hir::PathSegment &last = path->segments.back();
  if (last.args && !last.args->constraints.empty())
    tcx.sess.diag.error(last.args->constraints[0].span, "E0229", "associated item constraints are not allowed here")
        .label(last.args->constraints[0].span, "associated item constraint not allowed here");
  return lowerMonoTraitRef(path->span, path->res.def, self, last);
}

void TyLowerer::lowerPolyTraitRef(const hir::PolyTraitRef &trait, ast::BoundPolarity polarity, Ty self, Bounds &result, BoundFilter filter,
                                  Symbol name) {
  const Res &res = trait.path.res;
  if (res.kind != ResKind::Def || (res.defKind != DefKind::Trait && res.defKind != DefKind::TraitAlias))
    return;
  // `?Trait` and `PointeeSized` say that a default is absent: they are checked, and leave nothing behind.
  Bounds dropped;
  bool transient = polarity == ast::BoundPolarity::Maybe || tcx.isLang(res.def, tcx.sess.symbols.intern("pointee_sized"));
  if (polarity == ast::BoundPolarity::Maybe && !tcx.isLang(res.def, tcx.sess.symbols.intern("sized")))
    tcx.sess.diag.error(trait.span, "", "bound modifier `?` can only be applied to `Sized`");
  Bounds &out = transient ? dropped : result;

  BinderScope scope(*this, trait.forParams, true);
  prohibitArgs(trait.path.segments.drop_back(), "module");
  const hir::PathSegment &segment = trait.path.segments.back();
  TraitRef tr = lowerMonoTraitRef(trait.path.span, res.def, self, segment);
  BoundVars vars = scope.vars();
  Predicate p = tcx.mkTraitPredicate(tr, vars, polarity == ast::BoundPolarity::Negative);
  if (tcx.isLang(res.def, tcx.sess.symbols.intern("sized")))
    out.clauses.insert(out.clauses.begin(), SpannedClause{p, trait.span});
  else
    out.push(p, trait.span);
  if (!segment.args || filter == BoundFilter::SelfTraitThatDefines)
    return;
  for (const hir::AssocConstraint &c : segment.args->constraints)
    lowerConstraint(c, tr, vars, out, filter);
}

void TyLowerer::lowerConstraint(const hir::AssocConstraint &c, const TraitRef &tr, BoundVars vars, Bounds &out, BoundFilter filter) {
  // The item may be a supertrait's.
  PolyTraitRef candidate{tr, vars};
  Namespace ns = c.konst ? Namespace::Value : Namespace::Type;
  DefId item = tcx.crates.findAssoc(tr.trait, c.ident.name, ns);
  if (!item.valid()) {
    SmallVector<PolyTraitRef, 8> all;
    transitiveTraits(tcx, candidate, all);
    for (const PolyTraitRef &t : all)
      if (DefId d = tcx.crates.findAssoc(t.value.trait, c.ident.name, ns); d.valid()) {
        if (item.valid() && d != item) {
          tcx.sess.diag.error(c.span, "E0222", llvm::Twine("ambiguous associated type `") + tcx.sess.str(c.ident) + "` in bounds of `" +
                                                   ty::showDef(tcx, tr.trait, ty::PathStyle::Trimmed) + "`");
          return;
        }
        if (!item.valid()) {
          item = d;
          candidate = t;
        }
      }
  }
  if (!item.valid()) {
    llvm::StringRef name = tcx.sess.str(c.ident);
    tcx.sess.diag.error(c.ident.span, "E0220",
                        llvm::Twine("associated type `") + name + "` not found for `" + ty::showDef(tcx, tr.trait, ty::PathStyle::Trimmed) + "`")
        .label(c.ident.span, llvm::Twine("associated type `") + name + "` not found");
    return;
  }
  hir::PathSegment segment;
  segment.ident = c.ident;
  segment.args = c.args;
  segment.inferArgs = false;
  GenericArgs args = lowerArgsOfSegment(c.span, item, candidate.value.args, &segment);
  ty::AliasTy alias{ty::AliasKind::Projection, item, args};
  if (c.ty || c.konst) {
    ty::Term term = c.ty ? ty::Term(lowerTy(c.ty)) : ty::Term(lowerConstArg(c.konst, ty::instantiate(tcx, tcx.typeOf(item), args)));
    BoundVars all = currentVars();
    for (uint32_t v = 0; v < all.size(); ++v)
      if (mentionsBound(tcx, term.arg, v, false) && llvm::none_of(args, [&](GenericArg a) { return mentionsBound(tcx, a, v, true); }))
        tcx.sess.diag.error(c.span, "E0582", llvm::Twine("binding for associated type `") + tcx.sess.str(c.ident) + "` references lifetime `" +
                                                 tcx.sess.str(all[v].name) + "`, which does not appear in the trait input types");
    out.push(tcx.mkProjectionPredicate(alias, term, all), c.span);
    return;
  }
  if (filter == BoundFilter::SelfOnly)
    return;
  lowerBounds(tcx.mkAlias(alias), c.bounds, out, filter);
}

void TyLowerer::lowerBounds(Ty self, ArrayRef<hir::GenericBound> bounds, Bounds &out, BoundFilter filter, Symbol name) {
  CHECK(!binders_.empty(), "bounds are lowered inside a binder");
  for (const hir::GenericBound &b : bounds) {
    if (filter == BoundFilter::SelfTraitThatDefines) {
      if (b.kind != hir::BoundKind::Trait || b.trait.path.res.kind != ResKind::Def || !mayDefineAssoc(tcx, b.trait.path.res.def, name))
        continue;
    }
    switch (b.kind) {
    case hir::BoundKind::Trait:
      lowerPolyTraitRef(b.trait, b.polarity, self, out, filter, name);
      break;
    case hir::BoundKind::Outlives: {
      ty::PredicateData d;
      d.kind = ty::PredicateKind::TypeOutlives;
      d.a = self;
      d.b = lowerLifetime(b.lifetime);
      d.vars = currentVars();
      out.push(tcx.mkPredicate(d), b.span);
      break;
    }
    case hir::BoundKind::Use:
      break;
    }
  }
}

} // namespace ferric::collect
