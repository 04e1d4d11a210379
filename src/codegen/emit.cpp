// LLVM's part: the target machine, the optimisation pipeline, and writing a module to a file (complete, through a temporary one).
#include "codegen/codegen.h"
#include "layout/target.h"
#include "metadata/archive.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Object/ArchiveWriter.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Passes/StandardInstrumentations.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Transforms/Utils/Cloning.h"

namespace ferric::codegen {

void initializeTargets() {
  static bool done = [] {
#define FERRIC_INITIALIZE(arch)          \
  LLVMInitialize##arch##TargetInfo();     \
  LLVMInitialize##arch##Target();         \
  LLVMInitialize##arch##TargetMC();       \
  LLVMInitialize##arch##AsmPrinter();     \
  LLVMInitialize##arch##AsmParser();
    FERRIC_INITIALIZE(X86)
    FERRIC_INITIALIZE(AArch64)
    FERRIC_INITIALIZE(RISCV)
#undef FERRIC_INITIALIZE
    return true;
  }();
  (void)done;
}

static std::optional<llvm::Reloc::Model> relocModel(llvm::StringRef name) {
  return llvm::StringSwitch<std::optional<llvm::Reloc::Model>>(name)
      .Cases({"pic", "pie"}, llvm::Reloc::PIC_).Case("static", llvm::Reloc::Static).Case("dynamic-no-pic", llvm::Reloc::DynamicNoPIC)
      .Case("ropi", llvm::Reloc::ROPI).Case("rwpi", llvm::Reloc::RWPI).Case("ropi-rwpi", llvm::Reloc::ROPI_RWPI).Default(std::nullopt);
}
static std::optional<llvm::CodeModel::Model> codeModel(llvm::StringRef name) {
  return llvm::StringSwitch<std::optional<llvm::CodeModel::Model>>(name)
      .Case("tiny", llvm::CodeModel::Tiny).Case("small", llvm::CodeModel::Small).Case("kernel", llvm::CodeModel::Kernel)
      .Case("medium", llvm::CodeModel::Medium).Case("large", llvm::CodeModel::Large).Default(std::nullopt);
}
static llvm::CodeGenOptLevel codegenLevel(OptLevel o) {
  switch (o) {
  case OptLevel::O0: return llvm::CodeGenOptLevel::None;
  case OptLevel::O1: return llvm::CodeGenOptLevel::Less;
  case OptLevel::O3: return llvm::CodeGenOptLevel::Aggressive;
  default: return llvm::CodeGenOptLevel::Default;
  }
}

static llvm::StringRef mergeFunctions(const Session &sess, const layout::TargetSpec &target) {
  return sess.options.mergeFunctions.empty() ? llvm::StringRef(target.mergeFunctions) : llvm::StringRef(sess.options.mergeFunctions);
}

// LLVM has no other way to ask its pass for aliases than the option of its command line.
static void useAliases(bool on) {
  llvm::cl::Option *o = llvm::cl::getRegisteredOptions().lookup("mergefunc-use-aliases");
  CHECK(o, "LLVM has no option for aliases of merged functions");
  if (!o->getNumOccurrences()) // not said by -C llvm-args
    static_cast<llvm::cl::opt<bool> *>(o)->setValue(on);
}

// `-C llvm-args`. False: reported.
static bool setLlvmOptions(Session &sess) {
  if (sess.options.llvmArgs.empty())
    return true;
  llvm::SmallVector<const char *, 4> args{"ferric"};
  for (const std::string &a : sess.options.llvmArgs)
    args.push_back(a.c_str());
  std::string message;
  llvm::raw_string_ostream os(message);
  if (llvm::cl::ParseCommandLineOptions(int(args.size()), args.data(), "", &os))
    return true;
  sess.diag.errorNoSpan("in `-C llvm-args`: " + llvm::StringRef(message).trim());
  return false;
}

std::unique_ptr<llvm::TargetMachine> makeTargetMachine(Session &sess, const layout::TargetSpec &target, bool executable) {
  initializeTargets();
  if (!setLlvmOptions(sess))
    return nullptr;
  useAliases(mergeFunctions(sess, target) == "aliases");
  const Options &o = sess.options;
  llvm::Triple triple(target.llvmTriple);
  std::string error;
  const llvm::Target *t = llvm::TargetRegistry::lookupTarget(triple, error);
  if (!t) {
    sess.diag.errorNoSpan("could not create LLVM TargetMachine for triple: " + target.llvmTriple + ": " + error);
    return nullptr;
  }
  llvm::TargetOptions options;
  options.FunctionSections = options.DataSections = o.functionSections.value_or(target.functionSections);
  options.UniqueSectionNames = true;
  options.EmulatedTLS = o.tlsModel == "emulated";
  options.MCOptions.ABIName = target.llvmAbi;
  std::string features = target.features;
  if (!o.targetFeatures.empty())
    features += (features.empty() ? "" : ",") + o.targetFeatures;
  llvm::StringRef reloc = o.relocationModel.empty() ? llvm::StringRef(target.relocationModel) : llvm::StringRef(o.relocationModel);
  llvm::StringRef code = o.codeModel.empty() ? llvm::StringRef(target.codeModel) : llvm::StringRef(o.codeModel);
  return std::unique_ptr<llvm::TargetMachine>(t->createTargetMachine(triple, o.targetCpu.empty() ? target.cpu : o.targetCpu, features, options,
                                                                     relocModel(reloc), codeModel(code), codegenLevel(o.opt)));
}

static llvm::OptimizationLevel passLevel(OptLevel o) {
  switch (o) {
  case OptLevel::O0: return llvm::OptimizationLevel::O0;
  case OptLevel::O1: return llvm::OptimizationLevel::O1;
  case OptLevel::O2: return llvm::OptimizationLevel::O2;
  case OptLevel::O3: return llvm::OptimizationLevel::O3;
  case OptLevel::Os: return llvm::OptimizationLevel::Os;
  case OptLevel::Oz: return llvm::OptimizationLevel::Oz;
  }
  UNREACHABLE("optimisation level");
}

void optimize(Session &sess, const layout::TargetSpec &target, llvm::Module &module, llvm::TargetMachine &machine) {
  if (sess.options.noPasses)
    return;
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager sccs;
  llvm::ModuleAnalysisManager modules;
  llvm::PipelineTuningOptions tuning;
  OptLevel level = sess.options.opt;
  bool vectorize = level == OptLevel::O2 || level == OptLevel::O3 || level == OptLevel::Os;
  tuning.LoopVectorization = tuning.SLPVectorization = vectorize;
  tuning.LoopUnrolling = level == OptLevel::O2 || level == OptLevel::O3;
  tuning.MergeFunctions = level != OptLevel::O0 && level != OptLevel::O1 && mergeFunctions(sess, target) != "disabled";
  llvm::PassBuilder builder(&machine, tuning);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(sccs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, sccs, modules);
  llvm::ModulePassManager passes = level == OptLevel::O0 ? builder.buildO0DefaultPipeline(llvm::OptimizationLevel::O0)
                                                        : builder.buildPerModuleDefaultPipeline(passLevel(level));
  passes.run(module, modules);
}

static void writeMachineCode(llvm::Module &module, llvm::TargetMachine &machine, EmitKind kind, llvm::raw_ostream &os, bool isLast) {
  llvm::SmallVector<char, 0> buffer; // object writers seek
  llvm::raw_svector_ostream bytes(buffer);
  llvm::legacy::PassManager passes;
  std::unique_ptr<llvm::Module> copy = isLast ? nullptr : llvm::CloneModule(module); // code generation changes the module
  bool failed = machine.addPassesToEmitFile(passes, bytes, nullptr, kind == EmitKind::Asm ? llvm::CodeGenFileType::AssemblyFile : llvm::CodeGenFileType::ObjectFile);
  CHECK(!failed, "target cannot emit this kind of file");
  passes.run(copy ? *copy : module);
  os << llvm::StringRef(buffer.data(), buffer.size());
}

bool writeModule(Session &sess, llvm::Module &module, llvm::TargetMachine &machine, EmitKind kind, llvm::StringRef path, bool isLast) {
  auto write = [&](llvm::raw_ostream &os) {
    if (kind == EmitKind::LlvmIr)
      module.print(os, nullptr);
    else if (kind == EmitKind::LlvmBc)
      llvm::WriteBitcodeToFile(module, os);
    else
      writeMachineCode(module, machine, kind, os, isLast);
    return llvm::Error::success();
  };
  if (path == "-") {
    (void)write(llvm::outs());
    return true;
  }
  if (llvm::Error e = llvm::writeToOutput(path, write)) {
    sess.diag.errorNoSpan("couldn't write `" + path + "`: " + llvm::toString(std::move(e)));
    return false;
  }
  return !sess.diag.hasErrors();
}

bool writeArchiveFile(Session &sess, llvm::ArrayRef<std::string> objects, llvm::StringRef metadata, llvm::StringRef output) {
  std::vector<llvm::NewArchiveMember> members;
  if (!metadata.empty())
    members.push_back(llvm::NewArchiveMember(llvm::MemoryBufferRef(metadata, metadata::kMember)));
  std::vector<std::string> names(objects.size()); // of the members: the same whatever temporary files the objects are in
  for (size_t i = 0; i < objects.size(); ++i) {
    const std::string &o = objects[i];
    names[i] = (llvm::sys::path::stem(output) + "." + llvm::Twine(i) + ".o").str();
    llvm::Expected<llvm::NewArchiveMember> m = llvm::NewArchiveMember::getFile(o, /*Deterministic=*/true);
    if (!m) {
      sess.diag.errorNoSpan("couldn't read `" + o + "`: " + llvm::toString(m.takeError()));
      return false;
    }
    m->MemberName = names[i];
    members.push_back(std::move(*m));
  }
  llvm::Error e = llvm::writeArchive(output, members, llvm::SymtabWritingMode::NormalSymtab, llvm::object::Archive::K_GNU, true, false);
  if (e)
    sess.diag.errorNoSpan("couldn't write `" + output + "`: " + llvm::toString(std::move(e)));
  return !sess.diag.hasErrors();
}

} // namespace ferric::codegen
