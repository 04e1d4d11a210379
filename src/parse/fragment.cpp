// Macro fragments (Reference: macros-by-example, "Metavariables"): parsed for their extent only.
#include "parse/scope.h"

namespace ferric::parse {

bool Parser::skipFragment(FragmentKind kind, lex::TokenRange &range) {
  Pos from = pos();
  size_t errorsBefore = errors_;
  const CfgSet *cfg = std::exchange(cfg_, nullptr); // `#[cfg]` in a fragment is evaluated where it is used
  Ast::Mark mark = ast_.mark();
  switch (kind) {
  case FragmentKind::TT:
    if (tok_->kind == TK::Eof || tok_->kind == TK::CloseDelim)
      unexpected("token tree");
    bumpTree();
    break;
  case FragmentKind::Ident:
    if (!canBegin(kind))
      unexpected("identifier");
    bump();
    break;
  case FragmentKind::Lifetime:
    if (!canBegin(kind))
      unexpected("a lifetime");
    bump();
    break;
  case FragmentKind::Item: {
    Attrs attrs;
    outerAttrs(attrs);
    bool parsed = false;
    item(ItemCtx::Module, attrs, true, parsed);
    if (!parsed && !failed_)
      fail(tok_->span, "", "expected an item keyword");
    break;
  }
  case FragmentKind::Stmt:
    if (!parseStmt() && !failed_)
      fail(tok_->span, "", "expected a statement");
    break;
  case FragmentKind::Block: parseBlock(); break;
  case FragmentKind::Expr:
  case FragmentKind::Expr2021: parseExpr(); break;
  case FragmentKind::Ty: parseType(); break;
  case FragmentKind::Pat: parsePat(true); break;
  case FragmentKind::PatParam: parsePat(false); break;
  case FragmentKind::Path: parsePath(PathStyle::Type); break;
  case FragmentKind::Meta: parseMetaItem(); break;
  case FragmentKind::Vis: parseVisibility(true); break;
  case FragmentKind::Literal: parseLiteralMaybeMinus(); break;
  case FragmentKind::Guard:
    expectKeyword(sym::kw_if);
    exprRes(kAllowLet);
    break;
  }
  ast_.release(mark);
  cfg_ = cfg;
  if (failed_ || errors_ != errorsBefore)
    return false;
  range = rangeBetween(from, pos());
  return true;
}

} // namespace ferric::parse
