// Walks over definitions for the dumps of HIR and of what collection found out, and for checking that all of a
// library can be lowered and collected.
#include "driver/item_dumps.h"
#include "collect/collect.h"
#include "driver/phases.h"
#include "hir/print.h"
#include "layout/layout.h"
#include "ty/fold.h"
#include "ty/print.h"

namespace ferric::driver {

template <class F> static void forEachDef(ty::Ctx &tcx, CrateId crate, F f) {
  size_t n = tcx.crates[crate].defs.size(); // what lowering adds is not visited
  for (uint32_t i = 0; i < n; ++i)
    f(DefId(crate, i));
}

static bool hasHeader(DefKind k) {
  switch (k) {
  case DefKind::Struct: case DefKind::Union: case DefKind::Enum: case DefKind::Trait: case DefKind::TraitAlias: case DefKind::TyAlias:
  case DefKind::AssocTy: case DefKind::Fn: case DefKind::AssocFn: case DefKind::Const: case DefKind::AssocConst: case DefKind::Static:
  case DefKind::Impl: case DefKind::ForeignTy:
    return true;
  default:
    return false;
  }
}
static bool hasBody(DefKind k) {
  return k == DefKind::Fn || k == DefKind::AssocFn || k == DefKind::Const || k == DefKind::AssocConst || k == DefKind::Static;
}

void printHir(ty::Ctx &tcx, llvm::raw_ostream &os) {
  forEachDef(tcx, kLocalCrate, [&](DefId d) {
    DefKind k = tcx.defKind(d);
    if (!hasHeader(k))
      return;
    hir::print(tcx.sess, tcx.crates, *tcx.hirItem(d), os);
    if (const hir::Body *b = hasBody(k) ? tcx.hirBody(d) : nullptr)
      hir::print(tcx.sess, tcx.crates, *b, os);
    os << '\n';
  });
}

void printSignatures(ty::Ctx &tcx, llvm::raw_ostream &os) {
  forEachDef(tcx, kLocalCrate, [&](DefId d) {
    DefKind k = tcx.defKind(d);
    if (!hasHeader(k))
      return;
    collect::collectItem(tcx, d);
    os << Crates::descr(k, &tcx.def(d)) << ' ' << tcx.crates.path(d) << ty::show(tcx, tcx.identityArgs(d));
    if (k == DefKind::Fn || k == DefKind::AssocFn)
      os << ": " << ty::show(tcx, tcx.fnSig(d).value);
    else if (k == DefKind::Impl) {
      if (ty::TraitRef tr = tcx.implTraitRef(d); tr.trait.valid())
        os << ": " << ty::show(tcx, tr) << " for";
      os << ' ' << ty::show(tcx, tcx.typeOf(d));
    } else if (k != DefKind::Trait && k != DefKind::TraitAlias && (k != DefKind::AssocTy || tcx.assocItem(d).hasValue))
      os << " = " << ty::show(tcx, tcx.typeOf(d));
    os << '\n';
    for (const ty::SpannedClause &c : tcx.explicitPredicatesOf(d).clauses)
      os << "  where " << ty::show(tcx, c.clause) << '\n';
    if (k == DefKind::AssocTy)
      for (ty::Predicate p : tcx.itemBounds(d))
        os << "  bound " << ty::show(tcx, p) << '\n';
    if (k == DefKind::Struct || k == DefKind::Enum || k == DefKind::Union)
      for (const ty::VariantDef &v : tcx.adtDef(d)->variants)
        for (const ty::FieldDef &f : v.fields)
          os << "  " << tcx.sess.str(f.name) << ": " << ty::show(tcx, tcx.typeOf(f.def)) << '\n';
  });
}

void printLayouts(ty::Ctx &tcx, llvm::raw_ostream &os) {
  forEachDef(tcx, kLocalCrate, [&](DefId d) {
    DefKind k = tcx.defKind(d);
    if (k != DefKind::Struct && k != DefKind::Union && k != DefKind::Enum)
      return;
    ty::GenericArgs args = tcx.identityArgs(d);
    if (llvm::any_of(args, [](ty::GenericArg a) { return a.isTy() || a.isConst(); }))
      return;
    ty::Ty t = ty::eraseRegions(tcx, tcx.mkAdt(tcx.adtDef(d), args));
    if (const layout::Layout *l = tcx.layoutOf(t); !l->ok())
      layout::reportLayoutError(tcx, t, l, tcx.def(d).span);
  });
  layout::printTypeSizes(tcx, os);
}

void checkHeaders(ty::Ctx &tcx, llvm::raw_ostream &os, bool bodies) {
  size_t items = 0, headers = 0, bodyCount = 0, nodes = 0;
  {
    Phase phase(tcx.sess, "lower_headers");
    for (size_t c = 0; c < tcx.crates.size(); ++c)
      forEachDef(tcx, CrateId{uint8_t(c)}, [&](DefId d) {
        if (!hasHeader(tcx.defKind(d)))
          return;
        ++headers;
        tcx.hirItem(d);
      });
  }
  {
    Phase phase(tcx.sess, "collect_items");
    for (size_t c = 0; c < tcx.crates.size(); ++c)
      forEachDef(tcx, CrateId{uint8_t(c)}, [&](DefId d) {
        if (!hasHeader(tcx.defKind(d)))
          return;
        ++items;
        collect::collectItem(tcx, d);
      });
  }
  if (bodies) {
    Phase phase(tcx.sess, "lower_bodies");
    for (size_t c = 0; c < tcx.crates.size(); ++c)
      forEachDef(tcx, CrateId{uint8_t(c)}, [&](DefId d) {
        if (!hasBody(tcx.defKind(d)))
          return;
        if (const hir::Body *b = tcx.hirBody(d)) {
          ++bodyCount;
          nodes += b->idCount;
        }
      });
  }
  os << headers << " headers, " << items << " items collected, " << bodyCount << " bodies, " << nodes << " nodes, " << tcx.sess.diag.errorCount()
     << " errors\n";
}

} // namespace ferric::driver
