// A process that runs the macros of one file, forked from the compiler at its first macro. A macro that crashes or does not end takes
// this process with it and nothing else; the next one gets a new process.
#pragma once
#include "proc_macro/answers.h"
#include "proc_macro/dylib.h"
#include <sys/types.h>

namespace ferric::proc_macro {

enum class Ending : uint8_t {
  Output,   // tokens
  Panic,    // the macro panicked
  Crash,    // its process ended
  TimeLimit,
  Unusable, // the file cannot be loaded, or no process can be made
};
struct Outcome {
  Ending ending{};
  Tokens tokens;
  std::optional<std::string> message; // of a panic, if it has a text; of the others: what happened
};

class Process {
public:
  Process(Session &sess, const Dylib &dylib) : sess_(sess), dylib_(dylib) {}
  ~Process() { end(); }
  Process(const Process &) = delete;
  // Runs a macro on its inputs. `seconds`: how long it may take; 0: for ever.
  // While one runs, its questions may lead to others, which need another process (TokenStream::expand_expr).
  bool isBusy() const { return busy_; }
  Outcome run(const Call &call, llvm::ArrayRef<lex::Token> first, llvm::ArrayRef<lex::Token> second, const Wishes &wishes,
              unsigned seconds);

private:
  bool start(std::string &error);
  void end();
  Outcome converse(const Wishes &wishes, unsigned seconds);
  std::string howItEnded();
  Session &sess_;
  const Dylib &dylib_;
  bool busy_ = false;
  pid_t pid_ = -1;
  int fd_ = -1;
};

} // namespace ferric::proc_macro
