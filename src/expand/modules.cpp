// Files of out-of-line modules (Reference: items/modules, "Module source filenames"; rustc_expand::module): `mod x;` in a
// directory-owning file (lib.rs, mod.rs, #[path] files) is x.rs or x/mod.rs beside it; in y.rs it is y/x.rs or y/x/mod.rs. Inline
// modules add their name to the directory.
#include "expand/expander.h"
#include "lex/lexer.h"
#include "lex/unescape.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace ferric::expand {
using namespace ast;
namespace path = llvm::sys::path;

static std::string joinPath(llvm::StringRef dir, llvm::StringRef name) {
  if (dir.empty() || path::is_absolute(name))
    return name.str();
  llvm::SmallString<128> out(dir);
  path::append(out, name);
  return std::string(out);
}

// The value of `#[path = ".."]`.
static std::optional<std::string> pathAttr(Session &sess, const Ast &ast, AttrsId attrs) {
  for (AttrId id : ast.attrsOf(attrs)) {
    const Attr &a = ast.attrs[id];
    if (a.name != sym::path || a.isDoc)
      continue;
    llvm::ArrayRef<lex::Token> toks = lex::tokens(ast.tokens, a.args);
    while (!toks.empty() && toks[0].isOpen(lex::Delim::Invisible))
      toks = toks.slice(1, toks.size() - 2);
    bool isString = a.argKind == AttrArgs::Eq && toks.size() == 1 && toks[0].is(lex::TokenKind::Literal) &&
                    (toks[0].lit() == lex::LitKind::Str || toks[0].lit() == lex::LitKind::StrRaw);
    if (!isString) {
      sess.diag.error(a.span, "E0539", "malformed `path` attribute input").help("must be of the form: `#[path = \"file\"]`");
      return std::nullopt;
    }
    llvm::SmallString<64> text;
    lex::unescape(sess.str(toks[0].sym), toks[0].lit(), text);
    return std::string(text);
  }
  return std::nullopt;
}

uint32_t Expander::enterInlineModule(ItemId item, uint32_t parent) {
  ModuleFile m = modules_[parent];
  llvm::StringRef name = sess.str(ast.items[item].ident);
  m.parent = parent;
  m.path += "::";
  m.path += name;
  if (std::optional<std::string> p = pathAttr(sess, ast, ast.items[item].attrs)) {
    m.dir = joinPath(m.dir, *p);
    m.relative.clear();
  } else {
    if (!m.relative.empty())
      m.dir = joinPath(m.dir, m.relative);
    m.relative.clear();
    m.dir = joinPath(m.dir, name);
  }
  modules_.push_back(std::move(m));
  return uint32_t(modules_.size() - 1);
}

// A file of the crate by the name that messages and file!() show.
llvm::Expected<FileId> Expander::loadFile(const std::string &name) {
  llvm::Expected<FileId> id = sess.sources.load(name, input.directory);
  if (id)
    fileDeps.push_back(*id);
  return id;
}

bool Expander::fileExists(const std::string &name) const { return llvm::sys::fs::exists(joinPath(input.directory, name)); }

bool Expander::findModuleFile(ItemId item, uint32_t parent, bool viaBlock, std::string &file, std::string &relative) {
  const ModuleFile &p = modules_[parent];
  Span span = ast.items[item].span;
  llvm::StringRef name = sess.str(ast.items[item].ident);
  if (std::optional<std::string> attr = pathAttr(sess, ast, ast.items[item].attrs)) {
    file = joinPath(p.dir, *attr);
    return true;
  }
  std::string base = joinPath(p.dir, p.relative.empty() || viaBlock ? name.str() : joinPath(p.relative, name));
  std::string direct = base + ".rs", nested = joinPath(base, "mod.rs");
  bool hasDirect = fileExists(direct), hasNested = fileExists(nested);
  if (viaBlock) {
    diag::Builder b = sess.diag.error(span, "cannot declare a file module inside a block unless it has a path attribute");
    if (hasDirect || hasNested)
      b.note("maybe `use` the module `" + name + "` instead of redeclaring it");
    return false;
  }
  if (!hasDirect && !hasNested) {
    sess.diag.error(span, "E0583", "file not found for module `" + name + "`")
        .help("to create the module `" + name + "`, create file \"" + direct + "\" or \"" + nested + "\"")
        .note("if there is a `mod " + name + "` elsewhere in the crate already, import it with `use crate::...` instead");
    return false;
  }
  if (hasDirect && hasNested) {
    sess.diag.error(span, "E0584", "file for module `" + name + "` found at both \"" + direct + "\" and \"" + nested + "\"")
        .help("delete or rename one of them to remove the ambiguity");
    return false;
  }
  file = hasDirect ? direct : nested;
  if (hasDirect)
    relative = name.str();
  return true;
}

