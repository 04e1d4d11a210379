// A pretty printer of text with optional line breaks (Oppen 1980, in rustc's variant, because `stringify!` and assertion messages
// make its line breaks observable): boxes whose breaks become new lines when what follows does not fit.
#pragma once
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace ferric::lex {

class Pretty {
public:
  void text(llvm::StringRef s);
  // A blank of `blank` columns, or a new line indented by `offset` more than its box.
  void space(int blank = 1, int offset = 0);
  void hardBreak() { space(kInfinity); }
  // Boxes: consistent ones break at all of their breaks or at none, inconsistent ones where it is needed.
  void consistentBox(int indent) { open(indent, true); }
  void inconsistentBox(int indent) { open(indent, false); }
  void end();
  // Nothing, or a hard break, was written last.
  bool atLineStart() const;
  std::string finish();

private:
  static constexpr int kInfinity = 0xFFFF, kMargin = 78, kMinSpace = 60;
  enum class Op : uint8_t { Text, Break, Begin, End };
  struct Item { Op op; bool consistent = false; int offset = 0, blank = 0, size = 0; uint32_t begin = 0, len = 0; };
  void open(int indent, bool consistent);
  void resolve();
  std::vector<Item> items_;
  std::vector<uint32_t> scan_;
  std::string chars_;
  int total_ = 1;
};

} // namespace ferric::lex
