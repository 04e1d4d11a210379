// CoercePointee (RFC 3621): CoerceUnsized and DispatchFromDyn for a smart pointer, from `P<.., T, ..>` to `P<.., __S, ..>`. Bounds
// and where clauses that mention the pointee are repeated with `__S` in its place, token by token.
#include "expand/derive/generic.h"

namespace ferric::expand::derive {
using namespace ast;
using lex::Token;
using lex::TokenKind;

namespace {

class CoercePointee {
public:
  explicit CoercePointee(DeriveContext &c) : c_(c), d_(c), item_(d_.item) {}

  void run() {
    if (!checkStruct() || !findPointee() || !checkMaybeSized())
      return;
    d_.q << "#[automatically_derived] impl";
    params(false);
    d_.q << "::core::marker::CoercePointeeValidated for";
    d_.selfType();
    where(false);
    d_.q << "{}";
    for (llvm::StringRef trait : {"DispatchFromDyn", "CoerceUnsized"}) {
      d_.q << "#[automatically_derived] impl";
      params(true);
      d_.q << "::core::ops::" << trait << "<";
      coercedType();
      d_.q << "> for";
      d_.selfType();
      where(true);
      d_.q << "{}";
    }
  }

private:
  bool fail(const llvm::Twine &msg) {
    c_.sess.diag.error(c_.inv.span, "E0802", msg);
    return false;
  }

  bool checkStruct() {
    bool transparent = false;
    for (AttrId id : c_.ast.attrsOf(item_.attrs)) {
      const Attr &a = c_.ast.attrs[id];
      if (a.name == sym::repr)
        transparent |= llvm::any_of(lex::tokens(c_.ast.tokens, a.args), [&](const Token &t) {
          return t.is(TokenKind::Ident) && c_.sess.str(t.sym) == "transparent";
        });
    }
    if (item_.kind != ItemKind::Struct || !transparent)
      return fail("`CoercePointee` can only be derived on `struct`s with `#[repr(transparent)]`");
    if (item_.variants[0].fields.empty())
      return fail("`CoercePointee` can only be derived on `struct`s with at least one field");
    return true;
  }

  // The type parameter marked #[pointee], or the only one.
  bool findPointee() {
    llvm::SmallVector<size_t, 4> types, marked;
    const Generics &g = c_.ast.get<StructItem>(c_.item).generics;
    llvm::ArrayRef<GenericParam> astParams = c_.ast.list(g.params);
    for (size_t i = 0; i < item_.params.size() && i < astParams.size(); ++i) {
      if (item_.params[i].kind != ParamKind::Type)
        continue;
      types.push_back(i);
      for (AttrId a : c_.ast.attrsOf(astParams[i].attrs))
        if (c_.ast.attrs[a].name.valid() && c_.sess.str(c_.ast.attrs[a].name) == "pointee")
          marked.push_back(i);
    }
    if (types.empty())
      return fail("`CoercePointee` can only be derived on `struct`s that are generic over at least one type");
    if (types.size() > 1 && marked.empty())
      return fail("exactly one generic type parameter must be marked as `#[pointee]` to derive `CoercePointee` traits");
    if (types.size() > 1 && marked.size() > 1)
      return fail("only one type parameter can be marked as `#[pointee]` when deriving `CoercePointee` traits");
    pointee_ = types.size() == 1 ? types[0] : marked[0];
    return true;
  }

  bool hasMaybeSized(llvm::ArrayRef<Token> t) const {
    for (size_t i = 0; i + 1 < t.size(); ++i)
      if (t[i].is(TokenKind::Question))
        for (size_t j = i + 1; j < t.size() && (t[j].is(TokenKind::Ident) || t[j].is(TokenKind::PathSep)); ++j)
          if (t[j].is(TokenKind::Ident) && c_.sess.str(t[j].sym) == "Sized")
            return true;
    return false;
  }
  bool checkMaybeSized() {
    if (hasMaybeSized(lex::tokens(c_.ast.tokens, item_.params[pointee_].bounds)))
      return true;
    for (lex::TokenRange p : predicates()) {
      llvm::ArrayRef<Token> t = lex::tokens(c_.ast.tokens, p);
      if (t.size() > 2 && isPointee(t, 0) && t[1].is(TokenKind::Colon) && hasMaybeSized(t))
        return true;
    }
    return fail("`derive(CoercePointee)` requires `" + c_.sess.str(item_.params[pointee_].name) + "` to be marked `?Sized`");
  }

