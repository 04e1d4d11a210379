// Target specifications by name or from target.json files (rustc_target::spec::json; rustc book, "Custom Targets").
#pragma once
#include "diag/session.h"
#include "layout/target.h"

namespace ferric::driver {

// The specification that --target names: a built-in target, a path that ends in `.json`, or NAME.json in a folder of RUST_TARGET_PATH or
// NAME/target.json in the sysroot's lib/rustlib. Lives as long as the process. Null: reported.
const layout::TargetSpec *findTarget(Session &sess);
// A target.json as rustc 1.96 writes it, or as 1.90 and older did, with widths as strings. `name` is what the target is called.
// Errors: no JSON, a missing or unknown key, a value of the wrong kind, an architecture that there is no code generation for.
llvm::Expected<layout::TargetSpec> parseTargetSpec(llvm::StringRef name, llvm::StringRef text);
// --print target-spec-json: what of a specification differs from the default.
void printTargetSpec(const layout::TargetSpec &target, llvm::raw_ostream &os);
// --print target-spec-json-schema: which keys a target.json has, and what their values are, as a JSON Schema.
void printTargetSchema(llvm::raw_ostream &os);

} // namespace ferric::driver
