// Procedural macros as the expander runs them, and what they see of an item.
#pragma once
#include "expand/invocation.h"
#include "parse/cfg.h"
#include "proc_macro/process.h"
#include "proc_macro/record.h"

namespace ferric::expand {

struct MacroEntry;

// The files of proc macro crates in use, each with its process, or several when macros expand other macros.
class ProcMacros {
public:
  using Runs = std::vector<std::pair<std::string, std::string>>;
  // `recorded`: results that calls get without running, each once; null: none. What runs is added to `runs`.
  ProcMacros(Session &sess, const Runs *recorded, Runs &runs);
  // Runs the macro that `inv` calls. An attribute has arguments and what it stands on, the others one input. None: reported.
  std::optional<proc_macro::Tokens> run(const Invocation &inv, const MacroEntry &m, llvm::ArrayRef<lex::Token> first,
                                        llvm::ArrayRef<lex::Token> second, const proc_macro::Wishes &wishes);

private:
  struct Loaded {
    proc_macro::Dylib dylib;
    std::vector<std::unique_ptr<proc_macro::Process>> processes;
    std::string problem; // why it cannot be used
  };
  Loaded &load(llvm::StringRef path);
  proc_macro::Process &idleProcess(Loaded &file);
  std::optional<proc_macro::Tokens> replay(const proc_macro::Record &record, const std::string &key);
  void report(const Invocation &inv, const MacroEntry &m, const proc_macro::Outcome &outcome);
  Session &sess_;
  llvm::StringMap<std::unique_ptr<Loaded>> loaded_;
  llvm::StringMap<std::vector<llvm::StringRef>> recorded_; // the next one is the last
  Runs &runs_;
};

// The tokens of `item` as an attribute macro or a derive gets them: the attributes that it still has and `withheld`, one that waits
// to be resolved, those of `cfg_attr` in its place; then the rest as it was written (rustc_ast::tokenstream, AttrsTarget).
std::vector<lex::Token> itemTokens(Session &sess, const ast::Ast &ast, ast::ItemId item, ast::AttrId withheld);
// The same with `cfg` and `cfg_attr` inside evaluated, as derives see their input (rustc_builtin_macros::cfg_eval).
std::vector<lex::Token> configure(Session &sess, const parse::CfgSet &cfg, llvm::ArrayRef<lex::Token> tokens);

} // namespace ferric::expand
