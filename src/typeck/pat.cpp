// Patterns (Reference: patterns; rustc_hir_typeck::pat). Match ergonomics (RFC 2005, edition guide 2024): a pattern that is no reference
// pattern peels references off what it is matched with, and its bindings then bind by reference.
#include "typeck/autoderef.h"
#include "typeck/walk.h"

namespace ferric::typeck {

using ty::BindingMode;

namespace {
// What is inherited from the patterns around: the default binding mode; where the whole came from, for messages.
struct PatInfo { BindingMode def = BindingMode::Move; };
// A path in a pattern, resolved once before peeling.
struct PatPath { bool ok = false; Ty ty; Res res; const VariantDef *variant = nullptr; };

class PatCheck {
public:
  PatCheck(FnCtxt &f, Span expectedSpan, const hir::Expr *origin) : f(f), tcx(f.tcx), expectedSpan(expectedSpan), origin(origin) {}

  void check(const hir::Pat *p, Ty expected, PatInfo info) {
    PatPath path = resolvePath(p);
    bool peel = peels(p, path);
    Ty t = checkInner(p, path, peel, expected, info);
    f.writeTy(p->id, t);
  }

private:
  FnCtxt &f;
  ty::Ctx &tcx;
  Span expectedSpan;
  const hir::Expr *origin;

  bool demandEq(Span s, Ty expected, Ty actual) {
    if (f.eq(expected, actual)) return true;
    mismatch(s, expected, actual);
    return false;
  }
  void mismatch(Span s, Ty expected, Ty actual) {
    expected = f.resolve(expected);
    actual = f.resolve(actual);
    f.root.setTainted();
    if (f.hasErr(expected) || f.hasErr(actual)) return;
    diag::Builder d = f.err(s, "E0308", "mismatched types");
    d.label(s, "expected `" + f.str(expected) + "`, found `" + f.str(actual) + "`");
    if (!expectedSpan.isDummy() && !(expectedSpan == s))
      d.label(expectedSpan, origin ? "this expression has type `" + f.str(expected) + "`" : std::string("expected due to this"));
    d.emit();
  }

  // ---- adjustment ----
  PatPath resolvePath(const hir::Pat *p) {
    switch (p->kind) {
    case PatKind::Struct: {
      PatPath r;
      r.variant = f.checkStructPath(cast<hir::StructPat>(p)->path, p->id, r.ty);
      r.ok = r.variant;
      return r;
    }
    case PatKind::TupleStruct: return resolveTupleStruct(cast<hir::TupleStructPat>(p));
    case PatKind::Expr: {
      const hir::PatExpr &e = cast<hir::ExprPat>(p)->expr;
      return e.kind == hir::PatExprKind::Path ? resolveUnit(e) : PatPath();
    }
    default: return {};
    }
  }
  // Whether references are peeled off what the pattern is matched with.
  bool peels(const hir::Pat *p, const PatPath &path) {
    switch (p->kind) {
    case PatKind::Struct: case PatKind::TupleStruct: case PatKind::Tuple: case PatKind::Box: case PatKind::Deref: case PatKind::Range:
    case PatKind::Slice: case PatKind::Never:
      return true;
    case PatKind::Expr: {
      const hir::PatExpr &e = cast<hir::ExprPat>(p)->expr;
      // A constant is matched as a value of its type, whatever that is.
      if (e.kind == hir::PatExprKind::Path) return !(path.ok && (path.res.isDef(DefKind::Const) || path.res.isDef(DefKind::AssocConst)));
      Ty t = f.resolve(patExprTy(e));
      return !t.is(TyKind::Ref);
    }
    default: return false;
    }
  }

