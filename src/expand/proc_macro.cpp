// Running procedural macros. What goes wrong in one is an error at its invocation, in rustc's words where rustc has words for it.
#include "expand/proc_macro.h"
#include "expand/expander.h"

namespace ferric::expand {

using proc_macro::Ending;
using proc_macro::Outcome;

ProcMacros::Loaded &ProcMacros::load(llvm::StringRef path) {
  std::unique_ptr<Loaded> &slot = loaded_[path];
  if (slot)
    return *slot;
  slot = std::make_unique<Loaded>();
  proc_macro::ReadResult r = proc_macro::readDylib(path);
  if (r.problem != proc_macro::Problem::None)
    slot->problem = r.detail;
  slot->dylib = std::move(r.dylib);
  return *slot;
}

proc_macro::Process &ProcMacros::idleProcess(Loaded &file) {
  for (const std::unique_ptr<proc_macro::Process> &p : file.processes)
    if (!p->isBusy())
      return *p;
  return *file.processes.emplace_back(std::make_unique<proc_macro::Process>(sess_, file.dylib));
}

void ProcMacros::report(const Invocation &inv, const MacroEntry &m, const Outcome &outcome) {
  std::string message = outcome.message.value_or("");
  std::string name = ("`" + sess_.str(m.name) + "`").str();
  switch (outcome.ending) {
  case Ending::Output: return;
  case Ending::Panic: {
    diag::Builder b = sess_.diag.error(inv.span, inv.kind == MacroKind::Bang   ? "proc macro panicked"
                                                 : inv.kind == MacroKind::Attr ? "custom attribute panicked"
                                                                               : "proc-macro derive panicked");
    if (outcome.message)
      b.help("message: " + message);
    return;
  }
  case Ending::Crash:
    sess_.diag.error(inv.span, "the procedural macro " + name + " crashed").note("how its process ended: " + message);
    return;
  case Ending::TimeLimit:
    sess_.diag.error(inv.span, "the procedural macro " + name + " did not end within " + llvm::Twine(sess_.options.procMacroSeconds) + " seconds")
        .help("`-Z proc-macro-time-limit=SECONDS` sets the limit, 0 is none");
    return;
  case Ending::Unusable:
    sess_.diag.error(inv.span, "the procedural macro " + name + " cannot be used").note(m.dylib + ": " + message);
    return;
  }
}

ProcMacros::ProcMacros(Session &sess, const Runs *recorded, Runs &runs) : sess_(sess), runs_(runs) {
  if (recorded)
    for (const auto &[key, output] : llvm::reverse(*recorded))
      recorded_[key].push_back(output);
}

// A call's result from when the crate was compiled. None: there is none, which happens only when the crate does not expand as then.
std::optional<proc_macro::Tokens> ProcMacros::replay(const proc_macro::Record &record, const std::string &key) {
  auto it = recorded_.find(key);
  if (it == recorded_.end() || it->second.empty())
    return std::nullopt;
  llvm::StringRef bytes = it->second.back();
  it->second.pop_back();
  return record.decode(sess_.symbols, bytes);
}

std::optional<proc_macro::Tokens> ProcMacros::run(const Invocation &inv, const MacroEntry &m, llvm::ArrayRef<lex::Token> first,
                                                  llvm::ArrayRef<lex::Token> second, const proc_macro::Wishes &wishes) {
  Loaded &file = load(m.dylib);
  if (file.problem.empty() && m.procMacro >= file.dylib.macros.size())
    file.problem = "it has changed since it was looked for";
  if (!file.problem.empty()) {
    report(inv, m, {Ending::Unusable, {}, file.problem});
    return std::nullopt;
  }
  proc_macro::Call call;
  call.macro = m.procMacro;
  call.twoInputs = inv.kind == MacroKind::Attr;
  // The three ways of hygiene (rustc_expand::base: with_def_site_ctxt, with_call_site_ctxt, with_mixed_site_ctxt).
  Hygiene &h = sess_.hygiene;
  call.defSite = m.span.withCtxt(h.applyMark({}, inv.expn, Transparency::Opaque));
  call.callSite = inv.span.withCtxt(h.applyMark({}, inv.expn, Transparency::Transparent));
  call.mixedSite = inv.span.withCtxt(h.applyMark({}, inv.expn, Transparency::SemiOpaque));
  call.edition = m.edition;
  call.showPanics = sess_.options.procMacroBacktrace;
  proc_macro::Record record(call, first, second);
  std::string key = record.key(sess_.symbols, file.dylib);
  if (std::optional<proc_macro::Tokens> known = replay(record, key))
    return known;
  Outcome outcome = idleProcess(file).run(call, first, second, wishes, sess_.options.procMacroSeconds);
  if (outcome.ending != Ending::Output) {
    report(inv, m, outcome);
    return std::nullopt;
  }
  proc_macro::Tokens output = proc_macro::withoutMadeGroups(outcome.tokens);
  if (std::optional<std::string> bytes = record.encode(sess_.symbols, output))
    runs_.emplace_back(std::move(key), std::move(*bytes));
  return output;
}

// ---- in the expander ----

// TokenStream::expand_expr: only what expands to a literal.
static std::optional<proc_macro::Tokens> literalTokens(const ast::Ast &ast, ast::ExprId id) {
  using namespace ast;
  const Expr &e = ast.exprs[id];
  bool negative = e.kind == ExprKind::Unary && ast.get<UnaryExpr>(id).op == UnOp::Neg;
  ExprId operand = negative ? ast.get<UnaryExpr>(id).operand : id;
  if (ast.exprs[operand].kind != ExprKind::Lit)
    return std::nullopt;
  const Literal &lit = ast.get<LitExpr>(operand).lit;
  lex::Token t;
  t.span = e.span;
  proc_macro::Tokens out;
  if (negative) {
    if (lit.kind != lex::LitKind::Integer && lit.kind != lex::LitKind::Float)
      return std::nullopt;
    t.kind = lex::TokenKind::Minus;
    t.flags = lex::Token::kJointHidden;
    out.push_back(t);
    t.flags = 0;
  }
  t.kind = lit.kind == lex::LitKind::Bool ? lex::TokenKind::Ident : lex::TokenKind::Literal;
  t.sub = lit.kind == lex::LitKind::Bool ? 0 : uint8_t(lit.kind);
  t.aux = lit.hashes;
  t.sym = lit.sym;
  t.extra = lit.kind == lex::LitKind::Bool ? 0 : lit.suffix.raw;
  out.push_back(t);
  return out;
}

std::optional<lex::TokenRange> Expander::runProcMacro(const Invocation &inv, const MacroEntry &m, llvm::ArrayRef<lex::Token> first,
                                                      llvm::ArrayRef<lex::Token> second) {
  proc_macro::Wishes wishes;
  wishes.trackEnv = [&](llvm::StringRef name, std::optional<llvm::StringRef> value) {
    envDeps.emplace_back(name.str(), value ? std::optional(value->str()) : std::nullopt);
  };
  wishes.trackPath = [&](llvm::StringRef path) { trackedPaths.push_back(path.str()); };
  wishes.expandExpr = [&](proc_macro::Tokens tokens) -> std::optional<proc_macro::Tokens> {
    tokens = proc_macro::withoutMadeGroups(tokens);
    parse::Parser p = parser({ast.tokens.append(tokens), uint32_t(tokens.size())}, inv.span);
    ast::ExprId e = p.parseExpr();
    if (!p.ok() || !p.expectEof("expression") || expandEagerly(e, inv) != Eager::Ready)
      return std::nullopt;
    return literalTokens(ast, e);
  };
  if (!procMacros_)
    procMacros_ = std::make_unique<ProcMacros>(sess, input.recordedMacros, macroRuns);
  std::optional<proc_macro::Tokens> out = procMacros_->run(inv, m, first, second, wishes);
  if (!out)
    return std::nullopt;
  return lex::TokenRange{ast.tokens.append(*out), uint32_t(out->size())};
}

void Expander::expandProcMacroBang(Invocation &inv, const MacroEntry &m, lex::TokenRange args) {
  std::vector<lex::Token> input = lex::tokens(ast.tokens, args).vec(); // the store may move on
  if (std::optional<lex::TokenRange> out = runProcMacro(inv, m, input, {}))
    return replaceWithTokens(inv, *out, m.name);
  replaceWithDummy(inv);
}

void Expander::expandProcMacroAttr(Invocation &inv, const MacroEntry &m) {
  const ast::Attr &attr = ast.attrs[inv.attr];
  if (attr.argKind == ast::AttrArgs::Eq)
    sess.diag.error(attr.span, "key-value macro attributes are not supported");
  std::vector<lex::Token> args;
  if (attr.argKind == ast::AttrArgs::Delimited)
    args = lex::tokens(ast.tokens, attr.args).vec();
  std::vector<lex::Token> item = itemTokens(sess, ast, ast::ItemId(inv.node), {});
  if (std::optional<lex::TokenRange> out = runProcMacro(inv, m, args, item))
    return replaceWithTokens(inv, *out, m.name);
  replaceWithDummy(inv);
}

void Expander::expandProcMacroDerive(Invocation &inv, const MacroEntry &m) {
  std::vector<lex::Token> input = configure(sess, cfg, itemTokens(sess, ast, inv.deriveItem, withheldAttrs_.lookup(inv.deriveItem)));
  std::optional<lex::TokenRange> out = runProcMacro(inv, m, input, {});
  if (!out)
    return replaceWithDummy(inv);
  size_t errors = sess.diag.errorCount();
  replaceWithTokens(inv, *out, m.name);
  if (sess.diag.errorCount() > errors)
    sess.diag.error(inv.span, "proc-macro derive produced unparsable tokens");
}

} // namespace ferric::expand
