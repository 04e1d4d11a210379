// Selection, projection and fulfilment in a small world: its items are rows made by hand, its queries answer from tables.
#include "traits/fulfill.h"
#include "traits/traits.h"
#include "traits/type_info.h"
#include "gtest/gtest.h"

using namespace ferric;
using namespace ferric::traits;

namespace {
struct World {
  Session sess;
  Crates crates{sess};
  Crate &crate;
  ty::Ctx tcx;
  struct Item {
    ty::Generics generics;
    std::vector<ty::GenericParamDef> params;
    std::vector<ty::SpannedClause> clauses, supers;
    std::vector<Predicate> bounds;
    std::vector<ty::AssocItem> items;
    ty::TraitDef trait;
    TraitRef header;
    Ty type;
    const ty::AdtDef *adt = nullptr;
  };
  llvm::DenseMap<DefId, std::unique_ptr<Item>> items;
  static World *current;

  World() : crate(crates.add(sess.symbols.intern("w"), 2021)), tcx(sess, crates) {
    current = this;
    Def root;
    root.kind = DefKind::Mod;
    crates.addDef(kLocalCrate, root);
    auto &q = tcx.queries;
    q.genericsOf.provider = [](ty::Ctx &, const DefId &d) -> const ty::Generics * { Item *i = current->find(d); return i ? &i->generics : nullptr; };
    q.explicitPredicatesOf.provider = [](ty::Ctx &, const DefId &d) {
      Item *i = current->find(d);
      ty::GenericPredicates p;
      if (i) {
        p.clauses = i->clauses;
        p.parent = i->generics.parent ? i->generics.parent->def : DefId();
      }
      return p;
    };
    q.superPredicatesOf.provider = [](ty::Ctx &, const DefId &d) { return llvm::ArrayRef<ty::SpannedClause>(current->find(d)->supers); };
    q.itemBounds.provider = [](ty::Ctx &t, const DefId &d) { return t.mkClauses(current->find(d)->bounds); };
    q.typeOf.provider = [](ty::Ctx &, const DefId &d) { return current->find(d)->type; };
    q.implTraitRef.provider = [](ty::Ctx &, const DefId &d) { return current->find(d)->header; };
    q.implPolarity.provider = [](ty::Ctx &t, const DefId &d) { return t.crates.implRow(d)->negative ? ty::ImplPolarity::Negative : ty::ImplPolarity::Positive; };
    q.traitDef.provider = [](ty::Ctx &, const DefId &d) -> const ty::TraitDef * { return &current->find(d)->trait; };
    q.assocItems.provider = [](ty::Ctx &, const DefId &d) { return llvm::ArrayRef<ty::AssocItem>(current->find(d)->items); };
    q.assocItem.provider = [](ty::Ctx &t, const DefId &d) {
      for (const ty::AssocItem &i : t.assocItems(t.parent(d)))
        if (i.def == d)
          return i;
      return ty::AssocItem();
    };
    registerTraitsProviders(tcx);
  }
  Item *find(DefId d) { auto it = items.find(d); return it == items.end() ? nullptr : it->second.get(); }

