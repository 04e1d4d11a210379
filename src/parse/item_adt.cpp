// Structs, unions, enums, traits and impls.
#include "parse/item_head.h"

namespace ferric::parse {

bool Parser::structItem(ItemHead &h) {
  StructItem s;
  h.ident = parseIdent();
  s.generics = parseGenerics();
  if (tok_->isOpen(Delim::Paren)) { // tuple struct: where clause behind the fields
    s.data.shape = VariantShape::Tuple;
    s.data.fields = tupleFields();
    whereClause(s.generics);
    expectSemi();
    return finishItem(h, s);
  }
  whereClause(s.generics);
  if (eat(TK::Semi)) {
    s.data.shape = VariantShape::Unit;
  } else if (tok_->isOpen(Delim::Brace)) {
    s.data.shape = VariantShape::Struct;
    s.data.fields = recordFields();
  } else {
    unexpected(s.generics.hasWhere ? "`{` after struct name" : "`where`, `{`, `(`, or `;` after struct name");
  }
  return finishItem(h, s);
}

bool Parser::unionItem(ItemHead &h) {
  UnionItem u;
  h.ident = parseIdent();
  u.generics = parseGenerics();
  whereClause(u.generics);
  if (tok_->isOpen(Delim::Brace))
    u.data.fields = recordFields();
  else
    unexpected("`where` or `{` after union name");
  return finishItem(h, u);
}

// At `{`.
List<FieldDef> Parser::recordFields() {
  Group g;
  openGroup(Delim::Brace, g);
  llvm::SmallVector<FieldDef, 8> fields;
  while (more(g)) {
    Attrs attrs;
    outerAttrs(attrs);
    if (!more(g)) {
      rejectAttrs(attrs, "expected identifier, found `}`");
      break;
    }
    Ast::Mark mark = ast_.mark();
    FieldDef f;
    Span lo = tok_->span;
    f.vis = parseVisibility();
    if (eatKeyword(sym::kw_unsafe))
      f.safety = Safety::Unsafe;
    f.ident = tok_->isKeyword(sym::underscore) ? identOrUnderscore() : parseIdent();
    expect(TK::Colon);
    f.ty = parseType();
    if (eat(TK::Eq))
      f.defaultValue = {parseExpr()};
    if (failed_)
      break;
    f.span = since(lo);
    f.attrs = finish(attrs);
    if (attrs.keep)
      fields.push_back(f);
    else
      ast_.release(mark);
    if (check(TK::DocComment)) {
      ++errors_;
      sess_.diag.error(tok_->span, "E0585", "found a documentation comment that doesn't document anything")
          .help("doc comments must come before what they document, if a comment was intended use `//`");
      bump();
    }
    if (!more(g))
      break;
    if (!eat(TK::Comma)) {
      if (check(TK::Semi) || tok_->is(TK::Ident) || check(TK::Pound)) {
        ++errors_;
        sess_.diag.error(prevSpan_.shrinkToHi(), "expected `,`, or `}`, found " + describe(*tok_)).suggest(prevSpan_.shrinkToHi(), "try adding a comma", ",");
        eat(TK::Semi);
      } else {
        unexpected("`,`, or `}`");
      }
    }
  }
  closeGroup(g);
  return ast_.addList<FieldDef>(fields);
}

// At `(`.
List<FieldDef> Parser::tupleFields() {
  Group g;
  openGroup(Delim::Paren, g);
  llvm::SmallVector<FieldDef, 4> fields;
  while (more(g)) {
    Attrs attrs;
    outerAttrs(attrs);
    FieldDef f;
    Span lo = tok_->span;
    f.vis = parseVisibility(/*followedByType=*/true);
    f.ty = parseType();
    if (eat(TK::Eq))
      f.defaultValue = {parseExpr()};
    if (failed_)
      break;
    f.span = since(lo);
    f.ident = {sess_.symbols.internInt(fields.size()), ast_.types[f.ty].span};
    f.attrs = finish(attrs);
    if (attrs.keep)
      fields.push_back(f);
    if (!commaOrEnd(g))
      break;
  }
  closeGroup(g);
  return ast_.addList<FieldDef>(fields);
}

bool Parser::enumItem(ItemHead &h) {
  EnumItem e;
  h.ident = parseIdent();
  e.generics = parseGenerics();
  whereClause(e.generics);
  Group g;
  if (!openGroup(Delim::Brace, g))
    return true;
  llvm::SmallVector<Variant, 16> variants;
  while (more(g)) {
    Attrs attrs;
    outerAttrs(attrs);
    if (!more(g)) {
      rejectAttrs(attrs, "expected identifier, found `}`");
      break;
    }
    Ast::Mark mark = ast_.mark();
    Variant v;
    if (!variant(v))
      break;
    v.attrs = finish(attrs);
    if (attrs.keep)
      variants.push_back(v);
    else
      ast_.release(mark);
    if (check(TK::Semi) && !failed_) {
      ++errors_;
      sess_.diag.error(tok_->span, "enum variants must be separated by `,`, found `;`");
      bump();
      continue;
    }
    if (!commaOrEnd(g))
      break;
  }
  closeGroup(g);
  e.variants = ast_.addList<Variant>(variants);
  return finishItem(h, e);
}

bool Parser::variant(Variant &out) {
  Span lo = tok_->span;
  out.vis = parseVisibility();
  out.ident = parseIdent();
  if (tok_->isOpen(Delim::Brace)) {
    out.data.shape = VariantShape::Struct;
    out.data.fields = recordFields();
  } else if (tok_->isOpen(Delim::Paren)) {
    out.data.shape = VariantShape::Tuple;
    out.data.fields = tupleFields();
  } else {
    out.data.shape = VariantShape::Unit;
  }
  if (eat(TK::Eq))
    out.discriminant = {parseExpr()};
  out.span = since(lo);
  return !failed_;
}

// const? unsafe? auto? trait, with the restriction `impl(in path)` (RFC 3323) in front of `trait`.
bool Parser::isTrait() const {
  using namespace sym;
  if (tok_->kind != TK::Ident || tok_->isRaw())
    return false;
  uint32_t n = 0;
  if (keywordAhead(n, kw_const))
    ++n;
  if (keywordAhead(n, kw_unsafe))
    ++n;
  if (keywordAhead(n, kw_auto))
    ++n;
  if (keywordAhead(n, kw_impl) && peek(n + 1).isOpen(Delim::Paren)) {
    const Token &close = peek(n + 1 + peek(n + 1).match());
    return close.isClose(Delim::Paren) && peek(n + 2 + peek(n + 1).match()).isKeyword(kw_trait);
  }
  return keywordAhead(n, kw_trait);
}

bool Parser::traitItem(ItemHead &h) {
  TraitItem t;
  if (eatKeyword(sym::kw_const))
    t.constness = Constness::Const;
  t.safety = eatSafety();
  t.isAuto = eatKeyword(sym::kw_auto);
  if (eatKeyword(sym::kw_impl)) // who may implement it: not checked
    bumpTree();
  expectKeyword(sym::kw_trait);
  h.ident = parseIdent();
  t.generics = parseGenerics();
  if (eat(TK::Colon))
    t.bounds = parseBounds();
  if (eat(TK::Eq)) {
    TraitAliasItem a;
    a.constness = t.constness;
    a.generics = t.generics;
    a.bounds = parseBounds();
    whereClause(a.generics);
    expectSemi();
    if ((t.isAuto || t.safety == Safety::Unsafe) && !failed_) {
      ++errors_;
      sess_.diag.error(since(h.lo), t.isAuto ? "trait aliases cannot be `auto`" : "trait aliases cannot be `unsafe`");
    }
    return finishItem(h, a);
  }
  whereClause(t.generics);
  Group g;
  if (!openGroup(Delim::Brace, g))
    return true;
  llvm::SmallVector<ItemId, 16> items;
  itemList(g, ItemCtx::Trait, h.attrs, items);
  closeGroup(g);
  t.items = ast_.addList<ItemId>(items);
  return finishItem(h, t);
}

bool Parser::isImpl() const {
  using namespace sym;
  if (tok_->isKeyword(kw_impl))
    return true;
  for (uint32_t n = 0; n < 3; ++n) {
    if (keywordAhead(n, kw_impl))
      return true;
    if (!keywordAhead(n, kw_const) && !keywordAhead(n, kw_unsafe))
      return false;
  }
  return false;
}

bool Parser::implItem(ItemHead &h) {
  ImplItem i;
  if (eatKeyword(sym::kw_const)) {
    i.constness = Constness::Const;
    i.constFirst = true;
  }
  i.safety = eatSafety();
  expectKeyword(sym::kw_impl);
  i.generics.span = prevSpan_.shrinkToHi();
  if (genericsOverQPath(0))
    i.generics = parseGenerics();
  if (i.constness == Constness::No && eatKeyword(sym::kw_const))
    i.constness = Constness::Const;
  // `impl !Trait for T`; `impl ! {}` is an impl of the never type.
  if (check(TK::Bang) && canBeginType(peek(1)))
    i.negative = eat(TK::Bang);
  Span firstSpan = tok_->span;
  TypeId first = parseType();
  if (eatKeyword(sym::kw_for) || (!failed_ && canBeginType(*tok_) && !tok_->isOpen(Delim::Invisible))) {
    if (!failed_ && tokens_[index_ - 1].sym != sym::kw_for) {
      ++errors_;
      sess_.diag.error(prevSpan_.shrinkToHi(), "missing `for` in a trait impl").suggest(prevSpan_.shrinkToHi(), "add `for` here", " for ");
    }
    i.self = parseType();
    if (!failed_) {
      if (ast_.types[first].kind != TypeKind::Path || ast_.get<PathType>(first).qself.valid()) {
        fail(since(firstSpan), "", "expected a trait, found type");
        return true;
      }
      i.traitPath = ast_.get<PathType>(first).path;
    }
  } else {
    i.self = first;
    if (!failed_ && i.negative) {
      ++errors_;
      sess_.diag.error(firstSpan, "inherent impls cannot be negative");
    }
    if (!failed_ && i.safety == Safety::Unsafe) {
      ++errors_;
      sess_.diag.error(firstSpan, "E0197", "inherent impls cannot be unsafe");
    }
  }
  whereClause(i.generics);
  Group g;
  if (!openGroup(Delim::Brace, g))
    return true;
  llvm::SmallVector<ItemId, 16> items;
  itemList(g, i.traitPath ? ItemCtx::TraitImpl : ItemCtx::Impl, h.attrs, items);
  closeGroup(g);
  i.items = ast_.addList<ItemId>(items);
  return finishItem(h, i);
}

} // namespace ferric::parse
