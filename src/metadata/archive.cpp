// Reading rlibs with LLVM's archive reader. Objects are taken out for linking rather than given to the linker as
// archives, because every one of them counts, referenced or not: it may hold `#[no_mangle]` and `#[used]` items.
#include "metadata/archive.h"
#include "llvm/Object/Archive.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace ferric::metadata {

static Decoded absent(std::string detail) {
  Decoded d;
  d.problem = Unusable::NoMetadata;
  d.detail = std::move(detail);
  return d;
}

// LLVM's reader lets the last member say that it is longer than the file.
static llvm::Expected<llvm::StringRef> contentsOf(const llvm::object::Archive::Child &child) {
  llvm::Expected<llvm::StringRef> contents = child.getBuffer();
  const llvm::object::Archive &archive = *child.getParent();
  llvm::StringRef file = archive.getData();
  auto within = [&](llvm::StringRef part) {
    return part.begin() >= file.begin() && part.begin() <= file.end() && part.size() <= size_t(file.end() - part.begin());
  };
  if (contents && !archive.isThin() && !within(*contents))
    return llvm::createStringError(llvm::inconvertibleErrorCode(), "a member is longer than the file");
  return contents;
}

static Decoded readArchive(llvm::MemoryBufferRef buffer) {
  llvm::Expected<std::unique_ptr<llvm::object::Archive>> archive = llvm::object::Archive::create(buffer);
  if (!archive)
    return absent(llvm::toString(archive.takeError()));
  llvm::Error error = llvm::Error::success();
  Decoded found = absent("it has no member `" + kMember.str() + "`");
  for (const llvm::object::Archive::Child &child : (*archive)->children(error)) {
    llvm::Expected<llvm::StringRef> name = child.getName();
    llvm::Expected<llvm::StringRef> text = contentsOf(child);
    if (name && text && *name == kMember) {
      bool elf = text->starts_with("\x7f"
                                   "ELF"); // rustc wraps its metadata in an object
      found = decode(elf ? llvm::StringRef("rust\0\0\0", 7) : *text);
    }
    llvm::consumeError(name.takeError());
    llvm::consumeError(text.takeError());
  }
  if (error)
    return absent(llvm::toString(std::move(error)));
  return found;
}

Decoded readCrateFile(llvm::StringRef path) {
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer)
    return absent(buffer.getError().message());
  if ((*buffer)->getBuffer().starts_with("!<arch>\n"))
    return readArchive(**buffer);
  return decode((*buffer)->getBuffer());
}

static llvm::Error writeTemporary(llvm::StringRef contents, std::vector<std::string> &out) {
  llvm::SmallString<128> path;
  int fd;
  if (std::error_code ec = llvm::sys::fs::createTemporaryFile("ferric-rlib", "o", fd, path))
    return llvm::errorCodeToError(ec);
  llvm::raw_fd_ostream os(fd, /*shouldClose=*/true);
  os << contents;
  out.push_back(path.str().str());
  os.close();
  std::error_code ec = os.error();
  os.clear_error(); // it is reported, and not fatal
  return llvm::errorCodeToError(ec);
}

static bool isWanted(llvm::StringRef name, Objects which) {
  switch (which) {
  case Objects::Own: return name.ends_with(kOwnObject);
  case Objects::OfNativeLibs: return name != kMember && !name.ends_with(kOwnObject);
  case Objects::All: return name != kMember;
  }
  return false;
}

llvm::Error extractObjects(llvm::StringRef file, Objects which, std::vector<std::string> &out, std::vector<std::string> *names) {
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer = llvm::MemoryBuffer::getFile(file);
  if (!buffer)
    return llvm::errorCodeToError(buffer.getError());
  llvm::Expected<std::unique_ptr<llvm::object::Archive>> archive = llvm::object::Archive::create(**buffer);
  if (!archive)
    return archive.takeError();
  llvm::Error error = llvm::Error::success();
  for (const llvm::object::Archive::Child &child : (*archive)->children(error)) {
    llvm::Expected<llvm::StringRef> name = child.getName();
    if (!name)
      return llvm::joinErrors(std::move(error), name.takeError());
    if (!isWanted(*name, which))
      continue;
    llvm::Expected<llvm::StringRef> contents = contentsOf(child);
    if (!contents)
      return llvm::joinErrors(std::move(error), contents.takeError());
    if (llvm::Error e = writeTemporary(*contents, out))
      return llvm::joinErrors(std::move(error), std::move(e));
    if (names)
      names->push_back(name->str());
  }
  return error;
}

} // namespace ferric::metadata
