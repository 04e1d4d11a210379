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

} // namespace ferric::typeck
