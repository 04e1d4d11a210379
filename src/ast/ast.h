// The syntax tree: stores of small nodes addressed by ids, and one pool of 32-bit words that holds
// the nodes' payload structs and lists. Nothing here is a pointer, so a crate's Ast can be written
// out and mapped again. Filled by parse and expand; read-only afterwards.
//
//   ExprId e; switch (ast.exprs[e].kind) { case ExprKind::Call: { const CallExpr &c = ast.get<CallExpr>(e); ... } }
//   for (ExprId a : ast.list(c.args)) ...
#pragma once
#include "base/hygiene.h"
#include "lex/token.h"

namespace ferric::ast {

FERRIC_ID(ExprId);
FERRIC_ID(TypeId);
FERRIC_ID(PatId);
FERRIC_ID(StmtId);
FERRIC_ID(ItemId);
FERRIC_ID(BlockId);
FERRIC_ID(PathId);
FERRIC_ID(GenericArgsId);
FERRIC_ID(AttrId);
FERRIC_ID(AttrsId); // a list of attributes; none = no attributes

#define ENUM(K) K,
enum class ExprKind : uint8_t {
#define EXPR ENUM
#include "ast/kinds.def"
};
enum class TypeKind : uint8_t {
#define TYPE ENUM
#include "ast/kinds.def"
};
enum class PatKind : uint8_t {
#define PAT ENUM
#include "ast/kinds.def"
};
enum class StmtKind : uint8_t {
#define STMT ENUM
#include "ast/kinds.def"
};
enum class ItemKind : uint8_t {
#define ITEM ENUM
#include "ast/kinds.def"
};
#undef ENUM

// A node of any of the five families: kind, span, attributes, and the word offset of its payload.
template <class KindT> struct Node {
  KindT kind{};
  uint8_t flags = 0;
  AttrsId attrs;
  Span span;
  uint32_t data = 0;
};
using Expr = Node<ExprKind>;
using Type = Node<TypeKind>;
using Pat = Node<PatKind>;
using Stmt = Node<StmtKind>;
static_assert(sizeof(Expr) == 24);

enum class VisKind : uint8_t { Inherited, Public, Restricted }; // Restricted: pub(crate|self|super|in path)
struct Visibility {
  VisKind kind = VisKind::Inherited;
  bool shorthand = false; // pub(crate) rather than pub(in crate)
  Span span;
  PathId path;
};

// Modules, crate items, associated items, foreign items and items in blocks alike.
struct Item {
  ItemKind kind{};
  bool isDefault = false;      // `default fn`
  AttrsId attrs;
  Visibility vis;
  Ident ident;                 // empty symbol: none (impl, use, extern block, global_asm); `const _` is `_`
  Span span;
  uint32_t data = 0;
  lex::TokenRange tokens;      // the tokens it was parsed from, outer attributes included; for derives and attribute macros
};

struct Path {
  Span span;
  List<struct PathSegment> segments; // words offset; `::a` begins with segment path_root
  bool isGlobal = false;
};
struct PathSegment {
  Ident ident;
  GenericArgsId args;          // none: no `<..>` written
};

enum class AttrStyle : uint8_t { Outer, Inner };
enum class AttrArgs : uint8_t { Empty, Delimited, Eq };
struct Attr {
  AttrStyle style{};
  AttrArgs argKind{};
  bool isDoc = false;          // from a doc comment: docText set
  bool isBlockDoc = false;
  bool isUnsafe = false;       // #[unsafe(..)]
  lex::Delim delim{};
  PathId path;                 // none for doc comments
  Symbol name;                 // the path when it is a single segment
  lex::TokenRange args;        // inside the delimiters, or after `=`; without any, empty where they would be
  Symbol docText;
  Span span;
};

struct Block {
  List<StmtId> stmts;
  bool isUnsafe = false;
  bool hasTailLet = false;
  Span span;
};

} // namespace ferric::ast
#include "ast/nodes.h"
namespace ferric::ast {

// What one crate parsed. Payload structs are read with get<T>(id), where T's kind must be the node's.
class Ast {
public:
  Store<Expr, ExprId> exprs;
  Store<Type, TypeId> types;
  Store<Pat, PatId> pats;
  Store<Stmt, StmtId> stmts;
  Store<Item, ItemId> items;
  Store<Block, BlockId> blocks;
  Store<Path, PathId> paths;
  Store<GenericArgs, GenericArgsId> genericArgs;
  Store<Attr, AttrId> attrs;
  Store<List<AttrId>, AttrsId> attrLists;
  lex::TokenStore tokens;

