// Blocks and statements (Reference: statements, block-expressions; rustc_ast_lowering::block). A block with names of its
// own is a scope: macro_rules definitions in it open one each for what follows them.
#include "lower/lowering.h"

namespace ferric::lower {

const hir::Block *Lowering::makeBlock(Span span, ArrayRef<hir::Stmt> stmts, const hir::Expr *tail, hir::BlockSafety safety) {
  hir::Block *b = alloc(hir::Block{});
  b->id = newId();
  b->span = span;
  b->stmts = arr(stmts);
  b->expr = tail;
  b->safety = safety;
  return b;
}

const hir::Block *Lowering::block(ast::BlockId id, bool targeted) {
  hir::Block *b = alloc(hir::Block{});
  b->id = newId();
  b->targetedByBreak = targeted;
  stmts(id, *b);
  return b;
}

const hir::Expr *Lowering::blockAsExpr(ast::BlockId id) { return blockToExpr(block(id)); }

const hir::Expr *Lowering::blockToExpr(const hir::Block *b) {
  hir::BlockExpr *e = make<hir::BlockExpr>(b->span);
  e->block = b;
  return e;
}

DefId Lowering::itemInBody(ast::ItemId item) const {
  for (DefId around = parentDef_;; around = crates.parent(around)) {
    for (DefId c : crates.children(around))
      if (crates.def(c).ast.kind == AstRefKind::Item && crates.def(c).ast.id == item.raw &&
          crates.kind(c) != DefKind::Closure)
        return c;
    if (around == def_)
      return DefId();
  }
}

// Those of the statements and expressions around an item give lints in it their levels too.
void Lowering::noteAttrsAround(DefId item, Span span) {
  if (!item.valid() || !body_ || body_->attrs.empty())
    return;
  span = sess.hygiene.sourceCallSite(span);
  llvm::SmallVector<ast::AttrsId, 1> around;
  for (const auto &[outer, attrs] : body_->attrs) {
    Span place = sess.hygiene.sourceCallSite(outer);
    if (place.lo <= span.lo && span.hi <= place.hi)
      around.push_back(attrs);
  }
  if (!around.empty())
    tcx.attrsAround[item] = std::move(around);
}

void Lowering::stmts(ast::BlockId id, hir::Block &out) {
  const ast::Block &b = ast.blocks[id];
  out.span = b.span;
  out.safety = b.isUnsafe ? hir::BlockSafety::Unsafe : hir::BlockSafety::Safe;
  size_t mark = ribs_.mark();
  ModuleId outerScope = scope_;
  HirId first(nextId_);
  ModuleId m = scopes.blockModule(crate.id, id);
  size_t scopeRow = 0;
  if (m.valid()) {
    out.scope = m;
    scope_ = m;
    ribs_.pushBlock(m);
    if (body_) {
      scopeRow = body_->blockScopes.size();
      body_->blockScopes.push_back({first, first, m});
    }
  }
  SmallVector<ast::StmtId, 16> list;
  ast::forEachStmt(ast, b.stmts, [&](ast::StmtId s) {
    if (ast.stmts[s].kind != ast::StmtKind::Empty)
      list.push_back(s);
  });
  SmallVector<hir::Stmt, 16> lowered;
  for (size_t i = 0; i < list.size(); ++i) {
    const ast::Stmt &s = ast.stmts[list[i]];
    noteAttrs(s.span, s.attrs);
    switch (s.kind) {
    case ast::StmtKind::Let: {
      hir::Stmt st;
      st.kind = hir::StmtKind::Let;
      st.id = newId();
      st.span = s.span;
      st.let = letStmt(s, node<ast::LetStmt>(list[i]));
      lowered.push_back(st);
      break;
    }
    case ast::StmtKind::Item: {
      SmallVector<ast::ItemId, 4> items{node<ast::ItemStmt>(list[i]).item};
      while (!items.empty()) {
        ast::ItemId item = items.pop_back_val();
        if (ast.items[item].kind == ast::ItemKind::Expansion) {
          ArrayRef<ast::ItemId> inner = ast.list(node<ast::ExpansionItem>(item).items);
          for (size_t k = inner.size(); k-- > 0;)
            items.push_back(inner[k]);
          continue;
        }
        hir::Stmt st;
        st.kind = hir::StmtKind::Item;
        st.id = newId();
        st.span = ast.items[item].span;
        st.item = itemInBody(item);
        noteAttrsAround(st.item, st.span);
        if (ast.items[item].kind == ast::ItemKind::MacroDef) {
          if (st.item.valid())
            ribs_.pushMacro(st.item);
          continue;
        }
        lowered.push_back(st);
      }
      break;
    }
    case ast::StmtKind::Expr: {
      const hir::Expr *e = expr(node<ast::ExprStmt>(list[i]).expr);
      if (i + 1 == list.size())
        out.expr = e;
      else
        lowered.push_back(exprStmt(e, hir::StmtKind::Expr));
      break;
    }
    case ast::StmtKind::Semi: {
      hir::Stmt st = exprStmt(expr(node<ast::SemiStmt>(list[i]).expr), hir::StmtKind::Semi);
      st.span = s.span;
      lowered.push_back(st);
      break;
    }
    case ast::StmtKind::Empty:
    case ast::StmtKind::MacroCall:
    case ast::StmtKind::Expansion:
      break;
    }
  }
  out.stmts = arr(lowered);
  ribs_.reset(mark);
  scope_ = outerScope;
  if (m.valid() && body_)
    body_->blockScopes[scopeRow].end = HirId(nextId_);
}

const hir::LetStmt *Lowering::letStmt(const ast::Stmt &s, const ast::LetStmt &l) {
  hir::LetStmt *out = alloc(hir::LetStmt{});
  out->id = newId();
  out->span = s.span;
  out->isSuper = l.isSuper;
  if (l.ty)
    out->ty = ty(l.ty);
  if (l.init)
    out->init = expr(l.init);
  if (l.otherwise)
    out->otherwise = block(l.otherwise); // before the bindings come into scope
  out->pat = pat(l.pat);
  return out;
}

hir::Stmt Lowering::exprStmt(const hir::Expr *e, hir::StmtKind kind) {
  hir::Stmt s;
  s.kind = kind;
  s.id = newId();
  s.span = e->span;
  s.expr = e;
  return s;
}

hir::Stmt Lowering::letOf(Span span, const hir::Pat *p, const hir::Expr *init, bool isSuper) {
  hir::LetStmt *l = alloc(hir::LetStmt{});
  l->id = newId();
  l->span = span;
  l->isSuper = isSuper;
  l->pat = p;
  l->init = init;
  hir::Stmt s;
  s.kind = hir::StmtKind::Let;
  s.id = newId();
  s.span = span;
  s.let = l;
  return s;
}

} // namespace ferric::lower
