// The `ferric` program: command line in, exit code out. Work is done on a large stack,
// because the parser and the type checker recurse with the nesting of the source.
#include "base/check.h"
#include "driver/explain.h"
#include "driver/pipeline.h"
#include "driver/stack.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/TimeProfiler.h"

#ifdef FERRIC_JEMALLOC
// The compiler allocates hundreds of megabytes in small pieces within seconds, on one thread, and then ends: one arena of huge pages,
// from which nothing is given back.
extern "C" {
extern const char *malloc_conf;
const char *malloc_conf = "narenas:1,thp:always,metadata_thp:auto,dirty_decay_ms:-1,lg_tcache_max:13";
}
#endif

using namespace ferric;
using namespace ferric::driver;

static Session *currentSession = nullptr;

static void describeSpan(Span span) {
  if (!currentSession || span.isDummy())
    return;
  LineCol at = currentSession->sources.lookup(currentSession->hygiene.sourceCallSite(span).lo);
  if (at.file)
    llvm::errs() << "  at " << currentSession->sources.file(at.file).name << ':' << at.line << ':' << at.col << '\n';
}

static int runCompiler(Session &sess, const Invocation &inv) {
  sess.options = inv.options;
  sess.diag.config = inv.diagConfig;
  int exitCode = 0;
  if (printRequests(sess, inv, exitCode))
    return exitCode;
  if (inv.inputs.empty()) {
    sess.diag.errorNoSpan("no input filename given").emit();
    return 1;
  }
  if (!sess.options.timeTraceFile.empty())
    llvm::timeTraceProfilerInitialize(100, "ferric");
  exitCode = compile(sess);
  if (!sess.options.timeTraceFile.empty()) {
    if (llvm::Error e = llvm::timeTraceProfilerWrite(sess.options.timeTraceFile, "ferric")) {
      sess.diag.errorNoSpan("cannot write the profile: " + llvm::toString(std::move(e))).emit();
      exitCode = 1;
    }
    llvm::timeTraceProfilerCleanup();
  }
  sess.diag.finish();
  return exitCode;
}

static int printExplanation(llvm::StringRef code) {
  llvm::StringRef text = explanationOf(code);
  if (text.empty())
    llvm::errs() << "error: " << code << " is not a valid error code, or not of an error that Ferric reports\n\n";
  else
    llvm::outs() << text << '\n';
  return text.empty();
}

int main(int argc, char **argv) {
  Invocation inv;
  std::vector<std::string> errors = parseCommandLine({const_cast<const char **>(argv) + 1, size_t(argc - 1)}, inv);
  if (!errors.empty()) {
    for (const std::string &e : errors)
      llvm::errs() << "error: " << e << "\n\n";
    return 1;
  }
  if (argc == 1 || inv.showHelp)
    return printHelp(llvm::outs()), 0;
  if (inv.showCodegenHelp || inv.showUnstableHelp)
    return printGroupHelp(inv.showCodegenHelp ? OptionGroup::Codegen : OptionGroup::Unstable, llvm::outs()), 0;
  if (inv.explain)
    return printExplanation(*inv.explain);
  if (inv.showVersion)
    return printVersion(inv.options.verbose, llvm::outs()), 0;

  int exitCode = 101;
  auto *session = new Session; // lives until the process ends: tearing down arenas would only cost time
  currentSession = session;
  setInternalErrorHooks(describeSpan, [] { llvm::sys::RunInterruptHandlers(); });
  runOnLargeStack(size_t(1) << 30, [&] { exitCode = runCompiler(*session, inv); });
  llvm::outs().flush();
  llvm::errs().flush();
#ifdef FERRIC_TRAINING
  std::exit(exitCode); // which writes the profile
#else
  std::_Exit(exitCode);
#endif
}
