// CPU time comes from getrusage, memory from /proc/self/statm.
#include "driver/phases.h"
#include "llvm/Support/Format.h"
#include <cstdio>
#include <sys/resource.h>
#include <unistd.h>

namespace ferric::driver {

double cpuSeconds() {
  rusage u;
  getrusage(RUSAGE_SELF, &u);
  return double(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + double(u.ru_utime.tv_usec + u.ru_stime.tv_usec) * 1e-6;
}

size_t residentBytes() {
  FILE *f = fopen("/proc/self/statm", "r");
  if (!f)
    return 0;
  unsigned long total = 0, resident = 0;
  int n = fscanf(f, "%lu %lu", &total, &resident);
  fclose(f);
  return n == 2 ? resident * size_t(sysconf(_SC_PAGESIZE)) : 0;
}

Phase::Phase(const Session &sess, const char *name)
    : sess_(sess), name_(name), scope_(name, Span()), trace_(name), start_(cpuSeconds()),
      rss_(sess.options.timePasses ? residentBytes() : 0) {}

Phase::~Phase() {
  if (!sess_.options.timePasses)
    return;
  size_t now = residentBytes();
  long delta = long(now / 1000000) - long(rss_ / 1000000);
  llvm::errs() << llvm::format("time: %7.3f; rss: %4zuMB -> %4zuMB (%+5ldMB)\t%s\n", cpuSeconds() - start_, rss_ / 1000000, now / 1000000, delta, name_);
}

} // namespace ferric::driver
