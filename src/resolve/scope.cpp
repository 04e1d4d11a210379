// Lookups after expansion, for lowering. All names are final then: a lookup is one probe per module, the
// search stops at the first find (rustc: Stage::Late).
#include "resolve/scope.h"
#include "base/hash.h"
#include "resolve/lookup.h"

namespace ferric::resolve {

Scopes::Scopes(Crates &crates) : crates_(crates), lookup_(std::make_unique<Lookup>(crates)), answers_(kAnswers) {}
Scopes::~Scopes() = default;

static LookupScope scopeAt(ModuleId from) {
  LookupScope scope;
  scope.module = from;
  return scope;
}

static Finalize lateAt(Span span) {
  Finalize f;
  f.pathSpan = f.rootSpan = span;
  f.late = true;
  return f;
}

// A module's code uses the same few names again and again: what has nothing to report is remembered.
Found Scopes::lexical(Ident ident, Namespace ns, ModuleId from, bool report) {
  IdentKey key = lookup_->key(ident);
  uint64_t name = uint64_t(key.name.raw) << 32 | key.ctxt.raw, place = uint64_t(from.raw) << 8 | unsigned(ns) << 1 | unsigned(report);
  Answer &answer = answers_[hashOfAll(name, place) % kAnswers];
  if (answer.name == name && answer.place == place)
    return answer.found;
  Finalize finalize = lateAt(ident.span);
  size_t errors = lookup_->privacyErrors();
  LookupResult r = lookup_->inScopes(key, ScopeSet::all(ns), scopeAt(from), report ? &finalize : nullptr);
  if (report)
    lookup_->flushErrors();
  Found found = r.ok() ? Found{lookup_->decl(r.decl).res, r.decl} : Found();
  if (lookup_->privacyErrors() == errors && !lookup_->isAmbiguous(r.decl))
    answer = {name, place, found};
  return found;
}

Found Scopes::inModule(ModuleId module, Ident ident, Namespace ns, ModuleId from, bool report) {
  Finalize finalize = lateAt(ident.span);
  const Finalize *f = report ? &finalize : nullptr;
  // A block's items are met on the way out of a body: there is no path to them that hygiene could be adjusted to.
  LookupResult r = crates_.module(module).isBlock
                       ? lookup_->inScopes(lookup_->key(ident), ScopeSet::inModule(ns, module), scopeAt(from), f)
                       : lookup_->inRoot(PathRoot::of(module), ident, ns, scopeAt(from), f);
  if (report)
    lookup_->flushErrors();
  return r.ok() ? Found{lookup_->decl(r.decl).res, r.decl} : Found();
}

PathRes Scopes::path(llvm::ArrayRef<Ident> segments, Namespace ns, ModuleId from, bool report) {
  Finalize finalize = lateAt(segments.empty() ? Span() : segments.front().span.to(segments.back().span));
  PathLookup p = lookup_->path(segments, ns, scopeAt(from), report ? &finalize : nullptr);
  if (report)
    lookup_->flushErrors();
  PathRes r;
  r.decl = p.decl;
  switch (p.kind) {
  case PathKind::Module:
    r.status = p.res.kind == ResKind::Def ? PathStatus::Resolved : PathStatus::Failed;
    r.res = p.res;
    if (r.status == PathStatus::Failed) {
      r.failure.isLast = true;
      r.failure.span = segments.empty() ? Span() : segments.back().span;
    }
    break;
  case PathKind::NonModule:
    r.status = p.res.isErr() ? PathStatus::Error : PathStatus::Resolved;
    r.res = p.res;
    r.unresolved = p.unresolved;
    break;
  case PathKind::Failed: case PathKind::Indeterminate:
    r.failure = std::move(p.failure);
    break;
  }
  return r;
}

PathRes Scopes::path(const ast::Ast &ast, ast::PathId path, Namespace ns, ModuleId from, bool report) {
  llvm::SmallVector<Ident, 6> segments;
  for (const ast::PathSegment &s : ast.list(ast.paths[path].segments))
    segments.push_back(s.ident);
  return this->path(segments, ns, from, report);
}

DefId Scopes::entryFn(bool report) {
  Crate &local = crates_[kLocalCrate];
  if (Crates::findAttr(local.ast, local.attrs, sym::no_main))
    return DefId();
  DeclId decl = lookup_->globNames().best(local.rootModule(), sym::main, {}, Namespace::Value);
  if (decl.valid() && lookup_->decl(decl).res.isDef(DefKind::Fn))
    return lookup_->decl(decl).res.def;
  if (report && !(decl.valid() && lookup_->decl(decl).res.isErr())) {
    const Session &sess = crates_.session();
    Span end = local.span.shrinkToHi();
    crates_.session().diag.error(end, "E0601", "`main` function not found in crate `" + sess.str(local.name) + "`")
        .label(end, "consider adding a `main` function to `" + sess.sources.file(local.files[0]).name + "`");
  }
  return DefId();
}

// ---- traits in scope ----

llvm::ArrayRef<TraitInScope> Scopes::traitsOf(ModuleId module) {
  std::unique_ptr<std::vector<TraitInScope>> &cached = traits_[module];
  if (!cached) {
    cached = std::make_unique<std::vector<TraitInScope>>();
    lookup_->globNames().forEachName(module, GlobNames::Filter::Traits, [&](NameId, const Name &n) {
      cached->push_back({crates_.decl(n.best()).res.def, n.best()});
    });
  }
  return *cached;
}

void Scopes::forEachTraitInScope(ModuleId from, SyntaxContext ctxt, llvm::function_ref<void(const TraitInScope &)> f) {
  SyntaxContext normal = crates_.session().hygiene.normalizeToMacros20(ctxt);
  lookup_->visitScopes(ScopeSet::all(Namespace::Type), scopeAt(from), normal, Span().withCtxt(ctxt),
                       [&](const Scope &s, bool, SyntaxContext) {
                         ModuleId m;
                         if (s.kind == ScopeKind::ModuleNonGlobs)
                           m = s.module;
                         else if (s.kind == ScopeKind::StdLibPrelude)
                           m = crates_[crateOf(from)].prelude;
                         if (m.valid())
                           for (const TraitInScope &t : traitsOf(m))
                             f(t);
                         return false;
                       });
}

} // namespace ferric::resolve
