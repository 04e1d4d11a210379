// Fulfilment. Obligations form a forest: proving one replaces it by those it depends on, whose parent it remains for messages and cycle
// detection. An obligation that is stuck on variables is not looked at again before one of them has a value
// (rustc_trait_selection::traits::fulfill, rustc_data_structures::obligation_forest).
#include "traits/fulfill.h"
#include "traits/caches.h"

namespace ferric::traits {

static bool isCoinductive(Tcx &tcx, Predicate p) {
  if (p.kind() != PredicateKind::Trait)
    return false;
  const ty::TraitDef *def = tcx.traitDef(p->traitRef.trait);
  const LangItems &li = lang(tcx);
  return p->traitRef.trait == li.sized || p->traitRef.trait == li.metaSized || (def && (def->isAuto || def->isCoinductive));
}

void FulfillmentCtxt::add(const Obligation &o, uint32_t parent) {
  std::pair<const void *, const void *> key{o.predicate.p, o.env.clauses.p};
  auto [it, inserted] = seen_.try_emplace(key, uint32_t(nodes_.size()));
  if (!inserted) {
    for (uint32_t n = parent; n != ~0u; n = nodes_[n].parent)
      if (n == it->second) {
        cycles_.push_back({parent, o});
        break;
      }
    return;
  }
  uint32_t index = uint32_t(nodes_.size());
  nodes_.push_back({o, parent == ~0u ? index : nodes_[parent].root, parent, 0, {}});
  pending_.push_back(index);
}

bool FulfillmentCtxt::isInductiveCycle(Tcx &tcx, uint32_t parent, uint32_t ancestor) const {
  for (uint32_t n = parent; n != ~0u; n = nodes_[n].parent) {
    if (!isCoinductive(tcx, nodes_[n].o.predicate))
      return true;
    if (n == ancestor)
      return false;
  }
  return true;
}

FulfillError FulfillmentCtxt::makeError(FulfillErrorKind kind, uint32_t index, const TypeError &err) const {
  return {kind, nodes_[index].o, nodes_[nodes_[index].root].o.predicate, err};
}

bool FulfillmentCtxt::isStalled(const InferCtxt &cx, const Node &n) const {
  if (n.lastTried == 0)
    return false;
  if (n.lastTried == cx.generation())
    return true;
  if (n.stalledOn.empty())
    return false;
  for (GenericArg a : n.stalledOn) {
    if (a.isTy()) {
      Ty now = cx.shallowResolve(a.ty());
      if (!now.is(TyKind::Infer) || now.inferKind() != a.ty().inferKind())
        return false;
    } else if (!cx.shallowResolve(a.konst()).is(ty::ConstKind::Infer)) {
      return false;
    }
  }
  return true;
}

FulfillmentCtxt::Step FulfillmentCtxt::stall(InferCtxt &cx, uint32_t index, llvm::ArrayRef<GenericArg> args) {
  Node &n = nodes_[index];
  n.stalledOn.clear();
  auto note = [&](GenericArg v) {
    if (!llvm::is_contained(n.stalledOn, v))
      n.stalledOn.push_back(v);
  };
  for (GenericArg a : args) {
    if (a.isConst()) {
      if (a.konst().is(ty::ConstKind::Infer))
        note(a);
    } else if (a.isTy() && a.flags() & kInferVars) {
      ty::walkTypes(a.ty(), [&](Ty t) {
        if (t.is(TyKind::Infer))
          note(t);
        if (t.is(TyKind::Array) && t.len().is(ty::ConstKind::Infer))
          note(t.len());
        for (GenericArg x : t.args())
          if (x.isConst() && x.konst().is(ty::ConstKind::Infer))
            note(x);
        return t.has(kInferVars);
      });
    }
  }
  n.lastTried = cx.generation();
  return Step::Unchanged;
}

FulfillmentCtxt::Step FulfillmentCtxt::processTrait(InferCtxt &cx, uint32_t index, ObligationVec &nested, FulfillError &error) {
  Obligation &o = nodes_[index].o;
  if (!(o.predicate->flags & ty::kHasInfer) && evaluate(cx, o) == EvalResult::Yes)
    return Step::Done;
  const TraitRef &tr = o.predicate->traitRef;
  if (cx.shallowResolve(tr.self()).isTyVar())
    return stall(cx, index, tr.args);
  Selection s;
  switch (select(cx, o, s)) {
  case SelectOutcome::Selected:
    nested = std::move(s.nested);
    return Step::Done;
  case SelectOutcome::Ambiguous:
    return stall(cx, index, tr.args);
  case SelectOutcome::NoSolution:
    error = makeError(FulfillErrorKind::Unimplemented, index);
    return Step::Error;
  case SelectOutcome::Overflow:
    error = makeError(FulfillErrorKind::Overflow, index);
    return Step::Error;
  }
  UNREACHABLE("outcome of a selection");
}

FulfillmentCtxt::Step FulfillmentCtxt::process(InferCtxt &cx, uint32_t index, ObligationVec &nested, FulfillError &error) {
  Tcx &tcx = cx.tcx;
  Obligation &o = nodes_[index].o;
  o.predicate = cx.resolve(ty::eraseLateBound(tcx, o.predicate));
  if (o.predicate->flags & ty::kHasError)
    return Step::Done;
  if (o.depth > tcx.sess.options.recursionLimit) {
    error = makeError(FulfillErrorKind::Overflow, index);
    return Step::Error;
  }
  if (o.predicate->flags & ty::kHasProjection && o.predicate.kind() != PredicateKind::Projection)
    o.predicate = normalize(cx, o.cause, o.env, o.predicate, nested, o.depth);
  Predicate p = o.predicate;
  switch (p.kind()) {
  case PredicateKind::Trait: {
    ObligationVec more;
    Step s = processTrait(cx, index, more, error);
    nested.append(more.begin(), more.end());
    return s;
  }
  case PredicateKind::Projection: {
    TypeError err;
    switch (projectAndUnify(cx, o, nested, err)) {
    case ProjectOutcome::Holds: return Step::Done;
    case ProjectOutcome::Ambiguous: return stall(cx, index, p->alias.args);
    case ProjectOutcome::Mismatch: error = makeError(FulfillErrorKind::Project, index, err); return Step::Error;
    case ProjectOutcome::Overflow: error = makeError(FulfillErrorKind::Overflow, index); return Step::Error;
    }
    UNREACHABLE("outcome of a projection");
  }
  case PredicateKind::WellFormed:
    if (wellFormedObligations(cx, o, nested))
      return Step::Done;
    return stall(cx, index, {p->a});
  case PredicateKind::DynCompatible:
    if (tcx.isDynCompatible(p->traitRef.trait))
      return Step::Done;
    error = makeError(FulfillErrorKind::DynIncompatible, index);
    return Step::Error;
  case PredicateKind::Subtype: case PredicateKind::Coerce: {
    Ty a = cx.shallowResolve(p->a.ty()), b = cx.shallowResolve(p->b.ty());
    if (a.isTyVar() && b.isTyVar()) {
      cx.subUnify(a.index(), b.index());
      return stall(cx, index, {GenericArg(a), GenericArg(b)});
    }
    TypeError err;
    if (cx.sub(a, b, &err))
      return Step::Done;
    error = makeError(FulfillErrorKind::Subtype, index, err);
    return Step::Error;
  }
  case PredicateKind::ConstArgHasType: {
    Const c = cx.shallowResolve(p->a.konst());
    if (c.is(ty::ConstKind::Infer))
      return stall(cx, index, {GenericArg(c)});
    TypeError err;
    if (!c.is(ty::ConstKind::Value) || cx.eq(p->b.ty(), c.valueTy(), &err))
      return Step::Done;
    error = makeError(FulfillErrorKind::ConstMismatch, index, err);
    return Step::Error;
  }
  case PredicateKind::RegionOutlives: case PredicateKind::TypeOutlives: case PredicateKind::HostEffect: case PredicateKind::ConstEvaluatable:
    return Step::Done;
  case PredicateKind::AliasRelate: case PredicateKind::NormalizesTo: case PredicateKind::Ambiguous:
    return stall(cx, index, {});
  }
  UNREACHABLE("kind of a predicate");
}

void FulfillmentCtxt::selectWherePossible(InferCtxt &cx, llvm::SmallVectorImpl<FulfillError> &errors) {
  for (bool progress = true; progress;) {
    progress = false;
    ObligationVec opaque;
    cx.takeOpaqueObligations(opaque);
    addAll(opaque);
    size_t kept = 0;
    for (size_t i = 0; i < pending_.size(); ++i) {
      uint32_t index = pending_[i];
      if (isStalled(cx, nodes_[index])) {
        pending_[kept++] = index;
        continue;
      }
      ObligationVec nested;
      FulfillError error;
      uint64_t before = cx.generation();
      Step s = process(cx, index, nested, error);
      progress |= s != Step::Unchanged || !nested.empty() || cx.generation() != before;
      if (s == Step::Error)
        errors.push_back(std::move(error));
      for (const Obligation &n : nested)
        add(n, index);
      for (auto &[parent, o] : cycles_) {
        uint32_t ancestor = seen_[{o.predicate.p, o.env.clauses.p}];
        if (isInductiveCycle(cx.tcx, parent, ancestor))
          errors.push_back(makeError(FulfillErrorKind::Overflow, ancestor));
      }
      cycles_.clear();
      if (s == Step::Unchanged)
        pending_[kept++] = index;
    }
    pending_.resize(kept);
  }
}

void FulfillmentCtxt::collectRemaining(InferCtxt &cx, llvm::SmallVectorImpl<FulfillError> &errors) {
  for (uint32_t index : pending_) {
    nodes_[index].o.predicate = cx.resolve(nodes_[index].o.predicate);
    errors.push_back(makeError(FulfillErrorKind::Ambiguity, index));
  }
  pending_.clear();
}

void FulfillmentCtxt::selectAllOrError(InferCtxt &cx, llvm::SmallVectorImpl<FulfillError> &errors) {
  selectWherePossible(cx, errors);
  if (errors.empty())
    collectRemaining(cx, errors);
}

bool FulfillmentCtxt::hasPending() const { return !pending_.empty(); }

void FulfillmentCtxt::forEachPending(llvm::function_ref<void(const Obligation &)> f) const {
  for (uint32_t index : pending_)
    f(nodes_[index].o);
}

void FulfillmentCtxt::forEachPendingForSelf(const InferCtxt &cx, uint32_t vid, llvm::function_ref<void(const Obligation &)> f) const {
  uint32_t root = cx.subRootVar(vid);
  for (uint32_t index : pending_) {
    const Obligation &o = nodes_[index].o;
    Ty self;
    if (o.predicate.kind() == PredicateKind::Trait)
      self = o.predicate->traitRef.self();
    else if (o.predicate.kind() == PredicateKind::Projection)
      self = o.predicate->alias.self();
    else
      continue;
    self = cx.shallowResolve(self);
    if (self.isTyVar() && cx.subRootVar(self.index()) == root)
      f(o);
  }
}

void FulfillmentCtxt::drainPending(Obligations &out) {
  for (uint32_t index : pending_)
    out.push_back(nodes_[index].o);
  pending_.clear();
}

} // namespace ferric::traits
