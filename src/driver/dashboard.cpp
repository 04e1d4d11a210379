// Bodies are taken one by one, those inside one (closures, constants) right after it, and what they leave behind is freed before the
// next: results of type checking and HIR once the MIR is there, MIR as well when no code is made of it; what the evaluation of a
// constant still needs is made again. LLVM IR of a function is thrown away as soon as it is verified.
#include "driver/dashboard.h"
#include "codegen/codegen.h"
#include "driver/tally.h"
#include "lower/lower.h"
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
    for (const std::unique_ptr<Crate> &crate : tcx_.crates)
      scanned_.push_back(crate->defs.size());
    for (const std::unique_ptr<Crate> &crate : tcx_.crates)
      checkCrate(*crate);
    if (toLlvm_)
      checkFunctions();
  }
  void print(llvm::raw_ostream &os) const;
  void printJson(llvm::raw_ostream &os) const;

private:
  void checkCrate(const Crate &crate);
  bool checkBody(DefId def);
  void checkNested(CrateId crate);
  void checkFunctions();
  void forget(DefId def);
  // The crate, or the part of core that is counted apart, that `def` lies in.
  Phases &groupOf(DefId def);
  ty::Ctx &tcx_;
  bool toLlvm_;
  llvm::MapVector<Symbol, std::unique_ptr<Phases>> groups_;
  llvm::DenseMap<DefId, llvm::SmallVector<DefId, 2>> nested_; // bodies in which lowering made definitions with bodies, now checked
  llvm::DenseSet<DefId> withAsm_; // bodies whose MIR points to the pieces of an assembly template in their HIR
  std::vector<size_t> scanned_;   // by crate: definitions that are not from lowering, or were checked
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

static bool ownsTypes(DefKind k) {
  return k == DefKind::Fn || k == DefKind::AssocFn || k == DefKind::Const || k == DefKind::AssocConst || k == DefKind::Static || k == DefKind::AnonConst;
}
static bool hasMir(DefKind k) { return ownsTypes(k) || k == DefKind::InlineConst || k == DefKind::Closure; }

static void forgetOne(ty::Ctx &tcx, DefId def, bool keepsMir, bool closuresAreDone, bool keepsHir) {
  mir_transform::forgetMir(tcx, def, !keepsMir);
  typeck::forgetResults(tcx, def, closuresAreDone);
  if (!keepsHir)
    lower::forgetBody(tcx, def);
}

// Checks the bodies among the definitions that lowering added since the last call, and notes which bodies they are in.
void Dashboard::checkNested(CrateId crate) {
  const DefTable &defs = tcx_.crates[crate].defs;
  for (size_t &i = scanned_[crate.raw]; i < defs.size();) {
    DefId def(crate, uint32_t(i++));
    DefKind kind = tcx_.defKind(def);
    if (!hasMir(kind))
      continue;
    for (DefId d = tcx_.parent(def); d.valid() && tcx_.defKind(d) != DefKind::Mod; d = tcx_.parent(d))
      if (hasMir(tcx_.defKind(d)))
        nested_[d].push_back(def);
    checkBody(def);
  }
}

void Dashboard::forget(DefId def) {
  llvm::SmallVector<DefId, 2> nested = nested_.lookup(def);
  DefKind kind = tcx_.defKind(def);
  bool atCompileTime = (kind != DefKind::Fn && kind != DefKind::AssocFn) || tcx_.isConstFn(def);
  // Made again when it is needed, but that would make the closures in it a second time.
  bool keepsMir = toLlvm_ || (atCompileTime && !nested.empty());
  bool keepsHir = keepsMir && (withAsm_.contains(def) || llvm::any_of(nested, [&](DefId d) { return withAsm_.contains(d); }));
  for (DefId d : nested) {
    if (ownsTypes(tcx_.defKind(d)))
      forgetOne(tcx_, d, true, true, keepsHir); // generic ones are evaluated when their parameters are known
    else
      mir_transform::forgetMir(tcx_, d, !keepsMir && tcx_.defKind(d) == DefKind::Closure);
  }
  forgetOne(tcx_, def, keepsMir, !keepsMir, keepsHir);
  nested_.erase(def);
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
    if (check.hasAsm)
      withAsm_.insert(def);
    return check.exists && !check.tainted ? Outcome::Ok : Outcome::Failed;
  });
}

void Dashboard::checkCrate(const Crate &crate) {
  for (uint32_t i = 0, eager = uint32_t(scanned_[crate.id.raw]); i < eager; ++i) {
    DefId def(crate.id, i);
    if (!hasMir(tcx_.defKind(def)))
      continue;
    bool ok = checkBody(def);
    for (CrateId c{0}; c.raw < scanned_.size(); ++c.raw) // also what its check made the compiler lower elsewhere
      checkNested(c);
    if (ok)
      forget(def);
  }
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
