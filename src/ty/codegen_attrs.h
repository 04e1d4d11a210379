// Attributes of functions and statics that code generation obeys (rustc CodegenFnAttrs).
#pragma once
#include "base/symbol.h"
#include "llvm/ADT/ArrayRef.h"

namespace ferric::ty {

enum class InlineAttr : uint8_t { None, Hint, Always, Never, Force };
// What a function is to the allocation of memory (#[rustc_allocator] and relatives).
enum class AllocatorAttr : uint8_t { None, Alloc, AllocZeroed, Realloc, Dealloc };
enum class UsedAttr : uint8_t { None, Compiler, Linker };
struct CodegenAttrs {
  InlineAttr inlining{};
  UsedAttr used{};
  AllocatorAttr allocator{};
  bool noMangle = false;
  bool trackCaller = false;
  bool cold = false;
  bool naked = false;
  bool noReturnHint = false;
  bool threadLocal = false;
  bool isIntrinsic = false;            // #[rustc_intrinsic]
  bool mustBeOverridden = false;       // an intrinsic with no fallback body
  bool inheritOverflowChecks = false;  // #[rustc_inherit_overflow_checks]
  bool nounwind = false;
  bool stdInternalSymbol = false;      // #[rustc_std_internal_symbol]
  bool isPanicHandler = false;
  bool optimizeSize = false, optimizeNone = false;
  Symbol exportName;                   // #[export_name], or none
  Symbol linkName;                     // #[link_name] of foreign items
  Symbol linkSection;
  Symbol zeroedVariant;                // #[rustc_allocator_zeroed_variant]
  Symbol linkage;
  llvm::ArrayRef<Symbol> targetFeatures;
};

} // namespace ferric::ty
