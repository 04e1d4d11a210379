// Two steps. A walk over the blocks that can be reached collects the assignments and mutable borrows of places that are not mutable;
// first assignments of immutable variables are among them. If there are any, a data flow tells which variables may have had a value
// before (a value that was moved away counts too, and the end of its storage ends it): without one, an assignment is the first.
#include "mir_transform/mut_check.h"
#include "llvm/ADT/BitVector.h"
#include "mir/alloc.h"
#include "mir/cfg.h"
#include "mir/ty_query.h"
#include "mir/visit.h"
#include "ty/typeck_results.h"

namespace ferric::mir_transform {

using namespace mir;
using ty::TyKind;

namespace {
// An access that needs what it has not: the first `depth` projections of the place are what is immutable.
struct Denied {
  Place place;
  size_t depth = 0;
  bool borrow = false;
  Location at;
  Span span;
};

// Which locals may have been assigned as a whole before a point, since their storage began.
class EverAssigned {
public:
  explicit EverAssigned(const Body &body) : body_(body), entry_(body.blocks.size(), llvm::BitVector(unsigned(body.locals.size()))) {
    for (uint32_t arg = 1; arg <= body.argCount; ++arg)
      entry_[0].set(arg);
    std::vector<BlockId> order = reversePostorder(body);
    for (bool changed = true; changed;) {
      changed = false;
      for (BlockId b : order)
        changed |= flowOut(b);
    }
  }
  llvm::BitVector before(Location at) const {
    llvm::BitVector s = entry_[at.block.raw];
    for (uint32_t i = 0; i < at.statement; ++i)
      apply(s, body_.block(at.block).statements[i]);
    return s;
  }

private:
  static void apply(llvm::BitVector &s, const Statement &st) {
    if (st.kind == StatementKind::StorageLive || st.kind == StatementKind::StorageDead)
      s.reset(st.place.local.raw);
    else if (st.kind == StatementKind::Assign && st.place.isLocal())
      s.set(st.place.local.raw);
  }
  bool flowOut(BlockId b) {
    const BasicBlock &block = body_.block(b);
    llvm::BitVector s = before({b, uint32_t(block.statements.size())});
    const Terminator &t = block.terminator;
    if (t.kind == TerminatorKind::Call && t.place.isLocal())
      s.set(t.place.local.raw);
    if (t.asmData)
      for (const AsmOperand &o : t.asmData->operands)
        if (o.hasOut && o.out.isLocal())
          s.set(o.out.local.raw);
    llvm::SmallVector<BlockId, 4> targets;
    successors(t, targets);
    bool changed = false;
    for (BlockId to : targets) {
      llvm::BitVector &in = entry_[to.raw];
      changed |= s.test(in);
      in |= s;
    }
    return changed;
  }
  const Body &body_;
  std::vector<llvm::BitVector> entry_;
};

class MutCheck : public Visitor {
public:
  MutCheck(Ctx &tcx, const Body &body) : tcx_(tcx), body_(body), fresh_(body.locals.size()) {
    if (tcx.defKind(body.def) != DefKind::Closure)
      return;
    const ty::TypeckResults *results = tcx.typeck(typeckRoot(tcx, body.def));
    auto it = results->closures.find(body.def);
    if (it != results->closures.end())
      captures_ = it->second.captures;
  }

  bool run(llvm::ArrayRef<BlockId> order) {
    for (BlockId b : order) {
      const BasicBlock &block = body_.block(b);
      if (block.isCleanup)
        continue;
      for (uint32_t i = 0; i < block.statements.size(); ++i) {
        const Statement &s = block.statements[i];
        if (s.kind == StatementKind::StorageLive)
          fresh_[s.place.local.raw] = b;
        span_ = s.source.span;
        visit(s, {b, i});
      }
      span_ = block.terminator.source.span;
      visit(block.terminator, {b, uint32_t(block.statements.size())});
    }
    return report();
  }

  void visitRvalue(Rvalue &r, Location at) override {
    ofClosure_ = r.kind == RvalueKind::Ref && r.borrow == MirBorrowKind::MutClosureCapture;
    superRvalue(r, at);
    ofClosure_ = false;
  }
  void visitPlace(Place &p, PlaceContext c, Location at) override {
    bool borrow = c == PlaceContext::MutBorrow || c == PlaceContext::RawMut;
    if (!borrow && c != PlaceContext::Store && c != PlaceContext::Call && c != PlaceContext::AsmOutput)
      return;
    if (!borrow && p.isLocal() && fresh_[p.local.raw] == at.block) { // the first assignment, for sure
      fresh_[p.local.raw] = BlockId();
      return;
    }
    size_t depth = 0;
    if (!isMutable(p, ofClosure_, depth))
      denied_.push_back({p, depth, borrow, at, span_});
  }

private:
  // The types of a place's prefixes, from the local to the whole.
  llvm::SmallVector<PlaceTy, 8> prefixTys(const Place &p) const {
    llvm::SmallVector<PlaceTy, 8> out{{body_.local(p.local).ty, -1}};
    for (const ProjElem &e : p.proj)
      out.push_back(projectTy(tcx_, out.back(), e));
    return out;
  }

