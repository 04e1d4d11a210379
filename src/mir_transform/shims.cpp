// Bodies that no source has (rustc_mir_transform::shim): drop glue, clones of built-in types, adapters between ways of being called.
// All are made for concrete instances: their types are the instance's, normalised.
#include "mir_transform/drop_ladder.h"
#include "mir_transform/mir_transform.h"
#include "mir_transform/passes.h"
#include "mir_build/thir.h"
#include "traits/normalize.h"
#include "ty/fold.h"

namespace ferric::mir_transform {

using ty::InstanceKind; using ty::TyKind;

namespace {
class ShimBuilder {
public:
  ShimBuilder(Ctx &tcx, const Instance &instance) : tcx(tcx), instance(instance), body(*new (tcx.arena.Allocate<Body>()) Body()) {
    body.kind = BodySourceKind::Shim;
    body.phase = BodyPhase::Runtime;
    body.def = instance.def;
    if (instance.def.valid())
      body.span = tcx.def(instance.def).identSpan;
    body.scopes.push_back({body.span, ScopeId()});
    source = {body.span, ScopeId(0)};
  }

  Body *build() {
    switch (instance.kind) {
    case InstanceKind::DropGlue: dropGlue(); break;
    case InstanceKind::CloneShim: cloneShim(); break;
    case InstanceKind::FnPtrShim: fnPtrShim(); break;
    case InstanceKind::ClosureOnceShim: closureOnceShim(); break;
    case InstanceKind::VTableShim: vtableShim(); break;
    case InstanceKind::ReifyShim: reifyShim(); break;
    case InstanceKind::CtorShim: ctorShim(); break;
    case InstanceKind::FnPtrAddrShim: fnPtrAddrShim(); break;
    case InstanceKind::ThreadLocalShim: threadLocalShim(); break;
    case InstanceKind::Item:
    case InstanceKind::Intrinsic:
    case InstanceKind::Virtual: UNREACHABLE("instance has no shim");
    }
    separateDerefs(tcx, body, env);
    moveForPackedDrops(tcx, body, env);
    simplifyCfg(body);
    return &body;
  }

private:
  // ---- parts ----
  Local local(Ty t) {
    LocalDecl d;
    d.ty = t;
    d.source = source;
    return body.addLocal(d);
  }
  void locals(llvm::ArrayRef<Ty> inputs, Ty output) {
    local(output);
    for (Ty t : inputs)
      local(t);
    body.argCount = uint32_t(inputs.size());
  }
  void assign(BlockId b, Place p, Rvalue r) {
    Statement s;
    s.kind = StatementKind::Assign;
    s.source = source;
    s.place = std::move(p);
    s.rvalue = std::move(r);
    body.block(b).statements.push_back(std::move(s));
  }
  static Rvalue use(Operand o) {
    Rvalue r;
    r.operands.push_back(std::move(o));
    return r;
  }
  Rvalue refTo(Place p, Mutability m) {
    Rvalue r;
    r.kind = RvalueKind::Ref;
    r.borrow = m == Mutability::Mut ? MirBorrowKind::Mut : MirBorrowKind::Shared;
    r.place = std::move(p);
    return r;
  }
  Terminator &terminate(BlockId b, TerminatorKind k, llvm::ArrayRef<BlockId> targets = {}) {
    BasicBlock &block = body.block(b);
    block.hasTerminator = true;
    block.terminator.kind = k;
    block.terminator.source = source;
    block.terminator.targets.assign(targets.begin(), targets.end());
    return block.terminator;
  }
  Terminator &call(BlockId b, Operand fn, llvm::ArrayRef<Operand> args, Place dest, BlockId target) {
    Terminator &t = terminate(b, TerminatorKind::Call, {target});
    t.operand = std::move(fn);
    t.args.append(args.begin(), args.end());
    t.place = std::move(dest);
    t.fnSpan = body.span;
    t.unwind = UnwindAction::Continue;
    return t;
  }
  void returnAt(BlockId b) { terminate(b, TerminatorKind::Return); }
  ty::FnSig sigOf(DefId fn, GenericArgs args) { return fnSigOf(tcx, env, tcx.mkFnDef(fn, args)); }
  Operand fnItem(DefId fn, GenericArgs args) { return Operand::ofConst(constZst(tcx.mkFnDef(fn, args)), body.span); }
  Operand arg(uint32_t i) { return Operand::move(Place(Local(i))); }

