// The algorithm of rustc_pattern_analysis::usefulness in one recursive function: take the first column, split its type into the
// constructors that the patterns tell apart, go on with the rows of each. A row is useful if somewhere it is the first to match; what
// no row matches is a witness. Integer ranges are split at every end, slices by length.
#include "mir_build/usefulness.h"
#include "ty/print.h"

namespace ferric::mir_build {

namespace {
using U128 = unsigned __int128;

// An end of a range of integers, signed ones shifted to be unsigned. `kind` 0: before all, 1: finite, 2: after the greatest 128-bit
// value, 3: after all.
struct Edge {
  uint8_t kind = 1;
  U128 value = 0;
  friend bool operator==(const Edge &, const Edge &) = default;
  friend bool operator<(const Edge &a, const Edge &b) { return a.kind != b.kind ? a.kind < b.kind : a.value < b.value; }
  friend bool operator<=(const Edge &a, const Edge &b) { return !(b < a); }
  Edge next() const { return kind != 1 ? *this : value == ~U128(0) ? Edge{2, 0} : Edge{1, value + 1}; }
};

enum class CtorKind : uint8_t { Struct, Variant, Ref, Slice, UnionField, Bool, IntRange, FloatRange, Str, Opaque, Wildcard, NonExhaustive, Never, Missing };
struct Ctor {
  CtorKind kind = CtorKind::Wildcard;
  uint32_t variant = 0;
  bool truth = false;
  Edge lo, hi;                        // IntRange: lo..hi, hi exclusive
  bool varLen = false;                // Slice
  uint64_t prefix = 0, suffix = 0;    // Slice; fixed length: prefix
  PatRange range;                     // FloatRange
  llvm::StringRef str;
  uint64_t arity() const { return prefix + suffix; }
};
struct DPat { Ctor ctor; llvm::SmallVector<std::pair<uint32_t, DPat *>, 4> fields; llvm::SmallVector<DPat *, 2> alts; };
struct Row { llvm::SmallVector<DPat *, 4> pats; bool guard; size_t parent; bool useful = false; }; // null: wildcard
struct Place { Ty ty; bool valid; bool scrutinee; };
struct Witness { Ctor ctor; std::vector<Witness> fields; Ty ty; };
using WitnessStack = std::vector<Witness>; // the first column last

class Analysis {
public:
  Analysis(Ctx &tcx, ty::ParamEnv env) : tcx(tcx), env(env) {}
  bool tooComplex = false;

  DPat *lower(Pat *p) {
    DPat *d = new (arena.Allocate<DPat>()) DPat();
    pool.push_back(d);
    switch (p->kind) {
    case PatKind::Wild:
    case PatKind::Never:
    case PatKind::Error: break;
    case PatKind::Binding:
      if (p->sub)
        return lower(p->sub);
      break;
    case PatKind::Deref:
      d->ctor.kind = CtorKind::Ref;
      d->fields.push_back({0, lower(p->sub)});
      break;
    case PatKind::DerefPattern: d->ctor.kind = CtorKind::Opaque; break;
    case PatKind::Leaf:
    case PatKind::Variant:
      d->ctor.kind = p->kind == PatKind::Variant ? CtorKind::Variant : p->adt && p->adt->isUnion() ? CtorKind::UnionField : CtorKind::Struct;
      d->ctor.variant = p->variant;
      for (const FieldPat &f : p->fields)
        d->fields.push_back({f.field, lower(f.pat)});
      break;
    case PatKind::Constant: constant(*d, p); break;
    case PatKind::Range: range(*d, p); break;
    case PatKind::Slice:
    case PatKind::Array: {
      d->ctor.kind = CtorKind::Slice;
      d->ctor.varLen = p->slice;
      d->ctor.prefix = p->prefix.size();
      d->ctor.suffix = p->suffix.size();
      uint32_t i = 0;
      for (Pat *e : p->prefix)
        d->fields.push_back({i++, lower(e)});
      for (Pat *e : p->suffix)
        d->fields.push_back({i++, lower(e)});
      uint64_t len = 0;
      if (p->kind == PatKind::Array && p->ty.len().tryBits(len) && d->ctor.varLen && len == d->ctor.arity()) {
        d->ctor.varLen = false;
        d->ctor.prefix = len;
        d->ctor.suffix = 0;
      }
      break;
    }
    case PatKind::Or:
      for (Pat *a : p->alts)
        flattenOr(lower(a), *d);
      break;
    }
    return d;
  }

