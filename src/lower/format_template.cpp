// The three steps rustc takes with a parsed format string (rustc_ast_lowering::format): nested format_args! are
// flattened into the outer one, literal arguments are printed at compile time, and what remains is encoded into the byte
// string that core::fmt::Arguments holds.
#include "lower/format_template.h"
#include "lex/unescape.h"

namespace ferric::lower {

using namespace ast;

// Looks through parentheses and `&`.
static ExprId peel(const Ast &ast, ExprId e) {
  for (;;) {
    const Expr &n = ast.exprs[e];
    if (n.kind == ExprKind::Paren)
      e = ast.get<ParenExpr>(e).inner;
    else if (n.kind == ExprKind::AddrOf && ast.get<AddrOfExpr>(e).borrow == BorrowKind::Ref)
      e = ast.get<AddrOfExpr>(e).operand;
    else
      return e;
  }
}

template <class F> static void forEachIndex(std::vector<FormatPiece> &pieces, F f) {
  for (FormatPiece &p : pieces) {
    if (p.isLiteral)
      continue;
    f(p.arg);
    if (p.width.kind == FormatCountKind::Argument)
      f(p.width.value);
    if (p.precision.kind == FormatCountKind::Argument)
      f(p.precision.value);
  }
}

void flattenFormat(const Ast &ast, FormatTemplate &t) {
  size_t i = 0;
  while (i < t.pieces.size()) {
    const FormatPiece &p = t.pieces[i];
    bool candidate = !p.isLiteral && (p.trait == FormatTrait::Display || p.trait == FormatTrait::Debug) && p.arg < t.args.size();
    ExprId inner = candidate ? peel(ast, t.args[p.arg].value) : ExprId();
    if (!candidate || ast.exprs[inner].kind != ExprKind::FormatArgs) {
      ++i;
      continue;
    }
    uint32_t arg = p.arg;
    unsigned uses = 0;
    for (const FormatPiece &q : t.pieces)
      uses += !q.isLiteral && q.arg == arg;
    if (uses != 1) {
      ++i;
      continue;
    }
    const FormatArgsExpr &nested = ast.get<FormatArgsExpr>(inner);
    std::vector<FormatPiece> pieces(ast.list(nested.pieces).begin(), ast.list(nested.pieces).end());
    llvm::ArrayRef<FormatArg> args = ast.list(nested.args);
    // The inner arguments take the place of the outer one: order of evaluation stays.
    t.args.erase(t.args.begin() + arg);
    t.args.insert(t.args.begin() + arg, args.begin(), args.end());
    t.pieces.erase(t.pieces.begin() + i);
    forEachIndex(t.pieces, [&](uint32_t &x) {
      if (x >= arg && x != arg)
        x = uint32_t(x - (arg + 1) + arg + args.size());
      else if (x == arg)
        x = uint32_t(arg + args.size()); // only reached by counts that name a nested format_args: an error elsewhere
    });
    forEachIndex(pieces, [&](uint32_t &x) { x += arg; });
    t.pieces.insert(t.pieces.begin() + i, pieces.begin(), pieces.end());
  }
}

// The text that displaying a literal gives; none when it cannot be told here.
static std::optional<std::string> literalText(const SymbolTable &symbols, const Literal &lit, unsigned pointerBits) {
  llvm::StringRef text = symbols.str(lit.sym);
  if (lit.kind == lex::LitKind::StrRaw)
    return lit.suffix.valid() ? std::nullopt : std::optional<std::string>(text.str());
  if (lit.kind == lex::LitKind::Str) {
    if (lit.suffix.valid())
      return std::nullopt;
    llvm::SmallString<64> out;
    lex::unescape(text, lex::LitKind::Str, out);
    return out.str().str();
  }
  if (lit.kind != lex::LitKind::Integer)
    return std::nullopt;
  std::string digits;
  for (char c : text)
    if (c != '_')
      digits += c;
  llvm::StringRef d = digits;
  unsigned radix = 10;
  if (d.consume_front("0x"))
    radix = 16;
  else if (d.consume_front("0o"))
    radix = 8;
  else if (d.consume_front("0b"))
    radix = 2;
  if (d.empty())
    return std::nullopt;
  llvm::APInt value(256, 0);
  llvm::APInt base(256, radix);
  for (char c : d) {
    unsigned v = llvm::hexDigitValue(c);
    if (v >= radix || value.getActiveBits() > 200)
      return std::nullopt;
    value = value * base + v;
  }
  unsigned bits = 31; // unsuffixed: i32
  if (lit.suffix.valid()) {
    llvm::StringRef s = symbols.str(lit.suffix);
    bool isSigned = s.consume_front("i");
    if (!isSigned && !s.consume_front("u"))
      return std::nullopt;
    unsigned width = 0;
    if (s == "size")
      width = pointerBits;
    else if (s.getAsInteger(10, width))
      return std::nullopt;
    bits = width - (isSigned ? 1 : 0);
  }
  if (value.getActiveBits() > bits)
    return std::nullopt;
  llvm::SmallString<40> out;
  value.toString(out, 10, false);
  return out.str().str();
}

static bool isDefaultOptions(const FormatPiece &p) {
  return p.align == FormatAlign::Unknown && p.fill == 0 && !p.plus && !p.minus && !p.alternate && !p.zeroPad && !p.debugLowerHex &&
         !p.debugUpperHex && p.width.kind == FormatCountKind::Implied && p.precision.kind == FormatCountKind::Implied;
}

void inlineFormatLiterals(const Ast &ast, SymbolTable &symbols, FormatTemplate &t, unsigned pointerBits) {
  std::vector<bool> remove(t.args.size());
  bool any = false;
  for (FormatPiece &p : t.pieces) {
    if (p.isLiteral || p.trait != FormatTrait::Display || !isDefaultOptions(p) || p.arg >= t.args.size())
      continue;
    ExprId e = peel(ast, t.args[p.arg].value);
    if (ast.exprs[e].kind != ExprKind::Lit)
      continue;
    std::optional<std::string> text = literalText(symbols, ast.get<LitExpr>(e).lit, pointerBits);
    if (!text)
      continue;
    remove[p.arg] = true;
    any = true;
    p.isLiteral = true;
    p.text = symbols.intern(*text);
  }
  if (!any)
    return;
  forEachIndex(t.pieces, [&](uint32_t &x) {
    if (x < remove.size())
      remove[x] = false;
  });
  std::vector<uint32_t> map(t.args.size());
  std::vector<FormatArg> kept;
  for (size_t i = 0; i < t.args.size(); ++i) {
    map[i] = uint32_t(kept.size());
    if (!remove[i])
      kept.push_back(t.args[i]);
  }
  t.args = std::move(kept);
  forEachIndex(t.pieces, [&](uint32_t &x) {
    if (x < map.size())
      x = map[x];
  });
}

static void putU16(std::string &out, uint32_t v) {
  out += char(v & 0xFF);
  out += char(v >> 8 & 0xFF);
}

static uint32_t slotOf(std::vector<FormatSlot> &slots, const FormatSlot &s) {
  for (size_t i = 0; i < slots.size(); ++i)
    if (slots[i].arg == s.arg && slots[i].isCount == s.isCount && (s.isCount || slots[i].trait == s.trait))
      return uint32_t(i);
  slots.push_back(s);
  return uint32_t(slots.size() - 1);
}

static void putLiteral(std::string &out, llvm::StringRef s) {
  while (!s.empty()) {
    size_t n = std::min<size_t>(s.size(), 0xFFFF);
    while (n < s.size() && (uint8_t(s[n]) & 0xC0) == 0x80)
      --n; // at a character boundary
    if (n < 0x80) {
      out += char(n);
    } else {
      out += char(0x80);
      putU16(out, uint32_t(n));
    }
    out += s.take_front(n).str();
    s = s.drop_front(n);
  }
}

static void putCount(std::string &out, size_t start, const FormatCount &c, unsigned bit, unsigned indirectBit, std::vector<FormatSlot> &slots) {
  if (c.kind == FormatCountKind::Implied)
    return;
  bool indirect = c.kind == FormatCountKind::Argument;
  uint32_t value = indirect ? slotOf(slots, {c.value, true, {}, Span()}) : c.value;
  if (!indirect && value == 0)
    return; // zero is the default
  out[start] = char(uint8_t(out[start]) | 1u << bit | (indirect ? 1u << indirectBit : 0));
  putU16(out, value);
}

EncodedFormat encodeFormat(const SymbolTable &symbols, const FormatTemplate &t) {
  EncodedFormat out;
  std::string literal;
  uint32_t next = 0;
  size_t n = t.pieces.size();
  if (llvm::all_of(t.pieces, [](const FormatPiece &p) { return p.isLiteral; })) {
    out.isPlain = true;
    for (const FormatPiece &p : t.pieces)
      out.text += symbols.str(p.text).str();
    return out;
  }
  for (size_t i = 0; i < n; ++i) {
    const FormatPiece &p = t.pieces[i];
    if (p.isLiteral) {
      literal += symbols.str(p.text).str();
      if (i + 1 == n || !t.pieces[i + 1].isLiteral) {
        putLiteral(out.bytes, literal);
        literal.clear();
      }
      continue;
    }
    size_t start = out.bytes.size();
    out.bytes += char(0xC0);
    uint32_t position = slotOf(out.slots, {p.arg, false, p.trait, p.span});
    uint32_t align = p.align == FormatAlign::Left ? 0 : p.align == FormatAlign::Right ? 1 : p.align == FormatAlign::Center ? 2 : 3;
    uint32_t flags = (p.fill ? p.fill : ' ') | uint32_t(p.plus) << 21 | uint32_t(p.minus) << 22 | uint32_t(p.alternate) << 23 |
                     uint32_t(p.zeroPad) << 24 | uint32_t(p.debugLowerHex) << 25 | uint32_t(p.debugUpperHex) << 26 |
                     uint32_t(p.width.kind != FormatCountKind::Implied) << 27 |
                     uint32_t(p.precision.kind != FormatCountKind::Implied) << 28 | align << 29;
    if (flags != 0x60000020) {
      out.bytes[start] = char(uint8_t(out.bytes[start]) | 1);
      putU16(out.bytes, flags & 0xFFFF);
      putU16(out.bytes, flags >> 16);
      putCount(out.bytes, start, p.width, 1, 4, out.slots);
      putCount(out.bytes, start, p.precision, 2, 5, out.slots);
    }
    if (next != position) {
      out.bytes[start] = char(uint8_t(out.bytes[start]) | 8);
      putU16(out.bytes, position);
    }
    next = position + 1;
  }
  out.bytes += '\0';
  return out;
}

} // namespace ferric::lower
