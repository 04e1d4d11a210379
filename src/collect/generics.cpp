// Generics of items, and which lifetime parameters of functions are late-bound (rustc_hir_analysis::collect::generics_of,
// resolve_bound_vars::is_late_bound_map; rustc-dev-guide, "Early and late bound parameters").
#include "collect/collect.h"
#include "collect/util.h"

namespace ferric::collect {

namespace {

// The lifetimes that a type mentions. `constrained`: only where they are determined by the type's value, that
// is, not inside projections.
class LifetimeCollector {
public:
  explicit LifetimeCollector(bool constrained) : constrained_(constrained) {}
  llvm::DenseSet<DefId> found;

  void visit(const hir::Lifetime &l) {
    if (l.kind == hir::LifetimeKind::Param)
      found.insert(l.def);
  }
  void visit(const hir::Ty *t) {
    if (!t)
      return;
    switch (t->kind) {
    case hir::TyKind::Slice: return visit(llvm::cast<hir::SliceTy>(t)->elem);
    case hir::TyKind::Array: return visit(llvm::cast<hir::ArrayTy>(t)->elem);
    case hir::TyKind::Ptr: return visit(llvm::cast<hir::PtrTy>(t)->pointee);
    case hir::TyKind::Ref:
      visit(llvm::cast<hir::RefTy>(t)->lifetime);
      return visit(llvm::cast<hir::RefTy>(t)->referent);
    case hir::TyKind::FnPtr:
      for (const hir::Ty *i : llvm::cast<hir::FnPtrTy>(t)->decl.inputs)
        visit(i);
      return visit(llvm::cast<hir::FnPtrTy>(t)->decl.output);
    case hir::TyKind::UnsafeBinder: return visit(llvm::cast<hir::UnsafeBinderTy>(t)->inner);
    case hir::TyKind::Tuple:
      for (const hir::Ty *e : llvm::cast<hir::TupleTy>(t)->elems)
        visit(e);
      return;
    case hir::TyKind::Path: return visit(llvm::cast<hir::PathTy>(t)->path);
    case hir::TyKind::Opaque: return visit(llvm::cast<hir::OpaqueTy>(t)->bounds);
    case hir::TyKind::TraitObject:
      visit(llvm::cast<hir::TraitObjectTy>(t)->bounds);
      return visit(llvm::cast<hir::TraitObjectTy>(t)->lifetime);
    case hir::TyKind::Pat: return visit(llvm::cast<hir::PatTy>(t)->base);
    case hir::TyKind::Err: case hir::TyKind::Never: case hir::TyKind::Infer: return;
    }
  }
  void visit(const hir::QPath &q) {
    bool projection = q.kind == hir::QPathKind::TypeRelative || q.self;
    if (projection && constrained_)
      return;
    visit(q.self);
    if (q.kind == hir::QPathKind::TypeRelative)
      return visit(q.segment->args);
    if (constrained_) {
      if (!q.path->segments.empty())
        visit(q.path->segments.back().args);
      return;
    }
    for (const hir::PathSegment &s : q.path->segments)
      visit(s.args);
  }
  void visit(const hir::GenericArgs *args) {
    if (!args)
      return;
    for (const hir::GenericArg &a : args->args) {
      if (a.kind == hir::GenericArgKind::Lifetime)
        visit(a.lifetime);
      visit(a.ty);
    }
    for (const hir::AssocConstraint &c : args->constraints) {
      visit(c.args);
      visit(c.ty);
      visit(c.bounds);
    }
  }
  void visit(ArrayRef<hir::GenericBound> bounds) {
    for (const hir::GenericBound &b : bounds) {
      if (b.kind == hir::BoundKind::Outlives)
        visit(b.lifetime);
      else if (b.kind == hir::BoundKind::Trait)
        for (const hir::PathSegment &s : b.trait.path.segments)
          visit(s.args);
    }
  }
  void visit(const hir::Generics &g) {
    for (const hir::WherePredicate &w : g.where) {
      visit(w.bounded);
      if (w.kind == hir::WhereKind::Region)
        visit(w.lifetime);
      visit(w.bounds);
    }
    for (const hir::GenericParam &p : g.params)
      visit(p.ty);
  }

private:
  bool constrained_;
};

bool isFn(DefKind k) { return k == DefKind::Fn || k == DefKind::AssocFn; }

ArrayRef<DefId> provideLateBound(ty::Ctx &tcx, const DefId &fn) {
  if (!isFn(tcx.defKind(fn)))
    return {};
  const hir::Item *item = tcx.hirItem(fn);
  if (llvm::none_of(item->generics.params, [](const hir::GenericParam &p) { return p.kind == hir::ParamKind::Lifetime; }))
    return {};
  LifetimeCollector inputs(true), output(false), where(false);
  for (const hir::Ty *t : item->decl.inputs)
    inputs.visit(t);
  output.visit(item->decl.output);
  where.visit(item->generics);
  SmallVector<DefId, 4> out;
  for (const hir::GenericParam &p : item->generics.params) {
    if (p.kind != hir::ParamKind::Lifetime || where.found.contains(p.def))
      continue;
    if (!inputs.found.contains(p.def) && output.found.contains(p.def))
      continue;
    out.push_back(p.def);
  }
  return tcx.copy(ArrayRef<DefId>(out));
}

struct Building {
  ty::Generics g;
  SmallVector<ty::GenericParamDef, 8> own;
  void inherit(const ty::Generics *parent) {
    g.parent = parent;
    g.parentCount = parent->count();
    g.hasSelf = parent->hasSelf;
  }
  void push(DefId def, Symbol name, ty::GenericParamKind kind, bool hasDefault = false, bool synthetic = false) {
    own.push_back({def, name, g.parentCount + uint32_t(own.size()), kind, hasDefault, synthetic});
  }
};

const ty::Generics *provideGenerics(ty::Ctx &tcx, const DefId &def) {
  Building b;
  b.g.def = def;
  DefKind kind = tcx.defKind(def);
  auto intern = [&](const char *s) { return tcx.sess.symbols.intern(s); };
  switch (kind) {
  case DefKind::Variant:
  case DefKind::Field:
  case DefKind::Ctor: { // of the data type, nothing between
    DefId adt = tcx.parent(def);
    while (tcx.defKind(adt) == DefKind::Variant)
      adt = tcx.parent(adt);
    b.inherit(tcx.genericsOf(adt));
    break;
  }
  case DefKind::AssocFn:
  case DefKind::AssocConst:
  case DefKind::AssocTy:
    b.inherit(tcx.genericsOf(tcx.parent(def)));
    break;
  case DefKind::AnonConst: {
    const hir::Body *body = tcx.hirBody(def);
    if (body && body->inheritsGenerics)
      b.inherit(tcx.genericsOf(typeckRoot(tcx, tcx.parent(def))));
    break;
  }
  case DefKind::Closure:
    b.inherit(tcx.genericsOf(typeckRoot(tcx, def)));
    b.push(def, intern("<closure_kind>"), ty::GenericParamKind::Type);
    b.push(def, intern("<closure_signature>"), ty::GenericParamKind::Type);
    b.push(def, intern("<upvars>"), ty::GenericParamKind::Type);
    break;
  case DefKind::InlineConst:
    b.inherit(tcx.genericsOf(typeckRoot(tcx, def)));
    b.push(def, intern("<const_ty>"), ty::GenericParamKind::Type);
    break;
  case DefKind::OpaqueTy: {
    DefId parent = tcx.opaqueParent(def);
    b.inherit(tcx.genericsOf(parent));
    // The function's late-bound lifetimes are captured as parameters of the opaque type.
    for (DefId l : tcx.lateBoundParamsOf(parent))
      b.push(l, tcx.crates.name(l), ty::GenericParamKind::Lifetime);
    break;
  }
  default:
    break;
  }
  bool hasHeader = tcx.crates.def(def).ast.kind == AstRefKind::Item && kind != DefKind::Ctor && kind != DefKind::Mod;
  if (kind == DefKind::Trait || kind == DefKind::TraitAlias) {
    b.g.hasSelf = b.g.ownSelf = true;
    b.push(def, sym::kw_Self, ty::GenericParamKind::Type);
  }
  if (hasHeader && (tcx.crates.generics(def) || isFn(kind))) {
    const hir::Item *item = tcx.hirItem(def);
    ArrayRef<DefId> late = isFn(kind) ? tcx.lateBoundParamsOf(def) : ArrayRef<DefId>();
    for (const hir::GenericParam &p : item->generics.params)
      if (p.kind == hir::ParamKind::Lifetime && !llvm::is_contained(late, p.def))
        b.push(p.def, p.ident.name, ty::GenericParamKind::Lifetime);
    for (const hir::GenericParam &p : item->generics.params)
      if (p.kind == hir::ParamKind::Type)
        b.push(p.def, p.ident.name, ty::GenericParamKind::Type, p.ty != nullptr, p.synthetic);
      else if (p.kind == hir::ParamKind::Const)
        b.push(p.def, p.ident.name, ty::GenericParamKind::Const, p.defaultConst != nullptr);
  }
  b.g.own = tcx.copy(ArrayRef<ty::GenericParamDef>(b.own));
  return new (tcx.arena.Allocate<ty::Generics>()) ty::Generics(b.g);
}

DefId provideOpaqueParent(ty::Ctx &tcx, const DefId &def) {
  DefId d = tcx.parent(def);
  while (tcx.defKind(d) == DefKind::OpaqueTy)
    d = tcx.parent(d);
  return d;
}

} // namespace

llvm::ArrayRef<DefId> lateBoundParams(ty::Ctx &tcx, DefId fn) { return tcx.lateBoundParamsOf(fn); }
bool isLateBound(ty::Ctx &tcx, DefId lifetimeParam) {
  return llvm::is_contained(tcx.lateBoundParamsOf(tcx.parent(lifetimeParam)), lifetimeParam);
}

void registerGenerics(ty::Ctx &tcx) {
  tcx.queries.genericsOf.provider = provideGenerics;
  tcx.queries.lateBoundParamsOf.provider = provideLateBound;
  tcx.queries.opaqueParent.provider = provideOpaqueParent;
}

} // namespace ferric::collect
