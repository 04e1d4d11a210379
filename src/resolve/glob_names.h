// What glob imports bring into modules. A name is fetched through the globs of a module when it is asked for in it, and
// from then on kept up to date while the crate expands: a module of a thousand names that a thousand others glob-import
// costs these nothing but the names they use. Rules: rustc_resolve::imports; Reference items/use-declarations.
#pragma once
#include "defs/crate.h"

namespace ferric::resolve {

class Lookup;

class GlobNames {
public:
  GlobNames(Crates &crates, Lookup &lookup) : crates_(crates), lookup_(lookup) {}

  // The row of a name in a module, its globs included. `ctxt` is normalised. None: it has no such name now.
  NameId row(ModuleId module, Symbol name, SyntaxContext ctxt, Namespace ns);
  // What a name means in a module of a crate that is resolved; none: nothing.
  DeclId best(ModuleId module, Symbol name, SyntaxContext ctxt, Namespace ns);
  // No item, single import or glob import that can be used from `from` will ever give the module that name.
  bool neverHas(ModuleId module, Symbol name, SyntaxContext ctxt, Namespace ns, ModuleId from) const;

  enum class Filter : uint8_t { All, Traits, Macros };
  // f(NameId, const Name &) for each name of a module that means something, of those that globs bring too.
  void forEachName(ModuleId module, Filter filter, llvm::function_ref<void(NameId, const Name &)> f);

  // A declaration that imports `source`, in the crate of the import.
  DeclId newImportDecl(DeclId source, ImportId import);
  // Declares a name. False: it has another declaration already, which goes to `conflict`.
  bool tryPlant(ModuleId module, Symbol name, SyntaxContext ctxt, Namespace ns, DeclId decl, bool warnAmbiguity,
                DeclId *conflict);
  // A single import turned out not to declare a name.
  void dropSingle(ModuleId module, Symbol name, SyntaxContext ctxt, Namespace ns, ImportId import);
  // The module of a glob import has become known.
  void addGlob(ImportId import);

private:
  struct Key {
    Symbol name;
    SyntaxContext ctxt;
    Namespace ns;
  };
  using Emit = llvm::function_ref<void(const Key &, DeclId)>;

  template <class IdT> NameTable &table(IdT id) { return crates_[crateOf(id)].names; }
  template <class IdT> const NameTable &table(IdT id) const { return crates_[crateOf(id)].names; }
  bool bringsGlobs(ModuleId module, ModuleId from) const;
  NameId sourceRow(ImportId glob, const Key &key);
  void pull(ImportId glob, NameId id);
  void bring(ImportId glob, const Name &source, DeclId decl, bool warnAmbiguity);
  bool adjustOutwards(const Import &import, Key &key, DeclId decl) const;
  void removeSameImport(DeclId &a, DeclId &b) const;
  DeclId selectGlob(DeclId oldGlob, DeclId glob, bool warnAmbiguity);
  template <class F> void update(ModuleId module, NameId id, bool warnAmbiguity, F &&f);
  void propagate(ModuleId module, NameId id, DeclId decl, bool warnAmbiguity);
  bool matches(const Name &n, DeclId decl, Filter filter) const;
  llvm::ArrayRef<NameId> ownRows(ModuleId module, Filter filter, std::vector<NameId> &storage);
  void collect(ModuleId module, ModuleId from, Filter filter, llvm::DenseSet<ModuleId> &visited, Emit emit);

  Crates &crates_;
  Lookup &lookup_;
  llvm::DenseMap<ModuleId, std::vector<NameId>> ownTraits_; // of crates that are resolved
};

} // namespace ferric::resolve
