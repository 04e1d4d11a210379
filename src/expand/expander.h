// Expansion of one crate: from its root file to a syntax tree without macro calls, together with name resolution.
//
//   Expander expander(sess, ast, cfg, resolver, {rootFile, crate, name, edition});
//   ExpandedCrate crate = expander.run();
#pragma once
#include "expand/builtin_attrs.h"
#include "expand/invocation.h"
#include "expand/mbe/matcher.h"
#include "expand/mbe/transcribe.h"
#include "expand/resolver_interface.h"
#include "parse/parser.h"

namespace ferric::expand {

namespace derive { struct ItemShape; }

struct CrateInput {
  FileId rootFile;
  CrateId crate;
  Symbol name;
  unsigned edition = 2015;
  bool test = false;           // --test
  bool procMacro = false;      // --crate-type proc-macro
  std::string directory;       // where relative file names start from; empty: the current folder
  llvm::ArrayRef<std::string> attrs; // inner attributes that the command line gives it
  // Of a crate that is compiled again for a dependant: the environment it was compiled in.
  const std::vector<std::pair<std::string, std::optional<std::string>>> *recordedEnv = nullptr;
  // And what its procedural macros made then: by call, in the order of the calls (proc_macro/record.h).
  const std::vector<std::pair<std::string, std::string>> *recordedMacros = nullptr;
};

// The crate's root module. `items` contain Expansion items: use ast::forEachItem.
struct ExpandedCrate {
  List<ast::ItemId> items;
  ast::AttrsId attrs;          // inner attributes of the root file
  Span span;
  size_t invocations = 0;
  bool aborted = false;        // the recursion limit was reached: names are not to be resolved further
};

struct BuiltinMacro;           // builtin/registry.h
struct BuiltinContext;
struct BuiltinOutput;
enum class BuiltinStatus : uint8_t;

// A macro as the expander uses it: a compiled definition, or one of the compiler's own.
struct MacroEntry {
  std::unique_ptr<mbe::MacroDef> rules;
  const BuiltinMacro *builtin = nullptr;
  Symbol name;
  unsigned edition = 2015;
  Span span;
  Transparency transparency = Transparency::SemiOpaque;
  bool editionPanic = false;   // allow_internal_unstable(edition_panic): passes the caller's edition on to panic!
  llvm::SmallVector<Ident, 2> helpers; // attributes that a derive declares
  std::string dylib;           // a procedural macro: the file of its crate, and its place there
  uint32_t procMacro = 0;
  bool isProcMacro() const { return !dylib.empty(); }
};

class Collector;
class ProcMacros;              // proc_macro.h

class Expander {
public:
  Expander(Session &sess, ast::Ast &ast, const parse::CfgSet &cfg, ExpansionResolver &resolver, const CrateInput &input);
  ~Expander();
  ExpandedCrate run();

  // ---- for built-in macros ----
  Session &sess;
  ast::Ast &ast;
  const parse::CfgSet &cfg;
  ExpansionResolver &resolver;
  const CrateInput input;
  BuiltinAttrs attrTable;

