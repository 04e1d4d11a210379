// One table of keys reads and prints a specification. Keys that say nothing about what is generated for the architectures at hand (names of
// libraries, linkers' own arguments, other systems' conventions) are known, so that a misspelt one is an error, and are left alone.
#include "driver/target_json.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

namespace ferric::driver {

using layout::FramePointer; using layout::TargetSpec;
namespace json = llvm::json;

namespace {
struct Key {
  const char *name;
  const char *expected;                                     // what its value must be, for messages
  bool (*read)(TargetSpec &, const json::Value &);          // false: of the wrong kind
  std::optional<json::Value> (*write)(const TargetSpec &);  // none: the default
};
} // namespace

static const TargetSpec kDefault;

template <std::string TargetSpec::*field> static bool readString(TargetSpec &t, const json::Value &v) {
  std::optional<llvm::StringRef> s = v.getAsString();
  if (s)
    t.*field = s->str();
  return s.has_value();
}
template <std::string TargetSpec::*field> static std::optional<json::Value> writeString(const TargetSpec &t) {
  return t.*field == kDefault.*field ? std::nullopt : std::optional<json::Value>(t.*field);
}
template <bool TargetSpec::*field> static bool readBool(TargetSpec &t, const json::Value &v) {
  std::optional<bool> b = v.getAsBoolean();
  if (b)
    t.*field = *b;
  return b.has_value();
}
template <bool TargetSpec::*field> static std::optional<json::Value> writeBool(const TargetSpec &t) {
  return t.*field == kDefault.*field ? std::nullopt : std::optional<json::Value>(t.*field);
}
// A number, or, as up to rustc 1.90, its digits.
static bool readNumber(const json::Value &v, unsigned &out) {
  if (std::optional<llvm::StringRef> s = v.getAsString())
    return !s->getAsInteger(10, out);
  std::optional<int64_t> n = v.getAsInteger();
  if (!n || *n < 0 || *n > UINT32_MAX)
    return false;
  out = unsigned(*n);
  return true;
}
static bool readPointerWidth(TargetSpec &t, const json::Value &v) {
  unsigned bits = 0;
  if (!readNumber(v, bits) || (bits != 32 && bits != 64))
    return false;
  t.pointerBytes = bits / 8;
  return true;
}
static bool readFamilies(TargetSpec &t, const json::Value &v) {
  t.families.clear();
  if (std::optional<llvm::StringRef> one = v.getAsString()) {
    t.families.push_back(one->str());
    return true;
  }
  const json::Array *list = v.getAsArray();
  if (!list)
    return false;
  for (const json::Value &e : *list) {
    std::optional<llvm::StringRef> s = e.getAsString();
    if (!s)
      return false;
    t.families.push_back(s->str());
  }
  return true;
}
static const std::pair<const char *, FramePointer> kFramePointers[] = {
    {"may-omit", FramePointer::MayOmit}, {"non-leaf", FramePointer::NonLeaf}, {"always", FramePointer::Always}};
static bool readFramePointer(TargetSpec &t, const json::Value &v) {
  for (auto [name, value] : kFramePointers)
    if (v.getAsString() == llvm::StringRef(name)) {
      t.framePointer = value;
      return true;
    }
  return false;
}
static std::optional<json::Value> writeFramePointer(const TargetSpec &t) {
  for (auto [name, value] : kFramePointers)
    if (t.framePointer == value && value != kDefault.framePointer)
      return json::Value(name);
  return std::nullopt;
}
static bool readStackProbes(TargetSpec &t, const json::Value &v) {
  const json::Object *o = v.getAsObject();
  std::optional<llvm::StringRef> kind = o ? o->getString("kind") : std::nullopt;
  if (!kind || (*kind != "none" && *kind != "inline" && *kind != "call" && *kind != "inline-or-call"))
    return false;
  t.stackProbes = kind->str();
  return true;
}
static bool readMergeFunctions(TargetSpec &t, const json::Value &v) {
  std::optional<llvm::StringRef> s = v.getAsString();
  if (!s || (*s != "disabled" && *s != "trampolines" && *s != "aliases"))
    return false;
  t.mergeFunctions = s->str();
  return true;
}
static bool readPanicStrategy(TargetSpec &t, const json::Value &v) {
  std::optional<llvm::StringRef> s = v.getAsString();
  if (!s || (*s != "unwind" && *s != "abort" && *s != "immediate-abort"))
    return false;
  t.panicAbort = *s != "unwind";
  return true;
}

#define STRING(field) "a string", readString<&TargetSpec::field>, writeString<&TargetSpec::field>
#define BOOL(field) "a boolean", readBool<&TargetSpec::field>, writeBool<&TargetSpec::field>
static const Key kKeys[] = {
    {"arch", STRING(arch)},
    {"abi", STRING(abi)},
    {"code-model", STRING(codeModel)},
    {"cpu", STRING(cpu)},
    {"crt-static-default", BOOL(crtStaticDefault)},
    {"data-layout", STRING(dataLayout)},
    {"default-uwtable", BOOL(defaultUnwindTables)},
    {"disable-redzone", BOOL(disableRedzone)},
    {"dynamic-linking", BOOL(dynamicLinking)},
    {"env", STRING(env)},
    {"executables", BOOL(executables)},
    {"features", STRING(features)},
    {"frame-pointer", "`may-omit`, `non-leaf` or `always`", readFramePointer, writeFramePointer},
    {"function-sections", BOOL(functionSections)},
    {"has-thread-local", BOOL(hasThreadLocal)},
    {"linker", STRING(linker)},
    {"llvm-abiname", STRING(llvmAbi)},
    {"llvm-target", STRING(llvmTriple)},
    {"max-atomic-width", "a number", [](TargetSpec &t, const json::Value &v) { return readNumber(v, t.maxAtomicBits); },
     [](const TargetSpec &t) { return std::optional<json::Value>(t.maxAtomicBits); }},
    {"merge-functions", "`disabled`, `trampolines` or `aliases`", readMergeFunctions, writeString<&TargetSpec::mergeFunctions>},
    {"no-builtins", BOOL(noBuiltins)},
    {"os", STRING(os)},
    {"panic-strategy", "`unwind`, `abort` or `immediate-abort`", readPanicStrategy,
     [](const TargetSpec &t) { return t.panicAbort ? std::optional<json::Value>("abort") : std::nullopt; }},
    {"plt-by-default", BOOL(pltByDefault)},
    {"position-independent-executables", BOOL(positionIndependent)},
    {"relocation-model", STRING(relocationModel)},
    {"rustc-abi", STRING(rustcAbi)},
    {"stack-probes", "an object whose `kind` is `none`, `inline`, `call` or `inline-or-call`", readStackProbes,
     [](const TargetSpec &t) {
       return t.stackProbes == kDefault.stackProbes ? std::nullopt : std::optional<json::Value>(json::Object{{"kind", t.stackProbes}});
     }},
    {"target-endian", "`little`: there is no big-endian target", [](TargetSpec &, const json::Value &v) { return v.getAsString() == llvm::StringRef("little"); },
     [](const TargetSpec &) { return std::optional<json::Value>(); }},
    {"target-family", "a string or an array of strings", readFamilies,
     [](const TargetSpec &t) { return t.families.empty() ? std::nullopt : std::optional<json::Value>(json::Array(t.families)); }},
    {"target-pointer-width", "64 or 32", readPointerWidth, [](const TargetSpec &t) { return std::optional<json::Value>(t.pointerBytes * 8); }},
    {"vendor", STRING(vendor)},
};
#undef STRING
#undef BOOL

static const llvm::StringSet<> &keysLeftAlone() {
  static const llvm::StringSet<> keys = {
      "abi-return-struct-as-int", "allow-asm", "allows-weak-linkage", "archive-format", "asm-args", "atomic-cas", "binary-format",
      "c-enum-min-bits", "crt-objects-fallback", "crt-static-allows-dylibs", "crt-static-respected", "debuginfo-kind",
      "default-codegen-backend", "default-codegen-units", "default-dwarf-version", "default-sanitizers",
      "default-visibility", "direct-access-external-data", "dll-prefix", "dll-suffix", "dll-tls-export",
      "eh-frame-header", "emit-debug-gdb-scripts", "entry-abi", "entry-name", "exe-suffix", "generate-arange-section", "has-rpath",
      "has-thumb-interworking", "is-like-aix", "is-like-android", "is-like-darwin", "is-like-gpu", "is-like-msvc", "is-like-solaris",
      "is-like-vexos", "is-like-wasm", "is-like-windows", "late-link-args", "late-link-args-dynamic", "late-link-args-static",
      "limit-rdylib-exports", "link-env", "link-env-remove", "link-script", "link-self-contained", "linker-flavor", "linker-is-gnu",
      "lld-flavor", "llvm-args", "llvm-floatabi", "llvm-mcount-intrinsic", "main-needs-argc-argv", "metadata",
      "min-atomic-width", "min-global-align", "need-explicit-cpu", "no-default-libraries", "obj-is-bitcode", "only-cdylib",
      "override-export-symbols", "post-link-args", "post-link-objects", "post-link-objects-fallback", "pre-link-args",
      "pre-link-objects", "pre-link-objects-fallback", "relax-elf-relocations", "relro-level", "requires-lto", "requires-uwtable",
      "simd-types-indirect", "singlethread", "small-data-threshold-support", "split-debuginfo", "staticlib-prefix", "staticlib-suffix",
      "static-initializer-must-be-acyclic", "static-position-independent-executables", "supported-sanitizers",
      "supported-split-debuginfo", "supports-stack-protector", "supports-xray", "target-c-int-width", "target-mcount", "tls-model",
      "trap-unreachable", "use-ctors-section"};
  return keys;
}

static constexpr const char *kRequired[] = {"llvm-target", "target-pointer-width", "data-layout", "arch"};

static llvm::Error wrong(const llvm::Twine &message) { return llvm::createStringError(llvm::inconvertibleErrorCode(), message); }

llvm::Expected<TargetSpec> parseTargetSpec(llvm::StringRef name, llvm::StringRef text) {
  llvm::Expected<json::Value> value = json::parse(text);
  if (!value)
    return wrong(llvm::toString(value.takeError()));
  const json::Object *object = value->getAsObject();
  if (!object)
    return wrong("expected an object");
  TargetSpec t;
  t.name = name.str();
  for (const char *required : kRequired)
    if (!object->get(required))
      return wrong(llvm::Twine("missing field `") + required + "`");
  for (const Key &key : kKeys)
    if (const json::Value *v = object->get(key.name); v && v->kind() != json::Value::Null && !key.read(t, *v))
      return wrong(llvm::Twine("wrong value for `") + key.name + "`: expected " + key.expected);
  for (const auto &[key, v] : *object) {
    llvm::StringRef field = key;
    if (!keysLeftAlone().contains(field) && llvm::none_of(kKeys, [&](const Key &k) { return field == k.name; }))
      return wrong("unknown field `" + field + "`");
  }
  if (llvm::none_of(layout::builtinTargetNames(), [&](const std::string &n) { return layout::builtinTarget(n)->arch == t.arch; }))
    return wrong("there is no code generation for the architecture `" + t.arch + "`");
  if (!object->get("max-atomic-width"))
    t.maxAtomicBits = t.pointerBytes * 8;
  return t;
}

void printTargetSpec(const TargetSpec &target, llvm::raw_ostream &os) {
  json::Object object;
  for (const Key &key : kKeys)
    if (std::optional<json::Value> v = key.write(target))
      object[key.name] = std::move(*v);
  os << llvm::formatv("{0:2}", json::Value(std::move(object))) << '\n';
}

// The schema of one key's value, from what messages say it must be.
static json::Object schemaOf(llvm::StringRef expected) {
  llvm::StringRef type = llvm::StringSwitch<llvm::StringRef>(expected)
                             .Case("a string", "string").Case("a boolean", "boolean").Cases({"a number", "64 or 32"}, "integer").Default("");
  if (!type.empty())
    return json::Object{{"type", json::Array{type, "null"}}};
  json::Array choices; // `a`, `b` or `c`
  llvm::SmallVector<llvm::StringRef, 8> parts;
  expected.split(parts, '`');
  for (size_t i = 1; i < parts.size(); i += 2)
    choices.push_back(parts[i]);
  if (!expected.starts_with("an object"))
    return json::Object{{"enum", std::move(choices)}};
  choices.erase(choices.begin()); // `kind`
  return json::Object{{"type", json::Array{"object", "null"}}, {"properties", json::Object{{"kind", json::Object{{"enum", std::move(choices)}}}}}};
}

void printTargetSchema(llvm::raw_ostream &os) {
  json::Object properties;
  for (const auto &key : keysLeftAlone())
    properties[key.getKey()] = json::Object();
  for (const Key &key : kKeys)
    properties[key.name] = schemaOf(key.expected);
  properties["target-family"] = json::Object{{"type", json::Array{"string", "array", "null"}}, {"items", json::Object{{"type", "string"}}}};
  json::Array required;
  for (const char *key : kRequired)
    required.push_back(key);
  json::Object schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "TargetSpecJson"}, {"type", "object"},
                      {"properties", std::move(properties)}, {"required", std::move(required)}, {"additionalProperties", false}};
  os << llvm::formatv("{0:2}", json::Value(std::move(schema))) << '\n';
}

