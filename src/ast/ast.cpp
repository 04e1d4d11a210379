// Size accounting of the syntax tree.
#include "ast/ast.h"

namespace ferric::ast {

size_t Ast::bytes() const {
  return exprs.bytes() + types.bytes() + pats.bytes() + stmts.bytes() + items.bytes() + blocks.bytes() + paths.bytes() +
         genericArgs.bytes() + attrs.bytes() + attrLists.bytes() + tokens.bytes() + words_.bytes();
}

} // namespace ferric::ast
