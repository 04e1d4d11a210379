// From a macro definition's tokens to programs. Rules are `matcher => body` separated by `;` (macro_rules) or `,` (`macro`, whose
// short form `macro m($x:ty) {..}` is one rule). The matcher becomes an array of positions with jumps; the body becomes runs of
// tokens that are copied whole, variables, and repetitions that know the variables they iterate over.
#include "expand/mbe/macro_def.h"
#include "expand/token_util.h"

namespace ferric::expand::mbe {
using lex::Delim;
using lex::FragmentKind;
using lex::Token;
using lex::TokenKind;

namespace {

// ---- matchers ----
class MatcherCompiler {
public:
  MatcherCompiler(std::vector<MatcherLoc> &locs, std::vector<VarDecl> &vars, unsigned firstVar)
      : locs_(locs), vars_(vars), firstVar_(firstVar) {}

  void run(llvm::ArrayRef<Quoted> tts) {
    compile(tts, 0);
    locs_.emplace_back().kind = LocKind::Eof;
  }

private:
  MatcherLoc &add(LocKind kind) {
    MatcherLoc &l = locs_.emplace_back();
    l.kind = kind;
    return l;
  }
  void compile(llvm::ArrayRef<Quoted> tts, unsigned depth) {
    for (const Quoted &q : tts) {
      switch (q.kind) {
      case QuotedKind::Token:
        // A doc comment in a matcher matches nothing and is skipped.
        if (!q.token.is(TokenKind::DocComment))
          add(LocKind::Token).token = q.token;
        break;
      case QuotedKind::Delimited:
        add(LocKind::Token).token = q.token;
        compile(q.inner, depth);
        add(LocKind::Token).token = q.close;
        break;
      case QuotedKind::Sequence: sequence(q, depth); break;
      case QuotedKind::MetaVarDecl: {
        MatcherLoc &l = add(LocKind::MetaVar);
        l.fragment = q.fragment;
        l.inferred = q.inferred;
        l.depth = uint8_t(depth);
        l.var = uint16_t(vars_.size() - firstVar_);
        l.token = q.token;
        vars_.push_back({q.token.ident(), q.fragment, uint8_t(depth)});
        break;
      }
      case QuotedKind::MetaVar:
      case QuotedKind::MetaVarExpr:
        break; // reported while parsing
      }
    }
  }
  void sequence(const Quoted &q, unsigned depth) {
    size_t at = locs_.size();
    unsigned before = unsigned(vars_.size());
    add(LocKind::Sequence);
    compile(q.inner, depth + 1);
    uint32_t first = uint32_t(at + 1);
    if (q.hasSeparator) {
      add(LocKind::Separator).token = q.separator;
      add(LocKind::EndAfterSep).target = first;
    } else {
      MatcherLoc &end = add(LocKind::EndNoSep);
      end.op = q.op;
      end.target = first;
    }
    MatcherLoc &seq = locs_[at];
    seq.op = q.op;
    seq.depth = uint8_t(depth);
    seq.var = uint16_t(before - firstVar_);
    seq.varCount = uint16_t(vars_.size() - before);
    seq.target = uint32_t(locs_.size());
  }
  std::vector<MatcherLoc> &locs_;
  std::vector<VarDecl> &vars_;
  unsigned firstVar_;
};

// ---- bodies ----
class BodyCompiler {
public:
  BodyCompiler(Session &sess, Rule &rule) : sess_(sess), rule_(rule) {}
  void run(llvm::ArrayRef<Quoted> tts) { compile(tts); }
  bool ok = true;

private:
  std::optional<uint32_t> findVar(Ident name) const {
    for (uint32_t i = 0; i < rule_.vars.size(); ++i)
      if (sess_.hygiene.sameLocal(rule_.vars[i].name, name))
        return i;
    return std::nullopt;
  }
  BodyOp &add(BodyKind kind, Span span) {
    BodyOp &op = rule_.body.emplace_back();
    op.kind = kind;
    op.span = span;
    op.begin = uint32_t(rule_.tokens.size());
    return op;
  }
  // Spacing of the definition is not kept: captured and written tokens meet in new ways.
  void token(Token t) {
    t.flags &= ~(Token::kJoint | Token::kJointHidden);
    if (rule_.body.empty() || rule_.body.back().kind != BodyKind::Run)
      add(BodyKind::Run, t.span);
    rule_.tokens.push_back(t);
    ++rule_.body.back().len;
  }
  static bool isPlain(llvm::ArrayRef<Quoted> tts) {
    return llvm::all_of(tts, [](const Quoted &q) {
      return q.kind == QuotedKind::Token || (q.kind == QuotedKind::Delimited && isPlain(q.inner));
    });
  }
  // A group without variables: part of a run, its delimiters matched once and for all.
  void plainGroup(const Quoted &q) {
    size_t open = rule_.tokens.size();
    size_t opFlags = q.token.flags, closeFlags = q.close.flags;
    token(q.token);
    open = rule_.tokens.size() - 1;
    for (const Quoted &inner : q.inner)
      inner.kind == QuotedKind::Token ? token(inner.token) : plainGroup(inner);
    token(q.close);
    size_t close = rule_.tokens.size() - 1;
    rule_.tokens[open].extra = rule_.tokens[close].extra = uint32_t(close - open);
    keepSpacing(rule_.tokens[open], rule_.tokens[close], opFlags, closeFlags);
  }
  // Delimiters keep their spacing, but after `]` there is always a space.
  static void keepSpacing(Token &open, Token &close, size_t openFlags, size_t closeFlags) {
    constexpr uint8_t kSpacing = Token::kJoint | Token::kJointHidden;
    open.flags |= openFlags & kSpacing;
    if (close.delim() != Delim::Bracket)
      close.flags |= closeFlags & kSpacing;
  }

