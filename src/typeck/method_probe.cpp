// Finding the method (rustc_hir_typeck::method::probe). The receiver's autoderef chain gives steps; candidates are gathered for all
// steps by name: inherent ones (impls of the type, where-clauses of a parameter, traits of a trait object), then traits in scope. Each
// step is tried by value, with `&`, with `&mut`, `*mut` as `*const`, `Pin<&mut T>` as `Pin<&T>`; at each, inherent candidates before extension ones. All of
// it happens in a probe: nothing inferred here stays.
#include "typeck/method.h"
#include "lower/traits_in_scope.h"
#include "traits/caches.h"
#include "traits/elaborate.h"
#include "typeck/autoderef.h"

namespace ferric::typeck {

namespace {
enum class Match : uint8_t { No, Yes };
struct Step { Ty self; unsigned autoderefs = 0; bool fromUnsafeDeref = false, unsize = false, viaDeref = true; };

class Probe {
public:
  Probe(FnCtxt &f, ProbeMode mode, Ident name, HirId scope, Span span) : f(f), tcx(f.tcx), mode(mode), name(name), scope(scope), span(span) {}

  void run(Ty self) {
    if (!makeSteps(self)) return;
    assembleInherent();
    assembleExtension();
    for (bool skipUnstable : {true, false}) {
      skipUnstable_ = skipUnstable;
      if (pickAll()) return;
      if (!sawUnstable_) break;
    }
    if (privateFound) {
      result.outcome = ProbeOutcome::Private;
      result.pick.item = *privateFound;
    }
  }
  ProbeResult result;
  // The first step that is only reached by inferring something about those before it; 0: there is none.
  unsigned forcing = 0;
  // Steps from there on are left out.
  unsigned maxSteps = ~0u;

private:
  FnCtxt &f;
  ty::Ctx &tcx;
  ProbeMode mode;
  Ident name;
  HirId scope;
  Span span;
  SmallVector<Step, 6> steps;
  std::vector<Candidate> inherent, extension, privates;
  llvm::SmallDenseSet<DefId, 8> implDups;
  std::optional<AssocItem> privateFound;
  bool skipUnstable_ = false, sawUnstable_ = false;

  // ---- steps ----
  bool makeSteps(Ty self) {
    if (mode == ProbeMode::Path) {
      steps.push_back({f.resolve(self)});
      return true;
    }
    Autoderef deref(f, span, self);
    deref.includeRawPointers();
    Ty t;
    bool raw = false;
    unsigned n = 0;
    while (n < maxSteps && deref.next(t)) {
      if (!forcing && llvm::any_of(steps, [&](const Step &s) { return f.resolve(s.self) != s.self; })) forcing = n;
      steps.push_back({t, n++, raw});
      raw |= t.is(TyKind::RawPtr);
    }
    if (n == maxSteps) return true;
    Ty last = deref.finalTy();
    if (deref.reachedLimit()) f.err(span, "E0055", "reached the recursion limit while auto-dereferencing `" + f.str(last) + "`").label(span, "deref recursion limit reached");
    if (!checkFinal(last)) return false;
    if (last.is(TyKind::Array)) {
      Step s{tcx.mkSlice(last.inner()), n - 1, raw, true};
      steps.push_back(s);
    } else if (last.is(TyKind::Adt) || last.is(TyKind::Param) || last.is(TyKind::Alias)) {
      addReceiverSteps(last, n);
    }
    return true;
  }
  // Types that a value is no pointer to but can be the receiver for (RFC 3519): `T: Receiver` without `T: Deref`.
  void addReceiverSteps(Ty last, unsigned n) {
    Autoderef chain(f, span, last);
    chain.useReceiver().includeRawPointers();
    Ty t;
    chain.next(t);
    while (chain.next(t)) {
      Step s{t, n++};
      s.viaDeref = false;
      steps.push_back(s);
    }
  }
  bool checkFinal(Ty t) {
    if (t.isTyVar()) {
      // What is reported here would be undone with the probe: the caller does it.
      result.outcome = ProbeOutcome::Reported;
      bad_ = t;
      return false;
    }
    if (t.isError()) {
      result.outcome = ProbeOutcome::Reported;
      return false;
    }
    return true;
  }

public:
  Ty bad_;

private:
  // ---- candidates ----
  bool relevant(const AssocItem &i) {
    if (i.kind == AssocKind::Fn) return true;
    return mode == ProbeMode::Path && i.kind == AssocKind::Const;
  }
  std::optional<AssocItem> itemOf(DefId container) {
    DefId d = tcx.crates.findAssoc(container, name.name, Namespace::Value);
    if (!d) return std::nullopt;
    AssocItem i = tcx.assocItem(d);
    if (!relevant(i)) return std::nullopt;
    return i;
  }
  bool applicableSelf(const AssocItem &i, DefId container) {
    if (mode == ProbeMode::Path || i.hasSelf) return true;
    result.staticCandidates.push_back(container);
    return false;
  }
  void push(Candidate c, bool isInherent) {
    const Def &d = tcx.def(c.item.def);
    DefVis vis = c.item.inTrait ? tcx.def(c.item.container).vis : d.vis;
    if (!f.isAccessible(vis, name)) privates.push_back(c);
    else (isInherent ? inherent : extension).push_back(c);
  }

