// Capture analysis (Reference: closure-types; RFC 2229; rustc_hir_typeck::upvar). For each closure, innermost first: the places its body
// uses are gathered with how they are used, made no more precise than is sound (no raw dereference, no union field, no packed
// reference, no move through a reference or out of a type with a destructor), and merged to the least set of places none of which
// contains another. The strongest use is the closure's kind. Before edition 2021 whole variables are captured.
#include "typeck/upvar.h"
#include "traits/solve.h"
#include "typeck/expr_use.h"
#include "typeck/walk.h"

namespace ferric::typeck {

using ty::CaptureKind;

namespace {
struct UpvarFinder : HirVisitor {
  llvm::SmallDenseSet<LocalId, 16> declared, seen;
  SmallVectorImpl<LocalId> &out;
  explicit UpvarFinder(SmallVectorImpl<LocalId> &out) : out(out) {}
  void visitPat(const hir::Pat *p) override {
    if (const hir::BindingPat *b = dyn_cast<hir::BindingPat>(p)) {
      declared.insert(b->id);
      declared.insert(b->local);
    }
    walkPat(p);
  }
  void visitArm(const hir::Arm *a) override { walkArm(a); }
  void visitExpr(const hir::Expr *e) override {
    if (const hir::PathExpr *p = dyn_cast<hir::PathExpr>(e); p && p->path.kind == hir::QPathKind::Resolved && p->path.path->res.kind == ResKind::Local) {
      LocalId l(p->path.path->res.local);
      if (!declared.count(l) && seen.insert(l).second) out.push_back(l);
      return;
    }
    walkExpr(e);
  }
};
} // namespace

void collectUpvars(const hir::ClosureExpr *e, SmallVectorImpl<LocalId> &out) {
  UpvarFinder f(out);
  for (const hir::Param &p : e->params) f.visitPat(p.pat);
  f.visitExpr(e->body);
  // Bindings that are declared after a use in visiting order (loops, arms) were added meanwhile.
  llvm::erase_if(out, [&](LocalId l) { return f.declared.count(l); });
}
bool mentionsUpvars(const hir::ClosureExpr *e) {
  SmallVector<LocalId, 8> l;
  collectUpvars(e, l);
  return !l.empty();
}

namespace {
struct Capture { Place place; CaptureKind kind{}; };

bool isRef(CaptureKind k) { return k != CaptureKind::ByValue && k != CaptureKind::ByUse; }
// The stronger of two uses of one place.
int rank(CaptureKind k) {
  switch (k) {
  case CaptureKind::ByRef: return 0;
  case CaptureKind::ByUniqueImmRef: return 1;
  case CaptureKind::ByMutRef: return 2;
  case CaptureKind::ByUse: case CaptureKind::ByValue: return 3;
  }
  return 0;
}
CaptureKind stronger(CaptureKind a, CaptureKind b) { return rank(b) > rank(a) ? b : a; }

void truncate(Capture &c, size_t len) {
  if (c.kind == CaptureKind::ByMutRef)
    for (size_t i = len; i < c.place.proj.size(); ++i)
      if (c.place.proj[i].kind == ProjKind::Deref && c.place.tyBefore(i).is(TyKind::Ref) && c.place.tyBefore(i).mut() == Mutability::Mut) {
        // The borrow goes through a `&mut`: the variable itself needs only be unique.
        c.kind = CaptureKind::ByUniqueImmRef;
        break;
      }
  if (len < c.place.proj.size()) c.place.proj.truncate(len);
}
int firstDeref(const Place &p) {
  for (size_t i = 0; i < p.proj.size(); ++i)
    if (p.proj[i].kind == ProjKind::Deref) return int(i);
  return -1;
}
bool rawOrUnion(Ty t) { return t.is(TyKind::RawPtr) || (t.is(TyKind::Adt) && t.adt()->isUnion()); }

// No raw pointer is dereferenced, no union field and no element captured.
void restrictPrecision(Capture &c) {
  if (rawOrUnion(c.place.baseTy)) truncate(c, 0);
  for (size_t i = 0; i < c.place.proj.size(); ++i)
    if (rawOrUnion(c.place.proj[i].ty)) {
      truncate(c, i + 1);
      break;
    }
  for (size_t i = 0; i < c.place.proj.size(); ++i)
    if (c.place.proj[i].kind == ProjKind::Index || c.place.proj[i].kind == ProjKind::Subslice) {
      truncate(c, i);
      break;
    }
}
// A reference to a field of a packed struct is not allowed: the struct is captured.
void restrictPacked(Capture &c) {
  for (size_t i = 0; i < c.place.proj.size(); ++i) {
    Ty t = c.place.tyBefore(i);
    if (c.place.proj[i].kind == ProjKind::Field && t.is(TyKind::Adt) && t.adt()->repr.pack) {
      truncate(c, i);
      return;
    }
  }
}
// Behind the last shared reference nothing is gained by more precision: the reference is copied.
void optimize(Capture &c) {
  for (size_t i = c.place.proj.size(); i-- > 0;)
    if (c.place.proj[i].kind == ProjKind::Deref) {
      if (c.place.tyBefore(i).is(TyKind::Ref) && c.place.tyBefore(i).mut() == Mutability::Not) truncate(c, i + 1);
      return;
    }
}

struct Collector final : UseDelegate {
  FnCtxt &f;
  std::vector<Capture> captures;
  explicit Collector(FnCtxt &f) : f(f) {}
  Place resolved(const Place &p) {
    Place q = p;
    q.baseTy = f.resolve(q.baseTy);
    for (Proj &x : q.proj) x.ty = f.resolve(x.ty);
    return q;
  }
  void consume(const Place &p) override {
    if (p.base == PlaceBase::Upvar) captures.push_back({resolved(p), CaptureKind::ByValue});
  }
  void borrow(const Place &p, Borrow b) override {
    if (p.base != PlaceBase::Upvar) return;
    Capture c{resolved(p), b == Borrow::Mut ? CaptureKind::ByMutRef : b == Borrow::Unique ? CaptureKind::ByUniqueImmRef : CaptureKind::ByRef};
    restrictPacked(c);
    for (size_t i = 0; i < c.place.proj.size(); ++i)
      if (c.place.proj[i].kind == ProjKind::Deref && c.place.tyBefore(i).is(TyKind::RawPtr)) c.kind = CaptureKind::ByRef;
    captures.push_back(std::move(c));
  }
};

// Analysis of all closures of a body.
class Analysis {
public:
  explicit Analysis(FnCtxt &f) : f(f) {}

