// Text form of MIR, as close to rustc's --emit=mir as is useful: dumps are compared with the oracle's by eye
// and by FileCheck.
#include "mir/alloc.h"
#include "mir/mir.h"
#include "ty/print.h"

namespace ferric::mir {

namespace {
struct Printer {
  Ctx &tcx;
  const Body &body;
  llvm::raw_ostream &os;

  static const char *name(BinOp op) {
    static const char *const kNames[] = {"Add", "AddUnchecked", "AddWithOverflow", "Sub", "SubUnchecked", "SubWithOverflow", "Mul", "MulUnchecked",
      "MulWithOverflow", "Div", "Rem", "BitXor", "BitAnd", "BitOr", "Shl", "ShlUnchecked", "Shr", "ShrUnchecked", "Eq", "Lt", "Le", "Ne", "Ge", "Gt",
      "Cmp", "Offset"};
    return kNames[unsigned(op)];
  }
  static const char *name(CastKind k) {
    static const char *const kNames[] = {"IntToInt", "FloatToInt", "FloatToFloat", "IntToFloat", "PtrToPtr", "FnPtrToPtr", "Transmute", "Subtype",
      "PointerExposeProvenance", "PointerWithExposedProvenance", "PointerCoercion(ReifyFnPointer)", "PointerCoercion(UnsafeFnPointer)",
      "PointerCoercion(ClosureFnPointer)", "PointerCoercion(MutToConstPointer)", "PointerCoercion(ArrayToPointer)", "PointerCoercion(Unsize)"};
    return kNames[unsigned(k)];
  }
  std::string ty(Ty t) const { return ty::show(tcx, t, {ty::PathStyle::Full}); }

  void place(const Place &p) {
    // Projections wrap what is before them: print the prefixes first.
    std::string s = "_" + std::to_string(p.local.raw);
    for (const ProjElem &e : p.proj) {
      switch (e.kind) {
      case ProjKind::Deref: s = "(*" + s + ")"; break;
      case ProjKind::Field: s = "(" + s + "." + std::to_string(e.index) + ": " + ty(e.ty) + ")"; break;
      case ProjKind::Index: s += "[_" + std::to_string(e.index) + "]"; break;
      case ProjKind::ConstantIndex: s += "[" + std::string(e.fromEnd ? "-" : "") + std::to_string(e.offset) + " of " + std::to_string(e.minLength) + "]"; break;
      case ProjKind::Subslice:
        s += "[" + std::to_string(e.offset) + ":" + (e.fromEnd ? (e.minLength ? "-" + std::to_string(e.minLength) : "") : std::to_string(e.minLength)) + "]";
        break;
      case ProjKind::Downcast: s = "(" + s + " as variant#" + std::to_string(e.index) + ")"; break;
      case ProjKind::OpaqueCast: s = "(" + s + " as " + ty(e.ty) + ")"; break;
      case ProjKind::UnwrapUnsafeBinder: s = "unwrap_binder!(" + s + ")"; break;
      }
    }
    os << s;
  }

  void scalar(const Scalar &s, Ty t) {
    if (s.kind == ScalarKind::Ptr) {
      os << "{alloc" << s.alloc.raw;
      if (s.offset)
        os << "+0x" << llvm::utohexstr(s.offset, true);
      os << ": " << ty(t) << "}";
      return;
    }
    if (t.isBool()) {
      os << (s.bits.lo ? "true" : "false");
      return;
    }
    if (t.is(ty::TyKind::Int) || t.is(ty::TyKind::Uint)) {
      llvm::APInt v(s.bits.size * 8, {s.bits.lo, s.bits.hi});
      llvm::SmallString<40> text;
      v.toString(text, 10, t.is(ty::TyKind::Int));
      os << text << "_" << ty(t);
      return;
    }
    if (t.isChar() && s.bits.lo >= 32 && s.bits.lo < 127) {
      os << "'" << char(s.bits.lo) << "'";
      return;
    }
    os << "{0x" << llvm::utohexstr(s.bits.lo, true) << ": " << ty(t) << "}";
  }

