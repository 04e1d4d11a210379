// Promotion (Reference: destructors, "Constant promotion"; rustc_mir_transform::promote_consts): `&expr` of a constant expression
// becomes a reference to a promoted constant, which lives for ever. Temporaries are followed back from the borrow to their only
// assignment; everything on the way must be sure not to fail, to have no interior mutability and nothing to drop.
#include "mir/alloc.h"
#include "mir/cfg.h"
#include "mir/visit.h"
#include "mir_transform/const_qualifs.h"
#include "mir_transform/passes.h"
#include "ty/fold.h"

namespace ferric::mir_transform {

using ty::TyKind;

namespace {
enum class TempKind : uint8_t { Undefined, Defined, Unpromotable, PromotedOut };
struct Temp { TempKind kind{}; Location at; uint32_t uses = 0; bool valid = false; };
enum class ConstContext : uint8_t { None, ConstFn, Const, Static };

struct Collector : Visitor {
  Collector(const Body &body, llvm::ArrayRef<BlockId> order) : body(body), temps(body.locals.size()) {
    for (BlockId b : order) {
      uint32_t i = 0;
      for (const Statement &s : body.block(b).statements)
        visit(s, {b, i++});
      visit(body.block(b).terminator, {b, i});
    }
  }
  void visitLocal(Local &l, PlaceContext c, Location at) override {
    if ((l.raw >= 1 && l.raw <= body.argCount) || body.local(l).isUserVariable || c == PlaceContext::Drop || isStorage(c))
      return;
    Temp &t = temps[l.raw];
    if (t.kind == TempKind::Undefined) {
      if (c == PlaceContext::Store || c == PlaceContext::Call)
        t = {TempKind::Defined, at, 0, false};
      else
        t.kind = TempKind::Unpromotable;
      return;
    }
    bool reads = (c <= PlaceContext::FakeRead && c != PlaceContext::RawMut) || c == PlaceContext::Projection;
    if (t.kind == TempKind::Defined && reads)
      ++t.uses;
    else
      t.kind = TempKind::Unpromotable;
  }
  // Changing a part is no definition of the whole; what is done to a part is a use of the whole.
  void visitPlace(Place &p, PlaceContext c, Location at) override {
    if (!p.isLocal() && c != PlaceContext::Drop && c != PlaceContext::DebugInfo) {
      bool changes = isDef(c) || c == PlaceContext::SetDiscriminant || c == PlaceContext::MutBorrow || c == PlaceContext::RawMut;
      visitLocal(p.local, changes ? PlaceContext::SetDiscriminant : PlaceContext::Projection, at);
    } else {
      visitLocal(p.local, c, at);
    }
    for (ProjElem &e : p.proj)
      if (e.kind == ProjKind::Index) {
        Local index(e.index);
        visitLocal(index, PlaceContext::Copy, at);
      }
  }
  void visitRvalue(Rvalue &r, Location at) override {
    superRvalue(r, at);
    if (r.kind == RvalueKind::Ref)
      candidates.push_back(at);
  }
  const Body &body;
  std::vector<Temp> temps;
  std::vector<Location> candidates;
};

class Validator {
public:
  Validator(Ctx &tcx, const Body &body, ParamEnv env, std::vector<Temp> &temps) : tcx(tcx), body(body), env(env), temps(temps) {
    DefKind k = tcx.defKind(body.def);
    if (body.kind == BodySourceKind::Static)
      context = ConstContext::Static;
    else if (body.kind == BodySourceKind::Const)
      context = ConstContext::Const, isInline = k == DefKind::InlineConst;
    else if ((k == DefKind::Fn || k == DefKind::AssocFn) && tcx.isConstFn(body.def))
      context = ConstContext::ConstFn;
  }

  bool candidate(Location at) {
    const Rvalue &r = body.block(at.block).statements[at.statement].rvalue;
    return local(r.place.local) && ref(r) && !r.place.isIndirect();
  }

private:
  const Statement *definition(Local l) const {
    const Temp &t = temps[l.raw];
    if (t.kind != TempKind::Defined || t.at.statement >= body.block(t.at.block).statements.size())
      return nullptr;
    return &body.block(t.at.block).statements[t.at.statement];
  }

