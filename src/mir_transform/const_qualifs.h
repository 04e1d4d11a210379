// What may be in a value, decided by the value where it is visible in a body, else by its type
// (rustc_const_eval::check_consts::qualifs).
#pragma once
#include "llvm/ADT/BitVector.h"
#include "mir/ty_query.h"
#include "mir/visit.h"

namespace ferric::mir_transform {

using namespace mir;

enum class Qualif : uint8_t {
  HasMutInterior,    // interior mutability outside of pointers
  NeedsDrop,         // a destructor
  NeedsNonConstDrop, // a destructor that cannot run at compile time
};

// Whether a bound in scope inside of `owner` says of a parameter, or of the type of the impl around it, that its methods may be called at compile time.
bool hasConstBound(Ctx &tcx, DefId owner, Ty t);
// Whether a type can be dropped at compile time: `T: [const] Destruct` inside of `owner` (RFC 3762).
bool isConstDestruct(Ctx &tcx, ParamEnv env, DefId owner, Ty t);

// Answers for every place of one body, at a location. A local has the quality from when something is assigned to it that has, or from when it
// is borrowed so that it may change and its type may have it, until it is moved as a whole (not after such a borrow) or its storage ends.
class Qualifs {
public:
  Qualifs(Ctx &tcx, const Body &body, ParamEnv env, Qualif q, unsigned depth = 0);
  bool ofType(Ty t);
  // Before the statement or terminator at the location.
  bool ofPlace(const Place &p, Location at);
  // Of the value that a constant's body returns.
  bool ofResult();
  // By the value of its initialiser where that is known.
  bool ofConstant(const Constant &c);

private:
  struct State { llvm::BitVector has, borrowed; };
  bool ofPlace(const Place &p, const State &s);
  bool ofOperand(const Operand &o, const State &s);
  bool ofRvalue(const Rvalue &r, const State &s);
  void assign(const Place &p, bool quality, State &s);
  void borrow(const Rvalue &r, State &s);
  void apply(const Statement &st, State &s);
  void moves(llvm::ArrayRef<Operand> operands, State &s);
  const State &before(Location at);
  bool flowOut(BlockId b);
  void flow();

  Ctx &tcx_;
  const Body &body_;
  ParamEnv env_;
  Qualif q_;
  unsigned depth_; // of constants that use constants
  std::vector<State> entry_; // by block; empty until something is asked
  Location cursor_;          // the last that was asked about; its block is invalid before
  State atCursor_;           // there: who asks in the order of the statements goes through them once
  llvm::DenseMap<Ty, bool> types_;
};

} // namespace ferric::mir_transform
