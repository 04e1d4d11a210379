// Layout by type (rustc_ty_utils::layout): finds the layouts of a type's parts and gives them to the calculator. A query, so
// each type is laid out once; a type that contains itself without indirection is a cycle and answers Infinite.
#include "layout/calc.h"
#include "traits/type_info.h"
#include "ty/fold.h"
#include "ty/print.h"

namespace ferric::layout {

using ty::AdtDef; using ty::Const; using ty::ConstKind; using ty::TyKind;

namespace {
class Builder {
public:
  explicit Builder(Ctx &tcx) : tcx_(tcx), calc_(tcx.arena) {}
  Layout build(Ty t);

private:
  Layout adt(Ty t);
  Layout simd(Ty t);
  Layout pointer(Ty t);
  Layout pattern(Ty t);
  Layout structural(llvm::ArrayRef<Ty> fields, StructKind kind);
  // Layouts of the field types; on failure returns false with `failure_` set.
  bool fields(llvm::ArrayRef<Ty> tys, llvm::SmallVectorImpl<const Layout *> &out);
  bool constUsize(Const c, uint64_t &out);
  bool constBits(Const c, uint64_t size, u128 &out);
  bool adtMaybeUnsized(const AdtDef *adt);
  static Layout fail(LayoutError e) { return Calculator::failure(e); }

