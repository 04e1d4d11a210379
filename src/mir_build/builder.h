// Builds the MIR of one body from its THIR (rustc-dev-guide, "MIR construction"; rustc_mir_build::builder). Functions
// that evaluate something take the current block by reference and leave in it where control goes on.
#pragma once
#include "mir_build/thir.h"

namespace ferric::mir_build {

using mir::BlockId; using mir::Body; using mir::Constant; using mir::Local; using mir::Operand; using mir::Place; using mir::ProjElem; using mir::ProjKind;
using mir::Rvalue; using mir::RvalueKind; using mir::ScopeId; using mir::SourceInfo; using mir::Statement; using mir::StatementKind; using mir::Terminator;
using mir::TerminatorKind;

// ---- scopes ----
enum class DropKind : uint8_t { Value, Storage };
struct DropData { SourceInfo source; Local local; DropKind kind{}; };
// Drops to do on the way out of scopes, as a tree with shared tails: node 0 is the target (rustc DropTree).
struct DropTree {
  struct Node { DropData data; uint32_t next; };
  std::vector<Node> nodes{{DropData{}, 0}};
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, uint32_t> existing; // (next, local)
  std::vector<std::pair<uint32_t, BlockId>> entries;                 // (node, block that leaves)
  uint32_t add(const DropData &d, uint32_t next);
};
struct Scope {
  RegionScope region;
  ScopeId source;
  llvm::SmallVector<DropData, 4> drops;
  llvm::SmallVector<Local, 2> moved;   // operands of the call at the end of this scope: not dropped
};
struct BreakableScope { RegionScope region; Place destination; DropTree breaks; bool hasContinue = false; DropTree continues; };
struct IfThenScope { RegionScope region; DropTree elseDrops; };

// ---- places under construction: a captured variable becomes a field of the closure once its projections are known ----
struct PlaceBuilder {
  bool isUpvar = false;
  Local local;
  HirId var;
  llvm::SmallVector<ProjElem, 4> proj;
  PlaceBuilder() = default;
  explicit PlaceBuilder(Local l) : local(l) {}
  explicit PlaceBuilder(const Place &p) : local(p.local), proj(p.proj.begin(), p.proj.end()) {}
  PlaceBuilder project(const ProjElem &e) const { PlaceBuilder r = *this; r.proj.push_back(e); return r; }
  PlaceBuilder deref() const { return project({ProjKind::Deref}); }
  PlaceBuilder field(uint32_t f, Ty t) const { return project({ProjKind::Field, false, f, 0, 0, t}); }
  PlaceBuilder downcast(uint32_t v) const { return project({ProjKind::Downcast, false, v}); }
};
struct Upvar { const ty::CapturedPlace *captured; Place use; Mutability mut{}; };

// ---- matches; see match.h for the tree ----
struct Binding { Span span; Place source; HirId var; ty::BindingMode mode{}; };
struct MatchTreeSubBranch { Span span; BlockId success, otherwise; llvm::SmallVector<Binding, 4> bindings; bool isNever = false; };
struct MatchTreeBranch { std::vector<MatchTreeSubBranch> subBranches; };
struct FakeBorrow { Place place; Local temp; MirBorrowKind kind{}; };
struct BuiltMatchTree { std::vector<MatchTreeBranch> branches; BlockId otherwise; std::vector<FakeBorrow> fakeBorrows; };

enum class Category : uint8_t { Place, Constant, Into, AsRvalue };
enum class NeedsTemp : uint8_t { No, Maybe };
enum class DeclareLets : uint8_t { Yes, No, NotPermitted };
enum class Guard : uint8_t { Outside, RefWithin };

class MatchBuilder;

class Builder {
public:
  Builder(Ctx &tcx, ThirBuilder &thir, const RegionScopes &regions, Body &body, bool checkOverflow);
  void buildFn(llvm::ArrayRef<hir::Param> params, llvm::ArrayRef<Ty> paramTys, const hir::Expr *value, Span end);
  void buildConst(const hir::Expr *value);
  void setUpvars(llvm::ArrayRef<ty::CapturedPlace> captures, Ty envTy);

  Ctx &tcx;
  ThirBuilder &thir;
  const RegionScopes &regions;
  Body &body;
  ty::ParamEnv env;
  bool checkOverflow;

