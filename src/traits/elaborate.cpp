// Elaboration and the erased forms of what collect answers. Supertraits are found once per trait in terms of its own parameters and
// instantiated afterwards; where-clauses lose their regions and their (lifetime) binders here, so that nothing later meets either.
#include "traits/elaborate.h"
#include "traits/caches.h"
#include "traits/trivial.h"

namespace ferric::traits {

LangItems::LangItems(const Tcx &tcx) {
  auto get = [&](const char *name) { return tcx.crates.langItem(llvm::StringRef(name)); };
  sized = get("sized"), metaSized = get("meta_sized"), pointeeSized = get("pointee_sized"), copy = get("copy"), clone = get("clone");
  trivialClone = get("trivial_clone"), unsize = get("unsize"), destruct = get("destruct"), tuple = get("tuple_trait"), fnPtr = get("fn_ptr_trait");
  fnPtrAddr = get("fn_ptr_addr"), pointee = get("pointee_trait"), metadata = get("metadata_type"), dynMetadata = get("dyn_metadata");
  discriminantKind = get("discriminant_kind"), discriminant = get("discriminant_type"), fn = get("fn"), fnMut = get("fn_mut"), fnOnce = get("fn_once");
  fnOnceOutput = get("fn_once_output"), freeze = get("freeze"), unpin = get("unpin"), drop = get("drop"), coerceUnsized = get("coerce_unsized");
  dispatchFromDyn = get("dispatch_from_dyn"), bikeshedNoDrop = get("bikeshed_guaranteed_no_drop"), dropInPlace = get("drop_in_place");
  cloneFn = get("clone_fn"), receiver = get("receiver"), receiverTarget = get("receiver_target"), deref = get("deref"), derefTarget = get("deref_target");
  phantomData = get("phantom_data"), transmute = get("transmute_trait"), sync = get("sync"), unsafeUnpin = get("unsafe_unpin");
  legacyReceiver = get("legacy_receiver"), future = get("future_trait"), futureOutput = get("future_output");
}

Caches &makeCaches(Tcx &tcx) {
  tcx.traitCaches = std::make_shared<Caches>(tcx);
  return caches(tcx);
}

static Predicate eraseAll(Tcx &tcx, Predicate p) { return ty::eraseRegions(tcx, ty::eraseLateBound(tcx, p)); }

// ---- erased queries ----
const TraitRef &implHeader(Tcx &tcx, DefId impl) {
  Caches &c = caches(tcx);
  auto it = c.implHeaders.find(impl);
  if (it != c.implHeaders.end())
    return it->second;
  TraitRef tr = tcx.implTraitRef(impl);
  if (tr.trait.valid())
    tr = ty::eraseRegions(tcx, tr);
  return c.implHeaders[impl] = tr;
}

static bool isSupportedClause(Predicate p) {
  return p.kind() != PredicateKind::RegionOutlives && p.kind() != PredicateKind::TypeOutlives && p.kind() != PredicateKind::HostEffect;
}

llvm::ArrayRef<ErasedClause> ownPredicates(Tcx &tcx, DefId item) {
  Caches &c = caches(tcx);
  auto it = c.predicates.find(item);
  if (it != c.predicates.end())
    return *it->second;
  auto list = std::make_unique<std::vector<ErasedClause>>();
  if (tcx.defKind(item) == DefKind::Trait || tcx.defKind(item) == DefKind::TraitAlias)
    list->push_back({ty::eraseRegions(tcx, tcx.mkTraitPredicate({item, tcx.identityArgs(item)})), tcx.def(item).identSpan});
  for (const ty::SpannedClause &p : tcx.explicitPredicatesOf(item).clauses)
    if (isSupportedClause(p.clause)) {
      ErasedClause e{eraseAll(tcx, p.clause), p.span};
      if (llvm::none_of(*list, [&](const ErasedClause &x) { return x.clause == e.clause; }))
        list->push_back(e);
    }
  auto &slot = c.predicates[item];
  slot = std::move(list);
  return *slot;
}

llvm::ArrayRef<Predicate> erasedItemBounds(Tcx &tcx, DefId alias) {
  Caches &c = caches(tcx);
  auto it = c.itemBounds.find(alias);
  if (it != c.itemBounds.end())
    return *it->second;
  auto list = std::make_unique<std::vector<Predicate>>();
  llvm::SmallVector<Predicate, 8> written;
  for (Predicate p : tcx.itemBounds(alias))
    if (isSupportedClause(p))
      written.push_back(p);
  llvm::SmallVector<Predicate, 8> all;
  elaborate(tcx, written, all);
  list->assign(all.begin(), all.end());
  auto &slot = c.itemBounds[alias];
  slot = std::move(list);
  return *slot;
}

Ty erasedTypeOf(Tcx &tcx, DefId item) {
  Caches &c = caches(tcx);
  auto it = c.typeOf.find(item);
  if (it != c.typeOf.end())
    return it->second;
  Ty t = tcx.typeOf(item);
  t = t ? ty::eraseRegions(tcx, t) : tcx.common.error;
  return c.typeOf[item] = t;
}

llvm::ArrayRef<Ty> adtFieldTypes(Tcx &tcx, const ty::AdtDef *adt) {
  Caches &c = caches(tcx);
  auto it = c.fieldTypes.find(adt->def);
  if (it != c.fieldTypes.end())
    return *it->second;
  auto list = std::make_unique<std::vector<Ty>>();
  for (const ty::VariantDef &v : adt->variants)
    for (const ty::FieldDef &f : v.fields)
      list->push_back(erasedTypeOf(tcx, f.def));
  auto &slot = c.fieldTypes[adt->def];
  slot = std::move(list);
  return *slot;
}

void instantiatedPredicates(Tcx &tcx, DefId item, GenericArgs args, llvm::SmallVectorImpl<ErasedClause> &out) {
  DefId parent = tcx.explicitPredicatesOf(item).parent;
  if (parent.valid() && parent != item)
    instantiatedPredicates(tcx, parent, args, out);
  for (const ErasedClause &c : ownPredicates(tcx, item))
    if (!holdsTrivially(tcx, c.clause, args))
      out.push_back({ty::instantiate(tcx, c.clause, args), c.span});
}

// ---- supertraits ----
static const std::vector<TraitRef> &genericSupertraits(Tcx &tcx, DefId trait) {
  Caches &c = caches(tcx);
  auto it = c.supertraits.find(trait);
  if (it != c.supertraits.end())
    return *it->second;
  auto list = std::make_unique<std::vector<TraitRef>>();
  list->push_back(ty::eraseRegions(tcx, TraitRef{trait, tcx.identityArgs(trait)}));
  for (size_t i = 0; i < list->size(); ++i) {
    TraitRef tr = (*list)[i];
    for (const ty::SpannedClause &p : tcx.superPredicatesOf(tr.trait)) {
      if (p.clause.kind() != PredicateKind::Trait || p.clause->negative)
        continue;
      Predicate super = ty::instantiate(tcx, eraseAll(tcx, p.clause), tr.args);
      if (super->traitRef.self() == tr.self() && !llvm::is_contained(*list, super->traitRef))
        list->push_back(super->traitRef);
    }
  }
  auto &slot = c.supertraits[trait];
  slot = std::move(list);
  return *slot;
}

void supertraits(Tcx &tcx, const TraitRef &tr, llvm::SmallVectorImpl<TraitRef> &out) {
  for (const TraitRef &super : genericSupertraits(tcx, tr.trait)) {
    TraitRef t = ty::instantiate(tcx, super, tr.args);
    if (!llvm::is_contained(out, t))
      out.push_back(t);
  }
}

llvm::ArrayRef<DefId> supertraitDefIds(Tcx &tcx, DefId trait) {
  Caches &c = caches(tcx);
  auto it = c.supertraitIds.find(trait);
  if (it != c.supertraitIds.end())
    return *it->second;
  auto list = std::make_unique<std::vector<DefId>>();
  for (const TraitRef &t : genericSupertraits(tcx, trait))
    if (!llvm::is_contained(*list, t.trait))
      list->push_back(t.trait);
  auto &slot = c.supertraitIds[trait];
  slot = std::move(list);
  return *slot;
}

bool isSupertraitOf(Tcx &tcx, DefId super, DefId sub) { return llvm::is_contained(supertraitDefIds(tcx, sub), super); }

void elaborate(Tcx &tcx, llvm::ArrayRef<Predicate> clauses, llvm::SmallVectorImpl<Predicate> &out) {
  llvm::DenseSet<const void *> seen;
  const LangItems &li = lang(tcx);
  size_t next = out.size();
  auto push = [&](Predicate p) {
    if (seen.insert(p.p).second)
      out.push_back(p);
  };
  for (Predicate p : clauses)
    if (isSupportedClause(p))
      push(eraseAll(tcx, p));
  for (; next < out.size(); ++next) {
    Predicate p = out[next];
    // MetaSized and PointeeSized follow from Sized where they are asked for (select).
    if (p.kind() != PredicateKind::Trait || p->negative || p->traitRef.trait == li.sized || p->traitRef.trait == li.metaSized)
      continue;
    for (const ty::SpannedClause &super : tcx.superPredicatesOf(p->traitRef.trait))
      if (isSupportedClause(super.clause))
        push(ty::instantiate(tcx, eraseAll(tcx, super.clause), p->traitRef.args));
  }
}

// ---- trait objects ----
TraitRef withSelf(Tcx &tcx, const ty::ExistentialPredicate &p, Ty self) {
  llvm::SmallVector<GenericArg, 4> args{self};
  args.append(p.args.begin(), p.args.end());
  DefId trait = p.kind == ty::ExistentialKind::Projection ? tcx.parent(p.def) : p.def;
  return {trait, tcx.mkArgs(args)};
}

Principal principalOf(Tcx &tcx, Ty dynTy, Ty self) {
  ty::ExistentialPredicates preds = dynTy.preds();
  if (preds.empty() || preds[0].value.kind != ty::ExistentialKind::Trait)
    return {};
  ty::ExistentialPredicate p = ty::eraseLateBound(tcx, preds[0]);
  return {true, withSelf(tcx, p, self)};
}

void dynPredicates(Tcx &tcx, Ty dynTy, Ty self, llvm::SmallVectorImpl<Predicate> &out) {
  for (const ty::PolyExistentialPredicate &poly : dynTy.preds()) {
    ty::ExistentialPredicate p = ty::eraseLateBound(tcx, poly);
    TraitRef tr = withSelf(tcx, p, self);
    if (p.kind == ty::ExistentialKind::Projection)
      out.push_back(tcx.mkProjectionPredicate({AliasKind::Projection, p.def, tr.args}, ty::existentialTerm(p)));
    else
      out.push_back(tcx.mkTraitPredicate(tr));
  }
}

TraitRef traitRefOf(Tcx &tcx, const AliasTy &alias) {
  DefId trait = tcx.parent(alias.def);
  const ty::Generics *g = tcx.genericsOf(trait);
  size_t n = g ? g->count() : 1;
  if (alias.args.size() == n)
    return {trait, alias.args};
  return {trait, tcx.mkArgs(alias.args.ref().take_front(n))};
}

} // namespace ferric::traits
