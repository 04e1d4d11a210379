// What a body leaves behind is freed before the next is taken (body_release.h): results of type checking and HIR once the MIR is there,
// MIR as well when no code is made of it. LLVM IR of a function is thrown away as soon as it is verified.
#include "driver/dashboard.h"
#include "codegen/codegen.h"
#include "driver/body_release.h"
#include "driver/tally.h"
#include "mir_transform/mir_transform.h"
#include "typeck/typeck.h"
#include "ty/print.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

namespace ferric::driver {

namespace {
struct Phases { Tally typeck, mir, llvm; };

class Dashboard {
public:
  explicit Dashboard(ty::Ctx &tcx) : tcx_(tcx), toLlvm_(!tcx.sess.options.noCodegen) {}
  void run() {
    BodyRelease bodies(tcx_, [&](DefId def) { return hasMir(tcx_.defKind(def)) && checkBody(def); }, [&](DefId def) { return releasable(def); });
    for (const std::unique_ptr<Crate> &crate : tcx_.crates)
      bodies.run(crate->id);
    if (toLlvm_)
      checkFunctions();
  }
  void print(llvm::raw_ostream &os) const;
  void printJson(llvm::raw_ostream &os) const;

private:
  bool checkBody(DefId def);
  BodyRelease::Extent releasable(DefId def);
  void checkFunctions();
  // The crate, or the part of core that is counted apart, that `def` lies in.
  Phases &groupOf(DefId def);
  ty::Ctx &tcx_;
  bool toLlvm_;
  llvm::MapVector<Symbol, std::unique_ptr<Phases>> groups_;
};
} // namespace

Phases &Dashboard::groupOf(DefId def) {
  Symbol name = tcx_.crates[def.crate()].name;
  DefId top = def; // the module under the crate's root
  for (DefId d = def; d.valid() && d != DefId::crateRoot(def.crate()); d = tcx_.parent(d))
    top = d;
  llvm::StringRef module = tcx_.sess.str(tcx_.def(top).name);
  if (tcx_.sess.str(name) == "core" && (module == "core_arch" || module == "core_simd"))
    name = tcx_.sess.symbols.intern("core::core_arch, core::core_simd");
  std::unique_ptr<Phases> &p = groups_[name];
  if (!p)
    p = std::make_unique<Phases>();
  return *p;
}

BodyRelease::Extent Dashboard::releasable(DefId def) {
  if (toLlvm_)
    return BodyRelease::Extent::Results;
  DefKind kind = tcx_.defKind(def);
  bool atCompileTime = (kind != DefKind::Fn && kind != DefKind::AssocFn) || tcx_.isConstFn(def);
  return atCompileTime ? BodyRelease::Extent::Remakeable : BodyRelease::Extent::All;
}

// Takes one body through the phases; true when it may be forgotten.
bool Dashboard::checkBody(DefId def) {
  DefKind kind = tcx_.defKind(def);
  Phases &group = groupOf(def);
  Span span = tcx_.def(def).span;
  auto name = [&] { return tcx_.crates.path(def); };
  if (ownsTypes(kind)) {
    bool ok = group.typeck.run(tcx_, span, name, [&] {
      const ty::TypeckResults *r = tcx_.typeck(def);
      if (!r)
        return Outcome::Absent;
      typeck::checkUnsafety(tcx_, def);
      return r->tainted ? Outcome::Failed : Outcome::Ok;
    });
    if (!ok)
      return false;
  }
  return group.mir.run(tcx_, span, name, [&] {
    mir_transform::BodyCheck check = mir_transform::checkMir(tcx_, def);
    return check.exists && !check.tainted ? Outcome::Ok : Outcome::Failed;
  });
}

void Dashboard::checkFunctions() {
  codegen::FunctionChecker checker(tcx_);
  auto owner = [&](const mono::MonoItem &i) { return i.kind == mono::MonoItemKind::Fn ? i.instance.def : i.def; };
  auto name = [&](const mono::MonoItem &i) { return i.kind == mono::MonoItemKind::Fn ? ty::show(tcx_, i.instance, {ty::PathStyle::Full}) : ty::showDef(tcx_, i.def); };
  // What an item uses is found out as part of making it.
  std::vector<mono::MonoItem> items = mono::collectEveryBody(tcx_, [&](const mono::MonoItem &i, llvm::function_ref<void()> visit) {
    return groupOf(owner(i)).llvm.prepare(tcx_, tcx_.def(owner(i)).span, [&] { return name(i); }, [&] { visit(); return Outcome::Ok; });
  });
  checker.declare(items);
  for (const mono::MonoItem &i : items)
    groupOf(owner(i)).llvm.run(tcx_, tcx_.def(owner(i)).span, [&] { return name(i); }, [&] { checker.check(i); return Outcome::Ok; });
}

// ---- output ----

static void printTally(llvm::StringRef group, const char *phase, const Tally &t, llvm::raw_ostream &os) {
  if (!t.total())
    return;
  os << group << ": " << phase << ": " << t.total() - t.failed() << " of " << t.total() << " ok, " << t.failed() << " failed"
     << llvm::format(" (%.2f %%), %.2f s\n", 100.0 * double(t.total() - t.failed()) / double(t.total()), t.seconds());
  for (const Cause &c : t.causes())
    os << llvm::format("%6zu ", c.count) << c.text << "\n         e.g. " << c.example << "\n";
  std::vector<std::pair<std::string, size_t>> files = t.files();
  for (const auto &[file, count] : llvm::ArrayRef(files).take_front(10))
    os << llvm::format("%6zu in ", count) << file << "\n";
  for (const Slow &s : t.slowest().take_front(3))
    os << llvm::format("  %.3f s ", s.seconds) << s.name << "\n";
}

void Dashboard::print(llvm::raw_ostream &os) const {
  for (const auto &[name, p] : groups_) {
    printTally(tcx_.sess.str(name), "type check", p->typeck, os);
    printTally(tcx_.sess.str(name), "MIR", p->mir, os);
    printTally(tcx_.sess.str(name), "LLVM IR", p->llvm, os);
  }
}

static llvm::json::Object toJson(llvm::StringRef group, const char *phase, const Tally &t) {
  llvm::json::Array causes, slowest;
  llvm::json::Object files;
  for (const Cause &c : t.causes())
    causes.push_back(llvm::json::Object{{"count", c.count}, {"text", c.text}, {"example", c.example}});
  for (const auto &[file, count] : t.files())
    files[file] = count;
  for (const Slow &s : t.slowest())
    slowest.push_back(llvm::json::Object{{"seconds", s.seconds}, {"name", s.name}});
  return llvm::json::Object{{"group", group}, {"phase", phase}, {"total", t.total()}, {"failed", t.failed()}, {"seconds", t.seconds()},
                            {"causes", std::move(causes)}, {"files", std::move(files)}, {"slowest", std::move(slowest)}};
}

void Dashboard::printJson(llvm::raw_ostream &os) const {
  for (const auto &[name, p] : groups_) {
    llvm::StringRef group = tcx_.sess.str(name);
    for (auto [phase, tally] : {std::pair("typeck", &p->typeck), {"mir", &p->mir}, {"llvm", &p->llvm}})
      if (tally->total())
        os << llvm::json::Value(toJson(group, phase, *tally)) << '\n';
  }
}

void checkAllBodies(ty::Ctx &tcx, llvm::raw_ostream &os) {
  Dashboard dashboard(tcx);
  dashboard.run();
  if (tcx.sess.diag.config.format == diag::ErrorFormat::Json)
    dashboard.printJson(os);
  else
    dashboard.print(os);
}

} // namespace ferric::driver
