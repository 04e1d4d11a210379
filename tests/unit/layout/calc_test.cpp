// The calculator against layouts that rustc documents or that -Zprint-type-sizes shows.
#include "layout/calc.h"
#include <gtest/gtest.h>

using namespace ferric::layout;

namespace {
struct CalcTest : testing::Test {
  llvm::BumpPtrAllocator arena;
  Calculator calc{arena};
  Layout u8 = prim(1), u16 = prim(2), u32 = prim(4), u64 = prim(8);
  Layout boolean = Calculator::scalar({{PrimKind::Int, 1, false}, false, {0, 1}});
  Layout ref = Calculator::scalar({{PrimKind::Pointer, 8, false}, false, {1, maskOf(8)}});
  Layout ch = Calculator::scalar({{PrimKind::Int, 4, false}, false, {0, 0x10FFFF}});
  Layout unit = calc.univariant({}, Repr(), StructKind::AlwaysSized);
  Layout never = Calculator::never();
  static Layout prim(uint8_t n) { return Calculator::scalar(Scalar::full({PrimKind::Int, n, false})); }
  using Fields = std::vector<const Layout *>;
  Layout strukt(const Fields &f, const Repr &r = {}) { return calc.ofStruct(f, r, false, 0, false, {}, true); }
  Layout enom(const std::vector<Fields> &v, const Repr &r = {}) {
    std::vector<FieldList> lists(v.begin(), v.end());
    std::vector<i128> discr;
    for (size_t i = 0; i < v.size(); ++i)
      discr.push_back(i128(i));
    return calc.ofStructOrEnum(lists, r, true, false, {}, discr, true);
  }
};

TEST_F(CalcTest, ReordersFieldsByAlignment) {
  Layout l = strukt({&u8, &u32, &u16});
  EXPECT_EQ(l.size, 8u);
  EXPECT_EQ(l.offsets, llvm::ArrayRef<uint64_t>({6, 0, 4}));
  Repr c;
  c.c = true;
  EXPECT_EQ(strukt({&u8, &u32, &u16}, c).size, 12u);
  Repr packed;
  packed.pack = 1;
  EXPECT_EQ(strukt({&u8, &u32, &u16}, packed).size, 7u);
}

TEST_F(CalcTest, ScalarPairsAndNewtypes) {
  EXPECT_TRUE(strukt({&u64, &u32}).isPair());
  EXPECT_TRUE(strukt({&unit, &u32}).isScalar());
  EXPECT_TRUE(strukt({&u64, &u32, &u8}).isMemory());
}

TEST_F(CalcTest, OptionOfReferenceUsesNull) {
  Layout l = enom({{}, {&ref}});
  EXPECT_EQ(l.size, 8u);
  ASSERT_EQ(l.encoding, TagEncoding::Niche);
  EXPECT_EQ(l.untagged, 1u);
  EXPECT_TRUE(l.nicheStart == 0);
  EXPECT_TRUE(l.isScalar());
}

TEST_F(CalcTest, OptionOfBoolAndChar) {
  Layout b = enom({{}, {&boolean}});
  EXPECT_EQ(b.size, 1u);
  EXPECT_TRUE(b.nicheStart == 2);
  Layout bb = enom({{}, {&b}});
  EXPECT_EQ(bb.size, 1u);
  EXPECT_TRUE(bb.nicheStart == 3);
  EXPECT_TRUE(enom({{}, {&ch}}).nicheStart == 0x110000);
}

TEST_F(CalcTest, OptionOfIntIsTaggedPair) {
  Layout l = enom({{}, {&u32}});
  EXPECT_EQ(l.size, 8u);
  EXPECT_EQ(l.encoding, TagEncoding::Direct);
  EXPECT_TRUE(l.isPair());
  EXPECT_EQ(l.tag.size(), 4u) << "the tag is as wide as what follows is aligned";
  EXPECT_TRUE(l.b.isUnion);
}

TEST_F(CalcTest, UninhabitedVariantsVanish) {
  Layout l = enom({{&u32}, {&never}}); // Result<u32, !>
  EXPECT_EQ(l.size, 4u);
  EXPECT_EQ(l.variants, VariantsKind::Single);
  EXPECT_TRUE(enom({}).uninhabited);
}

TEST_F(CalcTest, CLikeEnum) {
  Layout l = enom({{}, {}, {}});
  EXPECT_EQ(l.size, 1u);
  EXPECT_TRUE(l.isScalar());
  EXPECT_TRUE(l.a.range == (ValidRange{0, 2}));
  Repr c;
  c.c = true;
  EXPECT_EQ(enom({{}, {}, {}}, c).size, 4u);
}

TEST_F(CalcTest, DataBesideTheNiche) { // enum { A(u32, bool, u8, u16), B(u32) }
  Layout l = enom({{&u32, &boolean, &u8, &u16}, {&u32}});
  EXPECT_EQ(l.size, 8u);
  EXPECT_EQ(l.encoding, TagEncoding::Niche);
}

TEST_F(CalcTest, UnsafeCellHidesItsNiche) {
  Layout l = calc.ofStruct({&boolean}, Repr(), false, 0, true, {}, true);
  EXPECT_FALSE(l.hasNiche);
  EXPECT_TRUE(l.isScalar());
  EXPECT_FALSE(l.a.isBool());
}

TEST_F(CalcTest, MaybeUninitForwardsItsRepresentation) {
  Layout l = calc.ofUnion({&unit, &ref}, Repr());
  EXPECT_TRUE(l.isScalar());
  EXPECT_TRUE(l.a.isUnion);
  EXPECT_EQ(l.size, 8u);
}
} // namespace
