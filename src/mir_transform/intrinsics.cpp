// Calls of intrinsics that have a form of their own in MIR, so that evaluation and code generation see one rvalue each
// (rustc_mir_transform::lower_intrinsics), and the choice of const_eval_select.
#include "mir_transform/passes.h"
#include "ty/codegen_attrs.h"
#include "llvm/ADT/StringSwitch.h"

namespace ferric::mir_transform {

using ty::TyKind;

namespace {
enum class Lowering : uint8_t {
  None, Unreachable, UbChecks, OverflowChecks, ContractChecks, Forget, CopyNonOverlapping, Assume, Binary, ReadViaCopy, WriteViaMove, Discriminant,
  Offset, SliceGetUnchecked, Transmute, AggregateRawPtr, PtrMetadata,
};
struct Rule { Lowering lowering = Lowering::None; BinOp op{}; };

Rule ruleOf(llvm::StringRef name) {
  using L = Lowering;
  return llvm::StringSwitch<Rule>(name)
      .Case("unreachable", {L::Unreachable})
      .Case("ub_checks", {L::UbChecks})
      .Case("overflow_checks", {L::OverflowChecks})
      .Case("contract_checks", {L::ContractChecks})
      .Case("forget", {L::Forget})
      .Case("copy_nonoverlapping", {L::CopyNonOverlapping})
      .Case("assume", {L::Assume})
      .Case("wrapping_add", {L::Binary, BinOp::Add})
      .Case("wrapping_sub", {L::Binary, BinOp::Sub})
      .Case("wrapping_mul", {L::Binary, BinOp::Mul})
      .Case("three_way_compare", {L::Binary, BinOp::Cmp})
      .Case("add_with_overflow", {L::Binary, BinOp::AddWithOverflow})
      .Case("sub_with_overflow", {L::Binary, BinOp::SubWithOverflow})
      .Case("mul_with_overflow", {L::Binary, BinOp::MulWithOverflow})
      .Case("unchecked_add", {L::Binary, BinOp::AddUnchecked})
      .Case("unchecked_sub", {L::Binary, BinOp::SubUnchecked})
      .Case("unchecked_mul", {L::Binary, BinOp::MulUnchecked})
      .Case("unchecked_div", {L::Binary, BinOp::Div})
      .Case("unchecked_rem", {L::Binary, BinOp::Rem})
      .Case("unchecked_shl", {L::Binary, BinOp::ShlUnchecked})
      .Case("unchecked_shr", {L::Binary, BinOp::ShrUnchecked})
      .Case("read_via_copy", {L::ReadViaCopy})
      .Case("write_via_move", {L::WriteViaMove})
      .Case("discriminant_value", {L::Discriminant})
      .Case("offset", {L::Offset})
      .Case("slice_get_unchecked", {L::SliceGetUnchecked})
      .Cases({"transmute", "transmute_unchecked"}, {L::Transmute})
      .Case("aggregate_raw_ptr", {L::AggregateRawPtr})
      .Case("ptr_metadata", {L::PtrMetadata})
      .Default({});
}

// The fn item that a call names; none: not one.
Ty calleeItem(const Terminator &t) {
  return t.kind == TerminatorKind::Call && t.operand.isConst() && t.operand.constant().ty.is(TyKind::FnDef) ? t.operand.constant().ty : Ty();
}

struct IntrinsicLowering {
  Ctx &tcx;
  Body &body;

  void assign(BasicBlock &b, Rvalue r) {
    Statement s;
    s.kind = StatementKind::Assign;
    s.source = b.terminator.source;
    s.place = b.terminator.place;
    s.rvalue = std::move(r);
    b.statements.push_back(std::move(s));
  }
  static Rvalue use(Operand o) {
    Rvalue r;
    r.operands.push_back(std::move(o));
    return r;
  }
  void assignUnit(BasicBlock &b) { assign(b, use(Operand::ofConst(constZst(tcx.common.unit)))); }
  // The call is done: go where it returns.
  void finish(BasicBlock &b) {
    Terminator t;
    t.source = b.terminator.source;
    t.kind = b.terminator.targets.empty() ? TerminatorKind::Unreachable : TerminatorKind::Goto;
    t.targets = b.terminator.targets;
    b.terminator = std::move(t);
  }
  void checks(BasicBlock &b, RuntimeChecks c) { assign(b, use(Operand::runtimeChecks(c))); }

