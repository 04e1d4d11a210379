// Method calls once the method is known: the receiver's adjustments, generic arguments, signature and obligations
// (rustc_hir_typeck::method::confirm), and methods of operator traits, which need no lookup by name.
#include "traits/elaborate.h"
#include "typeck/autoderef.h"
#include "typeck/body_lowerer.h"
#include "typeck/method.h"
#include "typeck/walk.h"

namespace ferric::typeck {

namespace {
class MethodArgs final : public collect::ArgSource {
public:
  MethodArgs(FnCtxt &f, BodyLowerer &l, DefId method, const hir::PathSegment &seg, bool countOk, Span span)
      : f_(f), l_(l), method_(method), seg_(seg), countOk_(countOk), span_(span) {}
  const hir::GenericArgs *argsFor(DefId def, bool &inferred) override {
    inferred = true;
    return def == method_ && countOk_ ? seg_.args : nullptr;
  }
  GenericArg provided(ArrayRef<GenericArg> preceding, const ty::GenericParamDef &param, const hir::GenericArg &arg) override {
    GenericArg lowered = l_.lowerArg(param, arg, preceding, method_);
    if (lowered.isTy()) f_.requireWellFormed(ty::eraseRegions(f_.tcx, lowered.ty()), arg.span);
    return lowered;
  }
  GenericArg missing(ArrayRef<GenericArg>, const ty::GenericParamDef &param, bool) override {
    return param.kind == ty::GenericParamKind::Lifetime ? GenericArg(f_.tcx.common.erased) : f_.infcx.varForParam(span_, param);
  }

private:
  FnCtxt &f_;
  BodyLowerer &l_;
  DefId method_;
  const hir::PathSegment &seg_;
  bool countOk_;
  Span span_;
};

struct Confirm {
  FnCtxt &f;
  const hir::MethodCallExpr *e;
  const Pick &pick;
  Span span;

  Ty adjustSelf(Ty unadjusted) {
    Autoderef deref(f, e->span, unadjusted);
    Ty target;
    if (!deref.nth(pick.autoderefs, target)) return f.error();
    Adjustments adj;
    f.adjustSteps(deref, adj);
    target = f.resolve(target);
    if (pick.autoref == AutorefKind::Autoref) {
      Ty base = target;
      target = f.tcx.mkRef(f.tcx.common.erased, base, pick.mut);
      Adjustment a;
      a.kind = AdjustKind::Borrow;
      a.target = target;
      a.mut = pick.mut;
      a.twoPhase = pick.mut == Mutability::Mut;
      adj.push_back(a);
      if (pick.unsize && base.is(TyKind::Array)) {
        target = f.tcx.mkRef(f.tcx.common.erased, f.tcx.mkSlice(base.inner()), pick.mut);
        Adjustment u;
        u.kind = AdjustKind::Unsize;
        u.target = target;
        adj.push_back(u);
      }
    } else if (pick.autoref == AutorefKind::ToConstPtr) {
      target = f.tcx.mkPtr(target.inner(), Mutability::Not);
      Adjustment a;
      a.kind = AdjustKind::MutToConstPointer;
      a.target = target;
      adj.push_back(a);
    } else if (pick.autoref == AutorefKind::ReborrowPin) {
      target = f.sharedPin(target);
      Adjustment a;
      a.kind = AdjustKind::ReborrowPin;
      a.target = target;
      a.mut = Mutability::Not;
      adj.push_back(a);
    }
    f.registerAll(deref.obligations());
    f.applyAdjustments(e->receiver, std::move(adj));
    return target;
  }

  GenericArgs receiverArgs(Ty self) {
    switch (pick.kind) {
    case CandidateKind::InherentImpl: case CandidateKind::Trait: return f.freshArgs(span, pick.item.container);
    case CandidateKind::WhereClause: return pick.trait.args;
    case CandidateKind::Object: break;
    }
    Autoderef deref(f, span, self);
    deref.includeRawPointers();
    Ty t;
    GenericArgs found = objectArgs(deref, t);
    if (!found.empty()) return found;
    Autoderef receiver(f, span, self);
    receiver.includeRawPointers().useReceiver();
    found = objectArgs(receiver, t);
    return found.empty() ? f.freshArgs(span, pick.item.container) : found;
  }
  GenericArgs objectArgs(Autoderef &deref, Ty &t) {
    while (deref.next(t)) {
      if (!t.is(TyKind::Dynamic)) continue;
      traits::Principal p = traits::principalOf(f.tcx, t, t);
      SmallVector<TraitRef, 4> supers;
      if (p.has) traits::supertraits(f.tcx, p.trait, supers);
      for (const TraitRef &s : supers)
        if (s.trait == pick.item.container) return ty::eraseRegions(f.tcx, s.args);
    }
    return {};
  }

