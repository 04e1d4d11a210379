// Source of the rules: rustc_session::session, validate_commandline_args_with_session_available.
#include "driver/option_checks.h"
#include "diag/lints.h"
#include "codegen/codegen.h"
#include "llvm/Support/FileSystem.h"

namespace ferric::driver {

// Of -C target-feature; rustc passes it over as well.
static void warnOfUnsigned(Session &sess) {
  llvm::SmallVector<llvm::StringRef, 8> items;
  llvm::StringRef(sess.options.targetFeatures).split(items, ',', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef item : items)
    if (!item.starts_with("+") && !item.starts_with("-"))
      sess.diag.warningNoSpan("unknown feature specified for `-Ctarget-feature`: `" + item + "`")
          .note("features must begin with a `+` to enable or `-` to disable it")
          .emit();
}

// Of -o (rustc_session::config::build_output_filenames).
static void warnOfOutput(Session &sess) {
  const Options &o = sess.options;
  if (o.output.empty())
    return;
  if (codegen::sharesOutput(o))
    sess.diag.warningNoSpan("due to multiple output types requested, the explicitly specified output file name will be adapted for each output type").emit();
  else if (!o.extraFilename.empty())
    sess.diag.warningNoSpan("ignoring -C extra-filename flag due to -o flag").emit();
  if (!o.outDir.empty())
    sess.diag.warningNoSpan("ignoring --out-dir flag due to -o flag").emit();
}

static llvm::StringRef nameOf(CrateType type) {
  switch (type) {
  case CrateType::Bin: return "bin";
  case CrateType::Rlib: return "rlib";
  case CrateType::Staticlib: return "staticlib";
  case CrateType::Cdylib: return "cdylib";
  case CrateType::Dylib: return "dylib";
  case CrateType::ProcMacro: return "proc-macro";
  }
  UNREACHABLE("crate type");
}

void dropUnsupportedCrateTypes(Session &sess, Options &options, const layout::TargetSpec &target) {
  llvm::erase_if(options.crateTypes, [&](CrateType type) {
    bool isDynamic = type == CrateType::Cdylib || type == CrateType::Dylib || type == CrateType::ProcMacro;
    bool has = type == CrateType::Bin ? target.executables : !isDynamic || target.dynamicLinking;
    if (!has)
      sess.diag.warningNoSpan("dropping unsupported crate type `" + nameOf(type) + "` for target `" + target.name + "`").emit();
    return !has;
  });
}

// Names of -A, -W, -D and -F that no lint has (rustc_lint::levels, check_lint_name_cmdline).
static void warnOfLintNames(Session &sess) {
  for (const auto &[name, level] : sess.diag.config.lintLevels) {
    diag::LintName lint = diag::lintNamed(name);
    if (lint.kind == diag::LintNameKind::Known || llvm::StringRef(name).contains("::"))
      continue;
    bool isUnknown = lint.kind == diag::LintNameKind::Unknown, isRenamed = lint.kind == diag::LintNameKind::Renamed;
    std::string text = isUnknown ? "unknown lint: `" + name + "`" : "lint `" + name + "` has been " + (isRenamed ? "renamed to `" + lint.other.str() + "`" : "removed");
    diag::Builder b = sess.diag.lint(Span(), isUnknown ? "unknown_lints" : "renamed_and_removed_lints", diag::LintLevel::Warn, text);
    if (isUnknown)
      b.code("E0602");
    if (!lint.other.empty())
      b.help((isRenamed ? "use the new name `" : "did you mean: `") + lint.other + "`");
    b.note(llvm::Twine("requested on the command line with `-") + llvm::StringRef("AAWDF").substr(unsigned(level), 1) + " " + name + "`");
  }
}

bool checkOptions(Session &sess, const layout::TargetSpec &target) {
  const Options &o = sess.options;
  auto refuse = [&](bool wrong, const llvm::Twine &message) {
    if (wrong)
      sess.diag.errorNoSpan(message).emit();
  };
  refuse(o.makes(CrateType::Bin) && o.crateTypes.size() > 1, "cannot mix `bin` crate type with others");
  if (o.makes(CrateType::Dylib) && o.emitsKind(EmitKind::Link))
    sess.diag.errorNoSpan("Ferric cannot make crates of type `dylib` yet")
        .help("use `rlib` for a crate that others are compiled against, `cdylib` for a library that programs in other languages load")
        .emit();
  bool isAArch64 = target.arch == "aarch64";
  bool fixedX18 = llvm::StringRef(o.targetFeatures).contains("+reserve-x18");
  refuse(!o.code.branchProtection.empty() && !isAArch64, "`-Zbranch-protection` is only supported on aarch64");
  refuse(fixedX18 && !isAArch64, "the `-Zfixed-x18` flag is not supported on the `" + target.arch + "` architecture");
  bool shadowStack = llvm::is_contained(o.code.sanitizers, "shadow-call-stack");
  refuse(shadowStack && !isAArch64 && target.arch != "riscv64",
         "shadow-call-stack sanitizer is not supported for this target");
  refuse(shadowStack && isAArch64 && !fixedX18,
         "shadow-call-stack sanitizer requires `-Zfixed-x18`: the register holds the stack");
  for (auto [file, option] :
       {std::pair(&o.code.profileUse, "-C profile-use"), std::pair(&o.code.profileSampleUse, "-C profile-sample-use")})
    refuse(!file->empty() && !llvm::sys::fs::exists(*file),
           "file `" + *file + "` passed to `" + option + "` does not exist");
  refuse(o.code.profileGenerate && !o.code.profileUse.empty(),
         "options `-C profile-generate` and `-C profile-use` are exclusive");
  warnOfUnsigned(sess);
  warnOfLintNames(sess);
  warnOfOutput(sess);
  return !sess.diag.hasErrors();
}

} // namespace ferric::driver
