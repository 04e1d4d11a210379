// Selection: of all ways a trait goal could hold, find the one that is used (rustc_trait_selection::traits::select). Candidates are
// assembled, each is tried out in a probe, and the survivors are winnowed by rustc's preferences: where-clauses over bounds of
// associated types over trait objects over impls; of two impls the more special one.
#include "traits/select.h"

namespace ferric::traits {

SelectOutcome select(InferCtxt &infcx, const Obligation &o, Selection &out) { return Selector(infcx).select(o, out); }

SelectOutcome Selector::select(const Obligation &original, Selection &out) {
  Obligation o = original;
  o.predicate = cx.resolve(ty::eraseLateBound(tcx, o.predicate));
  CHECK(o.predicate.kind() == PredicateKind::Trait, "selection of a goal that is no trait goal");
  if (o.depth > tcx.sess.options.recursionLimit)
    return SelectOutcome::Overflow;
  Frame f{nullptr, o, envFor(o), cx.freshen(o.predicate), 0, search_.nextDfn++, 0};
  f.reached = f.depth;
  o.env = f.env;
  Candidate c;
  SelectOutcome r = candidateFor(f, c);
  o.env = original.env;
  if (r != SelectOutcome::Selected)
    return r;
  InferCtxt::Snapshot s = cx.startSnapshot();
  if (confirm(o, c, out)) {
    cx.commit(s);
    return r;
  }
  cx.rollback(s);
  return SelectOutcome::NoSolution;
}

SelectOutcome Selector::candidateFor(const Frame &f, Candidate &out) {
  Caches::Key key{f.env.clauses.p, f.fresh.p};
  auto &cache = caches_.selection[unsigned(cx.mode)];
  bool global = isKeptForSession(f.fresh);
  if (global) {
    auto it = cache.find(key);
    if (it != cache.end()) {
      out = it->second.candidate;
      return it->second.outcome;
    }
  }
  uint32_t before = f.reached;
  SelectOutcome r = candidateUncached(f, out);
  bool stackFree = f.reached >= before && f.reached >= f.depth;
  bool stable = r != SelectOutcome::Overflow && !(r == SelectOutcome::Selected && (out.kind == CandidateKind::Param || out.kind == CandidateKind::AliasBound) &&
                                                  out.clause->flags & ty::kHasInfer);
  if (global && stackFree && stable && !f.unstable)
    cache[key] = {r, out};
  return r;
}

SelectOutcome Selector::candidateUncached(const Frame &f, Candidate &out) {
  if (f.fresh->flags & ty::kHasError)
    return SelectOutcome::Ambiguous;
  CandidateSet set;
  assemble(f, set);
  if (set.overflow == Eval::Overflow)
    return SelectOutcome::Overflow;
  if (set.ambiguous)
    return SelectOutcome::Ambiguous;
  // An impl of the other polarity was only there to keep the automatic one away.
  llvm::erase_if(set.list, [&](const Candidate &c) {
    if (c.kind != CandidateKind::Impl)
      return false;
    ty::ImplPolarity p = tcx.implPolarity(c.impl);
    return (p == ty::ImplPolarity::Negative) != f.o.predicate->negative;
  });
  if (set.list.size() == 1) {
    out = set.list[0];
    return SelectOutcome::Selected;
  }
  bool overflow = false;
  llvm::erase_if(set.list, [&](Candidate &c) {
    c.eval = evaluateCandidate(f, c);
    overflow |= c.eval == Eval::Overflow;
    f.unstable |= c.eval == Eval::AmbigStack;
    return !mayApply(c.eval);
  });
  if (overflow)
    return SelectOutcome::Overflow;
  if (set.list.empty())
    return SelectOutcome::NoSolution;
  return winnow(f, set.list, out) ? SelectOutcome::Selected : SelectOutcome::Ambiguous;
}

// The lowest index among candidates of a kind; with variables in the goal more than one is ambiguous.
struct Lowest { const Candidate *best = nullptr; bool ambiguous = false; };
template <class Pred> static Lowest lowest(llvm::ArrayRef<Candidate> list, bool hasInfer, Pred pred) {
  Lowest r;
  for (const Candidate &c : list) {
    if (!pred(c))
      continue;
    if (r.best && hasInfer)
      r.ambiguous = true;
    if (!r.best || c.index < r.best->index)
      r.best = &c;
  }
  return r;
}

bool Selector::preferLhs(bool hasInfer, const Candidate &lhs, const Candidate &victim) {
  if (lhs.eval == Eval::Yes && specializes(tcx, lhs.impl, victim.impl))
    return true;
  const ty::TraitDef *def = tcx.traitDef(implHeader(tcx, lhs.impl).trait);
  return def && def->isMarker && !hasInfer && lhs.eval == Eval::Yes;
}

// rustc_trait_selection::traits::select::winnow_candidates. False: ambiguous.
bool Selector::winnow(const Frame &f, llvm::SmallVectorImpl<Candidate> &list, Candidate &out) {
  auto take = [&](const Candidate &c) { out = c; return true; };
  if (list.size() == 1)
    return take(list[0]);
  for (const Candidate &c : list)
    if (c.kind == CandidateKind::Sized)
      return c.eval == Eval::Yes ? take(c) : false;

  bool hasInfer = f.o.predicate->flags & ty::kHasNonRegionInfer;
  DefId trait = f.o.predicate->traitRef.trait;
  const ty::TraitDef *def = tcx.traitDef(trait);
  bool marker = trait == li.sized || trait == li.metaSized || (def && def->isAuto);
  auto isAlias = [](const Candidate &c) { return c.kind == CandidateKind::AliasBound; };
  if (marker) {
    Lowest l = lowest(list, hasInfer, [&](const Candidate &c) { return isAlias(c) && c.selfBound; });
    if (l.ambiguous)
      return false;
    if (l.best)
      return take(*l.best);
  }

  // Where-clauses; duplicates cannot occur, environments are sets. Those without parameters do not count unless alone.
  const Candidate *param = nullptr;
  bool hasGlobal = false;
  auto isGlobalParam = [](const Candidate &c) { return c.kind == CandidateKind::Param && isGlobal(c.clause->flags); };
  for (const Candidate &c : list) {
    if (c.kind != CandidateKind::Param)
      continue;
    if (isGlobalParam(c)) {
      hasGlobal = true;
    } else if (param && param->clause != c.clause) {
      return false;
    } else {
      param = &c;
    }
  }
  if (param)
    return hasGlobal ? false : take(*param);

  Lowest alias = lowest(list, hasInfer, isAlias);
  if (alias.ambiguous)
    return false;
  if (alias.best)
    return take(*alias.best);
  Lowest object = lowest(list, hasInfer, [](const Candidate &c) { return c.kind == CandidateKind::Object; });
  if (object.ambiguous)
    return false;
  if (object.best) {
    if (hasInfer && llvm::any_of(list, [](const Candidate &c) { return c.kind == CandidateKind::Impl; }))
      return false;
    return take(*object.best);
  }
  Lowest upcast = lowest(list, hasInfer, [](const Candidate &c) { return c.kind == CandidateKind::Upcast; });
  if (upcast.ambiguous)
    return false;
  if (upcast.best)
    return take(*upcast.best);

  const Candidate *impl = nullptr;
  for (const Candidate &c : list) {
    if (c.kind != CandidateKind::Impl)
      continue;
    if (!impl || preferLhs(hasInfer, c, *impl))
      impl = &c;
    else if (!preferLhs(hasInfer, *impl, c))
      return false;
  }
  if (impl) {
    for (const Candidate &c : list)
      if (c.kind != CandidateKind::Impl && c.kind != CandidateKind::Param)
        return false;
    return take(*impl);
  }
  llvm::erase_if(list, isGlobalParam);
  return list.size() == 1 ? take(list[0]) : false;
}

} // namespace ferric::traits