  // The capture that the first `n` projections name: a field of the closure, and the reference that holds it looked through.
  const ty::CapturedPlace *captureAt(const Place &p, llvm::ArrayRef<PlaceTy> tys, size_t n) const {
    bool deref = n && p.proj[n - 1].kind == ProjKind::Deref;
    n -= deref;
    if (!n || p.proj[n - 1].kind != ProjKind::Field || !tys[n - 1].ty.is(TyKind::Closure) || p.proj[n - 1].index >= captures_.size())
      return nullptr;
    const ty::CapturedPlace &c = captures_[p.proj[n - 1].index];
    bool byRef = c.kind != ty::CaptureKind::ByValue && c.kind != ty::CaptureKind::ByUse;
    return !deref || byRef ? &c : nullptr;
  }

  // From the last projection down to the local. `unique`: an immutable variable will do, as nothing else names it meanwhile.
  bool isMutable(const Place &p, bool unique, size_t &depth) const {
    llvm::SmallVector<PlaceTy, 8> tys = prefixTys(p);
    for (size_t n = p.proj.size(); n > 0; --n) {
      depth = n;
      const ty::CapturedPlace *capture = captureAt(p, tys, n);
      if (p.proj[n - 1].kind == ProjKind::Deref && !tys[n - 1].ty.isBox()) {
        if (tys[n - 1].ty.mut() == Mutability::Not)
          return false;
        if (tys[n - 1].ty.is(TyKind::RawPtr))
          return true;
        unique |= !capture;
      } else if (capture && !capture->mutable_ && !unique) {
        return false;
      }
    }
    depth = 0;
    return unique || body_.local(p.local).mut == Mutability::Mut;
  }

  // ---- reports ----
  bool report() {
    if (denied_.empty())
      return true;
    EverAssigned assigned(body_);
    llvm::erase_if(denied_, [&](const Denied &d) { return !assigned.before(d.at).test(d.place.local.raw) || behindSharedCapture(d); });
    llvm::sort(denied_, [](const Denied &a, const Denied &b) { return std::tie(a.span.lo, a.span.hi) < std::tie(b.span.lo, b.span.hi); });
    llvm::SmallDenseSet<uint32_t, 4> merged;
    for (const Denied &d : denied_) {
      if (!d.borrow)
        assignment(d);
      else if (!mayBeDeclaredMutable(d) || merged.insert(d.place.local.raw).second)
        borrow(d);
    }
    return denied_.empty();
  }
  // Captured through a shared reference: the error is where the closure is made.
  bool behindSharedCapture(const Denied &d) const {
    const ty::CapturedPlace *c = d.depth ? captureAt(d.place, prefixTys(d.place), d.depth) : nullptr;
    if (!c || c->mutable_)
      return false;
    Ty before = c->localTy;
    for (const ty::CaptureProj &p : c->projections) {
      if (p.kind == ty::CaptureProjKind::Deref && before.is(TyKind::Ref) && before.mut() == Mutability::Not)
        return true;
      before = p.ty;
    }
    return false;
  }
  bool mayBeDeclaredMutable(const Denied &d) const {
    const LocalDecl &l = body_.local(d.place.local);
    bool refSelf = l.name.valid() && tcx_.sess.str(l.name) == "self" && l.ty.is(TyKind::Ref);
    return d.depth == 0 && l.isUserVariable && !l.byRef && !refSelf;
  }

  void assignment(const Denied &d) {
    const LocalDecl &local = body_.local(d.place.local);
    std::string what = described(d.place);
    if (!d.place.isLocal()) {
      tcx_.sess.diag.error(d.span, "E0594", "cannot assign to " + what + reason(d)).label(d.span, "cannot assign");
      return;
    }
    bool isArg = d.place.local.raw <= body_.argCount;
    diag::Builder b = tcx_.sess.diag.error(d.span, "E0384", isArg ? "cannot assign to immutable argument " + what : "cannot assign twice to immutable variable " + what);
    b.label(d.span, isArg ? "cannot assign to an argument that is not declared as mutable" : "cannot assign twice to an immutable variable");
    suggestMut(b, local);
  }

  // Several borrows of a variable that could be declared mutable are one error, at its declaration.
  void borrow(const Denied &d) {
    const LocalDecl &local = body_.local(d.place.local);
    bool declarable = mayBeDeclaredMutable(d);
    auto same = [&](const Denied &o) { return o.borrow && o.depth == 0 && o.place.local == d.place.local; };
    bool several = declarable && llvm::any_of(denied_, [&](const Denied &o) { return same(o) && o.span != d.span; });
    Span at = several ? local.source.span : d.span;
    diag::Builder b = tcx_.sess.diag.error(at, "E0596", "cannot borrow " + described(d.place) + " as mutable" + reason(d));
    if (several) {
      b.label(at, "not mutable");
      for (const Denied &o : denied_)
        if (same(o))
          b.label(o.span, "cannot borrow as mutable");
    } else {
      b.label(at, "cannot borrow as mutable");
    }
    if (declarable)
      suggestMut(b, local);
  }
  void suggestMut(diag::Builder &b, const LocalDecl &local) {
    if (local.isUserVariable && !local.byRef)
      b.suggest(local.source.span.shrinkToLo(), "consider changing this to be mutable", "mut ");
  }

