// The decision tree: candidates are tested from the first on; or-patterns are expanded into sub-candidates when they come up
// (rustc_mir_build::builder::matches).
#include "mir_build/match.h"

namespace ferric::mir_build {

void Candidate::sortPairs() {
  std::vector<MatchPair> ors;
  size_t kept = 0;
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i].kind == CaseKind::Or)
      ors.push_back(std::move(pairs[i]));
    else if (kept++ != i)
      pairs[kept - 1] = std::move(pairs[i]);
  }
  pairs.resize(kept);
  for (MatchPair &p : ors)
    pairs.push_back(std::move(p));
}

BuiltMatchTree MatchBuilder::lowerMatchTree(BlockId block, Span scrutineeSpan, const PlaceBuilder &scrutinee, Span matchStart,
                                            llvm::ArrayRef<PatWithGuard> pats, bool refutable) {
  std::vector<Candidate> candidates;
  candidates.reserve(pats.size());
  for (const PatWithGuard &p : pats)
    candidates.push_back(candidateOf(flatten(scrutinee, p.pat), p.hasGuard));
  BuiltMatchTree tree;
  collectFakeBorrows(candidates, scrutineeSpan, scrutinee, tree.fakeBorrows);
  std::vector<Candidate *> refs;
  for (Candidate &c : candidates)
    refs.push_back(&c);
  tree.otherwise = matchCandidates(matchStart, scrutineeSpan, block, refs);

  // False edges: to a borrow checker, any arm may be followed by the next.
  BlockId next = refutable ? tree.otherwise : BlockId();
  for (Candidate &c : llvm::reverse(candidates))
    c.visitLeavesRev([&](Candidate &leaf) {
      if (next.valid()) {
        SourceInfo source = b.sourceInfo(leaf.extra.span);
        BlockId pre = b.newBlock();
        falseEdges(leaf.preBinding, pre, next, source);
        leaf.preBinding = pre;
        if (c.hasGuard) {
          BlockId otherwise = b.newBlock();
          falseEdges(otherwise, leaf.otherwise, next, source);
          leaf.otherwise = otherwise;
        }
      }
      next = leaf.falseEdgeStart;
    });
  if (!refutable)
    b.terminate(tree.otherwise, b.sourceInfo(scrutineeSpan), TerminatorKind::Unreachable);
  for (Candidate &c : candidates)
    tree.branches.push_back(branchOf(c));
  return tree;
}

void MatchBuilder::falseEdges(BlockId from, BlockId real, BlockId imaginary, SourceInfo source) {
  if (real == imaginary)
    b.gotoBlock(from, source, real);
  else
    b.terminate(from, source, TerminatorKind::FalseEdge, {real, imaginary});
}

// Bindings of a leaf: those of its ancestors with each or-pattern's at the place where it stood, so that all
// alternatives bind in one order.
static void flattenBindings(llvm::SmallVectorImpl<Binding> &out, const std::vector<SubBinding> &bindings,
                            llvm::ArrayRef<const std::vector<SubBinding> *> &rest) {
  for (const SubBinding &s : bindings) {
    if (!s.fromOr) {
      out.push_back(s.binding);
      continue;
    }
    if (rest.empty())
      continue;
    const std::vector<SubBinding> *next = rest.front();
    rest = rest.drop_front();
    flattenBindings(out, *next, rest);
  }
}

static void collectBranches(Candidate &c, llvm::SmallVectorImpl<const std::vector<SubBinding> *> &parents, MatchTreeBranch &out) {
  if (!c.extra.bindings.empty())
    parents.push_back(&c.extra.bindings);
  if (c.subs.empty()) {
    MatchTreeSubBranch s;
    s.span = c.extra.span;
    s.success = c.preBinding;
    s.otherwise = c.otherwise;
    s.isNever = c.extra.isNever;
    llvm::ArrayRef<const std::vector<SubBinding> *> rest = parents;
    while (!rest.empty()) {
      const std::vector<SubBinding> *first = rest.front();
      rest = rest.drop_front();
      flattenBindings(s.bindings, *first, rest);
    }
    out.subBranches.push_back(std::move(s));
  } else {
    for (Candidate &sub : c.subs)
      collectBranches(sub, parents, out);
  }
  if (!c.extra.bindings.empty())
    parents.pop_back();
}

MatchTreeBranch MatchBuilder::branchOf(Candidate &c) {
  MatchTreeBranch r;
  llvm::SmallVector<const std::vector<SubBinding> *, 4> parents;
  collectBranches(c, parents, r);
  return r;
}

