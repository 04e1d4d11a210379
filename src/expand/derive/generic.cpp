// Code shared by the derives. Every token made here has the derive's opaque context, so that nothing at the derive's place can
// interfere; field and type names keep their own. The shapes are rustc's, token for token: tests compare with its expansion.
#include "expand/derive/generic.h"

namespace ferric::expand::derive {
using namespace ast;

// ---- impl headers ----
void Deriver::keptAttributes() {
  static constexpr llvm::StringLiteral kKept[] = {"allow", "warn", "deny", "forbid", "stable", "unstable"};
  for (AttrId id : c.ast.attrsOf(item.attrs)) {
    const Attr &a = c.ast.attrs[id];
    if (a.isDoc || !a.name.valid() || !llvm::is_contained(kKept, c.sess.str(a.name)))
      continue;
    q << "#[";
    q.ident(a.name, c.ast.paths[a.path].span);
    if (a.argKind == AttrArgs::Eq) {
      q << "=";
      q.copy(a.args);
    } else if (a.argKind == AttrArgs::Delimited) {
      q << (a.delim == lex::Delim::Paren ? "(" : a.delim == lex::Delim::Bracket ? "[" : "{");
      q.copy(a.args);
      q << (a.delim == lex::Delim::Paren ? ")" : a.delim == lex::Delim::Bracket ? "]" : "}");
    }
    q << "]";
  }
}

void Deriver::bounds(const TraitSpec &spec) {
  bool first = true;
  auto bound = [&](llvm::StringRef path) {
    if (!first)
      q << "+";
    first = false;
    if (c.isConst)
      q << "[const]";
    q << "$crate::" << path;
  };
  for (llvm::StringRef path : spec.extraBounds)
    bound(path);
  if (!spec.skipAsBound)
    bound(spec.path);
  if (item.packed && spec.copyBoundIfPacked)
    bound("marker::Copy");
}

void Deriver::implParams(const TraitSpec &spec) {
  if (item.params.empty())
    return;
  q << "<";
  for (const ParamShape &p : item.params) {
    switch (p.kind) {
    case ParamKind::Lifetime:
      q.lifetime(p.name);
      if (p.bounds.len) {
        q << ":";
        q.copy(p.bounds);
      }
      break;
    case ParamKind::Const:
      q << "const";
      q.ident(p.name) << ":";
      q.copy(p.constTy);
      break;
    case ParamKind::Type: {
      q.ident(p.name);
      bool any = !spec.extraBounds.empty() || !spec.skipAsBound || (item.packed && spec.copyBoundIfPacked);
      if (any || p.bounds.len)
        q << ":";
      bounds(spec);
      if (any && p.bounds.len)
        q << "+";
      q.copy(p.bounds);
      break;
    }
    }
    q << ",";
  }
  q << ">";
}

void Deriver::whereClause(const TraitSpec &spec) {
  bool begun = false;
  auto begin = [&] {
    q << (begun ? "," : "where");
    begun = true;
  };
  if (item.where.len) {
    begin();
    q.copy(item.where);
  }
  bool any = !spec.extraBounds.empty() || !spec.skipAsBound || (item.packed && spec.copyBoundIfPacked);
  if (!any || !item.hasTypeParams())
    return;
  std::vector<ProjectedType> projections;
  for (const VariantShape &v : item.variants)
    for (const FieldShape &f : v.fields)
      findProjections(c.e, item, f.type, projections);
  for (const ProjectedType &p : projections) {
    begin();
    if (!p.binders.empty()) {
      q << "for<";
      for (lex::TokenRange b : p.binders) {
        q.copy(b);
        q << ",";
      }
      q << ">";
    }
    q.copy(p.type) << ":";
    bounds(spec);
  }
}

void Deriver::beginImpl(const TraitSpec &spec) { beginImplWithArg(spec, {}); }

void Deriver::beginImplWithArg(const TraitSpec &spec, lex::TokenRange arg) {
  q << "#[automatically_derived]";
  if (c.isConst && c.e.isStagedApi())
    q << "#[rustc_const_unstable(feature = \"derive_const\", issue = \"118304\")]";
  if (spec.hidden)
    q << "#[doc(hidden)]";
  keptAttributes();
  if (spec.isUnsafe)
    q << "unsafe";
  q << "impl";
  implParams(spec);
  if (c.isConst)
    q << "const";
  q << "$crate::" << spec.path;
  if (arg.len)
    (q << "<").copy(arg) << ">";
  q << "for";
  selfType();
  whereClause(spec);
  q << "{";
}

void Deriver::selfType() {
  q.ident(item.name);
  if (item.params.empty())
    return;
  q << "<";
  for (const ParamShape &p : item.params) {
    p.kind == ParamKind::Lifetime ? q.lifetime(p.name) : q.ident(p.name);
    q << ",";
  }
  q << ">";
}

bool Deriver::rejectUnion() {
  if (item.kind != ItemKind::Union)
    return false;
  c.sess.diag.error(c.inv.span, "this trait cannot be derived for unions");
  return true;
}

void Deriver::assertFields(llvm::StringRef path) {
  llvm::SmallVector<Symbol, 8> seen;
  for (const VariantShape &v : item.variants)
    for (const FieldShape &f : v.fields) {
      if (f.simple.valid()) {
        if (llvm::is_contained(seen, f.simple))
          continue;
        seen.push_back(f.simple);
      }
      Span span = q.span();
      q.at(f.span.withCtxt(span.ctxt)) << "let _: $crate::" << path << "<";
      q.copy(f.type) << ">;";
      q.at(span);
    }
}

// ---- fields ----
void Deriver::variantPath(const VariantShape &v) {
  q.ident(item.name);
  if (item.isEnum())
    (q << "::").ident(v.name);
}

static Symbol boundName(Session &sess, llvm::StringRef prefix, size_t i) {
  return sess.symbols.intern((prefix + "_" + llvm::Twine(i)).str());
}

void Deriver::variantPattern(const VariantShape &v, llvm::StringRef prefix) {
  variantPath(v);
  if (v.shape == ast::VariantShape::Unit)
    return;
  bool tuple = v.shape == ast::VariantShape::Tuple;
  q << (tuple ? "(" : "{");
  for (size_t i = 0; i < v.fields.size(); ++i) {
    if (!tuple)
      q.ident(v.fields[i].name) << ":";
    q.ident(boundName(c.sess, prefix, i), q.span());
    if (i + 1 < v.fields.size())
      q << ",";
  }
  q << (tuple ? ")" : "}");
}

std::vector<Deriver::FieldRef> Deriver::fieldsOf(const VariantShape &v, bool bound) const {
  std::vector<FieldRef> out;
  for (uint32_t i = 0; i < v.fields.size(); ++i)
    out.push_back({&v.fields[i], i, bound, false});
  return out;
}

void Deriver::fieldPlace(const FieldRef &f, bool other) {
  if (f.discriminant) {
    q << (other ? "__arg1_discr" : "__self_discr");
    return;
  }
  Span span = q.span();
  q.at(f.field->span.withCtxt(span.ctxt));
  if (f.bound) {
    q.ident(boundName(c.sess, other ? "__arg1" : "__self", f.index), span);
  } else {
    if (item.packed)
      q << "{";
    q << (other ? "other" : "self") << ".";
    if (item.variants[0].shape == ast::VariantShape::Tuple)
      q.integer(f.index), q.at(f.field->span.withCtxt(span.ctxt));
    else
      q.ident(f.field->name);
    if (item.packed)
      q << "}";
  }
  q.at(span);
}

void Deriver::fieldRef(const FieldRef &f, bool other) {
  if (!f.bound || f.discriminant)
    q << "&";
  fieldPlace(f, other);
}

// ---- bodies ----
void Deriver::matchVariants(const Body &body, llvm::function_ref<void()> lastArm) {
  q << (body.withOther ? "match (self, other) {" : "match self {");
  const VariantShape *fieldless = nullptr;
  for (const VariantShape &v : item.variants) {
    if (v.fields.empty() && !fieldless)
      fieldless = &v;
    if (v.fields.empty() && body.unifyFieldless)
      continue;
    if (body.withOther)
      q << "(";
    variantPattern(v, "__self");
    if (body.withOther) {
      q << ",";
      variantPattern(v, "__arg1");
      q << ")";
    }
    q << "=>";
    body.fields(v, fieldsOf(v, true));
    q << ",";
  }
  if (fieldless && body.unifyFieldless) {
    q << "_ =>";
    lastArm ? lastArm() : body.fields(*fieldless, {});
  } else if (item.variants.size() > 1 && body.withOther) {
    q << "_ =>";
    lastArm ? lastArm() : (void)(q << "unsafe { $crate::intrinsics::unreachable() }");
  }
  q << "}";
}

void Deriver::methodBody(const Body &body) {
  if (!item.isEnum())
    return body.fields(item.variants[0], fieldsOf(item.variants[0], false));
  if (item.variants.empty()) {
    q << "match *self {}";
    return;
  }
  bool allFieldless = llvm::all_of(item.variants, [](const VariantShape &v) { return v.fields.empty(); });
  if (allFieldless && item.variants.size() == 1)
    return body.fields(item.variants[0], {});
  auto match = [&](llvm::function_ref<void()> lastArm) { matchVariants(body, lastArm); };
  if (!body.unifyFieldless || item.variants.size() == 1)
    return match(nullptr);
  q << "let __self_discr = $crate::intrinsics::discriminant_value(self);";
  if (body.withOther)
    q << "let __arg1_discr = $crate::intrinsics::discriminant_value(other);";
  FieldRef discr;
  discr.discriminant = true;
  body.discr(discr, allFieldless ? llvm::function_ref<void(llvm::function_ref<void()>)>(nullptr) : match);
}

} // namespace ferric::expand::derive
