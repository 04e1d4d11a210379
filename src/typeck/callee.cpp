// Calls (Reference: call-expr; rustc_hir_typeck::{callee, fn_ctxt::checks}): what is called after autoderef - a function, a function
// pointer, a closure still being inferred, or anything that implements a Fn trait - and its arguments, closures last.
#include "typeck/autoderef.h"
#include "traits/solve.h"

namespace ferric::typeck {

static constexpr struct { const char *name; bool borrow; } kFnTraits[] = {{"fn", true}, {"fn_mut", true}, {"fn_once", false}};
static Symbol fnTraitLang(unsigned i) { return i == 0 ? sym::kw_fn : i == 1 ? sym::fn_mut : sym::fn_once; }
static Symbol fnTraitMethod(unsigned i) { return i == 0 ? sym::call : i == 1 ? sym::call_mut : sym::call_once; }

std::optional<ClosureKind> FnCtxt::closureKind(Ty closure) {
  int k = traits::closureKindOf(shallow(traits::closureParts(closure.args()).kind));
  return k < 0 ? std::nullopt : std::optional<ClosureKind>(ClosureKind(k));
}

PolyFnSig FnCtxt::closureSig(Ty closure) { return resolve(traits::closureParts(closure.args()).sig).fnPtrSig(); }

namespace {
struct CallCheck {
  FnCtxt &f;
  const hir::CallExpr *call;
  enum class Kind : uint8_t { None, Builtin, Deferred, Overloaded } kind = Kind::None;
  Ty builtin;
  FnSig sig;                   // Deferred: one tuple of inputs
  MethodCallee method;
  DefId closure;

  bool step(Autoderef &deref) {
    Ty t = f.tryStructurally(deref.finalTy());
    Adjustments adj;
    switch (t.kind()) {
    case TyKind::FnDef: case TyKind::FnPtr:
      f.adjustSteps(deref, adj);
      f.applyAdjustments(call->callee, std::move(adj));
      kind = Kind::Builtin;
      builtin = t;
      return true;
    case TyKind::Closure:
      if (f.closureKind(t)) break;
      // The kind decides between Fn, FnMut and FnOnce; it is known only when the body has been analysed.
      sig = ty::eraseLateBound(f.tcx, f.closureSig(t));
      f.adjustSteps(deref, adj);
      f.root.deferredCalls[t.def()].push_back({call, t, std::move(adj), sig});
      kind = Kind::Deferred;
      closure = t.def();
      return true;
    case TyKind::Ref:
      // `&F` implements Fn when F does, but calling the referent needs no such detour.
      if (deref.stepCount() == 0) return false;
      break;
    case TyKind::Infer:
      if (t.isTyVar()) f.mustBeKnown(deref.span(), t);
      return false;
    case TyKind::Error: return false;
    default: break;
    }
    // First with the number of arguments at hand, then with any.
    return tryTraits(deref, t, true) || tryTraits(deref, t, false);
  }

  bool tryTraits(Autoderef &deref, Ty t, bool withArgs) {
    std::optional<Adjustment> autoref;
    std::optional<MethodCallee> m = overloaded(f, call, t, withArgs, autoref);
    if (!m) return false;
    Adjustments adj;
    f.adjustSteps(deref, adj);
    if (autoref) adj.push_back(*autoref);
    f.applyAdjustments(call->callee, std::move(adj));
    kind = Kind::Overloaded;
    method = *m;
    return true;
  }

