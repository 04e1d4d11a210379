// Paths: segment by segment, the first in lexical scope, the others in the module that the previous one names
// (rustc_resolve::ident, resolve_path_with_ribs; Reference: paths). A path whose prefix is a type stops there, the
// rest is associated items for type checking.
#include "resolve/lookup.h"

namespace ferric::resolve {

static bool isTypeRes(const Res &res) {
  if (res.kind == ResKind::PrimTy || res.kind == ResKind::SelfTyAlias || res.kind == ResKind::SelfTyParam)
    return true;
  if (res.kind != ResKind::Def)
    return false;
  switch (res.defKind) {
  case DefKind::Struct: case DefKind::Union: case DefKind::Enum: case DefKind::Trait: case DefKind::TraitAlias:
  case DefKind::TyAlias: case DefKind::AssocTy: case DefKind::TyParam: case DefKind::OpaqueTy: case DefKind::ForeignTy:
    return true;
  default:
    return false;
  }
}

static const char *nsDescr(Namespace ns) {
  return ns == Namespace::Type ? "type" : ns == Namespace::Value ? "value" : "macro";
}

static PathLookup failed(PathFailure f) {
  PathLookup r;
  r.kind = PathKind::Failed;
  r.failure = std::move(f);
  return r;
}

static PathFailure failure(size_t at, bool last, Ident ident, PathRoot in, const llvm::Twine &message, const llvm::Twine &label) {
  return {unsigned(at), last, ident.span, message.str(), label.str(), in};
}

PathLookup Lookup::path(llvm::ArrayRef<Ident> path, std::optional<Namespace> wantNs, const LookupScope &from,
                        const Finalize *finalize, DeclId ignoreDecl, ImportId ignoreImport) {
  PathRoot module;
  DeclId moduleDecl;
  bool allowSuper = true;
  CrateId here = crateOf(from.module);
  for (size_t i = 0; i < path.size(); ++i) {
    Ident ident = path[i];
    bool last = i + 1 == path.size();
    Namespace ns = last ? wantNs.value_or(Namespace::Type) : Namespace::Type;
    Symbol name = ident.name;
    allowSuper &= ns == Namespace::Type && (name == sym::kw_self || name == sym::kw_super);
    if (ns == Namespace::Type) {
      if (allowSuper && name == sym::kw_super) {
        ModuleId up;
        if (i == 0)
          up = superOf(ident, ModuleId(), from);
        else if (module.isModule())
          up = superOf(ident, module.module, from);
        if (!up.valid())
          return failed(failure(i, false, ident, module, "too many leading `super` keywords",
                                "there are too many leading `super` keywords"));
        module = PathRoot::of(up);
        continue;
      }
      if (i == 0) {
        if (name == sym::kw_self) {
          SyntaxContext ctxt = hygiene_.normalizeToMacros20(ident.span.ctxt);
          module = PathRoot::of(resolveSelf(ctxt, from.module));
          continue;
        }
        if (name == sym::path_root && edition(ident.span, here) >= 2018) {
          module = {RootKind::ExternPrelude, {}};
          continue;
        }
        if (name == sym::path_root && crates_[here].edition >= 2018) {
          module = {RootKind::ModuleAndExternPrelude, crateRoot(ident, from)};
          continue;
        }
        if (name == sym::path_root || name == sym::kw_crate || name == sym::dollar_crate) {
          module = PathRoot::of(crateRoot(ident, from));
          continue;
        }
      }
    }
    if (i != 0 && isPathSegmentKeyword(name)) {
      std::string text = name == sym::path_root ? "the crate root" : ("`" + sess_.str(name) + "`").str();
      if (i == 1 && path[0].name == sym::path_root)
        return failed(failure(i, false, ident, module, "global paths cannot start with " + text, "cannot start with this"));
      return failed(failure(i, false, ident, module, text + " in paths can only be used in start position",
                            "can only be used in path start position"));
    }

    LookupResult r = module.kind != RootKind::None
                         ? inRoot(module, ident, ns, from, finalize, ignoreDecl, ignoreImport)
                         : inScopes(key(ident), ScopeSet::all(ns), from, finalize, ignoreDecl, ignoreImport);
    if (!r.ok()) {
      if (r.determinacy == Determinacy::Undetermined && !finalize) {
        PathLookup out;
        out.kind = PathKind::Indeterminate;
        return out;
      }
      // Not in an enum or trait: an associated item, for type checking.
      if (module.isModule() && wantNs && !crates_.module(module.module).isNormal() && !crates_.module(module.module).isBlock) {
        PathLookup out;
        out.kind = PathKind::NonModule;
        out.res = crates_.res(crates_.module(module.module).def);
        out.decl = moduleDecl;
        out.unresolved = unsigned(path.size() - i);
        return out;
      }
      return failed(pathFailure(path, i, wantNs, module, from));
    }

    const Res res = decl(r.decl).res;
    bool maybeAssoc = wantNs != Namespace::Macro && isTypeRes(res);
    if (isModuleLike(res)) {
      module = PathRoot::of(crates_.moduleOf(res.def));
      moduleDecl = r.decl;
      continue;
    }
    PathLookup out;
    out.kind = PathKind::NonModule;
    out.decl = r.decl;
    if (res.kind == ResKind::ToolMod && !last && wantNs) {
      out.res = Res::ofAttr(NonMacroAttrKind::Tool);
      return out;
    }
    if (res.isErr())
      return out;
    if (wantNs && (last || maybeAssoc)) {
      out.res = res;
      out.unresolved = unsigned(path.size() - i - 1);
      return out;
    }
    std::string scope = i == 0 ? "this scope" : path[i - 1].name == sym::path_root ? "the crate root" : ("`" + sess_.str(path[i - 1]) + "`").str();
    const char *descr = crates_.descr(res);
    return failed(failure(i, last, ident, module, "cannot find module `" + sess_.str(ident) + "` in " + scope,
                          "`" + sess_.str(ident) + "` is " + Crates::article(descr) + " " + descr + ", not a module"));
  }
  PathLookup out;
  out.kind = PathKind::Module;
  out.module = module.kind == RootKind::None ? PathRoot{RootKind::CurrentScope, {}} : module;
  out.decl = moduleDecl;
  if (module.isModule() && crates_.module(module.module).def.valid())
    out.res = crates_.res(crates_.module(module.module).def);
  return out;
}

PathFailure Lookup::pathFailure(llvm::ArrayRef<Ident> path, size_t at, std::optional<Namespace> wantNs, PathRoot module,
                                const LookupScope &from) {
  Ident ident = path[at];
  bool last = at + 1 == path.size();
  Namespace ns = last ? wantNs.value_or(Namespace::Type) : Namespace::Type;
  std::string name = sess_.str(ident).str();
  std::string scope = at == 0 ? "this scope" : path[at - 1].name == sym::path_root ? "the crate root" : ("`" + sess_.str(path[at - 1]) + "`").str();
  std::string message = "cannot find `" + name + "` in " + scope;
  std::string label;
  bool inRootModule = module.isModule() && indexOf(module.module) == 0;
  if (inRootModule) {
    if (ident.name == sym::underscore) {
      message = "invalid crate or module name `_`";
      label = "`_` is not a valid crate or module name";
    } else if (crates_[crateOf(from.module)].edition == 2015) {
      message = "cannot find module or crate `" + name + "` in " + scope;
      label = "use of unresolved module or unlinked crate `" + name + "`";
    } else {
      label = "could not find `" + name + "` in the crate root";
    }
  } else if (at > 0) {
    Symbol prev = path[at - 1].name;
    std::string parent = "`" + sess_.str(prev).str() + "`";
    if (prev == sym::path_root)
      parent = crates_[crateOf(from.module)].edition > 2015 ? "the list of imported crates" : "the crate root";
    else if (prev == sym::kw_crate)
      parent = "the crate root";
    label = "could not find `" + name + "` in " + parent;
    if (ns != Namespace::Macro) {
      Namespace other = ns == Namespace::Type ? Namespace::Value : Namespace::Type;
      LookupResult r = inRoot(module, ident, other, from);
      if (r.ok())
        label = std::string("expected ") + nsDescr(ns) + ", found " + crates_.descr(decl(r.decl).res) + " `" + name + "` in " + parent;
    }
  } else if (ident.name == sym::kw_Self) {
    label = wantNs ? "`Self` is only available in impls, traits, and type definitions" : "`Self` cannot be used in imports";
  } else if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') {
    message = "cannot find type `" + name + "` in " + scope;
    label = "use of undeclared type `" + name + "`";
  } else {
    message = "cannot find module or crate `" + name + "` in " + scope;
    LookupResult r = inScopes(key(ident), ScopeSet::all(Namespace::Value), from);
    label = r.ok() ? std::string(crates_.descr(decl(r.decl).res)) + " `" + name + "` is not a crate or module"
                   : "use of unresolved module or unlinked crate `" + name + "`";
  }
  return failure(at, last, ident, module, message, label);
}

} // namespace ferric::resolve
