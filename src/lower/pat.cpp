// Patterns: what an identifier is (a fresh binding, a constant, a unit struct or variant), bindings shared by
// the alternatives of an or-pattern, and the shapes of tuple and slice patterns (Reference: patterns;
// rustc_resolve::late resolve_pattern, rustc_ast_lowering::pat).
#include "lower/lowering.h"

namespace ferric::lower {

const hir::Pat *Lowering::pat(ast::PatId id) {
  SmallVector<PatScope, 4> outer = std::move(patScopes_);
  bool outerOr = patHasOr_;
  patScopes_.clear();
  patScopes_.push_back({false, {}});
  patHasOr_ = false;
  const hir::Pat *p = patInner(id);
  if (patHasOr_)
    checkBindings(p);
  patScopes_ = std::move(outer);
  patHasOr_ = outerOr;
  return p;
}

const hir::Pat *Lowering::wildPat(Span span) { return make<hir::WildPat>(span); }

void Lowering::extraRest(Span span, Span previous, const char *what) {
  error(span, "", llvm::Twine("`..` can only be used once per ") + what + " pattern")
      .label(span, llvm::Twine("can only be used once per ") + what + " pattern")
      .label(previous, "previously used here");
}

Res Lowering::freshBinding(Ident ident, HirId id) {
  auto in = [&](const PatScope &s) -> const Res * {
    for (const std::pair<Ident, Res> &n : s.names)
      if (sess.hygiene.sameLocal(n.first, ident))
        return &n.second;
    return nullptr;
  };
  const Res *product = nullptr, *alternative = nullptr;
  for (const PatScope &s : patScopes_)
    if (const Res *r = in(s))
      (s.isOr ? alternative : product) = r;
  if (product) {
    bool param = patIsParam_;
    error(ident.span, param ? "E0415" : "E0416",
          llvm::Twine("identifier `") + sess.str(ident) + (param ? "` is bound more than once in this parameter list" : "` is bound more than once in the same pattern"))
        .label(ident.span, param ? "used as parameter more than once" : "used in a pattern more than once");
  }
  Res res;
  res.kind = ResKind::Local;
  res.local = id.raw;
  if (alternative)
    res = *alternative;
  else
    ribs_.bind(RibSpace::Value, ident, res, false);
  patScopes_.back().names.push_back({ident, res});
  return res;
}

const hir::Pat *Lowering::identPat(ast::PatId id, const ast::IdentPat &p, bool restSub) {
  Span span = ast.pats[id].span;
  HirId patId = newId();
  bool ambiguous = !p.sub && !p.byRef && !p.isMut;
  bool found = false;
  // Only what is declared by an item, or a const parameter, can be meant instead of a fresh binding.
  RibHit hit;
  Res res = Res::err();
  bool rib = false;
  res = lookupIdent(p.ident, Namespace::Value, found, false, &rib);
  if (found && (!rib || res.isDef(DefKind::ConstParam))) {
    bool constCtor = res.isDef(DefKind::Ctor) && crates.def(res.def).ctorKind == CtorKind::Const;
    bool constant = res.isDef(DefKind::Const) || res.isDef(DefKind::AssocConst) || res.isDef(DefKind::Static);
    if (ambiguous && (constCtor || constant || res.isDef(DefKind::ConstParam))) {
      if (res.isDef(DefKind::Static)) {
        error(p.ident.span, "E0530", "match bindings cannot shadow statics").label(p.ident.span, "cannot be named the same as a static");
      } else {
        if (res.isDef(DefKind::ConstParam))
          error(p.ident.span, "E0158", "constant parameters cannot be referenced in patterns").label(p.ident.span, "can't be used in patterns");
        lookupIdent(p.ident, Namespace::Value, found, true); // privacy, ambiguity
        hir::ExprPat *e = make<hir::ExprPat>(patId, span);
        hir::PathSegment *s = alloc(hir::PathSegment{});
        s->ident = p.ident;
        s->id = newId();
        s->res = res;
        e->expr.kind = hir::PatExprKind::Path;
        e->expr.id = newId();
        e->expr.span = p.ident.span;
        e->expr.path.path = alloc(hir::Path{p.ident.span, res, ArrayRef<hir::PathSegment>(s, 1)});
        e->expr.path.span = p.ident.span;
        return e;
      }
    } else if (res.isDef(DefKind::Ctor) || constant) {
      const char *what = crates.descr(res);
      error(p.ident.span, "E0530", llvm::Twine(patIsParam_ ? "function parameters" : "match bindings") + " cannot shadow " + what + "s")
          .label(p.ident.span, llvm::Twine("cannot be named the same as ") + Crates::article(what) + " " + what);
    }
  }
  Res local = freshBinding(p.ident, patId);
  hir::BindingPat *b = make<hir::BindingPat>(patId, span);
  b->local = HirId(local.local);
  b->byRef = p.byRef;
  b->refMut = p.refMut;
  b->isMut = p.isMut;
  b->ident = p.ident;
  if (restSub)
    b->sub = wildPat(ast.pats[p.sub].span);
  else if (p.sub)
    b->sub = patInner(p.sub);
  return b;
}

static bool isRest(const ast::Ast &ast, ast::PatId id) { return ast.pats[id].kind == ast::PatKind::Rest; }
static bool isRestBinding(const ast::Ast &ast, ast::PatId id) {
  return ast.pats[id].kind == ast::PatKind::Ident && ast.get<ast::IdentPat>(id).sub && isRest(ast, ast.get<ast::IdentPat>(id).sub);
}

void Lowering::tuplePats(List<ast::PatId> elems, const char *what, SmallVectorImpl<const hir::Pat *> &out, int &dotDot) {
  dotDot = -1;
  Span rest;
  for (ast::PatId p : ast.list(elems)) {
    if (isRest(ast, p)) {
      if (dotDot >= 0) {
        extraRest(ast.pats[p].span, rest, what);
        continue;
      }
      dotDot = int(out.size());
      rest = ast.pats[p].span;
      continue;
    }
    if (dotDot < 0 && isRestBinding(ast, p)) {
      error(ast.pats[p].span, "", llvm::Twine("`") + sess.str(node<ast::IdentPat>(p).ident) + " @ ` is not allowed in a " + what)
          .label(ast.pats[p].span, "this is only allowed in slice patterns");
      out.push_back(identPat(p, node<ast::IdentPat>(p), true));
      continue;
    }
    out.push_back(patInner(p));
  }
}

const hir::Pat *Lowering::slicePat(ast::PatId id, const ast::SlicePat &s) {
  hir::SlicePat *out = make<hir::SlicePat>(ast.pats[id].span);
  SmallVector<const hir::Pat *, 4> before, after;
  Span rest;
  for (ast::PatId p : ast.list(s.elems)) {
    bool plain = isRest(ast, p), bound = isRestBinding(ast, p);
    Span span = ast.pats[p].span;
    if (!plain && !bound) {
      (out->middle ? after : before).push_back(patInner(p));
      continue;
    }
    if (out->middle) {
      extraRest(span, rest, "slice");
      if (bound)
        after.push_back(identPat(p, node<ast::IdentPat>(p), true));
      continue;
    }
    rest = span;
    out->middle = plain ? wildPat(span) : identPat(p, node<ast::IdentPat>(p), true);
  }
  out->before = arr(before);
  out->after = arr(after);
  return out;
}

hir::PatExpr *Lowering::patExpr(ast::ExprId e, bool allowPaths) {
  while (ast.exprs[e].kind == ast::ExprKind::Paren)
    e = node<ast::ParenExpr>(e).inner;
  hir::PatExpr *out = alloc(hir::PatExpr{});
  out->id = newId();
  out->span = ast.exprs[e].span;
  switch (ast.exprs[e].kind) {
  case ast::ExprKind::Lit:
    out->lit = node<ast::LitExpr>(e).lit;
    return out;
  case ast::ExprKind::IncludedBytes:
    out->lit.kind = lex::LitKind::ByteStrRaw;
    out->lit.sym = node<ast::IncludedBytesExpr>(e).bytes;
    out->lit.span = out->span;
    return out;
  case ast::ExprKind::Unary: {
    const ast::UnaryExpr &u = node<ast::UnaryExpr>(e);
    ast::ExprId inner = u.operand;
    while (ast.exprs[inner].kind == ast::ExprKind::Paren)
      inner = node<ast::ParenExpr>(inner).inner;
    if (u.op == ast::UnOp::Neg && ast.exprs[inner].kind == ast::ExprKind::Lit) {
      out->lit = node<ast::LitExpr>(inner).lit;
      out->negated = true;
      return out;
    }
    break;
  }
  case ast::ExprKind::Path:
    if (!allowPaths)
      break;
    out->kind = hir::PatExprKind::Path;
    out->path = qpath(node<ast::PathExpr>(e).qself, node<ast::PathExpr>(e).path, PathSource::Expr);
    return out;
  case ast::ExprKind::ConstBlock: {
    // `const { .. }` patterns were removed from the language; older core sources do not use them either.
    out->kind = hir::PatExprKind::ConstBlock;
    out->constBlock = addDef(DefKind::InlineConst, out->span, {AstRefKind::Expr, e.raw});
    DefId outer = std::exchange(parentDef_, out->constBlock);
    size_t mark = ribs_.mark();
    ribs_.pushBarrier(Barrier::Const);
    out->body = expr(node<ast::ConstBlockExpr>(e).konst.value);
    ribs_.reset(mark);
    parentDef_ = outer;
    return out;
  }
  case ast::ExprKind::Err:
    out->lit.kind = lex::LitKind::Err;
    return out;
  default:
    break;
  }
  error(out->span, "", "arbitrary expressions aren't allowed in patterns");
  out->lit.kind = lex::LitKind::Err;
  out->lit.span = out->span;
  return out;
}

const hir::Pat *Lowering::patInner(ast::PatId id) {
  const ast::Pat &n = ast.pats[id];
  Span span = n.span;
  if (tooDeep(span))
    return make<hir::ErrPat>(span);
  struct Deeper {
    unsigned &d;
    explicit Deeper(unsigned &d) : d(d) { ++d; }
    ~Deeper() { --d; }
  } deeper(depth_);
  switch (n.kind) {
  case ast::PatKind::Err:
  case ast::PatKind::MacroCall:
    return make<hir::ErrPat>(span);
  case ast::PatKind::Missing:
    return make<hir::MissingPat>(span);
  case ast::PatKind::Wild:
    return make<hir::WildPat>(span);
  case ast::PatKind::Never:
    return make<hir::NeverPat>(span);
  case ast::PatKind::Ident:
    return identPat(id, node<ast::IdentPat>(id));
  case ast::PatKind::Paren:
    return patInner(node<ast::ParenPat>(id).inner);
  case ast::PatKind::Rest:
    error(span, "", "`..` patterns are not allowed here").note("only allowed in tuple, tuple struct, and slice patterns");
    return make<hir::WildPat>(span);
  case ast::PatKind::Lit: {
    hir::ExprPat *p = make<hir::ExprPat>(span);
    p->expr = *patExpr(node<ast::LitPat>(id).expr, false);
    return p;
  }
  case ast::PatKind::Path: {
    hir::ExprPat *p = make<hir::ExprPat>(span);
    p->expr.kind = hir::PatExprKind::Path;
    p->expr.id = newId();
    p->expr.span = span;
    p->expr.path = qpath(node<ast::PathPat>(id).qself, node<ast::PathPat>(id).path, PathSource::Pat);
    return p;
  }
  case ast::PatKind::TupleStruct: {
    const ast::TupleStructPat &t = node<ast::TupleStructPat>(id);
    hir::TupleStructPat *p = make<hir::TupleStructPat>(span);
    p->path = qpath(t.qself, t.path, PathSource::TupleStruct);
    SmallVector<const hir::Pat *, 4> elems;
    tuplePats(t.elems, "tuple struct", elems, p->dotDot);
    p->elems = arr(elems);
    return p;
  }
  case ast::PatKind::Struct: {
    const ast::StructPat &s = node<ast::StructPat>(id);
    hir::StructPat *p = make<hir::StructPat>(span);
    p->path = qpath(s.qself, s.path, PathSource::Struct);
    p->hasRest = s.hasRest;
    SmallVector<hir::PatField, 4> fields;
    for (const ast::PatField &f : ast.list(s.fields)) {
      hir::PatField out;
      out.ident = f.ident;
      out.id = newId();
      out.shorthand = f.shorthand;
      out.span = f.span;
      out.pat = patInner(f.pat);
      fields.push_back(out);
    }
    p->fields = arr(fields);
    return p;
  }
  case ast::PatKind::Tuple: {
    hir::TuplePat *p = make<hir::TuplePat>(span);
    SmallVector<const hir::Pat *, 4> elems;
    tuplePats(node<ast::TuplePat>(id).elems, "tuple", elems, p->dotDot);
    p->elems = arr(elems);
    return p;
  }
  case ast::PatKind::Or: {
    hir::OrPat *p = make<hir::OrPat>(span);
    SmallVector<const hir::Pat *, 4> alts;
    patHasOr_ = true;
    patScopes_.push_back({true, {}});
    for (ast::PatId a : ast.list(node<ast::OrPat>(id).alts)) {
      patScopes_.push_back({false, {}});
      alts.push_back(patInner(a));
      PatScope done = patScopes_.pop_back_val();
      for (const std::pair<Ident, Res> &b : done.names)
        patScopes_.back().names.push_back(b);
    }
    PatScope done = patScopes_.pop_back_val();
    for (const std::pair<Ident, Res> &b : done.names) {
      bool known = false;
      for (const std::pair<Ident, Res> &o : patScopes_.back().names)
        known |= o.second == b.second;
      if (!known)
        patScopes_.back().names.push_back(b);
    }
    p->alts = arr(alts);
    return p;
  }
  case ast::PatKind::Box: {
    hir::BoxPat *p = make<hir::BoxPat>(span);
    p->inner = patInner(node<ast::BoxPat>(id).inner);
    return p;
  }
  case ast::PatKind::Deref: {
    hir::DerefPat *p = make<hir::DerefPat>(span);
    p->inner = patInner(node<ast::DerefPat>(id).inner);
    return p;
  }
  case ast::PatKind::Ref: {
    hir::RefPat *p = make<hir::RefPat>(span);
    p->mut = node<ast::RefPat>(id).mut;
    p->inner = patInner(node<ast::RefPat>(id).inner);
    return p;
  }
  case ast::PatKind::Range: {
    const ast::RangePat &r = node<ast::RangePat>(id);
    hir::RangePat *p = make<hir::RangePat>(span);
    p->lo = r.lo ? patExpr(r.lo, true) : nullptr;
    p->hi = r.hi ? patExpr(r.hi, true) : nullptr;
    p->end = r.end == ast::RangeEnd::Excluded && r.hi ? ast::RangeEnd::Excluded : ast::RangeEnd::Included;
    return p;
  }
  case ast::PatKind::Slice:
    return slicePat(id, node<ast::SlicePat>(id));
  case ast::PatKind::Guard: {
    hir::GuardPat *p = make<hir::GuardPat>(span);
    p->inner = patInner(node<ast::GuardPat>(id).inner);
    p->guard = expr(node<ast::GuardPat>(id).guard);
    return p;
  }
  }
  UNREACHABLE("pattern kind");
}

// ---- consistency of or-patterns (E0408, E0409) ----

void Lowering::collectBindings(const hir::Pat *p, llvm::DenseMap<uint64_t, BindingInfo> &out) {
  if (!p)
    return;
  switch (p->kind) {
  case hir::PatKind::Binding: {
    const hir::BindingPat *b = llvm::cast<hir::BindingPat>(p);
    uint64_t key = uint64_t(sess.hygiene.normalizeToMacroRules(b->ident.span.ctxt).raw) << 32 | b->ident.name.raw;
    out.try_emplace(key, BindingInfo{b->ident, b->byRef, b->refMut});
    collectBindings(b->sub, out);
    return;
  }
  case hir::PatKind::Struct:
    for (const hir::PatField &f : llvm::cast<hir::StructPat>(p)->fields)
      collectBindings(f.pat, out);
    return;
  case hir::PatKind::TupleStruct:
    for (const hir::Pat *e : llvm::cast<hir::TupleStructPat>(p)->elems)
      collectBindings(e, out);
    return;
  case hir::PatKind::Tuple:
    for (const hir::Pat *e : llvm::cast<hir::TuplePat>(p)->elems)
      collectBindings(e, out);
    return;
  case hir::PatKind::Box: return collectBindings(llvm::cast<hir::BoxPat>(p)->inner, out);
  case hir::PatKind::Deref: return collectBindings(llvm::cast<hir::DerefPat>(p)->inner, out);
  case hir::PatKind::Ref: return collectBindings(llvm::cast<hir::RefPat>(p)->inner, out);
  case hir::PatKind::Guard: return collectBindings(llvm::cast<hir::GuardPat>(p)->inner, out);
  case hir::PatKind::Slice: {
    const hir::SlicePat *s = llvm::cast<hir::SlicePat>(p);
    for (const hir::Pat *e : s->before)
      collectBindings(e, out);
    collectBindings(s->middle, out);
    for (const hir::Pat *e : s->after)
      collectBindings(e, out);
    return;
  }
  case hir::PatKind::Or: {
    ArrayRef<const hir::Pat *> alts = llvm::cast<hir::OrPat>(p)->alts;
    SmallVector<llvm::DenseMap<uint64_t, BindingInfo>, 4> maps(alts.size());
    for (size_t i = 0; i < alts.size(); ++i)
      collectBindings(alts[i], maps[i]);
    // In order of appearance, so that errors are reported deterministically.
    SmallVector<std::pair<uint64_t, BindingInfo>, 8> all;
    for (llvm::DenseMap<uint64_t, BindingInfo> &m : maps) {
      SmallVector<std::pair<uint64_t, BindingInfo>, 8> here;
      for (const auto &kv : m)
        here.push_back({kv.first, kv.second});
      llvm::sort(here, [](const auto &a, const auto &b) { return a.second.ident.span.lo < b.second.ident.span.lo; });
      for (auto &kv : here)
        if (llvm::none_of(all, [&](const auto &o) { return o.first == kv.first; }))
          all.push_back(kv);
    }
    for (auto &[key, info] : all) {
      for (size_t i = 0; i < alts.size(); ++i) {
        auto it = maps[i].find(key);
        if (it == maps[i].end()) {
          if (!llvm::isa<hir::NeverPat>(alts[i]))
            error(alts[i]->span, "E0408", llvm::Twine("variable `") + sess.str(info.ident) + "` is not bound in all patterns")
                .label(alts[i]->span, llvm::Twine("pattern doesn't bind `") + sess.str(info.ident) + "`")
                .label(info.ident.span, "variable not in all patterns");
        } else if (it->second.byRef != info.byRef || it->second.mut != info.mut) {
          error(it->second.ident.span, "E0409",
                llvm::Twine("variable `") + sess.str(info.ident) + "` is bound inconsistently across alternatives separated by `|`")
              .label(it->second.ident.span, "bound in different ways")
              .label(info.ident.span, "first binding");
        }
      }
      out.try_emplace(key, info);
    }
    return;
  }
  default:
    return;
  }
}

void Lowering::checkBindings(const hir::Pat *p) {
  llvm::DenseMap<uint64_t, BindingInfo> all;
  collectBindings(p, all);
}

// ---- patterns that desugaring makes ----

const hir::Pat *Lowering::bindingPat(Span span, Ident ident, hir::LocalId &local, bool isMut) {
  hir::BindingPat *b = make<hir::BindingPat>(span);
  b->defaultBindingModes = false;
  b->local = local = b->id;
  b->ident = ident;
  b->isMut = isMut;
  return b;
}

const hir::Pat *Lowering::variantPat(llvm::StringRef lang, Span span, const hir::Pat *field) {
  hir::StructPat *p = make<hir::StructPat>(span);
  p->defaultBindingModes = false;
  p->path = langItemPath(lang, span);
  if (field) {
    hir::PatField f;
    f.ident = Ident{sess.symbols.internInt(0), span};
    f.id = newId();
    f.pat = field;
    f.shorthand = false;
    f.span = span;
    p->fields = arr({f});
  }
  return p;
}

} // namespace ferric::lower
