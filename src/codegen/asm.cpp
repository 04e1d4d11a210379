// asm!: templates and operands in LLVM's notation (rustc_codegen_llvm::asm; Reference: inline-assembly). Outputs come back as a
// value or struct; `label` blocks make the statement a callbr, whose outputs are stored on every way out.
#include "codegen/asm.h"
#include "codegen/asm_registers.h"
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
  AsmBuilder(FnCx &fx, const mir::Terminator &t)
      : fx_(fx), cx_(fx.cx), arch_(target::archByName(cx_.target.arch)), t_(t), data_(*t.asmData), regs_(data_.operands.size()), index_(data_.operands.size(), ~0u),
        consts_(data_.operands.size()), features_(enabledFeatures()) {}
  void lower();

private:
  struct Register { const target::RegClass *cls = nullptr; const target::Reg *reg = nullptr; };
  bool resolveRegisters();
  void outputs();
  void inputs();
  void abiClobbers();
  void clobbers();
  std::string templateText();
  void storeOutputs(llvm::Value *result);
  llvm::CallBase *call(llvm::InlineAsm *code, llvm::FunctionType *type);
  void setAttributes(llvm::CallBase &c);
  void continuations(llvm::CallBase *c);
  bool storesOutputs() const { return llvm::any_of(outPlaces_, [](const std::optional<Place> &p) { return p.has_value(); }); }
  bool continues() const { return t_.hasFallthrough && !t_.targets.empty() && !has(ast::kAsmNoreturn); }
  llvm::BasicBlock *targetOf(BlockId id);
  void symbolInput(size_t operand, llvm::Constant *address);
  bool has(uint32_t option) const { return data_.options & option; }
  void discard(const Register &r, bool late);
  void clobber(const Register &r);
  bool available(const target::RegClass &cls) const;
  llvm::StringSet<> enabledFeatures() const;
  AsmCarrier carrier(size_t operand, TyLayout l);
  std::string constraint(size_t operand, uint64_t bytes) { return asmConstraint(arch_, *regs_[operand].cls, regs_[operand].reg, bytes); }

  FnCx &fx_;
  CodegenCx &cx_;
  target::Arch arch_;
  const mir::Terminator &t_;
  const mir::InlineAsmData &data_;
  std::vector<Register> regs_;           // of each operand; null: it has none
  bool clobbersX87_ = false;
  std::vector<unsigned> index_;          // of each operand among LLVM's
  std::vector<AsmConst> consts_;         // values of `const` operands
  llvm::StringSet<> features_;           // target features of the function
  std::vector<std::string> constraints_, clobbers_;
  std::vector<llvm::Type *> outTypes_;
  std::vector<std::optional<Place>> outPlaces_;
  std::vector<std::optional<AsmCarrier>> outCarriers_;
  std::vector<llvm::Value *> args_;
  std::vector<llvm::BasicBlock *> labels_;
};
} // namespace

llvm::StringSet<> AsmBuilder::enabledFeatures() const {
  llvm::StringSet<> on = target::enabledFeatures(
      cx_.target.arch, {cx_.target.features, fx_.tcx.sess.options.cpuFeatures, fx_.tcx.sess.options.targetFeatures});
  for (Symbol f : fx_.tcx.codegenAttrs(fx_.instance.def)->targetFeatures)
    target::enableFeature(on, cx_.target.arch, fx_.tcx.sess.str(f));
  return on;
}

