// Calls: argument passing as FnAbi says, results, calls through vtables, unwinding (rustc_codegen_ssa::mir::block).
#include "codegen/function.h"
#include "layout/location.h"
#include "ty/fold.h"
#include "traits/instance.h"

namespace ferric::codegen {

// ---- values as registers ----

// Where the part of a value that a register holds begins: parts lie one behind the other, each aligned to its size.
static uint64_t regOffset(const ArgAbi &a, unsigned i) {
  uint64_t end = 0;
  for (unsigned k = 0; k < i; ++k)
    end = layout::alignTo(end, llvm::bit_ceil(a.regs[k].size)) + a.regs[k].size;
  return layout::alignTo(end, llvm::bit_ceil(a.regs[i].size));
}

void FnCx::storeCast(llvm::Value *v, const ArgAbi &a, const Place &dest) {
  if (a.regCount == 1) {
    b.CreateAlignedStore(v, dest.ptr, llvm::Align(dest.align));
    return;
  }
  for (unsigned i = 0; i < a.regCount; ++i) {
    uint64_t offset = regOffset(a, i);
    llvm::Value *part = b.CreateExtractValue(v, i);
    llvm::Value *to = offset ? b.CreateInBoundsPtrAdd(dest.ptr, cx.usize(offset)) : dest.ptr;
    b.CreateAlignedStore(part, to, llvm::Align(alignAt(dest.align, offset)));
  }
}

llvm::Value *FnCx::loadCast(const ArgAbi &a, const Place &src) {
  if (a.regCount == 1)
    return b.CreateAlignedLoad(cx.regTy(a.regs[0]), src.ptr, llvm::Align(src.align));
  llvm::Value *s = cx.poison(cx.castTy(a));
  for (unsigned i = 0; i < a.regCount; ++i) {
    uint64_t offset = regOffset(a, i);
    llvm::Value *from = offset ? b.CreateInBoundsPtrAdd(src.ptr, cx.usize(offset)) : src.ptr;
    s = b.CreateInsertValue(s, b.CreateAlignedLoad(cx.regTy(a.regs[i]), from, llvm::Align(alignAt(src.align, offset))), i);
  }
  return s;
}

void FnCx::passArgument(Operand v, const ArgAbi &a, llvm::SmallVectorImpl<llvm::Value *> &out) {
  switch (a.mode) {
  case PassMode::Ignore: return;
  case PassMode::Direct:
    if (v.kind == OperandKind::Ref)
      v = load({v.a, nullptr, v.align, a.layout});
    out.push_back(v.imm());
    return;
  case PassMode::Pair:
    if (v.kind == OperandKind::Ref)
      v = load({v.a, nullptr, v.align, a.layout});
    CHECK(v.kind == OperandKind::Pair, "pair argument of another kind");
    out.push_back(v.a);
    out.push_back(v.b);
    return;
  case PassMode::Cast: out.push_back(loadCast(a, spill(v))); return;
  case PassMode::Indirect: {
    if (a.hasMeta) {
      out.push_back(v.a);
      out.push_back(v.b);
      return;
    }
    Place p = spill(v);
    if (p.align < a.attrs.pointeeAlign) { // out of a packed struct
      Place aligned = allocaFor(a.layout);
      memcpyPlace(aligned, p);
      p = aligned;
    }
    out.push_back(p.ptr);
    return;
  }
  }
}

// The callee owns what it is given by reference: copies and constants get memory of their own.
Operand FnCx::ownedArgument(const mir::Operand &o) {
  Operand v = operand(o);
  if (v.kind != OperandKind::Ref || o.kind == mir::OperandKind::Move || v.b)
    return v;
  Place tmp = allocaFor(v.layout);
  store(v, tmp);
  return Operand::ref(tmp);
}

// ---- results ----

ReturnDest FnCx::returnDest(const mir::Place &dest, const ArgAbi &ret, llvm::SmallVectorImpl<llvm::Value *> &args) {
  if (ret.isIgnore())
    return {};
  Place p;
  if (dest.isLocal()) {
    LocalRef &l = locals[dest.local.raw];
    switch (l.kind) {
    case LocalRefKind::Place: p = l.place; break;
    case LocalRefKind::Operand: return {};
    case LocalRefKind::Pending: {
      if (!ret.isIndirect())
        return {DestKind::DirectOperand, {}, dest.local};
      Place tmp = allocaFor(ret.layout);
      args.push_back(tmp.ptr);
      return {DestKind::IndirectOperand, tmp, dest.local};
    }
    case LocalRefKind::UnsizedPlace: UNREACHABLE("unsized result");
    }
  } else {
    p = place(dest);
  }
  if (!ret.isIndirect())
    return {DestKind::Store, p, {}};
  args.push_back(p.ptr);
  return {};
}

void FnCx::storeReturn(const ReturnDest &dest, const ArgAbi &ret, llvm::Value *value) {
  switch (dest.kind) {
  case DestKind::Nothing: return;
  case DestKind::Store:
    if (ret.mode == PassMode::Cast)
      storeCast(value, ret, dest.place);
    else
      store(unpacked(value, ret.layout), dest.place);
    return;
  case DestKind::IndirectOperand: setDest(mir::Place(dest.local), load(dest.place)); return;
  case DestKind::DirectOperand: {
    if (ret.mode != PassMode::Cast) {
      setDest(mir::Place(dest.local), unpacked(value, ret.layout));
      return;
    }
    Place tmp = allocaFor(ret.layout);
    storeCast(value, ret, tmp);
    setDest(mir::Place(dest.local), load(tmp));
    return;
  }
  }
}

// ---- the call itself ----

llvm::BasicBlock *FnCx::landingPad(BlockId cleanup) {
  llvm::BasicBlock *&pad = pads_[cleanup];
  if (pad)
    return pad;
  llvm::IRBuilder<>::InsertPointGuard guard(b);
  pad = newBlock("cleanup");
  b.SetInsertPoint(pad);
  if (!fn->hasPersonalityFn())
    fn->setPersonalityFn(cx.personality());
  llvm::Type *type = llvm::StructType::get(cx.llcx, {cx.ptrTy, cx.i32});
  llvm::LandingPadInst *lp = b.CreateLandingPad(type, 0);
  lp->setCleanup(true);
  if (!common_.landingSlot)
    common_.landingSlot = new llvm::AllocaInst(type, 0, nullptr, llvm::Align(8), "unwinding", common_.allocaPoint->getIterator());
  b.CreateStore(lp, common_.landingSlot);
  b.CreateBr(block(cleanup));
  return pad;
}

// Where unwinding must not go on: panics again, which aborts.
llvm::BasicBlock *FnCx::terminateBlock() {
  if (common_.terminateBlock)
    return common_.terminateBlock;
  llvm::IRBuilder<>::InsertPointGuard guard(b);
  common_.terminateBlock = newBlock("terminate");
  b.SetInsertPoint(common_.terminateBlock);
  if (!fn->hasPersonalityFn())
    fn->setPersonalityFn(cx.personality());
  llvm::LandingPadInst *lp = b.CreateLandingPad(llvm::StructType::get(cx.llcx, {cx.ptrTy, cx.i32}), 1);
  lp->addClause(llvm::ConstantPointerNull::get(llvm::cast<llvm::PointerType>(cx.ptrTy)));
  mir::Terminator none;
  callLangItem("panic_cannot_unwind", {}, none, body.span);
  return common_.terminateBlock;
}

// The landing pad of a call; null: unwinding leaves the function.
llvm::BasicBlock *FnCx::unwindTarget(const mir::Terminator &t) {
  switch (t.unwind) {
  case mir::UnwindAction::Cleanup: return landingPad(t.cleanup);
  case mir::UnwindAction::Terminate: return terminateBlock();
  case mir::UnwindAction::Continue: return caller_ ? caller_->unwindTarget(*call_) : nullptr;
  case mir::UnwindAction::Unreachable: return nullptr;
  }
  UNREACHABLE("unwind action");
}

llvm::CallBase *FnCx::emitCall(const mir::Terminator &t, const FnAbi &callee, llvm::Value *f, llvm::ArrayRef<llvm::Value *> args) {
  llvm::FunctionType *type = cx.fnTy(callee);
  llvm::BasicBlock *unwind = callee.canUnwind ? unwindTarget(t) : nullptr;
  llvm::CallBase *call;
  if (unwind) {
    llvm::BasicBlock *next = newBlock("invoke_ok");
    call = b.CreateInvoke(type, f, next, unwind, args);
    b.SetInsertPoint(next);
  } else {
    call = b.CreateCall(type, f, args);
  }
  cx.addCallAttrs(*call, callee);
  return call;
}

void FnCx::continueAt(const mir::Terminator &t) {
  if (t.targets.empty())
    b.CreateUnreachable();
  else
    goTo(t.targets[0]);
}

void FnCx::finishCall(const mir::Terminator &t, const FnAbi &callee, llvm::Value *f, llvm::ArrayRef<llvm::Value *> args, const ReturnDest &dest) {
  llvm::CallBase *call = emitCall(t, callee, f, args);
  if (!t.targets.empty())
    storeReturn(dest, callee.ret, call);
  continueAt(t);
}

// The receiver of a method called through a vtable, reduced to its data pointer; returns the method found in the vtable.
llvm::Value *FnCx::virtualReceiver(Operand v, uint32_t slot, llvm::SmallVectorImpl<llvm::Value *> &out) {
  while (v.kind != OperandKind::Ref && !v.layout.ty.is(TyKind::Ref) && !v.layout.ty.is(TyKind::RawPtr)) {
    size_t next = v.layout->fieldCount();
    for (size_t i = 0; i < v.layout->fieldCount(); ++i)
      if (!layout::fieldOf(tcx, v.layout, i)->is1Zst())
        next = i;
    CHECK(next < v.layout->fieldCount(), "receiver without a pointer");
    v = extractField(v, next);
  }
  CHECK(v.b, "receiver without a vtable");
  out.push_back(v.a);
  llvm::LoadInst *l = b.CreateAlignedLoad(cx.ptrTy, b.CreateInBoundsPtrAdd(v.b, cx.usize(slot * 8)), llvm::Align(8));
  if (cx.optimizing()) {
    l->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(cx.llcx, {}));
    l->setMetadata(llvm::LLVMContext::MD_nonnull, llvm::MDNode::get(cx.llcx, {}));
  }
  return l;
}

