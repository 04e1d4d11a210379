// How subtyping of a type follows that of its parameters (Reference: subtyping; rustc_hir_analysis::variance). A fixed
// point over the types that mention each other: start bivariant, and let each use of a parameter narrow it.
#include "collect/collect.h"
#include "collect/util.h"
#include "ty/fold.h"

namespace ferric::collect {

using ty::Variance;

namespace {

Variance meet(Variance a, Variance b) {
  if (a == Variance::Bivariant)
    return b;
  if (b == Variance::Bivariant || a == b)
    return a;
  return Variance::Invariant;
}
// A position of variance `b` inside one of variance `a` (rustc Variance::xform).
Variance xform(Variance a, Variance b) {
  switch (a) {
  case Variance::Covariant: return b;
  case Variance::Contravariant:
    return b == Variance::Covariant ? Variance::Contravariant : b == Variance::Contravariant ? Variance::Covariant : b;
  case Variance::Invariant: return b == Variance::Bivariant ? b : Variance::Invariant;
  case Variance::Bivariant: return a;
  }
  return a;
}

// The set of types that a type needs variances of, transitively, and their current estimates.
class Solver {
public:
  explicit Solver(ty::Ctx &tcx) : tcx(tcx) {}
  llvm::DenseMap<DefId, SmallVector<Variance, 4>> map;
  SmallVector<DefId, 8> order;
  bool changed = false;

