// The methods about spans. What a span says by itself is answered here; files, lines and expansions are the compiler's to know: it may
// have read more files since this process began.
#include "proc_macro/server.h"

namespace ferric::proc_macro {

void Server::span_debug(Reader &r, Writer &w) {
  Span s = span(r);
  w.text(("#" + llvm::Twine(s.ctxt.raw) + " bytes(" + llvm::Twine(s.lo) + ".." + llvm::Twine(s.hi) + ")").str());
}

void Server::span_start(Reader &r, Writer &w) { w.u32(add(span(r).shrinkToLo())); }
void Server::span_end(Reader &r, Writer &w) { w.u32(add(span(r).shrinkToHi())); }

void Server::span_resolved_at(Reader &r, Writer &w) {
  Span s = span(r);
  w.u32(add(s.withCtxt(span(r).ctxt)));
}

// Bound<usize>: Included, Excluded, Unbounded.
static std::optional<uint64_t> bound(Reader &r, bool isStart, uint64_t length) {
  switch (r.variant(3)) {
  case 0: {
    uint64_t n = r.usize();
    return isStart ? n : n == UINT64_MAX ? std::nullopt : std::optional(n + 1);
  }
  case 1: {
    uint64_t n = r.usize();
    return !isStart ? n : n == UINT64_MAX ? std::nullopt : std::optional(n + 1);
  }
  default: return isStart ? 0 : length;
  }
}

void Server::span_subspan(Reader &r, Writer &w) {
  Span s = span(r);
  uint64_t length = s.hi - s.lo;
  std::optional<uint64_t> start = bound(r, true, length), end = bound(r, false, length);
  if (!start || !end || *start >= *end || *end > length)
    return w.none();
  w.some();
  w.u32(add(Span{uint32_t(s.lo + *start), uint32_t(s.lo + *end), s.ctxt}));
}

void Server::optionalSpan(Method m, Span s, Writer &w) {
  std::string answer = ask(m, [&](Writer &q) { writeSpan(q, s); });
  Reader a(answer);
  if (!a.present())
    return w.none();
  w.some();
  w.u32(add(readSpan(a)));
}

// Answers that go to the macro as they come.
void Server::forwardText(Method m, Span s, Writer &w) {
  w.raw(ask(m, [&](Writer &q) { writeSpan(q, s); }));
}

void Server::span_parent(Reader &r, Writer &w) { optionalSpan(Method::span_parent, span(r), w); }

void Server::span_source(Reader &r, Writer &w) {
  Span s = span(r);
  std::string answer = ask(Method::span_source, [&](Writer &q) { writeSpan(q, s); });
  Reader a(answer);
  w.u32(add(readSpan(a)));
}

void Server::span_byte_range(Reader &r, Writer &w) { forwardText(Method::span_byte_range, span(r), w); }
void Server::span_line(Reader &r, Writer &w) { forwardText(Method::span_line, span(r), w); }
void Server::span_column(Reader &r, Writer &w) { forwardText(Method::span_column, span(r), w); }
void Server::span_file(Reader &r, Writer &w) { forwardText(Method::span_file, span(r), w); }
void Server::span_local_file(Reader &r, Writer &w) { forwardText(Method::span_local_file, span(r), w); }
void Server::span_source_text(Reader &r, Writer &w) { forwardText(Method::span_source_text, span(r), w); }

void Server::span_join(Reader &r, Writer &w) {
  Span first = span(r), second = span(r);
  std::string answer = ask(Method::span_join, [&](Writer &q) {
    writeSpan(q, first);
    writeSpan(q, second);
  });
  Reader a(answer);
  if (!a.present())
    return w.none();
  w.some();
  w.u32(add(readSpan(a)));
}

// Only while a proc macro crate is compiled, which another compiler does.
void Server::span_save_span(Reader &r, Writer &w) {
  span(r);
  w.usize(0);
}

// A place in the source of the macro's crate, which the file does not come with: the macro itself stands for it.
void Server::span_recover_proc_macro_span(Reader &r, Writer &w) {
  r.usize();
  w.u32(add(call_.defSite));
}

} // namespace ferric::proc_macro
