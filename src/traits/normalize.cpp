// The normalising fold (rustc_trait_selection::traits::normalize). Under binders the bound regions of a projection are erased before it is
// projected: with regions erased everywhere else, nothing can tell, except that a reference in the result is no longer bound.
#include "traits/normalize.h"
#include "traits/fulfill.h"
#include "traits/project.h"

namespace ferric::traits {

Const evaluateConst(Tcx &tcx, Const c) {
  if (!c.is(ty::ConstKind::Unevaluated) || c.has(ty::kHasNonRegionInfer) || !tcx.queries.evalUnevaluated.provider)
    return c;
  Const v = tcx.evalUnevaluated({c.def(), ty::eraseRegions(tcx, c.args()), {}});
  return v ? v : c;
}

namespace {

// Bound regions of binders further out replaced by 'erased.
struct EraseEscaping final : ty::TypeFolder {
  using TypeFolder::TypeFolder;
  Ty foldTy(Ty t) override { return t.outerBinder() > binders ? superFoldTy(t) : t; }
  Region foldRegion(Region r) override { return r->kind == ty::RegionKind::Bound && r->debruijn >= binders ? tcx.common.erased : r; }
  Const foldConst(Const c) override { return c.outerBinder() > binders ? superFoldConst(c) : c; }
};

class Normalizer final : public ty::TypeFolder {
public:
  Normalizer(InferCtxt &cx, const Cause &cause, ParamEnv env, Obligations &out, uint32_t depth)
      : TypeFolder(cx.tcx, ty::kHasProjection | ty::kHasFreeAlias | ty::kHasUnevaluated | (cx.mode == TypingMode::PostAnalysis ? ty::kHasOpaque : 0)),
        cx(cx), cause(cause), env(env), out(out), depth(depth) {}

  Ty foldTy(Ty t) override {
    if (!t.has(relevant))
      return t;
    if (!t.is(TyKind::Alias))
      return superFoldTy(t);
    switch (t.aliasKind()) {
    case AliasKind::Opaque: return foldOpaque(t);
    case AliasKind::Projection: return foldProjection(t);
    case AliasKind::Free: {
      if (tooDeep())
        return overflow(t);
      ++depth;
      Ty r = foldTy(ty::instantiate(tcx, erasedTypeOf(tcx, t.def()), fold(t.args())));
      --depth;
      return r;
    }
    case AliasKind::Inherent: return superFoldTy(t);
    }
    UNREACHABLE("kind of an alias");
  }

  Const foldConst(Const c) override {
    if (!c.has(relevant))
      return c;
    Const r = superFoldConst(c);
    return r.outerBinder() ? r : evaluateConst(tcx, r);
  }
  Predicate foldPredicate(Predicate p) override { return p->flags & relevant ? superFoldPredicate(p) : p; }

private:
  bool tooDeep() const { return depth > tcx.sess.options.recursionLimit; }
  // An obligation too deep to be proved: whoever fulfils it reports E0275, evaluation takes it for an overflow.
  Ty overflow(Ty t) {
    Ty var = cx.nextTyVar({cause.span});
    if (t.aliasKind() == AliasKind::Projection && !t.hasEscapingBoundVars())
      out.push_back({tcx.mkProjectionPredicate(t.alias(), var), env, cause, std::max(depth, tcx.sess.options.recursionLimit) + 1});
    return var;
  }

  Ty foldOpaque(Ty t) {
    if (cx.mode != TypingMode::PostAnalysis || !tcx.queries.typeOfOpaque.provider)
      return superFoldTy(t);
    if (tooDeep())
      return overflow(t);
    Ty hidden = tcx.typeOfOpaque(t.def());
    if (!hidden)
      return tcx.common.error;
    ++depth;
    Ty r = foldTy(ty::instantiate(tcx, ty::eraseRegions(tcx, hidden), fold(t.args())));
    --depth;
    return r;
  }

  Ty foldProjection(Ty t) {
    GenericArgs args = fold(t.args());
    AliasTy alias{AliasKind::Projection, t.def(), args};
    bool escaping = args.outerBinder() > 0;
    if (escaping) {
      EraseEscaping erase(tcx);
      alias.args = erase.fold(args);
    }
    Term term;
    switch (Projector(cx, cause, env, depth).normalize(alias, term, out)) {
    case ProjectResult::Progress: return term.ty();
    case ProjectResult::Rigid: return escaping ? tcx.mkAlias(AliasKind::Projection, t.def(), args) : term.ty();
    case ProjectResult::Ambiguous: case ProjectResult::InProgress: {
      Ty var = cx.nextTyVar({cause.span});
      out.push_back({tcx.mkProjectionPredicate(alias, var), env, cause, depth + 1});
      return var;
    }
    case ProjectResult::Error: {
      // The trait is not implemented: that is what gets reported.
      out.push_back(traitObligation(tcx, cause, env, traitRefOf(tcx, alias), depth));
      return cx.nextTyVar({cause.span});
    }
    case ProjectResult::Overflow: return overflow(t);
    }
    UNREACHABLE("result of a projection");
  }

