// --print: facts about the compiler, the target and what a compilation would be called, in rustc's forms. One table of names says who
// prints what.
#include "codegen/codegen.h"
#include "codegen/target_info.h"
#include "driver/check_cfg.h"
#include "driver/library.h"
#include "driver/option_checks.h"
#include "driver/pipeline.h"
#include "driver/root_attrs.h"
#include "driver/target_cfg.h"
#include "driver/target_json.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "target/features.h"

namespace ferric::driver {

namespace {
struct Facts {
  Session &sess;
  const Options &options;
  const layout::TargetSpec &target;
};
using Print = void (*)(const Facts &, llvm::raw_ostream &);
struct Row {
  llvm::StringLiteral name;
  bool needsInput = false;
  Print print = nullptr; // null: dealt with elsewhere
};
} // namespace

static std::string sysroot(const Options &o) { return o.sysroot.empty() ? "/usr" : o.sysroot; }

static void printLines(llvm::ArrayRef<llvm::StringLiteral> lines, llvm::raw_ostream &os) {
  for (llvm::StringRef line : lines)
    os << line << '\n';
}

static void printModels(const char *what, llvm::ArrayRef<llvm::StringLiteral> names, llvm::raw_ostream &os) {
  os << "Available " << what << " models:\n";
  for (llvm::StringRef name : names)
    os << "    " << name << '\n';
  os << '\n';
}

static void printNamed(const char *title, llvm::ArrayRef<codegen::Named> list, unsigned column, llvm::raw_ostream &os) {
  os << title << '\n';
  for (const codegen::Named &n : list) {
    os << "    ";
    if (n.what.empty())
      os << n.name << '\n';
    else
      os << llvm::left_justify(n.name, column) << " - " << n.what << '\n';
  }
  os << '\n';
}

static void printCfg(const Facts &f, llvm::raw_ostream &os) {
  std::vector<std::string> cfgs = targetCfgs(f.options, f.target);
  cfgs.insert(cfgs.end(), f.options.cfgs.begin(), f.options.cfgs.end());
  llvm::sort(cfgs);
  for (const std::string &c : cfgs)
    os << c << '\n';
}

// The options with what the root file says besides. None: it cannot be read, reported.
static std::optional<Options> optionsWithRoot(const Facts &f) {
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> text = SourceMap::read(f.options.input);
  if (!text) {
    f.sess.diag.errorNoSpan("couldn't read `" + f.options.input + "`: " + llvm::toString(text.takeError())).emit();
    return std::nullopt;
  }
  std::optional<Options> o = f.options;
  RootFacts facts = readRootAttrs(*o, **text);
  return checkCrateName(f.sess, *o, facts, f.sess.sources.add(f.options.input, std::move(*text))) ? o : std::nullopt;
}

// The file that each crate type would be linked into (rustc_session::output::out_filename).
static void printFileNames(const Facts &f, llvm::raw_ostream &os) {
  std::optional<Options> o = optionsWithRoot(f);
  if (!o)
    return;
  dropUnsupportedCrateTypes(f.sess, *o, f.target);
  for (const std::string &path : codegen::outputPaths(*o, crateNameFor(*o), {EmitKind::Link, ""}))
    os << llvm::sys::path::filename(path) << '\n';
}

static void printCrateName(const Facts &f, llvm::raw_ostream &os) {
  if (std::optional<Options> o = optionsWithRoot(f))
    os << crateNameFor(*o) << '\n';
}

static void printExpectedCfgs(const Facts &f, llvm::raw_ostream &os) {
  ExpectedCfgs expected;
  if (readCheckCfgs(f.sess, expected))
    printCheckCfgs(expected, os);
}

// The specifications as one object.
static void printAllSpecs(const Facts &, llvm::raw_ostream &os) {
  const char *before = "{\n";
  for (const std::string &name : layout::builtinTargetNames()) {
    std::string spec;
    llvm::raw_string_ostream text(spec);
    printTargetSpec(*layout::builtinTarget(name), text);
    os << before << "  \"" << name << "\": ";
    for (llvm::StringRef rest = llvm::StringRef(spec).trim(); !rest.empty();) {
      auto [line, next] = rest.split('\n');
      os << line << (next.empty() ? "" : "\n  ");
      rest = next;
    }
    before = ",\n";
  }
  os << "\n}\n";
}

static void printStackProtectors(const Facts &, llvm::raw_ostream &os) {
  os << R"(Available stack protector strategies:
    all
        Every function checks that its stack frame was not written over.

    strong
        Functions with arrays among their local variables do, and those that
        have a local variable's address in memory or give it away, once
        optimisation has removed what it can.

    basic
        Functions with local arrays of 8 bytes or more, and with variables
        of a size that is not known before they run, do.

    none
        No function does.

)";
}

