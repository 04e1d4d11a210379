// Token streams to text. Tokens of source keep their spacing (joint or alone); between tokens that stood alone a space is
// put except where it would look odd. The rule is rustc's pretty printer's (rustc_ast_pretty, space_between), because
// `stringify!` and proc macros make its result observable.
#include "lex/lexer.h"

namespace ferric::lex {

static std::string quotedText(const Session &sess, const Token &t, const char *prefix) {
  std::string hashes(t.aux, '#');
  return (llvm::Twine(prefix) + hashes + "\"" + sess.str(t.sym) + "\"" + hashes).str();
}

static std::string literalText(const Session &sess, const Token &t) {
  std::string s;
  switch (t.lit()) {
  case LitKind::Byte: s = ("b'" + sess.str(t.sym) + "'").str(); break;
  case LitKind::Char: s = ("'" + sess.str(t.sym) + "'").str(); break;
  case LitKind::Str: s = quotedText(sess, t, ""); break;
  case LitKind::StrRaw: s = quotedText(sess, t, "r"); break;
  case LitKind::ByteStr: s = quotedText(sess, t, "b"); break;
  case LitKind::ByteStrRaw: s = quotedText(sess, t, "br"); break;
  case LitKind::CStr: s = quotedText(sess, t, "c"); break;
  case LitKind::CStrRaw: s = quotedText(sess, t, "cr"); break;
  case LitKind::Err: s = "'"; break;
  case LitKind::Bool: case LitKind::Integer: case LitKind::Float: s = sess.str(t.sym).str(); break;
  }
  if (t.suffix().valid())
    s += sess.str(t.suffix());
  return s;
}

static const char *delimText(Delim d, bool opening) {
  switch (d) {
  case Delim::Paren: return opening ? "(" : ")";
  case Delim::Brace: return opening ? "{" : "}";
  case Delim::Bracket: return opening ? "[" : "]";
  case Delim::Invisible: return "";
  }
  return "";
}

std::string printToken(const Session &sess, const Token &t) {
  switch (t.kind) {
  case TokenKind::Eof: return "";
  case TokenKind::Unknown: return "";
  case TokenKind::Ident: return t.isRaw() ? ("r#" + sess.str(t.sym)).str() : sess.str(t.sym).str();
  case TokenKind::Lifetime: return t.isRaw() ? ("'r#" + sess.str(t.sym).drop_front()).str() : sess.str(t.sym).str();
  case TokenKind::Literal: return literalText(sess, t);
  case TokenKind::DocComment: {
    bool inner = t.flags & Token::kInnerDoc;
    if (t.flags & Token::kBlockDoc)
      return ((inner ? "/*!" : "/**") + sess.str(t.sym) + "*/").str();
    return ((inner ? "//!" : "///") + sess.str(t.sym)).str();
  }
  case TokenKind::OpenDelim: return delimText(t.delim(), true);
  case TokenKind::CloseDelim: return delimText(t.delim(), false);
  default: return punctText(t.kind).str();
  }
}

static bool isPunct(const Token &t) { return t.kind >= TokenKind::Eq; }

bool spaceBetween(const Token &a, const Token &b) {
  if (a.kind == TokenKind::DocComment && !(a.flags & Token::kBlockDoc))
    return false;
  if (a.kind == TokenKind::Dot && !isPunct(b))
    return false;
  if ((b.kind == TokenKind::Comma || b.kind == TokenKind::Semi || b.kind == TokenKind::Dot) && !isPunct(a))
    return false;
  if (a.kind == TokenKind::Ident && b.isOpen(Delim::Paren))
    return !(a.isRaw() || !isReservedKeyword(a.sym, 2024) || a.sym == sym::kw_fn || a.sym == sym::kw_Self || a.sym == sym::kw_pub);
  if (a.kind == TokenKind::Pound && b.isOpen(Delim::Bracket))
    return false;
  return true;
}

std::string printTokens(const Session &sess, const TokenStore &store, TokenRange range) {
  std::string out;
  llvm::ArrayRef<Token> all = tokens(store, range);
  const Token *prev = nullptr; // the last token, or the closing delimiter of the last group
  for (const Token &t : all) {
    bool invisible = (t.kind == TokenKind::OpenDelim || t.kind == TokenKind::CloseDelim) && t.delim() == Delim::Invisible;
    if (invisible)
      continue;
    bool afterOpen = prev && prev->kind == TokenKind::OpenDelim;
    bool closing = t.kind == TokenKind::CloseDelim;
    if (afterOpen || closing) {
      // Inside braces there is a space at both ends unless they are empty.
      Delim d = closing ? t.delim() : prev->delim();
      if (d == Delim::Brace && !(afterOpen && closing))
        out += ' ';
      else if (afterOpen && prev->kind == TokenKind::DocComment)
        out += '\n';
    } else if (prev && prev->kind == TokenKind::DocComment) {
      out += '\n';
    } else if (prev && !(prev->flags & (Token::kJoint | Token::kJointHidden)) && spaceBetween(*prev, t)) {
      out += ' ';
    }
    out += printToken(sess, t);
    prev = &t;
  }
  return out;
}

} // namespace ferric::lex
