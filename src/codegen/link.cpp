// Linking executables and dynamic libraries through the C compiler driver or with a linker itself, with the options rustc gives it
// (rustc_codegen_ssa::back::{link, linker}).
#include "codegen/codegen.h"
#include "layout/target.h"
#include "target/features.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include <set>

namespace ferric::codegen {

static std::string quoted(llvm::ArrayRef<llvm::StringRef> args) {
  std::string s;
  for (llvm::StringRef a : args)
    s += (s.empty() ? "\"" : " \"") + a.str() + "\"";
  return s;
}

// --print link-args
static void printCommand(Session &sess, llvm::StringRef file, llvm::ArrayRef<llvm::StringRef> argv) {
  llvm::Error e = llvm::writeToOutput(file.empty() ? "-" : file, [&](llvm::raw_ostream &os) {
    os << quoted(argv) << '\n';
    return llvm::Error::success();
  });
  if (e)
    sess.diag.errorNoSpan("failed to open file `" + file + "`: " + llvm::toString(std::move(e))).emit();
}

namespace {
// The linker's command line, in rustc's order.
class CommandLine {
public:
  CommandLine(const Session &sess, const layout::TargetSpec &target, CrateType type, bool viaCc)
      : o_(sess.options), target_(target), type_(type), viaCc_(viaCc) {}
  std::vector<std::string> args;

  // `versionScript`: a file that says what can be seen of a dynamic library.
  void add(llvm::ArrayRef<std::string> objects, const LinkInputs &inputs, llvm::StringRef versionScript, llvm::StringRef output);

private:
  // For the linker itself, be it called through a compiler driver or not; several in one word are separated by commas.
  void wl(llvm::StringRef words) {
    if (viaCc_)
      return args.push_back(("-Wl," + words).str());
    llvm::SmallVector<llvm::StringRef, 4> parts;
    words.split(parts, ',');
    for (llvm::StringRef part : parts)
      args.push_back(part.str());
  }
  // Which of libraries by the same name is taken from here on.
  void hint(bool isStatic) {
    if (static_ != isStatic)
      wl(isStatic ? "-Bstatic" : "-Bdynamic");
    static_ = isStatic;
  }
  void staticLib(const NativeLib &lib);
  void dynamicLib(const NativeLib &lib);
  void nativeLibs(llvm::ArrayRef<NativeLib> libs, bool wantStatic, bool wantDynamic, bool ofDependency);
  void libraries(const LinkInputs &inputs);
  void outputKind();
  void executableKind();
  void relro();

