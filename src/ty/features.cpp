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

// Whether the crate defines items that the language itself knows, beyond those that any program may define: core, alloc.
static bool isOfLibrary(const Session &sess, const Crate &c) {
  return llvm::any_of(c.langItems, [&](const auto &item) {
    llvm::StringRef name = sess.str(item.first);
    return name != "panic_impl" && name != "eh_personality" && name != "eh_catch_typeinfo";
  });
}

bool hasFeature(Ctx &tcx, CrateId crate, Symbol name) {
  auto [it, isNew] = tcx.features.try_emplace(crate.raw);
  if (isNew) {
    it->second = featuresOf(tcx.crates[crate]);
    if (isOfLibrary(tcx.sess, tcx.crates[crate]))
      it->second.insert_range(std::initializer_list<Symbol>{sym::unsized_fn_params, sym::const_precise_live_drops});
  }
  return it->second.contains(name);
}

} // namespace ferric::ty
