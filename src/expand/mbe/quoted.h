// A macro definition's matchers and bodies as trees, before they are compiled: what `$x:expr`, `$(..)sep op`, `${..}` and `$$`
// mean has been recognised (Reference: macros-by-example; rustc_expand::mbe::quoted). Lives only while a definition is compiled.
#pragma once
#include "diag/session.h"
#include "lex/token.h"
#include <vector>

namespace ferric::expand::mbe {

enum class RepeatOp : uint8_t { ZeroOrMore, OneOrMore, ZeroOrOne };

enum class QuotedKind : uint8_t { Token, Delimited, Sequence, MetaVar, MetaVarDecl, MetaVarExpr };
enum class MetaVarExprKind : uint8_t { Concat, Count, Ignore, Index, Len };
// One element of `${concat(..)}`: an identifier or string as it stands, or a metavariable.
struct ConcatElem { bool isVar = false; Ident ident; };

struct Quoted {
  QuotedKind kind{};
  lex::Token token;            // Token; Delimited: the opening delimiter; MetaVar, MetaVarDecl: the name (span of the name)
  lex::Token close;            // Delimited: the closing delimiter
  Span span;                   // of the whole, `$` included
  std::vector<Quoted> inner;   // Delimited, Sequence
  // Sequence
  bool hasSeparator = false;
  lex::Token separator;
  RepeatOp op{};
  Span opSpan;
  // MetaVarDecl
  lex::FragmentKind fragment{};
  bool inferred = false;       // `expr` and `pat` of an older edition
  // MetaVarExpr
  MetaVarExprKind exprKind{};
  Ident var;                   // Count, Ignore
  uint32_t depth = 0;          // Count, Index, Len
  std::vector<ConcatElem> concat;

  bool isToken(lex::TokenKind k) const { return kind == QuotedKind::Token && token.is(k); }
};

enum class RulePart : uint8_t { Matcher, Body };

// Source spelling of a fragment specifier; `inferred`: it was written `pat` or `expr`.
llvm::StringRef fragmentName(lex::FragmentKind kind, bool inferred = false);

// Recognises the macro syntax in `tokens` (whole token trees). `edition` is the defining crate's, for `pat` and `expr`. Errors are
// reported, `ok` is cleared, and something usable is returned.
std::vector<Quoted> parseQuoted(Session &sess, llvm::ArrayRef<lex::Token> tokens, RulePart part, unsigned edition, bool &ok);

// Checks of one rule (rustc_expand::mbe::macro_rules::check_lhs, mbe::macro_check). Report and return false on errors.
// Follow sets and empty repetitions (Reference: macros-by-example, "Follow-set ambiguity restrictions").
bool checkMatcher(Session &sess, llvm::ArrayRef<Quoted> matcher, unsigned edition);

} // namespace ferric::expand::mbe
