// Levels of lints from attributes: from the definition outwards to its crate; in one list of attributes the last one wins. `warnings` stands for
// whatever would be a warning, so it decides only when the lint's own level is that.
#include "ty/lint.h"
#include "diag/lints.h"
#include "llvm/ADT/StringSwitch.h"

namespace ferric::ty {

using diag::LintLevel;

static std::optional<LintLevel> levelNamed(llvm::StringRef name) {
  return llvm::StringSwitch<std::optional<LintLevel>>(name)
      .Case("allow", LintLevel::Allow)
      .Case("expect", LintLevel::Expect)
      .Case("warn", LintLevel::Warn)
      .Case("deny", LintLevel::Deny)
      .Case("forbid", LintLevel::Forbid)
      .Default(std::nullopt);
}

static bool mentions(const ast::Ast &ast, const ast::Attr &attr, llvm::StringRef lint, Session &sess) {
  return llvm::any_of(lex::tokens(ast.tokens, attr.args), [&](const lex::Token &t) { return t.is(lex::TokenKind::Ident) && diag::saysOfLint(sess.str(t.sym), lint); });
}

// What the attributes in one list say about the lint; sets `warnings` to what they say about that group, unless it is set.
static std::optional<LintLevel> levelIn(Session &sess, const ast::Ast &ast, llvm::ArrayRef<ast::AttrId> attrs, llvm::StringRef lint, std::optional<LintLevel> &warnings) {
  std::optional<LintLevel> level, group;
  for (ast::AttrId id : attrs) {
    const ast::Attr &attr = ast.attrs[id];
    if (attr.isDoc || !attr.name.valid())
      continue;
    std::optional<LintLevel> said = levelNamed(sess.str(attr.name));
    if (said && mentions(ast, attr, lint, sess))
      level = said;
    if (said && mentions(ast, attr, "warnings", sess))
      group = said;
  }
  if (!warnings)
    warnings = group;
  return level;
}

// What the attributes of the statements and expressions around a place in a body say.
static std::optional<LintLevel> levelInBody(Ctx &tcx, const hir::Body &body, Span span, llvm::StringRef name, std::optional<LintLevel> &warnings) {
  span = tcx.sess.hygiene.sourceCallSite(span);
  const ast::Ast &ast = tcx.crates.ast(body.owner);
  std::optional<LintLevel> level;
  for (size_t i = body.attrs.size(); i-- > 0 && !level;) {
    Span around = tcx.sess.hygiene.sourceCallSite(body.attrs[i].first);
    if (around.lo <= span.lo && span.hi <= around.hi)
      level = levelIn(tcx.sess, ast, ast.attrsOf(body.attrs[i].second), name, warnings);
  }
  return level;
}

// The nearest attribute's level, and that of the nearest which is about all warnings.
static std::optional<LintLevel> nearestLevel(Ctx &tcx, DefId at, llvm::StringRef name, std::optional<LintLevel> &warnings) {
  std::optional<LintLevel> level;
  for (DefId def = at; def.valid() && !level; def = tcx.parent(def)) {
    const ast::Ast &ast = tcx.crates.ast(def);
    level = levelIn(tcx.sess, ast, tcx.crates.attrs(def), name, warnings);
    if (auto around = tcx.attrsAround.find(def); around != tcx.attrsAround.end())
      for (size_t i = around->second.size(); i-- > 0 && !level;)
        level = levelIn(tcx.sess, ast, ast.attrsOf(around->second[i]), name, warnings);
  }
  if (!level) {
    const Crate &crate = tcx.crates[at.crate()];
    level = levelIn(tcx.sess, crate.ast, crate.ast.attrsOf(crate.attrs), name, warnings);
  }
  return level;
}

std::optional<LintLevel> attributeLintLevel(Ctx &tcx, DefId at, llvm::StringRef name) {
  std::optional<LintLevel> warnings;
  return nearestLevel(tcx, at, name, warnings);
}

// What an attribute says of the lint, or of all warnings where it is one.
static std::optional<LintLevel> decided(std::optional<LintLevel> level, std::optional<LintLevel> warnings, LintLevel defaultLevel) {
  return warnings && level.value_or(defaultLevel) == LintLevel::Warn ? warnings : level;
}

static diag::Builder lint(Ctx &tcx, Span span, const char *name, LintLevel defaultLevel, const llvm::Twine &message, std::optional<LintLevel> level,
                          std::optional<LintLevel> warnings) {
  return tcx.sess.diag.lint(span, name, defaultLevel, message, decided(level, warnings, defaultLevel));
}

LintLevel lintLevelAt(Ctx &tcx, DefId at, llvm::StringRef name, LintLevel defaultLevel) {
  std::optional<LintLevel> warnings, level = nearestLevel(tcx, at, name, warnings);
  return tcx.sess.diag.lintLevel(name, defaultLevel, decided(level, warnings, defaultLevel));
}

diag::Builder lintAt(Ctx &tcx, DefId at, Span span, const char *name, LintLevel defaultLevel, const llvm::Twine &message) {
  std::optional<LintLevel> warnings, level = nearestLevel(tcx, at, name, warnings);
  return lint(tcx, span, name, defaultLevel, message, level, warnings);
}

std::optional<LintLevel> attributeLevelInBody(Ctx &tcx, const hir::Body &body, Span span, llvm::StringRef name, LintLevel defaultLevel) {
  std::optional<LintLevel> warnings, level = levelInBody(tcx, body, span, name, warnings);
  if (!level)
    level = nearestLevel(tcx, body.owner, name, warnings);
  return decided(level, warnings, defaultLevel);
}

diag::Builder lintInBody(Ctx &tcx, const hir::Body &body, Span span, const char *name, LintLevel defaultLevel, const llvm::Twine &message) {
  return tcx.sess.diag.lint(span, name, defaultLevel, message, attributeLevelInBody(tcx, body, span, name, defaultLevel));
}

} // namespace ferric::ty