static const Row kRows[] = {
    {"all-target-specs-json", false, printAllSpecs},
    {"backend-has-zstd", false, [](const Facts &, llvm::raw_ostream &os) { os << (llvm::compression::zstd::isAvailable() ? "true" : "false") << '\n'; }},
    {"calling-conventions", false, [](const Facts &, llvm::raw_ostream &os) { printLines(callingConventions(), os); }},
    {"cfg", false, printCfg},
    {"check-cfg", false, printExpectedCfgs},
    {"code-models", false, [](const Facts &, llvm::raw_ostream &os) { printModels("code", codeModels(), os); }},
    {"crate-name", true, printCrateName},
    {"crate-root-lint-levels", true},
    {"deployment-target"},
    {"file-names", true, printFileNames},
    {"host-tuple", false, [](const Facts &, llvm::raw_ostream &os) { os << "x86_64-unknown-linux-gnu\n"; }},
    {"link-args", true},
    {"native-static-libs", true},
    {"relocation-models", false, [](const Facts &, llvm::raw_ostream &os) { printModels("relocation", relocationModels(), os); }},
    {"split-debuginfo", false, [](const Facts &, llvm::raw_ostream &os) { os << "off\npacked\nunpacked\n"; }},
    {"stack-protector-strategies", false, printStackProtectors},
    {"supported-crate-types", false,
     [](const Facts &f, llvm::raw_ostream &os) {
       if (f.target.executables)
         os << "bin\n";
       if (f.target.dynamicLinking)
         os << "cdylib\n";
       os << "lib\nrlib\nstaticlib\n";
     }},
    {"sysroot", false, [](const Facts &f, llvm::raw_ostream &os) { os << sysroot(f.options) << '\n'; }},
    {"target-cpus", false, [](const Facts &f, llvm::raw_ostream &os) { printNamed("Available CPUs for this target:", codegen::processors(f.target), 23, os); }},
    {"target-features", false,
     [](const Facts &f, llvm::raw_ostream &os) {
       printNamed("Features supported by Ferric for this target:", codegen::features(f.target), 31, os);
       printNamed("Code-generation features supported by LLVM for this target:", codegen::llvmOnlyFeatures(f.target), 31, os);
       os << "Use +feature to enable a feature, or -feature to disable it.\n"
             "Features of the second list are LLVM's: neither cfg nor #[target_feature] knows them, and they may change with LLVM's version.\n\n";
     }},
    {"target-libdir", false, [](const Facts &f, llvm::raw_ostream &os) { os << sysroot(f.options) << "/lib/rustlib/" << f.target.name << "/lib\n"; }},
    {"target-list", false,
     [](const Facts &, llvm::raw_ostream &os) {
       for (const std::string &name : layout::builtinTargetNames())
         os << name << '\n';
     }},
    {"target-spec-json", false, [](const Facts &f, llvm::raw_ostream &os) { printTargetSpec(f.target, os); }},
    {"target-spec-json-schema", false, [](const Facts &, llvm::raw_ostream &os) { printTargetSchema(os); }},
    {"tls-models", false, [](const Facts &, llvm::raw_ostream &os) { printModels("TLS", tlsModels(), os); }},
};
// Ferric's own, for its documentation.
static const Row kOptionDocs = {"option-docs", false, [](const Facts &, llvm::raw_ostream &os) { printMarkdown(os); }};

std::string printRequestNames(llvm::StringRef separator) {
  std::string names;
  for (const Row &row : kRows)
    names += ((names.empty() ? "" : separator) + row.name).str();
  return names;
}

static bool fail(Session &sess, const llvm::Twine &message, const std::string &help = "") {
  diag::Builder error = sess.diag.errorNoSpan(message);
  if (!help.empty())
    error.help(help);
  error.emit();
  return false;
}

bool writePrinted(Session &sess, llvm::StringRef path, llvm::StringRef text) {
  if (path.empty()) {
    llvm::outs() << text;
    return true;
  }
  std::error_code ec;
  llvm::raw_fd_ostream file(path, ec);
  if (ec)
    return fail(sess, "failed to open file `" + path + "`: " + ec.message());
  file << text;
  return true;
}

// What is told while the crate is compiled: where the option keeps its file. Null: what is told at once.
static std::optional<std::string> Options::*laterRequest(llvm::StringRef kind) {
  return kind == "link-args"                ? &Options::printLinkArgs
         : kind == "native-static-libs"     ? &Options::printNativeStaticLibs
         : kind == "crate-root-lint-levels" ? &Options::printLintLevels
                                            : nullptr;
}

// Does one request, or notes it for when the program is linked. False: reported.
static bool printOne(Session &sess, const Invocation &inv, llvm::StringRef request, const layout::TargetSpec &target) {
  auto [kind, path] = request.split('=');
  const Row *row = llvm::find_if(kRows, [&](const Row &r) { return r.name == kind; });
  if (kind == kOptionDocs.name)
    row = &kOptionDocs;
  else if (row == std::end(kRows))
    return fail(sess, "unknown print request: `" + kind + "`", "valid print requests are: `" + printRequestNames("`, `") + "`");
  if (row->needsInput && inv.inputs.empty())
    return fail(sess, "no input filename given");
  if (kind == "deployment-target")
    return fail(sess, "only Apple targets currently support deployment version info");
  if (std::optional<std::string> Options::*file = laterRequest(kind)) {
    sess.options.*file = path.str();
    return true;
  }
  std::string text;
  llvm::raw_string_ostream os(text);
  row->print({sess, sess.options, target}, os);
  return !sess.diag.hasErrors() && writePrinted(sess, path, text);
}

bool printRequests(Session &sess, const Invocation &inv, int &exitCode) {
  if (inv.prints.empty())
    return false;
  const layout::TargetSpec *target = findTarget(sess);
  bool ok = target != nullptr;
  if (ok)
    learnProcessor(sess.options, *target);
  for (size_t i = 0; ok && i < inv.prints.size(); ++i)
    ok = printOne(sess, inv, inv.prints[i], *target);
  exitCode = ok ? 0 : 1;
  bool compiles = llvm::all_of(inv.prints, [](llvm::StringRef p) { return laterRequest(p.split('=').first) != nullptr; });
  return !ok || !compiles;
}

} // namespace ferric::driver
