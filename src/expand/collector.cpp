// Walks a fragment in source order. Every macro call, attribute macro and derive it meets gets an expansion id and goes on the
// expander's list; resolve hears of items, blocks with items and macro definitions with the textual macro scope at that place
// (rustc: InvocationCollector and BuildReducedGraphVisitor, here in one pass). Nodes are only visited, except that a call that
// becomes an invocation is left alone: its node is overwritten when its output is there.
#include "expand/collector.h"

namespace ferric::expand {
using namespace ast;

// ---- invocations ----

// The first attribute of `attrs` that may be a macro, with the derives written after it. Those of tools are resolved
// too, so that their items come into being when those of macros do.
bool Collector::attributeMacro(AttrsId attrs, AttrId &out, llvm::SmallVectorImpl<PathId> &laterDerives) {
  bool found = false;
  for (AttrId id : ast_.attrsOf(attrs)) {
    const Attr &a = ast_.attrs[id];
    if (a.isDoc)
      continue;
    if (found) {
      if (a.name == sym::derive && a.argKind == AttrArgs::Delimited) {
        parse::Parser p = e_.parser(a.args, a.span);
        while (!p.atEof() && p.ok() && p.peek().is(lex::TokenKind::Ident)) {
          laterDerives.push_back(p.parsePath(parse::PathStyle::Mod));
          if (!p.eat(lex::TokenKind::Comma))
            break;
        }
      }
      continue;
    }
    if (a.name.valid() && e_.attrTable.isInert(a.name))
      continue;
    if (!e_.knownAttrs_.empty() && e_.knownAttrs_.contains(id))
      continue;
    out = id;
    found = true;
  }
  return found;
}

// `#[name = mac!(..)]`: the value is expanded like an expression. Documentation only when somebody will see it: most of core's
// macro calls outside bodies are `#[doc = concat!(..)]`.
void Collector::attributeValues(AttrsId attrs, Context &ctx) {
  for (AttrId id : ast_.attrsOf(attrs)) {
    const Attr &a = ast_.attrs[id];
    if (a.isDoc || a.argKind != AttrArgs::Eq || a.args.len <= 1 || (a.name == sym::doc && !e_.expandDocs_))
      continue;
    parse::Parser p = e_.parser(a.args, a.span);
    ExprId value = p.parseExpr();
    if (!p.ok() || ast_.exprs[value].kind != ExprKind::MacroCall)
      continue;
    collectBang(Target::Expr, value.raw, ast_.get<MacroCallExpr>(value).mac, ctx, false, false).attrValue = id;
  }
}

static void fill(Invocation &inv, const Collector::Context &ctx) {
  inv.viaBlock = ctx.viaBlock;
  inv.module = ctx.module;
  inv.depth = ctx.depth + 1;
  inv.parentExpn = ctx.scope.expansion;
}

void Collector::collectAttr(ItemId id, ItemPlace place, AttrId attr, llvm::ArrayRef<PathId> laterDerives, Context &ctx) {
  Item &it = ast_.items[id];
  llvm::SmallVector<AttrId, 8> rest;
  for (AttrId a : ast_.attrsOf(it.attrs))
    if (a != attr)
      rest.push_back(a);
  AttrsId original = it.attrs;
  it.attrs = ast_.addAttrs(rest);
  e_.withheldAttrs_[id] = attr;
  Invocation &inv = e_.collected_.emplace_back();
  fill(inv, ctx);
  inv.kind = MacroKind::Attr;
  inv.target = Target::Item;
  inv.place = place;
  inv.node = id.raw;
  inv.attr = attr;
  inv.originalAttrs = original;
  inv.path = ast_.attrs[attr].path;
  inv.span = ast_.attrs[attr].span;
  inv.laterDerives.assign(laterDerives.begin(), laterDerives.end());
  inv.expn = e_.sess.hygiene.addExpn({});
  e_.resolver.addInvocation(inv.expn, place == ItemPlace::Module, place != ItemPlace::InherentImpl && place != ItemPlace::TraitImpl,
                            ctx.scope);
  inv.scope = ctx.scope;
}

Invocation &Collector::collectBang(Target target, uint32_t node, const MacCall &mac, Context &ctx, bool textual, bool inModule) {
  Invocation &inv = e_.collected_.emplace_back();
  fill(inv, ctx);
  inv.kind = MacroKind::Bang;
  inv.target = target;
  inv.node = node;
  inv.path = mac.path;
  inv.span = ast_.paths[mac.path].span.to(mac.argsSpan);
  inv.expn = e_.sess.hygiene.addExpn({});
  inv.scope = ctx.scope;
  e_.resolver.addInvocation(inv.expn, textual, inModule, ctx.scope);
  return inv;
}

// Attributes on anything but items: they must resolve, and must not be macros.
void Collector::inertAttrs(AttrsId attrs, Context &ctx) {
  AttrId attr;
  llvm::SmallVector<PathId, 2> later;
  if (!attrs)
    return;
  attributeValues(attrs, ctx);
  if (!attributeMacro(attrs, attr, later))
    return;
  for (AttrId id : ast_.attrsOf(attrs)) {
    const Attr &a = ast_.attrs[id];
    if (a.isDoc || (a.name.valid() ? e_.attrTable.isInert(a.name)
                                   : e_.attrTable.isTool(ast_.list(ast_.paths[a.path].segments)[0].ident.name)))
      continue;
    Invocation &inv = e_.collected_.emplace_back();
    fill(inv, ctx);
    inv.kind = MacroKind::Attr;
    inv.target = Target::Inert;
    inv.attr = id;
    inv.path = a.path;
    inv.span = a.span;
    inv.expn = e_.sess.hygiene.addExpn({});
    inv.scope = ctx.scope;
    e_.resolver.addInvocation(inv.expn, false, false, ctx.scope);
  }
}

// ---- items ----
void Collector::items(List<ItemId> list, ItemPlace place, Context &ctx) {
  for (ItemId id : ast_.list(list))
    item(id, place, ctx);
}

void Collector::item(ItemId id, ItemPlace place, Context &ctx) {
  AttrsId attrs = ast_.items[id].attrs;
  AttrId attr;
  llvm::SmallVector<PathId, 2> later;
  if (attrs && attributeMacro(attrs, attr, later))
    return collectAttr(id, place, attr, later, ctx);
  if (attrs)
    attributeValues(attrs, ctx);
  switch (ast_.items[id].kind) {
  case ItemKind::Err: return;
  case ItemKind::Expansion: return items(ast_.get<ExpansionItem>(id).items, place, ctx);
  case ItemKind::MacroDef:
    e_.checkDefinition(id);
    return e_.resolver.addMacroDef(id, ctx.scope);
  case ItemKind::MacroCall: {
    bool inModule = place != ItemPlace::InherentImpl && place != ItemPlace::TraitImpl;
    collectBang(Target::Item, id.raw, ast_.get<MacroCallItem>(id).mac, ctx, place == ItemPlace::Module, inModule).place = place;
    return;
  }
  case ItemKind::Mod: return module(id, ctx);
  default: break;
  }
  Context inner = ctx;
  e_.resolver.enterItem(id, place, inner.scope);
  itemInside(id, place, inner);
}

static bool hasMacroUse(const Ast &ast, AttrsId attrs) {
  return llvm::any_of(ast.attrsOf(attrs), [&](AttrId a) { return ast.attrs[a].name == sym::macro_use; });
}

void Collector::module(ItemId id, Context &ctx) {
  Context inner = ctx;
  if (!ast_.get<ModItem>(id).isInline && !ast_.get<ModItem>(id).loaded) {
    e_.loadModule(id, ctx.module, ctx.viaBlock, inner.module);
    if (ast_.items[id].kind != ItemKind::Mod)
      return; // configured out by an attribute in its file
    inner.viaBlock = false;
    attributeValues(ast_.get<ModItem>(id).innerAttrs, ctx);
  } else {
    inner.module = e_.enterInlineModule(id, ctx.module);
  }
  e_.resolver.enterItem(id, ItemPlace::Module, inner.scope);
  items(ast_.get<ModItem>(id).items, ItemPlace::Module, inner);
  if (hasMacroUse(ast_, ast_.items[id].attrs))
    ctx.scope.rules = inner.scope.rules;
}

void Collector::itemInside(ItemId id, ItemPlace place, Context &c) {
  switch (ast_.items[id].kind) {
  case ItemKind::Static: {
    const StaticItem &s = ast_.get<StaticItem>(id);
    typeOpt(s.ty, c);
    exprOpt(s.value, c);
    return;
  }
  case ItemKind::Const: {
    const ConstItem &k = ast_.get<ConstItem>(id);
    generics(k.generics, c);
    typeOpt(k.ty, c);
    exprOpt(k.value, c);
    return;
  }
  case ItemKind::Fn: {
    const FnItem &f = ast_.get<FnItem>(id);
    generics(f.generics, c);
    fnDecl(f.decl, c);
    if (f.body && f.header.coroutine != CoroutineKind::None)
      return nameless(DefKind::Closure, {AstRefKind::Item, id.raw}, ast_.items[id].span, {}, c,
                      [&](Context &inner) { block(f.body, inner); });
    blockOpt(f.body, c);
    return;
  }
  case ItemKind::ForeignMod: return items(ast_.get<ForeignModItem>(id).items, ItemPlace::Foreign, c);
  case ItemKind::GlobalAsm: return asmOperands(ast_.get<GlobalAsmItem>(id).inner, c);
  case ItemKind::TyAlias: {
    const TyAliasItem &t = ast_.get<TyAliasItem>(id);
    generics(t.generics, c);
    bounds(t.bounds, c);
    typeOpt(t.ty, c);
    return;
  }
  case ItemKind::Enum: {
    const EnumItem &e = ast_.get<EnumItem>(id);
    generics(e.generics, c);
    for (auto [index, v] : llvm::enumerate(ast_.list(e.variants))) {
      inertAttrs(v.attrs, c);
      variantData(v.data, c);
      if (!v.discriminant.value)
        continue;
      Context inner = c;
      e_.resolver.enterVariant(uint32_t(index), inner.scope);
      anonConst(v.discriminant, inner);
    }
    return;
  }
  case ItemKind::Struct: {
    const StructItem &s = ast_.get<StructItem>(id);
    generics(s.generics, c);
    return variantData(s.data, c);
  }
  case ItemKind::Union: {
    const UnionItem &u = ast_.get<UnionItem>(id);
    generics(u.generics, c);
    return variantData(u.data, c);
  }
  case ItemKind::Trait: {
    const TraitItem &t = ast_.get<TraitItem>(id);
    generics(t.generics, c);
    bounds(t.bounds, c);
    return items(t.items, ItemPlace::Trait, c);
  }
  case ItemKind::TraitAlias: {
    const TraitAliasItem &t = ast_.get<TraitAliasItem>(id);
    generics(t.generics, c);
    return bounds(t.bounds, c);
  }
  case ItemKind::Impl: {
    const ImplItem &i = ast_.get<ImplItem>(id);
    generics(i.generics, c);
    if (i.traitPath)
      path(i.traitPath, c);
    typeOpt(i.self, c);
    return items(i.items, i.traitPath ? ItemPlace::TraitImpl : ItemPlace::InherentImpl, c);
  }
  case ItemKind::ExternCrate: case ItemKind::Use: return;
  case ItemKind::Mod: case ItemKind::MacroCall: case ItemKind::MacroDef: case ItemKind::Expansion: case ItemKind::Err: return;
  }
}

void Collector::variantData(const VariantData &d, Context &c) {
  for (const FieldDef &f : ast_.list(d.fields)) {
    inertAttrs(f.attrs, c);
    typeOpt(f.ty, c);
    anonConst(f.defaultValue, c);
  }
}

void Collector::fnDecl(const FnDecl &d, Context &c) {
  for (const Param &p : ast_.list(d.params)) {
    inertAttrs(p.attrs, c);
    patOpt(p.pat, c);
    typeOpt(p.ty, c);
  }
  typeOpt(d.output, c);
}

void Collector::asmOperands(const InlineAsm &a, Context &c) {
  for (const AsmOperand &o : ast_.list(a.operands)) {
    if (o.kind == AsmOperandKind::Const) {
      ExprId value = o.konst.value ? o.konst.value : o.in;
      nameless(DefKind::InlineConst, {AstRefKind::Expr, value.raw}, o.span, {}, c,
               [&](Context &inner) { expr(value, inner); });
      continue;
    }
    exprOpt(o.in, c);
    exprOpt(o.out, c);
    exprOpt(o.konst.value, c);
    blockOpt(o.label, c);
  }
}

// ---- generics, paths ----
void Collector::genericParams(List<GenericParam> l, Context &c) {
  for (const GenericParam &p : ast_.list(l)) {
    inertAttrs(p.attrs, c);
    bounds(p.bounds, c);
    typeOpt(p.ty, c);
    anonConst(p.defaultConst, c);
  }
}

void Collector::generics(const Generics &g, Context &c) {
  genericParams(g.params, c);
  for (const WherePredicate &w : ast_.list(g.where)) {
    inertAttrs(w.attrs, c);
    genericParams(w.forLifetimes, c);
    typeOpt(w.bounded, c);
    typeOpt(w.rhs, c);
    bounds(w.bounds, c);
  }
}

void Collector::bounds(List<GenericBound> l, Context &c) {
  for (const GenericBound &b : ast_.list(l)) {
    genericParams(b.forLifetimes, c);
    if (b.path)
      path(b.path, c);
  }
}

void Collector::path(PathId id, Context &c) {
  for (const PathSegment &s : ast_.list(ast_.paths[id].segments))
    if (s.args)
      genericArgs(s.args, c);
}

void Collector::genericArgs(GenericArgsId id, Context &c) {
  const GenericArgs &g = ast_.genericArgs[id];
  for (const GenericArg &a : ast_.list(g.args)) {
    typeOpt(a.ty, c);
    anonConst(a.konst, c);
    if (a.assocArgs)
      genericArgs(a.assocArgs, c);
    bounds(a.bounds, c);
  }
  for (TypeId t : ast_.list(g.inputs))
    type(t, c);
  typeOpt(g.output, c);
}

// ---- blocks and statements ----
void Collector::block(BlockId id, Context &ctx) {
  List<StmtId> list = ast_.blocks[id].stmts;
  Context inner = ctx;
  inner.viaBlock = true;
  bool needsModule = llvm::any_of(ast_.list(list), [&](StmtId s) {
    return ast_.stmts[s].kind == StmtKind::Item || ast_.stmts[s].kind == StmtKind::MacroCall;
  });
  if (needsModule)
    e_.resolver.enterBlock(id, inner.scope);
  stmts(list, inner);
}

void Collector::stmts(List<StmtId> list, Context &ctx) {
  llvm::ArrayRef<StmtId> all = ast_.list(list);
  for (size_t i = 0; i < all.size(); ++i)
    stmt(all[i], i + 1 == all.size(), ctx);
}

void Collector::stmt(StmtId id, bool last, Context &ctx) {
  const Stmt &s = ast_.stmts[id];
  if (s.kind != StmtKind::Item)
    inertAttrs(s.attrs, ctx);
  switch (s.kind) {
  case StmtKind::Let: {
    const LetStmt &l = ast_.get<LetStmt>(id);
    patOpt(l.pat, ctx);
    typeOpt(l.ty, ctx);
    exprOpt(l.init, ctx);
    blockOpt(l.otherwise, ctx);
    return;
  }
  case StmtKind::Item: return item(ast_.get<ItemStmt>(id).item, ItemPlace::Module, ctx);
  case StmtKind::Expr: {
    ExprId e = ast_.get<ExprStmt>(id).expr;
    size_t before = e_.collected_.size();
    expr(e, ctx);
    if (last && ast_.exprs[e].kind == ExprKind::MacroCall && e_.collected_.size() > before)
      e_.collected_.back().trailing = true;
    return;
  }
  case StmtKind::Semi: return expr(ast_.get<SemiStmt>(id).expr, ctx);
  case StmtKind::Empty: return;
  case StmtKind::MacroCall: collectBang(Target::Stmt, id.raw, ast_.get<MacroCallStmt>(id).mac, ctx, true, true); return;
  case StmtKind::Expansion: return stmts(ast_.get<ExpansionStmt>(id).stmts, ctx);
  }
}

// ---- types ----
void Collector::type(TypeId id, Context &c) {
  switch (ast_.types[id].kind) {
  case TypeKind::Slice: return type(ast_.get<SliceType>(id).elem, c);
  case TypeKind::Array: {
    const ArrayType &a = ast_.get<ArrayType>(id);
    type(a.elem, c);
    return anonConst(a.len, c);
  }
  case TypeKind::Ptr: return type(ast_.get<PtrType>(id).pointee, c);
  case TypeKind::Ref: return type(ast_.get<RefType>(id).referent, c);
  case TypeKind::BareFn: {
    const BareFnType &f = ast_.get<BareFnType>(id);
    genericParams(f.forLifetimes, c);
    return fnDecl(f.decl, c);
  }
  case TypeKind::UnsafeBinder: {
    const UnsafeBinderType &u = ast_.get<UnsafeBinderType>(id);
    genericParams(u.forLifetimes, c);
    return type(u.inner, c);
  }
  case TypeKind::Tuple:
    for (TypeId t : ast_.list(ast_.get<TupleType>(id).elems))
      type(t, c);
    return;
  case TypeKind::Path: {
    const PathType &p = ast_.get<PathType>(id);
    qself(p.qself, c);
    return path(p.path, c);
  }
  case TypeKind::TraitObject: return bounds(ast_.get<TraitObjectType>(id).bounds, c);
  case TypeKind::ImplTrait: return bounds(ast_.get<ImplTraitType>(id).bounds, c);
  case TypeKind::Paren: return type(ast_.get<ParenType>(id).inner, c);
  case TypeKind::MacroCall: collectBang(Target::Type, id.raw, ast_.get<MacroCallType>(id).mac, c, false, false); return;
  case TypeKind::PatType: {
    const PatTypeType &p = ast_.get<PatTypeType>(id);
    type(p.base, c);
    return pat(p.pat, c);
  }
  case TypeKind::FieldOf: return type(ast_.get<FieldOfType>(id).container, c);
  case TypeKind::Err: case TypeKind::Never: case TypeKind::Infer: case TypeKind::ImplicitSelf: case TypeKind::CVarArgs: return;
  }
}

// ---- patterns ----
void Collector::pat(PatId id, Context &c) {
  switch (ast_.pats[id].kind) {
  case PatKind::Ident: return patOpt(ast_.get<IdentPat>(id).sub, c);
  case PatKind::Struct: {
    const StructPat &s = ast_.get<StructPat>(id);
    qself(s.qself, c);
    path(s.path, c);
    for (const PatField &f : ast_.list(s.fields)) {
      inertAttrs(f.attrs, c);
      pat(f.pat, c);
    }
    return;
  }
  case PatKind::TupleStruct: {
    const TupleStructPat &t = ast_.get<TupleStructPat>(id);
    qself(t.qself, c);
    path(t.path, c);
    return pats(t.elems, c);
  }
  case PatKind::Or: return pats(ast_.get<OrPat>(id).alts, c);
  case PatKind::Path: {
    const PathPat &p = ast_.get<PathPat>(id);
    qself(p.qself, c);
    return path(p.path, c);
  }
  case PatKind::Tuple: return pats(ast_.get<TuplePat>(id).elems, c);
  case PatKind::Box: return pat(ast_.get<BoxPat>(id).inner, c);
  case PatKind::Deref: return pat(ast_.get<DerefPat>(id).inner, c);
  case PatKind::Ref: return pat(ast_.get<RefPat>(id).inner, c);
  case PatKind::Lit: return expr(ast_.get<LitPat>(id).expr, c);
  case PatKind::Range: {
    const RangePat &r = ast_.get<RangePat>(id);
    exprOpt(r.lo, c);
    return exprOpt(r.hi, c);
  }
  case PatKind::Slice: return pats(ast_.get<SlicePat>(id).elems, c);
  case PatKind::Guard: {
    const GuardPat &g = ast_.get<GuardPat>(id);
    pat(g.inner, c);
    return expr(g.guard, c);
  }
  case PatKind::Paren: return pat(ast_.get<ParenPat>(id).inner, c);
  case PatKind::MacroCall: collectBang(Target::Pat, id.raw, ast_.get<MacroCallPat>(id).mac, c, false, false); return;
  case PatKind::Err: case PatKind::Missing: case PatKind::Wild: case PatKind::Rest: case PatKind::Never: return;
  }
}

// ---- expressions ----
// What is in a closure or constant is defined in it.
void Collector::nameless(DefKind kind, AstRef ref, Span span, AttrsId attrs, Context &ctx,
                         llvm::function_ref<void(Context &)> inside) {
  Context inner = ctx;
  e_.resolver.enterNameless(kind, ref, span, attrs, inner.scope);
  inside(inner);
}

void Collector::anonConst(const AnonConst &k, Context &ctx) {
  if (ExprId value = k.value)
    nameless(DefKind::AnonConst, {AstRefKind::Expr, value.raw}, ast_.exprs[value].span, {}, ctx,
             [&](Context &inner) { expr(value, inner); });
}

void Collector::expr(ExprId id, Context &c) {
  const Expr &e = ast_.exprs[id];
  inertAttrs(e.attrs, c);
  switch (e.kind) {
  case ExprKind::Path: {
    const PathExpr &p = ast_.get<PathExpr>(id);
    qself(p.qself, c);
    return path(p.path, c);
  }
  case ExprKind::Unary: return expr(ast_.get<UnaryExpr>(id).operand, c);
  case ExprKind::Binary: {
    const BinaryExpr &b = ast_.get<BinaryExpr>(id);
    expr(b.lhs, c);
    return expr(b.rhs, c);
  }
  case ExprKind::Assign: {
    const AssignExpr &a = ast_.get<AssignExpr>(id);
    expr(a.lhs, c);
    return expr(a.rhs, c);
  }
  case ExprKind::AssignOp: {
    const AssignOpExpr &a = ast_.get<AssignOpExpr>(id);
    expr(a.lhs, c);
    return expr(a.rhs, c);
  }
  case ExprKind::AddrOf: return expr(ast_.get<AddrOfExpr>(id).operand, c);
  case ExprKind::Cast: {
    const CastExpr &k = ast_.get<CastExpr>(id);
    expr(k.operand, c);
    return type(k.ty, c);
  }
  case ExprKind::Ascribe: {
    const AscribeExpr &a = ast_.get<AscribeExpr>(id);
    expr(a.operand, c);
    return type(a.ty, c);
  }
  case ExprKind::Let: {
    const LetExpr &l = ast_.get<LetExpr>(id);
    pat(l.pat, c);
    return expr(l.init, c);
  }
  case ExprKind::If: {
    const IfExpr &i = ast_.get<IfExpr>(id);
    expr(i.cond, c);
    block(i.then, c);
    return exprOpt(i.otherwise, c);
  }
  case ExprKind::While: {
    const WhileExpr &w = ast_.get<WhileExpr>(id);
    expr(w.cond, c);
    return block(w.body, c);
  }
  case ExprKind::Loop: return block(ast_.get<LoopExpr>(id).body, c);
  case ExprKind::ForLoop: {
    const ForLoopExpr &f = ast_.get<ForLoopExpr>(id);
    pat(f.pat, c);
    expr(f.iter, c);
    return block(f.body, c);
  }
  case ExprKind::Match: {
    const MatchExpr &m = ast_.get<MatchExpr>(id);
    expr(m.scrutinee, c);
    for (const Arm &a : ast_.list(m.arms)) {
      inertAttrs(a.attrs, c);
      pat(a.pat, c);
      exprOpt(a.guard, c);
      exprOpt(a.body, c);
    }
    return;
  }
  case ExprKind::Closure: {
    const ClosureExpr &k = ast_.get<ClosureExpr>(id);
    return nameless(DefKind::Closure, {AstRefKind::Expr, id.raw}, e.span, e.attrs, c, [&](Context &inner) {
      genericParams(k.forLifetimes, inner);
      fnDecl(k.decl, inner);
      expr(k.body, inner);
    });
  }
  case ExprKind::Block: return block(ast_.get<BlockExpr>(id).block, c);
  case ExprKind::Gen:
    return nameless(DefKind::Closure, {AstRefKind::Expr, id.raw}, e.span, {}, c,
                    [&](Context &inner) { block(ast_.get<GenExpr>(id).block, inner); });
  case ExprKind::ConstBlock:
    return nameless(DefKind::InlineConst, {AstRefKind::Expr, id.raw}, e.span, {}, c,
                    [&](Context &inner) { expr(ast_.get<ConstBlockExpr>(id).konst.value, inner); });
  case ExprKind::TryBlock: {
    const TryBlockExpr &t = ast_.get<TryBlockExpr>(id);
    block(t.block, c);
    return typeOpt(t.ty, c);
  }
  case ExprKind::Call: {
    const CallExpr &k = ast_.get<CallExpr>(id);
    expr(k.callee, c);
    return exprs(k.args, c);
  }
  case ExprKind::MethodCall: {
    const MethodCallExpr &m = ast_.get<MethodCallExpr>(id);
    expr(m.receiver, c);
    if (m.segment.args)
      genericArgs(m.segment.args, c);
    return exprs(m.args, c);
  }
  case ExprKind::Field: return expr(ast_.get<FieldExpr>(id).base, c);
  case ExprKind::Index: {
    const IndexExpr &i = ast_.get<IndexExpr>(id);
    expr(i.base, c);
    return expr(i.index, c);
  }
  case ExprKind::Range: {
    const RangeExpr &r = ast_.get<RangeExpr>(id);
    exprOpt(r.lo, c);
    return exprOpt(r.hi, c);
  }
  case ExprKind::Tuple: return exprs(ast_.get<TupleExpr>(id).elems, c);
  case ExprKind::Array: return exprs(ast_.get<ArrayExpr>(id).elems, c);
  case ExprKind::Repeat: {
    const RepeatExpr &r = ast_.get<RepeatExpr>(id);
    expr(r.elem, c);
    return anonConst(r.count, c);
  }
  case ExprKind::Struct: {
    const StructExpr &s = ast_.get<StructExpr>(id);
    qself(s.qself, c);
    path(s.path, c);
    for (const ExprField &f : ast_.list(s.fields)) {
      inertAttrs(f.attrs, c);
      expr(f.value, c);
    }
    return exprOpt(s.base, c);
  }
  case ExprKind::Ret: return exprOpt(ast_.get<RetExpr>(id).value, c);
  case ExprKind::Break: return exprOpt(ast_.get<BreakExpr>(id).value, c);
  case ExprKind::Become: return exprOpt(ast_.get<BecomeExpr>(id).value, c);
  case ExprKind::Yield: return exprOpt(ast_.get<YieldExpr>(id).value, c);
  case ExprKind::Yeet: return exprOpt(ast_.get<YeetExpr>(id).value, c);
  case ExprKind::Await: return expr(ast_.get<AwaitExpr>(id).operand, c);
  case ExprKind::Use: return expr(ast_.get<UseExpr>(id).operand, c);
  case ExprKind::Try: return expr(ast_.get<TryExpr>(id).operand, c);
  case ExprKind::Paren: return expr(ast_.get<ParenExpr>(id).inner, c);
  case ExprKind::MacroCall: collectBang(Target::Expr, id.raw, ast_.get<MacroCallExpr>(id).mac, c, false, false); return;
  case ExprKind::FormatArgs:
    for (const FormatArg &a : ast_.list(ast_.get<FormatArgsExpr>(id).args))
      expr(a.value, c);
    return;
  case ExprKind::InlineAsm: return asmOperands(ast_.get<InlineAsmExpr>(id).inner, c);
  case ExprKind::OffsetOf: return type(ast_.get<OffsetOfExpr>(id).container, c);
  case ExprKind::UnsafeBinderCast: {
    const UnsafeBinderCastExpr &u = ast_.get<UnsafeBinderCastExpr>(id);
    expr(u.operand, c);
    return typeOpt(u.ty, c);
  }
  case ExprKind::Err: case ExprKind::Lit: case ExprKind::Continue: case ExprKind::Underscore: case ExprKind::IncludedBytes:
    return;
  }
}

} // namespace ferric::expand
