// MIR in the shape of rustc's runtime MIR (rustc-dev-guide, "The MIR"; rustc_middle::mir::syntax).
// Made by mir_build, transformed by mir_transform, interpreted by consteval, lowered by codegen.
#pragma once
#include "llvm/ADT/SmallVector.h"
#include "mir/const_value.h"
#include "hir/hir.h"
#include "ty/context.h"

namespace ferric::mir {

FERRIC_ID(Local);      // _0 return place, then arguments, then variables and temporaries
FERRIC_ID(BlockId);    // basic block; 0 is the start
FERRIC_ID(ScopeId);    // source scope
using ty::Ty; using ty::Ctx; using ty::Mutability; using ty::Instance; using ty::GenericArgs;
using ast::BorrowKind;
inline constexpr Local kReturnPlace{0};

// ---- places ----
enum class ProjKind : uint8_t { Deref, Field, Index, ConstantIndex, Subslice, Downcast, OpaqueCast, UnwrapUnsafeBinder };
struct ProjElem {
  ProjKind kind{};
  bool fromEnd = false;        // ConstantIndex, Subslice
  uint32_t index = 0;          // Field: field index; Downcast: variant index; Index: local raw
  uint64_t offset = 0, minLength = 0; // ConstantIndex: offset, min length; Subslice: from, to
  Ty ty;                       // Field: the field's type; OpaqueCast, UnwrapUnsafeBinder: target
  friend bool operator==(const ProjElem &, const ProjElem &) = default;
};
// No inline room in the vectors of places, operands and rvalues: most are empty or small, and statements are many.
struct Place {
  Local local;
  llvm::SmallVector<ProjElem, 0> proj;
  Place() = default;
  Place(Local l) : local(l) {}
  bool isLocal() const { return proj.empty(); }
  bool isIndirect() const { for (const ProjElem &p : proj) if (p.kind == ProjKind::Deref) return true; return false; }
  Place project(const ProjElem &e) const { Place r = *this; r.proj.push_back(e); return r; }
  Place field(uint32_t f, Ty t) const { return project({ProjKind::Field, false, f, 0, 0, t}); }
  Place deref() const { return project({ProjKind::Deref}); }
  bool hasDerefFirst() const { return !proj.empty() && proj[0].kind == ProjKind::Deref; }
  Place downcast(uint32_t variant) const { return project({ProjKind::Downcast, false, variant}); }
  Place index(Local i) const { return project({ProjKind::Index, false, i.raw}); }
  friend bool operator==(const Place &a, const Place &b) { return a.local == b.local && a.proj == b.proj; }
};
// A place's type, and the variant after a Downcast (-1: none).
struct PlaceTy { Ty ty; int variant = -1; };

// An owned value that is copied with its owner.
template <class T> struct Boxed : std::unique_ptr<T> {
  using std::unique_ptr<T>::unique_ptr;
  using std::unique_ptr<T>::operator=;
  Boxed() = default;
  Boxed(std::unique_ptr<T> &&p) : std::unique_ptr<T>(std::move(p)) {}
  Boxed(Boxed &&) = default;
  Boxed &operator=(Boxed &&) = default;
  Boxed(const Boxed &o) : std::unique_ptr<T>(o ? std::make_unique<T>(*o) : nullptr) {}
  Boxed &operator=(const Boxed &o) { this->reset(o ? new T(*o) : nullptr); return *this; }
};

// ---- operands ----
enum class OperandKind : uint8_t { Copy, Move, Constant, RuntimeChecks };
enum class RuntimeChecks : uint8_t { UbChecks, OverflowChecks, ContractChecks };
class Operand {
public:
  OperandKind kind = OperandKind::Constant;
  RuntimeChecks checks{};
  Place place;                 // Copy, Move
  Span span;
  Constant &constant() { CHECK(constant_, "operand is no constant"); return *constant_; }
  const Constant &constant() const { CHECK(constant_, "operand is no constant"); return *constant_; }
  static Operand copy(Place p) { Operand o; o.kind = OperandKind::Copy; o.place = std::move(p); return o; }
  static Operand move(Place p) { Operand o; o.kind = OperandKind::Move; o.place = std::move(p); return o; }
  static Operand ofConst(Constant c, Span s = {}) { Operand o; o.constant_ = std::make_unique<Constant>(c); o.span = s; return o; }
  static Operand runtimeChecks(RuntimeChecks c) { Operand o; o.kind = OperandKind::RuntimeChecks; o.checks = c; return o; }
  bool isConst() const { return kind == OperandKind::Constant; }
  bool isPlace() const { return kind == OperandKind::Copy || kind == OperandKind::Move; }
  // The same value read without moving it (rustc Operand::to_copy).
  Operand toCopy() const { Operand o = *this; if (kind == OperandKind::Move) o.kind = OperandKind::Copy; return o; }

private:
  Boxed<Constant> constant_;   // large, and most operands are places
};

// ---- rvalues ----
enum class RvalueKind : uint8_t { Use, Repeat, Ref, ThreadLocalRef, RawPtr, Cast, BinaryOp, UnaryOp, Discriminant, Aggregate, CopyForDeref, WrapUnsafeBinder };
enum class MirBorrowKind : uint8_t { Shared, FakeShallow, FakeDeep, Mut, MutTwoPhase, MutClosureCapture };
enum class CastKind : uint8_t {
  IntToInt, FloatToInt, FloatToFloat, IntToFloat, PtrToPtr, FnPtrToPtr, Transmute, Subtype, PointerExposeProvenance, PointerWithExposedProvenance,
  ReifyFnPointer, UnsafeFnPointer, ClosureFnPointer, MutToConstPointer, ArrayToPointer, Unsize,
};
enum class BinOp : uint8_t {
  Add, AddUnchecked, AddWithOverflow, Sub, SubUnchecked, SubWithOverflow, Mul, MulUnchecked, MulWithOverflow,
  Div, Rem, BitXor, BitAnd, BitOr, Shl, ShlUnchecked, Shr, ShrUnchecked, Eq, Lt, Le, Ne, Ge, Gt, Cmp, Offset,
};
enum class UnOp : uint8_t { Not, Neg, PtrMetadata };
enum class AggregateKind : uint8_t { Array, Tuple, Adt, Closure, Coroutine, RawPtr };
struct Rvalue {
  RvalueKind kind{};
  MirBorrowKind borrow{};      // Ref
  Mutability mut{};            // RawPtr; Aggregate RawPtr
  CastKind cast{};
  BinOp binOp{};
  UnOp unOp{};
  AggregateKind aggregate{};
  int activeField = -1;        // Aggregate Adt of a union
  uint32_t variant = 0;        // Aggregate Adt
  DefId def;                   // Aggregate Adt, Closure; ThreadLocalRef
  GenericArgs args;            // Aggregate Adt, Closure
  Ty ty;                       // Cast target; Aggregate Array element; Aggregate RawPtr pointee; WrapUnsafeBinder
  ty::Const count;             // Repeat
  Place place;                 // Ref, RawPtr, Discriminant, CopyForDeref
  llvm::SmallVector<Operand, 0> operands; // Use 1, Repeat 1, Cast 1, BinaryOp 2, UnaryOp 1, Aggregate n
};

// ---- statements ----
enum class StatementKind : uint8_t { Assign, SetDiscriminant, StorageLive, StorageDead, Assume, CopyNonOverlapping, Nop, FakeRead, PlaceMention, AscribeUserType, ConstEvalCounter };
struct SourceInfo { Span span; ScopeId scope{0}; };
struct Statement {
  StatementKind kind = StatementKind::Nop;
  SourceInfo source;
  Place place;                 // Assign, SetDiscriminant; StorageLive/Dead: the local
  Rvalue rvalue;               // Assign
  uint32_t variant = 0;        // SetDiscriminant
  llvm::SmallVector<Operand, 0> operands; // Assume 1; CopyNonOverlapping src, dst, count

