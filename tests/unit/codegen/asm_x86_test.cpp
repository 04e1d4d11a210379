// Constraints and modifiers of inline assembly on x86-64.
#include "codegen/asm_x86.h"
#include <gtest/gtest.h>

using namespace ferric;

static const target::RegisterFile &file() { return *target::registersOf(target::Arch::X86_64); }
static std::string constraintOf(llvm::StringRef name, uint64_t bytes) {
  llvm::StringRef why;
  const target::Reg *r = file().regByName(name, why);
  return r ? codegen::asmConstraint(*r->cls, r, bytes) : why.str();
}

TEST(AsmX86, NamesOfOneRegister) {
  for (const char *name : {"ax", "eax", "rax"})
    EXPECT_EQ(constraintOf(name, 8), "{ax}");
  EXPECT_EQ(constraintOf("r8d", 4), "{r8}");
  EXPECT_EQ(constraintOf("rax1", 8), "unknown register");
}

TEST(AsmX86, VectorRegistersFollowTheValue) {
  EXPECT_EQ(constraintOf("xmm3", 16), "{xmm3}");
  EXPECT_EQ(constraintOf("xmm3", 32), "{ymm3}");
  EXPECT_EQ(constraintOf("ymm17", 0), "{xmm17}");
}

TEST(AsmX86, Modifiers) {
  const target::RegClass &reg = *file().classByName("reg");
  EXPECT_EQ(codegen::asmModifier(reg, 0), 'q');
  EXPECT_EQ(codegen::asmModifier(reg, 'e'), 'k');
  EXPECT_EQ(codegen::asmModifier(reg, 'l'), 'b');
  EXPECT_EQ(codegen::asmModifier(*file().classByName("reg_byte"), 0), 0);
  EXPECT_EQ(codegen::asmModifier(*file().classByName("ymm_reg"), 0), 't');
}
