// Builds Location { filename: NonNull<str>, line: u32, col: u32, .. } as constant memory. The file name is followed by a NUL that
// its length does not count (rustc_const_eval::util::caller_location).
#include "layout/location.h"
#include "layout/fn_abi.h"

namespace ferric::layout {

static void put(mir::Allocation &a, uint64_t offset, uint64_t value, unsigned size) { memcpy(a.bytes.data() + offset, &value, size); }

mir::AllocId locationAlloc(Ctx &tcx, Span span) {
  Span outer = tcx.sess.hygiene.sourceCallSite(span);
  LineCol at = outer.isDummy() ? LineCol() : tcx.sess.sources.lookup(outer.lo);
  const CodeOptions &detail = tcx.sess.options.code; // -Zlocation-detail
  std::string file = !detail.locationFile ? "<redacted>" : at.file.valid() ? tcx.sess.sources.file(at.file).name : "<unknown>";
  Ty location = callerLocationTy(tcx).inner();
  TyLayout l = tyLayout(tcx, location);
  CHECK(l->ok() && l->fieldCount() >= 3, "layout of Location");
  mir::AllocId name = tcx.allocs->forBytes(llvm::StringRef(file.c_str(), file.size() + 1));
  mir::Allocation a;
  a.bytes.resize(l->size);
  a.align = l->align;
  a.relocs.push_back({l->offset(0), name});
  put(a, l->offset(0), 0, 8);
  put(a, l->offset(0) + 8, file.size(), 8);
  put(a, l->offset(1), detail.locationLine ? at.line : 0, 4);
  put(a, l->offset(2), detail.locationColumn ? at.col : 0, 4);
  return tcx.allocs->addMemory(std::move(a)); 
}

} // namespace ferric::layout
