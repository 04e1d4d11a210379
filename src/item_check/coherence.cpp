// Coherence (Reference: items/implementations, "Trait implementation coherence", "Orphan rules"; rustc_hir_analysis::coherence): who may
// write an impl, what impls of the compiler's own traits must look like, and that no two apply to the same type.
#include "item_check/checker.h"
#include "traits/caches.h"
#include "ty/features.h"

namespace ferric::item_check {

namespace {
struct ImplCheck {
  Tcx &tcx;
  DefId impl;
  TraitRef tr;                 // regions erased
  const hir::Item *item = tcx.hirItem(impl);
  Ty self = tr.self();
  bool negative = tcx.implPolarity(impl) == ty::ImplPolarity::Negative;

  Span selfSpan() const { return item && item->impl.self ? item->impl.self->span : tcx.def(impl).span; }
  Span header() const { return implHeaderSpan(tcx, impl); }
  diag::Builder error(Span s, const char *code, const llvm::Twine &m) { return tcx.sess.diag.error(s, code, m); }
  bool is(const char *lang) const { return isLangTrait(tcx, tr.trait, lang); }
  std::string traitName() const { return tcx.sess.str(tcx.def(tr.trait).name).str(); }

  // ---- orphan rules ----
  static bool isLocalType(Ty t) {
    switch (t.kind()) {
    case TyKind::Adt: case TyKind::Foreign: case TyKind::Closure: return t.def().isLocal();
    case TyKind::Dynamic:
      return !t.preds().empty() && t.preds()[0].value.kind == ty::ExistentialKind::Trait && t.preds()[0].value.def.isLocal();
    case TyKind::Error: return true;
    default: return false;
    }
  }
  // Looks through #[fundamental] type constructors: `&T`, `Box<T>`, `Pin<T>`.
  void orphanParts(Ty t, llvm::SmallVectorImpl<Ty> &out) {
    if (t.is(TyKind::Ref))
      return orphanParts(t.inner(), out);
    if (t.is(TyKind::Adt) && t.adt()->fundamental && !t.def().isLocal()) {
      for (GenericArg a : t.args())
        if (a.isTy())
          orphanParts(a.ty(), out);
      return;
    }
    out.push_back(t);
  }
  // E0117, E0210. False: reported, or with `silent` only found.
  bool orphan(bool silent = false) {
    if (tr.trait.isLocal())
      return true;
    Ty uncovered;
    for (GenericArg a : tr.args) {
      if (!a.isTy())
        continue;
      llvm::SmallVector<Ty, 2> parts;
      orphanParts(a.ty(), parts);
      Ty local, param;
      for (Ty p : parts) {
        if (isLocalType(p))
          local = p;
        else if (p.is(TyKind::Param) && !param)
          param = p;
      }
      if (local) {
        if (uncovered && !silent)
          paramError(uncovered, local);
        return !uncovered;
      }
      if (param && !uncovered)
        uncovered = param;
    }
    if (silent)
      return false;
    if (uncovered) {
      paramError(uncovered, Ty());
      return false;
    }
    error(header(), "E0117", "only traits defined in the current crate can be implemented for arbitrary types")
        .label(selfSpan(), "`" + ty::show(tcx, self) + "` is not defined in the current crate")
        .note("impl doesn't have any local type before any uncovered type parameters").emit();
    return false;
  }
  void paramError(Ty param, Ty local) {
    const ty::Generics *g = tcx.genericsOf(impl);
    Span s = tcx.def(g->param(param.index()).def).identSpan;
    std::string name = tcx.sess.str(param.name()).str();
    if (local)
      error(s, "E0210", "type parameter `" + name + "` must be covered by another type when it appears before the first local type (`" + ty::show(tcx, local) + "`)").emit();
    else
      error(s, "E0210", "type parameter `" + name + "` must be used as the type parameter for some local type (e.g., `MyStruct<" + name + ">`)").emit();
  }

