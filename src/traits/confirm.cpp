// Confirmation: unify the goal with the candidate for good and list what remains to be proved for it
// (rustc_trait_selection::traits::select::confirmation).
#include "traits/select.h"

namespace ferric::traits {

Cause Selector::derived(const Obligation &parent, DefId source, Span span) {
  if (probing_)
    return parent.cause;
  Cause c = parent.cause;
  DerivedCause *d = new (cx.arena.Allocate<DerivedCause>()) DerivedCause{parent.predicate, source, span, parent.cause.derived};
  c.derived = d;
  return c;
}

bool Selector::confirm(const Obligation &o, const Candidate &c, Selection &out) {
  const TraitRef &goal = o.predicate->traitRef;
  out = Selection();
  switch (c.kind) {
  case CandidateKind::Impl: {
    out.kind = SourceKind::Impl;
    out.impl = c.impl;
    if (!matchImpl(o, c.impl, out.args, out.nested))
      return false;
    implObligations(o, c.impl, out.args, out.nested);
    return true;
  }
  case CandidateKind::Param:
    out.kind = SourceKind::Param;
    out.clause = c.clause;
    return cx.eq(goal, c.clause->traitRef);
  case CandidateKind::AliasBound:
    out.kind = SourceKind::AliasBound;
    out.clause = c.clause;
    // The remembered clause may belong to a goal with other variables.
    if (c.clause->flags & ty::kHasInfer || goal.args.flags() & ty::kHasInfer) {
      Predicate found;
      bool ambiguous = false;
      forEachItemBound(goal.self(), [&](Predicate p, uint32_t index, bool) {
        if (index == c.index)
          found = p;
        return index != c.index;
      }, ambiguous);
      if (found)
        out.clause = asSizedness(goal, found);
    }
    return matchNormalized(o, goal, out.clause->traitRef, out.nested);
  case CandidateKind::Object: {
    out.kind = SourceKind::Object;
    Principal principal = principalOf(tcx, goal.self(), goal.self());
    llvm::SmallVector<TraitRef, 8> supers;
    supertraits(tcx, principal.trait, supers);
    if (c.index >= supers.size() || !matchNormalized(o, goal, supers[c.index], out.nested))
      return false;
    objectItemBounds(o, goal, out.nested);
    return true;
  }
  case CandidateKind::BuiltinObject:
    out.kind = SourceKind::Builtin;
    return true;
  case CandidateKind::Sized: case CandidateKind::Builtin:
    confirmBuiltin(o, out);
    return true;
  case CandidateKind::AutoImpl: {
    out.kind = SourceKind::AutoImpl;
    llvm::SmallVector<Ty, 8> types;
    autoConstituents(goal.self(), types);
    forTypes(o, goal.trait, types, out.nested);
    return true;
  }
  case CandidateKind::Closure: case CandidateKind::FnPointer:
    return confirmFnFamily(o, out);
  case CandidateKind::TraitAlias: {
    out.kind = SourceKind::TraitAlias;
    llvm::SmallVector<ErasedClause, 4> clauses;
    instantiatedPredicates(tcx, goal.trait, goal.args, clauses);
    for (const ErasedClause &e : clauses) {
      if (e.clause == o.predicate)
        continue;
      Predicate p = normalize(cx, o.cause, o.env, e.clause, out.nested, o.depth + 1);
      out.nested.push_back({p, o.env, derived(o, goal.trait, e.span), o.depth + 1});
    }
    return true;
  }
  case CandidateKind::Upcast:
    return confirmUpcast(o, c.index, out);
  case CandidateKind::BuiltinUnsize:
    return confirmUnsize(o, out);
  }
  UNREACHABLE("kind of a candidate");
}

// ---- impls ----
bool Selector::matchImpl(const Obligation &o, DefId impl, GenericArgs &args, Obligations &nested) {
  args = cx.freshArgsForItem(o.cause.span, impl);
  TraitRef tr = ty::instantiate(tcx, implHeader(tcx, impl), args);
  if (tr.args.flags() & ty::kHasAlias)
    tr = normalize(cx, o.cause, o.env, tr, nested, o.depth + 1);
  return cx.eq(o.predicate->traitRef, tr);
}

void Selector::implObligations(const Obligation &o, DefId impl, GenericArgs args, Obligations &nested) {
  llvm::SmallVector<ErasedClause, 8> clauses;
  instantiatedPredicates(tcx, impl, args, clauses);
  for (const ErasedClause &c : clauses) {
    Cause cause = derived(o, impl, c.span);
    Predicate p = c.clause;
    if (p->flags & ty::kHasAlias)
      p = normalize(cx, cause, o.env, p, nested, o.depth + 1);
    nested.push_back({p, o.env, cause, o.depth + 1});
  }
}

// ---- built-in ----
void Selector::forTypes(const Obligation &o, DefId trait, llvm::ArrayRef<Ty> types, Obligations &nested) {
  if (types.empty())
    return;
  Cause cause = derived(o, DefId(), Span());
  for (Ty t : types) {
    if (t.has(ty::kHasAlias))
      t = normalize(cx, cause, o.env, t, nested, o.depth + 1);
    nested.push_back({tcx.mkTraitPredicate({trait, tcx.mkArgs({GenericArg(t)})}), o.env, cause, o.depth + 1});
  }
}

void Selector::sizedConstituents(Ty t, llvm::SmallVectorImpl<Ty> &out) {
  switch (t.kind()) {
  case TyKind::Tuple:
    if (!t.tuple().empty())
      out.push_back(t.tuple().back());
    return;
  case TyKind::Pat:
    out.push_back(t.inner());
    return;
  case TyKind::Adt: {
    if (!t.adt()->isStruct())
      return;
    llvm::ArrayRef<Ty> fields = adtFieldTypes(tcx, t.adt());
    if (!fields.empty())
      out.push_back(ty::instantiate(tcx, fields.back(), t.args()));
    return;
  }
  default: return;
  }
}

void Selector::confirmBuiltin(const Obligation &o, Selection &out) {
  const TraitRef &goal = o.predicate->traitRef;
  out.kind = SourceKind::Builtin;
  Ty self = cx.shallowResolve(goal.self());
  llvm::SmallVector<Ty, 8> types;
  DefId trait = goal.trait;
  if (trait == li.sized || trait == li.metaSized) {
    sizedConstituents(self, types);
  } else if (trait == li.copy || trait == li.clone || trait == li.trivialClone) {
    if (self.is(TyKind::Tuple))
      types.append(self.tuple().begin(), self.tuple().end());
    else if (self.is(TyKind::Pat))
      types.push_back(self.inner());
    else if (self.is(TyKind::Closure))
      types.push_back(cx.shallowResolve(closureParts(self.args()).upvars));
  } else if (trait == li.bikeshedNoDrop) {
    if (self.is(TyKind::Tuple)) {
      types.append(self.tuple().begin(), self.tuple().end());
    } else if (self.is(TyKind::Array)) {
      types.push_back(self.inner());
    } else if (!self.is(TyKind::Ref) && !(self.is(TyKind::Adt) && self.adt()->isManuallyDrop)) {
      trait = li.copy;
      types.push_back(self);
    }
  }
  forTypes(o, trait, types, out.nested);
}

void Selector::autoConstituents(Ty t, llvm::SmallVectorImpl<Ty> &out) {
  switch (t.kind()) {
  case TyKind::Str:
    out.push_back(tcx.mkSlice(tcx.common.u8));
    return;
  case TyKind::RawPtr: case TyKind::Ref: case TyKind::Pat: case TyKind::Array: case TyKind::Slice: case TyKind::UnsafeBinder:
    out.push_back(t.inner());
    return;
  case TyKind::Tuple:
    out.append(t.tuple().begin(), t.tuple().end());
    return;
  case TyKind::Closure:
    out.push_back(cx.shallowResolve(closureParts(t.args()).upvars));
    return;
  case TyKind::Adt: {
    if (t.adt()->isPhantomData) {
      for (GenericArg a : t.args())
        if (a.isTy())
          out.push_back(a.ty());
      return;
    }
    for (Ty f : adtFieldTypes(tcx, t.adt())) {
      Ty field = ty::instantiate(tcx, f, t.args());
      if (!llvm::is_contained(out, field))
        out.push_back(field);
    }
    return;
  }
  case TyKind::Alias: // an opaque type: leaks
    out.push_back(ty::eraseRegions(tcx, ty::instantiate(tcx, tcx.typeOfOpaque(t.def()), t.args())));
    return;
  default: return;
  }
}

// ---- Fn, FnMut, FnOnce ----
CallableSig callableSig(Tcx &tcx, Ty self) {
  if (self.is(TyKind::Closure)) {
    Ty sigTy = closureParts(self.args()).sig;
    FnSig sig = ty::eraseLateBound(tcx, sigTy.fnPtrSig());
    return {sig.inputs()[0], sig.output()};
  }
  PolyFnSig poly = self.is(TyKind::FnPtr) ? self.fnPtrSig() : ty::instantiate(tcx, tcx.fnSig(self.def()), self.args());
  FnSig sig = ty::eraseRegions(tcx, ty::eraseLateBound(tcx, poly));
  return {tcx.mkTuple(sig.inputs()), sig.output()};
}

bool Selector::confirmFnFamily(const Obligation &o, Selection &out) {
  const TraitRef &goal = o.predicate->traitRef;
  out.kind = SourceKind::Builtin;
  Ty self = cx.shallowResolve(goal.self());
  if (self.is(TyKind::Closure)) {
    Ty sig = cx.shallowResolve(closureParts(self.args()).sig);
    if (sig.isTyVar())
      return true;
    // The signature's variable may be resolved only here.
    llvm::SmallVector<GenericArg, 8> args(self.args().begin(), self.args().end());
    args[args.size() - 2] = sig;
    self = tcx.mkClosure(self.def(), tcx.mkArgs(args));
  }
  CallableSig sig = callableSig(tcx, self);
  Cause cause = derived(o, DefId(), Span());
  Ty inputs = normalize(cx, cause, o.env, sig.tupledInputs, out.nested, o.depth + 1);
  if (goal.args.size() < 2 || !cx.eq(goal.args[1].ty(), inputs))
    return false;
  if (!self.is(TyKind::Closure)) {
    Ty output = normalize(cx, cause, o.env, sig.output, out.nested, o.depth + 1);
    out.nested.push_back({tcx.mkTraitPredicate({li.sized, tcx.mkArgs({GenericArg(output)})}), o.env, cause, o.depth + 1});
  }
  return true;
}

// What the trait asks of its associated types holds for those that the object type gives: not `dyn Iterator<Item = str>`.
void Selector::objectItemBounds(const Obligation &o, const TraitRef &goal, Obligations &nested) {
  for (const ty::AssocItem &item : tcx.assocItems(goal.trait)) {
    const ty::Generics *g = tcx.genericsOf(item.def);
    if (item.kind != ty::AssocKind::Type || (g && !g->own.empty()) || hasWhereSelfSized(tcx, item.def))
      continue;
    for (Predicate bound : tcx.itemBounds(item.def)) {
      if (bound.kind() != PredicateKind::Trait && bound.kind() != PredicateKind::Projection)
        continue;
      Predicate p = ty::eraseRegions(tcx, ty::eraseLateBound(tcx, ty::instantiate(tcx, bound, goal.args)));
      p = normalize(cx, o.cause, o.env, p, nested, o.depth + 1);
      nested.push_back({p, o.env, derived(o, goal.trait, tcx.def(item.def).identSpan), o.depth + 1});
    }
  }
}

// ---- Unsize ----
static void markParams(Ty t, llvm::BitVector &bits, bool value) {
  ty::walkTypes(t, [&](Ty x) {
    if (!x.has(ty::kHasNonRegionParam))
      return false;
    if (x.is(TyKind::Param))
      bits[x.index()] = value;
    if (x.is(TyKind::Array) && x.len().is(ty::ConstKind::Param))
      bits[x.len().index()] = value;
    for (GenericArg a : x.args())
      if (a.isConst() && a.konst().is(ty::ConstKind::Param))
        bits[a.konst().index()] = value;
    return true;
  });
}

// Parameters that only the last field mentions: the ones that may differ in an unsizing (rustc unsizing_params_for_adt).
const llvm::BitVector &unsizingParams(Tcx &tcx, const ty::AdtDef *adt) {
  Caches &c = caches(tcx);
  auto it = c.unsizingParams.find(adt->def);
  if (it != c.unsizingParams.end())
    return it->second;
  const ty::Generics *g = tcx.genericsOf(adt->def);
  llvm::BitVector bits(g ? g->count() : 0);
  llvm::ArrayRef<Ty> fields = adtFieldTypes(tcx, adt);
  if (adt->isStruct() && !fields.empty()) {
    markParams(fields.back(), bits, true);
    for (Ty f : fields.drop_back())
      markParams(f, bits, false);
  }
  return c.unsizingParams[adt->def] = bits;
}

bool Selector::confirmUnsize(const Obligation &o, Selection &out) {
  const TraitRef &goal = o.predicate->traitRef;
  out.kind = SourceKind::Builtin;
  Ty source = cx.shallowResolve(goal.self()), target = cx.shallowResolve(goal.args[1].ty());
  auto push = [&](Predicate p) { out.nested.push_back({p, o.env, o.cause, o.depth + 1}); };

  if (source.is(TyKind::Dynamic) && target.is(TyKind::Dynamic)) {
    // Auto traits are dropped (or implied by the principal's supertraits).
    llvm::SmallVector<ty::PolyExistentialPredicate, 4> preds;
    bool keepPrincipal = principalOf(tcx, target, target).has;
    if (keepPrincipal)
      for (const ty::PolyExistentialPredicate &p : source.preds())
        if (p.value.kind != ty::ExistentialKind::AutoTrait)
          preds.push_back(p);
    for (const ty::PolyExistentialPredicate &p : target.preds())
      if (p.value.kind == ty::ExistentialKind::AutoTrait)
        preds.push_back(p);
    return cx.eq(target, tcx.mkDynamic(tcx.mkExistentials(preds), tcx.common.erased));
  }
  if (target.is(TyKind::Dynamic)) {
    out.kind = SourceKind::ObjectUnsize;
    for (const ty::PolyExistentialPredicate &p : target.preds())
      if (p.value.kind != ty::ExistentialKind::Projection && !tcx.isDynCompatible(p.value.def))
        return false;
    llvm::SmallVector<Predicate, 4> preds;
    dynPredicates(tcx, target, source, preds);
    for (Predicate p : preds)
      push(p);
    push(tcx.mkTraitPredicate({li.sized, tcx.mkArgs({GenericArg(source)})}));
    return true;
  }
  if (source.is(TyKind::Array))
    return cx.eq(target.inner(), source.inner());

  const ty::AdtDef *adt = source.adt();
  const llvm::BitVector &params = unsizingParams(tcx, adt);
  if (params.none())
    return false;
  Ty tail = adtFieldTypes(tcx, adt).back();
  Ty sourceTail = normalize(cx, o.cause, o.env, ty::instantiate(tcx, tail, source.args()), out.nested, o.depth + 1);
  Ty targetTail = normalize(cx, o.cause, o.env, ty::instantiate(tcx, tail, target.args()), out.nested, o.depth + 1);
  llvm::SmallVector<GenericArg, 4> args(source.args().begin(), source.args().end());
  for (unsigned i : params.set_bits())
    args[i] = target.args()[i];
  if (!cx.eq(target, tcx.mkAdt(adt, tcx.mkArgs(args))))
    return false;
  push(tcx.mkTraitPredicate({goal.trait, tcx.mkArgs({GenericArg(sourceTail), GenericArg(targetTail)})}));
  return true;
}

bool Selector::confirmUpcast(const Obligation &o, uint32_t index, Selection &out) {
  const TraitRef &goal = o.predicate->traitRef;
  Ty source = cx.shallowResolve(goal.self()), target = cx.shallowResolve(goal.args[1].ty());
  Principal a = principalOf(tcx, source, source), b = principalOf(tcx, target, source);
  out.kind = SourceKind::ObjectUpcast;
  out.upcastSlot = index;
  llvm::SmallVector<TraitRef, 8> supers;
  supertraits(tcx, a.trait, supers);
  if (index >= supers.size())
    return false;
  TraitRef upcast = normalize(cx, o.cause, o.env, supers[index], out.nested, o.depth + 1);
  if (!cx.eq(b.trait, upcast))
    return false;
  for (const ty::PolyExistentialPredicate &poly : target.preds()) {
    ty::ExistentialPredicate q = ty::eraseLateBound(tcx, poly);
    if (q.kind == ty::ExistentialKind::AutoTrait) {
      bool has = isSupertraitOf(tcx, q.def, a.trait.trait) || llvm::any_of(source.preds().ref(), [&](const ty::PolyExistentialPredicate &p) {
                   return p.value.kind == ty::ExistentialKind::AutoTrait && p.value.def == q.def;
                 });
      if (!has)
        return false;
    } else if (q.kind == ty::ExistentialKind::Projection) {
      bool found = false;
      for (const ty::PolyExistentialPredicate &polySource : source.preds()) {
        ty::ExistentialPredicate p = ty::eraseLateBound(tcx, polySource);
        if (p.kind != q.kind || p.def != q.def || !cx.eq(q.args, p.args))
          continue;
        if (!cx.eq(ty::existentialTerm(q), ty::existentialTerm(p))) // written out to be something else
          return false;
        found = true;
        break;
      }
      if (!found) {
        // A supertrait's where-clause may fix it.
        AliasTy alias{AliasKind::Projection, q.def, withSelf(tcx, q, source).args};
        out.nested.push_back({tcx.mkProjectionPredicate(alias, ty::existentialTerm(q)), o.env, o.cause, o.depth + 1});
      }
    }
  }
  return true;
}

} // namespace ferric::traits