  void compile(llvm::ArrayRef<Quoted> tts, bool undelimited = false) {
    for (const Quoted &q : tts) {
      switch (q.kind) {
      case QuotedKind::Token: token(q.token); break;
      case QuotedKind::Delimited: group(q); break;
      case QuotedKind::Sequence: sequence(q); break;
      case QuotedKind::MetaVar: variable(q, undelimited && tts.size() == 1); break;
      case QuotedKind::MetaVarExpr: expression(q); break;
      case QuotedKind::MetaVarDecl: UNREACHABLE("a declaration in a macro body");
      }
    }
  }
  void group(const Quoted &q) {
    if (isPlain(q.inner))
      return plainGroup(q);
    Token open = q.token, close = q.close;
    constexpr uint8_t kSpacing = Token::kJoint | Token::kJointHidden;
    if (close.delim() == Delim::Bracket)
      close.flags &= ~kSpacing;
    add(BodyKind::Open, open.span);
    rule_.tokens.push_back(open);
    compile(q.inner);
    add(BodyKind::Close, close.span);
    rule_.tokens.push_back(close);
  }
  void variable(const Quoted &q, bool soleTree) {
    if (std::optional<uint32_t> var = findVar(q.token.ident())) {
      BodyOp &op = add(BodyKind::Var, q.span);
      op.var = *var;
      op.soleTree = soleTree;
      return;
    }
    add(BodyKind::FreeVar, q.span);
    Token dollar;
    dollar.kind = TokenKind::Dollar;
    dollar.flags = Token::kJointHidden;
    dollar.span = q.span;
    rule_.tokens.push_back(dollar);
    rule_.tokens.push_back(q.token);
  }

  void collectVars(llvm::ArrayRef<Quoted> tts, llvm::SmallVectorImpl<uint32_t> &out) const {
    auto use = [&](Ident name) {
      std::optional<uint32_t> v = findVar(name);
      if (v && !llvm::is_contained(out, *v))
        out.push_back(*v);
    };
    for (const Quoted &q : tts) {
      if (q.kind == QuotedKind::MetaVar)
        use(q.token.ident());
      if (q.kind == QuotedKind::MetaVarExpr) {
        if (q.exprKind == MetaVarExprKind::Count || q.exprKind == MetaVarExprKind::Ignore)
          use(q.var);
        for (const ConcatElem &e : q.concat)
          if (e.isVar)
            use(e.ident);
      }
      collectVars(q.inner, out);
    }
  }
  void sequence(const Quoted &q) {
    size_t at = rule_.body.size();
    llvm::SmallVector<uint32_t, 8> vars;
    collectVars(q.inner, vars);
    BodyOp &op = add(BodyKind::Sequence, q.span);
    op.op = q.op;
    op.hasSeparator = q.hasSeparator;
    op.var = uint32_t(rule_.seqVars.size());
    op.len = uint32_t(vars.size());
    rule_.seqVars.insert(rule_.seqVars.end(), vars.begin(), vars.end());
    if (q.hasSeparator) {
      Token sep = q.separator;
      sep.flags &= ~(Token::kJoint | Token::kJointHidden);
      rule_.tokens.push_back(sep);
    }
    compile(q.inner, !q.hasSeparator && q.op != RepeatOp::ZeroOrOne);
    add(BodyKind::EndSequence, q.span).target = uint32_t(at);
    rule_.body[at].target = uint32_t(rule_.body.size());
  }

