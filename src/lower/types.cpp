// Types, generic arguments and bounds (Reference: types; rustc_ast_lowering::lower_ty, path).
#include "lower/lowering.h"

namespace ferric::lower {

const hir::Ty *Lowering::ty(ast::TypeId id) {
  Span span = ast.types[id].span;
  if (tooDeep(span))
    return make<hir::ErrTy>(span);
  ++depth_;
  const hir::Ty *t = tyInner(id);
  --depth_;
  return t;
}

const hir::Ty *Lowering::tyInner(ast::TypeId id) {
  const ast::Type &n = ast.types[id];
  Span span = n.span;
  switch (n.kind) {
  case ast::TypeKind::Err:
    return make<hir::ErrTy>(span);
  case ast::TypeKind::Slice: {
    hir::SliceTy *t = make<hir::SliceTy>(span);
    t->elem = ty(node<ast::SliceType>(id).elem);
    return t;
  }
  case ast::TypeKind::Array: {
    hir::ArrayTy *t = make<hir::ArrayTy>(span);
    t->elem = ty(node<ast::ArrayType>(id).elem);
    t->len = constArg(node<ast::ArrayType>(id).len);
    return t;
  }
  case ast::TypeKind::Ptr: {
    hir::PtrTy *t = make<hir::PtrTy>(span);
    t->mut = node<ast::PtrType>(id).mut;
    t->pointee = ty(node<ast::PtrType>(id).pointee);
    return t;
  }
  case ast::TypeKind::Ref: {
    const ast::RefType &r = node<ast::RefType>(id);
    if (r.pinned)
      error(span, "E0658", "pinned reference syntax is not supported");
    hir::RefTy *t = make<hir::RefTy>(span);
    Span amp = span;
    amp.hi = amp.lo + 1;
    t->lifetime = r.lifetime.valid() ? lifetime(r.lifetime) : elidedLifetime(amp.shrinkToHi(), amp);
    t->mut = r.mut;
    t->referent = ty(r.referent);
    return t;
  }
  case ast::TypeKind::BareFn:
    return bareFn(id, node<ast::BareFnType>(id));
  case ast::TypeKind::UnsafeBinder: {
    const ast::UnsafeBinderType &u = node<ast::UnsafeBinderType>(id);
    hir::UnsafeBinderTy *t = make<hir::UnsafeBinderTy>(span);
    SmallVector<hir::GenericParam, 2> params;
    size_t mark = lifetimes_.size();
    bindForLifetimes(ast.list(u.forLifetimes), params);
    t->inner = ty(u.inner);
    lifetimes_.truncate(mark);
    t->forParams = arr(params);
    return t;
  }
  case ast::TypeKind::Never:
    return make<hir::NeverTy>(span);
  case ast::TypeKind::Tuple: {
    hir::TupleTy *t = make<hir::TupleTy>(span);
    SmallVector<const hir::Ty *, 4> elems;
    for (ast::TypeId e : ast.list(node<ast::TupleType>(id).elems))
      elems.push_back(ty(e));
    t->elems = arr(elems);
    return t;
  }
  case ast::TypeKind::Path: {
    const ast::PathType &p = node<ast::PathType>(id);
    Res full;
    hir::QPath q = qpath(p.qself, p.path, PathSource::Type, &full);
    if (full.isDef(DefKind::Trait) || full.isDef(DefKind::TraitAlias))
      return bareTraitObject(span, *q.path);
    return pathTy(span, q);
  }
  case ast::TypeKind::TraitObject:
    return traitObject(id, node<ast::TraitObjectType>(id));
  case ast::TypeKind::ImplTrait:
    return implTrait(id, node<ast::ImplTraitType>(id));
  case ast::TypeKind::Paren:
    return ty(node<ast::ParenType>(id).inner);
  case ast::TypeKind::Infer:
    return make<hir::InferTy>(span);
  case ast::TypeKind::ImplicitSelf: {
    bool found = false;
    Res res = lookupIdent(Ident{sym::kw_Self, span}, Namespace::Type, found, true);
    hir::PathSegment *seg = alloc(hir::PathSegment{});
    seg->ident = Ident{sym::kw_Self, span};
    seg->id = newId();
    seg->res = res;
    seg->inferArgs = false;
    hir::Path *path = alloc(hir::Path{span, res, ArrayRef<hir::PathSegment>(seg, 1)});
    hir::QPath q;
    q.path = path;
    q.span = span;
    return pathTy(span, q);
  }
  case ast::TypeKind::PatType:
    return patType(id, node<ast::PatTypeType>(id));
  case ast::TypeKind::CVarArgs: {
    DefId va = tcx.langItem(intern("va_list"));
    if (!va.valid()) {
      error(span, "", "internal: C-variadic functions need the `va_list` lang item");
      return make<hir::ErrTy>(span);
    }
    hir::QPath q = defPath(va, span);
    return pathTy(span, q);
  }
  case ast::TypeKind::FieldOf:
    error(span, "", "internal: `field_of!` types are not supported yet");
    return make<hir::ErrTy>(span);
  case ast::TypeKind::MacroCall:
    return make<hir::ErrTy>(span);
  }
  UNREACHABLE("type kind");
}

const hir::Ty *Lowering::pathTy(Span span, const hir::QPath &path) {
  hir::PathTy *t = make<hir::PathTy>(span);
  t->path = path;
  t->path.span = span;
  return t;
}

// A trait object as it was written of old, without `dyn`.
const hir::Ty *Lowering::bareTraitObject(Span span, const hir::Path &trait) {
  hir::TraitObjectTy *t = make<hir::TraitObjectTy>(span);
  hir::GenericBound b;
  b.trait.path = trait;
  b.trait.span = b.span = span;
  b.trait.id = newId();
  t->bounds = arr({b});
  t->bare = true;
  t->lifetime.kind = hir::LifetimeKind::ImplicitObjectDefault;
  t->lifetime.ident = Ident{sym::empty, span};
  return t;
}

const hir::Ty *Lowering::traitObject(ast::TypeId id, const ast::TraitObjectType &o) {
  Span span = ast.types[id].span;
  hir::TraitObjectTy *t = make<hir::TraitObjectTy>(span);
  t->bare = !o.hasDyn;
  t->lifetime.kind = hir::LifetimeKind::ImplicitObjectDefault;
  t->lifetime.ident = Ident{sym::empty, span};
  bool haveLifetime = false;
  SmallVector<hir::GenericBound, 4> out;
  for (const ast::GenericBound &b : ast.list(o.bounds)) {
    if (b.kind == ast::BoundKind::Outlives) {
      if (haveLifetime)
        error(b.span, "E0226", "only a single explicit lifetime bound is permitted");
      t->lifetime = lifetime(b.lifetime);
      haveLifetime = true;
      continue;
    }
    if (b.kind == ast::BoundKind::Use)
      continue;
    hir::GenericBound g;
    bound(b, g);
    out.push_back(g);
  }
  t->bounds = arr(out);
  return t;
}

const hir::Ty *Lowering::futureOf(const hir::Ty *output, Span span) {
  if (!output)
    output = make<hir::TupleTy>(span);
  hir::OpaqueTy *t = make<hir::OpaqueTy>(span);
  t->def = addDef(DefKind::OpaqueTy, span, {});
  hir::AssocConstraint is;
  is.ident = Ident{intern("Output"), span};
  is.ty = output;
  is.span = span;
  hir::GenericArgs *args = alloc(hir::GenericArgs{});
  args->constraints = arr({is});
  args->span = span;
  hir::GenericBound future;
  hir::QPath path = langItemPath("future_trait", span);
  hir::PathSegment *segment = alloc(path.path->segments[0]);
  segment->args = args;
  segment->inferArgs = false;
  future.trait.path = *path.path;
  future.trait.path.segments = ArrayRef<hir::PathSegment>(segment, 1);
  future.trait.span = future.span = span;
  future.trait.id = newId();
  t->bounds = arr({future});
  tcx.queries.hirOpaque.set(t->def, t);
  return t;
}

const hir::Ty *Lowering::implTrait(ast::TypeId id, const ast::ImplTraitType &i) {
  Span span = ast.types[id].span;
  if (implTrait_ == ImplTraitMode::Disallowed) {
    error(span, "E0562", "`impl Trait` is not allowed here")
        .note("`impl Trait` is only allowed in arguments and return types of functions and methods");
    return make<hir::ErrTy>(span);
  }
  if (implTrait_ == ImplTraitMode::Universal) {
    DefId def = addDef(DefKind::TyParam, span, {AstRefKind::Type, id.raw});
    Symbol name = intern("impl Trait");
    crates.defMut(def).name = name;
    hir::GenericParam p;
    p.kind = hir::ParamKind::Type;
    p.def = def;
    p.ident = Ident{name, span};
    p.synthetic = true;
    universal_->push_back(p);
    hir::PathSegment *seg = alloc(hir::PathSegment{});
    seg->ident = p.ident;
    seg->id = newId();
    seg->res = Res::ofDef(DefKind::TyParam, def);
    hir::QPath q;
    q.path = alloc(hir::Path{span, seg->res, ArrayRef<hir::PathSegment>(seg, 1)});
    const hir::Ty *t = pathTy(span, q);
    hir::WherePredicate w;
    w.bounded = t;
    w.fromParam = true;
    w.param = def;
    w.span = span;
    w.bounds = bounds(ast.list(i.bounds));
    universalBounds_->push_back(w);
    return t;
  }
  DefId def = addDef(DefKind::OpaqueTy, span, {AstRefKind::Type, id.raw});
  hir::OpaqueTy *t = make<hir::OpaqueTy>(span);
  t->def = def;
  DefId outerParent = parentDef_;
  t->bounds = bounds(ast.list(i.bounds));
  parentDef_ = outerParent;
  tcx.queries.hirOpaque.set(def, t);
  return t;
}

const hir::Ty *Lowering::bareFn(ast::TypeId id, const ast::BareFnType &f) {
  Span span = ast.types[id].span;
  hir::FnPtrTy *t = make<hir::FnPtrTy>(span);
  SmallVector<hir::GenericParam, 2> params;
  size_t mark = lifetimes_.size();
  bindForLifetimes(ast.list(f.forLifetimes), params);
  t->header = fnHeader(f.header);
  ImplTraitMode outer = implTrait_;
  implTrait_ = ImplTraitMode::Disallowed;
  SmallVector<ast::TypeId, 4> inputs;
  for (const ast::Param &p : ast.list(f.decl.params))
    if (ast.types[p.ty].kind != ast::TypeKind::CVarArgs)
      inputs.push_back(p.ty);
  SmallVector<const hir::Ty *, 4> in;
  ElideRib rib;
  rib.kind = ElideKind::Create;
  rib.owner = parentDef_;
  rib.created = &params;
  elidedSignature(inputs, f.decl.output, false, rib, in, t->decl.output);
  implTrait_ = outer;
  lifetimes_.truncate(mark);
  t->decl.inputs = arr(in);
  t->decl.cVariadic = f.decl.cVariadic;
  t->decl.outputSpan = f.decl.outputSpan;
  t->forParams = arr(params);
  return t;
}

const hir::Ty *Lowering::patType(ast::TypeId id, const ast::PatTypeType &p) {
  hir::PatTy *t = make<hir::PatTy>(ast.types[id].span);
  t->base = ty(p.base);
  t->pat = tyPat(p.pat);
  return t;
}

hir::TyPat Lowering::tyPat(ast::PatId id) {
  const ast::Pat &n = ast.pats[id];
  hir::TyPat out;
  switch (n.kind) {
  case ast::PatKind::Range: { // rustc_ast_lowering::pat: an excluded end goes through core::pat::RangePattern
    const ast::RangePat &r = node<ast::RangePat>(id);
    out.kind = hir::TyPatKind::Range;
    out.hiInclusive = r.end != ast::RangeEnd::Excluded || !r.hi;
    if (r.lo)
      out.lo = constArgOfExpr(r.lo, false);
    if (r.hi) {
      out.hi = out.hiInclusive ? constArgOfExpr(r.hi, false) : constArgOfExpr(r.hi, false, "RangeSub");
      if (out.hi->kind == hir::ConstArgKind::Anon)
        out.hiInclusive = true;
    }
    return out;
  }
  case ast::PatKind::Never:
    out.kind = hir::TyPatKind::NotNull;
    return out;
  case ast::PatKind::Paren:
    return tyPat(node<ast::ParenPat>(id).inner);
  case ast::PatKind::Or: {
    SmallVector<hir::TyPat, 2> alts;
    for (ast::PatId a : ast.list(node<ast::OrPat>(id).alts))
      alts.push_back(tyPat(a));
    out.kind = hir::TyPatKind::Or;
    out.alts = arr(alts);
    return out;
  }
  default:
    error(n.span, "", "wrong pattern for a pattern type");
    out.kind = hir::TyPatKind::NotNull;
    return out;
  }
}

// ---- constants in types ----

bool Lowering::trivialConstPath(ast::ExprId e, hir::QPath &out) {
  while (ast.exprs[e].kind == ast::ExprKind::Block) {
    const ast::Block &b = ast.blocks[node<ast::BlockExpr>(e).block];
    if (b.stmts.len != 1 || b.isUnsafe)
      return false;
    ast::StmtId s = ast.list(b.stmts)[0];
    if (ast.stmts[s].kind == ast::StmtKind::Expansion) {
      const ast::ExpansionStmt &x = node<ast::ExpansionStmt>(s);
      if (x.stmts.len != 1)
        return false;
      s = ast.list(x.stmts)[0];
    }
    if (ast.stmts[s].kind != ast::StmtKind::Expr)
      return false;
    e = node<ast::ExprStmt>(s).expr;
  }
  while (ast.exprs[e].kind == ast::ExprKind::Paren)
    e = node<ast::ParenExpr>(e).inner;
  if (ast.exprs[e].kind != ast::ExprKind::Path)
    return false;
  const ast::PathExpr &p = node<ast::PathExpr>(e);
  const ast::Path &path = ast.paths[p.path];
  if (p.qself.valid() || path.segments.len != 1 || ast.list(path.segments)[0].args)
    return false;
  bool found = false;
  Res res = lookupIdent(ast.list(path.segments)[0].ident, Namespace::Value, found, false);
  if (!found || !res.isDef(DefKind::ConstParam))
    return false;
  out = qpath(p.qself, p.path, PathSource::Expr);
  return true;
}

hir::ConstArg *Lowering::constArg(const ast::AnonConst &c, bool repeat) { return constArgOfExpr(c.value, repeat); }

hir::ConstArg *Lowering::constArgOfExpr(ast::ExprId e, bool repeat, llvm::StringRef langFn) {
  hir::ConstArg *out = alloc(hir::ConstArg{});
  out->id = newId();
  out->span = ast.exprs[e].span;
  if (langFn.empty() && trivialConstPath(e, out->path)) {
    out->kind = hir::ConstArgKind::Path;
    return out;
  }
  ast::ExprId inner = e;
  bool negated = false;
  if (ast.exprs[inner].kind == ast::ExprKind::Unary && node<ast::UnaryExpr>(inner).op == ast::UnOp::Neg) {
    inner = node<ast::UnaryExpr>(inner).operand;
    negated = true;
  }
  switch (ast.exprs[inner].kind) {
  case ast::ExprKind::Lit:
    out->lit = node<ast::LitExpr>(inner).lit;
    if (negated && out->lit.kind != lex::LitKind::Integer)
      break;
    if (out->lit.kind != lex::LitKind::Integer && out->lit.kind != lex::LitKind::Bool && out->lit.kind != lex::LitKind::Char &&
        out->lit.kind != lex::LitKind::Byte)
      break;
    out->kind = hir::ConstArgKind::Literal;
    out->negated = negated;
    return out;
  case ast::ExprKind::Underscore:
    if (negated)
      break;
    out->kind = hir::ConstArgKind::Infer;
    return out;
  case ast::ExprKind::Err:
    out->kind = hir::ConstArgKind::Error;
    return out;
  default:
    break;
  }
  out->kind = hir::ConstArgKind::Anon;
  out->anon = anonConst(e, Barrier::AnonConst, repeat, false, langFn);
  return out;
}

// ---- generic arguments ----

const hir::GenericArgs *Lowering::genericArgs(ast::GenericArgsId id, const hir::PathSegment &segment) {
  const ast::GenericArgs &g = ast.genericArgs[id];
  hir::GenericArgs *out = alloc(hir::GenericArgs{});
  out->span = g.span;
  SmallVector<hir::GenericArg, 4> args;
  if (g.kind == ast::GenericArgsKind::ReturnType) {
    error(g.span, "E0658", "return type notation is not supported");
    return out;
  }
  if (g.kind == ast::GenericArgsKind::Parenthesized) {
    out->sugar = hir::GenericArgsSugar::Parenthesized;
    SmallVector<const hir::Ty *, 4> inputs;
    const hir::Ty *output = nullptr;
    ImplTraitMode outer = implTrait_;
    if (implTrait_ == ImplTraitMode::Universal)
      implTrait_ = ImplTraitMode::Disallowed;
    elidedSignature(ast.list(g.inputs), g.output, false, elide_, inputs, output);
    implTrait_ = outer;
    hir::TupleTy *tuple = make<hir::TupleTy>(g.span);
    tuple->elems = arr(inputs);
    if (!output) {
      hir::TupleTy *unit = make<hir::TupleTy>(g.span.shrinkToHi());
      output = unit;
    }
    hir::GenericArg a;
    a.kind = hir::GenericArgKind::Type;
    a.ty = tuple;
    a.id = newId();
    a.span = g.span;
    out->args = arr({a});
    hir::AssocConstraint c;
    c.ident = Ident{intern("Output"), output->span};
    c.ty = output;
    c.span = output->span;
    out->constraints = arr({c});
    return out;
  }
  SmallVector<hir::AssocConstraint, 2> constraints;
  for (const ast::GenericArg &a : ast.list(g.args)) {
    hir::GenericArg x;
    x.span = a.span;
    switch (a.kind) {
    case ast::GenericArgKind::Lifetime:
      x.kind = hir::GenericArgKind::Lifetime;
      x.lifetime = lifetime(a.lifetime);
      break;
    case ast::GenericArgKind::Type: {
      // `Foo<N>`: a path that names no type but a value is a constant.
      if (ast.types[a.ty].kind == ast::TypeKind::Infer) {
        x.kind = hir::GenericArgKind::Infer;
        break;
      }
      if (ast.types[a.ty].kind == ast::TypeKind::Path) {
        const ast::PathType &p = node<ast::PathType>(a.ty);
        const ast::Path &path = ast.paths[p.path];
        if (!p.qself.valid() && path.segments.len == 1 && !ast.list(path.segments)[0].args) {
          Ident ident = ast.list(path.segments)[0].ident;
          bool isType = false, isValue = false;
          lookupIdent(ident, Namespace::Type, isType, false);
          if (!isType) {
            Res res = lookupIdent(ident, Namespace::Value, isValue, false);
            if (isValue) {
              hir::ConstArg *c = alloc(hir::ConstArg{});
              c->id = newId();
              c->span = a.span;
              if (res.isDef(DefKind::ConstParam)) {
                c->kind = hir::ConstArgKind::Path;
                c->path = qpath(p.qself, p.path, PathSource::Expr);
              } else {
                c->kind = hir::ConstArgKind::Anon;
                ast::PathId pathId = p.path;
                ast::QSelf qself = p.qself;
                Span span = a.span;
                DefId def = addDef(DefKind::AnonConst, span, {AstRefKind::Type, a.ty.raw});
                size_t mark = ribs_.mark();
                ribs_.pushBarrier(Barrier::AnonConst, false, false);
                lowerNestedBody(def, hir::BodyKind::AnonConst,
                                [&] { return pathExprOf(span, qpath(qself, pathId, PathSource::Expr)); });
                ribs_.reset(mark);
                c->anon = def;
              }
              x.kind = hir::GenericArgKind::Const;
              x.konst = c;
              break;
            }
          }
        }
      }
      x.kind = hir::GenericArgKind::Type;
      x.ty = ty(a.ty);
      break;
    }
    case ast::GenericArgKind::Const:
      x.kind = hir::GenericArgKind::Const;
      x.konst = constArg(a.konst);
      if (x.konst->kind == hir::ConstArgKind::Infer)
        x.kind = hir::GenericArgKind::Infer;
      break;
    case ast::GenericArgKind::Equality:
    case ast::GenericArgKind::Bound: {
      hir::AssocConstraint c;
      c.ident = a.ident;
      c.span = a.span;
      if (a.assocArgs)
        c.args = genericArgs(a.assocArgs, segment);
      if (a.kind == ast::GenericArgKind::Bound)
        c.bounds = bounds(ast.list(a.bounds));
      else if (a.ty)
        c.ty = ty(a.ty);
      else
        c.konst = constArg(a.konst);
      constraints.push_back(c);
      continue;
    }
    }
    x.id = newId();
    args.push_back(x);
  }
  out->args = arr(args);
  out->constraints = arr(constraints);
  return out;
}

// ---- bounds ----

ArrayRef<hir::GenericBound> Lowering::bounds(ArrayRef<ast::GenericBound> list) {
  SmallVector<hir::GenericBound, 4> out;
  for (const ast::GenericBound &b : list) {
    hir::GenericBound g;
    bound(b, g);
    out.push_back(g);
  }
  return arr(out);
}

void Lowering::bound(const ast::GenericBound &b, hir::GenericBound &out) {
  out.span = b.span;
  out.polarity = b.polarity;
  out.constness = b.constness;
  switch (b.kind) {
  case ast::BoundKind::Outlives:
    out.kind = hir::BoundKind::Outlives;
    out.lifetime = lifetime(b.lifetime);
    return;
  case ast::BoundKind::Use:
    out.kind = hir::BoundKind::Use;
    return;
  case ast::BoundKind::Trait:
    out.kind = hir::BoundKind::Trait;
    if (b.isAsync)
      error(b.span, "E0658", "`async` trait bounds are not supported");
    polyTraitRef(b, out.trait);
    return;
  }
}

void Lowering::polyTraitRef(const ast::GenericBound &b, hir::PolyTraitRef &out) {
  out.span = b.span;
  out.id = newId();
  SmallVector<hir::GenericParam, 2> params;
  size_t mark = lifetimes_.size();
  bindForLifetimes(ast.list(b.forLifetimes), params);
  // `Fn(&u8)`: elided lifetimes belong to this binder. Others are what they are around the bound.
  const ast::Path &path = ast.paths[b.path];
  ArrayRef<ast::PathSegment> segments = ast.list(path.segments);
  bool sugar = !segments.empty() && segments.back().args &&
               ast.genericArgs[segments.back().args].kind == ast::GenericArgsKind::Parenthesized;
  ElideRib outer = elide_;
  if (sugar) {
    elide_ = ElideRib();
    elide_.kind = ElideKind::Create;
    elide_.owner = parentDef_;
    elide_.created = &params;
  }
  hir::QPath q = qpath({}, b.path, PathSource::Trait);
  elide_ = outer;
  lifetimes_.truncate(mark);
  out.path = q.path ? *q.path : hir::Path{path.span, Res::err(), {}};
  out.forParams = arr(params);
}

} // namespace ferric::lower
