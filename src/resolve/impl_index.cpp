// The eager part of what is known of impls: the trait's definition and the head of the self type. Only
// paths of impl headers are resolved; type aliases are seen through (rustc_type_ir::fast_reject, simplify_type). What
// does not resolve is left out silently: lowering the impl's header reports it.
#include "resolve/resolver.h"

namespace ferric::resolve {

using namespace ast;

namespace {

// A type as it is written, and where: names in it are looked up from `owner`.
struct TypeAt {
  const Ast *ast;
  TypeId type;
  DefId owner;
};

class Simplifier {
public:
  Simplifier(Crates &crates, Lookup &lookup) : crates_(crates), lookup_(lookup), hygiene_(crates.session().hygiene) {}

  SimplifiedType simplify(TypeAt t, unsigned depth = 0) {
    if (depth > 64)
      return {};
    const Type &type = t.ast->types[t.type];
    switch (type.kind) {
    case TypeKind::Slice: return SimplifiedType::of(SimpKind::Slice);
    case TypeKind::Array: return SimplifiedType::of(SimpKind::Array);
    case TypeKind::Ptr: return SimplifiedType::of(t.ast->get<PtrType>(t.type).mut == Mutability::Mut ? SimpKind::PtrMut : SimpKind::Ptr);
    case TypeKind::Ref: {
      const RefType &r = t.ast->get<RefType>(t.type);
      if (r.pinned)
        return pinType();
      return SimplifiedType::of(r.mut == Mutability::Mut ? SimpKind::RefMut : SimpKind::Ref);
    }
    case TypeKind::Never: return SimplifiedType::of(SimpKind::Never);
    case TypeKind::Tuple: return SimplifiedType::arity(SimpKind::Tuple, t.ast->get<TupleType>(t.type).elems.len);
    case TypeKind::BareFn: {
      const FnDecl &decl = t.ast->get<BareFnType>(t.type).decl;
      uint32_t n = decl.params.len;
      if (n && t.ast->types[t.ast->list(decl.params).back().ty].kind == TypeKind::CVarArgs)
        --n;
      return SimplifiedType::arity(SimpKind::Function, n);
    }
    case TypeKind::UnsafeBinder: return SimplifiedType::of(SimpKind::UnsafeBinder);
    case TypeKind::Paren: return simplify({t.ast, t.ast->get<ParenType>(t.type).inner, t.owner}, depth + 1);
    case TypeKind::PatType: return simplify({t.ast, t.ast->get<PatTypeType>(t.type).base, t.owner}, depth + 1);
    case TypeKind::TraitObject: return dynType(t);
    case TypeKind::Path: {
      const PathType &p = t.ast->get<PathType>(t.type);
      return p.qself.valid() ? SimplifiedType() : pathType(t, p.path, depth);
    }
    default: return {};
    }
  }

  // The definition that a path names in the type namespace; err when it does not resolve or is a parameter.
  PathLookup resolve(const Ast &ast, PathId path, DefId owner) {
    llvm::SmallVector<Ident, 6> segments;
    for (const PathSegment &s : ast.list(ast.paths[path].segments))
      segments.push_back(s.ident);
    LookupScope scope;
    scope.module = crates_.scopeOf(owner);
    scope.expansion = crates_.def(owner).expn;
    return lookup_.path(segments, Namespace::Type, scope);
  }

private:
  // The index of the type parameter of `owner` that a single-segment path (or its first segment) is.
  bool isParam(const Ast &ast, PathId path, DefId owner, int &typeIndex) {
    llvm::ArrayRef<PathSegment> segments = ast.list(ast.paths[path].segments);
    const Generics *g = crates_.generics(owner);
    if (!g || segments.empty())
      return false;
    typeIndex = 0;
    for (const GenericParam &p : crates_.ast(owner).list(g->params)) {
      if (p.kind == ParamKind::Lifetime)
        continue;
      if (hygiene_.sameItem(p.ident, segments[0].ident))
        return true;
      ++typeIndex;
    }
    return false;
  }

  SimplifiedType pinType() {
    DefId pin = crates_.langItem("pin");
    return pin.valid() ? SimplifiedType::ofDef(SimpKind::Adt, pin) : SimplifiedType();
  }

  SimplifiedType dynTrait(DefId trait) {
    return crates_.itemAs<TraitItem>(trait).isAuto ? SimplifiedType::of(SimpKind::DynMarker) : SimplifiedType::ofDef(SimpKind::Dyn, trait);
  }

  SimplifiedType dynType(TypeAt t) {
    SimplifiedType result = SimplifiedType::of(SimpKind::DynMarker);
    for (const GenericBound &b : t.ast->list(t.ast->get<TraitObjectType>(t.type).bounds)) {
      if (b.kind != BoundKind::Trait || b.polarity != BoundPolarity::Positive)
        continue;
      PathLookup p = resolve(*t.ast, b.path, t.owner);
      if (p.kind != PathKind::Module || !p.res.isDef(DefKind::Trait))
        return {};
      result = dynTrait(p.res.def);
      if (result.kind == SimpKind::Dyn)
        return result;
    }
    return result;
  }

