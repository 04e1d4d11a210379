// The inference context: variables for types, integers, floats and constants, and the relations between
// types that give them values (rustc-dev-guide, "Type inference"). There are no region variables: every
// region is 'erased here, and binders keep their bound regions, which relate to anything.
// All changes are undone by rolling a snapshot back.
#pragma once
#include "traits/obligation.h"
#include "traits/type_error.h"
#include "ty/fold.h"

namespace ferric::traits {

// Analysis: opaque types are themselves, except those of `definingOpaques`, which get hidden types by being equated.
// PostAnalysis: opaque types and specialisable projections are revealed (code generation, constant evaluation).
enum class TypingMode : uint8_t { Analysis, PostAnalysis };

// Where a variable comes from, for messages (E0282): a place, and the generic parameter it stands for or none.
struct VarOrigin {
  Span span;
  DefId param;
  VarOrigin() = default;
  VarOrigin(Span span, DefId param = {}) : span(span), param(param) {}
};

// What an associated type's projection was found to be, and what remains to be proved for that.
struct CachedProjection { Term term; bool rigid = false; std::vector<std::pair<Predicate, ParamEnv>> nested; };

class InferCtxt {
public:
  explicit InferCtxt(Tcx &tcx, TypingMode mode = TypingMode::Analysis, llvm::ArrayRef<DefId> definingOpaques = {});
  InferCtxt(const InferCtxt &) = delete;

  Tcx &tcx;
  const TypingMode mode;
  llvm::SmallVector<DefId, 1> definingOpaques;

  // ---- variables ----
  Ty nextTyVar(VarOrigin origin);
  Ty nextIntVar();
  Ty nextFloatVar();
  Const nextConstVar(VarOrigin origin);
  GenericArg varForParam(Span span, const ty::GenericParamDef &param);
  // Fresh variables for all parameters of an item, its parents' included; regions are 'erased.
  GenericArgs freshArgsForItem(Span span, DefId item);
  // `args` are given for the parents (or a prefix); the rest is fresh.
  GenericArgs freshArgsExtending(Span span, DefId item, llvm::ArrayRef<GenericArg> prefix);
  VarOrigin tyVarOrigin(uint32_t vid) const { return tyVars_[vid].origin; }
  VarOrigin constVarOrigin(uint32_t vid) const { return constVars_[vid].origin; }
  size_t tyVarCount() const { return tyVars_.size(); }
  size_t intVarCount() const { return intVars_.size(); }
  size_t floatVarCount() const { return floatVars_.size(); }
  // Variables without a value, as types (type variables by root, then integer, then float ones): the candidates of fallback.
  void unsolvedVars(llvm::SmallVectorImpl<Ty> &out) const;
  // Representative of the variables unified with it.
  uint32_t rootVar(uint32_t vid) const;
  // Representative of the variables related to it by equality, subtyping or coercion (rustc: sub_unification_table).
  uint32_t subRootVar(uint32_t vid) const;
  void subUnify(uint32_t a, uint32_t b);
  // The value of a type variable, or none.
  Ty probeTyVar(uint32_t vid) const { return tyVars_[rootVar(vid)].value; }

  // ---- resolution ----
  // A variable's value if it is known; else its root variable; other types as they are.
  Ty shallowResolve(Ty t) const { return t.is(TyKind::Infer) ? shallowResolveVar(t) : t; }
  Const shallowResolve(Const c) const;
  Term shallowResolve(Term t) const { return t.isTy() ? Term(shallowResolve(t.ty())) : Term(shallowResolve(t.konst())); }
  // Every variable inside replaced by its value where known, by its root where not.
  Ty resolve(Ty t);
  Const resolve(Const c);
  GenericArg resolve(GenericArg a);
  GenericArgs resolve(GenericArgs a);
  Term resolve(Term t);
  Predicate resolve(Predicate p);
  ty::TyList resolve(ty::TyList l);
  TraitRef resolve(TraitRef t) { t.args = resolve(t.args); return t; }
  AliasTy resolve(AliasTy a) { a.args = resolve(a.args); return a; }
  FnSig resolve(FnSig s) { s.inputsAndOutput = resolve(s.inputsAndOutput); return s; }
  PolyFnSig resolve(PolyFnSig s) { s.value = resolve(s.value); return s; }
  // As resolve, for results that outlive inference: variables without a value become the error type / constant, the
  // first of them is stored in `unresolved` (it is left alone when there is none).
  Ty fullyResolve(Ty t, Ty *unresolved = nullptr);
  GenericArgs fullyResolve(GenericArgs a, Ty *unresolved = nullptr);
  Const fullyResolve(Const c, Ty *unresolved = nullptr);

