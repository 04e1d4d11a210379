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
#include "llvm/ADT/SmallVector.h"
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
  bool fatal = false;      // an item could not be parsed: rustc stops after parsing then
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
  void bump() {
    if (tok_ == &eof_)
      return;
    prevSpan_ = tok_->span;
    ++index_;
    split_ = 0;
    refresh();
  }
  void bumpTree(); // a whole delimited group, or one token
  bool eat(lex::TokenKind kind) {
    bool is = tok_->kind == kind;
    if (is)
      bump();
    return is;
  }
  bool eatKeyword(Symbol keyword);
  bool expect(lex::TokenKind kind);
  bool check(lex::TokenKind kind) const { return tok_->kind == kind; }
  // For `<`, `>`, `&`, `|` and `+`: also takes the first character of a glued token (`>` of `>>=`).
  bool eatSplit(lex::TokenKind kind);
  bool checkSplit(lex::TokenKind kind) const;
  bool expectSplit(lex::TokenKind kind);
  bool checkKeyword(Symbol keyword) const { return tok_->isKeyword(keyword); }
  bool checkOpen(lex::Delim d) const { return tok_->isOpen(d); }
  bool checkClose(lex::Delim d) const { return tok_->isClose(d); }
  Pos pos() const { return {index_, split_}; }
  void setPos(Pos pos); // also clears a failure
  // Tokens between two positions, as one range.
  lex::TokenRange rangeBetween(Pos from, Pos to);
  Span prevSpan() const { return prevSpan_; }
  // From `lo` to the end of what was parsed last; the macro's side where tokens of a macro and of its arguments meet.
  Span since(Span lo) const { return join(lo, prevSpan_); }
  // Reports an error at the current token unless one is being recovered from; parsing stops until the next recovery point.
  void fail(Span span, const char *code, const llvm::Twine &message, const llvm::Twine &label = "");
  // Edition of the code at a span: the macro's for tokens that a macro brought.
  unsigned editionAt(Span span) const { return sess_.hygiene.edition(span, edition_); }

