// Constraints, modifiers and operand types by architecture; the registers themselves are in target/.
#include "codegen/asm_registers.h"
#include "llvm/ADT/StringSwitch.h"

namespace ferric::codegen {

using target::Arch; using target::RegClass;

static bool isX86(Arch arch) { return arch == Arch::X86 || arch == Arch::X86_64; }
static bool isX86Vector(const RegClass &cls) { return cls.name == "xmm_reg" || cls.name == "ymm_reg" || cls.name == "zmm_reg"; }
static bool isAArch64Vector(const RegClass &cls) { return cls.name == "vreg" || cls.name == "vreg_low16"; }

static std::string aarch64Name(const RegClass &cls, const target::Reg &reg, uint64_t bytes) {
  llvm::StringRef number = llvm::StringRef(reg.name).drop_front();
  if (cls.name == "reg") {
    if (bytes == 8 && reg.name == "x30")
      return "{lr}";
    return (llvm::Twine(bytes == 8 ? "{x" : "{w") + number + "}").str();
  }
  if (!isAArch64Vector(cls))
    return "{" + reg.name + "}";
  const char *letter = bytes == 8 || bytes == 1 ? "d" : bytes == 4 ? "s" : bytes == 2 ? "h" : "q"; // a byte goes in as eight
  return (llvm::Twine("{") + letter + number + "}").str();
}

std::string asmConstraint(Arch arch, const RegClass &cls, const target::Reg *reg, uint64_t bytes) {
  if (!reg)
    return cls.constraint.str();
  // Vector registers go by the name that fits the value.
  if (isX86(arch) && isX86Vector(cls))
    return "{" + std::string(bytes >= 64 ? "z" : bytes >= 32 ? "y" : "x") + reg->name.substr(1) + "}";
  if (arch == Arch::AArch64)
    return aarch64Name(cls, *reg, bytes);
  if (arch == Arch::Arm && reg->name == "r14")
    return "{lr}";
  return reg->name == "st(0)" ? "{st}" : "{" + reg->name + "}";
}

static char x86Modifier(Arch arch, const RegClass &cls, char modifier) {
  if (cls.name == "reg" || cls.name == "reg_abcd")
    switch (modifier) {
    case 'l': return 'b';
    case 'h': return 'h';
    case 'x': return 'w';
    case 'e': return 'k';
    case 'r': return 'q';
    default: return arch == Arch::X86_64 ? 'q' : 'k';
    }
  if (!isX86Vector(cls))
    return 0;
  switch (modifier ? modifier : cls.name[0]) {
  case 'x': return 'x';
  case 'y': return 't';
  default: return 'g';
  }
}

char asmModifier(Arch arch, const RegClass &cls, char modifier) {
  switch (arch) {
  case Arch::X86:
  case Arch::X86_64: return x86Modifier(arch, cls, modifier);
  case Arch::AArch64: return isAArch64Vector(cls) && modifier == 'v' ? 0 : modifier;
  case Arch::Arm:
    if (cls.name.starts_with("dreg"))
      return 'P';
    return cls.name.starts_with("qreg") && !modifier ? 'q' : modifier;
  default: return 0;
  }
}

llvm::Type *asmDiscardedType(llvm::LLVMContext &cx, const RegClass &cls) {
  llvm::Type *i64 = llvm::Type::getInt64Ty(cx);
  return llvm::StringSwitch<llvm::Type *>(cls.name)
      .Case("reg_byte", llvm::Type::getInt8Ty(cx)).Cases({"xmm_reg", "ymm_reg", "zmm_reg", "freg", "sreg", "sreg_low16"}, llvm::Type::getFloatTy(cx))
      .Case("kreg", llvm::Type::getInt16Ty(cx)).Cases({"dreg", "dreg_low16", "dreg_low8"}, llvm::Type::getDoubleTy(cx))
      .Cases({"vreg", "vreg_low16", "qreg", "qreg_low8", "qreg_low4"}, llvm::FixedVectorType::get(i64, 2))
      .Default(llvm::Type::getInt32Ty(cx));
}

llvm::ArrayRef<const char *> asmFlagClobbers(Arch arch) {
  static constexpr const char *x86[] = {"~{dirflag}", "~{fpsr}", "~{flags}"}, *arm[] = {"~{cc}"};
  static constexpr const char *riscv[] = {"~{fflags}", "~{vtype}", "~{vl}", "~{vxsat}", "~{vxrm}"};
  static constexpr const char *loongarch[] = {"~{$fcc0}", "~{$fcc1}", "~{$fcc2}", "~{$fcc3}", "~{$fcc4}", "~{$fcc5}", "~{$fcc6}", "~{$fcc7}"};
  switch (arch) {
  case Arch::X86:
  case Arch::X86_64: return x86;
  case Arch::Arm:
  case Arch::AArch64: return arm;
  case Arch::RiscV32:
  case Arch::RiscV64: return riscv;
  case Arch::LoongArch64: return loongarch;
  case Arch::None: return {};
  }
  return {};
}

// ---- values ----

AsmCarrier::AsmCarrier(Arch arch, const RegClass &cls, const layout::Layout &l, llvm::Type *plain, bool nanBox) : plain_(plain), type_(plain) {
  if (isX86(arch))
    x86(cls, l, arch == Arch::X86);
  else if (arch == Arch::AArch64)
    aarch64(cls, l);
  else if (arch == Arch::Arm)
    arm(cls, l);
  else if (cls.name == "freg" && nanBox && plain->isHalfTy()) {
    nanBox_ = true;
    type_ = llvm::Type::getFloatTy(plain->getContext());
  }
}

void AsmCarrier::x86(const RegClass &cls, const layout::Layout &l, bool is32Bit) {
  llvm::LLVMContext &cx = plain_->getContext();
  llvm::Type *i16 = llvm::Type::getInt16Ty(cx);
  if (cls.name == "reg_abcd" && plain_->isDoubleTy())
    type_ = llvm::Type::getInt64Ty(cx);
  if (!isX86Vector(cls))
    return;
  if (plain_->isHalfTy()) {
    lanes_ = llvm::FixedVectorType::get(plain_, 8);
    type_ = llvm::FixedVectorType::get(i16, 8);
  } else if (plain_->isFP128Ty() && is32Bit) {
    type_ = llvm::FixedVectorType::get(llvm::Type::getInt32Ty(cx), 4);
  } else if (l.isVector() && l.size == 64) {
    type_ = llvm::FixedVectorType::get(llvm::Type::getDoubleTy(cx), 8);
  } else if (l.isVector() && plain_->getScalarType()->isHalfTy() && (l.count == 8 || l.count == 16)) {
    type_ = llvm::FixedVectorType::get(i16, unsigned(l.count));
  }
}

void AsmCarrier::aarch64(const RegClass &cls, const layout::Layout &l) {
  if (cls.name == "vreg" && plain_->isIntegerTy(8)) {
    type_ = lanes_ = llvm::FixedVectorType::get(plain_, 8);
    return;
  }
  if (cls.name != "vreg_low16")
    return;
  if (l.isScalar() && !plain_->isFP128Ty()) {
    if (plain_->isPointerTy())
      scalar_ = llvm::Type::getIntNTy(plain_->getContext(), unsigned(l.size * 8));
    type_ = lanes_ = llvm::FixedVectorType::get(scalar_ ? scalar_ : plain_, unsigned(16 / l.size));
  } else if (l.isVector() && l.size == 8) {
    widened_ = true;
    type_ = llvm::FixedVectorType::get(plain_->getScalarType(), unsigned(l.count * 2));
  }
}

void AsmCarrier::arm(const RegClass &cls, const layout::Layout &l) {
  llvm::LLVMContext &cx = plain_->getContext();
  if (cls.name.starts_with("sreg") && plain_->isIntegerTy(32))
    type_ = llvm::Type::getFloatTy(cx);
  else if (cls.name.starts_with("dreg") && plain_->isIntegerTy(64))
    type_ = llvm::Type::getDoubleTy(cx);
  else if (l.isVector() && plain_->getScalarType()->isHalfTy() && (l.count == 4 || l.count == 8))
    type_ = llvm::FixedVectorType::get(llvm::Type::getInt16Ty(cx), unsigned(l.count));
}

llvm::Value *AsmCarrier::into(llvm::IRBuilderBase &b, llvm::Value *v) const {
  if (nanBox_) {
    v = b.CreateZExt(b.CreateBitCast(v, b.getInt16Ty()), b.getInt32Ty());
    return b.CreateBitCast(b.CreateOr(v, b.getInt32(0xFFFF0000)), type_);
  }
  if (scalar_)
    v = b.CreatePtrToInt(v, scalar_);
  if (lanes_)
    v = b.CreateInsertElement(llvm::PoisonValue::get(lanes_), v, uint64_t(0));
  if (widened_) {
    llvm::SmallVector<int, 16> mask;
    for (unsigned i = 0, n = llvm::cast<llvm::FixedVectorType>(type_)->getNumElements(); i < n; ++i)
      mask.push_back(int(i));
    return b.CreateShuffleVector(v, mask);
  }
  return v->getType() == type_ ? v : b.CreateBitCast(v, type_);
}

llvm::Value *AsmCarrier::from(llvm::IRBuilderBase &b, llvm::Value *v) const {
  if (nanBox_)
    return b.CreateBitCast(b.CreateTrunc(b.CreateBitCast(v, b.getInt32Ty()), b.getInt16Ty()), plain_);
  if (lanes_) {
    v = b.CreateExtractElement(v->getType() == lanes_ ? v : b.CreateBitCast(v, lanes_), uint64_t(0));
    return scalar_ ? b.CreateIntToPtr(v, plain_) : v;
  }
  if (widened_) {
    llvm::SmallVector<int, 16> mask;
    for (unsigned i = 0, n = llvm::cast<llvm::FixedVectorType>(type_)->getNumElements() / 2; i < n; ++i)
      mask.push_back(int(i));
    return b.CreateShuffleVector(v, mask);
  }
  return v->getType() == plain_ ? v : b.CreateBitCast(v, plain_);
}

} // namespace ferric::codegen
