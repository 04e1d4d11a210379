// Token streams as the server holds them: flat runs of the compiler's tokens (lex/token.h), and their pieces as a macro sees them.
#pragma once
#include "diag/session.h"
#include "lex/token.h"
#include "proc_macro/codec.h"
#include <memory>
#include <vector>

namespace ferric::proc_macro {

using Tokens = std::vector<lex::Token>;
// Shared by handles; changed only by who holds the only one.
using Stream = std::shared_ptr<Tokens>;

// In Token::aux of invisible delimiters: a group that a macro made, which the parser does not see (rustc InvisibleOrigin::ProcMacro).
inline constexpr uint8_t kMadeByMacro = 0xFF;

// How trees of tokens are written and read: handles of streams and spans are the server's.
class Handles {
public:
  virtual ~Handles() = default;
  virtual uint32_t add(Stream stream) = 0;
  virtual uint32_t add(Span span) = 0;
  // The stream, which the macro gives up. None: there is no such handle, or it was given up before; `r` fails.
  virtual Stream takeStream(Reader &r) = 0;
  virtual Span span(Reader &r) = 0;
};

// Appends one token, which is glued to the one before when that is joint and both together are one (rustc_ast: TokenStream::push_tree).
void push(SymbolTable &symbols, Tokens &to, const lex::Token &token);
// Appends a stream, the first token of which may be glued (push_stream).
void append(SymbolTable &symbols, Tokens &to, llvm::ArrayRef<lex::Token> stream);

// Vec<TokenTree>: the trees of a stream, operators in single characters, lifetimes and doc comments in pieces.
void writeTrees(Session &sess, llvm::ArrayRef<lex::Token> tokens, Handles &handles, Writer &w);
// One TokenTree, appended to `to`.
void readTree(Session &sess, Reader &r, Handles &handles, Tokens &to);
// Literal { kind, symbol, suffix, span }. `negative`: with a minus sign before it.
void writeLiteral(Session &sess, const lex::Token &literal, bool negative, Handles &handles, Writer &w);

// Without the invisible groups that macros made.
Tokens withoutMadeGroups(llvm::ArrayRef<lex::Token> tokens);
// The text of a doc comment as a string literal between quotes has it (char::escape_debug).
std::string escapeDebug(llvm::StringRef text);

} // namespace ferric::proc_macro
