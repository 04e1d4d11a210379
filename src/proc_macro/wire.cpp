// Tokens: the texts that occur in them, each once, then a record per token.
#include "proc_macro/wire.h"
#include "llvm/ADT/DenseMap.h"

namespace ferric::proc_macro {

using lex::Token;
using lex::TokenKind;

void writeSpan(Writer &w, Span span) {
  w.u32(span.lo);
  w.u32(span.hi);
  w.u32(span.ctxt.raw);
}

Span readSpan(Reader &r) {
  Span s;
  s.lo = r.u32();
  s.hi = r.u32();
  s.ctxt.raw = r.u32();
  return s;
}

void writeTokens(Writer &w, const SymbolTable &symbols, llvm::ArrayRef<Token> tokens) {
  llvm::DenseMap<uint32_t, uint32_t> places;
  std::vector<Symbol> texts;
  auto place = [&](Symbol s) -> uint32_t {
    if (!s.valid())
      return Symbol::kNone;
    auto [it, isNew] = places.try_emplace(s.raw, uint32_t(texts.size()));
    if (isNew)
      texts.push_back(s);
    return it->second;
  };
  Writer records;
  for (const Token &t : tokens) {
    records.u8(uint8_t(t.kind));
    records.u8(t.flags);
    records.u8(t.sub);
    records.u8(t.aux);
    records.u32(place(t.sym));
    records.u32(t.is(TokenKind::Literal) ? place(t.suffix()) : t.extra);
    writeSpan(records, t.span);
  }
  w.usize(texts.size());
  for (Symbol s : texts)
    w.text(symbols.str(s));
  w.usize(tokens.size());
  w.raw(records.bytes());
}

// Delimiters must match, and each must say where its other one is.
static bool groupsAreWhole(llvm::ArrayRef<Token> tokens) {
  llvm::SmallVector<size_t, 16> open;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is(TokenKind::OpenDelim))
      open.push_back(i);
    if (!tokens[i].is(TokenKind::CloseDelim))
      continue;
    if (open.empty() || i - open.back() != tokens[i].match() || tokens[open.back()].match() != tokens[i].match() ||
        tokens[open.back()].delim() != tokens[i].delim())
      return false;
    open.pop_back();
  }
  return open.empty();
}

Tokens readTokens(Reader &r, SymbolTable &symbols) {
  std::vector<Symbol> texts(r.length());
  for (Symbol &s : texts)
    s = symbols.intern(r.text());
  auto text = [&](uint32_t place) {
    if (place == Symbol::kNone)
      return Symbol();
    if (place >= texts.size())
      r.fail();
    return r.failed() ? Symbol() : texts[place];
  };
  Tokens out(r.length());
  for (Token &t : out) {
    uint8_t kind = r.variant(uint8_t(TokenKind::SingleQuote) + 1);
    t.kind = TokenKind(kind);
    t.flags = r.u8();
    t.sub = r.u8();
    t.aux = r.u8();
    t.sym = text(r.u32());
    t.extra = r.u32();
    if (t.is(TokenKind::Literal))
      t.extra = text(t.extra).raw;
    t.span = readSpan(r);
    bool named = t.is(TokenKind::Ident) || t.is(TokenKind::Lifetime) || t.is(TokenKind::Literal) || t.is(TokenKind::DocComment);
    if (named && !t.sym.valid())
      r.fail();
  }
  if (!groupsAreWhole(out))
    r.fail();
  return r.failed() ? Tokens() : out;
}

} // namespace ferric::proc_macro
