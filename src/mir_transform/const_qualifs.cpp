// Qualities of values by a fixed point over the assignments of a body. It is monotone and looks at no order: a quality
// once given to a local is kept, which errs towards more qualities where rustc's analysis follows the flow. A constant
// that is used has the qualities of its own initialiser, so the initialiser is looked at in turn.
#include "mir_transform/const_qualifs.h"
#include "mir/cfg.h"
#include "ty/fold.h"

namespace ferric::mir_transform {

using ty::TyKind;

namespace {
// Bounds of the items around a body that may be used at compile time: `[const] Trait` and `const Trait`.
class ConstBounds {
public:
  ConstBounds(Ctx &tcx, DefId owner) : tcx(tcx), owner(typeckRoot(tcx, owner)) {}

  // `t: [const] Destruct`, or const in any trait that may have it as a supertrait; `t` is a parameter or the type of
  // the impl.
  bool destruct(Ty t) const {
    for (DefId d = owner; d.valid(); d = tcx.parent(d)) {
      DefKind kind = tcx.defKind(d);
      if (kind == DefKind::Mod)
        return false;
      if (kind != DefKind::Fn && kind != DefKind::AssocFn && kind != DefKind::Impl && kind != DefKind::Trait &&
          kind != DefKind::Const && kind != DefKind::AssocConst)
        continue;
      const hir::Item *item = tcx.hirItem(d);
      for (const hir::WherePredicate &w : item->generics.where)
        if (w.kind == hir::WhereKind::Bound && bounds(w, t) && anyConst(w.bounds))
          return true;
      if (kind == DefKind::Trait && isSelf(t) && anyConst(item->bounds))
        return true;
    }
    return false;
  }

private:
  static bool anyConst(llvm::ArrayRef<hir::GenericBound> bounds) {
    return llvm::any_of(bounds, [](const hir::GenericBound &b) {
      return b.kind == hir::BoundKind::Trait && b.constness != hir::Constness::No;
    });
  }
  bool isSelf(Ty t) const {
    if (t.is(TyKind::Param))
      return t.name() == tcx.sess.symbols.intern("Self");
    DefId d = owner;
    while (d.valid() && tcx.defKind(d) != DefKind::Impl && tcx.defKind(d) != DefKind::Mod)
      d = tcx.parent(d);
    return d.valid() && tcx.defKind(d) == DefKind::Impl && ty::eraseRegions(tcx, tcx.typeOf(d)) == t;
  }
  bool bounds(const hir::WherePredicate &w, Ty t) const {
    if (w.param.valid())
      return t.is(TyKind::Param) && tcx.def(w.param).name == t.name();
    const auto *path = llvm::dyn_cast<hir::PathTy>(w.bounded);
    if (!path || path->path.kind != hir::QPathKind::Resolved || path->path.path->segments.size() != 1)
      return false;
    Symbol name = path->path.path->segments[0].ident.name;
    return name == tcx.sess.symbols.intern("Self") ? isSelf(t) : t.is(TyKind::Param) && name == t.name();
  }
  Ctx &tcx;
  DefId owner;
};

struct ConstDestruct {
  Ctx &tcx;
  ParamEnv env;
  DefId owner;
  llvm::SmallDenseSet<Ty, 8> open; // types on the way: a recursive type adds nothing

