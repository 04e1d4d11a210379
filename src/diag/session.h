// What one run of the compiler shares: options, sources, names, hygiene, diagnostics. Passed to
// every phase; there is no other global state.
#pragma once
#include "base/symbol.h"
#include "diag/diag.h"
#include "llvm/ADT/StringSet.h"

namespace ferric {

enum class OptLevel : uint8_t { O0, O1, O2, O3, Os, Oz };
enum class FramePointers : uint8_t { Unset, MayOmit, NonLeaf, Always };
enum class StackProtector : uint8_t { None, Basic, Strong, All };
enum class PanicStrategy : uint8_t { Unwind, Abort, ImmediateAbort };
enum class EmitKind : uint8_t { Obj, Asm, LlvmIr, LlvmBc, Mir, Link, Metadata, DepInfo };
// `lib` is an rlib.
enum class CrateType : uint8_t { Bin, Rlib, Staticlib, Cdylib, Dylib, ProcMacro };

// --extern [MODIFIERS:]NAME[=PATH]
struct ExternOption {
  std::string name, path;      // path empty: to be looked for
  bool noPrelude = false;      // only `extern crate` finds it
};

// -Zllvm_module_flag=NAME:u32:VALUE:BEHAVIOR
struct ModuleFlag {
  std::string name;
  uint32_t value = 0;
  std::string behavior; // error, warning, override, max, min
};

// How a library that is no crate is linked (Reference: items/external-blocks, "The link attribute").
enum class NativeLibKind : uint8_t { Unspecified, Dylib, Static, LinkArg };

// -l [KIND[:MODIFIERS]=]NAME[:RENAME] or #[link(..)]; modifiers that are not given are unset.
struct NativeLib {
  std::string name, rename; // rename: takes the place of `name` where the source names that
  NativeLibKind kind = NativeLibKind::Unspecified;
  std::optional<bool> bundle, wholeArchive, verbatim, asNeeded;
};

// What options say of the code that is made, of which compiled code of the library knows nothing. Unset: as the target has it.
struct CodeOptions {
  std::vector<std::string> passes;       // -C passes
  bool noVectorizeLoops = false, noVectorizeSlp = false, linkDeadCode = false;
  std::optional<std::string> profileGenerate; // -C profile-generate: the file's name; empty: as LLVM calls it
  std::string profileUse, profileSampleUse;   // -C profile-use, -Zprofile-sample-use
  std::string defaultVisibility;         // -Zdefault-visibility: hidden, protected, interposable
  std::string branchProtection;          // -Zbranch-protection, checked: bti, gcs, pac-ret, leaf, b-key, pc
  std::optional<bool> directAccessExternalData, trapUnreachable, relaxElfRelocations;
  std::optional<uint64_t> largeDataThreshold, smallDataThreshold; // in bytes
  bool mutableNoalias = true, boxNoalias = true, saturatingFloatCasts = true, uniqueSectionNames = true;
  bool emitStackSizes = false, useCtorsSection = false, useSyncUnwind = false, instrumentMcount = false;
  bool locationFile = true, locationLine = true, locationColumn = true; // -Zlocation-detail
  std::vector<std::string> sanitizers;   // -Zsanitizer, sorted
  bool sanitizerRecover = false;
  bool operator==(const CodeOptions &) const = default;
};

struct EmitRequest { EmitKind kind; std::string path; }; // path empty: the default name

// Everything the command line says, after parsing; each field's option is in driver/options.def.
inline constexpr unsigned kDefaultRecursionLimit = 128;

struct Options {
  std::vector<std::string> commandLine;  // the arguments as they were given
  std::string input;                     // "-" is standard input
  std::string crateName;                 // empty: from #![crate_name] or the file's name
  unsigned edition = 2015;
  std::vector<CrateType> crateTypes;     // each once; what is linked is made for each
  std::vector<std::string> cfgs;         // `name` or `name="value"`
  std::vector<std::string> checkCfgs;
  std::vector<EmitRequest> emits;
  bool makes(CrateType type) const { return llvm::is_contained(crateTypes, type); }
  // --emit, which defaults to `link`.
  bool emitsKind(EmitKind kind) const {
    return emits.empty() ? kind == EmitKind::Link : llvm::any_of(emits, [kind](const EmitRequest &r) { return r.kind == kind; });
  }
  std::string output, outDir;
  std::string target = "x86_64-unknown-linux-gnu";
  std::string sysroot;
  std::string librarySrc;                // folder that holds core/, alloc/
  std::vector<std::string> preLinkArgs, linkArgs, llvmArgs;
  std::vector<NativeLib> nativeLibs;     // -l
  std::string linkerFlavor, relroLevel;  // -C linker-flavor, relro-level: full, partial, off; empty: as the target has it
  std::string strip;                     // -C strip: debuginfo, symbols; empty: nothing
  bool defaultLinkerLibraries = false;   // -C default-linker-libraries
  bool linkNativeLibraries = true, linkDirectives = true, exportExecutableSymbols = false; // -Z of these names
  bool saveTemps = false;                // -C save-temps
  std::vector<std::string> remarks;      // -C remark: names of passes, or `all`
  bool noPasses = false;                 // -C no-prepopulate-passes
  std::string linker = "cc";
  std::vector<std::string> libSearchPaths;
  std::vector<ExternOption> externs;
  std::string metadata, extraFilename;   // -C metadata, -C extra-filename
  OptLevel opt = OptLevel::O0;
  unsigned debugInfo = 0;
  PanicStrategy panic = PanicStrategy::Unwind;
  bool panicGiven = false;
  std::optional<bool> debugAssertions, overflowChecks, ubChecks; // unset: on at O0
  std::string targetCpu, targetFeatures, relocationModel, codeModel;
  std::string cpuFeatures;               // what the processor has beyond what each of its architecture has: "+a,+b", by Rust's names
  std::optional<bool> noRedzone, jumpTables, unwindTables, functionSections;
  std::string tuneCpu, cfProtection;     // -Ztune-cpu, -Zcf-protection: none, branch, return, full
  std::string mergeFunctions;            // -Zmerge-functions: disabled, trampolines, aliases; empty: what the target says
  bool functionReturnThunk = false;      // -Zfunction-return=thunk-extern
  FramePointers framePointers = FramePointers::Unset; // -C force-frame-pointers
  std::vector<ModuleFlag> moduleFlags;   // -Zllvm_module_flag
  StackProtector stackProtector = StackProtector::None; // -Zstack-protector
  unsigned functionAlignment = 0;        // -Zmin-function-alignment, in bytes; 0: as the target has it
  std::string tlsModel;                  // -Ztls-model
  std::optional<bool> plt;               // -Zplt
  std::optional<std::string> printLinkArgs; // --print link-args: to this file; empty: to standard output
  std::optional<std::string> printNativeStaticLibs, printLintLevels; // --print native-static-libs, crate-root-lint-levels
  CodeOptions code;
  bool indirectBranchCsPrefix = false;   // -Zindirect-branch-cs-prefix
  unsigned patchableTotal = 0, patchablePrefix = 0; // -Zpatchable-function-entry, in nops
  std::vector<std::string> crateAttrs;   // -Zcrate-attr
  bool verbose = false;
  bool timePasses = false;
  bool verifyLlvmIr = false;
  std::string unpretty;                  // -Zunpretty=MODE
  std::string timeTraceFile;             // -Zself-profile
  bool printMonoItems = false, printTypeSizes = false;
  bool procMacroBacktrace = false;       // -Zproc-macro-backtrace
  unsigned procMacroSeconds = 60;        // -Zproc-macro-time-limit: for one macro; 0: none
  bool binaryDepInfo = false;            // -Zbinary-dep-depinfo
  bool noCodegen = false;                // -Zno-codegen: check only
  bool noCrateCache = false;             // -Zno-crate-cache: the library is compiled from source
  std::optional<bool> libraryCode;       // -Zlibrary-code: programs are linked with the library's code, compiled once for all
  bool checkAllBodies = false;           // -Zcheck-all-bodies
  std::vector<std::pair<std::string, std::string>> remapPathPrefixes;
  std::vector<std::pair<std::string, std::string>> env; // --env-set
  unsigned recursionLimit = kDefaultRecursionLimit; // what the local crate says
  unsigned minRecursionLimit = 0;        // -Zmin-recursion-limit
  bool noAnalysis = false, parseOnly = false; // -Zno-analysis, -Zparse-crate-root-only
  std::optional<bool> hasThreadLocal;    // -Zhas-thread-local
  std::string fmtDebug;                  // -Zfmt-debug: full, shallow, none; empty: full
  bool verboseAsm = false, printLlvmPasses = false, timeLlvmPasses = false; // -Z of these names

  bool debugAssertionsOn() const { return debugAssertions.value_or(opt == OptLevel::O0); }
  // Whether an output is more than what other crates use: a program, a library for C, a shared one.
  bool makesLinkedOutput() const { return std::any_of(crateTypes.begin(), crateTypes.end(), [](CrateType t) { return t != CrateType::Rlib; }); }
  bool overflowChecksOn() const { return overflowChecks.value_or(debugAssertionsOn()); }
};

struct Session {
  Options options;
  std::vector<std::pair<Symbol, Span>> nonAsciiIdents; // in the texts that were lexed, macros' and other crates' as well
  SourceMap sources;
  SymbolTable symbols;
  Hygiene hygiene;
  diag::Diagnostics diag{sources, hygiene};

  Session() {
    diag.symbolText = [this](Symbol s) { return symbols.str(s).str(); };
  }
  Session(const Session &) = delete;

  llvm::StringRef str(Symbol s) const { return symbols.str(s); }
  llvm::StringRef str(Ident i) const { return symbols.str(i.name); }
};

} // namespace ferric
