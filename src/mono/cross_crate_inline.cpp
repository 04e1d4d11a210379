// rustc asks this of optimised MIR: a function with no call or unwinding left and at most a hundred statements,
// assertions among them, is emitted where it is used only, which spares its own crate's object the code that nothing
// uses. Its MIR inliner decides what is left; here no MIR is inlined, and the cost of a body after inlining is computed
// instead: what a small callee costs is added in the place of the call.
#include "mono/cross_crate_inline.h"
#include "layout/layout.h"
#include "mir/visit.h"
#include "traits/instance.h"
#include "traits/type_info.h"
#include "ty/codegen_attrs.h"
#include "ty/fold.h"

namespace ferric::mono {

using mir::BlockId;
using mir::StatementKind;
using mir::TerminatorKind;
using ty::InlineAttr;
using ty::InstanceKind;
using ty::TyKind;

// rustc's -Zcross-crate-inline-threshold, and what its inliner takes of functions that are marked or inlined across
// crates anyway (cost_checker).
static constexpr unsigned kMostStatements = 100;
static constexpr int kMostInlined = 100, kFewBlocksBonus = 25, kInstruction = 5, kLargeSwitch = 20, kCall = 25;
static constexpr unsigned kFewBlocks = 3;
static constexpr unsigned kMostDepth = 16;

bool isGeneric(Ctx &tcx, DefId def) {
  for (const ty::Generics *g = tcx.genericsOf(def); g; g = g->parent)
    for (const ty::GenericParamDef &p : g->own)
      if (p.kind != ty::GenericParamKind::Lifetime)
        return true;
  return false;
}

bool isForeign(Ctx &tcx, DefId def) {
  DefId parent = tcx.parent(def);
  return parent.valid() && tcx.defKind(parent) == DefKind::ForeignMod;
}

bool isLibrary(const Options &options) { return options.makes(CrateType::Rlib) || options.makes(CrateType::Dylib); }

Instance onlyInstance(Ctx &tcx, DefId def) {
  return {InstanceKind::Item, def, ty::eraseRegions(tcx, tcx.identityArgs(def)), {}, 0};
}

static bool isMarked(InlineAttr a) {
  return a == InlineAttr::Hint || a == InlineAttr::Always || a == InlineAttr::Force;
}

// Not all back ends know `f16` and `f128`: of functions that take or return them no code is made that is not used.
static bool takesUnusualFloat(Ctx &tcx, DefId def) {
  ty::FnSig sig = tcx.fnSig(def).value;
  return llvm::any_of(sig.inputsAndOutput, [](Ty t) {
    return t.is(TyKind::Float) && (t.floatTy() == ty::FloatTy::F16 || t.floatTy() == ty::FloatTy::F128);
  });
}

CrossCrateInline::CrossCrateInline(Ctx &tcx) : tcx_(tcx) {
  const Crate &crate = tcx.crates[kLocalCrate];
  keepsChecks_ = Crates::findAttr(crate.ast, crate.attrs, tcx.sess.symbols.intern("rustc_preserve_ub_checks"));
}

bool CrossCrateInline::contains(DefId def) {
  auto [it, isNew] = known_.try_emplace(def, false);
  if (!isNew)
    return it->second;
  const ty::CodegenAttrs *attrs = tcx_.codegenAttrs(def);
  if (attrs && (isMarked(attrs->inlining) || attrs->isIntrinsic))
    return it->second = true;
  if (!(attrs && attrs->inlining == InlineAttr::Never) && takesUnusualFloat(tcx_, def))
    return it->second = true;
  if (tcx_.sess.options.opt == OptLevel::O0 || (attrs && (attrs->inlining == InlineAttr::Never || attrs->naked)))
    return false;
  Cost cost = costOf(onlyInstance(tcx_, def));
  return it->second = cost.isLeaf && cost.statements <= kMostStatements;
}

// ---- one body ----

class CrossCrateInline::Measure {
public:
  Measure(CrossCrateInline &all, const Instance &i, const mir::Body &body)
      : all_(all), tcx_(all.tcx_), i_(i), body_(body) {}
  Cost run();

private:
  bool addTerminator(const mir::BasicBlock &block);
  bool addCall(const mir::Terminator &t);
  bool addAssert(const mir::Terminator &t);
  void addStatement(const mir::Statement &s);
  void addResult(std::optional<unsigned __int128> value);
  std::optional<unsigned __int128> valueOf(const mir::Operand &o);
  std::optional<BlockId> onlySuccessor(const mir::BasicBlock &block);
  bool isPropagated(const mir::Statement &s);
  bool isOpenInGenericBody(const mir::Terminator &t);
  bool isAssignedOnce(mir::Local l);

