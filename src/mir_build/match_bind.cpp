// Conditions, arms and bindings: what happens once the tests of a pattern succeeded. In a guard, variables are
// references to what was matched; they get their values only when the guard holds (Reference: "Match guards";
// rustc_mir_build::builder::matches).
#include "mir_build/match.h"

namespace ferric::mir_build {

void Builder::thenElseBreak(BlockId &block, Expr *cond, const ThenElseArgs &args) {
  switch (cond->kind) {
  case ExprKind::LogicalOp: {
    if (!cond->flag) { // a && b
      thenElseBreak(block, cond->a, args);
      thenElseBreak(block, cond->b, args);
      return;
    }
    ThenElseArgs inner = args;
    inner.lets = DeclareLets::NotPermitted;
    BlockId lhs = block;
    BlockId rhs = inIfThenScope(localScope(), cond->span, [&] { thenElseBreak(lhs, cond->a, inner); });
    thenElseBreak(rhs, cond->b, inner);
    block = newBlock();
    gotoBlock(lhs, args.variables, block);
    gotoBlock(rhs, args.variables, block);
    return;
  }
  case ExprKind::Unary: {
    if (cond->unOp != UnOp::Not)
      break;
    ThenElseArgs inner = args;
    inner.lets = DeclareLets::NotPermitted;
    BlockId success = block;
    BlockId failure = inIfThenScope(localScope(), cond->span, [&] { thenElseBreak(success, cond->a, inner); });
    breakForElse(success, args.variables);
    block = failure;
    return;
  }
  case ExprKind::Scope: inScope(cond->scope, block, [&] { thenElseBreak(block, cond->a, args); }); return;
  case ExprKind::Use: thenElseBreak(block, cond->a, args); return;
  case ExprKind::Let: {
    ScopeId source = args.variables.scope;
    letExpr(block, cond->a, cond->pat, &source, args.variables.span, args.lets);
    return;
  }
  default: break;
  }
  Local t = asTemp(block, args.tempScope.valid() ? args.tempScope : localScope(), cond, Mutability::Mut);
  BlockId then = newBlock(), otherwise = newBlock();
  SourceInfo source = sourceInfo(cond->span);
  ifTerm(block, source, Operand::move(Place(t)), then, otherwise);
  breakForElse(otherwise, source);
  block = then;
}

static void mention(Builder &b, BlockId block, const PlaceBuilder &place, Span span) {
  Place p;
  if (b.body.def.isLocal() && b.tryToPlace(place, p))
    b.push(block, StatementKind::PlaceMention, b.sourceInfo(span), p);
}

void Builder::matchExpr(const Place &dest, BlockId &block, Expr *e) {
  Span scrutineeSpan = e->a->span;
  PlaceBuilder scrutinee = asPlaceBuilder(block, e->a, Mutability::Mut);
  mention(*this, block, scrutinee, scrutineeSpan);
  llvm::SmallVector<MatchBuilder::PatWithGuard, 8> pats;
  for (Arm *a : e->arms)
    pats.push_back({a->pat, a->guard != nullptr});
  BuiltMatchTree tree = MatchBuilder(*this).lowerMatchTree(block, scrutineeSpan, scrutinee, e->span.shrinkToLo().to(scrutineeSpan), pats, false);

  SourceInfo outer = sourceInfo(e->span);
  llvm::SmallVector<BlockId, 8> ends;
  for (size_t i = 0; i < e->arms.size(); ++i) {
    Arm *arm = e->arms[i];
    RegionScope matchScope = localScope();
    BlockId armBlock;
    auto inArm = [&] {
      RegionScope savedFixed = fixedTempsScope_;
      fixedTempsScope_ = arm->guard ? RegionScope{ScopeKind::MatchGuard, arm->scope.id, 0} : RegionScope();
      ScopeId scope = declareBindings(ScopeId(), arm->span, arm->pat, arm->guard);
      bindPattern(armBlock, outer, tree.branches[i], tree.fakeBorrows, scrutineeSpan, arm, matchScope);
      fixedTempsScope_ = savedFixed;
      if (scope.valid())
        sourceScope = scope;
      exprInto(dest, armBlock, arm->body);
    };
    inScope(arm->scope, armBlock, [&] {
      if (arm->guard)
        inScope({ScopeKind::MatchGuard, arm->scope.id, 0}, armBlock, inArm);
      else
        inArm();
    });
    ends.push_back(armBlock);
  }
  BlockId end = newBlock();
  for (BlockId armEnd : ends)
    gotoBlock(armEnd, outer, end);
  sourceScope = outer.scope;
  block = end;
}

// One copy of the bindings (and guard) per alternative; all but the last schedule no drops, since they meet in one block.
void Builder::bindPattern(BlockId &block, SourceInfo outer, MatchTreeBranch &branch, const std::vector<FakeBorrow> &fakes, Span scrutineeSpan, Arm *arm,
                          RegionScope matchScope) {
  if (branch.subBranches.size() == 1) {
    block = bindAndGuard(branch.subBranches[0], fakes, scrutineeSpan, arm, matchScope, true);
    return;
  }
  BlockId target = newBlock();
  for (size_t i = branch.subBranches.size(); i-- > 0;) {
    BlockId end = bindAndGuard(branch.subBranches[i], fakes, scrutineeSpan, arm, matchScope, i == 0);
    gotoBlock(end, outer, target);
  }
  block = target;
}

BlockId Builder::bindAndGuard(MatchTreeSubBranch &sub, const std::vector<FakeBorrow> &fakes, Span scrutineeSpan, Arm *arm, RegionScope matchScope,
                              bool scheduleDrops) {
  BlockId block = sub.success;
  if (sub.isNever) {
    terminate(block, sourceInfo(sub.span), TerminatorKind::Unreachable);
    return newBlock();
  }
  if (!arm || !arm->guard) {
    bindForArm(block, sub.bindings, scheduleDrops, false);
    return block;
  }
  bindForGuard(block, sub.bindings);
  llvm::SmallVector<HirId, 4> frame;
  for (const Binding &x : sub.bindings)
    frame.push_back(x.var);
  guardContext_.push_back(std::move(frame));
  SourceInfo scrutineeSource = sourceInfo(scrutineeSpan);
  for (const FakeBorrow &f : fakes) {
    Rvalue r;
    r.kind = RvalueKind::Ref;
    r.borrow = f.kind;
    r.place = f.place;
    assign(block, scrutineeSource, Place(f.temp), std::move(r));
  }
  BlockId otherwise = inIfThenScope(matchScope, arm->guard->span, [&] {
    thenElseBreak(block, arm->guard, {RegionScope(), sourceInfo(arm->span), DeclareLets::No});
  });
  if (!scheduleDrops)
    clearMatchArmAndGuardScopes();
  guardContext_.pop_back();
  SourceInfo guardEnd = sourceInfo(arm->guard->span.shrinkToHi());
  for (const FakeBorrow &f : fakes)
    push(block, StatementKind::FakeRead, guardEnd, Place(f.temp));
  gotoBlock(otherwise, sourceInfo(arm->guard->span), sub.otherwise);
  bindForArm(block, sub.bindings, scheduleDrops, true);
  return block;
}

static Rvalue refTo(const Place &p, MirBorrowKind k) {
  Rvalue r;
  r.kind = RvalueKind::Ref;
  r.borrow = k;
  r.place = p;
  return r;
}
static MirBorrowKind borrowOf(ty::BindingMode m) { return m == ty::BindingMode::RefMut ? MirBorrowKind::Mut : MirBorrowKind::Shared; }

void Builder::bindForGuard(BlockId block, llvm::ArrayRef<Binding> bindings) {
  for (const Binding &x : bindings) {
    SourceInfo source = sourceInfo(x.span);
    Place refForGuard = storageLiveBinding(block, x.var, x.span, Guard::RefWithin, true);
    if (x.mode == ty::BindingMode::Move) {
      assign(block, source, refForGuard, refTo(x.source, MirBorrowKind::Shared));
      continue;
    }
    Place value = storageLiveBinding(block, x.var, x.span, Guard::Outside, true);
    assign(block, source, value, refTo(x.source, borrowOf(x.mode)));
    assign(block, source, refForGuard, refTo(value, MirBorrowKind::Shared));
  }
}

void Builder::bindForArm(BlockId block, llvm::ArrayRef<Binding> bindings, bool scheduleDrops, bool byValueOnly) {
  for (const Binding &x : bindings) {
    if (byValueOnly && x.mode != ty::BindingMode::Move)
      continue;
    SourceInfo source = sourceInfo(x.span);
    Place local = storageLiveBinding(block, x.var, x.span, Guard::Outside, scheduleDrops);
    if (scheduleDrops)
      scheduleDropForBinding(x.var, x.span, Guard::Outside);
    Rvalue r;
    if (x.mode == ty::BindingMode::Move)
      r.operands.push_back(consume(x.source));
    else
      r = refTo(x.source, borrowOf(x.mode));
    assign(block, source, local, std::move(r));
  }
}

void Builder::letExpr(BlockId &block, Expr *init, Pat *pat, ScopeId *source, Span scopeSpan, DeclareLets lets) {
  Span span = init->span;
  PlaceBuilder scrutinee = asPlaceBuilder(block, init, Mutability::Mut);
  mention(*this, block, scrutinee, span);
  BuiltMatchTree tree = MatchBuilder(*this).lowerMatchTree(block, span, scrutinee, pat->span, {{pat, false}}, true);
  breakForElse(tree.otherwise, sourceInfo(span));
  if (lets == DeclareLets::Yes)
    declareBindings(source ? *source : ScopeId(), pat->span.to(scopeSpan), pat, nullptr);
  else if (lets == DeclareLets::NotPermitted)
    unsupported(span, "`let` in this position");
  bindPattern(block, sourceInfo(pat->span), tree.branches[0], {}, span, nullptr, RegionScope());
}

void Builder::exprIntoPattern(BlockId &block, Pat *pat, Expr *init) {
  if (pat->kind == PatKind::Binding && pat->mode == ty::BindingMode::Move && !pat->sub) {
    Place place = storageLiveBinding(block, pat->var, pat->span, Guard::Outside, true);
    exprInto(place, block, init);
    if (body.def.isLocal())
      push(block, StatementKind::FakeRead, sourceInfo(pat->span), place);
    scheduleDropForBinding(pat->var, pat->span, Guard::Outside);
    return;
  }
  PlaceBuilder scrutinee = asPlaceBuilder(block, init, Mutability::Mut);
  mention(*this, block, scrutinee, init->span);
  placeIntoPattern(block, pat, scrutinee);
}

void Builder::placeIntoPattern(BlockId &block, Pat *pat, const PlaceBuilder &init) {
  BuiltMatchTree tree = MatchBuilder(*this).lowerMatchTree(block, pat->span, init, pat->span, {{pat, false}}, false);
  bindPattern(block, sourceInfo(pat->span), tree.branches[0], {}, pat->span, nullptr, RegionScope());
}

// ---- variables ----
void Builder::forEachPrimaryBinding(Pat *p, llvm::function_ref<void(Pat *)> f) {
  if (p->kind == PatKind::Binding && p->isPrimary)
    f(p);
  if (p->sub)
    forEachPrimaryBinding(p->sub, f);
  for (const FieldPat &x : p->fields)
    forEachPrimaryBinding(x.pat, f);
  for (Pat *x : p->prefix)
    forEachPrimaryBinding(x, f);
  if (p->slice)
    forEachPrimaryBinding(p->slice, f);
  for (Pat *x : p->suffix)
    forEachPrimaryBinding(x, f);
  for (Pat *x : p->alts)
    forEachPrimaryBinding(x, f);
}

ScopeId Builder::declareBindings(ScopeId visibility, Span scopeSpan, Pat *pat, Expr *guard) {
  forEachPrimaryBinding(pat, [&](Pat *p) {
    if (!visibility.valid())
      visibility = newSourceScope(scopeSpan);
    mir::LocalDecl d;
    d.ty = p->varTy;
    d.mut = p->mut;
    d.source = sourceInfo(p->span);
    d.name = p->name;
    d.isUserVariable = true;
    d.byRef = p->mode != ty::BindingMode::Move;
    VarLocals v;
    v.body = body.addLocal(d);
    body.varDebugInfo.push_back({p->name, {p->span, visibility}, Place(v.body), 0});
    if (guard) {
      d.ty = tcx.mkRef(tcx.common.erased, p->varTy, Mutability::Not);
      d.mut = Mutability::Not;
      d.isUserVariable = d.byRef = false;
      d.name = Symbol();
      v.refForGuard = body.addLocal(d);
    }
    vars_[p->var] = v;
  });
  if (guard)
    declareGuardBindings(guard, scopeSpan, visibility);
  return visibility;
}

// `if let` guards: their variables are declared with the arm's, once for all alternatives.
void Builder::declareGuardBindings(Expr *guard, Span scopeSpan, ScopeId visibility) {
  switch (guard->kind) {
  case ExprKind::Let: declareBindings(visibility, scopeSpan, guard->pat, nullptr); return;
  case ExprKind::Scope:
  case ExprKind::Use: declareGuardBindings(guard->a, scopeSpan, visibility); return;
  case ExprKind::LogicalOp:
    if (guard->flag)
      return;
    declareGuardBindings(guard->a, scopeSpan, visibility);
    declareGuardBindings(guard->b, scopeSpan, visibility);
    return;
  default: return;
  }
}

Local Builder::varLocal(HirId var, Guard guard) const {
  auto it = vars_.find(var);
  CHECK(it != vars_.end(), "variable is not declared");
  return guard == Guard::RefWithin ? it->second.refForGuard : it->second.body;
}

Place Builder::storageLiveBinding(BlockId block, HirId var, Span span, Guard guard, bool scheduleDrops) {
  Local l = varLocal(var, guard);
  push(block, StatementKind::StorageLive, sourceInfo(span), Place(l));
  RegionScope scope = regions.varScope(var);
  if (scope.valid() && scheduleDrops)
    scheduleDrop(span, scope, l, DropKind::Storage);
  return Place(l);
}

void Builder::scheduleDropForBinding(HirId var, Span span, Guard guard) {
  RegionScope scope = regions.varScope(var);
  if (scope.valid())
    scheduleDrop(span, scope, varLocal(var, guard), DropKind::Value);
}

} // namespace ferric::mir_build