// The file of a target that is not built in; empty: there is none.
static std::string fileOf(const Options &o) {
  if (llvm::StringRef(o.target).ends_with(".json"))
    return o.target;
  llvm::SmallVector<llvm::StringRef, 4> folders;
  std::string paths = std::getenv("RUST_TARGET_PATH") ? std::getenv("RUST_TARGET_PATH") : "";
  llvm::StringRef(paths).split(folders, ':', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef folder : folders) {
    llvm::SmallString<128> file(folder);
    llvm::sys::path::append(file, o.target + ".json");
    if (llvm::sys::fs::is_regular_file(file))
      return file.str().str();
  }
  llvm::SmallString<128> file(o.sysroot);
  llvm::sys::path::append(file, "lib/rustlib", o.target, "target.json");
  return !o.sysroot.empty() && llvm::sys::fs::is_regular_file(file) ? file.str().str() : "";
}

const TargetSpec *findTarget(Session &sess) {
  const Options &o = sess.options;
  if (const TargetSpec *t = layout::builtinTarget(o.target))
    return t;
  std::string file = fileOf(o);
  if (file.empty()) {
    sess.diag.errorNoSpan("error loading target specification: could not find specification for target `" + o.target + "`")
        .help("run `ferric --print target-list` for a list of built-in targets").emit();
    return nullptr;
  }
  auto fail = [&](const llvm::Twine &why) {
    sess.diag.errorNoSpan("error loading target specification: `" + file + "`: " + why).emit();
    return nullptr;
  };
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> text = llvm::MemoryBuffer::getFile(file);
  if (!text)
    return fail(text.getError().message());
  llvm::Expected<TargetSpec> t = parseTargetSpec(llvm::sys::path::stem(file), (*text)->getBuffer());
  if (!t)
    return fail(llvm::toString(t.takeError()));
  return new TargetSpec(std::move(*t));
}

} // namespace ferric::driver