void FnCx::passArguments(const mir::Terminator &t, const Instance *callee, const FnAbi &calleeAbi, bool rustCall,
                         llvm::SmallVectorImpl<llvm::Value *> &out, llvm::Value *&virtualFn) {
  size_t abiIndex = 0, count = t.args.size();
  size_t plain = rustCall && count ? count - 1 : count;
  for (size_t i = 0; i < plain; ++i) {
    Operand v = ownedArgument(t.args[i]);
    const ArgAbi &a = calleeAbi.args[abiIndex++];
    if (i == 0 && callee && callee->kind == InstanceKind::Virtual)
      virtualFn = virtualReceiver(v, callee->index, out);
    else
      passArgument(v, a, out);
  }
  if (plain == count)
    return;
  Operand tuple = ownedArgument(t.args.back());
  for (size_t i = 0, n = tuple.layout.ty.tuple().size(); i < n; ++i) {
    Operand v = tuple.kind == OperandKind::ZeroSized ? Operand::zst(layout::fieldOf(tcx, tuple.layout, i)) : extractField(tuple, i);
    passArgument(v, calleeAbi.args[abiIndex++], out);
  }
}

Operand FnCx::callerLocation(const mir::SourceInfo &, Span span) {
  if (callerLocationArg.layout)
    return callerLocationArg;
  TyLayout l = layoutOf(layout::callerLocationTy(tcx));
  return Operand::immediate(cx.allocPtr(layout::locationAlloc(tcx, span), 0), l);
}

