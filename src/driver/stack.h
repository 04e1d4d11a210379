// The stack that the compiler runs on.
#pragma once
#include "llvm/ADT/STLFunctionalExtras.h"
#include <cstddef>

namespace ferric::driver {

// Calls `f` on a stack of `bytes` bytes, of which memory is only taken for what is used, behind a page that must not be touched; on a smaller
// one where address space is limited, on the present one where there is none to be had.
void runOnLargeStack(size_t bytes, llvm::function_ref<void()> f);

} // namespace ferric::driver
