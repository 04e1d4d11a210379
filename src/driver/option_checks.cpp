// Source of the rules: rustc_session::session, validate_commandline_args_with_session_available.
#include "driver/option_checks.h"
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

bool checkOptions(Session &sess, const layout::TargetSpec &target) {
  const Options &o = sess.options;
  auto refuse = [&](bool wrong, const llvm::Twine &message) {
    if (wrong)
      sess.diag.errorNoSpan(message).emit();
  };
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
  return !sess.diag.hasErrors();
}

} // namespace ferric::driver
