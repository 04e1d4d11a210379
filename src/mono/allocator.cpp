// The rules of #[global_allocator] and #[alloc_error_handler] over the crates of a program (rustc_metadata::creader,
// rustc_codegen_ssa::base::allocator_shim_contents). The attributes expand to functions with the names that are looked
// for here: definitions with #[rustc_std_internal_symbol], where alloc has only foreign declarations of them.
#include "mono/allocator.h"

namespace ferric::mono {

static bool needsAllocator(ty::Ctx &tcx) {
  Symbol attr = tcx.sess.symbols.intern("needs_allocator");
  return llvm::any_of(tcx.crates,
                      [&](const std::unique_ptr<Crate> &c) { return Crates::findAttr(c->ast, c->attrs, attr); });
}

// The functions of the runtime called `name` that crates define.
static llvm::SmallVector<DefId, 2> definitions(ty::Ctx &tcx, llvm::StringRef name) {
  llvm::SmallVector<DefId, 2> found;
  size_t known = tcx.sess.symbols.size();
  Symbol symbol = tcx.sess.symbols.intern(name), internal = tcx.sess.symbols.intern("rustc_std_internal_symbol");
  if (symbol.raw >= known) // nothing in any crate is called so
    return found;
  for (const std::unique_ptr<Crate> &c : tcx.crates) {
    for (uint32_t i = 0, n = c->defs.size(); i < n; ++i) {
      DefId def(c->id, i);
      const Def &d = tcx.def(def);
      if (d.name == symbol && d.kind == DefKind::Fn && tcx.defKind(d.parent) != DefKind::ForeignMod &&
          tcx.crates.hasAttr(def, internal))
        found.push_back(def);
    }
  }
  return found;
}

AllocatorShim allocatorShim(ty::Ctx &tcx) {
  AllocatorShim shim;
  if (!tcx.sess.options.makesLinkedOutput() || !needsAllocator(tcx))
    return shim;
  shim.needed = true;
  if (definitions(tcx, "__rust_alloc_error_handler").empty())
    for (DefId def : definitions(tcx, "__rdl_alloc_error_handler"))
      shim.defaultErrorHandler = def;
  return shim;
}

static void checkOne(ty::Ctx &tcx, llvm::StringRef function, llvm::StringRef what) {
  llvm::SmallVector<DefId, 2> found = definitions(tcx, function);
  for (size_t i = 1; i < found.size(); ++i) {
    Span span = tcx.def(found[i]).span.withCtxt({}), first = tcx.def(found[0]).span.withCtxt({});
    if (found[0].crate() == found[i].crate())
      tcx.sess.diag.error(span, "cannot define multiple " + what + "s")
          .label(first, "previous " + what + " defined here")
          .label(span, "cannot define a new " + what);
    else
      tcx.sess.diag.errorNoSpan("the `#[" +
                                std::string(what == "global allocator" ? "global_allocator" : "alloc_error_handler") +
                                "]` in " + tcx.sess.str(tcx.crates[found[0].crate()].name).str() +
                                " conflicts with the one in " + tcx.sess.str(tcx.crates[found[i].crate()].name).str());
  }
}

void checkAllocator(ty::Ctx &tcx) {
  checkOne(tcx, "__rust_alloc", "global allocator");
  checkOne(tcx, "__rust_alloc_error_handler", "allocation error handler");
  if (tcx.sess.options.makesLinkedOutput() && needsAllocator(tcx) && definitions(tcx, "__rust_alloc").empty())
    tcx.sess.diag.errorNoSpan("no global memory allocator found but one is required; add `#[global_allocator]` to a "
                              "static item that implements the GlobalAlloc trait");
}

} // namespace ferric::mono
