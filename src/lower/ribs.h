// Names that are in scope inside an item: locals, generic parameters, Self, labels, and the places where block
// modules, macro definitions and items stand between them (rustc_resolve::late, "ribs"). One stack; a hash of chains
// finds the innermost binding of a name at once, and the rare special entries are merged in by position.
#pragma once
#include "base/hygiene.h"
#include "defs/defs.h"
#include "llvm/ADT/DenseMap.h"

namespace ferric::lower {

enum class RibSpace : uint8_t { Type, Value, Label };
// What a name may not be used across. Closure: labels. FnItem: locals (E0434), generic parameters (E0401), labels. AnonConst:
// locals (E0435), labels, and generic parameters unless `generics`. Const: locals, labels.
enum class Barrier : uint8_t { None, Closure, FnItem, AnonConst, Const, ConstParamTy };
enum class RibKind : uint8_t { Binding, Block, MacroDef, Barrier };

struct RibEntry {
  RibKind kind{};
  RibSpace space{};
  Barrier barrier{};
  bool isParam = false;          // generic parameter or Self: macros 2.0 hygiene; else macro_rules hygiene
  bool typesAllowed = false;     // AnonConst: type parameters may be used
  bool constsAllowed = false;    // AnonConst: const parameters may be used
  Symbol name;
  SyntaxContext ctxt;            // normalised
  Span span;
  Res res;                       // Label: local = HirId of the target
  ModuleId module;               // Block
  DefId macro;                   // MacroDef
  uint32_t prev = ~0u;           // Binding: outer binding of the same name
};

// Answer of a lookup. Block: the name was not a binding; `outer` entries are to be looked at by the caller.
struct RibHit {
  const RibEntry *entry = nullptr;
  // Barriers between the use and the binding, innermost first.
  llvm::SmallVector<const RibEntry *, 2> crossed;
};

class Ribs {
public:
  explicit Ribs(const Hygiene &hygiene) : hygiene_(hygiene) {}

  void bind(RibSpace space, Ident ident, Res res, bool isParam);
  void pushBlock(ModuleId module);
  void pushMacro(DefId macro);
  void pushBarrier(Barrier b, bool typesAllowed = true, bool constsAllowed = true);
  size_t mark() const { return entries_.size(); }
  void reset(size_t mark);

  // Walks outwards from the innermost entry. `inBlock(module, ident)` is asked at each block module on the way and ends the
  // walk by returning true. False: nothing found.
  bool lookup(RibSpace space, Ident ident, RibHit &hit, llvm::function_ref<bool(ModuleId, Ident)> inBlock) const;
  // Calls f(entry) for bindings of a space, innermost first, until it returns true.
  template <class F> void forEach(RibSpace space, F &&f) const {
    for (size_t i = entries_.size(); i-- > 0;)
      if (entries_[i].kind == RibKind::Binding && entries_[i].space == space && f(entries_[i]))
        return;
  }

private:
  static uint64_t key(RibSpace space, Symbol name) { return uint64_t(space) << 32 | name.raw; }
  const Hygiene &hygiene_;
  std::vector<RibEntry> entries_;
  llvm::SmallVector<uint32_t, 16> specials_; // indices of entries that are no bindings
  llvm::DenseMap<uint64_t, uint32_t> heads_;
};

} // namespace ferric::lower
