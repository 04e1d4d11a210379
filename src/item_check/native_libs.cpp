// The attribute is read from its tokens, one argument after the other (rustc_attr_parsing::attributes::link_attrs);
// modifiers come last, as they depend on the kind, which may be written behind them.
#include "item_check/native_libs.h"
#include "ast/nodes.h"
#include "lex/unescape.h"
#include "parse/cfg.h"
#include "ty/features.h"
#include "ty/lint.h"
#include "llvm/ADT/StringSwitch.h"

namespace ferric::item_check {

using lex::Token;
using TK = lex::TokenKind;
using Tcx = ty::Ctx;

namespace {
class LinkAttr {
public:
  LinkAttr(Tcx &tcx, const ast::Attr &attr) : tcx_(tcx), ast_(tcx.crates[kLocalCrate].ast), attr_(attr) {}
  // None: it says nothing that could be linked, or what it says was reported.
  std::optional<NativeLib> read();

private:
  struct Arg {
    Symbol name;
    llvm::ArrayRef<Token> tokens; // with the name
    Span span() const { return tokens.front().span.to(tokens.back().span); }
  };
  struct Text {
    std::string value;
    Span span;
  };

  void malformed(Span at, const char *code, const llvm::Twine &what) {
    tcx_.sess.diag.error(attr_.span, code, "malformed `link` attribute input")
        .label(at, what)
        .note("for more information, visit "
              "<https://doc.rust-lang.org/reference/items/external-blocks.html#the-link-attribute>")
        .emit();
  }
  void error(Span at, const llvm::Twine &message, const char *code = "") {
    tcx_.sess.diag.error(at, code, message).emit();
  }
  // Reports unless the crate has the feature.
  void gate(const char *feature, Span at, const llvm::Twine &message) {
    if (!ty::hasFeature(tcx_, kLocalCrate, tcx_.sess.symbols.intern(feature)))
      tcx_.sess.diag.error(at, "E0658", message)
          .help(llvm::Twine("add `#![feature(") + feature + ")]` to the crate attributes to enable")
          .emit();
  }

  std::vector<Arg> args() const;
  bool readArg(const Arg &arg);
  bool readText(const Arg &arg, std::optional<Text> &out);
  void readKind();
  void readCfg(const Arg &arg);
  void readModifiers();
  void readModifier(llvm::StringRef modifier);