  // ---- qualities of values: decided by the value where it is visible, else by the type ----
  using Quality = Qualif;
  bool ofType(Quality q, Ty t) { return q == Quality::HasMutInterior ? !isFreeze(tcx, env, t) : needsDrop(tcx, env, t); }
  bool ofLocal(Quality q, Local l) {
    if (temps[l.raw].kind != TempKind::Defined)
      return false;
    const Statement *s = definition(l);
    return s ? ofRvalue(q, s->rvalue) : ofType(q, body.local(l).ty);
  }
  bool ofPlace(Quality q, const Place &p) {
    if (p.isIndirect())
      return ofType(q, placeTy(tcx, body, p).ty);
    return ofType(q, placeTy(tcx, body, p).ty) && ofLocal(q, p.local);
  }
  bool ofOperand(Quality q, const Operand &o) {
    if (o.isPlace())
      return ofPlace(q, o.place);
    return o.isConst() && Qualifs(tcx, body, env, q).ofConstant(o.constant());
  }
  bool ofRvalue(Quality q, const Rvalue &r) {
    switch (r.kind) {
    case RvalueKind::Discriminant:
    case RvalueKind::UnaryOp:
    case RvalueKind::BinaryOp:
    case RvalueKind::ThreadLocalRef:
    case RvalueKind::Ref:
    case RvalueKind::RawPtr: return false;
    case RvalueKind::CopyForDeref: return ofPlace(q, r.place);
    case RvalueKind::Cast: return ofOperand(q, r.operands[0]) && ofType(q, r.ty);
    case RvalueKind::Aggregate:
      if (r.aggregate == AggregateKind::Adt) {
        const AdtDef *adt = tcx.adtDef(r.def);
        bool inherent = q == Quality::HasMutInterior ? adt->isUnsafeCell : tcx.adtDestructor(r.def).valid();
        if (inherent || (adt->isUnion() && ofType(q, tcx.mkAdt(adt, r.args))))
          return true;
      }
      break;
    default: break;
    }
    return llvm::any_of(r.operands, [&](const Operand &o) { return ofOperand(q, o); });
  }

  // ---- what may be promoted ----
  bool local(Local l) {
    Temp &t = temps[l.raw];
    if (t.kind != TempKind::Defined || ofLocal(Quality::NeedsDrop, l))
      return false;
    if (t.valid)
      return true;
    const Statement *s = definition(l);
    bool ok = s ? rvalue(s->rvalue) : call(t.at.block);
    if (ok)
      t.valid = true;
    else
      t.kind = TempKind::Unpromotable;
    return ok;
  }

  bool ref(const Rvalue &r) {
    switch (r.borrow) {
    case MirBorrowKind::FakeShallow:
    case MirBorrowKind::FakeDeep:
    case MirBorrowKind::MutClosureCapture: return false;
    case MirBorrowKind::Shared: return !ofLocal(Quality::HasMutInterior, r.place.local);
    case MirBorrowKind::Mut:
    case MirBorrowKind::MutTwoPhase: {
      Ty t = placeTy(tcx, body, r.place).ty;
      uint64_t n = 1;
      return t.is(TyKind::Array) && t.len().tryBits(n) && n == 0;
    }
    }
    return false;
  }

  static bool isStaticPtr(Ctx &tcx, const Constant &c, DefId &out) {
    if (c.kind != ConstantKind::Value || c.value.kind != ConstValueKind::Scalar || c.value.scalar.kind != ScalarKind::Ptr)
      return false;
    const GlobalAlloc &g = (*tcx.allocs)[c.value.scalar.alloc];
    out = g.def;
    return g.kind == GlobalAllocKind::Static;
  }

