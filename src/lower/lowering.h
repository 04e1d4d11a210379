// The walk that lowers one item header or one body. Private to lower; one instance per query, its member
// functions are spread over a file per subject.
#pragma once
#include "hir/hir.h"
#include "lower/ribs.h"
#include "resolve/scope.h"
#include "ty/context.h"

namespace ferric::lower {

using llvm::ArrayRef;
using llvm::SmallVector;
using llvm::SmallVectorImpl;
using hir::HirId;

// What a path is used as: which namespace it is in, what it may mean, and which error it is otherwise (rustc PathSource).
enum class PathSource : uint8_t { Type, Trait, Expr, Callee, Pat, Struct, TupleStruct, TraitItemType, TraitItemValue };

Namespace spaceOf(PathSource source);

// How elided and anonymous lifetimes are to be understood (rustc LifetimeRibKind, ImplTraitContext apart).
enum class ElideKind : uint8_t {
  Item,          // none allowed: E0106
  Create,        // each makes a parameter of `owner` (fn inputs, impl headers, `Fn(&u8)`)
  CreateStrict,  // the same, but a path must not leave lifetimes out (E0726)
  Fixed,         // is `lifetime`: 'static, or the one of the output rule
  Infer,         // bodies
  Failure,       // output whose inputs decide nothing: E0106
  Forbid,        // `'_` and `&` may not be used here: E0637
};
struct ElideRib {
  ElideKind kind = ElideKind::Item;
  hir::Lifetime fixed;
  DefId owner;
  SmallVectorImpl<hir::GenericParam> *created = nullptr;
  bool assocConst = false; // in the type of an associated constant: paths must not leave lifetimes out, and creating one is a lint
};

enum class ImplTraitMode : uint8_t { Disallowed, Universal, Opaque };

class Lowering {
public:
  Lowering(ty::Ctx &tcx, DefId item);

  const hir::Item *item();
  const hir::Body *body();

private:
  // ================ scopes (scopes.cpp) ================
  // Puts the scopes around `def` in place: generic parameters of the items around it, block modules, barriers.
  void enterScopesOf(DefId def);
  void bindGenerics(DefId def);
  void bindSelf(DefId def);

  // ================ items (items.cpp) ================
  void lowerFnHeader(hir::Item &out, const ast::FnItem &fn);
  void lowerFnSignature(hir::Item &out, const ast::FnItem &fn);
  void lowerFields(hir::Item &out, const ast::VariantData &data, DefId owner, SmallVectorImpl<hir::FieldSig> &fields);
  void elideInConst();
  void lowerImpl(hir::Item &out, const ast::ImplItem &impl);
  // Parameters (with what was made up while lowering) and where-clauses. `f` runs between: the rest of the header.
  void lowerGenerics(hir::Item &out, const ast::Generics *generics, llvm::function_ref<void()> f);
  hir::GenericParam lowerParam(const ast::GenericParam &p, DefId def);
  void lowerParamBounds(const ast::GenericParam &p, DefId def, SmallVectorImpl<hir::WherePredicate> &out);
  void lowerWhere(const ast::WherePredicate &w, SmallVectorImpl<hir::WherePredicate> &out);
  hir::FnHeader fnHeader(const ast::FnHeader &h);

  // ================ types and bounds (types.cpp, generics.cpp) ================
  const hir::Ty *ty(ast::TypeId id);
  const hir::Ty *tyInner(ast::TypeId id);
  const hir::Ty *bareTraitObject(Span span, const hir::Path &trait);
  const hir::Ty *traitObject(ast::TypeId id, const ast::TraitObjectType &t);
  // `impl Future<Output = output>`; no output: `()`.
  const hir::Ty *futureOf(const hir::Ty *output, Span span);
  const hir::Ty *implTrait(ast::TypeId id, const ast::ImplTraitType &t);
  const hir::Ty *bareFn(ast::TypeId id, const ast::BareFnType &t);
  const hir::Ty *patType(ast::TypeId id, const ast::PatTypeType &t);
  hir::TyPat tyPat(ast::PatId id);
  const hir::Ty *pathTy(Span span, const hir::QPath &path);
  hir::FnDecl fnDecl(const ast::FnDecl &d, llvm::function_ref<const hir::Ty *(ast::TypeId)> input);
  ArrayRef<hir::GenericBound> bounds(ArrayRef<ast::GenericBound> b);
  void bound(const ast::GenericBound &b, hir::GenericBound &out);
  void polyTraitRef(const ast::GenericBound &b, hir::PolyTraitRef &out);
  const hir::GenericArgs *genericArgs(ast::GenericArgsId id, const hir::PathSegment &segment);
  hir::ConstArg *constArg(const ast::AnonConst &c, bool repeat = false);
  // With `langFn`, what that language item returns for the expression, unless this is a literal.
  hir::ConstArg *constArgOfExpr(ast::ExprId e, bool repeat, llvm::StringRef langFn = {});
  // A bare path (or a block of one) to a const parameter, when the expression is that.
  bool trivialConstPath(ast::ExprId e, hir::QPath &out);

