// Types, patterns, paths, generics to tokens.
#include "ast/emitter.h"

namespace ferric::ast {

using lex::Delim;

void Emitter::safety(Safety s) {
  if (s == Safety::Unsafe)
    kwSp(sym::kw_unsafe);
  else if (s == Safety::Safe)
    kwSp(sym::kw_safe);
}

void Emitter::constness(Constness c) {
  if (c == Constness::Const) {
    kwSp(sym::kw_const);
  } else if (c == Constness::Maybe) {
    open(Delim::Bracket);
    kw(sym::kw_const);
    close(Delim::Bracket);
    sp();
  }
}

// ---- paths ----

static bool isRoot(const PathSegment &s) { return s.ident.name == sym::path_root; }

void Emitter::path(PathId id, bool turbofish) {
  bool first = true;
  for (const PathSegment &s : ast_.list(ast_.paths[id].segments)) {
    if (!first)
      t(TK::PathSep);
    first = false;
    if (isRoot(s))
      continue;
    name(s.ident);
    if (s.args)
      genericArgs(s.args, turbofish);
  }
}

void Emitter::qpath(const QSelf &q, PathId id, bool turbofish) {
  if (!q.valid())
    return path(id, turbofish);
  llvm::ArrayRef<PathSegment> segs = ast_.list(ast_.paths[id].segments);
  t(TK::Lt);
  type(q.ty);
  if (q.position) {
    sp();
    kwSp(sym::kw_as);
    for (uint32_t i = 0; i < q.position; ++i) {
      if (i)
        t(TK::PathSep);
      if (isRoot(segs[i]))
        continue;
      name(segs[i].ident);
      if (segs[i].args)
        genericArgs(segs[i].args, false);
    }
  }
  t(TK::Gt);
  for (const PathSegment &s : segs.drop_front(q.position)) {
    t(TK::PathSep);
    name(s.ident);
    if (s.args)
      genericArgs(s.args, turbofish);
  }
}

void Emitter::genericArgs(GenericArgsId id, bool turbofish) {
  const GenericArgs &a = ast_.genericArgs[id];
  if (turbofish)
    t(TK::PathSep);
  switch (a.kind) {
  case GenericArgsKind::AngleBracketed:
    t(TK::Lt);
    commaSep(ast_.list(a.args), [&](const GenericArg &g) { genericArg(g); });
    t(TK::Gt);
    return;
  case GenericArgsKind::Parenthesized:
    open(Delim::Paren);
    commaSep(ast_.list(a.inputs), [&](TypeId i) { type(i); });
    close(Delim::Paren);
    if (a.output) {
      sp();
      t(TK::RArrow);
      sp();
      type(a.output);
    }
    return;
  case GenericArgsKind::ReturnType:
    open(Delim::Paren);
    t(TK::DotDot);
    close(Delim::Paren);
    return;
  }
}

void Emitter::genericArg(const GenericArg &a) {
  switch (a.kind) {
  case GenericArgKind::Lifetime: return lifetime(a.lifetime.ident);
  case GenericArgKind::Type: return type(a.ty);
  case GenericArgKind::Const: return expr(a.konst.value);
  case GenericArgKind::Equality:
  case GenericArgKind::Bound:
    name(a.ident);
    if (a.assocArgs)
      genericArgs(a.assocArgs, false);
    if (a.kind == GenericArgKind::Bound) {
      t(TK::Colon);
      sp();
      return bounds(a.bounds);
    }
    sp();
    t(TK::Eq);
    sp();
    return a.ty ? type(a.ty) : expr(a.konst.value);
  }
}

// ---- generics ----

void Emitter::forBinder(List<GenericParam> params) {
  kw(sym::kw_for);
  t(TK::Lt);
  commaSep(ast_.list(params), [&](const GenericParam &p) { genericParam(p); });
  t(TK::Gt);
  sp();
}

void Emitter::genericParam(const GenericParam &p) {
  outerAttrs(p.attrs, false);
  if (p.kind == ParamKind::Lifetime) {
    lifetime(p.ident);
    if (!p.bounds.empty()) {
      t(TK::Colon);
      sp();
      bounds(p.bounds);
    }
    return;
  }
  if (p.kind == ParamKind::Const) {
    kwSp(sym::kw_const);
    name(p.ident);
    t(TK::Colon);
    sp();
    type(p.ty);
    if (p.defaultConst.value) {
      sp();
      t(TK::Eq);
      sp();
      expr(p.defaultConst.value);
    }
    return;
  }
  name(p.ident);
  if (!p.bounds.empty()) {
    t(TK::Colon);
    sp();
    bounds(p.bounds);
  }
  if (p.ty) {
    sp();
    t(TK::Eq);
    sp();
    type(p.ty);
  }
}

void Emitter::generics(const Generics &g) {
  if (g.params.empty())
    return;
  t(TK::Lt);
  commaSep(ast_.list(g.params), [&](const GenericParam &p) { genericParam(p); });
  t(TK::Gt);
}

void Emitter::whereClause(llvm::ArrayRef<WherePredicate> list, bool has) {
  if (!has && list.empty())
    return;
  sp();
  kw(sym::kw_where);
  sp();
  commaSep(list, [&](const WherePredicate &w) { wherePredicate(w); });
}

void Emitter::wherePredicate(const WherePredicate &w) {
  outerAttrs(w.attrs, false);
  if (w.kind == WhereKind::Region) {
    lifetime(w.lifetime.ident);
    t(TK::Colon);
    sp();
    return bounds(w.bounds);
  }
  if (!w.forLifetimes.empty())
    forBinder(w.forLifetimes);
  type(w.bounded);
  if (w.kind == WhereKind::Eq) {
    sp();
    t(TK::Eq);
    sp();
    return type(w.rhs);
  }
  t(TK::Colon);
  sp();
  bounds(w.bounds);
}

void Emitter::bounds(List<GenericBound> list) {
  bool first = true;
  for (const GenericBound &b : ast_.list(list)) {
    if (!first) {
      sp();
      t(TK::Plus);
      sp();
    }
    first = false;
    bound(b);
  }
}

void Emitter::bound(const GenericBound &b) {
  if (b.parens)
    open(Delim::Paren);
  switch (b.kind) {
  case BoundKind::Outlives:
    lifetime(b.lifetime.ident);
    break;
  case BoundKind::Use:
    kw(sym::kw_use);
    t(TK::Lt);
    commaSep(ast_.list(b.uses), [&](const PreciseArg &a) { a.lifetime.valid() ? lifetime(a.lifetime.ident) : path(a.path, false); });
    t(TK::Gt);
    break;
  case BoundKind::Trait:
    if (!b.forLifetimes.empty())
      forBinder(b.forLifetimes);
    constness(b.constness);
    if (b.isAsync)
      kwSp(sym::kw_async);
    if (b.polarity == BoundPolarity::Maybe)
      t(TK::Question);
    else if (b.polarity == BoundPolarity::Negative)
      t(TK::Bang);
    if (b.path)
      path(b.path, false);
    break;
  }
  if (b.parens)
    close(Delim::Paren);
}

// ---- types ----

void Emitter::type(TypeId id) {
  const Type &n = ast_.types[id];
  switch (n.kind) {
  case TypeKind::Err:
    open(Delim::Paren);
    return close(Delim::Paren);
  case TypeKind::Slice:
    open(Delim::Bracket);
    type(ast_.get<SliceType>(id).elem);
    return close(Delim::Bracket);
  case TypeKind::Array: {
    const ArrayType &a = ast_.get<ArrayType>(id);
    open(Delim::Bracket);
    type(a.elem);
    t(TK::Semi);
    sp();
    expr(a.len.value);
    return close(Delim::Bracket);
  }
  case TypeKind::Ptr: {
    const PtrType &p = ast_.get<PtrType>(id);
    t(TK::Star);
    kwSp(p.mut == Mutability::Mut ? sym::kw_mut : sym::kw_const);
    return type(p.pointee);
  }
  case TypeKind::Ref: {
    const RefType &r = ast_.get<RefType>(id);
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
    return type(r.referent);
  }
  case TypeKind::BareFn: {
    const BareFnType &f = ast_.get<BareFnType>(id);
    if (!f.forLifetimes.empty())
      forBinder(f.forLifetimes);
    fnHeader(f.header);
    kw(sym::kw_fn);
    return fnDecl(f.decl);
  }
  case TypeKind::UnsafeBinder: {
    const UnsafeBinderType &u = ast_.get<UnsafeBinderType>(id);
    kw(sym::kw_unsafe);
    t(TK::Lt);
    commaSep(ast_.list(u.forLifetimes), [&](const GenericParam &p) { genericParam(p); });
    t(TK::Gt);
    sp();
    return type(u.inner);
  }
  case TypeKind::Never: return t(TK::Bang);
  case TypeKind::Tuple: {
    llvm::ArrayRef<TypeId> elems = ast_.list(ast_.get<TupleType>(id).elems);
    open(Delim::Paren);
    commaSep(elems, [&](TypeId e) { type(e); });
    if (elems.size() == 1)
      t(TK::Comma);
    return close(Delim::Paren);
  }
  case TypeKind::Path: return qpath(ast_.get<PathType>(id).qself, ast_.get<PathType>(id).path, false);
  case TypeKind::TraitObject: {
    const TraitObjectType &o = ast_.get<TraitObjectType>(id);
    if (o.hasDyn)
      kwSp(sym::kw_dyn);
    return bounds(o.bounds);
  }
  case TypeKind::ImplTrait:
    kwSp(sym::kw_impl);
    return bounds(ast_.get<ImplTraitType>(id).bounds);
  case TypeKind::Paren:
    open(Delim::Paren);
    type(ast_.get<ParenType>(id).inner);
    return close(Delim::Paren);
  case TypeKind::Infer: return kw(sym::underscore);
  case TypeKind::ImplicitSelf: return kw(sym::kw_Self);
  case TypeKind::MacroCall: return macCall(ast_.get<MacroCallType>(id).mac);
  case TypeKind::CVarArgs: return t(TK::DotDotDot);
  case TypeKind::PatType: {
    const PatTypeType &p = ast_.get<PatTypeType>(id);
    if (expanded)
      return expandedPatType(p);
    builtin(sym::pattern_type);
    open(Delim::Paren);
    type(p.base);
    sp();
    kwSp(sym::is_);
    if (ast_.pats[p.pat].kind == PatKind::Never && ast_.pats[p.pat].flags) {
      t(TK::Bang);
      kw(sym::null);
    } else {
      pat(p.pat);
    }
    return close(Delim::Paren);
  }
  case TypeKind::FieldOf: {
    const FieldOfType &f = ast_.get<FieldOfType>(id);
    builtin(sym::field_of);
    open(Delim::Paren);
    type(f.container);
    for (Ident field : ast_.list(f.fields)) {
      comma();
      name(field);
    }
    return close(Delim::Paren);
  }
  }
}

// ---- patterns ----

void Emitter::patField(const PatField &f) {
  outerAttrs(f.attrs, false);
  if (!f.shorthand) {
    name(f.ident);
    t(TK::Colon);
    sp();
  }
  pat(f.pat);
}

void Emitter::pat(PatId id) {
  const Pat &n = ast_.pats[id];
  switch (n.kind) {
  case PatKind::Err:
  case PatKind::Wild: return kw(sym::underscore);
  case PatKind::Missing: return;
  case PatKind::Ident: {
    const IdentPat &p = ast_.get<IdentPat>(id);
    if (p.isMut)
      kwSp(sym::kw_mut);
    if (p.byRef) {
      kwSp(sym::kw_ref);
      mut(p.refMut);
    }
    name(p.ident);
    if (p.sub) {
      sp();
      t(TK::At);
      sp();
      pat(p.sub);
    }
    return;
  }
  case PatKind::Struct: {
    const StructPat &p = ast_.get<StructPat>(id);
    qpath(p.qself, p.path, true);
    sp();
    open(Delim::Brace);
    sp();
    llvm::ArrayRef<PatField> fields = ast_.list(p.fields);
    commaSep(fields, [&](const PatField &f) { patField(f); });
    if (p.hasRest) {
      if (!fields.empty())
        comma();
      t(TK::DotDot);
    }
    if (!fields.empty() || p.hasRest)
      sp();
    return close(Delim::Brace);
  }
  case PatKind::TupleStruct: {
    const TupleStructPat &p = ast_.get<TupleStructPat>(id);
    qpath(p.qself, p.path, true);
    open(Delim::Paren);
    patList(ast_.list(p.elems));
    return close(Delim::Paren);
  }
  case PatKind::Or: {
    bool first = true;
    for (PatId alt : ast_.list(ast_.get<OrPat>(id).alts)) {
      if (!first) {
        sp();
        t(TK::Or);
        sp();
      }
      first = false;
      pat(alt);
    }
    return;
  }
  case PatKind::Path: return qpath(ast_.get<PathPat>(id).qself, ast_.get<PathPat>(id).path, true);
  case PatKind::Tuple: {
    llvm::ArrayRef<PatId> elems = ast_.list(ast_.get<TuplePat>(id).elems);
    open(Delim::Paren);
    patList(elems);
    if (elems.size() == 1 && ast_.pats[elems[0]].kind != PatKind::Rest)
      t(TK::Comma);
    return close(Delim::Paren);
  }
  case PatKind::Box:
    kwSp(sym::kw_box);
    return pat(ast_.get<BoxPat>(id).inner);
  case PatKind::Deref:
    builtin(sym::deref);
    open(Delim::Paren);
    pat(ast_.get<DerefPat>(id).inner);
    return close(Delim::Paren);
  case PatKind::Ref: {
    const RefPat &p = ast_.get<RefPat>(id);
    t(TK::And);
    if (p.pinned) {
      kwSp(sym::pin);
      kwSp(p.mut == Mutability::Mut ? sym::kw_mut : sym::kw_const);
    } else {
      mut(p.mut);
    }
    return pat(p.inner);
  }
  case PatKind::Lit: return expr(ast_.get<LitPat>(id).expr);
  case PatKind::Range: {
    const RangePat &p = ast_.get<RangePat>(id);
    if (p.lo)
      expr(p.lo);
    t(p.end == RangeEnd::Excluded ? TK::DotDot : p.end == RangeEnd::Included ? TK::DotDotEq : TK::DotDotDot);
    if (p.hi)
      expr(p.hi);
    return;
  }
  case PatKind::Slice:
    open(Delim::Bracket);
    patList(ast_.list(ast_.get<SlicePat>(id).elems));
    return close(Delim::Bracket);
  case PatKind::Rest: return t(TK::DotDot);
  case PatKind::Never: return t(TK::Bang);
  case PatKind::Guard:
    pat(ast_.get<GuardPat>(id).inner);
    sp();
    kwSp(sym::kw_if);
    return expr(ast_.get<GuardPat>(id).guard);
  case PatKind::Paren:
    open(Delim::Paren);
    pat(ast_.get<ParenPat>(id).inner);
    return close(Delim::Paren);
  case PatKind::MacroCall: return macCall(ast_.get<MacroCallPat>(id).mac);
  }
}

// `u32 is const 1 .. = const MAX`: rustc's form for people, which is no source.
void Emitter::expandedPatType(const PatTypeType &p) {
  type(p.base);
  sp();
  kwSp(sym::is_);
  if (ast_.pats[p.pat].kind == PatKind::Never) {
    t(TK::Bang);
    return kw(sym::null);
  }
  auto end = [&](ExprId e) {
    if (!e)
      return;
    kwSp(sym::kw_const);
    expr(e);
  };
  auto range = [&](PatId id) {
    const RangePat &r = ast_.get<RangePat>(id);
    end(r.lo);
    t(r.end == RangeEnd::Excluded ? TK::DotDot : TK::DotDotEq);
    end(r.hi);
  };
  if (ast_.pats[p.pat].kind != PatKind::Or)
    return range(p.pat);
  bool first = true;
  for (PatId alt : ast_.list(ast_.get<OrPat>(p.pat).alts)) {
    if (!std::exchange(first, false)) {
      sp();
      t(TK::Or);
      sp();
    }
    range(alt);
  }
}

} // namespace ferric::ast
