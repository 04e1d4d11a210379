// Scopes and the search through them. A name is looked for in a fixed sequence of scopes; each answers
// with a declaration, with "certainly not" or with "not known yet", because imports and macro expansion may still add names.
// Globs and macro-expanded names are weak: they must not shadow outer names, so when a
// result is meant the search goes on and reports E0659 on a different second find. (Rules: rustc_resolve::ident, visit_scopes and
// resolve_ident_in_*; Reference names/name-resolution.)
#include "resolve/lookup.h"

namespace ferric::resolve {

Lookup::Lookup(Crates &crates)
    : crates_(crates), sess_(crates.session()), hygiene_(crates.session().hygiene), builtinAttrs_(crates.session().symbols) {}

// ---- hygiene ----

ModuleId Lookup::macroScope(DefId macro) {
  if (const MacroInfo *info = crates_.macro(macro); info && info->scope)
    return info->scope;
  return crates_.scopeOf(macro);
}

ModuleId Lookup::defScope(ExpnId expn, CrateId crate) {
  const ExpnData &data = hygiene_.expn(expn);
  if (data.macroDef.valid())
    return macroScope(data.macroDef);
  if (data.kind == ExpnKind::AstPass && data.parentModule.valid())
    return crates_.scopeOf(data.parentModule);
  return crates_[crate].rootModule();
}

ModuleId Lookup::crateRoot(Ident ident, const LookupScope &from) {
  CrateId here = crateOf(from.module);
  SyntaxContext ctxt = ident.span.ctxt;
  ExpnId mark;
  if (ident.name == sym::dollar_crate) {
    // Opaque marks in front of the macro_rules marks do not count: `$crate` of a macro_rules called in a `macro`.
    ctxt = hygiene_.normalizeToMacroRules(ctxt);
    while (!ctxt.isRoot() && hygiene_.outerTransparency(ctxt) == Transparency::Opaque)
      mark = hygiene_.removeMark(ctxt);
    while (!ctxt.isRoot() && hygiene_.outerTransparency(ctxt) == Transparency::SemiOpaque)
      mark = hygiene_.removeMark(ctxt);
  } else {
    mark = hygiene_.normalizeToMacros20AndAdjust(ctxt, ExpnId(0));
  }
  if (!mark.valid())
    return crates_[here].rootModule();
  return crates_[crateOf(defScope(mark, here))].rootModule();
}

ModuleId Lookup::resolveSelf(SyntaxContext &ctxt, ModuleId module) {
  ModuleId m = crates_.module(module).normalModule;
  while (hygiene_.normalizeToMacros20(crates_.module(m).span.ctxt) != ctxt) {
    ModuleId up = crates_.module(m).parent;
    if (!up.valid()) {
      if (ctxt.isRoot())
        return m;
      up = defScope(hygiene_.removeMark(ctxt), crateOf(module));
    }
    m = crates_.module(up).normalModule;
  }
  return m;
}

ModuleId Lookup::superOf(Ident ident, ModuleId module, const LookupScope &from) {
  SyntaxContext ctxt = hygiene_.normalizeToMacros20(ident.span.ctxt);
  ModuleId m = module.valid() ? module : resolveSelf(ctxt, from.module);
  ModuleId up = crates_.module(m).parent;
  return up.valid() ? resolveSelf(ctxt, up) : ModuleId();
}

bool Lookup::pathRootIsCrateRoot(Ident ident, CrateId crate) const {
  return ident.name == sym::path_root && edition(ident.span, crate) == 2015 && crates_[crate].edition == 2015;
}

// The next module outwards; false at the end of the chain.
bool Lookup::hygienicParent(ModuleId &module, SyntaxContext &ctxt, CrateId crate) {
  const Module &m = crates_.module(module);
  if (!hygiene_.isDescendantOf(m.expansion, hygiene_.outerExpn(ctxt))) {
    module = defScope(hygiene_.removeMark(ctxt), crate);
    return true;
  }
  if (!m.isBlock)
    return false;
  module = m.parent;
  const Module &up = crates_.module(module);
  if (!up.isBlock && up.kind != DefKind::Mod)
    module = up.parent;
  return true;
}

// ---- declarations ----

bool Lookup::isAmbiguous(DeclId d) const {
  for (; d.valid(); d = decl(d).source)
    if (decl(d).ambiguity.valid())
      return true;
  return false;
}

Span Lookup::declSpan(DeclId d) const {
  const Decl &decl = crates_.decl(d);
  if (decl.isImport())
    return crates_.import(decl.import).span;
  return decl.res.def.valid() ? crates_.def(decl.res.def).identSpan : Span();
}

uint8_t Lookup::macroKinds(Res res) const {
  if (res.kind == ResKind::NonMacroAttr)
    return MacroInfo::kAttr;
  if (!res.isDef(DefKind::Macro))
    return 0;
  const MacroInfo *info = crates_.macro(res.def);
  return info ? info->kinds : uint8_t(MacroInfo::kBang);
}

// Bang macros and attributes/derives are separate sub-namespaces.
static bool subNamespaceMatch(uint8_t kinds, MacroKind wanted) {
  if (kinds == 0)
    return true;
  if (wanted == MacroKind::Bang)
    return kinds & MacroInfo::kBang;
  return kinds & (MacroInfo::kAttr | MacroInfo::kDerive);
}

static bool isDetermined(Crates &crates, DeclId d) {
  for (;; d = crates.decl(d).source) {
    const Decl &decl = crates.decl(d);
    if (!decl.isImport() || crates.import(decl.import).kind != ImportKind::Glob)
      return true;
    if (crates.module(crates.import(decl.import).module).unexpanded)
      return false;
  }
}

std::optional<PrimTy> Lookup::primType(Symbol name) const {
  static const std::pair<const char *, PrimTy> kPrims[] = {
      {"bool", PrimTy::Bool}, {"char", PrimTy::Char},   {"str", PrimTy::Str},     {"i8", PrimTy::I8},     {"i16", PrimTy::I16},
      {"i32", PrimTy::I32},   {"i64", PrimTy::I64},     {"i128", PrimTy::I128},   {"isize", PrimTy::Isize}, {"u8", PrimTy::U8},
      {"u16", PrimTy::U16},   {"u32", PrimTy::U32},     {"u64", PrimTy::U64},     {"u128", PrimTy::U128}, {"usize", PrimTy::Usize},
      {"f16", PrimTy::F16},   {"f32", PrimTy::F32},     {"f64", PrimTy::F64},     {"f128", PrimTy::F128}};
  llvm::StringRef text = sess_.str(name);
  for (const auto &[t, p] : kPrims)
    if (text == t)
      return p;
  return std::nullopt;
}

// ---- the sequence of scopes ----

// Finished invocations stand for what they left behind: the first scope that is none. Those on the way lead there at once from now on.
RulesScopeId Lookup::behindInvocations(RulesScopeId scope) {
  auto next = [&](RulesScopeId s) -> RulesScopeId * {
    if (!s.valid() || rules[s.raw].kind != RulesKind::Invocation)
      return nullptr;
    uint32_t e = rules[s.raw].expn.raw;
    return e < hasOutputRules.size() && hasOutputRules[e] ? &outputRules[e] : nullptr;
  };
  RulesScopeId end = scope;
  while (RulesScopeId *n = next(end))
    end = *n;
  while (scope != end)
    scope = std::exchange(*next(scope), end);
  return end;
}

void Lookup::visitScopes(const ScopeSet &set, const LookupScope &from, SyntaxContext ctxt, Span span,
                         llvm::function_ref<bool(const Scope &, bool, SyntaxContext)> visit) {
  Namespace ns = set.ns;
  ModuleId module = set.module;
  bool moduleOnly = set.kind == ScopeSetKind::Module;
  bool moduleAndExtern = set.kind == ScopeSetKind::ModuleAndExternPrelude;
  bool externOnly = set.kind == ScopeSetKind::ExternPrelude;
  if (!moduleOnly && !moduleAndExtern) {
    module = from.module;
    const Module &m = crates_.module(module);
    if (!m.isBlock && m.kind != DefKind::Mod)
      module = m.parent;
  }
  CrateId here = crateOf(from.module);
  Scope scope;
  if (moduleOnly || moduleAndExtern)
    scope = {ScopeKind::ModuleNonGlobs, module, {}, {}};
  else if (externOnly)
    scope = {ScopeKind::ExternPreludeItems, {}, {}, {}};
  else if (ns == Namespace::Macro)
    scope = {ScopeKind::DeriveHelpers, {}, {}, from.expansion};
  else
    scope = {ScopeKind::ModuleNonGlobs, module, {}, {}};
  bool usePrelude = !crates_.module(module).noImplicitPrelude;

  for (;;) {
    bool visited = true;
    switch (scope.kind) {
    case ScopeKind::DeriveHelpers:
      visited = !(scope.expn == from.expansion && set.kind == ScopeSetKind::Macro && set.macroKind == MacroKind::Derive);
      break;
    case ScopeKind::MacroRules:
      scope.rules = behindInvocations(scope.rules);
      break;
    case ScopeKind::MacroUsePrelude: visited = usePrelude || edition(span, here) == 2015; break;
    case ScopeKind::ExternPreludeItems: case ScopeKind::ExternPreludeFlags:
      visited = usePrelude || moduleAndExtern || externOnly;
      break;
    case ScopeKind::ToolPrelude: visited = usePrelude; break;
    case ScopeKind::StdLibPrelude: visited = usePrelude || ns == Namespace::Macro; break;
    default: break;
    }
    if (visited && visit(scope, usePrelude, ctxt))
      return;

    switch (scope.kind) {
    case ScopeKind::DeriveHelpers: {
      if (scope.expn.raw == 0) {
        scope.kind = ScopeKind::DeriveHelpersCompat;
        break;
      }
      // Derive helpers are not visible to code made by bang or derive macros.
      const ExpnData &data = hygiene_.expn(scope.expn);
      if (data.kind == ExpnKind::Root || data.kind == ExpnKind::Bang || data.kind == ExpnKind::Derive)
        scope.kind = ScopeKind::DeriveHelpersCompat;
      else
        scope.expn = data.parent;
      break;
    }
    case ScopeKind::DeriveHelpersCompat:
      scope = {ScopeKind::MacroRules, {}, from.rules, {}};
      break;
    case ScopeKind::MacroRules:
      if (!scope.rules.valid()) {
        scope = {ScopeKind::ModuleNonGlobs, module, {}, {}};
      } else {
        const RulesScope &r = rules[scope.rules.raw];
        scope.rules = r.kind == RulesKind::Def ? r.parent : invocationRules[r.expn.raw];
      }
      break;
    case ScopeKind::ModuleNonGlobs:
      scope.kind = ScopeKind::ModuleGlobs;
      break;
    case ScopeKind::ModuleGlobs:
      if (moduleOnly)
        return;
      if (moduleAndExtern) {
        if (ns != Namespace::Type)
          return;
        hygiene_.adjust(ctxt, ExpnId(0));
        scope.kind = ScopeKind::ExternPreludeItems;
        break;
      }
      usePrelude = !crates_.module(scope.module).noImplicitPrelude;
      if (hygienicParent(scope.module, ctxt, here)) {
        scope.kind = ScopeKind::ModuleNonGlobs;
        break;
      }
      hygiene_.adjust(ctxt, ExpnId(0));
      scope.kind = ns == Namespace::Type    ? ScopeKind::ExternPreludeItems
                   : ns == Namespace::Value ? ScopeKind::StdLibPrelude
                                            : ScopeKind::MacroUsePrelude;
      break;
    case ScopeKind::MacroUsePrelude: scope.kind = ScopeKind::StdLibPrelude; break;
    case ScopeKind::BuiltinAttrs: return;
    case ScopeKind::ExternPreludeItems: scope.kind = ScopeKind::ExternPreludeFlags; break;
    case ScopeKind::ExternPreludeFlags:
      if (moduleAndExtern || externOnly)
        return;
      scope.kind = ScopeKind::ToolPrelude;
      break;
    case ScopeKind::ToolPrelude: scope.kind = ScopeKind::StdLibPrelude; break;
    case ScopeKind::StdLibPrelude:
      if (ns == Namespace::Value)
        return;
      scope.kind = ns == Namespace::Type ? ScopeKind::BuiltinTypes : ScopeKind::BuiltinAttrs;
      break;
    case ScopeKind::BuiltinTypes: return;
    }
  }
}

// Whether what was found in a module is never ambiguous with what its globs bring: it shadows them, unless a macro made it. What
// attributes of the language are imported as is left to pushAmbiguity.
bool Lookup::shadowsGlobs(const std::pair<DeclId, Scope> &found, const Scope &globs, Namespace ns) const {
  return globs.kind == ScopeKind::ModuleGlobs && found.second.kind == ScopeKind::ModuleNonGlobs && found.second.module == globs.module &&
         ns != Namespace::Macro && decl(found.first).expansion.raw == 0;
}

LookupResult Lookup::inScopes(IdentKey ident, const ScopeSet &set, const LookupScope &from, const Finalize *finalize,
                              DeclId ignoreDecl, ImportId ignoreImport) {
  if (set.kind != ScopeSetKind::Module && isPathSegmentKeyword(ident.name))
    return LookupResult::none(Determinacy::Determined);
  llvm::SmallVector<std::pair<DeclId, Scope>, 2> innermost;
  Determinacy determinacy = Determinacy::Determined;
  std::optional<LookupResult> early;
  visitScopes(set, from, ident.ctxt, ident.span, [&](const Scope &scope, bool usePrelude, SyntaxContext ctxt) {
    IdentKey key{ident.name, ctxt, ident.span};
    if (!innermost.empty() && shadowsGlobs(innermost[0], scope, set.ns))
      return false;
    LookupResult r = inScope(key, set.ns, scope, usePrelude, set, from, innermost.empty() ? finalize : nullptr, ignoreDecl,
                             ignoreImport);
    if (!r.ok()) {
      if (r.stop && innermost.empty()) {
        early = LookupResult::none(r.determinacy);
        return true;
      }
      if (r.determinacy == Determinacy::Undetermined)
        determinacy = Determinacy::Undetermined;
      return false;
    }
    if (set.kind == ScopeSetKind::Macro && !subNamespaceMatch(macroKinds(decl(r.decl).res), set.macroKind))
      return false;
    if (!finalize || finalize->late) {
      early = r;
      return true;
    }
    if (!innermost.empty() && pushAmbiguity(key, set.ns, set, from, r.decl, scope, innermost, *finalize)) {
      early = LookupResult::found(innermost[0].first);
      return true;
    }
    innermost.push_back({r.decl, scope});
    return false;
  });
  if (early)
    return *early;
  return innermost.empty() ? LookupResult::none(determinacy) : LookupResult::found(innermost[0].first);
}

// Helper attributes used before the derive that declares them.
LookupResult Lookup::derivesCompat(IdentKey ident, const LookupScope &from, ImportId ignoreImport) {
  LookupResult result = LookupResult::none(Determinacy::Determined);
  const ast::Ast &ast = crates_[crateOf(from.module)].ast;
  for (ast::PathId derive : from.derives) {
    LookupScope inner = from;
    inner.derives = {};
    llvm::SmallVector<Ident, 4> path;
    for (const ast::PathSegment &s : ast.list(ast.paths[derive].segments))
      path.push_back(s.ident);
    Res res;
    if (path.size() == 1) {
      LookupResult r = inScopes(key(path[0]), ScopeSet::macro(MacroKind::Derive), inner, nullptr, {}, ignoreImport);
      if (!r.ok()) {
        if (r.determinacy == Determinacy::Undetermined)
          result.determinacy = Determinacy::Undetermined;
        continue;
      }
      res = decl(r.decl).res;
    } else {
      PathLookup p = this->path(path, Namespace::Macro, inner, nullptr, {}, ignoreImport);
      if (p.kind == PathKind::Indeterminate)
        result.determinacy = Determinacy::Undetermined;
      if (p.kind != PathKind::NonModule || p.unresolved)
        continue;
      res = p.res;
    }
    const MacroInfo *info = res.isDef(DefKind::Macro) ? crates_.macro(res.def) : nullptr;
    if (info && llvm::is_contained(info->helpers, ident.name))
      return LookupResult::found(crates_[crateOf(from.module)].helperCompatDecl);
  }
  return result;
}

// A path names a crate of the command line for the first time.
void Lookup::loadExtern(Crate &crate, IdentKey ident) {
  crate.externPrelude[{ident.name.raw, ident.ctxt.raw}].pending = false;
  CrateId id = crates_.loader->load(crate, ident.name, ident.span);
  if (!id.valid())
    return;
  Decl d;
  d.res = Res::ofDef(DefKind::Mod, crates_[id].root());
  crate.externPrelude[{ident.name.raw, ident.ctxt.raw}].flag = crate.names.addDecl(d);
}

LookupResult Lookup::inScope(IdentKey ident, Namespace ns, const Scope &scope, bool usePrelude, const ScopeSet &set,
                             const LookupScope &from, const Finalize *finalize, DeclId ignoreDecl, ImportId ignoreImport) {
  const LookupResult no = LookupResult::none(Determinacy::Determined);
  Crate &crate = crates_[crateOf(from.module)];
  Determinacy openEnd = crate.names[crate.rootModule()].unexpanded ? Determinacy::Undetermined : Determinacy::Determined;
  switch (scope.kind) {
  case ScopeKind::DeriveHelpers: {
    auto it = helperAttrs.find(scope.expn);
    if (it != helperAttrs.end())
      for (const auto &[key, decl] : llvm::reverse(it->second))
        if (key.name == ident.name && key.ctxt == ident.ctxt)
          return LookupResult::found(decl);
    return no;
  }
  case ScopeKind::DeriveHelpersCompat:
    return from.derives.empty() ? no : derivesCompat(ident, from, ignoreImport);
  case ScopeKind::MacroRules: {
    if (!scope.rules.valid())
      return no;
    const RulesScope &r = rules[scope.rules.raw];
    if (r.kind == RulesKind::Invocation)
      return LookupResult::none(Determinacy::Undetermined);
    return r.name == ident.name && r.ctxt == ident.ctxt ? LookupResult::found(r.decl) : no;
  }
  case ScopeKind::ModuleNonGlobs: case ScopeKind::ModuleGlobs: {
    bool direct = set.kind == ScopeSetKind::Module || set.kind == ScopeSetKind::ModuleAndExternPrelude;
    LookupScope adjusted = from;
    if (!direct)
      adjusted.module = scope.module;
    bool restricted = set.kind != ScopeSetKind::Module;
    if (scope.kind == ScopeKind::ModuleNonGlobs)
      return nonGlobs(scope.module, ident, ns, adjusted, restricted, finalize, ignoreDecl, ignoreImport);
    if (crates_[crateOf(scope.module)].resolved)
      return no; // nonGlobs has answered for both
    return globs(scope.module, ident, ns, adjusted, restricted, finalize, ignoreDecl, ignoreImport);
  }
  case ScopeKind::MacroUsePrelude: {
    auto it = crate.macroUsePrelude.find(ident.name);
    return it != crate.macroUsePrelude.end() ? LookupResult::found(it->second) : LookupResult::none(openEnd);
  }
  case ScopeKind::BuiltinAttrs:
    return isBuiltinAttr(ident.name) ? LookupResult::found(crate.builtinAttrDecl) : no;
  case ScopeKind::ExternPreludeItems: {
    auto it = crate.externPrelude.find({ident.name.raw, ident.ctxt.raw});
    if (it != crate.externPrelude.end() && it->second.item.valid()) {
      if (finalize)
        recordUse(ident.ident(), it->second.item);
      return LookupResult::found(it->second.item);
    }
    return LookupResult::none(openEnd);
  }
  case ScopeKind::ExternPreludeFlags: {
    auto it = crate.externPrelude.find({ident.name.raw, ident.ctxt.raw});
    if (it == crate.externPrelude.end())
      return no;
    if (it->second.pending)
      loadExtern(crate, ident);
    it = crate.externPrelude.find({ident.name.raw, ident.ctxt.raw});
    return it->second.flag.valid() ? LookupResult::found(it->second.flag) : no;
  }
  case ScopeKind::ToolPrelude: {
    auto it = crate.toolDecls.find(ident.name);
    return it != crate.toolDecls.end() && ident.ctxt.isRoot() ? LookupResult::found(it->second) : no;
  }
  case ScopeKind::StdLibPrelude: {
    if (!crate.prelude.valid())
      return no;
    LookupResult r = inScopes(ident, ScopeSet::inModule(ns, crate.prelude), from, nullptr, ignoreDecl, ignoreImport);
    if (!r.ok())
      return no;
    if (usePrelude)
      return r;
    const Res &res = decl(r.decl).res;
    const MacroInfo *info = res.isDef(DefKind::Macro) ? crates_.macro(res.def) : nullptr;
    return info && info->builtin.valid() ? r : no;
  }
  case ScopeKind::BuiltinTypes: {
    auto it = crate.builtinTypes.find(ident.name);
    return it != crate.builtinTypes.end() ? LookupResult::found(it->second) : no;
  }
  }
  return no;
}

LookupResult Lookup::inRoot(PathRoot root, Ident ident, Namespace ns, const LookupScope &from, const Finalize *finalize,
                            DeclId ignoreDecl, ImportId ignoreImport) {
  switch (root.kind) {
  case RootKind::None:
    break;
  case RootKind::Module: {
    if (ns == Namespace::Type) {
      if (ident.name == sym::kw_self && crates_.module(root.module).self.valid())
        return LookupResult::found(crates_.module(root.module).self);
      if (ident.name == sym::kw_super)
        if (ModuleId up = superOf(ident, root.module, from))
          return LookupResult::found(crates_.module(up).self);
    }
    IdentKey k{ident.name, ident.span.ctxt, ident.span};
    ExpnId def = hygiene_.normalizeToMacros20AndAdjust(k.ctxt, crates_.module(root.module).expansion);
    LookupScope adjusted = from;
    if (def.valid())
      adjusted.module = defScope(def, crateOf(from.module));
    return inScopes(k, ScopeSet::inModule(ns, root.module), adjusted, finalize, ignoreDecl, ignoreImport);
  }
  case RootKind::ModuleAndExternPrelude:
    return inScopes(key(ident), {ScopeSetKind::ModuleAndExternPrelude, ns, root.module, {}}, from, finalize, ignoreDecl,
                    ignoreImport);
  case RootKind::ExternPrelude: {
    if (ns != Namespace::Type)
      return LookupResult::none(Determinacy::Determined);
    IdentKey k{ident.name, ident.span.ctxt, ident.span};
    hygiene_.normalizeToMacros20AndAdjust(k.ctxt, ExpnId(0));
    return inScopes(k, {ScopeSetKind::ExternPrelude, ns, {}, {}}, from, finalize, ignoreDecl, ignoreImport);
  }
  case RootKind::CurrentScope: {
    if (ns == Namespace::Type) {
      if (ident.name == sym::kw_self) {
        SyntaxContext ctxt = hygiene_.normalizeToMacros20(ident.span.ctxt);
        return LookupResult::found(crates_.module(resolveSelf(ctxt, from.module)).self);
      }
      if (ident.name == sym::kw_super)
        if (ModuleId up = superOf(ident, ModuleId(), from))
          return LookupResult::found(crates_.module(up).self);
      if (ident.name == sym::kw_crate || ident.name == sym::dollar_crate || pathRootIsCrateRoot(ident, crateOf(from.module)))
        return LookupResult::found(crates_.module(crateRoot(ident, from)).self);
    }
    return inScopes(key(ident), ScopeSet::all(ns), from, finalize, ignoreDecl, ignoreImport);
  }
  }
  return LookupResult::none(Determinacy::Determined);
}

// ---- one module ----

LookupResult Lookup::nonGlobs(ModuleId module, IdentKey ident, Namespace ns, const LookupScope &from, bool restricted,
                              const Finalize *finalize, DeclId ignoreDecl, ImportId ignoreImport) {
  const NameTable &names = crates_[crateOf(module)].names;
  NameId id = names.find(module, ident.name, ident.ctxt, ns);
  bool resolved = crates_[crateOf(module)].resolved;
  DeclId binding = id.valid() ? names[id].nonGlob : DeclId();
  std::pair<ModuleId, std::pair<Symbol, unsigned>> tag{module, {ident.name, ident.ctxt.raw << 2 | unsigned(ns)}};
  if (llvm::is_contained(active_, tag))
    return LookupResult::none(Determinacy::Determined); // cycle of imports
  if (resolved && !binding.valid())
    binding = globNames_.best(module, ident.name, ident.ctxt, ns);
  if (binding == ignoreDecl)
    binding = DeclId();
  if (finalize)
    return finalizeBinding(binding, ident, from, *finalize);
  // Items and single imports cannot be shadowed in their module.
  if (binding.valid())
    return isAccessible(decl(binding).vis, from.module) ? LookupResult::found(binding)
                                                        : LookupResult::none(Determinacy::Determined, true);
  if (resolved)
    return LookupResult::none(Determinacy::Determined);
  if (id.valid() && names[id].singles != ~0u) {
    active_.push_back(tag);
    bool can = singleCanDefine(module, id, DeclId(), ns, from, ignoreDecl, ignoreImport);
    active_.pop_back();
    if (can)
      return LookupResult::none(Determinacy::Undetermined, true);
  }
  return LookupResult::none(unexpanded(module) ? Determinacy::Undetermined : Determinacy::Determined);
}

LookupResult Lookup::globs(ModuleId module, IdentKey ident, Namespace ns, const LookupScope &from, bool restricted,
                           const Finalize *finalize, DeclId ignoreDecl, ImportId ignoreImport) {
  const NameTable &names = crates_[crateOf(module)].names;
  NameId id = globNames_.row(module, ident.name, ident.ctxt, ns);
  std::pair<ModuleId, std::pair<Symbol, unsigned>> tag{module, {ident.name, ident.ctxt.raw << 2 | unsigned(ns)}};
  if (llvm::is_contained(active_, tag))
    return LookupResult::none(Determinacy::Determined);
  DeclId binding = id.valid() ? names[id].glob : DeclId();
  if (binding == ignoreDecl)
    binding = DeclId();
  if (finalize)
    return finalizeBinding(binding, ident, from, *finalize);
  active_.push_back(tag);
  bool can = id.valid() && names[id].singles != ~0u && singleCanDefine(module, id, binding, ns, from, ignoreDecl, ignoreImport);
  active_.pop_back();
  if (can)
    return LookupResult::none(Determinacy::Undetermined, true);
  // A name from a glob stands when nothing expanded later can shadow it: macros never do, and with
  // restricted shadowing (lexical lookup) expanded names do not either.
  if (binding.valid()) {
    if (!isDetermined(crates_, binding) && ns != Namespace::Macro && !restricted)
      return LookupResult::none(Determinacy::Undetermined, true);
    return isAccessible(decl(binding).vis, from.module) ? LookupResult::found(binding)
                                                        : LookupResult::none(Determinacy::Determined, true);
  }
  if (isExpansionOver)
    return LookupResult::none(Determinacy::Determined);
  if (unexpanded(module))
    return LookupResult::none(Determinacy::Undetermined);
  if (names[module].globs == ~0u)
    return LookupResult::none(Determinacy::Determined);
  // What is certain stays so, unless it was asked on the way through other globs or with something left out.
  bool isWhole = active_.empty() && !ignoreDecl.valid() && !ignoreImport.valid();
  std::pair<uint64_t, uint64_t> question{uint64_t(module.raw) << 32 | from.module.raw, uint64_t(ident.name.raw) << 32 | ident.ctxt.raw << 2 | unsigned(ns)};
  if (isWhole && neverFromGlobs.contains(question))
    return LookupResult::none(Determinacy::Determined);
  active_.push_back(tag);
  LookupResult r = globsCanDefine(module, ident, ns, from, ignoreDecl, ignoreImport);
  active_.pop_back();
  if (isWhole && r.determinacy == Determinacy::Determined)
    neverFromGlobs.insert(question);
  return r;
}

// Undetermined when a glob import of the module may still bring the name.
LookupResult Lookup::globsCanDefine(ModuleId module, IdentKey ident, Namespace ns, const LookupScope &from, DeclId ignoreDecl,
                                    ImportId ignoreImport) {
  const NameTable &names = crates_[crateOf(module)].names;
  for (uint32_t l = names[module].globs; l != ~0u; l = names.link(l).next) {
    ImportId glob = names.link(l).import;
    if (glob == ignoreImport || !isAccessible(names[glob].vis, from.module))
      continue;
    PathRoot root = names[glob].imported;
    if (root.kind == RootKind::None)
      return LookupResult::none(Determinacy::Undetermined);
    if (!root.isModule())
      continue;
    IdentKey adjusted = ident;
    bool ok = true;
    ExpnId def = hygiene_.globAdjust(adjusted.ctxt, crates_.module(root.module).expansion, names[glob].span, ok);
    if (!ok)
      continue;
    if (crates_[crateOf(root.module)].resolved) // it was asked
      continue;
    LookupScope scope = from;
    if (def.valid())
      scope.module = defScope(def, crateOf(from.module));
    if (globNames_.neverHas(root.module, adjusted.name, adjusted.ctxt, ns, scope.module))
      continue;
    LookupResult r = inScopes(adjusted, ScopeSet::inModule(ns, root.module), scope, nullptr, ignoreDecl, ignoreImport);
    if (!r.ok() && r.determinacy == Determinacy::Determined)
      continue;
    if (r.ok() && !isAccessible(decl(r.decl).vis, names[glob].module))
      continue;
    return LookupResult::none(Determinacy::Undetermined);
  }
  return LookupResult::none(Determinacy::Determined);
}

bool Lookup::singleCanDefine(ModuleId module, NameId name, DeclId binding, Namespace ns, const LookupScope &from,
                             DeclId ignoreDecl, ImportId ignoreImport) {
  NameTable &names = crates_[crateOf(module)].names;
  DeclId nonGlob = names[name].nonGlob;
  for (uint32_t l = names[name].singles; l != ~0u; l = names.link(l).next) {
    ImportId id = names.link(l).import;
    const Import &import = names[id];
    if (nonGlob.valid() && decl(nonGlob).isImport() && decl(nonGlob).import == id)
      continue;
    if (id == ignoreImport || !isAccessible(import.vis, from.module))
      continue;
    if (ignoreDecl.valid() && decl(ignoreDecl).isImport() && decl(ignoreDecl).import == id)
      continue;
    if (import.imported.kind == RootKind::None)
      return true;
    if (import.source.name != import.target.name || import.source.span.ctxt != import.target.span.ctxt) {
      bool none = true;
      for (DeclId d : import.decls)
        none &= !d.valid();
      if (none)
        return true;
      if (!import.decls[unsigned(ns)].valid() && binding.valid())
        return true;
    }
    LookupScope scope{import.module, RulesScopeId(import.rules), import.expansion, {}};
    LookupResult r = inRoot(import.imported, import.source, ns, scope, nullptr, ignoreDecl, ImportId());
    if (!r.ok() && r.determinacy == Determinacy::Determined)
      continue;
    if (r.ok() && !isAccessible(decl(r.decl).vis, names[id].module))
      continue;
    return true;
  }
  return false;
}

LookupResult Lookup::finalizeBinding(DeclId binding, IdentKey ident, const LookupScope &from, const Finalize &finalize) {
  if (!binding.valid())
    return LookupResult::none(Determinacy::Determined);
  if (!isAccessible(decl(binding).vis, from.module)) {
    if (!finalize.reportPrivate)
      return LookupResult::none(Determinacy::Determined, true);
    privacy_.push_back({ident.ident(), binding, finalize.pathSpan});
  }
  recordUse(ident.ident(), binding);
  return LookupResult::found(binding);
}

} // namespace ferric::resolve
