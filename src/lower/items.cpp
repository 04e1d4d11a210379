// Headers of items: generics with their bounds and where-clauses, signatures, field types, impl headers
// (rustc_ast_lowering::item). What is elided and what `impl Trait` means follows from the position (Reference: lifetime-elision).
#include "lower/lower.h"
#include "lower/lowering.h"

namespace ferric::lower {

hir::FnHeader Lowering::fnHeader(const ast::FnHeader &h) {
  hir::FnHeader out;
  out.safety = h.safety;
  out.constness = h.constness;
  out.coroutine = h.coroutine;
  out.abiSpan = h.span;
  if (h.ext == ast::ExternKind::Implicit)
    out.abi = intern("C");
  else if (h.ext == ast::ExternKind::Explicit) {
    out.abi = h.abi.sym;
    out.abiSpan = h.abi.span;
  } else {
    out.abi = sym::empty;
  }
  return out;
}

hir::GenericParam Lowering::lowerParam(const ast::GenericParam &p, DefId def) {
  hir::GenericParam out;
  out.def = def;
  out.ident = p.ident;
  switch (p.kind) {
  case ast::ParamKind::Lifetime:
    out.kind = hir::ParamKind::Lifetime;
    break;
  case ast::ParamKind::Type:
    out.kind = hir::ParamKind::Type;
    if (p.ty)
      out.ty = ty(p.ty);
    break;
  case ast::ParamKind::Const: {
    out.kind = hir::ParamKind::Const;
    size_t mark = ribs_.mark();
    ribs_.pushBarrier(Barrier::ConstParamTy);
    ElideRib outer = elide_;
    elide_ = ElideRib();
    elide_.kind = ElideKind::Fixed;
    elide_.fixed.kind = hir::LifetimeKind::Static;
    inConstParamTy_ = true;
    out.ty = ty(p.ty);
    inConstParamTy_ = false;
    elide_ = outer;
    ribs_.reset(mark);
    if (p.defaultConst.value)
      out.defaultConst = constArg(p.defaultConst);
    break;
  }
  }
  return out;
}

void Lowering::lowerParamBounds(const ast::GenericParam &p, DefId def, SmallVectorImpl<hir::WherePredicate> &out) {
  if (p.bounds.empty())
    return;
  hir::WherePredicate w;
  w.fromParam = true;
  w.param = def;
  w.span = p.span;
  if (p.kind == ast::ParamKind::Lifetime) {
    w.kind = hir::WhereKind::Region;
    w.lifetime.kind = hir::LifetimeKind::Param;
    w.lifetime.def = def;
    w.lifetime.ident = p.ident;
  } else {
    hir::PathSegment *s = alloc(hir::PathSegment{});
    s->ident = p.ident;
    s->id = newId();
    s->res = crates.res(def);
    hir::QPath q;
    q.path = alloc(hir::Path{p.ident.span, s->res, ArrayRef<hir::PathSegment>(s, 1)});
    w.bounded = pathTy(p.ident.span, q);
  }
  w.bounds = bounds(ast.list(p.bounds));
  out.push_back(w);
}

void Lowering::lowerWhere(const ast::WherePredicate &w, SmallVectorImpl<hir::WherePredicate> &out) {
  hir::WherePredicate p;
  p.span = w.span;
  switch (w.kind) {
  case ast::WhereKind::Eq:
    error(w.span, "", "equality constraints are not yet supported in `where` clauses").label(w.span, "not supported");
    return;
  case ast::WhereKind::Region:
    p.kind = hir::WhereKind::Region;
    p.lifetime = lifetime(w.lifetime);
    p.bounds = bounds(ast.list(w.bounds));
    break;
  case ast::WhereKind::Bound: {
    SmallVector<hir::GenericParam, 2> params;
    size_t mark = lifetimes_.size();
    bindForLifetimes(ast.list(w.forLifetimes), params);
    p.bounded = ty(w.bounded);
    p.bounds = bounds(ast.list(w.bounds));
    lifetimes_.truncate(mark);
    p.forParams = arr(params);
    break;
  }
  }
  out.push_back(p);
}

void Lowering::lowerGenerics(hir::Item &out, const ast::Generics *generics, llvm::function_ref<void()> f) {
  SmallVector<hir::GenericParam, 8> params;
  SmallVector<hir::GenericParam, 2> elided, universal;
  SmallVector<hir::WherePredicate, 8> where;
  SmallVector<hir::WherePredicate, 2> universalBounds;
  static const ast::Generics kNone;
  if (!generics)
    generics = &kNone;
  ArrayRef<ast::GenericParam> astParams = ast.list(generics->params);
  ArrayRef<DefId> defs = crates.generics(def_) ? crates.genericParams(def_) : ArrayRef<DefId>();
  CHECK(defs.size() == astParams.size(), "generic parameters without definitions");

  // Names: duplicates, and those of the items around that they would hide.
  for (size_t i = 0; i < astParams.size(); ++i) {
    const ast::GenericParam &p = astParams[i];
    bool isLifetime = p.kind == ast::ParamKind::Lifetime;
    if (isLifetime && p.ident.name == sym::kw_static_lifetime) {
      error(p.ident.span, "E0262", "invalid lifetime parameter name: `'static`").label(p.ident.span, "'static is a reserved lifetime name");
      continue;
    }
    if (isLifetime && p.ident.name == sym::kw_underscore_lifetime) {
      error(p.ident.span, "E0637", "`'_` cannot be used here").label(p.ident.span, "`'_` is a reserved lifetime name");
      continue;
    }
    for (size_t k = 0; k < i; ++k)
      if (sess.hygiene.sameItem(astParams[k].ident, p.ident)) {
        error(p.ident.span, "E0403",
              llvm::Twine("the name `") + sess.str(p.ident) + "` is already used for a generic parameter in this item's generic parameters")
            .label(p.ident.span, "already used")
            .label(astParams[k].ident.span, llvm::Twine("first use of `") + sess.str(p.ident) + "`");
        break;
      }
    DefId parent = crates.parent(def_);
    if (!crates.isAssoc(def_) || !parent.valid() || !crates.generics(parent))
      continue;
    for (DefId q : crates.genericParams(parent)) {
      Ident other = crates.ident(q);
      if (!sess.hygiene.sameItem(other, p.ident))
        continue;
      if (isLifetime)
        error(p.ident.span, "E0496", llvm::Twine("lifetime name `") + sess.str(p.ident) + "` shadows a lifetime name that is already in scope")
            .label(p.ident.span, llvm::Twine("lifetime `") + sess.str(p.ident) + "` already in scope")
            .label(other.span, "first declared here");
      else
        error(p.ident.span, "E0403",
              llvm::Twine("the name `") + sess.str(p.ident) + "` is already used for a generic parameter in this item's generic parameters")
            .label(p.ident.span, "already used")
            .label(other.span, llvm::Twine("first use of `") + sess.str(p.ident) + "`");
    }
  }

  // Defaults see the parameters before them only.
  size_t early = ribs_.mark();
  size_t lifetimeMark = lifetimes_.size();
  for (size_t i = 0; i < astParams.size(); ++i)
    if (astParams[i].kind == ast::ParamKind::Lifetime)
      lifetimes_.push_back({astParams[i].ident, defs[i], false});
  ElideRib outer = elide_;
  elide_ = ElideRib();
  elide_.kind = ElideKind::Item;
  for (size_t i = 0; i < astParams.size(); ++i)
    if (astParams[i].kind != ast::ParamKind::Lifetime)
      forwardParams_.push_back(astParams[i].ident);
  for (size_t i = 0; i < astParams.size(); ++i) {
    params.push_back(lowerParam(astParams[i], defs[i]));
    if (astParams[i].kind == ast::ParamKind::Lifetime)
      continue;
    forwardParams_.erase(forwardParams_.begin());
    ribs_.bind(astParams[i].kind == ast::ParamKind::Type ? RibSpace::Type : RibSpace::Value, astParams[i].ident, crates.res(defs[i]), true);
  }
  forwardParams_.clear();
  (void)early;
  (void)lifetimeMark;
  elide_ = outer;

  universal_ = &universal;
  universalBounds_ = &universalBounds;
  elide_.created = &elided;
  f();

  elide_ = ElideRib();
  elide_.kind = ElideKind::Forbid;
  implTrait_ = ImplTraitMode::Disallowed;
  for (size_t i = 0; i < astParams.size(); ++i)
    lowerParamBounds(astParams[i], defs[i], where);
  for (const ast::WherePredicate &w : ast.list(generics->where))
    lowerWhere(w, where);
  where.append(universalBounds.begin(), universalBounds.end());
  params.append(elided.begin(), elided.end());
  params.append(universal.begin(), universal.end());
  out.generics.params = arr(params);
  out.generics.where = arr(where);
  out.generics.span = generics->span;
}

void Lowering::lowerFnSignature(hir::Item &out, const ast::FnItem &fn) {
  SmallVector<ast::TypeId, 8> inputs;
  for (const ast::Param &p : ast.list(fn.decl.params))
    if (ast.types[p.ty].kind != ast::TypeKind::CVarArgs)
      inputs.push_back(p.ty);
  out.decl.cVariadic = fn.decl.cVariadic;
  out.decl.outputSpan = fn.decl.outputSpan;
  SmallVectorImpl<hir::GenericParam> *created = elide_.created;
  // Inputs: `impl Trait` is a parameter. The output: an opaque type; elision decides between the two.
  ElideRib rib;
  rib.kind = ElideKind::Create;
  rib.owner = def_;
  rib.created = created;
  SmallVector<const hir::Ty *, 8> in;
  implTrait_ = ImplTraitMode::Universal;
  outputMode_ = crates.kind(crates.parent(def_)) == DefKind::ForeignMod ? ImplTraitMode::Disallowed : ImplTraitMode::Opaque;
  elidedSignature(inputs, fn.decl.output, fn.decl.hasSelf, rib, in, out.decl.output);
  implTrait_ = ImplTraitMode::Disallowed;
  out.decl.inputs = arr(in);
  if (fn.header.coroutine == ast::CoroutineKind::Async)
    out.decl.output = futureOf(out.decl.output, fn.decl.outputSpan);
  if (fn.decl.hasSelf)
    out.decl.hasImplicitSelf = true;
}

void Lowering::lowerFields(hir::Item &out, const ast::VariantData &data, DefId owner, SmallVectorImpl<hir::FieldSig> &fields) {
  ArrayRef<DefId> defs = crates.fields(owner);
  ArrayRef<ast::FieldDef> list = ast.list(data.fields);
  CHECK(defs.size() == list.size(), "fields without definitions");
  for (size_t i = 0; i < list.size(); ++i) {
    hir::FieldSig f{defs[i], ty(list[i].ty), DefId()};
    if (list[i].defaultValue.value)
      f.defaultValue = anonConst(list[i].defaultValue.value, Barrier::Const, true, true);
    fields.push_back(f);
  }
}

void Lowering::lowerImpl(hir::Item &out, const ast::ImplItem &impl) {
  ElideRib rib;
  rib.kind = ElideKind::CreateStrict;
  rib.owner = def_;
  rib.created = elide_.created;
  elide_ = rib;
  if (impl.traitPath) {
    hir::QPath q = qpath({}, impl.traitPath, PathSource::Trait);
    out.impl.traitPath = q.kind == hir::QPathKind::Resolved ? q.path : alloc(hir::Path{q.span, Res::err(), {}});
  }
  out.impl.self = ty(impl.self);
}

// Lifetimes that the type of a constant leaves out are 'static (Reference: lifetime-elision, "const and static elision"). Where there are
// lifetimes in scope that could have been meant, a constant of a trait must say, and one of an impl gets a parameter of its own (rustc LifetimeRibKind::
// StaticIfNoLifetimeInScope).
void Lowering::elideInConst() {
  elide_.kind = ElideKind::Fixed;
  elide_.fixed.kind = hir::LifetimeKind::Static;
  if (!crates.isAssoc(def_))
    return;
  elide_.assocConst = true;
  auto isLifetime = [&](DefId p) { return crates.kind(p) == DefKind::LifetimeParam; };
  bool inScope = crates.generics(def_) && llvm::any_of(crates.genericParams(def_), isLifetime);
  DefId parent = crates.parent(def_);
  inScope |= llvm::any_of(tcx.hirItem(parent)->generics.params, [](const hir::GenericParam &p) { return p.kind == hir::ParamKind::Lifetime; });
  if (!inScope)
    return;
  elide_.kind = crates.kind(parent) == DefKind::Impl ? ElideKind::Create : ElideKind::Item;
  elide_.owner = def_;
}

const hir::Item *Lowering::item() {
  hir::Item *out = new (arena_->Allocate<hir::Item>()) hir::Item();
  out->def = def_;
  if (crates.def(def_).ast.kind != AstRefKind::Item)
    return out;
  ast::ItemId id = crates.itemId(def_);
  const ast::Generics *generics = crates.generics(def_);
  PhaseScope phase("lower", ast.items[id].span);
  elide_.kind = ElideKind::Item;
  switch (ast.items[id].kind) {
  case ast::ItemKind::Fn: {
    const ast::FnItem &fn = node<ast::FnItem>(id);
    out->fnHeader = fnHeader(fn.header);
    if (fn.header.coroutine != ast::CoroutineKind::None && fn.header.coroutine != ast::CoroutineKind::Async && def_.isLocal())
      error(crates.def(def_).identSpan, "", "internal: `gen` functions are not supported yet");
    lowerGenerics(*out, generics, [&] { lowerFnSignature(*out, fn); });
    break;
  }
  case ast::ItemKind::Struct:
  case ast::ItemKind::Union: {
    const ast::VariantData &data = crates.variantData(def_);
    lowerGenerics(*out, generics, [&] {
      SmallVector<hir::FieldSig, 8> fields;
      lowerFields(*out, data, def_, fields);
      out->fields = arr(fields);
    });
    break;
  }
  case ast::ItemKind::Enum:
    lowerGenerics(*out, generics, [&] {
      SmallVector<hir::FieldSig, 8> fields;
      SmallVector<hir::VariantSig, 8> variants;
      for (DefId v : crates.variants(def_)) {
        const ast::Variant &variant = crates.variant(v);
        lowerFields(*out, variant.data, v, fields);
        hir::VariantSig sig{v, DefId()};
        if (variant.discriminant.value) {
          DefId outer = parentDef_;
          parentDef_ = v;
          sig.discr = anonConst(variant.discriminant.value, Barrier::AnonConst, false, false);
          parentDef_ = outer;
        }
        variants.push_back(sig);
      }
      out->fields = arr(fields);
      out->variants = arr(variants);
    });
    break;
  case ast::ItemKind::Trait: {
    const ast::TraitItem &t = node<ast::TraitItem>(id);
    lowerGenerics(*out, generics, [&] {
      elide_.kind = ElideKind::Forbid;
      out->bounds = bounds(ast.list(t.bounds));
    });
    break;
  }
  case ast::ItemKind::TraitAlias:
    lowerGenerics(*out, generics, [&] {
      elide_.kind = ElideKind::Forbid;
      out->bounds = bounds(ast.list(node<ast::TraitAliasItem>(id).bounds));
    });
    break;
  case ast::ItemKind::TyAlias: {
    const ast::TyAliasItem &t = node<ast::TyAliasItem>(id);
    bool assoc = crates.kind(def_) == DefKind::AssocTy;
    lowerGenerics(*out, generics, [&] {
      elide_.kind = assoc ? ElideKind::Forbid : ElideKind::Item;
      out->bounds = bounds(ast.list(t.bounds));
      implTrait_ = ImplTraitMode::Opaque;
      if (t.ty)
        out->ty = ty(t.ty);
      implTrait_ = ImplTraitMode::Disallowed;
    });
    break;
  }
  case ast::ItemKind::Const:
    lowerGenerics(*out, generics, [&] {
      elideInConst();
      if (node<ast::ConstItem>(id).ty)
        out->ty = ty(node<ast::ConstItem>(id).ty);
    });
    break;
  case ast::ItemKind::Static:
    elide_.kind = ElideKind::Fixed;
    elide_.fixed.kind = hir::LifetimeKind::Static;
    out->ty = ty(node<ast::StaticItem>(id).ty);
    break;
  case ast::ItemKind::Impl:
    lowerGenerics(*out, generics, [&] { lowerImpl(*out, node<ast::ImplItem>(id)); });
    break;
  default:
    break;
  }
  return out;
}

} // namespace ferric::lower
