// Names that may have been meant.
#pragma once
#include "resolve/lookup.h"

namespace ferric::resolve {

// The candidate closest to `name` in edit distance, at most a third of its length away (rustc_span::edit_distance); none.
Symbol bestMatch(Session &session, Symbol name, llvm::ArrayRef<Symbol> candidates);
// A name of `module` similar to `name`, in any namespace; never `name` itself.
Symbol similarInModule(Lookup &lookup, Symbol name, ModuleId module);
// A module or crate with a similar name: in `in` when that is a module, else in scope at `from`.
Symbol similarModule(Crates &crates, Lookup &lookup, Symbol name, ModuleId from, PathRoot in);

} // namespace ferric::resolve
