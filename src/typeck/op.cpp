// Operators (Reference: operator-expr; rustc_hir_typeck::op). The trait method is looked up first with the right operand a
// variable, which makes the right side a coercion site with an expectation; built-in operand types then fix the result.
#include "typeck/autoderef.h"

namespace ferric::typeck {

using ast::BinOp; using ast::UnOp;

namespace {
enum class Category : uint8_t { Shortcircuit, Shift, Math, Bitwise, Comparison };

Category categoryOf(BinOp op) {
  switch (op) {
  case BinOp::And: case BinOp::Or: return Category::Shortcircuit;
  case BinOp::Shl: case BinOp::Shr: return Category::Shift;
  case BinOp::Add: case BinOp::Sub: case BinOp::Mul: case BinOp::Div: case BinOp::Rem: return Category::Math;
  case BinOp::BitXor: case BinOp::BitAnd: case BinOp::BitOr: return Category::Bitwise;
  case BinOp::Eq: case BinOp::Ne: case BinOp::Lt: case BinOp::Le: case BinOp::Gt: case BinOp::Ge: return Category::Comparison;
  }
  UNREACHABLE("binary operator");
}

// Method and language item of an overloadable operator; comparisons share a trait.
struct OpTrait { Symbol method, lang; const char *text; };
OpTrait opTrait(BinOp op, bool assign) {
  switch (op) {
  case BinOp::Add: return assign ? OpTrait{sym::add_assign, sym::add_assign, "+="} : OpTrait{sym::add, sym::add, "+"};
  case BinOp::Sub: return assign ? OpTrait{sym::sub_assign, sym::sub_assign, "-="} : OpTrait{sym::sub, sym::sub, "-"};
  case BinOp::Mul: return assign ? OpTrait{sym::mul_assign, sym::mul_assign, "*="} : OpTrait{sym::mul, sym::mul, "*"};
  case BinOp::Div: return assign ? OpTrait{sym::div_assign, sym::div_assign, "/="} : OpTrait{sym::div, sym::div, "/"};
  case BinOp::Rem: return assign ? OpTrait{sym::rem_assign, sym::rem_assign, "%="} : OpTrait{sym::rem, sym::rem, "%"};
  case BinOp::BitXor: return assign ? OpTrait{sym::bitxor_assign, sym::bitxor_assign, "^="} : OpTrait{sym::bitxor, sym::bitxor, "^"};
  case BinOp::BitAnd: return assign ? OpTrait{sym::bitand_assign, sym::bitand_assign, "&="} : OpTrait{sym::bitand_, sym::bitand_, "&"};
  case BinOp::BitOr: return assign ? OpTrait{sym::bitor_assign, sym::bitor_assign, "|="} : OpTrait{sym::bitor_, sym::bitor_, "|"};
  case BinOp::Shl: return assign ? OpTrait{sym::shl_assign, sym::shl_assign, "<<="} : OpTrait{sym::shl, sym::shl, "<<"};
  case BinOp::Shr: return assign ? OpTrait{sym::shr_assign, sym::shr_assign, ">>="} : OpTrait{sym::shr, sym::shr, ">>"};
  case BinOp::Eq: return {sym::eq, sym::eq, "=="};
  case BinOp::Ne: return {sym::ne, sym::eq, "!="};
  case BinOp::Lt: return {sym::lt, sym::partial_ord, "<"};
  case BinOp::Le: return {sym::le, sym::partial_ord, "<="};
  case BinOp::Gt: return {sym::gt, sym::partial_ord, ">"};
  case BinOp::Ge: return {sym::ge, sym::partial_ord, ">="};
  default: UNREACHABLE("`&&` and `||` are not overloadable");
  }
}

Ty derefShared(Ty t) { return t.is(TyKind::Ref) && t.mut() == Mutability::Not ? t.inner() : t; }

bool isBuiltinBinop(Ty l, Ty r, Category c) {
  l = derefShared(l);
  r = derefShared(r);
  if (l.has(ty::kHasError) || r.has(ty::kHasError)) return true;
  bool ints = l.isIntegral() && r.isIntegral(), floats = l.isFloating() && r.isFloating();
  switch (c) {
  case Category::Shortcircuit: return true;
  case Category::Shift: return ints;
  case Category::Math: return ints || floats;
  case Category::Bitwise: return ints || floats || (l.isBool() && r.isBool());
  case Category::Comparison: return l.isScalar() && r.isScalar();
  }
  return false;
}

struct BinopCheck {
  FnCtxt &f;
  const hir::Expr *expr, *lhs, *rhs;
  BinOp op;
  Span opSpan;
  bool assign;
  Expectation expected;
  Ty lhsTy, rhsTy, ret;

