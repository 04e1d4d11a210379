// HIR as text: Rust-like, with desugarings visible and what paths resolved to as far as it tells. -Zunpretty=hir.
#pragma once
#include "hir/hir.h"
#include "llvm/Support/raw_ostream.h"

namespace ferric { struct Session; class Crates; }

namespace ferric::hir {

void print(const Session &sess, const Crates &crates, const Body &body, llvm::raw_ostream &os);
void print(const Session &sess, const Crates &crates, const Item &item, llvm::raw_ostream &os);

} // namespace ferric::hir
