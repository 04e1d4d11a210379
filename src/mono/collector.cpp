// The collector (rustc_monomorphize::collector): starting from the crate's roots, follows calls, drops, function pointers, vtables and
// the memory of constants through monomorphic bodies. Code is made only for blocks that constant switches leave reachable; what the
// others mention is walked after that, for errors alone: the constants that a body requires are evaluated wherever they stand, in
// functions that are only mentioned too. An explicit stack keeps deep chains off ours.
#include "ctfe/ctfe.h"
#include "layout/fn_abi.h"
#include "mir/visit.h"
#include "mono/allocator.h"
#include "mono/cross_crate_inline.h"
#include "mono/mono.h"
#include "resolve/scope.h"
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
  Collector(Ctx &tcx, const References &references) : tcx(tcx), references_(&references) {}
  // Every body of every crate (collectEveryBody).
  Collector(Ctx &tcx, VisitItem visit) : tcx(tcx), visitItem_(visit), everyBody_(true) {}
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
  // Where what is used next stands.
  void setPlace(Span span) { place_ = span; }

  Ctx &tcx;

private:
  struct Found { MonoItem item; Span span; };
  struct Frame { std::vector<Found> found; size_t at = 0; DefId depthOf; };
  void roots();
  void rootFn(DefId def);
  void rootMain();
  void rootsOf(CrateId crate);
  bool isExported(DefId def);
  bool isElsewhere(const Instance &i);
  bool hasOwnBody(DefId def);
  bool isFirstInstance(const Instance &i);
  void visit(const MonoItem &item);
  void visitBody(const Instance &i);
  void visitRequired(const Instance &i, const mir::Body &body);
  void visitDead(const Instance &i, const mir::Body &body, llvm::ArrayRef<mir::BlockId> reachable);
  void visitMentioned(const Instance &i);
  void noteInstance(const Instance &i, Span span);
  bool descend(const Instance &i, DefId &depthOf);
  bool enter(MonoItem item, Span span);
  bool enterMentioned(const Instance &i, Span span);
  bool walk(const Found &root, bool mentioned);
  void add(MonoItem item);

  const References *references_ = nullptr;
  VisitItem visitItem_;
  bool everyBody_ = false;
  CrossCrateInline inlines_{tcx};
  std::optional<llvm::DenseSet<DefId>> reachable_;
  llvm::DenseMap<DefId, bool> elsewhere_;
  llvm::DenseSet<DefId> seenGeneric_; // everyBody_
  std::vector<MonoItem> items_;
  std::vector<Found> found_;
  std::vector<Frame> stack_;
  Span place_;
  llvm::DenseSet<Instance> seenFns_;
  llvm::DenseSet<DefId> seenDefs_;
  llvm::DenseSet<AllocId> seenAllocs_;
  // What is found is mentioned, not used: functions that no code is made for. The first time round they only wait in mentions_.
  bool mentioning_ = false;
  std::vector<Found> mentions_;
  llvm::DenseSet<Instance> seenMentions_;
  llvm::DenseSet<AllocId> seenMentionedAllocs_;
  llvm::DenseMap<DefId, unsigned> depths_;
};

// Walks the code of one body for one instance, or, `mentioned`, only what it mentions: functions called, dropped with, or made pointers.
class BodyWalker : public mir::Visitor {
public:
  BodyWalker(Collector &c, const Instance &i, const mir::Body &body, bool mentioned = false) : c_(c), i_(i), body_(body), mentioned_(mentioned) {}

  void visitBlock(mir::BlockId id) {
    const mir::BasicBlock &block = body_.block(id);
    for (uint32_t s = 0; s < block.statements.size(); ++s) {
      c_.setPlace(block.statements[s].source.span);
      visit(block.statements[s], Location{id, s});
    }
    c_.setPlace(block.terminator.source.span);
    visit(block.terminator, Location{id, uint32_t(block.statements.size())});
  }

