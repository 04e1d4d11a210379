// RISC-V and LoongArch (Reference: inline-assembly).
#include "target/rows.h"

namespace ferric::target {

// ---- RISC-V ----
static constexpr ClassRow kRiscV32Classes[] = {
    {"reg", "", "r", "i8 i16 i32 f16 f32"}, {"freg", "", "f", "f: f16 f32 d: f64"}, {"vreg", "", "", ""},
};
static constexpr ClassRow kRiscV64Classes[] = {
    {"reg", "", "r", "i8 i16 i32 i64 f16 f32 f64"}, {"freg", "", "f", "f: f16 f32 d: f64"}, {"vreg", "", "", ""},
};
static constexpr RegRow kRiscVRegs[] = {
    {"x1 ra", "reg"}, {"x# t%", "reg", 5, 7}, {"x# a%", "reg", 10, 15}, {"x16 a6", "reg", 16, 16, 0, 0, 1, kNotRiscVE},
    {"x17 a7", "reg", 17, 17, 0, 0, 1, kNotRiscVE}, {"x18 s2", "reg", 18, 18, 0, 0, 1, kNotRiscVE}, {"x19 s3", "reg", 19, 19, 0, 0, 1, kNotRiscVE},
    {"x20 s4", "reg", 20, 20, 0, 0, 1, kNotRiscVE}, {"x21 s5", "reg", 21, 21, 0, 0, 1, kNotRiscVE}, {"x22 s6", "reg", 22, 22, 0, 0, 1, kNotRiscVE},
    {"x23 s7", "reg", 23, 23, 0, 0, 1, kNotRiscVE}, {"x24 s8", "reg", 24, 24, 0, 0, 1, kNotRiscVE}, {"x25 s9", "reg", 25, 25, 0, 0, 1, kNotRiscVE},
    {"x26 s10", "reg", 26, 26, 0, 0, 1, kNotRiscVE}, {"x27 s11", "reg", 27, 27, 0, 0, 1, kNotRiscVE}, {"x28 t3", "reg", 28, 28, 0, 0, 1, kNotRiscVE},
    {"x29 t4", "reg", 29, 29, 0, 0, 1, kNotRiscVE}, {"x30 t5", "reg", 30, 30, 0, 0, 1, kNotRiscVE}, {"x31 t6", "reg", 31, 31, 0, 0, 1, kNotRiscVE},
    {"f# ft%", "freg", 0, 7}, {"f# fs%", "freg", 8, 9}, {"f# fa%", "freg", 10, 17},
    {"f18 fs2", "freg"}, {"f19 fs3", "freg"}, {"f20 fs4", "freg"}, {"f21 fs5", "freg"}, {"f22 fs6", "freg"}, {"f23 fs7", "freg"},
    {"f24 fs8", "freg"}, {"f25 fs9", "freg"}, {"f26 fs10", "freg"}, {"f27 fs11", "freg"},
    {"f28 ft8", "freg"}, {"f29 ft9", "freg"}, {"f30 ft10", "freg"}, {"f31 ft11", "freg"},
    {"v#", "vreg", 0, 31},
};
static constexpr RefusedRow kRiscVRefused[] = {
    {"x9 s1", "s1 is used internally by LLVM and cannot be an operand of inline assembly"},
    {"x8 s0 fp", "the frame pointer cannot be an operand of inline assembly"},
    {"x2 sp", "the stack pointer cannot be an operand of inline assembly"},
    {"x3 gp", "the global pointer cannot be an operand of inline assembly"},
    {"x4 tp", "the thread pointer cannot be an operand of inline assembly"},
    {"x0 zero", "the zero register cannot be an operand of inline assembly"},
};
// With the `e` feature x16 and up do not exist; naming them as clobbered does no harm.
static constexpr AbiRow kRiscVAbis[] = {{"C system efiapi", "x1 x5-7 x10-17 x28-31 f0-7 f10-17 f28-31 v0-31"}};
constinit const RowTables kRiscV32Rows{kRiscV32Classes, kRiscVRegs, kRiscVRefused, kRiscVAbis};
constinit const RowTables kRiscV64Rows{kRiscV64Classes, kRiscVRegs, kRiscVRefused, kRiscVAbis};

// ---- LoongArch ----
static constexpr ClassRow kLoongArchClasses[] = {{"reg", "", "r", "i8 i16 i32 i64 f16 f32 f64"}, {"freg", "", "f", "f: f16 f32 d: f64"}};
static constexpr RegRow kLoongArchRegs[] = {
    {"$r1 $ra", "reg"}, {"$r# $a%", "reg", 4, 11}, {"$r# $t%", "reg", 12, 20}, {"$r# $s%", "reg", 23, 30},
    {"$f# $fa%", "freg", 0, 7}, {"$f# $ft%", "freg", 8, 23}, {"$f# $fs%", "freg", 24, 31},
};
static constexpr RefusedRow kLoongArchRefused[] = {
    {"$r0 $zero", "the zero register cannot be an operand of inline assembly"},
    {"$r2 $tp", "the thread pointer cannot be an operand of inline assembly"},
    {"$r3 $sp", "the stack pointer cannot be an operand of inline assembly"},
    {"$r21", "reserved by the ABI"},
    {"$r22 $fp", "the frame pointer cannot be an operand of inline assembly"},
    {"$r31 $s8", "$r31 is used internally by LLVM and cannot be an operand of inline assembly"},
};
static constexpr AbiRow kLoongArchAbis[] = {{"C system efiapi", "$r1 $r4-11 $r12-20 $f0-7 $f8-23"}};
constinit const RowTables kLoongArch64Rows{kLoongArchClasses, kLoongArchRegs, kLoongArchRefused, kLoongArchAbis};

} // namespace ferric::target
