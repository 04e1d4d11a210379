// Building a crate's module graph while macros expand, and resolving its imports and macros
// (rustc-dev-guide "Name resolution", "Macro expansion"). One Resolver per crate parsed; its results stay in Crate.
#pragma once
#include "expand/resolver_interface.h"
#include "resolve/lookup.h"

namespace ferric::resolve {

using expand::ItemPlace;
using expand::MacroAnswer;
using expand::MacroKind;
using expand::MacroQuery;
using expand::MacroSource;
using expand::MacroStatus;
using expand::ParentScope;
using expand::RulesScopeId;

class Resolver : public expand::ExpansionResolver {
public:
  // Resolves crate `id` of `crates`, whose externs are set and resolved already.
  Resolver(Crates &crates, CrateId id);
  ~Resolver() override;

  ParentScope rootScope(List<ast::ItemId> items, ast::AttrsId crateAttrs) override;
  ParentScope beginFragment(ExpnId expn) override;
  void endFragment(ExpnId expn, const ParentScope &end) override;
  void enterItem(ast::ItemId item, ItemPlace place, ParentScope &inner) override;
  void enterNameless(DefKind kind, AstRef ast, Span span, ast::AttrsId attrs, ParentScope &inner) override;
  void enterVariant(uint32_t index, ParentScope &inner) override;
  void enterBlock(ast::BlockId block, ParentScope &inner) override;
  void addMacroDef(ast::ItemId item, ParentScope &scope) override;
  void addInvocation(ExpnId expn, bool textual, bool inModule, ParentScope &scope) override;
  void addDeriveHelpers(ExpnId container, llvm::ArrayRef<Ident> helpers) override;
  MacroAnswer resolveMacro(const MacroQuery &query) override;
  bool resolveImports() override;
  void finishExpansion() override;
  MacroSource macroSource(DefId macro) override;
  MacroAnswer cfgAccessible(ast::PathId path, const ParentScope &scope, bool force) override;

  // After finishExpansion: lang items, the impl index, the children tables. The crate is complete then.
  void finish();
  // Trait impls whose trait did not resolve (reported when the impl is lowered).
  size_t unresolvedImpls() const { return unresolvedImpls_; }

private:
  friend class UseTreeBuilder;
  struct MacroUse { // a macro path to be checked again when everything is known
    llvm::SmallVector<Ident, 2> path;
    MacroKind kind{};
    ParentScope scope;
    Span span;
    Res initial;
    bool hasInitial = false;
    ast::GenericArgsId genericArgs;
    std::vector<ast::PathId> derives;
  };
  struct Invocation { // announced, not yet (or already) expanded
    ParentScope scope;
    bool inModule = false;
  };

  // nameless.cpp
  struct NamelessScope { // where a row of nameless_ stands
    ParentScope outer;
    Span span;
    ast::AttrsId attrs;
  };
  DefId parentOf(const ParentScope &scope);

  // build_graph.cpp
  DefId addDef(DefKind kind, Symbol name, Span identSpan, AstRef ref, ast::AttrsId attrs, Span span, DefVis vis,
               const ParentScope &scope, DefId parent);
  void define(ModuleId module, Ident ident, Namespace ns, Res res, DefVis vis, ExpnId expansion);
  ModuleId addModule(ModuleId parent, DefKind kind, DefId def, ast::BlockId block, ExpnId expansion, Span span, bool noPrelude);
  void addGenericParams(const ast::Generics &generics, DefId def, const ParentScope &scope);
  void addFields(List<ast::FieldDef> fields, DefId owner, const ParentScope &scope);
  void enterStruct(ast::ItemId id, const ast::Item &item, DefId def, DefVis vis, const ParentScope &scope);
  void enterEnum(const ast::EnumItem &e, DefId def, ParentScope &inner);
  void enterAssocItem(ast::ItemId id, ItemPlace place, ParentScope &inner);
  void addExternCrate(ast::ItemId id, DefId def, DefVis vis, const ParentScope &scope);
  void addMacroUse(ast::ItemId id, CrateId crate, const ParentScope &scope, bool self);
  void addMacroUseDecl(Symbol name, DeclId decl, Span span, bool allowShadowing);
  void fillExternPrelude();
  void addProcMacro(ast::ItemId id, DefId def, DefVis vis, const ParentScope &scope);
  void setMacroInfo(DefId def, const ast::Item &item, const ParentScope &scope);

  // visibility.cpp
  DefVis resolveVis(const ast::Visibility &vis, const ParentScope &scope, bool report = true);

  // use_trees.cpp
  void addUse(ast::ItemId id, DefId def, DefVis vis, const ParentScope &scope);

  // imports.cpp
  void addImport(const Import &import);
  void plant(ModuleId module, Ident ident, Namespace ns, DeclId decl);
  int resolveImport(ImportId import);
  void resolveGlob(ImportId import);
  void dropSingle(ImportId import, Namespace ns);

  // import_errors.cpp
  struct UnresolvedImport;
  void finalizeImports();
  bool finalizeImport(ImportId import, UnresolvedImport &out);
  bool checkSingle(ImportId import, PathRoot module, UnresolvedImport &out, size_t privacyBefore);
  void checkReexport(ImportId import);
  bool isExternCrate(DeclId d) const;
  void dummyBinding(ImportId import, bool indeterminate);
  void throwUnresolved(std::vector<UnresolvedImport> &errors);
  void reportConflict(ModuleId module, Ident ident, Namespace ns, DeclId oldDecl, DeclId newDecl);

  // macros.cpp
  void finalizeMacros();
  // Names of one segment that were found and have nothing to report, by all that the search for them looks at.
  using FinalNames = llvm::DenseMap<std::tuple<uint64_t, uint64_t, uint64_t>, Res>;
  void finalizeMacro(const MacroUse &use, FinalNames &known);
  Symbol similarMacro(const MacroUse &use);
  ast::ItemId itemId(DefId def) const;
  LookupScope lookupScope(const ParentScope &scope, llvm::ArrayRef<ast::PathId> derives = {}) const;
  bool checkMacroRes(const MacroQuery &query, Res res);

  // impl_index.cpp
  void collectItemTables();
  void addLangItem(Symbol name, DefId def);
  void buildImplIndex();

  Session &sess() { return crates_.session(); }
  ast::Ast &ast() { return crate_.ast; }
  NameTable &names() { return crate_.names; }
  GlobNames &globs() { return lookup_.globNames(); }

  Crates &crates_;
  Crate &crate_;
  Lookup lookup_;
  DeclId dummyDecl_;
  std::vector<ImportId> indeterminate_, determined_;
  std::vector<Invocation> invocations_; // by ExpnId
  std::vector<MacroUse> macroUses_;
  std::vector<uint32_t> implDefs_;
  std::vector<Nameless> nameless_;           // ParentScope::nameless counts from 1
  std::vector<NamelessScope> namelessScopes_;
  llvm::DenseMap<std::pair<uint64_t, unsigned>, uint32_t> namelessCounts_;
  llvm::DenseSet<std::pair<uint32_t, uint32_t>> conflictsReported_;
  size_t unresolvedImpls_ = 0;
  bool importsRan_ = false;
  bool finished_ = false;
  bool missingCrate_ = false; // E0463 was reported
};

} // namespace ferric::resolve
