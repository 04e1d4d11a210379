// Substituting an instance's arguments into its body as it is walked; nothing is copied.
#include "mono/instance_body.h"
#include "ctfe/ctfe.h"
#include "layout/layout.h"
#include "mir/cfg.h"
#include "traits/normalize.h"
#include "ty/codegen_attrs.h"
#include "ty/fold.h"

namespace ferric::mono {

using mir::BlockId; using mir::Constant; using mir::ConstantKind; using mir::ConstValue; using mir::ConstValueKind;
using ty::InstanceKind;

const mir::Body *bodyOf(Ctx &tcx, const Instance &i) {
  if (i.kind != InstanceKind::Item && i.kind != InstanceKind::Intrinsic)
    return tcx.mirShim(i);
  DefKind kind = tcx.defKind(i.def);
  if (kind == DefKind::Ctor)
    return tcx.mirShim(Instance{InstanceKind::CtorShim, i.def, i.args, {}, 0});
  if (tcx.defKind(tcx.parent(i.def)) == DefKind::ForeignMod)
    return nullptr;
  return tcx.mirOptimized(i.def);
}

Ty monoTy(Ctx &tcx, const Instance &i, Ty t) {
  if (!t.has(ty::kHasParam | ty::kHasAlias | ty::kHasRegions))
    return t;
  return traits::instantiateAndNormalize(tcx, {}, t, i.args);
}

GenericArgs monoArgs(Ctx &tcx, const Instance &i, GenericArgs a) {
  if (!(a.flags() & (ty::kHasParam | ty::kHasAlias | ty::kHasRegions)))
    return a;
  return traits::instantiateAndNormalize(tcx, {}, a, i.args);
}

// ---- constants ----

std::optional<ConstValue> constValueOf(Ctx &tcx, ty::Const c) {
  ConstValue v;
  if (!c.is(ty::ConstKind::Value))
    return std::nullopt;
  if (layout::layoutOf(tcx, c.valueTy())->isZst())
    return v;
  if (!c.value()->isLeaf || c.valueTy().is(ty::TyKind::Ref)) { // a reference is looked through, and is no scalar of its own
    v.kind = ConstValueKind::Indirect;
    v.alloc = ctfe::allocOfConst(tcx, c);
    return v.alloc.valid() ? std::optional(v) : std::nullopt;
  }
  v.kind = ConstValueKind::Scalar;
  v.scalar.bits = c.value()->leaf;
  return v;
}

std::optional<ConstValue> evalConstant(Ctx &tcx, const Instance &i, const Constant &c) {
  switch (c.kind) {
  case ConstantKind::Value: return c.value;
  case ConstantKind::Ty: {
    ty::Const ct = c.ct;
    if (ct.has(ty::kHasParam | ty::kHasAlias))
      ct = traits::instantiateAndNormalize(tcx, {}, ct, i.args);
    return constValueOf(tcx, ct);
  }
  case ConstantKind::Unevaluated: break;
  }
  mir::ConstEvalResult r = tcx.constEvalGlobal({c.def, monoArgs(tcx, i, c.args), c.promoted});
  if (r.outcome == mir::EvalOutcome::TooGeneric)
    tcx.sess.diag.error(c.span, "internal: a constant is still generic at code generation");
  if (r.outcome != mir::EvalOutcome::Value)
    return std::nullopt;
  ConstValue v;
  v.kind = ConstValueKind::Indirect;
  v.alloc = r.alloc;
  return v;
}

std::optional<unsigned __int128> evalBits(Ctx &tcx, const Instance &i, const Constant &c) {
  std::optional<ConstValue> v = evalConstant(tcx, i, c);
  if (!v)
    return std::nullopt;
  if (v->kind == ConstValueKind::Scalar)
    return v->scalar.kind == mir::ScalarKind::Int ? std::optional(layout::bitsOf(v->scalar.bits)) : std::nullopt;
  if (v->kind != ConstValueKind::Indirect)
    return std::nullopt;
  const layout::Layout *l = layout::layoutOf(tcx, monoTy(tcx, i, c.ty));
  if (!l->isScalar() || l->a.prim.isPtr())
    return std::nullopt;
  const mir::Allocation *a = (*tcx.allocs)[v->alloc].memory;
  if (!a || v->offset + l->size > a->bytes.size() || !a->init.all(v->offset, v->offset + l->size))
    return std::nullopt;
  unsigned __int128 bits = 0;
  memcpy(&bits, a->bytes.data() + v->offset, l->size);
  return bits;
}

bool runtimeCheck(const Session &sess, mir::RuntimeChecks check) {
  switch (check) {
  case mir::RuntimeChecks::UbChecks: return sess.options.ubChecks.value_or(sess.options.debugAssertionsOn());
  case mir::RuntimeChecks::OverflowChecks: return sess.options.overflowChecksOn();
  case mir::RuntimeChecks::ContractChecks: return false;
  }
  UNREACHABLE("runtime check kind");
}

// ---- reachable blocks ----

// The discriminant of every value of an enum that has one variant with values
// (rustc_mir_transform::unreachable_enum_branching, which sees the generic body: what only an instance tells does not
// count).
static std::optional<unsigned __int128> onlyDiscriminant(Ctx &tcx, Ty t) {
  if (!t.is(ty::TyKind::Adt) || !t.adt()->isEnum() || t.has(ty::kHasParam | ty::kHasAlias))
    return std::nullopt;
  const layout::Layout *l = layout::layoutOf(tcx, t);
  if (!l->ok() || l->variants == layout::VariantsKind::Empty)
    return std::nullopt;
  if (l->variants == layout::VariantsKind::Single)
    return layout::discriminantFor(tcx, t.adt(), l->index);
  std::optional<uint32_t> only;
  for (uint32_t v = 0; v < l->variantLayouts.size(); ++v) {
    if (l->variantLayouts[v]->uninhabited)
      continue;
    if (only)
      return std::nullopt;
    only = v;
  }
  return only ? std::optional(layout::discriminantFor(tcx, t.adt(), *only)) : std::nullopt;
}

static std::optional<unsigned __int128> switchBits(Ctx &tcx, const Instance &i, const mir::Body &body,
                                                   const mir::BasicBlock &block) {
  const mir::Operand &discr = block.terminator.operand;
  switch (discr.kind) {
  case mir::OperandKind::Constant: return evalBits(tcx, i, discr.constant());
  case mir::OperandKind::RuntimeChecks: return runtimeCheck(tcx.sess, discr.checks);
  default: break;
  }
  // `if CONST` is: _1 = const; switchInt(_1)
  for (const mir::Statement &s : llvm::reverse(block.statements)) {
    if (s.kind == mir::StatementKind::StorageDead || s.kind == mir::StatementKind::StorageLive)
      continue;
    if (s.kind != mir::StatementKind::Assign || !(s.place == discr.place))
      return std::nullopt;
    if (s.rvalue.kind == mir::RvalueKind::Discriminant)
      return onlyDiscriminant(tcx, ty::eraseRegions(tcx, mir::placeTy(tcx, body, s.rvalue.place).ty));
    if (s.rvalue.kind != mir::RvalueKind::Use)
      return std::nullopt;
    const mir::Operand &o = s.rvalue.operands[0];
    if (o.kind == mir::OperandKind::RuntimeChecks)
      return runtimeCheck(tcx.sess, o.checks);
    return o.isConst() ? evalBits(tcx, i, o.constant()) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<BlockId> constantSuccessor(Ctx &tcx, const Instance &i, const mir::Body &body,
                                         const mir::BasicBlock &block) {
  const mir::Terminator &t = block.terminator;
  if (t.kind != mir::TerminatorKind::SwitchInt)
    return std::nullopt;
  std::optional<unsigned __int128> bits = switchBits(tcx, i, body, block);
  if (!bits)
    return std::nullopt;
  for (size_t k = 0; k < t.values.size(); ++k)
    if (layout::bitsOf(t.values[k]) == *bits)
      return t.targets[k];
  return t.targets.back();
}

std::vector<BlockId> reachableBlocks(Ctx &tcx, const Instance &i, const mir::Body &body) {
  struct Frame { BlockId block; llvm::SmallVector<BlockId, 4> next; size_t at = 0; };
  std::vector<Frame> stack;
  std::vector<bool> seen(body.blocks.size());
  std::vector<BlockId> order;
  auto enter = [&](BlockId b) {
    if (seen[b.raw])
      return;
    seen[b.raw] = true;
    Frame f{b, {}, 0};
    if (std::optional<BlockId> only = constantSuccessor(tcx, i, body, body.block(b)))
      f.next.push_back(*only);
    else
      mir::successors(body.block(b).terminator, f.next);
    stack.push_back(std::move(f));
  };
  enter(BlockId(0));
  while (!stack.empty()) {
    Frame &f = stack.back();
    if (f.at < f.next.size()) {
      enter(f.next[f.at++]);
      continue;
    }
    order.push_back(f.block);
    stack.pop_back();
  }
  std::reverse(order.begin(), order.end());
  return order;
}

} // namespace ferric::mono
