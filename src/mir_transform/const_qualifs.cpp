// A forward data flow over the locals of a body, joined by union (rustc_const_eval::check_consts::resolver). A constant that is used has the
// qualities of its own initialiser, so the initialiser is looked at in turn.
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

  // `t: [const] Trait` for any trait, which is taken to have the one in question as a supertrait; `t` is a parameter or the type of the impl.
  bool any(Ty t) const {
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
      if (kind == DefKind::Trait && isSelf(t) && (anyConst(item->bounds) || tcx.crates.itemAs<ast::TraitItem>(d).constness != ast::Constness::No))
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
    if (def->isManuallyDrop || def->isPhantomData || ConstBounds(tcx, owner).any(t))
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
      return ConstBounds(tcx, owner).any(t);
    case TyKind::Alias:
      return true; // bounds of associated types are the trait's business
    default:
      return false;
    }
  }
};
} // namespace

bool hasConstBound(Ctx &tcx, DefId owner, Ty t) { return ConstBounds(tcx, owner).any(t); }
bool isConstDestruct(Ctx &tcx, ParamEnv env, DefId owner, Ty t) { return ConstDestruct{tcx, env, owner, {}}.holds(t); }

Qualifs::Qualifs(Ctx &tcx, const Body &body, ParamEnv env, Qualif q, unsigned depth) : tcx_(tcx), body_(body), env_(env), q_(q), depth_(depth) {}

bool Qualifs::ofType(Ty t) {
  auto [it, inserted] = types_.try_emplace(t, false);
  if (inserted) {
    bool has = q_ == Qualif::HasMutInterior ? !isFreeze(tcx_, env_, t) : needsDrop(tcx_, env_, t);
    it->second = has && (q_ != Qualif::NeedsNonConstDrop || !isConstDestruct(tcx_, env_, body_.def, t));
  }
  return types_[t];
}

// ---- the flow ----
void Qualifs::flow() {
  State start{llvm::BitVector(unsigned(body_.locals.size())), llvm::BitVector(unsigned(body_.locals.size()))};
  entry_.assign(body_.blocks.size(), start);
  for (uint32_t i = 1; i <= body_.argCount; ++i)
    if (ofType(body_.locals[i].ty))
      entry_[0].has.set(i);
  std::vector<BlockId> order = reversePostorder(body_);
  for (bool changed = true; changed;) {
    changed = false;
    for (BlockId b : order)
      changed |= flowOut(b);
  }
}

const Qualifs::State &Qualifs::before(Location at) {
  if (entry_.empty())
    flow();
  if (cursor_.block != at.block || cursor_.statement > at.statement) {
    cursor_ = {at.block, 0};
    atCursor_ = entry_[at.block.raw];
  }
  for (; cursor_.statement < at.statement; ++cursor_.statement)
    apply(body_.block(at.block).statements[cursor_.statement], atCursor_);
  return atCursor_;
}

bool Qualifs::flowOut(BlockId b) {
  const BasicBlock &block = body_.block(b);
  State s = entry_[b.raw];
  for (const Statement &st : block.statements)
    apply(st, s);
  const Terminator &t = block.terminator;
  moves(t.args, s);
  llvm::SmallVector<BlockId, 4> targets;
  successors(t, targets);
  bool changed = false;
  for (BlockId to : targets) {
    State out = s;
    if (t.kind == TerminatorKind::Call && to == t.targets[0])
      assign(t.place, ofType(normalize(tcx_, env_, placeTy(tcx_, body_, t.place).ty)), out);
    State &in = entry_[to.raw];
    unsigned had = in.has.count() + in.borrowed.count();
    in.has |= out.has;
    in.borrowed |= out.borrowed;
    changed |= in.has.count() + in.borrowed.count() != had;
  }
  return changed;
}

void Qualifs::apply(const Statement &st, State &s) {
  if (st.kind == StatementKind::StorageDead) {
    s.has.reset(st.place.local.raw);
    s.borrowed.reset(st.place.local.raw);
  }
  if (st.kind != StatementKind::Assign)
    return;
  assign(st.place, ofRvalue(st.rvalue, s), s); // before what is moved loses it
  borrow(st.rvalue, s);
  moves(st.rvalue.operands, s);
}

// What is overwritten keeps the quality: the assignment of all fields one by one would, too.
void Qualifs::assign(const Place &p, bool quality, State &s) {
  if (!p.isIndirect() && quality && ofType(body_.local(p.local).ty))
    s.has.set(p.local.raw);
}

// What is written through a pointer is not seen.
void Qualifs::borrow(const Rvalue &r, State &s) {
  if ((r.kind != RvalueKind::Ref && r.kind != RvalueKind::RawPtr) || r.place.isIndirect())
    return;
  Ty t = normalize(tcx_, env_, placeTy(tcx_, body_, r.place).ty);
  bool mut = r.kind == RvalueKind::RawPtr || r.borrow >= MirBorrowKind::Mut || !isFreeze(tcx_, env_, t);
  if (mut && ofType(t)) {
    s.has.set(r.place.local.raw);
    s.borrowed.set(r.place.local.raw);
  }
}

void Qualifs::moves(llvm::ArrayRef<Operand> operands, State &s) {
  if (q_ == Qualif::HasMutInterior) // where a value lies that was moved there may still be what points to it
    return;
  for (const Operand &o : operands)
    if (o.kind == OperandKind::Move && o.place.isLocal() && !s.borrowed.test(o.place.local.raw))
      s.has.reset(o.place.local.raw);
}

bool Qualifs::ofResult() {
  for (uint32_t b = 0; b < body_.blocks.size(); ++b)
    if (body_.blocks[b].terminator.kind == TerminatorKind::Return)
      return ofPlace(Place(kReturnPlace), {BlockId(b), uint32_t(body_.blocks[b].statements.size())});
  return ofType(body_.local(kReturnPlace).ty);
}

// ---- values ----
bool Qualifs::ofPlace(const Place &p, Location at) { return ofPlace(p, before(at)); }

bool Qualifs::ofPlace(const Place &p, const State &s) {
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
  return s.has.test(p.local.raw);
}

bool Qualifs::ofConstant(const Constant &c) {
  if (!ofType(c.ty))
    return false;
  bool ofTrait = tcx_.defKind(tcx_.parent(c.def.valid() ? c.def : body_.def)) == DefKind::Trait;
  if (c.kind != ConstantKind::Unevaluated || c.promoted.valid() || ofTrait || depth_ > 16)
    return true;
  const Body *init = tcx_.mirBuilt(c.def);
  return !init || init->tainted || Qualifs(tcx_, *init, paramEnvOf(tcx_, c.def), q_, depth_ + 1).ofResult();
}

bool Qualifs::ofOperand(const Operand &o, const State &s) {
  if (o.isPlace())
    return ofPlace(o.place, s);
  return o.isConst() && ofConstant(o.constant());
}

bool Qualifs::ofRvalue(const Rvalue &r, const State &s) {
  switch (r.kind) {
  case RvalueKind::Discriminant:
  case RvalueKind::UnaryOp:
  case RvalueKind::BinaryOp:
  case RvalueKind::ThreadLocalRef:
  case RvalueKind::Ref:
  case RvalueKind::RawPtr:
    return false; // pointers and numbers
  case RvalueKind::CopyForDeref:
    return ofPlace(r.place, s);
  case RvalueKind::Cast:
    return ofOperand(r.operands[0], s) && ofType(r.ty);
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
  return llvm::any_of(r.operands, [&](const Operand &o) { return ofOperand(o, s); });
}

} // namespace ferric::mir_transform
