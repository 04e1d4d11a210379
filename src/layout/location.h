// `core::panic::Location` constants: what #[track_caller] functions are told of their caller.
#pragma once
#include "layout/layout.h"
#include "mir/alloc.h"

namespace ferric::layout {

// The allocation of a Location for a span: file name, line and column of the outermost macro invocation.
mir::AllocId locationAlloc(Ctx &tcx, Span span);

} // namespace ferric::layout
