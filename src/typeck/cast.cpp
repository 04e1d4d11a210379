// `e as T` (Reference: operator-expr, "Type cast expressions"; rustc_hir_typeck::cast). Checked after fallback, when most types are
// known: first as a coercion, else by the table of casts.
#include "typeck/autoderef.h"
#include "typeck/passes.h"
#include "traits/elaborate.h"

namespace ferric::typeck {

Ty FnCtxt::checkCast(const hir::CastExpr *e) {
  Ty to = resolve(lowerTy(e->ty));
  Ty from = resolve(checkExpr(e->operand, Expectation::castable(to)));
  if (hasErr(from) || hasErr(to)) return error();
  if (to.is(TyKind::Dynamic) || to.is(TyKind::Slice)) {
    // Unsized targets are errors at once.
    err(e->span, "E0620", "cast to unsized type: `" + str(from) + "` as `" + str(to) + "`");
    return error();
  }
  root.casts.push_back({e->operand, from, to, e->ty->span, e->span});
  return to;
}

namespace {
enum class CastTy : uint8_t { None, Int, IntVar, CEnum, Bool, Char, Float, FnPtr, Ptr };
enum class CastError : uint8_t { None, NonScalar, ToBool, ToChar, NeedViaInt, NeedViaPtr, NeedViaThinPtr, NeedDeref, Illegal, SizedUnsized, Differing,
  UnknownCastPtr, UnknownExprPtr, IntToWide, AddingAuto, NonExhaustive, Reported };

// What kind of metadata a pointer carries.
enum class PtrMeta : uint8_t { Unknown, Error, Thin, VTable, Length, OfAlias, OfParam };
struct PtrKind { PtrMeta meta{}; Ty ty; };

class CastChecker {
public:
  CastChecker(FnCtxt &f, CastCheck &c) : f(f), c(c) {}

  void run() {
    c.from = f.structurally(c.operand->span, c.from);
    c.to = f.structurally(c.castSpan, c.to);
    if (f.hasErr(c.from) || f.hasErr(c.to)) return;
    if (!f.isSized(c.to) && !c.to.has(ty::kHasNonRegionInfer)) {
      f.err(c.span, "E0620", "cast to unsized type: `" + f.str(c.from) + "` as `" + f.str(c.to) + "`");
      return;
    }
    Ty result;
    if (f.coerce(c.operand, c.from, c.to, false, result)) {
      // Raw pointer to raw pointer stays a cast: it may be one that changes nothing.
      if (!(c.from.is(TyKind::RawPtr) && c.to.is(TyKind::RawPtr))) f.results.coercionCasts.insert(c.operand->id);
      return;
    }
    CastError e = check();
    if (e != CastError::None && e != CastError::Reported) report(e);
  }

private:
  FnCtxt &f;
  CastCheck &c;

  CastTy kindOf(Ty t) {
    switch (t.kind()) {
    case TyKind::Infer: return t.inferKind() == ty::InferKind::Int ? CastTy::IntVar : t.inferKind() == ty::InferKind::Float ? CastTy::Float : CastTy::None;
    case TyKind::Int: case TyKind::Uint: return CastTy::Int;
    case TyKind::Bool: return CastTy::Bool;
    case TyKind::Char: return CastTy::Char;
    case TyKind::Float: return CastTy::Float;
    case TyKind::RawPtr: return CastTy::Ptr;
    case TyKind::FnPtr: return CastTy::FnPtr;
    case TyKind::Adt: return isCEnum(t.adt()) ? CastTy::CEnum : CastTy::None;
    default: return CastTy::None;
    }
  }
  // Enums without fields; tuple-like empty variants count when no discriminant is explicit.
  bool isCEnum(const AdtDef *a) {
    if (!a->isEnum() || a->variants.empty()) return false;
    bool nonUnit = false, explicitDiscr = false;
    for (const VariantDef &v : a->variants) {
      if (!v.fields.empty()) return false;
      nonUnit |= !v.hasCtor || v.ctorKind != CtorKind::Const;
      explicitDiscr |= v.discrKind == ty::DiscrKind::Explicit;
    }
    return !(nonUnit && explicitDiscr);
  }

