// Bodies: of functions, constants and statics on demand, and of the anonymous constants inside types and
// bodies at once with what holds them, since they see its scopes (rustc_ast_lowering::item, lower_body).
#include "lower/lower.h"
#include "lower/asm_check.h"
#include "lower/lowering.h"
#include "lower/traits_in_scope.h"

namespace ferric::lower {

// Expansion has counted closures and constants, but for constants that were read as types, and defined those that have
// items in them.
DefId Lowering::addDef(DefKind kind, Span span, AstRef ref, ast::AttrsId attrs) {
  bool isNameless = kind == DefKind::Closure || kind == DefKind::InlineConst ||
                    (kind == DefKind::AnonConst && ref.kind == AstRefKind::Expr);
  const Nameless *known = isNameless ? crate.findNameless(kind, ref) : nullptr;
  if (known && known->def.valid() && crates.parent(known->def) == parentDef_)
    return known->def;
  Def row;
  row.kind = kind;
  row.parent = parentDef_;
  row.name = sym::empty;
  row.span = row.identSpan = span;
  row.ast = ref;
  row.attrs = attrs;
  row.module = scope_;
  row.inBlock = body_ != nullptr;
  row.vis = DefVis{crates.parentMod(def_)};
  row.disambiguator = known        ? known->disambiguator
                      : isNameless ? 0
                                   : crate.defs.nextDisambiguator(parentDef_, kind, sym::empty);
  return crates.addDef(crate.id, row);
}

hir::Body *Lowering::newBody(DefId owner, hir::BodyKind kind) {
  hir::Body *b = new hir::Body();
  b->owner = owner;
  b->kind = kind;
  b->edition = crate.edition;
  b->scope = scope_;
  b->module = crates.module(scope_).normal;
  return b;
}

struct Lowering::BodyState {
  explicit BodyState(Lowering &l)
      : l(l), arena(l.arena_), nextId(l.nextId_), body(l.body_), elide(l.elide_), candidates(l.candidates_), implTrait(l.implTrait_),
        loop(l.loop_), inLoopCondition(l.inLoopCondition_), inClosure(l.inClosure_), inTry(l.inTry_), inLabeledBlock(l.inLabeledBlock_),
        targets(std::move(l.targets_)), parent(l.parentDef_), patIsParam(l.patIsParam_),
        taskContext(std::exchange(l.taskContext_, std::nullopt)) {
    l.targets_.clear();
    l.candidates_ = nullptr;
    l.implTrait_ = ImplTraitMode::Disallowed;
    l.elide_ = ElideRib();
    l.elide_.kind = ElideKind::Infer;
    l.loop_.reset();
    l.inLoopCondition_ = l.inClosure_ = l.inTry_ = l.inLabeledBlock_ = l.patIsParam_ = false;
  }
  ~BodyState() {
    l.arena_ = arena;
    l.nextId_ = nextId;
    l.body_ = body;
    l.elide_ = elide;
    l.candidates_ = candidates;
    l.implTrait_ = implTrait;
    l.loop_ = loop;
    l.inLoopCondition_ = inLoopCondition;
    l.inClosure_ = inClosure;
    l.inTry_ = inTry;
    l.inLabeledBlock_ = inLabeledBlock;
    l.targets_ = std::move(targets);
    l.parentDef_ = parent;
    l.patIsParam_ = patIsParam;
    l.taskContext_ = taskContext;
  }
  Lowering &l;
  llvm::BumpPtrAllocator *arena;
  uint32_t nextId;
  hir::Body *body;
  ElideRib elide;
  SmallVector<hir::Lifetime, 4> *candidates;
  ImplTraitMode implTrait;
  std::optional<Target> loop;
  bool inLoopCondition, inClosure, inTry, inLabeledBlock;
  llvm::DenseMap<HirId, Target> targets;
  DefId parent;
  bool patIsParam;
  std::optional<hir::LocalId> taskContext;
};

void Lowering::lowerNestedBody(DefId def, hir::BodyKind kind, llvm::function_ref<const hir::Expr *()> value) {
  BodyState state(*this);
  hir::Body *b = newBody(def, kind);
  arena_ = &b->arena;
  nextId_ = 0;
  body_ = b;
  parentDef_ = def;
  b->value = value();
  b->idCount = nextId_;
  tcx.queries.hirBody.set(def, b);
}

DefId Lowering::anonConst(ast::ExprId value, Barrier barrier, bool typesAllowed, bool constsAllowed, llvm::StringRef langFn) {
  DefId def = addDef(DefKind::AnonConst, ast.exprs[value].span, {AstRefKind::Expr, value.raw});
  size_t mark = ribs_.mark();
  ribs_.pushBarrier(barrier, typesAllowed, constsAllowed);
  lowerNestedBody(def, hir::BodyKind::AnonConst, [&] {
    const hir::Expr *e = expr(value);
    return langFn.empty() ? e : callLang(langFn, e->span, {e});
  });
  ribs_.reset(mark);
  const_cast<hir::Body *>(*tcx.queries.hirBody.tryGet(def))->inheritsGenerics = typesAllowed;
  return def;
}

void Lowering::lowerParams(ArrayRef<ast::Param> params, SmallVectorImpl<hir::Param> &out) {
  // One scope for all of them: a name may be bound once in the list (E0415).
  SmallVector<PatScope, 4> outer = std::move(patScopes_);
  bool outerOr = patHasOr_, outerParam = patIsParam_;
  patScopes_.clear();
  patScopes_.push_back({false, {}});
  patIsParam_ = true;
  for (const ast::Param &p : params) {
    hir::Param x;
    x.id = newId();
    x.span = p.span;
    x.tySpan = p.ty ? ast.types[p.ty].span : p.span;
    patHasOr_ = false;
    x.pat = patInner(p.pat);
    if (patHasOr_)
      checkBindings(x.pat);
    out.push_back(x);
  }
  patScopes_ = std::move(outer);
  patHasOr_ = outerOr;
  patIsParam_ = outerParam;
}

void Lowering::lowerFnBody(hir::Body &b, const ast::FnDecl &decl, ast::BlockId body) {
  SmallVector<hir::Param, 8> params;
  lowerParams(ast.list(decl.params), params);
  b.params = arr(params);
  b.value = blockAsExpr(body);
}

const hir::Body *Lowering::body() {
  if (crates.def(def_).ast.kind != AstRefKind::Item)
    return nullptr;
  ast::ItemId id = crates.itemId(def_);
  PhaseScope phase("lower", ast.items[id].span);
  bindGenerics(def_);
  BodyState state(*this);
  auto begin = [&](hir::BodyKind kind) {
    hir::Body *b = newBody(def_, kind);
    arena_ = &b->arena;
    nextId_ = 0;
    body_ = b;
    return b;
  };
  auto constant = [&](ast::ExprId value, hir::BodyKind kind) -> const hir::Body * {
    if (!value)
      return nullptr;
    hir::Body *b = begin(kind);
    ribs_.pushBarrier(Barrier::Const);
    b->value = expr(value);
    b->idCount = nextId_;
    return b;
  };
  switch (ast.items[id].kind) {
  case ast::ItemKind::Fn: {
    const ast::FnItem &fn = node<ast::FnItem>(id);
    if (!fn.body)
      return nullptr;
    hir::Body *b = begin(hir::BodyKind::Fn);
    if (fn.header.coroutine == ast::CoroutineKind::Async) {
      SmallVector<hir::Param, 8> params;
      lowerParams(ast.list(fn.decl.params), params);
      b->params = arr(params);
      b->value = asyncBlock(ast.items[id].span, {AstRefKind::Item, id.raw}, hir::CaptureBy::Value, fn.body);
      b->idCount = nextId_;
      return b;
    }
    if (fn.header.coroutine != ast::CoroutineKind::None) {
      if (!def_.isLocal()) // the header of a local one reports it
        error(crates.def(def_).identSpan, "", "internal: `gen` functions are not supported yet");
      b->value = make<hir::ErrExpr>(ast.items[id].span);
      b->idCount = nextId_;
      return b;
    }
    lowerFnBody(*b, fn.decl, fn.body);
    b->idCount = nextId_;
    return b;
  }
  case ast::ItemKind::Const:
    return constant(node<ast::ConstItem>(id).value, hir::BodyKind::Const);
  case ast::ItemKind::Static:
    return constant(node<ast::StaticItem>(id).value, hir::BodyKind::Static);
  case ast::ItemKind::GlobalAsm: {
    hir::Body *b = begin(hir::BodyKind::GlobalAsm);
    hir::InlineAsmExpr *e = make<hir::InlineAsmExpr>(ast.items[id].span);
    checkAsmTarget(tcx, ast, node<ast::GlobalAsmItem>(id).inner, ast.items[id].span);
    asmOperands(node<ast::GlobalAsmItem>(id).inner, e->inner);
    b->value = e;
    b->idCount = nextId_;
    return b;
  }
  default:
    return nullptr;
  }
}

// ---- queries ----

DefId bodyOwner(ty::Ctx &tcx, DefId def) {
  while (tcx.defKind(def) == DefKind::Closure || tcx.defKind(def) == DefKind::InlineConst)
    def = tcx.parent(def);
  return def;
}

static const hir::Item *provideItem(ty::Ctx &tcx, const DefId &def) {
  Lowering l(tcx, def);
  return l.item();
}

static const hir::Body *provideBody(ty::Ctx &tcx, const DefId &def) {
  DefId owner = bodyOwner(tcx, def);
  if (owner != def)
    return tcx.hirBody(owner);
  if (tcx.defKind(def) == DefKind::AnonConst) // made when what holds it was lowered
    return nullptr;
  Lowering l(tcx, def);
  return l.body();
}

void forgetBody(ty::Ctx &tcx, DefId owner) {
  const hir::Body *const *body = tcx.queries.hirBody.tryGet(owner);
  if (!body)
    return;
  delete *body;
  tcx.queries.hirBody.erase(owner);
}

// ---- traits in scope ----

ModuleId scopeOfNode(const hir::Body &body, hir::HirId node) {
  ModuleId found = body.scope;
  auto end = std::upper_bound(body.blockScopes.begin(), body.blockScopes.end(), node.raw,
                              [](uint32_t id, const hir::Body::BlockScope &s) { return id < s.begin.raw; });
  while (end != body.blockScopes.begin()) {
    --end;
    if (node.raw < end->end.raw)
      return end->scope;
  }
  return found;
}

// Key: the own trait, the module, and the hygiene context in `name`.
static ArrayRef<DefId> provideTraitsInScope(ty::Ctx &tcx, const ty::ParamName &key) {
  SmallVector<DefId, 64> out;
  llvm::DenseSet<DefId> seen;
  auto add = [&](DefId d) {
    if (seen.insert(d).second)
      out.push_back(d);
  };
  if (key.item.valid())
    add(key.item);
  tcx.scopes->forEachTraitInScope(ModuleId(key.param), SyntaxContext{key.name.raw}, [&](const resolve::TraitInScope &t) { add(t.trait); });
  return tcx.copy(ArrayRef<DefId>(out));
}

llvm::ArrayRef<DefId> traitsInScope(ty::Ctx &tcx, ModuleId scope, DefId item, SyntaxContext ctxt) {
  // The trait of the impl or trait around the item.
  DefId own;
  for (DefId d = item; d.valid() && tcx.defKind(d) != DefKind::Mod && !own.valid(); d = tcx.parent(d)) {
    if (tcx.defKind(d) == DefKind::Trait)
      own = d;
    else if (tcx.defKind(d) == DefKind::Impl)
      own = tcx.crates.implTrait(d);
    else if (!tcx.crates.isAssoc(d) && d != item && tcx.defKind(d) != DefKind::Closure)
      break;
  }
  return tcx.traitsInModule({own, scope.raw, Symbol(tcx.sess.hygiene.normalizeToMacros20(ctxt).raw)});
}

llvm::ArrayRef<DefId> traitsInScope(ty::Ctx &tcx, const hir::Body &body, hir::HirId node, SyntaxContext ctxt) {
  return traitsInScope(tcx, scopeOfNode(body, node), body.owner, ctxt);
}

void registerLowerProviders(ty::Ctx &tcx) {
  tcx.queries.hirItem.provider = provideItem;
  tcx.queries.hirBody.provider = provideBody;
  tcx.queries.hirOpaque.provider = [](ty::Ctx &tcx, const DefId &def) -> const hir::OpaqueTy * { return nullptr; };
  tcx.queries.traitsInModule.provider = provideTraitsInScope;
}

} // namespace ferric::lower
