// What the front end leaves of a crate, and the crates of the session. Filled by parse, expand and
// resolve, then read-only but for the definitions that lowering adds (closures, anonymous constants, opaque
// types). Everything is addressed by ids; lookups are array reads, hashes or binary searches.
#pragma once
#include "defs/crate_loader.h"
#include "defs/impl_index.h"
#include "defs/names.h"
#include "diag/session.h"
#include "llvm/ADT/DenseSet.h"

namespace ferric {

// What resolve knows of a macro definition.
struct MacroInfo {
  static constexpr uint8_t kBang = 1, kAttr = 2, kDerive = 4;
  uint8_t kinds = kBang;
  bool macroRules = false;
  bool procMacro = false;      // a procedural macro: a function of this crate, or in Crate::dylib
  uint32_t procMacroIndex = 0; // its place in the file
  bool localInner = false;     // #[macro_export(local_inner_macros)]
  Symbol builtin;              // #[rustc_builtin_macro]: its name; none: not built in
  ModuleId scope;              // where it was defined: names with its opaque hygiene are looked up there
  llvm::SmallVector<Symbol, 1> helpers; // derive: helper attributes
};

// An entry of the extern prelude (Reference: names/preludes, "Extern prelude").
struct ExternPreludeEntry {
  DeclId item;                 // `extern crate name;` in the crate root
  bool introducedByItem = false; // with `as`: no --extern of this name
  DeclId flag;                 // --extern, core, std
  bool pending = false;        // a crate for `flag` is known by name and loaded when a path first needs it
};

// A closure or constant without a name as expansion meets it. Its siblings are told apart by their order then, which is that of expansion
// and not of the source (rustc_resolve::def_collector); lowering makes its definition.
struct Nameless {
  DefKind kind{};              // Closure, InlineConst, AnonConst
  AstRef ast;                  // as of the definition
  uint32_t disambiguator = 0;
  DefId def;                   // made at once, for something is defined in it; none: left to lowering
};

struct Crate {
  explicit Crate(CrateId id) : id(id), defs(id), names(id) {}

  CrateId id;
  Symbol name;
  unsigned edition = 2015;
  std::string stableId;        // -C metadata, ...: tells crates of one name apart in symbols
  std::vector<std::string> cfgs; // `name` or `name="value"` it was expanded with
  bool overflowChecks = false;   // compiled with checks of its arithmetic
  bool hasObject = false;        // a dependency whose statics and functions with names of their own are in an object
  llvm::StringSet<> exports;     // symbols of the other functions that are in it, not known of an image
  std::string dylib;             // a proc macro crate: the file that its macros are in; nothing else is known of it
  std::string archive;           // the rlib with that object, if one was found; linking needs it
  std::string file;              // of a dependency: what its metadata was read from
  std::string hash;              // of a dependency: what it was compiled from, tells its versions apart
  std::string directory;         // where relative names of its files start from; empty: the current folder
  std::vector<FileId> files;     // what was read for it: the root, modules, included files
  std::vector<std::pair<std::string, std::optional<std::string>>> env; // environment variables it asked for
  llvm::DenseMap<Symbol, CrateId> externs; // crates loaded for this one, by the names it knows them by
  llvm::DenseSet<Symbol> sysrootExterns;   // of them, those that need an `extern crate` to be named (alloc without --extern)
  std::vector<Symbol> externNames;         // of --extern: the extern prelude; loaded when a path names one

  ast::Ast ast;
  List<ast::ItemId> items;     // of the root
  ast::AttrsId attrs;          // inner attributes of the root file
  Span span;

  DefTable defs;
  NameTable names;
  ImplIndex impls;
  ModuleId prelude;            // names of the standard prelude; none under no_core
  bool noStd = false, noCore = false;
  bool resolved = false;       // expansion and import resolution are over: names do not change any more
  llvm::DenseMap<Symbol, DeclId> builtinTypes;   // primitive types
  llvm::DenseMap<Symbol, DeclId> toolDecls;      // registered tools
  DeclId builtinAttrDecl, helperCompatDecl;      // what built-in attributes and early derive helpers are
  llvm::DenseMap<ast::BlockId, ModuleId> blockModules;
  llvm::DenseMap<uint32_t, ModuleId> defModules; // by definition index: mod, enum, trait
  llvm::DenseMap<uint32_t, MacroInfo> macros;    // by definition index
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, ExternPreludeEntry> externPrelude; // by (name, normalised context)
  llvm::DenseMap<Symbol, DeclId> macroUsePrelude;
  llvm::DenseMap<Symbol, DefId> langItems;       // #[lang = ".."]
  llvm::DenseMap<Symbol, DefId> diagnosticItems; // #[rustc_diagnostic_item = ".."]

