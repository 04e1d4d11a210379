// Writing and mapping images. The stores of the front end hold ids only, so their bytes are written as they are, each
// at a boundary of pages; mapping a store puts those pages at the start of its address space. The small tables of a
// crate are in the head, as bytes that are read into the tables when the crate is wanted. The head is checked against
// its checksum whenever it is read, the stores when `verify` is asked to: reading all of a file costs more than most
// compilations spend on it.
#include "metadata/image.h"
#include "metadata/archiver.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"
#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ferric {

void archive(metadata::Archiver &ar, MacroInfo &m) {
  ar(m.kinds, m.macroRules, m.procMacro, m.procMacroIndex, m.localInner, m.builtin, m.scope, m.helpers);
}

} // namespace ferric

namespace ferric::metadata {

// Everything that decides whether the bytes of a store mean the same to another build of the compiler; what this does
// not see (the order of enumerators that are not in a table, a field that changes its meaning) needs a new kVersion.
static constexpr uint32_t kVersion = 5;
static constexpr char kMagic[8] = {'F', 'E', 'R', 'R', 'I', 'C', 'I', 'M'};

namespace {
struct Prefix {
  char magic[8];
  uint32_t version = 0, zero = 0;
  uint64_t schema = 0, fileSize = 0, headOffset = 0, headSize = 0, headHash = 0;
};
struct Section {
  uint64_t offset = 0, count = 0, hash = 0;
  uint32_t elementSize = 0, zero = 0;
};
// A crate in the head; its tables are not read before it is wanted.
struct CrateHead {
  Symbol name;
  CrateId id;
  uint32_t firstSection = 0;
  std::string hash, tables;
};
} // namespace

static void archive(Archiver &ar, ImageSource &s) { ar(s.name, s.path, s.size, s.modified); }
static void archive(Archiver &ar, CrateHead &c) { ar(c.name, c.id, c.firstSection, c.hash, c.tables); }

struct ImageHead {
  std::string key;
  std::vector<ImageSource> sources;
  std::vector<std::pair<std::string, std::optional<std::string>>> env; // variables that were asked for
  std::vector<Section> sections; // symbols: text, ends, slots; hygiene; the crates' stores
  std::vector<CrateHead> crates;
};
static void archive(Archiver &ar, ImageHead &h) { ar(h.key, h.sources, h.env, h.sections, h.crates); }
static constexpr uint32_t kHygieneSection = 3;

static uint64_t hashOf(llvm::StringRef bytes) {
  return llvm::xxh3_64bits(llvm::ArrayRef<uint8_t>(reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()));
}

static uint64_t schema() {
  static constexpr uint32_t kSizes[] = {
#define EXPR(K) sizeof(ast::K##Expr),
#define TYPE(K) sizeof(ast::K##Type),
#define PAT(K) sizeof(ast::K##Pat),
#define STMT(K) sizeof(ast::K##Stmt),
#define ITEM(K) sizeof(ast::K##Item),
#include "ast/kinds.def"
  };
  static constexpr llvm::StringLiteral kNames =
#define EXPR(K) #K "\n"
#define TYPE(K) #K "\n"
#define PAT(K) #K "\n"
#define STMT(K) #K "\n"
#define ITEM(K) #K "\n"
#include "ast/kinds.def"
#define TOKEN(K, text) #K "\n"
#include "lex/token.def"
      "";
  return knownSymbolsHash() ^ hashOf(kNames) * 3 ^ hashOf({reinterpret_cast<const char *>(kSizes), sizeof kSizes}) * 5;
}

static void archiveCrate(Archiver &ar, Crate &c) {
  std::vector<Symbol> sysroot(c.sysrootExterns.begin(), c.sysrootExterns.end());
  ar(c.edition, c.stableId, c.overflowChecks, c.hasObject, c.dylib, c.archive, c.hash, c.directory, c.files, c.env,
     c.externs, sysroot, c.externNames, c.items, c.attrs, c.span, c.prelude, c.noStd, c.noCore, c.resolved,
     c.builtinTypes, c.toolDecls, c.builtinAttrDecl, c.helperCompatDecl, c.blockModules, c.defModules, c.macros,
     c.externPrelude, c.macroUsePrelude, c.langItems, c.diagnosticItems);
  c.sysrootExterns.insert(sysroot.begin(), sysroot.end());
}

// ---- sources ----

static bool statFile(const std::string &path, uint64_t &size, uint64_t &modified) {
  struct stat s;
  if (::stat(path.c_str(), &s) != 0)
    return false;
  size = uint64_t(s.st_size);
  modified = uint64_t(s.st_mtim.tv_sec) * 1000000000u + uint64_t(s.st_mtim.tv_nsec);
  return true;
}

static llvm::Error systemError(const llvm::Twine &what) {
  return llvm::createStringError(std::error_code(errno, std::generic_category()), what);
}

// ---- writing ----

namespace {
class Writer {
public:
  explicit Writer(int file) : file_(file) {}
  template <class T> void section(llvm::ArrayRef<T> elements) {
    offset_ = llvm::alignTo(offset_, Region::kMapAlign);
    llvm::StringRef bytes(reinterpret_cast<const char *>(elements.data()), elements.size() * sizeof(T));
    sections.push_back({offset_, elements.size(), hashOf(bytes), sizeof(T)});
    write(bytes);
  }
  void write(llvm::StringRef bytes) {
    writeAt(offset_, bytes);
    offset_ += bytes.size();
  }
  void writeAt(uint64_t offset, llvm::StringRef bytes) {
    while (!bytes.empty() && !failed_) {
      ssize_t n = ::pwrite(file_, bytes.data(), bytes.size(), off_t(offset));
      if (n <= 0) {
        failed_ = errno != EINTR;
        continue;
      }
      offset += uint64_t(n);
      bytes = bytes.drop_front(size_t(n));
    }
  }
  uint64_t offset() const { return offset_; }
  bool failed() const { return failed_; }
  std::vector<Section> sections;

private:
  int file_;
  uint64_t offset_ = sizeof(Prefix);
  bool failed_ = false;
};
} // namespace

static void writeSymbols(Writer &w, const SymbolTable &symbols) {
  std::string text;
  std::vector<uint32_t> ends;
  for (uint32_t s = 0; s < symbols.size(); ++s) {
    text += symbols.str(Symbol(s));
    ends.push_back(uint32_t(text.size()));
  }
  w.section(llvm::ArrayRef<char>(text.data(), text.size()));
  w.section(llvm::ArrayRef<uint32_t>(ends));
  w.section(llvm::ArrayRef<SymbolSlot>(symbols.imageSlots()));
}

static llvm::Error addSources(const SourceMap &sources, uint64_t notAfter, std::vector<ImageSource> &out) {
  for (uint32_t i = 0; i < sources.fileCount(); ++i) {
    const SourceFile &f = sources.file(FileId(i));
    ImageSource s{f.name, f.realPath, f.size};
    uint64_t size = 0;
    if (!statFile(s.path, size, s.modified))
      return systemError("`" + s.path + "` cannot be looked at");
    if (size != f.size || s.modified > notAfter)
      return llvm::createStringError("`" + s.path + "` changed while it was compiled");
    out.push_back(std::move(s));
  }
  return llvm::Error::success();
}

llvm::Error writeImage(int file, Session &sess, Crates &crates, llvm::ArrayRef<CrateId> ids, llvm::StringRef key,
                       uint64_t notAfter) {
  Writer w(file);
  auto put = [&]<class T, class IdT>(Store<T, IdT> &store) { w.section(llvm::ArrayRef<T>(store)); };
  ImageHead head;
  head.key = key.str();
  if (llvm::Error e = addSources(sess.sources, notAfter, head.sources))
    return e;
  writeSymbols(w, sess.symbols);
  CHECK(w.sections.size() == kHygieneSection, "sections of symbols in an image");
  sess.hygiene.forEachStore(put);
  for (CrateId id : ids) {
    Crate &c = crates[id];
    Archiver tables;
    archiveCrate(tables, c);
    head.crates.push_back({c.name, id, uint32_t(w.sections.size()), c.hash, tables.bytes().str()});
    c.forEachStore(put);
    llvm::append_range(head.env, c.env);
  }
  head.sections = w.sections;
  Archiver ar;
  ar(head);
  Prefix p;
  std::memcpy(p.magic, kMagic, sizeof kMagic);
  p.version = kVersion;
  p.schema = schema();
  p.headOffset = w.offset();
  p.headSize = ar.bytes().size();
  p.headHash = hashOf(ar.bytes());
  p.fileSize = p.headOffset + p.headSize;
  w.write(ar.bytes());
  w.writeAt(0, {reinterpret_cast<const char *>(&p), sizeof p});
  return w.failed() ? systemError("writing failed") : llvm::Error::success();
}

// ---- reading ----

Image::Image() = default;
Image::~Image() {
  if (file_ >= 0)
    ::close(file_);
  if (symbols_)
    ::munmap(symbols_, symbolBytes_);
}

static bool readAt(int file, uint64_t offset, void *to, size_t n) {
  char *p = static_cast<char *>(to);
  while (n) {
    ssize_t got = ::pread(file, p, n, off_t(offset));
    if (got <= 0 && errno != EINTR)
      return false;
    if (got == 0)
      return false;
    if (got < 0)
      continue;
    p += got;
    offset += uint64_t(got);
    n -= size_t(got);
  }
  return true;
}

// What is wrong with the head; empty: nothing.
static std::string checkHead(const ImageHead &head, uint64_t fileSize) {
  if (head.sections.size() < kHygieneSection)
    return "sections are missing";
  for (const Section &s : head.sections)
    if (s.offset % Region::kMapAlign || s.offset > fileSize || !s.elementSize ||
        s.count > (fileSize - s.offset) / s.elementSize)
      return "a section lies outside the file";
  for (const CrateHead &c : head.crates)
    if (c.firstSection > head.sections.size())
      return "a crate has no sections";
  return "";
}

llvm::Expected<std::unique_ptr<Image>> Image::open(llvm::StringRef path, llvm::StringRef key) {
  std::unique_ptr<Image> image(new Image);
  image->file_ = ::open(path.str().c_str(), O_RDONLY | O_CLOEXEC);
  struct stat s;
  if (image->file_ < 0 || ::fstat(image->file_, &s) != 0)
    return systemError("it cannot be opened");
  auto bad = [](const llvm::Twine &what) { return llvm::createStringError(llvm::Twine(what)); };
  Prefix p;
  if (uint64_t(s.st_size) < sizeof p || !readAt(image->file_, 0, &p, sizeof p) ||
      std::memcmp(p.magic, kMagic, sizeof kMagic) != 0)
    return bad("it does not start as an image does");
  if (p.version != kVersion || p.schema != schema())
    return bad("it is of another version");
  if (p.fileSize != uint64_t(s.st_size) || p.headOffset > p.fileSize || p.headSize != p.fileSize - p.headOffset)
    return bad("it has not the size that it says");
  std::string bytes(p.headSize, '\0');
  if (!readAt(image->file_, p.headOffset, bytes.data(), bytes.size()) || hashOf(bytes) != p.headHash)
    return bad("its head does not match its checksum");
  image->head_ = std::make_unique<ImageHead>();
  Archiver ar{llvm::StringRef(bytes)};
  ar(*image->head_);
  if (!ar.complete())
    return bad("its head is damaged");
  if (std::string what = checkHead(*image->head_, p.fileSize); !what.empty())
    return bad(what);
  if (image->head_->key != key)
    return bad("it is for something else");
  return image;
}

bool Image::isFresh(const Options &options) const {
  for (const ImageSource &s : head_->sources) {
    uint64_t size = 0, modified = 0;
    if (!statFile(s.path, size, modified) || size != s.size || modified != s.modified)
      return false;
  }
  for (const auto &[name, recorded] : head_->env) {
    std::optional<std::string> value;
    if (const char *v = std::getenv(name.c_str()))
      value = v;
    for (const auto &[key, v] : options.env)
      if (key == name)
        value = v;
    if (value != recorded)
      return false;
  }
  return true;
}

bool Image::verify() const {
  for (const Section &s : head_->sections) {
    if (!s.count)
      continue;
    size_t bytes = size_t(s.count * s.elementSize);
    void *p = ::mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE, file_, off_t(s.offset));
    if (p == MAP_FAILED)
      return false;
    ::madvise(p, bytes, MADV_SEQUENTIAL); // advice: failing costs only time
    bool same = hashOf({static_cast<const char *>(p), bytes}) == s.hash;
    ::munmap(p, bytes);
    if (!same)
      return false;
  }
  return true;
}

