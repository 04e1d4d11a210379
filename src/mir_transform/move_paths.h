// Move paths: the places of a body that are moved or initialised apart from what they are a part of, as a tree
// (rustc-dev-guide, "Moves and initialization"; rustc_mir_dataflow::move_paths). Drop elaboration tracks only types that need drop.
#pragma once
#include "mir/ty_query.h"
#include "mir/visit.h"

namespace ferric::mir_transform {

using namespace mir;

FERRIC_ID(MovePathId);
struct MovePath {
  Place place;
  Ty ty;
  MovePathId parent, firstChild, nextSibling;
};
// What a statement or terminator does to a path. Deep: its children too.
struct PathEffect { MovePathId path; bool init = false; };

class MoveData {
public:
  enum class Tracked : uint8_t { NeedingDrop, All };
  MoveData(Ctx &tcx, const Body &body, ParamEnv env, Tracked tracked = Tracked::NeedingDrop);
  const MovePath &operator[](MovePathId p) const { return paths_[p.raw]; }
  size_t size() const { return paths_.size(); }
  // The path of a place, or the nearest path it is in (exact false); none: not tracked.
  struct Lookup { MovePathId path; bool exact = false; };
  Lookup find(const Place &p) const;
  // The child of a path by its last projection; none: no such path.
  MovePathId child(MovePathId p, llvm::function_ref<bool(const ProjElem &)> matches) const;
  template <class F> void onAllChildren(MovePathId p, F &&f) const {
    f(p);
    for (MovePathId c = paths_[p.raw].firstChild; c.valid(); c = paths_[c.raw].nextSibling)
      onAllChildren(c, f);
  }
  // Moves, then initialisations of a location, deep; those of a call's destination happen on return (`returns`).
  llvm::ArrayRef<PathEffect> effects(Location l) const;
  MovePathId returned(BlockId b) const { return returns_.lookup(b.raw); }

private:
  friend class MoveGatherer;
  std::vector<MovePath> paths_;
  std::vector<MovePathId> locals_;
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, llvm::SmallVector<PathEffect, 2>> effects_; // (block, statement)
  llvm::DenseMap<uint32_t, MovePathId> returns_;                                             // by block
};

} // namespace ferric::mir_transform
