// Resolving what a monomorphic call calls (rustc_ty_utils::instance). Answers are remembered for the empty environment.
#include "traits/instance.h"
#include "traits/caches.h"
#include "traits/fulfill.h"
#include "traits/project.h"
#include "traits/type_info.h"
#include "ty/codegen_attrs.h"

namespace ferric::traits {

using ty::Instance;
using ty::InstanceKind;

std::optional<Selection> codegenSelect(Tcx &tcx, ParamEnv env, const TraitRef &tr) {
  InferCtxt cx(tcx, TypingMode::PostAnalysis);
  Selection s;
  if (select(cx, traitObligation(tcx, Cause(), env, tr), s) != SelectOutcome::Selected)
    return std::nullopt;
  FulfillmentCtxt fulfill(tcx);
  fulfill.addAll(s.nested);
  s.nested.clear();
  llvm::SmallVector<FulfillError, 2> errors;
  fulfill.selectAllOrError(cx, errors);
  if (!errors.empty())
    return std::nullopt;
  if (s.args.p) {
    s.args = ty::eraseRegions(tcx, cx.resolve(s.args));
    if (s.args.flags() & ty::kHasInfer)
      return std::nullopt; // a parameter that the header does not fix: an error reported at the impl
  }
  return s;
}

static Instance item(DefId def, GenericArgs args) { return {InstanceKind::Item, def, args, {}, 0}; }

static bool isIntrinsic(Tcx &tcx, DefId def) {
  if (tcx.defKind(def) != DefKind::Fn && tcx.defKind(def) != DefKind::AssocFn)
    return false;
  const ty::CodegenAttrs *a = tcx.codegenAttrs(def);
  return a && a->isIntrinsic;
}

Instance resolveDropInPlace(Tcx &tcx, Ty t) {
  t = normalizeErasingRegions(tcx, {}, t);
  return {InstanceKind::DropGlue, lang(tcx).dropInPlace, tcx.mkArgs({GenericArg(t)}), needsDrop(tcx, {}, t) ? t : Ty(), 0};
}

Instance resolveClosure(Tcx &tcx, DefId def, GenericArgs args, int requested) {
  ClosureParts parts = closureParts(args);
  int actual = closureKindOf(parts.kind);
  if (requested != 2 || actual == 2)
    return item(def, args);
  const LangItems &li = lang(tcx);
  DefId callOnce;
  for (const ty::AssocItem &i : tcx.assocItems(li.fnOnce))
    if (i.kind == ty::AssocKind::Fn)
      callOnce = i.def;
  Ty self = tcx.mkClosure(def, args);
  Ty inputs = normalizeErasingRegions(tcx, {}, ty::eraseLateBound(tcx, parts.sig.fnPtrSig())).inputs()[0];
  return {InstanceKind::ClosureOnceShim, callOnce, tcx.mkArgs({GenericArg(self), GenericArg(inputs)}), {}, 0};
}

static std::optional<Instance> resolveBuiltin(Tcx &tcx, DefId trait, DefId method, GenericArgs args) {
  const LangItems &li = lang(tcx);
  Ty self = args[0].ty();
  ty::AssocItem info = tcx.assocItem(method);
  if (trait == li.clone) {
    if (method != li.cloneFn && tcx.sess.str(info.name) != "clone")
      return info.hasValue ? std::optional<Instance>(item(method, args)) : std::nullopt; // clone_from
    return Instance{InstanceKind::CloneShim, method, args, self, 0};
  }
  if (trait == li.fnPtr)
    return Instance{InstanceKind::FnPtrAddrShim, method, args, self, 0};
  if (trait == li.future && isAsyncBlock(tcx, self)) {
    tcx.sess.diag.error(tcx.def(self.def()).span, "internal: code that polls `async` blocks is not generated yet");
    return std::nullopt;
  }
  int kind = trait == li.fn ? 0 : trait == li.fnMut ? 1 : trait == li.fnOnce ? 2 : -1;
  if (kind < 0)
    return info.hasValue ? std::optional<Instance>(item(method, args)) : std::nullopt;
  if (self.is(TyKind::Closure))
    return resolveClosure(tcx, self.def(), self.args(), kind);
  if (self.is(TyKind::FnDef) || self.is(TyKind::FnPtr))
    return Instance{InstanceKind::FnPtrShim, method, args, self, 0};
  return std::nullopt;
}

static std::optional<Instance> resolveAssoc(Tcx &tcx, ParamEnv env, DefId def, GenericArgs args) {
  DefId trait = tcx.parent(def);
  const ty::Generics *g = tcx.genericsOf(trait);
  size_t n = g ? g->count() : 1;
  TraitRef tr{trait, tcx.mkArgs(args.ref().take_front(n))};
  std::optional<Selection> s = codegenSelect(tcx, env, tr);
  if (!s)
    return std::nullopt;
  switch (s->kind) {
  case SourceKind::Impl: {
    LeafDef leaf = leafDef(tcx, s->impl, def);
    if (!leaf.item.valid())
      return std::nullopt;
    if (!leaf.isFinal && args.flags() & ty::kHasNonRegionParam)
      return std::nullopt; // may be specialised further
    GenericArgs itemArgs = args;
    if (leaf.container != trait) {
      InferCtxt cx(tcx, TypingMode::PostAnalysis);
      GenericArgs implArgs = translateArgs(cx, env, s->impl, s->args, leaf.container);
      llvm::SmallVector<GenericArg, 8> all(implArgs.begin(), implArgs.end());
      all.append(args.begin() + n, args.end());
      itemArgs = normalizeErasingRegions(tcx, env, tcx.mkArgs(all));
    }
    return Instance{isIntrinsic(tcx, leaf.item) ? InstanceKind::Intrinsic : InstanceKind::Item, leaf.item, itemArgs, {}, 0};
  }
  case SourceKind::Object: {
    if (args.flags() & ty::kHasNonRegionParam)
      return std::nullopt;
    if (!isVtableSafeMethod(tcx, trait, def))
      return tcx.assocItem(def).hasValue ? std::optional<Instance>(item(def, args)) : std::nullopt;
    Principal p = principalOf(tcx, tr.self(), tr.self());
    return Instance{InstanceKind::Virtual, def, args, {}, vtableMethodIndex(tcx, p.trait, tr, def)};
  }
  case SourceKind::Builtin:
    return resolveBuiltin(tcx, trait, def, args);
  default:
    return std::nullopt;
  }
}

static std::optional<Instance> resolveUncached(Tcx &tcx, ParamEnv env, DefId def, GenericArgs args) {
  switch (tcx.defKind(def)) {
  case DefKind::AssocFn: case DefKind::AssocConst:
    if (tcx.defKind(tcx.parent(def)) == DefKind::Trait)
      return resolveAssoc(tcx, env, def, args);
    break;
  case DefKind::Ctor:
    return Instance{InstanceKind::CtorShim, def, args, {}, 0};
  default: break;
  }
  if (def == lang(tcx).dropInPlace) {
    Ty t = normalizeErasingRegions(tcx, env, args[0].ty());
    if (t.has(ty::kHasNonRegionParam))
      return Instance{InstanceKind::DropGlue, def, args, t, 0};
    return resolveDropInPlace(tcx, t);
  }
  return Instance{isIntrinsic(tcx, def) ? InstanceKind::Intrinsic : InstanceKind::Item, def, args, {}, 0};
}

std::optional<Instance> resolveInstance(Tcx &tcx, ParamEnv env, DefId def, GenericArgs args) {
  args = normalizeErasingRegions(tcx, env, args);
  env = relevantEnv(tcx, env, args.flags());
  if (env.clauses.p)
    return resolveUncached(tcx, env, def, args);
  Instance key = item(def, args);
  auto it = caches(tcx).instances.find(key);
  if (it != caches(tcx).instances.end())
    return it->second;
  std::optional<Instance> r = resolveUncached(tcx, env, def, args);
  caches(tcx).instances[key] = r;
  return r;
}

static bool tracksCaller(Tcx &tcx, DefId def) {
  if (tcx.defKind(def) != DefKind::Fn && tcx.defKind(def) != DefKind::AssocFn)
    return false;
  const ty::CodegenAttrs *a = tcx.codegenAttrs(def);
  return a && a->trackCaller;
}

std::optional<Instance> resolveForFnPtr(Tcx &tcx, ParamEnv env, DefId def, GenericArgs args) {
  std::optional<Instance> r = resolveInstance(tcx, env, def, args);
  if (r && (r->kind == InstanceKind::Virtual || (r->kind == InstanceKind::Item && tracksCaller(tcx, r->def))))
    return Instance{InstanceKind::ReifyShim, r->def, r->args, {}, r->kind == InstanceKind::Virtual ? r->index : 0};
  return r;
}

std::optional<Instance> resolveForVtable(Tcx &tcx, ParamEnv env, DefId def, GenericArgs args) {
  FnSig sig = ty::eraseLateBound(tcx, tcx.fnSig(def));
  std::optional<Instance> r = resolveInstance(tcx, env, def, args);
  if (!r)
    return r;
  // `self` by value: the vtable's function takes it by address.
  if (!sig.inputs().empty() && sig.inputs()[0].is(TyKind::Param) && sig.inputs()[0].index() == 0 && tcx.defKind(tcx.parent(def)) == DefKind::Trait)
    return Instance{InstanceKind::VTableShim, def, args, {}, 0};
  if (r->kind == InstanceKind::Item && tracksCaller(tcx, r->def))
    return Instance{InstanceKind::ReifyShim, r->def, r->args, {}, 0};
  return r;
}

} // namespace ferric::traits
