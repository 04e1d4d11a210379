// What is expected against what is there: E0308 and its labels (rustc_hir_typeck::demand, rustc_trait_selection::error_reporting).
#include "typeck/fn_ctxt.h"

namespace ferric::typeck {

bool FnCtxt::demandEq(const Cause &c, Ty expected, Ty actual) {
  if (eq(expected, actual)) return true;
  reportMismatch(c, expected, actual);
  return false;
}

Ty FnCtxt::demandCoerce(const hir::Expr *e, Ty actual, Ty expected, bool twoPhase) {
  expected = tryStructurally(expected);
  Ty result;
  if (coerce(e, actual, expected, twoPhase, result)) return result;
  reportMismatch(Cause(e->span), expected, actual, e);
  return expected;
}

static const char *articleFor(const std::string &s) {
  return !s.empty() && std::strchr("aeiou", s[0]) ? "an" : "a";
}

// "integer", "struct `Foo`", "`u8`": how a type is called in labels.
static std::string describe(FnCtxt &f, Ty t) {
  switch (t.kind()) {
  case TyKind::Infer:
    if (t.inferKind() == ty::InferKind::Int) return "integer";
    if (t.inferKind() == ty::InferKind::Float) return "floating-point number";
    return "type";
  case TyKind::Closure: return "closure";
  case TyKind::FnDef: return "fn item";
  case TyKind::Param: return "type parameter `" + f.str(t) + "`";
  case TyKind::Alias: return t.aliasKind() == AliasKind::Opaque ? "opaque type" : "associated type";
  default: return "`" + f.str(t) + "`";
  }
}

void FnCtxt::reportMismatch(const Cause &c, Ty expected, Ty found, const hir::Expr *e) {
  expected = resolve(expected);
  found = resolve(found);
  root.setTainted();
  if (hasErr(expected) || hasErr(found)) return;
  std::string exp = describe(*this, expected), fnd = describe(*this, found);
  if (exp == fnd) {
    exp = "`" + ty::show(tcx, expected, {ty::PathStyle::Full}) + "`";
    fnd = "`" + ty::show(tcx, found, {ty::PathStyle::Full}) + "`";
  }
  std::string label = "expected " + exp + ", found " + fnd;
  switch (c.code) {
  case CauseCode::IfWithoutElse:
    err(c.span, "E0317", "`if` may be missing an `else` clause").label(c.span, label)
        .note("`if` expressions without `else` evaluate to `()`").help("consider adding an `else` block that evaluates to the expected type");
    return;
  case CauseCode::ReturnNoExpression:
    err(c.span, "E0069", "`return;` in a function whose return type is not `()`").label(c.span, "return type is not `()`");
    return;
  case CauseCode::IfExpr: err(c.span, "E0308", "`if` and `else` have incompatible types").label(c.span, label); return;
  case CauseCode::MatchArm: err(c.span, "E0308", "`match` arms have incompatible types").label(c.span, label); return;
  case CauseCode::LetElse:
    err(c.span, "E0308", "`else` clause of `let...else` does not diverge").label(c.span, "expected `!`, found " + fnd)
        .help("try adding a diverging expression, such as `return` or `panic!(..)`");
    return;
  default: break;
  }
  diag::Builder d = err(c.span, "E0308", "mismatched types");
  d.label(c.span, label);
  if (expected.is(TyKind::Ref) && !found.is(TyKind::Ref) && canEq(expected.inner(), found))
    d.help(Twine("consider ") + (expected.mut() == Mutability::Mut ? "mutably " : "") + "borrowing here");
  else if (found.is(TyKind::Ref) && canEq(found.inner(), expected))
    d.help("consider dereferencing the borrow");
  if (c.code == CauseCode::ReturnValue && !retSpan.isDummy() && !(retSpan == c.span))
    d.label(retSpan, "expected " + exp + " because of return type");
  d.emit();
  (void)articleFor;
  (void)e;
}

} // namespace ferric::typeck
