// Code generation: from the items that monomorphisation finds to objects, assembly, LLVM IR, bitcode and executables.
#pragma once
#include "metadata/locator.h"
#include "mono/mono.h"

namespace llvm { class Module; class TargetMachine; }

namespace ferric::codegen {

class CodegenCx;

// Generates one module of the crate's items, optimises it and writes what the options ask for (nothing with errors).
// `metadata` goes into an rlib, the objects of `dependencies` into an executable.
void codegenCrate(ty::Ctx &tcx, CrateId crate, llvm::ArrayRef<mono::MonoItem> items, llvm::StringRef metadata,
                  llvm::ArrayRef<metadata::Dependency> dependencies);

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

// The file an emit kind goes to: the one given with it, `-o`, or crate name and extension in the output folder.
std::string outputPath(const Options &options, llvm::StringRef crateName, const EmitRequest &request, CrateType type);

// Links objects, and what they use of the archives, into an executable with the system's linker driver, as rustc calls it. False: reported.
bool linkExecutable(Session &sess, const layout::TargetSpec &target, llvm::ArrayRef<std::string> objects,
                    llvm::ArrayRef<std::string> archives, llvm::StringRef output);
// An archive of objects, and of a crate's metadata unless it is empty (rlib, staticlib). False: reported.
bool writeArchiveFile(Session &sess, llvm::ArrayRef<std::string> objects, llvm::StringRef metadata, llvm::StringRef output);

// Adds what a program that allocates needs of the compiler (allocator.cpp).
void defineAllocatorShim(CodegenCx &cx);

// Sets the flags of the module that the options and the target ask for, before anything is made in it (module_flags.cpp).
void setModuleFlags(CodegenCx &cx, llvm::TargetMachine &machine, bool executable);

// Marks what needs no global offset table, once all is named and defined; `executable`: the module is all of one (dso_local.cpp).
void markDsoLocal(CodegenCx &cx, bool executable);

// ---- the LLVM back end (emit.cpp) ----
// Makes LLVM know the architectures that there is code generation for; once is enough.
void initializeTargets();
// Null: the target is not built into LLVM, reported.
std::unique_ptr<llvm::TargetMachine> makeTargetMachine(Session &sess, const layout::TargetSpec &target, bool executable);
// Runs LLVM's passes for the session's optimisation level.
void optimize(Session &sess, const layout::TargetSpec &target, llvm::Module &module, llvm::TargetMachine &machine);
// Writes the module in the form of `kind` (Obj, Asm, LlvmIr, LlvmBc), complete or not at all. `isLast`: nothing else is made
// of the module, which code generation may then change.
bool writeModule(Session &sess, llvm::Module &module, llvm::TargetMachine &machine, EmitKind kind, llvm::StringRef path, bool isLast);

} // namespace ferric::codegen
