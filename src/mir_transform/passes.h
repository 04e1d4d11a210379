// The passes between building MIR and using it; each changes a body in place.
#pragma once
#include "mir/ty_query.h"

namespace ferric::mir_transform {

using namespace mir;

// Drops become calls, flag tests or nothing. Before: analysis MIR; after: a Drop terminator drops its place for certain.
void elaborateDrops(Ctx &tcx, Body &body, ParamEnv env);
// Opaque types revealed, projections normalised, in all types of the body.
void normalizePostAnalysis(Ctx &tcx, Body &body, ParamEnv env);
// What only a borrow checker reads goes: fake reads and borrows, place mentions, false edges.
void removeAnalysisOnly(Body &body);
// Deref only as the first projection; derefs of boxes go through their pointer.
void separateDerefs(Ctx &tcx, Body &body, ParamEnv env);
// A value in a packed struct is moved out before it is dropped.
void moveForPackedDrops(Ctx &tcx, Body &body, ParamEnv env);
// Intrinsics that have a MIR form.
void lowerIntrinsics(Ctx &tcx, Body &body, ParamEnv env);
// Switches on the lengths of arrays that became slices get the constant that they are on.
void foldKnownLengths(Ctx &tcx, Body &body);
// Chains of gotos collapsed, blocks merged with their only predecessor, unreachable ones removed.
void simplifyCfg(Body &body);
// Locals that nothing mentions removed.
void removeUnusedLocals(Body &body);
// const_eval_select(args, in_const, at_runtime) calls one of the two; false: there was none.
bool hasConstEvalSelect(Ctx &tcx, const Body &body);
void resolveConstEvalSelect(Ctx &tcx, Body &body, bool inConst);
// Borrows of constant expressions become references to promoted constants (Reference: destructors, "Constant promotion").
void promoteConsts(Ctx &tcx, Body &body, llvm::ArrayRef<BlockId> order, ParamEnv env, std::vector<Body *> &promoted);
// Constants that must be evaluated for the body to be correct, even in code that is not reached.
void collectRequiredConsts(Body &body, llvm::ArrayRef<BlockId> order);
// Invariants of runtime MIR; reports the first that is broken as an internal error.
void validate(Ctx &tcx, const Body &body, ParamEnv env);

} // namespace ferric::mir_transform
