// format_args!, const_format_args!, format_args_nl! (std::fmt grammar, RFC 2795 implicit captures): arguments are parsed, the
// template is taken apart, and placeholders are linked to arguments; the result is a FormatArgs expression that lowering turns
// into calls. A template that a macro made cannot capture variables.
#include "expand/builtin/format_string.h"
#include "expand/builtin/registry.h"

namespace ferric::expand {
using namespace ast;
using lex::TokenKind;

namespace {

class FormatArgsParser {
public:
  FormatArgsParser(BuiltinContext &c, bool newline, bool isConst) : c_(c) {
    out_.appendNewline = newline;
    out_.isConst = isConst;
  }

  BuiltinStatus run() {
    ExprId format;
    if (!parseInput(format))
      return BuiltinStatus::Failed;
    directLiteral_ = c_.ast.exprs[format].kind == ExprKind::Lit;
    Expander::StringArg text = c_.e.stringFromExpr(format, c_.inv, "format argument must be a string literal");
    BuiltinStatus status;
    if (c_.isFailed(text, status))
      return status;
    std::string value = c_.sess.str(text.text).str();
    LiteralPositions positions(c_.sess, text.span, value, text.kind, text.hashes);
    if (out_.appendNewline)
      value += '\n';
    out_.span = text.span;
    out_.isSourceLiteral = positions.isSource();
    out_.uncooked = c_.ast.get<LitExpr>(text.expr).lit.sym;
    positions_ = &positions;
    if (!parseString(value))
      return BuiltinStatus::Failed;
    out_.pieces = c_.ast.addList<FormatPiece>(pieces_);
    out_.args = c_.ast.addList<FormatArg>(args_);
    return c_.expr(c_.ast.addExpr(c_.defSite(), out_));
  }

private:
  bool parseInput(ExprId &format) {
    if (c_.args.len == 0) {
      c_.error(c_.inv.span, "requires at least a format string argument");
      return false;
    }
    parse::Parser p = c_.parser();
    bool literal = p.peek().is(TokenKind::Literal) && (p.peek().lit() == lex::LitKind::Str || p.peek().lit() == lex::LitKind::StrRaw);
    format = literal ? p.parseLiteralMaybeMinus() : p.parseExpr();
    while (p.ok() && !p.atEof()) {
      if (!p.expect(TokenKind::Comma))
        return false;
      if (p.atEof())
        break;
      if (!parseArg(p))
        return false;
    }
    explicit_ = args_.size();
    used_.assign(explicit_, false);
    return p.ok();
  }

  bool parseArg(parse::Parser &p) {
    if (p.peek().is(TokenKind::Ident) && p.peek(1).is(TokenKind::Eq)) {
      Ident name = p.peek().ident();
      p.bump();
      p.bump();
      ExprId e = p.parseExpr();
      if (!p.ok())
        return false;
      if (std::optional<uint32_t> prev = byName(name.name)) {
        c_.error(name.span, "duplicate argument named `" + c_.sess.str(name) + "`")
            .label(args_[*prev].name.span, "previously here")
            .label(name.span, "duplicate argument");
        return true;
      }
      args_.push_back({FormatArgKind::Named, name, e});
      return true;
    }
    ExprId e = p.parseExpr();
    if (!p.ok())
      return false;
    if (!args_.empty() && args_.back().kind == FormatArgKind::Named) {
      diag::Builder b = c_.error(c_.ast.exprs[e].span, "positional arguments cannot follow named arguments");
      b.label(c_.ast.exprs[e].span, "positional arguments must be before named arguments");
      return false;
    }
    args_.push_back({FormatArgKind::Normal, {}, e});
    return true;
  }

  std::optional<uint32_t> byName(Symbol name) const {
    for (uint32_t i = 0; i < args_.size(); ++i)
      if (args_[i].name.valid() && args_[i].name.name == name)
        return i;
    return std::nullopt;
  }

  bool parseString(llvm::StringRef value) {
    std::vector<TemplatePiece> pieces;
    TemplateError error;
    if (!parseTemplate(value, TemplateMode::Format, pieces, error)) {
      reportTemplate(error);
      return false;
    }
    std::string literal;
    auto flush = [&] {
      if (literal.empty())
        return;
      FormatPiece p;
      p.isLiteral = true;
      p.text = c_.sess.symbols.intern(literal);
      p.span = out_.span;
      pieces_.push_back(p);
      literal.clear();
    };
    for (const TemplatePiece &t : pieces) {
      if (t.isLiteral) {
        literal += t.text;
        continue;
      }
      flush();
      placeholder(t);
    }
    flush();
    if (!invalid_.empty())
      reportInvalid(pieces);
    return reportUnused() && invalid_.empty() && ok_;
  }

