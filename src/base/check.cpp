// Internal errors. The stack of PhaseScopes is the one piece of process-wide state in the compiler:
// it must be reachable from a failed CHECK, which has no context to be passed.
#include "base/check.h"
#include "base/recover.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

namespace ferric {

static thread_local PhaseScope *innermost = nullptr;
static void (*describeSpanHook)(Span) = nullptr;
static void (*cleanupHook)() = nullptr;

struct PhaseAccess {
  static const char *phase(const PhaseScope &s) { return s.phase_; }
  static Span span(const PhaseScope &s) { return s.span_; }
};

PhaseScope::PhaseScope(const char *phase, Span span) : phase_(phase), span_(span), outer_(innermost) {
  innermost = this;
}
PhaseScope::~PhaseScope() { innermost = outer_; }

void setInternalErrorHooks(void (*describeSpan)(Span), void (*cleanup)()) {
  describeSpanHook = describeSpan;
  cleanupHook = cleanup;
}

// ---- surviving ----

static thread_local std::string *survivorMessage = nullptr;

std::optional<std::string> surviveInternalErrors(llvm::function_ref<void()> f) {
  std::string message, *outerMessage = survivorMessage;
  PhaseScope *outer = innermost;
  llvm::CrashRecoveryContext::Enable();
  llvm::CrashRecoveryContext context;
  survivorMessage = &message;
  bool ok = context.RunSafely(f);
  survivorMessage = outerMessage;
  innermost = outer;
  if (ok)
    return std::nullopt;
  return message.empty() ? "crash: the process received a fatal signal" : message;
}

void internalError(const char *file, int line, const char *what) {
  if (llvm::CrashRecoveryContext *context = survivorMessage ? llvm::CrashRecoveryContext::GetCurrent() : nullptr) {
    *survivorMessage = (llvm::Twine("internal compiler error: ") + what + " (" + llvm::sys::path::filename(file) + ":" + llvm::Twine(line) + ")").str();
    context->HandleExit(101);
  }
  llvm::errs() << "error: internal compiler error: " << what << " (" << file << ':' << line << ")\n";
  if (innermost) {
    llvm::errs() << "  in phase: " << PhaseAccess::phase(*innermost) << '\n';
    Span span = PhaseAccess::span(*innermost);
    innermost = nullptr; // a second failure while describing must not come back here
    if (describeSpanHook)
      describeSpanHook(span);
  }
  if (cleanupHook)
    cleanupHook();
  llvm::errs().flush();
  std::_Exit(101);
}

} // namespace ferric
