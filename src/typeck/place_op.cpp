// Overloaded dereference and indexing, and their later turn to the mutable traits where the place is written or
// borrowed mutably (rustc_hir_typeck::place_op; Reference: expressions, "Place expressions").
#include "typeck/autoderef.h"

namespace ferric::typeck {

static Adjustment borrowTo(Ty target, Mutability m) {
  Adjustment a;
  a.kind = AdjustKind::Borrow;
  a.target = target;
  a.mut = m;
  return a;
}

std::optional<Ty> FnCtxt::lookupDeref(const hir::Expr *e, const hir::Expr *operand, Ty operandTy) {
  if (Ty t = builtinDeref(operandTy, true)) return t;
  DefId trait = tcx.langItem(sym::deref);
  if (!trait) return std::nullopt;
  std::optional<MethodCallee> m = lookupMethodInTrait(Cause(e->span), sym::deref, trait, operandTy, std::nullopt);
  if (!m) return std::nullopt;
  applyAdjustments(operand, {borrowTo(m->sig.inputs()[0], Mutability::Not)});
  Ty output = resolve(m->sig.output());
  if (!output.is(TyKind::Ref)) return error();
  writeMethodCall(e->id, *m);
  return output.inner();
}

// Built-in indexing: arrays and slices by usize. The trait is looked up all the same; MIR building sees the types.
static std::optional<std::pair<Ty, Ty>> tryIndexStep(FnCtxt &f, const hir::IndexExpr *e, Autoderef &deref) {
  Ty adjusted = f.structurally(e->base->span, deref.finalTy());
  if (f.hasErr(adjusted)) return std::nullopt;
  DefId trait = f.tcx.langItem(sym::index);
  if (!trait) return std::nullopt;
  for (bool unsize : {false, true}) {
    Ty self = adjusted;
    if (unsize) {
      if (!adjusted.is(TyKind::Array)) continue;
      self = f.tcx.mkSlice(adjusted.inner());
    }
    Ty input = f.nextTyVar(e->base->span);
    std::optional<MethodCallee> m = f.lookupMethodInTrait(Cause(e->span), sym::index, trait, self, input);
    if (!m) continue;
    Adjustments adj;
    f.adjustSteps(deref, adj);
    adj.push_back(borrowTo(f.tcx.mkRef(f.tcx.common.erased, adjusted, Mutability::Not), Mutability::Not));
    if (unsize) {
      Adjustment u;
      u.kind = AdjustKind::Unsize;
      u.target = m->sig.inputs()[0];
      adj.push_back(u);
    }
    f.applyAdjustments(e->base, std::move(adj));
    f.writeMethodCall(e->id, *m);
    Ty output = f.resolve(m->sig.output());
    return std::pair<Ty, Ty>(input, output.is(TyKind::Ref) ? output.inner() : f.error());
  }
  return std::nullopt;
}

Ty FnCtxt::checkIndex(const hir::IndexExpr *e) {
  Ty base = checkExpr(e->base);
  Ty idx = checkExpr(e->index);
  if (hasErr(base)) return error();
  if (hasErr(idx)) return error();
  base = structurally(e->base->span, base);
  Autoderef deref(*this, e->base->span, base);
  std::optional<std::pair<Ty, Ty>> found;
  Ty step;
  while (!found && deref.next(step)) found = tryIndexStep(*this, e, deref);
  registerAll(deref.obligations());
  if (!found) {
    if (!hasErr(resolve(base)))
      err(e->span, "E0608", "cannot index into a value of type `" + str(base) + "`").label(e->span, "cannot be indexed");
    return error();
  }
  demandCoerce(e->index, idx, found->first);
  selectWherePossible();
  return found->second;
}

// One overloaded deref or index expression, its method replaced by the mutable one when that applies.
static void convertOne(FnCtxt &f, const hir::Expr *e, const hir::Expr *base, bool isIndex) {
  if (f.results.typeDependent.find(e->id) == f.results.typeDependent.end()) return;
  Ty baseTy = builtinDeref(f.resolve(f.adjustedTy(base)), false);
  if (!baseTy) return;
  DefId trait = f.tcx.langItem(isIndex ? sym::index_mut : sym::deref_mut);
  if (!trait) return;
  std::optional<Ty> arg;
  if (isIndex) arg = f.results.argsOf(e->id)[1].ty();
  std::optional<MethodCallee> m = f.lookupMethodInTrait(Cause(e->span), isIndex ? sym::index_mut : sym::deref_mut, trait, baseTy, arg);
  if (!m) return;
  f.writeMethodCall(e->id, *m);
  auto it = f.results.adjustments.find(base->id);
  if (it == f.results.adjustments.end()) return;
  Ty source = f.nodeTy(base->id);
  for (Adjustment &a : it->second) {
    if (a.kind == AdjustKind::Borrow) {
      a.mut = Mutability::Mut;
      a.twoPhase = false;
      a.target = f.tcx.mkRef(f.tcx.common.erased, source, Mutability::Mut);
    }
    source = a.target;
  }
  size_t n = it->second.size();
  if (n >= 2 && it->second[n - 2].kind == AdjustKind::Borrow && it->second[n - 1].kind == AdjustKind::Unsize)
    it->second[n - 1].target = m->sig.inputs()[0];
}

void FnCtxt::convertPlaceDerefsToMutable(const hir::Expr *e) {
  SmallVector<const hir::Expr *, 8> exprs{e};
  for (;;) {
    const hir::Expr *last = exprs.back();
    if (const hir::FieldExpr *x = dyn_cast<hir::FieldExpr>(last)) exprs.push_back(x->base);
    else if (const hir::IndexExpr *x = dyn_cast<hir::IndexExpr>(last)) exprs.push_back(x->base);
    else if (const hir::UnaryExpr *x = dyn_cast<hir::UnaryExpr>(last); x && x->op == ast::UnOp::Deref) exprs.push_back(x->operand);
    else break;
  }
  bool insideUnion = false;
  for (size_t i = exprs.size(); i-- > 0;) {
    const hir::Expr *x = exprs[i];
    Ty source = resolve(nodeTy(x->id));
    const hir::UnaryExpr *un = dyn_cast<hir::UnaryExpr>(x);
    if (un && un->op == ast::UnOp::Deref) insideUnion = false;
    if (source.is(TyKind::Adt) && source.adt()->isUnion()) insideUnion = true;
    size_t n = results.adjustments.count(x->id) ? results.adjustments[x->id].size() : 0;
    for (size_t k = 0; k < n; ++k) {
      Adjustment a = results.adjustments[x->id][k];
      if (a.kind == AdjustKind::Deref && a.overloaded) {
        DefId trait = tcx.langItem(sym::deref_mut);
        if (trait && lookupMethodInTrait(Cause(x->span), sym::deref_mut, trait, resolve(source), std::nullopt)) {
          results.adjustments[x->id][k].mut = Mutability::Mut;
          Ty s = resolve(source);
          if (insideUnion && s.is(TyKind::Adt) && s.adt()->isManuallyDrop)
            err(x->span, "", "not automatically applying `DerefMut` on `ManuallyDrop` union field")
                .help("writing to this reference calls the destructor for the old value")
                .help("add an explicit `*` if that is desired, or call `ptr::write` to not run the destructor");
        }
      }
      source = a.target;
    }
    if (const hir::IndexExpr *ix = dyn_cast<hir::IndexExpr>(x)) convertOne(*this, x, ix->base, true);
    else if (un && un->op == ast::UnOp::Deref) convertOne(*this, x, un->operand, false);
  }
}

} // namespace ferric::typeck
