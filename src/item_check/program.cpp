// What a crate must have for something that runs to be made of it: the handler of panics, and a program its `main`
// (rustc_passes::{weak_lang_items, entry}, rustc_hir_analysis::check::entry).
#include "item_check/checker.h"
#include "resolve/scope.h"

namespace ferric::item_check {

// core declares it as a foreign function; whoever makes a program defines it.
static bool lacksPanicHandler(Tcx &tcx) {
  Symbol name = tcx.sess.symbols.intern("panic_impl");
  bool isDeclared = false;
  for (const std::unique_ptr<Crate> &crate : tcx.crates) {
    DefId def = crate->langItems.lookup(name);
    if (!def.valid())
      continue;
    if (tcx.defKind(tcx.parent(def)) != DefKind::ForeignMod)
      return false;
    isDeclared = true;
  }
  return isDeclared;
}

// `main` takes nothing, has no parameters and waits for nobody.
static void checkMain(Tcx &tcx, DefId main) {
  if (!main.isLocal())
    return;
  const hir::Item &item = *tcx.hirItem(main);
  Span span = tcx.def(main).span;
  auto refuse = [&](const char *code, Span at, const char *message) { tcx.sess.diag.error(at, code, message).label(at, message); };
  if (!item.decl.inputs.empty())
    tcx.sess.diag.error(span, "E0580", "`main` function has wrong type").label(span, "incorrect number of function parameters");
  else if (!item.generics.params.empty())
    refuse("E0131", item.generics.params.front().ident.span, "`main` function is not allowed to have generic parameters");
  else if (item.fnHeader.coroutine == hir::CoroutineKind::Async)
    refuse("E0752", span, "`main` function is not allowed to be `async`");
}

void checkProgram(Tcx &tcx) {
  const Options &o = tcx.sess.options;
  bool isLinked = o.makesLinkedOutput();
  if (isLinked && lacksPanicHandler(tcx))
    tcx.sess.diag.errorNoSpan("`#[panic_handler]` function required, but not found");
  if (!o.makes(CrateType::Bin))
    return;
  if (DefId main = tcx.scopes->entryFn(); main.valid())
    checkMain(tcx, main);
}

} // namespace ferric::item_check
