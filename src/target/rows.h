// How the tables of registers are written down; internal to target.
#pragma once
#include "target/registers.h"

namespace ferric::target {

// types: words separated by blanks; `sse:` says that what follows needs that feature.
struct ClassRow { llvm::StringLiteral name, modifiers, constraint, types; };
// The registers first..last. `names`: the canonical name, then aliases; `#` stands for the number, `%` for the number less `first`.
struct RegRow {
  llvm::StringLiteral names, cls;
  unsigned first = 0, last = 0;
  char bank = 0;              // 0: a bank of its own for each row
  unsigned unit = 0, width = 1; // the units of register i: unit + i * width, width of them
  uint16_t rules = 0;
};
struct RefusedRow { llvm::StringLiteral names, why; };
// regs: canonical names; `xmm0-15` is a range.
struct AbiRow { llvm::StringLiteral names, regs; };

struct RowTables {
  llvm::ArrayRef<ClassRow> classes;
  llvm::ArrayRef<RegRow> regs;
  llvm::ArrayRef<RefusedRow> refused;
  llvm::ArrayRef<AbiRow> abis;
};

extern const RowTables kX86Rows, kX86_64Rows, kArmRows, kAArch64Rows, kRiscV32Rows, kRiscV64Rows, kLoongArch64Rows;

} // namespace ferric::target
