// The specifications are lexed as Rust, in a session of their own: options are read before there is a crate. What is
// well known follows from the built-in targets, so that it is what code for one of them can meet.
#include "driver/check_cfg.h"
#include "driver/option_values.h"
#include "driver/options.h"
#include "layout/target.h"
#include "lex/lexer.h"
#include "lex/unescape.h"
#include "target/features.h"

namespace ferric::driver {

using lex::Delim;
using lex::Token;
using TK = lex::TokenKind;
using Values = ExpectedCfgs::Values;

namespace {
// One `cfg(name1, .., nameN, values("value1", .., none(), any()))`.
class Spec {
public:
  Spec(const Session &scratch, llvm::ArrayRef<Token> tokens) : sess_(scratch), t_(tokens) {}
  // False: `notes` says why.
  bool read(ExpectedCfgs &out);
  llvm::SmallVector<std::string, 2> notes;

private:
  using Args = std::vector<llvm::ArrayRef<Token>>;

  bool fail(const llvm::Twine &note, const llvm::Twine &rule = "") {
    notes.push_back(note.str());
    if (!rule.isTriviallyEmpty())
      notes.push_back(rule.str());
    return false;
  }
  bool malformed() { return fail("expected `cfg(name, values(\"value1\", \"value2\", ... \"valueN\"))`"); }
  // What is between parentheses, cut at commas. False: two commas in a row, or one at the start.
  static bool split(llvm::ArrayRef<Token> inner, Args &out);
  static bool isName(llvm::ArrayRef<Token> arg) { return arg.size() == 1 && arg[0].is(TK::Ident); }
  // `name(..)`
  bool isCall(llvm::ArrayRef<Token> arg, llvm::StringRef name) const {
    return arg.size() >= 3 && arg[0].is(TK::Ident) && sess_.str(arg[0].sym) == name && arg[1].isOpen(Delim::Paren) &&
           arg[1].match() == arg.size() - 2;
  }
  std::string text(llvm::ArrayRef<Token> arg) const {
    return sess_.sources.text(Span{arg.front().span.lo, arg.back().span.hi, {}}).str();
  }
  bool refuse(llvm::ArrayRef<Token> arg, const char *rule);
  bool readValues(llvm::ArrayRef<Token> inner, Values &out);
  bool readArgs(const Args &args, std::vector<std::string> &names, std::optional<Values> &values, bool &any);

