// All source files of a session, laid out one after another in a single 32-bit address space.
#pragma once
#include "base/span.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <string>
#include <vector>

namespace ferric {

FERRIC_ID(FileId);

struct SourceFile {
  std::string name;       // as it is shown in messages and by file!(): the path as given on the command line, joined for modules
  std::string realPath;   // where it was read from
  uint32_t start = 0;     // global position of its first byte
  uint32_t size = 0;
  mutable std::unique_ptr<llvm::MemoryBuffer> buffer; // null: of a crate that came as an image, not read yet
  std::vector<uint32_t> lineStarts; // offsets in the file; filled on first use
  // Blanks when a file whose text was not read at once cannot be read any more, or is not as long as it was.
  llvm::StringRef text() const {
    if (!buffer)
      read();
    return buffer->getBuffer();
  }
  uint32_t end() const { return start + size; }

private:
  void read() const;
};

// A position for people: 1-based line; 1-based column in chars; 0-based column in bytes.
struct LineCol {
  FileId file;
  uint32_t line = 0;
  uint32_t col = 0;
  uint32_t byteCol = 0;
};

class SourceMap {
public:
  // Reads a file ("-" is standard input). Errors: missing, unreadable, over 4 GiB in all. Not-UTF-8 is the lexer's to report.
  // A relative path is looked for in `directory`, when there is one.
  llvm::Expected<FileId> load(llvm::StringRef path, llvm::StringRef directory = "");
  // The text of a file ("-" is standard input), as `load` reads it.
  static llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> read(llvm::StringRef path);
  // Whether there are positions left for a file of that size.
  bool fits(size_t size) const { return size < 0xFFFFFFF0u - next_; }
  // Adds text under a name: `<anon>`, expansions printed and parsed again, tests.
  FileId add(llvm::StringRef name, std::unique_ptr<llvm::MemoryBuffer> buffer, llvm::StringRef realPath = "");
  // Adds a file whose text is read from `realPath` when it is asked for.
  FileId addUnread(llvm::StringRef name, llvm::StringRef realPath, uint32_t size);
  const SourceFile &file(FileId id) const { return *files_[id.raw]; }
  size_t fileCount() const { return files_.size(); }
  // The file that holds a global position; none for dummy spans.
  FileId fileOf(uint32_t pos) const;
  LineCol lookup(uint32_t pos) const;
  // Text of a span, hygiene ignored; empty when it is a dummy or crosses files.
  llvm::StringRef text(Span span) const;
  // Text of 1-based line `line` without its line end.
  llvm::StringRef lineText(FileId file, uint32_t line) const;
  // Takes the texts that are mapped files out of the process's memory. Read again, they come back.
  void releasePages() const;

private:
  FileId push(std::unique_ptr<SourceFile> file);
  void indexLines(SourceFile &f) const;
  std::vector<std::unique_ptr<SourceFile>> files_;
  uint32_t next_ = 1; // 0 is the dummy position
};

} // namespace ferric