  DefId root() const { return DefId::crateRoot(id); }
  ModuleId rootModule() const { return makeId<ModuleId>(id, 0); }
  // Children of a definition in order of definition, made by `sealChildren`; closures and the like are among them only when something is
  // defined in them.
  llvm::ArrayRef<DefId> children(DefId def) const;
  // The associated item of a trait or impl by name (hygiene ignored) and namespace; none when there is none.
  DefId findAssoc(DefId traitOrImpl, Symbol name, Namespace ns) const;
  // Builds the tables behind `children` and `findAssoc`; after the last eager definition.
  void sealChildren();
  // What expansion says of a closure or constant. Null: it is the first among its siblings, and lowering makes its definition.
  const Nameless *findNameless(DefKind kind, AstRef ast) const;
  // Builds the table behind `findNameless`.
  void sealNameless(llvm::ArrayRef<Nameless> all);
  // f(store) for each store, in the order in which they stand in an image.
  template <class F> void forEachStore(F &&f) {
    ast.forEachStore(f);
    defs.forEachStore(f);
    names.forEachStore(f);
    impls.forEachStore(f);
    f(childBegin_);
    f(children_);
    f(assoc_);
    f(nameless_);
  }

private:
  friend class Crates;
  FERRIC_ID(Row);
  Store<uint32_t, Row> childBegin_;
  Store<DefId, Row> children_;
  template <class F> DefId *assocSlot(DefId parent, Symbol name, F isWanted) const;
  Store<DefId, Row> assoc_; // items of traits and impls, a hash table by parent and name
  template <class F> Nameless *namelessSlot(uint32_t id, F isWanted) const;
  Store<Nameless, Row> nameless_; // a hash table by `ast`
};

// The crates of a session; 0 is the one being compiled. References stay valid.
class Crates {
public:
  explicit Crates(Session &session) : session_(session) {}
  // Adds the crate with the next free id. The local crate must be added first, though it may be filled last.
  Crate &add(Symbol name, unsigned edition);
  Crate &operator[](CrateId id) { return *crates_[id.raw]; }
  const Crate &operator[](CrateId id) const { return *crates_[id.raw]; }
  size_t size() const { return crates_.size(); }
  CrateLoader *loader = nullptr; // set before the first crate is resolved
  auto begin() const { return crates_.begin(); }
  auto end() const { return crates_.end(); }
  Session &session() const { return session_; }
  // The crate `core` of the session: the local one when it is called so. Null: none.
  Crate *core() const { return findByName(sym::core); }
  Crate *findByName(Symbol name) const;

  // ---- definitions ----
  Crate &crateOf(DefId d) const { return *crates_[d.crate().raw]; }
  const ast::Ast &ast(DefId d) const { return crateOf(d).ast; }
  const Def &def(DefId d) const { return crateOf(d).defs[d]; }
  Def &defMut(DefId d) const { return crateOf(d).defs.mut(d); }
  DefId addDef(CrateId crate, const Def &def) const { return crates_[crate.raw]->defs.add(def); }
  DefKind kind(DefId d) const { return def(d).kind; }
  DefId parent(DefId d) const { return def(d).parent; }
  Symbol name(DefId d) const { return def(d).name; }
  Ident ident(DefId d) const { return {def(d).name, def(d).identSpan}; }
  Span span(DefId d) const { return def(d).span; }
  DefVis vis(DefId d) const { return def(d).vis; }
  Res res(DefId d) const { return Res::ofDef(def(d).kind, d); }
  bool isDescendant(DefId d, DefId ancestor) const; // or the same
  unsigned edition(DefId d) const { return crateOf(d).edition; }

  // ---- attributes ----
  llvm::ArrayRef<ast::AttrId> attrs(DefId d) const { return ast(d).attrsOf(def(d).attrs); }
  // The first attribute of that (single-segment) name; null when it has none.
  const ast::Attr *findAttr(DefId d, Symbol name) const { return findAttr(ast(d), def(d).attrs, name); }
  bool hasAttr(DefId d, Symbol name) const { return findAttr(d, name); }
  static const ast::Attr *findAttr(const ast::Ast &ast, ast::AttrsId attrs, Symbol name);
  // Value of `#[name = "text"]` (text between the quotes); none for other forms.
  static Symbol attrValue(const ast::Ast &ast, const ast::Attr &attr);

  // ---- syntax of a definition ----
  // The item of Mod, Struct, ..., AssocFn, Impl, ... (AstRefKind::Item).
  ast::ItemId itemId(DefId d) const {
    CHECK(def(d).ast.kind == AstRefKind::Item, "definition is no item");
    return ast::ItemId(def(d).ast.id);
  }
  const ast::Item &item(DefId d) const { return ast(d).items[itemId(d)]; }
  template <class T> const T &itemAs(DefId d) const { return ast(d).get<T>(itemId(d)); }
  const ast::Variant &variant(DefId d) const;
  const ast::FieldDef &field(DefId d) const;
  const ast::GenericParam &genericParam(DefId d) const;
  // Shape and fields of a struct, union or variant, or of the one a constructor makes.
  const ast::VariantData &variantData(DefId d) const;
  // Generics of an item that can have them; null for the others (Mod, Static, Macro, ...).
  const ast::Generics *generics(DefId d) const;

