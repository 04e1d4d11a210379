// Unification, snapshots and fudging on types made by hand.
#include "traits/infer.h"
#include "gtest/gtest.h"

using namespace ferric;
using namespace ferric::traits;

namespace {
struct InferTest : testing::Test {
  Session sess;
  Crates crates{sess};
  ty::Ctx tcx{sess, crates};
  InferCtxt cx{tcx};
  Ty var() { return cx.nextTyVar({}); }
  Ty pair(Ty a, Ty b) { return tcx.mkTuple({a, b}); }
};

TEST_F(InferTest, UnifiesStructure) {
  Ty a = var(), b = var();
  EXPECT_TRUE(cx.eq(pair(a, tcx.common.u8), pair(tcx.common.bool_, b)));
  EXPECT_EQ(cx.resolve(pair(a, b)), pair(tcx.common.bool_, tcx.common.u8));
}

TEST_F(InferTest, FailureChangesNothing) {
  Ty a = var();
  TypeError err;
  EXPECT_FALSE(cx.eq(pair(a, tcx.common.u8), pair(tcx.common.bool_, tcx.common.u16), &err));
  EXPECT_EQ(err.kind, TypeErrorKind::Sorts);
  EXPECT_EQ(err.expected.ty(), tcx.common.u8);
  EXPECT_TRUE(cx.shallowResolve(a).isTyVar());
}

TEST_F(InferTest, OccursCheck) {
  Ty a = var(), b = var();
  EXPECT_TRUE(cx.eq(a, b));
  TypeError err;
  EXPECT_FALSE(cx.eq(a, tcx.mkSlice(b), &err));
  EXPECT_EQ(err.kind, TypeErrorKind::CyclicTy);
}

TEST_F(InferTest, IntegerVariables) {
  Ty i = cx.nextIntVar(), j = cx.nextIntVar(), f = cx.nextFloatVar(), t = var();
  EXPECT_TRUE(cx.eq(t, i));
  EXPECT_TRUE(cx.eq(i, j));
  EXPECT_FALSE(cx.eq(i, f));
  EXPECT_FALSE(cx.eq(j, tcx.common.bool_));
  EXPECT_TRUE(cx.eq(tcx.common.u16, j));
  EXPECT_EQ(cx.resolve(t), tcx.common.u16);
}

TEST_F(InferTest, RollbackForgetsVariablesAndValues) {
  Ty a = var();
  uint64_t generation = cx.generation();
  cx.probe([&] {
    Ty b = var();
    EXPECT_TRUE(cx.eq(a, b));
    EXPECT_TRUE(cx.eq(b, tcx.common.char_));
    EXPECT_EQ(cx.resolve(a), tcx.common.char_);
  });
  EXPECT_EQ(cx.tyVarCount(), 1u);
  EXPECT_EQ(cx.shallowResolve(a), a);
  EXPECT_EQ(cx.generation(), generation);
}

TEST_F(InferTest, BoundRegionsRelateToAnything) {
  ty::BoundVars one = tcx.mkBoundVars({ty::BoundVar{ty::BoundVarKind::Region, {}, {}}});
  Ty boundRef = tcx.mkRef(tcx.mkBoundRegion(0, 0), tcx.common.u8, ty::Mutability::Not);
  Ty freeRef = tcx.mkRef(tcx.common.erased, tcx.common.u8, ty::Mutability::Not);
  Ty poly = tcx.mkFnPtr({tcx.mkSig({boundRef}, tcx.common.unit), one});
  Ty mono = tcx.mkFnPtr({tcx.mkSig({freeRef}, tcx.common.unit), {}});
  EXPECT_TRUE(cx.eq(poly, mono));
  Ty a = var();
  EXPECT_TRUE(cx.eq(tcx.mkFnPtr({tcx.mkSig({a}, tcx.common.unit), {}}), poly));
  EXPECT_EQ(cx.resolve(a), freeRef);
}

TEST_F(InferTest, FudgeRenewsWhatTheClosureMade) {
  Ty a = var();
  bool ok = true;
  ty::TyList list = cx.fudgeInferenceIfOk(ok, [&](bool &) {
    Ty b = var();
    cx.eq(a, tcx.mkSlice(b));
    return tcx.mkTyList({a, b});
  });
  ASSERT_TRUE(ok);
  EXPECT_TRUE(cx.shallowResolve(a).isTyVar());
  EXPECT_TRUE(list[0].is(TyKind::Slice));
  EXPECT_EQ(list[0].inner(), list[1]);
  EXPECT_TRUE(list[1].isTyVar());
  EXPECT_NE(list[1], a);
}

TEST_F(InferTest, FreshenedGoalsAreEqualUpToVariableNames) {
  Ty a = var(), b = var();
  auto goal = [&](Ty x, Ty y) { return cx.freshen(tcx.mkTraitPredicate({DefId(1), tcx.mkArgs({GenericArg(x), GenericArg(y)})})); };
  EXPECT_EQ(goal(a, b), goal(b, a));
  EXPECT_NE(goal(a, b), goal(a, a));
}
} // namespace
