// Token streams to text. Tokens of source keep their spacing (joint or alone); between tokens that stood alone a space is
// put except where it would look odd. The rule is rustc's pretty printer's (rustc_ast_pretty, space_between), because
// `stringify!` and proc macros make its result observable.
#include "lex/lexer.h"
#include "lex/pretty.h"

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

// The last token of the tree that begins with `t` decides its spacing, its first one how it looks.
bool spaceBetween(const Token &a, const Token &b) {
  if (a.kind == TokenKind::DocComment && !(a.flags & Token::kBlockDoc))
    return false;
  if (a.kind == TokenKind::Dot && !isPunct(b))
    return false;
  if (a.kind == TokenKind::Dollar && b.kind == TokenKind::Ident)
    return false;
  if ((b.kind == TokenKind::Comma || b.kind == TokenKind::Semi || b.kind == TokenKind::Dot) && !isPunct(a))
    return false;
  bool plainIdent = a.kind == TokenKind::Ident && (a.isRaw() || !isReservedKeyword(a.sym, 2024));
  if (plainIdent && b.kind == TokenKind::Bang)
    return false;
  if (a.kind == TokenKind::Ident && b.isOpen(Delim::Paren))
    return !(plainIdent || a.sym == sym::kw_fn || a.sym == sym::kw_Self || a.sym == sym::kw_pub);
  if (a.kind == TokenKind::Pound && b.isOpen(Delim::Bracket))
    return false;
  return true;
}

namespace {

// Prints token trees; line breaks fall into brackets and between tokens once a line is longer than 78 columns.
struct StreamPrinter {
  const Session &sess;
  Pretty out;

  static bool isAlone(const Token &t) { return !(t.flags & (Token::kJoint | Token::kJointHidden)); }
  // Nothing stood between them where they come from; text that was lexed to one span counts as a whole.
  static bool isAdjacent(const Token &a, const Token &b) {
    return a.span.ctxt == b.span.ctxt && (a.span.hi == b.span.lo || (a.span.lo == b.span.lo && a.span.hi == b.span.hi));
  }
  static bool isWord(const Token &t) {
    return t.kind == TokenKind::Ident || t.kind == TokenKind::Lifetime || t.kind == TokenKind::Literal;
  }

  void stream(llvm::ArrayRef<Token> toks) {
    for (size_t i = 0; i < toks.size();) {
      const Token &first = toks[i];
      size_t size = first.kind == TokenKind::OpenDelim ? first.match() + 1 : 1;
      if (size > 1)
        group(toks.slice(i, size));
      else
        out.text(printToken(sess, first));
      if (first.kind == TokenKind::DocComment)
        out.hardBreak();
      i += size;
      if (i >= toks.size())
        return;
      const Token &last = toks[i - 1], &next = toks[i];
      if (isAlone(last) ? spaceBetween(first, next) : isWord(first) && isWord(next) && !isAdjacent(last, next))
        out.space();
    }
  }

  void group(llvm::ArrayRef<Token> toks) {
    const Token &open = toks.front();
    llvm::ArrayRef<Token> inner = toks.slice(1, toks.size() - 2);
    bool brace = open.delim() == Delim::Brace, space = brace && isAlone(open) && !inner.empty();
    if (brace)
      out.consistentBox(4);
    out.text(delimText(open.delim(), true));
    if (space)
      out.space();
    out.inconsistentBox(0);
    stream(inner);
    out.end();
    if (space && !out.atLineStart())
      out.space(1, -4);
    out.text(delimText(open.delim(), false));
    if (brace)
      out.end();
  }
};

} // namespace

std::string printTokens(const Session &sess, llvm::ArrayRef<Token> tokens) {
  StreamPrinter p{sess, {}};
  p.stream(tokens);
  return p.out.finish();
}

} // namespace ferric::lex
