// The rlib is made by a compiler of its own, with a command line as anyone would write it: a process apart gives its
// memory back, and whatever is wrong with the library's bodies that the program does not use ends with it. Beside the
// rlib stands a file that says what it was made of, its checksum and the symbols that it has, which takes less time to
// read than the rlib's manifest. When the crate does not compile, it says that, so that nobody tries again before
// something changes.
#include "driver/library_code.h"
#include "driver/cache_folder.h"
#include "layout/target.h"
#include "metadata/archive.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/xxhash.h"

namespace ferric::driver {

namespace fs = llvm::sys::fs;

// What the index means, and how the code is made: raised when either changes.
static constexpr llvm::StringLiteral kMagic = "ferric library code 1";

// Optimised, a program is made smaller by having the library's code made with it: by 9 % over the programs of bench/,
// which run as fast either way.
static bool wanted(const Options &o) { return o.libraryCode.value_or(o.opt == OptLevel::O0 || o.opt == OptLevel::O1); }

bool linksLibraryCode(const Options &o) {
  bool ordinary = o.targetCpu.empty() && o.targetFeatures.empty() && o.codeModel.empty() && o.tuneCpu.empty() &&
                  !o.noRedzone && o.framePointers == FramePointers::Unset && !o.plt && o.tlsModel.empty() && !o.indirectBranchCsPrefix &&
                  o.moduleFlags.empty() && o.stackProtector == StackProtector::None && !o.functionAlignment && !o.jumpTables && !o.unwindTables &&
                  (o.cfProtection.empty() || o.cfProtection[0] == 'n') && !o.functionReturnThunk && !o.patchableTotal &&
                  o.llvmArgs.empty() && !o.noPasses && !o.ubChecks && o.code == CodeOptions() &&
                  o.fmtDebug.empty() && !o.hasThreadLocal;
  return o.makes(CrateType::Bin) && o.emitsKind(EmitKind::Link) && ordinary && wanted(o) && !o.noCrateCache && layout::builtinTarget(o.target);
}

static std::string hashText(llvm::StringRef bytes) { return metadata::contentHash(bytes); }

static std::optional<std::string> hashOfFile(const std::string &file) {
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
      llvm::MemoryBuffer::getFile(file, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  return buffer ? std::optional(hashText((*buffer)->getBuffer())) : std::nullopt;
}

namespace {
enum class Known : uint8_t { No, Usable, CannotBeMade };

// The index: magic, checksum of the rest, version wanted, checksum of the rlib or `-`, symbols; a line each.
struct Index {
  Known known = Known::No;
  std::vector<std::string> exports;
};
} // namespace

static Index readIndex(const std::string &file, const std::string &archive, llvm::StringRef version) {
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer = llvm::MemoryBuffer::getFile(file);
  if (!buffer)
    return {};
  auto [magic, rest] = (*buffer)->getBuffer().split('\n');
  auto [checksum, body] = rest.split('\n');
  if (magic != kMagic || checksum != hashText(body))
    return {};
  llvm::SmallVector<llvm::StringRef, 0> lines;
  body.split(lines, '\n', -1, /*KeepEmpty=*/false);
  if (lines.size() < 2 || lines[0] != version)
    return {};
  if (lines[1] == "-")
    return {Known::CannotBeMade, {}};
  if (hashOfFile(archive) != lines[1].str())
    return {};
  Index index{Known::Usable, {}};
  for (llvm::StringRef symbol : llvm::drop_begin(lines, 2))
    index.exports.push_back(symbol.str());
  return index;
}

static void writeIndex(const std::string &file, llvm::StringRef version, llvm::StringRef archiveHash,
                       const metadata::Lines &exports) {
  std::string body = (version + "\n" + archiveHash + "\n" + exports.text()).str();
  (void)replaceFile(file, (kMagic + "\n" + hashText(body) + "\n" + body).str()); // not written: made again next time
}

// ---- making ----

static std::vector<std::string> commandLine(const Options &o, const LibraryCodeRequest &request,
                                            const std::string &output) {
  std::vector<std::string> args = {
      compilerPath(),         "--edition=2024",    "--crate-type=rlib", "--crate-name=" + request.name,
      "--target=" + o.target, "--cap-lints=allow", "-Copt-level=3",     "-Zfunction-sections=y",
      "-o" + output,          request.root};
  if (o.panicGiven)
    args.push_back(std::string("-Cpanic=") + (o.panic == PanicStrategy::Unwind  ? "unwind"
                                              : o.panic == PanicStrategy::Abort ? "abort"
                                                                                : "immediate-abort"));
  if (!o.relocationModel.empty())
    args.push_back("-Crelocation-model=" + o.relocationModel);
  for (const auto &[from, to] : o.remapPathPrefixes)
    args.push_back("--remap-path-prefix=" + from + "=" + to);
  if (!request.core.empty()) // as in a build where core is a crate like others; an image of that is wanted once only
    llvm::append_range(args, std::initializer_list<std::string>{"--sysroot=/dev/null", "-Zno-crate-cache",
                                                                "--extern=core=" + request.core});
  return args;
}

// Runs a compiler. None: it could not be run, or was ended by somebody; nothing follows from that.
static std::optional<bool> runCompiler(llvm::ArrayRef<std::string> args) {
  llvm::SmallVector<llvm::StringRef, 16> argv(args.begin(), args.end());
  std::optional<llvm::StringRef> redirects[] = {llvm::StringRef(""), llvm::StringRef(""), llvm::StringRef("")};
  bool failed = false;
  int code = llvm::sys::ExecuteAndWait(argv[0], argv, std::nullopt, redirects, 0, 0, nullptr, &failed);
  if (failed || code < 0)
    return std::nullopt;
  return code == 0;
}

static void make(const Session &sess, const LibraryCodeRequest &request, const std::string &stem,
                 const std::string &archive, const std::string &index) {
  if (llvm::sys::Process::StandardErrIsDisplayed())
    llvm::errs() << "compiling " << request.name << " for " << sess.options.target << " (once) ...\n";
  llvm::SmallString<128> temporary; // ends as names of rlibs must
  if (fs::createUniqueFile(stem + ".%%%%%%%%.rlib", temporary))
    return;
  std::string output = temporary.str().str();
  std::optional<bool> compiled = runCompiler(commandLine(sess.options, request, output));
  if (compiled == false)
    writeIndex(index, request.version, "-", {});
  metadata::Decoded made = metadata::readCrateFile(output);
  std::optional<std::string> hash = hashOfFile(output);
  if (compiled == true && hash && made.problem == metadata::Unusable::None && !fs::rename(output, archive))
    writeIndex(index, request.version, *hash, made.manifest.exports);
  else
    fs::remove(output);
}

std::optional<LibraryCode> libraryCode(const Session &sess, const LibraryCodeRequest &request) {
  std::string folder = cacheFolder();
  if (folder.empty() || fs::create_directories(folder))
    return std::nullopt;
  std::string stem = folder + "/library-" + llvm::utohexstr(llvm::xxh3_64bits(request.key), true, 16);
  std::string archive = stem + ".lib" + request.name + ".rlib", file = stem + "." + request.name + ".index";
  LibraryCodeRequest versioned = request;
  versioned.version = hashText(compilerVersion() + request.version);
  Index index = readIndex(file, archive, versioned.version);
  if (index.known == Known::No) {
    FolderLock lock(folder);
    index = readIndex(file, archive, versioned.version); // another compiler may have made it
    if (index.known == Known::No) {
      make(sess, versioned, stem, archive, file);
      prune(folder, ".rlib", uint64_t(64) << 20, archive); // some hundred
      index = readIndex(file, archive, versioned.version);
    }
  }
  if (index.known != Known::Usable)
    return std::nullopt;
  return LibraryCode{archive, std::move(index.exports)};
}

} // namespace ferric::driver