  // ---- blocks ----
  BlockId newBlock() { return body.addBlock(); }
  // Where a block's next statement goes. Statements are large: to move them again and again would cost more than making them.
  std::vector<Statement> &statementsOf(BlockId b) {
    std::vector<Statement> &list = body.block(b).statements;
    if (!list.capacity())
      list.reserve(4);
    return list;
  }
  void push(BlockId b, Statement s) { statementsOf(b).push_back(std::move(s)); }
  void push(BlockId b, StatementKind kind, SourceInfo source, Place place);
  void assign(BlockId b, SourceInfo source, Place place, Rvalue rvalue);
  void assignUnit(BlockId b, SourceInfo source, Place place);
  Terminator &terminate(BlockId b, SourceInfo source, TerminatorKind kind, llvm::ArrayRef<BlockId> targets = {});
  void gotoBlock(BlockId from, SourceInfo source, BlockId to) { terminate(from, source, TerminatorKind::Goto, {to}); }
  void ifTerm(BlockId b, SourceInfo source, Operand cond, BlockId then, BlockId otherwise);
  Terminator &call(BlockId b, SourceInfo source, Operand fn, llvm::ArrayRef<Operand> args, Place dest, BlockId target);
  Local temp(Ty t, Span span);
  SourceInfo sourceInfo(Span s) const { return {s, sourceScope}; }
  ScopeId newSourceScope(Span span);
  Place unitTemp();
  Ty placeTy(const Place &p) const { return mir::placeTy(tcx, body, p).ty; }
  bool needsDrop(Ty t) const { return mir::needsDrop(tcx, env, t); }
  bool isCopy(Ty t) const { return mir::isCopy(tcx, env, t); }
  Operand consume(const Place &p) { return isCopy(placeTy(p)) ? Operand::copy(p) : Operand::move(p); }
  void unsupported(Span span, const llvm::Twine &what);

  // ---- scopes (scope.cpp) ----
  template <class F> void inScope(RegionScope s, BlockId &block, F &&f) {
    ScopeId saved = sourceScope;
    pushScope(s);
    f();
    popScope(s, block);
    sourceScope = saved;
  }
  void pushScope(RegionScope s) { scopes.push_back({s, sourceScope, {}, {}}); }
  void popScope(RegionScope s, BlockId &block);
  RegionScope localScope() const { return scopes.back().region; }
  // Runs f in a scope that `break` and `continue` may target; f returns whether it falls through (block is then its end).
  void inBreakableScope(BlockId loopBlock, const Place &dest, Span span, BlockId &block, llvm::function_ref<bool()> f);
  // Runs f, whose breakForElse calls lead to the returned block; `block`: where f ends.
  BlockId inIfThenScope(RegionScope s, Span span, llvm::function_ref<void()> f);
  void breakForElse(BlockId block, SourceInfo source);
  enum class BreakTarget : uint8_t { Break, Continue, Return };
  void breakScope(BlockId &block, Expr *value, BreakTarget kind, RegionScope target, SourceInfo source);
  void scheduleDrop(Span span, RegionScope s, Local local, DropKind kind);
  void recordMoved(llvm::ArrayRef<Operand> operands);
  void dropAndReplace(BlockId &block, Span span, Place place, Rvalue value);
  void clearMatchArmAndGuardScopes();
  // Where control goes when the terminator of `b` unwinds. Cleanup blocks are not built: every panic strategy in use aborts.
  mir::UnwindAction mayUnwind() const { return mir::UnwindAction::Continue; }

  // ---- expressions ----
  static Category category(ExprKind k);
  void exprInto(const Place &dest, BlockId &block, Expr *e);
  void stmtExpr(BlockId &block, Expr *e, RegionScope statement);
  void astBlock(const Place &dest, BlockId &block, Block *b, SourceInfo source);
  Place asPlace(BlockId &block, Expr *e) { return toPlace(asPlaceBuilder(block, e, Mutability::Mut), e->span); }
  Place asReadOnlyPlace(BlockId &block, Expr *e) { return toPlace(asPlaceBuilder(block, e, Mutability::Not), e->span); }
  PlaceBuilder asPlaceBuilder(BlockId &block, Expr *e, Mutability mut, std::vector<Local> *fakeBorrows = nullptr);
  Local asTemp(BlockId &block, RegionScope lifetime, Expr *e, Mutability mut);
  Operand asOperand(BlockId &block, RegionScope scope, Expr *e, NeedsTemp needs = NeedsTemp::Maybe);
  Operand asLocalOperand(BlockId &block, Expr *e) { return asOperand(block, localScope(), e); }
  Operand asCallOperand(BlockId &block, RegionScope scope, Expr *e);
  Rvalue asRvalue(BlockId &block, RegionScope scope, Expr *e);
  Rvalue asLocalRvalue(BlockId &block, Expr *e) { return asRvalue(block, localScope(), e); }
  Constant asConstant(Expr *e);
  Rvalue binaryOp(BlockId &block, BinOp op, Span span, Ty ty, Operand lhs, Operand rhs);
  BlockId assertTerm(BlockId block, Operand cond, bool expected, mir::AssertKind kind, BinOp op, llvm::ArrayRef<Operand> args, Span span);
  Operand lenOf(BlockId block, const Place &place, Span span, SourceInfo source);

