// Loads crates on demand. Those that the session's image holds are mapped: the library's crates, which are compiled from
// source with the target's cfgs and the session's panic strategy when the image is made, and large crates of --extern. Other dependencies are compiled again from the sources that their manifest names, in the environment
// it records. What is loaded is parsed, expanded and resolved as a whole, and of its bodies only those that are reached
// are looked at later.
#include "driver/crate_store.h"
#include "driver/image_cache.h"
#include "driver/library.h"
#include "driver/library_code.h"
#include "driver/phases.h"
#include "driver/target_cfg.h"
#include "expand/expander.h"
#include "parse/validate.h"
#include "resolve/proc_macros.h"
#include "resolve/resolver.h"
#include "llvm/Support/FileSystem.h"

namespace ferric::driver {

using metadata::Manifest;

std::vector<std::string> CrateStore::cfgsFor(bool local) const {
  Options options = sess_.options;
  if (!local) // a library is built as it is shipped: without its debug assertions
    options.debugAssertions = options.overflowChecks = false;
  std::vector<std::string> cfgs = targetCfgs(options, target_);
  if (local)
    llvm::append_range(cfgs, options.cfgs);
  return cfgs;
}

bool CrateStore::expandAndResolve(Crate &crate, const Input &in) {
  parse::CfgSet cfg;
  for (const std::string &text : in.cfgs)
    if (!cfg.addOption(sess_.symbols, text))
      sess_.diag.errorNoSpan("invalid `--cfg` argument: `" + text + "` (expected `key` or `key=\"value\"`, ensure escaping is appropriate for "
                             "your shell, try 'key=\"value\"' or key=\\\"value\\\")").emit();
  crate.cfgs = in.cfgs;
  resolve::Resolver resolver(crates_, crate.id);
  {
    Phase phase(sess_, "parse_and_expand");
    expand::CrateInput input{in.root, crate.id, crate.name, crate.edition};
    input.attrs = in.attrs;
    if (in.manifest) {
      input.directory = in.manifest->directory;
      input.recordedEnv = &in.manifest->env;
      input.recordedMacros = &in.macroRuns;
    }
    expand::Expander expander(sess_, crate.ast, cfg, resolver, input);
    expand::ExpandedCrate expanded = expander.run();
    crate.items = expanded.items;
    crate.attrs = expanded.attrs;
    crate.span = expanded.span;
    crate.files = std::move(expander.fileDeps);
    crate.files.insert(crate.files.begin(), in.root);
    crate.env = std::move(expander.envDeps);
    if (crate.id.isLocal()) {
      macroRuns_ = std::move(expander.macroRuns);
      trackedPaths_ = std::move(expander.trackedPaths);
    }
    if (expanded.aborted)
      return false;
  }
  if (crate.id.isLocal()) {
    Phase phase(sess_, "ast_validation");
    parse::validateCrate(sess_, crate.ast, crate.items, crate.edition);
  }
  Phase phase(sess_, "resolve_crate");
  resolver.finish();
  crate.forEachStore([](auto &store) { store.shrinkToFit(); }); // little is added from here on
  return true;
}

bool CrateStore::begin(bool noCore) {
  crates_.loader = this;
  noCore_ = noCore;
  return noCore || loadCore(crates_[kLocalCrate]).valid();
}

bool CrateStore::compileLocal(FileId root) {
  Crate &local = crates_[kLocalCrate];
  local.overflowChecks = sess_.options.overflowChecksOn();
  bool executable = sess_.options.makes(CrateType::Bin);
  local.stableId = sess_.options.metadata + (executable ? " executable" : ""); // rustc_span::def_id::StableCrateId
  for (const ExternOption &e : sess_.options.externs)
    if (!e.noPrelude)
      local.externNames.push_back(sess_.symbols.intern(e.name));
  Input input;
  input.root = root;
  input.cfgs = cfgsFor(true);
  input.attrs = sess_.options.crateAttrs;
  return expandAndResolve(local, input) && !isIncomplete_;
}

// ---- the library ----

const std::string &CrateStore::libraryDirectory() {
  if (!libraryDirectory_)
    libraryDirectory_ = findLibrary(sess_);
  return *libraryDirectory_;
}

static std::string rootOf(llvm::StringRef directory, llvm::StringRef crate) { return (directory + "/" + crate + "/src/lib.rs").str(); }

std::vector<CrateId> CrateStore::compileForImage(Session &sess, Crates &crates, const layout::TargetSpec &target,
                                                 bool withExterns) {
  sess.options.noCrateCache = true;
  crates.add(sym::empty, sess.options.edition); // in the place of the local crate
  CrateStore store(sess, crates, target);
  if (!store.begin(false))
    return {};
  Symbol alloc = sess.symbols.intern("alloc");
  bool compiled = libraryIsCompiled(sess.options);
  if (!compiled && llvm::sys::fs::exists(rootOf(store.libraryDirectory(), "alloc")))
    if (!store.loadLibrary(crates[kLocalCrate], alloc, Span()).valid())
      return {};
  if (withExterns)
    for (const ExternOption &e : sess.options.externs)
      if (!store.load(crates[kLocalCrate], sess.symbols.intern(e.name), Span()).valid())
        return {};
  std::vector<CrateId> ids;
  for (const std::unique_ptr<Crate> &c : crates)
    if (!c->id.isLocal() && c->resolved)
      ids.push_back(c->id);
  return ids;
}

[[noreturn]] static void cannotMap() {
  llvm::errs() << "error: out of memory: the image of the library cannot be mapped\n";
  std::exit(1);
}

void CrateStore::mapImage() {
  if (sess_.options.noCrateCache)
    return;
  std::string directory;
  {
    diag::Diagnostics::Silence silence(sess_.diag); // reported when a crate of the library is needed
    directory = findLibrary(sess_);
  }
  if (!directory.empty())
    libraryDirectory_ = directory;
  else if (!libraryIsCompiled(sess_.options))
    return;
  for (const ImageRequest &request : imageRequests(sess_, finder_, directory, cfgsFor(false))) {
    image_ = cachedImage(sess_, request, [&](Session &sess, Crates &crates) {
      for (const metadata::Located &l : request.crates) // before the library is compiled in vain
        if (!metadata::checkSources(sess, *l.manifest, Span()))
          return std::vector<CrateId>();
      return compileForImage(sess, crates, target_, request.withExterns);
    });
    if (image_)
      break; // else the crates do not compile, which is reported when they are loaded
  }
  if (image_ && !image_->adoptSession(sess_))
    cannotMap();
}

// Fills in the crate of an image that has the next free id or one that was kept for it.
bool CrateStore::mapCrate(CrateId id, size_t index) {
  while (crates_.size() <= image_->crateId(image_->crateCount() - 1).raw)
    crates_.add(Symbol(), 2024);
  return image_->adoptCrate(crates_[id], index);
}

CrateId CrateStore::mapLibraryCrate(Symbol name) {
  for (size_t i = 0; image_ && i < image_->crateCount(); ++i) {
    if (image_->crateName(i) != name || !image_->crateHash(i).empty())
      continue;
    CrateId id = image_->crateId(i);
    if (!mapCrate(id, i))
      cannotMap();
    return id;
  }
  return CrateId();
}

CrateId CrateStore::loadLibrary(Crate &from, Symbol name, Span span) {
  auto [it, isNew] = library_.try_emplace(name);
  if (!isNew) {
    if (it->second.valid())
      from.externs[name] = it->second;
    return it->second;
  }
  if (libraryIsCompiled(sess_.options)) {
    metadata::Request request;
    request.crate = sess_.str(name).str();
    request.paths = metadata::externPaths(sess_.options, request.crate);
    request.span = span;
    return library_[name] = loadExternal(from, name, request, span);
  }
  if (libraryDirectory().empty())
    return CrateId();
  Phase phase(sess_, name == sym::core ? "load_core" : "load_alloc");
  CrateId id = mapLibraryCrate(name);
  if (!id.valid())
    id = compileLibraryCrate(name, span);
  if (id.valid())
    library_[name] = from.externs[name] = id;
  return id;
}

CrateId CrateStore::compileLibraryCrate(Symbol name, Span span) {
  std::string path = rootOf(libraryDirectory(), sess_.str(name));
  llvm::Expected<FileId> file = sess_.sources.load(path);
  if (!file) {
    sess_.diag.error(span, "E0463", "can't find crate for `" + sess_.str(name) + "`")
        .note("couldn't read `" + path + "`: " + llvm::toString(file.takeError()));
    return CrateId();
  }
  Crate &crate = reserved_.valid() && name != sym::core ? crates_[reserved_] : crates_.add(name, 2024);
  crate.name = name;
  library_[name] = crate.id; // for the crates that it loads
  if (name == sym::core)
    reserved_ = crates_.add(Symbol(), 2024).id;
  if (name != sym::core && !loadLibrary(crate, sym::core, span).valid())
    return CrateId();
  Input input;
  input.root = *file;
  input.cfgs = cfgsFor(false);
  return expandAndResolve(crate, input) ? crate.id : CrateId();
}

void CrateStore::useLibraryCode() {
  if (!image_ || libraryIsCompiled(sess_.options) || !linksLibraryCode(sess_.options))
    return;
  LibraryCodeRequest request;
  request.key = libraryKey(sess_.options, libraryDirectory(), cfgsFor(false));
  for (Symbol name : {sym::core, sess_.symbols.intern("alloc")}) { // each after what it uses
    CrateId id = library_.lookup(name);
    if (!id.valid())
      return;
    Crate &crate = crates_[id];
    request.name = sess_.str(name).str();
    request.root = rootOf(libraryDirectory(), request.name);
    request.version += image_->sourcesOf(crate);
    std::optional<LibraryCode> code = libraryCode(sess_, request);
    if (!code)
      return;
    crate.hasObject = true;
    crate.archive = code->archive;
    for (const std::string &symbol : code->exports)
      crate.exports.insert(symbol);
    request.core = code->archive;
  }
}

// ---- other crates ----

// What to look for when `from` uses a crate as `name`. None: it cannot, a compiled crate that did not use it then.
std::optional<metadata::Request> CrateStore::requestFor(const Crate &from, Symbol name, Span span) const {
  metadata::Request request;
  request.span = span;
  request.crate = sess_.str(name).str();
  if (from.id.isLocal()) {
    request.paths = metadata::externPaths(sess_.options, request.crate);
    return request;
  }
  const Manifest &m = *manifests_.find(from.id.raw)->second;
  for (const metadata::ExternRecord &e : m.externs) {
    if (e.name != request.crate)
      continue;
    request.crate = e.crate;
    request.hash = e.hash;
    request.dependant = m.name;
    return request;
  }
  return std::nullopt;
}

CrateId CrateStore::loadExternal(Crate &from, Symbol name, const std::optional<metadata::Request> &request, Span span) {
  if (!request) {
    sess_.diag.error(span, "E0463", "can't find crate for `" + sess_.str(name) + "`").label(span, "can't find crate");
    return CrateId();
  }
  CrateId id;
  auto known = request->hash.empty() ? external_.end() : external_.find(request->hash);
  if (known != external_.end()) {
    id = known->second;
  } else if (std::optional<metadata::Located> located = finder_.locate(sess_, *request)) {
    known = external_.find(located->manifest->hash);
    if (known != external_.end()) {
      id = known->second;
      if (id.valid() && crates_[id].archive.empty())
        crates_[id].archive = located->archive;
    } else {
      id = loadLocated(std::move(*located), span);
    }
  }
  if (id.valid())
    from.externs[name] = id;
  return id;
}

bool CrateStore::isLocalCrate(const Manifest &m, Span span) {
  const Crate &local = crates_[kLocalCrate];
  if (m.name != sess_.str(local.name) || m.stableId != local.stableId)
    return false;
  sess_.diag.error(
      span, "E0519",
      "the current crate is indistinguishable from one of its dependencies: it has the same crate-name `" + m.name +
          "` and was compiled with the same `-C metadata` arguments, so this will result in symbol conflicts between "
          "the two");
  return true;
}

// The crate that has this index in the image. It has the crates that it uses loaded: they are loaded here too.
CrateId CrateStore::mapLocated(size_t index, const Manifest &m, Span span) {
  Phase phase(sess_, "load_extern_crate");
  CrateId id = image_->crateId(index);
  if (!mapCrate(id, index))
    cannotMap();
  Crate &crate = crates_[id];
  std::vector<std::pair<Symbol, CrateId>> uses(crate.externs.begin(), crate.externs.end());
  llvm::sort(uses, [](const auto &a, const auto &b) { return a.second.raw < b.second.raw; });
  for (const auto &[name, used] : uses) {
    llvm::StringRef text = sess_.str(name);
    bool ofLibrary = llvm::none_of(m.externs, [&](const metadata::ExternRecord &e) { return e.name == text; });
    if ((ofLibrary ? loadLibrary(crate, name, span) : load(crate, name, span)) != used)
      return CrateId(); // it is gone, which is reported
  }
  return id;
}

// From the image if it is there, else from its sources.
CrateId CrateStore::loadLocated(metadata::Located located, Span span) {
  const Manifest &m = *located.manifest;
  external_[m.hash] = CrateId();
  if (!located.dylib && isLocalCrate(m, span))
    return CrateId();
  size_t index = 0, count = image_ ? image_->crateCount() : 0;
  while (index < count && image_->crateHash(index) != m.hash)
    ++index;
  bool inImage = index < count;
  manifests_[inImage ? image_->crateId(index).raw : uint8_t(crates_.size())] = located.manifest;
  CrateId id = inImage         ? mapLocated(index, m, span)
               : located.dylib ? defineProcMacros(m, *located.dylib)
                               : compileAgain(m, span);
  if (id.valid()) {
    for (const std::string &symbol : m.exports.list())
      crates_[id].exports.insert(symbol);
    if (located.dylib)
      crates_[id].dylib = located.dylib->path;
    crates_[id].archive = located.archive;
    crates_[id].file = located.path;
    external_[m.hash] = id;
  }
  return id;
}

// Its macros have names; what they do is found out when one is used.
CrateId CrateStore::defineProcMacros(const Manifest &m, const proc_macro::Dylib &dylib) {
  Crate &crate = crates_.add(sess_.symbols.intern(m.name), m.edition);
  crate.hash = m.hash;
  resolve::defineProcMacros(sess_, crate, dylib);
  return crate.id;
}

CrateId CrateStore::compileAgain(const Manifest &m, Span span) {
  if (!metadata::checkSources(sess_, m, span))
    return CrateId();
  llvm::Expected<FileId> file = sess_.sources.load(m.sources[0].name, m.directory);
  if (!file) {
    sess_.diag.error(span, "couldn't read `" + m.sources[0].name + "`: " + llvm::toString(file.takeError()));
    return CrateId();
  }
  std::optional<metadata::MacroRuns> macroRuns = metadata::unpack(m.macroRuns);
  if (!macroRuns) {
    sess_.diag.error(span, "E0786", "found invalid metadata files for crate `" + m.name + "`").note("the results of its macros are damaged");
    return CrateId();
  }
  Phase phase(sess_, "load_extern_crate");
  Crate &crate = crates_.add(sess_.symbols.intern(m.name), m.edition);
  crate.stableId = m.stableId;
  crate.overflowChecks = m.overflowChecks;
  crate.hasObject = true;
  crate.hash = m.hash;
  crate.directory = m.directory;
  for (const metadata::ExternRecord &e : m.externs)
    if (e.prelude)
      crate.externNames.push_back(sess_.symbols.intern(e.name));
  if (!m.noCore && !loadCore(crate).valid())
    return CrateId();
  Input input;
  input.root = *file;
  input.cfgs = m.cfgs.list();
  input.attrs = m.attrs;
  input.manifest = &m;
  input.macroRuns = std::move(*macroRuns);
  return expandAndResolve(crate, input) ? crate.id : CrateId();
}

CrateId CrateStore::load(Crate &from, Symbol name, Span span) {
  if (from.id.isLocal())
    asked_ = span;
  span = asked_; // what a dependency needs is missing where the dependency is asked for
  bool ofLibrary = name == sym::core || sess_.str(name) == "alloc";
  std::optional<metadata::Request> request = requestFor(from, name, span);
  bool given = request && (!request->paths.empty() || !request->hash.empty());
  if (ofLibrary && !given)
    from.sysrootExterns.insert(name);
  CrateId id = ofLibrary && !given ? loadLibrary(from, name, span) : loadExternal(from, name, request, span);
  isIncomplete_ |= !id.valid() && sess_.diag.hasErrors();
  return id;
}

std::optional<std::vector<metadata::Dependency>> CrateStore::dependencies() {
  std::vector<metadata::Dependency> all;
  std::vector<std::pair<std::string, metadata::ExternRecord>> work; // who needs what
  llvm::StringSet<> seen;
  auto add = [&](const Manifest &m, metadata::Dependency d) {
    seen.insert(m.hash);
    d.hash = m.hash;
    d.nativeLibs = m.nativeLibs;
    for (const metadata::ExternRecord &e : m.externs) {
      d.uses.push_back(e.hash);
      work.push_back({m.name, e});
    }
    all.push_back(std::move(d));
  };
  for (const std::unique_ptr<Crate> &c : crates_)
    if (auto it = manifests_.find(c->id.raw); it != manifests_.end() && !c->file.empty())
      add(*it->second, {sess_.str(c->name).str(), c->file, c->archive, c->hasObject, /*ofLibrary=*/false});
  for (size_t i = 0; i < work.size(); ++i) {
    auto [dependant, record] = work[i];
    if (seen.contains(record.hash))
      continue;
    metadata::Request request;
    request.crate = record.crate;
    request.hash = record.hash;
    request.dependant = dependant;
    std::optional<metadata::Located> located = finder_.locate(sess_, request);
    if (!located)
      return std::nullopt;
    add(*located->manifest, {located->manifest->name, located->path, located->archive, !located->dylib, /*ofLibrary=*/false});
  }
  for (const std::unique_ptr<Crate> &c : crates_)
    if (c->hash.empty() && c->hasObject)
      all.push_back({sess_.str(c->name).str(), "", c->archive, true, /*ofLibrary=*/true});
  return all;
}

// ---- what is left for dependants ----

Manifest CrateStore::manifest(std::vector<NativeLib> nativeLibs) const {
  const Crate &local = crates_[kLocalCrate];
  Manifest m;
  m.name = sess_.str(local.name).str();
  m.stableId = local.stableId;
  m.target = sess_.options.target;
  llvm::SmallString<128> cwd;
  (void)llvm::sys::fs::current_path(cwd);
  m.directory = cwd.str().str();
  m.edition = local.edition;
  m.optLevel = unsigned(sess_.options.opt);
  m.noCore = noCore_;
  m.overflowChecks = local.overflowChecks;
  m.cfgs = metadata::Lines(local.cfgs);
  m.attrs = sess_.options.crateAttrs;
  llvm::StringSet<> seen;
  for (FileId id : local.files) {
    const SourceFile &f = sess_.sources.file(id);
    if (seen.insert(f.name).second)
      m.sources.push_back({f.name, metadata::contentHash(f.text())});
  }
  for (const auto &[name, id] : local.externs) {
    const Crate &c = crates_[id];
    if (c.hash.empty()) // of the library
      continue;
    m.externs.push_back(
        {sess_.str(name).str(), sess_.str(c.name).str(), c.hash, llvm::is_contained(local.externNames, name)});
  }
  llvm::sort(m.externs, [](const auto &a, const auto &b) { return a.name < b.name; });
  m.env = local.env;
  llvm::sort(m.env);
  m.env.erase(std::unique(m.env.begin(), m.env.end()), m.env.end());
  m.macroRuns = metadata::pack(macroRuns_);
  m.nativeLibs = std::move(nativeLibs);
  m.hash = metadata::versionHash(m);
  return m;
}

} // namespace ferric::driver
