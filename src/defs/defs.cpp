// Disambiguators of definitions with the same name under the same parent.
#include "defs/defs.h"

namespace ferric {

// Kinds that share one counter, as rustc_hir::definitions::DefPathData groups them.
static unsigned pathClass(DefKind kind) {
  switch (kind) {
  case DefKind::Mod: case DefKind::Struct: case DefKind::Union: case DefKind::Enum: case DefKind::Variant:
  case DefKind::Trait: case DefKind::TyAlias: case DefKind::ForeignTy: case DefKind::TraitAlias: case DefKind::AssocTy:
  case DefKind::TyParam: case DefKind::ExternCrate:
    return 0;
  case DefKind::Fn: case DefKind::Const: case DefKind::ConstParam: case DefKind::Static: case DefKind::AssocFn:
  case DefKind::AssocConst: case DefKind::Field:
    return 1;
  case DefKind::Macro: return 2;
  case DefKind::LifetimeParam: return 3;
  case DefKind::Impl: return 4;
  case DefKind::Use: return 5;
  case DefKind::ForeignMod: return 6;
  case DefKind::GlobalAsm: return 7;
  case DefKind::Ctor: return 8;
  case DefKind::AnonConst: case DefKind::InlineConst: return 9;
  case DefKind::Closure: return 10;
  case DefKind::OpaqueTy: return 11;
  }
  return 12;
}

uint32_t DefTable::nextDisambiguator(DefId parent, DefKind kind, Symbol name) {
  return disambiguators_[{parent.raw, uint64_t(name.raw) << 8 | pathClass(kind)}]++;
}

} // namespace ferric
