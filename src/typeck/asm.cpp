// Inline assembly (Reference: inline-assembly): operands are values or places of types that fit in registers; the types are
// checked at the end, when they are known (rustc_hir_typeck::{expr, inline_asm}).
#include "typeck/passes.h"

namespace ferric::typeck {

static void checkOperand(FnCtxt &f, const hir::Expr *e, bool input) {
  Ty t = f.checkExprWithNeeds(e, Expectation::none(), input ? Needs::None : Needs::MutPlace);
  f.requireSized(t, Cause(e->span, CauseCode::InlineAsmSized));
  if (!input) {
    if (!f.isPlaceExpr(e)) f.err(e->span, "", "invalid asm output").label(e->span, "cannot assign to this expression");
    return;
  }
  t = f.structurally(e->span, t);
  if (t.is(TyKind::FnDef)) f.demandCoerce(e, t, f.tcx.mkFnPtr(f.polySigOf(t)));
  else if (t.is(TyKind::Ref)) f.demandCoerce(e, t, f.tcx.mkPtr(t.inner(), t.mut()));
}

Ty FnCtxt::checkAsm(const hir::InlineAsmExpr *e) {
  const hir::InlineAsm &a = e->inner;
  bool never = a.asmKind == ast::AsmKind::NakedAsm || (a.options & ast::kAsmNoreturn);
  for (const hir::AsmOperand &o : a.operands) {
    switch (o.kind) {
    case ast::AsmOperandKind::In: checkOperand(*this, o.in, true); break;
    case ast::AsmOperandKind::Out: if (o.out) checkOperand(*this, o.out, false); break;
    case ast::AsmOperandKind::InOut: checkOperand(*this, o.in ? o.in : o.out, false); break;
    case ast::AsmOperandKind::SplitInOut:
      checkOperand(*this, o.in, true);
      if (o.out) checkOperand(*this, o.out, false);
      break;
    case ast::AsmOperandKind::Const:
      if (o.constBody) {
        FnCtxt inner(root, o.constDef ? o.constDef : fn);
        Ty t = inner.checkExpr(o.constBody);
        inner.requireSized(t, Cause(o.constBody->span, CauseCode::ConstSized));
      }
      break;
    case ast::AsmOperandKind::Sym: {
      ResolvedPath p = resolveQPath(o.symPath, o.id, o.span);
      writeTy(o.id, instantiateValuePath(p, o.span, o.span, o.id));
      break;
    }
    case ast::AsmOperandKind::Label: {
      Diverges prev = diverges;
      Ty t = checkBlock(o.label, Expectation::hasType(tcx.common.unit), o.label->id);
      if (!t.isNever()) {
        demandSuptype(Cause(o.label->span), tcx.common.unit, t);
        never = false;
      }
      diverges = prev;
      break;
    }
    }
  }
  root.asms.push_back(e);
  return never ? tcx.common.never : tcx.common.unit;
}

// Integers, floats, thin pointers, function pointers, SIMD vectors, and MaybeUninit of those.
static bool fitsRegister(FnCtxt &f, Ty t) {
  t = f.resolve(t);
  switch (t.kind()) {
  case TyKind::Int: case TyKind::Uint: case TyKind::Float: case TyKind::FnPtr: case TyKind::Never: case TyKind::Error: case TyKind::Infer: return true;
  case TyKind::RawPtr: return f.isSized(t.inner()) || t.inner().is(TyKind::Foreign);
  case TyKind::Adt:
    if (t.adt()->repr.simd) return true;
    if (t.adt()->isUnion() && t.adt()->nonEnum().fields.size() == 2 && f.tcx.isLang(t.adt()->def, sym::maybe_uninit)) return true;
    return false;
  default: return false;
  }
}

void checkAsms(FnCtxt &f) {
  for (const hir::InlineAsmExpr *e : f.root.asms)
    for (const hir::AsmOperand &o : e->inner.operands) {
      if (o.kind == ast::AsmOperandKind::Const) {
        if (!o.constBody) continue;
        Ty t = f.resolve(f.nodeTy(o.constBody->id));
        if (!t.isIntegral() && !f.hasErr(t)) f.err(o.span, "", "invalid type for `const` operand").label(o.constBody->span, "is a `" + f.str(t) + "`");
        continue;
      }
      for (const hir::Expr *x : {o.in, o.out}) {
        if (!x || o.kind == ast::AsmOperandKind::Sym) continue;
        Ty t = f.resolve(f.adjustedTy(x));
        if (fitsRegister(f, t) || f.hasErr(t)) continue;
        f.err(x->span, "", "cannot use value of type `" + f.str(t) + "` for inline assembly")
            .note("only integers, floats, SIMD vectors, pointers and function pointers can be used as arguments for inline assembly");
      }
    }
}

} // namespace ferric::typeck
