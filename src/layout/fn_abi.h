// How a function's arguments and result are passed (rustc_abi::callconv, rustc_ty_utils::abi). Computed once per signature and
// used by the definition and by every call, so that they cannot disagree.
#pragma once
#include "layout/layout.h"

namespace ferric::layout {

using ty::FnSig; using ty::Instance;

enum class RegKind : uint8_t { Integer, Float, Vector };
struct Reg { RegKind kind{}; uint64_t size = 0; friend bool operator==(const Reg &, const Reg &) = default; };

enum ArgFlags : uint16_t { kNoAlias = 1, kNonNull = 2, kReadOnly = 4, kNoUndef = 8, kCapturesAddress = 16, kCapturesReadOnly = 32, kInReg = 64 };
enum class ArgExt : uint8_t { None, Zero, Sign };
struct ArgAttrs {
  uint16_t flags = 0;
  ArgExt ext{};
  uint64_t pointeeSize = 0;    // dereferenceable bytes
  uint64_t pointeeAlign = 0;   // 0: unknown
  bool has(ArgFlags f) const { return flags & f; }
};

// Ignore: takes no part (zero-sized). Direct: one immediate. Pair: two. Cast: the bytes as `regs`. Indirect: a pointer to memory
// (with metadata if unsized); onStack: a copy in the argument area (byval).
enum class PassMode : uint8_t { Ignore, Direct, Pair, Cast, Indirect };
struct ArgAbi {
  TyLayout layout;
  PassMode mode{};
  bool onStack = false;        // Indirect
  bool hasMeta = false;        // Indirect, unsized
  uint8_t regCount = 0;        // Cast: 1 to 4
  Reg regs[4];                 // Cast
  ArgAttrs attrs, attrs2;      // Direct, Cast, Indirect: attrs; Pair: both
  bool isIgnore() const { return mode == PassMode::Ignore; }
  bool isIndirect() const { return mode == PassMode::Indirect; }
};

enum class CallConv : uint8_t { C, Rust, RustCold, X86Interrupt, SysV64, Win64, Custom };
struct FnAbi {
  ArgAbi ret;
  llvm::SmallVector<ArgAbi, 4> args;   // rust-call's tuple spread; #[track_caller]'s location last
  bool cVariadic = false;
  uint32_t fixedCount = 0;             // arguments before variadic ones
  CallConv conv{};
  bool canUnwind = false;
};

// The signature a function is called with, environment of closures and adjusted self of vtable shims included; monomorphic.
FnSig signatureOf(Ctx &tcx, const Instance &instance);
// Whether callers pass a `&'static Location` behind the arguments.
bool requiresCallerLocation(Ctx &tcx, const Instance &instance);
Ty callerLocationTy(Ctx &tcx);

// The alignment a non-null pointer at `offset` of a value promises for what it points to; 1: none (rustc pointee_info_at).
uint64_t pointeeAlign(Ctx &tcx, TyLayout l, uint64_t offset);

// Never null; a layout error among the types was reported.
inline const FnAbi *fnAbiOf(Ctx &tcx, const Instance &instance) { return tcx.fnAbiOfInstance(instance); }
// Of a fn pointer type.
inline const FnAbi *fnAbiOfPtr(Ctx &tcx, Ty fnPtr) { return tcx.fnAbiOfFnPtr(fnPtr); }
// Of a call with variadic arguments; not memoised, lies in the arena.
const FnAbi *fnAbiVariadic(Ctx &tcx, const FnSig &sig, llvm::ArrayRef<Ty> extra, const Instance *instance);

// The arguments and results of foreign functions, in place; one per architecture. Used by fnAbiOf.
void adjustForSysV64(Ctx &tcx, FnAbi &abi);   // x86-64: System V psABI 3.2.3
void adjustForAapcs64(Ctx &tcx, FnAbi &abi);  // AArch64: AAPCS64 6.8
void adjustForLp64d(Ctx &tcx, FnAbi &abi);    // RISC-V: psABI, "Integer" and "Hardware Floating-point Calling Convention"

} // namespace ferric::layout
