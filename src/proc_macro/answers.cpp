// One function per question. Texts and numbers are written as the bridge has them; the server passes them on.
#include "proc_macro/answers.h"
#include "llvm/Support/FileSystem.h"

namespace ferric::proc_macro {

// Span::source_callsite, which keeps the context of the call.
static Span sourceCallSite(const Hygiene &h, Span s) {
  while (!s.ctxt.isRoot() && !h.expn(h.outerExpn(s.ctxt)).callSite.isDummy())
    s = h.expn(h.outerExpn(s.ctxt)).callSite;
  return s;
}

// Spans come from another process, which may be damaged: contexts must exist, positions must be of files.
static Span checked(Session &sess, Reader &r) {
  Span s = readSpan(r);
  if (s.ctxt.raw >= sess.hygiene.contextCount())
    s.ctxt = {};
  return s.hi < s.lo ? Span{} : s;
}

static diag::Level level(uint8_t n) {
  static constexpr diag::Level kLevels[] = {diag::Level::Error, diag::Level::Warning, diag::Level::Note, diag::Level::Help};
  return kLevels[n];
}

static std::vector<diag::SpanLabel> primaries(Session &sess, Reader &r) {
  std::vector<diag::SpanLabel> out;
  for (uint64_t n = r.length(); n; --n)
    out.push_back({checked(sess, r), "", true});
  return out;
}

static void emitDiagnostic(Session &sess, Reader &r) {
  diag::Diagnostic d;
  d.level = level(r.variant(4));
  d.message = r.text().str();
  d.spans = primaries(sess, r);
  std::function<void()> child = [&] { // rustc keeps the children's own children out
    diag::SubDiagnostic sub;
    sub.level = level(r.variant(4));
    sub.message = r.text().str();
    sub.spans = primaries(sess, r);
    d.children.push_back(std::move(sub));
    for (uint64_t n = r.length(); n && !r.failed(); --n) {
      child();
      d.children.pop_back();
    }
  };
  for (uint64_t n = r.length(); n && !r.failed(); --n)
    child();
  if (!r.failed())
    diag::Builder(sess.diag, std::move(d)).emit();
}

static void writeOptional(Writer &w, std::optional<Span> s) {
  s ? w.some() : w.none();
  if (s)
    writeSpan(w, *s);
}

static void fileOf(Session &sess, Span s, bool local, Writer &w) {
  FileId file = sess.sources.fileOf(s.lo);
  std::string name = file.valid() ? sess.sources.file(file).name : "<proc-macro source code>";
  if (!local)
    return w.text(name);
  bool real = file.valid() && !llvm::StringRef(name).starts_with("<");
  real ? w.some() : w.none();
  if (real)
    w.text(name);
}

static void byteRange(Session &sess, Span s, Writer &w) {
  FileId file = sess.sources.fileOf(s.lo);
  uint32_t start = file.valid() ? sess.sources.file(file).start : s.lo;
  w.usize(s.lo - start);
  w.usize(s.hi - start);
}

static void sourceText(Session &sess, Span s, Writer &w) {
  bool there = !s.isDummy() && sess.sources.fileOf(s.lo).valid() && sess.sources.fileOf(s.lo) == sess.sources.fileOf(s.hi);
  there ? w.some() : w.none();
  if (there)
    w.text(sess.sources.text(s));
}

static std::optional<Span> join(Session &sess, Span a, Span b) {
  if (a.isDummy() || b.isDummy() || sess.sources.fileOf(a.lo) != sess.sources.fileOf(b.lo))
    return std::nullopt;
  return Span{std::min(a.lo, b.lo), std::max(a.hi, b.hi), a.ctxt};
}

std::string answer(Session &sess, const Wishes &wishes, llvm::StringRef question) {
  Reader r(question);
  Writer w;
  Method method = Method(r.variant(kMethods));
  const Hygiene &h = sess.hygiene;
  switch (method) {
  case Method::track_env_var: {
    llvm::StringRef name = r.text();
    bool has = r.flag();
    llvm::StringRef value = r.text();
    if (wishes.trackEnv)
      wishes.trackEnv(name, has ? std::optional(value) : std::nullopt);
    break;
  }
  case Method::track_path:
    if (llvm::StringRef path = r.text(); wishes.trackPath)
      wishes.trackPath(path);
    break;
  case Method::emit_diagnostic: emitDiagnostic(sess, r); break;
  case Method::ts_expand_expr: {
    Tokens tokens = readTokens(r, sess.symbols);
    std::optional<Tokens> expanded = wishes.expandExpr && !r.failed() ? wishes.expandExpr(std::move(tokens)) : std::nullopt;
    expanded ? w.some() : w.none();
    if (expanded)
      writeTokens(w, sess.symbols, *expanded);
    break;
  }
  case Method::span_parent: {
    Span s = checked(sess, r);
    writeOptional(w, s.ctxt.isRoot() ? std::nullopt : std::optional(h.expn(h.outerExpn(s.ctxt)).callSite));
    break;
  }
  case Method::span_source: writeSpan(w, sourceCallSite(h, checked(sess, r))); break;
  case Method::span_byte_range: byteRange(sess, checked(sess, r), w); break;
  case Method::span_line: w.usize(sess.sources.lookup(checked(sess, r).lo).line); break;
  case Method::span_column: w.usize(sess.sources.lookup(checked(sess, r).lo).col); break;
  case Method::span_file: fileOf(sess, checked(sess, r), false, w); break;
  case Method::span_local_file: fileOf(sess, checked(sess, r), true, w); break;
  case Method::span_source_text: sourceText(sess, checked(sess, r), w); break;
  case Method::span_join: {
    Span a = checked(sess, r);
    writeOptional(w, join(sess, a, checked(sess, r)));
    break;
  }
  default: break; // the server answers it itself
  }
  return w.take();
}

} // namespace ferric::proc_macro
