// The interner. Each family has an open-addressing table of pointers to arena data; flags and the
// outermost binder are computed once, when a value is made, from those of its parts.
#include "ty/context.h"
#include "base/hash.h"
#include "mir/alloc.h"

namespace ferric::ty {

namespace {
// A set of interned data: hash and equality are given with each call.
template <class D> class InternSet {
public:
  template <class Eq, class Make> const D *get(size_t hash, Eq eq, Make make) {
    if ((count_ + 1) * 4 > slots_.size() * 3)
      grow();
    size_t mask = slots_.size() - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
      auto &[h, p] = slots_[i];
      if (!p) {
        h = hash;
        ++count_;
        return p = make();
      }
      if (h == hash && eq(*p))
        return p;
    }
  }
  size_t size() const { return count_; }

private:
  void grow() {
    std::vector<std::pair<size_t, const D *>> old(std::max<size_t>(1024, slots_.size() * 2));
    old.swap(slots_);
    size_t mask = slots_.size() - 1;
    for (auto &s : old) {
      if (!s.second)
        continue;
      size_t i = s.first & mask;
      while (slots_[i].second)
        i = (i + 1) & mask;
      slots_[i] = s;
    }
  }
  std::vector<std::pair<size_t, const D *>> slots_;
  size_t count_ = 0;
};

template <class T> using ListSet = InternSet<ListData<T>>;

// Fields of which a type has at most one share a word.
uint64_t bits(const void *p) { return reinterpret_cast<uintptr_t>(p); }
size_t hashOf(const TyData &d) {
  uint64_t header = unsigned(d.header.safety) | unsigned(d.header.abi) << 8 | unsigned(d.header.abiUnwind) << 16 | unsigned(d.header.cVariadic) << 24;
  uint64_t numbers = header << 32 | unsigned(d.kind) << 8 | d.sub;
  return hashOfAll(numbers ^ uint64_t(d.index) << 16, uint64_t(d.def.raw ^ d.debruijn) << 32 | d.name.raw, bits(d.adt) ^ bits(d.inner.p) ^ bits(d.list.p) ^ bits(d.preds.p),
                   bits(d.args.p) ^ bits(d.region.p) ^ bits(d.len.p) ^ bits(d.pattern.p) ^ bits(d.vars.p));
}
bool same(const TyData &a, const TyData &b) {
  return a.kind == b.kind && a.sub == b.sub && a.index == b.index && a.debruijn == b.debruijn && a.def == b.def && a.name == b.name &&
         a.adt == b.adt && a.inner == b.inner && a.region == b.region && a.len == b.len && a.pattern == b.pattern && a.args == b.args &&
         a.list == b.list && a.vars == b.vars && a.header == b.header && a.preds == b.preds;
}
size_t hashOf(const ConstData &d) {
  return hashOfAll(unsigned(d.kind), d.index, d.debruijn, d.name.raw, d.def.raw, d.args.p, d.ty.p, d.value.p);
}
bool same(const ConstData &a, const ConstData &b) {
  return a.kind == b.kind && a.index == b.index && a.debruijn == b.debruijn && a.name == b.name && a.def == b.def && a.args == b.args &&
         a.ty == b.ty && a.value == b.value;
}
size_t hashOf(const RegionData &d) { return hashOfAll(unsigned(d.kind), d.index, d.debruijn, d.def.raw, d.name.raw); }
bool same(const RegionData &a, const RegionData &b) {
  return a.kind == b.kind && a.index == b.index && a.debruijn == b.debruijn && a.def == b.def && a.name == b.name;
}
size_t hashOf(const PredicateData &d) {
  uint64_t numbers = unsigned(d.kind) | unsigned(d.negative) << 8 | unsigned(d.alias.kind) << 16;
  return hashOfAll(numbers << 32 | (d.traitRef.trait.raw ^ d.alias.def.raw), bits(d.traitRef.args.p) ^ bits(d.alias.args.p), d.a.raw() ^ bits(d.vars.p), d.b.raw());
}
bool same(const PredicateData &a, const PredicateData &b) {
  return a.kind == b.kind && a.negative == b.negative && a.vars == b.vars && a.traitRef == b.traitRef && a.alias == b.alias && a.a == b.a && a.b == b.b;
}
size_t hashOf(const PatternData &d) { return hashOfAll(unsigned(d.kind), d.lo.p, d.hi.p, d.alts.p); }
bool same(const PatternData &a, const PatternData &b) { return a.kind == b.kind && a.lo == b.lo && a.hi == b.hi && a.alts == b.alts; }
size_t hashOf(const ValTreeData &d) { return hashOfAll(d.isLeaf, d.leaf.lo, d.leaf.hi, d.leaf.size, d.branches.p); }
bool same(const ValTreeData &a, const ValTreeData &b) { return a.isLeaf == b.isLeaf && a.leaf == b.leaf && a.branches == b.branches; }

template <class D> size_t hashElem(Interned<D> x) { return bits(x.p); }
size_t hashElem(GenericArg a) { return a.raw(); }
size_t hashElem(const BoundVar &v) { return hashOfAll(unsigned(v.kind), v.def.raw, v.name.raw); }
size_t hashElem(const PolyExistentialPredicate &p) {
  return hashOfAll(unsigned(p.value.kind), p.value.def.raw, p.value.args.p, p.value.termTy, p.value.termIsConst, p.vars.p);
}

// Flags and outermost binder of what a value is made of.
struct Summary {
  uint32_t flags = 0, outer = 0;
  void add(uint32_t f, uint32_t o) { flags |= f; outer = std::max(outer, o); }
  template <class X> void add(X x) { if (x.p) add(x->flags, x->outerBinder); }
  void add(GenericArg a) { if (a) add(a.flags(), a.outerBinder()); }
  template <class T> void add(Slice<T> s) { add(s.flags(), s.outerBinder()); }
  void addBound(uint32_t f, uint32_t o) { add(f, o ? o - 1 : 0); } // behind one binder
  void add(Region r);
};
void addRegion(Summary &s, const RegionData &r) {
  switch (r.kind) {
  case RegionKind::EarlyParam: return s.add(kHasReParam | kHasRegions, 0);
  case RegionKind::Bound: return s.add(kHasBound, r.debruijn + 1);
  case RegionKind::Var: return s.add(kHasReInfer | kHasRegions, 0);
  case RegionKind::Placeholder: return s.add(kHasPlaceholder | kHasRegions, 0);
  case RegionKind::Erased: return;
  case RegionKind::Error: return s.add(kHasError | kHasRegions, 0);
  default: return s.add(kHasRegions, 0);
  }
}
void Summary::add(Region r) { if (r.p) addRegion(*this, *r); }

void addElem(Summary &s, Ty t) { s.add(t); }
void addElem(Summary &s, Const t) { s.add(t); }
void addElem(Summary &s, GenericArg a) { s.add(a); }
void addElem(Summary &s, Predicate p) { s.add(p); }
void addElem(Summary &s, PatternRef p) { if (p) s.add(p->flags, 0); }
void addElem(Summary &, const BoundVar &) {}
void addElem(Summary &s, const PolyExistentialPredicate &p) {
  Summary in;
  in.add(p.value.args);
  if (p.value.kind == ExistentialKind::Projection)
    in.add(existentialTerm(p.value).arg);
  s.addBound(in.flags | (p.vars.empty() ? 0 : kHasBinder), in.outer);
}

Summary summarize(const TyData &d) {
  Summary s;
  switch (d.kind) {
  case TyKind::Param: s.add(kHasTyParam, 0); break;
  case TyKind::Bound: s.add(kHasBound, d.debruijn + 1); break;
  case TyKind::Placeholder: s.add(kHasPlaceholder, 0); break;
  case TyKind::Infer: s.add(InferKind(d.sub) >= InferKind::FreshTy ? kHasFreshInfer : kHasTyInfer, 0); break;
  case TyKind::Error: s.add(kHasError, 0); break;
  case TyKind::FnPtr: {
    s.addBound(d.list.flags() | (d.vars.empty() ? 0 : kHasBinder), d.list.outerBinder());
    return s;
  }
  case TyKind::UnsafeBinder: s.addBound(d.inner.flags() | kHasBinder, d.inner.outerBinder()); return s;
  case TyKind::Alias: {
    AliasKind k = AliasKind(d.sub);
    s.add(k == AliasKind::Projection || k == AliasKind::Inherent ? kHasProjection : k == AliasKind::Opaque ? kHasOpaque : kHasFreeAlias, 0);
    break;
  }
  default: break;
  }
  s.add(d.inner);
  s.add(d.region);
  s.add(d.len);
  s.add(d.args);
  s.add(d.list);
  s.add(d.preds);
  if (d.pattern)
    s.add(d.pattern->flags, 0);
  return s;
}
Summary summarize(const ConstData &d) {
  Summary s;
  switch (d.kind) {
  case ConstKind::Param: s.add(kHasConstParam, 0); break;
  case ConstKind::Infer: s.add(kHasConstInfer, 0); break;
  case ConstKind::Bound: s.add(kHasBound, d.debruijn + 1); break;
  case ConstKind::Placeholder: s.add(kHasPlaceholder, 0); break;
  case ConstKind::Unevaluated: s.add(kHasUnevaluated, 0); break;
  case ConstKind::Error: s.add(kHasError, 0); break;
  case ConstKind::Value:
    if (!d.value->isLeaf)
      s.add(d.value->branches);
    break;
  }
  s.add(d.args);
  s.add(d.ty);
  return s;
}
} // namespace

