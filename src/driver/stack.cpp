// The stack is switched rather than a thread started: while the process has one thread, glibc's allocator takes no locks, and a page
// table entry that changes is only to be forgotten by one processor.
#include "driver/stack.h"
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

namespace ferric::driver {

static llvm::function_ref<void()> *toCall; // makecontext passes on nothing but ints
static void enter() { (*toCall)(); }

void runOnLargeStack(size_t bytes, llvm::function_ref<void()> f) {
  constexpr size_t kLeast = size_t(16) << 20;
  size_t guard = size_t(sysconf(_SC_PAGESIZE));
  auto map = [&] {
    return mmap(nullptr, guard + bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  };
  void *p = map();
  while (p == MAP_FAILED && bytes > kLeast) {
    bytes /= 2;
    p = map();
  }
  if (p == MAP_FAILED || mprotect(p, guard, PROT_NONE) != 0)
    return f();
  ucontext_t here, there;
  if (getcontext(&there) != 0)
    return f();
  there.uc_stack.ss_sp = static_cast<char *>(p) + guard;
  there.uc_stack.ss_size = bytes;
  there.uc_link = &here;
  toCall = &f;
  makecontext(&there, enter, 0);
  if (swapcontext(&here, &there) != 0)
    f();
}

} // namespace ferric::driver
