// Expressions: the entry point that every expression passes through, the dispatch by kind, and the small kinds
// (rustc_hir_typeck::expr). An expression's type is written once; `!` that is really read marks what follows as unreachable.
#include "typeck/fn_ctxt.h"

namespace ferric::typeck {

Ty FnCtxt::checkExpr(const hir::Expr *e, Expectation expected, const hir::CallExpr *callOf) {
  constexpr unsigned kMaxDepth = 20000;
  if (++root.depth > kMaxDepth) {
    --root.depth;
    err(e->span, "", "expression is nested too deeply");
    writeTy(e->id, tcx.common.error);
    return error();
  }
  Diverges old = diverges;
  diverges = Diverges::Maybe;
  Ty t = e->kind == ExprKind::Path ? checkPathExpr(cast<hir::PathExpr>(e), callOf) : checkExprKind(e, expected);
  t = resolve(t);
  if (tryStructurally(t).isNever() && guaranteedRead(e)) diverges = Diverges::Always;
  writeTy(e->id, t);
  diverges = diverges | old;
  --root.depth;
  return t;
}

Ty FnCtxt::checkExprWithNeeds(const hir::Expr *e, Expectation expected, Needs needs) {
  Ty t = checkExpr(e, expected);
  if (needs == Needs::MutPlace) convertPlaceDerefsToMutable(e);
  return t;
}

Ty FnCtxt::checkExprHasType(const hir::Expr *e, Ty expected) {
  Ty t = checkExpr(e, Expectation::hasType(expected));
  if (tryStructurally(t).isNever() && guaranteedRead(e)) {
    if (results.adjustments.count(e->id)) return results.adjustments[e->id].back().target;
    Ty v = nextTyVar(e->span);
    Adjustment a;
    a.kind = AdjustKind::NeverToAny;
    a.target = v;
    applyAdjustments(e, {a});
    t = v;
  }
  Cause c(e->span);
  if (!eq(expected, t)) reportMismatch(c, expected, t, e);
  return t;
}

Ty FnCtxt::checkExprCoercible(const hir::Expr *e, Ty expected) {
  Ty t = checkExpr(e, Expectation::hasType(expected));
  return demandCoerce(e, t, expected);
}

Ty FnCtxt::checkExprKind(const hir::Expr *e, Expectation expected) {
  switch (e->kind) {
  case ExprKind::Err: return error();
  case ExprKind::Lit: return checkLit(cast<hir::LitExpr>(e)->lit, expected);
  case ExprKind::Path: return checkPathExpr(cast<hir::PathExpr>(e), nullptr);
  case ExprKind::ConstBlock: return checkConstBlock(cast<hir::ConstBlockExpr>(e), expected);
  case ExprKind::Array: return checkArray(cast<hir::ArrayExpr>(e), expected);
  case ExprKind::Call: return checkCall(cast<hir::CallExpr>(e), expected);
  case ExprKind::MethodCall: return checkMethodCall(cast<hir::MethodCallExpr>(e), expected);
  case ExprKind::Tuple: return checkTuple(cast<hir::TupleExpr>(e), expected);
  case ExprKind::Binary: return checkBinop(cast<hir::BinaryExpr>(e), expected);
  case ExprKind::Unary: return checkUnary(cast<hir::UnaryExpr>(e), expected);
  case ExprKind::Cast: return checkCast(cast<hir::CastExpr>(e));
  case ExprKind::Ascribe: {
    Ty t = lowerTy(cast<hir::AscribeExpr>(e)->ty);
    Ty actual = checkExpr(cast<hir::AscribeExpr>(e)->operand, Expectation::hasType(t));
    demandEq(Cause(e->span), t, actual);
    return t;
  }
  case ExprKind::DropTemps: return checkExpr(cast<hir::DropTempsExpr>(e)->inner, expected);
  case ExprKind::Let: return checkLet(cast<hir::LetExpr>(e));
  case ExprKind::If: return checkIf(cast<hir::IfExpr>(e), expected);
  case ExprKind::Loop: return checkLoop(cast<hir::LoopExpr>(e), expected);
  case ExprKind::Match: return checkMatch(cast<hir::MatchExpr>(e), expected);
  case ExprKind::Closure: return checkClosure(cast<hir::ClosureExpr>(e), expected);
  case ExprKind::Block: {
    const hir::BlockExpr *b = cast<hir::BlockExpr>(e);
    return checkBlock(b->block, expected, e->id);
  }
  case ExprKind::Assign: return checkAssign(cast<hir::AssignExpr>(e), expected);
  case ExprKind::AssignOp: return checkAssignOp(cast<hir::AssignOpExpr>(e), expected);
  case ExprKind::Field: return checkField(cast<hir::FieldExpr>(e), expected);
  case ExprKind::Index: return checkIndex(cast<hir::IndexExpr>(e));
  case ExprKind::AddrOf: return checkAddrOf(cast<hir::AddrOfExpr>(e), expected);
  case ExprKind::Break: return checkBreak(cast<hir::BreakExpr>(e));
  case ExprKind::Continue: return cast<hir::ContinueExpr>(e)->target ? tcx.common.never : error();
  case ExprKind::Ret: return checkReturn(cast<hir::RetExpr>(e));
  case ExprKind::Become: return checkBecome(cast<hir::BecomeExpr>(e));
  case ExprKind::InlineAsm: return checkAsm(cast<hir::InlineAsmExpr>(e));
  case ExprKind::OffsetOf: return checkOffsetOf(cast<hir::OffsetOfExpr>(e));
  case ExprKind::Struct: return checkStruct(cast<hir::StructExpr>(e), expected);
  case ExprKind::Repeat: return checkRepeat(cast<hir::RepeatExpr>(e), expected);
  case ExprKind::Yield: return unsupported(e->span, "`yield`");
  case ExprKind::UnsafeBinderCast: return checkUnsafeBinderCast(cast<hir::UnsafeBinderCastExpr>(e), expected);
  case ExprKind::ByUse: return checkExpr(cast<hir::ByUseExpr>(e)->operand, expected);
  }
  UNREACHABLE("expression kind");
}

// The type of a literal (Reference: literal-expr): an expected integer type is taken at once, else a variable.
Ty FnCtxt::checkLit(const hir::Literal &lit, Expectation expected, bool) {
  auto refTo = [&](Ty t) { return tcx.mkRef(tcx.common.erased, t, Mutability::Not); };
  auto suffixed = [&](StringRef s) -> Ty {
    static constexpr std::pair<const char *, PrimTy> kSuffixes[] = {
        {"i8", PrimTy::I8}, {"i16", PrimTy::I16}, {"i32", PrimTy::I32}, {"i64", PrimTy::I64}, {"i128", PrimTy::I128}, {"isize", PrimTy::Isize},
        {"u8", PrimTy::U8}, {"u16", PrimTy::U16}, {"u32", PrimTy::U32}, {"u64", PrimTy::U64}, {"u128", PrimTy::U128}, {"usize", PrimTy::Usize},
        {"f16", PrimTy::F16}, {"f32", PrimTy::F32}, {"f64", PrimTy::F64}, {"f128", PrimTy::F128}};
    for (const auto &[name, prim] : kSuffixes)
      if (s == name) return tcx.mkPrim(prim);
    return Ty();
  };
  StringRef suffix = lit.suffix.valid() ? sess.str(lit.suffix) : StringRef();
  switch (lit.kind) {
  case lex::LitKind::Bool: return tcx.common.bool_;
  case lex::LitKind::Byte: return tcx.common.u8;
  case lex::LitKind::Char: return tcx.common.char_;
  case lex::LitKind::Str: case lex::LitKind::StrRaw: return refTo(tcx.common.str_);
  case lex::LitKind::ByteStr: case lex::LitKind::ByteStrRaw: return refTo(tcx.mkArray(tcx.common.u8, byteStrLen(lit)));
  case lex::LitKind::CStr: case lex::LitKind::CStrRaw: {
    DefId cstr = tcx.langItem(sym::CStr);
    return cstr ? refTo(typeOfRaw(cstr, {})) : unsupported(lit.span, "a C string literal without the language item `CStr`");
  }
  case lex::LitKind::Integer: {
    if (!suffix.empty()) {
      Ty t = suffixed(suffix);
      return t ? t : error();
    }
    if (std::optional<Ty> e = toOption(expected)) {
      Ty t = *e;
      if (t.is(TyKind::Int) || t.is(TyKind::Uint)) return t;
      if (t.is(TyKind::Char)) return tcx.common.u8;
      if (t.is(TyKind::RawPtr) || t.is(TyKind::FnDef) || t.is(TyKind::FnPtr)) return tcx.common.usize;
      if (t.is(TyKind::Pat) && t.inner().isIntegral()) return t;
    }
    return infcx.nextIntVar();
  }
  case lex::LitKind::Float: {
    if (!suffix.empty()) {
      Ty t = suffixed(suffix);
      return t ? t : error();
    }
    if (std::optional<Ty> e = toOption(expected))
      if (e->is(TyKind::Float)) return *e;
    return infcx.nextFloatVar();
  }
  default: return error();
  }
}

Ty FnCtxt::checkConstBlock(const hir::ConstBlockExpr *e, Expectation expected) {
  // A body of its own as far as control flow goes; inference is shared.
  FnCtxt inner(root, e->def);
  Ty t = inner.checkExpr(e->body, expected);
  inner.requireSized(t, Cause(e->body->span, CauseCode::ConstSized));
  return t;
}

Ty FnCtxt::checkTuple(const hir::TupleExpr *e, Expectation expected) {
  SmallVector<Ty, 8> hints;
  if (std::optional<Ty> t = onlyHasType(expected)) {
    Ty r = tryStructurally(*t);
    if (r.is(TyKind::Tuple)) hints.append(r.tuple().begin(), r.tuple().end());
  }
  SmallVector<Ty, 8> elems;
  bool bad = false;
  for (size_t i = 0; i < e->elems.size(); ++i) {
    Ty t = i < hints.size() ? hints[i] : nextTyVar(e->elems[i]->span);
    checkExprCoercible(e->elems[i], t);
    t = resolve(t);
    bad |= hasErr(t);
    elems.push_back(t);
  }
  if (bad) return error();
  Ty tuple = tcx.mkTuple(elems);
  requireSized(tuple, Cause(e->span, CauseCode::ConstSized));
  return tuple;
}

static Ty builtinIndex(Ty t) { return t.is(TyKind::Array) || t.is(TyKind::Slice) ? t.inner() : Ty(); }

Ty FnCtxt::checkArray(const hir::ArrayExpr *e, Expectation expected) {
  Ty elem;
  if (e->elems.empty()) {
    elem = nextTyVar(e->span);
  } else {
    Ty to;
    if (std::optional<Ty> t = toOption(expected)) {
      to = builtinIndex(tryStructurally(*t));
      if (to && tryStructurally(to).isTyVar()) to = Ty();
    }
    if (!to) to = nextTyVar(e->span);
    CoerceMany c(to);
    for (const hir::Expr *x : e->elems) {
      Ty t = checkExpr(x, Expectation::hasType(to));
      c.coerce(*this, Cause(x->span), x, t);
    }
    elem = c.complete(*this);
  }
  return tcx.mkArray(elem, uint64_t(e->elems.size()));
}

Ty FnCtxt::checkRepeat(const hir::RepeatExpr *e, Expectation expected) {
  Const count = resolve(normalize(Cause(e->count->span), lowerConstArg(e->count, tcx.common.usize)));
  results.constArgs[e->id] = count;
  Ty uty = expected.kind == ExpectKind::HasType ? builtinIndex(resolve(expected.ty)) : Ty();
  Ty elem;
  if (uty) {
    checkExprCoercible(e->elem, uty);
    elem = uty;
  } else {
    Ty v = nextTyVar(e->elem->span);
    Ty t = checkExprHasType(e->elem, v);
    if (hasErr(resolve(t))) return error();
    elem = v;
  }
  root.repeats.push_back({e->elem, elem, count});
  return tcx.mkArray(elem, count);
}

Ty FnCtxt::checkAddrOf(const hir::AddrOfExpr *e, Expectation expected) {
  Expectation hint;
  if (std::optional<Ty> t = onlyHasType(expected)) {
    Ty r = tryStructurally(*t);
    if (r.is(TyKind::Ref) || r.is(TyKind::RawPtr)) {
      // A place's type is exactly what is borrowed; a value may still be unsized or coerced.
      hint = isPlaceExpr(e->operand) ? Expectation::hasType(r.inner()) : rvalueHint(r.inner());
    }
  }
  if (isPlaceExpr(e->operand)) root.unreadPlaces.insert(e->operand->id);
  Ty t = checkExprWithNeeds(e->operand, hint, maybeMutPlace(e->mut));
  if (hasErr(t)) return error();
  if (e->borrow == ast::BorrowKind::Raw) {
    if (!isNamedPlace(e->operand)) err(e->operand->span, "E0745", "cannot take address of a temporary").label(e->operand->span, "temporary value");
    return tcx.mkPtr(t, e->mut);
  }
  if (e->borrow == ast::BorrowKind::Pin) return unsupported(e->span, "`&pin`");
  return tcx.mkRef(tcx.common.erased, t, e->mut);
}

Ty FnCtxt::checkAssign(const hir::AssignExpr *e, Expectation expected) {
  if (std::optional<Ty> t = onlyHasType(expected); t && *t == tcx.common.bool_) {
    checkExpr(e->lhs);
    checkExpr(e->rhs);
    reportMismatch(Cause(e->span), tcx.common.bool_, tcx.common.unit);
    return error();
  }
  if (isPlaceExpr(e->lhs)) root.unreadPlaces.insert(e->lhs->id);
  Ty l = checkExprWithNeeds(e->lhs, Expectation::none(), Needs::MutPlace);
  Ty r = checkExpr(e->rhs, Expectation::hasType(l));
  r = demandCoerce(e->rhs, r, l);
  checkAssignable(e->lhs, "E0070", e->eqSpan);
  requireSized(l, Cause(e->lhs->span, CauseCode::ConstSized));
  if (hasErr(resolve(l)) || hasErr(resolve(r))) return error();
  return tcx.common.unit;
}

void FnCtxt::checkAssignable(const hir::Expr *lhs, const char *code, Span opSpan) {
  if (isPlaceExpr(lhs)) return;
  err(opSpan, code, "invalid left-hand side of assignment").label(lhs->span, "cannot assign to this expression");
}

// A place that is no temporary: projections of one, or of what was dereferenced on the way.
bool FnCtxt::isNamedPlace(const hir::Expr *e) {
  const hir::Expr *base = nullptr;
  if (const hir::FieldExpr *f = dyn_cast<hir::FieldExpr>(e)) base = f->base;
  if (const hir::IndexExpr *i = dyn_cast<hir::IndexExpr>(e)) base = i->base;
  if (!base) return isPlaceExpr(e);
  for (const Adjustment &a : results.adjustmentsOf(base))
    if (a.kind == AdjustKind::Deref) return true;
  return isNamedPlace(base);
}

// Syntactic places (Reference: expressions, "Place expressions"); what a path names was resolved before.
bool FnCtxt::isPlaceExpr(const hir::Expr *e) {
  switch (e->kind) {
  case ExprKind::Path: {
    const hir::QPath &p = cast<hir::PathExpr>(e)->path;
    if (p.kind != hir::QPathKind::Resolved) return false;
    Res r = p.path->res;
    return r.kind == ResKind::Local || r.kind == ResKind::Err || r.isDef(DefKind::Static);
  }
  case ExprKind::Ascribe: return isPlaceExpr(cast<hir::AscribeExpr>(e)->operand);
  case ExprKind::UnsafeBinderCast: return isPlaceExpr(cast<hir::UnsafeBinderCastExpr>(e)->operand);
  case ExprKind::Unary: return cast<hir::UnaryExpr>(e)->op == ast::UnOp::Deref;
  case ExprKind::Field: case ExprKind::Index: case ExprKind::Err: return true;
  default: return false;
  }
}

} // namespace ferric::typeck
