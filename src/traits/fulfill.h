// Fulfilment: the obligations of a body that are not yet known to hold (rustc_trait_selection::traits::fulfill).
#pragma once
#include "traits/index_set.h"
#include "traits/normalize.h"

namespace ferric::traits {

enum class FulfillErrorKind : uint8_t {
  Unimplemented,     // E0277
  Project,           // E0271: `typeError`
  Subtype,           // `typeError`
  Ambiguity,         // E0282, E0283
  Overflow,          // E0275
  DynIncompatible,   // E0038
  ConstMismatch,
};
struct FulfillError {
  FulfillErrorKind kind{};
  Obligation obligation;   // what does not hold; cause.derived leads to the root
  Predicate root;          // the obligation that was registered
  TypeError typeError;
};

class FulfillmentCtxt {
public:
  explicit FulfillmentCtxt(Tcx &tcx) : tcx_(tcx) {}
  // Registered obligations are handled in this order. Those that hold whatever variables will be are not kept.
  void add(const Obligation &o) { add(o, ~0u); }
  void addAll(llvm::ArrayRef<Obligation> os) { for (const Obligation &o : os) add(o); }
  // Proves what can be proved now; appends what cannot hold to `errors` and forgets it. Loops while anything changes.
  void selectWherePossible(InferCtxt &infcx, llvm::SmallVectorImpl<FulfillError> &errors);
  // The same, then everything left is reported as ambiguous and forgotten.
  void selectAllOrError(InferCtxt &infcx, llvm::SmallVectorImpl<FulfillError> &errors);
  // What is left as ambiguity errors; they are forgotten.
  void collectRemaining(InferCtxt &infcx, llvm::SmallVectorImpl<FulfillError> &errors);
  bool hasPending() const;
  // f(obligation) for each pending obligation, in order (predicates may hold resolved variables: resolve before use).
  void forEachPending(llvm::function_ref<void(const Obligation &)> f) const;
  // f for the pending obligations whose self type (or projection's self type, or Coerce/Subtype side) is variable `vid` up to
  // sub-unification: closure signatures, fallback (rustc: obligations_for_self_ty).
  void forEachPendingForSelf(const InferCtxt &infcx, uint32_t vid, llvm::function_ref<void(const Obligation &)> f) const;
  // Takes all pending obligations out.
  void drainPending(Obligations &out);

private:
  struct Node {
    Obligation o;
    uint32_t root;
    uint32_t parent;
    uint32_t depth, jump;                         // below the root; an ancestor far up, for isAncestor
    std::pair<const void *, const void *> key;    // in seen_
    bool pending = true, tried = false;
    bool watching = false;                        // listed in watchers_ under every variable of stalledOn
    uint64_t lastTried = 0;                       // serial of the last change then
    llvm::SmallVector<GenericArg, 2> stalledOn{}; // empty though tried: any change may help
  };
  void add(const Obligation &o, uint32_t parent);
  bool isAncestor(uint32_t ancestor, uint32_t index) const;
  enum class Step : uint8_t { Unchanged, Done, Error };
  // Moves the obligations that wait for a variable that has changed since the last call into ready_.
  void wake(const InferCtxt &infcx);
  // Nothing is worth a look, and no variable has changed since the last call of wake().
  bool isAtRest(const InferCtxt &infcx) const;
  void watch(const InferCtxt &infcx, uint32_t index, GenericArg var);
  void finish(uint32_t index);
  void clearPending();
  void step(InferCtxt &infcx, uint32_t index, bool &progress, llvm::SmallVectorImpl<FulfillError> &errors);
  Step process(InferCtxt &infcx, uint32_t index, ObligationVec &nested, FulfillError &error);
  Step processTrait(InferCtxt &infcx, uint32_t index, ObligationVec &nested, FulfillError &error);
  bool isStalled(const InferCtxt &infcx, const Node &n) const;
  Step stall(InferCtxt &infcx, uint32_t index, llvm::ArrayRef<GenericArg> args);
  bool isInductiveCycle(Tcx &tcx, uint32_t parent, uint32_t ancestor) const;
  FulfillError makeError(FulfillErrorKind kind, uint32_t index, const TypeError &err = {}) const;

  Tcx &tcx_;
  llvm::SmallVector<Node, 0> nodes_;
  std::vector<uint32_t> pending_;                                        // in order; those that are done go when they are many
  size_t pendingCount_ = 0;
  IndexSet ready_;                                                       // pending ones that are worth a look
  IndexSet restless_;                                                    // pending ones that any change may help
  llvm::DenseMap<uint64_t, llvm::SmallVector<uint32_t, 2>> watchers_;    // by variable: the obligations that wait for it
  size_t changesRead_ = 0;                                               // how many of the context's changes wake() has seen,
  uint64_t lastSerial_ = 0;                                              // and the last one's serial
  llvm::SmallDenseMap<std::pair<const void *, const void *>, uint32_t, 16> seen_; // (predicate, environment): registered once
  llvm::SmallVector<std::pair<uint32_t, Obligation>, 0> cycles_;         // inductive: found while adding
};

// An inference context with obligations of its own (rustc ObligationCtxt): for side computations.
class ObligationCtxt {
public:
  explicit ObligationCtxt(InferCtxt &infcx) : infcx(infcx), fulfill(infcx.tcx) {}
  InferCtxt &infcx;
  FulfillmentCtxt fulfill;
  void add(const Obligation &o) { fulfill.add(o); }
  void addAll(llvm::ArrayRef<Obligation> os) { fulfill.addAll(os); }
  template <class T> T normalize(const Cause &cause, ParamEnv env, T v) {
    ObligationVec out;
    T r = traits::normalize(infcx, cause, env, v, out);
    addAll(out);
    return r;
  }
  // True when there are no errors.
  bool selectWherePossible() { llvm::SmallVector<FulfillError, 2> e; fulfill.selectWherePossible(infcx, e); return e.empty(); }
  bool selectAllOrError() { llvm::SmallVector<FulfillError, 2> e; fulfill.selectAllOrError(infcx, e); return e.empty(); }
};

// Obligations for a type (term) to be well formed (rustc_trait_selection::traits::wf). False: not known yet, a variable.
bool wellFormedObligations(InferCtxt &infcx, const Obligation &o, Obligations &out);

} // namespace ferric::traits
