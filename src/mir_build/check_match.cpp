// What exhaustiveness means for each construct: a match must cover its scrutinee, a binding without `else` must not be able to
// fail, an arm that an earlier one covers is never reached (Reference: match-expressions, let-statements; "Refutability").
#include "mir_build/usefulness.h"
#include "ty/print.h"

namespace ferric::mir_build {

// Places behind pointers and in unions may hold no valid value.
static bool isKnownValid(const Expr *e) {
  for (;;) {
    switch (e->kind) {
    case ExprKind::Deref: return false;
    case ExprKind::Field:
      if (e->a->ty.is(TyKind::Adt) && e->a->ty.adt()->isUnion())
        return false;
      break;
    case ExprKind::Index:
    case ExprKind::Scope:
    case ExprKind::Use:
    case ExprKind::NeverToAny:
    case ExprKind::Cast:
    case ExprKind::PointerCoercion: break;
    default: return true;
    }
    e = e->a;
  }
}

static bool hasError(const Pat *p) {
  auto any = [](llvm::ArrayRef<Pat *> ps) { return llvm::any_of(ps, hasError); };
  return p->kind == PatKind::Error || (p->sub && hasError(p->sub)) || (p->slice && hasError(p->slice)) || any(p->prefix) || any(p->suffix) || any(p->alts) ||
         llvm::any_of(p->fields, [](const FieldPat &f) { return hasError(f.pat); });
}

// "`A` not covered", "`A`, `B` and `C` not covered", "`A`, `B`, `C` and 2 more not covered"
static std::string uncovered(llvm::ArrayRef<std::string> ws) {
  std::string s;
  size_t shown = std::min<size_t>(ws.size(), 3);
  for (size_t i = 0; i < shown; ++i) {
    if (i)
      s += i + 1 == shown && ws.size() <= 3 ? " and " : ", ";
    s += "`" + ws[i] + "`";
  }
  if (ws.size() > 3)
    s += " and " + std::to_string(ws.size() - 3) + " more";
  return s + " not covered";
}

static void reportUnreachable(ThirBuilder &thir, llvm::ArrayRef<MatchRow> rows, const UsefulnessReport &r) {
  for (size_t i = 0; i < rows.size(); ++i)
    if (!r.useful[i])
      thir.tcx.sess.diag.lint(rows[i].pat->span, "unreachable_patterns", diag::LintLevel::Warn, "unreachable pattern").label(rows[i].pat->span, "no value can reach this").emit();
}

// Names and `_`, and tuples and structs of them, fit every value.
static bool fitsAll(const Pat *p) {
  switch (p->kind) {
  case PatKind::Wild: return true;
  case PatKind::Binding: return !p->sub || fitsAll(p->sub);
  case PatKind::Leaf: return llvm::all_of(p->fields, [](const FieldPat &f) { return fitsAll(f.pat); });
  default: return false;
  }
}

static bool checkIrrefutable(ThirBuilder &thir, Pat *pat, const Expr *init, llvm::StringRef origin) {
  if (fitsAll(pat))
    return true;
  if (hasError(pat))
    return false;
  UsefulnessReport r = analyzeMatch(thir.tcx, thir.env, {{pat, false}}, pat->ty, !init || isKnownValid(init));
  if (r.tooComplex || r.witnesses.empty())
    return true;
  thir.tcx.sess.diag.error(pat->span, "E0005", "refutable pattern in " + origin)
      .label(pat->span, (r.witnesses.size() == 1 ? "pattern " : "patterns ") + uncovered(r.witnesses))
      .note("the matched value is of type `" + ty::show(thir.tcx, pat->ty) + "`").emit();
  return false;
}

static bool checkMatch(ThirBuilder &thir, const MatchCheck &m) {
  const Expr *e = m.match;
  llvm::SmallVector<MatchRow, 8> rows;
  for (Arm *a : e->arms) {
    if (hasError(a->pat))
      return false;
    rows.push_back({a->pat, a->guard != nullptr});
  }
  UsefulnessReport r = analyzeMatch(thir.tcx, thir.env, rows, e->a->ty, isKnownValid(e->a));
  if (r.tooComplex)
    return true;
  if (m.source == hir::MatchSource::Normal || m.source == hir::MatchSource::Postfix)
    reportUnreachable(thir, rows, r);
  if (r.witnesses.empty())
    return true;
  // `for PAT in ..`: the second arm is Some(PAT).
  if (m.source == hir::MatchSource::ForLoopDesugar && e->arms.size() == 2 && e->arms[1]->pat->fields.size() == 1)
    return checkIrrefutable(thir, e->arms[1]->pat->fields[0].pat, nullptr, "`for` loop binding");
  std::string ty = ty::show(thir.tcx, e->a->ty);
  if (e->arms.empty())
    thir.tcx.sess.diag.error(e->a->span, "E0004", "non-exhaustive patterns: type `" + ty + "` is non-empty").note("the matched value is of type `" + ty + "`").emit();
  else
    thir.tcx.sess.diag.error(e->a->span, "E0004", "non-exhaustive patterns: " + uncovered(r.witnesses))
        .label(e->a->span, (r.witnesses.size() == 1 ? "pattern " : "patterns ") + uncovered(r.witnesses))
        .note("the matched value is of type `" + ty + "`").emit();
  return false;
}

bool checkMatches(ThirBuilder &thir) {
  bool ok = true;
  for (const MatchCheck &m : thir.checks) {
    if (m.match)
      ok &= checkMatch(thir, m);
    else
      ok &= checkIrrefutable(thir, m.pat, m.init, m.isParam ? "function argument" : "local binding");
  }
  return ok;
}

} // namespace ferric::mir_build
