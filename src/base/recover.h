// Surviving internal errors: for tools that look at many bodies and want to count failures rather than stop at the first.
#pragma once
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>
#include <string>

namespace ferric {

// Runs f. A failed CHECK or a fatal signal inside ends f instead of the process; its message is the result, none when f
// returned. Nothing on the stack of f is destroyed then: whoever calls this must put shared state right again.
std::optional<std::string> surviveInternalErrors(llvm::function_ref<void()> f);

} // namespace ferric
