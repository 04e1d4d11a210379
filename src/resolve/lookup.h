// The lookup engine: finds the declaration that a name means, during expansion (when the answer can be
// "not known yet") and after it. Rules: rustc_resolve::ident; rustc-dev-guide "Name resolution";
// Reference names/name-resolution.
#pragma once
#include "resolve/glob_names.h"
#include "resolve/scope.h"
#include "expand/builtin_attrs.h"
#include "expand/resolver_interface.h"

namespace ferric::resolve {

using expand::MacroKind;
using expand::RulesScopeId;

enum class Determinacy : uint8_t { Determined, Undetermined };

// Where a name is looked up from.
struct LookupScope {
  ModuleId module;
  RulesScopeId rules;
  ExpnId expansion{0};
  llvm::ArrayRef<ast::PathId> derives; // helper attributes of derives written after the attribute that is looked up
};

// Set when the answer counts: privacy and ambiguity are errors then, and imports count as used.
struct Finalize {
  Span pathSpan, rootSpan;
  bool reportPrivate = true;
  bool late = false;           // expansion is over: no search for ambiguities with outer scopes
  bool hasImportVis = false;
  DefVis importVis;            // Single import being checked
};

enum class ScopeSetKind : uint8_t { All, Module, ModuleAndExternPrelude, ExternPrelude, Macro };
struct ScopeSet {
  ScopeSetKind kind{};
  Namespace ns{};
  ModuleId module;
  MacroKind macroKind{};
  static ScopeSet all(Namespace ns) { return {ScopeSetKind::All, ns, {}, {}}; }
  static ScopeSet inModule(Namespace ns, ModuleId m) { return {ScopeSetKind::Module, ns, m, {}}; }
  static ScopeSet macro(MacroKind k) { return {ScopeSetKind::Macro, Namespace::Macro, {}, k}; }
};

// One of the places a name is looked for, in the order they are visited.
enum class ScopeKind : uint8_t {
  DeriveHelpers, DeriveHelpersCompat, MacroRules, ModuleNonGlobs, ModuleGlobs, MacroUsePrelude, BuiltinAttrs,
  ExternPreludeItems, ExternPreludeFlags, ToolPrelude, StdLibPrelude, BuiltinTypes
};
struct Scope {
  ScopeKind kind{};
  ModuleId module;
  RulesScopeId rules;
  ExpnId expn;
};

// Identifier with normalised context, and its span as written.
struct IdentKey {
  Symbol name;
  SyntaxContext ctxt;
  Span span;
  Ident ident() const { return {name, span}; }
};

struct LookupResult {
  DeclId decl;                 // none: not found
  Determinacy determinacy = Determinacy::Determined; // when not found
  bool stop = false;           // when not found: do not go on in outer scopes
  bool ok() const { return decl.valid(); }
  static LookupResult found(DeclId d) { return {d, Determinacy::Determined, false}; }
  static LookupResult none(Determinacy d, bool stop = false) { return {DeclId(), d, stop}; }
};

enum class PathKind : uint8_t { Module, NonModule, Indeterminate, Failed };
struct PathLookup {
  PathKind kind{};
  PathRoot module;             // Module
  Res res;                     // NonModule
  DeclId decl;
  unsigned unresolved = 0;     // NonModule
  PathFailure failure;         // Failed
};

// A textual macro_rules scope (Reference: macros-by-example, "Scoping").
enum class RulesKind : uint8_t { Def, Invocation };
struct RulesScope {
  RulesKind kind{};
  RulesScopeId parent;         // Def: scope before it
  DeclId decl;
  Symbol name;
  SyntaxContext ctxt;
  ModuleId module;             // Def: it stands in
  ExpnId expn;                 // Invocation
};

struct AmbiguityError {
  enum class Kind : uint8_t { BuiltinAttr, DeriveHelper, RulesVsModularized, GlobVsOuter, GlobVsGlob, GlobVsExpanded, MoreExpandedVsOuter };
  Kind kind{};
  Ident ident;
  DeclId first, second;
  bool warning = false;
};
struct PrivacyError {
  Ident ident;
  DeclId decl;
  Span dedup;
};

class Lookup {
public:
  explicit Lookup(Crates &crates);

  // Names in the scopes of `set`. With `finalize` the result is meant, without it asked only.
  LookupResult inScopes(IdentKey ident, const ScopeSet &set, const LookupScope &from, const Finalize *finalize = nullptr,
                        DeclId ignoreDecl = {}, ImportId ignoreImport = {});
  // A segment behind `root`.
  LookupResult inRoot(PathRoot root, Ident ident, Namespace ns, const LookupScope &from, const Finalize *finalize = nullptr,
                      DeclId ignoreDecl = {}, ImportId ignoreImport = {});
  // A path. ns none (`anyModule`): the path must name a module, as in imports.
  PathLookup path(llvm::ArrayRef<Ident> segments, std::optional<Namespace> ns, const LookupScope &from,
                  const Finalize *finalize = nullptr, DeclId ignoreDecl = {}, ImportId ignoreImport = {});

  IdentKey key(Ident ident) const { return {ident.name, hygiene_.normalizeToMacros20(ident.span.ctxt), ident.span}; }
  ModuleId crateRoot(Ident ident, const LookupScope &from);
  ModuleId resolveSelf(SyntaxContext &ctxt, ModuleId module);
  ModuleId defScope(ExpnId expn, CrateId crate);
  ModuleId macroScope(DefId macro);
  bool pathRootIsCrateRoot(Ident ident, CrateId crate) const;
  unsigned edition(Span span, CrateId crate) const { return hygiene_.edition(span, crates_[crate].edition); }
  // Where a search in textual scope that begins at `scope` goes on: at the first that is no finished invocation.
  RulesScopeId behindInvocations(RulesScopeId scope);
  // Visits scopes until the callback returns true. Callback: (Scope, usePrelude, ctxt).
  void visitScopes(const ScopeSet &set, const LookupScope &from, SyntaxContext ctxt, Span span,
                   llvm::function_ref<bool(const Scope &, bool, SyntaxContext)> visit);

