// Intrinsics on vectors (core::intrinsics::simd; rustc_codegen_llvm::intrinsic, generic_simd_intrinsic). A `#[repr(simd)]` value is an
// LLVM vector; packed ones of other lengths than powers of two lie in memory and are loaded as such. Masks are vectors of integers
// whose lanes are all zeros or all ones: LLVM gets the top bit of each.
#include "codegen/intrinsics.h"
#include "llvm/IR/Constants.h"

namespace ferric::codegen {

namespace I = llvm::Intrinsic;

// ---- vectors in and out ----

static bool isSimd(TyLayout l) { return l.ty.is(TyKind::Adt) && l.ty.adt()->repr.simd; }
static llvm::FixedVectorType *vectorTy(IntrinsicCall &c, TyLayout l) {
  return llvm::FixedVectorType::get(c.cx().primTy(l->a.prim), unsigned(l->count));
}
static const Primitive &laneOf(const IntrinsicCall &c, size_t i) { return c.args[i].layout->a.prim; }

static llvm::Value *vec(IntrinsicCall &c, size_t i) {
  const Operand &v = c.args[i];
  if (v.kind != OperandKind::Ref || !isSimd(v.layout))
    return v.imm();
  return c.b().CreateAlignedLoad(vectorTy(c, v.layout), v.a, llvm::Align(v.align));
}

static bool giveVec(IntrinsicCall &c, llvm::Value *v) {
  if (c.ret->isVector()) {
    c.give(v);
    return true;
  }
  Place p = c.fx.allocaFor(c.ret);
  c.b().CreateAlignedStore(v, p.ptr, llvm::Align(p.align));
  c.result = Operand::ref(p);
  return true;
}

// One lane's value, as an immediate of its own.
static bool giveLane(IntrinsicCall &c, llvm::Value *v) {
  c.give(c.fx.toImmediate(v, c.ret->a));
  return true;
}

static llvm::Value *maskBits(IntrinsicCall &c, llvm::Value *v) {
  unsigned bits = v->getType()->getScalarSizeInBits();
  llvm::Type *i1s = llvm::VectorType::get(c.cx().i1, llvm::cast<llvm::VectorType>(v->getType()));
  return c.b().CreateTrunc(c.b().CreateLShr(v, bits - 1), i1s);
}

static bool invalid(IntrinsicCall &c, const llvm::Twine &why) {
  c.fx.tcx.sess.diag.error(c.terminator.source.span, "E0511", llvm::Twine("invalid monomorphization of `") + c.name + "` intrinsic: " + why);
  if (c.ret->isMemory() && !c.ret->isZst())
    c.result = Operand::ref(c.fx.allocaFor(c.ret));
  else if (!c.ret->isZst())
    c.give(c.cx().poison(c.cx().immediateTy(*c.ret.layout)));
  return true;
}

// ---- lanes ----

static bool splat(IntrinsicCall &c) { return giveVec(c, c.b().CreateVectorSplat(unsigned(c.ret->count), c.fx.fromImmediate(c.imm(0)))); }

static bool insertOrExtract(IntrinsicCall &c) {
  llvm::Value *index = c.imm(1);
  if (llvm::ConstantInt *k = llvm::dyn_cast<llvm::ConstantInt>(index); k && k->getZExtValue() >= c.args[0].layout->count)
    return invalid(c, "index " + llvm::Twine(k->getZExtValue()) + " is out of bounds (must be in the range 0.." + llvm::Twine(c.args[0].layout->count) + ")");
  if (c.name.starts_with("simd_insert"))
    return giveVec(c, c.b().CreateInsertElement(vec(c, 0), c.fx.fromImmediate(c.imm(2)), index));
  return giveLane(c, c.b().CreateExtractElement(vec(c, 0), index));
}

static bool shuffle(IntrinsicCall &c) {
  llvm::Constant *indices = llvm::dyn_cast<llvm::Constant>(vec(c, 2));
  if (!indices)
    return invalid(c, "the shuffle's indices are not constant");
  uint64_t total = c.args[0].layout->count * 2, n = c.args[2].layout->count;
  for (unsigned i = 0; i < n; ++i)
    if (llvm::ConstantInt *k = llvm::dyn_cast_or_null<llvm::ConstantInt>(indices->getAggregateElement(i)); !k || k->getZExtValue() >= total)
      return invalid(c, "SIMD index #" + llvm::Twine(i) + " is out of bounds (limit " + llvm::Twine(total) + ")");
  return giveVec(c, c.b().CreateShuffleVector(vec(c, 0), vec(c, 1), indices));
}

// ---- masks ----

static bool select(IntrinsicCall &c) {
  llvm::Value *m = vec(c, 0), *x = vec(c, 1), *y = vec(c, 2);
  return giveVec(c, c.b().CreateSelect(maskBits(c, m), x, y));
}

static bool selectBitmask(IntrinsicCall &c) {
  unsigned n = unsigned(c.args[1].layout->count);
  llvm::Value *bits;
  if (c.args[0].layout->isScalar()) {
    bits = c.imm(0);
  } else {
    Place p = c.fx.spill(c.args[0]);
    bits = c.b().CreateAlignedLoad(c.cx().intTy(p.layout->size), p.ptr, llvm::Align(1));
  }
  bits = c.b().CreateBitCast(c.b().CreateTrunc(bits, llvm::IntegerType::get(c.cx().llcx, n)), llvm::FixedVectorType::get(c.cx().i1, n));
  return giveVec(c, c.b().CreateSelect(bits, vec(c, 1), vec(c, 2)));
}

static bool bitmask(IntrinsicCall &c) {
  unsigned n = unsigned(c.args[0].layout->count);
  llvm::Value *bits = c.b().CreateBitCast(maskBits(c, vec(c, 0)), llvm::IntegerType::get(c.cx().llcx, n));
  llvm::Value *wide = c.b().CreateZExt(bits, c.cx().intTy(c.ret->size));
  if (c.ret->isScalar()) {
    c.give(wide);
    return true;
  }
  Place p = c.fx.allocaFor(c.ret);
  c.b().CreateAlignedStore(wide, p.ptr, llvm::Align(1));
  c.result = c.fx.load(p);
  return true;
}

// ---- operators ----

static bool compareLanes(IntrinsicCall &c) {
  using P = llvm::CmpInst::Predicate;
  struct Row { P f, s, u; };
  static const llvm::StringMap<Row> rows = {
      {"simd_eq", {P::FCMP_OEQ, P::ICMP_EQ, P::ICMP_EQ}}, {"simd_ne", {P::FCMP_UNE, P::ICMP_NE, P::ICMP_NE}},
      {"simd_lt", {P::FCMP_OLT, P::ICMP_SLT, P::ICMP_ULT}}, {"simd_le", {P::FCMP_OLE, P::ICMP_SLE, P::ICMP_ULE}},
      {"simd_gt", {P::FCMP_OGT, P::ICMP_SGT, P::ICMP_UGT}}, {"simd_ge", {P::FCMP_OGE, P::ICMP_SGE, P::ICMP_UGE}}};
  const Row row = rows.lookup(c.name);
  const Primitive &lane = laneOf(c, 0);
  llvm::Value *v = c.b().CreateCmp(lane.isFloat() ? row.f : lane.isSigned ? row.s : row.u, vec(c, 0), vec(c, 1));
  return giveVec(c, c.b().CreateSExt(v, vectorTy(c, c.ret)));
}

static bool operate(IntrinsicCall &c) {
  using B = llvm::Instruction;
  struct Row { B::BinaryOps f, s, u; };
  constexpr B::BinaryOps kNone = B::BinaryOpsEnd;
  static const llvm::StringMap<Row> rows = {
      {"simd_add", {B::FAdd, B::Add, B::Add}}, {"simd_sub", {B::FSub, B::Sub, B::Sub}}, {"simd_mul", {B::FMul, B::Mul, B::Mul}},
      {"simd_div", {B::FDiv, B::SDiv, B::UDiv}}, {"simd_rem", {B::FRem, B::SRem, B::URem}}, {"simd_shl", {kNone, B::Shl, B::Shl}},
      {"simd_shr", {kNone, B::AShr, B::LShr}}, {"simd_and", {kNone, B::And, B::And}}, {"simd_or", {kNone, B::Or, B::Or}},
      {"simd_xor", {kNone, B::Xor, B::Xor}}};
  const Row row = rows.lookup(c.name);
  const Primitive &lane = laneOf(c, 0);
  B::BinaryOps op = lane.isFloat() ? row.f : lane.isSigned ? row.s : row.u;
  if (op == kNone || lane.isPtr())
    return invalid(c, "unsupported operation on these elements");
  return giveVec(c, c.b().CreateBinOp(op, vec(c, 0), vec(c, 1)));
}

static bool negate(IntrinsicCall &c) { return giveVec(c, laneOf(c, 0).isFloat() ? c.b().CreateFNeg(vec(c, 0)) : c.b().CreateNeg(vec(c, 0))); }

// One LLVM intrinsic, overloaded on the vector.
static bool viaIntrinsic(IntrinsicCall &c) {
  static const llvm::StringMap<I::ID> ids = {
      {"simd_ceil", I::ceil}, {"simd_fabs", I::fabs}, {"simd_fcos", I::cos}, {"simd_fexp2", I::exp2}, {"simd_fexp", I::exp},
      {"simd_flog10", I::log10}, {"simd_flog2", I::log2}, {"simd_flog", I::log}, {"simd_floor", I::floor}, {"simd_fma", I::fma},
      {"simd_relaxed_fma", I::fmuladd}, {"simd_fsin", I::sin}, {"simd_fsqrt", I::sqrt}, {"simd_round", I::round},
      {"simd_round_ties_even", I::rint}, {"simd_trunc", I::trunc}, {"simd_bswap", I::bswap}, {"simd_bitreverse", I::bitreverse},
      {"simd_ctpop", I::ctpop}, {"simd_ctlz", I::ctlz}, {"simd_cttz", I::cttz}, {"simd_funnel_shl", I::fshl}, {"simd_funnel_shr", I::fshr},
      {"simd_carryless_mul", I::clmul}, {"simd_minimum_number_nsz", I::minimumnum}, {"simd_maximum_number_nsz", I::maximumnum}};
  I::ID id = ids.lookup(c.name);
  llvm::SmallVector<llvm::Value *, 3> args;
  for (size_t i = 0; i < c.args.size(); ++i)
    args.push_back(vec(c, i));
  if (id == I::bswap && laneOf(c, 0).size == 1)
    return giveVec(c, args[0]);
  if (id == I::ctlz || id == I::cttz)
    args.push_back(c.b().getFalse()); // zero has an answer
  llvm::CallInst *call = c.b().CreateIntrinsic(id, {args[0]->getType()}, args);
  if (id == I::minimumnum || id == I::maximumnum)
    call->setHasNoSignedZeros(true);
  return giveVec(c, call);
}

static bool saturate(IntrinsicCall &c) {
  bool add = c.name == "simd_saturating_add", s = laneOf(c, 0).isSigned;
  I::ID id = add ? (s ? I::sadd_sat : I::uadd_sat) : s ? I::ssub_sat : I::usub_sat;
  return giveVec(c, c.b().CreateBinaryIntrinsic(id, vec(c, 0), vec(c, 1)));
}

// ---- reductions ----

static bool reduceArith(IntrinsicCall &c) {
  bool ordered = c.name.ends_with("_ordered") && !c.name.ends_with("unordered"), add = c.name.starts_with("simd_reduce_add");
  llvm::Value *v = vec(c, 0);
  if (!laneOf(c, 0).isFloat()) {
    llvm::Value *r = add ? c.b().CreateAddReduce(v) : c.b().CreateMulReduce(v);
    if (ordered)
      r = add ? c.b().CreateAdd(c.imm(1), r) : c.b().CreateMul(c.imm(1), r);
    return giveLane(c, r);
  }
  llvm::Value *start = ordered ? c.imm(1) : llvm::ConstantFP::get(v->getType()->getScalarType(), add ? -0.0 : 1.0);
  llvm::CallInst *r = add ? c.b().CreateFAddReduce(start, v) : c.b().CreateFMulReduce(start, v);
  if (!ordered)
    r->setHasAllowReassoc(true);
  return giveLane(c, r);
}

static bool reduceMinMax(IntrinsicCall &c) {
  bool max = c.name.ends_with("max"), s = laneOf(c, 0).isSigned;
  llvm::Value *v = vec(c, 0);
  if (laneOf(c, 0).isFloat())
    return giveLane(c, max ? c.b().CreateFPMaxReduce(v) : c.b().CreateFPMinReduce(v));
  return giveLane(c, max ? c.b().CreateIntMaxReduce(v, s) : c.b().CreateIntMinReduce(v, s));
}

static bool reduceBits(IntrinsicCall &c) {
  llvm::Value *v = vec(c, 0);
  bool boolean = c.name == "simd_reduce_all" || c.name == "simd_reduce_any";
  if (boolean)
    v = maskBits(c, v);
  bool isAnd = c.name == "simd_reduce_and" || c.name == "simd_reduce_all";
  llvm::Value *r = isAnd ? c.b().CreateAndReduce(v) : c.name == "simd_reduce_xor" ? c.b().CreateXorReduce(v) : c.b().CreateOrReduce(v);
  c.give(r);
  return true;
}

// ---- conversions ----

// simd_as saturates where `as` does; simd_cast is undefined there.
static bool convert(IntrinsicCall &c) {
  llvm::Value *v = vec(c, 0);
  llvm::Type *to = vectorTy(c, c.ret);
  const Primitive &from = laneOf(c, 0), &out = c.ret->a.prim;
  if (from.isPtr() || out.isPtr())
    return invalid(c, "unsupported cast");
  if (from.isFloat() && out.isFloat())
    return giveVec(c, c.b().CreateFPCast(v, to));
  if (from.isFloat()) {
    if (c.name == "simd_as")
      return giveVec(c, c.b().CreateIntrinsic(out.isSigned ? I::fptosi_sat : I::fptoui_sat, {to, v->getType()}, {v}));
    return giveVec(c, out.isSigned ? c.b().CreateFPToSI(v, to) : c.b().CreateFPToUI(v, to));
  }
  if (out.isFloat())
    return giveVec(c, from.isSigned ? c.b().CreateSIToFP(v, to) : c.b().CreateUIToFP(v, to));
  return giveVec(c, c.b().CreateIntCast(v, to, from.isSigned));
}

static bool convertPointers(IntrinsicCall &c) {
  llvm::Type *to = vectorTy(c, c.ret);
  if (c.name == "simd_cast_ptr")
    return giveVec(c, vec(c, 0));
  return giveVec(c, c.name == "simd_expose_provenance" ? c.b().CreatePtrToInt(vec(c, 0), to) : c.b().CreateIntToPtr(vec(c, 0), to));
}

static bool offsetPointers(IntrinsicCall &c) {
  Ty array = layout::fieldTy(c.fx.tcx, c.args[0].layout.ty, -1, 0);
  Ty pointee = array.inner().inner();
  return giveVec(c, c.b().CreateGEP(c.cx().bytesTy(c.fx.layoutOf(pointee)->size), vec(c, 0), vec(c, 1)));
}

// ---- memory ----

static bool gatherOrScatter(IntrinsicCall &c) { // (values, pointers, mask)
  llvm::Align align(c.args[0].layout->a.align());
  llvm::Value *values = vec(c, 0), *pointers = vec(c, 1), *mask = maskBits(c, vec(c, 2));
  if (c.name == "simd_gather")
    return giveVec(c, c.b().CreateMaskedGather(values->getType(), pointers, align, mask, values));
  c.b().CreateMaskedScatter(values, pointers, align, mask);
  return true;
}

static bool maskedMemory(IntrinsicCall &c) { // (mask, pointer, values); alignment: of nothing, the element, the vector
  TyLayout values = c.args[2].layout;
  uint64_t kind = c.constArg(0);
  llvm::Align align(kind == 0 ? 1 : kind == 1 ? values->a.align() : values->align);
  llvm::Value *mask = maskBits(c, vec(c, 0)), *v = vec(c, 2);
  if (c.name == "simd_masked_load")
    return giveVec(c, c.b().CreateMaskedLoad(v->getType(), c.imm(1), align, mask, v));
  c.b().CreateMaskedStore(v, c.imm(1), align, mask);
  return true;
}

llvm::ArrayRef<IntrinsicRow> simdIntrinsics() {
  static const IntrinsicRow rows[] = {
      {"simd_splat", splat}, {"simd_insert", insertOrExtract}, {"simd_insert_dyn", insertOrExtract}, {"simd_extract", insertOrExtract},
      {"simd_extract_dyn", insertOrExtract}, {"simd_shuffle", shuffle}, {"simd_select", select}, {"simd_select_bitmask", selectBitmask},
      {"simd_bitmask", bitmask}, {"simd_eq", compareLanes}, {"simd_ne", compareLanes}, {"simd_lt", compareLanes}, {"simd_le", compareLanes},
      {"simd_gt", compareLanes}, {"simd_ge", compareLanes}, {"simd_add", operate}, {"simd_sub", operate}, {"simd_mul", operate},
      {"simd_div", operate}, {"simd_rem", operate}, {"simd_shl", operate}, {"simd_shr", operate}, {"simd_and", operate}, {"simd_or", operate},
      {"simd_xor", operate}, {"simd_neg", negate}, {"simd_ceil", viaIntrinsic}, {"simd_fabs", viaIntrinsic}, {"simd_fcos", viaIntrinsic},
      {"simd_fexp2", viaIntrinsic}, {"simd_fexp", viaIntrinsic}, {"simd_flog10", viaIntrinsic}, {"simd_flog2", viaIntrinsic},
      {"simd_flog", viaIntrinsic}, {"simd_floor", viaIntrinsic}, {"simd_fma", viaIntrinsic}, {"simd_relaxed_fma", viaIntrinsic},
      {"simd_fsin", viaIntrinsic}, {"simd_fsqrt", viaIntrinsic}, {"simd_round", viaIntrinsic}, {"simd_round_ties_even", viaIntrinsic},
      {"simd_trunc", viaIntrinsic}, {"simd_bswap", viaIntrinsic}, {"simd_bitreverse", viaIntrinsic}, {"simd_ctpop", viaIntrinsic},
      {"simd_ctlz", viaIntrinsic}, {"simd_cttz", viaIntrinsic}, {"simd_funnel_shl", viaIntrinsic}, {"simd_funnel_shr", viaIntrinsic},
      {"simd_carryless_mul", viaIntrinsic}, {"simd_minimum_number_nsz", viaIntrinsic}, {"simd_maximum_number_nsz", viaIntrinsic},
      {"simd_saturating_add", saturate}, {"simd_saturating_sub", saturate}, {"simd_reduce_add_ordered", reduceArith},
      {"simd_reduce_add_unordered", reduceArith}, {"simd_reduce_mul_ordered", reduceArith}, {"simd_reduce_mul_unordered", reduceArith},
      {"simd_reduce_min", reduceMinMax}, {"simd_reduce_max", reduceMinMax}, {"simd_reduce_and", reduceBits}, {"simd_reduce_or", reduceBits},
      {"simd_reduce_xor", reduceBits}, {"simd_reduce_all", reduceBits}, {"simd_reduce_any", reduceBits}, {"simd_cast", convert},
      {"simd_as", convert}, {"simd_cast_ptr", convertPointers}, {"simd_expose_provenance", convertPointers},
      {"simd_with_exposed_provenance", convertPointers}, {"simd_arith_offset", offsetPointers}, {"simd_gather", gatherOrScatter},
      {"simd_scatter", gatherOrScatter}, {"simd_masked_load", maskedMemory}, {"simd_masked_store", maskedMemory},
  };
  return rows;
}

} // namespace ferric::codegen
