// The lint unused_labels: a label of a loop or block that no `break` or `continue` names, unless it begins with `_` (rustc_resolve::late). HIR has
// resolved labels to the expression that bears them, so that those left over after a walk over the body are unused. Bodies with errors are left
// out.
#include "typeck/typeck.h"
#include "typeck/walk.h"
#include "lower/lower.h"
#include "ty/lint.h"
#include "llvm/ADT/DenseSet.h"

namespace ferric::typeck {

static constexpr const char *kUnusedLabels = "unused_labels";

namespace {
struct LabelVisitor : HirVisitor {
  Session &sess;
  llvm::SmallVector<std::pair<hir::HirId, Ident>, 4> labels;
  llvm::DenseSet<hir::HirId> used;
  explicit LabelVisitor(Session &sess) : sess(sess) {}

  void bear(const hir::Expr *e, Ident label) {
    if (label.name.valid() && !sess.str(label.name).starts_with("'_"))
      labels.emplace_back(e->id, label);
  }
  // A jump that is in error has no target.
  void visitExpr(const hir::Expr *e) override {
    if (const auto *l = llvm::dyn_cast<hir::LoopExpr>(e))
      bear(l, l->label);
    else if (const auto *b = llvm::dyn_cast<hir::BlockExpr>(e))
      bear(b, b->label);
    else if (const auto *b = llvm::dyn_cast<hir::BreakExpr>(e); b && b->label.name.valid() && b->target.valid())
      used.insert(b->target);
    else if (const auto *c = llvm::dyn_cast<hir::ContinueExpr>(e); c && c->label.name.valid() && c->target.valid())
      used.insert(c->target);
    walkExpr(e);
  }
};
} // namespace

// Whether no attribute could have it reported.
static bool isCapped(Session &sess) { return sess.diag.lintLevel(kUnusedLabels, diag::LintLevel::Deny, diag::LintLevel::Deny) == diag::LintLevel::Allow; }

void lintUnusedLabels(ty::Ctx &tcx, DefId def) {
  if (isCapped(tcx.sess))
    return;
  DefId owner = lower::bodyOwner(tcx, def);
  const ty::TypeckResults *r = tcx.typeck(owner);
  const hir::Body *body = tcx.hirBody(owner);
  if (!r || !body || r->tainted)
    return;
  LabelVisitor visitor(tcx.sess);
  visitor.visitExpr(body->value);
  for (const auto &[id, label] : visitor.labels)
    if (!visitor.used.contains(id))
      ty::lintInBody(tcx, *body, label.span, kUnusedLabels, diag::LintLevel::Warn, "unused label").label(label.span, "no `break` or `continue` names it");
}

} // namespace ferric::typeck
