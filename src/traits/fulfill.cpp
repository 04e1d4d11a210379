// Fulfilment. Obligations form a forest: proving one replaces it by those it depends on, whose parent it remains for messages and cycle
// detection (rustc_trait_selection::traits::fulfill, rustc_data_structures::obligation_forest). An obligation that is stuck on
// variables is listed under each of them and not looked at again before one of them has a value: a body with thousands of stuck
// obligations asks for progress after every expression. Those that are worth a look are taken in order of registration.
#include "traits/fulfill.h"
#include "traits/caches.h"
#include "traits/trivial.h"

namespace ferric::traits {

static bool isCoinductive(Tcx &tcx, Predicate p) {
  if (p.kind() != PredicateKind::Trait)
    return false;
  const ty::TraitDef *def = tcx.traitDef(p->traitRef.trait);
  const LangItems &li = lang(tcx);
  return p->traitRef.trait == li.sized || p->traitRef.trait == li.metaSized || (def && (def->isAuto || def->isCoinductive));
}

// Nodes stand behind their parents. Jumps double in length on the way up, so that a look takes the logarithm of the depth (Myers, "An
// applicative random-access stack").
bool FulfillmentCtxt::isAncestor(uint32_t ancestor, uint32_t index) const {
  while (index != ~0u && index > ancestor)
    index = nodes_[index].jump >= ancestor && nodes_[index].jump != index ? nodes_[index].jump : nodes_[index].parent;
  return index == ancestor;
}

void FulfillmentCtxt::add(const Obligation &o, uint32_t parent) {
  if (holdsTrivially(tcx_, o))
    return;
  std::pair<const void *, const void *> key{o.predicate.p, o.env.clauses.p};
  auto [it, inserted] = seen_.try_emplace(key, uint32_t(nodes_.size()));
  // Each mention of a trait object is reported where it stands.
  if (!inserted && o.predicate.kind() != PredicateKind::DynCompatible) {
    if (parent != ~0u && isAncestor(it->second, parent))
      cycles_.push_back({parent, o});
    return;
  }
  uint32_t index = uint32_t(nodes_.size());
  if (!index)
    nodes_.reserve(8);
  if (parent == ~0u) {
    nodes_.push_back({o, index, parent, 0, index, key});
  } else {
    const Node &p = nodes_[parent], &far = nodes_[p.jump];
    bool isFull = p.depth - far.depth == far.depth - nodes_[far.jump].depth;
    nodes_.push_back({o, p.root, parent, p.depth + 1, isFull ? far.jump : parent, key});
  }
  pending_.push_back(index);
  ready_.insert(index);
  ++pendingCount_;
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

// ---- waiting for variables ----
static uint64_t lastSerial(const InferCtxt &cx) { return cx.changes().empty() ? 0 : cx.changes().back().serial; }

static uint64_t watchKey(InferCtxt::VarKind kind, uint32_t var) { return uint64_t(kind) << 32 | var; }

// Of a variable as it is: its representative's.
static uint64_t watchKey(const InferCtxt &cx, GenericArg var) {
  using VarKind = InferCtxt::VarKind;
  if (var.isConst())
    return watchKey(VarKind::Const, cx.shallowResolve(var.konst()).index());
  Ty t = cx.shallowResolve(var.ty());
  switch (t.inferKind()) {
  case InferKind::Int: return watchKey(VarKind::Int, t.index());
  case InferKind::Float: return watchKey(VarKind::Float, t.index());
  default: return watchKey(VarKind::Ty, t.index());
  }
}

static bool hasValue(const InferCtxt &cx, GenericArg var) {
  if (var.isConst())
    return !cx.shallowResolve(var.konst()).is(ty::ConstKind::Infer);
  Ty now = cx.shallowResolve(var.ty());
  return !now.is(TyKind::Infer) || now.inferKind() != var.ty().inferKind();
}

bool FulfillmentCtxt::isStalled(const InferCtxt &cx, const Node &n) const {
  if (!n.tried)
    return false;
  if (n.lastTried == lastSerial(cx))
    return true;
  return !n.stalledOn.empty() && llvm::none_of(n.stalledOn, [&](GenericArg a) { return hasValue(cx, a); });
}

void FulfillmentCtxt::watch(const InferCtxt &cx, uint32_t index, GenericArg var) {
  if (hasValue(cx, var))
    restless_.insert(index);
  else
    watchers_[watchKey(cx, var)].push_back(index);
}

void FulfillmentCtxt::wake(const InferCtxt &cx) {
  llvm::ArrayRef<InferCtxt::Change> changes = cx.changes();
  if (changesRead_ > changes.size() || (changesRead_ && changes[changesRead_ - 1].serial != lastSerial_)) {
    // Something that was read has been rolled back: the lists may be under the wrong variables.
    watchers_.clear();
    for (uint32_t index : pending_)
      if (nodes_[index].pending) {
        nodes_[index].watching = false;
        ready_.insert(index);
      }
    changesRead_ = changes.size();
  }
  for (; changesRead_ < changes.size(); ++changesRead_) {
    const InferCtxt::Change &c = changes[changesRead_];
    auto it = watchers_.find(watchKey(c.kind, c.var));
    if (it == watchers_.end())
      continue;
    llvm::SmallVector<uint32_t, 2> waiting = std::move(it->second);
    watchers_.erase(it);
    if (c.into == ~0u) {
      for (uint32_t index : waiting)
        if (nodes_[index].pending)
          ready_.insert(index);
      continue;
    }
    llvm::SmallVector<uint32_t, 2> &joined = watchers_[watchKey(c.kind, c.into)];
    if (joined.size() < waiting.size())
      std::swap(joined, waiting);
    joined.append(waiting.begin(), waiting.end());
  }
  lastSerial_ = lastSerial(cx);
}

bool FulfillmentCtxt::isAtRest(const InferCtxt &cx) const {
  return ready_.empty() && restless_.empty() && changesRead_ == cx.changes().size() && lastSerial_ == lastSerial(cx);
}

void FulfillmentCtxt::finish(uint32_t index) {
  nodes_[index].pending = false;
  restless_.erase(index);
  if (--pendingCount_ * 2 + 16 < pending_.size())
    llvm::erase_if(pending_, [&](uint32_t i) { return !nodes_[i].pending; });
}

FulfillmentCtxt::Step FulfillmentCtxt::stall(InferCtxt &cx, uint32_t index, llvm::ArrayRef<GenericArg> args) {
  Node &n = nodes_[index];
  llvm::SmallVector<uint64_t, 4> watched;
  if (n.watching)
    for (GenericArg v : n.stalledOn)
      if (!hasValue(cx, v))
        watched.push_back(watchKey(cx, v));
  n.stalledOn.clear();
  restless_.erase(index);
  auto note = [&](GenericArg v) {
    if (llvm::is_contained(n.stalledOn, v))
      return;
    n.stalledOn.push_back(v);
    if (hasValue(cx, v) || !llvm::is_contained(watched, watchKey(cx, v)))
      watch(cx, index, v);
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
  n.watching = true;
  n.tried = true;
  n.lastTried = lastSerial(cx);
  if (n.stalledOn.empty())
    restless_.insert(index);
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
  if (o.predicate->flags & ty::kHasProjection && o.predicate.kind() != PredicateKind::Projection && o.predicate.kind() != PredicateKind::WellFormed)
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

void FulfillmentCtxt::step(InferCtxt &cx, uint32_t index, bool &progress, llvm::SmallVectorImpl<FulfillError> &errors) {
  ObligationVec nested;
  FulfillError error;
  uint64_t before = cx.generation();
  Step s = process(cx, index, nested, error);
  progress |= s != Step::Unchanged || !nested.empty() || cx.generation() != before;
  if (s != Step::Unchanged)
    finish(index);
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
  if (s == Step::Error)
    seen_.erase(nodes_[index].key); // asked for elsewhere, it is an error there too
}

void FulfillmentCtxt::selectWherePossible(InferCtxt &cx, llvm::SmallVectorImpl<FulfillError> &errors) {
  for (bool progress = true; progress;) {
    progress = false;
    if (cx.hasOpaqueObligations()) {
      ObligationVec opaque;
      cx.takeOpaqueObligations(opaque);
      addAll(opaque);
    }
    if (isAtRest(cx))
      return;
    for (uint32_t index = restless_.next(0); index != IndexSet::kNone; index = restless_.next(index + 1))
      ready_.insert(index);
    wake(cx);
    // One pass in order; what wakes behind the current one waits for the next pass.
    for (uint32_t index = ready_.next(0); index != IndexSet::kNone; index = ready_.next(index + 1)) {
      ready_.erase(index);
      Node &n = nodes_[index];
      if (n.pending && !isStalled(cx, n)) {
        step(cx, index, progress, errors);
        wake(cx);
      } else if (n.pending && !n.watching) {
        n.watching = true;
        for (GenericArg var : n.stalledOn)
          watch(cx, index, var);
      }
    }
  }
}

void FulfillmentCtxt::clearPending() {
  for (uint32_t index : pending_)
    nodes_[index].pending = false;
  pending_.clear();
  pendingCount_ = 0;
  ready_.clear();
  restless_.clear();
  watchers_.clear();
}

void FulfillmentCtxt::collectRemaining(InferCtxt &cx, llvm::SmallVectorImpl<FulfillError> &errors) {
  for (uint32_t index : pending_) {
    if (!nodes_[index].pending)
      continue;
    nodes_[index].o.predicate = cx.resolve(nodes_[index].o.predicate);
    errors.push_back(makeError(FulfillErrorKind::Ambiguity, index));
  }
  clearPending();
}

void FulfillmentCtxt::selectAllOrError(InferCtxt &cx, llvm::SmallVectorImpl<FulfillError> &errors) {
  selectWherePossible(cx, errors);
  if (errors.empty())
    collectRemaining(cx, errors);
}

bool FulfillmentCtxt::hasPending() const { return pendingCount_ != 0; }

void FulfillmentCtxt::forEachPending(llvm::function_ref<void(const Obligation &)> f) const {
  for (uint32_t index : pending_)
    if (nodes_[index].pending)
      f(nodes_[index].o);
}

void FulfillmentCtxt::forEachPendingForSelf(const InferCtxt &cx, uint32_t vid, llvm::function_ref<void(const Obligation &)> f) const {
  uint32_t root = cx.subRootVar(vid);
  forEachPending([&](const Obligation &o) {
    Ty self;
    if (o.predicate.kind() == PredicateKind::Trait)
      self = o.predicate->traitRef.self();
    else if (o.predicate.kind() == PredicateKind::Projection)
      self = o.predicate->alias.self();
    else
      return;
    self = cx.shallowResolve(self);
    if (self.isTyVar() && cx.subRootVar(self.index()) == root)
      f(o);
  });
}

void FulfillmentCtxt::drainPending(Obligations &out) {
  forEachPending([&](const Obligation &o) { out.push_back(o); });
  clearPending();
}

} // namespace ferric::traits
