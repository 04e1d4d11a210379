// Paths in bodies: what a value path means as a type with generic arguments, struct paths, written types
// (rustc_hir_typeck::fn_ctxt::_impl::instantiate_value_path; Reference: paths, "Paths in expressions").
#include "collect/collect.h"
#include "traits/elaborate.h"
#include "typeck/body_lowerer.h"

namespace ferric::typeck {

Ty BodyLowerer::tyInfer(const ty::GenericParamDef *param, Span span) { return f_.infcx.nextTyVar({span, param ? param->def : DefId()}); }
Const BodyLowerer::ctInfer(const ty::GenericParamDef *param, Span span) { return f_.infcx.nextConstVar({span, param ? param->def : DefId()}); }

// Lifetimes bound in a type (`for<'a> fn(&'a u8)`) stay variables of its binder; all others are erased.
Region BodyLowerer::lowerLifetime(const hir::Lifetime &lt) {
  if (lt.kind == hir::LifetimeKind::Param)
    for (size_t i = binders_.size(); i-- > 0;)
      for (size_t v = 0; v < binders_[i].size(); ++v)
        if (binders_[i][v] == lt.def) return tcx.mkBoundRegion(uint32_t(binders_.size() - 1 - i), uint32_t(v));
  return tcx.common.erased;
}

ArrayRef<ty::SpannedClause> BodyLowerer::probeTyParamBounds(DefId param, Symbol assoc, Span span) {
  uint32_t index = tcx.defKind(param) == DefKind::TyParam ? collect::paramIndex(tcx, param) : 0;
  SmallVector<ty::SpannedClause, 4> out;
  for (Predicate p : f_.env().clauses)
    if (p.kind() == PredicateKind::Trait && p->traitRef.self().is(TyKind::Param) && p->traitRef.self().index() == index) out.push_back({p, span});
  return tcx.copy(ArrayRef<ty::SpannedClause>(out));
}

Ty BodyLowerer::lowerAssocTy(Span span, DefId assoc, const hir::PathSegment *segment, const TraitRef &traitRef, ty::BoundVars vars) {
  TraitRef tr = traitRef;
  if (!vars.empty()) tr = ty::eraseLateBound(tcx, tcx.mkTraitPredicate(traitRef, vars))->traitRef;
  tr = ty::eraseRegions(tcx, tr);
  GenericArgs args = lowerArgsOfSegment(span, assoc, tr.args, segment);
  return tcx.mkProjection(assoc, args);
}

const AdtDef *BodyLowerer::probeAdt(Ty ty, Span span) {
  ty = f_.resolve(ty);
  if (ty.is(TyKind::Alias)) ty = f_.resolve(f_.normalize(Cause(span), ty));
  return ty.is(TyKind::Adt) ? ty.adt() : nullptr;
}

// ---- written types ----
Ty FnCtxt::lowerTyRaw(const hir::Ty *t) {
  BodyLowerer l(*this);
  return ty::eraseRegions(tcx, l.lowerTy(t));
}
Ty FnCtxt::lowerTy(const hir::Ty *t) {
  Ty raw = lowerTyRaw(t);
  requireWellFormed(raw, t->span);
  return normalize(Cause(t->span), raw);
}
Const FnCtxt::lowerConstArg(const hir::ConstArg *c, Ty expected) {
  BodyLowerer l(*this);
  return l.lowerConstArg(c, expected);
}

// ---- value paths ----
Res FnCtxt::qpathRes(const hir::QPath &p, HirId id) {
  if (p.kind == hir::QPathKind::Resolved) return p.path->res;
  auto it = results.typeDependent.find(id);
  return it == results.typeDependent.end() ? Res::err() : it->second;
}

FnCtxt::ResolvedPath FnCtxt::resolveQPath(const hir::QPath &path, HirId id, Span s) {
  if (path.kind == hir::QPathKind::Resolved) {
    ResolvedPath r{path.path->res, std::nullopt, path.path->segments};
    if (path.self) r.self = lowerTy(path.self);
    return r;
  }
  ResolvedPath r{Res::err(), lowerTyRaw(path.self), ArrayRef<hir::PathSegment>(*path.segment)};
  requireWellFormed(*r.self, path.self->span);
  Ty self = resolve(normalize(Cause(s), *r.self));
  auto it = results.typeDependent.find(id);
  r.res = it != results.typeDependent.end() ? it->second : resolveTypeRelative(s, path.segment->ident, self, path.self->span, id);
  writeRes(id, r.res);
  return r;
}

namespace {
// Which segment gives the arguments of which item.
struct GenericSegment { DefId item; size_t index; };

SmallVector<GenericSegment, 2> genericSegments(FnCtxt &f, const FnCtxt::ResolvedPath &p) {
  SmallVector<GenericSegment, 2> out;
  if (p.res.kind != ResKind::Def) return out;
  size_t last = p.segments.size() - 1;
  DefId def = p.res.def;
  const ty::Generics *g = f.tcx.genericsOf(def);
  auto parentOf = [&] { return g && g->parent ? g->parent->def : def; };
  switch (p.res.defKind) {
  case DefKind::Ctor:
    // Constructors have the parameters of their type; `Enum::<T>::A` may say them on the enum.
    if (f.tcx.def(def).ctorOf == CtorOf::Struct) out.push_back({f.tcx.parent(def), last});
    else out.push_back({f.tcx.parent(f.tcx.parent(def)), !p.self && last >= 1 && p.segments[last - 1].args ? last - 1 : last});
    break;
  case DefKind::AssocFn: case DefKind::AssocConst:
    if (p.segments.size() >= 2) out.push_back({parentOf(), last - 1});
    out.push_back({def, last});
    break;
  default: out.push_back({def, last}); break;
  }
  return out;
}

class ValueArgs final : public collect::ArgSource {
public:
  ValueArgs(FnCtxt &f, BodyLowerer &l, ArrayRef<hir::PathSegment> segments, ArrayRef<GenericSegment> generic, ArrayRef<size_t> bad, Span span, DefId def)
      : f_(f), l_(l), segments_(segments), generic_(generic), bad_(bad), span_(span), def_(def) {}
  const hir::GenericArgs *argsFor(DefId def, bool &inferred) override {
    inferred = true;
    for (const GenericSegment &g : generic_) {
      if (g.item != def) continue;
      inferred = segments_[g.index].inferArgs;
      return llvm::is_contained(bad_, g.index) ? nullptr : segments_[g.index].args;
    }
    return nullptr;
  }
  GenericArg provided(ArrayRef<GenericArg> preceding, const ty::GenericParamDef &param, const hir::GenericArg &arg) override {
    GenericArg lowered = l_.lowerArg(param, arg, preceding, def_);
    if (lowered.isTy()) f_.requireWellFormed(ty::eraseRegions(f_.tcx, lowered.ty()), arg.span);
    return lowered;
  }
  GenericArg missing(ArrayRef<GenericArg> preceding, const ty::GenericParamDef &param, bool inferred) override {
    if (param.kind == ty::GenericParamKind::Lifetime) return GenericArg(f_.tcx.common.erased);
    if (!inferred && param.hasDefault)
      if (GenericArg d = l_.defaultArg(param, preceding)) return d;
    return f_.infcx.varForParam(span_, param);
  }

private:
  FnCtxt &f_;
  BodyLowerer &l_;
  ArrayRef<hir::PathSegment> segments_;
  ArrayRef<GenericSegment> generic_;
  ArrayRef<size_t> bad_;
  Span span_;
  DefId def_;
};
} // namespace

// `Self(..)` / `Self` in an impl of a tuple or unit struct: the constructor with the arguments of the impl's type.
static bool selfCtor(FnCtxt &f, DefId impl, Span s, Res &res, GenericArgs &args) {
  Ty t = f.resolve(f.normalize(Cause(s), ty::eraseRegions(f.tcx, f.tcx.typeOf(impl))));
  if (!t.is(TyKind::Adt) || t.adt()->isEnum() || !t.adt()->nonEnum().hasCtor) {
    f.err(s, "", "the `Self` constructor can only be used with tuple or unit structs");
    return false;
  }
  DefId ctor = t.adt()->nonEnum().ctor;
  if (!f.tcx.crates.isAccessible(f.tcx.def(ctor).vis, f.root.body.module))
    f.err(s, "E0423", "cannot initialize a tuple struct which contains private fields");
  res = Res::ofDef(DefKind::Ctor, ctor);
  args = t.args();
  return true;
}

Ty FnCtxt::instantiateValuePath(const ResolvedPath &p, Span span, Span pathSpan, HirId id, Res *out) {
  Res res = p.res;
  if (out) *out = res;
  if (res.isErr()) return error();
  if (res.kind == ResKind::Local) return localTy(LocalId(res.local), span);
  GenericArgs args;
  bool haveArgs = false;
  if (res.kind == ResKind::SelfCtor) {
    if (!selfCtor(*this, res.def, span, res, args)) return error();
    haveArgs = true;
    if (out) *out = res;
  } else if (res.kind != ResKind::Def) {
    err(span, "E0423", Twine("expected value, found ") + tcx.crates.descr(res));
    return error();
  }
  DefId def = res.def;
  // Where the type in front of `::` must be the type that an impl or an alias is of.
  DefId selfOf;
  bool aliasVariant = false;
  if (res.defKind == DefKind::Ctor && tcx.def(def).ctorOf == CtorOf::Variant && p.self) {
    selfOf = tcx.parent(tcx.parent(def));
    aliasVariant = true;
  } else if (res.defKind == DefKind::AssocFn || res.defKind == DefKind::AssocConst) {
    AssocItem item = tcx.assocItem(def);
    if (!item.inTrait && p.segments.size() == 1 && p.self) selfOf = item.container;
    if (item.inTrait && tcx.isLang(item.container, sym::drop) && res.defKind == DefKind::AssocFn)
      err(span, "E0040", "explicit use of destructor method").label(span, "explicit destructor calls not allowed");
  }
  if (!haveArgs) {
    if (res.defKind == DefKind::ConstParam) {
      args = ty::eraseRegions(tcx, tcx.identityArgs(tcx.parent(def)));
    } else {
      SmallVector<GenericSegment, 2> generic = genericSegments(*this, p);
      BodyLowerer l(*this);
      SmallVector<size_t, 2> bad;
      for (size_t i = 0; i < p.segments.size(); ++i) {
        bool takes = !aliasVariant && llvm::any_of(generic, [&](const GenericSegment &g) { return g.index == i; });
        if (!takes && p.segments[i].args && !p.segments[i].args->args.empty()) l.prohibitArgs(p.segments.slice(i, 1), "this path segment");
      }
      if (aliasVariant) generic.clear();
      for (const GenericSegment &g : generic) {
        const hir::PathSegment &seg = p.segments[g.index];
        if (!l.checkArgCount(seg.ident.span, g.item, seg, false, seg.inferArgs)) bad.push_back(g.index);
      }
      if (!bad.empty()) root.setTainted();
      const ty::Generics *g = tcx.genericsOf(def);
      ValueArgs source(*this, l, p.segments, generic, bad, span, def);
      args = l.createArgs(def, {}, g && g->hasSelf && p.self ? *p.self : Ty(), source);
    }
    args = normalize(Cause(span), ty::eraseRegions(tcx, args));
  }
  addItemObligations(span, def, args);
  Ty t = normalize(Cause(span), typeOfRaw(def, args));
  if (selfOf) {
    Ty implTy = normalize(Cause(span), typeOfRaw(selfOf, args));
    Ty self = normalize(Cause(span), *p.self);
    if (!eq(implTy, self)) reportMismatch(Cause(span), implTy, self);
  }
  writeArgs(id, args);
  (void)pathSpan;
  return t;
}

Ty FnCtxt::checkPathExpr(const hir::PathExpr *e, const hir::CallExpr *callOf) {
  ResolvedPath p = resolveQPath(e->path, e->id, e->span);
  if (p.res.isDef(DefKind::Variant)) {
    err(e->span, "E0533", "expected value, found struct variant `" + ty::showDef(tcx, p.res.def) + "`").label(e->span, "not a value");
    return error();
  }
  Ty t = instantiateValuePath(p, callOf ? callOf->span : e->span, e->span, e->id);
  if (t.is(TyKind::FnDef)) {
    // Arguments and results of calls are sized; asked at the end, when they are known.
    FnSig sig = sigOfFnTy(t);
    for (size_t i = 0; i < sig.inputs().size() && !hasFeature(sym::unsized_fn_params); ++i)
      if (!traits::triviallySized(sig.inputs()[i])) {
        Span s = callOf && i < callOf->args.size() ? callOf->args[i]->span : e->span;
        requireSizedDeferred(sig.inputs()[i], Cause(s, CauseCode::SizedArgument));
      }
    requireWellFormed(t.args(), e->span);
    if (!traits::triviallySized(sig.output())) requireSizedDeferred(sig.output(), Cause(callOf ? callOf->span : e->span, CauseCode::SizedCall));
  }
  return t;
}

// ---- struct paths ----
const VariantDef *FnCtxt::checkStructPath(const hir::QPath &path, HirId id, Ty &ty) {
  BodyLowerer l(*this);
  Res res;
  Ty raw;
  if (path.kind == hir::QPathKind::Resolved) {
    raw = l.lowerResolvedTyPath(path.self, path.path, id, true);
    res = path.path->res;
  } else {
    Ty self = l.lowerTy(path.self);
    collect::TypeRelative r = l.lowerTypeRelative(path.span, path.self, self, path.segment, id, true);
    raw = r.ty;
    res = r.def ? Res::ofDef(r.kind, r.def) : Res::err();
    writeRes(id, res);
  }
  ty = resolve(normalize(Cause(path.span), ty::eraseRegions(tcx, raw)));
  if (res.isErr() || ty.isError()) {
    root.setTainted();
    return nullptr;
  }
  const VariantDef *v = nullptr;
  if (ty.is(TyKind::Adt)) {
    if (res.isDef(DefKind::Variant) || res.isDef(DefKind::Ctor)) {
      for (const VariantDef &x : ty.adt()->variants)
        if (x.def == res.def || x.ctor == res.def) v = &x;
    } else if (!ty.adt()->isEnum()) {
      v = &ty.adt()->nonEnum();
    }
  }
  if (!v) {
    err(path.span, "E0071", "expected struct, variant or union type, found `" + str(ty) + "`").label(path.span, "not a struct");
    return nullptr;
  }
  addItemObligations(path.span, ty.adt()->def, ty.args());
  writeArgs(id, ty.args());
  return v;
}

} // namespace ferric::typeck
