// The compiler allocates hundreds of megabytes in small pieces within a second and frees few of them. A thread of glibc's grows its own
// heap page by page with mprotect, and each page is a fault; together they were a third of the time of building MIR. Here the
// compiler runs on the main heap, whose next 256 MB are mapped at once. Nothing is touched before it is used. Huge pages are
// asked for, which takes 7 % from the time of compiling core: there are a fifth as many faults, and the processor finds addresses sooner.
#include "driver/heap.h"
#include <climits>
#if defined(__GLIBC__)
#include <cstdlib>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace ferric::driver {

#if defined(__GLIBC__)
[[maybe_unused]] static void *volatile leakedUpToHugePages; // volatile: the compiler may not leave the call of malloc out
#endif

void growHeapInLargeSteps() {
#if defined(__GLIBC__)
  constexpr int kStep = 256 << 20, kMmapThreshold = 32 << 20;
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TOP_PAD, kStep);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_MMAP_THRESHOLD, kMmapThreshold); // setting one of these stops glibc from adapting this one
  constexpr size_t kHugePage = 2 << 20;
  void *block = malloc(kHugePage); // more than is left of the heap that start-up made: makes the first step
  auto at = reinterpret_cast<uintptr_t>(block), begin = llvm::alignTo(at, kHugePage), end = reinterpret_cast<uintptr_t>(sbrk(0));
  free(block);
  if (begin >= end || end - begin > 2 * size_t(kStep))
    return;
  madvise(reinterpret_cast<void *>(begin), end - begin, MADV_HUGEPAGE); // advice: failing costs only time
  if (begin - at > 4096)
    leakedUpToHugePages = malloc(begin - at - 64); // never touched, so it takes no memory: what follows lies in huge pages
#endif
}

} // namespace ferric::driver
