// Whether the value of a constant is one of its type.
#pragma once
#include "ctfe/interp.h"

namespace ferric::ctfe {

// What the value is of: decides what references in it may lead to.
enum class ValueOf : uint8_t { Const, Static, Promoted };

// Checks that the interned value in `root`, and all that safe references in it lead to, is valid (Reference:
// behavior-considered-undefined, "Invalid values"; rustc_const_eval::interpret::validity). False: the failure of `in`
// says where and why.
bool validateValue(Interp &in, const Mem &root, ValueOf of);

} // namespace ferric::ctfe
