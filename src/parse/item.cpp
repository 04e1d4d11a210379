// Items (Reference: "Items"): which kind begins here, and the lists of items that modules, traits, impls and extern blocks are.
#include "parse/item_head.h"

namespace ferric::parse {

ModuleBody Parser::parseModuleFile() {
  ModuleBody out;
  Span lo = tok_->span;
  Attrs inner;
  innerAttrs(inner);
  out.innerAttrs = finish(inner);
  out.cfgdOut = !inner.keep;
  llvm::SmallVector<ItemId, 64> items;
  Ast::Mark mark = ast_.mark();
  moduleItems(end_, items, out.fatal);
  if (out.cfgdOut) {
    ast_.release(mark);
    items.clear();
  }
  out.items = ast_.addList<ItemId>(items);
  out.span = since(lo);
  return out;
}

List<ItemId> Parser::parseItems(ItemCtx ctx) {
  llvm::SmallVector<ItemId, 16> items;
  if (ctx == ItemCtx::Module || ctx == ItemCtx::Block) {
    bool fatal = false;
    moduleItems(end_, items, fatal);
  } else {
    Attrs none;
    itemList({end_}, ctx, none, items);
  }
  return ast_.addList<ItemId>(items);
}

ItemId Parser::parseItem(ItemCtx ctx) {
  Attrs attrs;
  outerAttrs(attrs);
  bool parsed = false;
  return item(ctx, attrs, true, parsed);
}

void Parser::moduleItems(uint32_t close, llvm::SmallVectorImpl<ItemId> &out, bool &fatal) {
  while (!failed_ && index_ < close && tok_->kind != TK::Eof) {
    uint32_t start = index_;
    if (check(TK::Semi)) {
      ++errors_;
      sess_.diag.error(tok_->span, "expected item, found `;`").suggest(tok_->span, "remove this semicolon", "", diag::Applicability::MachineApplicable);
      bump();
      continue;
    }
    Attrs attrs;
    outerAttrs(attrs);
    bool parsed = false;
    ItemId it = item(ItemCtx::Module, attrs, true, parsed);
    if (!parsed && !failed_) {
      if (index_ >= close || tok_->kind == TK::Eof) {
        rejectAttrs(attrs, "expected item after attributes");
        if (attrs.any)
          fatal = true;
        return;
      }
      if (!attrs.empty()) {
        const Attr &last = ast_.attrs[attrs.ids.back()];
        fail(last.span, "", last.isDoc ? "expected item after doc comment" : "expected item after attributes");
      } else {
        fail(tok_->span, "", "expected item, found " + describe(*tok_), "expected item");
      }
    }
    if (failed_) {
      fatal = true;
      skipToItem(close, start);
      continue;
    }
    if (it)
      out.push_back(it);
  }
}

// After a mistake: to the next line behind it that is indented no deeper than the broken item and begins like an item.
// Anything less certain would report nonsense about the rest of the broken one.
void Parser::skipToItem(uint32_t close, uint32_t from) {
  uint32_t bad = index_, i = from;
  uint32_t column = sess_.sources.lookup(tokens_[from].span.lo).col;
  auto next = [&](uint32_t k) { return tokens_[k].kind == TK::OpenDelim ? k + tokens_[k].match() + 1 : k + 1; };
  do
    i = next(i);
  while (i < bad && i < close);
  for (; i < close; i = next(i)) {
    const Token &t = tokens_[i];
    if (!canBeginItem(t) && !t.is(TK::Pound))
      continue;
    llvm::StringRef between = sess_.sources.text({tokens_[i - 1].span.hi, t.span.lo, {}});
    if (between.contains('\n') && sess_.sources.lookup(t.span.lo).col <= column)
      break;
  }
  recoverTo(std::min(i, close));
}

// The items between braces of a trait, impl or extern block.
void Parser::itemList(Group g, ItemCtx ctx, Attrs &attrs, llvm::SmallVectorImpl<ItemId> &out) {
  innerAttrs(attrs);
  while (more(g) && tok_->kind != TK::Eof) {
    Attrs outer;
    outerAttrs(outer);
    if (check(TK::Semi)) {
      ++errors_;
      sess_.diag.error(tok_->span, "expected item, found `;`");
      bump();
      continue;
    }
    bool parsed = false;
    ItemId it = item(ctx, outer, true, parsed);
    if (failed_)
      return;
    if (!parsed) {
      if (index_ == g.close && !outer.empty() && ast_.attrs[outer.ids.back()].isDoc) {
        ++errors_;
        sess_.diag.error(ast_.attrs[outer.ids.back()].span, "E0584", "found a documentation comment that doesn't document anything");
        return;
      }
      if (index_ == g.close) {
        rejectAttrs(outer, "expected item after attributes");
        return;
      }
      if (!outer.empty()) {
        const Attr &last = ast_.attrs[outer.ids.back()];
        fail(last.span, "", last.isDoc ? "expected item after doc comment" : "expected item after attributes");
        return;
      }
      const char *where = ctx == ItemCtx::Trait ? "trait" : ctx == ItemCtx::Foreign ? "extern" : "impl";
      fail(tok_->span, "", llvm::Twine("non-item in item list of this `") + where + "`: " + describe(*tok_), "non-item starts here");
      return;
    }
    if (it)
      out.push_back(it);
  }
}

// One item. `parsed`: an item was here; it is none all the same when configured out or wrong at this place.
ItemId Parser::item(ItemCtx ctx, Attrs &attrs, bool macrosAllowed, bool &parsed) {
  Depth depth(*this);
  if (isFragment(*tok_, FragmentKind::Item)) {
    parsed = true;
    Attrs inner;
    inner.keep = attrs.keep;
    return inGroup([&] {
      outerAttrs(inner);
      llvm::SmallVector<AttrId, 8> all(attrs.ids.begin(), attrs.ids.end());
      llvm::append_range(all, inner.ids);
      inner.ids.assign(all.begin(), all.end());
      bool ok;
      return item(ctx, inner, macrosAllowed, ok);
    });
  }
  Ast::Mark mark = ast_.mark();
  ItemHead h{ctx, macrosAllowed, attrs};
  h.lo = tok_->span;
  h.begin = attrs.any ? attrs.begin : index_;
  h.vis = parseVisibility();
  Span defaultSpan = tok_->span;
  const Token &next = peek(1);
  bool isFinal = tok_->isKeyword(sym::kw_final);
  if (isFinal || (tok_->isKeyword(sym::kw_default) && next.is(TK::Ident) && !next.isRaw() && next.sym != sym::kw_as)) {
    bump();
    h.isDefault = !isFinal;
  }
  if (failed_)
    return {};
  if (!itemKind(h)) {
    if (failed_) {
      parsed = true;
      return {};
    }
    if (h.vis.kind != VisKind::Inherited) {
      ++errors_;
      sess_.diag.error(h.vis.span, "visibility `" + sess_.sources.text(h.vis.span) + "` is not followed by an item")
          .label(h.vis.span, "the visibility")
          .help("you likely meant to define an item, e.g., `pub fn foo() {}`");
    }
    if (h.isDefault) {
      ++errors_;
      sess_.diag.error(defaultSpan, "`default` is not followed by an item").note("only `fn`, `const`, `type`, or `impl` items may be prefixed by `default`");
    }
    return {};
  }
  parsed = true;
  if (failed_ || !h.result)
    return {};
  if (!attrs.keep) {
    ast_.release(mark);
    return {};
  }
  if (!checkItemCtx(h))
    return {};
  ast_.items[h.result].attrs = finish(attrs);
  return h.result;
}

static const char *kindName(ItemKind k) {
  switch (k) {
  case ItemKind::ExternCrate: return "extern crate";
  case ItemKind::Use: return "`use` import";
  case ItemKind::Static: return "static item";
  case ItemKind::Const: return "constant item";
  case ItemKind::Fn: return "function";
  case ItemKind::Mod: return "module";
  case ItemKind::ForeignMod: return "extern block";
  case ItemKind::TyAlias: return "type alias";
  case ItemKind::Enum: return "enum";
  case ItemKind::Struct: return "struct";
  case ItemKind::Union: return "union";
  case ItemKind::Trait: return "trait";
  case ItemKind::TraitAlias: return "trait alias";
  case ItemKind::Impl: return "implementation";
  case ItemKind::MacroDef: return "macro definition";
  default: return "item";
  }
}

// Traits and impls hold functions, constants and types; extern blocks functions, statics and types; all hold macro calls.
bool Parser::checkItemCtx(const ItemHead &h) {
  const Item &it = ast_.items[h.result];
  bool assoc = h.ctx == ItemCtx::Trait || h.ctx == ItemCtx::Impl || h.ctx == ItemCtx::TraitImpl;
  bool canDefault = it.kind == ItemKind::Fn || it.kind == ItemKind::Const || it.kind == ItemKind::TyAlias || it.kind == ItemKind::Impl ||
                    it.kind == ItemKind::MacroCall;
  if (h.isDefault && !canDefault) {
    ++errors_;
    sess_.diag.error(it.span, llvm::Twine("a ") + kindName(it.kind) + " cannot be `default`");
  }
  if (!assoc && h.ctx != ItemCtx::Foreign)
    return true;
  bool common = it.kind == ItemKind::Fn || it.kind == ItemKind::TyAlias || it.kind == ItemKind::MacroCall || it.kind == ItemKind::Err;
  if (common || (assoc && it.kind == ItemKind::Const) || (!assoc && it.kind == ItemKind::Static))
    return true;
  ++errors_;
  if (assoc && it.kind == ItemKind::Static) {
    sess_.diag.error(it.span, "associated `static` items are not allowed");
    return false;
  }
  if (!assoc && it.kind == ItemKind::Const) {
    sess_.diag.error(h.ident.span, "extern items cannot be `const`").note("for more information, visit https://doc.rust-lang.org/std/keyword.extern.html");
    return false;
  }
  sess_.diag.error(it.span, llvm::Twine(kindName(it.kind)) + " is not supported in " + (assoc ? "`trait`s or `impl`s" : "`extern` blocks"))
      .help(llvm::Twine("consider moving the ") + kindName(it.kind) + " out to a nearby module scope");
  return false;
}

bool Parser::itemKind(ItemHead &h) {
  using namespace sym;
  if (tok_->kind != TK::Ident && !check(TK::PathSep) && !tok_->isOpen(Delim::Invisible))
    return false;
  if (tok_->isKeyword(kw_use) && !isUseClosure())
    return bump(), useItem(h);
  if (isFnFrontMatter(!h.isDefault))
    return fnItem(h);
  if (eatKeyword(kw_extern))
    return eatKeyword(kw_crate) ? externCrate(h) : foreignMod(h, Safety::Default);
  if (isUnsafeForeignMod()) {
    bump();
    bump();
    return foreignMod(h, Safety::Unsafe);
  }
  if (isStatic())
    return staticItem(h);
  if (isTrait())
    return traitItem(h);
  if (isImpl())
    return implItem(h);
  if (isInlineConst(0)) {
    if (h.ctx == ItemCtx::Block)
      return false;
    fail(tok_->span, "", "internal: const blocks as items are not supported yet");
    return true;
  }
  if (tok_->isKeyword(kw_const) && !isConstClosure())
    return bump(), constItem(h, false);
  if (tok_->isKeyword(kw_mod) || (tok_->isKeyword(kw_unsafe) && keywordAhead(1, kw_mod)))
    return modItem(h);
  if (tok_->isKeyword(kw_type) && keywordAhead(1, kw_const)) {
    bump();
    bump();
    return constItem(h, true);
  }
  if (eatKeyword(kw_type))
    return typeAlias(h);
  if (eatKeyword(kw_enum))
    return enumItem(h);
  if (eatKeyword(kw_struct))
    return structItem(h);
  if (followedByIdent(kw_union))
    return bump(), unionItem(h);
  if (isBuiltin())
    return false;
  if (eatKeyword(kw_macro))
    return macroDef(h);
  if (isMacroRules())
    return macroRules(h);
  if (tok_->isKeyword(kw_reuse) && isPathStart(peek(1)) && !peek(1).is(TK::PathSep)) {
    fail(tok_->span, "", "internal: delegation (`reuse`) is not supported yet");
    return true;
  }
  if (h.macrosAllowed && isPathStart(*tok_) && !check(TK::Lt) && !check(TK::Shl))
    return macroCallItem(h);
  return false;
}

// ---- modules, imports, extern ----

bool Parser::modItem(ItemHead &h) {
  ModItem m;
  m.safety = eatSafety();
  bump();
  h.ident = parseIdent();
  if (eat(TK::Semi))
    return finishItem(h, m);
  Group g;
  if (!openGroup(Delim::Brace, g))
    return true;
  m.isInline = m.loaded = true;
  Span lo = tok_->span;
  Attrs inner;
  innerAttrs(inner);
  m.innerAttrs = finish(inner);
  h.attrs.ids.append(inner.ids.begin(), inner.ids.end());
  h.attrs.keep &= inner.keep;
  llvm::SmallVector<ItemId, 32> items;
  bool fatal = false;
  moduleItems(g.close, items, fatal);
  m.innerSpan = since(lo);
  closeGroup(g);
  m.items = ast_.addList<ItemId>(items);
  return finishItem(h, m);
}

bool Parser::isUseClosure() const {
  const Token &a = peek(1);
  const Token &b = a.isKeyword(sym::kw_move) || a.isKeyword(sym::kw_async) ? peek(2) : a;
  return b.is(TK::Or) || b.is(TK::OrOr);
}

bool Parser::useItem(ItemHead &h) {
  UseItem u;
  u.tree = useTree();
  expectSemi();
  return finishItem(h, u);
}

UseTree Parser::useTree() {
  Depth depth(*this);
  UseTree t;
  Span lo = tok_->span;
  auto globOrNested = [&] {
    if (eat(TK::Star)) {
      t.kind = UseTreeKind::Glob;
      return;
    }
    t.kind = UseTreeKind::Nested;
    Group g;
    if (!openGroup(Delim::Brace, g))
      return;
    llvm::SmallVector<UseTree, 8> nested;
    while (more(g)) {
      nested.push_back(useTree());
      if (!commaOrEnd(g))
        break;
    }
    closeGroup(g);
    t.nested = ast_.addList<UseTree>(nested);
  };
  const Token &next = check(TK::PathSep) ? peek(1) : *tok_;
  if (next.is(TK::Star) || next.isOpen(Delim::Brace)) {
    llvm::SmallVector<PathSegment, 1> root;
    bool global = eat(TK::PathSep);
    if (global)
      root.push_back({{sym::path_root, lo}, {}});
    t.prefix = addPath(lo, root, global);
    globOrNested();
  } else {
    t.prefix = parsePath(PathStyle::Mod);
    if (eat(TK::PathSep))
      globOrNested();
    else if (eatKeyword(sym::kw_as))
      t.rename = identOrUnderscore();
  }
  t.span = since(lo);
  return t;
}

Ident Parser::identOrUnderscore() {
  if (tok_->isKeyword(sym::underscore)) {
    Ident id = tok_->ident();
    bump();
    return id;
  }
  return parseIdent();
}

bool Parser::externCrate(ItemHead &h) {
  ExternCrateItem e;
  h.ident = tok_->isKeyword(sym::kw_self) ? tok_->ident() : Ident();
  if (h.ident.valid())
    bump();
  else
    h.ident = parseIdent();
  if (eatKeyword(sym::kw_as)) {
    e.original = h.ident.name;
    h.ident = identOrUnderscore();
  }
  expectSemi();
  return finishItem(h, e);
}

bool Parser::isUnsafeForeignMod() const {
  if (!tok_->isKeyword(sym::kw_unsafe) || !keywordAhead(1, sym::kw_extern))
    return false;
  return peekTree(isAbi(2) ? 3 : 2).isOpen(Delim::Brace);
}

// Behind `extern`: the ABI and the block.
bool Parser::foreignMod(ItemHead &h, Safety safety) {
  ForeignModItem f;
  f.safety = safety;
  f.ext = ExternKind::Implicit;
  if (isAbi(0)) {
    f.ext = ExternKind::Explicit;
    f.abi = parseLiteral();
  }
  Group g;
  if (!openGroup(Delim::Brace, g))
    return true;
  llvm::SmallVector<ItemId, 32> items;
  itemList(g, ItemCtx::Foreign, h.attrs, items);
  closeGroup(g);
  f.items = ast_.addList<ItemId>(items);
  return finishItem(h, f);
}

// ---- statics, constants, type aliases ----

bool Parser::isStatic() const {
  using namespace sym;
  if (tok_->isKeyword(kw_static)) {
    const Token &n = peek(1);
    return !(n.isKeyword(kw_move) || n.isKeyword(kw_use) || n.is(TK::Or) || n.is(TK::OrOr));
  }
  return (tok_->isKeyword(kw_unsafe) || tok_->isKeyword(kw_safe)) && keywordAhead(1, kw_static);
}

void Parser::missingType(const ItemHead &h, const char *what) {
  if (failed_)
    return;
  ++errors_;
  sess_.diag.error(h.ident.span.shrinkToHi(), llvm::Twine("missing type for `") + what + "` item").suggest(h.ident.span.shrinkToHi(), "provide a type for the item", ": <type>", diag::Applicability::HasPlaceholders);
}

bool Parser::staticItem(ItemHead &h) {
  StaticItem s;
  s.safety = eatSafety();
  bump();
  s.mut = eatMut();
  h.ident = parseIdent();
  if (eat(TK::Colon) && !check(TK::Eq) && !check(TK::Semi)) {
    s.ty = parseType();
  } else if (!failed_) {
    if (!check(TK::Eq) && !check(TK::Semi))
      unexpected("`:`");
    missingType(h, "static");
    s.ty = errType(h.ident.span.shrinkToHi());
  }
  if (eat(TK::Eq))
    s.value = parseExpr();
  expectSemi();
  return finishItem(h, s);
}

// Behind `const`.
bool Parser::constItem(ItemHead &h, bool typeConst) {
  ConstItem c;
  if (tok_->isKeyword(sym::kw_mut)) {
    ++errors_;
    sess_.diag.error(tok_->span, "const globals cannot be mutable").label(tok_->span, "cannot be mutable");
    bump();
  }
  h.ident = identOrUnderscore();
  c.generics = parseGenerics();
  if (eat(TK::Colon) && !check(TK::Eq) && !check(TK::Semi)) {
    c.ty = parseType();
  } else if (!failed_) {
    if (!check(TK::Eq) && !check(TK::Semi)) {
      unexpected("`:`");
      return true;
    }
    missingType(h, "const");
    c.ty = errType(h.ident.span.shrinkToHi());
  }
  whereClause(c.generics);
  if (eat(TK::Eq))
    c.value = parseExpr();
  whereClause(c.generics);
  expectSemi();
  return finishItem(h, c);
}

// Behind `type`. A where clause may stand in front of `=` or behind the type.
bool Parser::typeAlias(ItemHead &h) {
  TyAliasItem t;
  h.ident = parseIdent();
  t.generics = parseGenerics();
  if (eat(TK::Colon))
    t.bounds = parseBounds();
  whereClause(t.generics);
  t.whereBefore = t.generics.where.len;
  if (eat(TK::Eq))
    t.ty = parseType();
  whereClause(t.generics);
  expectSemi();
  return finishItem(h, t);
}

// ---- macros ----

bool Parser::isMacroRules() const {
  return tok_->isKeyword(sym::kw_macro_rules) && peek(1).is(TK::Bang) && peek(2).is(TK::Ident);
}

bool Parser::macroRules(ItemHead &h) {
  MacroDefItem m;
  m.macroRules = true;
  bump();
  bump();
  h.ident = parseIdent();
  if (h.vis.kind != VisKind::Inherited) {
    ++errors_;
    sess_.diag.error(h.vis.span, "can't qualify macro_rules invocation with `pub`").suggest(h.vis.span, "try exporting the macro", "#[macro_export]");
  }
  MacCall mac;
  if (!macArgs(mac))
    return true;
  m.delim = mac.delim;
  m.body = mac.args;
  if (mac.delim != Delim::Brace && !eat(TK::Semi)) {
    ++errors_;
    sess_.diag.error(mac.argsSpan, "macros must be delimited with braces or followed by a semicolon");
  }
  return finishItem(h, m);
}

// `macro m { (..) => {..} }`, or `macro m(..) { .. }`, whose body is kept as `(..) => { .. }`.
bool Parser::macroDef(ItemHead &h) {
  MacroDefItem m;
  m.delim = Delim::Brace;
  h.ident = parseIdent();
  if (tok_->isOpen(Delim::Brace)) {
    m.body = {index_ + 1, tok_->match() - 1};
    bumpTree();
    return finishItem(h, m);
  }
  if (!tok_->isOpen(Delim::Paren)) {
    unexpected("`(` or `{`");
    return true;
  }
  uint32_t params = index_;
  bumpTree();
  if (!tok_->isOpen(Delim::Brace)) {
    unexpected("`{`");
    return true;
  }
  uint32_t body = index_;
  bumpTree();
  m.shorthand = true;
  std::vector<Token> copy(tokens_ + params, tokens_ + body);
  Token arrow;
  arrow.kind = TK::FatArrow;
  arrow.extra = Symbol::kNone;
  arrow.span = tokens_[body].span.shrinkToLo();
  copy.push_back(arrow);
  copy.insert(copy.end(), tokens_ + body, tokens_ + index_);
  m.body = {ast_.tokens.append(copy), uint32_t(copy.size())};
  return finishItem(h, m);
}

bool Parser::macroCallItem(ItemHead &h) {
  MacroCallItem m;
  m.mac.path = parsePath(PathStyle::Mod);
  if (failed_ || !expect(TK::Bang) || !macArgs(m.mac))
    return true;
  if (h.vis.kind != VisKind::Inherited) {
    ++errors_;
    sess_.diag.error(h.vis.span, "can't qualify macro invocation with `pub`").help("try adjusting the macro to put `pub` inside the invocation");
  }
  if (m.mac.delim != Delim::Brace && !eat(TK::Semi)) {
    ++errors_;
    sess_.diag.error(m.mac.argsSpan, "macros that expand to items must be delimited with braces or followed by a semicolon");
  }
  return finishItem(h, m);
}

} // namespace ferric::parse
