// #[unsafe(naked)] functions (Reference: attributes/codegen, "naked"; rustc_hir_typeck::naked_functions): the body is one naked_asm! and nothing
// else, parameters are bound plainly and not used, since there is no frame they could be in. And naked_asm! stands nowhere else.
#include "ty/codegen_attrs.h"
#include "typeck/passes.h"
#include "typeck/walk.h"

namespace ferric::typeck {

namespace {
// Every use of a parameter, closures left out: those are wrong as a whole.
class ParamUses final : public HirVisitor {
public:
  ParamUses(FnCtxt &f, const llvm::DenseSet<uint32_t> &params) : f_(f), params_(params) {}
  void visitExpr(const hir::Expr *e) override {
    if (e->kind == hir::ExprKind::Closure)
      return;
    const auto *path = llvm::dyn_cast<hir::PathExpr>(e);
    if (path && path->path.path && path->path.path->res.kind == ResKind::Local && params_.contains(path->path.path->res.local)) {
      f_.err(e->span, "", "referencing function parameters is not allowed in naked functions")
          .help("follow the calling convention in asm block to use parameters");
      return;
    }
    walkExpr(e);
  }

private:
  FnCtxt &f_;
  const llvm::DenseSet<uint32_t> &params_;
};

// What the body consists of, blocks and `unsafe` seen through.
class BodyParts final : public HirVisitor {
public:
  enum class Kind : uint8_t { NakedAsm, Asm, Other, Error };
  struct Part { Kind kind; Span span; };
  SmallVector<Part, 4> parts;

  void visitStmt(const hir::Stmt &s) override {
    switch (s.kind) {
    case hir::StmtKind::Item: return;
    case hir::StmtKind::Let: parts.push_back({Kind::Other, s.let->span}); return;
    case hir::StmtKind::Expr: case hir::StmtKind::Semi: part(s.expr); return;
    }
  }
  void visitExpr(const hir::Expr *e) override { part(e); }

private:
  void part(const hir::Expr *e) {
    switch (e->kind) {
    case hir::ExprKind::Block: case hir::ExprKind::DropTemps: walkExpr(e); return;
    case hir::ExprKind::Err: parts.push_back({Kind::Error, e->span}); return;
    case hir::ExprKind::InlineAsm: {
      bool naked = llvm::cast<hir::InlineAsmExpr>(e)->inner.asmKind == ast::AsmKind::NakedAsm;
      parts.push_back({naked ? Kind::NakedAsm : Kind::Asm, e->span});
      return;
    }
    default: parts.push_back({Kind::Other, e->span});
    }
  }
};
} // namespace

static void params(FnCtxt &f) {
  llvm::DenseSet<uint32_t> locals;
  for (const hir::Param &p : f.root.body.params) {
    const auto *b = llvm::dyn_cast<hir::BindingPat>(p.pat);
    if (!llvm::isa<hir::WildPat>(p.pat) && !(b && !b->byRef && !b->isMut && !b->sub))
      f.err(p.pat->span, "", "patterns not allowed in naked function parameters");
    forEachBinding(p.pat, false, [&](const hir::BindingPat *x) { locals.insert(x->local.raw); });
  }
  ParamUses(f, locals).visitExpr(f.root.body.value);
}

static void body(FnCtxt &f) {
  using Kind = BodyParts::Kind;
  BodyParts b;
  b.visitExpr(f.root.body.value);
  if (b.parts.size() == 1 && (b.parts[0].kind == Kind::NakedAsm || b.parts[0].kind == Kind::Error))
    return;
  bool seen = false, excused = false;
  SmallVector<BodyParts::Part, 4> wrong;
  for (const BodyParts::Part &p : b.parts) {
    if (p.kind == Kind::NakedAsm && !std::exchange(seen, true))
      continue;
    if (p.kind == Kind::Asm)
      f.err(p.span, "E0787", "the `asm!` macro is not allowed in naked functions").label(p.span, "consider using the `naked_asm!` macro instead");
    if (p.kind == Kind::Asm || p.kind == Kind::Error)
      excused = true;
    else
      wrong.push_back(p);
  }
  // One assembly block and errors: the errors say enough.
  if (wrong.empty() && excused)
    return;
  diag::Builder d = f.err(f.tcx.def(f.root.owner).span, "E0787", "naked functions must contain a single `naked_asm!` invocation");
  for (const BodyParts::Part &p : wrong)
    d.label(p.span, p.kind == Kind::NakedAsm ? "multiple `naked_asm!` invocations are not allowed in naked functions" : "not allowed in naked functions");
}

void checkNaked(FnCtxt &f) {
  if (f.root.body.kind == hir::BodyKind::Fn && f.codegenAttrs(f.root.owner)->naked) {
    params(f);
    body(f);
    return;
  }
  for (const hir::InlineAsmExpr *e : f.root.asms)
    if (e->inner.asmKind == ast::AsmKind::NakedAsm)
      f.err(e->span, "", "the `naked_asm!` macro can only be used in functions marked with `#[unsafe(naked)]`");
}

} // namespace ferric::typeck