  // ================ lifetimes (lifetimes.cpp) ================
  hir::Lifetime lifetime(const ast::Lifetime &lt);
  hir::Lifetime elidedLifetime(Span span, Span errorSpan);
  hir::Lifetime freshLifetime(const ElideRib &rib, Ident ident);
  // `for<'a>`: binds the names until the mark is reset; answers the parameters.
  void bindForLifetimes(ArrayRef<ast::GenericParam> params, SmallVectorImpl<hir::GenericParam> &out);
  // Lifetime arguments for a path that leaves them out.
  void elidedPathLifetimes(const Res &res, Span span, hir::GenericArgs &args, bool hasOtherArgs);
  bool mentionsSelf(const hir::Ty *ty);
  void selfLifetimes(const hir::Ty *ty, SmallVectorImpl<hir::Lifetime> &out);
  bool isSelfTy(const hir::Ty *ty);
  unsigned lifetimeParamCount(DefId def);
  void noteAttrs(Span span, ast::AttrsId attrs) {
    if (body_ && attrs.valid())
      body_->attrs.push_back({span, attrs});
  }
  void noteAttrsAround(DefId item, Span span);
  void noteCandidate(const hir::Lifetime &lt);
  // Types of inputs and the output with the rules of lifetime elision between them.
  void elidedSignature(ArrayRef<ast::TypeId> inputs, ast::TypeId output, bool hasSelf, const ElideRib &inputRib,
                       SmallVectorImpl<const hir::Ty *> &in, const hir::Ty *&out);

  // ================ paths (path.cpp) ================
  hir::QPath qpath(const ast::QSelf &qself, ast::PathId path, PathSource source, Res *full = nullptr);
  // What a path means, reported when it is not what `source` expects. `unresolved` segments are left to type checking.
  Res resolvePath(ArrayRef<Ident> segments, PathSource source, Span span, unsigned &unresolved, bool report = true);
  Res resolveAnywhere(ArrayRef<Ident> segments, PathSource source, unsigned &unresolved, resolve::PathRes &failure);
  bool resolveIn(ArrayRef<Ident> segments, Namespace ns, unsigned &unresolved, Res &res, resolve::PathRes &failure, bool report);
  Res lookupIdent(Ident ident, Namespace ns, bool &found, bool report, bool *fromRib = nullptr);
  Res checkBarriers(const RibHit &hit, Ident ident, bool report);
  bool expected(const Res &res, PathSource source) const;
  void reportUnexpected(ArrayRef<Ident> segments, const Res &res, PathSource source, Span span);
  void reportUnresolved(ArrayRef<Ident> segments, PathSource source, Span span, const resolve::PathRes &failure);
  bool reportOuterName(Ident ident, RibSpace space);
  hir::Path *hirPath(ast::PathId path, Res res, unsigned resolvedCount, unsigned skipArgsFrom);
  void lowerSegment(const ast::PathSegment &s, Res res, hir::PathSegment &out);
  bool pathSegments(ast::PathId path, SmallVectorImpl<Ident> &out) const;
  Res segmentRes(ArrayRef<Ident> segments, size_t at, const Res &last, size_t resolved);
  hir::QPath langItemPath(Symbol lang, Span span);
  hir::QPath langItemPath(llvm::StringRef lang, Span span) { return langItemPath(sess.symbols.intern(lang), span); }
  hir::QPath defPath(DefId def, Span span);
  hir::QPath typeRelative(const hir::Ty *self, Ident name);

