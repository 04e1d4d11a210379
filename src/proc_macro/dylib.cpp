// Two things in the file are read. Section `.rustc` holds rustc's metadata, whose first fields (version, target, hash, name, edition)
// are plain (rustc_metadata: rmeta/mod.rs, CrateHeader and CrateRoot; rustc_serialize::opaque). The dynamic symbol
// `__rustc_proc_macro_decls_<id>__` is a static of type `&[ProcMacro]` (rustc_builtin_macros/src/proc_macro_harness.rs).
//
// ProcMacro is `repr(C)` (library/proc_macro/src/bridge/client.rs): a 32-bit tag, then a union of
//   CustomDerive { trait_name: &str, attributes: &[&str], client }, Attr { name: &str, client }, Bang { name: &str, client }
// with client = { handle_counters: *const [AtomicU32; 2], run: extern "C" fn }. References to str and slices are address and
// length, in this order: no promise of the language, but what rustc does, and each value is looked at here before anything is made
// of it: tags are 0 to 2, names are identifiers in the file, the two counters begin at 1, `run` is in an executable segment. All
// addresses are in relocations: the file is position-independent.
#include "proc_macro/dylib.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MemoryBuffer.h"

namespace ferric::proc_macro {

using Elf = llvm::object::ELFFile<llvm::object::ELF64LE>;

namespace {

// Bytes that are taken from the front; `ok` turns false when there are not enough.
class Bytes {
public:
  explicit Bytes(llvm::StringRef rest) : rest_(rest) {}
  bool ok() const { return ok_; }
  llvm::StringRef take(size_t n) {
    if (n > rest_.size()) {
      ok_ = false;
      n = rest_.size();
    }
    llvm::StringRef taken = rest_.take_front(n);
    rest_ = rest_.drop_front(n);
    return taken;
  }
  uint8_t byte() {
    llvm::StringRef b = take(1);
    return b.empty() ? 0 : uint8_t(b[0]);
  }
  uint64_t u64() {
    llvm::StringRef b = take(8);
    return b.size() == 8 ? llvm::support::endian::read64le(b.data()) : 0;
  }
  // LEB128, as rustc_serialize writes lengths.
  uint64_t number() {
    uint64_t n = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      uint8_t b = byte();
      n |= uint64_t(b & 0x7F) << shift;
      if (!(b & 0x80))
        break;
    }
    return n;
  }
  // A string ends in a byte that no UTF-8 text has.
  llvm::StringRef text() {
    llvm::StringRef s = take(number());
    ok_ &= byte() == 0xC1;
    return s;
  }

private:
  llvm::StringRef rest_;
  bool ok_ = true;
};

// rustc 1.96's metadata version; the text of the compiler's own version follows at the same place in all of them.
constexpr llvm::StringRef kHeader("rust\0\0\0", 7);
constexpr uint8_t kMetadataVersion = 10;

class Reader {
public:
  Reader(const Elf &elf, ReadResult &out) : elf_(elf), out_(out) {}
  void run(llvm::StringRef metadata);

private:
  void fail(Problem p, const llvm::Twine &detail) {
    out_.problem = p;
    out_.detail = detail.str();
  }
  bool readMetadata(llvm::StringRef blob);
  bool findTable(uint64_t &address);
  void readRelocations();
  void readTable(uint64_t address);
  bool readEntry(uint64_t address, Macro &macro);
  // Memory as the loader will have filled it, at addresses of the file.
  llvm::StringRef memory(uint64_t address, uint64_t size, unsigned flags) const;
  uint64_t word(uint64_t address) const;
  bool text(uint64_t slice, std::string &out) const;

  const Elf &elf_;
  ReadResult &out_;
  // A word's place in `relocated_`; 0 for addresses that no file has.
  static uint64_t keyOf(uint64_t address) { return address < kMostAddress ? address : 0; }

