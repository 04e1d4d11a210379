// The built-in target specifications. A kernel brings its own target.json; these two serve user-space programs and
// freestanding tests, with the values of rustc_target's specifications of the same name.
#include "layout/target.h"

namespace ferric::layout {

static const char *const kX86_64DataLayout =
    "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128";

static TargetSpec x86_64LinuxGnu() {
  TargetSpec t;
  t.name = t.llvmTriple = "x86_64-unknown-linux-gnu";
  t.dataLayout = kX86_64DataLayout;
  t.arch = "x86_64";
  t.vendor = "unknown";
  t.os = "linux";
  t.env = "gnu";
  t.families = {"unix"};
  t.cpu = "x86-64";
  t.pltByDefault = false;
  return t;
}

static TargetSpec x86_64None() {
  TargetSpec t;
  t.name = "x86_64-unknown-none";
  t.llvmTriple = "x86_64-unknown-none-elf";
  t.dataLayout = kX86_64DataLayout;
  t.arch = "x86_64";
  t.vendor = "unknown";
  t.os = "none";
  t.cpu = "x86-64";
  t.features = "-mmx,-sse,-sse2,-sse3,-ssse3,-sse4.1,-sse4.2,-avx,-avx2,+soft-float";
  t.rustcAbi = "softfloat";
  t.codeModel = "kernel";
  t.pltByDefault = false;
  t.disableRedzone = true;
  t.panicAbort = true;
  t.hasThreadLocal = false;
  t.linker = "ld.lld";
  return t;
}

const TargetSpec *builtinTarget(llvm::StringRef name) {
  static const TargetSpec linux_ = x86_64LinuxGnu(), none = x86_64None();
  if (name == linux_.name)
    return &linux_;
  return name == none.name ? &none : nullptr;
}

std::vector<std::string> builtinTargetNames() { return {"x86_64-unknown-linux-gnu", "x86_64-unknown-none"}; }

} // namespace ferric::layout