  Ty checkInner(const hir::Pat *p, const PatPath &path, bool peel, Ty expected, PatInfo info) {
    if (peel && p->defaultBindingModes) {
      for (;;) {
        expected = f.tryStructurally(expected);
        if (!expected.is(TyKind::Ref)) break;
        f.results.patAdjustments[p->id].push_back({ty::PatAdjustKind::BuiltinDeref, expected});
        // `ref` inside a shared reference stays shared, whatever is inside of it.
        if (info.def == BindingMode::Move) info.def = expected.mut() == Mutability::Mut ? BindingMode::RefMut : BindingMode::Ref;
        else if (expected.mut() == Mutability::Not) info.def = BindingMode::Ref;
        expected = expected.inner();
      }
    } else if (peel) {
      expected = f.tryStructurally(expected);
    }
    switch (p->kind) {
    case PatKind::Err: return f.error();
    case PatKind::Missing: case PatKind::Wild: case PatKind::Never: return expected;
    case PatKind::Binding: return binding(cast<hir::BindingPat>(p), expected, info);
    case PatKind::Struct: return structPat(cast<hir::StructPat>(p), path, expected, info);
    case PatKind::TupleStruct: return tupleStruct(cast<hir::TupleStructPat>(p), path, expected, info);
    case PatKind::Or:
      for (const hir::Pat *a : cast<hir::OrPat>(p)->alts) check(a, expected, info);
      return expected;
    case PatKind::Tuple: return tuple(cast<hir::TuplePat>(p), expected, info);
    case PatKind::Box: return boxPat(cast<hir::BoxPat>(p), expected, info);
    case PatKind::Deref: return derefPat(cast<hir::DerefPat>(p), expected, info);
    case PatKind::Ref: return refPat(cast<hir::RefPat>(p), expected, info);
    case PatKind::Expr: return exprPat(cast<hir::ExprPat>(p), path, expected);
    case PatKind::Guard:
      check(cast<hir::GuardPat>(p)->inner, expected, info);
      f.checkExprHasType(cast<hir::GuardPat>(p)->guard, tcx.common.bool_);
      return expected;
    case PatKind::Range: return range(cast<hir::RangePat>(p), expected);
    case PatKind::Slice: return slice(cast<hir::SlicePat>(p), expected, info);
    }
    UNREACHABLE("pattern kind");
  }

  // ---- bindings and references ----
  void modifier2024(const hir::Pat *p, const char *what) {
    if (f.edition2024(p->span))
      f.err(p->span, "", Twine("cannot ") + what + " when the default binding mode is not `move`: the pattern implicitly dereferences a reference");
  }
  Ty binding(const hir::BindingPat *b, Ty expected, PatInfo info) {
    BindingMode mode = info.def;
    if (b->byRef) {
      if (info.def != BindingMode::Move) modifier2024(b, "explicitly borrow within an implicitly-borrowing pattern,");
      mode = b->refMut == Mutability::Mut ? BindingMode::RefMut : BindingMode::Ref;
    } else if (b->isMut && info.def != BindingMode::Move) {
      // `mut x` resets the binding mode to move.
      modifier2024(b, "mutably bind by value within an implicitly-borrowing pattern,");
      mode = BindingMode::Move;
    }
    f.results.bindingModes[b->id] = mode;
    Ty local = f.localTy(b->id, b->span);
    Ty eqTy = expected;
    if (mode != BindingMode::Move)
      eqTy = tcx.mkRef(tcx.common.erased, expected, mode == BindingMode::RefMut ? Mutability::Mut : Mutability::Not);
    demandEq(b->span, eqTy, local);
    if (b->local != b->id) {
      Ty first = f.localTy(b->local, b->span);
      if (!f.eq(first, local)) {
        mismatch(b->span, first, local);
      }
    }
    if (b->sub) check(b->sub, expected, info);
    return local;
  }

