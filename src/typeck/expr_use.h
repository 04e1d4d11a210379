// How a body uses places: moved, copied, borrowed, assigned (rustc_hir_typeck::expr_use_visitor). Run over a closure's body
// after inference to find what the closure captures, and how.
#pragma once
#include "typeck/fn_ctxt.h"

namespace ferric::typeck {

enum class PlaceBase : uint8_t { Rvalue, Static, Local, Upvar };
enum class ProjKind : uint8_t { Deref, Field, Index, Subslice, UnwrapBinder };
struct Proj {
  ProjKind kind{};
  uint32_t field = 0, variant = 0;
  Ty ty;                       // after it
  bool sameAs(const Proj &o) const { return kind == o.kind && field == o.field && variant == o.variant; }
};
struct Place {
  PlaceBase base = PlaceBase::Rvalue;
  LocalId local;               // Local, Upvar
  Ty baseTy;
  SmallVector<Proj, 4> proj;
  Span span;                   // of the expression it comes from
  Ty ty() const { return proj.empty() ? baseTy : proj.back().ty; }
  Ty tyBefore(size_t i) const { return i == 0 ? baseTy : proj[i - 1].ty; }
};

enum class Borrow : uint8_t { Shared, Unique, Mut };

// Told about each use. Uses of places that are no upvars are of no interest.
class UseDelegate {
public:
  virtual ~UseDelegate() = default;
  virtual void consume(const Place &p) = 0;
  virtual void borrow(const Place &p, Borrow kind) = 0;
};

// What inner closures were found to capture, by value or by borrow, for the closures around them.
struct InnerCapture { LocalId local; Ty baseTy; SmallVector<Proj, 4> proj; ty::CaptureKind kind{}; Span span; };
using InnerCaptures = llvm::DenseMap<DefId, std::vector<InnerCapture>>;

class ExprUseVisitor {
public:
  ExprUseVisitor(FnCtxt &f, UseDelegate &delegate, const llvm::SmallDenseSet<LocalId, 8> &upvars, const InnerCaptures &inner)
      : f(f), d(delegate), upvars(upvars), inner(inner) {}
  // The parameters' patterns and the value of a closure.
  void consumeBody(ArrayRef<hir::Param> params, const hir::Expr *value);

private:
  FnCtxt &f;
  UseDelegate &d;
  const llvm::SmallDenseSet<LocalId, 8> &upvars;
  const InnerCaptures &inner;

  void consumeExpr(const hir::Expr *e);
  void consumeAll(ArrayRef<const hir::Expr *> es) { for (const hir::Expr *e : es) consumeExpr(e); }
  void mutateExpr(const hir::Expr *e);
  void borrowExpr(const hir::Expr *e, Borrow b);
  void consumeOrCopy(const Place &p);
  void walkExpr(const hir::Expr *e);
  void walkAdjustments(const hir::Expr *e);
  void walkStmt(const hir::Stmt &s);
  void walkBlock(const hir::Block *b);
  void walkLocal(const hir::Expr *init, const hir::Pat *pat, const hir::Block *otherwise, bool borrowInit);
  void walkStruct(const hir::StructExpr *e);
  void walkPat(const Place &discr, const hir::Pat *p, bool hasGuard);
  void usePat(const Place &p, const hir::Pat *pat, bool hasGuard);
  void walkCaptures(const hir::ClosureExpr *e);

  Place cat(const hir::Expr *e);
  Place catUnadjusted(const hir::Expr *e);
  Place catAdjusted(const hir::Expr *e, Place previous, const Adjustment &a);
  Place catRes(const hir::Expr *e, Ty t, const Res &r);
  Place catOverloaded(const hir::Expr *e, const hir::Expr *base);
  Place deref(Place p);
  Place project(Place p, ProjKind k, Ty t, uint32_t field = 0, uint32_t variant = 0);
  Place rvalue(Span s, Ty t) { Place p; p.baseTy = t; p.span = s; return p; }
  void catPattern(Place p, const hir::Pat *pat, function_ref<void(const Place &, const hir::Pat *)> op);
  Ty nodeTy(HirId id) { return f.resolve(f.nodeTy(id)); }
  Ty patTyAdjusted(const hir::Pat *p);
  bool isMethodCall(const hir::Expr *e) { return f.results.typeDependent.count(e->id); }
  bool multivariant(Ty t);
  uint32_t variantOf(Ty t, const Res &r);
};

} // namespace ferric::typeck
