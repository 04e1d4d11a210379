// The compiler allocates hundreds of megabytes in small pieces within a second and frees few of them. A thread of glibc's grows its own
// heap page by page with mprotect, and each page is a fault; together they were a third of the time of building MIR. Here the
// compiler's thread shares the main heap, whose next 256 MB are mapped at once and advised to be huge pages. Nothing is touched
// before it is used, so that a small crate does not take more memory for it than one such page.
#include "driver/heap.h"
#include "llvm/Support/MathExtras.h"
#include <climits>
#include <cstdint>
#include <cstdlib>
#if defined(__GLIBC__)
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace ferric::driver {

void growHeapInLargeSteps() {
#if defined(__GLIBC__)
  constexpr int kStep = 256 << 20, kMmapThreshold = 32 << 20;
  constexpr uint64_t kHugePage = 2 << 20;
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TOP_PAD, kStep);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_MMAP_THRESHOLD, kMmapThreshold); // setting one of these stops glibc from adapting this one
  void *first = malloc(1 << 20);             // does not fit what there is: the heap grows by a step
  uint64_t begin = llvm::alignTo(uint64_t(first), kHugePage), end = llvm::alignDown(uint64_t(sbrk(0)), kHugePage);
  if (first && begin < end && end - begin <= uint64_t(kStep) * 2)
    madvise(reinterpret_cast<void *>(begin), end - begin, MADV_HUGEPAGE); // advice: failing costs only time
  free(first);
#endif
}

} // namespace ferric::driver
