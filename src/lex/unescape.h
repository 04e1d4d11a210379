// Values of literal tokens: escapes, line continuations and CRLF resolved (Reference: "Literal expressions").
#pragma once
#include "base/symbol.h"
#include "lex/token.h"

namespace ferric::lex {

enum class EscapeError : uint8_t {
  None, ZeroChars, MoreThanOneChar, LoneSlash, InvalidEscape, BareCarriageReturn, BareCarriageReturnInRaw, EscapeOnlyChar,
  TooShortHexEscape, InvalidCharInHexEscape, OutOfRangeHexEscape, NoBraceInUnicodeEscape, InvalidCharInUnicodeEscape,
  EmptyUnicodeEscape, UnclosedUnicodeEscape, LeadingUnderscoreUnicodeEscape, OverlongUnicodeEscape, LoneSurrogateUnicodeEscape,
  OutOfRangeUnicodeEscape, UnicodeEscapeInByte, NonAsciiCharInByte, NulInCStr,
};

// Appends the bytes that a literal of `kind` with the text `text` (between the quotes) denotes: UTF-8 for Str and Char,
// one byte for Byte, no trailing NUL for C strings. Each mistake is passed to onError with its byte range in `text`.
void unescape(llvm::StringRef text, LitKind kind, llvm::SmallVectorImpl<char> &out,
              llvm::function_ref<void(size_t lo, size_t hi, EscapeError)> onError = nullptr);
// The value of a Char or Byte literal that lexed without errors; U+FFFD otherwise.
uint32_t unescapeChar(llvm::StringRef text, LitKind kind);
// Text between the quotes of a literal that denotes `value`: escape_default for the kind; the inverse of unescape.
std::string escapeForLiteral(llvm::StringRef value, LitKind kind);

} // namespace ferric::lex