private:
  using TK = lex::TokenKind;
  struct Group { uint32_t close; };         // a delimited group being parsed: index of its closing delimiter
  struct Attrs {                            // attributes met in front of something
    llvm::SmallVector<ast::AttrId, 4> ids;
    bool keep = true;                       // not configured out
    bool any = false;                       // something was written
    uint32_t begin = 0;                     // index of the first one's `#`
    Span lo;
    bool empty() const { return ids.empty(); }
  };
  // rustc_parse's Restrictions.
  enum Res : uint8_t { kStmtExpr = 1, kNoStruct = 2, kAllowLet = 4, kIsPat = 8 };
  class Depth;
  class WithRes;
  enum class ParamMode : uint8_t { Named, Trait2015, Optional };

  // ---- cursor (cursor.cpp) ----
  // Sets the current token from the position.
  void refresh() {
    bool isPlain = index_ < end_ && !split_ && !failed_ && !isTransparent(tokens_[index_]);
    if (isPlain)
      tok_ = tokens_ + index_;
    else
      refreshOtherwise();
  }
  void refreshOtherwise();
  // Groups whose invisible delimiters mean nothing to the grammar: what a proc macro put into a None-delimited group.
  static bool isTransparent(const lex::Token &t) {
    return (t.kind == TK::OpenDelim || t.kind == TK::CloseDelim) && t.delim() == lex::Delim::Invisible &&
           (t.fragment() == lex::FragmentKind::TT || t.fragment() == lex::FragmentKind::Ident || t.fragment() == lex::FragmentKind::Lifetime);
  }
  void recoverTo(uint32_t index);           // clears a failure; the position becomes `index`
  void unexpected(const llvm::Twine &expected);
  bool expectSemi();
  bool expectKeyword(Symbol keyword);
  std::string describe(const lex::Token &t) const;
  Span join(Span a, Span b) const;
  uint32_t closeIndex() const { return index_ + tok_->match(); }
  bool openGroup(lex::Delim d, Group &g);   // reports when there is none
  bool more(Group g) const { return !failed_ && index_ != g.close; }
  void closeGroup(Group g);                 // recovers from a failure inside
  bool commaOrEnd(Group g);                 // between list elements: false ends the list
  const lex::Token *prevToken() const { return index_ ? tokens_ + index_ - 1 : &eof_; }
  bool newlineBefore() const;               // a line ends between the previous token and this one

  // ---- token classes (classes.cpp) ----
  bool isReserved(const lex::Token &t) const;
  bool isIdent(const lex::Token &t) const { return t.kind == TK::Ident && !isReserved(t); }
  bool isPathStart(const lex::Token &t) const;
  bool isRangeSep(const lex::Token &t) const { return t.kind == TK::DotDot || t.kind == TK::DotDotEq || t.kind == TK::DotDotDot; }
  bool canBeginExpr(const lex::Token &t) const;
  bool canBeginType(const lex::Token &t) const;
  bool canBeginPattern(const lex::Token &t, bool orAllowed) const;
  bool canBeginConstArg(const lex::Token &t) const;
  bool canBeginItem(const lex::Token &t) const;
  bool canBeginLiteralMaybeMinus(const lex::Token *t) const;
  bool canBeginBound() const;
  bool isBlockStart(const lex::Token &t) const { return t.isOpen(lex::Delim::Brace) || isFragment(t, lex::FragmentKind::Block); }
  static bool isFragment(const lex::Token &t, lex::FragmentKind k) { return t.isOpen(lex::Delim::Invisible) && t.fragment() == k; }
  bool keywordAhead(uint32_t n, Symbol k) const { return peek(n).isKeyword(k); }
  bool followedByIdent(Symbol keyword) const;   // contextual keyword and then an identifier
  bool isBuiltin() const { return tok_->isKeyword(sym::kw_builtin) && peek(1).is(TK::Pound); }
  bool isInlineConst(uint32_t n) const { return keywordAhead(n, sym::kw_const) && isBlockStart(peek(n + 1)); }
  bool genericsOverQPath(uint32_t n) const;

  // ---- attributes (attr.cpp) ----
  void outerAttrs(Attrs &out);
  void innerAttrs(Attrs &out);
  void attribute(ast::AttrStyle style, Attrs &out);     // at `#`
  void docComment(ast::AttrStyle style, Attrs &out);
  void attrItems(ast::AttrStyle style, Attrs &out, Span span); // one item; cfg and cfg_attr are evaluated
  void cfgAttr(ast::AttrStyle style, Attrs &out, Span span);
  bool attrItem(ast::AttrStyle style, ast::Attr &out);
  void attrArgs(ast::Attr &out);
  ast::AttrsId finish(const Attrs &attrs) { return ast_.addAttrs(attrs.ids); }
  void attach(ast::ExprId expr, const Attrs &attrs);    // in front of what the expression has
  void rejectAttrs(const Attrs &attrs, const char *message);

  // ---- items (item*.cpp) ----
  struct ItemHead;
  ast::ItemId item(ItemCtx ctx, Attrs &attrs, bool macrosAllowed, bool &parsed);
  bool itemKind(ItemHead &h);
  template <class T> bool finishItem(ItemHead &h, const T &payload);
  void itemList(Group g, ItemCtx ctx, Attrs &attrs, llvm::SmallVectorImpl<ast::ItemId> &out);
  void moduleItems(uint32_t close, llvm::SmallVectorImpl<ast::ItemId> &out, bool &fatal);
  void skipToItem(uint32_t close, uint32_t from);
  bool useItem(ItemHead &h);
  ast::UseTree useTree();
  bool isUseClosure() const;
  bool externCrate(ItemHead &h);
  bool foreignMod(ItemHead &h, ast::Safety safety);
  bool isUnsafeForeignMod() const;
  bool isStatic() const;
  bool staticItem(ItemHead &h);
  void missingType(const ItemHead &h, const char *what);
  bool constItem(ItemHead &h, bool typeConst);
  bool isTrait() const;
  bool traitItem(ItemHead &h);
  bool isImpl() const;
  bool implItem(ItemHead &h);
  bool modItem(ItemHead &h);
  bool typeAlias(ItemHead &h);
  bool enumItem(ItemHead &h);
  bool structItem(ItemHead &h);
  bool unionItem(ItemHead &h);
  List<ast::FieldDef> recordFields();
  List<ast::FieldDef> tupleFields();
  bool variant(ast::Variant &out);
  bool macroDef(ItemHead &h);
  bool isMacroRules() const;
  bool macroRules(ItemHead &h);
  bool macroCallItem(ItemHead &h);
  bool fnItem(ItemHead &h);
  bool checkItemCtx(const ItemHead &h);
  Ident identOrUnderscore();
  ast::Safety eatSafety();
  bool eatExtern(ast::ExternKind &ext, ast::Literal &abi);
  bool isFnFrontMatter(bool checkPub) const;
  bool isAbi(uint32_t n) const;
  ast::FnHeader fnFrontMatter();
  ast::FnDecl fnDecl(ParamMode mode, bool plusInOutput);
  bool param(ParamMode mode, bool first, ast::Param &out, ast::FnDecl &decl);
  bool patternAhead() const;
  bool bodilessPattern(ast::Param &out);
  bool selfParam(ast::Param &out);
  bool isNamedParam() const;
  ast::TypeId returnType(bool allowPlus, Span *span = nullptr);
  ast::CoroutineKind eatCoroutine();

  // ---- generics and bounds (generics.cpp) ----
  List<ast::GenericParam> genericParams();
  void whereClause(ast::Generics &g);
  bool wherePredicate(ast::WherePredicate &out);
  bool bound(ast::GenericBound &out);
  void traitBound(ast::GenericBound &out, Span lo);
  ast::Constness boundConstness();
  List<ast::GenericParam> forBinder(bool *present = nullptr);
  List<ast::GenericBound> lifetimeBounds();
  List<ast::PreciseArg> preciseArgs();

  // ---- paths (path.cpp) ----
  ast::PathId addPath(Span span, llvm::ArrayRef<ast::PathSegment> segments, bool global);
  bool segment(PathStyle style, ast::PathSegment &out);
  bool segments(PathStyle style, llvm::SmallVectorImpl<ast::PathSegment> &out);
  Ident segmentIdent();
  ast::PathId qpathAfterLt(PathStyle style, ast::QSelf &qself, Span lo);
  bool genericArg(ast::GenericArg &out);
  bool angleArg(ast::GenericArg &out);
  ast::ExprId constArg();

  // ---- types (type.cpp) ----
  ast::TypeId type(bool allowPlus);
  ast::TypeId typeInner(bool allowPlus, Span lo);
  ast::TypeId tupleOrParenType(bool allowPlus, Span lo);
  ast::TypeId boundsFrom(Span lo, ast::GenericBound first, bool more);
  ast::TypeId pathType(bool allowPlus, Span lo);
  ast::TypeId fnPtrType(List<ast::GenericParam> lifetimes, Span lo);
  ast::TypeId refType(Span lo);
  ast::TypeId builtinType(Span lo);
  ast::TypeId errType(Span span) { return ast_.addType(span, ast::ErrType{}); }
  ast::Mutability eatMut() { return eatKeyword(sym::kw_mut) ? ast::Mutability::Mut : ast::Mutability::Not; }

  // ---- patterns (pat.cpp) ----
  ast::PatId pat(bool allowRange);
  ast::PatId patTopAlt(bool allowGuard);
  ast::PatId patIdent(Span lo, bool byRef, ast::Mutability refMut, bool isMut);
  ast::PatId patMut(Span lo);
  ast::PatId patPath(Span lo, bool allowRange);
  ast::PatId patTuple(Span lo);
  ast::PatId patRange(Span lo, ast::ExprId begin, bool allowRange);
  ast::PatId patLit(Span lo, bool allowRange);
  List<ast::PatId> patList(lex::Delim d, bool *trailingComma = nullptr);
  ast::PatId structPat(Span lo, ast::QSelf qself, ast::PathId path);
  bool patField(ast::PatField &out);
  bool isPatRangeEnd(uint32_t n) const;
  bool canBeIdentPat() const;
  ast::ExprId patRangeEnd();
  ast::PatId errPat(Span span) { return ast_.addPat(span, ast::ErrPat{}); }

  // ---- expressions (expr*.cpp) ----
  ast::ExprId exprRes(uint8_t res, Attrs &attrs);
  ast::ExprId exprRes(uint8_t res);                        // with outer attributes
  ast::ExprId assoc(int minPrec, Attrs &attrs);
  ast::ExprId assocRest(int minPrec, ast::ExprId lhs);
  ast::ExprId rangeRest(ast::ExprId lhs, int prec);
  ast::ExprId prefixRange(Attrs &attrs);
  ast::ExprId prefix(Attrs &attrs);
  ast::ExprId prefixOperand();
  ast::ExprId addrOf(Span lo);
  ast::ExprId dotOrCall(Attrs &attrs);
  ast::ExprId dotOrCallRest(ast::ExprId e, Span lo);
  ast::ExprId dotSuffix(ast::ExprId base, Span lo);
  ast::ExprId tupleIndex(ast::ExprId base, Span lo);
  ast::ExprId bottom();
  ast::ExprId fragmentExpr();                              // none: no fragment here
  ast::ExprId keywordExpr(Span lo, uint8_t res);
  ast::ExprId parenExpr(uint8_t res);
  ast::ExprId arrayExpr();
  ast::ExprId pathExpr();
  ast::ExprId structExpr(Span lo, ast::QSelf qself, ast::PathId path);
  bool exprField(ast::ExprField &out);
  ast::ExprId closure();
  void closureParams(ast::FnDecl &decl);
  ast::ExprId ifExpr(Span lo);
  ast::ExprId condition();
  void checkLets(ast::ExprId cond, bool topLevel);
  ast::ExprId letExpr(Span lo, uint8_t res);
  ast::ExprId whileExpr(ast::Label label, Span lo);
  ast::ExprId forExpr(ast::Label label, Span lo);
  ast::ExprId loopExpr(ast::Label label, Span lo);
  ast::ExprId labeledExpr();
  ast::ExprId matchExpr(Span lo, ast::ExprId scrutinee, bool postfix);
  bool arm(ast::Arm &out, bool &keep);
  ast::ExprId blockExpr(ast::Label label, Span lo, bool isUnsafe);
  ast::ExprId constBlock(Span lo);
  ast::ExprId constPat(Span lo);
  void rejectLoopElse(const char *loop);
  bool endsInBrace(ast::ExprId e) const;
  ast::ExprId genBlock(Span lo);
  ast::ExprId tryBlock(Span lo);
  ast::ExprId jumpExpr(Span lo);
  void offsetOfFields(ast::ExprId id, llvm::SmallVectorImpl<Ident> &fields);
  ast::ExprId builtinExpr(Span lo);
  ast::ExprId litExpr();
  ast::ExprId optExpr();                                   // none when no expression begins here
  List<ast::ExprId> exprList(Group g);
  bool isGenBlock(Symbol keyword, uint32_t n) const;
  bool isTryBlock() const;
  bool isConstClosure() const;
  bool isComplete(ast::ExprId e) const;                    // block-like: ends a statement
  bool literal(ast::Literal &out);                         // takes a literal token, `true` or `false`
  bool macArgs(ast::MacCall &mac);                         // at a delimiter
  ast::CaptureBy captureClause();
  ast::ExprId errExpr(Span span) { return ast_.addExpr(span, ast::ErrExpr{}); }
  template <class T> ast::ExprId add(Span lo, const T &payload) { return ast_.addExpr(since(lo), payload); }
  Span spanOf(ast::ExprId e) const { return ast_.exprs[e].span; }
  template <class F> auto inGroup(F &&f);                  // runs f inside the invisible group that begins here

  // ---- statements and blocks (stmt.cpp) ----
  ast::BlockId block(Attrs *inner, bool isUnsafe = false);
  void stmtsUpTo(uint32_t close, llvm::SmallVectorImpl<ast::StmtId> &out);
  ast::StmtId fullStmt(bool &keep);
  ast::StmtId stmt(bool &keep, Span &lo);
  ast::StmtId letStmt(Span lo, Attrs &attrs, bool isSuper);
  ast::StmtId pathStmt(Span lo, Attrs &attrs);
  ast::StmtId macStmt(Span lo, Attrs &attrs, ast::PathId path);
  bool isPathStartItem() const;

  Session &sess_;
  ast::Ast &ast_;
  const CfgSet *cfg_;
  const lex::Token *tokens_ = nullptr;
  const lex::Token *tok_ = nullptr;
  uint32_t index_ = 0, end_ = 0;
  uint8_t split_ = 0;
  bool failed_ = false;
  bool sawTransparent_ = false;
  uint8_t res_ = 0;
  unsigned edition_;
  unsigned depth_ = 0;
  size_t errors_ = 0;      // failures reported by this parser
  Span prevSpan_;
  lex::Token eof_;
  lex::Token splitTok_;    // what is left of a glued token
};

} // namespace ferric::parse
