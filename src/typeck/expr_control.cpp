// Control flow: blocks, statements, `let`, `if`, `match`, loops, `break`, `return` (rustc_hir_typeck::{_match, fn_ctxt::checks, expr}).
// Divergence is tracked along evaluation: a block whose end is not reached needs no value.
#include "typeck/fn_ctxt.h"
#include "typeck/walk.h"

namespace ferric::typeck {

std::vector<BreakableCtxt>::iterator FnCtxt::findBreakable(HirId id) {
  for (size_t i = breakables.size(); i-- > 0;)
    if (breakables[i].id == id) return breakables.begin() + i;
  return breakables.end();
}

// ---- blocks ----
Ty FnCtxt::checkBlock(const hir::Block *b, Expectation expected, HirId breakId) {
  Diverges prev = diverges;
  breakables.push_back({breakId, CoerceMany(coercionTarget(expected, b->span)), false});
  size_t depth = breakables.size();
  for (const hir::Stmt &s : b->stmts) checkStmt(s);
  if (b->expr) {
    Ty t = checkExpr(b->expr, expected);
    CoerceMany c = std::move(*breakables[depth - 1].coerce);
    c.coerce(*this, Cause(b->expr->span, CauseCode::BlockTail), b->expr, t);
    breakables[depth - 1].coerce = std::move(c);
  } else if (diverges != Diverges::Always) {
    CoerceMany c = std::move(*breakables[depth - 1].coerce);
    c.coerceForcedUnit(*this, Cause(blockUnitSpan(b), CauseCode::Misc));
    breakables[depth - 1].coerce = std::move(c);
  }
  BreakableCtxt ctxt = std::move(breakables.back());
  breakables.pop_back();
  // `'a: { .. break 'a; }`: what follows the block is reachable although its end is not.
  if (ctxt.mayBreak) diverges = prev;
  Ty t = ctxt.coerce->complete(*this);
  writeTy(b->id, t);
  return t;
}

// A function body without a value is blamed on its return type.
Span FnCtxt::blockUnitSpan(const hir::Block *b) {
  const hir::BlockExpr *body = dyn_cast<hir::BlockExpr>(root.body.value);
  if (body && body->block == b && !retSpan.isDummy()) return retSpan;
  return b->span;
}

void FnCtxt::checkBlockNoValue(const hir::Block *b) {
  Ty t = checkBlock(b, Expectation::hasType(tcx.common.unit), b->id);
  if (!t.isNever()) demandSuptype(Cause(b->span), tcx.common.unit, t);
}

void FnCtxt::checkStmt(const hir::Stmt &s) {
  if (s.kind == StmtKind::Item) return;
  Diverges old = diverges;
  diverges = Diverges::Maybe;
  if (s.kind == StmtKind::Let) {
    const hir::LetStmt *l = s.let;
    gatherDecl(l->id, l->pat, l->ty, l->span);
    Ty t = checkDecl(l->id, l->pat, l->ty, l->init, l->otherwise, l->span);
    writeTy(l->id, t);
    if (l->pat->kind == PatKind::Never) diverges = Diverges::Always;
  } else if (s.kind == StmtKind::Expr) {
    checkExprHasType(s.expr, tcx.common.unit);
  } else {
    checkExpr(s.expr);
  }
  diverges = diverges | old;
}

// ---- declarations ----
void FnCtxt::gatherDecl(HirId id, const hir::Pat *pat, const hir::Ty *ty, Span s) {
  assignLocal(s, id, ty ? lowerTy(ty) : Ty());
  gatherLocals(pat);
}

static void overwriteIfErr(FnCtxt &f, HirId id, const hir::Pat *pat, Ty t) {
  if (!f.hasErr(f.resolve(t))) return;
  Ty e = f.error();
  f.writeTy(id, e);
  f.writeTy(pat->id, e);
  forEachBinding(pat, false, [&](const hir::BindingPat *b) {
    f.writeTy(b->id, e);
    // The variable may have been used already: equate it rather than replace it.
    f.eq(f.localTy(b->id, b->span), e);
    f.root.locals[b->id] = e;
  });
  f.root.locals[id] = e;
}

Ty FnCtxt::checkDecl(HirId id, const hir::Pat *pat, const hir::Ty *ty, const hir::Expr *init, const hir::Block *otherwise, Span s, bool isLet) {
  Ty declTy = localTy(id, s);
  if (init) {
    if (pat->kind == PatKind::Wild && isPlaceExpr(init)) root.unreadPlaces.insert(init->id);
    Ty t;
    // `ref` bindings take the place as it is: no coercion.
    if (int ref = explicitRefBinding(pat)) {
      t = checkExprWithNeeds(init, Expectation::none(), ref == 2 ? Needs::MutPlace : Needs::None);
      if (!eq(declTy, t)) reportMismatch(Cause(init->span), declTy, t, init);
    } else {
      t = checkExprCoercible(init, declTy);
    }
    overwriteIfErr(*this, id, pat, t);
  }
  Span expectedSpan = ty ? ty->span : init ? init->span : Span();
  checkPatTop(pat, declTy, expectedSpan, ty ? nullptr : init, isLet && !otherwise);
  overwriteIfErr(*this, id, pat, nodeTy(pat->id));
  if (otherwise) {
    Diverges prev = diverges;
    Ty t = checkBlock(otherwise, Expectation::none(), otherwise->id);
    if (!eq(tcx.common.never, t)) reportMismatch(Cause(otherwise->span, CauseCode::LetElse), tcx.common.never, t);
    diverges = prev;
  }
  return declTy;
}

Ty FnCtxt::checkLet(const hir::LetExpr *e) {
  gatherDecl(e->id, e->pat, e->ty, e->span);
  checkDecl(e->id, e->pat, e->ty, e->init, nullptr, e->span, false);
  return tcx.common.bool_;
}

// ---- branches ----
Ty FnCtxt::checkIf(const hir::IfExpr *e, Expectation original) {
  Ty condTy = checkExprHasType(e->cond, tcx.common.bool_);
  Diverges condDiverges = diverges;
  diverges = Diverges::Maybe;
  Expectation expected = adjustForBranches(original);
  Ty thenTy = checkExpr(e->then, expected);
  Diverges thenDiverges = diverges;
  diverges = Diverges::Maybe;
  CoerceMany c(coercionTarget(expected, e->span));
  c.coerce(*this, Cause(e->span), e->then, thenTy);
  if (e->otherwise) {
    Ty elseTy = checkExpr(e->otherwise, expected);
    c.coerce(*this, Cause(tailSpan(e->otherwise), CauseCode::IfExpr), e->otherwise, elseTy);
    diverges = condDiverges | (thenDiverges & diverges);
  } else {
    c.coerceForcedUnit(*this, Cause(e->span, CauseCode::IfWithoutElse));
    diverges = condDiverges;
  }
  Ty t = c.complete(*this);
  return hasErr(resolve(condTy)) ? error() : t;
}

// Where the value of a block comes from: its last expression.
Span FnCtxt::tailSpan(const hir::Expr *e) {
  while (const hir::BlockExpr *b = dyn_cast<hir::BlockExpr>(e)) {
    if (!b->block->expr) return b->block->stmts.empty() ? b->span : b->block->stmts.back().span;
    e = b->block->expr;
  }
  return e->span;
}

Ty FnCtxt::checkMatch(const hir::MatchExpr *e, Expectation original) {
  // `ref` bindings in any arm make the scrutinee a place of exactly its type.
  int refs = 0;
  for (const hir::Arm *a : e->arms) refs = std::max(refs, explicitRefBinding(a->pat));
  Ty scrutTy;
  if (refs) {
    scrutTy = checkExprWithNeeds(e->scrutinee, Expectation::none(), refs == 2 ? Needs::MutPlace : Needs::None);
  } else if (e->arms.empty()) {
    scrutTy = checkExpr(e->scrutinee);
  } else {
    scrutTy = nextTyVar(e->scrutinee->span);
    checkExprHasType(e->scrutinee, scrutTy);
  }
  if (e->arms.empty()) {
    diverges = Diverges::Always;
    return tcx.common.never;
  }
  Diverges scrutDiverges = diverges;
  diverges = Diverges::Maybe;
  for (const hir::Arm *a : e->arms) {
    gatherLocals(a->pat);
    checkPatTop(a->pat, scrutTy, e->scrutinee->span, e->scrutinee);
  }
  Diverges all = Diverges::Always;
  Expectation expected = adjustForBranches(original);
  Ty first = expected.kind == ExpectKind::HasType && expected.ty != tcx.common.unit ? expected.ty : nextTyVar(e->span);
  CoerceMany c(first);
  bool isFirst = true;
  for (const hir::Arm *a : e->arms) {
    diverges = Diverges::Maybe;
    if (a->guard) {
      checkExprHasType(a->guard, tcx.common.bool_);
      // The guard's divergence does not make the arm diverge: it is only evaluated when the pattern matches.
    }
    Ty t = checkExpr(a->body, expected);
    all = all & diverges;
    c.coerce(*this, Cause(tailSpan(a->body), isFirst ? CauseCode::BlockTail : CauseCode::MatchArm), a->body, t);
    isFirst = false;
  }
  diverges = scrutDiverges | all;
  return c.complete(*this);
}

// ---- loops and jumps ----
Ty FnCtxt::checkLoop(const hir::LoopExpr *e, Expectation expected) {
  BreakableCtxt ctxt{e->id, std::nullopt, false};
  if (e->source == hir::LoopSource::Loop) ctxt.coerce = CoerceMany(coercionTarget(expected, e->body->span));
  breakables.push_back(std::move(ctxt));
  checkBlockNoValue(e->body);
  ctxt = std::move(breakables.back());
  breakables.pop_back();
  diverges = ctxt.mayBreak ? Diverges::Maybe : Diverges::Always;
  return ctxt.coerce ? ctxt.coerce->complete(*this) : tcx.common.unit;
}

Ty FnCtxt::checkBreak(const hir::BreakExpr *e) {
  if (!e->target) {
    if (e->value) checkExpr(e->value);
    return error();
  }
  std::vector<BreakableCtxt>::iterator it = findBreakable(e->target);
  if (it == breakables.end()) {
    if (e->value) checkExpr(e->value);
    return error();
  }
  size_t at = size_t(it - breakables.begin());
  Ty t = tcx.common.unit;
  if (e->value) {
    Ty to = it->coerce ? it->coerce->expected() : tcx.common.error;
    t = checkExpr(e->value, Expectation::hasType(to));
    if (!breakables[at].coerce) {
      err(e->span, "E0571", "`break` with value from a `while` or `for` loop").label(e->span, "can only break with a value inside `loop` or breakable block");
      return tcx.common.never;
    }
  }
  if (breakables[at].coerce) {
    CoerceMany c = std::move(*breakables[at].coerce);
    if (e->value) c.coerce(*this, Cause(e->value->span), e->value, t);
    else c.coerceForcedUnit(*this, Cause(e->span), false, e);
    breakables[at].coerce = std::move(c);
  }
  breakables[at].mayBreak |= diverges != Diverges::Always;
  return tcx.common.never;
}

Ty FnCtxt::checkReturn(const hir::RetExpr *e) {
  if (!retCoercion) {
    err(e->span, "E0572", "return statement outside of function body");
    if (e->value) checkExpr(e->value);
  } else if (e->value) {
    checkReturnOrTail(e->value, true);
  } else {
    CoerceMany c = std::move(*retCoercion);
    c.coerceForcedUnit(*this, Cause(e->span, CauseCode::ReturnNoExpression), true);
    retCoercion = std::move(c);
  }
  return tcx.common.never;
}

Ty FnCtxt::checkBecome(const hir::BecomeExpr *e) {
  if (!retCoercion) {
    err(e->span, "E0572", "become statement outside of function body");
    checkExpr(e->value);
    return tcx.common.never;
  }
  Ty ret = retCoercion->expected();
  demandSuptype(Cause(e->span), ret, checkExpr(e->value, Expectation::hasType(ret)));
  return tcx.common.never;
}

void FnCtxt::checkReturnOrTail(const hir::Expr *e, bool explicitReturn) {
  Ty t = checkExpr(e, Expectation::hasType(retCoercion->expected()));
  Span span = e->span;
  if (!explicitReturn)
    if (const hir::BlockExpr *b = dyn_cast<hir::BlockExpr>(e); b && b->block->expr) span = b->block->expr->span;
  CoerceMany c = std::move(*retCoercion);
  c.coerce(*this, Cause(span, CauseCode::ReturnValue), e, t);
  retCoercion = std::move(c);
}

// Whether evaluating `e` in its place reads a value of its type: a place of type `!` that is only borrowed or assigned to does not
// (rustc_hir_typeck TyCtxt::expr_guaranteed_to_constitute_read_for_never). Parents are not known here: places that can be unread are
// recorded when their parents are checked.
bool FnCtxt::guaranteedRead(const hir::Expr *e) {
  if (!isPlaceExpr(e)) return true;
  return !root.unreadPlaces.count(e->id);
}

} // namespace ferric::typeck
