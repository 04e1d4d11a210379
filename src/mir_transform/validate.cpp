// Checks what every reader of runtime MIR relies on: terminators and targets, locals in range, Deref first, types of both sides of an
// assignment. Cheap enough to run on every body in debugging runs (rustc_mir_transform::validate).
#include "mir/cfg.h"
#include "mir/visit.h"
#include "mir_transform/passes.h"
#include "ty/fold.h"
#include "ty/print.h"

namespace ferric::mir_transform {

using ty::TyKind;

namespace {
class MirValidator : public Visitor {
public:
  MirValidator(Ctx &tcx, const Body &body, ParamEnv env) : tcx(tcx), body(body), env(env) {}

  void run() {
    for (const BasicBlock &b : body.blocks)
      if (!b.hasTerminator)
        fail("block without a terminator");
    visit(body);
  }

  void visitLocal(Local &l, PlaceContext, Location) override {
    if (l.raw >= body.locals.size())
      fail("local out of range");
  }
  void visitPlace(Place &p, PlaceContext c, Location at) override {
    superPlace(p, c, at);
    if (c == PlaceContext::DebugInfo)
      return;
    for (size_t i = 1; i < p.proj.size(); ++i)
      if (p.proj[i].kind == ProjKind::Deref)
        fail("deref behind another projection");
    checkProjections(p);
  }
  void visitStatement(Statement &s, Location at) override {
    superStatement(s, at);
    if (s.kind != StatementKind::Assign)
      return;
    if (s.rvalue.kind == RvalueKind::Ref && (s.rvalue.borrow == MirBorrowKind::FakeDeep || s.rvalue.borrow == MirBorrowKind::FakeShallow))
      fail("fake borrow");
    if (s.rvalue.kind == RvalueKind::UnaryOp || s.rvalue.kind == RvalueKind::Discriminant || s.rvalue.kind == RvalueKind::ThreadLocalRef)
      return; // projections that may not be normalised yet
    sameType(placeTy(tcx, body, s.place).ty, rvalueTy(tcx, body, s.rvalue), "assignment");
  }
  void visitTerminator(Terminator &t, Location at) override {
    superTerminator(t, at);
    forEachTarget(t, [&](BlockId &b) {
      if (b.raw >= body.blocks.size())
        fail("target out of range");
    });
    switch (t.kind) {
    case TerminatorKind::SwitchInt:
      if (t.targets.size() != t.values.size() + 1)
        fail("targets of a switch");
      return;
    case TerminatorKind::Call: return call(t);
    case TerminatorKind::Assert:
    case TerminatorKind::Drop:
    case TerminatorKind::Goto:
      if (t.targets.size() != 1)
        fail("one target");
      return;
    case TerminatorKind::FalseEdge:
    case TerminatorKind::FalseUnwind: fail("false edge"); return;
    default: return;
    }
  }

private:
  void checkProjections(const Place &p) {
    PlaceTy t{body.local(p.local).ty, -1};
    for (const ProjElem &e : p.proj) {
      TyKind k = t.ty.kind();
      bool ok = true;
      switch (e.kind) {
      case ProjKind::Deref: ok = k == TyKind::Ref || k == TyKind::RawPtr; break;
      case ProjKind::Index:
      case ProjKind::ConstantIndex:
      case ProjKind::Subslice: ok = k == TyKind::Slice || k == TyKind::Array; break;
      case ProjKind::Downcast: ok = k == TyKind::Adt && t.ty.adt()->isEnum() && e.index < t.ty.adt()->variants.size(); break;
      case ProjKind::Field:
        if (k == TyKind::Adt)
          ok = (!t.ty.adt()->isEnum() || t.variant >= 0) && e.index < t.ty.adt()->variants[t.variant < 0 ? 0 : t.variant].fields.size();
        else
          ok = (k == TyKind::Tuple && e.index < t.ty.tuple().size()) || k == TyKind::Closure;
        break;
      default: break;
      }
      if (!ok) {
        fail("projection of a `" + ty::show(tcx, t.ty) + "`");
        return;
      }
      t = projectTy(tcx, t, e);
    }
  }

  void call(const Terminator &t) {
    Ty callee = operandTy(tcx, body, t.operand);
    if (!callee.is(TyKind::FnDef) && !callee.is(TyKind::FnPtr)) {
      fail("call of a `" + ty::show(tcx, callee) + "`");
      return;
    }
    ty::FnSig sig = fnSigOf(tcx, env, callee);
    if (sig.inputs().size() > t.args.size() || (sig.inputs().size() < t.args.size() && !sig.header.cVariadic)) {
      fail("number of arguments");
      return;
    }
    for (size_t i = 0; i < sig.inputs().size(); ++i)
      sameType(sig.inputs()[i], operandTy(tcx, body, t.args[i]), "argument");
    if (!t.targets.empty())
      sameType(placeTy(tcx, body, t.place).ty, sig.output(), "result");
  }

  void sameType(Ty to, Ty from, llvm::StringRef what) {
    if (to == from || to.isError() || from.isError())
      return;
    // Regions of binders may differ, and rigid projections may be written in two ways.
    Ty a = normalize(tcx, env, ty::eraseRegions(tcx, to)), b = normalize(tcx, env, ty::eraseRegions(tcx, from));
    if (a != b && !a.has(ty::kHasBinder) && !b.has(ty::kHasBinder))
      fail((what + ": `" + ty::show(tcx, a) + "` from `" + ty::show(tcx, b) + "`").str());
  }

  void fail(const std::string &what) {
    if (failed_)
      return;
    failed_ = true;
    tcx.sess.diag.error(body.span, "internal: broken MIR in " + (body.def.valid() ? ty::showDef(tcx, body.def) : std::string("a shim")) + ": " + what);
  }

  Ctx &tcx;
  const Body &body;
  ParamEnv env;
  bool failed_ = false;
};
} // namespace

void validate(Ctx &tcx, const Body &body, ParamEnv env) { MirValidator(tcx, body, env).run(); }

} // namespace ferric::mir_transform
