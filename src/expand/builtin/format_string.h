// The template grammar of std::fmt and of inline assembly (Reference: std::fmt "Syntax"; inline-assembly "Template string").
#pragma once
#include "ast/ast.h"
#include "diag/session.h"

namespace ferric::expand {

// Which argument a placeholder or a count means.
enum class ArgRefKind : uint8_t { Next, Index, Name };
struct ArgRef {
  ArgRefKind kind{};
  uint32_t index = 0;              // Next: resolved; Index
  llvm::StringRef name;            // Name
  uint32_t lo = 0, hi = 0;         // byte range in the template
};
enum class CountRefKind : uint8_t { Implied, Literal, Arg };
struct CountRef {
  CountRefKind kind{};
  bool star = false;               // `.*`
  uint32_t value = 0;
  ArgRef arg;
  uint32_t lo = 0, hi = 0;
};
struct TemplatePiece {
  bool isLiteral = false;
  llvm::StringRef text;            // literal
  ArgRef arg;
  uint32_t fill = 0;
  uint32_t fillLo = 0;
  ast::FormatAlign align = ast::FormatAlign::Unknown;
  bool plus = false, minus = false, alternate = false, zeroPad = false, debugLowerHex = false, debugUpperHex = false;
  CountRef width, precision;
  llvm::StringRef type;            // what stands behind the options: "", "?", "x", a modifier
  uint32_t typeLo = 0;
  uint32_t lo = 0, hi = 0;         // placeholder with its braces
};
struct TemplateError {
  std::string description, label, note, secondaryLabel;
  uint32_t lo = 0, hi = 0, secondaryLo = 0, secondaryHi = 0;
};

enum class TemplateMode : uint8_t { Format, InlineAsm };

// Parses `text` (unescaped). Stops at the first error, which is put into `error`.
bool parseTemplate(llvm::StringRef text, TemplateMode mode, std::vector<TemplatePiece> &out, TemplateError &error);

// Where bytes of a string literal's value stand in the source; when the literal's text cannot be found there (it came from a macro
// that made it), every span is the whole literal.
class LiteralPositions {
public:
  LiteralPositions(const Session &sess, Span literal, llvm::StringRef value, lex::LitKind kind, unsigned hashes);
  bool isSource() const { return isSource_; }
  Span span(uint32_t lo, uint32_t hi) const;

private:
  uint32_t offset(uint32_t i) const { return map_.empty() ? base_ + i : map_[i]; }
  Span literal_;
  bool isSource_ = false;
  uint32_t base_ = 0;
  uint32_t size_ = 0;
  std::vector<uint32_t> map_;      // of a literal with escapes: source offset of every byte of the value, and of its end
};

} // namespace ferric::expand
