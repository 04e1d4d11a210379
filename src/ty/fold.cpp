// Structural folding. A fold rebuilds only what changed: lists and types whose parts come back
// identical are returned as they are, without touching the interner.
#include "ty/fold.h"

namespace ferric::ty {

template <class T, class Fold, class Make> static Slice<T> foldSlice(Slice<T> in, Fold foldOne, Make make) {
  for (size_t i = 0; i < in.size(); ++i) {
    T first = foldOne(in[i]);
    if (first == in[i])
      continue;
    llvm::SmallVector<T, 8> out(in.begin(), in.begin() + i);
    out.push_back(first);
    for (size_t j = i + 1; j < in.size(); ++j)
      out.push_back(foldOne(in[j]));
    return make(llvm::ArrayRef<T>(out));
  }
  return in;
}

GenericArg TypeFolder::foldArg(GenericArg a) {
  if (a.isTy())
    return fold(a.ty());
  if (a.isRegion())
    return fold(a.region());
  return fold(a.konst());
}

Term TypeFolder::fold(Term t) {
  if (!t)
    return t;
  return t.isTy() ? Term(fold(t.ty())) : Term(fold(t.konst()));
}

GenericArgs TypeFolder::foldAll(GenericArgs a) {
  return foldSlice<GenericArg>(a, [&](GenericArg x) { return fold(x); }, [&](llvm::ArrayRef<GenericArg> v) { return tcx.mkArgs(v); });
}
TyList TypeFolder::foldAll(TyList l) {
  return foldSlice<Ty>(l, [&](Ty x) { return fold(x); }, [&](llvm::ArrayRef<Ty> v) { return tcx.mkTyList(v); });
}
Clauses TypeFolder::foldAll(Clauses c) {
  return foldSlice<Predicate>(c, [&](Predicate x) { return fold(x); }, [&](llvm::ArrayRef<Predicate> v) { return tcx.mkClauses(v); });
}

PatternRef TypeFolder::fold(PatternRef p) {
  if (!p)
    return p;
  PatternData d = *p;
  if (d.lo)
    d.lo = fold(d.lo);
  if (d.hi)
    d.hi = fold(d.hi);
  llvm::SmallVector<PatternRef, 2> alts;
  for (PatternRef alt : d.alts)
    alts.push_back(fold(alt));
  d.alts = tcx.mkPatterns(alts);
  return tcx.mkPattern(d);
}

ExistentialPredicate TypeFolder::fold(ExistentialPredicate p) {
  p.args = fold(p.args);
  if (p.kind == ExistentialKind::Projection) {
    Term t = fold(existentialTerm(p));
    p.termIsConst = !t.isTy();
    p.termTy = t.isTy() ? static_cast<const void *>(t.ty().p) : t.konst().p;
  }
  return p;
}
ExistentialPredicates TypeFolder::fold(ExistentialPredicates preds) {
  return foldSlice<PolyExistentialPredicate>(preds, [&](const PolyExistentialPredicate &x) { return fold<ExistentialPredicate>(x); },
                                             [&](llvm::ArrayRef<PolyExistentialPredicate> v) { return tcx.mkExistentials(v); });
}

// The type with another part; itself when the part is the same.
template <class Part> static Ty with(Ctx &tcx, Ty t, Part TyData::*field, Part part) {
  if (t.p->*field == part)
    return t;
  TyData d = *t;
  d.*field = part;
  return tcx.mk(d);
}
template <class Part, class Other> static Ty with(Ctx &tcx, Ty t, Part TyData::*field, Part part, Other TyData::*other, Other otherPart) {
  if (t.p->*field == part)
    return with(tcx, t, other, otherPart);
  TyData d = *t;
  d.*field = part;
  d.*other = otherPart;
  return tcx.mk(d);
}

Ty TypeFolder::superFoldTy(Ty t) {
  switch (t.kind()) {
  case TyKind::Adt: case TyKind::FnDef: case TyKind::Closure: case TyKind::Coroutine: case TyKind::CoroutineClosure:
  case TyKind::CoroutineWitness: case TyKind::Alias:
    return with(tcx, t, &TyData::args, fold(t->args));
  case TyKind::Array: {
    Ty inner = fold(t->inner);
    return with(tcx, t, &TyData::inner, inner, &TyData::len, fold(t->len));
  }
  case TyKind::Pat: {
    Ty inner = fold(t->inner);
    return with(tcx, t, &TyData::inner, inner, &TyData::pattern, fold(t->pattern));
  }
  case TyKind::Slice: case TyKind::RawPtr:
    return with(tcx, t, &TyData::inner, fold(t->inner));
  case TyKind::Ref: {
    Ty inner = fold(t->inner);
    return with(tcx, t, &TyData::inner, inner, &TyData::region, fold(t->region));
  }
  case TyKind::FnPtr: {
    ++binders;
    TyList list = fold(t->list);
    --binders;
    return with(tcx, t, &TyData::list, list);
  }
  case TyKind::UnsafeBinder: {
    ++binders;
    Ty inner = fold(t->inner);
    --binders;
    return with(tcx, t, &TyData::inner, inner);
  }
  case TyKind::Dynamic: {
    ExistentialPredicates preds = fold(t->preds);
    return with(tcx, t, &TyData::preds, preds, &TyData::region, fold(t->region));
  }
  case TyKind::Tuple:
    return with(tcx, t, &TyData::list, fold(t->list));
  default:
    return t;
  }
}

Const TypeFolder::superFoldConst(Const c) {
  ConstData d = *c;
  if (c.is(ConstKind::Unevaluated)) {
    d.args = fold(d.args);
    return d.args == c->args ? c : tcx.mkConst(d);
  }
  if (c.is(ConstKind::Value)) {
    d.ty = fold(d.ty);
    if (!d.value->isLeaf && d.value->branches.flags()) {
      llvm::SmallVector<Const, 4> branches;
      for (Const b : d.value->branches)
        branches.push_back(fold(b));
      d.value = tcx.mkBranches(branches);
    }
    return d.ty == c->ty && d.value == c->value ? c : tcx.mkConst(d);
  }
  return c;
}

Predicate TypeFolder::superFoldPredicate(Predicate p) {
  ++binders;
  GenericArgs traitArgs = fold(p->traitRef.args), aliasArgs = fold(p->alias.args);
  GenericArg a = p->a ? fold(p->a) : p->a, b = p->b ? fold(p->b) : p->b;
  --binders;
  if (traitArgs == p->traitRef.args && aliasArgs == p->alias.args && a == p->a && b == p->b)
    return p;
  PredicateData d = *p;
  d.traitRef.args = traitArgs;
  d.alias.args = aliasArgs;
  d.a = a;
  d.b = b;
  return tcx.mkPredicate(d);
}

void walkTypes(GenericArgs args, llvm::function_ref<bool(Ty)> f) {
  for (GenericArg a : args) {
    if (a.isTy())
      walkTypes(a.ty(), f);
    else if (a.isConst()) {
      Const c = a.konst();
      if (c.is(ConstKind::Value))
        walkTypes(c.valueTy(), f);
      else if (c.is(ConstKind::Unevaluated))
        walkTypes(c.args(), f);
    }
  }
}

void walkTypes(Ty t, llvm::function_ref<bool(Ty)> f) {
  if (!f(t))
    return;
  if (t->args.p)
    walkTypes(t->args, f);
  if (t->inner)
    walkTypes(t->inner, f);
  for (Ty e : t->list)
    walkTypes(e, f);
  if (t->len && t->len.is(ConstKind::Unevaluated))
    walkTypes(t->len.args(), f);
  for (const PolyExistentialPredicate &p : t->preds) {
    walkTypes(p.value.args, f);
    if (p.value.kind == ExistentialKind::Projection && existentialTerm(p.value).isTy())
      walkTypes(existentialTerm(p.value).ty(), f);
  }
}

// ---- instantiate ----
namespace {
class ShiftFolder final : public TypeFolder {
public:
  ShiftFolder(Ctx &tcx, uint32_t by) : TypeFolder(tcx), by_(by) {}
  Ty foldTy(Ty t) override {
    if (t.outerBinder() <= binders)
      return t;
    if (t.is(TyKind::Bound))
      return tcx.mkBound(t.debruijn() + by_, t.index());
    return superFoldTy(t);
  }
  Region foldRegion(Region r) override {
    return r->kind == RegionKind::Bound && r->debruijn >= binders ? tcx.mkBoundRegion(r->debruijn + by_, r->index) : r;
  }
  Const foldConst(Const c) override {
    if (c.outerBinder() <= binders)
      return c;
    if (c.is(ConstKind::Bound)) {
      ConstData d = *c;
      d.debruijn += by_;
      return tcx.mkConst(d);
    }
    return superFoldConst(c);
  }

private:
  uint32_t by_;
};

class ArgFolder final : public TypeFolder {
public:
  ArgFolder(Ctx &tcx, GenericArgs args) : TypeFolder(tcx, kHasParam), args_(args) {}
  Ty foldTy(Ty t) override {
    if (!t.has(kHasParam))
      return t;
    if (t.is(TyKind::Param)) {
      CHECK(t.index() < args_.size(), "type parameter out of range when instantiating");
      return shiftIn(tcx, args_[t.index()].ty(), binders);
    }
    return superFoldTy(t);
  }
  Region foldRegion(Region r) override {
    if (r->kind != RegionKind::EarlyParam)
      return r;
    CHECK(r->index < args_.size(), "region parameter out of range when instantiating");
    return shiftIn(tcx, args_[r->index], binders).region();
  }
  Const foldConst(Const c) override {
    if (!c.has(kHasParam))
      return c;
    if (c.is(ConstKind::Param)) {
      CHECK(c.index() < args_.size(), "const parameter out of range when instantiating");
      return shiftIn(tcx, args_[c.index()], binders).konst();
    }
    return superFoldConst(c);
  }
  Predicate foldPredicate(Predicate p) override { return p->flags & kHasParam ? superFoldPredicate(p) : p; }

private:
  GenericArgs args_;
};

class BoundFolder final : public TypeFolder {
public:
  BoundFolder(Ctx &tcx, BoundVars vars, BoundReplacer f) : TypeFolder(tcx), vars_(vars), f_(f) {}
  GenericArg replacement(uint32_t var) {
    auto [it, inserted] = memo_.try_emplace(var);
    if (inserted)
      it->second = f_(var, vars_[var]);
    return it->second;
  }
  Ty foldTy(Ty t) override {
    if (t.outerBinder() <= binders)
      return t;
    if (t.is(TyKind::Bound)) {
      if (t.debruijn() == binders)
        return shiftIn(tcx, replacement(t.index()).ty(), binders);
      return tcx.mkBound(t.debruijn() - 1, t.index());
    }
    return superFoldTy(t);
  }
  Region foldRegion(Region r) override {
    if (r->kind != RegionKind::Bound || r->debruijn < binders)
      return r;
    if (r->debruijn == binders)
      return shiftIn(tcx, replacement(r->index), binders).region();
    return tcx.mkBoundRegion(r->debruijn - 1, r->index);
  }
  Const foldConst(Const c) override {
    if (c.outerBinder() <= binders)
      return c;
    if (c.is(ConstKind::Bound)) {
      if (c.debruijn() == binders)
        return shiftIn(tcx, replacement(c.index()), binders).konst();
      ConstData d = *c;
      --d.debruijn;
      return tcx.mkConst(d);
    }
    return superFoldConst(c);
  }

private:
  BoundVars vars_;
  BoundReplacer f_;
  llvm::SmallDenseMap<uint32_t, GenericArg, 4> memo_;
};

class EraseFolder final : public TypeFolder {
public:
  explicit EraseFolder(Ctx &tcx) : TypeFolder(tcx, kHasRegions) {}
  Ty foldTy(Ty t) override { return t.has(kHasRegions) ? superFoldTy(t) : t; }
  Region foldRegion(Region r) override { return r->kind == RegionKind::Bound ? r : tcx.common.erased; }
  Const foldConst(Const c) override { return c.has(kHasRegions) ? superFoldConst(c) : c; }
};
} // namespace

#define INSTANTIATE(T, FLAGS)                                                                      \
  T instantiate(Ctx &tcx, T v, GenericArgs args) {                                                 \
    if (!((FLAGS) & kHasParam))                                                                    \
      return v;                                                                                    \
    return ArgFolder(tcx, args).fold(v);                                                           \
  }
INSTANTIATE(Ty, v.flags())
INSTANTIATE(Const, v.flags())
INSTANTIATE(GenericArg, v.flags())
INSTANTIATE(GenericArgs, v.flags())
INSTANTIATE(Predicate, v->flags)
INSTANTIATE(Clauses, v.flags())
INSTANTIATE(TraitRef, v.args.flags())
INSTANTIATE(AliasTy, v.args.flags())
#undef INSTANTIATE
FnSig instantiate(Ctx &tcx, const FnSig &s, GenericArgs args) { return ArgFolder(tcx, args).fold(s); }
Instance instantiate(Ctx &tcx, const Instance &i, GenericArgs args) { return ArgFolder(tcx, args).fold(i); }
PolyFnSig instantiate(Ctx &tcx, const PolyFnSig &s, GenericArgs args) {
  return s.value.inputsAndOutput.flags() & kHasParam ? ArgFolder(tcx, args).fold<FnSig>(s) : s;
}

Ty shiftIn(Ctx &tcx, Ty t, uint32_t by) {
  return by == 0 || t.outerBinder() == 0 ? t : ShiftFolder(tcx, by).fold(t);
}
GenericArg shiftIn(Ctx &tcx, GenericArg a, uint32_t by) {
  return by == 0 || a.outerBinder() == 0 ? a : ShiftFolder(tcx, by).fold(a);
}

Ty replaceBound(Ctx &tcx, Ty inside, BoundVars vars, BoundReplacer f) {
  return inside.outerBinder() == 0 ? inside : BoundFolder(tcx, vars, f).fold(inside);
}
FnSig replaceBound(Ctx &tcx, const PolyFnSig &b, BoundReplacer f) {
  return b.value.inputsAndOutput.outerBinder() == 0 ? b.value : BoundFolder(tcx, b.vars, f).fold(b.value);
}
ExistentialPredicate replaceBound(Ctx &tcx, const PolyExistentialPredicate &b, BoundReplacer f) {
  return BoundFolder(tcx, b.vars, f).fold(b.value);
}
Predicate replaceBound(Ctx &tcx, Predicate p, BoundReplacer f) {
  if (p->vars.empty())
    return p;
  BoundFolder folder(tcx, p->vars, f);
  PredicateData d = *p;
  d.traitRef.args = folder.fold(d.traitRef.args);
  d.alias.args = folder.fold(d.alias.args);
  if (d.a)
    d.a = folder.fold(d.a);
  if (d.b)
    d.b = folder.fold(d.b);
  // The predicate remains under its (now empty) binder: what still refers further out keeps its index.
  d.vars = {};
  auto shiftAll = [&](GenericArgs args) {
    llvm::SmallVector<GenericArg, 8> out;
    for (GenericArg a : args)
      out.push_back(shiftIn(tcx, a, 1));
    return tcx.mkArgs(out);
  };
  if (d.traitRef.args.outerBinder())
    d.traitRef.args = shiftAll(d.traitRef.args);
  if (d.alias.args.outerBinder())
    d.alias.args = shiftAll(d.alias.args);
  if (d.a)
    d.a = shiftIn(tcx, d.a, 1);
  if (d.b)
    d.b = shiftIn(tcx, d.b, 1);
  return tcx.mkPredicate(d);
}

static GenericArg toErased(Ctx &tcx, const BoundVar &v) {
  CHECK(v.kind == BoundVarKind::Region, "bound type or constant where only lifetimes are expected");
  return tcx.common.erased;
}
FnSig eraseLateBound(Ctx &tcx, const PolyFnSig &b) {
  return replaceBound(tcx, b, [&](uint32_t, const BoundVar &v) { return toErased(tcx, v); });
}
Predicate eraseLateBound(Ctx &tcx, Predicate p) {
  return replaceBound(tcx, p, [&](uint32_t, const BoundVar &v) { return toErased(tcx, v); });
}
ExistentialPredicate eraseLateBound(Ctx &tcx, const PolyExistentialPredicate &b) {
  return replaceBound(tcx, b, [&](uint32_t, const BoundVar &v) { return toErased(tcx, v); });
}

Ty eraseRegions(Ctx &tcx, Ty t) { return EraseFolder(tcx).fold(t); }
GenericArgs eraseRegions(Ctx &tcx, GenericArgs a) { return a.flags() & kHasRegions ? EraseFolder(tcx).fold(a) : a; }
Predicate eraseRegions(Ctx &tcx, Predicate p) { return p->flags & kHasRegions ? EraseFolder(tcx).fold(p) : p; }
FnSig eraseRegions(Ctx &tcx, const FnSig &s) { return EraseFolder(tcx).fold(s); }
TraitRef eraseRegions(Ctx &tcx, const TraitRef &t) { return EraseFolder(tcx).fold(t); }

} // namespace ferric::ty
