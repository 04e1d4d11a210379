// Values while code is generated: where a Rust value is, in LLVM's terms (rustc_codegen_ssa::mir::{place, operand}).
#pragma once
#include "layout/layout.h"
#include "llvm/IR/Value.h"

namespace ferric::codegen {

using layout::TyLayout;

// Memory that holds a value of `layout`; `meta` is the length or vtable of an unsized one. `align`: known alignment in bytes.
struct Place {
  llvm::Value *ptr = nullptr, *meta = nullptr;
  uint64_t align = 1;
  TyLayout layout;
};

// Immediate: a scalar (bool as i1) or vector. Pair: two scalars. Ref: in memory at `a` (metadata `b`).
enum class OperandKind : uint8_t { ZeroSized, Immediate, Pair, Ref };
struct Operand {
  OperandKind kind = OperandKind::ZeroSized;
  llvm::Value *a = nullptr, *b = nullptr;
  uint64_t align = 1;          // Ref
  TyLayout layout;
  static Operand zst(TyLayout l) { return {OperandKind::ZeroSized, nullptr, nullptr, 1, l}; }
  static Operand immediate(llvm::Value *v, TyLayout l) { return {OperandKind::Immediate, v, nullptr, 1, l}; }
  static Operand pair(llvm::Value *a, llvm::Value *b, TyLayout l) { return {OperandKind::Pair, a, b, 1, l}; }
  static Operand ref(const Place &p) { return {OperandKind::Ref, p.ptr, p.meta, p.align, p.layout}; }
  Place place() const { CHECK(kind == OperandKind::Ref, "operand is not in memory"); return {a, b, align, layout}; }
  llvm::Value *imm() const { CHECK(kind == OperandKind::Immediate, "operand is no immediate"); return a; }
};

// Alignment still known `offset` bytes further.
inline uint64_t alignAt(uint64_t align, uint64_t offset) { return offset ? std::min(align, offset & (~offset + 1)) : align; }

} // namespace ferric::codegen
