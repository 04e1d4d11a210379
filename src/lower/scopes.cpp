// Puts in place what is in scope at an item that is lowered on demand: the generic parameters of the items around
// it, Self, the block modules between a body and the item declared in it, and the barriers that keep the
// locals and parameters of an outer function out (Reference: names/scopes).
#include "lower/lowering.h"

namespace ferric::lower {

Lowering::Lowering(ty::Ctx &tcx, DefId item)
    : tcx(tcx), sess(tcx.sess), crates(tcx.crates), crate(crates.crateOf(item)), ast(crate.ast), scopes(*tcx.scopes),
      def_(item), parentDef_(item), arena_(&tcx.arena), ribs_(tcx.sess.hygiene) {
  enterScopesOf(item);
}

void Lowering::enterScopesOf(DefId def) {
  SmallVector<DefId, 4> chain;
  for (DefId d = def; d.valid() && crates.kind(d) != DefKind::Mod; d = crates.parent(d))
    chain.push_back(d);
  scope_ = outer_ = crates.scopeOf(chain.empty() ? def : chain.back());
  while (crates.module(outer_).isBlock) // a body's item whose owner is unknown: its blocks are looked at below
    outer_ = crates.module(outer_).parent;
  for (size_t i = chain.size(); i-- > 0;) {
    DefId d = chain[i];
    DefId parent = crates.parent(d);
    DefKind parentKind = parent.valid() ? crates.kind(parent) : DefKind::Mod;
    bool inBody = parentKind != DefKind::Impl && parentKind != DefKind::Trait && parentKind != DefKind::ForeignMod &&
                  parentKind != DefKind::Mod;
    ModuleId around = inBody ? crates.scopeOf(parent) : outer_;
    SmallVector<ModuleId, 4> blocks;
    for (ModuleId m = crates.scopeOf(d); m != around && m != scope_ && crates.module(m).isBlock; m = crates.module(m).parent)
      blocks.push_back(m);
    bool isNameless = crates.kind(d) == DefKind::Closure || crates.kind(d) == DefKind::InlineConst ||
                      crates.kind(d) == DefKind::AnonConst;
    if (inBody && !isNameless) {
      ribs_.pushBarrier(Barrier::FnItem);
      lifetimes_.push_back({Ident(), DefId(), true});
    }
    for (ModuleId m : llvm::reverse(blocks)) {
      ribs_.pushBlock(m);
      scope_ = m;
    }
    bindSelf(d);
    if (d != def)
      bindGenerics(d);
  }
}

void Lowering::bindGenerics(DefId def) {
  if (!crates.generics(def))
    return;
  for (DefId p : crates.genericParams(def)) {
    const Def &row = crates.def(p);
    Ident ident{row.name, row.identSpan};
    if (row.kind == DefKind::LifetimeParam)
      lifetimes_.push_back({ident, p, false});
    else if (row.kind == DefKind::TyParam)
      ribs_.bind(RibSpace::Type, ident, crates.res(p), true);
    else if (row.kind == DefKind::ConstParam)
      ribs_.bind(RibSpace::Value, ident, crates.res(p), true);
  }
}

void Lowering::bindSelf(DefId def) {
  Ident self{sym::kw_Self, Span()};
  Res res;
  res.def = def;
  switch (crates.kind(def)) {
  case DefKind::Trait:
  case DefKind::TraitAlias:
    res.kind = ResKind::SelfTyParam;
    break;
  case DefKind::Impl: {
    Res ctor = res;
    ctor.kind = ResKind::SelfCtor;
    ribs_.bind(RibSpace::Value, self, ctor, true);
    res.kind = ResKind::SelfTyAlias;
    break;
  }
  case DefKind::Struct:
  case DefKind::Enum:
  case DefKind::Union:
    res.kind = ResKind::SelfTyAlias;
    break;
  default:
    return;
  }
  ribs_.bind(RibSpace::Type, self, res, true);
}

bool Lowering::tooDeep(Span span) {
  if (depth_ < 20000)
    return false;
  error(span, "", "code is nested too deeply");
  return true;
}

} // namespace ferric::lower
