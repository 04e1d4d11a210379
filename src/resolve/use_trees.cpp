// `use` items are taken apart into single and glob imports, each with its full path (Reference: items/use-declarations;
// rustc_resolve::build_reduced_graph, build_reduced_graph_for_use_tree).
#include "resolve/resolver.h"

namespace ferric::resolve {

using namespace ast;

// Walks one `use` item.
class UseTreeBuilder {
public:
  UseTreeBuilder(Resolver &r, ItemId item, DefId def, DefVis vis, const ParentScope &scope)
      : r_(r), item_(item), def_(def), vis_(vis), scope_(scope), diag_(r.sess().diag) {}

  void add(const UseTree &tree, llvm::ArrayRef<Ident> parentPrefix, bool nested) {
    if (++depth_ > 256) {
      diag_.error(tree.span, "use tree is nested too deeply");
      return;
    }
    llvm::SmallVector<Ident, 8> prefix(parentPrefix.begin(), parentPrefix.end());
    Span prefixSpan = tree.span;
    if (tree.prefix.valid()) {
      prefixSpan = r_.ast().paths[tree.prefix].span;
      for (const PathSegment &s : r_.ast().list(r_.ast().paths[tree.prefix].segments))
        prefix.push_back(s.ident);
    }
    prependRoot(tree, prefix, prefixSpan);
    switch (tree.kind) {
    case UseTreeKind::Simple: addSimple(tree, prefix, nested); break;
    case UseTreeKind::Glob: addGlob(tree, prefix, nested); break;
    case UseTreeKind::Nested: addNested(tree, prefix); break;
    }
    --depth_;
  }

  Span rootSpan;

private:
  // Imports of the 2015 edition are relative to the crate root.
  void prependRoot(const UseTree &tree, llvm::SmallVectorImpl<Ident> &prefix, Span prefixSpan) {
    SyntaxContext ctxt;
    if (!prefix.empty()) {
      if (isPathSegmentKeyword(prefix[0].name) || r_.lookup_.edition(prefix[0].span, r_.crate_.id) != 2015)
        return;
      ctxt = prefix[0].span.ctxt;
    } else {
      if (tree.kind != UseTreeKind::Glob || r_.lookup_.edition(tree.span, r_.crate_.id) != 2015)
        return;
      ctxt = tree.span.ctxt;
    }
    prefix.insert(prefix.begin(), Ident{sym::path_root, prefixSpan.shrinkToLo().withCtxt(ctxt)});
  }

  Import base(const UseTree &tree, llvm::ArrayRef<Ident> path, bool nested) {
    Import i;
    i.path = r_.names().addPath(path);
    i.nested = nested;
    i.module = scope_.module;
    i.rules = scope_.rules.raw;
    i.expansion = scope_.expansion;
    i.vis = vis_;
    i.span = tree.span;
    i.rootSpan = rootSpan;
    i.item = item_;
    i.def = def_;
    return i;
  }

  // Keywords in places of the path where they mean nothing.
  bool checkSource(const UseTree &tree, Ident source, llvm::ArrayRef<Ident> module, bool typeNsOnly, bool isRename) {
    if (source.name == sym::dollar_crate || source.name == sym::kw_crate) {
      if (module.empty())
        return true;
      diag_.error(source.span, "`" + r_.sess().str(source) + "` in paths can only be used in start position");
      return false;
    }
    if (source.name == sym::kw_super) {
      for (size_t i = 0; i < module.size(); ++i)
        if (module[i].name != sym::kw_super && !(i == 0 && module[i].name == sym::kw_self)) {
          diag_.error(source.span, "`super` in paths can only be used in start position, after `self`, or after another `super`");
          return false;
        }
      return true;
    }
    if (source.name == sym::kw_self && !module.empty() && module.back().name == sym::path_root &&
        !r_.lookup_.pathRootIsCrateRoot(module.back(), r_.crate_.id)) {
      diag_.error(tree.span, "extern prelude cannot be imported");
      return false;
    }
    return true;
  }

  void addSimple(const UseTree &tree, llvm::SmallVectorImpl<Ident> &path, bool nested) {
    if (path.empty())
      return;
    Ident source = path.pop_back_val();
    bool typeNsOnly = nested && source.name == sym::kw_self;
    bool isRename = tree.rename.valid();
    if (source.name == sym::kw_self && !path.empty() && !typeNsOnly &&
        (path.back().name != sym::path_root || r_.lookup_.pathRootIsCrateRoot(path.back(), r_.crate_.id)))
      diag_.error(path.back().span.shrinkToHi().to(source.span), "E0429", "`self` imports are only allowed within a { } list");
    Ident target = isRename ? tree.rename : source;
    if (source.name == sym::kw_self && !isRename && !path.empty())
      target = {path.back().name, source.span};
    if (!checkSource(tree, source, path, typeNsOnly, isRename))
      return;
    if (!isRename && isPathSegmentKeyword(target.name)) {
      diag_.error(source.span, "imports need to be explicitly named").suggest(source.span, "try renaming it with a name", r_.sess().str(source) + " as name", diag::Applicability::HasPlaceholders);
      return;
    }
    Import import = base(tree, path, nested);
    import.kind = ImportKind::Single;
    import.typeNsOnly = typeNsOnly;
    import.pending = typeNsOnly ? 1 : 7;
    import.source = source;
    import.target = target;
    r_.addImport(import);
  }

  void addGlob(const UseTree &tree, llvm::ArrayRef<Ident> path, bool nested) {
    if (!Crates::findAttr(r_.ast(), r_.ast().items[item_].attrs, sym::prelude_import)) {
      Import import = base(tree, path, nested);
      import.kind = ImportKind::Glob;
      r_.addImport(import);
      return;
    }
    PathLookup p = r_.lookup_.path(path, std::nullopt, r_.lookupScope(scope_));
    if (p.kind == PathKind::Module && p.module.isModule())
      r_.crate_.prelude = p.module.module;
    else if (!diag_.hasErrors())
      diag_.error(tree.span, "cannot resolve a prelude import");
  }

  void addNested(const UseTree &tree, llvm::SmallVectorImpl<Ident> &prefix) {
    llvm::ArrayRef<UseTree> list = r_.ast().list(tree.nested);
    for (const UseTree &t : list)
      add(t, prefix, true);
    // `use a::b::{}` still checks the path.
    if (list.empty() && !prefix.empty() && (prefix.size() > 1 || prefix[0].name != sym::path_root)) {
      Import import = base(tree, prefix, true);
      import.kind = ImportKind::Single;
      import.typeNsOnly = true;
      import.pending = 1;
      import.source = {sym::kw_self, prefix.back().span};
      import.target = {sym::underscore, prefix.back().span};
      import.vis = {r_.names()[scope_.module].normal};
      r_.addImport(import);
    }
  }

  Resolver &r_;
  ItemId item_;
  DefId def_;
  DefVis vis_;
  const ParentScope &scope_;
  diag::Diagnostics &diag_;
  unsigned depth_ = 0;
};

void Resolver::addUse(ItemId id, DefId def, DefVis vis, const ParentScope &scope) {
  UseTreeBuilder b(*this, id, def, vis, scope);
  const UseTree &tree = ast().get<UseItem>(id).tree;
  b.rootSpan = tree.span;
  b.add(tree, {}, false);
}

} // namespace ferric::resolve
