// The decision tree of a match: candidates (arms and alternatives), what is left to test of each, and the tests. The
// algorithm is rustc's (rustc_mir_build::builder::matches): test what the first candidate needs first, sort the
// candidates that the outcome tells something about into buckets, go on with each bucket, then with the rest.
#pragma once
#include "mir_build/builder.h"

namespace ferric::mir_build {

enum class CaseKind : uint8_t { Variant, Constant, Range, Slice, Deref, Never, Or };
enum class PatConstKind : uint8_t { Bool, IntOrChar, Float, String, Other };

struct FlatPat;
// A place and a test that it must pass; `subpairs` are tested after it passed.
struct MatchPair {
  bool hasPlace = false;       // false: the closure did not capture it; only for Or
  Place place;
  CaseKind kind{};
  uint32_t variant = 0;        // Variant
  const AdtDef *adt = nullptr;
  PatValue value;              // Constant
  PatConstKind constKind{};
  PatRange range;              // Range
  uint64_t len = 0;            // Slice
  bool atLeast = false;
  Local temp;                  // Deref: where the reference goes
  Mutability mut{};
  std::vector<FlatPat> alts;   // Or
  std::vector<MatchPair> subpairs;
  Span span;
};
// A binding, or the place of an or-pattern's bindings among them.
struct SubBinding { bool fromOr = false; Binding binding; };
struct ExtraData { Span span; std::vector<SubBinding> bindings; bool isNever = false; };
struct FlatPat { std::vector<MatchPair> pairs; ExtraData extra; };

struct Candidate {
  std::vector<MatchPair> pairs;       // or-patterns last
  std::vector<Candidate> subs;
  bool hasGuard = false;
  ExtraData extra;
  Span orSpan;
  BlockId preBinding, otherwise, falseEdgeStart;
  bool startsWithOr() const { return !pairs.empty() && pairs[0].kind == CaseKind::Or; }
  void sortPairs();
  template <class F> void visitLeaves(F &&f) {
    if (subs.empty()) return f(*this);
    for (Candidate &c : subs) c.visitLeaves(f);
  }
  template <class F> void visitLeavesRev(F &&f) {
    if (subs.empty()) return f(*this);
    for (size_t i = subs.size(); i-- > 0;) subs[i].visitLeavesRev(f);
  }
};

enum class TestKind : uint8_t { Switch, SwitchInt, If, StringEq, ScalarEq, Range, SliceLen, Deref, Never };
struct Test { TestKind kind{}; Span span; const AdtDef *adt = nullptr; PatValue value; PatRange range; uint64_t len = 0; bool atLeast = false; Local temp; Mutability mut{}; };
// Outcome of a test.
enum class BranchKind : uint8_t { Success, Constant, Variant, Failure };
struct TestBranch { BranchKind kind{}; ScalarInt bits; uint32_t variant = 0; friend bool operator==(const TestBranch &, const TestBranch &) = default; };

class MatchBuilder {
public:
  explicit MatchBuilder(Builder &b) : b(b), tcx(b.tcx) {}
  struct PatWithGuard { Pat *pat; bool hasGuard; };
  // Builds the tests from `block` on. Refutable: `otherwise` of the result is where nothing matched; else it is unreachable.
  BuiltMatchTree lowerMatchTree(BlockId block, Span scrutineeSpan, const PlaceBuilder &scrutinee, Span matchStart, llvm::ArrayRef<PatWithGuard> pats, bool refutable);

private:
  using Candidates = llvm::MutableArrayRef<Candidate *>;
  FlatPat flatten(const PlaceBuilder &place, Pat *pat);
  Candidate candidateOf(FlatPat f, bool hasGuard);
  void pairsFor(PlaceBuilder place, Pat *pat, std::vector<MatchPair> &pairs, ExtraData &extra);
  void fieldPairs(const PlaceBuilder &place, llvm::ArrayRef<FieldPat> fields, std::vector<MatchPair> &pairs, ExtraData &extra);
  void slicePairs(const PlaceBuilder &place, Pat *pat, std::vector<MatchPair> &pairs, ExtraData &extra);

  BlockId matchCandidates(Span span, Span scrutineeSpan, BlockId start, Candidates cs);
  BlockId selectMatched(Candidate &c, BlockId start);
  Candidates expandOr(Span span, Span scrutineeSpan, BlockId &start, Candidates cs);
  void createOrSubs(Candidate &c, MatchPair pair);
  void mergeTrivialSubs(Candidate &c);
  void removeNeverSubs(Candidate &c);
  void testRemainingAfterOr(Span span, Span scrutineeSpan, Candidate &c);
  Candidates testCandidates(Span span, Span scrutineeSpan, BlockId &start, Candidates cs);

  struct Buckets {
    llvm::SmallVector<std::pair<TestBranch, std::vector<Candidate *>>, 4> list;
    std::vector<Candidate *> *find(const TestBranch &t);
    std::vector<Candidate *> &at(const TestBranch &t);
  };
  bool chooseBucket(const Place &place, const Test &test, Candidate &c, Buckets &prior, TestBranch &out);
  using Targets = llvm::SmallVector<std::pair<TestBranch, BlockId>, 4>;
  Test pickTest(const MatchPair &p);
  void performTest(Span matchStart, Span scrutineeSpan, BlockId block, BlockId otherwise, const Place &place, const Test &test, const Targets &targets);
  void switchTest(Span matchStart, Span scrutineeSpan, BlockId block, BlockId otherwise, const Place &place, const Test &test, const Targets &targets);
  void rangeTest(BlockId block, BlockId success, BlockId fail, const Place &place, const Test &test);
  void scalarEqTest(BlockId block, BlockId success, BlockId fail, const Place &place, const Test &test, Span scrutineeSpan);
  void compare(BlockId block, BlockId success, BlockId fail, SourceInfo source, BinOp op, Operand l, Operand r);
  void stringCompare(BlockId block, BlockId success, BlockId fail, const Place &place, const Test &test);
  void callDeref(BlockId block, BlockId target, const Place &place, const Test &test);
  Operand literal(Ty ty, const ScalarInt &bits, Span span);

  void falseEdges(BlockId from, BlockId real, BlockId imaginary, SourceInfo source);
  void collectFakeBorrows(std::vector<Candidate> &cs, Span span, const PlaceBuilder &scrutinee, std::vector<FakeBorrow> &out);
  MatchTreeBranch branchOf(Candidate &c);
  Builder &b;
  Ctx &tcx;
};

// Whether a range holds a value / shares one with another; nothing: not comparable (NaN).
std::optional<bool> rangeContains(const PatRange &r, const ScalarInt &v);
std::optional<bool> rangesOverlap(const PatRange &a, const PatRange &b);

} // namespace ferric::mir_build