  // ---- drop glue: fn(*mut T) ----
  struct GlueOracle : DropOracle {
    DropStyle style(MovePathId, bool deep) override { return deep ? DropStyle::Open : DropStyle::Static; }
    bool dropFlag(MovePathId, Operand &) override { return false; }
    void clearFlag(BlockId, MovePathId, bool) override {}
    MovePathId child(MovePathId, llvm::function_ref<bool(const ProjElem &)>) override { return MovePathId(); }
    MovePathId downcastChild(MovePathId path, uint32_t) override { return path; }
  };
  void dropGlue() {
    Ty ty = instance.ty ? instance.ty : tcx.common.unit;
    locals({tcx.mkPtr(ty, Mutability::Mut)}, tcx.common.unit);
    BlockId start = body.addBlock(), end = body.addBlock();
    terminate(start, TerminatorKind::Goto, {end});
    returnAt(end);
    if (!instance.ty)
      return;
    Patch patch(body);
    GlueOracle oracle;
    DropLadder(tcx, env, body, patch, oracle, source).elaborate(start, Place(Local(1)).deref(), MovePathId(0), end);
    patch.apply();
  }

  // ---- fn clone(&Self) -> Self of tuples, arrays, closures, fn items and pointers ----
  void cloneShim() {
    Ty self = instance.ty;
    locals({tcx.mkRef(tcx.common.erased, self, Mutability::Not)}, self);
    Place src = Place(Local(1)).deref(), dest(kReturnPlace);
    BlockId block = body.addBlock();
    llvm::SmallVector<Ty, 8> fields;
    if (self.is(TyKind::Tuple)) {
      fields.append(self.tuple().begin(), self.tuple().end());
    } else if (self.is(TyKind::Closure)) {
      closureUpvarTys(tcx, self, fields);
    } else {
      assign(block, dest, use(Operand::copy(src)));
      returnAt(block);
      return;
    }
    DefId clone = instance.def;
    for (uint32_t i = 0; i < fields.size(); ++i) {
      Local ref = local(tcx.mkRef(tcx.common.erased, fields[i], Mutability::Not));
      assign(block, Place(ref), refTo(src.field(i, fields[i]), Mutability::Not));
      BlockId next = body.addBlock();
      call(block, fnItem(clone, tcx.mkArgs({ty::GenericArg(fields[i])})), {Operand::move(Place(ref))}, dest.field(i, fields[i]), next);
      block = next;
    }
    returnAt(block);
  }

  // ---- <fn(A, B) as Fn*>::call*(self, (A, B)) ----
  void fnPtrShim() {
    Ty fnTy = instance.ty;
    ty::FnSig inner = fnSigOf(tcx, env, fnTy);
    DefId trait = tcx.parent(instance.def);
    int kind = trait == tcx.crates.langItem("fn_once") ? 2 : trait == tcx.crates.langItem("fn_mut") ? 1 : 0;
    Ty self = kind == 2 ? fnTy : tcx.mkRef(tcx.common.erased, fnTy, kind == 1 ? Mutability::Mut : Mutability::Not);
    llvm::SmallVector<Ty, 8> tupleTys(inner.inputs().begin(), inner.inputs().end());
    locals({self, tcx.mkTuple(tupleTys)}, inner.output());
    body.spreadArg = 2;
    BlockId start = body.addBlock(), end = body.addBlock();
    Place callee = kind == 2 ? Place(Local(1)) : Place(Local(1)).deref();
    llvm::SmallVector<Operand, 8> args;
    for (uint32_t i = 0; i < tupleTys.size(); ++i)
      args.push_back(Operand::move(Place(Local(2)).field(i, tupleTys[i])));
    call(start, Operand::copy(callee), args, Place(kReturnPlace), end);
    returnAt(end);
  }

  // ---- FnOnce::call_once(self, args) of a closure that takes itself by reference ----
  void closureOnceShim() {
    // args: [closure type, tuple of arguments]
    Ty closure = instance.args[0].ty(), tuple = instance.args[1].ty();
    ty::FnSig sig = fnSigOf(tcx, env, closure);
    locals({closure, tuple}, sig.output());
    body.spreadArg = 2;
    body.trackCaller = instance.index != 0;
    BlockId start = body.addBlock(), drop = body.addBlock(), end = body.addBlock();
    Local self = local(tcx.mkRef(tcx.common.erased, closure, Mutability::Mut));
    assign(start, Place(self), refTo(Place(Local(1)), Mutability::Mut));
    DefId callMut = traitMethod(tcx, tcx.crates.langItem("fn_mut"), "call_mut");
    call(start, fnItem(callMut, instance.args), {Operand::move(Place(self)), arg(2)}, Place(kReturnPlace), drop);
    Terminator &t = terminate(drop, TerminatorKind::Drop, {end});
    t.place = Place(Local(1));
    t.unwind = UnwindAction::Continue;
    returnAt(end);
  }

