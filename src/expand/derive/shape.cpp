// A second, shallow parse of an item's tokens. Types are skipped by the real parser and their nodes dropped; only their extent is
// kept. Names, shapes and attributes come from the item's syntax tree, in the same order.
#include "expand/derive/shape.h"

namespace ferric::expand::derive {
using namespace ast;
using lex::Delim;
using lex::FragmentKind;
using lex::Token;
using lex::TokenKind;

namespace {

class ShapeReader {
public:
  ShapeReader(Expander &e, ItemId item, ItemShape &out)
      : e_(e), ast_(e.ast), item_(item), out_(out), p_(e.parser(e.ast.items[item].tokens, e.ast.items[item].span)) {}

  void run() {
    const Item &it = ast_.items[item_];
    out_.kind = it.kind;
    out_.name = it.ident;
    out_.attrs = it.attrs;
    readPacked();
    // Everything before the name: attributes, visibility, keyword.
    openGroups();
    skipAttrs();
    openGroups();
    p_.parseVisibility();
    while (!p_.atEof() && !(p_.peek().is(TokenKind::Ident) && p_.peek().sym == it.ident.name && sameSpan(p_.peek().span, it.ident.span)))
      p_.bump();
    p_.bump();
    readParams();
    readWhere();
    readBody();
    if (out_.where.len == 0)
      readWhere(); // behind a tuple struct's fields
  }

private:
  static bool sameSpan(Span a, Span b) { return a.lo == b.lo && a.hi == b.hi; }
  // An item that a macro captured stands in an invisible group.
  void openGroups() {
    while (p_.peek().isOpen(Delim::Invisible) && p_.peek().fragment() == FragmentKind::Item)
      p_.bump();
  }
  bool skipAttrs() {
    bool keep = true;
    p_.parseOuterAttrs(keep);
    return keep;
  }
  lex::TokenRange skipType() {
    parse::Pos from = p_.pos();
    Ast::Mark mark = ast_.mark();
    p_.parseType();
    ast_.release(mark);
    return p_.rangeBetween(from, p_.pos());
  }

  void readPacked() {
    for (AttrId id : ast_.attrsOf(out_.attrs)) {
      const Attr &a = ast_.attrs[id];
      if (a.name == sym::repr)
        out_.packed |= llvm::any_of(lex::tokens(ast_.tokens, a.args),
                                    [&](const Token &t) { return t.is(TokenKind::Ident) && t.sym == sym::packed; });
    }
  }

  void readParams() {
    if (!p_.eat(TokenKind::Lt))
      return;
    while (!p_.atEof() && !p_.check(TokenKind::Gt)) {
      bool keep = skipAttrs();
      ParamShape param;
      Ast::Mark mark = ast_.mark();
      if (p_.peek().is(TokenKind::Lifetime)) {
        param.kind = ParamKind::Lifetime;
        param.name = p_.peek().ident();
        p_.bump();
        param.bounds = readBounds();
      } else if (p_.eatKeyword(sym::kw_const)) {
        param.kind = ParamKind::Const;
        param.name = p_.parseIdent();
        p_.eat(TokenKind::Colon);
        param.constTy = skipType();
        if (p_.eat(TokenKind::Eq))
          skipConst();
      } else {
        param.kind = ParamKind::Type;
        param.name = p_.parseIdent();
        param.bounds = readBounds();
        if (p_.eat(TokenKind::Eq))
          param.defaultTy = skipType();
      }
      ast_.release(mark);
      if (keep)
        out_.params.push_back(param);
      if (!p_.eat(TokenKind::Comma))
        break;
    }
    p_.eat(TokenKind::Gt);
  }
  lex::TokenRange readBounds() {
    if (!p_.eat(TokenKind::Colon))
      return {};
    parse::Pos from = p_.pos();
    p_.parseBounds();
    return p_.rangeBetween(from, p_.pos());
  }
  void skipConst() {
    if (p_.checkOpen(Delim::Brace))
      p_.bumpTree();
    else
      while (!p_.atEof() && !p_.check(TokenKind::Comma) && !p_.check(TokenKind::Gt))
        p_.bumpTree();
  }

