// A recursive descent parser over the characters of a template (rustc_parse_format). `{{` and `}}` are literal braces. Implicit
// positions are numbered after a placeholder's options are read, so that `{:.*}` takes its precision first.
#include "expand/builtin/format_string.h"
#include "llvm/Support/ConvertUTF.h"

namespace ferric::expand {

namespace {

// Decodes the character at `i` (valid UTF-8) and its length.
uint32_t decode(llvm::StringRef s, size_t i, unsigned &len) {
  unsigned char c = s[i];
  len = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  len = unsigned(std::min<size_t>(len, s.size() - i));
  uint32_t v = len == 1 ? c : c & (0x7F >> len);
  for (unsigned k = 1; k < len; ++k)
    v = v << 6 | (s[i + k] & 0x3F);
  return v;
}

class TemplateParser {
public:
  TemplateParser(llvm::StringRef text, TemplateMode mode, std::vector<TemplatePiece> &out, TemplateError &error)
      : text_(text), mode_(mode), out_(out), error_(error) {}

  bool run() {
    while (pos_ < text_.size() && ok_) {
      char c = text_[pos_];
      if (c == '{' && at(pos_ + 1) != '{') {
        placeholder();
      } else if (c == '}' && at(pos_ + 1) != '}') {
        fail(pos_, pos_ + 1, "unmatched `}` found", "unmatched `}`", "if you intended to print `}`, you can escape it using `}}`");
      } else {
        if (c == '{' || c == '}')
          ++pos_;
        size_t end = text_.find_first_of("{}", pos_ + (c == '{' || c == '}'));
        literal(pos_, std::min(end, text_.size()));
      }
    }
    return ok_;
  }

private:
  int at(size_t i) const { return i < text_.size() ? (unsigned char)text_[i] : -1; }
  bool eat(char c) {
    if (at(pos_) != c)
      return false;
    ++pos_;
    return true;
  }
  void literal(size_t from, size_t to) {
    TemplatePiece p;
    p.isLiteral = true;
    p.text = text_.slice(from, to);
    p.lo = uint32_t(from);
    p.hi = uint32_t(to);
    out_.push_back(p);
    pos_ = to;
  }
  void fail(size_t lo, size_t hi, const llvm::Twine &description, const llvm::Twine &label, const llvm::Twine &note = "") {
    if (!ok_)
      return;
    ok_ = false;
    error_.lo = uint32_t(lo);
    error_.hi = uint32_t(hi);
    error_.description = description.str();
    error_.label = label.str();
    error_.note = note.str();
  }
  static bool isStart(int c) { return c >= 0x80 || c == '_' || (c >= 0 && llvm::isAlpha(char(c))); }
  static bool isContinue(int c) { return isStart(c) || (c >= 0 && llvm::isDigit(char(c))); }

  llvm::StringRef word() {
    size_t start = pos_;
    if (isStart(at(pos_)))
      while (isContinue(at(pos_)))
        ++pos_;
    llvm::StringRef w = text_.slice(start, pos_);
    if (w == "_")
      fail(start, pos_, "invalid argument name `_`", "invalid argument name", "argument name cannot be a single underscore");
    return w;
  }

  std::optional<uint32_t> integer() {
    if (at(pos_) < '0' || at(pos_) > '9')
      return std::nullopt;
    size_t start = pos_;
    uint64_t v = 0;
    bool overflow = false;
    while (at(pos_) >= '0' && at(pos_) <= '9') {
      v = v * 10 + uint64_t(text_[pos_++] - '0');
      overflow |= v > 0xFFFF;
      v = std::min<uint64_t>(v, 0xFFFFFF);
    }
    if (overflow)
      fail(start, pos_, "integer `" + text_.slice(start, pos_) + "` does not fit into the type `u16` whose range is `0..=65535`",
           "integer out of range for `u16`");
    return uint32_t(v);
  }

  void whitespace() {
    while (pos_ < text_.size()) {
      unsigned len;
      uint32_t c = decode(text_, pos_, len);
      bool ws = c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
                c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
      if (!ws)
        return;
      pos_ += len;
    }
  }