  // ---- a method with unsized self by value, called with a pointer to it ----
  void vtableShim() {
    ty::FnSig sig = sigOf(instance.def, instance.args);
    llvm::SmallVector<Ty, 8> inputs(sig.inputs().begin(), sig.inputs().end());
    inputs[0] = tcx.mkPtr(inputs[0], Mutability::Mut);
    forward(inputs, sig, Operand::move(Place(Local(1)).deref()));
  }
  // ---- what a pointer to a #[track_caller] fn points to ----
  void reifyShim() {
    ty::FnSig sig = sigOf(instance.def, instance.args);
    forward(sig.inputs(), sig, Operand());
  }
  void forward(llvm::ArrayRef<Ty> inputs, const ty::FnSig &sig, Operand self) {
    locals(inputs, sig.output());
    if (sig.header.abi == ty::Abi::RustCall)
      body.spreadArg = int(inputs.size());
    BlockId start = body.addBlock(), end = body.addBlock();
    llvm::SmallVector<Operand, 8> args;
    for (uint32_t i = 1; i <= inputs.size(); ++i)
      args.push_back(i == 1 && self.isPlace() ? self : arg(i));
    call(start, fnItem(instance.def, instance.args), args, Place(kReturnPlace), end);
    returnAt(end);
  }

  // ---- a tuple constructor as a function ----
  void ctorShim() {
    ty::FnSig sig = sigOf(instance.def, instance.args);
    locals(sig.inputs(), sig.output());
    BlockId start = body.addBlock();
    assign(start, Place(kReturnPlace), ctorRvalue(tcx, instance.def, sig));
    returnAt(start);
  }

  void fnPtrAddrShim() {
    Ty ptr = tcx.mkPtr(tcx.common.unit, Mutability::Not);
    locals({instance.ty}, ptr);
    BlockId start = body.addBlock();
    Rvalue r;
    r.kind = RvalueKind::Cast;
    r.cast = CastKind::FnPtrToPtr;
    r.ty = ptr;
    r.operands.push_back(arg(1));
    assign(start, Place(kReturnPlace), std::move(r));
    returnAt(start);
  }

  void threadLocalShim() {
    Ty ptr = mir_build::staticPtrTy(tcx, env, instance.def);
    locals({}, ptr);
    BlockId start = body.addBlock();
    Rvalue r;
    r.kind = RvalueKind::ThreadLocalRef;
    r.def = instance.def;
    r.mut = ptr.mut();
    assign(start, Place(kReturnPlace), std::move(r));
    returnAt(start);
  }

public:
  static Rvalue ctorRvalue(Ctx &tcx, DefId ctor, const ty::FnSig &sig) {
    Ty ty = sig.output();
    Rvalue r;
    r.kind = RvalueKind::Aggregate;
    r.aggregate = AggregateKind::Adt;
    r.def = ty.adt()->def;
    r.args = ty.args();
    r.variant = variantOfDef(*ty.adt(), ctor);
    for (uint32_t i = 1; i <= sig.inputs().size(); ++i)
      r.operands.push_back(Operand::move(Place(Local(i))));
    return r;
  }

private:
  Ctx &tcx;
  Instance instance;
  Body &body;
  ParamEnv env;
  SourceInfo source;
};
} // namespace

const Body *buildShim(Ctx &tcx, const Instance &instance) { return ShimBuilder(tcx, instance).build(); }

// A constructor as an item: generic over the type's parameters.
const Body *buildCtor(Ctx &tcx, DefId ctor) {
  Body *body = new (tcx.arena.Allocate<Body>()) Body();
  ParamEnv env = tcx.paramEnv(tcx.parent(ctor));
  ty::FnSig sig = fnSigOf(tcx, env, tcx.mkFnDef(ctor, ty::eraseRegions(tcx, tcx.identityArgs(ctor))));
  body->kind = BodySourceKind::Ctor;
  body->phase = BodyPhase::Runtime;
  body->def = ctor;
  body->span = tcx.def(ctor).span;
  body->scopes.push_back({body->span, ScopeId()});
  LocalDecl d;
  d.source = {body->span, ScopeId(0)};
  d.ty = sig.output();
  body->addLocal(d);
  for (Ty t : sig.inputs()) {
    d.ty = t;
    body->addLocal(d);
  }
  body->argCount = uint32_t(sig.inputs().size());
  BasicBlock &b = body->block(body->addBlock());
  Statement s;
  s.kind = StatementKind::Assign;
  s.source = d.source;
  s.place = Place(kReturnPlace);
  s.rvalue = ShimBuilder::ctorRvalue(tcx, ctor, sig);
  b.statements.push_back(std::move(s));
  b.hasTerminator = true;
  b.terminator.kind = TerminatorKind::Return;
  return body;
}

} // namespace ferric::mir_transform