struct Ctx::Interners {
  InternSet<TyData> tys;
  InternSet<ConstData> consts;
  InternSet<RegionData> regions;
  InternSet<PredicateData> predicates;
  InternSet<PatternData> patterns;
  InternSet<ValTreeData> valtrees;
  ListSet<GenericArg> args;
  ListSet<Ty> tyLists;
  ListSet<Const> constLists;
  ListSet<BoundVar> boundVars;
  ListSet<Predicate> clauses;
  ListSet<PatternRef> patternLists;
  ListSet<PolyExistentialPredicate> existentials;

  template <class T> Slice<T> list(ListSet<T> &set, llvm::BumpPtrAllocator &arena, llvm::ArrayRef<T> values) {
    if (values.empty())
      return {};
    size_t hash = values.size();
    for (const T &v : values)
      hash = hashOfAll(hash, hashElem(v));
    const ListData<T> *p = set.get(
        hash, [&](const ListData<T> &d) { return d.size == values.size() && std::equal(values.begin(), values.end(), d.data()); },
        [&] {
          void *mem = arena.Allocate(sizeof(ListData<T>) + values.size() * sizeof(T), 8);
          Summary s;
          for (const T &v : values)
            addElem(s, v);
          auto *d = new (mem) ListData<T>{uint32_t(values.size()), s.flags, s.outer, uint32_t(set.size())};
          std::uninitialized_copy(values.begin(), values.end(), const_cast<T *>(d->data()));
          return d;
        });
    return {p};
  }
};

