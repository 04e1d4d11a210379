// Makes the registers and classes of an architecture from its rows, once, when it is first asked for; the answers to questions about
// them. Overlaps are intervals of units in a bank (al and ah are the two units of ax; d0 is the first two of q0), so that no table of
// conflicts is needed.
#include "target/rows.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace ferric::target {

Arch archByName(llvm::StringRef a) {
  return llvm::StringSwitch<Arch>(a)
      .Case("x86", Arch::X86).Case("x86_64", Arch::X86_64).Case("arm", Arch::Arm).Case("aarch64", Arch::AArch64)
      .Case("riscv32", Arch::RiscV32).Case("riscv64", Arch::RiscV64).Case("loongarch64", Arch::LoongArch64).Default(Arch::None);
}

static constexpr struct { llvm::StringLiteral name; unsigned bits; } kElements[] = {
    {"i8", 8}, {"i16", 16}, {"i32", 32}, {"i64", 64}, {"i128", 128}, {"f16", 16}, {"f32", 32}, {"f64", 64}, {"f128", 128}};

unsigned ValueType::bits() const { return unsigned(kElements[size_t(element)].bits * std::max<uint64_t>(lanes, 1)); }
std::string ValueType::str() const {
  std::string s = kElements[size_t(element)].name.str();
  return lanes ? s + "x" + llvm::utostr(lanes) : s;
}

const SupportedType *RegClass::supports(const ValueType &t) const {
  for (const SupportedType &s : types)
    if (s.type == t)
      return &s;
  return nullptr;
}

static llvm::SmallVector<llvm::StringRef, 16> words(llvm::StringRef s) {
  llvm::SmallVector<llvm::StringRef, 16> out;
  s.split(out, ' ', -1, false);
  return out;
}

static std::vector<SupportedType> parseTypes(llvm::StringRef text) {
  std::vector<SupportedType> out;
  llvm::StringRef feature;
  for (llvm::StringRef w : words(text)) {
    if (w.ends_with(":")) {
      feature = w.drop_back();
      continue;
    }
    auto [element, lanes] = w.split('x');
    SupportedType t;
    t.feature = feature;
    for (size_t i = 0; i < std::size(kElements); ++i)
      if (element == kElements[i].name)
        t.type.element = Element(i);
    if (!lanes.empty())
      (void)lanes.getAsInteger(10, t.type.lanes);
    out.push_back(t);
  }
  return out;
}

static std::string numbered(llvm::StringRef pattern, unsigned n, unsigned first) {
  std::string out;
  for (char c : pattern)
    out += c == '#' ? llvm::utostr(n) : c == '%' ? llvm::utostr(n - first) : std::string(1, c);
  return out;
}

RegisterFile::RegisterFile(const RowTables &rows) {
  for (const ClassRow &c : rows.classes)
    classes_.push_back({c.name, c.modifiers, c.constraint, parseTypes(c.types)});
  char own = 1;
  for (const RegRow &r : rows.regs) {
    char bank = r.bank ? r.bank : own++;
    for (unsigned n = r.first; n <= r.last; ++n) {
      Reg reg;
      llvm::SmallVector<llvm::StringRef, 16> names = words(r.names);
      reg.name = numbered(names[0], n, r.first);
      reg.cls = classByName(r.cls);
      reg.index = n;
      reg.rules = r.rules;
      reg.bank = bank;
      reg.unit = r.unit + (n - r.first) * r.width;
      reg.units = r.width;
      for (llvm::StringRef name : names)
        byName_[numbered(name, n, r.first)] = unsigned(regs_.size());
      regs_.push_back(std::move(reg));
    }
  }
  for (const RefusedRow &r : rows.refused)
    for (llvm::StringRef name : words(r.names))
      refused_[name] = r.why;
  for (const AbiRow &a : rows.abis) {
    ClobberAbi abi;
    for (llvm::StringRef name : words(a.names))
      abi.names.push_back(name);
    for (llvm::StringRef range : words(a.regs)) {
      auto [from, to] = range.split('-');
      unsigned first = 0, last = 0;
      llvm::StringRef prefix = from.rtrim("0123456789");
      if (to.empty()) {
        abi.regs.push_back(&regs_[byName_.lookup(from)]);
        continue;
      }
      (void)from.drop_front(prefix.size()).getAsInteger(10, first);
      (void)to.getAsInteger(10, last);
      for (unsigned n = first; n <= last; ++n)
        abi.regs.push_back(&regs_[byName_.lookup((prefix + llvm::Twine(n)).str())]);
    }
    abis_.push_back(std::move(abi));
  }
}

