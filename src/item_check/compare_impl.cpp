// Items of an impl against those of its trait (rustc_hir_analysis::check::compare_impl_item; Reference: items/implementations, "Trait
// implementations"): none is missing, each has the shape, the bounds and the types that the trait promises.
#include "item_check/checker.h"

namespace ferric::item_check {

static const ty::AssocItem *itemOf(Tcx &tcx, DefId container, DefId def) {
  for (const ty::AssocItem &i : tcx.assocItems(container))
    if (i.def == def)
      return &i;
  return nullptr;
}

static std::string counted(size_t n, const char *what) { return std::to_string(n) + " " + what + (n == 1 ? "" : "s"); }

// Trait arguments from the impl's header with the item's own behind, in terms of the impl's item.
static GenericArgs traitItemArgs(Tcx &tcx, const TraitRef &tr, DefId implItem, bool erased = true) {
  const ty::Generics *g = tcx.genericsOf(implItem);
  llvm::SmallVector<GenericArg, 8> args(tr.args.begin(), tr.args.end());
  GenericArgs identity = erased ? ty::eraseRegions(tcx, tcx.identityArgs(implItem)) : tcx.identityArgs(implItem);
  for (size_t i = g ? g->parentCount : identity.size(); i < identity.size(); ++i)
    args.push_back(identity[i]);
  return tcx.mkArgs(args);
}

namespace {
struct MethodCheck {
  Tcx &tcx;
  DefId impl;
  const TraitRef &tr;
  const ty::AssocItem &in, &of; // of the impl, of the trait
  Span at = tcx.def(in.def).identSpan;

  bool selfKinds() {
    if (in.hasSelf == of.hasSelf)
      return true;
    std::string name = tcx.sess.str(in.name).str();
    if (in.hasSelf)
      tcx.sess.diag.error(tcx.def(in.def).span, "E0185", "method `" + name + "` has a `self` declaration in the impl, but not in the trait")
          .label(at, "`self` used in impl").emit();
    else
      tcx.sess.diag.error(tcx.def(in.def).span, "E0186", "method `" + name + "` has a `self` declaration in the trait, but not in the impl")
          .label(at, "expected `self` in impl").emit();
    return false;
  }

  bool genericCounts() {
    const ty::Generics *a = tcx.genericsOf(in.def), *b = tcx.genericsOf(of.def);
    auto count = [](const ty::Generics *g, ty::GenericParamKind k) {
      return size_t(g ? llvm::count_if(g->own, [&](const ty::GenericParamDef &p) { return p.kind == k; }) : 0);
    };
    for (ty::GenericParamKind k : {ty::GenericParamKind::Type, ty::GenericParamKind::Const}) {
      size_t have = count(a, k), want = count(b, k);
      if (have == want)
        continue;
      const char *what = k == ty::GenericParamKind::Type ? "type parameter" : "const parameter";
      Span s = a && !a->own.empty() ? tcx.def(a->own[0].def).identSpan : at;
      tcx.sess.diag.error(s, "E0049", "associated function `" + tcx.sess.str(in.name) + "` has " + counted(have, what) + " but its trait declaration has " + counted(want, what))
          .label(s, "found " + counted(have, what) + ", expected " + std::to_string(want)).emit();
      return false;
    }
    if (count(a, ty::GenericParamKind::Lifetime) != count(b, ty::GenericParamKind::Lifetime)) {
      tcx.sess.diag.error(at, "E0195", "lifetime parameters or bounds on associated function `" + tcx.sess.str(in.name) + "` do not match the trait declaration")
          .label(at, "lifetimes do not match associated function in trait").emit();
      return false;
    }
    return true;
  }

  bool argCounts() {
    size_t have = tcx.fnSig(in.def).value.inputs().size(), want = tcx.fnSig(of.def).value.inputs().size();
    if (have == want)
      return true;
    const hir::Item *item = tcx.hirItem(in.def);
    Span s = item && !item->decl.inputs.empty() ? item->decl.inputs[std::min(want, have - 1)]->span : at;
    tcx.sess.diag.error(s, "E0050", "method `" + tcx.sess.str(in.name) + "` has " + counted(have, "parameter") + " but the declaration in trait `" +
                                        ty::showDef(tcx, of.def) + "` has " + std::to_string(want))
        .label(s, "expected " + counted(want, "parameter") + ", found " + std::to_string(have)).emit();
    return false;
  }

  // What the trait's method may assume: the impl's where-clauses and its own.
  ParamEnv assumptions(InferCtxt &cx, ObligationCtxt &ocx, GenericArgs args) {
    llvm::ArrayRef<ty::SpannedClause> own = tcx.explicitPredicatesOf(of.def).clauses;
    if (own.empty())
      return tcx.paramEnv(impl);
    llvm::SmallVector<Predicate, 16> assumed, elaborated, normal;
    for (Predicate p : tcx.paramEnv(impl).clauses)
      assumed.push_back(p);
    for (const ty::SpannedClause &c : own)
      assumed.push_back(ty::eraseRegions(tcx, ty::eraseLateBound(tcx, ty::instantiate(tcx, c.clause, args))));
    elaborate(tcx, assumed, elaborated);
    ParamEnv env{tcx.mkClauses(elaborated)};
    for (Predicate p : elaborated)
      normal.push_back(ocx.normalize(Cause(), env, p));
    ocx.selectWherePossible();
    for (size_t i = 0; i < normal.size(); ++i) {
      normal[i] = cx.resolve(normal[i]);
      if (normal[i]->flags & ty::kHasInfer)
        normal[i] = elaborated[i];
    }
    return {tcx.mkClauses(normal)};
  }