  bool place(const Place &p) {
    PlaceTy t{body.local(p.local).ty, -1};
    for (size_t i = 0; i < p.proj.size(); ++i) {
      const ProjElem &e = p.proj[i];
      switch (e.kind) {
      case ProjKind::ConstantIndex:
      case ProjKind::Subslice:
      case ProjKind::UnwrapUnsafeBinder: break;
      case ProjKind::OpaqueCast:
      case ProjKind::Downcast: return false;
      case ProjKind::Deref: {
        // Only reading statics, in statics.
        const Statement *s = i == 0 ? definition(p.local) : nullptr;
        DefId def;
        if (!s || s->rvalue.kind != RvalueKind::Use || !s->rvalue.operands[0].isConst() || !isStaticPtr(tcx, s->rvalue.operands[0].constant(), def) ||
            context != ConstContext::Static)
          return false;
        break;
      }
      case ProjKind::Index: {
        const Statement *s = definition(Local(e.index));
        uint64_t len = 0;
        if (!s || s->rvalue.kind != RvalueKind::Use || !s->rvalue.operands[0].isConst() || !t.ty.is(TyKind::Array) || !t.ty.len().tryBits(len))
          return false;
        const Constant &c = s->rvalue.operands[0].constant();
        if (c.kind != ConstantKind::Value || c.value.kind != ConstValueKind::Scalar || c.value.scalar.bits.lo >= len || !local(Local(e.index)))
          return false;
        break;
      }
      case ProjKind::Field:
        if (t.ty.is(TyKind::Adt) && t.ty.adt()->isUnion())
          return false;
        break;
      }
      t = projectTy(tcx, t, e);
    }
    return local(p.local);
  }

  bool operand(const Operand &o) {
    if (o.isPlace())
      return place(o.place);
    DefId def;
    if (o.kind == OperandKind::RuntimeChecks)
      return false;
    return !isStaticPtr(tcx, o.constant(), def) || context == ConstContext::Static;
  }

  static bool intConstant(const Operand &o, llvm::APInt &out) {
    if (!o.isConst() || o.constant().kind != ConstantKind::Value || o.constant().value.kind != ConstValueKind::Scalar)
      return false;
    const ty::ScalarInt &v = o.constant().value.scalar.bits;
    out = llvm::APInt(v.size * 8, {v.lo, v.hi});
    return true;
  }
  bool binary(const Rvalue &r) {
    Ty t = operandTy(tcx, body, r.operands[0]);
    if (t.is(TyKind::RawPtr) || t.is(TyKind::FnPtr))
      return false;
    if ((r.binOp == BinOp::Div || r.binOp == BinOp::Rem) && t.isIntegral()) {
      llvm::APInt rhs, lhs;
      if (!intConstant(r.operands[1], rhs) || rhs.isZero())
        return false;
      if (isSigned(t) && rhs.isAllOnes() && (!intConstant(r.operands[0], lhs) || lhs.isMinSignedValue()))
        return false;
    }
    return operand(r.operands[0]) && operand(r.operands[1]);
  }

  // A reborrow of `*x` is as good as x.
  Place withoutReborrow(const Place &p) {
    if (p.proj.empty() || p.proj.back().kind != ProjKind::Deref)
      return p;
    Place base(p.local);
    base.proj.append(p.proj.begin(), p.proj.end() - 1);
    return placeTy(tcx, body, base).ty.is(TyKind::Ref) ? base : p;
  }

  bool rvalue(const Rvalue &r) {
    switch (r.kind) {
    case RvalueKind::ThreadLocalRef: return false;
    case RvalueKind::Cast:
      if (r.cast == CastKind::PointerExposeProvenance)
        return false;
      break;
    case RvalueKind::BinaryOp: return binary(r);
    case RvalueKind::CopyForDeref:
    case RvalueKind::Discriminant: return place(r.place);
    case RvalueKind::RawPtr: {
      Place base = withoutReborrow(r.place);
      return !(base == r.place) && place(base);
    }
    case RvalueKind::Ref: return place(withoutReborrow(r.place)) && ref(r);
    default: break;
    }
    return llvm::all_of(r.operands, [&](const Operand &o) { return operand(o); });
  }

  bool call(BlockId b) {
    const Terminator &t = body.block(b).terminator;
    if (t.kind != TerminatorKind::Call || !operand(t.operand) || !llvm::all_of(t.args, [&](const Operand &o) { return operand(o); }))
      return false;
    Ty callee = operandTy(tcx, body, t.operand);
    if (!callee.is(TyKind::FnDef))
      return false;
    DefId def = callee.def();
    DefKind k = tcx.defKind(def);
    bool isFn = k == DefKind::Fn || k == DefKind::AssocFn;
    if (isFn && tcx.crates.hasAttr(def, sym::rustc_promotable))
      return true;
    bool all = context == ConstContext::Static || (context == ConstContext::Const && !isInline);
    return all && (k == DefKind::Ctor || (isFn && tcx.isConstFn(def))) && isSafeBlock(b);
  }

