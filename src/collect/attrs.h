// Reading attribute arguments.
#pragma once
#include "ty/context.h"

namespace ferric::collect {

// One element of `#[attr(word, name = value, name(args))]`.
struct MetaItem {
  Symbol name;
  lex::Token value;            // after `=`, or the only token inside the parentheses; Eof: none
  Span span;
};
// The comma-separated elements of a delimited attribute.
llvm::SmallVector<MetaItem, 4> metaItems(const ast::Ast &ast, const ast::Attr &attr);
// f(const ast::Attr &) for each attribute of a definition.
template <class F> void forEachAttr(ty::Ctx &tcx, DefId def, F f) {
  const ast::Ast &ast = tcx.crates.ast(def);
  for (ast::AttrId a : tcx.crates.attrs(def))
    f(ast.attrs[a]);
}
// The number a literal token denotes.
bool tokenInt(ty::Ctx &tcx, const lex::Token &t, uint64_t &lo, uint64_t &hi);

} // namespace ferric::collect
