// Lints about items and the crate (rustc_lint::{deref_into_dyn_supertrait, multiple_supertrait_upcastable, non_ascii_idents}).
#include "item_check/checker.h"
#include "ty/lint.h"

namespace ferric::item_check {

// `impl Deref for dyn Sub` with a supertrait's object as target: upcasting does the same, and comes first.
void lintDerefIntoSupertrait(Tcx &tcx, DefId impl) {
  TraitRef tr = tcx.implTraitRef(impl);
  if (!tr.trait.valid() || !isLangTrait(tcx, tr.trait, "deref") || tr.args.flags() & ty::kHasError || !tr.self().is(TyKind::Dynamic))
    return;
  for (const ty::AssocItem &item : tcx.assocItems(impl)) {
    if (item.kind != ty::AssocKind::Type)
      continue;
    Ty self = ty::eraseRegions(tcx, tr.self()), target = ty::eraseRegions(tcx, tcx.typeOf(item.def));
    if (!target.is(TyKind::Dynamic))
      return;
    Principal from = principalOf(tcx, self, self), to = principalOf(tcx, target, self);
    llvm::SmallVector<TraitRef, 4> supers;
    if (from.has)
      supertraits(tcx, from.trait, supers);
    if (to.has && from.trait.trait != to.trait.trait && llvm::is_contained(supers, to.trait))
      ty::lintAt(tcx, impl, implHeaderSpan(tcx, impl), "deref_into_dyn_supertrait", diag::LintLevel::Allow,
                 "this `Deref` implementation is covered by an implicit supertrait coercion")
          .label(implHeaderSpan(tcx, impl), "`" + ty::show(tcx, self) + "` implements `Deref<Target = " + ty::show(tcx, target) + "> which conflicts with supertrait `" +
                                                ty::show(tcx, to.trait) + "`");
  }
}

// A vtable of a trait with several supertraits holds pointers to their vtables, for upcasting.
void lintMultipleSupertraits(Tcx &tcx, DefId trait) {
  if (!tcx.isDynCompatible(trait))
    return;
  unsigned count = 0;
  for (const ty::SpannedClause &c : tcx.superPredicatesOf(trait)) {
    if (c.clause.kind() != PredicateKind::Trait || isLangTrait(tcx, c.clause->traitRef.trait, "meta_sized"))
      continue;
    ++count;
  }
  if (count > 1)
    ty::lintAt(tcx, trait, tcx.def(trait).span, "multiple_supertrait_upcastable", diag::LintLevel::Allow,
               "`" + tcx.sess.str(tcx.def(trait).name).str() + "` is dyn-compatible and has multiple supertraits");
}

// Of each identifier the first place in the crate's files, in code that is configured out as well.
void lintNonAsciiIdents(Tcx &tcx) {
  llvm::ArrayRef<FileId> files = tcx.crates[kLocalCrate].files;
  llvm::DenseMap<Symbol, Span> first;
  for (const auto &[name, span] : tcx.sess.nonAsciiIdents) {
    if (!llvm::is_contained(files, tcx.sess.sources.fileOf(span.lo)))
      continue;
    auto [it, isNew] = first.try_emplace(name, span);
    if (!isNew && span.lo < it->second.lo)
      it->second = span;
  }
  llvm::SmallVector<Span, 8> places;
  for (const auto &[name, span] : first)
    places.push_back(span);
  llvm::sort(places, [](Span a, Span b) { return a.lo < b.lo; });
  for (Span span : places)
    ty::lintAt(tcx, DefId::crateRoot(kLocalCrate), span, "non_ascii_idents", diag::LintLevel::Allow, "identifier contains non-ASCII characters");
}

} // namespace ferric::item_check