  // ---- relations; each changes nothing when it fails, and tells why in *err ----
  // The first argument is the expected one. Regions are ignored; bound regions relate to anything.
  bool eq(Ty expected, Ty found, TypeError *err = nullptr);
  bool eq(Const expected, Const found, TypeError *err = nullptr);
  bool eq(GenericArg expected, GenericArg found, TypeError *err = nullptr);
  bool eq(GenericArgs expected, GenericArgs found, TypeError *err = nullptr);
  bool eq(Term expected, Term found, TypeError *err = nullptr) { return eq(expected.arg, found.arg, err); }
  bool eq(const TraitRef &expected, const TraitRef &found, TypeError *err = nullptr);
  bool eq(const FnSig &expected, const FnSig &found, TypeError *err = nullptr);
  bool eq(const PolyFnSig &expected, const PolyFnSig &found, TypeError *err = nullptr) {
    return eq(ty::eraseLateBound(tcx, expected), ty::eraseLateBound(tcx, found), err);
  }
  // `sub` <: `sup`. With regions erased this is equality. rustc keeps both variables apart until one gets a value; nothing
  // but fallback can tell, and it looks at sub-roots.
  bool sub(Ty sub, Ty sup, TypeError *err = nullptr) { return eq(sup, sub, err); }
  bool sup(Ty expected, Ty found, TypeError *err = nullptr) { return eq(expected, found, err); }
  // Least upper bound (again equality); none: they do not relate.
  Ty lub(Ty a, Ty b, TypeError *err = nullptr) { return eq(a, b, err) ? a : Ty(); }
  // Whether they could be equal; changes nothing.
  bool canEq(Ty a, Ty b);
  bool canEq(const TraitRef &a, const TraitRef &b);

  // ---- snapshots ----
  struct Snapshot { size_t undo, tyVars, intVars, floatVars, constVars, opaques, changes, projections; uint64_t generation; };
  Snapshot startSnapshot();
  void rollback(const Snapshot &s);
  void commit(const Snapshot &s);
  // Runs f and undoes what it did to the context.
  template <class F> auto probe(F &&f) {
    Snapshot s = startSnapshot();
    if constexpr (std::is_void_v<decltype(f())>) {
      f();
      rollback(s);
    } else {
      auto r = f();
      rollback(s);
      return r;
    }
  }
  // Runs f and keeps what it did only if its result converts to true.
  template <class F> auto commitIfOk(F &&f) {
    Snapshot s = startSnapshot();
    auto r = f();
    if (r)
      commit(s);
    else
      rollback(s);
    return r;
  }
  // Runs f -> TyList, undoes everything, and returns the types with the variables that f created replaced by new ones (rustc
  // fudge_inference_if_ok: expected inputs from an expected output). A null list from f (ok=false) is returned as is.
  ty::TyList fudgeInferenceIfOk(bool &ok, llvm::function_ref<ty::TyList(bool &ok)> f);

  // ---- opaque types being defined (TypingMode::Analysis) ----
  struct HiddenType { DefId def; GenericArgs args; Ty hidden; };
  bool isDefining(DefId opaque) const { return llvm::is_contained(definingOpaques, opaque); }
  llvm::ArrayRef<HiddenType> hiddenTypes() const { return opaques_; }
  // Every opaque type of `t` that is defined here replaced by a variable recorded as its hidden type; the item bounds it must
  // satisfy are added to `out`.
  Ty replaceOpaquesByVars(Ty t, const Cause &cause, ParamEnv env, Obligations &out);
  // Bounds of hidden types that relations recorded on their own since the last call.
  void takeOpaqueObligations(Obligations &out);
  bool hasOpaqueObligations() const { return opaquesTaken_ < opaques_.size(); }
  ParamEnv opaqueEnv;              // environment for those bounds
  Span opaqueSpan;

