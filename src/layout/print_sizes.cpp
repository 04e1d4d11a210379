// `-Zprint-type-sizes`: every struct, union, enum and closure whose layout was computed, in the format of
// rustc_session::code_stats: by size, then by name; variants by size; fields by offset with the padding between them.
#include "layout/layout.h"
#include "ty/print.h"

namespace ferric::layout {

namespace {
struct FieldInfo { std::string name; uint64_t offset, size, align; };
struct VariantInfo { std::string name; uint64_t size; std::vector<FieldInfo> fields; uint32_t index = 0; };
struct TypeInfo {
  std::string name;
  bool structLike = false, packed = false;
  uint64_t size = 0, align = 1, discrSize = 0;
  bool hasDiscr = false;
  std::vector<VariantInfo> variants;
};
} // namespace

static VariantInfo describeVariant(Ctx &tcx, const ty::VariantDef &def, TyLayout l) {
  VariantInfo v;
  v.name = tcx.sess.str(def.name).str();
  uint64_t used = 0;
  for (size_t i = 0; i < def.fields.size(); ++i) {
    TyLayout f = fieldOf(tcx, l, i);
    uint64_t offset = l->offset(i);
    used = std::max(used, offset + f->size);
    v.fields.push_back({tcx.sess.str(def.fields[i].name).str(), offset, f->size, f->align});
  }
  v.size = used ? used : l->size;
  llvm::sort(v.fields, [](const FieldInfo &a, const FieldInfo &b) { return std::tie(a.offset, a.size, a.name) < std::tie(b.offset, b.size, b.name); });
  return v;
}

static TypeInfo describe(Ctx &tcx, Ty t, const Layout *layout) {
  TypeInfo info;
  info.name = ty::show(tcx, t, {ty::PathStyle::Full});
  info.size = layout->size;
  info.align = layout->align;
  if (t.is(ty::TyKind::Closure)) {
    info.structLike = true;
    return info;
  }
  const ty::AdtDef *adt = t.adt();
  info.structLike = adt->isStruct();
  info.packed = adt->repr.pack != 0;
  TyLayout l{t, layout, -1};
  if (layout->variants == VariantsKind::Single)
    info.variants.push_back(describeVariant(tcx, adt->variants[layout->index], l));
  if (layout->variants == VariantsKind::Multiple) {
    for (uint32_t v = 0; v < adt->variants.size(); ++v)
      info.variants.push_back(describeVariant(tcx, adt->variants[v], forVariant(tcx, l, v)));
    info.hasDiscr = layout->encoding == TagEncoding::Direct;
    info.discrSize = info.hasDiscr ? layout->tag.size() : 0;
    for (uint32_t v = 0; v < info.variants.size(); ++v)
      info.variants[v].index = v;
    llvm::sort(info.variants, [](const VariantInfo &a, const VariantInfo &b) { return a.size != b.size ? a.size > b.size : a.index < b.index; });
  }
  return info;
}

static void printFields(const TypeInfo &info, const VariantInfo &v, const char *indent, llvm::raw_ostream &os) {
  uint64_t next = info.discrSize;
  for (const FieldInfo &f : v.fields) {
    if (f.offset > next)
      os << "print-type-size " << indent << "padding: " << f.offset - next << " bytes\n";
    os << "print-type-size " << indent << "field `." << f.name << "`: " << f.size << " bytes";
    if (f.offset < next) // a union
      os << ", offset: " << f.offset << " bytes, alignment: " << f.align << " bytes";
    else if (!info.packed && f.offset != next)
      os << ", alignment: " << f.align << " bytes";
    os << "\n";
    next = f.offset + f.size;
  }
}

static void print(const TypeInfo &info, llvm::raw_ostream &os) {
  os << "print-type-size type: `" << info.name << "`: " << info.size << " bytes, alignment: " << info.align << " bytes\n";
  if (info.hasDiscr)
    os << "print-type-size     discriminant: " << info.discrSize << " bytes\n";
  uint64_t largest = info.discrSize;
  for (const VariantInfo &v : info.variants) {
    const char *indent = "    ";
    if (!info.structLike) {
      os << "print-type-size     variant `" << v.name << "`: " << v.size - info.discrSize << " bytes\n";
      indent = "        ";
    }
    largest = std::max(largest, v.size);
    printFields(info, v, indent, os);
  }
  if (info.size > largest)
    os << "print-type-size     end padding: " << info.size - largest << " bytes\n";
}

void printTypeSizes(Ctx &tcx, llvm::raw_ostream &os) {
  std::vector<TypeInfo> infos;
  std::vector<std::pair<Ty, const Layout *>> rows; // describing lays out more types
  tcx.queries.layoutOf.forEach([&](Ty t, const Layout *l) {
    bool nominal = t.is(ty::TyKind::Adt) || t.is(ty::TyKind::Closure);
    if (nominal && l->ok() && !t.has(ty::kHasNonRegionParam | ty::kHasAlias | ty::kHasRegions))
      rows.push_back({t, l});
  });
  for (auto [t, layout] : rows)
    infos.push_back(describe(tcx, t, layout));
  llvm::sort(infos, [](const TypeInfo &a, const TypeInfo &b) { return a.size != b.size ? a.size > b.size : a.name < b.name; });
  for (const TypeInfo &i : infos)
    print(i, os);
}

} // namespace ferric::layout