  void assembleInherent() {
    for (size_t i = 0; i < steps.size(); ++i) {
      const Step &s = steps[i];
      Ty t = s.self;
      switch (t.kind()) {
      case TyKind::Dynamic: {
        traits::Principal p = traits::principalOf(tcx, t, t);
        if (p.has) {
          SmallVector<TraitRef, 4> supers;
          traits::supertraits(tcx, p.trait, supers);
          fromBounds(supers, CandidateKind::Object);
        }
        fromImpls(t, unsigned(i));
        break;
      }
      case TyKind::Param: {
        SmallVector<TraitRef, 8> bounds;
        for (Predicate p : f.env().clauses)
          if (p.kind() == PredicateKind::Trait && !p->negative && p->traitRef.self() == t) bounds.push_back(erased(p));
        fromBounds(bounds, CandidateKind::WhereClause);
        break;
      }
      case TyKind::Alias: case TyKind::Bound: case TyKind::Closure: case TyKind::FnDef: case TyKind::FnPtr: case TyKind::Infer:
      case TyKind::Pat: case TyKind::Placeholder: case TyKind::Error: case TyKind::UnsafeBinder:
        break;
      default: fromImpls(t, unsigned(i)); break;
      }
    }
  }
  TraitRef erased(Predicate p) { return ty::eraseRegions(tcx, p->vars.empty() ? p->traitRef : ty::eraseLateBound(tcx, p)->traitRef); }
  void fromBounds(ArrayRef<TraitRef> bounds, CandidateKind kind) {
    for (const TraitRef &b : bounds)
      if (std::optional<AssocItem> i = itemOf(b.trait); i && applicableSelf(*i, b.trait)) push({*i, kind, {}, b}, true);
  }
  void fromImpls(Ty t, unsigned receiverSteps) {
    tcx.crates.forEachInherentImpl(traits::simplify(t), [&](const ImplRow &row) {
      if (!implDups.insert(row.impl).second) return;
      std::optional<AssocItem> i = itemOf(row.impl);
      if (i && applicableSelf(*i, row.impl)) push({*i, CandidateKind::InherentImpl, row.impl, {}, receiverSteps}, true);
    });
  }
  void assembleExtension() {
    for (DefId trait : traitsWithItem(lower::traitsInScope(tcx, f.root.body, scope, name.span.ctxt))) fromTrait(trait);
  }
  // Dozens of traits are in scope, and one or two have the name: a module asks for the same names again and again.
  ArrayRef<DefId> traitsWithItem(ArrayRef<DefId> inScope) {
    auto [it, isNew] = traits::caches(tcx).traitsByItem.try_emplace({inScope.data(), name.name});
    if (!isNew) return it->second;
    SmallVector<DefId, 8> found;
    for (DefId trait : inScope)
      if (tcx.defKind(trait) == DefKind::TraitAlias || tcx.crates.findAssoc(trait, name.name, Namespace::Value)) found.push_back(trait);
    return it->second = tcx.copy(ArrayRef<DefId>(found));
  }
  void fromTrait(DefId trait) {
    if (tcx.defKind(trait) == DefKind::TraitAlias) {
      for (DefId t : traits::supertraitDefIds(tcx, trait))
        if (t != trait && tcx.defKind(t) == DefKind::Trait) fromTrait(t);
      return;
    }
    if (std::optional<AssocItem> i = itemOf(trait); i && applicableSelf(*i, trait)) push({*i, CandidateKind::Trait, {}, {trait, {}}}, false);
  }

