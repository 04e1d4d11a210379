// What expansion asks of name resolution. The expander visits every syntax fragment exactly once, in source order, when it
// comes into being (parsed from a file or produced by a macro), and reports what it meets; resolve builds its module graph
// from these calls and walks nothing itself. (rustc: ResolverExpand, BuildReducedGraphVisitor.)
//
// Protocol of one fragment:
//   scope = rootScope() | beginFragment(expn)
//   in source order: addMacroDef / addInvocation (may change scope.rules for what follows), enterItem / enterBlock (change
//     the *copy* of the scope that is used inside). The expander implements the scoping rules: what an item or block did to
//     its copy is forgotten at its end, except that `#[macro_use] mod m {..}` leaves its final `rules` to what follows.
//   endFragment(expn, scope): `scope.rules` is the textual scope behind the fragment, which the invocation stands for from now on.
// The loop: resolveMacro on every invocation; what is Undetermined waits; when none is left resolveImports(), and the waiting
// ones again; when a whole round brought no progress, `force` is set until something is resolved.
#pragma once
#include "ast/ast.h"
#include "defs/crate.h"

namespace ferric::expand {

// A module of resolve's graph: named, or the anonymous module of a block that declares items. Owned by resolve.
using ferric::ModuleId;
// A place in the chain of textual macro_rules scopes (immutable linked list). Owned by resolve.
// (rustc MacroRulesScope: Empty | Binding(macro, outer) | Invocation(expn): what the invocation will have left behind.)
FERRIC_ID(RulesScopeId);

// Where a name is looked up from (rustc ParentScope). Opaque to the expander, copied freely.
struct ParentScope {
  ModuleId module;
  RulesScopeId rules;
  ExpnId expansion{0};         // whose output the code here is
  DefId parentDef;             // innermost definition around: parent of what is defined here
  uint32_t nameless = 0;       // innermost closure or constant in it around, which then is the parent. Owned by resolve
};

// What an item stands in. Items of blocks are in Module place, with scope.module the block's or an outer module.
enum class ItemPlace : uint8_t { Module, Trait, InherentImpl, TraitImpl, Foreign };

enum class MacroKind : uint8_t { Bang, Attr, Derive };
enum class MacroStatus : uint8_t { Determined, Undetermined, Error };

// Something written like a macro and waiting to be expanded. Its identity is the ExpnId it was given when met.
struct MacroQuery {
  MacroKind kind{};
  ast::PathId path;            // in the crate's Ast
  ExpnId invocation;           // was announced by addInvocation
  ParentScope scope;           // as it was announced (for eager arguments: the outer invocation's)
  llvm::ArrayRef<ast::PathId> laterDerives; // Attr: derives written after it on the same item (helper attributes used before their derive)
  bool force = false;          // nothing else progresses: take what is known now as final, never answer Undetermined
};
// Determined: res is a Macro def or NonMacroAttr (built-in, tool or derive-helper attribute). Error: resolve has reported it, or will
// in its final pass (cannot find macro / attribute / derive macro `x` in this scope, ...); the expander adds nothing.
struct MacroAnswer {
  MacroStatus status = MacroStatus::Undetermined;
  Res res;
};

// Where a macro was defined; `ast` may be another crate's.
struct MacroSource {
  const ast::Ast *ast = nullptr;
  ast::ItemId item;            // ItemKind::MacroDef
  CrateId crate;
  unsigned edition = 2015;     // of that crate
  // A procedural macro of another crate: it has no item, but a place in the file of its crate (Crate::dylib).
  llvm::StringRef dylib;       // empty: it is not one
  uint32_t procMacro = 0;
  Symbol name;
  llvm::ArrayRef<Symbol> helpers;
};

class ExpansionResolver {
public:
  virtual ~ExpansionResolver() = default;

  // ---- building the graph (calls come in source order within a fragment) ----
  // Scope at the start of the crate: its root module, `macro_use` preludes aside an empty textual scope. Called once, first.
  // `crateAttrs`: the inner attributes of the root file.
  virtual ParentScope rootScope(List<ast::ItemId> items, ast::AttrsId crateAttrs) = 0;
  // The invocation `expn` is about to be replaced by its output: the scope it was announced with, `expansion` = expn.
  virtual ParentScope beginFragment(ExpnId expn) = 0;
  // The output is visited; its own invocations have been announced. `expn` no longer hides names in its module.
  virtual void endFragment(ExpnId expn, const ParentScope &end) = 0;
  // Defines `item` (any kind but MacroCall, MacroDef, Expansion, Err) with what belongs to it: constructors, fields, variants, generic parameters, imports,
  // `#[macro_use] extern crate`. `inner` comes in as the scope of the item, and goes out as the scope of its inside:
  // module set for mod/enum/trait (enum and trait are modules), parentDef set to the item. Out-of-line modules are loaded before.
  virtual void enterItem(ast::ItemId item, ItemPlace place, ParentScope &inner) = 0;
  // A closure, `async` block or body, or constant without a name, of which `inner` becomes the inside. It is a definition once something in
  // it is; `span` and `attrs` are for that.
  virtual void enterNameless(DefKind kind, AstRef ast, Span span, ast::AttrsId attrs, ParentScope &inner) = 0;
  // The discriminant of a variant of the enum that `inner` is the inside of.
  virtual void enterVariant(uint32_t index, ParentScope &inner) = 0;
  // A block with statements that declare items or are macro calls: opens an anonymous module.
  virtual void enterBlock(ast::BlockId block, ParentScope &inner) = 0;
  // macro_rules (extends scope.rules, #[macro_export] also defines it in the crate root) or `macro` (defines it in scope.module).
  virtual void addMacroDef(ast::ItemId item, ParentScope &scope) = 0;
  // An invocation at `scope`. `textual`: it stands in item or statement position, so its output may define macro_rules for what
  // follows: scope.rules becomes "after expn". Remembers `scope` for beginFragment; sets Hygiene::expnMut(expn).parentModule.
  // `inModule`: its output may define names in scope.module, which has it as an unexpanded invocation until endFragment.
  virtual void addInvocation(ExpnId expn, bool textual, bool inModule, ParentScope &scope) = 0;
  // Helper attributes that the derives of one item declare; `container` is the #[derive(..)] attribute's invocation, in whose fragment the item stands.
  virtual void addDeriveHelpers(ExpnId container, llvm::ArrayRef<Ident> helpers) = 0;

  // ---- the loop ----
  virtual MacroAnswer resolveMacro(const MacroQuery &query) = 0;
  // One run over the unresolved imports (rustc resolve_imports); true: some import got resolved.
  virtual bool resolveImports() = 0;
  // After the last invocation: report what could not be resolved.
  virtual void finishExpansion() = 0;

  // ---- facts ----
  virtual MacroSource macroSource(DefId macro) = 0;
  // #[cfg_accessible(path)]: Determined with res Err = not accessible.
  virtual MacroAnswer cfgAccessible(ast::PathId path, const ParentScope &scope, bool force) = 0;
};

} // namespace ferric::expand
