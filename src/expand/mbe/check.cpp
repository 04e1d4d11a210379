// Validity of matchers: what may follow a fragment (so that the grammar can grow without breaking macros), and no repetition
// that could match nothing for ever. FIRST sets are computed bottom up; LAST sets are pushed through the matcher from left to
// right and compared with the FIRST set of what comes next. (Reference: macro-ambiguity, "Macro Follow-Set Ambiguity Formal
// Specification"; RFC 550.) Matchers are short, so sets are small vectors compared by value.
#include "expand/mbe/quoted.h"
#include "expand/token_util.h"

namespace ferric::expand::mbe {
using lex::Delim;
using lex::FragmentKind;
using lex::Token;
using lex::TokenKind;

namespace {

// A token or a fragment declaration at the border of a matcher.
struct Border {
  bool isDecl = false;
  Token token;                 // of a declaration: its name
  FragmentKind fragment{};
  bool inferred = false;
  Span span;
  friend bool operator==(const Border &a, const Border &b) {
    if (a.isDecl != b.isDecl)
      return false;
    return a.isDecl ? a.token.sym == b.token.sym && a.fragment == b.fragment : a.token.sub == b.token.sub && sameToken(a.token, b.token);
  }
};

struct BorderSet {
  llvm::SmallVector<Border, 4> items;
  bool maybeEmpty = true;

  void addMaybe(const Border &b) {
    if (!llvm::is_contained(items, b))
      items.push_back(b);
  }
  void add(const Border &b) {
    addMaybe(b);
    maybeEmpty = false;
  }
  void addAll(const BorderSet &o) {
    for (const Border &b : o.items)
      addMaybe(b);
    maybeEmpty &= o.maybeEmpty;
  }
  void replace(const Border &b) {
    items.assign(1, b);
    maybeEmpty = false;
  }
  void replaceIrrelevant() {
    items.clear();
    maybeEmpty = false;
  }
};

Border borderOf(const Quoted &q) {
  Border b;
  b.isDecl = q.kind == QuotedKind::MetaVarDecl;
  b.token = q.token;
  b.fragment = q.fragment;
  b.inferred = q.inferred;
  b.span = q.span;
  if (q.kind == QuotedKind::Delimited)
    b.span = q.token.span;
  return b;
}
Border borderOf(const Token &t) {
  Border b;
  b.token = t;
  b.span = t.span;
  return b;
}

BorderSet firstOf(llvm::ArrayRef<Quoted> tts) {
  BorderSet first;
  for (const Quoted &q : tts) {
    if (q.kind != QuotedKind::Sequence) {
      first.add(borderOf(q));
      return first;
    }
    BorderSet inner = firstOf(q.inner);
    if (q.hasSeparator && inner.maybeEmpty)
      first.addMaybe(borderOf(q.separator));
    bool skippable = inner.maybeEmpty || q.op != RepeatOp::OneOrMore;
    bool wasEmpty = first.maybeEmpty;
    first.addAll(inner);
    first.maybeEmpty = wasEmpty && skippable;
    if (!skippable)
      return first;
  }
  return first;
}

bool followedByAnything(FragmentKind k) {
  switch (k) {
  case FragmentKind::Item: case FragmentKind::Block: case FragmentKind::Ident: case FragmentKind::Literal:
  case FragmentKind::Meta: case FragmentKind::Lifetime: case FragmentKind::TT:
    return true;
  default:
    return false;
  }
}

// The allowed followers, for the message; empty when `next` is allowed.
const char *notAllowedAfter(FragmentKind kind, const Border &next, const EditionInfo &edition) {
  const Token &t = next.token;
  if (!next.isDecl && t.is(TokenKind::CloseDelim))
    return nullptr;
  auto is = [&](std::initializer_list<TokenKind> kinds) {
    return !next.isDecl && llvm::is_contained(kinds, t.kind);
  };
  auto keyword = [&](Symbol a, Symbol b) { return !next.isDecl && (t.isKeyword(a) || t.isKeyword(b)); };
  switch (kind) {
  case FragmentKind::Stmt:
  case FragmentKind::Expr:
  case FragmentKind::Expr2021:
    return is({TokenKind::FatArrow, TokenKind::Comma, TokenKind::Semi}) ? nullptr : "`=>`, `,` or `;`";
  case FragmentKind::PatParam:
    if (next.isDecl && next.fragment == FragmentKind::Guard)
      return nullptr;
    if (is({TokenKind::FatArrow, TokenKind::Comma, TokenKind::Eq, TokenKind::Or}) || keyword(sym::kw_if, sym::kw_in))
      return nullptr;
    return "`=>`, `,`, `=`, `|`, `if`, `if let` or `in`";
  case FragmentKind::Pat:
    if (next.isDecl && next.fragment == FragmentKind::Guard)
      return nullptr;
    if (is({TokenKind::FatArrow, TokenKind::Comma, TokenKind::Eq}) || keyword(sym::kw_if, sym::kw_in))
      return nullptr;
    return "`=>`, `,`, `=`, `if`, `if let` or `in`";
  case FragmentKind::Guard:
    if (is({TokenKind::FatArrow, TokenKind::Comma}) || (!next.isDecl && t.isOpen(Delim::Brace)))
      return nullptr;
    return "`=>`, `,` or `{`";
  case FragmentKind::Path:
  case FragmentKind::Ty:
    if (is({TokenKind::Comma, TokenKind::FatArrow, TokenKind::Colon, TokenKind::Eq, TokenKind::Gt, TokenKind::Shr, TokenKind::Semi,
            TokenKind::Or}) || keyword(sym::kw_as, sym::kw_where))
      return nullptr;
    if (!next.isDecl && (t.isOpen(Delim::Brace) || t.isOpen(Delim::Bracket)))
      return nullptr;
    if (next.isDecl && next.fragment == FragmentKind::Block)
      return nullptr;
    return "`{`, `[`, `=>`, `,`, `>`, `=`, `:`, `;`, `|`, `as` or `where`";
  case FragmentKind::Vis:
    if (next.isDecl)
      return next.fragment == FragmentKind::Ident || next.fragment == FragmentKind::Ty || next.fragment == FragmentKind::Path
                 ? nullptr : "`,`, an ident or a type";
    if (t.is(TokenKind::Comma) || (t.is(TokenKind::Ident) && (t.isRaw() || t.sym != sym::kw_priv)) ||
        fragmentMayBegin(FragmentKind::Ty, t, edition))
      return nullptr;
    return "`,`, an ident or a type";
  default:
    return nullptr;
  }
}

class MatcherCheck {
public:
  MatcherCheck(Session &sess, unsigned edition) : sess_(sess), edition_{&sess.hygiene, edition} {}
  bool ok = true;