  void readWhere() {
    if (!p_.eatKeyword(sym::kw_where))
      return;
    parse::Pos from = p_.pos();
    parse::Pos end = from;
    bool comma = false;
    while (!p_.atEof() && !p_.checkOpen(Delim::Brace) && !p_.check(TokenKind::Semi) && !tupleBody()) {
      comma = p_.check(TokenKind::Comma);
      if (comma)
        end = p_.pos();
      p_.bumpTree();
    }
    out_.where = p_.rangeBetween(from, comma ? end : p_.pos());
  }
  // Old-style `struct S<T> where T: X (T);` does not exist; parentheses here belong to a bound or a type.
  bool tupleBody() const { return false; }

  void readBody() {
    switch (out_.kind) {
    case ItemKind::Enum: return readVariants(ast_.get<EnumItem>(item_));
    case ItemKind::Struct: return readSingle(ast_.get<StructItem>(item_).data);
    case ItemKind::Union: return readSingle(ast_.get<UnionItem>(item_).data);
    default: return;
    }
  }
  void readSingle(const VariantData &data) {
    VariantShape v;
    v.name = out_.name;
    v.shape = data.shape;
    v.span = out_.name.span;
    readFields(data, v);
    out_.variants.push_back(std::move(v));
  }
  void readVariants(const EnumItem &e) {
    if (!p_.checkOpen(Delim::Brace))
      return;
    p_.bump();
    size_t next = 0;
    llvm::ArrayRef<Variant> variants = ast_.list(e.variants);
    while (!p_.atEof() && !p_.checkClose(Delim::Brace)) {
      bool keep = skipAttrs();
      p_.parseVisibility();
      p_.parseIdent();
      if (!keep) {
        skipToComma();
        continue;
      }
      if (next >= variants.size())
        return;
      const Variant &av = variants[next++];
      VariantShape v;
      v.name = av.ident;
      v.shape = av.data.shape;
      v.attrs = av.attrs;
      v.span = av.span;
      readFields(av.data, v);
      out_.variants.push_back(std::move(v));
      skipToComma();
    }
  }
  void skipToComma() {
    while (!p_.atEof() && !p_.checkClose(Delim::Brace) && !p_.eat(TokenKind::Comma))
      p_.bumpTree();
  }

  void readFields(const VariantData &data, VariantShape &v) {
    llvm::ArrayRef<FieldDef> defs = ast_.list(data.fields);
    Delim delim = v.shape == ast::VariantShape::Tuple ? Delim::Paren : Delim::Brace;
    if (v.shape == ast::VariantShape::Unit || !p_.checkOpen(delim))
      return;
    p_.bump();
    size_t next = 0;
    while (!p_.atEof() && !p_.checkClose(delim)) {
      bool keep = skipAttrs();
      p_.parseVisibility(v.shape == ast::VariantShape::Tuple);
      if (p_.checkKeyword(sym::kw_unsafe) && p_.peek(1).is(TokenKind::Ident))
        p_.bump();
      if (v.shape == ast::VariantShape::Struct) {
        p_.parseIdent();
        p_.eat(TokenKind::Colon);
      }
      FieldShape f;
      f.type = skipType();
      if (p_.eat(TokenKind::Eq)) {
        parse::Pos from = p_.pos();
        while (!p_.atEof() && !p_.check(TokenKind::Comma) && !p_.checkClose(delim))
          p_.bumpTree();
        f.defaultValue = p_.rangeBetween(from, p_.pos());
      }
      if (keep && next < defs.size()) {
        f.name = defs[next].ident;
        f.span = defs[next].span;
        ++next;
        classify(f);
        v.fields.push_back(f);
      }
      if (!p_.eat(TokenKind::Comma))
        break;
    }
    if (p_.checkClose(delim))
      p_.bump();
  }

