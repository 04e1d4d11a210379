// A walk over the whole syntax tree in source order. Derive, define the visit functions of interest, and call the walk function
// of the same name to go on below:
//
//   struct Count : ast::Visitor<Count> { void visitExpr(ExprId e) { ++n; walkExpr(e); } unsigned n = 0; };
#pragma once
#include "ast/ast.h"

namespace ferric::ast {

enum class FnCtx : uint8_t { Free, Assoc, Foreign, Closure, Pointer };
enum class BoundCtx : uint8_t { Bound, SuperTrait, TraitObject, ImplTrait };

template <class D> class Visitor {
public:
  explicit Visitor(const Ast &ast) : ast_(ast) {}

  void visitItem(ItemId id) { walkItem(id); }
  void visitAssocItem(ItemId id) { walkItem(id); }
  void visitForeignItem(ItemId id) { walkItem(id); }
  void visitExpr(ExprId id) { walkExpr(id); }
  void visitType(TypeId id) { walkType(id); }
  void visitPat(PatId id) { walkPat(id); }
  void visitStmt(StmtId id) { walkStmt(id); }
  void visitBlock(BlockId id) { walkBlock(id); }
  void visitPath(PathId id) { walkPath(id); }
  void visitGenericArgs(GenericArgsId id) { walkGenericArgs(id); }
  void visitGenerics(const Generics &g) { walkGenerics(g); }
  void visitBound(const GenericBound &b, BoundCtx) { walkBound(b); }
  // `header` is null for closures; `body` none when there is no block.
  void visitFn(FnCtx, const FnHeader *, const FnDecl &d, BlockId body, Span) { walkFn(d, body); }

  void visitItems(List<ItemId> list) {
    forEachItem(ast_, list, [&](ItemId id) { self().visitItem(id); });
  }

  void walkItem(ItemId id);
  void walkExpr(ExprId id);
  void walkType(TypeId id);
  void walkPat(PatId id);
  void walkStmt(StmtId id);
  void walkGenericArgs(GenericArgsId id);
  void walkGenerics(const Generics &g);

  void walkBlock(BlockId id) {
    forEachStmt(ast_, ast_.blocks[id].stmts, [&](StmtId s) { self().visitStmt(s); });
  }
  void walkPath(PathId id) {
    for (const PathSegment &s : ast_.list(ast_.paths[id].segments))
      if (s.args)
        self().visitGenericArgs(s.args);
  }
  void walkBound(const GenericBound &b) {
    params(b.forLifetimes);
    path(b.path);
  }
  void walkFn(const FnDecl &d, BlockId body) {
    for (const Param &p : ast_.list(d.params)) {
      self().visitPat(p.pat);
      type(p.ty);
    }
    type(d.output);
    if (body)
      self().visitBlock(body);
  }

protected:
  const Ast &ast_;
  D &self() { return static_cast<D &>(*this); }
  // The same, for what may be none.
  void expr(ExprId id) { if (id) self().visitExpr(id); }
  void type(TypeId id) { if (id) self().visitType(id); }
  void path(PathId id) { if (id) self().visitPath(id); }
  void block(BlockId id) { if (id) self().visitBlock(id); }
  void exprs(List<ExprId> list) { for (ExprId e : ast_.list(list)) expr(e); }
  void types(List<TypeId> list) { for (TypeId t : ast_.list(list)) type(t); }
  void pats(List<PatId> list) { for (PatId p : ast_.list(list)) self().visitPat(p); }
  void qpath(const QSelf &q, PathId p) { type(q.ty); path(p); }
  void bounds(List<GenericBound> list, BoundCtx ctx) {
    for (const GenericBound &b : ast_.list(list))
      self().visitBound(b, ctx);
  }
  void params(List<GenericParam> list) {
    for (const GenericParam &p : ast_.list(list)) {
      bounds(p.bounds, BoundCtx::Bound);
      type(p.ty);
      expr(p.defaultConst.value);
    }
  }
  void fields(const VariantData &d) {
    for (const FieldDef &f : ast_.list(d.fields)) {
      type(f.ty);
      expr(f.defaultValue.value);
    }
  }
  void inlineAsm(const InlineAsm &a) {
    for (const AsmOperand &o : ast_.list(a.operands)) {
      expr(o.in);
      expr(o.out);
      expr(o.konst.value);
      block(o.label);
    }
  }
};

template <class D> void Visitor<D>::walkGenerics(const Generics &g) {
  params(g.params);
  for (const WherePredicate &w : ast_.list(g.where)) {
    params(w.forLifetimes);
    type(w.bounded);
    type(w.rhs);
    bounds(w.bounds, BoundCtx::Bound);
  }
}

template <class D> void Visitor<D>::walkGenericArgs(GenericArgsId id) {
  const GenericArgs &a = ast_.genericArgs[id];
  for (const GenericArg &g : ast_.list(a.args)) {
    if (g.assocArgs)
      self().visitGenericArgs(g.assocArgs);
    type(g.ty);
    expr(g.konst.value);
    bounds(g.bounds, BoundCtx::Bound);
  }
  types(a.inputs);
  type(a.output);
}

template <class D> void Visitor<D>::walkType(TypeId id) {
  switch (ast_.types[id].kind) {
  case TypeKind::Slice: return type(ast_.get<SliceType>(id).elem);
  case TypeKind::Array:
    type(ast_.get<ArrayType>(id).elem);
    return expr(ast_.get<ArrayType>(id).len.value);
  case TypeKind::Ptr: return type(ast_.get<PtrType>(id).pointee);
  case TypeKind::Ref: return type(ast_.get<RefType>(id).referent);
  case TypeKind::BareFn: {
    const BareFnType &f = ast_.get<BareFnType>(id);
    params(f.forLifetimes);
    return self().visitFn(FnCtx::Pointer, &f.header, f.decl, {}, ast_.types[id].span);
  }
  case TypeKind::UnsafeBinder: return type(ast_.get<UnsafeBinderType>(id).inner);
  case TypeKind::Tuple: return types(ast_.get<TupleType>(id).elems);
  case TypeKind::Path: return qpath(ast_.get<PathType>(id).qself, ast_.get<PathType>(id).path);
  case TypeKind::TraitObject: return bounds(ast_.get<TraitObjectType>(id).bounds, BoundCtx::TraitObject);
  case TypeKind::ImplTrait: return bounds(ast_.get<ImplTraitType>(id).bounds, BoundCtx::ImplTrait);
  case TypeKind::Paren: return type(ast_.get<ParenType>(id).inner);
  case TypeKind::PatType:
    type(ast_.get<PatTypeType>(id).base);
    return self().visitPat(ast_.get<PatTypeType>(id).pat);
  case TypeKind::FieldOf: return type(ast_.get<FieldOfType>(id).container);
  case TypeKind::Err: case TypeKind::Never: case TypeKind::Infer: case TypeKind::ImplicitSelf: case TypeKind::MacroCall:
  case TypeKind::CVarArgs:
    return;
  }
}

template <class D> void Visitor<D>::walkPat(PatId id) {
  switch (ast_.pats[id].kind) {
  case PatKind::Ident:
    if (PatId sub = ast_.get<IdentPat>(id).sub)
      self().visitPat(sub);
    return;
  case PatKind::Struct: {
    const StructPat &p = ast_.get<StructPat>(id);
    qpath(p.qself, p.path);
    for (const PatField &f : ast_.list(p.fields))
      self().visitPat(f.pat);
    return;
  }
  case PatKind::TupleStruct:
    qpath(ast_.get<TupleStructPat>(id).qself, ast_.get<TupleStructPat>(id).path);
    return pats(ast_.get<TupleStructPat>(id).elems);
  case PatKind::Or: return pats(ast_.get<OrPat>(id).alts);
  case PatKind::Path: return qpath(ast_.get<PathPat>(id).qself, ast_.get<PathPat>(id).path);
  case PatKind::Tuple: return pats(ast_.get<TuplePat>(id).elems);
  case PatKind::Box: return self().visitPat(ast_.get<BoxPat>(id).inner);
  case PatKind::Deref: return self().visitPat(ast_.get<DerefPat>(id).inner);
  case PatKind::Ref: return self().visitPat(ast_.get<RefPat>(id).inner);
  case PatKind::Lit: return expr(ast_.get<LitPat>(id).expr);
  case PatKind::Range:
    expr(ast_.get<RangePat>(id).lo);
    return expr(ast_.get<RangePat>(id).hi);
  case PatKind::Slice: return pats(ast_.get<SlicePat>(id).elems);
  case PatKind::Guard:
    self().visitPat(ast_.get<GuardPat>(id).inner);
    return expr(ast_.get<GuardPat>(id).guard);
  case PatKind::Paren: return self().visitPat(ast_.get<ParenPat>(id).inner);
  case PatKind::Err: case PatKind::Missing: case PatKind::Wild: case PatKind::Rest: case PatKind::Never: case PatKind::MacroCall:
    return;
  }
}

template <class D> void Visitor<D>::walkStmt(StmtId id) {
  switch (ast_.stmts[id].kind) {
  case StmtKind::Let: {
    const LetStmt &l = ast_.get<LetStmt>(id);
    self().visitPat(l.pat);
    type(l.ty);
    expr(l.init);
    return block(l.otherwise);
  }
  case StmtKind::Item: {
    ItemId it = ast_.get<ItemStmt>(id).item;
    if (ast_.items[it].kind == ItemKind::Expansion)
      return visitItems(ast_.get<ExpansionItem>(it).items);
    return self().visitItem(it);
  }
  case StmtKind::Expr: return expr(ast_.get<ExprStmt>(id).expr);
  case StmtKind::Semi: return expr(ast_.get<SemiStmt>(id).expr);
  case StmtKind::Empty: case StmtKind::MacroCall: case StmtKind::Expansion:
    return;
  }
}

template <class D> void Visitor<D>::walkItem(ItemId id) {
  const Item &it = ast_.items[id];
  path(it.vis.path);
  switch (it.kind) {
  case ItemKind::Static:
    type(ast_.get<StaticItem>(id).ty);
    return expr(ast_.get<StaticItem>(id).value);
  case ItemKind::Const:
    self().visitGenerics(ast_.get<ConstItem>(id).generics);
    type(ast_.get<ConstItem>(id).ty);
    return expr(ast_.get<ConstItem>(id).value);
  case ItemKind::Fn: {
    const FnItem &f = ast_.get<FnItem>(id);
    self().visitGenerics(f.generics);
    return self().visitFn(self().fnCtx(), &f.header, f.decl, f.body, it.span);
  }
  case ItemKind::Mod: return visitItems(ast_.get<ModItem>(id).items);
  case ItemKind::ForeignMod:
    return forEachItem(ast_, ast_.get<ForeignModItem>(id).items, [&](ItemId i) { self().visitForeignItem(i); });
  case ItemKind::GlobalAsm: return inlineAsm(ast_.get<GlobalAsmItem>(id).inner);
  case ItemKind::TyAlias: {
    const TyAliasItem &t = ast_.get<TyAliasItem>(id);
    self().visitGenerics(t.generics);
    bounds(t.bounds, BoundCtx::Bound);
    return type(t.ty);
  }
  case ItemKind::Enum:
    self().visitGenerics(ast_.get<EnumItem>(id).generics);
    for (const Variant &v : ast_.list(ast_.get<EnumItem>(id).variants)) {
      fields(v.data);
      expr(v.discriminant.value);
    }
    return;
  case ItemKind::Struct:
    self().visitGenerics(ast_.get<StructItem>(id).generics);
    return fields(ast_.get<StructItem>(id).data);
  case ItemKind::Union:
    self().visitGenerics(ast_.get<UnionItem>(id).generics);
    return fields(ast_.get<UnionItem>(id).data);
  case ItemKind::Trait:
    self().visitGenerics(ast_.get<TraitItem>(id).generics);
    bounds(ast_.get<TraitItem>(id).bounds, BoundCtx::SuperTrait);
    return forEachItem(ast_, ast_.get<TraitItem>(id).items, [&](ItemId i) { self().visitAssocItem(i); });
  case ItemKind::TraitAlias:
    self().visitGenerics(ast_.get<TraitAliasItem>(id).generics);
    return bounds(ast_.get<TraitAliasItem>(id).bounds, BoundCtx::SuperTrait);
  case ItemKind::Impl:
    self().visitGenerics(ast_.get<ImplItem>(id).generics);
    path(ast_.get<ImplItem>(id).traitPath);
    type(ast_.get<ImplItem>(id).self);
    return forEachItem(ast_, ast_.get<ImplItem>(id).items, [&](ItemId i) { self().visitAssocItem(i); });
  case ItemKind::Expansion: return visitItems(ast_.get<ExpansionItem>(id).items);
  case ItemKind::Err: case ItemKind::ExternCrate: case ItemKind::Use: case ItemKind::MacroCall: case ItemKind::MacroDef:
    return;
  }
}

template <class D> void Visitor<D>::walkExpr(ExprId id) {
  switch (ast_.exprs[id].kind) {
  case ExprKind::Path: return qpath(ast_.get<PathExpr>(id).qself, ast_.get<PathExpr>(id).path);
  case ExprKind::Unary: return expr(ast_.get<UnaryExpr>(id).operand);
  case ExprKind::Binary:
    expr(ast_.get<BinaryExpr>(id).lhs);
    return expr(ast_.get<BinaryExpr>(id).rhs);
  case ExprKind::Assign:
    expr(ast_.get<AssignExpr>(id).lhs);
    return expr(ast_.get<AssignExpr>(id).rhs);
  case ExprKind::AssignOp:
    expr(ast_.get<AssignOpExpr>(id).lhs);
    return expr(ast_.get<AssignOpExpr>(id).rhs);
  case ExprKind::AddrOf: return expr(ast_.get<AddrOfExpr>(id).operand);
  case ExprKind::Cast:
    expr(ast_.get<CastExpr>(id).operand);
    return type(ast_.get<CastExpr>(id).ty);
  case ExprKind::Ascribe:
    expr(ast_.get<AscribeExpr>(id).operand);
    return type(ast_.get<AscribeExpr>(id).ty);
  case ExprKind::Let:
    self().visitPat(ast_.get<LetExpr>(id).pat);
    return expr(ast_.get<LetExpr>(id).init);
  case ExprKind::If:
    expr(ast_.get<IfExpr>(id).cond);
    block(ast_.get<IfExpr>(id).then);
    return expr(ast_.get<IfExpr>(id).otherwise);
  case ExprKind::While:
    expr(ast_.get<WhileExpr>(id).cond);
    return block(ast_.get<WhileExpr>(id).body);
  case ExprKind::Loop: return block(ast_.get<LoopExpr>(id).body);
  case ExprKind::ForLoop:
    self().visitPat(ast_.get<ForLoopExpr>(id).pat);
    expr(ast_.get<ForLoopExpr>(id).iter);
    return block(ast_.get<ForLoopExpr>(id).body);
  case ExprKind::Match:
    expr(ast_.get<MatchExpr>(id).scrutinee);
    for (const Arm &a : ast_.list(ast_.get<MatchExpr>(id).arms)) {
      self().visitPat(a.pat);
      expr(a.guard);
      expr(a.body);
    }
    return;
  case ExprKind::Closure: {
    const ClosureExpr &c = ast_.get<ClosureExpr>(id);
    params(c.forLifetimes);
    self().visitFn(FnCtx::Closure, nullptr, c.decl, {}, c.declSpan);
    return expr(c.body);
  }
  case ExprKind::Block: return block(ast_.get<BlockExpr>(id).block);
  case ExprKind::Gen: return block(ast_.get<GenExpr>(id).block);
  case ExprKind::ConstBlock: return expr(ast_.get<ConstBlockExpr>(id).konst.value);
  case ExprKind::TryBlock:
    type(ast_.get<TryBlockExpr>(id).ty);
    return block(ast_.get<TryBlockExpr>(id).block);
  case ExprKind::Call:
    expr(ast_.get<CallExpr>(id).callee);
    return exprs(ast_.get<CallExpr>(id).args);
  case ExprKind::MethodCall:
    expr(ast_.get<MethodCallExpr>(id).receiver);
    if (GenericArgsId a = ast_.get<MethodCallExpr>(id).segment.args)
      self().visitGenericArgs(a);
    return exprs(ast_.get<MethodCallExpr>(id).args);
  case ExprKind::Field: return expr(ast_.get<FieldExpr>(id).base);
  case ExprKind::Index:
    expr(ast_.get<IndexExpr>(id).base);
    return expr(ast_.get<IndexExpr>(id).index);
  case ExprKind::Range:
    expr(ast_.get<RangeExpr>(id).lo);
    return expr(ast_.get<RangeExpr>(id).hi);
  case ExprKind::Tuple: return exprs(ast_.get<TupleExpr>(id).elems);
  case ExprKind::Array: return exprs(ast_.get<ArrayExpr>(id).elems);
  case ExprKind::Repeat:
    expr(ast_.get<RepeatExpr>(id).elem);
    return expr(ast_.get<RepeatExpr>(id).count.value);
  case ExprKind::Struct:
    qpath(ast_.get<StructExpr>(id).qself, ast_.get<StructExpr>(id).path);
    for (const ExprField &f : ast_.list(ast_.get<StructExpr>(id).fields))
      expr(f.value);
    return expr(ast_.get<StructExpr>(id).base);
  case ExprKind::Ret: return expr(ast_.get<RetExpr>(id).value);
  case ExprKind::Break: return expr(ast_.get<BreakExpr>(id).value);
  case ExprKind::Become: return expr(ast_.get<BecomeExpr>(id).value);
  case ExprKind::Yield: return expr(ast_.get<YieldExpr>(id).value);
  case ExprKind::Yeet: return expr(ast_.get<YeetExpr>(id).value);
  case ExprKind::Await: return expr(ast_.get<AwaitExpr>(id).operand);
  case ExprKind::Use: return expr(ast_.get<UseExpr>(id).operand);
  case ExprKind::Try: return expr(ast_.get<TryExpr>(id).operand);
  case ExprKind::Paren: return expr(ast_.get<ParenExpr>(id).inner);
  case ExprKind::FormatArgs:
    for (const FormatArg &a : ast_.list(ast_.get<FormatArgsExpr>(id).args))
      expr(a.value);
    return;
  case ExprKind::InlineAsm: return inlineAsm(ast_.get<InlineAsmExpr>(id).inner);
  case ExprKind::OffsetOf: return type(ast_.get<OffsetOfExpr>(id).container);
  case ExprKind::UnsafeBinderCast:
    expr(ast_.get<UnsafeBinderCastExpr>(id).operand);
    return type(ast_.get<UnsafeBinderCastExpr>(id).ty);
  case ExprKind::Err: case ExprKind::Lit: case ExprKind::Continue: case ExprKind::Underscore: case ExprKind::MacroCall:
  case ExprKind::IncludedBytes:
    return;
  }
}

} // namespace ferric::ast