  static constexpr uint64_t kMostAddress = uint64_t(1) << 48; // user space
  static constexpr size_t kMostHelpers = 0xFFFF;              // of all macros
  llvm::DenseMap<uint64_t, uint64_t> relocated_; // address of a word -> its value, relative to the file's start
  size_t helpers_ = 0;
};

bool Reader::readMetadata(llvm::StringRef blob) {
  Bytes prefix(blob);
  if (prefix.take(kHeader.size()) != kHeader)
    return fail(Problem::Malformed, "its metadata does not begin as rustc's does"), false;
  uint8_t version = prefix.byte();
  uint64_t root = prefix.u64();
  out_.dylib.version = prefix.text().str();
  if (!prefix.ok())
    return fail(Problem::Malformed, "its metadata is damaged"), false;
  if (version != kMetadataVersion || !llvm::StringRef(out_.dylib.version).starts_with(("rustc " + kRelease + ".").str()))
    return fail(Problem::OtherVersion, out_.dylib.version), false;
  if (root >= blob.size())
    return fail(Problem::Malformed, "its metadata is damaged"), false;
  Bytes b(blob.drop_front(root));
  bool json = b.byte() != 0; // TargetTuple::TargetJson has the text too
  out_.dylib.target = b.text().str();
  if (json)
    b.text();
  out_.dylib.hash = llvm::toHex(b.take(16), /*LowerCase=*/true);
  uint8_t form = b.byte(); // Symbol: 0 text, 1 place of an equal one before, 2 one of the compiler's own
  if (form == 0)
    out_.dylib.crate = b.text().str();
  else if (form == 1)
    out_.dylib.crate = Bytes(blob.drop_front(std::min<uint64_t>(b.number(), blob.size()))).text().str();
  else
    b.number();
  bool isProcMacro = b.byte() == 1, isStub = b.byte() == 1;
  if (!isProcMacro)
    return fail(Problem::NotProcMacro, "it is the dylib of a crate that defines no procedural macros"), false;
  b.text(); // extra_filename
  uint64_t id = b.u64();
  std::string digits = llvm::utohexstr(id, /*LowerCase=*/true); // at least eight
  out_.dylib.symbol = "__rustc_proc_macro_decls_" + std::string(digits.size() < 8 ? 8 - digits.size() : 0, '0') + digits + "__";
  if (b.byte() != 0) // required_panic_strategy
    b.byte();
  b.byte();          // panic_in_drop_strategy
  static constexpr unsigned kEditions[] = {2015, 2018, 2021, 2024};
  uint8_t edition = b.byte();
  if (!b.ok() || isStub || edition >= std::size(kEditions))
    return fail(Problem::Malformed, "its metadata is damaged"), false;
  out_.dylib.edition = kEditions[edition];
  return true;
}

bool Reader::findTable(uint64_t &address) {
  auto sections = elf_.sections();
  if (!sections)
    return llvm::consumeError(sections.takeError()), false;
  for (const auto &section : *sections) {
    if (section.sh_type != llvm::ELF::SHT_DYNSYM)
      continue;
    auto symbols = elf_.symbols(&section);
    auto names = elf_.getStringTableForSymtab(section);
    if (!symbols || !names) {
      llvm::consumeError(symbols.takeError());
      llvm::consumeError(names.takeError());
      return false;
    }
    for (const auto &symbol : *symbols) {
      auto name = symbol.getName(*names);
      if (!name) {
        llvm::consumeError(name.takeError());
        continue;
      }
      if (symbol.st_shndx == llvm::ELF::SHN_UNDEF || *name != out_.dylib.symbol)
        continue;
      address = symbol.st_value;
      return true;
    }
  }
  return false;
}

// R_*_RELATIVE relocations. Those of a RELR section have their value in place, where `word` looks.
void Reader::readRelocations() {
  auto sections = elf_.sections();
  if (!sections)
    return llvm::consumeError(sections.takeError());
  uint32_t relative = elf_.getRelativeRelocationType();
  for (const auto &section : *sections) {
    if (section.sh_type != llvm::ELF::SHT_RELA)
      continue;
    auto rows = elf_.relas(section);
    if (!rows) {
      llvm::consumeError(rows.takeError());
      continue;
    }
    for (const auto &r : *rows)
      if (r.getType(false) == relative)
        relocated_[keyOf(r.r_offset)] = uint64_t(r.r_addend);
  }
}

llvm::StringRef Reader::memory(uint64_t address, uint64_t size, unsigned flags) const {
  auto segments = elf_.program_headers();
  if (!segments)
    return llvm::consumeError(segments.takeError()), llvm::StringRef();
  for (const auto &s : *segments) {
    if (s.p_type != llvm::ELF::PT_LOAD || (s.p_flags & flags) != flags || address < s.p_vaddr || address - s.p_vaddr >= s.p_filesz)
      continue;
    uint64_t begin = address - s.p_vaddr;
    if (size > s.p_filesz - begin || s.p_offset > elf_.getBufSize() || begin + size > elf_.getBufSize() - s.p_offset)
      return {};
    return {reinterpret_cast<const char *>(elf_.base()) + s.p_offset + begin, size_t(size)};
  }
  return {};
}

uint64_t Reader::word(uint64_t address) const {
  if (auto it = relocated_.find(keyOf(address)); it != relocated_.end())
    return it->second;
  llvm::StringRef bytes = memory(address, 8, llvm::ELF::PF_R);
  return bytes.empty() ? 0 : llvm::support::endian::read64le(bytes.data());
}

// The &str at `slice`.
bool Reader::text(uint64_t slice, std::string &out) const {
  uint64_t length = word(slice + 8);
  if (length == 0 || length > 0xFFFF)
    return false;
  out = memory(word(slice), length, llvm::ELF::PF_R).str();
  return !out.empty() && !llvm::isDigit(out[0]) &&
         llvm::all_of(out, [](char c) { return llvm::isAlnum(c) || c == '_' || (c & 0x80); });
}

bool Reader::readEntry(uint64_t at, Macro &macro) {
  llvm::StringRef tag = memory(at, 4, llvm::ELF::PF_R);
  if (tag.empty() || llvm::support::endian::read32le(tag.data()) > 2 || !text(at + 8, macro.name))
    return false;
  macro.kind = Kind(llvm::support::endian::read32le(tag.data()));
  uint64_t client = at + 24;
  if (macro.kind == Kind::Derive) {
    uint64_t helpers = word(client), count = word(client + 8);
    if (count > kMostHelpers - helpers_)
      return false;
    helpers_ += count;
    for (uint64_t i = 0; i < count; ++i)
      if (!text(helpers + 16 * i, macro.helpers.emplace_back()))
        return false;
    client += 16;
  }
  llvm::StringRef counters = memory(word(client), 8, llvm::ELF::PF_R | llvm::ELF::PF_W);
  return !counters.empty() && llvm::support::endian::read32le(counters.data()) == 1 &&
         llvm::support::endian::read32le(counters.data() + 4) == 1 && !memory(word(client + 8), 1, llvm::ELF::PF_X).empty();
}

void Reader::readTable(uint64_t address) {
  constexpr uint64_t kEntry = 56; // tag, and the largest of the variants
  uint64_t entries = word(address), count = word(address + 8);
  if (count > 0xFFFF)
    return fail(Problem::Malformed, "its table of macros is not laid out as expected");
  for (uint64_t i = 0; i < count; ++i)
    if (!readEntry(entries + kEntry * i, out_.dylib.macros.emplace_back()))
      return fail(Problem::Malformed, "its table of macros is not laid out as expected");
}

void Reader::run(llvm::StringRef section) {
  // Header, length, metadata (rustc_codegen_ssa::back::metadata).
  Bytes b(section);
  bool known = b.take(kHeader.size()) == kHeader;
  b.byte();
  uint64_t length = b.u64();
  if (!known || !b.ok())
    return fail(Problem::Malformed, "its metadata does not begin as rustc's does");
  llvm::StringRef blob = b.take(length);
  if (!b.ok())
    return fail(Problem::Malformed, "its metadata is damaged");
  uint64_t table = 0;
  if (!readMetadata(blob))
    return;
  if (out_.dylib.target != kHost)
    return fail(Problem::OtherTarget, out_.dylib.target);
  if (!findTable(table))
    return fail(Problem::Malformed, "the table of its macros is missing");
  readRelocations();
  readTable(table);
}

} // namespace

ReadResult readDylib(llvm::StringRef path) {
  ReadResult out;
  out.dylib.path = path.str();
  auto bad = [&](Problem p, std::string detail) {
    out.problem = p;
    out.detail = std::move(detail);
    return std::move(out);
  };
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!buffer)
    return bad(Problem::Malformed, buffer.getError().message());
  auto elf = Elf::create((*buffer)->getBuffer());
  if (!elf)
    return bad(Problem::NotProcMacro, llvm::toString(elf.takeError()));
  auto sections = elf->sections();
  if (!sections)
    return bad(Problem::NotProcMacro, llvm::toString(sections.takeError()));
  for (const auto &section : *sections) {
    auto name = elf->getSectionName(section);
    auto contents = elf->getSectionContents(section);
    if (name && contents && *name == ".rustc") {
      Reader(*elf, out).run({reinterpret_cast<const char *>(contents->data()), contents->size()});
      return out;
    }
    llvm::consumeError(name.takeError());
    llvm::consumeError(contents.takeError());
  }
  return bad(Problem::NotProcMacro, "it has no Rust metadata");
}

} // namespace ferric::proc_macro