  // ---- traits that may not be implemented by hand ----
  bool explicitImpl() {
    const ty::TraitDef *def = tcx.traitDef(tr.trait);
    if (is("unsize")) {
      error(header(), "E0328", "explicit impls for the `Unsize` trait are not permitted").label(header(), "impl of `Unsize` not allowed").emit();
      return false;
    }
    if (def && def->denyExplicitImpl) {
      error(header(), "E0322", "explicit impls for the `" + traitName() + "` trait are not permitted").label(header(), "impl of `" + traitName() + "` not allowed").emit();
      return false;
    }
    if (self.is(TyKind::Dynamic)) {
      Principal p = principalOf(tcx, self, self);
      if (p.has && tcx.isDynCompatible(p.trait.trait) && isSupertraitOf(tcx, tr.trait, p.trait.trait)) {
        error(header(), "E0371", "the object type `" + ty::show(tcx, self) + "` automatically implements the trait `" + traitName() + "`")
            .label(header(), "`" + ty::show(tcx, self) + "` automatically implements trait `" + traitName() + "`").emit();
        return false;
      }
    }
    return true;
  }
  // Auto traits: those of other crates for local data types only, those of this crate for no trait object and no alias (rustc do_orphan_check_impl).
  void autoTrait() {
    const ty::TraitDef *def = tcx.traitDef(tr.trait);
    if (!def || !def->isAuto || self.isError())
      return;
    if (tr.trait.isLocal()) {
      const char *what = self.is(TyKind::Dynamic) ? "trait object" : self.is(TyKind::Alias) ? "associated type" : nullptr;
      if (what)
        error(header(), "E0321", "traits with a default impl, like `" + traitName() + "`, cannot be implemented for " + what + " `" + ty::show(tcx, self) + "`")
            .note("a trait object implements `" + traitName() + "` if and only if `" + traitName() + "` is one of the trait object's trait bounds");
      return;
    }
    bool data = self.is(TyKind::Adt) || self.is(TyKind::Foreign);
    if (data && self.def().isLocal())
      return;
    error(header(), "E0321", "cross-crate traits with a default impl, like `" + traitName() + "`, can only be implemented for a struct/enum type" +
                                 (data ? " defined in the current crate" : ", not `" + ty::show(tcx, self) + "`"))
        .label(header(), data ? "can't implement cross-crate trait for type in another crate" : "can't implement cross-crate trait with a default impl for non-struct/enum type");
  }
  void safety() {
    const ty::TraitDef *def = tcx.traitDef(tr.trait);
    bool unsafeTrait = def && def->safety == ast::Safety::Unsafe;
    const ast::ImplItem &written = tcx.crates.itemAs<ast::ImplItem>(impl);
    bool unsafeImpl = written.safety == ast::Safety::Unsafe;
    if (negative) {
      if (unsafeImpl)
        error(header(), "E0198", "negative impls cannot be unsafe").emit();
      return;
    }
    if (unsafeImpl && !unsafeTrait && !mayDangle())
      error(header(), "E0199", "implementing the trait `" + traitName() + "` is not unsafe").emit();
    if (!unsafeImpl && unsafeTrait)
      error(header(), "E0200", "the trait `" + traitName() + "` requires an `unsafe impl` declaration").emit();
    if (!unsafeImpl && !unsafeTrait && mayDangle())
      error(header(), "E0569", "requires an `unsafe impl` declaration due to `#[may_dangle]` attribute").emit();
  }
  bool mayDangle() const {
    const ty::Generics *g = tcx.genericsOf(impl);
    return g && llvm::any_of(g->own, [&](const ty::GenericParamDef &p) { return tcx.crates.hasAttr(p.def, tcx.sess.symbols.intern("may_dangle")); });
  }

