// What constants, statics and const functions may do (Reference: const_eval; rustc_const_eval::check_consts). The body
// as built is walked once for operations and calls, and the runtime body once more for drops, when those of moved
// values have gone. Borrows that would outlive the evaluation are reported only when nothing else is wrong.
#include "mir_transform/const_check.h"
#include "mir_transform/const_qualifs.h"
#include "mir_transform/init_flow.h"
#include "mir/cfg.h"
#include "mir/visit.h"
#include "traits/instance.h"
#include "ty/features.h"
#include "ty/print.h"
#include <set>

namespace ferric::mir_transform {

using ty::TyKind;

namespace {
enum class Context : uint8_t { None, ConstFn, Const, Static, StaticMut };

Context contextOf(Ctx &tcx, const Body &body) {
  if (tcx.crates.hasAttr(body.def, sym::rustc_do_not_const_check))
    return Context::None;
  switch (tcx.defKind(body.def)) {
  case DefKind::Const:
  case DefKind::AssocConst:
  case DefKind::AnonConst:
  case DefKind::InlineConst:
    return Context::Const;
  case DefKind::Static:
    return tcx.crates.itemAs<ast::StaticItem>(body.def).mut == Mutability::Mut ? Context::StaticMut : Context::Static;
  case DefKind::Fn:
  case DefKind::AssocFn:
    return tcx.isConstFn(body.def) ? Context::ConstFn : Context::None;
  default:
    return Context::None;
  }
}

const char *name(Context c) {
  switch (c) {
  case Context::ConstFn:
    return "constant function";
  case Context::Const:
    return "constant";
  default:
    return "static";
  }
}

class Checker : public Visitor {
public:
  Checker(Ctx &tcx, const Body &body, Context context)
      : tcx_(tcx), body_(body), env_(paramEnvOf(tcx, body.def)), context_(context),
        mutInterior_(tcx, body, env_, Qualif::HasMutInterior), transient_(body.locals.size()) {
    for (const BasicBlock &b : body.blocks)
      for (const Statement &s : b.statements)
        if (s.kind == StatementKind::StorageDead)
          transient_[s.place.local.raw] = true;
  }

  // True when all is well.
  bool run(llvm::ArrayRef<BlockId> order) {
    for (BlockId b : order) {
      const BasicBlock &block = body_.block(b);
      if (block.isCleanup)
        continue;
      for (uint32_t i = 0; i < block.statements.size(); ++i) {
        span_ = block.statements[i].source.span;
        visit(block.statements[i], {b, i});
      }
      span_ = block.terminator.source.span;
      visit(block.terminator, {b, uint32_t(block.statements.size())});
    }
    if (!failed_)
      for (const auto &[span, code, message] : escaping_)
        error(span, code, message);
    return !failed_;
  }

  void visitRvalue(Rvalue &r, Location at) override {
    superRvalue(r, at);
    switch (r.kind) {
    case RvalueKind::ThreadLocalRef:
      return error(span_, "E0625", "thread-local statics cannot be accessed at compile-time");
    case RvalueKind::Ref:
      return borrow(r.place, r.borrow >= MirBorrowKind::Mut, at);
    case RvalueKind::RawPtr:
      return borrow(r.place, r.mut == Mutability::Mut, at);
    case RvalueKind::Cast:
      if (r.cast == CastKind::PointerExposeProvenance && !operandTy(tcx_, body_, r.operands[0]).has(ty::kHasError))
        error(span_, "", "pointers cannot be cast to integers during const eval");
      return;
    case RvalueKind::BinaryOp: {
      Ty t = operandTy(tcx_, body_, r.operands[0]);
      if (t.is(TyKind::FnPtr) || t.is(TyKind::RawPtr))
        error(span_, "", "pointers cannot be reliably compared during const eval");
      return;
    }
    default:
      return;
    }
  }

  void visitTerminator(Terminator &t, Location at) override {
    superTerminator(t, at);
    if (t.kind == TerminatorKind::InlineAsm)
      error(span_, "E0015", llvm::Twine("inline assembly is not allowed in ") + name(context_) + "s");
    else if (t.kind == TerminatorKind::Call || t.kind == TerminatorKind::TailCall)
      call(t);
  }

private:
  void error(Span span, const char *code, const llvm::Twine &message) {
    failed_ = true;
    if (reported_.insert({span.lo, span.ctxt.raw, code}).second)
      tcx_.sess.diag.error(span, code, message).emit();
  }

  // A place that may live on when the evaluation is over. Those behind pointers were looked at when the pointer was
  // made.
  bool mayEscape(const Place &p) { return context_ != Context::ConstFn && !p.isIndirect() && !transient_[p.local.raw]; }

  void borrow(const Place &p, bool mut, Location at) {
    if (mut) {
      if (context_ != Context::StaticMut && mayEscape(p))
        escaping_.push_back({span_, "E0764",
                             std::string("mutable borrows of temporaries that have their lifetime extended until the "
                                         "end of the program are not allowed")});
    } else if (mayEscape(p) && mutInterior_.ofPlace(p, at)) {
      escaping_.push_back({span_, "E0492",
                           std::string("interior mutable shared borrows of temporaries that have their lifetime "
                                       "extended until the end of the program are not allowed")});
    }
  }

  void notConst(DefId callee, const llvm::Twine &what) {
    error(span_, "E0015",
          "cannot call non-const " + what + " `" + ty::showDef(tcx_, callee) + "` in " + name(context_) + "s");
  }

