// The compiler's side of what a macro asks (server.h, Compiler).
#pragma once
#include "proc_macro/wire.h"
#include <functional>

namespace ferric::proc_macro {

// What the expansion that the macro runs for does with its wishes.
struct Wishes {
  std::function<void(llvm::StringRef name, std::optional<llvm::StringRef> value)> trackEnv;
  std::function<void(llvm::StringRef path)> trackPath;
  // TokenStream::expand_expr. None: it is no expression that expands to a literal; reported.
  std::function<std::optional<Tokens>(Tokens)> expandExpr;
};

// The answer to a question of a macro's server.
std::string answer(Session &sess, const Wishes &wishes, llvm::StringRef question);

} // namespace ferric::proc_macro