  const Session &sess_;
  llvm::ArrayRef<Token> t_;
};
} // namespace

bool Spec::split(llvm::ArrayRef<Token> inner, Args &out) {
  size_t start = 0;
  for (size_t i = 0; i <= inner.size(); ++i) {
    if (i < inner.size() && inner[i].is(TK::OpenDelim))
      i += inner[i].match();
    if (i < inner.size() && !inner[i].is(TK::Comma))
      continue;
    if (i > start)
      out.push_back(inner.slice(start, i - start));
    else if (i < inner.size())
      return false;
    start = i + 1;
  }
  return true;
}

static const char *literalKind(lex::LitKind kind) {
  switch (kind) {
  case lex::LitKind::Str:
  case lex::LitKind::StrRaw:
    return "a string";
  case lex::LitKind::Bool:
    return "a boolean";
  case lex::LitKind::Byte:
    return "a byte";
  case lex::LitKind::Char:
    return "a char";
  case lex::LitKind::Integer:
    return "an integer";
  case lex::LitKind::Float:
    return "a float";
  case lex::LitKind::ByteStr:
  case lex::LitKind::ByteStrRaw:
    return "a byte string";
  default:
    return "another";
  }
}

bool Spec::refuse(llvm::ArrayRef<Token> arg, const char *rule) {
  if (arg.size() == 1 && arg[0].is(TK::Literal))
    return fail("`" + text(arg) + "` is " + literalKind(arg[0].lit()) + " literal", rule);
  return fail("`" + text(arg) + "` is invalid", rule);
}

bool Spec::readValues(llvm::ArrayRef<Token> inner, Values &out) {
  Args args;
  if (!split(inner, args))
    return malformed();
  for (llvm::ArrayRef<Token> arg : args) {
    bool isAny = isCall(arg, "any"), isNone = isCall(arg, "none");
    if ((isAny || isNone) && arg.size() != 3)
      return fail("`" + text(arg) + "` is invalid",
                  llvm::Twine(isAny ? "`any()`" : "`none()`") + " in `values()` takes no argument");
    bool isString = arg.size() == 1 && arg[0].is(TK::Literal) &&
                    (arg[0].lit() == lex::LitKind::Str || arg[0].lit() == lex::LitKind::StrRaw);
    if (!isAny && !isNone && !isString)
      return refuse(arg, "`values()` arguments must be string literals, `none()` or `any()`");
    if (isAny && out.any)
      return fail("`any()` is invalid", "`any()` in `values()` cannot be specified multiple times");
    out.any |= isAny;
    out.none |= isNone;
    if (isString) {
      llvm::SmallString<64> value;
      lex::unescape(sess_.str(arg[0].sym), arg[0].lit(), value);
      out.strings.insert(value.str().str());
    }
  }
  return !out.any || out.strings.empty() ||
         fail("`values()` arguments cannot specify string literals and `any()` at the same time");
}

bool Spec::readArgs(const Args &args, std::vector<std::string> &names, std::optional<Values> &values, bool &any) {
  for (llvm::ArrayRef<Token> arg : args) {
    if (isName(arg)) {
      if (values)
        return fail("`cfg()` names cannot be after values");
      names.push_back(sess_.str(arg[0].sym).str());
    } else if (isCall(arg, "any")) {
      if (arg.size() != 3)
        return fail("`" + text(arg) + "` is invalid", "`any()` takes no argument");
      if (any)
        return fail("`any()` cannot be specified multiple times");
      any = true;
    } else if (isCall(arg, "values")) {
      if (names.empty())
        return fail("`values()` cannot be specified before the names");
      if (values)
        return fail("`values()` cannot be specified multiple times");
      if (!readValues(arg.slice(2, arg.size() - 3), values.emplace()))
        return false;
    } else {
      return refuse(arg, "`cfg()` arguments must be simple identifiers, `any()` or `values(...)`");
    }
  }
  return true;
}

bool Spec::read(ExpectedCfgs &out) {
  Args args;
  if (!isCall(t_, "cfg") || !split(t_.slice(2, t_.size() - 3), args))
    return malformed();
  std::vector<std::string> names;
  std::optional<Values> values;
  bool any = false;
  if (!readArgs(args, names, values, any))
    return false;
  if (any && (!names.empty() || values))
    return fail("`cfg(any())` can only be provided in isolation");
  out.anyName |= any;
  for (const std::string &name : names) {
    Values &v = out.names[name];
    v.any |= values && values->any;
    v.none |= !values || values->none;
    if (values)
      v.strings.insert(values->strings.begin(), values->strings.end());
  }
  return true;
}

// ---- what is expected without saying ----

static void addWellKnown(ExpectedCfgs &out) {
  for (const char *name : {"clippy", "debug_assertions", "doc", "doctest", "miri", "overflow_checks", "proc_macro",
                           "rustfmt", "target_thread_local", "ub_checks", "unix", "windows"})
    out.names[name].none = true;
  auto add = [&](const char *name, llvm::StringRef value) { out.names[name].strings.insert(value.str()); };
  for (const char *v : {"full", "none", "shallow"})
    add("fmt_debug", v);
  for (const char *v : {"abort", "immediate-abort", "unwind"})
    add("panic", v);
  for (llvm::StringRef v : relocationModels())
    if (v != "default")
      add("relocation_model", v);
  for (llvm::StringRef v : sanitizerNames())
    add("sanitize", v);
  for (const char *name : {"target_has_atomic", "target_has_atomic_equal_alignment", "target_has_atomic_load_store"}) {
    out.names[name].none = true;
    for (const char *v : {"8", "16", "32", "64", "128", "ptr"})
      add(name, v);
  }
  for (const char *v : {"big", "little"})
    add("target_endian", v);
  for (const char *v : {"unix", "wasm", "windows"})
    add("target_family", v);
  for (const char *v : {"16", "32", "64"})
    add("target_pointer_width", v);
  add("target_abi", "");
  add("target_env", "");
  for (const std::string &name : layout::builtinTargetNames()) {
    const layout::TargetSpec &t = *layout::builtinTarget(name);
    add("target_abi", t.abi);
    add("target_arch", t.arch);
    add("target_env", t.env);
    add("target_os", t.os);
    add("target_vendor", t.vendor);
    for (llvm::StringRef feature : target::knownFeatures(t.arch))
      add("target_feature", feature);
  }
}

bool readCheckCfgs(Session &sess, ExpectedCfgs &out) {
  bool ok = true;
  Session scratch;
  scratch.diag.config.out = &llvm::nulls(); // what is malformed is said of the option as a whole
  for (const std::string &text : sess.options.checkCfgs) {
    lex::TokenStore store;
    FileId file = scratch.sources.add("check-cfg", llvm::MemoryBuffer::getMemBufferCopy(text));
    size_t errors = scratch.diag.errorCount();
    llvm::ArrayRef<Token> tokens = lex::tokens(store, lex::lexFile(scratch, file, 2021, store));
    Spec spec(scratch, scratch.diag.errorCount() != errors ? llvm::ArrayRef<Token>() : tokens);
    if (spec.read(out))
      continue;
    diag::Builder error = sess.diag.errorNoSpan("invalid `--check-cfg` argument: `" + text + "`");
    for (const std::string &note : spec.notes)
      error.note(note);
    error.note("visit <https://doc.rust-lang.org/nightly/rustc/check-cfg.html> for more details").emit();
    ok = false;
  }
  addWellKnown(out);
  return ok;
}

bool checkCfgOptions(Session &sess) {
  ExpectedCfgs unused;
  return sess.options.checkCfgs.empty() || readCheckCfgs(sess, unused);
}

void printCheckCfgs(const ExpectedCfgs &expected, llvm::raw_ostream &os) {
  std::vector<std::string> lines;
  if (expected.anyName)
    lines.push_back("cfg(any())");
  for (const auto &[name, v] : expected.names) {
    std::vector<std::string> values;
    for (const std::string &s : v.strings)
      values.push_back("\"" + s + "\"");
    if (v.none)
      values.push_back("none()");
    lines.push_back("cfg(" + name + ", values(" + (v.any ? "any()" : llvm::join(values, ", ")) + "))");
  }
  llvm::sort(lines);
  for (const std::string &line : lines)
    os << line << '\n';
}

} // namespace ferric::driver
