// Blocks and statements (rustc_mir_build::builder::{block, expr::stmt}). Each `let` opens a scope that lasts to the end of
// the block, so that variables are dropped in reverse order of declaration.
#include "mir_build/builder.h"

namespace ferric::mir_build {

void Builder::astBlock(const Place &dest, BlockId &block, Block *b, SourceInfo source) {
  inScope(b->scope, block, [&] {
    if (!b->targetedByBreak) {
      blockStmts(dest, block, b);
      return;
    }
    inBreakableScope(BlockId(), dest, b->span, block, [&] {
      blockStmts(dest, block, b);
      return true;
    });
  });
}

void Builder::blockStmts(const Place &dest, BlockId &block, Block *b) {
  ScopeId outerSource = sourceScope;
  SourceInfo source = sourceInfo(b->span);
  llvm::SmallVector<RegionScope, 8> lets;
  RegionScope lastRemainder = b->scope;
  for (const Stmt &cs : b->stmts) {
    Stmt &s = const_cast<Stmt &>(cs);
    if (s.kind == StmtKind::Expr) {
      inScope(s.scope, block, [&] { stmtExpr(block, s.expr, s.scope); });
      continue;
    }
    if (s.otherwise)
      letElse(dest, block, s, lastRemainder, source);
    else
      letStmt(block, s, source);
    lets.push_back(s.remainder);
    lastRemainder = s.remainder;
  }
  Ty destTy = placeTy(dest);
  if (b->expr)
    exprInto(dest, block, b->expr);
  else if (destTy.isUnit() || (destTy.is(TyKind::Alias) && destTy.aliasKind() == ty::AliasKind::Opaque))
    assignUnit(block, source, dest);
  for (RegionScope s : llvm::reverse(lets))
    popScope(s, block);
  sourceScope = outerSource;
}

void Builder::letStmt(BlockId &block, Stmt &s, SourceInfo source) {
  pushScope(s.remainder);
  ScopeId visibility = newSourceScope(s.remainderSpan);
  if (s.expr) {
    inScope(s.scope, block, [&] {
      declareBindings(visibility, s.remainderSpan, s.pat, nullptr);
      exprIntoPattern(block, s.pat, s.expr);
    });
  } else {
    body.declaresFirst = true;
    inScope(s.scope, block, [&] { declareBindings(visibility, s.remainderSpan, s.pat, nullptr); });
    forEachPrimaryBinding(s.pat, [&](Pat *p) {
      storageLiveBinding(block, p->var, p->span, Guard::Outside, true);
      scheduleDropForBinding(p->var, p->span, Guard::Outside);
    });
  }
  sourceScope = visibility;
}

// The else block is built first, outside of the scope of the variables; failing to match leads to it.
void Builder::letElse(const Place &dest, BlockId &block, Stmt &s, RegionScope lastRemainder, SourceInfo source) {
  Span elseSpan = s.otherwise->span;
  Place dummy = Place(temp(tcx.common.never, elseSpan));
  BlockId failureEntry = newBlock(), failureEnd = failureEntry;
  astBlock(dummy, failureEnd, s.otherwise, sourceInfo(elseSpan));
  terminate(failureEnd, sourceInfo(elseSpan), TerminatorKind::Unreachable);
  pushScope(s.remainder);
  ScopeId visibility = newSourceScope(s.remainderSpan);
  BlockId failure;
  inScope(s.scope, block, [&] {
    declareBindings(visibility, s.remainderSpan, s.pat, nullptr);
    failure = inIfThenScope(lastRemainder, elseSpan, [&] { letExpr(block, s.expr, s.pat, nullptr, s.expr->span, DeclareLets::No); });
  });
  gotoBlock(failure, source, failureEntry);
  sourceScope = visibility;
}

void Builder::stmtExpr(BlockId &block, Expr *e, RegionScope statement) {
  SourceInfo source = sourceInfo(e->span);
  switch (e->kind) {
  case ExprKind::Scope: inScope(e->scope, block, [&] { stmtExpr(block, e->a, statement); }); return;
  case ExprKind::Assign: {
    // The right side is evaluated first (Reference: "Assignment expressions").
    Rvalue rhs = asLocalRvalue(block, e->b);
    Place lhs = asPlace(block, e->a);
    if (needsDrop(e->a->ty))
      dropAndReplace(block, e->a->span, std::move(lhs), std::move(rhs));
    else
      assign(block, source, std::move(lhs), std::move(rhs));
    return;
  }
  case ExprKind::AssignOp: {
    Operand rhs = asLocalOperand(block, e->b);
    Place lhs = asPlace(block, e->a);
    Rvalue r = binaryOp(block, e->binOp, e->span, e->a->ty, Operand::copy(lhs), std::move(rhs));
    assign(block, source, std::move(lhs), std::move(r));
    return;
  }
  case ExprKind::Continue: breakScope(block, nullptr, BreakTarget::Continue, e->scope, source); return;
  case ExprKind::Break: breakScope(block, e->a, BreakTarget::Break, e->scope, source); return;
  case ExprKind::Return: breakScope(block, e->a, BreakTarget::Return, RegionScope(), source); return;
  case ExprKind::Become: unsupported(e->span, "explicit tail calls"); return;
  default: CHECK(statement.valid(), "statement expression without a statement"); asTemp(block, statement, e, Mutability::Not);
  }
}

} // namespace ferric::mir_build
