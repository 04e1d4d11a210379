// The compiler on one page: each phase once, in order, timed, with the flag that stops after it and
// prints what it made. Phases below the line are lazy: what is asked of them decides how much they do.
#include "driver/pipeline.h"
#include "codegen/codegen.h"
#include "driver/analysis.h"
#include "driver/check_cfg.h"
#include "driver/dashboard.h"
#include "driver/dep_files.h"
#include "driver/front_end.h"
#include "driver/item_dumps.h"
#include "driver/lint_levels.h"
#include "driver/option_checks.h"
#include "driver/phases.h"
#include "driver/target_cfg.h"
#include "driver/target_json.h"
#include "item_check/native_libs.h"
#include "layout/layout.h"
#include "mir/alloc.h"
#include "mir_transform/mir_transform.h"
#include "mono/allocator.h"
#include "resolve/scope.h"
#include "typeck/typeck.h"
#include "llvm/Support/raw_ostream.h"

namespace ferric::driver {

// --emit=mir; true when nothing is left for code generation to emit.
static bool emitMir(ty::Ctx &tcx) {
  const Options &o = tcx.sess.options;
  bool others = o.emits.empty();
  for (const EmitRequest &r : o.emits) {
    if (r.kind != EmitKind::Mir) {
      others |= r.kind != EmitKind::Metadata && r.kind != EmitKind::DepInfo;
      continue;
    }
    std::string path = codegen::outputPath(o, tcx.sess.str(tcx.crates[kLocalCrate].name), r);
    if (llvm::Error e = llvm::writeToOutput(path, [&](llvm::raw_ostream &os) { printMir(tcx, os); return llvm::Error::success(); }))
      tcx.sess.diag.errorNoSpan("couldn't write `" + path + "`: " + llvm::toString(std::move(e)));
  }
  return !others;
}

// Whether files of other crates are linked or named, beside those that the source led to.
static bool needsDependencies(const Options &o) {
  return o.binaryDepInfo || (o.emitsKind(EmitKind::Link) && o.makesLinkedOutput());
}

int compile(Session &sess) {
  const layout::TargetSpec *target = findTarget(sess);
  if (!target)
    return 1;
  learnProcessor(sess.options, *target);
  auto stop = [&] { return sess.diag.hasErrors() ? 1 : 0; };
  llvm::StringRef unpretty = sess.options.unpretty;

  // ---- eager: every item of every crate ----
  Crates &crates = *new Crates(sess); // these two live until the process ends, which gives their memory back in one step
  FrontEnd &frontEnd = *new FrontEnd(sess, crates, *target);
  if (!frontEnd.open())
    return 1;
  dropUnsupportedCrateTypes(sess, sess.options, *target);
  if (!checkCfgOptions(sess) || !checkOptions(sess, *target))
    return 1;
  if (unpretty == "tokens")
    return frontEnd.printTokens(llvm::outs()), stop();
  if (sess.options.parseOnly)
    return frontEnd.printAst(llvm::nulls(), false), stop();
  if (unpretty == "ast-tree" || unpretty == "normal")
    return frontEnd.printAst(llvm::outs(), unpretty == "ast-tree"), stop();
  if (!frontEnd.run())
    return 1;
  if (unpretty == "expanded")
    return frontEnd.printExpanded(llvm::outs()), stop();
  if (unpretty == "resolved")
    return frontEnd.printResolved(llvm::outs()), stop();
  if (unpretty == "none" || sess.options.noAnalysis)
    return stop();
  if (!makeOutDir(sess))
    return 1;

  // ---- lazy: queries; everything of the local crate, of the others what is reached ----
  ty::Ctx &tcx = *new ty::Ctx(sess, crates); // lives as long
  tcx.allocs = new mir::AllocTable;
  tcx.scopes = new resolve::Scopes(crates);
  tcx.target = target;
  registerProviders(tcx);
  if (sess.options.printLintLevels)
    return printLintLevels(tcx), stop();
  if (unpretty == "hir")
    return printHir(tcx, llvm::outs()), stop();
  if (unpretty == "signatures")
    return printSignatures(tcx, llvm::outs()), stop();
  if (unpretty == "type-sizes")
    return printLayouts(tcx, llvm::outs()), stop();
  if (unpretty == "check-headers" || unpretty == "check-bodies")
    return checkHeaders(tcx, llvm::outs(), unpretty == "check-bodies"), stop();
  if (sess.options.checkAllBodies) {
    checkAllBodies(tcx, llvm::outs());
    if (sess.options.printTypeSizes)
      layout::printTypeSizes(tcx, llvm::outs());
    return 0; // failures are what it counts
  }
  {
    Phase phase(sess, "item_types_checking");
    checkItems(tcx);
    mono::checkAllocator(tcx);
  }
  std::vector<NativeLib> nativeLibs = item_check::nativeLibs(tcx);
  mono::References references;
  std::vector<mir_build::UnusedValue> unused;
  {
    Phase phase(sess, "typeck_and_mir");
    checkBodies(tcx, /*typesOnly=*/unpretty == "thir-tree", references, unused);
  }
  if (unpretty == "thir-tree")
    return printTypes(tcx, llvm::outs()), stop();
  if (unpretty == "mir")
    return printMir(tcx, llvm::outs()), stop();
  {
    Phase phase(sess, "const_evaluation");
    evalConstants(tcx);
    if (!sess.diag.hasErrors())
      lintBodies(tcx, unused);
  }
  if (sess.diag.hasErrors() || sess.options.noCodegen)
    return stop();
  metadata::Manifest manifest = frontEnd.manifest(nativeLibs);
  sess.sources.releasePages();
  std::vector<mono::MonoItem> items;
  bool makesCode = !emitMir(tcx) || sess.options.printMonoItems;
  if (makesCode) {
    frontEnd.useLibraryCode();
    Phase phase(sess, "monomorphization_collector");
    items = mono::collect(tcx, references);
    manifest.exports = metadata::Lines(mono::exportedFunctions(tcx, items));
  }
  if (sess.options.printMonoItems)
    mono::printItems(tcx, items, llvm::outs());
  if (sess.diag.hasErrors())
    return 1;
  std::optional<std::vector<metadata::Dependency>> dependencies(std::in_place);
  if (needsDependencies(sess.options) && !(dependencies = frontEnd.dependencies()))
    return 1;
  std::string metadata = leavesMetadata(sess.options) ? metadata::encode(manifest) : "";
  emitMetadata(sess, crates, metadata);
  emitDepInfo(sess, crates, frontEnd.trackedPaths(), *dependencies);
  if (!makesCode || sess.diag.hasErrors())
    return stop();
  {
    Phase phase(sess, "codegen_crate");
    forgetUnusedMir(tcx, items);
    codegen::codegenCrate(tcx, kLocalCrate, items, {std::move(metadata), std::move(nativeLibs), *dependencies},
                          [&] { forgetUnusedMir(tcx, {}); });
  }
  if (sess.options.printTypeSizes)
    layout::printTypeSizes(tcx, llvm::outs());
  return stop();
}

} // namespace ferric::driver
