// The table of allocations. Functions, vtables, statics and type ids are one allocation per entity so that
// pointers to them compare equal; read-only bytes are shared by content, as rustc shares string literals.
#include "mir/alloc.h"

namespace ferric::mir {

AllocId AllocTable::addMemory(Allocation a) {
  memory_.push_back(std::move(a));
  GlobalAlloc g;
  g.kind = GlobalAllocKind::Memory;
  g.memory = &memory_.back();
  table_.push_back(g);
  return AllocId(uint32_t(table_.size() - 1));
}

AllocId AllocTable::forFunction(const ty::Instance &i) {
  auto [it, inserted] = functions_.try_emplace(i);
  if (inserted) {
    it->second = AllocId(uint32_t(table_.size()));
    GlobalAlloc g;
    g.kind = GlobalAllocKind::Function;
    g.instance = i;
    table_.push_back(g);
  }
  return it->second;
}

AllocId AllocTable::forVTable(ty::Ty ty, ty::ExistentialPredicates preds) {
  auto [it, inserted] = vtables_.try_emplace(std::pair<ty::Ty, const void *>(ty, preds.p));
  if (inserted) {
    it->second = AllocId(uint32_t(table_.size()));
    GlobalAlloc g;
    g.kind = GlobalAllocKind::VTable;
    g.ty = ty;
    g.preds = preds;
    table_.push_back(g);
  }
  return it->second;
}

AllocId AllocTable::forStatic(DefId def) {
  auto [it, inserted] = statics_.try_emplace(def);
  if (inserted) {
    it->second = AllocId(uint32_t(table_.size()));
    GlobalAlloc g;
    g.kind = GlobalAllocKind::Static;
    g.def = def;
    table_.push_back(g);
  }
  return it->second;
}

AllocId AllocTable::forTypeId(ty::Ty ty) {
  auto [it, inserted] = typeIds_.try_emplace(ty);
  if (inserted) {
    it->second = AllocId(uint32_t(table_.size()));
    GlobalAlloc g;
    g.kind = GlobalAllocKind::TypeId;
    g.ty = ty;
    table_.push_back(g);
  }
  return it->second;
}

AllocId AllocTable::forBytes(llvm::StringRef bytes, uint64_t align) {
  unsigned log = llvm::Log2_64(align);
  CHECK(log < 5, "alignment of constant bytes");
  auto [it, inserted] = bytes_[log].try_emplace(bytes);
  if (inserted) {
    Allocation a;
    a.bytes.append(bytes.bytes_begin(), bytes.bytes_end());
    a.align = align;
    it->second = addMemory(std::move(a));
  }
  return it->second;
}

} // namespace ferric::mir