Ctx::Ctx(Session &sess, Crates &crates) : sess(sess), crates(crates), in_(std::make_unique<Interners>()) {
  auto simple = [&](TyKind k, unsigned sub = 0) { TyData d; d.kind = k; d.sub = uint8_t(sub); return mk(d); };
  for (unsigned i = 0; i < 6; ++i) {
    ints_[i] = simple(TyKind::Int, i);
    uints_[i] = simple(TyKind::Uint, i);
  }
  for (unsigned i = 0; i < 4; ++i)
    floats_[i] = simple(TyKind::Float, i);
  common.erased = mkRegion({RegionKind::Erased, 0, 0, {}, {}, 0});
  common.static_ = mkRegion({RegionKind::Static, 0, 0, {}, {}, 0});
  common.error_re = mkRegion({RegionKind::Error, 0, 0, {}, {}, 0});
  common.unit = simple(TyKind::Tuple);
  common.never = simple(TyKind::Never);
  common.bool_ = simple(TyKind::Bool);
  common.char_ = simple(TyKind::Char);
  common.str_ = simple(TyKind::Str);
  common.error = simple(TyKind::Error);
  common.i8 = ints_[0], common.i16 = ints_[1], common.i32 = ints_[2], common.i64 = ints_[3], common.i128 = ints_[4], common.isize = ints_[5];
  common.u8 = uints_[0], common.u16 = uints_[1], common.u32 = uints_[2], common.u64 = uints_[3], common.u128 = uints_[4], common.usize = uints_[5];
  common.f16 = floats_[0], common.f32 = floats_[1], common.f64 = floats_[2], common.f128 = floats_[3];
  ConstData err;
  err.kind = ConstKind::Error;
  common.error_ct = mkConst(err);
}
Ctx::~Ctx() = default;