  Ty refPat(const hir::RefPat *p, Ty expected, PatInfo info) {
    expected = f.tryStructurally(expected);
    if (info.def != BindingMode::Move) {
      modifier2024(p, "explicitly dereference within an implicitly-borrowing pattern,");
      info.def = BindingMode::Move;
    }
    Ty inner, ref;
    if (const hir::BindingPat *b = dyn_cast<hir::BindingPat>(p->inner); b && expected.is(TyKind::Ref) && f.shallow(expected.inner()).is(TyKind::Dynamic)) {
      f.err(p->span, "E0033", "type `" + f.str(expected) + "` cannot be dereferenced").label(p->span, "type `" + f.str(expected) + "` cannot be dereferenced");
      inner = ref = f.error();
    } else if (expected.is(TyKind::Ref) && expected.mut() == p->mut) {
      ref = expected;
      inner = expected.inner();
    } else {
      inner = f.nextTyVar(p->inner->span);
      ref = tcx.mkRef(tcx.common.erased, inner, p->mut);
      demandEq(p->span, expected, ref);
    }
    check(p->inner, inner, info);
    return ref;
  }

  Ty boxPat(const hir::BoxPat *p, Ty expected, PatInfo info) {
    DefId box = tcx.langItem(sym::owned_box);
    if (!box) return f.unsupported(p->span, "a box pattern without the language item `owned_box`");
    GenericArgs args = f.freshArgs(p->span, box);
    Ty t = tcx.mkAdt(tcx.adtDef(box), args);
    Ty inner = args[0].ty();
    if (!demandEq(p->span, expected, t)) t = inner = f.error();
    check(p->inner, inner, info);
    return t;
  }
  Ty derefPat(const hir::DerefPat *p, Ty expected, PatInfo info) {
    f.registerBound(expected, sym::deref_pure, Cause(p->span));
    Ty target = f.error();
    if (DefId d = tcx.langItem(sym::deref_target))
      target = f.tryStructurally(f.normalize(Cause(p->span), tcx.mkProjection(d, tcx.mkArgs(GenericArg(expected)))));
    check(p->inner, target, info);
    if (explicitRefBinding(p->inner) == 2) f.registerBound(expected, sym::deref_mut, Cause(p->span));
    return expected;
  }

  // ---- literals, constants, ranges ----
  Ty patExprTy(const hir::PatExpr &e) {
    if (Ty t = f.results.nodeTypes.get(e.id)) return t;
    Ty t;
    switch (e.kind) {
    case hir::PatExprKind::Lit:
      t = f.checkLit(e.lit, Expectation::none());
      if (e.negated) f.registerBound(t, sym::neg, Cause(e.span));
      break;
    case hir::PatExprKind::Path: {
      FnCtxt::ResolvedPath p = f.resolveQPath(e.path, e.id, e.span);
      t = f.instantiateValuePath(p, e.span, e.span, e.id);
      break;
    }
    case hir::PatExprKind::ConstBlock: {
      FnCtxt inner(f.root, e.constBlock);
      t = e.body ? inner.checkExpr(e.body) : f.error();
      break;
    }
    }
    f.writeTy(e.id, t);
    return t;
  }

  Ty exprPat(const hir::ExprPat *p, const PatPath &path, Ty expected) {
    const hir::PatExpr &e = p->expr;
    if (e.kind == hir::PatExprKind::Path) {
      if (!path.ok) {
        f.writeTy(e.id, f.error());
        return f.error();
      }
      demandEq(p->span, expected, path.ty);
      f.writeTy(e.id, path.ty);
      return path.ty;
    }
    Ty t = patExprTy(e);
    // A byte string literal matches slices as well as arrays.
    if (e.kind == hir::PatExprKind::Lit && (e.lit.kind == lex::LitKind::ByteStr || e.lit.kind == lex::LitKind::ByteStrRaw)) {
      Ty x = f.structurally(p->span, expected);
      if (x.is(TyKind::Ref) && f.tryStructurally(x.inner()).is(TyKind::Slice))
        t = tcx.mkRef(tcx.common.erased, tcx.mkSlice(tcx.common.u8), Mutability::Not);
    }
    demandEq(p->span, expected, t);
    return t;
  }