  void constant(const Constant &c) {
    switch (c.kind) {
    case ConstantKind::Ty: os << "const " << ty::show(tcx, c.ct); return;
    case ConstantKind::Unevaluated:
      os << "const " << ty::showDefWithArgs(tcx, c.def, c.args);
      if (c.promoted.valid())
        os << "::promoted[" << c.promoted.raw << "]";
      return;
    case ConstantKind::Value: break;
    }
    if (c.value.kind == ConstValueKind::ZeroSized && c.ty.is(ty::TyKind::FnDef)) {
      os << ty::showDefWithArgs(tcx, c.ty.def(), c.ty.args());
      return;
    }
    os << "const ";
    switch (c.value.kind) {
    case ConstValueKind::Scalar: scalar(c.value.scalar, c.ty); return;
    case ConstValueKind::ZeroSized:
      if (c.ty.isUnit())
        os << "()";
      else
        os << "ZeroSized: " << ty(c.ty);
      return;
    case ConstValueKind::Slice: {
      const GlobalAlloc &g = (*tcx.allocs)[c.value.alloc];
      os << '"';
      if (g.memory)
        os.write_escaped(llvm::StringRef(reinterpret_cast<const char *>(g.memory->bytes.data()), g.memory->bytes.size()));
      os << '"';
      return;
    }
    case ConstValueKind::Indirect: os << "{alloc" << c.value.alloc.raw << ": " << ty(c.ty) << "}"; return;
    }
  }

  void operand(const Operand &o) {
    switch (o.kind) {
    case OperandKind::Copy: os << "copy "; place(o.place); return;
    case OperandKind::Move: os << "move "; place(o.place); return;
    case OperandKind::Constant: constant(o.constant()); return;
    case OperandKind::RuntimeChecks:
      os << (o.checks == RuntimeChecks::UbChecks ? "UbChecks" : o.checks == RuntimeChecks::OverflowChecks ? "OverflowChecks" : "ContractChecks");
      return;
    }
  }
  void operands(llvm::ArrayRef<Operand> os2) {
    llvm::StringRef sep = "";
    for (const Operand &o : os2) {
      os << sep;
      operand(o);
      sep = ", ";
    }
  }

  void aggregate(const Rvalue &r) {
    switch (r.aggregate) {
    case AggregateKind::Array: os << "["; operands(r.operands); os << "]"; return;
    case AggregateKind::Tuple: os << "("; operands(r.operands); os << (r.operands.size() == 1 ? ",)" : ")"); return;
    case AggregateKind::RawPtr: os << (r.mut == Mutability::Mut ? "*mut " : "*const ") << ty(r.ty) << " from ("; operands(r.operands); os << ")"; return;
    case AggregateKind::Closure:
    case AggregateKind::Coroutine: os << "{closure " << ty::showDef(tcx, r.def) << "} ("; operands(r.operands); os << ")"; return;
    case AggregateKind::Adt: break;
    }
    const ty::AdtDef *adt = tcx.adtDef(r.def);
    const ty::VariantDef &v = adt->variants[r.variant];
    os << ty::showDefWithArgs(tcx, r.def, r.args, {ty::PathStyle::Full, true});
    if (adt->isEnum())
      os << "::" << tcx.sess.str(v.name);
    if (v.fields.empty())
      return;
    bool tuple = v.hasCtor;
    os << (tuple ? "(" : " { ");
    llvm::StringRef sep = "";
    for (size_t i = 0; i < r.operands.size(); ++i) {
      os << sep;
      if (!tuple)
        os << tcx.sess.str(v.fields[r.activeField >= 0 ? size_t(r.activeField) : i].name) << ": ";
      operand(r.operands[i]);
      sep = ", ";
    }
    os << (tuple ? ")" : " }");
  }

  void rvalue(const Rvalue &r) {
    switch (r.kind) {
    case RvalueKind::Use: operand(r.operands[0]); return;
    case RvalueKind::Repeat: os << "["; operand(r.operands[0]); os << "; " << ty::show(tcx, r.count) << "]"; return;
    case RvalueKind::Ref:
      os << (r.borrow == MirBorrowKind::Shared        ? "&"
             : r.borrow == MirBorrowKind::FakeShallow ? "&fake shallow "
             : r.borrow == MirBorrowKind::FakeDeep    ? "&fake "
                                                      : "&mut ");
      place(r.place);
      return;
    case RvalueKind::ThreadLocalRef: os << "&/*tls*/ " << ty::showDef(tcx, r.def); return;
    case RvalueKind::RawPtr: os << (r.mut == Mutability::Mut ? "&raw mut " : "&raw const "); place(r.place); return;
    case RvalueKind::Cast: operand(r.operands[0]); os << " as " << ty(r.ty) << " (" << name(r.cast) << ")"; return;
    case RvalueKind::BinaryOp: os << name(r.binOp) << "("; operands(r.operands); os << ")"; return;
    case RvalueKind::UnaryOp: os << (r.unOp == UnOp::Not ? "Not(" : r.unOp == UnOp::Neg ? "Neg(" : "PtrMetadata("); operand(r.operands[0]); os << ")"; return;
    case RvalueKind::Discriminant: os << "discriminant("; place(r.place); os << ")"; return;
    case RvalueKind::Aggregate: aggregate(r); return;
    case RvalueKind::CopyForDeref: os << "deref_copy "; place(r.place); return;
    case RvalueKind::WrapUnsafeBinder: os << "wrap_binder!("; operand(r.operands[0]); os << "; " << ty(r.ty) << ")"; return;
    }
  }

