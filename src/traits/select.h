// The selection machine behind solve.h; internal to traits.
#pragma once
#include "traits/caches.h"
#include "traits/normalize.h"

namespace ferric::traits {

inline EvalResult publicResult(Eval e) {
  switch (e) {
  case Eval::Yes: return EvalResult::Yes;
  case Eval::Ambig: case Eval::AmbigStack: return EvalResult::Ambiguous;
  case Eval::Overflow: return EvalResult::Overflow;
  case Eval::No: return EvalResult::No;
  }
  return EvalResult::No;
}
inline bool mayApply(Eval e) { return e != Eval::No; }

// What one root evaluation shares: results that hold only while goals further out are being evaluated.
struct Search {
  struct Provisional { const void *env, *pred; uint32_t dfn, reached; Eval result; };
  std::vector<Provisional> provisional;
  uint32_t nextDfn = 0;
};

class Selector {
public:
  explicit Selector(InferCtxt &cx) : cx(cx), tcx(cx.tcx), caches_(caches(cx.tcx)), li(caches_.lang) {}

  // A goal being evaluated; the goals it is evaluated for are behind `prev`.
  struct Frame {
    const Frame *prev;
    const Obligation &o;         // resolved
    ParamEnv env;
    Predicate fresh;
    uint32_t depth, dfn;
    mutable uint32_t reached;    // depth of the outermost goal that the result depends on
    mutable bool unstable = false; // selection saw a result that depends on goals further out
  };

  Eval evaluateRoot(const Obligation &o);
  SelectOutcome select(const Obligation &o, Selection &out);

private:
  friend class Projector;
  struct CandidateSet { llvm::SmallVector<Candidate, 4> list; bool ambiguous = false; Eval overflow = Eval::Yes; };

  // ---- evaluate.cpp ----
  Eval evaluateAll(const Frame *stack, llvm::ArrayRef<Obligation> os);
  Eval evaluatePredicate(const Frame *stack, const Obligation &o);
  Eval evaluateTrait(const Frame *stack, const Obligation &o);
  Eval evaluateStack(const Frame &f);
  Eval evaluateCandidate(const Frame &f, const Candidate &c);
  Eval evaluateProjection(const Frame *stack, const Obligation &o);
  bool isCoinductive(const Frame &top, uint32_t cycleDepth) const;
  bool freshMatches(Predicate a, Predicate b) const;
  ParamEnv envFor(const Obligation &o) const;
  // Whether answers about a freshened goal are remembered for as long as the types live.
  bool isKeptForSession(Predicate fresh) const { return cx.definingOpaques.empty() || !(fresh->flags & ty::kHasOpaque); }
  std::optional<Eval> remembered(const Obligation &o) const;
  std::optional<Eval> sizedFastPath(Predicate p, ParamEnv env) const;
  void onCompletion(const Frame &f);

  // ---- select.cpp ----
  SelectOutcome candidateFor(const Frame &f, Candidate &out);
  SelectOutcome candidateUncached(const Frame &f, Candidate &out);
  bool winnow(const Frame &f, llvm::SmallVectorImpl<Candidate> &list, Candidate &out);
  bool preferLhs(bool hasInfer, const Candidate &lhs, const Candidate &victim);

  // ---- assemble.cpp ----
  void assemble(const Frame &f, CandidateSet &out);
  void assembleFromImpls(const Frame &f, CandidateSet &out);
  bool rejectFnPtrImpl(const Frame &f, DefId impl, Ty implSelf);
  void assembleFromCallerBounds(const Frame &f, CandidateSet &out);
  void assembleFromAliasBounds(const Frame &f, CandidateSet &out);
  void assembleFromObject(const Frame &f, CandidateSet &out);
  void assembleAuto(const Frame &f, CandidateSet &out);
  void assembleCopyClone(Ty self, CandidateSet &out);
  void assembleSized(Ty self, bool metaSized, CandidateSet &out);
  void assembleFnFamily(const Frame &f, int kind, CandidateSet &out);
  void assembleUnsize(const Frame &f, CandidateSet &out);
  // f(clause, index, whether it bounds the self type itself) -> false to stop; sets ambiguous on a variable in the way.
  void forEachItemBound(Ty self, llvm::function_ref<bool(Predicate, uint32_t, bool)> f, bool &ambiguous);
  // A Sized clause proves MetaSized and PointeeSized too.
  Predicate asSizedness(const TraitRef &goal, Predicate clause) const;
  bool matchNormalized(const Obligation &o, const TraitRef &goal, TraitRef bound, Obligations &nested, TraitRef *normalized = nullptr);

  // ---- confirm.cpp ----
  bool confirm(const Obligation &o, const Candidate &c, Selection &out);
  bool matchImpl(const Obligation &o, DefId impl, GenericArgs &args, Obligations &nested);
  void implObligations(const Obligation &o, DefId impl, GenericArgs args, Obligations &nested);
  void confirmBuiltin(const Obligation &o, Selection &out);
  bool confirmFnFamily(const Obligation &o, Selection &out);
  void objectItemBounds(const Obligation &o, const TraitRef &goal, Obligations &nested);
  bool confirmUnsize(const Obligation &o, Selection &out);
  bool confirmUpcast(const Obligation &o, uint32_t index, Selection &out);
  void forTypes(const Obligation &o, DefId trait, llvm::ArrayRef<Ty> types, Obligations &nested);
  void autoConstituents(Ty t, llvm::SmallVectorImpl<Ty> &out);
  void sizedConstituents(Ty t, llvm::SmallVectorImpl<Ty> &out);
  Cause derived(const Obligation &parent, DefId source, Span span);
  int fnKind(DefId trait) const { return trait == li.fn ? 0 : trait == li.fnMut ? 1 : trait == li.fnOnce ? 2 : -1; }
  bool isFnCompatible(Ty self) const;

  InferCtxt &cx;
  Tcx &tcx;
  Caches &caches_;
  const LangItems &li;
  Search search_;
  unsigned probing_ = 0;         // inside evaluation: causes are not recorded
};

// Inputs (as one tuple) and output of a callable type: FnDef, FnPtr, Closure. Bound regions are erased; not normalised.
struct CallableSig { Ty tupledInputs, output; };
CallableSig callableSig(Tcx &tcx, Ty self);
const llvm::BitVector &unsizingParams(Tcx &tcx, const ty::AdtDef *adt);

} // namespace ferric::traits
