// `async` blocks and `.await` (RFC 2394; Reference: expressions/block-expr, "async blocks", expressions/await-expr). A block is a closure of one
// parameter, the context that its future is polled with; awaiting polls until the future is ready. Where the wait suspends is for a transform
// of coroutines to say, which does not exist yet: the code is checked, not generated.
#include "lower/lowering.h"

namespace ferric::lower {

const hir::Expr *Lowering::asyncBlock(Span span, AstRef ref, hir::CaptureBy capture, ast::BlockId block) {
  hir::ClosureExpr *e = make<hir::ClosureExpr>(span);
  e->def = addDef(DefKind::Closure, span, ref);
  e->capture = capture;
  e->coroutine = ast::CoroutineKind::Async;
  e->declSpan = span;
  DefId outerParent = std::exchange(parentDef_, e->def);
  size_t mark = ribs_.mark();
  ribs_.pushBarrier(Barrier::Closure);
  ElideRib outerElide = elide_;
  elide_ = ElideRib();
  elide_.kind = ElideKind::Infer;

  hir::LocalId context;
  hir::Param p;
  p.id = newId();
  p.span = p.tySpan = span;
  p.pat = bindingPat(span, dummyIdent("_task_context"), context);
  e->params = arr({p});
  e->decl.inputs = arr({pathTy(span, langItemPath("ResumeTy", span))});
  e->decl.outputSpan = span;

  {
    SeparateControlFlow separate(*this, /*inClosure=*/true, context);
    e->body = blockAsExpr(block);
  }
  elide_ = outerElide;
  ribs_.reset(mark);
  parentDef_ = outerParent;
  return e;
}

// match IntoFuture::into_future(e) { mut awaitee => loop {
//   match unsafe { Future::poll(Pin::new_unchecked(&mut awaitee), get_context(context)) } { Ready(result) => break result, Pending => {} } } }
const hir::Expr *Lowering::awaitExpr(ast::ExprId id, const ast::AwaitExpr &a) {
  Span whole = ast.exprs[id].span;
  if (!taskContext_) {
    error(a.awaitSpan, "E0728", "`await` is only allowed inside `async` functions and blocks").label(a.awaitSpan, "only allowed inside `async` functions and blocks");
    return make<hir::ErrExpr>(whole);
  }
  const hir::Expr *operand = expr(a.operand);
  Span span = desugared(whole, DesugaringKind::Await);
  hir::LocalId awaitee, result;
  Ident awaiteeIdent = dummyIdent("__awaitee"), resultIdent = dummyIdent("result");
  const hir::Pat *awaiteePat = bindingPat(span, awaiteeIdent, awaitee, true);
  hir::LoopExpr *loop = make<hir::LoopExpr>(span);
  loop->source = hir::LoopSource::Loop;
  targets_[loop->id] = Target{loop->id, true, false, hir::LoopSource::Loop};
  const hir::Expr *pinned = callLang("new_unchecked", span, {addrOf(span, localExpr(span, awaiteeIdent, awaitee), hir::Mutability::Mut)});
  const hir::Expr *context = callLang("get_context", span, {localExpr(span, dummyIdent("_task_context"), *taskContext_)});
  const hir::Expr *poll = blockToExpr(makeBlock(span, {}, callLang("poll", span, {pinned, context}), hir::BlockSafety::CompilerUnsafe));
  const hir::Pat *resultPat = bindingPat(span, resultIdent, result);
  const hir::Arm *ready = arm(span, variantPat("Ready", span, resultPat), breakTo(span, loop->id, localExpr(span, resultIdent, result)));
  const hir::Arm *pending = arm(span, variantPat("Pending", span, nullptr), blockToExpr(makeBlock(span, {}, nullptr)));
  const hir::Expr *step = matchOf(span, poll, {ready, pending}, hir::MatchSource::Normal);
  loop->body = makeBlock(span, {exprStmt(step, hir::StmtKind::Expr)}, nullptr);
  return matchOf(span, callLang("into_future", span, {operand}), {arm(span, awaiteePat, loop)}, hir::MatchSource::Normal);
}

} // namespace ferric::lower
