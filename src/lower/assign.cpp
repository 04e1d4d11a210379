// Assignment, with a pattern on the left taken apart: `(a, b[0]) = e` becomes `{ let (lhs, lhs) = e; a = lhs; b[0] = lhs; }`
// (Reference: operator-expr, "Destructuring assignments"; RFC 2909).
#include "lower/lowering.h"

namespace ferric::lower {

bool Lowering::isUnitStructPath(ast::ExprId e) {
  const ast::PathExpr &p = node<ast::PathExpr>(e);
  if (p.qself.valid())
    return true;
  SmallVector<Ident, 4> idents;
  pathSegments(p.path, idents);
  unsigned unresolved = 0;
  Res res = resolvePath(idents, PathSource::Expr, ast.exprs[e].span, unresolved, false);
  if (unresolved)
    return true;
  return (res.isDef(DefKind::Ctor) && crates.def(res.def).ctorKind == CtorKind::Const) || res.kind == ResKind::SelfCtor;
}

bool Lowering::isTupleStructPath(ast::ExprId e) {
  if (ast.exprs[e].kind != ast::ExprKind::Path)
    return false;
  const ast::PathExpr &p = node<ast::PathExpr>(e);
  if (p.qself.valid())
    return true;
  SmallVector<Ident, 4> idents;
  pathSegments(p.path, idents);
  unsigned unresolved = 0;
  Res res = resolvePath(idents, PathSource::Expr, ast.exprs[e].span, unresolved, false);
  if (unresolved)
    return true;
  return (res.isDef(DefKind::Ctor) && crates.def(res.def).ctorKind == CtorKind::Fn) || res.kind == ResKind::SelfCtor;
}

static bool isRestRange(const ast::Ast &ast, ast::ExprId e) {
  return ast.exprs[e].kind == ast::ExprKind::Range && !ast.get<ast::RangeExpr>(e).lo && !ast.get<ast::RangeExpr>(e).hi &&
         !ast.get<ast::RangeExpr>(e).closed;
}

bool Lowering::isOrdinaryAssignee(ast::ExprId lhs) {
  switch (ast.exprs[lhs].kind) {
  case ast::ExprKind::Array:
  case ast::ExprKind::Struct:
  case ast::ExprKind::Tuple:
  case ast::ExprKind::Underscore:
    return false;
  case ast::ExprKind::Path:
    return !isUnitStructPath(lhs);
  case ast::ExprKind::Call:
    return !isTupleStructPath(node<ast::CallExpr>(lhs).callee);
  case ast::ExprKind::Paren: {
    ast::ExprId inner = node<ast::ParenExpr>(lhs).inner;
    return !isRestRange(ast, inner) && isOrdinaryAssignee(inner);
  }
  default:
    return true;
  }
}

void Lowering::assigneeSequence(List<ast::ExprId> elems, const char *what, Span eqSpan, SmallVectorImpl<hir::Stmt> &stmts,
                                SmallVectorImpl<const hir::Pat *> &out, int &dotDot) {
  dotDot = -1;
  Span rest;
  for (ast::ExprId e : ast.list(elems)) {
    if (!isRestRange(ast, e)) {
      out.push_back(assigneePat(e, eqSpan, stmts));
    } else if (dotDot >= 0) {
      extraRest(ast.exprs[e].span, rest, what);
    } else {
      dotDot = int(out.size());
      rest = ast.exprs[e].span;
    }
  }
}

template <class P> static const hir::Pat *plain(P *p) {
  p->defaultBindingModes = false;
  return p;
}

const hir::Pat *Lowering::assigneePat(ast::ExprId lhs, Span eqSpan, SmallVectorImpl<hir::Stmt> &stmts) {
  Span span = ast.exprs[lhs].span;
  SmallVector<const hir::Pat *, 4> pats;
  int dotDot = -1;
  switch (ast.exprs[lhs].kind) {
  case ast::ExprKind::Underscore:
    return plain(make<hir::WildPat>(span));
  case ast::ExprKind::Array: {
    assigneeSequence(node<ast::ArrayExpr>(lhs).elems, "slice", eqSpan, stmts, pats, dotDot);
    hir::SlicePat *p = make<hir::SlicePat>(span);
    size_t split = dotDot < 0 ? pats.size() : size_t(dotDot);
    p->before = arr(ArrayRef<const hir::Pat *>(pats).take_front(split));
    p->after = arr(ArrayRef<const hir::Pat *>(pats).drop_front(split));
    if (dotDot >= 0)
      p->middle = plain(make<hir::WildPat>(span));
    return plain(p);
  }
  case ast::ExprKind::Call: {
    const ast::CallExpr &c = node<ast::CallExpr>(lhs);
    if (!isTupleStructPath(c.callee))
      break;
    assigneeSequence(c.args, "tuple struct or variant", eqSpan, stmts, pats, dotDot);
    hir::TupleStructPat *p = make<hir::TupleStructPat>(span);
    p->path = qpath(node<ast::PathExpr>(c.callee).qself, node<ast::PathExpr>(c.callee).path, PathSource::Expr);
    p->elems = arr(pats);
    p->dotDot = dotDot;
    return plain(p);
  }
  case ast::ExprKind::Path: {
    if (!isUnitStructPath(lhs))
      break;
    hir::ExprPat *p = make<hir::ExprPat>(span);
    p->expr.kind = hir::PatExprKind::Path;
    p->expr.id = newId();
    p->expr.span = span;
    p->expr.path = qpath(node<ast::PathExpr>(lhs).qself, node<ast::PathExpr>(lhs).path, PathSource::Expr);
    return plain(p);
  }
  case ast::ExprKind::Struct: {
    const ast::StructExpr &s = node<ast::StructExpr>(lhs);
    hir::StructPat *p = make<hir::StructPat>(span);
    SmallVector<hir::PatField, 4> fields;
    for (const ast::ExprField &f : ast.list(s.fields)) {
      hir::PatField x;
      x.pat = assigneePat(f.value, eqSpan, stmts);
      x.id = newId();
      x.ident = f.ident;
      x.shorthand = f.shorthand;
      x.span = f.span;
      fields.push_back(x);
    }
    p->path = qpath(s.qself, s.path, PathSource::Struct);
    p->fields = arr(fields);
    p->hasRest = s.rest != ast::StructRest::None;
    if (s.rest == ast::StructRest::Base)
      error(ast.exprs[s.base].span, "E0797", "functional record updates are not allowed in destructuring assignments");
    return plain(p);
  }
  case ast::ExprKind::Tuple: {
    assigneeSequence(node<ast::TupleExpr>(lhs).elems, "tuple", eqSpan, stmts, pats, dotDot);
    hir::TuplePat *p = make<hir::TuplePat>(span);
    p->elems = arr(pats);
    p->dotDot = dotDot;
    return plain(p);
  }
  case ast::ExprKind::Paren: {
    ast::ExprId inner = node<ast::ParenExpr>(lhs).inner;
    if (!isRestRange(ast, inner))
      return assigneePat(inner, eqSpan, stmts);
    hir::TuplePat *p = make<hir::TuplePat>(span);
    p->dotDot = 0;
    return plain(p);
  }
  default:
    break;
  }
  Ident ident = Ident{intern("lhs"), span};
  hir::LocalId local;
  const hir::Pat *binding = bindingPat(span, ident, local);
  hir::AssignExpr *a = make<hir::AssignExpr>(span);
  a->lhs = expr(lhs);
  a->rhs = localExpr(span, ident, local);
  a->eqSpan = eqSpan;
  stmts.push_back(exprStmt(a, hir::StmtKind::Expr));
  return binding;
}

const hir::Expr *Lowering::assign(ast::ExprId id, const ast::AssignExpr &a) {
  Span span = ast.exprs[id].span;
  if (isOrdinaryAssignee(a.lhs)) {
    hir::AssignExpr *e = make<hir::AssignExpr>(span);
    e->lhs = expr(a.lhs);
    e->rhs = expr(a.rhs);
    e->eqSpan = a.eqSpan;
    return e;
  }
  SmallVector<hir::Stmt, 4> assignments, stmts;
  const hir::Pat *p = assigneePat(a.lhs, a.eqSpan, assignments);
  const hir::Expr *rhs = expr(a.rhs);
  hir::Stmt let = letOf(span, p, rhs, false);
  const_cast<hir::LetStmt *>(let.let)->fromDesugar = true;
  stmts.push_back(let);
  stmts.append(assignments.begin(), assignments.end());
  return blockToExpr(makeBlock(span, stmts, nullptr));
}

} // namespace ferric::lower