  void placeholder(const TemplatePiece &t) {
    FormatPiece p;
    p.span = positions_->span(t.lo, t.hi);
    p.arg = argument(t.arg);
    p.align = t.align;
    p.fill = t.fill;
    p.plus = t.plus;
    p.minus = t.minus;
    p.alternate = t.alternate;
    p.zeroPad = t.zeroPad;
    p.debugLowerHex = t.debugLowerHex;
    p.debugUpperHex = t.debugUpperHex;
    p.trait = trait(t);
    p.precision = count(t.precision);
    p.width = count(t.width);
    pieces_.push_back(p);
  }

  FormatTrait trait(const TemplatePiece &t) {
    static constexpr std::pair<llvm::StringLiteral, FormatTrait> kTraits[] = {
        {"", FormatTrait::Display},   {"?", FormatTrait::Debug},  {"e", FormatTrait::LowerExp},
        {"E", FormatTrait::UpperExp}, {"o", FormatTrait::Octal},  {"p", FormatTrait::Pointer},
        {"b", FormatTrait::Binary},   {"x", FormatTrait::LowerHex}, {"X", FormatTrait::UpperHex}};
    for (const auto &[name, value] : kTraits)
      if (t.type == name)
        return value;
    ok_ = false;
    Span span = positions_->span(t.typeLo, uint32_t(t.typeLo + t.type.size()));
    c_.error(span, "unknown format trait `" + t.type + "`")
        .note("the only appropriate formatting traits are:\n- ``, which uses the `Display` trait\n- `?`, which uses the `Debug` trait\n"
              "- `e`, which uses the `LowerExp` trait\n- `E`, which uses the `UpperExp` trait\n- `o`, which uses the `Octal` trait\n"
              "- `p`, which uses the `Pointer` trait\n- `b`, which uses the `Binary` trait\n- `x`, which uses the `LowerHex` trait\n"
              "- `X`, which uses the `UpperHex` trait");
    return FormatTrait::Display;
  }

  FormatCount count(const CountRef &r) {
    FormatCount out;
    if (r.kind == CountRefKind::Literal)
      out = {FormatCountKind::Literal, r.value};
    if (r.kind == CountRefKind::Arg) {
      bool placeholderArg = std::exchange(inCount_, true);
      out = {FormatCountKind::Argument, argument(r.arg)};
      inCount_ = placeholderArg;
    }
    return out;
  }

  uint32_t argument(const ArgRef &r) {
    if (r.kind != ArgRefKind::Name) {
      if (r.index < explicit_)
        used_[r.index] = true;
      else
        invalid_.push_back({r.index, positions_->span(r.lo, r.hi), r.kind == ArgRefKind::Next, inCount_});
      return r.index;
    }
    Symbol name = c_.sess.symbols.intern(r.name);
    if (std::optional<uint32_t> i = byName(name)) {
      if (*i < explicit_)
        used_[*i] = true;
      return *i;
    }
    Ident ident{name, positions_->isSource() ? positions_->span(r.lo, r.hi) : out_.span};
    ExprId value;
    if (directLiteral_) {
      PathSegment segment;
      segment.ident = ident;
      Path path;
      path.span = ident.span;
      path.segments = c_.ast.addList<PathSegment>(segment);
      PathExpr expr;
      expr.path = c_.ast.paths.add(path);
      value = c_.ast.addExpr(ident.span, expr);
    } else {
      ok_ = false;
      c_.error(ident.span, "there is no argument named `" + r.name + "`")
          .note("did you intend to capture a variable from the surrounding scope?")
          .note("to avoid ambiguity, `format_args!` cannot capture variables when the format string is expanded from a macro");
      value = c_.ast.addExpr(ident.span, ErrExpr());
    }
    args_.push_back({FormatArgKind::Captured, ident, value});
    return uint32_t(args_.size() - 1);
  }

  // ---- errors ----
  void reportTemplate(const TemplateError &e) {
    Span span = positions_->span(e.lo, e.hi);
    diag::Builder b = c_.error(span, "invalid format string: " + llvm::Twine(e.description));
    b.label(span, e.label + " in format string");
    if (!e.note.empty())
      b.note(e.note);
    if (!e.secondaryLabel.empty() && positions_->isSource())
      b.label(positions_->span(e.secondaryLo, e.secondaryHi), e.secondaryLabel);
  }

