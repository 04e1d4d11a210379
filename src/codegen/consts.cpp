// Constant memory as LLVM globals: an allocation becomes a packed struct of byte runs and pointers (rustc_codegen_llvm::consts).
// A global's type follows from where its relocations are, so it can be made before its contents, and cycles are no problem.
#include "codegen/context.h"
#include "traits/vtable.h"
#include "ty/fold.h"
#include "llvm/IR/Constants.h"

namespace ferric::codegen {

using mir::AllocId; using mir::Allocation; using mir::GlobalAlloc; using mir::GlobalAllocKind;

llvm::ConstantInt *CodegenCx::intConst(llvm::Type *t, layout::u128 v) {
  unsigned bits = t->getIntegerBitWidth();
  uint64_t words[2] = {uint64_t(v), uint64_t(v >> 64)};
  llvm::APInt full(128, words);
  return llvm::ConstantInt::get(llcx, full.trunc(bits));
}

llvm::Constant *CodegenCx::offsetPtr(llvm::Constant *p, uint64_t offset) {
  return offset ? llvm::ConstantExpr::getGetElementPtr(i8, p, llvm::ArrayRef<llvm::Constant *>(usize(offset))) : p;
}

// ---- addresses ----

llvm::Constant *CodegenCx::allocPtr(AllocId id, uint64_t offset) {
  const GlobalAlloc &g = (*tcx.allocs)[id];
  switch (g.kind) {
  case GlobalAllocKind::Memory: {
    const Allocation &a = *g.memory;
    if (a.bytes.empty()) // any aligned address does
      return llvm::ConstantExpr::getIntToPtr(usize(std::max<uint64_t>(a.align, 1) + offset), ptrTy);
    return offsetPtr(constGlobal(id), offset);
  }
  case GlobalAllocKind::Function: return offsetPtr(fn(g.instance), offset);
  case GlobalAllocKind::VTable: return offsetPtr(vtable(g.ty, g.preds), offset);
  case GlobalAllocKind::Static: return offsetPtr(staticVar(g.def), offset);
  case GlobalAllocKind::TypeId: return llvm::ConstantExpr::getIntToPtr(usize(offset), ptrTy); // the hash is in the addend
  case GlobalAllocKind::Dead: break;
  }
  return llvm::ConstantExpr::getIntToPtr(usize(offset), ptrTy); // dangling: an address is all there is
}

llvm::Constant *CodegenCx::scalarConst(const mir::Scalar &v, const Scalar &s, llvm::Type *immediate) {
  if (v.kind == mir::ScalarKind::Ptr) {
    llvm::Constant *p = allocPtr(v.alloc, v.offset);
    return immediate->isPointerTy() ? p : llvm::ConstantExpr::getPtrToInt(p, immediate);
  }
  layout::u128 bits = layout::bitsOf(v.bits);
  if (immediate->isPointerTy())
    return bits == 0 ? llvm::cast<llvm::Constant>(llvm::ConstantPointerNull::get(llvm::cast<llvm::PointerType>(immediate)))
                     : llvm::ConstantExpr::getIntToPtr(usize(uint64_t(bits)), immediate);
  if (s.prim.isFloat())
    return llvm::ConstantFP::get(llcx, llvm::APFloat(immediate->getFltSemantics(), llvm::APInt(s.prim.size * 8, {uint64_t(bits), uint64_t(bits >> 64)})));
  return intConst(immediate, bits);
}

// ---- contents ----

// Bytes that are not initialised are `undef` as long as that takes few pieces (rustc_codegen_llvm::consts,
// append_chunks_of_init_and_uninit_bytes).
CodegenCx::ConstInit CodegenCx::initShape(const Allocation &a) {
  constexpr size_t kMaxPieces = 16;
  ConstInit shape;
  llvm::SmallVector<llvm::Type *, 16> types;
  auto add = [&](uint64_t start, uint64_t end, ConstChunkKind kind) {
    types.push_back(kind == ConstChunkKind::Pointer ? static_cast<llvm::Type *>(ptrTy) : bytesTy(end - start));
    shape.chunks.push_back({start, end, kind});
  };
  auto bytes = [&](uint64_t start, uint64_t end) {
    if (start == end)
      return;
    size_t chunks = shape.chunks.size(), kinds = types.size();
    for (uint64_t at = start; at < end;) {
      bool init = a.init.get(at);
      uint64_t to = a.init.runEnd(at, end, init);
      add(at, to, init ? ConstChunkKind::Bytes : ConstChunkKind::Uninit);
      at = to;
      if (shape.chunks.size() - chunks > kMaxPieces) {
        shape.chunks.resize(chunks);
        types.truncate(kinds);
        return add(start, end, ConstChunkKind::Bytes);
      }
    }
  };
  uint64_t at = 0;
  for (const mir::Relocation &r : a.relocs) {
    bytes(at, r.offset);
    at = r.offset + 8;
    add(r.offset, at, ConstChunkKind::Pointer);
  }
  bytes(at, a.bytes.size());
  shape.type = llvm::StructType::get(llcx, types, /*isPacked=*/true);
  return shape;
}

// [start, end) of an allocation; where it is not initialised, zero.
static llvm::SmallVector<uint8_t, 0> bytesOf(const Allocation &a, uint64_t start, uint64_t end) {
  llvm::SmallVector<uint8_t, 0> bytes(a.bytes.begin() + start, a.bytes.begin() + end);
  for (uint64_t at = a.init.runEnd(start, end, true); at < end; at = a.init.runEnd(at, end, true)) {
    uint64_t to = a.init.runEnd(at, end, false);
    std::fill(bytes.begin() + (at - start), bytes.begin() + (to - start), 0);
    at = to;
  }
  return bytes;
}

llvm::Constant *CodegenCx::initValue(const Allocation &a, const ConstInit &shape) {
  llvm::SmallVector<llvm::Constant *, 16> parts;
  size_t reloc = 0;
  for (auto [start, end, kind] : shape.chunks) {
    switch (kind) {
    case ConstChunkKind::Uninit: parts.push_back(llvm::UndefValue::get(bytesTy(end - start))); break;
    case ConstChunkKind::Pointer: {
      uint64_t addend = 0;
      memcpy(&addend, a.bytes.data() + start, 8);
      parts.push_back(allocPtr(a.relocs[reloc++].target, addend));
      break;
    }
    case ConstChunkKind::Bytes: {
      llvm::ArrayRef<uint8_t> bytes = llvm::ArrayRef(a.bytes).slice(start, end - start);
      llvm::SmallVector<uint8_t, 0> cleaned;
      if (!a.init.all(start, end))
        bytes = cleaned = bytesOf(a, start, end);
      bool zero = llvm::all_of(bytes, [](uint8_t c) { return c == 0; });
      parts.push_back(zero ? static_cast<llvm::Constant *>(llvm::ConstantAggregateZero::get(bytesTy(end - start)))
                           : llvm::ConstantDataArray::get(llcx, bytes));
      break;
    }
    }
  }
  return llvm::ConstantStruct::get(shape.type, parts);
}

llvm::Constant *CodegenCx::constGlobal(AllocId id) {
  auto [it, inserted] = consts_.try_emplace(id);
  if (!inserted)
    return it->second;
  const Allocation &a = *(*tcx.allocs)[id].memory;
  ConstInit shape = initShape(a);
  llvm::GlobalVariable *g = new llvm::GlobalVariable(*module, shape.type, !a.mutable_, llvm::GlobalValue::PrivateLinkage, nullptr, "alloc_" + llvm::Twine(id.raw));
  g->setAlignment(llvm::Align(std::max<uint64_t>(a.align, 1)));
  if (!a.mutable_)
    g->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
  it->second = g;
  g->setInitializer(initValue(a, shape));
  return g;
}

// ---- statics ----

// The mode of thread-locals that -Ztls-model chooses.
static llvm::GlobalVariable::ThreadLocalMode threadLocalMode(const CodegenCx &cx) {
  return llvm::StringSwitch<llvm::GlobalVariable::ThreadLocalMode>(cx.tcx.sess.options.tlsModel)
      .Case("local-dynamic", llvm::GlobalVariable::LocalDynamicTLSModel).Case("initial-exec", llvm::GlobalVariable::InitialExecTLSModel)
      .Case("local-exec", llvm::GlobalVariable::LocalExecTLSModel).Default(llvm::GlobalVariable::GeneralDynamicTLSModel);
}

// A foreign static, or one that another object defines.
static llvm::GlobalVariable *declareStatic(CodegenCx &cx, DefId def, llvm::StringRef symbol, const ty::CodegenAttrs *attrs) {
  TyLayout l = cx.layoutOf(cx.tcx.typeOf(def));
  llvm::Type *type = l->ok() && l->sized ? cx.bytesTy(l->size) : cx.bytesTy(0);
  llvm::GlobalVariable *g = new llvm::GlobalVariable(*cx.module, type, false, llvm::GlobalValue::ExternalLinkage, nullptr, symbol);
  g->setAlignment(llvm::Align(l->ok() ? l->align : 1));
  if (attrs && attrs->threadLocal)
    g->setThreadLocalMode(threadLocalMode(cx));
  return g;
}

llvm::GlobalVariable *CodegenCx::staticVar(DefId def) {
  auto [it, inserted] = statics_.try_emplace(def);
  if (!inserted)
    return it->second;
  const ty::CodegenAttrs *attrs = tcx.codegenAttrs(def);
  llvm::StringRef symbol = tcx.symbolName(Instance{InstanceKind::Item, def, {}, {}, 0});
  auto defined = definedStatics.find(def);
  if (defined == definedStatics.end()) {
    llvm::GlobalVariable *existing = module->getGlobalVariable(symbol, true);
    return statics_[def] = existing ? existing : declareStatic(*this, def, symbol, attrs);
  }
  AllocId id = tcx.staticAlloc(def);
  CHECK(id.valid() && (*tcx.allocs)[id].memory, "static without memory");
  const Allocation &a = *(*tcx.allocs)[id].memory;
  ConstInit shape = initShape(a);
  llvm::GlobalVariable *g = new llvm::GlobalVariable(*module, shape.type, !a.mutable_, defined->second, nullptr, symbol);
  if (g->getName() != symbol) // declared before under this name
    if (llvm::GlobalVariable *old = module->getGlobalVariable(symbol, true); old && old->isDeclaration()) {
      g->takeName(old);
      old->replaceAllUsesWith(g);
      old->eraseFromParent();
    }
  g->setAlignment(llvm::Align(std::max<uint64_t>(a.align, 1)));
  if (attrs && attrs->threadLocal)
    g->setThreadLocalMode(threadLocalMode(*this));
  if (attrs && attrs->linkSection.valid())
    g->setSection(tcx.sess.str(attrs->linkSection));
  if (attrs && attrs->used == ty::UsedAttr::Compiler)
    compilerUsed.push_back(g);
  if (attrs && attrs->used == ty::UsedAttr::Linker)
    used.push_back(g);
  return statics_[def] = g;
}

void CodegenCx::defineStatic(DefId def) {
  llvm::GlobalVariable *g = staticVar(def);
  const Allocation &a = *(*tcx.allocs)[tcx.staticAlloc(def)].memory;
  g->setInitializer(initValue(a, initShape(a)));
}

// ---- vtables ----

static llvm::Constant *vtableEntry(CodegenCx &cx, const ty::VtblEntry &e, Ty self, const layout::Layout &l) {
  llvm::Constant *null = llvm::ConstantPointerNull::get(llvm::cast<llvm::PointerType>(cx.ptrTy));
  switch (e.kind) {
  case ty::VtblEntryKind::DropInPlace: {
    Instance drop = traits::resolveDropInPlace(cx.tcx, self);
    return drop.ty ? cx.fn(drop) : null;
  }
  case ty::VtblEntryKind::Size: return cx.usize(l.size);
  case ty::VtblEntryKind::Align: return cx.usize(l.align);
  case ty::VtblEntryKind::Vacant: return cx.usize(0);
  case ty::VtblEntryKind::Method: return cx.fn(e.method);
  case ty::VtblEntryKind::TraitVPtr: {
    ty::ExistentialPredicate p{ty::ExistentialKind::Trait, e.trait.trait, {}, nullptr, false};
    p.args = cx.tcx.mkArgs(llvm::ArrayRef<ty::GenericArg>(e.trait.args.ref()).drop_front());
    ty::PolyExistentialPredicate poly{p, {}};
    return cx.vtable(self, cx.tcx.mkExistentials(poly));
  }
  }
  UNREACHABLE("vtable entry kind");
}

llvm::Constant *CodegenCx::vtable(Ty self, ty::ExistentialPredicates preds) {
  std::pair<Ty, const void *> key(self, preds.p);
  if (llvm::GlobalVariable *g = vtables_.lookup(key))
    return g;
  Ty dyn = tcx.mkDynamic(preds, tcx.common.erased);
  llvm::ArrayRef<ty::VtblEntry> entries = traits::vtableEntriesFor(tcx, self, dyn);
  const layout::Layout &l = *layout::layoutOf(tcx, self);
  llvm::SmallVector<llvm::Type *, 8> types;
  for (const ty::VtblEntry &e : entries) {
    bool word = e.kind == ty::VtblEntryKind::Size || e.kind == ty::VtblEntryKind::Align || e.kind == ty::VtblEntryKind::Vacant;
    types.push_back(word ? i64 : ptrTy);
  }
  llvm::StructType *type = llvm::StructType::get(llcx, types);
  llvm::GlobalVariable *g = new llvm::GlobalVariable(*module, type, true, llvm::GlobalValue::PrivateLinkage, nullptr, "vtable." + llvm::Twine(vtables_.size()));
  g->setAlignment(llvm::Align(8));
  g->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
  vtables_[key] = g;
  llvm::SmallVector<llvm::Constant *, 8> values;
  for (const ty::VtblEntry &e : entries)
    values.push_back(vtableEntry(*this, e, self, l));
  g->setInitializer(llvm::ConstantStruct::get(type, values));
  return g;
}

// ---- functions ----

llvm::Function *CodegenCx::intrinsic(llvm::Intrinsic::ID id, llvm::ArrayRef<llvm::Type *> types) {
  return llvm::Intrinsic::getOrInsertDeclaration(module.get(), id, types);
}

llvm::Function *CodegenCx::declare(llvm::StringRef symbol, const FnAbi &abi) {
  if (llvm::Function *f = module->getFunction(symbol))
    return f;
  llvm::Function *f = llvm::Function::Create(fnTy(abi), llvm::GlobalValue::ExternalLinkage, symbol, module.get());
  f->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
  addAbiAttrs(*f, abi);
  return f;
}

llvm::Function *CodegenCx::fn(const Instance &i) {
  if (llvm::Function *f = fns_.lookup(i))
    return f;
  const FnAbi &abi = *layout::fnAbiOf(tcx, i);
  llvm::Function *f = declare(tcx.symbolName(i), abi);
  auto defined = definedFns.find(i);
  if (defined != definedFns.end()) {
    f->setLinkage(defined->second);
    addFnAttrs(*f, i, abi);
    referencedFns.push_back(i);
  } else if (i.def.valid()) {
    const ty::CodegenAttrs *attrs = tcx.codegenAttrs(i.def);
    if (attrs && attrs->linkage.valid() && tcx.sess.str(attrs->linkage) == "extern_weak")
      f->setLinkage(llvm::GlobalValue::ExternalWeakLinkage);
    if (attrs && attrs->cold)
      f->addFnAttr(llvm::Attribute::Cold);
    if (attrs)
      addAllocatorAttrs(*f, *attrs);
    if (!tcx.sess.options.plt.value_or(target.pltByDefault))
      f->addFnAttr(llvm::Attribute::NonLazyBind);
  }
  return fns_[i] = f;
}

llvm::Function *CodegenCx::personality() {
  if (llvm::Function *f = module->getFunction("rust_eh_personality"))
    return f;
  llvm::FunctionType *type = llvm::FunctionType::get(i32, true);
  return llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, "rust_eh_personality", module.get());
}

} // namespace ferric::codegen
