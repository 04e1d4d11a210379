// Expands the drop of one place into what it does: drop flags are tested, partly moved values are dropped field by field
// (rustc_mir_transform::elaborate_drop). Used for drops in bodies and, with everything initialised, for drop glue.
#pragma once
#include "mir/cfg.h"
#include "mir_transform/move_paths.h"

namespace ferric::mir_transform {

enum class DropStyle : uint8_t { Dead, Static, Conditional, Open };

// What is known of the paths of the body at the drop at hand.
class DropOracle {
public:
  virtual ~DropOracle() = default;
  // deep: of the path and all inside it.
  virtual DropStyle style(MovePathId path, bool deep) = 0;
  virtual bool dropFlag(MovePathId path, Operand &out) = 0;
  // Clears the flag at the start of a (new) block.
  virtual void clearFlag(BlockId block, MovePathId path, bool deep) = 0;
  virtual MovePathId child(MovePathId path, llvm::function_ref<bool(const ProjElem &)> matches) = 0;
  // Drop glue: a variant has the path of its enum.
  virtual MovePathId downcastChild(MovePathId path, uint32_t variant) = 0;
};

class DropLadder {
public:
  DropLadder(Ctx &tcx, ParamEnv env, const Body &body, Patch &patch, DropOracle &oracle, SourceInfo source)
      : tcx(tcx), env(env), body(body), patch(patch), oracle(oracle), source(source) {}
  // Replaces the terminator of `block` by the drop of `place`, going on at `succ`.
  void elaborate(BlockId block, const Place &place, MovePathId path, BlockId succ);

private:
  struct Drop { Place place; MovePathId path; BlockId succ; };
  using Field = std::pair<Place, MovePathId>;
  Ty typeOf(const Place &p) const;
  void elaborate(BlockId block, const Drop &d);
  BlockId openDrop(const Drop &d);
  BlockId openAdt(const Drop &d, Ty ty);
  BlockId openAdtContents(const Drop &d, Ty ty);
  BlockId openVariants(const Drop &d, Ty ty, BlockId succ);
  BlockId openTuple(const Drop &d, llvm::ArrayRef<Ty> tys);
  BlockId openArray(const Drop &d, Ty ty);
  BlockId openBoxContents(const Drop &d, Ty ty, BlockId succ);
  BlockId sliceLoop(const Drop &d, Ty elem);
  BlockId ladder(llvm::SmallVectorImpl<Field> &fields, MovePathId parent, BlockId succ);
  void variantFields(const Place &base, MovePathId path, const VariantDef &v, GenericArgs args, llvm::SmallVectorImpl<Field> &out);
  BlockId dropSubpath(const Place &place, MovePathId path, MovePathId parent, BlockId succ);
  BlockId completeDrop(const Drop &d);
  BlockId destructorCall(const Drop &d, BlockId succ);
  BlockId flagTest(MovePathId path, BlockId onSet, BlockId onUnset);
  BlockId flagReset(MovePathId path, bool deep, BlockId succ);
  BlockId dropBlock(const Place &place, BlockId succ);
  BlockId newBlock(std::vector<Statement> statements, Terminator t);
  Terminator term(TerminatorKind kind, llvm::ArrayRef<BlockId> targets) const;
  Statement assign(Place p, Rvalue r) const;
  Local temp(Ty t) { return patch.newTemp(t, source); }

  Ctx &tcx;
  ParamEnv env;
  const Body &body;
  Patch &patch;
  DropOracle &oracle;
  SourceInfo source;
};

} // namespace ferric::mir_transform