  // ---- Drop, Copy ----
  void drop() {
    if (negative || self.isError())
      return;
    if (!self.is(TyKind::Adt) || !self.def().isLocal()) {
      error(selfSpan(), "E0120", "the `Drop` trait may only be implemented for local structs, enums, and unions")
          .label(selfSpan(), "must be a struct, enum, or union in the current crate").emit();
      return;
    }
    llvm::SmallVector<GenericArg, 4> seen;
    for (GenericArg a : self.args()) {
      bool isParam = (a.isTy() && a.ty().is(TyKind::Param)) || (a.isConst() && a.konst().is(ty::ConstKind::Param));
      if (a.isRegion())
        continue;
      if (!isParam || llvm::is_contained(seen, a)) {
        error(header(), "E0366", "`Drop` impls cannot be specialized").emit();
        return;
      }
      seen.push_back(a);
    }
    // The impl's where-clauses must follow from the type's own.
    GenericArgs identity = tcx.identityArgs(self.def());
    (void)identity;
    InferCtxt cx(tcx);
    llvm::SmallVector<ErasedClause, 8> assumed;
    instantiatedPredicates(tcx, self.def(), self.args(), assumed);
    llvm::SmallVector<Predicate, 8> clauses, all;
    for (const ErasedClause &c : assumed)
      clauses.push_back(c.clause);
    elaborate(tcx, clauses, all);
    ParamEnv env{tcx.mkClauses(all)};
    for (const ty::SpannedClause &c : tcx.explicitPredicatesOf(impl).clauses) {
      Predicate p = ty::eraseRegions(tcx, ty::eraseLateBound(tcx, c.clause));
      if (p.kind() == PredicateKind::Trait && evaluate(cx, env, p) == EvalResult::No) {
        error(c.span, "E0367", "`Drop` impl requires `" + ty::show(tcx, p) + "` but the struct it is implemented for does not").emit();
        return;
      }
    }
  }
  // What core implements Copy for, as far as the orphan rules let it be repeated.
  bool isCopyByNature() const {
    switch (self.kind()) {
    case TyKind::Int: case TyKind::Uint: case TyKind::Bool: case TyKind::Float: case TyKind::Char: case TyKind::RawPtr: case TyKind::Never: case TyKind::Array: return true;
    case TyKind::Ref: return self.mut() == ty::Mutability::Not;
    default: return false;
    }
  }
  void copy() {
    if (negative || self.isError())
      return;
    Span s = selfSpan();
    if (!self.is(TyKind::Adt)) {
      if (!isCopyByNature() && self.kind() != TyKind::Param)
        error(s, "E0206", "the trait `Copy` cannot be implemented for this type").label(s, "type is not a structure or enumeration").emit();
      return;
    }
    ParamEnv env = tcx.paramEnv(impl);
    InferCtxt cx(tcx);
    diag::Builder *open = nullptr;
    std::optional<diag::Builder> d;
    for (const ty::VariantDef &v : self.adt()->variants)
      for (const ty::FieldDef &f : v.fields) {
        Ty t = ty::eraseRegions(tcx, ty::instantiate(tcx, tcx.typeOf(f.def), self.args()));
        ObligationCtxt ocx(cx);
        t = ocx.normalize(Cause(), env, t);
        if (t.has(ty::kHasError) || evaluate(cx, env, tcx.mkTraitPredicate({tr.trait, tcx.mkArgs({GenericArg(t)})})) != EvalResult::No)
          continue;
        if (!open) {
          d.emplace(error(s, "E0204", "the trait `Copy` cannot be implemented for this type"));
          open = &*d;
        }
        open->label(tcx.def(f.def).span, "this field does not implement `Copy`");
      }
    if (open) {
      open->emit();
      return;
    }
    if (tcx.adtDestructor(self.def()).valid())
      error(s, "E0184", "the trait `Copy` cannot be implemented for this type; the type has a destructor")
          .label(s, "`Copy` not allowed on types with destructors").emit();
  }

