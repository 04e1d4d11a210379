// Byte-level memory: every access checks bounds, initialisation and relocations, as rustc_const_eval's does. A pointer
// in memory is 8 bytes of offset and a relocation at its first byte.
#include "ctfe/memory.h"
#include "ty/print.h"

namespace ferric::ctfe {

bool Memory::fail(const llvm::Twine &message) {
  if (failure_.outcome == mir::EvalOutcome::Value) {
    failure_.outcome = mir::EvalOutcome::Error;
    failure_.message = message.str();
  }
  return false;
}
bool Memory::tooGeneric() {
  if (failure_.outcome == mir::EvalOutcome::Value)
    failure_.outcome = mir::EvalOutcome::TooGeneric;
  return false;
}

// Calls come and go by the million: memory freed is given out again, under a new id, so that pointers to the old one still dangle.
Pointer Memory::allocate(uint64_t size, uint64_t align) {
  Slot *s;
  if (free_.empty()) {
    s = &pool_.emplace_back();
  } else {
    s = free_.back();
    free_.pop_back();
  }
  s->memory.bytes.resize_for_overwrite(size);
  s->memory.init.reset(false);
  s->interned = AllocId();
  s->memory.align = align;
  s->memory.mutable_ = true;
  slots_.push_back(s);
  return {AllocId(uint32_t(slots_.size() - 1) | kLocalBit), 0};
}

void Memory::kill(AllocId id) {
  if (!isLocalAlloc(id) || !slot(id))
    return;
  Slot *&s = slots_[id.raw & ~(kLocalBit | kFrozenBit)];
  constexpr size_t kKeptCapacity = 4096;
  if (s->memory.bytes.capacity() > kKeptCapacity)
    s->memory = Allocation();
  s->memory.bytes.clear();
  s->memory.relocs.clear();
  free_.push_back(std::exchange(s, nullptr));
}

const Allocation *Memory::read(AllocId id) {
  if (isLocalAlloc(id)) {
    if (Slot *s = slot(id))
      return &s->memory;
    fail("memory access failed: pointer has been freed, so this pointer is dangling");
    return nullptr;
  }
  const GlobalAlloc &g = (*tcx_.allocs)[id];
  switch (g.kind) {
  case GlobalAllocKind::Memory:
    return g.memory;
  case GlobalAllocKind::Static: {
    if (g.def == evaluatingStatic) {
      fail("encountered static that tried to access itself during initialization");
      return nullptr;
    }
    if (tcx_.defKind(g.def) == DefKind::Static && tcx_.defKind(tcx_.parent(g.def)) == DefKind::ForeignMod) {
      fail("cannot access extern static `" + ty::showDef(tcx_, g.def) + "`");
      return nullptr;
    }
    AllocId memory = tcx_.staticAlloc(g.def);
    if (!memory) {
      fail("");
      return nullptr;
    }
    const Allocation *a = (*tcx_.allocs)[memory].memory;
    if (a->mutable_ && !evaluatingStatic.valid()) {
      fail("constant accesses mutable global memory");
      return nullptr;
    }
    return a;
  }
  case GlobalAllocKind::Function:
    fail("accessing memory at a function pointer");
    return nullptr;
  case GlobalAllocKind::VTable:
    fail("accessing memory of a vtable");
    return nullptr;
  default:
    fail("accessing memory that is no data");
    return nullptr;
  }
}

Allocation *Memory::write(AllocId id) {
  if (isFrozen(id)) {
    fail("writing through a pointer that was derived from a shared (immutable) reference");
    return nullptr;
  }
  if (isLocalAlloc(id))
    return const_cast<Allocation *>(read(id));
  fail("modifying a static's initial value from another static's initializer");
  return nullptr;
}

bool Memory::check(Pointer p, uint64_t size, const char *what) {
  if (p.isInt()) {
    if (size == 0)
      return true;
    if (p.addr == 0)
      return fail(llvm::Twine(what) + ": null pointer is dangling");
    return fail(llvm::Twine(what) + ": 0x" + llvm::utohexstr(p.addr, true) + "[noalloc] is a dangling pointer (it has no provenance)");
  }
  const Allocation *a = read(p.alloc);
  if (!a)
    return false;
  if (p.addr > a->bytes.size() || size > a->bytes.size() - p.addr)
    return fail(llvm::Twine(what) + ": expected a pointer to " + llvm::Twine(size) + " bytes of memory, but got a pointer at offset " +
                llvm::Twine(int64_t(p.addr)) + " of an allocation of " + llvm::Twine(a->bytes.size()) + " bytes");
  return true;
}

// First relocation that overlaps [begin, end), or the end.
static std::vector<mir::Relocation>::const_iterator firstReloc(const Allocation &a, uint64_t begin) {
  return llvm::lower_bound(a.relocs, begin, [](const mir::Relocation &r, uint64_t o) { return r.offset + 8 <= o; });
}

static bool isInit(const Allocation &a, uint64_t begin, uint64_t size) { return a.init.all(begin, begin + size); }
static void setInit(Allocation &a, uint64_t begin, uint64_t size, bool value) {
  if (size == a.bytes.size())
    a.init.reset(value);
  else
    a.init.set(begin, begin + size, value);
}
// Removes the relocations that overlap a range about to be overwritten. A pointer overwritten in part loses its rest.
static void clearRelocs(Allocation &a, uint64_t begin, uint64_t size) {
  if (a.relocs.empty() || size == 0)
    return;
  auto from = a.relocs.begin() + (firstReloc(a, begin) - a.relocs.cbegin());
  auto to = from;
  while (to != a.relocs.end() && to->offset < begin + size) {
    if (to->offset < begin || to->offset + 8 > begin + size)
      setInit(a, to->offset, 8, false);
    ++to;
  }
  a.relocs.erase(from, to);
}

bool Memory::readScalar(Pointer p, uint64_t size, Value &out) {
  if (!check(p, size))
    return false;
  const Allocation &a = *read(p.alloc);
  if (!isInit(a, p.addr, size))
    return fail("reading memory at offset " + llvm::Twine(p.addr) + ", but memory is uninitialized there, and this operation requires initialized memory");
  u128 bits = 0;
  std::memcpy(&bits, a.bytes.data() + p.addr, size);
  auto reloc = firstReloc(a, p.addr);
  if (reloc == a.relocs.end() || reloc->offset >= p.addr + size) {
    out = Value::ofBits(bits, size);
    return true;
  }
  if (reloc->offset != p.addr || size != 8)
    return fail("unable to turn pointer into integer");
  out = Value::ofPtr({reloc->target, uint64_t(bits)});
  return true;
}

bool Memory::readable(Pointer p, uint64_t size, bool mayBePointer) {
  if (!check(p, size))
    return false;
  const Allocation &a = *read(p.alloc);
  if (!isInit(a, p.addr, size))
    return fail("reading memory at offset " + llvm::Twine(p.addr) + ", but memory is uninitialized there, and this operation requires initialized memory");
  if (mayBePointer)
    return true;
  auto reloc = firstReloc(a, p.addr);
  return reloc == a.relocs.end() || reloc->offset >= p.addr + size || fail("unable to turn pointer into integer");
}

bool Memory::writeScalar(Pointer p, uint64_t size, const Value &v) {
  if (!check(p, size))
    return false;
  Allocation *a = write(p.alloc);
  if (!a)
    return false;
  clearRelocs(*a, p.addr, size);
  if (v.kind == Value::Uninit) {
    setInit(*a, p.addr, size, false);
    return true;
  }
  u128 bits = v.kind == Value::Ptr ? v.ptr.addr : v.bits;
  std::memcpy(a->bytes.data() + p.addr, &bits, size);
  setInit(*a, p.addr, size, true);
  if (v.kind == Value::Ptr) {
    if (size != 8)
      return fail("unable to turn pointer into integer");
    auto at = a->relocs.begin() + (firstReloc(*a, p.addr) - a->relocs.cbegin());
    a->relocs.insert(at, {p.addr, v.ptr.alloc});
  }
  return true;
}

bool Memory::copy(Pointer from, Pointer to, uint64_t size) {
  if (size == 0) // of a static even nothing may be read before there is a value
    return from.isInt() || isLocalAlloc(from.alloc) || (*tcx_.allocs)[from.alloc].kind != GlobalAllocKind::Static || read(from.alloc);
  if (!check(from, size) || !check(to, size))
    return false;
  const Allocation *src = read(from.alloc);
  Allocation *dst = write(to.alloc);
  if (!dst)
    return false;
  llvm::SmallVector<mir::Relocation, 2> relocs;
  for (auto r = firstReloc(*src, from.addr); r != src->relocs.end() && r->offset < from.addr + size; ++r) {
    if (r->offset < from.addr || r->offset + 8 > from.addr + size)
      return fail("unable to copy parts of a pointer from memory");
    relocs.push_back({r->offset - from.addr + to.addr, r->target});
  }
  bool allInit = isInit(*src, from.addr, size), noneInit = !allInit && src->init.none(from.addr, from.addr + size);
  if (!noneInit)
    std::memmove(dst->bytes.data() + to.addr, src->bytes.data() + from.addr, size);
  clearRelocs(*dst, to.addr, size);
  if (allInit || noneInit)
    setInit(*dst, to.addr, size, allInit);
  else
    dst->init.copy(src->init, from.addr, to.addr, size);
  auto at = dst->relocs.begin() + (firstReloc(*dst, to.addr) - dst->relocs.cbegin());
  dst->relocs.insert(at, relocs.begin(), relocs.end());
  return true;
}

bool Memory::fill(Pointer p, uint8_t byte, uint64_t size) {
  if (size == 0)
    return true;
  if (!check(p, size))
    return false;
  Allocation *a = write(p.alloc);
  if (!a)
    return false;
  clearRelocs(*a, p.addr, size);
  std::memset(a->bytes.data() + p.addr, byte, size);
  setInit(*a, p.addr, size, true);
  return true;
}

bool Memory::setUninit(Pointer p, uint64_t size) {
  if (size == 0)
    return true;
  if (!check(p, size))
    return false;
  Allocation *a = write(p.alloc);
  if (!a)
    return false;
  clearRelocs(*a, p.addr, size);
  setInit(*a, p.addr, size, false);
  return true;
}

bool Memory::readBytes(Pointer p, uint64_t size, llvm::SmallVectorImpl<uint8_t> &out) {
  if (size == 0)
    return true;
  if (!check(p, size))
    return false;
  const Allocation &a = *read(p.alloc);
  if (!isInit(a, p.addr, size))
    return fail("reading memory, but memory is uninitialized, and this operation requires initialized memory");
  auto reloc = firstReloc(a, p.addr);
  if (reloc != a.relocs.end() && reloc->offset < p.addr + size)
    return fail("unable to turn pointer into integer");
  out.append(a.bytes.begin() + long(p.addr), a.bytes.begin() + long(p.addr + size));
  return true;
}

AllocId Memory::intern(AllocId root, bool mutableRoot, bool mutableInner) {
  if (!isLocalAlloc(root))
    return root;
  std::vector<AllocId> work{root};
  std::vector<Slot *> done;
  while (!work.empty()) {
    AllocId id = work.back();
    work.pop_back();
    Slot *s = slot(id);
    if (!s || s->interned.valid())
      continue;
    Allocation copy = std::move(s->memory);
    copy.mutable_ = id == thawed(root) ? mutableRoot : mutableInner;
    if (isInit(copy, 0, copy.bytes.size()))
      copy.init.reset(true);
    for (mir::Relocation &r : copy.relocs)
      if (isLocalAlloc(r.target))
        work.push_back(r.target = thawed(r.target));
    s->interned = tcx_.allocs->addMemory(std::move(copy));
    s->memory = Allocation();
    internedInner |= !done.empty();
    done.push_back(s);
  }
  // Relocations are renamed when every target has its session id.
  for (Slot *s : done)
    for (mir::Relocation &r : tcx_.allocs->mut(s->interned).memory->relocs)
      if (isLocalAlloc(r.target)) {
        if (Slot *target = slot(r.target))
          r.target = target->interned;
        else
          danglingFinal = true; // to memory that is gone
      }
  Slot *s = slot(root);
  return s ? s->interned : AllocId();
}

} // namespace ferric::ctfe
