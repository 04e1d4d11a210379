// The entry: which checks an item gets, and the reporting of obligations that do not hold.
#include "item_check/checker.h"
#include "traits/traits.h"
#include "traits/trivial.h"

namespace ferric::item_check {

using ty::show;

void ItemObligations::wellFormed(Ty t, Span span) {
  if (traits::triviallyWellFormed(tcx, t))
    return;
  t = ty::eraseRegions(tcx, t);
  if (t.hasEscapingBoundVars() || t.has(ty::kHasError))
    return;
  ty::PredicateData d;
  d.kind = PredicateKind::WellFormed;
  d.a = t;
  ocx.add({tcx.mkPredicate(d), env, Cause(span, CauseCode::WellFormed), 0});
}

void ItemObligations::sized(Ty t, Span span, CauseCode code) {
  DefId trait = tcx.crates.langItem(llvm::StringRef("sized"));
  t = ty::eraseRegions(tcx, t);
  if (trait.valid() && !t.has(ty::kHasError))
    add(tcx.mkTraitPredicate({trait, tcx.mkArgs({GenericArg(t)})}), span, code);
}

void ItemObligations::clausesOf(DefId what, GenericArgs args, Span span) {
  llvm::SmallVector<ErasedClause, 8> clauses;
  instantiatedPredicates(tcx, what, args, clauses);
  for (const ErasedClause &c : clauses) {
    Cause cause(span, CauseCode::WhereClause);
    cause.item = what;
    cause.clauseSpan = c.span;
    ocx.add({ocx.normalize(cause, env, c.clause), env, cause, 0});
  }
}

bool ItemObligations::finish() {
  llvm::SmallVector<FulfillError, 4> errors;
  ocx.fulfill.selectAllOrError(cx, errors);
  reportErrors(tcx, cx, errors);
  return errors.empty();
}

static void reportTrait(Tcx &tcx, Predicate p, const FulfillError &e) {
  Span s = e.obligation.cause.span;
  std::string self = show(tcx, p->traitRef.self()), trait = show(tcx, p->traitRef);
  std::string message = "the trait bound `" + self + ": " + trait + "` is not satisfied";
  std::string label = "the trait `" + trait + "` is not implemented for `" + self + "`";
  if (isLangTrait(tcx, p->traitRef.trait, "sized")) {
    message = "the size for values of type `" + self + "` cannot be known at compilation time";
    label = "doesn't have a size known at compile-time";
  } else if (isLangTrait(tcx, p->traitRef.trait, "sync")) {
    message = "`" + self + "` cannot be shared between threads safely";
    label = message;
  }
  diag::Builder d = tcx.sess.diag.error(s, "E0277", message);
  d.label(s, label);
  const Cause &c = e.obligation.cause;
  for (const DerivedCause *x = c.derived; x; x = x->up)
    if (x->source.valid() && !x->clauseSpan.isDummy())
      d.noteAt(x->clauseSpan, "required for `" + show(tcx, x->parent) + "`");
  if (c.code == CauseCode::WhereClause && c.item.valid() && !c.clauseSpan.isDummy())
    d.noteAt(c.clauseSpan, "required by a bound in `" + ty::showDef(tcx, c.item) + "`");
  if (c.code == CauseCode::StructFieldSized)
    d.note("only the last field of a struct may have a dynamically sized type");
  if (c.code == CauseCode::SharedStatic)
    d.note("shared static variables must have a type that implements `Sync`");
}

void reportErrors(Tcx &tcx, InferCtxt &cx, llvm::ArrayRef<FulfillError> errors) {
  for (const FulfillError &e : errors) {
    Predicate p = cx.resolve(e.obligation.predicate);
    if ((p->flags | cx.resolve(e.root)->flags) & ty::kHasError)
      continue;
    Span s = e.obligation.cause.span;
    switch (e.kind) {
    case FulfillErrorKind::Unimplemented:
      if (p.kind() == PredicateKind::Trait)
        reportTrait(tcx, p, e);
      break;
    case FulfillErrorKind::Project:
      tcx.sess.diag.error(s, "E0271", "type mismatch resolving `" + show(tcx, p) + "`").label(s, "type mismatch").emit();
      break;
    case FulfillErrorKind::Overflow:
      traits::reportOverflow(tcx, s, p, e.obligation.depth > tcx.sess.options.recursionLimit);
      break;
    case FulfillErrorKind::DynIncompatible:
      tcx.sess.diag.error(s, "E0038", "the trait `" + ty::showDef(tcx, p->traitRef.trait, ty::PathStyle::Trimmed) + "` is not dyn compatible")
          .label(s, "`" + ty::showDef(tcx, p->traitRef.trait, ty::PathStyle::Trimmed) + "` is not dyn compatible").emit();
      break;
    default: break; // ambiguity is met again where the item is used
    }
  }
}

Span implHeaderSpan(Tcx &tcx, DefId impl) {
  Span whole = tcx.def(impl).span;
  const hir::Item *item = tcx.hirItem(impl);
  return item && item->impl.self ? Span{whole.lo, std::max(whole.lo, item->impl.self->span.hi), whole.ctxt} : whole;
}
bool isLangTrait(Tcx &tcx, DefId trait, const char *name) { return trait.valid() && tcx.crates.langItem(llvm::StringRef(name)) == trait; }
bool hasCrateAttr(Tcx &tcx, CrateId crate, const char *name) {
  const Crate &c = tcx.crates[crate];
  return Crates::findAttr(c.ast, c.attrs, tcx.sess.symbols.intern(name));
}

// E0124: two fields of one struct, union or variant with the same name (macros-2.0 hygiene tells them apart).
static void checkFieldNames(ty::Ctx &tcx, DefId structOrVariant) {
  llvm::SmallDenseMap<std::pair<uint32_t, uint32_t>, Span, 8> seen;
  for (DefId field : tcx.crates.fields(structOrVariant)) {
    Ident ident = tcx.crates.ident(field);
    auto [it, fresh] = seen.try_emplace({ident.name.raw, tcx.sess.hygiene.normalizeToMacros20(ident.span.ctxt).raw}, ident.span);
    if (fresh)
      continue;
    tcx.sess.diag.error(tcx.crates.span(field), "E0124", "field `" + tcx.sess.str(ident) + "` is already declared")
        .label(tcx.crates.span(field), "field already declared")
        .label(it->second, "`" + tcx.sess.str(ident) + "` first declared here");
  }
}

// `type T = impl Trait;`: no item of ours defines one yet, so it stays without a type.
static void checkAlias(ty::Ctx &tcx, DefId alias) {
  const hir::Item *item = tcx.hirItem(alias);
  if (item && item->ty && item->ty->kind == hir::TyKind::Opaque)
    tcx.sess.diag.error(item->ty->span, "unconstrained opaque type").note("`" + tcx.sess.str(tcx.def(alias).name).str() + "` must be used in combination with a concrete type within the same crate");
}

void checkItem(ty::Ctx &tcx, DefId def) {
  diag::Diagnostics::Check check(tcx.sess.diag);
  DefKind kind = tcx.defKind(def);
  checkAttributeTargets(tcx, def);
  lintLintNames(tcx, def);
  if (kind == DefKind::Struct || kind == DefKind::Union || kind == DefKind::Variant)
    checkFieldNames(tcx, def);
  if (kind == DefKind::Fn || kind == DefKind::AssocFn)
    checkFnAttributes(tcx, def);
  if (kind == DefKind::Struct || kind == DefKind::Union || kind == DefKind::Enum)
    checkTransparent(tcx, def);
  if (kind == DefKind::Trait)
    lintMultipleSupertraits(tcx, def);
  if (tcx.crates.generics(def))
    checkConstParams(tcx, def);
  if (kind == DefKind::Union)
    checkUnionFields(tcx, def);
  switch (tcx.defKind(def)) {
  case DefKind::Struct: case DefKind::Union: case DefKind::Enum: case DefKind::Trait: case DefKind::Fn: case DefKind::AssocFn: case DefKind::Const:
  case DefKind::Static: case DefKind::AssocConst: case DefKind::AssocTy:
    checkWellFormed(tcx, def);
    return;
  case DefKind::TyAlias: return checkAlias(tcx, def);
  case DefKind::Impl:
    checkImplCoherence(tcx, def);
    checkWellFormed(tcx, def);
    checkImplOutlives(tcx, def);
    checkImplItems(tcx, def);
    lintDerefIntoSupertrait(tcx, def);
    return;
  default: return;
  }
}

void checkCrate(ty::Ctx &tcx) {
  checkOverlaps(tcx);
  checkInherentOverlaps(tcx);
  lintNonAsciiIdents(tcx);
}

} // namespace ferric::item_check