void FnCx::callLangItem(const char *name, llvm::ArrayRef<llvm::Value *> args, const mir::Terminator &t, Span span) {
  DefId def = tcx.langItem(tcx.sess.symbols.intern(name));
  if (!def.valid()) {
    tcx.sess.diag.error(span, llvm::Twine("requires `") + name + "` lang_item");
    abort();
    return;
  }
  Instance callee{InstanceKind::Item, def, {}, {}, 0};
  if (isOutOfReach(callee))
    return abort();
  const FnAbi &calleeAbi = *layout::fnAbiOf(tcx, callee);
  llvm::SmallVector<llvm::Value *, 4> all(args.begin(), args.end());
  if (layout::requiresCallerLocation(tcx, callee))
    passArgument(callerLocation(t.source, span), calleeAbi.args.back(), all);
  emitCall(t, calleeAbi, cx.fn(callee), all);
  b.CreateUnreachable();
}

// A crate with #![compiler_builtins] must not refer to functions in another crate's object, as core's would refer to it in its
// turn: calls that do not return, which are panics, abort, and others are errors (rustc_codegen_ssa, mir::block).
bool FnCx::isOutOfReach(const Instance &callee) {
  if (callee.def.isLocal() || callee.kind != InstanceKind::Item || cx.definedFns.contains(callee))
    return false;
  const Crate &local = tcx.crates[kLocalCrate];
  return Crates::findAttr(local.ast, local.attrs, sym::compiler_builtins) != nullptr;
}

