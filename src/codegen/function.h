// Lowering of one instance's MIR to LLVM IR (rustc_codegen_ssa::mir).
#pragma once
#include "codegen/context.h"
#include "mono/instance_body.h"

namespace ferric::codegen {

using mir::BlockId; using mir::Local;

// How a local lives: in SSA form where every use sees one definition, else in an alloca.
enum class LocalKind : uint8_t { Unused, Zst, Ssa, Memory };
// `variables`: see FramePlan.
std::vector<LocalKind> analyzeLocals(Ctx &tcx, const Instance &instance, const mir::Body &body, llvm::ArrayRef<BlockId> order,
                                     llvm::ArrayRef<TyLayout> layouts, std::vector<bool> &variables);

// By block: whether it is seldom run. `order`: the reachable blocks in reverse postorder.
std::vector<bool> findColdBlocks(Ctx &tcx, const mir::Body &body, llvm::ArrayRef<BlockId> order);

// How the body of one instance is lowered: the blocks that can be reached, in reverse postorder, and by local and by block what the
// analyses found. The same wherever the body is lowered.
struct FramePlan {
  std::vector<BlockId> order;
  llvm::SmallVector<TyLayout, 16> layouts;
  std::vector<LocalKind> kinds;
  std::vector<bool> cold;
  std::vector<BlockId> constantSuccessors; // of blocks that can only go on there
  std::vector<uint32_t> predecessors; // edges from reachable blocks
  std::vector<bool> loopHeads;        // reached from a block behind them in the order
  std::vector<bool> variables;        // locals in memory that are scalars, and read and assigned as a whole only
};
FramePlan planFrame(CodegenCx &cx, const Instance &instance, const mir::Body &body);

// A small function's body, ready to be lowered in the place of a call (inline.cpp).
struct InlineBody {
  const mir::Body *body = nullptr; // null: the function is called
  FramePlan plan;
  unsigned cost = 0;               // of what it and the functions inlined into it come to
};

enum class LocalRefKind : uint8_t { Pending, Operand, Place, UnsizedPlace };
// UnsizedPlace: `place` holds the wide pointer to the value.
struct LocalRef { LocalRefKind kind{}; Operand operand; Place place; };

// Where a call's result goes.
enum class DestKind : uint8_t { Nothing, Store, IndirectOperand, DirectOperand };
struct ReturnDest { DestKind kind{}; Place place; Local local; };

class FnCx {
public:
  FnCx(CodegenCx &cx, const Instance &instance, const mir::Body &body, llvm::Function *fn);
  // A frame within `caller`'s function that stands in the place of `call`.
  FnCx(FnCx &caller, const mir::Terminator &call, const Instance &instance, const mir::Body &body);
  void lower();

  CodegenCx &cx;
  Ctx &tcx;
  const Instance &instance;
  const mir::Body &body;
  const FnAbi &abi;
  llvm::Function *fn;
  llvm::IRBuilder<> b;

  // ---- types ----
  Ty mono(Ty t) { return mono::monoTy(tcx, instance, t); }
  TyLayout layoutOf(Ty t);         // of a concrete type; errors are reported
  Ty placeTy(const mir::Place &p) { return mono(mir::placeTy(tcx, body, p).ty); }
  Ty operandTy(const mir::Operand &o) { return mono(mir::operandTy(tcx, body, o)); }

  // ---- places (place.cpp) ----
  Place allocaFor(TyLayout l, const char *name = "");
  llvm::AllocaInst *allocaBytes(uint64_t size, uint64_t align, const char *name = "");
  Place place(const mir::Place &p);
  Place derefOperand(const Operand &pointer);
  Place projectField(const Place &p, size_t field);
  Place projectIndex(const Place &p, llvm::Value *index);
  Place projectDowncast(const Place &p, uint32_t variant);
  Place projectElem(Place base, const mir::ProjElem &e);
  llvm::Value *lengthOf(const Place &p);
  // Size and alignment of a value behind a pointer with this metadata.
  std::pair<llvm::Value *, llvm::Value *> sizeAndAlignOf(Ty t, llvm::Value *meta);
  void setDiscriminant(const Place &p, uint32_t variant);
  // The tag that marks a variant, none: it has none; `uninhabited` set: cannot exist.
  llvm::Constant *tagValue(TyLayout l, uint32_t variant, bool &uninhabited);

