// Linking executables through the C compiler driver, with the options rustc gives it (rustc_codegen_ssa::back::link).
#include "codegen/codegen.h"
#include "layout/target.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

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

static void arguments(const Session &sess, const layout::TargetSpec &target, llvm::ArrayRef<std::string> objects,
                      llvm::ArrayRef<std::string> archives, llvm::StringRef output, std::vector<std::string> &args) {
  const Options &o = sess.options;
  bool viaCc = target.linker == "cc" || o.linker != "cc";
  std::string reloc = o.relocationModel.empty() ? target.relocationModel : o.relocationModel;
  bool pie = target.positionIndependent && (reloc == "pic" || reloc == "pie");
  auto wl = [&](const char *s) { args.push_back(viaCc ? std::string("-Wl,") + s : std::string(s)); };
  if (viaCc)
    args.push_back("-m64");
  args.insert(args.end(), objects.begin(), objects.end());
  for (const std::string &p : o.libSearchPaths) {
    size_t kind = p.find('=');
    args.push_back("-L" + (kind == std::string::npos ? p : p.substr(kind + 1)));
  }
  wl("--as-needed");
  args.insert(args.end(), archives.begin(), archives.end());
  wl("--eh-frame-hdr");
  if (viaCc)
    wl("-z,noexecstack");
  args.push_back("-o");
  args.push_back(output.str());
  wl("--gc-sections");
  bool saysStatic = llvm::is_contained(o.linkArgs, "-static");
  args.push_back(pie && !saysStatic ? "-pie" : viaCc ? "-no-pie" : "-static");
  if (viaCc) {
    wl("-z,relro,-z,now");
    args.push_back("-nodefaultlibs");
  }
  args.insert(args.end(), o.linkArgs.begin(), o.linkArgs.end());
  if (viaCc)
    args.push_back("-lgcc"); // 128-bit division and the like, which rustc takes from its compiler-builtins
}

bool linkExecutable(Session &sess, const layout::TargetSpec &target, llvm::ArrayRef<std::string> objects,
                    llvm::ArrayRef<std::string> archives, llvm::StringRef output) {
  std::string linker = sess.options.linker != "cc" ? sess.options.linker : target.linker;
  llvm::ErrorOr<std::string> program = llvm::sys::findProgramByName(linker);
  if (!program) {
    sess.diag.errorNoSpan("linker `" + linker + "` not found").note(program.getError().message()).emit();
    return false;
  }
  std::vector<std::string> args{*program};
  arguments(sess, target, objects, archives, output, args);
  llvm::SmallVector<llvm::StringRef, 32> argv(args.begin(), args.end());
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
