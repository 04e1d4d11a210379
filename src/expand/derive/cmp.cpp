// PartialEq, Eq, PartialOrd, Ord. Enums compare discriminants first; PartialOrd puts the discriminants into the match's last arm
// when few variants carry data, as rustc does.
#include "expand/derive/generic.h"

namespace ferric::expand::derive {

// ---- PartialEq ----
static void equalField(Deriver &d, const Deriver::FieldRef &f) {
  bool parens = d.item.packed && !f.bound && !f.discriminant;
  for (bool other : {false, true}) {
    if (parens)
      d.q << "(";
    d.fieldPlace(f, other);
    if (parens)
      d.q << ")";
    if (!other)
      d.q << "==";
  }
}

void derivePartialEq(DeriveContext &c) {
  Deriver d(c);
  if (d.rejectUnion())
    return;
  TraitSpec structural{"marker::StructuralPartialEq", {}, true, false};
  bool isConst = std::exchange(c.isConst, false);
  d.beginImpl(structural);
  d.endImpl();
  c.isConst = isConst;
  d.beginImpl({"cmp::PartialEq", {}});
  d.q << "#[inline] fn eq(&self, other: &";
  d.selfType();
  d.q << ") -> bool {";
  auto fields = [&](const VariantShape &, llvm::ArrayRef<Deriver::FieldRef> fields) {
    if (fields.empty()) {
      d.q << "true";
      return;
    }
    bool first = true;
    for (bool scalar : {true, false})
      for (const Deriver::FieldRef &f : fields) {
        if (f.field->scalar != scalar)
          continue;
        if (!first)
          d.q << "&&";
        first = false;
        equalField(d, f);
      }
  };
  auto discr = [&](const Deriver::FieldRef &f, llvm::function_ref<void(llvm::function_ref<void()>)> match) {
    equalField(d, f);
    if (match) {
      d.q << "&&";
      match(nullptr);
    }
  };
  d.methodBody({fields, discr, true, true});
  d.q << "}";
  d.endImpl();
}

void deriveEq(DeriveContext &c) {
  Deriver d(c);
  d.beginImpl({"cmp::Eq", {}});
  d.q << "#[inline] #[doc(hidden)] #[coverage(off)] fn assert_fields_are_eq(&self) {";
  d.assertFields("cmp::AssertParamIsEq");
  d.q << "}";
  d.endImpl();
}

// ---- orderings ----
namespace {

struct Ordering {
  Deriver &d;
  llvm::StringRef call;        // "cmp::PartialOrd::partial_cmp"
  bool partial;
  bool discrThenData;

  void equal() {
    if (partial)
      d.q << "$crate::option::Option::Some($crate::cmp::Ordering::Equal)";
    else
      d.q << "$crate::cmp::Ordering::Equal";
  }
  void compare(const Deriver::FieldRef &f) {
    d.q << "$crate::" << call << "(";
    d.fieldRef(f, false);
    d.q << ",";
    d.fieldRef(f, true);
    d.q << ")";
  }
  // match FIRST { Equal => REST, cmp => cmp }
  void chain(llvm::ArrayRef<Deriver::FieldRef> fields) {
    if (fields.empty())
      return equal();
    if (fields.size() == 1)
      return compare(fields[0]);
    d.q << "match";
    compare(fields[0]);
    d.q << "{";
    equal();
    d.q << "=>";
    chain(fields.drop_front());
    d.q << ", cmp => cmp }";
  }
  void discriminants(const Deriver::FieldRef &f, llvm::function_ref<void(llvm::function_ref<void()>)> match) {
    if (!match)
      return compare(f);
    if (!discrThenData && hasWildArm()) {
      match([&] { compare(f); });
      return;
    }
    d.q << "match";
    compare(f);
    d.q << "{";
    equal();
    d.q << "=>";
    match(nullptr);
    d.q << ", cmp => cmp }";
  }
  bool hasWildArm() const { return d.item.variants.size() > 1; }
  void run() {
    d.methodBody({[&](const VariantShape &, llvm::ArrayRef<Deriver::FieldRef> fields) { chain(fields); },
                  [&](const Deriver::FieldRef &f, llvm::function_ref<void(llvm::function_ref<void()>)> match) { discriminants(f, match); },
                  true, true});
  }
};

// Whether discriminants are compared before data: not when few or only neighbouring variants have fields.
bool partialOrdDiscrFirst(const ItemShape &item) {
  if (!item.isEnum())
    return true;
  std::vector<bool> dataful;
  for (const VariantShape &v : item.variants)
    dataful.push_back(!v.fields.empty());
  size_t n = size_t(llvm::count(dataful, true));
  if (n == 0)
    return true;
  if (n <= 2)
    return false;
  size_t last = dataful.size();
  for (size_t i = 0; i < dataful.size(); ++i) {
    if (!dataful[i])
      continue;
    if (last != dataful.size() && i - last - 1 >= 2)
      return true;
    last = i;
  }
  return false;
}

} // namespace

void derivePartialOrd(DeriveContext &c) {
  Deriver d(c);
  if (d.rejectUnion())
    return;
  d.beginImpl({"cmp::PartialOrd", {}});
  d.q << "#[inline] fn partial_cmp(&self, other: &";
  d.selfType();
  d.q << ") -> $crate::option::Option<$crate::cmp::Ordering> {";
  Ordering{d, "cmp::PartialOrd::partial_cmp", true, partialOrdDiscrFirst(d.item)}.run();
  d.q << "}";
  d.endImpl();
}

void deriveOrd(DeriveContext &c) {
  Deriver d(c);
  if (d.rejectUnion())
    return;
  d.beginImpl({"cmp::Ord", {}});
  d.q << "#[inline] fn cmp(&self, other: &";
  d.selfType();
  d.q << ") -> $crate::cmp::Ordering {";
  Ordering{d, "cmp::Ord::cmp", false, true}.run();
  d.q << "}";
  d.endImpl();
}

} // namespace ferric::expand::derive
