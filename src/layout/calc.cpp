// Layout of structs, unions, arrays and vectors: the port of rustc_abi::layout's univariant part. Fields are sorted by
// alignment (largest first, or smallest first behind an enum's tag) and, inside an alignment group, so that the largest niche
// lies at an edge of the struct; a struct of one or two scalars then is held in registers as they are.
#include "layout/calc.h"
#include "llvm/ADT/bit.h"

namespace ferric::layout {

std::optional<Niche> Niche::fromScalar(uint64_t offset, const Scalar &s) {
  if (s.isUnion)
    return std::nullopt;
  Niche n{offset, s.prim, s.range};
  return n.available() > 0 ? std::optional<Niche>(n) : std::nullopt;
}

// Takes values next to the valid ones, on the side from which zero is nearer without passing it, so that `None` tends to be zero.
std::optional<std::pair<u128, Scalar>> Niche::reserve(u128 count) const {
  CHECK(count > 0, "empty niche reservation");
  u128 max = maskOf(value.size);
  if (count > available())
    return std::nullopt;
  auto moveStart = [&] {
    u128 start = (range.start - count) & max;
    return std::pair(start, Scalar{value, false, {start, range.end}});
  };
  auto moveEnd = [&] {
    return std::pair((range.end + 1) & max, Scalar{value, false, {range.start, (range.end + count) & max}});
  };
  if (range.start > range.end)
    return moveEnd();
  if (range.start <= max - range.end)
    return count <= range.start ? moveStart() : moveEnd();
  u128 end = (range.end + count) & max;
  bool overshotZero = 1 <= end && end <= range.end;
  return overshotZero ? moveStart() : moveEnd();
}

size_t Layout::fieldCount() const {
  switch (fields) {
  case FieldsKind::Primitive: return 0;
  case FieldsKind::Array:
  case FieldsKind::Union: return count;
  case FieldsKind::Arbitrary: return offsets.size();
  }
  UNREACHABLE("fields kind");
}

uint64_t Layout::offset(size_t field) const {
  switch (fields) {
  case FieldsKind::Primitive: UNREACHABLE("offset of a field of a primitive");
  case FieldsKind::Union: return 0;
  case FieldsKind::Array: return stride * field;
  case FieldsKind::Arbitrary: return offsets[field];
  }
  UNREACHABLE("fields kind");
}

Layout Calculator::unit(bool sized) {
  Layout l;
  l.fields = FieldsKind::Arbitrary;
  l.variants = VariantsKind::Single;
  l.sized = sized;
  return l;
}

Layout Calculator::never() {
  Layout l;
  l.uninhabited = true;
  return l; // fields Primitive, variants Empty
}

static void setNiche(Layout &l, const std::optional<Niche> &n) {
  l.hasNiche = n.has_value();
  if (n)
    l.largestNiche = *n;
}

Layout Calculator::scalar(const Scalar &s) {
  Layout l;
  l.variants = VariantsKind::Single;
  l.repr = ReprKind::Scalar;
  l.a = s;
  l.size = s.size();
  l.align = l.unadjustedAlign = s.align();
  setNiche(l, Niche::fromScalar(0, s));
  return l;
}

Layout Calculator::scalarPair(const Scalar &a, const Scalar &b) {
  Layout l;
  l.variants = VariantsKind::Single;
  l.fields = FieldsKind::Arbitrary;
  l.repr = ReprKind::ScalarPair;
  l.a = a;
  l.b = b;
  l.align = l.unadjustedAlign = std::max(a.align(), b.align());
  uint64_t second = l.pairOffset();
  l.size = alignTo(second + b.size(), l.align);
  l.offsets = copy(llvm::ArrayRef<uint64_t>({0, second}));
  l.order = copy(llvm::ArrayRef<uint32_t>({0, 1}));
  std::optional<Niche> na = Niche::fromScalar(0, a), nb = Niche::fromScalar(second, b);
  setNiche(l, !na || (nb && nb->available() > na->available()) ? nb : na);
  return l;
}

Layout Calculator::arrayLike(const Layout &elem, std::optional<uint64_t> count) {
  Layout l;
  uint64_t n = count.value_or(0);
  if (elem.size && n > (bound_ - 1) / elem.size)
    return failure(LayoutError::SizeOverflow);
  l.variants = VariantsKind::Single;
  l.fields = FieldsKind::Array;
  l.stride = elem.size;
  l.count = n;
  l.sized = count.has_value();
  if (n != 0 && elem.hasNiche)
    setNiche(l, elem.largestNiche);
  l.uninhabited = elem.uninhabited && n != 0;
  l.align = elem.align;
  l.unadjustedAlign = elem.align;
  l.size = elem.size * n;
  return l;
}

// #[repr(simd)] struct S([T; count]): padded to a power of two, unless packed.
Layout Calculator::simd(const Layout &elem, uint64_t count, bool packed) {
  if (count == 0 || count > (1 << 15) || !elem.isScalar())
    return failure(LayoutError::InvalidSimd);
  Layout l;
  uint64_t bytes = elem.size * count;
  l.variants = VariantsKind::Single;
  l.fields = FieldsKind::Arbitrary;
  l.offsets = copy(llvm::ArrayRef<uint64_t>({0}));
  l.order = copy(llvm::ArrayRef<uint32_t>({0}));
  l.a = elem.a;
  l.count = count;
  if (packed && !llvm::isPowerOf2_64(count)) {
    l.repr = ReprKind::Memory;
    l.align = bytes & (~bytes + 1);
  } else {
    l.repr = ReprKind::Vector;
    l.align = llvm::bit_ceil(bytes);
  }
  l.size = alignTo(bytes, l.align);
  l.unadjustedAlign = elem.align;
  if (elem.hasNiche)
    setNiche(l, elem.largestNiche);
  return l;
}

// ---- one variant ----

// Tries niches first, and niches last when that brings the niche nearer to an edge: enums put their other variants' data beside it.
Layout Calculator::univariant(FieldList fields, const Repr &repr, StructKind kind, uint64_t prefixSize, uint64_t prefixAlign) {
  Layout l = univariantBiased(fields, repr, kind, prefixSize, prefixAlign, false);
  if (!l.ok() || kind == StructKind::MaybeUnsized || !l.hasNiche || fields.size() <= 1)
    return l;
  uint64_t head = l.largestNiche.offset, tail = l.size - head - l.largestNiche.value.size;
  if (head == 0 || tail == 0)
    return l;
  Layout alt = univariantBiased(fields, repr, kind, prefixSize, prefixAlign, true);
  uint64_t altHead = alt.largestNiche.offset;
  return altHead > head && altHead > tail ? alt : l;
}

namespace {
// Sorts the fields of a variant into memory order; the keys are those of rustc.
struct FieldSorter {
  FieldList fields;      // all
  FieldList sorted;      // without an unsizable tail
  const Repr &repr;
  StructKind kind;
  bool nicheAtEnd;
  uint64_t maxAlign = 1;
  u128 largestNiche = 0;

