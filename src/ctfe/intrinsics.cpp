// Intrinsics at compile time (rustc_const_eval::interpret::intrinsics). What is not here runs its
// fallback body, or is an error when it has none.
#include "ctfe/interp.h"
#include "traits/instance.h"
#include "traits/type_info.h"
#include "ty/fold.h"
#include "ty/print.h"
#include "ty/type_name.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/xxhash.h"

namespace ferric::ctfe {

static llvm::APInt ap(u128 v, uint64_t size) { return llvm::APInt(unsigned(size * 8), {uint64_t(v), uint64_t(v >> 64)}); }
static u128 bitsOf(const llvm::APInt &v) {
  u128 out = v.getRawData()[0];
  return v.getNumWords() > 1 ? out | u128(v.getRawData()[1]) << 64 : out;
}

bool Interp::intrinsic(Symbol symbol, const Instance &instance, llvm::ArrayRef<Mem> args, const Mem &dest, mir::BlockId target, Span span,
                       bool &handled, bool &jumped) {
  llvm::StringRef name = tcx.sess.str(symbol);
  handled = true;
  jumped = false;
  if (name == "const_eval_select") { // the first function is for compile time; arguments come as a tuple
    Ty f = args[1].type.ty;
    std::optional<Instance> i = traits::resolveInstance(tcx, {}, f.def(), f.args());
    if (!i)
      return memory.tooGeneric();
    llvm::SmallVector<Mem, 4> unpacked;
    for (size_t k = 0; k < args[0].type->fieldCount(); ++k) {
      Mem m;
      TRY(field(args[0], k, m));
      unpacked.push_back(m);
    }
    jumped = true;
    return callInstance(*i, unpacked, false, dest, target, span);
  }
  if (name == "drop_in_place") {
    handled = false;
    return true;
  }
  handled = false;
  TRY(intIntrinsic(name, args, dest, handled));
  if (!handled)
    TRY(floatIntrinsic(name, args, dest, handled));
  if (!handled)
    TRY(typeIntrinsic(name, instance, args, dest, handled));
  if (!handled)
    TRY(ptrIntrinsic(name, instance, args, dest, handled));
  if (!handled)
    TRY(memIntrinsic(name, instance, args, dest, handled));
  if (!handled)
    TRY(simdIntrinsic(name, args, dest, handled));
  return true;
}

bool Interp::intIntrinsic(llvm::StringRef name, llvm::ArrayRef<Mem> args, const Mem &dest, bool &handled) {
  enum Op { None, Popcount, Clz, ClzNonzero, Ctz, CtzNonzero, Bswap, Reverse, RotL, RotR, SatAdd, SatSub, ExactDiv, UncheckedDiv, UncheckedRem, Cmp,
            WrapAdd, WrapSub, WrapMul, AddOv, SubOv, MulOv, UAdd, USub, UMul, UShl, UShr, DisjointOr };
  Op op = llvm::StringSwitch<Op>(name).Case("ctpop", Popcount).Case("ctlz", Clz).Case("ctlz_nonzero", ClzNonzero).Case("cttz", Ctz)
              .Case("cttz_nonzero", CtzNonzero).Case("bswap", Bswap).Case("bitreverse", Reverse).Case("rotate_left", RotL).Case("rotate_right", RotR)
              .Case("saturating_add", SatAdd).Case("saturating_sub", SatSub).Case("exact_div", ExactDiv).Case("unchecked_div", UncheckedDiv)
              .Case("unchecked_rem", UncheckedRem).Case("three_way_compare", Cmp).Case("wrapping_add", WrapAdd).Case("wrapping_sub", WrapSub)
              .Case("wrapping_mul", WrapMul).Case("add_with_overflow", AddOv).Case("sub_with_overflow", SubOv).Case("mul_with_overflow", MulOv)
              .Case("unchecked_add", UAdd).Case("unchecked_sub", USub).Case("unchecked_mul", UMul).Case("unchecked_shl", UShl).Case("unchecked_shr", UShr)
              .Case("disjoint_bitor", DisjointOr).Default(None);
  handled = op != None;
  if (!handled)
    return true;
  u128 a = 0, b = 0;
  TRY(readBits(args[0], a));
  if (args.size() > 1)
    TRY(readBits(args[1], b));
  uint64_t size = args[0].type->size;
  bool s = args[0].type.ty.is(ty::TyKind::Int);
  llvm::APInt x = ap(a, size), y = ap(b, args.size() > 1 ? args[1].type->size : size);
  auto viaBinary = [&](mir::BinOp o) {
    Imm l{Value::ofBits(a, size), {}}, r{Value::ofBits(b, args[1].type->size), {}};
    return binary(o, l, args[0].type, r, args[1].type, dest);
  };
  switch (op) {
  case Popcount: return writeBits(dest, x.popcount());
  case ClzNonzero: case CtzNonzero:
    if (x.isZero())
      return fail("`" + name + "` called on 0");
    return writeBits(dest, op == ClzNonzero ? x.countl_zero() : x.countr_zero());
  case Clz: return writeBits(dest, x.countl_zero());
  case Ctz: return writeBits(dest, x.countr_zero());
  case Bswap: return writeBits(dest, size == 1 ? a : bitsOf(x.byteSwap()));
  case Reverse: return writeBits(dest, bitsOf(x.reverseBits()));
  case RotL: return writeBits(dest, bitsOf(x.rotl(unsigned(b % (size * 8)))));
  case RotR: return writeBits(dest, bitsOf(x.rotr(unsigned(b % (size * 8)))));
  case SatAdd: return writeBits(dest, bitsOf(s ? x.sadd_sat(y) : x.uadd_sat(y)));
  case SatSub: return writeBits(dest, bitsOf(s ? x.ssub_sat(y) : x.usub_sat(y)));
  case ExactDiv:
    if (y.isZero() || !(s ? x.srem(y) : x.urem(y)).isZero())
      return fail("exact_div: division with a remainder");
    return viaBinary(mir::BinOp::Div);
  case UncheckedDiv: return viaBinary(mir::BinOp::Div);
  case UncheckedRem: return viaBinary(mir::BinOp::Rem);
  case Cmp: return viaBinary(mir::BinOp::Cmp);
  case WrapAdd: return viaBinary(mir::BinOp::Add);
  case WrapSub: return viaBinary(mir::BinOp::Sub);
  case WrapMul: return viaBinary(mir::BinOp::Mul);
  case AddOv: return viaBinary(mir::BinOp::AddWithOverflow);
  case SubOv: return viaBinary(mir::BinOp::SubWithOverflow);
  case MulOv: return viaBinary(mir::BinOp::MulWithOverflow);
  case UAdd: return viaBinary(mir::BinOp::AddUnchecked);
  case USub: return viaBinary(mir::BinOp::SubUnchecked);
  case UMul: return viaBinary(mir::BinOp::MulUnchecked);
  case UShl: return viaBinary(mir::BinOp::ShlUnchecked);
  case UShr: return viaBinary(mir::BinOp::ShrUnchecked);
  case DisjointOr: return viaBinary(mir::BinOp::BitOr);
  case None: break;
  }
  return true;
}

bool Interp::writeTypeId(Ty t, const Mem &dest) {
  ty::TypeIdHash hash = tcx.typeIdHash(t);
  AllocId id = tcx.allocs->forTypeId(t);
  TRY(memory.writeScalar(dest.ptr, 8, Value::ofPtr({id, hash.lo})));
  return memory.writeScalar(dest.ptr.plus(8), 8, Value::ofPtr({id, hash.hi}));
}

bool Interp::typeIntrinsic(llvm::StringRef name, const Instance &instance, llvm::ArrayRef<Mem> args, const Mem &dest, bool &handled) {
  handled = true;
  Ty t = !instance.args.empty() && instance.args[0].isTy() ? instance.args[0].ty() : Ty();
  TyLayout l;
  if (name == "size_of" || name == "align_of" || name == "min_align_of" || name == "pref_align_of") {
    TRY(typed(t, l));
    return writeBits(dest, name == "size_of" ? l->size : l->align);
  }
  if (name == "size_of_val" || name == "align_of_val" || name == "min_align_of_val") {
    Imm p;
    Mem m;
    uint64_t size = 0, align = 1;
    TRY(readImm(args[0], p));
    TRY(memOfPointer(p, args[0].type.ty.inner(), m));
    TRY(sizeAlignOf(m, size, align));
    return writeBits(dest, name == "size_of_val" ? size : align);
  }
  if (name == "needs_drop") {
    if (t.has(ty::kHasNonRegionParam))
      return memory.tooGeneric();
    return writeBits(dest, traits::needsDrop(tcx, {}, t));
  }
  if (name == "variant_count") {
    if (t.has(ty::kHasNonRegionParam))
      return memory.tooGeneric();
    return writeBits(dest, t.is(ty::TyKind::Adt) && t.adt()->isEnum() ? t.adt()->variants.size() : 0);
  }
  if (name == "type_name") {
    if (t.has(ty::kHasNonRegionParam))
      return memory.tooGeneric();
    std::string text = ty::typeName(tcx, t);
    return writeImm(dest, {Value::ofPtr({tcx.allocs->forBytes(text), 0}), Value::ofBits(text.size(), 8)});
  }
  if (name == "type_id") {
    if (t.has(ty::kHasNonRegionParam))
      return memory.tooGeneric();
    return writeTypeId(ty::eraseRegions(tcx, t), dest);
  }
  if (name == "type_id_eq") {
    Value a, b, c, d;
    TRY(memory.readScalar(args[0].ptr, 8, a));
    TRY(memory.readScalar(args[1].ptr, 8, b));
    TRY(memory.readScalar(args[0].ptr.plus(8), 8, c));
    TRY(memory.readScalar(args[1].ptr.plus(8), 8, d));
    return writeBits(dest, a.asPtr().addr == b.asPtr().addr && c.asPtr().addr == d.asPtr().addr);
  }
  if (name == "type_of")
    return writeTypeInfo(args[0], dest);
  if (name == "type_id_vtable")
    return writeVtableOf(args[0], args[1], dest);
  if (name == "discriminant_value") {
    Mem m;
    u128 discr = 0;
    uint32_t variant = 0;
    TRY(deref(args[0], m));
    TRY(readDiscriminant(m, discr, variant));
    return writeBits(dest, discr);
  }
  if (name == "assert_inhabited" || name == "assert_zero_valid" || name == "assert_mem_uninitialized_valid") {
    TRY(typed(t, l));
    if (l->uninhabited)
      return fail("aborted execution: attempted to instantiate uninhabited type `" + ty::show(tcx, t) + "`");
    return true;
  }
  if (name == "offset_of") { // (variant, field) as constants
    u128 variant = 0, fieldIndex = 0;
    TRY(readBits(args[0], variant));
    TRY(readBits(args[1], fieldIndex));
    std::optional<uint64_t> o = layout::offsetOf(tcx, t, {{uint32_t(variant), uint32_t(fieldIndex)}});
    return o ? writeBits(dest, *o) : memory.tooGeneric();
  }
  handled = false;
  return true;
}

bool Interp::ptrIntrinsic(llvm::StringRef name, const Instance &instance, llvm::ArrayRef<Mem> args, const Mem &dest, bool &handled) {
  handled = true;
  Imm a, b;
  if (name == "offset" || name == "arith_offset") {
    TRY(readImm(args[0], a));
    TRY(readImm(args[1], b));
    if (name == "offset")
      return binary(mir::BinOp::Offset, a, args[0].type, b, args[1].type, dest);
    TyLayout elem;
    TRY(typed(args[0].type.ty.inner(), elem));
    Pointer p = a.a.asPtr();
    p.addr += uint64_t(b.a.bits) * elem->size;
    return writeImm(dest, {Value::ofPtr(p), {}});
  }
  if (name == "ptr_offset_from" || name == "ptr_offset_from_unsigned") {
    TRY(readImm(args[0], a));
    TRY(readImm(args[1], b));
    Pointer p = a.a.asPtr(), q = b.a.asPtr();
    TyLayout elem;
    TRY(typed(args[0].type.ty.inner(), elem));
    if (!p.sameAlloc(q))
      return fail("`" + name + "` called on two different pointers that are not both derived from the same allocation");
    int64_t distance = int64_t(p.addr - q.addr);
    if (name == "ptr_offset_from_unsigned" && distance < 0)
      return fail("`ptr_offset_from_unsigned` called when first pointer has smaller offset than second: " + llvm::Twine(p.addr) + " < " + llvm::Twine(q.addr));
    if (elem->size == 0 || distance % int64_t(elem->size))
      return fail("exact_div: " + llvm::Twine(distance) + " cannot be divided by " + llvm::Twine(elem->size) + " without remainder");
    return writeBits(dest, u128(i128(distance / int64_t(elem->size))));
  }
  if (name == "ptr_guaranteed_cmp") { // 0: unequal, 1: equal, 2: not known
    TRY(readImm(args[0], a));
    TRY(readImm(args[1], b));
    Pointer p = a.a.asPtr(), q = b.a.asPtr();
    unsigned result = 2;
    if (p.sameAlloc(q))
      result = p.addr == q.addr;
    else if ((p.isInt() && p.addr == 0 && !mayBeNull(q)) || (q.isInt() && q.addr == 0 && !mayBeNull(p)))
      result = 0;
    return writeBits(dest, result);
  }
  if (name == "ptr_metadata") {
    TRY(readImm(args[0], a));
    return dest.type->size ? writeImm(dest, {a.b, {}}) : true;
  }
  if (name == "aggregate_raw_ptr") {
    TRY(readImm(args[0], a));
    TRY(readImm(args[1], b));
    return writeImm(dest, {a.a, b.a});
  }
  if (name == "slice_get_unchecked") {
    Mem slice, elem;
    u128 i = 0;
    TRY(deref(args[0], slice));
    TRY(readBits(args[1], i));
    TRY(index(slice, uint64_t(i), elem));
    return writeImm(dest, {Value::ofPtr(elem.ptr), {}});
  }
  if (name == "vtable_size" || name == "vtable_align") {
    TRY(readImm(args[0], a));
    if (a.a.kind != Value::Ptr || isLocalAlloc(a.a.ptr.alloc) || (*tcx.allocs)[a.a.ptr.alloc].kind != GlobalAllocKind::VTable)
      return fail("using a pointer that is no vtable as vtable");
    TyLayout l;
    TRY(typed((*tcx.allocs)[a.a.ptr.alloc].ty, l));
    return writeBits(dest, name == "vtable_size" ? l->size : l->align);
  }
  handled = false;
  return true;
}

bool Interp::memIntrinsic(llvm::StringRef name, const Instance &instance, llvm::ArrayRef<Mem> args, const Mem &dest, bool &handled) {
  handled = true;
  Imm a, b, c;
  TyLayout elem;
  if (name == "copy" || name == "copy_nonoverlapping") {
    TRY(readImm(args[0], a));
    TRY(readImm(args[1], b));
    TRY(readImm(args[2], c));
    TRY(typed(args[0].type.ty.inner(), elem));
    return memory.copy(a.a.asPtr(), b.a.asPtr(), elem->size * uint64_t(c.a.bits));
  }
  if (name == "write_bytes") {
    TRY(readImm(args[0], a));
    TRY(readImm(args[1], b));
    TRY(readImm(args[2], c));
    TRY(typed(args[0].type.ty.inner(), elem));
    return memory.fill(a.a.asPtr(), uint8_t(b.a.bits), elem->size * uint64_t(c.a.bits));
  }
  if (name == "read_via_copy" || name == "write_via_move") {
    Mem m;
    TRY(deref(args[0], m));
    return name == "read_via_copy" ? copyValue(m, dest) : copyValue(args[1], m);
  }
  if (name == "transmute" || name == "transmute_unchecked")
    return memory.copy(args[0].ptr, dest.ptr, dest.type->size);
  if (name == "compare_bytes" || name == "raw_eq") {
    TRY(readImm(args[0], a));
    TRY(readImm(args[1], b));
    uint64_t n;
    if (name == "raw_eq") {
      TRY(typed(args[0].type.ty.inner(), elem));
      n = elem->size;
    } else {
      TRY(readImm(args[2], c));
      n = uint64_t(c.a.bits);
    }
    llvm::SmallVector<uint8_t, 64> x, y;
    TRY(memory.readBytes(a.a.asPtr(), n, x));
    TRY(memory.readBytes(b.a.asPtr(), n, y));
    int order = n ? std::memcmp(x.data(), y.data(), n) : 0;
    return writeBits(dest, name == "raw_eq" ? u128(order == 0) : u128(i128(order < 0 ? -1 : order > 0)));
  }
  if (name == "typed_swap_nonoverlapping") {
    Mem x, y, t;
    TRY(deref(args[0], x));
    TRY(deref(args[1], y));
    TRY(tempOf(x.type, t));
    return copyValue(x, t) && copyValue(y, x) && copyValue(t, y);
  }
  if (name == "const_allocate") {
    TRY(readImm(args[0], a));
    TRY(readImm(args[1], b));
    TRY(memory.fits(uint64_t(a.a.bits)));
    return writeImm(dest, {Value::ofPtr(memory.allocate(uint64_t(a.a.bits), uint64_t(b.a.bits))), {}});
  }
  if (name == "const_deallocate") {
    TRY(readImm(args[0], a));
    if (a.a.kind == Value::Ptr)
      memory.kill(a.a.ptr.alloc);
    return true;
  }
  if (name == "const_make_global" || name == "black_box")
    return copyValue(args[0], dest);
  if (name == "caller_location") {
    Mem out = dest;
    return callerLocation(out);
  }
  if (name == "assume") {
    u128 v = 0;
    TRY(readBits(args[0], v));
    return v ? true : fail("`assume` called with `false`");
  }
  if (name == "is_val_statically_known" || name == "ub_checks" || name == "contract_checks")
    return writeBits(dest, 0);
  if (name == "overflow_checks")
    return writeBits(dest, 1);
  if (name == "cold_path" || name == "forget")
    return true;
  if (name == "unreachable")
    return fail("entering unreachable code");
  if (name == "abort")
    return fail("the evaluated program aborted execution");
  handled = false;
  return true;
}

} // namespace ferric::ctfe