  bool all(llvm::ArrayRef<Ty> types) {
    return llvm::all_of(types, [&](Ty t) { return holds(t); });
  }
  bool adt(Ty t) {
    const AdtDef *def = t.adt();
    if (def->isManuallyDrop || def->isPhantomData || ConstBounds(tcx, owner).destruct(t))
      return true;
    if (DefId drop = tcx.adtDestructor(def->def); drop.valid() && !tcx.isConstFn(drop))
      return false;
    for (const VariantDef &v : def->variants)
      for (const FieldDef &f : v.fields)
        if (!holds(fieldTyNormalized(tcx, env, f, t.args())))
          return false;
    return true;
  }
  bool holds(Ty t) {
    if (!needsDrop(tcx, env, t) || !open.insert(t).second)
      return true;
    switch (t.kind()) {
    case TyKind::Adt:
      return adt(t);
    case TyKind::Array:
    case TyKind::Slice:
    case TyKind::Pat:
      return holds(t.inner());
    case TyKind::Tuple:
      return all(t.tuple());
    case TyKind::Closure: {
      llvm::SmallVector<Ty, 8> upvars;
      closureUpvarTys(tcx, t, upvars);
      return all(upvars);
    }
    case TyKind::Param:
      return ConstBounds(tcx, owner).destruct(t);
    case TyKind::Alias:
      return true; // bounds of associated types are the trait's business
    default:
      return false;
    }
  }
};
} // namespace

bool isConstDestruct(Ctx &tcx, ParamEnv env, DefId owner, Ty t) { return ConstDestruct{tcx, env, owner, {}}.holds(t); }

Qualifs::Qualifs(Ctx &tcx, const Body &body, ParamEnv env, Qualif q, unsigned depth)
    : tcx_(tcx), body_(body), env_(env), q_(q), depth_(depth), locals_(body.locals.size()) {
  for (uint32_t i = 1; i <= body.argCount; ++i)
    locals_[i] = ofType(body.locals[i].ty);
  markBorrowed();
  while (step()) {
  }
}

bool Qualifs::ofType(Ty t) {
  auto [it, inserted] = types_.try_emplace(t, false);
  if (inserted)
    it->second = q_ == Qualif::HasMutInterior ? !isFreeze(tcx_, env_, t)
                                              : needsDrop(tcx_, env_, t) && !isConstDestruct(tcx_, env_, body_.def, t);
  return types_[t];
}

// What is written through a pointer is not seen.
void Qualifs::markBorrowed() {
  for (const BasicBlock &b : body_.blocks)
    for (const Statement &s : b.statements) {
      if (s.kind != StatementKind::Assign || s.rvalue.place.isIndirect())
        continue;
      bool mut = (s.rvalue.kind == RvalueKind::RawPtr && s.rvalue.mut == Mutability::Mut) ||
                 (s.rvalue.kind == RvalueKind::Ref && s.rvalue.borrow >= MirBorrowKind::Mut);
      if (mut && ofType(normalize(tcx_, env_, placeTy(tcx_, body_, s.rvalue.place).ty)))
        locals_[s.rvalue.place.local.raw] = true;
    }
}

bool Qualifs::assign(const Place &p, bool quality) {
  if (!quality || p.isIndirect() || locals_[p.local.raw] || !ofType(body_.local(p.local).ty))
    return false;
  return locals_[p.local.raw] = true;
}

bool Qualifs::step() {
  bool changed = false;
  for (BlockId id : reversePostorder(body_)) {
    const BasicBlock &b = body_.block(id);
    for (const Statement &s : b.statements)
      if (s.kind == StatementKind::Assign)
        changed |= assign(s.place, ofRvalue(s.rvalue));
    if (b.terminator.kind == TerminatorKind::Call)
      changed |= assign(b.terminator.place, ofType(placeTy(tcx_, body_, b.terminator.place).ty));
  }
  return changed;
}

bool Qualifs::ofPlace(const Place &p) {
  PlaceTy t{body_.local(p.local).ty, -1};
  llvm::SmallVector<Ty, 8> types;
  for (const ProjElem &e : p.proj) {
    t = projectTy(tcx_, t, e);
    types.push_back(t.ty);
  }
  for (size_t i = p.proj.size(); i-- > 0;) {
    if (!ofType(normalize(tcx_, env_, types[i])))
      return false;
    if (p.proj[i].kind == ProjKind::Deref)
      return true; // little is known of what a pointer leads to
  }
  return locals_[p.local.raw];
}

bool Qualifs::ofConstant(const Constant &c) {
  if (!ofType(c.ty))
    return false;
  bool ofTrait = tcx_.defKind(tcx_.parent(c.def.valid() ? c.def : body_.def)) == DefKind::Trait;
  if (c.kind != ConstantKind::Unevaluated || c.promoted.valid() || ofTrait || depth_ > 16)
    return true;
  const Body *init = tcx_.mirBuilt(c.def);
  return !init || init->tainted || Qualifs(tcx_, *init, paramEnvOf(tcx_, c.def), q_, depth_ + 1).ofLocal(kReturnPlace);
}

bool Qualifs::ofOperand(const Operand &o) {
  if (o.isPlace())
    return ofPlace(o.place);
  return o.isConst() && ofConstant(o.constant);
}

bool Qualifs::ofRvalue(const Rvalue &r) {
  switch (r.kind) {
  case RvalueKind::Discriminant:
  case RvalueKind::UnaryOp:
  case RvalueKind::BinaryOp:
  case RvalueKind::ThreadLocalRef:
  case RvalueKind::Ref:
  case RvalueKind::RawPtr:
    return false; // pointers and numbers
  case RvalueKind::CopyForDeref:
    return ofPlace(r.place);
  case RvalueKind::Cast:
    return ofOperand(r.operands[0]) && ofType(r.ty);
  case RvalueKind::Aggregate:
    if (r.aggregate == AggregateKind::Adt) {
      const AdtDef *adt = tcx_.adtDef(r.def);
      bool inherent = q_ == Qualif::HasMutInterior ? adt->isUnsafeCell : tcx_.adtDestructor(r.def).valid();
      if (inherent || adt->isUnion())
        return ofType(rvalueTy(tcx_, body_, r));
    }
    break;
  default:
    break;
  }
  return llvm::any_of(r.operands, [&](const Operand &o) { return ofOperand(o); });
}

} // namespace ferric::mir_transform