  CastError check() {
    CastTy from = kindOf(c.from), to = kindOf(c.to);
    if (to == CastTy::None) return CastError::NonScalar;
    if (from == CastTy::None) {
      if (c.from.is(TyKind::FnDef)) {
        ty::PolyFnSig sig = f.polySigOf(c.from);
        sig.value = f.normalize(Cause(c.span), sig.value);
        Ty result;
        if (!f.coerce(c.operand, c.from, f.tcx.mkFnPtr(sig), false, result)) return CastError::NonScalar;
        from = CastTy::FnPtr;
      } else if (c.from.is(TyKind::Ref)) {
        return fromRef(to);
      } else {
        return CastError::NonScalar;
      }
    }
    if (c.from.is(TyKind::Adt) && c.from.adt()->def.crate() != f.root.owner.crate())
      for (const VariantDef &v : c.from.adt()->variants)
        if (v.nonExhaustive) return CastError::NonExhaustive;
    bool fromInt = from == CastTy::Int || from == CastTy::IntVar;
    switch (to) {
    case CastTy::CEnum: case CastTy::FnPtr: return CastError::NonScalar;
    case CastTy::Bool: return CastError::ToBool;
    case CastTy::Char: return c.from.isUint(ty::IntTy::I8) || from == CastTy::IntVar ? CastError::None : CastError::ToChar;
    case CastTy::Float:
      if (from == CastTy::Bool || from == CastTy::CEnum || from == CastTy::Char) return CastError::NeedViaInt;
      return from == CastTy::Ptr || from == CastTy::FnPtr ? CastError::Illegal : CastError::None;
    case CastTy::Ptr:
      if (from == CastTy::Ptr) return ptrToPtr(c.from.inner(), c.to.inner());
      if (from == CastTy::FnPtr) return thinTarget(CastError::Illegal);
      return fromInt ? thinTarget(CastError::IntToWide) : CastError::Illegal;
    case CastTy::Int: case CastTy::IntVar:
      if (from == CastTy::Ptr) {
        PtrKind k = pointerKind(c.from.inner());
        if (k.meta == PtrMeta::Error) return CastError::Reported;
        if (k.meta == PtrMeta::Unknown) return CastError::UnknownExprPtr;
        return k.meta == PtrMeta::Thin ? CastError::None : CastError::NeedViaThinPtr;
      }
      if (from == CastTy::CEnum && f.tcx.adtDestructor(c.from.adt()->def))
        f.err(c.span, "", "cannot cast enum `" + f.str(c.from) + "` into integer `" + f.str(c.to) + "` because it implements `Drop`");
      return CastError::None;
    case CastTy::None: break;
    }
    return CastError::NonScalar;
  }

  CastError fromRef(CastTy to) {
    Ty inner = f.tryStructurally(c.from.inner());
    if (to == CastTy::Int || to == CastTy::IntVar || to == CastTy::Float) return inner.isNumeric() ? CastError::NeedDeref : CastError::NeedViaPtr;
    if (to != CastTy::Ptr) return to == CastTy::Bool || to == CastTy::Char || to == CastTy::CEnum || to == CastTy::FnPtr ? refToOther(to) : CastError::NonScalar;
    Ty pointee = f.tryStructurally(c.to.inner());
    if (!f.isSized(pointee)) return CastError::Illegal;
    // `&[T; N] as *const T`.
    bool mutOk = c.from.mut() == Mutability::Mut || c.to.mut() == Mutability::Not;
    if (!mutOk || !inner.is(TyKind::Array) || !f.canEq(inner.inner(), pointee)) return CastError::Illegal;
    Ty result;
    f.coerce(c.operand, c.from, f.tcx.mkPtr(inner, c.from.mut()), false, result);
    f.eq(inner.inner(), pointee);
    return CastError::None;
  }
  CastError refToOther(CastTy to) { return to == CastTy::Bool || to == CastTy::Char || to == CastTy::CEnum ? CastError::NeedViaPtr : CastError::NonScalar; }