  void statement(const Statement &s) {
    switch (s.kind) {
    case StatementKind::Assign: place(s.place); os << " = "; rvalue(s.rvalue); return;
    case StatementKind::SetDiscriminant: os << "discriminant("; place(s.place); os << ") = " << s.variant; return;
    case StatementKind::StorageLive: os << "StorageLive("; place(s.place); os << ")"; return;
    case StatementKind::StorageDead: os << "StorageDead("; place(s.place); os << ")"; return;
    case StatementKind::Assume: os << "assume("; operands(s.operands); os << ")"; return;
    case StatementKind::CopyNonOverlapping: os << "copy_nonoverlapping("; operands(s.operands); os << ")"; return;
    case StatementKind::Nop: os << "nop"; return;
    case StatementKind::FakeRead: os << "FakeRead("; place(s.place); os << ")"; return;
    case StatementKind::PlaceMention: os << "PlaceMention("; place(s.place); os << ")"; return;
    case StatementKind::AscribeUserType: os << "AscribeUserType"; return;
    case StatementKind::ConstEvalCounter: os << "ConstEvalCounter"; return;
    }
  }

  void target(llvm::StringRef label, BlockId b) { os << label << "bb" << b.raw; }
  void unwind(const Terminator &t) {
    switch (t.unwind) {
    case UnwindAction::Continue: os << "unwind continue"; return;
    case UnwindAction::Unreachable: os << "unwind unreachable"; return;
    case UnwindAction::Terminate: os << "unwind terminate"; return;
    case UnwindAction::Cleanup: target("unwind: ", t.cleanup); return;
    }
  }
  void returnAndUnwind(const Terminator &t) {
    os << " -> ";
    if (t.targets.empty()) {
      unwind(t);
      return;
    }
    target("[return: ", t.targets[0]);
    os << ", ";
    unwind(t);
    os << "]";
  }

  void assertion(const Terminator &t) {
    os << "assert(" << (t.expected ? "" : "!");
    operand(t.operand);
    static const char *const kNames[] = {"BoundsCheck", "Overflow", "OverflowNeg", "DivisionByZero", "RemainderByZero", "MisalignedPointerDereference",
                                         "NullPointerDereference", "InvalidEnumConstruction"};
    os << ", " << kNames[unsigned(t.assertKind)];
    if (t.assertKind == AssertKind::Overflow)
      os << "(" << name(t.assertOp) << ")";
    for (const Operand &o : t.args) {
      os << ", ";
      operand(o);
    }
    os << ") -> ";
    target("[success: ", t.targets[0]);
    os << ", ";
    unwind(t);
    os << "]";
  }

  void asmTerminator(const Terminator &t) {
    os << "asm!(\"";
    for (const hir::AsmPiece &p : t.asmData->pieces) {
      if (p.isString)
        os.write_escaped(tcx.sess.str(p.text));
      else
        os << "{" << p.operand << "}";
    }
    os << '"';
    for (const AsmOperand &o : t.asmData->operands) {
      os << ", ";
      switch (o.kind) {
      case ast::AsmOperandKind::In: os << "in(" << tcx.sess.str(o.reg) << ") "; operand(o.in); break;
      case ast::AsmOperandKind::Out:
        os << (o.late ? "lateout(" : "out(") << tcx.sess.str(o.reg) << ") ";
        if (o.hasOut)
          place(o.out);
        else
          os << "_";
        break;
      case ast::AsmOperandKind::InOut:
      case ast::AsmOperandKind::SplitInOut:
        os << (o.late ? "inlateout(" : "inout(") << tcx.sess.str(o.reg) << ") ";
        operand(o.in);
        os << " => ";
        if (o.hasOut)
          place(o.out);
        else
          os << "_";
        break;
      case ast::AsmOperandKind::Const: constant(o.constant); break;
      case ast::AsmOperandKind::Sym:
        if (o.symStatic)
          os << "sym_static " << ty::showDef(tcx, o.symStatic);
        else {
          os << "sym_fn ";
          constant(o.constant);
        }
        break;
      case ast::AsmOperandKind::Label: target("label ", o.label); break;
      }
    }
    os << ", options(" << t.asmData->options << "))";
    if (t.hasFallthrough)
      returnAndUnwind(t);
    else {
      os << " -> ";
      unwind(t);
    }
  }