  Ctx &tcx_;
  Calculator calc_;
  LayoutError failure_{};
};
} // namespace

static Primitive intPrim(unsigned size, bool isSigned) { return {PrimKind::Int, uint8_t(size), isSigned}; }
static uint8_t intSize(ty::IntTy t) {
  static constexpr uint8_t kSizes[] = {1, 2, 4, 8, 16, 8};
  return kSizes[unsigned(t)];
}
static Scalar nonNullPtr() { return {{PrimKind::Pointer, 8, false}, false, {1, maskOf(8)}}; }

bool Builder::fields(llvm::ArrayRef<Ty> tys, llvm::SmallVectorImpl<const Layout *> &out) {
  for (Ty t : tys) {
    const Layout *l = layoutOf(tcx_, t);
    if (!l->ok()) {
      failure_ = l->error;
      return false;
    }
    out.push_back(l);
  }
  return true;
}

Layout Builder::structural(llvm::ArrayRef<Ty> tys, StructKind kind) {
  llvm::SmallVector<const Layout *, 8> parts;
  if (!fields(tys, parts))
    return fail(failure_);
  return calc_.univariant(parts, Repr(), kind);
}

bool Builder::constBits(Const c, uint64_t size, u128 &out) {
  c = traits::normalizeErasingRegions(tcx_, {}, c);
  if (c.is(ConstKind::Value) && c.value()->isLeaf) {
    out = truncTo(bitsOf(c.value()->leaf), size);
    return true;
  }
  bool generic = c.is(ConstKind::Param) || c.has(ty::kHasParam);
  failure_ = c.is(ConstKind::Error) ? LayoutError::Error : generic ? LayoutError::TooGeneric : LayoutError::Unknown;
  return false;
}

bool Builder::constUsize(Const c, uint64_t &out) {
  u128 v = 0;
  if (!constBits(c, 8, v))
    return false;
  out = uint64_t(v);
  return true;
}

Layout Builder::pattern(Ty t) {
  const Layout *base = layoutOf(tcx_, t.inner());
  if (!base->ok())
    return fail(base->error);
  Layout l = *base;
  if (!l.isScalar() && !l.isPair())
    return fail(LayoutError::Unknown);
  uint64_t size = l.a.size();
  auto bounds = [&](ty::PatternRef p, u128 &lo, u128 &hi) {
    bool isSigned = l.a.prim.isSigned;
    lo = p->lo ? lo : isSigned ? (maskOf(size) >> 1) + 1 : 0;
    hi = p->hi ? hi : isSigned ? maskOf(size) >> 1 : l.a.range.end;
    return (!p->lo || constBits(p->lo, size, lo)) && (!p->hi || constBits(p->hi, size, hi));
  };
  ty::PatternRef p = t.pattern();
  switch (p->kind) {
  case ty::PatternKind::NotNull:
    l.a.range.start = 1;
    break;
  case ty::PatternKind::Range:
    if (!bounds(p, l.a.range.start, l.a.range.end))
      return fail(failure_);
    break;
  case ty::PatternKind::Or: { // i.e. MIN..=-1 | 1..=MAX: two ranges that meet where the integer wraps
    if (p->alts.size() != 2)
      return fail(LayoutError::Unknown);
    ValidRange first, second;
    if (!bounds(p->alts[0], first.start, first.end) || !bounds(p->alts[1], second.start, second.end))
      return fail(failure_);
    if (signExtend(second.start, size) < signExtend(first.start, size))
      std::swap(first, second);
    l.a.range = {second.start, first.end};
    break;
  }
  }
  std::optional<Niche> n = Niche::fromScalar(0, l.a);
  l.hasNiche = n.has_value();
  if (n)
    l.largestNiche = *n;
  l.fields = FieldsKind::Arbitrary; // its base is its sole field
  l.offsets = llvm::ArrayRef<uint64_t>({0}).copy(tcx_.arena);
  l.order = llvm::ArrayRef<uint32_t>({0}).copy(tcx_.arena);
  return l;
}

Layout Builder::pointer(Ty t) {
  Scalar data = t.is(TyKind::RawPtr) ? Scalar::full({PrimKind::Pointer, 8, false}) : nonNullPtr();
  switch (ptrMetadataKind(tcx_, t.inner())) {
  case PtrMetadataKind::Thin: return Calculator::scalar(data);
  case PtrMetadataKind::Length: return calc_.scalarPair(data, Scalar::full(intPrim(8, false)));
  case PtrMetadataKind::VTable: return calc_.scalarPair(data, nonNullPtr());
  case PtrMetadataKind::TooGeneric: return fail(LayoutError::TooGeneric);
  }
  UNREACHABLE("pointer metadata kind");
}

Layout Builder::simd(Ty t) {
  const AdtDef *adt = t.adt();
  if (!adt->isStruct() || adt->nonEnum().fields.size() != 1)
    return fail(LayoutError::InvalidSimd);
  Ty array = traits::fieldTy(tcx_, {}, adt->nonEnum().fields[0], t.args());
  if (!array.is(TyKind::Array))
    return fail(LayoutError::InvalidSimd);
  uint64_t count = 0;
  if (!constUsize(array.len(), count))
    return fail(failure_);
  const Layout *elem = layoutOf(tcx_, array.inner());
  return elem->ok() ? calc_.simd(*elem, count, adt->repr.pack != 0) : fail(elem->error);
}

// Whether the struct's last field can be unsized for some arguments: then that field keeps its place.
bool Builder::adtMaybeUnsized(const AdtDef *adt) {
  if (!adt->isStruct() || adt->nonEnum().fields.empty())
    return false;
  Ty tail = tcx_.typeOf(adt->nonEnum().fields.back().def);
  switch (tail.kind()) { // what is plainly sized needs no proof
  case TyKind::Bool: case TyKind::Char: case TyKind::Int: case TyKind::Uint: case TyKind::Float: case TyKind::RawPtr: case TyKind::Ref:
  case TyKind::Array: case TyKind::FnPtr: case TyKind::FnDef: case TyKind::Never: case TyKind::Closure: return false;
  default: break;
  }
  return !traits::typeIsSized(tcx_, tcx_.paramEnv(adt->def), tail);
}

Layout Builder::adt(Ty t) {
  const AdtDef *adt = t.adt();
  if (adt->repr.simd)
    return simd(t);
  std::vector<llvm::SmallVector<const Layout *, 8>> parts(adt->variants.size());
  llvm::SmallVector<FieldList, 8> lists;
  for (size_t v = 0; v < parts.size(); ++v) {
    llvm::SmallVector<Ty, 8> tys;
    for (const ty::FieldDef &f : adt->variants[v].fields)
      tys.push_back(traits::fieldTy(tcx_, {}, f, t.args()));
    if (!fields(tys, parts[v]))
      return fail(failure_);
    lists.push_back(parts[v]);
  }
  Repr repr(adt->repr);
  if (adt->isUnion())
    return calc_.ofUnion(lists[0], repr);
  ValidRangeAttr range{adt->hasValidStart, adt->hasValidEnd, u128(adt->validStartHi) << 64 | adt->validStartLo,
                       u128(adt->validEndHi) << 64 | adt->validEndLo};
  llvm::SmallVector<i128, 8> discriminants;
  if (adt->isEnum()) {
    for (uint32_t v = 0; v < parts.size(); ++v)
      discriminants.push_back(i128(discriminantFor(tcx_, adt, v)));
  }
  bool noNiche = adt->isUnsafeCell || adt->isUnsafePinned;
  return calc_.ofStructOrEnum(lists, repr, adt->isEnum(), noNiche, range, discriminants, !adtMaybeUnsized(adt));
}

Layout Builder::build(Ty t) {
  switch (t.kind()) {
  case TyKind::Bool: return Calculator::scalar({intPrim(1, false), false, {0, 1}});
  case TyKind::Char: return Calculator::scalar({intPrim(4, false), false, {0, 0x10FFFF}});
  case TyKind::Int: return Calculator::scalar(Scalar::full(intPrim(intSize(t.intTy()), true)));
  case TyKind::Uint: return Calculator::scalar(Scalar::full(intPrim(intSize(t.intTy()), false)));
  case TyKind::Float: return Calculator::scalar(Scalar::full({PrimKind::Float, uint8_t(2u << unsigned(t.floatTy())), false}));
  case TyKind::FnPtr: return Calculator::scalar(nonNullPtr());
  case TyKind::Never: return Calculator::never();
  case TyKind::Ref:
  case TyKind::RawPtr: return pointer(t);
  case TyKind::Array: {
    uint64_t count = 0;
    if (!constUsize(t.len(), count))
      return fail(failure_);
    const Layout *elem = layoutOf(tcx_, t.inner());
    return elem->ok() ? calc_.arrayLike(*elem, count) : fail(elem->error);
  }
  case TyKind::Slice: {
    const Layout *elem = layoutOf(tcx_, t.inner());
    return elem->ok() ? calc_.arrayLike(*elem, std::nullopt) : fail(elem->error);
  }
  case TyKind::Str: return calc_.arrayLike(*layoutOf(tcx_, tcx_.common.u8), std::nullopt);
  case TyKind::FnDef: return Calculator::unit(true);
  case TyKind::Dynamic:
  case TyKind::Foreign: return Calculator::unit(false);
  case TyKind::Closure: return structural(closureUpvars(t), StructKind::AlwaysSized);
  case TyKind::Tuple: return structural(t.tuple(), t.tuple().empty() ? StructKind::AlwaysSized : StructKind::MaybeUnsized);
  case TyKind::Pat: return pattern(t);
  case TyKind::Adt: return adt(t);
  case TyKind::UnsafeBinder: {
    Ty inner = ty::eraseRegions(tcx_, ty::replaceBound(tcx_, t.inner(), t.p->vars, [&](uint32_t, const ty::BoundVar &) { return ty::GenericArg(tcx_.common.erased); }));
    return *layoutOf(tcx_, inner);
  }
  case TyKind::Param:
  case TyKind::Placeholder:
  case TyKind::Alias: return fail(LayoutError::TooGeneric);
  case TyKind::Error: return fail(LayoutError::Error);
  case TyKind::Coroutine:
  case TyKind::CoroutineClosure:
  case TyKind::CoroutineWitness: return fail(LayoutError::Unknown);
  case TyKind::Bound:
  case TyKind::Infer: break;
  }
  UNREACHABLE("layout of a type with inference or bound variables");
}

static const Layout *provideLayout(Ctx &tcx, const Ty &t) {
  Ty normal = t.has(ty::kHasAlias | ty::kHasRegions) ? traits::normalizeErasingRegions(tcx, {}, t) : t;
  if (normal != t)
    return tcx.layoutOf(normal);
  Layout l = t.has(ty::kHasError) ? Calculator::failure(LayoutError::Error) : Builder(tcx).build(t);
  return new (tcx.arena.Allocate<Layout>()) Layout(l);
}

static const Layout *layoutCycle(Ctx &, const Ty &) {
  static const Layout infinite = Calculator::failure(LayoutError::Infinite);
  return &infinite;
}

void registerFnAbiProviders(Ctx &tcx); // fn_abi.cpp

void registerLayoutProviders(Ctx &tcx) {
  registerFnAbiProviders(tcx);
  tcx.queries.layoutOf.provider = provideLayout;
  tcx.queries.layoutOf.onCycle = layoutCycle;
}

std::string layoutErrorText(Ctx &tcx, Ty t, LayoutError error) {
  std::string name = "`" + ty::show(tcx, t, {ty::PathStyle::Full}) + "`";
  switch (error) {
  case LayoutError::None: return "no error";
  case LayoutError::TooGeneric: return "the type " + name + " does not have a fixed layout";
  case LayoutError::Unsized: return "the size of the type " + name + " cannot be known at compilation time";
  case LayoutError::SizeOverflow: return "values of the type " + name + " are too big for the target architecture";
  case LayoutError::Infinite: return "cycle detected when computing layout of " + name;
  case LayoutError::EmptyUnion: return "the union " + name + " has no fields";
  case LayoutError::ReprConflict: return "the type " + name + " has conflicting representation hints";
  case LayoutError::InvalidSimd: return "the SIMD type " + name + " is invalid";
  case LayoutError::Unknown: return "the type " + name + " has an unknown layout";
  case LayoutError::Error: return "the type " + name + " has an error";
  }
  UNREACHABLE("layout error kind");
}

void reportLayoutError(Ctx &tcx, Ty t, const Layout *layout, Span span) {
  if (layout->error == LayoutError::Error && tcx.sess.diag.hasErrors())
    return;
  tcx.sess.diag.error(span, layout->error == LayoutError::Infinite ? "E0391" : "", layoutErrorText(tcx, t, layout->error));
}

} // namespace ferric::layout