  Tcx &tcx_;
  const ast::Ast &ast_;
  const ast::Attr &attr_;
  std::optional<Text> name_, kind_, modifiers_, wasmModule_, importNameType_;
  bool cfgGiven_ = false, holds_ = true, rawDylib_ = false;
  NativeLib lib_;
};
} // namespace

std::vector<LinkAttr::Arg> LinkAttr::args() const {
  llvm::ArrayRef<Token> tokens = lex::tokens(ast_.tokens, attr_.args);
  std::vector<Arg> out;
  for (size_t i = 0; i < tokens.size();) {
    size_t end = i;
    while (end < tokens.size() && !tokens[end].is(TK::Comma))
      end += tokens[end].is(TK::OpenDelim) ? tokens[end].match() + 1 : 1;
    end = std::min(end, tokens.size());
    if (end > i)
      out.push_back({tokens[i].is(TK::Ident) ? tokens[i].sym : Symbol(), tokens.slice(i, end - i)});
    i = end + 1;
  }
  return out;
}

// `name = ".."`. False: it is not that, reported.
bool LinkAttr::readText(const Arg &arg, std::optional<Text> &out) {
  llvm::StringRef name = tcx_.sess.str(arg.name);
  if (out) {
    malformed(arg.span(), "E0538", "found `" + name + "` used as a key more than once");
    return true;
  }
  llvm::ArrayRef<Token> t = arg.tokens;
  bool good = t.size() == 3 && t[1].is(TK::Eq) && t[2].is(TK::Literal) &&
              (t[2].lit() == lex::LitKind::Str || t[2].lit() == lex::LitKind::StrRaw);
  if (!good) {
    malformed(arg.span(), "E0539", "expected this to be of the form `" + name + " = \"...\"`");
    return false;
  }
  llvm::SmallString<64> value;
  lex::unescape(tcx_.sess.str(t[2].sym), t[2].lit(), value);
  out = Text{value.str().str(), t[2].span};
  return true;
}

void LinkAttr::readCfg(const Arg &arg) {
  if (cfgGiven_)
    return malformed(arg.span(), "E0538", "found `cfg` used as a key more than once");
  cfgGiven_ = true;
  if (arg.tokens.size() < 3 || !arg.tokens[1].isOpen(lex::Delim::Paren))
    return malformed(arg.span(), "E0539", "expected this to be a list");
  gate("link_cfg", arg.span(), "link cfg is unstable");
  parse::CfgSet set;
  for (const std::string &text : tcx_.crates[kLocalCrate].cfgs)
    set.addOption(tcx_.sess.symbols, text);
  uint32_t first = uint32_t(arg.tokens.data() - lex::tokens(ast_.tokens, attr_.args).data()) + attr_.args.begin + 2;
  lex::TokenRange predicate;
  predicate.begin = first;
  predicate.len = uint32_t(arg.tokens.size()) - 3;
  holds_ = set.eval(tcx_.sess, ast_.tokens, predicate, arg.span());
}

// False: reading the others would lead to nothing.
bool LinkAttr::readArg(const Arg &arg) {
  llvm::StringRef name = arg.name.valid() ? tcx_.sess.str(arg.name) : "";
  if (name == "name")
    return readText(arg, name_);
  if (name == "kind")
    return readText(arg, kind_) || true;
  if (name == "modifiers")
    return readText(arg, modifiers_) || true;
  if (name == "wasm_import_module")
    return readText(arg, wasmModule_) || true;
  if (name == "import_name_type") {
    if (readText(arg, importNameType_))
      error(arg.span(), "import name type is only supported on x86"); // no target at hand is x86 with 32 bits
    return true;
  }
  if (name == "cfg")
    readCfg(arg);
  else if (arg.tokens[0].is(TK::Literal))
    malformed(arg.span(), "E0565", "didn't expect a literal here");
  else
    malformed(arg.span(), "E0539",
              "valid arguments are `name`, `kind`, `modifiers`, `cfg`, `wasm_import_module` or `import_name_type`");
  return true;
}

void LinkAttr::readKind() {
  Span at = kind_->span;
  if (kind_->value == "static") {
    lib_.kind = NativeLibKind::Static;
  } else if (kind_->value == "dylib") {
    lib_.kind = NativeLibKind::Dylib;
  } else if (kind_->value == "framework") {
    error(at, "link kind `framework` is only supported on Apple targets", "E0455");
  } else if (kind_->value == "link-arg") {
    gate("link_arg_attribute", at, "link kind `link-arg` is unstable");
    lib_.kind = NativeLibKind::LinkArg;
  } else if (kind_->value == "raw-dylib") {
    rawDylib_ = true;
    gate("raw_dylib_elf", at, "link kind `raw-dylib` is unstable on ELF platforms");
    if (ty::hasFeature(tcx_, kLocalCrate, tcx_.sess.symbols.intern("raw_dylib_elf")))
      error(at, "link kind `raw-dylib` is not supported yet: no stub of the library is made");
  } else {
    malformed(at, "E0539", "valid arguments are \"static\", \"dylib\", \"framework\", \"raw-dylib\" or \"link-arg\"");
  }
}

void LinkAttr::readModifier(llvm::StringRef text) {
  Span at = modifiers_->span;
  bool isStatic = lib_.kind == NativeLibKind::Static, isDylib = lib_.kind == NativeLibKind::Dylib || rawDylib_;
  bool on = text.starts_with("+");
  if (!on && !text.starts_with("-"))
    return error(at, "invalid linking modifier syntax, expected '+' or '-' prefix before one of: bundle, verbatim, "
                     "whole-archive, as-needed, "
                     "export-symbols");
  llvm::StringRef name = text.drop_front();
  std::optional<bool> exported;
  std::optional<bool> *to = llvm::StringSwitch<std::optional<bool> *>(name)
                                .Case("bundle", &lib_.bundle)
                                .Case("whole-archive", &lib_.wholeArchive)
                                .Case("verbatim", &lib_.verbatim)
                                .Case("as-needed", &lib_.asNeeded)
                                .Case("export-symbols", &exported)
                                .Default(nullptr);
  if (!to)
    return malformed(
        at, "E0539",
        "valid arguments are \"bundle\", \"export-symbols\", \"verbatim\", \"whole-archive\" or \"as-needed\"");
  if (name == "as-needed" && !isDylib)
    return error(
        at, "linking modifier `as-needed` is only compatible with `dylib`, `framework` and `raw-dylib` linking kinds");
  if (name == "as-needed")
    gate("native_link_modifiers_as_needed", at, "linking modifier `as-needed` is unstable");
  else if (name != "verbatim" && !isStatic)
    return error(at, "linking modifier `" + name + "` is only compatible with `static` linking kind");
  if (*to)
    return error(at, "multiple `" + name + "` modifiers in a single `modifiers` argument");
  *to = on;
}

void LinkAttr::readModifiers() {
  llvm::SmallVector<llvm::StringRef, 4> parts;
  llvm::StringRef(modifiers_->value).split(parts, ',');
  for (llvm::StringRef part : parts)
    readModifier(part);
}

std::optional<NativeLib> LinkAttr::read() {
  if (attr_.argKind != ast::AttrArgs::Delimited) {
    malformed(attr_.span, "E0539", "expected this to be a list");
    return std::nullopt;
  }
  for (const Arg &arg : args())
    if (!readArg(arg))
      return std::nullopt;
  if (name_ && name_->value.empty())
    tcx_.sess.diag.error(name_->span, "E0454", "link name must not be empty")
        .label(name_->span, "empty link name")
        .emit();
  if (kind_)
    readKind();
  if (modifiers_)
    readModifiers();
  if (wasmModule_ && (name_ || kind_ || modifiers_ || cfgGiven_))
    error(wasmModule_->span, "`wasm_import_module` is incompatible with other arguments in `#[link]` attributes");
  if (!name_ && !wasmModule_)
    tcx_.sess.diag.error(attr_.span, "E0459", "`#[link]` attribute requires a `name = \"string\"` argument")
        .label(attr_.span, "missing `name` argument")
        .emit();
  if (!name_ || !holds_ || rawDylib_)
    return std::nullopt;
  lib_.name = name_->value;
  return lib_;
}

// ---- of the crate ----

static bool isOfRustAbi(Tcx &tcx, DefId block) {
  const ast::ForeignModItem &item = tcx.crates.itemAs<ast::ForeignModItem>(block);
  return item.ext == ast::ExternKind::Explicit && tcx.sess.str(item.abi.sym) == "Rust";
}

namespace {
struct Found {
  NativeLib lib;
  Span block; // a dummy span: of a -l option
};
} // namespace

static std::vector<Found> ofSource(Tcx &tcx) {
  std::vector<Found> out;
  const Crate &local = tcx.crates[kLocalCrate];
  for (uint32_t i = 0; i < local.defs.size(); ++i) {
    DefId def(kLocalCrate, i);
    if (tcx.defKind(def) != DefKind::ForeignMod)
      continue;
    for (ast::AttrId id : tcx.crates.attrs(def)) {
      const ast::Attr &attr = local.ast.attrs[id];
      if (attr.isDoc || !attr.name.valid() || tcx.sess.str(attr.name) != "link")
        continue;
      if (isOfRustAbi(tcx, def))
        ty::lintAt(tcx, def, attr.span, "unused_attributes", diag::LintLevel::Warn,
                   "attribute should be applied to an `extern` block with non-Rust ABI")
            .label(tcx.def(def).span, "not an `extern` block with non-Rust ABI");
      else if (std::optional<NativeLib> lib = LinkAttr(tcx, attr).read())
        out.push_back({std::move(*lib), tcx.def(def).span});
    }
  }
  return out;
}

static bool hasModifiers(const NativeLib &l) { return l.bundle || l.wholeArchive || l.verbatim || l.asNeeded; }

static void checkRenamings(Session &sess, llvm::ArrayRef<Found> found) {
  llvm::StringSet<> renamed;
  for (const NativeLib &option : sess.options.nativeLibs) {
    if (option.rename.empty())
      continue;
    if (llvm::none_of(found, [&](const Found &f) { return f.lib.name == option.name; }))
      sess.diag
          .errorNoSpan("renaming of the library `" + option.name +
                       "` was specified, however this crate contains no `#[link(...)]` attributes "
                       "referencing this library")
          .emit();
    else if (!renamed.insert(option.name).second)
      sess.diag.errorNoSpan("multiple renamings were specified for library `" + option.name + "`").emit();
  }
}

// An option that names a library of the source says how that is linked, and has it come later.
static void takeOver(Session &sess, const NativeLib &option, std::vector<Found> &found) {
  std::vector<Found> moved;
  for (size_t i = 0; i < found.size();) {
    NativeLib &lib = found[i].lib;
    if (lib.name != option.name) {
      ++i;
      continue;
    }
    if (hasModifiers(lib) || hasModifiers(option))
      sess.diag.error(found[i].block, "", "overriding linking modifiers from command line is not supported").emit();
    if (option.kind != NativeLibKind::Unspecified)
      lib.kind = option.kind;
    if (!option.rename.empty())
      lib.name = option.rename;
    moved.push_back(std::move(found[i]));
    found.erase(found.begin() + long(i));
  }
  if (moved.empty()) {
    moved.push_back({option, Span()});
    if (!option.rename.empty())
      moved.back().lib.name = option.rename;
  }
  llvm::append_range(found, moved);
}

std::vector<NativeLib> nativeLibs(Tcx &tcx) {
  std::vector<Found> found;
  if (tcx.sess.options.linkDirectives)
    found = ofSource(tcx);
  checkRenamings(tcx.sess, found);
  for (const NativeLib &option : tcx.sess.options.nativeLibs)
    takeOver(tcx.sess, option, found);
  std::vector<NativeLib> libs;
  for (Found &f : found)
    libs.push_back(std::move(f.lib));
  return libs;
}

} // namespace ferric::item_check