// Names were checked when the assembly was lowered; what an unreached macro left unchecked is reported here.
bool AsmBuilder::resolveRegisters() {
  const target::RegisterFile &file = *target::registersOf(arch_);
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

// Whether the function's target features let a value be in such a register.
bool AsmBuilder::available(const target::RegClass &cls) const {
  return llvm::any_of(cls.types, [&](const target::SupportedType &s) { return s.feature.empty() || features_.contains(s.feature); });
}

AsmCarrier AsmBuilder::carrier(size_t operand, TyLayout l) {
  bool nanBox = !features_.contains("zfhmin") && !features_.contains("zfh");
  return AsmCarrier(arch_, *regs_[operand].cls, *l.layout, cx_.memoryTy(*l.layout), nanBox);
}

// The x87 and MMX registers are one stack to LLVM: all of it is clobbered or nothing.
void AsmBuilder::clobber(const Register &r) {
  if (r.cls->name != "x87_reg" && r.cls->name != "mmx_reg") {
    clobbers_.push_back("~" + asmConstraint(arch_, *r.cls, r.reg, 0));
    return;
  }
  if (std::exchange(clobbersX87_, true))
    return;
  clobbers_.push_back("~{st}");
  for (int i = 1; i < 8; ++i)
    clobbers_.push_back("~{st(" + std::to_string(i) + ")}");
}

// An output nobody wants. Where no value can be in the register LLVM must not be asked to allocate it: it is clobbered.
void AsmBuilder::discard(const Register &r, bool late) {
  if (r.reg && !available(*r.cls)) {
    clobber(r);
    return;
  }
  constraints_.push_back((late ? "=" : "=&") + asmConstraint(arch_, *r.cls, r.reg, 0));
  outTypes_.push_back(asmDiscardedType(cx_.llcx, *r.cls));
  outPlaces_.push_back(std::nullopt);
  outCarriers_.push_back(std::nullopt);
}

void AsmBuilder::outputs() {
  for (size_t i = 0; i < data_.operands.size(); ++i) {
    const AsmOperand &o = data_.operands[i];
    bool isOut = o.kind == AsmOperandKind::Out, inOut = o.kind == AsmOperandKind::InOut || o.kind == AsmOperandKind::SplitInOut;
    if (!isOut && !inOut)
      continue;
    if (isOut && !o.hasOut) {
      index_[i] = unsigned(constraints_.size());
      discard(regs_[i], o.late);
      continue;
    }
    std::optional<Place> place;
    if (o.hasOut)
      place = fx_.place(o.out);
    TyLayout l = place ? place->layout : fx_.layoutOf(fx_.operandTy(o.in));
    index_[i] = unsigned(constraints_.size());
    constraints_.push_back((o.late ? "=" : "=&") + constraint(i, l->size));
    outCarriers_.push_back(carrier(i, l));
    outTypes_.push_back(outCarriers_.back()->type());
    outPlaces_.push_back(place);
  }
}

void AsmBuilder::symbolInput(size_t operand, llvm::Constant *address) {
  index_[operand] = unsigned(constraints_.size());
  args_.push_back(address);
  constraints_.push_back("s");
}

void AsmBuilder::inputs() {
  for (size_t i = 0; i < data_.operands.size(); ++i) {
    const AsmOperand &o = data_.operands[i];
    switch (o.kind) {
    case AsmOperandKind::In: {
      Operand v = fx_.operand(o.in);
      index_[i] = unsigned(constraints_.size());
      args_.push_back(carrier(i, v.layout).into(fx_.b, fx_.fromImmediate(v.imm())));
      constraints_.push_back(constraint(i, v.layout->size));
      break;
    }
    case AsmOperandKind::InOut:
    case AsmOperandKind::SplitInOut: {
      Operand v = fx_.operand(o.in);
      args_.push_back(carrier(i, v.layout).into(fx_.b, fx_.fromImmediate(v.imm())));
      // Fixed registers may repeat the constraint, as Clang does; classes are tied to their output.
      constraints_.push_back(o.late && regs_[i].reg ? constraint(i, v.layout->size) : std::to_string(index_[i]));
      break;
    }
    case AsmOperandKind::Sym: symbolInput(i, asmSymbol(cx_, fx_.instance, o)); break;
    case AsmOperandKind::Const:
      consts_[i] = asmConst(cx_, fx_.instance, o);
      if (consts_[i].base)
        symbolInput(i, cx_.offsetPtr(consts_[i].base, consts_[i].offset));
      break;
    default: break;
    }
  }
  for (size_t i = 0; i < data_.operands.size(); ++i) {
    if (data_.operands[i].kind != AsmOperandKind::Label)
      continue;
    index_[i] = unsigned(constraints_.size());
    constraints_.push_back("!i");
    labels_.push_back(targetOf(data_.operands[i].label));
  }
}

// What calls of an ABI clobber are outputs that are thrown away, but for the registers that hold other outputs.
void AsmBuilder::abiClobbers() {
  const target::RegisterFile &file = *target::registersOf(arch_);
  for (Symbol name : data_.clobberAbis) {
    const target::ClobberAbi *abi = file.abiByName(fx_.tcx.sess.str(name));
    for (const target::Reg *r : abi ? llvm::ArrayRef<const target::Reg *>(abi->regs) : llvm::ArrayRef<const target::Reg *>()) {
      bool output = false;
      for (size_t i = 0; i < regs_.size(); ++i)
        output |= regs_[i].reg && data_.operands[i].kind != AsmOperandKind::In && regs_[i].reg->overlaps(*r);
      if (!output)
        discard({r->cls, r}, true);
    }
  }
}

void AsmBuilder::clobbers() {
  constraints_.insert(constraints_.end(), clobbers_.begin(), clobbers_.end());
  if (!has(ast::kAsmPreservesFlags))
    llvm::append_range(constraints_, asmFlagClobbers(arch_));
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
    case AsmOperandKind::Const:
      if (consts_[p.operand].base)
        s += "${" + n + ":c}";
      else
        appendEscaped(s, consts_[p.operand].text);
      break;
    case AsmOperandKind::Sym: s += "${" + n + ":c}"; break;
    case AsmOperandKind::Label: s += "${" + n + ":l}"; break;
    default: {
      char m = asmModifier(arch_, *regs_[p.operand].cls, char(p.modifier));
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
    fx_.b.CreateAlignedStore(outCarriers_[i]->from(fx_.b, v), outPlaces_[i]->ptr, llvm::Align(outPlaces_[i]->align));
  }
}

// Where control goes on: the block itself, or one before it in which the outputs are stored.
llvm::BasicBlock *AsmBuilder::targetOf(BlockId id) {
  llvm::BasicBlock *target = fx_.block(id);
  return storesOutputs() ? fx_.newBlock("bb") : target;
}

llvm::CallBase *AsmBuilder::call(llvm::InlineAsm *code, llvm::FunctionType *type) {
  if (labels_.empty())
    return fx_.b.CreateCall(type, code, args_);
  llvm::BasicBlock *next = continues() ? targetOf(t_.targets[0]) : fx_.newBlock("unreachable");
  llvm::CallBase *c = fx_.b.CreateCallBr(type, code, next, labels_, args_);
  fx_.b.SetInsertPoint(next);
  return c;
}

void AsmBuilder::setAttributes(llvm::CallBase &c) {
  if (!has(ast::kAsmMayUnwind))
    c.addFnAttr(llvm::Attribute::NoUnwind);
  if (has(ast::kAsmPure)) {
    if (has(ast::kAsmNomem))
      c.setDoesNotAccessMemory();
    else if (has(ast::kAsmReadonly))
      c.setOnlyReadsMemory();
    c.addFnAttr(llvm::Attribute::WillReturn);
  } else if (has(ast::kAsmNomem)) {
    c.setOnlyAccessesInaccessibleMemory();
  } else if (has(ast::kAsmReadonly)) {
    c.setMemoryEffects(llvm::MemoryEffects::readOnly() | llvm::MemoryEffects::inaccessibleMemOnly());
  }
  cx_.setAsmLocations(c, data_.lineSpans, !has(ast::kAsmAttSyntax));
}

// Behind the assembly: the outputs are stored on every way out of it.
void AsmBuilder::continuations(llvm::CallBase *c) {
  bool direct = !labels_.empty() && !storesOutputs();
  if (!continues()) {
    fx_.b.CreateUnreachable();
  } else if (!direct) {
    storeOutputs(c);
    fx_.goTo(t_.targets[0]);
  }
  if (direct)
    return;
  size_t label = 0;
  for (const AsmOperand &o : data_.operands) {
    if (o.kind != AsmOperandKind::Label)
      continue;
    fx_.b.SetInsertPoint(labels_[label++]);
    storeOutputs(c);
    fx_.goTo(o.label);
  }
}

void AsmBuilder::lower() {
  if (!resolveRegisters()) {
    fx_.b.CreateUnreachable();
    return;
  }
  outputs();
  abiClobbers();
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
  bool intel = (arch_ == target::Arch::X86 || arch_ == target::Arch::X86_64) && !has(ast::kAsmAttSyntax);
  llvm::InlineAsm *code = llvm::InlineAsm::get(type, templateText(), constraints, !has(ast::kAsmPure), !has(ast::kAsmNostack),
                                               intel ? llvm::InlineAsm::AD_Intel : llvm::InlineAsm::AD_ATT, has(ast::kAsmMayUnwind));
  llvm::CallBase *c = call(code, type);
  setAttributes(*c);
  continuations(c);
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

// The constant's scalar; a pointer when it has one's provenance.
static std::optional<mir::Scalar> scalarOf(CodegenCx &cx, const Instance &instance, const AsmOperand &o, uint64_t size) {
  std::optional<mir::ConstValue> v = mono::evalConstant(cx.tcx, instance, o.constant);
  if (!v || v->kind == mir::ConstValueKind::Scalar)
    return v ? std::optional(v->scalar) : std::nullopt;
  const mir::Allocation *a = v->kind == mir::ConstValueKind::Indirect ? (*cx.tcx.allocs)[v->alloc].memory : nullptr;
  if (!a || v->offset + size > a->bytes.size())
    return std::nullopt;
  mir::Scalar s;
  layout::u128 bits = 0;
  memcpy(&bits, a->bytes.data() + v->offset, size);
  for (const mir::Relocation &r : a->relocs)
    if (r.offset == v->offset) {
      s.kind = mir::ScalarKind::Ptr;
      s.alloc = r.target;
      s.offset = uint64_t(bits);
      return s;
    }
  s.bits = {uint64_t(bits), uint64_t(bits >> 64), uint8_t(size)};
  return s;
}

AsmConst asmConst(CodegenCx &cx, const Instance &instance, const AsmOperand &o) {
  Ty t = mono::monoTy(cx.tcx, instance, o.constant.ty);
  uint64_t size = layout::layoutOf(cx.tcx, t)->size;
  std::optional<mir::Scalar> s = scalarOf(cx, instance, o, size);
  if (!s) {
    CHECK(cx.tcx.sess.diag.hasErrors(), "constant operand of inline assembly is no scalar");
    return {"0", nullptr, 0};
  }
  if (s->kind == mir::ScalarKind::Ptr) {
    llvm::Constant *base = cx.allocPtr(s->alloc, 0);
    if (llvm::GlobalValue *global = llvm::dyn_cast<llvm::GlobalValue>(base))
      return {"", global, s->offset};
    // Of a value without size: any address does.
    llvm::ConstantInt *address = llvm::cast<llvm::ConstantInt>(llvm::cast<llvm::ConstantExpr>(base)->getOperand(0));
    return {std::to_string(address->getZExtValue() + s->offset), nullptr, 0};
  }
  layout::u128 bits = layout::bitsOf(s->bits);
  uint64_t words[2] = {uint64_t(bits), uint64_t(bits >> 64)};
  llvm::SmallString<40> text;
  llvm::APInt(128, words).trunc(unsigned(size * 8)).toString(text, 10, t.is(TyKind::Int));
  return {text.str().str(), nullptr, 0};
}

std::string asmOperandText(CodegenCx &cx, const Instance &instance, const AsmOperand &o) {
  AsmConst c;
  if (o.kind == AsmOperandKind::Const)
    c = asmConst(cx, instance, o);
  else
    c.base = llvm::cast<llvm::GlobalValue>(asmSymbol(cx, instance, o));
  if (!c.base)
    return c.text;
  cx.compilerUsed.push_back(c.base); // LLVM does not see the use
  std::string name = c.base->getName().str();
  if (c.base->hasPrivateLinkage())
    name = (cx.module->getDataLayout().getPrivateGlobalPrefix() + name).str();
  return c.offset ? name + "+" + std::to_string(c.offset) : name;
}

} // namespace ferric::codegen