  // ---- CoerceUnsized, DispatchFromDyn ----
  bool isPhantom(Ty t) { return t.is(TyKind::Adt) && t.adt()->isPhantomData; }
  Span traitSpan() const { return item && item->impl.traitPath ? item->impl.traitPath->span : header(); }
  // The impl comes from #[derive(CoercePointee)].
  bool isDerived() const { return tcx.sess.hygiene.expn(tcx.sess.hygiene.outerExpn(tcx.def(impl).span.ctxt)).kind == ExpnKind::Derive; }
  bool prove(ItemObligations &o, DefId trait, Ty a, Ty b) {
    o.add(tcx.mkTraitPredicate({trait, tcx.mkArgs({GenericArg(a), GenericArg(b)})}), header(), CauseCode::Misc);
    llvm::SmallVector<FulfillError, 4> errors;
    if (isDerived())
      o.ocx.fulfill.selectAllOrError(o.cx, errors);
    if (!errors.empty())
      error(header(), "", "for `" + ty::show(tcx, self) + "` to have a valid implementation of `" + traitName() + "`, it must be possible to coerce the field of type `" +
                              ty::show(tcx, a) + "`");
    if (!errors.empty() || !o.finish())
      return false;
    if (is("coerce_unsized"))
      checkUnsizeRegions(tcx, impl);
    return true;
  }
  bool noField(const char *trait) {
    error(header(), "E0374", llvm::Twine("implementing `") + trait + "` requires a field to be coerced")
        .note("expected a single field to be coerced, none found").emit();
    return false;
  }
  bool manyFields(const char *trait, llvm::ArrayRef<DefId> fields, Span s) {
    diag::Builder d = error(s, "E0375", llvm::Twine("implementing `") + trait + "` does not allow multiple fields to be coerced");
    for (DefId f : fields)
      d.noteAt(tcx.def(f).span, "the trait may only be implemented when a single field is being coerced");
    return false;
  }
  bool notStructs(const char *trait) {
    error(header(), "E0377", llvm::Twine("the trait `") + trait + "` may only be implemented for a coercion between structures").emit();
    return false;
  }
  // With errors inside, what can still be said: whether there are two structs.
  void shapes() {
    Ty a = self, b = tr.args[1].ty();
    if (!a.isError() && !b.isError() && a.kind() != b.kind())
      notStructs(is("coerce_unsized") ? "CoerceUnsized" : "DispatchFromDyn");
  }
  // False: reported.
  bool coerceUnsized() {
    ItemObligations o(tcx, impl);
    Ty a = self, b = tr.args[1].ty();
    DefId unsize = tcx.crates.langItem(llvm::StringRef("unsize"));
    bool pointers = (a.is(TyKind::Ref) && (b.is(TyKind::Ref) || b.is(TyKind::RawPtr))) || (a.is(TyKind::RawPtr) && b.is(TyKind::RawPtr));
    if (pointers) {
      if (a.mut() == ast::Mutability::Not && b.mut() == ast::Mutability::Mut)
        error(header(), "E0308", "mismatched types").label(header(), "types differ in mutability").emit();
      return prove(o, unsize, a.inner(), b.inner());
    }
    if (a.is(TyKind::Pat) && b.is(TyKind::Pat))
      return prove(o, tr.trait, a.inner(), b.inner());
    if (!a.is(TyKind::Adt) || !b.is(TyKind::Adt) || !a.adt()->isStruct() || !b.adt()->isStruct() || a.adt() != b.adt())
      return notStructs("CoerceUnsized");
    llvm::SmallVector<DefId, 2> changed;
    Ty from, to;
    for (const ty::FieldDef &f : a.adt()->nonEnum().fields) {
      Ty raw = ty::eraseRegions(tcx, tcx.typeOf(f.def));
      Ty x = ty::instantiate(tcx, raw, a.args()), y = ty::instantiate(tcx, raw, b.args());
      if (isPhantom(raw) || x == y)
        continue;
      changed.push_back(f.def);
      from = x, to = y;
    }
    if (changed.empty())
      return noField("CoerceUnsized");
    if (changed.size() > 1)
      return manyFields("CoerceUnsized", changed, traitSpan());
    return prove(o, tr.trait, o.ocx.normalize(Cause(), o.env, from), o.ocx.normalize(Cause(), o.env, to));
  }
  bool isTrivialZst(Ty t) {
    if (t.has(ty::kHasNonRegionParam))
      return false;
    if (t.isUnit() || isPhantom(t))
      return true;
    if (t.is(TyKind::Tuple))
      return llvm::all_of(t.tuple().ref(), [&](Ty e) { return isTrivialZst(e); });
    if (t.is(TyKind::Array)) {
      uint64_t n;
      return (t.len().tryBits(n) && n == 0 && (t.inner().isBool() || t.inner().isUint(ty::IntTy::I8) || t.inner().isInt(ty::IntTy::I8))) || isTrivialZst(t.inner());
    }
    if (!t.is(TyKind::Adt) || !t.adt()->isStruct() || t.adt()->repr.align > 1)
      return false;
    return llvm::all_of(t.adt()->nonEnum().fields, [&](const ty::FieldDef &f) { return isTrivialZst(fieldTy(tcx, {}, f, t.args())); });
  }
  // Whether the pointer's CoerceUnsized impl is wrong already: nothing to add here.
  bool coercesWrongly() {
    diag::Diagnostics::Silence silence(tcx.sess.diag);
    bool wrong = false;
    tcx.crates.forEachImpl(tcx.crates.langItem(llvm::StringRef("coerce_unsized")), simplify(self), [&](const ImplRow &row) {
      TraitRef other = ty::eraseRegions(tcx, tcx.implTraitRef(row.impl));
      if (row.impl.isLocal() && !(other.args.flags() & ty::kHasError) && other.self().is(TyKind::Adt))
        wrong |= !ImplCheck{tcx, row.impl, other}.coerceUnsized();
    });
    return wrong;
  }
  void dispatchFromDyn() {
    if (self.is(TyKind::Adt) && coercesWrongly())
      return;
    ItemObligations o(tcx, impl);
    Ty a = self, b = tr.args[1].ty();
    if (((a.is(TyKind::Ref) || a.is(TyKind::RawPtr)) && a.kind() == b.kind() && a.mut() == b.mut()) || (a.is(TyKind::Pat) && b.is(TyKind::Pat)))
      return;
    if (!a.is(TyKind::Adt) || !b.is(TyKind::Adt) || !a.adt()->isStruct() || !b.adt()->isStruct() || a.adt() != b.adt())
      return void(notStructs("DispatchFromDyn"));
    if (a.adt()->repr.c || a.adt()->repr.pack) {
      error(header(), "E0378", "structs implementing `DispatchFromDyn` may not have `#[repr(packed)]` or `#[repr(C)]`").emit();
      return;
    }
    llvm::SmallVector<DefId, 2> changed;
    Ty from, to;
    bool bad = false;
    for (const ty::FieldDef &f : a.adt()->nonEnum().fields) {
      Ty raw = ty::eraseRegions(tcx, tcx.typeOf(f.def));
      if (isPhantom(raw))
        continue;
      Ty x = ty::instantiate(tcx, raw, a.args()), y = ty::instantiate(tcx, raw, b.args());
      if (x != y) {
        changed.push_back(f.def);
        from = x, to = y;
      } else if (!isTrivialZst(x)) {
        bad = true;
        error(header(), "E0378", "the trait `DispatchFromDyn` may only be implemented for structs containing the field being coerced, ZST fields with 1 byte "
                                 "alignment that don't mention type/const generics, and nothing else")
            .note("extra field `" + tcx.sess.str(f.name) + "` of type `" + ty::show(tcx, x) + "` is not allowed").emit();
      }
    }
    if (bad)
      return;
    if (changed.empty())
      return void(noField("DispatchFromDyn"));
    if (changed.size() > 1)
      return void(manyFields("DispatchFromDyn", changed, header()));
    prove(o, tr.trait, o.ocx.normalize(Cause(), o.env, from), o.ocx.normalize(Cause(), o.env, to));
  }
};
} // namespace

// E0116, E0118, E0390: inherent impls belong to the crate of the type.
static void inherent(Tcx &tcx, DefId impl) {
  Ty self = tcx.typeOf(impl);
  const hir::Item *item = tcx.hirItem(impl);
  Span s = item && item->impl.self ? item->impl.self->span : tcx.def(impl).span;
  if (hasCrateAttr(tcx, kLocalCrate, "rustc_coherence_is_core") || tcx.crates.hasAttr(impl, tcx.sess.symbols.intern("rustc_allow_incoherent_impl")))
    return;
  auto allowsIncoherent = [&](DefId) { // methods marked one by one
    return llvm::any_of(tcx.assocItems(impl), [&](const ty::AssocItem &i) { return tcx.crates.hasAttr(i.def, tcx.sess.symbols.intern("rustc_allow_incoherent_impl")); });
  };
  switch (self.kind()) {
  case TyKind::Adt: case TyKind::Foreign:
    if (!self.def().isLocal() && !allowsIncoherent(impl))
      tcx.sess.diag.error(implHeaderSpan(tcx, impl), "E0116", "cannot define inherent `impl` for a type outside of the crate where the type is defined")
          .label(implHeaderSpan(tcx, impl), "impl for type defined outside of crate").emit();
    return;
  case TyKind::Dynamic: {
    Principal p = principalOf(tcx, self, tcx.common.unit);
    if (!p.has)
      tcx.sess.diag.error(s, "E0785", "cannot define inherent `impl` for a dyn auto trait").label(s, "impl requires at least one non-auto trait").emit();
    else if (!p.trait.trait.isLocal() && !allowsIncoherent(impl))
      tcx.sess.diag.error(implHeaderSpan(tcx, impl), "E0116", "cannot define inherent `impl` for a type outside of the crate where the type is defined")
          .label(implHeaderSpan(tcx, impl), "impl for type defined outside of crate").emit();
    return;
  }
  case TyKind::Param: case TyKind::Alias:
    tcx.sess.diag.error(s, "E0118", "no nominal type found for inherent implementation").label(s, "impl requires a nominal type").emit();
    return;
  case TyKind::Error: return;
  default:
    if (!allowsIncoherent(impl))
      tcx.sess.diag.error(s, "E0390", "cannot define inherent `impl` for primitive types").help("consider using an extension trait instead").emit();
  }
}

void checkImplCoherence(Tcx &tcx, DefId impl) {
  TraitRef tr = tcx.implTraitRef(impl);
  if (!tr.trait.valid()) {
    if (!tcx.crates.implRow(impl) || !tcx.crates.implRow(impl)->trait.valid())
      if (!tcx.hirItem(impl) || !tcx.hirItem(impl)->impl.traitPath)
        inherent(tcx, impl);
    return;
  }
  ImplCheck c{tcx, impl, ty::eraseRegions(tcx, tr)};
  if (tr.args.flags() & ty::kHasError) {
    if (c.is("coerce_unsized") || c.is("dispatch_from_dyn"))
      c.shapes();
    return;
  }
  if (!c.explicitImpl())
    return;
  if (c.orphan())
    c.autoTrait();
  c.safety();
  if (c.is("drop"))
    c.drop();
  else if (c.is("copy"))
    c.copy();
  else if (c.is("coerce_unsized"))
    c.coerceUnsized();
  else if (c.is("dispatch_from_dyn"))
    c.dispatchFromDyn();
}

// ---- overlaps ----
// Both headers fit one type, and nothing that they ask for certainly fails (rustc_trait_selection::traits::coherence).
static bool overlap(Tcx &tcx, DefId a, DefId b, Ty &witness) {
  InferCtxt cx(tcx);
  ObligationCtxt ocx(cx);
  GenericArgs x = cx.freshArgsForItem(Span(), a), y = cx.freshArgsForItem(Span(), b);
  TraitRef ta = ocx.normalize(Cause(), {}, ty::instantiate(tcx, traits::implHeader(tcx, a), x));
  TraitRef tb = ocx.normalize(Cause(), {}, ty::instantiate(tcx, traits::implHeader(tcx, b), y));
  if (!cx.eq(ta, tb))
    return false;
  llvm::SmallVector<ErasedClause, 8> clauses;
  instantiatedPredicates(tcx, a, x, clauses);
  instantiatedPredicates(tcx, b, y, clauses);
  for (const ErasedClause &c : clauses) {
    Predicate p = ocx.normalize(Cause(), {}, c.clause);
    if (evaluate(cx, {}, p) == EvalResult::No)
      return false;
    ocx.add({p, {}, Cause(), 0});
  }
  if (!ocx.selectWherePossible())
    return false;
  witness = cx.resolve(ta.self());
  return true;
}

static void reportOverlap(Tcx &tcx, DefId later, DefId earlier, Ty self) {
  bool negA = tcx.implPolarity(later) == ty::ImplPolarity::Negative, negB = tcx.implPolarity(earlier) == ty::ImplPolarity::Negative;
  TraitRef tr = ty::eraseRegions(tcx, tcx.implTraitRef(later));
  Span s = implHeaderSpan(tcx, later);
  std::string what = "`" + ty::show(tcx, tr) + "`" + (self.isTyVar() ? std::string() : " for type `" + ty::show(tcx, self) + "`");
  if (negA != negB) {
    tcx.sess.diag.error(s, "E0751", "found both positive and negative implementation of trait " + what)
        .label(implHeaderSpan(tcx, earlier), negB ? "negative implementation here" : "positive implementation here")
        .label(s, negA ? "negative implementation here" : "positive implementation here").emit();
    return;
  }
  diag::Builder d = tcx.sess.diag.error(s, "E0119", "conflicting implementations of trait " + what);
  if (earlier.isLocal()) {
    d.label(implHeaderSpan(tcx, earlier), "first implementation here");
    d.label(s, "conflicting implementation" + (self.isTyVar() ? std::string() : " for `" + ty::show(tcx, self) + "`"));
  } else {
    d.note("conflicting implementation in crate `" + tcx.sess.str(tcx.crates[earlier.crate()].name) + "`");
  }
}

// Whether overlapping impls are in order because one of them is more specific. A crate that specialises says so: by the feature, or by items
// marked `default` in the impl that is specialised. Impls of the library are right as they are.
static bool isSpecialization(Tcx &tcx, DefId special, DefId parent) {
  auto asked = [&](const char *feature) { return ty::hasFeature(tcx, kLocalCrate, tcx.sess.symbols.intern(feature)); };
  bool mayBe = !special.isLocal() || asked("specialization") || asked("min_specialization") ||
               (parent.isLocal() && llvm::any_of(tcx.assocItems(parent), [](const ty::AssocItem &i) { return i.isDefault; }));
  return mayBe && specializes(tcx, special, parent);
}

void checkOverlaps(Tcx &tcx) {
  for (const ImplRow &row : tcx.crates[kLocalCrate].impls.rows()) {
    if (!row.trait.valid() || row.reservation)
      continue;
    TraitRef header = traits::implHeader(tcx, row.impl);
    if (!header.trait.valid() || header.args.flags() & (ty::kHasError | ty::kHasBinder))
      continue;
    const ty::TraitDef *def = tcx.traitDef(row.trait);
    if (def && def->isMarker)
      continue;
    auto against = [&](const ImplRow &other) {
      // Each pair of local impls once, the later one to blame.
      if (other.impl == row.impl || other.reservation || (other.impl.isLocal() && other.impl.raw > row.impl.raw))
        return;
      TraitRef h = traits::implHeader(tcx, other.impl);
      if (!h.trait.valid() || h.args.flags() & (ty::kHasError | ty::kHasBinder) || h.args.size() != header.args.size())
        return;
      Ty witness;
      if (!mayUnify(header.args, h.args) && !mayUnify(h.args, header.args))
        return;
      if (!overlap(tcx, row.impl, other.impl, witness) || isSpecialization(tcx, row.impl, other.impl) || isSpecialization(tcx, other.impl, row.impl))
        return;
      // What may not be written at all is no news where it meets another crate's impl.
      if (other.impl.isLocal() || ImplCheck{tcx, row.impl, header}.orphan(true))
        reportOverlap(tcx, row.impl, other.impl, witness);
    };
    // A blanket impl meets all others.
    SimplifiedType self = simplify(header.self());
    if (self.isNone())
      tcx.crates.forEachImpl(row.trait, against);
    else
      tcx.crates.forEachImpl(row.trait, self, against);
  }
}

} // namespace ferric::item_check
