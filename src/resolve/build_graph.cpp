// Definitions and modules, made as the expander meets items (rustc_resolve::build_reduced_graph and
// def_collector in one pass). Every item, field, variant, constructor and generic parameter gets a
// definition; names go into the module at hand; what is looked up later (imports) is only queued.
#include "resolve/resolver.h"

namespace ferric::resolve {

using namespace ast;

Resolver::Resolver(Crates &crates, CrateId id) : crates_(crates), crate_(crates[id]), lookup_(crates) {}
Resolver::~Resolver() = default;

// ---- definitions ----

DefId Resolver::addDef(DefKind kind, Symbol name, Span identSpan, AstRef ref, AttrsId attrs, Span span, DefVis vis,
                       const ParentScope &scope, DefId parent) {
  Def def;
  def.kind = kind;
  def.inBlock = names()[scope.module].isBlock;
  def.parent = parent;
  def.name = name.valid() ? name : sym::empty;
  bool unique = kind == DefKind::Field || kind == DefKind::Ctor || kind == DefKind::TyParam || kind == DefKind::ConstParam ||
                kind == DefKind::LifetimeParam;
  def.disambiguator = unique ? 0 : crate_.defs.nextDisambiguator(parent, kind, def.name);
  def.vis = vis;
  def.ast = ref;
  def.attrs = attrs;
  def.span = span;
  def.identSpan = identSpan;
  def.expn = scope.expansion;
  def.module = scope.module;
  return crate_.defs.add(def);
}

void Resolver::define(ModuleId module, Ident ident, Namespace ns, Res res, DefVis vis, ExpnId expansion) {
  Decl decl;
  decl.res = res;
  decl.vis = vis;
  decl.expansion = expansion;
  plant(module, ident, ns, names().addDecl(decl));
}

ModuleId Resolver::addModule(ModuleId parent, DefKind kind, DefId def, BlockId block, ExpnId expansion, Span span, bool noPrelude) {
  Module m;
  m.kind = kind;
  m.isBlock = !def.valid();
  m.noImplicitPrelude = noPrelude;
  m.def = def;
  m.block = block;
  m.parent = parent;
  m.expansion = expansion;
  m.span = span;
  if (def.valid()) {
    Decl self;
    self.res = Res::ofDef(kind, def);
    m.self = names().addDecl(self);
  }
  ModuleId id = names().addModule(m);
  Module &row = names()[id];
  row.normalModule = row.isNormal() ? id : names()[parent].normalModule;
  row.normal = row.isNormal() ? def : names()[parent].normal;
  if (def.valid())
    crate_.defModules[def.index()] = id;
  return id;
}

void Resolver::addGenericParams(const Generics &generics, DefId def, const ParentScope &scope) {
  llvm::ArrayRef<GenericParam> params = ast().list(generics.params);
  for (uint32_t i = 0; i < params.size(); ++i) {
    const GenericParam &p = params[i];
    DefKind kind = p.kind == ParamKind::Lifetime ? DefKind::LifetimeParam
                   : p.kind == ParamKind::Type   ? DefKind::TyParam
                                                 : DefKind::ConstParam;
    addDef(kind, p.ident.name, p.ident.span, {AstRefKind::GenericParam, i}, p.attrs, p.span, {names()[scope.module].normal}, scope, def);
  }
}

void Resolver::addFields(List<FieldDef> list, DefId owner, const ParentScope &scope) {
  llvm::ArrayRef<FieldDef> fields = ast().list(list);
  for (uint32_t i = 0; i < fields.size(); ++i) {
    const FieldDef &f = fields[i];
    addDef(DefKind::Field, f.ident.name, f.ident.span, {AstRefKind::Field, i}, f.attrs, f.span, resolveVis(f.vis, scope), scope, owner);
  }
}

static CtorKind ctorKind(VariantShape shape) { return shape == VariantShape::Tuple ? CtorKind::Fn : CtorKind::Const; }

void Resolver::enterStruct(ItemId id, const Item &item, DefId def, DefVis vis, const ParentScope &scope) {
  const StructItem &s = ast().get<StructItem>(id);
  define(scope.module, item.ident, Namespace::Type, Res::ofDef(DefKind::Struct, def), vis, scope.expansion);
  addGenericParams(s.generics, def, scope);
  if (s.data.shape != VariantShape::Struct) {
    // The constructor is as visible as the least visible field; that of a #[non_exhaustive] type only in the crate.
    DefVis ctorVis = vis.isPublic() && Crates::findAttr(ast(), item.attrs, sym::non_exhaustive) ? DefVis{crate_.root()} : vis;
    for (const FieldDef &f : ast().list(s.data.fields)) {
      DefVis fieldVis = resolveVis(f.vis, scope, false);
      if (crates_.isAtLeast(ctorVis, fieldVis))
        ctorVis = fieldVis;
    }
    DefId ctor = addDef(DefKind::Ctor, item.ident.name, item.ident.span, {}, item.attrs, item.span, ctorVis, scope, def);
    crate_.defs.mut(ctor).ctorOf = CtorOf::Struct;
    crate_.defs.mut(ctor).ctorKind = ctorKind(s.data.shape);
    define(scope.module, item.ident, Namespace::Value, Res::ofDef(DefKind::Ctor, ctor), ctorVis, scope.expansion);
  }
  addFields(s.data.fields, def, scope);
}

void Resolver::enterEnum(const EnumItem &e, DefId def, ParentScope &inner) {
  llvm::ArrayRef<Variant> variants = ast().list(e.variants);
  // All variants first, then what is in them: a parent's children of one kind are neighbours.
  llvm::SmallVector<DefId, 16> ids;
  for (uint32_t i = 0; i < variants.size(); ++i) {
    const Variant &v = variants[i];
    DefVis vis = resolveVis(v.vis, inner);
    DefId id = addDef(DefKind::Variant, v.ident.name, v.ident.span, {AstRefKind::Variant, i}, v.attrs, v.span, vis, inner, def);
    define(inner.module, v.ident, Namespace::Type, Res::ofDef(DefKind::Variant, id), vis, inner.expansion);
    ids.push_back(id);
  }
  for (uint32_t i = 0; i < variants.size(); ++i) {
    const Variant &v = variants[i];
    if (v.data.shape != VariantShape::Struct) {
      DefVis vis = crate_.defs[ids[i]].vis;
      if (vis.isPublic() && Crates::findAttr(ast(), v.attrs, sym::non_exhaustive))
        vis = {crate_.root()};
      DefId ctor = addDef(DefKind::Ctor, v.ident.name, v.ident.span, {}, v.attrs, v.span, vis, inner, ids[i]);
      crate_.defs.mut(ctor).ctorOf = CtorOf::Variant;
      crate_.defs.mut(ctor).ctorKind = ctorKind(v.data.shape);
      define(inner.module, v.ident, Namespace::Value, Res::ofDef(DefKind::Ctor, ctor), vis, inner.expansion);
    }
    addFields(v.data.fields, ids[i], inner);
  }
}

// ---- items ----

static std::optional<DefKind> defKindOf(ItemKind kind, ItemPlace place) {
  bool assoc = place == ItemPlace::Trait || place == ItemPlace::InherentImpl || place == ItemPlace::TraitImpl;
  switch (kind) {
  case ItemKind::ExternCrate: return DefKind::ExternCrate;
  case ItemKind::Use: return DefKind::Use;
  case ItemKind::Static: return DefKind::Static;
  case ItemKind::Const: return assoc ? DefKind::AssocConst : DefKind::Const;
  case ItemKind::Fn: return assoc ? DefKind::AssocFn : DefKind::Fn;
  case ItemKind::Mod: return DefKind::Mod;
  case ItemKind::ForeignMod: return DefKind::ForeignMod;
  case ItemKind::GlobalAsm: return DefKind::GlobalAsm;
  case ItemKind::TyAlias: return assoc ? DefKind::AssocTy : place == ItemPlace::Foreign ? DefKind::ForeignTy : DefKind::TyAlias;
  case ItemKind::Enum: return DefKind::Enum;
  case ItemKind::Struct: return DefKind::Struct;
  case ItemKind::Union: return DefKind::Union;
  case ItemKind::Trait: return DefKind::Trait;
  case ItemKind::TraitAlias: return DefKind::TraitAlias;
  case ItemKind::Impl: return DefKind::Impl;
  default: return std::nullopt;
  }
}

static Namespace namespaceOf(DefKind kind) {
  switch (kind) {
  case DefKind::Fn: case DefKind::Const: case DefKind::Static: case DefKind::AssocFn: case DefKind::AssocConst: case DefKind::Ctor:
    return Namespace::Value;
  case DefKind::Macro: return Namespace::Macro;
  default: return Namespace::Type;
  }
}

void Resolver::enterItem(ItemId id, ItemPlace place, ParentScope &inner) {
  const Item &item = ast().items[id];
  std::optional<DefKind> kind = defKindOf(item.kind, place);
  if (!kind)
    return;
  ParentScope scope = inner;
  DefVis vis = resolveVis(item.vis, scope);
  DefId def = addDef(*kind, item.ident.name, item.ident.valid() ? item.ident.span : item.span,
                     {AstRefKind::Item, id.raw}, item.attrs, item.span, vis, scope, parentOf(scope));
  Res res = Res::ofDef(*kind, def);
  inner.parentDef = def;
  inner.nameless = 0;
  if (place == ItemPlace::InherentImpl || place == ItemPlace::TraitImpl || place == ItemPlace::Trait) {
    if (const Generics *g = crates_.generics(def))
      addGenericParams(*g, def, scope);
    if (place == ItemPlace::Trait)
      define(scope.module, item.ident, namespaceOf(*kind), res, vis, scope.expansion);
    return;
  }
  switch (*kind) {
  case DefKind::Use:
    addUse(id, def, vis, scope);
    return;
  case DefKind::ExternCrate:
    addExternCrate(id, def, vis, scope);
    return;
  case DefKind::Struct:
    enterStruct(id, item, def, vis, scope);
    return;
  case DefKind::Impl:
    implDefs_.push_back(def.index());
    break;
  case DefKind::ForeignMod: case DefKind::GlobalAsm:
    break;
  default:
    define(scope.module, item.ident, namespaceOf(*kind), res, vis, scope.expansion);
    break;
  }
  if (const Generics *g = crates_.generics(def))
    addGenericParams(*g, def, scope);
  bool noPrelude = names()[scope.module].noImplicitPrelude;
  switch (*kind) {
  case DefKind::Mod:
    noPrelude |= Crates::findAttr(ast(), item.attrs, sym::no_implicit_prelude) != nullptr ||
                 Crates::findAttr(ast(), ast().get<ModItem>(id).innerAttrs, sym::no_implicit_prelude) != nullptr;
    [[fallthrough]];
  case DefKind::Trait: case DefKind::Enum:
    inner.module = addModule(scope.module, *kind, def, {}, scope.expansion, item.span, noPrelude);
    if (*kind == DefKind::Enum)
      enterEnum(ast().get<EnumItem>(id), def, inner);
    return;
  case DefKind::Union:
    addFields(ast().get<UnionItem>(id).data.fields, def, scope);
    return;
  case DefKind::Fn:
    addProcMacro(id, def, vis, scope);
    return;
  default:
    return;
  }
}

void Resolver::enterBlock(BlockId block, ParentScope &inner) {
  ModuleId m = addModule(inner.module, DefKind::Mod, {}, block, inner.expansion, ast().blocks[block].span,
                         names()[inner.module].noImplicitPrelude);
  crate_.blockModules[block] = m;
  inner.module = m;
}

// ---- the root ----

ParentScope Resolver::rootScope(List<ItemId> items, AttrsId crateAttrs) {
  crate_.items = items;
  crate_.attrs = crateAttrs;
  const Attr *noCore = Crates::findAttr(ast(), crateAttrs, sym::no_core);
  const Attr *noStd = Crates::findAttr(ast(), crateAttrs, sym::no_std);
  crate_.noCore = noCore;
  crate_.noStd = noStd || noCore;
  Def root;
  root.kind = DefKind::Mod;
  root.name = crate_.name;
  root.ast = {AstRefKind::Crate, 0};
  root.attrs = crateAttrs;
  root.span = crate_.span;
  DefId rootDef = crate_.defs.add(root);
  CHECK(rootDef == crate_.root(), "the crate root must be the first definition");
  Module m;
  m.def = m.normal = rootDef;
  m.normalModule = crate_.rootModule();
  m.span = crate_.span.withCtxt({});
  m.noImplicitPrelude = Crates::findAttr(ast(), crateAttrs, sym::no_implicit_prelude) != nullptr;
  Decl self;
  self.res = Res::ofDef(DefKind::Mod, rootDef);
  m.self = names().addDecl(self);
  names().addModule(m);
  crate_.defs.mut(rootDef).module = crate_.rootModule();

  auto special = [&](Res res) {
    Decl d;
    d.res = res;
    return names().addDecl(d);
  };
  dummyDecl_ = special(Res::err());
  crate_.builtinAttrDecl = special(Res::ofAttr(NonMacroAttrKind::Builtin));
  crate_.helperCompatDecl = special(Res::ofAttr(NonMacroAttrKind::DeriveHelperCompat));
  for (const char *name : {"bool", "char", "str", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64",
                           "u128", "usize", "f16", "f32", "f64", "f128"}) {
    Symbol s = sess().symbols.intern(name);
    crate_.builtinTypes[s] = special(Res::ofPrim(*lookup_.primType(s)));
  }
  for (const char *name : {"clippy", "rustfmt", "diagnostic", "miri", "rust_analyzer"})
    crate_.toolDecls[sess().symbols.intern(name)] = special({ResKind::ToolMod});
  for (AttrId a : ast().attrsOf(crateAttrs))
    if (sess().str(ast().attrs[a].name.valid() ? ast().attrs[a].name : sym::empty) == "register_tool")
      for (const lex::Token &t : lex::tokens(ast().tokens, ast().attrs[a].args))
        if (t.is(lex::TokenKind::Ident))
          crate_.toolDecls[t.sym] = special({ResKind::ToolMod});

  ParentScope scope;
  scope.module = crate_.rootModule();
  scope.parentDef = rootDef;
  fillExternPrelude();
  return scope;
}

// Crates that can be named without `extern crate` (Reference: names/preludes, "Extern prelude").
void Resolver::fillExternPrelude() {
  for (const auto &[name, id] : crate_.externs) {
    if ((name == sym::core && crate_.noCore) || (name == sym::std && crate_.noStd) || crate_.sysrootExterns.count(name))
      continue;
    Decl d;
    d.res = Res::ofDef(DefKind::Mod, crates_[id].root());
    crate_.externPrelude[{name.raw, 0}].flag = names().addDecl(d);
  }
  for (Symbol name : crate_.externNames)
    if (ExternPreludeEntry &entry = crate_.externPrelude[{name.raw, 0}]; !entry.flag.valid())
      entry.pending = true;
}

// ---- extern crates ----

void Resolver::addExternCrate(ItemId id, DefId def, DefVis vis, const ParentScope &scope) {
  const Item &item = ast().items[id];
  Symbol original = ast().get<ExternCrateItem>(id).original;
  if (!original.valid() && item.ident.name == sym::kw_self) {
    sess().diag.error(item.span, "`extern crate self;` requires renaming").suggest(item.span, "rename the `self` crate to be able to import it", "extern crate self as name;", diag::Applicability::HasPlaceholders);
    return;
  }
  CrateId target;
  bool self = original.valid() && original == sym::kw_self;
  DeclId source = dummyDecl_;
  Symbol name = original.valid() ? original : item.ident.name;
  auto it = crate_.externs.find(name);
  if (self) {
    target = crate_.id;
  } else if (it != crate_.externs.end()) {
    target = it->second;
  } else {
    Span span = item.span;
    target = crates_.loader ? crates_.loader->load(crate_, name, span) : CrateId();
    if (!crates_.loader)
      sess().diag.error(span, "E0463", "can't find crate for `" + sess().str(name) + "`").label(span, "can't find crate");
    missingCrate_ |= !target.valid();
  }
  if (target.valid()) {
    addMacroUse(id, target, scope, self);
    Decl d;
    d.res = Res::ofDef(DefKind::Mod, crates_[target].root());
    d.expansion = scope.expansion;
    source = names().addDecl(d);
  }
  Import import;
  import.kind = ImportKind::ExternCrate;
  import.pending = 0;
  import.source = {name, item.ident.span};
  import.target = item.ident;
  if (target.valid())
    import.imported = PathRoot::of(crates_[target].rootModule());
  import.module = scope.module;
  import.rules = scope.rules.raw;
  import.expansion = scope.expansion;
  import.vis = vis;
  import.span = import.rootSpan = item.span;
  import.item = id;
  import.def = def;
  DeclId decl = globs().newImportDecl(source, names().addImport(import));
  if (item.ident.name != sym::underscore && scope.module == crate_.rootModule()) {
    IdentKey key = lookup_.key(item.ident);
    ExternPreludeEntry &entry = crate_.externPrelude[{key.name.raw, key.ctxt.raw}];
    if (entry.flag.valid() && scope.expansion.raw != 0 && original.valid() && !entry.item.valid())
      sess().diag.error(item.span, "macro-expanded `extern crate` items cannot shadow names passed with `--extern`");
    if (!entry.item.valid()) {
      entry.item = decl;
      entry.introducedByItem = original.valid() || !entry.flag.valid();
    }
  }
  plant(scope.module, item.ident, Namespace::Type, decl);
}

void Resolver::addMacroUseDecl(Symbol name, DeclId decl, Span span, bool allowShadowing) {
  auto [it, inserted] = crate_.macroUsePrelude.try_emplace(name, decl);
  if (inserted)
    return;
  it->second = decl;
  if (!allowShadowing)
    sess().diag.error(span, "`" + sess().str(name) + "` is already in scope").note("macro-expanded `#[macro_use]`s may not shadow existing macros (see RFC 1560)");
}

// #[macro_use] on an extern crate: all macros of its root, or those listed. The injected `extern crate std` has it implicitly.
void Resolver::addMacroUse(ItemId id, CrateId from, const ParentScope &scope, bool self) {
  const Attr *attr = Crates::findAttr(ast(), ast().items[id].attrs, sym::macro_use);
  Span span = ast().items[id].span;
  bool injected = !span.ctxt.isRoot() && sess().hygiene.expn(sess().hygiene.outerExpn(span.ctxt)).kind == ExpnKind::AstPass;
  if (!attr && !injected)
    return;
  if (attr) {
    if (names()[scope.module].parent.valid())
      sess().diag.error(span, "E0468", "an `extern crate` loading macros into the current crate must be at the crate root");
    if (self)
      sess().diag.error(attr->span, "`#[macro_use]` is not supported on `extern crate self`");
  }
  Import import;
  import.kind = ImportKind::MacroUse;
  import.pending = 0;
  import.imported = PathRoot::of(crates_[from].rootModule());
  import.module = scope.module;
  import.expansion = scope.expansion;
  import.vis = {crate_.root()};
  import.span = import.rootSpan = attr ? attr->span : span;
  import.item = id;
  bool allowShadowing = scope.expansion.raw == 0;
  ModuleId root = crates_[from].rootModule();
  if (!attr || attr->argKind != AttrArgs::Delimited) {
    ImportId importId = names().addImport(import);
    llvm::SmallVector<std::pair<Symbol, DeclId>, 64> found;
    globs().forEachName(root, GlobNames::Filter::Macros, [&](NameId, const Name &n) {
      if (crates_.isAccessible(crates_.decl(n.best()).vis, scope.module))
        found.push_back({n.name, n.best()});
    });
    for (auto [name, decl] : found)
      addMacroUseDecl(name, globs().newImportDecl(decl, importId), import.span, allowShadowing);
    return;
  }
  llvm::ArrayRef<lex::Token> args = lex::tokens(ast().tokens, attr->args);
  for (size_t i = 0; i < args.size(); ++i) { // names, separated by commas
    bool isName = args[i].is(lex::TokenKind::Ident);
    if (i % 2 ? !args[i].is(lex::TokenKind::Comma) : !isName) {
      sess().diag.error(attr->span, "E0565", "malformed `macro_use` attribute input").label(args[i].span, "didn't expect this here");
      return;
    }
  }
  for (const lex::Token &t : args) {
    if (!t.is(lex::TokenKind::Ident))
      continue;
    DeclId macro = globs().best(root, t.sym, {}, Namespace::Macro);
    if (!macro.valid() || !crates_.isAccessible(crates_.decl(macro).vis, scope.module)) {
      sess().diag.error(t.span, "E0469", "imported macro not found");
      continue;
    }
    import.span = t.span;
    addMacroUseDecl(t.sym, globs().newImportDecl(macro, names().addImport(import)), t.span, allowShadowing);
  }
}

} // namespace ferric::resolve
