// What type checking a body found out (rustc_middle::ty::TypeckResults); tables are dense by HirId.
#pragma once
#include "hir/hir.h"
#include "ty/context.h"

namespace ferric::ty {

// Adjustments applied to an expression's value, in order (rustc_middle::ty::adjustment).
enum class AdjustKind : uint8_t { NeverToAny, Deref, Borrow, BorrowRawPtr, ReborrowPin, ReifyFnPointer, UnsafeFnPointer, ClosureFnPointer, MutToConstPointer, ArrayToPointer, Unsize };
struct Adjustment {
  AdjustKind kind{};
  Ty target;                    // type after this step
  bool overloaded = false;      // Deref through Deref/DerefMut; mut says which
  Mutability mut{};             // Borrow, BorrowRawPtr, overloaded Deref
  bool twoPhase = false;        // Borrow: AllowTwoPhase::Yes
  Safety safety{};              // ClosureFnPointer
};

enum class BindingMode : uint8_t { Move, Ref, RefMut };
enum class PatAdjustKind : uint8_t { BuiltinDeref, OverloadedDeref, PinDeref };
struct PatAdjustment { PatAdjustKind kind{}; Ty source; };

// A captured place: a local and field/deref projections (closure capture, RFC 2229).
enum class CaptureProjKind : uint8_t { Deref, Field };
struct CaptureProj { CaptureProjKind kind{}; uint32_t field = 0; uint32_t variant = 0; Ty ty; };
enum class CaptureKind : uint8_t { ByValue, ByRef, ByMutRef, ByUniqueImmRef, ByUse };
struct CapturedPlace {
  hir::LocalId local;
  Ty localTy;
  llvm::ArrayRef<CaptureProj> projections;
  CaptureKind kind{};
  Ty placeTy;                   // type of the place
  Ty upvarTy;                   // type of the closure's field: placeTy or a reference to it
  Span span;
  bool mutable_ = false;        // the captured variable may be mutated through it
};
struct ClosureData { DefId def; llvm::ArrayRef<CapturedPlace> captures; uint8_t kind = 0; /* 0 Fn, 1 FnMut, 2 FnOnce */ };

// Definition and generic arguments a path, method call or overloaded operator resolved to.
struct ResolvedDef { Res res; GenericArgs args; };

struct TypeckResults {
  DefId owner;
  bool tainted = false;                             // errors were reported: do not build MIR
  IdVec<hir::HirId, Ty> nodeTypes;                  // expressions, patterns, locals (binding patterns), hir types
  IdVec<hir::HirId, GenericArgs> nodeArgs;          // of path expressions, struct expressions, patterns, method calls
  llvm::DenseMap<hir::HirId, Res> typeDependent;    // method calls, `T::name` paths, overloaded operators: the method
  llvm::DenseMap<hir::HirId, uint32_t> fieldIndices;// field expressions, struct fields and field patterns
  llvm::DenseMap<hir::HirId, llvm::SmallVector<Adjustment, 2>> adjustments;
  llvm::DenseMap<hir::HirId, BindingMode> bindingModes;
  llvm::DenseMap<hir::HirId, llvm::SmallVector<PatAdjustment, 2>> patAdjustments;
  llvm::DenseMap<hir::HirId, llvm::SmallVector<Ty, 4>> fruFieldTypes; // `..base`: types of all fields
  llvm::DenseMap<DefId, ClosureData> closures;
  llvm::DenseMap<DefId, PolyFnSig> closureSigs;
  llvm::DenseMap<DefId, Ty> closureTypes;
  llvm::DenseSet<hir::HirId> coercionCasts;         // casts that are coercions
  llvm::DenseMap<hir::HirId, std::pair<Ty, llvm::SmallVector<std::pair<uint32_t, uint32_t>, 2>>> offsetOf; // container and (variant, field)s
  llvm::DenseMap<DefId, Ty> hiddenTypes;            // opaque types defined here
  llvm::DenseMap<hir::HirId, Const> constArgs;      // array lengths of repeat expressions, const generic args

  Ty nodeType(hir::HirId id) const { return nodeTypes.get(id); }
  Ty exprType(const hir::Expr *e) const { return nodeTypes.get(e->id); }
  llvm::ArrayRef<Adjustment> adjustmentsOf(const hir::Expr *e) const {
    auto it = adjustments.find(e->id);
    return it == adjustments.end() ? llvm::ArrayRef<Adjustment>() : llvm::ArrayRef<Adjustment>(it->second);
  }
  Ty exprTypeAdjusted(const hir::Expr *e) const {
    llvm::ArrayRef<Adjustment> a = adjustmentsOf(e);
    return a.empty() ? exprType(e) : a.back().target;
  }
  GenericArgs argsOf(hir::HirId id) const { return nodeArgs.get(id); }
};

} // namespace ferric::ty
