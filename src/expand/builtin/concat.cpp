// concat! and concat_bytes!: literals joined at expansion. Arguments may be macro calls; they are expanded first.
#include "expand/builtin/registry.h"
#include "lex/unescape.h"

namespace ferric::expand {
using namespace ast;
using lex::LitKind;

// Comma separated expressions, each expanded. Ready, Retry or Failed (reported).
static BuiltinStatus arguments(BuiltinContext &c, llvm::SmallVectorImpl<ExprId> &out) {
  parse::Parser p = c.parser();
  while (!p.atEof() && p.ok()) {
    ExprId e = p.parseExpr();
    if (!p.ok())
      return BuiltinStatus::Failed;
    Expander::Eager status = c.e.expandEagerly(e, c.inv);
    if (status == Expander::Eager::Retry)
      return BuiltinStatus::Retry;
    while (c.ast.exprs[e].kind == ExprKind::Paren)
      e = c.ast.get<ParenExpr>(e).inner;
    out.push_back(e);
    if (p.eat(lex::TokenKind::Comma))
      continue;
    if (p.ok() && !p.atEof()) {
      c.error(p.peek().span, "expected token: `,`");
      return BuiltinStatus::Failed;
    }
  }
  return p.ok() ? BuiltinStatus::Ready : BuiltinStatus::Failed;
}

// The value of an integer literal in decimal; nullopt when it does not fit into 128 bits.
static std::optional<llvm::APInt> integerValue(const Session &sess, const Literal &lit) {
  llvm::SmallString<40> digits;
  llvm::StringRef text = sess.str(lit.sym);
  unsigned radix = 10;
  if (text.starts_with("0x")) radix = 16;
  else if (text.starts_with("0o")) radix = 8;
  else if (text.starts_with("0b")) radix = 2;
  for (char ch : radix == 10 ? text : text.drop_front(2))
    if (ch != '_')
      digits += ch;
  llvm::APInt value;
  if (digits.empty() || llvm::StringRef(digits).getAsInteger(radix, value) || value.getActiveBits() > 128)
    return std::nullopt;
  return value;
}

static std::string withoutUnderscores(llvm::StringRef s) {
  std::string out;
  for (char ch : s)
    if (ch != '_')
      out += ch;
  return out;
}

namespace {

struct Concat {
  BuiltinContext &c;
  std::string text;
  llvm::SmallVector<Span, 4> notLiterals;
  bool ok = true;

  void fail(Span span, const llvm::Twine &msg) {
    ok = false;
    c.error(span, msg);
  }
  void number(const Literal &lit, Span span) {
    bool isFloat = lit.kind == LitKind::Float ||
                   (lit.suffix.valid() && c.sess.str(lit.suffix).starts_with("f") && c.sess.str(lit.sym).find_first_of("xob") != 1);
    if (isFloat) {
      text += withoutUnderscores(c.sess.str(lit.sym));
      return;
    }
    std::optional<llvm::APInt> v = integerValue(c.sess, lit);
    if (!v)
      return fail(span, "integer literal is too large");
    llvm::SmallString<40> digits;
    v->toString(digits, 10, false);
    text += digits;
  }
  void literal(const Literal &lit, Span span) {
    switch (lit.kind) {
    case LitKind::Str: case LitKind::StrRaw: case LitKind::Char: {
      llvm::SmallString<64> value;
      lex::unescape(c.sess.str(lit.sym), lit.kind, value);
      text += value;
      return;
    }
    case LitKind::Bool: text += c.sess.str(lit.sym); return;
    case LitKind::Integer: case LitKind::Float: return number(lit, span);
    case LitKind::CStr: case LitKind::CStrRaw: return fail(span, "cannot concatenate a C string literal");
    case LitKind::Byte: case LitKind::ByteStr: case LitKind::ByteStrRaw: return fail(span, "cannot concatenate a byte string literal");
    case LitKind::Err: ok = false; return;
    }
  }
  void argument(ExprId e) {
    const Expr &expr = c.ast.exprs[e];
    if (expr.kind == ExprKind::Lit)
      return literal(c.ast.get<LitExpr>(e).lit, expr.span);
    if (expr.kind == ExprKind::Unary && c.ast.get<UnaryExpr>(e).op == UnOp::Neg) {
      ExprId operand = c.ast.get<UnaryExpr>(e).operand;
      if (c.ast.exprs[operand].kind == ExprKind::Lit) {
        const Literal &lit = c.ast.get<LitExpr>(operand).lit;
        if (lit.kind == LitKind::Integer || lit.kind == LitKind::Float) {
          text += '-';
          return number(lit, expr.span);
        }
      }
    }
    if (expr.kind == ExprKind::IncludedBytes)
      return fail(expr.span, "cannot concatenate a byte string literal");
    if (expr.kind == ExprKind::Err)
      ok = false;
    else
      notLiterals.push_back(expr.span);
  }
};

struct ConcatBytes {
  BuiltinContext &c;
  std::string bytes;
  llvm::SmallVector<Span, 4> notLiterals;
  bool ok = true;