  std::vector<lex::TokenRange> predicates() const { return split(item_.where, TokenKind::Comma); }
  // Parts of a token list between separators at depth 0, angle brackets counted.
  std::vector<lex::TokenRange> split(lex::TokenRange range, TokenKind separator) const {
    std::vector<lex::TokenRange> out;
    llvm::ArrayRef<Token> t = lex::tokens(c_.ast.tokens, range);
    int angle = 0;
    uint32_t start = 0;
    for (uint32_t i = 0; i <= t.size(); ++i) {
      if (i == t.size() || (angle == 0 && t[i].is(separator))) {
        if (i > start)
          out.push_back({range.begin + start, i - start});
        start = i + 1;
        continue;
      }
      if (t[i].is(TokenKind::OpenDelim))
        i += t[i].match();
      else if (t[i].is(TokenKind::Lt))
        ++angle;
      else if (t[i].is(TokenKind::Gt))
        --angle;
      else if (t[i].is(TokenKind::Shr))
        angle -= 2;
    }
    return out;
  }

  bool isPointee(llvm::ArrayRef<Token> t, size_t i) const {
    if (!t[i].is(TokenKind::Ident) || t[i].sym != item_.params[pointee_].name.name)
      return false;
    bool before = i > 0 && t[i - 1].is(TokenKind::PathSep);
    bool after = i + 1 < t.size() && (t[i + 1].is(TokenKind::PathSep) || t[i + 1].is(TokenKind::Lt));
    return !before && !after;
  }
  bool mentions(lex::TokenRange r) const {
    llvm::ArrayRef<Token> t = lex::tokens(c_.ast.tokens, r);
    for (size_t i = 0; i < t.size(); ++i)
      if (isPointee(t, i))
        return true;
    return false;
  }
  void substituted(lex::TokenRange r) {
    llvm::ArrayRef<Token> t = lex::tokens(c_.ast.tokens, r);
    for (size_t i = 0; i < t.size(); ++i) {
      if (!isPointee(t, i)) {
        d_.q.token(t[i]);
        continue;
      }
      d_.q << "__S";
    }
  }

  // Generic parameters of an impl; `coerce`: with the Unsize bound, repeated bounds and `__S`.
  void params(bool coerce) {
    d_.q << "<";
    for (size_t i = 0; i < item_.params.size(); ++i) {
      const ParamShape &p = item_.params[i];
      if (p.kind == ParamKind::Const)
        d_.q << "const";
      p.kind == ParamKind::Lifetime ? d_.q.lifetime(p.name) : d_.q.ident(p.name);
      if (p.kind == ParamKind::Const) {
        d_.q << ":";
        d_.q.copy(p.constTy) << ",";
        continue;
      }
      bool isPointee = i == pointee_;
      if (p.bounds.len || (coerce && isPointee))
        d_.q << ":";
      d_.q.copy(p.bounds);
      if (coerce && isPointee)
        d_.q << (p.bounds.len ? "+ ::core::marker::Unsize<__S>" : "::core::marker::Unsize<__S>");
      if (coerce && !isPointee)
        for (lex::TokenRange b : split(p.bounds, TokenKind::Plus))
          if (mentions(b)) {
            d_.q << "+";
            substituted(b);
          }
      d_.q << ",";
      if (coerce && isPointee) {
        d_.q << "__S:";
        substituted(p.bounds);
        d_.q << ",";
      }
    }
    d_.q << ">";
  }

  void where(bool coerce) {
    if (item_.where.len == 0)
      return;
    d_.q << "where";
    d_.q.copy(item_.where) << ",";
    if (!coerce)
      return;
    for (lex::TokenRange p : predicates())
      if (mentions(p)) {
        substituted(p);
        d_.q << ",";
      }
  }

  void coercedType() {
    d_.q.ident(item_.name) << "<";
    for (size_t i = 0; i < item_.params.size(); ++i) {
      const ParamShape &p = item_.params[i];
      if (i == pointee_)
        d_.q << "__S";
      else
        p.kind == ParamKind::Lifetime ? d_.q.lifetime(p.name) : d_.q.ident(p.name);
      d_.q << ",";
    }
    d_.q << ">";
  }

  DeriveContext &c_;
  Deriver d_;
  const ItemShape &item_;
  size_t pointee_ = 0;
};

} // namespace

void deriveCoercePointee(DeriveContext &c) { CoercePointee(c).run(); }

} // namespace ferric::expand::derive
