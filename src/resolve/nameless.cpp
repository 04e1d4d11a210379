// Closures and constants without names. The number of one among its siblings is part of the names of all that is in it: of symbols
// and of types. They are counted when expansion meets them, so that what macros bring comes after what is written around their
// calls (rustc_resolve::def_collector). Few of them have definitions inside, which need theirs at once; all others are left to lowering.
#include "resolve/resolver.h"

namespace ferric::resolve {

void Resolver::enterNameless(DefKind kind, AstRef ast, Span span, ast::AttrsId attrs, ParentScope &inner) {
  // Constants of all kinds are counted together, as in DefTable::nextDisambiguator.
  uint64_t parent = inner.nameless ? uint64_t(inner.nameless) << 32 : inner.parentDef.raw;
  uint32_t disambiguator = namelessCounts_[{parent, kind == DefKind::Closure}]++;
  nameless_.push_back({kind, ast, disambiguator, DefId()});
  namelessScopes_.push_back({inner, span, attrs});
  inner.nameless = uint32_t(nameless_.size());
}

void Resolver::enterVariant(uint32_t index, ParentScope &inner) {
  uint32_t row = inner.parentDef.index() + 1;
  while (crate_.defs[DefId(crate_.id, row)].kind != DefKind::Variant)
    ++row; // parameters of the enum
  inner.parentDef = DefId(crate_.id, row + index);
}

// The parent of what is defined in `scope`; makes the definitions of the closures and constants around.
DefId Resolver::parentOf(const ParentScope &scope) {
  if (!scope.nameless)
    return scope.parentDef;
  size_t at = scope.nameless - 1;
  if (nameless_[at].def.valid())
    return nameless_[at].def;
  const NamelessScope &around = namelessScopes_[at];
  Def def;
  def.kind = nameless_[at].kind;
  def.inBlock = true;
  def.parent = parentOf(around.outer);
  def.name = sym::empty;
  def.disambiguator = nameless_[at].disambiguator;
  def.vis = {names()[around.outer.module].normal};
  def.ast = nameless_[at].ast;
  def.attrs = around.attrs;
  def.span = def.identSpan = around.span;
  def.expn = around.outer.expansion;
  def.module = around.outer.module;
  return nameless_[at].def = crate_.defs.add(def);
}

} // namespace ferric::resolve
