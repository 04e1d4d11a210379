// Imports: planting declarations into modules, and the fixpoint that resolves imports while macros still
// expand (rustc_resolve::imports). What globs bring is asked for name by name (glob_names.h). Unresolved imports wait in one list, which each round goes through once.
#include "resolve/resolver.h"

namespace ferric::resolve {

using namespace ast;

// ---- planting ----

void Resolver::plant(ModuleId module, Ident ident, Namespace ns, DeclId decl) {
  DeclId old;
  if (!globs().tryPlant(module, ident.name, sess().hygiene.normalizeToMacros20(ident.span.ctxt), ns, decl, false, &old))
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
  if (import.target.name != sym::underscore)
    globs().dropSingle(import.module, import.target.name, sess().hygiene.normalizeToMacros20(import.target.span.ctxt), ns, id);
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
    DeclId decl = globs().newImportDecl(r.decl, id);
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
  if (import.imported.module != import.module)
    globs().addGlob(id);
}

} // namespace ferric::resolve
