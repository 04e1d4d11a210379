// HIR: an item's header, or one body, after late name resolution and desugaring (rustc-dev-guide,
// "The HIR"; rustc_hir). Made on demand by lower, one arena each; nodes are immutable afterwards.
// Use llvm::isa/cast/dyn_cast on Expr, Pat, Ty. Side tables are keyed by HirId, dense within a body;
// closures and inline constants share the id space of the body that holds them.
#pragma once
#include "defs/defs.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/Casting.h"

namespace ferric::hir {

FERRIC_ID(HirId);
// A binding: the HirId of its (first) binding pattern.
using LocalId = HirId;
using ast::BinOp; using ast::UnOp; using ast::Mutability; using ast::Safety; using ast::BorrowKind; using ast::CaptureBy;
using ast::Literal; using ast::Constness; using ast::CoroutineKind; using ast::RangeEnd;
using llvm::ArrayRef;

struct Expr; struct Pat; struct Ty; struct Block; struct Body; struct GenericArgs; struct GenericParam; struct ConstArg;

// ---- paths ----
struct PathSegment {
  Ident ident;
  HirId id;
  Res res;                              // of the path up to here
  const GenericArgs *args = nullptr;    // null: none written
  bool inferArgs = true;                // in bodies: missing arguments are inferred
};
struct Path { Span span; Res res; ArrayRef<PathSegment> segments; };
// Resolved: `self` is set for `<T as Trait>::f`. TypeRelative: `T::name`, name left to type checking.
enum class QPathKind : uint8_t { Resolved, TypeRelative };
struct QPath { QPathKind kind{}; const Ty *self = nullptr; const Path *path = nullptr; const PathSegment *segment = nullptr; Span span; };

enum class LifetimeKind : uint8_t { Param, Static, Infer, ImplicitObjectDefault, Error };
// Param: def is the LifetimeParam (named, or made up for an elided lifetime of a signature).
struct Lifetime { LifetimeKind kind{}; DefId def; Ident ident; };

enum class GenericArgKind : uint8_t { Lifetime, Type, Const, Infer };
struct GenericArg { GenericArgKind kind{}; Lifetime lifetime; const Ty *ty = nullptr; const ConstArg *konst = nullptr; HirId id; Span span; };
struct GenericBound;
// `Item = T`, `N = c`, `Item: Bound`.
struct AssocConstraint { Ident ident; const GenericArgs *args = nullptr; const Ty *ty = nullptr; const ConstArg *konst = nullptr; ArrayRef<GenericBound> bounds; Span span; };
enum class GenericArgsSugar : uint8_t { None, Parenthesized, ReturnType }; // Parenthesized: args[0] is the tuple of inputs, Output a constraint
struct GenericArgs { ArrayRef<GenericArg> args; ArrayRef<AssocConstraint> constraints; GenericArgsSugar sugar{}; Span span; };
// A constant in a type: a bare path to a const parameter is a Path with no body of its own.
enum class ConstArgKind : uint8_t { Path, Anon, Infer, Literal, Error };
struct ConstArg { ConstArgKind kind{}; HirId id; QPath path; DefId anon; Literal lit; bool negated = false; Span span; };

// ---- bounds and generics ----
enum class BoundKind : uint8_t { Trait, Outlives, Use };
struct PolyTraitRef { ArrayRef<GenericParam> forParams; Path path; Span span; HirId id; };
struct GenericBound { BoundKind kind{}; ast::BoundPolarity polarity{}; Constness constness{}; PolyTraitRef trait; Lifetime lifetime; Span span; };
enum class ParamKind : uint8_t { Lifetime, Type, Const };
struct GenericParam { ParamKind kind{}; DefId def; Ident ident; const Ty *ty = nullptr; // Type: default; Const: its type
  const ConstArg *defaultConst = nullptr; bool elided = false; bool synthetic = false; /* impl Trait in argument position */ };
enum class WhereKind : uint8_t { Bound, Region };
struct WherePredicate { WhereKind kind{}; ArrayRef<GenericParam> forParams; const Ty *bounded = nullptr; Lifetime lifetime; ArrayRef<GenericBound> bounds;
  bool fromParam = false; /* written on the parameter itself */ DefId param; Span span; };
struct Generics { ArrayRef<GenericParam> params; ArrayRef<WherePredicate> where; Span span; };

// ---- types ----
enum class TyKind : uint8_t { Err, Slice, Array, Ptr, Ref, FnPtr, UnsafeBinder, Never, Tuple, Path, Opaque, TraitObject, Infer, Pat };
struct Ty { TyKind kind; HirId id; Span span; };
#define HIR_CLASS(Base, Name) static constexpr Base##Kind kKind = Base##Kind::Name; static bool classof(const Base *n) { return n->kind == Base##Kind::Name; }
struct ErrTy : Ty { HIR_CLASS(Ty, Err) };
struct SliceTy : Ty { const Ty *elem; HIR_CLASS(Ty, Slice) };
struct ArrayTy : Ty { const Ty *elem; const ConstArg *len; HIR_CLASS(Ty, Array) };
struct PtrTy : Ty { const Ty *pointee; Mutability mut; HIR_CLASS(Ty, Ptr) };
struct RefTy : Ty { Lifetime lifetime; const Ty *referent; Mutability mut; HIR_CLASS(Ty, Ref) };
struct FnDecl { ArrayRef<const Ty *> inputs; const Ty *output = nullptr; /* null: () or, for closures, inferred */ Span outputSpan; bool cVariadic = false; bool hasImplicitSelf = false; };
struct FnHeader { Safety safety{}; Constness constness{}; CoroutineKind coroutine{}; Symbol abi; /* empty: Rust */ Span abiSpan; };
struct FnPtrTy : Ty { ArrayRef<GenericParam> forParams; FnHeader header; FnDecl decl; HIR_CLASS(Ty, FnPtr) };
struct UnsafeBinderTy : Ty { ArrayRef<GenericParam> forParams; const Ty *inner; HIR_CLASS(Ty, UnsafeBinder) };
struct NeverTy : Ty { HIR_CLASS(Ty, Never) };
struct TupleTy : Ty { ArrayRef<const Ty *> elems; HIR_CLASS(Ty, Tuple) };
struct PathTy : Ty { QPath path; HIR_CLASS(Ty, Path) };
// impl Trait in return position; `def` is an OpaqueTy definition made by lower. (Argument position becomes a synthetic parameter.)
struct OpaqueTy : Ty { DefId def; ArrayRef<GenericBound> bounds; HIR_CLASS(Ty, Opaque) };
struct TraitObjectTy : Ty { ArrayRef<GenericBound> bounds; Lifetime lifetime; bool bare = false; HIR_CLASS(Ty, TraitObject) };
struct InferTy : Ty { HIR_CLASS(Ty, Infer) };
enum class TyPatKind : uint8_t { Range, NotNull, Or };
struct TyPat { TyPatKind kind{}; const ConstArg *lo = nullptr, *hi = nullptr; bool hiInclusive = true; ArrayRef<TyPat> alts; };
struct PatTy : Ty { const Ty *base; TyPat pat; HIR_CLASS(Ty, Pat) };

// ---- patterns ----
enum class PatKind : uint8_t { Err, Missing, Wild, Never, Binding, Struct, TupleStruct, Or, Tuple, Box, Deref, Ref, Expr, Guard, Range, Slice };
struct Pat { PatKind kind; HirId id; Span span; bool defaultBindingModes = true; /* false inside desugarings */ };
struct ErrPat : Pat { HIR_CLASS(Pat, Err) };
struct MissingPat : Pat { HIR_CLASS(Pat, Missing) };
struct WildPat : Pat { HIR_CLASS(Pat, Wild) };
struct NeverPat : Pat { HIR_CLASS(Pat, Never) };
struct BindingPat : Pat { LocalId local; /* the same in all alternatives of an or-pattern */ bool byRef; Mutability refMut; bool isMut; Ident ident; const Pat *sub; HIR_CLASS(Pat, Binding) };
struct PatField { Ident ident; HirId id; const Pat *pat; bool shorthand; Span span; };
struct StructPat : Pat { QPath path; ArrayRef<PatField> fields; bool hasRest; HIR_CLASS(Pat, Struct) };
// dotDot: index of `..` among the elements, -1 without.
struct TupleStructPat : Pat { QPath path; ArrayRef<const Pat *> elems; int dotDot; HIR_CLASS(Pat, TupleStruct) };
struct OrPat : Pat { ArrayRef<const Pat *> alts; HIR_CLASS(Pat, Or) };
struct TuplePat : Pat { ArrayRef<const Pat *> elems; int dotDot; HIR_CLASS(Pat, Tuple) };
struct BoxPat : Pat { const Pat *inner; HIR_CLASS(Pat, Box) };
struct DerefPat : Pat { const Pat *inner; HIR_CLASS(Pat, Deref) };
struct RefPat : Pat { const Pat *inner; Mutability mut; HIR_CLASS(Pat, Ref) };
// Literal, path to a constant / unit struct / variant, inline constant.
enum class PatExprKind : uint8_t { Lit, Path, ConstBlock };
struct PatExpr { PatExprKind kind{}; HirId id; Literal lit; bool negated = false; QPath path; DefId constBlock; const Expr *body = nullptr; Span span; };
struct ExprPat : Pat { PatExpr expr; HIR_CLASS(Pat, Expr) };
struct GuardPat : Pat { const Pat *inner; const Expr *guard; HIR_CLASS(Pat, Guard) };
struct RangePat : Pat { const PatExpr *lo, *hi; RangeEnd end; HIR_CLASS(Pat, Range) };
struct SlicePat : Pat { ArrayRef<const Pat *> before; const Pat *middle; /* `..` (Wild) or `x @ ..`; null without */ ArrayRef<const Pat *> after; HIR_CLASS(Pat, Slice) };

// ---- expressions ----
enum class ExprKind : uint8_t {
  Err, ConstBlock, Array, Call, MethodCall, Tuple, Binary, Unary, Lit, Cast, Ascribe, DropTemps, Let, If, Loop, Match, Closure, Block,
  Assign, AssignOp, Field, Index, Path, AddrOf, Break, Continue, Ret, Become, InlineAsm, OffsetOf, Struct, Repeat, Yield, UnsafeBinderCast, ByUse,
};
struct Expr { ExprKind kind; HirId id; Span span; };
struct ErrExpr : Expr { HIR_CLASS(Expr, Err) };
struct ConstBlockExpr : Expr { DefId def; const Expr *body; HIR_CLASS(Expr, ConstBlock) };
struct ArrayExpr : Expr { ArrayRef<const Expr *> elems; HIR_CLASS(Expr, Array) };
struct CallExpr : Expr { const Expr *callee; ArrayRef<const Expr *> args; HIR_CLASS(Expr, Call) };
struct MethodCallExpr : Expr { PathSegment segment; const Expr *receiver; ArrayRef<const Expr *> args; Span fnSpan; HIR_CLASS(Expr, MethodCall) };
struct TupleExpr : Expr { ArrayRef<const Expr *> elems; HIR_CLASS(Expr, Tuple) };
struct BinaryExpr : Expr { BinOp op; Span opSpan; const Expr *lhs, *rhs; HIR_CLASS(Expr, Binary) };
struct UnaryExpr : Expr { UnOp op; const Expr *operand; HIR_CLASS(Expr, Unary) };
struct LitExpr : Expr { Literal lit; HIR_CLASS(Expr, Lit) };
struct CastExpr : Expr { const Expr *operand; const Ty *ty; HIR_CLASS(Expr, Cast) };
struct AscribeExpr : Expr { const Expr *operand; const Ty *ty; HIR_CLASS(Expr, Ascribe) };
struct DropTempsExpr : Expr { const Expr *inner; HIR_CLASS(Expr, DropTemps) };
struct LetExpr : Expr { const Pat *pat; const Ty *ty; const Expr *init; HIR_CLASS(Expr, Let) };
struct IfExpr : Expr { const Expr *cond, *then, *otherwise; HIR_CLASS(Expr, If) };
enum class LoopSource : uint8_t { Loop, While, ForLoop };
struct LoopExpr : Expr { const Block *body; Ident label; LoopSource source; HIR_CLASS(Expr, Loop) };
struct Arm { HirId id; const Pat *pat; const Expr *guard; const Expr *body; Span span; };
enum class MatchSource : uint8_t { Normal, Postfix, ForLoopDesugar, TryDesugar, FormatArgs };
struct MatchExpr : Expr { const Expr *scrutinee; ArrayRef<const Arm *> arms; MatchSource source; HIR_CLASS(Expr, Match) };
// The closure's own body: parameters and value; typechecked with the enclosing body.
struct Param { HirId id; const Pat *pat; Span span; Span tySpan; };
struct ClosureExpr : Expr { DefId def; ArrayRef<GenericParam> forParams; CaptureBy capture; Constness constness; CoroutineKind coroutine; FnDecl decl; /* Infer inputs where unwritten */
  ArrayRef<Param> params; const Expr *body; Span declSpan; HIR_CLASS(Expr, Closure) };
struct BlockExpr : Expr { const Block *block; Ident label; HIR_CLASS(Expr, Block) };
struct AssignExpr : Expr { const Expr *lhs, *rhs; Span eqSpan; HIR_CLASS(Expr, Assign) };
struct AssignOpExpr : Expr { BinOp op; Span opSpan; const Expr *lhs, *rhs; HIR_CLASS(Expr, AssignOp) };
struct FieldExpr : Expr { const Expr *base; Ident field; HIR_CLASS(Expr, Field) };
struct IndexExpr : Expr { const Expr *base, *index; HIR_CLASS(Expr, Index) };
struct PathExpr : Expr { QPath path; HIR_CLASS(Expr, Path) };
struct AddrOfExpr : Expr { BorrowKind borrow; Mutability mut; const Expr *operand; HIR_CLASS(Expr, AddrOf) };
// target: the loop or labelled block expression (its HirId); none: an error was reported.
struct BreakExpr : Expr { HirId target; const Expr *value; Ident label; HIR_CLASS(Expr, Break) };
struct ContinueExpr : Expr { HirId target; Ident label; HIR_CLASS(Expr, Continue) };
struct RetExpr : Expr { const Expr *value; HIR_CLASS(Expr, Ret) };
struct BecomeExpr : Expr { const Expr *value; HIR_CLASS(Expr, Become) };
struct AsmOperand { ast::AsmOperandKind kind{}; bool late = false; bool explicitReg = false; Symbol reg; const Expr *in = nullptr, *out = nullptr;
  DefId constDef; const Expr *constBody = nullptr; /* Const: inline constant */ QPath symPath; const Block *label = nullptr; Span span; HirId id; };
struct AsmPiece { bool isString = false; Symbol text; uint32_t operand = 0; char32_t modifier = 0; Span span; };
struct InlineAsm { ast::AsmKind asmKind{}; ArrayRef<ast::AsmTemplate> templates; ArrayRef<AsmPiece> pieces; ArrayRef<AsmOperand> operands; ArrayRef<Symbol> clobberAbis; uint32_t options = 0; ArrayRef<Span> lineSpans; };
struct InlineAsmExpr : Expr { InlineAsm inner; HIR_CLASS(Expr, InlineAsm) };
struct OffsetOfExpr : Expr { const Ty *container; ArrayRef<Ident> fields; HIR_CLASS(Expr, OffsetOf) };
struct ExprField { HirId id; Ident ident; const Expr *value; bool shorthand; Span span; };
struct StructExpr : Expr { QPath path; ArrayRef<ExprField> fields; ast::StructRest rest; const Expr *base; HIR_CLASS(Expr, Struct) };
struct RepeatExpr : Expr { const Expr *elem; const ConstArg *count; HIR_CLASS(Expr, Repeat) };
struct YieldExpr : Expr { const Expr *value; HIR_CLASS(Expr, Yield) };
struct UnsafeBinderCastExpr : Expr { bool wrap; const Expr *operand; const Ty *ty; HIR_CLASS(Expr, UnsafeBinderCast) };
struct ByUseExpr : Expr { const Expr *operand; HIR_CLASS(Expr, ByUse) };

// ---- statements and blocks ----
enum class StmtKind : uint8_t { Let, Item, Expr, Semi };
struct LetStmt { HirId id; bool isSuper = false; const Pat *pat; const Ty *ty; const Expr *init; const Block *otherwise; Span span; bool fromDesugar = false; };
struct Stmt { StmtKind kind; HirId id; Span span; const LetStmt *let = nullptr; const Expr *expr = nullptr; DefId item; };
// Unsafe: as the source says; CompilerUnsafe: of what a desugaring is made of.
enum class BlockSafety : uint8_t { Safe, Unsafe, CompilerUnsafe };
struct Block { HirId id; ArrayRef<Stmt> stmts; const Expr *expr = nullptr; /* tail */ BlockSafety safety{}; bool targetedByBreak = false; Span span; ModuleId scope; /* anonymous module, or none */ };

// Literals that desugaring makes are StrRaw / ByteStrRaw: their text is taken as it is.
//
// The body of a function, constant, static or anonymous constant.
enum class BodyKind : uint8_t { Fn, Const, Static, AnonConst, GlobalAsm };
struct Body {
  DefId owner;
  BodyKind kind{};
  ArrayRef<Param> params;
  const Expr *value = nullptr;
  uint32_t idCount = 0;                 // HirIds are below
  bool inheritsGenerics = false;        // AnonConst: the parameters of the item around it are its own (repeat counts, field defaults)
  unsigned edition = 2021;              // of the crate; for spans from macros ask Hygiene::edition
  llvm::BumpPtrAllocator arena;
  // Module (or block module) around the body: where traits in scope start. `module`: the `mod` around it, for privacy.
  ModuleId scope;
  DefId module;
  // Blocks with names of their own: nodes [begin, end) are inside. In order of `begin`, so the last that holds a node is the
  // innermost. See lower/traits_in_scope.h.
  struct BlockScope { HirId begin, end; ModuleId scope; };
  llvm::SmallVector<BlockScope, 0> blockScopes;
  // Attributes of statements and expressions, those around before those inside: levels of lints.
  llvm::SmallVector<std::pair<Span, ast::AttrsId>, 0> attrs;
};

// ---- items ----
struct FieldSig { DefId def; const Ty *ty; DefId defaultValue; /* `x: T = e`: anonymous constant */ };
struct VariantSig { DefId def; DefId discr; /* `A = e`: anonymous constant; none */ };
struct ImplItemHeader { const Path *traitPath = nullptr; /* null: inherent */ const Ty *self = nullptr; };
// Header of an item: everything of it that is not a body. Which parts are set follows the definition's kind.
// Lives in the session's arena. A closure, constant in a type, ... has none: ask for the item around it.
struct Item {
  DefId def;
  Generics generics;
  FnHeader fnHeader;                    // Fn, AssocFn, foreign fn
  FnDecl decl;
  const Ty *ty = nullptr;               // Static, Const, AssocConst, TyAlias, AssocTy (value)
  ArrayRef<GenericBound> bounds;        // Trait: supertraits; AssocTy: its bounds; TraitAlias
  ArrayRef<FieldSig> fields;            // Struct, Union, Enum: all fields of all variants in order
  ArrayRef<VariantSig> variants;        // Enum
  ImplItemHeader impl;
};

} // namespace ferric::hir
