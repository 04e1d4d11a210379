// Recognition of `$..` in macro definitions. One pass over flat tokens; delimited groups recurse. Matchers get declarations
// (`$x:expr`), bodies get uses and metavariable expressions (`${count($x)}`); in a body `$x:expr` is a use followed by `:expr`,
// because it may belong to a macro that the body defines. (rustc_expand::mbe::quoted, metavar_expr.)
#include "expand/mbe/quoted.h"
#include "expand/token_util.h"

namespace ferric::expand::mbe {
using lex::Delim;
using lex::FragmentKind;
using lex::Token;
using lex::TokenKind;
using lex::LitKind;

static constexpr const char *kValidFragments =
    "valid fragment specifiers are `ident`, `block`, `stmt`, `expr`, `pat`, `ty`, `lifetime`, `literal`, `path`, `meta`, `tt`, "
    "`item` and `vis`, along with `expr_2021` and `pat_param` for edition compatibility";

llvm::StringRef fragmentName(FragmentKind kind, bool inferred) {
  switch (kind) {
  case FragmentKind::Item: return "item";
  case FragmentKind::Block: return "block";
  case FragmentKind::Stmt: return "stmt";
  case FragmentKind::Pat: return "pat";
  case FragmentKind::PatParam: return inferred ? "pat" : "pat_param";
  case FragmentKind::Expr: return "expr";
  case FragmentKind::Expr2021: return inferred ? "expr" : "expr_2021";
  case FragmentKind::Ty: return "ty";
  case FragmentKind::Ident: return "ident";
  case FragmentKind::Lifetime: return "lifetime";
  case FragmentKind::Literal: return "literal";
  case FragmentKind::Meta: return "meta";
  case FragmentKind::Path: return "path";
  case FragmentKind::Vis: return "vis";
  case FragmentKind::TT: return "tt";
  case FragmentKind::Guard: return "guard";
  }
  UNREACHABLE("fragment kind");
}

namespace {

class QuotedParser {
public:
  QuotedParser(Session &sess, RulePart part, unsigned edition, bool &ok)
      : sess_(sess), part_(part), edition_(edition), ok_(ok) {}

  std::vector<Quoted> parse(llvm::ArrayRef<Token> toks) {
    std::vector<Quoted> out;
    size_t i = 0;
    while (i < toks.size()) {
      Quoted q = parseOne(toks, i);
      if (part_ == RulePart::Matcher && q.kind == QuotedKind::MetaVar)
        parseDecl(q, toks, i);
      out.push_back(std::move(q));
    }
    return out;
  }

private:
  diag::Builder error(Span span, const llvm::Twine &msg) {
    ok_ = false;
    return sess_.diag.error(span, msg);
  }

  Quoted plain(const Token &t) {
    Quoted q;
    q.kind = QuotedKind::Token;
    q.token = t;
    q.span = t.span;
    return q;
  }

  Quoted parseOne(llvm::ArrayRef<Token> toks, size_t &i) {
    const Token &t = toks[i];
    if (t.is(TokenKind::Dollar))
      return parseDollar(toks, i);
    if (!t.is(TokenKind::OpenDelim)) {
      ++i;
      return plain(t);
    }
    Quoted q;
    q.kind = QuotedKind::Delimited;
    q.token = t;
    q.close = toks[i + t.match()];
    q.span = t.span.to(q.close.span);
    q.inner = parse(toks.slice(i + 1, t.match() - 1));
    i += t.match() + 1;
    return q;
  }

  Quoted parseDollar(llvm::ArrayRef<Token> toks, size_t &i) {
    const Token &dollar = toks[i++];
    if (i >= toks.size())
      return plain(dollar);
    const Token &next = toks[i];
    if (next.is(TokenKind::OpenDelim) && next.delim() != Delim::Invisible)
      return parseDollarGroup(toks, i, dollar);
    if (next.is(TokenKind::OpenDelim) && next.match() == 2 && toks[i + 1].is(TokenKind::Ident)) {
      Quoted q = dollarIdent(dollar, toks[i + 1]);
      i += 3;
      return q;
    }
    ++i;
    if (next.is(TokenKind::Ident))
      return dollarIdent(dollar, next);
    if (next.is(TokenKind::Dollar)) {
      if (part_ == RulePart::Matcher)
        rejectInMatcher(next.span, "$");
      return plain(next);
    }
    error(next.span, "expected identifier, found `" + lex::printToken(sess_, next) + "`");
    Quoted q = plain(next);
    q.kind = QuotedKind::MetaVar;
    q.token.sym = sym::empty;
    return q;
  }

  Quoted dollarIdent(const Token &dollar, const Token &name) {
    Quoted q = plain(name);
    q.span = dollar.span.to(name.span).withCtxt(name.span.ctxt);
    if (name.isKeyword(sym::kw_crate)) {
      q.token.sym = sym::dollar_crate;
      q.token.span = q.span;
      return q;
    }
    q.kind = QuotedKind::MetaVar;
    return q;
  }

