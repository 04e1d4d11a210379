// Attributes of functions, parameters and calls: from FnAbi, #[inline] and friends, and the command line
// (rustc_codegen_llvm::{abi, attributes}).
#include "codegen/context.h"
#include "mono/mono.h"
#include "llvm/IR/CallingConv.h"
#include "llvm/IR/ConstantRange.h"

namespace ferric::codegen {

using layout::ArgAttrs; using layout::ArgExt; using llvm::Attribute; using llvm::AttrBuilder;

void CodegenCx::addArgAttrs(AttrBuilder &b, const ArgAttrs &a) {
  if (a.has(layout::kInReg))
    b.addAttribute(Attribute::InReg);
  if (a.pointeeAlign)
    b.addAlignmentAttr(llvm::Align(a.pointeeAlign));
  if (a.ext == ArgExt::Zero)
    b.addAttribute(Attribute::ZExt);
  if (a.ext == ArgExt::Sign)
    b.addAttribute(Attribute::SExt);
  if (!optimizing())
    return;
  if (a.pointeeSize) {
    if (a.has(layout::kNonNull))
      b.addDereferenceableAttr(a.pointeeSize);
    else
      b.addDereferenceableOrNullAttr(a.pointeeSize);
  } else if (a.has(layout::kNonNull)) {
    b.addAttribute(Attribute::NonNull);
  }
  if (a.has(layout::kNoAlias))
    b.addAttribute(Attribute::NoAlias);
  if (a.has(layout::kReadOnly))
    b.addAttribute(Attribute::ReadOnly);
  if (a.has(layout::kNoUndef))
    b.addAttribute(Attribute::NoUndef);
  if (a.has(layout::kCapturesAddress))
    b.addCapturesAttr(llvm::CaptureInfo(llvm::CaptureComponents::Address));
  else if (a.has(layout::kCapturesReadOnly))
    b.addCapturesAttr(llvm::CaptureInfo(llvm::CaptureComponents::Address | llvm::CaptureComponents::ReadProvenance));
}

static void addRange(AttrBuilder &b, const Scalar &s) {
  if (s.isUnion || !s.prim.isInt() || s.isBool() || s.range.isFullFor(s.size()))
    return;
  unsigned bits = unsigned(s.size() * 8);
  auto ap = [&](layout::u128 v) { return llvm::APInt(bits, {uint64_t(v), uint64_t(v >> 64)}); };
  b.addRangeAttr(llvm::ConstantRange(ap(s.range.start), ap(s.range.end) + 1));
}

// f(place, builder): for the result AttributeList::ReturnIndex, for parameters FirstArgIndex + n.
template <class F> void CodegenCx::forEachAbiAttr(const FnAbi &abi, F f) {
  unsigned index = llvm::AttributeList::FirstArgIndex;
  auto builder = [&](const ArgAttrs &a, const Scalar *s) {
    AttrBuilder b(llcx);
    addArgAttrs(b, a);
    if (s && optimizing())
      addRange(b, *s);
    return b;
  };
  const ArgAbi &r = abi.ret;
  if (r.mode == PassMode::Direct)
    f(llvm::AttributeList::ReturnIndex, builder(r.attrs, r.layout->isScalar() ? &r.layout->a : nullptr));
  if (r.mode == PassMode::Cast)
    f(llvm::AttributeList::ReturnIndex, builder(r.attrs, nullptr));
  if (r.mode == PassMode::Indirect) {
    AttrBuilder b = builder(r.attrs, nullptr);
    b.addStructRetAttr(bytesTy(r.layout->size));
    if (optimizing()) {
      b.addAttribute(Attribute::Writable);
      b.addAttribute(Attribute::DeadOnUnwind);
    }
    f(index++, b);
  }
  for (size_t i = 0; i < abi.args.size(); ++i) {
    const ArgAbi &a = abi.args[i];
    switch (a.mode) {
    case PassMode::Ignore: break;
    case PassMode::Direct: f(index++, builder(a.attrs, a.layout->isScalar() ? &a.layout->a : nullptr)); break;
    case PassMode::Pair:
      f(index++, builder(a.attrs, &a.layout->a));
      f(index++, builder(a.attrs2, &a.layout->b));
      break;
    case PassMode::Cast: f(index++, builder(a.attrs, nullptr)); break;
    case PassMode::Indirect: {
      AttrBuilder b = builder(a.attrs, nullptr);
      if (a.onStack)
        b.addByValAttr(bytesTy(a.layout->size));
      f(index++, b);
      if (a.hasMeta)
        f(index++, builder(a.attrs2, nullptr));
      break;
    }
    }
  }
}

static llvm::CallingConv::ID callingConv(layout::CallConv c) {
  switch (c) {
  case layout::CallConv::C:
  case layout::CallConv::Rust:
  case layout::CallConv::Custom: return llvm::CallingConv::C;
  case layout::CallConv::RustCold: return llvm::CallingConv::PreserveMost;
  case layout::CallConv::X86Interrupt: return llvm::CallingConv::X86_INTR;
  case layout::CallConv::SysV64: return llvm::CallingConv::X86_64_SysV;
  case layout::CallConv::Win64: return llvm::CallingConv::Win64;
  }
  UNREACHABLE("calling convention");
}

void CodegenCx::addAbiAttrs(llvm::Function &f, const FnAbi &abi) {
  if (abi.ret.layout->uninhabited)
    f.addFnAttr(Attribute::NoReturn);
  if (!abi.canUnwind)
    f.addFnAttr(Attribute::NoUnwind);
  f.setCallingConv(callingConv(abi.conv));
  unsigned params = f.arg_size();
  forEachAbiAttr(abi, [&](unsigned index, const AttrBuilder &b) {
    if (index == llvm::AttributeList::ReturnIndex)
      f.addRetAttrs(b);
    else if (index - llvm::AttributeList::FirstArgIndex < params)
      f.addParamAttrs(index - llvm::AttributeList::FirstArgIndex, b);
  });
}

void CodegenCx::addCallAttrs(llvm::CallBase &c, const FnAbi &abi) {
  if (abi.ret.layout->uninhabited)
    c.addFnAttr(Attribute::NoReturn);
  if (!abi.canUnwind)
    c.addFnAttr(Attribute::NoUnwind);
  c.setCallingConv(callingConv(abi.conv));
  forEachAbiAttr(abi, [&](unsigned index, const AttrBuilder &b) {
    if (index == llvm::AttributeList::ReturnIndex)
      c.addRetAttrs(b);
    else
      c.addParamAttrs(index - llvm::AttributeList::FirstArgIndex, b);
  });
}

// Rust's names for x86 features that LLVM calls otherwise (rustc_codegen_llvm::llvm_util::to_llvm_features).
static llvm::StringRef llvmFeature(llvm::StringRef name) {
  return llvm::StringSwitch<llvm::StringRef>(name).Case("sse4.2", "sse4.2,+crc32").Case("pclmulqdq", "pclmul").Case("rdrand", "rdrnd")
      .Case("bmi1", "bmi").Case("cmpxchg16b", "cx16").Case("lahfsahf", "sahf").Case("apxf", "egpr,+push2pop2,+ppx,+ndd,+ccmp,+cf,+nf,+zu")
      .Default(name);
}

static std::string targetFeatures(const layout::TargetSpec &target, const Options &options, const Session &sess, const ty::CodegenAttrs *attrs) {
  std::string s = target.features;
  auto add = [&](llvm::StringRef f) {
    if (f.empty())
      return;
    if (!s.empty())
      s += ',';
    s += f;
  };
  add(options.targetFeatures);
  if (attrs)
    for (Symbol f : attrs->targetFeatures)
      add(("+" + llvmFeature(sess.str(f))).str());
  return s;
}

// What the target wants, unless the command line wants more.
static FramePointers framePointers(const Options &o, const layout::TargetSpec &target) {
  FramePointers ofTarget = target.framePointer == layout::FramePointer::Always    ? FramePointers::Always
                           : target.framePointer == layout::FramePointer::NonLeaf ? FramePointers::NonLeaf
                                                                                  : FramePointers::MayOmit;
  return std::max(ofTarget, o.framePointers);
}

static void addStackProtector(llvm::Function &f, StackProtector strategy) {
  switch (strategy) {
  case StackProtector::None: break;
  case StackProtector::Basic: f.addFnAttr(Attribute::StackProtect); break;
  case StackProtector::Strong: f.addFnAttr(Attribute::StackProtectStrong); break;
  case StackProtector::All: f.addFnAttr(Attribute::StackProtectReq); break;
  }
}

void CodegenCx::addTargetAttrs(llvm::Function &f, const ty::CodegenAttrs *attrs) {
  const Options &o = tcx.sess.options;
  f.addFnAttr("target-cpu", o.targetCpu.empty() ? target.cpu : o.targetCpu);
  std::string features = targetFeatures(target, o, tcx.sess, attrs);
  if (!features.empty())
    f.addFnAttr("target-features", features);
  if (o.noRedzone.value_or(target.disableRedzone))
    f.addFnAttr(Attribute::NoRedZone);
  if (framePointers(o, target) == FramePointers::Always)
    f.addFnAttr("frame-pointer", "all");
  else if (framePointers(o, target) == FramePointers::NonLeaf)
    f.addFnAttr("frame-pointer", "non-leaf");
  if (target.stackProbes == "inline")
    f.addFnAttr("probe-stack", "inline-asm");
  if (!o.jumpTables.value_or(true))
    f.addFnAttr("no-jump-tables", "true");
  bool unwinds = (o.panicGiven ? o.panic == PanicStrategy::Unwind : !target.panicAbort);
  if (o.unwindTables.value_or(unwinds || target.defaultUnwindTables))
    f.addFnAttr(Attribute::getWithUWTableKind(llcx, llvm::UWTableKind::Async));
  addStackProtector(f, o.stackProtector);
  if (o.functionAlignment)
    f.setAlignment(llvm::Align(o.functionAlignment));
  if (!o.tuneCpu.empty())
    f.addFnAttr("tune-cpu", o.tuneCpu);
  if (o.functionReturnThunk)
    f.addFnAttr(Attribute::FnRetThunkExtern);
  if (o.patchableTotal > o.patchablePrefix)
    f.addFnAttr("patchable-function-entry", llvm::utostr(o.patchableTotal - o.patchablePrefix));
  if (o.patchablePrefix)
    f.addFnAttr("patchable-function-prefix", llvm::utostr(o.patchablePrefix));
  if (!o.plt.value_or(target.pltByDefault))
    f.addFnAttr(Attribute::NonLazyBind);
  if (o.opt == OptLevel::Os || o.opt == OptLevel::Oz || (attrs && attrs->optimizeSize))
    f.addFnAttr(Attribute::OptimizeForSize);
  if (o.opt == OptLevel::Oz)
    f.addFnAttr(Attribute::MinSize);
}

// Lets LLVM see through allocations: what the functions of #[global_allocator] do (LangRef, "allockind").
void CodegenCx::addAllocatorAttrs(llvm::Function &f, const ty::CodegenAttrs &attrs) {
  using Kind = llvm::AllocFnKind;
  if (attrs.allocator == ty::AllocatorAttr::None)
    return;
  auto add = [&](Kind kind) {
    f.addFnAttr(Attribute::get(llcx, Attribute::AllocKind, uint64_t(kind)));
    f.addFnAttr("alloc-family", mono::mangleInternal(tcx, "__rust_alloc"));
  };
  auto returnsMemory = [&](unsigned align, unsigned size) {
    f.addRetAttr(Attribute::NoAlias);
    f.addFnAttr(Attribute::getWithAllocSizeArgs(llcx, size, std::nullopt));
    f.addParamAttr(align, Attribute::AllocAlign);
  };
  switch (attrs.allocator) {
  case ty::AllocatorAttr::None: break;
  case ty::AllocatorAttr::Alloc:
    add(Kind::Alloc | Kind::Uninitialized | Kind::Aligned);
    if (attrs.zeroedVariant.valid())
      f.addFnAttr("alloc-variant-zeroed", mono::mangleInternal(tcx, tcx.sess.str(attrs.zeroedVariant)));
    returnsMemory(1, 0);
    break;
  case ty::AllocatorAttr::AllocZeroed:
    add(Kind::Alloc | Kind::Zeroed | Kind::Aligned);
    returnsMemory(1, 0);
    break;
  case ty::AllocatorAttr::Realloc:
    add(Kind::Realloc | Kind::Aligned);
    f.addParamAttr(0, Attribute::AllocatedPointer);
    returnsMemory(2, 3);
    break;
  case ty::AllocatorAttr::Dealloc:
    add(Kind::Free);
    f.addParamAttr(0, Attribute::AllocatedPointer);
    break;
  }
}

void CodegenCx::addFnAttrs(llvm::Function &f, const Instance &i, const FnAbi &abi) {
  const ty::CodegenAttrs *attrs = i.def.valid() ? tcx.codegenAttrs(i.def) : nullptr;
  addTargetAttrs(f, attrs);
  bool shim = i.kind != InstanceKind::Item;
  ty::InlineAttr inlining = attrs && !shim ? attrs->inlining : ty::InlineAttr::None;
  if (shim && i.kind != InstanceKind::DropGlue)
    inlining = ty::InlineAttr::Hint;
  if (attrs && attrs->optimizeNone) {
    f.addFnAttr(Attribute::OptimizeNone);
    inlining = ty::InlineAttr::Never;
  }
  switch (inlining) {
  case ty::InlineAttr::None: break;
  case ty::InlineAttr::Hint: f.addFnAttr(Attribute::InlineHint); break;
  case ty::InlineAttr::Always:
  case ty::InlineAttr::Force: f.addFnAttr(Attribute::AlwaysInline); break;
  case ty::InlineAttr::Never: f.addFnAttr(Attribute::NoInline); break;
  }
  if (!attrs)
    return;
  if (!shim)
    addAllocatorAttrs(f, *attrs);
  if (attrs->cold)
    f.addFnAttr(Attribute::Cold);
  if (attrs->linkSection.valid() && !shim && !attrs->naked)
    f.setSection(tcx.sess.str(attrs->linkSection));
}

} // namespace ferric::codegen