  CrossCrateInline &all_;
  Ctx &tcx_;
  const Instance &i_;
  const mir::Body &body_;
  Cost cost_{.isLeaf = true};
  bool hasResult_ = false;
  llvm::DenseMap<uint32_t, unsigned __int128> known_; // locals that hold what a callee always returns
  std::vector<unsigned> writes_;                      // by local, once asked for
};

// Over the blocks that an optimiser finds reachable; cleanup blocks are none, for whatever could unwind is no leaf. A
// block that only one other leads to, and that one nowhere else, is a part of it.
CrossCrateInline::Cost CrossCrateInline::Measure::run() {
  std::vector<BlockId> order{BlockId(0)};
  std::vector<unsigned> edges(body_.blocks.size()); // two for one from a block that leads elsewhere too
  edges[0] = 2;
  for (size_t at = 0; at < order.size(); ++at) {
    const mir::BasicBlock &block = body_.block(order[at]);
    for (const mir::Statement &s : block.statements)
      addStatement(s);
    if (!addTerminator(block) || cost_.statements > kMostStatements)
      return {};
    llvm::SmallVector<BlockId, 4> next(block.terminator.targets.begin(), block.terminator.targets.end());
    if (std::optional<BlockId> only = onlySuccessor(block))
      next.assign(1, *only);
    bool isSplit = next.size() > 1 || block.terminator.kind == TerminatorKind::Assert;
    for (BlockId b : next) {
      if (edges[b.raw] == 0)
        order.push_back(b);
      edges[b.raw] += isSplit ? 2 : 1;
    }
  }
  for (BlockId b : order) {
    const mir::Terminator &t = body_.block(b).terminator;
    cost_.blocks += edges[b.raw] > 1;
    cost_.statements += t.kind == TerminatorKind::Goto && edges[t.targets[0].raw] > 1;
  }
  return cost_;
}

void CrossCrateInline::Measure::addStatement(const mir::Statement &s) {
  switch (s.kind) {
  case StatementKind::StorageLive:
  case StatementKind::StorageDead:
  case StatementKind::Nop:
    return;
  case StatementKind::Assign:
    if (s.place.local == mir::kReturnPlace)
      addResult(s.rvalue.kind == mir::RvalueKind::Use && s.place.isLocal() ? valueOf(s.rvalue.operands[0])
                                                                           : std::nullopt);
    if (isPropagated(s))
      return;
    cost_.instructions += kInstruction;
    break;
  case StatementKind::Assume:
    cost_.instructions += kInstruction;
    break;
  case StatementKind::CopyNonOverlapping:
    cost_.instructions += kCall;
    break;
  default:
    break;
  }
  ++cost_.statements;
}

// Copies between locals, which reborrowing is too, and constants that a local holds all along, are taken away by MIR
// optimisations.
bool CrossCrateInline::Measure::isPropagated(const mir::Statement &s) {
  if (!s.place.isLocal())
    return false;
  if (s.rvalue.kind == mir::RvalueKind::Ref || s.rvalue.kind == mir::RvalueKind::RawPtr) {
    const mir::Place &of = s.rvalue.place;
    return of.proj.size() == 1 && of.hasDerefFirst() &&
           body_.local(of.local).ty == mir::rvalueTy(tcx_, body_, s.rvalue);
  }
  if (s.rvalue.kind != mir::RvalueKind::Use)
    return false;
  const mir::Operand &from = s.rvalue.operands[0];
  bool isPlace = from.kind == mir::OperandKind::Copy || from.kind == mir::OperandKind::Move;
  return isPlace ? from.place.isLocal() : s.place.local != mir::kReturnPlace && isAssignedOnce(s.place.local);
}

void CrossCrateInline::Measure::addResult(std::optional<unsigned __int128> value) {
  if (std::exchange(hasResult_, true) && cost_.result != value)
    cost_.result = std::nullopt;
  else
    cost_.result = value;
}

std::optional<unsigned __int128> CrossCrateInline::Measure::valueOf(const mir::Operand &o) {
  if (o.kind == mir::OperandKind::RuntimeChecks)
    return all_.keepsChecks_ ? std::nullopt : std::optional<unsigned __int128>(runtimeCheck(tcx_.sess, o.checks));
  if (o.isConst())
    return monoTy(tcx_, i_, o.constant().ty).is(TyKind::Bool) ? evalBits(tcx_, i_, o.constant()) : std::nullopt;
  auto it = o.place.isLocal() ? known_.find(o.place.local.raw) : known_.end();
  return it == known_.end() ? std::nullopt : std::optional(it->second);
}

std::optional<BlockId> CrossCrateInline::Measure::onlySuccessor(const mir::BasicBlock &block) {
  const mir::Terminator &t = block.terminator;
  if (t.kind != TerminatorKind::SwitchInt)
    return std::nullopt;
  std::optional<unsigned __int128> value = valueOf(t.operand);
  bool isOpen = all_.keepsChecks_ && t.operand.kind == mir::OperandKind::RuntimeChecks;
  if (!value)
    return isOpen ? std::nullopt : constantSuccessor(tcx_, i_, body_, block);
  for (size_t k = 0; k < t.values.size(); ++k)
    if (layout::bitsOf(t.values[k]) == *value)
      return t.targets[k];
  return t.targets.back();
}

// False: the body is no leaf.
bool CrossCrateInline::Measure::addTerminator(const mir::BasicBlock &block) {
  const mir::Terminator &t = block.terminator;
  switch (t.kind) {
  case TerminatorKind::Call:
    return addCall(t);
  case TerminatorKind::Drop:
    return !traits::needsDrop(tcx_, {}, monoTy(tcx_, i_, mir::placeTy(tcx_, body_, t.place).ty));
  case TerminatorKind::Assert:
    return addAssert(t);
  case TerminatorKind::TailCall:
    return false;
  case TerminatorKind::Goto:
    return true; // counted once it is known whether the blocks are merged
  case TerminatorKind::SwitchInt:
    if (!onlySuccessor(block)) {
      ++cost_.statements;
      cost_.instructions += t.targets.size() > 3 ? kLargeSwitch : kInstruction;
    }
    return true;
  case TerminatorKind::Unreachable:
    cost_.instructions -= kInstruction;
    break;
  case TerminatorKind::InlineAsm:
    cost_.instructions += kInstruction;
    break;
  default:
    break;
  }
  ++cost_.statements;
  return true;
}

// An assertion is no more than a statement where nothing has to be dropped when it fails.
bool CrossCrateInline::Measure::addAssert(const mir::Terminator &t) {
  ++cost_.statements;
  ++cost_.calls;
  return t.unwind != mir::UnwindAction::Cleanup || tcx_.sess.options.panic != PanicStrategy::Unwind;
}

bool CrossCrateInline::Measure::addCall(const mir::Terminator &t) {
  Ty callee = monoTy(tcx_, i_, mir::operandTy(tcx_, body_, t.operand));
  if (!callee.is(TyKind::FnDef))
    return false;
  if (t.place.local == mir::kReturnPlace)
    addResult(std::nullopt);
  std::optional<Instance> target = traits::resolveInstance(tcx_, callee.def(), callee.args());
  if (!target)
    return false;
  if (target->kind == InstanceKind::Intrinsic || tcx_.defKind(target->def) == DefKind::Ctor) {
    ++cost_.statements;
    cost_.instructions += kInstruction;
    return true;
  }
  if (target->kind != InstanceKind::Item || isForeign(tcx_, target->def))
    return false;
  Cost inner = all_.costOf(*target);
  if (!all_.isInlined(*target, inner))
    return false;
  cost_.statements += inner.statements;
  if (isOpenInGenericBody(t)) {
    ++cost_.calls;
    ++cost_.blocks;
  } else {
    cost_.instructions += inner.instructions;
    cost_.calls += inner.calls;
    cost_.blocks += inner.blocks - 1;
  }
  if (inner.result && t.place.isLocal() && t.place.local != mir::kReturnPlace && isAssignedOnce(t.place.local))
    known_[t.place.local.raw] = *inner.result;
  return true;
}

// A method of a trait of which the instance alone tells the implementation.
bool CrossCrateInline::Measure::isOpenInGenericBody(const mir::Terminator &t) {
  Ty callee = mir::operandTy(tcx_, body_, t.operand);
  return callee.has(ty::kHasParam | ty::kHasAlias) && tcx_.defKind(tcx_.parent(callee.def())) == DefKind::Trait;
}

bool CrossCrateInline::Measure::isAssignedOnce(mir::Local l) {
  struct Counter : mir::Visitor {
    explicit Counter(std::vector<unsigned> &writes) : writes(writes) {}
    void visitLocal(mir::Local &l, mir::PlaceContext c, mir::Location) override {
      writes[l.raw] += mir::isDef(c) || c == mir::PlaceContext::MutBorrow || c == mir::PlaceContext::RawMut;
    }
    std::vector<unsigned> &writes;
  };
  if (writes_.empty()) {
    writes_.resize(body_.locals.size());
    Counter(writes_).visit(body_);
  }
  return writes_[l.raw] == 1;
}

CrossCrateInline::Cost CrossCrateInline::costOf(const Instance &i) {
  auto [it, isNew] = costs_.try_emplace(i); // what is met again while it is measured is a recursive call: no leaf
  if (!isNew || depth_ == kMostDepth)
    return it->second;
  const mir::Body *body = bodyOf(tcx_, i);
  if (!body || body->tainted)
    return {};
  ++depth_;
  Cost cost = Measure(*this, i, *body).run();
  --depth_;
  return costs_[i] = cost;
}

// rustc_mir_transform::inline, which runs from -Copt-level=2 on, not for size: what is generic or inlined across crates
// and cheap enough. The only call or assertion of a body is free.
bool CrossCrateInline::isInlined(const Instance &callee, const Cost &cost) {
  if (!cost.isLeaf || tcx_.crates.hasAttr(callee.def, tcx_.sess.symbols.intern("rustc_no_mir_inline")))
    return false;
  const ty::CodegenAttrs *attrs = tcx_.codegenAttrs(callee.def);
  InlineAttr inlining = attrs ? attrs->inlining : InlineAttr::None;
  if (inlining == InlineAttr::Never || inlining == InlineAttr::Force)
    return inlining == InlineAttr::Force;
  OptLevel opt = tcx_.sess.options.opt;
  int forCalls = cost.calls == 1 ? 0 : int(cost.calls) * kCall;
  int most = kMostInlined + (cost.blocks <= kFewBlocks ? kFewBlocksBonus : 0);
  return (opt == OptLevel::O2 || opt == OptLevel::O3) && cost.instructions + forCalls <= most;
}

} // namespace ferric::mono
