// Character classes of Rust source text beyond ASCII.
#pragma once
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <string>

namespace ferric::lex {

// Reference: "Identifiers": XID_Start (and `_`) and XID_Continue.
bool isIdStart(uint32_t c);
bool isIdContinue(uint32_t c);
// Pattern_White_Space beyond ASCII: U+0085, U+200E, U+200F, U+2028, U+2029.
bool isUnicodeWhitespace(uint32_t c);
// Decodes the character at p (valid UTF-8) and sets len to its length in bytes.
inline uint32_t decodeUtf8(const char *p, unsigned &len) {
  const unsigned char *u = reinterpret_cast<const unsigned char *>(p);
  if (u[0] < 0x80)
    return len = 1, u[0];
  if (u[0] < 0xE0)
    return len = 2, (u[0] & 0x1F) << 6 | (u[1] & 0x3F);
  if (u[0] < 0xF0)
    return len = 3, (u[0] & 0x0F) << 12 | (u[1] & 0x3F) << 6 | (u[2] & 0x3F);
  return len = 4, (u[0] & 0x07) << 18 | (u[1] & 0x3F) << 12 | (u[2] & 0x3F) << 6 | (u[3] & 0x3F);
}
// Appends the UTF-8 encoding of `c`.
template <class Out> void appendUtf8(Out &out, uint32_t c) {
  if (c < 0x80) {
    out.push_back(char(c));
  } else if (c < 0x800) {
    out.push_back(char(0xC0 | c >> 6));
    out.push_back(char(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    out.push_back(char(0xE0 | c >> 12));
    out.push_back(char(0x80 | (c >> 6 & 0x3F)));
    out.push_back(char(0x80 | (c & 0x3F)));
  } else {
    out.push_back(char(0xF0 | c >> 18));
    out.push_back(char(0x80 | (c >> 12 & 0x3F)));
    out.push_back(char(0x80 | (c >> 6 & 0x3F)));
    out.push_back(char(0x80 | (c & 0x3F)));
  }
}
// First byte that is not part of well-formed UTF-8, or npos.
size_t findInvalidUtf8(llvm::StringRef text);

} // namespace ferric::lex