  // ---- picking ----
  bool pickAll() {
    for (const Step &s : steps) {
      if (!s.viaDeref || s.fromUnsafeDeref || s.self.has(ty::kHasError)) continue;
      if (byValue(s)) {
        shadowed(s, Mutability::Not);
        shadowed(s, Mutability::Mut);
        return true;
      }
      if (autoref(s, Mutability::Not)) {
        shadowed(s, Mutability::Mut);
        return true;
      }
      if (autoref(s, Mutability::Mut) || constPtr(s) || reborrowedPin(s)) return true;
    }
    return false;
  }
  // A smart pointer's own method must not come before one of what it points to that takes the pointer by reference (RFC 3519,
  // "Method shadowing"): the pick is ambiguous when, one autoref on, an impl further along the Receiver chain has the name too.
  void shadowed(const Step &s, Mutability m) {
    if (mode == ProbeMode::Path || result.outcome != ProbeOutcome::Found || result.pick.kind != CandidateKind::InherentImpl) return;
    if (result.pick.autoderefs != s.autoderefs) return; // a reborrow
    Ty self = tcx.mkRef(tcx.common.erased, s.self, m);
    for (const Candidate &c : inherent) {
      bool further = c.kind == CandidateKind::InherentImpl && c.receiverSteps > result.pick.receiverSteps && c.item.def != result.pick.item.def;
      if (!further || consider(self, c) != Match::Yes) continue;
      result.outcome = ProbeOutcome::Ambiguous;
      result.sources = {result.pick.item.container, c.impl};
      return;
    }
  }
  bool byValue(const Step &s) {
    if (s.unsize || !pickMethod(s.self)) return false;
    result.pick.autoderefs = s.autoderefs;
    // A reference as receiver is reborrowed rather than moved.
    if (s.self.is(TyKind::Ref) && result.outcome == ProbeOutcome::Found) {
      result.pick.autoderefs += 1;
      result.pick.autoref = AutorefKind::Autoref;
      result.pick.mut = s.self.mut();
    }
    return true;
  }
  bool autoref(const Step &s, Mutability m) {
    if (mode == ProbeMode::Path) return false;
    if (!pickMethod(tcx.mkRef(tcx.common.erased, s.self, m))) return false;
    result.pick.autoderefs = s.autoderefs;
    result.pick.autoref = AutorefKind::Autoref;
    result.pick.mut = m;
    result.pick.unsize = s.unsize;
    return true;
  }
  bool constPtr(const Step &s) {
    if (s.unsize || !s.self.is(TyKind::RawPtr) || s.self.mut() != Mutability::Mut) return false;
    if (!pickMethod(tcx.mkPtr(s.self.inner(), Mutability::Not))) return false;
    result.pick.autoderefs = s.autoderefs;
    result.pick.autoref = AutorefKind::ToConstPtr;
    return true;
  }
  bool reborrowedPin(const Step &s) {
    if (s.unsize || !s.self.is(TyKind::Adt) || !s.self.adt()->isPin) return false;
    Ty pointer = f.shallow(s.self.args()[0].ty());
    if (!pointer.is(TyKind::Ref) || pointer.mut() != Mutability::Mut) return false;
    if (!pickMethod(f.sharedPin(s.self))) return false;
    result.pick.autoderefs = s.autoderefs;
    result.pick.autoref = AutorefKind::ReborrowPin;
    return true;
  }
  bool pickMethod(Ty self) {
    if (considerAll(self, inherent) || considerAll(self, extension)) return true;
    if (!privateFound)
      for (const Candidate &c : privates)
        if (consider(self, c) == Match::Yes) {
          privateFound = c.item;
          break;
        }
    return false;
  }

  bool unstable(const Candidate &c) {
    if (c.item.def.crate() == f.root.owner.crate() || f.crateUsesFeatures()) return false;
    return tcx.crates.hasAttr(c.item.def, sym::unstable);
  }

