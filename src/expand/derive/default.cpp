// Default (fields' defaults, or the `#[default]` variant) and From (of structs with one field).
#include "expand/derive/generic.h"

namespace ferric::expand::derive {
using namespace ast;

static constexpr llvm::StringLiteral kDefaultCall = "$crate::default::Default::default()";

static void fieldDefaults(Deriver &d, const derive::VariantShape &v) {
  for (size_t i = 0; i < v.fields.size(); ++i) {
    const FieldShape &f = v.fields[i];
    if (v.shape == ast::VariantShape::Struct)
      d.q.ident(f.name) << ":";
    if (f.defaultValue.len)
      (d.q << "const {").copy(f.defaultValue) << "}";
    else
      d.q << kDefaultCall;
    if (i + 1 < v.fields.size())
      d.q << ",";
  }
}

static size_t countDefault(const Deriver &d, const derive::VariantShape &v) {
  return size_t(llvm::count_if(d.c.ast.attrsOf(v.attrs), [&](AttrId a) { return d.c.ast.attrs[a].name == sym::kw_default; }));
}

// The one variant with #[default]; null after reporting what is wrong.
static const derive::VariantShape *defaultVariant(Deriver &d) {
  llvm::SmallVector<const derive::VariantShape *, 2> marked;
  for (const derive::VariantShape &v : d.item.variants)
    if (countDefault(d, v))
      marked.push_back(&v);
  diag::Diagnostics &diag = d.c.sess.diag;
  if (marked.empty()) {
    diag.error(d.c.inv.span, "E0665", "`#[derive(Default)]` on enum with no `#[default]`");
    return nullptr;
  }
  if (marked.size() > 1) {
    diag::Builder b = diag.error(d.c.inv.span, "multiple declared defaults");
    b.label(marked[0]->span, "first default");
    for (size_t i = 1; i < marked.size(); ++i)
      b.label(marked[i]->span, "additional default");
    b.note("only one variant can be default");
    return nullptr;
  }
  const derive::VariantShape &v = *marked[0];
  bool allDefaulted = v.shape == ast::VariantShape::Struct && !v.fields.empty() &&
                      llvm::all_of(v.fields, [](const FieldShape &f) { return f.defaultValue.len != 0; });
  if (v.shape != ast::VariantShape::Unit && !allDefaulted) {
    diag.error(v.name.span, "`#[default]` may only be used on unit variants").help("consider a manual implementation of `Default`");
    return nullptr;
  }
  for (AttrId a : d.c.ast.attrsOf(v.attrs)) {
    const Attr &attr = d.c.ast.attrs[a];
    if (!attr.isDoc && attr.name.valid() && d.c.sess.str(attr.name) == "non_exhaustive") {
      diag.error(v.name.span, "default variant must be exhaustive").label(attr.span, "declared `#[non_exhaustive]` here");
      return nullptr;
    }
    if (attr.name == sym::kw_default && attr.argKind != AttrArgs::Empty) {
      diag.error(attr.span, "`#[default]` attribute does not accept a value");
      return nullptr;
    }
  }
  if (countDefault(d, v) > 1) {
    diag.error(v.name.span, "multiple `#[default]` attributes").note("only one `#[default]` attribute is needed");
    return nullptr;
  }
  return &v;
}

void deriveDefault(DeriveContext &c) {
  Deriver d(c);
  if (d.rejectUnion())
    return;
  // The bound on type parameters is not asked for when the default is a variant.
  TraitSpec spec{"default::Default", {}};
  spec.skipAsBound = d.item.isEnum() && llvm::any_of(d.item.variants, [&](const derive::VariantShape &v) { return countDefault(d, v) != 0; });
  spec.copyBoundIfPacked = false;
  d.beginImpl(spec);
  d.q << "#[inline] fn default() -> ";
  d.selfType();
  d.q << "{";
  if (d.item.isEnum()) {
    if (const derive::VariantShape *v = defaultVariant(d)) {
      (d.q << "Self::").ident(v->name);
      if (v->shape == ast::VariantShape::Struct) {
        d.q << "{";
        fieldDefaults(d, *v);
        d.q << "}";
      }
    } else {
      d.q << "loop {}";
    }
  } else {
    const derive::VariantShape &v = d.item.variants[0];
    bool tuple = v.shape == ast::VariantShape::Tuple && !v.fields.empty();
    d.q.ident(d.item.name);
    d.q << (tuple ? "(" : "{");
    fieldDefaults(d, v);
    d.q << (tuple ? ")" : "}");
  }
  d.q << "}";
  d.endImpl();
}

void deriveFrom(DeriveContext &c) {
  Deriver d(c);
  diag::Diagnostics &diag = c.sess.diag;
  if (d.item.kind != ItemKind::Struct) {
    diag.error(c.inv.span, llvm::Twine("`#[derive(From)]` used on ") + (d.item.isEnum() ? "an enum" : "a union"))
        .alsoPrimary(d.item.name.span)
        .note("`#[derive(From)]` can only be used on structs with exactly one field");
    return;
  }
  const derive::VariantShape &v = d.item.variants[0];
  if (v.fields.size() != 1) {
    diag.error(c.inv.span, llvm::Twine("`#[derive(From)]` used on a struct with ") + (v.fields.empty() ? "no fields" : "multiple fields"))
        .alsoPrimary(d.item.name.span)
        .note("`#[derive(From)]` can only be used on structs with exactly one field");
    return;
  }
  // From<FieldTy>: the type is part of the trait's path.
  d.beginImplWithArg({"convert::From", {}, true, false}, v.fields[0].type);
  d.q << "#[inline] fn from(value:";
  d.q.copy(v.fields[0].type) << ") -> ";
  d.selfType();
  d.q << "{ Self";
  if (v.shape == ast::VariantShape::Tuple) {
    d.q << "(value)";
  } else {
    d.q << "{";
    d.q.ident(v.fields[0].name) << ": value }";
  }
  d.q << "}";
  d.endImpl();
}

} // namespace ferric::expand::derive
