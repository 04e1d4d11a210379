// Intrinsics on floats whose results are exact, or rounded once: signs, rounding to integers, fused multiplication (core::intrinsics).
#include "ctfe/interp.h"
#include "llvm/ADT/StringSwitch.h"

namespace ferric::ctfe {

using RoundingMode = llvm::APFloat::roundingMode;

// `floorf32`, `round_ties_even_f64`, `fabs`: the name without the type.
static llvm::StringRef operation(llvm::StringRef name) {
  for (llvm::StringRef type : {"f16", "f32", "f64", "f128"})
    if (name.consume_back(type))
      break;
  name.consume_back("_");
  return name;
}

static std::optional<RoundingMode> roundingOf(llvm::StringRef op) {
  return llvm::StringSwitch<std::optional<RoundingMode>>(op)
      .Case("floor", RoundingMode::TowardNegative).Case("ceil", RoundingMode::TowardPositive).Case("trunc", RoundingMode::TowardZero)
      .Case("round", RoundingMode::NearestTiesToAway).Case("round_ties_even", RoundingMode::NearestTiesToEven).Default(std::nullopt);
}

bool Interp::floatIntrinsic(llvm::StringRef name, llvm::ArrayRef<Mem> args, const Mem &dest, bool &handled) {
  llvm::StringRef op = operation(name);
  std::optional<RoundingMode> rounding = roundingOf(op);
  size_t operands = op == "fabs" || rounding ? 1 : op == "copysign" ? 2 : op == "fma" || op == "fmuladd" ? 3 : 0;
  handled = operands != 0 && args.size() == operands && args[0].type.ty.is(ty::TyKind::Float);
  if (!handled)
    return true;
  llvm::SmallVector<llvm::APFloat, 3> v;
  for (const Mem &m : args) {
    u128 bits = 0;
    TRY(readBits(m, bits));
    v.push_back(toFloat(bits, m.type.ty));
  }
  llvm::APFloat &x = v[0];
  if (op == "fabs")
    x.clearSign();
  else if (op == "copysign")
    x.copySign(v[1]);
  else if (rounding)
    x.roundToIntegral(*rounding);
  else
    x.fusedMultiplyAdd(v[1], v[2], RoundingMode::NearestTiesToEven);
  return writeBits(dest, fromApInt(x.bitcastToAPInt()));
}

} // namespace ferric::ctfe