  SimplifiedType pathType(TypeAt t, PathId path, unsigned depth) {
    int index = 0;
    if (isParam(*t.ast, path, t.owner, index))
      return {};
    PathLookup p = resolve(*t.ast, path, t.owner);
    if ((p.kind != PathKind::NonModule && p.kind != PathKind::Module) || p.unresolved)
      return {};
    if (p.res.kind == ResKind::PrimTy)
      return SimplifiedType::prim(p.res.prim);
    if (p.res.kind != ResKind::Def)
      return {};
    switch (p.res.defKind) {
    case DefKind::Struct: case DefKind::Union: case DefKind::Enum: return SimplifiedType::ofDef(SimpKind::Adt, p.res.def);
    case DefKind::ForeignTy: return SimplifiedType::ofDef(SimpKind::Foreign, p.res.def);
    case DefKind::Trait: return dynTrait(p.res.def);
    case DefKind::TyAlias: return aliasType(t, path, p.res.def, depth);
    default: return {};
    }
  }

  SimplifiedType aliasType(TypeAt t, PathId path, DefId alias, unsigned depth) {
    TypeAt target{&crates_.ast(alias), crates_.itemAs<TyAliasItem>(alias).ty, alias};
    if (!target.type.valid())
      return {};
    // `type A<T> = T`: the argument decides.
    if (target.ast->types[target.type].kind == TypeKind::Path) {
      const PathType &p = target.ast->get<PathType>(target.type);
      int index = 0;
      if (!p.qself.valid() && isParam(*target.ast, p.path, alias, index)) {
        llvm::ArrayRef<PathSegment> segments = t.ast->list(t.ast->paths[path].segments);
        if (target.ast->paths[p.path].segments.len != 1 || !segments.back().args.valid())
          return {};
        for (const GenericArg &a : t.ast->list(t.ast->genericArgs[segments.back().args].args))
          if (a.kind == GenericArgKind::Type && index-- == 0)
            return simplify({t.ast, a.ty, t.owner}, depth + 1);
        return {};
      }
    }
    return simplify(target, depth + 1);
  }

  Crates &crates_;
  Lookup &lookup_;
  Hygiene &hygiene_;
};

} // namespace

void Resolver::buildImplIndex() {
  Simplifier simplifier(crates_, lookup_);
  for (uint32_t index : implDefs_) {
    DefId def(crate_.id, index);
    const ImplItem &impl = crates_.itemAs<ImplItem>(def);
    ImplRow row;
    row.impl = def;
    if (impl.traitPath.valid()) {
      PathLookup p = simplifier.resolve(ast(), impl.traitPath, def);
      if (p.kind != PathKind::Module || !p.res.isDef(DefKind::Trait)) {
        ++unresolvedImpls_;
        continue;
      }
      row.trait = p.res.def;
      row.negative = impl.negative;
      row.reservation = Crates::findAttr(ast(), crate_.defs[def].attrs, sym::rustc_reservation_impl);
      // Items of a trait impl are as visible as the trait.
      DefVis vis = crates_.vis(row.trait);
      for (DefId item : crate_.children(def))
        if (crates_.isAssoc(item))
          crate_.defs.mut(item).vis = vis;
    }
    row.self = simplifier.simplify({&ast(), impl.self, def});
    crate_.impls.add(row);
  }
  crate_.impls.seal();
}

void Resolver::collectItemTables() {
  for (uint32_t i = 0; i < crate_.defs.size(); ++i) {
    DefId id(crate_.id, i);
    const Def &def = crate_.defs[id];
    if (!def.attrs.valid() || def.kind == DefKind::Ctor)
      continue;
    for (AttrId a : ast().attrsOf(def.attrs)) {
      const Attr &attr = ast().attrs[a];
      if (attr.isDoc)
        continue;
      if (attr.name == sym::lang) {
        if (Symbol name = Crates::attrValue(ast(), attr))
          addLangItem(name, id);
      } else if (attr.name == sym::rustc_diagnostic_item) {
        if (Symbol name = Crates::attrValue(ast(), attr))
          crate_.diagnosticItems.try_emplace(name, id);
      } else if (attr.name == sym::panic_handler) {
        addLangItem(sess().symbols.intern("panic_impl"), id);
      }
    }
  }
}

void Resolver::addLangItem(Symbol name, DefId def) {
  if (def.index() && crates_.kind(crates_.parent(def)) == DefKind::ForeignMod) {
    llvm::StringRef text = sess().str(name);
    if (text != "panic_impl" && text != "eh_personality" && text != "eh_catch_typeinfo") {
      sess().diag.error(crates_.span(def), "E0264", "unknown external lang item: `" + text + "`");
      return;
    }
  }
  DefId old = crates_.langItem(name);
  // core declares `panic_impl` as a foreign function; the handler itself defines it.
  if (old.valid() && crates_.kind(crates_.parent(old)) == DefKind::ForeignMod)
    old = DefId();
  if (old.valid() && old != def) {
    sess().diag.error(crates_.span(def), "E0152", "found duplicate lang item `" + sess().str(name) + "`");
    return;
  }
  crate_.langItems.try_emplace(name, def);
}

void Resolver::finish() {
  crate_.sealChildren();
  crate_.sealNameless(nameless_);
  collectItemTables();
  buildImplIndex();
}

} // namespace ferric::resolve
