// The target: what code generation, layout and `--print cfg` must know about it (rustc_target::spec). Some
// specifications are built in; target.json files become the same structure, whose defaults are what such a file leaves out.
#pragma once
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace ferric::layout {

enum class FramePointer : uint8_t { MayOmit, NonLeaf, Always };
struct TargetSpec {
  std::string name;            // as given by --target
  std::string llvmTriple, dataLayout;
  std::string arch, vendor = "unknown", os = "none", env, abi; // target_arch, target_vendor, target_os, target_env, target_abi
  std::vector<std::string> families;
  std::string llvmAbi;         // LLVM's name of the ABI, as "lp64d"; empty: the architecture's default
  std::string cpu = "generic", features, rustcAbi; // features: LLVM's, "+a,-b"
  unsigned pointerBytes = 8;
  unsigned maxAtomicBits = 64;
  bool littleEndian = true;
  bool disableRedzone = false;
  bool panicAbort = false;     // the default panic strategy
  bool positionIndependent = false; // executables are, with a relocation model that allows it
  bool pltByDefault = true;
  bool crtStaticDefault = false;
  bool noBuiltins = false;
  bool executables = true;
  bool dynamicLinking = false; // there are dynamic libraries
  bool hasThreadLocal = false;
  bool defaultUnwindTables = false;
  std::string mergeFunctions = "aliases"; // disabled, trampolines, aliases; unless -Zmerge-functions says otherwise
  bool functionSections = true; // a section for each function unless -Zfunction-sections says otherwise
  std::string relocationModel = "pic", codeModel; // empty: LLVM's default
  std::string stackProbes = "none";               // inline, none
  FramePointer framePointer = FramePointer::MayOmit;
  std::string linker = "cc";
  uint64_t objSizeBound() const { return uint64_t(1) << 61; } // one more than the largest object
};

// The specification of a built-in target, or null.
const TargetSpec *builtinTarget(llvm::StringRef name);
std::vector<std::string> builtinTargetNames();

} // namespace ferric::layout
