// asm!: templates and operands in LLVM's notation (rustc_codegen_llvm::asm; Reference: inline-assembly). Outputs come back as a
// value or struct; `label` blocks make the statement a callbr, whose outputs are stored on every way out.
#include "codegen/asm.h"
#include "codegen/asm_x86.h"
#include "traits/instance.h"
#include "target/features.h"
#include "ty/codegen_attrs.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/IR/InlineAsm.h"

namespace ferric::codegen {

using ast::AsmOperandKind; using mir::AsmOperand;

namespace {
class AsmBuilder {
public:
  AsmBuilder(FnCx &fx, const mir::Terminator &t) : fx_(fx), cx_(fx.cx), t_(t), data_(*t.asmData), regs_(data_.operands.size()), index_(data_.operands.size(), ~0u) {}
  void lower();

private:
  struct Register { const target::RegClass *cls = nullptr; const target::Reg *reg = nullptr; };
  bool resolveRegisters();
  void outputs();
  void inputs();
  void clobbers();
  std::string templateText();
  void storeOutputs(llvm::Value *result);
  llvm::CallBase *call(llvm::InlineAsm *code, llvm::FunctionType *type);
  llvm::Constant *symbol(const AsmOperand &o);
  bool has(uint32_t option) const { return data_.options & option; }
  llvm::Type *dummyType(const target::RegClass &cls);
  void clobber(const Register &r);
  bool available(const target::RegClass &cls);
  std::string constraint(size_t operand, uint64_t bytes) { return asmConstraint(*regs_[operand].cls, regs_[operand].reg, bytes); }

