// Implications are pairs, followed both ways: enabling follows them forward, disabling backward.
#include "target/features.h"
#include "llvm/ADT/SmallVector.h"

namespace ferric::target {

namespace {
struct Implied { llvm::StringLiteral feature, needs; }; // needs: words
constexpr Implied kX86[] = {
    {"sse2", "sse"}, {"sse3", "sse2"}, {"ssse3", "sse3"}, {"sse4.1", "ssse3"}, {"sse4.2", "sse4.1"}, {"sse4a", "sse3"},
    {"avx", "sse4.2"}, {"avx2", "avx"}, {"fma", "avx"}, {"f16c", "avx"}, {"avxifma", "avx2"}, {"avxneconvert", "avx2"},
    {"avxvnni", "avx2"}, {"avxvnniint8", "avx2"}, {"avxvnniint16", "avx2"}, {"avx512f", "avx2 fma f16c"}, {"avx512bw", "avx512f"},
    {"avx512cd", "avx512f"}, {"avx512dq", "avx512f"}, {"avx512vl", "avx512f"}, {"avx512ifma", "avx512f"}, {"avx512vnni", "avx512f"},
    {"avx512vpopcntdq", "avx512f"}, {"avx512vp2intersect", "avx512f"}, {"avx512bf16", "avx512bw"}, {"avx512bitalg", "avx512bw"},
    {"avx512fp16", "avx512bw"}, {"avx512vbmi", "avx512bw"}, {"avx512vbmi2", "avx512bw"}, {"aes", "sse2"}, {"pclmulqdq", "sse2"},
    {"sha", "sse2"}, {"gfni", "sse2"}, {"kl", "sse2"}, {"widekl", "kl"}, {"sha512", "avx2"}, {"sm3", "avx"}, {"sm4", "avx2"},
    {"vaes", "avx2 aes"}, {"vpclmulqdq", "avx pclmulqdq"}, {"xop", "avx sse4a"}, {"xsavec", "xsave"}, {"xsaveopt", "xsave"}, {"xsaves", "xsave"},
    {"amx-bf16", "amx-tile"}, {"amx-fp16", "amx-tile"}, {"amx-int8", "amx-tile"}, {"amx-complex", "amx-tile"},
};
constexpr Implied kArm[] = {
    {"aes", "neon"}, {"sha2", "neon"}, {"dotprod", "neon"}, {"fp16", "neon"}, {"i8mm", "neon"}, {"fp-armv8", "vfp4"}, {"neon", "vfp3"},
    {"vfp3", "vfp2 d32"}, {"vfp4", "vfp3"}, {"v6", "v5te"}, {"v6k", "v6"}, {"v6t2", "v6k thumb2"}, {"v7", "v6t2"}, {"v8", "v7"},
};
constexpr Implied kAArch64[] = {
    {"aes", "neon"}, {"dotprod", "neon"}, {"dpb2", "dpb"}, {"sve", "neon"}, {"sve2", "sve"}, {"f32mm", "sve"}, {"f64mm", "sve"},
    {"fcma", "neon"}, {"fp16", "neon"}, {"fhm", "fp16"}, {"jsconv", "neon"}, {"rcpc2", "rcpc"}, {"rdm", "neon"}, {"sha2", "neon"},
    {"sha3", "sha2"}, {"sm4", "neon"}, {"sve2-aes", "sve2 aes"}, {"sve2-bitperm", "sve2"}, {"sve2-sha3", "sve2 sha3"}, {"sve2-sm4", "sve2 sm4"},
};
constexpr Implied kRiscV[] = {
    {"a", "zaamo zalrsc"}, {"b", "zba zbb zbs"}, {"c", "zca"}, {"d", "f"}, {"f", "zicsr"}, {"v", "zvl128b zve64d"}, {"zve64d", "zve64f d"},
    {"zve64f", "zve32f zve64x"}, {"zve32f", "zve32x f"}, {"zve64x", "zve32x zvl64b"}, {"zve32x", "zvl32b zicsr"}, {"zvl128b", "zvl64b"},
    {"zvl64b", "zvl32b"}, {"zfh", "zfhmin"}, {"zfhmin", "f"},
};

llvm::ArrayRef<Implied> table(llvm::StringRef arch) {
  if (arch.starts_with("x86"))
    return kX86;
  if (arch == "arm")
    return kArm;
  if (arch == "aarch64")
    return kAArch64;
  return arch.starts_with("riscv") ? llvm::ArrayRef<Implied>(kRiscV) : llvm::ArrayRef<Implied>();
}
llvm::SmallVector<llvm::StringRef, 4> words(llvm::StringRef s, char by) {
  llvm::SmallVector<llvm::StringRef, 4> out;
  s.split(out, by, -1, false);
  return out;
}
} // namespace

void enableFeature(llvm::StringSet<> &on, llvm::StringRef arch, llvm::StringRef feature) {
  if (!on.insert(feature).second)
    return;
  for (const Implied &i : table(arch))
    if (i.feature == feature)
      for (llvm::StringRef needs : words(i.needs, ' '))
        enableFeature(on, arch, needs);
}

void disableFeature(llvm::StringSet<> &on, llvm::StringRef arch, llvm::StringRef feature) {
  on.erase(feature);
  for (const Implied &i : table(arch))
    if (on.contains(i.feature) && llvm::is_contained(words(i.needs, ' '), feature))
      disableFeature(on, arch, i.feature);
}

llvm::StringSet<> enabledFeatures(llvm::StringRef arch, llvm::StringRef specification, llvm::StringRef commandLine) {
  llvm::StringSet<> on;
  llvm::StringRef always = arch == "x86_64" ? "fxsr x87 sse2" : arch == "aarch64" ? "neon" : "";
  for (llvm::StringRef f : words(always, ' '))
    enableFeature(on, arch, f);
  for (llvm::StringRef list : {specification, commandLine})
    for (llvm::StringRef f : words(list, ',')) {
      if (f.consume_front("+"))
        enableFeature(on, arch, f);
      else if (f.consume_front("-"))
        disableFeature(on, arch, f);
    }
  return on;
}

} // namespace ferric::target
