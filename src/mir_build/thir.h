// A body with everything implicit made explicit: adjustments, overloaded operators, closure captures, default
// binding modes (rustc-dev-guide, "The THIR"). Made from HIR and the type checker's results just before MIR is
// built, one arena per body, thrown away afterwards. Node identity matters: a guard built twice shares temporaries by node.
#pragma once
#include "mir/ty_query.h"
#include "mir_build/region_scopes.h"
#include "ty/typeck_results.h"

namespace ferric::mir_build {

using mir::Ctx; using mir::Ty; using mir::Mutability; using mir::GenericArgs; using mir::BinOp; using mir::UnOp; using mir::CastKind;
using mir::MirBorrowKind; using hir::HirId; using llvm::ArrayRef; using ty::AdtDef; using ty::TyKind; using ty::ScalarInt;

struct Expr; struct Pat; struct Block; struct Arm; struct AsmOperand;

enum class ExprKind : uint8_t {
  Scope,             // a in `scope`
  If,                // a cond, b then, c else or null; scope: if-then scope
  Call,              // a callee, list args; fnSpan; flag: written as a call
  Deref,             // a
  Binary,            // binOp a b
  LogicalOp,         // a && b, flag: ||
  Unary,             // unOp a
  Cast,              // a to ty
  PointerCoercion,   // cast a to ty
  Use,               // a
  NeverToAny,        // a
  Loop,              // a
  Let,               // pat = a
  Match,             // a, arms
  Block,             // block
  Assign,            // a = b
  AssignOp,          // a binOp= b
  Field,             // a.index, variant
  Index,             // a[b]
  VarRef, UpvarRef,  // var
  Borrow,            // borrow a
  RawBorrow,         // mut a
  Break,             // scope, a or null
  Continue,          // scope
  Return,            // a or null
  Become,            // a
  Repeat,            // [a; count]
  Array, Tuple,      // list
  Adt,               // adt, variant, args, fields/list; base a and fruTys
  Closure,           // def, args, list upvars
  Literal,           // lit, flag: negated
  Scalar,            // scalar of type ty
  Zst,               // the only value of ty
  NamedConst,        // def args
  ConstParam,        // count
  ConstBlock,        // def args
  StaticRef,         // def; ty: pointer to it
  ThreadLocalRef,    // def
  InlineAsm,         // asmInfo, asmOperands
  WrapUnsafeBinder, PlaceUnwrapUnsafeBinder, ValueUnwrapUnsafeBinder, // a
  ByUse,             // a
  Error,             // reported
};

struct Expr {
  ExprKind kind{};
  bool flag = false;
  BinOp binOp{};
  UnOp unOp{};
  CastKind cast{};
  MirBorrowKind borrow{};
  Mutability mut{};
  Ty ty;
  HirId temp;                  // expression whose temporary scope holds its value
  Span span;
  RegionScope scope;
  Expr *a = nullptr, *b = nullptr, *c = nullptr;
  ArrayRef<Expr *> list;
  uint32_t index = 0, variant = 0;
  DefId def;
  GenericArgs args;
  HirId var;
  Pat *pat = nullptr;
  ArrayRef<Arm *> arms;
  Block *block = nullptr;
  const AdtDef *adt = nullptr;
  ArrayRef<uint32_t> fields;   // Adt: field of each element of list
  ArrayRef<Ty> fruTys;
  ty::Const count;
  hir::Literal lit;
  ScalarInt scalar;
  Span fnSpan;
  const hir::InlineAsm *asmInfo = nullptr;
  ArrayRef<AsmOperand> asmOperands;
};

struct AsmOperand { const hir::AsmOperand *hir = nullptr; Expr *in = nullptr, *out = nullptr; mir::Constant constant; DefId symStatic; Block *label = nullptr; };

enum class StmtKind : uint8_t { Expr, Let };
struct Stmt {
  StmtKind kind{};
  RegionScope scope;           // Expr: of the statement; Let: of the initialiser
  RegionScope remainder;       // Let
  Span remainderSpan;
  Expr *expr = nullptr;        // Let: initialiser or null
  Pat *pat = nullptr;
  Block *otherwise = nullptr;
};
struct Block { RegionScope scope; Span span; ArrayRef<Stmt> stmts; Expr *expr = nullptr; bool targetedByBreak = false; };
struct Arm { Pat *pat; Expr *guard; Expr *body; RegionScope scope; Span span; };

// ---- patterns (rustc_middle::thir::PatKind) ----
enum class PatKind : uint8_t { Wild, Never, Error, Binding, Variant, Leaf, Deref, DerefPattern, Constant, Range, Slice, Array, Or };
struct FieldPat { uint32_t field; Pat *pat; };
// A constant to compare with: bits, or the bytes of a str.
struct PatValue {
  Ty ty;
  ScalarInt bits;
  llvm::StringRef str;
  friend bool operator==(const PatValue &, const PatValue &) = default;
};
// lo..hi with either end perhaps missing.
struct PatRange {
  Ty ty;
  bool hasLo = false, hasHi = false, inclusive = true;
  ScalarInt lo, hi;
  friend bool operator==(const PatRange &, const PatRange &) = default;
};
struct Pat {
  PatKind kind{};
  bool isPrimary = false;      // Binding: the first of its name in an or-pattern
  ty::BindingMode mode{};      // Binding
  Mutability mut{};            // Binding: `mut x`; DerefPattern: how it is borrowed
  Ty ty;                       // of the matched value
  Span span;
  HirId var;                   // Binding
  Symbol name;
  Ty varTy;
  Pat *sub = nullptr;          // Binding `@`, Deref
  const AdtDef *adt = nullptr; // Variant, Leaf of an ADT
  GenericArgs args;
  uint32_t variant = 0;
  ArrayRef<FieldPat> fields;
  PatValue value;
  PatRange range;
  ArrayRef<Pat *> prefix, suffix, alts; // Slice, Array; Or
  Pat *slice = nullptr;
};

// Something whose patterns must be checked: a match, or a binding that may not fail.
struct MatchCheck { const Expr *match = nullptr; hir::MatchSource source{}; Pat *pat = nullptr; const Expr *init = nullptr; bool isParam = false; };

// Makes THIR of one body. Errors found in patterns are reported here.
class ThirBuilder {
public:
  // `owner`: the fn, constant or closure whose body this is; `results`, `body`: of its typeck root.
  ThirBuilder(Ctx &tcx, const ty::TypeckResults &results, const hir::Body &body, DefId owner, llvm::BumpPtrAllocator &arena);
  Expr *mirror(const hir::Expr *e);
  Pat *pattern(const hir::Pat *p);
  Block *block(const hir::Block *b);
  Ctx &tcx;
  const ty::TypeckResults &results;
  const hir::Body &body;
  DefId owner;
  ty::ParamEnv env;
  bool failed = false;         // an error was reported
  std::vector<MatchCheck> checks; // in the order they were made

private:
  friend struct PatLowering;
  Expr *unadjusted(const hir::Expr *e);
  Expr *adjust(const hir::Expr *e, Expr *x, const ty::Adjustment &a);
  Expr *make(ExprKind kind, Ty ty, HirId temp, Span span);
  Expr *make(ExprKind kind, const hir::Expr *e) { return make(kind, results.exprType(e), e->id, e->span); }
  ArrayRef<Expr *> mirrorAll(ArrayRef<const hir::Expr *> es);
  template <class T> ArrayRef<T> copy(ArrayRef<T> v) { return v.copy(arena_); }
  Expr *call(const hir::Expr *e);
  Expr *methodCallee(const hir::Expr *e, Span span);
  Expr *overloadedOperator(const hir::Expr *e, ArrayRef<Expr *> args);
  Expr *overloadedPlace(const hir::Expr *e, Ty placeTy, Expr *callee, ArrayRef<Expr *> args, Span span);
  Expr *path(const hir::Expr *e, Res res);
  Expr *variable(HirId var, Ty ty, HirId temp, Span span);
  Expr *binary(const hir::BinaryExpr *e);
  Expr *unary(const hir::UnaryExpr *e);
  Expr *cast(const hir::CastExpr *e);
  Expr *enumCast(const hir::Expr *operand, uint32_t variant, const hir::CastExpr *e);
  Expr *structExpr(const hir::StructExpr *e);
  Expr *adtCall(const hir::CallExpr *e, const AdtDef *adt, uint32_t variant);
  Expr *closure(const hir::ClosureExpr *e);
  Expr *capturedPlace(const hir::Expr *closure, const ty::CapturedPlace &c);
  Expr *loop(const hir::LoopExpr *e);
  Expr *match(const hir::MatchExpr *e);
  Expr *inlineAsm(const hir::InlineAsmExpr *e);
  Expr *offsetOf(const hir::OffsetOfExpr *e);
  Expr *inlineConst(DefId def, Ty ty, HirId temp, Span span);
  bool isMethodCall(const hir::Expr *e) const { return results.typeDependent.count(e->id) != 0 && e->kind != hir::ExprKind::Path; }
  Res resOf(const hir::QPath &q, HirId id) const;
  unsigned edition(Span s) const { return tcx.sess.hygiene.edition(s, body.edition); }
  llvm::BumpPtrAllocator &arena_;
  bool isClosure_ = false;
  llvm::DenseSet<HirId> declared_;               // variables of this body; in a closure, others are captured
  llvm::DenseMap<HirId, HirId> blockOfTarget_;   // labelled block expression -> its block
};

// Order of two values of a primitive type: -1, 0, 1; 2: unordered.
int compareScalars(Ty ty, const ScalarInt &a, const ScalarInt &b);
// Type of the pointer that an expression naming a static is read through.
Ty staticPtrTy(Ctx &tcx, ty::ParamEnv env, DefId def);
// Conversions used by both expressions and patterns.
BinOp binOpOf(hir::BinOp op);
// The value of a literal as a constant of type `ty`; false: does not fit the type (reported elsewhere).
bool literalConstant(Ctx &tcx, const hir::Literal &lit, bool negated, Ty ty, mir::Constant &out);
// Value of an integer literal token; false: not an integer or larger than 128 bits.
bool literalBits(Ctx &tcx, const hir::Literal &lit, unsigned __int128 &out);
// Text of a string, byte string or C string literal, unescaped (C strings with their NUL).
std::string literalBytes(Ctx &tcx, const hir::Literal &lit);
bool parseFloat(llvm::StringRef digits, ty::FloatTy ty, bool negated, ScalarInt &out);

} // namespace ferric::mir_build
