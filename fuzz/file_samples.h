// Files that other compilers leave and Ferric reads, built byte by byte: for the fuzz target `files`, and for tests
// that damage them in fixed ways.
#pragma once
#include "metadata/archive.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Object/ArchiveWriter.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <vector>

namespace ferric::samples {

inline std::string number(uint64_t n, int bytes = 8) {
  std::string s;
  for (int i = 0; i < bytes; ++i)
    s += char(n >> 8 * i);
  return s;
}

inline std::string text(const std::string &s) { return std::string(1, char(s.size())) + s + "\xC1"; }

// rustc's metadata up to the edition, in the section's wrapping.
inline std::string rustcMetadata(const std::string &version, bool procMacro, char format = 10) {
  std::string head("rust\0\0\0", 7);
  head += format;
  std::string body = text(version);
  std::string root = std::string(1, '\0') + text("x86_64-unknown-linux-gnu") + std::string(16, '\1') +
                     std::string(1, '\0') + text("macros") + std::string(1, char(procMacro)) + std::string(1, '\0') +
                     text("") + std::string(8, '\2') + std::string("\0\0\2", 3);
  std::string blob = head + number(16 + body.size()) + body + root;
  return head + number(blob.size()) + blob;
}

// A 64-bit ELF file: contents behind its headers, and sections of them.
class ElfFile {
public:
  std::string bytes = std::string(kHeader + kSegment, '\0');

  uint64_t put(const std::string &s) {
    uint64_t at = bytes.size();
    bytes += s;
    return at;
  }
  struct Section {
    const char *name;
    uint64_t type, offset, size, link, entry;
  };
  // One segment with all of it, at address 0, that may be read, written and run.
  std::string finish(std::vector<Section> sections) {
    std::string names(1, '\0');
    for (const Section &s : sections)
      names += std::string(s.name) + '\0';
    sections.push_back({"", 3, put(names), names.size(), 0, 0});
    uint64_t headers = put(std::string(64, '\0')), name = 1;
    for (const Section &s : sections) {
      put(number(name, 4) + number(s.type, 4) + number(0) + number(0) + number(s.offset) + number(s.size) +
          number(s.link, 4) + number(0, 4) + number(1) + number(s.entry));
      name += std::string(s.name).size() + 1;
    }
    std::string header("\x7f"
                       "ELF\2\1\1\0\0\0\0\0\0\0\0\0",
                       16);
    header += number(3, 2) + number(62, 2) + number(1, 4) + number(0) + number(kHeader) + number(headers) +
              number(0, 4) + number(64, 2) + number(56, 2) + number(1, 2) + number(64, 2) +
              number(sections.size() + 1, 2) + number(sections.size(), 2);
    header += number(1, 4) + number(7, 4) + number(0) + number(0) + number(0) + number(bytes.size()) +
              number(bytes.size()) + number(4096);
    bytes.replace(0, header.size(), header);
    return bytes;
  }

  static constexpr size_t kHeader = 64, kSegment = 56;
};

// A dylib whose section `.rustc` holds `metadata`, with derive macros `derive_it` that have the helper `helper` so many
// times, in one table for all of them, and a macro `bang_it`.
inline std::string procMacroDylib(const std::string &metadata, unsigned derives = 1, unsigned helperCount = 1) {
  ElfFile f;
  std::vector<std::pair<uint64_t, uint64_t>> relocations;
  auto pointer = [&](uint64_t to) {
    relocations.push_back({f.bytes.size(), to});
    f.put(number(0));
  };
  uint64_t derive = f.put("derive_it"), helper = f.put("helper"), bang = f.put("bang_it"),
           counters = f.put(number(1, 4) + number(1, 4));
  uint64_t run = f.put("\xC3"), helpers = f.bytes.size();
  for (unsigned i = 0; i < helperCount; ++i)
    pointer(helper), f.put(number(6));
  uint64_t entries = f.bytes.size();
  for (unsigned i = 0; i < derives; ++i)
    f.put(number(0)), pointer(derive), f.put(number(9)), pointer(helpers), f.put(number(helperCount)),
        pointer(counters), pointer(run);
  f.put(number(2)), pointer(bang), f.put(number(7)), pointer(counters), pointer(run), f.put(number(0) + number(0));
  uint64_t table = f.bytes.size();
  pointer(entries), f.put(number(derives + 1));
  std::string names = std::string(1, '\0') + "__rustc_proc_macro_decls_202020202020202__" + '\0', rows;
  std::string symbols =
      std::string(24, '\0') + number(1, 4) + number(0x11, 2) + number(1, 2) + number(table) + number(16);
  for (auto [at, to] : relocations)
    rows += number(at) + number(8) + number(to);
  return f.finish({{".rustc", 1, f.put(metadata), metadata.size(), 0, 0},
                   {".dynsym", 11, f.put(symbols), symbols.size(), 3, 24},
                   {".dynstr", 3, f.put(names), names.size(), 0, 0},
                   {".rela.dyn", 4, f.put(rows), rows.size(), 2, 24}});
}
inline std::string procMacroDylib() { return procMacroDylib(rustcMetadata("rustc 1.96.0 (x)", true)); }

class TemporaryFile {
public:
  TemporaryFile(llvm::StringRef ending, llvm::StringRef contents) {
    int fd = -1;
    (void)llvm::sys::fs::createTemporaryFile("ferric-sample", ending, fd, path);
    llvm::raw_fd_ostream(fd, /*shouldClose=*/true) << contents;
  }
  ~TemporaryFile() { llvm::sys::fs::remove(path); }
  llvm::SmallString<128> path;
};

// An rlib with metadata, an object of the crate and one of a native library, whose name is long.
inline std::string rlib(llvm::StringRef metadata) {
  llvm::NewArchiveMember members[] = {
      llvm::NewArchiveMember(llvm::MemoryBufferRef(metadata, metadata::kMember)),
      llvm::NewArchiveMember(llvm::MemoryBufferRef("object of the crate", "libsample.0.rcgu.o")),
      llvm::NewArchiveMember(llvm::MemoryBufferRef("another", "object_of_a_native_library.o"))};
  TemporaryFile file("rlib", "");
  llvm::cantFail(llvm::writeArchive(file.path, members, llvm::SymtabWritingMode::NoSymtab, llvm::object::Archive::K_GNU,
                                    true, false));
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer = llvm::MemoryBuffer::getFile(file.path);
  return buffer ? (*buffer)->getBuffer().str() : "";
}

} // namespace ferric::samples
