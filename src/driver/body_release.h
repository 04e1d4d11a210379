// Bodies one after the other, each let go when the next is taken: what checking leaves behind of a large crate is several times its source.
#pragma once
#include "ty/context.h"

namespace ferric::driver {

// Whether a definition of this kind has type checking results of its own; whether it has MIR.
bool ownsTypes(DefKind kind);
bool hasMir(DefKind kind);

class BodyRelease {
public:
  // How much of a body that was checked is let go; one with assembly only as a whole. All: everything. Remakeable: what can be made again when it is asked for, its MIR
  // included. Results: what MIR was built from. Nothing: nothing at all.
  enum class Extent : uint8_t { Nothing, Results, Remakeable, All };
  // check(def): takes a definition's body through the phases; false: it has none, or nothing of it may be let go. extent(def): how much may.
  BodyRelease(ty::Ctx &tcx, llvm::function_ref<bool(DefId)> check, llvm::function_ref<Extent(DefId)> extent);
  // The bodies of a crate: those of the source in order, each followed by those that lowering made in it, or made the compiler lower.
  void run(CrateId crate);

private:
  void findEarly(CrateId crate);
  void checkNested(CrateId crate);
  void checkOneNested(DefId def);
  void release(DefId def);

  ty::Ctx &tcx_;
  llvm::function_ref<bool(DefId)> check_;
  llvm::function_ref<Extent(DefId)> extent_;
  llvm::DenseMap<DefId, llvm::SmallVector<DefId, 2>> nested_; // bodies in which lowering made definitions with bodies, now checked
  llvm::DenseMap<DefId, llvm::SmallVector<DefId, 2>> early_;  // definitions around those in them that lowering did not make
  std::vector<size_t> scanned_; // by crate: definitions that are not from lowering, or were checked
};

} // namespace ferric::driver
