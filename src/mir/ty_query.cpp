// Type questions of MIR, answered from the item queries and the trait solver. Discriminants follow the
// Reference ("Enumerations", Discriminants): an explicit value, else one more than the previous variant's.
#include "mir/ty_query.h"
#include "traits/type_info.h"
#include "ty/fold.h"

namespace ferric::mir {

using ty::TyKind;

DefId typeckRoot(Ctx &tcx, DefId def) {
  for (;;) {
    DefKind k = tcx.defKind(def);
    if (k != DefKind::Closure && k != DefKind::InlineConst)
      return def;
    def = tcx.parent(def);
  }
}

ParamEnv paramEnvOf(Ctx &tcx, DefId def) { return tcx.paramEnv(typeckRoot(tcx, def)); }

Ty fieldTy(Ctx &tcx, const FieldDef &field, GenericArgs args) {
  return ty::eraseRegions(tcx, ty::instantiate(tcx, tcx.typeOf(field.def), args));
}
Ty fieldTyNormalized(Ctx &tcx, ParamEnv env, const FieldDef &field, GenericArgs args) {
  return normalize(tcx, env, fieldTy(tcx, field, args));
}
Ty normalize(Ctx &tcx, ParamEnv env, Ty t) { return t.has(ty::kHasAlias) ? traits::normalizeErasingRegions(tcx, env, t) : t; }

ty::FnSig fnSigOf(Ctx &tcx, ParamEnv env, Ty callee) {
  switch (callee.kind()) {
  case TyKind::FnDef: return fnSigOf(tcx, env, ty::instantiate(tcx, tcx.fnSig(callee.def()), callee.args()));
  case TyKind::FnPtr: return fnSigOf(tcx, env, callee.fnPtrSig());
  case TyKind::Closure: return fnSigOf(tcx, env, traits::closureParts(callee.args()).sig.fnPtrSig());
  default: UNREACHABLE("callee is no function");
  }
}

ty::FnSig fnSigOf(Ctx &tcx, ParamEnv env, const ty::PolyFnSig &poly) {
  ty::FnSig sig = ty::eraseRegions(tcx, ty::eraseLateBound(tcx, poly));
  llvm::SmallVector<Ty, 8> tys;
  for (Ty t : sig.inputsAndOutput)
    tys.push_back(normalize(tcx, env, t));
  sig.inputsAndOutput = tcx.mkTyList(tys);
  return sig;
}

void closureUpvarTys(Ctx &tcx, Ty closure, llvm::SmallVectorImpl<Ty> &out) {
  Ty upvars = traits::closureParts(closure.args()).upvars;
  if (upvars.is(TyKind::Tuple))
    for (Ty t : upvars.tuple())
      out.push_back(t);
}
int closureKind(Ty closure) { return traits::closureKindOf(traits::closureParts(closure.args()).kind); }

unsigned scalarSize(Ctx &tcx, Ty t) {
  static constexpr unsigned kSizes[] = {1, 2, 4, 8, 16, 8};
  static constexpr unsigned kFloats[] = {2, 4, 8, 16};
  switch (t.kind()) {
  case TyKind::Bool: return 1;
  case TyKind::Char: return 4;
  case TyKind::Int:
  case TyKind::Uint: return kSizes[unsigned(t.intTy())];
  case TyKind::Float: return kFloats[unsigned(t.floatTy())];
  case TyKind::RawPtr:
  case TyKind::Ref:
  case TyKind::FnPtr: return 8;
  case TyKind::Pat: return scalarSize(tcx, t.inner());
  default: return 0;
  }
}

bool isSigned(Ty t) { return t.is(TyKind::Int); }

Ty reprDiscrTy(Ctx &tcx, const ty::ReprOptions &repr) {
  if (!repr.hasInt || repr.intIsPtr)
    return !repr.hasInt || repr.intSigned ? tcx.common.isize : tcx.common.usize;
  unsigned i = llvm::Log2_32(repr.intSize);
  return repr.intSigned ? tcx.mkInt(ty::IntTy(i)) : tcx.mkUint(ty::IntTy(i));
}

Ty discriminantTy(Ctx &tcx, Ty t) {
  switch (t.kind()) {
  case TyKind::Adt: return t.adt()->isEnum() ? reprDiscrTy(tcx, t.adt()->repr) : tcx.common.u8;
  case TyKind::Param:
  case TyKind::Alias:
  case TyKind::Bound:
  case TyKind::Placeholder: return tcx.mkProjection(tcx.crates.langItem("discriminant_type"), tcx.mkArgs({ty::GenericArg(t)}));
  default: return tcx.common.u8;
  }
}

static unsigned __int128 truncated(unsigned __int128 v, unsigned size) {
  return size >= 16 ? v : v & ((static_cast<unsigned __int128>(1) << (size * 8)) - 1);
}

void discriminants(Ctx &tcx, const AdtDef &adt, llvm::SmallVectorImpl<ty::ScalarInt> &out) {
  unsigned size = scalarSize(tcx, reprDiscrTy(tcx, adt.repr));
  unsigned __int128 next = 0;
  for (const VariantDef &v : adt.variants) {
    if (v.discrKind == ty::DiscrKind::Explicit) {
      ty::ConstEvalKey key{v.discrExpr, {}, {}};
      ty::Const c = tcx.evalUnevaluated(key);
      if (c && c.is(ty::ConstKind::Value) && c.value()->isLeaf)
        next = static_cast<unsigned __int128>(c.value()->leaf.hi) << 64 | c.value()->leaf.lo;
    }
    next = truncated(next, size);
    out.push_back({uint64_t(next), uint64_t(next >> 64), uint8_t(size)});
    ++next;
  }
}

uint32_t variantOfDef(const AdtDef &adt, DefId def) {
  for (uint32_t i = 0; i < adt.variants.size(); ++i)
    if (adt.variants[i].def == def || adt.variants[i].ctor == def)
      return i;
  UNREACHABLE("no variant of this enum");
}

Ty pointeeMetadata(Ctx &tcx, ParamEnv env, Ty pointee) { return traits::ptrMetadataTy(tcx, env, pointee); }

bool needsDrop(Ctx &tcx, ParamEnv env, Ty t) { return traits::needsDrop(tcx, env, t); }
bool isCopy(Ctx &tcx, ParamEnv env, Ty t) { return traits::typeIsCopy(tcx, env, t); }
bool isFreeze(Ctx &tcx, ParamEnv env, Ty t) { return traits::typeIsFreeze(tcx, env, t); }
bool isSized(Ctx &tcx, ParamEnv env, Ty t) { return traits::typeIsSized(tcx, env, t); }

static bool inhabited(Ctx &tcx, ParamEnv env, Ty t, unsigned depth) {
  if (depth > 32)
    return true;
  switch (t.kind()) {
  case TyKind::Never: return false;
  case TyKind::Tuple:
    for (Ty e : t.tuple())
      if (!inhabited(tcx, env, e, depth + 1))
        return false;
    return true;
  case TyKind::Array: {
    uint64_t n = 0;
    return !t.len().tryBits(n) || n == 0 || inhabited(tcx, env, t.inner(), depth + 1);
  }
  case TyKind::Adt: {
    const AdtDef *adt = t.adt();
    if (adt->isUnion())
      return true;
    if (adt->isEnum() && adt->nonExhaustive && !adt->def.isLocal())
      return true;
    for (const VariantDef &v : adt->variants) {
      bool all = true;
      for (const FieldDef &f : v.fields)
        if (!inhabited(tcx, env, fieldTyNormalized(tcx, env, f, t.args()), depth + 1)) {
          all = false;
          break;
        }
      if (all || (v.nonExhaustive && !v.def.isLocal()))
        return true;
    }
    return false;
  }
  default: return true;
  }
}

bool isInhabited(Ctx &tcx, ParamEnv env, Ty t) { return inhabited(tcx, env, t, 0); }

Constant constInt(Ty t, uint64_t lo, uint8_t size, uint64_t hi) {
  Constant c;
  c.ty = t;
  c.value.kind = ConstValueKind::Scalar;
  c.value.scalar.bits = {lo, hi, size};
  return c;
}
Constant constUsize(Ctx &tcx, uint64_t v) { return constInt(tcx.common.usize, v, 8); }
Constant constBool(Ctx &tcx, bool v) { return constInt(tcx.common.bool_, v, 1); }
Constant constZst(Ty t) {
  Constant c;
  c.ty = t;
  return c;
}
Constant constFn(Ctx &tcx, DefId fn, llvm::ArrayRef<ty::GenericArg> args) { return constZst(tcx.mkFnDef(fn, tcx.mkArgs(args))); }
Constant constOfTyConst(Ctx &tcx, ty::Const ct, Ty type) {
  Constant c;
  c.kind = ConstantKind::Ty;
  c.ty = type;
  c.ct = ct;
  return c;
}

DefId traitMethod(Ctx &tcx, DefId trait, llvm::StringRef name) {
  Symbol s = tcx.sess.symbols.intern(name);
  for (const ty::AssocItem &i : tcx.assocItems(trait))
    if (i.name == s && i.kind == ty::AssocKind::Fn)
      return i.def;
  return DefId();
}

} // namespace ferric::mir
