// Register names, constraints and modifiers of inline assembly on x86-64.
#include "codegen/asm_x86.h"
#include <gtest/gtest.h>

using namespace ferric::codegen;

TEST(AsmX86, NamesOfOneRegister) {
  for (const char *name : {"ax", "eax", "rax"})
    EXPECT_EQ(asmConstraint(asmRegByName(name).value(), 8), "{ax}");
  EXPECT_EQ(asmConstraint(asmRegByName("r8d").value(), 4), "{r8}");
  EXPECT_EQ(asmRegByName("al")->cls, AsmClass::RegByte);
  EXPECT_FALSE(asmRegByName("rax1"));
}

TEST(AsmX86, VectorRegistersFollowTheValue) {
  AsmReg r = asmRegByName("xmm3").value();
  EXPECT_EQ(asmConstraint(r, 16), "{xmm3}");
  EXPECT_EQ(asmConstraint(r, 32), "{ymm3}");
}

TEST(AsmX86, Modifiers) {
  AsmReg reg = asmClassByName("reg").value();
  EXPECT_EQ(asmModifier(reg, 0), 'q');
  EXPECT_EQ(asmModifier(reg, 'e'), 'k');
  EXPECT_EQ(asmModifier(reg, 'l'), 'b');
  EXPECT_EQ(asmModifier(asmClassByName("reg_byte").value(), 0), 0);
}

TEST(AsmX86, ClobbersOfTheCAbi) {
  std::vector<std::string> c = clobbersOfAbi("C");
  EXPECT_NE(std::find(c.begin(), c.end(), "r11"), c.end());
  EXPECT_EQ(std::find(c.begin(), c.end(), "bx"), c.end());
  EXPECT_TRUE(clobbersOfAbi("nonsense").empty());
}