  DefId add(DefKind kind, const char *name, DefId parent = DefId(CrateId{0}, 0)) {
    Def d;
    d.kind = kind;
    d.parent = parent;
    d.name = sess.symbols.intern(name);
    DefId id = crates.addDef(kLocalCrate, d);
    items[id] = std::make_unique<Item>();
    find(id)->generics.def = id;
    find(id)->trait.def = id;
    return id;
  }
  void params(DefId def, unsigned n, bool self = false, DefId parent = {}) {
    Item &i = *find(def);
    if (parent.valid()) {
      i.generics.parent = &find(parent)->generics;
      i.generics.parentCount = i.generics.parent->count();
    }
    for (unsigned k = 0; k < n; ++k)
      i.params.push_back({def, sess.symbols.intern("P" + std::to_string(k)), i.generics.parentCount + k, ty::GenericParamKind::Type, false, false});
    i.generics.own = i.params;
    i.generics.hasSelf = i.generics.ownSelf = self;
  }
  DefId trait(const char *name, const char *lang = nullptr) {
    DefId t = add(DefKind::Trait, name);
    params(t, 1, true);
    if (lang)
      crate.langItems[sess.symbols.intern(lang)] = t;
    return t;
  }
  DefId assocTy(DefId container, const char *name, DefId traitItem = {}, Ty value = {}) {
    DefId d = add(DefKind::AssocTy, name, container);
    params(d, 0, false, container);
    find(d)->type = value;
    ty::AssocItem a;
    a.def = d, a.name = sess.symbols.intern(name), a.kind = ty::AssocKind::Type, a.container = container;
    a.inTrait = !traitItem.valid(), a.traitItem = traitItem, a.hasValue = bool(value);
    find(container)->items.push_back(a);
    return d;
  }
  Ty param(unsigned i) { return tcx.mkParam(i, sess.symbols.intern("P" + std::to_string(i))); }
  Predicate holds(DefId trait, Ty self) { return tcx.mkTraitPredicate({trait, tcx.mkArgs({GenericArg(self)})}); }
  DefId impl(DefId trait, unsigned n, Ty self, llvm::ArrayRef<Predicate> where = {}, bool negative = false) {
    DefId i = add(DefKind::Impl, "");
    params(i, n);
    find(i)->header = {trait, tcx.mkArgs({GenericArg(self)})};
    for (Predicate p : where)
      find(i)->clauses.push_back({p, {}});
    crate.impls.add({i, trait, simplify(self), negative, false});
    return i;
  }
  const ty::AdtDef *structDef(const char *name, unsigned n, llvm::ArrayRef<Ty> fields = {}) {
    DefId d = add(DefKind::Struct, name);
    params(d, n);
    std::vector<ty::FieldDef> fs;
    for (Ty t : fields) {
      DefId f = add(DefKind::Field, "f", d);
      find(f)->type = t;
      fs.push_back({f, {}, {}});
    }
    auto *adt = new (tcx.arena.Allocate<ty::AdtDef>()) ty::AdtDef();
    auto *v = new (tcx.arena.Allocate<ty::VariantDef>()) ty::VariantDef();
    v->def = d;
    v->fields = tcx.copy(llvm::ArrayRef<ty::FieldDef>(fs));
    adt->def = d;
    adt->variants = llvm::ArrayRef<ty::VariantDef>(v, 1);
    return adt;
  }
  Ty adt(const ty::AdtDef *d, llvm::ArrayRef<Ty> args = {}) {
    llvm::SmallVector<GenericArg, 2> a(args.begin(), args.end());
    return tcx.mkAdt(d, tcx.mkArgs(a));
  }
};
World *World::current = nullptr;

struct SolveTest : testing::Test {
  World w;
  ty::Ctx &tcx = w.tcx;
  DefId sized = w.trait("Sized", "sized"), clone = w.trait("Clone", "clone"), iterator = w.trait("Iterator"), intoIter = w.trait("IntoIterator");
  DefId send = w.trait("Send");
  DefId item = w.assocTy(iterator, "Item"), intoItem = w.assocTy(intoIter, "Item");
  const ty::AdtDef *vec = w.structDef("Vec", 1, {tcx.mkPtr(w.param(0), ty::Mutability::Mut)});
  const ty::AdtDef *range = w.structDef("Range", 1, {w.param(0), w.param(0)});
  ParamEnv none;