void FnCx::callTerminator(const mir::Terminator &t) {
  Ty calleeTy = operandTy(t.operand);
  std::optional<Instance> callee;
  const FnAbi *calleeAbi = nullptr;
  ty::FnSig sig;
  if (calleeTy.is(TyKind::FnDef)) {
    callee = traits::resolveInstance(tcx, calleeTy.def(), calleeTy.args());
    if (!callee) {
      tcx.sess.diag.error(t.source.span, "internal: a call could not be resolved at code generation");
      abort();
      return;
    }
    if (callee->kind == InstanceKind::DropGlue && !callee->ty) {
      continueAt(t);
      return;
    }
    if (callee->kind == InstanceKind::Intrinsic) {
      llvm::SmallVector<Operand, 4> args;
      for (const mir::Operand &o : t.args)
        args.push_back(operand(o));
      if (intrinsicCall(*callee, t, args))
        return;
      callee->kind = InstanceKind::Item;
    }
    sig = layout::signatureOf(tcx, *callee);
    if (sig.header.abi == ty::Abi::Unadjusted)
      if (llvm::StringRef symbol = tcx.symbolName(*callee); symbol.starts_with("llvm."))
        return llvmIntrinsicCall(symbol, t, layoutOf(sig.output()));
    if (isOutOfReach(*callee)) {
      if (t.targets.empty())
        return abort();
      tcx.sess.diag.error(tcx.def(instance.def).span, "`compiler_builtins` cannot call functions through upstream monomorphizations; encountered "
                                                      "invalid call from `" + ty::showDef(tcx, instance.def) + "` to `" + ty::showDef(tcx, callee->def) + "`");
    }
    calleeAbi = layout::fnAbiOf(tcx, *callee);
  } else {
    sig = traits::normalizeErasingRegions(tcx, {}, ty::eraseLateBound(tcx, calleeTy.fnPtrSig()));
    calleeAbi = layout::fnAbiOfPtr(tcx, calleeTy);
  }
  if (sig.header.cVariadic && t.args.size() > sig.inputs().size()) {
    llvm::SmallVector<Ty, 4> extra;
    for (const mir::Operand &o : llvm::ArrayRef<mir::Operand>(t.args).drop_front(sig.inputs().size()))
      extra.push_back(operandTy(o));
    calleeAbi = layout::fnAbiVariadic(tcx, sig, extra, callee ? &*callee : nullptr);
  }
  bool rustCall = sig.header.abi == ty::Abi::RustCall;
  if (callee && inlineCall(t, *callee, *calleeAbi, rustCall))
    return;
  llvm::Value *pointer = callee ? nullptr : operand(t.operand).imm();
  llvm::SmallVector<llvm::Value *, 8> args;
  ReturnDest dest = returnDest(t.place, calleeAbi->ret, args);
  passArguments(t, callee ? &*callee : nullptr, *calleeAbi, rustCall, args, pointer);
  if (callee && layout::requiresCallerLocation(tcx, *callee))
    passArgument(callerLocation(t.source, t.fnSpan), calleeAbi->args.back(), args);
  finishCall(t, *calleeAbi, pointer ? pointer : cx.fn(*callee), args, dest);
}

} // namespace ferric::codegen
