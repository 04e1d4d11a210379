// global_asm!: the template with constants and symbol names filled in, switched to the asked syntax and back. Its operands are
// those of the assembly that ends the one block of its MIR body.
#include "codegen/asm.h"
#include "mono/instance_body.h"

namespace ferric::codegen {

using ast::AsmOperandKind;

static const mir::InlineAsmData *assemblyOf(const mir::Body &body) {
  for (const mir::BasicBlock &block : body.blocks)
    if (block.terminator.kind == mir::TerminatorKind::InlineAsm)
      return &*block.terminator.asmData;
  return nullptr;
}

void lowerGlobalAsm(CodegenCx &cx, DefId def) {
  Instance instance{InstanceKind::Item, def, {}, {}, 0};
  const mir::Body *body = mono::bodyOf(cx.tcx, instance);
  const mir::InlineAsmData *data = body && !body->tainted ? assemblyOf(*body) : nullptr;
  if (!data)
    return;
  bool att = data->options & ast::kAsmAttSyntax;
  std::string text = att ? "" : ".intel_syntax\n";
  for (const hir::AsmPiece &p : data->pieces) {
    if (p.isString) {
      text += cx.tcx.sess.str(p.text);
      continue;
    }
    const mir::AsmOperand &o = data->operands[p.operand];
    if (o.kind == AsmOperandKind::Const) {
      text += asmConstText(cx.tcx, instance, o);
      continue;
    }
    llvm::GlobalValue *symbol = llvm::cast<llvm::GlobalValue>(asmSymbol(cx, instance, o));
    cx.compilerUsed.push_back(symbol); // LLVM does not see the use
    text += symbol->getName();
  }
  if (!att)
    text += "\n.att_syntax\n";
  cx.module->appendModuleInlineAsm(text);
}

} // namespace ferric::codegen
