#include "mir/init_mask.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <random>
#include <vector>

using ferric::mir::InitMask;

TEST(InitMask, IsUniformUntilSet) {
  InitMask m(false);
  EXPECT_TRUE(m.none(0, 1u << 30));
  m.set(3, 5, true);
  EXPECT_EQ(m.runEnd(0, 1u << 30, false), 3u);
  EXPECT_EQ(m.runEnd(3, 1u << 30, true), 5u);
  EXPECT_TRUE(m.none(5, 1u << 30));
  m.reset(true);
  EXPECT_TRUE(m.all(0, 100));
}

TEST(InitMask, CopiesOverlappingRanges) {
  InitMask m(false);
  m.set(0, 70, true);
  m.copy(m, 60, 65, 20); // [60,70) initialised, [70,80) not
  EXPECT_TRUE(m.all(0, 75));
  EXPECT_TRUE(m.none(75, 200));
}

// Against a bit per byte.
TEST(InitMask, AgreesWithASimpleOne) {
  std::mt19937 random(7);
  constexpr uint64_t kSize = 300;
  for (bool start : {false, true}) {
    InitMask m(start);
    std::vector<bool> simple(kSize, start);
    for (int step = 0; step < 3000; ++step) {
      uint64_t a = random() % kSize, b = random() % kSize, size = random() % (kSize - std::max(a, b));
      if (random() % 2) {
        bool init = random() % 2;
        m.set(a, a + size, init);
        std::fill(simple.begin() + long(a), simple.begin() + long(a + size), init);
      } else {
        m.copy(m, a, b, size);
        std::vector<bool> before = simple;
        std::copy(before.begin() + long(a), before.begin() + long(a + size), simple.begin() + long(b));
      }
      for (uint64_t i = 0; i < kSize; ++i)
        ASSERT_EQ(m.get(i), simple[i]) << step << ' ' << i;
      uint64_t end = a;
      while (end < kSize && simple[end] == simple[a])
        ++end;
      ASSERT_EQ(m.runEnd(a, kSize, simple[a]), end);
    }
  }
}
