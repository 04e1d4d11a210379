// Visibilities are resolved as items are met: their paths lead to enclosing modules only, which are known
// (Reference: visibility-and-privacy).
#include "resolve/resolver.h"

namespace ferric::resolve {

using namespace ast;

DefVis Resolver::resolveVis(const Visibility &vis, const ParentScope &scope, bool report) {
  const Module &here = names()[scope.module];
  if (vis.kind == VisKind::Public)
    return {};
  if (vis.kind == VisKind::Inherited) {
    // Variants, their fields and trait items are as visible as the enum or trait.
    if (!here.isBlock && here.kind != DefKind::Mod)
      return crate_.defs[here.def].vis;
    return {here.normal};
  }
  llvm::SmallVector<Ident, 4> path;
  for (const PathSegment &s : ast().list(ast().paths[vis.path].segments))
    path.push_back(s.ident);
  Span span = ast().paths[vis.path].span;
  if (path.empty())
    return {};
  diag::Diagnostics &diag = sess().diag;
  if (!isPathSegmentKeyword(path[0].name)) {
    if (lookup_.edition(path[0].span, crate_.id) >= 2018) {
      if (report)
        diag.error(path[0].span, "relative paths are not supported in visibilities of 2018 edition or later")
            .suggest(path[0].span, "try", "crate::" + sess().str(path[0]));
      return {};
    }
    path.insert(path.begin(), Ident{sym::path_root, span.shrinkToLo().withCtxt(path[0].span.ctxt)});
  }
  Finalize finalize;
  finalize.pathSpan = finalize.rootSpan = span;
  PathLookup r = lookup_.path(path, std::nullopt, lookupScope(scope), report ? &finalize : nullptr);
  if (r.kind == PathKind::Module && r.module.isModule() && names()[r.module.module].isNormal()) {
    DefVis result{names()[r.module.module].def};
    if (crateOf(r.module.module) == crate_.id && crates_.isAccessible(result, scope.module))
      return result;
    if (report)
      diag.error(span, "E0742", "visibilities can only be restricted to ancestor modules");
    return {};
  }
  if (!report)
    return {};
  switch (r.kind) {
  case PathKind::Module:
    if (r.module.isModule() && !names()[r.module.module].isBlock)
      diag.error(span, "E0577", llvm::Twine("expected module, found ") + crates_.descr(r.res) + " `" + crates_.session().str(path.back()) + "`")
          .label(span, "not a module");
    else
      diag.error(span, "visibility must resolve to a module");
    break;
  case PathKind::NonModule:
    if (!r.res.isErr())
      diag.error(span, "E0577", llvm::Twine("expected module, found ") + crates_.descr(r.res) + " `" + sess().str(path.back()) + "`").label(span, "not a module");
    break;
  case PathKind::Failed:
    diag.error(r.failure.span, "E0433", r.failure.message).label(r.failure.span, r.failure.label);
    break;
  case PathKind::Indeterminate:
    diag.error(span, "E0578", "cannot determine resolution for the visibility");
    break;
  }
  return {};
}

} // namespace ferric::resolve