  Ty range(const hir::RangePat *p, Ty expected) {
    for (const hir::PatExpr *side : {p->lo, p->hi}) {
      if (!side) continue;
      Ty t = f.tryStructurally(patExprTy(*side));
      if (!(t.isNumeric() || t.isChar() || t.isTyVar() || f.hasErr(t))) return badRange(p, *side, t);
    }
    for (const hir::PatExpr *side : {p->lo, p->hi})
      if (side && !demandEq(side->span, expected, patExprTy(*side))) return f.error();
    Ty t = f.structurally(p->span, expected);
    if (!(t.isNumeric() || t.isChar() || f.hasErr(t))) return badRange(p, p->lo ? *p->lo : *p->hi, t);
    return t;
  }
  Ty badRange(const hir::RangePat *p, const hir::PatExpr &side, Ty t) {
    f.err(side.span, "E0029", "only `char` and numeric types are allowed in range patterns")
        .label(side.span, "this is of type `" + f.str(t) + "` but it should be `char` or numeric");
    (void)p;
    return f.error();
  }

  // ---- structs, tuple structs, tuples ----
  PatPath resolveUnit(const hir::PatExpr &e) {
    PatPath r;
    FnCtxt::ResolvedPath p = f.resolveQPath(e.path, e.id, e.span);
    if (p.res.isErr()) {
      f.root.setTainted();
      return r;
    }
    bool ok = p.res.isDef(DefKind::Const) || p.res.isDef(DefKind::AssocConst) || p.res.isDef(DefKind::ConstParam) ||
              (p.res.isDef(DefKind::Ctor) && tcx.def(p.res.def).ctorKind == CtorKind::Const);
    if (p.res.kind == ResKind::SelfCtor) {
      Ty t = tcx.typeOf(p.res.def);
      ok = t.is(TyKind::Adt) && t.adt()->isStruct() && t.adt()->nonEnum().hasCtor && t.adt()->nonEnum().ctorKind == CtorKind::Const;
    }
    if (!ok) {
      f.err(e.span, "E0533", Twine("expected unit struct, unit variant or constant, found ") + tcx.crates.descr(p.res));
      return r;
    }
    r.ty = f.instantiateValuePath(p, e.span, e.span, e.id);
    r.res = p.res;
    r.ok = true;
    return r;
  }

  PatPath resolveTupleStruct(const hir::TupleStructPat *p) {
    PatPath r;
    FnCtxt::ResolvedPath path = f.resolveQPath(p->path, p->id, p->span);
    if (path.res.isErr()) {
      f.root.setTainted();
      return r;
    }
    Res res;
    Ty t = f.resolve(f.instantiateValuePath(path, p->span, p->span, p->id, &res));
    if (!t.is(TyKind::FnDef) || !res.isDef(DefKind::Ctor)) {
      if (!f.hasErr(t))
        f.err(p->span, "E0164", Twine("expected tuple struct or tuple variant, found ") + tcx.crates.descr(path.res)).label(p->span, "not a tuple struct or tuple variant");
      return r;
    }
    r.ty = f.normalize(Cause(p->span), f.sigOfFnTy(t).output());
    r.res = res;
    if (!r.ty.is(TyKind::Adt)) return r;
    for (const VariantDef &v : r.ty.adt()->variants)
      if (v.ctor == res.def) r.variant = &v;
    r.ok = r.variant;
    return r;
  }

  void checkAll(ArrayRef<const hir::Pat *> pats, Ty t, PatInfo info) {
    for (const hir::Pat *x : pats) check(x, t, info);
  }
  // Position among `n` fields of sub-pattern i, `..` standing for those left out.
  static size_t position(size_t i, size_t count, size_t n, int dotDot) { return dotDot >= 0 && i >= size_t(dotDot) ? i + n - count : i; }