  // ================ patterns (pat.cpp) ================
  const hir::Pat *pat(ast::PatId id);            // a whole pattern: its bindings come into scope
  const hir::Pat *patInner(ast::PatId id);
  const hir::Pat *identPat(ast::PatId id, const ast::IdentPat &p, bool restSub = false);
  void tuplePats(List<ast::PatId> elems, const char *what, SmallVectorImpl<const hir::Pat *> &out, int &dotDot);
  const hir::Pat *slicePat(ast::PatId id, const ast::SlicePat &p);
  hir::PatExpr *patExpr(ast::ExprId e, bool allowPaths);
  Res freshBinding(Ident ident, HirId id);
  void checkBindings(const hir::Pat *p);
  struct BindingInfo { Ident ident; bool byRef; hir::Mutability mut; };
  void collectBindings(const hir::Pat *p, llvm::DenseMap<uint64_t, BindingInfo> &out);
  const hir::Pat *bindingPat(Span span, Ident ident, hir::LocalId &local, bool isMut = false);
  const hir::Pat *variantPat(llvm::StringRef lang, Span span, const hir::Pat *field);
  const hir::Pat *wildPat(Span span);
  void extraRest(Span span, Span previous, const char *what);

  // ================ expressions (expr.cpp, desugar.cpp, assign.cpp, closure.cpp, asm.cpp, format.cpp) ================
  const hir::Expr *expr(ast::ExprId id);
  const hir::Expr *exprInner(ast::ExprId id);
  ArrayRef<const hir::Expr *> exprs(List<ast::ExprId> list);
  const hir::Expr *pathExpr(ast::ExprId id, const ast::PathExpr &p, PathSource source);
  const hir::Expr *call(ast::ExprId id, const ast::CallExpr &c);
  const hir::Expr *legacyConstGenerics(ast::ExprId id, const ast::CallExpr &c, const hir::Expr *callee, ArrayRef<uint64_t> indices);
  const hir::Expr *structLiteral(ast::ExprId id, const ast::StructExpr &s);
  const hir::Expr *ifExpr(ast::ExprId id, const ast::IfExpr &e);
  const hir::Expr *whileLoop(ast::ExprId id, const ast::WhileExpr &e);
  const hir::Expr *forLoop(ast::ExprId id, const ast::ForLoopExpr &e);
  const hir::Expr *loopExpr(ast::ExprId id, const ast::LoopExpr &e);
  const hir::Expr *matchExpr(ast::ExprId id, const ast::MatchExpr &e);
  const hir::Expr *tryExpr(ast::ExprId id, const ast::TryExpr &e);
  const hir::Expr *tryBlock(ast::ExprId id, const ast::TryBlockExpr &e);
  const hir::Expr *yeet(ast::ExprId id, const ast::YeetExpr &e);
  const hir::Expr *range(ast::ExprId id, const ast::RangeExpr &e);
  const hir::Expr *closure(ast::ExprId id, const ast::ClosureExpr &e);
  const hir::Expr *blockExpr(ast::ExprId id, const ast::BlockExpr &e);
  const hir::Expr *breakExpr(ast::ExprId id, const ast::BreakExpr &e);
  const hir::Expr *continueExpr(ast::ExprId id, const ast::ContinueExpr &e);
  const hir::Expr *assign(ast::ExprId id, const ast::AssignExpr &e);
  const hir::Expr *constBlock(ast::ExprId id, const ast::ConstBlockExpr &e);
  const hir::Expr *inlineAsm(ast::ExprId id, const ast::InlineAsmExpr &e);
  const hir::Expr *formatArgs(ast::ExprId id, const ast::FormatArgsExpr &e);
  const hir::Expr *unsupported(Span span, const char *what);
  void asmOperands(const ast::InlineAsm &a, hir::InlineAsm &out);

  // destructuring assignment: the left side as a pattern, with the assignments behind it
  bool isOrdinaryAssignee(ast::ExprId lhs);
  const hir::Pat *assigneePat(ast::ExprId lhs, Span eqSpan, SmallVectorImpl<hir::Stmt> &stmts);
  void assigneeSequence(List<ast::ExprId> elems, const char *what, Span eqSpan, SmallVectorImpl<hir::Stmt> &stmts,
                        SmallVectorImpl<const hir::Pat *> &out, int &dotDot);
  bool isUnitStructPath(ast::ExprId e);
  bool isTupleStructPath(ast::ExprId e);

