// Dependency information has a rule for each output, an empty rule for each source so that make survives its removal,
// and comments with the environment variables that were read (rustc_interface::passes::write_out_deps). Compiled crates
// are named with -Zbinary-dep-depinfo.
#include "driver/dep_files.h"
#include "codegen/codegen.h"
#include "llvm/Support/FileSystem.h"

namespace ferric::driver {

static void write(Session &sess, const std::string &path, llvm::StringRef text) {
  if (path == "-") {
    llvm::outs() << text;
    return;
  }
  if (llvm::Error e = llvm::writeToOutput(path, [&](llvm::raw_ostream &os) {
        os << text;
        return llvm::Error::success();
      }))
    sess.diag.errorNoSpan("couldn't write `" + path + "`: " + llvm::toString(std::move(e)));
}

bool makeOutDir(Session &sess) {
  const Options &o = sess.options;
  bool onlyDepInfo = o.emits.size() == 1 && o.emits[0].kind == EmitKind::DepInfo;
  if (o.outDir.empty() || onlyDepInfo || !llvm::sys::fs::create_directories(o.outDir))
    return true;
  sess.diag.errorNoSpan("failed to find or create the directory specified by `--out-dir`");
  return false;
}

bool leavesMetadata(const Options &o) {
  return o.emitsKind(EmitKind::Metadata) || (o.emitsKind(EmitKind::Link) && o.makes(CrateType::Rlib));
}

void emitMetadata(Session &sess, const Crates &crates, llvm::StringRef manifest) {
  const Options &o = sess.options;
  for (const EmitRequest &r : o.emits)
    if (r.kind == EmitKind::Metadata)
      write(sess, codegen::outputPath(o, sess.str(crates[kLocalCrate].name), r), manifest);
}

static std::string escaped(llvm::StringRef path) {
  std::string out;
  for (char c : path)
    out += c == ' ' ? std::string("\\ ") : std::string(1, c);
  return out;
}

// Of a variable: a line of its own, whatever is in it.
static std::string escapedVariable(llvm::StringRef text) {
  std::string out;
  for (char c : text)
    out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\\' ? "\\\\" : std::string(1, c);
  return out;
}

static std::vector<std::string> inputs(Session &sess, const Crates &crates, llvm::ArrayRef<std::string> trackedPaths,
                                       llvm::ArrayRef<metadata::Dependency> dependencies) {
  std::vector<std::string> files;
  for (FileId id : crates[kLocalCrate].files)
    files.push_back(escaped(sess.sources.file(id).name));
  for (const std::string &path : trackedPaths)
    files.push_back(escaped(path));
  if (sess.options.binaryDepInfo)
    for (const metadata::Dependency &d : dependencies)
      for (const std::string &file : {d.file, d.archive})
        if (!file.empty() && !d.ofLibrary)
          files.push_back(escaped(file));
  llvm::StringSet<> seen;
  llvm::erase_if(files, [&](const std::string &f) { return !seen.insert(f).second; });
  return files;
}

// The rules' order, which is not that of the command line (rustc_session::config::OutputType).
static int rank(EmitKind kind) {
  switch (kind) {
  case EmitKind::Asm: return 0;
  case EmitKind::LlvmBc: return 1;
  case EmitKind::DepInfo: return 2;
  case EmitKind::Link: return 3;
  case EmitKind::LlvmIr: return 4;
  case EmitKind::Metadata: return 5;
  case EmitKind::Mir: return 6;
  case EmitKind::Obj: return 7;
  }
  UNREACHABLE("kind of output");
}

void emitDepInfo(Session &sess, const Crates &crates, llvm::ArrayRef<std::string> trackedPaths,
                 llvm::ArrayRef<metadata::Dependency> dependencies) {
  const Options &o = sess.options;
  llvm::StringRef name = sess.str(crates[kLocalCrate].name);
  std::vector<std::string> files = inputs(sess, crates, trackedPaths, dependencies);
  std::vector<EmitRequest> outputs = o.emits;
  llvm::stable_sort(outputs, [](const EmitRequest &a, const EmitRequest &b) { return rank(a.kind) < rank(b.kind); });
  std::string text;
  llvm::raw_string_ostream os(text);
  for (const EmitRequest &r : outputs)
    for (const std::string &path : codegen::outputPaths(o, name, r))
      if (r.kind != EmitKind::DepInfo || path != "-")
        os << escaped(path) << ": " << llvm::join(files, " ") << "\n\n";
  for (const std::string &f : files)
    os << f << ":\n";
  std::vector<std::pair<std::string, std::optional<std::string>>> env = crates[kLocalCrate].env;
  llvm::sort(env);
  env.erase(std::unique(env.begin(), env.end()), env.end());
  if (!env.empty())
    os << '\n';
  for (const auto &[key, value] : env)
    os << "# env-dep:" << escapedVariable(key) << (value ? "=" + escapedVariable(*value) : std::string()) << '\n';
  for (const EmitRequest &r : o.emits)
    if (r.kind == EmitKind::DepInfo)
      write(sess, codegen::outputPath(o, name, r), text);
}

} // namespace ferric::driver