  // ---- operands (operand.cpp) ----
  Operand operand(const mir::Operand &o);
  Operand consume(const mir::Place &p);
  std::optional<Operand> consumeDirect(const mir::Place &p);
  Operand constant(const mir::Constant &c);
  Operand constValue(const mir::ConstValue &v, TyLayout l);
  Operand load(const Place &p);
  void store(const Operand &v, const Place &dest, bool isVolatile = false);
  void storeImmediate(llvm::Value *v, const Scalar &s, llvm::Value *ptr, uint64_t align, bool isVolatile = false);
  llvm::Value *loadScalar(const Scalar &s, llvm::Value *ptr, uint64_t align, bool isVolatile = false);
  llvm::Value *toImmediate(llvm::Value *v, const Scalar &s);   // memory form -> immediate (i8 -> i1)
  llvm::Value *fromImmediate(llvm::Value *v);                  // i1 -> i8
  Operand extractField(const Operand &v, size_t field);
  llvm::Value *discriminant(const Operand &v, Ty castTo);
  llvm::Value *packed(const Operand &v);                       // immediate, or a pair as a struct value
  Operand unpacked(llvm::Value *v, TyLayout l);
  // The value in memory: as it is, or spilled.
  Place spill(const Operand &v);
  void memcpyPlace(const Place &dest, const Place &src, bool isVolatile = false);
  llvm::Value *transmuteScalar(llvm::Value *v, const Scalar &from, const Scalar &to);

  // ---- rvalues (rvalue.cpp, cast.cpp, binop.cpp) ----
  void assign(const mir::Place &dest, const mir::Rvalue &r);
  void rvalueInto(const mir::Rvalue &r, const Place &dest);
  Operand rvalue(const mir::Rvalue &r);
  Operand aggregateOperand(const mir::Rvalue &r, TyLayout l);
  Operand cast(const mir::Rvalue &r);
  Operand transmute(const Operand &v, TyLayout to);
  void transmuteInto(const Operand &v, const Place &dest);
  std::pair<llvm::Value *, llvm::Value *> unsizePointer(llvm::Value *data, llvm::Value *oldMeta, Ty source, Ty target);
  void coerceUnsizedInto(const Operand &src, const Place &dest);
  llvm::Value *unsizeMetadata(Ty source, Ty target, llvm::Value *oldMeta);
  Operand binary(const mir::Rvalue &r);
  llvm::Value *scalarBinOp(mir::BinOp op, llvm::Value *l, llvm::Value *r, Ty lhsTy, Ty rhsTy);
  llvm::Value *widePtrBinOp(mir::BinOp op, const Operand &l, const Operand &r);
  llvm::Value *compare(mir::BinOp op, llvm::Value *l, llvm::Value *r, Ty t);
  llvm::Value *shift(mir::BinOp op, llvm::Value *l, llvm::Value *r, Ty lhsTy, bool unchecked);
  std::pair<llvm::Value *, llvm::Value *> overflowing(mir::BinOp op, llvm::Value *l, llvm::Value *r, Ty t);
  Operand unary(const mir::Rvalue &r);
  void repeat(const mir::Rvalue &r, const Place &dest);

  // ---- calls (call.cpp, terminator.cpp) ----
  void terminator(const mir::Terminator &t);
  void callTerminator(const mir::Terminator &t);
  // Lowers the callee here instead of calling it; false, and nothing done: it is to be called (inline.cpp).
  bool inlineCall(const mir::Terminator &t, const Instance &callee, const FnAbi &calleeAbi, bool rustCall);
  void dropTerminator(const mir::Terminator &t);
  void assertTerminator(const mir::Terminator &t);
  void switchTerminator(const mir::Terminator &t);
  // Goes on at the i-th target alone, the condition being known.
  void goToOnly(const mir::Terminator &t, size_t i);
  // None of the targets is reached: what is lowered does not come to its end.
  void goNowhere(const mir::Terminator &t);
  void weighSwitch(const mir::Terminator &t, llvm::SwitchInst &s);
  // A branch on an i1 to two of the targets; taken only seldom to a cold block.
  void branch(const mir::Terminator &t, llvm::Value *cond, size_t ifTrue, size_t ifFalse);
  void returnTerminator();
  void asmTerminator(const mir::Terminator &t);      // asm.cpp
  // Emits the call, an invoke when `t` says what happens on unwinding; goes on where it returns to.
  llvm::CallBase *emitCall(const mir::Terminator &t, const FnAbi &callee, llvm::Value *f, llvm::ArrayRef<llvm::Value *> args);
  // The same, then stores the result and branches to the target (or marks the end unreachable).
  void finishCall(const mir::Terminator &t, const FnAbi &callee, llvm::Value *f, llvm::ArrayRef<llvm::Value *> args, const ReturnDest &dest);
  bool isOutOfReach(const Instance &callee);
  void continueAt(const mir::Terminator &t);
  ReturnDest returnDest(const mir::Place &dest, const ArgAbi &ret, llvm::SmallVectorImpl<llvm::Value *> &args);
  void passArguments(const mir::Terminator &t, const Instance *callee, const FnAbi &abi, bool rustCall, llvm::SmallVectorImpl<llvm::Value *> &out,
                     llvm::Value *&virtualFn);
  Operand ownedArgument(const mir::Operand &o);
  llvm::Value *virtualReceiver(Operand v, uint32_t slot, llvm::SmallVectorImpl<llvm::Value *> &out);
  void storeCast(llvm::Value *v, const ArgAbi &a, const Place &dest);
  llvm::Value *loadCast(const ArgAbi &a, const Place &src);
  void passArgument(Operand v, const ArgAbi &abi, llvm::SmallVectorImpl<llvm::Value *> &out);
  void storeReturn(const ReturnDest &dest, const ArgAbi &ret, llvm::Value *value);
  void setDest(const mir::Place &dest, const Operand &v);
  Operand callerLocation(const mir::SourceInfo &source, Span span);
  // Calls a diverging lang item (panic_*) with a location behind the arguments if it is #[track_caller].
  void callLangItem(const char *name, llvm::ArrayRef<llvm::Value *> args, const mir::Terminator &t, Span span);
  void abort();
  void assume(llvm::Value *v);

