// For each loan `&x` of a variable: whether it comes into the return place by copies, reborrows and conversions of references, and whether the
// variable's storage ends after it. Both is an error: the lifetime of what is returned lasts longer than the body, whatever it is called, and so would
// have to the loan. Order plays no part in the first question, as lifetimes of variables have none.
#include "mir_transform/returned_borrows.h"
#include "mir/cfg.h"
#include "mir/visit.h"
#include "ty/print.h"

namespace ferric::mir_transform {

using namespace mir;
using ty::TyKind;

namespace {
struct Loan { Local of; Location at; Span span; };

class ReturnedBorrows {
public:
  ReturnedBorrows(Ctx &tcx, const Body &body) : tcx_(tcx), body_(body) {}

  bool run() {
    if (!body_.local(kReturnPlace).ty.is(TyKind::Ref))
      return true;
    for (BlockId b : reversePostorder(body_))
      for (uint32_t i = 0; i < body_.block(b).statements.size(); ++i)
        if (const Statement &s = body_.block(b).statements[i]; isLoan(s) && reachesReturn(s.place.local))
          if (Loan loan{s.rvalue.place.local, {b, i}, s.source.span}; endsBefore(loan)) {
            report(loan);
            return false;
          }
    return true;
  }

private:
  bool isVariable(Local l) const { return body_.local(l).isUserVariable && body_.local(l).name.valid(); }
  bool isArg(Local l) const { return l.raw && l.raw <= body_.argCount; }
  bool isRef(Local l) const { return body_.local(l).ty.is(TyKind::Ref); }
  bool isLoan(const Statement &s) const {
    return s.kind == StatementKind::Assign && s.rvalue.kind == RvalueKind::Ref && s.place.isLocal() && !s.rvalue.place.isIndirect() && isVariable(s.rvalue.place.local);
  }
  // `*r`, and parts of it that are not behind another pointer.
  static bool reborrows(const Place &p) {
    return p.hasDerefFirst() && llvm::none_of(llvm::drop_begin(p.proj), [](const ProjElem &e) { return e.kind == ProjKind::Deref; });
  }
  // The local whose reference an assignment passes on, if it does.
  static const Place *passedOn(const Statement &s) {
    if (s.kind != StatementKind::Assign || !s.place.isLocal())
      return nullptr;
    const Rvalue &r = s.rvalue;
    if (r.kind == RvalueKind::Ref)
      return reborrows(r.place) ? &r.place : nullptr;
    bool moves = (r.kind == RvalueKind::Use || r.kind == RvalueKind::Cast) && r.operands[0].isPlace() && r.operands[0].place.isLocal();
    return moves ? &r.operands[0].place : nullptr;
  }

  // From reference to reference, in whatever order: a variable's lifetime is one for all that it ever holds.
  bool reachesReturn(Local from) {
    if (from == kReturnPlace)
      returned_ = Span();
    llvm::SmallDenseSet<uint32_t, 8> holds{from.raw};
    for (bool changed = true; changed && !holds.contains(kReturnPlace.raw);) {
      changed = false;
      for (const BasicBlock &b : body_.blocks)
        for (const Statement &s : b.statements)
          if (const Place *p = passedOn(s); p && holds.contains(p->local.raw) && isRef(p->local) && isRef(s.place.local) && holds.insert(s.place.local.raw).second) {
            changed = true;
            returned_ = s.source.span;
          }
    }
    return holds.contains(kReturnPlace.raw);
  }

  // Whether the storage of what is borrowed may end after the borrow.
  bool endsBefore(const Loan &loan) {
    llvm::SmallVector<Location, 8> work{{loan.at.block, loan.at.statement + 1}};
    llvm::SmallDenseSet<uint32_t, 8> seen;
    while (!work.empty()) {
      Location at = work.pop_back_val();
      const BasicBlock &block = body_.block(at.block);
      for (uint32_t i = at.statement; i < block.statements.size(); ++i)
        if (block.statements[i].kind == StatementKind::StorageDead && block.statements[i].place.local == loan.of)
          return true;
      if (isArg(loan.of) && block.terminator.kind == TerminatorKind::Return)
        return true;
      llvm::SmallVector<BlockId, 4> targets;
      successors(block.terminator, targets);
      for (BlockId to : targets)
        if (!body_.block(to).isCleanup && seen.insert(to.raw).second)
          work.push_back({to, 0});
    }
    return false;
  }

  void report(const Loan &loan) {
    const LocalDecl &local = body_.local(loan.of);
    std::string name = "`" + tcx_.sess.str(local.name).str() + "`";
    if (body_.kind == BodySourceKind::Fn) {
      if (returned_.isDummy() || (returned_.lo <= loan.span.lo && loan.span.hi <= returned_.hi))
        returned_ = loan.span;
      tcx_.sess.diag.error(returned_, "E0515", "cannot return reference to " + std::string(isArg(loan.of) ? "function parameter " : "local variable ") + name)
          .label(returned_, "returns a reference to data owned by the current function");
      return;
    }
    tcx_.sess.diag.error(loan.span, "E0597", name + " does not live long enough")
        .label(local.source.span, "binding " + name + " declared here").label(loan.span, "borrowed value does not live long enough");
  }

  Ctx &tcx_;
  const Body &body_;
  Span returned_; // of the assignment that makes the reference the result
};
} // namespace

bool checkReturnedBorrows(Ctx &tcx, const Body &body) { return ReturnedBorrows(tcx, body).run(); }

} // namespace ferric::mir_transform
