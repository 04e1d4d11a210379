// Name lookup for what comes after resolve: bodies and signatures that are lowered on demand. Names of
// modules, blocks, preludes and extern crates; local variables, generic parameters and `Self` are the caller's ribs.
//
// The rule for a path in a body (rustc resolve_ident_in_lexical_scope): walk the ribs from the inside; at the rib of a
// block with an anonymous module (Scopes::blockModule) try `inModule(block, ..)`; behind the last rib `lexical(..)`,
// from the module or block module the item stands in (Crates::scopeOf). A first segment that is a rib is the caller's; the rest of a path
// goes through `path`.
#pragma once
#include "defs/crate.h"

namespace ferric::resolve {

class Lookup;

// What a name was found to be.
struct Found {
  Res res;
  DeclId decl;                 // the declaration it was found through; its imports: Crates::decl, Crates::import
  explicit operator bool() const { return decl.valid(); }
};

enum class PathStatus : uint8_t {
  Resolved, // res, with `unresolved` segments left for type checking (`Vec::new`, `T::Item`)
  Failed,   // failedAt and the texts say why
  Error,    // names something whose error has been reported: say nothing
};
struct PathFailure {
  unsigned segment = 0;        // that was not found
  bool isLast = false;         // it is the last one: E0425/E0412/... is the caller's to choose; else E0433
  Span span;                   // of that segment
  std::string message;         // as rustc's E0433: "cannot find module or crate `x` in this scope", ...
  std::string label;           // "use of unresolved module or unlinked crate `x`", ...
  PathRoot in;                 // where it was looked for; None: in lexical scope
};
struct PathRes {
  PathStatus status = PathStatus::Failed;
  Res res;
  DeclId decl;
  unsigned unresolved = 0;
  PathFailure failure;
  bool ok() const { return status == PathStatus::Resolved; }
  bool full() const { return ok() && unresolved == 0; }
};

// A trait whose methods can be called, and the import that brings it (none: defined or in the prelude).
struct TraitInScope {
  DefId trait;
  DeclId decl;
};

// A place in the crates where a name can be imported from.
struct ImportCandidate {
  std::string path;            // `std::collections::HashMap`
  Res res;
};

class Scopes {
public:
  explicit Scopes(Crates &crates);
  ~Scopes();

  // Looks `ident` up from module (or block module) `from` outwards: modules, extern prelude, preludes, primitive
  // types. Reports E0603/E0659 when `report`.
  Found lexical(Ident ident, Namespace ns, ModuleId from, bool report = true);
  // In one module only, its globs included; `from` is where the path stands (privacy). Enums, traits and blocks are modules too.
  Found inModule(ModuleId module, Ident ident, Namespace ns, ModuleId from, bool report = true);
  // Resolves a path of at least one segment, all of it through modules. `self`, `super`, `crate`, `$crate` and `::`
  // (segment path_root) at the start; generic arguments are the caller's. `ns` is the namespace of the last segment.
  PathRes path(llvm::ArrayRef<Ident> segments, Namespace ns, ModuleId from, bool report = true);
  PathRes path(const ast::Ast &ast, ast::PathId path, Namespace ns, ModuleId from, bool report = true);

  // The anonymous module of a block; none for most blocks.
  ModuleId blockModule(CrateId crate, ast::BlockId block) const {
    const Crate &c = crates_[crate];
    auto it = c.blockModules.find(block);
    return it == c.blockModules.end() ? ModuleId() : it->second;
  }
  // Resolves `pub(in path)`; `def` is the item it stands on. Reported already for items; for late uses.
  bool isAccessible(DefVis vis, ModuleId from) const { return crates_.isAccessible(vis, from); }

  // The local crate's `main`, defined or imported in the root (Reference: crates-and-source-files, "Main Functions"); none under
  // #![no_main], and when there is none (E0601).
  DefId entryFn(bool report = true);

  // Traits declared in one module, imported (`as _` included) or defined; cached.
  llvm::ArrayRef<TraitInScope> traitsOf(ModuleId module);
  // f(TraitInScope) for all traits in scope for code in `from` written with hygiene `ctxt`, innermost module first,
  // the prelude last. A trait can come more than once.
  void forEachTraitInScope(ModuleId from, SyntaxContext ctxt, llvm::function_ref<void(const TraitInScope &)> f);

  // ---- for messages ----
  // The most similar name to `name` among those that are in scope from `from` (in `module` when given) and whose meaning `accept`s; none.
  Symbol similarName(Symbol name, Namespace ns, ModuleId from, PathRoot in, llvm::function_ref<bool(Res)> accept);
  // Public (or accessible) items of that name elsewhere, for "consider importing": at most `limit`, sorted by path.
  std::vector<ImportCandidate> importCandidates(Symbol name, Namespace ns, ModuleId from,
                                                llvm::function_ref<bool(Res)> accept, size_t limit = 5);

  Crates &crates() { return crates_; }

private:
  // An answer of lexical(); of the lookups that fall on one entry the last is kept.
  struct Answer {
    uint64_t name = ~uint64_t(0), place = 0;
    Found found;
  };
  static constexpr size_t kAnswers = 4096;

  Crates &crates_;
  std::unique_ptr<Lookup> lookup_;
  std::vector<Answer> answers_;
  llvm::DenseMap<ModuleId, std::unique_ptr<std::vector<TraitInScope>>> traits_;
};

// True when `res` has a module of its own: mod, enum, trait, extern crate.
inline bool isModuleLike(Res res) {
  return res.kind == ResKind::Def && (res.defKind == DefKind::Mod || res.defKind == DefKind::Enum || res.defKind == DefKind::Trait);
}

} // namespace ferric::resolve
