// Resolves scopes in one walk over a body, keeping the scope that encloses the node at hand and the one
// where variables declared now will be dropped. The rules are the Reference's ("Destructors": drop scopes, scopes of
// temporaries, temporary lifetime extension) as rustc_hir_analysis::check::region states them; the
// edition (tail expressions, `if let`) is that of each span, so that macros keep their own.
#include "mir_build/region_scopes.h"

namespace ferric::mir_build {

using namespace hir;

class ScopeResolver {
public:
  explicit ScopeResolver(RegionScopes &out) : out_(out) {}

  void body(ArrayRef<Param> params, const hir::Expr *value, bool isFn) {
    enter({ScopeKind::CallSite, value->id});
    enter({ScopeKind::Arguments, value->id});
    if (isFn) {
      var_ = parent_;
      for (const Param &p : params)
        pat(p.pat);
      expr(value, true);
      return;
    }
    // A constant's own temporaries live for ever when extended.
    var_ = RegionScope();
    enter({ScopeKind::Destruction, value->id});
    local(nullptr, value, false);
  }

private:
  struct Context { RegionScope parent, var; };
  Context context() const { return {parent_, var_}; }
  void restore(Context c) { parent_ = c.parent; var_ = c.var; }

  void enter(RegionScope s) {
    if (parent_.valid())
      out_.parents_[s.key()] = parent_;
    parent_ = s;
  }
  void enterNode(HirId id, bool terminating) {
    if (terminating)
      enter({ScopeKind::Destruction, id});
    enter(RegionScope::node(id));
  }

  void block(const Block *b, bool terminating) {
    Context outer = context();
    enterNode(b->id, terminating);
    var_ = parent_;
    uint32_t index = 0;
    for (const Stmt &s : b->stmts) {
      uint32_t i = index++;
      if (s.kind == StmtKind::Item)
        continue;
      if (s.kind != StmtKind::Let) {
        stmt(s);
        continue;
      }
      // The else block does not see the variables, and its scope is not inside theirs.
      Context before = context();
      enter({ScopeKind::Remainder, b->id, i});
      var_ = parent_;
      stmt(s);
      if (s.let->otherwise) {
        Context after = context();
        restore(before);
        block(s.let->otherwise, true);
        restore(after);
      }
    }
    if (b->expr)
      expr(b->expr, out_.edition(b->span) >= 2024);
    restore(outer);
  }

  void stmt(const Stmt &s) {
    if (s.kind == StmtKind::Let && s.let->isSuper) {
      local(s.let->pat, s.let->init, true);
      return;
    }
    RegionScope outer = parent_;
    enterNode(s.id, true);
    if (s.kind == StmtKind::Let)
      local(s.let->pat, s.let->init, false);
    else
      expr(s.expr, false);
    parent_ = outer;
  }

  void pat(const Pat *p) {
    switch (p->kind) {
    case PatKind::Binding: {
      const BindingPat *b = llvm::cast<BindingPat>(p);
      if (var_.valid())
        out_.vars_[p->id] = var_;
      if (b->sub)
        pat(b->sub);
      return;
    }
    case PatKind::Struct: for (const PatField &f : llvm::cast<StructPat>(p)->fields) pat(f.pat); return;
    case PatKind::TupleStruct: for (const Pat *e : llvm::cast<TupleStructPat>(p)->elems) pat(e); return;
    case PatKind::Tuple: for (const Pat *e : llvm::cast<TuplePat>(p)->elems) pat(e); return;
    case PatKind::Or: for (const Pat *e : llvm::cast<OrPat>(p)->alts) pat(e); return;
    case PatKind::Box: return pat(llvm::cast<BoxPat>(p)->inner);
    case PatKind::Deref: return pat(llvm::cast<DerefPat>(p)->inner);
    case PatKind::Ref: return pat(llvm::cast<RefPat>(p)->inner);
    case PatKind::Guard:
      pat(llvm::cast<GuardPat>(p)->inner);
      return expr(llvm::cast<GuardPat>(p)->guard, false);
    case PatKind::Slice: {
      const SlicePat *s = llvm::cast<SlicePat>(p);
      for (const Pat *e : s->before) pat(e);
      if (s->middle) pat(s->middle);
      for (const Pat *e : s->after) pat(e);
      return;
    }
    case PatKind::Err:
    case PatKind::Missing:
    case PatKind::Wild:
    case PatKind::Never:
    case PatKind::Expr:
    case PatKind::Range: return;
    }
  }

