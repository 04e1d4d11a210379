// dyn Trait: bounds on a placeholder Self become existential predicates without it; trait aliases are expanded, what
// supertraits say of associated types is added, auto traits are sorted (rustc_hir_analysis::hir_ty_lowering::dyn_trait;
// Reference: types/trait-object).
#include "collect/collect.h"
#include "collect/util.h"
#include "ty/lint.h"
#include "ty/fold.h"
#include "ty/print.h"

namespace ferric::collect {

namespace {

struct Expanded {
  SmallVector<std::pair<PolyTraitRef, Span>, 2> regular, autos;
  SmallVector<std::pair<Predicate, Span>, 4> projections;
};

bool isAuto(ty::Ctx &tcx, DefId trait) { return tcx.defKind(trait) == DefKind::Trait && tcx.crates.itemAs<ast::TraitItem>(trait).isAuto; }

// Sorts the bounds as written into kinds; an alias counts as what it stands for.
void expand(ty::Ctx &tcx, ArrayRef<SpannedClause> clauses, Expanded &out, unsigned depth = 0) {
  for (const SpannedClause &c : clauses) {
    if (c.clause.kind() == ty::PredicateKind::Projection) {
      out.projections.push_back({c.clause, c.span});
      continue;
    }
    if (c.clause.kind() != ty::PredicateKind::Trait || c.clause->negative)
      continue;
    PolyTraitRef t{c.clause->traitRef, c.clause->vars};
    if (tcx.defKind(t.value.trait) == DefKind::TraitAlias && depth < 64) {
      SmallVector<SpannedClause, 4> inner;
      for (const SpannedClause &s : tcx.superPredicatesOf(t.value.trait))
        inner.push_back({instantiateSupertrait(tcx, s.clause, t), c.span});
      expand(tcx, inner, out, depth + 1);
      continue;
    }
    auto &list = isAuto(tcx, t.value.trait) ? out.autos : out.regular;
    if (llvm::none_of(list, [&](const auto &o) { return o.first == t; }))
      list.push_back({t, c.span});
  }
}

// `where Self: Sized` on an associated item: it need not be given.
bool requiresSized(ty::Ctx &tcx, DefId item) {
  DefId sized = tcx.langItem(tcx.sess.symbols.intern("sized"));
  for (const SpannedClause &c : tcx.explicitPredicatesOf(item).clauses)
    if (c.clause.kind() == ty::PredicateKind::Trait && c.clause->traitRef.trait == sized && c.clause->traitRef.self().is(ty::TyKind::Param) &&
        c.clause->traitRef.self().index() == 0)
      return true;
  return false;
}

} // namespace

Ty TyLowerer::lowerTraitObject(const hir::TraitObjectTy *t) {
  Region defaultRegion = std::exchange(objectDefault_, Region());
  if (t->bare && tcx.sess.hygiene.edition(t->span, tcx.crates.edition(item_)) >= 2021) {
    tcx.sess.diag.error(t->span, "E0782", "expected a type, found a trait").help("you can add the `dyn` keyword if you want a trait object");
    return errorTy();
  }
  if (t->bare && item_.isLocal())
    ty::lintAt(tcx, item_, t->span, "bare_trait_objects", diag::LintLevel::Warn, "trait objects without an explicit `dyn` are deprecated")
        .help("if this is a dyn-compatible trait, use `dyn`");
  Ty self = dummySelf(tcx);
  // Each bound has a binder of its own.
  Bounds written;
  for (const hir::GenericBound &b : t->bounds) {
    if (b.kind != hir::BoundKind::Trait)
      continue;
    if (b.trait.path.res.isErr())
      return errorTy();
    BinderScope scope(*this, ArrayRef<hir::GenericParam>());
    lowerPolyTraitRef(b.trait, b.polarity, self, written, BoundFilter::SelfOnly);
  }
  Expanded x;
  expand(tcx, written.clauses, x);
  DefId meta = tcx.langItem(tcx.sess.symbols.intern("meta_sized"));
  bool wroteMeta = llvm::any_of(written.clauses, [&](const SpannedClause &c) {
    return c.clause.kind() == ty::PredicateKind::Trait && c.clause->traitRef.trait == meta;
  });
  if (!wroteMeta)
    llvm::erase_if(x.regular, [&](const auto &r) { return r.first.value.trait == meta; });
  if (x.regular.empty() && x.autos.empty()) {
    tcx.sess.diag.error(t->span, "E0224", "at least one trait is required for an object type");
    return errorTy();
  }
  if (x.regular.size() > 1) {
    tcx.sess.diag.error(x.regular[1].second, "E0225", "only auto traits can be used as additional traits in a trait object")
        .label(x.regular[0].second, "first non-auto trait")
        .label(x.regular[1].second, "additional non-auto trait");
    return errorTy();
  }

  SmallVector<ty::PolyExistentialPredicate, 4> preds;
  if (!x.regular.empty()) {
    PolyTraitRef principal = x.regular[0].first;
    ty::ExistentialPredicate e;
    e.kind = ty::ExistentialKind::Trait;
    e.def = principal.value.trait;
    e.args = tcx.mkArgs(principal.value.args.ref().drop_front());
    preds.push_back({e, principal.vars});

    // Associated types in a stable order: those of the principal, then of its supertraits; values from the bounds as
    // written, else from what a supertrait says.
    SmallVector<PolyTraitRef, 8> supers;
    transitiveTraits(tcx, principal, supers);
    for (const PolyTraitRef &s : supers)
      for (const SpannedClause &c : tcx.superPredicatesOf(s.value.trait))
        if (c.clause.kind() == ty::PredicateKind::Projection) {
          Predicate p = instantiateSupertrait(tcx, c.clause, s);
          if (p->alias.self() == self && !mentions(p->b, self))
            x.projections.push_back({p, x.regular[0].second});
        }
    SmallVector<DefId, 2> missing;
    for (const PolyTraitRef &s : supers) {
      SmallVector<DefId, 8> items;
      tcx.crates.assocItems(s.value.trait, items);
      for (DefId item : items) {
        if (tcx.defKind(item) != DefKind::AssocTy)
          continue;
        const std::pair<Predicate, Span> *found = nullptr;
        for (const std::pair<Predicate, Span> &p : x.projections) {
          ArrayRef<GenericArg> args = p.first->alias.args;
          if (!found && p.first->alias.def == item && args.take_front(s.value.args.size()) == s.value.args.ref())
            found = &p;
        }
        if (!found) { // regions may differ between the ways to a supertrait
          GenericArgs wanted = ty::eraseRegions(tcx, s.value.args);
          for (const std::pair<Predicate, Span> &p : x.projections)
            if (!found && p.first->alias.def == item && ty::eraseRegions(tcx, tcx.mkArgs(p.first->alias.args.ref().take_front(wanted.size()))) == wanted)
              found = &p;
        }
        if (!found) {
          if (!requiresSized(tcx, item) && !llvm::is_contained(missing, item))
            missing.push_back(item);
          continue;
        }
        if (mentions(found->first->b, self)) {
          tcx.sess.diag.error(t->span, "", "associated type binding in trait object type mentions `Self`");
          return errorTy();
        }
        ty::ExistentialPredicate pe;
        pe.kind = ty::ExistentialKind::Projection;
        pe.def = item;
        pe.args = tcx.mkArgs(found->first->alias.args.ref().drop_front());
        ty::Term term = found->first.term();
        pe.termIsConst = !term.isTy();
        pe.termTy = term.isTy() ? static_cast<const void *>(term.ty().p) : static_cast<const void *>(term.konst().p);
        ty::PolyExistentialPredicate poly{pe, found->first->vars};
        if (!llvm::is_contained(preds, poly))
          preds.push_back(poly);
      }
    }
    if (!missing.empty()) {
      std::string names;
      for (DefId m : missing)
        names += (names.empty() ? "`" : ", `") + tcx.sess.str(tcx.crates.name(m)).str() + "`";
      diag::Builder d = tcx.sess.diag.error(x.regular[0].second, "E0191",
                                            llvm::Twine("the value of the associated type") + (missing.size() > 1 ? "s " : " ") + names + " in `" +
                                                ty::showDef(tcx, principal.value.trait, ty::PathStyle::Trimmed) + "` must be specified");
      for (DefId m : missing)
        d.label(tcx.def(m).identSpan, llvm::Twine("`") + tcx.sess.str(tcx.crates.name(m)) + "` defined here");
      return errorTy();
    }
  }
  SmallVector<DefId, 4> autos;
  for (const auto &a : x.autos)
    if (!llvm::is_contained(autos, a.first.value.trait))
      autos.push_back(a.first.value.trait);
  llvm::sort(autos, [](DefId a, DefId b) { return a.raw < b.raw; });
  for (DefId a : autos) {
    ty::ExistentialPredicate e;
    e.kind = ty::ExistentialKind::AutoTrait;
    e.def = a;
    preds.push_back({e, {}});
  }
  Region region;
  if (t->lifetime.kind != hir::LifetimeKind::ImplicitObjectDefault)
    region = lowerLifetime(t->lifetime);
  else if (defaultRegion)
    region = defaultRegion;
  else
    region = reInfer(t->span, true);
  return tcx.mkDynamic(tcx.mkExistentials(preds), region);
}

} // namespace ferric::collect
