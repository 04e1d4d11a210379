// Control flow and its desugarings: if, while, for, `?`, try blocks, yeet, ranges, closures, labels and what break and
// continue mean (Reference: loop-expr, "operator-expr: ?"; rustc_ast_lowering::expr; the checks are those of
// rustc_passes::loops). The shapes are rustc's, since type checking and MIR building rely on them.
#include "lower/lowering.h"

namespace ferric::lower {

const hir::Expr *Lowering::ifExpr(ast::ExprId id, const ast::IfExpr &i) {
  hir::IfExpr *e = make<hir::IfExpr>(ast.exprs[id].span);
  size_t mark = ribs_.mark();
  e->cond = expr(i.cond);
  e->then = blockAsExpr(i.then);
  ribs_.reset(mark);
  if (i.otherwise)
    e->otherwise = expr(i.otherwise);
  return e;
}

void Lowering::bindLabel(const ast::Label &label, HirId target) {
  if (!label.valid())
    return;
  Res r;
  r.kind = ResKind::Local;
  r.local = target.raw;
  ribs_.bind(RibSpace::Label, label.ident, r, false);
}

const hir::Expr *Lowering::loopExpr(ast::ExprId id, const ast::LoopExpr &l) {
  hir::LoopExpr *e = make<hir::LoopExpr>(ast.exprs[id].span);
  e->label = l.label.ident;
  e->source = hir::LoopSource::Loop;
  size_t mark = ribs_.mark();
  bindLabel(l.label, e->id);
  Target t{e->id, true, false, hir::LoopSource::Loop};
  targets_[e->id] = t;
  std::optional<Target> outer = std::exchange(loop_, t);
  bool cond = std::exchange(inLoopCondition_, false), labeled = std::exchange(inLabeledBlock_, false);
  e->body = block(l.body);
  loop_ = outer;
  inLoopCondition_ = cond;
  inLabeledBlock_ = labeled;
  ribs_.reset(mark);
  return e;
}

// loop { if cond { body } else { break; } }
const hir::Expr *Lowering::whileLoop(ast::ExprId id, const ast::WhileExpr &w) {
  hir::LoopExpr *e = make<hir::LoopExpr>(ast.exprs[id].span);
  e->label = w.label.ident;
  e->source = hir::LoopSource::While;
  Span span = desugared(e->span, DesugaringKind::WhileLoop);
  size_t mark = ribs_.mark();
  bindLabel(w.label, e->id);
  Target t{e->id, true, false, hir::LoopSource::While};
  targets_[e->id] = t;
  std::optional<Target> outer = std::exchange(loop_, t);
  bool cond = std::exchange(inLoopCondition_, true), labeled = std::exchange(inLabeledBlock_, false);
  hir::IfExpr *i = make<hir::IfExpr>(span);
  i->cond = expr(w.cond);
  inLoopCondition_ = false;
  i->then = blockAsExpr(w.body);
  ribs_.reset(mark);
  const hir::Expr *brk = breakTo(span, e->id, nullptr);
  i->otherwise = blockToExpr(makeBlock(span, {exprStmt(brk, hir::StmtKind::Expr)}, nullptr));
  e->body = makeBlock(span, {}, i);
  loop_ = outer;
  inLoopCondition_ = cond;
  inLabeledBlock_ = labeled;
  return e;
}

// match IntoIterator::into_iter(head) { mut iter => loop { match Iterator::next(&mut iter) { None => break, Some(pat) => body } } }
const hir::Expr *Lowering::forLoop(ast::ExprId id, const ast::ForLoopExpr &f) {
  Span whole = ast.exprs[id].span;
  if (f.isAwait)
    return unsupported(whole, "`for await`");
  const hir::Expr *head = expr(f.iter);
  Span span = desugared(whole, DesugaringKind::ForLoop);
  Span headSpan = head->span.withCtxt(span.ctxt);
  size_t mark = ribs_.mark();
  hir::LoopExpr *loop = make<hir::LoopExpr>(span);
  loop->label = f.label.ident;
  loop->source = hir::LoopSource::ForLoop;
  const hir::Pat *p = pat(f.pat);
  Span patSpan = p->span.withCtxt(span.ctxt);
  const hir::Arm *none = arm(span, variantPat("None", span, nullptr), breakTo(span, loop->id, nullptr));
  const hir::Pat *some = variantPat("Some", patSpan, p);
  bindLabel(f.label, loop->id);
  Target t{loop->id, true, false, hir::LoopSource::ForLoop};
  targets_[loop->id] = t;
  std::optional<Target> outer = std::exchange(loop_, t);
  bool cond = std::exchange(inLoopCondition_, false), labeled = std::exchange(inLabeledBlock_, false);
  const hir::Expr *body = blockAsExpr(f.body);
  loop_ = outer;
  inLoopCondition_ = cond;
  inLabeledBlock_ = labeled;
  ribs_.reset(mark);
  const hir::Arm *someArm = arm(span, some, body);

  hir::LocalId iter;
  Ident iterIdent = dummyIdent("iter");
  const hir::Pat *iterPat = bindingPat(headSpan, iterIdent, iter, true);
  const hir::Expr *next = callLang("next", headSpan, {addrOf(headSpan, localExpr(headSpan, iterIdent, iter), hir::Mutability::Mut)});
  const hir::Expr *match = matchOf(headSpan, next, {none, someArm}, hir::MatchSource::ForLoopDesugar);
  loop->body = makeBlock(span, {exprStmt(match, hir::StmtKind::Expr)}, nullptr);
  const hir::Expr *into = callLang("into_iter", headSpan, {head});
  const hir::Expr *outerMatch = matchOf(span, into, {arm(span, iterPat, loop)}, hir::MatchSource::ForLoopDesugar);
  return dropTemps(span, outerMatch);
}

static Span endPoint(Span s) {
  if (s.hi > s.lo)
    s.lo = s.hi - 1;
  return s;
}

// match Try::branch(e) { Break(residual) => return FromResidual::from_residual(residual), Continue(val) => val }
const hir::Expr *Lowering::tryExpr(ast::ExprId id, const ast::TryExpr &t) {
  Span whole = ast.exprs[id].span;
  Span unstable = desugared(whole, DesugaringKind::QuestionMark);
  Span trySpan = desugared(endPoint(whole), DesugaringKind::QuestionMark);
  const hir::Expr *scrutinee = callLang("branch", unstable, {expr(t.operand)});
  Ident val = dummyIdent("val"), residual = dummyIdent("residual");
  hir::LocalId valId, residualId;
  const hir::Pat *valPat = bindingPat(whole, val, valId);
  const hir::Arm *cont = arm(trySpan, variantPat("Continue", unstable, valPat), localExpr(whole, val, valId));
  const hir::Pat *resPat = bindingPat(trySpan, residual, residualId);
  const hir::Expr *resExpr = localExpr(trySpan, residual, residualId);
  bool homogeneous = inTry_ && !tryHeterogeneous_;
  const hir::Expr *ctor = pathExprOf(trySpan, langItemPath(homogeneous ? "into_try_type" : "from_residual", trySpan));
  const hir::Expr *from = callOf(unstable, ctor, {resExpr});
  const hir::Expr *leave;
  if (inTry_) {
    leave = breakTo(trySpan, tryTarget_, from);
  } else {
    hir::RetExpr *r = make<hir::RetExpr>(trySpan);
    r->value = from;
    leave = r;
  }
  const hir::Arm *brk = arm(trySpan, variantPat("Break", trySpan, resPat), leave);
  return matchOf(whole, scrutinee, {brk, cont}, hir::MatchSource::TryDesugar);
}

// { stmts; Try::from_output(tail) } as target of `?`.
const hir::Expr *Lowering::tryBlock(ast::ExprId id, const ast::TryBlockExpr &t) {
  Span whole = ast.exprs[id].span;
  hir::BlockExpr *e = make<hir::BlockExpr>(whole);
  e->label = Ident{Symbol(), whole};
  bool inTry = std::exchange(inTry_, true), hetero = std::exchange(tryHeterogeneous_, bool(t.ty));
  HirId target = std::exchange(tryTarget_, e->id);
  targets_[e->id] = Target{e->id, false, true, {}};
  hir::Block *b = alloc(hir::Block{});
  b->id = newId();
  b->targetedByBreak = true;
  stmts(t.block, *b);
  inTry_ = inTry;
  tryHeterogeneous_ = hetero;
  tryTarget_ = target;
  Span trySpan = desugared(b->expr ? b->expr->span : endPoint(b->span), DesugaringKind::TryBlock);
  const hir::Expr *tail = b->expr ? b->expr : unitExpr(trySpan);
  Span okSpan = desugared(tail->span, DesugaringKind::TryBlock);
  b->expr = callOf(okSpan, pathExprOf(trySpan, langItemPath("from_output", trySpan)), {tail});
  e->block = b;
  if (!t.ty)
    return e;
  hir::AscribeExpr *a = make<hir::AscribeExpr>(whole);
  a->operand = e;
  a->ty = ty(t.ty);
  return a;
}

const hir::Expr *Lowering::yeet(ast::ExprId id, const ast::YeetExpr &y) {
  Span span = desugared(ast.exprs[id].span, DesugaringKind::YeetExpr);
  const hir::Expr *value = y.value ? expr(y.value) : unitExpr(span);
  const hir::Expr *from = callLang("from_yeet", span, {value});
  if (inTry_)
    return breakTo(span, tryTarget_, from);
  hir::RetExpr *r = make<hir::RetExpr>(span);
  r->value = from;
  return r;
}

const hir::Expr *Lowering::range(ast::ExprId id, const ast::RangeExpr &r) {
  Span span = desugared(ast.exprs[id].span, DesugaringKind::RangeExpr);
  if (r.closed && r.lo && r.hi) {
    const hir::Expr *lo = expr(r.lo);
    const hir::Expr *hi = expr(r.hi);
    const hir::Expr *fn = pathExprOf(span, langItemPath("range_inclusive_new", span));
    return callOf(span, fn, {lo, hi});
  }
  if (r.closed && !r.hi)
    error(span, "E0586", "inclusive range with no end").help("inclusive ranges must be bounded at the end (`..=b` or `a..=b`)");
  const char *lang = !r.lo && !r.hi ? "RangeFull" : !r.hi ? "RangeFrom" : !r.lo ? (r.closed ? "RangeToInclusive" : "RangeTo") : "Range";
  hir::StructExpr *e = make<hir::StructExpr>(span);
  e->path = langItemPath(lang, span);
  e->rest = ast::StructRest::None;
  SmallVector<hir::ExprField, 2> fields;
  auto field = [&](const char *name, ast::ExprId value) {
    if (!value)
      return;
    hir::ExprField f;
    f.span = desugared(ast.exprs[value].span, DesugaringKind::RangeExpr);
    f.value = expr(value);
    f.id = newId();
    f.ident = Ident{intern(name), f.span};
    f.shorthand = false;
    fields.push_back(f);
  };
  field("start", r.lo);
  field("end", r.hi);
  e->fields = arr(fields);
  return e;
}

const hir::Expr *Lowering::blockExpr(ast::ExprId id, const ast::BlockExpr &b) {
  hir::BlockExpr *e = make<hir::BlockExpr>(ast.exprs[id].span);
  e->label = b.label.ident;
  if (!b.label.valid()) {
    e->block = block(b.block);
    return e;
  }
  size_t mark = ribs_.mark();
  bindLabel(b.label, e->id);
  targets_[e->id] = Target{e->id, false, true, {}};
  bool labeled = std::exchange(inLabeledBlock_, true);
  e->block = block(b.block, true);
  inLabeledBlock_ = labeled;
  ribs_.reset(mark);
  return e;
}

// ---- break and continue ----

Lowering::Target Lowering::labelTarget(Ident label, bool &ok) {
  RibHit hit;
  ok = ribs_.lookup(RibSpace::Label, label, hit, nullptr) && hit.entry;
  llvm::StringRef name = sess.str(label);
  if (!ok) {
    diag::Builder d = error(label.span, "E0426", llvm::Twine("use of undeclared label `") + name + "`");
    d.label(label.span, llvm::Twine("undeclared label `") + name + "`");
    return {};
  }
  RibEntry e = *hit.entry;
  if (!hit.crossed.empty()) {
    error(label.span, "E0767", llvm::Twine("use of unreachable label `") + name + "`")
        .label(label.span, llvm::Twine("unreachable label `") + name + "`")
        .label(e.span, "unreachable label defined here")
        .note("labels are unreachable through functions, closures, async blocks and modules");
    ok = false;
    return {};
  }
  return targets_.lookup(HirId(e.res.local));
}

bool Lowering::requireLoop(Span span, llvm::StringRef what) {
  if (loop_ || inLabeledBlock_)
    return loop_.has_value();
  if (inClosure_)
    error(span, "E0267", llvm::Twine("`") + what + "` inside of a closure").label(span, llvm::Twine("cannot `") + what + "` inside of a closure");
  else
    error(span, "E0268", llvm::Twine("`") + what + "` outside of a loop" + (what == "break" ? " or labeled block" : ""))
        .label(span, llvm::Twine("cannot `") + what + "` outside of a loop" + (what == "break" ? " or labeled block" : ""));
  return false;
}

const hir::Expr *Lowering::breakExpr(ast::ExprId id, const ast::BreakExpr &b) {
  Span span = ast.exprs[id].span;
  hir::BreakExpr *e = make<hir::BreakExpr>(span);
  e->label = b.label.ident;
  if (b.value)
    e->value = expr(b.value);
  Target t;
  if (b.label.valid()) {
    bool ok = false;
    t = labelTarget(b.label.ident, ok);
    if (!ok) {
      requireLoop(span, "break");
      return e;
    }
  } else if (inLoopCondition_) {
    error(span, "E0590", "`break` or `continue` with no label in the condition of a `while` loop")
        .label(span, "unlabeled `break` in the condition of a `while` loop");
    return e;
  } else if (inLabeledBlock_) {
    error(span, "E0695", "unlabeled `break` inside of a labeled block")
        .label(span, "`break` statements that would diverge to or through a labeled block need to bear a label");
    return e;
  } else if (!requireLoop(span, "break")) {
    return e;
  } else {
    t = *loop_;
  }
  if (b.value && t.isLoop && t.source != hir::LoopSource::Loop) {
    const char *what = t.source == hir::LoopSource::While ? "while" : "for";
    error(span, "E0571", llvm::Twine("`break` with value from a `") + what + "` loop")
        .label(span, "can only break with a value inside `loop` or breakable block");
    return e;
  }
  e->target = t.id;
  return e;
}

const hir::Expr *Lowering::continueExpr(ast::ExprId id, const ast::ContinueExpr &c) {
  Span span = ast.exprs[id].span;
  hir::ContinueExpr *e = make<hir::ContinueExpr>(span);
  e->label = c.label.ident;
  if (c.label.valid()) {
    bool ok = false;
    Target t = labelTarget(c.label.ident, ok);
    if (ok && !t.isLoop)
      error(span, "E0696", "`continue` pointing to a labeled block").label(span, "labeled blocks cannot be `continue`'d");
    else if (ok)
      e->target = t.id;
    else
      requireLoop(span, "continue");
    return e;
  }
  if (inLoopCondition_)
    error(span, "E0590", "`break` or `continue` with no label in the condition of a `while` loop")
        .label(span, "unlabeled `continue` in the condition of a `while` loop");
  else if (inLabeledBlock_)
    error(span, "E0695", "unlabeled `continue` inside of a labeled block")
        .label(span, "`continue` statements that would diverge to or through a labeled block need to bear a label");
  else if (requireLoop(span, "continue"))
    e->target = loop_->id;
  return e;
}

// ---- closures ----

const hir::Expr *Lowering::closure(ast::ExprId id, const ast::ClosureExpr &c) {
  Span span = ast.exprs[id].span;
  if (c.coroutine != ast::CoroutineKind::None)
    return unsupported(span, "an `async` closure");
  hir::ClosureExpr *e = make<hir::ClosureExpr>(span);
  e->def = addDef(DefKind::Closure, span, {AstRefKind::Expr, id.raw}, ast.exprs[id].attrs);
  e->capture = c.capture;
  e->constness = c.constness;
  e->declSpan = c.declSpan;
  if (c.isStatic)
    error(span, "E0697", "closures cannot be static");
  DefId outerParent = std::exchange(parentDef_, e->def);
  size_t mark = ribs_.mark();
  size_t lifetimeMark = lifetimes_.size();
  ElideRib outerElide = elide_;
  SmallVector<hir::GenericParam, 2> forParams;
  bindForLifetimes(ast.list(c.forLifetimes), forParams);
  ribs_.pushBarrier(Barrier::Closure);

  // Types: inferred where they are not written; with `for<..>` elided lifetimes are its parameters.
  ElideRib rib;
  rib.kind = c.hasForBinder ? ElideKind::Create : ElideKind::Infer;
  rib.owner = e->def;
  rib.created = &forParams;
  SmallVector<ast::TypeId, 4> inputs;
  SmallVector<const hir::Ty *, 4> in;
  for (const ast::Param &p : ast.list(c.decl.params))
    inputs.push_back(p.ty);
  elidedSignature(inputs, c.decl.output, false, rib, in, e->decl.output);
  e->decl.inputs = arr(in);
  e->decl.outputSpan = c.decl.outputSpan;
  elide_ = ElideRib();
  elide_.kind = ElideKind::Infer;

  SmallVector<hir::Param, 4> params;
  lowerParams(ast.list(c.decl.params), params);
  e->params = arr(params);
  {
    SeparateControlFlow separate(*this, /*inClosure=*/true, std::nullopt);
    e->body = expr(c.body);
  }
  elide_ = outerElide;
  ribs_.reset(mark);
  lifetimes_.truncate(lifetimeMark);
  parentDef_ = outerParent;
  e->forParams = arr(forParams);
  return e;
}

} // namespace ferric::lower