bool Expander::isCircular(uint32_t parent, const std::string &file, Span span) {
  std::string chain;
  for (uint32_t m = parent; m != 0xFFFFFFFF; m = modules_[m].parent) {
    if (!chain.empty() && modules_[m].file + " -> " == chain.substr(0, modules_[m].file.size() + 4))
      continue;
    chain = modules_[m].file + " -> " + chain;
    if (modules_[m].file != file)
      continue;
    sess.diag.error(span, "circular modules: " + chain + file);
    return true;
  }
  return false;
}

void Expander::loadModule(ItemId item, uint32_t parent, bool viaBlock, uint32_t &module) {
  ast.getMut<ModItem>(item).loaded = true;
  std::string file, relative;
  Span span = ast.items[item].span;
  ModuleFile m;
  m.parent = parent;
  m.path = modules_[parent].path + "::" + sess.str(ast.items[item].ident).str();
  bool found = findModuleFile(item, parent, viaBlock, file, relative) && !isCircular(parent, file, span);
  m.file = file;
  m.dir = path::parent_path(file).str();
  m.relative = relative;
  module = uint32_t(modules_.size());
  modules_.push_back(std::move(m));
  if (!found)
    return;
  llvm::Expected<FileId> id = loadFile(file);
  if (!id) {
    sess.diag.error(span, "couldn't read `" + llvm::Twine(file) + "`: " + llvm::toString(id.takeError()));
    return;
  }
  lex::TokenRange tokens = lex::lexFile(sess, *id, input.edition, ast.tokens);
  const SourceFile &source = sess.sources.file(*id);
  parse::Parser p = parser(tokens, Span{source.end(), source.end(), {}});
  parse::ModuleBody body = p.parseModuleFile();
  if (body.cfgdOut) {
    ExpansionItem nothing;
    Item &it = ast.items[item];
    it.kind = ItemKind::Expansion;
    it.data = ast.addPayload(nothing);
    return;
  }
  ModItem &mod = ast.getMut<ModItem>(item);
  mod.items = body.items;
  mod.innerAttrs = body.innerAttrs;
  mod.innerSpan = body.span;
  if (body.innerAttrs) { // the file's `#![..]` are attributes of the module, as for inline modules
    llvm::SmallVector<AttrId, 8> all(ast.attrsOf(ast.items[item].attrs));
    llvm::append_range(all, ast.attrsOf(body.innerAttrs));
    ast.items[item].attrs = ast.addAttrs(all);
  }
}

// ---- include! ----
FileId Expander::includeFile(Symbol name, Span site, Span errorSpan) {
  Span outer = sess.hygiene.sourceCallSite(site);
  FileId from = sess.sources.fileOf(outer.lo);
  std::string file = sess.str(name).str();
  if (from && !path::is_absolute(file))
    file = joinPath(path::parent_path(sess.sources.file(from).name), file);
  auto [it, inserted] = includes_.try_emplace(file);
  if (!inserted)
    return it->second;
  llvm::Expected<FileId> id = loadFile(file);
  if (!id) {
    sess.diag.error(errorSpan, "couldn't read `" + llvm::Twine(file) + "`: " + llvm::toString(id.takeError()));
    includes_.erase(file);
    return FileId();
  }
  return it->second = *id;
}

} // namespace ferric::expand