  // An operand as a local, so that it can be projected.
  Local asLocal(BasicBlock &b, const Operand &o) {
    if (o.isPlace() && o.place.isLocal())
      return o.place.local;
    LocalDecl d;
    d.ty = operandTy(tcx, body, o);
    d.source = b.terminator.source;
    Local l = body.addLocal(d);
    Statement s;
    s.kind = StatementKind::Assign;
    s.source = b.terminator.source;
    s.place = Place(l);
    s.rvalue = use(o);
    b.statements.push_back(std::move(s));
    return l;
  }

  void lower(BasicBlock &b, Ty callee, Rule rule) {
    Terminator &t = b.terminator;
    Rvalue r;
    switch (rule.lowering) {
    case Lowering::None: return;
    case Lowering::Unreachable: t.targets.clear(); break;
    case Lowering::UbChecks: checks(b, RuntimeChecks::UbChecks); break;
    case Lowering::OverflowChecks: checks(b, RuntimeChecks::OverflowChecks); break;
    case Lowering::ContractChecks: checks(b, RuntimeChecks::ContractChecks); break;
    case Lowering::Forget: assignUnit(b); break;
    case Lowering::CopyNonOverlapping:
    case Lowering::Assume: {
      Statement s;
      s.kind = rule.lowering == Lowering::Assume ? StatementKind::Assume : StatementKind::CopyNonOverlapping;
      s.source = t.source;
      s.operands.append(t.args.begin(), t.args.end());
      b.statements.push_back(std::move(s));
      assignUnit(b);
      break;
    }
    case Lowering::Binary:
    case Lowering::Offset:
      r.kind = RvalueKind::BinaryOp;
      r.binOp = rule.lowering == Lowering::Offset ? BinOp::Offset : rule.op;
      r.operands.append(t.args.begin(), t.args.end());
      assign(b, std::move(r));
      break;
    case Lowering::ReadViaCopy: assign(b, use(Operand::copy(Place(asLocal(b, t.args[0])).deref()))); break;
    case Lowering::WriteViaMove: {
      Statement s;
      s.kind = StatementKind::Assign;
      s.source = t.source;
      s.place = Place(asLocal(b, t.args[0])).deref();
      s.rvalue = use(t.args[1]);
      b.statements.push_back(std::move(s));
      assignUnit(b);
      break;
    }
    case Lowering::Discriminant:
      r.kind = RvalueKind::Discriminant;
      r.place = Place(asLocal(b, t.args[0])).deref();
      assign(b, std::move(r));
      break;
    case Lowering::SliceGetUnchecked: {
      Ty ret = callee.args()[0].ty();
      Local ptr = asLocal(b, t.args[0]), index = asLocal(b, t.args[1]);
      r.kind = ret.is(TyKind::RawPtr) ? RvalueKind::RawPtr : RvalueKind::Ref;
      r.mut = ret.is(TyKind::RawPtr) || ret.is(TyKind::Ref) ? ret.mut() : Mutability::Not;
      r.borrow = r.mut == Mutability::Mut ? MirBorrowKind::Mut : MirBorrowKind::Shared;
      r.place = Place(ptr).deref().index(index);
      assign(b, std::move(r));
      break;
    }
    case Lowering::Transmute:
      r.kind = RvalueKind::Cast;
      r.cast = CastKind::Transmute;
      r.ty = placeTy(tcx, body, t.place).ty;
      r.operands.push_back(t.args[0]);
      assign(b, std::move(r));
      break;
    case Lowering::AggregateRawPtr: {
      Ty ptr = callee.args()[0].ty();
      if (!ptr.is(TyKind::RawPtr)) // a parameter in the library's own wrapper
        return;
      r.kind = RvalueKind::Aggregate;
      r.aggregate = AggregateKind::RawPtr;
      r.ty = ptr.inner();
      r.mut = ptr.mut();
      r.operands.append(t.args.begin(), t.args.end());
      assign(b, std::move(r));
      break;
    }
    case Lowering::PtrMetadata:
      r.kind = RvalueKind::UnaryOp;
      r.unOp = UnOp::PtrMetadata;
      r.operands.push_back(t.args[0]);
      assign(b, std::move(r));
      break;
    }
    finish(b);
  }
};

bool isIntrinsic(Ctx &tcx, DefId def) {
  DefKind k = tcx.defKind(def);
  return k == DefKind::Fn && tcx.codegenAttrs(def)->isIntrinsic;
}
} // namespace

// Types whose Clone is a copy of their bits (rustc Ty::is_trivially_pure_clone_copy; the simple ones).
static bool isTriviallyCloned(Ty t) {
  switch (t.kind()) {
  case TyKind::Bool: case TyKind::Char: case TyKind::Int: case TyKind::Uint: case TyKind::Float: case TyKind::RawPtr: case TyKind::FnDef:
  case TyKind::FnPtr: case TyKind::Never: return true;
  case TyKind::Ref: return t.mut() == Mutability::Not;
  default: return false;
  }
}

// Besides intrinsics: `<[T]>::len` is the metadata of the slice pointer, a primitive's `clone` a copy (rustc_mir_transform::{lower_slice_len,
// instsimplify}).
void lowerIntrinsics(Ctx &tcx, Body &body, ParamEnv env) {
  IntrinsicLowering l{tcx, body};
  DefId cloneFn = tcx.langItem(sym::clone_fn);
  DefId sliceLen = tcx.langItem(sym::slice_len_fn);
  for (size_t i = 0; i < body.blocks.size(); ++i) {
    Ty callee = calleeItem(body.blocks[i].terminator);
    if (callee && callee.def() == sliceLen)
      l.lower(body.blocks[i], callee, {Lowering::PtrMetadata});
    else if (callee && callee.def() == cloneFn && isTriviallyCloned(callee.args()[0].ty()))
      l.lower(body.blocks[i], callee, {Lowering::ReadViaCopy});
    else if (callee && isIntrinsic(tcx, callee.def()))
      l.lower(body.blocks[i], callee, ruleOf(tcx.sess.str(tcx.crates.name(callee.def()))));
  }
}

static bool isConstEvalSelect(Ctx &tcx, const Terminator &t) {
  Ty callee = calleeItem(t);
  return callee && tcx.crates.name(callee.def()) == sym::const_eval_select && isIntrinsic(tcx, callee.def());
}

bool hasConstEvalSelect(Ctx &tcx, const Body &body) {
  return llvm::any_of(body.blocks, [&](const BasicBlock &b) { return isConstEvalSelect(tcx, b.terminator); });
}

void resolveConstEvalSelect(Ctx &tcx, Body &body, bool inConst) {
  for (BasicBlock &b : body.blocks) {
    if (!isConstEvalSelect(tcx, b.terminator))
      continue;
    Terminator &t = b.terminator;
    Operand tuple = t.args[0], fn = t.args[inConst ? 1 : 2];
    Ty tupleTy = operandTy(tcx, body, tuple);
    CHECK(tupleTy.is(TyKind::Tuple), "arguments of const_eval_select");
    bool isMove = tuple.kind != OperandKind::Copy;
    if (!tuple.isPlace())
      tuple.place = Place(IntrinsicLowering{tcx, body}.asLocal(b, tuple));
    t.args.clear();
    for (uint32_t i = 0; i < tupleTy.tuple().size(); ++i) {
      Place field = tuple.place.field(i, tupleTy.tuple()[i]);
      t.args.push_back(isMove ? Operand::move(field) : Operand::copy(field));
    }
    t.operand = std::move(fn);
  }
}

} // namespace ferric::mir_transform
