// Gathers move paths in one walk over the body. A place that nothing can be moved out of on its own (behind a reference, in a type
// with a destructor, in a slice) belongs to the path that it is in.
#include "mir_transform/move_paths.h"

namespace ferric::mir_transform {

using ty::TyKind;

// Projections that differ only in the type of a field are the same path.
static bool sameElem(const ProjElem &a, const ProjElem &b) {
  return a.kind == b.kind && a.fromEnd == b.fromEnd && a.index == b.index && a.offset == b.offset && a.minLength == b.minLength;
}

class MoveGatherer {
public:
  MoveGatherer(Ctx &tcx, const Body &body, ParamEnv env, MoveData::Tracked tracked, MoveData &out)
      : tcx(tcx), body(body), env(env), all(tracked == MoveData::Tracked::All), out(out) {}

  void run() {
    out.locals_.resize(body.locals.size());
    for (uint32_t l = 0; l < body.locals.size(); ++l)
      if (all || needsDrop(tcx, env, body.locals[l].ty))
        out.locals_[l] = add(Place(Local(l)), body.locals[l].ty, MovePathId());
    if (out.paths_.empty())
      return;
    for (uint32_t b = 0; b < body.blocks.size(); ++b) {
      at_ = {BlockId(b), 0};
      for (const Statement &s : body.blocks[b].statements) {
        statement(s);
        ++at_.statement;
      }
      terminator(body.blocks[b].terminator);
    }
  }

private:
  MovePathId add(Place place, Ty ty, MovePathId parent) {
    MovePathId id(uint32_t(out.paths_.size()));
    MovePath p;
    p.place = std::move(place);
    p.ty = ty;
    p.parent = parent;
    if (parent.valid()) {
      p.nextSibling = out.paths_[parent.raw].firstChild;
      out.paths_[parent.raw].firstChild = id;
    }
    out.paths_.push_back(std::move(p));
    return id;
  }

  // The path of `place`, made if need be. None: nothing to track, or a move out of it is not possible.
  MovePathId pathFor(const Place &place) {
    MovePathId base = out.locals_[place.local.raw];
    if (!base.valid())
      return base;
    PlaceTy t{body.local(place.local).ty, -1};
    Place prefix(place.local);
    for (const ProjElem &e : place.proj) {
      switch (e.kind) {
      case ProjKind::Deref:
        if (!t.ty.isBox())
          return MovePathId();
        break;
      case ProjKind::Field:
        if (t.ty.is(TyKind::Adt)) {
          if (t.ty.adt()->isUnion()) // fields of a union are moved as one
            return base;
          if (!t.ty.isBox() && tcx.adtDestructor(t.ty.adt()->def).valid())
            return MovePathId();
        }
        break;
      case ProjKind::Index: return MovePathId();
      case ProjKind::ConstantIndex:
      case ProjKind::Subslice:
        if (t.ty.is(TyKind::Slice))
          return MovePathId();
        break;
      case ProjKind::Downcast:
      case ProjKind::OpaqueCast:
      case ProjKind::UnwrapUnsafeBinder: break;
      }
      t = projectTy(tcx, t, e);
      prefix.proj.push_back(e);
      if (!all && !needsDrop(tcx, env, t.ty))
        return MovePathId();
      MovePathId next = out.child(base, [&](const ProjElem &x) { return sameElem(x, e); });
      base = next.valid() ? next : add(prefix, t.ty, base);
    }
    return base;
  }

  void record(MovePathId p, bool init) {
    if (p.valid())
      out.effects_[{at_.block.raw, at_.statement}].push_back({p, init});
  }

