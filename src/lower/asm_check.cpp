// Registers, ABIs and template modifiers of inline assembly against the target's tables (Reference: inline-assembly, "Register operands",
// "Template modifiers", "ABI clobbers"; rustc_ast_lowering::asm). Types and target features are checked after type checking.
#include "lower/asm_check.h"
#include "ast/nodes.h"
#include "layout/target.h"
#include "target/registers.h"

namespace ferric::lower {

using ast::AsmOperandKind;

namespace {
class AsmTargetCheck {
public:
  AsmTargetCheck(ty::Ctx &tcx, const ast::Ast &ast, const ast::InlineAsm &a, const target::RegisterFile &file)
      : sess_(tcx.sess), ast_(ast), asm_(a), file_(file), operands_(ast.list(a.operands)) {}

  void run() {
    abis();
    for (const ast::AsmOperand &o : operands_)
      regs_.push_back(reg(o));
    modifiers();
    for (size_t i = 0; i < operands_.size(); ++i)
      conflicts(i);
  }

private:
  // The class is null where there is no register or it was reported; the register where a class was asked for.
  struct Found { const target::RegClass *cls = nullptr; const target::Reg *reg = nullptr; };

  void abis() {
    llvm::SmallVector<std::pair<const target::ClobberAbi *, const ast::AsmClobberAbi *>, 2> seen;
    for (const ast::AsmClobberAbi &c : ast_.list(asm_.clobberAbis)) {
      const target::ClobberAbi *abi = file_.abiByName(sess_.str(c.abi));
      if (!abi) {
        sess_.diag.error(c.span, "", "invalid ABI for `clobber_abi`").note("the following ABIs are supported on this target: " + file_.abiNames());
        continue;
      }
      auto earlier = llvm::find_if(seen, [&](const auto &s) { return s.first == abi; });
      if (earlier == seen.end()) {
        seen.push_back({abi, &c});
        continue;
      }
      diag::Builder d = sess_.diag.error(c.span, "", "`" + sess_.str(earlier->second->abi) + "` ABI specified multiple times");
      d.label(earlier->second->span, "previously specified here");
      if (earlier->second->abi != c.abi)
        d.note("these ABIs are equivalent on the current target");
    }
  }

  Found reg(const ast::AsmOperand &o) {
    if (!o.reg.valid())
      return {};
    llvm::StringRef name = sess_.str(o.reg);
    if (!o.explicitReg) {
      const target::RegClass *c = file_.classByName(name);
      if (!c)
        sess_.diag.error(o.span, "", "invalid register class `" + name + "`: unknown register class")
            .note("the following register classes are supported on this target: " + file_.classNames());
      return {c, nullptr};
    }
    llvm::StringRef why;
    const target::Reg *r = file_.regByName(name, why);
    if (r)
      return {r->cls, r};
    sess_.diag.error(o.span, "", "invalid register `" + name + "`: " + why);
    return {};
  }

  void modifiers() {
    for (const ast::AsmPiece &p : ast_.list(asm_.pieces)) {
      if (p.isString || !p.modifier)
        continue;
      const ast::AsmOperand &o = operands_[p.operand];
      if (o.reg.valid()) {
        registerModifier(p, o, regs_[p.operand].cls);
        continue;
      }
      const char *what = o.kind == AsmOperandKind::Const ? "const" : o.kind == AsmOperandKind::Sym ? "sym" : "label";
      sess_.diag.error(p.span, "", "asm template modifiers are not allowed for `" + llvm::Twine(what) + "` arguments")
          .label(p.span, "template modifier")
          .label(o.span, "argument");
    }
  }
  void registerModifier(const ast::AsmPiece &p, const ast::AsmOperand &o, const target::RegClass *c) {
    if (!c || (p.modifier < 128 && c->modifiers.contains(char(p.modifier))))
      return;
    std::string supported;
    for (char m : c->modifiers)
      supported += std::string(supported.empty() ? "`" : ", `") + m + "`";
    sess_.diag.error(p.span, "", "invalid asm template modifier for this register class")
        .label(p.span, "template modifier")
        .label(o.span, "argument")
        .note("the `" + c->name + "` register class " +
              (supported.empty() ? "does not support template modifiers" : "supports the following template modifiers: " + supported));
  }

  static bool isClobber(const ast::AsmOperand &o) { return o.kind == AsmOperandKind::Out && o.explicitReg && !o.out; }
  static bool isInput(const ast::AsmOperand &o) { return o.kind != AsmOperandKind::Out || !o.late; } // an early output is written before inputs are read
  static bool isOutput(const ast::AsmOperand &o) { return o.kind != AsmOperandKind::In; }

  void conflicts(size_t i) {
    const ast::AsmOperand &o = operands_[i];
    if (!regs_[i].cls)
      return;
    if (regs_[i].cls->clobberOnly() && !isClobber(o)) {
      sess_.diag.error(o.span, "", "register class `" + regs_[i].cls->name + "` can only be used as a clobber, not as an input or output");
      regs_[i].reg = nullptr;
      return;
    }
    for (size_t j = 0; j < i; ++j) {
      const ast::AsmOperand &p = operands_[j];
      bool both = (isInput(o) && isInput(p)) || (isOutput(o) && isOutput(p));
      if (!regs_[i].reg || !regs_[j].reg || !both || !regs_[i].reg->overlaps(*regs_[j].reg))
        continue;
      std::string a = sess_.str(o.reg).str(), b = sess_.str(p.reg).str();
      diag::Builder d = sess_.diag.error(o.span, "", "register `" + a + "` conflicts with register `" + b + "`");
      d.label(o.span, "register `" + a + "`").label(p.span, "register `" + b + "`");
      bool inOut = (o.kind == AsmOperandKind::In && p.kind == AsmOperandKind::Out) || (o.kind == AsmOperandKind::Out && p.kind == AsmOperandKind::In);
      if (inOut)
        d.helpAt(o.kind == AsmOperandKind::Out ? o.span : p.span, "use `lateout` instead of `out` to avoid conflict");
      return;
    }
  }

  Session &sess_;
  const ast::Ast &ast_;
  const ast::InlineAsm &asm_;
  const target::RegisterFile &file_;
  llvm::ArrayRef<ast::AsmOperand> operands_;
  llvm::SmallVector<Found, 8> regs_;
};
} // namespace

void checkAsmTarget(ty::Ctx &tcx, const ast::Ast &ast, const ast::InlineAsm &a, Span span) {
  target::Arch arch = target::archByName(tcx.target->arch);
  const target::RegisterFile *file = target::registersOf(arch);
  if (!file) {
    tcx.sess.diag.error(span, "E0472", "inline assembly is unsupported on this target");
    return;
  }
  if ((a.options & ast::kAsmAttSyntax) && arch != target::Arch::X86 && arch != target::Arch::X86_64)
    tcx.sess.diag.error(span, "", "the `att_syntax` option is only supported on x86");
  AsmTargetCheck(tcx, ast, a, *file).run();
}

} // namespace ferric::lower
