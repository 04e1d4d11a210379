// Vtable layout (rustc_trait_selection::traits::vtable). The vtable of a trait starts with the whole vtable of its first supertrait (in
// the end: with drop, size, align), so that upcasting to that one is free; for each other supertrait with methods follow its methods and a
// pointer to its own vtable; the trait's own methods come last.
#include "traits/vtable.h"
#include "traits/caches.h"
#include "traits/fulfill.h"

namespace ferric::traits {

using ty::VtblEntry;
using ty::VtblEntryKind;

llvm::ArrayRef<VtblEntry> vtableHeader(Tcx &tcx) {
  static const VtblEntry kHeader[3] = {{VtblEntryKind::DropInPlace, {}, {}}, {VtblEntryKind::Size, {}, {}}, {VtblEntryKind::Align, {}, {}}};
  return kHeader;
}

// Methods of a trait that have a slot, in source order.
static llvm::SmallVector<DefId, 8> ownEntries(Tcx &tcx, DefId trait) {
  llvm::SmallVector<DefId, 8> out;
  for (const ty::AssocItem &i : tcx.assocItems(trait))
    if (i.kind == ty::AssocKind::Fn && isVtableSafeMethod(tcx, trait, i.def))
      out.push_back(i.def);
  return out;
}

static void directSupertraits(Tcx &tcx, const TraitRef &tr, llvm::SmallVectorImpl<TraitRef> &out) {
  for (const ty::SpannedClause &c : tcx.superPredicatesOf(tr.trait)) {
    if (c.clause.kind() != PredicateKind::Trait || c.clause->negative)
      continue;
    Predicate p = ty::instantiate(tcx, ty::eraseRegions(tcx, ty::eraseLateBound(tcx, c.clause)), tr.args);
    if (p->traitRef.self() == tr.self())
      out.push_back({p->traitRef.trait, normalizeErasingRegions(tcx, {}, p->traitRef.args)});
  }
}

// Calls f(trait, methods, whether a pointer to the trait's own vtable follows) for each part behind the header; f returns false to stop.
static void forSegments(Tcx &tcx, const TraitRef &root, llvm::function_ref<bool(const TraitRef &, llvm::ArrayRef<DefId>, bool)> f) {
  struct Level { TraitRef trait; bool emitVptr; std::shared_ptr<llvm::SmallVector<TraitRef, 4>> siblings; size_t next; };
  llvm::SmallVector<TraitRef, 8> visited{root};
  auto nextUnvisited = [&](Level &l, TraitRef &out) {
    while (l.siblings && l.next < l.siblings->size()) {
      TraitRef t = (*l.siblings)[l.next++];
      if (llvm::is_contained(visited, t))
        continue;
      visited.push_back(t);
      out = t;
      return true;
    }
    return false;
  };
  bool emitVptr = false;
  llvm::SmallVector<Level, 8> stack{{root, false, nullptr, 0}};
  while (!stack.empty()) {
    for (;;) { // dive to the first supertrait that is new
      Level child{{}, emitVptr, std::make_shared<llvm::SmallVector<TraitRef, 4>>(), 0};
      directSupertraits(tcx, stack.back().trait, *child.siblings);
      if (!nextUnvisited(child, child.trait))
        break;
      stack.push_back(child);
    }
    while (!stack.empty()) { // emit, then on to the next sibling or out
      Level l = stack.pop_back_val();
      llvm::SmallVector<DefId, 8> methods = ownEntries(tcx, l.trait.trait);
      if (!f(l.trait, methods, l.emitVptr && !methods.empty()))
        return;
      emitVptr |= !methods.empty();
      Level sibling{{}, emitVptr, l.siblings, l.next};
      if (nextUnvisited(sibling, sibling.trait)) {
        stack.push_back(sibling);
        break;
      }
    }
  }
}

// False when the method's own where-clauses cannot hold for these types: its slot stays vacant.
static bool methodIsPossible(Tcx &tcx, DefId method, GenericArgs args) {
  for (const ErasedClause &c : ownPredicates(tcx, method)) {
    Predicate p = ty::instantiate(tcx, c.clause, args);
    if (!isGlobal(p->flags))
      continue;
    InferCtxt cx(tcx, TypingMode::PostAnalysis);
    ObligationCtxt ocx(cx);
    ocx.add({ocx.normalize(Cause(), {}, p), {}, Cause(), 0});
    if (!ocx.selectWherePossible())
      return false;
  }
  return true;
}

llvm::ArrayRef<VtblEntry> vtableEntries(Tcx &tcx, const TraitRef &given) {
  TraitRef tr{given.trait, normalizeErasingRegions(tcx, {}, given.args)};
  Caches::Key key{reinterpret_cast<const void *>(uintptr_t(tr.trait.raw)), tr.args.p};
  auto it = caches(tcx).vtables.find(key);
  if (it != caches(tcx).vtables.end())
    return it->second;
  std::vector<VtblEntry> entries(vtableHeader(tcx).begin(), vtableHeader(tcx).end());
  forSegments(tcx, tr, [&](const TraitRef &t, llvm::ArrayRef<DefId> methods, bool vptr) {
    for (DefId m : methods) {
      // Late-bound lifetimes are no arguments; early-bound ones of the method itself are erased.
      const ty::Generics *g = tcx.genericsOf(m);
      llvm::SmallVector<GenericArg, 8> args(t.args.begin(), t.args.end());
      while (g && args.size() < g->count())
        args.push_back(tcx.common.erased);
      GenericArgs all = tcx.mkArgs(args);
      std::optional<ty::Instance> i = methodIsPossible(tcx, m, all) ? resolveForVtable(tcx, {}, m, all) : std::nullopt;
      if (i)
        entries.push_back({VtblEntryKind::Method, *i, {}});
      else
        entries.push_back({VtblEntryKind::Vacant, {}, {}});
    }
    if (vptr)
      entries.push_back({VtblEntryKind::TraitVPtr, {}, t});
    return true;
  });
  return caches(tcx).vtables[key] = std::move(entries);
}

llvm::ArrayRef<VtblEntry> vtableEntriesFor(Tcx &tcx, Ty self, Ty dynTy) {
  Principal p = principalOf(tcx, dynTy, self);
  return p.has ? vtableEntries(tcx, p.trait) : vtableHeader(tcx);
}

uint32_t vtableMethodIndex(Tcx &tcx, const TraitRef &object, const TraitRef &of, DefId method) {
  uint32_t index = 3, found = ~0u;
  TraitRef target{of.trait, normalizeErasingRegions(tcx, {}, of.args)};
  TraitRef root{object.trait, normalizeErasingRegions(tcx, {}, object.args)};
  forSegments(tcx, root, [&](const TraitRef &t, llvm::ArrayRef<DefId> methods, bool vptr) {
    if (t == target) {
      for (uint32_t i = 0; i < methods.size(); ++i)
        if (methods[i] == method)
          found = index + i;
      return false;
    }
    index += uint32_t(methods.size()) + vptr;
    return true;
  });
  CHECK(found != ~0u, "method without a slot in the vtable");
  return found;
}

std::optional<uint32_t> upcastSlot(Tcx &tcx, Ty source, Ty target) {
  Principal a = principalOf(tcx, source, source), b = principalOf(tcx, target, source);
  if (!a.has || !b.has)
    return std::nullopt;
  uint32_t index = 3;
  std::optional<uint32_t> slot;
  TraitRef want{b.trait.trait, normalizeErasingRegions(tcx, {}, b.trait.args)};
  forSegments(tcx, {a.trait.trait, normalizeErasingRegions(tcx, {}, a.trait.args)}, [&](const TraitRef &t, llvm::ArrayRef<DefId> methods, bool vptr) {
    index += uint32_t(methods.size());
    if (t == want) {
      if (vptr)
        slot = index;
      return false;
    }
    index += vptr;
    return true;
  });
  return slot;
}

} // namespace ferric::traits