  std::string reason(const Denied &d) const {
    const LocalDecl &local = body_.local(d.place.local);
    llvm::SmallVector<PlaceTy, 8> tys = prefixTys(d.place);
    const ty::CapturedPlace *capture = d.depth ? captureAt(d.place, tys, d.depth) : nullptr;
    if (d.depth == 0 || capture)
      return d.depth == d.place.proj.size() ? ", as it is not declared as mutable" : ", as `" + (capture ? text(*capture) : nameOf(local)) + "` is not declared as mutable";
    Ty pointer = tys[d.depth - 1].ty;
    if (pointer.is(TyKind::Ref) && pointer.inner().is(TyKind::Closure) && d.depth == 1)
      return ", as `Fn` closures cannot change what they captured";
    DefId item = d.depth == 1 ? staticBehind(d.place.local) : DefId();
    if (item.valid())
      return d.place.proj.size() == 1 ? "" : ", as `" + tcx_.sess.str(tcx_.def(item).name).str() + "` is an immutable static item";
    return std::string(d.borrow ? ", as it is" : ", which is") + " behind a " + (pointer.is(TyKind::RawPtr) ? "`*const` pointer" : "`&` reference");
  }

  std::string nameOf(const LocalDecl &l) const { return l.name.valid() ? tcx_.sess.str(l.name).str() : "value"; }
  // As the closure names it where it first uses it; whole variables have only the closure for a place.
  std::string text(const ty::CapturedPlace &c) const {
    llvm::StringRef s = tcx_.sess.sources.text(c.span);
    return s.find_if_not([](char ch) { return llvm::isAlnum(ch) || ch == '_' || ch == '.'; }) == s.npos ? s.str() : "captured variable";
  }

  // The static that a temporary points to; none: it points to something else.
  DefId staticBehind(Local l) const {
    for (const BasicBlock &b : body_.blocks)
      for (const Statement &s : b.statements) {
        if (s.kind != StatementKind::Assign || !(s.place == Place(l)) || s.rvalue.kind != RvalueKind::Use || !s.rvalue.operands[0].isConst())
          continue;
        const Constant &c = s.rvalue.operands[0].constant();
        bool isPointer = c.kind == ConstantKind::Value && c.value.kind == ConstValueKind::Scalar && c.value.scalar.kind == ScalarKind::Ptr;
        if (isPointer && (*tcx_.allocs)[c.value.scalar.alloc].kind == GlobalAllocKind::Static)
          return (*tcx_.allocs)[c.value.scalar.alloc].def;
      }
    return {};
  }

  // A place in the words of the source.
  std::string described(const Place &p) const {
    llvm::SmallVector<PlaceTy, 8> tys = prefixTys(p);
    const LocalDecl &local = body_.local(p.local);
    DefId item = p.proj.empty() ? DefId() : staticBehind(p.local);
    std::string s = local.isUserVariable ? nameOf(local) : item.valid() ? tcx_.sess.str(tcx_.def(item).name).str() : "";
    for (size_t n = item.valid() ? 2 : 1; n <= p.proj.size(); ++n) {
      if (const ty::CapturedPlace *c = captureAt(p, tys, n))
        s = text(*c);
      else if (!s.empty())
        s = projected(std::move(s), tys[n - 1], p.proj[n - 1], n < p.proj.size() && p.proj[n].kind != ProjKind::Deref);
    }
    if (s.empty())
      return "a value behind a pointer";
    return (item.valid() && p.proj.size() == 1 ? "immutable static item `" : "`") + s + "`";
  }
  std::string projected(std::string s, PlaceTy base, const ProjElem &e, bool elided) const {
    switch (e.kind) {
    case ProjKind::Deref: return elided ? s : "*" + s;
    case ProjKind::Field: return s + "." + fieldName(base, e.index);
    case ProjKind::Index: case ProjKind::ConstantIndex: case ProjKind::Subslice: return s + "[_]";
    default: return s;
    }
  }
  std::string fieldName(PlaceTy base, uint32_t index) const {
    if (!base.ty.is(TyKind::Adt))
      return std::to_string(index);
    const ty::VariantDef &v = base.ty.adt()->variants[std::max(0, base.variant)];
    return index < v.fields.size() ? tcx_.sess.str(v.fields[index].name).str() : std::to_string(index);
  }

  Ctx &tcx_;
  const Body &body_;
  llvm::ArrayRef<ty::CapturedPlace> captures_;
  llvm::SmallVector<BlockId, 32> fresh_; // by variable: the block in which its storage began, while it has no value yet
  std::vector<Denied> denied_;
  Span span_;
  bool ofClosure_ = false;
};
} // namespace

bool checkMutability(Ctx &tcx, const Body &body, llvm::ArrayRef<BlockId> order) { return MutCheck(tcx, body).run(order); }

} // namespace ferric::mir_transform