  static bool isLogical(const hir::Expr *e) {
    const BinaryExpr *b = llvm::dyn_cast<BinaryExpr>(e);
    return b && (b->op == BinOp::And || b->op == BinOp::Or);
  }
  // Temporaries of conditions die before the branch is taken, but those of `let` conditions live through it.
  void condition(const hir::Expr *e) { expr(e, e->kind != hir::ExprKind::Let && !isLogical(e)); }

  void arm(const Arm *a) {
    Context outer = context();
    enterNode(a->id, true);
    var_ = parent_;
    pat(a->pat);
    if (a->guard) {
      enter({ScopeKind::MatchGuard, a->id});
      var_ = parent_;
      condition(a->guard);
    }
    expr(a->body, false);
    restore(outer);
  }

  void exprs(ArrayRef<const hir::Expr *> es) {
    for (const hir::Expr *e : es)
      expr(e, false);
  }

  void expr(const hir::Expr *e, bool terminating) {
    Context outer = context();
    enterNode(e->id, terminating);
    inside(e);
    restore(outer);
  }

  void ifExpr(const IfExpr *e) {
    Context whole = context();
    enter({out_.edition(e->span) >= 2024 ? ScopeKind::IfThenRescope : ScopeKind::IfThen, e->then->id});
    var_ = parent_;
    condition(e->cond);
    expr(e->then, true);
    restore(whole);
    if (e->otherwise)
      expr(e->otherwise, true);
  }

  void asmExpr(const InlineAsmExpr *e) {
    for (const AsmOperand &o : e->inner.operands) {
      if (o.in)
        expr(o.in, false);
      if (o.out)
        expr(o.out, false);
      if (o.label)
        block(o.label, false);
    }
  }

  void inside(const hir::Expr *e) {
    switch (e->kind) {
    case hir::ExprKind::Binary: {
      const BinaryExpr *b = llvm::cast<BinaryExpr>(e);
      if (!isLogical(e)) {
        expr(b->lhs, false);
        return expr(b->rhs, false);
      }
      // `a && b && c` is ((a && b) && c): only the leaves terminate, and never a `let`.
      expr(b->lhs, b->lhs->kind != hir::ExprKind::Let && !isLogical(b->lhs));
      return expr(b->rhs, b->rhs->kind != hir::ExprKind::Let);
    }
    case hir::ExprKind::If: return ifExpr(llvm::cast<IfExpr>(e));
    case hir::ExprKind::Loop: return block(llvm::cast<LoopExpr>(e)->body, true);
    case hir::ExprKind::DropTemps: return expr(llvm::cast<DropTempsExpr>(e)->inner, true);
    case hir::ExprKind::AssignOp: // the operand on the right is evaluated first
      expr(llvm::cast<AssignOpExpr>(e)->rhs, false);
      return expr(llvm::cast<AssignOpExpr>(e)->lhs, false);
    case hir::ExprKind::Block: return block(llvm::cast<BlockExpr>(e)->block, false);
    case hir::ExprKind::Match: {
      const MatchExpr *m = llvm::cast<MatchExpr>(e);
      expr(m->scrutinee, false);
      for (const Arm *a : m->arms)
        arm(a);
      return;
    }
    case hir::ExprKind::Let:
      expr(llvm::cast<LetExpr>(e)->init, false);
      return pat(llvm::cast<LetExpr>(e)->pat);
    case hir::ExprKind::Array: return exprs(llvm::cast<ArrayExpr>(e)->elems);
    case hir::ExprKind::Tuple: return exprs(llvm::cast<TupleExpr>(e)->elems);
    case hir::ExprKind::Call:
      expr(llvm::cast<CallExpr>(e)->callee, false);
      return exprs(llvm::cast<CallExpr>(e)->args);
    case hir::ExprKind::MethodCall:
      expr(llvm::cast<MethodCallExpr>(e)->receiver, false);
      return exprs(llvm::cast<MethodCallExpr>(e)->args);
    case hir::ExprKind::Unary: return expr(llvm::cast<UnaryExpr>(e)->operand, false);
    case hir::ExprKind::Cast: return expr(llvm::cast<CastExpr>(e)->operand, false);
    case hir::ExprKind::Ascribe: return expr(llvm::cast<AscribeExpr>(e)->operand, false);
    case hir::ExprKind::Assign:
      expr(llvm::cast<AssignExpr>(e)->rhs, false);
      return expr(llvm::cast<AssignExpr>(e)->lhs, false);
    case hir::ExprKind::Field: return expr(llvm::cast<FieldExpr>(e)->base, false);
    case hir::ExprKind::Index:
      expr(llvm::cast<IndexExpr>(e)->base, false);
      return expr(llvm::cast<IndexExpr>(e)->index, false);
    case hir::ExprKind::AddrOf: return expr(llvm::cast<AddrOfExpr>(e)->operand, false);
    case hir::ExprKind::Break: return optional(llvm::cast<BreakExpr>(e)->value);
    case hir::ExprKind::Ret: return optional(llvm::cast<RetExpr>(e)->value);
    case hir::ExprKind::Become: return optional(llvm::cast<BecomeExpr>(e)->value);
    case hir::ExprKind::Yield: return optional(llvm::cast<YieldExpr>(e)->value);
    case hir::ExprKind::InlineAsm: return asmExpr(llvm::cast<InlineAsmExpr>(e));
    case hir::ExprKind::Struct: {
      const StructExpr *s = llvm::cast<StructExpr>(e);
      for (const ExprField &f : s->fields)
        expr(f.value, false);
      return optional(s->base);
    }
    case hir::ExprKind::Repeat: return expr(llvm::cast<RepeatExpr>(e)->elem, false);
    case hir::ExprKind::UnsafeBinderCast: return expr(llvm::cast<UnsafeBinderCastExpr>(e)->operand, false);
    case hir::ExprKind::ByUse: return expr(llvm::cast<ByUseExpr>(e)->operand, false);
    case hir::ExprKind::Err:
    case hir::ExprKind::ConstBlock:
    case hir::ExprKind::Lit:
    case hir::ExprKind::Closure:
    case hir::ExprKind::Continue:
    case hir::ExprKind::Path:
    case hir::ExprKind::OffsetOf: return;
    }
  }
  void optional(const hir::Expr *e) {
    if (e)
      expr(e, false);
  }

