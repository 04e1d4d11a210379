// The type context: interner, well-known types, crates, queries. One per session, passed as `tcx`.
#pragma once
#include "defs/crate.h"
#include "diag/session.h"
#include "ty/const_result.h"
#include "ty/items.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Allocator.h"

namespace ferric::hir { struct Item; struct Body; struct OpaqueTy; }
namespace ferric::mir { struct Body; struct NestedBodies; struct PromotedBodies; class AllocTable; }
namespace ferric::resolve { class Scopes; }
namespace ferric::layout { struct Layout; struct FnAbi; struct TargetSpec; }

namespace ferric::ty {

struct TypeckResults;
struct CodegenAttrs;
enum class Variance : uint8_t { Covariant, Invariant, Contravariant, Bivariant };
// Key of the queries that break bound cycles: item (or trait), parameter index, associated item's name.
struct ParamName { DefId item; uint32_t param = 0; Symbol name; friend bool operator==(const ParamName &, const ParamName &) = default; };
struct PromotedKey { DefId body; mir::PromotedId promoted; friend bool operator==(const PromotedKey &, const PromotedKey &) = default; };
// A constant's definition with its arguments; `promoted` for promoted constants.
struct ConstEvalKey { DefId def; GenericArgs args; mir::PromotedId promoted; friend bool operator==(const ConstEvalKey &, const ConstEvalKey &) = default; };
struct TypeIdHash { uint64_t lo = 0, hi = 0; };
// CoerceUnsized impl: which field changes; none: error or a reference/raw pointer.
struct CoerceUnsizedInfo { bool valid = false; uint32_t field = 0; };

} // namespace ferric::ty

#include "ty/query.h"

namespace ferric::ty {

struct Queries {
#define QUERY(name, Key, Value) Query<Key, Value> name{#name};
#include "ty/queries.def"
};

class Ctx {
public:
  Ctx(Session &sess, Crates &crates);
  ~Ctx();
  Ctx(const Ctx &) = delete;

  Session &sess;
  Crates &crates;
  Queries queries;
  llvm::DenseMap<unsigned, llvm::DenseSet<Symbol>> features; // by crate: hasFeature
  llvm::DenseMap<DefId, llvm::SmallVector<ast::AttrsId, 1>> attrsAround; // items in bodies: those of statements and expressions, outermost first
  mir::AllocTable *allocs = nullptr; // set by the driver; constant memory of the session
  resolve::Scopes *scopes = nullptr; // set by the driver: name lookup for lowering, method probing and messages
  std::shared_ptr<void> traitCaches; // of the trait solver; see traits/caches.h
  const layout::TargetSpec *target = nullptr; // set by the driver
  llvm::BumpPtrAllocator arena;   // lives as long as the session: what queries return points here

  // ---- well-known types ----
  struct {
    Ty unit, never, bool_, char_, str_, error;
    Ty i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize, f16, f32, f64, f128;
    Region erased, static_, error_re;
    Const error_ct;
  } common;

