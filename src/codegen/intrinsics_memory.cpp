// Intrinsics on memory and pointers, and atomics.
#include "codegen/intrinsics.h"

namespace ferric::codegen {

// ---- bulk memory: the count is in elements ----

static llvm::Value *byteCount(IntrinsicCall &c, llvm::Value *count, uint64_t size) { return size == 1 ? count : c.b().CreateMul(count, c.cx().usize(size)); }

// copy(src, dst, n), copy_nonoverlapping, and volatile_copy*(dst, src, n).
static bool copyMemory(IntrinsicCall &c) {
  TyLayout elem = c.fx.layoutOf(c.typeArg(0));
  if (elem->isZst())
    return true;
  bool isVolatile = c.name.starts_with("volatile_");
  llvm::Value *src = c.imm(isVolatile ? 1 : 0), *dst = c.imm(isVolatile ? 0 : 1), *bytes = byteCount(c, c.imm(2), elem->size);
  llvm::Align align(elem->align);
  if (c.name.contains("nonoverlapping"))
    c.b().CreateMemCpy(dst, align, src, align, bytes, isVolatile);
  else
    c.b().CreateMemMove(dst, align, src, align, bytes, isVolatile);
  return true;
}
static bool setMemory(IntrinsicCall &c) {
  TyLayout elem = c.fx.layoutOf(c.typeArg(0));
  if (!elem->isZst())
    c.b().CreateMemSet(c.imm(0), c.imm(1), byteCount(c, c.imm(2), elem->size), llvm::Align(elem->align), c.name == "volatile_set_memory");
  return true;
}

static llvm::FunctionCallee memcmpFn(CodegenCx &cx) {
  return cx.module->getOrInsertFunction("memcmp", llvm::FunctionType::get(cx.i32, {cx.ptrTy, cx.ptrTy, cx.i64}, false));
}
static bool compareBytes(IntrinsicCall &c) {
  c.give(c.b().CreateCall(memcmpFn(c.cx()), {c.imm(0), c.imm(1), c.imm(2)}));
  return true;
}
static bool rawEq(IntrinsicCall &c) {
  TyLayout l = c.fx.layoutOf(c.typeArg(0));
  if (l->size == 0) {
    c.give(c.b().getTrue());
  } else if (l->size <= 16 && llvm::isPowerOf2_64(l->size)) {
    llvm::Type *type = c.cx().intTy(l->size);
    llvm::Value *x = c.b().CreateAlignedLoad(type, c.imm(0), llvm::Align(l->align)), *y = c.b().CreateAlignedLoad(type, c.imm(1), llvm::Align(l->align));
    c.give(c.b().CreateICmpEQ(x, y));
  } else {
    llvm::Value *r = c.b().CreateCall(memcmpFn(c.cx()), {c.imm(0), c.imm(1), c.cx().usize(l->size)});
    c.give(c.b().CreateICmpEQ(r, c.b().getInt32(0)));
  }
  return true;
}

// ---- single values ----

static bool volatileLoad(IntrinsicCall &c) {
  Place src = c.fx.derefOperand(c.args[0]);
  if (c.name.starts_with("unaligned"))
    src.align = 1;
  const layout::Layout &l = *src.layout.layout;
  if (l.isZst())
    return true;
  if (l.isScalar()) {
    c.give(c.fx.loadScalar(l.a, src.ptr, src.align, true));
  } else if (l.isVector()) {
    c.give(c.b().CreateAlignedLoad(c.cx().memoryTy(l), src.ptr, llvm::Align(src.align), true));
  } else {
    Place tmp = c.fx.allocaFor(src.layout);
    c.fx.memcpyPlace(tmp, src, true);
    c.result = c.fx.load(tmp);
  }
  return true;
}
static bool volatileStore(IntrinsicCall &c) {
  Place dst = c.fx.derefOperand(c.args[0]);
  if (c.name.starts_with("unaligned"))
    dst.align = 1;
  c.fx.store(c.args[1], dst, c.name != "nontemporal_store");
  return true;
}
static bool readViaCopy(IntrinsicCall &c) {
  Place src = c.fx.derefOperand(c.args[0]);
  Operand v = c.fx.load(src);
  if (v.kind == OperandKind::Ref) { // the source may change before the result is used
    Place tmp = c.fx.allocaFor(src.layout);
    c.fx.memcpyPlace(tmp, src);
    v = Operand::ref(tmp);
  }
  c.result = v;
  return true;
}
static bool writeViaMove(IntrinsicCall &c) { c.fx.store(c.args[1], c.fx.derefOperand(c.args[0])); return true; }

// ---- pointers ----

static bool offsetPointer(IntrinsicCall &c) {
  TyLayout elem = c.fx.layoutOf(c.args[0].layout.ty.inner());
  if (c.name == "offset")
    c.give(c.fx.scalarBinOp(mir::BinOp::Offset, c.imm(0), c.imm(1), c.args[0].layout.ty, c.args[1].layout.ty));
  else
    c.give(elem->isZst() ? c.imm(0) : c.b().CreateGEP(c.cx().bytesTy(elem->size), c.imm(0), c.imm(1)));
  return true;
}
static bool ptrMask(IntrinsicCall &c) {
  c.give(c.b().CreateIntrinsic(llvm::Intrinsic::ptrmask, {c.cx().ptrTy, c.cx().i64}, {c.imm(0), c.imm(1)}));
  return true;
}
static bool offsetFrom(IntrinsicCall &c) {
  uint64_t size = c.fx.layoutOf(c.typeArg(0))->size;
  bool isUnsigned = c.name == "ptr_offset_from_unsigned";
  llvm::Value *a = c.b().CreatePtrToInt(c.imm(0), c.cx().i64), *b = c.b().CreatePtrToInt(c.imm(1), c.cx().i64);
  llvm::Value *bytes = c.b().CreateSub(a, b, "", isUnsigned, !isUnsigned);
  c.give(isUnsigned ? c.b().CreateExactUDiv(bytes, c.cx().usize(size)) : c.b().CreateExactSDiv(bytes, c.cx().usize(size)));
  return true;
}
static bool ptrMetadata(IntrinsicCall &c) {
  if (c.args[0].kind == OperandKind::Pair)
    c.give(c.args[0].b);
  return true;
}

// prefetch_{read,write}_{data,instruction}<T, const LOCALITY: i32>(address)
static bool prefetch(IntrinsicCall &c) {
  llvm::Value *write = c.b().getInt32(c.name.contains("write")), *locality = c.b().getInt32(uint32_t(c.constArg(0)));
  llvm::Value *data = c.b().getInt32(c.name.ends_with("data"));
  c.b().CreateIntrinsic(llvm::Intrinsic::prefetch, {c.cx().ptrTy}, {c.imm(0), write, locality, data});
  return true;
}

// The next variadic argument: LLVM knows where the System V ABI keeps scalars.
static bool vaArg(IntrinsicCall &c) {
  c.give(c.b().CreateVAArg(c.imm(0), c.cx().immediateTy(*c.ret.layout)));
  return true;
}

llvm::ArrayRef<IntrinsicRow> memoryIntrinsics() {
  static const IntrinsicRow rows[] = {
      {"copy", copyMemory}, {"copy_nonoverlapping", copyMemory}, {"volatile_copy_memory", copyMemory},
      {"volatile_copy_nonoverlapping_memory", copyMemory}, {"write_bytes", setMemory}, {"volatile_set_memory", setMemory},
      {"compare_bytes", compareBytes}, {"raw_eq", rawEq}, {"volatile_load", volatileLoad}, {"unaligned_volatile_load", volatileLoad},
      {"volatile_store", volatileStore}, {"unaligned_volatile_store", volatileStore}, {"nontemporal_store", volatileStore},
      {"read_via_copy", readViaCopy}, {"write_via_move", writeViaMove}, {"offset", offsetPointer}, {"arith_offset", offsetPointer},
      {"ptr_mask", ptrMask}, {"ptr_offset_from", offsetFrom}, {"ptr_offset_from_unsigned", offsetFrom}, {"ptr_metadata", ptrMetadata},
      {"prefetch_read_data", prefetch}, {"prefetch_write_data", prefetch}, {"prefetch_read_instruction", prefetch},
      {"prefetch_write_instruction", prefetch}, {"va_arg", vaArg},
  };
  return rows;
}

// ---- atomics: the ordering is a constant argument of enum AtomicOrdering ----

static llvm::AtomicOrdering ordering(uint64_t variant) {
  static constexpr llvm::AtomicOrdering kOrderings[] = {llvm::AtomicOrdering::Monotonic, llvm::AtomicOrdering::Release, llvm::AtomicOrdering::Acquire,
                                                        llvm::AtomicOrdering::AcquireRelease, llvm::AtomicOrdering::SequentiallyConsistent};
  CHECK(variant < 5, "atomic ordering");
  return kOrderings[variant];
}
static llvm::Align alignOfPointee(IntrinsicCall &c) { return llvm::Align(std::max<uint64_t>(c.fx.layoutOf(c.typeArg(0))->size, 1)); }

static bool atomicLoad(IntrinsicCall &c) {
  llvm::LoadInst *l = c.b().CreateAlignedLoad(c.cx().memoryTy(*c.ret.layout), c.imm(0), alignOfPointee(c));
  l->setAtomic(ordering(c.constArg(0)));
  c.give(c.fx.toImmediate(l, c.ret->a));
  return true;
}
static bool atomicStore(IntrinsicCall &c) {
  llvm::StoreInst *s = c.b().CreateAlignedStore(c.fx.fromImmediate(c.imm(1)), c.imm(0), alignOfPointee(c));
  s->setAtomic(ordering(c.constArg(0)));
  return true;
}
static bool atomicExchangeIf(IntrinsicCall &c) {
  llvm::AtomicCmpXchgInst *x = c.b().CreateAtomicCmpXchg(c.imm(0), c.fx.fromImmediate(c.imm(1)), c.fx.fromImmediate(c.imm(2)), alignOfPointee(c),
                                                         ordering(c.constArg(0)), ordering(c.constArg(1)));
  x->setWeak(c.name == "atomic_cxchgweak");
  llvm::Value *old = c.fx.toImmediate(c.b().CreateExtractValue(x, 0), c.args[1].layout->a), *ok = c.b().CreateExtractValue(x, 1);
  if (c.ret->isPair()) {
    c.result = Operand::pair(old, ok, c.ret);
    return true;
  }
  Place p = c.fx.allocaFor(c.ret);
  c.fx.store(Operand::immediate(old, c.args[1].layout), c.fx.projectField(p, 0));
  c.fx.store(Operand::immediate(ok, c.fx.layoutOf(c.fx.tcx.common.bool_)), c.fx.projectField(p, 1));
  c.result = c.fx.load(p);
  return true;
}
static bool atomicUpdate(IntrinsicCall &c) {
  using Op = llvm::AtomicRMWInst;
  static const llvm::StringMap<Op::BinOp> ops = {
      {"atomic_xchg", Op::Xchg}, {"atomic_xadd", Op::Add}, {"atomic_xsub", Op::Sub}, {"atomic_and", Op::And}, {"atomic_nand", Op::Nand},
      {"atomic_or", Op::Or}, {"atomic_xor", Op::Xor}, {"atomic_max", Op::Max}, {"atomic_min", Op::Min}, {"atomic_umax", Op::UMax}, {"atomic_umin", Op::UMin}};
  llvm::Value *v = c.fx.fromImmediate(c.imm(1));
  bool pointer = v->getType()->isPointerTy() && c.name != "atomic_xchg";
  if (pointer)
    v = c.b().CreatePtrToInt(v, c.cx().i64);
  llvm::Value *old = c.b().CreateAtomicRMW(ops.lookup(c.name), c.imm(0), v, alignOfPointee(c), ordering(c.constArg(0)));
  llvm::Type *type = c.cx().scalarTy(c.ret->a, false);
  if (type->isPointerTy() && !old->getType()->isPointerTy())
    old = c.b().CreateIntToPtr(old, type);
  c.give(c.fx.toImmediate(old, c.ret->a));
  return true;
}
static bool atomicFence(IntrinsicCall &c) {
  bool single = c.name == "atomic_singlethreadfence";
  c.b().CreateFence(ordering(c.constArg(0)), single ? llvm::SyncScope::SingleThread : llvm::SyncScope::System);
  return true;
}

llvm::ArrayRef<IntrinsicRow> atomicIntrinsics() {
  static const IntrinsicRow rows[] = {
      {"atomic_load", atomicLoad}, {"atomic_store", atomicStore}, {"atomic_cxchg", atomicExchangeIf}, {"atomic_cxchgweak", atomicExchangeIf},
      {"atomic_xchg", atomicUpdate}, {"atomic_xadd", atomicUpdate}, {"atomic_xsub", atomicUpdate}, {"atomic_and", atomicUpdate},
      {"atomic_nand", atomicUpdate}, {"atomic_or", atomicUpdate}, {"atomic_xor", atomicUpdate}, {"atomic_max", atomicUpdate},
      {"atomic_min", atomicUpdate}, {"atomic_umax", atomicUpdate}, {"atomic_umin", atomicUpdate}, {"atomic_fence", atomicFence},
      {"atomic_singlethreadfence", atomicFence},
  };
  return rows;
}

} // namespace ferric::codegen
