// The local crate's way from its root file through lex, parse, expand and resolve; the crates it needs come from the CrateStore.
#include "driver/front_end.h"
#include "ast/print.h"
#include "driver/hand_over.h"
#include "lex/lexer.h"
#include "parse/parser.h"

namespace ferric::driver {

FrontEnd::FrontEnd(Session &sess, Crates &crates, const layout::TargetSpec &target)
    : sess_(sess), crates_(crates), store_(sess, crates, target) {}

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
  facts_ = readRootAttrs(sess_.options, *text_);
  bool syntaxOnly = llvm::is_contained({"tokens", "ast-tree", "normal"}, llvm::StringRef(sess_.options.unpretty));
  if (!syntaxOnly && handOver(sess_, facts_, text_->getBuffer()))
    return false;
  if (!facts_.noCore && !syntaxOnly)
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
  if (!store_.begin(facts_.noCore))
    return false;
  FileId root = rootFile();
  return checkCrateName(sess_, sess_.options, facts_, root) && store_.compileLocal(root);
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