  // Witnesses of what no row matches; marks the useful rows.
  std::vector<WitnessStack> run(std::vector<Row> &rows, const std::vector<Place> &places) {
    if (tooComplex || ++steps > 2000000) {
      tooComplex = true;
      return {};
    }
    if (places.empty()) {
      bool useful = true;
      for (Row &r : rows) {
        r.useful = useful;
        useful &= r.guard;
      }
      return useful ? std::vector<WitnessStack>{{}} : std::vector<WitnessStack>();
    }
    if (llvm::any_of(rows, [](const Row &r) { return r.pats[0] && !r.pats[0]->alts.empty(); }))
      return expandOr(rows, places);
    std::vector<Ctor> present, missing;
    bool tryMissing = split(rows, places[0], present, missing);
    std::vector<WitnessStack> result;
    for (const Ctor &c : present) {
      std::vector<WitnessStack> ws = specialize(rows, places, c);
      for (WitnessStack &w : ws) {
        apply(w, c, places[0].ty);
        result.push_back(std::move(w));
      }
    }
    if (tryMissing) {
      Ctor m;
      m.kind = CtorKind::Missing;
      for (const WitnessStack &w : specialize(rows, places, m))
        for (const Ctor &c : missing) {
          WitnessStack x = w;
          x.push_back(wild(c, places[0].ty));
          result.push_back(std::move(x));
        }
    }
    return result;
  }

  std::string show(const Witness &w);

  ~Analysis() {
    for (DPat *d : pool)
      d->~DPat();
  }

private:
  void flattenOr(DPat *d, DPat &into) {
    if (d->alts.empty())
      into.alts.push_back(d);
    else
      into.alts.append(d->alts.begin(), d->alts.end());
  }

  // ---- integers ----
  U128 biased(Ty t, const ScalarInt &v) const {
    U128 x = U128(v.hi) << 64 | v.lo;
    return mir::isSigned(t) ? x ^ (U128(1) << (v.size * 8 - 1)) : x;
  }
  void constant(DPat &d, Pat *p) {
    Ty t = p->value.ty;
    if (t.isBool()) {
      d.ctor.kind = CtorKind::Bool;
      d.ctor.truth = p->value.bits.lo;
    } else if (t.is(TyKind::Int) || t.is(TyKind::Uint) || t.isChar()) {
      d.ctor.kind = CtorKind::IntRange;
      d.ctor.lo = {1, biased(t, p->value.bits)};
      d.ctor.hi = d.ctor.lo.next();
    } else if (t.is(TyKind::Float)) {
      d.ctor.kind = CtorKind::FloatRange;
      d.ctor.range = {t, true, true, true, p->value.bits, p->value.bits};
    } else if (t.isStr()) {
      d.ctor.kind = CtorKind::Str;
      d.ctor.str = p->value.str;
    } else {
      d.ctor.kind = CtorKind::Opaque;
    }
  }
  void range(DPat &d, Pat *p) {
    const PatRange &r = p->range;
    if (r.ty.is(TyKind::Float)) {
      d.ctor.kind = CtorKind::FloatRange;
      d.ctor.range = r;
      return;
    }
    d.ctor.kind = CtorKind::IntRange;
    d.ctor.lo = r.hasLo ? Edge{1, biased(r.ty, r.lo)} : Edge{0, 0};
    d.ctor.hi = r.hasHi ? Edge{1, biased(r.ty, r.hi)} : Edge{3, 0};
    if (r.hasHi && r.inclusive)
      d.ctor.hi = d.ctor.hi.next();
  }
  // The values of a type; pointer-sized integers go on without end, since their size is the target's.
  void intRanges(Ty t, llvm::SmallVectorImpl<std::pair<Edge, Edge>> &out) const {
    if (t.isChar()) {
      out.push_back({{1, 0}, {1, 0xD800}});
      out.push_back({{1, 0xE000}, {1, 0x110000}});
      return;
    }
    if (t.intTy() == ty::IntTy::Isize) {
      out.push_back({t.is(TyKind::Int) ? Edge{0, 0} : Edge{1, 0}, {3, 0}});
      return;
    }
    unsigned bits = mir::scalarSize(tcx, t) * 8;
    out.push_back({{1, 0}, bits == 128 ? Edge{2, 0} : Edge{1, U128(1) << bits}});
  }