  void fail(Span span, const llvm::Twine &msg) {
    if (ok)
      c.error(span, msg);
    ok = false;
  }
  static const char *kindName(LitKind k) {
    switch (k) {
    case LitKind::Char: return "character";
    case LitKind::Str: case LitKind::StrRaw: return "string";
    case LitKind::Float: return "float";
    case LitKind::Bool: return "boolean";
    case LitKind::CStr: case LitKind::CStrRaw: return "C string";
    default: return "numeric";
    }
  }
  std::optional<char> element(ExprId e) {
    const Expr &expr = c.ast.exprs[e];
    if (expr.kind == ExprKind::Array || expr.kind == ExprKind::Repeat || expr.kind == ExprKind::IncludedBytes) {
      fail(expr.span, "cannot concatenate doubly nested array");
      return std::nullopt;
    }
    if (expr.kind != ExprKind::Lit) {
      notLiterals.push_back(expr.span);
      return std::nullopt;
    }
    const Literal &lit = c.ast.get<LitExpr>(e).lit;
    if (lit.kind == LitKind::Byte)
      return char(lex::unescapeChar(c.sess.str(lit.sym), LitKind::Byte));
    if (lit.kind == LitKind::Integer) {
      if (lit.suffix.valid() && c.sess.str(lit.suffix) != "u8") {
        fail(expr.span, "numeric literal is not a `u8`");
        return std::nullopt;
      }
      std::optional<llvm::APInt> v = integerValue(c.sess, lit);
      if (v && v->getActiveBits() <= 8)
        return char(v->getZExtValue());
      fail(expr.span, "numeric literal is out of bounds");
      return std::nullopt;
    }
    if (lit.kind == LitKind::ByteStr || lit.kind == LitKind::ByteStrRaw)
      fail(expr.span, "cannot concatenate doubly nested array");
    else
      fail(expr.span, llvm::Twine("cannot concatenate ") + kindName(lit.kind) + " literals");
    return std::nullopt;
  }
  void argument(ExprId e) {
    const Expr &expr = c.ast.exprs[e];
    switch (expr.kind) {
    case ExprKind::Array:
      for (ExprId elem : c.ast.list(c.ast.get<ArrayExpr>(e).elems))
        if (std::optional<char> b = element(elem))
          bytes += *b;
      return;
    case ExprKind::Repeat: {
      const RepeatExpr &r = c.ast.get<RepeatExpr>(e);
      const Expr &count = c.ast.exprs[r.count.value];
      std::optional<llvm::APInt> n;
      if (count.kind == ExprKind::Lit && c.ast.get<LitExpr>(r.count.value).lit.kind == LitKind::Integer)
        n = integerValue(c.sess, c.ast.get<LitExpr>(r.count.value).lit);
      if (!n || n->getActiveBits() > 32)
        return fail(count.span, "repeat count is not a positive number");
      if (std::optional<char> b = element(r.elem))
        bytes.append(size_t(n->getZExtValue()), *b);
      return;
    }
    case ExprKind::Lit: {
      const Literal &lit = c.ast.get<LitExpr>(e).lit;
      if (lit.kind == LitKind::Byte || lit.kind == LitKind::ByteStr || lit.kind == LitKind::ByteStrRaw) {
        llvm::SmallString<64> value;
        lex::unescape(c.sess.str(lit.sym), lit.kind, value);
        bytes += value;
        return;
      }
      return fail(expr.span, llvm::Twine("cannot concatenate ") + kindName(lit.kind) + " literals");
    }
    case ExprKind::IncludedBytes: bytes += c.sess.str(c.ast.get<IncludedBytesExpr>(e).bytes); return;
    case ExprKind::Err: ok = false; return;
    default: notLiterals.push_back(expr.span);
    }
  }
};

template <class T> BuiltinStatus concatArguments(BuiltinContext &c, T &concat, const char *expected) {
  llvm::SmallVector<ExprId, 8> args;
  BuiltinStatus status = arguments(c, args);
  if (status != BuiltinStatus::Ready)
    return status;
  for (ExprId e : args)
    concat.argument(e);
  if (concat.notLiterals.empty())
    return concat.ok ? BuiltinStatus::Ready : BuiltinStatus::Failed;
  diag::Builder b = c.error(concat.notLiterals[0], expected);
  for (size_t i = 1; i < concat.notLiterals.size(); ++i)
    b.alsoPrimary(concat.notLiterals[i]);
  return BuiltinStatus::Failed;
}

} // namespace

BuiltinStatus expandConcat(BuiltinContext &c) {
  Concat concat{c, {}, {}, true};
  BuiltinStatus status = concatArguments(c, concat, "expected a literal");
  return status == BuiltinStatus::Ready ? c.string(concat.text) : status;
}

BuiltinStatus expandConcatBytes(BuiltinContext &c) {
  ConcatBytes concat{c, {}, {}, true};
  BuiltinStatus status = concatArguments(c, concat, "expected a byte literal");
  if (status != BuiltinStatus::Ready)
    return status;
  return c.literal(LitKind::ByteStr, lex::escapeForLiteral(concat.bytes, LitKind::ByteStr));
}

} // namespace ferric::expand
