// Which functions of a library are left to those who use them, as if they were `#[inline]`
// (rustc_mir_transform::cross_crate_inline).
#pragma once
#include "mono/instance_body.h"

namespace ferric::mono {

// Generic over more than lifetimes, itself or what it is in.
bool isGeneric(Ctx &tcx, DefId def);

// A declaration in an `extern` block.
bool isForeign(Ctx &tcx, DefId def);

// Whether other crates can be compiled against what is made of the crate.
bool isLibrary(const Options &options);

// The instance of a function that is generic over lifetimes at most.
Instance onlyInstance(Ctx &tcx, DefId def);

// Answers, and remembers, for one compilation. Bodies must have been checked without errors.
class CrossCrateInline {
public:
  explicit CrossCrateInline(Ctx &tcx);

  // Whether code is made of a function of the local crate only where it is used: it is marked `#[inline]`, or, with
  // optimisation, it is small and calls nothing once what is small is inlined into it. Generic functions are not asked
  // about.
  bool contains(DefId def);

private:
  // What a body comes to after inlining. Not a leaf: it calls, drops, or cleans up after a panic.
  struct Cost {
    bool isLeaf = false;
    unsigned statements = 0; // terminators count as statements
    // What the inliner looks at: the generic body, in which calls of methods of its parameters are left.
    int instructions = 0; // switches by their size, no jumps
    unsigned calls = 0;   // and assertions
    unsigned blocks = 0;
    std::optional<unsigned __int128> result; // returned on every way
  };
  class Measure;
  Cost costOf(const Instance &i);
  bool isInlined(const Instance &callee, const Cost &cost);

  Ctx &tcx_;
  bool keepsChecks_; // the crate is one whose MIR keeps `ub_checks()` open
  unsigned depth_ = 0;
  llvm::DenseMap<DefId, bool> known_;
  llvm::DenseMap<Instance, Cost> costs_;
};

} // namespace ferric::mono
