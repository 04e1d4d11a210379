// Tokens and their layout, and text from both.
#include "ast/emitter.h"
#include "ast/print.h"
#include "lex/lexer.h"
#include "lex/unescape.h"

namespace ferric::ast {

void Emitter::token(lex::Token t) {
  pending_.level = level_;
  tokens.push_back(t);
  layout.push_back(pending_);
  pending_ = {};
}

void Emitter::name(Ident id) {
  lex::Token x;
  x.kind = TK::Ident;
  x.extra = Symbol::kNone;
  x.sym = id.name;
  x.span = id.span;
  // A name of the source that is a keyword was written raw, unless it is one that paths have.
  if (!id.span.isDummy() && id.name.raw > sym::k_underscore && !isPathSegmentKeyword(id.name) && id.name != sym::kw_true &&
      id.name != sym::kw_false &&
      isReservedKeyword(id.name, sess_.hygiene.edition(id.span, sess_.options.edition)))
    x.flags |= lex::Token::kRaw;
  token(x);
}

void Emitter::lifetime(Ident id) {
  lex::Token x;
  x.kind = TK::Lifetime;
  x.extra = Symbol::kNone;
  x.sym = id.name;
  x.span = id.span;
  if (!id.span.isDummy() && sess_.sources.text(id.span).starts_with("'r#"))
    x.flags |= lex::Token::kRaw;
  token(x);
}

void Emitter::literal(const Literal &l) {
  if (l.kind == lex::LitKind::Bool)
    return name({l.sym, l.span});
  lex::Token x;
  x.kind = TK::Literal;
  x.sub = uint8_t(l.kind);
  x.aux = l.hashes;
  x.sym = l.sym;
  x.extra = l.suffix.raw;
  x.span = l.span;
  token(x);
}

void Emitter::string(llvm::StringRef value) {
  Literal l;
  l.kind = lex::LitKind::Str;
  l.sym = sym(lex::escapeForLiteral(value, l.kind));
  literal(l);
}

void Emitter::number(uint64_t n) {
  Literal l;
  l.kind = lex::LitKind::Integer;
  l.sym = sess_.symbols.internInt(n);
  literal(l);
}

void Emitter::open(lex::Delim d) {
  opens_.push_back(uint32_t(tokens.size()));
  lex::Token x;
  x.kind = TK::OpenDelim;
  x.sub = uint8_t(d);
  token(x);
}

void Emitter::close(lex::Delim d) {
  uint32_t open = opens_.pop_back_val();
  lex::Token x;
  x.kind = TK::CloseDelim;
  x.sub = uint8_t(d);
  x.extra = uint32_t(tokens.size()) - open;
  tokens[open].extra = x.extra;
  token(x);
}

void Emitter::raw(lex::TokenRange range) {
  const lex::Token *prev = nullptr;
  for (const lex::Token &x : lex::tokens(ast_.tokens, range)) {
    if (prev && !(prev->flags & (lex::Token::kJoint | lex::Token::kJointHidden)) && lex::spaceBetween(*prev, x))
      sp();
    token(x);
    prev = &x;
  }
}

// True when two tokens would lex as something else without a space between them.
static bool glues(char a, char b) {
  auto word = [](char c) { return llvm::isAlnum(c) || c == '_' || (c & 0x80); };
  if (word(a) && (word(b) || b == '"' || b == '\'' || b == '#'))
    return true;
  switch (b) { // `>>`, `&&` and `||` are written together on purpose: generics, borrows of borrows, closures
  case '=': return llvm::StringRef("=<>!+-*/%^&|.").contains(a);
  case '>': return a == '=' || a == '-';
  case '-': case '<': return a == '<';
  case '/': case '*': return a == '/';
  case '.': case ':': return a == b;
  default: return false;
  }
}

static std::string render(const Session &sess, const Emitter &e, const PrintOptions &options) {
  std::string out;
  const lex::Token *prev = nullptr;
  for (size_t i = 0; i < e.tokens.size(); ++i) {
    const lex::Token &t = e.tokens[i];
    std::string text = t.kind == lex::TokenKind::Ident && t.sym == sym::dollar_crate && options.dollarCrate
                           ? options.dollarCrate(t.span)
                           : lex::printToken(sess, t);
    if (text.empty())
      continue;
    bool lineDoc = prev && prev->kind == lex::TokenKind::DocComment && !(prev->flags & lex::Token::kBlockDoc);
    if (prev && (e.layout[i].newline || lineDoc)) {
      out += '\n';
      out.append(size_t(e.layout[i].level) * 4, ' ');
    } else if (prev && (e.layout[i].space || (!out.empty() && !(prev->flags & lex::Token::kJoint) && glues(out.back(), text.front())))) {
      out += ' ';
    }
    out += text;
    prev = &t;
  }
  return out;
}

void printCrate(Session &sess, const Ast &ast, List<ItemId> items, AttrsId attrs, llvm::raw_ostream &os, const PrintOptions &options) {
  Emitter e(sess, ast);
  e.expanded = options.expanded;
  e.innerAttrs(attrs);
  e.items(ast.list(items));
  os << render(sess, e, options) << '\n';
}

std::string printExpr(Session &sess, const Ast &ast, ExprId id) {
  Emitter e(sess, ast);
  e.expr(id);
  return render(sess, e, {});
}
std::string printType(Session &sess, const Ast &ast, TypeId id) {
  Emitter e(sess, ast);
  e.type(id);
  return render(sess, e, {});
}
std::string printPat(Session &sess, const Ast &ast, PatId id) {
  Emitter e(sess, ast);
  e.pat(id);
  return render(sess, e, {});
}
std::string printPath(Session &sess, const Ast &ast, PathId id) {
  Emitter e(sess, ast);
  e.path(id, true);
  return render(sess, e, {});
}

lex::TokenRange emitItems(Session &sess, const Ast &ast, llvm::ArrayRef<ItemId> items, lex::TokenStore &out) {
  Emitter e(sess, ast);
  e.items(items);
  uint32_t begin = out.append(e.tokens);
  return {begin, uint32_t(e.tokens.size())};
}

void emitCrate(Session &sess, const Ast &ast, List<ItemId> items, AttrsId attrs, std::vector<lex::Token> &out) {
  Emitter e(sess, ast);
  e.innerAttrs(attrs);
  e.items(ast.list(items));
  out = std::move(e.tokens);
}

} // namespace ferric::ast
