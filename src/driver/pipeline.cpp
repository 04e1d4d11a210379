// The compiler on one page: each phase once, in order, timed, with the flag that stops after it and
// prints what it made. Phases below the line are lazy: what is asked of them decides how much they do.
#include "driver/pipeline.h"
#include "driver/front_end.h"
#include "driver/phases.h"
#include "driver/target_cfg.h"

namespace ferric::driver {

int compile(Session &sess) {
  const layout::TargetSpec *target = layout::builtinTarget(sess.options.target);
  if (!target) {
    sess.diag.errorNoSpan("error loading target specification: could not find specification for target `" + sess.options.target + "`")
        .help("run `ferric --print target-list` for a list of built-in targets").emit();
    return 1;
  }
  auto stop = [&] { return sess.diag.hasErrors() ? 1 : 0; };
  llvm::StringRef unpretty = sess.options.unpretty;

  // ---- eager: every item of every crate ----
  Crates crates(sess);
  FrontEnd frontEnd(sess, crates, *target);
  if (!frontEnd.open())
    return 1;
  if (unpretty == "tokens")
    return frontEnd.printTokens(llvm::outs()), stop();
  if (unpretty == "ast-tree" || unpretty == "normal")
    return frontEnd.printAst(llvm::outs(), unpretty == "ast-tree"), stop();
  if (!frontEnd.run())
    return 1;
  if (unpretty == "expanded")
    return frontEnd.printExpanded(llvm::outs()), stop();
  if (unpretty == "resolved")
    return frontEnd.printResolved(llvm::outs()), stop();
  return stop();
}

} // namespace ferric::driver
