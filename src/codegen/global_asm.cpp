// global_asm!: the template with constants and symbol names filled in, switched to the asked syntax and back.
#include "codegen/asm.h"

namespace ferric::codegen {

using ast::AsmOperandKind;

static std::string operandText(CodegenCx &cx, const hir::AsmOperand &o, Span span) {
  Ctx &tcx = cx.tcx;
  if (o.kind == AsmOperandKind::Const) {
    mir::AsmOperand c;
    c.constant.kind = mir::ConstantKind::Unevaluated;
    c.constant.def = o.constDef;
    c.constant.ty = tcx.typeOf(o.constDef);
    c.constant.span = span;
    return asmConstText(tcx, Instance{InstanceKind::Item, o.constDef, {}, {}, 0}, c);
  }
  const hir::Path *path = o.symPath.path;
  if (o.kind == AsmOperandKind::Sym && path && path->res.kind == ResKind::Def) {
    if (path->res.defKind == DefKind::Static)
      return cx.staticVar(path->res.def)->getName().str();
    return cx.fn(Instance{InstanceKind::Item, path->res.def, {}, {}, 0})->getName().str();
  }
  tcx.sess.diag.error(span, "internal: this operand of global_asm! is not supported yet");
  return "";
}

void lowerGlobalAsm(CodegenCx &cx, DefId def) {
  const hir::Body *body = cx.tcx.hirBody(def);
  const hir::InlineAsmExpr *e = body ? llvm::dyn_cast_or_null<hir::InlineAsmExpr>(body->value) : nullptr;
  if (!e)
    return;
  bool att = e->inner.options & ast::kAsmAttSyntax;
  std::string text = att ? "" : ".intel_syntax\n";
  for (const hir::AsmPiece &p : e->inner.pieces)
    text += p.isString ? cx.tcx.sess.str(p.text).str() : operandText(cx, e->inner.operands[p.operand], p.span);
  if (!att)
    text += "\n.att_syntax\n";
  cx.module->appendModuleInlineAsm(text);
}

} // namespace ferric::codegen