  bool isAccessible(DefVis vis, ModuleId from) const { return crates_.isAccessible(vis, from); }
  const Decl &decl(DeclId d) const { return crates_.decl(d); }
  bool isGlobImport(DeclId d) const {
    const Decl &decl = crates_.decl(d);
    return decl.isImport() && crates_.import(decl.import).kind == ImportKind::Glob;
  }
  bool isAmbiguous(DeclId d) const;
  Span declSpan(DeclId d) const;
  // Reports the ambiguous globs through which a name was found.
  void recordUse(Ident ident, DeclId decl);
  // MacroInfo kinds of a declaration: 0 = no macro at all (matches anything).
  uint8_t macroKinds(Res res) const;

  // Reports what has been collected; each place once.
  void flushErrors();
  size_t privacyErrors() const { return privacy_.size(); }
  // Errors of ambiguity that are no warnings.
  size_t ambiguityErrors() const { return hardAmbiguities_; }

  // Fallbacks of the language, shared by all crates.
  bool isBuiltinAttr(Symbol name) const { return builtinAttrs_.isInert(name); }
  std::optional<PrimTy> primType(Symbol name) const;
  bool isSegmentKeyword(Symbol s) const { return isPathSegmentKeyword(s); }

  bool isExpansionOver = false; // of the crate at hand: globs have brought all that they will ever bring
  // State of the crate that is being expanded; empty afterwards.
  std::vector<RulesScope> rules;
  std::vector<RulesScopeId> outputRules;                  // by ExpnId: scope behind a finished invocation
  std::vector<uint8_t> hasOutputRules;
  std::vector<RulesScopeId> invocationRules;              // by ExpnId: scope before an invocation
  llvm::DenseMap<ExpnId, llvm::SmallVector<std::pair<IdentKey, DeclId>, 2>> helperAttrs;
  // Names that no glob of a module will ever bring, by module, place and name.
  llvm::DenseSet<std::pair<uint64_t, uint64_t>> neverFromGlobs;

  Crates &crates() { return crates_; }
  const Hygiene &hygiene() const { return hygiene_; }
  GlobNames &globNames() { return globNames_; }

private:
  LookupResult inScope(IdentKey ident, Namespace ns, const Scope &scope, bool usePrelude, const ScopeSet &set,
                       const LookupScope &from, const Finalize *finalize, DeclId ignoreDecl, ImportId ignoreImport);
  LookupResult nonGlobs(ModuleId module, IdentKey ident, Namespace ns, const LookupScope &from, bool restricted,
                        const Finalize *finalize, DeclId ignoreDecl, ImportId ignoreImport);
  LookupResult globs(ModuleId module, IdentKey ident, Namespace ns, const LookupScope &from, bool restricted,
                     const Finalize *finalize, DeclId ignoreDecl, ImportId ignoreImport);
  LookupResult globsCanDefine(ModuleId module, IdentKey ident, Namespace ns, const LookupScope &from, DeclId ignoreDecl,
                              ImportId ignoreImport);
  LookupResult finalizeBinding(DeclId binding, IdentKey ident, const LookupScope &from, const Finalize &finalize);
  bool singleCanDefine(ModuleId module, NameId name, DeclId binding, Namespace ns, const LookupScope &from, DeclId ignoreDecl, ImportId ignoreImport);
  bool hygienicParent(ModuleId &module, SyntaxContext &ctxt, CrateId crate);
  ModuleId superOf(Ident ident, ModuleId module, const LookupScope &from);
  bool shadowsGlobs(const std::pair<DeclId, Scope> &found, const Scope &globs, Namespace ns) const;
  bool pushAmbiguity(IdentKey ident, Namespace ns, const ScopeSet &set, const LookupScope &from, DeclId decl, const Scope &scope,
                     llvm::ArrayRef<std::pair<DeclId, Scope>> innermost, const Finalize &finalize);
  bool mayAppearAfter(DeclId decl, ExpnId invocation, DeclId other) const;
  void addAmbiguity(const AmbiguityError &e);
  bool unexpanded(ModuleId m) const { return crates_.module(m).unexpanded != 0; }
  void loadExtern(Crate &crate, IdentKey ident);
  LookupResult derivesCompat(IdentKey ident, const LookupScope &from, ImportId ignoreImport);
  PathFailure pathFailure(llvm::ArrayRef<Ident> path, size_t at, std::optional<Namespace> ns, PathRoot module, const LookupScope &from);
  std::string describe(const Decl &d) const;
  void reportAmbiguity(const AmbiguityError &e);
  void reportPrivacy(const PrivacyError &e);

  Crates &crates_;
  Session &sess_;
  Hygiene &hygiene_;
  expand::BuiltinAttrs builtinAttrs_;
  GlobNames globNames_{crates_, *this};
  llvm::SmallVector<std::pair<ModuleId, std::pair<Symbol, unsigned>>, 8> active_; // glob lookups under way
  std::vector<AmbiguityError> ambiguities_;
  std::vector<PrivacyError> privacy_;
  size_t ambiguitiesReported_ = 0, privacyReported_ = 0, hardAmbiguities_ = 0;
  llvm::DenseSet<uint64_t> privacySeen_;
};

} // namespace ferric::resolve
