// Floating-point intrinsics: core has one function per type and operation (`sqrtf32`), LLVM one intrinsic per operation.
#include "codegen/intrinsics.h"

namespace ferric::codegen {

static llvm::Intrinsic::ID byName(llvm::StringRef op) {
  namespace I = llvm::Intrinsic;
  static const llvm::StringMap<I::ID> ids = {
      {"sqrt", I::sqrt}, {"powi", I::powi}, {"sin", I::sin}, {"cos", I::cos}, {"pow", I::pow}, {"exp", I::exp}, {"exp2", I::exp2}, {"log", I::log},
      {"log10", I::log10}, {"log2", I::log2}, {"fma", I::fma}, {"fmuladd", I::fmuladd}, {"floor", I::floor}, {"ceil", I::ceil}, {"trunc", I::trunc},
      {"round_ties_even_", I::roundeven}, {"round", I::round}, {"copysign", I::copysign}, {"fabs", I::fabs}, {"minimum_number_nsz_", I::minnum},
      {"maximum_number_nsz_", I::maxnum}, {"minimum", I::minimum}, {"maximum", I::maximum}};
  return ids.lookup(op);
}

// fadd_fast, fmul_algebraic, ...: an operator with some of IEEE's guarantees dropped.
static bool relaxedOperator(IntrinsicCall &c) {
  auto [op, how] = c.name.split('_');
  llvm::FastMathFlags flags;
  if (how == "fast") {
    flags.setFast();
  } else if (how == "algebraic") {
    flags.setAllowReassoc();
    flags.setNoSignedZeros();
    flags.setAllowReciprocal();
    flags.setAllowContract();
  } else {
    return false;
  }
  llvm::Instruction::BinaryOps kind = llvm::StringSwitch<llvm::Instruction::BinaryOps>(op)
      .Case("fadd", llvm::Instruction::FAdd).Case("fsub", llvm::Instruction::FSub).Case("fmul", llvm::Instruction::FMul)
      .Case("fdiv", llvm::Instruction::FDiv).Case("frem", llvm::Instruction::FRem).Default(llvm::Instruction::BinaryOpsEnd);
  if (kind == llvm::Instruction::BinaryOpsEnd)
    return false;
  llvm::Value *v = c.b().CreateBinOp(kind, c.imm(0), c.imm(1));
  if (llvm::Instruction *i = llvm::dyn_cast<llvm::Instruction>(v))
    i->setFastMathFlags(flags);
  c.give(v);
  return true;
}

bool floatIntrinsic(IntrinsicCall &c) {
  if (c.name == "float_to_int_unchecked") {
    llvm::Type *to = c.cx().immediateTy(*c.ret.layout);
    c.give(c.ret->a.prim.isSigned ? c.b().CreateFPToSI(c.imm(0), to) : c.b().CreateFPToUI(c.imm(0), to));
    return true;
  }
  if (relaxedOperator(c))
    return true;
  llvm::StringRef op = c.name;
  for (llvm::StringRef suffix : {"f16", "f32", "f64", "f128"})
    if (op.consume_back(suffix))
      break;
  llvm::Intrinsic::ID id = byName(op);
  if (!id || c.args.empty() || c.args[0].kind != OperandKind::Immediate)
    return false;
  llvm::SmallVector<llvm::Value *, 3> args;
  for (const Operand &a : c.args)
    args.push_back(a.imm());
  llvm::SmallVector<llvm::Type *, 2> types{args[0]->getType()};
  if (id == llvm::Intrinsic::powi)
    types.push_back(args[1]->getType());
  c.give(c.b().CreateIntrinsic(id, types, args));
  return true;
}

} // namespace ferric::codegen
