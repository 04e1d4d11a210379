// Patterns: default binding modes made explicit, literals and constants turned into what is compared. A constant is
// evaluated and taken apart by its type, so that matching and exhaustiveness see the same as if
// it had been written out (Reference: "Patterns", "Constant patterns"; rustc_mir_build::thir::pattern).
#include "mir_build/thir.h"
#include "traits/solve.h"
#include "traits/type_info.h"
#include "ty/fold.h"
#include "ty/print.h"
#include "llvm/ADT/APFloat.h"

namespace ferric::mir_build {

using namespace hir;
using mir_build::Pat; using PK = mir_build::PatKind;

struct PatLowering {
  ThirBuilder &b;
  Ctx &tcx = b.tcx;
  const ty::TypeckResults &results = b.results;

  Pat *make(PK kind, Ty ty, Span span) {
    Pat *p = new (b.arena_.Allocate<Pat>()) Pat();
    p->kind = kind;
    p->ty = ty;
    p->span = span;
    return p;
  }
  Pat *error(Ty ty, Span span) {
    b.failed = true;
    return make(PK::Error, ty, span);
  }

  Pat *lower(const hir::Pat *p) {
    Pat *r = unadjusted(p);
    auto it = results.patAdjustments.find(p->id);
    if (it == results.patAdjustments.end())
      return r;
    for (const ty::PatAdjustment &a : llvm::reverse(it->second)) {
      Pat *outer = make(a.kind == ty::PatAdjustKind::BuiltinDeref ? PK::Deref : PK::DerefPattern, a.source, r->span);
      outer->sub = r;
      if (a.kind == ty::PatAdjustKind::PinDeref)
        return unsupported(p, a.source, "matching through pinned references");
      if (a.kind == ty::PatAdjustKind::OverloadedDeref)
        outer->mut = bindsMutably(r) ? Mutability::Mut : Mutability::Not;
      r = outer;
    }
    return r;
  }
  Pat *unsupported(const hir::Pat *p, Ty ty, llvm::StringRef what) {
    tcx.sess.diag.error(p->span, "internal: " + what + " is not supported yet");
    return error(ty, p->span);
  }
  static bool bindsMutably(const Pat *p) {
    if (p->kind == PK::Binding && p->mode == ty::BindingMode::RefMut)
      return true;
    auto any = [](ArrayRef<Pat *> ps) { return llvm::any_of(ps, bindsMutably); };
    return (p->sub && bindsMutably(p->sub)) || (p->slice && bindsMutably(p->slice)) || any(p->prefix) || any(p->suffix) || any(p->alts) ||
           llvm::any_of(p->fields, [](const FieldPat &f) { return bindsMutably(f.pat); });
  }

  ArrayRef<Pat *> lowerAll(ArrayRef<const hir::Pat *> ps) {
    llvm::SmallVector<Pat *, 8> out;
    for (const hir::Pat *p : ps)
      out.push_back(lower(p));
    return b.copy<Pat *>(out);
  }
  // Elements of a tuple pattern with `..` at position dotDot stand for the first and the last fields.
  ArrayRef<FieldPat> tupleFields(ArrayRef<const hir::Pat *> ps, int dotDot, size_t count) {
    llvm::SmallVector<FieldPat, 8> out;
    for (size_t i = 0; i < ps.size(); ++i) {
      size_t field = dotDot >= 0 && i >= size_t(dotDot) ? i + (count - ps.size()) : i;
      out.push_back({uint32_t(field), lower(ps[i])});
    }
    return b.copy<FieldPat>(out);
  }

