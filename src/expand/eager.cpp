// Eager expansion: a few built-in macros (concat!, format_args!, env!, include!, ...) look at what their argument *becomes* when it
// is itself a macro call. Such a call is resolved in the outer macro's scope and expanded at once; when its macro is not known yet
// the outer one is tried again later. (rustc: fully_expand_fragment with monotonic = false.)
#include "expand/builtin/registry.h"
#include "expand/expander.h"
#include "lex/unescape.h"

namespace ferric::expand {
using namespace ast;

Expander::Eager Expander::expandEagerly(ExprId expr, const Invocation &from, unsigned depth) {
  while (ast.exprs[expr].kind == ExprKind::Paren && !ast.exprs[expr].attrs)
    expr = ast.get<ParenExpr>(expr).inner;
  if (ast.exprs[expr].kind != ExprKind::MacroCall)
    return Eager::Ready;
  MacCall mac = ast.get<MacroCallExpr>(expr).mac;
  Invocation inv;
  inv.kind = MacroKind::Bang;
  inv.target = Target::Expr;
  inv.eager = true;
  inv.node = expr.raw;
  inv.path = mac.path;
  inv.span = ast.paths[mac.path].span.to(mac.argsSpan);
  inv.module = from.module;
  inv.viaBlock = from.viaBlock;
  inv.scope = from.scope;
  inv.parentExpn = from.parentExpn;
  inv.depth = from.depth + depth + 1;
  MacroAnswer answer = resolver.resolveMacro({MacroKind::Bang, inv.path, from.expn, from.scope, {}, force_});
  if (answer.status == MacroStatus::Undetermined && !force_)
    return Eager::Retry;
  inv.expn = sess.hygiene.addExpn({});
  sess.hygiene.expnMut(inv.expn).parentModule = sess.hygiene.expn(from.expn).parentModule;
  if (answer.status != MacroStatus::Determined || !answer.res.isDef(DefKind::Macro)) {
    setExpnData(inv.expn, ExpnKind::Bang, inv.span, nullptr, DefId(), inv.parentExpn);
    ast.exprs[expr].kind = ExprKind::Err;
    return Eager::Error;
  }
  inv.macro = answer.res.def;
  inv.resolved = true;
  const MacroEntry &m = macro(inv.macro);
  setExpnData(inv.expn, ExpnKind::Bang, inv.span, &m, inv.macro, inv.parentExpn);
  if (depthExceeded(inv)) {
    ast.exprs[expr].kind = ExprKind::Err;
    return Eager::Error;
  }
  if (!expandBang(inv, m))
    return Eager::Retry;
  ++invocations_;
  // The marks of the inner expansion are inside those of this one from now on.
  Invocation next = inv;
  next.expn = from.expn;
  next.parentExpn = inv.expn;
  next.scope.expansion = from.scope.expansion;
  return expandEagerly(expr, next, 0);
}

Expander::StringArg Expander::stringFromExpr(ExprId expr, const Invocation &from, const char *notString) {
  StringArg out;
  out.expr = expr;
  out.status = expandEagerly(expr, from);
  if (out.status != Eager::Ready)
    return out;
  while (ast.exprs[expr].kind == ExprKind::Paren)
    expr = ast.get<ParenExpr>(expr).inner;
  const Expr &e = ast.exprs[expr];
  out.expr = expr;
  out.span = e.span;
  if (e.kind == ExprKind::Lit) {
    const Literal &lit = ast.get<LitExpr>(expr).lit;
    if ((lit.kind == lex::LitKind::Str || lit.kind == lex::LitKind::StrRaw)) {
      if (lit.suffix.valid())
        sess.diag.error(e.span, "suffixes on string literals are invalid");
      llvm::SmallString<128> value;
      lex::unescape(sess.str(lit.sym), lit.kind, value);
      out.text = sess.symbols.intern(value);
      out.kind = lit.kind;
      out.hashes = lit.hashes;
      return out;
    }
    if (lit.kind == lex::LitKind::ByteStr || lit.kind == lex::LitKind::ByteStrRaw) {
      sess.diag.error(e.span, notString).help("consider removing the leading `b`");
      out.status = Eager::Error;
      return out;
    }
  }
  if (e.kind != ExprKind::Err)
    sess.diag.error(e.span, notString);
  out.status = Eager::Error;
  return out;
}

} // namespace ferric::expand
