// Foreign functions on AArch64 and RISC-V (AAPCS64, stages B and C; RISC-V psABI; rustc callconv::{aarch64, riscv}). Small aggregates travel in registers, larger
// ones as a pointer to a copy. Structs of floats go in floating-point registers: one each on AArch64, at most two on RISC-V, where one may be an integer.
// Which arguments still fit in registers is LLVM's business on both.
#include "layout/fn_abi.h"
#include "layout/target.h"

namespace ferric::layout {

namespace {
struct Leaf { uint64_t offset = 0; Primitive prim; };
}

// The scalars a value consists of, in order. False: more than `most`, or something that is none (unions, enums with fields, vectors).
static bool leaves(Ctx &tcx, TyLayout l, uint64_t offset, size_t most, llvm::SmallVectorImpl<Leaf> &out) {
  if (l->isZst())
    return true;
  if (l->isScalar()) {
    out.push_back({offset, l->a.prim});
    return out.size() <= most;
  }
  if (l->isVector() || l->fields == FieldsKind::Union || l->variants == VariantsKind::Multiple)
    return false;
  for (size_t i = 0, n = l->fieldCount(); i < n; ++i)
    if (!leaves(tcx, fieldOf(tcx, l, i), offset + l->offset(i), most, out))
      return false;
  return true;
}

static bool isAggregate(const ArgAbi &a) { return a.layout->isMemory() || a.layout->isPair(); }

static void passByPointer(ArgAbi &a) {
  a.mode = PassMode::Indirect;
  a.onStack = false;
  a.attrs = a.attrs2 = ArgAttrs();
  a.attrs.flags = kNoAlias | kCapturesAddress | kNonNull | kNoUndef;
  a.attrs.pointeeSize = a.layout->size;
  a.attrs.pointeeAlign = a.layout->align;
}

static void castTo(ArgAbi &a, llvm::ArrayRef<Reg> regs) {
  a.mode = PassMode::Cast;
  a.attrs = a.attrs2 = ArgAttrs();
  a.regCount = uint8_t(regs.size());
  llvm::copy(regs, a.regs);
}

// As one or two integers.
static void castToIntegers(ArgAbi &a) {
  llvm::SmallVector<Reg, 2> regs;
  if (a.layout->size > 8 && a.layout->align == 16)
    regs.push_back({RegKind::Integer, 16});
  else
    for (uint64_t at = 0; at < a.layout->size; at += 8)
      regs.push_back({RegKind::Integer, std::min<uint64_t>(8, a.layout->size - at)});
  castTo(a, regs);
}

template <class F> static void forEachPassed(FnAbi &abi, F f) {
  if (!abi.ret.isIgnore() && abi.ret.layout->ok())
    f(abi.ret);
  for (ArgAbi &a : abi.args)
    if (!a.isIgnore() && a.layout->sized)
      f(a);
}

// ---- AArch64 ----

// A homogeneous floating-point aggregate: up to four floats of one size.
static bool isHomogeneous(Ctx &tcx, const ArgAbi &a, llvm::SmallVectorImpl<Leaf> &parts) {
  if (!leaves(tcx, a.layout, 0, 4, parts) || parts.empty())
    return false;
  return llvm::all_of(parts, [&](const Leaf &l) { return l.prim.isFloat() && l.prim.size == parts[0].prim.size; });
}

void adjustForAapcs64(Ctx &tcx, FnAbi &abi) {
  forEachPassed(abi, [&](ArgAbi &a) {
    if (!isAggregate(a))
      return;
    llvm::SmallVector<Leaf, 5> parts;
    if (isHomogeneous(tcx, a, parts))
      castTo(a, llvm::SmallVector<Reg, 4>(parts.size(), Reg{RegKind::Float, parts[0].prim.size}));
    else if (a.layout->size <= 16)
      castToIntegers(a);
    else
      passByPointer(a);
  });
}

// ---- RISC-V ----

// One or two floats, or a float and an integer: each in a register of its kind.
static bool inFloatRegisters(Ctx &tcx, const ArgAbi &a, llvm::SmallVectorImpl<Reg> &regs) {
  llvm::SmallVector<Leaf, 3> parts;
  if (!leaves(tcx, a.layout, 0, 2, parts))
    return false;
  uint64_t end = 0;
  bool anyFloat = false;
  for (const Leaf &l : parts) {
    if (l.prim.size > 8 || l.offset != alignTo(end, l.prim.align()))
      return false;
    end = l.offset + l.prim.size;
    anyFloat |= l.prim.isFloat();
    regs.push_back({l.prim.isFloat() ? RegKind::Float : RegKind::Integer, l.prim.size});
  }
  return anyFloat;
}

// Integers fill a register: by their sign, but those of 32 bits always by sign.
static void extend(ArgAbi &a) {
  if (a.mode != PassMode::Direct || !a.layout->isScalar() || !a.layout->a.prim.isInt() || a.layout->a.prim.size >= 8)
    return;
  const Primitive &p = a.layout->a.prim;
  a.attrs.ext = p.isSigned || p.size == 4 ? ArgExt::Sign : ArgExt::Zero;
}

void adjustForLp64d(Ctx &tcx, FnAbi &abi) {
  forEachPassed(abi, [&](ArgAbi &a) {
    llvm::SmallVector<Reg, 2> regs;
    if (!isAggregate(a))
      extend(a);
    else if (inFloatRegisters(tcx, a, regs))
      castTo(a, regs);
    else if (a.layout->size <= 16)
      castToIntegers(a);
    else
      passByPointer(a);
  });
}

} // namespace ferric::layout
