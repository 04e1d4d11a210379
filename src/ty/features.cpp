// Looks at the tokens of a crate's attributes: features are asked for seldom, and by their names.
#include "ty/features.h"

namespace ferric::ty {

bool hasFeature(Ctx &tcx, CrateId crate, Symbol name) {
  const Crate &c = tcx.crates[crate];
  return llvm::any_of(c.ast.attrsOf(c.attrs), [&](ast::AttrId id) {
    const ast::Attr &a = c.ast.attrs[id];
    return !a.isDoc && a.name == sym::feature &&
           llvm::any_of(lex::tokens(c.ast.tokens, a.args), [&](const lex::Token &t) { return t.is(lex::TokenKind::Ident) && t.sym == name; });
  });
}

} // namespace ferric::ty
