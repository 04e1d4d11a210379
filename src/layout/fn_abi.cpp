// The Rust ABI and the frame of every ABI: arguments are immediates, pairs of immediates, small aggregates cast to an integer, or
// pointers; attributes say what Rust's types promise LLVM (rustc_ty_utils::abi). The foreign part is in sysv64.cpp.
#include "layout/fn_abi.h"
#include "traits/solve.h"
#include "traits/type_info.h"
#include "ty/codegen_attrs.h"
#include "ty/fold.h"

namespace ferric::layout {

using ty::Abi; using ty::InstanceKind; using ty::TyKind;

// ---- signatures ----

static FnSig closureSignature(Ctx &tcx, Ty closure) {
  traits::ClosureParts parts = traits::closureParts(closure.args());
  FnSig sig = ty::eraseLateBound(tcx, parts.sig.fnPtrSig());
  Ty env = closure;
  int kind = traits::closureKindOf(parts.kind);
  if (kind != 2)
    env = tcx.mkRef(tcx.common.erased, closure, kind == 1 ? ty::Mutability::Mut : ty::Mutability::Not);
  llvm::SmallVector<Ty, 4> tys{env};
  tys.append(sig.inputsAndOutput.begin(), sig.inputsAndOutput.end());
  sig.inputsAndOutput = tcx.mkTyList(tys);
  sig.header.abi = Abi::RustCall;
  return sig;
}

FnSig signatureOf(Ctx &tcx, const Instance &i) {
  if (i.kind == InstanceKind::ThreadLocalShim) {
    Ty t = traits::normalizeErasingRegions(tcx, {}, tcx.typeOf(i.def));
    return tcx.mkSig({}, tcx.mkPtr(t, ty::Mutability::Mut));
  }
  if (i.kind == InstanceKind::Item && tcx.defKind(i.def) == DefKind::Closure)
    return traits::normalizeErasingRegions(tcx, {}, closureSignature(tcx, tcx.mkClosure(i.def, i.args)));
  FnSig sig = ty::eraseLateBound(tcx, ty::instantiate(tcx, tcx.fnSig(i.def), i.args));
  if (i.kind == InstanceKind::VTableShim) { // `self` by value comes as a pointer
    llvm::SmallVector<Ty, 4> tys(sig.inputsAndOutput.begin(), sig.inputsAndOutput.end());
    tys[0] = tcx.mkPtr(tys[0], ty::Mutability::Mut);
    sig.inputsAndOutput = tcx.mkTyList(tys);
  }
  return traits::normalizeErasingRegions(tcx, {}, sig);
}

bool requiresCallerLocation(Ctx &tcx, const Instance &i) {
  switch (i.kind) {
  case InstanceKind::Item:
  case InstanceKind::Virtual: {
    const ty::CodegenAttrs *attrs = tcx.codegenAttrs(i.def);
    return attrs && attrs->trackCaller;
  }
  case InstanceKind::ClosureOnceShim: return i.index != 0;
  default: return false;
  }
}

Ty callerLocationTy(Ctx &tcx) {
  DefId location = tcx.langItem(tcx.sess.symbols.intern("panic_location"));
  CHECK(location.valid(), "no lang item panic_location");
  Ty t = tcx.mkAdt(tcx.adtDef(location), tcx.mkArgs({ty::GenericArg(tcx.common.erased)}));
  return tcx.mkRef(tcx.common.erased, t, ty::Mutability::Not);
}

// ---- attributes ----

namespace {
enum class PointerKind : uint8_t { None, SharedFrozen, Shared, MutUnpin, Mut, UniqueBox, Box };
struct Pointee { bool known = false; PointerKind kind{}; uint64_t size = 0, align = 1; };
} // namespace

static Pointee pointeeOfRef(Ctx &tcx, Ty t) {
  bool optimize = tcx.sess.options.opt != OptLevel::O0;
  const Layout *l = layoutOf(tcx, t.inner());
  if (!l->ok())
    return {};
  bool isMut = t.mut() == ty::Mutability::Mut;
  bool strict = optimize && (isMut ? traits::typeIsUnpin(tcx, {}, t.inner()) : traits::typeIsFreeze(tcx, {}, t.inner()));
  PointerKind kind = isMut ? (strict ? PointerKind::MutUnpin : PointerKind::Mut) : strict ? PointerKind::SharedFrozen : PointerKind::Shared;
  return {true, kind, strict ? l->size : 0, l->align};
}

// A box of the global allocator whose contents may be moved.
static bool isUniqueBox(Ctx &tcx, Ty t) {
  Ty allocator = t.args()[1].ty();
  return tcx.sess.options.opt != OptLevel::O0 && allocator.kind() == TyKind::Adt &&
         allocator.adt()->def == tcx.langItem(tcx.sess.symbols.intern("global_alloc_ty")) && traits::typeIsUnpin(tcx, {}, t.args()[0].ty());
}

// What is known of the pointer at `offset` of a value (rustc pointee_info_at).
static Pointee pointeeAt(Ctx &tcx, TyLayout l, uint64_t offset) {
  switch (l.ty.kind()) {
  case TyKind::RawPtr:
  case TyKind::FnPtr:
    if (offset == 0)
      return {true, PointerKind::None, 0, 1};
    break;
  case TyKind::Ref:
    if (offset == 0)
      return pointeeOfRef(tcx, l.ty);
    break;
  case TyKind::Adt:
    if (offset == 0 && l.ty.isBox()) {
      const Layout *inner = layoutOf(tcx, l.ty.args()[0].ty());
      return inner->ok() ? Pointee{true, isUniqueBox(tcx, l.ty) ? PointerKind::UniqueBox : PointerKind::Box, 0, inner->align} : Pointee{};
    }
    if (l.ty.adt()->isMaybeDangling) {
      Pointee p = pointeeAt(tcx, fieldOf(tcx, l, 0), offset);
      p.kind = PointerKind::None;
      p.size = 0;
      return p;
    }
    break;
  default: break;
  }
  TyLayout data = l;
  if (l->variants == VariantsKind::Multiple) { // a pointer or null
    if (l->encoding != TagEncoding::Niche || l->variantLayouts.size() != 2 || l->offsets[0] != offset || l->nicheStart != 0)
      return {};
    data = forVariant(tcx, l, l->untagged);
  }
  if (data->fields == FieldsKind::Union || data->fields == FieldsKind::Primitive)
    return {};
  for (size_t i = 0, n = data->fieldCount(); i < n; ++i) {
    uint64_t start = data->offset(i);
    if (start > offset)
      continue;
    if (data->fields == FieldsKind::Array)
      return {};
    TyLayout f = fieldOf(tcx, data, i);
    if (!f->ok() || offset + 8 > start + f->size)
      continue;
    Pointee p = pointeeAt(tcx, f, offset - start);
    if (p.known)
      return p;
  }
  return {};
}

uint64_t pointeeAlign(Ctx &tcx, TyLayout l, uint64_t offset) {
  Pointee p = pointeeAt(tcx, l, offset);
  return p.known ? p.align : 1;
}

static ArgAttrs scalarAttrs(Ctx &tcx, const Scalar &s, TyLayout l, uint64_t offset, bool isReturn, Ty dropTarget) {
  ArgAttrs a;
  if (s.isBool()) {
    a.ext = ArgExt::Zero;
    a.flags = kNoUndef;
    return a;
  }
  if (!s.isUnion)
    a.flags |= kNoUndef;
  if (s.isUnion || !s.prim.isPtr())
    return a;
  if (!s.range.contains(0) || dropTarget)
    a.flags |= kNonNull;
  Pointee p = dropTarget ? pointeeOfRef(tcx, tcx.mkRef(tcx.common.erased, dropTarget, ty::Mutability::Mut)) : pointeeAt(tcx, l, offset);
  if (!p.known)
    return a;
  if (p.align > 1)
    a.pointeeAlign = p.align;
  if (isReturn)
    return a;
  a.pointeeSize = p.size;
  if (p.kind == PointerKind::SharedFrozen)
    a.flags |= kNoAlias | kReadOnly | kCapturesReadOnly;
  else if ((p.kind == PointerKind::MutUnpin && tcx.sess.options.code.mutableNoalias) ||
           (p.kind == PointerKind::UniqueBox && tcx.sess.options.code.boxNoalias))
    a.flags |= kNoAlias;
  return a;
}

static void makeIndirect(ArgAbi &a) {
  a.mode = PassMode::Indirect;
  a.attrs = ArgAttrs();
  a.attrs.flags = kNoAlias | kCapturesAddress | kNonNull | kNoUndef;
  a.attrs.pointeeSize = a.layout->size;
  a.attrs.pointeeAlign = a.layout->align;
  a.attrs2 = ArgAttrs();
  a.hasMeta = !a.layout->sized;
}

static bool isNoUndef(Ctx &tcx, TyLayout l) {
  switch (l->repr) {
  case ReprKind::Scalar: return !l->a.isUnion;
  case ReprKind::ScalarPair: return !l->a.isUnion && !l->b.isUnion && l->a.size() + l->b.size() == l->size;
  case ReprKind::Vector: return false;
  case ReprKind::Memory: break;
  }
  if (l->fields == FieldsKind::Array)
    return l->count == 0 || isNoUndef(tcx, fieldOf(tcx, l, 0));
  if (l->fields != FieldsKind::Arbitrary || l->variants != VariantsKind::Single)
    return false;
  uint64_t covered = 0;
  for (uint32_t i : l->order) {
    TyLayout f = fieldOf(tcx, l, i);
    if (!f->ok())
      return false;
    if (f->isZst())
      continue;
    if (l->offsets[i] != covered || !isNoUndef(tcx, f))
      return false;
    covered += f->size;
  }
  return covered == l->size;
}

static ArgAbi newArg(Ctx &tcx, TyLayout l, bool isReturn, Ty dropTarget) {
  ArgAbi a;
  a.layout = l;
  if (!l->ok() || l->isZst())
    return a;
  switch (l->repr) {
  case ReprKind::Scalar:
    a.mode = PassMode::Direct;
    a.attrs = scalarAttrs(tcx, l->a, l, 0, isReturn, dropTarget);
    break;
  case ReprKind::ScalarPair:
    a.mode = PassMode::Pair;
    a.attrs = scalarAttrs(tcx, l->a, l, 0, isReturn, dropTarget);
    a.attrs2 = scalarAttrs(tcx, l->b, l, l->pairOffset(), isReturn, Ty());
    break;
  case ReprKind::Vector: a.mode = PassMode::Direct; break;
  case ReprKind::Memory: makeIndirect(a); break;
  }
  return a;
}

static void adjustForRust(Ctx &tcx, ArgAbi &a, bool isReturn) {
  if (a.isIgnore())
    return;
  const Layout &l = *a.layout.layout;
  if ((isReturn && l.size > 16 && !l.isVector()) || l.isVector()) {
    makeIndirect(a);
    return;
  }
  if (!l.isMemory() || !l.sized || l.size > 8)
    return;
  bool noUndef = isNoUndef(tcx, a.layout);
  a.mode = PassMode::Cast;
  a.regCount = 1;
  a.regs[0] = {RegKind::Integer, l.size};
  a.attrs = ArgAttrs();
  a.attrs.flags = noUndef ? kNoUndef : 0;
}

// ---- whole functions ----

// The receiver of a call through a vtable: its data pointer, typed as the pointer to dyn inside (rustc make_thin_self_ptr).
static TyLayout thinSelf(Ctx &tcx, TyLayout l) {
  Ty wide = l.ty;
  if (!l->sized)
    wide = tcx.mkPtr(l.ty, ty::Mutability::Mut);
  while (!wide.is(TyKind::RawPtr) && !wide.is(TyKind::Ref)) {
    TyLayout cur = tyLayout(tcx, wide);
    Ty next;
    for (size_t i = 0; i < cur->fieldCount(); ++i) {
      TyLayout f = fieldOf(tcx, cur, i);
      if (!f->is1Zst())
        next = f.ty;
    }
    CHECK(next, "receiver without a pointer");
    wide = next;
  }
  return {wide, layoutOf(tcx, tcx.mkPtr(tcx.common.unit, ty::Mutability::Mut)), -1};
}

static bool canUnwind(Ctx &tcx, const FnSig &sig, const Instance *instance) {
  bool unwinds = tcx.sess.options.panic == PanicStrategy::Unwind;
  if (instance && instance->kind != InstanceKind::Virtual && instance->def.valid()) {
    const ty::CodegenAttrs *attrs = tcx.codegenAttrs(instance->def);
    bool foreign = tcx.defKind(tcx.parent(instance->def)) == DefKind::ForeignMod;
    if ((attrs && attrs->nounwind) || (!unwinds && !foreign))
      return false;
  }
  switch (sig.header.abi) {
  case Abi::Rust: case Abi::RustCall: case Abi::RustCold: case Abi::RustIntrinsic: return unwinds;
  default: return sig.header.abiUnwind;
  }
}

static bool isRustic(Abi a) { return a == Abi::Rust || a == Abi::RustCall || a == Abi::RustCold || a == Abi::RustIntrinsic; }

static CallConv convOf(Abi a) {
  switch (a) {
  case Abi::RustCold: return CallConv::RustCold;
  case Abi::Rust: case Abi::RustCall: case Abi::RustIntrinsic: return CallConv::Rust;
  case Abi::X86Interrupt: return CallConv::X86Interrupt;
  case Abi::Sysv64: return CallConv::SysV64;
  case Abi::Win64: case Abi::EfiApi: return CallConv::Win64;
  case Abi::Custom: return CallConv::Custom;
  default: return CallConv::C;
  }
}

static void adjustForArch(Ctx &tcx, FnAbi &abi) {
  const std::string &arch = tcx.target->arch;
  if (arch == "aarch64")
    adjustForAapcs64(tcx, abi);
  else if (arch == "riscv64")
    adjustForLp64d(tcx, abi);
  else
    adjustForSysV64(tcx, abi);
}

static const FnAbi *compute(Ctx &tcx, const FnSig &sig, llvm::ArrayRef<Ty> extra, const Instance *instance) {
  FnAbi *abi = new FnAbi(); // lives as long as the session, like everything queries return
  bool isVirtual = instance && instance->kind == InstanceKind::Virtual;
  bool isDropGlue = instance && instance->kind == InstanceKind::DropGlue;
  llvm::SmallVector<Ty, 8> inputs(sig.inputs().begin(), sig.inputs().end());
  if (sig.header.abi == Abi::RustCall && !inputs.empty() && inputs.back().is(TyKind::Tuple)) {
    Ty tuple = inputs.pop_back_val();
    abi->fixedCount = uint32_t(inputs.size());
    inputs.append(tuple.tuple().begin(), tuple.tuple().end());
  } else {
    abi->fixedCount = uint32_t(inputs.size());
  }
  inputs.append(extra.begin(), extra.end());
  if (instance && requiresCallerLocation(tcx, *instance))
    inputs.push_back(callerLocationTy(tcx));
  auto checked = [&](Ty t) {
    TyLayout l = tyLayout(tcx, t);
    if (!l->ok())
      reportLayoutError(tcx, t, l.layout, instance && instance->def.valid() ? tcx.def(instance->def).span : Span());
    return l;
  };
  abi->ret = newArg(tcx, checked(sig.output()), true, Ty());
  for (size_t i = 0; i < inputs.size(); ++i) {
    TyLayout l = checked(inputs[i]);
    if (isVirtual && i == 0)
      l = thinSelf(tcx, l);
    abi->args.push_back(newArg(tcx, l, false, isDropGlue && i == 0 ? inputs[0].inner() : Ty()));
  }
  abi->cVariadic = sig.header.cVariadic;
  abi->conv = convOf(sig.header.abi);
  abi->canUnwind = canUnwind(tcx, sig, instance);
  if (isRustic(sig.header.abi)) {
    for (ArgAbi &a : abi->args)
      adjustForRust(tcx, a, false);
    adjustForRust(tcx, abi->ret, true);
  } else if (sig.header.abi != Abi::Unadjusted) {
    adjustForArch(tcx, *abi);
  }
  return abi;
}

static const FnAbi *provideOfInstance(Ctx &tcx, const Instance &i) { return compute(tcx, signatureOf(tcx, i), {}, &i); }
static const FnAbi *provideOfFnPtr(Ctx &tcx, const Ty &t) {
  FnSig sig = traits::normalizeErasingRegions(tcx, {}, ty::eraseLateBound(tcx, t.fnPtrSig()));
  return compute(tcx, sig, {}, nullptr);
}
const FnAbi *fnAbiVariadic(Ctx &tcx, const FnSig &sig, llvm::ArrayRef<Ty> extra, const Instance *instance) {
  return compute(tcx, sig, extra, instance);
}

void registerFnAbiProviders(Ctx &tcx) {
  tcx.queries.fnAbiOfInstance.provider = provideOfInstance;
  tcx.queries.fnAbiOfFnPtr.provider = provideOfFnPtr;
}

} // namespace ferric::layout
