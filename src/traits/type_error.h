// Why two types do not relate: what relate reports and messages are made of (rustc_type_ir::error::TypeError).
#pragma once
#include "ty/ty.h"

namespace ferric::traits {

enum class TypeErrorKind : uint8_t {
  None,
  Sorts,               // different kinds of types: expected/found
  Mutability,
  Safety, Abi,         // fn pointers
  ArgCount,            // fn signatures with n1 / n2 inputs
  Variadic,
  TupleSize,           // n1 / n2
  ArraySize,           // lengths: expected/found constants
  Traits,              // def1 / def2
  IntMismatch,         // an integer variable against a type that is no integer
  FloatMismatch,
  CyclicTy,            // the variable occurs in the type it would become
  CyclicConst,
  ConstMismatch,       // expected/found constants
  ProjectionMismatch,  // def1 / def2
  ExistentialMismatch, // dyn types with different parts
  PolarityMismatch,
  PatternMismatch,
  RegionsInsufficient,
};

// `expected` and `found` are the innermost parts that differ; the whole types are known to who asked.
struct TypeError {
  TypeErrorKind kind = TypeErrorKind::None;
  ty::GenericArg expected, found;
  DefId def1, def2;
  uint64_t n1 = 0, n2 = 0;
  explicit operator bool() const { return kind != TypeErrorKind::None; }
};

} // namespace ferric::traits
