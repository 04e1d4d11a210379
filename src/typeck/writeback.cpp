// The end of type checking: every table resolved, built-in operators and indexing told from overloaded ones, captures and
// hidden types fixed (rustc_hir_typeck::writeback). A variable left without a value is E0282.
#include "typeck/autoderef.h"
#include "typeck/passes.h"
#include "typeck/walk.h"

namespace ferric::typeck {

namespace {
// Operators and indexing on built-in types are no calls: MIR has them as operations.
struct BuiltinFixer : HirVisitor {
  FnCtxt &f;
  ty::TypeckResults &r;
  explicit BuiltinFixer(FnCtxt &f) : f(f), r(f.results) {}

  Ty type(const hir::Expr *e) { return r.nodeTypes.get(e->id) ? f.resolve(r.nodeTypes.get(e->id)) : f.tcx.common.error; }
  Ty adjusted(const hir::Expr *e) { return f.resolve(f.adjustedTy(e)); }
  void dropMethod(HirId id) {
    r.typeDependent.erase(id);
    r.nodeArgs.at(id) = {};
  }
  void pop(const hir::Expr *e) {
    auto it = r.adjustments.find(e->id);
    if (it == r.adjustments.end() || it->second.empty()) return;
    it->second.pop_back();
    if (it->second.empty()) r.adjustments.erase(it);
  }

  void fixOperators(const hir::Expr *e) {
    if (const hir::UnaryExpr *u = dyn_cast<hir::UnaryExpr>(e)) {
      if (u->op != ast::UnOp::Deref && type(u->operand).isScalar()) dropMethod(e->id);
      return;
    }
    const hir::BinaryExpr *b = dyn_cast<hir::BinaryExpr>(e);
    const hir::AssignOpExpr *a = dyn_cast<hir::AssignOpExpr>(e);
    if (!b && !a) return;
    const hir::Expr *lhs = b ? b->lhs : a->lhs, *rhs = b ? b->rhs : a->rhs;
    ast::BinOp op = b ? b->op : a->op;
    if (r.typeDependent.find(e->id) == r.typeDependent.end()) return;
    bool cmp = b && op >= ast::BinOp::Eq;
    if (!type(lhs).isScalar() || !type(rhs).isScalar()) return;
    dropMethod(e->id);
    if (cmp) {
      pop(lhs);
      pop(rhs);
    } else if (a) {
      pop(lhs);
    }
  }

  void fixIndex(const hir::IndexExpr *e) {
    if (r.typeDependent.find(e->id) == r.typeDependent.end()) return;
    Ty base = adjusted(e->base);
    if (!base.is(TyKind::Ref)) return;
    Ty inner = base.inner();
    if (!(inner.is(TyKind::Array) || inner.is(TyKind::Slice)) || !adjusted(e->index).isUsize()) return;
    if (f.resolve(inner.inner()) != type(e)) return;
    dropMethod(e->id);
    auto it = r.adjustments.find(e->base->id);
    if (it == r.adjustments.end()) return;
    if (it->second.back().kind == AdjustKind::Unsize) it->second.pop_back();
    pop(e->base);
  }

  void visitExpr(const hir::Expr *e) override {
    fixOperators(e);
    if (const hir::IndexExpr *i = dyn_cast<hir::IndexExpr>(e)) fixIndex(i);
    walkExpr(e);
  }
};

class Writeback {
public:
  explicit Writeback(FnCtxt &f) : f(f), r(f.results) {}

  void run() {
    BuiltinFixer fixer(f);
    fixer.visitExpr(f.root.body.value);
    spans();
    for (size_t i = 0; i < r.nodeTypes.size(); ++i)
      if (Ty &t = r.nodeTypes[HirId(uint32_t(i))]; t) t = ty(t, uint32_t(i));
    for (size_t i = 0; i < r.nodeArgs.size(); ++i)
      if (GenericArgs &a = r.nodeArgs[HirId(uint32_t(i))]; !a.empty()) a = args(a, uint32_t(i));
    for (auto &[id, list] : r.adjustments)
      for (Adjustment &a : list) a.target = ty(a.target, id.raw);
    for (auto &[id, list] : r.patAdjustments)
      for (ty::PatAdjustment &a : list) a.source = ty(a.source, id.raw);
    for (auto &[id, list] : r.fruFieldTypes)
      for (Ty &t : list) t = ty(t, id.raw);
    for (auto &[id, c] : r.constArgs) c = f.infcx.fullyResolve(c);
    for (auto &[id, o] : r.offsetOf) o.first = ty(o.first, id.raw);
    closures();
    opaques();
    r.tainted = f.root.tainted();
  }

private:
  FnCtxt &f;
  ty::TypeckResults &r;
  IdVec<HirId, Span> spans_;

