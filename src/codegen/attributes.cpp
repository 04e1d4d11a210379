// Attributes of functions, parameters and calls: from FnAbi, #[inline] and friends, and the command line
// (rustc_codegen_llvm::{abi, attributes}).
#include "codegen/context.h"
#include "mono/mono.h"
#include "target/features.h"
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

// In LLVM's names.
static std::string targetFeatures(const CodegenCx &cx, const ty::CodegenAttrs *attrs) {
  std::string s = cx.target.features;
  auto add = [&](llvm::StringRef f) {
    if (f.empty())
      return;
    if (!s.empty())
      s += ',';
    s += f;
  };
  add(cx.commandLineFeatures);
  if (attrs)
    for (Symbol f : attrs->targetFeatures)
      for (llvm::StringRef name : target::llvmFeatures(cx.target.arch, cx.tcx.sess.str(f)))
        add(("+" + name).str());
  return s;
}

// What the target wants, unless the command line wants more.
static FramePointers framePointers(const Options &o, const layout::TargetSpec &target) {
  FramePointers ofTarget = target.framePointer == layout::FramePointer::Always    ? FramePointers::Always
                           : target.framePointer == layout::FramePointer::NonLeaf ? FramePointers::NonLeaf
                                                                                  : FramePointers::MayOmit;
  if (o.code.instrumentMcount) // which looks for its caller's frame
    return FramePointers::Always;
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

// -Zbranch-protection; the flags of the module are for what LLVM makes (module_flags.cpp).
static void addBranchProtection(llvm::Function &f, llvm::StringRef protection) {
  llvm::SmallVector<llvm::StringRef, 6> words;
  protection.split(words, ',', -1, /*KeepEmpty=*/false);
  auto has = [&](llvm::StringRef word) { return llvm::is_contained(words, word); };
  if (has("bti"))
    f.addFnAttr("branch-target-enforcement");
  if (has("gcs"))
    f.addFnAttr("guarded-control-stack");
  if (has("pc"))
    f.addFnAttr("branch-protection-pauth-lr");
  if (has("pac-ret")) {
    f.addFnAttr("sign-return-address", has("leaf") ? "all" : "non-leaf");
    f.addFnAttr("sign-return-address-key", has("b-key") ? "b_key" : "a_key");
  }
}

static void addInstrumentation(llvm::Function &f, const CodeOptions &o, llvm::StringRef arch) {
  if (o.instrumentMcount)
    f.addFnAttr("instrument-function-entry-inlined", arch == "x86_64" ? "mcount" : "\1_mcount");
  if (!o.branchProtection.empty())
    addBranchProtection(f, o.branchProtection);
}

void CodegenCx::addTargetAttrs(llvm::Function &f, const ty::CodegenAttrs *attrs) {
  const Options &o = tcx.sess.options;
  f.addFnAttr("target-cpu", o.targetCpu.empty() ? target.cpu : o.targetCpu);
  std::string features = targetFeatures(*this, attrs);
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
    f.addFnAttr(Attribute::getWithUWTableKind(llcx, o.code.useSyncUnwind ? llvm::UWTableKind::Sync : llvm::UWTableKind::Async));
  addStackProtector(f, o.stackProtector);
  addInstrumentation(f, o.code, target.arch);
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

// What #[sanitize(NAME = "off")] on the definition or around it says (Reference of the attribute: the unstable book, "sanitize").
static bool wantsSanitizer(Ctx &tcx, DefId def, llvm::StringRef name) {
  for (; def.valid(); def = tcx.parent(def))
    for (ast::AttrId id : tcx.crates.attrs(def)) {
      const ast::Ast &ast = tcx.crates.ast(def);
      const ast::Attr &attr = ast.attrs[id];
      if (attr.isDoc || !attr.name.valid() || tcx.sess.str(attr.name) != "sanitize")
        continue;
      llvm::ArrayRef<lex::Token> t = lex::tokens(ast.tokens, attr.args);
      for (size_t i = 0; i + 2 < t.size(); ++i)
        if (t[i].is(lex::TokenKind::Ident) && tcx.sess.str(t[i].sym) == name && t[i + 2].is(lex::TokenKind::Literal))
          return tcx.sess.str(t[i + 2].sym) != "off";
    }
  return true;
}

static void addSanitizers(Ctx &tcx, llvm::Function &f, DefId def) {
  for (const std::string &sanitizer : tcx.sess.options.code.sanitizers) {
    bool isAddress = sanitizer == "kernel-address";
    if (wantsSanitizer(tcx, def, isAddress ? "kernel_address" : "shadow_call_stack"))
      f.addFnAttr(isAddress ? Attribute::SanitizeAddress : Attribute::ShadowCallStack);
  }
}

void CodegenCx::addFnAttrs(llvm::Function &f, const Instance &i, const FnAbi &abi) {
  const ty::CodegenAttrs *attrs = i.def.valid() ? tcx.codegenAttrs(i.def) : nullptr;
  addTargetAttrs(f, attrs);
  addSanitizers(tcx, f, i.def);
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