  // ---- parts of constructors ----
  void fieldTys(const Ctor &c, Ty t, llvm::SmallVectorImpl<Ty> &out) const {
    switch (c.kind) {
    case CtorKind::Ref: out.push_back(t.isBox() ? t.args()[0].ty() : t.inner()); return;
    case CtorKind::Slice: out.append(c.arity(), t.inner()); return;
    case CtorKind::UnionField: // as if all fields were matched at once: those that a pattern does not name are wildcards
    case CtorKind::Struct:
    case CtorKind::Variant:
      if (t.is(TyKind::Tuple)) {
        out.append(t.tuple().begin(), t.tuple().end());
      } else if (t.is(TyKind::Adt)) {
        uint32_t v = c.kind == CtorKind::Variant ? c.variant : 0;
        for (const ty::FieldDef &f : t.adt()->variants[v].fields)
          out.push_back(mir::fieldTyNormalized(tcx, env, f, t.args()));
      }
      return;
    default: return;
    }
  }

  static bool covers(const Ctor &pat, const Ctor &c) {
    if (pat.kind == CtorKind::Wildcard)
      return true;
    if (pat.kind != c.kind)
      return false;
    switch (c.kind) {
    case CtorKind::Variant: return pat.variant == c.variant;
    case CtorKind::Bool: return pat.truth == c.truth;
    case CtorKind::IntRange: return pat.lo <= c.lo && c.hi <= pat.hi;
    case CtorKind::FloatRange:
      return (!pat.range.hasLo || (c.range.hasLo && compareScalars(c.range.ty, pat.range.lo, c.range.lo) <= 0)) &&
             (!pat.range.hasHi || (c.range.hasHi && floatEndCovered(pat.range, c.range)));
    case CtorKind::Str: return pat.str == c.str;
    case CtorKind::Slice:
      if (!pat.varLen)
        return !c.varLen && pat.prefix == c.prefix;
      return c.varLen ? pat.prefix <= c.prefix && pat.suffix <= c.suffix : pat.arity() <= c.prefix;
    case CtorKind::Struct:
    case CtorKind::Ref:
    case CtorKind::UnionField: return true;
    default: return false;
    }
  }
  static bool floatEndCovered(const PatRange &pat, const PatRange &c) {
    int cmp = compareScalars(c.ty, c.hi, pat.hi);
    return cmp < 0 || (cmp == 0 && (pat.inclusive || !c.inclusive));
  }

  std::vector<WitnessStack> specialize(std::vector<Row> &rows, const std::vector<Place> &places, const Ctor &c) {
    llvm::SmallVector<Ty, 8> tys;
    fieldTys(c, places[0].ty, tys);
    std::vector<Place> inner;
    bool valid = places[0].valid && c.kind != CtorKind::Ref && c.kind != CtorKind::UnionField;
    for (Ty t : tys)
      inner.push_back({t, valid, false});
    inner.insert(inner.end(), places.begin() + 1, places.end());
    std::vector<Row> sub;
    for (size_t i = 0; i < rows.size(); ++i) {
      DPat *head = rows[i].pats[0];
      bool wildcard = !head || head->ctor.kind == CtorKind::Wildcard;
      if (!wildcard && !covers(head->ctor, c))
        continue;
      Row r{{}, rows[i].guard, i};
      r.pats.resize(tys.size());
      if (!wildcard)
        for (auto [field, pat] : head->fields) {
          // Elements of a slice's end keep their distance from the end.
          size_t at = head->ctor.kind == CtorKind::Slice && field >= head->ctor.prefix ? tys.size() - head->ctor.arity() + field : field;
          r.pats[at] = pat;
        }
      r.pats.append(rows[i].pats.begin() + 1, rows[i].pats.end());
      sub.push_back(std::move(r));
    }
    std::vector<WitnessStack> ws = run(sub, inner);
    for (const Row &r : sub)
      rows[r.parent].useful |= r.useful;
    return ws;
  }

  std::vector<WitnessStack> expandOr(std::vector<Row> &rows, const std::vector<Place> &places) {
    std::vector<Row> sub;
    for (size_t i = 0; i < rows.size(); ++i) {
      DPat *head = rows[i].pats[0];
      Row r = rows[i];
      r.parent = i;
      r.useful = false;
      if (!head || head->alts.empty()) {
        sub.push_back(std::move(r));
        continue;
      }
      for (DPat *alt : head->alts) {
        r.pats[0] = alt;
        sub.push_back(r);
      }
    }
    std::vector<WitnessStack> ws = run(sub, places);
    for (const Row &r : sub)
      rows[r.parent].useful |= r.useful;
    return ws;
  }

