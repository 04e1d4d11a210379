// Registers as operands of inline assembly, per architecture: classes with the types and template modifiers they take, registers with
// their names and overlaps, what may not be named at all, what calls of an ABI clobber (Reference: inline-assembly, "Register operands",
// "ABI clobbers"; rustc_target::asm). Data only: who asks reports.
#pragma once
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace ferric::target {

enum class Arch : uint8_t { None, X86, X86_64, Arm, AArch64, RiscV32, RiscV64, LoongArch64 };
// By the value of `target_arch`. None: no inline assembly for it.
Arch archByName(llvm::StringRef targetArch);

enum class Element : uint8_t { I8, I16, I32, I64, I128, F16, F32, F64, F128 };
// A value in a register: a scalar (lanes 0) or a vector. Pointers are integers of their size.
struct ValueType {
  Element element{};
  uint64_t lanes = 0;
  bool operator==(const ValueType &) const = default;
  unsigned bits() const;
  std::string str() const; // "i32", "f32x4"
};
struct SupportedType {
  ValueType type;
  llvm::StringRef feature; // the target feature it needs; empty: none
};

struct RegClass {
  llvm::StringRef name;
  llvm::StringRef modifiers;  // the letters a template may use after `:`
  llvm::StringRef constraint; // LLVM's, for a register of the class
  std::vector<SupportedType> types;
  // Registers of it can be named as clobbered, and hold no operands.
  bool clobberOnly() const { return types.empty(); }
  const SupportedType *supports(const ValueType &t) const;
};

// When a register may not be used, by target; several may hold.
enum Rule : uint16_t {
  kAlways = 0,
  kOnlyX86_64 = 1,
  kHighByte = 2,
  kRbx = 4,
  kEsi = 8,
  kX18 = 16,
  kNotRiscVE = 32,
  kNotThumb1 = 64,
  kFrameR7 = 128,
  kFrameR11 = 256,
  kStaticBaseR9 = 512,
};
struct Reg {
  std::string name;          // the canonical one
  const RegClass *cls = nullptr;
  unsigned index = 0;        // among the registers made by one row
  uint16_t rules = 0;
  char bank = 0;             // registers overlap when they share a unit of a bank
  unsigned unit = 0, units = 1;
  bool overlaps(const Reg &o) const { return bank == o.bank && unit < o.unit + o.units && o.unit < unit + units; }
};

// What the rules ask about.
struct TargetFacts {
  Arch arch{};
  llvm::StringRef os, env, relocationModel;
  llvm::function_ref<bool(llvm::StringRef)> hasFeature;
};

struct ClobberAbi {
  std::vector<llvm::StringRef> names;
  std::vector<const Reg *> regs;
};

struct RowTables;
class RegisterFile {
public:
  explicit RegisterFile(const RowTables &rows);
  const RegClass *classByName(llvm::StringRef name) const; // null: unknown
  // A register by any of its names. Null: `why` says why it cannot be named.
  const Reg *regByName(llvm::StringRef name, llvm::StringRef &why) const;
  // The class of `reg` or, when `explicitReg`, that of the register `reg`. Null: unknown.
  const RegClass *classOf(llvm::StringRef reg, bool explicitReg) const;
  // The names of classes, in order, for messages.
  std::string classNames() const;
  // Null: unknown on this architecture. The same for names of one ABI.
  const ClobberAbi *abiByName(llvm::StringRef name) const;
  std::string abiNames() const;

private:
  std::vector<RegClass> classes_;
  std::vector<Reg> regs_;
  llvm::StringMap<unsigned> byName_;
  llvm::StringMap<llvm::StringRef> refused_;
  std::vector<ClobberAbi> abis_;
};

// Null for Arch::None.
const RegisterFile *registersOf(Arch arch);
// Why `reg` cannot be used on this target; empty: it can. `clobber`: nothing is passed in it.
llvm::StringRef refusal(const Reg &reg, const TargetFacts &facts, bool clobber);

} // namespace ferric::target
