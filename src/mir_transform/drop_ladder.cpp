// Open drops are built from the end: each step is a block that drops one part and goes to the next, a ladder. Unwinding would need
// a second ladder of cleanup blocks beside it; with aborting panics there is none.
#include "mir_transform/drop_ladder.h"

namespace ferric::mir_transform {

using ty::TyKind;

Ty DropLadder::typeOf(const Place &p) const {
  PlaceTy t{p.local.raw < body.locals.size() ? body.local(p.local).ty : patch.localTy(p.local), -1};
  for (const ProjElem &e : p.proj)
    t = projectTy(tcx, t, e);
  return t.ty;
}

Terminator DropLadder::term(TerminatorKind kind, llvm::ArrayRef<BlockId> targets) const {
  Terminator t;
  t.kind = kind;
  t.source = source;
  t.targets.assign(targets.begin(), targets.end());
  return t;
}

Statement DropLadder::assign(Place p, Rvalue r) const {
  Statement s;
  s.kind = StatementKind::Assign;
  s.source = source;
  s.place = std::move(p);
  s.rvalue = std::move(r);
  return s;
}

BlockId DropLadder::newBlock(std::vector<Statement> statements, Terminator t) {
  BasicBlock b;
  b.statements = std::move(statements);
  b.terminator = std::move(t);
  b.hasTerminator = true;
  return patch.newBlock(std::move(b));
}

BlockId DropLadder::dropBlock(const Place &place, BlockId succ) {
  Terminator t = term(TerminatorKind::Drop, {succ});
  t.place = place;
  t.unwind = UnwindAction::Continue;
  return newBlock({}, std::move(t));
}

void DropLadder::elaborate(BlockId block, const Place &place, MovePathId path, BlockId succ) { elaborate(block, {place, path, succ}); }

void DropLadder::elaborate(BlockId block, const Drop &d) {
  switch (oracle.style(d.path, true)) {
  case DropStyle::Dead: patch.setTerminator(block, term(TerminatorKind::Goto, {d.succ})); return;
  case DropStyle::Static: {
    Terminator t = term(TerminatorKind::Drop, {d.succ});
    t.place = d.place;
    t.unwind = UnwindAction::Continue;
    patch.setTerminator(block, std::move(t));
    return;
  }
  case DropStyle::Conditional: patch.setTerminator(block, term(TerminatorKind::Goto, {completeDrop(d)})); return;
  case DropStyle::Open: patch.setTerminator(block, term(TerminatorKind::Goto, {openDrop(d)})); return;
  }
}

BlockId DropLadder::completeDrop(const Drop &d) { return flagTest(d.path, dropBlock(d.place, d.succ), d.succ); }

BlockId DropLadder::flagTest(MovePathId path, BlockId onSet, BlockId onUnset) {
  switch (oracle.style(path, false)) {
  case DropStyle::Dead: return onUnset;
  case DropStyle::Static: return onSet;
  case DropStyle::Conditional:
  case DropStyle::Open: break;
  }
  Operand flag;
  CHECK(oracle.dropFlag(path, flag), "conditional drop without a flag");
  Terminator t = term(TerminatorKind::SwitchInt, {onUnset, onSet});
  t.operand = std::move(flag);
  t.values.push_back({0, 0, 1});
  return newBlock({}, std::move(t));
}

BlockId DropLadder::flagReset(MovePathId path, bool deep, BlockId succ) {
  BlockId b = newBlock({}, term(TerminatorKind::Goto, {succ}));
  oracle.clearFlag(b, path, deep);
  return b;
}

// A part with a path of its own is elaborated; one without shares the fate of the whole.
BlockId DropLadder::dropSubpath(const Place &place, MovePathId path, MovePathId parent, BlockId succ) {
  if (!path.valid())
    return completeDrop({place, parent, succ});
  BlockId b = dropBlock(place, succ);
  elaborate(b, {place, path, succ});
  return b;
}

// Drops fields in order; `succ` follows the last.
BlockId DropLadder::ladder(llvm::SmallVectorImpl<Field> &fields, MovePathId parent, BlockId succ) {
  for (auto &[place, path] : llvm::reverse(fields))
    if (needsDrop(tcx, env, typeOf(place)))
      succ = dropSubpath(place, path, parent, succ);
  return succ;
}

BlockId DropLadder::openTuple(const Drop &d, llvm::ArrayRef<Ty> tys) {
  llvm::SmallVector<Field, 8> fields;
  for (uint32_t i = 0; i < tys.size(); ++i)
    fields.push_back({d.place.field(i, tys[i]), oracle.child(d.path, [&](const ProjElem &e) { return e.kind == ProjKind::Field && e.index == i; })});
  return ladder(fields, d.path, flagReset(d.path, false, d.succ));
}

void DropLadder::variantFields(const Place &base, MovePathId path, const VariantDef &v, GenericArgs args, llvm::SmallVectorImpl<Field> &out) {
  for (uint32_t i = 0; i < v.fields.size(); ++i) {
    MovePathId sub = oracle.child(path, [&](const ProjElem &e) { return e.kind == ProjKind::Field && e.index == i; });
    out.push_back({base.field(i, fieldTyNormalized(tcx, env, v.fields[i], args)), sub});
  }
}

BlockId DropLadder::openDrop(const Drop &d) {
  Ty t = typeOf(d.place);
  switch (t.kind()) {
  case TyKind::Closure: {
    llvm::SmallVector<Ty, 8> tys;
    closureUpvarTys(tcx, t, tys);
    return openTuple(d, tys);
  }
  case TyKind::Tuple: return openTuple(d, t.tuple());
  case TyKind::Adt: return openAdt(d, t);
  case TyKind::Array: return openArray(d, t);
  case TyKind::Slice: return sliceLoop(d, t.inner());
  default: return completeDrop(d); // dyn: through the vtable
  }
}

BlockId DropLadder::openAdt(const Drop &d, Ty ty) {
  const AdtDef *adt = ty.adt();
  if (adt->variants.empty())
    return newBlock({}, term(TerminatorKind::Unreachable, {}));
  BlockId contents = adt->isUnion() || adt->isManuallyDrop ? d.succ : openAdtContents(d, ty);
  if (!tcx.adtDestructor(adt->def).valid())
    return contents;
  BlockId call = destructorCall(d, contents);
  if (adt->isBox)
    call = openBoxContents(d, ty, call);
  return flagTest(d.path, call, contents);
}

BlockId DropLadder::openAdtContents(const Drop &d, Ty ty) {
  BlockId bottom = flagReset(d.path, false, d.succ);
  if (ty.adt()->isEnum())
    return openVariants(d, ty, bottom);
  llvm::SmallVector<Field, 8> fields;
  variantFields(d.place, d.path, ty.adt()->variants[0], ty.args(), fields);
  return ladder(fields, d.path, bottom);
}

BlockId DropLadder::openVariants(const Drop &d, Ty ty, BlockId succ) {
  const AdtDef *adt = ty.adt();
  llvm::SmallVector<ty::ScalarInt, 16> discrs, values;
  discriminants(tcx, *adt, discrs);
  llvm::SmallVector<BlockId, 16> blocks;
  bool otherwise = false, otherwiseDrops = false;
  for (uint32_t v = 0; v < adt->variants.size(); ++v) {
    MovePathId path = oracle.downcastChild(d.path, v);
    if (path.valid()) {
      llvm::SmallVector<Field, 8> fields;
      variantFields(d.place.downcast(v), path, adt->variants[v], ty.args(), fields);
      values.push_back(discrs[v]);
      blocks.push_back(ladder(fields, path, succ));
      continue;
    }
    otherwise = true;
    for (const FieldDef &f : adt->variants[v].fields)
      otherwiseDrops |= needsDrop(tcx, env, fieldTyNormalized(tcx, env, f, ty.args()));
  }
  if (!otherwise)
    values.pop_back();
  else
    blocks.push_back(otherwiseDrops ? dropBlock(d.place, succ) : newBlock({}, term(TerminatorKind::Goto, {succ})));
  Local discr = temp(reprDiscrTy(tcx, adt->repr));
  Rvalue read;
  read.kind = RvalueKind::Discriminant;
  read.place = d.place;
  Terminator t = term(TerminatorKind::SwitchInt, blocks);
  t.operand = Operand::move(Place(discr));
  t.values.assign(values.begin(), values.end());
  std::vector<Statement> statements;
  statements.push_back(assign(Place(discr), std::move(read)));
  return flagTest(d.path, newBlock(std::move(statements), std::move(t)), succ);
}

// Drop::drop(&mut place)
BlockId DropLadder::destructorCall(const Drop &d, BlockId succ) {
  Ty t = typeOf(d.place);
  Local ref = temp(tcx.mkRef(tcx.common.erased, t, Mutability::Mut)), unit = temp(tcx.common.unit);
  Rvalue borrow;
  borrow.kind = RvalueKind::Ref;
  borrow.borrow = MirBorrowKind::Mut;
  borrow.place = d.place;
  Terminator call = term(TerminatorKind::Call, {succ});
  DefId drop = traitMethod(tcx, tcx.crates.langItem("drop"), "drop");
  call.operand = Operand::ofConst(constFn(tcx, drop, {ty::GenericArg(t)}), source.span);
  call.args.push_back(Operand::move(Place(ref)));
  call.place = Place(unit);
  call.fnSpan = source.span;
  call.unwind = UnwindAction::Continue;
  std::vector<Statement> statements;
  statements.push_back(assign(Place(ref), std::move(borrow)));
  return newBlock(std::move(statements), std::move(call));
}

// What a box points to: *(box.0.0 as *const T)
BlockId DropLadder::openBoxContents(const Drop &d, Ty ty, BlockId succ) {
  Ty uniqueTy = fieldTyNormalized(tcx, env, ty.adt()->variants[0].fields[0], ty.args());
  Ty nonNullTy = fieldTyNormalized(tcx, env, uniqueTy.adt()->variants[0].fields[0], uniqueTy.args());
  Ty ptrTy = tcx.mkPtr(ty.args()[0].ty(), Mutability::Not);
  Local ptr = temp(ptrTy);
  Rvalue cast;
  cast.kind = RvalueKind::Cast;
  cast.cast = CastKind::Transmute;
  cast.ty = ptrTy;
  cast.operands.push_back(Operand::copy(d.place.field(0, uniqueTy).field(0, nonNullTy)));
  MovePathId inner = oracle.child(d.path, [](const ProjElem &e) { return e.kind == ProjKind::Deref; });
  BlockId drop = dropSubpath(Place(ptr).deref(), inner, d.path, succ);
  std::vector<Statement> statements;
  statements.push_back(assign(Place(ptr), std::move(cast)));
  return newBlock(std::move(statements), term(TerminatorKind::Goto, {drop}));
}

static Rvalue use(Operand o) {
  Rvalue r;
  r.operands.push_back(std::move(o));
  return r;
}

BlockId DropLadder::openArray(const Drop &d, Ty ty) {
  uint64_t size = 0;
  if (ty.len().tryBits(size) && size < 1u << 16) {
    // Runs of elements without paths of their own are dropped as slices of the array.
    llvm::SmallVector<Field, 8> fields;
    bool any = false;
    uint64_t start = 0;
    auto flush = [&](uint64_t end) {
      if (start < end)
        fields.push_back({d.place.project({ProjKind::Subslice, false, 0, start, end}), MovePathId()});
    };
    for (uint64_t i = 0; i < size; ++i) {
      MovePathId p = oracle.child(d.path, [&](const ProjElem &e) { return e.kind == ProjKind::ConstantIndex && e.offset == i; });
      if (!p.valid())
        continue;
      any = true;
      flush(i);
      fields.push_back({d.place.project({ProjKind::ConstantIndex, false, 0, i, size}), p});
      start = i + 1;
    }
    if (any) {
      flush(size);
      std::reverse(fields.begin(), fields.end()); // rustc drops what is left of an array from its end
      return ladder(fields, d.path, flagReset(d.path, false, d.succ));
    }
  }
  Local arrayPtr = temp(tcx.mkPtr(ty, Mutability::Mut));
  Ty slicePtrTy = tcx.mkPtr(tcx.mkSlice(ty.inner()), Mutability::Mut);
  Local slicePtr = temp(slicePtrTy);
  Rvalue addr;
  addr.kind = RvalueKind::RawPtr;
  addr.mut = Mutability::Mut;
  addr.place = d.place;
  Rvalue unsize;
  unsize.kind = RvalueKind::Cast;
  unsize.cast = CastKind::Unsize;
  unsize.ty = slicePtrTy;
  unsize.operands.push_back(Operand::move(Place(arrayPtr)));
  std::vector<Statement> statements;
  statements.push_back(assign(Place(arrayPtr), std::move(addr)));
  statements.push_back(assign(Place(slicePtr), std::move(unsize)));
  BlockId loop = sliceLoop({Place(slicePtr).deref(), d.path, d.succ}, ty.inner());
  return newBlock(std::move(statements), term(TerminatorKind::Goto, {loop}));
}

// cur = 0; while cur != len { ptr = &raw mut (*p)[cur]; cur += 1; drop(*ptr) }
BlockId DropLadder::sliceLoop(const Drop &d, Ty elem) {
  CHECK(d.place.proj.size() == 1, "slice to drop is behind one pointer");
  Local len = temp(tcx.common.usize), cur = temp(tcx.common.usize), ptr = temp(tcx.mkPtr(elem, Mutability::Mut)), done = temp(tcx.common.bool_);
  Rvalue addr;
  addr.kind = RvalueKind::RawPtr;
  addr.mut = Mutability::Mut;
  addr.place = d.place.index(cur);
  Rvalue next;
  next.kind = RvalueKind::BinaryOp;
  next.binOp = BinOp::Add;
  next.operands = {Operand::move(Place(cur)), Operand::ofConst(constUsize(tcx, 1))};
  std::vector<Statement> step;
  step.push_back(assign(Place(ptr), std::move(addr)));
  step.push_back(assign(Place(cur), std::move(next)));
  BlockId dropElem = newBlock(std::move(step), term(TerminatorKind::Unreachable, {}));
  Rvalue test;
  test.kind = RvalueKind::BinaryOp;
  test.binOp = BinOp::Eq;
  test.operands = {Operand::copy(Place(cur)), Operand::copy(Place(len))};
  Terminator branch = term(TerminatorKind::SwitchInt, {dropElem, d.succ});
  branch.operand = Operand::move(Place(done));
  branch.values.push_back({0, 0, 1});
  std::vector<Statement> head;
  head.push_back(assign(Place(done), std::move(test)));
  BlockId loop = newBlock(std::move(head), std::move(branch));
  Terminator drop = term(TerminatorKind::Drop, {loop});
  drop.place = Place(ptr).deref();
  drop.unwind = UnwindAction::Continue;
  patch.setTerminator(dropElem, std::move(drop));
  Rvalue length;
  length.kind = RvalueKind::UnaryOp;
  length.unOp = UnOp::PtrMetadata;
  length.operands.push_back(Operand::copy(Place(d.place.local)));
  std::vector<Statement> init;
  init.push_back(assign(Place(len), std::move(length)));
  init.push_back(assign(Place(cur), use(Operand::ofConst(constUsize(tcx, 0)))));
  BlockId start = newBlock(std::move(init), term(TerminatorKind::Goto, {loop}));
  return flagTest(d.path, flagReset(d.path, true, start), d.succ);
}

} // namespace ferric::mir_transform
