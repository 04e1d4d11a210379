// Arguments of foreign functions on x86-64: each eightbyte of an aggregate is INTEGER or SSE and travels in a register of that
// class while there are enough; everything else goes on the stack (System V psABI, 3.2.3; rustc callconv::x86_64).
#include "layout/fn_abi.h"

namespace ferric::layout {

namespace {
// From general to specific: the class of a shared eightbyte is the smaller.
enum class Class : uint8_t { Int, Sse, SseUp, None };
constexpr size_t kMaxEightbytes = 8;
struct Classes {
  Class cls[kMaxEightbytes] = {Class::None, Class::None, Class::None, Class::None, Class::None, Class::None, Class::None, Class::None};
  bool memory = false;
};
} // namespace

static bool classify(Ctx &tcx, TyLayout l, uint64_t offset, Classes &out) {
  if (offset % l->align != 0)
    return l->isZst();
  Class c;
  switch (l->repr) {
  case ReprKind::Scalar: c = l->a.prim.isFloat() ? Class::Sse : Class::Int; break;
  case ReprKind::Vector: c = Class::Sse; break;
  case ReprKind::ScalarPair:
  case ReprKind::Memory:
    for (size_t i = 0, n = l->fieldCount(); i < n; ++i)
      if (!classify(tcx, fieldOf(tcx, l, i), offset + l->offset(i), out))
        return false;
    if (l->variants == VariantsKind::Multiple)
      for (uint32_t v = 0; v < l->variantLayouts.size(); ++v)
        if (!classify(tcx, forVariant(tcx, l, v), offset, out))
          return false;
    return true;
  }
  for (uint64_t i = offset / 8, last = (offset + l->size - 1) / 8; i <= last; ++i) {
    out.cls[i] = std::min(out.cls[i], c);
    if (c == Class::Sse)
      c = Class::SseUp; // the upper part of a vector register
  }
  return true;
}

static Classes classifyArg(Ctx &tcx, const ArgAbi &a) {
  Classes r;
  uint64_t n = (a.layout->size + 7) / 8;
  if (n > kMaxEightbytes || !classify(tcx, a.layout, 0, r)) {
    r.memory = true;
    return r;
  }
  if (n > 2) {
    r.memory = r.cls[0] != Class::Sse;
    for (uint64_t i = 1; i < n; ++i)
      r.memory |= r.cls[i] != Class::SseUp;
    return r;
  }
  for (uint64_t i = 0; i < n; ++i)
    if (r.cls[i] == Class::SseUp && (i == 0 || r.cls[i - 1] != Class::Sse))
      r.cls[i] = Class::Sse;
  return r;
}

static std::optional<Reg> takeRegister(const Classes &c, size_t &i, uint64_t size) {
  if (i >= kMaxEightbytes || c.cls[i] == Class::None)
    return std::nullopt;
  if (c.cls[i] == Class::Int) {
    ++i;
    return Reg{RegKind::Integer, std::min<uint64_t>(size, 8)};
  }
  size_t n = 1;
  while (i + n < kMaxEightbytes && c.cls[i + n] == Class::SseUp)
    ++n;
  i += n;
  if (n == 1)
    return Reg{RegKind::Float, size == 4 ? 4u : 8u};
  return Reg{RegKind::Vector, 8 * n};
}

static void castTo(ArgAbi &a, const Classes &c) {
  size_t i = 0;
  uint64_t size = a.layout->size;
  std::optional<Reg> lo = takeRegister(c, i, size);
  CHECK(lo, "aggregate without a class");
  a.mode = PassMode::Cast;
  a.attrs = a.attrs2 = ArgAttrs();
  a.regs[0] = *lo;
  a.regCount = 1;
  if (size <= 8 * i)
    return;
  if (std::optional<Reg> hi = takeRegister(c, i, size - 8 * i)) {
    a.regs[1] = *hi;
    a.regCount = 2;
  }
}

static void extendTo32(ArgAbi &a) {
  if (a.mode != PassMode::Direct || !a.layout->isScalar())
    return;
  const Primitive &p = a.layout->a.prim;
  if (p.isInt() && p.size < 4)
    a.attrs.ext = p.isSigned ? ArgExt::Sign : ArgExt::Zero;
}

static void passInMemory(ArgAbi &a, bool onStack) {
  a.mode = PassMode::Indirect;
  a.onStack = onStack;
  a.attrs = ArgAttrs();
  a.attrs.flags = kNoAlias | kCapturesAddress | kNonNull | kNoUndef;
  a.attrs.pointeeSize = a.layout->size;
  a.attrs.pointeeAlign = a.layout->align;
  a.attrs2 = ArgAttrs();
}

// `va_list` is an array in C: as an argument, a pointer to it (rustc pass_indirectly_in_non_rustic_abis).
static bool decaysToPointer(Ctx &tcx, TyLayout l) {
  Symbol attr = tcx.sess.symbols.intern("rustc_pass_indirectly_in_non_rustic_abis");
  while (l.ty.is(ty::TyKind::Adt)) {
    if (tcx.crates.hasAttr(l.ty.adt()->def, attr))
      return true;
    if (!l.ty.adt()->repr.transparent)
      return false;
    TyLayout inner;
    for (size_t i = 0; i < l->fieldCount(); ++i)
      if (TyLayout f = fieldOf(tcx, l, i); !f->is1Zst())
        inner = f;
    if (!inner)
      return false;
    l = inner;
  }
  return false;
}

void adjustForSysV64(Ctx &tcx, FnAbi &abi) {
  unsigned intRegs = 6, sseRegs = 8;
  auto isAggregate = [](const ArgAbi &a) { return a.layout->isMemory() || a.layout->isPair(); };
  if (!abi.ret.isIgnore() && abi.ret.layout->ok()) {
    Classes c = classifyArg(tcx, abi.ret);
    if (c.memory) {
      passInMemory(abi.ret, false);
      --intRegs;
    } else if (isAggregate(abi.ret)) {
      castTo(abi.ret, c);
    }
  }
  for (ArgAbi &a : abi.args) {
    if (a.isIgnore() || !a.layout->sized)
      continue;
    Classes c = classifyArg(tcx, a);
    if (c.memory && decaysToPointer(tcx, a.layout)) {
      passInMemory(a, false);
      intRegs -= intRegs > 0;
      continue;
    }
    unsigned ints = 0, sses = 0;
    if (!c.memory)
      for (Class k : c.cls) {
        ints += k == Class::Int;
        sses += k == Class::Sse;
      }
    if (ints <= intRegs && sses <= sseRegs) {
      intRegs -= ints;
      sseRegs -= sses;
    } else if (isAggregate(a)) { // immediates LLVM puts on the stack itself
      c.memory = true;
    }
    if (c.memory)
      passInMemory(a, true);
    else if (isAggregate(a))
      castTo(a, c);
    else
      extendTo32(a);
  }
}

} // namespace ferric::layout