  // ---- relations; all eager definitions, in source order ----
  llvm::ArrayRef<DefId> children(DefId d) const { return crateOf(d).children(d); }
  llvm::ArrayRef<DefId> genericParams(DefId d) const;  // lifetimes included
  llvm::ArrayRef<DefId> fields(DefId structOrVariant) const;
  llvm::ArrayRef<DefId> variants(DefId enumDef) const;
  DefId ctor(DefId structOrVariant) const;             // none: braced
  void assocItems(DefId traitOrImpl, llvm::SmallVectorImpl<DefId> &out) const;
  DefId findAssoc(DefId traitOrImpl, Symbol name, Namespace ns) const; // as Crate::findAssoc
  // The trait, impl, enum, struct, ... that an associated item, variant, field or constructor belongs to; for a constructor the type or variant.
  bool isAssoc(DefId d) const { return isAssocKind(kind(d)); }

  // ---- modules ----
  const Module &module(ModuleId m) const { return crates_[m.raw >> 24]->names[m]; }
  const Decl &decl(DeclId d) const { return crates_[d.raw >> 24]->names[d]; }
  const Import &import(ImportId i) const { return crates_[i.raw >> 24]->names[i]; }
  // The module that a `mod`, enum, trait or crate root is; none for others.
  ModuleId moduleOf(DefId d) const;
  // Where paths inside `d` are looked up from (a block module for items in bodies; for a `mod`, itself).
  ModuleId scopeOf(DefId d) const;
  // The `mod` (or crate root) around `d`.
  DefId parentMod(DefId d) const { return module(scopeOf(d)).normal; }
  // True when something of visibility `vis` can be named in `from` (Reference: visibility-and-privacy).
  bool isAccessible(DefVis vis, ModuleId from) const { return isAccessible(vis, module(from).normal); }
  bool isAccessible(DefVis vis, DefId fromMod) const;
  // True when everything that may see `b` may see `a`.
  bool isAtLeast(DefVis a, DefVis b) const;

  // ---- language and diagnostic items, over all crates ----
  DefId langItem(Symbol name) const;
  DefId langItem(llvm::StringRef name) const { return langItem(session_.symbols.intern(name)); }
  DefId diagnosticItem(Symbol name) const;
  // The name under which a definition is a language item; none.
  Symbol langItemName(DefId d) const;

  // ---- macros ----
  const MacroInfo *macro(DefId d) const {
    auto it = crateOf(d).macros.find(d.index());
    return it == crateOf(d).macros.end() ? nullptr : &it->second;
  }

  // ---- impls over all crates ----
  // f(const ImplRow &) for each impl of `trait` that can apply to a self type with head `self` (blanket ones included).
  template <class F> void forEachImpl(DefId trait, SimplifiedType self, F &&f) const {
    for (const std::unique_ptr<Crate> &c : crates_) {
      for (const ImplRow &r : c->impls.ofTrait(trait, SimplifiedType()))
        f(r);
      if (!self.isNone())
        for (const ImplRow &r : c->impls.ofTrait(trait, self))
          f(r);
    }
  }
  template <class F> void forEachImpl(DefId trait, F &&f) const {
    for (const std::unique_ptr<Crate> &c : crates_)
      for (const ImplRow &r : c->impls.ofTrait(trait))
        f(r);
  }
  template <class F> void forEachInherentImpl(SimplifiedType self, F &&f) const {
    for (const std::unique_ptr<Crate> &c : crates_)
      for (const ImplRow &r : c->impls.inherent(self))
        f(r);
  }
  const ImplRow *implRow(DefId impl) const { return crateOf(impl).impls.find(impl); }
  // The trait that an impl implements; none: inherent or unresolved.
  DefId implTrait(DefId impl) const {
    const ImplRow *r = implRow(impl);
    return r ? r->trait : DefId();
  }

  // ---- for messages ----
  // `core::option::Option::map`; impls print as `{impl#3}`. `withCrate`: false leaves the crate's name out when it is local.
  std::string path(DefId d, bool withCrate = true) const;
  // "struct", "module", "associated function", ... as rustc names kinds.
  static const char *descr(DefKind kind, const Def *def = nullptr);
  const char *descr(Res res) const;
  // "a" or "an" for `descr`.
  static const char *article(llvm::StringRef descr);

private:
  Session &session_;
  std::vector<std::unique_ptr<Crate>> crates_;
};

} // namespace ferric
