// The built-in target specifications. A kernel brings its own target.json; these serve user-space programs and
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
  t.cpu = "x86-64";
  t.pltByDefault = false;
  t.stackProbes = "inline";
  t.defaultUnwindTables = true;
  return t;
}

static TargetSpec x86_64None() {
  TargetSpec t;
  t.name = "x86_64-unknown-none";
  t.llvmTriple = "x86_64-unknown-none-elf";
  t.dataLayout = kX86_64DataLayout;
  t.arch = "x86_64";
  t.cpu = "x86-64";
  t.features = "-mmx,-sse,-sse2,-sse3,-ssse3,-sse4.1,-sse4.2,-avx,-avx2,+soft-float";
  t.rustcAbi = "softfloat";
  t.codeModel = "kernel";
  t.pltByDefault = false;
  t.disableRedzone = true;
  t.panicAbort = true;
  t.positionIndependent = true;
  t.stackProbes = "inline";
  t.linker = "ld.lld";
  return t;
}

static TargetSpec aarch64(bool isLinux) {
  TargetSpec t;
  t.name = isLinux ? "aarch64-unknown-linux-gnu" : "aarch64-unknown-none";
  t.llvmTriple = t.name;
  t.dataLayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128-Fn32";
  t.arch = "aarch64";
  t.features = isLinux ? "+v8a,+outline-atomics" : "+v8a,+strict-align,+neon";
  t.maxAtomicBits = 128;
  t.stackProbes = "inline";
  t.defaultUnwindTables = true;
  t.disableRedzone = !isLinux;
  t.framePointer = isLinux ? FramePointer::NonLeaf : FramePointer::MayOmit;
  return t;
}

static TargetSpec riscv64(bool isLinux) {
  TargetSpec t;
  t.name = isLinux ? "riscv64gc-unknown-linux-gnu" : "riscv64gc-unknown-none-elf";
  t.llvmTriple = isLinux ? "riscv64-unknown-linux-gnu" : "riscv64";
  t.dataLayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128";
  t.arch = "riscv64";
  t.cpu = "generic-rv64";
  t.features = "+m,+a,+f,+d,+c,+zicsr,+zifencei";
  t.llvmAbi = "lp64d";
  t.codeModel = "medium";
  t.defaultUnwindTables = isLinux;
  return t;
}

// What all targets with an operating system, and all without, have in common.
static TargetSpec completed(TargetSpec t, bool isLinux) {
  if (isLinux) {
    t.os = "linux";
    t.env = "gnu";
    t.positionIndependent = t.dynamicLinking = t.hasThreadLocal = true;
    t.families = {"unix"};
    return t;
  }
  t.relocationModel = "static";
  t.panicAbort = true;
  t.linker = "ld.lld";
  return t;
}

static llvm::ArrayRef<TargetSpec> builtinTargets() {
  static const TargetSpec targets[] = {
      completed(x86_64LinuxGnu(), true), x86_64None(), completed(aarch64(true), true), completed(aarch64(false), false),
      completed(riscv64(true), true), completed(riscv64(false), false),
  };
  return targets;
}

const TargetSpec *builtinTarget(llvm::StringRef name) {
  llvm::ArrayRef<TargetSpec> all = builtinTargets();
  const TargetSpec *found = llvm::find_if(all, [&](const TargetSpec &t) { return t.name == name; });
  return found == all.end() ? nullptr : found;
}

std::vector<std::string> builtinTargetNames() {
  std::vector<std::string> names;
  for (const TargetSpec &t : builtinTargets())
    names.push_back(t.name);
  return names;
}

} // namespace ferric::layout
