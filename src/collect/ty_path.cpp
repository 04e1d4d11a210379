// Paths that name types: resolved ones, `<T as Trait>::Item`, and `T::Item`, whose trait is found among the bounds on T
// (rustc_hir_analysis::hir_ty_lowering; Reference: paths, "Qualified paths").
#include "collect/collect.h"
#include "collect/util.h"
#include "ty/fold.h"
#include "ty/print.h"

namespace ferric::collect {

void TyLowerer::prohibitArgs(ArrayRef<hir::PathSegment> segments, llvm::StringRef what) {
  for (const hir::PathSegment &s : segments) {
    if (!s.args || (s.args->args.empty() && s.args->constraints.empty()))
      continue;
    if (!s.args->args.empty())
      tcx.sess.diag.error(s.args->args[0].span, "E0109", llvm::Twine("generic arguments are not allowed on ") + what)
          .label(s.args->args[0].span, "generic argument not allowed")
          .label(s.ident.span, "not allowed on this");
    else
      tcx.sess.diag.error(s.args->constraints[0].span, "E0229", "associated item constraints are not allowed here")
          .label(s.args->constraints[0].span, "associated item constraint not allowed here");
  }
}

Ty TyLowerer::lowerQPathTy(const hir::QPath &path, Span span, hir::HirId id) {
  if (path.kind == hir::QPathKind::Resolved)
    return lowerResolvedTyPath(path.self, path.path, id, false);
  Ty self = lowerTy(path.self);
  return lowerTypeRelative(span, path.self, self, path.segment, id, false).ty;
}

// `Self` in an anonymous constant that has no generics of its own must not need any.
static Ty forbidGeneric(TyLowerer &l, Ty t, Span span) {
  ty::Ctx &tcx = l.tcx;
  if (!t.has(ty::kHasParam) || tcx.defKind(l.itemDef()) != DefKind::AnonConst || tcx.genericsOf(l.itemDef())->count())
    return t;
  tcx.sess.diag.error(span, "", "generic `Self` types are currently not permitted in anonymous constants");
  return tcx.common.error;
}

Ty TyLowerer::lowerResolvedTyPath(const hir::Ty *self, const hir::Path *path, hir::HirId id, bool permitVariants) {
  const Res &res = path->res;
  ArrayRef<hir::PathSegment> segments = path->segments;
  Span span = path->span;
  switch (res.kind) {
  case ResKind::PrimTy:
    prohibitArgs(segments, "builtin type");
    return tcx.mkPrim(res.prim);
  case ResKind::SelfTyParam:
    prohibitArgs(segments, "self type");
    return forbidGeneric(*this, tcx.mkParam(0, sym::kw_Self), span);
  case ResKind::SelfTyAlias:
    prohibitArgs(segments, "self type");
    return forbidGeneric(*this, normalize(tcx.typeOf(res.def), span), span);
  case ResKind::Def:
    break;
  default:
    // Already reported; look for more errors inside.
    for (const hir::PathSegment &s : segments)
      if (s.args)
        for (const hir::GenericArg &a : s.args->args)
          if (a.ty)
            lowerTy(a.ty);
    return errorTy();
  }
  switch (res.defKind) {
  case DefKind::Struct:
  case DefKind::Union:
  case DefKind::Enum: {
    prohibitArgs(segments.drop_back(), "module");
    GenericArgs args = lowerArgsOfSegment(span, res.def, {}, &segments.back());
    return tcx.mkAdt(tcx.adtDef(res.def), args);
  }
  case DefKind::ForeignTy:
    prohibitArgs(segments, "foreign type");
    return tcx.mkForeign(res.def);
  case DefKind::TyAlias: {
    prohibitArgs(segments.drop_back(), "module");
    GenericArgs args = lowerArgsOfSegment(span, res.def, {}, &segments.back());
    return normalize(ty::instantiate(tcx, tcx.typeOf(res.def), args), span);
  }
  case DefKind::Variant: {
    CHECK(permitVariants, "variant in a type position");
    // Arguments stand on the variant or on the enum.
    DefId adt = tcx.parent(res.def);
    const hir::PathSegment *on = &segments.back();
    if (segments.size() >= 2 && !on->args && segments[segments.size() - 2].args)
      on = &segments[segments.size() - 2];
    GenericArgs args = lowerArgsOfSegment(span, adt, {}, on);
    return tcx.mkAdt(tcx.adtDef(adt), args);
  }
  case DefKind::TyParam:
    prohibitArgs(segments, "type parameter");
    return paramTy(tcx, res.def);
  case DefKind::AssocTy: {
    size_t n = segments.size();
    if (n >= 2)
      prohibitArgs(segments.drop_back(2), "module");
    return lowerAssocPath(span, self, res.def, n >= 2 ? &segments[n - 2] : nullptr, &segments.back());
  }
  default:
    return errorTy();
  }
}

// `<self as Trait>::assoc`
Ty TyLowerer::lowerAssocPath(Span span, const hir::Ty *self, DefId assoc, const hir::PathSegment *traitSegment, const hir::PathSegment *segment) {
  DefId trait = tcx.parent(assoc);
  if (!self) {
    std::string name = tcx.sess.str(tcx.crates.name(assoc)).str();
    tcx.sess.diag.error(span, "E0223", "ambiguous associated type")
        .suggest(span, "if there were a type that implements the trait, you could use the fully-qualified path",
                 "<Type as " + ty::showDef(tcx, trait, ty::PathStyle::Trimmed) + ">::" + name);
    return errorTy();
  }
  Ty selfTy = lowerTy(self);
  GenericArgs traitArgs;
  if (traitSegment)
    traitArgs = lowerArgsOfSegment(span, trait, {}, traitSegment, selfTy);
  GenericArgs args = lowerArgsOfSegment(span, assoc, traitArgs, segment);
  if (args.empty() || args[0].ty().isError())
    return errorTy();
  return normalize(tcx.mkProjection(assoc, args), span);
}

bool TyLowerer::findAssocBound(ArrayRef<SpannedClause> bounds, Ident assoc, Span span, llvm::StringRef ofWhat, DefId &item, TraitRef &tr,
                               BoundVars &vars) {
  SmallVector<PolyTraitRef, 8> all;
  for (const SpannedClause &c : bounds)
    if (c.clause.kind() == ty::PredicateKind::Trait && !c.clause->negative)
      transitiveTraits(tcx, {c.clause->traitRef, c.clause->vars}, all, assoc.name);
  SmallVector<PolyTraitRef, 2> found;
  for (const PolyTraitRef &t : all)
    if (DefId d = tcx.crates.findAssoc(t.value.trait, assoc.name, Namespace::Type); d.valid() && !llvm::is_contained(found, t))
      found.push_back(t);
  llvm::StringRef name = tcx.sess.str(assoc);
  if (found.empty()) {
    tcx.sess.diag.error(assoc.span, "E0220", llvm::Twine("associated type `") + name + "` not found for `" + ofWhat + "`")
        .label(assoc.span, llvm::Twine("associated type `") + name + "` not found");
    return false;
  }
  if (found.size() > 1) {
    // The same trait twice differs in arguments only by regions, which nothing here can tell apart, or not at all.
    auto erased = [&](const PolyTraitRef &t) { return ty::eraseRegions(tcx, ty::eraseLateBound(tcx, tcx.mkTraitPredicate(t.value, t.vars))); };
    bool same = llvm::all_of(found, [&](const PolyTraitRef &t) { return erased(t) == erased(found[0]); });
    if (!same) {
      diag::Builder d = tcx.sess.diag.error(span, "E0221", llvm::Twine("ambiguous associated type `") + name + "` in bounds of `" + ofWhat + "`");
      d.label(span, llvm::Twine("ambiguous associated type `") + name + "`");
      for (const PolyTraitRef &t : found)
        if (DefId a = tcx.crates.findAssoc(t.value.trait, assoc.name, Namespace::Type); a.valid())
          d.label(tcx.def(a).identSpan, llvm::Twine("ambiguous `") + name + "` from `" + ty::showDef(tcx, t.value.trait, ty::PathStyle::Trimmed) + "`");
      return false;
    }
  }
  item = tcx.crates.findAssoc(found[0].value.trait, assoc.name, Namespace::Type);
  tr = found[0].value;
  vars = found[0].vars;
  return true;
}

TypeRelative TyLowerer::lowerTypeRelative(Span span, const hir::Ty *selfHir, Ty selfTy, const hir::PathSegment *segment, hir::HirId id,
                                          bool permitVariants) {
  TypeRelative error{errorTy(), DefKind::AssocTy, DefId()};
  if (selfTy.isError())
    return error;
  if (const ty::AdtDef *adt = probeAdt(selfTy, span); adt && adt->isEnum() && permitVariants)
    for (const ty::VariantDef &v : adt->variants)
      if (v.name == segment->ident.name) {
        prohibitArgs(*segment, "enum variant");
        return {selfTy, DefKind::Variant, v.def};
      }
  Res selfRes = Res::err();
  if (const hir::PathTy *p = llvm::dyn_cast<hir::PathTy>(selfHir); p && p->path.kind == hir::QPathKind::Resolved)
    selfRes = p->path.path->res;
  DefId item;
  TraitRef tr;
  BoundVars vars;
  llvm::StringRef name = tcx.sess.str(segment->ident);
  if (selfRes.kind == ResKind::SelfTyAlias && tcx.defKind(selfRes.def) == DefKind::Impl && tcx.crates.itemAs<ast::ImplItem>(selfRes.def).traitPath) {
    TraitRef implTrait = tcx.implTraitRef(selfRes.def);
    if (!implTrait.trait.valid())
      return error;
    SpannedClause start{tcx.mkTraitPredicate(implTrait), span};
    if (!findAssocBound(start, segment->ident, span, "Self", item, tr, vars))
      return error;
  } else if (selfTy.is(ty::TyKind::Param) && (selfRes.kind == ResKind::SelfTyParam || selfRes.isDef(DefKind::TyParam))) {
    ArrayRef<SpannedClause> bounds = probeTyParamBounds(selfRes.def, segment->ident.name, span);
    if (!findAssocBound(bounds, segment->ident, span, tcx.sess.str(selfTy.name()), item, tr, vars))
      return error;
  } else {
    std::string shown = ty::show(tcx, selfTy);
    if (const ty::AdtDef *adt = probeAdt(selfTy, span); adt && adt->isEnum())
      for (const ty::VariantDef &v : adt->variants)
        if (v.name == segment->ident.name) {
          tcx.sess.diag.error(span, "E0573", llvm::Twine("expected type, found variant `") + name + "`").label(span, "not a type");
          return error;
        }
    tcx.sess.diag.error(span, "E0223", "ambiguous associated type")
        .suggest(span, "if there were a trait with this associated type that the type implements, you could use the fully-qualified path",
                 "<" + shown + " as Trait>::" + name.str());
    return error;
  }
  return {lowerAssocTy(span, item, segment, tr, vars), DefKind::AssocTy, item};
}

} // namespace ferric::collect
