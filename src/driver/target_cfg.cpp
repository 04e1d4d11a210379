// Built-in cfgs (Reference: conditional compilation, "Set Configuration Options"; rustc_session::config::cfg).
#include "driver/target_cfg.h"
#include "target/features.h"

namespace ferric::driver {

std::vector<std::string> targetCfgs(const Options &o, const layout::TargetSpec &t) {
  std::vector<std::string> out;
  auto flag = [&](bool on, const char *name) { if (on) out.push_back(name); };
  auto value = [&](const char *name, llvm::StringRef v) { out.push_back((llvm::Twine(name) + "=\"" + v + "\"").str()); };
  flag(o.debugAssertionsOn(), "debug_assertions");
  flag(o.overflowChecksOn(), "overflow_checks");
  flag(o.ubChecks.value_or(o.debugAssertionsOn()), "ub_checks");
  value("fmt_debug", "full");
  PanicStrategy panic = o.panicGiven ? o.panic : t.panicAbort ? PanicStrategy::Abort : PanicStrategy::Unwind;
  value("panic", panic == PanicStrategy::Unwind ? "unwind" : "abort");
  if (panic == PanicStrategy::ImmediateAbort)
    value("panic", "immediate-abort");
  value("relocation_model", o.relocationModel.empty() ? t.relocationModel : o.relocationModel);
  value("target_abi", t.abi);
  value("target_arch", t.arch);
  value("target_endian", t.littleEndian ? "little" : "big");
  value("target_env", t.env);
  for (const std::string &family : t.families) {
    value("target_family", family);
    out.push_back(family);
  }
  for (const auto &f : target::enabledFeatures(t.arch, t.features, o.targetFeatures))
    if (f.getKey() != "soft-float")
      value("target_feature", f.getKey());
  flag(t.maxAtomicBits > 0, "target_has_atomic");
  flag(t.maxAtomicBits > 0, "target_has_atomic_load_store");
  for (const char *which : {"target_has_atomic", "target_has_atomic_equal_alignment", "target_has_atomic_load_store"}) {
    for (unsigned bits = 8; bits <= t.maxAtomicBits; bits *= 2)
      value(which, llvm::utostr(bits));
    value(which, "ptr");
  }
  flag(true, "target_has_reliable_f16");
  flag(true, "target_has_reliable_f16_math");
  flag(true, "target_has_reliable_f128");
  value("target_os", t.os);
  value("target_pointer_width", llvm::utostr(t.pointerBytes * 8));
  flag(t.hasThreadLocal && t.os != "none", "target_thread_local");
  value("target_vendor", t.vendor);
  llvm::sort(out);
  return out;
}

} // namespace ferric::driver
