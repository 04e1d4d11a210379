// Reading checks each member's type, so that a damaged file is an error and nothing else.
#include "metadata/manifest.h"
#include "metadata/archiver.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/xxhash.h"

namespace ferric::metadata {

namespace json = llvm::json;

static constexpr llvm::StringLiteral kMagic = "ferric metadata ";

std::string contentHash(llvm::StringRef text) {
  llvm::XXH128_hash_t h =
      llvm::xxh3_128bits(llvm::ArrayRef<uint8_t>(reinterpret_cast<const uint8_t *>(text.data()), text.size()));
  return llvm::utohexstr(h.high64, true, 16) + llvm::utohexstr(h.low64, true, 16);
}

Lines::Lines(llvm::ArrayRef<std::string> list) {
  for (const std::string &s : list) {
    for (char c : s)
      c == '\n' ? text_ += "\\n" : text_ += c;
    text_ += '\n';
  }
}

Lines Lines::ofText(llvm::StringRef text) {
  Lines lines;
  lines.text_ = text.str();
  return lines;
}

std::vector<std::string> Lines::list() const {
  llvm::SmallVector<llvm::StringRef, 0> parts;
  llvm::StringRef(text_).split(parts, '\n', -1, /*KeepEmpty=*/false);
  return {parts.begin(), parts.end()};
}

static json::Array strings(llvm::ArrayRef<std::string> list) {
  json::Array out;
  for (const std::string &s : list)
    out.push_back(s);
  return out;
}

static void archive(Archiver &ar, SourceRecord &s) { ar(s.name, s.hash); }

static std::string sourceBytes(const Manifest &m) {
  Archiver ar;
  std::vector<SourceRecord> sources = m.sources;
  ar(sources);
  return ar.bytes().str();
}

// How many bytes there were, then these compressed.
std::string pack(MacroRuns runs) {
  if (runs.empty())
    return "";
  Archiver ar;
  ar(runs);
  llvm::SmallVector<uint8_t, 0> bytes;
  llvm::compression::zlib::compress(llvm::arrayRefFromStringRef(ar.bytes()), bytes);
  return (llvm::utostr(ar.bytes().size()) + ":" + llvm::toStringRef(bytes)).str();
}

std::optional<MacroRuns> unpack(llvm::StringRef packed) {
  MacroRuns runs;
  if (packed.empty())
    return runs;
  constexpr size_t kMost = size_t(1) << 30;
  auto [size, bytes] = packed.split(':');
  size_t n;
  llvm::SmallVector<uint8_t, 0> plain;
  if (size.getAsInteger(10, n) || n > kMost)
    return std::nullopt;
  if (llvm::Error e = llvm::compression::zlib::decompress(llvm::arrayRefFromStringRef(bytes), plain, n))
    return llvm::consumeError(std::move(e)), std::nullopt;
  Archiver ar{llvm::toStringRef(plain)};
  ar(runs);
  return ar.complete() ? std::optional(std::move(runs)) : std::nullopt;
}

static constexpr llvm::StringLiteral kLibKinds[] = {"", "dylib", "static", "link-arg"}; // of NativeLibKind

static json::Array nativeLibs(const Manifest &m) {
  json::Array out;
  auto maybe = [](std::optional<bool> b) { return b ? json::Value(*b) : json::Value(nullptr); };
  for (const NativeLib &l : m.nativeLibs)
    out.push_back(json::Object{{"name", l.name},
                               {"kind", kLibKinds[unsigned(l.kind)]},
                               {"bundle", maybe(l.bundle)},
                               {"whole_archive", maybe(l.wholeArchive)},
                               {"verbatim", maybe(l.verbatim)},
                               {"as_needed", maybe(l.asNeeded)}});
  return out;
}

// Everything that decides what the crate is; the long members by their sizes.
static json::Object identity(const Manifest &m, llvm::StringRef sources) {
  json::Array externs, env;
  for (const ExternRecord &e : m.externs)
    externs.push_back(json::Object{{"name", e.name}, {"crate", e.crate}, {"hash", e.hash}, {"prelude", e.prelude}});
  for (const auto &[name, value] : m.env)
    env.push_back(json::Object{{"name", name}, {"value", value ? json::Value(*value) : json::Value(nullptr)}});
  return json::Object{{"name", m.name},
                      {"id", m.stableId},
                      {"target", m.target},
                      {"edition", m.edition},
                      {"opt_level", m.optLevel},
                      {"no_core", m.noCore},
                      {"overflow_checks", m.overflowChecks},
                      {"cfgs", m.cfgs.text().size()},
                      {"attributes", strings(m.attrs)},
                      {"sources", sources.size()},
                      {"externs", std::move(externs)},
                      {"macros", m.macroRuns.size()},
                      {"native_libraries", nativeLibs(m)},
                      {"environment", std::move(env)}};
}

static std::string print(json::Value value) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << value;
  return text;
}

