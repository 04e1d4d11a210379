// The lexer: a whole source file to a flat token stream with matched delimiters.
#pragma once
#include "diag/session.h"
#include "lex/token.h"

namespace ferric::lex {

// Lexes a file (Reference: "Lexical structure"): a byte order mark, a shebang line and a frontmatter block are skipped,
// doc comments are tokens, literals are checked (escapes included), delimiters are matched. Errors are reported and
// repaired: every OpenDelim in the result has its CloseDelim.
TokenRange lexFile(Session &sess, FileId file, unsigned edition, TokenStore &out);

// Lexes a text that is no file of its own (proc macros, generated code) as if it stood in a file called `name`.
TokenRange lexText(Session &sess, llvm::StringRef name, llvm::StringRef text, unsigned edition, TokenStore &out);

// As lexText, but every token gets `span`, and nothing is reported: false when the text has an error, the first of which `message` gets.
bool lexTextAt(Session &sess, llvm::StringRef text, Span span, unsigned edition, TokenStore &out, TokenRange &range,
               std::string *message = nullptr);

// The text of a token stream: what `stringify!` yields and what proc macros see. Source tokens keep the joint/alone
// spacing they were written with; tokens whose spacing is unknown are spaced as rustc's pretty printer would.
std::string printTokens(const Session &sess, llvm::ArrayRef<Token> tokens);
inline std::string printTokens(const Session &sess, const TokenStore &store, TokenRange range) {
  return printTokens(sess, tokens(store, range));
}
// The same for one token: an identifier with its `r#`, a literal with quotes and suffix, a doc comment.
std::string printToken(const Session &sess, const Token &token);
// Whether a space goes between two tokens that were not joined in the source.
bool spaceBetween(const Token &a, const Token &b);

} // namespace ferric::lex
