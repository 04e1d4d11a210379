// cfg!, cfg_select!, #[cfg_accessible], #[cfg_eval] (Reference: conditional-compilation). Attributes cfg and cfg_attr themselves are
// the parser's: what is configured out never becomes syntax.
#include "expand/builtin/registry.h"

namespace ferric::expand {
using namespace ast;
using lex::Delim;
using lex::Token;
using lex::TokenKind;

BuiltinStatus expandCfg(BuiltinContext &c) {
  if (c.args.len == 0) {
    c.error(c.inv.span, "macro requires a cfg-pattern as an argument").label(c.inv.span, "cfg-pattern required");
    return BuiltinStatus::Failed;
  }
  bool on = c.e.cfg.eval(c.sess, c.ast.tokens, c.args, c.inv.span);
  return c.literal(lex::LitKind::Bool, on ? "true" : "false");
}

// Arms `predicate => { tokens }` or `predicate => expression,`; `_` is the last resort.
BuiltinStatus expandCfgSelect(BuiltinContext &c) {
  parse::Parser p = c.parser();
  bool found = false;
  lex::TokenRange chosen;
  bool hasWildcard = false;
  while (!p.atEof()) {
    parse::Pos from = p.pos();
    bool isWildcard = p.checkKeyword(sym::underscore);
    while (!p.atEof() && !p.peek().is(TokenKind::FatArrow))
      p.bumpTree();
    lex::TokenRange predicate = p.rangeBetween(from, p.pos());
    Span span = c.ast.tokens[lex::TokenId(from.index)].span;
    if (predicate.len == 0 || !p.expect(TokenKind::FatArrow)) {
      if (predicate.len == 0)
        p.fail(p.peek().span, "", "expected a literal (`1u8`, `1.0f32`, `\"string\"`, etc.) here");
      return BuiltinStatus::Failed;
    }
    lex::TokenRange body;
    if (p.checkOpen(Delim::Brace)) {
      parse::Pos open = p.pos();
      uint32_t len = p.peek().match();
      p.bumpTree();
      body = {open.index + 1, len - 1};
      p.eat(TokenKind::Comma);
    } else {
      parse::Parser q = c.parser();
      parse::Pos start = p.pos();
      q.setPos(start);
      if (!q.skipFragment(lex::FragmentKind::Expr, body))
        return BuiltinStatus::Failed;
      p.setPos(q.pos());
      if (!p.atEof() && !p.expect(TokenKind::Comma))
        return BuiltinStatus::Failed;
    }
    if (hasWildcard)
      c.sess.diag.lint(span, "unreachable_cfg_select_predicates", diag::LintLevel::Warn, "unreachable configuration predicate");
    bool holds = isWildcard || c.e.cfg.eval(c.sess, c.ast.tokens, predicate, span);
    hasWildcard |= isWildcard;
    if (holds && !found) {
      found = true;
      chosen = body;
    }
  }
  if (found)
    return c.tokens(chosen);
  c.error(c.inv.span, "none of the predicates in this `cfg_select` evaluated to true");
  return BuiltinStatus::Failed;
}

BuiltinStatus attrCfgAccessible(BuiltinContext &c) {
  parse::Parser p = c.parser();
  if (p.atEof()) {
    c.error(c.inv.span, "`cfg_accessible` path is not specified");
    return BuiltinStatus::Ready;
  }
  if (!p.peek().is(TokenKind::Ident) && !p.peek().is(TokenKind::PathSep)) {
    c.error(p.peek().span, "`cfg_accessible` path cannot be a literal");
    return BuiltinStatus::Ready;
  }
  PathId path = p.parsePath(parse::PathStyle::Mod);
  p.eat(TokenKind::Comma);
  if (!p.atEof()) {
    c.error(p.peek().span, "multiple `cfg_accessible` paths are specified");
    return BuiltinStatus::Ready;
  }
  MacroAnswer answer = c.e.resolver.cfgAccessible(path, c.inv.scope, c.e.forced());
  if (answer.status == MacroStatus::Undetermined) {
    if (!c.e.forced())
      return BuiltinStatus::Retry;
    c.error(c.inv.span, "cannot determine whether the path is accessible or not");
    return BuiltinStatus::Ready;
  }
  c.out.dropItem = answer.status != MacroStatus::Determined || answer.res.isErr();
  return BuiltinStatus::Ready;
}

// The item's own cfgs were evaluated when it was parsed.
BuiltinStatus attrCfgEval(BuiltinContext &c) { return BuiltinStatus::Ready; }

} // namespace ferric::expand
