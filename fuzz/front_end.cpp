// libFuzzer target: lexer, parser, macro expansion and name resolution on arbitrary bytes, without core.
// Build with -DFERRIC_FUZZ=ON; run `build/bin/fuzz_front_end -max_total_time=300 corpus/`.
#include "driver/front_end.h"
#include "expand/expander.h"
#include "resolve/resolver.h"

using namespace ferric;

// One input as the only file of a `#![no_core]` crate. Diagnostics are silenced: what is looked for is crashes, hangs and memory.
static void run(llvm::StringRef text) {
  Session sess;
  diag::Diagnostics::Silence silence(sess.diag);
  Crates crates(sess);
  Crate &crate = crates.add(sess.symbols.intern("fuzz"), 2021);
  FileId file = sess.sources.add("fuzz.rs", llvm::MemoryBuffer::getMemBufferCopy(("#![no_core]\n" + text).str()));
  parse::CfgSet cfg;
  resolve::Resolver resolver(crates, crate.id);
  expand::Expander expander(sess, crate.ast, cfg, resolver, {file, crate.id, crate.name, crate.edition});
  expand::ExpandedCrate expanded = expander.run();
  crate.items = expanded.items;
  crate.attrs = expanded.attrs;
  crate.span = expanded.span;
  resolver.finish();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 1 << 16)
    run(llvm::StringRef(reinterpret_cast<const char *>(data), size));
  return 0;
}