  // Groups fields by alignment, or by the alignment their size suggests ([u8; 4] beside u32).
  uint64_t group(const Layout &f) const {
    if (repr.pack)
      return std::min<uint64_t>(f.align, repr.pack);
    unsigned sizeAsAlign = unsigned(llvm::countr_zero(std::max(f.align, f.size)));
    if (largestNiche == 0)
      return sizeAsAlign;
    if (!nicheAtEnd)
      return std::min<unsigned>(unsigned(llvm::countr_zero(maxAlign)), sizeAsAlign);
    return f.nicheAvailable() == largestNiche ? unsigned(llvm::countr_zero(f.align)) : sizeAsAlign;
  }
  struct Key { uint64_t group; u128 niche; uint64_t inner; };
  Key key(const Layout &f) const {
    uint64_t g = group(f);
    u128 n = f.nicheAvailable();
    if (kind == StructKind::Prefixed)
      return {g, n, 0};
    uint64_t inner = 0;
    if (f.hasNiche)
      inner = nicheAtEnd ? ~(f.size - f.largestNiche.value.size - f.largestNiche.offset) : f.largestNiche.offset;
    return {~g, nicheAtEnd ? n : ~n, inner};
  }
  void sort(llvm::MutableArrayRef<uint32_t> order) {
    for (const Layout *f : sorted) {
      maxAlign = std::max(maxAlign, f->align);
      largestNiche = std::max(largestNiche, f->nicheAvailable());
    }
    llvm::SmallVector<Key, 8> keys;
    for (const Layout *f : fields)
      keys.push_back(key(*f));
    llvm::sort(order, [&](uint32_t x, uint32_t y) { // stable by the index
      return std::tie(keys[x].group, keys[x].niche, keys[x].inner, x) < std::tie(keys[y].group, keys[y].niche, keys[y].inner, y);
    });
  }
};
} // namespace

// A variant that is exactly one register value, or two, is held as such.
static void promoteToScalars(Layout &l, FieldList fields, const Repr &repr, const Layout *&single, Calculator &calc) {
  llvm::SmallVector<uint32_t, 3> data;
  for (uint32_t i = 0; i < fields.size() && data.size() < 3; ++i)
    if (!fields[i]->isZst())
      data.push_back(i);
  if (data.size() == 1) {
    const Layout &f = *fields[data[0]];
    single = &f;
    bool fills = l.offsets[data[0]] == 0 && l.align == f.align && l.size == f.size;
    if (fills && (f.isPair() || ((f.isScalar() || f.isVector()) && !repr.inhibitNewtypeAbi()))) {
      l.repr = f.repr;
      l.a = f.a;
      l.b = f.b;
      l.count = f.isVector() ? f.count : 0;
    }
    return;
  }
  if (data.size() != 2 || !fields[data[0]]->isScalar() || !fields[data[1]]->isScalar())
    return;
  uint32_t i = data[0], j = data[1];
  if (l.offsets[i] > l.offsets[j])
    std::swap(i, j);
  Layout pair = calc.scalarPair(fields[i]->a, fields[j]->a);
  if (l.offsets[i] != 0 || l.offsets[j] != pair.offsets[1] || l.align != pair.align || l.size != pair.size)
    return;
  l.repr = ReprKind::ScalarPair;
  l.a = pair.a;
  l.b = pair.b;
}

Layout Calculator::univariantBiased(FieldList fields, const Repr &repr, StructKind kind, uint64_t prefixSize, uint64_t prefixAlign,
                                    bool nicheAtEnd) {
  Layout l;
  l.fields = FieldsKind::Arbitrary;
  l.variants = VariantsKind::Single;
  l.maxReprAlign = repr.align;
  llvm::SmallVector<uint32_t, 16> order(fields.size());
  for (uint32_t i = 0; i < fields.size(); ++i)
    order[i] = i;
  size_t end = kind == StructKind::MaybeUnsized ? fields.size() - 1 : fields.size();
  if (!repr.inhibitReordering() && fields.size() > 1)
    FieldSorter{fields, fields.take_front(end), repr, kind, nicheAtEnd}.sort(llvm::MutableArrayRef<uint32_t>(order).take_front(end));

  llvm::SmallVector<uint64_t, 16> offsets(fields.size());
  uint64_t offset = 0, align = 1;
  if (kind == StructKind::Prefixed) {
    uint64_t pa = repr.pack ? std::min<uint64_t>(prefixAlign, repr.pack) : prefixAlign;
    align = std::max(align, pa);
    offset = alignTo(prefixSize, pa);
  }
  u128 bestNiche = 0;
  bool unsized_ = false;
  for (uint32_t i : order) {
    const Layout &f = *fields[i];
    if (unsized_)
      return failure(LayoutError::Unsized);
    if (!f.sized) {
      if (kind != StructKind::MaybeUnsized)
        return failure(LayoutError::Unsized);
      unsized_ = true;
    }
    uint64_t fieldAlign = repr.pack ? std::min<uint64_t>(f.align, repr.pack) : f.align;
    offset = alignTo(offset, fieldAlign);
    align = std::max(align, fieldAlign);
    l.maxReprAlign = std::max(l.maxReprAlign, f.maxReprAlign);
    offsets[i] = offset;
    u128 available = f.nicheAvailable();
    if (f.hasNiche && (nicheAtEnd ? available >= bestNiche : available > bestNiche)) {
      bestNiche = available;
      l.hasNiche = true;
      l.largestNiche = f.largestNiche;
      l.largestNiche.offset += offset;
    }
    l.uninhabited |= f.uninhabited;
    offset += f.size;
    if (offset >= bound_)
      return failure(LayoutError::SizeOverflow);
  }
  l.unadjustedAlign = align;
  l.align = std::max<uint64_t>(align, repr.align);
  l.size = alignTo(offset, l.align);
  l.sized = !unsized_;
  l.offsets = copy(llvm::ArrayRef<uint64_t>(offsets));
  l.order = copy(llvm::ArrayRef<uint32_t>(order));
  if (l.size >= bound_)
    return failure(LayoutError::SizeOverflow);
  const Layout *single = nullptr;
  if (l.sized && l.size > 0)
    promoteToScalars(l, fields, repr, single, *this);
  if (repr.transparent)
    l.unadjustedAlign = single ? single->unadjustedAlign : l.align;
  return l;
}

Layout Calculator::ofStruct(FieldList fields, const Repr &repr, bool isEnum, uint32_t variant, bool noNiche, const ValidRangeAttr &range,
                            bool alwaysSized) {
  StructKind kind = isEnum || fields.empty() || alwaysSized ? StructKind::AlwaysSized : StructKind::MaybeUnsized;
  Layout l = univariant(fields, repr, kind);
  if (!l.ok())
    return l;
  l.index = variant;
  if (noNiche) { // UnsafeCell: any bit pattern may be seen through a shared reference
    for (Scalar *s : {&l.a, &l.b})
      if (!s->isUnion)
        s->range = ValidRange::full(s->prim.size);
    l.hasNiche = false;
    return l;
  }
  if (!l.isScalar() && !l.isPair())
    return l;
  if (range.hasStart)
    l.a.range.start = range.start;
  if (range.hasEnd)
    l.a.range.end = range.end;
  std::optional<Niche> n = Niche::fromScalar(0, l.a);
  if (n && (!l.hasNiche || l.largestNiche.available() <= n->available()))
    setNiche(l, n);
  return l;
}

// All non-zero-sized fields held alike: so is the union, any bits allowed.
Layout Calculator::ofUnion(FieldList fields, const Repr &repr) {
  Layout l;
  if (fields.empty())
    return failure(LayoutError::EmptyUnion);
  l.variants = VariantsKind::Single;
  l.fields = FieldsKind::Union;
  l.count = fields.size();
  l.maxReprAlign = repr.align;
  bool common = !repr.c;
  const Layout *first = nullptr;
  uint64_t align = 1;
  for (const Layout *f : fields) {
    if (!f->sized)
      return failure(LayoutError::Unsized);
    align = std::max(align, f->align);
    l.maxReprAlign = std::max(l.maxReprAlign, f->maxReprAlign);
    l.size = std::max(l.size, f->size);
    if (f->isZst())
      continue;
    if (!first)
      first = f;
    else if (first->repr != f->repr || first->a.prim != f->a.prim || (f->isPair() && first->b.prim != f->b.prim) ||
             (f->isVector() && first->count != f->count))
      common = false;
  }
  if (repr.pack)
    align = std::min<uint64_t>(align, repr.pack);
  l.unadjustedAlign = align;
  l.align = align = std::max<uint64_t>(align, repr.align);
  l.size = alignTo(l.size, align);
  if (!common || !first || first->isMemory())
    return l;
  uint64_t scalarAlign = first->isPair() ? std::max(first->a.align(), first->b.align()) : first->a.align();
  if (first->isVector() ? scalarAlign > align : scalarAlign != align)
    return l;
  l.repr = first->repr;
  l.a = first->a.toUnion();
  l.b = first->b.toUnion();
  if (first->isVector())
    l.count = first->count; // a vector's lanes; such a union's fields are never counted
  return l;
}

} // namespace ferric::layout
