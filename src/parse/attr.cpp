// Attributes (Reference: "Attributes") and doc comments. `#[cfg]` is evaluated and `#[cfg_attr]` expanded right here, so that
// nothing configured out ever enters the tree. Arguments stay tokens; who knows an attribute reads them.
#include "parse/scope.h"

namespace ferric::parse {

void Parser::docComment(AttrStyle style, Attrs &out) {
  const Token &t = *tok_;
  bool inner = t.flags & Token::kInnerDoc;
  out.any = true;
  if (inner != (style == AttrStyle::Inner)) {
    ++errors_;
    sess_.diag.error(t.span, "E0753", "expected outer doc comment")
        .note("inner doc comments like this (starting with `//!` or `/*!`) can only appear before items");
    bump();
    return;
  }
  Attr a;
  a.style = style;
  a.isDoc = true;
  a.isBlockDoc = t.flags & Token::kBlockDoc;
  a.docText = t.sym;
  a.args = {index_, 0};
  a.name = sym::doc;
  a.span = t.span;
  out.ids.push_back(ast_.attrs.add(a));
  bump();
}

void Parser::outerAttrs(Attrs &out) {
  if (tok_->kind != TK::Pound && tok_->kind != TK::DocComment)
    return;
  if (!out.any)
    out.lo = tok_->span, out.begin = index_;
  for (;;) {
    if (tok_->kind == TK::DocComment) {
      docComment(AttrStyle::Outer, out);
    } else if (tok_->kind == TK::Pound && peek(1).is(TK::Bang) && peek(2).isOpen(Delim::Bracket)) {
      ++errors_;
      sess_.diag.error(since(tok_->span), "an inner attribute is not permitted in this context")
          .note("inner attributes, like `#![no_std]`, annotate the item enclosing them, and are usually found at the beginning of source files");
      Attrs ignored;
      attribute(AttrStyle::Inner, ignored);
      out.any = true;
    } else if (tok_->kind == TK::Pound) {
      attribute(AttrStyle::Outer, out);
    } else {
      return;
    }
  }
}

void Parser::innerAttrs(Attrs &out) {
  for (;;) {
    if (tok_->kind == TK::DocComment && (tok_->flags & Token::kInnerDoc))
      docComment(AttrStyle::Inner, out);
    else if (tok_->kind == TK::Pound && peek(1).is(TK::Bang) && peek(2).isOpen(Delim::Bracket))
      attribute(AttrStyle::Inner, out);
    else
      return;
  }
}

// `#[item]` or `#![item]`.
void Parser::attribute(AttrStyle style, Attrs &out) {
  Depth depth(*this);
  Span lo = tok_->span;
  out.any = true;
  bump();
  if (style == AttrStyle::Inner)
    expect(TK::Bang);
  Group g;
  if (!openGroup(Delim::Bracket, g))
    return;
  uint32_t first = uint32_t(out.ids.size());
  attrItems(style, out, Span());
  closeGroup(g);
  Span span = since(lo);
  if (out.ids.size() == first + 1)
    ast_.attrs[out.ids[first]].span = span;
}

// One attribute; none, or several when it is `cfg_attr`.
void Parser::attrItems(AttrStyle style, Attrs &out, Span span) {
  if (cfg_ && tok_->kind == TK::Ident && peek(1).isOpen(Delim::Paren)) {
    if (tok_->sym == sym::cfg) {
      Span lo = tok_->span;
      bump();
      uint32_t begin = index_ + 1, close = closeIndex();
      if (!cfg_->eval(sess_, ast_.tokens, {begin, close - begin}, lo))
        out.keep = false;
      bumpTree();
      return;
    }
    if (tok_->sym == sym::cfg_attr)
      return cfgAttr(style, out, span);
  }
  Attr a;
  if (!attrItem(style, a))
    return;
  if (cfg_ && a.argKind == AttrArgs::Delimited && (a.name == sym::cfg || a.name == sym::cfg_attr)) {
    // The item came as a captured fragment: its tokens are read again where they are.
    Pos after = pos();
    uint32_t savedEnd = end_;
    if (a.name == sym::cfg) {
      if (!cfg_->eval(sess_, ast_.tokens, a.args, a.span))
        out.keep = false;
    } else {
      setPos({a.args.begin - 2, 0}); // `cfg_attr` `(`
      cfgAttr(style, out, span);
      end_ = savedEnd;
      setPos(after);
    }
    return;
  }
  out.ids.push_back(ast_.attrs.add(a));
}

// cfg_attr(predicate, attribute, ..): the attributes when the predicate holds (Reference: "The cfg_attr attribute").
void Parser::cfgAttr(AttrStyle style, Attrs &out, Span span) {
  Depth depth(*this);
  Span lo = tok_->span;
  bump();
  Group g;
  if (!openGroup(Delim::Paren, g))
    return;
  uint32_t begin = index_;
  while (more(g) && !check(TK::Comma))
    bumpTree();
  bool holds = !failed_ && cfg_->eval(sess_, ast_.tokens, {begin, index_ - begin}, lo);
  if (!failed_ && index_ == g.close && begin == index_)
    fail(lo, "", "malformed `cfg_attr` attribute input");
  if (!holds && !failed_) {
    recoverTo(g.close);
  } else {
    expect(TK::Comma);
    while (more(g)) {
      attrItems(style, out, span);
      if (!commaOrEnd(g))
        break;
    }
  }
  closeGroup(g);
}

// The content of `#[..]`: a path and its arguments; `unsafe(..)` around it (Reference: attributes.safety).
bool Parser::attrItem(AttrStyle style, Attr &out) {
  if (isFragment(*tok_, FragmentKind::Meta))
    return inGroup([&] { return attrItem(style, out); });
  Span lo = tok_->span;
  out.style = style;
  Group wrapper{0};
  if (tok_->isKeyword(sym::kw_unsafe) && peek(1).isOpen(Delim::Paren)) {
    out.isUnsafe = true;
    bump();
    openGroup(Delim::Paren, wrapper);
  }
  out.path = parsePath(PathStyle::Mod);
  if (failed_)
    return false;
  llvm::ArrayRef<PathSegment> segments = ast_.list(ast_.paths[out.path].segments);
  if (segments.size() == 1)
    out.name = segments[0].ident.name;
  attrArgs(out);
  if (out.isUnsafe)
    closeGroup(wrapper);
  out.span = since(lo);
  return !failed_;
}

void Parser::attrArgs(Attr &out) {
  out.args = {index_, 0};
  if (tok_->kind == TK::OpenDelim && tok_->delim() != Delim::Invisible) {
    out.argKind = AttrArgs::Delimited;
    out.delim = tok_->delim();
    out.args = {index_ + 1, tok_->match() - 1};
    bumpTree();
    return;
  }
  if (!eat(TK::Eq))
    return;
  out.argKind = AttrArgs::Eq;
  uint32_t begin = index_;
  if (tok_->kind == TK::Literal && (peek(1).is(TK::CloseDelim) || peek(1).is(TK::Comma) || peek(1).is(TK::Eof))) {
    bump();
  } else { // an expression: `doc = include_str!(..)`; kept as tokens
    Ast::Mark mark = ast_.mark();
    parseExpr();
    ast_.release(mark);
  }
  out.args = {begin, index_ - begin};
}

AttrId Parser::parseMetaItem() {
  Attr a;
  attrItem(AttrStyle::Outer, a);
  return ast_.attrs.add(a);
}

AttrsId Parser::parseOuterAttrs(bool &keep) {
  Attrs attrs;
  outerAttrs(attrs);
  keep = attrs.keep;
  return finish(attrs);
}

void Parser::attach(ExprId expr, const Attrs &attrs) {
  if (attrs.empty() || !expr)
    return;
  llvm::SmallVector<AttrId, 8> all(attrs.ids.begin(), attrs.ids.end());
  llvm::append_range(all, ast_.attrsOf(ast_.exprs[expr].attrs));
  ast_.exprs[expr].attrs = ast_.addAttrs(all);
}

void Parser::rejectAttrs(const Attrs &attrs, const char *message) {
  if (attrs.empty() || failed_)
    return;
  ++errors_;
  const Attr &last = ast_.attrs[attrs.ids.back()];
  sess_.diag.error(last.span, last.isDoc ? "E0585" : "", last.isDoc ? "found a documentation comment that doesn't document anything" : message);
}

} // namespace ferric::parse