  InferCtxt &cx;
  const Cause &cause;
  ParamEnv env;
  Obligations &out;
  uint32_t depth;
};

template <class T> T normalizeValue(InferCtxt &cx, const Cause &cause, ParamEnv env, T v, Obligations &out, uint32_t depth) {
  return Normalizer(cx, cause, env, out, depth).fold(cx.resolve(v));
}
} // namespace

#define NORMALIZE(T, FLAGS)                                                                                              \
  T normalize(InferCtxt &cx, const Cause &cause, ParamEnv env, T v, Obligations &out, uint32_t depth) {               \
    return (FLAGS) & (ty::kHasAlias | kInferVars) ? normalizeValue(cx, cause, env, v, out, depth) : v;                \
  }
NORMALIZE(Ty, v.flags())
NORMALIZE(Const, v.flags())
NORMALIZE(GenericArg, v.flags())
NORMALIZE(GenericArgs, v.flags())
NORMALIZE(Predicate, v->flags)
NORMALIZE(TraitRef, v.args.flags())
NORMALIZE(FnSig, v.inputsAndOutput.flags())
NORMALIZE(Term, v.arg.flags())
#undef NORMALIZE
PolyFnSig normalize(InferCtxt &cx, const Cause &cause, ParamEnv env, PolyFnSig v, Obligations &out, uint32_t depth) {
  return v.value.inputsAndOutput.flags() & (ty::kHasAlias | kInferVars) ? Normalizer(cx, cause, env, out, depth).fold<FnSig>(cx.resolve(v)) : v;
}

Term normalizeProjection(InferCtxt &cx, const Cause &cause, ParamEnv env, const AliasTy &alias, Obligations &out, uint32_t depth) {
  Term term;
  switch (Projector(cx, cause, env, depth).normalize(alias, term, out)) {
  case ProjectResult::Progress: case ProjectResult::Rigid: return term;
  case ProjectResult::Error:
    out.push_back(traitObligation(cx.tcx, cause, env, traitRefOf(cx.tcx, alias), depth));
    return cx.nextTyVar({cause.span});
  default: return Term();
  }
}

Term normalizeProjectionOrVar(InferCtxt &cx, const Cause &cause, ParamEnv env, const AliasTy &alias, Obligations &out, uint32_t depth) {
  Term t = normalizeProjection(cx, cause, env, alias, out, depth);
  if (t)
    return t;
  Ty var = cx.nextTyVar({cause.span});
  out.push_back({cx.tcx.mkProjectionPredicate(alias, var), env, cause, depth + 1});
  return var;
}

ProjectOutcome projectAndUnify(InferCtxt &cx, const Obligation &original, Obligations &out, TypeError &err) {
  Tcx &tcx = cx.tcx;
  Predicate p = ty::eraseLateBound(tcx, original.predicate);
  AliasTy alias = p->alias;
  if (alias.args.flags() & ty::kHasAlias)
    alias.args = normalize(cx, original.cause, original.env, alias.args, out, original.depth + 1);
  Term actual = p.term();
  InferCtxt::Snapshot s = cx.startSnapshot();
  ObligationVec nested;
  Term term;
  if (tcx.defKind(alias.def) == DefKind::AssocConst) {
    term = evaluateConst(tcx, tcx.mkUnevaluated(alias.def, cx.resolve(alias.args)));
  } else {
    switch (Projector(cx, original.cause, original.env, original.depth).normalize(alias, term, nested)) {
    case ProjectResult::Progress: case ProjectResult::Rigid: break;
    case ProjectResult::Ambiguous: cx.rollback(s); return ProjectOutcome::Ambiguous;
    case ProjectResult::InProgress: case ProjectResult::Overflow: cx.rollback(s); return ProjectOutcome::Overflow;
    case ProjectResult::Error:
      nested.push_back(traitObligation(tcx, original.cause, original.env, traitRefOf(tcx, alias), original.depth));
      term = actual; // the trait goal is what fails
      break;
    }
  }
  if (actual.isTy() && !cx.definingOpaques.empty())
    actual = cx.replaceOpaquesByVars(actual.ty(), original.cause, original.env, nested);
  if (!cx.eq(term, actual, &err)) {
    cx.rollback(s);
    return ProjectOutcome::Mismatch;
  }
  cx.commit(s);
  out.append(nested.begin(), nested.end());
  return ProjectOutcome::Holds;
}

// ---- without inference ----
namespace {
class ErasingNormalizer final : public ty::TypeFolder {
public:
  ErasingNormalizer(Tcx &tcx, ParamEnv env) : TypeFolder(tcx), env(env) {}
  Ty foldTy(Ty t) override {
    if (!t.has(ty::kHasAlias))
      return t;
    if (t.outerBinder())
      return superFoldTy(t); // aliases with bound regions: from the binder on, below
    auto &memo = caches(tcx).erasing;
    Caches::Key key{relevantEnv(tcx, env, t.flags()).clauses.p, t.p};
    auto it = memo.find(key);
    if (it != memo.end())
      return it->second;
    Ty r = compute(t);
    memo[key] = r;
    return r;
  }
  Const foldConst(Const c) override {
    if (!c.has(ty::kHasAlias) || c.outerBinder())
      return c;
    return evaluateConst(tcx, superFoldConst(c));
  }

private:
  Ty compute(Ty t) {
    InferCtxt cx(tcx, TypingMode::PostAnalysis);
    ObligationCtxt ocx(cx);
    Ty r = ocx.normalize(Cause(), env, t);
    if (r.has(kInferVars)) {
      ocx.selectWherePossible();
      r = cx.resolve(r);
    }
    return r.has(kInferVars) ? t : ty::eraseRegions(tcx, r);
  }
  ParamEnv env;
};
} // namespace

Ty normalizeErasingRegions(Tcx &tcx, ParamEnv env, Ty t) {
  t = ty::eraseRegions(tcx, t);
  return t.has(ty::kHasAlias) ? ErasingNormalizer(tcx, env).fold(t) : t;
}
Const normalizeErasingRegions(Tcx &tcx, ParamEnv env, Const c) {
  return c.has(ty::kHasAlias) ? ErasingNormalizer(tcx, env).fold(c) : c;
}
GenericArgs normalizeErasingRegions(Tcx &tcx, ParamEnv env, GenericArgs a) {
  a = ty::eraseRegions(tcx, a);
  return a.flags() & ty::kHasAlias ? ErasingNormalizer(tcx, env).fold(a) : a;
}
FnSig normalizeErasingRegions(Tcx &tcx, ParamEnv env, const FnSig &sig) {
  FnSig s = ty::eraseRegions(tcx, sig);
  return s.inputsAndOutput.flags() & ty::kHasAlias ? ErasingNormalizer(tcx, env).fold(s) : s;
}
PolyFnSig normalizeErasingRegions(Tcx &tcx, ParamEnv env, const PolyFnSig &s) {
  PolyFnSig r = s;
  r.value = ty::eraseRegions(tcx, s.value);
  if (!(r.value.inputsAndOutput.flags() & ty::kHasAlias))
    return r;
  Ty fn = normalizeErasingRegions(tcx, env, tcx.mkFnPtr(r));
  return fn.fnPtrSig();
}
ty::Instance normalizeErasingRegions(Tcx &tcx, ParamEnv env, ty::Instance i) {
  if (i.args.p)
    i.args = normalizeErasingRegions(tcx, env, i.args);
  if (i.ty)
    i.ty = normalizeErasingRegions(tcx, env, i.ty);
  return i;
}
Ty instantiateAndNormalize(Tcx &tcx, ParamEnv env, Ty t, GenericArgs args) {
  return normalizeErasingRegions(tcx, env, ty::instantiate(tcx, t, args));
}
Const instantiateAndNormalize(Tcx &tcx, ParamEnv env, Const c, GenericArgs args) {
  return normalizeErasingRegions(tcx, env, ty::instantiate(tcx, c, args));
}
GenericArgs instantiateAndNormalize(Tcx &tcx, ParamEnv env, GenericArgs a, GenericArgs args) {
  return normalizeErasingRegions(tcx, env, ty::instantiate(tcx, a, args));
}
FnSig normalizeErasingLateBound(Tcx &tcx, ParamEnv env, const PolyFnSig &s) {
  return normalizeErasingRegions(tcx, env, ty::eraseLateBound(tcx, s));
}

} // namespace ferric::traits
