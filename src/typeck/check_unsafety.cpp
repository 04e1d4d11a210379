// Operations that need `unsafe` (Reference: unsafety, "Behavior that needs unsafe"; rustc_mir_build::check_unsafety): calls of unsafe functions,
// dereferences of raw pointers, mutable and foreign statics, union fields, inline assembly. The body of an unsafe function counts
// as unsafe; closures share the context they stand in.
#include "typeck/fn_ctxt.h"
#include "typeck/typeck.h"
#include "typeck/walk.h"
#include "lower/lower.h"

namespace ferric::typeck {

namespace {
struct Checker : HirVisitor {
  ty::Ctx &tcx;
  const ty::TypeckResults &r;
  bool unsafe_;
  bool rawBorrow_ = false;     // directly under `&raw`: naming a static is no access
  const hir::Expr *assigned_ = nullptr; // left side of `=`: writing a union field reads nothing

  Checker(ty::Ctx &tcx, const ty::TypeckResults &r, bool isUnsafe) : tcx(tcx), r(r), unsafe_(isUnsafe) {}

  void require(Span s, const Twine &what, const Twine &note) {
    if (unsafe_) return;
    tcx.sess.diag.error(s, "E0133", what + " is unsafe and requires unsafe function or block").label(s, what).note(note);
  }
  Ty type(const hir::Expr *e) { Ty t = r.exprTypeAdjusted(e); return t ? t : tcx.common.error; }

  void visitBlock(const hir::Block *b) override {
    bool old = unsafe_;
    unsafe_ |= b->isUnsafe;
    walkBlock(b);
    unsafe_ = old;
  }

  void call(Span s, Ty callee) {
    if (callee.is(TyKind::FnDef)) {
      if (tcx.fnSig(callee.def()).value.header.safety == Safety::Unsafe)
        require(s, "call to unsafe function `" + ty::showDef(tcx, callee.def()) + "`", "consult the function's documentation for information on how to avoid undefined behavior");
    } else if (callee.is(TyKind::FnPtr) && callee.fnPtrSig().value.header.safety == Safety::Unsafe) {
      require(s, "call to unsafe function", "consult the function's documentation for information on how to avoid undefined behavior");
    }
  }

  void path(const hir::PathExpr *e, bool raw) {
    if (e->path.kind != hir::QPathKind::Resolved) return;
    Res res = e->path.path->res;
    if (!res.isDef(DefKind::Static) || raw) return;
    const Def &d = tcx.def(res.def);
    bool foreign = d.parent && tcx.defKind(d.parent) == DefKind::ForeignMod;
    const ast::StaticItem &item = tcx.crates.itemAs<ast::StaticItem>(res.def);
    if (item.mut == ast::Mutability::Mut)
      require(e->span, "use of mutable static", "mutable statics can be mutated by multiple threads: aliasing violations or data races will cause undefined behavior");
    else if (foreign && item.safety != ast::Safety::Safe)
      require(e->span, "use of extern static", "extern statics are not controlled by the Rust type system: invalid data, aliasing violations or data races will cause undefined behavior");
  }