const RegClass *RegisterFile::classByName(llvm::StringRef name) const {
  for (const RegClass &c : classes_)
    if (c.name == name)
      return &c;
  return nullptr;
}
const Reg *RegisterFile::regByName(llvm::StringRef name, llvm::StringRef &why) const {
  if (auto it = byName_.find(name); it != byName_.end())
    return &regs_[it->second];
  auto it = refused_.find(name);
  why = it == refused_.end() ? llvm::StringRef("unknown register") : it->second;
  return nullptr;
}
const RegClass *RegisterFile::classOf(llvm::StringRef name, bool explicitReg) const {
  if (!explicitReg)
    return classByName(name);
  llvm::StringRef why;
  const Reg *r = regByName(name, why);
  return r ? r->cls : nullptr;
}

static std::string list(llvm::ArrayRef<llvm::StringRef> names) {
  std::string out;
  for (llvm::StringRef n : names)
    out += (out.empty() ? "`" : ", `") + n.str() + "`";
  return out;
}
std::string RegisterFile::classNames() const {
  llvm::SmallVector<llvm::StringRef, 16> names;
  for (const RegClass &c : classes_)
    names.push_back(c.name);
  return list(names);
}
const ClobberAbi *RegisterFile::abiByName(llvm::StringRef name) const {
  for (const ClobberAbi &a : abis_)
    if (llvm::is_contained(a.names, name))
      return &a;
  return nullptr;
}
std::string RegisterFile::abiNames() const {
  llvm::SmallVector<llvm::StringRef, 16> names;
  for (const ClobberAbi &a : abis_)
    names.append(a.names.begin(), a.names.end());
  return list(names);
}

const RegisterFile *registersOf(Arch arch) {
  switch (arch) {
  case Arch::None: return nullptr;
  case Arch::X86: { static const RegisterFile f(kX86Rows); return &f; }
  case Arch::X86_64: { static const RegisterFile f(kX86_64Rows); return &f; }
  case Arch::Arm: { static const RegisterFile f(kArmRows); return &f; }
  case Arch::AArch64: { static const RegisterFile f(kAArch64Rows); return &f; }
  case Arch::RiscV32: { static const RegisterFile f(kRiscV32Rows); return &f; }
  case Arch::RiscV64: { static const RegisterFile f(kRiscV64Rows); return &f; }
  case Arch::LoongArch64: { static const RegisterFile f(kLoongArch64Rows); return &f; }
  }
  return nullptr;
}

// ---- rules ----
static bool thumb1(const TargetFacts &t) { return t.hasFeature("thumb-mode") && !t.hasFeature("thumb2"); }

llvm::StringRef refusal(const Reg &r, const TargetFacts &t, bool clobber) {
  bool x64 = t.arch == Arch::X86_64;
  if ((r.rules & kOnlyX86_64) && !x64)
    return "register is only available on x86_64";
  if ((r.rules & kRbx) && x64)
    return "rbx is used internally by LLVM and cannot be an operand of inline assembly";
  if ((r.rules & kHighByte) && x64)
    return "high byte registers cannot be operands on x86_64";
  if ((r.rules & kEsi) && !x64)
    return "esi is used internally by LLVM and cannot be an operand of inline assembly";
  if ((r.rules & kX18) && (t.os == "android" || t.os == "fuchsia" || t.env == "ohos" || t.hasFeature("reserve-x18")))
    return "x18 is a reserved register on this target";
  if ((r.rules & kNotRiscVE) && t.hasFeature("e"))
    return "register can't be used with the `e` target feature";
  if ((r.rules & kNotThumb1) && !clobber && thumb1(t))
    return "high registers (r8+) can only be used as clobbers in Thumb-1 code";
  if ((r.rules & kFrameR7) && t.hasFeature("thumb-mode"))
    return "the frame pointer (r7) cannot be an operand of inline assembly";
  if ((r.rules & kFrameR11) && !t.hasFeature("thumb-mode"))
    return "the frame pointer (r11) cannot be an operand of inline assembly";
  if ((r.rules & kStaticBaseR9) && t.relocationModel.contains("rwpi"))
    return "the RWPI static base register (r9) cannot be an operand of inline assembly";
  return {};
}

} // namespace ferric::target
