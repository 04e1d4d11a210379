// The collector (rustc_monomorphize::collector): starting from the crate's roots, follows calls, drops, function pointers, vtables and
// the memory of constants through monomorphic bodies. Only blocks that constant switches leave reachable are walked, as code is made
// only for them; constants a body requires are evaluated wherever they stand. An explicit stack keeps deep chains off ours.
#include "layout/fn_abi.h"
#include "mir/visit.h"
#include "mono/allocator.h"
#include "mono/cross_crate_inline.h"
#include "mono/mono.h"
#include "traits/instance.h"
#include "traits/type_info.h"
#include "traits/vtable.h"
#include "ty/codegen_attrs.h"
#include "ty/fold.h"
#include "ty/print.h"

namespace ferric::mono {

using mir::AllocId; using mir::Location; using ty::InstanceKind; using ty::TyKind;

namespace {
class Collector {
public:
  using VisitItem = llvm::function_ref<bool(const MonoItem &, llvm::function_ref<void()>)>;
  Collector(Ctx &tcx, CrateId crate) : tcx(tcx), crate_(crate) {}
  // Every body of every crate (collectEveryBody).
  Collector(Ctx &tcx, VisitItem visit) : tcx(tcx), crate_(kLocalCrate), visitItem_(visit), everyBody_(true) {}
  std::vector<MonoItem> run();

  // What is found in the item being walked. Direct: it is called or dropped there, so that one with nothing to do is not needed.
  void use(const Instance &i, bool isDirect = false);
  void useFn(Ty fnTy, bool isDirect, Span span);
  void useDrop(Ty t, bool isDirect);
  void useLang(const char *name, Span span);
  void useStatic(DefId def);
  void useAlloc(AllocId id);
  void useConstant(const mir::ConstValue &v);
  void useVtable(Ty self, Ty dynTy);
  bool everyBody() const { return everyBody_; }

  Ctx &tcx;

private:
  struct Frame { MonoItem item; std::vector<MonoItem> found; size_t at = 0; DefId depthOf; };
  void roots();
  void rootFn(DefId def);
  void rootsOf(CrateId crate);
  bool isExported(DefId def);
  bool hasOwnBody(DefId def);
  bool isFirstInstance(const Instance &i);
  void visit(const MonoItem &item);
  void visitBody(const Instance &i);
  bool enter(MonoItem item);
  void add(MonoItem item) { found_.push_back(item); }

  CrateId crate_;
  VisitItem visitItem_;
  bool everyBody_ = false;
  CrossCrateInline inlines_{tcx};
  llvm::DenseSet<DefId> seenGeneric_; // everyBody_
  std::vector<MonoItem> items_, found_;
  std::vector<Frame> stack_;
  llvm::DenseSet<Instance> seenFns_;
  llvm::DenseSet<DefId> seenDefs_;
  llvm::DenseSet<AllocId> seenAllocs_;
  llvm::DenseMap<DefId, unsigned> depths_;
};

// Walks one body for one instance.
class BodyWalker : public mir::Visitor {
public:
  BodyWalker(Collector &c, const Instance &i, const mir::Body &body) : c_(c), i_(i), body_(body) {}

  void visitRvalue(mir::Rvalue &r, Location at) override {
    if (r.kind == mir::RvalueKind::Cast)
      visitCast(r);
    else if (r.kind == mir::RvalueKind::ThreadLocalRef)
      c_.useStatic(r.def);
    else if (c_.everyBody() && r.kind == mir::RvalueKind::Aggregate && r.aggregate == mir::AggregateKind::Closure)
      c_.use(Instance{InstanceKind::Item, r.def, monoArgs(c_.tcx, i_, r.args), {}, 0});
    superRvalue(r, at);
  }

  void visitConstant(mir::Constant &k, Location) override {
    if (std::optional<mir::ConstValue> v = evalConstant(c_.tcx, i_, k))
      c_.useConstant(*v);
  }

