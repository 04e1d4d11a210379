// The outcome of evaluating a constant, as seen by every phase.
#pragma once
#include "base/id.h"

namespace ferric::mir {

// An allocation of constant memory; see mir/alloc.h.
FERRIC_ID(AllocId);
FERRIC_ID(PromotedId);

enum class EvalOutcome : uint8_t { Error, TooGeneric, Value };
// Value: the constant's bytes are allocation `alloc` (read it as any value of its type). Error: already reported.
struct ConstEvalResult { EvalOutcome outcome{}; AllocId alloc; };

} // namespace ferric::mir