  // ---- interning ----
  Ty mk(const TyData &data);                  // flags, outerBinder, id are computed
  Ty mkInt(IntTy t) { return ints_[unsigned(t)]; }
  Ty mkUint(IntTy t) { return uints_[unsigned(t)]; }
  Ty mkFloat(FloatTy t) { return floats_[unsigned(t)]; }
  Ty mkPrim(PrimTy p);
  Ty mkAdt(const AdtDef *def, GenericArgs args);
  Ty mkForeign(DefId def);
  Ty mkArray(Ty elem, uint64_t len);
  Ty mkArray(Ty elem, Const len);
  Ty mkSlice(Ty elem);
  Ty mkPat(Ty base, PatternRef pattern);
  Ty mkPtr(Ty pointee, Mutability m);
  Ty mkRef(Region r, Ty referent, Mutability m);
  Ty mkFnDef(DefId def, GenericArgs args);
  Ty mkFnPtr(const PolyFnSig &sig);
  Ty mkUnsafeBinder(Ty inner, BoundVars vars);
  Ty mkDynamic(ExistentialPredicates preds, Region r);
  Ty mkClosure(DefId def, GenericArgs args);
  Ty mkTuple(llvm::ArrayRef<Ty> elems);
  Ty mkAlias(AliasKind kind, DefId def, GenericArgs args);
  Ty mkAlias(const AliasTy &a) { return mkAlias(a.kind, a.def, a.args); }
  Ty mkProjection(DefId assoc, GenericArgs args) { return mkAlias(AliasKind::Projection, assoc, args); }
  Ty mkParam(uint32_t index, Symbol name);
  Ty mkBound(uint32_t debruijn, uint32_t var);
  Ty mkPlaceholder(uint32_t universe, uint32_t var);
  Ty mkInfer(InferKind kind, uint32_t vid) {
    const std::vector<Ty> &known = infers_[unsigned(kind)];
    return vid < known.size() && known[vid] ? known[vid] : newInfer(kind, vid);
  }
  Ty mkUnitOrTuple(llvm::ArrayRef<Ty> elems) { return mkTuple(elems); }

  Const mkConst(const ConstData &data);
  Const mkConstParam(uint32_t index, Symbol name);
  Const mkConstInfer(uint32_t vid);
  Const mkUnevaluated(DefId def, GenericArgs args);
  Const mkValue(Ty ty, ValTree v);
  Const mkScalar(Ty ty, ScalarInt s);          // a leaf
  Const mkUsize(uint64_t n);
  Const mkBool(bool b);
  ValTree mkLeaf(ScalarInt s);
  ValTree mkBranches(llvm::ArrayRef<Const> branches);

  Region mkRegion(const RegionData &data);
  Region mkEarlyParam(uint32_t index, DefId def, Symbol name);
  Region mkBoundRegion(uint32_t debruijn, uint32_t var);
  Region mkRegionVar(uint32_t vid);

  PatternRef mkPattern(const PatternData &data);
  Slice<PatternRef> mkPatterns(llvm::ArrayRef<PatternRef> alts);
  Predicate mkPredicate(const PredicateData &data);
  Predicate mkTraitPredicate(const TraitRef &tr, BoundVars vars = {}, bool negative = false);
  Predicate mkProjectionPredicate(const AliasTy &alias, Term term, BoundVars vars = {});

  GenericArgs mkArgs(llvm::ArrayRef<GenericArg> args);
  TyList mkTyList(llvm::ArrayRef<Ty> tys);
  BoundVars mkBoundVars(llvm::ArrayRef<BoundVar> vars);
  Clauses mkClauses(llvm::ArrayRef<Predicate> clauses);
  ExistentialPredicates mkExistentials(llvm::ArrayRef<PolyExistentialPredicate> preds);
  FnSig mkSig(llvm::ArrayRef<Ty> inputs, Ty output, FnHeader header = {});

  // Copies an array into the arena.
  template <class T> llvm::ArrayRef<T> copy(llvm::ArrayRef<T> v) { return v.copy(arena); }

  // ---- queries, as functions: tcx.typeOf(def) ----
#define QUERY(name, Key, Value) Value name(const Key &key) { return queries.name.get(*this, key); }
#include "ty/queries.def"

  // ---- definitions ----
  const Def &def(DefId id) const { return crates.def(id); }
  DefKind defKind(DefId id) const { return crates.def(id).kind; }
  DefId parent(DefId id) const { return crates.def(id).parent; }
  DefId langItem(Symbol name) const { return crates.langItem(name); }
  bool isLang(DefId id, Symbol name) const { return id.valid() && crates.langItem(name) == id; }
  // The parameters of an item as its arguments: early-bound regions, types and constants by index.
  GenericArgs identityArgs(DefId def);

private:
  struct Interners;
  std::unique_ptr<Interners> in_;
  Ty ints_[6], uints_[6], floats_[4];
  std::vector<Ty> infers_[6]; // by kind and number: every body starts with the same variables
  Ty newInfer(InferKind kind, uint32_t vid);
};

} // namespace ferric::ty
