// What files are called (rustc_session::output, rustc_session::config::OutputFilenames).
#include "codegen/codegen.h"
#include "llvm/Support/Path.h"

namespace ferric::codegen {

static const char *extension(EmitKind kind, CrateType type) {
  switch (kind) {
  case EmitKind::Obj: return "o";
  case EmitKind::Asm: return "s";
  case EmitKind::LlvmIr: return "ll";
  case EmitKind::LlvmBc: return "bc";
  case EmitKind::Mir: return "mir";
  case EmitKind::DepInfo: return "d";
  case EmitKind::Metadata: return "rmeta";
  case EmitKind::Link: return type == CrateType::Bin ? "" : type == CrateType::Staticlib ? "a" : type == CrateType::Rlib ? "rlib" : "so";
  }
  UNREACHABLE("kind of output");
}

std::string outputPath(const Options &o, llvm::StringRef crateName, const EmitRequest &r, CrateType type) {
  if (!r.path.empty())
    return r.path;
  llvm::StringRef ext = extension(r.kind, type);
  if (!o.output.empty()) {
    llvm::SmallString<128> path(o.output);
    if (o.emits.size() > 1 && r.kind != EmitKind::Link)
      llvm::sys::path::replace_extension(path, ext);
    return path.str().str();
  }
  bool isLibrary = r.kind == EmitKind::Metadata || (r.kind == EmitKind::Link && type != CrateType::Bin);
  std::string name = (isLibrary ? "lib" : "") + crateName.str() + o.extraFilename + (ext.empty() ? "" : "." + ext.str());
  llvm::SmallString<128> path(o.outDir);
  llvm::sys::path::append(path, name);
  return path.str().str();
}

std::vector<std::string> outputPaths(const Options &o, llvm::StringRef crateName, const EmitRequest &r) {
  if (r.kind != EmitKind::Link)
    return {outputPath(o, crateName, r)};
  std::vector<std::string> paths;
  for (CrateType type : o.crateTypes)
    if (std::string path = outputPath(o, crateName, r, type); !llvm::is_contained(paths, path))
      paths.push_back(std::move(path));
  return paths;
}

} // namespace ferric::codegen
