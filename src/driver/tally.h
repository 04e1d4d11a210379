// Counts of what became of many bodies in one phase: how many failed, by cause, by file, and which took longest.
#pragma once
#include "ty/context.h"
#include "llvm/ADT/StringMap.h"

namespace ferric::driver {

struct Cause { size_t count = 0; std::string text, example; };
struct Slow { double seconds = 0; std::string name; };

// Absent: there is no body, which counts as nothing unless that was an error.
enum class Outcome : uint8_t { Ok, Failed, Absent };

class Tally {
public:
  // One body ("core::fmt::write" at `span`) goes through the phase: f runs, and failed when it reports an error, ends in an
  // internal error or says so. True: it is fine. `name` is asked for only when it is to be shown.
  bool run(ty::Ctx &tcx, Span span, llvm::function_ref<std::string()> name, llvm::function_ref<Outcome()> f);
  // The same for the first part of a phase: counted only when it fails.
  bool prepare(ty::Ctx &tcx, Span span, llvm::function_ref<std::string()> name, llvm::function_ref<Outcome()> f);

  size_t total() const { return total_; }
  size_t failed() const { return failed_; }
  double seconds() const { return seconds_; }
  // Failures by the shape of their message, most frequent first; by file; the slowest bodies, slowest first.
  std::vector<Cause> causes() const;
  std::vector<std::pair<std::string, size_t>> files() const;
  llvm::ArrayRef<Slow> slowest() const { return slowest_; }

private:
  Outcome attempt(ty::Ctx &tcx, Span span, llvm::function_ref<std::string()> name, llvm::function_ref<Outcome()> f);
  void fail(ty::Ctx &tcx, Span span, const std::string &name, std::string place, std::string message);
  void noteTime(double seconds, llvm::function_ref<std::string()> name);
  size_t total_ = 0, failed_ = 0;
  double seconds_ = 0;
  llvm::StringMap<Cause> causes_;
  llvm::StringMap<size_t> files_;
  std::vector<Slow> slowest_; // at most kSlowest
  static constexpr size_t kSlowest = 8;
};

} // namespace ferric::driver
