// The texts are in a table of their own, one line for each code (explanations.def).
#include "driver/explain.h"
#include "llvm/ADT/STLExtras.h"
#include <utility>

namespace ferric::driver {

static constexpr std::pair<llvm::StringLiteral, llvm::StringLiteral> kExplanations[] = {
#define EXPLAIN(code, text) {code, text},
#include "driver/explanations.def"
#undef EXPLAIN
};

llvm::StringRef explanationOf(llvm::StringRef code) {
  bool bare = !code.empty() && llvm::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
  std::string full = bare ? "E" + std::string(code.size() < 4 ? 4 - code.size() : 0, '0') + code.str() : code.str();
  for (const auto &[known, text] : kExplanations)
    if (known == full)
      return text;
  return "";
}

} // namespace ferric::driver
