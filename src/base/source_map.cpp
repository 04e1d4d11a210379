// Files are appended with one byte between them, so that the end position of one file is never
// the start of the next and a span's file is found by binary search.
#include "base/source_map.h"
#include "base/check.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Errc.h"
#include "llvm/Support/Path.h"
#include <algorithm>
#include <sys/mman.h>
#include <unistd.h>

namespace ferric {

llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> SourceMap::read(llvm::StringRef path) {
  auto buffer = path == "-" ? llvm::MemoryBuffer::getSTDIN()
                            : llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/true);
  if (!buffer)
    return llvm::errorCodeToError(buffer.getError());
  return std::move(*buffer);
}

llvm::Expected<FileId> SourceMap::load(llvm::StringRef path, llvm::StringRef directory) {
  llvm::SmallString<128> real(directory);
  if (directory.empty() || llvm::sys::path::is_absolute(path))
    real = path;
  else
    llvm::sys::path::append(real, path);
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> buffer = read(real);
  if (!buffer)
    return buffer.takeError();
  if (!fits((*buffer)->getBufferSize()))
    return llvm::createStringError(llvm::errc::file_too_large, "source files larger than 4GB are not supported");
  return add(path == "-" ? "<anon>" : path, std::move(*buffer), real);
}

FileId SourceMap::add(llvm::StringRef name, std::unique_ptr<llvm::MemoryBuffer> buffer, llvm::StringRef realPath) {
  auto file = std::make_unique<SourceFile>();
  file->name = name.str();
  file->realPath = realPath.empty() ? name.str() : realPath.str();
  file->size = uint32_t(buffer->getBufferSize());
  file->buffer = std::move(buffer);
  return push(std::move(file));
}

FileId SourceMap::addUnread(llvm::StringRef name, llvm::StringRef realPath, uint32_t size) {
  auto file = std::make_unique<SourceFile>();
  file->name = name.str();
  file->realPath = realPath.str();
  file->size = size;
  return push(std::move(file));
}

FileId SourceMap::push(std::unique_ptr<SourceFile> file) {
  file->start = next_;
  next_ += file->size + 1;
  files_.push_back(std::move(file));
  return FileId(uint32_t(files_.size() - 1));
}

void SourceFile::read() const {
  auto text = llvm::MemoryBuffer::getFile(realPath, /*IsText=*/false, /*RequiresNullTerminator=*/true);
  if (text && (*text)->getBufferSize() == size) {
    buffer = std::move(*text);
    return;
  }
  std::unique_ptr<llvm::WritableMemoryBuffer> blank = llvm::WritableMemoryBuffer::getNewUninitMemBuffer(size, name);
  std::fill_n(blank->getBufferStart(), size, ' ');
  buffer = std::move(blank);
}

FileId SourceMap::fileOf(uint32_t pos) const {
  if (pos == 0 || files_.empty())
    return FileId();
  auto it = llvm::upper_bound(files_, pos, [](uint32_t p, const auto &f) { return p < f->start; });
  if (it == files_.begin())
    return FileId();
  return FileId(uint32_t(it - files_.begin() - 1));
}

void SourceMap::indexLines(SourceFile &f) const {
  f.lineStarts.push_back(0);
  llvm::StringRef text = f.text();
  for (size_t i = text.find('\n'); i != llvm::StringRef::npos; i = text.find('\n', i + 1))
    f.lineStarts.push_back(uint32_t(i + 1));
}

LineCol SourceMap::lookup(uint32_t pos) const {
  LineCol out;
  out.file = fileOf(pos);
  if (!out.file)
    return out;
  SourceFile &f = *files_[out.file.raw];
  if (f.lineStarts.empty())
    indexLines(f);
  uint32_t off = std::min(pos - f.start, f.size);
  auto it = llvm::upper_bound(f.lineStarts, off);
  uint32_t lineStart = *(it - 1);
  out.line = uint32_t(it - f.lineStarts.begin());
  out.byteCol = off - lineStart;
  out.col = 1;
  for (char c : f.text().slice(lineStart, off))
    out.col += (c & 0xC0) != 0x80;
  return out;
}

llvm::StringRef SourceMap::text(Span span) const {
  FileId id = fileOf(span.lo);
  if (!id)
    return {};
  const SourceFile &f = file(id);
  if (span.hi > f.end() || span.hi < span.lo)
    return {};
  return f.text().slice(span.lo - f.start, span.hi - f.start);
}

llvm::StringRef SourceMap::lineText(FileId id, uint32_t line) const {
  SourceFile &f = *files_[id.raw];
  if (f.lineStarts.empty())
    indexLines(f);
  if (line == 0 || line > f.lineStarts.size())
    return {};
  uint32_t begin = f.lineStarts[line - 1];
  return f.text().substr(begin).take_until([](char c) { return c == '\n'; }).rtrim('\r');
}

void SourceMap::releasePages() const {
  const uintptr_t page = uintptr_t(sysconf(_SC_PAGESIZE));
  for (const std::unique_ptr<SourceFile> &f : files_) {
    if (!f->buffer || f->buffer->getBufferKind() != llvm::MemoryBuffer::MemoryBuffer_MMap)
      continue;
    if (f->lineStarts.empty())
      indexLines(*f); // to find positions of code takes a few pages then
    auto begin = reinterpret_cast<uintptr_t>(f->buffer->getBufferStart()) & ~(page - 1);
    auto end = reinterpret_cast<uintptr_t>(f->buffer->getBufferEnd());
    madvise(reinterpret_cast<void *>(begin), end - begin, MADV_DONTNEED); // advice: failing costs only memory
  }
}

} // namespace ferric
