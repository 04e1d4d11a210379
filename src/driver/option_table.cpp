// The table of options. Adding an option is adding a row; values that are wrong are reported by
// the row itself in rustc's words.
#include "driver/options.h"
#include "driver/option_values.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/TargetParser/Host.h"

namespace ferric::driver {

namespace {
std::string setEdition(Options &o, Value v) {
  if (v.getAsInteger(10, o.edition) || (o.edition != 2015 && o.edition != 2018 && o.edition != 2021 && o.edition != 2024))
    return "argument for `--edition` must be one of: 2015|2018|2021|2024. (instead was `" + v.str() + "`)";
  return "";
}
std::string setCrateType(Options &o, Value v) {
  llvm::SmallVector<Value, 2> parts;
  v.split(parts, ',');
  for (Value part : parts) {
    std::optional<CrateType> kind = crateTypeNamed(part);
    if (!kind)
      return "unknown crate type: `" + part.str() + "`, expected one of: `lib`, `rlib`, `staticlib`, `dylib`, `cdylib`, `bin`, `proc-macro`";
    if (!o.makes(*kind))
      o.crateTypes.push_back(*kind);
  }
  return "";
}
std::string setEmit(Options &o, Value v) {
  llvm::SmallVector<Value, 2> parts;
  v.split(parts, ',');
  for (Value part : parts) {
    auto [kind, path] = part.split('=');
    int k = llvm::StringSwitch<int>(kind).Case("obj", int(EmitKind::Obj)).Case("asm", int(EmitKind::Asm)).Case("llvm-ir", int(EmitKind::LlvmIr))
                .Case("llvm-bc", int(EmitKind::LlvmBc)).Case("mir", int(EmitKind::Mir)).Case("link", int(EmitKind::Link))
                .Case("metadata", int(EmitKind::Metadata)).Case("dep-info", int(EmitKind::DepInfo)).Default(-1);
    if (k < 0)
      return "unknown emission type: `" + kind.str() + "` - expected one of: `asm`, `dep-info`, `link`, `llvm-bc`, `llvm-ir`, `metadata`, `mir`, `obj`";
    o.emits.push_back({EmitKind(k), path.str()});
  }
  return "";
}
std::string setOpt(Options &o, Value v) {
  int level = llvm::StringSwitch<int>(v).Case("0", 0).Case("1", 1).Case("2", 2).Case("3", 3).Case("s", 4).Case("z", 5).Default(-1);
  if (level < 0)
    return "optimization level needs to be between 0-3, s or z (instead was `" + v.str() + "`)";
  o.opt = OptLevel(level);
  return "";
}
std::string setPanic(Options &o, Value v) {
  int p = llvm::StringSwitch<int>(v).Case("unwind", 0).Case("abort", 1).Case("immediate-abort", 2).Default(-1);
  if (p < 0)
    return "incorrect value `" + v.str() + "` for codegen option `panic` - either `unwind`, `abort`, or `immediate-abort` was expected";
  o.panic = PanicStrategy(p);
  o.panicGiven = true;
  return "";
}
std::string setExtern(Options &o, Value v) {
  auto [spec, path] = v.split('=');
  ExternOption e;
  e.path = path.str();
  auto [modifiers, name] = spec.contains(':') ? spec.split(':') : std::pair<Value, Value>("", spec);
  llvm::SmallVector<Value, 4> parts;
  modifiers.split(parts, ',', -1, false);
  for (Value m : parts) {
    e.noPrelude |= m == "noprelude";
    if (m != "noprelude" && m != "priv" && m != "force" && m != "nounused")
      return "unknown --extern option `" + m.str() + "`";
  }
  bool ident = !name.empty() && !llvm::isDigit(name[0]) && llvm::all_of(name, [](char c) { return llvm::isAlnum(c) || c == '_' || (c & 0x80); });
  if (!ident)
    return "crate name `" + name.str() + "` passed to `--extern` is not a valid ASCII identifier";
  e.name = name.str();
  o.externs.push_back(std::move(e));
  return "";
}
std::string setRemap(Options &o, Value v) {
  if (!v.contains('='))
    return "`--remap-path-prefix` must contain '=' between FROM and TO";
  auto [from, to] = v.rsplit('=');
  o.remapPathPrefixes.emplace_back(from.str(), to.str());
  return "";
}
std::string setFramePointers(Options &o, Value v) {
  std::optional<bool> on;
  if (v == "always" || (setBool(on, v).empty() && *on))
    o.framePointers = FramePointers::Always;
  else if (v == "non-leaf")
    o.framePointers = FramePointers::NonLeaf;
  else if (on)
    o.framePointers = FramePointers::MayOmit;
  else
    return "one of: `y`, `yes`, `on`, `true`, `n`, `no`, `off`, `false`, `non-leaf` or `always` was expected";
  return "";
}
std::string setModuleFlag(Options &o, Value v) {
  llvm::SmallVector<Value, 4> parts;
  v.split(parts, ':');
  ModuleFlag flag;
  bool ok = parts.size() == 4 && parts[1] == "u32" && !parts[2].getAsInteger(10, flag.value);
  flag.behavior = ok ? parts[3].lower() : "";
  ok &= llvm::is_contained({"error", "warning", "override", "max", "min"}, Value(flag.behavior)); // the others are of lists
  if (!ok)
    return "<key>:<type>:<value>:<behavior> was expected: the type `u32`, and one of the behaviors `error`, `warning`, `override`, "
           "`max`, `min`";
  flag.name = parts[0].str();
  o.moduleFlags.push_back(std::move(flag));
  return "";
}
std::string setStackProtector(Options &o, Value v) {
  int strategy = llvm::StringSwitch<int>(v).Case("none", 0).Case("basic", 1).Case("strong", 2).Case("all", 3).Default(-1);
  if (strategy < 0)
    return "`none`, `basic`, `strong`, or `all` was expected; `--print stack-protector-strategies` says what they are";
  o.stackProtector = StackProtector(strategy);
  return "";
}
std::string setAlignment(Options &o, Value v) {
  constexpr unsigned kMost = 8192; // LLVM's limit on some targets
  unsigned n = 0;
  if (v.getAsInteger(10, n) || n > kMost || (n & (n - 1)))
    return "a number that is a power of 2 between 1 and 8192 was expected";
  o.functionAlignment = n;
  return "";
}
// One of the names that `--print` lists.
std::string setChoice(std::string &out, Value v, llvm::ArrayRef<llvm::StringLiteral> names, const char *print) {
  if (!llvm::is_contained(names, v))
    return std::string("one of the models that `--print ") + print + "` lists was expected";
  out = v == "default" ? "" : v.str();
  return "";
}
std::string setRetpoline(Options &o, Value v, bool external) {
  bool on = false;
  std::string error = setBool(on, v);
  if (on)
    o.targetFeatures += std::string(o.targetFeatures.empty() ? "" : ",") + "+retpoline-indirect-branches,+retpoline-indirect-calls" +
                        (external ? ",+retpoline-external-thunk" : "");
  return error;
}
std::string setDebugInfo(Options &o, Value v) {
  int level = llvm::StringSwitch<int>(v).Cases({"0", "none"}, 0).Cases({"1", "limited", "line-tables-only", "line-directives-only"}, 1)
                  .Cases({"2", "full"}, 2).Default(-1);
  if (level < 0)
    return "either an integer (0, 1, 2), `none`, `line-directives-only`, `line-tables-only`, `limited`, or `full` was expected";
  o.debugInfo = unsigned(level);
  return "";
}
std::string setDwarfVersion(Options &, Value v) {
  unsigned n = 0;
  if (v.getAsInteger(10, n))
    return "a number was expected";
  return n >= 2 && n <= 5 ? "" : "supported DWARF versions are 2, 3, 4 and 5";
}
std::string setCodegenUnits(Options &, Value v) {
  unsigned n = 0;
  if (v.getAsInteger(10, n))
    return "a number was expected";
  return n ? "" : "value for codegen units must be a positive non-zero integer";
}
std::string setSearchPath(Options &o, Value v) {
  auto [kind, path] = v.split('=');
  bool hasKind = v.contains('=') && llvm::is_contained({"dependency", "crate", "native", "framework", "all"}, kind);
  if (hasKind ? path.empty() : v.empty())
    return "empty search path given via `-L`";
  o.libSearchPaths.push_back(v.str());
  return "";
}
// Only what links with what there is on the system.
std::string setSelfContained(Options &, Value v) {
  std::optional<bool> on;
  bool off = setBool(on, v).empty() ? !*on : v.starts_with("-") && !v.contains('+');
  return off ? "" : "there are no objects and libraries of Ferric's own to link: `no` or a list of `-` and a component was expected";
}
std::string setLinkerFeatures(Options &o, Value v) {
  if (v != "+lld" && v != "-lld")
    return "a list of enabled (`+` prefix) and disabled (`-` prefix) features: `lld` was expected";
  if (v == "+lld")
    o.preLinkArgs.push_back("-fuse-ld=lld");
  return "";
}
std::string setLinkerFlavor(Options &o, Value v) {
  if (v == "gnu-lld-cc")
    o.preLinkArgs.push_back("-fuse-ld=lld");
  return setWord(o.linkerFlavor, v, "gnu|gnu-cc|gnu-lld|gnu-lld-cc|gcc|ld|ld.lld|unix|unix-cc");
}
// An instrumentation that there is none of: only that there shall be none can be said.
std::string refuseOn(Value v, const char *what) {
  std::optional<bool> on;
  std::string error = setBool(on, v);
  return on.value_or(false) ? std::string(what) + " is not supported yet" : error;
}
std::string addFeature(Options &o, Value v, const char *feature) {
  bool on = false;
  std::string error = setBool(on, v);
  if (on)
    o.targetFeatures += std::string(o.targetFeatures.empty() ? "" : ",") + feature;
  return error;
}
std::string remapWorkingDirectory(Options &o, Value v) {
  llvm::SmallString<128> directory;
  if (std::error_code e = llvm::sys::fs::current_path(directory))
    return "the current folder is not known: " + e.message();
  o.remapPathPrefixes.emplace_back(directory.str().str(), v.str());
  return "";
}

#define TOP OptionGroup::Top
#define CG OptionGroup::Codegen
#define UN OptionGroup::Unstable
#define SET [](Options &o, Value v) -> std::string
// Options that parse.cpp handles itself (lints, --print, help) have a null `set`.
const OptionRow kTable[] = {
    {TOP, "help", 'h', nullptr, "Display this message", nullptr},
    {TOP, "cfg", 0, "SPEC", "Configure the compilation environment: name or name=\"value\"", SET { o.cfgs.push_back(v.str()); return ""; }},
    {TOP, "check-cfg", 0, "SPEC", "Provide a list of expected cfgs for checking", SET { o.checkCfgs.push_back(v.str()); return ""; }},
    {TOP, "library-path", 'L', "[KIND=]PATH", "Add a directory to the library search path; KIND: dependency|crate|native|framework|all", setSearchPath},
    {TOP, "link", 'l', "[KIND[:MODIFIERS]=]NAME[:RENAME]",
     "Link the crate to the native library NAME; KIND: static|dylib|link-arg; MODIFIERS: bundle|verbatim|whole-archive|as-needed, each with + or -", addNativeLib},
    {TOP, "crate-type", 0, "TYPES", "Comma separated list of types of crates to emit: bin|lib|rlib|dylib|cdylib|staticlib|proc-macro", setCrateType},
    {TOP, "crate-name", 0, "NAME", "Specify the name of the crate being built", SET { o.crateName = v.str(); return ""; }},
    {TOP, "edition", 0, "EDITION", "Specify which edition of the compiler to use when compiling code: 2015|2018|2021|2024", setEdition},
    {TOP, "emit", 0, "TYPES[=FILE]", "Comma separated list of types of output to emit: asm|dep-info|llvm-bc|llvm-ir|link|metadata|mir|obj", setEmit},
    {TOP, "print", 0, "INFO[=FILE]", "Compiler information to print: sysroot|cfg|crate-name|file-names|host-tuple|target-list|target-spec-json|...", nullptr},
    {TOP, "debug-info", 'g', nullptr, "Equivalent to -C debuginfo=2", SET { o.debugInfo = 2; return ""; }},
    {TOP, "optimize", 'O', nullptr, "Equivalent to -C opt-level=3", SET { o.opt = OptLevel::O3; return ""; }},
    {TOP, "output", 'o', "FILENAME", "Write output to FILENAME", SET { o.output = v.str(); return ""; }},
    {TOP, "out-dir", 0, "DIR", "Write output to compiler-chosen filename in DIR", SET { o.outDir = v.str(); return ""; }},
    {TOP, "target", 0, "TARGET", "Target tuple for which the code is compiled", SET { o.target = v.str(); return ""; }},
    {TOP, "sysroot", 0, "PATH", "Override the system root: its lib/rustlib/src/rust/library or library folder holds core", SET { o.sysroot = v.str(); return ""; }},
    {TOP, "extern", 0, "NAME[=PATH]", "Specify where an external rust library is located; NAME may have modifiers: noprelude,priv,force,nounused:NAME", setExtern},
    {TOP, "allow", 'A', "LINT", "Set lint allowed", nullptr},
    {TOP, "warn", 'W', "LINT", "Set lint warnings", nullptr},
    {TOP, "deny", 'D', "LINT", "Set lint denied", nullptr},
    {TOP, "forbid", 'F', "LINT", "Set lint forbidden", nullptr},
    {TOP, "force-warn", 0, "LINT", "Set lint force-warn", nullptr},
    {TOP, "cap-lints", 0, "LEVEL", "Set the most restrictive lint level: allow|warn|deny|forbid", nullptr},
    {TOP, "error-format", 0, "FORMAT", "How errors and other messages are produced: human|short|json", nullptr},
    {TOP, "json", 0, "CONFIG", "Configure the JSON output of the compiler", nullptr},
    {TOP, "color", 0, "WHEN", "Configure coloring of output: auto|always|never", nullptr},
    {TOP, "diagnostic-width", 0, "WIDTH", "Inform of the width of the output", acceptAny},
    {TOP, "remap-path-prefix", 0, "FROM=TO", "Remap source names in all output", setRemap},
    {TOP, "env-set", 0, "VAR=VALUE", "Inject an environment variable",
     SET { auto [k, val] = v.split('='); o.env.emplace_back(k.str(), val.str()); return ""; }},
    {TOP, "verbose", 'v', nullptr, "Use verbose output", SET { o.verbose = true; return ""; }},
    {TOP, "version", 'V', nullptr, "Print version info and exit", nullptr},
    {TOP, "explain", 0, "CODE", "Explain an error code and exit", nullptr},
    {TOP, "codegen", 'C', "OPT[=VALUE]", "Set a codegen option; `-C help` lists them", nullptr},
    {TOP, "unstable", 'Z', "OPT[=VALUE]", "Set an option that rustc calls unstable; `-Z help` lists them", nullptr},

    {CG, "opt-level", 0, "LEVEL", "optimization level (0-3, s, or z; default: 0)", setOpt},
    {CG, "debuginfo", 0, "LEVEL", "debug info emission level (0-2)", setDebugInfo},
    {CG, "debug-assertions", 0, "[y|n]", "explicitly enable the `cfg(debug_assertions)` directive", SET { return setBool(o.debugAssertions, v); }},
    {CG, "overflow-checks", 0, "[y|n]", "use overflow checks for integer arithmetic", SET { return setBool(o.overflowChecks, v); }},
    {CG, "panic", 0, "STRATEGY", "panic strategy to compile crate with: unwind|abort|immediate-abort", setPanic},
    {CG, "link-arg", 0, "ARG", "a single extra argument to append to the linker invocation", SET { o.linkArgs.push_back(v.str()); return ""; }},
    {CG, "link-args", 0, "ARGS", "extra arguments to append to the linker invocation (space separated)", SET { return addWords(o.linkArgs, v); }},
    {CG, "linker", 0, "PATH", "system linker to link outputs with", SET { o.linker = v.str(); return ""; }},
    {CG, "target-cpu", 0, "CPU", "select target processor", SET { o.targetCpu = v.str(); return ""; }},
    {CG, "target-feature", 0, "FEATURES", "target specific attributes: +a,-b",
     SET { o.targetFeatures += (o.targetFeatures.empty() ? "" : ",") + v.str(); return ""; }},
    {CG, "relocation-model", 0, "MODEL", "control generation of position-independent code: static|pic|pie|...",
     SET { return setChoice(o.relocationModel, v, relocationModels(), "relocation-models"); }},
    {CG, "code-model", 0, "MODEL", "choose the code model to use: tiny|small|kernel|medium|large", SET { return setChoice(o.codeModel, v, codeModels(), "code-models"); }},
    {CG, "no-redzone", 0, "[y|n]", "disable the use of the redzone", SET { return setBool(o.noRedzone, v); }},
    {CG, "force-frame-pointers", 0, "[y|n|non-leaf|always]", "force use of the frame pointers", setFramePointers},
    {CG, "jump-tables", 0, "[y|n]", "allow jump tables for switches", SET { return setBool(o.jumpTables, v); }},
    {CG, "force-unwind-tables", 0, "[y|n]", "force use of unwind tables", SET { return setBool(o.unwindTables, v); }},
    {CG, "lto", 0, "[n|fat|thin]", "link-time optimization: only `n` and `off` are supported", SET { return setLto(v); }},
    {CG, "linker-flavor", 0, "FLAVOR", "whether the linker is called as such or as a C compiler: gcc|ld|ld.lld|gnu|gnu-cc|gnu-lld|gnu-lld-cc|unix|unix-cc", setLinkerFlavor},
    {CG, "linker-features", 0, "LIST", "`+lld`: have the C compiler link with lld", setLinkerFeatures},
    {CG, "link-self-contained", 0, "[n|LIST]", "accepted: what is linked is the system's", setSelfContained},
    {CG, "link-dead-code", 0, "[y|n]", "make code of functions that nothing uses, and keep it when linking", SET { return setBool(o.code.linkDeadCode, v); }},
    {CG, "relro-level", 0, "full|partial|off", "what the linker makes read-only before a program starts", SET { return setWord(o.relroLevel, v, "full|partial|off"); }},
    {CG, "strip", 0, "none|debuginfo|symbols", "what the linker strips", SET { return setWord(o.strip, v, "none|debuginfo|symbols", "none"); }},
    {CG, "prefer-dynamic", 0, "[y|n]", "accepted: there are no dynamic libraries of crates", acceptBool},
    {CG, "rpath", 0, "[y|n]", "accepted: there are no dynamic libraries of crates", acceptBool},
    {CG, "save-temps", 0, "[y|n]", "keep the crate's object beside what is linked of it", SET { return setBool(o.saveTemps, v); }},
    {CG, "no-vectorize-loops", 0, "[y|n]", "disable LLVM's loop vectorizer", SET { return setBool(o.code.noVectorizeLoops, v); }},
    {CG, "no-vectorize-slp", 0, "[y|n]", "disable LLVM's SLP vectorizer", SET { return setBool(o.code.noVectorizeSlp, v); }},
    {CG, "passes", 0, "LIST", "LLVM passes to run after the others (space separated)", SET { return addWords(o.code.passes, v); }},
    {CG, "remark", 0, "LIST", "print what these LLVM passes say of their work (space separated, or `all`)", SET { return addWords(o.remarks, v); }},
    {CG, "profile-generate", 0, "[FOLDER]", "make code that counts how often it runs, for LLVM's profile runtime",
     SET { o.code.profileGenerate = v.empty() ? "" : (v + "/default_%m.profraw").str(); return ""; }},
    {CG, "profile-use", 0, "FILE", "optimise with the profile in this file (`.profdata`)", SET { o.code.profileUse = v.str(); return ""; }},
    {CG, "instrument-coverage", 0, "[y|n]", "coverage: only `n` is supported", SET { return v == "0" ? "" : refuseOn(v, "coverage instrumentation"); }},
    {CG, "linker-plugin-lto", 0, "[y|n]", "objects for LTO in the linker: only `n` is supported", SET { return refuseOn(v, "LTO in the linker"); }},
    {CG, "control-flow-guard", 0, "[y|n|checks|nochecks]", "accepted: is about Windows",
     SET { return v == "checks" || v == "nochecks" ? "" : acceptBool(o, v); }},
    {CG, "dlltool", 0, "PATH", "accepted: is about Windows", acceptAny},
    {CG, "incremental", 0, "FOLDER", "accepted: nothing is kept there", acceptAny},
    {CG, "dwarf-version", 0, "2|3|4|5", "accepted: there is no debugging information yet", setDwarfVersion},
    {CG, "collapse-macro-debuginfo", 0, "no|external|yes", "accepted: there is no debugging information yet",
     SET { return v == "external" ? "" : acceptBool(o, v); }},
    {CG, "unsafe-allow-abi-mismatch", 0, "LIST", "accepted: crates are not compared", acceptAny},
    {CG, "soft-float", 0, "[y|n]", nullptr, SET { return "this option has been removed (use a corresponding *eabi target instead)"; }},
    {CG, "ar", 0, "PATH", nullptr, acceptAny}, // these three do nothing in rustc
    {CG, "inline-threshold", 0, "N", nullptr, acceptAny},
    {CG, "no-stack-check", 0, "[y|n]", nullptr, acceptAny},
    {CG, "no-prepopulate-passes", 0, "[y|n]", "give an empty list of passes to the pass manager", SET { return setBool(o.noPasses, v); }},
    {CG, "llvm-args", 0, "ARGS", "a list of arguments to pass to LLVM (space separated)",
     SET { return addWords(o.llvmArgs, v); }},
    {CG, "codegen-units", 0, "N", "accepted: there is one codegen unit", setCodegenUnits},
    {CG, "metadata", 0, "LIST", "what tells this crate from others of its name in symbols", SET { o.metadata += (o.metadata.empty() ? "" : ",") + v.str(); return ""; }},
    {CG, "extra-filename", 0, "SUFFIX", "extra data to put in each output filename", SET { o.extraFilename = v.str(); return ""; }},
    {CG, "embed-bitcode", 0, "[y|n]", "accepted: objects never hold bitcode", acceptBool},
    {CG, "split-debuginfo", 0, "off|packed|unpacked", "accepted: there is no debugging information yet",
     SET { std::string unused; return setWord(unused, v, "off|packed|unpacked"); }},
    {CG, "default-linker-libraries", 0, "[y|n]", "allow the linker to link its default libraries", SET { return setBool(o.defaultLinkerLibraries, v); }},
    {CG, "symbol-mangling-version", 0, "VERSION", "which mangling version to use for symbol names (v0)",
     SET { return v == "v0" ? "" : "only `v0` symbol mangling is supported"; }},

    {UN, "unpretty", 0, "MODE", "print and stop: tokens|ast-tree|expanded|resolved|hir|thir-tree|mir|normal", SET { o.unpretty = v.str(); return ""; }},
    {UN, "print-mono-items", 0, "[y|n]", "print the result of the monomorphization collection pass", SET { return setBool(o.printMonoItems, v); }},
    {UN, "print-type-sizes", 0, "[y|n]", "print layout information for each type encountered", SET { return setBool(o.printTypeSizes, v); }},
    {UN, "time-passes", 0, "[y|n]", "measure time and memory of each phase", SET { return setBool(o.timePasses, v); }},
    {UN, "self-profile", 0, "FILE", "write a Chrome trace of the phases to FILE", SET { o.timeTraceFile = v.empty() ? "ferric.trace.json" : v.str(); return ""; }},
    {UN, "verify-llvm-ir", 0, "[y|n]", "verify the generated LLVM IR", SET { return setBool(o.verifyLlvmIr, v); }},
    {UN, "ub-checks", 0, "[y|n]", "emit runtime checks for undefined behaviour", SET { return setBool(o.ubChecks, v); }},
    {UN, "proc-macro-backtrace", 0, "[y|n]", "show what a panicking procedural macro prints", SET { return setBool(o.procMacroBacktrace, v); }},
    {UN, "proc-macro-time-limit", 0, "SECONDS", "how long a procedural macro may take before it is stopped (default: 60; 0: for ever)",
     SET { return v.getAsInteger(10, o.procMacroSeconds) ? "a number was expected" : ""; }},
    {UN, "binary-dep-depinfo", 0, "[y|n]", "name the files of other crates in dep-info", SET { return setBool(o.binaryDepInfo, v); }},
    {UN, "tune-cpu", 0, "CPU", "select processor to schedule for", SET { o.tuneCpu = v == "native" ? llvm::sys::getHostCPUName().str() : v.str(); return ""; }},
    {UN, "function-sections", 0, "[y|n]", "whether each function should go in its own section", SET { return setBool(o.functionSections, v); }},
    {UN, "cf-protection", 0, "none|branch|return|full", "instrument control-flow architecture protection",
     SET { bool known = v == "none" || v == "branch" || v == "return" || v == "full" || v == "n" || v == "no";
           o.cfProtection = v.str(); return known ? "" : "`none`, `branch`, `return`, or `full` was expected"; }},
    {UN, "merge-functions", 0, "disabled|trampolines|aliases", "what becomes of functions that are equal (default: aliases)",
     SET { bool known = v == "disabled" || v == "trampolines" || v == "aliases";
           o.mergeFunctions = v.str(); return known ? "" : "`disabled`, `trampolines`, or `aliases` was expected"; }},
    {UN, "function-return", 0, "keep|thunk-extern", "replace returns with jumps to `__x86_return_thunk`",
     SET { o.functionReturnThunk = v == "thunk-extern"; return v == "keep" || v == "thunk-extern" ? "" : "`keep` or `thunk-extern` was expected"; }},
    {UN, "patchable-function-entry", 0, "TOTAL[,PREFIX]", "nops before and at the entry of functions",
     SET { auto [total, prefix] = v.split(',');
           bool bad = total.getAsInteger(10, o.patchableTotal) || (!prefix.empty() && prefix.getAsInteger(10, o.patchablePrefix)) || o.patchablePrefix > o.patchableTotal;
           return bad ? "either `total_nops` or `total_nops,prefix_nops` with prefix_nops <= total_nops was expected" : ""; }},
    {UN, "llvm-module-flag", 0, "NAME:u32:VALUE:BEHAVIOR", "a flag of the LLVM module, with how it is merged with those of others: error|warning|override|max|min", setModuleFlag},
    {UN, "stack-protector", 0, "none|basic|strong|all", "which functions check that their stack was not written over", setStackProtector},
    {UN, "min-function-alignment", 0, "BYTES", "align the start of functions, a power of 2", setAlignment},
    {UN, "tls-model", 0, "MODEL", "choose how thread-locals are reached", SET { return setChoice(o.tlsModel, v, tlsModels(), "tls-models"); }},
    {UN, "plt", 0, "[y|n]", "whether calls of functions in other objects go through the PLT", SET { return setBool(o.plt, v); }},
    {UN, "retpoline", 0, "[y|n]", "make indirect branches and calls retpolines", SET { return setRetpoline(o, v, false); }},
    {UN, "retpoline-external-thunk", 0, "[y|n]", "the same, with thunks that somebody else defines", SET { return setRetpoline(o, v, true); }},
    {UN, "indirect-branch-cs-prefix", 0, "[y|n]", "give calls of and jumps to indirect thunks a CS prefix", SET { return setBool(o.indirectBranchCsPrefix, v); }},
    {UN, "crate-attr", 0, "ATTR", "inject the given attribute in the crate", SET { o.crateAttrs.push_back(v.str()); return ""; }},
    {UN, "default-visibility", 0, "VISIBILITY", "of symbols in objects: hidden|protected|interposable",
     SET { return setWord(o.code.defaultVisibility, v, "hidden|protected|interposable", "interposable"); }},
    {UN, "branch-protection", 0, "LIST", "AArch64: bti, gcs, pac-ret and, behind that, pc, b-key, leaf", SET { return setBranchProtection(o.code.branchProtection, v); }},
    {UN, "fixed-x18", 0, "[y|n]", "AArch64: keep the register x18 free", SET { return addFeature(o, v, "+reserve-x18"); }},
    {UN, "sanitizer", 0, "LIST", "instrument code: kernel-address|shadow-call-stack", SET { return setSanitizers(o.code.sanitizers, v); }},
    {UN, "sanitizer-recover", 0, "LIST", "which of the sanitizers let a program go on", SET { o.code.sanitizerRecover = v.contains("address"); return ""; }},
    {UN, "direct-access-external-data", 0, "[y|n]", "whether data of other objects is reached without the global offset table",
     SET { return setBool(o.code.directAccessExternalData, v); }},
    {UN, "trap-unreachable", 0, "[y|n]", "make a trap of what cannot be reached (default)", SET { return setBool(o.code.trapUnreachable, v); }},
    {UN, "relax-elf-relocations", 0, "[y|n]", "whether linkers may relax relocations", SET { return setBool(o.code.relaxElfRelocations, v); }},
    {UN, "large-data-threshold", 0, "BYTES", "from where data counts as large, with the code model `medium`", SET { return setNumber(o.code.largeDataThreshold, v); }},
    {UN, "small-data-threshold", 0, "BYTES", "RISC-V: up to where data counts as small", SET { return setNumber(o.code.smallDataThreshold, v); }},
    {UN, "mutable-noalias", 0, "[y|n]", "tell LLVM that mutable references do not alias (default)", SET { return setBool(o.code.mutableNoalias, v); }},
    {UN, "box-noalias", 0, "[y|n]", "tell LLVM that boxes do not alias (default)", SET { return setBool(o.code.boxNoalias, v); }},
    {UN, "saturating-float-casts", 0, "[y|n]", "make casts of floats to integers saturate (default)", SET { return setBool(o.code.saturatingFloatCasts, v); }},
    {UN, "no-unique-section-names", 0, "[y|n]", "give the sections of functions and data one name",
     SET { bool no = false; std::string e = setBool(no, v); o.code.uniqueSectionNames = !no; return e; }},
    {UN, "emit-stack-sizes", 0, "[y|n]", "a section with the sizes of stack frames", SET { return setBool(o.code.emitStackSizes, v); }},
    {UN, "use-ctors-section", 0, "[y|n]", "put initializers in .ctors", SET { return setBool(o.code.useCtorsSection, v); }},
    {UN, "use-sync-unwind", 0, "[y|n]", "unwind tables that are right at calls only", SET { return setBool(o.code.useSyncUnwind, v); }},
    {UN, "instrument-mcount", 0, "[y|n]", "call the function that counts calls at each function's entry", SET { return setBool(o.code.instrumentMcount, v); }},
    {UN, "location-detail", 0, "LIST", "what panics know of places: none, or of file, line, column", SET { return setLocationDetail(o.code, v); }},
    {UN, "profile-sample-use", 0, "FILE", "optimise with a sampled profile", SET { o.code.profileSampleUse = v.str(); return ""; }},
    {UN, "pre-link-arg", 0, "ARG", "an argument to put before the others of the linker", SET { o.preLinkArgs.push_back(v.str()); return ""; }},
    {UN, "pre-link-args", 0, "ARGS", "arguments to put before the others of the linker (space separated)", SET { return addWords(o.preLinkArgs, v); }},
    {UN, "link-native-libraries", 0, "[y|n]", "give native libraries to the linker (default)", SET { return setBool(o.linkNativeLibraries, v); }},
    {UN, "link-directives", 0, "[y|n]", "obey #[link] (default)", SET { return setBool(o.linkDirectives, v); }},
    {UN, "export-executable-symbols", 0, "[y|n]", "let libraries that a program loads use its symbols", SET { return setBool(o.exportExecutableSymbols, v); }},
    {UN, "verbose-asm", 0, "[y|n]", "comments in assembly", SET { return setBool(o.verboseAsm, v); }},
    {UN, "print-llvm-passes", 0, "[y|n]", "print the LLVM passes that run", SET { return setBool(o.printLlvmPasses, v); }},
    {UN, "time-llvm-passes", 0, "[y|n]", "measure the time of each LLVM pass", SET { return setBool(o.timeLlvmPasses, v); }},
    {UN, "no-analysis", 0, "[y|n]", "stop after expansion and name resolution", SET { return setBool(o.noAnalysis, v); }},
    {UN, "parse-crate-root-only", 0, "[y|n]", "stop after parsing the input", SET { return setBool(o.parseOnly, v); }},
    {UN, "has-thread-local", 0, "[y|n]", "whether cfg(target_thread_local) is set", SET { return setBool(o.hasThreadLocal, v); }},
    {UN, "fmt-debug", 0, "DETAIL", "what #[derive(Debug)] prints: full|shallow|none; with `none`, `{:?}` prints nothing",
     SET { return setWord(o.fmtDebug, v, "full|shallow|none", "full"); }},
    {UN, "min-recursion-limit", 0, "N", "a recursion limit that the crate cannot go below",
     SET { return v.getAsInteger(10, o.minRecursionLimit) ? "a number was expected" : ""; }},
    {UN, "remap-cwd-prefix", 0, "TO", "remap paths under the current folder", remapWorkingDirectory},
    {UN, "regparm", 0, "N", nullptr, SET { return "`-Zregparm=N` is only supported on x86"; }},
    {UN, "reg-struct-return", 0, "[y|n]", nullptr, SET { return "`-Zreg-struct-return` is only supported on x86"; }},
    {UN, "codegen-backend", 0, "llvm", nullptr, SET { return v == "llvm" ? "" : "there is no backend but `llvm`"; }},
    {UN, "unstable-options", 0, "[y|n]", nullptr, acceptBool},
    {UN, "allow-features", 0, "LIST", nullptr, acceptAny},
    {UN, "dwarf-version", 0, "2|3|4|5", nullptr, setDwarfVersion}, // these are about debugging information, of which there is none yet
    {UN, "debuginfo-compression", 0, "none|zlib|zstd", nullptr, SET { std::string unused; return setWord(unused, v, "none|zlib|zstd"); }},
    {UN, "debug-info-for-profiling", 0, "[y|n]", nullptr, acceptBool},
    {UN, "debug-info-type-line-numbers", 0, "[y|n]", nullptr, acceptBool},
    {UN, "no-generate-arange-section", 0, "[y|n]", nullptr, acceptBool},
    {UN, "split-dwarf-kind", 0, "split|single", nullptr, SET { std::string unused; return setWord(unused, v, "split|single"); }},
    {UN, "split-dwarf-inlining", 0, "[y|n]", nullptr, acceptBool},
    {UN, "src-hash-algorithm", 0, "md5|sha1|sha256", nullptr, SET { std::string unused; return setWord(unused, v, "md5|sha1|sha256"); }},
    {UN, "embed-source", 0, "[y|n]", nullptr, acceptBool},
    {UN, "mir-opt-level", 0, "N", nullptr, acceptNumber}, // these are about optimisations of MIR, of which there are none
    {UN, "inline-mir", 0, "[y|n]", nullptr, acceptBool},
    {UN, "inline-mir-threshold", 0, "N", nullptr, acceptNumber},
    {UN, "inline-mir-hint-threshold", 0, "N", nullptr, acceptNumber},
    {UN, "lint-mir", 0, "[y|n]", nullptr, acceptBool},
    {UN, "validate-mir", 0, "[y|n]", nullptr, acceptBool},
    {UN, "always-encode-mir", 0, "[y|n]", nullptr, acceptBool},
    {UN, "sanitizer-cfi-normalize-integers", 0, "[y|n]", nullptr, SET { return refuseOn(v, "control flow integrity"); }},
    {UN, "sanitizer-cfi-generalize-pointers", 0, "[y|n]", nullptr, SET { return refuseOn(v, "control flow integrity"); }},
    {UN, "sanitizer-kcfi-arity", 0, "[y|n]", nullptr, SET { return refuseOn(v, "control flow integrity"); }},
    {UN, "instrument-xray", 0, "[y|n]", nullptr, SET { return refuseOn(v, "instrumentation for XRay"); }},
    {UN, "split-lto-unit", 0, "[y|n]", nullptr, SET { return refuseOn(v, "link-time optimization"); }},
    {UN, "panic-abort-tests", 0, "[y|n]", nullptr, acceptBool}, // these are about tests, and about files that are not written
    {UN, "packed-bundled-libs", 0, "[y|n]", nullptr, acceptBool},
    {UN, "threads", 0, "N", nullptr, acceptNumber}, // these are about how rustc works
    {UN, "share-generics", 0, "[y|n]", nullptr, acceptBool},
    {UN, "thinlto", 0, "[y|n]", nullptr, acceptBool},
    {UN, "no-parallel-backend", 0, "[y|n]", nullptr, acceptBool},
    {UN, "human-readable-cgu-names", 0, "[y|n]", nullptr, acceptBool},
    {UN, "hint-mostly-unused", 0, "[y|n]", nullptr, acceptBool},
    {UN, "fewer-names", 0, "[y|n]", nullptr, acceptBool},
    {UN, "temps-dir", 0, "FOLDER", nullptr, acceptAny},
    {UN, "incremental-info", 0, "[y|n]", nullptr, acceptBool},
    {UN, "no-profiler-runtime", 0, "[y|n]", nullptr, acceptBool},
    {UN, "profiler-runtime", 0, "CRATE", nullptr, acceptAny},
    {UN, "macro-backtrace", 0, "[y|n]", nullptr, acceptBool}, // these are about how messages look
    {UN, "track-diagnostics", 0, "[y|n]", nullptr, acceptBool},
    {UN, "teach", 0, "[y|n]", nullptr, acceptBool},
    {UN, "terminal-urls", 0, "[y|n|auto]", nullptr, acceptAny},
    {UN, "trim-diagnostic-paths", 0, "[y|n]", nullptr, acceptBool},
    {UN, "write-long-types-to-disk", 0, "[y|n]", nullptr, acceptBool},
    {UN, "check-cfg-all-expected", 0, "[y|n]", nullptr, acceptBool},
    {UN, "verbose-internals", 0, "[y|n]", nullptr, acceptBool},
    {UN, "no-codegen", 0, "[y|n]", "check only", SET { return setBool(o.noCodegen, v); }},
    {UN, "no-crate-cache", 0, "[y|n]", "compile the library's crates from source every time instead of mapping their image", SET { return setBool(o.noCrateCache, v); }},
    {UN, "library-code", 0, "[y|n]", "link programs with code of core and alloc that is compiled once (default at opt-level 0 and 1) instead of making in each what it needs of it",
     SET { return setBool(o.libraryCode, v); }},
    {UN, "check-all-bodies", 0, "[y|n]", "check every body of every crate down to MIR (-Z no-codegen) or verified LLVM IR, and count failures by cause", SET { return setBool(o.checkAllBodies, v); }},
};
#undef TOP
#undef CG
#undef UN
#undef SET
} // namespace

llvm::ArrayRef<llvm::StringLiteral> relocationModels() {
  static constexpr llvm::StringLiteral names[] = {"static", "pic", "pie", "dynamic-no-pic", "ropi", "rwpi", "ropi-rwpi", "default"};
  return names;
}
llvm::ArrayRef<llvm::StringLiteral> codeModels() {
  static constexpr llvm::StringLiteral names[] = {"tiny", "small", "kernel", "medium", "large"};
  return names;
}
llvm::ArrayRef<llvm::StringLiteral> tlsModels() {
  static constexpr llvm::StringLiteral names[] = {"global-dynamic", "local-dynamic", "initial-exec", "local-exec", "emulated"};
  return names;
}

llvm::ArrayRef<llvm::StringLiteral> callingConventions() {
  static constexpr llvm::StringLiteral names[] = {
      "C", "C-unwind", "Rust", "aapcs", "aapcs-unwind", "cdecl", "cdecl-unwind", "custom", "efiapi", "fastcall", "fastcall-unwind",
      "rust-call", "rust-cold", "stdcall", "stdcall-unwind", "system", "system-unwind", "sysv64", "sysv64-unwind", "thiscall",
      "thiscall-unwind", "unadjusted", "vectorcall", "vectorcall-unwind", "win64", "win64-unwind", "x86-interrupt"};
  return names;
}

llvm::ArrayRef<OptionRow> optionTable() { return kTable; }

std::optional<CrateType> crateTypeNamed(llvm::StringRef name) {
  return llvm::StringSwitch<std::optional<CrateType>>(name)
      .Case("bin", CrateType::Bin).Cases({"lib", "rlib"}, CrateType::Rlib).Case("staticlib", CrateType::Staticlib)
      .Case("cdylib", CrateType::Cdylib).Case("dylib", CrateType::Dylib).Case("proc-macro", CrateType::ProcMacro).Default(std::nullopt);
}

} // namespace ferric::driver
