// State of type checking one body, and the operations that its parts (one file per construct) share.
// RootCtxt: one per body that is checked on its own; FnCtxt: one per function or closure in it
// (rustc_hir_typeck::{TypeckRootCtxt, FnCtxt}). Regions are erased throughout: relating types is equating them.
// Order of work is rustc's: what is unified, coerced, selected and defaulted when is part of the language.
#pragma once
#include "hir/hir.h"
#include "traits/fulfill.h"
#include "traits/trivial.h"
#include "ty/context.h"
#include "ty/fold.h"
#include "ty/print.h"
#include "ty/typeck_results.h"
#include "typeck/coerce_many.h"
#include "typeck/expectation.h"

namespace ferric::typeck {

using ty::Ty; using ty::Const; using ty::Region; using ty::GenericArg; using ty::GenericArgs; using ty::FnSig; using ty::PolyFnSig;
using ty::TyKind; using ty::ConstKind; using ty::TraitRef; using ty::Predicate; using ty::PredicateKind; using ty::Mutability; using ty::Safety;
using ty::AdtDef; using ty::VariantDef; using ty::Adjustment; using ty::AdjustKind; using ty::AssocItem; using ty::AssocKind; using ty::AliasKind;
using hir::HirId; using hir::LocalId; using hir::ExprKind; using hir::PatKind; using hir::StmtKind;
using llvm::ArrayRef; using llvm::SmallVector; using llvm::SmallVectorImpl; using llvm::StringRef; using llvm::Twine;
using llvm::isa; using llvm::cast; using llvm::dyn_cast; using llvm::function_ref;

enum class Diverges : uint8_t { Maybe, Always };
inline Diverges operator|(Diverges a, Diverges b) { return std::max(a, b); }
inline Diverges operator&(Diverges a, Diverges b) { return std::min(a, b); }
enum class Needs : uint8_t { None, MutPlace };
inline Needs maybeMutPlace(Mutability m) { return m == Mutability::Mut ? Needs::MutPlace : Needs::None; }
enum class ClosureKind : uint8_t { Fn, FnMut, FnOnce };

// What a method call, operator or overloaded place resolved to.
struct MethodCallee { DefId def; GenericArgs args; FnSig sig; };
using Adjustments = SmallVector<Adjustment, 2>;
using traits::Obligation; using traits::ObligationVec; using Obligations = traits::ObligationVec;

struct BreakableCtxt { HirId id; std::optional<CoerceMany> coerce; bool mayBreak = false; };

class FnCtxt;
class Autoderef;

// Casts are checked after inference (cast.cpp).
struct CastCheck { const hir::Expr *operand; Ty from, to; Span castSpan, span; };
// A call of a closure whose kind was not known yet (callee.cpp).
struct DeferredCall { const hir::CallExpr *call; Ty closureTy; Adjustments adjustments; FnSig sig; };
struct DeferredSized { Ty ty; Cause cause; };
struct RepeatCheck { const hir::Expr *element; Ty ty; Const count; };

struct RootCtxt {
  RootCtxt(ty::Ctx &tcx, DefId owner, const hir::Body &body, ty::TypeckResults &results);

  ty::Ctx &tcx;
  Session &sess;
  DefId owner;
  const hir::Body &body;
  ty::TypeckResults &results;
  ty::ParamEnv env;
  traits::InferCtxt infcx;
  traits::FulfillmentCtxt fulfill;
  llvm::DenseMap<LocalId, Ty> locals;
  std::vector<CastCheck> casts;
  std::vector<RepeatCheck> repeats;
  std::vector<DeferredSized> sized;
  llvm::DenseMap<DefId, std::vector<DeferredCall>> deferredCalls;
  std::vector<const hir::InlineAsmExpr *> asms;
  std::vector<Ty> divergingVars;
  // Closures in the order they are met; analysed innermost first (upvar.cpp).
  llvm::DenseMap<DefId, const hir::ClosureExpr *> closures;
  llvm::DenseSet<HirId> unreadPlaces; // places whose value is not read where they stand: `&place`, `place = ..`, `let _ = place`
  // An error was reported: later ambiguities say nothing.
  void setTainted() { infcx.tainted = true; }
  bool tainted() const { return infcx.tainted; }
  unsigned depth = 0;        // of nested expressions
};

// One function's or closure's context. `body` items: the DefId of the fn or closure.
class FnCtxt {
public:
  FnCtxt(RootCtxt &root, DefId fn) : root(root), tcx(root.tcx), sess(root.sess), results(root.results), infcx(root.infcx), fn(fn) {}

