// The built-in derives (rustc_builtin_macros::deriving). Each appends the tokens of its impls to `q`.
#pragma once
#include "expand/builtin/registry.h"
#include "expand/quote.h"

namespace ferric::expand {

struct DeriveContext {
  Expander &e;
  Invocation &inv;
  ast::ItemId item;
  Session &sess;
  ast::Ast &ast;
  Quote &q;
  Span span;                   // of the derive's path, def-site
  bool isConst = false;
};

namespace derive {
void deriveClone(DeriveContext &c);
void deriveCoercePointee(DeriveContext &c);
void deriveConstParamTy(DeriveContext &c);
void deriveUnsizedConstParamTy(DeriveContext &c);
void deriveCopy(DeriveContext &c);
void deriveDebug(DeriveContext &c);
void deriveDefault(DeriveContext &c);
void deriveEq(DeriveContext &c);
void deriveFrom(DeriveContext &c);
void deriveHash(DeriveContext &c);
void deriveOrd(DeriveContext &c);
void derivePartialEq(DeriveContext &c);
void derivePartialOrd(DeriveContext &c);
} // namespace derive
} // namespace ferric::expand