  void run() {
    lhsTy = f.checkExpr(lhs);
    if (!assign) lhsTy = f.demandCoerce(lhs, lhsTy, f.nextTyVar(lhs->span));
    lhsTy = f.tryStructurally(lhsTy);
    Ty rhsVar = f.nextTyVar(rhs->span);
    OpTrait t = opTrait(op, assign);
    DefId trait = f.tcx.langItem(t.lang);
    std::optional<MethodCallee> m;
    if (trait) m = f.lookupMethodInTrait(Cause(opSpan, CauseCode::BinOp), t.method, trait, lhsTy, rhsVar);
    if (m) f.selectWherePossible();
    rhsTy = f.tryStructurally(f.checkExprCoercible(rhs, rhsVar));
    if (m) {
      succeed(*m);
      return;
    }
    if (f.hasErr(f.resolve(lhsTy)) || f.hasErr(f.resolve(rhsTy))) ret = f.error();
    else fail(t);
  }

  void succeed(const MethodCallee &m) {
    bool byRef = categoryOf(op) == Category::Comparison;
    if ((assign || byRef) && m.sig.inputs()[0].is(TyKind::Ref)) {
      autoref(lhs, m.sig.inputs()[0], false);
      if (byRef && m.sig.inputs()[1].is(TyKind::Ref)) autoref(rhs, m.sig.inputs()[1], true);
    }
    f.writeMethodCall(expr->id, m);
    ret = m.sig.output();
  }

  // The right operand was coerced already: its adjustments get one more.
  void autoref(const hir::Expr *e, Ty to, bool append) {
    Adjustment a;
    a.kind = AdjustKind::Borrow;
    a.target = to;
    a.mut = to.mut();
    a.twoPhase = to.mut() == Mutability::Mut;
    if (append) f.results.adjustments[e->id].push_back(a);
    else f.applyAdjustments(e, {a});
  }

  void fail(const OpTrait &t) {
    std::string l = f.str(lhsTy), r = f.str(rhsTy);
    if (assign) {
      f.err(expr->span, "E0368", Twine("binary assignment operation `") + t.text + "` cannot be applied to type `" + l + "`")
          .label(lhs->span, Twine("cannot use `") + t.text + "` on type `" + l + "`");
    } else if (categoryOf(op) == Category::Comparison && f.resolve(lhsTy).isTyVar()) {
      f.mustBeKnown(lhs->span, lhsTy);
    } else {
      bool rhsUnknown = f.resolve(rhsTy).isTyVar();
      std::string what = categoryOf(op) == Category::Comparison ? "binary operation `" + std::string(t.text) + "` cannot be applied to type `" + l + "`"
                                                                : "no implementation for `" + l + " " + t.text + " " + (rhsUnknown ? "_" : r) + "`";
      if (categoryOf(op) != Category::Comparison) what = describe(t, l, r);
      f.err(opSpan, "E0369", what).label(lhs->span, l).label(rhs->span, r);
    }
    ret = f.error();
  }

  std::string describe(const OpTrait &t, const std::string &l, const std::string &r) {
    switch (op) {
    case BinOp::Add: return "cannot add `" + r + "` to `" + l + "`";
    case BinOp::Sub: return "cannot subtract `" + r + "` from `" + l + "`";
    case BinOp::Mul: return "cannot multiply `" + l + "` by `" + r + "`";
    case BinOp::Div: return "cannot divide `" + l + "` by `" + r + "`";
    case BinOp::Rem: return "cannot calculate the remainder of `" + l + "` divided by `" + r + "`";
    default: return "no implementation for `" + l + " " + t.text + " " + r + "`";
    }
  }

