// Registers of inline assembly: names, overlaps, supported types, refusals.
#include "target/features.h"
#include "target/registers.h"
#include <gtest/gtest.h>

using namespace ferric::target;

static const Reg *reg(Arch arch, llvm::StringRef name) {
  llvm::StringRef why;
  return registersOf(arch)->regByName(name, why);
}

TEST(Registers, OverlapByUnits) {
  auto overlap = [](Arch a, const char *x, const char *y) { return reg(a, x)->overlaps(*reg(a, y)); };
  EXPECT_TRUE(overlap(Arch::X86_64, "eax", "ah"));
  EXPECT_FALSE(overlap(Arch::X86_64, "al", "ah"));
  EXPECT_TRUE(overlap(Arch::X86_64, "xmm3", "zmm3"));
  EXPECT_FALSE(overlap(Arch::X86_64, "xmm3", "xmm4"));
  EXPECT_TRUE(overlap(Arch::Arm, "d1", "s3"));
  EXPECT_TRUE(overlap(Arch::Arm, "q8", "d17"));
  EXPECT_FALSE(overlap(Arch::Arm, "d1", "s4"));
  EXPECT_FALSE(overlap(Arch::AArch64, "x0", "v0"));
}

TEST(Registers, Aliases) {
  EXPECT_EQ(reg(Arch::AArch64, "d7")->name, "v7");
  EXPECT_EQ(reg(Arch::AArch64, "lr")->name, "x30");
  EXPECT_EQ(reg(Arch::RiscV64, "a3")->name, "x13");
  EXPECT_EQ(reg(Arch::RiscV64, "ft9")->name, "f29");
  EXPECT_EQ(reg(Arch::LoongArch64, "$t8")->name, "$r20");
  EXPECT_EQ(reg(Arch::X86_64, "rsp"), nullptr);
  EXPECT_EQ(reg(Arch::AArch64, "x29"), nullptr);
}

TEST(Registers, SupportedTypes) {
  const RegClass &xmm = *registersOf(Arch::X86_64)->classByName("xmm_reg");
  EXPECT_EQ(xmm.supports({Element::F32, 4})->feature, "sse");
  EXPECT_EQ(xmm.supports({Element::F32, 8}), nullptr);
  EXPECT_EQ(registersOf(Arch::X86)->classByName("reg")->supports({Element::I64}), nullptr);
  EXPECT_TRUE(registersOf(Arch::X86_64)->classByName("x87_reg")->clobberOnly());
}

TEST(Registers, RefusedByTheTarget) {
  TargetFacts facts{Arch::X86_64, "linux", "gnu", "pic", [](llvm::StringRef) { return false; }};
  EXPECT_FALSE(refusal(*reg(Arch::X86_64, "rbx"), facts, false).empty());
  EXPECT_TRUE(refusal(*reg(Arch::X86_64, "rcx"), facts, false).empty());
  facts.arch = Arch::RiscV32;
  auto e = [](llvm::StringRef f) { return f == "e"; };
  facts.hasFeature = e;
  EXPECT_FALSE(refusal(*reg(Arch::RiscV32, "a6"), facts, false).empty());
}

TEST(Registers, ClobbersOfTheCAbi) {
  const ClobberAbi *c = registersOf(Arch::X86_64)->abiByName("C");
  EXPECT_TRUE(llvm::is_contained(c->regs, reg(Arch::X86_64, "r11")));
  EXPECT_TRUE(llvm::is_contained(c->regs, reg(Arch::X86_64, "zmm31")));
  EXPECT_FALSE(llvm::is_contained(c->regs, reg(Arch::X86_64, "rbx")));
  EXPECT_EQ(c, registersOf(Arch::X86_64)->abiByName("sysv64"));
  EXPECT_EQ(registersOf(Arch::X86_64)->abiByName("nonsense"), nullptr);
}

TEST(TargetFeatures, ImplicationsBothWays) {
  llvm::StringSet<> on = enabledFeatures("x86_64", {"", "+avx512bw"});
  EXPECT_TRUE(on.contains("avx2") && on.contains("f16c") && on.contains("sse2"));
  EXPECT_FALSE(enabledFeatures("x86_64", {"-sse", ""}).contains("sse2"));
  EXPECT_FALSE(enabledFeatures("x86_64", {"", "+avx2", "-avx"}).contains("avx2"));
}

TEST(TargetFeatures, NamesOfLlvm) {
  EXPECT_EQ(llvmFeatureList("x86_64", "+bmi1,-pclmulqdq,+crt-static,+sse4.2,-sse4.2,+unknown"),
            "+bmi,-pclmul,+sse4.2,+crc32,-sse4.2,+unknown");
  EXPECT_EQ(llvmFeatureList("aarch64", "+neon,-paca"), "+neon,+fp-armv8,-pauth");
  EXPECT_EQ(llvmFeatureList("riscv64", "+zkne_or_zknd,zba"), "");
  EXPECT_TRUE(llvm::is_sorted(knownFeatures("aarch64")));
  EXPECT_TRUE(llvm::is_contained(knownFeatures("riscv64"), "zba"));
}
