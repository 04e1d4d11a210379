// Evaluation of an expression into a place (rustc_mir_build::builder::expr::into). Control-flow expressions, calls and
// aggregates of named types are made here; the rest goes through rvalues or places.
#include "mir_build/builder.h"
#include "ty/codegen_attrs.h"

namespace ferric::mir_build {

void Builder::exprInto(const Place &dest, BlockId &block, Expr *e) {
  SourceInfo source = sourceInfo(e->span);
  switch (e->kind) {
  case ExprKind::Scope: inScope(e->scope, block, [&] { exprInto(dest, block, e->a); }); return;
  case ExprKind::Block: astBlock(dest, block, e->block, source); return;
  case ExprKind::Match: matchExpr(dest, block, e); return;
  case ExprKind::If: ifInto(dest, block, e); return;
  case ExprKind::NeverToAny: {
    bool isCall = e->a->kind == ExprKind::Call || e->a->kind == ExprKind::InlineAsm;
    asTemp(block, localScope(), e->a, Mutability::Mut);
    if (isCall) // has no target: what follows is unreachable already
      return;
    terminate(block, source, TerminatorKind::Unreachable);
    block = newBlock();
    return;
  }
  case ExprKind::LogicalOp: logicalInto(dest, block, e); return;
  case ExprKind::Loop: loopInto(dest, block, e); return;
  case ExprKind::Call: callInto(dest, block, e); return;
  case ExprKind::Use: exprInto(dest, block, e->a); return;
  case ExprKind::Borrow: {
    Rvalue r;
    r.kind = RvalueKind::Ref;
    r.borrow = e->borrow;
    r.place = e->borrow == MirBorrowKind::Shared ? asReadOnlyPlace(block, e->a) : asPlace(block, e->a);
    assign(block, source, dest, std::move(r));
    return;
  }
  case ExprKind::RawBorrow: {
    Rvalue r;
    r.kind = RvalueKind::RawPtr;
    r.mut = e->mut;
    r.place = e->mut == Mutability::Not ? asReadOnlyPlace(block, e->a) : asPlace(block, e->a);
    assign(block, source, dest, std::move(r));
    return;
  }
  case ExprKind::Adt: adtInto(dest, block, e); return;
  case ExprKind::InlineAsm: asmInto(dest, block, e); return;
  case ExprKind::Assign:
  case ExprKind::AssignOp:
    stmtExpr(block, e, RegionScope());
    assignUnit(block, source, dest);
    return;
  case ExprKind::Continue:
  case ExprKind::Break:
  case ExprKind::Return:
  case ExprKind::Become: stmtExpr(block, e, RegionScope()); return;
  case ExprKind::VarRef:
  case ExprKind::UpvarRef:
  case ExprKind::PlaceUnwrapUnsafeBinder:
  case ExprKind::ValueUnwrapUnsafeBinder:
  case ExprKind::Index:
  case ExprKind::Deref:
  case ExprKind::Field: {
    Place p = asPlace(block, e);
    Rvalue r;
    r.operands.push_back(consume(p));
    assign(block, source, dest, std::move(r));
    return;
  }
  case ExprKind::Let: unsupported(e->span, "`let` outside of a condition"); return;
  case ExprKind::ByUse:
  case ExprKind::Error: unsupported(e->span, "this expression"); return;
  case ExprKind::Unary:
  case ExprKind::Binary:
  case ExprKind::Cast:
  case ExprKind::PointerCoercion:
  case ExprKind::Repeat:
  case ExprKind::Array:
  case ExprKind::Tuple:
  case ExprKind::Closure:
  case ExprKind::ConstBlock:
  case ExprKind::Literal:
  case ExprKind::NamedConst:
  case ExprKind::Scalar:
  case ExprKind::Zst:
  case ExprKind::ConstParam:
  case ExprKind::ThreadLocalRef:
  case ExprKind::StaticRef:
  case ExprKind::WrapUnsafeBinder: {
    Rvalue r = asLocalRvalue(block, e);
    assign(block, source, dest, std::move(r));
    return;
  }
  }
}

static bool isLet(const Expr *e) {
  while (e->kind == ExprKind::Scope)
    e = e->a;
  return e->kind == ExprKind::Let;
}

void Builder::ifInto(const Place &dest, BlockId &block, Expr *e) {
  RegionScope conditionScope = localScope();
  SourceInfo source = sourceInfo(e->span);
  BlockId then = block, otherwise;
  inScope(e->scope, then, [&] {
    if (isLet(e->a))
      sourceScope = newSourceScope(e->b->span);
    SourceInfo variables = sourceInfo(e->b->span);
    otherwise = inIfThenScope(conditionScope, e->b->span, [&] {
      thenElseBreak(then, e->a, {conditionScope, variables, DeclareLets::Yes});
      exprInto(dest, then, e->b);
    });
  });
  if (e->c)
    exprInto(dest, otherwise, e->c);
  else
    assignUnit(otherwise, sourceInfo(e->span.shrinkToHi()), dest);
  BlockId join = newBlock();
  gotoBlock(then, source, join);
  gotoBlock(otherwise, source, join);
  block = join;
}

void Builder::logicalInto(const Place &dest, BlockId &block, Expr *e) {
  RegionScope scope = localScope();
  SourceInfo source = sourceInfo(e->span);
  BlockId then = block;
  BlockId otherwise = inIfThenScope(scope, e->span, [&] { thenElseBreak(then, e->a, {scope, source, DeclareLets::NotPermitted}); });
  bool isOr = e->flag;
  BlockId shortCircuit = isOr ? then : otherwise, rest = isOr ? otherwise : then;
  Rvalue r;
  r.operands.push_back(Operand::ofConst(mir::constBool(tcx, isOr), e->span));
  assign(shortCircuit, source, dest, std::move(r));
  exprInto(dest, rest, e->b);
  BlockId target = newBlock();
  gotoBlock(rest, source, target);
  gotoBlock(shortCircuit, source, target);
  block = target;
}

void Builder::loopInto(const Place &dest, BlockId &block, Expr *e) {
  SourceInfo source = sourceInfo(e->span);
  BlockId head = newBlock();
  gotoBlock(block, source, head);
  inBreakableScope(head, dest, e->span, block, [&] {
    BlockId bodyBlock = newBlock();
    terminate(head, source, TerminatorKind::FalseUnwind, {bodyBlock});
    exprInto(unitTemp(), bodyBlock, e->a);
    gotoBlock(bodyBlock, source, head);
    return false;
  });
}

// `write_via_move(ptr, value)` evaluates the value right into `*ptr`; `write_box_via_move(b, value)` into what the
// MaybeUninit that the box `b` holds keeps, and results in the box.
bool Builder::intrinsicInto(const Place &dest, BlockId &block, Expr *e) {
  Expr *callee = e->a;
  if (!callee->ty.is(TyKind::FnDef) || e->list.size() != 2)
    return false;
  DefId def = callee->ty.def();
  bool box = tcx.sess.str(tcx.crates.name(def)) == "write_box_via_move";
  if (!(box || tcx.crates.name(def) == sym::write_via_move) || !tcx.codegenAttrs(def)->isIntrinsic)
    return false;
  asLocalOperand(block, callee);
  Operand ptr = asLocalOperand(block, e->list[0]);
  CHECK(ptr.isPlace(), "written through a constant");
  Place target = ptr.place.deref();
  if (box) { // MaybeUninit's field 1, in it ManuallyDrop's 0, in it MaybeDangling's 0
    Ty t = e->list[0]->ty.args()[0].ty();
    for (uint32_t field : {1u, 0u, 0u}) {
      t = mir::fieldTyNormalized(tcx, env, t.adt()->variants[0].fields[field], t.args());
      target = target.field(field, t);
    }
  }
  exprInto(target, block, e->list[1]);
  if (box) {
    Rvalue use;
    use.operands.push_back(Operand::move(ptr.place));
    assign(block, sourceInfo(e->span), dest, std::move(use));
  }
  return true;
}

void Builder::callInto(const Place &dest, BlockId &block, Expr *e) {
  if (intrinsicInto(dest, block, e))
    return;
  SourceInfo source = sourceInfo(e->span);
  Operand fn = asLocalOperand(block, e->a);
  llvm::SmallVector<Operand, 4> args;
  for (Expr *a : e->list)
    args.push_back(asCallOperand(block, localScope(), a));
  BlockId success = newBlock();
  recordMoved(args);
  Terminator &t = call(block, source, std::move(fn), args, dest, success);
  t.fnSpan = e->fnSpan;
  t.fromOverloadedOp = !e->flag;
  block = success;
}

void Builder::adtInto(const Place &dest, BlockId &block, Expr *e) {
  RegionScope scope = localScope();
  const ty::VariantDef &variant = e->adt->variants[e->variant];
  llvm::SmallVector<Operand, 8> given(variant.fields.size());
  llvm::SmallVector<bool, 8> has(variant.fields.size());
  for (size_t i = 0; i < e->list.size(); ++i) {
    given[e->fields[i]] = asOperand(block, scope, e->list[i]);
    has[e->fields[i]] = true;
  }
  Rvalue r;
  r.kind = RvalueKind::Aggregate;
  r.aggregate = mir::AggregateKind::Adt;
  r.def = e->adt->def;
  r.args = e->args;
  r.variant = e->variant;
  if (e->adt->isUnion())
    r.activeField = int(e->fields[0]);
  if (e->a) {
    PlaceBuilder base = asPlaceBuilder(block, e->a, Mutability::Mut);
    for (uint32_t i = 0; i < variant.fields.size(); ++i) {
      if (!has[i]) {
        Ty t = i < e->fruTys.size() ? e->fruTys[i] : mir::fieldTyNormalized(tcx, env, variant.fields[i], e->args);
        given[i] = consume(toPlace(base.field(i, t), e->span));
      }
      r.operands.push_back(std::move(given[i]));
    }
  } else {
    for (uint32_t i = 0; i < variant.fields.size(); ++i)
      if (has[i])
        r.operands.push_back(std::move(given[i]));
  }
  assign(block, sourceInfo(e->span), dest, std::move(r));
}

void Builder::asmInto(const Place &dest, BlockId &block, Expr *e) {
  const hir::InlineAsm &h = *e->asmInfo;
  SourceInfo source = sourceInfo(e->span);
  BlockId after = newBlock();
  bool naked = h.asmKind == ast::AsmKind::NakedAsm;
  bool diverges = naked || (h.options & ast::kAsmNoreturn);
  mir::InlineAsmData data;
  data.pieces = h.pieces;
  data.clobberAbis = h.clobberAbis;
  data.options = h.options;
  data.lineSpans = h.lineSpans;
  data.naked = naked;
  llvm::SmallVector<BlockId, 2> targets;
  if (!diverges)
    targets.push_back(after);
  for (const AsmOperand &o : e->asmOperands) {
    mir::AsmOperand out;
    out.kind = o.hir->kind;
    out.late = o.hir->late;
    out.explicitReg = o.hir->explicitReg;
    out.reg = o.hir->reg;
    switch (o.hir->kind) {
    case ast::AsmOperandKind::In: out.in = asLocalOperand(block, o.in); break;
    case ast::AsmOperandKind::Out:
      out.hasOut = o.out;
      if (o.out)
        out.out = asPlace(block, o.out);
      break;
    case ast::AsmOperandKind::InOut:
      out.hasOut = true;
      out.out = asPlace(block, o.in ? o.in : o.out);
      out.in = Operand::copy(out.out);
      break;
    case ast::AsmOperandKind::SplitInOut:
      out.in = asLocalOperand(block, o.in);
      out.hasOut = o.out;
      if (o.out)
        out.out = asPlace(block, o.out);
      break;
    case ast::AsmOperandKind::Const:
      out.constant = o.constant;
      out.constTy = o.constant.ty;
      break;
    case ast::AsmOperandKind::Sym:
      out.constant = o.constant;
      out.symStatic = o.symStatic;
      break;
    case ast::AsmOperandKind::Label: {
      BlockId label = newBlock();
      out.label = label;
      targets.push_back(label);
      astBlock(unitTemp(), label, o.label, source);
      gotoBlock(label, source, after);
      break;
    }
    }
    data.operands.push_back(std::move(out));
  }
  if (!e->ty.isNever())
    assignUnit(block, source, dest);
  Terminator &t = terminate(block, source, TerminatorKind::InlineAsm, targets);
  t.hasFallthrough = !diverges;
  t.unwind = h.options & ast::kAsmMayUnwind ? mayUnwind() : mir::UnwindAction::Unreachable;
  t.asmData = std::make_unique<mir::InlineAsmData>(std::move(data));
  block = after;
}

} // namespace ferric::mir_build
