// What files are called (rustc_session::output, rustc_session::config::OutputFilenames).
#include "codegen/codegen.h"
#include "llvm/ADT/SmallSet.h"
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

bool sharesOutput(const Options &o) {
  llvm::SmallSet<EmitKind, 8> unnamed;
  for (const EmitRequest &r : o.emits)
    if (r.path.empty())
      unnamed.insert(r.kind);
  return unnamed.size() > 1;
}

// What files are called but for -C extra-filename and their extension.
static std::string stemOf(const Options &o) {
  if (!o.output.empty())
    return llvm::sys::path::stem(o.output).str();
  if (!o.crateName.empty())
    return o.crateName;
  return o.input == "-" ? "rust_out" : llvm::sys::path::stem(o.input).str();
}

std::string outputPath(const Options &o, llvm::StringRef crateName, const EmitRequest &r, CrateType type) {
  if (!r.path.empty())
    return r.path;
  if (!o.output.empty() && !sharesOutput(o))
    return o.output;
  llvm::SmallString<128> path(o.output.empty() ? llvm::StringRef(o.outDir) : llvm::sys::path::parent_path(o.output));
  std::string stem = stemOf(o), ext = extension(r.kind, type);
  if (r.kind == EmitKind::Metadata) {
    std::replace(stem.begin(), stem.end(), '-', '_');
    llvm::sys::path::append(path, "lib" + stem + o.extraFilename + "." + ext);
  } else if (r.kind == EmitKind::Link && type != CrateType::Bin) {
    llvm::sys::path::append(path, "lib" + crateName + o.extraFilename + "." + ext);
  } else {
    llvm::sys::path::append(path, stem + o.extraFilename);
    llvm::sys::path::replace_extension(path, ext);
  }
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