  // ---- let statements and temporary lifetime extension ----
  void local(const Pat *p, const hir::Expr *init, bool isSuper) {
    bool extend = true;
    if (isSuper) {
      auto it = extendedSuperLets_.find(p->id);
      if (it != extendedSuperLets_.end()) {
        var_ = it->second;
        extendedSuperLets_.erase(it);
      } else {
        if (var_.valid())
          var_ = out_.defaultTemporaryScope(var_);
        extend = false;
      }
    }
    if (init && extend) {
      extendBorrows(init, var_);
      if (p && bindsByRef(p))
        extendOperands(init, var_);
    }
    if (init)
      expr(init, false);
    if (p)
      pat(p);
  }

  // Extending patterns: those that bind by reference (`ref`), outside of a reference pattern.
  static bool bindsByRef(const Pat *p) {
    auto any = [](ArrayRef<const Pat *> ps) { return llvm::any_of(ps, bindsByRef); };
    switch (p->kind) {
    case PatKind::Binding: return llvm::cast<BindingPat>(p)->byRef;
    case PatKind::Struct: return llvm::any_of(llvm::cast<StructPat>(p)->fields, [](const PatField &f) { return bindsByRef(f.pat); });
    case PatKind::Slice: {
      const SlicePat *s = llvm::cast<SlicePat>(p);
      return any(s->before) || (s->middle && bindsByRef(s->middle)) || any(s->after);
    }
    case PatKind::Or: return any(llvm::cast<OrPat>(p)->alts);
    case PatKind::TupleStruct: return any(llvm::cast<TupleStructPat>(p)->elems);
    case PatKind::Tuple: return any(llvm::cast<TuplePat>(p)->elems);
    case PatKind::Box: return bindsByRef(llvm::cast<BoxPat>(p)->inner);
    case PatKind::Deref: return bindsByRef(llvm::cast<DerefPat>(p)->inner);
    case PatKind::Guard: return bindsByRef(llvm::cast<GuardPat>(p)->inner);
    default: return false;
    }
  }

