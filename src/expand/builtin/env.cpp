// env! and option_env!: environment variables at compile time, --env-set first. Every variable asked for is noted for dep-info.
#include "expand/builtin/registry.h"
#include "expand/quote.h"
#include <cstdlib>

namespace ferric::expand {
using namespace ast;

static std::optional<std::string> lookupEnv(BuiltinContext &c, Symbol var) {
  std::string name = c.sess.str(var).str();
  if (c.e.input.recordedEnv) {
    for (const auto &[key, v] : *c.e.input.recordedEnv)
      if (key == name)
        return v;
    return std::nullopt;
  }
  std::optional<std::string> value;
  for (const auto &[key, v] : c.sess.options.env)
    if (key == name)
      value = v;
  if (!value)
    if (const char *v = std::getenv(name.c_str()))
      value = v;
  c.e.envDeps.push_back({name, value});
  return value;
}

BuiltinStatus expandEnv(BuiltinContext &c) {
  llvm::SmallVector<ExprId, 2> args;
  parse::Parser p = c.parser();
  while (p.ok() && !p.atEof()) {
    args.push_back(p.parseExpr());
    if (p.ok() && !p.atEof() && !p.expect(lex::TokenKind::Comma))
      return BuiltinStatus::Failed;
  }
  if (!p.ok())
    return BuiltinStatus::Failed;
  if (args.empty() || args.size() > 2) {
    c.error(c.inv.span, "`env!()` takes 1 or 2 arguments");
    return BuiltinStatus::Failed;
  }
  Expander::StringArg strings[2];
  for (size_t i = 0; i < args.size(); ++i) {
    strings[i] = c.e.stringFromExpr(args[i], c.inv, "expected string literal");
    BuiltinStatus status;
    if (c.isFailed(strings[i], status))
      return status;
  }
  if (std::optional<std::string> value = lookupEnv(c, strings[0].text))
    return c.string(*value);
  if (args.size() == 2) {
    c.error(c.inv.span, c.sess.str(strings[1].text));
    return BuiltinStatus::Failed;
  }
  llvm::StringRef name = c.sess.str(strings[0].text);
  diag::Builder b = c.error(c.inv.span, "environment variable `" + name + "` not defined at compile time");
  if (name.starts_with("CARGO_") || name.starts_with("DEP_"))
    b.help("Cargo sets build script variables at run time. Use `std::env::var(\"" + name + "\")` instead");
  else
    b.help("use `std::env::var(\"" + name + "\")` to read the variable at run time");
  return BuiltinStatus::Failed;
}

BuiltinStatus expandOptionEnv(BuiltinContext &c) {
  Expander::StringArg arg = c.singleString("option_env!");
  BuiltinStatus status;
  if (c.isFailed(arg, status))
    return status;
  std::optional<std::string> value = lookupEnv(c, arg.text);
  Quote q(c.sess, c.ast.tokens, c.defSite());
  if (value) {
    q << "$crate::option::Option::Some(";
    q.string(*value) << ")";
  } else {
    q << "$crate::option::Option::None::<&'static str>";
  }
  parse::Parser p = c.e.parser(q.finish(c.ast.tokens), c.inv.span);
  return c.expr(p.parseExpr());
}

} // namespace ferric::expand