  bool position(ArgRef &arg) {
    arg.lo = uint32_t(pos_);
    bool found = true;
    if (std::optional<uint32_t> i = integer()) {
      arg.kind = ArgRefKind::Index;
      arg.index = *i;
    } else if (isStart(at(pos_))) {
      arg.kind = ArgRefKind::Name;
      arg.name = word();
      if (arg.name == "r" && at(pos_) == '#' && isStart(at(pos_ + 1))) {
        ++pos_;
        arg.name = word();
        fail(arg.lo, pos_, "raw identifiers are not supported", "raw identifier used here",
             "identifiers in format strings can be keywords and don't need to be prefixed with `r#`");
      }
    } else {
      found = false;
    }
    arg.hi = uint32_t(pos_);
    return found;
  }

  void placeholder() {
    TemplatePiece p;
    size_t open = pos_++;
    bool explicitPosition = position(p.arg);
    whitespace();
    p.arg.hi = std::max(p.arg.lo, explicitPosition ? p.arg.hi : uint32_t(pos_));
    if (eat(':'))
      mode_ == TemplateMode::Format ? options(p) : asmModifier(p);
    if (!explicitPosition) {
      p.arg.kind = ArgRefKind::Next;
      p.arg.index = next_++;
    }
    whitespace();
    p.lo = uint32_t(open);
    if (!eat('}')) {
      missingBrace(p, open);
      return;
    }
    p.hi = uint32_t(pos_);
    out_.push_back(p);
  }

  void missingBrace(const TemplatePiece &p, size_t open) {
    bool wasOk = ok_;
    if (pos_ >= text_.size()) {
      fail(pos_, pos_, "expected `}` but string was terminated", "expected `}`");
    } else {
      unsigned len;
      decode(text_, pos_, len);
      fail(pos_, pos_, "expected `}`, found `" + text_.substr(pos_, len) + "`", "expected `}`");
    }
    if (!wasOk)
      return;
    if (p.fill == '}') {
      error_.note = "the character `}` is interpreted as a fill character because of the `:` that precedes it";
      error_.secondaryLabel = "this is not interpreted as a formatting closing brace";
      error_.secondaryLo = p.fillLo;
      error_.secondaryHi = p.fillLo + 1;
      return;
    }
    error_.note = "if you intended to print `{`, you can escape it using `{{`";
    error_.secondaryLabel = "because of this opening brace";
    error_.secondaryLo = uint32_t(open);
    error_.secondaryHi = uint32_t(open + 1);
  }

  void asmModifier(TemplatePiece &p) {
    p.typeLo = uint32_t(pos_);
    p.type = word();
  }

  CountRef count() {
    CountRef c;
    c.lo = uint32_t(pos_);
    size_t start = pos_;
    if (std::optional<uint32_t> i = integer()) {
      c.kind = CountRefKind::Literal;
      c.value = *i;
      if (eat('$')) {
        c.kind = CountRefKind::Arg;
        c.arg.kind = ArgRefKind::Index;
        c.arg.index = *i;
      }
    } else {
      llvm::StringRef w = word();
      if (!w.empty() && eat('$')) {
        c.kind = CountRefKind::Arg;
        c.arg.kind = ArgRefKind::Name;
        c.arg.name = w;
      } else {
        pos_ = start;
      }
    }
    c.hi = uint32_t(pos_);
    c.arg.lo = c.lo;
    c.arg.hi = c.kind == CountRefKind::Arg && c.arg.kind == ArgRefKind::Name ? c.hi - 1 : c.hi;
    return c;
  }

  void options(TemplatePiece &p) {
    if (pos_ < text_.size()) {
      unsigned len;
      uint32_t c = decode(text_, pos_, len);
      int next = at(pos_ + len);
      if (next == '<' || next == '>' || next == '^') {
        p.fill = c;
        p.fillLo = uint32_t(pos_);
        pos_ += len;
      }
    }
    if (eat('<'))
      p.align = ast::FormatAlign::Left;
    else if (eat('>'))
      p.align = ast::FormatAlign::Right;
    else if (eat('^'))
      p.align = ast::FormatAlign::Center;
    if (eat('+'))
      p.plus = true;
    else if (eat('-'))
      p.minus = true;
    p.alternate = eat('#');
    bool haveWidth = false;
    if (at(pos_) == '0') {
      ++pos_;
      if (eat('$')) { // `0$` is a width, not a flag
        p.width.kind = CountRefKind::Arg;
        p.width.arg.kind = ArgRefKind::Index;
        p.width.lo = p.width.arg.lo = uint32_t(pos_ - 2);
        p.width.hi = p.width.arg.hi = uint32_t(pos_);
        haveWidth = true;
      } else {
        p.zeroPad = true;
      }
    }
    if (!haveWidth)
      p.width = count();
    if (at(pos_) == '.') {
      uint32_t dot = uint32_t(pos_++);
      if (eat('*')) {
        p.precision.kind = CountRefKind::Arg;
        p.precision.star = true;
        p.precision.arg.kind = ArgRefKind::Next;
        p.precision.arg.index = next_++;
      } else {
        p.precision = count();
      }
      p.precision.lo = p.precision.arg.lo = dot;
      p.precision.hi = p.precision.arg.hi = uint32_t(pos_);
    }
    formatType(p);
  }

