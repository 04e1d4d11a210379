// Definitions: one table per crate, a row per item, field, variant, constructor, generic parameter, ...
// (rustc-dev-guide, "Identifiers in the HIR"; rustc_hir::def). Rows for items of the source are made
// eagerly by resolve, in source order; rows for closures, anonymous constants and opaque types are
// added by lower when a body is lowered.
#pragma once
#include "ast/ast.h"

namespace ferric {

enum class DefKind : uint8_t {
  Mod, Struct, Union, Enum, Variant, Trait, TyAlias, ForeignTy, TraitAlias, AssocTy, TyParam,
  Fn, Const, ConstParam, Static, Ctor, AssocFn, AssocConst,
  Macro, ExternCrate, Use, ForeignMod, AnonConst, InlineConst, OpaqueTy, Field, LifetimeParam,
  GlobalAsm, Impl, Closure,
};
inline bool isAssocKind(DefKind k) { return k == DefKind::AssocFn || k == DefKind::AssocConst || k == DefKind::AssocTy; }
enum class CtorOf : uint8_t { Struct, Variant };
enum class CtorKind : uint8_t { Fn, Const };        // tuple-like / unit-like
enum class Namespace : uint8_t { Type, Value, Macro };
inline constexpr unsigned kNamespaces = 3;

// A module of name resolution: `mod`, enum, trait, or the anonymous module of a block that declares items.
// Crate in the upper 8 bits, index into the crate's NameTable in the lower 24 (as DefId).
FERRIC_ID(ModuleId);

// `pub`, or visible inside module `scope` only.
struct DefVis {
  DefId scope;                                       // none: public
  bool isPublic() const { return !scope.valid(); }
};

// Where a definition stands in the syntax tree. `id`: raw id of the family's store; for fields, variants and
// generic parameters it is the *word address* of their POD struct's index inside the parent's list.
enum class AstRefKind : uint8_t { None, Crate, Item, Variant, Field, GenericParam, Expr, Type };
struct AstRef { AstRefKind kind = AstRefKind::None; uint32_t id = 0; };

struct Def {
  DefKind kind{};
  CtorOf ctorOf{};                                   // Ctor
  CtorKind ctorKind{};
  bool inBlock = false;                              // declared inside a body
  DefId parent;
  Symbol name;                                       // empty for impls, closures, anonymous constants, ...
  uint32_t disambiguator = 0;                        // among siblings with the same kind of name (v0 mangling)
  DefVis vis;
  AstRef ast;                                        // variant/field/param: index in the parent's list
  ast::AttrsId attrs;
  Span span;                                         // of the whole item
  Span identSpan;
  ExpnId expn{0};                                    // expansion that produced it
  ModuleId module;                                   // where paths in it are looked up from: the module (or block module)
                                                     // around it; `Crates::moduleOf` gives the module that a `mod` itself is
};

// The definitions of one crate; relocation-free.
class DefTable {
public:
  explicit DefTable(CrateId crate) : crate_(crate) {}
  DefId add(const Def &def) {
    rows_.add(def);
    return DefId(crate_, uint32_t(rows_.size() - 1));
  }
  const Def &operator[](DefId id) const { return rows_[RowId(id.index())]; }
  Def &mut(DefId id) { return rows_[RowId(id.index())]; }
  size_t size() const { return rows_.size(); }
  CrateId crate() const { return crate_; }
  // Number of the next definition with this name and kind of name under `parent`, counted from 0
  // (rustc_hir::definitions, disambiguators: v0 mangling's `s_`). Call once per added row that can have a namesake.
  // Of a table that came from an image the count starts anew, which is right for what lowering adds: it has no namesakes among the eager rows.
  uint32_t nextDisambiguator(DefId parent, DefKind kind, Symbol name);
  // f(store) for each store, in the order in which they stand in an image.
  template <class F> void forEachStore(F &&f) { f(rows_); }

private:
  FERRIC_ID(RowId);
  CrateId crate_;
  Store<Def, RowId> rows_;
  llvm::DenseMap<std::pair<uint32_t, uint64_t>, uint32_t> disambiguators_;
};

// Primitive types that have names (Reference: types).
enum class PrimTy : uint8_t { Bool, Char, Str, I8, I16, I32, I64, I128, Isize, U8, U16, U32, U64, U128, Usize, F16, F32, F64, F128 };

// What a path means. SelfTyParam: `Self` in trait `def`; SelfTyAlias / SelfCtor: in impl `def`. Local: a
// binding, `local` is its hir::LocalId. NonMacroAttr: a built-in or tool attribute. BuiltinMacro kinds are Macro defs.
enum class ResKind : uint8_t { Err, Def, PrimTy, SelfTyParam, SelfTyAlias, SelfCtor, Local, ToolMod, NonMacroAttr };
enum class NonMacroAttrKind : uint8_t { Builtin, Tool, DeriveHelper, DeriveHelperCompat }; // Res::local of NonMacroAttr
struct Res {
  ResKind kind = ResKind::Err;
  DefKind defKind{};
  PrimTy prim{};
  DefId def;
  uint32_t local = 0;
  static Res ofDef(DefKind kind, DefId id) { return {ResKind::Def, kind, {}, id, 0}; }
  static Res ofPrim(PrimTy p) { return {ResKind::PrimTy, {}, p, {}, 0}; }
  static Res ofAttr(NonMacroAttrKind k) { return {ResKind::NonMacroAttr, {}, {}, {}, uint32_t(k)}; }
  static Res err() { return {}; }
  NonMacroAttrKind attrKind() const { return NonMacroAttrKind(local); }
  bool isErr() const { return kind == ResKind::Err; }
  bool isDef(DefKind k) const { return kind == ResKind::Def && defKind == k; }
  friend bool operator==(const Res &, const Res &) = default;
};

} // namespace ferric
