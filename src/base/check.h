// Invariant checks. CHECK is always on and must be cheap; DCHECK vanishes in release builds.
// A failed check is an internal compiler error: it names the phase and the source span that the
// innermost PhaseScope recorded, and ends the process with exit code 101.
#pragma once
#include "base/span.h"

namespace ferric {

// Reports "internal compiler error" with the place of the check and the innermost PhaseScope, exits 101.
[[noreturn]] void internalError(const char *file, int line, const char *what);

// Names, while alive, the phase and source span that an internal error will report. Scopes nest.
class PhaseScope {
public:
  PhaseScope(const char *phase, Span span);
  ~PhaseScope();
  PhaseScope(const PhaseScope &) = delete;
  PhaseScope &operator=(const PhaseScope &) = delete;

private:
  friend struct PhaseAccess;
  const char *phase_;
  Span span_;
  PhaseScope *outer_;
};

// Called by the driver: how an internal error renders a span, and what it removes before exit.
void setInternalErrorHooks(void (*describeSpan)(Span), void (*cleanup)());

} // namespace ferric

#define CHECK(cond, what)                                                                          \
  do {                                                                                             \
    if (!(cond)) [[unlikely]]                                                                      \
      ::ferric::internalError(__FILE__, __LINE__, what);                                           \
  } while (0)
#ifdef NDEBUG
#define DCHECK(cond, what) ((void)0)
#else
#define DCHECK(cond, what) CHECK(cond, what)
#endif
#define UNREACHABLE(what) ::ferric::internalError(__FILE__, __LINE__, what)