  Ty tupleStruct(const hir::TupleStructPat *p, const PatPath &path, Ty expected, PatInfo info) {
    if (!path.ok) {
      checkAll(p->elems, f.error(), info);
      return f.error();
    }
    bool fits = demandEq(p->span, expected, path.ty);
    const VariantDef &v = *path.variant;
    size_t n = v.fields.size(), count = p->elems.size();
    if (count != n && !(count < n && p->dotDot >= 0)) {
      const char *what = path.ty.adt()->isEnum() ? "tuple variant" : "tuple struct";
      Span s = p->elems.empty() ? p->span : p->elems.front()->span.to(p->elems.back()->span);
      f.err(s, "E0023", "this pattern has " + Twine(count) + " field" + (count == 1 ? "" : "s") + ", but the corresponding " + what + " has " + Twine(n) +
                            " field" + (n == 1 ? "" : "s"))
          .label(s, "expected " + Twine(n) + " field" + (n == 1 ? "" : "s") + ", found " + Twine(count));
      checkAll(p->elems, f.error(), info);
      return f.error();
    }
    for (size_t i = 0; i < count; ++i) {
      const ty::FieldDef &field = v.fields[position(i, count, n, p->dotDot)];
      check(p->elems[i], f.fieldTy(p->elems[i]->span, field, path.ty.args()), info);
    }
    return fits ? path.ty : f.error();
  }

  Ty structPat(const hir::StructPat *p, const PatPath &path, Ty expected, PatInfo info) {
    if (!path.ok) {
      for (const hir::PatField &x : p->fields) check(x.pat, f.error(), info);
      return f.error();
    }
    bool ok = demandEq(p->span, expected, path.ty);
    const VariantDef &v = *path.variant;
    const AdtDef *adt = path.ty.adt();
    llvm::SmallDenseMap<unsigned, Span, 8> used;
    for (const hir::PatField &x : p->fields) {
      int i = f.findField(v, x.ident);
      Ty t = tcx.common.error;
      if (i < 0) {
        f.err(x.ident.span, "E0026", Twine(adt->isEnum() ? "variant" : adt->isUnion() ? "union" : "struct") + " `" + f.str(v.name) + "` does not have a field named `" + f.str(x.ident.name) + "`")
            .label(x.ident.span, "no such field");
        ok = false;
      } else if (!used.try_emplace(unsigned(i), x.span).second) {
        f.err(x.span, "E0025", "field `" + std::string(f.str(x.ident.name)) + "` bound multiple times in the pattern")
            .label(x.span, "multiple uses in pattern").label(used[unsigned(i)], "first use here");
        ok = false;
      } else {
        f.results.fieldIndices[x.id] = uint32_t(i);
        t = f.fieldTy(x.span, v.fields[size_t(i)], path.ty.args());
        if (!f.isAccessible(v.fields[size_t(i)].vis, x.ident))
          f.err(x.ident.span, "E0451", "field `" + std::string(f.str(x.ident.name)) + "` of " + (adt->isUnion() ? "union" : "struct") + " `" + f.str(v.name) + "` is private")
              .label(x.ident.span, "private field");
      }
      check(x.pat, t, info);
    }
    if (adt->isUnion()) {
      if (p->fields.size() != 1) f.err(p->span, "", "union patterns should have exactly one field");
      return ok ? path.ty : f.error();
    }
    if (!p->hasRest && ok && used.size() < v.fields.size()) missingFields(p, v, used, ok);
    if (!p->hasRest && foreignNonExhaustive(v, adt))
      f.err(p->span, "E0638", Twine("`..` required with ") + (adt->isEnum() ? "variant" : "struct") + " marked as non-exhaustive");
    return ok ? path.ty : f.error();
  }
  bool foreignNonExhaustive(const VariantDef &v, const AdtDef *adt) {
    bool ne = adt->isEnum() ? v.nonExhaustive : adt->nonExhaustive || v.nonExhaustive;
    return ne && adt->def.crate() != f.root.owner.crate();
  }
  void missingFields(const hir::StructPat *p, const VariantDef &v, const llvm::SmallDenseMap<unsigned, Span, 8> &used, bool &ok) {
    std::string names;
    size_t n = 0;
    for (size_t i = 0; i < v.fields.size(); ++i) {
      if (used.count(unsigned(i)) || !tcx.crates.isAccessible(v.fields[i].vis, f.root.body.module)) continue;
      names += std::string(n++ ? ", `" : "`") + std::string(f.str(v.fields[i].name)) + "`";
    }
    ok = false;
    if (!n) f.err(p->span, "", "pattern requires `..` due to inaccessible fields");
    else f.err(p->span, "E0027", Twine("pattern does not mention field") + (n == 1 ? " " : "s ") + names).label(p->span, Twine("missing field") + (n == 1 ? " " : "s ") + names);
  }

