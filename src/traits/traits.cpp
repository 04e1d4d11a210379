// The queries of traits: parameter environments, destructors, coercion impls, dyn compatibility.
#include "traits/traits.h"
#include "traits/caches.h"
#include "traits/fulfill.h"
#include "ty/print.h"

namespace ferric::traits {

void reportOverflow(Tcx &tcx, Span span, ty::Predicate requirement, bool isLimit) {
  if (tcx.sess.diag.silenced())
    return;
  diag::Builder d = tcx.sess.diag.error(span, "E0275", "overflow evaluating the requirement `" + ty::show(tcx, requirement) + "`");
  if (isLimit)
    d.help("consider increasing the recursion limit by adding a `#![recursion_limit = \"" +
           llvm::Twine(tcx.sess.options.recursionLimit * 2) + "\"]` attribute to your crate (`" +
           tcx.sess.str(tcx.crates[kLocalCrate].name) + "`)");
  d.emit();
  tcx.sess.diag.endCheck();
}

// The definition whose where-clauses hold inside `def`.
static DefId envOwner(const Tcx &tcx, DefId def) {
  for (;;) {
    switch (tcx.defKind(def)) {
    case DefKind::AnonConst:
      // Constants in types cannot use the parameters around them, and may stand in the very clauses that the environment is made of.
      if (tcx.defKind(tcx.parent(def)) != DefKind::Variant)
        return def;
      def = tcx.parent(def);
      continue;
    case DefKind::Closure: case DefKind::InlineConst: case DefKind::Ctor: case DefKind::Variant: case DefKind::Field:
    case DefKind::TyParam: case DefKind::ConstParam: case DefKind::LifetimeParam: case DefKind::OpaqueTy:
      def = tcx.parent(def);
      continue;
    default: return def;
    }
  }
}

static bool hasPredicates(DefKind k) {
  switch (k) {
  case DefKind::Struct: case DefKind::Union: case DefKind::Enum: case DefKind::Trait: case DefKind::TraitAlias: case DefKind::TyAlias: case DefKind::AssocTy:
  case DefKind::Fn: case DefKind::Const: case DefKind::Static: case DefKind::AssocFn: case DefKind::AssocConst: case DefKind::Impl:
    return true;
  default: return false;
  }
}

// Where-clauses elaborated, then normalised under themselves (rustc normalize_param_env_or_error).
static ParamEnv paramEnv(Tcx &tcx, const DefId &key) {
  // A constant in a type sees no parameters, hence no clauses: it may stand in a where-clause itself.
  if (tcx.defKind(key) == DefKind::AnonConst) {
    const ty::Generics *g = tcx.genericsOf(key);
    if (!g || !g->parent)
      return {};
  }
  DefId def = envOwner(tcx, key);
  if (def != key)
    return tcx.paramEnv(def);
  if (!hasPredicates(tcx.defKind(def)))
    return {};
  // An associated item without clauses of its own sees those of the impl or trait around it.
  bool isTrait = tcx.defKind(def) == DefKind::Trait || tcx.defKind(def) == DefKind::TraitAlias;
  ty::GenericPredicates own = tcx.explicitPredicatesOf(def);
  if (!isTrait && own.clauses.empty() && own.parent.valid() && own.parent != def)
    return tcx.paramEnv(own.parent);
  llvm::SmallVector<ErasedClause, 16> clauses;
  instantiatedPredicates(tcx, def, ty::eraseRegions(tcx, tcx.identityArgs(def)), clauses);
  llvm::SmallVector<Predicate, 16> written, all;
  for (const ErasedClause &c : clauses)
    written.push_back(c.clause);
  elaborate(tcx, written, all);
  ParamEnv raw{tcx.mkClauses(all)};
  if (llvm::none_of(all, [](Predicate p) { return p->flags & (ty::kHasProjection | ty::kHasFreeAlias | ty::kHasUnevaluated); }))
    return raw;
  InferCtxt cx(tcx);
  ObligationCtxt ocx(cx);
  llvm::SmallVector<Predicate, 16> normal;
  for (Predicate p : all)
    normal.push_back(ocx.normalize(Cause(), raw, p));
  ocx.selectWherePossible();
  llvm::SmallVector<Predicate, 16> out;
  for (size_t i = 0; i < all.size(); ++i) {
    Predicate p = cx.resolve(normal[i]);
    if (p->flags & ty::kHasInfer)
      p = all[i];
    if (!llvm::is_contained(out, p))
      out.push_back(p);
  }
  return {tcx.mkClauses(out)};
}

static DefId adtDestructor(Tcx &tcx, const DefId &adt) {
  DefId found;
  tcx.crates.forEachImpl(lang(tcx).drop, SimplifiedType::ofDef(SimpKind::Adt, adt), [&](const ImplRow &row) {
    if (row.self.isNone() || row.negative)
      return;
    for (const ty::AssocItem &i : tcx.assocItems(row.impl))
      if (i.kind == ty::AssocKind::Fn && !found.valid())
        found = i.def;
  });
  return found;
}

// The one field that a CoerceUnsized impl for a struct changes (rustc_hir_analysis::coherence::builtin).
static ty::CoerceUnsizedInfo coerceUnsizedInfo(Tcx &tcx, const DefId &impl) {
  const TraitRef header = implHeader(tcx, impl);
  Ty a = header.self(), b = header.args[1].ty();
  if (!a.is(TyKind::Adt) || !b.is(TyKind::Adt) || a.adt() != b.adt() || !a.adt()->isStruct())
    return {};
  InferCtxt cx(tcx);
  ObligationCtxt ocx(cx);
  ParamEnv env = tcx.paramEnv(impl);
  ty::CoerceUnsizedInfo info;
  unsigned changed = 0;
  llvm::ArrayRef<Ty> fields = adtFieldTypes(tcx, a.adt());
  for (uint32_t i = 0; i < fields.size(); ++i) {
    if (fields[i].is(TyKind::Adt) && fields[i].adt()->isPhantomData)
      continue;
    Ty x = ocx.normalize(Cause(), env, ty::instantiate(tcx, fields[i], a.args()));
    Ty y = ocx.normalize(Cause(), env, ty::instantiate(tcx, fields[i], b.args()));
    if (cx.canEq(x, y))
      continue;
    ++changed;
    info = {true, i};
  }
  return changed == 1 ? info : ty::CoerceUnsizedInfo();
}

static bool isDynCompatible(Tcx &tcx, const DefId &trait) { return dynViolations(tcx, trait).empty(); }

void registerTraitsProviders(ty::Ctx &tcx) {
  tcx.queries.paramEnv.provider = paramEnv;
  tcx.queries.adtDestructor.provider = adtDestructor;
  tcx.queries.coerceUnsizedInfo.provider = coerceUnsizedInfo;
  tcx.queries.isDynCompatible.provider = isDynCompatible;
}

} // namespace ferric::traits