  void add(DefId def) {
    if (tcx.queries.variancesOf.tryGet(def))
      return;
    auto [it, fresh] = map.try_emplace(def);
    if (!fresh)
      return;
    it->second.assign(tcx.genericsOf(def)->count(), Variance::Bivariant);
    order.push_back(def);
  }
  void visitDef(DefId def) {
    current_ = def;
    if (tcx.defKind(def) == DefKind::Fn || tcx.defKind(def) == DefKind::AssocFn) {
      ty::FnSig sig = tcx.fnSig(def).value;
      for (Ty i : sig.inputs())
        visit(i, Variance::Contravariant);
      visit(sig.output(), Variance::Covariant);
      return;
    }
    for (const ty::VariantDef &v : tcx.adtDef(def)->variants)
      for (const ty::FieldDef &f : v.fields)
        visit(tcx.typeOf(f.def), Variance::Covariant);
  }

private:
  void use(uint32_t index, Variance v) {
    SmallVector<Variance, 4> &own = map[current_];
    if (index >= own.size())
      return;
    Variance n = meet(own[index], v);
    changed |= n != own[index];
    own[index] = n;
  }
  void visit(Region r, Variance v) {
    if (r->kind == ty::RegionKind::EarlyParam)
      use(r->index, v);
  }
  void visit(GenericArg a, Variance v) {
    if (a.isTy())
      visit(a.ty(), v);
    else if (a.isRegion())
      visit(a.region(), v);
    else
      visit(a.konst());
  }
  void visit(Const c) {
    if (c.is(ty::ConstKind::Param))
      use(c.index(), Variance::Invariant);
    else if (c.is(ty::ConstKind::Unevaluated))
      for (GenericArg a : c.args())
        visit(a, Variance::Invariant);
  }
  void visit(Ty t, Variance v) {
    if (!t.has(ty::kHasParam))
      return;
    switch (t.kind()) {
    case ty::TyKind::Param: return use(t.index(), v);
    case ty::TyKind::Ref:
      visit(t.region(), v);
      return visit(t.inner(), t.mut() == ty::Mutability::Mut ? xform(v, Variance::Invariant) : v);
    case ty::TyKind::RawPtr: return visit(t.inner(), t.mut() == ty::Mutability::Mut ? xform(v, Variance::Invariant) : v);
    case ty::TyKind::Array:
      visit(t.len());
      return visit(t.inner(), v);
    case ty::TyKind::Slice:
    case ty::TyKind::Pat:
    case ty::TyKind::UnsafeBinder: return visit(t.inner(), v);
    case ty::TyKind::Tuple:
      for (Ty e : t.tuple())
        visit(e, v);
      return;
    case ty::TyKind::Adt: {
      DefId def = t.adt()->def;
      GenericArgs args = t.args();
      if (const ArrayRef<Variance> *known = tcx.queries.variancesOf.tryGet(def)) {
        for (size_t i = 0; i < args.size() && i < known->size(); ++i)
          visit(args[i], xform(v, (*known)[i]));
        return;
      }
      add(def);
      SmallVector<Variance, 4> estimate = map[def];
      for (size_t i = 0; i < args.size() && i < estimate.size(); ++i)
        visit(args[i], xform(v, estimate[i]));
      return;
    }
    case ty::TyKind::FnPtr: {
      ty::FnSig sig = t.fnPtrSig().value;
      for (Ty i : sig.inputs())
        visit(i, xform(v, Variance::Contravariant));
      return visit(sig.output(), v);
    }
    case ty::TyKind::Dynamic:
      visit(t.region(), v);
      for (const ty::PolyExistentialPredicate &p : t.preds()) {
        for (GenericArg a : p.value.args)
          visit(a, xform(v, Variance::Invariant));
        if (p.value.kind == ty::ExistentialKind::Projection) {
          ty::Term term = ty::existentialTerm(p.value);
          if (term.isTy())
            visit(term.ty(), xform(v, Variance::Invariant));
        }
      }
      return;
    default:
      if (t.is(ty::TyKind::Alias) || t.is(ty::TyKind::FnDef) || t.is(ty::TyKind::Closure))
        for (GenericArg a : t.args())
          visit(a, xform(v, Variance::Invariant));
      return;
    }
  }
  ty::Ctx &tcx;
  DefId current_;
};

ArrayRef<Variance> provideVariances(ty::Ctx &tcx, const DefId &def) {
  switch (tcx.defKind(def)) {
  case DefKind::Struct: case DefKind::Enum: case DefKind::Union: case DefKind::Fn: case DefKind::AssocFn:
    break;
  default: {
    const ty::Generics *g = tcx.genericsOf(def);
    SmallVector<Variance, 4> all(g ? g->count() : 0, Variance::Invariant);
    return tcx.copy(ArrayRef<Variance>(all));
  }
  }
  if (const ty::AdtDef *adt = tcx.defKind(def) == DefKind::Fn || tcx.defKind(def) == DefKind::AssocFn ? nullptr : tcx.adtDef(def); adt && adt->isPhantomData) {
    Variance v = Variance::Covariant;
    return tcx.copy(ArrayRef<Variance>(v));
  }
  if (tcx.defKind(def) == DefKind::Struct && tcx.adtDef(def)->isUnsafeCell) {
    Variance v = Variance::Invariant;
    return tcx.copy(ArrayRef<Variance>(v));
  }
  Solver s(tcx);
  s.add(def);
  do {
    s.changed = false;
    size_t count = s.order.size();
    for (size_t i = 0; i < s.order.size(); ++i) {
      DefId d = s.order[i];
      bool special = tcx.defKind(d) != DefKind::Fn && tcx.defKind(d) != DefKind::AssocFn && (tcx.adtDef(d)->isPhantomData || tcx.adtDef(d)->isUnsafeCell);
      if (special) {
        Variance v = tcx.adtDef(d)->isPhantomData ? Variance::Covariant : Variance::Invariant;
        s.changed |= s.map[d][0] != v;
        s.map[d][0] = v;
      } else {
        s.visitDef(d);
      }
    }
    s.changed |= count != s.order.size();
  } while (s.changed);
  for (DefId d : s.order)
    if (d != def)
      tcx.queries.variancesOf.set(d, tcx.copy(ArrayRef<Variance>(s.map[d])));
  return tcx.copy(ArrayRef<Variance>(s.map[def]));
}

} // namespace

void registerVariances(ty::Ctx &tcx) { tcx.queries.variancesOf.provider = provideVariances; }

} // namespace ferric::collect
