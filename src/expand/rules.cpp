// Running macro_rules and `macro` definitions: the first rule that matches is transcribed (Reference: macros-by-example). When none
// does, the rules are tried again with bookkeeping, for the message.
#include "expand/expander.h"

namespace ferric::expand {
using lex::Delim;
using lex::LitKind;
using lex::Token;
using lex::TokenKind;

static Token delimToken(TokenKind kind, Delim d, uint32_t match, Span span) {
  Token t;
  t.kind = kind;
  t.sub = uint8_t(d);
  t.extra = match;
  t.span = span;
  return t;
}

// `/// x` is `#[doc = r" x"]` to a macro.
lex::TokenRange Expander::desugarDocComments(lex::TokenRange range) {
  llvm::ArrayRef<Token> toks = lex::tokens(ast.tokens, range);
  if (llvm::none_of(toks, [](const Token &t) { return t.is(TokenKind::DocComment); }))
    return range;
  std::vector<Token> out;
  llvm::SmallVector<size_t, 16> open;
  for (const Token &t : toks) {
    if (t.is(TokenKind::OpenDelim))
      open.push_back(out.size());
    if (t.is(TokenKind::CloseDelim)) {
      size_t at = open.pop_back_val();
      out.push_back(t);
      out.back().extra = out[at].extra = uint32_t(out.size() - 1 - at);
      continue;
    }
    if (!t.is(TokenKind::DocComment)) {
      out.push_back(t);
      continue;
    }
    Token punct;
    punct.span = t.span;
    punct.kind = TokenKind::Pound;
    punct.flags = Token::kJointHidden;
    out.push_back(punct);
    if (t.flags & Token::kInnerDoc) {
      punct.kind = TokenKind::Bang;
      out.push_back(punct);
    }
    llvm::StringRef text = sess.str(t.sym);
    unsigned hashes = 0, run = 0;
    bool quoted = false;
    for (char ch : text) {
      if (ch == '"') {
        quoted = true;
        run = 1;
      } else {
        run = ch == '#' && quoted ? run + 1 : 0;
        quoted = run != 0;
      }
      hashes = std::max(hashes, run);
    }
    out.push_back(delimToken(TokenKind::OpenDelim, Delim::Bracket, 4, t.span));
    Token name;
    name.kind = TokenKind::Ident;
    name.sym = sym::doc;
    name.span = t.span;
    out.push_back(name);
    punct.flags = 0;
    punct.kind = TokenKind::Eq;
    out.push_back(punct);
    Token lit;
    lit.kind = TokenKind::Literal;
    lit.sub = uint8_t(LitKind::StrRaw);
    lit.aux = uint8_t(hashes);
    lit.sym = t.sym;
    lit.extra = Symbol::kNone;
    lit.span = t.span;
    out.push_back(lit);
    out.push_back(delimToken(TokenKind::CloseDelim, Delim::Bracket, 4, t.span));
  }
  return {ast.tokens.append(out), uint32_t(out.size())};
}

bool Expander::runRules(Invocation &inv, const mbe::MacroDef &def, lex::TokenRange args, lex::TokenRange &out) {
  return matchRules(inv, def, MacroKind::Bang, {}, args, out);
}

bool Expander::matchRules(Invocation &inv, const mbe::MacroDef &def, MacroKind kind, lex::TokenRange args, lex::TokenRange body,
                          lex::TokenRange &out) {
  args = desugarDocComments(args);
  body = desugarDocComments(body);
  for (bool explain : {false, true}) {
    mbe::BestFailure failure;
    for (const mbe::Rule &rule : def.rules) {
      if (rule.kind != kind)
        continue;
      mbe::BestFailure *track = explain ? &failure : nullptr;
      mbe::MatchStatus status = mbe::MatchStatus::Success;
      if (kind == MacroKind::Attr)
        status = matcher_.match(def, rule.args, args, 0, bindings_, inv.span, track);
      if (status == mbe::MatchStatus::Success)
        status = matcher_.match(def, rule.lhs, body, rule.argVars, bindings_, inv.span, track);
      if (status == mbe::MatchStatus::ErrorReported)
        return false;
      if (status == mbe::MatchStatus::Success)
        return transcriber_.run(def, rule, bindings_, inv.expn, out);
    }
    if (explain)
      reportNoMatch(inv, def, failure);
  }
  return false;
}

void Expander::reportNoMatch(const Invocation &inv, const mbe::MacroDef &def, const mbe::BestFailure &failure) {
  EditionInfo edition{&sess.hygiene, input.edition};
  if (!failure.any) {
    const char *kind = inv.kind == MacroKind::Attr ? "attribute" : inv.kind == MacroKind::Derive ? "derive" : "function-like";
    sess.diag.error(inv.span, "`" + sess.str(def.name) + "` has no " + kind + " rules");
    return;
  }
  bool eof = failure.token.is(TokenKind::Eof);
  Span span = eof || failure.token.span.isDummy() ? inv.span : failure.token.span;
  diag::Builder b = sess.diag.error(span, eof ? std::string("unexpected end of macro invocation")
                                              : "no rules expected " + tokenDescription(sess, failure.token, edition));
  b.label(span, failure.label);
  if (def.crate == input.crate)
    b.label(def.name.span, "when calling this macro");
  const mbe::MatcherLoc *loc = failure.expected;
  if (!loc)
    return;
  std::string what;
  if (loc->kind == mbe::LocKind::MetaVar)
    what = ("meta-variable `$" + sess.str(loc->token.sym) + ":" + mbe::fragmentName(loc->fragment, loc->inferred) + "`").str();
  else if (loc->kind == mbe::LocKind::Token || loc->kind == mbe::LocKind::Separator)
    what = tokenDescription(sess, loc->token, edition);
  else if (loc->kind == mbe::LocKind::Eof)
    what = "end of macro";
  if (what.empty())
    return;
  if (def.crate == input.crate && loc->kind != mbe::LocKind::Eof)
    b.noteAt(loc->token.span, "while trying to match " + what);
  else
    b.note("while trying to match " + what);
}

} // namespace ferric::expand
