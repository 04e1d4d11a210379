// --print: facts about the compiler, the target and what a compilation would be called, in rustc's forms. The names are told from the
// command line alone: attributes in the source do not count.
#include "codegen/codegen.h"
#include "driver/front_end.h"
#include "driver/library.h"
#include "driver/pipeline.h"
#include "driver/target_cfg.h"
#include "driver/target_json.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace ferric::driver {

// The file that each crate type would be linked into (rustc_session::output::out_filename).
static void printFileNames(const Options &o, llvm::raw_ostream &os) {
  std::vector<CrateType> types = o.crateTypes.empty() ? std::vector{CrateType::Bin} : o.crateTypes;
  for (CrateType type : types)
    os << llvm::sys::path::filename(codegen::outputPath(o, crateNameFor(o), {EmitKind::Link, ""}, type)) << '\n';
}

static bool printOne(Session &sess, llvm::StringRef kind, const layout::TargetSpec &target, llvm::raw_ostream &os) {
  if (kind == "cfg") {
    std::vector<std::string> cfgs = targetCfgs(sess.options, target);
    cfgs.insert(cfgs.end(), sess.options.cfgs.begin(), sess.options.cfgs.end());
    llvm::sort(cfgs);
    for (const std::string &c : cfgs)
      os << c << '\n';
  } else if (kind == "host-tuple") {
    os << "x86_64-unknown-linux-gnu\n";
  } else if (kind == "target-list") {
    for (const std::string &name : layout::builtinTargetNames())
      os << name << '\n';
  } else if (kind == "target-spec-json") {
    printTargetSpec(target, os);
  } else if (kind == "crate-name") {
    os << crateNameFor(sess.options) << '\n';
  } else if (kind == "file-names") {
    printFileNames(sess.options, os);
  } else if (kind == "sysroot") {
    os << (sess.options.sysroot.empty() ? "/usr" : sess.options.sysroot) << '\n';
  } else if (kind == "option-docs") {
    printMarkdown(os);
  } else {
    return false;
  }
  return true;
}

bool printRequests(Session &sess, const Invocation &inv, int &exitCode) {
  if (inv.prints.empty())
    return false;
  const layout::TargetSpec *target = findTarget(sess);
  if (!target) {
    exitCode = 1;
    return true;
  }
  for (llvm::StringRef request : inv.prints) {
    auto [kind, path] = request.split('=');
    std::string text;
    llvm::raw_string_ostream os(text);
    if (!printOne(sess, kind, *target, os)) {
      sess.diag.errorNoSpan("unknown print request: `" + kind + "`").emit();
      exitCode = 1;
      return true;
    }
    if (path.empty()) {
      llvm::outs() << text;
      continue;
    }
    std::error_code ec;
    llvm::raw_fd_ostream file(path, ec);
    if (ec) {
      sess.diag.errorNoSpan("failed to open file `" + path + "`: " + ec.message()).emit();
      exitCode = 1;
      return true;
    }
    file << text;
  }
  return true;
}

} // namespace ferric::driver
