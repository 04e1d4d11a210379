// After the last expansion every import is checked once more with the final names: what is unresolved
// (E0432, E0433), private (E0603), re-exported too widely (E0364, E0365) or declared twice (E0252, E0255, E0428, ..).
// Imports of one `use` item that fail are one diagnostic. (Rules: rustc_resolve::imports, finalize_imports.)
#include "resolve/resolver.h"
#include "resolve/suggest.h"

namespace ferric::resolve {

using namespace ast;

struct Resolver::UnresolvedImport {
  ImportId import;
  Span span;
  std::string label;
  Symbol suggestion;           // a similar name
  Span suggestionSpan;
  Symbol segment;
};

// ---- conflicts ----

static Span conflictSpan(const Crates &crates, DeclId d) {
  const Decl &decl = crates.decl(d);
  if (decl.isImport())
    return crates.import(decl.import).span;
  if (!decl.res.def.valid())
    return Span();
  const Def &def = crates.def(decl.res.def);
  Span s = def.span;
  if (def.identSpan.hi > s.lo && def.identSpan.hi < s.hi)
    s.hi = def.identSpan.hi;
  return s;
}

static bool isUserImport(const Crates &crates, DeclId d) {
  const Decl &decl = crates.decl(d);
  return decl.isImport() && crates.import(decl.import).kind != ImportKind::MacroExport;
}

void Resolver::reportConflict(ModuleId module, Ident ident, Namespace ns, DeclId oldDecl, DeclId newDecl) {
  if (conflictSpan(crates_, oldDecl).lo > conflictSpan(crates_, newDecl).lo)
    std::swap(oldDecl, newDecl);
  Span span = conflictSpan(crates_, newDecl), oldSpan = conflictSpan(crates_, oldDecl);
  if (!conflictsReported_.insert({ident.name.raw, span.lo}).second)
    return;
  auto isCrate = [&](DeclId d) {
    const Decl &decl = crates_.decl(d);
    if (decl.isImport())
      return crates_.import(decl.import).kind == ImportKind::ExternCrate;
    return decl.res.isDef(DefKind::Mod) && decl.res.def.index() == 0;
  };
  const char *code;
  if (isCrate(oldDecl) && isCrate(newDecl))
    code = "E0259";
  else if (isCrate(oldDecl) || isCrate(newDecl))
    code = crates_.decl(oldDecl).isImport() && crates_.decl(newDecl).isImport() ? "E0254" : "E0260";
  else if (isUserImport(crates_, oldDecl) != isUserImport(crates_, newDecl))
    code = "E0255";
  else
    code = isUserImport(crates_, oldDecl) ? "E0252" : "E0428";
  llvm::StringRef name = sess().str(ident);
  const Res &oldRes = crates_.decl(oldDecl).res;
  const char *oldKind = ns == Namespace::Value          ? "value"
                        : ns == Namespace::Macro        ? "macro"
                        : isCrate(oldDecl)              ? "extern crate"
                        : oldRes.isDef(DefKind::Mod)    ? "module"
                        : oldRes.isDef(DefKind::Trait)  ? "trait"
                                                        : "type";
  const Module &m = names()[module];
  const char *nsName = ns == Namespace::Type ? "type" : ns == Namespace::Value ? "value" : "macro";
  diag::Builder b = sess().diag.error(span, code, "the name `" + name + "` is defined multiple times");
  b.label(span, "`" + name + "` " + (isUserImport(crates_, newDecl) ? "reimported" : "redefined") + " here");
  if (!oldSpan.isDummy())
    b.label(oldSpan, llvm::Twine("previous ") + (isUserImport(crates_, oldDecl) ? "import" : "definition") + " of the " + oldKind + " `" + name + "` here");
  b.note("`" + name + "` must be defined only once in the " + nsName + " namespace of this " +
         (m.isBlock ? "block" : Crates::descr(m.kind)));
  b.emit();
}

// ---- imports ----

void Resolver::finalizeImports() {
  std::vector<UnresolvedImport> errors;
  llvm::DenseSet<std::pair<uint64_t, uint32_t>> seen;
  ItemId previous;
  size_t determinedCount = determined_.size();
  std::vector<ImportId> all = std::move(determined_);
  all.insert(all.end(), indeterminate_.begin(), indeterminate_.end());
  for (size_t i = 0; i < all.size(); ++i) {
    ImportId id = all[i];
    bool indeterminate = i >= determinedCount;
    UnresolvedImport error;
    bool failed = finalizeImport(id, error);
    dummyBinding(id, indeterminate);
    if (!failed)
      continue;
    const Import &import = names()[id];
    if (import.kind == ImportKind::Single && import.source.name == sym::kw_self && !import.typeNsOnly &&
        !(import.pending >> 1 & 1) && !import.decls[1].valid())
      continue; // E0429 said it
    if (previous.valid() && previous != import.item && !errors.empty()) {
      throwUnresolved(errors);
      errors.clear();
    }
    if (seen.insert({uint64_t(error.span.lo) << 32 | error.span.hi, error.span.ctxt.raw}).second) {
      errors.push_back(error);
      previous = import.item;
    }
  }
  if (missingCrate_)
    return; // much of the rest follows from it
  bool hadErrors = !errors.empty();
  throwUnresolved(errors);
  if (hadErrors)
    return;
  for (ImportId id : indeterminate_) {
    const Import &import = names()[id];
    if (sess().diag.hasErrors() || names().path(import.path).empty())
      continue;
    UnresolvedImport e;
    e.import = id;
    e.span = import.span;
    errors.push_back(e);
    throwUnresolved(errors);
    errors.clear();
  }
}

// True: `out` describes an unresolved import. Other errors are reported here.
bool Resolver::finalizeImport(ImportId id, UnresolvedImport &out) {
  const Import import = names()[id];
  out.import = id;
  LookupScope scope{import.module, RulesScopeId(import.rules), import.expansion, {}};
  Finalize finalize;
  finalize.pathSpan = import.span;
  finalize.rootSpan = import.rootSpan;
  DeclId ignore = import.kind == ImportKind::Single ? import.decls[0] : DeclId();
  size_t ambiguitiesBefore = lookup_.ambiguityErrors(), privacyBefore = lookup_.privacyErrors();
  PathLookup p = lookup_.path(names().path(import.path), std::nullopt, scope, &finalize, ignore, id);
  bool noAmbiguity = lookup_.ambiguityErrors() == ambiguitiesBefore;
  switch (p.kind) {
  case PathKind::Module:
    if (import.imported.kind == RootKind::None && lookup_.privacyErrors() == 0 && !sess().diag.hasErrors())
      sess().diag.error(import.span, "cannot determine resolution for the import").note("import resolution is stuck, try simplifying other imports");
    break;
  case PathKind::Failed:
    if (!noAmbiguity)
      return false;
    if (!p.failure.isLast) {
      sess().diag.error(p.failure.span, "E0433", p.failure.message).label(p.failure.span, p.failure.label);
      return false;
    }
    out.span = p.failure.span;
    out.label = p.failure.label;
    out.segment = names().path(import.path)[p.failure.segment].name;
    out.suggestionSpan = p.failure.span;
    out.suggestion = similarModule(crates_, lookup_, out.segment, import.module, p.failure.in);
    return true;
  case PathKind::NonModule: case PathKind::Indeterminate:
    return false;
  }
  if (import.kind == ImportKind::Glob) {
    if (p.module.isModule() && p.module.module == import.module) {
      out.span = import.span;
      out.label = "cannot glob-import a module into itself";
      return true;
    }
    return false;
  }
  return checkSingle(id, p.module, out, privacyBefore);
}

bool Resolver::checkSingle(ImportId id, PathRoot module, UnresolvedImport &out, size_t privacyBefore) {
  const Import import = names()[id];
  LookupScope scope{import.module, RulesScopeId(import.rules), import.expansion, {}};
  Finalize finalize;
  finalize.pathSpan = import.span;
  finalize.rootSpan = import.rootSpan;
  finalize.hasImportVis = true;
  finalize.importVis = import.vis;
  finalize.reportPrivate = false;
  bool allErr = true;
  for (unsigned i = 0; i < (import.typeNsOnly ? 1u : kNamespaces); ++i) {
    LookupResult r = lookup_.inRoot(module, import.source, Namespace(i), scope, &finalize, import.decls[i], id);
    if (!r.ok())
      continue;
    if (import.decls[i].valid()) {
      allErr = false;
      continue;
    }
    if (lookup_.decl(r.decl).res.isErr() || lookup_.ambiguityErrors())
      return false;
    if (lookup_.privacyErrors() == 0 && !sess().diag.hasErrors())
      sess().diag.error(import.span, "cannot determine resolution for the import").note("import resolution is stuck, try simplifying other imports");
    allErr = true;
  }
  if (!allErr) {
    checkReexport(id);
    return false;
  }
  finalize.reportPrivate = true;
  finalize.hasImportVis = false;
  bool found = false;
  for (unsigned i = 0; i < (import.typeNsOnly ? 1u : kNamespaces); ++i)
    found |= lookup_.inRoot(module, import.source, Namespace(i), scope, &finalize, DeclId(), ImportId()).ok();
  if (found)
    return false; // private, and reported
  llvm::StringRef name = sess().str(import.source);
  out.span = import.span;
  out.segment = import.source.name;
  if (!module.isModule())
    out.label = (isPathSegmentKeyword(import.source.name) ? "no `" + name + "` in the root" : "no external crate `" + name + "`").str();
  else if (names().crate() == crateOf(module.module) && indexOf(module.module) == 0)
    out.label = ("no `" + name + "` in the root").str();
  else
    out.label = ("no `" + name + "` in `" + (crates_.module(module.module).def.valid() ? crates_.path(crates_.module(module.module).def, false) : std::string("block")) + "`").str();
  out.suggestionSpan = import.source.span;
  out.suggestion = module.isModule() ? similarInModule(lookup_, import.source.name, module.module) : Symbol();
  return true;
}

// `pub use` of something less visible.
void Resolver::checkReexport(ImportId id) {
  const Import import = names()[id];
  bool any = false, cratePrivate = false;
  DeclId bad;
  unsigned badNs = 0;
  for (unsigned i = 0; i < kNamespaces; ++i) {
    if (!import.decls[i].valid())
      continue;
    DeclId source = crates_.decl(import.decls[i]).source;
    DefVis vis = crates_.decl(source).vis;
    if (crates_.isAtLeast(vis, import.vis)) {
      any = true;
    } else {
      bad = source;
      badNs = i;
      cratePrivate |= !vis.isPublic() && vis.scope.index() == 0;
    }
  }
  if (any || !bad.valid())
    return;
  llvm::StringRef name = sess().str(import.source);
  if (isExternCrate(bad) && import.vis.isPublic()) {
    // A lint that denies by default, pub_use_of_private_extern_crate, with an error's code.
    if (crate_.id.isLocal())
      sess().diag.error(import.span, "E0365", "extern crate `" + name + "` is private and cannot be re-exported");
    return;
  }
  const char *what = cratePrivate ? "only public within the crate" : "private";
  const char *outside = cratePrivate ? ", and cannot be re-exported outside" : ", and cannot be re-exported";
  if (badNs == 0)
    sess().diag.error(import.span, "E0365", "`" + name + "` is " + what + outside)
        .label(import.span, "re-export of " + llvm::Twine(cratePrivate ? "crate public" : "private") + " `" + name + "`")
        .note("consider declaring type or module `" + name + "` with `pub`");
  else
    sess().diag.error(import.span, "E0364", "`" + name + "` is " + what + outside)
        .note("consider marking `" + name + "` as `pub` in the imported module");
}

bool Resolver::isExternCrate(DeclId d) const {
  const Decl &decl = crates_.decl(d);
  return decl.isImport() && crates_.import(decl.import).kind == ImportKind::ExternCrate;
}

// An import that failed declares its name as an error, so that its uses are not reported as well.
void Resolver::dummyBinding(ImportId id, bool indeterminate) {
  Import &import = names()[id];
  if (import.kind != ImportKind::Single)
    return;
  bool any = false;
  for (DeclId d : import.decls)
    any |= d.valid();
  if (any && !indeterminate)
    return;
  DeclId dummy = globs().newImportDecl(dummyDecl_, id);
  SyntaxContext ctxt = sess().hygiene.normalizeToMacros20(import.target.span.ctxt);
  for (unsigned i = 0; i < kNamespaces; ++i) {
    globs().tryPlant(import.module, import.target.name, ctxt, Namespace(i), dummy, false, nullptr);
    dropSingle(id, Namespace(i));
  }
  import.pending = 0;
}

void Resolver::throwUnresolved(std::vector<UnresolvedImport> &errors) {
  llvm::erase_if(errors, [](const UnresolvedImport &e) { return e.segment == sym::underscore; });
  if (errors.empty())
    return;
  std::string message = errors.size() == 1 ? "unresolved import " : "unresolved imports ";
  for (size_t i = 0; i < errors.size(); ++i) {
    const Import &import = names()[errors[i].import];
    std::string path;
    bool whole = true;
    llvm::ArrayRef<Ident> segments = names().path(import.path);
    for (const Ident &s : segments) {
      if (s.name == sym::path_root)
        continue;
      path += (path.empty() ? "" : "::") + sess().str(s).str();
      if (s.span == errors[i].span) {
        whole = false;
        break;
      }
    }
    if (whole)
      path += (path.empty() ? "" : "::") + (import.kind == ImportKind::Glob ? std::string("*") : sess().str(import.source).str());
    message += (i ? ", `" : "`") + path + "`";
  }
  diag::Builder b = sess().diag.error(errors[0].span, "E0432", message);
  for (size_t i = 1; i < errors.size(); ++i)
    b.alsoPrimary(errors[i].span);
  for (const UnresolvedImport &e : llvm::ArrayRef(errors).take_front(10)) {
    if (!e.label.empty())
      b.label(e.span, e.label);
    if (e.suggestion.valid())
      b.suggest(e.suggestionSpan, "a similar name exists in the module", sess().str(e.suggestion));
  }
  b.emit();
}

} // namespace ferric::resolve