  GenericArgs methodArgs(GenericArgs parent) {
    BodyLowerer l(f);
    bool ok = l.checkArgCount(e->segment.ident.span, pick.item.def, e->segment, true, true);
    if (e->segment.args && !e->segment.args->constraints.empty())
      f.err(e->segment.args->constraints[0].span, "E0229", "associated item constraints are not allowed here")
          .label(e->segment.args->constraints[0].span, "associated item constraint not allowed here");
    MethodArgs source(f, l, pick.item.def, e->segment, ok, span);
    GenericArgs args = l.createArgs(pick.item.def, parent, Ty(), source);
    return f.normalize(Cause(span), ty::eraseRegions(f.tcx, args));
  }

  // `where Self: Sized` on a method called on a trait object.
  bool illegalSized(GenericArgs args, Span &at) {
    DefId sized = f.tcx.langItem(sym::sized);
    if (pick.kind != CandidateKind::Object) return false;
    SmallVector<ty::SpannedClause, 8> clauses;
    f.predicatesOf(pick.item.def, args, clauses);
    for (const ty::SpannedClause &c : clauses)
      if (c.clause.kind() == PredicateKind::Trait && c.clause->traitRef.trait == sized && f.resolve(c.clause->traitRef.self()).is(TyKind::Dynamic)) {
        at = c.span;
        return true;
      }
    return false;
  }

