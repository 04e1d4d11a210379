// Items and attributes to tokens.
#include "ast/emitter.h"
#include "lex/unescape.h"

namespace ferric::ast {

using lex::Delim;

void Emitter::attr(const Attr &a) {
  if (a.isDoc) {
    lex::Token x;
    x.kind = TK::DocComment;
    x.sym = a.docText;
    x.extra = Symbol::kNone;
    x.span = a.span;
    x.flags = (a.style == AttrStyle::Inner ? lex::Token::kInnerDoc : 0) | (a.isBlockDoc ? lex::Token::kBlockDoc : 0);
    return token(x);
  }
  t(TK::Pound);
  if (a.style == AttrStyle::Inner)
    t(TK::Bang);
  open(Delim::Bracket);
  if (a.isUnsafe) {
    kw(sym::kw_unsafe);
    open(Delim::Paren);
  }
  path(a.path, false);
  if (a.argKind == AttrArgs::Delimited) {
    open(a.delim);
    raw(a.args);
    close(a.delim);
  } else if (a.argKind == AttrArgs::Eq) {
    sp();
    t(TK::Eq);
    sp();
    raw(a.args);
  }
  if (a.isUnsafe)
    close(Delim::Paren);
  close(Delim::Bracket);
}

void Emitter::outerAttrs(AttrsId id, bool ownLines) {
  for (AttrId a : ast_.attrsOf(id))
    if (ast_.attrs[a].style == AttrStyle::Outer) {
      attr(ast_.attrs[a]);
      ownLines ? nl() : sp();
    }
}

void Emitter::innerAttrs(AttrsId id) {
  for (AttrId a : ast_.attrsOf(id))
    if (ast_.attrs[a].style == AttrStyle::Inner) {
      nl();
      attr(ast_.attrs[a]);
    }
}

void Emitter::vis(const Visibility &v) {
  if (v.kind == VisKind::Inherited)
    return;
  kw(sym::kw_pub);
  if (v.kind == VisKind::Restricted) {
    open(Delim::Paren);
    if (!v.shorthand)
      kwSp(sym::kw_in);
    path(v.path, false);
    close(Delim::Paren);
  }
  sp();
}

void Emitter::items(llvm::ArrayRef<ItemId> ids) {
  for (ItemId id : ids)
    item(id);
}

void Emitter::braced(llvm::ArrayRef<ItemId> ids, AttrsId inner) {
  sp();
  open(Delim::Brace);
  ++level_;
  innerAttrs(inner);
  items(ids);
  --level_;
  if (!ids.empty() || inner)
    nl();
  close(Delim::Brace);
}

void Emitter::macCall(const MacCall &m) {
  path(m.path, false);
  t(TK::Bang);
  if (m.delim == Delim::Brace)
    sp();
  open(m.delim);
  raw(m.args);
  close(m.delim);
}

void Emitter::foreignAbi(ExternKind ext, const Literal &abi) {
  if (ext == ExternKind::None)
    return;
  kwSp(sym::kw_extern);
  if (ext == ExternKind::Explicit) {
    literal(abi);
    sp();
  }
}

void Emitter::fnHeader(const FnHeader &h) {
  constness(h.constness);
  coroutine(h.coroutine);
  safety(h.safety);
  foreignAbi(h.ext, h.abi);
}

void Emitter::param(const Param &p) {
  outerAttrs(p.attrs, false);
  const Pat &pt = ast_.pats[p.pat];
  if (pt.kind == PatKind::Missing)
    return type(p.ty);
  const Type &ty = ast_.types[p.ty];
  if (ty.kind == TypeKind::ImplicitSelf || (ty.kind == TypeKind::Infer && ty.span.lo == ty.span.hi))
    return pat(p.pat);
  if (ty.kind == TypeKind::Ref && ast_.types[ast_.get<RefType>(p.ty).referent].kind == TypeKind::ImplicitSelf) {
    const RefType &r = ast_.get<RefType>(p.ty);
    t(TK::And);
    if (r.lifetime.valid()) {
      lifetime(r.lifetime.ident);
      sp();
    }
    if (r.pinned) {
      kwSp(sym::pin);
      kwSp(r.mut == Mutability::Mut ? sym::kw_mut : sym::kw_const);
    } else {
      mut(r.mut);
    }
    return pat(p.pat);
  }
  pat(p.pat);
  t(TK::Colon);
  sp();
  type(p.ty);
}

void Emitter::fnDecl(const FnDecl &d) {
  open(Delim::Paren);
  commaSep(ast_.list(d.params), [&](const Param &p) { param(p); });
  close(Delim::Paren);
  if (d.output) {
    sp();
    t(TK::RArrow);
    sp();
    type(d.output);
  }
}

void Emitter::fnItem(const Item &it, const FnItem &f) {
  fnHeader(f.header);
  kwSp(sym::kw_fn);
  name(it.ident);
  generics(f.generics);
  fnDecl(f.decl);
  whereClause(ast_.list(f.generics.where), f.generics.hasWhere);
  if (!f.body)
    return t(TK::Semi);
  sp();
  block(f.body, it.attrs);
}

void Emitter::useTree(const UseTree &u) {
  llvm::ArrayRef<PathSegment> prefix = ast_.list(ast_.paths[u.prefix].segments);
  path(u.prefix, false);
  if (u.kind == UseTreeKind::Simple) {
    if (u.rename.valid()) {
      sp();
      kwSp(sym::kw_as);
      name(u.rename);
    }
    return;
  }
  if (!prefix.empty())
    t(TK::PathSep);
  if (u.kind == UseTreeKind::Glob)
    return t(TK::Star);
  open(Delim::Brace);
  commaSep(ast_.list(u.nested), [&](const UseTree &n) { useTree(n); });
  close(Delim::Brace);
}

void Emitter::field(const FieldDef &f, bool named) {
  outerAttrs(f.attrs, named);
  vis(f.vis);
  safety(f.safety);
  if (named) {
    name(f.ident);
    t(TK::Colon);
    sp();
  }
  type(f.ty);
  if (f.defaultValue.value) {
    sp();
    t(TK::Eq);
    sp();
    expr(f.defaultValue.value);
  }
}

void Emitter::variantData(const VariantData &d) {
  if (d.shape == VariantShape::Unit)
    return;
  llvm::ArrayRef<FieldDef> fields = ast_.list(d.fields);
  if (d.shape == VariantShape::Tuple) {
    open(Delim::Paren);
    commaSep(fields, [&](const FieldDef &f) { field(f, false); });
    return close(Delim::Paren);
  }
  sp();
  open(Delim::Brace);
  ++level_;
  for (const FieldDef &f : fields) {
    nl();
    field(f, true);
    t(TK::Comma);
  }
  --level_;
  if (!fields.empty())
    nl();
  close(Delim::Brace);
}

void Emitter::item(ItemId id) {
  const Item &it = ast_.items[id];
  if (it.kind == ItemKind::Expansion)
    return items(ast_.list(ast_.get<ExpansionItem>(id).items));
  nl();
  outerAttrs(it.attrs, true);
  vis(it.vis);
  if (it.isDefault)
    kwSp(sym::kw_default);
  auto head = [&](Symbol keyword) {
    kwSp(keyword);
    name(it.ident);
  };
  switch (it.kind) {
  case ItemKind::Err:
  case ItemKind::Expansion: return;
  case ItemKind::ExternCrate: {
    kwSp(sym::kw_extern);
    kwSp(sym::kw_crate);
    Symbol original = ast_.get<ExternCrateItem>(id).original;
    if (original.valid()) {
      kwSp(original);
      kwSp(sym::kw_as);
    }
    name(it.ident);
    return t(TK::Semi);
  }
  case ItemKind::Use:
    kwSp(sym::kw_use);
    useTree(ast_.get<UseItem>(id).tree);
    return t(TK::Semi);
  case ItemKind::Static: {
    const StaticItem &s = ast_.get<StaticItem>(id);
    safety(s.safety);
    kwSp(sym::kw_static);
    mut(s.mut);
    name(it.ident);
    t(TK::Colon);
    sp();
    type(s.ty);
    if (s.value) {
      sp();
      t(TK::Eq);
      sp();
      expr(s.value);
    }
    return t(TK::Semi);
  }
  case ItemKind::Const: {
    const ConstItem &c = ast_.get<ConstItem>(id);
    head(sym::kw_const);
    generics(c.generics);
    t(TK::Colon);
    sp();
    type(c.ty);
    if (c.value) {
      sp();
      t(TK::Eq);
      sp();
      expr(c.value);
    }
    whereClause(ast_.list(c.generics.where), c.generics.hasWhere);
    return t(TK::Semi);
  }
  case ItemKind::Fn: return fnItem(it, ast_.get<FnItem>(id));
  case ItemKind::Mod: {
    const ModItem &m = ast_.get<ModItem>(id);
    safety(m.safety);
    head(sym::kw_mod);
    if (!m.loaded)
      return t(TK::Semi);
    return braced(ast_.list(m.items), it.attrs);
  }
  case ItemKind::ForeignMod: {
    const ForeignModItem &f = ast_.get<ForeignModItem>(id);
    safety(f.safety);
    kw(sym::kw_extern);
    if (f.ext == ExternKind::Explicit) {
      sp();
      literal(f.abi);
    }
    return braced(ast_.list(f.items), it.attrs);
  }
  case ItemKind::GlobalAsm:
    inlineAsm(ast_.get<GlobalAsmItem>(id).inner);
    return t(TK::Semi);
  case ItemKind::TyAlias: {
    const TyAliasItem &a = ast_.get<TyAliasItem>(id);
    head(sym::kw_type);
    generics(a.generics);
    if (!a.bounds.empty()) {
      t(TK::Colon);
      sp();
      bounds(a.bounds);
    }
    llvm::ArrayRef<WherePredicate> where = ast_.list(a.generics.where);
    whereClause(where.take_front(a.whereBefore), false);
    if (a.ty) {
      sp();
      t(TK::Eq);
      sp();
      type(a.ty);
    }
    whereClause(where.drop_front(a.whereBefore), false);
    return t(TK::Semi);
  }
  case ItemKind::Enum: {
    const EnumItem &e = ast_.get<EnumItem>(id);
    head(sym::kw_enum);
    generics(e.generics);
    whereClause(ast_.list(e.generics.where), e.generics.hasWhere);
    sp();
    open(Delim::Brace);
    ++level_;
    for (const Variant &v : ast_.list(e.variants)) {
      nl();
      outerAttrs(v.attrs, true);
      vis(v.vis);
      name(v.ident);
      variantData(v.data);
      if (v.discriminant.value) {
        sp();
        t(TK::Eq);
        sp();
        expr(v.discriminant.value);
      }
      t(TK::Comma);
    }
    --level_;
    if (!e.variants.empty())
      nl();
    return close(Delim::Brace);
  }
  case ItemKind::Struct: {
    const StructItem &s = ast_.get<StructItem>(id);
    head(sym::kw_struct);
    generics(s.generics);
    bool tuple = s.data.shape == VariantShape::Tuple;
    if (tuple)
      variantData(s.data);
    whereClause(ast_.list(s.generics.where), s.generics.hasWhere);
    if (s.data.shape != VariantShape::Struct)
      return t(TK::Semi);
    return variantData(s.data);
  }
  case ItemKind::Union: {
    const UnionItem &u = ast_.get<UnionItem>(id);
    head(sym::kw_union);
    generics(u.generics);
    whereClause(ast_.list(u.generics.where), u.generics.hasWhere);
    return variantData(u.data);
  }
  case ItemKind::Trait: {
    const TraitItem &tr = ast_.get<TraitItem>(id);
    constness(tr.constness);
    safety(tr.safety);
    if (tr.isAuto)
      kwSp(sym::kw_auto);
    head(sym::kw_trait);
    generics(tr.generics);
    if (!tr.bounds.empty()) {
      t(TK::Colon);
      sp();
      bounds(tr.bounds);
    }
    whereClause(ast_.list(tr.generics.where), tr.generics.hasWhere);
    return braced(ast_.list(tr.items), it.attrs);
  }
  case ItemKind::TraitAlias: {
    const TraitAliasItem &a = ast_.get<TraitAliasItem>(id);
    constness(a.constness);
    head(sym::kw_trait);
    generics(a.generics);
    sp();
    t(TK::Eq);
    sp();
    bounds(a.bounds);
    whereClause(ast_.list(a.generics.where), a.generics.hasWhere);
    return t(TK::Semi);
  }
  case ItemKind::Impl: {
    const ImplItem &i = ast_.get<ImplItem>(id);
    if (i.constFirst)
      constness(i.constness);
    safety(i.safety);
    kw(sym::kw_impl);
    generics(i.generics);
    sp();
    if (!i.constFirst)
      constness(i.constness);
    if (i.negative)
      t(TK::Bang);
    if (i.traitPath) {
      path(i.traitPath, false);
      sp();
      kwSp(sym::kw_for);
    }
    type(i.self);
    whereClause(ast_.list(i.generics.where), i.generics.hasWhere);
    return braced(ast_.list(i.items), it.attrs);
  }
  case ItemKind::MacroCall: {
    const MacCall &m = ast_.get<MacroCallItem>(id).mac;
    macCall(m);
    if (m.delim != Delim::Brace)
      t(TK::Semi);
    return;
  }
  case ItemKind::MacroDef: {
    const MacroDefItem &m = ast_.get<MacroDefItem>(id);
    if (m.macroRules) {
      kw(sym::kw_macro_rules);
      t(TK::Bang);
    } else {
      kw(sym::kw_macro);
    }
    sp();
    name(it.ident);
    if (m.shorthand && !expanded) { // `(params) => {body}` was written without the arrow
      llvm::ArrayRef<lex::Token> body = lex::tokens(ast_.tokens, m.body);
      uint32_t params = body[0].match() + 1;
      raw({m.body.begin, params});
      sp();
      return raw({m.body.begin + params + 1, m.body.len - params - 1});
    }
    if (m.delim == Delim::Brace)
      sp();
    open(m.delim);
    raw(m.body);
    close(m.delim);
    if (m.delim != Delim::Brace)
      t(TK::Semi);
    return;
  }
  }
}

// ---- assembly: as a macro call ----

static const char *operandKeyword(const AsmOperand &o) {
  switch (o.kind) {
  case AsmOperandKind::In: return "in";
  case AsmOperandKind::Out: return o.late ? "lateout" : "out";
  case AsmOperandKind::InOut:
  case AsmOperandKind::SplitInOut: return o.late ? "inlateout" : "inout";
  case AsmOperandKind::Const: return "const";
  case AsmOperandKind::Sym: return "sym";
  case AsmOperandKind::Label: return "label";
  }
  return "";
}

void Emitter::inlineAsm(const InlineAsm &a) {
  kw(sym(a.asmKind == AsmKind::Asm ? "asm" : a.asmKind == AsmKind::GlobalAsm ? "global_asm" : "naked_asm"));
  t(TK::Bang);
  open(Delim::Paren);
  std::string text;
  for (const AsmPiece &p : ast_.list(a.pieces)) {
    if (p.isString) {
      for (char c : sess_.str(p.text))
        text += c == '{' || c == '}' ? std::string(2, c) : std::string(1, c);
      continue;
    }
    text += "{" + std::to_string(p.operand);
    if (p.modifier)
      text += std::string(":") + char(p.modifier);
    text += "}";
  }
  string(text);
  for (const AsmOperand &o : ast_.list(a.operands)) {
    comma();
    kw(sym(operandKeyword(o)));
    if (o.kind <= AsmOperandKind::SplitInOut) {
      open(Delim::Paren);
      o.explicitReg ? string(sess_.str(o.reg)) : kw(o.reg);
      close(Delim::Paren);
    }
    sp();
    if (o.in)
      expr(o.in);
    else if (o.konst.value)
      expr(o.konst.value);
    else if (o.label)
      block(o.label);
    else if (o.out)
      expr(o.out);
    else
      kw(sym::underscore);
    if (o.kind == AsmOperandKind::SplitInOut) {
      sp();
      t(TK::FatArrow);
      sp();
      o.out ? expr(o.out) : kw(sym::underscore);
    }
  }
  for (const AsmClobberAbi &c : ast_.list(a.clobberAbis)) {
    comma();
    kw(sym("clobber_abi"));
    open(Delim::Paren);
    string(sess_.str(c.abi));
    close(Delim::Paren);
  }
  if (a.options) {
    static constexpr std::pair<uint32_t, const char *> kOptions[] = {
        {kAsmPure, "pure"}, {kAsmNomem, "nomem"}, {kAsmReadonly, "readonly"}, {kAsmPreservesFlags, "preserves_flags"},
        {kAsmNoreturn, "noreturn"}, {kAsmNostack, "nostack"}, {kAsmAttSyntax, "att_syntax"}, {kAsmRaw, "raw"}, {kAsmMayUnwind, "may_unwind"}};
    comma();
    kw(sym("options"));
    open(Delim::Paren);
    bool first = true;
    for (auto [bit, text] : kOptions) {
      if (!(a.options & bit))
        continue;
      if (!first)
        comma();
      first = false;
      kw(sym(text));
    }
    close(Delim::Paren);
  }
  close(Delim::Paren);
}

} // namespace ferric::ast