  void visitTerminator(mir::Terminator &t, Location at) override {
    switch (t.kind) {
    case mir::TerminatorKind::Call:
    case mir::TerminatorKind::TailCall: c_.useFn(mono(mir::operandTy(c_.tcx, body_, t.operand)), true, t.source.span); break;
    case mir::TerminatorKind::Drop: c_.useDrop(mono(mir::placeTy(c_.tcx, body_, t.place).ty), true); break;
    case mir::TerminatorKind::Assert: visitAssert(t); break;
    case mir::TerminatorKind::UnwindTerminate: c_.useLang("panic_cannot_unwind", t.source.span); break;
    case mir::TerminatorKind::InlineAsm:
      for (const mir::AsmOperand &o : t.asmData->operands) {
        if (o.kind != ast::AsmOperandKind::Sym)
          continue;
        if (o.symStatic)
          c_.useStatic(o.symStatic);
        else
          c_.useFn(mono(o.constant.ty), false, t.source.span);
      }
      break;
    default: break;
    }
    if (t.unwind == mir::UnwindAction::Terminate)
      c_.useLang("panic_cannot_unwind", t.source.span);
    superTerminator(t, at);
  }

private:
  Ty mono(Ty t) { return monoTy(c_.tcx, i_, t); }

  void visitCast(const mir::Rvalue &r) {
    Ty source = mono(mir::operandTy(c_.tcx, body_, r.operands[0]));
    switch (r.cast) {
    case mir::CastKind::Unsize: {
      auto [from, to] = tailsForUnsizing(c_.tcx, source, mono(r.ty));
      if (to.is(TyKind::Dynamic) && !from.is(TyKind::Dynamic))
        c_.useVtable(from, to);
      return;
    }
    case mir::CastKind::ReifyFnPointer: c_.useFn(source, false, {}); return;
    case mir::CastKind::ClosureFnPointer: c_.use(traits::resolveClosure(c_.tcx, source.def(), source.args(), 2)); return;
    default: return;
    }
  }

  void visitAssert(const mir::Terminator &t) {
    using mir::AssertKind; using mir::BinOp;
    static const llvm::DenseMap<unsigned, const char *> ops = {
        {unsigned(BinOp::Add), "panic_const_add_overflow"}, {unsigned(BinOp::Sub), "panic_const_sub_overflow"},
        {unsigned(BinOp::Mul), "panic_const_mul_overflow"}, {unsigned(BinOp::Div), "panic_const_div_overflow"},
        {unsigned(BinOp::Rem), "panic_const_rem_overflow"}, {unsigned(BinOp::Shl), "panic_const_shl_overflow"},
        {unsigned(BinOp::Shr), "panic_const_shr_overflow"}};
    const char *name = nullptr;
    switch (t.assertKind) {
    case AssertKind::BoundsCheck: name = "panic_bounds_check"; break;
    case AssertKind::Overflow: name = ops.lookup(unsigned(t.assertOp)); break;
    case AssertKind::OverflowNeg: name = "panic_const_neg_overflow"; break;
    case AssertKind::DivisionByZero: name = "panic_const_div_by_zero"; break;
    case AssertKind::RemainderByZero: name = "panic_const_rem_by_zero"; break;
    case AssertKind::MisalignedPointerDereference: name = "panic_misaligned_pointer_dereference"; break;
    case AssertKind::NullPointerDereference: name = "panic_null_pointer_dereference"; break;
    case AssertKind::InvalidEnumConstruction: name = "panic_invalid_enum_construction"; break;
    }
    c_.useLang(name, t.source.span);
  }

