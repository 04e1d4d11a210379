// The local crate's way from its root file through lex, parse, expand and resolve; the crates it needs come from the CrateStore.
#include "driver/front_end.h"
#include "ast/print.h"
#include "driver/hand_over.h"
#include "driver/options.h"
#include "lex/lexer.h"
#include "parse/parser.h"
#include "llvm/Support/Path.h"

namespace ferric::driver {

FrontEnd::FrontEnd(Session &sess, Crates &crates, const layout::TargetSpec &target)
    : sess_(sess), crates_(crates), store_(sess, crates, target) {}

// f(name token) for each leading inner attribute until it returns true. A look at tokens only.
template <class F> static const lex::Token *findInnerAttr(const lex::TokenStore &store, lex::TokenRange range, F &&f) {
  llvm::ArrayRef<lex::Token> t = lex::tokens(store, range);
  size_t i = 0;
  while (i < t.size()) {
    if (t[i].is(lex::TokenKind::DocComment)) {
      ++i;
      continue;
    }
    if (i + 3 >= t.size() || !t[i].is(lex::TokenKind::Pound) || !t[i + 1].is(lex::TokenKind::Bang) || !t[i + 2].isOpen(lex::Delim::Bracket))
      return nullptr;
    if (t[i + 3].is(lex::TokenKind::Ident) && f(t[i + 3], t[i + 4]))
      return &t[i + 3];
    i += 3 + t[i + 2].match();
  }
  return nullptr;
}

// The value of `#![name]` / `#![name = ".."]` among the leading inner attributes; null when it is not there.
static const lex::Token *innerAttr(const lex::TokenStore &store, lex::TokenRange range, Symbol name) {
  const lex::Token *attr = findInnerAttr(store, range, [&](const lex::Token &t, const lex::Token &) { return t.sym == name; });
  return attr && attr[1].is(lex::TokenKind::Eq) ? attr + 2 : attr;
}

// Whether a leading `#![cfg_attr(..)]` may add `name`: its predicate is not looked at.
static bool mayAddAttr(const lex::TokenStore &store, lex::TokenRange range, Symbol name) {
  return findInnerAttr(store, range, [&](const lex::Token &t, const lex::Token &args) {
    if (t.sym != sym::cfg_attr || !args.is(lex::TokenKind::OpenDelim))
      return false;
    return llvm::any_of(llvm::ArrayRef(&args, args.match()), [&](const lex::Token &a) { return a.is(lex::TokenKind::Ident) && a.sym == name; });
  });
}

// Whether `extern crate std;` or `extern crate proc_macro;` stands in the file's own level, with no attribute before it that may be a cfg.
static bool namesStd(Session &sess, const lex::TokenStore &store, lex::TokenRange range) {
  llvm::ArrayRef<lex::Token> t = lex::tokens(store, range);
  bool conditional = false;
  for (size_t i = 0; i + 2 < t.size(); ++i) {
    if (t[i].is(lex::TokenKind::Pound) && t[i + 1].isOpen(lex::Delim::Bracket))
      conditional |= t[i + 2].is(lex::TokenKind::Ident) && (t[i + 2].sym == sym::cfg || t[i + 2].sym == sym::cfg_attr);
    else if (t[i].is(lex::TokenKind::Semi) || t[i].isOpen(lex::Delim::Brace))
      conditional = false;
    if (t[i].is(lex::TokenKind::OpenDelim)) {
      i += t[i].match();
      continue;
    }
    bool isStd = t[i + 2].is(lex::TokenKind::Ident) && (t[i + 2].sym == sym::std || sess.str(t[i + 2].sym) == "proc_macro");
    if (!conditional && isStd && t[i].isKeyword(sym::kw_extern) && t[i + 1].isKeyword(sym::kw_crate))
      return true;
  }
  return false;
}

std::string crateNameFor(const Options &o) {
  if (!o.crateName.empty())
    return o.crateName;
  if (o.input.empty() || o.input == "-")
    return "rust_out";
  std::string name = llvm::sys::path::stem(o.input).str();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

// The root file's leading attributes are read in a session of their own: they tell whether core is needed, and its image must come first.
bool FrontEnd::open() {
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> text = SourceMap::read(sess_.options.input);
  if (!text) {
    sess_.diag.errorNoSpan("couldn't read `" + sess_.options.input + "`: " + llvm::toString(text.takeError())).emit();
    return false;
  }
  text_ = std::move(*text);
  if (!sess_.sources.fits(text_->getBufferSize())) {
    sess_.diag.errorNoSpan("couldn't read `" + sess_.options.input + "`: source files larger than 4GB are not supported").emit();
    return false;
  }
  RootFacts facts;
  {
    Session scratch;
    scratch.diag.config.out = &llvm::nulls(); // lexed again, with its errors, when the crate is parsed
    lex::TokenStore store;
    FileId file = scratch.sources.add(sess_.options.input, llvm::MemoryBuffer::getMemBuffer(text_->getMemBufferRef()));
    lex::TokenRange range = lex::lexFile(scratch, file, sess_.options.edition, store);
    noCore_ = innerAttr(store, range, sym::no_core);
    facts.noStd = noCore_;
    for (Symbol name : {sym::no_std, sym::no_core})
      facts.noStd |= innerAttr(store, range, name) || mayAddAttr(store, range, name);
    facts.usesStd = namesStd(scratch, store, range);
    if (const lex::Token *name = innerAttr(store, range, sym::crate_name); name && name->is(lex::TokenKind::Literal) && sess_.options.crateName.empty())
      sess_.options.crateName = scratch.str(name->sym).str();
    if (const lex::Token *type = innerAttr(store, range, sym::crate_type); type && type->is(lex::TokenKind::Literal) && sess_.options.crateTypes.empty())
      if (std::optional<CrateType> known = crateTypeNamed(scratch.str(type->sym)))
        sess_.options.crateTypes.push_back(*known);
  }
  bool syntaxOnly = llvm::is_contained({"tokens", "ast-tree", "normal"}, llvm::StringRef(sess_.options.unpretty));
  if (!syntaxOnly && handOver(sess_, facts, text_->getBuffer()))
    return false;
  if (!noCore_ && !syntaxOnly)
    store_.mapImage();
  crates_.add(sess_.symbols.intern(crateNameFor(sess_.options)), sess_.options.edition);
  return true;
}

FileId FrontEnd::rootFile() {
  CHECK(sess_.sources.fits(text_->getBufferSize()), "more than 4 GB of source");
  llvm::StringRef input = sess_.options.input;
  return sess_.sources.add(input == "-" ? "<anon>" : input, std::move(text_), input);
}

bool FrontEnd::run() {
  // The local crate's source comes behind the library's, as it does when that is an image.
  return store_.begin(noCore_) && store_.compileLocal(rootFile());
}

void FrontEnd::printTokens(llvm::raw_ostream &os) {
  lex::TokenStore store;
  lex::TokenRange range = lex::lexFile(sess_, rootFile(), sess_.options.edition, store);
  os << lex::printTokens(sess_, store, range) << '\n';
}

void FrontEnd::printAst(llvm::raw_ostream &os, bool tree) {
  Crate &local = crates_[kLocalCrate];
  lex::TokenRange range = lex::lexFile(sess_, rootFile(), sess_.options.edition, local.ast.tokens);
  parse::Parser parser(sess_, local.ast, nullptr, range, sess_.options.edition);
  parse::ModuleBody body = parser.parseModuleFile();
  if (tree)
    ast::dumpTree(sess_, local.ast, body.items, os);
  else
    ast::printCrate(sess_, local.ast, body.items, body.innerAttrs, os);
}

void FrontEnd::printExpanded(llvm::raw_ostream &os) {
  Crate &local = crates_[kLocalCrate];
  ast::PrintOptions options;
  options.expanded = true;
  options.dollarCrate = [&](Span span) -> std::string {
    SyntaxContext c = sess_.hygiene.normalizeToMacroRules(span.ctxt);
    for (; !c.isRoot(); c = sess_.hygiene.parent(c)) {
      DefId macro = sess_.hygiene.expn(sess_.hygiene.outerExpn(c)).macroDef;
      if (macro.valid())
        return macro.isLocal() ? "crate" : "::" + sess_.str(crates_[macro.crate()].name).str();
    }
    return "crate";
  };
  ast::printCrate(sess_, local.ast, local.items, local.attrs, os, options);
}

void FrontEnd::printResolved(llvm::raw_ostream &os) {
  Crate &local = crates_[kLocalCrate];
  for (uint32_t i = 0; i < local.defs.size(); ++i) {
    DefId def(local.id, i);
    os << i << '\t' << Crates::descr(crates_.kind(def), &crates_.def(def)) << '\t' << crates_.path(def) << '\n';
  }
}

} // namespace ferric::driver
