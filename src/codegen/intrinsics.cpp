// Dispatch of intrinsics, and those about types, integers and control flow (core::intrinsics; rustc_codegen_ssa::mir::intrinsic,
// rustc_codegen_llvm::intrinsic). What MIR lowering has turned into operators already does not come here.
#include "codegen/intrinsics.h"
#include "traits/type_info.h"
#include "ty/print.h"
#include "ty/type_name.h"
#include "llvm/IR/InlineAsm.h"

namespace ferric::codegen {

Ty IntrinsicCall::typeArg(size_t i) const {
  for (ty::GenericArg a : callee.args)
    if (a.isTy() && i-- == 0)
      return a.ty();
  UNREACHABLE("type argument of an intrinsic");
}

uint64_t IntrinsicCall::constArg(size_t i) const {
  for (ty::GenericArg a : callee.args) {
    if (!a.isConst() || i-- != 0)
      continue;
    ty::Const c = traits::normalizeErasingRegions(fx.tcx, {}, a.konst());
    CHECK(c.is(ty::ConstKind::Value), "constant argument of an intrinsic");
    ty::ValTree v = c.value();
    if (!v->isLeaf) // an enum: its variant comes first
      v = v->branches[0].value();
    return v->leaf.lo;
  }
  UNREACHABLE("constant argument of an intrinsic");
}

static const llvm::StringMap<IntrinsicHandler> &table() {
  static const llvm::StringMap<IntrinsicHandler> map = [] {
    llvm::StringMap<IntrinsicHandler> m;
    for (llvm::ArrayRef<IntrinsicRow> rows : {basicIntrinsics(), memoryIntrinsics(), atomicIntrinsics(), simdIntrinsics()})
      for (const IntrinsicRow &r : rows)
        m[r.name] = r.handler;
    return m;
  }();
  return map;
}

bool FnCx::intrinsicCall(const Instance &callee, const mir::Terminator &t, llvm::ArrayRef<Operand> args) {
  llvm::StringRef name = tcx.sess.str(tcx.def(callee.def).name);
  ty::FnSig sig = layout::signatureOf(tcx, callee);
  TyLayout ret = layoutOf(sig.output());
  IntrinsicCall c{*this, callee, t, name, args, ret, Operand::zst(ret), false};
  auto it = table().find(name);
  bool done = it != table().end() ? it->second(c) : floatIntrinsic(c);
  if (!done) {
    const ty::CodegenAttrs *attrs = tcx.codegenAttrs(callee.def);
    bool hasBody = attrs && !attrs->mustBeOverridden && mono::bodyOf(tcx, Instance{InstanceKind::Item, callee.def, callee.args, {}, 0});
    if (hasBody)
      return false;
    tcx.sess.diag.error(t.source.span, llvm::Twine("internal: the intrinsic `") + name + "` is not supported yet");
    abort();
    return true;
  }
  if (c.diverges)
    return true;
  if (t.targets.empty()) {
    b.CreateUnreachable();
    return true;
  }
  if (c.result.kind != OperandKind::ZeroSized || ret->isZst())
    setDest(t.place, c.result);
  goTo(t.targets[0]);
  return true;
}

// ---- types ----

static bool sizeOf(IntrinsicCall &c) { c.give(c.cx().usize(c.fx.layoutOf(c.typeArg(0))->size)); return true; }
static bool alignOf(IntrinsicCall &c) { c.give(c.cx().usize(c.fx.layoutOf(c.typeArg(0))->align)); return true; }
static llvm::Value *metaOf(const Operand &pointer) { return pointer.kind == OperandKind::Pair ? pointer.b : nullptr; }
static bool sizeOfVal(IntrinsicCall &c) { c.give(c.fx.sizeAndAlignOf(c.typeArg(0), metaOf(c.args[0])).first); return true; }
static bool alignOfVal(IntrinsicCall &c) { c.give(c.fx.sizeAndAlignOf(c.typeArg(0), metaOf(c.args[0])).second); return true; }
static bool needsDrop(IntrinsicCall &c) { c.give(c.b().getInt1(traits::needsDrop(c.fx.tcx, {}, c.typeArg(0)))); return true; }
static bool typeName(IntrinsicCall &c) {
  std::string name = ty::typeName(c.fx.tcx, c.typeArg(0));
  mir::AllocId id = c.fx.tcx.allocs->forBytes(name);
  c.result = Operand::pair(c.cx().allocPtr(id, 0), c.cx().usize(name.size()), c.ret);
  return true;
}
static bool typeId(IntrinsicCall &c) {
  ty::TypeIdHash hash = c.fx.tcx.typeIdHash(c.typeArg(0));
  Place p = c.fx.allocaFor(c.ret);
  c.b().CreateAlignedStore(c.cx().usize(hash.lo), p.ptr, llvm::Align(8));
  c.b().CreateAlignedStore(c.cx().usize(hash.hi), c.b().CreateInBoundsPtrAdd(p.ptr, c.cx().usize(8)), llvm::Align(8));
  c.result = c.fx.load(p);
  return true;
}
static bool variantCount(IntrinsicCall &c) { c.give(c.cx().usize(c.typeArg(0).adt()->variants.size())); return true; }
static bool discriminantValue(IntrinsicCall &c) {
  Place p = c.fx.derefOperand(c.args[0]);
  llvm::Value *v = c.fx.discriminant(Operand::ref(p), layout::discriminantTy(c.fx.tcx, p.layout.ty));
  c.giveInt(v);
  return true;
}
static bool vtableWord(IntrinsicCall &c) {
  unsigned slot = c.name == "vtable_size" ? 1 : 2;
  c.give(c.b().CreateAlignedLoad(c.cx().i64, c.b().CreateInBoundsPtrAdd(c.imm(0), c.cx().usize(slot * 8)), llvm::Align(8)));
  return true;
}
static bool callerLocationOf(IntrinsicCall &c) { c.result = c.fx.callerLocation(c.terminator.source, c.terminator.fnSpan); return true; }

// Whether a value may be made of the same byte throughout (rustc might_permit_raw_init): zero, or nothing in particular.
static bool permitsRawInit(FnCx &fx, TyLayout l, bool zero) {
  auto scalarOk = [&](const Scalar &s) {
    if (zero)
      return s.validRange().contains(0);
    return s.isUnion || s.alwaysValid(); // mem::uninitialized of integers is tolerated: it fills with 0x01
  };
  if (l->uninhabited)
    return false;
  bool ok = !l->isScalar() || scalarOk(l->a);
  if (l->isPair())
    ok = scalarOk(l->a) && scalarOk(l->b);
  if (!ok || l.ty.is(TyKind::Ref) || l->fields == layout::FieldsKind::Primitive || l->fields == layout::FieldsKind::Union || l->isVector())
    return ok && !(l.ty.is(TyKind::Ref) && zero);
  if (l->fields == layout::FieldsKind::Array)
    return l->count == 0 || permitsRawInit(fx, layout::fieldOf(fx.tcx, l, 0), zero);
  if (l->variants != layout::VariantsKind::Single || l.ty.is(TyKind::RawPtr))
    return ok;
  for (size_t i = 0; i < l->fieldCount(); ++i)
    if (!permitsRawInit(fx, layout::fieldOf(fx.tcx, l, i), zero))
      return false;
  return true;
}

static bool assertValid(IntrinsicCall &c) {
  TyLayout l = c.fx.layoutOf(c.typeArg(0));
  bool ok = !l->uninhabited;
  if (ok && c.name == "assert_zero_valid")
    ok = permitsRawInit(c.fx, l, true);
  if (ok && c.name == "assert_mem_uninitialized_valid")
    ok = permitsRawInit(c.fx, l, false);
  if (ok)
    return true;
  std::string type = ty::show(c.fx.tcx, c.typeArg(0), {ty::PathStyle::Full});
  std::string message = l->uninhabited ? "attempted to instantiate uninhabited type `" + type + "`"
                        : c.name == "assert_zero_valid" ? "attempted to zero-initialize type `" + type + "`, which is invalid"
                                                        : "attempted to leave type `" + type + "` uninitialized, which is invalid";
  mir::AllocId id = c.fx.tcx.allocs->forBytes(message);
  c.fx.callLangItem("panic_nounwind", {c.cx().allocPtr(id, 0), c.cx().usize(message.size())}, c.terminator, c.terminator.source.span);
  c.diverges = true;
  return true;
}

// ---- integers ----

static bool isSignedArg(const IntrinsicCall &c, size_t i = 0) { return c.args[i].layout.ty.is(TyKind::Int); }

static bool countBits(IntrinsicCall &c) {
  llvm::Value *v = c.imm(0);
  if (c.name == "ctpop") {
    c.giveInt(c.b().CreateUnaryIntrinsic(llvm::Intrinsic::ctpop, v));
    return true;
  }
  bool leading = c.name.starts_with("ctlz"), nonzero = c.name.ends_with("_nonzero");
  llvm::Value *r = c.b().CreateBinaryIntrinsic(leading ? llvm::Intrinsic::ctlz : llvm::Intrinsic::cttz, v, c.b().getInt1(nonzero));
  c.giveInt(r);
  return true;
}
static bool reverseBytes(IntrinsicCall &c) {
  bool bits = c.name == "bitreverse";
  if (!bits && c.imm(0)->getType()->isIntegerTy(8))
    c.give(c.imm(0));
  else
    c.give(c.b().CreateUnaryIntrinsic(bits ? llvm::Intrinsic::bitreverse : llvm::Intrinsic::bswap, c.imm(0)));
  return true;
}
static bool rotate(IntrinsicCall &c) {
  llvm::Value *v = c.imm(0), *n = c.b().CreateIntCast(c.imm(1), v->getType(), false);
  c.give(c.b().CreateIntrinsic(c.name == "rotate_left" ? llvm::Intrinsic::fshl : llvm::Intrinsic::fshr, {v->getType()}, {v, v, n}));
  return true;
}
static bool funnel(IntrinsicCall &c) {
  llvm::Value *v = c.imm(0), *n = c.b().CreateIntCast(c.imm(2), v->getType(), false);
  llvm::Intrinsic::ID id = c.name == "unchecked_funnel_shl" ? llvm::Intrinsic::fshl : llvm::Intrinsic::fshr;
  c.give(c.b().CreateIntrinsic(id, {v->getType()}, {v, c.imm(1), n}));
  return true;
}
static bool saturating(IntrinsicCall &c) {
  bool add = c.name == "saturating_add", s = isSignedArg(c);
  llvm::Intrinsic::ID id = add ? (s ? llvm::Intrinsic::sadd_sat : llvm::Intrinsic::uadd_sat) : s ? llvm::Intrinsic::ssub_sat : llvm::Intrinsic::usub_sat;
  c.give(c.b().CreateBinaryIntrinsic(id, c.imm(0), c.imm(1)));
  return true;
}
// a * b + c + d in twice the width: (low half, high half).
static bool carryingMulAdd(IntrinsicCall &c) {
  llvm::Type *type = c.imm(0)->getType();
  unsigned bits = type->getIntegerBitWidth();
  llvm::Type *wide = llvm::IntegerType::get(c.cx().llcx, bits * 2);
  bool s = isSignedArg(c);
  auto ext = [&](size_t i) { return c.b().CreateIntCast(c.imm(i), wide, s); };
  llvm::Value *v = c.b().CreateAdd(c.b().CreateAdd(c.b().CreateMul(ext(0), ext(1)), ext(2)), ext(3));
  llvm::Value *high = c.b().CreateTrunc(c.b().CreateLShr(v, bits), type);
  c.result = Operand::pair(c.b().CreateTrunc(v, type), high, c.ret);
  return true;
}
static bool exactDiv(IntrinsicCall &c) {
  c.give(isSignedArg(c) ? c.b().CreateExactSDiv(c.imm(0), c.imm(1)) : c.b().CreateExactUDiv(c.imm(0), c.imm(1)));
  return true;
}
static bool disjointOr(IntrinsicCall &c) {
  if (!c.args[0].layout.ty.isIntegral())
    return false;
  llvm::Value *v = c.b().CreateOr(c.imm(0), c.imm(1));
  if (llvm::PossiblyDisjointInst *i = llvm::dyn_cast<llvm::PossiblyDisjointInst>(v))
    i->setIsDisjoint(true);
  c.give(v);
  return true;
}
// wrapping_add, unchecked_shl, add_with_overflow, ...: as the MIR operator.
static bool arithmetic(IntrinsicCall &c) {
  using mir::BinOp;
  static const llvm::StringMap<BinOp> ops = {
      {"wrapping_add", BinOp::Add}, {"wrapping_sub", BinOp::Sub}, {"wrapping_mul", BinOp::Mul}, {"unchecked_add", BinOp::AddUnchecked},
      {"unchecked_sub", BinOp::SubUnchecked}, {"unchecked_mul", BinOp::MulUnchecked}, {"unchecked_div", BinOp::Div}, {"unchecked_rem", BinOp::Rem},
      {"unchecked_shl", BinOp::ShlUnchecked}, {"unchecked_shr", BinOp::ShrUnchecked}, {"add_with_overflow", BinOp::AddWithOverflow},
      {"sub_with_overflow", BinOp::SubWithOverflow}, {"mul_with_overflow", BinOp::MulWithOverflow}, {"three_way_compare", BinOp::Cmp}};
  BinOp op = ops.lookup(c.name);
  Ty t = c.args[0].layout.ty;
  if (c.ret->isPair()) {
    auto [v, overflow] = c.fx.overflowing(op, c.imm(0), c.imm(1), t);
    c.result = Operand::pair(v, overflow, c.ret);
  } else {
    c.give(c.fx.scalarBinOp(op, c.imm(0), c.imm(1), t, c.args[1].layout.ty));
  }
  return true;
}

// ---- control flow and hints ----

static bool abortHere(IntrinsicCall &c) { c.fx.abort(); c.diverges = true; return true; }
static bool unreachableHere(IntrinsicCall &c) { c.b().CreateUnreachable(); c.diverges = true; return true; }
static bool breakpoint(IntrinsicCall &c) { c.b().CreateCall(c.cx().intrinsic(llvm::Intrinsic::debugtrap)); return true; }
static bool nothing(IntrinsicCall &) { return true; }
static bool assumeTrue(IntrinsicCall &c) {
  if (c.cx().optimizing())
    c.fx.assume(c.imm(0));
  return true;
}
static bool checks(IntrinsicCall &c) {
  mir::RuntimeChecks k = c.name == "ub_checks" ? mir::RuntimeChecks::UbChecks : c.name == "overflow_checks" ? mir::RuntimeChecks::OverflowChecks
                                                                                                          : mir::RuntimeChecks::ContractChecks;
  c.give(c.b().getInt1(mono::runtimeCheck(c.fx.tcx.sess, k)));
  return true;
}
static bool staticallyKnown(IntrinsicCall &c) {
  bool scalar = c.args[0].kind == OperandKind::Immediate && c.args[0].layout->isScalar();
  llvm::Value *v = c.b().getFalse();
  if (scalar && c.cx().optimizing())
    v = c.b().CreateIntrinsic(llvm::Intrinsic::is_constant, {c.imm(0)->getType()}, {c.imm(0)});
  c.give(v);
  return true;
}
static bool selectUnpredictable(IntrinsicCall &c) {
  const Operand &x = c.args[1], &y = c.args[2];
  if (x.kind == OperandKind::Immediate && y.kind == OperandKind::Immediate) {
    c.give(c.b().CreateSelect(c.imm(0), x.a, y.a));
  } else if (x.kind == OperandKind::Pair && y.kind == OperandKind::Pair) {
    c.result = Operand::pair(c.b().CreateSelect(c.imm(0), x.a, y.a), c.b().CreateSelect(c.imm(0), x.b, y.b), c.ret);
  } else if (x.kind != OperandKind::ZeroSized) {
    Place px = c.fx.spill(x), py = c.fx.spill(y);
    c.result = Operand::ref({c.b().CreateSelect(c.imm(0), px.ptr, py.ptr), nullptr, std::min(px.align, py.align), c.ret});
  }
  return true;
}
// The value goes through memory that an empty assembly statement may have changed.
static bool blackBox(IntrinsicCall &c) {
  Place p = c.fx.allocaFor(c.ret);
  c.fx.store(c.args[0], p);
  llvm::FunctionType *type = llvm::FunctionType::get(c.cx().voidTy, {c.cx().ptrTy}, false);
  llvm::CallInst *call = c.b().CreateCall(llvm::InlineAsm::get(type, "", "r,~{memory}", /*hasSideEffects=*/true), {p.ptr});
  call->addFnAttr(llvm::Attribute::NoUnwind);
  c.result = c.fx.load(p);
  return true;
}
static bool catchUnwind(IntrinsicCall &c) {
  if (c.fx.tcx.sess.options.panic == PanicStrategy::Unwind) {
    c.fx.tcx.sess.diag.error(c.terminator.source.span, "internal: catching panics is not supported yet");
    return true;
  }
  c.b().CreateCall(llvm::FunctionType::get(c.cx().voidTy, {c.cx().ptrTy}, false), c.imm(0), {c.imm(1)});
  c.giveInt(c.b().getInt32(0));
  return true;
}
static bool transmuteValue(IntrinsicCall &c) { c.result = c.fx.transmute(c.args[0], c.ret); return true; }

llvm::ArrayRef<IntrinsicRow> basicIntrinsics() {
  static const IntrinsicRow rows[] = {
      {"size_of", sizeOf}, {"align_of", alignOf}, {"min_align_of", alignOf}, {"size_of_val", sizeOfVal}, {"align_of_val", alignOfVal},
      {"needs_drop", needsDrop}, {"type_name", typeName}, {"type_id", typeId}, {"variant_count", variantCount},
      {"discriminant_value", discriminantValue}, {"vtable_size", vtableWord}, {"vtable_align", vtableWord},
      {"caller_location", callerLocationOf}, {"assert_inhabited", assertValid}, {"assert_zero_valid", assertValid},
      {"assert_mem_uninitialized_valid", assertValid},
      {"ctpop", countBits}, {"ctlz", countBits}, {"ctlz_nonzero", countBits}, {"cttz", countBits}, {"cttz_nonzero", countBits},
      {"bswap", reverseBytes}, {"bitreverse", reverseBytes}, {"rotate_left", rotate}, {"rotate_right", rotate},
      {"unchecked_funnel_shl", funnel}, {"unchecked_funnel_shr", funnel}, {"saturating_add", saturating}, {"saturating_sub", saturating},
      {"carrying_mul_add", carryingMulAdd}, {"exact_div", exactDiv}, {"disjoint_bitor", disjointOr},
      {"wrapping_add", arithmetic}, {"wrapping_sub", arithmetic}, {"wrapping_mul", arithmetic}, {"unchecked_add", arithmetic},
      {"unchecked_sub", arithmetic}, {"unchecked_mul", arithmetic}, {"unchecked_div", arithmetic}, {"unchecked_rem", arithmetic},
      {"unchecked_shl", arithmetic}, {"unchecked_shr", arithmetic}, {"add_with_overflow", arithmetic}, {"sub_with_overflow", arithmetic},
      {"mul_with_overflow", arithmetic}, {"three_way_compare", arithmetic},
      {"abort", abortHere}, {"unreachable", unreachableHere}, {"breakpoint", breakpoint}, {"cold_path", nothing}, {"forget", nothing},
      {"assume", assumeTrue}, {"ub_checks", checks}, {"overflow_checks", checks}, {"contract_checks", checks},
      {"is_val_statically_known", staticallyKnown}, {"select_unpredictable", selectUnpredictable}, {"black_box", blackBox},
      {"catch_unwind", catchUnwind}, {"transmute", transmuteValue}, {"transmute_unchecked", transmuteValue},
  };
  return rows;
}

} // namespace ferric::codegen
