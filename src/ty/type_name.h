// The name of a type as core::any::type_name gives it.
#pragma once
#include "ty/context.h"

namespace ferric::ty {

// Paths begin with the crate's name, the local one's included, closures and constructors are `{{closure}}` and `{{constructor}}`,
// only bound regions are said. The type has no parameters (rustc_const_eval::util::type_name).
std::string typeName(Ctx &tcx, Ty t);

} // namespace ferric::ty
