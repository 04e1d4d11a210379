// The default walk over MIR in evaluation order: operands before destinations, statements before the
// terminator. One mutable walk serves both kinds of passes, so that none can forget a place.
#include "mir/visit.h"

namespace ferric::mir {

void Visitor::superBody(Body &body) {
  for (LocalDecl &l : body.locals)
    visitTy(l.ty);
  for (uint32_t b = 0; b < body.blocks.size(); ++b) {
    BasicBlock &block = body.blocks[b];
    uint32_t i = 0;
    for (Statement &s : block.statements)
      visitStatement(s, {BlockId(b), i++});
    if (block.hasTerminator)
      visitTerminator(block.terminator, {BlockId(b), i});
  }
  for (VarDebugInfo &v : body.varDebugInfo)
    visitPlace(v.place, PlaceContext::DebugInfo, {BlockId(0), 0});
  for (Constant &c : body.requiredConsts)
    visitConstant(c, {BlockId(0), 0});
}

void Visitor::superStatement(Statement &s, Location at) {
  switch (s.kind) {
  case StatementKind::Assign:
    visitRvalue(s.rvalue, at);
    visitPlace(s.place, PlaceContext::Store, at);
    return;
  case StatementKind::SetDiscriminant: visitPlace(s.place, PlaceContext::SetDiscriminant, at); return;
  case StatementKind::StorageLive: visitLocal(s.place.local, PlaceContext::StorageLive, at); return;
  case StatementKind::StorageDead: visitLocal(s.place.local, PlaceContext::StorageDead, at); return;
  case StatementKind::FakeRead: visitPlace(s.place, PlaceContext::FakeRead, at); return;
  case StatementKind::PlaceMention: visitPlace(s.place, PlaceContext::PlaceMention, at); return;
  case StatementKind::Assume:
  case StatementKind::CopyNonOverlapping:
    for (Operand &o : s.operands)
      visitOperand(o, at);
    return;
  case StatementKind::Nop:
  case StatementKind::AscribeUserType:
  case StatementKind::ConstEvalCounter: return;
  }
}

static void visitAsm(Visitor &v, InlineAsmData &a, Location at) {
  for (AsmOperand &o : a.operands) {
    switch (o.kind) {
    case ast::AsmOperandKind::In: v.visitOperand(o.in, at); break;
    case ast::AsmOperandKind::InOut:
    case ast::AsmOperandKind::SplitInOut:
      v.visitOperand(o.in, at);
      if (o.hasOut)
        v.visitPlace(o.out, PlaceContext::AsmOutput, at);
      break;
    case ast::AsmOperandKind::Out:
      if (o.hasOut)
        v.visitPlace(o.out, PlaceContext::AsmOutput, at);
      break;
    case ast::AsmOperandKind::Const: v.visitConstant(o.constant, at); break;
    case ast::AsmOperandKind::Sym:
      if (!o.symStatic)
        v.visitConstant(o.constant, at);
      break;
    case ast::AsmOperandKind::Label: break;
    }
  }
}

void Visitor::superTerminator(Terminator &t, Location at) {
  switch (t.kind) {
  case TerminatorKind::SwitchInt: visitOperand(t.operand, at); return;
  case TerminatorKind::Return: {
    Local ret = kReturnPlace;
    visitLocal(ret, PlaceContext::Move, at);
    return;
  }
  case TerminatorKind::Drop: visitPlace(t.place, PlaceContext::Drop, at); return;
  case TerminatorKind::Call:
  case TerminatorKind::TailCall:
    visitOperand(t.operand, at);
    for (Operand &o : t.args)
      visitOperand(o, at);
    if (t.kind == TerminatorKind::Call)
      visitPlace(t.place, PlaceContext::Call, at);
    return;
  case TerminatorKind::Assert:
    visitOperand(t.operand, at);
    for (Operand &o : t.args)
      visitOperand(o, at);
    return;
  case TerminatorKind::InlineAsm: visitAsm(*this, *t.asmData, at); return;
  case TerminatorKind::Yield:
    visitOperand(t.operand, at);
    visitPlace(t.place, PlaceContext::Store, at);
    return;
  case TerminatorKind::Goto:
  case TerminatorKind::UnwindResume:
  case TerminatorKind::UnwindTerminate:
  case TerminatorKind::Unreachable:
  case TerminatorKind::FalseEdge:
  case TerminatorKind::FalseUnwind:
  case TerminatorKind::CoroutineDrop: return;
  }
}

void Visitor::superRvalue(Rvalue &r, Location at) {
  switch (r.kind) {
  case RvalueKind::Use:
  case RvalueKind::Repeat:
  case RvalueKind::BinaryOp:
  case RvalueKind::UnaryOp: break;
  case RvalueKind::Cast:
  case RvalueKind::WrapUnsafeBinder: visitTy(r.ty); break;
  case RvalueKind::Aggregate:
    if (r.ty)
      visitTy(r.ty);
    break;
  case RvalueKind::Ref: {
    PlaceContext c = r.borrow == MirBorrowKind::Shared ? PlaceContext::SharedBorrow
                     : r.borrow == MirBorrowKind::FakeShallow || r.borrow == MirBorrowKind::FakeDeep ? PlaceContext::FakeBorrow
                                                                                                     : PlaceContext::MutBorrow;
    visitPlace(r.place, c, at);
    return;
  }
  case RvalueKind::RawPtr: visitPlace(r.place, r.mut == Mutability::Mut ? PlaceContext::RawMut : PlaceContext::RawConst, at); return;
  case RvalueKind::Discriminant: visitPlace(r.place, PlaceContext::Inspect, at); return;
  case RvalueKind::CopyForDeref: visitPlace(r.place, PlaceContext::Inspect, at); return;
  case RvalueKind::ThreadLocalRef: return;
  }
  for (Operand &o : r.operands)
    visitOperand(o, at);
}

void Visitor::superOperand(Operand &o, Location at) {
  switch (o.kind) {
  case OperandKind::Copy: visitPlace(o.place, PlaceContext::Copy, at); return;
  case OperandKind::Move: visitPlace(o.place, PlaceContext::Move, at); return;
  case OperandKind::Constant: visitConstant(o.constant(), at); return;
  case OperandKind::RuntimeChecks: return;
  }
}

void Visitor::superPlace(Place &p, PlaceContext c, Location at) {
  visitLocal(p.local, p.hasDerefFirst() ? PlaceContext::Projection : c, at);
  for (ProjElem &e : p.proj) {
    if (e.kind == ProjKind::Index) {
      Local index(e.index);
      visitLocal(index, PlaceContext::Projection, at);
      e.index = index.raw;
    } else if (e.ty) {
      visitTy(e.ty);
    }
  }
}

} // namespace ferric::mir