Ty Ctx::mk(const TyData &data) {
  return Ty(in_->tys.get(hashOf(data), [&](const TyData &d) { return same(d, data); }, [&] {
    TyData *d = new (arena.Allocate<TyData>()) TyData(data);
    Summary s = summarize(data);
    d->flags = s.flags;
    d->outerBinder = s.outer;
    d->id = uint32_t(in_->tys.size());
    return d;
  }));
}
Ty Ctx::mkPrim(PrimTy p) {
  switch (p) {
  case PrimTy::Bool: return common.bool_;
  case PrimTy::Char: return common.char_;
  case PrimTy::Str: return common.str_;
  default: break;
  }
  if (p >= PrimTy::F16)
    return floats_[unsigned(p) - unsigned(PrimTy::F16)];
  if (p >= PrimTy::U8)
    return uints_[unsigned(p) - unsigned(PrimTy::U8)];
  return ints_[unsigned(p) - unsigned(PrimTy::I8)];
}
Ty Ctx::mkAdt(const AdtDef *def, GenericArgs args) { TyData d; d.kind = TyKind::Adt; d.adt = def; d.def = def->def; d.args = args; return mk(d); }
Ty Ctx::mkForeign(DefId def) { TyData d; d.kind = TyKind::Foreign; d.def = def; return mk(d); }
Ty Ctx::mkArray(Ty elem, uint64_t len) { return mkArray(elem, mkUsize(len)); }
Ty Ctx::mkArray(Ty elem, Const len) { TyData d; d.kind = TyKind::Array; d.inner = elem; d.len = len; return mk(d); }
Ty Ctx::mkSlice(Ty elem) { TyData d; d.kind = TyKind::Slice; d.inner = elem; return mk(d); }
Ty Ctx::mkPat(Ty base, PatternRef pattern) { TyData d; d.kind = TyKind::Pat; d.inner = base; d.pattern = pattern; return mk(d); }
Ty Ctx::mkPtr(Ty pointee, Mutability m) { TyData d; d.kind = TyKind::RawPtr; d.inner = pointee; d.sub = uint8_t(m); return mk(d); }
Ty Ctx::mkRef(Region r, Ty referent, Mutability m) { TyData d; d.kind = TyKind::Ref; d.region = r; d.inner = referent; d.sub = uint8_t(m); return mk(d); }
Ty Ctx::mkFnDef(DefId def, GenericArgs args) { TyData d; d.kind = TyKind::FnDef; d.def = def; d.args = args; return mk(d); }
Ty Ctx::mkFnPtr(const PolyFnSig &sig) {
  TyData d; d.kind = TyKind::FnPtr; d.list = sig.value.inputsAndOutput; d.header = sig.value.header; d.vars = sig.vars; return mk(d);
}
Ty Ctx::mkUnsafeBinder(Ty inner, BoundVars vars) { TyData d; d.kind = TyKind::UnsafeBinder; d.inner = inner; d.vars = vars; return mk(d); }
Ty Ctx::mkDynamic(ExistentialPredicates preds, Region r) { TyData d; d.kind = TyKind::Dynamic; d.preds = preds; d.region = r; return mk(d); }
Ty Ctx::mkClosure(DefId def, GenericArgs args) { TyData d; d.kind = TyKind::Closure; d.def = def; d.args = args; return mk(d); }
Ty Ctx::mkTuple(llvm::ArrayRef<Ty> elems) { TyData d; d.kind = TyKind::Tuple; d.list = mkTyList(elems); return mk(d); }
Ty Ctx::mkAlias(AliasKind kind, DefId def, GenericArgs args) {
  TyData d; d.kind = TyKind::Alias; d.sub = uint8_t(kind); d.def = def; d.args = args; return mk(d);
}
Ty Ctx::mkParam(uint32_t index, Symbol name) { TyData d; d.kind = TyKind::Param; d.index = index; d.name = name; return mk(d); }
Ty Ctx::mkBound(uint32_t debruijn, uint32_t var) { TyData d; d.kind = TyKind::Bound; d.debruijn = debruijn; d.index = var; return mk(d); }
Ty Ctx::mkPlaceholder(uint32_t universe, uint32_t var) { TyData d; d.kind = TyKind::Placeholder; d.debruijn = universe; d.index = var; return mk(d); }
Ty Ctx::newInfer(InferKind kind, uint32_t vid) {
  TyData d; d.kind = TyKind::Infer; d.sub = uint8_t(kind); d.index = vid;
  std::vector<Ty> &known = infers_[unsigned(kind)];
  known.resize(std::max<size_t>(known.size(), vid + 1));
  return known[vid] = mk(d);
}

