// Well-formedness of items (rustc_hir_analysis::check::wfcheck; RFC 1214): every type mentioned in a signature, field or header is well
// formed and every where-clause makes sense, given the item's own where-clauses. Plus what is asked of receivers (Reference:
// items/associated-items, "Methods") and of type parameters: they are used (E0392) or fixed by the header of their impl (E0207).
#include "item_check/checker.h"

namespace ferric::item_check {

// A clause makes sense when the trait it names may be applied to its arguments.
static void clauses(ItemObligations &o, DefId def) {
  Tcx &tcx = o.tcx;
  for (const ty::SpannedClause &c : tcx.explicitPredicatesOf(def).clauses) {
    if (c.clause.kind() != PredicateKind::Trait || !c.clause->vars.empty())
      continue;
    Predicate p = ty::eraseRegions(tcx, c.clause);
    for (GenericArg a : p->traitRef.args)
      if (a.isTy() && !a.ty().is(TyKind::Param))
        o.wellFormed(a.ty(), c.span);
    llvm::SmallVector<ErasedClause, 8> needed;
    instantiatedPredicates(tcx, p->traitRef.trait, p->traitRef.args, needed);
    for (const ErasedClause &n : needed)
      if (n.clause != p) {
        Cause cause(c.span, CauseCode::WhereClause);
        cause.item = p->traitRef.trait;
        cause.clauseSpan = n.span;
        o.ocx.add({o.ocx.normalize(cause, o.env, n.clause), o.env, cause, 0});
      }
  }
}

static void markUsed(Ty t, llvm::BitVector &used) {
  ty::walkTypes(t, [&](Ty x) {
    if (x.is(TyKind::Param) && x.index() < used.size())
      used.set(x.index());
    auto note = [&](Const c) {
      if (c.is(ty::ConstKind::Param) && c.index() < used.size())
        used.set(c.index());
    };
    if (x.is(TyKind::Array))
      note(x.len());
    for (GenericArg a : x.args()) {
      if (a.isConst())
        note(a.konst());
      if (a.isRegion() && a.region()->kind == ty::RegionKind::EarlyParam && a.region()->index < used.size())
        used.set(a.region()->index);
    }
    if (x->region && x->region->kind == ty::RegionKind::EarlyParam && x->region->index < used.size())
      used.set(x->region->index);
    for (const ty::PolyExistentialPredicate &p : x->preds)
      for (GenericArg a : p.value.args)
        if (a.isRegion() && a.region()->kind == ty::RegionKind::EarlyParam && a.region()->index < used.size())
          used.set(a.region()->index);
    return true;
  });
}

static void addFixedByClauses(Tcx &tcx, DefId def, llvm::BitVector &fixed);

static void data(Tcx &tcx, DefId def) {
  const hir::Item *item = tcx.hirItem(def);
  const ty::AdtDef *adt = tcx.adtDef(def);
  if (!item || !adt)
    return;
  ItemObligations o(tcx, def);
  const ty::Generics *g = tcx.genericsOf(def);
  llvm::BitVector used(g ? g->count() : 0);
  bool error = false;
  for (size_t v = 0, i = 0; v < adt->variants.size(); ++v) {
    llvm::ArrayRef<ty::FieldDef> fields = adt->variants[v].fields;
    for (size_t f = 0; f < fields.size(); ++f, ++i) {
      Ty t = tcx.typeOf(fields[f].def);
      Span span = i < item->fields.size() && item->fields[i].ty ? item->fields[i].ty->span : tcx.def(fields[f].def).span;
      markUsed(t, used);
      error |= t.has(ty::kHasError);
      o.wellFormed(t, span);
      if (!adt->isStruct() || f + 1 < fields.size())
        o.sized(t, span, CauseCode::StructFieldSized);
    }
  }
  clauses(o, def);
  o.finish();
  if (error || adt->isPhantomData)
    return;
  addFixedByClauses(tcx, def, used);
  for (uint32_t i = 0; g && i < g->count(); ++i) {
    const ty::GenericParamDef &p = g->param(i);
    if (used[i] || p.kind == ty::GenericParamKind::Const)
      continue;
    const char *what = p.kind == ty::GenericParamKind::Lifetime ? "lifetime" : "type";
    Span s = tcx.def(p.def).identSpan;
    tcx.sess.diag.error(s, "E0392", llvm::Twine(what) + " parameter `" + tcx.sess.str(p.name) + "` is never used")
        .label(s, llvm::Twine("unused ") + what + " parameter")
        .help("consider removing `" + tcx.sess.str(p.name) + "`, referring to it in a field, or using a marker such as `PhantomData`").emit();
  }
}

// ---- receivers ----
static bool isSelfLike(InferCtxt &cx, Ty t, Ty self) { return t == self || cx.canEq(t, self); }

// Whether dereferencing (through the Receiver trait) leads from `receiver` to `self`; `steps` are what was passed.
static bool reaches(ItemObligations &o, Ty receiver, Ty self, DefId trait, DefId target) {
  Tcx &tcx = o.tcx;
  for (unsigned n = 0; n < tcx.sess.options.recursionLimit; ++n) {
    receiver = o.cx.resolve(receiver);
    if (receiver.isError() || isSelfLike(o.cx, receiver, self))
      return true;
    if (receiver.is(TyKind::Ref) || receiver.is(TyKind::RawPtr)) {
      receiver = receiver.inner();
      continue;
    }
    if (!trait.valid() || !target.valid())
      return false;
    GenericArgs args = tcx.mkArgs({GenericArg(receiver)});
    if (!predicateMayHold(o.cx, {tcx.mkTraitPredicate({trait, args}), o.env, Cause(), 0}))
      return false;
    Ty next = o.ocx.normalize(Cause(), o.env, tcx.mkProjection(target, args));
    o.ocx.selectWherePossible();
    next = o.cx.resolve(next);
    if (next == receiver || next.isTyVar())
      return false;
    receiver = next;
  }
  return false;
}

// E0801, E0307. False: reported.
static bool receiver(Tcx &tcx, DefId method, const hir::Item *item) {
  ty::AssocItem info = tcx.assocItem(method);
  if (!info.hasSelf || item->decl.inputs.empty())
    return true;
  FnSig sig = ty::eraseRegions(tcx, ty::eraseLateBound(tcx, tcx.fnSig(method)));
  DefId container = tcx.parent(method);
  Ty self = tcx.defKind(container) == DefKind::Trait ? tcx.mkParam(0, sym::kw_Self) : ty::eraseRegions(tcx, tcx.typeOf(container));
  ItemObligations o(tcx, method);
  Span span = item->decl.inputs[0]->span;
  Ty type = o.ocx.normalize(Cause(span), o.env, sig.inputs()[0]);
  self = o.ocx.normalize(Cause(span), o.env, self);
  if (type.has(ty::kHasError) || self.has(ty::kHasError))
    return true;
  DefId trait = tcx.crates.langItem(llvm::StringRef("receiver")), target = tcx.crates.langItem(llvm::StringRef("receiver_target"));
  const ty::Generics *g = tcx.genericsOf(method);
  if (type.is(TyKind::Param) && g && type.index() >= g->parentCount && !isSelfLike(o.cx, type, self)) {
    tcx.sess.diag.error(span, "E0801", "invalid generic `self` parameter type: `" + ty::show(tcx, type) + "`")
        .note("type of `self` must not be a method generic parameter type")
        .help("use a concrete type such as `self`, `&self`, `&mut self`, `self: Box<Self>`, `self: Rc<Self>`, or `self: Arc<Self>`").emit();
    return false;
  }
  // A reference to a method's own parameter is generic over the receiver all the same.
  if (type.is(TyKind::Ref) && type.inner().is(TyKind::Param) && g && type.inner().index() >= g->parentCount && type.inner() != self) {
    tcx.sess.diag.error(span, "E0801", "invalid generic `self` parameter type: `" + ty::show(tcx, type) + "`")
        .note("type of `self` must not be a method generic parameter type").emit();
    return false;
  }
  if (reaches(o, type, self, trait, target))
    return true;
  tcx.sess.diag.error(span, "E0307", "invalid `self` parameter type: `" + ty::show(tcx, type) + "`")
        .note("type of `self` must be `Self` or some type implementing `Receiver`")
        .help("consider changing to `self`, `&self`, `&mut self`, or a type implementing `Receiver` such as `self: Box<Self>`, `self: Rc<Self>`, or `self: Arc<Self>`")
        .emit();
  return false;
}

static void function(Tcx &tcx, DefId def) {
  const hir::Item *item = tcx.hirItem(def);
  if (!item)
    return;
  PolyFnSig poly = tcx.fnSig(def);
  FnSig sig = ty::eraseRegions(tcx, ty::eraseLateBound(tcx, poly));
  ItemObligations o(tcx, def);
  for (size_t i = 0; i < sig.inputs().size() && i < item->decl.inputs.size(); ++i)
    o.wellFormed(sig.inputs()[i], item->decl.inputs[i]->span);
  if (item->decl.output && !sig.output().has(ty::kHasOpaque))
    o.wellFormed(sig.output(), item->decl.output->span);
  clauses(o, def);
  if (tcx.defKind(def) != DefKind::AssocFn || receiver(tcx, def, item))
    o.finish();
}

// Parameters that knowing the type tells; those inside of a projection are not among them.
static void markFixed(Ty t, llvm::BitVector &fixed) {
  ty::walkTypes(t, [&](Ty x) {
    if (x.is(TyKind::Alias))
      return false;
    for (GenericArg a : x.args())
      if (a.isConst() && a.konst().is(ty::ConstKind::Param))
        fixed.set(a.konst().index());
    if (x.is(TyKind::Param) && x.index() < fixed.size())
      fixed.set(x.index());
    if (x.is(TyKind::Array) && x.len().is(ty::ConstKind::Param))
      fixed.set(x.len().index());
    return true;
  });
}

// Adds what projection clauses of `def` fix: `<T as Trait>::Item == U` gives U when T is known.
static void addFixedByClauses(Tcx &tcx, DefId def, llvm::BitVector &fixed) {
  const ty::Generics *g = tcx.genericsOf(def);
  for (bool changed = true; changed;) {
    changed = false;
    for (const ty::SpannedClause &c : tcx.explicitPredicatesOf(def).clauses) {
      if (c.clause.kind() != PredicateKind::Projection || !c.clause.term().isTy())
        continue;
      llvm::BitVector inputs(fixed.size());
      for (GenericArg a : c.clause->alias.args)
        if (a.isTy())
          markUsed(a.ty(), inputs);
      inputs.reset(fixed);
      if (llvm::any_of(inputs.set_bits(), [&](unsigned i) { return g->param(i).kind != ty::GenericParamKind::Lifetime; }))
        continue;
      size_t before = fixed.count();
      markFixed(c.clause.term().ty(), fixed);
      changed |= fixed.count() != before;
    }
  }
}

// E0207: parameters that neither the self type nor the trait's arguments nor a projection bound fix.
static void unconstrained(Tcx &tcx, DefId impl, const hir::Item *item) {
  const ty::Generics *g = tcx.genericsOf(impl);
  if (!g || g->own.empty())
    return;
  TraitRef tr = tcx.implTraitRef(impl);
  Ty self = tcx.typeOf(impl);
  if (self.has(ty::kHasError))
    return;
  llvm::BitVector fixed(g->count());
  markFixed(self, fixed);
  if (tr.trait.valid())
    for (GenericArg a : tr.args) {
      if (a.isTy())
        markFixed(a.ty(), fixed);
      if (a.isConst() && a.konst().is(ty::ConstKind::Param))
        fixed.set(a.konst().index());
    }
  addFixedByClauses(tcx, impl, fixed);
  for (const ty::GenericParamDef &p : g->own) {
    if (fixed[p.index] || p.kind == ty::GenericParamKind::Lifetime)
      continue;
    const char *what = p.kind == ty::GenericParamKind::Const ? "const" : "type";
    Span s = tcx.def(p.def).identSpan;
    tcx.sess.diag.error(s, "E0207", llvm::Twine("the ") + what + " parameter `" + tcx.sess.str(p.name) + "` is not constrained by the impl trait, self type, or predicates")
        .label(s, llvm::Twine("unconstrained ") + what + " parameter").emit();
  }
}

static void impl(Tcx &tcx, DefId def) {
  const hir::Item *item = tcx.hirItem(def);
  if (!item || !item->impl.self)
    return;
  ItemObligations o(tcx, def);
  TraitRef tr = tcx.implTraitRef(def);
  bool negative = tcx.implPolarity(def) == ty::ImplPolarity::Negative;
  o.wellFormed(tcx.typeOf(def), item->impl.self->span);
  if (tr.trait.valid() && !negative && !(tr.args.flags() & ty::kHasError)) {
    tr = ty::eraseRegions(tcx, tr);
    Span span = item->impl.traitPath ? item->impl.traitPath->span : item->impl.self->span;
    Predicate itself = tcx.mkTraitPredicate(tr);
    llvm::SmallVector<ErasedClause, 8> needed;
    instantiatedPredicates(tcx, tr.trait, tr.args, needed);
    for (const ErasedClause &n : needed) {
      if (n.clause == itself)
        continue;
      Cause cause(n.clause.kind() == PredicateKind::Trait && n.clause->traitRef.self() == tr.self() ? item->impl.self->span : span, CauseCode::WhereClause);
      cause.item = tr.trait;
      cause.clauseSpan = n.span;
      o.ocx.add({o.ocx.normalize(cause, o.env, n.clause), o.env, cause, 0});
    }
    for (GenericArg a : tr.args.ref().drop_front())
      if (a.isTy())
        o.wellFormed(a.ty(), span);
  }
  clauses(o, def);
  o.finish();
  unconstrained(tcx, def, item);
}

static void value(Tcx &tcx, DefId def) {
  const hir::Item *item = tcx.hirItem(def);
  if (!item || !item->ty)
    return;
  ItemObligations o(tcx, def);
  Ty t = tcx.typeOf(def);
  o.wellFormed(t, item->ty->span);
  bool isForeign = tcx.defKind(tcx.parent(def)) == DefKind::ForeignMod;
  if (!isForeign && tcx.defKind(def) != DefKind::AssocConst)
    o.sized(t, item->ty->span, CauseCode::SizedConstOrStatic);
  if (tcx.defKind(def) == DefKind::Static && !isForeign && tcx.crates.itemAs<ast::StaticItem>(def).mut == ast::Mutability::Not && !tcx.crates.hasAttr(def, tcx.sess.symbols.intern("thread_local"))) {
    DefId sync = tcx.crates.langItem(llvm::StringRef("sync"));
    if (sync.valid() && !t.has(ty::kHasError))
      o.add(tcx.mkTraitPredicate({sync, tcx.mkArgs({GenericArg(ty::eraseRegions(tcx, t))})}), item->ty->span, CauseCode::SharedStatic);
  }
  o.finish();
}

static void assocTy(Tcx &tcx, DefId def) {
  const hir::Item *item = tcx.hirItem(def);
  if (!item)
    return;
  ItemObligations o(tcx, def);
  if (item->ty)
    o.wellFormed(tcx.typeOf(def), item->ty->span);
  clauses(o, def);
  o.finish();
}

void checkWellFormed(Tcx &tcx, DefId def) {
  switch (tcx.defKind(def)) {
  case DefKind::Struct: case DefKind::Union: case DefKind::Enum: return data(tcx, def);
  case DefKind::Fn: case DefKind::AssocFn: return function(tcx, def);
  case DefKind::Impl: return impl(tcx, def);
  case DefKind::Const: case DefKind::Static: case DefKind::AssocConst: return value(tcx, def);
  case DefKind::AssocTy: return assocTy(tcx, def);
  case DefKind::Trait: {
    ItemObligations o(tcx, def);
    clauses(o, def);
    o.finish();
    return;
  }
  default: return;
  }
}

} // namespace ferric::item_check