  void gatherMove(const Place &place) {
    if (!place.proj.empty() && place.proj.back().kind == ProjKind::Subslice) {
      const ProjElem &sub = place.proj.back();
      Place base(place.local);
      base.proj.append(place.proj.begin(), place.proj.end() - 1);
      Ty t = placeTy(tcx, body, base).ty;
      uint64_t len = 0;
      if (!t.is(TyKind::Array) || !t.len().tryBits(len))
        return;
      uint64_t to = sub.fromEnd ? len - sub.minLength : sub.minLength;
      for (uint64_t i = sub.offset; i < to; ++i)
        record(pathFor(base.project({ProjKind::ConstantIndex, false, 0, i, len})), false);
      return;
    }
    record(pathFor(place), false);
  }
  void gatherInit(const Place &place) {
    pathFor(place);
    // Writing a field of a union makes the whole union initialised.
    Place p(place.local);
    PlaceTy t{body.local(place.local).ty, -1};
    for (const ProjElem &e : place.proj) {
      if (e.kind == ProjKind::Field && t.ty.is(TyKind::Adt) && t.ty.adt()->isUnion())
        break;
      p.proj.push_back(e);
      t = projectTy(tcx, t, e);
    }
    MoveData::Lookup l = out.find(p);
    if (l.exact)
      record(l.path, true);
  }
  void operand(const Operand &o) {
    if (o.kind == OperandKind::Move && !(all && isCopy(tcx, env, placeTy(tcx, body, o.place).ty)))
      gatherMove(o.place);
  }

  void statement(const Statement &s) {
    switch (s.kind) {
    case StatementKind::Assign:
      pathFor(s.place);
      for (const Operand &o : s.rvalue.operands)
        operand(o);
      gatherInit(s.place);
      return;
    case StatementKind::StorageDead: record(out.locals_[s.place.local.raw], false); return;
    case StatementKind::Assume:
    case StatementKind::CopyNonOverlapping:
      for (const Operand &o : s.operands)
        operand(o);
      return;
    default: return;
    }
  }

  void terminator(const Terminator &t) {
    switch (t.kind) {
    case TerminatorKind::SwitchInt:
    case TerminatorKind::Assert: operand(t.operand); return;
    case TerminatorKind::Drop:
      if (t.replaceDrop)
        pathFor(t.place);
      gatherMoveOfDrop(t);
      return;
    case TerminatorKind::Call:
    case TerminatorKind::TailCall:
      operand(t.operand);
      for (const Operand &o : t.args)
        operand(o);
      if (t.kind == TerminatorKind::Call && !t.targets.empty()) {
        pathFor(t.place);
        MoveData::Lookup l = out.find(t.place);
        if (l.exact)
          out.returns_[at_.block.raw] = l.path;
      }
      return;
    case TerminatorKind::InlineAsm:
      for (const AsmOperand &o : t.asmData->operands) {
        operand(o.in);
        if (o.hasOut)
          gatherInit(o.out);
      }
      return;
    default: return;
    }
  }
  void gatherMoveOfDrop(const Terminator &t) {
    if (!t.replaceDrop)
      pathFor(t.place);
    MoveData::Lookup l = out.find(t.place);
    if (l.exact)
      record(l.path, false);
  }

  Ctx &tcx;
  const Body &body;
  ParamEnv env;
  bool all;
  MoveData &out;
  Location at_;
};

MoveData::MoveData(Ctx &tcx, const Body &body, ParamEnv env, Tracked tracked) { MoveGatherer(tcx, body, env, tracked, *this).run(); }

MovePathId MoveData::child(MovePathId p, llvm::function_ref<bool(const ProjElem &)> matches) const {
  for (MovePathId c = paths_[p.raw].firstChild; c.valid(); c = paths_[c.raw].nextSibling)
    if (matches(paths_[c.raw].place.proj.back()))
      return c;
  return MovePathId();
}

MoveData::Lookup MoveData::find(const Place &p) const {
  MovePathId base = locals_[p.local.raw];
  if (!base.valid())
    return {};
  for (const ProjElem &e : p.proj) {
    MovePathId next = child(base, [&](const ProjElem &x) { return sameElem(x, e); });
    if (!next.valid())
      return {base, false};
    base = next;
  }
  return {base, true};
}

llvm::ArrayRef<PathEffect> MoveData::effects(Location l) const {
  auto it = effects_.find({l.block.raw, l.statement});
  return it == effects_.end() ? llvm::ArrayRef<PathEffect>() : llvm::ArrayRef<PathEffect>(it->second);
}

} // namespace ferric::mir_transform