Const Ctx::mkConst(const ConstData &data) {
  return Const(in_->consts.get(hashOf(data), [&](const ConstData &d) { return same(d, data); }, [&] {
    ConstData *d = new (arena.Allocate<ConstData>()) ConstData(data);
    Summary s = summarize(data);
    d->flags = s.flags;
    d->outerBinder = s.outer;
    d->id = uint32_t(in_->consts.size());
    return d;
  }));
}
Const Ctx::mkConstParam(uint32_t index, Symbol name) { ConstData d; d.kind = ConstKind::Param; d.index = index; d.name = name; return mkConst(d); }
Const Ctx::mkConstInfer(uint32_t vid) { ConstData d; d.kind = ConstKind::Infer; d.index = vid; return mkConst(d); }
Const Ctx::mkUnevaluated(DefId def, GenericArgs args) { ConstData d; d.kind = ConstKind::Unevaluated; d.def = def; d.args = args; return mkConst(d); }
Const Ctx::mkValue(Ty ty, ValTree v) { ConstData d; d.kind = ConstKind::Value; d.ty = ty; d.value = v; return mkConst(d); }
Const Ctx::mkScalar(Ty ty, ScalarInt s) { return mkValue(ty, mkLeaf(s)); }
Const Ctx::mkUsize(uint64_t n) { return mkScalar(common.usize, {n, 0, 8}); }
Const Ctx::mkBool(bool b) { return mkScalar(common.bool_, {b, 0, 1}); }
static ValTree internValTree(Ctx &tcx, InternSet<ValTreeData> &set, const ValTreeData &data) {
  return ValTree(set.get(hashOf(data), [&](const ValTreeData &d) { return same(d, data); },
                         [&] { return new (tcx.arena.Allocate<ValTreeData>()) ValTreeData(data); }));
}
ValTree Ctx::mkLeaf(ScalarInt s) { ValTreeData d; d.leaf = s; return internValTree(*this, in_->valtrees, d); }
ValTree Ctx::mkBranches(llvm::ArrayRef<Const> branches) {
  ValTreeData d;
  d.isLeaf = false;
  d.branches = in_->list(in_->constLists, arena, branches);
  return internValTree(*this, in_->valtrees, d);
}

Region Ctx::mkRegion(const RegionData &data) {
  return Region(in_->regions.get(hashOf(data), [&](const RegionData &d) { return same(d, data); }, [&] {
    RegionData *d = new (arena.Allocate<RegionData>()) RegionData(data);
    d->id = uint32_t(in_->regions.size());
    return d;
  }));
}
Region Ctx::mkEarlyParam(uint32_t index, DefId def, Symbol name) { return mkRegion({RegionKind::EarlyParam, index, 0, def, name, 0}); }
Region Ctx::mkBoundRegion(uint32_t debruijn, uint32_t var) { return mkRegion({RegionKind::Bound, var, debruijn, {}, {}, 0}); }
Region Ctx::mkRegionVar(uint32_t vid) { return mkRegion({RegionKind::Var, vid, 0, {}, {}, 0}); }