  // Equates what the built-in operator equates; its result.
  Ty enforceBuiltin() {
    Ty l = derefShared(lhsTy), r = derefShared(rhsTy);
    switch (categoryOf(op)) {
    case Category::Shift: return l;
    case Category::Comparison: f.demandSuptype(Cause(rhs->span, CauseCode::BinOp), l, r); return f.tcx.common.bool_;
    default: f.demandSuptype(Cause(rhs->span, CauseCode::BinOp), l, r); return l;
    }
  }
  bool builtin() { return !lhsTy.isTyVar() && !rhsTy.isTyVar() && isBuiltinBinop(lhsTy, rhsTy, categoryOf(op)); }
};
} // namespace

Ty FnCtxt::checkBinop(const hir::BinaryExpr *e, Expectation expected) {
  if (categoryOf(e->op) == Category::Shortcircuit) {
    checkExprCoercible(e->lhs, tcx.common.bool_);
    Diverges lhsDiverges = diverges;
    checkExprCoercible(e->rhs, tcx.common.bool_);
    diverges = lhsDiverges;
    return tcx.common.bool_;
  }
  BinopCheck c{*this, e, e->lhs, e->rhs, e->op, e->opSpan, false, expected};
  c.run();
  if (!c.builtin()) return c.ret;
  Ty r = c.enforceBuiltin();
  demandEq(Cause(e->span), r, c.ret);
  return r;
}

Ty FnCtxt::checkAssignOp(const hir::AssignOpExpr *e, Expectation expected) {
  BinopCheck c{*this, e, e->lhs, e->rhs, e->op, e->opSpan, true, expected};
  c.run();
  Ty r = c.ret;
  if (c.builtin()) {
    c.enforceBuiltin();
    r = tcx.common.unit;
  }
  checkAssignable(e->lhs, "E0067", e->opSpan);
  return r;
}

Ty FnCtxt::checkUserUnop(const hir::UnaryExpr *e, Ty operand) {
  Symbol name = e->op == UnOp::Not ? sym::not_ : sym::neg;
  DefId trait = tcx.langItem(name);
  std::optional<MethodCallee> m;
  if (trait) m = lookupMethodInTrait(Cause(e->span, CauseCode::UnOp), name, trait, operand, std::nullopt);
  if (m) {
    selectWherePossible();
    writeMethodCall(e->id, *m);
    return m->sig.output();
  }
  Ty actual = resolve(operand);
  if (hasErr(actual)) return error();
  const char *op = e->op == UnOp::Not ? "!" : "-";
  diag::Builder d = err(e->span, "E0600", Twine("cannot apply unary operator `") + op + "` to type `" + str(actual) + "`");
  d.label(e->span, Twine("cannot apply unary operator `") + op + "`");
  if (actual.is(TyKind::Uint) && e->op == UnOp::Neg) d.note("unsigned values cannot be negated");
  d.emit();
  return error();
}

Ty FnCtxt::checkUnary(const hir::UnaryExpr *e, Expectation expected) {
  Ty t = checkExpr(e->operand, e->op == UnOp::Deref ? Expectation::none() : expected);
  if (hasErr(t)) return error();
  t = structurally(e->span, t);
  if (hasErr(t)) return error();
  if (e->op == UnOp::Deref) {
    if (std::optional<Ty> r = lookupDeref(e, e->operand, t)) return *r;
    err(e->span, "E0614", "type `" + str(t) + "` cannot be dereferenced").label(e->span, "can't be dereferenced");
    return error();
  }
  Ty r = checkUserUnop(e, t);
  if (e->op == UnOp::Not) return t.isIntegral() || t.isBool() ? t : r;
  return t.isNumeric() ? t : r;
}

} // namespace ferric::typeck
