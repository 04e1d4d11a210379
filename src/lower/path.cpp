// Paths: what they mean from inside an item, and their HIR form (Reference: paths, names/name-resolution;
// rustc_resolve::late smart_resolve_path, rustc_ast_lowering::lower_qpath). A path whose start is a type keeps the rest
// for type checking: `Vec::new` becomes TypeRelative(Vec, new).
#include "lower/lowering.h"

namespace ferric::lower {

Namespace spaceOf(PathSource s) {
  switch (s) {
  case PathSource::Expr: case PathSource::Callee: case PathSource::Pat: case PathSource::TupleStruct: case PathSource::TraitItemValue:
    return Namespace::Value;
  default:
    return Namespace::Type;
  }
}
// Unresolved tails are type checking's (rustc PathSource::defer_to_typeck).
static bool defers(PathSource s) {
  return s != PathSource::Trait && s != PathSource::TraitItemType && s != PathSource::TraitItemValue;
}

static bool isTypeRes(const Res &r) {
  switch (r.kind) {
  case ResKind::PrimTy: case ResKind::SelfTyParam: case ResKind::SelfTyAlias:
    return true;
  case ResKind::Def:
    switch (r.defKind) {
    case DefKind::Struct: case DefKind::Union: case DefKind::Enum: case DefKind::Trait: case DefKind::TraitAlias:
    case DefKind::TyAlias: case DefKind::AssocTy: case DefKind::TyParam: case DefKind::OpaqueTy: case DefKind::ForeignTy:
      return true;
    default: return false;
    }
  default: return false;
  }
}

bool Lowering::expected(const Res &r, PathSource source) const {
  auto ctor = [&](CtorKind k) { return r.isDef(DefKind::Ctor) && crates.def(r.def).ctorKind == k; };
  switch (source) {
  case PathSource::Type:
    return isTypeRes(r);
  case PathSource::Trait:
    return r.isDef(DefKind::Trait) || r.isDef(DefKind::TraitAlias);
  case PathSource::Expr:
  case PathSource::Callee:
    return r.kind == ResKind::Local || r.kind == ResKind::SelfCtor || r.isDef(DefKind::Ctor) || r.isDef(DefKind::Const) ||
           r.isDef(DefKind::Static) || r.isDef(DefKind::Fn) || r.isDef(DefKind::AssocFn) || r.isDef(DefKind::AssocConst) ||
           r.isDef(DefKind::ConstParam);
  case PathSource::Pat:
    return ctor(CtorKind::Const) || r.kind == ResKind::SelfCtor || r.isDef(DefKind::Const) || r.isDef(DefKind::AssocConst) ||
           r.isDef(DefKind::Static);
  case PathSource::TupleStruct:
    return ctor(CtorKind::Fn) || r.kind == ResKind::SelfCtor;
  case PathSource::Struct:
    return r.kind == ResKind::SelfTyParam || r.kind == ResKind::SelfTyAlias || r.isDef(DefKind::Struct) || r.isDef(DefKind::Union) ||
           r.isDef(DefKind::Variant) || r.isDef(DefKind::TyAlias) || r.isDef(DefKind::AssocTy);
  case PathSource::TraitItemType:
    return r.isDef(DefKind::AssocTy);
  case PathSource::TraitItemValue:
    return r.isDef(DefKind::AssocFn) || r.isDef(DefKind::AssocConst);
  }
  return false;
}

// The primitive type of that name.
static std::optional<PrimTy> primTyOf(llvm::StringRef name) {
  static constexpr std::pair<const char *, PrimTy> kPrims[] = {
      {"bool", PrimTy::Bool}, {"char", PrimTy::Char}, {"str", PrimTy::Str}, {"i8", PrimTy::I8}, {"i16", PrimTy::I16}, {"i32", PrimTy::I32},
      {"i64", PrimTy::I64}, {"i128", PrimTy::I128}, {"isize", PrimTy::Isize}, {"u8", PrimTy::U8}, {"u16", PrimTy::U16}, {"u32", PrimTy::U32},
      {"u64", PrimTy::U64}, {"u128", PrimTy::U128}, {"usize", PrimTy::Usize}, {"f16", PrimTy::F16}, {"f32", PrimTy::F32}, {"f64", PrimTy::F64}, {"f128", PrimTy::F128}};
  for (const auto &[text, prim] : kPrims)
    if (name == text)
      return prim;
  return std::nullopt;
}

// ---- single names ----

Res Lowering::checkBarriers(const RibHit &hit, Ident ident, bool report) {
  const RibEntry e = *hit.entry;
  bool local = e.res.kind == ResKind::Local;
  llvm::StringRef name = sess.str(ident);
  for (const RibEntry *b : hit.crossed) {
    switch (b->barrier) {
    case Barrier::None:
    case Barrier::Closure:
      continue;
    case Barrier::FnItem:
      // The constructor of a type without parameters means the same in an inner item, so far.
      if (e.res.kind == ResKind::SelfCtor && tcx.genericsOf(e.res.def)->count() == 0) {
        if (report)
          sess.diag.lint(ident.span, "self_constructor_from_outer_item", diag::LintLevel::Warn, "can't reference `Self` constructor from outer item")
              .label(e.span, "the inner item doesn't inherit generics from this impl, so `Self` is invalid to reference").emit();
        continue;
      }
      if (report && local)
        error(ident.span, "E0434", "can't capture dynamic environment in a fn item").help("use the `|| { ... }` closure form instead");
      else if (report)
        error(ident.span, "E0401", e.name == sym::kw_Self ? "can't use `Self` from outer item" : "can't use generic parameters from outer item")
            .label(ident.span, "use of generic parameter from outer item")
            .label(e.span, "type parameter from outer item");
      return Res::err();
    case Barrier::Const:
      if (!local)
        continue;
      [[fallthrough]];
    case Barrier::AnonConst:
      if (local) {
        if (report)
          error(ident.span, "E0435", "attempt to use a non-constant value in a constant").label(ident.span, "non-constant value");
        return Res::err();
      }
      if (e.res.isDef(DefKind::ConstParam) ? b->constsAllowed : b->typesAllowed)
        continue;
      if (e.res.kind == ResKind::SelfTyAlias || e.res.kind == ResKind::SelfTyParam || e.res.kind == ResKind::SelfCtor)
        continue; // allowed when the type is not generic: collect sees to that
      if (report)
        error(ident.span, "", "generic parameters may not be used in const operations")
            .label(ident.span, llvm::Twine("cannot perform const operation using `") + name + "`")
            .help(llvm::Twine("const parameters may only be used as standalone arguments here, i.e. `") + name + "`");
      return Res::err();
    case Barrier::ConstParamTy:
      if (local)
        continue;
      if (report)
        error(ident.span, "E0770", "the type of const parameters must not depend on other generic parameters")
            .label(ident.span, "the type must not depend on the parameter `" + name.str() + "`");
      return Res::err();
    }
  }
  return e.res;
}

Res Lowering::lookupIdent(Ident ident, Namespace ns, bool &found, bool report, bool *fromRib) {
  RibHit hit;
  resolve::Found inBlock;
  RibSpace space = ns == Namespace::Type ? RibSpace::Type : RibSpace::Value;
  found = ribs_.lookup(space, ident, hit, [&](ModuleId m, Ident i) {
    inBlock = scopes.inModule(m, i, ns, scope_, report);
    return bool(inBlock);
  });
  if (found && hit.entry) {
    if (fromRib)
      *fromRib = true;
    return checkBarriers(hit, ident, report);
  }
  if (found)
    return inBlock.res;
  if (isPathSegmentKeyword(ident.name))
    return Res::err();
  resolve::Found f = scopes.lexical(ident, ns, outer_, report);
  found = bool(f);
  return f.res;
}

// ---- whole paths ----

// Resolves in one namespace. False: not found, `failure` says why.
bool Lowering::resolveIn(ArrayRef<Ident> segments, Namespace ns, unsigned &unresolved, Res &res, resolve::PathRes &failure, bool report) {
  unresolved = 0;
  Ident first = segments[0];
  bool keyword = isPathSegmentKeyword(first.name) && first.name != sym::kw_Self;
  if (segments.size() == 1 && !(keyword && first.name != sym::kw_self)) {
    bool found = false;
    res = lookupIdent(first, ns, found, report);
    if (found && ns == Namespace::Type && res.isDef(DefKind::Mod))
      if (std::optional<PrimTy> t = primTyOf(sess.str(first)))
        res = Res::ofPrim(*t);
    if (found)
      return true;
    if (first.name != sym::kw_self || ns == Namespace::Value) {
      failure.status = resolve::PathStatus::Failed;
      failure.failure.isLast = true;
      failure.failure.span = first.span;
      return false;
    }
  }
  if (!keyword && segments.size() > 1) {
    RibHit hit;
    resolve::Found inBlock;
    bool found = ribs_.lookup(RibSpace::Type, first, hit, [&](ModuleId m, Ident i) {
      inBlock = scopes.inModule(m, i, Namespace::Type, scope_, report);
      return bool(inBlock);
    });
    if (found) {
      Res r = hit.entry ? checkBarriers(hit, first, report) : inBlock.res;
      for (size_t i = 1;; ++i) {
        if (i == segments.size() || r.isErr()) {
          res = r;
          return true;
        }
        if (!resolve::isModuleLike(r)) {
          if (isTypeRes(r)) {
            res = r;
            unresolved = unsigned(segments.size() - i);
            return true;
          }
          failure.status = resolve::PathStatus::Failed;
          failure.failure.segment = unsigned(i - 1);
          failure.failure.span = segments[i - 1].span;
          failure.failure.message = ("`" + sess.str(segments[i - 1]) + "` is " + Crates::article(crates.descr(r)) + " " + crates.descr(r) + ", not a module").str();
          failure.failure.label = "not a module";
          return false;
        }
        resolve::Found f = scopes.inModule(crates.moduleOf(r.def), segments[i], i + 1 == segments.size() ? ns : Namespace::Type, scope_, report);
        if (!f) {
          // `Enum::method`, `Trait::Assoc`: the rest is type checking's.
          if (isTypeRes(r)) {
            res = r;
            unresolved = unsigned(segments.size() - i);
            return true;
          }
          failure.status = resolve::PathStatus::Failed;
          failure.failure.segment = unsigned(i);
          failure.failure.span = segments[i].span;
          failure.failure.isLast = i + 1 == segments.size();
          failure.failure.message = ("cannot find `" + sess.str(segments[i]) + "` in `" + sess.str(segments[i - 1]) + "`").str();
          failure.failure.in = resolve::PathRes().failure.in;
          return false;
        }
        r = f.res;
      }
    }
  }
  resolve::PathRes p = scopes.path(segments, ns, outer_, report);
  if (p.status == resolve::PathStatus::Error) {
    res = Res::err();
    return true;
  }
  // A primitive type that a module of the same name hides: `u8::MAX` beside `mod u8`.
  if (!p.ok() || (p.res.isDef(DefKind::Mod) && p.unresolved == 0))
    if (std::optional<PrimTy> t = primTyOf(sess.str(first)); t && (segments.size() > 1 || ns == Namespace::Type)) {
      res = Res::ofPrim(*t);
      unresolved = unsigned(segments.size() - 1);
      return true;
    }
  if (!p.ok()) {
    failure = p;
    return false;
  }
  res = p.res;
  unresolved = p.unresolved;
  return true;
}

Res Lowering::resolvePath(ArrayRef<Ident> segments, PathSource source, Span span, unsigned &unresolved, bool report) {
  Namespace primary = spaceOf(source);
  resolve::PathRes failure, ignored;
  Res found = Res::err();
  bool any = false;
  Namespace order[3] = {primary, Namespace::Type, Namespace::Value};
  for (unsigned i = 0; i < 3; ++i) {
    if (i > 0 && order[i] == primary)
      continue;
    unsigned left = 0;
    Res res;
    if (!resolveIn(segments, order[i], left, res, i == 0 ? failure : ignored, report && i == 0))
      continue;
    if (left != 0 && !defers(source) && i == 0) {
      failure.status = resolve::PathStatus::Failed;
      failure.failure.segment = unsigned(segments.size() - left);
      failure.failure.isLast = left == 1;
      failure.failure.span = segments[segments.size() - left].span;
      failure.failure.message = ("ambiguous associated type `" + sess.str(segments[segments.size() - left]) + "`").str();
    }
    // `self` as a value is never the module.
    if (primary == Namespace::Value && segments.size() == 1 && segments[0].name == sym::kw_self && i > 0)
      continue;
    if (left == 0 || defers(source)) {
      found = res;
      unresolved = left;
      any = true;
      // What the other namespace has is only better when it is what is wanted.
      break;
    }
  }
  if (any && found.isErr())
    return found; // reported
  if (any && (unresolved > 0 || expected(found, source)))
    return found;
  unresolved = 0;
  if (!report)
    return Res::err();
  if (any)
    reportUnexpected(segments, found, source, span);
  else
    reportUnresolved(segments, source, span, failure);
  return Res::err();
}

// ---- HIR ----

bool Lowering::pathSegments(ast::PathId path, SmallVectorImpl<Ident> &out) const {
  for (const ast::PathSegment &s : ast.list(ast.paths[path].segments))
    out.push_back(s.ident);
  return !out.empty();
}

void Lowering::lowerSegment(const ast::PathSegment &s, Res res, hir::PathSegment &out) {
  out.ident = s.ident;
  out.id = newId();
  out.res = res;
  if (!s.args)
    return;
  const hir::GenericArgs *args = genericArgs(s.args, out);
  bool onlyLifetimes = llvm::all_of(args->args, [](const hir::GenericArg &a) { return a.kind == hir::GenericArgKind::Lifetime; });
  out.args = args;
  out.inferArgs = onlyLifetimes && args->constraints.empty() && args->sugar == hir::GenericArgsSugar::None;
}

hir::QPath Lowering::qpath(const ast::QSelf &qself, ast::PathId pathId, PathSource source, Res *full) {
  const ast::Path &path = ast.paths[pathId];
  ArrayRef<ast::PathSegment> segments = ast.list(path.segments);
  SmallVector<Ident, 4> idents;
  pathSegments(pathId, idents);
  hir::QPath out;
  out.span = path.span;
  const hir::Ty *self = nullptr;
  Res res = Res::err();
  unsigned unresolved = 0;
  if (qself.valid()) {
    ImplTraitMode outer = implTrait_;
    implTrait_ = ImplTraitMode::Disallowed;
    self = ty(qself.ty);
    implTrait_ = outer;
    if (qself.position == 0) {
      unresolved = unsigned(idents.size());
    } else {
      // `<T as a::Trait>::x`: the trait must be one, and x is an item of it.
      unsigned dummy = 0;
      Res trait = resolvePath(ArrayRef<Ident>(idents).take_front(qself.position), PathSource::Trait, path.span, dummy);
      size_t count = qself.position + 1;
      if (count > idents.size()) {
        unresolved = 0;
        res = trait;
      } else if (!trait.isErr()) {
        bool whole = count == idents.size();
        bool value = whole && spaceOf(source) == Namespace::Value;
        unsigned left = 0;
        res = resolvePath(ArrayRef<Ident>(idents).take_front(count), value ? PathSource::TraitItemValue : PathSource::TraitItemType,
                          path.span, left);
        unresolved = unsigned(idents.size() - count);
        if (res.isErr())
          unresolved = 0;
      }
    }
  } else {
    Span span = path.span;
    res = idents.empty() ? Res::err() : resolvePath(idents, source, span, unresolved);
  }
  size_t resolved = segments.size() - unresolved;
  if (full)
    *full = unresolved == 0 ? res : Res::err();

  // The resolved part.
  SmallVector<hir::PathSegment, 4> out_segments;
  bool explicitMode = source == PathSource::Type || source == PathSource::Trait;
  for (size_t i = 0; i < resolved; ++i) {
    hir::PathSegment s;
    lowerSegment(segments[i], i + 1 == resolved ? res : Res::err(), s);
    if (explicitMode)
      s.inferArgs = false;
    // Lifetimes that are left out: of the type or trait at the end, and of the trait of `<T as Trait>::x`.
    bool hasLifetimes = s.args && llvm::any_of(s.args->args, [](const hir::GenericArg &a) { return a.kind == hir::GenericArgKind::Lifetime; });
    bool sugar = s.args && s.args->sugar != hir::GenericArgsSugar::None;
    if (elide_.kind != ElideKind::Infer && !hasLifetimes && !sugar && !res.isErr()) {
      Res of = Res::err();
      if (i + 1 == resolved)
        of = res;
      else if (i + 2 == resolved && res.kind == ResKind::Def &&
               (res.defKind == DefKind::AssocTy || res.defKind == DefKind::Variant))
        of = crates.res(crates.parent(res.def));
      if (of.kind == ResKind::Def && lifetimeParamCount(of.def)) {
        hir::GenericArgs *args = alloc(s.args ? *s.args : hir::GenericArgs{});
        if (!s.args)
          args->span = s.ident.span.shrinkToHi();
        elidedPathLifetimes(of, s.ident.span, *args, s.args != nullptr);
        s.args = args;
      }
    }
    out_segments.push_back(s);
  }
  hir::Path *p = alloc(hir::Path{});
  p->span = path.span;
  if (unresolved && resolved)
    p->span = segments[0].ident.span.to(segments[resolved - 1].ident.span);
  p->res = res;
  p->segments = arr(out_segments);
  if (unresolved == 0) {
    out.kind = hir::QPathKind::Resolved;
    out.self = self;
    out.path = p;
    return out;
  }
  const hir::Ty *base = self;
  if (resolved) {
    hir::QPath q;
    q.self = self;
    q.path = p;
    q.span = p->span;
    base = res.isDef(DefKind::Trait) || res.isDef(DefKind::TraitAlias) ? bareTraitObject(p->span, *p) : pathTy(p->span, q);
  }
  for (size_t i = resolved; i < segments.size(); ++i) {
    hir::PathSegment *s = alloc(hir::PathSegment{});
    lowerSegment(segments[i], Res::err(), *s);
    if (explicitMode)
      s->inferArgs = false;
    hir::QPath q;
    q.kind = hir::QPathKind::TypeRelative;
    q.self = base;
    q.segment = s;
    q.span = path.span;
    if (i + 1 == segments.size())
      return q;
    q.span = path.span.to(segments[i].ident.span);
    base = pathTy(q.span, q);
  }
  UNREACHABLE("path without segments");
}

hir::QPath Lowering::defPath(DefId def, Span span) {
  hir::PathSegment *s = alloc(hir::PathSegment{});
  s->ident = Ident{crates.name(def), span};
  s->id = newId();
  s->res = crates.res(def);
  hir::QPath q;
  q.path = alloc(hir::Path{span, s->res, ArrayRef<hir::PathSegment>(s, 1)});
  q.span = span;
  return q;
}

hir::QPath Lowering::langItemPath(Symbol lang, Span span) {
  DefId def = tcx.langItem(lang);
  if (def.valid()) {
    // A language item that is a tuple or unit variant or struct stands for its constructor in values.
    return defPath(def, span);
  }
  error(span, "", llvm::Twine("requires `") + sess.str(lang) + "` lang_item");
  hir::PathSegment *s = alloc(hir::PathSegment{});
  s->ident = Ident{lang, span};
  s->id = newId();
  hir::QPath q;
  q.path = alloc(hir::Path{span, Res::err(), ArrayRef<hir::PathSegment>(s, 1)});
  q.span = span;
  return q;
}

hir::QPath Lowering::typeRelative(const hir::Ty *self, Ident name) {
  hir::PathSegment *s = alloc(hir::PathSegment{});
  s->ident = name;
  s->id = newId();
  hir::QPath q;
  q.kind = hir::QPathKind::TypeRelative;
  q.self = self;
  q.segment = s;
  q.span = name.span;
  return q;
}

} // namespace ferric::lower
