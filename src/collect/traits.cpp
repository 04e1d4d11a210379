// Traits and associated items (rustc_hir_analysis::collect::trait_def; rustc_ty_utils::assoc).
#include "collect/attrs.h"
#include "collect/collect.h"
#include "collect/util.h"
#include "ty/print.h"

namespace ferric::collect {

namespace {

const ty::TraitDef *provideTraitDef(ty::Ctx &tcx, const DefId &def) {
  ty::TraitDef *t = new (tcx.arena.Allocate<ty::TraitDef>()) ty::TraitDef();
  t->def = def;
  t->isAlias = tcx.defKind(def) == DefKind::TraitAlias;
  if (!t->isAlias) {
    const ast::TraitItem &item = tcx.crates.itemAs<ast::TraitItem>(def);
    t->isAuto = item.isAuto;
    t->safety = item.safety == ast::Safety::Unsafe ? ast::Safety::Unsafe : ast::Safety::Safe;
  }
  const ast::Ast &ast = tcx.crates.ast(def);
  forEachAttr(tcx, def, [&](const ast::Attr &attr) {
    if (attr.isDoc || !attr.name.valid())
      return;
    llvm::StringRef name = tcx.sess.str(attr.name);
    if (name == "marker") {
      t->isMarker = true;
    } else if (name == "fundamental") {
      t->isFundamental = true;
    } else if (name == "rustc_coinductive") {
      t->isCoinductive = true;
    } else if (name == "rustc_paren_sugar") {
      t->parenSugar = true;
    } else if (name == "rustc_deny_explicit_impl") {
      t->denyExplicitImpl = true;
    } else if (name == "rustc_dyn_incompatible_trait" || name == "rustc_do_not_implement_via_object") {
      t->dynIncompatible |= name == "rustc_dyn_incompatible_trait";
    } else if (name == "rustc_specialization_trait") {
      t->specialization = true;
    } else if (name == "rustc_unsafe_specialization_marker") {
      t->unsafeMarker = true;
    } else if (name == "rustc_skip_during_method_dispatch") {
      for (const MetaItem &m : metaItems(ast, attr)) {
        llvm::StringRef s = m.name.valid() ? tcx.sess.str(m.name) : "";
        t->skipArrayDuringMethodDispatch |= s == "array";
        t->skipBoxedSliceDuringMethodDispatch |= s == "boxed_slice";
      }
    }
  });
  t->isCoinductive |= t->isAuto;
  return t;
}

ty::AssocItem makeAssoc(ty::Ctx &tcx, DefId def) {
  ty::AssocItem a;
  a.def = def;
  a.name = tcx.crates.name(def);
  a.container = tcx.parent(def);
  a.inTrait = tcx.defKind(a.container) == DefKind::Trait;
  const ast::Item &item = tcx.crates.item(def);
  a.isDefault = item.isDefault;
  switch (tcx.defKind(def)) {
  case DefKind::AssocFn: {
    const ast::FnItem &fn = tcx.crates.itemAs<ast::FnItem>(def);
    a.kind = ty::AssocKind::Fn;
    a.hasSelf = fn.decl.hasSelf;
    a.hasValue = bool(fn.body);
    break;
  }
  case DefKind::AssocConst:
    a.kind = ty::AssocKind::Const;
    a.hasValue = bool(tcx.crates.itemAs<ast::ConstItem>(def).value);
    break;
  default:
    a.kind = ty::AssocKind::Type;
    a.hasValue = bool(tcx.crates.itemAs<ast::TyAliasItem>(def).ty);
    break;
  }
  if (!a.inTrait)
    if (DefId trait = tcx.crates.implTrait(a.container); trait.valid())
      a.traitItem = tcx.crates.findAssoc(trait, a.name, a.kind == ty::AssocKind::Type ? Namespace::Type : Namespace::Value);
  return a;
}

// An item that the trait does not have (E0407, E0437, E0438), or has as something else (E0323, E0324, E0325).
void checkImplItem(ty::Ctx &tcx, const ty::AssocItem &a, DefId trait) {
  std::string name = tcx.sess.str(a.name).str(), traitName = ty::showDef(tcx, trait, ty::PathStyle::Trimmed);
  Span span = tcx.def(a.def).span;
  DefId item = a.traitItem;
  if (!item.valid())
    item = tcx.crates.findAssoc(trait, a.name, a.kind == ty::AssocKind::Type ? Namespace::Value : Namespace::Type);
  if (!item.valid()) {
    const char *code = a.kind == ty::AssocKind::Fn ? "E0407" : a.kind == ty::AssocKind::Type ? "E0437" : "E0438";
    const char *what = a.kind == ty::AssocKind::Fn ? "method" : a.kind == ty::AssocKind::Type ? "type" : "const";
    tcx.sess.diag.error(span, code, llvm::Twine(what) + " `" + name + "` is not a member of trait `" + traitName + "`")
        .label(span, "not a member of trait `" + traitName + "`");
    return;
  }
  DefKind there = tcx.defKind(item), here = tcx.defKind(a.def);
  if (there == here)
    return;
  const char *code = a.kind == ty::AssocKind::Const ? "E0323" : a.kind == ty::AssocKind::Fn ? "E0324" : "E0325";
  tcx.sess.diag.error(span, code, llvm::Twine("item `") + name + "` is an associated " +
                                      (a.kind == ty::AssocKind::Const ? "const" : a.kind == ty::AssocKind::Fn ? "method" : "type") +
                                      ", which doesn't match its trait `" + traitName + "`")
      .label(span, "does not match trait");
}

ArrayRef<ty::AssocItem> provideAssocItems(ty::Ctx &tcx, const DefId &def) {
  SmallVector<DefId, 16> defs;
  tcx.crates.assocItems(def, defs);
  SmallVector<ty::AssocItem, 16> out;
  DefId trait = tcx.defKind(def) == DefKind::Impl ? tcx.crates.implTrait(def) : DefId();
  for (DefId d : defs) {
    out.push_back(tcx.assocItem(d));
    if (trait.valid() && def.isLocal())
      checkImplItem(tcx, out.back(), trait);
  }
  return tcx.copy(ArrayRef<ty::AssocItem>(out));
}

ty::AssocItem provideAssocItem(ty::Ctx &tcx, const DefId &def) { return makeAssoc(tcx, def); }

} // namespace

void registerTraits(ty::Ctx &tcx) {
  tcx.queries.traitDef.provider = provideTraitDef;
  tcx.queries.assocItems.provider = provideAssocItems;
  tcx.queries.assocItem.provider = provideAssocItem;
}

} // namespace ferric::collect
