// Specialisation (RFC 1210): impl `a` specialises `b` when, assuming everything that a's header assumes, b's header applies to a's
// trait reference. There is no stored graph: parents are looked for when an impl lacks an item, which is rare, and remembered.
#include "traits/caches.h"
#include "traits/fulfill.h"

namespace ferric::traits {

// Arguments for `target` so that its trait reference is `source`, all its where-clauses proved; false: it does not apply.
static bool impliedArgs(InferCtxt &cx, ParamEnv env, const TraitRef &source, DefId target, GenericArgs &args) {
  Tcx &tcx = cx.tcx;
  ObligationCtxt ocx(cx);
  args = cx.freshArgsForItem(Span(), target);
  TraitRef source2 = ocx.normalize(Cause(), env, source);
  TraitRef header = ocx.normalize(Cause(), env, ty::instantiate(tcx, implHeader(tcx, target), args));
  if (!cx.eq(source2, header))
    return false;
  llvm::SmallVector<ErasedClause, 8> clauses;
  instantiatedPredicates(tcx, target, args, clauses);
  for (const ErasedClause &c : clauses)
    ocx.add({ocx.normalize(Cause(), env, c.clause), env, Cause(), 0});
  if (!ocx.selectAllOrError())
    return false;
  args = cx.resolve(args);
  return true;
}

bool specializes(Tcx &tcx, DefId a, DefId b) {
  if (a == b)
    return false;
  Caches &c = caches(tcx);
  auto [it, inserted] = c.specializes.try_emplace({a.raw, b.raw}, false);
  if (!inserted)
    return it->second;
  const TraitRef source = implHeader(tcx, a);
  if (source.trait != implHeader(tcx, b).trait || tcx.implPolarity(a) != tcx.implPolarity(b))
    return false;
  InferCtxt cx(tcx);
  GenericArgs args;
  bool r = impliedArgs(cx, tcx.paramEnv(a), source, b, args);
  return c.specializes[{a.raw, b.raw}] = r;
}

DefId specializationParent(Tcx &tcx, DefId impl) {
  Caches &c = caches(tcx);
  auto it = c.specializationParent.find(impl);
  if (it != c.specializationParent.end())
    return it->second;
  const TraitRef header = implHeader(tcx, impl);
  DefId best;
  auto consider = [&](const ImplRow &row) {
    if (row.impl == impl || row.reservation || row.negative)
      return;
    const TraitRef other = implHeader(tcx, row.impl);
    if (!other.trait.valid() || !mayUnify(header.args, other.args) || !specializes(tcx, impl, row.impl))
      return;
    if (!best.valid() || specializes(tcx, row.impl, best))
      best = row.impl;
  };
  tcx.crates.forEachImpl(header.trait, simplify(header.self()), consider);
  return c.specializationParent[impl] = best;
}

static const ty::AssocItem *findItem(Tcx &tcx, DefId impl, DefId traitItem) {
  for (const ty::AssocItem &i : tcx.assocItems(impl))
    if (i.traitItem == traitItem)
      return &i;
  return nullptr;
}

LeafDef leafDef(Tcx &tcx, DefId impl, DefId traitItem) {
  bool finalized = false;
  for (DefId node = impl; node.valid(); node = specializationParent(tcx, node)) {
    if (const ty::AssocItem *i = findItem(tcx, node, traitItem))
      return {i->def, node, finalized || !i->isDefault};
    finalized = true; // not mentioned: nothing below may change it any more
  }
  ty::AssocItem item = tcx.assocItem(traitItem);
  if (!item.hasValue)
    return {};
  return {traitItem, item.container, true};
}

GenericArgs translateArgs(InferCtxt &cx, ParamEnv env, DefId source, GenericArgs sourceArgs, DefId target) {
  if (source == target)
    return sourceArgs;
  TraitRef tr = ty::instantiate(cx.tcx, implHeader(cx.tcx, source), sourceArgs);
  if (cx.tcx.defKind(target) == DefKind::Trait)
    return tr.args;
  GenericArgs args;
  return impliedArgs(cx, env, tr, target, args) ? args : GenericArgs();
}

} // namespace ferric::traits
