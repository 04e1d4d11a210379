// Tokens and token streams. Streams are flat: an opening delimiter knows the distance to its
// closing one, so a token tree is a run of tokens and skipping it is one addition. Fragments that a
// macro captured are groups with invisible delimiters (Reference: macros-by-example, "Forwarding a matched fragment").
#pragma once
#include "base/span.h"
#include "base/store.h"

namespace ferric::lex {

enum class TokenKind : uint8_t {
  Eof,
  Ident,     // sym: name without `r#`; kRaw flag when raw
  Lifetime,  // sym: text with the quote; kRaw flag for 'r#a
  Literal,   // lit(), sym: source text between the quotes (not unescaped) or the number; suffix()
  DocComment,// sym: text without the marker; kInnerDoc, kBlockDoc flags
  OpenDelim, // delim(), match(): distance to the CloseDelim
  CloseDelim,// delim(), match(): distance back to the OpenDelim
  Unknown,   // a character no token starts with; already reported
#define TOKEN(kind, text) kind,
#include "lex/token.def"
};

enum class Delim : uint8_t { Paren, Brace, Bracket, Invisible };
enum class LitKind : uint8_t { Bool, Byte, Char, Integer, Float, Str, StrRaw, ByteStr, ByteStrRaw, CStr, CStrRaw, Err };

// What an invisible group holds (rustc MetaVarKind), so that `$e:expr` keeps its precedence and is matched again only as a whole.
enum class FragmentKind : uint8_t { Item, Block, Stmt, Pat, PatParam, Expr, Expr2021, Ty, Ident, Lifetime, Literal, Meta, Path, Vis, TT, Guard };

struct Token {
  static constexpr uint8_t kJoint = 1;       // followed at once by punctuation
  static constexpr uint8_t kJointHidden = 2; // followed at once by something that is not punctuation
  static constexpr uint8_t kRaw = 4;
  static constexpr uint8_t kInnerDoc = 8;
  static constexpr uint8_t kBlockDoc = 16;

  TokenKind kind = TokenKind::Eof;
  uint8_t flags = 0;
  uint8_t sub = 0;     // LitKind, Delim
  uint8_t aux = 0;     // raw strings: number of `#`; invisible delimiters: FragmentKind
  Symbol sym;          // see TokenKind
  uint32_t extra = 0;  // delimiters: match distance; literals: suffix symbol (kNone: no suffix)
  Span span;

  bool is(TokenKind k) const { return kind == k; }
  Delim delim() const { return Delim(sub); }
  LitKind lit() const { return LitKind(sub); }
  FragmentKind fragment() const { return FragmentKind(aux); }
  uint32_t match() const { return extra; }
  Symbol suffix() const { return Symbol(extra); }
  bool isRaw() const { return flags & kRaw; }
  bool isOpen(Delim d) const { return kind == TokenKind::OpenDelim && delim() == d; }
  bool isClose(Delim d) const { return kind == TokenKind::CloseDelim && delim() == d; }
  // A non-raw identifier token spelled `s`: keywords included.
  bool isKeyword(Symbol s) const { return kind == TokenKind::Ident && !isRaw() && sym == s; }
  Ident ident() const { return {sym, span}; }
};
static_assert(sizeof(Token) == 24);

// Index of a token in a TokenStore.
FERRIC_ID(TokenId);
using TokenStore = Store<Token, TokenId>;

// A run of whole token trees in a crate's TokenStore.
using TokenRange = List<Token>;

inline llvm::ArrayRef<Token> tokens(const TokenStore &store, TokenRange range) {
  return {store.data() + range.begin, range.len};
}

// Fixed text of punctuation; empty for the others.
llvm::StringRef punctText(TokenKind kind);

} // namespace ferric::lex
