// What names mean in modules: the tables that resolve fills and that later phases and other crates look
// names up in. Index-based. A name is (identifier, hygiene context, namespace) in a module; it can be
// declared by a definition or single import, and by glob imports, which the former shadow
// (Reference: items/use-declarations, names/name-resolution; rustc-dev-guide "Name resolution").
#pragma once
#include "defs/defs.h"

namespace ferric {

// Declaration of a name: crate in the upper 8 bits, like ModuleId.
FERRIC_ID(DeclId);
// One leaf of a `use`, an `extern crate`, or what #[macro_use]/#[macro_export] stands for.
FERRIC_ID(ImportId);
// Row of a name in one crate's NameTable (no crate bits).
FERRIC_ID(NameId);

// Crate and index of the ids that carry a crate.
template <class IdT> CrateId crateOf(IdT id) { return {uint8_t(id.raw >> 24)}; }
template <class IdT> uint32_t indexOf(IdT id) { return id.raw & 0xFFFFFF; }
template <class IdT> IdT makeId(CrateId crate, size_t index) {
  CHECK(index < 0xFFFFFF, "a crate has more than 16 million entries in a table");
  return IdT(uint32_t(crate.raw) << 24 | uint32_t(index));
}

// A definition (source none) or an import of another declaration.
struct Decl {
  Res res;                     // what it names in the end
  DeclId source;               // import: the declaration it imports
  ImportId import;             // import: through what
  DefVis vis;                  // of this declaration: at most its source's
  DeclId ambiguity;            // glob imports: another declaration of the same name that is something else (E0659 when used)
  ExpnId expansion{0};         // that produced it
  bool warnAmbiguity = false;  // the ambiguity is a lint only
  bool isImport() const { return source.valid(); }
};
static_assert(sizeof(Decl) == 36);

enum class ImportKind : uint8_t { Single, Glob, ExternCrate, MacroUse, MacroExport };
// What the module path of an import (or the part of a path before the last segment) is:
// `a::b` -> Module; `::a` since 2018 -> ExternPrelude; `::a` of a 2015 macro -> ModuleAndExternPrelude; `a` -> CurrentScope.
enum class RootKind : uint8_t { None, Module, ModuleAndExternPrelude, ExternPrelude, CurrentScope };
struct PathRoot {
  RootKind kind = RootKind::None;
  ModuleId module;
  static PathRoot of(ModuleId m) { return {RootKind::Module, m}; }
  bool isModule() const { return kind == RootKind::Module; }
  friend bool operator==(const PathRoot &, const PathRoot &) = default;
};

// `use path::source as target`, `use path::*`, `extern crate source as target`.
struct Import {
  ImportKind kind{};
  bool typeNsOnly = false;     // `{self}`
  bool nested = false;         // inside braces
  uint8_t pending = 7;         // Single: bit per namespace not yet determined
  Ident source, target;
  List<Ident> path;            // in NameTable::paths
  PathRoot imported;           // None: path not resolved (yet)
  ModuleId module;             // where it stands
  uint32_t rules = ~0u;        // textual macro scope there
  ExpnId expansion{0};
  DefVis vis;
  DeclId decls[kNamespaces];   // Single: what it declares
  Span span;                   // of this leaf
  Span rootSpan;               // of the whole use tree
  ast::ItemId item;
  DefId def;                   // of the `use` / `extern crate` item
};

struct Module {
  DefKind kind = DefKind::Mod; // Mod, Enum, Trait
  bool isBlock = false;
  bool noImplicitPrelude = false;
  DefId def;                   // none: block
  ast::BlockId block;
  ModuleId parent;             // lexically around
  DefId normal;                // nearest `mod`, or the crate root
  ModuleId normalModule;
  ExpnId expansion{0};
  Span span;
  DeclId self;                 // what `self` in `use self` names; none: block
  uint32_t firstName = ~0u, lastName = ~0u;  // chain through Name::next, in order of declaration
  uint32_t globs = ~0u;        // chain of ImportLink: its glob imports
  uint32_t unexpanded = 0;     // macro invocations that may still declare names here
  uint32_t underscores = 0;
  bool isNormal() const { return !isBlock && kind == DefKind::Mod; }
};

// A name in a namespace of a module.
struct Name {
  Symbol name;
  SyntaxContext ctxt;          // normalised to macros 2.0
  ModuleId module;
  Namespace ns{};
  bool asked = false;          // `glob` is what the module's globs bring; else they were not asked
  bool propagating = false;    // its watchers are being told of a change
  uint32_t disambiguator = 0;  // `_` cannot be looked up: each is a name of its own
  DeclId nonGlob, glob;
  uint32_t singles = ~0u;      // chain of ImportLink: imports that may declare it
  uint32_t watchers = ~0u;     // chain of ImportLink: globs of other modules that were asked for it
  uint32_t next = ~0u;
  DeclId best() const { return nonGlob ? nonGlob : glob; }
};
struct ImportLink { ImportId import; uint32_t next = ~0u; };

// All names of one crate. Names, modules, declarations and imports of the crate live here; a declaration
// may point to declarations of other crates.
class NameTable {
public:
  explicit NameTable(CrateId crate) : crate_(crate) {}

