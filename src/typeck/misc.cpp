// Small things: lengths of byte strings, unsafe binders, what the crate's attributes ask for.
#include "ty/features.h"
#include "lex/lexer.h"
#include "lex/unescape.h"
#include "typeck/fn_ctxt.h"

namespace ferric::typeck {

uint64_t FnCtxt::byteStrLen(const hir::Literal &lit) {
  StringRef text = sess.str(lit.sym);
  if (lit.kind == lex::LitKind::ByteStrRaw) return text.size();
  SmallVector<char, 64> bytes;
  lex::unescape(text, lit.kind, bytes);
  return bytes.size();
}

bool FnCtxt::crateUsesFeatures() {
  const Crate &c = tcx.crates[root.owner.crate()];
  return Crates::findAttr(c.ast, c.attrs, sym::feature) != nullptr;
}

// `#![feature(name)]` of the body's crate: where the language itself differs.
bool FnCtxt::hasFeature(Symbol name) { return ty::hasFeature(tcx, root.owner.crate(), name); }

// wrap_binder!/unwrap_binder! (the `unsafe<'a> T` types).
Ty FnCtxt::checkUnsafeBinderCast(const hir::UnsafeBinderCastExpr *e, Expectation expected) {
  std::optional<Ty> ascribed;
  if (e->ty) ascribed = lowerTy(e->ty);
  auto open = [&](Ty t) -> Ty {
    if (!t.is(TyKind::UnsafeBinder)) {
      if (!hasErr(t)) err(e->span, "", e->wrap ? "`wrap_binder!()` can only wrap into unsafe binder" : "expected unsafe binder as input of `unwrap_binder!()`");
      return error();
    }
    return ty::replaceBound(tcx, t.inner(), t->vars, [&](uint32_t, const ty::BoundVar &) { return GenericArg(tcx.common.erased); });
  };
  if (e->wrap) {
    std::optional<Ty> want = onlyHasType(expected);
    Ty binder = ascribed ? *ascribed : want ? *want : nextTyVar(e->operand->span);
    if (ascribed && want) demandEq(Cause(e->operand->span), *want, *ascribed);
    binder = structurally(e->operand->span, binder);
    checkExprHasType(e->operand, open(binder));
    return binder;
  }
  Ty hint = ascribed ? *ascribed : nextTyVar(e->operand->span);
  return open(structurally(e->operand->span, checkExprHasType(e->operand, hint)));
}

} // namespace ferric::typeck