PatternRef Ctx::mkPattern(const PatternData &data) {
  return PatternRef(in_->patterns.get(hashOf(data), [&](const PatternData &d) { return same(d, data); }, [&] {
    PatternData *d = new (arena.Allocate<PatternData>()) PatternData(data);
    Summary s;
    s.add(d->lo);
    s.add(d->hi);
    s.add(d->alts);
    d->flags = s.flags;
    d->id = uint32_t(in_->patterns.size());
    return d;
  }));
}
Slice<PatternRef> Ctx::mkPatterns(llvm::ArrayRef<PatternRef> alts) { return in_->list(in_->patternLists, arena, alts); }
Predicate Ctx::mkPredicate(const PredicateData &data) {
  return Predicate(in_->predicates.get(hashOf(data), [&](const PredicateData &d) { return same(d, data); }, [&] {
    PredicateData *d = new (arena.Allocate<PredicateData>()) PredicateData(data);
    Summary in, s;
    in.add(d->traitRef.args);
    in.add(d->alias.args);
    in.add(d->a);
    in.add(d->b);
    s.addBound(in.flags | (d->vars.empty() ? 0 : kHasBinder), in.outer);
    d->flags = s.flags;
    d->outerBinder = s.outer;
    d->id = uint32_t(in_->predicates.size());
    return d;
  }));
}
Predicate Ctx::mkTraitPredicate(const TraitRef &tr, BoundVars vars, bool negative) {
  PredicateData d; d.kind = PredicateKind::Trait; d.traitRef = tr; d.vars = vars; d.negative = negative; return mkPredicate(d);
}
Predicate Ctx::mkProjectionPredicate(const AliasTy &alias, Term term, BoundVars vars) {
  PredicateData d; d.kind = PredicateKind::Projection; d.alias = alias; d.b = term.arg; d.vars = vars; return mkPredicate(d);
}

GenericArgs Ctx::mkArgs(llvm::ArrayRef<GenericArg> v) { return in_->list(in_->args, arena, v); }
TyList Ctx::mkTyList(llvm::ArrayRef<Ty> v) { return in_->list(in_->tyLists, arena, v); }
BoundVars Ctx::mkBoundVars(llvm::ArrayRef<BoundVar> v) { return in_->list(in_->boundVars, arena, v); }
Clauses Ctx::mkClauses(llvm::ArrayRef<Predicate> v) { return in_->list(in_->clauses, arena, v); }
ExistentialPredicates Ctx::mkExistentials(llvm::ArrayRef<PolyExistentialPredicate> v) { return in_->list(in_->existentials, arena, v); }
FnSig Ctx::mkSig(llvm::ArrayRef<Ty> inputs, Ty output, FnHeader header) {
  llvm::SmallVector<Ty, 8> all(inputs.begin(), inputs.end());
  all.push_back(output);
  return {mkTyList(all), header};
}

GenericArgs Ctx::identityArgs(DefId def) {
  const Generics *g = genericsOf(def);
  if (!g)
    return {};
  llvm::SmallVector<GenericArg, 8> args(g->count());
  for (uint32_t i = 0; i < g->count(); ++i) {
    const GenericParamDef &p = g->param(i);
    switch (p.kind) {
    case GenericParamKind::Lifetime: args[i] = mkEarlyParam(i, p.def, p.name); break;
    case GenericParamKind::Type: args[i] = mkParam(i, p.name); break;
    case GenericParamKind::Const: args[i] = mkConstParam(i, p.name); break;
    }
  }
  return mkArgs(args);
}

void reportQueryCycle(Ctx &tcx, const char *query, DefId key) {
  Span span = key.valid() ? tcx.def(key).identSpan : Span();
  tcx.sess.diag.error(span, "E0391", llvm::Twine("cycle detected when computing `") + query + "`").emit();
}

} // namespace ferric::ty