  void rejectInMatcher(Span span, llvm::StringRef text) {
    error(span, "unexpected token: " + text)
        .note("`$$` and meta-variable expressions are not allowed inside macro parameter definitions");
  }

  Quoted parseDollarGroup(llvm::ArrayRef<Token> toks, size_t &i, const Token &dollar) {
    const Token &open = toks[i];
    llvm::ArrayRef<Token> inner = toks.slice(i + 1, open.match() - 1);
    Span groupSpan = open.span.to(toks[i + open.match()].span);
    i += open.match() + 1;
    if (open.delim() != Delim::Paren) {
      if (part_ == RulePart::Matcher)
        rejectInMatcher(open.span, open.delim() == Delim::Brace ? "{" : "[");
      else if (open.delim() == Delim::Brace)
        return parseMetaVarExpr(inner, dollar, groupSpan);
      else
        error(groupSpan, "expected `(` or `{`, found `[`");
    }
    Quoted q;
    q.kind = QuotedKind::Sequence;
    q.token = open;
    q.span = groupSpan;
    q.inner = parse(inner);
    parseSeparatorAndOp(toks, i, q);
    return q;
  }

  static std::optional<RepeatOp> repeatOp(const Token &t) {
    if (t.is(TokenKind::Star)) return RepeatOp::ZeroOrMore;
    if (t.is(TokenKind::Plus)) return RepeatOp::OneOrMore;
    if (t.is(TokenKind::Question)) return RepeatOp::ZeroOrOne;
    return std::nullopt;
  }

  void parseSeparatorAndOp(llvm::ArrayRef<Token> toks, size_t &i, Quoted &q) {
    Span errorSpan = q.span;
    if (i < toks.size()) {
      const Token &first = toks[i];
      errorSpan = first.span;
      if (std::optional<RepeatOp> op = repeatOp(first)) {
        q.op = *op;
        q.opSpan = first.span;
        ++i;
        return;
      }
      if (!first.is(TokenKind::OpenDelim)) {
        ++i;
        if (i < toks.size()) {
          errorSpan = toks[i].span;
          if (std::optional<RepeatOp> op = repeatOp(toks[i])) {
            q.op = *op;
            q.opSpan = toks[i].span;
            ++i;
            if (*op == RepeatOp::ZeroOrOne) {
              error(first.span, "the `?` macro repetition operator does not take a separator");
              q.op = RepeatOp::ZeroOrMore;
              return;
            }
            q.hasSeparator = true;
            q.separator = first;
            return;
          }
        }
      }
    }
    error(errorSpan, "expected one of: `*`, `+`, or `?`");
    q.opSpan = errorSpan;
  }

  // `$name` was read in a matcher: `:fragment` follows.
  void parseDecl(Quoted &q, llvm::ArrayRef<Token> toks, size_t &i) {
    q.kind = QuotedKind::MetaVarDecl;
    q.fragment = FragmentKind::TT;
    auto missing = [&](Span span) { error(span, "missing fragment specifier").help(kValidFragments); };
    if (i >= toks.size() || !toks[i].is(TokenKind::Colon))
      return missing(q.span);
    ++i;
    size_t at = i;
    bool wrapped = at + 2 < toks.size() && toks[at].isOpen(Delim::Invisible) && toks[at].match() == 2;
    if (wrapped)
      ++at;
    if (at >= toks.size() || toks[at].is(TokenKind::OpenDelim)) {
      if (at < toks.size())
        i += toks[at].match() + 1;
      return missing(q.span);
    }
    i = wrapped ? at + 2 : at + 1;
    if (!toks[at].is(TokenKind::Ident))
      return missing(toks[at].span);
    q.span = q.span.to(toks[at].span);
    setFragment(q, toks[at]);
  }

  void setFragment(Quoted &q, const Token &name) {
    unsigned edition = sess_.hygiene.edition(q.span.withCtxt(name.span.ctxt), edition_);
    llvm::StringRef text = sess_.str(name.sym);
    q.inferred = text == "pat" || text == "expr";
    if (text == "pat") {
      q.fragment = edition >= 2021 ? FragmentKind::Pat : FragmentKind::PatParam;
      return;
    }
    if (text == "expr") {
      q.fragment = edition >= 2024 ? FragmentKind::Expr : FragmentKind::Expr2021;
      return;
    }
    for (unsigned k = 0; k <= unsigned(FragmentKind::Guard); ++k)
      if (text == fragmentName(FragmentKind(k))) {
        q.fragment = FragmentKind(k);
        return;
      }
    error(q.span, "invalid fragment specifier `" + text + "`").help(kValidFragments);
  }

  // ---- ${..} ----
  Quoted parseMetaVarExpr(llvm::ArrayRef<Token> toks, const Token &dollar, Span groupSpan) {
    Quoted q;
    q.kind = QuotedKind::MetaVarExpr;
    q.span = groupSpan;
    q.token = dollar;
    if (!parseMetaVarExprInto(q, toks))
      return plain(dollar);
    return q;
  }

