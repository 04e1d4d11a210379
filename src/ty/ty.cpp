// Accessors of interned values; each checks the kind it is asked for.
#include "ty/ty.h"
#include "ty/items.h"

namespace ferric::ty {

#define NEED(cond) CHECK(cond, "type taken apart as another kind")
IntTy Ty::intTy() const { NEED(is(TyKind::Int) || is(TyKind::Uint)); return IntTy(p->sub); }
FloatTy Ty::floatTy() const { NEED(is(TyKind::Float)); return FloatTy(p->sub); }
const AdtDef *Ty::adt() const { NEED(is(TyKind::Adt)); return p->adt; }
DefId Ty::def() const { NEED(p->def.valid()); return p->def; }
Ty Ty::inner() const { NEED(p->inner); return p->inner; }
Mutability Ty::mut() const { NEED(is(TyKind::RawPtr) || is(TyKind::Ref)); return Mutability(p->sub); }
Region Ty::region() const { NEED(p->region); return p->region; }
Const Ty::len() const { NEED(is(TyKind::Array)); return p->len; }
PatternRef Ty::pattern() const { NEED(is(TyKind::Pat)); return p->pattern; }
TyList Ty::tuple() const { NEED(is(TyKind::Tuple)); return p->list; }
PolyFnSig Ty::fnPtrSig() const { NEED(is(TyKind::FnPtr)); return {{p->list, p->header}, p->vars}; }
ExistentialPredicates Ty::preds() const { NEED(is(TyKind::Dynamic)); return p->preds; }
AliasKind Ty::aliasKind() const { NEED(is(TyKind::Alias)); return AliasKind(p->sub); }
AliasTy Ty::alias() const { NEED(is(TyKind::Alias)); return {AliasKind(p->sub), p->def, p->args}; }
Symbol Ty::name() const { NEED(is(TyKind::Param)); return p->name; }
uint32_t Ty::debruijn() const { NEED(is(TyKind::Bound)); return p->debruijn; }
uint32_t Ty::universe() const { NEED(is(TyKind::Placeholder)); return p->debruijn; }
bool Ty::isIntegral() const { return is(TyKind::Int) || is(TyKind::Uint) || (is(TyKind::Infer) && inferKind() == InferKind::Int); }
bool Ty::isFloating() const { return is(TyKind::Float) || (is(TyKind::Infer) && inferKind() == InferKind::Float); }
bool Ty::isScalar() const {
  return isBool() || isChar() || isNumeric() || is(TyKind::RawPtr) || is(TyKind::FnPtr) || is(TyKind::FnDef);
}
bool Ty::isBox() const { return is(TyKind::Adt) && p->adt->isBox; }

#undef NEED
#define NEED(cond) CHECK(cond, "constant taken apart as another kind")
uint32_t Const::index() const { return p->index; }
Symbol Const::name() const { return p->name; }
uint32_t Const::debruijn() const { NEED(is(ConstKind::Bound)); return p->debruijn; }
DefId Const::def() const { NEED(is(ConstKind::Unevaluated)); return p->def; }
GenericArgs Const::args() const { NEED(is(ConstKind::Unevaluated)); return p->args; }
Ty Const::valueTy() const { NEED(is(ConstKind::Value)); return p->ty; }
ValTree Const::value() const { NEED(is(ConstKind::Value)); return p->value; }
bool Const::tryBits(uint64_t &out) const {
  if (!is(ConstKind::Value) || !p->value->isLeaf || p->value->leaf.size > 8)
    return false;
  out = p->value->leaf.lo;
  return true;
}
#undef NEED

uint32_t Region::flags() const {
  switch (p->kind) {
  case RegionKind::EarlyParam: return kHasReParam | kHasRegions;
  case RegionKind::Bound: return kHasBound;
  case RegionKind::Var: return kHasReInfer | kHasRegions;
  case RegionKind::Placeholder: return kHasPlaceholder | kHasRegions;
  case RegionKind::Erased: return 0;
  case RegionKind::Error: return kHasError | kHasRegions;
  default: return kHasRegions;
  }
}
} // namespace ferric::ty
