// Size accounting of the syntax tree, and dropping its newest nodes.
#include "ast/ast.h"

namespace ferric::ast {

size_t Ast::bytes() const {
  return exprs.bytes() + types.bytes() + pats.bytes() + stmts.bytes() + items.bytes() + blocks.bytes() + paths.bytes() +
         genericArgs.bytes() + attrs.bytes() + attrLists.bytes() + tokens.bytes() + words_.bytes();
}

void Ast::release(const Mark &m) {
  exprs.truncate(m.exprs);
  types.truncate(m.types);
  pats.truncate(m.pats);
  stmts.truncate(m.stmts);
  items.truncate(m.items);
  blocks.truncate(m.blocks);
  paths.truncate(m.paths);
  genericArgs.truncate(m.genericArgs);
  attrs.truncate(m.attrs);
  attrLists.truncate(m.attrLists);
  words_.truncate(m.words);
}

} // namespace ferric::ast