  // Moving never throws, whatever the members declare: a growing vector would copy otherwise.
  Statement() = default;
  Statement(const Statement &) = default;
  Statement(Statement &&) noexcept = default;
  Statement &operator=(const Statement &) = default;
  Statement &operator=(Statement &&) noexcept = default;
};

// ---- terminators ----
enum class TerminatorKind : uint8_t { Goto, SwitchInt, UnwindResume, UnwindTerminate, Return, Unreachable, Drop, Call, TailCall, Assert, InlineAsm, FalseEdge, FalseUnwind, CoroutineDrop, Yield };
enum class AssertKind : uint8_t { BoundsCheck, Overflow, OverflowNeg, DivisionByZero, RemainderByZero, MisalignedPointerDereference, NullPointerDereference, InvalidEnumConstruction };
enum class UnwindAction : uint8_t { Continue, Unreachable, Terminate, Cleanup };
struct AsmOperand {
  ast::AsmOperandKind kind{};
  bool late = false, explicitReg = false;
  Symbol reg;
  Operand in;                  // In, InOut, SplitInOut
  bool hasOut = false;         // Out, InOut, SplitInOut: false is `_`
  Place out;
  Constant constant;           // Const; Sym of a function: its FnDef constant
  DefId symStatic;             // Sym of a static
  BlockId label;               // Label
  Ty constTy;
};
struct InlineAsmData {
  llvm::ArrayRef<hir::AsmPiece> pieces;
  llvm::SmallVector<AsmOperand, 4> operands;
  llvm::ArrayRef<Symbol> clobberAbis;
  uint32_t options = 0;        // ast::AsmOptions
  llvm::ArrayRef<Span> lineSpans;
  bool naked = false;
};
struct Terminator {
  TerminatorKind kind = TerminatorKind::Unreachable;
  SourceInfo source;
  // Goto: [target]. SwitchInt: one per value, then otherwise. Call, Drop, Assert: [target] or none (diverges).
  // InlineAsm: [fallthrough]? then labels in operand order. FalseEdge: [real, imaginary].
  llvm::SmallVector<BlockId, 2> targets;
  bool hasFallthrough = true;  // InlineAsm
  UnwindAction unwind = UnwindAction::Unreachable;
  BlockId cleanup;
  Operand operand;             // SwitchInt discriminant; Assert condition; Call callee
  llvm::SmallVector<ty::ScalarInt, 2> values; // SwitchInt
  Place place;                 // Call destination; Drop place
  llvm::SmallVector<Operand, 0> args;         // Call arguments; Assert message operands (BoundsCheck: len, index; Overflow: lhs, rhs; ...)
  bool expected = true;        // Assert
  AssertKind assertKind{};
  BinOp assertOp{};            // Overflow: the operator (Add, Sub, Mul, Div, Rem, Shl, Shr)
  Span fnSpan;                 // Call: span of the callee expression for #[track_caller]
  bool fromOverloadedOp = false;
  bool replaceDrop = false;    // Drop: part of an assignment
  Boxed<InlineAsmData> asmData;
};

struct BasicBlock {
  std::vector<Statement> statements;
  Terminator terminator;
  bool hasTerminator = false;
  bool isCleanup = false;

