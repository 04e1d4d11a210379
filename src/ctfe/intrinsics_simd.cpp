// Vectors at compile time: lane by lane, with the operators and intrinsics of scalars (rustc_const_eval::interpret::intrinsics::simd).
#include "ctfe/interp.h"
#include "llvm/ADT/StringMap.h"

namespace ferric::ctfe {

namespace {
// The lanes of a `#[repr(simd)]` value in memory.
struct Lanes {
  Mem whole;
  TyLayout elem;
  uint64_t count = 0;
  Mem operator[](uint64_t i) const { return {whole.ptr.plus(i * elem->size), {}, elem}; }
};
} // namespace

static bool lanesOf(Ctx &tcx, const Mem &m, Lanes &out) {
  if (!m.type.ty.is(ty::TyKind::Adt) || !m.type.ty.adt()->repr.simd)
    return false;
  Ty array = layout::fieldTy(tcx, m.type.ty, -1, 0);
  out = {m, layout::tyLayout(tcx, array.inner()), m.type->count};
  return out.elem->ok();
}

static std::optional<mir::BinOp> operatorOf(llvm::StringRef name) {
  using mir::BinOp;
  static const llvm::StringMap<BinOp> ops = {
      {"simd_add", BinOp::Add}, {"simd_sub", BinOp::Sub}, {"simd_mul", BinOp::Mul}, {"simd_div", BinOp::Div}, {"simd_rem", BinOp::Rem},
      {"simd_shl", BinOp::ShlUnchecked}, {"simd_shr", BinOp::ShrUnchecked}, {"simd_and", BinOp::BitAnd}, {"simd_or", BinOp::BitOr},
      {"simd_xor", BinOp::BitXor}, {"simd_eq", BinOp::Eq}, {"simd_ne", BinOp::Ne}, {"simd_lt", BinOp::Lt}, {"simd_le", BinOp::Le},
      {"simd_gt", BinOp::Gt}, {"simd_ge", BinOp::Ge}};
  auto it = ops.find(name);
  return it == ops.end() ? std::nullopt : std::optional(it->second);
}

// Two lanes to one; comparisons answer all ones or zero.
bool Interp::simdOperator(mir::BinOp op, const Mem &l, const Mem &r, const Mem &dest) {
  Imm a, b;
  TRY(readImm(l, a));
  TRY(readImm(r, b));
  bool compares = op == mir::BinOp::Eq || op == mir::BinOp::Ne || op == mir::BinOp::Lt || op == mir::BinOp::Le || op == mir::BinOp::Gt || op == mir::BinOp::Ge;
  if (!compares)
    return binary(op, a, l.type, b, r.type, dest);
  Mem truth;
  u128 bits = 0;
  TRY(temp(tcx.common.bool_, truth));
  TRY(binary(op, a, l.type, b, r.type, truth));
  TRY(readBits(truth, bits));
  return writeBits(dest, bits ? ~u128(0) : 0);
}

bool Interp::simdLanes(llvm::StringRef name, llvm::ArrayRef<Mem> args, const Mem &dest, bool &handled) {
  Lanes in, out, second;
  u128 k = 0;
  if (name == "simd_splat" && lanesOf(tcx, dest, out)) {
    for (uint64_t i = 0; i < out.count; ++i)
      TRY(copyValue(args[0], out[i]));
    return true;
  }
  handled = lanesOf(tcx, args[0], in);
  if (!handled)
    return true;
  if (name == "simd_extract" || name == "simd_extract_dyn") {
    TRY(readBits(args[1], k));
    return k < in.count ? copyValue(in[uint64_t(k)], dest) : fail("`" + name + "`: the index is out of bounds");
  }
  if (name == "simd_insert" || name == "simd_insert_dyn") {
    TRY(readBits(args[1], k));
    TRY(copyValue(args[0], dest));
    TRY(lanesOf(tcx, dest, out));
    return k < in.count ? copyValue(args[2], out[uint64_t(k)]) : fail("`" + name + "`: the index is out of bounds");
  }
  Lanes indices;
  if (name == "simd_shuffle" && lanesOf(tcx, args[1], second) && lanesOf(tcx, args[2], indices) && lanesOf(tcx, dest, out)) {
    for (uint64_t i = 0; i < out.count; ++i) {
      TRY(readBits(indices[i], k));
      if (k >= in.count * 2)
        return fail("`simd_shuffle`: an index is out of bounds");
      TRY(copyValue(k < in.count ? in[uint64_t(k)] : second[uint64_t(k) - in.count], out[i]));
    }
    return true;
  }
  if (name == "simd_select" && lanesOf(tcx, args[1], second) && lanesOf(tcx, args[2], indices) && lanesOf(tcx, dest, out)) {
    for (uint64_t i = 0; i < out.count; ++i) {
      TRY(readBits(in[i], k));
      TRY(copyValue(k ? second[i] : indices[i], out[i]));
    }
    return true;
  }
  handled = false;
  return true;
}

bool Interp::simdIntrinsic(llvm::StringRef name, llvm::ArrayRef<Mem> args, const Mem &dest, bool &handled) {
  handled = name.starts_with("simd_");
  if (!handled)
    return true;
  TRY(simdLanes(name, args, dest, handled));
  Lanes a, b, out;
  if (handled || !lanesOf(tcx, args[0], a) || !lanesOf(tcx, dest, out))
    return true;
  handled = true;
  bool two = args.size() == 2 && lanesOf(tcx, args[1], b);
  if (std::optional<mir::BinOp> op = operatorOf(name); op && two) {
    for (uint64_t i = 0; i < out.count; ++i)
      TRY(simdOperator(*op, a[i], b[i], out[i]));
    return true;
  }
  // The rest are scalar intrinsics on each lane, if anything.
  for (uint64_t i = 0; i < out.count && handled; ++i) {
    llvm::SmallVector<Mem, 2> lane{a[i]};
    if (two)
      lane.push_back(b[i]);
    TRY(intIntrinsic(name.drop_front(5), lane, out[i], handled));
  }
  return true;
}

} // namespace ferric::ctfe