  RootCtxt &root;
  ty::Ctx &tcx;
  Session &sess;
  ty::TypeckResults &results;
  traits::InferCtxt &infcx;
  DefId fn;
  std::optional<CoerceMany> retCoercion;   // none: no `return` here (constants)
  Span retSpan;                            // of the declared return type, for labels
  Ty declaredRet;
  Diverges diverges = Diverges::Maybe;
  std::vector<BreakableCtxt> breakables;

  // ---- infer.cpp: variables, resolution, relations, obligations ----
  ty::ParamEnv env() const { return root.env; }
  Ty nextTyVar(Span s) { return infcx.nextTyVar(s); }
  GenericArgs freshArgs(Span s, DefId item) { return infcx.freshArgsForItem(s, item); }
  Ty shallow(Ty t) { return infcx.shallowResolve(t); }
  template <class T> T resolve(T v) { return infcx.resolve(v); }
  // Resolves; when the result is a variable, after making progress with pending obligations.
  Ty tryStructurally(Ty t);
  // The same, but a variable is an error (E0282) and becomes the error type.
  Ty structurally(Span s, Ty t);
  Ty mustBeKnown(Span s, Ty t);
  bool isTyVar(Ty t) { return shallow(t).isTyVar(); }
  bool typeVarIsSized(Ty var);
  // Normalises projections and constants; what is ambiguous becomes a variable and an obligation.
  template <class T> T normalize(const Cause &c, T value) {
    Obligations out;
    T r = traits::normalize(infcx, c, env(), value, out);
    registerAll(out);
    return r;
  }
  template <class T> T normalizeInto(const Cause &c, T value, Obligations &out) { return traits::normalize(infcx, c, env(), value, out); }
  // Signature / type of a definition, instantiated, regions erased, bound regions too; not normalised.
  FnSig fnSigOf(DefId fn, GenericArgs args) { return ty::eraseRegions(tcx, ty::eraseLateBound(tcx, ty::instantiate(tcx, tcx.fnSig(fn), args))); }
  PolyFnSig polySigOf(Ty fnDefOrPtr);
  FnSig sigOfFnTy(Ty fnDefOrPtr) { return ty::eraseRegions(tcx, ty::eraseLateBound(tcx, polySigOf(fnDefOrPtr))); }
  Ty typeOfRaw(DefId def, GenericArgs args) { return ty::eraseRegions(tcx, ty::instantiate(tcx, tcx.typeOf(def), args)); }
  Ty fieldTy(Span s, const ty::FieldDef &f, GenericArgs args) { return normalize(Cause(s), typeOfRaw(f.def, args)); }
  // Relations; committed when they hold.
  bool eq(Ty a, Ty b) { return infcx.eq(a, b); }
  bool canEq(Ty a, Ty b) { return infcx.canEq(a, b); }
  template <class F> auto probe(F &&f) { return infcx.probe(std::forward<F>(f)); }
  template <class F> bool commitIf(F &&f) { return infcx.commitIfOk(std::forward<F>(f)); }
  Obligation obligation(Predicate p, const Cause &c) { return {p, env(), c, 0}; }
  void registerPredicate(Predicate p, const Cause &c) { root.fulfill.add(obligation(p, c)); }
  void registerAll(ArrayRef<Obligation> os) { root.fulfill.addAll(os); }
  void registerBound(Ty t, DefId trait, const Cause &c);
  void registerBound(Ty t, Symbol lang, const Cause &c) { if (DefId d = tcx.langItem(lang)) registerBound(t, d, c); }
  void requireSized(Ty t, const Cause &c);
  // The type, or each type among the arguments, is well formed (rustc register_wf_obligation, add_wf_bounds).
  void requireWellFormed(Ty t, Span s);
  void requireWellFormed(GenericArgs args, Span s);
  void requireSizedDeferred(Ty t, const Cause &c) { root.sized.push_back({t, c}); }
  // The where-clauses of an item and its parents with these arguments, regions erased; those on regions alone are left out.
  void predicatesOf(DefId item, GenericArgs args, SmallVectorImpl<ty::SpannedClause> &out);
  void addItemObligations(Span s, DefId item, GenericArgs args);
  void addItemObligations(Span s, DefId item, GenericArgs args, Obligations &out);
  void selectWherePossible();
  void reportFulfillErrors(ArrayRef<traits::FulfillError> errors);
  bool mayHold(Predicate p) { return traits::predicateMayHold(infcx, obligation(p, Cause())); }
  bool mustHold(Predicate p) { return traits::predicateMustHold(infcx, obligation(p, Cause())); }
  bool implementsTrait(Ty self, DefId trait); // may hold
  bool isCopy(Ty t);
  bool isSized(Ty t);
  Predicate traitPredicate(DefId trait, ArrayRef<GenericArg> args) { return tcx.mkTraitPredicate({trait, tcx.mkArgs(args)}); }
  // Trait predicates and projections pending on variable `var` as self type, in the order they were registered.
  void obligationsForSelf(Ty var, SmallVectorImpl<Predicate> &out);
  const ty::CodegenAttrs *codegenAttrs(DefId def) { return tcx.codegenAttrs(def); }

