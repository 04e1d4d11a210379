// Properties of types, memoised by (environment, type). Scalars and pointers are answered without asking the solver.
#include "traits/type_info.h"
#include "traits/caches.h"

namespace ferric::traits {

static bool holds(Tcx &tcx, ParamEnv env, Ty t, DefId trait) {
  if (!trait.valid())
    return false;
  InferCtxt cx(tcx, TypingMode::PostAnalysis);
  return evaluate(cx, env, tcx.mkTraitPredicate({trait, tcx.mkArgs({GenericArg(t)})})) == EvalResult::Yes;
}

template <class F> static bool memo(Tcx &tcx, llvm::DenseMap<Caches::Key, bool> &map, ParamEnv env, Ty t, F f) {
  Caches::Key key{t.has(ty::kHasParam | ty::kHasPlaceholder) ? env.clauses.p : nullptr, t.p};
  auto it = map.find(key);
  if (it != map.end())
    return it->second;
  bool r = f();
  map[key] = r;
  return r;
}

bool typeImplements(Tcx &tcx, ParamEnv env, Ty t, DefId trait) { return holds(tcx, env, ty::eraseRegions(tcx, t), trait); }

bool typeIsCopy(Tcx &tcx, ParamEnv env, Ty t) {
  switch (t.kind()) {
  case TyKind::Bool: case TyKind::Char: case TyKind::Int: case TyKind::Uint: case TyKind::Float: case TyKind::RawPtr: case TyKind::FnDef: case TyKind::FnPtr:
  case TyKind::Never: case TyKind::Error:
    return true;
  case TyKind::Ref: return t.mut() == ty::Mutability::Not;
  case TyKind::Str: case TyKind::Slice: case TyKind::Dynamic: case TyKind::Foreign: return false;
  default: break;
  }
  t = ty::eraseRegions(tcx, t);
  return memo(tcx, caches(tcx).copy, env, t, [&] { return holds(tcx, env, t, lang(tcx).copy); });
}

bool typeIsSized(Tcx &tcx, ParamEnv env, Ty t) {
  switch (t.kind()) {
  case TyKind::Bool: case TyKind::Char: case TyKind::Int: case TyKind::Uint: case TyKind::Float: case TyKind::RawPtr: case TyKind::Ref: case TyKind::FnDef:
  case TyKind::FnPtr: case TyKind::Array: case TyKind::Closure: case TyKind::Never: case TyKind::Error: case TyKind::Coroutine:
    return true;
  case TyKind::Str: case TyKind::Slice: case TyKind::Dynamic: case TyKind::Foreign: return false;
  case TyKind::Adt:
    if (!t.adt()->isStruct())
      return true;
    break;
  default: break;
  }
  t = ty::eraseRegions(tcx, t);
  return memo(tcx, caches(tcx).sized, env, t, [&] { return holds(tcx, env, t, lang(tcx).sized); });
}

bool typeIsFreeze(Tcx &tcx, ParamEnv env, Ty t) {
  switch (t.kind()) {
  case TyKind::Bool: case TyKind::Char: case TyKind::Int: case TyKind::Uint: case TyKind::Float: case TyKind::RawPtr: case TyKind::Ref: case TyKind::FnDef:
  case TyKind::FnPtr: case TyKind::Never: case TyKind::Str: case TyKind::Error:
    return true;
  case TyKind::Array: case TyKind::Slice: case TyKind::Pat: return typeIsFreeze(tcx, env, t.inner());
  case TyKind::Tuple: return llvm::all_of(t.tuple().ref(), [&](Ty e) { return typeIsFreeze(tcx, env, e); });
  default: break;
  }
  t = ty::eraseRegions(tcx, t);
  return memo(tcx, caches(tcx).freeze, env, t, [&] { return holds(tcx, env, t, lang(tcx).freeze); });
}

bool typeIsUnpin(Tcx &tcx, ParamEnv env, Ty t) { return typeImplements(tcx, env, t, lang(tcx).unpin); }

// ---- drop ----
namespace {
struct NeedsDrop {
  Tcx &tcx;
  ParamEnv env;
  llvm::SmallDenseSet<const void *, 8> seen;
  unsigned depth = 0;