  // Blocks that are surely executed, if the body ends at all.
  bool isSafeBlock(BlockId b) {
    if (safe.empty()) {
      safe.resize(body.blocks.size());
      BlockId at(0);
      while (!safe[at.raw]) {
        safe[at.raw] = true;
        const Terminator &t = body.block(at).terminator;
        bool straight = t.kind == TerminatorKind::Goto || t.kind == TerminatorKind::Call || t.kind == TerminatorKind::Drop || t.kind == TerminatorKind::Assert;
        if (!straight || t.targets.empty())
          break;
        at = t.targets[0];
      }
    }
    return safe[b.raw];
  }

  Ctx &tcx;
  const Body &body;
  ParamEnv env;
  std::vector<Temp> &temps;
  ConstContext context{};
  bool isInline = false;
  std::vector<bool> safe;
};

// Moves one candidate with all it is made of into a body of its own.
class Promoter : public Visitor {
public:
  Promoter(Ctx &tcx, Body &source, std::vector<Temp> &temps, std::vector<std::pair<Location, Statement>> &extra)
      : tcx(tcx), source(source), temps(temps), extra(extra), promoted(*new (tcx.arena.Allocate<Body>()) Body()) {}

  Body *promote(Location at, PromotedId id) {
    Statement &s = source.block(at.block).statements[at.statement];
    Rvalue &borrow = s.rvalue;
    Ty inner = source.local(borrow.place.local).ty;
    bool mut = borrow.borrow != MirBorrowKind::Shared;
    Ty refTy = tcx.mkRef(tcx.common.erased, inner, mut ? Mutability::Mut : Mutability::Not);
    promoted.kind = BodySourceKind::Promoted;
    promoted.def = source.def;
    promoted.span = s.source.span;
    promoted.tainted = source.tainted;
    promoted.scopes.push_back({s.source.span, ScopeId()});
    LocalDecl ret;
    ret.ty = refTy;
    ret.source = {s.source.span, ScopeId(0)};
    promoted.addLocal(ret);
    newBlock();

    // `&temp.proj` becomes `&(*promoted).proj`.
    LocalDecl ptr = ret;
    ptr.source = s.source;
    Local ptrLocal = source.addLocal(ptr);
    temps.push_back({TempKind::Unpromotable});
    Rvalue inPromoted;
    inPromoted.kind = RvalueKind::Ref;
    inPromoted.borrow = borrow.borrow;
    inPromoted.place = Place(borrow.place.local);
    Place outside = Place(ptrLocal).deref();
    outside.proj.append(borrow.place.proj.begin(), borrow.place.proj.end());
    borrow.place = std::move(outside);
    Constant c;
    c.kind = ConstantKind::Unevaluated;
    c.ty = refTy;
    c.def = source.def;
    c.args = ty::eraseRegions(tcx, argsFor(source.def));
    c.promoted = id;
    c.span = s.source.span;
    Statement load;
    load.kind = StatementKind::Assign;
    load.source = s.source;
    load.place = Place(ptrLocal);
    load.rvalue.operands.push_back(Operand::ofConst(c, c.span));
    extra.push_back({at, std::move(load)});

    visitRvalue(inPromoted, at);
    assign(mir::kReturnPlace, std::move(inPromoted), s.source.span);
    collectRequiredConsts(promoted, reversePostorder(promoted));
    // One that may fail must not get lost with the code that uses it.
    bool calls = llvm::any_of(promoted.blocks, [](const BasicBlock &b) { return b.terminator.kind == TerminatorKind::Call; });
    if (calls || !promoted.requiredConsts.empty())
      source.requiredConsts.push_back(c);
    return &promoted;
  }

private:
  // The parameters that this body is generic over: a closure's are those of the item around it.
  GenericArgs argsFor(DefId def) { return tcx.identityArgs(typeckRoot(tcx, def)); }

  void visitLocal(Local &l, PlaceContext, Location) override { l = promoteTemp(l); }

  void newBlock() {
    BlockId b = promoted.addBlock();
    promoted.block(b).hasTerminator = true;
    promoted.block(b).terminator.kind = TerminatorKind::Return;
  }
  void assign(Local dest, Rvalue r, Span span) {
    Statement s;
    s.kind = StatementKind::Assign;
    s.source = {span, ScopeId(0)};
    s.place = Place(dest);
    s.rvalue = std::move(r);
    promoted.blocks.back().statements.push_back(std::move(s));
  }

