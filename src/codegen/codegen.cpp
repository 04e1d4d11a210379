// The back end on one page: items, one LLVM module, optimisation, outputs.
#include "codegen/codegen.h"
#include "codegen/asm.h"
#include "codegen/inline.h"
#include "metadata/archive.h"
#include "llvm/IR/DiagnosticHandler.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

namespace ferric::codegen {

using llvm::GlobalValue; using mono::MonoItem; using mono::MonoItemKind;

static GlobalValue::LinkageTypes linkageOf(Ctx &tcx, const MonoItem &item) {
  DefId def = item.kind == MonoItemKind::Fn ? item.instance.def : item.def;
  const ty::CodegenAttrs *attrs = def.valid() ? tcx.codegenAttrs(def) : nullptr;
  if (attrs && attrs->linkage.valid() && item.exported)
    return llvm::StringSwitch<GlobalValue::LinkageTypes>(tcx.sess.str(attrs->linkage))
        .Case("weak", GlobalValue::WeakAnyLinkage).Case("weak_odr", GlobalValue::WeakODRLinkage).Case("linkonce", GlobalValue::LinkOnceAnyLinkage)
        .Case("linkonce_odr", GlobalValue::LinkOnceODRLinkage).Case("common", GlobalValue::CommonLinkage)
        .Case("internal", GlobalValue::InternalLinkage).Default(GlobalValue::ExternalLinkage);
  if (item.exported && def.valid() && !def.isLocal() && mono::isLibrary(tcx.sess.options))
    return GlobalValue::WeakAnyLinkage; // a program this is linked into may have its own
  return item.exported ? GlobalValue::ExternalLinkage : GlobalValue::InternalLinkage;
}

void defineFunction(CodegenCx &cx, const Instance &i) {
  const mir::Body *body = mono::bodyOf(cx.tcx, i);
  if (!body || body->tainted) {
    if (!cx.tcx.sess.diag.hasErrors())
      cx.tcx.sess.diag.error(i.def.valid() ? cx.tcx.def(i.def).span : Span(), "internal: a function to generate code for has no body");
    return;
  }
  PhaseScope scope("codegen", body->span);
  llvm::Function *f = cx.fn(i);
  if (!f->isDeclaration()) {
    cx.tcx.sess.diag.error(body->span, "symbol `" + f->getName() + "` is already defined");
    return;
  }
  if (i.kind == InstanceKind::Item && cx.tcx.codegenAttrs(i.def)->naked) {
    if (!lowerNaked(cx, i, *body, f))
      cx.tcx.sess.diag.error(body->span, "internal: a naked function without assembly");
    return;
  }
  FnCx(cx, i, *body, f).lower();
}

// Module contents: first everything is named with its linkage, then defined, so that no order matters.
static void generate(CodegenCx &cx, llvm::ArrayRef<MonoItem> items) {
  for (const MonoItem &i : items) {
    if (i.kind == MonoItemKind::Fn)
      cx.definedFns[i.instance] = linkageOf(cx.tcx, i);
    else if (i.kind == MonoItemKind::Static)
      cx.definedStatics[i.def] = linkageOf(cx.tcx, i);
  }
  Inliner inliner(cx);
  cx.inliner = cx.optimizing() ? &inliner : nullptr;
  for (const MonoItem &i : items) {
    switch (i.kind) {
    case MonoItemKind::Fn:
      if (i.exported || !cx.inliner)
        defineFunction(cx, i.instance);
      break;
    case MonoItemKind::Static: cx.defineStatic(i.def); break;
    case MonoItemKind::GlobalAsm: lowerGlobalAsm(cx, i.def); break;
    }
  }
  defineAllocatorShim(cx);
  // What only this object sees and all calls of which were inlined is not needed.
  for (size_t k = 0; cx.inliner && k < cx.referencedFns.size(); ++k)
    if (Instance i = cx.referencedFns[k]; cx.fn(i)->isDeclaration())
      defineFunction(cx, i);
  cx.inliner = nullptr;
  llvm::appendToUsed(*cx.module, cx.used);
  llvm::appendToCompilerUsed(*cx.module, cx.compilerUsed);
}

static bool verify(Session &sess, llvm::Module &module) {
  std::string message;
  llvm::raw_string_ostream os(message);
  if (!llvm::verifyModule(module, &os))
    return true;
  sess.diag.errorNoSpan("internal: the generated LLVM IR is invalid: " + message);
  return false;
}

// The objects of the crates this one stands on, taken out of their rlibs; `native`: those of libraries they bring along. False: reported.
static bool dependencyObjects(Session &sess, llvm::ArrayRef<metadata::Dependency> dependencies, std::vector<std::string> &own,
                              ArchiveContents *native = nullptr) {
  for (const metadata::Dependency &d : dependencies) {
    if (!d.hasObject || d.ofLibrary)
      continue;
    if (d.archive.empty()) {
      sess.diag.errorNoSpan("crate `" + d.name + "` required to be available in rlib format, but was not found in this form");
      return false;
    }
    llvm::Error e = metadata::extractObjects(d.archive, metadata::Objects::Own, own);
    std::vector<std::string> files, names;
    if (!e && native)
      e = metadata::extractObjects(d.archive, metadata::Objects::OfNativeLibs, files, &names);
    for (size_t i = 0; i < names.size(); ++i)
      native->others.push_back({names[i], files[i]});
    if (e) {
      sess.diag.errorNoSpan("couldn't read `" + d.archive + "`: " + llvm::toString(std::move(e)));
      return false;
    }
  }
  return true;
}

// -C save-temps: the crate's object stays beside what is made of it.
static void saveObject(Session &sess, llvm::StringRef object, llvm::StringRef output) {
  std::string kept = (output + metadata::kOwnObject).str();
  if (std::error_code e = llvm::sys::fs::copy_file(object, kept))
    sess.diag.errorNoSpan("couldn't write `" + kept + "`: " + e.message());
}

static void removeFiles(llvm::ArrayRef<std::string> files) {
  for (const std::string &f : files)
    llvm::sys::fs::remove(f);
}

static void emitArchive(Session &sess, const std::string &object, const LinkInputs &inputs, bool isStaticlib, llvm::StringRef output) {
  ArchiveContents contents;
  std::vector<std::string> temporaries;
  contents.own.push_back(object);
  if (!isStaticlib)
    contents.metadata = inputs.metadata;
  bool ok = bundleNativeLibs(sess, inputs.nativeLibs, contents, temporaries);
  if (isStaticlib && ok) {
    size_t bundled = contents.own.size(), others = contents.others.size();
    ok = dependencyObjects(sess, inputs.dependencies, contents.own, &contents);
    temporaries.insert(temporaries.end(), contents.own.begin() + long(bundled), contents.own.end());
    for (size_t i = others; i < contents.others.size(); ++i)
      temporaries.push_back(contents.others[i].second);
  }
  if (ok && writeArchiveFile(sess, contents, output) && isStaticlib && sess.options.printNativeStaticLibs)
    printNativeStaticLibs(sess, inputs);
  removeFiles(temporaries);
}

// What the crate types ask for, each made of the same temporary object.
static void emitLink(CodegenCx &cx, llvm::TargetMachine &machine, const EmitRequest &request, llvm::StringRef crateName, bool isLast,
                     const LinkInputs &inputs) {
  Session &sess = cx.tcx.sess;
  llvm::SmallString<128> object;
  if (std::error_code e = llvm::sys::fs::createTemporaryFile("ferric", "o", object)) {
    sess.diag.errorNoSpan("couldn't create a temporary object: " + e.message());
    return;
  }
  bool made = writeModule(sess, *cx.module, machine, EmitKind::Obj, object, isLast);
  for (CrateType type : sess.options.crateTypes) {
    std::string output = outputPath(sess.options, crateName, request, type);
    std::vector<std::string> objects{object.str().str()};
    if (made && !sess.diag.hasErrors()) {
      if (type == CrateType::Rlib || type == CrateType::Staticlib)
        emitArchive(sess, objects[0], inputs, type == CrateType::Staticlib, output);
      else if (dependencyObjects(sess, inputs.dependencies, objects))
        link(sess, cx.target, type, objects, inputs, output);
    }
    removeFiles(llvm::ArrayRef(objects).drop_front());
    if (sess.options.saveTemps)
      saveObject(sess, object, output);
  }
  llvm::sys::fs::remove(object);
}

// Made of the LLVM module.
static bool isOfModule(const EmitRequest &r) {
  return r.kind == EmitKind::Obj || r.kind == EmitKind::Asm || r.kind == EmitKind::LlvmIr || r.kind == EmitKind::LlvmBc || r.kind == EmitKind::Link;
}

void codegenCrate(Ctx &tcx, CrateId crate, llvm::ArrayRef<MonoItem> items, const LinkInputs &inputs, llvm::function_ref<void()> generated) {
  Session &sess = tcx.sess;
  const Options &o = sess.options;
  std::string name = sess.str(tcx.crates[crate].name).str();
  bool executable = o.makes(CrateType::Bin);
  std::unique_ptr<llvm::TargetMachine> machine = makeTargetMachine(sess, *tcx.target, executable);
  if (!machine)
    return;
  llvm::LLVMContext llcx;
  CodegenCx cx(tcx, llcx, name);
  llcx.setDiagnosticHandler(makeDiagnosticHandler(cx));
  cx.module->setTargetTriple(machine->getTargetTriple());
  cx.module->setDataLayout(machine->createDataLayout());
  setModuleFlags(cx, *machine, executable);
  generate(cx, items);
  generated();
  markDsoLocal(cx, executable);
  if (sess.diag.hasErrors() || (o.verifyLlvmIr && !verify(sess, *cx.module)))
    return;
  optimize(sess, cx.target, *cx.module, *machine);
  std::vector<EmitRequest> emits = o.emits;
  if (emits.empty())
    emits.push_back({EmitKind::Link, ""});
  for (size_t i = 0; i < emits.size(); ++i) {
    const EmitRequest &r = emits[i];
    if (sess.diag.hasErrors())
      return;
    bool isLast = llvm::none_of(llvm::ArrayRef(emits).drop_front(i + 1), isOfModule);
    switch (r.kind) {
    case EmitKind::Obj:
    case EmitKind::Asm:
    case EmitKind::LlvmIr:
    case EmitKind::LlvmBc: writeModule(sess, *cx.module, *machine, r.kind, outputPath(o, name, r), isLast); break;
    case EmitKind::Link: emitLink(cx, *machine, r, name, isLast, inputs); break;
    default: break; // other phases'
    }
  }
}

} // namespace ferric::codegen