  // ---- splitting a column ----
  bool inhabited(Ty t) const { return mir::isInhabited(tcx, env, t); }

  // Constructors of the column's patterns, and those of the type that none of them has. True: the missing ones must be looked at.
  bool split(const std::vector<Row> &rows, const Place &place, std::vector<Ctor> &present, std::vector<Ctor> &missing) {
    std::vector<const Ctor *> seen;
    for (const Row &r : rows)
      if (r.pats[0] && r.pats[0]->ctor.kind != CtorKind::Wildcard)
        seen.push_back(&r.pats[0]->ctor);
    std::vector<Ctor> empty; // missing, but without values
    Ty t = place.ty;
    auto of = [](CtorKind k) { Ctor c; c.kind = k; return c; };
    auto single = [&](CtorKind k, bool isEmpty) { (seen.empty() ? isEmpty ? empty : missing : present).push_back(of(k)); };
    bool opaque = llvm::any_of(seen, [](const Ctor *c) { return c->kind == CtorKind::Opaque; });
    if (opaque) {
      for (const Ctor *c : seen)
        present.push_back(*c);
      missing.push_back(of(CtorKind::NonExhaustive));
    } else {
      switch (t.kind()) {
      case TyKind::Bool: splitBool(seen, present, missing); break;
      case TyKind::Char:
      case TyKind::Int:
      case TyKind::Uint: splitInts(t, seen, present, missing); break;
      case TyKind::Tuple: single(CtorKind::Struct, !inhabited(t)); break;
      case TyKind::Ref: single(CtorKind::Ref, false); break;
      case TyKind::Never: empty.push_back(of(CtorKind::Never)); break;
      case TyKind::Slice:
      case TyKind::Array: splitSlices(t, seen, present, missing, empty); break;
      case TyKind::Adt:
        if (t.isBox() && llvm::any_of(seen, [](const Ctor *c) { return c->kind == CtorKind::Ref; }))
          single(CtorKind::Ref, false);
        else if (t.adt()->isUnion())
          single(CtorKind::UnionField, false);
        else if (!t.adt()->isEnum())
          single(CtorKind::Struct, !inhabited(t));
        else if (t.adt()->variants.empty())
          empty.push_back(of(CtorKind::Never));
        else
          splitVariants(t, seen, present, missing, empty);
        break;
      default:
        for (const Ctor *c : seen)
          present.push_back(*c);
        missing.push_back(of(CtorKind::NonExhaustive));
      }
    }
    bool noCtors = t.isNever() || (t.is(TyKind::Adt) && t.adt()->isEnum() && t.adt()->variants.empty());
    bool topLevelException = place.scrutinee && noCtors;
    // Arms for types without values are not reported yet, as in rustc (rust-lang/rust#129103), but where the type matched has none.
    bool emptyUnreachable = place.valid && topLevelException;
    bool tryMissing = !missing.empty() || (!empty.empty() && !emptyUnreachable);
    if (!(place.valid || topLevelException))
      missing.insert(missing.end(), empty.begin(), empty.end());
    if (!missing.empty() && present.empty() && !place.scrutinee)
      missing = {of(CtorKind::Wildcard)};
    else if (llvm::any_of(missing, [](const Ctor &c) { return c.kind == CtorKind::NonExhaustive; }))
      missing = {of(CtorKind::NonExhaustive)};
    return tryMissing;
  }

  void splitBool(llvm::ArrayRef<const Ctor *> seen, std::vector<Ctor> &present, std::vector<Ctor> &missing) {
    for (bool b : {true, false}) {
      Ctor c;
      c.kind = CtorKind::Bool;
      c.truth = b;
      (llvm::any_of(seen, [&](const Ctor *s) { return s->truth == b; }) ? present : missing).push_back(c);
    }
  }