  Ty tuple(const hir::TuplePat *p, Ty expected, PatInfo info) {
    size_t count = p->elems.size(), n = count;
    if (p->dotDot >= 0) {
      Ty t = f.structurally(p->span, expected);
      if (t.is(TyKind::Tuple)) n = std::max(n, t.tuple().size());
    }
    SmallVector<Ty, 8> elems;
    for (size_t i = 0; i < n; ++i) elems.push_back(f.nextTyVar(p->span));
    Ty t = tcx.mkTuple(elems);
    bool fits = demandEq(p->span, expected, t);
    for (size_t i = 0; i < count; ++i) check(p->elems[i], fits ? elems[position(i, count, n, p->dotDot)] : f.error(), info);
    return fits ? t : f.error();
  }

  // ---- slices and arrays ----
  Ty slice(const hir::SlicePat *p, Ty expected, PatInfo info) {
    expected = f.tryStructurally(expected);
    uint64_t min = p->before.size() + p->after.size();
    // `let [a, b] = ..`: irrefutable, so an array.
    if (expected.isTyVar() && irrefutable && !p->middle) f.eq(expected, tcx.mkArray(f.nextTyVar(p->span), min));
    expected = f.structurally(p->span, expected);
    Ty elem, rest, result = expected;
    if (expected.is(TyKind::Array)) {
      elem = expected.inner();
      rest = arrayRest(p, expected, min, result);
    } else if (expected.is(TyKind::Slice)) {
      elem = expected.inner();
      rest = expected;
    } else {
      if (!f.hasErr(expected))
        f.err(p->span, "E0529", "expected an array or slice, found `" + f.str(expected) + "`").label(p->span, "pattern cannot match with input type `" + f.str(expected) + "`");
      elem = rest = result = f.error();
    }
    checkAll(p->before, elem, info);
    if (p->middle) check(p->middle, rest, info);
    checkAll(p->after, elem, info);
    return result;
  }
  Ty arrayRest(const hir::SlicePat *p, Ty array, uint64_t min, Ty &result) {
    Const len = f.resolve(array.len());
    uint64_t n = 0;
    auto plural = [](uint64_t x) { return x == 1 ? "" : "s"; };
    if (len.is(ConstKind::Value) && len.tryBits(n)) {
      if (!p->middle) {
        if (n == min) return Ty();
        f.err(p->span, "E0527", "pattern requires " + Twine(min) + " element" + plural(min) + " but array has " + Twine(n))
            .label(p->span, "expected " + Twine(n) + " element" + plural(n));
      } else if (min <= n) {
        return tcx.mkArray(array.inner(), n - min);
      } else {
        f.err(p->span, "E0528", "pattern requires at least " + Twine(min) + " element" + plural(min) + " but array has " + Twine(n))
            .label(p->span, "pattern cannot match array of " + Twine(n) + " element" + plural(n));
      }
    } else if (!p->middle) {
      result = tcx.mkArray(array.inner(), min);
      if (!f.eq(result, array)) mismatch(p->span, array, result);
      return Ty();
    } else if (!len.is(ConstKind::Error)) {
      f.err(p->span, "E0730", "cannot pattern-match on an array without a fixed length");
    }
    return f.error();
  }

public:
  bool irrefutable = false;
};
} // namespace

void FnCtxt::checkPatTop(const hir::Pat *p, Ty expected, Span expectedSpan, const hir::Expr *origin, bool irrefutable) {
  PatCheck c(*this, expectedSpan, origin);
  c.irrefutable = irrefutable;
  c.check(p, expected, PatInfo());
}

} // namespace ferric::typeck
