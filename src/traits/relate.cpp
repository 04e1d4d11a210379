// Relating types: structural equality that gives variables their values (rustc_type_ir::relate). Projections were normalised
// before, so aliases that remain are rigid and compare like constructors. Regions are ignored. Under a binder the bound regions of both
// sides are erased first, so that a variable never gets a value with bound variables of a binder it is not inside of.
#include "traits/normalize.h"

namespace ferric::traits {

using ty::ConstKind;

class Relate {
public:
  explicit Relate(InferCtxt &cx) : cx(cx), tcx(cx.tcx) {}
  TypeError err;

  bool fail(TypeErrorKind kind, GenericArg expected, GenericArg found) {
    err.kind = kind;
    err.expected = expected;
    err.found = found;
    return false;
  }

  bool tys(Ty a, Ty b);
  bool consts(Const a, Const b);
  bool args(GenericArgs a, GenericArgs b);
  bool arg(GenericArg a, GenericArg b);
  bool sigs(const FnSig &a, const FnSig &b, Ty wholeA, Ty wholeB);

private:
  bool vars(Ty a, Ty b);
  bool numVar(Ty var, Ty t, bool varIsExpected);
  bool instantiate(Ty var, Ty t, bool varIsExpected);
  bool occurs(uint32_t root, Ty t);
  bool structural(Ty a, Ty b);
  bool dyns(Ty a, Ty b);
  bool patterns(Ty a, Ty b);
  bool opaques(Ty a, Ty b, bool &handled);
  bool hidden(Ty opaque, Ty t);
  bool tooDeep() { return depth_ > 2000; }

