// Bodies seen through an instance's arguments: types and constants made concrete, blocks that can be reached
// (rustc_middle::mir::mono, traversal::mono_reachable). What the collector walks is exactly what code generation lowers.
#pragma once
#include "mir/alloc.h"
#include "mir/mir.h"

namespace ferric::mono {

using ty::Ctx; using ty::GenericArgs; using ty::Instance; using ty::Ty;

// The runtime MIR of an instance: its own, a shim's, or null (foreign, intrinsic without a body, or with errors).
const mir::Body *bodyOf(Ctx &tcx, const Instance &instance);

// A type or constant of a body of `instance`, concrete and normalised.
Ty monoTy(Ctx &tcx, const Instance &instance, Ty t);
GenericArgs monoArgs(Ctx &tcx, const Instance &instance, GenericArgs a);

// The value of a constant operand. None: the evaluation failed and was reported.
std::optional<mir::ConstValue> evalConstant(Ctx &tcx, const Instance &instance, const mir::Constant &c);
// A type-system constant as a value.
std::optional<mir::ConstValue> constValueOf(Ctx &tcx, ty::Const c);
// Integer, bool or char constants as bits; none for everything else.
std::optional<unsigned __int128> evalBits(Ctx &tcx, const Instance &instance, const mir::Constant &c);

// What `RuntimeChecks` operands mean in this session.
bool runtimeCheck(const Session &sess, mir::RuntimeChecks check);

// The one successor of a block whose switch is on a constant, or on the discriminant of an enum of which only one variant can be; none: any.
std::optional<mir::BlockId> constantSuccessor(Ctx &tcx, const Instance &instance, const mir::Body &body, const mir::BasicBlock &block);
// Blocks that can be reached when constant switches are decided, in reverse postorder.
std::vector<mir::BlockId> reachableBlocks(Ctx &tcx, const Instance &instance, const mir::Body &body);

} // namespace ferric::mono