  Pat *unadjusted(const hir::Pat *p) {
    Ty ty = results.nodeType(p->id);
    switch (p->kind) {
    case hir::PatKind::Missing:
    case hir::PatKind::Wild: return make(PK::Wild, ty, p->span);
    case hir::PatKind::Never: return make(PK::Never, ty, p->span);
    case hir::PatKind::Err: return error(ty, p->span);
    case hir::PatKind::Binding: return binding(llvm::cast<BindingPat>(p), ty);
    case hir::PatKind::Expr: return patExpr(llvm::cast<ExprPat>(p)->expr, ty, p->id);
    case hir::PatKind::Range: return range(llvm::cast<RangePat>(p), ty);
    case hir::PatKind::Box:
    case hir::PatKind::Ref: {
      Pat *r = make(PK::Deref, ty, p->span);
      r->sub = lower(p->kind == hir::PatKind::Ref ? llvm::cast<RefPat>(p)->inner : llvm::cast<BoxPat>(p)->inner);
      return r;
    }
    case hir::PatKind::Deref: {
      Pat *r = make(PK::DerefPattern, ty, p->span);
      r->sub = lower(llvm::cast<DerefPat>(p)->inner);
      r->mut = bindsMutably(r->sub) ? Mutability::Mut : Mutability::Not;
      return r;
    }
    case hir::PatKind::Tuple: {
      Pat *r = make(PK::Leaf, ty, p->span);
      const TuplePat *t = llvm::cast<TuplePat>(p);
      r->fields = tupleFields(t->elems, t->dotDot, ty.tuple().size());
      return r;
    }
    case hir::PatKind::TupleStruct: {
      const TupleStructPat *t = llvm::cast<TupleStructPat>(p);
      Pat *r = variantOrLeaf(ty, b.resOf(t->path, p->id), p->span);
      if (r->kind != PK::Error)
        r->fields = tupleFields(t->elems, t->dotDot, r->adt->variants[r->variant].fields.size());
      return r;
    }
    case hir::PatKind::Struct: {
      const StructPat *s = llvm::cast<StructPat>(p);
      Pat *r = variantOrLeaf(ty, b.resOf(s->path, p->id), p->span);
      llvm::SmallVector<FieldPat, 8> fields;
      for (const PatField &f : s->fields)
        fields.push_back({results.fieldIndices.lookup(f.id), lower(f.pat)});
      r->fields = b.copy<FieldPat>(fields);
      return r;
    }
    case hir::PatKind::Slice: return slice(llvm::cast<SlicePat>(p), ty);
    case hir::PatKind::Or: {
      Pat *r = make(PK::Or, ty, p->span);
      r->alts = lowerAll(llvm::cast<OrPat>(p)->alts);
      return r;
    }
    case hir::PatKind::Guard: return unsupported(p, ty, "a guard inside a pattern");
    }
    UNREACHABLE("pattern kind");
  }

  Pat *binding(const BindingPat *p, Ty ty) {
    Pat *r = make(PK::Binding, ty, p->span);
    auto mode = results.bindingModes.find(p->id);
    r->mode = mode != results.bindingModes.end() ? mode->second
              : !p->byRef                        ? ty::BindingMode::Move
              : p->refMut == Mutability::Mut     ? ty::BindingMode::RefMut
                                                 : ty::BindingMode::Ref;
    r->mut = p->isMut ? Mutability::Mut : Mutability::Not;
    r->var = p->local;
    r->isPrimary = p->local == p->id;
    r->name = p->ident.name;
    r->varTy = ty;
    if (r->mode != ty::BindingMode::Move && ty.is(TyKind::Ref))
      r->ty = ty.inner();
    r->sub = p->sub ? lower(p->sub) : nullptr;
    b.declared_.insert(p->local);
    return r;
  }

  Pat *slice(const SlicePat *p, Ty ty) {
    bool isSlice = ty.is(TyKind::Slice);
    if (!isSlice && !ty.is(TyKind::Array))
      return error(ty, p->span);
    Pat *r = make(isSlice ? PK::Slice : PK::Array, ty, p->span);
    r->prefix = lowerAll(p->before);
    r->slice = p->middle ? lower(p->middle) : nullptr;
    r->suffix = lowerAll(p->after);
    return r;
  }

