#include "mir_transform/path_set.h"
#include <gtest/gtest.h>

using ferric::mir_transform::PathSet;

TEST(PathSet, BeginsEmptyOrFull) {
  PathSet none(1000), all(1000, true);
  for (uint32_t i : {0u, 63u, 64u, 511u, 512u, 999u}) {
    EXPECT_FALSE(none.test(i));
    EXPECT_TRUE(all.test(i));
  }
}

TEST(PathSet, ACopyIsNotChangedWithItsOriginal) {
  PathSet a(1000);
  a.set(700);
  PathSet b = a;
  b.set(3);
  b.reset(700);
  EXPECT_TRUE(a.test(700));
  EXPECT_FALSE(a.test(3));
  EXPECT_FALSE(b.test(700));
  EXPECT_TRUE(b.test(3));
  EXPECT_FALSE(b.test(1)); // the parts of one set begin as one
  EXPECT_FALSE(b.test(515));
}

TEST(PathSet, UniteTellsWhetherAnythingCame) {
  PathSet a(1000), b(1000);
  b.set(600);
  EXPECT_TRUE(a.unite(b));
  EXPECT_TRUE(a.test(600));
  EXPECT_FALSE(a.unite(b));
  EXPECT_FALSE(a.unite(PathSet(1000)));
  a.set(2);
  EXPECT_FALSE(b.test(2));
}
