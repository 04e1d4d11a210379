// One walk over the blocks that can be reached, with the flow of initialised paths beside it. A use of a variable needs its path, and all that was split off from
// it, initialised. Temporaries are the compiler's own and used once, so only variables are looked at.
#include "mir_transform/move_check.h"
#include "mir/cfg.h"
#include "mir_transform/init_flow.h"
#include "ty/print.h"

namespace ferric::mir_transform {

using ty::TyKind;

namespace {
// Whether a body moves anything that is not copied, wherever that is done.
class FindMoves : public Visitor {
public:
  FindMoves(Ctx &tcx, const Body &body, ParamEnv env) : tcx_(tcx), body_(body), env_(env) {}
  bool run(llvm::ArrayRef<BlockId> order) {
    for (BlockId b : order) {
      for (const Statement &s : body_.block(b).statements)
        if (s.kind == StatementKind::Assign || !s.operands.empty())
          visit(s, {});
      visit(body_.block(b).terminator, {});
      if (found_)
        return true;
    }
    return false;
  }
  void visitPlace(Place &p, PlaceContext c, Location) override {
    found_ |= c == PlaceContext::Move && !isCopy(tcx_, env_, placeTy(tcx_, body_, p).ty);
  }

private:
  Ctx &tcx_;
  const Body &body_;
  ParamEnv env_;
  bool found_ = false;
};

class MoveCheck : public Visitor {
public:
  MoveCheck(Ctx &tcx, const Body &body)
      : tcx_(tcx), body_(body), env_(paramEnvOf(tcx, body.def)), moves_(tcx, body, env_, MoveData::Tracked::All), flow_(tcx, body, moves_, InitFlow::Switches::Ignored) {}

  bool run(llvm::ArrayRef<BlockId> order) {
    for (BlockId b : order) {
      const BasicBlock &block = body_.block(b);
      if (block.isCleanup || !flow_.isReachable(b))
        continue;
      for (uint32_t i = 0; i < block.statements.size(); ++i) {
        span_ = block.statements[i].source.span;
        visit(block.statements[i], {b, i});
      }
      span_ = block.terminator.source.span;
      visit(block.terminator, {b, uint32_t(block.statements.size())});
    }
    return ok_;
  }

  void visitPlace(Place &p, PlaceContext c, Location at) override {
    switch (c) {
    case PlaceContext::Move:
      if (!isCopy(tcx_, env_, placeTy(tcx_, body_, p).ty))
        movedFrom(p);
      [[fallthrough]];
    case PlaceContext::Copy:
    case PlaceContext::Inspect:
    case PlaceContext::SharedBorrow:
    case PlaceContext::MutBorrow:
    case PlaceContext::RawConst:
    case PlaceContext::RawMut:
    case PlaceContext::FakeRead: used(p, c, at); return;
    default: return;
    }
  }

private:
  std::string nameOf(const Place &p) const {
    Symbol name = body_.local(p.local).name;
    return name.valid() ? tcx_.sess.str(name).str() : "value";
  }

  bool uninitialised(const InitState &s, MoveData::Lookup path) const {
    bool gone = s.maybeUninit.test(path.path.raw);
    if (path.exact)
      moves_.onAllChildren(path.path, [&](MovePathId p) { gone |= s.maybeUninit.test(p.raw); });
    return gone;
  }

  void used(const Place &p, PlaceContext c, Location at) {
    const LocalDecl &local = body_.local(p.local);
    if (!local.isUserVariable || !local.name.valid())
      return;
    MoveData::Lookup path = moves_.find(p);
    if (!path.path.valid() || !uninitialised(flow_.before(at), path) || !reported_.insert(path.path.raw).second)
      return;
    ok_ = false;
    std::string name = nameOf(p);
    if (Span moved = moveOf(path); !moved.isDummy()) {
      const char *verb = isBorrow(c) ? "borrow" : "use";
      tcx_.sess.diag.error(span_, "E0382", llvm::Twine(verb) + " of " + (path.exact && !wasMoved(path.path) ? "partially moved" : "moved") + " value: `" + name + "`")
          .label(span_, llvm::Twine("value ") + verb + (isBorrow(c) ? "ed" : "d") + " here after move").label(moved, "value moved here");
      return;
    }
    const char *state = flow_.before(at).maybeInit.test(path.path.raw) ? "is possibly-uninitialized" : "isn't initialized";
    tcx_.sess.diag.error(span_, "E0381", "used binding `" + name + "` " + state)
        .label(span_, "`" + name + "` used here but it " + state).label(local.source.span, "binding declared here but left uninitialized");
  }

