// Tests: which one a candidate needs, what its outcome tells about another candidate, and the code that performs it
// (rustc_mir_build::builder::matches::{test, buckets}).
#include "mir/alloc.h"
#include "mir_build/match.h"

namespace ferric::mir_build {

std::optional<bool> rangeContains(const PatRange &r, const ScalarInt &v) {
  if (r.hasLo) {
    int c = compareScalars(r.ty, r.lo, v);
    if (c == 2)
      return std::nullopt;
    if (c > 0)
      return false;
  }
  if (!r.hasHi)
    return true;
  int c = compareScalars(r.ty, v, r.hi);
  if (c == 2)
    return std::nullopt;
  return c < 0 || (c == 0 && r.inclusive);
}

// a.lo <= b.hi and b.lo <= a.hi, strictly where the end is exclusive.
std::optional<bool> rangesOverlap(const PatRange &a, const PatRange &b) {
  auto below = [](const PatRange &lo, const PatRange &hi) -> std::optional<bool> {
    if (!lo.hasLo || !hi.hasHi)
      return true;
    int c = compareScalars(lo.ty, lo.lo, hi.hi);
    if (c == 2)
      return std::nullopt;
    return c < 0 || (c == 0 && hi.inclusive);
  };
  std::optional<bool> x = below(a, b), y = below(b, a);
  if (!x || !y)
    return std::nullopt;
  return *x && *y;
}

Test MatchBuilder::pickTest(const MatchPair &p) {
  Test t;
  t.span = p.span;
  switch (p.kind) {
  case CaseKind::Variant:
    t.kind = TestKind::Switch;
    t.adt = p.adt;
    break;
  case CaseKind::Constant:
    t.kind = p.constKind == PatConstKind::Bool        ? TestKind::If
             : p.constKind == PatConstKind::IntOrChar ? TestKind::SwitchInt
             : p.constKind == PatConstKind::String    ? TestKind::StringEq
                                                      : TestKind::ScalarEq;
    t.value = p.value;
    break;
  case CaseKind::Range:
    t.kind = TestKind::Range;
    t.range = p.range;
    break;
  case CaseKind::Slice:
    t.kind = TestKind::SliceLen;
    t.len = p.len;
    t.atLeast = p.atLeast;
    break;
  case CaseKind::Deref:
    t.kind = TestKind::Deref;
    t.temp = p.temp;
    t.mut = p.mut;
    break;
  case CaseKind::Never: t.kind = TestKind::Never; break;
  case CaseKind::Or: UNREACHABLE("or-patterns are expanded before they are tested");
  }
  return t;
}

// Sorts one candidate by the outcome of the test at `place` that it needs; false: the test tells nothing useful about it, and
// it (and all after it) must be looked at after the test's buckets.
bool MatchBuilder::chooseBucket(const Place &place, const Test &test, Candidate &c, Buckets &prior, TestBranch &out) {
  size_t index = 0;
  while (index < c.pairs.size() && !(c.pairs[index].hasPlace && c.pairs[index].kind != CaseKind::Or && c.pairs[index].place == place))
    ++index;
  if (index == c.pairs.size())
    return false;
  const MatchPair &m = c.pairs[index];
  bool full = false, decided = true;
  const TestBranch success{BranchKind::Success}, failure{BranchKind::Failure};
  out = failure;
  switch (test.kind) {
  case TestKind::Switch:
    if ((decided = m.kind == CaseKind::Variant)) {
      full = true;
      out = {BranchKind::Variant, {}, m.variant};
    }
    break;
  case TestKind::SwitchInt:
    if (m.kind == CaseKind::Constant && m.constKind == PatConstKind::IntOrChar) {
      // An earlier candidate with a range that holds the value is in the failure bucket and must be tried before.
      std::vector<Candidate *> *failed = prior.find(failure);
      decided = !failed || llvm::none_of(*failed, [&](Candidate *f) {
        return llvm::any_of(f->pairs, [&](const MatchPair &p) {
          return p.kind == CaseKind::Range && p.hasPlace && p.place == place && rangeContains(p.range, m.value.bits).value_or(true);
        });
      });
      if (decided) {
        full = true;
        out = {BranchKind::Constant, m.value.bits};
      }
    } else if (m.kind == CaseKind::Range) {
      decided = llvm::all_of(prior.list, [&](const std::pair<TestBranch, std::vector<Candidate *>> &x) {
        return x.first.kind != BranchKind::Constant || rangeContains(m.range, x.first.bits) == std::optional<bool>(false);
      });
    } else {
      decided = false;
    }
    break;
  case TestKind::If:
    if ((decided = m.kind == CaseKind::Constant && m.constKind == PatConstKind::Bool)) {
      full = true;
      out = m.value.bits.lo ? success : failure;
    }
    break;
  case TestKind::SliceLen:
    if (!(decided = m.kind == CaseKind::Slice))
      break;
    if (!test.atLeast) {
      if (test.len == m.len && !m.atLeast) {
        full = true;
        out = success;
      } else if (test.len >= m.len && m.atLeast) {
        decided = false;
      }
      break;
    }
    if (test.len == m.len && m.atLeast) {
      full = true;
      out = success;
    } else if (test.len < m.len || (test.len == m.len && !m.atLeast)) {
      out = success;
    } else if (m.atLeast) {
      decided = false;
    }
    break;
  case TestKind::Range:
    if (m.kind == CaseKind::Range) {
      if (test.range == m.range) {
        full = true;
        out = success;
      } else {
        decided = rangesOverlap(test.range, m.range) == std::optional<bool>(false);
      }
    } else {
      decided = m.kind == CaseKind::Constant && m.constKind <= PatConstKind::Float && rangeContains(test.range, m.value.bits) == std::optional<bool>(false);
    }
    break;
  case TestKind::StringEq:
  case TestKind::ScalarEq: {
    bool sameFamily = m.kind == CaseKind::Constant && (test.kind == TestKind::StringEq) == (m.constKind == PatConstKind::String) &&
                      (test.kind == TestKind::StringEq || m.constKind == PatConstKind::Float || m.constKind == PatConstKind::Other);
    if ((decided = sameFamily) && test.value == m.value) {
      full = true;
      out = success;
    }
    break;
  }
  case TestKind::Deref:
    if ((decided = m.kind == CaseKind::Deref && m.temp == test.temp)) {
      full = true;
      out = success;
    }
    break;
  case TestKind::Never:
    full = true;
    out = success;
    break;
  }
  if (full) {
    MatchPair done = std::move(c.pairs[index]);
    c.pairs.erase(c.pairs.begin() + index);
    for (MatchPair &s : done.subpairs)
      c.pairs.push_back(std::move(s));
    c.sortPairs();
  }
  return decided;
}

// ---- performing ----
static BlockId targetOf(const llvm::SmallVector<std::pair<TestBranch, BlockId>, 4> &targets, TestBranch branch, BlockId otherwise) {
  for (const auto &[t, block] : targets)
    if (t == branch)
      return block;
  return otherwise;
}

Operand MatchBuilder::literal(Ty ty, const ScalarInt &bits, Span span) { return Operand::ofConst(mir::constInt(ty, bits.lo, bits.size, bits.hi), span); }

void MatchBuilder::performTest(Span matchStart, Span scrutineeSpan, BlockId block, BlockId otherwise, const Place &place, const Test &test,
                               const Targets &targets) {
  BlockId success = targetOf(targets, {BranchKind::Success}, otherwise), fail = targetOf(targets, {BranchKind::Failure}, otherwise);
  SourceInfo source = b.sourceInfo(test.span);
  switch (test.kind) {
  case TestKind::Switch: switchTest(matchStart, scrutineeSpan, block, fail, place, test, targets); return;
  case TestKind::SwitchInt: {
    Terminator &t = b.terminate(block, b.sourceInfo(matchStart), TerminatorKind::SwitchInt);
    t.operand = Operand::copy(place);
    for (const auto &[branch, target] : targets)
      if (branch.kind == BranchKind::Constant) {
        t.values.push_back(branch.bits);
        t.targets.push_back(target);
      }
    t.targets.push_back(fail);
    return;
  }
  case TestKind::If: b.ifTerm(block, b.sourceInfo(matchStart), Operand::copy(place), success, fail); return;
  case TestKind::StringEq: stringCompare(block, success, fail, place, test); return;
  case TestKind::ScalarEq: scalarEqTest(block, success, fail, place, test, scrutineeSpan); return;
  case TestKind::Range: rangeTest(block, success, fail, place, test); return;
  case TestKind::SliceLen: {
    Place actual(b.temp(tcx.common.usize, test.span));
    Rvalue len;
    len.operands.push_back(b.lenOf(block, place, test.span, source));
    b.assign(block, source, actual, std::move(len));
    Place expected(b.temp(tcx.common.usize, test.span));
    Rvalue n;
    n.operands.push_back(Operand::ofConst(mir::constUsize(tcx, test.len), test.span));
    b.assign(block, source, expected, std::move(n));
    compare(block, success, fail, source, test.atLeast ? BinOp::Ge : BinOp::Eq, Operand::move(actual), Operand::move(expected));
    return;
  }
  case TestKind::Deref: callDeref(block, success, place, test); return;
  case TestKind::Never: b.terminate(block, source, TerminatorKind::Unreachable); return;
  }
}

void MatchBuilder::switchTest(Span matchStart, Span scrutineeSpan, BlockId block, BlockId otherwise, const Place &place, const Test &test,
                              const Targets &targets) {
  Ty discrTy = mir::reprDiscrTy(tcx, test.adt->repr);
  Local discr = b.temp(discrTy, test.span);
  Rvalue r;
  r.kind = RvalueKind::Discriminant;
  r.place = place;
  b.assign(block, b.sourceInfo(scrutineeSpan), Place(discr), std::move(r));
  llvm::SmallVector<ScalarInt, 16> values;
  mir::discriminants(tcx, *test.adt, values);
  Terminator &t = b.terminate(block, b.sourceInfo(matchStart), TerminatorKind::SwitchInt);
  t.operand = Operand::move(Place(discr));
  for (uint32_t v = 0; v < values.size(); ++v) {
    BlockId target = targetOf(targets, {BranchKind::Variant, {}, v}, BlockId());
    if (!target.valid())
      continue;
    t.values.push_back(values[v]);
    t.targets.push_back(target);
  }
  t.targets.push_back(otherwise);
}

void MatchBuilder::compare(BlockId block, BlockId success, BlockId fail, SourceInfo source, BinOp op, Operand l, Operand r) {
  Place result(b.temp(tcx.common.bool_, source.span));
  Rvalue cmp;
  cmp.kind = RvalueKind::BinaryOp;
  cmp.binOp = op;
  cmp.operands = {std::move(l), std::move(r)};
  b.assign(block, source, result, std::move(cmp));
  b.ifTerm(block, source, Operand::move(result), success, fail);
}

void MatchBuilder::rangeTest(BlockId block, BlockId success, BlockId fail, const Place &place, const Test &test) {
  const PatRange &r = test.range;
  SourceInfo source = b.sourceInfo(test.span);
  BlockId middle = !r.hasLo ? block : !r.hasHi ? success : b.newBlock();
  if (r.hasLo)
    compare(block, middle, fail, source, BinOp::Le, literal(r.ty, r.lo, test.span), Operand::copy(place));
  if (r.hasHi)
    compare(middle, success, fail, source, r.inclusive ? BinOp::Le : BinOp::Lt, Operand::copy(place), literal(r.ty, r.hi, test.span));
}

void MatchBuilder::scalarEqTest(BlockId block, BlockId success, BlockId fail, const Place &place, const Test &test, Span scrutineeSpan) {
  Ty ty = test.value.ty;
  Operand expected = literal(ty, test.value.bits, test.span);
  Place actual = place;
  if (ty.is(TyKind::Pat)) { // compared as its base type
    auto transmute = [&](Operand from) {
      Place to(b.temp(ty.inner(), test.span));
      Rvalue r;
      r.kind = RvalueKind::Cast;
      r.cast = CastKind::Transmute;
      r.ty = ty.inner();
      r.operands.push_back(std::move(from));
      b.assign(block, b.sourceInfo(scrutineeSpan), to, std::move(r));
      return to;
    };
    actual = transmute(Operand::copy(place));
    expected = Operand::copy(transmute(std::move(expected)));
  }
  compare(block, success, fail, b.sourceInfo(test.span), BinOp::Eq, std::move(expected), Operand::copy(actual));
}

// <str as PartialEq>::eq(expected, &place)
void MatchBuilder::stringCompare(BlockId block, BlockId success, BlockId fail, const Place &place, const Test &test) {
  SourceInfo source = b.sourceInfo(test.span);
  Ty strTy = tcx.common.str_, refTy = tcx.mkRef(tcx.common.erased, strTy, Mutability::Not);
  Constant expected;
  expected.ty = refTy;
  expected.span = test.span;
  expected.value.kind = mir::ConstValueKind::Slice;
  expected.value.alloc = tcx.allocs->forBytes(test.value.str);
  expected.value.meta = test.value.str.size();
  Place actual(b.temp(refTy, test.span));
  Rvalue ref;
  ref.kind = RvalueKind::Ref;
  ref.borrow = MirBorrowKind::Shared;
  ref.place = place;
  b.assign(block, source, actual, std::move(ref));
  DefId eq = mir::traitMethod(tcx, tcx.crates.langItem("eq"), "eq");
  Place result(b.temp(tcx.common.bool_, test.span));
  BlockId eqBlock = b.newBlock();
  Operand fn = Operand::ofConst(mir::constFn(tcx, eq, {ty::GenericArg(strTy), ty::GenericArg(strTy)}), test.span);
  Terminator &t = b.call(block, source, std::move(fn), {Operand::copy(actual), Operand::ofConst(expected, test.span)}, result, eqBlock);
  t.fromOverloadedOp = true;
  b.ifTerm(eqBlock, source, Operand::move(result), success, fail);
}

void MatchBuilder::callDeref(BlockId block, BlockId target, const Place &place, const Test &test) {
  SourceInfo source = b.sourceInfo(test.span);
  bool mut = test.mut == Mutability::Mut;
  Ty ty = b.placeTy(place);
  DefId method = mir::traitMethod(tcx, tcx.crates.langItem(mut ? "deref_mut" : "deref"), mut ? "deref_mut" : "deref");
  Place ref(b.temp(tcx.mkRef(tcx.common.erased, ty, test.mut), test.span));
  Rvalue r;
  r.kind = RvalueKind::Ref;
  r.borrow = mut ? MirBorrowKind::Mut : MirBorrowKind::Shared;
  r.place = place;
  b.assign(block, source, ref, std::move(r));
  b.call(block, source, Operand::ofConst(mir::constFn(tcx, method, {ty::GenericArg(ty)}), test.span), {Operand::move(ref)}, Place(test.temp), target);
}

} // namespace ferric::mir_build
