// Constraints and modifiers of inline assembly on x86-64.
#include "codegen/asm_registers.h"
#include <gtest/gtest.h>

using namespace ferric;

static const target::RegisterFile &file() { return *target::registersOf(target::Arch::X86_64); }
static std::string constraintOf(llvm::StringRef name, uint64_t bytes) {
  llvm::StringRef why;
  const target::Reg *r = file().regByName(name, why);
  return r ? codegen::asmConstraint(target::Arch::X86_64, *r->cls, r, bytes) : why.str();
}

TEST(AsmRegisters, NamesOfOneRegister) {
  for (const char *name : {"ax", "eax", "rax"})
    EXPECT_EQ(constraintOf(name, 8), "{ax}");
  EXPECT_EQ(constraintOf("r8d", 4), "{r8}");
  EXPECT_EQ(constraintOf("rax1", 8), "unknown register");
}

TEST(AsmRegisters, VectorRegistersFollowTheValue) {
  EXPECT_EQ(constraintOf("xmm3", 16), "{xmm3}");
  EXPECT_EQ(constraintOf("xmm3", 32), "{ymm3}");
  EXPECT_EQ(constraintOf("ymm17", 0), "{xmm17}");
}

TEST(AsmRegisters, Modifiers) {
  const target::RegClass &reg = *file().classByName("reg");
  EXPECT_EQ(codegen::asmModifier(target::Arch::X86_64, reg, 0), 'q');
  EXPECT_EQ(codegen::asmModifier(target::Arch::X86_64, reg, 'e'), 'k');
  EXPECT_EQ(codegen::asmModifier(target::Arch::X86_64, reg, 'l'), 'b');
  EXPECT_EQ(codegen::asmModifier(target::Arch::X86_64, *file().classByName("reg_byte"), 0), 0);
  EXPECT_EQ(codegen::asmModifier(target::Arch::X86_64, *file().classByName("ymm_reg"), 0), 't');
}

static std::string aarch64ConstraintOf(llvm::StringRef name, uint64_t bytes) {
  llvm::StringRef why;
  const target::Reg *r = target::registersOf(target::Arch::AArch64)->regByName(name, why);
  return r ? codegen::asmConstraint(target::Arch::AArch64, *r->cls, r, bytes) : why.str();
}

TEST(AsmRegisters, AArch64NamesFollowTheValue) {
  EXPECT_EQ(aarch64ConstraintOf("x3", 8), "{x3}");
  EXPECT_EQ(aarch64ConstraintOf("x3", 4), "{w3}");
  EXPECT_EQ(aarch64ConstraintOf("x30", 8), "{lr}");
  EXPECT_EQ(aarch64ConstraintOf("v7", 16), "{q7}");
  EXPECT_EQ(aarch64ConstraintOf("v7", 2), "{h7}");
}

TEST(AsmRegisters, HalvesGoIntoVectorRegistersAsLanes) {
  llvm::LLVMContext cx;
  layout::Layout l;
  l.repr = layout::ReprKind::Scalar;
  l.size = 2;
  codegen::AsmCarrier c(target::Arch::X86_64, *file().classByName("xmm_reg"), l, llvm::Type::getHalfTy(cx), false);
  EXPECT_EQ(c.type(), llvm::FixedVectorType::get(llvm::Type::getInt16Ty(cx), 8));
}
