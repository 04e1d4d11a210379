// Tables of x86-64 register names, classes and modifiers.
#include "codegen/asm_x86.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"

namespace ferric::codegen {

std::optional<AsmReg> asmClassByName(llvm::StringRef name) {
  return llvm::StringSwitch<std::optional<AsmReg>>(name)
      .Case("reg", AsmReg{AsmClass::Reg, ""}).Case("reg_abcd", AsmReg{AsmClass::RegAbcd, ""}).Case("reg_byte", AsmReg{AsmClass::RegByte, ""})
      .Case("xmm_reg", AsmReg{AsmClass::Xmm, ""}).Case("ymm_reg", AsmReg{AsmClass::Ymm, ""}).Case("zmm_reg", AsmReg{AsmClass::Zmm, ""})
      .Case("kreg", AsmReg{AsmClass::Kreg, ""}).Case("kreg0", AsmReg{AsmClass::Kreg, "k0"}).Case("mmx_reg", AsmReg{AsmClass::Mmx, ""})
      .Case("x87_reg", AsmReg{AsmClass::X87, ""}).Case("tmm_reg", AsmReg{AsmClass::Tmm, ""}).Default(std::nullopt);
}

static llvm::StringMap<AsmReg> buildRegisters() {
  llvm::StringMap<AsmReg> m;
  for (llvm::StringRef r : {"ax", "bx", "cx", "dx", "si", "di", "bp", "sp"})
    for (const char *prefix : {"", "e", "r"})
      m[(prefix + r).str()] = {AsmClass::Reg, r.str()};
  for (int i = 8; i < 16; ++i) {
    std::string r = "r" + std::to_string(i);
    for (const char *suffix : {"", "w", "d"})
      m[r + suffix] = {AsmClass::Reg, r};
    m[r + "b"] = {AsmClass::RegByte, r + "b"};
  }
  for (llvm::StringRef r : {"al", "ah", "bl", "bh", "cl", "ch", "dl", "dh", "sil", "dil", "bpl", "spl"})
    m[r] = {AsmClass::RegByte, r.str()};
  for (int i = 0; i < 32; ++i) {
    std::string n = std::to_string(i);
    m["xmm" + n] = {AsmClass::Xmm, "xmm" + n};
    m["ymm" + n] = {AsmClass::Ymm, "xmm" + n};
    m["zmm" + n] = {AsmClass::Zmm, "xmm" + n};
  }
  for (int i = 0; i < 8; ++i) {
    std::string n = std::to_string(i);
    m["k" + n] = {AsmClass::Kreg, "k" + n};
    m["mm" + n] = {AsmClass::Mmx, "mm" + n};
    m["tmm" + n] = {AsmClass::Tmm, "tmm" + n};
    m["st(" + n + ")"] = {AsmClass::X87, "st(" + n + ")"};
  }
  m["st"] = {AsmClass::X87, "st(0)"};
  return m;
}

std::optional<AsmReg> asmRegByName(llvm::StringRef name) {
  static const llvm::StringMap<AsmReg> registers = buildRegisters();
  auto it = registers.find(name);
  return it == registers.end() ? std::nullopt : std::optional<AsmReg>(it->second);
}

std::string asmConstraint(const AsmReg &r, uint64_t bytes) {
  if (r.isClass()) {
    switch (r.cls) {
    case AsmClass::Reg: return "r";
    case AsmClass::RegAbcd: return "Q";
    case AsmClass::RegByte: return "q";
    case AsmClass::Xmm:
    case AsmClass::Ymm: return "x";
    case AsmClass::Zmm: return "v";
    case AsmClass::Kreg: return "^Yk";
    case AsmClass::Mmx: return "y";
    case AsmClass::X87: return "f";
    case AsmClass::Tmm: return "x";
    }
  }
  bool vector = r.cls == AsmClass::Xmm || r.cls == AsmClass::Ymm || r.cls == AsmClass::Zmm;
  if (vector)
    return "{" + std::string(bytes >= 64 ? "z" : bytes >= 32 ? "y" : "x") + r.name.substr(1) + "}";
  if (r.name == "st(0)")
    return "{st}";
  return "{" + r.name + "}";
}

char asmModifier(const AsmReg &r, char modifier) {
  switch (r.cls) {
  case AsmClass::Reg:
  case AsmClass::RegAbcd:
    switch (modifier) {
    case 'l': return 'b';
    case 'h': return 'h';
    case 'x': return 'w';
    case 'e': return 'k';
    default: return 'q';
    }
  case AsmClass::Xmm: return modifier == 'y' ? 't' : modifier == 'z' ? 'g' : 'x';
  case AsmClass::Ymm: return modifier == 'x' ? 'x' : modifier == 'z' ? 'g' : 't';
  case AsmClass::Zmm: return modifier == 'x' ? 'x' : modifier == 'y' ? 't' : 'g';
  default: return 0;
  }
}

std::vector<std::string> clobbersOfAbi(llvm::StringRef abi) {
  bool sysv = abi == "C" || abi == "system" || abi == "sysv64" || abi == "cdecl" || abi == "Rust" || abi == "rust";
  bool win = abi == "win64" || abi == "efiapi";
  if (!sysv && !win)
    return {};
  std::vector<std::string> r = {"ax", "cx", "dx", "r8", "r9", "r10", "r11"};
  if (sysv) {
    r.push_back("si");
    r.push_back("di");
  }
  for (int i = 0, n = sysv ? 16 : 6; i < n; ++i)
    r.push_back("xmm" + std::to_string(i));
  for (int i = 0; i < 8; ++i) {
    r.push_back("mm" + std::to_string(i));
    r.push_back(i == 0 ? "st" : "st(" + std::to_string(i) + ")");
  }
  return r;
}

} // namespace ferric::codegen