  // Panics take their message as a `&str` (as a `&&str`: panic_display), which is all that is understood at compile
  // time.
  bool isPanicOfStr(const Terminator &t, unsigned refs) {
    Ty arg = operandTy(tcx_, body_, t.args[0]);
    for (; refs && arg.is(TyKind::Ref); --refs)
      arg = arg.inner();
    return refs == 0 && arg.is(TyKind::Str);
  }

  void call(const Terminator &t) {
    Ty f = operandTy(tcx_, body_, t.operand);
    if (f.is(TyKind::FnPtr))
      return error(span_, "", llvm::Twine("function pointer calls are not allowed in ") + name(context_) + "s");
    if (!f.is(TyKind::FnDef))
      return;
    DefId callee = f.def();
    if (tcx_.defKind(tcx_.parent(callee)) == DefKind::Trait)
      return traitCall(callee, f.args());
    for (auto [lang, refs] : {std::pair(sym::begin_panic, 1u), std::pair(sym::panic_display, 2u)})
      if (tcx_.isLang(callee, lang)) {
        if (!isPanicOfStr(t, refs))
          error(span_, "", "argument to `panic!()` in a const context must have type `&str`");
        return;
      }
    if (!tcx_.isConstFn(callee))
      notConst(callee, tcx_.defKind(callee) == DefKind::AssocFn ? "associated function" : "fn");
  }

  // A method of a trait: the trait must be const, and so must the impl where it is known.
  void traitCall(DefId callee, GenericArgs args) {
    if (!tcx_.isConstFn(callee))
      return notConst(callee, "method");
    std::optional<Instance> i = traits::resolveInstance(tcx_, env_, callee, args);
    Ty self = args.empty() ? Ty() : args[0].ty();
    if (self && self.is(TyKind::Closure) && i && !tcx_.isConstFn(self.def()))
      return error(span_, "E0015", llvm::Twine("cannot call non-const closure in ") + name(context_) + "s");
    bool byBound = !i && self && self.is(TyKind::Param) && !hasConstBound(tcx_, body_.def, self);
    bool byImpl = i && i->kind == ty::InstanceKind::Item && tcx_.defKind(tcx_.parent(i->def)) == DefKind::Impl && !tcx_.isConstFn(i->def);
    if (!byBound && !byImpl)
      return;
    if (!ty::hasFeature(tcx_, body_.def.crate(), sym::const_trait_impl))
      return notConst(callee, "method");
    error(span_, "E0277",
          "the trait bound `" + ty::show(tcx_, args[0].ty()) + ": const " + ty::showDef(tcx_, tcx_.parent(callee)) +
              "` is not satisfied");
  }

  struct Escaping {
    Span span;
    const char *code;
    std::string message;
  };
  Ctx &tcx_;
  const Body &body_;
  ParamEnv env_;
  Context context_;
  Qualifs mutInterior_;
  std::vector<bool> transient_; // has its storage ended before the evaluation is over
  std::vector<Escaping> escaping_;
  std::set<std::tuple<uint32_t, uint32_t, std::string>> reported_;
  Span span_;
  bool failed_ = false;
};
} // namespace

bool checkConstOperations(Ctx &tcx, const Body &body, llvm::ArrayRef<BlockId> order) {
  Context context = contextOf(tcx, body);
  return context == Context::None || Checker(tcx, body, context).run(order);
}

// Drops of values that may need one at a place where `happens`.
static bool reportDrops(Ctx &tcx, const Body &body, llvm::function_ref<bool(Location, const Place &)> happens) {
  Context context = contextOf(tcx, body);
  if (context == Context::None)
    return true;
  std::optional<Qualifs> qualifs;
  llvm::SmallDenseSet<uint32_t, 4> reported;
  bool ok = true;
  if (llvm::none_of(body.blocks, [](const BasicBlock &b) { return b.terminator.kind == TerminatorKind::Drop; }))
    return true;
  for (BlockId b : reversePostorder(body)) {
    const Terminator &t = body.block(b).terminator;
    if (t.kind != TerminatorKind::Drop || body.block(b).isCleanup)
      continue;
    ParamEnv env = paramEnvOf(tcx, body.def);
    if (!qualifs)
      qualifs.emplace(tcx, body, env, Qualif::NeedsNonConstDrop);
    Location at{b, uint32_t(body.block(b).statements.size())};
    if (!qualifs->ofPlace(t.place, at) || !happens(at, t.place))
      continue;
    ok = false;
    Span span = t.place.isLocal() ? body.local(t.place.local).source.span : t.source.span;
    if (!reported.insert(span.lo).second)
      continue;
    Ty dropped = placeTy(tcx, body, t.place).ty;
    tcx.sess.diag
        .error(span, "E0493", "destructor of `" + ty::show(tcx, dropped) + "` cannot be evaluated at compile-time")
        .label(span, std::string("the destructor for this type cannot be evaluated in ") + name(context) + "s")
        .emit();
  }
  return ok;
}

bool checkConstDropsAsBuilt(Ctx &tcx, const Body &body) {
  if (contextOf(tcx, body) == Context::None || ty::hasFeature(tcx, body.def.crate(), sym::const_precise_live_drops))
    return true;
  std::optional<MoveData> moves;
  std::optional<InitFlow> flow;
  return reportDrops(tcx, body, [&](Location at, const Place &place) {
    if (!flow) {
      moves.emplace(tcx, body, paramEnvOf(tcx, body.def));
      flow.emplace(tcx, body, *moves);
    }
    MoveData::Lookup path = moves->find(place);
    return !path.exact || flow->before(at).maybeInit.test(path.path.raw);
  });
}

bool checkConstDrops(Ctx &tcx, const Body &body) {
  return reportDrops(tcx, body, [](Location, const Place &) { return true; });
}

} // namespace ferric::mir_transform
