// Dyn compatibility (Reference: items/traits, "Dyn compatibility"; rustc_trait_selection::traits::dyn_compatibility).
#include "traits/caches.h"
#include "traits/fulfill.h"

namespace ferric::traits {

static bool isSelf(Ty t) { return t.is(TyKind::Param) && t.index() == 0; }

bool hasWhereSelfSized(Tcx &tcx, DefId item) {
  const LangItems &li = lang(tcx);
  llvm::SmallVector<ErasedClause, 8> clauses;
  const ty::Generics *g = tcx.genericsOf(item);
  if (!g)
    return false;
  instantiatedPredicates(tcx, item, ty::eraseRegions(tcx, tcx.identityArgs(item)), clauses);
  llvm::SmallVector<Predicate, 8> written, all;
  for (const ErasedClause &c : clauses)
    if (c.clause.kind() == PredicateKind::Trait && isSelf(c.clause->traitRef.self()))
      written.push_back(c.clause);
  elaborate(tcx, written, all);
  return llvm::any_of(all, [&](Predicate p) {
    return p.kind() == PredicateKind::Trait && p->traitRef.trait == li.sized && isSelf(p->traitRef.self());
  });
}

// `Self` other than in a projection of a supertrait.
static bool mentionsSelf(Tcx &tcx, DefId trait, Ty t) {
  bool found = false;
  ty::walkTypes(t, [&](Ty x) {
    if (found || !x.has(ty::kHasTyParam))
      return false;
    if (isSelf(x))
      found = true;
    if (x.is(TyKind::Alias) && x.aliasKind() == AliasKind::Projection && isSelf(x.alias().self()) &&
        isSupertraitOf(tcx, tcx.parent(x.def()), trait)) {
      for (GenericArg a : x.args().ref().drop_front())
        if (a.isTy() && mentionsSelf(tcx, trait, a.ty()))
          found = true;
      return false;
    }
    return !found;
  });
  return found;
}

static bool argsMentionSelf(Tcx &tcx, DefId trait, Predicate p) {
  llvm::ArrayRef<GenericArg> args = p.kind() == PredicateKind::Trait        ? p->traitRef.args.ref()
                                    : p.kind() == PredicateKind::Projection ? p->alias.args.ref()
                                                                            : llvm::ArrayRef<GenericArg>();
  for (GenericArg a : args.empty() ? args : args.drop_front())
    if (a.isTy() && mentionsSelf(tcx, trait, a.ty()))
      return true;
  return false;
}

// Whether a receiver type can be called through `dyn Trait`: Receiver<Self>: DispatchFromDyn<Receiver<U>>, given Self: Unsize<U>.
static bool isDispatchable(Tcx &tcx, DefId trait, DefId method, Ty receiver) {
  const LangItems &li = lang(tcx);
  if (isSelf(receiver))
    return true;
  if (receiver.is(TyKind::Ref) && isSelf(receiver.inner()))
    return true;
  if (!li.unsize.valid() || !li.dispatchFromDyn.valid())
    return false;
  Ty self = tcx.mkParam(0, sym::kw_Self);
  Ty other = tcx.mkParam(1u << 20, sym::kw_dyn);
  struct SelfFolder final : ty::TypeFolder {
    SelfFolder(Tcx &tcx, Ty to) : TypeFolder(tcx), to(to) {}
    Ty foldTy(Ty t) override { return isSelf(t) ? to : t.has(ty::kHasTyParam) ? superFoldTy(t) : t; }
    Ty to;
  } folder(tcx, other);
  llvm::SmallVector<Predicate, 8> clauses(tcx.paramEnv(method).clauses.begin(), tcx.paramEnv(method).clauses.end());
  clauses.push_back(tcx.mkTraitPredicate({li.unsize, tcx.mkArgs({GenericArg(self), GenericArg(other)})}));
  llvm::SmallVector<GenericArg, 4> traitArgs;
  for (GenericArg a : ty::eraseRegions(tcx, tcx.identityArgs(trait)))
    traitArgs.push_back(folder.fold(a));
  clauses.push_back(tcx.mkTraitPredicate({trait, tcx.mkArgs(traitArgs)}));
  ParamEnv env{tcx.mkClauses(clauses)};
  InferCtxt cx(tcx);
  Predicate goal = tcx.mkTraitPredicate({li.dispatchFromDyn, tcx.mkArgs({GenericArg(receiver), GenericArg(folder.fold(receiver))})});
  if (evaluate(cx, env, goal) == EvalResult::Yes)
    return true;
  // An impl with errors in its header could have been the one.
  return llvm::any_of(tcx.crates[kLocalCrate].impls.rows(), [&](const ImplRow &row) {
    return row.trait == li.dispatchFromDyn && tcx.implTraitRef(row.impl).args.flags() & ty::kHasError;
  });
}

static void methodViolations(Tcx &tcx, DefId trait, const ty::AssocItem &m, llvm::SmallVectorImpl<DynViolation> &out) {
  auto add = [&](DynViolationKind k) { out.push_back({k, trait, m.def, tcx.def(m.def).identSpan}); };
  if (!m.hasSelf)
    return add(DynViolationKind::StaticMethod);
  FnSig sig = ty::eraseRegions(tcx, ty::eraseLateBound(tcx, tcx.fnSig(m.def)));
  bool refers = mentionsSelf(tcx, trait, sig.output());
  for (Ty t : sig.inputs().drop_front())
    refers |= mentionsSelf(tcx, trait, t);
  if (refers)
    add(DynViolationKind::ReferencesSelf);
  const ty::Generics *g = tcx.genericsOf(m.def);
  if (g && llvm::any_of(g->own, [](const ty::GenericParamDef &p) { return p.kind != ty::GenericParamKind::Lifetime; }))
    add(DynViolationKind::Generic);
  if (sig.output().has(ty::kHasOpaque))
    add(DynViolationKind::OpaqueReturn);
  if (!sig.inputs().empty() && !isDispatchable(tcx, trait, m.def, sig.inputs()[0]))
    add(DynViolationKind::UndispatchableReceiver);
}

static void itemViolations(Tcx &tcx, DefId trait, const ty::AssocItem &item, llvm::SmallVectorImpl<DynViolation> &out) {
  if (hasWhereSelfSized(tcx, item.def))
    return;
  Span span = tcx.def(item.def).identSpan;
  switch (item.kind) {
  case ty::AssocKind::Const:
    out.push_back({DynViolationKind::AssocConst, trait, item.def, span});
    return;
  case ty::AssocKind::Fn:
    methodViolations(tcx, trait, item, out);
    return;
  case ty::AssocKind::Type: {
    const ty::Generics *g = tcx.genericsOf(item.def);
    if (g && !g->own.empty())
      out.push_back({DynViolationKind::Gat, trait, item.def, span});
    for (Predicate p : tcx.itemBounds(item.def))
      if (argsMentionSelf(tcx, trait, p)) {
        out.push_back({DynViolationKind::SupertraitSelf, trait, item.def, span});
        break;
      }
  }
  }
}

static void traitViolations(Tcx &tcx, DefId trait, llvm::SmallVectorImpl<DynViolation> &out) {
  Span span = tcx.def(trait).identSpan;
  for (const ty::AssocItem &i : tcx.assocItems(trait))
    itemViolations(tcx, trait, i, out);
  if (hasWhereSelfSized(tcx, trait))
    out.push_back({DynViolationKind::SizedSelf, trait, {}, span});
  else
    for (const ErasedClause &c : ownPredicates(tcx, trait)) {
      bool isItself = c.clause.kind() == PredicateKind::Trait && c.clause->traitRef.trait == trait;
      if (!isItself && argsMentionSelf(tcx, trait, c.clause)) {
        out.push_back({DynViolationKind::SupertraitSelf, trait, {}, c.span});
        break;
      }
    }
  const ty::TraitDef *def = tcx.traitDef(trait);
  if (def && def->dynIncompatible)
    out.push_back({DynViolationKind::Explicit, trait, {}, span});
}

llvm::ArrayRef<DynViolation> dynViolations(Tcx &tcx, DefId trait) {
  auto it = caches(tcx).dynViolations.find(trait);
  if (it != caches(tcx).dynViolations.end())
    return *it->second;
  llvm::SmallVector<DynViolation, 4> found;
  for (DefId t : supertraitDefIds(tcx, trait))
    traitViolations(tcx, t, found);
  auto &slot = caches(tcx).dynViolations[trait];
  slot = std::make_unique<std::vector<DynViolation>>(found.begin(), found.end());
  return *slot;
}

bool isVtableSafeMethod(Tcx &tcx, DefId trait, DefId method) {
  if (hasWhereSelfSized(tcx, method))
    return false;
  llvm::SmallVector<DynViolation, 2> v;
  methodViolations(tcx, trait, tcx.assocItem(method), v);
  return v.empty();
}

} // namespace ferric::traits
