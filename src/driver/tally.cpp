// Each body is on its own: diagnostics are caught and forgotten, so that none is taken for a duplicate of another body's, and an
// internal error ends its body only. Messages that differ in names and numbers are one cause.
#include "driver/tally.h"
#include "base/recover.h"
#include <ctime>

namespace ferric::driver {

// Text between backticks and numbers cut out.
static std::string shapeOf(llvm::StringRef message) {
  std::string out;
  bool quoted = false;
  for (char c : message) {
    if (c == '`') {
      if (!quoted)
        out += "`..`";
      quoted = !quoted;
    } else if (!quoted && !llvm::isDigit(c)) {
      out += c;
    } else if (!quoted && !llvm::StringRef(out).ends_with("N")) {
      out += 'N';
    }
  }
  return out;
}

namespace {
// Catches what is reported while alive, one line a diagnostic. The sink starts anew for each body: with no errors so far, and nothing
// seen that would make one a duplicate.
class Capture {
public:
  explicit Capture(Session &sess) : sess_(sess), old_(sess.diag.config), os_(text_) {
    renew();
    sess_.diag.config.format = diag::ErrorFormat::Short;
    sess_.diag.config.color = false;
    sess_.diag.config.out = &os_;
  }
  ~Capture() { renew(); }
  // Place and message of the first error, if there is one.
  std::pair<std::string, std::string> first() const {
    llvm::StringRef rest = text_;
    while (!rest.empty()) {
      auto [line, more] = rest.split('\n');
      rest = more;
      if (line.starts_with("error"))
        return {"", line.str()};
      size_t at = line.find(": error");
      if (at != llvm::StringRef::npos)
        return {line.take_front(at).str(), line.drop_front(at + 2).str()};
    }
    return {};
  }

private:
  void renew() {
    auto symbolText = std::move(sess_.diag.symbolText);
    std::destroy_at(&sess_.diag);
    std::construct_at(&sess_.diag, sess_.sources, sess_.hygiene);
    sess_.diag.config = old_;
    sess_.diag.symbolText = std::move(symbolText);
  }
  Session &sess_;
  diag::Diagnostics::Config old_;
  std::string text_;
  llvm::raw_string_ostream os_;
};
} // namespace

static double threadSeconds() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return double(t.tv_sec) + double(t.tv_nsec) * 1e-9;
}

void Tally::fail(ty::Ctx &tcx, Span span, const std::string &name, std::string place, std::string message) {
  ++failed_;
  Cause &cause = causes_[shapeOf(message)];
  if (!cause.count++) {
    cause.text = shapeOf(message);
    cause.example = name + (place.empty() ? "" : " at " + place) + ": " + message;
  }
  LineCol at = tcx.sess.sources.lookup(tcx.sess.hygiene.sourceCallSite(span).lo);
  ++files_[at.file ? tcx.sess.sources.file(at.file).name : "(none)"];
}

void Tally::noteTime(double seconds, llvm::function_ref<std::string()> name) {
  seconds_ += seconds;
  if (slowest_.size() == kSlowest && seconds <= slowest_.back().seconds)
    return;
  if (slowest_.size() == kSlowest)
    slowest_.pop_back();
  auto at = llvm::find_if(slowest_, [&](const Slow &s) { return s.seconds < seconds; });
  slowest_.insert(at, {seconds, name()});
}

bool Tally::run(ty::Ctx &tcx, Span span, llvm::function_ref<std::string()> name, llvm::function_ref<Outcome()> f) {
  Outcome r = attempt(tcx, span, name, f);
  total_ += r != Outcome::Absent;
  return r == Outcome::Ok;
}

bool Tally::prepare(ty::Ctx &tcx, Span span, llvm::function_ref<std::string()> name, llvm::function_ref<Outcome()> f) {
  Outcome r = attempt(tcx, span, name, f);
  total_ += r == Outcome::Failed;
  return r == Outcome::Ok;
}

Outcome Tally::attempt(ty::Ctx &tcx, Span span, llvm::function_ref<std::string()> name, llvm::function_ref<Outcome()> f) {
  Outcome r = Outcome::Ok;
  double start = threadSeconds();
  std::optional<std::string> internal;
  std::pair<std::string, std::string> error;
  {
    Capture capture(tcx.sess);
    internal = surviveInternalErrors([&] { r = f(); });
    error = capture.first();
  }
  noteTime(threadSeconds() - start, name);
  if (internal)
    error = {"", *internal};
  if (error.second.empty() && r != Outcome::Failed)
    return r;
  fail(tcx, span, name(), error.first, error.second.empty() ? "failed for an error in another body" : error.second);
  return Outcome::Failed;
}

std::vector<Cause> Tally::causes() const {
  std::vector<Cause> out;
  for (const auto &e : causes_)
    out.push_back(e.second);
  llvm::sort(out, [](const Cause &a, const Cause &b) { return a.count != b.count ? a.count > b.count : a.text < b.text; });
  return out;
}

std::vector<std::pair<std::string, size_t>> Tally::files() const {
  std::vector<std::pair<std::string, size_t>> out;
  for (const auto &e : files_)
    out.push_back({e.first().str(), e.second});
  llvm::sort(out, [](const auto &a, const auto &b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
  return out;
}

} // namespace ferric::driver
