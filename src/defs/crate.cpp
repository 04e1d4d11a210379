// Lookups over the crates of a session. Children of definitions are kept as one array sorted by parent
// (compressed rows), made once when all eager definitions exist: definitions of one parent come from
// different macro expansions and are not neighbours in the table.
#include "defs/crate.h"

namespace ferric {

using namespace ast;

// ---- children ----

void Crate::sealChildren() {
  uint32_t n = uint32_t(defs.size());
  childBegin_.truncate(0);
  childBegin_.fill(n + 1, 0);
  for (uint32_t i = 1; i < n; ++i)
    ++childBegin_[Row(defs[DefId(id, i)].parent.index() + 1)];
  for (uint32_t i = 0; i < n; ++i)
    childBegin_[Row(i + 1)] += childBegin_[Row(i)];
  children_.truncate(0);
  children_.fill(childBegin_[Row(n)], DefId());
  std::vector<uint32_t> next(childBegin_.begin(), childBegin_.end() - 1);
  size_t assoc = 0;
  for (uint32_t i = 1; i < n; ++i) {
    const Def &d = defs[DefId(id, i)];
    children_[Row(next[d.parent.index()]++)] = DefId(id, i);
    assoc += isAssocKind(d.kind);
  }
  assoc_.truncate(0);
  assoc_.fill(llvm::NextPowerOf2(2 * assoc), DefId());
  for (uint32_t i = 1; i < n; ++i)
    if (DefId def(id, i); isAssocKind(defs[def].kind))
      *assocSlot(defs[def].parent, defs[def].name, [](DefId) { return false; }) = def;
}

// Linear probing, from a place that images depend on.
template <class F> DefId *Crate::assocSlot(DefId parent, Symbol name, F isWanted) const {
  uint32_t mask = uint32_t(assoc_.size()) - 1;
  uint64_t hash = (uint64_t(parent.index()) << 32 | name.raw) * 0x9E3779B97F4A7C15ull;
  for (uint32_t at = uint32_t(hash >> 32) & mask;; at = (at + 1) & mask)
    if (DefId &slot = const_cast<DefId &>(assoc_[Row(at)]); !slot.valid() || isWanted(slot))
      return &slot;
}

DefId Crate::findAssoc(DefId parent, Symbol name, Namespace ns) const {
  if (assoc_.size() == 0)
    return DefId();
  return *assocSlot(parent, name, [&](DefId d) {
    const Def &row = defs[d];
    return row.parent == parent && row.name == name && (row.kind == DefKind::AssocTy) == (ns == Namespace::Type);
  });
}

template <class F> Nameless *Crate::namelessSlot(uint32_t id, F isWanted) const {
  uint32_t mask = uint32_t(nameless_.size()) - 1;
  for (uint32_t at = uint32_t(id * 0x9E3779B97F4A7C15ull >> 32) & mask;; at = (at + 1) & mask)
    if (Nameless &slot = const_cast<Nameless &>(nameless_[Row(at)]);
        slot.ast.kind == AstRefKind::None || isWanted(slot))
      return &slot;
}

const Nameless *Crate::findNameless(DefKind kind, AstRef ast) const {
  if (nameless_.size() == 0)
    return nullptr;
  const Nameless *found = namelessSlot(
      ast.id, [&](const Nameless &n) { return n.kind == kind && n.ast.kind == ast.kind && n.ast.id == ast.id; });
  return found->ast.kind == AstRefKind::None ? nullptr : found;
}

void Crate::sealNameless(llvm::ArrayRef<Nameless> all) {
  auto isTold = [&](const Nameless &n) {
    bool isLiteral =
        n.kind == DefKind::AnonConst && this->ast.exprs[ExprId(n.ast.id)].kind == ExprKind::Lit; // never a definition
    return n.def.valid() || (n.disambiguator != 0 && !isLiteral);
  };
  size_t count = llvm::count_if(all, isTold);
  nameless_.truncate(0);
  if (count == 0)
    return;
  nameless_.fill(llvm::NextPowerOf2(2 * count), Nameless());
  for (const Nameless &n : all)
    if (isTold(n))
      *namelessSlot(n.ast.id, [](const Nameless &) { return false; }) = n;
}

llvm::ArrayRef<DefId> Crate::children(DefId def) const {
  uint32_t i = def.index();
  if (i + 1 >= childBegin_.size())
    return {};
  return llvm::ArrayRef<DefId>(children_).slice(childBegin_[Row(i)], childBegin_[Row(i + 1)] - childBegin_[Row(i)]);
}

// ---- crates ----

Crate &Crates::add(Symbol name, unsigned edition) {
  CHECK(crates_.size() < 0xFE, "more than 254 crates in a session");
  crates_.push_back(std::make_unique<Crate>(CrateId{uint8_t(crates_.size())}));
  Crate &c = *crates_.back();
  c.name = name;
  c.edition = edition;
  return c;
}

Crate *Crates::findByName(Symbol name) const {
  for (const std::unique_ptr<Crate> &c : crates_)
    if (c->name == name)
      return c.get();
  return nullptr;
}

bool Crates::isDescendant(DefId d, DefId ancestor) const {
  if (d.crate() != ancestor.crate())
    return false;
  for (; d.valid(); d = parent(d))
    if (d == ancestor)
      return true;
  return false;
}

// ---- attributes ----

const Attr *Crates::findAttr(const Ast &ast, AttrsId attrs, Symbol name) {
  for (AttrId a : ast.attrsOf(attrs))
    if (ast.attrs[a].name == name && !ast.attrs[a].isDoc)
      return &ast.attrs[a];
  return nullptr;
}

Symbol Crates::attrValue(const Ast &ast, const Attr &attr) {
  if (attr.argKind != AttrArgs::Eq)
    return Symbol();
  for (const lex::Token &t : lex::tokens(ast.tokens, attr.args))
    if (t.is(lex::TokenKind::Literal) && (t.lit() == lex::LitKind::Str || t.lit() == lex::LitKind::StrRaw))
      return t.sym;
  // `= stringify!(name)`: what a macro that defines language items writes.
  llvm::ArrayRef<lex::Token> t = lex::tokens(ast.tokens, attr.args);
  if (t.size() > 3 && t[0].is(lex::TokenKind::Ident) && t[0].sym == sym::stringify && t[1].is(lex::TokenKind::Bang))
    for (const lex::Token &x : t.drop_front(2))
      if (x.is(lex::TokenKind::Ident))
        return x.sym;
  return Symbol();
}

// ---- syntax ----

const VariantData &Crates::variantData(DefId d) const {
  const Def &def = this->def(d);
  if (def.kind == DefKind::Ctor)
    return variantData(def.parent);
  if (def.kind == DefKind::Variant)
    return variant(d).data;
  if (def.kind == DefKind::Union)
    return itemAs<UnionItem>(d).data;
  return itemAs<StructItem>(d).data;
}

const Variant &Crates::variant(DefId d) const {
  const Def &def = this->def(d);
  CHECK(def.ast.kind == AstRefKind::Variant, "definition is no variant");
  return ast(d).list(itemAs<EnumItem>(def.parent).variants)[def.ast.id];
}

const FieldDef &Crates::field(DefId d) const {
  const Def &def = this->def(d);
  CHECK(def.ast.kind == AstRefKind::Field, "definition is no field");
  return ast(d).list(variantData(def.parent).fields)[def.ast.id];
}

const GenericParam &Crates::genericParam(DefId d) const {
  const Def &def = this->def(d);
  CHECK(def.ast.kind == AstRefKind::GenericParam, "definition is no generic parameter");
  const Generics *g = generics(def.parent);
  CHECK(g, "generic parameter of a definition without generics");
  return ast(d).list(g->params)[def.ast.id];
}

const Generics *Crates::generics(DefId d) const {
  if (def(d).ast.kind != AstRefKind::Item)
    return nullptr;
  const Ast &ast = this->ast(d);
  ItemId id = itemId(d);
  switch (ast.items[id].kind) {
  case ItemKind::Const: return &ast.get<ConstItem>(id).generics;
  case ItemKind::Fn: return &ast.get<FnItem>(id).generics;
  case ItemKind::TyAlias: return &ast.get<TyAliasItem>(id).generics;
  case ItemKind::Enum: return &ast.get<EnumItem>(id).generics;
  case ItemKind::Struct: return &ast.get<StructItem>(id).generics;
  case ItemKind::Union: return &ast.get<UnionItem>(id).generics;
  case ItemKind::Trait: return &ast.get<TraitItem>(id).generics;
  case ItemKind::TraitAlias: return &ast.get<TraitAliasItem>(id).generics;
  case ItemKind::Impl: return &ast.get<ImplItem>(id).generics;
  default: return nullptr;
  }
}

// ---- relations ----

// The run of children of one of two kinds: definitions of a parent are made in the order parameters, constructor,
// fields or variants, so such a run is contiguous.
static llvm::ArrayRef<DefId> run(const Crates &crates, llvm::ArrayRef<DefId> all, bool (*is)(DefKind)) {
  size_t lo = 0;
  while (lo < all.size() && !is(crates.kind(all[lo])))
    ++lo;
  size_t hi = lo;
  while (hi < all.size() && is(crates.kind(all[hi])))
    ++hi;
  return all.slice(lo, hi - lo);
}

llvm::ArrayRef<DefId> Crates::genericParams(DefId d) const {
  llvm::ArrayRef<DefId> all = children(d);
  size_t n = 0;
  while (n < all.size() && (kind(all[n]) == DefKind::TyParam || kind(all[n]) == DefKind::ConstParam ||
                            kind(all[n]) == DefKind::LifetimeParam))
    ++n;
  return all.take_front(n);
}

llvm::ArrayRef<DefId> Crates::fields(DefId d) const {
  return run(*this, children(d), [](DefKind k) { return k == DefKind::Field; });
}

llvm::ArrayRef<DefId> Crates::variants(DefId d) const {
  return run(*this, children(d), [](DefKind k) { return k == DefKind::Variant; });
}

DefId Crates::ctor(DefId d) const {
  for (DefId c : children(d)) {
    DefKind k = kind(c);
    if (k == DefKind::Ctor)
      return c;
    if (k == DefKind::Field)
      break;
  }
  return DefId();
}

void Crates::assocItems(DefId d, llvm::SmallVectorImpl<DefId> &out) const {
  for (DefId c : children(d))
    if (isAssoc(c))
      out.push_back(c);
}

DefId Crates::findAssoc(DefId d, Symbol name, Namespace ns) const { return crateOf(d).findAssoc(d, name, ns); }

// ---- modules ----

ModuleId Crates::moduleOf(DefId d) const {
  if (d.index() == 0)
    return crateOf(d).rootModule();
  const Crate &c = crateOf(d);
  auto it = c.defModules.find(d.index());
  return it == c.defModules.end() ? ModuleId() : it->second;
}

ModuleId Crates::scopeOf(DefId d) const {
  if (d.index() == 0)
    return crateOf(d).rootModule();
  for (; d.valid(); d = parent(d)) {
    const Def &def = this->def(d);
    if (def.kind == DefKind::Mod)
      return moduleOf(d);
    if (def.module.valid())
      return def.module;
  }
  UNREACHABLE("definition outside of all modules");
}

bool Crates::isAccessible(DefVis vis, DefId from) const {
  if (vis.isPublic())
    return true;
  if (vis.scope.crate() != from.crate())
    return false;
  if (vis.scope.index() == 0)
    return true;
  for (ModuleId m = moduleOf(from); m.valid();) {
    const Module &mod = module(m);
    if (mod.def == vis.scope)
      return true;
    if (!mod.parent.valid())
      return false;
    m = module(mod.parent).normalModule;
  }
  return false;
}

bool Crates::isAtLeast(DefVis a, DefVis b) const {
  if (a.isPublic())
    return true;
  return !b.isPublic() && isAccessible(a, b.scope);
}

// ---- language items ----

DefId Crates::langItem(Symbol name) const {
  for (const std::unique_ptr<Crate> &c : crates_) {
    auto it = c->langItems.find(name);
    if (it != c->langItems.end())
      return it->second;
  }
  return DefId();
}

DefId Crates::diagnosticItem(Symbol name) const {
  for (const std::unique_ptr<Crate> &c : crates_) {
    auto it = c->diagnosticItems.find(name);
    if (it != c->diagnosticItems.end())
      return it->second;
  }
  return DefId();
}

Symbol Crates::langItemName(DefId d) const {
  const Attr *a = findAttr(d, sym::lang);
  return a ? attrValue(ast(d), *a) : Symbol();
}

// ---- printing ----

static void appendSegment(const Crates &crates, DefId d, std::string &out) {
  const Def &def = crates.def(d);
  if (def.kind == DefKind::Impl)
    out += "{impl#" + std::to_string(def.disambiguator) + "}";
  else if (def.kind == DefKind::Closure)
    out += "{closure#" + std::to_string(def.disambiguator) + "}";
  else if (def.kind == DefKind::AnonConst || def.kind == DefKind::InlineConst)
    out += "{constant#" + std::to_string(def.disambiguator) + "}";
  else if (def.kind == DefKind::ForeignMod)
    out += "{extern#" + std::to_string(def.disambiguator) + "}";
  else if (def.kind == DefKind::Use)
    out += "{use#" + std::to_string(def.disambiguator) + "}";
  else if (def.kind == DefKind::GlobalAsm)
    out += "{global_asm#" + std::to_string(def.disambiguator) + "}";
  else if (def.kind == DefKind::OpaqueTy)
    out += "{opaque#" + std::to_string(def.disambiguator) + "}";
  else if (def.kind == DefKind::Ctor)
    out += "{constructor}";
  else
    out += crates.session().str(def.name);
}

std::string Crates::path(DefId d, bool withCrate) const {
  llvm::SmallVector<DefId, 8> chain;
  for (DefId at = d; at.valid() && at.index() != 0; at = parent(at))
    if (kind(at) != DefKind::ForeignMod || at == d)
      chain.push_back(at);
  std::string out;
  if (withCrate || !d.isLocal() || chain.empty())
    out = chain.empty() && d.isLocal() && !withCrate ? "crate" : session_.str(crateOf(d).name).str();
  for (DefId at : llvm::reverse(chain)) {
    if (!out.empty())
      out += "::";
    appendSegment(*this, at, out);
  }
  return out;
}

const char *Crates::descr(DefKind kind, const Def *def) {
  switch (kind) {
  case DefKind::Mod: return "module";
  case DefKind::Struct: return "struct";
  case DefKind::Union: return "union";
  case DefKind::Enum: return "enum";
  case DefKind::Variant: return "variant";
  case DefKind::Trait: return "trait";
  case DefKind::TyAlias: return "type alias";
  case DefKind::ForeignTy: return "foreign type";
  case DefKind::TraitAlias: return "trait alias";
  case DefKind::AssocTy: return "associated type";
  case DefKind::TyParam: return "type parameter";
  case DefKind::Fn: return "function";
  case DefKind::Const: return "constant";
  case DefKind::ConstParam: return "const parameter";
  case DefKind::Static: return "static";
  case DefKind::Ctor:
    if (def && def->ctorOf == CtorOf::Variant)
      return def->ctorKind == CtorKind::Fn ? "tuple variant" : "unit variant";
    return def && def->ctorKind == CtorKind::Const ? "unit struct" : "tuple struct";
  case DefKind::AssocFn: return "associated function";
  case DefKind::AssocConst: return "associated constant";
  case DefKind::Macro: return "macro";
  case DefKind::ExternCrate: return "extern crate";
  case DefKind::Use: return "import";
  case DefKind::ForeignMod: return "foreign module";
  case DefKind::AnonConst: return "constant expression";
  case DefKind::InlineConst: return "inline constant";
  case DefKind::OpaqueTy: return "opaque type";
  case DefKind::Field: return "field";
  case DefKind::LifetimeParam: return "lifetime parameter";
  case DefKind::GlobalAsm: return "global assembly block";
  case DefKind::Impl: return "implementation";
  case DefKind::Closure: return "closure";
  }
  return "item";
}

const char *Crates::descr(Res res) const {
  switch (res.kind) {
  case ResKind::Err: return "unresolved item";
  case ResKind::Def:
    if (res.defKind == DefKind::Mod && res.def.index() == 0)
      return "crate";
    if (res.defKind == DefKind::AssocFn && res.def.valid()) {
      const Def &d = def(res.def);
      if (d.ast.kind == AstRefKind::Item && ast(res.def).get<FnItem>(ItemId(d.ast.id)).decl.hasSelf)
        return "method";
    }
    if (res.defKind == DefKind::Macro && res.def.valid())
      if (const MacroInfo *m = macro(res.def); m && !(m->kinds & MacroInfo::kBang))
        return m->kinds & MacroInfo::kDerive ? "derive macro" : "attribute macro";
    return descr(res.defKind, res.def.valid() ? &def(res.def) : nullptr);
  case ResKind::PrimTy: return "builtin type";
  case ResKind::SelfTyParam: case ResKind::SelfTyAlias: return "self type";
  case ResKind::SelfCtor: return "self constructor";
  case ResKind::Local: return "local variable";
  case ResKind::ToolMod: return "tool module";
  case ResKind::NonMacroAttr:
    switch (res.attrKind()) {
    case NonMacroAttrKind::Builtin: return "built-in attribute";
    case NonMacroAttrKind::Tool: return "tool attribute";
    default: return "derive helper attribute";
    }
  }
  return "item";
}

const char *Crates::article(llvm::StringRef descr) {
  return descr.empty() || !llvm::StringRef("aeiou").contains(descr[0]) || descr.starts_with("uni") ? "a" : "an";
}

} // namespace ferric
