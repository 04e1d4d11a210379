// What procedural macros see of the item they stand on. The tree has no tokens for parts of items, and what is configured out never
// was in it; so both are found in the item's own tokens. Inside, `cfg` decides over what its attribute stands on: up to the
// comma that ends a field, variant, parameter or argument, or to the end of an item or statement.
#include "ast/ast.h"
#include "expand/proc_macro.h"

namespace ferric::expand {
using lex::Delim;
using lex::Token;
using lex::TokenKind;

// The attribute that begins at `i`: one past its end; `i` when there is none.
static size_t attributeEnd(llvm::ArrayRef<Token> t, size_t i) {
  if (i < t.size() && t[i].is(TokenKind::DocComment))
    return i + 1;
  if (i + 1 < t.size() && t[i].is(TokenKind::Pound) && t[i + 1].isOpen(Delim::Bracket))
    return i + 1 + t[i + 1].match() + 1;
  return i;
}

// Closes and opens of `out[from..]` get their distances anew.
static void matchGroups(std::vector<Token> &out, size_t from) {
  llvm::SmallVector<size_t, 16> open;
  for (size_t i = from; i < out.size(); ++i) {
    if (out[i].is(TokenKind::OpenDelim))
      open.push_back(i);
    if (!out[i].is(TokenKind::CloseDelim))
      continue;
    size_t at = open.pop_back_val();
    out[i].extra = out[at].extra = uint32_t(i - at);
  }
}

// `#[..]` of an attribute that has no tokens of its own in the item: it came out of a cfg_attr, whose own it gets.
static void writeAttr(const ast::Ast &ast, const ast::Attr &a, llvm::ArrayRef<Token> cfgAttr, std::vector<Token> &out) {
  size_t from = out.size();
  out.push_back(cfgAttr[0]);
  out.push_back(cfgAttr[1]);
  auto token = [&](TokenKind kind, Span span) {
    Token t;
    t.kind = kind;
    t.span = span;
    out.push_back(t);
  };
  auto delim = [&](TokenKind kind, Delim d) {
    token(kind, a.span);
    out.back().sub = uint8_t(d);
  };
  if (a.isUnsafe) {
    token(TokenKind::Ident, a.span);
    out.back().sym = sym::kw_unsafe;
    delim(TokenKind::OpenDelim, Delim::Paren);
  }
  const ast::Path &path = ast.paths[a.path];
  bool first = !path.isGlobal;
  for (const ast::PathSegment &s : ast.list(path.segments)) {
    if (s.ident.name == sym::path_root)
      continue;
    if (!first)
      token(TokenKind::PathSep, s.ident.span);
    first = false;
    token(TokenKind::Ident, s.ident.span);
    out.back().sym = s.ident.name;
  }
  if (a.argKind == ast::AttrArgs::Delimited)
    delim(TokenKind::OpenDelim, a.delim);
  else if (a.argKind == ast::AttrArgs::Eq)
    token(TokenKind::Eq, a.span);
  llvm::append_range(out, lex::tokens(ast.tokens, a.args));
  if (a.argKind == ast::AttrArgs::Delimited)
    delim(TokenKind::CloseDelim, a.delim);
  if (a.isUnsafe)
    delim(TokenKind::CloseDelim, Delim::Paren);
  out.push_back(cfgAttr.back());
  matchGroups(out, from);
}

std::vector<Token> itemTokens(Session &sess, const ast::Ast &ast, ast::ItemId item, ast::AttrId withheld) {
  llvm::ArrayRef<Token> t = lex::tokens(ast.tokens, ast.items[item].tokens);
  llvm::SmallVector<ast::AttrId, 8> attrs(ast.attrsOf(ast.items[item].attrs));
  if (withheld.valid())
    attrs.push_back(withheld);
  // Which attribute it is: by where its arguments are; when they have been replaced, by its place in the source.
  uint32_t begin = ast.items[item].tokens.begin;
  auto isWritten = [&](const ast::Attr &a, size_t first, size_t end) {
    if (a.args.begin >= begin && a.args.begin < begin + t.size())
      return a.args.begin >= begin + first && a.args.begin < begin + end;
    return a.span == Span{t[first].span.lo, t[end - 1].span.hi, t[first].span.ctxt};
  };
  std::vector<Token> out;
  size_t i = 0;
  for (size_t end; (end = attributeEnd(t, i)) != i; i = end) {
    bool isCfgAttr = end > i + 2 && t[i + 2].is(TokenKind::Ident) && t[i + 2].sym == sym::cfg_attr;
    for (ast::AttrId id : attrs) {
      const ast::Attr &a = ast.attrs[id];
      if (a.style != ast::AttrStyle::Outer || !isWritten(a, i, end))
        continue;
      if (isCfgAttr)
        writeAttr(ast, a, t.slice(i, end - i), out);
      else
        out.insert(out.end(), t.begin() + i, t.begin() + end);
    }
  }
  out.insert(out.end(), t.begin() + i, t.end());
  return out;
}

// ---- cfg ----

namespace {
class Configurer {
public:
  Configurer(Session &sess, const parse::CfgSet &cfg) : sess_(sess), cfg_(cfg) {}
  void run(llvm::ArrayRef<Token> t, std::vector<Token> &out);

private:
  bool attribute(llvm::ArrayRef<Token> inner, llvm::ArrayRef<Token> written, std::vector<Token> &out);
  bool holds(llvm::ArrayRef<Token> predicate, Span span);
  static size_t elementEnd(llvm::ArrayRef<Token> t, size_t i);
  Session &sess_;
  const parse::CfgSet &cfg_;
  lex::TokenStore scratch_;
};
} // namespace

bool Configurer::holds(llvm::ArrayRef<Token> predicate, Span span) {
  scratch_.truncate(0);
  scratch_.append(predicate);
  return cfg_.eval(sess_, scratch_, {0, uint32_t(predicate.size())}, span);
}

// One past the element at `i`: its comma, or what ends an item or a statement.
size_t Configurer::elementEnd(llvm::ArrayRef<Token> t, size_t i) {
  int angles = 0;
  for (; i < t.size(); ++i) {
    switch (t[i].kind) {
    case TokenKind::Lt: ++angles; break;
    case TokenKind::Gt: angles = std::max(angles - 1, 0); break;
    case TokenKind::Shr: angles = std::max(angles - 2, 0); break;
    case TokenKind::Comma:
    case TokenKind::Semi:
      if (angles == 0)
        return i + 1;
      break;
    case TokenKind::OpenDelim: i += t[i].match(); break;
    default: break;
    }
  }
  return t.size();
}

// Writes `#[inner]`, or what cfg_attr makes of it, with the `#` and brackets of the attribute that was written. False: it is a cfg
// that does not hold; one that holds stays.
bool Configurer::attribute(llvm::ArrayRef<Token> inner, llvm::ArrayRef<Token> written, std::vector<Token> &out) {
  bool isCall = inner.size() > 2 && inner[0].is(TokenKind::Ident) && inner[1].isOpen(Delim::Paren);
  if (isCall && inner[0].sym == sym::cfg_attr) {
    llvm::ArrayRef<Token> args = inner.slice(2, inner[1].match() - 1);
    size_t comma = elementEnd(args, 0);
    bool given = comma && args[comma - 1].is(TokenKind::Comma);
    if (!holds(args.take_front(comma - given), inner[0].span))
      return true;
    bool keep = true;
    for (size_t i = comma, end; i < args.size(); i = end) {
      end = elementEnd(args, i);
      keep &= attribute(args.slice(i, end - i - args[end - 1].is(TokenKind::Comma)), written, out);
    }
    return keep;
  }
  size_t from = out.size();
  out.push_back(written[0]);
  out.push_back(written[1]);
  llvm::append_range(out, inner);
  out.push_back(written.back());
  matchGroups(out, from);
  return !isCall || inner[0].sym != sym::cfg || holds(inner.slice(2, inner[1].match() - 1), inner[0].span);
}

void Configurer::run(llvm::ArrayRef<Token> t, std::vector<Token> &out) {
  for (size_t i = 0; i < t.size();) {
    size_t begin = out.size();
    bool keep = true;
    for (size_t end; (end = attributeEnd(t, i)) != i; i = end) {
      if (t[i].is(TokenKind::DocComment))
        out.push_back(t[i]);
      else
        keep &= attribute(t.slice(i + 2, end - i - 3), t.slice(i, end - i), out);
    }
    if (!keep) {
      out.resize(begin);
      i = elementEnd(t, i);
      continue;
    }
    if (i == t.size())
      return;
    out.push_back(t[i]);
    if (!t[i].is(TokenKind::OpenDelim)) {
      ++i;
      continue;
    }
    size_t open = out.size() - 1, close = i + t[i].match();
    run(t.slice(i + 1, close - i - 1), out);
    out.push_back(t[close]);
    out.back().extra = out[open].extra = uint32_t(out.size() - 1 - open);
    i = close + 1;
  }
}

std::vector<Token> configure(Session &sess, const parse::CfgSet &cfg, llvm::ArrayRef<Token> tokens) {
  std::vector<Token> out;
  Configurer(sess, cfg).run(tokens, out);
  return out;
}

} // namespace ferric::expand
