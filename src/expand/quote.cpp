// A small tokenizer for code templates, which the compiler itself wrote, so that mistakes in them are internal errors.
#include "expand/quote.h"
#include "lex/unescape.h"

namespace ferric::expand {
using lex::Delim;
using lex::LitKind;
using lex::Token;
using lex::TokenKind;

// Identifiers that came from source as r#name: the name alone says that it was raw.
bool Quote::isRawName(Symbol name) const {
  return name.raw > sym::k_underscore && isReservedKeyword(name, 2024) && !isPathSegmentKeyword(name);
}

Quote &Quote::token(const Token &t) {
  tokens_.push_back(t);
  return *this;
}

Quote &Quote::appendToLast(llvm::StringRef text) {
  Symbol &last = tokens_.back().sym;
  last = sess_.symbols.intern((sess_.str(last) + text).str());
  return *this;
}

Quote &Quote::ident(Symbol name, Span span, bool raw) {
  Token t;
  t.kind = TokenKind::Ident;
  t.flags = raw ? Token::kRaw : 0;
  t.sym = name;
  t.span = span;
  return token(t);
}

Quote &Quote::lifetime(Ident l) {
  Token t;
  t.kind = TokenKind::Lifetime;
  t.sym = l.name;
  t.span = l.span;
  return token(t);
}

Quote &Quote::literal(LitKind kind, llvm::StringRef escaped) {
  Token t;
  t.kind = TokenKind::Literal;
  t.sub = uint8_t(kind);
  t.sym = sess_.symbols.intern(escaped);
  t.extra = Symbol::kNone;
  t.span = span_;
  return token(t);
}

Quote &Quote::string(llvm::StringRef value) { return literal(LitKind::Str, lex::escapeForLiteral(value, LitKind::Str)); }
Quote &Quote::integer(uint64_t value) { return literal(LitKind::Integer, llvm::utostr(value)); }

Quote &Quote::copy(lex::TokenRange range) {
  llvm::ArrayRef<Token> toks = lex::tokens(store_, range);
  tokens_.insert(tokens_.end(), toks.begin(), toks.end());
  return *this;
}

Quote &Quote::group(lex::FragmentKind kind, lex::TokenRange range) {
  Token t;
  t.kind = TokenKind::OpenDelim;
  t.sub = uint8_t(Delim::Invisible);
  t.aux = uint8_t(kind);
  t.extra = range.len + 1;
  t.span = span_;
  token(t);
  copy(range);
  t.kind = TokenKind::CloseDelim;
  return token(t);
}

void Quote::open(Delim d) {
  open_.push_back(uint32_t(tokens_.size()));
  Token t;
  t.kind = TokenKind::OpenDelim;
  t.sub = uint8_t(d);
  t.span = span_;
  token(t);
}

void Quote::close(Delim d) {
  CHECK(!open_.empty(), "unbalanced code template");
  uint32_t at = open_.pop_back_val();
  CHECK(tokens_[at].delim() == d, "unbalanced code template");
  Token t = tokens_[at];
  t.kind = TokenKind::CloseDelim;
  t.span = span_;
  t.extra = tokens_[at].extra = uint32_t(tokens_.size()) - at;
  token(t);
}

void Quote::punct(llvm::StringRef &text) {
  TokenKind best = TokenKind::Unknown;
  size_t len = 0;
#define TOKEN(k, s)                                                                                                                \
  if (sizeof(s) - 1 > len && text.starts_with(s)) {                                                                                \
    best = TokenKind::k;                                                                                                           \
    len = sizeof(s) - 1;                                                                                                           \
  }
#include "lex/token.def"
  CHECK(len != 0, "a character no token starts with in a code template");
  Token t;
  t.kind = best;
  t.span = span_;
  token(t);
  text = text.drop_front(len);
}

Quote &Quote::operator<<(llvm::StringRef text) {
  auto isIdent = [](char c) { return llvm::isAlnum(c) || c == '_'; };
  while (true) {
    text = text.ltrim(" \n");
    if (text.empty())
      return *this;
    char c = text[0];
    if (llvm::isAlpha(c) || c == '_') {
      llvm::StringRef word = text.take_while(isIdent);
      text = text.drop_front(word.size());
      ident(sess_.symbols.intern(word), span_);
    } else if (llvm::isDigit(c)) {
      llvm::StringRef number = text.take_while(llvm::isDigit);
      llvm::StringRef suffix = text.drop_front(number.size()).take_while(isIdent);
      text = text.drop_front(number.size() + suffix.size());
      literal(LitKind::Integer, number);
      if (!suffix.empty())
        tokens_.back().extra = sess_.symbols.intern(suffix).raw;
    } else if (c == '\'') {
      llvm::StringRef name = text.take_front(1 + text.drop_front().take_while(isIdent).size());
      text = text.drop_front(name.size());
      lifetime({sess_.symbols.intern(name), span_});
    } else if (c == '"') {
      size_t end = text.find('"', 1);
      CHECK(end != llvm::StringRef::npos, "unterminated string in a code template");
      literal(LitKind::Str, text.slice(1, end));
      text = text.drop_front(end + 1);
    } else if (text.consume_front("$crate")) {
      ident(sym::dollar_crate, span_);
    } else if (c == '(' || c == '[' || c == '{') {
      open(c == '(' ? Delim::Paren : c == '[' ? Delim::Bracket : Delim::Brace);
      text = text.drop_front();
    } else if (c == ')' || c == ']' || c == '}') {
      close(c == ')' ? Delim::Paren : c == ']' ? Delim::Bracket : Delim::Brace);
      text = text.drop_front();
    } else {
      punct(text);
    }
  }
}

lex::TokenRange Quote::finish(lex::TokenStore &store) {
  CHECK(open_.empty(), "unbalanced code template");
  lex::TokenRange range{store.append(tokens_), uint32_t(tokens_.size())};
  tokens_.clear();
  return range;
}

} // namespace ferric::expand
