// The providers together, and the walk that asks everything of one item.
#include "collect/collect.h"
#include "collect/util.h"

namespace ferric::collect {

void registerGenerics(ty::Ctx &tcx);
void registerPredicates(ty::Ctx &tcx);
void registerTypeOf(ty::Ctx &tcx);
void registerAttrs(ty::Ctx &tcx);
void registerAdt(ty::Ctx &tcx);
void registerTraits(ty::Ctx &tcx);
void registerVariances(ty::Ctx &tcx);

void registerCollectProviders(ty::Ctx &tcx) {
  registerGenerics(tcx);
  registerPredicates(tcx);
  registerTypeOf(tcx);
  registerAttrs(tcx);
  registerAdt(tcx);
  registerTraits(tcx);
  registerVariances(tcx);
}

void collectItem(ty::Ctx &tcx, DefId def) {
  DefKind kind = tcx.defKind(def);
  switch (kind) {
  case DefKind::Struct:
  case DefKind::Union:
  case DefKind::Enum:
    tcx.genericsOf(def);
    tcx.explicitPredicatesOf(def);
    for (const ty::VariantDef &v : tcx.adtDef(def)->variants) {
      for (const ty::FieldDef &f : v.fields)
        tcx.typeOf(f.def);
      if (v.hasCtor && v.ctorKind == CtorKind::Fn)
        tcx.fnSig(v.ctor);
    }
    break;
  case DefKind::Trait:
  case DefKind::TraitAlias:
    tcx.genericsOf(def);
    tcx.explicitPredicatesOf(def);
    (void)tcx.superPredicatesOf(def);
    tcx.traitDef(def);
    if (kind == DefKind::Trait)
      (void)tcx.assocItems(def);
    break;
  case DefKind::Impl:
    tcx.genericsOf(def);
    tcx.explicitPredicatesOf(def);
    tcx.typeOf(def);
    tcx.implTraitRef(def);
    (void)tcx.assocItems(def);
    break;
  case DefKind::Fn:
  case DefKind::AssocFn:
    tcx.genericsOf(def);
    tcx.explicitPredicatesOf(def);
    tcx.fnSig(def);
    tcx.codegenAttrs(def);
    break;
  case DefKind::AssocTy:
    tcx.genericsOf(def);
    tcx.explicitPredicatesOf(def);
    if (tcx.defKind(tcx.parent(def)) == DefKind::Trait)
      tcx.itemBounds(def);
    if (tcx.hirItem(def)->ty)
      tcx.typeOf(def);
    break;
  case DefKind::TyAlias:
  case DefKind::Const:
  case DefKind::AssocConst:
    tcx.genericsOf(def);
    tcx.explicitPredicatesOf(def);
    tcx.typeOf(def);
    break;
  case DefKind::Static:
    tcx.typeOf(def);
    tcx.codegenAttrs(def);
    break;
  default:
    return;
  }
  if (const ty::Generics *g = tcx.genericsOf(def))
    for (const ty::GenericParamDef &p : g->own)
      if (p.hasDefault)
        p.kind == ty::GenericParamKind::Const ? (void)tcx.constParamDefault(p.def) : (void)tcx.typeOf(p.def);
}

} // namespace ferric::collect
