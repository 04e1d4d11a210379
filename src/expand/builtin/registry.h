// The compiler's own macros: the items with #[rustc_builtin_macro] in core resolve to rows of one table, by name.
#pragma once
#include "expand/expander.h"

namespace ferric::expand {

// What a built-in macro left behind.
enum class OutputKind : uint8_t { Nothing /* keep the item; bang: an error was reported */, Expr, Tokens, Type, Items };
struct BuiltinOutput {
  OutputKind kind = OutputKind::Nothing;
  uint32_t node = 0;               // Expr, Type: raw id
  lex::TokenRange tokens;          // Tokens: parsed as the position asks
  llvm::SmallVector<ast::ItemId, 2> items; // Items: what replaces the call; Attr: what comes behind the item
  bool dropItem = false;           // Attr: the item goes away
};

enum class BuiltinStatus : uint8_t { Ready, Retry, Failed };

// One use of a built-in macro.
struct BuiltinContext {
  Expander &e;
  Invocation &inv;
  const MacroEntry &macro;
  lex::TokenRange args;            // inside the delimiters
  Session &sess;
  ast::Ast &ast;
  BuiltinOutput &out;

  // The invocation's span as the call site / the definition site see it (rustc with_call_site_ctxt / with_def_site_ctxt / mixed).
  Span callSite() const { return mark(Transparency::Transparent); }
  Span defSite() const { return mark(Transparency::Opaque); }
  Span mixedSite() const { return mark(Transparency::SemiOpaque); }
  Span mark(Transparency t) const { return inv.span.withCtxt(sess.hygiene.applyMark({}, inv.expn, t)); }
  parse::Parser parser() const { return e.parser(args, inv.span.shrinkToHi()); }
  diag::Builder error(Span span, const llvm::Twine &msg) const { return sess.diag.error(span, msg); }

  BuiltinStatus expr(ast::ExprId id) const {
    out.kind = OutputKind::Expr;
    out.node = id.raw;
    return BuiltinStatus::Ready;
  }
  BuiltinStatus tokens(lex::TokenRange range) const {
    out.kind = OutputKind::Tokens;
    out.tokens = range;
    return BuiltinStatus::Ready;
  }
  // A literal expression of the def-site span.
  BuiltinStatus literal(lex::LitKind kind, llvm::StringRef escaped, llvm::StringRef suffix = "") const;
  // A string literal that denotes `value`.
  BuiltinStatus string(llvm::StringRef value) const;
  BuiltinStatus integer(uint64_t value, llvm::StringRef suffix) const { return literal(lex::LitKind::Integer, llvm::utostr(value), suffix); }
  // Reports when there are arguments: `name!` takes none.
  void expectNoArgs(llvm::StringRef name) const;
  // The single string argument, expanded if it is a macro call. `missing`: message when there is none.
  Expander::StringArg singleString(llvm::StringRef name) const;
  bool isFailed(const Expander::StringArg &a, BuiltinStatus &status) const {
    status = a.status == Expander::Eager::Retry ? BuiltinStatus::Retry : BuiltinStatus::Failed;
    return a.status != Expander::Eager::Ready;
  }
};

using BuiltinFn = BuiltinStatus (*)(BuiltinContext &);
// Derives see the item and append the impls' tokens to `out`; `isConst`: derive_const.
struct DeriveContext;
using DeriveFn = void (*)(DeriveContext &);

struct BuiltinMacro {
  llvm::StringLiteral name;
  MacroKind kind;
  BuiltinFn expand;                // Bang, Attr
  DeriveFn derive;                 // Derive
};

// Row by #[rustc_builtin_macro] name; null when there is none.
const BuiltinMacro *findBuiltin(llvm::StringRef name);

// One function per macro, in the file of its group.
#define FERRIC_BUILTIN(name) BuiltinStatus name(BuiltinContext &c);
#include "expand/builtin/builtins.def"
#undef FERRIC_BUILTIN

} // namespace ferric::expand