  void splitInts(Ty t, llvm::ArrayRef<const Ctor *> seen, std::vector<Ctor> &present, std::vector<Ctor> &missing) {
    llvm::SmallVector<std::pair<Edge, Edge>, 2> all;
    intRanges(t, all);
    for (auto [lo, hi] : all) {
      // How many patterns begin, less how many end, at each edge: zero in between means nobody matches there.
      std::vector<std::pair<Edge, int>> edges{{lo, 0}, {hi, 0}};
      for (const Ctor *c : seen) {
        Edge a = std::max(c->lo, lo), b = std::min(c->hi, hi);
        if (a < b) {
          edges.push_back({a, 1});
          edges.push_back({b, -1});
        }
      }
      std::sort(edges.begin(), edges.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
      int depth = 0;
      for (size_t i = 0; i + 1 < edges.size(); ++i) {
        depth += edges[i].second;
        if (edges[i].first == edges[i + 1].first)
          continue;
        Ctor c;
        c.kind = CtorKind::IntRange;
        c.lo = edges[i].first;
        c.hi = edges[i + 1].first;
        (depth ? present : missing).push_back(c);
      }
    }
  }

  void splitVariants(Ty t, llvm::ArrayRef<const Ctor *> seen, std::vector<Ctor> &present, std::vector<Ctor> &missing, std::vector<Ctor> &empty) {
    const AdtDef *adt = t.adt();
    std::vector<bool> has(adt->variants.size());
    for (const Ctor *c : seen)
      if (c->kind == CtorKind::Variant)
        has[c->variant] = true;
    for (uint32_t v = 0; v < adt->variants.size(); ++v) {
      Ctor c;
      c.kind = CtorKind::Variant;
      c.variant = v;
      if (has[v]) {
        present.push_back(c);
        continue;
      }
      bool values = llvm::all_of(adt->variants[v].fields, [&](const ty::FieldDef &f) { return inhabited(mir::fieldTyNormalized(tcx, env, f, t.args())); });
      (values ? missing : empty).push_back(c);
    }
    if (adt->nonExhaustive && !adt->def.isLocal()) {
      Ctor c;
      c.kind = CtorKind::NonExhaustive;
      missing.push_back(c);
    }
  }

  void splitSlices(Ty t, llvm::ArrayRef<const Ctor *> seen, std::vector<Ctor> &present, std::vector<Ctor> &missing, std::vector<Ctor> &empty) {
    bool elemEmpty = !inhabited(t.inner());
    auto add = [&](const Ctor &c) {
      bool found = llvm::any_of(seen, [&](const Ctor *s) { return covers(*s, c); });
      (found ? present : elemEmpty && c.arity() ? empty : missing).push_back(c);
    };
    Ctor c;
    c.kind = CtorKind::Slice;
    uint64_t len = 0;
    if (t.is(TyKind::Array) && t.len().tryBits(len)) {
      c.prefix = len;
      add(c);
      return;
    }
    // Beyond the longest fixed pattern and the longest ends, lengths are not told apart.
    uint64_t maxFixed = 0, maxPrefix = 0, maxSuffix = 0;
    for (const Ctor *s : seen) {
      if (s->varLen) {
        maxPrefix = std::max(maxPrefix, s->prefix);
        maxSuffix = std::max(maxSuffix, s->suffix);
      } else {
        maxFixed = std::max(maxFixed, s->prefix);
      }
    }
    if (maxPrefix + maxSuffix <= maxFixed)
      maxPrefix = seen.empty() ? 0 : maxFixed + 1 - maxSuffix;
    for (uint64_t n = 0; n < maxPrefix + maxSuffix; ++n) {
      c.prefix = n;
      add(c);
    }
    c.varLen = true;
    c.prefix = maxPrefix;
    c.suffix = maxSuffix;
    add(c);
  }

  // ---- witnesses ----
  Witness wild(const Ctor &c, Ty t) {
    Witness w{c, {}, t};
    llvm::SmallVector<Ty, 8> tys;
    fieldTys(c, t, tys);
    for (Ty f : tys)
      w.fields.push_back({Ctor(), {}, f});
    return w;
  }
  void apply(WitnessStack &w, const Ctor &c, Ty t) {
    Witness r = wild(c, t);
    size_t n = r.fields.size();
    for (size_t i = 0; i < n; ++i)
      r.fields[i] = std::move(w[w.size() - 1 - i]);
    w.resize(w.size() - n);
    w.push_back(std::move(r));
  }

  std::string showInt(Ty t, const Edge &e);
  Ctx &tcx;
  ty::ParamEnv env;
  llvm::BumpPtrAllocator arena;
  std::vector<DPat *> pool;
  size_t steps = 0;
};

std::string Analysis::showInt(Ty t, const Edge &e) {
  U128 v = e.value;
  unsigned bits = mir::scalarSize(tcx, t) * 8;
  if (t.isChar())
    return v >= 32 && v < 127 ? std::string("'") + char(v) + "'" : "'\\u{" + llvm::utohexstr(uint64_t(v), true) + "}'";
  bool isSigned = mir::isSigned(t);
  U128 min = 0, max = bits == 128 ? ~U128(0) : (U128(1) << bits) - 1;
  std::string name = ty::show(tcx, t);
  if (isSigned && v == min)
    return name + "::MIN";
  if (v >= max) // a pointer-sized integer may go on beyond
    return name + "::MAX";
  if (isSigned)
    v ^= U128(1) << (bits - 1);
  llvm::APInt x(bits, {uint64_t(v), uint64_t(v >> 64)});
  llvm::SmallString<40> text;
  x.toString(text, 10, isSigned);
  return (text + "_" + name).str();
}

std::string Analysis::show(const Witness &w) {
  switch (w.ctor.kind) {
  case CtorKind::Bool: return w.ctor.truth ? "true" : "false";
  case CtorKind::Ref: return (w.ty.isBox() ? "box " : "&") + show(w.fields[0]);
  case CtorKind::IntRange: {
    const Edge &lo = w.ctor.lo, &hi = w.ctor.hi;
    if (lo.kind == 0 && hi.kind == 3)
      return "_";
    Edge last = hi.kind == 2 ? Edge{1, ~U128(0)} : Edge{1, hi.value - 1};
    if (hi.kind == 3)
      return showInt(w.ty, lo) + "..";
    if (lo.kind == 0)
      return ".." + showInt(w.ty, hi);
    if (lo.next() == hi)
      return showInt(w.ty, lo);
    return showInt(w.ty, lo) + "..=" + showInt(w.ty, last);
  }
  case CtorKind::Struct:
  case CtorKind::Variant: {
    std::string s;
    bool braced = false;
    const ty::VariantDef *v = nullptr;
    if (w.ty.is(TyKind::Adt)) {
      v = &w.ty.adt()->variants[w.ctor.kind == CtorKind::Variant ? w.ctor.variant : 0];
      s = tcx.sess.str(v->name).str();
      DefId def = w.ty.adt()->def;
      bool inPrelude = def == tcx.crates.diagnosticItem(tcx.sess.symbols.intern("Option")) || def == tcx.crates.diagnosticItem(tcx.sess.symbols.intern("Result"));
      if (w.ty.adt()->isEnum() && !inPrelude)
        s = tcx.sess.str(tcx.crates.name(def)).str() + "::" + s;
      if (w.fields.empty())
        return s;
      braced = !v->hasCtor;
    }
    if (braced && llvm::all_of(w.fields, [](const Witness &f) { return f.ctor.kind == CtorKind::Wildcard; }))
      return s + " { .. }";
    s += braced ? " { " : "(";
    for (size_t i = 0; i < w.fields.size(); ++i) {
      s += i ? ", " : "";
      if (braced)
        s += tcx.sess.str(v->fields[i].name).str() + ": ";
      s += show(w.fields[i]);
    }
    if (w.ty.is(TyKind::Tuple) && w.fields.size() == 1)
      s += ",";
    return s + (braced ? " }" : ")");
  }
  case CtorKind::Slice: {
    std::string s = "[";
    bool first = true;
    auto item = [&](const std::string &text) { s += (first ? "" : ", ") + text; first = false; };
    for (size_t i = 0; i < w.fields.size(); ++i) {
      if (w.ctor.varLen && i == w.ctor.prefix)
        item("..");
      item(show(w.fields[i]));
    }
    if (w.ctor.varLen && w.ctor.prefix == w.fields.size())
      item("..");
    return s + "]";
  }
  case CtorKind::Str: return "\"" + w.ctor.str.str() + "\"";
  default: return w.ty.isStr() || w.ctor.kind != CtorKind::Never ? "_" : "!";
  }
}
} // namespace

UsefulnessReport analyzeMatch(Ctx &tcx, ty::ParamEnv env, llvm::ArrayRef<MatchRow> rows, Ty scrutinee, bool validScrutinee) {
  Analysis a(tcx, env);
  std::vector<Row> matrix;
  for (size_t i = 0; i < rows.size(); ++i)
    matrix.push_back({{a.lower(rows[i].pat)}, rows[i].hasGuard, i});
  std::vector<WitnessStack> ws = a.run(matrix, {{scrutinee, validScrutinee, true}});
  UsefulnessReport r;
  r.tooComplex = a.tooComplex;
  for (const Row &row : matrix)
    r.useful.push_back(row.useful);
  for (const WitnessStack &w : ws)
    r.witnesses.push_back(a.show(w.back()));
  return r;
}

} // namespace ferric::mir_build
