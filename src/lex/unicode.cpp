// Character classes by binary search in range tables; only text outside ASCII comes here.
#include "lex/unicode.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/UnicodeCharRanges.h"

namespace ferric::lex {

#include "lex/unicode_xid.inc"

static bool isAsciiLetter(uint32_t c) { return (c | 0x20) - 'a' < 26u; }

bool isIdStart(uint32_t c) {
  if (c < 0x80)
    return isAsciiLetter(c) || c == '_';
  static const llvm::sys::UnicodeCharSet kSet(kXidStart);
  return kSet.contains(c);
}

bool isIdContinue(uint32_t c) {
  if (c < 0x80)
    return isAsciiLetter(c) || c == '_' || c - '0' < 10u;
  static const llvm::sys::UnicodeCharSet kSet(kXidContinue);
  return kSet.contains(c);
}

bool isUnicodeWhitespace(uint32_t c) {
  return c == 0x85 || c == 0x200E || c == 0x200F || c == 0x2028 || c == 0x2029;
}

size_t findInvalidUtf8(llvm::StringRef text) {
  const char *p = text.begin(), *end = text.end();
  while (p != end) {
    uint64_t word;
    while (end - p >= 8 && (std::memcpy(&word, p, 8), (word & 0x8080808080808080ull) == 0))
      p += 8;
    while (p != end && static_cast<unsigned char>(*p) < 0x80)
      ++p;
    if (p == end)
      break;
    const llvm::UTF8 *u = reinterpret_cast<const llvm::UTF8 *>(p);
    unsigned len = llvm::getNumBytesForUTF8(*u);
    if (size_t(end - p) < len || !llvm::isLegalUTF8Sequence(u, u + len))
      return size_t(p - text.begin());
    p += len;
  }
  return llvm::StringRef::npos;
}

} // namespace ferric::lex
