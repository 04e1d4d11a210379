// #[repr(transparent)] (Reference: type-layout, "The transparent representation"; rustc_hir_analysis check_transparent): one variant, and at most one
// field that is more than a zero-sized type of alignment 1.
#include "item_check/checker.h"

namespace ferric::item_check {

// Zero-sized with alignment 1, whatever the parameters are.
static bool isTrivial(Tcx &tcx, ParamEnv env, Ty t, unsigned depth = 0) {
  if (depth > 32)
    return false;
  auto all = [&](auto &&list) { return llvm::all_of(list, [&](Ty x) { return isTrivial(tcx, env, x, depth + 1); }); };
  switch (t.kind()) {
  case TyKind::Tuple: return all(t.tuple().ref());
  case TyKind::FnDef: case TyKind::Never: return true;
  case TyKind::Array: {
    uint64_t n;
    bool aligned1 = t.inner().isBool() || t.inner().isUint(ty::IntTy::I8) || t.inner().isInt(ty::IntTy::I8);
    return (t.len().tryBits(n) && n == 0 && aligned1) || isTrivial(tcx, env, t.inner(), depth + 1);
  }
  case TyKind::Adt: {
    if (t.adt()->isPhantomData)
      return true;
    if (t.adt()->isUnion() || t.adt()->repr.align > 1 || t.adt()->variants.size() > 1)
      return false;
    return llvm::all_of(t.adt()->variants, [&](const ty::VariantDef &v) {
      return llvm::all_of(v.fields, [&](const ty::FieldDef &f) { return isTrivial(tcx, env, fieldTy(tcx, env, f, t.args()), depth + 1); });
    });
  }
  default: return false;
  }
}

void checkTransparent(Tcx &tcx, DefId def) {
  const ty::AdtDef *adt = tcx.adtDef(def);
  if (!adt || !adt->repr.transparent)
    return;
  Span at = tcx.def(def).identSpan;
  const char *what = adt->isEnum() ? "enum" : adt->isUnion() ? "union" : "struct";
  if (adt->variants.size() != 1) {
    tcx.sess.diag.error(at, "E0731", "transparent enum needs exactly one variant, but has " + llvm::Twine(adt->variants.size()))
        .label(at, "needs exactly one variant, but has " + llvm::Twine(adt->variants.size()));
    return;
  }
  ParamEnv env = tcx.paramEnv(def);
  llvm::SmallVector<DefId, 4> fields;
  for (const ty::FieldDef &f : adt->variants[0].fields) {
    Ty t = fieldTy(tcx, env, f, ty::eraseRegions(tcx, tcx.identityArgs(def)));
    if (t.has(ty::kHasError))
      return;
    if (!isTrivial(tcx, env, t))
      fields.push_back(f.def);
  }
  if (fields.size() < 2)
    return;
  diag::Builder d = tcx.sess.diag.error(at, "E0690", llvm::Twine("transparent ") + what + " needs at most one field with non-trivial size or alignment, but has " + llvm::Twine(fields.size()));
  for (DefId f : fields)
    d.label(tcx.def(f).span, "this field has non-zero size or requires alignment");
}

} // namespace ferric::item_check
