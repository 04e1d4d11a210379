// A row that was asked for in one module asks in the modules that it glob-imports, and stays on their rows' list of
// watchers: what these gain later is handed on to it, and to nobody else. Modules that can gain nothing keep no list,
// and no row for what they do not have.
#include "resolve/glob_names.h"
#include "resolve/lookup.h"

namespace ferric::resolve {

// What a name certainly means now; none while a single import may still shadow a glob.
static DeclId knownBinding(const Name &n) {
  if (n.nonGlob.valid())
    return n.nonGlob;
  return n.singles == ~0u ? n.glob : DeclId();
}

// ---- asking ----

// Glob imports of a module, in the order of the source.
static llvm::SmallVector<ImportId, 8> globsOf(const NameTable &names, ModuleId module) {
  llvm::SmallVector<ImportId, 8> globs;
  for (uint32_t l = names[module].globs; l != ~0u; l = names.link(l).next)
    globs.push_back(names.link(l).import);
  std::reverse(globs.begin(), globs.end());
  return globs;
}

NameId GlobNames::row(ModuleId module, Symbol name, SyntaxContext ctxt, Namespace ns) {
  NameTable &names = table(module);
  if (names[module].globs == ~0u)
    return names.find(module, name, ctxt, ns);
  NameId id = names.findOrAdd(module, name, ctxt, ns);
  if (names[id].asked)
    return id;
  names[id].asked = true;
  for (ImportId glob : globsOf(names, module))
    pull(glob, id);
  return id;
}

DeclId GlobNames::best(ModuleId module, Symbol name, SyntaxContext ctxt, Namespace ns) {
  const NameTable &names = table(module);
  NameId id = names.find(module, name, ctxt, ns);
  if (id.valid() && names[id].nonGlob.valid())
    return names[id].nonGlob;
  id = row(module, name, ctxt, ns);
  return id.valid() ? names[id].best() : DeclId();
}

bool GlobNames::bringsGlobs(ModuleId module, ModuleId from) const {
  const NameTable &names = table(module);
  for (uint32_t l = names[module].globs; l != ~0u; l = names.link(l).next)
    if (crates_.isAccessible(names[names.link(l).import].vis, from))
      return true;
  return false;
}

bool GlobNames::neverHas(ModuleId module, Symbol name, SyntaxContext ctxt, Namespace ns, ModuleId from) const {
  const NameTable &names = table(module);
  bool isRoot = !names[module].parent.valid(); // macros are exported into it from anywhere
  bool mayGrow = !crates_[crateOf(module)].resolved && (isRoot || names[module].unexpanded);
  return !mayGrow && !names.find(module, name, ctxt, ns).valid() && !bringsGlobs(module, from);
}

// The row of a name in the module that a glob imports, watched by the glob unless it cannot change. None: it has no
// such name, and will not.
NameId GlobNames::sourceRow(ImportId glob, const Key &key) {
  const Import &import = table(glob)[glob];
  ModuleId from = import.imported.module;
  if (neverHas(from, key.name, key.ctxt, key.ns, import.module))
    return NameId();
  NameTable &names = table(from);
  NameId id = names.find(from, key.name, key.ctxt, key.ns);
  if (!(id.valid() && names[id].nonGlob.valid()) && bringsGlobs(from, import.module))
    id = row(from, key.name, key.ctxt, key.ns);
  if (crates_[crateOf(from)].resolved)
    return id;
  id = names.findOrAdd(from, key.name, key.ctxt, key.ns);
  names.push(names[id].watchers, glob);
  return id;
}

void GlobNames::pull(ImportId glob, NameId id) {
  const Import &import = table(glob)[glob];
  if (!import.imported.isModule() || import.imported.module == import.module)
    return;
  ModuleId from = import.imported.module;
  const Name &name = table(glob)[id];
  Key key{name.name, name.ctxt, name.ns};
  bool ok = true;
  lookup_.hygiene().globAdjust(key.ctxt, crates_.module(from).expansion, import.span, ok);
  NameId source = ok ? sourceRow(glob, key) : NameId();
  if (!source.valid())
    return;
  const Name &n = table(from)[source];
  DeclId decl = crateOf(from) == crateOf(import.module) ? knownBinding(n) : n.best();
  if (!decl.valid())
    return;
  bool warn = false;
  for (DeclId d = knownBinding(name); d.valid(); d = crates_.decl(d).source)
    warn |= crates_.decl(d).warnAmbiguity;
  bring(glob, n, decl, warn);
}

// From the context of the imported module to that of the importing one. False: the declaration cannot be used there.
bool GlobNames::adjustOutwards(const Import &import, Key &key, DeclId decl) const {
  bool ok = true;
  ExpnId expansion = crates_.module(import.imported.module).expansion;
  ExpnId def = lookup_.hygiene().reverseGlobAdjust(key.ctxt, expansion, import.span, ok);
  if (!ok)
    return false;
  ModuleId scope = def.valid() ? lookup_.defScope(def, crateOf(import.module)) : import.module;
  return crates_.isAccessible(crates_.decl(decl).vis, scope);
}

void GlobNames::bring(ImportId glob, const Name &source, DeclId decl, bool warnAmbiguity) {
  const Import &import = table(glob)[glob];
  Key key{source.name, source.ctxt, source.ns};
  if (adjustOutwards(import, key, decl))
    tryPlant(import.module, key.name, key.ctxt, key.ns, newImportDecl(decl, glob), warnAmbiguity, nullptr);
}

void GlobNames::addGlob(ImportId glob) {
  const NameTable &names = table(glob);
  llvm::SmallVector<NameId, 32> asked;
  names.forEachName(names[glob].module, [&](NameId id, const Name &n) {
    if (n.asked)
      asked.push_back(id);
  });
  for (NameId id : asked)
    pull(glob, id);
}

// ---- planting ----

DeclId GlobNames::newImportDecl(DeclId source, ImportId importId) {
  const Decl src = crates_.decl(source);
  const Import &import = table(importId)[importId];
  // `pub use` of a private `extern crate` is accepted (a lint).
  bool isExternCrate = src.isImport() && crates_.import(src.import).kind == ImportKind::ExternCrate;
  bool externHack = import.kind == ImportKind::Single && import.vis.isPublic() && isExternCrate;
  Decl d;
  d.res = src.res;
  d.source = source;
  d.import = importId;
  d.vis = crates_.isAtLeast(src.vis, import.vis) || externHack ? import.vis : src.vis;
  d.expansion = import.expansion;
  return table(importId).addDecl(d);
}

void GlobNames::removeSameImport(DeclId &a, DeclId &b) const {
  for (;;) {
    const Decl &x = crates_.decl(a), &y = crates_.decl(b);
    if (!x.isImport() || !y.isImport() || x.import != y.import)
      return;
    a = x.source;
    b = y.source;
  }
}

// Two globs bring one name: the same thing (keep the more visible), a newer fetch of the first, or an ambiguity.
DeclId GlobNames::selectGlob(DeclId oldGlob, DeclId glob, bool warnAmbiguity) {
  NameTable &names = table(glob);
  DeclId oldDeep = oldGlob, deep = glob;
  removeSameImport(oldDeep, deep);
  if (deep != glob) {
    if (names[oldGlob].ambiguity.valid() && !names[glob].ambiguity.valid())
      names[glob].ambiguity = names[oldGlob].ambiguity;
    if (lookup_.isAmbiguous(glob))
      names[glob].warnAmbiguity = true;
    return glob;
  }
  if (!(names[glob].res == names[oldGlob].res)) {
    names[oldGlob].ambiguity = glob;
    names[oldGlob].warnAmbiguity = warnAmbiguity;
    // A fresh declaration makes other globs fetch it again with the ambiguity.
    return warnAmbiguity ? oldGlob : names.addDecl(Decl(names[oldGlob]));
  }
  if (!crates_.isAtLeast(names[oldGlob].vis, names[glob].vis))
    return glob;
  if (lookup_.isAmbiguous(glob) && !lookup_.isAmbiguous(oldGlob)) {
    names[oldGlob].ambiguity = glob;
    names[oldGlob].warnAmbiguity = true;
  }
  return oldGlob;
}

template <class F> void GlobNames::update(ModuleId module, NameId id, bool warnAmbiguity, F &&f) {
  Name &name = table(module)[id];
  DeclId before = knownBinding(name);
  f(name);
  DeclId after = knownBinding(name);
  if (after.valid() && after != before)
    propagate(module, id, after, warnAmbiguity || before.valid());
}

// Hands a name to the modules that asked for it.
void GlobNames::propagate(ModuleId module, NameId id, DeclId decl, bool warnAmbiguity) {
  NameTable &names = table(module);
  if (names[id].watchers == ~0u || names[id].propagating)
    return;
  names[id].propagating = true;
  for (uint32_t l = names[id].watchers; l != ~0u; l = names.link(l).next)
    bring(names.link(l).import, names[id], decl, warnAmbiguity);
  names[id].propagating = false;
}

bool GlobNames::tryPlant(ModuleId module, Symbol name, SyntaxContext ctxt, Namespace ns, DeclId decl,
                         bool warnAmbiguity, DeclId *conflict) {
  NameTable &names = table(module);
  uint32_t disambiguator = name == sym::underscore ? ++names[module].underscores : 0;
  bool isGlob = lookup_.isGlobImport(decl);
  bool ok = true;
  update(module, names.findOrAdd(module, name, ctxt, ns, disambiguator), warnAmbiguity, [&](Name &n) {
    DeclId old = n.best();
    if (!old.valid()) {
      (isGlob ? n.glob : n.nonGlob) = decl;
      return;
    }
    if (crates_.decl(decl).res.isErr() && !crates_.decl(old).res.isErr())
      return; // error recovery does not override what is real
    bool oldGlob = lookup_.isGlobImport(old);
    if (oldGlob && isGlob) {
      n.glob = selectGlob(old, decl, warnAmbiguity);
    } else if (oldGlob != isGlob) {
      DeclId glob = oldGlob ? old : decl;
      n.nonGlob = oldGlob ? decl : old;
      n.glob = n.glob.valid() && n.glob != glob ? selectGlob(n.glob, glob, false) : glob;
    } else {
      ok = false;
      if (conflict)
        *conflict = old;
    }
  });
  return ok;
}

void GlobNames::dropSingle(ModuleId module, Symbol name, SyntaxContext ctxt, Namespace ns, ImportId import) {
  NameTable &names = table(module);
  update(module, names.findOrAdd(module, name, ctxt, ns), false, [&](Name &n) { names.remove(n.singles, import); });
}

// ---- all names of a module ----

bool GlobNames::matches(const Name &n, DeclId decl, Filter filter) const {
  if (!decl.valid())
    return false;
  const Res &res = crates_.decl(decl).res;
  switch (filter) {
  case Filter::All:
    return true;
  case Filter::Traits:
    return n.ns == Namespace::Type && (res.isDef(DefKind::Trait) || res.isDef(DefKind::TraitAlias));
  case Filter::Macros:
    return n.ns == Namespace::Macro;
  }
  return false;
}

// Names that a module declares itself.
llvm::ArrayRef<NameId> GlobNames::ownRows(ModuleId module, Filter filter, std::vector<NameId> &storage) {
  bool isKept = filter == Filter::Traits && crates_[crateOf(module)].resolved;
  if (isKept)
    if (auto it = ownTraits_.find(module); it != ownTraits_.end())
      return it->second;
  table(module).forEachName(module, [&](NameId id, const Name &n) {
    if (matches(n, n.nonGlob, filter))
      storage.push_back(id);
  });
  return isKept ? llvm::ArrayRef<NameId>(ownTraits_[module] = storage) : llvm::ArrayRef<NameId>(storage);
}

// emit(key in `module`, declaration) for the names that its globs bring, those aside that `from` cannot use.
void GlobNames::collect(ModuleId module, ModuleId from, Filter filter, llvm::DenseSet<ModuleId> &visited, Emit emit) {
  const NameTable &names = table(module);
  for (ImportId glob : globsOf(names, module)) {
    const Import &import = names[glob];
    if (!import.imported.isModule() || (module != from && !crates_.isAccessible(import.vis, from)) ||
        !visited.insert(import.imported.module).second)
      continue;
    ModuleId source = import.imported.module;
    auto bring = [&](const Key &inner, DeclId decl) {
      Key key = inner;
      if (adjustOutwards(import, key, decl))
        emit(key, key.name == sym::underscore ? newImportDecl(decl, glob) : decl);
    };
    std::vector<NameId> storage;
    llvm::SmallVector<NameId, 8> own(ownRows(source, filter, storage));
    for (NameId id : own)
      if (const Name &n = table(source)[id]; n.nonGlob.valid())
        bring({n.name, n.ctxt, n.ns}, n.nonGlob);
    collect(source, from, filter, visited, bring);
  }
}

void GlobNames::forEachName(ModuleId module, Filter filter, llvm::function_ref<void(NameId, const Name &)> f) {
  llvm::DenseSet<ModuleId> visited{module};
  llvm::SmallVector<Key, 32> keys;
  llvm::SmallVector<std::pair<Key, DeclId>, 4> unnamed;
  collect(module, module, filter, visited, [&](const Key &key, DeclId decl) {
    if (key.name == sym::underscore)
      unnamed.push_back({key, decl});
    else
      keys.push_back(key);
  });
  for (const Key &k : keys)
    row(module, k.name, k.ctxt, k.ns);
  for (const auto &[k, decl] : unnamed)
    tryPlant(module, k.name, k.ctxt, k.ns, decl, false, nullptr);
  table(module).forEachName(module, [&](NameId id, const Name &n) {
    if (matches(n, n.best(), filter))
      f(id, n);
  });
}

} // namespace ferric::resolve