  // ---- results ----
  void writeTy(HirId id, Ty t);
  Ty nodeTy(HirId id);
  void writeArgs(HirId id, GenericArgs a);
  void writeRes(HirId id, Res r);
  void writeMethodCall(HirId id, const MethodCallee &m);
  void applyAdjustments(const hir::Expr *e, Adjustments adj);
  Ty adjustedTy(const hir::Expr *e);
  Ty localTy(LocalId id, Span s);
  Ty error() { root.setTainted(); return tcx.common.error; }

  // ---- demand.cpp: comparing what is expected with what is there, reporting E0308 ----
  bool demandEq(const Cause &c, Ty expected, Ty actual);
  bool demandSuptype(const Cause &c, Ty expected, Ty actual) { return demandEq(c, expected, actual); }
  Ty demandCoerce(const hir::Expr *e, Ty actual, Ty expected, bool twoPhase = false);
  void reportMismatch(const Cause &c, Ty expected, Ty found, const hir::Expr *e = nullptr);

  // ---- expectations ----
  Expectation resolveExpect(Expectation e);
  std::optional<Ty> toOption(Expectation e);
  std::optional<Ty> onlyHasType(Expectation e);
  Ty coercionTarget(Expectation e, Span s);
  Expectation adjustForBranches(Expectation e);
  Expectation rvalueHint(Ty t);

  // ---- check_fn.cpp ----
  void checkFn(const FnSig &sig, ArrayRef<hir::Param> params, const hir::Expr *value, Span retSpan, bool isClosure);
  void gatherLocals(const hir::Pat *pat, bool isParam = false);
  void gatherDecl(HirId id, const hir::Pat *pat, const hir::Ty *ty, Span s);
  void assignLocal(Span s, HirId id, Ty t);
  Ty vaListTy(Span s);

