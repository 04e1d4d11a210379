// compile_error!, pattern_type!, and the built-in macros that are not supported yet, which say so.
#include "expand/builtin/registry.h"

namespace ferric::expand {
using namespace ast;

BuiltinStatus expandCompileError(BuiltinContext &c) {
  Expander::StringArg arg = c.singleString("compile_error!");
  BuiltinStatus status;
  if (c.isFailed(arg, status))
    return status;
  c.error(c.inv.span, c.sess.str(arg.text));
  return BuiltinStatus::Failed;
}

// Ranges, alternatives of them, and `!null` (as a Never pattern with flag 1).
static bool isTypePattern(BuiltinContext &c, PatId pat) {
  const Pat &p = c.ast.pats[pat];
  if (p.kind == PatKind::Range || p.kind == PatKind::Err)
    return true;
  if (p.kind == PatKind::Or)
    return llvm::all_of(c.ast.list(c.ast.get<OrPat>(pat).alts), [&](PatId alt) { return isTypePattern(c, alt); });
  if (p.kind == PatKind::Paren)
    return isTypePattern(c, c.ast.get<ParenPat>(pat).inner);
  c.error(p.span, "pattern not supported in pattern types");
  return false;
}

BuiltinStatus expandPatternType(BuiltinContext &c) {
  parse::Parser p = c.parser();
  PatTypeType out;
  out.base = p.parseType();
  if (!p.ok() || !p.eatKeyword(sym::is_)) {
    if (p.ok())
      p.fail(p.peek().span, "", "expected keyword `is`");
    return BuiltinStatus::Failed;
  }
  if (p.eat(lex::TokenKind::Bang)) {
    if (!p.eatKeyword(sym::null)) {
      p.fail(p.peek().span, "", "expected keyword `null`");
      return BuiltinStatus::Failed;
    }
    out.pat = c.ast.addPat(p.prevSpan(), NeverPat());
    c.ast.pats[out.pat].flags = 1;
  } else {
    out.pat = p.parsePat();
    if (!p.ok() || !isTypePattern(c, out.pat))
      return BuiltinStatus::Failed;
  }
  if (!p.expectEof("type"))
    return BuiltinStatus::Failed;
  c.out.kind = OutputKind::Type;
  c.out.node = c.ast.addType(c.inv.span, out).raw;
  return BuiltinStatus::Ready;
}

BuiltinStatus expandUnsupported(BuiltinContext &c) {
  c.error(c.inv.span, "internal: the built-in macro `" + c.sess.str(c.macro.name) + "!` is not supported yet");
  return BuiltinStatus::Failed;
}

BuiltinStatus attrUnsupported(BuiltinContext &c) {
  c.error(c.inv.span, "internal: the built-in attribute `" + c.sess.str(c.macro.name) + "` is not supported yet");
  return BuiltinStatus::Ready;
}

} // namespace ferric::expand
