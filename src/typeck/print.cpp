// Results of type checking as text: one line per expression and pattern, indented by nesting, with its place in the source, type,
// adjustments and what it resolved to.
#include "typeck/fn_ctxt.h"
#include "typeck/typeck.h"
#include "typeck/walk.h"

namespace ferric::typeck {

namespace {
const char *const kExprNames[] = {"Err", "ConstBlock", "Array", "Call", "MethodCall", "Tuple", "Binary", "Unary", "Lit", "Cast", "Ascribe", "DropTemps", "Let", "If", "Loop",
  "Match", "Closure", "Block", "Assign", "AssignOp", "Field", "Index", "Path", "AddrOf", "Break", "Continue", "Ret", "Become", "InlineAsm", "OffsetOf", "Struct",
  "Repeat", "Yield", "UnsafeBinderCast", "ByUse"};
const char *const kPatNames[] = {"Err", "Missing", "Wild", "Never", "Binding", "Struct", "TupleStruct", "Or", "Tuple", "Box", "Deref", "Ref", "Expr", "Guard", "Range", "Slice"};
const char *const kAdjustNames[] = {"NeverToAny", "Deref", "Borrow", "BorrowRawPtr", "ReborrowPin", "ReifyFnPointer", "UnsafeFnPointer", "ClosureFnPointer",
  "MutToConstPointer", "ArrayToPointer", "Unsize"};
const char *const kCaptureNames[] = {"ByValue", "ByRef", "ByMutRef", "ByUniqueImmRef", "ByUse"};

struct Printer : HirVisitor {
  ty::Ctx &tcx;
  const ty::TypeckResults &r;
  llvm::raw_ostream &os;
  unsigned depth = 0;
  Printer(ty::Ctx &tcx, const ty::TypeckResults &r, llvm::raw_ostream &os) : tcx(tcx), r(r), os(os) {}

  std::string show(Ty t) { return t ? ty::show(tcx, t) : "?"; }
  void head(Span s, const char *name, HirId id) {
    LineCol at = tcx.sess.sources.lookup(s.lo);
    os.indent(depth * 2) << name << " @" << at.line << ":" << at.col << " : " << show(r.nodeType(id));
  }
  void resolution(HirId id) {
    auto it = r.typeDependent.find(id);
    if (it != r.typeDependent.end() && it->second.kind == ResKind::Def) os << " = " << ty::showDefWithArgs(tcx, it->second.def, r.argsOf(id));
    else if (!r.argsOf(id).empty()) os << " " << ty::show(tcx, r.argsOf(id));
  }
  void visitExpr(const hir::Expr *e) override {
    head(e->span, kExprNames[unsigned(e->kind)], e->id);
    resolution(e->id);
    for (const Adjustment &a : r.adjustmentsOf(e)) {
      os << " |> " << kAdjustNames[unsigned(a.kind)];
      if (a.overloaded) os << (a.mut == Mutability::Mut ? "(DerefMut)" : "(Deref)");
      else if (a.kind == AdjustKind::Borrow && a.mut == Mutability::Mut) os << (a.twoPhase ? "(mut, two-phase)" : "(mut)");
      os << " " << show(a.target);
    }
    os << "\n";
    if (const hir::ClosureExpr *c = dyn_cast<hir::ClosureExpr>(e)) captures(c->def);
    ++depth;
    walkExpr(e);
    --depth;
  }
  void captures(DefId def) {
    auto it = r.closures.find(def);
    if (it == r.closures.end()) return;
    for (const ty::CapturedPlace &p : it->second.captures) {
      os.indent(depth * 2 + 2) << "capture local " << p.local.raw;
      for (const ty::CaptureProj &x : p.projections) {
        if (x.kind == ty::CaptureProjKind::Deref) os << ".*";
        else os << "." << x.field;
      }
      os << " " << kCaptureNames[unsigned(p.kind)] << " : " << show(p.upvarTy) << "\n";
    }
  }
  void visitPat(const hir::Pat *p) override {
    head(p->span, kPatNames[unsigned(p->kind)], p->id);
    auto m = r.bindingModes.find(p->id);
    if (m != r.bindingModes.end() && m->second != ty::BindingMode::Move) os << (m->second == ty::BindingMode::RefMut ? " ref mut" : " ref");
    auto a = r.patAdjustments.find(p->id);
    if (a != r.patAdjustments.end()) os << " through " << a->second.size() << " reference(s)";
    os << "\n";
    ++depth;
    walkPat(p);
    --depth;
  }
};
} // namespace

void printTypeckResults(ty::Ctx &tcx, const ty::TypeckResults &r, llvm::raw_ostream &os) {
  const hir::Body *body = tcx.hirBody(r.owner);
  os << ty::showDef(tcx, r.owner) << (r.tainted ? " (errors)" : "") << "\n";
  Printer p(tcx, r, os);
  p.depth = 1;
  for (const hir::Param &x : body->params) p.visitPat(x.pat);
  p.visitExpr(body->value);
  for (const auto &[def, t] : r.hiddenTypes) os << "  opaque " << ty::showDef(tcx, def) << " = " << ty::show(tcx, t) << "\n";
}

} // namespace ferric::typeck