  bool any(llvm::ArrayRef<Ty> tys) { return llvm::any_of(tys, [&](Ty t) { return ty(t); }); }
  bool ty(Ty t) {
    switch (t.kind()) {
    case TyKind::Bool: case TyKind::Char: case TyKind::Int: case TyKind::Uint: case TyKind::Float: case TyKind::RawPtr: case TyKind::Ref: case TyKind::FnDef:
    case TyKind::FnPtr: case TyKind::Never: case TyKind::Str: case TyKind::Foreign: case TyKind::Error: case TyKind::Pat: case TyKind::UnsafeBinder:
      return false;
    case TyKind::Dynamic: return true;
    case TyKind::Slice: return ty(t.inner());
    case TyKind::Array: {
      uint64_t n;
      return !(t.len().tryBits(n) && n == 0) && ty(t.inner());
    }
    case TyKind::Tuple: return any(t.tuple());
    case TyKind::Closure: return ty(closureParts(t.args()).upvars);
    case TyKind::Adt: return adt(t);
    default: {
      if (t.has(ty::kHasAlias)) {
        Ty n = normalizeErasingRegions(tcx, env, t);
        if (n != t)
          return ty(n);
      }
      return !typeIsCopy(tcx, env, t);
    }
    }
  }
  bool adt(Ty t) {
    const ty::AdtDef *def = t.adt();
    if (def->isManuallyDrop || def->isPhantomData)
      return false;
    if (tcx.adtDestructor(def->def).valid())
      return true;
    if (def->isUnion() || !seen.insert(t.p).second)
      return false;
    if (++depth > 256)
      return true; // a type that grows without end
    for (Ty f : adtFieldTypes(tcx, def)) {
      if (ty(instantiateAndNormalize(tcx, env, f, t.args())))
        return true;
    }
    --depth;
    return false;
  }
};
} // namespace

bool needsDrop(Tcx &tcx, ParamEnv env, Ty t) {
  t = normalizeErasingRegions(tcx, env, t);
  return memo(tcx, caches(tcx).needsDrop, env, t, [&] { return NeedsDrop{tcx, env, {}}.ty(t); });
}

// ---- tails and metadata ----
Ty fieldTy(Tcx &tcx, ParamEnv env, const ty::FieldDef &f, GenericArgs args) {
  return instantiateAndNormalize(tcx, env, erasedTypeOf(tcx, f.def), args);
}

static Ty tailStep(Tcx &tcx, ParamEnv env, Ty t) {
  if (t.is(TyKind::Adt) && t.adt()->isStruct() && !adtFieldTypes(tcx, t.adt()).empty())
    return instantiateAndNormalize(tcx, env, adtFieldTypes(tcx, t.adt()).back(), t.args());
  if (t.is(TyKind::Tuple) && !t.tuple().empty())
    return normalizeErasingRegions(tcx, env, t.tuple().back());
  if (t.is(TyKind::Pat))
    return t.inner();
  return Ty();
}

Ty structTail(Tcx &tcx, ParamEnv env, Ty t) {
  t = normalizeErasingRegions(tcx, env, t);
  for (unsigned i = 0; i <= tcx.sess.options.recursionLimit; ++i) {
    Ty next = tailStep(tcx, env, t);
    if (!next)
      return t;
    t = next;
  }
  return tcx.common.error;
}

std::pair<Ty, Ty> lockstepTails(Tcx &tcx, ParamEnv env, Ty a, Ty b) {
  a = normalizeErasingRegions(tcx, env, a), b = normalizeErasingRegions(tcx, env, b);
  for (;;) {
    bool structs = a.is(TyKind::Adt) && b.is(TyKind::Adt) && a.adt() == b.adt() && a.adt()->isStruct();
    bool tuples = a.is(TyKind::Tuple) && b.is(TyKind::Tuple) && a.tuple().size() == b.tuple().size();
    Ty x = structs || tuples ? tailStep(tcx, env, a) : Ty();
    if (!x)
      return {a, b};
    b = tailStep(tcx, env, b);
    a = x;
  }
}

MetadataKind metadataKind(Tcx &tcx, ParamEnv env, Ty t) {
  Ty tail = structTail(tcx, env, t);
  switch (tail.kind()) {
  case TyKind::Str: case TyKind::Slice: return MetadataKind::Length;
  case TyKind::Dynamic: return MetadataKind::Vtable;
  case TyKind::Param: case TyKind::Alias: case TyKind::Placeholder: case TyKind::Bound: case TyKind::Infer:
    return typeIsSized(tcx, env, tail) ? MetadataKind::None : MetadataKind::Unknown;
  default: return MetadataKind::None;
  }
}

Ty ptrMetadataTy(Tcx &tcx, ParamEnv env, Ty t) {
  const LangItems &li = lang(tcx);
  switch (metadataKind(tcx, env, t)) {
  case MetadataKind::None: return tcx.common.unit;
  case MetadataKind::Length: return tcx.common.usize;
  case MetadataKind::Vtable:
    return li.dynMetadata.valid() ? ty::instantiate(tcx, erasedTypeOf(tcx, li.dynMetadata), tcx.mkArgs({GenericArg(structTail(tcx, env, t))})) : tcx.common.error;
  case MetadataKind::Unknown: return li.metadata.valid() ? tcx.mkProjection(li.metadata, tcx.mkArgs({GenericArg(t)})) : tcx.common.error;
  }
  UNREACHABLE("metadata kind");
}

Ty discriminantTy(Tcx &tcx, Ty t) {
  if (!t.is(TyKind::Adt) || !t.adt()->isEnum())
    return tcx.common.u8;
  const ty::ReprOptions &r = t.adt()->repr;
  if (!r.hasInt || r.intIsPtr)
    return r.hasInt && !r.intSigned ? tcx.common.usize : tcx.common.isize;
  unsigned log = r.intSize == 1 ? 0 : r.intSize == 2 ? 1 : r.intSize == 4 ? 2 : r.intSize == 8 ? 3 : 4;
  return r.intSigned ? tcx.mkInt(ty::IntTy(log)) : tcx.mkUint(ty::IntTy(log));
}

} // namespace ferric::traits
