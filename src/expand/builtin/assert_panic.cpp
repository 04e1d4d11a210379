// assert!, panic! and unreachable!. The latter two mean different macros in edition 2021 and before; the edition is the caller's,
// seen through the standard macros that pass their arguments on (marked allow_internal_unstable(edition_panic)).
#include "ast/print.h"
#include "expand/builtin/registry.h"
#include "expand/quote.h"

namespace ferric::expand {
using namespace ast;

static bool usePanic2021(BuiltinContext &c) {
  Span span = c.inv.span;
  while (!span.ctxt.isRoot()) {
    const ExpnData &data = c.sess.hygiene.expn(c.sess.hygiene.outerExpn(span.ctxt));
    if (!data.macroDef.valid() || !c.e.macro(data.macroDef).editionPanic)
      return data.edition >= 2021;
    span = data.callSite;
  }
  return c.e.input.edition >= 2021;
}

// `$crate::panic::NAME!(args)`, `$crate` being the crate of this built-in macro.
static void panicCall(BuiltinContext &c, Quote &q, llvm::StringRef name, lex::TokenRange args) {
  Span site = q.span();
  q.at(c.defSite()) << "$crate::panic::";
  q << name;
  q.at(site) << "!(";
  q.copy(args) << ")";
}

static BuiltinStatus editionSwitch(BuiltinContext &c, llvm::StringRef old, llvm::StringRef now) {
  Quote q(c.sess, c.ast.tokens, c.callSite());
  panicCall(c, q, usePanic2021(c) ? now : old, c.args);
  parse::Parser p = c.e.parser(q.finish(c.ast.tokens), c.inv.span);
  return c.expr(p.parseExpr());
}

BuiltinStatus expandPanic(BuiltinContext &c) { return editionSwitch(c, "panic_2015", "panic_2021"); }
BuiltinStatus expandUnreachable(BuiltinContext &c) { return editionSwitch(c, "unreachable_2015", "unreachable_2021"); }

BuiltinStatus expandAssert(BuiltinContext &c) {
  if (c.args.len == 0) {
    c.error(c.inv.span, "macro requires a boolean expression as an argument").label(c.inv.span, "boolean expression required");
    return BuiltinStatus::Failed;
  }
  parse::Parser p = c.parser();
  ExprId cond = p.parseExpr();
  if (!p.ok())
    return BuiltinStatus::Failed;
  if (p.peek().is(lex::TokenKind::Semi)) {
    c.error(c.inv.span, "macro requires an expression as an argument");
    p.bump();
  }
  lex::TokenRange message;
  bool missingComma = p.peek().is(lex::TokenKind::Literal) && p.peek().lit() == lex::LitKind::Str;
  if (missingComma)
    c.error(p.peek().span, "unexpected string literal");
  if (missingComma || p.eat(lex::TokenKind::Comma)) {
    uint32_t at = p.pos().index;
    message = {at, c.args.begin + c.args.len - at};
  } else if (!p.atEof()) {
    p.expectEof("assert!");
    return BuiltinStatus::Failed;
  }
  Quote q(c.sess, c.ast.tokens, c.callSite());
  if (message.len && usePanic2021(c)) {
    panicCall(c, q, "panic_2021", message);
  } else if (message.len) {
    q << "panic!(";
    q.copy(message) << ")";
  } else {
    q.at(c.defSite()) << "$crate::panicking::panic";
    q.at(c.callSite()) << "(";
    q.at({}).string("assertion failed: " + ast::printExpr(c.sess, c.ast, cond)).at(c.callSite()) << ")";
  }
  parse::Parser body = c.e.parser(q.finish(c.ast.tokens), c.inv.span);
  ExprStmt stmt;
  stmt.expr = body.parseExpr();
  Block then;
  then.span = c.callSite();
  then.stmts = c.ast.addList<StmtId>(c.ast.addStmt(c.callSite(), stmt));
  UnaryExpr negation;
  negation.op = UnOp::Not;
  negation.operand = cond;
  IfExpr result;
  result.cond = c.ast.addExpr(c.callSite(), negation);
  result.then = c.ast.blocks.add(then);
  return c.expr(c.ast.addExpr(c.callSite(), result));
}

} // namespace ferric::expand
