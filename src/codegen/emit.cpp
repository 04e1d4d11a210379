// LLVM's part: the target machine, and writing a module to a file (complete, through a temporary one).
#include "codegen/codegen.h"
#include "layout/target.h"
#include "metadata/archive.h"
#include "target/features.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Object/ArchiveWriter.h"
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

llvm::StringRef mergeFunctions(const Session &sess, const layout::TargetSpec &target) {
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
  options.UniqueSectionNames = o.code.uniqueSectionNames;
  options.UseInitArray = !o.code.useCtorsSection;
  options.EmitStackSizeSection = o.code.emitStackSizes;
  options.TrapUnreachable = o.code.trapUnreachable.value_or(true); // but for calls that do not return, which say so themselves
  options.NoTrapAfterNoreturn = true;
  options.MCOptions.X86RelaxRelocations = o.code.relaxElfRelocations.value_or(true);
  options.MCOptions.AsmVerbose = o.verboseAsm;
  options.EmulatedTLS = o.tlsModel == "emulated";
  options.MCOptions.ABIName = target.llvmAbi;
  std::string features = target.features;
  if (!o.targetFeatures.empty())
    features += (features.empty() ? "" : ",") + target::llvmFeatureList(target.arch, o.targetFeatures);
  llvm::StringRef reloc = o.relocationModel.empty() ? llvm::StringRef(target.relocationModel) : llvm::StringRef(o.relocationModel);
  llvm::StringRef code = o.codeModel.empty() ? llvm::StringRef(target.codeModel) : llvm::StringRef(o.codeModel);
  std::unique_ptr<llvm::TargetMachine> machine(t->createTargetMachine(triple, o.targetCpu.empty() ? target.cpu : o.targetCpu, features, options,
                                                                      relocModel(reloc), codeModel(code), codegenLevel(o.opt)));
  if (machine && o.code.largeDataThreshold)
    machine->setLargeDataThreshold(*o.code.largeDataThreshold);
  return machine;
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

bool writeArchiveFile(Session &sess, const ArchiveContents &contents, llvm::StringRef output) {
  std::vector<llvm::NewArchiveMember> members;
  if (!contents.metadata.empty())
    members.push_back(llvm::NewArchiveMember(llvm::MemoryBufferRef(contents.metadata, metadata::kMember)));
  std::vector<std::pair<std::string, std::string>> files; // own names are the same whatever temporary files the objects are in
  for (size_t i = 0; i < contents.own.size(); ++i)
    files.push_back({(llvm::sys::path::stem(output) + "." + llvm::Twine(i) + metadata::kOwnObject).str(), contents.own[i]});
  files.insert(files.end(), contents.others.begin(), contents.others.end());
  for (const auto &[name, file] : files) {
    llvm::Expected<llvm::NewArchiveMember> m = llvm::NewArchiveMember::getFile(file, /*Deterministic=*/true);
    if (!m) {
      sess.diag.errorNoSpan("couldn't read `" + file + "`: " + llvm::toString(m.takeError()));
      return false;
    }
    m->MemberName = name;
    members.push_back(std::move(*m));
  }
  llvm::Error e = llvm::writeArchive(output, members, llvm::SymtabWritingMode::NormalSymtab, llvm::object::Archive::K_GNU, true, false);
  if (e)
    sess.diag.errorNoSpan("couldn't write `" + output + "`: " + llvm::toString(std::move(e)));
  return !sess.diag.hasErrors();
}

} // namespace ferric::codegen