  std::optional<uint32_t> exprVar(Ident name) {
    std::optional<uint32_t> v = findVar(name);
    if (!v) {
      sess_.diag.error(name.span, "variable `" + sess_.str(name) + "` is not recognized in meta-variable expression");
      add(BodyKind::Error, name.span);
      ok = false;
    }
    return v;
  }
  void expression(const Quoted &q) {
    switch (q.exprKind) {
    case MetaVarExprKind::Ignore: exprVar(q.var); return;
    case MetaVarExprKind::Count:
      if (std::optional<uint32_t> v = exprVar(q.var)) {
        BodyOp &op = add(BodyKind::Count, q.span);
        op.var = *v;
        op.target = q.depth;
      }
      return;
    case MetaVarExprKind::Index: add(BodyKind::Index, q.span).target = q.depth; return;
    case MetaVarExprKind::Len: add(BodyKind::Len, q.span).target = q.depth; return;
    case MetaVarExprKind::Concat: break;
    }
    std::vector<ConcatOp> ops;
    for (const ConcatElem &e : q.concat) {
      ConcatOp c;
      c.isVar = e.isVar;
      c.ident = e.ident;
      if (e.isVar) {
        std::optional<uint32_t> v = exprVar(e.ident);
        if (!v)
          return;
        c.var = *v;
      }
      ops.push_back(c);
    }
    BodyOp &op = add(BodyKind::Concat, q.span);
    op.begin = uint32_t(rule_.concats.size());
    op.len = uint32_t(ops.size());
    rule_.concats.insert(rule_.concats.end(), ops.begin(), ops.end());
  }

  Session &sess_;
  Rule &rule_;
};

// ---- definitions ----
class DefinitionCompiler {
public:
  DefinitionCompiler(Session &sess, MacroDef &def, unsigned edition, llvm::ArrayRef<Token> toks)
      : sess_(sess), def_(def), edition_(edition), toks_(toks) {}

  void run() {
    // `macro name($args) { body }`: one rule whose parts are not written with `=>`.
    if (!def_.macroRules && toks_.size() >= 2 && toks_[0].isOpen(Delim::Paren) && toks_.size() > toks_[0].match() + 1 &&
        toks_[toks_[0].match() + 1].isOpen(Delim::Brace) && toks_[0].match() + 1 + toks_[toks_[0].match() + 1].match() + 1 == toks_.size()) {
      Rule rule;
      def_.hasBangRules = true;
      finishRule(rule, {}, tree(0), tree(toks_[0].match() + 1));
      return;
    }
    while (pos_ < toks_.size())
      if (!parseRule())
        return;
    if (def_.rules.empty() && def_.valid)
      error(def_.span, "macros must contain at least one rule");
  }

private:
  diag::Builder error(Span span, const llvm::Twine &msg) {
    def_.valid = false;
    return sess_.diag.error(span, msg);
  }
  llvm::ArrayRef<Token> tree(size_t at) const {
    return toks_.slice(at, toks_[at].is(TokenKind::OpenDelim) ? toks_[at].match() + 1 : 1);
  }
  bool atEnd() const { return pos_ >= toks_.size(); }
  // A token tree, as definitions of definitions may wrap it: `$lhs:tt` groups are seen through.
  llvm::ArrayRef<Token> takeTree() {
    llvm::ArrayRef<Token> t = tree(pos_);
    pos_ += t.size();
    // `$( $a )* => {..}` begins with `$`: the repetition belongs to the (wrong) matcher.
    return t;
  }
  bool needMore(const char *what) {
    if (!atEnd())
      return true;
    Span end = def_.span.shrinkToHi();
    error(end, "macro definition ended unexpectedly").label(end, what);
    return false;
  }
  bool eatKeyword(llvm::StringRef text) {
    if (atEnd() || !toks_[pos_].is(TokenKind::Ident) || toks_[pos_].isRaw() || sess_.str(toks_[pos_].sym) != text)
      return false;
    ++pos_;
    return true;
  }

