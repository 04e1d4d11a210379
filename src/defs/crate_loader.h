// How name resolution gets at other crates: it asks when a name needs one, and whoever drives the compilation loads it.
#pragma once
#include "base/def_id.h"
#include "base/span.h"
#include "base/symbol.h"

namespace ferric {

struct Crate;

class CrateLoader {
public:
  virtual ~CrateLoader() = default;
  // The crate that `name` means in `from` (Reference: items/extern-crates): loaded, expanded and resolved when it is
  // not yet. `span` is where it is asked for. None: there is none or it cannot be used; reported.
  virtual CrateId load(Crate &from, Symbol name, Span span) = 0;
};

} // namespace ferric
