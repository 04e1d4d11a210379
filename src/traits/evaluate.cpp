// Evaluation: does a goal hold? Goals that are being evaluated form a stack; meeting one of them again is a cycle, which holds when
// every goal on it is coinductive (auto traits, Sized, #[rustc_coinductive]) and is ambiguous otherwise. A result that depends on
// goals further out is remembered only until those are done (provisional), all others for the session, by the freshened goal. Goals without
// parameters do not look at the environment, so that they share one entry (rustc-dev-guide, "Caching and subtle considerations therewith").
#include "traits/select.h"
#include "traits/fulfill.h"
#include "traits/project.h"
#include "traits/trivial.h"

namespace ferric::traits {

EvalResult evaluate(InferCtxt &infcx, const Obligation &o) { return publicResult(Selector(infcx).evaluateRoot(o)); }
EvalResult evaluate(InferCtxt &infcx, ParamEnv env, Predicate p) { return evaluate(infcx, Obligation{p, env, Cause(), 0}); }
EvalResult typeImplementsTrait(InferCtxt &infcx, DefId trait, llvm::ArrayRef<GenericArg> args, ParamEnv env) {
  return evaluate(infcx, env, infcx.tcx.mkTraitPredicate({trait, infcx.tcx.mkArgs(args)}));
}

// What is known of a goal without variables: no probe is needed to look it up.
std::optional<Eval> Selector::remembered(const Obligation &o) const {
  Predicate p = o.predicate;
  if (p.kind() != PredicateKind::Trait || !p->vars.empty() || p->flags & (ty::kHasInfer | ty::kHasError) || o.depth > tcx.sess.options.recursionLimit)
    return std::nullopt;
  if (std::optional<Eval> r = sizedFastPath(p, o.env))
    return r;
  if (!isKeptForSession(p))
    return std::nullopt;
  auto &cache = caches_.eval[unsigned(cx.mode)];
  auto it = cache.find({envFor(o).clauses.p, p.p});
  return it == cache.end() ? std::nullopt : std::optional(it->second);
}

Eval Selector::evaluateRoot(const Obligation &o) {
  if (std::optional<Eval> known = remembered(o))
    return *known;
  ++probing_;
  Eval r = cx.probe([&] { return evaluatePredicate(nullptr, o); });
  --probing_;
  return r;
}

// In order; what was ambiguous is asked again as long as others gave variables values (`impl<B, F: Fn() -> B>`: B comes last).
Eval Selector::evaluateAll(const Frame *stack, llvm::ArrayRef<Obligation> os) {
  llvm::SmallVector<Obligation, 8> todo(os.begin(), os.end()), again;
  Eval result = Eval::Yes;
  for (unsigned round = 0; round < 8; ++round) {
    uint64_t before = cx.generation();
    Eval ambiguous = Eval::Yes;
    again.clear();
    for (Obligation &o : todo) {
      if (stack)
        o.depth = std::max(o.depth, stack->o.depth + 1);
      Eval e = evaluatePredicate(stack, o);
      if (e == Eval::No)
        return e;
      if (e == Eval::Ambig) {
        again.push_back(o);
        ambiguous = e;
      } else {
        result = std::max(result, e);
      }
    }
    if (again.empty())
      return result;
    if (cx.generation() == before || round == 7)
      return std::max(result, ambiguous);
    std::swap(todo, again);
  }
  return result;
}

std::optional<Eval> Selector::sizedFastPath(Predicate p, ParamEnv env) const {
  DefId trait = p->traitRef.trait;
  if (p->negative)
    return std::nullopt;
  if (trait == li.pointeeSized || trait == li.destruct)
    return Eval::Yes;
  if (trait != li.sized && trait != li.metaSized)
    return std::nullopt;
  return sizedByEnv(tcx, trait, cx.shallowResolve(p->traitRef.self()), env) ? std::optional(Eval::Yes) : std::nullopt;
}

Eval Selector::evaluatePredicate(const Frame *stack, const Obligation &o) {
  if (o.depth > tcx.sess.options.recursionLimit)
    return Eval::Overflow;
  Predicate p = o.predicate;
  if (!p->vars.empty()) {
    Obligation bare = o;
    bare.predicate = ty::eraseLateBound(tcx, p);
    return evaluatePredicate(stack, bare);
  }
  switch (p.kind()) {
  case PredicateKind::Trait:
    if (std::optional<Eval> r = sizedFastPath(p, o.env))
      return *r;
    return evaluateTrait(stack, o);
  case PredicateKind::Projection:
    return evaluateProjection(stack, o);
  case PredicateKind::RegionOutlives: case PredicateKind::TypeOutlives: case PredicateKind::HostEffect: case PredicateKind::ConstEvaluatable:
  case PredicateKind::ConstArgHasType:
    return Eval::Yes;
  case PredicateKind::WellFormed: {
    ObligationVec nested;
    if (!wellFormedObligations(cx, o, nested))
      return Eval::Ambig;
    return evaluateAll(stack, nested);
  }
  case PredicateKind::DynCompatible:
    return tcx.isDynCompatible(p->traitRef.trait) ? Eval::Yes : Eval::No;
  case PredicateKind::Subtype: case PredicateKind::Coerce: {
    Ty a = cx.shallowResolve(p->a.ty()), b = cx.shallowResolve(p->b.ty());
    if (a.isTyVar() && b.isTyVar())
      return Eval::Ambig;
    return cx.sub(a, b) ? Eval::Yes : Eval::No;
  }
  case PredicateKind::AliasRelate: case PredicateKind::NormalizesTo: case PredicateKind::Ambiguous:
    return Eval::Ambig;
  }
  return Eval::Ambig;
}

Eval Selector::evaluateProjection(const Frame *stack, const Obligation &o) {
  ObligationVec nested;
  TypeError err;
  switch (projectAndUnify(cx, o, nested, err)) {
  case ProjectOutcome::Ambiguous: return Eval::Ambig;
  case ProjectOutcome::Overflow: return Eval::AmbigStack;
  case ProjectOutcome::Mismatch: return Eval::No;
  case ProjectOutcome::Holds: break;
  }
  if (nested.empty())
    return Eval::Yes;
  for (Obligation &n : nested)
    n.depth = std::max(n.depth, o.depth + 1);
  Ty alias = tcx.mkAlias(cx.resolve(o.predicate->alias));
  Eval r = evaluateAll(stack, nested);
  if (r == Eval::Yes)
    cx.completeProjection({relevantEnv(tcx, o.env, alias.flags()).clauses.p, alias.p});
  return r;
}

ParamEnv Selector::envFor(const Obligation &o) const {
  if (!o.env.clauses.p || !isGlobal(o.predicate->flags) || o.predicate->flags & ty::kHasOpaque)
    return o.env;
  auto [it, inserted] = caches_.envHasGlobal.try_emplace(o.env.clauses.p);
  if (inserted)
    it->second = llvm::any_of(o.env.clauses.ref(), [](Predicate p) { return !(p->flags & ty::kHasParam); });
  return it->second ? o.env : ParamEnv();
}

bool Selector::isCoinductive(const Frame &top, uint32_t cycleDepth) const {
  for (const Frame *f = top.prev; f && f->depth >= cycleDepth; f = f->prev) {
    DefId trait = f->fresh->traitRef.trait;
    if (trait == li.sized || trait == li.metaSized || trait == li.pointeeSized)
      continue;
    const ty::TraitDef *def = tcx.traitDef(trait);
    if (!def || (!def->isAuto && !def->isCoinductive))
      return false;
  }
  return true;
}

// Whether two freshened goals could be the same with other variables: a Fresh type matches anything.
static bool freshTyMatches(Ty a, Ty b) {
  if (a == b || a.is(TyKind::Infer) || b.is(TyKind::Infer))
    return true;
  if (!a.has(ty::kHasFreshInfer) && !b.has(ty::kHasFreshInfer))
    return a == b;
  return mayUnify(a, b) && mayUnify(b, a) && a.kind() == b.kind() && (a.args().size() == b.args().size());
}
bool Selector::freshMatches(Predicate a, Predicate b) const {
  if (a->traitRef.trait != b->traitRef.trait || a->negative != b->negative)
    return false;
  for (size_t i = 0; i < a->traitRef.args.size(); ++i) {
    GenericArg x = a->traitRef.args[i], y = b->traitRef.args[i];
    if (x.isTy() && y.isTy() && !freshTyMatches(x.ty(), y.ty()))
      return false;
  }
  return true;
}

Eval Selector::evaluateTrait(const Frame *stack, const Obligation &original) {
  Obligation o = original;
  o.predicate = cx.resolve(o.predicate);
  o.env = envFor(o);
  if (o.predicate->flags & ty::kHasError)
    return Eval::Yes;
  Frame f{stack, o, o.env, cx.freshen(o.predicate), stack ? stack->depth + 1 : 0, search_.nextDfn++, 0};
  f.reached = f.depth;
  Caches::Key key{f.env.clauses.p, f.fresh.p};
  auto &cache = caches_.eval[unsigned(cx.mode)];
  bool global = isKeptForSession(f.fresh);
  if (global) {
    auto it = cache.find(key);
    if (it != cache.end())
      return it->second;
  }
  for (const Search::Provisional &p : search_.provisional) {
    if (p.env == key.first && p.pred == key.second) {
      for (const Frame *g = stack; g && g->depth > p.reached; g = g->prev)
        g->reached = std::min(g->reached, p.reached);
      return p.result;
    }
  }
  for (const Frame *g = stack; g; g = g->prev) {
    if (g->fresh != f.fresh || !(g->env == f.env))
      continue;
    for (const Frame *h = stack; h && h->depth > g->depth; h = h->prev)
      h->reached = std::min(h->reached, g->depth);
    return isCoinductive(f, g->depth) ? Eval::Yes : Eval::AmbigStack;
  }
  Eval r = evaluateStack(f);
  if (r != Eval::Yes)
    llvm::erase_if(search_.provisional, [&](const Search::Provisional &p) { return p.dfn >= f.dfn; });
  if (f.reached >= f.depth) {
    onCompletion(f);
    if (r != Eval::AmbigStack && r != Eval::Overflow && global)
      cache[key] = r;
  } else {
    search_.provisional.push_back({key.first, key.second, f.dfn, f.reached, r});
    // A goal that did not close the cycle itself depends on it all the same.
    if (stack)
      stack->reached = std::min(stack->reached, f.reached);
  }
  return r;
}

// Provisional results inside a finished goal are final.
void Selector::onCompletion(const Frame &f) {
  auto &cache = caches_.eval[unsigned(cx.mode)];
  llvm::erase_if(search_.provisional, [&](const Search::Provisional &p) {
    if (p.dfn < f.dfn)
      return false;
    if (p.result != Eval::AmbigStack && p.result != Eval::Overflow && isKeptForSession(f.fresh))
      cache[{p.env, p.pred}] = p.result;
    return true;
  });
}

Eval Selector::evaluateStack(const Frame &f) {
  bool unbound = llvm::any_of(f.fresh->traitRef.args.ref(), [](GenericArg a) {
    return a.isTy() && a.ty().is(TyKind::Infer) && a.ty().inferKind() >= InferKind::FreshTy;
  });
  if (unbound)
    for (const Frame *g = f.prev; g; g = g->prev)
      if (g->env == f.env && freshMatches(f.fresh, g->fresh))
        return Eval::AmbigStack;
  Candidate c;
  switch (candidateFor(f, c)) {
  case SelectOutcome::Selected: return evaluateCandidate(f, c);
  case SelectOutcome::Ambiguous: return Eval::Ambig;
  case SelectOutcome::Overflow: return Eval::Overflow;
  case SelectOutcome::NoSolution: return Eval::No;
  }
  return Eval::No;
}

Eval Selector::evaluateCandidate(const Frame &f, const Candidate &c) {
  ++probing_;
  Eval r = cx.probe([&] {
    Selection s;
    if (!confirm(f.o, c, s))
      return Eval::No;
    return evaluateAll(&f, s.nested);
  });
  --probing_;
  return r;
}

} // namespace ferric::traits