BlockId MatchBuilder::matchCandidates(Span span, Span scrutineeSpan, BlockId start, Candidates cs) {
  while (!cs.empty()) {
    Candidate &first = *cs[0];
    if (!first.falseEdgeStart.valid())
      first.falseEdgeStart = start;
    if (first.pairs.empty()) {
      start = selectMatched(first, start);
      cs = cs.drop_front();
    } else if (llvm::any_of(cs, [](Candidate *c) { return c->startsWithOr(); })) {
      cs = expandOr(span, scrutineeSpan, start, cs);
    } else {
      cs = testCandidates(span, scrutineeSpan, start, cs);
    }
  }
  return start;
}

BlockId MatchBuilder::selectMatched(Candidate &c, BlockId start) {
  c.preBinding = start;
  c.otherwise = b.newBlock();
  return c.otherwise;
}

MatchBuilder::Candidates MatchBuilder::expandOr(Span span, Span scrutineeSpan, BlockId &start, Candidates cs) {
  // A candidate with more to test behind its or-pattern must be the last one expanded.
  size_t until = cs.size();
  for (size_t i = 0; i < cs.size(); ++i)
    if (cs[i]->pairs.size() > 1 && cs[i]->startsWithOr()) {
      until = i + 1;
      break;
    }
  Candidates expand = cs.take_front(until), rest = cs.drop_front(until);
  std::vector<Candidate *> expanded;
  for (Candidate *c : expand) {
    if (!c->startsWithOr()) {
      expanded.push_back(c);
      continue;
    }
    MatchPair pair = std::move(c->pairs[0]);
    c->pairs.erase(c->pairs.begin());
    createOrSubs(*c, std::move(pair));
    for (Candidate &sub : c->subs)
      expanded.push_back(&sub);
  }
  start = matchCandidates(span, scrutineeSpan, start, expanded);
  for (Candidate *c : expand)
    if (!c->subs.empty()) {
      mergeTrivialSubs(*c);
      removeNeverSubs(*c);
    }
  if (!expand.empty())
    testRemainingAfterOr(span, scrutineeSpan, *expand.back());
  return rest;
}

void MatchBuilder::createOrSubs(Candidate &c, MatchPair pair) {
  c.orSpan = pair.span;
  for (FlatPat &f : pair.alts)
    c.subs.push_back(candidateOf(std::move(f), c.hasGuard));
  c.subs[0].falseEdgeStart = c.falseEdgeStart;
}

// Alternatives without bindings need no copies of the arm's prologue.
void MatchBuilder::mergeTrivialSubs(Candidate &c) {
  if (c.hasGuard || !llvm::all_of(c.subs, [](const Candidate &s) { return s.subs.empty() && s.extra.bindings.empty(); }))
    return;
  BlockId shared = b.newBlock(), lastOtherwise;
  SourceInfo source = b.sourceInfo(c.orSpan);
  if (!c.falseEdgeStart.valid())
    c.falseEdgeStart = c.subs[0].falseEdgeStart;
  for (Candidate &s : c.subs) {
    b.gotoBlock(s.preBinding, source, shared);
    lastOtherwise = s.otherwise;
  }
  c.subs.clear();
  c.preBinding = shared;
  c.otherwise = lastOtherwise;
}

void MatchBuilder::removeNeverSubs(Candidate &c) {
  if (c.subs.empty())
    return;
  BlockId falseEdgeStart = c.subs[0].falseEdgeStart;
  llvm::erase_if(c.subs, [&](Candidate &s) {
    if (!s.extra.isNever)
      return false;
    s.visitLeaves([&](Candidate &leaf) { b.terminate(leaf.preBinding, b.sourceInfo(leaf.extra.span), TerminatorKind::Unreachable); });
    return true;
  });
  if (!c.subs.empty())
    return;
  BlockId next = b.newBlock();
  c.preBinding = c.otherwise = next;
  if (!c.falseEdgeStart.valid())
    c.falseEdgeStart = falseEdgeStart;
}

void MatchBuilder::testRemainingAfterOr(Span span, Span scrutineeSpan, Candidate &c) {
  if (c.pairs.empty())
    return;
  SourceInfo source = b.sourceInfo(c.orSpan);
  BlockId lastOtherwise;
  c.visitLeaves([&](Candidate &leaf) { lastOtherwise = leaf.otherwise; });
  std::vector<MatchPair> remaining = std::move(c.pairs);
  c.pairs.clear();
  c.visitLeaves([&](Candidate &leaf) {
    leaf.pairs = remaining;
    BlockId orStart = leaf.preBinding, orOtherwise = leaf.otherwise;
    Candidate *one = &leaf;
    BlockId otherwise = matchCandidates(span, scrutineeSpan, orStart, one);
    // With a guard the next alternative must be tried when it fails; without, this one's success decides.
    b.gotoBlock(otherwise, source, leaf.hasGuard ? orOtherwise : lastOtherwise);
  });
}