  bool considerAll(Ty self, ArrayRef<Candidate> cands) {
    SmallVector<const Candidate *, 4> fits;
    for (const Candidate &c : cands)
      if (consider(self, c) == Match::Yes) fits.push_back(&c);
    if (fits.size() > 1 && collapse(fits)) return found(*fits[0], CandidateKind::Trait);
    if (skipUnstable_ && !fits.empty()) {
      llvm::erase_if(fits, [&](const Candidate *c) {
        bool u = unstable(*c);
        sawUnstable_ |= u;
        return u;
      });
    }
    if (fits.empty()) return false;
    if (fits.size() > 1) {
      result.outcome = ProbeOutcome::Ambiguous;
      for (const Candidate *c : fits) result.sources.push_back(c->kind == CandidateKind::InherentImpl ? c->impl : c->item.container);
      return true;
    }
    return found(*fits[0], fits[0]->kind);
  }
  // Several candidates of one trait (where-clauses that differ in arguments): the trait's method, arguments open.
  bool collapse(ArrayRef<const Candidate *> fits) {
    for (const Candidate *c : fits)
      if (!c->item.inTrait || c->item.container != fits[0]->item.container) return false;
    return true;
  }
  bool found(const Candidate &c, CandidateKind kind) {
    result.outcome = ProbeOutcome::Found;
    result.pick = Pick();
    result.pick.item = c.item;
    result.pick.kind = kind;
    if (kind == CandidateKind::WhereClause) result.pick.trait = c.trait;
    result.pick.receiverSteps = c.receiverSteps;
    return true;
  }

  // Type of self in the method's signature; for other items the impl's or trait's Self.
  Ty selfOf(const AssocItem &i, Ty implTy, GenericArgs args) {
    if (i.kind != AssocKind::Fn || mode != ProbeMode::MethodCall) return implTy;
    GenericArgs all = f.infcx.freshArgsExtending(span, i.def, args);
    FnSig sig = f.fnSigOf(i.def, all);
    return sig.inputs().empty() ? implTy : sig.inputs()[0];
  }

  Match consider(Ty self, const Candidate &c) {
    // Cheap: compares heads with parameters in place.
    if (mode == ProbeMode::MethodCall) {
      ArrayRef<Ty> in = tcx.fnSig(c.item.def).value.inputs();
      if (in.empty() || !traits::mayUnify(self, in[0])) return Match::No;
    }
    return f.probe([&] { return considerInProbe(self, c); });
  }

  Match considerInProbe(Ty self, const Candidate &c) {
    traits::ObligationCtxt ocx(f.infcx);
    Cause cause(span);
    if (c.kind == CandidateKind::InherentImpl) {
      GenericArgs args = f.freshArgs(span, c.impl);
      Ty x = ocx.normalize(cause, f.env(), selfOf(c.item, f.typeOfRaw(c.impl, args), args));
      if (!f.eq(self, x)) return Match::No;
      SmallVector<ty::SpannedClause, 8> clauses;
      f.predicatesOf(c.impl, args, clauses);
      for (const ty::SpannedClause &p : clauses) ocx.add(f.obligation(ocx.normalize(cause, f.env(), p.clause), cause));
    } else if (c.kind == CandidateKind::Trait) {
      if (skippedByEdition(self, c.trait.trait)) return Match::No;
      TraitRef tr{c.trait.trait, f.freshArgs(span, c.trait.trait)};
      Ty x = ocx.normalize(cause, f.env(), selfOf(c.item, tr.self(), tr.args));
      if (!f.eq(self, x)) return Match::No;
      Predicate p = tcx.mkTraitPredicate(f.resolve(tr));
      traits::Obligation o = f.obligation(p, cause);
      traits::EvalResult holds = traits::evaluate(f.infcx, o);
      if (!traits::mayApply(holds)) {
        if (result.unsatisfied.size() < 4) result.unsatisfied.push_back(f.resolve(p));
        return Match::No;
      }
      // What proving it would tell of variables is forgotten with the probe.
      if (holds != traits::EvalResult::Yes) ocx.add(o);
    } else {
      Ty x = ocx.normalize(cause, f.env(), selfOf(c.item, c.trait.self(), c.trait.args));
      if (!f.eq(self, x)) return Match::No;
    }
    SmallVector<traits::FulfillError, 2> errors;
    ocx.fulfill.selectWherePossible(f.infcx, errors);
    if (errors.empty()) return Match::Yes;
    for (const traits::FulfillError &e : errors)
      if (result.unsatisfied.size() < 4) result.unsatisfied.push_back(f.resolve(e.obligation.predicate));
    return Match::No;
  }