  struct Visitor : HirVisitor {
    Analysis &a;
    explicit Visitor(Analysis &a) : a(a) {}
    void visitExpr(const hir::Expr *e) override {
      walkExpr(e);
      if (const hir::ClosureExpr *c = dyn_cast<hir::ClosureExpr>(e)) a.analyze(c);
    }
    void visitPat(const hir::Pat *p) override {
      if (const hir::BindingPat *b = dyn_cast<hir::BindingPat>(p)) a.mutables_[b->id] = b->isMut;
      walkPat(p);
    }
  };
  void run(const hir::Expr *body) {
    for (const hir::Param &p : f.root.body.params) Visitor(*this).visitPat(p.pat);
    // Bindings must be known before the closures that use them, which stand behind them.
    Visitor(*this).visitExpr(body);
  }

private:
  FnCtxt &f;
  InnerCaptures inner_;
  llvm::DenseMap<LocalId, bool> mutables_;
  using Roots = std::vector<std::pair<LocalId, std::vector<Capture>>>;

  void analyze(const hir::ClosureExpr *e) {
    Ty t = f.resolve(f.nodeTy(e->id));
    if (!t.is(TyKind::Closure)) return;
    SmallVector<LocalId, 8> upvarList;
    collectUpvars(e, upvarList);
    llvm::SmallDenseSet<LocalId, 8> upvars;
    for (LocalId l : upvarList) upvars.insert(l);
    Collector collector(f);
    if (!upvarList.empty()) ExprUseVisitor(f, collector, upvars, inner_).consumeBody(e->params, e->body);
    ClosureKind kind = ClosureKind::Fn;
    Roots roots;
    process(e, collector.captures, kind, roots);
    if (!f.edition2021(e->span)) wholeVariables(e, upvarList, roots);
    for (auto &[local, list] : roots) sortByFields(list);
    finish(e, t, kind, roots);
  }

  // Kind of the closure and the place each use captures.
  void process(const hir::ClosureExpr *e, std::vector<Capture> &captures, ClosureKind &kind, Roots &roots) {
    for (Capture &c : captures) {
      restrictPrecision(c);
      optimize(c);
      if (c.kind == CaptureKind::ByValue) kind = ClosureKind::FnOnce;
      else if (c.kind == CaptureKind::ByMutRef || c.kind == CaptureKind::ByUniqueImmRef) kind = std::max(kind, ClosureKind::FnMut);
      int deref = firstDeref(c.place);
      if (e->capture != ast::CaptureBy::Ref) {
        if (deref >= 0) truncate(c, size_t(deref));
        c.kind = e->capture == ast::CaptureBy::Use ? CaptureKind::ByUse : CaptureKind::ByValue;
      } else if (!isRef(c.kind) && deref >= 0) {
        truncate(c, size_t(deref));
      }
      restrictDrop(c);
      addMin(c, roots);
    }
  }
  // Nothing can be moved out of a type with a destructor.
  void restrictDrop(Capture &c) {
    if (c.kind != CaptureKind::ByValue || f.isCopy(c.place.ty())) return;
    for (size_t i = 0; i < c.place.proj.size(); ++i) {
      Ty t = c.place.tyBefore(i);
      if (t.is(TyKind::Adt) && f.tcx.adtDestructor(t.adt()->def)) {
        truncate(c, i);
        return;
      }
    }
  }

