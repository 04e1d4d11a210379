// Literals: numbers, and everything between quotes. The token keeps the text as written; escapes are checked here,
// once, so that later phases can take their value without a place to report to.
// Reference: "Tokens", Literals; "Reserved forms similar to number literals".
#include "lex/scanner.h"

namespace ferric::lex {

static bool isDigit(char c) { return c >= '0' && c <= '9'; }

// True when at least one digit was there; underscores do not count.
bool Scanner::eatDecimalDigits() {
  bool any = false;
  for (; isDigit(*p_) || *p_ == '_'; ++p_)
    any |= *p_ != '_';
  return any;
}

bool Scanner::eatExponent() {
  if (*p_ == '-' || *p_ == '+')
    ++p_;
  return eatDecimalDigits();
}

Symbol Scanner::suffix() {
  if (!atIdStart())
    return Symbol();
  const char *start = p_;
  eatIdentRest();
  if (p_ - start == 1 && *start == '_') {
    error(span(start, p_), "", "underscore literal suffix is not allowed");
    return Symbol();
  }
  return intern(start, p_);
}

void Scanner::number(const char *start) {
  unsigned base = 10;
  bool isFloat = false, emptyExponent = false, empty = false;
  char next = *p_;
  if (*start == '0' && (next == 'b' || next == 'o' || next == 'x')) {
    base = next == 'b' ? 2 : next == 'o' ? 8 : 16;
    ++p_;
    if (base == 16) {
      empty = true;
      for (; llvm::hexDigitValue(*p_) < 16 || *p_ == '_'; ++p_)
        empty &= *p_ == '_';
    } else {
      empty = !eatDecimalDigits();
    }
  } else {
    eatDecimalDigits();
  }
  if (!empty) {
    unsigned len = 1;
    if (*p_ == '.' && p_[1] != '.' && !isIdStart(p_ + 1 < end_ ? decodeUtf8(p_ + 1, len) : 0)) {
      ++p_;
      isFloat = true;
      if (isDigit(*p_)) {
        eatDecimalDigits();
        if (*p_ == 'e' || *p_ == 'E') {
          ++p_;
          emptyExponent = !eatExponent();
        }
      }
    } else if (*p_ == 'e' || *p_ == 'E') {
      ++p_;
      isFloat = true;
      emptyExponent = !eatExponent();
    }
  }
  const char *textEnd = p_;
  bool bad = false;
  if (empty) {
    error(span(start, textEnd), "E0768", "no valid digits found for number");
    bad = true;
  } else {
    checkNumber(start, textEnd, base, isFloat, emptyExponent);
  }
  Symbol suf = suffix();
  Token &t = push(TokenKind::Literal, start);
  t.sub = uint8_t(bad || (isFloat && emptyExponent) ? LitKind::Err : isFloat ? LitKind::Float : LitKind::Integer);
  t.sym = bad ? sess_.symbols.intern("0") : intern(start, textEnd);
  t.extra = suf.raw;
}

void Scanner::checkNumber(const char *start, const char *end, unsigned base, bool isFloat, bool emptyExponent) {
  if (isFloat && emptyExponent)
    error(span(start, end), "", "expected at least one digit in exponent");
  if (isFloat && base != 10) {
    const char *name = base == 16 ? "hexadecimal" : base == 8 ? "octal" : "binary";
    error(span(start, end), "", llvm::Twine(name) + " float literal is not supported");
    return;
  }
  if (base == 2 || base == 8)
    for (const char *q = start + 2; q != end; ++q)
      if (*q != '_' && unsigned(*q - '0') >= base)
        error(span(q, q + 1), "", "invalid digit for a base " + llvm::Twine(base) + " literal");
}

void Scanner::finishLiteral(const char *start, LitKind kind, const char *textBegin, const char *textEnd, uint8_t hashes,
                            bool plain) {
  llvm::StringRef text(textBegin, size_t(textEnd - textBegin));
  if (!plain)
    checkEscapes(start, text, kind);
  Symbol value = internText(textBegin, textEnd);
  Symbol suf = suffix();
  Token &t = push(TokenKind::Literal, start);
  t.sub = uint8_t(kind);
  t.aux = hashes;
  t.sym = value;
  t.extra = suf.raw;
}

// At the `"`. `plain` literals (no escape, no CR, ASCII) need no second look.
void Scanner::quoted(const char *start, LitKind kind) {
  const char *textBegin = ++p_;
  bool plain = true;
  for (;; ++p_) {
    unsigned char c = static_cast<unsigned char>(*p_);
    if (c == '"')
      break;
    if (c == '\\') {
      plain = false;
      if (p_ + 1 < end_)
        ++p_;
    } else if (c == '\r' || c >= 0x80 || c == 0) {
      if (p_ >= end_) {
        bool bytes = kind == LitKind::ByteStr;
        error(span(start, end_), bytes ? "E0766" : "E0765",
              bytes ? "unterminated double quote byte string"
                    : kind == LitKind::CStr ? "unterminated C string" : "unterminated double quote string");
        return finishLiteral(start, kind, textBegin, p_ = end_, 0, true);
      }
      plain = plain && kind == LitKind::Str && c >= 0x80;
    }
  }
  const char *textEnd = p_++;
  finishLiteral(start, kind, textBegin, textEnd, 0, plain);
}

// At the first `#` or the `"`.
void Scanner::rawQuoted(const char *start, LitKind kind) {
  unsigned hashes = 0;
  for (; *p_ == '#'; ++p_)
    ++hashes;
  const char *textBegin = ++p_;
  bool plain = true;
  for (;; ++p_) {
    const char *q = static_cast<const char *>(std::memchr(p_, '"', size_t(end_ - p_)));
    if (!q) {
      error(span(start, textBegin), "E0748", "unterminated raw string")
          .label(span(start, textBegin), "unterminated raw string")
          .note("this raw string should be terminated with `\"" + std::string(hashes, '#') + "`");
      p_ = end_;
      return finishLiteral(start, kind, textBegin, end_, 0, true);
    }
    p_ = q;
    unsigned have = 0;
    while (have < hashes && q[1 + have] == '#')
      ++have;
    if (have == hashes)
      break;
  }
  const char *textEnd = p_;
  p_ += 1 + hashes;
  if (hashes > 255) {
    error(spanFrom(start), "", "too many `#` symbols: raw strings may be delimited by up to 255 `#` symbols, but found " +
                                   llvm::Twine(hashes));
    hashes = 255;
  }
  plain = kind == LitKind::StrRaw && !std::memchr(textBegin, '\r', size_t(textEnd - textBegin));
  finishLiteral(start, kind, textBegin, textEnd, uint8_t(hashes), plain);
}

// Behind the opening quote: moves behind the closing one. A literal with several characters is taken whole when it closes
// on its line; `/` ends the search because a comment probably begins there.
bool Scanner::charEnd() {
  unsigned len = 1;
  if (p_ < end_)
    decodeUtf8(p_, len);
  if (p_ < end_ && *p_ != '\\' && p_[len] == '\'') {
    p_ += len + 1;
    return true;
  }
  for (;;) {
    switch (*p_) {
    case '\'':
      ++p_;
      return true;
    case '/':
      return false;
    case '\n':
      if (p_[1] != '\'')
        return false;
      ++p_;
      break;
    case '\0':
      if (p_ >= end_)
        return false;
      ++p_;
      break;
    case '\\':
      ++p_;
      [[fallthrough]];
    default:
      if (p_ < end_) {
        decodeUtf8(p_, len);
        p_ += len;
      }
    }
  }
}

void Scanner::charLiteral(const char *start, LitKind kind) {
  const char *textBegin = p_;
  if (!charEnd()) {
    bool byte = kind == LitKind::Byte;
    error(spanFrom(start), byte ? "E0763" : "E0762",
          byte ? "unterminated byte constant" : "unterminated character literal");
    Token &t = push(TokenKind::Literal, start);
    t.sub = uint8_t(LitKind::Err);
    t.sym = sym::empty;
    return;
  }
  const char *textEnd = p_ - 1;
  bool plain = textEnd - textBegin == 1 && *textBegin > ' ' && *textBegin < 0x7F && *textBegin != '\\' && *textBegin != '\'';
  finishLiteral(start, kind, textBegin, textEnd, 0, plain);
}

void Scanner::checkEscapes(const char *litStart, llvm::StringRef text, LitKind kind) {
  llvm::SmallString<256> sink;
  Span whole = spanFrom(litStart);
  unescape(text, kind, sink, [&](size_t lo, size_t hi, EscapeError e) {
    escapeError(whole, span(text.begin() + lo, text.begin() + hi), e, kind, text, text.slice(lo, hi));
  });
}

// The last character of the offending text, as messages show it.
static std::string lastChar(llvm::StringRef bad) {
  size_t n = bad.size();
  while (n > 1 && (static_cast<unsigned char>(bad[n - 1]) & 0xC0) == 0x80)
    --n;
  llvm::StringRef c = n ? bad.substr(n - 1) : bad;
  if (c == "\n")
    return "\\n";
  if (c == "\t")
    return "\\t";
  if (c == "\r")
    return "\\r";
  return c.str();
}

void Scanner::escapeError(Span literal, Span at, EscapeError e, LitKind kind, llvm::StringRef text, llvm::StringRef bad) {
  bool byte = kind == LitKind::Byte || kind == LitKind::ByteStr;
  std::string last = lastChar(bad);
  Span lastSpan = at;
  if (fixed_.isDummy() && bad.size() && last.size() <= bad.size())
    lastSpan.lo = at.hi - uint32_t(last.size() == 2 && last[0] == '\\' ? 1 : last.size());
  switch (e) {
  case EscapeError::None: return;
  case EscapeError::ZeroChars:
    error(literal, "", byte ? "empty byte literal" : "empty character literal").label(literal, byte ? "empty byte literal" : "empty character literal");
    return;
  case EscapeError::MoreThanOneChar:
    error(literal, "", byte ? "if you meant to write a byte string literal, use double quotes"
                            : "character literal may only contain one codepoint")
        .suggest(literal, "if you meant to write a string literal, use double quotes", ((byte ? "b\"" : "\"") + text + "\"").str());
    return;
  case EscapeError::LoneSlash: error(at, "", "invalid trailing slash in literal"); return;
  case EscapeError::InvalidEscape: {
    const char *what = byte ? "unknown byte escape" : "unknown character escape";
    error(lastSpan, "", llvm::Twine(what) + ": `" + last + "`").label(lastSpan, what)
        .help("for more information, visit <https://doc.rust-lang.org/reference/tokens.html#literals>");
    return;
  }
  case EscapeError::BareCarriageReturn: error(at, "", "bare CR not allowed in string, use `\\r` instead"); return;
  case EscapeError::BareCarriageReturnInRaw: error(at, "", "bare CR not allowed in raw string"); return;
  case EscapeError::EscapeOnlyChar:
    error(at, "", llvm::Twine(byte ? "byte" : "character") + " constant must be escaped: `" + last + "`");
    return;
  case EscapeError::TooShortHexEscape: error(at, "", "numeric character escape is too short"); return;
  case EscapeError::InvalidCharInHexEscape:
    error(lastSpan, "", "invalid character in numeric character escape: `" + last + "`");
    return;
  case EscapeError::InvalidCharInUnicodeEscape:
    error(lastSpan, "", "invalid character in Unicode escape: `" + last + "`");
    return;
  case EscapeError::OutOfRangeHexEscape:
    error(at, "", "out of range hex escape").label(at, "must be a character in the range [\\x00-\\x7f]");
    return;
  case EscapeError::NoBraceInUnicodeEscape: error(at, "", "incorrect unicode escape sequence").help("format of unicode escape sequences is `\\u{...}`"); return;
  case EscapeError::EmptyUnicodeEscape: error(at, "", "empty unicode escape").label(at, "this escape must have at least 1 hex digit"); return;
  case EscapeError::UnclosedUnicodeEscape: error(at, "", "unterminated unicode escape").label(at, "missing a closing `}`"); return;
  case EscapeError::LeadingUnderscoreUnicodeEscape:
    error(lastSpan, "", "invalid start of unicode escape: `_`");
    return;
  case EscapeError::OverlongUnicodeEscape: error(at, "", "overlong unicode escape").label(at, "must have at most 6 hex digits"); return;
  case EscapeError::LoneSurrogateUnicodeEscape:
    error(at, "", "invalid unicode character escape").label(at, "invalid escape").help("unicode escape must not be a surrogate");
    return;
  case EscapeError::OutOfRangeUnicodeEscape:
    error(at, "", "invalid unicode character escape").label(at, "invalid escape").help("unicode escape must be at most 10FFFF");
    return;
  case EscapeError::UnicodeEscapeInByte:
    error(at, "", "unicode escape in byte string").label(at, "unicode escape in byte string")
        .help("unicode escape sequences cannot be used as a byte or in a byte string");
    return;
  case EscapeError::NonAsciiCharInByte:
    error(at, "", llvm::Twine("non-ASCII character in ") + (kind == LitKind::Byte ? "byte literal" : kind == LitKind::ByteStrRaw ? "raw byte string literal" : "byte string literal"))
        .label(at, "must be ASCII");
    return;
  case EscapeError::NulInCStr: error(at, "", "null characters in C string literals are not supported"); return;
  }
}

} // namespace ferric::lex
