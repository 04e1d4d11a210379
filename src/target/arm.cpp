// 32-bit Arm and AArch64 (Reference: inline-assembly).
#include "target/rows.h"

namespace ferric::target {

// ---- Arm ----
static constexpr ClassRow kArmClasses[] = {
    {"reg", "", "r", "i8 i16 i32 f16 f32"},
    {"sreg", "", "t", "vfp2: i32 f16 f32"}, {"sreg_low16", "", "x", "vfp2: i32 f16 f32"},
    {"dreg", "", "w", "d32: i64 f64 neon: i8x8 i16x4 i32x2 i64x1 f16x4 f32x2"},
    {"dreg_low16", "", "t", "vfp2: i64 f64 neon: i8x8 i16x4 i32x2 i64x1 f16x4 f32x2"},
    {"dreg_low8", "", "x", "vfp2: i64 f64 neon: i8x8 i16x4 i32x2 i64x1 f16x4 f32x2"},
    {"qreg", "ef", "w", "neon: i8x16 i16x8 i32x4 i64x2 f16x8 f32x4"}, {"qreg_low8", "ef", "t", "neon: i8x16 i16x8 i32x4 i64x2 f16x8 f32x4"},
    {"qreg_low4", "ef", "x", "neon: i8x16 i16x8 i32x4 i64x2 f16x8 f32x4"},
};
// The floating-point file is one bank: s registers are its units, d two of them, q four; d16 and up have no s registers.
static constexpr RegRow kArmRegs[] = {
    {"r0 a1", "reg"}, {"r1 a2", "reg"}, {"r2 a3", "reg"}, {"r3 a4", "reg"}, {"r4 v1", "reg"}, {"r5 v2", "reg"},
    {"r7 v4", "reg", 0, 0, 0, 0, 1, kFrameR7}, {"r8 v5", "reg", 0, 0, 0, 0, 1, kNotThumb1},
    {"r9 v6 rfp", "reg", 0, 0, 0, 0, 1, kNotThumb1 | kStaticBaseR9}, {"r10 sl", "reg", 0, 0, 0, 0, 1, kNotThumb1},
    {"r11 fp", "reg", 0, 0, 0, 0, 1, kNotThumb1 | kFrameR11}, {"r12 ip", "reg", 0, 0, 0, 0, 1, kNotThumb1},
    {"r14 lr", "reg", 0, 0, 0, 0, 1, kNotThumb1},
    {"s#", "sreg_low16", 0, 15, 's'}, {"s#", "sreg", 16, 31, 's', 16},
    {"d#", "dreg_low8", 0, 7, 's', 0, 2}, {"d#", "dreg_low16", 8, 15, 's', 16, 2}, {"d#", "dreg", 16, 31, 's', 32, 2},
    {"q#", "qreg_low4", 0, 3, 's', 0, 4}, {"q#", "qreg_low8", 4, 7, 's', 16, 4}, {"q#", "qreg", 8, 15, 's', 32, 4},
};
static constexpr RefusedRow kArmRefused[] = {
    {"r6 v3", "r6 is used internally by LLVM and cannot be an operand of inline assembly"},
    {"r13 sp", "the stack pointer cannot be an operand of inline assembly"},
    {"r15 pc", "the program counter cannot be an operand of inline assembly"},
};
static constexpr AbiRow kArmAbis[] = {{"C system efiapi aapcs", "r0 r1 r2 r3 r12 r14 s0-15 d16-31"}};
constinit const RowTables kArmRows{kArmClasses, kArmRegs, kArmRefused, kArmAbis};

// ---- AArch64 ----
#define VREG_TYPES                                                                                                                           \
  "neon: i8 i16 i32 i64 f16 f32 f64 f128 i8x8 i16x4 i32x2 i64x1 f16x4 f32x2 f64x1 i8x16 i16x8 i32x4 i64x2 f16x8 f32x4 f64x2"
static constexpr ClassRow kAArch64Classes[] = {
    {"reg", "wx", "r", "i8 i16 i32 i64 f16 f32 f64"}, {"vreg", "bhsdqv", "w", VREG_TYPES}, {"vreg_low16", "bhsdqv", "x", VREG_TYPES}, {"preg", "", "", ""},
};
static constexpr RegRow kAArch64Regs[] = {
    {"x# w#", "reg", 0, 17}, {"x18 w18", "reg", 18, 18, 0, 0, 1, kX18}, {"x# w#", "reg", 20, 28}, {"x30 w30 lr wlr", "reg", 30, 30},
    {"v# b# h# s# d# q# z#", "vreg", 0, 31}, {"p#", "preg", 0, 15}, {"ffr", "preg"},
};
static constexpr RefusedRow kAArch64Refused[] = {
    {"x19 w19", "x19 is used internally by LLVM and cannot be an operand of inline assembly"},
    {"x29 w29 fp wfp", "the frame pointer cannot be an operand of inline assembly"},
    {"sp wsp", "the stack pointer cannot be an operand of inline assembly"},
    {"xzr wzr", "the zero register cannot be an operand of inline assembly"},
};
// Only the low halves of v8 to v15 are preserved, which clobbers cannot say.
static constexpr AbiRow kAArch64Abis[] = {{"C system efiapi", "x0-17 x18 x30 v0-31 p0-15 ffr"}};
constinit const RowTables kAArch64Rows{kAArch64Classes, kAArch64Regs, kAArch64Refused, kAArch64Abis};

} // namespace ferric::target
