// Types of definitions, signatures, impl headers (rustc_hir_analysis::collect::type_of, fn_sig).
#include "collect/collect.h"
#include "collect/util.h"
#include "ty/fold.h"
#include "ty/print.h"
#include "ty/typeck_results.h"

namespace ferric::collect {

namespace {

Ty discrTy(ty::Ctx &tcx, const ty::AdtDef *adt) {
  const ty::ReprOptions &r = adt->repr;
  if (!r.hasInt)
    return tcx.common.isize;
  if (r.intIsPtr)
    return r.intSigned ? tcx.common.isize : tcx.common.usize;
  ty::IntTy t = r.intSize == 1 ? ty::IntTy::I8 : r.intSize == 2 ? ty::IntTy::I16 : r.intSize == 4 ? ty::IntTy::I32 : r.intSize == 8 ? ty::IntTy::I64 : ty::IntTy::I128;
  return r.intSigned ? tcx.mkInt(t) : tcx.mkUint(t);
}

Ty adtTy(ty::Ctx &tcx, DefId adt) { return tcx.mkAdt(tcx.adtDef(adt), tcx.identityArgs(adt)); }

Ty ownTy(ty::Ctx &tcx, DefId def) {
  const hir::Item *item = tcx.hirItem(def);
  if (!item->ty)
    return Ty();
  ItemLowerer l(tcx, def);
  return l.lowerTy(item->ty);
}

Ty fieldTy(ty::Ctx &tcx, DefId field) {
  DefId owner = tcx.parent(field);
  if (tcx.defKind(owner) == DefKind::Variant)
    owner = tcx.parent(owner);
  for (const hir::FieldSig &f : tcx.hirItem(owner)->fields)
    if (f.def == field) {
      ItemLowerer l(tcx, owner);
      return l.lowerTy(f.ty);
    }
  return tcx.common.error;
}

// The type, struct, union or enum, a constructor or variant belongs to.
DefId adtOf(ty::Ctx &tcx, DefId def) {
  while (tcx.defKind(def) == DefKind::Ctor || tcx.defKind(def) == DefKind::Variant)
    def = tcx.parent(def);
  return def;
}

Ty provideTypeOf(ty::Ctx &tcx, const DefId &def) {
  switch (tcx.defKind(def)) {
  case DefKind::Struct:
  case DefKind::Union:
  case DefKind::Enum:
    return adtTy(tcx, def);
  case DefKind::Variant:
    return adtTy(tcx, tcx.parent(def));
  case DefKind::Ctor:
    if (tcx.def(def).ctorKind == CtorKind::Const)
      return adtTy(tcx, adtOf(tcx, def));
    return tcx.mkFnDef(def, tcx.identityArgs(def));
  case DefKind::Fn:
  case DefKind::AssocFn:
    return tcx.mkFnDef(def, tcx.identityArgs(def));
  case DefKind::ForeignTy:
    return tcx.mkForeign(def);
  case DefKind::TyAlias:
  case DefKind::AssocTy:
  case DefKind::Const:
  case DefKind::AssocConst:
  case DefKind::Static: {
    Ty t = ownTy(tcx, def);
    if (t)
      return t;
    if (tcx.defKind(def) != DefKind::AssocTy)
      tcx.sess.diag.error(tcx.def(def).identSpan, "", "missing type").label(tcx.def(def).identSpan, "a type must be given");
    return tcx.common.error;
  }
  case DefKind::Field:
    return fieldTy(tcx, def);
  case DefKind::TyParam: { // its default
    const hir::GenericParam *p = hirParam(tcx, def);
    if (!p || !p->ty)
      return tcx.common.error;
    ItemLowerer l(tcx, tcx.parent(def));
    return l.lowerTy(p->ty);
  }
  case DefKind::ConstParam: {
    const hir::GenericParam *p = hirParam(tcx, def);
    if (!p || !p->ty)
      return tcx.common.error;
    ItemLowerer l(tcx, tcx.parent(def));
    return l.lowerTy(p->ty);
  }
  case DefKind::Impl: {
    ItemLowerer l(tcx, def);
    return l.lowerTy(tcx.hirItem(def)->impl.self);
  }
  case DefKind::AnonConst: {
    // Known from where it stands: lowering of that type tells (TyLowerer::lowerConstArg); discriminants and field defaults here.
    DefId parent = tcx.parent(def);
    if (tcx.defKind(parent) == DefKind::Variant)
      return discrTy(tcx, tcx.adtDef(tcx.parent(parent)));
    if (tcx.crates.def(parent).ast.kind != AstRefKind::Item)
      return tcx.common.usize;
    const hir::Item *item = tcx.hirItem(parent);
    for (const hir::FieldSig &f : item->fields)
      if (f.defaultValue == def)
        return tcx.typeOf(f.def);
    for (const hir::GenericParam &p : item->generics.params)
      if (p.defaultConst && p.defaultConst->anon == def)
        return tcx.typeOf(p.def);
    collectItem(tcx, parent); // lowers the type it stands in
    if (const Ty *known = tcx.queries.typeOf.tryGet(def))
      return *known;
    return tcx.common.usize;
  }
  case DefKind::Closure: {
    const ty::TypeckResults *r = tcx.typeck(typeckRoot(tcx, def));
    return r ? r->closureTypes.lookup(def) : tcx.common.error;
  }
  case DefKind::OpaqueTy:
    return tcx.typeOfOpaque(def);
  default:
    return tcx.common.error;
  }
}

ty::PolyFnSig provideFnSig(ty::Ctx &tcx, const DefId &def) {
  DefKind kind = tcx.defKind(def);
  if (kind == DefKind::Ctor) {
    SmallVector<Ty, 8> inputs;
    for (DefId f : tcx.crates.fields(tcx.parent(def)))
      inputs.push_back(tcx.typeOf(f));
    return {tcx.mkSig(inputs, adtTy(tcx, adtOf(tcx, def))), {}};
  }
  if (kind == DefKind::Closure)
    return tcx.closureSignature(def);
  if (kind != DefKind::Fn && kind != DefKind::AssocFn)
    return {};
  const hir::Item *item = tcx.hirItem(def);
  hir::FnHeader header = item->fnHeader;
  DefId parent = tcx.parent(def);
  if (tcx.defKind(parent) == DefKind::ForeignMod) {
    const ast::ForeignModItem &block = tcx.crates.itemAs<ast::ForeignModItem>(parent);
    header.abi = block.ext == ast::ExternKind::Explicit ? block.abi.sym : tcx.sess.symbols.intern("C");
    header.abiSpan = block.abi.span;
    if (header.safety == ast::Safety::Default)
      header.safety = ast::Safety::Unsafe;
  }
  ItemLowerer l(tcx, def);
  TyLowerer::BinderScope scope(l, tcx.lateBoundParamsOf(def));
  ty::FnSig sig = l.lowerFnSig(header, item->decl);
  return {sig, scope.vars()};
}

Const provideConstParamDefault(ty::Ctx &tcx, const DefId &def) {
  const hir::GenericParam *p = hirParam(tcx, def);
  if (!p || !p->defaultConst)
    return tcx.common.error_ct;
  ItemLowerer l(tcx, tcx.parent(def));
  return l.lowerConstArg(p->defaultConst, tcx.typeOf(def));
}

TraitRef provideImplTraitRef(ty::Ctx &tcx, const DefId &def) {
  const hir::Item *item = tcx.hirItem(def);
  if (!item->impl.traitPath)
    return {};
  ItemLowerer l(tcx, def);
  TraitRef tr = l.lowerTraitRef(item->impl.traitPath, tcx.typeOf(def));
  if (tr.trait.valid() && tcx.defKind(tr.trait) != DefKind::Trait) {
    tcx.sess.diag.error(item->impl.traitPath->span, "E0404", "expected trait, found trait alias").label(item->impl.traitPath->span, "not a trait");
    return {};
  }
  return tr;
}

ty::ImplPolarity provideImplPolarity(ty::Ctx &tcx, const DefId &def) {
  if (tcx.crates.itemAs<ast::ImplItem>(def).negative)
    return ty::ImplPolarity::Negative;
  if (tcx.crates.hasAttr(def, tcx.sess.symbols.intern("rustc_reservation_impl")))
    return ty::ImplPolarity::Reservation;
  return ty::ImplPolarity::Positive;
}

} // namespace

void registerTypeOf(ty::Ctx &tcx) {
  tcx.queries.typeOf.provider = provideTypeOf;
  tcx.queries.fnSig.provider = provideFnSig;
  tcx.queries.constParamDefault.provider = provideConstParamDefault;
  tcx.queries.implTraitRef.provider = provideImplTraitRef;
  tcx.queries.implPolarity.provider = provideImplPolarity;
  // A type that needs itself has been reported once; go on with the error type.
  tcx.queries.typeOf.onCycle = [](ty::Ctx &tcx, const DefId &def) {
    ty::reportQueryCycle(tcx, "the type of the item", def);
    return tcx.common.error;
  };
}

} // namespace ferric::collect
