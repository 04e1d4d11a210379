// Which functions of a library other crates can come to: those that they can name, and those that code made by them
// names in its turn, which is that of generic functions and of these left to their users, and of `const fn`s, whose values may
// hold functions; and those that the values of constants hold (rustc_passes::reachable).
#pragma once
#include "mono/cross_crate_inline.h"

namespace ferric::mono {

// What the bodies of the local crate name: functions, closures and constants of it, each once a body. They are noted as
// bodies are checked, for the MIR of most is let go then. Promoted constants are not looked into: a function that is
// named in nothing else is made again by who needs it.
class References {
public:
  void add(Ctx &tcx, DefId owner, const mir::Body &body);
  llvm::ArrayRef<DefId> of(DefId owner) const;

private:
  struct Range {
    uint32_t begin = 0, size = 0;
  };
  llvm::DenseMap<DefId, Range> ranges_;
  std::vector<DefId> named_;
};

// The functions, closures and constants of the local crate that others can come to. `inlines` tells which functions are
// left to those who use them.
llvm::DenseSet<DefId> reachableDefs(Ctx &tcx, const References &references, CrossCrateInline &inlines);

} // namespace ferric::mono
