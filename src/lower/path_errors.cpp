// What to say about a path that means nothing, or the wrong kind of thing (rustc_resolve::late::diagnostics; the
// codes follow PathSource::error_code).
#include "lower/lowering.h"

namespace ferric::lower {

static const char *expectedText(PathSource s) {
  switch (s) {
  case PathSource::Type: return "type";
  case PathSource::Trait: return "trait";
  case PathSource::Expr: return "value";
  case PathSource::Callee: return "function";
  case PathSource::Pat: return "unit struct, unit variant or constant";
  case PathSource::Struct: return "struct, variant or union type";
  case PathSource::TupleStruct: return "tuple struct or tuple variant";
  case PathSource::TraitItemType: return "associated type";
  case PathSource::TraitItemValue: return "method or associated constant";
  }
  return "";
}

static const char *codeOf(PathSource s, bool unexpected) {
  switch (s) {
  case PathSource::Trait: return unexpected ? "E0404" : "E0405";
  case PathSource::Type: return unexpected ? "E0573" : "E0425";
  case PathSource::Struct: return unexpected ? "E0574" : "E0422";
  case PathSource::Expr:
  case PathSource::Callee: return unexpected ? "E0423" : "E0425";
  case PathSource::Pat:
  case PathSource::TupleStruct: return unexpected ? "E0532" : "E0531";
  case PathSource::TraitItemType:
  case PathSource::TraitItemValue: return unexpected ? "E0575" : "E0576";
  }
  return "";
}

static std::string pathText(const Session &sess, ArrayRef<Ident> segments) {
  std::string out;
  for (size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].name == sym::path_root)
      continue;
    if (i)
      out += "::";
    out += sess.str(segments[i]).str();
  }
  return out;
}

void Lowering::reportUnexpected(ArrayRef<Ident> segments, const Res &res, PathSource source, Span span) {
  const char *what = crates.descr(res);
  std::string text = pathText(sess, segments);
  diag::Builder d = error(span, codeOf(source, true), llvm::Twine("expected ") + expectedText(source) + ", found " + what + " `" + text + "`");
  d.label(span, llvm::Twine("not a ") + expectedText(source));
  if (res.kind == ResKind::Def && res.def.valid())
    d.noteAt(crates.def(res.def).identSpan, llvm::Twine("`") + text + "` defined here");
  if ((source == PathSource::Expr || source == PathSource::Callee) && res.isDef(DefKind::Struct))
    d.help(llvm::Twine("use struct literal syntax instead: `") + text + " { .. }`");
}

// A local variable of a function around the item that is lowered: constants have no environment to capture from, functions another one.
static void reportCapture(Session &sess, Ident ident, DefKind item) {
  if (item == DefKind::Const || item == DefKind::Static || item == DefKind::AssocConst)
    sess.diag.error(ident.span, "E0435", "attempt to use a non-constant value in a constant").label(ident.span, "non-constant value");
  else
    sess.diag.error(ident.span, "E0434", "can't capture dynamic environment in a fn item").help("use the `|| { ... }` closure form instead");
}

bool Lowering::reportOuterName(Ident ident, RibSpace space) {
  // A local of the function around this item cannot be told from an unknown name without its body: look there.
  for (DefId d = def_; d.valid(); d = crates.parent(d)) {
    DefId parent = crates.parent(d);
    if (!parent.valid())
      return false;
    DefKind k = crates.kind(parent);
    if ((k != DefKind::Fn && k != DefKind::AssocFn) || space != RibSpace::Value)
      continue;
    const hir::Body *const *outer = tcx.queries.hirBody.tryGet(parent);
    (void)outer;
    const ast::FnItem &fn = crates.itemAs<ast::FnItem>(parent);
    for (const ast::Param &p : ast.list(fn.decl.params))
      if (ast.pats[p.pat].kind == ast::PatKind::Ident && sess.hygiene.sameLocal(node<ast::IdentPat>(p.pat).ident, ident)) {
        reportCapture(sess, ident, crates.kind(def_));
        return true;
      }
    // Its `let`s, at any depth.
    SmallVector<ast::BlockId, 8> work{fn.body};
    bool found = false;
    while (!work.empty() && !found) {
      ast::BlockId b = work.pop_back_val();
      if (!b)
        continue;
      ast::forEachStmt(ast, ast.blocks[b].stmts, [&](ast::StmtId s) {
        ast::StmtKind kind = ast.stmts[s].kind;
        if (kind == ast::StmtKind::Let) {
          ast::PatId p = node<ast::LetStmt>(s).pat;
          while (ast.pats[p].kind == ast::PatKind::Paren)
            p = node<ast::ParenPat>(p).inner;
          found |= ast.pats[p].kind == ast::PatKind::Ident && sess.hygiene.sameLocal(node<ast::IdentPat>(p).ident, ident);
        } else if (kind == ast::StmtKind::Expr && ast.exprs[node<ast::ExprStmt>(s).expr].kind == ast::ExprKind::Block) {
          work.push_back(node<ast::BlockExpr>(node<ast::ExprStmt>(s).expr).block);
        }
      });
    }
    if (found) {
      reportCapture(sess, ident, crates.kind(def_));
      return true;
    }
  }
  return false;
}

