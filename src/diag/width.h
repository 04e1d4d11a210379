// Display width of text in a terminal.
#pragma once
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Unicode.h"

namespace ferric::diag {

// Bytes of the UTF-8 character that begins with `c`.
inline unsigned utf8Length(char c) {
  unsigned char u = static_cast<unsigned char>(c);
  return u < 0xC0 ? 1 : u < 0xE0 ? 2 : u < 0xF0 ? 3 : 4;
}

// Columns that `text` takes; unprintable characters count as one.
inline unsigned displayWidth(llvm::StringRef text) {
  int w = llvm::sys::unicode::columnWidthUTF8(text);
  return w < 0 ? unsigned(text.size()) : unsigned(w);
}

} // namespace ferric::diag
