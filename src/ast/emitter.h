// Emission of tokens from the tree; private to this folder. Tokens go to a vector, and how they are laid out (space or new line
// in front, indentation) to a parallel one, so that the same code serves text and token comparison.
#pragma once
#include "ast/ast.h"
#include "diag/session.h"

namespace ferric::ast {

struct Layout { bool space = false, newline = false; uint16_t level = 0; };

class Emitter {
public:
  Emitter(Session &sess, const Ast &ast) : sess_(sess), ast_(ast) {}
  std::vector<lex::Token> tokens;
  std::vector<Layout> layout;
  bool expanded = false;       // PrintOptions::expanded

  // emit_item.cpp
  void items(llvm::ArrayRef<ItemId> ids);
  void item(ItemId id);
  void outerAttrs(AttrsId id, bool ownLines);
  void innerAttrs(AttrsId id);
  // emit_expr.cpp
  void expr(ExprId id, int minPrec = 0);
  void block(BlockId id, AttrsId inner = {});
  void stmt(StmtId id);
  // emit_type.cpp
  void type(TypeId id);
  void pat(PatId id);
  void path(PathId id, bool turbofish);
  void qpath(const QSelf &q, PathId id, bool turbofish);

private:
  using TK = lex::TokenKind;
  // tokens (emitter.cpp)
  void token(lex::Token t);
  void t(TK kind) { lex::Token x; x.kind = kind; x.extra = Symbol::kNone; token(x); }
  void kw(Symbol s) { name({s, {}}); }
  void name(Ident id);
  void lifetime(Ident id);
  void literal(const Literal &l);
  void string(llvm::StringRef value);
  void number(uint64_t n);
  void open(lex::Delim d);
  void close(lex::Delim d);
  void raw(lex::TokenRange range);      // tokens as they were written
  void sp() { pending_.space = true; }
  void nl() { pending_.newline = true; }
  void kwSp(Symbol s) { kw(s); sp(); }
  void comma() { t(TK::Comma); sp(); }
  template <class T, class F> void commaSep(llvm::ArrayRef<T> list, F &&f) {
    for (size_t i = 0; i < list.size(); ++i) {
      if (i)
        comma();
      f(list[i]);
    }
  }
  Symbol sym(llvm::StringRef text) { return sess_.symbols.intern(text); }

  void expandedPatType(const PatTypeType &p);
  void stmtExpr(ExprId id);
  ExprId statementParens_;              // the operand that must not end its statement
  // items
  void attr(const Attr &a);
  void vis(const Visibility &v);
  void fnItem(const Item &it, const FnItem &f);
  void fnHeader(const FnHeader &h);
  void fnDecl(const FnDecl &d);
  void param(const Param &p);
  void foreignAbi(ExternKind ext, const Literal &abi);
  void useTree(const UseTree &u);
  void generics(const Generics &g);
  void whereClause(llvm::ArrayRef<WherePredicate> list, bool has);
  void wherePredicate(const WherePredicate &w);
  void variantData(const VariantData &d);
  void field(const FieldDef &f, bool named);
  void braced(llvm::ArrayRef<ItemId> ids, AttrsId inner);
  void macCall(const MacCall &m);
  void inlineAsm(const InlineAsm &a);

  // types
  void genericArgs(GenericArgsId id, bool turbofish);
  void genericArg(const GenericArg &a);
  void genericParam(const GenericParam &p);
  void forBinder(List<GenericParam> params);
  void bounds(List<GenericBound> list);
  void bound(const GenericBound &b);
  void safety(Safety s);
  void constness(Constness c);
  void mut(Mutability m) { if (m == Mutability::Mut) kwSp(sym::kw_mut); }
  void patList(llvm::ArrayRef<PatId> list) { commaSep(list, [&](PatId p) { pat(p); }); }
  void patField(const PatField &f);

  // expressions
  void exprKind(ExprId id);
  int prec(ExprId id) const;
  void exprList(List<ExprId> list) { commaSep(ast_.list(list), [&](ExprId e) { expr(e); }); }
  void binary(const BinaryExpr &b);
  void closure(const ClosureExpr &c);
  void ifExpr(const IfExpr &e);
  void matchExpr(ExprId id, const MatchExpr &m);
  void structExpr(const StructExpr &s);
  void rangeExpr(const RangeExpr &r);
  void jump(Symbol keyword, ExprId value);
  void label(const Label &l);
  void capture(CaptureBy c);
  void coroutine(CoroutineKind k);
  void formatArgs(const FormatArgsExpr &f);
  void builtin(Symbol name);
  void rhs(ExprId id, int minPrec);
  void operand(ExprId id);

  Session &sess_;
  const Ast &ast_;
  Layout pending_;
  uint16_t level_ = 0;
  llvm::SmallVector<uint32_t, 32> opens_;
};

} // namespace ferric::ast
