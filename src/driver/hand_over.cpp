// The decision is made before anything is compiled, from the command line and the leading attributes, so that the other compiler
// is the only one to say anything. It does not get FERRIC_HOST_RUSTC itself: were that variable to name Ferric, they would
// call each other for ever.
#include "driver/hand_over.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include <cerrno>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

namespace ferric::driver {

static constexpr const char *kVariable = "FERRIC_HOST_RUSTC";

// A crate called std is given with --extern or stands in a -L folder (one of Ferric's own making: tests have such).
static bool stdIsAtHand(const Options &o) {
  for (const ExternOption &e : o.externs)
    if (e.name == "std")
      return true;
  for (llvm::StringRef option : o.libSearchPaths) {
    auto [kind, rest] = option.split('=');
    std::error_code ec;
    for (llvm::sys::fs::directory_iterator it(rest.empty() ? kind : rest, ec), end; it != end && !ec; it.increment(ec)) {
      llvm::StringRef name = llvm::sys::path::filename(it->path());
      if (name.starts_with("libstd") && (name.ends_with(".rlib") || name.ends_with(".rmeta")))
        return true;
    }
  }
  return false;
}

// Libraries for macros (Kbuild's syn and quote) are no_std crates with --extern proc_macro.
static bool asksForProcMacro(const Options &o) {
  return llvm::any_of(o.externs, [](const ExternOption &e) { return e.name == "proc_macro" && e.path.empty(); });
}

static bool isForHost(const Options &o) { return o.target == "x86_64-unknown-linux-gnu"; }

static bool namesNoStd(const Options &o) {
  return llvm::any_of(o.crateAttrs, [](llvm::StringRef a) { return a.trim() == "no_std" || a.trim() == "no_core"; });
}

// Standard input has been read: what was read is put in its place.
static bool restoreStandardInput(llvm::StringRef text) {
  int fd = memfd_create("standard input", 0);
  if (fd < 0)
    return false;
  while (!text.empty()) {
    ssize_t n = write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return false;
    text = text.drop_front(size_t(n));
  }
  return lseek(fd, 0, SEEK_SET) == 0 && dup2(fd, STDIN_FILENO) == STDIN_FILENO;
}

static void run(Session &sess, const std::string &program, llvm::StringRef text) {
  std::vector<char *> argv{const_cast<char *>(program.c_str())};
  for (const std::string &a : sess.options.commandLine)
    argv.push_back(const_cast<char *>(a.c_str()));
  argv.push_back(nullptr);
  llvm::outs().flush();
  llvm::errs().flush();
  if (sess.options.input == "-" && !restoreStandardInput(text)) {
    sess.diag.errorNoSpan(llvm::Twine("couldn't pass standard input on to `") + program + "`: " + std::strerror(errno)).emit();
    return;
  }
  unsetenv(kVariable);
  execvp(program.c_str(), argv.data());
  sess.diag.errorNoSpan("couldn't run `" + program + "`, which " + kVariable + " names: " + std::strerror(errno)).emit();
}

bool handOver(Session &sess, const RootFacts &root, llvm::StringRef text) {
  const Options &o = sess.options;
  bool procMacro = o.makes(CrateType::ProcMacro);
  bool usesStd = (!root.noStd && !namesNoStd(o)) || root.usesStd || asksForProcMacro(o);
  bool needsStd = usesStd && isForHost(o) && !stdIsAtHand(o);
  if (!procMacro && !needsStd)
    return false;
  std::optional<std::string> program = llvm::sys::Process::GetEnv(kVariable);
  if (program && !program->empty()) {
    if (o.verbose)
      llvm::errs() << "note: `" << *program << "` (" << kVariable << ") gets this command: "
                   << (procMacro ? "a procedural macro crate" : "a crate that needs `std`") << " is not compiled by Ferric yet\n";
    run(sess, *program, text);
    return true;
  }
  if (!procMacro)
    return false; // resolving `std` fails, with a place
  sess.diag.errorNoSpan("Ferric cannot compile procedural macro crates yet")
      .help(llvm::Twine("set ") + kVariable + " to a rustc of version 1.96, which then gets this command as it is")
      .emit();
  return true;
}

} // namespace ferric::driver
