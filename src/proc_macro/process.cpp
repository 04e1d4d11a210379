// Both sides send messages over a pair of sockets: a length, a letter, and bytes (wire.h). The compiler sends (R)un and (A)nswer; the
// process sends (Q)uestion, (D)one, (P)anic, and (L)oad error. The compiler waits for one of these after each of its own. The
// process has a copy of the compiler's memory, from which it uses the session's names and options; it never returns into the compiler.
#include "proc_macro/process.h"
#include "base/check.h"
#include "proc_macro/client.h"
#include "llvm/Support/thread.h"
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ferric::proc_macro {

using Clock = std::chrono::steady_clock;

namespace {

struct Message {
  char kind = 0;
  std::string bytes;
};

// Sends all of it; false: the other side is gone.
bool sendAll(int fd, llvm::StringRef bytes) {
  while (!bytes.empty()) {
    ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return false;
    bytes = bytes.drop_front(size_t(n));
  }
  return true;
}

bool send(int fd, char kind, llvm::StringRef bytes) {
  Writer w;
  w.usize(bytes.size());
  w.u8(uint8_t(kind));
  w.raw(bytes);
  return sendAll(fd, w.bytes());
}

enum class Received : uint8_t { Message, Closed, TooLate };

// Waits until `until`, or for ever.
Received receiveAll(int fd, char *to, size_t n, std::optional<Clock::time_point> until) {
  while (n) {
    if (until) {
      auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*until - Clock::now()).count();
      pollfd p{fd, POLLIN, 0};
      int ready = left > 0 ? ::poll(&p, 1, int(std::min<int64_t>(left, 1 << 30))) : 0;
      if (ready < 0 && errno == EINTR)
        continue;
      if (ready == 0)
        return Received::TooLate;
    }
    ssize_t got = ::recv(fd, to, n, 0);
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return Received::Closed;
    to += got;
    n -= size_t(got);
  }
  return Received::Message;
}

Received receive(int fd, Message &m, std::optional<Clock::time_point> until = std::nullopt) {
  constexpr uint64_t kMost = uint64_t(1) << 32;
  char head[9];
  Received r = receiveAll(fd, head, sizeof head, until);
  if (r != Received::Message)
    return r;
  uint64_t size = Reader({head, 8}).usize();
  if (size > kMost)
    return Received::Closed;
  m.kind = head[8];
  m.bytes.resize(size);
  return receiveAll(fd, m.bytes.data(), size, until);
}

// ---- in the process ----

class Pipe : public Compiler {
public:
  explicit Pipe(int fd) : fd_(fd) {}
  std::string ask(llvm::StringRef question) override {
    Message m;
    if (!send(fd_, 'Q', question) || receive(fd_, m) != Received::Message || m.kind != 'A')
      _exit(0); // the compiler is gone
    return std::move(m.bytes);
  }

private:
  int fd_;
};

void writeCall(Writer &w, const Call &c) {
  w.u32(c.macro);
  w.flag(c.twoInputs);
  for (Span s : {c.defSite, c.callSite, c.mixedSite})
    writeSpan(w, s);
  w.u32(c.edition);
  w.flag(c.showPanics);
}

Call readCall(Reader &r) {
  Call c;
  c.macro = r.u32();
  c.twoInputs = r.flag();
  for (Span *s : {&c.defSite, &c.callSite, &c.mixedSite})
    *s = readSpan(r);
  c.edition = r.u32();
  c.showPanics = r.flag();
  return c;
}

// The signals that the compiler handles end this process as they would any other: what the compiler cleans up then is not its own.
void resetSignals() {
  for (int s : {SIGHUP, SIGINT, SIGTERM, SIGUSR1, SIGUSR2, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGSEGV, SIGQUIT, SIGSYS, SIGXCPU, SIGXFSZ, SIGPIPE})
    ::signal(s, SIG_DFL);
}

// Deep enough for what macros do, and shallow enough for endless recursion to end soon.
constexpr unsigned kStackBytes = 16u << 20;

[[noreturn]] void serve(Session &sess, const Dylib &dylib, int fd) {
  resetSignals();
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  Client client;
  if (std::string error = client.load(dylib); !error.empty()) {
    send(fd, 'L', error);
    _exit(1);
  }
  Pipe pipe(fd);
  uint32_t handle = 1;
  Message m;
  while (receive(fd, m) == Received::Message) {
    Reader r(m.bytes);
    Call call = readCall(r);
    llvm::SmallVector<Stream, 2> inputs;
    for (int i = 0; i <= int(call.twoInputs); ++i)
      inputs.push_back(std::make_shared<Tokens>(readTokens(r, sess.symbols)));
    Server server(sess, pipe, call, handle);
    std::string last = client.run(call, server, server.input(inputs));
    std::optional<std::string> panic;
    Writer w;
    if (std::optional<Tokens> tokens = server.output(last, panic)) {
      writeTokens(w, sess.symbols, *tokens);
      send(fd, 'D', w.bytes());
    } else {
      w.flag(panic.has_value());
      w.text(panic.value_or(""));
      send(fd, 'P', w.bytes());
    }
    handle = server.nextHandle();
  }
  _exit(0);
}

} // namespace

