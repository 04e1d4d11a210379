// Code generation: from the items that monomorphisation finds to objects, assembly, LLVM IR, bitcode and executables.
#pragma once
#include "metadata/locator.h"
#include "mono/mono.h"

namespace llvm { struct DiagnosticHandler; class Module; class TargetMachine; }

namespace ferric::codegen {

class CodegenCx;

// What is linked or archived besides the crate's own object.
struct LinkInputs {
  std::string metadata;                             // goes into an rlib
  std::vector<NativeLib> nativeLibs;                // of the crate
  llvm::ArrayRef<metadata::Dependency> dependencies; // their objects and native libraries go into an executable
};

// Generates one module of the crate's items, optimises it and writes what the options ask for (nothing with errors). `generated` is called
// when the module is made: MIR is not read any more.
void codegenCrate(ty::Ctx &tcx, CrateId crate, llvm::ArrayRef<mono::MonoItem> items, const LinkInputs &inputs,
                  llvm::function_ref<void()> generated);

// Makes LLVM IR of items one by one, verifies each on its own and throws it away; what is wrong is reported.
class FunctionChecker {
public:
  explicit FunctionChecker(ty::Ctx &tcx);
  ~FunctionChecker();
  // All that will be checked: calls among them see definitions.
  void declare(llvm::ArrayRef<mono::MonoItem> items);
  void check(const mono::MonoItem &item);

private:
  struct State;
  std::unique_ptr<State> state_;
};

// The file an emit kind goes to: the one given with it, `-o`, or one called after the crate in the output folder (output.cpp). What is linked has
// one for each crate type, `type` (rustc_session::output::out_filename).
std::string outputPath(const Options &options, llvm::StringRef crateName, const EmitRequest &request, CrateType type = CrateType::Bin);
// Whether more than one kind of file has no name of its own, and so the name of `-o` is only what they are called after.
bool sharesOutput(const Options &options);
// All files an emit kind goes to.
std::vector<std::string> outputPaths(const Options &options, llvm::StringRef crateName, const EmitRequest &request);

// Links the objects, with the dependencies' native libraries and code of the library, into an executable or a dynamic library (`type`) with the
// system's linker driver or the linker itself, as rustc calls it (link.cpp). Of a dynamic library only what has a name of its own, not
// one of Rust's, can be seen. False: reported.
bool link(Session &sess, const layout::TargetSpec &target, CrateType type, llvm::ArrayRef<std::string> objects, const LinkInputs &inputs,
          llvm::StringRef output);
// An archive of objects, and of a crate's metadata unless it is empty (rlib, staticlib). Objects in `own` are called as a crate's own are, those
// in `others` as they are in the archive they come from. False: reported.
struct ArchiveContents {
  std::vector<std::string> own;                         // files
  std::vector<std::pair<std::string, std::string>> others; // member and file
  llvm::StringRef metadata;
};
bool writeArchiveFile(Session &sess, const ArchiveContents &contents, llvm::StringRef output);

// ---- native libraries (native_libs.cpp) ----
// The folder of a -L option, where linkers look for libraries; empty: it is for crates.
llvm::StringRef nativeSearchFolder(llvm::StringRef option);
// Whether a crate's archive holds the library.
bool isBundled(const NativeLib &lib);
// The members of the static libraries that are bundled with the crate are put in temporary files and added. False: reported.
bool bundleNativeLibs(Session &sess, llvm::ArrayRef<NativeLib> libs, ArchiveContents &out, std::vector<std::string> &temporaries);
// The dependencies, each before those that it uses; those of the library come last.
std::vector<const metadata::Dependency *> linkOrder(llvm::ArrayRef<metadata::Dependency> dependencies);
// --print native-static-libs: what who links the static library must link besides. False: reported.
bool printNativeStaticLibs(Session &sess, const LinkInputs &inputs);

// Adds what a program that allocates needs of the compiler (allocator.cpp).
void defineAllocatorShim(CodegenCx &cx);

// Hands what LLVM has to say over to the context; remarks only those of -C remark (llvm_diagnostics.cpp).
std::unique_ptr<llvm::DiagnosticHandler> makeDiagnosticHandler(CodegenCx &cx);

// Sets the flags of the module that the options and the target ask for, before anything is made in it (module_flags.cpp).
void setModuleFlags(CodegenCx &cx, llvm::TargetMachine &machine, bool executable);

// Marks what needs no global offset table, once all is named and defined; `executable`: the module is all of one (dso_local.cpp).
void markDsoLocal(CodegenCx &cx, bool executable);

// ---- the LLVM back end (emit.cpp) ----
// Makes LLVM know the architectures that there is code generation for; once is enough.
void initializeTargets();
// Null: the target is not built into LLVM, reported.
std::unique_ptr<llvm::TargetMachine> makeTargetMachine(Session &sess, const layout::TargetSpec &target, bool executable);
// How LLVM merges functions that are equal: `disabled`, `trampolines` or `aliases`.
llvm::StringRef mergeFunctions(const Session &sess, const layout::TargetSpec &target);
// Runs LLVM's passes for the session's optimisation level, and those of -C passes (optimize.cpp).
void optimize(Session &sess, const layout::TargetSpec &target, llvm::Module &module, llvm::TargetMachine &machine);
// Writes the module in the form of `kind` (Obj, Asm, LlvmIr, LlvmBc), complete or not at all. `isLast`: nothing else is made
// of the module, which code generation may then change.
bool writeModule(Session &sess, llvm::Module &module, llvm::TargetMachine &machine, EmitKind kind, llvm::StringRef path, bool isLast);

} // namespace ferric::codegen
