// Functions, constants and statics: the master sequence of type checking a body (rustc_hir_typeck::typeck_with_inspect).
#include "typeck/typeck.h"
#include "collect/collect.h"
#include "lower/lower.h"
#include "typeck/fn_ctxt.h"
#include "typeck/passes.h"

namespace ferric::typeck {

void FnCtxt::checkFn(const FnSig &sig, ArrayRef<hir::Param> params, const hir::Expr *value, Span returnSpan, bool isClosure) {
  Ty declared = sig.output();
  Obligations out;
  Ty ret = infcx.replaceOpaquesByVars(declared, Cause(returnSpan, CauseCode::OpaqueReturn), env(), out);
  registerAll(out);
  retCoercion = CoerceMany(ret);
  retSpan = returnSpan;
  declaredRet = declared;
  for (const hir::Param &p : params) gatherLocals(p.pat, true);
  for (size_t i = 0; i < params.size(); ++i) {
    const hir::Param &p = params[i];
    Ty t = i < sig.inputs().size() ? sig.inputs()[i] : vaListTy(p.span);
    checkPatTop(p.pat, t, p.tySpan, nullptr);
    if (!traits::triviallySized(t) && !hasFeature(sym::unsized_fn_params)) requireSized(t, Cause(p.tySpan.isDummy() ? p.span : p.tySpan, CauseCode::SizedArgument));
    writeTy(p.id, t);
  }
  requireSized(declared, Cause(returnSpan.isDummy() ? value->span : returnSpan, CauseCode::SizedReturn));
  checkReturnOrTail(value, false);
  CoerceMany c = std::move(*retCoercion);
  retCoercion.reset();
  Ty actual = c.complete(*this);
  if (declared.is(TyKind::Dynamic)) return;
  demandSuptype(Cause(value->span), ret, actual);
}

// The `...` parameter of a C-variadic function.
Ty FnCtxt::vaListTy(Span s) {
  DefId va = tcx.langItem(sym::va_list);
  if (!va) return unsupported(s, "a C-variadic function without the language item `va_list`");
  return typeOfRaw(va, freshArgs(s, va));
}

static void checkRoot(FnCtxt &fcx) {
  const hir::Body &body = fcx.root.body;
  ty::Ctx &tcx = fcx.tcx;
  switch (body.kind) {
  case hir::BodyKind::Fn: {
    FnSig sig = ty::eraseRegions(tcx, ty::eraseLateBound(tcx, tcx.fnSig(body.owner)));
    const hir::Item *item = tcx.hirItem(body.owner);
    Span ret = item ? item->decl.outputSpan : Span();
    if (ret.isDummy()) ret = body.value->span.shrinkToLo();
    sig = fcx.normalize(Cause(ret), sig);
    fcx.checkFn(sig, body.params, body.value, ret, false);
    return;
  }
  case hir::BodyKind::Const: case hir::BodyKind::Static: case hir::BodyKind::AnonConst: {
    Ty t = ty::eraseRegions(tcx, tcx.typeOf(body.owner));
    t = fcx.normalize(Cause(body.value->span), t);
    if (body.kind == hir::BodyKind::AnonConst) fcx.requireSized(t, Cause(body.value->span, CauseCode::SizedConstOrStatic));
    fcx.checkExprCoercible(body.value, t);
    return;
  }
  case hir::BodyKind::GlobalAsm: fcx.checkExpr(body.value); return;
  }
}

static const ty::TypeckResults *typeckBody(ty::Ctx &tcx, const DefId &def) {
  diag::Diagnostics::Check check(tcx.sess.diag);
  DefId owner = lower::bodyOwner(tcx, def);
  if (owner != def) return tcx.typeck(owner);
  const hir::Body *body = tcx.hirBody(owner);
  if (!body) return nullptr;
  PhaseScope scope("type checking", body->value->span);
  ty::TypeckResults *results = new ty::TypeckResults; // lives as long as the session, or until forgetResults
  RootCtxt root(tcx, owner, *body, *results);
  FnCtxt fcx(root, owner);
  checkRoot(fcx);

  checkRepeats(fcx);
  inferenceFallback(fcx);
  checkCasts(fcx);
  fcx.selectWherePossible();
  fcx.analyzeClosures(body->value);
  for (const hir::Param &p : body->params) (void)p;
  for (size_t i = 0; i < root.sized.size(); ++i) {
    Ty t = fcx.normalize(root.sized[i].cause, root.sized[i].ty);
    fcx.requireSized(t, root.sized[i].cause);
  }
  fcx.selectWherePossible();
  reportAmbiguities(fcx);
  checkAsms(fcx);
  checkNaked(fcx);
  writeback(fcx);
  return results;
}

// A body that needs its own types: error results, so that those who asked go on.
static const ty::TypeckResults *typeckCycle(ty::Ctx &tcx, const DefId &def) {
  ty::reportQueryCycle(tcx, "typeck", def);
  ty::TypeckResults *r = new ty::TypeckResults;
  r->owner = def;
  r->tainted = true;
  return r;
}

// Hidden type of a return-position `impl Trait`: what its function's body was found to return.
static Ty typeOfOpaque(ty::Ctx &tcx, const DefId &def) {
  DefId parent = tcx.opaqueParent(def);
  const ty::TypeckResults *r = parent ? tcx.typeck(lower::bodyOwner(tcx, parent)) : nullptr;
  if (!r) return tcx.common.error;
  auto it = r->hiddenTypes.find(def);
  return it != r->hiddenTypes.end() ? it->second : tcx.common.error;
}

static PolyFnSig closureSignature(ty::Ctx &tcx, const DefId &def) {
  const ty::TypeckResults *r = tcx.typeck(def);
  if (r) {
    auto it = r->closureSigs.find(def);
    if (it != r->closureSigs.end()) return it->second;
  }
  PolyFnSig s;
  s.value = tcx.mkSig({}, tcx.common.error);
  return s;
}

void forgetResults(ty::Ctx &tcx, DefId owner, bool closuresAreDone) {
  const ty::TypeckResults *const *r = tcx.queries.typeck.tryGet(owner);
  if (!r || !*r || !(*r)->hiddenTypes.empty() || (!(*r)->closures.empty() && !closuresAreDone)) return;
  delete *r;
  tcx.queries.typeck.erase(owner);
}

void registerTypeckProviders(ty::Ctx &tcx) {
  tcx.queries.typeck.provider = typeckBody;
  tcx.queries.typeck.onCycle = typeckCycle;
  tcx.queries.typeOfOpaque.provider = typeOfOpaque;
  tcx.queries.closureSignature.provider = closureSignature;
}

} // namespace ferric::typeck