  Pat *variantOrLeaf(Ty ty, Res res, Span span) {
    if (!ty.is(TyKind::Adt))
      return error(ty, span);
    Pat *r = make(PK::Leaf, ty, span);
    r->adt = ty.adt();
    r->args = ty.args();
    if (r->adt->isEnum()) {
      if (!res.isDef(DefKind::Variant) && !res.isDef(DefKind::Ctor))
        return error(ty, span);
      r->kind = PK::Variant;
      r->variant = mir::variantOfDef(*r->adt, res.def);
    }
    return r;
  }

  // ---- literals and constants ----
  Pat *constantOf(Ty ty, ScalarInt bits, Span span) {
    Pat *r = make(PK::Constant, ty, span);
    r->value.ty = ty;
    r->value.bits = bits;
    return r;
  }
  Pat *derefOf(Ty refTy, Pat *inner) {
    Pat *r = make(PK::Deref, refTy, inner->span);
    r->sub = inner;
    return r;
  }
  Pat *bytes(llvm::StringRef text, Ty ty, Span span) {
    Pat *r = make(ty.is(TyKind::Slice) ? PK::Slice : PK::Array, ty, span);
    llvm::SmallVector<Pat *, 16> elems;
    for (char c : text)
      elems.push_back(constantOf(tcx.common.u8, {uint8_t(c), 0, 1}, span));
    r->prefix = b.copy<Pat *>(elems);
    return r;
  }

  Pat *literal(const PatExpr &e, Ty ty) {
    using lex::LitKind;
    switch (e.lit.kind) {
    case LitKind::Str:
    case LitKind::StrRaw: {
      Ty strTy = ty.is(TyKind::Ref) ? ty.inner() : ty;
      Pat *r = make(PK::Constant, strTy, e.span);
      std::string text = literalBytes(tcx, e.lit);
      r->value.ty = strTy;
      r->value.str = llvm::StringRef(text).copy(b.arena_);
      return ty.is(TyKind::Ref) ? derefOf(ty, r) : r;
    }
    case LitKind::ByteStr:
    case LitKind::ByteStrRaw:
      if (ty.is(TyKind::Ref))
        return derefOf(ty, bytes(literalBytes(tcx, e.lit), ty.inner(), e.span));
      return bytes(literalBytes(tcx, e.lit), ty, e.span);
    default: break;
    }
    mir::Constant c;
    if (!literalConstant(tcx, e.lit, e.negated, ty, c) || c.value.kind != mir::ConstValueKind::Scalar)
      return error(ty, e.span);
    return constantOf(ty, c.value.scalar.bits, e.span);
  }

  Pat *patExpr(const PatExpr &e, Ty patTy, HirId patId) {
    if (e.kind == PatExprKind::Lit)
      return literal(e, patTy);
    if (e.kind == PatExprKind::ConstBlock)
      return constant(e.constBlock, ty::eraseRegions(tcx, tcx.identityArgs(mir::typeckRoot(tcx, e.constBlock))), patTy, e.span);
    Ty ty = results.nodeType(e.id);
    if (!ty)
      ty = patTy;
    Res res = b.resOf(e.path, e.id);
    if (res.isErr())
      res = b.resOf(e.path, patId);
    if (res.isDef(DefKind::Const) || res.isDef(DefKind::AssocConst)) {
      GenericArgs args = results.argsOf(e.id);
      if (!args.p)
        args = results.argsOf(patId);
      return constant(res.def, args, ty, e.span);
    }
    if (res.isDef(DefKind::ConstParam)) {
      tcx.sess.diag.error(e.span, "E0158", "constant parameters cannot be referenced in patterns").label(e.span, "can't be used in patterns");
      return error(ty, e.span);
    }
    return variantOrLeaf(ty, res, e.span);
  }