  // `array.into_iter()` before 2021 and `boxed_slice.into_iter()` before 2024 do not see IntoIterator by value.
  bool skippedByEdition(Ty self, DefId trait) {
    bool array = self.is(TyKind::Array), boxed = self.isBox() && self.args()[0].ty().is(TyKind::Slice);
    if (!array && !boxed) return false;
    const ty::TraitDef *d = tcx.traitDef(trait);
    if (array && d->skipArrayDuringMethodDispatch && !f.edition2021(name.span)) return true;
    return boxed && d->skipBoxedSliceDuringMethodDispatch && !f.edition2024(name.span);
  }
};
} // namespace

ProbeResult probeMethod(FnCtxt &f, ProbeMode mode, Ident name, Ty self, HirId scope, Span span) {
  Ty bad;
  unsigned forcing = 0;
  auto probe = [&](unsigned maxSteps) {
    return f.probe([&] {
      Probe p(f, mode, name, scope, span);
      p.maxSteps = maxSteps;
      p.run(self);
      bad = p.bad_;
      forcing = p.forcing;
      return std::move(p.result);
    });
  };
  ProbeResult r = probe(~0u);
  // A `Deref` impl for some instances of a type guesses which it is. Steps before it must not see the guess, which is made only when one behind is picked.
  if (forcing)
    if (ProbeResult before = probe(forcing); before.outcome == ProbeOutcome::Found || before.outcome == ProbeOutcome::Ambiguous) return before;
  if (r.outcome == ProbeOutcome::Reported && bad) {
    // The chain ends in a variable: of the receiver itself, or behind a projection that is not known yet.
    Ty t = f.resolve(self);
    Ty v;
    ty::walkTypes(t, [&](Ty x) {
      if (!v && x.isTyVar()) v = x;
      return true;
    });
    if (v) f.mustBeKnown(span, v);
    else if (!f.root.tainted()) f.err(span, "E0282", "type annotations needed").label(span, "cannot infer type");
  }
  return r;
}

void reportMethodError(FnCtxt &f, const ProbeResult &r, ProbeMode mode, Ident name, Ty self, Span span) {
  self = f.resolve(self);
  f.root.setTainted();
  if (f.hasErr(self) || r.outcome == ProbeOutcome::Reported) return;
  std::string n = std::string(f.str(name.name)), t = f.str(self);
  if (r.outcome == ProbeOutcome::Ambiguous) {
    diag::Builder d = f.err(name.span, "E0034", "multiple applicable items in scope");
    d.label(name.span, "multiple `" + n + "` found");
    for (DefId s : r.sources) d.noteAt(f.tcx.def(s).span.shrinkToLo(), "candidate is defined in `" + ty::showDef(f.tcx, s) + "`");
    return;
  }
  if (r.outcome == ProbeOutcome::Private) {
    std::string what = r.pick.item.kind == AssocKind::Const ? "associated constant" : r.pick.item.hasSelf ? "method" : "associated function";
    f.err(name.span, "E0624", what + " `" + n + "` is private").label(name.span, "private " + what)
        .noteAt(f.tcx.def(r.pick.item.def).identSpan, "private " + what + " defined here");
    return;
  }
  if (mode == ProbeMode::MethodCall && self.is(TyKind::Infer)) {
    f.err(name.span, "E0689", "can't call method `" + n + "` on ambiguous numeric type `" + t + "`")
        .help("you must specify a type for this binding, like `i32`");
    return;
  }
  const char *what = mode == ProbeMode::MethodCall ? "method" : "function or associated item";
  diag::Builder d = f.err(name.span, "E0599",
                          r.unsatisfied.empty() ? Twine("no ") + what + " named `" + n + "` found for type `" + t + "` in the current scope"
                                                : Twine("the ") + what + " `" + n + "` exists for type `" + t + "`, but its trait bounds were not satisfied");
  d.label(name.span, Twine(what) + (r.unsatisfied.empty() ? " not found" : " cannot be called") + " for this type");
  for (Predicate p : r.unsatisfied) d.note("`" + ty::show(f.tcx, p) + "` is not satisfied");
  if (!r.staticCandidates.empty() && mode == ProbeMode::MethodCall)
    d.note("found an associated function of this name; call it as `" + t + "::" + n + "`");
  d.emit();
}

} // namespace ferric::typeck
