// Address-space regions behind Store: one reservation of 4 GiB, made accessible in growing steps. A region that has grown to some
// megabytes asks for huge pages: with small ones a third of the time to read core's source goes to page faults.
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

char *Region::grow(size_t bytes) {
  if (used_ + bytes > committed_) {
    if (!base_)
      reserve(bytes);
    if (used_ + bytes > reserved_)
      outOfMemory();
    size_t step = std::clamp<size_t>(committed_, 64 << 10, 16 << 20);
    bool huge = used_ + bytes + step >= 2 * kHugePage;
    size_t round = (huge ? kHugePage : size_t(64) << 10) - 1;
    size_t want = std::min(reserved_, (used_ + bytes + step + round) & ~round);
    if (mprotect(base_, want, PROT_READ | PROT_WRITE) != 0)
      outOfMemory();
    if (huge)
      madvise(base_ + committed_, want - committed_, MADV_HUGEPAGE); // advice: failing costs only time
    committed_ = want;
  }
  char *p = base_ + used_;
  used_ += bytes;
  return p;
}

} // namespace ferric
