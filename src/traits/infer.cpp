// Variables, snapshots and resolution. Each table is a union-find by rank without path compression, so that undoing a union is
// resetting one parent; with a few hundred variables a body the paths have length two or three. A snapshot is a mark in the undo log
// and the sizes of the tables: variables made after it vanish with it.
#include "traits/infer.h"

namespace ferric::traits {

using ty::TypeFolder;

InferCtxt::InferCtxt(Tcx &tcx, TypingMode mode, llvm::ArrayRef<DefId> opaques)
    : tcx(tcx), mode(mode), definingOpaques(opaques.begin(), opaques.end()) {}

// Room for what most bodies need, asked for with the first element: many contexts never have one.
template <class T> static void startWith(std::vector<T> &v, size_t room) {
  if (!v.capacity())
    v.reserve(room);
}

// ---- variables ----
Ty InferCtxt::nextTyVar(VarOrigin origin) {
  uint32_t v = uint32_t(tyVars_.size());
  startWith(tyVars_, 8);
  tyVars_.push_back({v, v, 0, 0, origin, {}});
  return tcx.mkInfer(InferKind::Ty, v);
}
Ty InferCtxt::nextIntVar() {
  uint32_t v = uint32_t(intVars_.size());
  intVars_.push_back({v, 0, {}});
  return tcx.mkInfer(InferKind::Int, v);
}
Ty InferCtxt::nextFloatVar() {
  uint32_t v = uint32_t(floatVars_.size());
  floatVars_.push_back({v, 0, {}});
  return tcx.mkInfer(InferKind::Float, v);
}
Const InferCtxt::nextConstVar(VarOrigin origin) {
  uint32_t v = uint32_t(constVars_.size());
  constVars_.push_back({v, 0, origin, {}});
  return tcx.mkConstInfer(v);
}

GenericArg InferCtxt::varForParam(Span span, const ty::GenericParamDef &param) {
  switch (param.kind) {
  case ty::GenericParamKind::Lifetime: return tcx.common.erased;
  case ty::GenericParamKind::Type: return nextTyVar({span, param.def});
  case ty::GenericParamKind::Const: return nextConstVar({span, param.def});
  }
  UNREACHABLE("kind of a generic parameter");
}

GenericArgs InferCtxt::freshArgsExtending(Span span, DefId item, llvm::ArrayRef<GenericArg> prefix) {
  const ty::Generics *g = tcx.genericsOf(item);
  if (!g || g->count() == 0)
    return {};
  llvm::SmallVector<GenericArg, 8> args(prefix.begin(), prefix.end());
  for (uint32_t i = uint32_t(args.size()); i < g->count(); ++i)
    args.push_back(varForParam(span, g->param(i)));
  return tcx.mkArgs(args);
}
GenericArgs InferCtxt::freshArgsForItem(Span span, DefId item) { return freshArgsExtending(span, item, {}); }

void InferCtxt::unsolvedVars(llvm::SmallVectorImpl<Ty> &out) const {
  for (uint32_t v = 0; v < tyVars_.size(); ++v)
    if (tyVars_[v].parent == v && !tyVars_[v].value)
      out.push_back(tcx.mkInfer(InferKind::Ty, v));
  for (uint32_t v = 0; v < intVars_.size(); ++v)
    if (intVars_[v].parent == v && !intVars_[v].value)
      out.push_back(tcx.mkInfer(InferKind::Int, v));
  for (uint32_t v = 0; v < floatVars_.size(); ++v)
    if (floatVars_[v].parent == v && !floatVars_[v].value)
      out.push_back(tcx.mkInfer(InferKind::Float, v));
}

uint32_t InferCtxt::rootVar(uint32_t v) const {
  while (tyVars_[v].parent != v)
    v = tyVars_[v].parent;
  return v;
}
uint32_t InferCtxt::subRootVar(uint32_t v) const {
  while (tyVars_[v].subParent != v)
    v = tyVars_[v].subParent;
  return v;
}

void InferCtxt::log(UndoKind kind, uint32_t a, uint32_t b, uint8_t rank) {
  ++generation_;
  startWith(changes_, 16);
  if (open_) {
    startWith(undo_, 16);
    undo_.push_back({kind, rank, a, b});
  }
  auto change = [&](VarKind var, uint32_t into) { changes_.push_back({var, a, into, ++serial_}); };
  switch (kind) {
  case UndoKind::TySubUnion: break;
  case UndoKind::TyUnion: change(VarKind::Ty, b); break;
  case UndoKind::IntUnion: change(VarKind::Int, b); break;
  case UndoKind::FloatUnion: change(VarKind::Float, b); break;
  case UndoKind::ConstUnion: change(VarKind::Const, b); break;
  case UndoKind::TyValue: change(VarKind::Ty, ~0u); break;
  case UndoKind::IntValue: change(VarKind::Int, ~0u); break;
  case UndoKind::FloatValue: change(VarKind::Float, ~0u); break;
  case UndoKind::ConstValue: change(VarKind::Const, ~0u); break;
  }
}

void InferCtxt::subUnify(uint32_t a, uint32_t b) {
  a = subRootVar(a), b = subRootVar(b);
  if (a == b)
    return;
  if (tyVars_[a].subRank > tyVars_[b].subRank)
    std::swap(a, b);
  log(UndoKind::TySubUnion, a, b, tyVars_[b].subRank);
  tyVars_[a].subParent = b;
  if (tyVars_[a].subRank == tyVars_[b].subRank)
    ++tyVars_[b].subRank;
}

void InferCtxt::unifyTyVars(uint32_t a, uint32_t b) {
  subUnify(a, b);
  if (tyVars_[a].rank > tyVars_[b].rank)
    std::swap(a, b);
  log(UndoKind::TyUnion, a, b, tyVars_[b].rank);
  tyVars_[a].parent = b;
  if (tyVars_[a].rank == tyVars_[b].rank)
    ++tyVars_[b].rank;
}

void InferCtxt::setTyVar(uint32_t root, Ty value) {
  log(UndoKind::TyValue, root);
  tyVars_[root].value = value;
}

void InferCtxt::unifyNumVars(std::vector<NumVar> &vars, UndoKind kind, uint32_t a, uint32_t b) {
  if (vars[a].rank > vars[b].rank)
    std::swap(a, b);
  log(kind, a, b, vars[b].rank);
  vars[a].parent = b;
  if (vars[a].rank == vars[b].rank)
    ++vars[b].rank;
}

// ---- snapshots ----
InferCtxt::Snapshot InferCtxt::startSnapshot() {
  ++open_;
  return {undo_.size(), tyVars_.size(), intVars_.size(), floatVars_.size(), constVars_.size(), opaques_.size(), changes_.size(), projectionUndo_.size(), generation_};
}

void InferCtxt::undoOne(const Undo &u) {
  switch (u.kind) {
  case UndoKind::TyUnion: tyVars_[u.a].parent = u.a; tyVars_[u.b].rank = u.rank; break;
  case UndoKind::TySubUnion: tyVars_[u.a].subParent = u.a; tyVars_[u.b].subRank = u.rank; break;
  case UndoKind::TyValue: tyVars_[u.a].value = Ty(); break;
  case UndoKind::IntUnion: intVars_[u.a].parent = u.a; intVars_[u.b].rank = u.rank; break;
  case UndoKind::IntValue: intVars_[u.a].value = Ty(); break;
  case UndoKind::FloatUnion: floatVars_[u.a].parent = u.a; floatVars_[u.b].rank = u.rank; break;
  case UndoKind::FloatValue: floatVars_[u.a].value = Ty(); break;
  case UndoKind::ConstUnion: constVars_[u.a].parent = u.a; constVars_[u.b].rank = u.rank; break;
  case UndoKind::ConstValue: constVars_[u.a].value = Const(); break;
  }
}

void InferCtxt::rollback(const Snapshot &s) {
  generation_ = s.generation;
  while (undo_.size() > s.undo) {
    undoOne(undo_.back());
    undo_.pop_back();
  }
  tyVars_.resize(s.tyVars);
  intVars_.resize(s.intVars);
  floatVars_.resize(s.floatVars);
  constVars_.resize(s.constVars);
  changes_.resize(s.changes);
  opaques_.resize(s.opaques);
  opaquesTaken_ = std::min(opaquesTaken_, opaques_.size());
  for (; projectionUndo_.size() > s.projections; projectionUndo_.pop_back()) {
    ProjectionUndo &u = projectionUndo_.back();
    if (u.before)
      projections_[u.key] = std::move(*u.before);
    else
      projections_.erase(u.key);
  }
  --open_;
}

void InferCtxt::commit(const Snapshot &) {
  if (--open_ != 0)
    return;
  undo_.clear();
  projectionUndo_.clear();
}

// ---- projections ----
const CachedProjection *InferCtxt::cachedProjection(ProjectionKey key) const {
  auto it = projections_.find(key);
  return it == projections_.end() ? nullptr : &it->second;
}

void InferCtxt::rememberProjection(ProjectionKey key, CachedProjection &&p) {
  auto [it, inserted] = projections_.try_emplace(key, std::move(p));
  if (inserted && open_)
    projectionUndo_.push_back({key, std::nullopt});
}

void InferCtxt::completeProjection(ProjectionKey key) {
  auto it = projections_.find(key);
  if (it == projections_.end() || it->second.nested.empty())
    return;
  CachedProjection done{it->second.term, it->second.rigid, {}};
  if (open_)
    projectionUndo_.push_back({key, std::move(it->second)});
  it->second = std::move(done);
}

// ---- resolution ----
Ty InferCtxt::shallowResolveVar(Ty t) const {
  while (t.is(TyKind::Infer)) {
    Ty value;
    switch (t.inferKind()) {
    case InferKind::Ty: {
      uint32_t root = rootVar(t.index());
      value = tyVars_[root].value;
      if (!value)
        return root == t.index() ? t : tcx.mkInfer(InferKind::Ty, root);
      break;
    }
    case InferKind::Int: {
      uint32_t root = find(intVars_, t.index());
      value = intVars_[root].value;
      if (!value)
        return root == t.index() ? t : tcx.mkInfer(InferKind::Int, root);
      break;
    }
    case InferKind::Float: {
      uint32_t root = find(floatVars_, t.index());
      value = floatVars_[root].value;
      if (!value)
        return root == t.index() ? t : tcx.mkInfer(InferKind::Float, root);
      break;
    }
    default: return t;
    }
    t = value;
  }
  return t;
}

Const InferCtxt::shallowResolve(Const c) const {
  while (c.is(ty::ConstKind::Infer)) {
    uint32_t root = constRoot(c.index());
    Const value = constVars_[root].value;
    if (!value)
      return root == c.index() ? c : tcx.mkConstInfer(root);
    c = value;
  }
  return c;
}

namespace {
constexpr uint32_t kVars = ty::kHasTyInfer | ty::kHasConstInfer;
}

// Replaces variables by their values; what has no variable is not walked.
struct ResolveFolder final : TypeFolder {
  explicit ResolveFolder(const InferCtxt &cx) : TypeFolder(cx.tcx, kVars), cx(cx) {}
  Ty foldTy(Ty t) override {
    if (!t.has(kVars))
      return t;
    if (!t.is(TyKind::Infer))
      return superFoldTy(t);
    Ty r = cx.shallowResolve(t);
    return r == t || r.is(TyKind::Infer) ? r : foldTy(r);
  }
  Const foldConst(Const c) override {
    if (!c.has(kVars))
      return c;
    Const r = cx.shallowResolve(c);
    return r.is(ty::ConstKind::Infer) ? r : superFoldConst(r);
  }
  Predicate foldPredicate(Predicate p) override { return p->flags & kVars ? superFoldPredicate(p) : p; }
  const InferCtxt &cx;
};

Ty InferCtxt::resolve(Ty t) { return t.has(kVars) ? ResolveFolder(*this).fold(t) : t; }
Const InferCtxt::resolve(Const c) { return c.has(kVars) ? ResolveFolder(*this).fold(c) : c; }
GenericArg InferCtxt::resolve(GenericArg a) { return a.flags() & kVars ? ResolveFolder(*this).fold(a) : a; }
GenericArgs InferCtxt::resolve(GenericArgs a) { return a.flags() & kVars ? ResolveFolder(*this).fold(a) : a; }
Term InferCtxt::resolve(Term t) { return t && t.arg.flags() & kVars ? ResolveFolder(*this).fold(t) : t; }
Predicate InferCtxt::resolve(Predicate p) { return p->flags & kVars ? ResolveFolder(*this).fold(p) : p; }
ty::TyList InferCtxt::resolve(ty::TyList l) { return l.flags() & kVars ? ResolveFolder(*this).fold(l) : l; }

namespace {
struct FullResolveFolder final : TypeFolder {
  FullResolveFolder(InferCtxt &cx, Ty *unresolved) : TypeFolder(cx.tcx, kVars), cx(cx), unresolved(unresolved) {}
  Ty foldTy(Ty t) override {
    if (!t.has(kVars))
      return t;
    if (!t.is(TyKind::Infer))
      return superFoldTy(t);
    Ty r = cx.shallowResolve(t);
    if (!r.is(TyKind::Infer))
      return foldTy(r);
    if (unresolved && !*unresolved)
      *unresolved = r;
    return tcx.common.error;
  }
  Const foldConst(Const c) override {
    if (!c.has(kVars))
      return c;
    Const r = cx.shallowResolve(c);
    if (!r.is(ty::ConstKind::Infer))
      return superFoldConst(r);
    if (unresolved && !*unresolved)
      *unresolved = tcx.common.error;
    return tcx.common.error_ct;
  }
  InferCtxt &cx;
  Ty *unresolved;
};
} // namespace

Ty InferCtxt::fullyResolve(Ty t, Ty *unresolved) { return t.has(kVars) ? FullResolveFolder(*this, unresolved).fold(t) : t; }
GenericArgs InferCtxt::fullyResolve(GenericArgs a, Ty *unresolved) {
  return a.flags() & kVars ? FullResolveFolder(*this, unresolved).fold(a) : a;
}
Const InferCtxt::fullyResolve(Const c, Ty *unresolved) { return c.has(kVars) ? FullResolveFolder(*this, unresolved).fold(c) : c; }

// ---- memo keys ----
namespace {
struct FreshenFolder final : TypeFolder {
  explicit FreshenFolder(InferCtxt &cx) : TypeFolder(cx.tcx, kVars), cx(cx) {}
  // A body's goals have few variables: linear search.
  uint32_t number(uint64_t key) {
    for (uint32_t i = 0; i < seen.size(); ++i)
      if (seen[i] == key)
        return i;
    seen.push_back(key);
    return uint32_t(seen.size() - 1);
  }
  Ty foldTy(Ty t) override {
    if (!t.has(kVars))
      return t;
    if (!t.is(TyKind::Infer))
      return superFoldTy(t);
    Ty r = cx.shallowResolve(t);
    if (!r.is(TyKind::Infer))
      return foldTy(r);
    switch (r.inferKind()) {
    case InferKind::Ty: return tcx.mkInfer(InferKind::FreshTy, number(uint64_t(1) << 32 | r.index()));
    case InferKind::Int: return tcx.mkInfer(InferKind::FreshInt, number(uint64_t(2) << 32 | r.index()));
    case InferKind::Float: return tcx.mkInfer(InferKind::FreshFloat, number(uint64_t(3) << 32 | r.index()));
    default: return r;
    }
  }
  Const foldConst(Const c) override {
    if (!c.has(kVars))
      return c;
    Const r = cx.shallowResolve(c);
    if (!r.is(ty::ConstKind::Infer))
      return superFoldConst(r);
    ty::ConstData d;
    d.kind = ty::ConstKind::Placeholder;
    d.index = number(uint64_t(4) << 32 | r.index());
    return tcx.mkConst(d);
  }
  InferCtxt &cx;
  llvm::SmallVector<uint64_t, 8> seen;
};
} // namespace

Predicate InferCtxt::freshen(Predicate p) { return p->flags & kVars ? FreshenFolder(*this).fold(p) : p; }

// ---- fudging ----
namespace {
struct FudgeFolder final : TypeFolder {
  FudgeFolder(InferCtxt &cx, const InferCtxt::Snapshot &s, llvm::ArrayRef<VarOrigin> tyOrigins, llvm::ArrayRef<VarOrigin> constOrigins)
      : TypeFolder(cx.tcx), cx(cx), snapshot(s), tyOrigins(tyOrigins), constOrigins(constOrigins) {}
  Ty foldTy(Ty t) override {
    if (!t.has(kVars))
      return t;
    if (!t.is(TyKind::Infer))
      return superFoldTy(t);
    bool created = t.inferKind() == InferKind::Ty    ? t.index() >= snapshot.tyVars
                   : t.inferKind() == InferKind::Int ? t.index() >= snapshot.intVars
                                                     : t.index() >= snapshot.floatVars;
    if (!created)
      return t;
    Ty &fresh = map[t];
    if (!fresh)
      fresh = t.inferKind() == InferKind::Ty    ? cx.nextTyVar(tyOrigins[t.index() - snapshot.tyVars])
              : t.inferKind() == InferKind::Int ? cx.nextIntVar()
                                                : cx.nextFloatVar();
    return fresh;
  }
  Const foldConst(Const c) override {
    if (!c.has(kVars))
      return c;
    if (!c.is(ty::ConstKind::Infer))
      return superFoldConst(c);
    if (c.index() < snapshot.constVars)
      return c;
    Const &fresh = constMap[c];
    if (!fresh)
      fresh = cx.nextConstVar(constOrigins[c.index() - snapshot.constVars]);
    return fresh;
  }
  InferCtxt &cx;
  const InferCtxt::Snapshot &snapshot;
  llvm::ArrayRef<VarOrigin> tyOrigins, constOrigins;
  llvm::DenseMap<Ty, Ty> map;
  llvm::DenseMap<Const, Const> constMap;
};
} // namespace

ty::TyList InferCtxt::fudgeInferenceIfOk(bool &ok, llvm::function_ref<ty::TyList(bool &ok)> f) {
  Snapshot s = startSnapshot();
  ty::TyList list = f(ok);
  if (!ok) {
    rollback(s);
    return {};
  }
  list = resolve(list);
  llvm::SmallVector<VarOrigin, 8> tyOrigins, constOrigins;
  for (size_t v = s.tyVars; v < tyVars_.size(); ++v)
    tyOrigins.push_back(tyVars_[v].origin);
  for (size_t v = s.constVars; v < constVars_.size(); ++v)
    constOrigins.push_back(constVars_[v].origin);
  rollback(s);
  return list.flags() & kVars ? FudgeFolder(*this, s, tyOrigins, constOrigins).fold(list) : list;
}

// ---- opaque types ----
namespace {
struct OpaqueFolder final : TypeFolder {
  OpaqueFolder(InferCtxt &cx, const Cause &cause, ParamEnv env, Obligations &out) : TypeFolder(cx.tcx), cx(cx), cause(cause), env(env), out(out) {}
  Ty foldTy(Ty t) override {
    if (!t.has(ty::kHasOpaque))
      return t;
    if (!t.is(TyKind::Alias) || t.aliasKind() != AliasKind::Opaque || !cx.isDefining(t.def()))
      return superFoldTy(t);
    Ty var;
    for (const InferCtxt::HiddenType &h : cx.hiddenTypes())
      if (h.def == t.def() && h.args == t.args())
        var = h.hidden;
    if (!var) {
      var = cx.nextTyVar({cause.span});
      cx.eq(t, var);
    }
    return var;
  }
  InferCtxt &cx;
  const Cause &cause;
  ParamEnv env;
  Obligations &out;
};
} // namespace

Ty InferCtxt::replaceOpaquesByVars(Ty t, const Cause &cause, ParamEnv env, Obligations &out) {
  if (definingOpaques.empty() || !t.has(ty::kHasOpaque))
    return t;
  opaqueEnv = env;
  opaqueSpan = cause.span;
  Ty r = OpaqueFolder(*this, cause, env, out).fold(t);
  takeOpaqueObligations(out);
  return r;
}

void InferCtxt::takeOpaqueObligations(Obligations &out) {
  for (; opaquesTaken_ < opaques_.size(); ++opaquesTaken_) {
    HiddenType h = opaques_[opaquesTaken_];
    // Item bounds speak of the opaque type itself; its hidden type must satisfy them in its stead.
    struct SelfFolder final : TypeFolder {
      SelfFolder(Tcx &tcx, Ty from, Ty to) : TypeFolder(tcx), from(from), to(to) {}
      Ty foldTy(Ty t) override { return t == from ? to : t.has(ty::kHasOpaque) ? superFoldTy(t) : t; }
      Ty from, to;
    };
    Ty opaque = tcx.mkAlias(AliasKind::Opaque, h.def, h.args);
    for (Predicate bound : tcx.itemBounds(h.def)) {
      Predicate p = ty::eraseRegions(tcx, ty::instantiate(tcx, bound, h.args));
      Cause cause(opaqueSpan, CauseCode::OpaqueType);
      out.push_back({SelfFolder(tcx, opaque, h.hidden).fold(p), opaqueEnv, cause, 0});
    }
  }
}

} // namespace ferric::traits
