// Closure expressions (Reference: closure-expr; rustc_hir_typeck::closure). The signature is deduced from what is expected: a function
// pointer, a trait object, or the Fn obligations pending on the expected variable; what is written in the closure then refines it.
#include "collect/collect.h"
#include "traits/elaborate.h"
#include "traits/solve.h"
#include "typeck/fn_ctxt.h"

namespace ferric::typeck {

namespace {
struct Expected { std::optional<PolyFnSig> sig; std::optional<ClosureKind> kind; };

struct ClosureCheck {
  FnCtxt &f;
  const hir::ClosureExpr *e;

  std::optional<ClosureKind> fnTraitKind(DefId trait) {
    if (f.tcx.isLang(trait, sym::kw_fn)) return ClosureKind::Fn;
    if (f.tcx.isLang(trait, sym::fn_mut)) return ClosureKind::FnMut;
    if (f.tcx.isLang(trait, sym::fn_once)) return ClosureKind::FnOnce;
    return std::nullopt;
  }

  Expected deduce(Ty t) {
    Expected r;
    switch (t.kind()) {
    case TyKind::FnPtr:
      r.sig = t.fnPtrSig();
      r.kind = ClosureKind::Fn;
      return r;
    case TyKind::Dynamic: {
      SmallVector<Predicate, 4> preds;
      for (const ty::PolyExistentialPredicate &p : t.preds()) {
        if (p.value.kind == ty::ExistentialKind::Trait) r.kind = fnTraitKind(p.value.def);
        if (p.value.kind == ty::ExistentialKind::Projection && !r.sig) r.sig = fromExistential(p);
      }
      return r;
    }
    case TyKind::Alias: {
      if (t.aliasKind() != AliasKind::Opaque) return r;
      SmallVector<Predicate, 4> preds;
      for (Predicate p : f.tcx.itemBounds(t.def())) preds.push_back(ty::eraseRegions(f.tcx, ty::instantiate(f.tcx, p, t.args())));
      return fromPredicates(t, preds);
    }
    case TyKind::Infer: {
      if (!t.isTyVar()) return r;
      SmallVector<Predicate, 4> preds;
      f.obligationsForSelf(t, preds);
      return fromPredicates(t, preds);
    }
    default: return r;
    }
  }

  std::optional<PolyFnSig> fromExistential(const ty::PolyExistentialPredicate &p) {
    if (!f.tcx.isLang(p.value.def, sym::fn_once_output) || p.value.args.empty() || !p.value.args[0].isTy()) return std::nullopt;
    Ty inputs = f.resolve(p.value.args[0].ty());
    ty::Term out = ty::existentialTerm(p.value);
    if (!inputs.is(TyKind::Tuple) || !out.isTy()) return std::nullopt;
    PolyFnSig s;
    s.value = ty::eraseRegions(f.tcx, f.tcx.mkSig(inputs.tuple(), out.ty()));
    s.vars = p.vars;
    return s;
  }
  // `<F as FnOnce<(A, B)>>::Output == R` is the signature `fn(A, B) -> R`.
  std::optional<PolyFnSig> fromProjection(Predicate p) {
    if (!f.tcx.isLang(p->alias.def, sym::fn_once_output) || p->alias.args.size() < 2 || !p.term().isTy()) return std::nullopt;
    Ty inputs = f.resolve(p->alias.args[1].ty());
    if (!inputs.is(TyKind::Tuple)) return std::nullopt;
    PolyFnSig s;
    s.value = f.tcx.mkSig(inputs.tuple(), f.resolve(p.term().ty()));
    s.vars = p->vars;
    return s;
  }
  bool mentions(const PolyFnSig &s, Ty var) {
    bool found = false;
    for (Ty t : s.value.inputsAndOutput)
      ty::walkTypes(f.resolve(t), [&](Ty x) {
        found |= x == var;
        return !found;
      });
    return found;
  }

  Expected fromPredicates(Ty expectedTy, ArrayRef<Predicate> preds) {
    Expected r;
    SmallVector<Predicate, 8> all;
    traits::elaborate(f.tcx, preds, all);
    Ty self = f.resolve(expectedTy);
    for (Predicate p : all) {
      DefId trait;
      if (p.kind() == PredicateKind::Projection) {
        if (f.shallow(p->alias.self()) != self) continue;
        if (!r.sig) {
          std::optional<PolyFnSig> s = fromProjection(p);
          if (s) {
            s->value = f.normalize(Cause(e->span), s->value);
            if (!mentions(*s, self)) r.sig = s;
          }
        }
        trait = f.tcx.parent(p->alias.def);
      } else if (p.kind() == PredicateKind::Trait) {
        if (f.shallow(p->traitRef.self()) != self) continue;
        trait = p->traitRef.trait;
      }
      if (!trait) continue;
      if (std::optional<ClosureKind> k = fnTraitKind(trait)) r.kind = r.kind ? std::min(*r.kind, *k) : *k;
    }
    return r;
  }

  static PolyFnSig withHeader(PolyFnSig s) {
    s.value.header = ty::FnHeader();
    s.value.header.abi = ty::Abi::RustCall;
    return s;
  }

  // What is written: types of parameters and result, variables where nothing is.
  FnSig supplied() {
    SmallVector<Ty, 8> inputs;
    for (const hir::Ty *t : e->decl.inputs) inputs.push_back(f.lowerTy(t));
    Ty out = e->decl.output ? f.lowerTy(e->decl.output) : f.nextTyVar(e->decl.outputSpan.isDummy() ? e->body->span : e->decl.outputSpan);
    return f.tcx.mkSig(inputs, out);
  }

