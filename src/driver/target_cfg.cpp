// Built-in cfgs (Reference: conditional compilation, "Set Configuration Options"; rustc_session::config::cfg).
#include "driver/target_cfg.h"
#include "codegen/target_info.h"
#include "target/features.h"

namespace ferric::driver {

// Where there is a library with functions for f128 (rustc_codegen_llvm::llvm_util, update_target_reliable_float_cfg).
static bool hasF128Math(const layout::TargetSpec &t) { return t.os == "linux" && t.env != "musl" && t.pointerBytes == 8 && t.arch != "x86_64"; }

std::vector<std::string> targetCfgs(const Options &o, const layout::TargetSpec &t) {
  std::vector<std::string> out;
  auto flag = [&](bool on, const char *name) { if (on) out.push_back(name); };
  auto value = [&](const char *name, llvm::StringRef v) { out.push_back((llvm::Twine(name) + "=\"" + v + "\"").str()); };
  flag(o.debugAssertionsOn(), "debug_assertions");
  flag(o.overflowChecksOn(), "overflow_checks");
  flag(o.ubChecks.value_or(o.debugAssertionsOn()), "ub_checks");
  flag(true, "emscripten_wasm_eh"); // an option of rustc that is on for all targets
  value("fmt_debug", o.fmtDebug.empty() ? "full" : o.fmtDebug);
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
  llvm::StringSet<> features = target::enabledFeatures(t.arch, {t.features, o.cpuFeatures, o.targetFeatures});
  for (llvm::StringRef f : target::knownFeatures(t.arch))
    if (features.contains(f))
      value("target_feature", f);
  if (llvm::is_contained(o.code.sanitizers, "kernel-address"))
    value("sanitize", "address");
  if (llvm::is_contained(o.code.sanitizers, "shadow-call-stack"))
    value("sanitize", "shadow-call-stack");
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
  flag(hasF128Math(t), "target_has_reliable_f128_math");
  value("target_os", t.os);
  value("target_pointer_width", llvm::utostr(t.pointerBytes * 8));
  flag(o.hasThreadLocal.value_or(t.hasThreadLocal && t.os != "none"), "target_thread_local");
  value("target_vendor", t.vendor);
  llvm::sort(out);
  return out;
}

void learnProcessor(Options &o, const layout::TargetSpec &t) {
  if (o.targetCpu == "native") { // what the machine at hand can do may be less than others of its kind can
    codegen::Host host = codegen::host();
    o.targetCpu = host.processor;
    o.targetFeatures = host.features + (o.targetFeatures.empty() ? "" : "," + o.targetFeatures);
  }
  if (!o.targetCpu.empty() || !layout::builtinTarget(t.name))
    o.cpuFeatures = codegen::processorFeatures(t, o.targetCpu.empty() ? t.cpu : o.targetCpu);
}

} // namespace ferric::driver