  // ---- expr.cpp ----
  Ty checkExpr(const hir::Expr *e) { return checkExpr(e, Expectation::none()); }
  Ty checkExpr(const hir::Expr *e, Expectation expected, const hir::CallExpr *callOf = nullptr);
  Ty checkExprWithNeeds(const hir::Expr *e, Expectation expected, Needs needs);
  Ty checkExprHasType(const hir::Expr *e, Ty expected);
  Ty checkExprCoercible(const hir::Expr *e, Ty expected);
  void checkReturnOrTail(const hir::Expr *e, bool explicitReturn);
  Ty checkBlock(const hir::Block *b, Expectation expected, HirId breakId);
  void checkBlockNoValue(const hir::Block *b);
  void checkStmt(const hir::Stmt &s);
  Span blockUnitSpan(const hir::Block *b);
  Span tailSpan(const hir::Expr *e);
  uint64_t byteStrLen(const hir::Literal &lit);
  Ty checkDecl(HirId id, const hir::Pat *pat, const hir::Ty *ty, const hir::Expr *init, const hir::Block *otherwise, Span s, bool isLet = true);
  Ty checkLit(const hir::Literal &lit, Expectation expected, bool negated = false);
  bool isPlaceExpr(const hir::Expr *e);
  bool isNamedPlace(const hir::Expr *e);
  bool guaranteedRead(const hir::Expr *e); // rustc expr_guaranteed_to_constitute_read_for_never
  std::vector<BreakableCtxt>::iterator findBreakable(HirId id);

  // ---- path.cpp: value paths, struct paths, types written in bodies ----
  struct ResolvedPath { Res res; std::optional<Ty> self; ArrayRef<hir::PathSegment> segments; };
  ResolvedPath resolveQPath(const hir::QPath &path, HirId id, Span s);
  Ty instantiateValuePath(const ResolvedPath &p, Span s, Span pathSpan, HirId id, Res *out = nullptr);
  Ty checkPathExpr(const hir::PathExpr *e, const hir::CallExpr *callOf);
  const VariantDef *checkStructPath(const hir::QPath &path, HirId id, Ty &ty);
  Ty lowerTy(const hir::Ty *t);      // normalised
  Ty lowerTyRaw(const hir::Ty *t);
  Const lowerConstArg(const hir::ConstArg *c, Ty expected);
  Res qpathRes(const hir::QPath &p, HirId id);
  // Arguments of an item: `parent` first, then the segment's own, then defaults or variables. Reports E0107.
  GenericArgs instantiateArgs(DefId item, GenericArgs parent, const hir::PathSegment *seg, Span s, bool isMethod);
  bool checkArgCount(DefId item, const hir::PathSegment &seg, bool isMethod);

  // ---- callee.cpp ----
  Ty checkCall(const hir::CallExpr *e, Expectation expected);
  void checkArguments(Span callSpan, const hir::Expr *call, ArrayRef<Ty> formal, Ty output, Expectation expected, ArrayRef<const hir::Expr *> args,
                      bool cVariadic, bool tupled, DefId fnDef);
  void resolveDeferredCalls(DefId closure);
  std::optional<ClosureKind> closureKind(Ty closure);
  PolyFnSig closureSig(Ty closure);   // inputs as one tuple

  // ---- method ----
  Ty checkMethodCall(const hir::MethodCallExpr *e, Expectation expected);
  // Operator traits: null when the trait does not apply. Registers what the method asks for.
  std::optional<MethodCallee> lookupMethodInTrait(const Cause &c, Symbol method, DefId trait, Ty self, std::optional<Ty> rhs);
  // `T::name` in expressions and patterns: variant constructors, associated items.
  // `Pin<&T>` for a `Pin<&mut T>`.
  Ty sharedPin(Ty pin);
  Res resolveTypeRelative(Span s, Ident name, Ty self, Span selfSpan, HirId id);
  void reportNoMethod(const hir::MethodCallExpr *e, const struct ProbeResult &r, Ident name, Ty self);
  // The body's crate asks for unstable features: unstable methods are seen like stable ones.
  bool crateUsesFeatures();
  bool hasFeature(Symbol name);

  // ---- place_op.cpp ----
  std::optional<Ty> lookupDeref(const hir::Expr *e, const hir::Expr *operand, Ty operandTy);
  Ty checkIndex(const hir::IndexExpr *e);
  void convertPlaceDerefsToMutable(const hir::Expr *e);
  Ty placeReturnTy(const MethodCallee &m) { return m.sig.output().inner(); }

