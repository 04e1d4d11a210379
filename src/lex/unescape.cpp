// Escapes (Reference: "Character escapes", "Byte escapes", "Unicode escapes", "String continuation escapes").
// One scanner serves all literal kinds; what a kind allows is a row of flags.
#include "lex/unescape.h"
#include "lex/unicode.h"
#include "llvm/ADT/StringExtras.h"

namespace ferric::lex {

namespace {

struct Rules {
  bool raw, bytes, unicodeEscape, highHex, single, noNul;
};

Rules rulesOf(LitKind kind) {
  switch (kind) {
  case LitKind::Byte: return {false, true, false, true, true, false};
  case LitKind::Char: return {false, false, true, false, true, false};
  case LitKind::StrRaw: return {true, false, false, false, false, false};
  case LitKind::ByteStr: return {false, true, false, true, false, false};
  case LitKind::ByteStrRaw: return {true, true, false, false, false, false};
  case LitKind::CStr: return {false, false, true, true, false, true};
  case LitKind::CStrRaw: return {true, false, false, false, false, true};
  default: return {false, false, true, false, false, false};
  }
}

class Scanner {
public:
  Scanner(llvm::StringRef text, Rules rules, llvm::SmallVectorImpl<char> &out,
          llvm::function_ref<void(size_t, size_t, EscapeError)> onError)
      : text_(text), rules_(rules), out_(out), onError_(onError) {}
  void run() {
    while (i_ < text_.size())
      step();
  }
  void runSingle();

private:
  void error(size_t lo, EscapeError e) {
    if (onError_)
      onError_(lo, i_, e);
  }
  void nulCheck(size_t lo, uint32_t c) {
    if (c == 0 && rules_.noNul)
      error(lo, EscapeError::NulInCStr);
  }
  void step();
  void escape();
  void hexEscape(size_t lo);
  void unicodeEscape(size_t lo);
  void skipLineContinuation();
  void nextChar() {
    if (i_ < text_.size()) {
      unsigned len;
      decodeUtf8(text_.data() + i_, len);
      i_ += len;
    }
  }

