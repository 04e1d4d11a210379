// Payload structs of the syntax tree, one per kind of kinds.def. Optional ids are `none` when absent.
// Included by ast/ast.h; shapes follow rustc_ast, names follow the Reference.
#pragma once

namespace ferric::ast {

enum class Mutability : uint8_t { Not, Mut };
enum class BorrowKind : uint8_t { Ref, Raw, Pin };
enum class UnOp : uint8_t { Deref, Not, Neg };
enum class BinOp : uint8_t { Add, Sub, Mul, Div, Rem, And, Or, BitXor, BitAnd, BitOr, Shl, Shr, Eq, Lt, Le, Ne, Ge, Gt };
enum class Safety : uint8_t { Default, Unsafe, Safe };
enum class Constness : uint8_t { No, Const, Maybe }; // Maybe: `[const]` / `~const` bounds

struct Lifetime { Ident ident; bool valid() const { return ident.valid(); } };
struct Label { Ident ident; bool valid() const { return ident.valid(); } };
// A literal token.
struct Literal {
  lex::LitKind kind{};
  uint8_t hashes = 0;
  Symbol sym;      // as in Token
  Symbol suffix;
  Span span;
};
struct AnonConst { ExprId value; };
// `name!(..)`: args are the tokens inside the delimiters.
struct MacCall { PathId path; lex::Delim delim{}; lex::TokenRange args; Span argsSpan; };

// `Self`-qualified paths: `<ty as a::b>::c` has path a::b::c and position 2; `<ty>::c` position 0.
struct QSelf { TypeId ty; uint32_t position = 0; Span pathSpan; bool valid() const { return ty.valid(); } };

// ---- generics ----
enum class GenericArgKind : uint8_t { Lifetime, Type, Const, Equality, Bound };
struct GenericArg { // one of `'a`, `T`, `{N}`, `Item = T`/`N = {c}`, `Item: Bound`
  GenericArgKind kind{};
  Span span;
  Lifetime lifetime;
  TypeId ty;                   // Type, Equality to a type
  AnonConst konst;             // Const, Equality to a constant
  Ident ident;                 // Equality, Bound: associated item
  GenericArgsId assocArgs;     // Equality, Bound: its own arguments
  List<struct GenericBound> bounds; // Bound
};
enum class GenericArgsKind : uint8_t { AngleBracketed, Parenthesized, ReturnType /* `(..)` */ };
struct GenericArgs {
  GenericArgsKind kind{};
  Span span;
  List<GenericArg> args;       // AngleBracketed
  List<TypeId> inputs;         // Parenthesized
  TypeId output;               // Parenthesized; none: ()
};
enum class BoundKind : uint8_t { Trait, Outlives, Use };
enum class BoundPolarity : uint8_t { Positive, Negative, Maybe }; // Maybe: `?Trait`
struct PreciseArg { Lifetime lifetime; PathId path; };
struct GenericBound {
  BoundKind kind{};
  BoundPolarity polarity{};
  Constness constness{};
  bool isAsync = false;
  bool parens = false;
  Span span;
  List<struct GenericParam> forLifetimes; // for<'a>
  PathId path;                 // Trait
  Lifetime lifetime;           // Outlives
  List<PreciseArg> uses;       // Use: `use<'a, T>`
};
enum class ParamKind : uint8_t { Lifetime, Type, Const };
struct GenericParam {
  ParamKind kind{};
  Ident ident;
  AttrsId attrs;
  Span span;
  List<GenericBound> bounds;
  TypeId ty;                   // Const: its type; Type: default
  AnonConst defaultConst;      // Const
};
enum class WhereKind : uint8_t { Bound, Region, Eq };
struct WherePredicate {
  WhereKind kind{};
  AttrsId attrs;
  Span span;
  List<GenericParam> forLifetimes;
  TypeId bounded;
  TypeId rhs;                  // Eq
  Lifetime lifetime;           // Region
  List<GenericBound> bounds;
};
struct Generics {
  List<GenericParam> params;
  List<WherePredicate> where;
  bool hasWhere = false;
  Span span;
  Span whereSpan;
};

// ---- functions ----
struct Param { AttrsId attrs; PatId pat; TypeId ty; Span span; }; // self params: pat Ident `self`, ty ImplicitSelf possibly behind Ref
enum class SelfKind : uint8_t { None, Value, Region, Explicit };   // self / &'a self / self: T
struct FnDecl {
  List<Param> params;
  TypeId output;               // none: no `->`
  Span outputSpan;
  bool cVariadic = false;
  bool hasSelf = false;
};
enum class ExternKind : uint8_t { None, Implicit, Explicit };
enum class CoroutineKind : uint8_t { None, Async, Gen, AsyncGen };
struct FnHeader {
  Safety safety{};
  Constness constness{};
  CoroutineKind coroutine{};
  ExternKind ext{};
  Literal abi;                 // Explicit
  Span span;
};

// ---- expressions ----
#define KIND(Family, K) static constexpr Family##Kind kKind = Family##Kind::K
struct ErrExpr { KIND(Expr, Err); };
struct LitExpr { KIND(Expr, Lit); Literal lit; };
struct PathExpr { KIND(Expr, Path); QSelf qself; PathId path; };
struct UnaryExpr { KIND(Expr, Unary); UnOp op{}; ExprId operand; };
struct BinaryExpr { KIND(Expr, Binary); BinOp op{}; Span opSpan; ExprId lhs, rhs; };
struct AssignExpr { KIND(Expr, Assign); ExprId lhs, rhs; Span eqSpan; };
struct AssignOpExpr { KIND(Expr, AssignOp); BinOp op{}; Span opSpan; ExprId lhs, rhs; };
struct AddrOfExpr { KIND(Expr, AddrOf); BorrowKind borrow{}; Mutability mut{}; ExprId operand; };
struct CastExpr { KIND(Expr, Cast); ExprId operand; TypeId ty; };
struct AscribeExpr { KIND(Expr, Ascribe); ExprId operand; TypeId ty; };          // builtin # type_ascribe
struct LetExpr { KIND(Expr, Let); PatId pat; ExprId init; };                      // in conditions only
struct IfExpr { KIND(Expr, If); ExprId cond; BlockId then; ExprId otherwise; };   // otherwise: Block or If
struct WhileExpr { KIND(Expr, While); ExprId cond; BlockId body; Label label; };
struct LoopExpr { KIND(Expr, Loop); BlockId body; Label label; };
struct ForLoopExpr { KIND(Expr, ForLoop); PatId pat; ExprId iter; BlockId body; Label label; bool isAwait = false; };
struct Arm { AttrsId attrs; PatId pat; ExprId guard; ExprId body; Span span; };
struct MatchExpr { KIND(Expr, Match); ExprId scrutinee; List<Arm> arms; bool postfix = false; };
enum class CaptureBy : uint8_t { Ref, Value, Use };
struct ClosureExpr {
  KIND(Expr, Closure);
  List<GenericParam> forLifetimes;
  bool hasForBinder = false;
  CaptureBy capture{};
  Constness constness{};
  CoroutineKind coroutine{};
  bool isStatic = false;
  FnDecl decl;                 // parameter types may be Infer
  ExprId body;
  Span declSpan;
};
struct BlockExpr { KIND(Expr, Block); BlockId block; Label label; };
struct GenExpr { KIND(Expr, Gen); CoroutineKind coroutine{}; CaptureBy capture{}; BlockId block; };
struct ConstBlockExpr { KIND(Expr, ConstBlock); AnonConst konst; };
struct TryBlockExpr { KIND(Expr, TryBlock); BlockId block; TypeId ty; };
struct CallExpr { KIND(Expr, Call); ExprId callee; List<ExprId> args; };
struct MethodCallExpr { KIND(Expr, MethodCall); PathSegment segment; ExprId receiver; List<ExprId> args; Span span; };
struct FieldExpr { KIND(Expr, Field); ExprId base; Ident field; };
struct IndexExpr { KIND(Expr, Index); ExprId base, index; Span bracketsSpan; };
struct RangeExpr { KIND(Expr, Range); ExprId lo, hi; bool closed = false; };
struct TupleExpr { KIND(Expr, Tuple); List<ExprId> elems; };
struct ArrayExpr { KIND(Expr, Array); List<ExprId> elems; };
struct RepeatExpr { KIND(Expr, Repeat); ExprId elem; AnonConst count; };
struct ExprField { AttrsId attrs; Ident ident; ExprId value; bool shorthand = false; Span span; };
enum class StructRest : uint8_t { None, Base, Rest }; // `..base`, `..`
struct StructExpr { KIND(Expr, Struct); QSelf qself; PathId path; List<ExprField> fields; StructRest rest{}; ExprId base; };
struct RetExpr { KIND(Expr, Ret); ExprId value; };
struct BreakExpr { KIND(Expr, Break); Label label; ExprId value; };
struct ContinueExpr { KIND(Expr, Continue); Label label; };
struct BecomeExpr { KIND(Expr, Become); ExprId value; };
struct YieldExpr { KIND(Expr, Yield); ExprId value; bool postfix = false; };
struct YeetExpr { KIND(Expr, Yeet); ExprId value; };
struct AwaitExpr { KIND(Expr, Await); ExprId operand; Span awaitSpan; };
struct UseExpr { KIND(Expr, Use); ExprId operand; Span useSpan; };
struct TryExpr { KIND(Expr, Try); ExprId operand; };
struct ParenExpr { KIND(Expr, Paren); ExprId inner; };
struct UnderscoreExpr { KIND(Expr, Underscore); };
struct MacroCallExpr { KIND(Expr, MacroCall); MacCall mac; };
// format_args!, parsed (RFC 2795; std::fmt grammar). Pieces alternate freely.
enum class FormatTrait : uint8_t { Display, Debug, LowerExp, UpperExp, Octal, Pointer, Binary, LowerHex, UpperHex };
enum class FormatAlign : uint8_t { Left, Right, Center, Unknown };
enum class FormatCountKind : uint8_t { Implied, Literal, Argument };
struct FormatCount { FormatCountKind kind{}; uint32_t value = 0; }; // literal number or argument index
struct FormatPiece {
  bool isLiteral = false;
  Symbol text;                 // literal: unescaped text
  uint32_t arg = 0;            // placeholder: index into args
  FormatTrait trait{};
  FormatAlign align{FormatAlign::Unknown};
  uint32_t fill = 0;           // 0: default
  bool plus = false, minus = false, alternate = false, zeroPad = false, debugLowerHex = false, debugUpperHex = false;
  FormatCount width, precision;
  Span span;
};
enum class FormatArgKind : uint8_t { Normal, Named, Captured };
struct FormatArg { FormatArgKind kind{}; Ident name; ExprId value; };
struct FormatArgsExpr {
  KIND(Expr, FormatArgs);
  Span span;                   // of the format string
  List<FormatPiece> pieces;
  List<FormatArg> args;
  bool appendNewline = false;
  bool isConst = false;        // const_format_args!
  bool isSourceLiteral = true; // the template was written at the call, not made by a macro
  Symbol uncooked;             // text of the template as given
};
// asm!, naked_asm!, global_asm! (Reference: inline-assembly).
enum class AsmKind : uint8_t { Asm, GlobalAsm, NakedAsm };
enum class AsmOperandKind : uint8_t { In, Out, InOut, SplitInOut, Const, Sym, Label };
struct AsmOperand {
  AsmOperandKind kind{};
  bool late = false;
  bool explicitReg = false;    // reg names a register: "eax"; else a class: reg
  Symbol reg;
  ExprId in;                   // In, InOut, SplitInOut; Const (value); Sym (path expression)
  ExprId out;                  // Out, SplitInOut; none: `_`
  AnonConst konst;             // Const
  BlockId label;               // Label
  Span span;
};
struct AsmPiece { bool isString = false; Symbol text; uint32_t operand = 0; uint32_t modifier = 0; Span span; }; // modifier: character or 0
enum AsmOptions : uint32_t { kAsmPure = 1, kAsmNomem = 2, kAsmReadonly = 4, kAsmPreservesFlags = 8, kAsmNoreturn = 16,
  kAsmNostack = 32, kAsmAttSyntax = 64, kAsmRaw = 128, kAsmMayUnwind = 256 };
struct AsmClobberAbi { Symbol abi; Span span; };
struct AsmTemplate { Symbol text; Span span; lex::LitKind kind{}; uint8_t hashes = 0; }; // a template string: its value and where it is written
struct InlineAsm {
  AsmKind asmKind{};
  List<AsmTemplate> templates;
  List<AsmPiece> pieces;       // template strings joined by newlines
  List<AsmOperand> operands;
  List<AsmClobberAbi> clobberAbis;
  uint32_t options = 0;
  List<Span> lineSpans;        // of the lines of the templates
};
struct InlineAsmExpr { KIND(Expr, InlineAsm); InlineAsm inner; };
struct OffsetOfExpr { KIND(Expr, OffsetOf); TypeId container; List<Ident> fields; };
struct IncludedBytesExpr { KIND(Expr, IncludedBytes); uint32_t file = 0; Symbol bytes; }; // bytes: a symbol with the raw content
struct UnsafeBinderCastExpr { KIND(Expr, UnsafeBinderCast); bool wrap = false; ExprId operand; TypeId ty; };

// ---- types ----
struct ErrType { KIND(Type, Err); };
struct SliceType { KIND(Type, Slice); TypeId elem; };
struct ArrayType { KIND(Type, Array); TypeId elem; AnonConst len; };
struct PtrType { KIND(Type, Ptr); Mutability mut{}; TypeId pointee; };
struct RefType { KIND(Type, Ref); Lifetime lifetime; Mutability mut{}; bool pinned = false; TypeId referent; };
struct BareFnType { KIND(Type, BareFn); List<GenericParam> forLifetimes; FnHeader header; FnDecl decl; };
struct UnsafeBinderType { KIND(Type, UnsafeBinder); List<GenericParam> forLifetimes; TypeId inner; };
struct NeverType { KIND(Type, Never); };
struct TupleType { KIND(Type, Tuple); List<TypeId> elems; };
struct PathType { KIND(Type, Path); QSelf qself; PathId path; };
struct TraitObjectType { KIND(Type, TraitObject); List<GenericBound> bounds; bool hasDyn = true; };
struct ImplTraitType { KIND(Type, ImplTrait); List<GenericBound> bounds; };
struct ParenType { KIND(Type, Paren); TypeId inner; };
struct InferType { KIND(Type, Infer); };
struct ImplicitSelfType { KIND(Type, ImplicitSelf); };
struct MacroCallType { KIND(Type, MacroCall); MacCall mac; };
struct CVarArgsType { KIND(Type, CVarArgs); };
struct PatTypeType { KIND(Type, PatType); TypeId base; PatId pat; };  // pattern_type!(base is pat); `!null` is PatKind::Never with flags=1
struct FieldOfType { KIND(Type, FieldOf); TypeId container; List<Ident> fields; };

// ---- patterns ----
struct ErrPat { KIND(Pat, Err); };
struct MissingPat { KIND(Pat, Missing); };                       // `fn f(u8)` in 2015 traits
struct WildPat { KIND(Pat, Wild); };
struct IdentPat { KIND(Pat, Ident); bool byRef = false; Mutability refMut{}; bool isMut = false; Ident ident; PatId sub; };
struct PatField { AttrsId attrs; Ident ident; PatId pat; bool shorthand = false; Span span; };
struct StructPat { KIND(Pat, Struct); QSelf qself; PathId path; List<PatField> fields; bool hasRest = false; };
struct TupleStructPat { KIND(Pat, TupleStruct); QSelf qself; PathId path; List<PatId> elems; };
struct OrPat { KIND(Pat, Or); List<PatId> alts; };
struct PathPat { KIND(Pat, Path); QSelf qself; PathId path; };
struct TuplePat { KIND(Pat, Tuple); List<PatId> elems; };
struct BoxPat { KIND(Pat, Box); PatId inner; };
struct DerefPat { KIND(Pat, Deref); PatId inner; };
struct RefPat { KIND(Pat, Ref); Mutability mut{}; bool pinned = false; PatId inner; };
struct LitPat { KIND(Pat, Lit); ExprId expr; };                  // literal, -literal, const block, included bytes
enum class RangeEnd : uint8_t { Included, IncludedDotDotDot, Excluded };
struct RangePat { KIND(Pat, Range); ExprId lo, hi; RangeEnd end{}; };
struct SlicePat { KIND(Pat, Slice); List<PatId> elems; };
struct RestPat { KIND(Pat, Rest); };
struct NeverPat { KIND(Pat, Never); };
struct GuardPat { KIND(Pat, Guard); PatId inner; ExprId guard; };
struct ParenPat { KIND(Pat, Paren); PatId inner; };
struct MacroCallPat { KIND(Pat, MacroCall); MacCall mac; };

// ---- statements ----
struct LetStmt { KIND(Stmt, Let); bool isSuper = false; PatId pat; TypeId ty; ExprId init; BlockId otherwise; };
struct ItemStmt { KIND(Stmt, Item); ItemId item; };
struct ExprStmt { KIND(Stmt, Expr); ExprId expr; };               // no semicolon: block-like, or the tail
struct SemiStmt { KIND(Stmt, Semi); ExprId expr; };
struct EmptyStmt { KIND(Stmt, Empty); };
enum class MacStmtStyle : uint8_t { Semicolon, Braces, NoBraces };
struct MacroCallStmt { KIND(Stmt, MacroCall); MacCall mac; MacStmtStyle style{}; };
struct ExpansionStmt { KIND(Stmt, Expansion); List<StmtId> stmts; };

// ---- items ----
struct ErrItem { KIND(Item, Err); };
struct ExternCrateItem { KIND(Item, ExternCrate); Symbol original; };          // `extern crate original as ident`; original none: same
enum class UseTreeKind : uint8_t { Simple, Glob, Nested };
struct UseTree {
  UseTreeKind kind{};
  PathId prefix;               // may have no segments for `{..}` and `*`
  Ident rename;                // Simple: `as rename`; none
  List<UseTree> nested;
  Span span;
};
struct UseItem { KIND(Item, Use); UseTree tree; };
struct StaticItem { KIND(Item, Static); Safety safety{}; Mutability mut{}; TypeId ty; ExprId value; };
struct ConstItem { KIND(Item, Const); Generics generics; TypeId ty; ExprId value; };
struct FnItem { KIND(Item, Fn); Generics generics; FnHeader header; FnDecl decl; BlockId body; };
struct ModItem { KIND(Item, Mod); Safety safety{}; bool isInline = false; bool loaded = false; List<ItemId> items; Span innerSpan; AttrsId innerAttrs; };
struct ForeignModItem { KIND(Item, ForeignMod); Safety safety{}; ExternKind ext{}; Literal abi; List<ItemId> items; };
struct GlobalAsmItem { KIND(Item, GlobalAsm); InlineAsm inner; };
struct TyAliasItem { KIND(Item, TyAlias); Generics generics; List<GenericBound> bounds; TypeId ty; uint32_t whereBefore = 0; }; // whereBefore: predicates in front of `=`
struct FieldDef { AttrsId attrs; Visibility vis; Safety safety{}; Ident ident; TypeId ty; AnonConst defaultValue; Span span; }; // tuple fields: ident named 0, 1, ..
enum class VariantShape : uint8_t { Struct, Tuple, Unit };
struct VariantData { VariantShape shape{}; List<FieldDef> fields; };
struct Variant { AttrsId attrs; Visibility vis; Ident ident; VariantData data; AnonConst discriminant; Span span; };
struct EnumItem { KIND(Item, Enum); Generics generics; List<Variant> variants; };
struct StructItem { KIND(Item, Struct); Generics generics; VariantData data; };
struct UnionItem { KIND(Item, Union); Generics generics; VariantData data; };
struct TraitItem { KIND(Item, Trait); Constness constness{}; Safety safety{}; bool isAuto = false; Generics generics; List<GenericBound> bounds; List<ItemId> items; };
struct TraitAliasItem { KIND(Item, TraitAlias); Constness constness{}; Generics generics; List<GenericBound> bounds; };
struct ImplItem {
  KIND(Item, Impl);
  Generics generics;
  Safety safety{};
  Constness constness{};
  bool constFirst = false;     // written `const impl`, not `impl const Trait`
  bool negative = false;
  PathId traitPath;            // none: inherent
  TypeId self;
  List<ItemId> items;
};
struct MacroCallItem { KIND(Item, MacroCall); MacCall mac; };
struct MacroDefItem { KIND(Item, MacroDef); bool macroRules = false; bool shorthand = false; lex::Delim delim{}; lex::TokenRange body; }; // shorthand: `macro m(params) { .. }`, body is `(params) => { .. }`
struct ExpansionItem { KIND(Item, Expansion); List<ItemId> items; };           // what a macro in item position became
#undef KIND

} // namespace ferric::ast
