// Rules of syntax that the grammar is too generous for (rustc_ast_passes): checked after expansion, because macros may take
// and configuration may remove what would be wrong in a program.
#pragma once
#include "ast/ast.h"
#include "diag/session.h"

namespace ferric::parse {

// Reports bodies that are missing or misplaced, qualifiers and visibilities where none may stand, misplaced patterns, nested
// `impl Trait`, generic parameters and arguments out of order, and the like. `edition` is the crate's.
void validateCrate(Session &sess, const ast::Ast &ast, List<ast::ItemId> items, unsigned edition);

} // namespace ferric::parse
