// What all derives share: the impl's header with its bounds, and bodies that take `self` apart (rustc_builtin_macros::deriving::generic).
#pragma once
#include "expand/derive/derive.h"
#include "expand/derive/shape.h"

namespace ferric::expand::derive {

struct TraitSpec {
  llvm::StringRef path;                        // "cmp::PartialEq", of core
  llvm::ArrayRef<llvm::StringRef> extraBounds; // further bounds of type parameters
  bool skipAsBound = false;
  bool copyBoundIfPacked = true;
  bool isUnsafe = false;
  bool hidden = false;                         // #[doc(hidden)]
};

class Deriver {
public:
  explicit Deriver(DeriveContext &c) : c(c), q(c.q), item(c.e.deriveShape(c.item)) {}

  DeriveContext &c;
  Quote &q;
  const ItemShape &item;

  // `#[automatically_derived] impl<..> $crate::path for Item<..> where .. {`; close with endImpl().
  void beginImpl(const TraitSpec &spec);
  void beginImplWithArg(const TraitSpec &spec, lex::TokenRange arg); // `path<arg>`
  void endImpl() { q << "}"; }
  // Item<'a, T, N>
  void selfType();
  // Reports that unions cannot derive this; true when the item is one.
  bool rejectUnion();
  // `let _: $crate::PATH<FieldTy>;` for every field, simple types once.
  void assertFields(llvm::StringRef path);
  // `Variant`, `Variant(prefix_0, ..)`, `Variant { x: prefix_0, .. }` as a pattern.
  void variantPattern(const VariantShape &v, llvm::StringRef prefix);
  // The path of the variant: `Enum::Variant`, or the struct's name.
  void variantPath(const VariantShape &v);

  // One field as the body of a method sees it.
  struct FieldRef {
    const FieldShape *field = nullptr;
    uint32_t index = 0;
    bool bound = false;        // pattern variables __self_N / __arg1_N, which are references already
    bool discriminant = false; // __self_discr / __arg1_discr
  };
  // `&self.x`, `&{ self.x }`, `__self_0`, `&__self_discr`: a reference to the field of self / other.
  void fieldRef(const FieldRef &f, bool other);
  // The same without the reference, for `==`.
  void fieldPlace(const FieldRef &f, bool other);
  std::vector<FieldRef> fieldsOf(const VariantShape &v, bool bound) const;

  // The body of a method `(&self[, other: &Self])` of an enum or struct. `fields` makes the expression for a struct's or variant's
  // fields (empty list: nothing to compare); `discr` the one for discriminants around the match (null match: no match is needed).
  struct Body {
    llvm::function_ref<void(const VariantShape &, llvm::ArrayRef<FieldRef>)> fields;
    llvm::function_ref<void(const FieldRef &, llvm::function_ref<void(llvm::function_ref<void()> lastArm)> match)> discr;
    bool withOther = false;
    bool unifyFieldless = true;
  };
  void methodBody(const Body &body);

private:
  void bounds(const TraitSpec &spec);
  void implParams(const TraitSpec &spec);
  void whereClause(const TraitSpec &spec);
  void keptAttributes();
  void matchVariants(const Body &body, llvm::function_ref<void()> lastArm);
};

} // namespace ferric::expand::derive
