// Constants as MIR sees them: type-system constants, unevaluated ones, and evaluated values over allocations.
#pragma once
#include "ty/context.h"

namespace ferric::mir {

enum class ScalarKind : uint8_t { Int, Ptr };
// Plain bits, or a pointer: allocation and offset. Size in bytes.
struct Scalar {
  ScalarKind kind = ScalarKind::Int;
  ty::ScalarInt bits;          // Int
  AllocId alloc;               // Ptr
  uint64_t offset = 0;         // Ptr
  friend bool operator==(const Scalar &, const Scalar &) = default;
  static Scalar ofInt(uint64_t v, uint8_t size) { Scalar s; s.bits = {v, 0, size}; return s; }
  static Scalar ofPtr(AllocId a, uint64_t off) { Scalar s; s.kind = ScalarKind::Ptr; s.alloc = a; s.offset = off; s.bits.size = 8; return s; }
};
enum class ConstValueKind : uint8_t { Scalar, ZeroSized, Slice, Indirect };
// Slice: a wide pointer to `alloc` (offset 0) with length `meta`. Indirect: the value lies in `alloc` at `offset`.
struct ConstValue {
  ConstValueKind kind = ConstValueKind::ZeroSized;
  Scalar scalar;
  AllocId alloc;
  uint64_t offset = 0, meta = 0;
};
enum class ConstantKind : uint8_t { Ty, Unevaluated, Value };
struct Constant {
  ConstantKind kind = ConstantKind::Value;
  ty::Ty ty;                   // type of the value
  ty::Const ct;                // Ty: a const parameter or type-system constant
  DefId def;                   // Unevaluated
  ty::GenericArgs args;
  PromotedId promoted;         // Unevaluated: none or a promoted of `def`
  ConstValue value;            // Value
  Span span;
};

} // namespace ferric::mir
