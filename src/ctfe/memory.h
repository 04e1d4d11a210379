// Memory of one evaluation: allocations of its own, and read-only views of the session's. An AllocId with
// the top bit set is local to the evaluation; interning gives the reachable ones session ids at the end.
#pragma once
#include "layout/layout.h"
#include "mir/alloc.h"

namespace ferric::ctfe {

using layout::Layout; using layout::TyLayout; using layout::u128; using layout::i128;
using mir::AllocId; using mir::Allocation; using mir::AllocTable; using mir::GlobalAlloc; using mir::GlobalAllocKind;
using ty::Ctx; using ty::Ty; using ty::GenericArgs; using ty::Instance;

inline constexpr uint32_t kLocalBit = 0x80000000u;
inline bool isLocalAlloc(AllocId id) { return id.valid() && (id.raw & kLocalBit); }
// In an id of local memory: the pointer came from a shared reference and nothing may be written through it.
inline constexpr uint32_t kFrozenBit = 0x40000000u;
inline AllocId frozen(AllocId id) { return isLocalAlloc(id) ? AllocId(id.raw | kFrozenBit) : id; }
inline bool isFrozen(AllocId id) { return isLocalAlloc(id) && (id.raw & kFrozenBit); }
inline AllocId thawed(AllocId id) { return isLocalAlloc(id) ? AllocId(id.raw & ~kFrozenBit) : id; }

// An address: an offset in an allocation, or (no allocation) an integer.
struct Pointer {
  AllocId alloc;
  uint64_t addr = 0;
  bool isInt() const { return !alloc.valid(); }
  Pointer plus(uint64_t n) const { return {alloc, addr + n}; }
  // Whether two pointers have the same provenance, whatever may be done through them.
  bool sameAlloc(const Pointer &o) const { return thawed(alloc) == thawed(o.alloc); }
  friend bool operator==(const Pointer &, const Pointer &) = default;
};
// A scalar in flight: bits, a pointer, or uninitialised.
struct Value {
  enum Kind : uint8_t { Uninit, Bits, Ptr } kind = Uninit;
  uint8_t size = 0;
  u128 bits = 0;
  Pointer ptr;
  static Value ofBits(u128 b, uint64_t size) { Value v; v.kind = Bits; v.size = uint8_t(size); v.bits = layout::truncTo(b, size); return v; }
  static Value ofPtr(Pointer p) { if (p.isInt()) return ofBits(p.addr, 8); Value v; v.kind = Ptr; v.size = 8; v.ptr = p; return v; }
  // The address; integers are addresses without provenance.
  Pointer asPtr() const { return kind == Ptr ? ptr : Pointer{AllocId(), uint64_t(bits)}; }
  bool isBits() const { return kind == Bits; }
};

// Why an evaluation stopped.
struct Failure {
  mir::EvalOutcome outcome = mir::EvalOutcome::Value;
  std::string message;         // "index out of bounds: the length is 3 but the index is 5"
};

class Memory {
public:
  Memory(Ctx &tcx, Failure &failure) : tcx_(tcx), failure_(failure) {}

  // The largest allocation an evaluation may ask for, far less than what would exhaust the machine.
  static constexpr uint64_t kMaxAllocation = uint64_t(1) << 32;
  // False: failed, there is not that much memory.
  bool fits(uint64_t size) { return size <= kMaxAllocation || fail("tried to allocate more memory than available to compiler"); }
  // New uninitialised memory; the size fits.
  Pointer allocate(uint64_t size, uint64_t align);
  void kill(AllocId id);
  // The allocation behind an id for reading: local memory, session memory, a static's initial value. Null: failed.
  const Allocation *read(AllocId id);
  Allocation *write(AllocId id);
  // Local memory that is there still; null: it was freed.
  const Allocation *alive(AllocId local) const { Slot *s = slot(local); return s ? &s->memory : nullptr; }
  // Bounds of an access; false: failed with rustc's words.
  bool check(Pointer p, uint64_t size, const char *what = "memory access failed");

  bool readScalar(Pointer p, uint64_t size, Value &out);
  // Whether a scalar of `size` bytes may be read: initialised, and no pointer unless it may be one. False: failed.
  bool readable(Pointer p, uint64_t size, bool mayBePointer);
  bool writeScalar(Pointer p, uint64_t size, const Value &v);
  // memmove of bytes with their initialisation and relocations.
  bool copy(Pointer from, Pointer to, uint64_t size);
  bool fill(Pointer p, uint8_t byte, uint64_t size);
  bool setUninit(Pointer p, uint64_t size);
  bool readBytes(Pointer p, uint64_t size, llvm::SmallVectorImpl<uint8_t> &out);

  // Gives everything reachable from `root` session ids; returns the root's. `mutableRoot`: a static's own memory; `mutableInner`: what a
  // `static mut` leads to. Pointers to freed memory keep their ids, and set danglingFinal.
  AllocId intern(AllocId root, bool mutableRoot, bool mutableInner = false);
  bool danglingFinal = false;
  // Memory besides the root's was given an id: the value leads to memory of its own.
  bool internedInner = false;
  bool fail(const llvm::Twine &message);
  bool tooGeneric();
  // Static whose initialiser is being evaluated: it may not be read.
  DefId evaluatingStatic;

private:
  struct Slot { Allocation memory; AllocId interned; };
  Slot *slot(AllocId local) const { return slots_[local.raw & ~(kLocalBit | kFrozenBit)]; }
  std::vector<Slot *> slots_;  // by id, which is never used again; null: freed
  std::deque<Slot> pool_;
  std::vector<Slot *> free_;   // of the pool: their buffers keep their capacity
  Ctx &tcx_;
  Failure &failure_;
};

} // namespace ferric::ctfe
