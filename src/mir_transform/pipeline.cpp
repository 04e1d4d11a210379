// The passes in order, from built to runtime MIR (rustc_mir_transform::{mir_promoted, run_analysis_to_runtime_passes}). A body and
// its promoted constants are separated first; each then goes the same way.
#include "mir/cfg.h"
#include "mir_transform/const_check.h"
#include "mir_transform/mir_transform.h"
#include "mir_transform/move_check.h"
#include "mir_transform/mut_check.h"
#include "mir_transform/passes.h"
#include "mir_transform/returned_borrows.h"
#include "ty/print.h"

namespace ferric::mir {
// A body after promotion, and what was promoted out of it.
struct PromotedBodies {
  Body *body = nullptr;
  std::vector<Body *> promoted;
};
} // namespace ferric::mir

namespace ferric::mir_transform {

static Body *copyOf(Ctx &tcx, const Body &b) { return new (tcx.arena.Allocate<Body>()) Body(b); }

// What the language forbids in constants comes first; where it is done nothing is said about moves and mutability. True: all is well.
static bool checkAsBuilt(Ctx &tcx, const Body &built, llvm::ArrayRef<BlockId> order) {
  bool operations = checkConstOperations(tcx, built, order), drops = checkConstDropsAsBuilt(tcx, built);
  if (!operations || !drops)
    return false;
  bool moves = checkMoves(tcx, built, order), mutability = checkMutability(tcx, built, order), returned = checkReturnedBorrows(tcx, built);
  return moves && mutability && returned;
}

// The body to go on with. What was built of a constant is looked at again by those who use the constant (const_qualifs.cpp); that of code
// is taken over.
static Body *ownBody(Ctx &tcx, DefId def, const Body *built) {
  if (built->kind != BodySourceKind::Fn)
    return copyOf(tcx, *built);
  tcx.queries.mirBuilt.erase(def);
  return const_cast<Body *>(built);
}

static const PromotedBodies *promotedBodies(Ctx &tcx, const DefId &def) {
  const Body *built = tcx.mirBuilt(def);
  if (!built)
    return nullptr;
  PromotedBodies *r = new (tcx.arena.Allocate<PromotedBodies>()) PromotedBodies();
  r->body = ownBody(tcx, def, built);
  std::vector<BlockId> order = reversePostorder(*r->body);
  if (!r->body->tainted && def.isLocal() && !checkAsBuilt(tcx, *r->body, order))
    r->body->tainted = true;
  if (!r->body->tainted) {
    PhaseScope phase("constant promotion", r->body->span);
    collectRequiredConsts(*r->body, order);
    promoteConsts(tcx, *r->body, order, paramEnvOf(tcx, def), r->promoted);
    simplifyCfg(*r->body);
  }
  return r;
}

static void toRuntime(Ctx &tcx, Body &body) {
  PhaseScope phase("MIR passes", body.span);
  ParamEnv env = paramEnvOf(tcx, body.def);
  removeAnalysisOnly(body);
  simplifyCfg(body);
  normalizePostAnalysis(tcx, body, env);
  elaborateDrops(tcx, body, env);
  moveForPackedDrops(tcx, body, env);
  separateDerefs(tcx, body, env);
  lowerIntrinsics(tcx, body, env);
  if (tcx.sess.options.opt != OptLevel::O0)
    foldKnownLengths(tcx, body);
  simplifyCfg(body);
  removeUnusedLocals(body);
  body.phase = BodyPhase::Runtime;
}

// Runtime MIR, const_eval_select still to be resolved.
static const Body *elaborated(Ctx &tcx, const DefId &def) {
  if (tcx.defKind(def) == DefKind::Ctor)
    return buildCtor(tcx, def);
  const PromotedBodies *p = tcx.mirPromotedBodies(def);
  if (!p)
    return nullptr;
  if (!p->body->tainted)
    toRuntime(tcx, *p->body);
  if (!p->body->tainted && def.isLocal() && !checkConstDrops(tcx, *p->body))
    p->body->tainted = true;
  return p->body;
}

static const Body *withSelect(Ctx &tcx, DefId def, bool inConst) {
  const Body *b = tcx.mirElaborated(def);
  if (!b || b->tainted || !hasConstEvalSelect(tcx, *b))
    return b;
  Body *r = copyOf(tcx, *b);
  resolveConstEvalSelect(tcx, *r, inConst);
  return r;
}
static const Body *forCtfe(Ctx &tcx, const DefId &def) { return withSelect(tcx, def, true); }
static const Body *optimized(Ctx &tcx, const DefId &def) { return withSelect(tcx, def, false); }

static const Body *promoted(Ctx &tcx, const ty::PromotedKey &key) {
  const PromotedBodies *p = tcx.mirPromotedBodies(key.body);
  if (!p || key.promoted.raw >= p->promoted.size())
    return nullptr;
  Body *b = p->promoted[key.promoted.raw];
  if (!b->tainted)
    toRuntime(tcx, *b);
  if (hasConstEvalSelect(tcx, *b))
    resolveConstEvalSelect(tcx, *b, true);
  return b;
}

static const Body *shim(Ctx &tcx, const Instance &i) {
  PhaseScope phase("MIR shims", Span());
  return buildShim(tcx, i);
}

void registerMirTransformProviders(Ctx &tcx) {
  tcx.queries.mirPromotedBodies.provider = promotedBodies;
  tcx.queries.mirElaborated.provider = elaborated;
  tcx.queries.mirForCtfe.provider = forCtfe;
  tcx.queries.mirOptimized.provider = optimized;
  tcx.queries.mirPromoted.provider = promoted;
  tcx.queries.mirShim.provider = shim;
}

// ---- checking bodies one by one ----

BodyCheck checkMir(Ctx &tcx, DefId def) {
  BodyCheck r;
  const Body *b = tcx.mirOptimized(def);
  r.exists = b;
  r.tainted = b && b->tainted;
  if (!b || b->tainted)
    return r;
  validate(tcx, *b, paramEnvOf(tcx, b->def));
  const PromotedBodies *p = tcx.mirPromotedBodies(def);
  r.promoted = p ? p->promoted.size() : 0;
  for (uint32_t k = 0; k < r.promoted; ++k) {
    const Body &promoted = *tcx.mirPromoted({def, PromotedId(k)});
    validate(tcx, promoted, paramEnvOf(tcx, promoted.def));
  }
  return r;
}

static void destroy(const Body *b) {
  if (b)
    const_cast<Body *>(b)->~Body(); // the object itself lies in the arena
}

template <class T> static void shrink(std::vector<T> &v) {
  if (v.capacity() > v.size())
    std::vector<T>(std::make_move_iterator(v.begin()), std::make_move_iterator(v.end())).swap(v); // shrink_to_fit does nothing without exceptions
}

// Gives back what vectors hold in reserve and what passes have freed: the body is not changed any more, and stays for long.
static void compact(Body &b) {
  shrink(b.blocks);
  for (BasicBlock &block : b.blocks)
    shrink(block.statements);
  shrink(b.locals);
  shrink(b.scopes);
  shrink(b.varDebugInfo);
}

void forgetMir(Ctx &tcx, DefId def, bool all) {
  if (const Body *const *built = tcx.queries.mirBuilt.tryGet(def); built && (all || tcx.queries.mirElaborated.tryGet(def))) {
    destroy(*built);
    tcx.queries.mirBuilt.erase(def);
  }
  if (!all) {
    if (const PromotedBodies *const *kept = tcx.queries.mirPromotedBodies.tryGet(def); kept && *kept)
      compact(*(*kept)->body);
    return;
  }
  const PromotedBodies *const *p = tcx.queries.mirPromotedBodies.tryGet(def);
  const Body *const *elaborated = tcx.queries.mirElaborated.tryGet(def);
  for (auto *query : {&tcx.queries.mirOptimized, &tcx.queries.mirForCtfe}) {
    const Body *const *copy = query->tryGet(def); // with const_eval_select resolved; or the same body
    if (copy && elaborated && *copy != *elaborated)
      destroy(*copy);
    query->erase(def);
  }
  if (p && *p) {
    destroy((*p)->body); // what was elaborated in place
    for (uint32_t k = 0; k < (*p)->promoted.size(); ++k) {
      destroy((*p)->promoted[k]);
      tcx.queries.mirPromoted.erase({def, PromotedId(k)});
    }
    (*p)->~PromotedBodies();
  }
  tcx.queries.mirPromotedBodies.erase(def);
  tcx.queries.mirElaborated.erase(def);
}

} // namespace ferric::mir_transform
