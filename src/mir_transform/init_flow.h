// Which move paths may be initialised, and which may not be, at each point of a body (rustc_mir_dataflow::impls::initialized).
#pragma once
#include "mir_transform/move_paths.h"
#include "mir_transform/path_set.h"

namespace ferric::mir_transform {

struct InitState { PathSet maybeInit, maybeUninit; };

class InitFlow {
public:
  // Variants: a switch on a discriminant leaves the paths of other variants uninitialised, which spares drop flags. Ignored: it says nothing, as for
  // what the language takes as moved.
  enum class Switches : uint8_t { Variants, Ignored };
  InitFlow(Ctx &tcx, const Body &body, const MoveData &moves, Switches switches = Switches::Variants);
  // The state before a location. Going forward within a block from call to call is cheap.
  const InitState &before(Location l);
  bool isReachable(BlockId b) const { return reached_[b.raw]; }

private:
  void applyEffects(InitState &s, Location l, const Statement *st);
  void flowInto(BlockId target, const InitState &s, std::vector<uint32_t> &work);
  void switchEdges(BlockId b, const InitState &s, std::vector<uint32_t> &work);
  Ctx &tcx_;
  const Body &body_;
  const MoveData &moves_;
  std::vector<InitState> entry_;
  std::vector<bool> reached_;
  std::vector<bool> queued_;
  InitState current_;
  Location at_;
};

} // namespace ferric::mir_transform