void Lowering::reportUnresolved(ArrayRef<Ident> segments, PathSource source, Span span, const resolve::PathRes &failure) {
  const resolve::PathFailure &f = failure.failure;
  if (segments.size() > 1 && !f.isLast) {
    error(f.span, "E0433", f.message).label(f.span, f.label);
    return;
  }
  Ident last = segments.back();
  if (segments.size() == 1 && spaceOf(source) == Namespace::Value && reportOuterName(last, RibSpace::Value))
    return;
  llvm::StringRef name = sess.str(last);
  for (const Ident &p : forwardParams_)
    if (segments.size() == 1 && p.name == last.name) {
      error(last.span, "E0128", "generic parameter defaults cannot reference parameters before they are declared")
          .label(last.span, llvm::Twine("cannot reference `") + name + "` before it is declared");
      return;
    }
  const char *code = codeOf(source, false);
  // `Foo` in type position is E0425 since all names not found are alike; rustc keeps E0412 for types.
  if (source == PathSource::Type)
    code = "E0425";
  if (segments.size() == 1 && last.name == sym::kw_Self) {
    bool pattern = source == PathSource::Pat || source == PathSource::TupleStruct;
    error(last.span, pattern ? code : "E0411", pattern ? "cannot find unit struct, unit variant or constant `Self` in this scope" : "cannot find type `Self` in this scope")
        .label(last.span, "`Self` is only available in impls, traits, or type definitions");
    return;
  }
  if (segments.size() == 1 && last.name == sym::kw_self && spaceOf(source) == Namespace::Value) {
    error(last.span, "E0424", "expected value, found module `self`")
        .label(last.span, "`self` value is a keyword only available in methods with a `self` parameter");
    return;
  }
  const char *what = source == PathSource::Callee ? "function" : expectedText(source);
  std::string where = "this scope";
  if (segments.size() > 1)
    where = ("`" + pathText(sess, segments.drop_back()) + "`");
  Span at = segments.size() > 1 ? last.span : span;
  diag::Builder d = error(at, code, llvm::Twine("cannot find ") + what + " `" + name + "` in " + where);
  d.label(at, segments.size() > 1 ? llvm::Twine("not found in ") + where : llvm::Twine("not found in this scope"));
  if (segments.size() != 1)
    return;
  auto accept = [&](Res r) { return expected(r, source); };
  Symbol similar;
  ribs_.forEach(spaceOf(source) == Namespace::Value ? RibSpace::Value : RibSpace::Type, [&](const RibEntry &e) {
    llvm::StringRef other = sess.str(e.name);
    unsigned limit = std::max<unsigned>(unsigned(name.size()), 3) / 3;
    if (!similar.valid() && other != name && accept(e.res) && name.edit_distance(other, true, limit) <= limit)
      similar = e.name;
    return similar.valid();
  });
  if (!similar.valid())
    similar = scopes.similarName(last.name, spaceOf(source), outer_, {}, accept);
  if (similar.valid())
    d.suggest(last.span, "a similar name exists", sess.str(similar));
  std::vector<resolve::ImportCandidate> candidates = scopes.importCandidates(last.name, spaceOf(source), outer_, accept, 3);
  for (const resolve::ImportCandidate &c : candidates)
    d.help("consider importing this: `use " + c.path + ";`");
}

} // namespace ferric::lower