  FnCx &fx_;
  CodegenCx &cx_;
  const mir::Terminator &t_;
  const mir::InlineAsmData &data_;
  std::vector<Register> regs_;           // of each operand; null: it has none
  bool clobbersX87_ = false;
  std::vector<unsigned> index_;          // of each operand among LLVM's
  std::vector<std::string> constraints_, clobbers_;
  std::vector<llvm::Type *> outTypes_;
  std::vector<std::optional<Place>> outPlaces_;
  std::vector<llvm::Value *> args_;
  std::vector<llvm::BasicBlock *> labels_;
};
} // namespace

// Names were checked when the assembly was lowered; what an unreached macro left unchecked is reported here.
bool AsmBuilder::resolveRegisters() {
  const target::RegisterFile &file = *target::registersOf(target::archByName(fx_.tcx.target->arch));
  for (size_t i = 0; i < regs_.size(); ++i) {
    const AsmOperand &o = data_.operands[i];
    if (!o.reg.valid())
      continue;
    llvm::StringRef name = fx_.tcx.sess.str(o.reg), why;
    if (o.explicitReg)
      regs_[i].reg = file.regByName(name, why);
    regs_[i].cls = file.classOf(name, o.explicitReg);
    if (!regs_[i].cls)
      return false;
  }
  return true;
}

llvm::Type *AsmBuilder::dummyType(const target::RegClass &cls) {
  return llvm::StringSwitch<llvm::Type *>(cls.name)
      .Case("reg_byte", cx_.i8).Cases({"xmm_reg", "ymm_reg", "zmm_reg"}, llvm::Type::getFloatTy(cx_.llcx)).Case("kreg", cx_.i16).Default(cx_.i32);
}

// Whether the function's target features let a value be in such a register.
bool AsmBuilder::available(const target::RegClass &cls) {
  const layout::TargetSpec &t = *fx_.tcx.target;
  llvm::StringSet<> on = target::enabledFeatures(t.arch, t.features, fx_.tcx.sess.options.targetFeatures);
  for (Symbol f : fx_.tcx.codegenAttrs(fx_.instance.def)->targetFeatures)
    target::enableFeature(on, t.arch, fx_.tcx.sess.str(f));
  return llvm::any_of(cls.types, [&](const target::SupportedType &s) { return s.feature.empty() || on.contains(s.feature); });
}

// The x87 and MMX registers are one stack to LLVM: all of it is clobbered or nothing.
void AsmBuilder::clobber(const Register &r) {
  if (r.cls->name != "x87_reg" && r.cls->name != "mmx_reg") {
    clobbers_.push_back("~" + asmConstraint(*r.cls, r.reg, 0));
    return;
  }
  if (std::exchange(clobbersX87_, true))
    return;
  clobbers_.push_back("~{st}");
  for (int i = 1; i < 8; ++i)
    clobbers_.push_back("~{st(" + std::to_string(i) + ")}");
}

void AsmBuilder::outputs() {
  for (size_t i = 0; i < data_.operands.size(); ++i) {
    const AsmOperand &o = data_.operands[i];
    bool isOut = o.kind == AsmOperandKind::Out, inOut = o.kind == AsmOperandKind::InOut || o.kind == AsmOperandKind::SplitInOut;
    if (!isOut && !inOut)
      continue;
    std::optional<Place> place;
    llvm::Type *type = nullptr;
    uint64_t bytes = 0;
    if (o.hasOut) {
      place = fx_.place(o.out);
      type = cx_.memoryTy(*place->layout.layout);
      bytes = place->layout->size;
    } else if (inOut) {
      TyLayout l = fx_.layoutOf(fx_.operandTy(o.in));
      type = cx_.memoryTy(*l.layout);
      bytes = l->size;
    } else if (regs_[i].reg && !available(*regs_[i].cls)) { // nothing can be in it: LLVM must not be asked to allocate it
      clobber(regs_[i]);
      continue;
    } else {
      type = dummyType(*regs_[i].cls);
    }
    index_[i] = unsigned(constraints_.size());
    constraints_.push_back((o.late ? "=" : "=&") + constraint(i, bytes));
    outTypes_.push_back(type);
    outPlaces_.push_back(place);
  }
}

llvm::Constant *AsmBuilder::symbol(const AsmOperand &o) { return asmSymbol(cx_, fx_.instance, o); }

void AsmBuilder::inputs() {
  for (size_t i = 0; i < data_.operands.size(); ++i) {
    const AsmOperand &o = data_.operands[i];
    switch (o.kind) {
    case AsmOperandKind::In: {
      Operand v = fx_.operand(o.in);
      index_[i] = unsigned(constraints_.size());
      args_.push_back(fx_.fromImmediate(v.imm()));
      constraints_.push_back(constraint(i, v.layout->size));
      break;
    }
    case AsmOperandKind::InOut:
    case AsmOperandKind::SplitInOut: {
      Operand v = fx_.operand(o.in);
      args_.push_back(fx_.fromImmediate(v.imm()));
      // Fixed registers may repeat the constraint, as Clang does; classes are tied to their output.
      constraints_.push_back(o.late && regs_[i].reg ? constraint(i, v.layout->size) : std::to_string(index_[i]));
      break;
    }
    case AsmOperandKind::Sym:
      index_[i] = unsigned(constraints_.size());
      args_.push_back(symbol(o));
      constraints_.push_back("s");
      break;
    default: break;
    }
  }
  for (size_t i = 0; i < data_.operands.size(); ++i) {
    if (data_.operands[i].kind != AsmOperandKind::Label)
      continue;
    index_[i] = unsigned(constraints_.size());
    constraints_.push_back("!i");
    labels_.push_back(fx_.newBlock("asm_label"));
  }
}

void AsmBuilder::clobbers() {
  const target::RegisterFile &file = *target::registersOf(target::archByName(fx_.tcx.target->arch));
  for (Symbol name : data_.clobberAbis) {
    const target::ClobberAbi *abi = file.abiByName(fx_.tcx.sess.str(name));
    for (const target::Reg *r : abi ? llvm::ArrayRef<const target::Reg *>(abi->regs) : llvm::ArrayRef<const target::Reg *>()) {
      bool output = false;
      for (size_t i = 0; i < regs_.size(); ++i)
        output |= regs_[i].reg && data_.operands[i].kind != AsmOperandKind::In && regs_[i].reg->overlaps(*r);
      if (!output)
        clobber({r->cls, r});
    }
  }
  constraints_.insert(constraints_.end(), clobbers_.begin(), clobbers_.end());
  if (!has(ast::kAsmPreservesFlags))
    for (const char *c : {"~{dirflag}", "~{fpsr}", "~{flags}"})
      constraints_.push_back(c);
  if (!has(ast::kAsmNomem))
    constraints_.push_back("~{memory}");
}

static void appendEscaped(std::string &out, llvm::StringRef text) {
  for (char c : text) {
    out += c;
    if (c == '$')
      out += '$';
  }
}

std::string AsmBuilder::templateText() {
  std::string s;
  for (const hir::AsmPiece &p : data_.pieces) {
    if (p.isString) {
      appendEscaped(s, fx_.tcx.sess.str(p.text));
      continue;
    }
    const AsmOperand &o = data_.operands[p.operand];
    std::string n = std::to_string(index_[p.operand]);
    switch (o.kind) {
    case AsmOperandKind::Const: appendEscaped(s, asmConstText(fx_.tcx, fx_.instance, o)); break;
    case AsmOperandKind::Sym: s += "${" + n + ":c}"; break;
    case AsmOperandKind::Label: s += "${" + n + ":l}"; break;
    default: {
      char m = asmModifier(*regs_[p.operand].cls, char(p.modifier));
      s += m ? "${" + n + ":" + m + "}" : "${" + n + "}";
    }
    }
  }
  return s;
}

void AsmBuilder::storeOutputs(llvm::Value *result) {
  for (size_t i = 0; i < outTypes_.size(); ++i) {
    if (!outPlaces_[i])
      continue;
    llvm::Value *v = outTypes_.size() == 1 ? result : fx_.b.CreateExtractValue(result, unsigned(i));
    fx_.b.CreateAlignedStore(v, outPlaces_[i]->ptr, llvm::Align(outPlaces_[i]->align));
  }
}

llvm::CallBase *AsmBuilder::call(llvm::InlineAsm *code, llvm::FunctionType *type) {
  if (labels_.empty())
    return fx_.b.CreateCall(type, code, args_);
  llvm::BasicBlock *next = fx_.newBlock("asm_next");
  llvm::CallBase *c = fx_.b.CreateCallBr(type, code, next, labels_, args_);
  fx_.b.SetInsertPoint(next);
  return c;
}

void AsmBuilder::lower() {
  if (!resolveRegisters()) {
    fx_.b.CreateUnreachable();
    return;
  }
  outputs();
  inputs();
  clobbers();
  llvm::Type *ret = outTypes_.empty() ? cx_.voidTy : outTypes_.size() == 1 ? outTypes_[0] : llvm::StructType::get(cx_.llcx, outTypes_);
  llvm::SmallVector<llvm::Type *, 8> params;
  for (llvm::Value *v : args_)
    params.push_back(v->getType());
  llvm::FunctionType *type = llvm::FunctionType::get(ret, params, false);
  std::string constraints = llvm::join(constraints_, ",");
  if (llvm::Error e = llvm::InlineAsm::verify(type, constraints)) {
    fx_.tcx.sess.diag.error(t_.source.span, "internal: inline assembly constraints: " + llvm::toString(std::move(e)));
    fx_.b.CreateUnreachable();
    return;
  }
  bool att = has(ast::kAsmAttSyntax);
  llvm::InlineAsm *code = llvm::InlineAsm::get(type, templateText(), constraints, !has(ast::kAsmPure), !has(ast::kAsmNostack),
                                               att ? llvm::InlineAsm::AD_ATT : llvm::InlineAsm::AD_Intel);
  llvm::CallBase *c = call(code, type);
  c->addFnAttr(llvm::Attribute::NoUnwind);
  if (has(ast::kAsmPure)) {
    if (has(ast::kAsmNomem))
      c->setDoesNotAccessMemory();
    else if (has(ast::kAsmReadonly))
      c->setOnlyReadsMemory();
    c->addFnAttr(llvm::Attribute::WillReturn);
  } else if (has(ast::kAsmNomem)) {
    c->setOnlyAccessesInaccessibleMemory();
  }
  storeOutputs(c);
  if (t_.hasFallthrough && !t_.targets.empty() && !has(ast::kAsmNoreturn))
    fx_.goTo(t_.targets[0]);
  else
    fx_.b.CreateUnreachable();
  size_t label = 0;
  for (const AsmOperand &o : data_.operands) {
    if (o.kind != AsmOperandKind::Label)
      continue;
    fx_.b.SetInsertPoint(labels_[label++]);
    storeOutputs(c);
    fx_.goTo(o.label);
  }
}

void FnCx::asmTerminator(const mir::Terminator &t) { AsmBuilder(*this, t).lower(); }

// ---- operands that are known at compile time ----

llvm::Constant *asmSymbol(CodegenCx &cx, const Instance &instance, const AsmOperand &o) {
  if (o.symStatic)
    return cx.staticVar(o.symStatic);
  Ty t = mono::monoTy(cx.tcx, instance, o.constant.ty);
  std::optional<Instance> callee = traits::resolveForFnPtr(cx.tcx, {}, t.def(), t.args());
  CHECK(callee, "symbol of an unresolved function");
  return cx.fn(*callee);
}

std::string asmConstText(Ctx &tcx, const Instance &instance, const AsmOperand &o) {
  std::optional<layout::u128> bits = mono::evalBits(tcx, instance, o.constant);
  if (!bits) {
    if (!tcx.sess.diag.hasErrors())
      tcx.sess.diag.error(o.constant.span, "internal: this constant operand of inline assembly is not supported yet");
    return "0";
  }
  Ty t = mono::monoTy(tcx, instance, o.constant.ty);
  uint64_t size = layout::layoutOf(tcx, t)->size;
  uint64_t words[2] = {uint64_t(*bits), uint64_t(*bits >> 64)};
  llvm::APInt v = llvm::APInt(128, words).trunc(unsigned(size * 8));
  return llvm::toString(v, 10, t.is(TyKind::Int));
}

// A #[naked] function: nothing but its assembly, so that it is a call in a block of its own.
bool lowerNaked(CodegenCx &cx, const Instance &instance, const mir::Body &body, llvm::Function *fn) {
  const mir::Terminator *t = nullptr;
  for (const mir::BasicBlock &block : body.blocks)
    if (block.terminator.kind == mir::TerminatorKind::InlineAsm)
      t = &block.terminator;
  if (!t)
    return false;
  llvm::IRBuilder<> b(llvm::BasicBlock::Create(cx.llcx, "start", fn));
  const mir::InlineAsmData &data = *t->asmData;
  std::string text;
  std::vector<llvm::Value *> args;
  std::vector<llvm::Type *> types;
  std::vector<std::string> constraints;
  for (const hir::AsmPiece &p : data.pieces) {
    if (p.isString) {
      appendEscaped(text, cx.tcx.sess.str(p.text));
      continue;
    }
    const AsmOperand &o = data.operands[p.operand];
    if (o.kind == AsmOperandKind::Const) {
      appendEscaped(text, asmConstText(cx.tcx, instance, o));
      continue;
    }
    text += "${" + std::to_string(args.size()) + ":c}";
    args.push_back(asmSymbol(cx, instance, o));
    types.push_back(cx.ptrTy);
    constraints.push_back("s");
  }
  llvm::FunctionType *type = llvm::FunctionType::get(cx.voidTy, types, false);
  bool att = data.options & ast::kAsmAttSyntax;
  b.CreateCall(llvm::InlineAsm::get(type, text, llvm::join(constraints, ","), true, false, att ? llvm::InlineAsm::AD_ATT : llvm::InlineAsm::AD_Intel), args);
  b.CreateUnreachable();
  return true;
}

} // namespace ferric::codegen