  Pat *constant(DefId def, GenericArgs args, Ty ty, Span span) {
    ty::Const value = tcx.evalUnevaluated(ty::ConstEvalKey{def, args, {}});
    if (!value || value.is(ty::ConstKind::Unevaluated)) {
      tcx.sess.diag.error(span, "E0158", "constant pattern cannot depend on generic parameters").label(span, "`const` depends on a generic parameter");
      return error(ty, span);
    }
    if (!value.is(ty::ConstKind::Value)) {
      if (tcx.constEvalGlobal({def, args, {}}).outcome == mir::EvalOutcome::Value)
        reportNoStructure(ty, span);
      else if (!tcx.sess.diag.hasErrors())
        tcx.sess.diag.error(span, "could not evaluate constant pattern");
      return error(ty, span);
    }
    bool failed = std::exchange(b.failed, false);
    Pat *p = fromValue(ty, value.value(), span);
    if (!b.failed && !comparable(ty)) {
      tcx.sess.diag.error(span, "constant of non-structural type `" + ty::show(tcx, ty) + "` in a pattern").label(span, "constant of non-structural type")
          .note("`" + ty::show(tcx, ty) + "` does not implement `PartialEq`");
      p = error(ty, span);
    }
    b.failed |= failed;
    return p;
  }

  bool comparable(Ty ty) {
    DefId trait = tcx.crates.langItem(llvm::StringRef("eq"));
    if (!trait.valid())
      return true;
    traits::InferCtxt infcx(tcx);
    ty = ty::eraseRegions(tcx, ty);
    return traits::mayApply(traits::typeImplementsTrait(infcx, trait, {ty::GenericArg(ty), ty::GenericArg(ty)}, b.env));
  }

  // The value has no tree: some part of it cannot be told apart at compile time.
  void reportNoStructure(Ty ty, Span span) {
    llvm::SmallDenseSet<Ty, 8> seen;
    switch (obstacle(ty, seen)) {
    case TyKind::Adt: tcx.sess.diag.error(span, "cannot use unions in constant patterns").label(span, "can't use a `union` here"); return;
    case TyKind::RawPtr:
    case TyKind::FnPtr:
      tcx.sess.diag.error(span, "function pointers and raw pointers not derived from integers in patterns behave unpredictably and should not be relied upon")
          .label(span, "can't be used in patterns").note("see https://github.com/rust-lang/rust/issues/70861 for details");
      return;
    case TyKind::Tuple: // its types are good, so that it must be what references lead to
      tcx.sess.diag.error(span, "constant cannot be used as pattern").note("constants that reference mutable or external memory cannot be used as patterns");
      return;
    default: tcx.sess.diag.error(span, "`" + ty::show(tcx, ty) + "` cannot be used in patterns").label(span, "can't be used in patterns"); return;
    }
  }
  // The kind of the first part of a type that may be the reason: Adt stands for a union, Tuple for none.
  TyKind obstacle(Ty ty, llvm::SmallDenseSet<Ty, 8> &seen) {
    if (!seen.insert(ty).second)
      return TyKind::Tuple;
    auto firstOf = [&](auto &&types) {
      for (Ty t : types)
        if (TyKind k = obstacle(t, seen); k != TyKind::Tuple)
          return k;
      return TyKind::Tuple;
    };
    switch (ty.kind()) {
    case TyKind::Ref:
    case TyKind::Array:
    case TyKind::Slice: return obstacle(ty.inner(), seen);
    case TyKind::Tuple: return firstOf(ty.tuple());
    case TyKind::Adt: {
      if (ty.adt()->isUnion())
        return TyKind::Adt;
      llvm::SmallVector<Ty, 8> fields;
      for (const ty::VariantDef &v : ty.adt()->variants)
        for (const ty::FieldDef &f : v.fields)
          fields.push_back(mir::fieldTyNormalized(tcx, b.env, f, ty.args()));
      return firstOf(fields);
    }
    case TyKind::RawPtr:
    case TyKind::FnPtr:
    case TyKind::Dynamic:
    case TyKind::Closure:
    case TyKind::Foreign: return ty.kind();
    default: return TyKind::Tuple;
    }
  }

