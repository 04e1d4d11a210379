// One walk over the expanded crate. Context is a handful of members set while a trait, impl or extern block is walked.
// Sources: Reference "Items" (what may and may not have a body, visibility, qualifiers), RFC 1522 (impl Trait), RFC 3484
// (unsafe extern blocks), RFC 0019 (auto traits).
#include "parse/validate.h"
#include "ast/visit.h"

namespace ferric::parse {

using namespace ast;

namespace {

class Validator : public Visitor<Validator> {
public:
  Validator(Session &sess, const Ast &ast, unsigned edition) : Visitor(ast), sess_(sess), edition_(edition) {}
  FnCtx fnCtx() const { return place_ == Place::Foreign ? FnCtx::Foreign : place_ == Place::Free ? FnCtx::Free : FnCtx::Assoc; }

  void visitItem(ItemId id);
  void visitAssocItem(ItemId id);
  void visitForeignItem(ItemId id);
  void visitExpr(ExprId id);
  void visitType(TypeId id);
  void visitGenericArgs(GenericArgsId id);
  void visitGenerics(const Generics &g);
  void visitBound(const GenericBound &b, BoundCtx ctx);
  void visitFn(FnCtx ctx, const FnHeader *h, const FnDecl &d, BlockId body, Span span);

private:
  enum class Place : uint8_t { Free, Trait, Impl, TraitImpl, Foreign };
  diag::Builder error(Span span, const char *code, const llvm::Twine &message) { return sess_.diag.error(span, code, message); }
  diag::Builder error(Span span, const llvm::Twine &message) { return error(span, "", message); }
  void noVisibility(const Visibility &v, const char *note);
  void impl(const Item &it, const ImplItem &i);
  void trait(const Item &it, const TraitItem &t);
  void typeAlias(const Item &it, const TyAliasItem &t);
  void bodiless(const FnDecl &d, FnCtx ctx);
  void cVariadic(const FnHeader *h, const FnDecl &d, FnCtx ctx, Span span);
  void asciiName(const Item &it);
  bool hasAttr(AttrsId attrs, llvm::StringRef name) const;
  template <class F> void within(Place place, F &&f) {
    Place saved = std::exchange(place_, place);
    f();
    place_ = saved;
  }