  // ---- captured variables ----
  bool tryToPlace(const PlaceBuilder &p, Place &out) const;
  Place toPlace(const PlaceBuilder &p, Span span);
  bool resolveUpvar(PlaceBuilder &p) const; // true: it was one and is now a place of this body

  // ---- conditions, matches, bindings (match*.cpp) ----
  struct ThenElseArgs { RegionScope tempScope; SourceInfo variables; DeclareLets lets{}; };
  void thenElseBreak(BlockId &block, Expr *cond, const ThenElseArgs &args);
  void matchExpr(const Place &dest, BlockId &block, Expr *e);
  void letExpr(BlockId &block, Expr *init, Pat *pat, ScopeId *source, Span scopeSpan, DeclareLets lets);
  void exprIntoPattern(BlockId &block, Pat *pat, Expr *init);
  void placeIntoPattern(BlockId &block, Pat *pat, const PlaceBuilder &init);
  // Declares the variables of a pattern; `visibility`: scope they are visible in, made when needed. Returns it, or none.
  ScopeId declareBindings(ScopeId visibility, Span scopeSpan, Pat *pat, Expr *guard);
  Place storageLiveBinding(BlockId block, HirId var, Span span, Guard guard, bool scheduleDrops);
  void scheduleDropForBinding(HirId var, Span span, Guard guard);
  Local varLocal(HirId var, Guard guard) const;
  void forEachPrimaryBinding(Pat *p, llvm::function_ref<void(Pat *)> f);

  llvm::SmallVector<Scope, 8> scopes;
  ScopeId sourceScope{0};
  uint32_t argCount = 0;

private:
  friend class MatchBuilder;
  struct VarLocals { Local body, refForGuard; };
  BlockId buildExitTree(DropTree &drops, BlockId root);
  size_t scopeIndex(RegionScope s) const;
  uint32_t addDropsAbove(DropTree &tree, size_t scopeIndex);
  void blockStmts(const Place &dest, BlockId &block, Block *b);
  void letStmt(BlockId &block, Stmt &s, SourceInfo source);
  void letElse(const Place &dest, BlockId &block, Stmt &s, RegionScope lastRemainder, SourceInfo source);
  void ifInto(const Place &dest, BlockId &block, Expr *e);
  void logicalInto(const Place &dest, BlockId &block, Expr *e);
  void loopInto(const Place &dest, BlockId &block, Expr *e);
  void callInto(const Place &dest, BlockId &block, Expr *e);
  bool intrinsicInto(const Place &dest, BlockId &block, Expr *e);
  void adtInto(const Place &dest, BlockId &block, Expr *e);
  void asmInto(const Place &dest, BlockId &block, Expr *e);
  PlaceBuilder indexPlace(BlockId &block, Expr *e, Mutability mut, std::vector<Local> *fakeBorrows);
  void addFakeBorrows(const Place &base, BlockId block, std::vector<Local> &temps, Span span);
  Rvalue closureRvalue(BlockId &block, RegionScope scope, Expr *e);
  Operand captureByMut(BlockId &block, RegionScope scope, Expr *upvar);
  Rvalue castRvalue(BlockId &block, RegionScope scope, Expr *e);
  Rvalue zeroRepeat(BlockId &block, RegionScope scope, Expr *e);
  Rvalue unaryRvalue(BlockId &block, RegionScope scope, Expr *e);
  void argsAndBody(BlockId &block, llvm::ArrayRef<hir::Param> params, const hir::Expr *value, RegionScope argScope);
  void bindPattern(BlockId &block, SourceInfo outer, MatchTreeBranch &branch, const std::vector<FakeBorrow> &fakes, Span scrutineeSpan, Arm *arm, RegionScope matchScope);
  BlockId bindAndGuard(MatchTreeSubBranch &sub, const std::vector<FakeBorrow> &fakes, Span scrutineeSpan, Arm *arm, RegionScope matchScope, bool scheduleDrops);
  void bindForGuard(BlockId block, llvm::ArrayRef<Binding> bindings);
  void bindForArm(BlockId block, llvm::ArrayRef<Binding> bindings, bool scheduleDrops, bool byValueOnly);
  void declareGuardBindings(Expr *guard, Span scopeSpan, ScopeId visibility);
  bool isBoundInGuard(HirId var) const;
  void removeUninhabitedTargets();

  std::vector<BreakableScope> breakables_;
  IfThenScope *ifThen_ = nullptr;
  llvm::DenseMap<HirId, VarLocals> vars_;
  std::vector<llvm::SmallVector<HirId, 4>> guardContext_;
  std::vector<Upvar> upvars_;
  RegionScope fixedTempsScope_;
  llvm::DenseMap<Expr *, Local> fixedTemps_;
  Local unitTemp_;
};

} // namespace ferric::mir_build