std::string Image::stamp() const {
  struct stat s;
  if (::fstat(file_, &s) != 0)
    return "";
  std::string out;
  for (uint64_t n : {uint64_t(s.st_dev), uint64_t(s.st_ino), uint64_t(s.st_size), uint64_t(s.st_mtim.tv_sec),
                     uint64_t(s.st_mtim.tv_nsec), uint64_t(s.st_ctim.tv_sec), uint64_t(s.st_ctim.tv_nsec)})
    out += llvm::utostr(n) + " ";
  return out;
}

// Adopts stores from consecutive sections; `ok` turns false at the first that does not fit.
static auto adopter(int file, const std::vector<Section> &sections, size_t next, bool &ok) {
  return [file, &sections, next, &ok]<class T, class IdT>(Store<T, IdT> &store) mutable {
    if (!ok || next >= sections.size())
      return void(ok = false);
    const Section &s = sections[next++];
    ok = s.elementSize == sizeof(T) && store.adopt(file, s.offset, size_t(s.count));
  };
}

bool Image::adoptSession(Session &sess) {
  CHECK(sess.hygiene.isEmpty() && !sess.sources.fileCount(), "an image beside other contents");
  const Section *s = head_->sections.data();
  if (s[0].elementSize != 1 || s[1].elementSize != sizeof(uint32_t) || s[2].elementSize != sizeof(SymbolSlot) ||
      s[1].count < sym::kCount || !llvm::isPowerOf2_64(s[2].count) || s[1].offset < s[0].offset ||
      s[2].offset < s[1].offset)
    return false;
  symbolBytes_ = size_t(s[2].offset + s[2].count * s[2].elementSize - s[0].offset);
  void *p = ::mmap(nullptr, symbolBytes_, PROT_READ, MAP_PRIVATE, file_, off_t(s[0].offset));
  if (p == MAP_FAILED)
    return false;
  symbols_ = static_cast<char *>(p);
  auto at = [&](const Section &section) { return symbols_ + (section.offset - s[0].offset); };
  sess.symbols.adopt({{symbols_, size_t(s[0].count)},
                      {reinterpret_cast<const uint32_t *>(at(s[1])), size_t(s[1].count)},
                      {reinterpret_cast<const SymbolSlot *>(at(s[2])), size_t(s[2].count)}});
  bool ok = true;
  sess.hygiene.clearForImage();
  sess.hygiene.forEachStore(adopter(file_, head_->sections, kHygieneSection, ok));
  sess.hygiene.imageAdopted();
  for (const ImageSource &f : head_->sources)
    sess.sources.addUnread(f.name, f.path, f.size);
  return ok;
}

size_t Image::crateCount() const { return head_->crates.size(); }
Symbol Image::crateName(size_t i) const { return head_->crates[i].name; }
CrateId Image::crateId(size_t i) const { return head_->crates[i].id; }
llvm::StringRef Image::crateHash(size_t i) const { return head_->crates[i].hash; }

std::string Image::sourcesOf(const Crate &crate) const {
  std::string out;
  for (FileId id : crate.files) {
    const ImageSource &s = head_->sources[id.raw];
    out += s.path + " " + llvm::utostr(s.size) + " " + llvm::utostr(s.modified) + "\n";
  }
  return out;
}

bool Image::adoptCrate(Crate &crate, size_t i) {
  const CrateHead &c = head_->crates[i];
  CHECK(crate.id == c.id && !crate.defs.size(), "a crate of an image over another");
  crate.name = c.name;
  Archiver ar{llvm::StringRef(c.tables)};
  archiveCrate(ar, crate);
  bool ok = ar.complete();
  crate.forEachStore(adopter(file_, head_->sections, c.firstSection, ok));
  return ok;
}

} // namespace ferric::metadata
