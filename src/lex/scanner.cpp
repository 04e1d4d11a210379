// The lexer proper: bytes to tokens in one pass, dispatching on the first byte. The text ends in a NUL
// (MemoryBuffer guarantees it), so that looking ahead by a character or two needs no bound checks.
// Source: Reference "Lexical structure"; details of error recovery as in rustc_lexer.
#include "lex/scanner.h"
#include "lex/lexer.h"
#include "llvm/Support/Format.h"

namespace ferric::lex {

namespace {

enum CharClass : uint8_t { Bad, Space, IdStart, Digit, Quote, Apostrophe, PunctChar, DelimChar, HighByte };

struct ClassTable {
  CharClass of[256];
  bool idContinue[256];
  constexpr ClassTable() : of{}, idContinue{} {
    for (int c = 0; c < 256; ++c) {
      bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      bool digit = c >= '0' && c <= '9';
      idContinue[c] = letter || digit;
      of[c] = letter ? IdStart : digit ? Digit : c >= 0x80 ? HighByte : Bad;
    }
    for (char c : {' ', '\t', '\n', '\r', '\v', '\f'})
      of[int(c)] = Space;
    for (char c : {'=', '<', '>', '&', '|', '!', '~', '+', '-', '*', '/', '%', '^', '@', '.', ',', ';', ':', '#', '$', '?'})
      of[int(c)] = PunctChar;
    for (char c : {'(', ')', '{', '}', '[', ']'})
      of[int(c)] = DelimChar;
    of[int('"')] = Quote;
    of[int('\'')] = Apostrophe;
  }
};
constexpr ClassTable kClasses;

unsigned char byteAt(const char *p) { return static_cast<unsigned char>(*p); }

} // namespace

Scanner::Scanner(Session &sess, llvm::StringRef text, uint32_t base, unsigned edition, TokenStore &out, Span fixed)
    : sess_(sess), out_(out), begin_(text.begin()), end_(text.end()), p_(text.begin()), base_(base), edition_(edition),
      fixed_(fixed) {}

Token &Scanner::push(TokenKind kind, const char *start) {
  Token t;
  t.kind = kind;
  t.span = spanFrom(start);
  t.extra = Symbol::kNone;
  return out_[out_.add(t)];
}

Symbol Scanner::internText(const char *from, const char *to) {
  if (!std::memchr(from, '\r', size_t(to - from)))
    return intern(from, to);
  llvm::SmallString<128> text;
  for (; from != to; ++from)
    if (*from != '\r' || from + 1 == to || from[1] != '\n')
      text.push_back(*from);
  return sess_.symbols.intern(text);
}

TokenRange Scanner::run() {
  uint32_t first = uint32_t(out_.size());
  skipStart();
  bool apart = skipTrivia();
  while (p_ != end_) {
    uint32_t before = uint32_t(out_.size());
    token();
    // Spacing of the previous token is known only now (rustc-dev-guide, "Lexing": Spacing).
    if (!apart && before > first && out_.size() > before) {
      bool punct = out_.data()[before].kind >= TokenKind::Eq;
      out_.data()[before - 1].flags |= punct ? Token::kJoint : Token::kJointHidden;
    }
    apart = skipTrivia();
    if (out_.size() == before)
      apart = true;
  }
  unclosedAtEnd();
  if (badDelims_)
    out_.truncate(first); // nothing that could be parsed would mean what was written
  return {first, uint32_t(out_.size()) - first};
}

// Byte order mark, shebang line (Reference: "Crates and source files") and frontmatter (RFC 3503).
void Scanner::skipStart() {
  if (end_ - p_ >= 3 && byteAt(p_) == 0xEF && byteAt(p_ + 1) == 0xBB && byteAt(p_ + 2) == 0xBF)
    p_ += 3;
  if (p_[0] == '#' && p_ + 1 < end_ && p_[1] == '!') {
    const char *start = p_;
    p_ += 2;
    size_t tokensBefore = out_.size();
    skipTrivia();
    bool attribute = *p_ == '[' || out_.size() != tokensBefore;
    out_.truncate(tokensBefore);
    p_ = start;
    if (!attribute)
      while (p_ != end_ && *p_ != '\n')
        ++p_;
  }
  const char *line = p_;
  while (*line == ' ' || *line == '\t' || *line == '\n' || *line == '\r')
    ++line;
  llvm::StringRef rest(line, size_t(end_ - line));
  if (!rest.starts_with("---"))
    return;
  size_t dashes = rest.find_first_not_of('-');
  std::string fence = "\n" + std::string(dashes == llvm::StringRef::npos ? rest.size() : dashes, '-');
  size_t closing = rest.find(fence);
  const char *start = line;
  p_ = closing == llvm::StringRef::npos ? end_ : rest.data() + closing + fence.size();
  if (closing == llvm::StringRef::npos)
    error(span(start, start + 3), "", "unclosed frontmatter");
  while (p_ != end_ && *p_ != '\n')
    ++p_;
}

bool Scanner::skipTrivia() {
  const char *start = p_;
  for (;;) {
    unsigned char c = byteAt(p_);
    if (kClasses.of[c] == Space) {
      ++p_;
      continue;
    }
    if (c == '/' && (p_[1] == '/' || p_[1] == '*')) {
      if (p_[1] == '/')
        lineComment();
      else
        blockComment();
      continue;
    }
    if (c >= 0x80) {
      unsigned len;
      if (isUnicodeWhitespace(decodeUtf8(p_, len))) {
        p_ += len;
        continue;
      }
    }
    return p_ != start;
  }
}

// Reference: "Comments". `////..` and `/***..` are no doc comments, nor is `/**/`.
void Scanner::lineComment() {
  const char *start = p_;
  const void *nl = std::memchr(p_, '\n', size_t(end_ - p_));
  p_ = nl ? static_cast<const char *>(nl) : end_;
  bool inner = start[2] == '!';
  if (!inner && !(start[2] == '/' && start[3] != '/'))
    return;
  const char *textEnd = p_;
  if (nl && textEnd[-1] == '\r' && textEnd > start + 3)
    --textEnd;
  docComment(start, start + 3, textEnd, inner ? Token::kInnerDoc : 0);
}

void Scanner::blockComment() {
  const char *start = p_;
  p_ += 2;
  unsigned depth = 1;
  while (depth) {
    if (p_ >= end_) {
      p_ = end_;
      bool doc = start[2] == '!' || (start[2] == '*' && start[3] != '*' && start[3] != '/');
      error(span(start, end_), "E0758", doc ? "unterminated block doc-comment" : "unterminated block comment");
      return;
    }
    if (p_[0] == '/' && p_[1] == '*')
      ++depth, p_ += 2;
    else if (p_[0] == '*' && p_[1] == '/')
      --depth, p_ += 2;
    else
      ++p_;
  }
  bool inner = start[2] == '!';
  bool outer = start[2] == '*' && start[3] != '*' && p_ - start > 4;
  if (inner || outer)
    docComment(start, start + 3, p_ - 2, (inner ? Token::kInnerDoc : 0) | Token::kBlockDoc);
}

void Scanner::docComment(const char *start, const char *textBegin, const char *textEnd, Flags flags) {
  for (const char *q = textBegin; (q = static_cast<const char *>(std::memchr(q, '\r', size_t(textEnd - q)))); ++q)
    if (q[1] != '\n')
      error(span(q, q + 1), "", flags & Token::kBlockDoc ? "bare CR not allowed in block doc-comment"
                                                        : "bare CR not allowed in doc-comment");
  Token &t = push(TokenKind::DocComment, start);
  t.sym = internText(textBegin, textEnd);
  t.flags = flags;
}

bool Scanner::atIdStart() const {
  unsigned char c = byteAt(p_);
  if (c < 0x80)
    return kClasses.of[c] == IdStart;
  unsigned len;
  return isIdStart(decodeUtf8(p_, len));
}

void Scanner::eatIdentRest() {
  for (;;) {
    while (kClasses.idContinue[byteAt(p_)])
      ++p_;
    if (byteAt(p_) < 0x80)
      return;
    unsigned len;
    if (!isIdContinue(decodeUtf8(p_, len)))
      return;
    p_ += len;
    hasNonAscii_ = true;
  }
}

void Scanner::token() {
  const char *start = p_;
  switch (kClasses.of[byteAt(p_)]) {
  case IdStart:
    return identOrPrefix(start);
  case Digit:
    ++p_;
    return number(start);
  case Quote:
    return quoted(start, LitKind::Str);
  case Apostrophe:
    ++p_;
    return lifetimeOrChar(start);
  case DelimChar:
    ++p_;
    switch (*start) {
    case '(': return open(Delim::Paren, start);
    case '[': return open(Delim::Bracket, start);
    case '{': return open(Delim::Brace, start);
    case ')': return close(Delim::Paren, start);
    case ']': return close(Delim::Bracket, start);
    default: return close(Delim::Brace, start);
    }
  case PunctChar:
    return *start == '#' ? pound(start) : punct(start);
  case HighByte:
    if (atIdStart())
      return identOrPrefix(start);
    [[fallthrough]];
  default:
    return unknownChar(start);
  }
}

void Scanner::unknownChar(const char *start) {
  unsigned len;
  uint32_t c = decodeUtf8(p_, len);
  p_ += len;
  unsigned repeats = 0;
  while (p_ + len <= end_ && std::memcmp(p_, start, len) == 0)
    p_ += len, ++repeats;
  std::string shown(start, len);
  if (c < 0x20 || c == 0x7F || c == 0xA0 || (c >= 0x200B && c <= 0x200D) || c == 0xFEFF)
    shown = "\\u{" + llvm::utohexstr(c, true) + "}";
  if (c == '\\' || c == '`')
    shown = std::string(1, char(c));
  diag::Builder b = error(span(start, start + len), "", "unknown start of token: " + shown);
  if (repeats)
    b.note("character appears " + llvm::Twine(repeats) + (repeats == 1 ? " more time" : " more times"));
  if (c == 0)
    b.help("source files must contain UTF-8 encoded text, unexpected null bytes might occur when a different encoding is used");
}

bool Scanner::startsRawString(const char *p) const {
  while (*p == '#')
    ++p;
  return *p == '"';
}

// Identifiers, and the literals that begin with a letter. Prefixes are tried before the identifier because
// `b'x'`, `br#".."#` and `r#name` would otherwise lex as an identifier and more.
void Scanner::identOrPrefix(const char *start) {
  char c = start[0], d = start[1];
  switch (c) {
  case 'r':
    if (d == '"' || (d == '#' && startsRawString(start + 1))) {
      p_ += 1;
      return rawQuoted(start, LitKind::StrRaw);
    }
    if (d == '#') {
      p_ += 2;
      if (atIdStart())
        return rawIdent(start);
      p_ = start;
    }
    break;
  case 'b':
    if (d == '\'') {
      p_ += 2;
      return charLiteral(start, LitKind::Byte);
    }
    if (d == '"') {
      p_ += 1;
      return quoted(start, LitKind::ByteStr);
    }
    if (d == 'r' && (start[2] == '"' || (start[2] == '#' && startsRawString(start + 2)))) {
      p_ += 2;
      return rawQuoted(start, LitKind::ByteStrRaw);
    }
    break;
  case 'c':
    if (edition_ < 2021)
      break;
    if (d == '"') {
      p_ += 1;
      return quoted(start, LitKind::CStr);
    }
    if (d == 'r' && (start[2] == '"' || (start[2] == '#' && startsRawString(start + 2)))) {
      p_ += 2;
      return rawQuoted(start, LitKind::CStrRaw);
    }
    break;
  }
  eatIdentRest();
  if ((*p_ == '"' || *p_ == '#' || *p_ == '\'') && edition_ >= 2021)
    unknownPrefix(start, p_);
  ident(start);
}

// Reference: "Reserved prefixes". Reported; lexing goes on with the identifier, as rustc does.
void Scanner::unknownPrefix(const char *start, const char *end) {
  llvm::StringRef name(start, size_t(end - start));
  diag::Builder b = error(span(start, end), "", "prefix `" + name + "` is unknown");
  b.label(span(start, end), "unknown prefix");
  b.note("prefixed identifiers and literals are reserved since Rust 2021");
  if (name == "rb")
    b.suggest(span(start, end), "use `br` for a raw byte string", "br");
  else
    b.suggest(span(end, end), "consider inserting whitespace here", " ", diag::Applicability::MaybeIncorrect);
}

void Scanner::ident(const char *start) {
  Symbol name = intern(start, p_);
  push(TokenKind::Ident, start).sym = name;
  noteNonAscii(start, name);
}

// Of an identifier that ends here. Few texts have any, and in those the flag may stem from an earlier lifetime or suffix.
void Scanner::noteNonAscii(const char *start, Symbol name) {
  if ((hasNonAscii_ || byteAt(start) >= 0x80) && fixed_.isDummy() && !llvm::isASCII(sess_.str(name)))
    sess_.nonAsciiIdents.push_back({name, spanFrom(start)});
}

static bool canBeRaw(Symbol s) { return s != sym::empty && s != sym::underscore && !isPathSegmentKeyword(s); }

void Scanner::rawIdent(const char *start) {
  eatIdentRest();
  Symbol name = intern(start + 2, p_);
  if (!canBeRaw(name))
    error(spanFrom(start), "", "`" + sess_.str(name) + "` cannot be a raw identifier");
  Token &t = push(TokenKind::Ident, start);
  t.sym = name;
  t.flags = Token::kRaw;
  noteNonAscii(start, name);
}

void Scanner::emitLifetime(const char *start, Symbol name, Flags flags) {
  Token &t = push(TokenKind::Lifetime, start);
  t.sym = name;
  t.flags = flags;
}

// Behind a `'`. A lifetime unless the character after the next one closes a character literal.
void Scanner::lifetimeOrChar(const char *start) {
  unsigned len = 1;
  if (p_ != end_)
    decodeUtf8(p_, len);
  bool lifetime = p_[0] && p_[len] != '\'' && (atIdStart() || (*p_ >= '0' && *p_ <= '9'));
  if (!lifetime)
    return charLiteral(start, LitKind::Char);
  if (p_[0] == 'r' && p_[1] == '#') {
    const char *back = p_;
    p_ += 2;
    if (atIdStart() && edition_ >= 2021) {
      const char *name = p_;
      eatIdentRest();
      Symbol bare = intern(name, p_);
      if (*p_ == '\'')
        error(span(start, p_ + 1), "", "character literal may only contain one codepoint");
      if (!canBeRaw(bare))
        error(spanFrom(start), "", "`" + sess_.str(bare) + "` cannot be a raw lifetime");
      return emitLifetime(start, sess_.symbols.intern(("'" + sess_.str(bare)).str()), Token::kRaw);
    }
    p_ = back;
  }
  bool number = *p_ >= '0' && *p_ <= '9';
  eatIdentRest();
  if (*p_ == '\'') {
    ++p_;
    return finishLiteral(start, LitKind::Char, start + 1, p_ - 1, 0, false);
  }
  if (number)
    error(spanFrom(start), "", "lifetimes cannot start with a number");
  if (*p_ == '#' && !number && edition_ >= 2021)
    unknownPrefix(start, p_);
  emitLifetime(start, intern(start, p_), 0);
}

// `#`; since edition 2024 `#"` and `##` are reserved (Reference: "Reserved guards").
void Scanner::pound(const char *start) {
  if (edition_ >= 2024 && (start[1] == '"' || start[1] == '#')) {
    const char *q = start;
    while (*q == '#')
      ++q;
    if (*q == '"') {
      error(span(start, q), "", "invalid unprefixed guarded string literal").note("unprefixed guarded string literals are reserved since Rust 2024");
      // Recovered as a raw string would be: the whole literal is taken.
      p_ = start;
      return rawQuoted(start, LitKind::StrRaw);
    }
    error(span(start, start + 2), "", "reserved multi-hash token is forbidden")
        .note("sequences of two or more # are reserved since Rust 2024")
        .suggest(span(start + 1, start + 1), "consider inserting whitespace here", " ");
  }
  ++p_;
  push(TokenKind::Pound, start);
}

// Longest match, as TOKEN() lists them.
void Scanner::punct(const char *start) {
  using enum TokenKind;
  char b = start[1], c = b ? start[2] : 0;
  TokenKind kind = Unknown;
  unsigned len = 1;
  auto is = [&](TokenKind k, unsigned n) { kind = k, len = n; };
  switch (*start) {
  case '=': b == '=' ? is(EqEq, 2) : b == '>' ? is(FatArrow, 2) : is(Eq, 1); break;
  case '<':
    if (b == '<')
      c == '=' ? is(ShlEq, 3) : is(Shl, 2);
    else
      b == '=' ? is(Le, 2) : b == '-' ? is(LArrow, 2) : is(Lt, 1);
    break;
  case '>':
    if (b == '>')
      c == '=' ? is(ShrEq, 3) : is(Shr, 2);
    else
      b == '=' ? is(Ge, 2) : is(Gt, 1);
    break;
  case '&': b == '&' ? is(AndAnd, 2) : b == '=' ? is(AndEq, 2) : is(And, 1); break;
  case '|': b == '|' ? is(OrOr, 2) : b == '=' ? is(OrEq, 2) : is(Or, 1); break;
  case '!': b == '=' ? is(Ne, 2) : is(Bang, 1); break;
  case '+': b == '=' ? is(PlusEq, 2) : is(Plus, 1); break;
  case '-': b == '=' ? is(MinusEq, 2) : b == '>' ? is(RArrow, 2) : is(Minus, 1); break;
  case '*': b == '=' ? is(StarEq, 2) : is(Star, 1); break;
  case '/': b == '=' ? is(SlashEq, 2) : is(Slash, 1); break;
  case '%': b == '=' ? is(PercentEq, 2) : is(Percent, 1); break;
  case '^': b == '=' ? is(CaretEq, 2) : is(Caret, 1); break;
  case '.':
    if (b == '.')
      c == '.' ? is(DotDotDot, 3) : c == '=' ? is(DotDotEq, 3) : is(DotDot, 2);
    else
      is(Dot, 1);
    break;
  case ':': b == ':' ? is(PathSep, 2) : is(Colon, 1); break;
  case '~': is(Tilde, 1); break;
  case '@': is(At, 1); break;
  case ',': is(Comma, 1); break;
  case ';': is(Semi, 1); break;
  case '$': is(Dollar, 1); break;
  default: is(Question, 1); break;
  }
  p_ += len;
  push(kind, start);
}

TokenRange lexFile(Session &sess, FileId file, unsigned edition, TokenStore &out) {
  const SourceFile &f = sess.sources.file(file);
  llvm::StringRef text = f.text();
  size_t bad = findInvalidUtf8(text);
  if (bad != llvm::StringRef::npos) {
    sess.diag.errorNoSpan("couldn't read `" + f.name + "`: stream did not contain valid UTF-8")
        .note("byte " + llvm::Twine(bad) + " is not valid UTF-8");
    return {uint32_t(out.size()), 0};
  }
  return Scanner(sess, text, f.start, edition, out).run();
}

TokenRange lexText(Session &sess, llvm::StringRef name, llvm::StringRef text, unsigned edition, TokenStore &out) {
  return lexFile(sess, sess.sources.add(name, llvm::MemoryBuffer::getMemBufferCopy(text, name)), edition, out);
}

bool lexTextAt(Session &sess, llvm::StringRef text, Span span, unsigned edition, TokenStore &out, TokenRange &range,
               std::string *message) {
  std::string copy = text.str(); // NUL-terminated
  range = {uint32_t(out.size()), 0};
  if (findInvalidUtf8(copy) != llvm::StringRef::npos) {
    if (message)
      *message = "the text is not UTF-8";
    return false;
  }
  diag::Diagnostics::Silence silence(sess.diag, message);
  Scanner scanner(sess, copy, 1, edition, out, span);
  range = scanner.run();
  return !scanner.hadErrors();
}

} // namespace ferric::lex
