// How the process's heap grows.
#pragma once

namespace ferric::driver {

// To be called before the heap is used in earnest, by the main thread. One heap for all threads, that grows in steps of hundreds of
// megabytes and is never given back while the process lives. Elsewhere than on glibc it does nothing.
void growHeapInLargeSteps();

} // namespace ferric::driver
