// Rejecting impls without unification (rustc_type_ir::fast_reject): by the head of the self type in the impl index, then by a
// walk over both argument lists that only looks at constructors.
#include "traits/solve.h"

namespace ferric::traits {

SimplifiedType simplify(Ty t) {
  switch (t.kind()) {
  case TyKind::Bool: return SimplifiedType::prim(PrimTy::Bool);
  case TyKind::Char: return SimplifiedType::prim(PrimTy::Char);
  case TyKind::Str: return SimplifiedType::prim(PrimTy::Str);
  case TyKind::Int: return SimplifiedType::prim(PrimTy(unsigned(PrimTy::I8) + unsigned(t.intTy())));
  case TyKind::Uint: return SimplifiedType::prim(PrimTy(unsigned(PrimTy::U8) + unsigned(t.intTy())));
  case TyKind::Float: return SimplifiedType::prim(PrimTy(unsigned(PrimTy::F16) + unsigned(t.floatTy())));
  case TyKind::Adt: return SimplifiedType::ofDef(SimpKind::Adt, t.def());
  case TyKind::Foreign: return SimplifiedType::ofDef(SimpKind::Foreign, t.def());
  case TyKind::Array: return SimplifiedType::of(SimpKind::Array);
  case TyKind::Slice: return SimplifiedType::of(SimpKind::Slice);
  case TyKind::Pat: return simplify(t.inner());
  case TyKind::RawPtr: return SimplifiedType::of(t.mut() == ty::Mutability::Mut ? SimpKind::PtrMut : SimpKind::Ptr);
  case TyKind::Ref: return SimplifiedType::of(t.mut() == ty::Mutability::Mut ? SimpKind::RefMut : SimpKind::Ref);
  case TyKind::Never: return SimplifiedType::of(SimpKind::Never);
  case TyKind::Tuple: return SimplifiedType::arity(SimpKind::Tuple, uint32_t(t.tuple().size()));
  case TyKind::FnPtr: return SimplifiedType::arity(SimpKind::Function, uint32_t(t->list.size() - 1));
  case TyKind::FnDef: case TyKind::Closure: return SimplifiedType::ofDef(SimpKind::Closure, t.def());
  case TyKind::UnsafeBinder: return SimplifiedType::of(SimpKind::UnsafeBinder);
  case TyKind::Dynamic:
    if (!t.preds().empty() && t.preds()[0].value.kind == ty::ExistentialKind::Trait)
      return SimplifiedType::ofDef(SimpKind::Dyn, t.preds()[0].value.def);
    return SimplifiedType::of(SimpKind::DynMarker);
  case TyKind::Coroutine: case TyKind::CoroutineClosure: return SimplifiedType::ofDef(SimpKind::Coroutine, t.def());
  case TyKind::CoroutineWitness: return SimplifiedType::ofDef(SimpKind::CoroutineWitness, t.def());
  default: return {};
  }
}

static bool constsMayUnify(Const a, Const b) {
  using ty::ConstKind;
  if (a == b)
    return true;
  if (!a.is(ConstKind::Value) || !b.is(ConstKind::Value))
    return true;
  uint64_t x, y;
  return !a.tryBits(x) || !b.tryBits(y) || x == y;
}

// `goal`'s parameters are rigid; variables and aliases may become anything.
static bool goalIsFlexible(Ty t) {
  return t.is(TyKind::Alias) || t.is(TyKind::Error) || t.isTyVar() || t.is(TyKind::Bound);
}
// Parameters of an impl stand for anything.
static bool implIsFlexible(Ty t) { return t.is(TyKind::Alias) || t.is(TyKind::Error) || t.is(TyKind::Param) || t.is(TyKind::Infer) || t.is(TyKind::Bound); }

static bool tysMayUnify(Ty a, Ty b, unsigned depth);
static bool argsMayUnify(GenericArgs a, GenericArgs b, unsigned depth) {
  if (a == b)
    return true;
  if (a.size() != b.size())
    return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i].isTy() && b[i].isTy() && !tysMayUnify(a[i].ty(), b[i].ty(), depth))
      return false;
    if (a[i].isConst() && b[i].isConst() && !constsMayUnify(a[i].konst(), b[i].konst()))
      return false;
  }
  return true;
}

static bool tysMayUnify(Ty a, Ty b, unsigned depth) {
  if (a == b || goalIsFlexible(a) || implIsFlexible(b) || depth == 0)
    return true;
  if (a.is(TyKind::Infer)) {
    if (a.inferKind() == InferKind::Int || a.inferKind() == InferKind::FreshInt)
      return b.is(TyKind::Int) || b.is(TyKind::Uint);
    if (a.inferKind() == InferKind::Float || a.inferKind() == InferKind::FreshFloat)
      return b.is(TyKind::Float);
    return true;
  }
  if (a.kind() != b.kind())
    return false;
  --depth;
  switch (a.kind()) {
  case TyKind::Adt: case TyKind::FnDef: case TyKind::Closure: case TyKind::Foreign:
    return a.def() == b.def() && argsMayUnify(a.args(), b.args(), depth);
  case TyKind::Ref: case TyKind::RawPtr:
    return a.mut() == b.mut() && tysMayUnify(a.inner(), b.inner(), depth);
  case TyKind::Slice: case TyKind::Pat:
    return tysMayUnify(a.inner(), b.inner(), depth);
  case TyKind::Array:
    return tysMayUnify(a.inner(), b.inner(), depth) && constsMayUnify(a.len(), b.len());
  case TyKind::Tuple: {
    if (a.tuple().size() != b.tuple().size())
      return false;
    for (size_t i = 0; i < a.tuple().size(); ++i)
      if (!tysMayUnify(a.tuple()[i], b.tuple()[i], depth))
        return false;
    return true;
  }
  case TyKind::FnPtr: {
    if (a->list.size() != b->list.size() || a->header != b->header)
      return a->list.size() == b->list.size() && a->header.abi == b->header.abi;
    for (size_t i = 0; i < a->list.size(); ++i)
      if (!tysMayUnify(a->list[i], b->list[i], depth))
        return false;
    return true;
  }
  case TyKind::Dynamic: {
    SimplifiedType x = simplify(a), y = simplify(b);
    return x == y;
  }
  case TyKind::Int: case TyKind::Uint: case TyKind::Float: case TyKind::Param: case TyKind::Placeholder:
    return false; // interned and different
  default:
    return true;
  }
}

bool mayUnify(GenericArgs goal, GenericArgs impl) { return argsMayUnify(goal, impl, 8); }
bool mayUnify(Ty goal, Ty impl) { return tysMayUnify(goal, impl, 8); }

} // namespace ferric::traits