  static std::optional<MethodCallee> overloaded(FnCtxt &f, const hir::CallExpr *call, Ty t, bool withArgs, std::optional<Adjustment> &autoref) {
    for (unsigned i = 0; i < 3; ++i) {
      DefId trait = f.tcx.langItem(fnTraitLang(i));
      if (!trait) continue;
      std::optional<Ty> input;
      if (withArgs) {
        SmallVector<Ty, 8> vars;
        for (const hir::Expr *a : call->args) vars.push_back(f.nextTyVar(a->span));
        input = f.tcx.mkTuple(vars);
      }
      std::optional<MethodCallee> m = f.lookupMethodInTrait(Cause(call->span), fnTraitMethod(i), trait, t, input);
      if (!m) continue;
      if (kFnTraits[i].borrow) {
        Adjustment a;
        a.kind = AdjustKind::Borrow;
        a.target = m->sig.inputs()[0];
        a.mut = a.target.mut();
        autoref = a;
      }
      return m;
    }
    return std::nullopt;
  }
};

// Function, method, struct constructor, ...: what the message about wrong arguments calls it.
std::string calleeName(FnCtxt &f, DefId fn) {
  if (!fn) return "function";
  const Def &d = f.tcx.def(fn);
  if (d.kind == DefKind::Closure) return "closure";
  if (d.kind == DefKind::Ctor) return d.ctorOf == CtorOf::Variant ? "enum variant" : "struct";
  if (d.kind == DefKind::AssocFn) return f.tcx.assocItem(fn).hasSelf ? "method" : "function";
  return "function";
}
std::string counted(size_t n, const char *what) { return std::to_string(n) + " " + what + (n == 1 ? "" : "s"); }
} // namespace

void FnCtxt::resolveDeferredCalls(DefId closure) {
  auto it = root.deferredCalls.find(closure);
  if (it == root.deferredCalls.end()) return;
  std::vector<DeferredCall> calls = std::move(it->second);
  root.deferredCalls.erase(it);
  for (DeferredCall &d : calls) {
    std::optional<Adjustment> autoref;
    std::optional<MethodCallee> m = CallCheck::overloaded(*this, d.call, resolve(d.closureTy), false, autoref);
    if (!m) {
      root.setTainted();
      continue;
    }
    eq(d.sig.inputs()[0], m->sig.inputs()[1]);
    eq(m->sig.output(), d.sig.output());
    if (autoref) d.adjustments.push_back(*autoref);
    applyAdjustments(d.call->callee, std::move(d.adjustments));
    writeMethodCall(d.call->id, *m);
  }
}

Ty FnCtxt::checkCall(const hir::CallExpr *e, Expectation expected) {
  Ty calleeTy = e->callee->kind == ExprKind::Path ? checkExpr(e->callee, Expectation::none(), e) : checkExpr(e->callee);
  calleeTy = tryStructurally(calleeTy);
  Autoderef deref(*this, e->callee->span, calleeTy);
  CallCheck c{*this, e};
  Ty t;
  bool found = false;
  while (!found && deref.next(t)) found = c.step(deref);
  registerAll(deref.obligations());
  switch (c.kind) {
  case CallCheck::Kind::None: {
    for (const hir::Expr *a : e->args) checkExpr(a);
    if (!hasErr(resolve(calleeTy))) {
      std::string s = str(calleeTy);
      err(e->callee->span, "E0618", "expected function, found `" + s + "`").label(e->span, "call expression requires function");
    }
    return error();
  }
  case CallCheck::Kind::Builtin: {
    FnSig sig = normalize(Cause(e->span), sigOfFnTy(c.builtin));
    checkArguments(e->callee->span, e, sig.inputs(), sig.output(), expected, e->args, sig.header.cVariadic, false,
                   c.builtin.is(TyKind::FnDef) ? c.builtin.def() : DefId());
    if (sig.header.abi == ty::Abi::RustCall && !sig.inputs().empty()) registerBound(sig.inputs().back(), sym::tuple_trait, Cause(e->span));
    return sig.output();
  }
  case CallCheck::Kind::Deferred:
    checkArguments(e->callee->span, e, c.sig.inputs(), c.sig.output(), expected, e->args, false, true, c.closure);
    return c.sig.output();
  case CallCheck::Kind::Overloaded:
    checkArguments(e->callee->span, e, c.method.sig.inputs().drop_front(), c.method.sig.output(), expected, e->args, false, true, DefId());
    writeMethodCall(e->id, c.method);
    return c.method.sig.output();
  }
  UNREACHABLE("call kind");
}

// ---- arguments ----
namespace {
struct ArgCheck {
  FnCtxt &f;
  Span callSpan;
  ArrayRef<const hir::Expr *> args;
  SmallVector<Ty, 8> formal, expected;
  bool cVariadic;
  DefId fnDef;

  // What the arguments should be, if the call's result should be `output`: inferred in a probe, fresh variables kept apart.
  bool expectedInputs(Ty expectedOutput, Ty output, ArrayRef<Ty> inputs) {
    bool ok = true;
    ty::TyList l = f.infcx.fudgeInferenceIfOk(ok, [&](bool &good) {
      SmallVector<Ty, 8> tys;
      good = f.eq(expectedOutput, output);
      if (good)
        for (Ty t : inputs) tys.push_back(f.resolve(t));
      return f.tcx.mkTyList(tys);
    });
    if (!ok) return false;
    expected.assign(l.begin(), l.end());
    return true;
  }

  bool checkOne(size_t i) {
    const hir::Expr *arg = args[i];
    Expectation hint = f.rvalueHint(expected[i]);
    Ty checked = f.checkExpr(arg, hint);
    std::optional<Ty> only = f.onlyHasType(hint);
    // Coerce to the expectation first, then make it the formal type: the expectation may know more.
    Ty coerced = f.tryStructurally(only ? *only : formal[i]);
    Ty result;
    if (!f.coerce(arg, checked, coerced, true, result)) {
      f.reportMismatch(Cause(arg->span, CauseCode::FunctionArg), formal[i], checked, arg);
      return false;
    }
    if (!f.eq(formal[i], coerced)) {
      f.reportMismatch(Cause(arg->span, CauseCode::FunctionArg), formal[i], coerced, arg);
      return false;
    }
    return true;
  }

