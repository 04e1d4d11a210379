// Constant memory: bytes, which of them are initialised, and relocations. The same Allocation is what
// the interpreter works on and what statics are emitted from.
#pragma once
#include <deque>
#include "llvm/ADT/StringMap.h"
#include "mir/const_value.h"
#include "mir/init_mask.h"

namespace ferric::mir {

struct Relocation { uint64_t offset; AllocId target; }; // the 8 bytes at `offset` are the addend
struct Allocation {
  llvm::SmallVector<uint8_t, 16> bytes; // those not initialised hold anything
  InitMask init;
  std::vector<Relocation> relocs;      // sorted by offset
  uint64_t align = 1;                  // bytes
  bool mutable_ = false;
};
// What an AllocId stands for.
enum class GlobalAllocKind : uint8_t { Memory, Function, VTable, Static, TypeId, Dead };
struct GlobalAlloc {
  GlobalAllocKind kind{};
  Allocation *memory = nullptr;        // Memory
  ty::Instance instance;               // Function
  ty::Ty ty;                           // VTable: the concrete type; TypeId
  ty::ExistentialPredicates preds;     // VTable: the dyn type's predicates
  DefId def;                           // Static
};
// All allocations of the session, by id. Functions, vtables and statics get one id per entity.
class AllocTable {
public:
  AllocId addMemory(Allocation a);
  AllocId forFunction(const ty::Instance &i);
  AllocId forVTable(ty::Ty ty, ty::ExistentialPredicates preds);
  AllocId forStatic(DefId def);
  AllocId forTypeId(ty::Ty ty);
  // Read-only bytes, one allocation per content and alignment: string literals.
  AllocId forBytes(llvm::StringRef bytes, uint64_t align = 1);
  const GlobalAlloc &operator[](AllocId id) const { return table_[id.raw]; }
  GlobalAlloc &mut(AllocId id) { return table_[id.raw]; }
  size_t size() const { return table_.size(); }

private:
  std::deque<GlobalAlloc> table_;
  std::deque<Allocation> memory_;
  llvm::DenseMap<ty::Instance, AllocId> functions_;
  llvm::DenseMap<std::pair<ty::Ty, const void *>, AllocId> vtables_;
  llvm::DenseMap<DefId, AllocId> statics_;
  llvm::DenseMap<ty::Ty, AllocId> typeIds_;
  llvm::StringMap<AllocId> bytes_[5];
};

} // namespace ferric::mir
