// Inline assembly: operands become expressions, constants and paths of the body around them (Reference: inline-assembly;
// rustc_ast_lowering::asm).
#include "lower/asm_check.h"
#include "lower/lowering.h"

namespace ferric::lower {

void Lowering::asmOperands(const ast::InlineAsm &a, hir::InlineAsm &out) {
  out.asmKind = a.asmKind;
  out.options = a.options;
  out.templates = arr(ast.list(a.templates));
  out.lineSpans = arr(ast.list(a.lineSpans));
  SmallVector<hir::AsmPiece, 8> pieces;
  for (const ast::AsmPiece &p : ast.list(a.pieces))
    pieces.push_back({p.isString, p.text, p.operand, char32_t(p.modifier), p.span});
  out.pieces = arr(pieces);
  SmallVector<Symbol, 2> clobbers;
  for (const ast::AsmClobberAbi &c : ast.list(a.clobberAbis))
    clobbers.push_back(c.abi);
  out.clobberAbis = arr(clobbers);
  SmallVector<hir::AsmOperand, 8> operands;
  for (const ast::AsmOperand &o : ast.list(a.operands)) {
    hir::AsmOperand x;
    x.kind = o.kind;
    x.late = o.late;
    x.explicitReg = o.explicitReg;
    x.reg = o.reg;
    x.span = o.span;
    x.id = newId();
    switch (o.kind) {
    case ast::AsmOperandKind::In:
    case ast::AsmOperandKind::InOut:
      x.in = expr(o.in);
      break;
    case ast::AsmOperandKind::Out:
      if (o.out)
        x.out = expr(o.out);
      break;
    case ast::AsmOperandKind::SplitInOut:
      x.in = expr(o.in);
      if (o.out)
        x.out = expr(o.out);
      break;
    case ast::AsmOperandKind::Const: {
      ast::ExprId value = o.konst.value ? o.konst.value : o.in;
      x.constDef = addDef(DefKind::InlineConst, o.span, {AstRefKind::Expr, value.raw});
      DefId outer = std::exchange(parentDef_, x.constDef);
      size_t mark = ribs_.mark();
      ribs_.pushBarrier(Barrier::Const);
      x.constBody = expr(value);
      ribs_.reset(mark);
      parentDef_ = outer;
      break;
    }
    case ast::AsmOperandKind::Sym: {
      if (ast.exprs[o.in].kind != ast::ExprKind::Path) {
        error(o.span, "", "expected a path for argument to `sym`");
        break;
      }
      const ast::PathExpr &p = node<ast::PathExpr>(o.in);
      Res full;
      x.symPath = qpath(p.qself, p.path, PathSource::Expr, &full);
      if (full.kind == ResKind::Local) {
        error(o.span, "", "invalid `sym` operand").label(o.span, "is a local variable").help("`sym` operands must refer to either a function or a static");
        break;
      }
      if (!full.isDef(DefKind::Static))
        x.in = pathExprOf(ast.exprs[o.in].span, x.symPath);
      break;
    }
    case ast::AsmOperandKind::Label: x.label = block(o.label); break;
    }
    operands.push_back(x);
  }
  out.operands = arr(operands);
}

const hir::Expr *Lowering::inlineAsm(ast::ExprId id, const ast::InlineAsmExpr &a) {
  hir::InlineAsmExpr *e = make<hir::InlineAsmExpr>(ast.exprs[id].span);
  checkAsmTarget(tcx, ast, a.inner, ast.exprs[id].span);
  asmOperands(a.inner, e->inner);
  return e;
}

} // namespace ferric::lower
