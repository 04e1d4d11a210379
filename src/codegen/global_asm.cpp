// Assembly outside of functions: global_asm! and #[naked] functions (rustc_codegen_ssa::mir::naked_asm). The template with constants and symbol names
// filled in, switched to the asked syntax and back, becomes part of the module's assembly.
#include "codegen/asm.h"
#include "mono/instance_body.h"
#include "target/features.h"

namespace ferric::codegen {

const mir::InlineAsmData *assemblyOf(const mir::Body &body) {
  for (const mir::BasicBlock &block : body.blocks)
    if (block.terminator.kind == mir::TerminatorKind::InlineAsm)
      return &*block.terminator.asmData;
  return nullptr;
}

static bool isX86(const CodegenCx &cx) { return cx.target.arch == "x86_64" || cx.target.arch == "x86"; }

// `prefix` and `suffix` stand around the template, in its syntax.
static void appendAssembly(CodegenCx &cx, const Instance &instance, const mir::InlineAsmData &data, llvm::StringRef prefix, llvm::StringRef suffix) {
  bool intel = isX86(cx) && !(data.options & ast::kAsmAttSyntax);
  std::string text = intel ? ".intel_syntax\n" : "";
  text += prefix;
  for (const hir::AsmPiece &p : data.pieces)
    text += p.isString ? cx.tcx.sess.str(p.text).str() : asmOperandText(cx, instance, data.operands[p.operand]);
  text += suffix;
  if (intel)
    text += "\n.att_syntax\n";
  cx.module->appendModuleInlineAsm(text);
}

void lowerGlobalAsm(CodegenCx &cx, DefId def) {
  Instance instance{InstanceKind::Item, def, {}, {}, 0};
  const mir::Body *body = mono::bodyOf(cx.tcx, instance);
  const mir::InlineAsmData *data = body && !body->tainted ? assemblyOf(*body) : nullptr;
  if (data)
    appendAssembly(cx, instance, *data, "", "");
}

static const char *binding(llvm::GlobalValue::LinkageTypes linkage) {
  if (llvm::GlobalValue::isLocalLinkage(linkage))
    return nullptr;
  return llvm::GlobalValue::isWeakForLinker(linkage) ? ".weak " : ".globl ";
}

bool lowerNaked(CodegenCx &cx, const Instance &instance, const mir::Body &body, llvm::Function *fn) {
  const mir::InlineAsmData *data = assemblyOf(body);
  if (!data)
    return false;
  const ty::CodegenAttrs &attrs = *cx.tcx.codegenAttrs(instance.def);
  const char *sigil = cx.target.arch == "arm" ? "%" : "@";
  std::string name = fn->getName().str(), prefix;
  llvm::raw_string_ostream os(prefix);
  os << ".pushsection " << (attrs.linkSection.valid() ? cx.tcx.sess.str(attrs.linkSection) : llvm::StringRef(".text." + name)) << ",\"ax\", " << sigil << "progbits\n";
  os << ".balign " << 4 << "\n";
  if (const char *b = binding(fn->getLinkage()))
    os << b << name << "\n";
  if (fn->hasHiddenVisibility())
    os << ".hidden " << name << "\n";
  os << ".type " << name << ", " << sigil << "function\n" << name << ":\n";
  appendAssembly(cx, instance, *data, prefix, "\n.Lfunc_end_" + name + ":\n.size " + name + ", . - " + name + "\n.popsection\n");
  // The symbol is defined beside the functions LLVM sees, to which it is one of somewhere else in the object.
  if (fn->hasLocalLinkage())
    fn->setDSOLocal(true);
  fn->setLinkage(llvm::GlobalValue::ExternalLinkage);
  return true;
}

} // namespace ferric::codegen