  Local promoteTemp(Local temp) {
    bool oldKeep = keepOriginal;
    Temp &t = temps[temp.raw];
    CHECK(t.kind == TempKind::Defined, "promoted temporary is not defined once");
    if (t.uses > 1)
      keepOriginal = true;
    Location at = t.at;
    if (!keepOriginal)
      t.kind = TempKind::PromotedOut;
    LocalDecl d;
    d.ty = source.local(temp).ty;
    d.source = {source.local(temp).source.span, ScopeId(0)};
    Local fresh = promoted.addLocal(d);
    BasicBlock &block = source.block(at.block);
    if (at.statement < block.statements.size()) {
      Statement &s = block.statements[at.statement];
      Rvalue r = s.rvalue;
      if (!keepOriginal) {
        s.rvalue = Rvalue();
        s.rvalue.operands.push_back(Operand::ofConst(constZst(tcx.common.unit)));
      }
      Span span = s.source.span;
      visitRvalue(r, at);
      assign(fresh, std::move(r), span);
    } else {
      Terminator t2 = block.terminator;
      if (!keepOriginal) {
        Terminator skip;
        skip.kind = TerminatorKind::Goto;
        skip.source = t2.source;
        skip.targets = {t2.targets[0]};
        block.terminator = std::move(skip);
      }
      visitOperand(t2.operand, at);
      for (Operand &o : t2.args)
        visitOperand(o, at);
      t2.place = Place(fresh);
      t2.source.scope = ScopeId(0);
      uint32_t last = uint32_t(promoted.blocks.size() - 1);
      newBlock();
      t2.targets = {BlockId(last + 1)};
      promoted.blocks[last].terminator = std::move(t2);
    }
    keepOriginal = oldKeep;
    return fresh;
  }

  Ctx &tcx;
  Body &source;
  std::vector<Temp> &temps;
  std::vector<std::pair<Location, Statement>> &extra;
  Body &promoted;
  bool keepOriginal = false;
};
} // namespace

static bool hasBorrow(const BasicBlock &b) {
  return llvm::any_of(b.statements, [](const Statement &s) { return s.kind == StatementKind::Assign && s.rvalue.kind == RvalueKind::Ref; });
}

void promoteConsts(Ctx &tcx, Body &body, llvm::ArrayRef<BlockId> order, ParamEnv env, std::vector<Body *> &promoted) {
  if (llvm::none_of(body.blocks, hasBorrow))
    return;
  Collector collector(body, order);
  if (collector.candidates.empty())
    return;
  std::vector<Temp> temps = std::move(collector.temps);
  Validator validator(tcx, body, env, temps);
  llvm::erase_if(collector.candidates, [&](Location l) { return !validator.candidate(l); });
  if (collector.candidates.empty())
    return;
  std::vector<std::pair<Location, Statement>> extra;
  // Outer borrows come later: a candidate that went out with one of them is done.
  for (Location l : llvm::reverse(collector.candidates)) {
    const Statement &s = body.block(l.block).statements[l.statement];
    if (s.place.isLocal() && temps[s.place.local.raw].kind == TempKind::PromotedOut)
      continue;
    promoted.push_back(Promoter(tcx, body, temps, extra).promote(l, PromotedId(uint32_t(promoted.size()))));
  }
  Patch patch(body);
  for (auto &[at, s] : extra)
    patch.addStatement(at.block, at.statement, std::move(s));
  patch.apply();
  auto out = [&](const Place &p) { return p.isLocal() && temps[p.local.raw].kind == TempKind::PromotedOut; };
  for (BasicBlock &b : body.blocks) {
    llvm::erase_if(b.statements, [&](const Statement &s) {
      return (s.kind == StatementKind::Assign || s.kind == StatementKind::StorageLive || s.kind == StatementKind::StorageDead) && out(s.place);
    });
    if (b.terminator.kind == TerminatorKind::Drop && out(b.terminator.place)) {
      BlockId target = b.terminator.targets[0];
      b.terminator = Terminator();
      b.terminator.kind = TerminatorKind::Goto;
      b.terminator.targets = {target};
    }
  }
}

} // namespace ferric::mir_transform
