// Types, paths and bounds as written -> types and predicates as meant (rustc_hir_analysis::hir_ty_lowering). One class,
// used for item headers (ItemLowerer) and for what is written in bodies (typeck derives its FnCtxt from it), which
// differ in what `_`, elided lifetimes and missing arguments mean, and in how `T::Name` finds bounds.
#pragma once
#include "hir/hir.h"
#include "ty/context.h"

namespace ferric::collect {

// What fills the parameters of one item mentioned by a path.
struct PathSegmentArgs {
  const hir::PathSegment *segment = nullptr; // null: nothing written and everything inferred
  bool inferArgs = true;                     // missing types and constants are inferred rather than an error
};

// Where createArgs gets arguments from (rustc GenericArgsLowerer).
class ArgSource {
public:
  virtual ~ArgSource() = default;
  // The segment that gives the own parameters of `def`; `inferred` whether missing ones are inferred.
  virtual const hir::GenericArgs *argsFor(DefId def, bool &inferred) = 0;
  virtual ty::GenericArg provided(llvm::ArrayRef<ty::GenericArg> preceding, const ty::GenericParamDef &param, const hir::GenericArg &arg) = 0;
  virtual ty::GenericArg missing(llvm::ArrayRef<ty::GenericArg> preceding, const ty::GenericParamDef &param, bool inferred) = 0;
};

// A set of bounds being lowered: predicates with their spans, in rustc's order (Sized first).
struct Bounds {
  llvm::SmallVector<ty::SpannedClause, 8> clauses;
  void push(ty::Predicate p, Span span) { clauses.push_back({p, span}); }
};
// Which of the bounds to lower (rustc PredicateFilter): All; SelfOnly: those on the type itself; SelfTraitThatDefines(name):
// only trait bounds whose trait (or a supertrait) has an associated item of that name; SelfAndAssociatedTypeBounds.
enum class BoundFilter : uint8_t { All, SelfOnly, SelfTraitThatDefines, SelfAndAssoc };

// Result of `Type::name` in a type position.
struct TypeRelative { ty::Ty ty; DefKind kind{}; DefId def; };

class TyLowerer {
public:
  TyLowerer(ty::Ctx &tcx, DefId item) : tcx(tcx), item_(item) {}
  virtual ~TyLowerer();
  TyLowerer(const TyLowerer &) = delete;

  // ---- what the context decides ----
  // The item whose generics are in scope.
  DefId itemDef() const { return item_; }
  // `_`, or a missing argument for `param` (null: `_`). The item version reports E0121.
  virtual ty::Ty tyInfer(const ty::GenericParamDef *param, Span span) = 0;
  virtual ty::Const ctInfer(const ty::GenericParamDef *param, Span span) = 0;
  // An elided lifetime. `objectDefault`: of a trait object, where the rules of object lifetime defaults gave nothing.
  virtual ty::Region reInfer(Span span, bool objectDefault) = 0;
  // Whether `_` and missing arguments are inferred at all.
  virtual bool allowInfer() const = 0;
  // Bounds in scope on a type parameter (Self of a trait included) whose trait may define `assoc`. Trait predicates only matter.
  virtual llvm::ArrayRef<ty::SpannedClause> probeTyParamBounds(DefId param, Symbol assoc, Span span) = 0;
  // `<Self as Trait>::assoc` found through a possibly higher-ranked bound; `traitVars`: the bound's binder.
  virtual ty::Ty lowerAssocTy(Span span, DefId assoc, const hir::PathSegment *segment, const ty::TraitRef &traitRef, ty::BoundVars traitVars) = 0;
  // The enum or struct behind a type: normalises in bodies. Null: none.
  virtual const ty::AdtDef *probeAdt(ty::Ty ty, Span span);
  // Applied to every type, projection, ... that lowering makes: bodies normalise; items leave it.
  virtual ty::Ty normalize(ty::Ty ty, Span span) { return ty; }
  virtual ty::Const normalize(ty::Const c, Span span) { return c; }
  // Tells which type a hir type got (for the tables of a body).
  virtual void recordTy(hir::HirId id, ty::Ty ty, Span span) {}
  // A lifetime as region: bodies erase. Called for named ones, 'static and elided ones alike.
  virtual ty::Region lowerLifetime(const hir::Lifetime &lt);

  // ---- types ----
  ty::Ty lowerTy(const hir::Ty *ty);
  // A constant in a type. `expected`: its type, for literals.
  ty::Const lowerConstArg(const hir::ConstArg *arg, ty::Ty expected);
  ty::FnSig lowerFnSig(const hir::FnHeader &header, const hir::FnDecl &decl); // inside its binder
  // A type of a path: `Vec<T>`, `T`, `Self`, `T::Item`, `<T as Trait>::Item`.
  ty::Ty lowerQPathTy(const hir::QPath &path, Span span, hir::HirId id);
  // A resolved path; `self`: of `<T as ..>::`. `permitVariants`: `Enum::Variant` stands for the enum (struct literals and patterns).
  ty::Ty lowerResolvedTyPath(const hir::Ty *self, const hir::Path *path, hir::HirId id, bool permitVariants);
  // `self::segment` where `selfTy` is the lowered `selfHir`. Reports and answers the error type when there is no such thing.
  TypeRelative lowerTypeRelative(Span span, const hir::Ty *selfHir, ty::Ty selfTy, const hir::PathSegment *segment, hir::HirId id, bool permitVariants);