  // ================ blocks (block.cpp) ================
  const hir::Block *block(ast::BlockId id, bool targeted = false);
  const hir::Expr *blockAsExpr(ast::BlockId id);
  void stmts(ast::BlockId id, hir::Block &out);
  const hir::LetStmt *letStmt(const ast::Stmt &s, const ast::LetStmt &l);
  const hir::Block *makeBlock(Span span, ArrayRef<hir::Stmt> stmts, const hir::Expr *tail, hir::BlockSafety safety = hir::BlockSafety::Safe);
  hir::Stmt exprStmt(const hir::Expr *e, hir::StmtKind kind);
  hir::Stmt letOf(Span span, const hir::Pat *pat, const hir::Expr *init, bool isSuper);

  // ================ labels and loops (desugar.cpp) ================
  struct Target { HirId id; bool isLoop = false; bool isBlock = false; hir::LoopSource source{}; };
  Target labelTarget(Ident label, bool &ok);
  void bindLabel(const ast::Label &label, HirId target);
  // Reports a jump that no loop is around (E0267, E0268).
  bool requireLoop(Span span, llvm::StringRef what);

  // ================ nested bodies (bodies.cpp) ================
  void lowerFnBody(hir::Body &b, const ast::FnDecl &decl, ast::BlockId body);
  void lowerParams(ArrayRef<ast::Param> params, SmallVectorImpl<hir::Param> &out);
  DefId addDef(DefKind kind, Span span, AstRef ref, ast::AttrsId attrs = {});
  // The definition of an item declared in the body, here or in what is around; none for what defines nothing.
  DefId itemInBody(ast::ItemId item) const;
  // Lowers `value` as a body of its own and records it as hirBody(def).
  void lowerNestedBody(DefId def, hir::BodyKind kind, llvm::function_ref<const hir::Expr *()> value);
  // With `langFn`, the constant is what that language item returns for the expression.
  DefId anonConst(ast::ExprId value, Barrier barrier, bool typesAllowed, bool constsAllowed, llvm::StringRef langFn = {});
  hir::Body *newBody(DefId owner, hir::BodyKind kind);

  // ================ making nodes ================
  HirId newId() { return HirId(nextId_++); }
  template <class T> T *make(Span span) { return make<T>(newId(), span); }
  template <class T> T *make(HirId id, Span span) {
    T *n = new (arena_->Allocate<T>()) T();
    n->kind = T::kKind;
    n->id = id;
    n->span = span;
    return n;
  }
  template <class T> T *alloc(const T &v) { return new (arena_->Allocate<T>()) T(v); }
  template <class T> ArrayRef<T> arr(const SmallVectorImpl<T> &v) { return ArrayRef<T>(v).copy(*arena_); }
  template <class T> ArrayRef<T> arr(ArrayRef<T> v) { return v.copy(*arena_); }
  template <class T> ArrayRef<T> arr(std::initializer_list<T> v) { return ArrayRef<T>(v.begin(), v.size()).copy(*arena_); }

  const hir::Expr *asyncBlock(Span span, AstRef ref, hir::CaptureBy capture, ast::BlockId block);
  const hir::Expr *awaitExpr(ast::ExprId id, const ast::AwaitExpr &a);
  const hir::Expr *callLang(llvm::StringRef fn, Span span, ArrayRef<const hir::Expr *> args);
  const hir::Expr *callOf(Span span, const hir::Expr *callee, ArrayRef<const hir::Expr *> args);
  const hir::Expr *pathExprOf(Span span, const hir::QPath &path);
  const hir::Expr *localExpr(Span span, Ident ident, hir::LocalId local);
  const hir::Expr *unitExpr(Span span);
  const hir::Expr *blockToExpr(const hir::Block *b);
  const hir::Expr *addrOf(Span span, const hir::Expr *e, hir::Mutability m);
  const hir::Expr *strLit(Span span, llvm::StringRef text, lex::LitKind kind);
  const hir::Expr *breakTo(Span span, HirId target, const hir::Expr *value);
  const hir::Expr *dropTemps(Span span, const hir::Expr *e);
  const hir::Arm *arm(Span span, const hir::Pat *p, const hir::Expr *body);
  const hir::Expr *matchOf(Span span, const hir::Expr *scrutinee, ArrayRef<const hir::Arm *> arms, hir::MatchSource source);
  // `span` marked as coming from a desugaring.
  Span desugared(Span span, DesugaringKind kind);
  Symbol intern(llvm::StringRef s) { return sess.symbols.intern(s); }
  Ident dummyIdent(llvm::StringRef name) { return Ident{intern(name), Span()}; }
  diag::Builder error(Span span, const char *code, const llvm::Twine &message) { return sess.diag.error(span, code, message); }
  bool tooDeep(Span span);