  void formatType(TemplatePiece &p) {
    p.typeLo = uint32_t(pos_);
    size_t start = pos_;
    if (at(pos_) == 'x' || at(pos_) == 'X') {
      bool lower = text_[pos_++] == 'x';
      if (eat('?')) {
        (lower ? p.debugLowerHex : p.debugUpperHex) = true;
        p.type = "?";
      } else {
        p.type = text_.slice(start, pos_);
      }
    } else if (eat('?')) {
      p.type = "?";
      if (at(pos_) == '#' || at(pos_) == 'x' || at(pos_) == 'X')
        fail(pos_, pos_ + 1, "expected `}`, found `" + text_.substr(pos_, 1) + "`", "expected `'}'`");
    } else {
      p.type = word();
    }
  }

  llvm::StringRef text_;
  TemplateMode mode_;
  std::vector<TemplatePiece> &out_;
  TemplateError &error_;
  size_t pos_ = 0;
  uint32_t next_ = 0;
  bool ok_ = true;
};

} // namespace

bool parseTemplate(llvm::StringRef text, TemplateMode mode, std::vector<TemplatePiece> &out, TemplateError &error) {
  return TemplateParser(text, mode, out, error).run();
}

// ---- positions ----

// Length in the source of the escape at `i`, and how many bytes of the value it stands for.
static std::pair<size_t, unsigned> escapeLength(llvm::StringRef s, size_t i) {
  if (i + 1 >= s.size())
    return {1, 0};
  switch (s[i + 1]) {
  case 'x': return {4, 1};
  case 'u': {
    size_t close = s.find('}', i);
    if (close == llvm::StringRef::npos)
      return {s.size() - i, 0};
    uint32_t c = 0;
    for (char ch : s.slice(i + 3, close))
      if (ch != '_')
        c = c * 16 + llvm::hexDigitValue(ch);
    return {close + 1 - i, c < 0x80 ? 1u : c < 0x800 ? 2u : c < 0x10000 ? 3u : 4u};
  }
  case '\n':
  case '\r': {
    size_t end = s.find_first_not_of(" \t\r\n", i + 1);
    return {std::min(end, s.size()) - i, 0};
  }
  default: return {2, 1};
  }
}

LiteralPositions::LiteralPositions(const Session &sess, Span literal, llvm::StringRef value, lex::LitKind kind, unsigned hashes)
    : literal_(literal) {
  llvm::StringRef source = sess.sources.text(literal);
  bool raw = kind == lex::LitKind::StrRaw;
  size_t prefix = raw ? hashes + 2 : 1, suffix = raw ? hashes + 1 : 1;
  if (source.size() < prefix + suffix || (!raw && source[0] != '"') || (raw && source[0] != 'r'))
    return;
  llvm::StringRef inner = source.drop_front(prefix).drop_back(suffix);
  base_ = uint32_t(literal.lo + prefix);
  size_ = uint32_t(value.size());
  if (inner == value) {
    isSource_ = true;
    return;
  }
  if (raw)
    return;
  for (size_t i = 0; i < inner.size();) {
    if (inner[i] != '\\') {
      map_.push_back(base_ + uint32_t(i++));
      continue;
    }
    auto [len, bytes] = escapeLength(inner, i);
    for (unsigned k = 0; k < bytes; ++k)
      map_.push_back(base_ + uint32_t(i));
    i += len;
  }
  isSource_ = map_.size() == value.size();
  map_.push_back(base_ + uint32_t(inner.size()));
}

Span LiteralPositions::span(uint32_t lo, uint32_t hi) const {
  if (!isSource_)
    return literal_;
  return Span{offset(std::min(lo, size_)), offset(std::min(hi, size_)), literal_.ctxt};
}

} // namespace ferric::expand
