// Constant evaluation: constants, statics, promoteds and array lengths by interpreting their MIR
// (rustc-dev-guide, "Constant evaluation"; rustc_const_eval).
#pragma once
#include "mir/alloc.h"
#include "ty/context.h"

namespace ferric::ctfe {

// Registers constEvalGlobal, staticAlloc and evalUnevaluated.
void registerCtfeProviders(ty::Ctx &tcx);

// Writes the value of a type-system constant into memory of its type; none: it is no value.
mir::AllocId allocOfConst(ty::Ctx &tcx, ty::Const c);
// The value of a constant in memory as a type-system constant (valtree); none: its type has no structural form.
ty::Const constOfAlloc(ty::Ctx &tcx, mir::AllocId alloc, uint64_t offset, ty::Ty type);
// The value of a MIR constant with monomorphic types, as bytes in memory; unevaluated ones are evaluated. The outcome says why
// there is none.
mir::ConstEvalResult evalConstant(ty::Ctx &tcx, const mir::Constant &c);
// The note on where a constant is used whose evaluation failed and was reported.
void noteErroneousConstant(ty::Ctx &tcx, Span span);

} // namespace ferric::ctfe