  SolveTest() {
    w.find(send)->trait.isAuto = true;
    w.impl(clone, 0, tcx.common.u8);
    w.impl(clone, 0, tcx.common.u16);
    w.impl(clone, 1, w.adt(vec, {w.param(0)}), {w.holds(clone, w.param(0)), w.holds(sized, w.param(0))});
    DefId it = w.impl(iterator, 1, w.adt(range, {w.param(0)}), {w.holds(clone, w.param(0))});
    w.assocTy(it, "Item", item, w.param(0));
    DefId into = w.impl(intoIter, 1, w.param(0), {w.holds(iterator, w.param(0))});
    w.assocTy(into, "Item", intoItem, tcx.mkProjection(item, tcx.mkArgs({GenericArg(w.param(0))})));
    w.impl(send, 1, tcx.mkPtr(w.param(0), ty::Mutability::Mut), {}, true);
    w.crate.impls.seal();
  }
  EvalResult eval(Predicate p, ParamEnv env = {}) {
    InferCtxt cx(tcx);
    return evaluate(cx, env, p);
  }
  Ty project(DefId assoc, Ty self) { return tcx.mkProjection(assoc, tcx.mkArgs({GenericArg(self)})); }
};

TEST_F(SolveTest, Impls) {
  EXPECT_EQ(eval(w.holds(clone, tcx.common.u8)), EvalResult::Yes);
  EXPECT_EQ(eval(w.holds(clone, tcx.common.bool_)), EvalResult::No);
  EXPECT_EQ(eval(w.holds(clone, w.adt(vec, {w.adt(vec, {tcx.common.u8})}))), EvalResult::Yes);
  EXPECT_EQ(eval(w.holds(clone, w.adt(vec, {tcx.common.bool_}))), EvalResult::No);
  EXPECT_EQ(eval(w.holds(clone, tcx.mkTuple({tcx.common.u8, tcx.common.u16}))), EvalResult::Yes);
}

TEST_F(SolveTest, WhereClausesOnlyWhereGiven) {
  Predicate p = w.holds(clone, w.param(0));
  EXPECT_EQ(eval(p), EvalResult::No);
  ParamEnv env{tcx.mkClauses({p})};
  EXPECT_EQ(eval(p, env), EvalResult::Yes);
  EXPECT_EQ(eval(w.holds(clone, w.param(1)), env), EvalResult::No);
}

TEST_F(SolveTest, VariablesAreAmbiguousUntilOneImplRemains) {
  InferCtxt cx(tcx);
  Ty i = cx.nextIntVar(), t = cx.nextTyVar({});
  EXPECT_EQ(evaluate(cx, none, w.holds(clone, i)), EvalResult::Ambiguous);
  EXPECT_EQ(evaluate(cx, none, w.holds(clone, t)), EvalResult::Ambiguous);
  ObligationCtxt ocx(cx);
  ocx.add({w.holds(clone, t), none, Cause(), 0});
  EXPECT_TRUE(ocx.selectWherePossible());
  EXPECT_TRUE(ocx.fulfill.hasPending());
  EXPECT_TRUE(cx.eq(t, tcx.common.u8));
  EXPECT_TRUE(ocx.selectAllOrError());
}

TEST_F(SolveTest, StuckObligationsWakeWithTheirVariables) {
  InferCtxt cx(tcx);
  FulfillmentCtxt f(tcx);
  llvm::SmallVector<FulfillError, 2> errors;
  auto pending = [&] { size_t n = 0; f.forEachPending([&](const Obligation &) { ++n; }); return n; };
  Ty a = cx.nextTyVar({}), b = cx.nextTyVar({}), i = cx.nextIntVar();
  for (Ty t : {a, b, i})
    f.add({w.holds(clone, t), none, Cause(), 0});
  f.selectWherePossible(cx, errors);
  EXPECT_EQ(pending(), 3u);
  // What has been undone wakes nobody, and does not hide what comes after it.
  cx.probe([&] {
    EXPECT_TRUE(cx.eq(a, i));
    EXPECT_TRUE(cx.eq(i, tcx.common.u8));
  });
  f.selectWherePossible(cx, errors);
  EXPECT_EQ(pending(), 3u);
  // Unified variables wait as one.
  EXPECT_TRUE(cx.eq(a, b));
  f.selectWherePossible(cx, errors);
  EXPECT_TRUE(f.hasPending());
  EXPECT_TRUE(cx.eq(tcx.common.u16, b));
  f.selectWherePossible(cx, errors);
  EXPECT_EQ(pending(), 1u);
  EXPECT_TRUE(cx.eq(i, tcx.common.u8));
  f.selectAllOrError(cx, errors);
  EXPECT_FALSE(f.hasPending());
  EXPECT_TRUE(errors.empty());
}

TEST_F(SolveTest, ProjectionThroughBlanketImpl) {
  EXPECT_EQ(normalizeErasingRegions(tcx, none, project(intoItem, w.adt(range, {tcx.common.u8}))), tcx.common.u8);
  InferCtxt cx(tcx);
  ObligationCtxt ocx(cx);
  Ty i = cx.nextIntVar();
  EXPECT_EQ(ocx.normalize(Cause(), none, project(intoItem, w.adt(range, {i}))), i);
  Ty t = cx.nextTyVar({});
  Ty later = ocx.normalize(Cause(), none, project(intoItem, t));
  EXPECT_TRUE(later.isTyVar());
  EXPECT_TRUE(cx.eq(t, w.adt(range, {tcx.common.u16})));
  EXPECT_TRUE(ocx.selectWherePossible());
  EXPECT_EQ(cx.resolve(later), tcx.common.u16);
}

TEST_F(SolveTest, RigidAndBoundProjections) {
  Predicate isIter = w.holds(iterator, w.param(0));
  Ty alias = project(item, w.param(0));
  ParamEnv env{tcx.mkClauses({isIter})};
  EXPECT_EQ(normalizeErasingRegions(tcx, env, alias), alias);
  ParamEnv bound{tcx.mkClauses({isIter, tcx.mkProjectionPredicate(alias.alias(), Term(tcx.common.u8))})};
  EXPECT_EQ(normalizeErasingRegions(tcx, bound, alias), tcx.common.u8);
}

TEST_F(SolveTest, AutoTraitsLookInside) {
  EXPECT_EQ(eval(w.holds(send, tcx.common.u8)), EvalResult::Yes);
  EXPECT_EQ(eval(w.holds(send, w.adt(range, {tcx.common.u8}))), EvalResult::Yes);
  EXPECT_EQ(eval(w.holds(send, w.adt(vec, {tcx.common.u8}))), EvalResult::No);
}

TEST_F(SolveTest, UnmetNestedObligationIsReportedWithItsParents) {
  InferCtxt cx(tcx);
  FulfillmentCtxt f(tcx);
  f.add({w.holds(clone, w.adt(vec, {tcx.common.bool_})), none, Cause(), 0});
  llvm::SmallVector<FulfillError, 2> errors;
  f.selectWherePossible(cx, errors);
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].kind, FulfillErrorKind::Unimplemented);
  EXPECT_EQ(errors[0].obligation.predicate, w.holds(clone, tcx.common.bool_));
  ASSERT_NE(errors[0].obligation.cause.derived, nullptr);
  EXPECT_EQ(errors[0].obligation.cause.derived->parent, errors[0].root);
}
} // namespace