  // Where the path, a part of it or what it is a part of is moved; a dummy span: nowhere.
  Span moveOf(MoveData::Lookup path) const {
    auto related = [&](MovePathId p) {
      for (MovePathId up = path.path; up.valid(); up = moves_[up].parent)
        if (up == p)
          return true;
      for (MovePathId up = p; up.valid() && path.exact; up = moves_[up].parent)
        if (up == path.path)
          return true;
      return false;
    };
    for (uint32_t b = 0; b < body_.blocks.size(); ++b) {
      const BasicBlock &block = body_.blocks[b];
      for (uint32_t i = 0; i <= block.statements.size(); ++i) {
        bool isEnd = i < block.statements.size() && block.statements[i].kind == StatementKind::StorageDead;
        bool isDrop = i == block.statements.size() && block.terminator.kind == TerminatorKind::Drop;
        if (isEnd || isDrop || block.isCleanup)
          continue;
        for (const PathEffect &e : moves_.effects({BlockId(b), i}))
          if (!e.init && related(e.path))
            return i < block.statements.size() ? block.statements[i].source.span : block.terminator.source.span;
      }
    }
    return {};
  }
  bool wasMoved(MovePathId p) const { return !moveOf({p, false}).isDummy(); }

  // What a value cannot be taken out of without leaving a hole: memory behind pointers, arrays by index, types with a destructor.
  void movedFrom(const Place &p) {
    PlaceTy t{body_.local(p.local).ty, -1};
    for (const ProjElem &e : p.proj) {
      if (e.kind == ProjKind::Deref && !t.ty.isBox()) {
        const char *what = t.ty.is(TyKind::RawPtr) ? "a raw pointer" : t.ty.mut() == Mutability::Mut ? "a mutable reference" : "a shared reference";
        return cannotMove("E0507", "cannot move out of " + described(p) + " which is behind " + what);
      }
      bool byIndex = e.kind == ProjKind::Index || ((e.kind == ProjKind::ConstantIndex || e.kind == ProjKind::Subslice) && t.ty.is(TyKind::Slice));
      if (byIndex)
        return cannotMove("E0508", "cannot move out of type `" + ty::show(tcx_, t.ty) + "`, a non-copy " + (t.ty.is(TyKind::Slice) ? "slice" : "array"));
      bool destructor = e.kind == ProjKind::Field && t.ty.is(TyKind::Adt) && !t.ty.isBox() && !t.ty.adt()->isUnion() && tcx_.adtDestructor(t.ty.adt()->def).valid();
      if (destructor)
        return cannotMove("E0509", "cannot move out of type `" + ty::show(tcx_, t.ty) + "`, which implements the `Drop` trait");
      t = projectTy(tcx_, t, e);
    }
  }
  std::string described(const Place &p) const {
    const LocalDecl &l = body_.local(p.local);
    return l.isUserVariable && l.name.valid() ? "`*" + tcx_.sess.str(l.name).str() + "`" : std::string("a place");
  }
  void cannotMove(const char *code, const llvm::Twine &message) {
    ok_ = false;
    tcx_.sess.diag.error(span_, code, message).label(span_, "cannot move out of here");
  }

  Ctx &tcx_;
  const Body &body_;
  ParamEnv env_;
  MoveData moves_;
  InitFlow flow_;
  llvm::SmallDenseSet<uint32_t, 8> reported_;
  Span span_;
  bool ok_ = true;
};
} // namespace

// Most bodies have nothing to check: every variable has a value from the start, and none is moved.
bool checkMoves(Ctx &tcx, const Body &body, llvm::ArrayRef<BlockId> order) {
  bool isOfInterest = body.declaresFirst || FindMoves(tcx, body, paramEnvOf(tcx, body.def)).run(order);
  return !isOfInterest || MoveCheck(tcx, body).run(order);
}

} // namespace ferric::mir_transform
