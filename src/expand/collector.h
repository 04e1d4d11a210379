// The one visit of a fragment: collects invocations, loads module files, and tells resolve about items, blocks and macros.
#pragma once
#include "expand/expander.h"

namespace ferric::expand {

class Collector {
public:
  explicit Collector(Expander &e) : e_(e), ast_(e.ast) {}

  // Where the fragment stands.
  struct Context {
    ParentScope scope;
    uint32_t module = 0;
    bool viaBlock = false;
    uint32_t depth = 0;
  };
  // Visits a fragment; `ctx.scope` is left as the scope behind it. Invocations are appended to the expander's list in order.
  void items(List<ast::ItemId> list, ItemPlace place, Context &ctx);
  void item(ast::ItemId id, ItemPlace place, Context &ctx);
  void stmts(List<ast::StmtId> list, Context &ctx);
  void expr(ast::ExprId id, Context &ctx);
  void type(ast::TypeId id, Context &ctx);
  void pat(ast::PatId id, Context &ctx);

  void attributeValues(ast::AttrsId attrs, Context &ctx);

private:
  bool attributeMacro(ast::AttrsId attrs, ast::AttrId &out, llvm::SmallVectorImpl<ast::PathId> &laterDerives);
  void collectAttr(ast::ItemId id, ItemPlace place, ast::AttrId attr, llvm::ArrayRef<ast::PathId> laterDerives, Context &ctx);
  Invocation &collectBang(Target target, uint32_t node, const ast::MacCall &mac, Context &ctx, bool textual, bool inModule);
  void inertAttrs(ast::AttrsId attrs, Context &ctx);
  void itemInside(ast::ItemId id, ItemPlace place, Context &inner);
  void module(ast::ItemId id, Context &ctx);
  void stmt(ast::StmtId id, bool last, Context &ctx);
  void block(ast::BlockId id, Context &ctx);
  void blockOpt(ast::BlockId id, Context &ctx) { if (id) block(id, ctx); }
  void exprOpt(ast::ExprId id, Context &ctx) { if (id) expr(id, ctx); }
  void typeOpt(ast::TypeId id, Context &ctx) { if (id) type(id, ctx); }
  void patOpt(ast::PatId id, Context &ctx) { if (id) pat(id, ctx); }
  void nameless(DefKind kind, AstRef ref, Span span, ast::AttrsId attrs, Context &ctx, llvm::function_ref<void(Context &)> inside);
  void anonConst(const ast::AnonConst &k, Context &ctx);
  void exprs(List<ast::ExprId> l, Context &ctx) { for (ast::ExprId e : ast_.list(l)) exprOpt(e, ctx); }
  void pats(List<ast::PatId> l, Context &ctx) { for (ast::PatId p : ast_.list(l)) pat(p, ctx); }
  void path(ast::PathId id, Context &ctx);
  void qself(const ast::QSelf &q, Context &ctx) { if (q.valid()) type(q.ty, ctx); }
  void genericArgs(ast::GenericArgsId id, Context &ctx);
  void generics(const ast::Generics &g, Context &ctx);
  void genericParams(List<ast::GenericParam> l, Context &ctx);
  void bounds(List<ast::GenericBound> l, Context &ctx);
  void fnDecl(const ast::FnDecl &d, Context &ctx);
  void variantData(const ast::VariantData &d, Context &ctx);
  void asmOperands(const ast::InlineAsm &a, Context &ctx);

  Expander &e_;
  ast::Ast &ast_;
};

} // namespace ferric::expand