  // ---- memo keys ----
  // The predicate with variables numbered by first occurrence as Fresh* types: equal for goals that differ in names of variables.
  Predicate freshen(Predicate p);
  // A number that changes whenever a variable gets a value or is unified, and is what it was after a rollback.
  uint64_t generation() const { return generation_; }

  // ---- changes, for those who wait for variables ----
  // A variable got a value (`into` is ~0), or was unified with another and is represented by `into` from then on.
  enum class VarKind : uint8_t { Ty, Int, Float, Const };
  struct Change { VarKind kind; uint32_t var, into; uint64_t serial; };
  // The changes since the context was made, in order; a rollback takes its own away again. Serials are never used twice: whoever has
  // read up to some change and finds it where it was has read all before it.
  llvm::ArrayRef<Change> changes() const { return changes_; }

  // ---- projections with variables, in the arguments or in the result ----
  // By environment and alias type, resolved; those without variables are remembered for the session. As everything here, what a snapshot
  // saw is forgotten with it (rustc_infer::traits::project::ProjectionCache). A type of n nested adapters is asked for a few times by
  // each of them: without this the time would be exponential in n.
  using ProjectionKey = std::pair<const void *, const void *>;
  const CachedProjection *cachedProjection(ProjectionKey key) const;
  void rememberProjection(ProjectionKey key, CachedProjection &&p);
  // All that remained to be proved for it holds.
  void completeProjection(ProjectionKey key);

  // Set when an error was reported: ambiguity is not reported on top of it.
  bool tainted = false;
  // Room for causes; lives as long as the context.
  llvm::BumpPtrAllocator arena;
  // Projections being normalised, outermost first: one inside itself is a cycle.
  llvm::SmallVector<std::pair<const void *, const void *>, 8> projecting;

private:
  friend class Relate;
  struct TyVar { uint32_t parent, subParent; uint8_t rank = 0, subRank = 0; VarOrigin origin; Ty value; };
  struct NumVar { uint32_t parent; uint8_t rank = 0; Ty value; };
  struct ConstVar { uint32_t parent; uint8_t rank = 0; VarOrigin origin; Const value; };
  enum class UndoKind : uint8_t { TyUnion, TySubUnion, TyValue, IntUnion, IntValue, FloatUnion, FloatValue, ConstUnion, ConstValue };
  struct Undo { UndoKind kind; uint8_t rank; uint32_t a, b; };

  Ty shallowResolveVar(Ty t) const;
  static uint32_t find(const std::vector<NumVar> &vars, uint32_t v) { while (vars[v].parent != v) v = vars[v].parent; return v; }
  void log(UndoKind kind, uint32_t a, uint32_t b = 0, uint8_t rank = 0);
  void undoOne(const Undo &u);
  void unifyTyVars(uint32_t a, uint32_t b);
  void setTyVar(uint32_t root, Ty value);
  void unifyNumVars(std::vector<NumVar> &vars, UndoKind unionKind, uint32_t a, uint32_t b);
  uint32_t constRoot(uint32_t v) const { while (constVars_[v].parent != v) v = constVars_[v].parent; return v; }

  std::vector<TyVar> tyVars_;
  std::vector<NumVar> intVars_, floatVars_;
  std::vector<ConstVar> constVars_;
  std::vector<HiddenType> opaques_;
  size_t opaquesTaken_ = 0;
  std::vector<Undo> undo_;
  std::vector<Change> changes_;
  llvm::DenseMap<ProjectionKey, CachedProjection> projections_;
  struct ProjectionUndo { ProjectionKey key; std::optional<CachedProjection> before; };
  std::vector<ProjectionUndo> projectionUndo_;
  uint32_t open_ = 0;
  uint64_t generation_ = 1, serial_ = 0;
};

} // namespace ferric::traits
