// Matching of delimiters. Every opening delimiter gets its closing one: a closing delimiter that fits an outer
// opening one closes what is between; one that fits none is dropped. All of it is reported, and then the file's
// tokens are dropped as a whole, as rustc does: nothing parsed from them would mean what was written.
#include "lex/scanner.h"

namespace ferric::lex {

static const char *text(Delim d, bool opening) {
  switch (d) {
  case Delim::Paren: return opening ? "(" : ")";
  case Delim::Brace: return opening ? "{" : "}";
  case Delim::Bracket: return opening ? "[" : "]";
  case Delim::Invisible: return "";
  }
  return "";
}

void Scanner::open(Delim d, const char *start) {
  opens_.push_back(uint32_t(out_.size()));
  push(TokenKind::OpenDelim, start).sub = uint8_t(d);
}

void Scanner::closeTop(Span at) {
  uint32_t open = opens_.pop_back_val();
  uint32_t distance = uint32_t(out_.size()) - open;
  out_.data()[open].extra = distance;
  Token t;
  t.kind = TokenKind::CloseDelim;
  t.sub = out_.data()[open].sub;
  t.extra = distance;
  t.span = at;
  out_.add(t);
}

void Scanner::close(Delim d, const char *start) {
  Span at = spanFrom(start);
  if (opens_.empty()) {
    badDelims_ = true;
    if (std::exchange(unexpectedClose_, true))
      return;
    mismatches_.clear();
    error(at, "", llvm::Twine("unexpected closing delimiter: `") + text(d, false) + "`").label(at, "unexpected closing delimiter");
    return;
  }
  const Token &top = out_.data()[opens_.back()];
  if (top.delim() == d)
    return closeTop(at);
  badDelims_ = true;
  size_t outer = opens_.size();
  while (outer && out_.data()[opens_[outer - 1]].delim() != d)
    --outer;
  if (!unexpectedClose_)
    mismatches_.push_back({at, top.span, d});
  if (!outer)
    return closeTop(at); // taken as a misspelled closing delimiter
  while (opens_.size() >= outer)
    closeTop(at);
}

void Scanner::unclosedAtEnd() {
  for (const Mismatch &m : mismatches_)
    error(m.close, "", llvm::Twine("mismatched closing delimiter: `") + text(m.delim, false) + "`")
        .label(m.close, "mismatched closing delimiter")
        .label(m.open, "unclosed delimiter");
  if (opens_.empty())
    return;
  const char *textEnd = begin_ + llvm::StringRef(begin_, size_t(end_ - begin_)).rtrim().size();
  Span at = span(textEnd, textEnd);
  if (!badDelims_) {
    diag::Builder b = error(at, "", "this file contains an unclosed delimiter");
    for (uint32_t open : llvm::ArrayRef(opens_).take_back(8))
      b.label(out_.data()[open].span, "unclosed delimiter");
  }
  badDelims_ = true;
  while (!opens_.empty())
    closeTop(at);
}

} // namespace ferric::lex