std::vector<Candidate *> *MatchBuilder::Buckets::find(const TestBranch &t) {
  for (auto &[branch, cs] : list)
    if (branch == t)
      return &cs;
  return nullptr;
}
std::vector<Candidate *> &MatchBuilder::Buckets::at(const TestBranch &t) {
  if (std::vector<Candidate *> *cs = find(t))
    return *cs;
  list.emplace_back(t, std::vector<Candidate *>());
  return list.back().second;
}

MatchBuilder::Candidates MatchBuilder::testCandidates(Span span, Span scrutineeSpan, BlockId &start, Candidates cs) {
  Test test = pickTest(cs[0]->pairs[0]);
  Place place = cs[0]->pairs[0].place;
  Buckets buckets;
  size_t before = cs.size();
  while (!cs.empty()) {
    TestBranch branch;
    if (!chooseBucket(place, test, *cs[0], buckets, branch))
      break;
    buckets.at(branch).push_back(cs[0]);
    cs = cs.drop_front();
  }
  CHECK(cs.size() < before, "a test that tells nothing about the first candidate");
  BlockId remainder = b.newBlock();
  Targets targets;
  for (auto &[branch, list] : buckets.list) {
    BlockId branchStart = b.newBlock();
    BlockId branchOtherwise = matchCandidates(span, scrutineeSpan, branchStart, list);
    b.gotoBlock(branchOtherwise, b.sourceInfo(span), remainder);
    targets.push_back({branch, branchStart});
  }
  performTest(span, scrutineeSpan, start, remainder, place, test, targets);
  start = remainder;
  return cs;
}

// ---- fake borrows: guards must not change what was matched (for a borrow checker; local crate only) ----
namespace {
struct FakeBorrowCollector {
  std::vector<std::pair<Place, MirBorrowKind>> found;
  bool localBase;
  Local base;

  bool add(const Place &p, MirBorrowKind k) {
    for (auto &[place, kind] : found)
      if (place == p) {
        if (kind == MirBorrowKind::FakeDeep || kind == k)
          return false;
        kind = k;
        return true;
      }
    found.push_back({p, k});
    return true;
  }
  void derefPrefixes(const Place &p, MirBorrowKind k) {
    for (size_t i = p.proj.size(); i-- > 0;)
      if (p.proj[i].kind == ProjKind::Deref) {
        Place prefix(p.local);
        prefix.proj.append(p.proj.begin(), p.proj.begin() + i);
        if (!add(prefix, k))
          return;
      }
  }
  void borrow(const Place &p, MirBorrowKind k) {
    if (add(p, k))
      derefPrefixes(p, k);
  }
  void bindings(const std::vector<SubBinding> &bs) {
    for (const SubBinding &s : bs)
      if (!s.fromOr && (!localBase || s.binding.source.local == base))
        derefPrefixes(s.binding.source, MirBorrowKind::FakeShallow);
  }
  void pair(const MatchPair &m) {
    if (m.kind == CaseKind::Or) {
      for (const FlatPat &f : m.alts) {
        bindings(f.extra.bindings);
        for (const MatchPair &p : f.pairs)
          pair(p);
      }
      return;
    }
    borrow(m.place, m.kind == CaseKind::Deref ? MirBorrowKind::FakeDeep : MirBorrowKind::FakeShallow);
    if (m.kind != CaseKind::Deref)
      for (const MatchPair &s : m.subpairs)
        pair(s);
  }
};
} // namespace

void MatchBuilder::collectFakeBorrows(std::vector<Candidate> &cs, Span span, const PlaceBuilder &scrutinee, std::vector<FakeBorrow> &out) {
  if (!b.body.def.isLocal() || llvm::none_of(cs, [](const Candidate &c) { return c.hasGuard; }))
    return;
  FakeBorrowCollector collector{{}, !scrutinee.isUpvar, scrutinee.local};
  for (Candidate &c : cs) {
    collector.bindings(c.extra.bindings);
    for (const MatchPair &m : c.pairs)
      collector.pair(m);
  }
  for (auto &[place, kind] : collector.found) {
    Ty t = tcx.mkRef(tcx.common.erased, b.placeTy(place), Mutability::Not);
    Local temp = b.temp(t, span);
    out.push_back({place, temp, kind});
  }
}

} // namespace ferric::mir_build