  // Where each node stands, for E0282.
  void spans() {
    struct Collect : HirVisitor {
      IdVec<HirId, Span> &out;
      explicit Collect(IdVec<HirId, Span> &out) : out(out) {}
      void visitExpr(const hir::Expr *e) override { out.at(e->id) = e->span; walkExpr(e); }
      void visitPat(const hir::Pat *p) override { out.at(p->id) = p->span; walkPat(p); }
      void visitLet(const hir::LetStmt *l) override { out.at(l->id) = l->pat->span; walkLet(l); }
    };
    if (f.root.tainted()) return;
    Collect c(spans_);
    for (const hir::Param &p : f.root.body.params) c.visitPat(p.pat);
    c.visitExpr(f.root.body.value);
  }
  void unresolved(Ty var, uint32_t id) {
    if (f.root.tainted()) return;
    Span s = spans_.get(HirId(id));
    reportUninferred(f, s.isDummy() ? f.root.body.value->span : s, GenericArg(var));
  }
  Ty ty(Ty t, uint32_t id) {
    if (!t.has(ty::kHasInfer)) return t;
    Ty bad;
    Ty out = f.infcx.fullyResolve(t, &bad);
    if (bad) unresolved(bad, id);
    else if (out.has(ty::kHasError)) f.root.setTainted();
    return out;
  }
  GenericArgs args(GenericArgs a, uint32_t id) {
    if (!(a.flags() & ty::kHasInfer)) return a;
    Ty bad;
    GenericArgs out = f.infcx.fullyResolve(a, &bad);
    if (bad) unresolved(bad, id);
    return out;
  }
  void closures() {
    for (auto &[def, data] : r.closures) {
      SmallVector<ty::CapturedPlace, 4> places(data.captures.begin(), data.captures.end());
      for (ty::CapturedPlace &p : places) {
        SmallVector<ty::CaptureProj, 4> proj(p.projections.begin(), p.projections.end());
        for (ty::CaptureProj &x : proj) x.ty = f.infcx.fullyResolve(x.ty);
        p.projections = f.tcx.copy(ArrayRef<ty::CaptureProj>(proj));
        p.localTy = f.infcx.fullyResolve(p.localTy);
        p.placeTy = f.infcx.fullyResolve(p.placeTy);
        p.upvarTy = f.infcx.fullyResolve(p.upvarTy);
      }
      data.captures = f.tcx.copy(ArrayRef<ty::CapturedPlace>(places));
    }
    for (auto &[def, t] : r.closureTypes) t = f.infcx.fullyResolve(t);
    for (auto &[def, s] : r.closureSigs) {
      SmallVector<Ty, 4> tys;
      for (Ty t : s.value.inputsAndOutput) tys.push_back(f.infcx.fullyResolve(t));
      s.value.inputsAndOutput = f.tcx.mkTyList(tys);
    }
  }
  void opaques() {
    for (const traits::InferCtxt::HiddenType &h : f.infcx.hiddenTypes()) {
      Ty bad;
      Ty t = f.infcx.fullyResolve(h.hidden, &bad);
      if (bad) {
        unresolved(bad, f.root.body.value->id.raw);
        t = f.tcx.common.error;
      }
      // The first use that says anything decides: recursive uses are equal to it or to the opaque type itself.
      if (t.is(TyKind::Alias) && t.aliasKind() == AliasKind::Opaque && t.def() == h.def) continue;
      r.hiddenTypes.try_emplace(h.def, t);
    }
    for (DefId d : f.infcx.definingOpaques) r.hiddenTypes.try_emplace(d, f.root.tainted() ? f.tcx.common.error : f.tcx.common.never);
  }
};
} // namespace

void writeback(FnCtxt &f) { Writeback(f).run(); }

} // namespace ferric::typeck