  enum class Relation : uint8_t { Same, Ancestor, Descendant, Divergent };
  // How `a` stands to `b`.
  static Relation relation(const Place &a, const Place &b) {
    size_t n = std::min(a.proj.size(), b.proj.size());
    for (size_t i = 0; i < n; ++i)
      if (!a.proj[i].sameAs(b.proj[i])) return Relation::Divergent;
    return a.proj.size() == b.proj.size() ? Relation::Same : a.proj.size() < b.proj.size() ? Relation::Ancestor : Relation::Descendant;
  }
  void addMin(Capture c, Roots &roots) {
    auto it = llvm::find_if(roots, [&](auto &r) { return r.first == c.place.local; });
    if (it == roots.end()) {
      LocalId local = c.place.local;
      roots.push_back({local, {std::move(c)}});
      return;
    }
    std::vector<Capture> &list = it->second;
    bool descendant = false;
    llvm::erase_if(list, [&](Capture &other) {
      if (relation(c.place, other.place) != Relation::Ancestor) return false;
      descendant = true;
      truncate(other, c.place.proj.size());
      c.kind = stronger(c.kind, other.kind);
      return true;
    });
    if (!descendant)
      for (Capture &other : list) {
        Relation r = relation(c.place, other.place);
        if (r != Relation::Same && r != Relation::Descendant) continue;
        if (r == Relation::Descendant) truncate(c, other.place.proj.size());
        other.kind = stronger(other.kind, c.kind);
        return;
      }
    list.push_back(std::move(c));
  }

  // Every mentioned variable as a whole, with the strongest use of its parts.
  void wholeVariables(const hir::ClosureExpr *e, ArrayRef<LocalId> upvars, Roots &roots) {
    for (LocalId l : upvars) {
      Capture c;
      c.place.base = PlaceBase::Upvar;
      c.place.local = l;
      c.place.baseTy = f.resolve(f.nodeTy(l));
      c.place.span = e->span;
      c.kind = e->capture == ast::CaptureBy::Value ? CaptureKind::ByValue : e->capture == ast::CaptureBy::Use ? CaptureKind::ByUse : CaptureKind::ByRef;
      addMin(std::move(c), roots);
    }
  }
  static void sortByFields(std::vector<Capture> &list) {
    std::stable_sort(list.begin(), list.end(), [](const Capture &a, const Capture &b) {
      SmallVector<uint32_t, 4> x, y;
      for (const Proj &p : a.place.proj) if (p.kind == ProjKind::Field) x.push_back(p.field);
      for (const Proj &p : b.place.proj) if (p.kind == ProjKind::Field) y.push_back(p.field);
      return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end());
    });
  }

  bool isMutable(const Place &p) {
    bool m = mutables_.lookup(p.local);
    for (size_t i = 0; i < p.proj.size(); ++i) {
      Ty t = p.tyBefore(i);
      if (p.proj[i].kind != ProjKind::Deref || !t.is(TyKind::Ref)) continue;
      if (t.mut() == Mutability::Not) return false;
      m = true;
    }
    return m;
  }

  void finish(const hir::ClosureExpr *e, Ty t, ClosureKind kind, Roots &roots) {
    std::vector<InnerCapture> &inner = inner_[e->def];
    SmallVector<ty::CapturedPlace, 4> out;
    SmallVector<Ty, 4> upvarTys;
    for (auto &[local, list] : roots)
      for (Capture &c : list) {
        ty::CapturedPlace p;
        p.local = local;
        p.localTy = c.place.baseTy;
        SmallVector<ty::CaptureProj, 4> proj;
        for (const Proj &x : c.place.proj) {
          CHECK(x.kind == ProjKind::Deref || x.kind == ProjKind::Field || x.kind == ProjKind::UnwrapBinder, "captured place with an index");
          proj.push_back({x.kind == ProjKind::Field ? ty::CaptureProjKind::Field : ty::CaptureProjKind::Deref, x.field, x.variant, x.ty});
        }
        p.projections = f.tcx.copy(ArrayRef<ty::CaptureProj>(proj));
        p.kind = c.kind;
        p.placeTy = c.place.ty();
        p.upvarTy = isRef(c.kind) ? f.tcx.mkRef(f.tcx.common.erased, p.placeTy, c.kind == CaptureKind::ByRef ? Mutability::Not : Mutability::Mut) : p.placeTy;
        p.span = c.place.span;
        p.mutable_ = isMutable(c.place);
        upvarTys.push_back(p.upvarTy);
        inner.push_back({local, c.place.baseTy, c.place.proj, c.kind, c.place.span});
        out.push_back(p);
      }
    traits::ClosureParts parts = traits::closureParts(t.args());
    if (!f.closureKind(t)) f.eq(traits::closureKindTy(f.tcx, int(kind)), parts.kind);
    std::optional<ClosureKind> known = f.closureKind(t);
    f.eq(parts.upvars, f.tcx.mkTuple(upvarTys));
    ty::ClosureData &data = f.results.closures[e->def];
    data.def = e->def;
    data.captures = f.tcx.copy(ArrayRef<ty::CapturedPlace>(out));
    data.kind = uint8_t(known ? *known : kind);
    f.resolveDeferredCalls(e->def);
  }
};
} // namespace

void FnCtxt::analyzeClosures(const hir::Expr *body) {
  if (root.closures.empty()) return;
  Analysis(*this).run(body);
}

} // namespace ferric::typeck
