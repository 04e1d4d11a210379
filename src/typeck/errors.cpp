// Errors of obligations and of inference: E0277, E0271, E0275, E0038, E0282, E0283 (rustc_trait_selection::error_reporting).
// One error per predicate; errors whose types are errors themselves say nothing new.
#include "traits/traits.h"
#include "typeck/passes.h"
#include "typeck/walk.h"

namespace ferric::typeck {

// The obligation that was registered for the code, below which the failing one was derived.
static Predicate rootOf(const traits::FulfillError &e) { return e.root ? e.root : e.obligation.predicate; }

static void noteCause(FnCtxt &f, diag::Builder &d, const traits::FulfillError &e) {
  const Cause &c = e.obligation.cause;
  for (const traits::DerivedCause *x = c.derived; x; x = x->up)
    if (x->source && !x->clauseSpan.isDummy())
      d.noteAt(x->clauseSpan, "required for `" + ty::show(f.tcx, f.resolve(x->parent)) + "`");
  if (c.code == CauseCode::WhereClause && c.item) {
    std::string what = ty::showDef(f.tcx, c.item);
    if (!c.clauseSpan.isDummy()) d.noteAt(c.clauseSpan, "required by a bound in `" + what + "`");
    else d.note("required by a bound in `" + what + "`");
  }
  if (c.code == CauseCode::VariableSized) d.note("all local variables must have a statically known size");
  if (c.code == CauseCode::SizedReturn) d.note("the return type of a function must have a statically known size");
}

// A closure that is no `Fn(..)` of the kind or with the arguments asked for (E0525, E0631). False: another reason.
static bool reportClosure(FnCtxt &f, Predicate p, Span s) {
  DefId trait = p->traitRef.trait;
  Ty self = f.resolve(p->traitRef.self());
  int asked = f.tcx.isLang(trait, sym::kw_fn) ? 0 : f.tcx.isLang(trait, sym::fn_mut) ? 1 : f.tcx.isLang(trait, sym::fn_once) ? 2 : -1;
  if (asked < 0 || !self.is(TyKind::Closure)) return false;
  static const char *const kNames[] = {"Fn", "FnMut", "FnOnce"};
  std::optional<ClosureKind> kind = f.closureKind(self);
  Span at = f.tcx.def(self.def()).span;
  auto it = f.root.closures.find(self.def());
  if (it != f.root.closures.end() && it->second->coroutine != ast::CoroutineKind::None) return false;
  if (it != f.root.closures.end()) at = it->second->declSpan.isDummy() ? it->second->span : it->second->declSpan;
  if (kind && int(*kind) > asked) {
    f.err(at, "E0525", Twine("expected a closure that implements the `") + kNames[asked] + "` trait, but this closure only implements `" + kNames[int(*kind)] + "`")
        .label(at, Twine("this closure implements `") + kNames[int(*kind)] + "`, not `" + kNames[asked] + "`")
        .label(s, Twine("the requirement to implement `") + kNames[asked] + "` derives from here");
    return true;
  }
  Ty want = f.resolve(p->traitRef.args[1].ty()), have = f.resolve(f.closureSig(self).value.inputs()[0]);
  if (!want.is(TyKind::Tuple) || !have.is(TyKind::Tuple)) return false;
  if (want.tuple().size() != have.tuple().size())
    f.err(at, "E0593", "closure is expected to take " + Twine(want.tuple().size()) + " arguments, but it takes " + Twine(have.tuple().size()))
        .label(at, "takes " + Twine(have.tuple().size()) + " arguments");
  else
    f.err(s, "E0631", "type mismatch in closure arguments").label(at, "found signature defined here")
        .note("expected arguments `" + f.str(want) + "`, found `" + f.str(have) + "`");
  return true;
}

// Whether the return type at `s` is written as a bare trait object; one behind an alias is unsized like other types.
static bool returnsTraitObject(FnCtxt &f, Span s) {
  const hir::Item *item = f.tcx.hirItem(f.root.owner);
  return item && item->decl.output && item->decl.output->kind == hir::TyKind::TraitObject && item->decl.output->span.lo == s.lo;
}

static void reportUnimplemented(FnCtxt &f, const traits::FulfillError &e) {
  Predicate p = f.resolve(e.obligation.predicate);
  if (p->flags & ty::kHasError) return;
  Span s = e.obligation.cause.span;
  if (p.kind() == PredicateKind::Trait && reportClosure(f, p, s)) return;
  if (p.kind() != PredicateKind::Trait) {
    diag::Builder d = f.err(s, "E0277", "the requirement `" + ty::show(f.tcx, p) + "` is not satisfied");
    noteCause(f, d, e);
    return;
  }
  std::string self = f.str(p->traitRef.self()), trait = ty::show(f.tcx, p->traitRef);
  std::string msg, label;
  if (f.tcx.isLang(p->traitRef.trait, sym::sized) && e.obligation.cause.code == CauseCode::SizedReturn && returnsTraitObject(f, s)) {
    f.err(s, "E0746", "return type must be a boxed or `impl Trait` type instead of bare trait object").label(s, "doesn't have a size known at compile-time");
    return;
  }
  if (f.tcx.isLang(p->traitRef.trait, sym::sized)) {
    msg = "the size for values of type `" + self + "` cannot be known at compilation time";
    label = "doesn't have a size known at compile-time";
  } else if (e.obligation.cause.code == CauseCode::QuestionMark) {
    msg = "the `?` operator cannot be applied here: the trait bound `" + self + ": " + trait + "` is not satisfied";
    label = "cannot use the `?` operator here";
  } else {
    msg = "the trait bound `" + self + ": " + trait + "` is not satisfied";
    label = "the trait `" + trait + "` is not implemented for `" + self + "`";
  }
  diag::Builder d = f.err(s, "E0277", msg);
  d.label(s, label);
  noteCause(f, d, e);
}

static void reportDynIncompatible(FnCtxt &f, Span s, DefId trait) {
  std::string name = ty::showDef(f.tcx, trait, ty::PathStyle::Trimmed);
  f.err(s, "E0038", "the trait `" + name + "` is not dyn compatible").label(s, "`" + name + "` is not dyn compatible");
}

void FnCtxt::reportFulfillErrors(ArrayRef<traits::FulfillError> errors) {
  for (const traits::FulfillError &e : errors) {
    root.setTainted();
    Predicate p = resolve(e.obligation.predicate);
    if ((p->flags & ty::kHasError) || (resolve(rootOf(e))->flags & ty::kHasError)) continue;
    Span s = e.obligation.cause.span;
    switch (e.kind) {
    case traits::FulfillErrorKind::Unimplemented: reportUnimplemented(*this, e); break;
    case traits::FulfillErrorKind::Project: {
      diag::Builder d = err(s, "E0271", "type mismatch resolving `" + ty::show(tcx, p) + "`");
      d.label(s, "type mismatch");
      noteCause(*this, d, e);
      break;
    }
    case traits::FulfillErrorKind::Subtype:
    case traits::FulfillErrorKind::ConstMismatch: err(s, "E0308", "mismatched types").label(s, "`" + ty::show(tcx, p) + "` does not hold"); break;
    case traits::FulfillErrorKind::Overflow: traits::reportOverflow(tcx, s, p, e.obligation.depth > tcx.sess.options.recursionLimit); break;
    case traits::FulfillErrorKind::DynIncompatible: reportDynIncompatible(*this, s, p->traitRef.trait); break;
    case traits::FulfillErrorKind::Ambiguity: break;
    }
  }
}

// ---- what cannot be inferred ----
namespace {
// The place where writing a type would help most: a `let` without a type, a closure parameter, a path with arguments left out.
struct SourceFinder : HirVisitor {
  FnCtxt &f;
  GenericArg var;
  Span best;
  int bestCost = 1 << 30;
  SourceFinder(FnCtxt &f, GenericArg var) : f(f), var(var) {}
  bool isVar(GenericArg a) {
    if (a.isTy() && var.isTy()) return f.shallow(a.ty()) == f.shallow(var.ty());
    if (a.isConst() && var.isConst()) return f.infcx.shallowResolve(a.konst()) == f.infcx.shallowResolve(var.konst());
    return false;
  }
  bool mentions(Ty t) {
    t = f.resolve(t);
    if (!t.has(ty::kHasNonRegionInfer)) return false;
    bool found = false;
    ty::walkTypes(t, [&](Ty x) {
      found |= isVar(GenericArg(x));
      if (x.is(TyKind::Array)) found |= isVar(GenericArg(x.len()));
      if (x.is(TyKind::Adt)) for (GenericArg a : x.args()) found |= isVar(a);
      return !found;
    });
    return found;
  }
  void offer(Span s, int cost) {
    if (cost < bestCost && s.ctxt.isRoot()) {
      bestCost = cost;
      best = s;
    }
  }
  void visitLet(const hir::LetStmt *l) override {
    if (!l->ty && !l->fromDesugar && l->span.ctxt.isRoot()) {
      Ty t = f.results.nodeTypes.get(l->id);
      if (t && mentions(t)) offer(l->pat->span, isVar(GenericArg(f.resolve(t))) ? 0 : 10);
    }
    walkLet(l);
  }
  void visitExpr(const hir::Expr *e) override {
    if (const hir::ClosureExpr *c = dyn_cast<hir::ClosureExpr>(e)) {
      for (size_t i = 0; i < c->params.size(); ++i) {
        Ty t = f.results.nodeTypes.get(c->params[i].id);
        if (i < c->decl.inputs.size() && c->decl.inputs[i]->kind == hir::TyKind::Infer && t && mentions(t)) offer(c->params[i].pat->span, 15);
      }
    }
    Span at;
    if (const hir::PathExpr *p = dyn_cast<hir::PathExpr>(e)) at = p->path.kind == hir::QPathKind::Resolved ? p->path.path->segments.back().ident.span : p->path.segment->ident.span;
    if (const hir::MethodCallExpr *m = dyn_cast<hir::MethodCallExpr>(e)) at = m->segment.ident.span;
    if (!at.isDummy())
      for (GenericArg a : f.results.argsOf(e->id))
        if (isVar(a) || (a.isTy() && mentions(a.ty()))) offer(at, 20);
    walkExpr(e);
  }
};
} // namespace

void reportUninferred(FnCtxt &f, Span span, GenericArg var, const char *code) {
  SourceFinder finder(f, var);
  finder.visitExpr(f.root.body.value);
  Span at = finder.best.isDummy() ? span : finder.best;
  std::string what = finder.bestCost < 16 ? " for `" + (var.isTy() ? f.str(var.ty()) : std::string("_")) + "`" : "";
  f.err(at, code, "type annotations needed").label(at, what.empty() ? "cannot infer type" : "cannot infer type" + what);
}

Ty FnCtxt::mustBeKnown(Span s, Ty t) {
  if (!root.tainted()) reportUninferred(*this, s, GenericArg(shallow(t)));
  Ty e = error();
  eq(t, e);
  return e;
}

// `Trait::item` without a type that says whose.
static bool isTraitPath(FnCtxt &f, Span s, DefId item) {
  struct Find : HirVisitor {
    Span s;
    DefId item;
    bool found = false;
    void visitExpr(const hir::Expr *e) override {
      const hir::PathExpr *p = dyn_cast<hir::PathExpr>(e);
      if (p && p->path.kind == hir::QPathKind::Resolved && !p->path.self && p->path.path->segments.size() >= 2 && p->path.path->res.def == item &&
          p->span.lo >= s.lo && p->span.hi <= s.hi)
        found = true;
      walkExpr(e);
    }
  } find;
  find.s = s;
  find.item = item;
  find.visitExpr(f.root.body.value);
  return find.found;
}

void reportAmbiguities(FnCtxt &f) {
  SmallVector<traits::FulfillError, 4> errors;
  f.root.fulfill.collectRemaining(f.infcx, errors);
  if (f.root.tainted()) return;
  // What says most first: sizedness is asked of every variable.
  std::stable_sort(errors.begin(), errors.end(), [&](const traits::FulfillError &a, const traits::FulfillError &b) {
    auto rank = [&](const traits::FulfillError &e) {
      Predicate p = e.obligation.predicate;
      if (p.kind() == PredicateKind::Trait) return f.tcx.isLang(p->traitRef.trait, sym::sized) ? 1 : 0;
      return p.kind() == PredicateKind::WellFormed || p.kind() == PredicateKind::ConstArgHasType ? 3 : p.kind() == PredicateKind::Coerce ? 2 : 0;
    };
    return rank(a) < rank(b);
  });
  for (const traits::FulfillError &e : errors) {
    if (e.kind != traits::FulfillErrorKind::Ambiguity) {
      f.reportFulfillErrors(e);
      continue;
    }
    if (f.root.tainted()) return; // one says it all
    Predicate p = f.resolve(e.obligation.predicate);
    if (p->flags & ty::kHasError) continue;
    if (p.kind() == PredicateKind::Trait) {
      bool sized = f.tcx.isLang(p->traitRef.trait, sym::sized);
      const Cause &c = e.obligation.cause;
      if (c.code == CauseCode::WhereClause && c.item && p->traitRef.self().isTyVar() && f.tcx.crates.isAssoc(c.item) && f.tcx.parent(c.item) == p->traitRef.trait &&
          isTraitPath(f, c.span, c.item)) {
        std::string what = f.tcx.defKind(c.item) == DefKind::AssocConst ? "refer to the associated constant" : "call associated function";
        f.err(c.span, "E0790", "cannot " + what + " on trait without specifying the corresponding `impl` type").label(c.span, "cannot " + what + " of trait");
        continue;
      }
      GenericArg var;
      for (GenericArg a : p->traitRef.args)
        if (!var && (a.flags() & ty::kHasNonRegionInfer)) {
          if (a.isTy()) ty::walkTypes(a.ty(), [&](Ty x) { if (!var && x.isTyOrNumInfer()) var = GenericArg(x); return true; });
          if (!var) var = a;
        }
      if (!var) {
        f.err(e.obligation.cause.span, "E0283", "type annotations needed: cannot satisfy `" + ty::show(f.tcx, p) + "`");
        continue;
      }
      reportUninferred(f, e.obligation.cause.span, var, sized ? "E0282" : "E0283");
    } else if (p.kind() == PredicateKind::Projection) {
      f.err(e.obligation.cause.span, "E0284", "type annotations needed: cannot satisfy `" + ty::show(f.tcx, p) + "`");
    } else if (p.kind() == PredicateKind::ConstEvaluatable || p.kind() == PredicateKind::WellFormed) {
      f.err(e.obligation.cause.span, "E0282", "type annotations needed").label(e.obligation.cause.span, "cannot infer type");
    } else {
      f.err(e.obligation.cause.span, "E0284", "type annotations needed: cannot satisfy `" + ty::show(f.tcx, p) + "`");
    }
  }
}

} // namespace ferric::typeck