  const Options &o_;
  const layout::TargetSpec &target_;
  CrateType type_;
  bool viaCc_;
  std::optional<bool> static_;
};
} // namespace

static std::string byName(const NativeLib &lib) { return "-l" + std::string(lib.verbatim.value_or(false) ? ":" : "") + lib.name; }

// The C runtime becomes part of the program.
static bool isStatic(const Options &o, const layout::TargetSpec &target) {
  return target::enabledFeatures(target.arch, {o.targetFeatures}).contains("crt-static") || llvm::is_contained(o.linkArgs, "-static");
}

void CommandLine::staticLib(const NativeLib &lib) {
  hint(true);
  bool whole = lib.wholeArchive.value_or(false);
  if (whole)
    wl("--whole-archive");
  args.push_back(byName(lib));
  if (whole)
    wl("--no-whole-archive");
}

void CommandLine::dynamicLib(const NativeLib &lib) {
  hint(false);
  bool always = !lib.asNeeded.value_or(true);
  if (always)
    wl("--no-as-needed");
  args.push_back(byName(lib));
  if (always)
    wl("--as-needed");
}

void CommandLine::nativeLibs(llvm::ArrayRef<NativeLib> libs, bool wantStatic, bool wantDynamic, bool ofDependency) {
  for (const NativeLib &lib : libs) {
    if (!o_.linkNativeLibraries)
      return;
    switch (lib.kind) {
    case NativeLibKind::Static:
      if (wantStatic && !(ofDependency && isBundled(lib))) // else it is in the dependency's archive
        staticLib(lib);
      break;
    case NativeLibKind::Dylib:
      if (wantDynamic)
        dynamicLib(lib);
      break;
    case NativeLibKind::Unspecified:
      if (isStatic(o_, target_) ? wantStatic : wantDynamic)
        isStatic(o_, target_) ? staticLib(lib) : dynamicLib(lib);
      break;
    case NativeLibKind::LinkArg:
      if (wantStatic)
        lib.verbatim.value_or(false) ? args.push_back(lib.name) : wl(lib.name);
      break;
    }
  }
}

// Users come before what they use; what is dynamic comes last.
void CommandLine::libraries(const LinkInputs &inputs) {
  wl("--as-needed");
  nativeLibs(inputs.nativeLibs, /*wantStatic=*/true, /*wantDynamic=*/true, /*ofDependency=*/false);
  std::vector<const metadata::Dependency *> order = linkOrder(inputs.dependencies);
  for (const metadata::Dependency *d : order) {
    if (d->ofLibrary || (llvm::any_of(d->nativeLibs, isBundled) && o_.linkNativeLibraries)) // its own objects are linked already
      args.push_back(d->archive);
    nativeLibs(d->nativeLibs, /*wantStatic=*/true, /*wantDynamic=*/false, /*ofDependency=*/true);
  }
  for (const metadata::Dependency *d : order)
    nativeLibs(d->nativeLibs, /*wantStatic=*/false, /*wantDynamic=*/true, /*ofDependency=*/true);
  if (static_)
    hint(false);
}

void CommandLine::executableKind() {
  std::string reloc = o_.relocationModel.empty() ? target_.relocationModel : o_.relocationModel;
  bool pie = target_.positionIndependent && (reloc == "pic" || reloc == "pie");
  bool saysStatic = llvm::is_contained(o_.linkArgs, "-static");
  bool crtStatic = isStatic(o_, target_) && !saysStatic;
  if (crtStatic && pie && viaCc_)
    args.push_back("-static-pie");
  else if (crtStatic && pie)
    wl("-static,-pie,--no-dynamic-linker,-z,text");
  else if (pie && !saysStatic)
    args.push_back("-pie");
  else {
    if (crtStatic || !viaCc_)
      args.push_back("-static");
    if (viaCc_)
      args.push_back("-no-pie");
  }
}

void CommandLine::outputKind() {
  if (type_ == CrateType::Bin)
    executableKind();
  else
    args.push_back("-shared");
}

void CommandLine::relro() {
  if (o_.relroLevel == "off")
    wl("-z,norelro");
  else if (o_.relroLevel == "partial")
    wl("-z,relro");
  else if (viaCc_ || o_.relroLevel == "full")
    wl("-z,relro,-z,now");
}

void CommandLine::add(llvm::ArrayRef<std::string> objects, const LinkInputs &inputs, llvm::StringRef versionScript, llvm::StringRef output) {
  if (!versionScript.empty()) {
    wl(("--version-script=" + versionScript).str());
    wl("--no-undefined-version");
  }
  if (viaCc_ && target_.arch == "x86_64")
    args.push_back("-m64");
  llvm::append_range(args, o_.preLinkArgs);
  llvm::append_range(args, objects);
  libraries(inputs);
  wl("--eh-frame-hdr");
  if (viaCc_)
    wl("-z,noexecstack");
  for (const std::string &option : o_.libSearchPaths)
    if (llvm::StringRef folder = nativeSearchFolder(option); !folder.empty())
      llvm::append_range(args, std::initializer_list<std::string>{"-L", folder.str()});
  args.push_back("-o");
  args.push_back(output.str());
  if (!o_.code.linkDeadCode)
    wl("--gc-sections");
  outputKind();
  relro();
  if (o_.opt == OptLevel::O2 || o_.opt == OptLevel::O3)
    wl("-O1");
  if (!o_.strip.empty())
    wl(o_.strip == "symbols" ? "--strip-all" : "--strip-debug");
  if (viaCc_ && !o_.defaultLinkerLibraries)
    args.push_back("-nodefaultlibs");
  if (viaCc_ && o_.code.instrumentMcount)
    args.push_back("-pg");
  if (type_ != CrateType::Bin)
    wl(("-soname=" + llvm::sys::path::filename(output)).str());
  else if (o_.exportExecutableSymbols)
    wl("--export-dynamic");
  llvm::append_range(args, o_.linkArgs);
  if (viaCc_)
    args.push_back("-lgcc"); // 128-bit division and the like, which rustc takes from its compiler-builtins
}

// Whether the linker is a C compiler that calls it: what -C linker-flavor says, or else the name of -C linker, or the target.
static bool isCompilerDriver(const Options &o, const layout::TargetSpec &target) {
  llvm::StringRef flavor = o.linkerFlavor;
  if (!flavor.empty())
    return flavor == "gcc" || flavor.ends_with("-cc");
  llvm::StringRef linker = o.linker != "cc" ? llvm::StringRef(o.linker) : llvm::StringRef(target.linker);
  llvm::StringRef name = llvm::sys::path::filename(linker);
  name = name.rtrim("0123456789.");
  name.consume_back("-"); // of a version
  return name != "ld" && name != "lld" && name != "rust-lld" && !name.ends_with("-ld") && !name.ends_with("ld.lld") && !name.starts_with("ld.");
}

// Whether the name is Rust's own: of a mangling, or of what the compiler makes.
static bool isMangled(llvm::StringRef name) { return name.starts_with("_R") || (name.starts_with("_ZN") && name.contains("17h")); }

// What the objects define for everyone under a name of its own.
static llvm::Expected<std::set<std::string>> exportedNames(llvm::ArrayRef<std::string> objects) {
  std::set<std::string> names;
  for (const std::string &path : objects) {
    llvm::Expected<llvm::object::OwningBinary<llvm::object::ObjectFile>> file = llvm::object::ObjectFile::createObjectFile(path);
    if (!file)
      return file.takeError();
    for (const llvm::object::SymbolRef &symbol : file->getBinary()->symbols()) {
      llvm::Expected<uint32_t> flags = symbol.getFlags();
      llvm::Expected<llvm::StringRef> name = symbol.getName();
      if (!flags || !name)
        return flags ? name.takeError() : flags.takeError();
      using Flags = llvm::object::BasicSymbolRef;
      llvm::Expected<llvm::object::SymbolRef::Type> type = symbol.getType();
      if (!type)
        return type.takeError();
      bool isItem = *type == llvm::object::SymbolRef::ST_Function || *type == llvm::object::SymbolRef::ST_Data;
      bool isOutside = (*flags & Flags::SF_Global) && !(*flags & (Flags::SF_Undefined | Flags::SF_Hidden));
      if (isItem && isOutside && !isMangled(*name))
        names.insert(name->str());
    }
  }
  return names;
}

// Writes a version script by which nothing but exportedNames can be seen. False: reported.
static bool writeVersionScript(Session &sess, llvm::ArrayRef<std::string> objects, llvm::SmallVectorImpl<char> &path) {
  llvm::Expected<std::set<std::string>> names = exportedNames(objects);
  if (!names) {
    sess.diag.errorNoSpan("couldn't read the objects to link: " + llvm::toString(names.takeError())).emit();
    return false;
  }
  if (std::error_code e = llvm::sys::fs::createTemporaryFile("ferric", "version-script", path)) {
    sess.diag.errorNoSpan("failed to write version script: " + e.message()).emit();
    return false;
  }
  llvm::Error e = llvm::writeToOutput(llvm::StringRef(path.data(), path.size()), [&](llvm::raw_ostream &os) {
    os << "{\n" << (names->empty() ? "" : "  global:\n");
    for (const std::string &name : *names)
      os << "    " << name << ";\n";
    os << "\n  local:\n    *;\n};\n";
    return llvm::Error::success();
  });
  if (!e)
    return true;
  sess.diag.errorNoSpan("failed to write version script: " + llvm::toString(std::move(e))).emit();
  return false;
}

bool link(Session &sess, const layout::TargetSpec &target, CrateType type, llvm::ArrayRef<std::string> objects, const LinkInputs &inputs,
          llvm::StringRef output) {
  std::string linker = sess.options.linker != "cc" ? sess.options.linker : target.linker;
  llvm::ErrorOr<std::string> program = llvm::sys::findProgramByName(linker);
  if (!program) {
    sess.diag.errorNoSpan("linker `" + linker + "` not found").note(program.getError().message()).emit();
    return false;
  }
  llvm::SmallString<128> versionScript;
  llvm::scope_exit remove([&] { llvm::sys::fs::remove(versionScript); });
  if (type != CrateType::Bin && !writeVersionScript(sess, objects, versionScript))
    return false;
  CommandLine command(sess, target, type, isCompilerDriver(sess.options, target));
  command.args.push_back(*program);
  command.add(objects, inputs, versionScript, output);
  llvm::SmallVector<llvm::StringRef, 32> argv(command.args.begin(), command.args.end());
  if (const std::optional<std::string> &file = sess.options.printLinkArgs)
    printCommand(sess, *file, argv);
  llvm::SmallString<128> log;
  if (llvm::sys::fs::createTemporaryFile("ferric-link", "txt", log))
    return false;
  std::optional<llvm::StringRef> redirects[] = {llvm::StringRef(""), log.str(), log.str()};
  std::string message;
  int code = llvm::sys::ExecuteAndWait(*program, argv, std::nullopt, redirects, 0, 0, &message);
  if (code != 0) {
    llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> text = llvm::MemoryBuffer::getFile(log);
    diag::Builder d = sess.diag.errorNoSpan("linking with `" + linker + "` failed: exit status: " + llvm::Twine(code));
    d.note(quoted(argv));
    if (text && !(*text)->getBuffer().trim().empty())
      d.note((*text)->getBuffer().trim());
    if (!message.empty())
      d.note(message);
    d.emit();
  }
  llvm::sys::fs::remove(log);
  return code == 0;
}

} // namespace ferric::codegen
