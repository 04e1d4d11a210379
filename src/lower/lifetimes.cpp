// Lifetimes of signatures: named ones, the parameters that elided ones become, the rules that give an
// output its lifetime (Reference: lifetime-elision; rustc_resolve::late, LifetimeRibKind). In bodies elided lifetimes are
// Infer; which parameters are late-bound is decided by collect.
#include "lower/lowering.h"
#include "ty/lint.h"

namespace ferric::lower {

void Lowering::noteCandidate(const hir::Lifetime &lt) {
  if (candidates_ && (lt.kind == hir::LifetimeKind::Param || lt.kind == hir::LifetimeKind::Static))
    candidates_->push_back(lt);
}

hir::Lifetime Lowering::lifetime(const ast::Lifetime &lt) {
  hir::Lifetime out;
  out.ident = lt.ident;
  if (lt.ident.name == sym::kw_static_lifetime) {
    out.kind = hir::LifetimeKind::Static;
    noteCandidate(out);
    return out;
  }
  if (lt.ident.name == sym::kw_underscore_lifetime) {
    hir::Lifetime e = elidedLifetime(lt.ident.span, lt.ident.span);
    e.ident = lt.ident;
    return e;
  }
  bool outside = false;
  for (size_t i = lifetimes_.size(); i-- > 0;) {
    const LifetimeEntry &e = lifetimes_[i];
    if (e.barrier) {
      outside = true;
      continue;
    }
    if (!sess.hygiene.sameItem(e.ident, lt.ident))
      continue;
    if (outside) {
      error(lt.ident.span, "E0401", "can't use generic parameters from outer item")
          .label(lt.ident.span, "use of generic parameter from outer item")
          .label(e.ident.span, "lifetime parameter from outer item");
      out.kind = hir::LifetimeKind::Error;
      return out;
    }
    if (inConstParamTy_) {
      error(lt.ident.span, "E0770", "the type of const parameters must not depend on other generic parameters")
          .label(lt.ident.span, llvm::Twine("the type must not depend on the parameter `") + sess.str(lt.ident) + "`");
      out.kind = hir::LifetimeKind::Error;
      return out;
    }
    out.kind = hir::LifetimeKind::Param;
    out.def = e.def;
    noteCandidate(out);
    return out;
  }
  error(lt.ident.span, "E0261", llvm::Twine("use of undeclared lifetime name `") + sess.str(lt.ident) + "`")
      .label(lt.ident.span, "undeclared lifetime");
  out.kind = hir::LifetimeKind::Error;
  return out;
}

hir::Lifetime Lowering::freshLifetime(const ElideRib &rib, Ident ident) {
  Def row;
  row.kind = DefKind::LifetimeParam;
  row.parent = rib.owner;
  row.name = sym::kw_underscore_lifetime;
  row.span = row.identSpan = ident.span;
  row.module = scope_;
  DefId def = crates.addDef(crate.id, row);
  hir::GenericParam p;
  p.kind = hir::ParamKind::Lifetime;
  p.def = def;
  p.ident = Ident{sym::kw_underscore_lifetime, ident.span};
  p.elided = true;
  rib.created->push_back(p);
  hir::Lifetime lt;
  lt.kind = hir::LifetimeKind::Param;
  lt.def = def;
  lt.ident = ident;
  return lt;
}

hir::Lifetime Lowering::elidedLifetime(Span span, Span errorSpan) {
  hir::Lifetime lt;
  lt.ident = Ident{sym::kw_underscore_lifetime, span};
  switch (elide_.kind) {
  case ElideKind::Infer:
    lt.kind = hir::LifetimeKind::Infer;
    return lt;
  case ElideKind::Fixed:
    lt = elide_.fixed;
    lt.ident = Ident{sym::kw_underscore_lifetime, span};
    noteCandidate(lt);
    return lt;
  case ElideKind::Create:
  case ElideKind::CreateStrict:
    if (elide_.assocConst)
      ty::lintAt(tcx, def_, span, "elided_lifetimes_in_associated_constant", diag::LintLevel::Deny,
                 errorSpan == span ? "`'_` cannot be used here" : "`&` without an explicit lifetime name cannot be used here")
          .note("there are lifetimes in scope that it could be mistaken for: write `'static` or one of them");
    lt = freshLifetime(elide_, lt.ident);
    noteCandidate(lt);
    return lt;
  case ElideKind::Item:
  case ElideKind::Failure:
    error(errorSpan, "E0106", "missing lifetime specifier").label(errorSpan, "expected named lifetime parameter");
    break;
  case ElideKind::Forbid:
    error(errorSpan, "E0637", "`&` without an explicit lifetime name cannot be used here")
        .label(errorSpan, "explicit lifetime name needed here");
    break;
  }
  lt.kind = hir::LifetimeKind::Error;
  return lt;
}

void Lowering::bindForLifetimes(ArrayRef<ast::GenericParam> params, SmallVectorImpl<hir::GenericParam> &out) {
  for (const ast::GenericParam &p : params) {
    if (p.kind != ast::ParamKind::Lifetime) {
      error(p.span, "E0658", "only lifetime parameters can be used in this context");
      continue;
    }
    if (p.ident.name == sym::kw_static_lifetime || p.ident.name == sym::kw_underscore_lifetime) {
      error(p.ident.span, p.ident.name == sym::kw_static_lifetime ? "E0262" : "E0637",
            llvm::Twine("invalid lifetime parameter name: `") + sess.str(p.ident) + "`");
      continue;
    }
    for (const hir::GenericParam &other : out)
      if (!other.elided && sess.hygiene.sameItem(other.ident, p.ident)) {
        error(p.ident.span, "E0403",
              llvm::Twine("the name `") + sess.str(p.ident) + "` is already used for a generic parameter in this item's generic parameters")
            .label(p.ident.span, "already used")
            .label(other.ident.span, llvm::Twine("first use of `") + sess.str(p.ident) + "`");
      }
    for (size_t i = lifetimes_.size(); i-- > 0 && !lifetimes_[i].barrier;)
      if (sess.hygiene.sameItem(lifetimes_[i].ident, p.ident) && crates.kind(lifetimes_[i].def) == DefKind::LifetimeParam) {
        bool here = llvm::any_of(out, [&](const hir::GenericParam &o) { return o.def == lifetimes_[i].def; });
        if (!here)
          error(p.ident.span, "E0496", llvm::Twine("lifetime name `") + sess.str(p.ident) + "` shadows a lifetime name that is already in scope")
              .label(p.ident.span, llvm::Twine("lifetime `") + sess.str(p.ident) + "` already in scope")
              .label(lifetimes_[i].ident.span, "first declared here");
        break;
      }
    Def row;
    row.kind = DefKind::LifetimeParam;
    row.parent = parentDef_;
    row.name = p.ident.name;
    row.span = p.span;
    row.identSpan = p.ident.span;
    row.attrs = p.attrs;
    row.module = scope_;
    hir::GenericParam g;
    g.kind = hir::ParamKind::Lifetime;
    g.def = crates.addDef(crate.id, row);
    g.ident = p.ident;
    out.push_back(g);
    lifetimes_.push_back({p.ident, g.def, false});
    if (!p.bounds.empty())
      error(p.span, "", "bounds cannot be used in this context");
  }
}

unsigned Lowering::lifetimeParamCount(DefId def) {
  switch (crates.kind(def)) {
  case DefKind::Struct: case DefKind::Enum: case DefKind::Union: case DefKind::TyAlias: case DefKind::Trait:
  case DefKind::TraitAlias: case DefKind::AssocTy:
    break;
  default:
    return 0;
  }
  unsigned n = 0;
  for (DefId p : crates.genericParams(def))
    n += crates.kind(p) == DefKind::LifetimeParam;
  return n;
}

void Lowering::elidedPathLifetimes(const Res &res, Span span, hir::GenericArgs &args, bool hasOtherArgs) {
  if (elide_.kind == ElideKind::Infer || res.kind != ResKind::Def)
    return;
  unsigned n = lifetimeParamCount(res.def);
  if (n == 0)
    return;
  SmallVector<hir::GenericArg, 4> out;
  if (elide_.kind == ElideKind::CreateStrict || elide_.assocConst) {
    error(span, "E0726", "implicit elided lifetime not allowed here").label(span, "expected lifetime parameter");
    for (unsigned i = 0; i < n; ++i) {
      hir::GenericArg a;
      a.kind = hir::GenericArgKind::Lifetime;
      a.lifetime.kind = hir::LifetimeKind::Error;
      a.lifetime.ident = Ident{sym::kw_underscore_lifetime, span};
      a.span = span;
      a.id = newId();
      out.push_back(a);
    }
  } else {
    bool fails = elide_.kind == ElideKind::Item || elide_.kind == ElideKind::Failure || elide_.kind == ElideKind::Forbid;
    for (unsigned i = 0; i < n; ++i) {
      hir::GenericArg a;
      a.kind = hir::GenericArgKind::Lifetime;
      if (fails && i > 0) {
        a.lifetime.kind = hir::LifetimeKind::Error;
        a.lifetime.ident = Ident{sym::kw_underscore_lifetime, span};
      } else {
        a.lifetime = elidedLifetime(span, span);
      }
      a.span = span;
      a.id = newId();
      out.push_back(a);
    }
  }
  out.append(args.args.begin(), args.args.end());
  args.args = arr(out);
}

bool Lowering::isSelfTy(const hir::Ty *ty) {
  const hir::PathTy *p = llvm::dyn_cast<hir::PathTy>(ty);
  if (!p || p->path.kind != hir::QPathKind::Resolved || p->path.self)
    return false;
  const Res &res = p->path.path->res;
  if (res.kind == ResKind::SelfTyParam || res.kind == ResKind::SelfTyAlias)
    return true;
  // The impl's own type, written out.
  DefId parent = crates.parent(def_);
  if (!parent.valid() || crates.kind(parent) != DefKind::Impl)
    return false;
  const ast::ImplItem &impl = crates.itemAs<ast::ImplItem>(parent);
  if (ast.types[impl.self].kind != ast::TypeKind::Path)
    return false;
  const hir::PathTy *self = llvm::dyn_cast<hir::PathTy>(tcx.hirItem(parent)->impl.self);
  return self && self->path.kind == hir::QPathKind::Resolved && self->path.path->res == res &&
         (res.kind == ResKind::PrimTy || res.isDef(DefKind::Struct) || res.isDef(DefKind::Enum) || res.isDef(DefKind::Union));
}

// The types right inside a type; those of constants in it are no part of it.
static void forEachPart(const hir::Ty *ty, llvm::function_ref<void(const hir::Ty *)> visit) {
  switch (ty->kind) {
  case hir::TyKind::Ref: return visit(llvm::cast<hir::RefTy>(ty)->referent);
  case hir::TyKind::Slice: return visit(llvm::cast<hir::SliceTy>(ty)->elem);
  case hir::TyKind::Array: return visit(llvm::cast<hir::ArrayTy>(ty)->elem);
  case hir::TyKind::Ptr: return visit(llvm::cast<hir::PtrTy>(ty)->pointee);
  case hir::TyKind::Tuple: llvm::for_each(llvm::cast<hir::TupleTy>(ty)->elems, visit); return;
  case hir::TyKind::Path: {
    const hir::QPath &q = llvm::cast<hir::PathTy>(ty)->path;
    for (const hir::PathSegment &s : q.kind == hir::QPathKind::Resolved ? q.path->segments : ArrayRef<hir::PathSegment>(q.segment, 1))
      if (s.args)
        for (const hir::GenericArg &a : s.args->args)
          if (a.ty)
            visit(a.ty);
    return;
  }
  default: return;
  }
}

bool Lowering::mentionsSelf(const hir::Ty *ty) {
  bool found = isSelfTy(ty);
  forEachPart(ty, [&](const hir::Ty *part) { found = found || mentionsSelf(part); });
  return found;
}

// Lifetimes of the references in the type of `self` that lead to Self (Reference: lifetime-elision, "self").
void Lowering::selfLifetimes(const hir::Ty *ty, SmallVectorImpl<hir::Lifetime> &out) {
  if (const hir::RefTy *r = llvm::dyn_cast<hir::RefTy>(ty); r && mentionsSelf(r->referent))
    out.push_back(r->lifetime);
  forEachPart(ty, [&](const hir::Ty *part) { selfLifetimes(part, out); });
}

void Lowering::elidedSignature(ArrayRef<ast::TypeId> inputs, ast::TypeId output, bool hasSelf, const ElideRib &inputRib,
                               SmallVectorImpl<const hir::Ty *> &in, const hir::Ty *&out) {
  enum class Elision : uint8_t { None, Self, Param, Error } elision = Elision::None;
  hir::Lifetime found;
  SmallVector<hir::Lifetime, 4> *outer = candidates_;
  ElideRib outerRib = elide_;
  ImplTraitMode outputMode = std::exchange(outputMode_, ImplTraitMode::Disallowed);
  elide_ = inputRib;
  auto same = [](const hir::Lifetime &a, const hir::Lifetime &b) { return a.kind == b.kind && a.def == b.def; };
  for (size_t i = 0; i < inputs.size(); ++i) {
    SmallVector<hir::Lifetime, 4> local;
    candidates_ = &local;
    const hir::Ty *t = ty(inputs[i]);
    in.push_back(t);
    if (!local.empty()) {
      bool one = llvm::all_of(local, [&](const hir::Lifetime &l) { return same(l, local[0]); });
      if (elision == Elision::None) {
        elision = one ? Elision::Param : Elision::Error;
        found = local[0];
      } else if (elision == Elision::Param) {
        elision = Elision::Error;
      }
    }
    if (i == 0 && hasSelf) {
      SmallVector<hir::Lifetime, 2> self;
      selfLifetimes(t, self);
      bool one = llvm::all_of(self, [&](const hir::Lifetime &l) { return same(l, self[0]); });
      elision = self.empty() ? Elision::None : one ? Elision::Self : Elision::Error;
      if (!self.empty())
        found = self[0];
    }
  }
  candidates_ = nullptr;
  outputMode_ = outputMode;
  if (elide_.kind != ElideKind::Infer) { // closures without binder keep inferring
    elide_ = ElideRib();
    elide_.kind = elision == Elision::Self || elision == Elision::Param ? ElideKind::Fixed : ElideKind::Failure;
    elide_.fixed = found;
  }
  if (output) {
    ImplTraitMode outerMode = implTrait_;
    implTrait_ = std::exchange(outputMode_, ImplTraitMode::Disallowed);
    out = ty(output);
    implTrait_ = outerMode;
  }
  candidates_ = outer;
  elide_ = outerRib;
}

} // namespace ferric::lower