  InferCtxt &cx;
  Tcx &tcx;
  unsigned depth_ = 0;
};

bool Relate::occurs(uint32_t root, Ty t) {
  if (!t.has(ty::kHasTyInfer))
    return false;
  bool found = false;
  ty::walkTypes(t, [&](Ty x) {
    if (found || !x.has(ty::kHasTyInfer))
      return false;
    if (!x.is(TyKind::Infer))
      return true;
    Ty r = cx.shallowResolve(x);
    if (r.isTyVar())
      found |= r.index() == root;
    else if (!r.is(TyKind::Infer))
      found |= occurs(root, r);
    return false;
  });
  return found;
}

bool Relate::instantiate(Ty var, Ty t, bool varIsExpected) {
  if (occurs(var.index(), t))
    return varIsExpected ? fail(TypeErrorKind::CyclicTy, var, t) : fail(TypeErrorKind::CyclicTy, t, var);
  cx.setTyVar(var.index(), t);
  return true;
}

bool Relate::numVar(Ty var, Ty t, bool varIsExpected) {
  bool isInt = var.inferKind() == InferKind::Int;
  bool fits = isInt ? t.is(TyKind::Int) || t.is(TyKind::Uint) : t.is(TyKind::Float);
  if (!fits) {
    TypeErrorKind kind = isInt ? TypeErrorKind::IntMismatch : TypeErrorKind::FloatMismatch;
    return varIsExpected ? fail(kind, var, t) : fail(kind, t, var);
  }
  cx.log(isInt ? InferCtxt::UndoKind::IntValue : InferCtxt::UndoKind::FloatValue, var.index());
  (isInt ? cx.intVars_ : cx.floatVars_)[var.index()].value = t;
  return true;
}

// At least one of two different resolved types is a variable.
bool Relate::vars(Ty a, Ty b) {
  if (a.isTyVar() && b.isTyVar()) {
    cx.unifyTyVars(a.index(), b.index());
    return true;
  }
  if (a.isTyVar())
    return instantiate(a, b, true);
  if (b.isTyVar())
    return instantiate(b, a, false);
  if (a.isError() || b.isError())
    return true;
  if (a.is(TyKind::Infer) && b.is(TyKind::Infer)) {
    if (a.inferKind() != b.inferKind() || a.inferKind() >= InferKind::FreshTy)
      return fail(TypeErrorKind::Sorts, a, b);
    bool isInt = a.inferKind() == InferKind::Int;
    cx.unifyNumVars(isInt ? cx.intVars_ : cx.floatVars_, isInt ? InferCtxt::UndoKind::IntUnion : InferCtxt::UndoKind::FloatUnion,
                    a.index(), b.index());
    return true;
  }
  Ty var = a.is(TyKind::Infer) ? a : b;
  if (var.inferKind() >= InferKind::FreshTy)
    return fail(TypeErrorKind::Sorts, a, b);
  return a.is(TyKind::Infer) ? numVar(a, b, true) : numVar(b, a, false);
}

bool Relate::tys(Ty a, Ty b) {
  if (a == b)
    return true;
  a = cx.shallowResolve(a);
  b = cx.shallowResolve(b);
  if (a == b)
    return true;
  if (a.is(TyKind::Infer) || b.is(TyKind::Infer))
    return vars(a, b);
  if (a.isError() || b.isError())
    return true;
  bool handled = false;
  if (!cx.definingOpaques.empty() && (a.is(TyKind::Alias) || b.is(TyKind::Alias))) {
    bool ok = opaques(a, b, handled);
    if (handled)
      return ok;
  }
  if (a.kind() != b.kind())
    return fail(TypeErrorKind::Sorts, a, b);
  if (tooDeep())
    return fail(TypeErrorKind::CyclicTy, a, b);
  ++depth_;
  bool ok = structural(a, b);
  --depth_;
  return ok;
}

static bool isOpaque(Ty t) { return t.is(TyKind::Alias) && t.aliasKind() == AliasKind::Opaque; }

bool Relate::hidden(Ty opaque, Ty t) {
  for (const InferCtxt::HiddenType &h : cx.opaques_)
    if (h.def == opaque.def() && cx.resolve(h.args) == cx.resolve(opaque.args()))
      return tys(h.hidden, t);
  cx.opaques_.push_back({opaque.def(), opaque.args(), t});
  return true;
}

bool Relate::opaques(Ty a, Ty b, bool &handled) {
  if (isOpaque(a) && isOpaque(b) && a.def() == b.def())
    return true;
  handled = true;
  if (isOpaque(a) && cx.isDefining(a.def()))
    return hidden(a, b);
  if (isOpaque(b) && cx.isDefining(b.def()))
    return hidden(b, a);
  handled = false;
  return true;
}

bool Relate::structural(Ty a, Ty b) {
  switch (a.kind()) {
  case TyKind::Adt:
    return a.adt() == b.adt() ? args(a.args(), b.args()) : fail(TypeErrorKind::Sorts, a, b);
  case TyKind::Foreign:
    return a.def() == b.def() ? true : fail(TypeErrorKind::Sorts, a, b);
  case TyKind::FnDef: case TyKind::Closure: case TyKind::Coroutine: case TyKind::CoroutineClosure: case TyKind::CoroutineWitness:
    return a.def() == b.def() ? args(a.args(), b.args()) : fail(TypeErrorKind::Sorts, a, b);
  case TyKind::Alias:
    if (a.aliasKind() != b.aliasKind() || a.def() != b.def())
      return fail(TypeErrorKind::Sorts, a, b);
    return args(a.args(), b.args());
  case TyKind::Array: {
    if (!tys(a.inner(), b.inner()))
      return false;
    if (consts(a.len(), b.len()))
      return true;
    return err.kind == TypeErrorKind::ConstMismatch ? fail(TypeErrorKind::ArraySize, a.len(), b.len()) : false;
  }
  case TyKind::Slice:
    return tys(a.inner(), b.inner());
  case TyKind::Pat:
    return tys(a.inner(), b.inner()) && patterns(a, b);
  case TyKind::RawPtr: case TyKind::Ref:
    return a.mut() == b.mut() ? tys(a.inner(), b.inner()) : fail(TypeErrorKind::Mutability, a, b);
  case TyKind::Tuple: {
    if (a.tuple().size() != b.tuple().size()) {
      err.n1 = a.tuple().size(), err.n2 = b.tuple().size();
      return fail(TypeErrorKind::TupleSize, a, b);
    }
    for (size_t i = 0; i < a.tuple().size(); ++i)
      if (!tys(a.tuple()[i], b.tuple()[i]))
        return false;
    return true;
  }
  case TyKind::FnPtr:
    return sigs(ty::eraseLateBound(tcx, a.fnPtrSig()), ty::eraseLateBound(tcx, b.fnPtrSig()), a, b);
  case TyKind::UnsafeBinder: {
    auto erase = [&](uint32_t, const ty::BoundVar &) -> GenericArg { return tcx.common.erased; };
    return tys(ty::replaceBound(tcx, a.inner(), a->vars, erase), ty::replaceBound(tcx, b.inner(), b->vars, erase));
  }
  case TyKind::Dynamic:
    return dyns(a, b);
  default:
    // Scalars, str, never, parameters, placeholders, bound variables: interned, hence different.
    return fail(TypeErrorKind::Sorts, a, b);
  }
}

bool Relate::patterns(Ty a, Ty b) {
  ty::PatternRef p = a.pattern(), q = b.pattern();
  if (p == q)
    return true;
  if (p->kind != q->kind || p->kind != ty::PatternKind::Range || bool(p->lo) != bool(q->lo) || bool(p->hi) != bool(q->hi))
    return fail(TypeErrorKind::PatternMismatch, a, b);
  return (!p->lo || consts(p->lo, q->lo)) && (!p->hi || consts(p->hi, q->hi));
}

bool Relate::sigs(const FnSig &a, const FnSig &b, Ty wholeA, Ty wholeB) {
  if (a.header.cVariadic != b.header.cVariadic)
    return fail(TypeErrorKind::Variadic, wholeA, wholeB);
  if (a.header.safety != b.header.safety && (a.header.safety == ast::Safety::Unsafe || b.header.safety == ast::Safety::Unsafe))
    return fail(TypeErrorKind::Safety, wholeA, wholeB);
  if (a.header.abi != b.header.abi || a.header.abiUnwind != b.header.abiUnwind)
    return fail(TypeErrorKind::Abi, wholeA, wholeB);
  if (a.inputs().size() != b.inputs().size()) {
    err.n1 = a.inputs().size(), err.n2 = b.inputs().size();
    return fail(TypeErrorKind::ArgCount, wholeA, wholeB);
  }
  for (size_t i = 0; i < a.inputsAndOutput.size(); ++i)
    if (!tys(a.inputsAndOutput[i], b.inputsAndOutput[i]))
      return false;
  return true;
}

bool Relate::dyns(Ty a, Ty b) {
  ty::ExistentialPredicates p = a.preds(), q = b.preds();
  if (p == q)
    return true;
  if (p.size() != q.size())
    return fail(TypeErrorKind::ExistentialMismatch, a, b);
  for (size_t i = 0; i < p.size(); ++i) {
    ty::ExistentialPredicate x = ty::eraseLateBound(tcx, p[i]), y = ty::eraseLateBound(tcx, q[i]);
    if (x.kind != y.kind || x.def != y.def)
      return fail(TypeErrorKind::ExistentialMismatch, a, b);
    if (!args(x.args, y.args))
      return false;
    if (x.kind == ty::ExistentialKind::Projection && !arg(ty::existentialTerm(x).arg, ty::existentialTerm(y).arg))
      return false;
  }
  return true;
}

bool Relate::arg(GenericArg a, GenericArg b) {
  if (a == b)
    return true;
  if (a.isTy() && b.isTy())
    return tys(a.ty(), b.ty());
  if (a.isConst() && b.isConst())
    return consts(a.konst(), b.konst());
  return a.isRegion() && b.isRegion() ? true : fail(TypeErrorKind::Sorts, a, b);
}

bool Relate::args(GenericArgs a, GenericArgs b) {
  if (a == b)
    return true;
  if (a.size() != b.size())
    return fail(TypeErrorKind::ExistentialMismatch, {}, {});
  for (size_t i = 0; i < a.size(); ++i)
    if (!arg(a[i], b[i]))
      return false;
  return true;
}

// The value of an unevaluated constant without variables, if it can be known.
static Const evaluated(InferCtxt &cx, Const c) {
  if (!c.is(ConstKind::Unevaluated))
    return c;
  Const r = cx.resolve(c);
  if (!r.is(ConstKind::Unevaluated) || r.has(ty::kHasNonRegionInfer))
    return r;
  return evaluateConst(cx.tcx, r);
}

static bool sameValue(ty::ValTree a, ty::ValTree b) {
  if (a == b)
    return true;
  if (a->isLeaf || b->isLeaf)
    return false; // leaves are interned
  if (a->branches.size() != b->branches.size())
    return false;
  for (size_t i = 0; i < a->branches.size(); ++i) {
    Const x = a->branches[i], y = b->branches[i];
    if (x != y && !(x.is(ConstKind::Value) && y.is(ConstKind::Value) && sameValue(x.value(), y.value())))
      return false;
  }
  return true;
}

bool Relate::consts(Const a, Const b) {
  if (a == b)
    return true;
  a = cx.shallowResolve(a);
  b = cx.shallowResolve(b);
  if (a == b)
    return true;
  if (a.is(ConstKind::Error) || b.is(ConstKind::Error))
    return true;
  if (a.is(ConstKind::Infer) && b.is(ConstKind::Infer)) {
    uint32_t x = a.index(), y = b.index();
    if (cx.constVars_[x].rank > cx.constVars_[y].rank)
      std::swap(x, y);
    cx.log(InferCtxt::UndoKind::ConstUnion, x, y, cx.constVars_[y].rank);
    cx.constVars_[x].parent = y;
    if (cx.constVars_[x].rank == cx.constVars_[y].rank)
      ++cx.constVars_[y].rank;
    return true;
  }
  if (a.is(ConstKind::Infer) || b.is(ConstKind::Infer)) {
    Const var = a.is(ConstKind::Infer) ? a : b;
    Const value = evaluated(cx, a.is(ConstKind::Infer) ? b : a);
    if (value.has(ty::kHasConstInfer) && cx.resolve(value) == var)
      return fail(TypeErrorKind::CyclicConst, a, b);
    cx.log(InferCtxt::UndoKind::ConstValue, var.index());
    cx.constVars_[var.index()].value = value;
    return true;
  }
  a = evaluated(cx, a);
  b = evaluated(cx, b);
  if (a == b)
    return true;
  if (a.is(ConstKind::Error) || b.is(ConstKind::Error))
    return true;
  if (a.is(ConstKind::Value) && b.is(ConstKind::Value))
    return sameValue(a.value(), b.value()) ? true : fail(TypeErrorKind::ConstMismatch, a, b);
  if (a.is(ConstKind::Unevaluated) && b.is(ConstKind::Unevaluated) && a.def() == b.def())
    return args(a.args(), b.args());
  return fail(TypeErrorKind::ConstMismatch, a, b);
}

// ---- the context's relations ----
template <class F> static bool atomically(InferCtxt &cx, TypeError *err, F f) {
  InferCtxt::Snapshot s = cx.startSnapshot();
  Relate r(cx);
  if (f(r)) {
    cx.commit(s);
    return true;
  }
  cx.rollback(s);
  if (err)
    *err = r.err;
  return false;
}

bool InferCtxt::eq(Ty a, Ty b, TypeError *err) { return a == b || atomically(*this, err, [&](Relate &r) { return r.tys(a, b); }); }
bool InferCtxt::eq(Const a, Const b, TypeError *err) { return a == b || atomically(*this, err, [&](Relate &r) { return r.consts(a, b); }); }
bool InferCtxt::eq(GenericArg a, GenericArg b, TypeError *err) { return a == b || atomically(*this, err, [&](Relate &r) { return r.arg(a, b); }); }
bool InferCtxt::eq(GenericArgs a, GenericArgs b, TypeError *err) { return a == b || atomically(*this, err, [&](Relate &r) { return r.args(a, b); }); }
bool InferCtxt::eq(const TraitRef &a, const TraitRef &b, TypeError *err) {
  if (a.trait != b.trait) {
    if (err) {
      *err = TypeError();
      err->kind = TypeErrorKind::Traits;
      err->def1 = a.trait, err->def2 = b.trait;
    }
    return false;
  }
  return eq(a.args, b.args, err);
}
bool InferCtxt::eq(const FnSig &a, const FnSig &b, TypeError *err) {
  return atomically(*this, err, [&](Relate &r) { return r.sigs(a, b, tcx.mkFnPtr({a, {}}), tcx.mkFnPtr({b, {}})); });
}
bool InferCtxt::canEq(Ty a, Ty b) {
  return probe([&] { return eq(a, b); });
}
bool InferCtxt::canEq(const TraitRef &a, const TraitRef &b) {
  return probe([&] { return eq(a, b); });
}

} // namespace ferric::traits
