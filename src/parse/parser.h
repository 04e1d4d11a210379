// The parser: a token range (a file, or what a macro produced) to syntax tree nodes. Recursive descent without
// backtracking over nodes; grammar and tie-breaking follow the Reference and rustc_parse.
//
// Errors: the first mistake of a construct is reported, an Err node stands in its place, and parsing goes on at the next
// statement, list element or item: delimiters are matched in the token stream, so an error never leaks out of its braces.
// cfg: with a CfgSet, `#[cfg]` and `#[cfg_attr]` are evaluated as attributes are parsed; what is configured out is parsed
// (to find its end) and left out of its list. With a null CfgSet attributes stay as written.
#pragma once
#include "ast/ast.h"
#include "diag/session.h"
#include "parse/cfg.h"

namespace ferric::parse {

// Where an item stands: decides which kinds are allowed and what may be left out.
enum class ItemCtx : uint8_t { Module, Trait, Impl, TraitImpl, Foreign, Block };
// Type: `a::B<C>`; Expr: arguments need `::<`; Mod: no arguments (visibilities, attributes, `use`, macro names).
enum class PathStyle : uint8_t { Type, Expr, Mod, Pat };

// A place in the token stream: token index, and how many characters of a glued token (`>>`) are already used up.
struct Pos {
  uint32_t index = 0;
  uint8_t split = 0;
  friend bool operator==(Pos, Pos) = default;
};

// A module file: `#![..]` and items.
struct ModuleBody {
  ast::AttrsId innerAttrs;
  List<ast::ItemId> items;
  Span span;
  bool cfgdOut = false;    // by `#![cfg(..)]`: items is empty
};

class Parser {
public:
  // `edition` is the crate's; tokens from macros carry their own through hygiene. `eof`: span for errors at the end.
  Parser(Session &sess, ast::Ast &ast, const CfgSet *cfg, lex::TokenRange range, unsigned edition, Span eof = {});

  // ---- whole inputs: parse up to the end of the range ----
  ModuleBody parseModuleFile();
  // What a macro in item / associated item / foreign item position produced. Inner attributes are errors.
  List<ast::ItemId> parseItems(ItemCtx ctx);
  // What a macro in statement position produced; the last statement may be an expression without `;`.
  List<ast::StmtId> parseStmts();
  // Reports "unexpected token" when the range is not used up; `what` names the construct, as "expression". True if at the end.
  bool expectEof(const char *what);

  // ---- one construct each; the position is left behind it ----
  ast::ItemId parseItem(ItemCtx ctx = ItemCtx::Module);  // none: no item starts here, or it is configured out
  ast::StmtId parseStmt();              // without the trailing `;` of `let`/expressions (the `stmt` fragment); none: no statement here
  ast::ExprId parseExpr();              // with outer attributes
  // As parseExpr, but none when its attributes configure it out.
  ast::ExprId parseExprOpt();
  ast::PatId parsePat(bool topLevelAlternatives = true); // pat / pat_param
  ast::TypeId parseType();
  ast::TypeId parseTypeNoBounds();      // `+` not allowed after it
  ast::BlockId parseBlock();
  ast::PathId parsePath(PathStyle style);
  // `<T as Trait>::x` or a plain path.
  ast::PathId parseQPath(PathStyle style, ast::QSelf &qself);
  ast::Visibility parseVisibility(bool followedByType = false);
  // `path`, `path(..)`, `path = expr`, `unsafe(..)`: the content of `#[..]`.
  ast::AttrId parseMetaItem();
  // `#[..]`s and doc comments; cfg evaluated. `keep` turns false when configured out.
  ast::AttrsId parseOuterAttrs(bool &keep);
  ast::Literal parseLiteral();          // no minus; kind Err when there is none
  ast::ExprId parseLiteralMaybeMinus(); // the `literal` fragment
  ast::Lifetime parseLifetime();
  Ident parseIdent();
  ast::GenericArgsId parseGenericArgs(); // at `<` or `(`
  ast::Generics parseGenerics();         // `<..>` or nothing, without `where`
  List<ast::GenericBound> parseBounds(); // `A + 'b + ?C`

  // ---- macro matching ----
  // Whether a fragment of this kind can begin at the current token, as rustc decides it.
  bool canBegin(lex::FragmentKind kind) const;
  // Parses a fragment and throws the nodes away: `range` gets its tokens (copied when a glued token was split at either
  // end). False after an error, which was reported. Item/Block/Stmt/Pat/PatParam/Expr/Expr2021/Ty/Ident/Lifetime/
  // Literal/Meta/Path/Vis/TT. A Vis fragment may be empty.
  bool skipFragment(lex::FragmentKind kind, lex::TokenRange &range);

  // ---- the cursor ----
  const lex::Token &peek() const { return *tok_; }
  // The n-th token from here, flat (peek(0) is the current one); Eof past the end.
  const lex::Token &peek(uint32_t n) const;
  // The token behind the n-th token *tree* from here.
  const lex::Token &peekTree(uint32_t n) const;
  bool atEof() const { return tok_->kind == lex::TokenKind::Eof && !failed_; }
  // False once an error was reported and not recovered from: the rest of the range is not looked at.
  bool ok() const { return !failed_; }
  void bump();
  void bumpTree(); // a whole delimited group, or one token
  // Takes punctuation, splitting a glued token when `kind` is its beginning (`>` of `>>=`).
  bool eat(lex::TokenKind kind);
  bool eatKeyword(Symbol keyword);
  bool expect(lex::TokenKind kind);
  bool check(lex::TokenKind kind) const; // including as the beginning of a glued token
  bool checkKeyword(Symbol keyword) const { return tok_->isKeyword(keyword); }
  bool checkOpen(lex::Delim d) const { return tok_->isOpen(d); }
  bool checkClose(lex::Delim d) const { return tok_->isClose(d); }
  Pos pos() const { return {index_, split_}; }
  void setPos(Pos pos); // also clears a failure
  // Tokens between two positions, as one range.
  lex::TokenRange rangeBetween(Pos from, Pos to);
  Span prevSpan() const { return prevSpan_; }
  // Reports an error at the current token unless one is being recovered from; parsing stops until the next recovery point.
  void fail(Span span, const char *code, const llvm::Twine &message, const llvm::Twine &label = "");
  // Edition of the code at a span: the macro's for tokens that a macro brought.
  unsigned editionAt(Span span) const { return sess_.hygiene.edition(span, edition_); }

private:
  Session &sess_;
  ast::Ast &ast_;
  const CfgSet *cfg_;
  const lex::Token *tok_ = nullptr;
  uint32_t index_ = 0, end_ = 0;
  uint8_t split_ = 0;
  bool failed_ = false;
  unsigned edition_;
  Span prevSpan_;
};

} // namespace ferric::parse
