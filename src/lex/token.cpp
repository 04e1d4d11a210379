// Texts of the fixed tokens.
#include "lex/token.h"

namespace ferric::lex {

llvm::StringRef punctText(TokenKind kind) {
  switch (kind) {
#define TOKEN(k, text) case TokenKind::k: return text;
#include "lex/token.def"
  default:
    return "";
  }
}

} // namespace ferric::lex
