// Putting an expansion's output where its invocation was: the tokens are parsed as what the position asks for, the node record is
// overwritten, and the collector visits the new fragment between resolve's beginFragment and endFragment.
#include "expand/builtin/registry.h"
#include "expand/collector.h"
#include "expand/token_util.h"

namespace ferric::expand {
using namespace ast;

static parse::ItemCtx itemCtx(ItemPlace place) {
  switch (place) {
  case ItemPlace::Module: return parse::ItemCtx::Module;
  case ItemPlace::Trait: return parse::ItemCtx::Trait;
  case ItemPlace::InherentImpl: return parse::ItemCtx::Impl;
  case ItemPlace::TraitImpl: return parse::ItemCtx::TraitImpl;
  case ItemPlace::Foreign: return parse::ItemCtx::Foreign;
  }
  return parse::ItemCtx::Module;
}

const char *targetName(const Invocation &inv) {
  switch (inv.target) {
  case Target::Expr: return "expression";
  case Target::Type: return "type";
  case Target::Pat: return "pattern";
  case Target::Stmt: return "statement";
  case Target::Item:
    switch (inv.place) {
    case ItemPlace::Module: return "item";
    case ItemPlace::Trait: return "trait item";
    case ItemPlace::InherentImpl: return "impl item";
    case ItemPlace::TraitImpl: return "trait impl item";
    case ItemPlace::Foreign: return "foreign item";
    }
    return "item";
  case Target::Inert: return "attribute";
  }
  return "";
}

// The `;` behind a macro call in statement position belongs to the last statement of the output; when that has its own, or there
// is none, it is an empty statement. When the last one is a macro call, its output decides (rustc_expand::placeholders, flat_map_stmt).
List<StmtId> Expander::addSemicolon(List<StmtId> stmts, Span span) {
  llvm::SmallVector<StmtId, 8> list(ast.list(stmts));
  StmtKind last = list.empty() ? StmtKind::Semi : ast.stmts[list.back()].kind;
  if (last == StmtKind::Expr) {
    Stmt &s = ast.stmts[list.back()];
    SemiStmt semi;
    semi.expr = ast.get<ExprStmt>(list.back()).expr;
    s.kind = StmtKind::Semi;
    s.data = ast.addPayload(semi);
    return stmts;
  }
  if (last == StmtKind::MacroCall) {
    if (ast.get<MacroCallStmt>(list.back()).style == MacStmtStyle::Semicolon)
      ++spareSemicolons_[list.back()];
    ast.getMut<MacroCallStmt>(list.back()).style = MacStmtStyle::Semicolon;
    return stmts;
  }
  if (last != StmtKind::Semi)
    return stmts;
  list.push_back(ast.addStmt(span.shrinkToHi(), EmptyStmt()));
  return ast.addList<StmtId>(list);
}

namespace {
template <class T, class NodeT> void overwrite(Ast &ast, NodeT &node, const T &payload) {
  node.kind = T::kKind;
  node.flags = 0;
  node.data = ast.addPayload(payload);
}
} // namespace

void Expander::putItems(Invocation &inv, llvm::ArrayRef<ItemId> items) {
  ItemId id(inv.node);
  ExpansionItem expansion;
  expansion.items = ast.addList(items);
  Item &it = ast.items[id];
  it.kind = ItemKind::Expansion;
  it.attrs = AttrsId(); // they went with the item, or a macro call's are dropped
  it.data = ast.addPayload(expansion);
}

void Expander::putStmts(Invocation &inv, List<StmtId> stmts) {
  StmtId id(inv.node);
  if (ast.get<MacroCallStmt>(id).style == MacStmtStyle::Semicolon)
    for (unsigned n = 1 + spareSemicolons_.lookup(id); n; --n)
      stmts = addSemicolon(stmts, ast.stmts[id].span);
  ExpansionStmt expansion;
  expansion.stmts = stmts;
  overwrite(ast, ast.stmts[id], expansion);
}

void Expander::putExpr(Invocation &inv, ExprId e) {
  if (inv.target == Target::Stmt) {
    ExprStmt s;
    s.expr = e;
    StmtId id = ast.addStmt(ast.exprs[e].span, s);
    return putStmts(inv, ast.addList<StmtId>(id));
  }
  ast.exprs[ExprId(inv.node)] = ast.exprs[e];
}

void Expander::replaceWithDummy(Invocation &inv) {
  switch (inv.target) {
  case Target::Expr: overwrite(ast, ast.exprs[ExprId(inv.node)], ErrExpr()); break;
  case Target::Type: overwrite(ast, ast.types[TypeId(inv.node)], ErrType()); break;
  case Target::Pat: overwrite(ast, ast.pats[PatId(inv.node)], ErrPat()); break;
  case Target::Stmt: putExpr(inv, ast.addExpr(inv.span, ErrExpr())); break;
  case Target::Item: putItems(inv, {}); break;
  case Target::Inert: break;
  }
  visitOutput(inv);
}

// Reports tokens that are left behind the fragment. `macroName`: as in messages.
void Expander::expectAllUsed(const parse::Parser &p, const Invocation &inv, Symbol macroName) {
  if (p.atEof() || !p.ok())
    return;
  EditionInfo edition{&sess.hygiene, input.edition};
  std::string kind = targetName(inv);
  sess.diag
      .error(p.peek().span, "macro expansion ignores " + tokenDescription(sess, p.peek(), edition) + " and any tokens following")
      .label(inv.span, "caused by the macro expansion here")
      .note("the usage of `" + sess.str(macroName) + "!` is likely invalid in " + kind + " context");
}

void Expander::replaceWithTokens(Invocation &inv, lex::TokenRange tokens, Symbol macroName) {
  parse::Parser p = parser(tokens, inv.span);
  switch (inv.target) {
  case Target::Expr: {
    ExprId e = p.parseExpr();
    // A macro may end in `;` and still stand for an expression.
    if (p.ok())
      p.eat(lex::TokenKind::Semi);
    ast.exprs[ExprId(inv.node)] = ast.exprs[e];
    break;
  }
  case Target::Type: ast.types[TypeId(inv.node)] = ast.types[p.parseType()]; break;
  case Target::Pat: ast.pats[PatId(inv.node)] = ast.pats[p.parsePat()]; break;
  case Target::Stmt: putStmts(inv, p.parseStmts()); break;
  case Target::Item: {
    List<ItemId> items = p.parseItems(itemCtx(inv.place));
    putItems(inv, ast.list(items));
    break;
  }
  case Target::Inert: break;
  }
  expectAllUsed(p, inv, macroName);
  visitOutput(inv);
}

void Expander::setAttrValue(const Invocation &inv) {
  const Expr &e = ast.exprs[ExprId(inv.node)];
  if (e.kind == ExprKind::MacroCall && !collected_.empty()) {
    collected_.back().attrValue = inv.attrValue;
    return;
  }
  if (e.kind != ExprKind::Lit) {
    if (e.kind != ExprKind::Err)
      sess.diag.error(e.span, "attribute value must be a literal");
    return;
  }
  const Literal &lit = ast.get<LitExpr>(ExprId(inv.node)).lit;
  lex::Token t;
  t.kind = lex::TokenKind::Literal;
  t.sub = uint8_t(lit.kind);
  t.aux = lit.hashes;
  t.sym = lit.sym;
  t.extra = lit.suffix.raw;
  t.span = e.span;
  ast.attrs[inv.attrValue].args = {ast.tokens.append(t), 1};
}

// Visits the node that has been replaced.
void Expander::visitOutput(Invocation &inv) {
  if (inv.target == Target::Inert || inv.eager)
    return;
  Collector::Context ctx;
  ctx.scope = resolver.beginFragment(inv.expn);
  ctx.module = inv.module;
  ctx.viaBlock = inv.viaBlock;
  ctx.depth = inv.depth;
  switch (inv.target) {
  case Target::Expr:
    collector_->expr(ExprId(inv.node), ctx);
    if (inv.attrValue.valid())
      setAttrValue(inv);
    break;
  case Target::Type: collector_->type(TypeId(inv.node), ctx); break;
  case Target::Pat: collector_->pat(PatId(inv.node), ctx); break;
  case Target::Stmt: collector_->stmts(ast.get<ExpansionStmt>(StmtId(inv.node)).stmts, ctx); break;
  case Target::Item: collector_->item(ItemId(inv.node), inv.place, ctx); break;
  case Target::Inert: break;
  }
  resolver.endFragment(inv.expn, ctx.scope);
}

} // namespace ferric::expand
