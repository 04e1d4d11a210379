// The syntax tree back to tokens and to text: -Zunpretty, `assert!` messages, input of derive macros.
#pragma once
#include "ast/ast.h"
#include "diag/session.h"

namespace ferric::ast {

struct PrintOptions {
  // Text of `$crate` at a span (`crate`, `::core`); null: `$crate` itself.
  std::function<std::string(Span)> dollarCrate;
  bool expanded = false;       // as rustc prints expanded code: `macro m($x:ty) {..}` with braces and arrow
};

// Readable Rust: each item and statement on its own lines, attributes included, expansions seen through.
void printCrate(Session &sess, const Ast &ast, List<ItemId> items, AttrsId attrs, llvm::raw_ostream &os,
                const PrintOptions &options = {});
// One node on one line, spaced as rustc's pretty printer does.
std::string printExpr(Session &sess, const Ast &ast, ExprId id);
std::string printType(Session &sess, const Ast &ast, TypeId id);
std::string printPat(Session &sess, const Ast &ast, PatId id);
std::string printPath(Session &sess, const Ast &ast, PathId id);
// The tokens of items (cfg-stripped, expanded), with delimiters matched, appended to `out`: proc macro input.
lex::TokenRange emitItems(Session &sess, const Ast &ast, llvm::ArrayRef<ItemId> items, lex::TokenStore &out);
// The same with the attributes of the crate in front, for comparing with what was parsed.
void emitCrate(Session &sess, const Ast &ast, List<ItemId> items, AttrsId attrs, std::vector<lex::Token> &out);
// An indented dump of the tree, one node per line: kind, span, what distinguishes it.
void dumpTree(const Session &sess, const Ast &ast, List<ItemId> items, llvm::raw_ostream &os);

} // namespace ferric::ast