  CastError thinTarget(CastError otherwise) {
    PtrKind k = pointerKind(c.to.inner());
    if (k.meta == PtrMeta::Error) return CastError::Reported;
    if (k.meta == PtrMeta::Unknown) return CastError::UnknownCastPtr;
    return k.meta == PtrMeta::Thin ? CastError::None : otherwise;
  }

  CastError ptrToPtr(Ty from, Ty to) {
    PtrKind s = pointerKind(from), d = pointerKind(to);
    if (s.meta == PtrMeta::Error || d.meta == PtrMeta::Error) return CastError::Reported;
    if (d.meta == PtrMeta::Unknown) return CastError::UnknownCastPtr;
    if (d.meta == PtrMeta::Thin) return CastError::None;
    if (s.meta == PtrMeta::Unknown) return CastError::UnknownExprPtr;
    if (s.meta == PtrMeta::Thin) return CastError::SizedUnsized;
    if (s.meta == PtrMeta::VTable && d.meta == PtrMeta::VTable) return vtables(s.ty, d.ty);
    if (s.meta != d.meta) return CastError::Differing;
    if (s.meta == PtrMeta::Length) return CastError::None;
    return f.resolve(s.ty) == f.resolve(d.ty) ? CastError::None : CastError::Differing;
  }
  CastError vtables(Ty s, Ty d) {
    auto principal = [&](Ty t) -> const ty::PolyExistentialPredicate * {
      for (const ty::PolyExistentialPredicate &p : t.preds())
        if (p.value.kind == ty::ExistentialKind::Trait) return &p;
      return nullptr;
    };
    const ty::PolyExistentialPredicate *a = principal(s), *b = principal(d);
    if (!a && !b) return CastError::None;
    if (!a || !b) return CastError::Differing;
    auto noAuto = [&](Ty t) {
      SmallVector<ty::PolyExistentialPredicate, 4> l;
      for (const ty::PolyExistentialPredicate &p : t.preds())
        if (p.value.kind != ty::ExistentialKind::AutoTrait) l.push_back(p);
      return f.tcx.mkDynamic(f.tcx.mkExistentials(l), f.tcx.common.erased);
    };
    if (!f.eq(noAuto(s), noAuto(d))) return CastError::Differing;
    for (const ty::PolyExistentialPredicate &p : d.preds()) {
      if (p.value.kind != ty::ExistentialKind::AutoTrait) continue;
      bool had = traits::isSupertraitOf(f.tcx, p.value.def, a->value.def);
      for (const ty::PolyExistentialPredicate &q : s.preds()) had |= q.value.kind == ty::ExistentialKind::AutoTrait && q.value.def == p.value.def;
      if (!had) return CastError::AddingAuto;
    }
    return CastError::None;
  }

  // rustc pointer_kind: what the metadata of a pointer to `t` is.
  PtrKind pointerKind(Ty t) {
    t = f.tryStructurally(t);
    for (unsigned depth = 0; depth < 64; ++depth) {
      if (f.hasErr(t)) return {PtrMeta::Error};
      if (f.isSized(t)) return {PtrMeta::Thin};
      switch (t.kind()) {
      case TyKind::Slice: case TyKind::Str: return {PtrMeta::Length};
      case TyKind::Dynamic: return {PtrMeta::VTable, t};
      case TyKind::Adt:
        if (!t.adt()->isStruct()) return {PtrMeta::Error};
        if (t.adt()->nonEnum().fields.empty()) return {PtrMeta::Thin};
        t = f.tryStructurally(f.fieldTy(c.span, t.adt()->nonEnum().fields.back(), t.args()));
        continue;
      case TyKind::Tuple:
        if (t.tuple().empty()) return {PtrMeta::Thin};
        t = f.tryStructurally(t.tuple().back());
        continue;
      case TyKind::Foreign: return {PtrMeta::Thin};
      case TyKind::Alias: return {PtrMeta::OfAlias, t};
      case TyKind::Param: return {PtrMeta::OfParam, t};
      case TyKind::Infer: return {PtrMeta::Unknown};
      default: return {PtrMeta::Thin};
      }
    }
    return {PtrMeta::Error};
  }

