// Imports: planting declarations into modules, and the fixpoint that resolves imports while macros still
// expand (rustc_resolve::imports). A name that a module gains is handed on at once to
// the modules that glob-import it, so a glob import costs one declaration per name and no module is
// ever walked again. Unresolved imports wait in one list, which each round goes through once.
#include "resolve/resolver.h"

namespace ferric::resolve {

using namespace ast;

// ---- planting ----

DeclId Resolver::newImportDecl(DeclId source, ImportId importId) {
  const Decl src = crates_.decl(source);
  Import &import = names()[importId];
  // `pub use` of a private `extern crate` is accepted (a lint).
  bool externHack = import.kind == ImportKind::Single && import.vis.isPublic() && isExternCrate(source);
  Decl d;
  d.res = src.res;
  d.source = source;
  d.import = importId;
  d.vis = crates_.isAtLeast(src.vis, import.vis) || externHack ? import.vis : src.vis;
  d.expansion = import.expansion;
  if (import.kind == ImportKind::Glob &&
      (d.vis.scope == import.vis.scope || !import.hasMaxVis || crates_.isAtLeast(d.vis, import.maxVis))) {
    import.maxVis = d.vis;
    import.hasMaxVis = true;
  }
  return names().addDecl(d);
}

void Resolver::removeSameImport(DeclId &a, DeclId &b) const {
  for (;;) {
    const Decl &x = crates_.decl(a), &y = crates_.decl(b);
    if (!x.isImport() || !y.isImport() || x.import != y.import)
      return;
    a = x.source;
    b = y.source;
  }
}

// Two globs bring one name: the same thing (keep the more visible), a newer fetch of the first, or an ambiguity.
DeclId Resolver::selectGlob(DeclId oldGlob, DeclId glob, bool warnAmbiguity) {
  DeclId oldDeep = oldGlob, deep = glob;
  removeSameImport(oldDeep, deep);
  if (deep != glob) {
    if (names()[oldGlob].ambiguity.valid() && !names()[glob].ambiguity.valid())
      names()[glob].ambiguity = names()[oldGlob].ambiguity;
    if (lookup_.isAmbiguous(glob))
      names()[glob].warnAmbiguity = true;
    return glob;
  }
  if (!(names()[glob].res == names()[oldGlob].res)) {
    names()[oldGlob].ambiguity = glob;
    names()[oldGlob].warnAmbiguity = warnAmbiguity;
    // A fresh declaration makes other globs fetch it again with the ambiguity.
    return warnAmbiguity ? oldGlob : names().addDecl(Decl(names()[oldGlob]));
  }
  if (!crates_.isAtLeast(names()[oldGlob].vis, names()[glob].vis))
    return glob;
  if (lookup_.isAmbiguous(glob) && !lookup_.isAmbiguous(oldGlob)) {
    names()[oldGlob].ambiguity = glob;
    names()[oldGlob].warnAmbiguity = true;
  }
  return oldGlob;
}

// What a name certainly means now; none while a single import may still shadow a glob.
static DeclId knownBinding(const Name &n) {
  if (n.nonGlob.valid())
    return n.nonGlob;
  return n.singles == ~0u ? n.glob : DeclId();
}

template <class F>
void Resolver::updateName(ModuleId module, Symbol name, SyntaxContext ctxt, Namespace ns, uint32_t disambiguator,
                          bool warnAmbiguity, F &&f) {
  NameId id = names().findOrAdd(module, name, ctxt, ns, disambiguator);
  DeclId before = knownBinding(names()[id]);
  f(names()[id]);
  DeclId after = knownBinding(names()[id]);
  if (after.valid() && after != before)
    propagate(module, id, after, warnAmbiguity || before.valid());
}

// Hands a name to the modules that glob-import `module`.
void Resolver::propagate(ModuleId module, NameId name, DeclId decl, bool warnAmbiguity) {
  Module &m = names()[module];
  if (m.globImporters == ~0u || m.propagating)
    return;
  m.propagating = true;
  Name key = names()[name];
  DefVis vis = names()[decl].vis;
  for (uint32_t l = m.globImporters; l != ~0u; l = names().link(l).next) {
    ImportId importId = names().link(l).import;
    const Import &import = names()[importId];
    SyntaxContext ctxt = key.ctxt;
    bool ok = true;
    ExpnId def = sess().hygiene.reverseGlobAdjust(ctxt, m.expansion, import.span, ok);
    if (!ok)
      continue;
    ModuleId scope = def.valid() ? lookup_.defScope(def, crate_.id) : import.module;
    if (!crates_.isAccessible(vis, scope))
      continue;
    ModuleId target = import.module;
    DeclId d = newImportDecl(decl, importId);
    tryPlant(target, key.name, ctxt, key.ns, d, warnAmbiguity, nullptr);
  }
  m.propagating = false;
}

bool Resolver::tryPlant(ModuleId module, Symbol name, SyntaxContext ctxt, Namespace ns, DeclId decl, bool warnAmbiguity,
                        DeclId *conflict) {
  uint32_t disambiguator = name == sym::underscore ? ++names()[module].underscores : 0;
  bool isGlob = lookup_.isGlobImport(decl);
  bool ok = true;
  updateName(module, name, ctxt, ns, disambiguator, warnAmbiguity, [&](Name &n) {
    DeclId old = n.best();
    if (!old.valid()) {
      (isGlob ? n.glob : n.nonGlob) = decl;
      return;
    }
    if (names()[decl].res.isErr() && !crates_.decl(old).res.isErr())
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

void Resolver::plant(ModuleId module, Ident ident, Namespace ns, DeclId decl) {
  DeclId old;
  if (!tryPlant(module, ident.name, sess().hygiene.normalizeToMacros20(ident.span.ctxt), ns, decl, false, &old))
    reportConflict(module, ident, ns, old, decl);
}

// ---- the fixpoint ----

void Resolver::addImport(const Import &import) {
  ImportId id = names().addImport(import);
  indeterminate_.push_back(id);
  if (import.kind == ImportKind::Glob) {
    names().push(names()[import.module].globs, id);
    return;
  }
  if (import.target.name == sym::underscore)
    return; // declares nothing that can be named
  SyntaxContext ctxt = sess().hygiene.normalizeToMacros20(import.target.span.ctxt);
  for (unsigned ns = 0; ns < kNamespaces; ++ns)
    if (import.pending >> ns & 1)
      names().push(names()[names().findOrAdd(import.module, import.target.name, ctxt, Namespace(ns))].singles, id);
}

void Resolver::dropSingle(ImportId id, Namespace ns) {
  const Import &import = names()[id];
  if (import.target.name == sym::underscore)
    return;
  updateName(import.module, import.target.name, sess().hygiene.normalizeToMacros20(import.target.span.ctxt), ns, 0, false,
             [&](Name &n) { names().remove(n.singles, id); });
}

bool Resolver::resolveImports() {
  importsRan_ = true;
  bool progress = false;
  size_t previous = ~size_t(0), count = indeterminate_.size() * 3;
  while (count < previous) {
    previous = count;
    count = 0;
    std::vector<ImportId> round = std::move(indeterminate_);
    indeterminate_.clear();
    for (ImportId id : round) {
      int before = llvm::popcount(names()[id].pending);
      int left = resolveImport(id);
      count += left;
      progress |= left == 0 || llvm::popcount(names()[id].pending) != before;
      (left == 0 ? determined_ : indeterminate_).push_back(id);
    }
  }
  return progress;
}

// Returns how many namespaces are not determined yet; declares what is.
int Resolver::resolveImport(ImportId id) {
  const Import import = names()[id];
  LookupScope scope{import.module, RulesScopeId(import.rules), import.expansion, {}};
  PathRoot module = import.imported;
  if (module.kind == RootKind::None) {
    PathLookup p = lookup_.path(names().path(import.path), std::nullopt, scope, nullptr, {}, id);
    if (p.kind == PathKind::Indeterminate)
      return 3;
    if (p.kind != PathKind::Module)
      return 0;
    module = p.module;
    names()[id].imported = module;
  }
  if (import.kind == ImportKind::Glob) {
    resolveGlob(id);
    return 0;
  }
  int left = 0;
  for (unsigned i = 0; i < kNamespaces; ++i) {
    if (!(names()[id].pending >> i & 1))
      continue;
    Namespace ns = Namespace(i);
    LookupResult r = lookup_.inRoot(module, import.source, ns, scope, nullptr, {}, id);
    if (!r.ok() && r.determinacy == Determinacy::Undetermined) {
      ++left;
      continue;
    }
    names()[id].pending &= ~(1u << i);
    if (!r.ok()) {
      dropSingle(id, ns);
      continue;
    }
    DeclId decl = newImportDecl(r.decl, id);
    names()[id].decls[i] = decl;
    plant(import.module, import.target, ns, decl);
  }
  return left;
}

void Resolver::resolveGlob(ImportId id) {
  const Import import = names()[id];
  if (!import.imported.isModule()) {
    sess().diag.error(import.span, "cannot glob import all possible crates");
    return;
  }
  ModuleId from = import.imported.module;
  if (from == import.module)
    return;
  bool foreign = crateOf(from) != crate_.id;
  if (!foreign)
    names().push(names()[from].globImporters, id);
  struct Row { Symbol name; SyntaxContext ctxt; Namespace ns; DeclId decl; };
  llvm::SmallVector<Row, 32> rows;
  crates_[crateOf(from)].names.forEachName(from, [&](NameId, const Name &n) {
    DeclId d = foreign ? n.best() : knownBinding(n);
    if (d.valid())
      rows.push_back({n.name, n.ctxt, n.ns, d});
  });
  ExpnId expansion = crates_.module(from).expansion;
  for (Row &row : rows) {
    bool ok = true;
    ExpnId def = sess().hygiene.reverseGlobAdjust(row.ctxt, expansion, import.span, ok);
    if (!ok)
      continue;
    ModuleId scope = def.valid() ? lookup_.defScope(def, crate_.id) : import.module;
    if (!crates_.isAccessible(crates_.decl(row.decl).vis, scope))
      continue;
    bool warn = false;
    NameId existing = names().find(import.module, row.name, row.ctxt, row.ns);
    if (existing.valid())
      for (DeclId d = knownBinding(names()[existing]); d.valid(); d = crates_.decl(d).source)
        warn |= crates_.decl(d).warnAmbiguity;
    tryPlant(import.module, row.name, row.ctxt, row.ns, newImportDecl(row.decl, id), warn, nullptr);
  }
}

} // namespace ferric::resolve
