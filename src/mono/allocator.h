// The global allocator of a program: who defines it, and what the compiler adds to it.
#pragma once
#include "ty/context.h"

namespace ferric::mono {

// What the object of a program has to define when a crate of it allocates (`#![needs_allocator]`).
struct AllocatorShim {
  bool needed = false;       // `__rust_no_alloc_shim_is_unstable_v2`, which `alloc` calls
  DefId defaultErrorHandler; // `__rust_alloc_error_handler` is to call this; none: the program has an
                             // #[alloc_error_handler]
};

// Not needed in a library (rlib): whatever links it has the allocator.
AllocatorShim allocatorShim(ty::Ctx &tcx);
// Reports a program that needs an allocator and has none, or has several allocators or error handlers.
void checkAllocator(ty::Ctx &tcx);

} // namespace ferric::mono
