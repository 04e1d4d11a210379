// A proc macro crate in the session: nothing of it is known but the names of its macros.
#pragma once
#include "defs/crate.h"
#include "proc_macro/dylib.h"

namespace ferric::resolve {

// Fills in an empty crate whose root module has the macros of `dylib`, all public.
void defineProcMacros(Session &sess, Crate &crate, const proc_macro::Dylib &dylib);

} // namespace ferric::resolve