  // Takes a constant apart by its type; constants whose comparison is not structural are rejected.
  Pat *fromValue(Ty ty, ty::ValTree v, Span span) {
    switch (ty.kind()) {
    case TyKind::Bool:
    case TyKind::Char:
    case TyKind::Int:
    case TyKind::Uint:
    case TyKind::Float:
    case TyKind::Pat:
    case TyKind::RawPtr:
      if (!v->isLeaf)
        break;
      if (ty.is(TyKind::Float) && isNan(ty, v->leaf)) {
        tcx.sess.diag.error(span, "cannot use NaN in patterns").label(span, "evaluates to `NaN`, which is not allowed in patterns");
        return error(ty, span);
      }
      return constantOf(ty, v->leaf, span);
    case TyKind::Ref: return derefOf(ty, fromValue(ty.inner(), v, span));
    case TyKind::Str: {
      std::string text;
      for (ty::Const c : v->branches)
        text.push_back(char(c.value()->leaf.lo));
      Pat *r = make(PK::Constant, ty, span);
      r->value.ty = ty;
      r->value.str = llvm::StringRef(text).copy(b.arena_);
      return r;
    }
    case TyKind::Slice:
    case TyKind::Array: {
      Pat *r = make(ty.is(TyKind::Slice) ? PK::Slice : PK::Array, ty, span);
      llvm::SmallVector<Pat *, 8> elems;
      for (ty::Const c : v->branches)
        elems.push_back(fromValue(ty.inner(), c.value(), span));
      r->prefix = b.copy<Pat *>(elems);
      return r;
    }
    case TyKind::Tuple: {
      Pat *r = make(PK::Leaf, ty, span);
      llvm::SmallVector<FieldPat, 8> fields;
      for (uint32_t i = 0; i < v->branches.size(); ++i)
        fields.push_back({i, fromValue(ty.tuple()[i], v->branches[i].value(), span)});
      r->fields = b.copy<FieldPat>(fields);
      return r;
    }
    case TyKind::Adt: return adtValue(ty, v, span);
    default: break;
    }
    tcx.sess.diag.error(span, "`" + ty::show(tcx, ty) + "` cannot be used in patterns");
    return error(ty, span);
  }

  Pat *adtValue(Ty ty, ty::ValTree v, Span span) {
    const AdtDef *adt = ty.adt();
    DefId structural = tcx.crates.langItem(llvm::StringRef("structural_peq"));
    if (!adt->isUnion() && structural.valid() && !traits::typeImplements(tcx, b.env, ty::eraseRegions(tcx, ty), structural)) {
      tcx.sess.diag.error(span, "constant of non-structural type `" + ty::show(tcx, ty) + "` in a pattern").label(span, "constant of non-structural type")
          .noteAt(tcx.def(ty.def()).span, "`" + ty::show(tcx, ty) + "` must be annotated with `#[derive(PartialEq)]` to be usable in patterns");
      return error(ty, span);
    }
    if (adt->isUnion()) {
      tcx.sess.diag.error(span, "cannot use unions in constant patterns").label(span, "can't use a `union` here");
      return error(ty, span);
    }
    Pat *r = make(adt->isEnum() ? PK::Variant : PK::Leaf, ty, span);
    r->adt = adt;
    r->args = ty.args();
    ArrayRef<ty::Const> values = v->branches;
    if (adt->isEnum()) {
      r->variant = uint32_t(values[0].value()->leaf.lo);
      values = values.drop_front();
    }
    llvm::SmallVector<FieldPat, 8> fields;
    for (uint32_t i = 0; i < values.size(); ++i) {
      Ty fieldTy = mir::fieldTyNormalized(tcx, b.env, adt->variants[r->variant].fields[i], ty.args());
      fields.push_back({i, fromValue(fieldTy, values[i].value(), span)});
    }
    r->fields = b.copy<FieldPat>(fields);
    return r;
  }

  static llvm::APFloat floatOf(Ty ty, const ScalarInt &v) {
    const llvm::fltSemantics *const kSemantics[] = {&llvm::APFloat::IEEEhalf(), &llvm::APFloat::IEEEsingle(), &llvm::APFloat::IEEEdouble(),
                                                    &llvm::APFloat::IEEEquad()};
    return llvm::APFloat(*kSemantics[unsigned(ty.floatTy())], llvm::APInt(v.size * 8, {v.lo, v.hi}));
  }
  static bool isNan(Ty ty, const ScalarInt &v) { return floatOf(ty, v).isNaN(); }

