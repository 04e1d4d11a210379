// Clone (a plain copy when Copy is derived too and there are no type parameters, or for unions), Copy, and the const parameter markers.
#include "expand/derive/generic.h"

namespace ferric::expand::derive {

static void cloneFields(Deriver &d, const VariantShape &v, llvm::ArrayRef<Deriver::FieldRef> fields) {
  d.variantPath(v);
  if (v.shape == ast::VariantShape::Unit)
    return;
  bool tuple = v.shape == ast::VariantShape::Tuple;
  d.q << (tuple ? "(" : "{");
  for (size_t i = 0; i < fields.size(); ++i) {
    if (!tuple)
      d.q.ident(fields[i].field->name) << ":";
    d.q << "$crate::clone::Clone::clone(";
    d.fieldRef(fields[i], false);
    d.q << ")";
    if (i + 1 < fields.size())
      d.q << ",";
  }
  d.q << (tuple ? ")" : "}");
}

void deriveClone(DeriveContext &c) {
  Deriver d(c);
  bool isUnion = d.item.kind == ast::ItemKind::Union;
  bool simple = isUnion || (c.inv.withCopy && !d.item.hasTypeParams());
  llvm::StringRef copy = "marker::Copy";
  llvm::ArrayRef<llvm::StringRef> extra = isUnion ? llvm::ArrayRef<llvm::StringRef>(copy) : llvm::ArrayRef<llvm::StringRef>();
  if (simple) {
    TraitSpec trivial{"clone::TrivialClone", extra};
    trivial.isUnsafe = true;
    trivial.hidden = true;
    d.beginImpl(trivial);
    d.endImpl();
  }
  d.beginImpl({"clone::Clone", extra});
  d.q << "#[inline] fn clone(&self) -> ";
  d.selfType();
  d.q << "{";
  if (isUnion) {
    d.q << "let _: $crate::clone::AssertParamIsCopy<Self>; *self";
  } else if (simple) {
    d.assertFields("clone::AssertParamIsClone");
    d.q << "*self";
  } else {
    auto fields = [&](const VariantShape &v, llvm::ArrayRef<Deriver::FieldRef> f) { cloneFields(d, v, f); };
    auto discr = [](const Deriver::FieldRef &, llvm::function_ref<void(llvm::function_ref<void()>)>) {};
    d.methodBody({fields, discr, false, false});
  }
  d.q << "}";
  d.endImpl();
}

void deriveCopy(DeriveContext &c) {
  Deriver d(c);
  d.beginImpl({"marker::Copy", {}, false, false});
  d.endImpl();
}

static void constParam(DeriveContext &c, llvm::StringRef path) {
  Deriver d(c);
  if (d.rejectUnion())
    return;
  llvm::StringRef eq = "cmp::Eq";
  d.beginImpl({path, eq, false, false});
  d.endImpl();
}
void deriveConstParamTy(DeriveContext &c) { constParam(c, "marker::ConstParamTy_"); }
void deriveUnsizedConstParamTy(DeriveContext &c) { constParam(c, "marker::UnsizedConstParamTy"); }

} // namespace ferric::expand::derive