  void visitExpr(const hir::Expr *e) override {
    bool raw = rawBorrow_;
    rawBorrow_ = false;
    const hir::Expr *assigned = assigned_;
    assigned_ = nullptr;
    switch (e->kind) {
    case ExprKind::Call: {
      const hir::CallExpr *c = cast<hir::CallExpr>(e);
      auto it = r.typeDependent.find(e->id);
      if (it == r.typeDependent.end()) call(e->span, type(c->callee));
      break;
    }
    case ExprKind::MethodCall: {
      auto it = r.typeDependent.find(e->id);
      if (it != r.typeDependent.end() && tcx.fnSig(it->second.def).value.header.safety == Safety::Unsafe)
        require(e->span, "call to unsafe function `" + ty::showDef(tcx, it->second.def) + "`", "consult the function's documentation for information on how to avoid undefined behavior");
      break;
    }
    case ExprKind::Unary: {
      const hir::UnaryExpr *u = cast<hir::UnaryExpr>(e);
      if (u->op == ast::UnOp::Deref && type(u->operand).is(TyKind::RawPtr))
        require(e->span, "dereference of raw pointer", "raw pointers may be null, dangling or unaligned; they can violate aliasing rules and cause data races: all of these are undefined behavior");
      break;
    }
    case ExprKind::Path: path(cast<hir::PathExpr>(e), raw); return;
    case ExprKind::AddrOf: {
      const hir::AddrOfExpr *a = cast<hir::AddrOfExpr>(e);
      // `&raw` of a static takes its address only, fields of unions included.
      const hir::Expr *inner = a->operand;
      if (a->borrow == ast::BorrowKind::Raw) {
        if (inner->kind == ExprKind::Path) rawBorrow_ = true;
        while (const hir::FieldExpr *fe = dyn_cast<hir::FieldExpr>(inner)) inner = fe->base;
        if (inner != a->operand && isUnionChain(a->operand)) {
          visitExpr(inner);
          return;
        }
      }
      break;
    }
    case ExprKind::Field: {
      const hir::FieldExpr *fe = cast<hir::FieldExpr>(e);
      Ty base = type(fe->base);
      if (base.is(TyKind::Adt) && base.adt()->isUnion() && assigned != e)
        require(e->span, "access to union field", "the field may not be properly initialized: using uninitialized data will cause undefined behavior");
      // `u.a.b = x` writes into `u.a` as well, unless something on the way is dereferenced.
      if (assigned == e && r.adjustmentsOf(fe->base).empty()) assigned_ = fe->base;
      break;
    }
    case ExprKind::Assign: {
      const hir::AssignExpr *a = cast<hir::AssignExpr>(e);
      visitExpr(a->rhs);
      assigned_ = a->lhs;
      visitExpr(a->lhs);
      return;
    }
    case ExprKind::InlineAsm: inlineAsm(cast<hir::InlineAsmExpr>(e)); return;
    default: break;
    }
    walkExpr(e);
  }

  // A label block is safe code again: inside the `unsafe` that asm! itself needs there would be no way to have it checked.
  void inlineAsm(const hir::InlineAsmExpr *e) {
    if (e->inner.asmKind == ast::AsmKind::Asm)
      require(e->span, "use of inline assembly", "inline assembly is entirely unchecked and can cause undefined behavior");
    for (const hir::AsmOperand &o : e->inner.operands) {
      bool outer = unsafe_;
      unsafe_ &= o.kind != ast::AsmOperandKind::Label;
      walkAsmOperand(o);
      unsafe_ = outer;
    }
  }
  bool isUnionChain(const hir::Expr *e) {
    const hir::FieldExpr *fe = dyn_cast<hir::FieldExpr>(e);
    for (; fe; fe = dyn_cast<hir::FieldExpr>(fe->base))
      if (!r.adjustmentsOf(fe->base).empty()) return false;
    return true;
  }

  void visitPat(const hir::Pat *p) override {
    if (const hir::StructPat *s = dyn_cast<hir::StructPat>(p)) {
      Ty t = r.nodeType(p->id);
      if (t && t.is(TyKind::Adt) && t.adt()->isUnion())
        for (const hir::PatField &x : s->fields)
          if (x.pat->kind != PatKind::Wild)
            require(x.pat->span, "access to union field", "the field may not be properly initialized: using uninitialized data will cause undefined behavior");
    }
    walkPat(p);
  }
};
} // namespace

void checkUnsafety(ty::Ctx &tcx, DefId def) {
  DefId owner = lower::bodyOwner(tcx, def);
  const ty::TypeckResults *r = tcx.typeck(owner);
  const hir::Body *body = tcx.hirBody(owner);
  if (!r || !body || r->tainted) return;
  bool isUnsafe = body->kind == hir::BodyKind::Fn && tcx.fnSig(owner).value.header.safety == Safety::Unsafe;
  Checker c(tcx, *r, isUnsafe);
  for (const hir::Param &p : body->params) c.visitPat(p.pat);
  c.visitExpr(body->value);
}

} // namespace ferric::typeck
