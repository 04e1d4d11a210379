// From patterns to what must be tested: irrefutable parts vanish, bindings are collected, or-patterns keep their
// alternatives flat (rustc_mir_build::builder::matches::match_pair).
#include "mir_build/match.h"

namespace ferric::mir_build {

FlatPat MatchBuilder::flatten(const PlaceBuilder &place, Pat *pat) {
  FlatPat f;
  f.extra.span = pat->span;
  Pat *p = pat;
  while (p->kind == PatKind::Deref)
    p = p->sub;
  f.extra.isNever = p->kind == PatKind::Never;
  pairsFor(place, pat, f.pairs, f.extra);
  return f;
}

Candidate MatchBuilder::candidateOf(FlatPat f, bool hasGuard) {
  Candidate c;
  c.pairs = std::move(f.pairs);
  c.extra = std::move(f.extra);
  c.hasGuard = hasGuard;
  c.sortPairs();
  return c;
}

void MatchBuilder::fieldPairs(const PlaceBuilder &place, llvm::ArrayRef<FieldPat> fields, std::vector<MatchPair> &pairs, ExtraData &extra) {
  for (const FieldPat &f : fields)
    pairsFor(place.field(f.field, f.pat->ty), f.pat, pairs, extra);
}

void MatchBuilder::slicePairs(const PlaceBuilder &place, Pat *pat, std::vector<MatchPair> &pairs, ExtraData &extra) {
  uint64_t prefix = pat->prefix.size(), suffix = pat->suffix.size(), minLength = prefix + suffix;
  bool isArray = pat->kind == PatKind::Array;
  if (isArray && !pat->ty.len().tryBits(minLength)) {
    b.unsupported(pat->span, "a pattern for an array of unknown length");
    return;
  }
  for (uint64_t i = 0; i < prefix; ++i)
    pairsFor(place.project({ProjKind::ConstantIndex, false, 0, i, minLength}), pat->prefix[i], pairs, extra);
  if (pat->slice)
    pairsFor(place.project({ProjKind::Subslice, !isArray, 0, prefix, isArray ? minLength - suffix : suffix}), pat->slice, pairs, extra);
  for (uint64_t end = 1; end <= suffix; ++end) {
    ProjElem e{ProjKind::ConstantIndex, !isArray, 0, isArray ? minLength - end : end, minLength};
    pairsFor(place.project(e), pat->suffix[suffix - end], pairs, extra);
  }
}

static PatConstKind constKindOf(Ty t) {
  if (t.isBool())
    return PatConstKind::Bool;
  if (t.is(TyKind::Int) || t.is(TyKind::Uint) || t.isChar())
    return PatConstKind::IntOrChar;
  if (t.is(TyKind::Float))
    return PatConstKind::Float;
  return t.isStr() ? PatConstKind::String : PatConstKind::Other;
}

static bool isFullRange(Ctx &tcx, const PatRange &r) {
  if (r.ty.is(TyKind::Float))
    return false;
  unsigned bits = mir::scalarSize(tcx, r.ty) * 8;
  bool sign = mir::isSigned(r.ty);
  llvm::APInt min = sign ? llvm::APInt::getSignedMinValue(bits) : llvm::APInt::getZero(bits);
  llvm::APInt max = r.ty.isChar() ? llvm::APInt(32, 0x10FFFF) : sign ? llvm::APInt::getSignedMaxValue(bits) : llvm::APInt::getAllOnes(bits);
  bool lo = !r.hasLo || llvm::APInt(bits, {r.lo.lo, r.lo.hi}) == min;
  bool hi = !r.hasHi || (r.inclusive && llvm::APInt(bits, {r.hi.lo, r.hi.hi}) == max);
  return lo && hi;
}

void MatchBuilder::pairsFor(PlaceBuilder place, Pat *pat, std::vector<MatchPair> &pairs, ExtraData &extra) {
  b.resolveUpvar(place);
  MatchPair m;
  m.hasPlace = b.tryToPlace(place, m.place);
  m.span = pat->span;
  bool test = false;
  switch (pat->kind) {
  case PatKind::Wild:
  case PatKind::Error: return;
  case PatKind::Or:
    for (Pat *alt : pat->alts)
      m.alts.push_back(flatten(place, alt));
    if (!m.alts[0].extra.bindings.empty())
      extra.bindings.push_back({true, {}});
    m.kind = CaseKind::Or;
    test = true;
    break;
  case PatKind::Range:
    if (isFullRange(tcx, pat->range))
      return;
    m.kind = CaseKind::Range;
    m.range = pat->range;
    test = true;
    break;
  case PatKind::Constant:
    m.kind = CaseKind::Constant;
    m.value = pat->value;
    m.constKind = constKindOf(pat->value.ty);
    test = true;
    break;
  case PatKind::Binding:
    // The sub-pattern binds first: its by-copy bindings must precede a by-move one of the whole.
    if (pat->sub)
      pairsFor(place, pat->sub, m.subpairs, extra);
    if (m.hasPlace)
      extra.bindings.push_back({false, {pat->span, m.place, pat->var, pat->mode}});
    break;
  case PatKind::Array: slicePairs(place, pat, m.subpairs, extra); break;
  case PatKind::Slice:
    slicePairs(place, pat, m.subpairs, extra);
    if (pat->prefix.empty() && pat->slice && pat->suffix.empty())
      break;
    m.kind = CaseKind::Slice;
    m.len = pat->prefix.size() + pat->suffix.size();
    m.atLeast = pat->slice;
    test = true;
    break;
  case PatKind::Variant:
    fieldPairs(place.downcast(pat->variant), pat->fields, m.subpairs, extra);
    if (pat->adt->variants.size() > 1 || (pat->adt->nonExhaustive && !pat->adt->def.isLocal())) {
      m.kind = CaseKind::Variant;
      m.adt = pat->adt;
      m.variant = pat->variant;
      test = true;
    }
    break;
  case PatKind::Leaf: fieldPairs(place, pat->fields, m.subpairs, extra); break;
  case PatKind::Deref: pairsFor(place.deref(), pat->sub, m.subpairs, extra); break;
  case PatKind::DerefPattern:
    m.temp = b.temp(tcx.mkRef(tcx.common.erased, pat->sub->ty, pat->mut), pat->span);
    m.mut = pat->mut;
    m.kind = CaseKind::Deref;
    pairsFor(PlaceBuilder(m.temp).deref(), pat->sub, m.subpairs, extra);
    test = true;
    break;
  case PatKind::Never:
    m.kind = CaseKind::Never;
    test = true;
    break;
  }
  if (test) {
    pairs.push_back(std::move(m));
    return;
  }
  for (MatchPair &s : m.subpairs)
    pairs.push_back(std::move(s));
}

} // namespace ferric::mir_build