  llvm::StringRef text_;
  Rules rules_;
  llvm::SmallVectorImpl<char> &out_;
  llvm::function_ref<void(size_t, size_t, EscapeError)> onError_;
  size_t i_ = 0;
};

void Scanner::step() {
  size_t lo = i_;
  char c = text_[i_];
  if (c == '\\' && !rules_.raw)
    return escape();
  if (c == '\r') {
    ++i_;
    if (i_ < text_.size() && text_[i_] == '\n' && !rules_.single)
      return; // CRLF is LF
    error(lo, rules_.raw ? EscapeError::BareCarriageReturnInRaw : EscapeError::BareCarriageReturn);
    out_.push_back(c);
    return;
  }
  nextChar();
  if (rules_.bytes && static_cast<unsigned char>(c) >= 0x80)
    error(lo, EscapeError::NonAsciiCharInByte);
  nulCheck(lo, static_cast<unsigned char>(c));
  out_.append(text_.begin() + lo, text_.begin() + i_);
}

void Scanner::escape() {
  size_t lo = i_++;
  if (i_ >= text_.size())
    return error(lo, EscapeError::LoneSlash);
  char c = text_[i_];
  switch (c) {
  case 'n': ++i_; return out_.push_back('\n');
  case 'r': ++i_; return out_.push_back('\r');
  case 't': ++i_; return out_.push_back('\t');
  case '\\': case '\'': case '"': ++i_; return out_.push_back(c);
  case '0': ++i_; nulCheck(lo, 0); return out_.push_back('\0');
  case 'x': ++i_; return hexEscape(lo);
  case 'u': ++i_; return unicodeEscape(lo);
  case '\r':
    if (i_ + 1 >= text_.size() || text_[i_ + 1] != '\n')
      break;
    [[fallthrough]];
  case '\n':
    if (!rules_.single)
      return skipLineContinuation();
    break;
  }
  nextChar();
  error(lo, EscapeError::InvalidEscape);
}

void Scanner::skipLineContinuation() {
  while (i_ < text_.size() && (text_[i_] == ' ' || text_[i_] == '\t' || text_[i_] == '\n' || text_[i_] == '\r'))
    ++i_;
}

void Scanner::hexEscape(size_t lo) {
  unsigned value = 0;
  for (int k = 0; k < 2; ++k) {
    if (i_ >= text_.size())
      return error(lo, EscapeError::TooShortHexEscape);
    unsigned digit = llvm::hexDigitValue(text_[i_]);
    nextChar();
    if (digit > 15)
      return error(lo, EscapeError::InvalidCharInHexEscape);
    value = value * 16 + digit;
  }
  if (value > 0x7F && !rules_.highHex)
    return error(lo, EscapeError::OutOfRangeHexEscape);
  nulCheck(lo, value);
  out_.push_back(char(value));
}

void Scanner::unicodeEscape(size_t lo) {
  if (i_ >= text_.size() || text_[i_] != '{') {
    nextChar();
    return error(lo, EscapeError::NoBraceInUnicodeEscape);
  }
  ++i_;
  uint32_t value = 0;
  unsigned digits = 0;
  for (;;) {
    if (i_ >= text_.size())
      return error(lo, digits ? EscapeError::UnclosedUnicodeEscape : EscapeError::UnclosedUnicodeEscape);
    char c = text_[i_];
    if (c == '}') {
      ++i_;
      break;
    }
    if (c == '_' && digits == 0) {
      ++i_;
      return error(lo, EscapeError::LeadingUnderscoreUnicodeEscape);
    }
    if (c == '"' && digits == 0)
      return error(lo, EscapeError::UnclosedUnicodeEscape);
    unsigned digit = llvm::hexDigitValue(c);
    if (c != '_' && digit > 15) {
      nextChar();
      return error(lo, EscapeError::InvalidCharInUnicodeEscape);
    }
    ++i_;
    if (c == '_')
      continue;
    if (++digits <= 6)
      value = value * 16 + digit;
  }
  if (digits == 0)
    return error(lo, EscapeError::EmptyUnicodeEscape);
  if (digits > 6)
    return error(lo, EscapeError::OverlongUnicodeEscape);
  if (!rules_.unicodeEscape)
    return error(lo, EscapeError::UnicodeEscapeInByte);
  if (value > 0x10FFFF)
    return error(lo, EscapeError::OutOfRangeUnicodeEscape);
  if (value >= 0xD800 && value < 0xE000)
    return error(lo, EscapeError::LoneSurrogateUnicodeEscape);
  nulCheck(lo, value);
  appendUtf8(out_, value);
}

void Scanner::runSingle() {
  if (text_.empty())
    return error(0, EscapeError::ZeroChars);
  char c = text_[0];
  if (c == '\n' || c == '\t' || c == '\'') {
    ++i_;
    return error(0, EscapeError::EscapeOnlyChar);
  }
  step();
  if (i_ < text_.size()) {
    i_ = text_.size();
    error(0, EscapeError::MoreThanOneChar);
  }
}

} // namespace

void unescape(llvm::StringRef text, LitKind kind, llvm::SmallVectorImpl<char> &out,
              llvm::function_ref<void(size_t, size_t, EscapeError)> onError) {
  Rules rules = rulesOf(kind);
  Scanner scanner(text, rules, out, onError);
  if (rules.single)
    scanner.runSingle();
  else
    scanner.run();
}

uint32_t unescapeChar(llvm::StringRef text, LitKind kind) {
  llvm::SmallString<8> out;
  bool bad = false;
  unescape(text, kind, out, [&](size_t, size_t, EscapeError) { bad = true; });
  if (bad || out.empty())
    return 0xFFFD;
  if (kind == LitKind::Byte)
    return static_cast<unsigned char>(out[0]);
  unsigned len;
  return decodeUtf8(out.c_str(), len);
}

static bool isPrintable(uint32_t c) { return c >= 0x20 && c != 0x7F; }

std::string escapeForLiteral(llvm::StringRef value, LitKind kind) {
  Rules rules = rulesOf(kind);
  std::string out;
  for (size_t i = 0; i < value.size();) {
    unsigned char c = static_cast<unsigned char>(value[i]);
    switch (c) {
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    case '\\': out += "\\\\"; break;
    case '\0': out += "\\0"; break;
    case '"': out += rules.single ? "\"" : "\\\""; break;
    case '\'': out += rules.single ? "\\'" : "'"; break;
    default:
      if (c < 0x80 && isPrintable(c)) {
        out.push_back(char(c));
        break;
      }
      if (c < 0x80 || rules.bytes) {
        out += "\\x";
        out.push_back(llvm::hexdigit(c >> 4, true));
        out.push_back(llvm::hexdigit(c & 15, true));
        break;
      }
      unsigned len;
      uint32_t u = decodeUtf8(value.data() + i, len);
      if (kind == LitKind::CStr && i + len > value.size())
        len = 1;
      (void)u;
      out.append(value.data() + i, len);
      i += len;
      continue;
    }
    ++i;
  }
  return out;
}

} // namespace ferric::lex