  static bool isCtorCall(const CallExpr *c) {
    const PathExpr *p = llvm::dyn_cast<PathExpr>(c->callee);
    if (!p || p->path.kind != QPathKind::Resolved || p->path.self)
      return false;
    const Res &r = p->path.path->res;
    return r.kind == ResKind::SelfCtor || r.isDef(DefKind::Ctor);
  }

  // Extending expressions: operands of borrows in them are extended.
  void extendBorrows(const hir::Expr *e, RegionScope scope) {
    switch (e->kind) {
    case hir::ExprKind::AddrOf: {
      const hir::Expr *inner = llvm::cast<AddrOfExpr>(e)->operand;
      extendBorrows(inner, scope);
      return extendOperands(inner, scope);
    }
    case hir::ExprKind::Struct:
      for (const ExprField &f : llvm::cast<StructExpr>(e)->fields)
        extendBorrows(f.value, scope);
      return;
    case hir::ExprKind::Array: for (const hir::Expr *x : llvm::cast<ArrayExpr>(e)->elems) extendBorrows(x, scope); return;
    case hir::ExprKind::Tuple: for (const hir::Expr *x : llvm::cast<TupleExpr>(e)->elems) extendBorrows(x, scope); return;
    case hir::ExprKind::Cast: return extendBorrows(llvm::cast<CastExpr>(e)->operand, scope);
    case hir::ExprKind::Block: {
      const Block *b = llvm::cast<BlockExpr>(e)->block;
      if (b->expr)
        extendBorrows(b->expr, scope);
      for (const Stmt &s : b->stmts)
        if (s.kind == StmtKind::Let && s.let->isSuper)
          extendedSuperLets_[s.let->pat->id] = scope;
      return;
    }
    case hir::ExprKind::If: {
      const IfExpr *i = llvm::cast<IfExpr>(e);
      extendBorrows(i->then, scope);
      if (i->otherwise)
        extendBorrows(i->otherwise, scope);
      return;
    }
    case hir::ExprKind::Match:
      for (const Arm *a : llvm::cast<MatchExpr>(e)->arms)
        extendBorrows(a->body, scope);
      return;
    case hir::ExprKind::Call:
      if (isCtorCall(llvm::cast<CallExpr>(e)))
        for (const hir::Expr *a : llvm::cast<CallExpr>(e)->args)
          extendBorrows(a, scope);
      return;
    default: return;
    }
  }

  // The operand of an extended borrow, and what it is a part of.
  void extendOperands(const hir::Expr *e, RegionScope scope) {
    for (;;) {
      out_.extended_[e->id] = scope;
      if (const AddrOfExpr *a = llvm::dyn_cast<AddrOfExpr>(e))
        e = a->operand;
      else if (const UnaryExpr *u = llvm::dyn_cast<UnaryExpr>(e); u && u->op == UnOp::Deref)
        e = u->operand;
      else if (const FieldExpr *f = llvm::dyn_cast<FieldExpr>(e))
        e = f->base;
      else if (const IndexExpr *i = llvm::dyn_cast<IndexExpr>(e))
        e = i->base;
      else
        return;
    }
  }

  RegionScopes &out_;
  RegionScope parent_, var_;
  llvm::DenseMap<HirId, RegionScope> extendedSuperLets_;
};

RegionScopes::RegionScopes(const Hygiene &hygiene, unsigned crateEdition, ArrayRef<Param> params, const hir::Expr *value, bool isFn)
    : hygiene_(hygiene), crateEdition_(crateEdition) {
  ScopeResolver(*this).body(params, value, isFn);
}

RegionScope RegionScopes::defaultTemporaryScope(RegionScope inner) const {
  RegionScope id = inner;
  for (;;) {
    auto it = parents_.find(id.key());
    CHECK(it != parents_.end(), "expression without an enclosing temporary scope");
    const RegionScope &p = it->second;
    if (p.kind == ScopeKind::Destruction)
      return id;
    if (p.kind == ScopeKind::IfThenRescope || p.kind == ScopeKind::MatchGuard)
      return p;
    id = p;
  }
}

RegionScope RegionScopes::temporaryScope(HirId expr) const {
  auto it = extended_.find(expr);
  return it != extended_.end() ? it->second : defaultTemporaryScope(RegionScope::node(expr));
}

} // namespace ferric::mir_build
