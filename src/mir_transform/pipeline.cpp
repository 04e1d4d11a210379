// The passes in order, from built to runtime MIR (rustc_mir_transform::{mir_promoted, run_analysis_to_runtime_passes}). A body and
// its promoted constants are separated first; each then goes the same way.
#include "mir_transform/const_check.h"
#include "mir_transform/mir_transform.h"
#include "mir_transform/passes.h"
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

static const PromotedBodies *promotedBodies(Ctx &tcx, const DefId &def) {
  const Body *built = tcx.mirBuilt(def);
  if (!built)
    return nullptr;
  PromotedBodies *r = new (tcx.arena.Allocate<PromotedBodies>()) PromotedBodies();
  r->body = copyOf(tcx, *built);
  if (!built->tainted && def.isLocal() && !checkConstOperations(tcx, *built))
    r->body->tainted = true;
  if (!r->body->tainted) {
    PhaseScope phase("constant promotion", built->span);
    collectRequiredConsts(*r->body);
    promoteConsts(tcx, *r->body, paramEnvOf(tcx, def), r->promoted);
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

// ---- the dashboard ----
void buildAllMir(Ctx &tcx, CrateId crate, llvm::raw_ostream &os, bool dump) {
  size_t bodies = 0, tainted = 0, missing = 0, blocks = 0, statements = 0, locals = 0, promotedCount = 0;
  size_t terminators[16] = {};
  const DefTable &defs = tcx.crates[crate].defs;
  auto count = [&](const Body &b) {
    ++bodies;
    blocks += b.blocks.size();
    locals += b.locals.size();
    for (const BasicBlock &block : b.blocks) {
      statements += block.statements.size();
      ++terminators[unsigned(block.terminator.kind)];
    }
    validate(tcx, b, paramEnvOf(tcx, b.def));
    if (dump)
      print(tcx, b, os);
  };
  for (uint32_t i = 0; i < defs.size(); ++i) { // closures are added while their parents are lowered
    DefId def(crate, i);
    switch (tcx.defKind(def)) {
    case DefKind::Fn:
    case DefKind::AssocFn:
    case DefKind::Const:
    case DefKind::AssocConst:
    case DefKind::Static:
    case DefKind::AnonConst:
    case DefKind::InlineConst:
    case DefKind::Closure: break;
    default: continue;
    }
    const Body *b = tcx.mirOptimized(def);
    if (!b) {
      ++missing;
      continue;
    }
    if (b->tainted) {
      ++tainted;
      continue;
    }
    count(*b);
    const PromotedBodies *p = tcx.mirPromotedBodies(def);
    for (uint32_t k = 0; p && k < p->promoted.size(); ++k) {
      ++promotedCount;
      count(*tcx.mirPromoted({def, PromotedId(k)}));
    }
  }
  static const char *const kTerminators[] = {"goto", "switchInt", "resume", "terminate", "return", "unreachable", "drop", "call", "tailcall", "assert", "asm",
                                             "falseEdge", "falseUnwind", "coroutineDrop", "yield"};
  os << "MIR: " << bodies << " bodies (" << promotedCount << " promoted), " << tainted << " with errors, " << missing << " without body, " << blocks << " blocks, "
     << statements << " statements, " << locals << " locals\n";
  for (unsigned k = 0; k < 15; ++k)
    if (terminators[k])
      os << "  " << kTerminators[k] << " " << terminators[k] << "\n";
}

} // namespace ferric::mir_transform