  // ---- ranges ----
  bool endpoint(const PatExpr *e, Ty ty, HirId patId, bool &has, ScalarInt &out) {
    if (!e)
      return true;
    Pat *p = patExpr(*e, ty, patId);
    if (p->kind != PK::Constant) {
      b.failed = true;
      return false;
    }
    has = true;
    out = p->value.bits;
    return true;
  }

  Pat *range(const RangePat *p, Ty ty) {
    Pat *r = make(PK::Range, ty, p->span);
    PatRange &x = r->range;
    x.ty = ty;
    x.inclusive = p->end != RangeEnd::Excluded;
    if (!endpoint(p->lo, ty, p->id, x.hasLo, x.lo) || !endpoint(p->hi, ty, p->id, x.hasHi, x.hi))
      return error(ty, p->span);
    if (!x.hasHi)
      x.inclusive = true;
    ScalarInt lo = x.hasLo ? x.lo : minValue(ty), hi = x.hasHi ? x.hi : maxValue(ty);
    int cmp = ty.is(TyKind::Float) && (!x.hasLo || !x.hasHi) ? -1 : compareBits(ty, lo, hi);
    if (cmp < 0)
      return r;
    if (cmp == 0 && x.inclusive)
      return x.hasLo && x.hasHi ? constantOf(ty, x.lo, p->span) : r;
    if (x.inclusive)
      tcx.sess.diag.error(p->span, "E0030", "lower range bound must be less than or equal to upper").label(p->span, "lower bound larger than upper bound");
    else if (!x.hasLo)
      tcx.sess.diag.error(p->span, "E0579", "exclusive upper bound for a range bound cannot be the minimum");
    else
      tcx.sess.diag.error(p->span, "E0579", "lower bound for range pattern must be less than upper bound");
    return error(ty, p->span);
  }

  ScalarInt minValue(Ty ty) {
    uint8_t size = uint8_t(mir::scalarSize(tcx, ty));
    llvm::APInt v = mir::isSigned(ty) ? llvm::APInt::getSignedMinValue(size * 8) : llvm::APInt::getZero(size * 8);
    v = v.zext(128);
    return {v.getRawData()[0], v.getRawData()[1], size};
  }
  ScalarInt maxValue(Ty ty) {
    uint8_t size = uint8_t(mir::scalarSize(tcx, ty));
    if (ty.isChar())
      return {0x10FFFF, 0, 4};
    llvm::APInt v = mir::isSigned(ty) ? llvm::APInt::getSignedMaxValue(size * 8) : llvm::APInt::getAllOnes(size * 8);
    v = v.zext(128);
    return {v.getRawData()[0], v.getRawData()[1], size};
  }
  static int compareBits(Ty ty, const ScalarInt &a, const ScalarInt &b);
};

int PatLowering::compareBits(Ty ty, const ScalarInt &a, const ScalarInt &b) { return compareScalars(ty, a, b); }

// -1, 0, 1; 2: unordered.
int compareScalars(Ty ty, const ScalarInt &a, const ScalarInt &b) {
  if (ty.is(TyKind::Pat))
    ty = ty.inner();
  if (ty.is(TyKind::Float)) {
    switch (PatLowering::floatOf(ty, a).compare(PatLowering::floatOf(ty, b))) {
    case llvm::APFloat::cmpLessThan: return -1;
    case llvm::APFloat::cmpEqual: return 0;
    case llvm::APFloat::cmpGreaterThan: return 1;
    case llvm::APFloat::cmpUnordered: return 2;
    }
  }
  llvm::APInt x(a.size * 8, {a.lo, a.hi}), y(b.size * 8, {b.lo, b.hi});
  if (x == y)
    return 0;
  return (mir::isSigned(ty) ? x.slt(y) : x.ult(y)) ? -1 : 1;
}

Pat *ThirBuilder::pattern(const hir::Pat *p) { return PatLowering{*this}.lower(p); }

} // namespace ferric::mir_build
