// Conversions between flat tokens and the bridge's trees (rustc_expand::proc_macro_server, from_internal and to_internal).
#include "proc_macro/stream.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Unicode.h"
#include "llvm/ADT/StringExtras.h"

namespace ferric::proc_macro {

using lex::Delim;
using lex::LitKind;
using lex::Token;
using lex::TokenKind;

// ---- gluing ----

// What two punctuation characters make (rustc_ast::token::Token::glue); Eof: nothing.
static TokenKind glued(TokenKind a, TokenKind b) {
  switch (a) {
  case TokenKind::Eq: return b == TokenKind::Eq ? TokenKind::EqEq : b == TokenKind::Gt ? TokenKind::FatArrow : TokenKind::Eof;
  case TokenKind::Lt:
    return b == TokenKind::Eq      ? TokenKind::Le
           : b == TokenKind::Lt    ? TokenKind::Shl
           : b == TokenKind::Le    ? TokenKind::ShlEq
           : b == TokenKind::Minus ? TokenKind::LArrow
                                   : TokenKind::Eof;
  case TokenKind::Gt:
    return b == TokenKind::Eq ? TokenKind::Ge : b == TokenKind::Gt ? TokenKind::Shr : b == TokenKind::Ge ? TokenKind::ShrEq : TokenKind::Eof;
  case TokenKind::Bang: return b == TokenKind::Eq ? TokenKind::Ne : TokenKind::Eof;
  case TokenKind::Plus: return b == TokenKind::Eq ? TokenKind::PlusEq : TokenKind::Eof;
  case TokenKind::Minus: return b == TokenKind::Eq ? TokenKind::MinusEq : b == TokenKind::Gt ? TokenKind::RArrow : TokenKind::Eof;
  case TokenKind::Star: return b == TokenKind::Eq ? TokenKind::StarEq : TokenKind::Eof;
  case TokenKind::Slash: return b == TokenKind::Eq ? TokenKind::SlashEq : TokenKind::Eof;
  case TokenKind::Percent: return b == TokenKind::Eq ? TokenKind::PercentEq : TokenKind::Eof;
  case TokenKind::Caret: return b == TokenKind::Eq ? TokenKind::CaretEq : TokenKind::Eof;
  case TokenKind::And: return b == TokenKind::And ? TokenKind::AndAnd : b == TokenKind::Eq ? TokenKind::AndEq : TokenKind::Eof;
  case TokenKind::Or: return b == TokenKind::Or ? TokenKind::OrOr : b == TokenKind::Eq ? TokenKind::OrEq : TokenKind::Eof;
  case TokenKind::Shl: return b == TokenKind::Eq ? TokenKind::ShlEq : TokenKind::Eof;
  case TokenKind::Shr: return b == TokenKind::Eq ? TokenKind::ShrEq : TokenKind::Eof;
  case TokenKind::Dot: return b == TokenKind::Dot ? TokenKind::DotDot : b == TokenKind::DotDot ? TokenKind::DotDotDot : TokenKind::Eof;
  case TokenKind::DotDot: return b == TokenKind::Dot ? TokenKind::DotDotDot : b == TokenKind::Eq ? TokenKind::DotDotEq : TokenKind::Eof;
  case TokenKind::Colon: return b == TokenKind::Colon ? TokenKind::PathSep : TokenKind::Eof;
  default: return TokenKind::Eof;
  }
}

static bool glue(SymbolTable &symbols, Token &last, const Token &next) {
  if (!(last.flags & (Token::kJoint | Token::kJointHidden)))
    return false;
  uint8_t spacing = next.flags & (Token::kJoint | Token::kJointHidden);
  if (last.is(TokenKind::SingleQuote) && next.is(TokenKind::Ident)) {
    last.kind = TokenKind::Lifetime;
    last.sym = symbols.intern(("'" + symbols.str(next.sym)).str());
    spacing |= next.flags & Token::kRaw;
  } else if (TokenKind kind = glued(last.kind, next.kind); kind != TokenKind::Eof) {
    last.kind = kind;
  } else {
    return false;
  }
  last.flags = spacing;
  last.span = last.span.to(next.span);
  return true;
}

void push(SymbolTable &symbols, Tokens &to, const Token &token) {
  if (to.empty() || !glue(symbols, to.back(), token))
    to.push_back(token);
}

void append(SymbolTable &symbols, Tokens &to, llvm::ArrayRef<Token> stream) {
  if (stream.empty())
    return;
  push(symbols, to, stream.front());
  to.insert(to.end(), stream.begin() + 1, stream.end());
}

Tokens withoutMadeGroups(llvm::ArrayRef<Token> tokens) {
  Tokens out;
  llvm::SmallVector<uint32_t, 16> open;
  for (const Token &t : tokens) {
    bool delimiter = t.is(TokenKind::OpenDelim) || t.is(TokenKind::CloseDelim);
    if (delimiter && t.delim() == Delim::Invisible && t.aux == kMadeByMacro)
      continue;
    if (t.is(TokenKind::OpenDelim))
      open.push_back(uint32_t(out.size()));
    out.push_back(t);
    if (t.is(TokenKind::CloseDelim)) {
      uint32_t at = open.pop_back_val();
      out.back().extra = out[at].extra = uint32_t(out.size() - 1) - at;
    }
  }
  return out;
}

std::string escapeDebug(llvm::StringRef text) {
  std::string out;
  const llvm::UTF8 *p = text.bytes_begin(), *end = text.bytes_end();
  while (p < end) {
    const llvm::UTF8 *start = p;
    llvm::UTF32 c = 0;
    if (llvm::convertUTF8Sequence(&p, end, &c, llvm::strictConversion) != llvm::conversionOK) {
      ++p;
      continue;
    }
    switch (c) {
    case 0: out += "\\0"; continue;
    case '\t': out += "\\t"; continue;
    case '\r': out += "\\r"; continue;
    case '\n': out += "\\n"; continue;
    case '\'': case '"': case '\\': out += '\\'; out += char(c); continue;
    default: break;
    }
    llvm::StringRef bytes(reinterpret_cast<const char *>(start), size_t(p - start));
    bool combines = c >= 0x300 && llvm::sys::unicode::columnWidthUTF8(bytes) == 0;
    if (!combines && (c < 0x80 ? llvm::isPrint(char(c)) : llvm::sys::unicode::isPrintable(int(c))))
      out += bytes;
    else
      out += "\\u{" + llvm::utohexstr(c, /*LowerCase=*/true) + "}";
  }
  return out;
}

// ---- to trees ----

namespace {

enum TreeTag : uint8_t { kGroup, kPunct, kIdent, kLiteral };
enum DelimTag : uint8_t { kParen, kBrace, kBracket, kNone };

uint8_t delimTag(Delim d) { return uint8_t(d); }
static_assert(uint8_t(Delim::Paren) == kParen && uint8_t(Delim::Brace) == kBrace && uint8_t(Delim::Bracket) == kBracket && uint8_t(Delim::Invisible) == kNone);

bool isCaptured(const Token &open) { return open.isOpen(Delim::Invisible) && open.aux != kMadeByMacro; }

struct TreeWriter {
  Session &sess;
  Handles &handles;
  Writer &w;
  uint64_t count = 0;

