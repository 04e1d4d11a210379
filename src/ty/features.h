// `#![feature(..)]`, for the few places where the language itself differs with it.
#pragma once
#include "ty/context.h"

namespace ferric::ty {

// Whether the crate's attributes ask for the feature, or it is one that the library's own crates are written in: these need not ask.
bool hasFeature(Ctx &tcx, CrateId crate, Symbol name);

} // namespace ferric::ty
