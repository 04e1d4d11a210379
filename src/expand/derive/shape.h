// What a derive sees of its item: names, and types, bounds and where clauses as token ranges, so that they can be copied into the
// impl as fresh syntax.
#pragma once
#include "expand/expander.h"

namespace ferric::expand::derive {

struct FieldShape {
  Ident name;                  // tuple fields: 0, 1, ..
  lex::TokenRange type;
  lex::TokenRange defaultValue;
  Span span;
  Symbol simple;               // the type when it is one identifier
  bool scalar = false;         // known primitive by name, behind any references; or `()`
};
struct VariantShape {
  Ident name;
  ast::VariantShape shape{};
  std::vector<FieldShape> fields;
  ast::AttrsId attrs;
  Span span;
};
struct ParamShape {
  ast::ParamKind kind{};
  Ident name;
  lex::TokenRange bounds;      // without the colon
  lex::TokenRange constTy;
  lex::TokenRange defaultTy;
};
struct ItemShape {
  ast::ItemKind kind{};        // Struct, Enum, Union
  Ident name;
  ast::AttrsId attrs;
  bool packed = false;
  std::vector<ParamShape> params;
  lex::TokenRange where;       // predicates, without `where` and a trailing comma
  std::vector<VariantShape> variants; // structs and unions: one

  bool hasTypeParams() const {
    return llvm::any_of(params, [](const ParamShape &p) { return p.kind == ast::ParamKind::Type; });
  }
  bool isEnum() const { return kind == ast::ItemKind::Enum; }
};

// Reads the item from its tokens, configured-out fields left out.
ItemShape readShape(Expander &e, ast::ItemId item);

// A type in a field that begins with a type parameter and goes on (`T::Item`), and the `for<..>` binders around it.
struct ProjectedType { lex::TokenRange type; std::vector<lex::TokenRange> binders; };
void findProjections(Expander &e, const ItemShape &shape, lex::TokenRange type, std::vector<ProjectedType> &out);

} // namespace ferric::expand::derive