  std::string argCount() const {
    if (explicit_ == 0)
      return "no arguments were given";
    return explicit_ == 1 ? "there is 1 argument" : "there are " + llvm::utostr(explicit_) + " arguments";
  }

  void reportInvalid(const std::vector<TemplatePiece> &pieces) {
    bool implicitOnly = llvm::all_of(invalid_, [](const Invalid &i) { return i.implicit && !i.inCount; });
    if (implicitOnly) {
      size_t n = llvm::count_if(pieces, [](const TemplatePiece &p) { return !p.isLiteral && p.arg.kind == ArgRefKind::Next; });
      diag::Builder b = c_.error(invalid_[0].span.isDummy() ? out_.span : placeholderSpans(pieces).front(),
                                 llvm::Twine(n) + " positional argument" + (n == 1 ? "" : "s") + " in format string, but " + argCount());
      llvm::SmallVector<Span, 8> spans = placeholderSpans(pieces);
      for (size_t i = 1; i < spans.size(); ++i)
        b.alsoPrimary(spans[i]);
      return;
    }
    llvm::SmallVector<uint32_t, 8> indexes;
    for (const Invalid &i : invalid_)
      if (!llvm::is_contained(indexes, i.index))
        indexes.push_back(i.index);
    llvm::sort(indexes);
    std::string list;
    for (size_t i = 0; i < indexes.size(); ++i) {
      if (i)
        list += i + 1 == indexes.size() ? " and " : ", ";
      list += llvm::utostr(indexes[i]);
    }
    diag::Builder b = c_.error(invalid_[0].span, "invalid reference to positional argument" + llvm::Twine(indexes.size() == 1 ? "" : "s") +
                                                     " " + list + " (" + argCount() + ")");
    for (size_t i = 1; i < invalid_.size(); ++i)
      b.alsoPrimary(invalid_[i].span);
    b.note("positional arguments are zero-based");
  }
  llvm::SmallVector<Span, 8> placeholderSpans(const std::vector<TemplatePiece> &pieces) const {
    llvm::SmallVector<Span, 8> out;
    for (const TemplatePiece &p : pieces)
      if (!p.isLiteral && p.arg.kind == ArgRefKind::Next)
        out.push_back(positions_->span(p.lo, p.hi));
    return out;
  }

  bool reportUnused() {
    llvm::SmallVector<uint32_t, 8> unused;
    for (uint32_t i = 0; i < used_.size(); ++i)
      if (!used_[i])
        unused.push_back(i);
    if (unused.empty())
      return true;
    auto message = [&](uint32_t i) { return args_[i].kind == FormatArgKind::Named ? "named argument never used" : "argument never used"; };
    auto span = [&](uint32_t i) { return c_.ast.exprs[args_[i].value].span; };
    if (unused.size() == 1) {
      c_.error(span(unused[0]), message(unused[0])).label(span(unused[0]), message(unused[0])).label(out_.span, "formatting specifier missing");
      return false;
    }
    diag::Builder b = c_.error(span(unused[0]), "multiple unused formatting arguments");
    for (size_t i = 1; i < unused.size(); ++i)
      b.alsoPrimary(span(unused[i]));
    b.label(out_.span, "multiple missing formatting specifiers");
    for (uint32_t i : unused)
      b.label(span(i), message(i));
    return false;
  }

  struct Invalid { uint32_t index; Span span; bool implicit, inCount; };
  BuiltinContext &c_;
  FormatArgsExpr out_;
  std::vector<FormatArg> args_;
  std::vector<FormatPiece> pieces_;
  std::vector<bool> used_;
  std::vector<Invalid> invalid_;
  size_t explicit_ = 0;
  bool directLiteral_ = false, ok_ = true, inCount_ = false;
  const LiteralPositions *positions_ = nullptr;
};

} // namespace

BuiltinStatus expandFormatArgs(BuiltinContext &c) { return FormatArgsParser(c, false, false).run(); }
BuiltinStatus expandConstFormatArgs(BuiltinContext &c) { return FormatArgsParser(c, false, true).run(); }
BuiltinStatus expandFormatArgsNl(BuiltinContext &c) { return FormatArgsParser(c, true, false).run(); }

} // namespace ferric::expand
