// Method lookup (Reference: method-call-expr; rustc-dev-guide "Method lookup"; rustc_hir_typeck::method). probe finds the method
// and the adjustments of the receiver without changing anything; confirm applies them.
#pragma once
#include "typeck/fn_ctxt.h"

namespace ferric::typeck {

// MethodCall: `x.name()`; Path: `T::name`, where nothing is dereferenced and associated constants count.
enum class ProbeMode : uint8_t { MethodCall, Path };
enum class CandidateKind : uint8_t { InherentImpl, Object, Trait, WhereClause };
struct Candidate {
  AssocItem item;
  CandidateKind kind{};
  DefId impl;                  // InherentImpl
  TraitRef trait;              // the others; regions erased. Trait: arguments are made for each probe
  unsigned receiverSteps = 0;  // InherentImpl: how far along the chain the type is
};
// ReborrowPin: `Pin<&mut T>` as `Pin<&T>`.
enum class AutorefKind : uint8_t { None, Autoref, ToConstPtr, ReborrowPin };
struct Pick {
  AssocItem item;
  CandidateKind kind{};
  TraitRef trait;              // WhereClause
  unsigned autoderefs = 0;
  AutorefKind autoref{};
  Mutability mut{};            // of the autoref
  bool unsize = false;         // array to slice behind the autoref
  unsigned receiverSteps = 0;
};
enum class ProbeOutcome : uint8_t { Found, NoMatch, Ambiguous, Private, Reported };
struct ProbeResult {
  ProbeOutcome outcome = ProbeOutcome::NoMatch;
  Pick pick;                               // Found; Private: the method that may not be named
  SmallVector<DefId, 4> sources;           // Ambiguous: impls or traits
  SmallVector<Predicate, 2> unsatisfied;   // NoMatch: what kept candidates from applying
  SmallVector<DefId, 2> staticCandidates;  // NoMatch: traits or impls with an associated function of that name without self
};

// Looks `name` up for a receiver of type `self` at node `scope`.
ProbeResult probeMethod(FnCtxt &f, ProbeMode mode, Ident name, Ty self, HirId scope, Span span);
// Reports that there is no such method or that it is ambiguous (E0599, E0034, E0624).
void reportMethodError(FnCtxt &f, const ProbeResult &r, ProbeMode mode, Ident name, Ty self, Span span);

} // namespace ferric::typeck