  bool parseRule() {
    Rule rule;
    Span start = toks_[pos_].span;
    rule.isUnsafe = eatKeyword("unsafe");
    if (rule.isUnsafe && !needMore("expected `attr`"))
      return false;
    llvm::ArrayRef<Token> args;
    if (eatKeyword("attr")) {
      rule.kind = MacroKind::Attr;
      def_.hasAttrRules = true;
      if (!needMore("expected macro attr args"))
        return false;
      args = takeTree();
      checkParens(args, "attr");
      if (!needMore("expected macro attr body"))
        return false;
    } else if (eatKeyword("derive")) {
      rule.kind = MacroKind::Derive;
      def_.hasDeriveRules = true;
      if (!needMore("expected `()` after `derive`"))
        return false;
      llvm::ArrayRef<Token> empty = takeTree();
      checkParens(empty, "derive");
      if (empty.size() != 2)
        error(empty[0].span, "`derive` rules do not accept arguments; `derive` must be followed by `()`");
      if (!needMore("expected macro derive body"))
        return false;
    } else {
      def_.hasBangRules = true;
    }
    if (rule.isUnsafe && rule.kind != MacroKind::Attr)
      error(start, "`unsafe` is only supported on `attr` rules");
    llvm::ArrayRef<Token> lhs = takeTree();
    if (atEnd() || !toks_[pos_].is(TokenKind::FatArrow)) {
      Span at = atEnd() ? def_.span.shrinkToHi() : toks_[pos_].span;
      if (!lhs[0].is(TokenKind::OpenDelim))
        error(lhs[0].span, "invalid macro matcher; matchers must be contained in balanced delimiters");
      error(at, atEnd() ? std::string("expected `=>`, found end of macro arguments")
                        : "expected `=>`, found `" + lex::printToken(sess_, toks_[pos_]) + "`");
      return false;
    }
    ++pos_;
    if (!needMore("expected right-hand side of macro rule"))
      return false;
    llvm::ArrayRef<Token> rhs = takeTree();
    finishRule(rule, args, lhs, rhs);
    if (atEnd())
      return false;
    TokenKind separator = def_.macroRules ? TokenKind::Semi : TokenKind::Comma;
    if (!toks_[pos_].is(separator)) {
      error(toks_[pos_].span, llvm::Twine("expected `") + lex::punctText(separator) + "`, found `" +
                                  lex::printToken(sess_, toks_[pos_]) + "`");
      return false;
    }
    ++pos_;
    return true;
  }

  void checkParens(llvm::ArrayRef<Token> args, llvm::StringRef keyword) {
    if (args[0].is(TokenKind::OpenDelim) && args[0].delim() != Delim::Paren)
      error(args[0].span.to(args.back().span), "`" + keyword + "` rule argument matchers require parentheses");
  }

  bool matcher(llvm::ArrayRef<Token> tree, std::vector<Quoted> &out) {
    if (!tree[0].is(TokenKind::OpenDelim)) {
      error(tree[0].span, "invalid macro matcher; matchers must be contained in balanced delimiters");
      return false;
    }
    out = parseQuoted(sess_, tree.slice(1, tree.size() - 2), RulePart::Matcher, edition_, def_.valid);
    if (!checkMatcher(sess_, out, edition_))
      def_.valid = false;
    return true;
  }

  void finishRule(Rule &rule, llvm::ArrayRef<Token> args, llvm::ArrayRef<Token> lhs, llvm::ArrayRef<Token> rhs) {
    std::vector<Quoted> argsQuoted, lhsQuoted;
    if (!args.empty() && !matcher(args, argsQuoted))
      return;
    if (!matcher(lhs, lhsQuoted))
      return;
    rule.lhsSpan = lhs.front().span.to(lhs.back().span);
    rule.rhsSpan = rhs.front().span.to(rhs.back().span);
    if (!rhs[0].is(TokenKind::OpenDelim)) {
      error(rhs[0].span, "macro rhs must be delimited");
      return;
    }
    std::vector<Quoted> body = parseQuoted(sess_, rhs.slice(1, rhs.size() - 2), RulePart::Body, edition_, def_.valid);
    if (!args.empty())
      MatcherCompiler(rule.args, rule.vars, 0).run(argsQuoted);
    rule.argVars = unsigned(rule.vars.size());
    MatcherCompiler(rule.lhs, rule.vars, rule.argVars).run(lhsQuoted);
    checkDuplicates(rule);
    BodyCompiler b(sess_, rule);
    b.run(body);
    // A misused metavariable expression is an error of the use, not of the definition.
    def_.rules.push_back(std::move(rule));
  }

  void checkDuplicates(const Rule &rule) {
    for (size_t i = 0; i < rule.vars.size(); ++i)
      for (size_t j = 0; j < i; ++j)
        if (sess_.hygiene.sameLocal(rule.vars[i].name, rule.vars[j].name)) {
          error(rule.vars[i].name.span, "duplicate matcher binding")
              .label(rule.vars[i].name.span, "duplicate binding")
              .label(rule.vars[j].name.span, "previous binding");
          break;
        }
  }

  Session &sess_;
  MacroDef &def_;
  unsigned edition_;
  llvm::ArrayRef<Token> toks_;
  size_t pos_ = 0;
};

} // namespace

std::unique_ptr<MacroDef> compileMacro(Session &sess, const MacroSource &source, Transparency transparency) {
  const ast::Item &item = source.ast->items[source.item];
  const ast::MacroDefItem &def = source.ast->get<ast::MacroDefItem>(source.item);
  auto out = std::make_unique<MacroDef>();
  out->name = item.ident;
  out->span = item.span;
  out->crate = source.crate;
  out->edition = sess.hygiene.edition(item.ident.span, source.edition);
  out->macroRules = def.macroRules;
  out->transparency = transparency;
  DefinitionCompiler(sess, *out, source.edition, lex::tokens(source.ast->tokens, def.body)).run();
  return out;
}

} // namespace ferric::expand::mbe