  // Where-clauses: the impl's method may ask for no more than the trait's (E0276); types: equal under those (E0053).
  void types() {
    GenericArgs args = traitItemArgs(tcx, tr, in.def);
    InferCtxt cx(tcx);
    ObligationCtxt ocx(cx);
    ParamEnv env = assumptions(cx, ocx, args);
    for (const ty::SpannedClause &c : tcx.explicitPredicatesOf(in.def).clauses) {
      ObligationCtxt one(cx);
      Predicate p = ty::eraseRegions(tcx, ty::eraseLateBound(tcx, c.clause));
      one.add({one.normalize(Cause(c.span), env, p), env, Cause(c.span), 0});
      if (one.selectWherePossible())
        continue;
      tcx.sess.diag.error(c.span, "E0276", "impl has stricter requirements than trait")
          .label(c.span, "impl has extra requirement `" + ty::show(tcx, p) + "`").emit();
      return;
    }
    FnSig have = ocx.normalize(Cause(), env, ty::eraseRegions(tcx, ty::eraseLateBound(tcx, tcx.fnSig(in.def))));
    FnSig want = ocx.normalize(Cause(), env, ty::eraseRegions(tcx, ty::eraseLateBound(tcx, ty::instantiate(tcx, tcx.fnSig(of.def), args))));
    if ((have.inputsAndOutput.flags() | want.inputsAndOutput.flags()) & (ty::kHasError | ty::kHasOpaque))
      return; // `impl Trait` in traits is compared by its bounds, elsewhere
    TypeError err;
    if (cx.eq(want, have, &err) && ocx.selectWherePossible()) {
      if (!signatureRegionsFit(tcx, in.def, of.def, traitItemArgs(tcx, tcx.implTraitRef(impl), in.def, false)))
        tcx.sess.diag.error(at, "", "`impl` item signature doesn't match `trait` item signature")
            .label(at, "the lifetimes of the impl's signature ask for more than the trait's promises")
            .noteAt(tcx.def(of.def).identSpan, "the trait's signature");
      return;
    }
    const hir::Item *item = tcx.hirItem(in.def);
    Span s = at;
    for (size_t i = 0; item && i < have.inputs().size() && i < item->decl.inputs.size(); ++i)
      if (!cx.canEq(want.inputs()[i], have.inputs()[i])) {
        s = item->decl.inputs[i]->span;
        break;
      }
    if (s == at && item && item->decl.output && !cx.canEq(want.output(), have.output()))
      s = item->decl.output->span;
    tcx.sess.diag.error(s, "E0053", "method `" + tcx.sess.str(in.name) + "` has an incompatible type for trait")
        .label(s, "types differ in the signature")
        .note("expected signature `" + ty::show(tcx, cx.resolve(want)) + "`\n   found signature `" + ty::show(tcx, cx.resolve(have)) + "`").emit();
  }
};
} // namespace

static size_t ownParams(Tcx &tcx, DefId def, bool lifetimes) {
  const ty::Generics *g = tcx.genericsOf(def);
  return g ? llvm::count_if(g->own, [&](const ty::GenericParamDef &p) { return (p.kind == ty::GenericParamKind::Lifetime) == lifetimes; }) : 0;
}

static void constant(Tcx &tcx, DefId impl, const TraitRef &tr, const ty::AssocItem &in, const ty::AssocItem &of) {
  std::string name = "associated constant `" + tcx.sess.str(in.name).str() + "`";
  size_t have = ownParams(tcx, in.def, false), want = ownParams(tcx, of.def, false);
  Span ident = tcx.def(in.def).identSpan;
  if (have != want) {
    tcx.sess.diag.error(ident, "E0049", name + " has " + counted(have, "type parameter") + " but its trait declaration has " + counted(want, "type parameter"))
        .label(ident, "expected " + counted(want, "type parameter"));
    return;
  }
  if (ownParams(tcx, in.def, true) != ownParams(tcx, of.def, true)) {
    tcx.sess.diag.error(ident, "E0195", "lifetime parameters or bounds on " + name + " do not match the trait declaration")
        .label(ident, "lifetimes do not match associated constant in trait");
    return;
  }
  ItemObligations o(tcx, in.def);
  const hir::Item *item = tcx.hirItem(in.def);
  Span s = item && item->ty ? item->ty->span : tcx.def(in.def).identSpan;
  Ty found = o.ocx.normalize(Cause(s), o.env, ty::eraseRegions(tcx, tcx.typeOf(in.def)));
  Ty expected = o.ocx.normalize(Cause(s), o.env, ty::eraseRegions(tcx, ty::instantiate(tcx, tcx.typeOf(of.def), traitItemArgs(tcx, tr, in.def))));
  if (found.has(ty::kHasError) || expected.has(ty::kHasError) || o.cx.eq(expected, found))
    return;
  tcx.sess.diag.error(s, "E0326", "implemented const `" + tcx.sess.str(in.name) + "` has an incompatible type for trait")
      .label(s, "expected `" + ty::show(tcx, expected) + "`, found `" + ty::show(tcx, found) + "`").emit();
}

// The bounds of the trait's associated type must hold for the impl's.
static void type(Tcx &tcx, DefId impl, const TraitRef &tr, const ty::AssocItem &in, const ty::AssocItem &of) {
  const ty::Generics *a = tcx.genericsOf(in.def), *b = tcx.genericsOf(of.def);
  if ((a ? a->own.size() : 0) != (b ? b->own.size() : 0)) {
    Span s = tcx.def(in.def).identSpan;
    size_t have = a ? a->own.size() : 0, want = b ? b->own.size() : 0;
    bool lifetimes = (a && have && a->own[0].kind == ty::GenericParamKind::Lifetime) || (b && want && b->own[0].kind == ty::GenericParamKind::Lifetime);
    tcx.sess.diag.error(s, lifetimes ? "E0195" : "E0049",
                        lifetimes ? "lifetime parameters or bounds on associated type `" + tcx.sess.str(in.name).str() + "` do not match the trait declaration"
                                  : "associated type `" + tcx.sess.str(in.name).str() + "` has " + counted(have, "parameter") + " but its trait declaration has " + counted(want, "parameter"))
        .emit();
    return;
  }
  const hir::Item *item = tcx.hirItem(in.def);
  Span s = item && item->ty ? item->ty->span : tcx.def(in.def).identSpan;
  ItemObligations o(tcx, in.def);
  GenericArgs args = traitItemArgs(tcx, tr, in.def);
  for (Predicate bound : tcx.itemBounds(of.def)) {
    if (bound.kind() != PredicateKind::Trait && bound.kind() != PredicateKind::Projection)
      continue;
    Predicate p = ty::eraseRegions(tcx, ty::eraseLateBound(tcx, ty::instantiate(tcx, bound, args)));
    Cause cause(s, CauseCode::WhereClause);
    cause.item = of.def;
    cause.clauseSpan = tcx.def(of.def).identSpan;
    o.ocx.add({o.ocx.normalize(cause, o.env, p), o.env, cause, 0});
  }
  o.finish();
}

static void missing(Tcx &tcx, DefId impl, const TraitRef &tr) {
  llvm::SmallVector<const ty::AssocItem *, 4> none;
  for (const ty::AssocItem &i : tcx.assocItems(tr.trait))
    if (!i.hasValue && !leafDef(tcx, impl, i.def).item.valid()) {
      // A method that no unsized type can have need not be there.
      if (!typeIsSized(tcx, tcx.paramEnv(impl), tr.self()) && hasWhereSelfSized(tcx, i.def))
        continue;
      none.push_back(&i);
    }
  if (none.empty())
    return;
  std::string names;
  for (const ty::AssocItem *i : none)
    names += (names.empty() ? "`" : ", `") + tcx.sess.str(i->name).str() + "`";
  Span s = implHeaderSpan(tcx, impl);
  diag::Builder d = tcx.sess.diag.error(s, "E0046", "not all trait items implemented, missing: " + names);
  d.label(s, "missing " + names + " in implementation");
  for (const ty::AssocItem *i : none)
    if (!tcx.def(i->def).identSpan.isDummy())
      d.noteAt(tcx.def(i->def).identSpan, "`" + tcx.sess.str(i->name) + "` from trait");
}

void checkImplItems(Tcx &tcx, DefId impl) {
  TraitRef tr = tcx.implTraitRef(impl);
  if (!tr.trait.valid() || tr.args.flags() & ty::kHasError || tcx.implPolarity(impl) == ty::ImplPolarity::Negative)
    return;
  tr = ty::eraseRegions(tcx, tr);
  for (const ty::AssocItem &in : tcx.assocItems(impl)) {
    const ty::AssocItem *of = in.traitItem.valid() ? itemOf(tcx, tr.trait, in.traitItem) : nullptr;
    if (!of || of->kind != in.kind)
      continue; // E0407, E0437, E0438, E0323..E0325: found by name resolution
    switch (in.kind) {
    case ty::AssocKind::Fn: {
      MethodCheck m{tcx, impl, tr, in, *of};
      if (m.selfKinds() && m.genericCounts() && m.argCounts())
        m.types();
      break;
    }
    case ty::AssocKind::Const: constant(tcx, impl, tr, in, *of); break;
    case ty::AssocKind::Type: type(tcx, impl, tr, in, *of); break;
    }
  }
  missing(tcx, impl, tr);
}

} // namespace ferric::item_check