  Collector &c_;
  const Instance &i_;
  const mir::Body &body_;
};
} // namespace

// ---- uses ----

static bool isForeign(Ctx &tcx, DefId def) {
  DefId parent = tcx.parent(def);
  return parent.valid() && tcx.defKind(parent) == DefKind::ForeignMod;
}

static bool hasOwnName(const ty::CodegenAttrs &a) {
  return a.noMangle || a.exportName.valid() || a.stdInternalSymbol || a.isPanicHandler;
}

// In the object of the crate it is of: statics and functions with names of their own exist once; of other functions each object has a copy.
static bool isElsewhere(Ctx &tcx, DefId def) {
  if (!tcx.crates[def.crate()].hasObject)
    return false;
  return tcx.defKind(def) == DefKind::Static || ((tcx.defKind(def) == DefKind::Fn || tcx.defKind(def) == DefKind::AssocFn) && hasOwnName(*tcx.codegenAttrs(def)));
}

void Collector::use(const Instance &i, bool isDirect) {
  switch (i.kind) {
  case InstanceKind::Virtual:
  case InstanceKind::ThreadLocalShim: return;
  case InstanceKind::DropGlue:
    if (!i.ty && isDirect)
      return;
    break;
  case InstanceKind::Intrinsic: {
    llvm::StringRef name = tcx.sess.str(tcx.def(i.def).name);
    if (name == "assert_inhabited" || name == "assert_zero_valid" || name == "assert_mem_uninitialized_valid") {
      useLang("panic_nounwind", {});
      return;
    }
    const ty::CodegenAttrs *attrs = tcx.codegenAttrs(i.def);
    bool replaced = name == "unchecked_funnel_shl" || name == "unchecked_funnel_shr" || name == "carrying_mul_add"; // never by their body
    if (!attrs || attrs->mustBeOverridden || replaced)
      return;
    add({MonoItemKind::Fn, Instance{InstanceKind::Item, i.def, i.args, {}, 0}, {}});
    return;
  }
  case InstanceKind::Item:
    if (isForeign(tcx, i.def) || isElsewhere(tcx, i.def))
      return;
    break;
  default: break;
  }
  add({MonoItemKind::Fn, i, {}});
}

void Collector::useFn(Ty t, bool isDirect, Span span) {
  if (!t.is(TyKind::FnDef))
    return;
  std::optional<Instance> i = isDirect ? traits::resolveInstance(tcx, t.def(), t.args()) : traits::resolveForFnPtr(tcx, {}, t.def(), t.args());
  if (i)
    use(*i, isDirect);
  else if (!tcx.sess.diag.hasErrors())
    tcx.sess.diag.error(span, "internal: cannot resolve `" + ty::show(tcx, t, {ty::PathStyle::Full}) + "` to an instance");
}

void Collector::useDrop(Ty t, bool isDirect) { use(traits::resolveDropInPlace(tcx, t), isDirect); }

void Collector::useLang(const char *name, Span span) {
  DefId def = tcx.langItem(tcx.sess.symbols.intern(name));
  if (def.valid())
    use(Instance{InstanceKind::Item, def, {}, {}, 0});
  else
    tcx.sess.diag.error(span, llvm::Twine("requires `") + name + "` lang_item");
}

void Collector::useStatic(DefId def) {
  if (!isForeign(tcx, def) && !isElsewhere(tcx, def))
    add({MonoItemKind::Static, {}, def});
}

void Collector::useVtable(Ty self, Ty dynTy) {
  for (const ty::VtblEntry &e : traits::vtableEntriesFor(tcx, self, dynTy))
    if (e.kind == ty::VtblEntryKind::Method)
      use(e.method);
  if (traits::needsDrop(tcx, {}, self))
    useDrop(self, false);
}

void Collector::useAlloc(AllocId first) {
  llvm::SmallVector<AllocId, 8> work{first};
  while (!work.empty()) {
    AllocId id = work.pop_back_val();
    const mir::GlobalAlloc &g = (*tcx.allocs)[id];
    switch (g.kind) {
    case mir::GlobalAllocKind::Static: useStatic(g.def); break;
    case mir::GlobalAllocKind::Function: use(g.instance); break;
    case mir::GlobalAllocKind::VTable: useVtable(g.ty, tcx.mkDynamic(g.preds, tcx.common.erased)); break;
    case mir::GlobalAllocKind::Memory:
      if (seenAllocs_.insert(id).second)
        for (const mir::Relocation &r : g.memory->relocs)
          work.push_back(r.target);
      break;
    case mir::GlobalAllocKind::TypeId:
    case mir::GlobalAllocKind::Dead: break;
    }
  }
}

void Collector::useConstant(const mir::ConstValue &v) {
  if (v.kind == mir::ConstValueKind::Indirect || v.kind == mir::ConstValueKind::Slice)
    useAlloc(v.alloc);
  else if (v.kind == mir::ConstValueKind::Scalar && v.scalar.kind == mir::ScalarKind::Ptr)
    useAlloc(v.scalar.alloc);
}

std::pair<Ty, Ty> tailsForUnsizing(Ctx &tcx, Ty source, Ty target) {
  auto isPointer = [](Ty t) { return t.is(TyKind::Ref) || t.is(TyKind::RawPtr); };
  while (!isPointer(source)) { // a smart pointer: the one field that is not zero-sized leads on
    if (source.is(TyKind::Pat)) {
      source = source.inner();
      target = target.inner();
      continue;
    }
    layout::TyLayout from = layout::tyLayout(tcx, source), to = layout::tyLayout(tcx, target);
    Ty nextSource, nextTarget;
    for (size_t i = 0; from->ok() && to->ok() && i < from->fieldCount(); ++i) {
      layout::TyLayout f = layout::fieldOf(tcx, from, i), g = layout::fieldOf(tcx, to, i);
      if (f.ty == g.ty || f->is1Zst())
        continue;
      nextSource = f.ty;
      nextTarget = g.ty;
    }
    if (!nextSource)
      return {source, target};
    source = nextSource;
    target = nextTarget;
  }
  return layout::structLockstepTails(tcx, source.inner(), target.inner());
}

// ---- items ----

void Collector::visitBody(const Instance &i) {
  const mir::Body *body = bodyOf(tcx, i);
  if (!body || body->tainted)
    return;
  BodyWalker walker(*this, i, *body);
  for (mir::BlockId id : reachableBlocks(tcx, i, *body)) {
    const mir::BasicBlock &block = body->block(id);
    for (uint32_t s = 0; s < block.statements.size(); ++s)
      walker.visit(block.statements[s], Location{id, s});
    walker.visit(block.terminator, Location{id, uint32_t(block.statements.size())});
  }
  for (const mir::Constant &c : body->requiredConsts) // an error in one is an error of the program, used or not
    (void)evalConstant(tcx, i, c);
}

void Collector::visit(const MonoItem &item) {
  switch (item.kind) {
  case MonoItemKind::Fn: visitBody(item.instance); return;
  case MonoItemKind::GlobalAsm: visitBody(Instance{InstanceKind::Item, item.def, {}, {}, 0}); return;
  case MonoItemKind::Static: {
    useDrop(traits::normalizeErasingRegions(tcx, {}, tcx.typeOf(item.def)), true);
    AllocId id = tcx.staticAlloc(item.def);
    if (id.valid() && (*tcx.allocs)[id].memory)
      for (const mir::Relocation &r : (*tcx.allocs)[id].memory->relocs)
        useAlloc(r.target);
    return;
  }
  }
}

// Whether no other instance of the same generic function was met before; shims stand for types and all count.
bool Collector::isFirstInstance(const Instance &i) {
  return i.kind != InstanceKind::Item || i.args.empty() || seenGeneric_.insert(i.def).second;
}

// Starts on an item not seen yet; false when the recursion limit is exceeded.
bool Collector::enter(MonoItem item) {
  bool isNew = item.kind == MonoItemKind::Fn ? seenFns_.insert(item.instance).second : seenDefs_.insert(item.def).second;
  if (!isNew || (everyBody_ && item.kind == MonoItemKind::Fn && !isFirstInstance(item.instance)))
    return true;
  DefId depthOf;
  if (item.kind == MonoItemKind::Fn) {
    depthOf = item.instance.def;
    unsigned &depth = depths_[depthOf];
    unsigned adjusted = item.instance.kind == InstanceKind::DropGlue ? depth / 4 : depth; // drop glue nests with types
    if (adjusted > tcx.sess.options.recursionLimit) {
      tcx.sess.diag.error(tcx.def(depthOf).span, "reached the recursion limit while instantiating `" + ty::show(tcx, item.instance, {ty::PathStyle::Full}) + "`");
      return false;
    }
    ++depth;
  }
  item.exported |= isExported(item.kind == MonoItemKind::Fn ? item.instance.def : item.def) && (item.kind != MonoItemKind::Fn || item.instance.kind == InstanceKind::Item);
  found_.clear();
  if (everyBody_ && !visitItem_(item, [&] { visit(item); })) {
    found_.clear();
    if (depthOf.valid())
      --depths_[depthOf];
    return true;
  }
  items_.push_back(item);
  if (!everyBody_)
    visit(item);
  stack_.push_back({item, std::move(found_), 0, depthOf});
  found_ = {};
  return true;
}

// ---- roots ----

static bool isExecutable(const Options &o) {
  return llvm::all_of(o.crateTypes, [](CrateType t) { return t == CrateType::Bin; });
}

// Named by the source for the outside, or, in a library, a static or public and neither generic nor left to its users. Functions that use a static
// are copied into other objects, private ones too, so that all statics of a library are for the outside.
bool Collector::isExported(DefId def) {
  const Def &row = tcx.def(def);
  if (row.kind != DefKind::Fn && row.kind != DefKind::AssocFn && row.kind != DefKind::Static)
    return false;
  const ty::CodegenAttrs *attrs = tcx.codegenAttrs(def);
  if (attrs && (hasOwnName(*attrs) || attrs->used != ty::UsedAttr::None))
    return true;
  if (isExecutable(tcx.sess.options) || def.crate() != crate_)
    return false;
  if (row.kind == DefKind::Static)
    return true;
  bool inTraitImpl = row.kind == DefKind::AssocFn && tcx.defKind(row.parent) == DefKind::Impl && tcx.implTraitRef(row.parent).trait.valid();
  if (!row.vis.isPublic() && !inTraitImpl)
    return false;
  return !isGeneric(tcx, def) && !isForeign(tcx, def) && !inlines_.contains(def);
}

// A function of its own that code can be made of: not generic, not a declaration, checked without errors.
bool Collector::hasOwnBody(DefId def) {
  const ty::CodegenAttrs *attrs = tcx.codegenAttrs(def);
  if (isGeneric(tcx, def) || isForeign(tcx, def) || (attrs && attrs->isIntrinsic && attrs->mustBeOverridden))
    return false;
  const mir::Body *body = tcx.mirOptimized(def);
  return body && !body->tainted;
}

void Collector::rootFn(DefId def) {
  if (everyBody_) {
    if (hasOwnBody(def))
      add({MonoItemKind::Fn, onlyInstance(tcx, def), {}, true});
    return;
  }
  bool isMain = tcx.def(def).name == sym::main && tcx.parent(def) == DefId::crateRoot(crate_) && isExecutable(tcx.sess.options);
  if (isGeneric(tcx, def) || isForeign(tcx, def) || !(isMain || isExported(def)))
    return;
  if (tcx.def(def).kind == DefKind::AssocFn && tcx.defKind(tcx.parent(def)) == DefKind::Trait)
    return;
  const ty::CodegenAttrs *attrs = tcx.codegenAttrs(def);
  if (attrs && attrs->isIntrinsic)
    return;
  add({MonoItemKind::Fn, onlyInstance(tcx, def), {}, true});
}

void Collector::rootsOf(CrateId crate) {
  size_t count = tcx.crates[crate].defs.size();
  for (uint32_t index = 0; index < count; ++index) {
    DefId def(crate, index);
    switch (tcx.defKind(def)) {
    case DefKind::Fn:
    case DefKind::AssocFn: rootFn(def); break;
    case DefKind::Static: useStatic(def); break;
    case DefKind::GlobalAsm: add({MonoItemKind::GlobalAsm, {}, def}); break;
    default: break;
    }
  }
  if (DefId handler = allocatorShim(tcx).defaultErrorHandler; handler.valid())
    add({MonoItemKind::Fn, Instance{InstanceKind::Item, handler, {}, {}, 0}, {}});
}

void Collector::roots() {
  if (!everyBody_)
    return rootsOf(crate_);
  for (const std::unique_ptr<Crate> &crate : tcx.crates)
    rootsOf(crate->id);
}

std::vector<MonoItem> Collector::run() {
  roots();
  std::vector<MonoItem> all = std::move(found_);
  found_ = {};
  for (const MonoItem &root : all) {
    if (!enter(root))
      break;
    while (!stack_.empty()) {
      Frame &f = stack_.back();
      if (f.at < f.found.size()) {
        MonoItem next = f.found[f.at++];
        if (!enter(next))
          return std::move(items_);
        continue;
      }
      if (f.depthOf.valid())
        --depths_[f.depthOf];
      stack_.pop_back();
    }
  }
  return std::move(items_);
}

std::vector<MonoItem> collect(Ctx &tcx, CrateId crate) { return Collector(tcx, crate).run(); }

std::vector<MonoItem> collectEveryBody(Ctx &tcx, Collector::VisitItem visit) { return Collector(tcx, visit).run(); }

void printItems(Ctx &tcx, llvm::ArrayRef<MonoItem> items, llvm::raw_ostream &os) {
  std::vector<std::string> lines;
  for (const MonoItem &i : items) {
    std::string line = "MONO_ITEM ";
    switch (i.kind) {
    case MonoItemKind::Fn: line += "fn " + ty::show(tcx, i.instance, {ty::PathStyle::Full}); break;
    case MonoItemKind::Static: line += "static " + ty::showDef(tcx, i.def); break;
    case MonoItemKind::GlobalAsm: line += "global_asm"; break;
    }
    line += std::string(" @@ ") + tcx.sess.str(tcx.crates[kLocalCrate].name).str() + "-cgu.0[" + (i.exported ? "External]" : "Internal]");
    lines.push_back(std::move(line));
  }
  llvm::sort(lines);
  for (const std::string &l : lines)
    os << l << '\n';
}

} // namespace ferric::mono