  BasicBlock() = default;
  BasicBlock(const BasicBlock &) = default;
  BasicBlock(BasicBlock &&) noexcept = default;
  BasicBlock &operator=(const BasicBlock &) = default;
  BasicBlock &operator=(BasicBlock &&) noexcept = default;
};

struct LocalDecl {
  Ty ty;
  Mutability mut{};
  SourceInfo source;
  Symbol name;                 // user variables, for debug info; may be none
  bool isUserVariable = false;
  bool byRef = false;          // a user variable that is bound by reference: `ref x`
  bool internal = false;
};
struct SourceScope { Span span; ScopeId parent; };
// A user variable for debug info: where its value lies. argIndex: 1-based argument number, or 0.
struct VarDebugInfo { Symbol name; SourceInfo source; Place place; uint32_t argIndex = 0; };

enum class BodyPhase : uint8_t { Built, Analysis, Runtime };
enum class BodySourceKind : uint8_t { Fn, Const, Static, Promoted, Shim, Ctor };
// One function, constant or shim, generic over its owner's parameters.
struct Body {
  BodySourceKind kind{};
  BodyPhase phase{};
  DefId def;                   // what it is the body of; shims: the function
  Span span;
  uint32_t argCount = 0;
  int spreadArg = -1;          // local index of the tuple argument that "rust-call" closures spread, or -1
  std::vector<LocalDecl> locals;
  std::vector<BasicBlock> blocks;
  std::vector<SourceScope> scopes;
  bool trackCaller = false;
  bool tainted = false;        // built from a body with errors
  bool declaresFirst = false;  // has a variable that is declared without a value: `let x;`
  // Constants that must be evaluated even when unreachable (rustc required_consts).
  std::vector<Constant> requiredConsts;
  std::vector<VarDebugInfo> varDebugInfo;

  LocalDecl &local(Local l) { return locals[l.raw]; }
  const LocalDecl &local(Local l) const { return locals[l.raw]; }
  BasicBlock &block(BlockId b) { return blocks[b.raw]; }
  const BasicBlock &block(BlockId b) const { return blocks[b.raw]; }
  Local addLocal(LocalDecl d) { locals.push_back(std::move(d)); return Local(uint32_t(locals.size() - 1)); }
  BlockId addBlock(bool cleanup = false) { blocks.emplace_back(); blocks.back().isCleanup = cleanup; return BlockId(uint32_t(blocks.size() - 1)); }
};

// Type of a place after its projections, generic parameters kept.
PlaceTy placeTy(Ctx &tcx, const Body &body, const Place &place);
PlaceTy projectTy(Ctx &tcx, PlaceTy base, const ProjElem &elem);
Ty operandTy(Ctx &tcx, const Body &body, const Operand &op);
Ty rvalueTy(Ctx &tcx, const Body &body, const Rvalue &rv);
// Prints a body in a form close to rustc's --emit=mir.
void print(Ctx &tcx, const Body &body, llvm::raw_ostream &os);

} // namespace ferric::mir