std::string versionHash(const Manifest &m) {
  std::string sources = sourceBytes(m);
  return contentHash(print(identity(m, sources)) + m.cfgs.text() + sources + m.macroRuns);
}

std::string encode(const Manifest &m) {
  std::string sources = sourceBytes(m);
  json::Object all = identity(m, sources);
  all["hash"] = m.hash;
  all["directory"] = m.directory;
  all["exports"] = m.exports.text().size();
  std::string body = print(std::move(all)) + "\n" + m.cfgs.text() + sources + m.macroRuns + m.exports.text();
  return (kMagic + llvm::Twine(Manifest::kVersion) + " " + contentHash(body) + "\n" + body).str();
}

namespace {
// Takes members out of an object; `ok` turns false at the first that is missing or of another type.
class Reader {
public:
  explicit Reader(const json::Object &o, bool &ok) : o_(o), ok_(ok) {}
  std::string text(llvm::StringRef key) {
    std::optional<llvm::StringRef> s = o_.getString(key);
    ok_ &= s.has_value();
    return s ? s->str() : "";
  }
  bool flag(llvm::StringRef key) {
    std::optional<bool> b = o_.getBoolean(key);
    ok_ &= b.has_value();
    return b.value_or(false);
  }
  unsigned number(llvm::StringRef key) {
    std::optional<int64_t> n = o_.getInteger(key);
    ok_ &= n.has_value();
    return unsigned(n.value_or(0));
  }
  // A boolean or null.
  std::optional<bool> maybe(llvm::StringRef key) {
    const json::Value *v = o_.get(key);
    ok_ &= v && (v->kind() == json::Value::Null || v->kind() == json::Value::Boolean);
    return v ? v->getAsBoolean() : std::nullopt;
  }
  std::vector<std::string> texts(llvm::StringRef key) {
    std::vector<std::string> out;
    for (const json::Value &v : list(key)) {
      std::optional<llvm::StringRef> s = v.getAsString();
      ok_ &= s.has_value();
      out.push_back(s.value_or("").str());
    }
    return out;
  }
  // What follows the JSON, as much of it as the member says.
  llvm::StringRef part(llvm::StringRef key, llvm::StringRef &rest) {
    std::optional<int64_t> n = o_.getInteger(key);
    bool fits = n && *n >= 0 && uint64_t(*n) <= rest.size();
    ok_ &= fits;
    llvm::StringRef text = fits ? rest.take_front(size_t(*n)) : "";
    rest = rest.drop_front(text.size());
    return text;
  }
  template <class F> void objects(llvm::StringRef key, F each) {
    for (const json::Value &v : list(key)) {
      if (const json::Object *o = v.getAsObject())
        each(*o, Reader(*o, ok_));
      else
        ok_ = false;
    }
  }

private:
  const json::Array &list(llvm::StringRef key) {
    static const json::Array empty;
    const json::Array *a = o_.getArray(key);
    ok_ &= a != nullptr;
    return a ? *a : empty;
  }
  const json::Object &o_;
  bool &ok_;
};
} // namespace

