// A macro call, attribute or derive that waits to be expanded.
#pragma once
#include "expand/resolver_interface.h"

namespace ferric::expand {

// What kind of syntax the invocation stands for; decides how its output is parsed and where it goes.
enum class Target : uint8_t { Expr, Type, Pat, Stmt, Item, Inert /* an attribute on something that is not an item */ };

enum class DirOwnership : uint8_t { Owned, UnownedViaBlock };

// The file and module path that code stands in (rustc ModuleData).
struct ModuleFile {
  std::string path;            // `core::num`
  std::string dir;             // where `mod x;` looks
  std::string relative;        // `dir` is of the parent: look in dir/relative (the file is not mod.rs)
  std::string file;            // of the innermost file
  uint32_t parent = 0xFFFFFFFF;
};

struct Invocation {
  MacroKind kind{};
  Target target{};
  ItemPlace place{};           // Item
  bool trailing = false;       // expression at the end of a block
  bool viaBlock = false;       // `mod x;` is not allowed
  bool eager = false;          // an argument that its macro looks at: its output is not visited
  bool resolved = false;       // `macro` is valid
  uint32_t node = 0;           // raw id of the node of the target's family
  ast::PathId path;
  ast::AttrId attr;            // Attr
  ast::AttrId attrValue;       // Expr: the value of `#[name = mac!(..)]`, written back into the attribute
  ast::AttrsId originalAttrs;  // Attr: the item's attributes with it
  ast::ItemId deriveItem;      // Derive: the item it is derived for
  bool deriveConst = false;
  bool withCopy = false;       // Derive: Copy is derived by the same attribute
  uint32_t depth = 0;
  ExpnId expn;
  ExpnId parentExpn{0};
  uint32_t module = 0;         // ModuleFile
  Span span;                   // of the invocation
  ParentScope scope;
  DefId macro;
  std::vector<ast::PathId> laterDerives;
};

} // namespace ferric::expand
