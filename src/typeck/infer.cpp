// The glue between type checking and the inference context: expectations, obligations, tables of results.
#include "traits/elaborate.h"
#include "typeck/autoderef.h"
#include "typeck/walk.h"

namespace ferric::typeck {

// Opaque types whose hidden types a body decides: those of its own return type, nested ones included.
static void collectOpaques(ty::Ctx &tcx, DefId owner, Ty t, SmallVectorImpl<DefId> &out) {
  ty::walkTypes(t, [&](Ty x) {
    if (!x.is(TyKind::Alias) || x.aliasKind() != AliasKind::Opaque || llvm::is_contained(out, x.def()) || tcx.opaqueParent(x.def()) != owner) return true;
    out.push_back(x.def());
    for (Predicate p : tcx.itemBounds(x.def()))
      if (p.kind() == PredicateKind::Projection && p.term().isTy()) collectOpaques(tcx, owner, p.term().ty(), out);
    return true;
  });
}
static SmallVector<DefId, 1> definedOpaques(ty::Ctx &tcx, DefId owner) {
  SmallVector<DefId, 1> out;
  DefKind k = tcx.defKind(owner);
  if (k == DefKind::Fn || k == DefKind::AssocFn) collectOpaques(tcx, owner, tcx.fnSig(owner).value.output(), out);
  return out;
}

RootCtxt::RootCtxt(ty::Ctx &tcx, DefId owner, const hir::Body &body, ty::TypeckResults &results)
    : tcx(tcx), sess(tcx.sess), owner(owner), body(body), results(results), env(tcx.paramEnv(owner)),
      infcx(tcx, traits::TypingMode::Analysis, definedOpaques(tcx, owner)), fulfill(tcx) {
  infcx.opaqueEnv = env;
  infcx.opaqueSpan = body.value->span;
  results.owner = owner;
  results.nodeTypes.resize(body.idCount);
  results.nodeArgs.resize(body.idCount);
}

// ---- types known so far ----
Ty FnCtxt::tryStructurally(Ty t) {
  if (!t.has(ty::kHasNonRegionInfer)) return t;
  t = resolve(t);
  if (!t.has(ty::kHasNonRegionInfer)) return t;
  selectWherePossible();
  return resolve(t);
}
Ty FnCtxt::structurally(Span s, Ty t) {
  t = tryStructurally(t);
  return t.isTyVar() ? mustBeKnown(s, t) : t;
}

bool FnCtxt::typeVarIsSized(Ty var) {
  DefId sized = tcx.langItem(sym::sized);
  bool found = false;
  root.fulfill.forEachPendingForSelf(infcx, shallow(var).index(), [&](const Obligation &o) {
    found |= o.predicate.kind() == PredicateKind::Trait && o.predicate->traitRef.trait == sized;
  });
  return found;
}

void FnCtxt::obligationsForSelf(Ty var, SmallVectorImpl<Predicate> &out) {
  root.fulfill.forEachPendingForSelf(infcx, shallow(var).index(), [&](const Obligation &o) { out.push_back(o.predicate); });
}

PolyFnSig FnCtxt::polySigOf(Ty t) {
  if (t.is(TyKind::FnDef)) {
    PolyFnSig s = ty::instantiate(tcx, tcx.fnSig(t.def()), t.args());
    s.value = ty::eraseRegions(tcx, s.value);
    return s;
  }
  return t.fnPtrSig();
}

// ---- obligations ----
void FnCtxt::registerBound(Ty t, DefId trait, const Cause &c) { registerPredicate(traitPredicate(trait, GenericArg(t)), c); }

void FnCtxt::requireSized(Ty t, const Cause &c) {
  t = shallow(t);
  if (!traits::triviallySized(t)) registerBound(t, sym::sized, c);
}

void FnCtxt::requireWellFormed(Ty t, Span s) {
  t = shallow(t);
  if (traits::triviallyWellFormed(tcx, t) || hasErr(t) || t.hasEscapingBoundVars()) return;
  ty::PredicateData d;
  d.kind = PredicateKind::WellFormed;
  d.a = t;
  registerPredicate(tcx.mkPredicate(d), Cause(s, CauseCode::WellFormed));
}
void FnCtxt::requireWellFormed(GenericArgs args, Span s) {
  for (GenericArg a : args)
    if (a.isTy()) requireWellFormed(a.ty(), s);
}

void FnCtxt::predicatesOf(DefId item, GenericArgs args, SmallVectorImpl<ty::SpannedClause> &out) {
  SmallVector<traits::ErasedClause, 16> all;
  traits::instantiatedPredicates(tcx, item, args, all);
  for (const traits::ErasedClause &c : all) out.push_back({ty::eraseRegions(tcx, c.clause), c.span});
}

void FnCtxt::addItemObligations(Span s, DefId item, GenericArgs args, Obligations &out) {
  SmallVector<ty::SpannedClause, 16> clauses;
  predicatesOf(item, args, clauses);
  for (const ty::SpannedClause &c : clauses) {
    Cause cause(s, CauseCode::WhereClause);
    cause.item = item;
    cause.clauseSpan = c.span;
    Predicate p = normalizeInto(cause, c.clause, out);
    out.push_back(obligation(p, cause));
  }
}
void FnCtxt::addItemObligations(Span s, DefId item, GenericArgs args) {
  Obligations out;
  addItemObligations(s, item, args, out);
  registerAll(out);
}

void FnCtxt::selectWherePossible() {
  SmallVector<traits::FulfillError, 4> errors;
  root.fulfill.selectWherePossible(infcx, errors);
  if (!errors.empty()) reportFulfillErrors(errors);
  Obligations opaque;
  infcx.takeOpaqueObligations(opaque);
  if (!opaque.empty()) registerAll(opaque);
}

bool FnCtxt::implementsTrait(Ty self, DefId trait) { return trait && mayHold(traitPredicate(trait, GenericArg(self))); }

bool FnCtxt::isCopy(Ty t) {
  t = resolve(t);
  switch (t.kind()) {
  case TyKind::Bool: case TyKind::Char: case TyKind::Int: case TyKind::Uint: case TyKind::Float: case TyKind::RawPtr: case TyKind::FnDef:
  case TyKind::FnPtr: case TyKind::Never: case TyKind::Error:
    return true;
  case TyKind::Ref: return t.mut() == Mutability::Not;
  case TyKind::Str: case TyKind::Slice: case TyKind::Dynamic: return false;
  default: break;
  }
  DefId copy = tcx.langItem(sym::copy);
  return copy && mustHold(traitPredicate(copy, GenericArg(t)));
}

// ---- expectations ----
std::optional<Ty> FnCtxt::toOption(Expectation e) {
  if (e.kind == ExpectKind::None) return std::nullopt;
  return resolve(e.ty);
}
std::optional<Ty> FnCtxt::onlyHasType(Expectation e) {
  if (e.kind != ExpectKind::HasType) return std::nullopt;
  return resolve(e.ty);
}
Ty FnCtxt::coercionTarget(Expectation e, Span s) {
  std::optional<Ty> t = onlyHasType(e);
  return t ? *t : nextTyVar(s);
}
// Branches need not all have the expected type when it is not known yet: they coerce to each other.
Expectation FnCtxt::adjustForBranches(Expectation e) {
  if (e.kind == ExpectKind::HasType) {
    Ty t = tryStructurally(e.ty);
    return t.isTyVar() ? Expectation::none() : Expectation::hasType(t);
  }
  return e.kind == ExpectKind::RvalueLikeUnsized ? e : Expectation::none();
}
// `&[1, 2]` where `&[T]` is expected: the operand is no slice; its type is only a hint.
Expectation FnCtxt::rvalueHint(Ty t) {
  Ty tail = t;
  for (unsigned i = 0; i < 64; ++i) {
    if (tail.is(TyKind::Adt) && tail.adt()->isStruct() && !tail.adt()->nonEnum().fields.empty())
      tail = typeOfRaw(tail.adt()->nonEnum().fields.back().def, tail.args());
    else if (tail.is(TyKind::Tuple) && !tail.tuple().empty())
      tail = tail.tuple().back();
    else
      break;
  }
  switch (tail.kind()) {
  case TyKind::Slice: case TyKind::Str: case TyKind::Dynamic: return Expectation::rvalueLikeUnsized(t);
  default: return Expectation::hasType(t);
  }
}

// ---- results ----
void FnCtxt::writeTy(HirId id, Ty t) {
  results.nodeTypes.at(id) = t;
  if (t.has(ty::kHasError)) root.setTainted();
}
Ty FnCtxt::nodeTy(HirId id) {
  Ty t = results.nodeTypes.get(id);
  return t ? t : error();
}
void FnCtxt::writeArgs(HirId id, GenericArgs a) {
  if (!a.empty()) results.nodeArgs.at(id) = a;
}
void FnCtxt::writeRes(HirId id, Res r) { results.typeDependent[id] = r; }
void FnCtxt::writeMethodCall(HirId id, const MethodCallee &m) {
  writeRes(id, Res::ofDef(DefKind::AssocFn, m.def));
  results.nodeArgs.at(id) = m.args;
}

void FnCtxt::applyAdjustments(const hir::Expr *e, Adjustments adj) {
  if (adj.empty()) return;
  bool mutBorrow = false;
  for (const Adjustment &a : adj) {
    if (a.kind == AdjustKind::NeverToAny && shallow(a.target).isTyVar()) root.divergingVars.push_back(a.target);
    mutBorrow |= a.kind == AdjustKind::Borrow && a.mut == Mutability::Mut;
  }
  Adjustments &old = results.adjustments[e->id];
  // `!` can become anything at once: a second adjustment changes the target only. A reborrow before a dereference does nothing.
  if (old.size() == 1 && old[0].kind == AdjustKind::NeverToAny) old[0].target = adj.back().target;
  else old = std::move(adj);
  if (mutBorrow) convertPlaceDerefsToMutable(e);
}

Ty FnCtxt::adjustedTy(const hir::Expr *e) {
  auto it = results.adjustments.find(e->id);
  return it != results.adjustments.end() && !it->second.empty() ? it->second.back().target : nodeTy(e->id);
}

// ---- locals ----
void FnCtxt::assignLocal(Span s, HirId id, Ty t) {
  root.locals.try_emplace(id, t ? t : nextTyVar(s));
}
Ty FnCtxt::localTy(LocalId id, Span s) {
  auto it = root.locals.find(id);
  if (it != root.locals.end()) return it->second;
  Ty t = nextTyVar(s);
  root.locals[id] = t;
  return t;
}
void FnCtxt::gatherLocals(const hir::Pat *pat, bool isParam) {
  forEachBinding(pat, false, [&](const hir::BindingPat *b) {
    assignLocal(b->span, b->id, Ty());
    if (isParam && hasFeature(sym::unsized_fn_params)) return;
    requireSized(localTy(b->id, b->span), Cause(b->span, isParam ? CauseCode::SizedArgument : CauseCode::VariableSized));
  });
}

// ---- names ----
DefId FnCtxt::scopeOf(Ident name) {
  SyntaxContext c = sess.hygiene.normalizeToMacros20(name.span.ctxt);
  if (!c.isRoot()) {
    const ExpnData &x = sess.hygiene.expn(sess.hygiene.outerExpn(c));
    // What a derive makes is about the item it stands on.
    if (x.macroDef && x.kind != ExpnKind::Derive) return tcx.crates.parentMod(x.macroDef);
  }
  return root.body.module;
}
int FnCtxt::findField(const VariantDef &v, Ident name) {
  for (size_t i = v.fields.size(); i-- > 0;) // of several of one name, which is an error, the last counts
    if (v.fields[i].name == name.name) return int(i);
  return -1;
}

} // namespace ferric::typeck
