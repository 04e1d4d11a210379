// The state of lexing one text; private to this folder.
#pragma once
#include "diag/session.h"
#include "lex/token.h"
#include "lex/unescape.h"
#include "lex/unicode.h"

namespace ferric::lex {

class Scanner {
public:
  // `base`: global position of the first byte. `fixed`: when not a dummy, the span of every token.
  Scanner(Session &sess, llvm::StringRef text, uint32_t base, unsigned edition, TokenStore &out, Span fixed = {});
  TokenRange run();
  bool hadErrors() const { return hadErrors_; }

private:
  using Flags = uint8_t;

  // scanner.cpp
  void skipStart();
  bool skipTrivia(); // true when something was skipped
  void lineComment();
  void blockComment();
  void docComment(const char *start, const char *textBegin, const char *textEnd, Flags flags);
  void token();
  void unknownChar(const char *start);
  void identOrPrefix(const char *start);
  void ident(const char *start);
  void rawIdent(const char *start);
  void noteNonAscii(const char *start, Symbol name);
  void lifetimeOrChar(const char *start);
  void emitLifetime(const char *start, Symbol name, Flags flags);
  void pound(const char *start);
  void unknownPrefix(const char *start, const char *end);
  void punct(const char *start);
  void eatIdentRest();
  bool atIdStart() const;
  bool startsRawString(const char *p) const; // at `"` or `#..#"`

  // literals.cpp
  void number(const char *start);
  bool eatDecimalDigits();
  bool eatExponent();
  void checkNumber(const char *start, const char *end, unsigned base, bool isFloat, bool emptyExponent);
  void quoted(const char *start, LitKind kind);              // at the opening `"`
  void rawQuoted(const char *start, LitKind kind);           // at the first `#` or `"`
  void charLiteral(const char *start, LitKind kind);         // behind the opening quote
  bool charEnd();                                            // finds the closing quote
  void finishLiteral(const char *start, LitKind kind, const char *textBegin, const char *textEnd, uint8_t hashes, bool plain);
  void checkEscapes(const char *litStart, llvm::StringRef text, LitKind kind);
  void escapeError(Span literal, Span at, EscapeError e, LitKind kind, llvm::StringRef text, llvm::StringRef bad);
  Symbol suffix();

  // delims.cpp
  void open(Delim d, const char *start);
  void close(Delim d, const char *start);
  void closeTop(Span span);
  void unclosedAtEnd();

  Span span(const char *from, const char *to) const {
    if (!fixed_.isDummy())
      return fixed_;
    return {uint32_t(from - begin_) + base_, uint32_t(to - begin_) + base_, {}};
  }
  Span spanFrom(const char *start) const { return span(start, p_); }
  Token &push(TokenKind kind, const char *start);
  diag::Builder error(Span at, const char *code, const llvm::Twine &message) {
    hadErrors_ = true;
    return sess_.diag.error(at, code, message);
  }
  Symbol intern(const char *from, const char *to) { return sess_.symbols.intern({from, size_t(to - from)}); }
  Symbol internText(const char *from, const char *to); // CRLF made LF

  Session &sess_;
  TokenStore &out_;
  const char *begin_, *end_, *p_;
  uint32_t base_;
  unsigned edition_;
  Span fixed_;
  bool hadErrors_ = false;
  bool hasNonAscii_ = false; // an identifier, lifetime or suffix so far
  bool badDelims_ = false;
  bool unexpectedClose_ = false;
  struct Mismatch { Span close, open; Delim delim; };
  llvm::SmallVector<Mismatch, 4> mismatches_; // reported at the end unless a closing delimiter too many explains them
  llvm::SmallVector<uint32_t, 64> opens_; // indices of the open delimiters
};

} // namespace ferric::lex
