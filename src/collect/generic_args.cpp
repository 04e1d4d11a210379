// Generic arguments: counted against the parameters, matched with them in order, completed by defaults or inference
// (rustc_hir_analysis::hir_ty_lowering::generics; Reference: paths, "Generic arguments").
#include "collect/collect.h"
#include "collect/util.h"
#include "ty/fold.h"
#include "ty/print.h"

namespace ferric::collect {

static const char *nameOf(hir::GenericArgKind k) {
  switch (k) {
  case hir::GenericArgKind::Lifetime: return "lifetime";
  case hir::GenericArgKind::Type: return "type";
  case hir::GenericArgKind::Const: return "constant";
  case hir::GenericArgKind::Infer: return "placeholder";
  }
  return "";
}
static const char *nameOf(ty::GenericParamKind k) {
  return k == ty::GenericParamKind::Lifetime ? "lifetime" : k == ty::GenericParamKind::Type ? "type" : "constant";
}
static bool fits(const ty::GenericParamDef &p, const hir::GenericArg &a) {
  switch (a.kind) {
  case hir::GenericArgKind::Lifetime: return p.kind == ty::GenericParamKind::Lifetime;
  case hir::GenericArgKind::Type: return p.kind == ty::GenericParamKind::Type;
  case hir::GenericArgKind::Const: return p.kind == ty::GenericParamKind::Const;
  case hir::GenericArgKind::Infer: return p.kind != ty::GenericParamKind::Lifetime;
  }
  return false;
}

bool TyLowerer::checkArgCount(Span span, DefId def, const hir::PathSegment &segment, bool isMethod, bool inferArgs) {
  const ty::Generics *g = tcx.genericsOf(def);
  ArrayRef<hir::GenericArg> args = segment.args ? segment.args->args : ArrayRef<hir::GenericArg>();
  size_t lifetimes = 0, others = 0;
  for (const hir::GenericArg &a : args)
    (a.kind == hir::GenericArgKind::Lifetime ? lifetimes : others)++;
  size_t lifetimeParams = 0, params = 0, required = 0;
  for (const ty::GenericParamDef &p : g->own) {
    if (p.kind == ty::GenericParamKind::Lifetime) {
      ++lifetimeParams;
    } else if (!p.synthetic && !(g->ownSelf && p.index == 0)) {
      ++params;
      required += !p.hasDefault;
    }
  }
  Span at = segment.ident.span;
  std::string what = Crates::descr(tcx.defKind(def), &tcx.def(def));
  std::string name = tcx.sess.str(tcx.crates.name(def)).str();
  auto report = [&](const char *kind, size_t expected, size_t given, const char *bound) {
    std::string message = what + " takes " + bound + std::to_string(expected) + " " + kind + (expected == 1 ? " argument" : " arguments") + " but " +
                          std::to_string(given) + " " + kind + (given == 1 ? " argument was supplied" : " arguments were supplied");
    diag::Builder d = tcx.sess.diag.error(at, "E0107", given == 0 ? "missing generics for " + what + " `" + name + "`" : message);
    d.label(at, "expected " + std::string(bound) + std::to_string(expected) + " " + kind + (expected == 1 ? " argument" : " arguments"));
    d.noteAt(tcx.def(def).identSpan, what + " defined here, with " + bound + std::to_string(expected) + " " + kind + (expected == 1 ? " parameter" : " parameters"));
  };
  if (lifetimes) {
    ArrayRef<DefId> late = tcx.defKind(def) == DefKind::Fn || tcx.defKind(def) == DefKind::AssocFn ? tcx.lateBoundParamsOf(def) : ArrayRef<DefId>();
    if (!late.empty()) {
      // Late-bound lifetimes cannot be given; harmless when they are as many as there are parameters in all, and no more than a lint in method calls.
      if (lifetimes > lifetimeParams && !isMethod) {
        tcx.sess.diag.error(at, "E0794", "cannot specify lifetime arguments explicitly if late bound lifetime parameters are present");
        return false;
      }
    } else if (lifetimes != lifetimeParams) {
      report("lifetime", lifetimeParams, lifetimes, "");
      return false;
    }
  }
  if (inferArgs && others == 0)
    return true;
  if (others > params) {
    report("generic", params, others, required < params ? "at most " : "");
    return false;
  }
  if (others < required && !(inferArgs && others == 0)) {
    report("generic", required, others, required < params ? "at least " : "");
    return false;
  }
  return true;
}

GenericArg TyLowerer::lowerArg(const ty::GenericParamDef &param, const hir::GenericArg &arg, ArrayRef<GenericArg> preceding, DefId owner) {
  switch (arg.kind) {
  case hir::GenericArgKind::Lifetime: return lowerLifetime(arg.lifetime);
  case hir::GenericArgKind::Type: return lowerTy(arg.ty);
  case hir::GenericArgKind::Const: {
    Ty expected = ty::instantiate(tcx, tcx.typeOf(param.def), tcx.mkArgs(preceding));
    return lowerConstArg(arg.konst, expected);
  }
  case hir::GenericArgKind::Infer:
    if (param.kind == ty::GenericParamKind::Const)
      return ctInfer(&param, arg.span);
    Ty t = tyInfer(&param, arg.span);
    if (arg.id.valid())
      recordTy(arg.id, t, arg.span);
    return t;
  }
  UNREACHABLE("generic argument kind");
}

GenericArg TyLowerer::defaultArg(const ty::GenericParamDef &param, ArrayRef<GenericArg> preceding) {
  if (!param.hasDefault)
    return {};
  GenericArgs args = tcx.mkArgs(preceding);
  if (param.kind == ty::GenericParamKind::Const)
    return normalize(ty::instantiate(tcx, tcx.constParamDefault(param.def), args), Span());
  return normalize(ty::instantiate(tcx, tcx.typeOf(param.def), args), Span());
}

GenericArgs TyLowerer::createArgs(DefId def, ArrayRef<GenericArg> parentArgs, Ty self, ArgSource &source) {
  SmallVector<const ty::Generics *, 4> stack;
  for (const ty::Generics *g = tcx.genericsOf(def); g; g = g->parent)
    stack.push_back(g);
  SmallVector<GenericArg, 8> out;
  while (!stack.empty()) {
    const ty::Generics *g = stack.pop_back_val();
    ArrayRef<ty::GenericParamDef> params = g->own;
    while (!params.empty() && params[0].index < parentArgs.size()) {
      out.push_back(parentArgs[params[0].index]);
      params = params.drop_front();
    }
    if (!params.empty() && params[0].index == 0 && g->ownSelf) {
      out.push_back(self ? GenericArg(self) : source.missing(out, params[0], true));
      params = params.drop_front();
    }
    if (params.empty())
      continue;
    bool inferred = true;
    const hir::GenericArgs *written = source.argsFor(g->def, inferred);
    ArrayRef<hir::GenericArg> args = written ? written->args : ArrayRef<hir::GenericArg>();
    bool mismatched = false;
    const hir::GenericArg *insteadOfLifetime = nullptr;
    for (const ty::GenericParamDef &p : params) {
      // Lifetimes that are given but late-bound are passed over; others come too late.
      while (!args.empty() && args[0].kind == hir::GenericArgKind::Lifetime && p.kind != ty::GenericParamKind::Lifetime) {
        if (insteadOfLifetime && !mismatched) {
          tcx.sess.diag.error(insteadOfLifetime->span, "E0747",
                              llvm::Twine(nameOf(insteadOfLifetime->kind)) + " provided when a lifetime was expected");
          mismatched = true;
        }
        args = args.drop_front();
      }
      if (args.empty() || p.synthetic) {
        out.push_back(source.missing(out, p, inferred));
        continue;
      }
      if (p.kind == ty::GenericParamKind::Lifetime && args[0].kind != hir::GenericArgKind::Lifetime) {
        if (!insteadOfLifetime)
          insteadOfLifetime = &args[0];
        out.push_back(source.missing(out, p, inferred));
        continue;
      }
      if (!fits(p, args[0])) {
        if (!mismatched)
          tcx.sess.diag.error(args[0].span, "E0747",
                              llvm::Twine(nameOf(args[0].kind)) + " provided when a " + nameOf(p.kind) + " was expected");
        mismatched = true;
        out.push_back(p.kind == ty::GenericParamKind::Const ? GenericArg(tcx.common.error_ct)
                      : p.kind == ty::GenericParamKind::Type ? GenericArg(errorTy())
                                                             : GenericArg(tcx.common.error_re));
        args = args.drop_front();
        continue;
      }
      out.push_back(source.provided(out, p, args[0]));
      args = args.drop_front();
    }
    if (insteadOfLifetime && !mismatched && llvm::any_of(args, [](const hir::GenericArg &a) { return a.kind == hir::GenericArgKind::Lifetime; }))
      tcx.sess.diag.error(insteadOfLifetime->span, "E0747", llvm::Twine(nameOf(insteadOfLifetime->kind)) + " provided when a lifetime was expected");
  }
  return tcx.mkArgs(out);
}

namespace {
// Arguments of one segment in a type or trait path.
class SegmentArgs final : public ArgSource {
public:
  SegmentArgs(TyLowerer &l, DefId def, const hir::PathSegment &segment, Span span)
      : l_(l), def_(def), segment_(segment), span_(span) {}
  const hir::GenericArgs *argsFor(DefId def, bool &inferred) override {
    inferred = false;
    if (def != def_)
      return nullptr;
    inferred = segment_.inferArgs && l_.allowInfer();
    return segment_.args;
  }
  GenericArg provided(ArrayRef<GenericArg> preceding, const ty::GenericParamDef &param, const hir::GenericArg &arg) override {
    return l_.lowerArg(param, arg, preceding, def_);
  }
  GenericArg missing(ArrayRef<GenericArg> preceding, const ty::GenericParamDef &param, bool inferred) override {
    ty::Ctx &tcx = l_.tcx;
    if (param.kind == ty::GenericParamKind::Lifetime)
      return l_.reInfer(span_, false);
    if (!inferred && param.hasDefault) {
      GenericArg d = l_.defaultArg(param, preceding);
      // Defaults that mention Self cannot be used where there is no Self yet.
      if (!preceding.empty() && preceding[0].isTy() && preceding[0].ty() == dummySelf(tcx) && mentions(d, dummySelf(tcx))) {
        tcx.sess.diag.error(span_, "E0393", llvm::Twine("the type parameter `") + tcx.sess.str(param.name) + "` must be explicitly specified")
            .note("because of the default `Self` reference, type parameters must be specified on object types");
        return tcx.common.error;
      }
      return d;
    }
    if (inferred)
      return param.kind == ty::GenericParamKind::Const ? GenericArg(l_.ctInfer(&param, span_)) : GenericArg(l_.tyInfer(&param, span_));
    return param.kind == ty::GenericParamKind::Const ? GenericArg(tcx.common.error_ct) : GenericArg(tcx.common.error);
  }

private:
  TyLowerer &l_;
  DefId def_;
  const hir::PathSegment &segment_;
  Span span_;
};
} // namespace

GenericArgs TyLowerer::lowerArgsOfSegment(Span span, DefId def, ArrayRef<GenericArg> parentArgs, const hir::PathSegment *segment, Ty self) {
  static const hir::PathSegment kNone;
  if (!segment)
    segment = &kNone;
  const ty::Generics *g = tcx.genericsOf(def);
  bool infer = segment->inferArgs && allowInfer();
  checkArgCount(span, def, *segment, false, infer);
  if (tcx.defKind(def) != DefKind::Trait && tcx.defKind(def) != DefKind::TraitAlias && segment->args && !segment->args->constraints.empty() &&
      segment->args->sugar == hir::GenericArgsSugar::None)
    tcx.sess.diag.error(segment->args->constraints[0].span, "E0229", "associated item constraints are not allowed here")
        .label(segment->args->constraints[0].span, "associated item constraint not allowed here");
  if (segment->args && segment->args->sugar == hir::GenericArgsSugar::Parenthesized && tcx.defKind(def) != DefKind::Trait)
    tcx.sess.diag.error(segment->args->span, "E0214", "parenthesized type parameters may only be used with a `Fn` trait")
        .label(segment->args->span, "only `Fn` traits may use parentheses");
  if (g->own.empty())
    return tcx.mkArgs(parentArgs);
  SegmentArgs source(*this, def, *segment, span);
  return createArgs(def, parentArgs, self, source);
}

} // namespace ferric::collect
