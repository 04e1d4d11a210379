// Calls: resolution of the callee, the "rust-call" convention, virtual calls, drops, and panics, which
// become the error's message.
#include "ctfe/interp.h"
#include "traits/instance.h"
#include "traits/type_info.h"
#include "traits/vtable.h"
#include "ty/codegen_attrs.h"
#include "ty/fold.h"
#include "ty/print.h"

namespace ferric::ctfe {

bool Interp::instanceOfFnPtr(const Value &v, Instance &out) {
  if (v.kind != Value::Ptr || isLocalAlloc(v.ptr.alloc) || (*tcx.allocs)[v.ptr.alloc].kind != GlobalAllocKind::Function)
    return fail("using a pointer that is no function as function pointer");
  out = (*tcx.allocs)[v.ptr.alloc].instance;
  return true;
}

const mir::Body *Interp::bodyOf(const Instance &instance) {
  switch (instance.kind) {
  case ty::InstanceKind::Item:
  case ty::InstanceKind::Intrinsic:
    return tcx.mirForCtfe(instance.def);
  default:
    return tcx.mirShim(instance);
  }
}

bool Interp::readStr(const Mem &wide, std::string &out) {
  Imm v;
  TRY(readImm(wide, v));
  llvm::SmallVector<uint8_t, 64> bytes;
  if (!v.b.isBits())
    return false;
  TRY(memory.readBytes(v.a.asPtr(), uint64_t(v.b.bits), bytes));
  out.assign(bytes.begin(), bytes.end());
  return true;
}

// The entry points of panics (rustc_const_eval: CompileTimeMachine::hook_panic_fn).
bool Interp::panicHook(DefId def, llvm::ArrayRef<Mem> args, bool &handled) {
  handled = false;
  Symbol lang = tcx.crates.langItemName(def);
  if (!lang.valid())
    return true;
  llvm::StringRef name = tcx.sess.str(lang);
  if (name == "panic_display" || name == "begin_panic") {
    handled = true;
    Mem str = args[0];
    if (str.type.ty.is(ty::TyKind::Ref) && str.type.ty.inner().is(ty::TyKind::Ref))
      TRY(deref(args[0], str));
    std::string message;
    TRY(readStr(str, message));
    return fail("evaluation panicked: " + message);
  }
  if (name == "panic" || name == "panic_nounwind") {
    handled = true;
    std::string message;
    TRY(readStr(args[0], message));
    return fail("evaluation panicked: " + message);
  }
  return true;
}

// Location of the caller of the innermost #[track_caller] chain.
bool Interp::callerLocation(Mem &out) {
  Span span = frame().location;
  for (size_t i = stack_.size(); i-- > 0;) {
    span = stack_[i].location;
    if (!stack_[i].body->trackCaller)
      break;
  }
  span = tcx.sess.hygiene.sourceCallSite(span);
  LineCol at = tcx.sess.sources.lookup(span.lo);
  DefId def = tcx.langItem(tcx.sess.symbols.intern("panic_location"));
  if (!def.valid())
    return fail("the language item `panic_location` is missing");
  TyLayout l;
  const ty::Generics *g = tcx.genericsOf(def);
  llvm::SmallVector<ty::GenericArg, 1> args(g->count(), ty::GenericArg(tcx.common.erased));
  TRY(typed(tcx.mkAdt(tcx.adtDef(def), tcx.mkArgs(args)), l));
  Mem location;
  TRY(tempOf(l, location));
  std::string name = at.file ? tcx.sess.sources.file(at.file).name : std::string("<unknown>");
  const ty::AdtDef *adt = tcx.adtDef(def);
  for (size_t i = 0; i < adt->variants[0].fields.size(); ++i) {
    llvm::StringRef field = tcx.sess.str(adt->variants[0].fields[i].name);
    Mem f;
    TRY(this->field(location, i, f));
    if (field == "line" || field == "col")
      TRY(writeBits(f, field == "line" ? at.line : at.col));
    else if (f.type->isPair()) // the file's name: a wide pointer; with a terminating NUL behind the text
      TRY(writeImm(f, {Value::ofPtr({tcx.allocs->forBytes(name + '\0'), 0}), Value::ofBits(name.size() + (field == "file_bytes_with_nul" ? 1 : 0), 8)}));
  }
  return writeImm(out, {Value::ofPtr(location.ptr), {}});
}

bool Interp::callInstance(const Instance &instanceIn, llvm::ArrayRef<Mem> argsIn, bool rustCall, const Mem &dest, mir::BlockId target, Span span) {
  Instance instance = instanceIn;
  llvm::SmallVector<Mem, 6> args(argsIn.begin(), argsIn.end());
  auto done = [&] {
    if (!target.valid())
      return fail("entering unreachable code");
    frame().block = target;
    frame().statement = 0;
    return true;
  };
  if (instance.kind == ty::InstanceKind::Virtual) {
    // The receiver may be a wrapped pointer: the one non-zero-sized field, down to the wide pointer.
    Mem self = args[0];
    while (!self.type.ty.is(ty::TyKind::Ref) && !self.type.ty.is(ty::TyKind::RawPtr)) {
      bool found = false;
      for (size_t i = 0; i < self.type->fieldCount() && !found; ++i) {
        Mem f;
        TRY(field(self, i, f));
        if (f.type->size) {
          self = f;
          found = true;
        }
      }
      if (!found)
        return fail("calling a method of a trait object through something that holds no pointer");
    }
    Imm wide;
    TRY(readImm(self, wide));
    if (wide.b.kind != Value::Ptr || isLocalAlloc(wide.b.ptr.alloc) || (*tcx.allocs)[wide.b.ptr.alloc].kind != GlobalAllocKind::VTable)
      return fail("using a pointer that is no vtable as vtable");
    const GlobalAlloc vtable = (*tcx.allocs)[wide.b.ptr.alloc];
    llvm::ArrayRef<ty::VtblEntry> entries = traits::vtableEntriesFor(tcx, vtable.ty, tcx.mkDynamic(vtable.preds, tcx.common.erased));
    if (instance.index >= entries.size() || entries[instance.index].kind != ty::VtblEntryKind::Method)
      return fail("calling an entry of a vtable that is no method");
    instance = entries[instance.index].method;
    // The callee wants a thin receiver of its own type: its first word is the address.
    Mem thin;
    TRY(temp(tcx.mkPtr(tcx.common.unit, ty::Mutability::Mut), thin));
    TRY(writeImm(thin, {wide.a, {}}));
    args[0] = thin;
  }
  if (instance.kind == ty::InstanceKind::DropGlue && !instance.ty)
    return done();
  bool handled = false;
  TRY(panicHook(instance.def, args, handled));
  if (handled)
    return false;
  if (instance.kind == ty::InstanceKind::Item && tcx.isLang(instance.def, tcx.sess.symbols.intern("panic_fmt"))) {
    if (DefId constPanic = tcx.langItem(tcx.sess.symbols.intern("const_panic_fmt")); constPanic.valid())
      instance = {ty::InstanceKind::Item, constPanic, {}, {}, 0};
  }
  if (instance.kind == ty::InstanceKind::Intrinsic) {
    bool jumped = false;
    TRY(intrinsic(tcx.def(instance.def).name, instance, args, dest, target, span, handled, jumped));
    if (handled)
      return jumped ? true : done();
    const ty::CodegenAttrs *attrs = tcx.codegenAttrs(instance.def);
    if (attrs->mustBeOverridden)
      return fail("intrinsic `" + tcx.sess.str(tcx.def(instance.def).name) + "` is not supported at compile time");
    instance.kind = ty::InstanceKind::Item;
  }
  if (instance.kind == ty::InstanceKind::Item && tcx.defKind(tcx.parent(instance.def)) == DefKind::ForeignMod)
    return fail("calling extern function `" + tcx.sess.str(tcx.def(instance.def).name) + "`");
  const mir::Body *body = bodyOf(instance);
  if (!body)
    return fail("calling function `" + ty::show(tcx, instance) + "`, which has no body");
  if (rustCall && !args.empty()) {
    Mem tuple = args.pop_back_val();
    for (size_t i = 0; i < tuple.type->fieldCount(); ++i) {
      Mem f;
      TRY(field(tuple, i, f));
      args.push_back(f);
    }
  }
  // Arguments are copied before the frame is entered: they may be the caller's locals.
  llvm::SmallVector<Mem, 6> values;
  for (const Mem &a : args) {
    Mem copy;
    TRY(tempOf(a.type, copy));
    TRY(copyValue(a, copy));
    values.push_back(copy);
  }
  TRY(pushFrame(body, instance, dest, target, span));
  size_t fixed = body->spreadArg >= 1 ? size_t(body->spreadArg) - 1 : body->argCount;
  for (size_t i = 0; i < fixed && i < values.size(); ++i) {
    Mem to;
    TRY(local(mir::Local(uint32_t(i + 1)), to));
    TRY(memory.copy(values[i].ptr, to.ptr, std::min(values[i].type->size, to.type->size)));
  }
  if (body->spreadArg >= 1) {
    Mem tuple;
    TRY(local(mir::Local(uint32_t(body->spreadArg)), tuple));
    for (size_t i = fixed; i < values.size(); ++i) {
      Mem f;
      TRY(field(tuple, i - fixed, f));
      TRY(copyValue(values[i], f));
    }
  }
  for (const Mem &v : values)
    memory.kill(v.ptr.alloc);
  return true;
}

bool Interp::call(const Terminator &t) {
  Mem callee;
  TRY(operand(t.operand, callee));
  Ty calleeTy = callee.type.ty;
  Instance instance;
  bool rustCall = false;
  if (calleeTy.is(ty::TyKind::FnDef)) {
    std::optional<Instance> i = traits::resolveInstance(tcx, {}, calleeTy.def(), calleeTy.args());
    if (!i)
      return memory.tooGeneric();
    instance = *i;
    rustCall = tcx.fnSig(calleeTy.def()).value.header.abi == ty::Abi::RustCall;
  } else if (calleeTy.is(ty::TyKind::FnPtr)) {
    Imm v;
    TRY(readImm(callee, v));
    TRY(instanceOfFnPtr(v.a, instance));
  } else {
    return fail("calling a value of type `" + ty::show(tcx, calleeTy) + "`");
  }
  llvm::SmallVector<Mem, 6> args;
  for (const Operand &o : t.args) {
    Mem m;
    TRY(operand(o, m));
    args.push_back(m);
  }
  Mem dest;
  TRY(place(t.place, dest));
  return callInstance(instance, args, rustCall, dest, t.targets.empty() ? mir::BlockId() : t.targets[0], t.fnSpan);
}

bool Interp::dropMem(const Mem &m, mir::BlockId target, Span span) {
  Ty t = m.type.ty;
  if (t.is(ty::TyKind::Dynamic)) {
    if (m.meta.kind != Value::Ptr)
      return fail("dropping a trait object without a vtable");
    t = (*tcx.allocs)[m.meta.ptr.alloc].ty;
  }
  Instance glue = traits::resolveDropInPlace(tcx, t);
  Mem pointer, unit;
  TRY(temp(tcx.mkPtr(t, ty::Mutability::Mut), pointer));
  TRY(writeImm(pointer, {Value::ofPtr(m.ptr), m.type.ty.is(ty::TyKind::Dynamic) ? Value() : m.meta}));
  TRY(temp(tcx.common.unit, unit));
  return callInstance(glue, {pointer}, false, unit, target, span);
}

bool Interp::drop(const Terminator &t) {
  Mem m;
  TRY(place(t.place, m));
  return dropMem(m, t.targets[0], t.source.span);
}

} // namespace ferric::ctfe
