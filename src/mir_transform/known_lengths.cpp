// Branches on the length of a slice that was an array in the same body: its length is known, and with it which way the branch goes. What is
// only on the other way is never collected (rustc_mir_transform::gvn, of which this is the part that decides what a program is made of).
#include "mir/cfg.h"
#include "mir/visit.h"
#include "mir_transform/passes.h"

namespace ferric::mir_transform {

using ty::TyKind;

namespace {

// The pointee of a reference or raw pointer; none: another type.
Ty pointee(Ty t) { return t.is(TyKind::Ref) || t.is(TyKind::RawPtr) ? t.inner() : Ty(); }

// The length of the array behind the pointer that an unsizing cast makes a slice of.
std::optional<uint64_t> unsizedLength(Ctx &tcx, const Body &body, const Statement &s) {
  if (s.kind != StatementKind::Assign || s.rvalue.kind != RvalueKind::Cast || s.rvalue.cast != CastKind::Unsize)
    return std::nullopt;
  Ty to = pointee(s.rvalue.ty), from = to && to.is(TyKind::Slice) ? pointee(operandTy(tcx, body, s.rvalue.operands[0])) : Ty();
  if (!from || !from.is(TyKind::Array) || !from.len().is(ty::ConstKind::Value))
    return std::nullopt;
  return from.len().value()->leaf.lo;
}

bool makesSliceOfArray(Ctx &tcx, const Body &body) {
  for (const BasicBlock &b : body.blocks)
    for (const Statement &s : b.statements)
      if (unsizedLength(tcx, body, s))
        return true;
  return false;
}

// How often each local gets a value. What may be changed through a borrow counts as changed.
struct Definitions : Visitor {
  explicit Definitions(const Body &body) : count(body.locals.size()) {
    for (uint32_t i = 1; i <= body.argCount; ++i)
      count[i] = 1;
    visit(body);
  }
  void visitLocal(Local &l, PlaceContext c, Location) override {
    if (c == PlaceContext::MutBorrow || c == PlaceContext::RawMut || c == PlaceContext::RawConst)
      count[l.raw] = 2;
    else if (isDef(c) || c == PlaceContext::SetDiscriminant)
      ++count[l.raw];
  }
  bool isOnce(Local l) const { return count[l.raw] == 1; }
  std::vector<uint32_t> count;
};

// The integer and bool a local is, or the length of the slice that it points to; of locals with one value only.
class Known {
public:
  Known(Ctx &tcx, const Body &body) : tcx_(tcx), body_(body), definitions_(body), values_(body.locals.size()) {}

  void learn(const Statement &s) {
    if (s.kind == StatementKind::Assign && s.place.isLocal() && definitions_.isOnce(s.place.local))
      values_[s.place.local.raw] = valueOf(s);
  }
  std::optional<uint64_t> of(const Operand &o) const {
    if (o.isPlace())
      return o.place.isLocal() ? values_[o.place.local.raw] : std::nullopt;
    if (!o.isConst() || o.constant().kind != ConstantKind::Value || o.constant().value.kind != ConstValueKind::Scalar)
      return std::nullopt;
    const Scalar &scalar = o.constant().value.scalar;
    bool fits = scalar.kind == ScalarKind::Int && scalar.bits.size <= 8 && !isSigned(o.constant().ty);
    return fits ? std::optional(scalar.bits.lo) : std::nullopt;
  }

private:
  // A borrow of what a pointer points to is that pointer.
  std::optional<uint64_t> reborrowed(const Place &p) const {
    return p.proj.size() == 1 && p.hasDerefFirst() ? values_[p.local.raw] : std::nullopt;
  }

  std::optional<uint64_t> valueOf(const Statement &s) const {
    const Rvalue &r = s.rvalue;
    switch (r.kind) {
    case RvalueKind::Use: return of(r.operands[0]);
    case RvalueKind::CopyForDeref: return of(Operand::copy(r.place));
    case RvalueKind::Ref:
    case RvalueKind::RawPtr: return reborrowed(r.place);
    case RvalueKind::Cast: return unsizedLength(tcx_, body_, s);
    case RvalueKind::UnaryOp: return unary(r);
    case RvalueKind::BinaryOp: return comparison(r);
    default: return std::nullopt;
    }
  }

  std::optional<uint64_t> unary(const Rvalue &r) const {
    std::optional<uint64_t> v = of(r.operands[0]);
    if (v && r.unOp == UnOp::Not && operandTy(tcx_, body_, r.operands[0]).is(TyKind::Bool))
      return !*v;
    return r.unOp == UnOp::PtrMetadata ? v : std::nullopt;
  }

  // Of lengths and of what follows from them, which have no sign.
  std::optional<uint64_t> comparison(const Rvalue &r) const {
    std::optional<uint64_t> a = of(r.operands[0]), b = a ? of(r.operands[1]) : std::nullopt;
    if (!b || pointee(operandTy(tcx_, body_, r.operands[0])))
      return std::nullopt;
    switch (r.binOp) {
    case BinOp::Eq: return *a == *b;
    case BinOp::Ne: return *a != *b;
    case BinOp::Lt: return *a < *b;
    case BinOp::Le: return *a <= *b;
    case BinOp::Gt: return *a > *b;
    case BinOp::Ge: return *a >= *b;
    default: return std::nullopt;
    }
  }

  Ctx &tcx_;
  const Body &body_;
  Definitions definitions_;
  std::vector<std::optional<uint64_t>> values_;
};

} // namespace

void foldKnownLengths(Ctx &tcx, Body &body) {
  if (!makesSliceOfArray(tcx, body))
    return;
  Known known(tcx, body);
  for (BlockId b : reversePostorder(body)) {
    for (const Statement &s : body.block(b).statements)
      known.learn(s);
    Terminator &t = body.block(b).terminator;
    if (t.kind != TerminatorKind::SwitchInt || !t.operand.isPlace())
      continue;
    std::optional<uint64_t> v = known.of(t.operand);
    if (!v)
      continue;
    Ty type = operandTy(tcx, body, t.operand);
    t.operand = Operand::ofConst(constInt(type, *v, uint8_t(scalarSize(tcx, type))), t.operand.span);
  }
}

} // namespace ferric::mir_transform
