// Dispatch, handles, and the methods about token streams and literals. rustc's behaviour: rustc_expand::proc_macro_server.
#include "proc_macro/server.h"
#include "lex/lexer.h"

namespace ferric::proc_macro {

using lex::LitKind;
using lex::Token;
using lex::TokenKind;

Server::Server(Session &sess, Compiler &compiler, const Call &call, uint32_t firstHandle)
    : sess_(sess), compiler_(compiler), call_(call), first_(firstHandle) {}

// ---- handles ----

uint32_t Server::add(Stream stream) {
  streams_.push_back(std::move(stream));
  return first_ + uint32_t(streams_.size() - 1);
}

uint32_t Server::add(Span span) {
  auto [it, isNew] = spanHandles_.try_emplace({uint64_t(span.lo) << 32 | span.hi, span.ctxt.raw}, uint32_t(spans_.size()));
  if (isNew)
    spans_.push_back(span);
  return first_ + it->second;
}

Stream Server::stream(Reader &r) {
  uint32_t at = r.u32() - first_;
  if (at < streams_.size() && streams_[at])
    return streams_[at];
  r.fail();
  return std::make_shared<Tokens>();
}

Stream Server::takeStream(Reader &r) {
  uint32_t at = r.u32() - first_;
  if (at < streams_.size() && streams_[at])
    return std::move(streams_[at]);
  r.fail();
  return nullptr;
}

Span Server::span(Reader &r) {
  uint32_t at = r.u32() - first_;
  if (at < spans_.size())
    return spans_[at];
  r.fail();
  return {};
}

// Option<TokenStream>, to be changed.
Stream Server::own(Reader &r) {
  Stream s = r.present() ? takeStream(r) : nullptr;
  if (!s || s.use_count() > 1)
    return s ? std::make_shared<Tokens>(*s) : std::make_shared<Tokens>();
  return s;
}

// ---- messages ----

std::string Server::input(llvm::ArrayRef<Stream> inputs) {
  Writer w;
  for (Span s : {call_.defSite, call_.callSite, call_.mixedSite})
    w.u32(add(s));
  for (const Stream &s : inputs)
    w.u32(add(s));
  return w.take();
}

static std::string panicked(llvm::StringRef message) {
  Writer w;
  w.error();
  w.some();
  w.text(message);
  return w.take();
}

std::string Server::dispatch(llvm::StringRef request) {
  static constexpr Handler kHandlers[] = {
#define METHOD(name) &Server::name,
#include "proc_macro/methods.def"
  };
  Reader r(request);
  uint8_t method = r.variant(kMethods);
  Writer w;
  w.okay();
  if (!r.failed())
    (this->*kHandlers[method])(r, w);
  if (r.failed())
    return panicked("a handle of `proc_macro` was used after it had been given up, or in another macro's run");
  return w.take();
}

std::optional<Tokens> Server::output(llvm::StringRef bytes, std::optional<std::string> &panic) {
  Reader r(bytes);
  if (r.present()) {
    Stream s = r.present() ? takeStream(r) : nullptr;
    if (!r.failed())
      return s ? *s : Tokens();
    panic = "the macro's result is no token stream";
    return std::nullopt;
  }
  if (r.present())
    panic = r.text().str();
  return std::nullopt;
}

std::string Server::ask(Method m, llvm::function_ref<void(Writer &)> write) {
  Writer w;
  w.u8(uint8_t(m));
  write(w);
  return compiler_.ask(w.bytes());
}

// ---- environment, diagnostics ----

void Server::injected_env_var(Reader &r, Writer &w) {
  llvm::StringRef name = r.text();
  for (const auto &[key, value] : llvm::reverse(sess_.options.env))
    if (key == name) {
      w.some();
      return w.text(value);
    }
  w.none();
}

void Server::track_env_var(Reader &r, Writer &) {
  llvm::StringRef name = r.text();
  std::optional<llvm::StringRef> value;
  if (r.present())
    value = r.text();
  ask(Method::track_env_var, [&](Writer &q) {
    q.text(name);
    q.flag(value.has_value());
    q.text(value.value_or(""));
  });
}

void Server::track_path(Reader &r, Writer &) {
  llvm::StringRef path = r.text();
  ask(Method::track_path, [&](Writer &q) { q.text(path); });
}

// Diagnostic { level, message, spans, children }: the same with spans instead of their handles.
void Server::copyDiagnostic(Reader &r, Writer &w) {
  w.u8(r.variant(4));
  w.text(r.text());
  uint64_t spans = r.length();
  w.usize(spans);
  for (uint64_t i = 0; i < spans; ++i)
    writeSpan(w, span(r));
  uint64_t children = r.length();
  w.usize(children);
  for (uint64_t i = 0; i < children && !r.failed(); ++i)
    copyDiagnostic(r, w);
}

void Server::emit_diagnostic(Reader &r, Writer &) {
  Writer copy;
  copyDiagnostic(r, copy);
  if (!r.failed())
    ask(Method::emit_diagnostic, [&](Writer &q) { q.raw(copy.bytes()); });
}

// ---- literals and names ----

static bool isNumber(const Token &t) { return t.lit() == LitKind::Integer || t.lit() == LitKind::Float; }

void Server::literal_from_str(Reader &r, Writer &w) {
  llvm::StringRef text = r.text();
  lex::TokenRange range;
  std::string message;
  scratch_.truncate(0);
  auto fail = [&](llvm::StringRef what) {
    w.error();
    w.text(what);
  };
  if (!lex::lexTextAt(sess_, text, call_.callSite, call_.edition, scratch_, range, &message))
    return fail(message);
  llvm::ArrayRef<Token> t = lex::tokens(scratch_, range);
  bool negative = !t.empty() && t[0].is(TokenKind::Minus);
  if (negative)
    t = t.drop_front();
  if (t.empty() || !t[0].is(TokenKind::Literal))
    return fail("not a literal");
  std::string literal = lex::printToken(sess_, t[0]);
  if (negative && text.starts_with("-") && text != "-" + literal && text.ends_with(literal))
    return fail("comment or whitespace after minus");
  if (text != (negative ? "-" : "") + literal)
    return fail("comment or whitespace around literal");
  if (negative && !isNumber(t[0]))
    return fail("non-numeric literal may not be negated");
  w.okay();
  writeLiteral(sess_, t[0], negative, *this, w);
}

void Server::symbol_normalize_and_validate_ident(Reader &r, Writer &w) {
  lex::TokenRange range;
  scratch_.truncate(0);
  // The lexer brings identifiers into normal form C.
  bool ok = lex::lexTextAt(sess_, r.text(), call_.callSite, call_.edition, scratch_, range);
  llvm::ArrayRef<Token> t = lex::tokens(scratch_, range);
  if (!ok || t.size() != 1 || !t[0].is(TokenKind::Ident) || t[0].isRaw())
    return w.error();
  w.okay();
  w.text(sess_.str(t[0].sym));
}

// ---- token streams ----

void Server::ts_drop(Reader &r, Writer &) { takeStream(r); }
void Server::ts_clone(Reader &r, Writer &w) { w.u32(add(stream(r))); }
void Server::ts_is_empty(Reader &r, Writer &w) { w.flag(stream(r)->empty()); }

void Server::ts_expand_expr(Reader &r, Writer &w) {
  Stream s = stream(r);
  std::string answer = ask(Method::ts_expand_expr, [&](Writer &q) { writeTokens(q, sess_.symbols, *s); });
  Reader a(answer);
  if (!a.present())
    return w.error();
  w.okay();
  w.u32(add(std::make_shared<Tokens>(readTokens(a, sess_.symbols))));
}

void Server::ts_from_str(Reader &r, Writer &w) {
  lex::TokenRange range;
  std::string message;
  scratch_.truncate(0);
  if (!lex::lexTextAt(sess_, r.text(), call_.callSite, call_.edition, scratch_, range, &message)) {
    w.error();
    return w.text(message);
  }
  llvm::ArrayRef<Token> t = lex::tokens(scratch_, range);
  w.okay();
  w.u32(add(std::make_shared<Tokens>(t.begin(), t.end())));
}

void Server::ts_to_string(Reader &r, Writer &w) { w.text(lex::printTokens(sess_, *stream(r))); }

void Server::ts_from_token_tree(Reader &r, Writer &w) {
  Stream s = std::make_shared<Tokens>();
  readTree(sess_, r, *this, *s);
  w.u32(add(std::move(s)));
}

void Server::ts_concat_trees(Reader &r, Writer &w) {
  Stream base = own(r);
  for (uint64_t n = r.length(); n && !r.failed(); --n)
    readTree(sess_, r, *this, *base);
  w.u32(add(std::move(base)));
}

void Server::ts_concat_streams(Reader &r, Writer &w) {
  Stream base = own(r);
  for (uint64_t n = r.length(); n && !r.failed(); --n)
    if (Stream s = takeStream(r))
      append(sess_.symbols, *base, *s);
  w.u32(add(std::move(base)));
}

void Server::ts_into_trees(Reader &r, Writer &w) {
  if (Stream s = takeStream(r))
    writeTrees(sess_, *s, *this, w);
}

} // namespace ferric::proc_macro