  void visitRvalue(mir::Rvalue &r, Location at) override {
    if (r.kind == mir::RvalueKind::Cast)
      visitCast(r);
    else if (mentioned_)
      return;
    else if (r.kind == mir::RvalueKind::ThreadLocalRef)
      c_.useStatic(r.def);
    else if (c_.everyBody() && r.kind == mir::RvalueKind::Aggregate && r.aggregate == mir::AggregateKind::Closure)
      c_.use(Instance{InstanceKind::Item, r.def, monoArgs(c_.tcx, i_, r.args), {}, 0});
    superRvalue(r, at);
  }

  void visitConstant(mir::Constant &k, Location) override {
    if (mentioned_)
      return;
    if (std::optional<mir::ConstValue> v = evalConstant(c_.tcx, i_, k))
      c_.useConstant(*v);
  }

  void visitTerminator(mir::Terminator &t, Location at) override {
    switch (t.kind) {
    case mir::TerminatorKind::Call:
    case mir::TerminatorKind::TailCall: c_.useFn(mono(mir::operandTy(c_.tcx, body_, t.operand)), true, t.source.span); break;
    case mir::TerminatorKind::Drop: c_.useDrop(mono(mir::placeTy(c_.tcx, body_, t.place).ty), true); break;
    case mir::TerminatorKind::Assert:
      if (!mentioned_)
        visitAssert(t);
      break;
    case mir::TerminatorKind::UnwindTerminate:
      if (!mentioned_)
        c_.useLang("panic_cannot_unwind", t.source.span);
      break;
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
    if (mentioned_)
      return;
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
    case mir::CastKind::ReifyFnPointer: c_.useFn(source, mentioned_, {}); return; // a mention needs no shim
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
  bool mentioned_;
};
} // namespace

// ---- uses ----

void Collector::add(MonoItem item) {
  if (!mentioning_)
    found_.push_back({item, place_});
  else if (item.kind == MonoItemKind::Fn && !seenFns_.contains(item.instance) && seenMentions_.insert(item.instance).second)
    mentions_.push_back({item, place_});
}

static bool hasOwnName(const ty::CodegenAttrs &a) {
  return a.noMangle || a.exportName.valid() || a.stdInternalSymbol || a.isPanicHandler;
}

// In the object of the crate it is of: functions with names of their own, and those that the crate says are there.
bool Collector::isElsewhere(const Instance &i) {
  const Crate &crate = tcx.crates[i.def.crate()];
  DefKind kind = tcx.defKind(i.def);
  if (!crate.hasObject || (kind != DefKind::Fn && kind != DefKind::AssocFn))
    return false;
  auto [it, isNew] = elsewhere_.try_emplace(i.def, false);
  if (isNew)
    it->second = hasOwnName(*tcx.codegenAttrs(i.def)) || (!crate.exports.empty() && !isGeneric(tcx, i.def) && crate.exports.contains(tcx.symbolName(i)));
  return it->second;
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
    if (isForeign(tcx, i.def) || isElsewhere(i))
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
  if (!isForeign(tcx, def) && !tcx.crates[def.crate()].hasObject) // there is one, in its crate's object
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
      if ((mentioning_ ? seenMentionedAllocs_ : seenAllocs_).insert(id).second)
        for (const mir::Relocation &r : g.memory->relocs)
          work.push_back(r.target);
      break;
    case mir::GlobalAllocKind::TypeId:
    case mir::GlobalAllocKind::Dead: break;
    }
  }
}

void Collector::useConstant(const mir::ConstValue &v) {
  setPlace({}); // what the value of a constant leads to stands in no body
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
  std::vector<mir::BlockId> reachable = reachableBlocks(tcx, i, *body);
  for (mir::BlockId id : reachable)
    walker.visitBlock(id);
  mentioning_ = true;
  visitRequired(i, *body);
  if (!everyBody_)
    visitDead(i, *body, reachable);
  mentioning_ = false;
}

// An error in one is an error of the program, used or not; functions in their values are mentioned.
void Collector::visitRequired(const Instance &i, const mir::Body &body) {
  for (const mir::Constant &c : body.requiredConsts) {
    setPlace(c.span);
    if (std::optional<mir::ConstValue> v = evalConstant(tcx, i, c))
      useConstant(*v);
    else
      ctfe::noteErroneousConstant(tcx, c.span);
  }
}

