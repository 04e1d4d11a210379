// Layout of enums (rustc_abi::layout, layout_of_enum): two candidates are computed, one that encodes the variant in a niche of
// the largest variant and one with a tag in front; the smaller wins, then the one with the larger niche left, then the tag.
#include "layout/calc.h"

namespace ferric::layout {

// Uninhabited and without size: takes no part in the encoding.
static bool isAbsent(FieldList fields) {
  bool uninhabited = false;
  for (const Layout *f : fields) {
    uninhabited |= f->uninhabited;
    if (!f->is1Zst())
      return false;
  }
  return uninhabited;
}

Layout Calculator::ofStructOrEnum(llvm::ArrayRef<FieldList> variants, const Repr &repr, bool isEnum, bool noNiche,
                                  const ValidRangeAttr &range, llvm::ArrayRef<i128> discriminants, bool alwaysSized) {
  if (!isEnum)
    return ofStruct(variants[0], repr, false, 0, noNiche, range, alwaysSized);
  uint32_t first = 0, present = 0;
  for (uint32_t i = 0; i < variants.size(); ++i) {
    if (!repr.inhibitEnumOpt() && isAbsent(variants[i]))
      continue;
    if (present++ == 0)
      first = i;
  }
  if (present == 0)
    return never();
  if (present == 1 && !repr.inhibitEnumOpt())
    return ofStruct(variants[first], repr, true, first, noNiche, range, alwaysSized);
  return ofEnum(variants, repr, discriminants);
}

Layout Calculator::ofEnum(llvm::ArrayRef<FieldList> variants, const Repr &repr, llvm::ArrayRef<i128> discriminants) {
  if (repr.pack)
    return failure(LayoutError::ReprConflict);
  std::optional<Layout> niche = nicheFilling(variants, repr);
  Layout tag = tagged(variants, repr, discriminants);
  if (!tag.ok() || !niche)
    return tag;
  if (niche->size != tag.size)
    return niche->size < tag.size ? *niche : tag;
  return tag.nicheAvailable() < niche->nicheAvailable() ? *niche : tag;
}

// ---- niche ----

// Moves a smaller variant behind the niche unless it fits before it; false: there is no room.
static bool fitBesideNiche(Layout &v, llvm::MutableArrayRef<uint64_t> offsets, const Niche &niche, uint64_t size) {
  v.hasNiche = false;
  if (v.size <= niche.offset)
    return true;
  uint64_t at = alignTo(niche.offset + niche.value.size, v.align);
  if (at + v.size > size)
    return false;
  for (uint64_t &o : offsets)
    o += at;
  if (!v.uninhabited)
    v.repr = ReprKind::Memory;
  v.size += at;
  return true;
}

std::optional<Layout> Calculator::nicheFilling(llvm::ArrayRef<FieldList> variants, const Repr &repr) {
  if (repr.inhibitEnumOpt() || variants.size() < 2)
    return std::nullopt;
  Layout l;
  l.maxReprAlign = repr.align;
  std::vector<Layout> parts;
  uint32_t largest = 0;
  l.uninhabited = true;
  for (uint32_t i = 0; i < variants.size(); ++i) {
    Layout v = univariant(variants[i], repr, StructKind::AlwaysSized);
    if (!v.ok())
      return std::nullopt;
    v.index = i;
    l.align = std::max(l.align, v.align);
    l.maxReprAlign = std::max(l.maxReprAlign, v.maxReprAlign);
    l.unadjustedAlign = std::max(l.unadjustedAlign, v.unadjustedAlign);
    l.uninhabited &= v.uninhabited;
    parts.push_back(v);
    if (v.size >= parts[largest].size) // the last of equals
      largest = i;
  }
  auto needsValue = [&](uint32_t i) { return i != largest && !isAbsent(variants[i]); };
  uint32_t first = 0, last = uint32_t(variants.size()) - 1;
  while (first < variants.size() && !needsValue(first))
    ++first;
  CHECK(first < variants.size(), "niche-filling enum without a second variant");
  while (!needsValue(last))
    --last;
  if (!parts[largest].hasNiche)
    return std::nullopt;
  Niche niche = parts[largest].largestNiche;
  std::optional<std::pair<u128, Scalar>> reserved = niche.reserve(u128(last) - first + 1);
  if (!reserved)
    return std::nullopt;
  l.size = alignTo(parts[largest].size, l.align);
  bool othersEmpty = true;
  for (uint32_t i = 0; i < parts.size(); ++i) {
    if (i == largest)
      continue;
    if (!fitBesideNiche(parts[i], ownOffsets(parts[i]), niche, l.size))
      return std::nullopt;
    othersEmpty &= parts[i].size == 0;
  }
  l.fields = FieldsKind::Arbitrary;
  l.offsets = copy(llvm::ArrayRef<uint64_t>({niche.offset}));
  l.order = copy(llvm::ArrayRef<uint32_t>({0}));
  l.variants = VariantsKind::Multiple;
  l.encoding = TagEncoding::Niche;
  l.tag = reserved->second;
  l.nicheStart = reserved->first;
  l.untagged = largest;
  l.nicheFirst = first;
  l.nicheLast = last;
  if (std::optional<Niche> n = Niche::fromScalar(niche.offset, l.tag))
    l.hasNiche = true, l.largestNiche = *n;
  const Layout &big = parts[largest];
  if (l.size == big.size && l.align == big.align && othersEmpty && (big.isScalar() || big.isPair())) {
    l.repr = big.repr;
    l.a = niche.offset == 0 ? l.tag : big.a.toUnion();
    if (big.isPair()) // only the niche is initialised in every variant
      l.b = niche.offset == 0 ? big.b.toUnion() : l.tag;
  }
  llvm::SmallVector<const Layout *, 8> kept;
  for (const Layout &p : parts)
    kept.push_back(keep(p));
  l.variantLayouts = copy(llvm::ArrayRef<const Layout *>(kept));
  return l;
}

// ---- tag ----

static uint8_t fitUnsigned(u128 v) { return v <= maskOf(1) ? 1 : v <= maskOf(2) ? 2 : v <= maskOf(4) ? 4 : v <= maskOf(8) ? 8 : 16; }
static uint8_t fitSigned(i128 v) {
  for (uint8_t n : {1, 2, 4, 8})
    if (signExtend(u128(v), n) == v)
      return n;
  return 16;
}

// Size and sign of the tag for discriminants from `min` to `max` (rustc discr_range_of_repr).
static Primitive tagType(const Repr &repr, i128 min, i128 max) {
  if (repr.hasInt)
    return {PrimKind::Int, repr.intSize, repr.intSigned};
  uint8_t unsignedFit = fitUnsigned(std::max(u128(min), u128(max)));
  uint8_t signedFit = std::max(fitSigned(min), fitSigned(max));
  uint8_t atLeast = repr.c ? 4 : 1;
  if (unsignedFit <= signedFit)
    return {PrimKind::Int, std::max(unsignedFit, atLeast), false};
  return {PrimKind::Int, std::max(signedFit, atLeast), true};
}

// The valid discriminants as a wrapping range: everything but the largest gap. Returns its first and last value.
static std::pair<i128, i128> discriminantRange(llvm::ArrayRef<FieldList> variants, const Repr &repr, llvm::ArrayRef<i128> discriminants) {
  uint8_t size = repr.discrSize();
  llvm::SmallVector<i128, 16> valid;
  for (size_t i = 0; i < variants.size(); ++i) {
    bool inhabited = llvm::none_of(variants[i], [](const Layout *f) { return f->uninhabited; });
    if (repr.c || inhabited)
      valid.push_back(repr.discrSigned() ? signExtend(u128(discriminants[i]), size) : discriminants[i]);
  }
  if (valid.empty())
    return {0, 0};
  llvm::sort(valid);
  valid.erase(llvm::unique(valid), valid.end());
  i128 max = 0, min = 0;
  u128 best = 0;
  for (size_t k = 0; k < valid.size(); ++k) {
    i128 start = valid[k], end = valid[(k + 1) % valid.size()];
    u128 dist = u128(end) - u128(start);
    if (start > end) {
      u128 spread = u128(start) - u128(end);
      dist = repr.discrSigned() ? (maskOf(size) >> 1) - spread : maskOf(size) - spread;
    }
    if (k == 0 || dist >= best) { // the last of equals
      best = dist;
      max = start;
      min = end;
    }
  }
  return {min, max};
}

// The one scalar that all variants with data have at the same place, if any, made fit for all; rustc's rule for tagged scalar pairs.
static std::optional<std::pair<Scalar, uint64_t>> commonScalar(llvm::ArrayRef<FieldList> variants, llvm::ArrayRef<Layout> parts) {
  std::optional<std::pair<Primitive, uint64_t>> common;
  bool initialised = true;
  for (size_t v = 0; v < variants.size(); ++v) {
    const Layout *field = nullptr;
    uint64_t offset = 0;
    for (size_t i = 0; i < variants[v].size(); ++i) {
      if (variants[v][i]->isZst())
        continue;
      if (field)
        return std::nullopt;
      field = variants[v][i];
      offset = parts[v].offsets[i];
    }
    if (!field) {
      initialised = false;
      continue;
    }
    if (!field->isScalar())
      return std::nullopt;
    initialised &= !field->a.isUnion;
    Primitive prim = field->a.prim;
    if (!common) {
      common = {prim, offset};
      continue;
    }
    Primitive old = common->first;
    if (common->second != offset)
      return std::nullopt;
    bool sameInt = old.isInt() && prim.isInt() && old.size == prim.size;
    bool ptrInt = ((old.isPtr() && prim.isInt()) || (old.isInt() && prim.isPtr())) && old.size == prim.size;
    if (ptrInt)
      common->first = old.isPtr() ? old : prim;
    else if (!(old == prim) && !sameInt)
      return std::nullopt;
  }
  if (!common)
    return std::nullopt;
  Scalar s = Scalar::full(common->first);
  return std::pair(initialised ? s : s.toUnion(), common->second);
}

// Widens the tag to the alignment of what follows it, so that there is no padding to copy.
static uint8_t widenTag(uint8_t tagSize, uint64_t startAlign, llvm::MutableArrayRef<Layout> parts,
                        llvm::function_ref<llvm::MutableArrayRef<uint64_t>(Layout &)> own) {
  if (startAlign > 16 || startAlign <= tagSize)
    return tagSize;
  for (Layout &v : parts) {
    for (uint64_t &o : own(v))
      if (o <= tagSize)
        o = startAlign;
    if (v.size <= tagSize)
      v.size = startAlign;
  }
  return uint8_t(startAlign);
}

Layout Calculator::tagged(llvm::ArrayRef<FieldList> variants, const Repr &repr, llvm::ArrayRef<i128> discriminants) {
  auto [min, max] = discriminantRange(variants, repr, discriminants);
  Primitive tag = tagType(repr, min, max);
  uint64_t prefixAlign = tag.size;
  if (repr.c)
    for (FieldList v : variants)
      for (const Layout *f : v)
        prefixAlign = std::max(prefixAlign, f->align);
  Layout l;
  l.maxReprAlign = repr.align;
  l.uninhabited = true;
  uint64_t startAlign = 256;
  std::vector<Layout> parts;
  for (uint32_t i = 0; i < variants.size(); ++i) {
    Layout v = univariant(variants[i], repr, StructKind::Prefixed, tag.size, prefixAlign);
    if (!v.ok())
      return v;
    v.index = i;
    for (uint32_t f : v.order) {
      if (variants[i][f]->is1Zst())
        continue;
      startAlign = std::min(startAlign, variants[i][f]->align);
      break;
    }
    l.size = std::max(l.size, v.size);
    l.align = std::max(l.align, v.align);
    l.maxReprAlign = std::max(l.maxReprAlign, v.maxReprAlign);
    l.unadjustedAlign = std::max(l.unadjustedAlign, v.unadjustedAlign);
    l.uninhabited &= v.uninhabited;
    parts.push_back(v);
  }
  l.size = alignTo(l.size, l.align);
  if (l.size >= bound_)
    return failure(LayoutError::SizeOverflow);
  if (!repr.c && !repr.hasInt)
    tag.size = widenTag(tag.size, startAlign, parts, [&](Layout &v) { return ownOffsets(v); });
  l.tag = {tag, false, {truncTo(u128(min), tag.size), truncTo(u128(max), tag.size)}};
  l.fields = FieldsKind::Arbitrary;
  l.offsets = copy(llvm::ArrayRef<uint64_t>({0}));
  l.order = copy(llvm::ArrayRef<uint32_t>({0}));
  l.variants = VariantsKind::Multiple;
  l.encoding = TagEncoding::Direct;
  if (l.tag.size() == l.size) {
    l.repr = ReprKind::Scalar;
    l.a = l.tag;
  } else if (std::optional<std::pair<Scalar, uint64_t>> common = commonScalar(variants, parts)) {
    Layout pair = scalarPair(l.tag, common->first);
    if (pair.offsets[1] == common->second && l.align == pair.align && l.size == pair.size) {
      l.repr = ReprKind::ScalarPair;
      l.a = pair.a;
      l.b = pair.b;
    }
  }
  // A downcast must not change how the value is held.
  if (!l.isMemory())
    for (Layout &v : parts)
      if (!v.offsets.empty() && v.isMemory()) {
        v.repr = l.repr;
        v.a = l.a;
        v.b = l.b;
        v.size = std::max(v.size, l.size);
        v.align = std::max(v.align, l.align);
      }
  if (std::optional<Niche> n = Niche::fromScalar(0, l.tag))
    l.hasNiche = true, l.largestNiche = *n;
  llvm::SmallVector<const Layout *, 8> kept;
  for (const Layout &p : parts)
    kept.push_back(keep(p));
  l.variantLayouts = copy(llvm::ArrayRef<const Layout *>(kept));
  return l;
}

} // namespace ferric::layout
