// Built-in cfgs (Reference: conditional compilation, "Set Configuration Options"; rustc_session::config::cfg).
// Features of x86-64 are derived from the target's and the command line's feature strings: `-sse` takes away what needs it.
#include "driver/target_cfg.h"
#include "llvm/ADT/StringSet.h"

namespace ferric::driver {

namespace {
// What each x86 feature needs (rustc_target::target_features, implied features), those that kernels and tests switch.
const std::pair<const char *, const char *> kNeeds[] = {
    {"sse2", "sse"}, {"sse3", "sse2"}, {"ssse3", "sse3"}, {"sse4.1", "ssse3"}, {"sse4.2", "sse4.1"}, {"avx", "sse4.2"}, {"avx2", "avx"},
    {"fma", "avx"}, {"f16c", "avx"}, {"avx512f", "avx2"}, {"aes", "sse2"}, {"pclmulqdq", "sse2"}, {"sha", "sse2"}, {"gfni", "sse2"},
};

void enable(llvm::StringSet<> &on, llvm::StringRef feature) {
  on.insert(feature);
  for (const auto &[f, needs] : kNeeds)
    if (feature == f)
      enable(on, needs);
}
void disable(llvm::StringSet<> &on, llvm::StringRef feature) {
  on.erase(feature);
  for (const auto &[f, needs] : kNeeds)
    if (feature == needs && on.contains(f))
      disable(on, f);
}
void applyFeatures(llvm::StringSet<> &on, llvm::StringRef features) {
  llvm::SmallVector<llvm::StringRef, 16> parts;
  features.split(parts, ',', -1, false);
  for (llvm::StringRef f : parts) {
    if (f.consume_front("+"))
      enable(on, f);
    else if (f.consume_front("-"))
      disable(on, f);
  }
}
} // namespace

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
  llvm::StringSet<> features;
  if (t.arch == "x86_64") {
    enable(features, "fxsr");
    enable(features, "x87");
    enable(features, "sse2");
  }
  applyFeatures(features, t.features);
  applyFeatures(features, o.targetFeatures);
  for (const auto &f : features)
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