  Session &sess_;
  unsigned edition_;
  Place place_ = Place::Free;
  bool constImpl_ = false;           // in a const trait or const impl
  bool unsafeExtern_ = false;
  TypeId outerImplTrait_;
};

bool Validator::hasAttr(AttrsId attrs, llvm::StringRef name) const {
  return llvm::any_of(ast_.attrsOf(attrs), [&](AttrId a) { return ast_.attrs[a].name.valid() && sess_.str(ast_.attrs[a].name) == name; });
}

void Validator::noVisibility(const Visibility &v, const char *note) {
  if (v.kind == VisKind::Inherited)
    return;
  error(v.span, "E0449", "visibility qualifiers are not permitted here").note(note).suggest(v.span, "remove the qualifier", "", diag::Applicability::MachineApplicable);
}

void Validator::asciiName(const Item &it) {
  if (hasAttr(it.attrs, "no_mangle") && llvm::any_of(sess_.str(it.ident), [](char c) { return c & 0x80; }))
    error(it.span, "E0754", "`#[no_mangle]` requires ASCII identifier");
}

void Validator::visitItem(ItemId id) {
  const Item &it = ast_.items[id];
  Place saved = std::exchange(place_, Place::Free);
  bool savedConst = std::exchange(constImpl_, false);
  if (it.ident.valid())
    asciiName(it);
  switch (it.kind) {
  case ItemKind::Impl: impl(it, ast_.get<ImplItem>(id)); break;
  case ItemKind::Trait: trait(it, ast_.get<TraitItem>(id)); break;
  case ItemKind::Fn:
    if (!ast_.get<FnItem>(id).body && !hasAttr(it.attrs, "rustc_intrinsic"))
      error(it.span, "free function without a body").suggest(it.span.shrinkToHi(), "provide a definition for the function", " { <body> }");
    break;
  case ItemKind::Const:
    if (!ast_.get<ConstItem>(id).value)
      error(it.span, "free constant item without body").suggest(it.span.shrinkToHi(), "provide a definition for the constant", " = <expr>;");
    break;
  case ItemKind::Static: {
    const StaticItem &s = ast_.get<StaticItem>(id);
    if (s.safety == Safety::Unsafe)
      error(it.span, "static items cannot be declared with `unsafe` safety qualifier outside of `extern` block");
    else if (s.safety == Safety::Safe)
      error(it.span, "items outside of `unsafe extern { }` cannot be declared with `safe` safety qualifier");
    if (!s.value)
      error(it.span, "free static item without body").suggest(it.span.shrinkToHi(), "provide a definition for the static", " = <expr>;");
    break;
  }
  case ItemKind::TyAlias: typeAlias(it, ast_.get<TyAliasItem>(id)); break;
  case ItemKind::ForeignMod: {
    const ForeignModItem &f = ast_.get<ForeignModItem>(id);
    noVisibility(it.vis, "place qualifiers on individual foreign items instead");
    if (f.safety == Safety::Default && sess_.hygiene.edition(it.span, edition_) >= 2024)
      error(it.span, "extern blocks must be marked as unsafe");
    bool savedUnsafe = std::exchange(unsafeExtern_, f.safety == Safety::Unsafe);
    walkItem(id);
    unsafeExtern_ = savedUnsafe;
    place_ = saved, constImpl_ = savedConst;
    return;
  }
  case ItemKind::Enum:
    for (const Variant &v : ast_.list(ast_.get<EnumItem>(id).variants)) {
      noVisibility(v.vis, "enum variants and their fields always share the visibility of the enum they are in");
      for (const FieldDef &f : ast_.list(v.data.fields))
        noVisibility(f.vis, "enum variants and their fields always share the visibility of the enum they are in");
    }
    break;
  case ItemKind::Mod:
    if (ast_.get<ModItem>(id).safety == Safety::Unsafe)
      error(it.span, "module cannot be declared unsafe");
    break;
  case ItemKind::Union:
    if (ast_.get<UnionItem>(id).data.fields.empty())
      error(it.span, "unions cannot have zero fields");
    break;
  default:
    break;
  }
  walkItem(id);
  place_ = saved, constImpl_ = savedConst;
}

void Validator::impl(const Item &it, const ImplItem &i) {
  constImpl_ = i.constness != Constness::No;
  if (!i.traitPath) {
    place_ = Place::Impl;
    return noVisibility(it.vis, "place qualifiers on individual impl items instead");
  }
  place_ = Place::TraitImpl;
  noVisibility(it.vis, "trait items always share the visibility of their trait");
  if (i.negative && i.safety == Safety::Unsafe)
    error(ast_.paths[i.traitPath].span, "E0198", "negative impls cannot be unsafe");
}

void Validator::trait(const Item &it, const TraitItem &t) {
  place_ = Place::Trait;
  constImpl_ = t.constness != Constness::No;
  if (!t.isAuto)
    return;
  if (t.constness != Constness::No)
    error(it.ident.span, "auto traits cannot be const");
  if (!t.generics.params.empty())
    error(t.generics.span, "E0567", "auto traits cannot have generic parameters").label(it.ident.span, "auto trait cannot have generic parameters");
  if (!t.bounds.empty())
    error(ast_.list(t.bounds)[0].span, "E0568", "auto traits cannot have super traits or lifetime bounds").label(it.ident.span, "auto traits cannot have super traits or lifetime bounds");
  else if (!t.generics.where.empty())
    error(t.generics.whereSpan, "E0568", "auto traits cannot have super traits or lifetime bounds");
  if (!t.items.empty())
    error(ast_.items[ast_.list(t.items)[0]].ident.span, "E0380", "auto traits cannot have associated items");
}

void Validator::typeAlias(const Item &it, const TyAliasItem &t) {
  if (!t.ty)
    error(it.span, "free type alias without body").suggest(it.span.shrinkToHi(), "provide a definition for the type", " = <type>;");
  if (!t.bounds.empty())
    error(ast_.list(t.bounds)[0].span, "bounds on `type`s in this context have no effect");
  if (t.ty && t.generics.where.len > t.whereBefore)
    error(t.generics.whereSpan, "where clauses are not allowed after the type for type aliases")
        .note("see issue #112792 <https://github.com/rust-lang/rust/issues/112792> for more information");
}

void Validator::visitAssocItem(ItemId id) {
  const Item &it = ast_.items[id];
  if (it.ident.valid())
    asciiName(it);
  bool inImpl = place_ == Place::Impl || place_ == Place::TraitImpl;
  if (it.kind != ItemKind::MacroCall) {
    if (place_ == Place::TraitImpl)
      noVisibility(it.vis, "trait items always share the visibility of their trait");
    else if (place_ == Place::Trait)
      noVisibility(it.vis, "trait items always share the visibility of their trait");
  }
  if (it.isDefault && place_ != Place::TraitImpl && place_ != Place::Impl)
    error(it.span, "`default` is only allowed on items in trait impls");
  switch (it.kind) {
  case ItemKind::Fn: {
    const FnItem &f = ast_.get<FnItem>(id);
    if (inImpl && !f.body)
      error(it.span, "associated function in `impl` without body").suggest(it.span.shrinkToHi(), "provide a definition for the function", " { <body> }");
    if (f.header.constness != Constness::No && (place_ == Place::Trait || place_ == Place::TraitImpl)) {
      if (constImpl_ && place_ == Place::TraitImpl)
        error(f.header.span, "redundant `const` fn marker in const impl");
      else
        error(f.header.span, "E0379", llvm::Twine("functions in ") + (place_ == Place::Trait ? "traits" : "trait impls") + " cannot be declared const")
            .label(f.header.span, llvm::Twine("functions in ") + (place_ == Place::Trait ? "traits" : "trait impls") + " cannot be const");
    }
    break;
  }
  case ItemKind::Const:
    if (inImpl && !ast_.get<ConstItem>(id).value)
      error(it.span, "associated constant in `impl` without body").suggest(it.span.shrinkToHi(), "provide a definition for the constant", " = <expr>;");
    if (it.ident.name == sym::underscore)
      error(it.ident.span, "`const` items in this context need a name").label(it.ident.span, "`_` is not a valid name for this `const` item");
    break;
  case ItemKind::TyAlias: {
    const TyAliasItem &t = ast_.get<TyAliasItem>(id);
    if (inImpl && !t.ty)
      error(it.span, "associated type in `impl` without body").suggest(it.span.shrinkToHi(), "provide a definition for the type", " = <type>;");
    if (inImpl && !t.bounds.empty())
      error(ast_.list(t.bounds)[0].span, "bounds on `type`s in `impl`s have no effect");
    break;
  }
  default:
    break;
  }
  walkItem(id);
}

void Validator::visitForeignItem(ItemId id) {
  const Item &it = ast_.items[id];
  auto safety = [&](Safety s) {
    if (s != Safety::Default && !unsafeExtern_)
      error(it.span, "items in `extern` blocks without an `unsafe` qualifier cannot have safety qualifiers");
  };
  if (it.isDefault)
    error(it.span, "`default` is only allowed on items in trait impls");
  switch (it.kind) {
  case ItemKind::Fn: {
    const FnItem &f = ast_.get<FnItem>(id);
    safety(f.header.safety);
    if (f.body)
      error(it.ident.span, "incorrect function inside `extern` block").label(it.ident.span, "cannot have a body")
          .help("you might have meant to write a function accessible through FFI, which can be done by writing `extern fn` outside of the `extern` block");
    const char *qualifier = f.header.coroutine != CoroutineKind::None ? "async" : f.header.constness != Constness::No ? "const" : f.header.ext != ExternKind::None ? "extern" : nullptr;
    if (qualifier)
      error(f.header.span, llvm::Twine("functions in `extern` blocks cannot have `") + qualifier + "` qualifier");
    break;
  }
  case ItemKind::Static:
    safety(ast_.get<StaticItem>(id).safety);
    if (ast_.get<StaticItem>(id).value)
      error(it.ident.span, "incorrect `static` inside `extern` block").label(it.ident.span, "cannot have a body");
    break;
  case ItemKind::TyAlias: {
    const TyAliasItem &t = ast_.get<TyAliasItem>(id);
    if (t.ty)
      error(it.ident.span, "incorrect `type` inside `extern` block").label(it.ident.span, "cannot have a body");
    if (!t.generics.params.empty())
      error(t.generics.span, "`type`s inside `extern` blocks cannot have generic parameters");
    if (t.generics.hasWhere)
      error(t.generics.whereSpan, "`type`s inside `extern` blocks cannot have `where` clauses");
    if (!t.bounds.empty())
      error(ast_.list(t.bounds)[0].span, "bounds on `type`s in `extern` blocks have no effect");
    break;
  }
  default:
    break;
  }
  if (llvm::any_of(sess_.str(it.ident), [](char c) { return c & 0x80; }))
    error(it.ident.span, "items in `extern` blocks cannot use non-ascii identifiers");
  within(Place::Foreign, [&] { walkItem(id); });
}

void Validator::visitExpr(ExprId id) {
  if (ast_.exprs[id].kind == ExprKind::Match)
    for (const Arm &a : ast_.list(ast_.get<MatchExpr>(id).arms))
      if (!a.body && !a.guard && ast_.pats[a.pat].kind != PatKind::Never && !hasAttr(a.attrs, "rustc_never"))
        error(a.span, "`match` arm with no body").suggest(a.span.shrinkToHi(), "add a body after the pattern", " => { todo!() }");
  // An expression begins a scope of its own for `impl Trait`.
  TypeId saved = std::exchange(outerImplTrait_, TypeId());
  walkExpr(id);
  outerImplTrait_ = saved;
}

void Validator::visitType(TypeId id) {
  const Type &t = ast_.types[id];
  if (t.kind == TypeKind::ImplTrait) {
    if (outerImplTrait_)
      error(t.span, "E0666", "nested `impl Trait` is not allowed")
          .label(t.span, "nested `impl Trait` here").label(ast_.types[outerImplTrait_].span, "outer `impl Trait`");
    if (llvm::none_of(ast_.list(ast_.get<ImplTraitType>(id).bounds), [](const GenericBound &b) { return b.kind == BoundKind::Trait; }))
      error(t.span, "at least one trait must be specified");
    TypeId saved = std::exchange(outerImplTrait_, id);
    walkType(id);
    outerImplTrait_ = saved;
    return;
  }
  walkType(id);
}

// Arguments come before constraints; a constraint's own types may hold `impl Trait` again.
void Validator::visitGenericArgs(GenericArgsId id) {
  const GenericArgs &a = ast_.genericArgs[id];
  bool constraint = false;
  Span firstConstraint;
  for (const GenericArg &g : ast_.list(a.args)) {
    bool isConstraint = g.kind == GenericArgKind::Equality || g.kind == GenericArgKind::Bound;
    if (isConstraint && !constraint)
      constraint = true, firstConstraint = g.span;
    if (!isConstraint && constraint) {
      error(g.span, "generic arguments must come before the first constraint").label(firstConstraint, "the first constraint is provided here");
      break;
    }
  }
  for (const GenericArg &g : ast_.list(a.args)) {
    bool isConstraint = g.kind == GenericArgKind::Equality || g.kind == GenericArgKind::Bound;
    TypeId saved = outerImplTrait_;
    if (isConstraint)
      outerImplTrait_ = {};
    if (g.assocArgs)
      visitGenericArgs(g.assocArgs);
    type(g.ty);
    expr(g.konst.value);
    bounds(g.bounds, BoundCtx::Bound);
    outerImplTrait_ = saved;
  }
  types(a.inputs);
  TypeId saved = std::exchange(outerImplTrait_, TypeId());
  type(a.output);
  outerImplTrait_ = saved;
}

void Validator::visitGenerics(const Generics &g) {
  bool sawOther = false, sawDefault = false, reported = false;
  Span defaultSpan;
  for (const GenericParam &p : ast_.list(g.params)) {
    bool lifetime = p.kind == ParamKind::Lifetime;
    if (lifetime && sawOther)
      error(p.ident.span, "lifetime parameters must be declared prior to type and const parameters");
    sawOther |= !lifetime;
    bool hasDefault = (p.kind == ParamKind::Type && p.ty) || (p.kind == ParamKind::Const && p.defaultConst.value);
    if (hasDefault)
      sawDefault = true, defaultSpan = p.ident.span;
    else if (!lifetime && sawDefault && !std::exchange(reported, true))
      error(defaultSpan, "generic parameters with a default must be trailing");
  }
  for (const WherePredicate &w : ast_.list(g.where)) {
    if (w.kind == WhereKind::Eq)
      error(w.span, "equality constraints are not yet supported in `where` clauses").label(w.span, "not supported")
          .note("see issue #20041 <https://github.com/rust-lang/rust/issues/20041> for more information");
    if (!w.forLifetimes.empty())
      for (const GenericBound &b : ast_.list(w.bounds))
        if (!b.forLifetimes.empty())
          error(b.span, "E0316", "nested quantification of lifetimes");
  }
  walkGenerics(g);
}

void Validator::visitBound(const GenericBound &b, BoundCtx ctx) {
  if (b.kind == BoundKind::Use && ctx != BoundCtx::ImplTrait)
    error(b.span, llvm::Twine("`use<...>` precise capturing syntax not allowed in ") +
                      (ctx == BoundCtx::SuperTrait ? "supertrait bounds" : ctx == BoundCtx::TraitObject ? "`dyn` trait object bounds" : "bounds"));
  if (b.kind == BoundKind::Trait && ctx == BoundCtx::TraitObject && b.constness == Constness::Const)
    error(b.span, "const trait bounds are not allowed in trait object types");
  walkBound(b);
}

// Without a body only plain names (and for methods `mut`, a lint) may stand for parameters.
void Validator::bodiless(const FnDecl &d, FnCtx ctx) {
  for (const Param &p : ast_.list(d.params)) {
    const Pat &pat = ast_.pats[p.pat];
    if (pat.kind == PatKind::Missing || pat.kind == PatKind::Wild || pat.kind == PatKind::Err)
      continue;
    if (pat.kind == PatKind::Ident) {
      const IdentPat &i = ast_.get<IdentPat>(p.pat);
      bool plain = !i.byRef && !i.sub;
      if (plain && (!i.isMut || ctx == FnCtx::Assoc))
        continue;
    }
    switch (ctx) {
    case FnCtx::Foreign: error(pat.span, "E0130", "patterns aren't allowed in foreign function declarations"); break;
    case FnCtx::Pointer: error(pat.span, "E0561", "patterns aren't allowed in function pointer types"); break;
    default: error(pat.span, "E0642", "patterns aren't allowed in functions without bodies"); break;
    }
  }
}

void Validator::cVariadic(const FnHeader *h, const FnDecl &d, FnCtx ctx, Span span) {
  llvm::ArrayRef<Param> params = ast_.list(d.params);
  for (size_t i = 0; i + 1 < params.size(); ++i)
    if (ast_.types[params[i].ty].kind == TypeKind::CVarArgs)
      error(params[i].span, "`...` must be the last argument of a C-variadic function");
  if (params.empty() || ast_.types[params.back().ty].kind != TypeKind::CVarArgs || ctx == FnCtx::Foreign || ctx == FnCtx::Pointer || !h)
    return;
  if (h->ext == ExternKind::None)
    error(params.back().span, "`...` is not supported for non-extern functions").help("only `extern \"C\"` and `extern \"C-unwind\"` functions may have a C variable argument list");
  else if (h->safety != Safety::Unsafe)
    error(params.back().span, "functions with a C variable argument list must be unsafe");
}

void Validator::visitFn(FnCtx ctx, const FnHeader *h, const FnDecl &d, BlockId body, Span span) {
  llvm::ArrayRef<Param> params = ast_.list(d.params);
  if (d.hasSelf && ctx != FnCtx::Assoc && !params.empty())
    error(params[0].span, "`self` parameter is only allowed in associated functions")
        .label(params[0].span, "not semantically valid as function parameter").note("associated functions are those in `impl` or `trait` definitions");
  if (params.size() > 0xFFFF)
    error(span, "function can not have more than 65535 arguments");
  for (const Param &p : params)
    for (AttrId a : ast_.attrsOf(p.attrs))
      if (ast_.attrs[a].isDoc)
        error(ast_.attrs[a].span, "documentation comments cannot be applied to function parameters").label(ast_.attrs[a].span, "doc comments are not allowed here");
  if (h && h->safety == Safety::Safe && ctx != FnCtx::Foreign)
    error(span, ctx == FnCtx::Pointer ? "function pointers cannot be declared with `safe` safety qualifier"
                                      : "items outside of `unsafe extern { }` cannot be declared with `safe` safety qualifier");
  if (h && h->constness != Constness::No && h->coroutine != CoroutineKind::None && ctx != FnCtx::Pointer)
    error(h->span, llvm::Twine("functions cannot be both `const` and `") + (h->coroutine == CoroutineKind::Async ? "async`" : "gen`"));
  cVariadic(h, d, ctx, span);
  if (!body && ctx != FnCtx::Closure)
    bodiless(d, ctx);
  TypeId saved = std::exchange(outerImplTrait_, TypeId());
  walkFn(d, body);
  outerImplTrait_ = saved;
}

} // namespace

void validateCrate(Session &sess, const Ast &ast, List<ItemId> items, unsigned edition) {
  Validator(sess, ast, edition).visitItems(items);
}

} // namespace ferric::parse
