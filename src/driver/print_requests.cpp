// --print: facts about the compiler and the target, in rustc's forms.
#include "driver/library.h"
#include "driver/pipeline.h"
#include "driver/target_cfg.h"
#include "driver/target_json.h"
#include "llvm/Support/FileSystem.h"

namespace ferric::driver {

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