  bool fail(Span span, const llvm::Twine &msg) {
    error(span, msg);
    return false;
  }

  bool takeIdent(llvm::ArrayRef<Token> toks, size_t &i, Span fallback, Ident &out) {
    if (i >= toks.size())
      return fail(fallback, "expected identifier or string literal");
    const Token &t = toks[i];
    if (t.is(TokenKind::OpenDelim))
      return fail(t.span, "expected identifier or string literal");
    if (!t.is(TokenKind::Ident))
      return fail(t.span, "expected identifier, found `" + lex::printToken(sess_, t) + "`");
    if (t.isRaw())
      return fail(t.span, "`${concat(..)}` currently does not support raw identifiers");
    out = t.ident();
    ++i;
    return true;
  }

  bool takeDollar(llvm::ArrayRef<Token> toks, size_t &i, Span span) {
    if (i < toks.size() && toks[i].is(TokenKind::Dollar)) {
      ++i;
      return true;
    }
    return fail(span, "meta-variables within meta-variable expressions must be referenced using a dollar sign");
  }

  bool takeDepth(llvm::ArrayRef<Token> toks, size_t &i, Span span, uint32_t &out) {
    if (i >= toks.size())
      return true;
    const Token &t = toks[i++];
    if (!t.is(TokenKind::Literal))
      return fail(span, "meta-variable expression depth must be a literal");
    if (t.lit() != LitKind::Integer || t.suffix().valid() || sess_.str(t.sym).getAsInteger(10, out))
      return fail(span, "only unsuffixes integer literals are supported in meta-variable expressions");
    return true;
  }

  bool parseConcat(Quoted &q, llvm::ArrayRef<Token> args, size_t &i, Span outer, Span name) {
    while (true) {
      ConcatElem elem;
      elem.isVar = i < args.size() && args[i].is(TokenKind::Dollar);
      i += elem.isVar;
      if (!elem.isVar && i < args.size() && args[i].is(TokenKind::Literal)) {
        const Token &t = args[i];
        if (t.lit() != LitKind::Str || t.suffix().valid())
          return fail(t.span, "expected identifier or string literal");
        elem.ident = {t.sym, t.span};
        ++i;
      } else if (!takeIdent(args, i, outer, elem.ident)) {
        return false;
      }
      q.concat.push_back(elem);
      if (i >= args.size())
        break;
      if (!args[i].is(TokenKind::Comma))
        return fail(outer, "expected comma");
      ++i;
    }
    if (q.concat.size() < 2)
      return fail(name, "`concat` must have at least two elements");
    return true;
  }

  bool parseMetaVarExprInto(Quoted &q, llvm::ArrayRef<Token> toks) {
    size_t i = 0;
    Ident name;
    if (!takeIdent(toks, i, q.span, name))
      return false;
    if (i >= toks.size() || !toks[i].isOpen(Delim::Paren))
      return fail(name.span, "expected `(`");
    llvm::ArrayRef<Token> args = toks.slice(i + 1, toks[i].match() - 1);
    if (i + toks[i].match() + 1 != toks.size())
      return fail(toks[i + toks[i].match() + 1].span, "unexpected trailing tokens");
    size_t j = 0;
    if (name.name == sym::concat) {
      q.exprKind = MetaVarExprKind::Concat;
      return parseConcat(q, args, j, q.span, name.span);
    }
    if (name.name == sym::count || name.name == sym::ignore) {
      q.exprKind = name.name == sym::count ? MetaVarExprKind::Count : MetaVarExprKind::Ignore;
      if (!takeDollar(args, j, name.span) || !takeIdent(args, j, name.span, q.var))
        return false;
      if (q.exprKind == MetaVarExprKind::Count && j < args.size() && args[j].is(TokenKind::Comma)) {
        ++j;
        if (j >= args.size())
          return fail(name.span, "`count` followed by a comma must have an associated index indicating its depth");
        if (!takeDepth(args, j, name.span, q.depth))
          return false;
      }
    } else if (name.name == sym::index || name.name == sym::len) {
      q.exprKind = name.name == sym::index ? MetaVarExprKind::Index : MetaVarExprKind::Len;
      if (!takeDepth(args, j, name.span, q.depth))
        return false;
    } else {
      error(name.span, "unrecognized metavariable expression")
          .help("expected one of: `count`, `ignore`, `index`, `len`, and `concat`");
      return false;
    }
    if (j < args.size())
      return fail(args[j].span, "unexpected trailing tokens");
    return true;
  }

  Session &sess_;
  RulePart part_;
  unsigned edition_;
  bool &ok_;
};

} // namespace

std::vector<Quoted> parseQuoted(Session &sess, llvm::ArrayRef<Token> tokens, RulePart part, unsigned edition, bool &ok) {
  return QuotedParser(sess, part, edition, ok).parse(tokens);
}

} // namespace ferric::expand::mbe