  Module &operator[](ModuleId m) { return modules_[Row(indexOf(m))]; }
  const Module &operator[](ModuleId m) const { return modules_[Row(indexOf(m))]; }
  Decl &operator[](DeclId d) { return decls_[Row(indexOf(d))]; }
  const Decl &operator[](DeclId d) const { return decls_[Row(indexOf(d))]; }
  Import &operator[](ImportId i) { return imports_[Row(indexOf(i))]; }
  const Import &operator[](ImportId i) const { return imports_[Row(indexOf(i))]; }
  Name &operator[](NameId n) { return names_[n]; }
  const Name &operator[](NameId n) const { return names_[n]; }

  ModuleId addModule(const Module &m);
  DeclId addDecl(const Decl &d);
  ImportId addImport(const Import &i);
  List<Ident> addPath(llvm::ArrayRef<Ident> path) { return {paths_.append(path), uint32_t(path.size())}; }
  llvm::ArrayRef<Ident> path(List<Ident> p) const { return {paths_.data() + p.begin, p.len}; }

  // The row of a name; none when nothing in the module ever had it. `ctxt` is normalised.
  NameId find(ModuleId m, Symbol name, SyntaxContext ctxt, Namespace ns, uint32_t disambiguator = 0) const;
  NameId findOrAdd(ModuleId m, Symbol name, SyntaxContext ctxt, Namespace ns, uint32_t disambiguator = 0);

  // Chains of imports.
  void push(uint32_t &head, ImportId import);
  void remove(uint32_t &head, ImportId import);
  const ImportLink &link(uint32_t i) const { return links_[Row(i)]; }

  // Calls f(NameId, const Name &) for each name of a module in the order they were declared.
  template <class F> void forEachName(ModuleId m, F &&f) const {
    for (uint32_t n = (*this)[m].firstName; n != ~0u; n = names_[NameId(n)].next)
      f(NameId(n), names_[NameId(n)]);
  }

  size_t moduleCount() const { return modules_.size(); }
  size_t importCount() const { return imports_.size(); }
  size_t nameCount() const { return names_.size(); }
  size_t declCount() const { return decls_.size(); }
  CrateId crate() const { return crate_; }
  size_t bytes() const;
  // f(store) for each store, in the order in which they stand in an image.
  template <class F> void forEachStore(F &&f) {
    f(modules_);
    f(decls_);
    f(imports_);
    f(names_);
    f(paths_);
    f(links_);
    f(slots_);
  }

private:
  FERRIC_ID(Row);
  void grow();
  static uint32_t hash(ModuleId m, Symbol name, SyntaxContext ctxt, Namespace ns, uint32_t disambiguator);
  CrateId crate_;
  Store<Module, Row> modules_;
  Store<Decl, Row> decls_;
  Store<Import, Row> imports_;
  Store<Name, NameId> names_;
  Store<Ident, Row> paths_;
  Store<ImportLink, Row> links_;
  struct Slot { uint32_t hash = 0, name = ~0u; };
  Store<Slot, Row> slots_; // open addressing, power of two
};

} // namespace ferric
