// What may be in a value, decided by the value where it is visible in a body, else by its type
// (rustc_const_eval::check_consts::qualifs).
#pragma once
#include "mir/ty_query.h"

namespace ferric::mir_transform {

using namespace mir;

enum class Qualif : uint8_t {
  HasMutInterior,    // interior mutability outside of pointers
  NeedsNonConstDrop, // a destructor that cannot run at compile time
};

// Whether a type can be dropped at compile time: `T: [const] Destruct` inside of `owner` (RFC 3762).
bool isConstDestruct(Ctx &tcx, ParamEnv env, DefId owner, Ty t);

// Answers for every place of one body. A local has the quality if anything assigned to it has, or if it is borrowed
// mutably and its type may have it.
class Qualifs {
public:
  Qualifs(Ctx &tcx, const Body &body, ParamEnv env, Qualif q, unsigned depth = 0);
  bool ofType(Ty t);
  bool ofPlace(const Place &p);
  bool ofLocal(Local l) { return locals_[l.raw]; }

private:
  bool ofOperand(const Operand &o);
  bool ofRvalue(const Rvalue &r);
  bool ofConstant(const Constant &c);
  bool assign(const Place &p, bool quality);
  bool step();
  void markBorrowed();

  Ctx &tcx_;
  const Body &body_;
  ParamEnv env_;
  Qualif q_;
  unsigned depth_; // of constants that use constants
  std::vector<bool> locals_;
  llvm::DenseMap<Ty, bool> types_;
};

} // namespace ferric::mir_transform
