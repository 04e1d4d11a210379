// What the context of an expression tells of its type (rustc_hir_typeck::expectation).
#pragma once
#include "ty/ty.h"

namespace ferric::typeck {

// None: nothing. HasType: it will be coerced to this type. Castable: it is cast to it. RvalueLikeUnsized: the type is
// unsized, so that the expression is a place of it or is unsized later: a hint only.
enum class ExpectKind : uint8_t { None, HasType, Castable, RvalueLikeUnsized };
struct Expectation {
  ExpectKind kind = ExpectKind::None;
  ty::Ty ty;
  static Expectation none() { return {}; }
  static Expectation hasType(ty::Ty t) { return {ExpectKind::HasType, t}; }
  static Expectation castable(ty::Ty t) { return {ExpectKind::Castable, t}; }
  static Expectation rvalueLikeUnsized(ty::Ty t) { return {ExpectKind::RvalueLikeUnsized, t}; }
};

} // namespace ferric::typeck