  // The module path of code in `file`, as module_path!() shows it, and file-relative facts.
  const ModuleFile &moduleFile(uint32_t id) const { return modules_[id]; }
  // True while nothing else makes progress: built-in macros must not answer Retry.
  bool forced() const { return force_; }
  // Fills in who an expansion is of; called when its macro is known.
  void setExpnData(ExpnId id, ExpnKind kind, Span callSite, const MacroEntry *macro, DefId def, ExpnId parent);
  const MacroEntry &macro(DefId def);
  // A parser for tokens of an expansion, cfg included.
  parse::Parser parser(lex::TokenRange range, Span eof) { return parse::Parser(sess, ast, &cfg, range, input.edition, eof); }
  // Expands the macro call that `expr` is, and what it expands to, for macros that look at their argument (concat!, format_args!, env!).
  // Ready: `expr`'s node has been replaced. Retry: a macro is not resolved yet. `from`: the macro whose argument it is.
  enum class Eager : uint8_t { Ready, Retry, Error };
  Eager expandEagerly(ast::ExprId expr, const Invocation &from, unsigned depth = 0);
  // A string that stands as one argument: literal, or a macro call that becomes one (rustc get_single_str_spanned_from_tts).
  struct StringArg { Eager status = Eager::Error; Symbol text; Span span; lex::LitKind kind{}; uint8_t hashes = 0; ast::ExprId expr; };
  StringArg stringFromExpr(ast::ExprId expr, const Invocation &from, const char *notString);
  // What derives see of `item`; kept for the item's other derives.
  const derive::ItemShape &deriveShape(ast::ItemId item);
  bool isStagedApi() const { return stagedApi_; }
  // Finds and loads the files of out-of-line modules.
  void loadModule(ast::ItemId item, uint32_t parent, bool viaBlock, uint32_t &module);
  uint32_t enterInlineModule(ast::ItemId item, uint32_t parent);
  // Reads a file for include!, include_str!, include_bytes!: the path is relative to the file of `site`.
  FileId includeFile(Symbol path, Span site, Span errorSpan);
  // Recorded dependencies for dep-info: files read by include macros and variables read by env!.
  std::vector<std::pair<std::string, std::optional<std::string>>> envDeps;
  std::vector<FileId> fileDeps; // root file and modules included
  std::vector<std::string> trackedPaths; // of files that procedural macros say they depend on
  // What procedural macros made, for dependants.
  std::vector<std::pair<std::string, std::string>> macroRuns;

private:
  llvm::Expected<FileId> loadFile(const std::string &name);
  bool fileExists(const std::string &name) const;
  friend class Collector;
  friend BuiltinStatus attrDerive(BuiltinContext &);
  void loop();
  bool expandOne(Invocation &inv);
  bool depthExceeded(const Invocation &inv);
  bool expandBang(Invocation &inv, const MacroEntry &m);
  bool expandBuiltinBang(Invocation &inv, const MacroEntry &m, const ast::MacCall &mac);
  bool expandAttr(Invocation &inv, const MacroEntry &m);
  bool finishBuiltinAttr(Invocation &inv, BuiltinOutput &out);
  void keepAttribute(Invocation &inv);
  void expandDerive(Invocation &inv, const MacroEntry &m);
  // proc_macro.cpp
  std::optional<lex::TokenRange> runProcMacro(const Invocation &inv, const MacroEntry &m, llvm::ArrayRef<lex::Token> first,
                                              llvm::ArrayRef<lex::Token> second);
  void expandProcMacroBang(Invocation &inv, const MacroEntry &m, lex::TokenRange args);
  void expandProcMacroAttr(Invocation &inv, const MacroEntry &m);
  void expandProcMacroDerive(Invocation &inv, const MacroEntry &m);
  bool runRules(Invocation &inv, const mbe::MacroDef &def, lex::TokenRange args, lex::TokenRange &out);
  bool matchRules(Invocation &inv, const mbe::MacroDef &def, MacroKind kind, lex::TokenRange args, lex::TokenRange body, lex::TokenRange &out);
  void reportNoMatch(const Invocation &inv, const mbe::MacroDef &def, const mbe::BestFailure &failure);
  void replaceWithTokens(Invocation &inv, lex::TokenRange tokens, Symbol macroName);
  void replaceWithDummy(Invocation &inv);
  void visitOutput(Invocation &inv);
  void setAttrValue(const Invocation &inv);
  void putItems(Invocation &inv, llvm::ArrayRef<ast::ItemId> items);
  void putStmts(Invocation &inv, List<ast::StmtId> stmts);
  List<ast::StmtId> addSemicolon(List<ast::StmtId> stmts, Span span);
  void putExpr(Invocation &inv, ast::ExprId e);
  void expectAllUsed(const parse::Parser &p, const Invocation &inv, Symbol macroName);
  lex::TokenRange desugarDocComments(lex::TokenRange range);
  lex::TokenRange tokensOfItem(const Invocation &inv);
  // Drops the tokens that nobody needs any more, most of them outputs of macros.
  void compactTokens();
  bool findModuleFile(ast::ItemId item, uint32_t parent, bool viaBlock, std::string &file, std::string &relative);
  bool isCircular(uint32_t parent, const std::string &file, Span span);
  ExpandedCrate parseRoot();
  ast::AttrsId withInjectedAttrs(ast::AttrsId attrs);
  void injectStandardLibrary(List<ast::ItemId> &items, ast::AttrsId attrs);
  // Compiles a macro of the crate being compiled when it is met, for its errors; those of dependencies wait for their first use.
  void checkDefinition(ast::ItemId item);
  std::unique_ptr<mbe::MacroDef> compileDefinition(const MacroSource &source);
  std::unique_ptr<MacroEntry> makeEntry(DefId def);

  mbe::Matcher matcher_;
  mbe::Transcriber transcriber_;
  mbe::Bindings bindings_;
  llvm::DenseMap<DefId, std::unique_ptr<MacroEntry>> macros_;
  llvm::DenseMap<ast::ItemId, std::unique_ptr<mbe::MacroDef>> definitions_; // checked, not used yet
  std::vector<Invocation> pending_;      // a stack: the next one is at the back
  std::vector<Invocation> undetermined_;
  std::vector<Invocation> collected_;    // what the collector met in the current fragment
  std::vector<Invocation> derives_;      // of the derive attribute that is being expanded
  std::vector<ModuleFile> modules_;
  llvm::DenseSet<ExpnId> copyContainers_;  // derive attributes that derive Copy, or stand behind one
  llvm::DenseSet<ast::AttrId> knownAttrs_; // resolved as inert
  llvm::DenseMap<ast::ItemId, ast::AttrId> withheldAttrs_; // taken from the item while it waits to be resolved
  llvm::DenseMap<ast::StmtId, unsigned> spareSemicolons_; // macro calls with `;` that end other calls' output: how many of those had one
  llvm::StringMap<FileId> includes_;
  std::unique_ptr<derive::ItemShape> shape_;
  ast::ItemId shapeItem_;
  bool force_ = false;
  bool expandDocs_ = false;    // macros in `#[doc = ..]` too: -Zunpretty=expanded
  bool stagedApi_ = false;     // #![feature(staged_api)]
  unsigned recursionLimit_ = 128;
  bool limitReported_ = false;
  size_t invocations_ = 0;
  std::unique_ptr<Collector> collector_;
  std::unique_ptr<ProcMacros> procMacros_; // null: none was used yet
};

} // namespace ferric::expand
