// The lint unused_must_use: a statement drops a value that must be used (Reference: attributes/diagnostics, "The must_use attribute";
// rustc_lint::unused::must_use). Either its type says so, or the function that was called, or it is an operation that is made for its value.
// What attributes say is looked up only where there is something to report, and so is whether a type has values at all.
#include "lex/unescape.h"
#include "mir/ty_query.h"
#include "mir_build/mir_build.h"
#include "traits/caches.h"
#include "traits/elaborate.h"
#include "ty/lint.h"
#include "ty/print.h"
#include "ty/typeck_results.h"
#include "typeck/walk.h"
#include "lower/lower.h"
#include "llvm/Support/SaveAndRestore.h"

namespace ferric::mir_build {

static constexpr const char *kLint = "unused_must_use";

namespace {
// Where in a type the part stands that must be used: words around its name.
struct Position { std::string before, after; uint64_t count = 1; bool isInner = false; };

struct UnusedMustUse : typeck::HirVisitor {
  ty::Ctx &tcx;
  const hir::Body &body;
  const ty::TypeckResults &results;
  std::vector<UnusedValue> &out;
  const Symbol mustUse;
  ty::ParamEnv env;
  const hir::Expr *dropped = nullptr; // by the statement in hand
  bool isTail = false;                // of blocks that are the statement
  UnusedMustUse(ty::Ctx &tcx, const hir::Body &body, const ty::TypeckResults &results, std::vector<UnusedValue> &out)
      : tcx(tcx), body(body), results(results), out(out), mustUse(tcx.sess.symbols.intern("must_use")), env(tcx.paramEnv(body.owner)) {}

