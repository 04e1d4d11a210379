// Assembling candidates for a trait goal: everything that could prove it, by a cheap match of the trait reference
// (rustc_trait_selection::traits::select::candidate_assembly). Coroutines and what is made of them are not supported yet.
#include "traits/select.h"
#include "ty/codegen_attrs.h"

namespace ferric::traits {

ClosureParts closureParts(GenericArgs args) {
  CHECK(args.size() >= 3, "closure arguments");
  llvm::ArrayRef<GenericArg> a = args;
  size_t n = a.size();
  return {a.drop_back(3), a[n - 3].ty(), a[n - 2].ty(), a[n - 1].ty()};
}
int closureKindOf(Ty kind) {
  if (!kind.is(TyKind::Int))
    return -1;
  switch (kind.intTy()) {
  case ty::IntTy::I8: return 0;
  case ty::IntTy::I16: return 1;
  case ty::IntTy::I32: return 2;
  default: return -1;
  }
}
Ty closureKindTy(Tcx &tcx, int kind) { return kind == 0 ? tcx.common.i8 : kind == 1 ? tcx.common.i16 : tcx.common.i32; }

void Selector::assemble(const Frame &f, CandidateSet &out) {
  const TraitRef &tr = f.o.predicate->traitRef;
  Ty self = tr.self();
  if (self.isTyVar()) {
    out.ambiguous = true;
    return;
  }
  auto builtin = [&] { out.list.push_back({.kind = CandidateKind::Builtin}); };
  const ty::TraitDef *def = tcx.traitDef(tr.trait);
  if (def && def->isAlias)
    out.list.push_back({.kind = CandidateKind::TraitAlias});
  if (f.o.predicate->negative) {
    assembleFromImpls(f, out);
    assembleFromCallerBounds(f, out);
    return;
  }
  DefId t = tr.trait;
  if (t == li.copy || t == li.clone || t == li.trivialClone) {
    assembleFromImpls(f, out);
    assembleCopyClone(self, out);
  } else if (t == li.discriminantKind || t == li.pointee || t == li.destruct || t == li.pointeeSized) {
    builtin();
  } else if (t == li.sized || t == li.metaSized) {
    assembleSized(self, t == li.metaSized, out);
  } else if (t == li.unsize) {
    assembleUnsize(f, out);
  } else if (t == li.future && isAsyncBlock(tcx, self)) {
    builtin();
  } else if (t == li.tuple) {
    if (self.is(TyKind::Tuple))
      builtin();
  } else if (t == li.fnPtr) {
    if (self.is(TyKind::FnPtr))
      builtin();
  } else if (t == li.bikeshedNoDrop) {
    if (!self.is(TyKind::Param) && !self.is(TyKind::Alias))
      builtin();
  } else {
    if (fnKind(t) >= 0)
      assembleFnFamily(f, fnKind(t), out);
    assembleFromImpls(f, out);
    assembleFromObject(f, out);
  }
  if (self.is(TyKind::Alias))
    assembleFromAliasBounds(f, out);
  assembleFromCallerBounds(f, out);
  if (def && def->isAuto)
    assembleAuto(f, out);
}

// ---- impls ----
// The impls that can apply to a type variable: to one of an integer or float literal only those for such types and blanket ones. In core
// `Shl` has 676 impls, most of them for references.
template <class F> static void forEachImplForVariable(Tcx &tcx, DefId trait, InferKind kind, F &&f) {
  PrimTy first, last;
  switch (kind) {
  case InferKind::Ty:
  case InferKind::FreshTy: tcx.crates.forEachImpl(trait, f); return;
  case InferKind::Int:
  case InferKind::FreshInt: first = PrimTy::I8, last = PrimTy::Usize; break;
  case InferKind::Float:
  case InferKind::FreshFloat: first = PrimTy::F16, last = PrimTy::F128; break;
  }
  for (const std::unique_ptr<Crate> &c : tcx.crates) {
    llvm::for_each(c->impls.ofTrait(trait, SimplifiedType()), f);
    for (unsigned p = unsigned(first); p <= unsigned(last); ++p)
      llvm::for_each(c->impls.ofTrait(trait, SimplifiedType::prim(PrimTy(p))), f);
  }
}

void Selector::assembleFromImpls(const Frame &f, CandidateSet &out) {
  const TraitRef &tr = f.o.predicate->traitRef;
  Ty self = tr.self();
  auto consider = [&](const ImplRow &row) {
    if (row.reservation)
      return;
    const TraitRef &header = implHeader(tcx, row.impl);
    if (!header.trait.valid() || header.args.size() != tr.args.size() || header.args.flags() & ty::kHasError || !mayUnify(tr.args, header.args))
      return;
    if (header.self().is(TyKind::Param) && rejectFnPtrImpl(f, row.impl, header.self()))
      return;
    ++probing_;
    bool matches = cx.probe([&] {
      GenericArgs args;
      ObligationVec nested;
      return matchImpl(f.o, row.impl, args, nested);
    });
    --probing_;
    if (matches)
      out.list.push_back({.kind = CandidateKind::Impl, .impl = row.impl});
  };
  if (self.is(TyKind::Infer))
    forEachImplForVariable(tcx, tr.trait, self.inferKind(), consider);
  else
    tcx.crates.forEachImpl(tr.trait, simplify(self), consider);
}

// Impls for `F: FnPtr` are blanket ones; most types are rejected without evaluation, which would be a cycle for some.
bool Selector::rejectFnPtrImpl(const Frame &f, DefId impl, Ty implSelf) {
  if (!li.fnPtr.valid())
    return false;
  for (const ErasedClause &c : ownPredicates(tcx, impl)) {
    if (c.clause.kind() != PredicateKind::Trait || c.clause->traitRef.trait != li.fnPtr || c.clause->traitRef.self() != implSelf)
      continue;
    Ty self = f.o.predicate->traitRef.self();
    switch (self.kind()) {
    case TyKind::FnPtr: return false;
    case TyKind::Placeholder: case TyKind::Dynamic: case TyKind::Alias: case TyKind::Infer: case TyKind::Param: case TyKind::Bound: break;
    default: return true;
    }
    Obligation o = f.o;
    o.predicate = tcx.mkTraitPredicate({li.fnPtr, tcx.mkArgs({GenericArg(self)})});
    if (!mayApply(Selector(cx).evaluateRoot(o)))
      return true;
  }
  return false;
}

// ---- where-clauses ----
Predicate Selector::asSizedness(const TraitRef &goal, Predicate clause) const {
  if (clause.kind() == PredicateKind::Trait && clause->traitRef.trait == li.sized && goal.trait == li.metaSized && !clause->negative)
    return tcx.mkTraitPredicate({goal.trait, clause->traitRef.args});
  return clause;
}

void Selector::assembleFromCallerBounds(const Frame &f, CandidateSet &out) {
  const TraitRef &tr = f.o.predicate->traitRef;
  for (Predicate written : f.env.clauses) {
    if (written.kind() != PredicateKind::Trait || written->negative != f.o.predicate->negative)
      continue;
    Predicate clause = asSizedness(tr, written);
    if (clause->traitRef.trait != tr.trait)
      continue;
    bool exact = clause->traitRef == tr;
    if (!exact) {
      if (!mayUnify(tr.args, clause->traitRef.args))
        continue;
      ++probing_;
      bool matches = cx.probe([&] { return cx.eq(tr, clause->traitRef); });
      --probing_;
      if (!matches)
        continue;
    }
    if (llvm::none_of(out.list, [&](const Candidate &c) { return c.kind == CandidateKind::Param && c.clause == clause; }))
      out.list.push_back({.kind = CandidateKind::Param, .clause = clause});
  }
}

// ---- bounds of associated and opaque types ----
void Selector::forEachItemBound(Ty self, llvm::function_ref<bool(Predicate, uint32_t, bool)> f, bool &ambiguous) {
  uint32_t index = 0;
  bool selfBounds = true;
  for (;; selfBounds = false) {
    self = cx.shallowResolve(self);
    if (self.isTyVar()) {
      ambiguous = true;
      return;
    }
    if (!self.is(TyKind::Alias) || (self.aliasKind() != AliasKind::Projection && self.aliasKind() != AliasKind::Opaque))
      return;
    Ty written = tcx.mkAlias(self.aliasKind(), self.def(), ty::eraseRegions(tcx, tcx.identityArgs(self.def())));
    for (Predicate p : erasedItemBounds(tcx, self.def())) {
      ++index;
      Ty boundSelf = p.kind() == PredicateKind::Trait ? p->traitRef.self() : p.kind() == PredicateKind::Projection ? p->alias.self() : Ty();
      // Further in, bounds on the type itself could never speak of what is around it.
      if (!boundSelf || (boundSelf == written) != selfBounds)
        continue;
      if (!f(ty::instantiate(tcx, p, self.args()), index - 1, selfBounds))
        return;
    }
    if (self.aliasKind() != AliasKind::Projection)
      return;
    self = self.alias().self();
  }
}

bool Selector::matchNormalized(const Obligation &o, const TraitRef &goal, TraitRef bound, Obligations &nested, TraitRef *normalized) {
  if (goal.trait != bound.trait || !mayUnify(goal.args, bound.args))
    return false;
  if (bound.args.flags() & ty::kHasAlias && bound.args != goal.args) {
    // The self type is the rigid alias of the goal: only the other arguments are worth normalising.
    llvm::SmallVector<GenericArg, 4> args(bound.args.begin(), bound.args.end());
    for (size_t i = 0; i < args.size(); ++i)
      if (!(args[i] == goal.args[i]) && args[i].flags() & ty::kHasAlias)
        args[i] = normalize(cx, o.cause, o.env, args[i], nested, o.depth + 1);
    bound.args = tcx.mkArgs(args);
  }
  if (normalized)
    *normalized = bound;
  return cx.eq(goal, bound);
}

void Selector::assembleFromAliasBounds(const Frame &f, CandidateSet &out) {
  const TraitRef &goal = f.o.predicate->traitRef;
  if (goal.self().aliasKind() != AliasKind::Projection && goal.self().aliasKind() != AliasKind::Opaque)
    return;
  llvm::SmallVector<TraitRef, 4> distinct;
  bool ambiguous = false;
  forEachItemBound(goal.self(), [&](Predicate written, uint32_t index, bool selfBound) {
    if (written.kind() != PredicateKind::Trait || written->negative != f.o.predicate->negative)
      return true;
    Predicate p = asSizedness(goal, written);
    if (p->traitRef.trait != goal.trait)
      return true;
    ++probing_;
    cx.probe([&] {
      ObligationVec nested;
      TraitRef bound;
      if (!matchNormalized(f.o, goal, p->traitRef, nested, &bound))
        return;
      bound = cx.resolve(bound);
      if (!(bound.args.flags() & ty::kHasInfer)) {
        if (llvm::is_contained(distinct, bound))
          return;
        distinct.push_back(bound);
      }
      out.list.push_back({.kind = CandidateKind::AliasBound, .selfBound = selfBound, .clause = p, .index = index});
    });
    --probing_;
    return true;
  }, ambiguous);
  out.ambiguous |= ambiguous;
}

// ---- trait objects ----
void Selector::assembleFromObject(const Frame &f, CandidateSet &out) {
  const TraitRef &goal = f.o.predicate->traitRef;
  Ty self = goal.self();
  if (!self.is(TyKind::Dynamic))
    return;
  for (const ty::PolyExistentialPredicate &p : self.preds())
    if (p.value.kind == ty::ExistentialKind::AutoTrait && p.value.def == goal.trait) {
      out.list.push_back({.kind = CandidateKind::BuiltinObject});
      return;
    }
  Principal principal = principalOf(tcx, self, self);
  if (!principal.has || !isSupertraitOf(tcx, goal.trait, principal.trait.trait))
    return;
  llvm::SmallVector<TraitRef, 8> supers;
  supertraits(tcx, principal.trait, supers);
  for (uint32_t i = 0; i < supers.size(); ++i) {
    if (supers[i].trait != goal.trait)
      continue;
    ++probing_;
    bool matches = cx.probe([&] {
      ObligationVec nested;
      return matchNormalized(f.o, goal, supers[i], nested);
    });
    --probing_;
    if (matches)
      out.list.push_back({.kind = CandidateKind::Object, .index = i});
  }
}

// ---- built-in traits ----
void Selector::assembleAuto(const Frame &f, CandidateSet &out) {
  const TraitRef &tr = f.o.predicate->traitRef;
  Ty self = tr.self();
  switch (self.kind()) {
  case TyKind::Dynamic: case TyKind::Foreign: case TyKind::Param: case TyKind::Placeholder: case TyKind::Bound:
    return;
  case TyKind::Infer:
    out.ambiguous = true;
    return;
  case TyKind::Error:
    out.list.push_back({.kind = CandidateKind::AutoImpl});
    return;
  case TyKind::Alias:
    if (self.aliasKind() != AliasKind::Opaque || llvm::any_of(out.list, [](const Candidate &c) { return c.kind == CandidateKind::AliasBound; }))
      return;
    if (cx.isDefining(self.def()))
      out.ambiguous = true;
    else
      out.list.push_back({.kind = CandidateKind::AutoImpl});
    return;
  default: {
    bool hasImpl = false;
    tcx.crates.forEachImpl(tr.trait, simplify(self), [&](const ImplRow &) { hasImpl = true; });
    if (!hasImpl)
      out.list.push_back({.kind = CandidateKind::AutoImpl});
  }
  }
}

bool isAsyncBlock(Tcx &tcx, Ty t) {
  if (!t.is(TyKind::Closure))
    return false;
  // A closure stands for the expression it is written as; the body of an async function for the function's item.
  AstRef ref = tcx.def(t.def()).ast;
  return ref.kind == AstRefKind::Item || (ref.kind == AstRefKind::Expr && tcx.crates.ast(t.def()).exprs[ast::ExprId(ref.id)].kind == ast::ExprKind::Gen);
}

void Selector::assembleCopyClone(Ty self, CandidateSet &out) {
  switch (self.kind()) {
  case TyKind::FnDef: case TyKind::FnPtr: case TyKind::Error: case TyKind::Tuple: case TyKind::Pat:
    out.list.push_back({.kind = CandidateKind::Builtin});
    return;
  case TyKind::Closure:
    if (isAsyncBlock(tcx, self))
      return;
    if (cx.shallowResolve(closureParts(self.args()).upvars).isTyVar())
      out.ambiguous = true;
    else
      out.list.push_back({.kind = CandidateKind::Builtin});
    return;
  default: return; // scalars, pointers, arrays: impls in core
  }
}

void Selector::assembleSized(Ty self, bool metaSized, CandidateSet &out) {
  switch (self.kind()) {
  case TyKind::Str: case TyKind::Slice: case TyKind::Dynamic:
    if (metaSized)
      out.list.push_back({.kind = CandidateKind::Sized});
    return;
  case TyKind::Param: case TyKind::Alias: case TyKind::Placeholder:
    // Only `PointeeSized` bounds, which the compiler's own library alone has, could make this wrong.
    if (metaSized)
      out.list.push_back({.kind = CandidateKind::Sized});
    return;
  case TyKind::Foreign: case TyKind::Bound:
    return;
  default:
    out.list.push_back({.kind = CandidateKind::Sized});
  }
}

bool Selector::isFnCompatible(Ty self) const {
  const ty::FnHeader header = self.is(TyKind::FnPtr) ? self->header : tcx.fnSig(self.def()).value.header;
  if (header.safety == ast::Safety::Unsafe || header.abi != ty::Abi::Rust || header.cVariadic)
    return false;
  if (!self.is(TyKind::FnDef) || tcx.defKind(self.def()) == DefKind::Ctor)
    return true;
  const ty::CodegenAttrs *attrs = tcx.codegenAttrs(self.def());
  return !attrs || attrs->targetFeatures.empty();
}

void Selector::assembleFnFamily(const Frame &f, int kind, CandidateSet &out) {
  Ty self = f.o.predicate->traitRef.self();
  if (isAsyncBlock(tcx, self))
    return;
  if (self.is(TyKind::Closure)) {
    int closureKind = closureKindOf(cx.shallowResolve(closureParts(self.args()).kind));
    if (closureKind >= 0 ? closureKind <= kind : kind == 2)
      out.list.push_back({.kind = CandidateKind::Closure});
    else if (closureKind < 0)
      out.ambiguous = true;
    return;
  }
  if ((self.is(TyKind::FnPtr) || self.is(TyKind::FnDef)) && isFnCompatible(self))
    out.list.push_back({.kind = CandidateKind::FnPointer});
}

void Selector::assembleUnsize(const Frame &f, CandidateSet &out) {
  const TraitRef &tr = f.o.predicate->traitRef;
  Ty source = tr.self(), target = cx.shallowResolve(tr.args[1].ty());
  auto builtin = [&] { out.list.push_back({.kind = CandidateKind::BuiltinUnsize}); };
  if (source.is(TyKind::Dynamic) && target.is(TyKind::Dynamic)) {
    Principal a = principalOf(tcx, source, source), b = principalOf(tcx, target, target);
    if (!b.has || (a.has && a.trait.trait == b.trait.trait)) {
      for (const ty::PolyExistentialPredicate &q : target.preds()) {
        if (q.value.kind != ty::ExistentialKind::AutoTrait)
          continue;
        bool has = llvm::any_of(source.preds().ref(), [&](const ty::PolyExistentialPredicate &p) {
          return p.value.kind == ty::ExistentialKind::AutoTrait && p.value.def == q.value.def;
        });
        if (!has && !(a.has && isSupertraitOf(tcx, q.value.def, a.trait.trait)))
          return;
      }
      builtin();
      return;
    }
    if (!a.has)
      return;
    llvm::SmallVector<TraitRef, 8> supers;
    supertraits(tcx, a.trait, supers);
    for (uint32_t i = 0; i < supers.size(); ++i) {
      if (supers[i].trait != b.trait.trait)
        continue;
      ++probing_;
      bool matches = cx.probe([&] {
        Selection s;
        return confirmUpcast(f.o, i, s);
      });
      --probing_;
      if (matches)
        out.list.push_back({.kind = CandidateKind::Upcast, .index = i});
    }
    return;
  }
  if (target.is(TyKind::Dynamic)) {
    builtin();
    return;
  }
  if (target.isTyVar()) {
    out.ambiguous = true;
    return;
  }
  if (source.is(TyKind::Array) && target.is(TyKind::Slice))
    builtin();
  else if (source.is(TyKind::Adt) && target.is(TyKind::Adt) && source.adt()->isStruct() && source.adt() == target.adt())
    builtin();
}

} // namespace ferric::traits
