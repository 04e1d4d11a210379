// The server of one macro's run: answers the methods of the bridge (methods.def). It lives in the process that runs the macro, beside
// it; only what needs the compiler's own state goes there.
#pragma once
#include "llvm/ADT/DenseMap.h"
#include "proc_macro/wire.h"

namespace ferric::proc_macro {

// Asks the compiler: a Method and what belongs to it in, the answer out (answers.h).
class Compiler {
public:
  virtual ~Compiler() = default;
  virtual std::string ask(llvm::StringRef question) = 0;
};

class Server : public Handles {
public:
  // `firstHandle`: handles of an earlier run must not mean anything in this one.
  Server(Session &sess, Compiler &compiler, const Call &call, uint32_t firstHandle);
  // The globals and inputs that the macro's client begins with.
  std::string input(llvm::ArrayRef<Stream> inputs);
  // One request, and its reply: Result<T, PanicMessage>.
  std::string dispatch(llvm::StringRef request);
  // The client's last words: Result<Option<TokenStream>, PanicMessage>. None: it panicked, with `panic` if that is text.
  std::optional<Tokens> output(llvm::StringRef bytes, std::optional<std::string> &panic);
  uint32_t nextHandle() const { return first_ + uint32_t(std::max(streams_.size(), spans_.size())); }

  uint32_t add(Stream stream) override;
  uint32_t add(Span span) override;
  Stream takeStream(Reader &r) override;
  Span span(Reader &r) override;

private:
  using Handler = void (Server::*)(Reader &r, Writer &w);
#define METHOD(name) void name(Reader &r, Writer &w);
#include "proc_macro/methods.def"
  Stream stream(Reader &r); // borrowed
  Stream own(Reader &r);    // given up, or an empty one: Option<TokenStream>
  std::string ask(Method m, llvm::function_ref<void(Writer &)> write);
  void optionalSpan(Method m, Span s, Writer &w);
  void forwardText(Method m, Span s, Writer &w);
  void copyDiagnostic(Reader &r, Writer &w);

  Session &sess_;
  Compiler &compiler_;
  const Call call_;
  const uint32_t first_;
  std::vector<Stream> streams_; // null: given up
  std::vector<Span> spans_;
  llvm::DenseMap<std::pair<uint64_t, uint32_t>, uint32_t> spanHandles_;
  lex::TokenStore scratch_;
};

} // namespace ferric::proc_macro