  template <class T, class IdT> const T &node(IdT id) const { return ast.get<T>(id); }

  ty::Ctx &tcx;
  Session &sess;
  Crates &crates;
  Crate &crate;
  const ast::Ast &ast;
  resolve::Scopes &scopes;
  const DefId def_;
  ModuleId outer_;               // the module around everything: where lookups end
  ModuleId scope_;               // innermost module or block module
  DefId parentDef_;              // parent of what is defined here
  llvm::BumpPtrAllocator *arena_;
  uint32_t nextId_ = 0;
  hir::Body *body_ = nullptr;

  Ribs ribs_;
  struct LifetimeEntry { Ident ident; DefId def; bool barrier = false; };
  SmallVector<LifetimeEntry, 8> lifetimes_;
  ElideRib elide_;
  SmallVector<hir::Lifetime, 4> *candidates_ = nullptr; // lifetimes met in an input (output elision)
  ImplTraitMode implTrait_ = ImplTraitMode::Disallowed;
  ImplTraitMode outputMode_ = ImplTraitMode::Disallowed; // of the signature under way: in its output
  SmallVector<hir::GenericParam, 2> *universal_ = nullptr; // impl Trait in argument position
  SmallVector<hir::WherePredicate, 2> *universalBounds_ = nullptr;
  bool inConstParamTy_ = false;
  SmallVector<Ident, 4> forwardParams_; // parameters that a default may not use yet

  // patterns under way (rustc PatBoundCtx)
  struct PatScope { bool isOr; SmallVector<std::pair<Ident, Res>, 4> names; };
  SmallVector<PatScope, 4> patScopes_;
  bool patIsParam_ = false, patHasOr_ = false;

  // control flow
  std::optional<Target> loop_;
  std::optional<hir::LocalId> taskContext_; // in an async block: what its future is polled with
  bool inLoopCondition_ = false, inClosure_ = false;
  bool inTry_ = false, tryHeterogeneous_ = false;
  HirId tryTarget_;
  llvm::DenseMap<HirId, Target> targets_;
  SmallVector<Ident, 2> unlabeledBlocks_;
  bool inLabeledBlock_ = false;
  unsigned depth_ = 0;

  // While alive, code is lowered that the loops, labelled blocks and `try` blocks around it do not reach into: of a closure, a constant.
  class SeparateControlFlow {
  public:
    SeparateControlFlow(Lowering &l, bool inClosure, std::optional<hir::LocalId> taskContext)
        : l_(l), loop_(std::exchange(l.loop_, std::nullopt)), taskContext_(std::exchange(l.taskContext_, taskContext)),
          inTry_(std::exchange(l.inTry_, false)), inClosure_(std::exchange(l.inClosure_, inClosure)),
          inLoopCondition_(std::exchange(l.inLoopCondition_, false)), inLabeledBlock_(std::exchange(l.inLabeledBlock_, false)) {}
    ~SeparateControlFlow() {
      l_.loop_ = loop_;
      l_.taskContext_ = taskContext_;
      l_.inTry_ = inTry_;
      l_.inClosure_ = inClosure_;
      l_.inLoopCondition_ = inLoopCondition_;
      l_.inLabeledBlock_ = inLabeledBlock_;
    }

  private:
    Lowering &l_;
    std::optional<Target> loop_;
    std::optional<hir::LocalId> taskContext_;
    bool inTry_, inClosure_, inLoopCondition_, inLabeledBlock_;
  };
  // Keeps and restores what a nested body changes.
  struct BodyState;
};

} // namespace ferric::lower