  // ---- coercion.cpp ----
  // Coerces an expression; records adjustments. False: they do not fit, nothing recorded.
  bool coerce(const hir::Expr *e, Ty exprTy, Ty target, bool twoPhase, Ty &result);
  bool mayCoerce(Ty from, Ty to);
  bool coercionLub(const Cause &c, ArrayRef<const hir::Expr *> prev, Ty prevTy, const hir::Expr *e, Ty newTy, Ty &result);
  bool lubToFnPtr(const Cause &c, ArrayRef<const hir::Expr *> prev, Ty prevTy, const hir::Expr *e, Ty newTy, Ty &result);
  void adjustSteps(Autoderef &a, Adjustments &out);

  // ---- op.cpp ----
  Ty checkBinop(const hir::BinaryExpr *e, Expectation expected);
  Ty checkAssignOp(const hir::AssignOpExpr *e, Expectation expected);
  Ty checkUserUnop(const hir::UnaryExpr *e, Ty operand);

  // ---- pat.cpp ----
  void checkPatTop(const hir::Pat *p, Ty expected, Span expectedSpan, const hir::Expr *origin, bool irrefutable = false);

  // ---- closure.cpp, upvar.cpp ----
  Ty checkClosure(const hir::ClosureExpr *e, Expectation expected);
  void analyzeClosures(const hir::Expr *body);

  // ---- expr_*.cpp ----
  Ty checkUnary(const hir::UnaryExpr *e, Expectation expected);
  Ty checkAddrOf(const hir::AddrOfExpr *e, Expectation expected);
  Ty checkBreak(const hir::BreakExpr *e);
  Ty checkReturn(const hir::RetExpr *e);
  Ty checkBecome(const hir::BecomeExpr *e);
  Ty checkIf(const hir::IfExpr *e, Expectation expected);
  Ty checkLet(const hir::LetExpr *e);
  Ty checkLoop(const hir::LoopExpr *e, Expectation expected);
  Ty checkMatch(const hir::MatchExpr *e, Expectation expected);
  Ty checkAssign(const hir::AssignExpr *e, Expectation expected);
  void checkAssignable(const hir::Expr *lhs, const char *code, Span opSpan);
  Ty checkCast(const hir::CastExpr *e);
  Ty checkArray(const hir::ArrayExpr *e, Expectation expected);
  Ty checkRepeat(const hir::RepeatExpr *e, Expectation expected);
  Ty checkTuple(const hir::TupleExpr *e, Expectation expected);
  Ty checkStruct(const hir::StructExpr *e, Expectation expected);
  Ty checkField(const hir::FieldExpr *e, Expectation expected);
  void reportField(const hir::FieldExpr *e, Ty base, bool isPrivate);
  Ty checkConstBlock(const hir::ConstBlockExpr *e, Expectation expected);
  Ty checkAsm(const hir::InlineAsmExpr *e);
  Ty checkOffsetOf(const hir::OffsetOfExpr *e);
  Ty checkUnsafeBinderCast(const hir::UnsafeBinderCastExpr *e, Expectation expected);

  // ---- visibility and hygiene of fields and methods ----
  // Field of `variant` that `name` means; -1: none. The module names are looked up from, by the name's hygiene.
  int findField(const VariantDef &v, Ident name);
  DefId scopeOf(Ident name);
  bool isAccessible(const DefVis &vis, Ident name) { return tcx.crates.isAccessible(vis, scopeOf(name)); }
  bool edition2021(Span s) { return sess.hygiene.edition(s, root.body.edition) >= 2021; }
  bool edition2024(Span s) { return sess.hygiene.edition(s, root.body.edition) >= 2024; }

  // ---- diagnostics ----
  diag::Builder err(Span s, const char *code, const Twine &msg) { root.setTainted(); return sess.diag.error(s, code, msg); }
  Ty unsupported(Span s, const Twine &what) { err(s, "", "internal: " + what + " is not supported yet"); return error(); }
  std::string str(Ty t) { return ty::show(tcx, resolve(t)); }
  StringRef str(Symbol s) { return sess.str(s); }
  bool hasErr(Ty t) { return t.has(ty::kHasError); }

private:
  Ty checkExprKind(const hir::Expr *e, Expectation expected);
};

} // namespace ferric::typeck
