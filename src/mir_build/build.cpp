// A body as a whole: return place, arguments, captured variables, then the expression; and the query mirBuilt
// (rustc_mir_build::builder). Bodies with type errors become a body that is marked so and does nothing.
#include "mir_build/builder.h"
#include "mir_build/mir_build.h"
#include "mir_build/nested_bodies.h"
#include "mir_build/usefulness.h"
#include "ty/codegen_attrs.h"
#include "ty/fold.h"
#include "traits/solve.h"

namespace ferric::mir_build {

Builder::Builder(Ctx &tcx, ThirBuilder &thir, const RegionScopes &regions, Body &body, bool checkOverflow)
    : tcx(tcx), thir(thir), regions(regions), body(body), env(thir.env), checkOverflow(checkOverflow) {
  newBlock();
  body.scopes.push_back({body.span, ScopeId()});
}

void Builder::unsupported(Span span, const llvm::Twine &what) {
  tcx.sess.diag.error(span, "internal: " + what + " is not supported yet");
  body.tainted = true;
}

void Builder::push(BlockId b, StatementKind kind, SourceInfo source, Place place) {
  Statement s;
  s.kind = kind;
  s.source = source;
  s.place = std::move(place);
  push(b, std::move(s));
}

void Builder::assign(BlockId b, SourceInfo source, Place place, Rvalue rvalue) {
  Statement &s = statementsOf(b).emplace_back();
  s.kind = StatementKind::Assign;
  s.source = source;
  s.place = std::move(place);
  s.rvalue = std::move(rvalue);
}

void Builder::assignUnit(BlockId b, SourceInfo source, Place place) {
  Rvalue r;
  r.operands.push_back(Operand::ofConst(mir::constZst(tcx.common.unit), source.span));
  assign(b, source, std::move(place), std::move(r));
}

Terminator &Builder::terminate(BlockId b, SourceInfo source, TerminatorKind kind, llvm::ArrayRef<BlockId> targets) {
  mir::BasicBlock &block = body.block(b);
  CHECK(!block.hasTerminator, "block is terminated twice");
  block.hasTerminator = true;
  Terminator &t = block.terminator;
  t.kind = kind;
  t.source = source;
  t.targets.assign(targets.begin(), targets.end());
  return t;
}

// switchInt(cond) -> [0: otherwise, otherwise: then]
void Builder::ifTerm(BlockId b, SourceInfo source, Operand cond, BlockId then, BlockId otherwise) {
  Terminator &t = terminate(b, source, TerminatorKind::SwitchInt, {otherwise, then});
  t.operand = std::move(cond);
  t.values.push_back({0, 0, 1});
}

Terminator &Builder::call(BlockId b, SourceInfo source, Operand fn, llvm::ArrayRef<Operand> args, Place dest, BlockId target) {
  Terminator &t = terminate(b, source, TerminatorKind::Call, {target});
  t.operand = std::move(fn);
  t.args.append(args.begin(), args.end());
  t.place = std::move(dest);
  t.fnSpan = source.span;
  t.unwind = mayUnwind();
  return t;
}

Local Builder::temp(Ty t, Span span) {
  mir::LocalDecl d;
  d.ty = t;
  d.mut = Mutability::Mut;
  d.source = {span, ScopeId(0)};
  return body.addLocal(std::move(d));
}

Place Builder::unitTemp() {
  if (!unitTemp_.valid())
    unitTemp_ = temp(tcx.common.unit, body.span);
  return Place(unitTemp_);
}

ScopeId Builder::newSourceScope(Span span) {
  body.scopes.push_back({span, sourceScope});
  return ScopeId(uint32_t(body.scopes.size() - 1));
}

// ---- functions ----
void Builder::setUpvars(llvm::ArrayRef<ty::CapturedPlace> captures, Ty envTy) {
  Place base(Local(1));
  if (envTy.is(TyKind::Ref)) {
    base = base.deref();
    envTy = envTy.inner();
  }
  llvm::SmallVector<Ty, 8> tys;
  mir::closureUpvarTys(tcx, envTy, tys);
  for (uint32_t i = 0; i < captures.size(); ++i) {
    const ty::CapturedPlace &c = captures[i];
    Place use = base.field(i, i < tys.size() ? tys[i] : c.upvarTy);
    if (c.kind != ty::CaptureKind::ByValue && c.kind != ty::CaptureKind::ByUse)
      use = use.deref();
    upvars_.push_back({&c, use, c.mutable_ ? Mutability::Mut : Mutability::Not});
  }
}

void Builder::buildFn(llvm::ArrayRef<hir::Param> params, llvm::ArrayRef<Ty> paramTys, const hir::Expr *value, Span end) {
  argCount = uint32_t(paramTys.size());
  body.argCount = argCount;
  for (Ty t : paramTys) {
    mir::LocalDecl d;
    d.ty = t;
    d.mut = Mutability::Mut; // patterns say what their variables may do
    d.source = {body.span, ScopeId(0)};
    body.addLocal(std::move(d));
  }
  RegionScope callSite{ScopeKind::CallSite, value->id, 0}, arguments{ScopeKind::Arguments, value->id, 0};
  BlockId block(0);
  inScope(callSite, block, [&] {
    inBreakableScope(BlockId(), Place(mir::kReturnPlace), end, block, [&] {
      inScope(arguments, block, [&] { argsAndBody(block, params, value, arguments); });
      return true;
    });
    terminate(block, sourceInfo(end), TerminatorKind::Return);
    block = newBlock(); // the scope has nothing to drop: stays empty
  });
  terminate(block, sourceInfo(end), TerminatorKind::Unreachable);
  removeUninhabitedTargets();
}

void Builder::argsAndBody(BlockId &block, llvm::ArrayRef<hir::Param> params, const hir::Expr *value, RegionScope argScope) {
  uint32_t first = argCount - uint32_t(params.size()); // 1 in closures: the environment
  for (uint32_t i = 0; i < first; ++i)
    scheduleDrop(value->span, argScope, Local(i + 1), DropKind::Value);
  ScopeId scope;
  for (uint32_t i = 0; i < params.size(); ++i) {
    Local local(first + i + 1);
    Pat *pat = thir.pattern(params[i].pat);
    thir.checks.push_back({nullptr, {}, pat, nullptr, true});
    body.local(local).source.span = pat->span;
    scheduleDrop(pat->span, argScope, local, DropKind::Value);
    if (pat->kind == PatKind::Binding && pat->mode == ty::BindingMode::Move && !pat->sub) {
      mir::LocalDecl &d = body.local(local);
      d.mut = pat->mut;
      d.name = pat->name;
      d.isUserVariable = true;
      vars_[pat->var] = {local, Local()};
      body.varDebugInfo.push_back({pat->name, d.source, Place(local), first + i + 1});
      continue;
    }
    scope = declareBindings(scope, value->span, pat, nullptr);
    placeIntoPattern(block, pat, PlaceBuilder(local));
  }
  if (scope.valid())
    sourceScope = scope;
  const ty::CodegenAttrs *attrs = tcx.defKind(body.def) == DefKind::Closure ? nullptr : tcx.codegenAttrs(body.def);
  if (attrs && attrs->isIntrinsic && attrs->mustBeOverridden) {
    terminate(block, sourceInfo(Span()), TerminatorKind::Unreachable);
    block = newBlock();
    return;
  }
  exprInto(Place(mir::kReturnPlace), block, thir.mirror(value));
}

void Builder::buildConst(const hir::Expr *value) {
  BlockId block(0);
  // Not in the scopes of a function: what is left of temporaries lives for ever.
  RegionScope callSite{ScopeKind::CallSite, value->id, 0};
  pushScope(callSite);
  exprInto(Place(mir::kReturnPlace), block, thir.mirror(value));
  popScope(callSite, block);
  terminate(block, sourceInfo(body.span), TerminatorKind::Return);
  removeUninhabitedTargets();
}

// A call that returns a type without values does not return.
void Builder::removeUninhabitedTargets() {
  for (mir::BasicBlock &b : body.blocks) {
    Terminator &t = b.terminator;
    if (t.kind == TerminatorKind::Call && !t.targets.empty() && !mir::isInhabited(tcx, env, placeTy(t.place)))
      t.targets.clear();
  }
}

// ---- the query ----
static mir::BodySourceKind sourceKind(DefKind k) {
  switch (k) {
  case DefKind::Fn:
  case DefKind::AssocFn:
  case DefKind::Closure: return mir::BodySourceKind::Fn;
  case DefKind::Static: return mir::BodySourceKind::Static;
  default: return mir::BodySourceKind::Const;
  }
}

static const Body *errorBody(Ctx &tcx, DefId def, mir::BodySourceKind kind) {
  Body *b = new (tcx.arena.Allocate<Body>()) Body();
  b->def = def;
  b->kind = kind;
  b->tainted = true;
  b->span = tcx.def(def).span;
  mir::LocalDecl ret;
  ret.ty = tcx.common.error;
  b->addLocal(ret);
  b->scopes.push_back({b->span, ScopeId()});
  b->addBlock();
  b->blocks[0].hasTerminator = true;
  return b;
}

// Overflow is checked in constants, where the attribute says so, and where the crate is compiled with checks.
static bool checksOverflow(Ctx &tcx, DefId def, mir::BodySourceKind kind) {
  if (kind != mir::BodySourceKind::Fn)
    return true;
  if (tcx.crates[def.crate()].overflowChecks)
    return true;
  DefKind k = tcx.defKind(def);
  return (k == DefKind::Fn || k == DefKind::AssocFn) && tcx.codegenAttrs(def)->inheritOverflowChecks;
}

static void closureSignatureTys(Ctx &tcx, ty::ParamEnv env, Ty closure, llvm::SmallVectorImpl<Ty> &params, Ty &output) {
  int kind = mir::closureKind(closure);
  Ty self = kind == 2 ? closure : tcx.mkRef(tcx.common.erased, closure, kind == 1 ? Mutability::Mut : Mutability::Not);
  params.push_back(self);
  ty::FnSig sig = mir::fnSigOf(tcx, env, closure);
  for (Ty t : sig.inputs()[0].tuple())
    params.push_back(t);
  output = sig.output();
}

static const Body *buildBody(Ctx &tcx, const DefId &def) {
  DefId root = mir::typeckRoot(tcx, def);
  mir::BodySourceKind kind = sourceKind(tcx.defKind(def));
  const hir::Body *h = tcx.hirBody(root);
  if (!h)
    return nullptr;
  const ty::TypeckResults *results = tcx.typeck(root);
  if (!results || results->tainted)
    return errorBody(tcx, def, kind);
  PhaseScope phase("MIR building", tcx.def(def).identSpan);

  llvm::BumpPtrAllocator arena;
  ThirBuilder thir(tcx, *results, *h, def, arena);
  const hir::Expr *value = h->value;
  llvm::ArrayRef<hir::Param> params = h->params;
  const hir::ClosureExpr *closure = nullptr;
  if (root != def) {
    const mir::NestedBodies *nested = tcx.nestedBodies(root);
    auto it = nested->bodies.find(def);
    CHECK(it != nested->bodies.end(), "closure or inline constant is not in its body");
    closure = it->second.closure;
    value = it->second.value;
    params = closure ? closure->params : llvm::ArrayRef<hir::Param>();
  }
  bool isFn = kind == mir::BodySourceKind::Fn;
  RegionScopes regions(tcx.sess.hygiene, h->edition, params, value, isFn);

  Body *body = new (tcx.arena.Allocate<Body>()) Body();
  body->blocks.reserve(4);
  body->def = def;
  body->kind = kind;
  body->span = closure ? closure->span : tcx.def(def).span;
  llvm::SmallVector<Ty, 8> paramTys;
  Ty output;
  Ty closureTy;
  if (closure) {
    closureTy = results->exprType(closure);
    if (!closureTy.is(TyKind::Closure))
      return errorBody(tcx, def, kind);
    closureSignatureTys(tcx, thir.env, closureTy, paramTys, output);
  } else if (isFn) {
    ty::FnSig sig = mir::fnSigOf(tcx, thir.env, tcx.fnSig(def));
    paramTys.append(sig.inputs().begin(), sig.inputs().end());
    output = sig.output();
    if (sig.header.abi == ty::Abi::RustCall)
      body->spreadArg = int(paramTys.size());
    if (sig.header.cVariadic && !params.empty()) // `...`: its VaList is one more argument of the body
      paramTys.push_back(results->nodeType(params.back().pat->id));
    body->trackCaller = tcx.codegenAttrs(def)->trackCaller;
  } else {
    output = results->exprTypeAdjusted(value);
    if (tcx.defKind(def) != DefKind::InlineConst && tcx.defKind(def) != DefKind::GlobalAsm)
      output = mir::normalize(tcx, thir.env, ty::eraseRegions(tcx, tcx.typeOf(def)));
  }
  mir::LocalDecl ret;
  ret.ty = output;
  ret.mut = Mutability::Mut;
  ret.source = {body->span, ScopeId(0)};
  body->addLocal(ret);

  Builder builder(tcx, thir, regions, *body, checksOverflow(tcx, def, kind));
  if (closure) {
    auto it = results->closures.find(def);
    if (it != results->closures.end())
      builder.setUpvars(it->second.captures, paramTys[0]);
  }
  if (isFn)
    builder.buildFn(params, paramTys, value, body->span.shrinkToHi());
  else
    builder.buildConst(value);
  if (def.isLocal() && !thir.failed)
    body->tainted |= !checkMatches(thir);
  body->tainted |= thir.failed;
  for (const mir::BasicBlock &b : body->blocks)
    CHECK(b.hasTerminator, "block without a terminator");
  return body;
}

static const mir::NestedBodies *nestedBodies(Ctx &tcx, const DefId &root) {
  mir::NestedBodies *n = new (tcx.arena.Allocate<mir::NestedBodies>()) mir::NestedBodies();
  if (const hir::Body *h = tcx.hirBody(root))
    findNestedBodies(*h, *n);
  return n;
}

void forgetNestedBodies(Ctx &tcx, DefId root) {
  if (const mir::NestedBodies *const *n = tcx.queries.nestedBodies.tryGet(root); n && *n)
    const_cast<mir::NestedBodies *>(*n)->~NestedBodies(); // the object itself lies in the arena
  tcx.queries.nestedBodies.erase(root);
}

void registerMirBuildProviders(Ctx &tcx) {
  tcx.queries.mirBuilt.provider = buildBody;
  tcx.queries.nestedBodies.provider = nestedBodies;
}

} // namespace ferric::mir_build
