// The start of expansion: the root file, crate attributes that matter here, and the standard library's injection: `extern crate std;`
// and its prelude's glob import, or core's under #![no_std], nothing under #![no_core] (Reference: names/preludes).
#include "expand/expander.h"
#include "lex/lexer.h"
#include "lex/unescape.h"
#include "llvm/Support/Path.h"

namespace ferric::expand {
using namespace ast;

static bool hasAttr(const Ast &ast, AttrsId attrs, Symbol name) {
  return llvm::any_of(ast.attrsOf(attrs), [&](AttrId a) { return ast.attrs[a].name == name; });
}

// -Zcrate-attr: attributes that the command line gives.
AttrsId Expander::withInjectedAttrs(AttrsId attrs) {
  if (input.attrs.empty())
    return attrs;
  llvm::SmallVector<AttrId, 8> all(ast.attrsOf(attrs));
  for (const std::string &text : input.attrs) {
    lex::TokenRange range = lex::lexText(sess, "<crate attribute>", text, input.edition, ast.tokens);
    parse::Parser p = parser(range, Span());
    AttrId id = p.parseMetaItem();
    if (!p.expectEof("attribute"))
      continue;
    ast.attrs[id].style = AttrStyle::Inner;
    all.push_back(id);
  }
  return ast.addAttrs(all);
}

ExpandedCrate Expander::parseRoot() {
  const SourceFile &file = sess.sources.file(input.rootFile);
  lex::TokenRange tokens = lex::lexFile(sess, input.rootFile, input.edition, ast.tokens);
  parse::Parser p = parser(tokens, Span{file.end(), file.end(), {}});
  parse::ModuleBody body = p.parseModuleFile();
  ExpandedCrate crate;
  crate.items = body.items;
  crate.attrs = withInjectedAttrs(body.innerAttrs);
  crate.span = body.span;
  ModuleFile root;
  root.path = sess.str(input.name).str();
  root.file = file.name;
  root.dir = llvm::sys::path::parent_path(file.name).str();
  modules_.push_back(std::move(root));
  for (AttrId id : ast.attrsOf(crate.attrs)) {
    const Attr &a = ast.attrs[id];
    llvm::ArrayRef<lex::Token> toks = lex::tokens(ast.tokens, a.args);
    if (a.name == sym::feature)
      stagedApi_ |= llvm::any_of(toks, [&](const lex::Token &t) { return t.is(lex::TokenKind::Ident) && t.sym == sym::staged_api; });
    if (a.name == sym::recursion_limit && a.argKind == AttrArgs::Eq && toks.size() == 1) {
      unsigned limit;
      if (sess.str(toks[0].sym).getAsInteger(10, limit))
        sess.diag.error(toks[0].span, "`limit` must be a non-negative integer").label(toks[0].span, "not a valid integer");
      else
        recursionLimit_ = std::max(limit, sess.options.minRecursionLimit);
      if (input.crate == kLocalCrate)
        sess.options.recursionLimit = recursionLimit_;
    }
  }
  if (!body.cfgdOut)
    injectStandardLibrary(crate.items, crate.attrs);
  return crate;
}

void Expander::injectStandardLibrary(List<ItemId> &items, AttrsId attrs) {
  if (hasAttr(ast, attrs, sym::no_core))
    return;
  Symbol name = hasAttr(ast, attrs, sym::no_std) ? sym::core : sym::std;
  ExpnData data;
  data.kind = ExpnKind::AstPass;
  data.edition = uint16_t(input.edition);
  data.name = name;
  data.parentModule = DefId::crateRoot(input.crate);
  ExpnId expn = sess.hygiene.addExpn(data);
  Span dummy;
  Span defSite = dummy.withCtxt(sess.hygiene.applyMark({}, expn, Transparency::Opaque));
  Span callSite = dummy.withCtxt(sess.hygiene.applyMark({}, expn, Transparency::Transparent));

  Item crateItem;
  crateItem.kind = ItemKind::ExternCrate;
  crateItem.ident = {name, input.edition >= 2018 ? defSite : callSite};
  crateItem.span = defSite;
  crateItem.vis.span = defSite;
  crateItem.data = ast.addPayload(ExternCrateItem());

  auto makePath = [&](llvm::ArrayRef<Symbol> names, bool global) {
    llvm::SmallVector<PathSegment, 4> segments;
    for (Symbol s : names)
      segments.push_back({{s, defSite}, {}});
    Path p;
    p.span = defSite;
    p.segments = ast.addList<PathSegment>(segments);
    p.isGlobal = global;
    return ast.paths.add(p);
  };
  Symbol prelude = sess.symbols.intern("prelude"), edition = sess.symbols.intern("rust_" + llvm::utostr(input.edition));
  UseItem use;
  use.tree.kind = UseTreeKind::Glob;
  use.tree.prefix = input.edition == 2015 ? makePath({sym::path_root, name, prelude, edition}, true)
                                          : makePath({name, prelude, edition}, false);
  use.tree.span = defSite;
  Attr import;
  import.style = AttrStyle::Outer;
  import.name = sess.symbols.intern("prelude_import");
  import.path = makePath(import.name, false);
  import.span = defSite;
  Item useItem;
  useItem.kind = ItemKind::Use;
  useItem.attrs = ast.addAttrs(ast.attrs.add(import));
  useItem.span = defSite;
  useItem.vis.span = defSite;
  useItem.data = ast.addPayload(use);

  llvm::SmallVector<ItemId, 64> all{ast.items.add(crateItem), ast.items.add(useItem)};
  llvm::append_range(all, ast.list(items));
  items = ast.addList<ItemId>(all);
}

} // namespace ferric::expand