  // Returns the LAST set of `tts`, which `follow` comes after.
  BorderSet follows(llvm::ArrayRef<Quoted> tts, const BorderSet &follow) {
    BorderSet last;
    for (size_t i = 0; i < tts.size(); ++i) {
      const Quoted &q = tts[i];
      if (q.kind == QuotedKind::Delimited) {
        BorderSet close;
        close.add(borderOf(q.close));
        follows(q.inner, close);
        last.replaceIrrelevant();
        continue;
      }
      if (q.kind != QuotedKind::Sequence && (q.kind != QuotedKind::MetaVarDecl || followedByAnything(q.fragment))) {
        last.replaceIrrelevant();
        continue;
      }
      BorderSet suffix = firstOf(tts.drop_front(i + 1));
      if (suffix.maybeEmpty)
        suffix.addAll(follow);
      if (q.kind == QuotedKind::Sequence) {
        sequence(q, suffix, last);
        continue;
      }
      last.replace(borderOf(q));
      check(last, suffix);
    }
    return last;
  }

  void emptySequences(llvm::ArrayRef<Quoted> tts) {
    for (const Quoted &q : tts) {
      if (q.kind == QuotedKind::Sequence && isEmpty(q)) {
        ok = false;
        diag::Builder b = sess_.diag.error(q.span, "repetition matches empty token tree");
        if (q.op == RepeatOp::ZeroOrOne && !q.inner.empty() && q.inner[0].kind == QuotedKind::MetaVarDecl)
          b.note("a `vis` fragment can already be empty");
        return;
      }
      if (q.kind == QuotedKind::Sequence || q.kind == QuotedKind::Delimited)
        emptySequences(q.inner);
      if (!ok)
        return;
    }
  }

private:
  static bool isEmpty(const Quoted &seq) {
    if (seq.hasSeparator)
      return false;
    return llvm::all_of(seq.inner, [](const Quoted &q) {
      return (q.kind == QuotedKind::MetaVarDecl && q.fragment == FragmentKind::Vis) || q.isToken(TokenKind::DocComment) ||
             (q.kind == QuotedKind::Sequence && q.op != RepeatOp::OneOrMore);
    });
  }

  void sequence(const Quoted &q, const BorderSet &suffix, BorderSet &last) {
    BorderSet mine = suffix;
    if (q.hasSeparator)
      mine.addMaybe(borderOf(q.separator));
    // What the repetition begins with may follow its end as well: rustc checks the separator case only; so do we.
    BorderSet next = follows(q.inner, mine);
    if (next.maybeEmpty)
      last.addAll(next);
    else
      last = next;
    // The recursive call has checked the repetition's own ends.
  }

  void check(const BorderSet &last, const BorderSet &suffix) {
    for (const Border &b : last.items) {
      if (!b.isDecl)
        continue;
      for (const Border &next : suffix.items) {
        const char *allowed = notAllowedAfter(b.fragment, next, edition_);
        if (!allowed)
          continue;
        report(b, next, allowed, last.items.size() == 1 && suffix.items.size() == 1);
      }
    }
  }

  void report(const Border &b, const Border &next, const char *allowed, bool certain) {
    ok = false;
    llvm::StringRef fragment = fragmentName(b.fragment, b.inferred);
    std::string nextText = next.isDecl ? ("$" + sess_.str(next.token.sym) + ":" + fragmentName(next.fragment, next.inferred)).str()
                                       : lex::printToken(sess_, next.token);
    sess_.diag
        .error(next.span, "`$" + sess_.str(b.token.sym) + ":" + fragment + "` " + (certain ? "is" : "may be") + " followed by `" +
                              nextText + "`, which is not allowed for `" + fragment + "` fragments")
        .label(next.span, "not allowed after `" + fragment + "` fragments")
        .note(llvm::Twine("allowed there are: ") + allowed);
  }

  Session &sess_;
  EditionInfo edition_;
};

} // namespace

bool checkMatcher(Session &sess, llvm::ArrayRef<Quoted> matcher, unsigned edition) {
  MatcherCheck c(sess, edition);
  c.follows(matcher, BorderSet());
  if (c.ok)
    c.emptySequences(matcher);
  return c.ok;
}

} // namespace ferric::expand::mbe
