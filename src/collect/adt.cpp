// Data types: variants, fields, discriminants, #[repr] (rustc_hir_analysis::collect::adt_def). Field types are not looked
// at here, so recursive types are no cycle.
#include "collect/attrs.h"
#include "collect/collect.h"
#include "collect/util.h"

namespace ferric::collect {

namespace {

bool intRepr(llvm::StringRef s, ty::ReprOptions &r) {
  bool isSigned = s.starts_with("i");
  if (!isSigned && !s.starts_with("u"))
    return false;
  s = s.drop_front();
  unsigned bits = 0;
  if (s == "size") {
    r.intIsPtr = true;
    bits = 64;
  } else if (s.getAsInteger(10, bits) || (bits != 8 && bits != 16 && bits != 32 && bits != 64 && bits != 128)) {
    return false;
  }
  r.hasInt = true;
  r.intSigned = isSigned;
  r.intSize = uint8_t(bits / 8);
  return true;
}

void readRepr(ty::Ctx &tcx, const ast::Ast &ast, const ast::Attr &attr, ty::ReprOptions &r) {
  for (const MetaItem &m : metaItems(ast, attr)) {
    llvm::StringRef s = m.name.valid() ? tcx.sess.str(m.name) : "";
    uint64_t n = 0, high = 0;
    bool hasValue = tokenInt(tcx, m.value, n, high);
    if (s == "C") {
      r.c = true;
    } else if (s == "transparent") {
      r.transparent = true;
    } else if (s == "simd") {
      r.simd = true;
    } else if (s == "Rust") {
    } else if (s == "packed") {
      r.pack = hasValue ? uint32_t(n) : 1;
    } else if (s == "align") {
      if (!hasValue || !llvm::isPowerOf2_64(n) || n > (1u << 29)) {
        tcx.sess.diag.error(m.span, "E0589", "invalid `repr(align)` attribute: not a power of two");
        continue;
      }
      r.align = std::max(r.align, uint32_t(n));
    } else if (!intRepr(s, r)) {
      tcx.sess.diag.error(m.span, "E0552", llvm::Twine("unrecognized representation hint `") + s + "`");
    }
  }
}

const ty::AdtDef *provideAdt(ty::Ctx &tcx, const DefId &def) {
  ty::AdtDef *a = new (tcx.arena.Allocate<ty::AdtDef>()) ty::AdtDef();
  a->def = def;
  DefKind kind = tcx.defKind(def);
  CHECK(kind == DefKind::Struct || kind == DefKind::Union || kind == DefKind::Enum, "adtDef of what is no data type");
  a->kind = kind == DefKind::Struct ? ty::AdtKind::Struct : kind == DefKind::Union ? ty::AdtKind::Union : ty::AdtKind::Enum;
  const ast::Ast &ast = tcx.crates.ast(def);
  forEachAttr(tcx, def, [&](const ast::Attr &attr) {
    if (attr.isDoc || !attr.name.valid())
      return;
    llvm::StringRef name = tcx.sess.str(attr.name);
    if (name == "repr") {
      readRepr(tcx, ast, attr, a->repr);
    } else if (name == "non_exhaustive") {
      a->nonExhaustive = true;
    } else if (name == "fundamental") {
      a->fundamental = true;
    } else if (name == "rustc_layout_scalar_valid_range_start" || name == "rustc_layout_scalar_valid_range_end") {
      bool start = name.ends_with("start");
      for (const MetaItem &m : metaItems(ast, attr)) {
        uint64_t lo = 0, hi = 0;
        if (!tokenInt(tcx, m.value, lo, hi))
          continue;
        (start ? a->hasValidStart : a->hasValidEnd) = true;
        (start ? a->validStartLo : a->validEndLo) = lo;
        (start ? a->validStartHi : a->validEndHi) = hi;
      }
    }
  });
  Symbol lang = tcx.crates.langItemName(def);
  if (lang.valid()) {
    llvm::StringRef s = tcx.sess.str(lang);
    a->isBox = s == "owned_box";
    a->isPhantomData = s == "phantom_data";
    a->isManuallyDrop = s == "manually_drop";
    a->isUnsafeCell = s == "unsafe_cell";
    a->isUnsafePinned = s == "unsafe_pinned";
    a->isMaybeDangling = s == "maybe_dangling";
    a->isPin = s == "pin";
  }
  SmallVector<ty::VariantDef, 8> variants;
  auto addVariant = [&](DefId v) {
    ty::VariantDef out;
    out.def = v;
    out.name = tcx.crates.name(v);
    const ast::VariantData &data = tcx.crates.variantData(v);
    out.ctor = tcx.crates.ctor(v);
    out.hasCtor = out.ctor.valid();
    if (out.hasCtor)
      out.ctorKind = tcx.def(out.ctor).ctorKind;
    out.nonExhaustive = tcx.crates.hasAttr(v, tcx.sess.symbols.intern("non_exhaustive"));
    SmallVector<ty::FieldDef, 8> fields;
    for (DefId f : tcx.crates.fields(v))
      fields.push_back({f, tcx.crates.name(f), tcx.crates.vis(f)});
    (void)data;
    out.fields = tcx.copy(ArrayRef<ty::FieldDef>(fields));
    variants.push_back(out);
  };
  if (kind != DefKind::Enum) {
    addVariant(def);
  } else {
    bool explicitDiscr = false;
    for (DefId v : tcx.crates.variants(def)) {
      addVariant(v);
      explicitDiscr |= bool(tcx.crates.variant(v).discriminant.value);
    }
    uint32_t distance = 0;
    const hir::Item *item = explicitDiscr ? tcx.hirItem(def) : nullptr;
    for (size_t i = 0; i < variants.size(); ++i) {
      if (item && item->variants[i].discr.valid()) {
        variants[i].discrKind = ty::DiscrKind::Explicit;
        variants[i].discrExpr = item->variants[i].discr;
        distance = 1;
        continue;
      }
      variants[i].discrKind = ty::DiscrKind::Relative;
      variants[i].discrOffset = distance++;
    }
  }
  a->variants = tcx.copy(ArrayRef<ty::VariantDef>(variants));
  return a;
}

} // namespace

void registerAdt(ty::Ctx &tcx) { tcx.queries.adtDef.provider = provideAdt; }

} // namespace ferric::collect
