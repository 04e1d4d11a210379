// `#![feature(..)]`, for the few places where the language itself differs with it.
#pragma once
#include "ty/context.h"

namespace ferric::ty {

// Whether the crate's attributes ask for the feature.
bool hasFeature(Ctx &tcx, CrateId crate, Symbol name);

} // namespace ferric::ty