  void report(CastError e) {
    std::string from = f.str(c.from), to = f.str(c.to);
    switch (e) {
    case CastError::NonScalar: f.err(c.span, "E0605", "non-primitive cast: `" + from + "` as `" + to + "`").label(c.span, "an `as` expression can only be used to convert between primitive types or to coerce to a specific trait object"); return;
    case CastError::ToBool: f.err(c.span, "E0054", "cannot cast `" + from + "` as `bool`").label(c.span, "unsupported cast").help("compare with zero instead: `!= 0`"); return;
    case CastError::ToChar: f.err(c.span, "E0604", "only `u8` can be cast as `char`, not `" + from + "`").label(c.span, "invalid cast"); return;
    case CastError::NeedViaInt: f.err(c.span, "E0606", "casting `" + from + "` as `" + to + "` is invalid").label(c.span, "cast through an integer first"); return;
    case CastError::NeedViaPtr: f.err(c.span, "E0606", "casting `" + from + "` as `" + to + "` is invalid").label(c.span, "cast through a raw pointer first"); return;
    case CastError::NeedViaThinPtr: f.err(c.span, "E0606", "casting `" + from + "` as `" + to + "` is invalid").label(c.span, "cast through a thin pointer first"); return;
    case CastError::NeedDeref: f.err(c.span, "E0606", "casting `" + from + "` as `" + to + "` is invalid").label(c.span, "cannot cast `" + from + "` as `" + to + "`").help("dereference the expression first"); return;
    case CastError::NonExhaustive: case CastError::Differing: case CastError::Illegal:
      f.err(c.span, "E0606", "casting `" + from + "` as `" + to + "` is invalid").label(c.span, "invalid cast");
      return;
    case CastError::SizedUnsized: f.err(c.span, "E0607", "cannot cast thin pointer `" + from + "` to wide pointer `" + to + "`"); return;
    case CastError::UnknownCastPtr: case CastError::UnknownExprPtr:
      f.err(c.span, "E0641", e == CastError::UnknownCastPtr ? "cannot cast to a pointer of an unknown kind" : "cannot cast from a pointer of an unknown kind").label(c.span, "needs more type information");
      return;
    case CastError::IntToWide: f.err(c.span, "E0606", "cannot cast `" + from + "` to a pointer that is wide").label(c.span, "creating a `" + to + "` requires both an address and metadata"); return;
    case CastError::AddingAuto: f.err(c.span, "E0804", "cannot add auto traits to dyn bound via pointer cast").label(c.span, "unsupported cast"); return;
    case CastError::None: case CastError::Reported: return;
    }
  }
};
} // namespace

bool FnCtxt::isSized(Ty t) {
  t = resolve(t);
  switch (t.kind()) {
  case TyKind::Str: case TyKind::Slice: case TyKind::Dynamic: case TyKind::Foreign: return false;
  case TyKind::Adt: case TyKind::Tuple: case TyKind::Alias: case TyKind::Param: case TyKind::Infer: case TyKind::Pat: break;
  default: return true;
  }
  DefId sized = tcx.langItem(sym::sized);
  return !sized || mustHold(traitPredicate(sized, GenericArg(t)));
}

void checkCasts(FnCtxt &f) {
  // Fresh casts may not be added here: all expressions have been visited.
  std::vector<CastCheck> casts = std::move(f.root.casts);
  for (CastCheck &c : casts) CastChecker(f, c).run();
}

} // namespace ferric::typeck
