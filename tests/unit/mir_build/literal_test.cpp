// Float literals: the bits of their own format, rounded once.
#include "mir_build/thir.h"
#include <gtest/gtest.h>

using namespace ferric;
using namespace ferric::mir_build;

static uint64_t bits(llvm::StringRef text, ty::FloatTy t, bool negated = false) {
  ScalarInt v;
  EXPECT_TRUE(parseFloat(text, t, negated, v));
  return v.lo;
}

TEST(FloatLiterals, HaveTheBitsOfTheirFormat) {
  EXPECT_EQ(bits("1.5", ty::FloatTy::F32), 0x3FC00000u);
  EXPECT_EQ(bits("1_0.0e-1", ty::FloatTy::F64), 0x3FF0000000000000u);
  EXPECT_EQ(bits("0.0", ty::FloatTy::F64, true), 0x8000000000000000u);
  EXPECT_EQ(bits("2.", ty::FloatTy::F16), 0x4000u);
  // Just above half way between two floats: rounding to double first would lose the tail.
  EXPECT_EQ(bits("1.00000005960464477539062500001", ty::FloatTy::F32), 0x3F800001u);
}
