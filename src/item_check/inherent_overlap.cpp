// E0592: a type has two inherent associated items of one name in one namespace, in one impl or in two that fit a common type
// (rustc_hir_analysis::coherence::inherent_impls_overlap). Impls of different crates cannot both be inherent of one type.
#include "item_check/checker.h"
#include <map>

namespace ferric::item_check {

namespace {
struct Item { DefId def, impl; SimplifiedType self; };
using Key = std::tuple<uint32_t, uint32_t, bool>; // name, hygiene, type namespace

void report(Tcx &tcx, DefId at, DefId other) {
  std::string name = tcx.sess.str(tcx.crates.ident(at)).str();
  tcx.sess.diag.error(tcx.def(at).span, "E0592", "duplicate definitions with name `" + name + "`")
      .label(tcx.def(at).span, "duplicate definitions for `" + name + "`")
      .label(tcx.def(other).span, "other definition for `" + name + "`");
}

bool fitCommonType(Tcx &tcx, DefId a, DefId b) {
  InferCtxt cx(tcx);
  ObligationCtxt ocx(cx);
  GenericArgs x = cx.freshArgsForItem(Span(), a), y = cx.freshArgsForItem(Span(), b);
  Ty ta = ocx.normalize(Cause(), {}, ty::instantiate(tcx, ty::eraseRegions(tcx, tcx.typeOf(a)), x));
  Ty tb = ocx.normalize(Cause(), {}, ty::instantiate(tcx, ty::eraseRegions(tcx, tcx.typeOf(b)), y));
  if (ta.has(ty::kHasError) || tb.has(ty::kHasError) || !cx.eq(ta, tb))
    return false;
  llvm::SmallVector<ErasedClause, 8> clauses;
  instantiatedPredicates(tcx, a, x, clauses);
  instantiatedPredicates(tcx, b, y, clauses);
  for (const ErasedClause &c : clauses) {
    Predicate p = ocx.normalize(Cause(), {}, c.clause);
    if (evaluate(cx, {}, p) == EvalResult::No)
      return false;
    ocx.add({p, {}, Cause(), 0});
  }
  return ocx.selectWherePossible();
}
} // namespace

void checkInherentOverlaps(Tcx &tcx) {
  std::map<Key, llvm::SmallVector<Item, 2>> byName;
  llvm::SmallVector<const ImplRow *, 16> impls;
  for (const ImplRow &row : tcx.crates[kLocalCrate].impls.rows())
    if (!row.trait.valid())
      impls.push_back(&row);
  llvm::sort(impls, [](const ImplRow *a, const ImplRow *b) { return a->impl.raw < b->impl.raw; });
  for (const ImplRow *row : impls)
    for (const ty::AssocItem &i : tcx.assocItems(row->impl)) {
      Ident ident = tcx.crates.ident(i.def);
      auto &same = byName[{ident.name.raw, tcx.sess.hygiene.normalizeToMacros20(ident.span.ctxt).raw, i.kind == ty::AssocKind::Type}];
      bool inImpl = false;
      for (const Item &earlier : same) {
        if (earlier.impl == row->impl && !std::exchange(inImpl, true))
          report(tcx, i.def, earlier.def);
        else if (earlier.impl != row->impl && earlier.self == row->self && fitCommonType(tcx, earlier.impl, row->impl))
          report(tcx, earlier.def, i.def);
      }
      if (!inImpl)
        same.push_back({i.def, row->impl, row->self});
    }
}

} // namespace ferric::item_check