  std::optional<MethodCallee> run(Ty unadjusted) {
    Ty self = adjustSelf(unadjusted);
    if (f.hasErr(self)) return std::nullopt;
    GenericArgs args = methodArgs(receiverArgs(self));
    FnSig sig = f.fnSigOf(pick.item.def, args);
    Ty receiver = f.normalize(Cause(span), sig.inputs()[0]);
    // Only a method generic over its receiver can differ here: where it is written that is an error in itself.
    if (!f.eq(receiver, self)) {
      if (f.hasFeature(f.sess.symbols.intern("arbitrary_self_types"))) f.reportMismatch(Cause(e->receiver->span), receiver, self);
      else f.root.setTainted();
    }
    sig = f.normalize(Cause(span), sig);
    if (pick.item.inTrait && f.tcx.isLang(pick.item.container, sym::drop))
      f.err(span, "E0040", "explicit use of destructor method").label(span, "explicit destructor calls not allowed");
    Span sizedAt;
    if (illegalSized(args, sizedAt)) {
      f.err(span, "E0599", "the `" + std::string(f.str(e->segment.ident.name)) + "` method cannot be invoked on a trait object")
          .noteAt(sizedAt, "this has a `Sized` requirement");
      return std::nullopt;
    }
    f.addItemObligations(span, pick.item.def, args);
    f.requireWellFormed(args, e->span);
    for (Ty t : sig.inputsAndOutput) f.requireWellFormed(t, span);
    return MethodCallee{pick.item.def, args, sig};
  }
};
} // namespace

Ty FnCtxt::checkMethodCall(const hir::MethodCallExpr *e, Expectation expected) {
  Ty self = tryStructurally(checkExpr(e->receiver));
  Ident name = e->segment.ident;
  std::optional<MethodCallee> m;
  if (!hasErr(self)) {
    ProbeResult r = probeMethod(*this, ProbeMode::MethodCall, name, self, e->id, e->receiver->span);
    if (r.outcome == ProbeOutcome::Found) {
      Confirm c{*this, e, r.pick, name.span};
      m = c.run(self);
    } else {
      reportNoMethod(e, r, name, self);
    }
  }
  if (!m) {
    // Arguments are still checked: errors in them are worth knowing.
    root.setTainted();
    for (const hir::Expr *a : e->args) checkExpr(a);
    return error();
  }
  writeMethodCall(e->id, *m);
  checkArguments(name.span, e, m->sig.inputs().drop_front(), m->sig.output(), expected, e->args, m->sig.header.cVariadic, false, m->def);
  return m->sig.output();
}

namespace {
// The nearest range literal, within a few levels, whose end the call is: `a..b.name()`.
struct RangeAround : HirVisitor {
  FnCtxt &f;
  const hir::Expr *call, *found = nullptr;
  SmallVector<const hir::Expr *, 16> parents;
  RangeAround(FnCtxt &f, const hir::Expr *call) : f(f), call(call) {}
  const hir::Expr *endOf(const hir::Expr *range) {
    if (const hir::CallExpr *c = dyn_cast<hir::CallExpr>(range)) return c->args.size() == 2 ? c->args[1] : nullptr;
    const hir::StructExpr *s = dyn_cast<hir::StructExpr>(range);
    return s && !s->fields.empty() && f.str(s->fields.back().ident.name) == "end" ? s->fields.back().value : nullptr;
  }
  void visitExpr(const hir::Expr *e) override {
    if (e == call)
      for (size_t i = 0; i < parents.size() && i < 5 && !found; ++i) {
        const hir::Expr *p = parents[parents.size() - 1 - i];
        if (f.sess.hygiene.expn(f.sess.hygiene.outerExpn(p->span.ctxt)).desugaring == DesugaringKind::RangeExpr && endOf(p) && endOf(p)->span.hi == call->span.hi) found = p;
      }
    parents.push_back(e);
    walkExpr(e);
    parents.pop_back();
  }
};
} // namespace

// `a..b.name()` where the range would have the method: parentheses are missing (E0689).
static bool reportOnRangeEnd(FnCtxt &f, const hir::MethodCallExpr *e, Ident name, Ty self) {
  RangeAround around(f, e);
  around.visitExpr(f.root.body.value);
  if (!around.found) return false;
  DefId def;
  if (const hir::StructExpr *s = dyn_cast<hir::StructExpr>(around.found)) {
    if (s->path.kind == hir::QPathKind::Resolved) def = s->path.path->res.def;
  } else {
    def = f.tcx.langItem(f.sess.symbols.intern("RangeInclusive"));
  }
  if (!def || f.tcx.defKind(def) != DefKind::Struct) return false;
  const ty::Generics *g = f.tcx.genericsOf(def);
  if (!g || g->count() != 1) return false;
  Ty range = f.typeOfRaw(def, f.tcx.mkArgs({GenericArg(f.resolve(self))}));
  if (probeMethod(f, ProbeMode::MethodCall, name, range, e->id, e->receiver->span).outcome != ProbeOutcome::Found) return false;
  f.err(name.span, "E0689", "can't call method `" + std::string(f.str(name.name)) + "` on type `" + f.str(self) + "`")
      .label(name.span, "can't call method")
      .help("you must surround the range in parentheses to call its method");
  return true;
}

void FnCtxt::reportNoMethod(const hir::MethodCallExpr *e, const ProbeResult &r, Ident name, Ty self) {
  if (r.outcome == ProbeOutcome::NoMatch && resolve(self).isNumeric() && reportOnRangeEnd(*this, e, name, self)) return;
  reportMethodError(*this, r, ProbeMode::MethodCall, name, self, e->span);
}

std::optional<MethodCallee> FnCtxt::lookupMethodInTrait(const Cause &c, Symbol method, DefId trait, Ty self, std::optional<Ty> rhs) {
  SmallVector<GenericArg, 2> prefix{GenericArg(self)};
  if (rhs) prefix.push_back(GenericArg(*rhs));
  GenericArgs args = infcx.freshArgsExtending(c.span, trait, prefix);
  Predicate p = tcx.mkTraitPredicate({trait, args});
  if (!mayHold(p)) return std::nullopt;
  DefId def = tcx.crates.findAssoc(trait, method, Namespace::Value);
  if (!def) return std::nullopt;
  Obligations out;
  // Operator methods have no parameters of their own.
  FnSig sig = traits::normalize(infcx, c, env(), fnSigOf(def, args), out);
  SmallVector<ty::SpannedClause, 8> clauses;
  predicatesOf(def, args, clauses);
  for (const ty::SpannedClause &x : clauses) {
    Predicate q = traits::normalize(infcx, c, env(), x.clause, out);
    out.push_back(obligation(q, c));
  }
  registerAll(out);
  return MethodCallee{def, args, sig};
}

Ty FnCtxt::sharedPin(Ty pin) {
  return tcx.mkAdt(pin.adt(), tcx.mkArgs({GenericArg(tcx.mkRef(tcx.common.erased, shallow(pin.args()[0].ty()).inner(), Mutability::Not))}));
}

// ---- `T::name` ----
Res FnCtxt::resolveTypeRelative(Span s, Ident name, Ty self, Span selfSpan, HirId id) {
  Res structVariant = Res::err();
  if (self.is(TyKind::Adt) && self.adt()->isEnum())
    for (const VariantDef &v : self.adt()->variants)
      if (v.name == name.name) {
        if (v.hasCtor) return Res::ofDef(DefKind::Ctor, v.ctor);
        structVariant = Res::ofDef(DefKind::Variant, v.def);
      }
  if (hasErr(self)) return Res::err();
  ProbeResult r = probeMethod(*this, ProbeMode::Path, name, self, id, selfSpan);
  if (r.outcome == ProbeOutcome::Found) return Res::ofDef(tcx.defKind(r.pick.item.def), r.pick.item.def);
  if (!structVariant.isErr()) return structVariant;
  reportMethodError(*this, r, ProbeMode::Path, name, self, s);
  if (r.outcome == ProbeOutcome::Private) return Res::ofDef(tcx.defKind(r.pick.item.def), r.pick.item.def);
  return Res::err();
}

} // namespace ferric::typeck
