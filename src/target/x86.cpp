// x86 and x86-64: the Reference's tables of register classes and supported types. The two differ in the widths general registers have.
#include "target/rows.h"

namespace ferric::target {

#define VEC128 "i8x16 i16x8 i32x4 i64x2 f16x8 f32x4 f64x2"
#define VEC256 " i8x32 i16x16 i32x8 i64x4 f16x16 f32x8 f64x4"
#define VEC512 " i8x64 i16x32 i32x16 i64x8 f16x32 f32x16 f64x8"
#define SCALARS "i32 i64 i128 f16 f32 f64 f128 "
#define VECTOR_CLASSES                                                                                                                       \
  {"xmm_reg", "xyz", "x", "sse: " SCALARS VEC128}, {"ymm_reg", "xyz", "x", "avx: " SCALARS VEC128 VEC256},                                   \
      {"zmm_reg", "xyz", "v", "avx512f: " SCALARS VEC128 VEC256 VEC512}, {"kreg", "", "^Yk", "avx512f: i8 i16 avx512bw: i32 i64"},           \
      {"kreg0", "", "", ""}, {"mmx_reg", "", "", ""}, {"x87_reg", "", "", ""}, {"tmm_reg", "", "", ""}

static constexpr ClassRow kClasses64[] = {
    {"reg", "lxer", "r", "i16 i32 i64 f16 f32 f64"}, {"reg_abcd", "lhxer", "Q", "i16 i32 i64 f16 f32 f64"}, {"reg_byte", "", "q", "i8"}, VECTOR_CLASSES,
};
static constexpr ClassRow kClasses32[] = {
    {"reg", "xe", "r", "i16 i32 f16 f32"}, {"reg_abcd", "lhxe", "Q", "i16 i32 f16 f32"}, {"reg_byte", "", "q", "i8"}, VECTOR_CLASSES,
};

static constexpr RegRow kRegs[] = {
    {"ax eax rax", "reg", 0, 0, 'a', 0, 2},
    {"bx ebx rbx", "reg", 0, 0, 'b', 0, 2, kRbx},
    {"cx ecx rcx", "reg", 0, 0, 'c', 0, 2},
    {"dx edx rdx", "reg", 0, 0, 'd', 0, 2},
    {"al", "reg_byte", 0, 0, 'a', 0, 1}, {"ah", "reg_byte", 0, 0, 'a', 1, 1, kHighByte},
    {"bl", "reg_byte", 0, 0, 'b', 0, 1, kRbx}, {"bh", "reg_byte", 0, 0, 'b', 1, 1, kRbx | kHighByte},
    {"cl", "reg_byte", 0, 0, 'c', 0, 1}, {"ch", "reg_byte", 0, 0, 'c', 1, 1, kHighByte},
    {"dl", "reg_byte", 0, 0, 'd', 0, 1}, {"dh", "reg_byte", 0, 0, 'd', 1, 1, kHighByte},
    {"si esi rsi", "reg", 0, 0, 's', 0, 1, kEsi}, {"sil", "reg_byte", 0, 0, 's', 0, 1, kOnlyX86_64},
    {"di edi rdi", "reg", 0, 0, 'D', 0, 1}, {"dil", "reg_byte", 0, 0, 'D', 0, 1, kOnlyX86_64},
    {"r# r#w r#d", "reg", 8, 15, 'r', 0, 1, kOnlyX86_64}, {"r#b", "reg_byte", 8, 15, 'r', 0, 1, kOnlyX86_64},
    {"xmm#", "xmm_reg", 0, 7, 'v'}, {"xmm#", "xmm_reg", 8, 15, 'v', 8, 1, kOnlyX86_64},
    {"ymm#", "ymm_reg", 0, 7, 'v'}, {"ymm#", "ymm_reg", 8, 15, 'v', 8, 1, kOnlyX86_64},
    {"zmm#", "zmm_reg", 0, 7, 'v'}, {"zmm#", "zmm_reg", 8, 15, 'v', 8, 1, kOnlyX86_64},
    {"zmm# xmm# ymm#", "zmm_reg", 16, 31, 'v', 16, 1, kOnlyX86_64},
    {"k0", "kreg0"}, {"k#", "kreg", 1, 7}, {"mm#", "mmx_reg", 0, 7},
    {"st(0) st", "x87_reg", 0, 0, 'x', 0, 1}, {"st(#)", "x87_reg", 1, 7, 'x', 1, 1},
    {"tmm#", "tmm_reg", 0, 7, 0, 0, 1, kOnlyX86_64},
};
static constexpr RefusedRow kRefused[] = {
    {"bp bpl ebp rbp", "the frame pointer cannot be an operand of inline assembly"},
    {"sp spl esp rsp", "the stack pointer cannot be an operand of inline assembly"},
    {"ip eip rip", "the instruction pointer cannot be an operand of inline assembly"},
};

#define CLOBBERS64 "xmm0-15 zmm16-31 k0 k1-7 mm0-7 st(0) st(1) st(2) st(3) st(4) st(5) st(6) st(7) tmm0-7"
static constexpr AbiRow kAbis64[] = {
    {"C system sysv64", "ax cx dx si di r8 r9 r10 r11 " CLOBBERS64},
    // The upper halves of ymm6 to ymm15 are volatile, which clobbers cannot say but of the whole register.
    {"efiapi win64", "ax cx dx r8 r9 r10 r11 " CLOBBERS64},
};
static constexpr AbiRow kAbis32[] = {
    {"C system efiapi cdecl stdcall fastcall", "ax cx dx xmm0-7 k0 k1-7 mm0-7 st(0) st(1) st(2) st(3) st(4) st(5) st(6) st(7)"},
};

constinit const RowTables kX86Rows{kClasses32, kRegs, kRefused, kAbis32};
constinit const RowTables kX86_64Rows{kClasses64, kRegs, kRefused, kAbis64};

} // namespace ferric::target
