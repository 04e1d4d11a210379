// Walking MIR: one visitor for passes that look and passes that rewrite (rustc_middle::mir::visit).
#pragma once
#include "mir/mir.h"

namespace ferric::mir {

// A statement of a block, or its terminator when `statement` is the number of statements.
struct Location { BlockId block; uint32_t statement = 0; friend bool operator==(const Location &, const Location &) = default; };

// How a place is used where it stands.
enum class PlaceContext : uint8_t {
  Copy, Move, Inspect, SharedBorrow, FakeBorrow, MutBorrow, RawConst, RawMut, PlaceMention, FakeRead, // reads and borrows
  Store, SetDiscriminant, AsmOutput, Call, Drop,                                                      // writes
  StorageLive, StorageDead,
  Projection,                  // the index local of an Index, or the base of a Deref
  DebugInfo,
};
inline bool isDef(PlaceContext c) { return c == PlaceContext::Store || c == PlaceContext::Call || c == PlaceContext::AsmOutput; }
inline bool isBorrow(PlaceContext c) {
  return c == PlaceContext::SharedBorrow || c == PlaceContext::FakeBorrow || c == PlaceContext::MutBorrow || c == PlaceContext::RawConst || c == PlaceContext::RawMut;
}
inline bool isStorage(PlaceContext c) { return c == PlaceContext::StorageLive || c == PlaceContext::StorageDead; }

// Override what is of interest; call super* to go on inside. Places may be changed in place.
class Visitor {
public:
  virtual ~Visitor() = default;
  virtual void visitBody(Body &body) { superBody(body); }
  virtual void visitStatement(Statement &s, Location at) { superStatement(s, at); }
  virtual void visitTerminator(Terminator &t, Location at) { superTerminator(t, at); }
  virtual void visitRvalue(Rvalue &r, Location at) { superRvalue(r, at); }
  virtual void visitOperand(Operand &o, Location at) { superOperand(o, at); }
  virtual void visitPlace(Place &p, PlaceContext c, Location at) { superPlace(p, c, at); }
  virtual void visitLocal(Local &l, PlaceContext c, Location at) {}
  virtual void visitConstant(Constant &c, Location at) {}
  virtual void visitTy(Ty &t) {}
  void superBody(Body &body);
  void superStatement(Statement &s, Location at);
  void superTerminator(Terminator &t, Location at);
  void superRvalue(Rvalue &r, Location at);
  void superOperand(Operand &o, Location at);
  void superPlace(Place &p, PlaceContext c, Location at);
  // For visitors that change nothing.
  void visit(const Body &body) { visitBody(const_cast<Body &>(body)); }
  void visit(const Statement &s, Location at) { visitStatement(const_cast<Statement &>(s), at); }
  void visit(const Terminator &t, Location at) { visitTerminator(const_cast<Terminator &>(t), at); }
};

} // namespace ferric::mir
