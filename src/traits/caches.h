// What the trait solver remembers for a session, and the language items it asks for. Keys are interned pointers.
#pragma once
#include "traits/elaborate.h"
#include "traits/vtable.h"
#include "llvm/ADT/BitVector.h"

namespace ferric::traits {

// Language items by DefId; none where the session has none.
struct LangItems {
  DefId sized, metaSized, pointeeSized, copy, clone, trivialClone, unsize, destruct, tuple, fnPtr, fnPtrAddr, pointee, metadata, dynMetadata, discriminantKind,
      discriminant, fn, fnMut, fnOnce, fnOnceOutput, freeze, unpin, drop, coerceUnsized, dispatchFromDyn, bikeshedNoDrop, dropInPlace, cloneFn, receiver,
      receiverTarget, deref, derefTarget, phantomData, transmute, sync, unsafeUnpin, legacyReceiver, future, futureOutput;
  explicit LangItems(const Tcx &tcx);
};

// Whether the type is that of an async block, or of an async function's body: a closure that implements Future and no Fn trait.
bool isAsyncBlock(Tcx &tcx, Ty t);

// The winner of a selection, before it is confirmed.
enum class CandidateKind : uint8_t {
  Sized, Builtin, Impl, Param, AliasBound, Object, BuiltinObject, AutoImpl, Closure, FnPointer, TraitAlias, Upcast, BuiltinUnsize
};
// Evaluation's own lattice; AmbigStack: depends on goals further out and must not be remembered.
enum class Eval : uint8_t { Yes, Ambig, AmbigStack, Overflow, No };
struct Candidate {
  CandidateKind kind{};
  bool selfBound = true;       // AliasBound: of the self type itself, not of a type inside it
  DefId impl;
  Predicate clause;            // Param, AliasBound (instantiated)
  uint32_t index = 0;          // AliasBound, Object, Upcast
  Eval eval = Eval::Yes;
};

struct CachedSelection { SelectOutcome outcome{}; Candidate candidate; };
struct ImplHeader { TraitRef trait; DefId impl; };

struct Caches {
  explicit Caches(const Tcx &tcx) : lang(tcx) {}
  LangItems lang;
  using Key = std::pair<const void *, const void *>; // (environment, predicate or type)
  llvm::DenseMap<Key, Eval> eval[2];                  // by TypingMode
  llvm::DenseMap<Key, CachedSelection> selection[2];
  llvm::DenseMap<Key, std::unique_ptr<CachedProjection>> projection[2];
  llvm::DenseMap<const void *, bool> envHasGlobal;    // environment has a clause without parameters
  llvm::DenseMap<DefId, std::unique_ptr<std::vector<TraitRef>>> supertraits; // in terms of the trait's own parameters
  llvm::DenseMap<DefId, std::unique_ptr<std::vector<DefId>>> supertraitIds;
  llvm::DenseMap<DefId, TraitRef> implHeaders;        // regions erased
  llvm::DenseMap<DefId, std::unique_ptr<std::vector<ErasedClause>>> predicates; // of an item, its parents apart
  llvm::DenseMap<DefId, std::unique_ptr<std::vector<Predicate>>> itemBounds;
  llvm::DenseMap<DefId, std::unique_ptr<std::vector<Ty>>> fieldTypes; // of all variants, in order; regions erased
  llvm::DenseMap<DefId, Ty> typeOf;                   // regions erased
  llvm::DenseMap<DefId, llvm::BitVector> unsizingParams;
  llvm::DenseMap<Key, Ty> erasing;                    // normalizeErasingRegions
  llvm::DenseMap<Key, Const> erasingConst;
  llvm::DenseMap<Key, bool> copy, sized, freeze, needsDrop;
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, bool> specializes;
  llvm::DenseMap<DefId, DefId> specializationParent;
  llvm::DenseMap<Key, std::vector<ty::VtblEntry>> vtables; // (trait, args)
  llvm::DenseMap<DefId, std::unique_ptr<std::vector<DynViolation>>> dynViolations;
  llvm::DenseMap<ty::Instance, std::optional<ty::Instance>> instances; // by (def, args)
  // Of a list of traits in scope: those that declare a value of that name, and aliases, which may.
  llvm::DenseMap<std::pair<const DefId *, Symbol>, llvm::ArrayRef<DefId>> traitsByItem;
};

Caches &makeCaches(Tcx &tcx);
inline Caches &caches(Tcx &tcx) { return tcx.traitCaches ? *static_cast<Caches *>(tcx.traitCaches.get()) : makeCaches(tcx); }
inline const LangItems &lang(Tcx &tcx) { return caches(tcx).lang; }

// ---- queries with regions erased; in terms of the item's own parameters ----
const TraitRef &implHeader(Tcx &tcx, DefId impl);
llvm::ArrayRef<ErasedClause> ownPredicates(Tcx &tcx, DefId item);
llvm::ArrayRef<Predicate> erasedItemBounds(Tcx &tcx, DefId alias);
llvm::ArrayRef<Ty> adtFieldTypes(Tcx &tcx, const ty::AdtDef *adt);
Ty erasedTypeOf(Tcx &tcx, DefId item);

// No parameters, variables or placeholders.
inline bool isGlobal(uint32_t flags) { return !(flags & (ty::kHasParam | ty::kHasInfer | ty::kHasPlaceholder)); }
constexpr uint32_t kInferVars = ty::kHasTyInfer | ty::kHasConstInfer;

} // namespace ferric::traits
