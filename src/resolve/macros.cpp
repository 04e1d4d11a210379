// Macros: textual scopes, invocations and the resolution of macro names (rustc_resolve::macros; Reference:
// macros-by-example "Scoping, Exporting, and Importing"). Textual scopes are an immutable linked list; an invocation in it
// stands for whatever its output will have defined, and is looked through once it is expanded.
#include "resolve/resolver.h"
#include "resolve/suggest.h"

namespace ferric::resolve {

using namespace ast;

// ---- definitions ----

// Macro kinds of built-in macros that are no bang macros.
static uint8_t builtinKinds(llvm::StringRef name) {
  static const llvm::StringSet<> kDerives = {"Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd",
      "From", "ConstParamTy", "UnsizedConstParamTy", "CoercePointee", "RustcDecodable", "RustcEncodable"};
  static const llvm::StringSet<> kAttrs = {"alloc_error_handler", "autodiff", "autodiff_forward", "autodiff_reverse", "bench", "cfg_accessible",
      "cfg_eval", "contracts_ensures", "contracts_requires", "define_opaque", "derive", "derive_const", "eii", "eii_declaration",
      "eii_shared_macro", "global_allocator", "offload_kernel", "test", "test_case", "type_const", "unsafe_eii"};
  if (kDerives.contains(name))
    return MacroInfo::kDerive;
  return kAttrs.contains(name) ? MacroInfo::kAttr : MacroInfo::kBang;
}

// `#[rustc_builtin_macro(Name, attributes(a, b))]`, `#[proc_macro_derive(Name, attributes(a, b))]`.
static void readMacroAttr(const Ast &ast, const SymbolTable &symbols, const Attr &attr, Symbol &name, llvm::SmallVectorImpl<Symbol> &helpers) {
  bool inAttributes = false;
  for (const lex::Token &t : lex::tokens(ast.tokens, attr.args)) {
    if (!t.is(lex::TokenKind::Ident))
      continue;
    if (symbols.str(t.sym) == "attributes")
      inAttributes = true;
    else if (inAttributes)
      helpers.push_back(t.sym);
    else
      name = t.sym;
  }
}

// Rules may be for attributes and derives: `attr(..) (..) => {..}`, `derive(..) (..) => {..}`.
static uint8_t ruleKinds(const Ast &ast, const SymbolTable &symbols, lex::TokenRange body) {
  llvm::ArrayRef<lex::Token> toks = lex::tokens(ast.tokens, body);
  uint8_t kinds = 0;
  bool atStart = true;
  for (size_t i = 0; i < toks.size(); ++i) {
    if (atStart) {
      llvm::StringRef word = toks[i].is(lex::TokenKind::Ident) ? symbols.str(toks[i].sym) : "";
      if (word == "unsafe")
        continue;
      kinds |= word == "attr" ? MacroInfo::kAttr : word == "derive" ? MacroInfo::kDerive : MacroInfo::kBang;
      atStart = false;
    }
    if (toks[i].is(lex::TokenKind::OpenDelim))
      i += toks[i].match();
    else if (toks[i].is(lex::TokenKind::Semi) || toks[i].is(lex::TokenKind::Comma))
      atStart = true;
  }
  return kinds ? kinds : uint8_t(MacroInfo::kBang);
}

void Resolver::setMacroInfo(DefId def, const Item &item, const ParentScope &scope) {
  MacroInfo info;
  const MacroDefItem &m = ast().get<MacroDefItem>(itemId(def));
  info.macroRules = m.macroRules;
  info.scope = scope.module;
  if (const Attr *a = Crates::findAttr(ast(), item.attrs, sym::rustc_builtin_macro)) {
    info.builtin = item.ident.name;
    readMacroAttr(ast(), sess().symbols, *a, info.builtin, info.helpers);
    info.kinds = builtinKinds(sess().str(info.builtin));
  } else if (m.macroRules) {
    info.kinds = ruleKinds(ast(), sess().symbols, m.body);
  }
  if (const Attr *a = Crates::findAttr(ast(), item.attrs, sym::macro_export))
    for (const lex::Token &t : lex::tokens(ast().tokens, a->args))
      info.localInner |= t.is(lex::TokenKind::Ident) && sess().str(t.sym) == "local_inner_macros";
  crate_.macros[def.index()] = std::move(info);
}

void Resolver::addMacroDef(ItemId id, ParentScope &scope) {
  const Item &item = ast().items[id];
  const MacroDefItem &m = ast().get<MacroDefItem>(id);
  bool exported = m.macroRules && Crates::findAttr(ast(), item.attrs, sym::macro_export);
  DefVis vis = !m.macroRules ? resolveVis(item.vis, scope) : exported ? DefVis{} : DefVis{crate_.root()};
  DefId def = addDef(DefKind::Macro, item.ident.name, item.ident.span, {AstRefKind::Item, id.raw}, item.attrs,
                     item.span, vis, scope, parentOf(scope));
  setMacroInfo(def, item, scope);
  Res res = Res::ofDef(DefKind::Macro, def);
  if ((item.ident.name == sym::cfg || item.ident.name == sym::cfg_attr) && (exported || !m.macroRules) &&
      crate_.macros[def.index()].kinds & (MacroInfo::kAttr | MacroInfo::kDerive))
    sess().diag.error(item.ident.span, "name `" + sess().str(item.ident) + "` is reserved in attribute namespace");
  if (!m.macroRules) {
    define(scope.module, item.ident, Namespace::Macro, res, vis, scope.expansion);
    return;
  }
  Decl decl;
  decl.res = res;
  decl.vis = vis;
  decl.expansion = scope.expansion;
  DeclId declId = names().addDecl(decl);
  if (exported) {
    Import import;
    import.kind = ImportKind::MacroExport;
    import.pending = 0;
    import.module = crate_.rootModule();
    import.expansion = scope.expansion;
    import.vis = vis;
    import.span = import.rootSpan = item.ident.span;
    import.item = id;
    import.def = def;
    plant(crate_.rootModule(), item.ident, Namespace::Macro, globs().newImportDecl(declId, names().addImport(import)));
  }
  RulesScope r;
  r.kind = RulesKind::Def;
  r.parent = scope.rules;
  r.decl = declId;
  r.name = item.ident.name;
  r.ctxt = sess().hygiene.normalizeToMacros20(item.ident.span.ctxt);
  r.module = scope.module;
  scope.rules = RulesScopeId(uint32_t(lookup_.rules.size()));
  lookup_.rules.push_back(r);
}

// Functions that define procedural macros take their names in the macro namespace as well.
void Resolver::addProcMacro(ItemId id, DefId fn, DefVis vis, const ParentScope &scope) {
  const Item &item = ast().items[id];
  if (!item.attrs.valid())
    return;
  MacroInfo info;
  info.scope = scope.module;
  info.procMacro = true;
  Ident name = item.ident;
  if (Crates::findAttr(ast(), item.attrs, sym::proc_macro)) {
    info.kinds = MacroInfo::kBang;
  } else if (Crates::findAttr(ast(), item.attrs, sym::proc_macro_attribute)) {
    info.kinds = MacroInfo::kAttr;
  } else if (const Attr *a = Crates::findAttr(ast(), item.attrs, sym::proc_macro_derive)) {
    info.kinds = MacroInfo::kDerive;
    readMacroAttr(ast(), sess().symbols, *a, name.name, info.helpers);
  } else {
    return;
  }
  crate_.macros[fn.index()] = std::move(info);
  define(scope.module, name, Namespace::Macro, Res::ofDef(DefKind::Macro, fn), vis, scope.expansion);
}

// ---- invocations ----

void Resolver::addInvocation(ExpnId expn, bool textual, bool inModule, ParentScope &scope) {
  if (invocations_.size() <= expn.raw) {
    size_t n = std::max<size_t>(expn.raw + 1, sess().hygiene.expnCount());
    n += n / 2;
    invocations_.resize(n);
    lookup_.invocationRules.resize(n);
    lookup_.outputRules.resize(n);
    lookup_.hasOutputRules.resize(n);
  }
  invocations_[expn.raw] = {scope, inModule};
  lookup_.invocationRules[expn.raw] = scope.rules;
  sess().hygiene.expnMut(expn).parentModule = names()[scope.module].normal;
  if (inModule)
    ++names()[scope.module].unexpanded;
  if (!textual)
    return;
  RulesScope r;
  r.kind = RulesKind::Invocation;
  r.expn = expn;
  r.module = scope.module;
  scope.rules = RulesScopeId(uint32_t(lookup_.rules.size()));
  lookup_.rules.push_back(r);
}

ParentScope Resolver::beginFragment(ExpnId expn) {
  CHECK(expn.raw < invocations_.size() && invocations_[expn.raw].scope.module.valid(), "expansion of an invocation that was not announced");
  ParentScope scope = invocations_[expn.raw].scope;
  scope.expansion = expn;
  return scope;
}

void Resolver::endFragment(ExpnId expn, const ParentScope &end) {
  Invocation &i = invocations_[expn.raw];
  lookup_.outputRules[expn.raw] = end.rules;
  lookup_.hasOutputRules[expn.raw] = 1;
  if (i.inModule) {
    --names()[i.scope.module].unexpanded;
    i.inModule = false;
  }
}

void Resolver::addDeriveHelpers(ExpnId container, llvm::ArrayRef<Ident> helpers) {
  llvm::SmallVector<std::pair<IdentKey, DeclId>, 2> &list = lookup_.helperAttrs[container];
  for (Ident helper : helpers) {
    Decl d;
    d.res = Res::ofAttr(NonMacroAttrKind::DeriveHelper);
    d.expansion = container;
    list.push_back({lookup_.key(helper), names().addDecl(d)});
  }
}

LookupScope Resolver::lookupScope(const ParentScope &scope, llvm::ArrayRef<PathId> derives) const {
  return {scope.module, scope.rules, scope.expansion, derives};
}

// ---- resolution ----

static const char *kindDescr(MacroKind kind) {
  return kind == MacroKind::Bang ? "macro" : kind == MacroKind::Attr ? "attribute" : "derive macro";
}

MacroAnswer Resolver::resolveMacro(const MacroQuery &query) {
  if (!importsRan_)
    resolveImports();
  MacroUse use;
  use.kind = query.kind;
  use.scope = query.scope;
  use.span = ast().paths[query.path].span;
  for (const PathSegment &s : ast().list(ast().paths[query.path].segments)) {
    use.path.push_back(s.ident);
    if (s.args.valid() && query.kind != MacroKind::Derive)
      use.genericArgs = s.args;
  }
  // A macro marked `local_inner_macros` calls its helpers by plain names.
  if (query.kind == MacroKind::Bang && use.path.size() == 1 && !use.path[0].span.ctxt.isRoot()) {
    const ExpnData &data = sess().hygiene.expn(sess().hygiene.outerExpn(use.path[0].span.ctxt));
    const MacroInfo *info = data.macroDef.valid() ? crates_.macro(data.macroDef) : nullptr;
    if (info && info->localInner)
      use.path.insert(use.path.begin(), Ident{sym::dollar_crate, use.path[0].span});
  }
  LookupScope scope = lookupScope(query.scope, query.laterDerives);
  if (use.path.size() > 1) {
    PathLookup p = lookup_.path(use.path, Namespace::Macro, scope);
    if (p.kind == PathKind::Indeterminate && !query.force)
      return {MacroStatus::Undetermined, {}};
    use.hasInitial = p.kind == PathKind::NonModule && p.unresolved == 0;
    use.initial = p.res;
    if (use.hasInitial && p.res.isErr())
      return {MacroStatus::Error, {}};
  } else {
    LookupResult r = lookup_.inScopes(lookup_.key(use.path[0]), ScopeSet::macro(query.kind), scope);
    if (!r.ok() && r.determinacy == Determinacy::Undetermined && !query.force)
      return {MacroStatus::Undetermined, {}};
    use.hasInitial = r.ok();
    if (r.ok()) {
      use.initial = crates_.decl(r.decl).res;
      if (use.initial.kind == ResKind::NonMacroAttr && use.initial.attrKind() != NonMacroAttrKind::Tool && crates_.decl(r.decl).isImport())
        sess().diag.error(use.span, llvm::Twine("cannot use ") + (use.initial.attrKind() == NonMacroAttrKind::Builtin ? "a built-in attribute" : "a derive helper attribute") + " through an import");
    }
  }
  use.derives.assign(query.laterDerives.begin(), query.laterDerives.end());
  MacroAnswer answer{MacroStatus::Error, {}};
  if (use.hasInitial && checkMacroRes(query, use.initial))
    answer = {MacroStatus::Determined, use.initial};
  // Resolved names are checked again in the end, those of dependencies have been when they were compiled.
  if (crate_.id.isLocal() || !use.hasInitial)
    macroUses_.push_back(std::move(use));
  return answer;
}

// Right kind of macro? Reports when not.
bool Resolver::checkMacroRes(const MacroQuery &query, Res res) {
  if (res.isErr())
    return false;
  uint8_t kinds = lookup_.macroKinds(res);
  uint8_t wanted = query.kind == MacroKind::Bang ? MacroInfo::kBang : query.kind == MacroKind::Attr ? MacroInfo::kAttr : MacroInfo::kDerive;
  Span span = ast().paths[query.path].span;
  if (kinds & wanted) {
    const MacroInfo *info = res.isDef(DefKind::Macro) ? crates_.macro(res.def) : nullptr;
    if (info && info->procMacro && res.def.crate() == crate_.id) {
      sess().diag.error(span, "can't use a procedural macro from the same crate that defines it");
      return false;
    }
    return true;
  }
  std::string name;
  for (const PathSegment &s : ast().list(ast().paths[query.path].segments))
    name += (name.empty() ? "" : "::") + sess().str(s.ident).str();
  sess().diag.error(span, llvm::Twine("expected ") + kindDescr(query.kind) + ", found " + crates_.descr(res) + " `" + name + "`")
      .label(span, llvm::Twine("not ") + (query.kind == MacroKind::Attr ? "an " : "a ") + kindDescr(query.kind));
  return false;
}

// ---- the final pass ----

void Resolver::finalizeMacros() {
  FinalNames known;
  for (const MacroUse &use : macroUses_)
    finalizeMacro(use, known);
  macroUses_.clear();
}

void Resolver::finalizeMacro(const MacroUse &use, FinalNames &known) {
  LookupScope scope = lookupScope(use.scope, use.derives);
  Finalize finalize;
  finalize.pathSpan = finalize.rootSpan = use.span;
  auto check = [&](Res res) {
    if (use.hasInitial || sess().diag.hasErrors() || lookup_.privacyErrors())
      return;
    std::string name;
    for (Ident s : use.path)
      name += (name.empty() ? "" : "::") + sess().str(s).str();
    sess().diag.error(use.span, llvm::Twine("cannot determine resolution for the ") + kindDescr(use.kind) + " `" + name + "`")
        .note("import resolution is stuck, try simplifying macro imports");
  };
  if (use.genericArgs.valid())
    sess().diag.error(ast().genericArgs[use.genericArgs].span, "generic arguments in macro path");
  if (use.path.size() == 1) {
    IdentKey name = lookup_.key(use.path[0]);
    RulesScopeId rules = lookup_.behindInvocations(scope.rules);
    FinalNames::key_type key{uint64_t(name.name.raw) << 32 | name.ctxt.raw, uint64_t(scope.module.raw) << 8 | unsigned(use.kind),
                             uint64_t(rules.raw) << 32 | scope.expansion.raw};
    auto it = scope.derives.empty() ? known.find(key) : known.end();
    if (it != known.end())
      return check(it->second);
    size_t errors = lookup_.ambiguityErrors() + lookup_.privacyErrors();
    LookupResult r = lookup_.inScopes(name, ScopeSet::macro(use.kind), scope, &finalize);
    if (r.ok()) {
      const Res &res = crates_.decl(r.decl).res;
      if (scope.derives.empty() && errors == lookup_.ambiguityErrors() + lookup_.privacyErrors())
        known[key] = res;
      return check(res);
    }
    const char *what = kindDescr(use.kind);
    diag::Builder b = sess().diag.error(use.path[0].span, llvm::Twine("cannot find ") + what + " `" + sess().str(use.path[0]) + "` in this scope");
    b.label(use.path[0].span, "not found in this scope");
    if (Symbol s = similarMacro(use))
      b.suggest(use.path[0].span, llvm::Twine("a ") + what + " with a similar name exists", sess().str(s));
    b.emit();
    return;
  }
  PathLookup p = lookup_.path(use.path, Namespace::Macro, scope, &finalize);
  if (p.kind == PathKind::NonModule && p.unresolved == 0) {
    check(p.res);
    return;
  }
  if (p.kind == PathKind::Failed) {
    sess().diag.error(p.failure.span, "E0433", p.failure.message).label(p.failure.span, p.failure.label);
    return;
  }
  if (p.kind == PathKind::NonModule) {
    Ident missing = use.path[use.path.size() - p.unresolved];
    const char *base = crates_.descr(p.res);
    sess().diag.error(use.span, "E0433", llvm::Twine("cannot find ") + kindDescr(use.kind) + " `" + sess().str(missing) + "` in " + base)
        .label(use.span, llvm::Twine(use.kind == MacroKind::Attr ? "an " : "a ") + kindDescr(use.kind) + " can't exist within " + Crates::article(base) + " " + base);
  }
}

Symbol Resolver::similarMacro(const MacroUse &use) {
  llvm::SmallVector<Symbol, 64> all;
  lookup_.visitScopes(ScopeSet::macro(use.kind), lookupScope(use.scope), {}, use.span, [&](const Scope &s, bool, SyntaxContext) {
    auto take = [&](ModuleId m) {
      globs().forEachName(m, GlobNames::Filter::Macros, [&](NameId, const Name &n) {
        if (!crates_.decl(n.best()).res.isErr())
          all.push_back(n.name);
      });
    };
    if (s.kind == ScopeKind::MacroRules && s.rules.valid() && lookup_.rules[s.rules.raw].kind == RulesKind::Def)
      all.push_back(lookup_.rules[s.rules.raw].name);
    else if (s.kind == ScopeKind::ModuleNonGlobs)
      take(s.module);
    else if (s.kind == ScopeKind::StdLibPrelude && crate_.prelude.valid())
      take(crate_.prelude);
    else if (s.kind == ScopeKind::MacroUsePrelude)
      for (const auto &[name, decl] : crate_.macroUsePrelude)
        all.push_back(name);
    return false;
  });
  llvm::sort(all);
  Symbol s = bestMatch(sess(), use.path[0].name, all);
  return s == use.path[0].name ? Symbol() : s;
}

// ---- facts ----

ItemId Resolver::itemId(DefId def) const { return ItemId(crate_.defs[def].ast.id); }

MacroSource Resolver::macroSource(DefId macro) {
  Crate &c = crates_.crateOf(macro);
  MacroSource source{&c.ast, {}, c.id, c.edition};
  if (c.dylib.empty()) {
    source.item = crates_.itemId(macro);
    return source;
  }
  const MacroInfo &info = *crates_.macro(macro);
  source.dylib = c.dylib;
  source.procMacro = info.procMacroIndex;
  source.name = crates_.name(macro);
  source.helpers = info.helpers;
  return source;
}

MacroAnswer Resolver::cfgAccessible(PathId pathId, const ParentScope &scope, bool force) {
  if (!importsRan_)
    resolveImports();
  llvm::SmallVector<Ident, 4> path;
  for (const PathSegment &s : ast().list(ast().paths[pathId].segments))
    path.push_back(s.ident);
  bool indeterminate = false;
  for (Namespace ns : {Namespace::Type, Namespace::Value, Namespace::Macro}) {
    PathLookup p = lookup_.path(path, ns, lookupScope(scope));
    if (p.kind == PathKind::Module || (p.kind == PathKind::NonModule && p.unresolved == 0))
      return {MacroStatus::Determined, p.res.isErr() ? Res::ofAttr(NonMacroAttrKind::Builtin) : p.res};
    if (p.kind == PathKind::NonModule || (p.kind == PathKind::Failed && !p.failure.isLast)) {
      sess().diag.error(ast().paths[pathId].span, "not sure whether the path is accessible or not")
          .note("the type may have associated items, but we are currently not checking them");
      return {MacroStatus::Determined, Res::err()};
    }
    indeterminate |= p.kind == PathKind::Indeterminate;
  }
  return {indeterminate && !force ? MacroStatus::Undetermined : MacroStatus::Determined, Res::err()};
}

void Resolver::finishExpansion() {
  if (finished_)
    return;
  finished_ = true;
  resolveImports();
  finalizeImports();
  lookup_.isExpansionOver = true;
  if (!missingCrate_) {
    finalizeMacros();
    lookup_.flushErrors();
  }
  crate_.resolved = true;
  // Nothing below is needed again.
  lookup_.rules = {};
  lookup_.outputRules = {};
  lookup_.hasOutputRules = {};
  lookup_.invocationRules = {};
  lookup_.helperAttrs.clear();
  lookup_.neverFromGlobs.clear();
  invocations_ = {};
}

} // namespace ferric::resolve
