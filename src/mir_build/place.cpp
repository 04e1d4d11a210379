// Evaluation of an expression as a place (rustc_mir_build::builder::expr::as_place). In closures a captured variable stays
// symbolic until its projections tell which capture it is a part of.
#include "mir_build/builder.h"

namespace ferric::mir_build {

PlaceBuilder Builder::asPlaceBuilder(BlockId &block, Expr *e, Mutability mut, std::vector<Local> *fakeBorrows) {
  switch (e->kind) {
  case ExprKind::Scope: {
    PlaceBuilder r;
    inScope(e->scope, block, [&] { r = asPlaceBuilder(block, e->a, mut, fakeBorrows); });
    return r;
  }
  case ExprKind::Field: {
    PlaceBuilder base = asPlaceBuilder(block, e->a, mut, fakeBorrows);
    Ty baseTy = e->a->ty;
    if (baseTy.is(TyKind::Adt) && baseTy.adt()->isEnum())
      base = base.downcast(e->variant);
    return base.field(e->index, e->ty);
  }
  case ExprKind::Deref: return asPlaceBuilder(block, e->a, mut, fakeBorrows).deref();
  case ExprKind::Index: return indexPlace(block, e, mut, fakeBorrows);
  case ExprKind::UpvarRef: {
    PlaceBuilder r;
    r.isUpvar = true;
    r.var = e->var;
    return r;
  }
  case ExprKind::VarRef:
    if (isBoundInGuard(e->var))
      return PlaceBuilder(varLocal(e->var, Guard::RefWithin)).deref();
    return PlaceBuilder(varLocal(e->var, Guard::Outside));
  case ExprKind::PlaceUnwrapUnsafeBinder:
    return asPlaceBuilder(block, e->a, mut, fakeBorrows).project({ProjKind::UnwrapUnsafeBinder, false, 0, 0, 0, e->ty});
  case ExprKind::ValueUnwrapUnsafeBinder: {
    Local t = asTemp(block, regions.temporaryScope(e->a->temp), e->a, mut);
    return PlaceBuilder(t).project({ProjKind::UnwrapUnsafeBinder, false, 0, 0, 0, e->ty});
  }
  default: return PlaceBuilder(asTemp(block, regions.temporaryScope(e->temp), e, mut));
  }
}

PlaceBuilder Builder::indexPlace(BlockId &block, Expr *e, Mutability mut, std::vector<Local> *fakeBorrows) {
  std::vector<Local> own;
  bool outermost = !fakeBorrows;
  if (outermost)
    fakeBorrows = &own;
  SourceInfo source = sourceInfo(e->span);
  PlaceBuilder base = asPlaceBuilder(block, e->a, mut, fakeBorrows);
  Local index = asTemp(block, regions.temporaryScope(e->b->temp), e->b, Mutability::Not);
  Place basePlace = toPlace(base, e->span);
  Operand len = lenOf(block, basePlace, e->span, source);
  Local less = temp(tcx.common.bool_, e->span);
  Rvalue cmp;
  cmp.kind = RvalueKind::BinaryOp;
  cmp.binOp = BinOp::Lt;
  cmp.operands = {Operand::copy(Place(index)), len.toCopy()};
  assign(block, source, Place(less), std::move(cmp));
  block = assertTerm(block, Operand::move(Place(less)), true, mir::AssertKind::BoundsCheck, BinOp::Add, {len, Operand::copy(Place(index))}, e->span);
  return base.project({ProjKind::Index, false, index.raw});
}

Operand Builder::lenOf(BlockId block, const Place &place, Span span, SourceInfo source) {
  Ty t = placeTy(place);
  if (t.is(TyKind::Array)) {
    Constant c = mir::constOfTyConst(tcx, t.len(), tcx.common.usize);
    c.span = span;
    return Operand::ofConst(c, span);
  }
  CHECK(t.is(TyKind::Slice), "length of neither array nor slice");
  Operand ptr;
  Ty localTy = body.local(place.local).ty;
  bool copyable = localTy.is(TyKind::RawPtr) || (localTy.is(TyKind::Ref) && localTy.mut() == Mutability::Not);
  if (place.proj.size() == 1 && place.proj[0].kind == ProjKind::Deref && copyable) {
    ptr = Operand::copy(Place(place.local));
  } else {
    Local p = temp(tcx.mkPtr(t, Mutability::Not), span);
    Rvalue r;
    r.kind = RvalueKind::RawPtr;
    r.mut = Mutability::Not;
    r.place = place;
    assign(block, source, Place(p), std::move(r));
    ptr = Operand::move(Place(p));
  }
  Local len = temp(tcx.common.usize, span);
  Rvalue r;
  r.kind = RvalueKind::UnaryOp;
  r.unOp = mir::UnOp::PtrMetadata;
  r.operands.push_back(std::move(ptr));
  assign(block, source, Place(len), std::move(r));
  return Operand::move(Place(len));
}

// ---- captured variables ----
// Projections of a place as closure captures have them: derefs and fields, up to the first index.
static void captureProjections(llvm::ArrayRef<ProjElem> proj, llvm::SmallVectorImpl<ty::CaptureProj> &out) {
  uint32_t variant = 0;
  for (const ProjElem &e : proj) {
    switch (e.kind) {
    case ProjKind::Deref: out.push_back({ty::CaptureProjKind::Deref}); break;
    case ProjKind::Field: out.push_back({ty::CaptureProjKind::Field, e.index, variant}); break;
    case ProjKind::Downcast: variant = e.index; continue;
    case ProjKind::OpaqueCast: continue;
    default: return;
    }
    variant = 0;
  }
}

bool Builder::resolveUpvar(PlaceBuilder &p) const {
  if (!p.isUpvar)
    return false;
  llvm::SmallVector<ty::CaptureProj, 4> proj;
  captureProjections(p.proj, proj);
  for (const Upvar &u : upvars_) {
    llvm::ArrayRef<ty::CaptureProj> captured = u.captured->projections;
    if (u.captured->local != p.var || captured.size() > proj.size())
      continue;
    bool prefix = true;
    for (size_t i = 0; i < captured.size() && prefix; ++i)
      prefix = captured[i].kind == proj[i].kind &&
               (captured[i].kind == ty::CaptureProjKind::Deref || (captured[i].field == proj[i].field && captured[i].variant == proj[i].variant));
    if (!prefix)
      continue;
    // Skip the projections that the capture already made; a field of an enum has a downcast before it.
    size_t used = 0, at = 0;
    while (used < captured.size()) {
      ProjKind k = p.proj[at++].kind;
      if (k == ProjKind::Deref || k == ProjKind::Field)
        ++used;
    }
    PlaceBuilder r(u.use);
    r.proj.append(p.proj.begin() + at, p.proj.end());
    p = std::move(r);
    return true;
  }
  return false;
}

bool Builder::tryToPlace(const PlaceBuilder &p, Place &out) const {
  if (p.isUpvar) {
    PlaceBuilder r = p;
    return resolveUpvar(r) && tryToPlace(r, out);
  }
  out = Place(p.local);
  out.proj.append(p.proj.begin(), p.proj.end());
  return true;
}

Place Builder::toPlace(const PlaceBuilder &p, Span span) {
  Place r;
  if (tryToPlace(p, r))
    return r;
  unsupported(span, "use of a variable that the closure does not capture");
  return Place(mir::kReturnPlace);
}

bool Builder::isBoundInGuard(HirId var) const {
  return llvm::any_of(guardContext_, [&](const llvm::SmallVector<HirId, 4> &frame) { return llvm::is_contained(frame, var); });
}

} // namespace ferric::mir_build
