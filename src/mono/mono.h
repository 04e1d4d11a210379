// Monomorphisation: which instances the crate's object must contain, and what they are called.
#pragma once
#include "mono/reachable.h"

namespace ferric::mono {

enum class MonoItemKind : uint8_t { Fn, Static, GlobalAsm };
struct MonoItem {
  MonoItemKind kind{};
  Instance instance;           // Fn
  DefId def;                   // Static, GlobalAsm
  bool exported = false;       // visible outside of the object
};

// Everything reachable from the local crate's roots: exported functions, statics, global assembly, `main`. In order of
// discovery. `references` are those of all its bodies.
std::vector<MonoItem> collect(Ctx &tcx, const References &references);
// The symbols of the functions among them that objects of other crates may use instead of code of their own, sorted.
std::vector<std::string> exportedFunctions(Ctx &tcx, llvm::ArrayRef<MonoItem> items);
// For checking that code can be made of everything: the statics and the functions of all crates that are not generic, and each generic
// function and closure at the first instance that those use. `visit` is called for each item with what finds its uses; items for
// which it answers false are left out.
std::vector<MonoItem> collectEveryBody(Ctx &tcx, llvm::function_ref<bool(const MonoItem &, llvm::function_ref<void()>)> visit);
// `MONO_ITEM fn path @@ crate.0[Internal]` lines, sorted, as -Zprint-mono-items prints them.
void printItems(Ctx &tcx, llvm::ArrayRef<MonoItem> items, llvm::raw_ostream &os);
// Pair of types whose vtable an unsizing cast needs; the second is no `dyn` type when it needs none.
std::pair<Ty, Ty> tailsForUnsizing(Ctx &tcx, Ty source, Ty target);

// ---- symbol names ----
std::string mangleV0(Ctx &tcx, const Instance &instance);
// A symbol of the runtime, in the pseudo crate `__rustc`.
std::string mangleInternal(Ctx &tcx, llvm::StringRef name);
// A type alone; equal only for equal types. Regions must be erased.
std::string mangleType(Ctx &tcx, Ty t);
uint64_t crateDisambiguator(Ctx &tcx, CrateId crate);

// Registers symbolName and typeIdHash.
void registerMonoProviders(Ctx &tcx);

} // namespace ferric::mono