  // ---- traits and bounds ----
  // The trait a path names, with `self` as Self. Associated-type constraints are not allowed here (E0229).
  ty::TraitRef lowerTraitRef(const hir::Path *path, ty::Ty self);
  // One bound `for<..> Trait<.., Item = X>` on `self`: the trait predicate and those of its constraints.
  void lowerPolyTraitRef(const hir::PolyTraitRef &trait, ast::BoundPolarity polarity, ty::Ty self, Bounds &out, BoundFilter filter, Symbol name = {});
  // All bounds on `self` within the current binder(s), `Sized` defaults not included.
  void lowerBounds(ty::Ty self, llvm::ArrayRef<hir::GenericBound> bounds, Bounds &out, BoundFilter filter = BoundFilter::All, Symbol name = {});

  // ---- generic arguments ----
  // Arguments of the item `def` for `segment`, behind those of its parent. Checks their number (E0107). The first is `self` when def is a trait.
  ty::GenericArgs lowerArgsOfSegment(Span span, DefId def, llvm::ArrayRef<ty::GenericArg> parentArgs, const hir::PathSegment *segment, ty::Ty self = {});
  // All arguments of `def` in order of its generics, parents first (rustc lower_generic_args_of_path).
  ty::GenericArgs createArgs(DefId def, llvm::ArrayRef<ty::GenericArg> parentArgs, ty::Ty self, ArgSource &source);
  // Reports E0107 when the arguments written on `segment` do not fit the own parameters of `def`. False: reported.
  // `isMethod`: a method call. `explicitLateBound`: set when lifetimes are given that are late-bound (E0794 is then reported or they are ignored).
  bool checkArgCount(Span span, DefId def, const hir::PathSegment &segment, bool isMethod, bool inferArgs);
  // One written argument for a parameter.
  ty::GenericArg lowerArg(const ty::GenericParamDef &param, const hir::GenericArg &arg, llvm::ArrayRef<ty::GenericArg> preceding, DefId owner);
  // The default of a parameter, instantiated; none: it has none or it would refer to an inferred Self.
  ty::GenericArg defaultArg(const ty::GenericParamDef &param, llvm::ArrayRef<ty::GenericArg> preceding);
  // Reports arguments on segments that take none (E0109).
  void prohibitArgs(llvm::ArrayRef<hir::PathSegment> segments, llvm::StringRef what);

  // ---- binders ----
  // While alive, the parameters are variables of a binder around what is lowered.
  class BinderScope {
  public:
    // `concat`: they extend the innermost binder instead of opening one (`for<'a> T: for<'b> Tr`).
    BinderScope(TyLowerer &l, llvm::ArrayRef<DefId> params, bool concat = false);
    BinderScope(TyLowerer &l, llvm::ArrayRef<hir::GenericParam> params, bool concat = false);
    ~BinderScope();
    // All variables of this binder.
    ty::BoundVars vars() const;
  private:
    TyLowerer &l_;
    bool concat_;
    size_t old_ = 0;
  };

  ty::Ctx &tcx;

protected:
  friend class BinderScope;
  ty::Region regionOfParam(DefId param);
  ty::BoundVars currentVars() const;
  // The bound among those in scope on a type, or its supertraits, that has an associated type of that name; reports E0220 and E0221.
  bool findAssocBound(llvm::ArrayRef<ty::SpannedClause> bounds, Ident assoc, Span span, llvm::StringRef ofWhat, DefId &item, ty::TraitRef &tr, ty::BoundVars &vars);
  ty::Ty lowerTyUncached(const hir::Ty *ty);
  ty::Ty lowerTraitObject(const hir::TraitObjectTy *ty);
  ty::Ty lowerFnPtr(const hir::FnPtrTy *ty);
  ty::Ty lowerOpaque(const hir::OpaqueTy *ty);
  ty::Ty lowerPatTy(const hir::PatTy *ty);
  ty::PatternRef lowerTyPat(const hir::TyPat &pat, ty::Ty base);
  ty::Ty lowerAssocPath(Span span, const hir::Ty *self, DefId assoc, const hir::PathSegment *traitSegment, const hir::PathSegment *segment);
  void lowerConstraint(const hir::AssocConstraint &c, const ty::TraitRef &traitRef, ty::BoundVars vars, Bounds &out, BoundFilter filter);
  ty::TraitRef lowerMonoTraitRef(Span span, DefId trait, ty::Ty self, const hir::PathSegment &segment);
  ty::Ty errorTy() { return tcx.common.error; }

  DefId item_;
  llvm::SmallVector<llvm::SmallVector<DefId, 4>, 4> binders_; // outermost first
  // Default lifetime of a trait object where one is written without: set by the type around it (Reference: lifetime-elision,
  // "Default trait object lifetimes").
  ty::Region objectDefault_;
  unsigned depth_ = 0;
};

// For item headers: no inference.
class ItemLowerer : public TyLowerer {
public:
  ItemLowerer(ty::Ctx &tcx, DefId item) : TyLowerer(tcx, item) {}
  ty::Ty tyInfer(const ty::GenericParamDef *param, Span span) override;
  ty::Const ctInfer(const ty::GenericParamDef *param, Span span) override;
  ty::Region reInfer(Span span, bool objectDefault) override;
  bool allowInfer() const override { return false; }
  llvm::ArrayRef<ty::SpannedClause> probeTyParamBounds(DefId param, Symbol assoc, Span span) override;
  ty::Ty lowerAssocTy(Span span, DefId assoc, const hir::PathSegment *segment, const ty::TraitRef &traitRef, ty::BoundVars traitVars) override;
};

} // namespace ferric::collect
