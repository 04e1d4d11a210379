// A walk over the expressions and patterns of a HIR body, in evaluation-independent source order
// (rustc_hir::intravisit). Closures and inline constants are walked into unless the visitor stops there.
#pragma once
#include "hir/hir.h"

namespace ferric::typeck {

// Override what you look at; call walk*(node) to go on inside.
class HirVisitor {
public:
  virtual ~HirVisitor() = default;
  virtual void visitExpr(const hir::Expr *e) { walkExpr(e); }
  virtual void visitPat(const hir::Pat *p) { walkPat(p); }
  virtual void visitBlock(const hir::Block *b) { walkBlock(b); }
  virtual void visitStmt(const hir::Stmt &s) { walkStmt(s); }
  virtual void visitLet(const hir::LetStmt *l) { walkLet(l); }
  virtual void visitArm(const hir::Arm *a) { walkArm(a); }
  virtual void visitPatExpr(const hir::PatExpr &p) { if (p.body) visitExpr(p.body); }

  void walkExpr(const hir::Expr *e);
  void walkPat(const hir::Pat *p);
  void walkBlock(const hir::Block *b);
  void walkStmt(const hir::Stmt &s);
  void walkLet(const hir::LetStmt *l);
  void walkArm(const hir::Arm *a);
  void walkAsmOperand(const hir::AsmOperand &o);
};

// Calls f on every binding of a pattern; the first alternative only of or-patterns when `firstAlt`.
void forEachBinding(const hir::Pat *p, bool firstAlt, llvm::function_ref<void(const hir::BindingPat *)> f);
// The strongest explicit `ref` binding of a pattern: 0 none, 1 `ref`, 2 `ref mut`.
int explicitRefBinding(const hir::Pat *p);

} // namespace ferric::typeck
