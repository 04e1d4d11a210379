// Projection: from `<T as Trait>::Item` to what it is; internal to traits.
#pragma once
#include "traits/select.h"

namespace ferric::traits {

enum class ProjectResult : uint8_t { Progress, Rigid, Ambiguous, Error, InProgress, Overflow };

class Projector {
public:
  Projector(InferCtxt &cx, const Cause &cause, ParamEnv env, uint32_t depth) : cx(cx), tcx(cx.tcx), cause(cause), env(env), depth(depth), li(lang(cx.tcx)) {}
  // Arguments are normal. Progress: `term` is the normal form; Rigid: it is the alias. Obligations go to `out`.
  ProjectResult normalize(AliasTy alias, Term &term, Obligations &out);

private:
  enum class Source : uint8_t { ParamEnv, AliasBound, Object, Select };
  struct Found { Source source{}; Predicate clause; Selection selection; };
  enum class SetState : uint8_t { None, Single, Ambiguous, Error };
  // What is remembered of an alias, or none.
  const CachedProjection *remembered(Caches::Key key, Ty alias);
  // Resolves `nested`, without what it holds twice, and keeps it with the result.
  void remember(Caches::Key key, Ty alias, CachedProjection &&p, Obligations &nested);
  ProjectResult project(const AliasTy &alias, Term &term, Obligations &out);
  bool push(Found &&f, bool hasInfer);
  void fromClauses(const AliasTy &alias, llvm::ArrayRef<Predicate> clauses, Source source);
  void fromAliasBounds(const AliasTy &alias);
  void fromObject(const AliasTy &alias);
  void fromImpls(const AliasTy &alias);
  enum class Match : uint8_t { No, Yes, Ambiguous };
  Match matches(const AliasTy &alias, Predicate clause, bool unnormalized);
  bool eligible(const AliasTy &alias, const Selection &s);
  bool builtinEligible(const AliasTy &alias);
  ProjectResult confirmClause(const AliasTy &alias, Predicate clause, bool unnormalized, Term &term, Obligations &out);
  ProjectResult confirmImpl(const AliasTy &alias, const Selection &s, Term &term, Obligations &out);
  ProjectResult confirmBuiltin(const AliasTy &alias, Term &term, Obligations &out);
  GenericArgs normalizeDiffering(GenericArgs args, GenericArgs goal, Obligations &out);
  Ty structTailOf(Ty t);

  InferCtxt &cx;
  Tcx &tcx;
  const Cause &cause;
  ParamEnv env;
  uint32_t depth;
  const LangItems &li;
  SetState state_ = SetState::None;
  Found found_;
};

// Environment that a goal with these flags depends on: none for one without parameters.
ParamEnv relevantEnv(Tcx &tcx, ParamEnv env, uint32_t flags);

} // namespace ferric::traits