  void group(Delim delim, llvm::ArrayRef<Token> inner, Span open, Span close, Span entire) {
    ++count;
    w.u8(kGroup);
    w.u8(delimTag(delim));
    w.some();
    w.u32(handles.add(std::make_shared<Tokens>(inner.begin(), inner.end())));
    w.u32(handles.add(open));
    w.u32(handles.add(close));
    w.u32(handles.add(entire));
  }
  void punct(char ch, bool joint, Span span) {
    ++count;
    w.u8(kPunct);
    w.u8(uint8_t(ch));
    w.flag(joint);
    w.u32(handles.add(span));
  }
  void ident(llvm::StringRef name, bool raw, Span span) {
    ++count;
    w.u8(kIdent);
    w.text(name);
    w.flag(raw);
    w.u32(handles.add(span));
  }
  // `#[doc = "text"]`
  void docComment(const Token &t) {
    Token name, eq, text;
    name.kind = TokenKind::Ident;
    name.sym = sym::doc;
    eq.kind = TokenKind::Eq;
    text.kind = TokenKind::Literal;
    text.sub = uint8_t(LitKind::Str);
    text.sym = sess.symbols.intern(escapeDebug(sess.str(t.sym)));
    text.extra = Symbol::kNone;
    name.span = eq.span = text.span = t.span;
    punct('#', false, t.span);
    if (t.flags & Token::kInnerDoc)
      punct('!', false, t.span);
    group(Delim::Bracket, {name, eq, text}, t.span, t.span, t.span);
  }
  void op(const Token &t) {
    llvm::StringRef text = lex::punctText(t.kind);
    bool plain = t.span.hi - t.span.lo == text.size(); // else it was made up, and has one span for all
    for (size_t i = 0; i < text.size(); ++i) {
      uint32_t at = t.span.lo + uint32_t(i);
      bool joint = i + 1 < text.size() || t.flags & Token::kJoint;
      punct(text[i], joint, plain ? Span{at, at + 1, t.span.ctxt} : t.span);
    }
  }
  // The groups of a captured fragment in a captured fragment are one.
  void delimited(llvm::ArrayRef<Token> tree) {
    Span open = tree.front().span, close = tree.back().span;
    while (isCaptured(tree.front()) && tree.size() > 2 && isCaptured(tree[1]) && tree[1].match() + 3 == tree.size())
      tree = tree.slice(1, tree.size() - 2);
    group(tree.front().delim(), tree.slice(1, tree.size() - 2), open, close, open.to(close));
  }
  void run(llvm::ArrayRef<Token> tokens) {
    for (size_t i = 0; i < tokens.size(); ++i) {
      const Token &t = tokens[i];
      switch (t.kind) {
      case TokenKind::OpenDelim:
        delimited(tokens.slice(i, t.match() + 1));
        i += t.match();
        break;
      case TokenKind::Ident: ident(sess.str(t.sym), t.isRaw(), t.span); break;
      case TokenKind::Lifetime:
        punct('\'', true, t.span);
        ident(sess.str(t.sym).drop_front(), t.isRaw(), t.span);
        break;
      case TokenKind::Literal:
        ++count;
        w.u8(kLiteral);
        writeLiteral(sess, t, false, handles, w);
        break;
      case TokenKind::DocComment: docComment(t); break;
      case TokenKind::Eof: case TokenKind::Unknown: case TokenKind::CloseDelim: break;
      default: op(t); break;
      }
    }
  }
};

} // namespace

void writeTrees(Session &sess, llvm::ArrayRef<Token> tokens, Handles &handles, Writer &w) {
  Writer trees;
  TreeWriter writer{sess, handles, trees};
  writer.run(tokens);
  w.usize(writer.count);
  w.raw(trees.bytes());
}

// The bridge's LitKind, in its order; raw ones bring their number of `#`.
static constexpr LitKind kLitKinds[] = {LitKind::Byte, LitKind::Char, LitKind::Integer, LitKind::Float, LitKind::Str, LitKind::StrRaw,
                                        LitKind::ByteStr, LitKind::ByteStrRaw, LitKind::CStr, LitKind::CStrRaw, LitKind::Err};

static bool hasHashes(LitKind k) { return k == LitKind::StrRaw || k == LitKind::ByteStrRaw || k == LitKind::CStrRaw; }

void writeLiteral(Session &sess, const Token &t, bool negative, Handles &handles, Writer &w) {
  w.u8(uint8_t(llvm::find(kLitKinds, t.lit()) - std::begin(kLitKinds)));
  if (hasHashes(t.lit()))
    w.u8(t.aux);
  w.text(negative ? ("-" + sess.str(t.sym)).str() : sess.str(t.sym).str());
  if (t.suffix().valid()) {
    w.some();
    w.text(sess.str(t.suffix()));
  } else {
    w.none();
  }
  w.u32(handles.add(t.span));
}

// ---- from trees ----

static TokenKind punctKind(char ch) {
  switch (ch) {
  case '=': return TokenKind::Eq;
  case '<': return TokenKind::Lt;
  case '>': return TokenKind::Gt;
  case '!': return TokenKind::Bang;
  case '~': return TokenKind::Tilde;
  case '+': return TokenKind::Plus;
  case '-': return TokenKind::Minus;
  case '*': return TokenKind::Star;
  case '/': return TokenKind::Slash;
  case '%': return TokenKind::Percent;
  case '^': return TokenKind::Caret;
  case '&': return TokenKind::And;
  case '|': return TokenKind::Or;
  case '@': return TokenKind::At;
  case '.': return TokenKind::Dot;
  case ',': return TokenKind::Comma;
  case ';': return TokenKind::Semi;
  case ':': return TokenKind::Colon;
  case '#': return TokenKind::Pound;
  case '$': return TokenKind::Dollar;
  case '?': return TokenKind::Question;
  case '\'': return TokenKind::SingleQuote;
  default: return TokenKind::Eof;
  }
}

static void readGroup(Session &sess, Reader &r, Handles &handles, Tokens &to) {
  Delim delim = Delim(r.variant(4));
  Stream inner = r.present() ? handles.takeStream(r) : nullptr;
  Token open, close;
  open.kind = TokenKind::OpenDelim;
  close.kind = TokenKind::CloseDelim;
  open.span = handles.span(r);
  close.span = handles.span(r);
  handles.span(r); // of the whole
  open.sub = close.sub = uint8_t(delim);
  if (delim == Delim::Invisible)
    open.aux = close.aux = kMadeByMacro;
  open.extra = close.extra = uint32_t(inner ? inner->size() : 0) + 1;
  if (r.failed())
    return;
  to.push_back(open);
  if (inner)
    to.insert(to.end(), inner->begin(), inner->end());
  to.push_back(close);
}

static void readLiteral(Session &sess, Reader &r, Handles &handles, Tokens &to) {
  Token t;
  t.kind = TokenKind::Literal;
  LitKind kind = kLitKinds[r.variant(std::size(kLitKinds))];
  t.sub = uint8_t(kind);
  if (hasHashes(kind))
    t.aux = r.u8();
  llvm::StringRef text = r.text();
  t.extra = r.present() ? sess.symbols.intern(r.text()).raw : Symbol::kNone;
  t.span = handles.span(r);
  if ((kind == LitKind::Integer || kind == LitKind::Float) && text.consume_front("-")) {
    Token minus;
    minus.kind = TokenKind::Minus;
    minus.flags = Token::kJointHidden;
    minus.span = t.span;
    push(sess.symbols, to, minus);
  }
  t.sym = sess.symbols.intern(text);
  push(sess.symbols, to, t);
}

void readTree(Session &sess, Reader &r, Handles &handles, Tokens &to) {
  Token t;
  switch (r.variant(4)) {
  case kGroup: return readGroup(sess, r, handles, to);
  case kLiteral: return readLiteral(sess, r, handles, to);
  case kPunct:
    t.kind = punctKind(char(r.u8()));
    if (t.kind == TokenKind::Eof)
      r.fail();
    t.flags = r.flag() ? Token::kJoint : 0;
    break;
  default:
    t.kind = TokenKind::Ident;
    t.sym = sess.symbols.intern(r.text());
    t.flags = r.flag() ? Token::kRaw : 0;
    break;
  }
  t.span = handles.span(r);
  if (!r.failed())
    push(sess.symbols, to, t);
}

} // namespace ferric::proc_macro