void Collector::visitDead(const Instance &i, const mir::Body &body, llvm::ArrayRef<mir::BlockId> reachable) {
  if (reachable.size() == body.blocks.size())
    return;
  std::vector<bool> isReachable(body.blocks.size());
  for (mir::BlockId id : reachable)
    isReachable[id.raw] = true;
  BodyWalker walker(*this, i, body, true);
  for (uint32_t b = 0; b < body.blocks.size(); ++b)
    if (!isReachable[b])
      walker.visitBlock(mir::BlockId(b));
}

void Collector::visitMentioned(const Instance &i) {
  const mir::Body *body = bodyOf(tcx, i);
  if (!body || body->tainted)
    return;
  visitRequired(i, *body);
  visitDead(i, *body, {});
}

// Which instance of a generic function the errors just reported are of.
void Collector::noteInstance(const Instance &i, Span span) {
  if (i.kind != InstanceKind::Item || llvm::none_of(i.args, [](ty::GenericArg a) { return !a.isRegion(); }))
    return;
  diag::Diagnostic d;
  d.level = diag::Level::Note;
  d.message = "the above error was encountered while instantiating `fn " + ty::show(tcx, i) + "`";
  if (!span.isDummy())
    d.spans.push_back({tcx.sess.hygiene.sourceCallSite(span), "", true});
  diag::Builder(tcx.sess.diag, std::move(d)).emit();
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

// Counts one instance more of its function on the way from the root; false, and reported, when the recursion limit is exceeded.
bool Collector::descend(const Instance &i, DefId &depthOf) {
  depthOf = i.def;
  unsigned &depth = depths_[depthOf];
  unsigned adjusted = i.kind == InstanceKind::DropGlue ? depth / 4 : depth; // drop glue nests with types
  if (adjusted > tcx.sess.options.recursionLimit) {
    tcx.sess.diag.error(tcx.def(depthOf).span, "reached the recursion limit while instantiating `" + ty::show(tcx, i, {ty::PathStyle::Full}) + "`");
    return false;
  }
  ++depth;
  return true;
}

// Starts on an item not seen yet; false when the recursion limit is exceeded.
bool Collector::enter(MonoItem item, Span span) {
  bool isNew = item.kind == MonoItemKind::Fn ? seenFns_.insert(item.instance).second : seenDefs_.insert(item.def).second;
  if (!isNew || (everyBody_ && item.kind == MonoItemKind::Fn && !isFirstInstance(item.instance)))
    return true;
  DefId depthOf;
  if (item.kind == MonoItemKind::Fn && !descend(item.instance, depthOf))
    return false;
  item.exported |= isExported(item.kind == MonoItemKind::Fn ? item.instance.def : item.def) && (item.kind != MonoItemKind::Fn || item.instance.kind == InstanceKind::Item);
  found_.clear();
  if (everyBody_ && !visitItem_(item, [&] { visit(item); })) {
    found_.clear();
    if (depthOf.valid())
      --depths_[depthOf];
    return true;
  }
  items_.push_back(item);
  size_t errors = tcx.sess.diag.errorCount();
  if (!everyBody_)
    visit(item);
  if (item.kind == MonoItemKind::Fn && tcx.sess.diag.errorCount() != errors)
    noteInstance(item.instance, span);
  stack_.push_back({std::move(found_), 0, depthOf});
  found_ = {};
  return true;
}

// The same for one that is only mentioned.
bool Collector::enterMentioned(const Instance &i, Span span) {
  DefId depthOf;
  if (!descend(i, depthOf))
    return false;
  size_t errors = tcx.sess.diag.errorCount();
  visitMentioned(i);
  if (tcx.sess.diag.errorCount() != errors)
    noteInstance(i, span);
  stack_.push_back({std::move(mentions_), 0, depthOf});
  mentions_ = {};
  return true;
}

// ---- roots ----

// Whether other crates can be compiled against this one: its metadata is written, alone or in an archive.
static bool canHaveDependants(const Options &o) {
  return o.emitsKind(EmitKind::Metadata) || o.emitsKind(EmitKind::Link);
}

// Named by the source for the outside, or, in a library, a static or a function that others can come to and that is neither generic nor left to
// its users. Functions that use a static are copied into other objects, private ones too, so that all statics of a library are for the outside
// where there are others.
bool Collector::isExported(DefId def) {
  const Def &row = tcx.def(def);
  if (row.kind != DefKind::Fn && row.kind != DefKind::AssocFn && row.kind != DefKind::Static)
    return false;
  const ty::CodegenAttrs *attrs = tcx.codegenAttrs(def);
  if (attrs && (hasOwnName(*attrs) || attrs->used != ty::UsedAttr::None))
    return true;
  if (!isLibrary(tcx.sess.options) || !def.isLocal())
    return false;
  if (row.kind == DefKind::Static)
    return row.vis.isPublic() || canHaveDependants(tcx.sess.options);
  if (everyBody_)
    return false;
  if (!reachable_)
    reachable_ = reachableDefs(tcx, *references_, inlines_);
  return reachable_->contains(def) && !isGeneric(tcx, def) && !isForeign(tcx, def) && !inlines_.contains(def);
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
  if (isGeneric(tcx, def) || isForeign(tcx, def) || !(isExported(def) || tcx.sess.options.code.linkDeadCode))
    return;
  if (tcx.def(def).kind == DefKind::AssocFn && tcx.defKind(tcx.parent(def)) == DefKind::Trait)
    return;
  const ty::CodegenAttrs *attrs = tcx.codegenAttrs(def);
  if (attrs && attrs->isIntrinsic)
    return;
  add({MonoItemKind::Fn, onlyInstance(tcx, def), {}, true});
}

// The entry point that calls `main` is the standard library's.
void Collector::rootMain() {
  DefId main = tcx.sess.options.makes(CrateType::Bin) ? tcx.scopes->entryFn(/*report=*/false) : DefId();
  if (!main.valid())
    return;
  if (tcx.crates.langItem("start").valid())
    add({MonoItemKind::Fn, onlyInstance(tcx, main), {}, true});
  else
    tcx.sess.diag.errorNoSpan("using `fn main` requires the standard library")
        .help("use `#![no_main]` to bypass the Rust generated entrypoint and declare a platform specific entrypoint yourself, usually with `#[no_mangle]`");
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
    use(Instance{InstanceKind::Item, handler, {}, {}, 0});
}

void Collector::roots() {
  if (!everyBody_) {
    rootsOf(kLocalCrate);
    rootMain();
    return;
  }
  for (const std::unique_ptr<Crate> &crate : tcx.crates)
    rootsOf(crate->id);
}

// Everything that a root leads to, depth first; false when the recursion limit is exceeded.
bool Collector::walk(const Found &root, bool mentioned) {
  auto start = [&](const Found &f) {
    return mentioned ? seenFns_.contains(f.item.instance) || enterMentioned(f.item.instance, f.span) : enter(f.item, f.span);
  };
  if (!start(root))
    return false;
  while (!stack_.empty()) {
    Frame &f = stack_.back();
    if (f.at < f.found.size()) {
      if (Found next = f.found[f.at++]; !start(next))
        return false;
      continue;
    }
    if (f.depthOf.valid())
      --depths_[f.depthOf];
    stack_.pop_back();
  }
  return true;
}

std::vector<MonoItem> Collector::run() {
  roots();
  std::vector<Found> all = std::move(found_);
  found_ = {};
  for (const Found &root : all)
    if (!walk(root, false))
      return std::move(items_);
  // What is used was walked as such: that comes first, so that nothing is walked as mentioned and then again as used.
  mentioning_ = true;
  all = std::move(mentions_);
  mentions_ = {};
  for (const Found &root : all)
    if (!walk(root, true))
      break;
  return std::move(items_);
}

std::vector<MonoItem> collect(Ctx &tcx, const References &references) { return Collector(tcx, references).run(); }

std::vector<std::string> exportedFunctions(Ctx &tcx, llvm::ArrayRef<MonoItem> items) {
  std::vector<std::string> names;
  for (const MonoItem &i : items)
    if (i.kind == MonoItemKind::Fn && i.exported && i.instance.kind == InstanceKind::Item && !hasOwnName(*tcx.codegenAttrs(i.instance.def)))
      names.push_back(std::string(tcx.symbolName(i.instance)));
  llvm::sort(names);
  return names;
}

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