static void readNativeLib(Reader r, bool &ok, Manifest &m) {
  NativeLib l;
  l.name = r.text("name");
  const llvm::StringLiteral *kind = llvm::find(kLibKinds, r.text("kind"));
  ok &= kind != std::end(kLibKinds) && !l.name.empty();
  l.kind = kind == std::end(kLibKinds) ? NativeLibKind::Unspecified : NativeLibKind(kind - kLibKinds);
  l.bundle = r.maybe("bundle");
  l.wholeArchive = r.maybe("whole_archive");
  l.verbatim = r.maybe("verbatim");
  l.asNeeded = r.maybe("as_needed");
  m.nativeLibs.push_back(std::move(l));
}

static bool read(const json::Object &o, llvm::StringRef parts, Manifest &m) {
  bool ok = true;
  Reader r(o, ok);
  m.name = r.text("name");
  m.stableId = r.text("id");
  m.target = r.text("target");
  m.hash = r.text("hash");
  m.directory = r.text("directory");
  m.edition = r.number("edition");
  m.optLevel = r.number("opt_level");
  m.noCore = r.flag("no_core");
  m.overflowChecks = r.flag("overflow_checks");
  m.cfgs = Lines::ofText(r.part("cfgs", parts));
  Archiver sources(r.part("sources", parts));
  sources(m.sources);
  m.macroRuns = r.part("macros", parts).str();
  m.exports = Lines::ofText(r.part("exports", parts));
  m.attrs = r.texts("attributes");
  r.objects("externs", [&](const json::Object &, Reader e) {
    m.externs.push_back({e.text("name"), e.text("crate"), e.text("hash"), e.flag("prelude")});
  });
  r.objects("environment", [&](const json::Object &e, Reader v) {
    std::optional<llvm::StringRef> value = e.getString("value");
    m.env.emplace_back(v.text("name"), value ? std::optional<std::string>(value->str()) : std::nullopt);
  });
  r.objects("native_libraries", [&](const json::Object &, Reader l) { readNativeLib(l, ok, m); });
  return ok && parts.empty() && sources.complete() && !m.sources.empty();
}

// LLVM's parser has no limit of its own, and a stack has an end.
static bool nestsTooDeep(llvm::StringRef json) {
  constexpr unsigned kMost = 16; // we have three levels
  unsigned depth = 0;
  for (size_t i = 0; i < json.size(); ++i) {
    switch (json[i]) {
    case '"':
      while (++i < json.size() && json[i] != '"')
        i += json[i] == '\\';
      break;
    case '[':
    case '{':
      if (++depth > kMost)
        return true;
      break;
    case ']':
    case '}': depth -= depth > 0; break;
    }
  }
  return false;
}

Decoded decode(llvm::StringRef text) {
  Decoded d;
  if (text.starts_with(llvm::StringRef("rust\0\0\0", 7))) {
    d.problem = Unusable::OtherVersion;
    d.detail = "rustc";
    return d;
  }
  if (!text.consume_front(kMagic)) {
    d.problem = Unusable::Malformed;
    d.detail = "it does not start as metadata does";
    return d;
  }
  auto [line, body] = text.split('\n');
  auto [version, checksum] = line.split(' ');
  if (version != llvm::utostr(Manifest::kVersion)) {
    d.problem = Unusable::OtherVersion;
    d.detail = "metadata format " + version.str();
    return d;
  }
  if (contentHash(body) != checksum) {
    d.problem = Unusable::Malformed;
    d.detail = "its contents do not match its checksum";
    return d;
  }
  auto [object, parts] = body.split('\n');
  if (nestsTooDeep(object)) {
    d.problem = Unusable::Malformed;
    d.detail = "it nests too deep";
    return d;
  }
  llvm::Expected<json::Value> value = json::parse(object);
  if (!value) {
    d.problem = Unusable::Malformed;
    d.detail = llvm::toString(value.takeError());
  } else if (!value->getAsObject() || !read(*value->getAsObject(), parts, d.manifest)) {
    d.problem = Unusable::Malformed;
    d.detail = "members are missing";
  }
  return d;
}

} // namespace ferric::metadata
