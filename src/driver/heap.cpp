// The compiler allocates hundreds of megabytes in small pieces within a second and frees few of them. A thread of glibc's grows its own
// heap page by page with mprotect, and each page is a fault; together they were a third of the time of building MIR. Here the
// compiler's thread shares the main heap, whose next 256 MB are mapped at once. Nothing is touched before it is used. Huge pages are not
// asked for: they save nothing that can be measured, and on a virtual machine each may first have to be found by the host.
#include "driver/heap.h"
#include <climits>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace ferric::driver {

void growHeapInLargeSteps() {
#if defined(__GLIBC__)
  constexpr int kStep = 256 << 20, kMmapThreshold = 32 << 20;
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TOP_PAD, kStep);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_MMAP_THRESHOLD, kMmapThreshold); // setting one of these stops glibc from adapting this one
#endif
}

} // namespace ferric::driver