  static llvm::ArrayRef<Token> stripGroups(llvm::ArrayRef<Token> t) {
    while (!t.empty() && t[0].isOpen(Delim::Invisible) && t[0].match() + 1 == t.size())
      t = t.slice(1, t.size() - 2);
    return t;
  }
  void classify(FieldShape &f) const {
    llvm::ArrayRef<Token> t = stripGroups(lex::tokens(ast_.tokens, f.type));
    if (t.size() == 1 && t[0].is(TokenKind::Ident) && t[0].sym != sym::underscore)
      f.simple = t[0].sym;
    while (!t.empty() && (t[0].is(TokenKind::And) || t[0].is(TokenKind::AndAnd))) {
      t = t.drop_front();
      if (!t.empty() && t[0].is(TokenKind::Lifetime))
        t = t.drop_front();
      if (!t.empty() && t[0].isKeyword(sym::kw_mut))
        t = t.drop_front();
      t = stripGroups(t);
    }
    if (t.size() == 2 && t[0].isOpen(Delim::Paren))
      f.scalar = true;
    if (t.size() != 1 || !t[0].is(TokenKind::Ident))
      return;
    static constexpr llvm::StringLiteral kScalars[] = {"i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128",
                                                       "f16", "f32", "f64", "f128", "char", "bool"};
    f.scalar = llvm::is_contained(kScalars, e_.sess.str(t[0].sym));
  }

  Expander &e_;
  Ast &ast_;
  ItemId item_;
  ItemShape &out_;
  parse::Parser p_;
};

} // namespace

ItemShape readShape(Expander &e, ItemId item) {
  ItemShape out;
  diag::Diagnostics::Silence silence(e.sess.diag); // its mistakes were reported when the item was parsed
  ShapeReader(e, item, out).run();
  return out;
}

void findProjections(Expander &e, const ItemShape &shape, lex::TokenRange type, std::vector<ProjectedType> &out) {
  llvm::ArrayRef<Token> toks = lex::tokens(e.ast.tokens, type);
  std::vector<std::pair<uint32_t, lex::TokenRange>> binders; // with the depth of delimiters they stand in
  uint32_t depth = 0;
  for (uint32_t i = 0; i < toks.size(); ++i) {
    const Token &t = toks[i];
    if (t.is(TokenKind::OpenDelim)) {
      if (t.delim() == Delim::Brace) {
        i += t.match();
        continue;
      }
      ++depth;
    } else if (t.is(TokenKind::CloseDelim)) {
      --depth;
      while (!binders.empty() && binders.back().first > depth)
        binders.pop_back();
    } else if (t.isKeyword(sym::kw_for) && i + 1 < toks.size() && toks[i + 1].is(TokenKind::Lt)) {
      uint32_t j = i + 2;
      while (j < toks.size() && !toks[j].is(TokenKind::Gt))
        ++j;
      binders.push_back({depth, {type.begin + i + 2, j - i - 2}});
      i = j;
    } else if (t.is(TokenKind::Semi)) { // the length of an array
      while (i + 1 < toks.size() && !toks[i + 1].is(TokenKind::CloseDelim))
        i += toks[i + 1].is(TokenKind::OpenDelim) ? toks[i + 1].match() + 1 : 1;
    } else if (t.is(TokenKind::Ident) && i + 1 < toks.size() && toks[i + 1].is(TokenKind::PathSep) &&
               (i == 0 || !toks[i - 1].is(TokenKind::PathSep))) {
      bool isParam = llvm::any_of(shape.params, [&](const ParamShape &p) { return p.kind == ParamKind::Type && p.name.name == t.sym; });
      if (!isParam)
        continue;
      Ast::Mark mark = e.ast.mark();
      parse::Parser p = e.parser({type.begin + i, uint32_t(toks.size() - i)}, t.span);
      p.parsePath(parse::PathStyle::Type);
      e.ast.release(mark);
      ProjectedType found;
      found.type = p.rangeBetween({type.begin + i, 0}, p.pos());
      for (const auto &[d, range] : binders)
        found.binders.push_back(range);
      toks = lex::tokens(e.ast.tokens, type);
      i = p.pos().index - type.begin - 1;
      out.push_back(std::move(found));
    }
  }
}

} // namespace ferric::expand::derive