// ---- in the compiler ----

bool Process::start(std::string &error) {
  int fds[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) {
    error = std::strerror(errno);
    return false;
  }
  llvm::outs().flush();
  llvm::errs().flush();
  pid_ = ::fork();
  if (pid_ == 0) {
    ::close(fds[0]);
    llvm::thread server(std::optional<unsigned>(kStackBytes), [&] { serve(sess_, dylib_, fds[1]); });
    server.join();
    _exit(1);
  }
  if (pid_ < 0)
    error = std::strerror(errno);
  ::close(fds[1]);
  fd_ = fds[0];
  if (pid_ < 0)
    end();
  return pid_ >= 0;
}

void Process::end() {
  if (fd_ >= 0)
    ::close(fd_);
  fd_ = -1;
  if (pid_ <= 0)
    return;
  ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR)
    ;
  pid_ = -1;
}

// After its side of the sockets was closed.
std::string Process::howItEnded() {
  int status = 0;
  pid_t done;
  while ((done = ::waitpid(pid_, &status, 0)) < 0 && errno == EINTR)
    ;
  pid_ = -1;
  if (done > 0 && WIFSIGNALED(status))
    return ("signal " + llvm::Twine(WTERMSIG(status)) + ", " + strsignal(WTERMSIG(status))).str();
  return ("it ended the process, with exit code " + llvm::Twine(done > 0 ? WEXITSTATUS(status) : 0)).str();
}

Outcome Process::run(const Call &call, llvm::ArrayRef<lex::Token> first, llvm::ArrayRef<lex::Token> second, const Wishes &wishes,
                     unsigned seconds) {
  CHECK(!busy_, "a process runs one macro at a time");
  std::string error;
  if (pid_ < 0 && !start(error))
    return {Ending::Unusable, {}, error};
  Writer w;
  writeCall(w, call);
  writeTokens(w, sess_.symbols, first);
  if (call.twoInputs)
    writeTokens(w, sess_.symbols, second);
  (void)send(fd_, 'R', w.bytes()); // if it is gone, the next message does not come
  busy_ = true;
  Outcome out = converse(wishes, seconds);
  busy_ = false;
  if (out.ending != Ending::Output && out.ending != Ending::Panic)
    end();
  return out;
}

Outcome Process::converse(const Wishes &wishes, unsigned seconds) {
  std::optional<Clock::time_point> until;
  if (seconds)
    until = Clock::now() + std::chrono::seconds(seconds);
  Message m;
  while (true) {
    switch (receive(fd_, m, until)) {
    case Received::TooLate: return {Ending::TimeLimit, {}, std::nullopt};
    case Received::Closed: return {Ending::Crash, {}, howItEnded()};
    case Received::Message: break;
    }
    Reader r(m.bytes);
    switch (m.kind) {
    case 'Q': (void)send(fd_, 'A', answer(sess_, wishes, m.bytes)); break;
    case 'L': return {Ending::Unusable, {}, m.bytes};
    case 'P': {
      bool has = r.flag();
      return {Ending::Panic, {}, has ? std::optional(r.text().str()) : std::nullopt};
    }
    case 'D': {
      Tokens tokens = readTokens(r, sess_.symbols);
      if (r.failed())
        return {Ending::Crash, {}, "it damaged its memory"};
      return {Ending::Output, std::move(tokens), std::nullopt};
    }
    default: return {Ending::Crash, {}, "it damaged its memory"};
    }
  }
}

} // namespace ferric::proc_macro
