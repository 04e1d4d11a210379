// Projecting an associated type (rustc_trait_selection::traits::project). Candidates in order of priority: where-clauses, bounds of
// the self type when that is itself an alias, the bindings of a trait object, and the impl that selection finds. Results without
// variables are remembered for the session together with what remains to be proved for them.
#include "traits/project.h"
#include "traits/type_info.h"

namespace ferric::traits {

ParamEnv relevantEnv(Tcx &tcx, ParamEnv env, uint32_t flags) {
  if (!env.clauses.p || !isGlobal(flags))
    return env;
  auto [it, inserted] = caches(tcx).envHasGlobal.try_emplace(env.clauses.p);
  if (inserted)
    it->second = llvm::any_of(env.clauses.ref(), [](Predicate p) { return !(p->flags & ty::kHasParam); });
  return it->second ? env : ParamEnv();
}

ProjectResult Projector::normalize(AliasTy alias, Term &term, Obligations &out) {
  alias.args = cx.resolve(alias.args);
  Ty aliasTy = tcx.mkAlias(alias);
  if (aliasTy.has(ty::kHasError)) {
    term = tcx.common.error;
    return ProjectResult::Progress;
  }
  if (depth > tcx.sess.options.recursionLimit)
    return ProjectResult::Overflow;
  bool definesOpaque = !cx.definingOpaques.empty() && aliasTy.has(ty::kHasOpaque);
  ParamEnv keyEnv = relevantEnv(tcx, env, aliasTy.flags());
  Caches::Key key{keyEnv.clauses.p, aliasTy.p};
  if (const CachedProjection *known = definesOpaque ? nullptr : remembered(key, aliasTy)) {
    for (const auto &n : known->nested)
      out.push_back({n.first, n.second, cause, depth + 1});
    term = cx.resolve(known->term);
    return known->rigid ? ProjectResult::Rigid : ProjectResult::Progress;
  }
  if (llvm::is_contained(cx.projecting, key))
    return ProjectResult::InProgress;

  cx.projecting.push_back(key);
  ObligationVec nested;
  ProjectResult r = project(alias, term, nested);
  if (r == ProjectResult::Progress) {
    term = cx.resolve(term);
    if (term.isTy() && term.ty() == aliasTy)
      r = ProjectResult::Rigid;
    else if (term.arg.flags() & ty::kHasAlias)
      term = traits::normalize(cx, cause, env, term, nested, depth + 1);
  }
  cx.projecting.pop_back();
  if (r == ProjectResult::Rigid)
    term = aliasTy;
  if (r != ProjectResult::Progress && r != ProjectResult::Rigid)
    return r;
  term = cx.resolve(term);
  if (!definesOpaque)
    remember(key, aliasTy, {term, r == ProjectResult::Rigid, {}}, nested);
  out.append(nested.begin(), nested.end());
  return r;
}

const CachedProjection *Projector::remembered(Caches::Key key, Ty alias) {
  Caches &c = caches(tcx);
  auto it = c.projection[unsigned(cx.mode)].find(key);
  if (alias.has(ty::kHasInfer) || it == c.projection[unsigned(cx.mode)].end())
    return cx.cachedProjection(key);
  CachedProjection &p = *it->second;
  // What has been found to hold meanwhile need not be proved again.
  llvm::erase_if(p.nested, [&](const std::pair<Predicate, ParamEnv> &n) {
    ParamEnv e = relevantEnv(tcx, n.second, n.first->flags);
    auto known = c.eval[unsigned(cx.mode)].find({e.clauses.p, n.first.p});
    return known != c.eval[unsigned(cx.mode)].end() && known->second == Eval::Yes;
  });
  return &p;
}

void Projector::remember(Caches::Key key, Ty alias, CachedProjection &&p, Obligations &nested) {
  bool hasVars = (alias.flags() | p.term.arg.flags()) & ty::kHasInfer;
  llvm::SmallDenseSet<Caches::Key, 8> seen;
  llvm::erase_if(nested, [&](Obligation &o) {
    o.predicate = cx.resolve(o.predicate);
    hasVars |= bool(o.predicate->flags & ty::kHasInfer);
    return !seen.insert({o.predicate.p, o.env.clauses.p}).second;
  });
  p.nested.reserve(nested.size());
  for (const Obligation &o : nested)
    p.nested.push_back({o.predicate, o.env});
  if (hasVars)
    cx.rememberProjection(key, std::move(p));
  else
    caches(tcx).projection[unsigned(cx.mode)][key] = std::make_unique<CachedProjection>(std::move(p));
}

bool Projector::push(Found &&f, bool hasInfer) {
  switch (state_) {
  case SetState::None:
    found_ = std::move(f);
    state_ = SetState::Single;
    return true;
  case SetState::Single:
    if (f.source != Source::Select && found_.source == f.source && found_.clause == f.clause)
      return false;
    // Where-clauses win. Two that differ in regions only look alike: the first will do.
    if (found_.source == Source::ParamEnv && (f.source != Source::ParamEnv || !hasInfer))
      return false;
    state_ = SetState::Ambiguous;
    return false;
  default:
    return false;
  }
}

ProjectResult Projector::project(const AliasTy &alias, Term &term, Obligations &out) {
  bool hasInfer = alias.args.flags() & ty::kHasNonRegionInfer;
  fromClauses(alias, env.clauses, Source::ParamEnv);
  if (state_ != SetState::Single || hasInfer) {
    fromAliasBounds(alias);
    fromObject(alias);
    if (!(state_ == SetState::Single && found_.source == Source::Object) && (state_ != SetState::Single || hasInfer))
      fromImpls(alias);
  }
  switch (state_) {
  case SetState::None: return ProjectResult::Rigid;
  case SetState::Ambiguous: return ProjectResult::Ambiguous;
  case SetState::Error: return ProjectResult::Error;
  case SetState::Single: break;
  }
  switch (found_.source) {
  case Source::ParamEnv: case Source::Object: return confirmClause(alias, found_.clause, false, term, out);
  case Source::AliasBound: return confirmClause(alias, found_.clause, true, term, out);
  case Source::Select: break;
  }
  out.append(found_.selection.nested.begin(), found_.selection.nested.end());
  return found_.selection.kind == SourceKind::Impl ? confirmImpl(alias, found_.selection, term, out) : confirmBuiltin(alias, term, out);
}

// ---- candidates ----
GenericArgs Projector::normalizeDiffering(GenericArgs args, GenericArgs goal, Obligations &out) {
  if (!(args.flags() & ty::kHasAlias) || args == goal)
    return args;
  llvm::SmallVector<GenericArg, 4> v(args.begin(), args.end());
  for (size_t i = 0; i < v.size() && i < goal.size(); ++i)
    if (!(v[i] == goal[i]) && v[i].flags() & ty::kHasAlias)
      v[i] = traits::normalize(cx, cause, env, v[i], out, depth + 1);
  return tcx.mkArgs(v);
}

Projector::Match Projector::matches(const AliasTy &alias, Predicate clause, bool unnormalized) {
  if (clause->alias.args == alias.args)
    return Match::Yes;
  return cx.probe([&] {
    ObligationVec nested;
    GenericArgs args = unnormalized ? normalizeDiffering(clause->alias.args, alias.args, nested) : clause->alias.args;
    if (!cx.eq(alias.args, args))
      return Match::No;
    // An associated type's own arguments are not to be inferred from a clause.
    const ty::Generics *g = tcx.genericsOf(alias.def);
    for (size_t i = g ? g->parentCount : alias.args.size(); i < alias.args.size(); ++i) {
      GenericArg a = alias.args[i];
      if (a.isTy() && a.ty().is(TyKind::Infer) && cx.shallowResolve(a.ty()) != a.ty())
        return Match::Ambiguous;
    }
    return Match::Yes;
  });
}

void Projector::fromClauses(const AliasTy &alias, llvm::ArrayRef<Predicate> clauses, Source source) {
  for (Predicate p : clauses) {
    if (p.kind() != PredicateKind::Projection || p->alias.def != alias.def || !mayUnify(alias.args, p->alias.args))
      continue;
    Match m = matches(alias, p, false);
    if (m == Match::Yes)
      push({source, p, {}}, alias.args.flags() & ty::kHasNonRegionInfer);
    else if (m == Match::Ambiguous)
      state_ = SetState::Ambiguous;
  }
}

void Projector::fromAliasBounds(const AliasTy &alias) {
  Ty self = cx.shallowResolve(alias.self());
  if (!self.is(TyKind::Alias))
    return;
  bool ambiguous = false;
  bool hasInfer = alias.args.flags() & ty::kHasNonRegionInfer;
  Selector(cx).forEachItemBound(self, [&](Predicate p, uint32_t, bool) {
    if (p.kind() != PredicateKind::Projection || p->alias.def != alias.def)
      return true;
    Match m = matches(alias, p, true);
    if (m == Match::Ambiguous)
      state_ = SetState::Ambiguous;
    if (m != Match::Yes)
      return true;
    push({Source::AliasBound, p, {}}, hasInfer);
    return hasInfer; // without variables the first will do
  }, ambiguous);
  if (ambiguous)
    state_ = SetState::Ambiguous;
}

void Projector::fromObject(const AliasTy &alias) {
  Ty self = cx.shallowResolve(alias.self());
  if (self.isTyVar()) {
    state_ = SetState::Ambiguous;
    return;
  }
  if (!self.is(TyKind::Dynamic))
    return;
  llvm::SmallVector<Predicate, 4> preds, elaborated;
  dynPredicates(tcx, self, self, preds);
  fromClauses(alias, preds, Source::Object);
  if (state_ != SetState::None)
    return;
  // A binding that a supertrait's bound fixes: `trait Sub: Super<Item = u8>`.
  elaborate(tcx, preds, elaborated);
  fromClauses(alias, elaborated, Source::Object);
}

void Projector::fromImpls(const AliasTy &alias) {
  TraitRef tr = traitRefOf(tcx, alias);
  Obligation o = traitObligation(tcx, cause, env, tr, depth);
  InferCtxt::Snapshot s = cx.startSnapshot();
  Found f;
  f.source = Source::Select;
  switch (select(cx, o, f.selection)) {
  case SelectOutcome::Selected:
    if (eligible(alias, f.selection) && push(std::move(f), true)) {
      cx.commit(s);
      return;
    }
    break;
  case SelectOutcome::Ambiguous: case SelectOutcome::Overflow:
    if (!(state_ == SetState::Single && found_.source == Source::ParamEnv && !(alias.args.flags() & ty::kHasNonRegionInfer)))
      state_ = SetState::Ambiguous;
    break;
  case SelectOutcome::NoSolution:
    state_ = SetState::Error;
    break;
  }
  cx.rollback(s);
}

bool Projector::eligible(const AliasTy &alias, const Selection &s) {
  switch (s.kind) {
  case SourceKind::Impl: {
    LeafDef leaf = leafDef(tcx, s.impl, alias.def);
    if (!leaf.item.valid() || leaf.isFinal)
      return true;
    // A default that a more special impl may override is not to be relied on before everything is known.
    return cx.mode == TypingMode::PostAnalysis && !(cx.resolve(alias.args).flags() & (ty::kHasNonRegionParam | ty::kHasInfer));
  }
  case SourceKind::Builtin: return builtinEligible(alias);
  default: return false;
  }
}

Ty Projector::structTailOf(Ty t) {
  ObligationVec nested;
  for (unsigned i = 0; i < tcx.sess.options.recursionLimit; ++i) {
    t = cx.shallowResolve(t);
    if (t.has(ty::kHasAlias))
      t = cx.shallowResolve(traits::normalize(cx, cause, env, t, nested, depth + 1));
    if (t.is(TyKind::Adt) && t.adt()->isStruct() && !adtFieldTypes(tcx, t.adt()).empty())
      t = ty::instantiate(tcx, adtFieldTypes(tcx, t.adt()).back(), t.args());
    else if (t.is(TyKind::Tuple) && !t.tuple().empty())
      t = t.tuple().back();
    else if (t.is(TyKind::Pat))
      t = t.inner();
    else
      return t;
  }
  return tcx.common.error;
}

bool Projector::builtinEligible(const AliasTy &alias) {
  DefId trait = tcx.parent(alias.def);
  Ty self = cx.shallowResolve(alias.self());
  if (trait == li.discriminantKind) {
    switch (self.kind()) {
    case TyKind::Param: case TyKind::Alias: case TyKind::Bound: case TyKind::Placeholder: case TyKind::Error: return false;
    case TyKind::Infer: return !self.isTyVar();
    default: return true;
    }
  }
  if (trait == li.pointee) {
    Ty tail = structTailOf(self);
    switch (tail.kind()) {
    case TyKind::Param: case TyKind::Alias:
      return tail != self || evaluate(cx, env, tcx.mkTraitPredicate({li.sized, tcx.mkArgs({GenericArg(self)})})) == EvalResult::Yes;
    case TyKind::Bound: case TyKind::Placeholder: return false;
    case TyKind::Infer:
      if (!tail.isTyVar())
        return true;
      state_ = SetState::Ambiguous;
      return false;
    default: return true;
    }
  }
  return true; // the Fn family
}

// ---- confirmation ----
ProjectResult Projector::confirmClause(const AliasTy &alias, Predicate clause, bool unnormalized, Term &term, Obligations &out) {
  GenericArgs args = unnormalized ? normalizeDiffering(clause->alias.args, alias.args, out) : clause->alias.args;
  if (!cx.eq(alias.args, args)) {
    term = tcx.common.error;
    return ProjectResult::Progress;
  }
  term = clause.term();
  return ProjectResult::Progress;
}

ProjectResult Projector::confirmImpl(const AliasTy &alias, const Selection &s, Term &term, Obligations &out) {
  LeafDef leaf = leafDef(tcx, s.impl, alias.def);
  if (!leaf.item.valid()) {
    term = tcx.common.error; // a missing item: reported where the impl is checked
    return ProjectResult::Progress;
  }
  GenericArgs args = alias.args;
  if (tcx.defKind(leaf.container) == DefKind::Impl) {
    GenericArgs implArgs = leaf.container == s.impl ? s.args : translateArgs(cx, env, s.impl, s.args, leaf.container);
    const ty::Generics *g = tcx.genericsOf(tcx.parent(alias.def));
    llvm::SmallVector<GenericArg, 8> all(implArgs.begin(), implArgs.end());
    for (size_t i = g ? g->count() : 1; i < alias.args.size(); ++i)
      all.push_back(alias.args[i]);
    args = tcx.mkArgs(all);
  }
  const ty::Generics *own = tcx.genericsOf(leaf.item);
  if (own && own->count() != args.size()) {
    term = tcx.common.error; // a mismatch in parameters is reported where the impl is checked
    return ProjectResult::Progress;
  }
  term = ty::instantiate(tcx, erasedTypeOf(tcx, leaf.item), args);
  return ProjectResult::Progress;
}

ProjectResult Projector::confirmBuiltin(const AliasTy &alias, Term &term, Obligations &out) {
  DefId trait = tcx.parent(alias.def);
  Ty self = cx.resolve(alias.self());
  if (trait == li.discriminantKind) {
    term = discriminantTy(tcx, self);
    return ProjectResult::Progress;
  }
  if (trait == li.pointee) {
    Ty tail = structTailOf(self);
    switch (tail.kind()) {
    case TyKind::Str: case TyKind::Slice: term = tcx.common.usize; break;
    case TyKind::Dynamic:
      term = ty::instantiate(tcx, erasedTypeOf(tcx, li.dynMetadata), tcx.mkArgs({GenericArg(tail)}));
      break;
    case TyKind::Param: case TyKind::Alias:
      if (tail != self) {
        term = tcx.mkProjection(alias.def, tcx.mkArgs({GenericArg(tail)}));
        // The tail's own metadata: () when it is known to be sized.
        if (evaluate(cx, env, tcx.mkTraitPredicate({li.sized, tcx.mkArgs({GenericArg(tail)})})) == EvalResult::Yes)
          term = tcx.common.unit;
        break;
      }
      term = tcx.common.unit;
      break;
    default: term = tcx.common.unit; break;
    }
    return ProjectResult::Progress;
  }
  if (alias.def == li.fnOnceOutput || alias.def == li.futureOutput) {
    if (self.is(TyKind::Closure) && closureParts(self.args()).sig.isTyVar())
      return ProjectResult::Ambiguous;
    term = callableSig(tcx, self).output;
    return ProjectResult::Progress;
  }
  return ProjectResult::Rigid;
}

} // namespace ferric::traits