  template <class T, class IdT> const T &get(IdT id) const {
    const auto &n = node(id);
    CHECK(n.kind == T::kKind, "syntax tree node read as another kind");
    return *reinterpret_cast<const T *>(words_.data() + n.data);
  }
  template <class T, class IdT> T &getMut(IdT id) {
    return const_cast<T &>(static_cast<const Ast *>(this)->get<T>(id));
  }
  // Elements of a list: ids or POD structs.
  template <class T> llvm::ArrayRef<T> list(List<T> l) const {
    return {reinterpret_cast<const T *>(words_.data() + l.begin), l.len};
  }
  template <class T> llvm::MutableArrayRef<T> listMut(List<T> l) {
    return {reinterpret_cast<T *>(words_.data() + l.begin), l.len};
  }
  template <class T> List<T> addList(llvm::ArrayRef<T> values) {
    static_assert(std::is_trivially_copyable_v<T> && sizeof(T) % 4 == 0 && alignof(T) <= 4);
    uint32_t begin = words_.append({reinterpret_cast<const uint32_t *>(values.data()), values.size() * (sizeof(T) / 4)});
    return {begin, uint32_t(values.size())};
  }
  template <class T> uint32_t addPayload(const T &value) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 4);
    alignas(4) uint32_t buf[(sizeof(T) + 3) / 4] = {};
    std::memcpy(buf, &value, sizeof(T));
    return words_.append(buf);
  }
  template <class T> ExprId addExpr(Span span, const T &payload, AttrsId attrs = {})
    requires std::is_same_v<decltype(T::kKind), const ExprKind>
  { return exprs.add({T::kKind, 0, attrs, span, addPayload(payload)}); }
  template <class T> TypeId addType(Span span, const T &payload)
    requires std::is_same_v<decltype(T::kKind), const TypeKind>
  { return types.add({T::kKind, 0, {}, span, addPayload(payload)}); }
  template <class T> PatId addPat(Span span, const T &payload)
    requires std::is_same_v<decltype(T::kKind), const PatKind>
  { return pats.add({T::kKind, 0, {}, span, addPayload(payload)}); }
  template <class T> StmtId addStmt(Span span, const T &payload, AttrsId attrs = {})
    requires std::is_same_v<decltype(T::kKind), const StmtKind>
  { return stmts.add({T::kKind, 0, attrs, span, addPayload(payload)}); }

  llvm::ArrayRef<AttrId> attrsOf(AttrsId id) const { return id ? list(attrLists[id]) : llvm::ArrayRef<AttrId>(); }
  AttrsId addAttrs(llvm::ArrayRef<AttrId> ids) { return ids.empty() ? AttrsId() : attrLists.add(addList(ids)); }

  // Sizes of all stores but the tokens; release() drops every node made since: nodes that were parsed only to find their
  // end (macro matching, configured-out code).
  struct Mark { size_t exprs, types, pats, stmts, items, blocks, paths, genericArgs, attrs, attrLists, words; };
  Mark mark() const {
    return {exprs.size(), types.size(), pats.size(), stmts.size(), items.size(), blocks.size(), paths.size(),
            genericArgs.size(), attrs.size(), attrLists.size(), words_.size()};
  }
  void release(const Mark &m);

  // f(store) for each store, in the order in which they stand in an image.
  template <class F> void forEachStore(F &&f) {
    f(exprs);
    f(types);
    f(pats);
    f(stmts);
    f(items);
    f(blocks);
    f(paths);
    f(genericArgs);
    f(attrs);
    f(attrLists);
    f(tokens);
    f(words_);
  }

  // Bytes held, for -Ztime-passes and the benchmarks.
  size_t bytes() const;

private:
  const Expr &node(ExprId id) const { return exprs[id]; }
  const Type &node(TypeId id) const { return types[id]; }
  const Pat &node(PatId id) const { return pats[id]; }
  const Stmt &node(StmtId id) const { return stmts[id]; }
  const Item &node(ItemId id) const { return items[id]; }
  Store<uint32_t, Symbol> words_; // payloads and lists
};

// Calls f(ItemId) for each item of a list, seeing through macro expansions (ItemKind::Expansion).
template <class F> void forEachItem(const Ast &ast, List<ItemId> items, F &&f) {
  for (ItemId id : ast.list(items)) {
    if (ast.items[id].kind == ItemKind::Expansion)
      forEachItem(ast, ast.get<ExpansionItem>(id).items, f);
    else
      f(id);
  }
}
// The same for statements (StmtKind::Expansion).
template <class F> void forEachStmt(const Ast &ast, List<StmtId> stmts, F &&f) {
  for (StmtId id : ast.list(stmts)) {
    if (ast.stmts[id].kind == StmtKind::Expansion)
      forEachStmt(ast, ast.get<ExpansionStmt>(id).stmts, f);
    else
      f(id);
  }
}

} // namespace ferric::ast
