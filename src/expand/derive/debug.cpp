// Debug: helpers of Formatter for up to five fields, arrays beyond; the last field gets one more reference, as it may be unsized.
#include "expand/derive/generic.h"

namespace ferric::expand::derive {
using FieldRefs = llvm::ArrayRef<Deriver::FieldRef>;

static constexpr size_t kMaxDirect = 5;

static void value(Deriver &d, FieldRefs fields, size_t i) {
  if (i + 1 == fields.size())
    d.q << "&";
  d.fieldRef(fields[i], false);
}

static void name(Deriver &d, Symbol s) { d.q.string(d.c.sess.str(s)); }

static void manyFields(Deriver &d, const VariantShape &v, FieldRefs fields, bool isStruct) {
  if (isStruct) {
    d.q << "let names: &'static _ = &[";
    for (size_t i = 0; i < fields.size(); ++i) {
      name(d, fields[i].field->name.name);
      if (i + 1 < fields.size())
        d.q << ",";
    }
    d.q << "];";
  }
  d.q << "let values: &[&dyn $crate::fmt::Debug] = &[";
  for (size_t i = 0; i < fields.size(); ++i) {
    value(d, fields, i);
    if (i + 1 < fields.size())
      d.q << ",";
  }
  d.q << "]; $crate::fmt::Formatter::" << (isStruct ? "debug_struct_fields_finish" : "debug_tuple_fields_finish") << "(f,";
  name(d, v.name.name);
  d.q << (isStruct ? ", names, values)" : ", values)");
}

static void debugFields(Deriver &d, const VariantShape &v, FieldRefs fields) {
  if (fields.empty() || d.c.sess.options.fmtDebug == "shallow") {
    d.q << "$crate::fmt::Formatter::write_str(f,";
    name(d, v.name.name);
    d.q << ")";
    return;
  }
  bool isStruct = v.shape == ast::VariantShape::Struct;
  if (fields.size() > kMaxDirect) {
    bool inMatch = fields[0].bound;
    if (inMatch)
      d.q << "{";
    manyFields(d, v, fields, isStruct);
    if (inMatch)
      d.q << "}";
    return;
  }
  d.q << "$crate::fmt::Formatter::" << (isStruct ? "debug_struct_field" : "debug_tuple_field");
  // One identifier: the number belongs to the name.
  d.q.appendToLast((llvm::Twine(fields.size()) + "_finish").str());
  d.q << "(f,";
  name(d, v.name.name);
  for (size_t i = 0; i < fields.size(); ++i) {
    d.q << ",";
    if (isStruct) {
      name(d, fields[i].field->name.name);
      d.q << ",";
    }
    value(d, fields, i);
  }
  d.q << ")";
}

void deriveDebug(DeriveContext &c) {
  Deriver d(c);
  if (d.rejectUnion())
    return;
  d.beginImpl({"fmt::Debug", {}});
  d.q << "#[inline] fn fmt(&self, f: &mut $crate::fmt::Formatter) -> $crate::fmt::Result {";
  if (d.c.sess.options.fmtDebug == "none") {
    d.q << "$crate::result::Result::Ok(()) }";
    return d.endImpl();
  }
  bool allFieldless = d.item.isEnum() && d.item.variants.size() > 1 &&
                      llvm::all_of(d.item.variants, [](const VariantShape &v) { return v.fields.empty(); });
  if (allFieldless) {
    d.q << "$crate::fmt::Formatter::write_str(f, match self {";
    for (const VariantShape &v : d.item.variants) {
      d.variantPattern(v, "");
      d.q << "=>";
      name(d, v.name.name);
      d.q << ",";
    }
    d.q << "})";
  } else {
    auto fields = [&](const VariantShape &v, FieldRefs f) { debugFields(d, v, f); };
    auto discr = [](const Deriver::FieldRef &, llvm::function_ref<void(llvm::function_ref<void()>)>) {};
    d.methodBody({fields, discr, false, false});
  }
  d.q << "}";
  d.endImpl();
}

} // namespace ferric::expand::derive
