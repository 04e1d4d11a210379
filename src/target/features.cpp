// A table for each architecture (rustc_target::target_features). Implications are followed both ways: enabling follows them forward, disabling
// backward.
#include "target/features.h"
#include "llvm/ADT/SmallVector.h"

namespace ferric::target {

namespace {
// needs: words. llvm: words, where LLVM has another name for it or several; "-": LLVM knows nothing of it.
struct Feature { llvm::StringLiteral name, needs = "", llvm = ""; };
constexpr Feature kX86[] = {
    {"adx"}, {"aes", "sse2"}, {"amx-avx512", "amx-tile"}, {"amx-bf16", "amx-tile"}, {"amx-complex", "amx-tile"}, {"amx-fp16", "amx-tile"},
    {"amx-fp8", "amx-tile"}, {"amx-int8", "amx-tile"}, {"amx-movrs", "amx-tile"}, {"amx-tf32", "amx-tile"}, {"amx-tile"},
    {"apxf", "", "egpr push2pop2 ppx ndd ccmp cf nf zu"}, {"avx", "sse4.2"},
    {"avx10.1", "avx512bf16 avx512bitalg avx512bw avx512cd avx512dq avx512f avx512fp16 avx512ifma avx512vbmi avx512vbmi2 avx512vl avx512vnni avx512vpopcntdq"},
    {"avx10.2", "avx10.1 avxvnni avxvnniint8 avxvnniint16"}, {"avx2", "avx"}, {"avx512bf16", "avx512bw"}, {"avx512bitalg", "avx512bw"},
    {"avx512bw", "avx512f"}, {"avx512cd", "avx512f"}, {"avx512dq", "avx512f"}, {"avx512f", "avx2 fma f16c"}, {"avx512fp16", "avx512bw"},
    {"avx512ifma", "avx512f"}, {"avx512vbmi", "avx512bw"}, {"avx512vbmi2", "avx512bw"}, {"avx512vl", "avx512f"}, {"avx512vnni", "avx512f"},
    {"avx512vp2intersect", "avx512f"}, {"avx512vpopcntdq", "avx512f"}, {"avxifma", "avx2"}, {"avxneconvert", "avx2"}, {"avxvnni", "avx2"},
    {"avxvnniint16", "avx2"}, {"avxvnniint8", "avx2"}, {"bmi1", "", "bmi"}, {"bmi2"}, {"cmpxchg16b", "", "cx16"}, {"ermsb"},
    {"f16c", "avx"}, {"fma", "avx"}, {"fxsr"}, {"gfni", "sse2"}, {"kl", "sse2"}, {"lahfsahf", "", "sahf"}, {"lzcnt"}, {"movbe"}, {"movrs"},
    {"pclmulqdq", "sse2", "pclmul"}, {"popcnt"}, {"prfchw"}, {"rdrand", "", "rdrnd"}, {"rdseed"}, {"rtm"}, {"sha", "sse2"},
    {"sha512", "avx2"}, {"sm3", "avx"}, {"sm4", "avx2"}, {"sse"}, {"sse2", "sse"}, {"sse3", "sse2"}, {"sse4.1", "ssse3"},
    {"sse4.2", "sse4.1", "sse4.2 crc32"}, {"sse4a", "sse3"}, {"ssse3", "sse3"}, {"tbm"}, {"vaes", "avx2 aes"},
    {"vpclmulqdq", "avx pclmulqdq"}, {"widekl", "kl"}, {"x87"}, {"xop", "avx sse4a"}, {"xsave"}, {"xsavec", "xsave"},
    {"xsaveopt", "xsave"}, {"xsaves", "xsave"},
};
constexpr Feature kArm[] = {
    {"aes", "neon"}, {"sha2", "neon"}, {"dotprod", "neon"}, {"fp16", "neon"}, {"i8mm", "neon"}, {"fp-armv8", "vfp4"}, {"neon", "vfp3"},
    {"vfp3", "vfp2 d32"}, {"vfp4", "vfp3"}, {"v6", "v5te"}, {"v6k", "v6"}, {"v6t2", "v6k thumb2"}, {"v7", "v6t2"}, {"v8", "v7"},
};
constexpr Feature kAArch64[] = {
    {"aes", "neon"}, {"bf16"}, {"bti"}, {"crc"}, {"cssc"}, {"dit"}, {"dotprod", "neon"}, {"dpb", "", "ccpp"}, {"dpb2", "dpb", "ccdp"},
    {"ecv"}, {"f32mm", "sve"}, {"f64mm", "sve"}, {"faminmax"}, {"fcma", "neon", "complxnum"}, {"fhm", "fp16", "fp16fml"}, {"flagm"},
    {"flagm2", "", "altnzcv"}, {"fp16", "neon", "fullfp16"}, {"fp8", "faminmax lut bf16"}, {"fp8dot2", "fp8dot4"}, {"fp8dot4", "fp8fma"},
    {"fp8fma", "fp8"}, {"frintts", "", "fptoint"}, {"hbc"}, {"i8mm"}, {"jsconv", "neon"}, {"lor"}, {"lse"}, {"lse128", "lse"}, {"lse2"},
    {"lut"}, {"mops"}, {"mte"}, {"neon", "", "neon fp-armv8"}, {"outline-atomics"}, {"paca", "", "pauth"}, {"pacg", "", "pauth"}, {"pan"},
    {"pauth-lr"}, {"pmuv3", "", "perfmon"}, {"rand"}, {"ras"}, {"rcpc"}, {"rcpc2", "rcpc", "rcpc-immo"}, {"rcpc3", "rcpc2"},
    {"rdm", "neon"}, {"sb"}, {"sha2", "neon"}, {"sha3", "sha2"}, {"sm4", "neon"}, {"sme", "bf16"}, {"sme-b16b16", "bf16 sme2 sve-b16b16"},
    {"sme-f16f16", "sme2"}, {"sme-f64f64", "sme"}, {"sme-f8f16", "sme-f8f32"}, {"sme-f8f32", "sme2 fp8"}, {"sme-fa64", "sme sve2"},
    {"sme-i16i64", "sme"}, {"sme-lutv2"}, {"sme2", "sme"}, {"sme2p1", "sme2"}, {"spe"}, {"ssbs"}, {"ssve-fp8dot2", "ssve-fp8dot4"},
    {"ssve-fp8dot4", "ssve-fp8fma"}, {"ssve-fp8fma", "sme2 fp8"}, {"sve", "neon"}, {"sve-b16b16", "bf16"}, {"sve2", "sve"},
    {"sve2-aes", "sve2 aes"}, {"sve2-bitperm", "sve2"}, {"sve2-sha3", "sve2 sha3"}, {"sve2-sm4", "sve2 sm4"}, {"sve2p1", "sve2"},
    {"tme", "", "-"}, {"v8.1a", "crc lse rdm pan lor vh"}, {"v8.2a", "v8.1a ras dpb"}, {"v8.3a", "v8.2a rcpc paca pacg jsconv"},
    {"v8.4a", "v8.3a dotprod dit flagm"}, {"v8.5a", "v8.4a ssbs sb dpb2 bti"}, {"v8.6a", "v8.5a bf16 i8mm"}, {"v8.7a", "v8.6a wfxt"},
    {"v8.8a", "v8.7a hbc mops"}, {"v8.9a", "v8.8a cssc"}, {"v9.1a", "v9a v8.6a"}, {"v9.2a", "v9.1a v8.7a"}, {"v9.3a", "v9.2a v8.8a"},
    {"v9.4a", "v9.3a v8.9a"}, {"v9.5a", "v9.4a"}, {"v9a", "v8.5a sve2"}, {"vh"}, {"wfxt"},
};
constexpr Feature kRiscV[] = {
    {"a", "zaamo zalrsc"}, {"b", "zba zbb zbs"}, {"c", "zca"}, {"d", "f"}, {"e"}, {"f", "zicsr"}, {"m"}, {"relax"},
    {"rva23u64", "m a f d c b v zicsr zicntr zihpm ziccif ziccrse ziccamoa zicclsm zic64b za64rs zihintpause zba zbb zbs zicbom zicbop zicboz zfhmin zkt zvfhmin zvbb zvkt zihintntl zicond zimop zcmop zcb zfa zawrs supm"},
    {"supm"}, {"unaligned-scalar-mem"}, {"unaligned-vector-mem"}, {"v", "zvl128b zve64d"}, {"za128rs"}, {"za64rs", "za128rs"}, {"zaamo"},
    {"zabha", "zaamo"}, {"zacas", "zaamo"}, {"zalrsc"}, {"zama16b"}, {"zawrs"}, {"zba"}, {"zbb"}, {"zbc", "zbkc"}, {"zbkb"}, {"zbkc"},
    {"zbkx"}, {"zbs"}, {"zca"}, {"zcb", "zca"}, {"zcmop", "zca"}, {"zdinx", "zfinx"}, {"zfa", "f"}, {"zfbfmin", "f"}, {"zfh", "zfhmin"},
    {"zfhmin", "f"}, {"zfinx", "zicsr"}, {"zhinx", "zhinxmin"}, {"zhinxmin", "zfinx"}, {"zic64b"}, {"zicbom"}, {"zicbop"}, {"zicboz"},
    {"ziccamoa"}, {"ziccif"}, {"zicclsm"}, {"ziccrse"}, {"zicntr", "zicsr"}, {"zicond"}, {"zicsr"}, {"zifencei"}, {"zihintntl"},
    {"zihintpause"}, {"zihpm", "zicsr"}, {"zimop"}, {"zk", "zkn zkr zkt"}, {"zkn", "zbkb zbkc zbkx zkne zknd zknh"},
    {"zknd", "zkne_or_zknd"}, {"zkne", "zkne_or_zknd"}, {"zkne_or_zknd", "", "-"}, {"zknh"}, {"zkr"}, {"zks", "zbkb zbkc zbkx zksed zksh"},
    {"zksed"}, {"zksh"}, {"zkt"}, {"ztso"}, {"zvbb", "zvkb"}, {"zvbc", "zve64x"}, {"zve32f", "zve32x f"}, {"zve32x", "zvl32b zicsr"},
    {"zve64d", "zve64f d"}, {"zve64f", "zve32f zve64x"}, {"zve64x", "zve32x zvl64b"}, {"zvfbfmin", "zve32f"},
    {"zvfbfwma", "zfbfmin zvfbfmin"}, {"zvfh", "zvfhmin zve32f zfhmin"}, {"zvfhmin", "zve32f"}, {"zvkb", "zve32x"}, {"zvkg", "zve32x"},
    {"zvkn", "zvkned zvknhb zvkb zvkt"}, {"zvknc", "zvkn zvbc"}, {"zvkned", "zve32x"}, {"zvkng", "zvkn zvkg"}, {"zvknha", "zve32x"},
    {"zvknhb", "zvknha zve64x"}, {"zvks", "zvksed zvksh zvkb zvkt"}, {"zvksc", "zvks zvbc"}, {"zvksed", "zve32x"}, {"zvksg", "zvks zvkg"},
    {"zvksh", "zve32x"}, {"zvkt"}, {"zvl1024b", "zvl512b"}, {"zvl128b", "zvl64b"}, {"zvl16384b", "zvl8192b"}, {"zvl2048b", "zvl1024b"},
    {"zvl256b", "zvl128b"}, {"zvl32768b", "zvl16384b"}, {"zvl32b"}, {"zvl4096b", "zvl2048b"}, {"zvl512b", "zvl256b"}, {"zvl64b", "zvl32b"},
    {"zvl65536b", "zvl32768b"}, {"zvl8192b", "zvl4096b"},
};

llvm::ArrayRef<Feature> table(llvm::StringRef arch) {
  if (arch.starts_with("x86"))
    return kX86;
  if (arch == "arm")
    return kArm;
  if (arch == "aarch64")
    return kAArch64;
  return arch.starts_with("riscv") ? llvm::ArrayRef<Feature>(kRiscV) : llvm::ArrayRef<Feature>();
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
  for (const Feature &i : table(arch))
    if (i.name == feature)
      for (llvm::StringRef needs : words(i.needs, ' '))
        enableFeature(on, arch, needs);
}

void disableFeature(llvm::StringSet<> &on, llvm::StringRef arch, llvm::StringRef feature) {
  on.erase(feature);
  for (const Feature &i : table(arch))
    if (on.contains(i.name) && llvm::is_contained(words(i.needs, ' '), feature))
      disableFeature(on, arch, i.name);
}

std::vector<llvm::StringRef> knownFeatures(llvm::StringRef arch) {
  std::vector<llvm::StringRef> names{"crt-static"};
  for (const Feature &f : table(arch))
    names.push_back(f.name);
  llvm::sort(names);
  return names;
}

llvm::SmallVector<llvm::StringRef, 4> llvmFeatures(llvm::StringRef arch, llvm::StringRef feature) {
  if (feature == "crt-static")
    return {};
  for (const Feature &f : table(arch))
    if (f.name == feature && !f.llvm.empty())
      return f.llvm == "-" ? llvm::SmallVector<llvm::StringRef, 4>() : words(f.llvm, ' ');
  return {feature};
}

std::string llvmFeatureList(llvm::StringRef arch, llvm::StringRef list) {
  std::string out;
  for (llvm::StringRef item : words(list, ',')) {
    bool on = item.starts_with("+");
    if (!on && !item.starts_with("-"))
      continue;
    for (llvm::StringRef name : llvmFeatures(arch, item.drop_front())) {
      if (on || name != "crc32") // which is of use without SSE 4.2
        out += ((out.empty() ? "" : ",") + item.take_front() + name).str();
    }
  }
  return out;
}

llvm::StringSet<> enabledFeatures(llvm::StringRef arch, llvm::ArrayRef<llvm::StringRef> lists) {
  llvm::StringSet<> on;
  llvm::StringRef always = arch == "x86_64" ? "fxsr x87 sse2" : arch == "aarch64" ? "neon" : "";
  for (llvm::StringRef f : words(always, ' '))
    enableFeature(on, arch, f);
  for (llvm::StringRef list : lists)
    for (llvm::StringRef f : words(list, ',')) {
      if (f.consume_front("+"))
        enableFeature(on, arch, f);
      else if (f.consume_front("-"))
        disableFeature(on, arch, f);
    }
  return on;
}

} // namespace ferric::target
