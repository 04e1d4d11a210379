// Hash: the discriminant, then the fields in order.
#include "expand/derive/generic.h"

namespace ferric::expand::derive {

static void hashField(Deriver &d, const Deriver::FieldRef &f) {
  d.q << "$crate::hash::Hash::hash(";
  d.fieldRef(f, false);
  d.q << ", state)";
}

void deriveHash(DeriveContext &c) {
  Deriver d(c);
  if (d.rejectUnion())
    return;
  d.beginImpl({"hash::Hash", {}});
  d.q << "#[inline] fn hash<__H: $crate::hash::Hasher>(&self, state: &mut __H) {";
  auto fields = [&](const VariantShape &, llvm::ArrayRef<Deriver::FieldRef> fields) {
    // In a match arm several statements, or none, need a block.
    bool block = d.item.isEnum() && d.item.variants.size() > 0 && fields.size() != 1 && !(d.item.variants.size() == 1 && fields.empty());
    if (block)
      d.q << "{";
    for (size_t i = 0; i < fields.size(); ++i) {
      hashField(d, fields[i]);
      if (i + 1 < fields.size())
        d.q << ";";
    }
    if (block)
      d.q << "}";
  };
  auto discr = [&](const Deriver::FieldRef &f, llvm::function_ref<void(llvm::function_ref<void()>)> match) {
    hashField(d, f);
    if (match) {
      d.q << ";";
      match(nullptr);
    }
  };
  d.methodBody({fields, discr, false, true});
  d.q << "}";
  d.endImpl();
}

} // namespace ferric::expand::derive
