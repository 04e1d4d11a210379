// A check of every body of a crate, for developers: how many type check, and the first error of those that do not, counted.
#include "llvm/Support/Format.h"
#include "typeck/typeck.h"

namespace ferric::typeck {

namespace {
// Messages that differ in names only are one row: text between backticks is cut out.
std::string shape(llvm::StringRef msg) {
  std::string out;
  bool quoted = false;
  for (char c : msg) {
    if (c == '`') {
      if (!quoted) out += "`..`";
      quoted = !quoted;
    } else if (!quoted) {
      out += c;
    }
  }
  return out;
}
bool hasBody(DefKind k) {
  return k == DefKind::Fn || k == DefKind::AssocFn || k == DefKind::Const || k == DefKind::AssocConst || k == DefKind::Static || k == DefKind::AnonConst;
}
// Catches what is reported while alive, one line a diagnostic.
class Capture {
public:
  explicit Capture(diag::Diagnostics &d) : d_(d), old_(d.config), os_(text_) {
    d_.config.format = diag::ErrorFormat::Short;
    d_.config.color = false;
    d_.config.out = &os_;
  }
  ~Capture() { d_.config = old_; }
  // The first line that tells an error: "file:line:col" and the message.
  std::pair<std::string, std::string> first() {
    llvm::StringRef rest = os_.str();
    while (!rest.empty()) {
      auto [line, more] = rest.split('\n');
      rest = more;
      size_t at = line.find(": error");
      if (at != llvm::StringRef::npos) return {line.take_front(at).str(), line.drop_front(at + 2).str()};
    }
    return {"", "(nothing reported)"};
  }

private:
  diag::Diagnostics &d_;
  diag::Diagnostics::Config old_;
  std::string text_;
  llvm::raw_string_ostream os_;
};
} // namespace

void printCrateResults(ty::Ctx &tcx, CrateId crate, llvm::raw_ostream &os) {
  for (uint32_t i = 0; i < tcx.crates[crate].defs.size(); ++i) {
    DefId def(crate, i);
    if (!hasBody(tcx.defKind(def)) || !tcx.hirBody(def)) continue;
    if (const ty::TypeckResults *r = tcx.typeck(def)) printTypeckResults(tcx, *r, os);
  }
}

void checkAllBodies(ty::Ctx &tcx, CrateId crate, llvm::raw_ostream &os) {
  struct Row { size_t count = 0; std::string text, example; };
  llvm::StringMap<Row> rows;
  size_t total = 0, ok = 0;
  // Lowering bodies adds definitions (anonymous constants): they are checked in their turn.
  for (uint32_t i = 0; i < tcx.crates[crate].defs.size(); ++i) {
    DefId def(crate, i);
    if (!hasBody(tcx.defKind(def))) continue;
    Capture capture(tcx.sess.diag);
    size_t before = tcx.sess.diag.errorCount();
    if (!tcx.hirBody(def)) continue;
    ++total;
    const ty::TypeckResults *r = tcx.typeck(def);
    if (r && !r->tainted && tcx.sess.diag.errorCount() == before) {
      ++ok;
      continue;
    }
    auto [place, message] = capture.first();
    Row &row = rows[shape(message)];
    row.text = shape(message);
    if (!row.count++) row.example = tcx.crates.path(def) + " at " + place + ": " + message;
  }
  os << ok << " of " << total << " bodies ok\n";
  std::vector<Row> sorted;
  for (auto &e : rows) sorted.push_back(e.second);
  llvm::sort(sorted, [](const Row &a, const Row &b) { return a.count != b.count ? a.count > b.count : a.text < b.text; });
  for (const Row &r : sorted) os << llvm::format("%6zu ", r.count) << r.text << "\n         e.g. " << r.example << "\n";
}

} // namespace ferric::typeck