  void checkVariadic(const hir::Expr *arg) {
    Ty t = f.structurally(arg->span, f.checkExpr(arg));
    const char *castTo = nullptr;
    if (t.is(TyKind::Float) && t.floatTy() == ty::FloatTy::F32) castTo = "c_double";
    else if (t.isBool() || (t.is(TyKind::Int) && (t.intTy() == ty::IntTy::I8 || t.intTy() == ty::IntTy::I16))) castTo = "c_int";
    else if (t.is(TyKind::Uint) && (t.intTy() == ty::IntTy::I8 || t.intTy() == ty::IntTy::I16)) castTo = "c_uint";
    if (castTo)
      f.err(arg->span, "E0617", "can't pass `" + f.str(t) + "` to variadic function").help(Twine("cast the value to `") + castTo + "`");
    else if (t.is(TyKind::FnDef))
      f.err(arg->span, "E0617", "can't pass a function item to a variadic function").help("a function item is zero-sized and needs to be cast into a function pointer to be used in FFI");
  }

  void reportCount(const char *code) {
    std::string name = calleeName(f, fnDef);
    diag::Builder d = f.err(callSpan, code, "this " + name + " takes " + (cVariadic ? "at least " : "") + counted(formal.size(), "argument") + " but " +
                                                counted(args.size(), "argument") + (args.size() == 1 ? " was" : " were") + " supplied");
    for (size_t i = formal.size(); i < args.size(); ++i)
      d.label(args[i]->span, "unexpected argument #" + Twine(i + 1));
    for (size_t i = args.size(); i < formal.size(); ++i) {
      Ty t = f.resolve(formal[i]);
      d.label(callSpan, "argument #" + Twine(i + 1) + (t.has(ty::kHasInfer) ? "" : " of type `" + f.str(t) + "`") + " is missing");
    }
    if (fnDef && !f.tcx.def(fnDef).identSpan.isDummy()) d.noteAt(f.tcx.def(fnDef).identSpan, name + " defined here");
    d.emit();
  }
};
} // namespace

void FnCtxt::checkArguments(Span callSpan, const hir::Expr *call, ArrayRef<Ty> formalIn, Ty output, Expectation expectation,
                            ArrayRef<const hir::Expr *> args, bool cVariadic, bool tupled, DefId fnDef) {
  ArgCheck c{*this, callSpan, args, {}, {}, cVariadic, fnDef};
  output = tryStructurally(output);
  bool haveExpected = false;
  if (std::optional<Ty> t = onlyHasType(expectation)) haveExpected = c.expectedInputs(*t, output, formalIn);
  const char *code = "E0061";
  if (tupled) {
    Ty tuple = structurally(callSpan, formalIn[0]);
    if (tuple.is(TyKind::Tuple)) {
      c.formal.assign(tuple.tuple().begin(), tuple.tuple().end());
      if (c.formal.size() != args.size()) code = "E0057";
      Ty expectedTuple = haveExpected && !c.expected.empty() ? c.expected[0] : Ty();
      haveExpected = expectedTuple && expectedTuple.is(TyKind::Tuple) && expectedTuple.tuple().size() == c.formal.size();
      if (haveExpected) c.expected.assign(expectedTuple.tuple().begin(), expectedTuple.tuple().end());
    } else {
      if (!hasErr(tuple))
        err(call->span, "E0059", "cannot use call notation; the first type parameter for the function trait is neither a tuple nor unit");
      c.formal.assign(args.size(), error());
      haveExpected = false;
    }
  } else {
    c.formal.assign(formalIn.begin(), formalIn.end());
  }
  if (!haveExpected) c.expected = c.formal;
  // What is wrong with the signature was reported; what it leaves uninferred is not the caller's mistake.
  if (llvm::any_of(c.formal, [&](Ty t) { return hasErr(t); })) root.setTainted();
  size_t n = c.formal.size();
  bool countOk = cVariadic ? args.size() >= n : args.size() == n;
  for (size_t i = 0; i < n && i < args.size(); ++i) requireWellFormed(c.formal[i], args[i]->span);
  // The arity error is said once; types of a wrong number of arguments are checked silently.
  if (!countOk && !hasErr(output)) c.reportCount(cVariadic ? "E0060" : code);
  // Closures last: what the other arguments tell is their signature.
  for (bool closures : {false, true}) {
    if (closures) {
      bool any = false;
      for (const hir::Expr *a : args) any |= a->kind == ExprKind::Closure;
      // Selecting happens between the rounds even without closures, as rustc does.
      selectWherePossible();
      if (!any) break;
    }
    for (size_t i = 0; i < args.size() && i < n; ++i)
      if ((args[i]->kind == ExprKind::Closure) == closures) {
        if (countOk) {
          c.checkOne(i);
        } else {
          Ty t = checkExpr(args[i], rvalueHint(c.expected[i]));
          Ty result;
          coerce(args[i], t, c.formal[i], true, result);
        }
      }
  }
  for (size_t i = n; i < args.size(); ++i) {
    if (cVariadic) c.checkVariadic(args[i]);
    else checkExpr(args[i]);
  }
}

} // namespace ferric::typeck
