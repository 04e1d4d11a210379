// Which blocks are seldom run (rustc_codegen_ssa::mir::find_cold_blocks): those that end in a call of a #[cold]
// function or in nothing at all, and those from which every way leads to such a block. Branches to them are weighted,
// so that LLVM lays them out of line. `core::hint::{likely, unlikely, cold_path}` come down to this: the intrinsic
// cold_path is #[cold].
#include "codegen/function.h"
#include "mir/cfg.h"

namespace ferric::codegen {

using mir::TerminatorKind;

static bool callsColdFunction(Ctx &tcx, const mir::Terminator &t, unsigned depth);

// An always-inlined function that takes nothing and begins with a cold call, as core::hint::cold_path is one.
static bool isColdMarker(Ctx &tcx, DefId def, const ty::CodegenAttrs &attrs, unsigned depth) {
  constexpr unsigned kDepth = 4;
  if ((attrs.inlining != ty::InlineAttr::Always && attrs.inlining != ty::InlineAttr::Force) || depth == kDepth)
    return false;
  const mir::Body *body = tcx.defKind(def) == DefKind::Fn ? tcx.mirOptimized(def) : nullptr;
  return body && body->argCount == 0 && !body->tainted && callsColdFunction(tcx, body->blocks[0].terminator, depth + 1);
}

static bool callsColdFunction(Ctx &tcx, const mir::Terminator &t, unsigned depth) {
  if (t.kind != TerminatorKind::Call && t.kind != TerminatorKind::TailCall)
    return false;
  if (!t.operand.isConst() || !t.operand.constant().ty.is(TyKind::FnDef) ||
      tcx.defKind(t.operand.constant().ty.def()) == DefKind::Ctor)
    return false;
  DefId def = t.operand.constant().ty.def();
  const ty::CodegenAttrs *attrs = tcx.codegenAttrs(def);
  return attrs && (attrs->cold || (t.args.empty() && isColdMarker(tcx, def, *attrs, depth)));
}

std::vector<bool> findColdBlocks(Ctx &tcx, const mir::Body &body, llvm::ArrayRef<BlockId> order) {
  std::vector<bool> cold(body.blocks.size());
  for (BlockId id : llvm::reverse(order)) {
    const mir::Terminator &t = body.block(id).terminator;
    if (t.kind == TerminatorKind::Unreachable || callsColdFunction(tcx, t, 0)) {
      cold[id.raw] = true;
      continue;
    }
    llvm::SmallVector<BlockId, 4> next;
    mir::successors(t, next);
    cold[id.raw] = !next.empty() && llvm::all_of(next, [&](BlockId n) { return cold[n.raw]; });
  }
  return cold;
}

} // namespace ferric::codegen