  // ---- intrinsics (intrinsics*.cpp) ----
  // A foreign function that is named after an intrinsic of LLVM: called with values, whatever their size (llvm_intrinsic.cpp).
  void llvmIntrinsicCall(llvm::StringRef symbol, const mir::Terminator &t, TyLayout ret);
  // False: not known to code generation, a fallback body is to be called.
  bool intrinsicCall(const Instance &callee, const mir::Terminator &t, llvm::ArrayRef<Operand> args);

  llvm::BasicBlock *block(BlockId id);
  bool isCold(BlockId id) const { return plan_->cold[id.raw]; }
  llvm::BasicBlock *landingPad(BlockId cleanup);
  void goTo(BlockId id);
  llvm::BasicBlock *newBlock(const char *name) { return llvm::BasicBlock::Create(cx.llcx, name, fn); }
  std::vector<LocalRef> locals;
  Operand callerLocationArg;
  llvm::Value *returnPtr = nullptr;     // result by reference

private:
  // What the frames in one function have in common.
  struct Common {
    llvm::Instruction *allocaPoint = nullptr;
    llvm::AllocaInst *landingSlot = nullptr;
    llvm::BasicBlock *terminateBlock = nullptr;
  };
  void statement(const mir::Statement &s);
  void setUpLocals(const FramePlan &plan);
  void setUpArgs(const FramePlan &plan);
  void lowerBlocks(const FramePlan &plan);
  bool lowerReached(std::vector<bool> &lowered, bool &isExact);
  void lowerBlock(BlockId id);
  void leaveBlock(BlockId id);
  void setKnown(Local l, const Operand &v);
  Operand lowerInlined(const FramePlan &plan, llvm::ArrayRef<Operand> args, llvm::Value *result);
  LocalRef boundArgument(Operand v, TyLayout l, bool memory);
  void inlinedArguments(const mir::Terminator &t, const mir::Body &callee, bool rustCall, llvm::SmallVectorImpl<Operand> &out);
  llvm::BasicBlock *unwindTarget(const mir::Terminator &t);
  void storage(Local l, bool live);
  LocalRef argRef(const ArgAbi &a, unsigned &index, bool memory);
  LocalRef spreadArg(Local l, unsigned &abiIndex, unsigned &index);
  llvm::BasicBlock *terminateBlock();
  std::vector<llvm::BasicBlock *> blocks_;
  const FramePlan *plan_ = nullptr;
  // The edges that can still be taken to each block, fewer than the plan's when conditions turned out to be known.
  std::vector<uint32_t> edges_;
  std::optional<size_t> onlyTarget_; // of the terminator being lowered; ~0: it does not go on
  // Variables that hold a known constant where the lowering is, and by block where it begins, with the edges that say so.
  using Known = llvm::SmallVector<std::pair<Local, llvm::Constant *>, 2>;
  static constexpr size_t kMostKnown = 8;
  struct Entry { Known known; uint32_t edges = 0; };
  Known known_;
  llvm::DenseMap<BlockId, Entry> entries_;
  llvm::DenseMap<BlockId, llvm::BasicBlock *> pads_;
  Common own_;
  Common &common_ = own_;
  FnCx *caller_ = nullptr;              // inlined: the frame around this one, and the call there
  const mir::Terminator *call_ = nullptr;
  llvm::BasicBlock *returned_ = nullptr; // inlined: where the body returns, and with what
  Operand result_;
  llvm::SmallVector<llvm::Value *, 4> slots_; // inlined: memory of arguments
};

} // namespace ferric::codegen
