// Address-space regions behind Store: one reservation of 4 GiB, made accessible in growing steps. What lies behind the first half
// megabyte asks for huge pages: with small ones a third of the time to read core's source goes to page faults.
#include "base/store.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

namespace ferric {

static constexpr size_t kReserve = size_t(4) << 30;
static constexpr size_t kLeastReserve = size_t(16) << 20;
static constexpr size_t kHugePage = size_t(2) << 20;
static constexpr size_t kSmallPages = size_t(512) << 10; // in front of the first huge page

Region::~Region() {
  if (base_)
    munmap(base_, reserved_);
}

Region &Region::operator=(Region &&o) noexcept {
  std::swap(base_, o.base_);
  std::swap(used_, o.used_);
  std::swap(committed_, o.committed_);
  std::swap(reserved_, o.reserved_);
  return *this;
}

[[noreturn]] static void outOfMemory() {
  llvm::errs() << "error: out of memory: the input needs more than the compiler can address\n";
  std::exit(1);
}

void Region::reserve(size_t atLeast) {
  for (size_t size = kReserve; size >= std::max(kLeastReserve, atLeast); size /= 4) {
    void *p = mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED)
      continue;
    base_ = static_cast<char *>(p);
    reserved_ = size;
    if (size > 2 * kHugePage) { // the reservation starts where the end of the small pages is the start of a huge one
      size_t skip = size_t(-(reinterpret_cast<uintptr_t>(base_) + kSmallPages)) & (kHugePage - 1);
      if (skip && munmap(base_, skip) == 0) {
        base_ += skip;
        reserved_ -= skip;
      }
    }
    return;
  }
  outOfMemory();
}

bool Region::adopt(int file, uint64_t offset, size_t bytes) {
  CHECK(!used_ && offset % kMapAlign == 0, "a file is mapped over the contents of a store");
  if (!bytes)
    return true;
  if (!base_)
    reserve(bytes);
  if (bytes > reserved_ ||
      mmap(base_, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, file, off_t(offset)) == MAP_FAILED)
    return false;
  used_ = bytes;
  // What is behind the contents in their last page is there to grow into.
  committed_ = std::max(committed_, llvm::alignTo(bytes, size_t(sysconf(_SC_PAGESIZE))));
  return true;
}

// Makes at least the first `bytes` bytes accessible.
void Region::commit(size_t bytes) {
  if (!base_)
    reserve(bytes);
  if (bytes > reserved_)
    outOfMemory();
  size_t step = std::clamp<size_t>(committed_, 64 << 10, 16 << 20);
  size_t want = llvm::alignTo(bytes + step, size_t(64) << 10);
  if (want > kSmallPages)
    want = kSmallPages + llvm::alignTo(want - kSmallPages, kHugePage);
  want = std::min(reserved_, want);
  if (mprotect(base_, want, PROT_READ | PROT_WRITE) != 0)
    outOfMemory();
  if (size_t begin = std::max(committed_, kSmallPages); begin < want)
    madvise(base_ + begin, want - begin, MADV_HUGEPAGE); // advice: failing costs only time
  committed_ = want;
}

void Region::shrinkToFit() {
  size_t end = llvm::alignTo(used_, size_t(sysconf(_SC_PAGESIZE)));
  if (end >= committed_)
    return;
  madvise(base_ + end, committed_ - end, MADV_DONTNEED); // advice: failing costs only memory
  committed_ = end;
}

} // namespace ferric