  void visitStmt(const hir::Stmt &s) override {
    if (s.kind == hir::StmtKind::Semi)
      check(s.expr);
    walkStmt(s);
  }
  void check(const hir::Expr *e);
  bool checkType(ty::Ty t, const hir::Expr *e, const Position &at);
  bool checkTuple(ty::Ty t, const hir::Expr *e, const Position &at);
  bool checkBounds(ty::Ty alias, const Position &at);
  bool checkObject(ty::Ty object, const Position &at);
  bool checkDef(DefId def, const Position &at);
  bool isAlwaysFine(ty::Ty result) const;
  DefId called(const hir::Expr *e) const;
  void report(Span span, std::string message, std::string note, std::string label, bool suggests);
  void reportLazy(const hir::Expr *e, llvm::StringRef what, const Position &at, const char *note);
};
} // namespace

void UnusedMustUse::report(Span span, std::string message, std::string note, std::string label, bool suggests) {
  UnusedValue v;
  v.level = ty::attributeLevelInBody(tcx, body, dropped->span, kLint, diag::LintLevel::Warn);
  v.span = span;
  v.message = std::move(message);
  v.note = std::move(note);
  v.label = std::move(label);
  v.suggests = suggests;
  v.isTail = isTail;
  out.push_back(std::move(v));
}

void UnusedMustUse::reportLazy(const hir::Expr *e, llvm::StringRef what, const Position &at, const char *note) {
  report(e->span, ("unused " + llvm::Twine(at.before) + what + (at.count == 1 ? "" : "s") + at.after + " that must be used").str(), note, "", false);
}

// Whether the definition must be used; if so, that is reported.
bool UnusedMustUse::checkDef(DefId def, const Position &at) {
  const ast::Attr *attr = def.valid() ? tcx.crates.findAttr(def, mustUse) : nullptr;
  if (!attr)
    return false;
  llvm::SmallString<64> note;
  if (Symbol value = Crates::attrValue(tcx.crates.ast(def), *attr); value.valid())
    lex::unescape(tcx.sess.str(value), lex::LitKind::Str, note);
  report(tcx.sess.hygiene.sourceCallSite(dropped->span), "unused " + at.before + "`" + ty::showDef(tcx, def, ty::PathStyle::Trimmed) + "`" + at.after + " that must be used",
         note.str().str(), "", !at.isInner);
  return true;
}

// `Result<(), !>` and `ControlFlow<!, ()>`: nothing but success.
bool UnusedMustUse::isAlwaysFine(ty::Ty t) const {
  bool isResult = t.def() == tcx.crates.diagnosticItem(tcx.sess.symbols.intern("Result"));
  if (!isResult && t.def() != tcx.crates.diagnosticItem(tcx.sess.symbols.intern("ControlFlow")))
    return false;
  ty::Ty good = t.args()[isResult ? 0 : 1].ty(), bad = t.args()[isResult ? 1 : 0].ty();
  return good.isUnit() && !mir::isInhabited(tcx, env, bad);
}

bool UnusedMustUse::checkTuple(ty::Ty t, const hir::Expr *e, const Position &at) {
  const auto *parts = llvm::dyn_cast<hir::TupleExpr>(e);
  bool found = false;
  for (size_t i = 0; i < t.tuple().size(); ++i) {
    Position inner{at.before, " in tuple element " + std::to_string(i), at.count, true};
    const hir::Expr *part = parts && parts->elems.size() == t.tuple().size() ? parts->elems[i] : e;
    llvm::SaveAndRestore<const hir::Expr *> place(dropped, part);
    found |= checkType(t.tuple()[i], part, inner);
  }
  return found;
}

// `impl Trait`, and projections with bounds.
bool UnusedMustUse::checkBounds(ty::Ty alias, const Position &at) {
  if (alias.aliasKind() != ty::AliasKind::Opaque && alias.aliasKind() != ty::AliasKind::Projection)
    return false;
  Position inner{at.before + (at.count == 1 ? "implementer of " : "implementers of "), at.after, at.count, true};
  for (ty::Predicate bound : tcx.itemBounds(alias.def())) {
    if (bound.kind() != ty::PredicateKind::Trait)
      continue;
    ty::Ty self = bound->traitRef.self();
    if (!self.is(ty::TyKind::Alias) || self.def() != alias.def())
      continue;
    for (DefId trait : traits::supertraitDefIds(tcx, bound->traitRef.trait))
      if (checkDef(trait, inner))
        return true;
  }
  return false;
}

bool UnusedMustUse::checkObject(ty::Ty object, const Position &at) {
  Position inner{at.before, (at.count == 1 ? " trait object" : " trait objects") + at.after, at.count, true};
  return llvm::any_of(object.preds(), [&](const ty::PolyExistentialPredicate &p) {
    return p.value.kind == ty::ExistentialKind::Trait && checkDef(p.value.def, inner);
  });
}

// Whether a value of the type must be used; if so, that is reported.
bool UnusedMustUse::checkType(ty::Ty t, const hir::Expr *e, const Position &at) {
  if (!t || t.isUnit())
    return false;
  switch (t.kind()) {
  case ty::TyKind::Adt:
    if (t.isBox())
      return checkType(t.args()[0].ty(), e, {at.before + "boxed ", at.after, at.count, true});
    if (t.adt()->isPin)
      return checkType(t.args()[0].ty(), e, {at.before + "pinned ", at.after, at.count, true});
    return tcx.crates.hasAttr(t.def(), mustUse) && !isAlwaysFine(t) && mir::isInhabited(tcx, env, t) && checkDef(t.def(), at);
  case ty::TyKind::Alias: return checkBounds(t, at);
  case ty::TyKind::Dynamic: return checkObject(t, at);
  case ty::TyKind::Tuple: return mir::isInhabited(tcx, env, t) && checkTuple(t, e, at);
  case ty::TyKind::Array: {
    uint64_t length = 0;
    if (!t.len().is(ty::ConstKind::Value) || !t.len().tryBits(length) || length == 0)
      return false;
    return checkType(t.inner(), e, {at.before + (at.count == 1 ? "array of " : "arrays of "), at.after, llvm::SaturatingAdd(at.count, length), true});
  }
  case ty::TyKind::Closure:
  case ty::TyKind::CoroutineClosure:
    if (traits::isAsyncBlock(tcx, t))
      return checkDef(tcx.langItem(tcx.sess.symbols.intern("future_trait")), {at.before + (at.count == 1 ? "implementer of " : "implementers of "), at.after, at.count, true});
    return reportLazy(e, "closure", at, "closures are lazy and do nothing unless called"), true;
  default: return false;
  }
}

// The function or method that an expression calls by its name; none: it calls none.
DefId UnusedMustUse::called(const hir::Expr *e) const {
  Res res;
  auto typeDependent = [&](hir::HirId id) {
    auto it = results.typeDependent.find(id);
    return it == results.typeDependent.end() ? Res() : it->second;
  };
  if (const auto *m = llvm::dyn_cast<hir::MethodCallExpr>(e))
    res = typeDependent(m->id);
  else if (const auto *c = llvm::dyn_cast<hir::CallExpr>(e))
    if (const auto *p = llvm::dyn_cast<hir::PathExpr>(c->callee))
      res = p->path.kind == hir::QPathKind::Resolved ? p->path.path->res : typeDependent(p->id);
  return res.isDef(DefKind::Fn) || res.isDef(DefKind::AssocFn) ? res.def : DefId();
}

static const char *binaryOperation(hir::BinOp op) {
  switch (op) {
  case hir::BinOp::Eq: case hir::BinOp::Lt: case hir::BinOp::Le: case hir::BinOp::Ne: case hir::BinOp::Ge: case hir::BinOp::Gt:
    return "comparison";
  case hir::BinOp::Add: case hir::BinOp::Sub: case hir::BinOp::Mul: case hir::BinOp::Div: case hir::BinOp::Rem:
    return "arithmetic operation";
  case hir::BinOp::And: case hir::BinOp::Or:
    return "logical operation";
  case hir::BinOp::BitXor: case hir::BinOp::BitAnd: case hir::BinOp::BitOr: case hir::BinOp::Shl: case hir::BinOp::Shr:
    return "bitwise operation";
  }
  return nullptr;
}

// `offset_of!(..)` is a constant block of one.
static bool isOffsetOf(const hir::Expr *e) {
  if (const auto *c = llvm::dyn_cast<hir::ConstBlockExpr>(e)) {
    const auto *b = llvm::dyn_cast<hir::BlockExpr>(c->body);
    return b && b->block->expr && llvm::isa<hir::OffsetOfExpr>(b->block->expr);
  }
  return llvm::isa<hir::OffsetOfExpr>(e);
}

// An operation that does nothing but make a value; null: another expression.
static const char *operation(const hir::Expr *e) {
  if (isOffsetOf(e))
    return "`offset_of` call";
  switch (e->kind) {
  case hir::ExprKind::Binary: return binaryOperation(llvm::cast<hir::BinaryExpr>(e)->op);
  case hir::ExprKind::AddrOf: return "borrow";
  case hir::ExprKind::Unary: return "unary operation";
  default: return nullptr;
  }
}

void UnusedMustUse::check(const hir::Expr *e) {
  isTail = false;
  for (const auto *b = llvm::dyn_cast<hir::BlockExpr>(e); b && b->block->expr; b = llvm::dyn_cast<hir::BlockExpr>(e)) {
    e = b->block->expr;
    isTail = true;
  }
  ty::Ty t = results.exprType(e);
  if (e->kind == hir::ExprKind::Ret || !t || t.has(ty::kHasError))
    return;
  dropped = e;
  bool ofType = checkType(t, e, {});
  DefId fn = called(e);
  bool ofFn = fn.valid() && checkDef(fn, {"return value of ", "", 1, false});
  const char *op = operation(e);
  if (!op || (!ofFn && (ofType || t.isUnit() || !mir::isInhabited(tcx, env, t))))
    return;
  report(e->span, llvm::Twine("unused " + llvm::Twine(op) + " that must be used").str(), "", std::string("the ") + op + " produces a value", true);
}

void findUnusedMustUse(ty::Ctx &tcx, DefId def, std::vector<UnusedValue> &out) {
  if (tcx.sess.diag.config.capLints == diag::LintLevel::Allow)
    return;
  DefId owner = lower::bodyOwner(tcx, def);
  const ty::TypeckResults *r = tcx.typeck(owner);
  const hir::Body *body = tcx.hirBody(owner);
  if (r && body && !r->tainted && body->value)
    UnusedMustUse(tcx, *body, *r, out).visitExpr(body->value);
}

void lintUnusedMustUse(ty::Ctx &tcx, const UnusedValue &v) {
  diag::Builder lint = tcx.sess.diag.lint(v.span, kLint, diag::LintLevel::Warn, v.message, v.level);
  if (!v.label.empty())
    lint.label(v.span, v.label);
  if (!v.note.empty())
    lint.note(v.note);
  Span before = v.span;
  before.hi = before.lo;
  if (v.suggests && v.isTail)
    lint.help("`let _ = ...;` ignores the value");
  else if (v.suggests)
    lint.suggest(before, "use `let _ = ...` to ignore the resulting value", "let _ = ", diag::Applicability::MaybeIncorrect);
}

} // namespace ferric::mir_build
