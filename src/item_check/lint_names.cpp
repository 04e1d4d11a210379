// Names of lints in attributes that no lint has (rustc_lint::levels, unknown_lints and renamed_and_removed_lints). Names of tools' lints are not
// looked at.
#include "diag/lints.h"
#include "item_check/checker.h"
#include "item_check/item_check.h"
#include "ty/lint.h"
#include "llvm/ADT/StringSwitch.h"

namespace ferric::item_check {

using diag::LintNameKind; using lex::Token; using lex::TokenKind;

using Report = llvm::function_ref<diag::Builder(Span, const char *lint, const llvm::Twine &)>;

static bool setsLevel(llvm::StringRef attribute) {
  return llvm::StringSwitch<bool>(attribute).Cases({"allow", "expect", "warn", "deny", "forbid"}, true).Default(false);
}

static void checkName(Session &sess, const Token &name, Report report) {
  llvm::StringRef text = sess.str(name.sym);
  diag::LintName lint = diag::lintNamed(text);
  switch (lint.kind) {
  case LintNameKind::Known: return;
  case LintNameKind::Renamed:
    report(name.span, "renamed_and_removed_lints", "lint `" + text + "` has been renamed to `" + lint.other + "`")
        .suggest(name.span, "use the new name", lint.other, diag::Applicability::MachineApplicable);
    return;
  case LintNameKind::Removed: report(name.span, "renamed_and_removed_lints", "lint `" + text + "` has been removed"); return;
  case LintNameKind::Unknown:
    diag::Builder b = report(name.span, "unknown_lints", "unknown lint: `" + text + "`");
    if (!lint.other.empty())
      b.suggest(name.span, "did you mean", lint.other, diag::Applicability::MaybeIncorrect);
    return;
  }
}

// Elements are a name, `tool::name`, or `reason = ".."`.
static void checkNames(Session &sess, const ast::Ast &ast, llvm::ArrayRef<ast::AttrId> attrs, Report report) {
  for (ast::AttrId id : attrs) {
    const ast::Attr &attr = ast.attrs[id];
    if (attr.isDoc || !attr.name.valid() || !setsLevel(sess.str(attr.name)))
      continue;
    llvm::ArrayRef<Token> tokens = lex::tokens(ast.tokens, attr.args);
    auto isAt = [&](size_t i, TokenKind kind) { return i < tokens.size() && tokens[i].is(kind); };
    for (size_t i = 0; i < tokens.size(); ++i) {
      bool begins = i == 0 || tokens[i - 1].is(TokenKind::Comma) || tokens[i - 1].is(TokenKind::OpenDelim);
      if (begins && tokens[i].is(TokenKind::Ident) && !isAt(i + 1, TokenKind::PathSep) && !isAt(i + 1, TokenKind::Eq))
        checkName(sess, tokens[i], report);
    }
  }
}

void lintLintNames(Tcx &tcx, DefId def) {
  if (tcx.defKind(def) == DefKind::Ctor) // its struct or variant has the same
    return;
  const Crate &crate = tcx.crates.crateOf(def);
  bool isRoot = def == DefId::crateRoot(def.crate());
  checkNames(tcx.sess, crate.ast, isRoot ? crate.ast.attrsOf(crate.attrs) : tcx.crates.attrs(def),
             [&](Span span, const char *lint, const llvm::Twine &message) { return ty::lintAt(tcx, def, span, lint, diag::LintLevel::Warn, message); });
}

void lintLintNamesIn(ty::Ctx &tcx, const hir::Body &body) {
  const ast::Ast &ast = tcx.crates.ast(body.owner);
  for (const auto &[span, attrs] : body.attrs)
    checkNames(tcx.sess, ast, ast.attrsOf(attrs), [&](Span at, const char *lint, const llvm::Twine &message) {
      return ty::lintInBody(tcx, body, at, lint, diag::LintLevel::Warn, message);
    });
}

} // namespace ferric::item_check
