#include "ty/features.h"

namespace ferric::ty {

static llvm::DenseSet<Symbol> featuresOf(const Crate &c) {
  llvm::DenseSet<Symbol> names;
  for (ast::AttrId id : c.ast.attrsOf(c.attrs)) {
    const ast::Attr &a = c.ast.attrs[id];
    if (a.isDoc || a.name != sym::feature)
      continue;
    for (const lex::Token &t : lex::tokens(c.ast.tokens, a.args))
      if (t.is(lex::TokenKind::Ident))
        names.insert(t.sym);
  }
  return names;
}

bool hasFeature(Ctx &tcx, CrateId crate, Symbol name) {
  auto [it, isNew] = tcx.features.try_emplace(crate.raw);
  if (isNew)
    it->second = featuresOf(tcx.crates[crate]);
  return it->second.contains(name);
}

} // namespace ferric::ty