  void terminator(const Terminator &t) {
    switch (t.kind) {
    case TerminatorKind::Goto: target("goto -> ", t.targets[0]); return;
    case TerminatorKind::SwitchInt:
      os << "switchInt(";
      operand(t.operand);
      os << ") -> [";
      for (size_t i = 0; i < t.values.size(); ++i) {
        llvm::APInt v(128, {t.values[i].lo, t.values[i].hi});
        llvm::SmallString<40> text;
        v.toString(text, 10, false);
        os << text;
        target(": ", t.targets[i]);
        os << ", ";
      }
      target("otherwise: ", t.targets.back());
      os << "]";
      return;
    case TerminatorKind::UnwindResume: os << "resume"; return;
    case TerminatorKind::UnwindTerminate: os << "terminate"; return;
    case TerminatorKind::Return: os << "return"; return;
    case TerminatorKind::Unreachable: os << "unreachable"; return;
    case TerminatorKind::Drop: os << "drop("; place(t.place); os << ")"; returnAndUnwind(t); return;
    case TerminatorKind::Call:
    case TerminatorKind::TailCall:
      if (t.kind == TerminatorKind::Call) {
        place(t.place);
        os << " = ";
      } else {
        os << "tailcall ";
      }
      if (t.operand.isConst() && t.operand.constant().ty.is(ty::TyKind::FnDef))
        os << ty::showDefWithArgs(tcx, t.operand.constant().ty.def(), t.operand.constant().ty.args());
      else
        operand(t.operand);
      os << "(";
      operands(t.args);
      os << ")";
      if (t.kind == TerminatorKind::Call)
        returnAndUnwind(t);
      return;
    case TerminatorKind::Assert: assertion(t); return;
    case TerminatorKind::InlineAsm: asmTerminator(t); return;
    case TerminatorKind::FalseEdge: target("falseEdge -> [real: ", t.targets[0]); target(", imaginary: ", t.targets[1]); os << "]"; return;
    case TerminatorKind::FalseUnwind: target("falseUnwind -> [real: ", t.targets[0]); os << "]"; return;
    case TerminatorKind::CoroutineDrop: os << "coroutine_drop"; return;
    case TerminatorKind::Yield: os << "yield"; return;
    }
  }

  void locals() {
    for (uint32_t i = 0; i < body.locals.size(); ++i) {
      if (i > 0 && i <= body.argCount)
        continue;
      const LocalDecl &l = body.locals[i];
      os << "    let " << (l.mut == Mutability::Mut || i == 0 ? "mut " : "") << "_" << i << ": " << ty(l.ty) << ";";
      if (l.name.valid())
        os << " // " << tcx.sess.str(l.name);
      os << "\n";
    }
    for (const VarDebugInfo &v : body.varDebugInfo) {
      os << "    debug " << tcx.sess.str(v.name) << " => ";
      place(v.place);
      os << ";\n";
    }
  }

  void header() {
    static const char *const kKinds[] = {"fn", "const", "static", "promoted", "shim", "ctor"};
    os << kKinds[unsigned(body.kind)] << " " << (body.def.valid() ? ty::showDef(tcx, body.def) : std::string("?"));
    os << "(";
    for (uint32_t i = 1; i <= body.argCount; ++i)
      os << (i > 1 ? ", " : "") << "_" << i << ": " << ty(body.locals[i].ty);
    os << ") -> " << ty(body.locals[0].ty) << " {\n";
  }
};
} // namespace

void print(Ctx &tcx, const Body &body, llvm::raw_ostream &os) {
  Printer p{tcx, body, os};
  p.header();
  p.locals();
  for (uint32_t b = 0; b < body.blocks.size(); ++b) {
    const BasicBlock &block = body.blocks[b];
    os << "\n    bb" << b << (block.isCleanup ? " (cleanup)" : "") << ": {\n";
    for (const Statement &s : block.statements) {
      if (s.kind == StatementKind::Nop)
        continue;
      os << "        ";
      p.statement(s);
      os << ";\n";
    }
    if (block.hasTerminator) {
      os << "        ";
      p.terminator(block.terminator);
      os << ";\n";
    }
    os << "    }\n";
  }
  os << "}\n";
}

} // namespace ferric::mir