  // The closure's signature, and with bound regions erased what its body is checked with.
  void signature(const std::optional<PolyFnSig> &expected, PolyFnSig &bound, FnSig &liberated) {
    if (expected && expected->value.inputs().size() != e->decl.inputs.size()) {
      arity(expected->value.inputs().size());
      SmallVector<Ty, 8> errs(e->decl.inputs.size(), f.error());
      bound.value = f.tcx.mkSig(errs, f.error());
      liberated = bound.value;
      return;
    }
    if (expected) {
      bound = withHeader(*expected);
      FnSig lib = f.normalize(Cause(e->span), ty::eraseRegions(f.tcx, ty::eraseLateBound(f.tcx, bound)));
      FnSig sup;
      bool fits = f.commitIf([&] {
        sup = supplied();
        for (size_t i = 0; i < sup.inputs().size(); ++i)
          if (!f.eq(lib.inputs()[i], sup.inputs()[i])) return false;
        return f.eq(lib.output(), sup.output());
      });
      if (fits) {
        SmallVector<Ty, 8> inputs;
        for (Ty t : sup.inputs()) inputs.push_back(f.resolve(t));
        liberated = f.tcx.mkSig(inputs, sup.output());
        return;
      }
    }
    bound = PolyFnSig();
    bound.value = supplied();
    liberated = bound.value;
    bound = withHeader(bound);
  }
  void arity(size_t expected) {
    size_t n = e->decl.inputs.size();
    auto s = [](size_t k) { return k == 1 ? "" : "s"; };
    f.err(e->declSpan.isDummy() ? e->span : e->declSpan, "E0593",
          "closure is expected to take " + Twine(expected) + " argument" + s(expected) + ", but it takes " + Twine(n) + " argument" + s(n))
        .label(e->span, "takes " + Twine(n) + " argument" + s(n));
  }

  // What the block's future is expected to give: `<_ as Future>::Output == T` among what is known of the expected type.
  std::optional<Ty> expectedOutput(Expectation expectation) {
    std::optional<Ty> t = f.toOption(expectation);
    if (!t) return std::nullopt;
    Ty self = f.tryStructurally(*t);
    SmallVector<Predicate, 4> preds;
    if (self.isTyVar()) f.obligationsForSelf(self, preds);
    else if (self.is(TyKind::Alias) && self.aliasKind() == AliasKind::Opaque)
      for (Predicate p : f.tcx.itemBounds(self.def())) preds.push_back(ty::eraseRegions(f.tcx, ty::instantiate(f.tcx, p, self.args())));
    DefId output = f.tcx.langItem(f.sess.symbols.intern("future_output"));
    for (Predicate p : preds)
      if (p.kind() == PredicateKind::Projection && p->alias.def == output && f.shallow(p->alias.self()) == f.shallow(self) && p.term().isTy())
        return f.normalize(Cause(e->span), f.resolve(p.term().ty()));
    return std::nullopt;
  }
  Ty runAsync(Expectation expectation) {
    // A function says what its body returns; what a block's context wants of it is asked afterwards.
    bool isFnBody = f.tcx.def(e->def).ast.kind == AstRefKind::Item;
    std::optional<Ty> output = isFnBody ? expectedOutput(expectation) : std::nullopt;
    PolyFnSig bound;
    bound.value = f.tcx.mkSig({f.lowerTy(e->decl.inputs[0])}, output ? *output : f.nextTyVar(e->span));
    return finish(withHeader(bound), bound.value, ClosureKind::FnOnce);
  }

  Ty run(Expectation expectation) {
    if (e->coroutine == ast::CoroutineKind::Async) return runAsync(expectation);
    if (e->coroutine != ast::CoroutineKind::None) return f.unsupported(e->span, "`gen`");
    Expected expected;
    if (std::optional<Ty> t = f.toOption(expectation)) expected = deduce(f.tryStructurally(*t));
    PolyFnSig bound;
    FnSig liberated;
    signature(expected.sig, bound, liberated);
    return finish(bound, liberated, expected.kind);
  }
  // The closure's type; its body is checked.
  Ty finish(const PolyFnSig &bound, const FnSig &liberated, std::optional<ClosureKind> kind) {
    // Parts: arguments of the item around, kind, signature as a function pointer of one tuple, captures as a tuple.
    GenericArgs parent = ty::eraseRegions(f.tcx, f.tcx.identityArgs(collect::typeckRoot(f.tcx, e->def)));
    SmallVector<GenericArg, 8> args(parent.begin(), parent.end());
    args.push_back(kind ? GenericArg(traits::closureKindTy(f.tcx, int(*kind))) : GenericArg(f.nextTyVar(e->span)));
    PolyFnSig tupled = bound;
    tupled.value = f.tcx.mkSig(f.tcx.mkTuple(bound.value.inputs()), bound.value.output(), bound.value.header);
    args.push_back(GenericArg(f.tcx.mkFnPtr(tupled)));
    args.push_back(GenericArg(f.nextTyVar(e->span)));
    Ty t = f.tcx.mkClosure(e->def, f.tcx.mkArgs(args));
    f.root.closures[e->def] = e;
    f.results.closureTypes[e->def] = t;
    f.results.closureSigs[e->def] = tupled;
    FnCtxt inner(f.root, e->def);
    Span ret = e->decl.output ? e->decl.output->span : e->decl.outputSpan;
    inner.checkFn(liberated, e->params, e->body, e->decl.output ? ret : Span(), true);
    return t;
  }
};
} // namespace

Ty FnCtxt::checkClosure(const hir::ClosureExpr *e, Expectation expected) { return ClosureCheck{*this, e}.run(expected); }

} // namespace ferric::typeck
