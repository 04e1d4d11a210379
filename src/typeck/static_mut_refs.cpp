// The lint static_mut_refs: references to mutable statics, and to fields of theirs, are easily used wrongly (rustc_lint::static_mut_refs; the 2024
// edition guide, "Deny static_mut_refs"). Three forms make one: `&S`, a method whose receiver is a reference, and `let ref x = S`.
#include "typeck/typeck.h"
#include "typeck/walk.h"
#include "lower/lower.h"
#include "ty/lint.h"

namespace ferric::typeck {

namespace {
struct StaticMutRefs : HirVisitor {
  ty::Ctx &tcx;
  const hir::Body &body;
  const ty::TypeckResults &results;
  StaticMutRefs(ty::Ctx &tcx, const hir::Body &body, const ty::TypeckResults &results) : tcx(tcx), body(body), results(results) {}

  bool isStaticMut(const hir::Expr *e) const {
    while (const auto *f = llvm::dyn_cast<hir::FieldExpr>(e)) e = f->base;
    const auto *p = llvm::dyn_cast<hir::PathExpr>(e);
    if (!p || p->path.kind != hir::QPathKind::Resolved || !p->path.path->res.isDef(DefKind::Static)) return false;
    return tcx.crates.itemAs<ast::StaticItem>(p->path.path->res.def).mut == ast::Mutability::Mut;
  }
  void lint(const hir::Expr *operand, Span span, hir::Mutability mut) {
    if (!isStaticMut(operand)) return;
    if (!span.ctxt.isRoot()) span = operand->span;
    const char *what = mut == hir::Mutability::Mut ? "mutable " : "shared ";
    diag::LintLevel level = body.edition >= 2024 ? diag::LintLevel::Deny : diag::LintLevel::Warn;
    ty::lintInBody(tcx, body, span, "static_mut_refs", level, llvm::Twine("creating a ") + what + "reference to mutable static")
        .label(span, llvm::Twine(what) + "reference to mutable static")
        .note(mut == hir::Mutability::Mut ? "no other reference to the static may exist, or be used, while this one lives: `&raw mut` makes a raw pointer instead"
                                          : "the static may not be written to while the reference lives: `&raw const` makes a raw pointer instead");
  }

  void visitExpr(const hir::Expr *e) override {
    if (const auto *a = llvm::dyn_cast<hir::AddrOfExpr>(e); a && a->borrow == hir::BorrowKind::Ref)
      lint(a->operand, a->span, a->mut);
    if (const auto *m = llvm::dyn_cast<hir::MethodCallExpr>(e); m && isStaticMut(m->receiver)) {
      auto it = results.typeDependent.find(m->id);
      llvm::ArrayRef<ty::Ty> inputs = it != results.typeDependent.end() && it->second.kind == ResKind::Def ? tcx.fnSig(it->second.def).value.inputs() : llvm::ArrayRef<ty::Ty>();
      if (!inputs.empty() && inputs[0].is(ty::TyKind::Ref))
        lint(m->receiver, m->span, inputs[0].mut());
    }
    walkExpr(e);
  }
  void visitLet(const hir::LetStmt *l) override {
    if (const auto *b = llvm::dyn_cast<hir::BindingPat>(l->pat); b && b->byRef && l->init)
      lint(l->init, l->init->span, b->refMut);
    walkLet(l);
  }
};
} // namespace

void lintStaticMutRefs(ty::Ctx &tcx, DefId def) {
  DefId owner = lower::bodyOwner(tcx, def);
  const ty::TypeckResults *r = tcx.typeck(owner);
  const hir::Body *body = tcx.hirBody(owner);
  if (r && body && !r->tainted)
    StaticMutRefs(tcx, *body, *r).visitExpr(body->value);
}

} // namespace ferric::typeck
