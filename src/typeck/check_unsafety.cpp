// Operations that need `unsafe` (Reference: unsafety, "Behavior that needs unsafe"; rustc_mir_build::check_unsafety): calls of unsafe functions,
// dereferences of raw pointers, mutable and foreign statics, union fields, inline assembly. In the body of an unsafe function they need it
// by the lint unsafe_op_in_unsafe_fn; a block that none of them needs is the lint unused_unsafe's. Closures share the context they stand in.
#include "typeck/fn_ctxt.h"
#include "typeck/typeck.h"
#include "typeck/walk.h"
#include "layout/target.h"
#include "lower/lower.h"
#include "target/features.h"
#include "ty/codegen_attrs.h"
#include "ty/lint.h"

namespace ferric::typeck {

namespace {
// What allows unsafe operations where the walk is.
enum class Allowance : uint8_t { None, UnsafeFn, UnsafeBlock, CompilerBlock };
struct Context {
  Allowance allowance{};
  const hir::Block *block = nullptr;                    // UnsafeBlock
  bool isUsed = false;                                  // by an operation directly in it
  llvm::SmallVector<const hir::Block *, 0> nestedUsed;  // blocks in it that are used
};

struct Checker : HirVisitor {
  ty::Ctx &tcx;
  const hir::Body &body;
  const ty::TypeckResults &r;
  Context context_;
  bool saidWhatUnsafeFnMeans_ = false;
  bool rawBorrow_ = false;     // directly under `&raw`: naming a static is no access
  const hir::Expr *assigned_ = nullptr; // left side of `=`: writing a union field reads nothing

  Checker(ty::Ctx &tcx, const hir::Body &body, const ty::TypeckResults &r, Allowance allowance) : tcx(tcx), body(body), r(r), context_{allowance} {}

  void require(Span s, const Twine &what, const Twine &note) {
    switch (context_.allowance) {
    case Allowance::None:
      tcx.sess.diag.error(s, "E0133", what + " is unsafe and requires unsafe function or block").label(s, what).note(note);
      return;
    case Allowance::UnsafeFn: lintInUnsafeFn(s, what, note); return;
    case Allowance::UnsafeBlock: context_.isUsed = true; return;
    case Allowance::CompilerBlock: return;
    }
  }

  // RFC 2585; a warning from edition 2024 on.
  void lintInUnsafeFn(Span s, const Twine &what, const Twine &note) {
    diag::LintLevel level = tcx.crates[kLocalCrate].edition >= 2024 ? diag::LintLevel::Warn : diag::LintLevel::Allow;
    diag::Builder d = ty::lintInBody(tcx, body, s, "unsafe_op_in_unsafe_fn", level, what + " is unsafe and requires unsafe block");
    d.code("E0133").label(s, what).note(note);
    if (!std::exchange(saidWhatUnsafeFnMeans_, true))
      d.noteAt(headOf(tcx.def(body.owner).span), "an unsafe function restricts its caller, but its body is safe by default");
  }

  // What stands before the braces.
  Span headOf(Span span) {
    llvm::StringRef head = tcx.sess.sources.text(span).take_until([](char c) { return c == '{'; }).rtrim();
    if (!head.empty())
      span.hi = span.lo + uint32_t(head.size());
    return span;
  }
  void lintUnused(const hir::Block *b, const hir::Block *around) {
    Span head = headOf(b->span);
    diag::Builder d = ty::lintInBody(tcx, body, head, "unused_unsafe", diag::LintLevel::Warn, "unnecessary `unsafe` block");
    d.label(head, "unnecessary `unsafe` block");
    if (around)
      d.label(headOf(around->span), "because it's nested under this `unsafe` block");
  }

  // Walks with another allowance. Of nested blocks the outermost that is needed is, and those in it are not.
  template <class F> void within(Context inner, F walk) {
    Context outer = std::exchange(context_, std::move(inner));
    walk();
    Context done = std::exchange(context_, std::move(outer));
    if (done.allowance != Allowance::UnsafeBlock)
      return;
    bool isNested = context_.allowance == Allowance::UnsafeBlock;
    if (!done.isUsed) {
      lintUnused(done.block, nullptr);
      if (isNested)
        llvm::append_range(context_.nestedUsed, done.nestedUsed);
      return;
    }
    for (const hir::Block *b : done.nestedUsed)
      lintUnused(b, done.block);
    if (isNested)
      context_.nestedUsed.push_back(done.block);
  }
  Ty type(const hir::Expr *e) { Ty t = r.exprTypeAdjusted(e); return t ? t : tcx.common.error; }

  void visitBlock(const hir::Block *b) override {
    if (b->safety == hir::BlockSafety::Safe)
      return walkBlock(b);
    bool isCompilers = b->safety == hir::BlockSafety::CompilerUnsafe;
    within({isCompilers ? Allowance::CompilerBlock : Allowance::UnsafeBlock, b}, [&] { walkBlock(b); });
  }

  void callOf(Span s, DefId fn) {
    if (tcx.fnSig(fn).value.header.safety == Safety::Unsafe)
      require(s, "call to unsafe function `" + ty::showDef(tcx, fn) + "`", "consult the function's documentation for information on how to avoid undefined behavior");
    else
      requireFeatures(s, fn);
  }

  // A safe function may have target features that its caller has not (RFC 2396).
  void requireFeatures(Span s, DefId fn) {
    DefKind kind = tcx.defKind(fn);
    llvm::ArrayRef<Symbol> needed = kind == DefKind::Fn || kind == DefKind::AssocFn ? tcx.codegenAttrs(fn)->targetFeatures : llvm::ArrayRef<Symbol>();
    if (needed.empty()) return;
    llvm::StringSet<> own;
    if (body.kind == hir::BodyKind::Fn)
      for (Symbol f : tcx.codegenAttrs(body.owner)->targetFeatures)
        target::enableFeature(own, tcx.target->arch, tcx.sess.str(f));
    std::string missing;
    for (Symbol f : needed)
      if (!own.contains(tcx.sess.str(f)))
        missing += (missing.empty() ? "" : ", ") + tcx.sess.str(f).str();
    if (!missing.empty())
      require(s, "call to function `" + ty::showDef(tcx, fn) + "` with `#[target_feature]`", "it has target features that its caller has not: " + missing);
  }

  void call(Span s, Ty callee) {
    if (callee.is(TyKind::FnDef)) {
      callOf(s, callee.def());
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
      if (it != r.typeDependent.end()) callOf(e->span, it->second.def);
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
      if (o.kind == ast::AsmOperandKind::Label)
        within({}, [&] { walkAsmOperand(o); });
      else
        walkAsmOperand(o);
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
  Checker c(tcx, *body, *r, isUnsafe ? Allowance::UnsafeFn : Allowance::None);
  for (const hir::Param &p : body->params) c.visitPat(p.pat);
  c.visitExpr(body->value);
}

} // namespace ferric::typeck
