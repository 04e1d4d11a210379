// Arguments of inline assembly, in two steps as rustc takes them: the syntax of all of them first, then what they mean together. Only the second
// step knows of `cfg`, so that operands which exclude each other may share a name.
#include "expand/builtin/asm_args.h"

namespace ferric::expand {
using namespace ast;
using lex::TokenKind;

namespace {

struct OptionRow { llvm::StringLiteral name; uint32_t bit; bool outsideFunctions; };
constexpr OptionRow kOptions[] = {
    {"pure", kAsmPure, false},           {"nomem", kAsmNomem, false},
    {"readonly", kAsmReadonly, false},   {"preserves_flags", kAsmPreservesFlags, false},
    {"noreturn", kAsmNoreturn, false},   {"nostack", kAsmNostack, false},
    {"may_unwind", kAsmMayUnwind, false}, {"att_syntax", kAsmAttSyntax, true},
    {"raw", kAsmRaw, true},
};

struct AsmOption { const OptionRow *row = nullptr; Span span; };
struct Arg {
  enum class Kind : uint8_t { Template, Operand, Options, ClobberAbi } kind{};
  bool keep = true;              // not configured out
  Span span;
  llvm::SmallVector<AttrId, 1> attrs;
  ExprId templ;
  AsmOperand operand;
  Ident name;
  llvm::SmallVector<AsmOption, 4> options;
  llvm::SmallVector<AsmClobberAbi, 2> abis;
};

bool isStringLiteral(const Ast &ast, ExprId e) {
  if (ast.exprs[e].kind != ExprKind::Lit)
    return false;
  lex::LitKind k = ast.get<LitExpr>(e).lit.kind;
  return k == lex::LitKind::Str || k == lex::LitKind::StrRaw;
}

void notATemplate(BuiltinContext &c, AsmKind kind, Span span) {
  c.error(span, kind == AsmKind::Asm ? "expected operand, clobber_abi, options, or additional template string"
                                     : "expected operand, options, or additional template string");
}

// ---- the syntax ----
class AsmArgParser {
public:
  AsmArgParser(BuiltinContext &c, AsmKind kind) : c_(c), p_(c.parser()), kind_(kind) {}

  bool run(std::vector<Arg> &out) {
    if (p_.atEof())
      return error(c_.inv.span, "requires at least a template string argument");
    bool templates = true;
    while (!p_.atEof()) {
      if (!out.empty() && !separator(templates))
        return false;
      if (p_.atEof())
        break;
      Arg &a = out.emplace_back();
      llvm::append_range(a.attrs, c_.ast.attrsOf(p_.parseOuterAttrs(a.keep)));
      if (!arg(a, templates, out.size() == 1))
        return false;
    }
    return p_.ok();
  }

private:
  bool error(Span span, const llvm::Twine &msg) {
    c_.error(span, msg);
    return false;
  }
  bool fail(const llvm::Twine &msg) {
    p_.fail(p_.peek().span, "", msg);
    return false;
  }
  bool keyword(llvm::StringRef name) {
    if (!p_.peek().is(TokenKind::Ident) || p_.peek().isRaw() || c_.sess.str(p_.peek().sym) != name)
      return false;
    p_.bump();
    return true;
  }
  bool separator(bool templates) {
    if (templates && !p_.check(TokenKind::Comma))
      return error(p_.peek().span, "expected token: `,`");
    return p_.expect(TokenKind::Comma);
  }
  bool open() {
    if (!p_.checkOpen(lex::Delim::Paren))
      return fail("expected `(`");
    p_.bump();
    return true;
  }
  bool close() {
    if (!p_.checkClose(lex::Delim::Paren))
      return fail("expected `)`");
    p_.bump();
    return true;
  }

  bool arg(Arg &a, bool &templates, bool first) {
    Span start = p_.peek().span;
    auto done = [&](Arg::Kind kind) {
      a.kind = kind;
      a.span = p_.since(start);
      return p_.ok();
    };
    if (first) {
      a.templ = p_.parseExpr();
      return done(Arg::Kind::Template);
    }
    if (keyword("clobber_abi")) {
      templates = false;
      return clobberAbi(a) && done(Arg::Kind::ClobberAbi);
    }
    if (keyword("options")) {
      templates = false;
      return options(a) && done(Arg::Kind::Options);
    }
    if (p_.peek().is(TokenKind::Ident) && p_.peek(1).is(TokenKind::Eq)) {
      a.name = p_.peek().ident();
      p_.bump();
      p_.bump();
      templates = false;
    }
    bool isOperand = true;
    if (!operand(a.operand, isOperand))
      return false;
    if (isOperand) {
      templates = false;
      a.operand.span = p_.since(start);
      return done(Arg::Kind::Operand);
    }
    if (!templates) {
      p_.expectEof("asm operand");
      return false;
    }
    a.templ = p_.parseExpr();
    if (!p_.ok())
      return false;
    if (!isStringLiteral(c_.ast, a.templ) && c_.ast.exprs[a.templ].kind != ExprKind::MacroCall) {
      notATemplate(c_, kind_, c_.ast.exprs[a.templ].span);
      return false;
    }
    return done(Arg::Kind::Template);
  }

  bool reg(AsmOperand &op) {
    if (!open())
      return false;
    const lex::Token &t = p_.peek();
    op.explicitReg = t.is(TokenKind::Literal) && t.lit() == lex::LitKind::Str;
    if (!op.explicitReg && !(t.is(TokenKind::Ident) && !t.isRaw()))
      return error(t.span, "expected register class or explicit register");
    op.reg = t.sym;
    p_.bump();
    return close();
  }
  bool outExpr(ExprId &out) {
    if (!p_.eatKeyword(sym::underscore))
      out = p_.parseExpr();
    return p_.ok();
  }
  bool inExpr(ExprId &out) {
    if (p_.eatKeyword(sym::underscore))
      return error(p_.peek().span, "_ cannot be used for input operands");
    out = p_.parseExpr();
    return p_.ok();
  }

  // `isOperand` turns false when no operand begins here.
  bool operand(AsmOperand &op, bool &isOperand) {
    const lex::Token &t = p_.peek();
    llvm::StringRef word = t.is(TokenKind::Ident) && !t.isRaw() ? c_.sess.str(t.sym) : llvm::StringRef();
    bool onlyAsm = word == "in" || word == "out" || word == "lateout" || word == "inout" || word == "inlateout" || word == "label";
    if (onlyAsm && kind_ != AsmKind::Asm)
      return error(t.span, "the `" + word + "` operand cannot be used with `" + asmMacroName(kind_) + "!`");
    isOperand = onlyAsm || word == "const" || word == "sym";
    if (!isOperand)
      return true;
    p_.bump();
    if (word == "const") {
      op.kind = AsmOperandKind::Const;
      op.konst.value = p_.parseExpr();
      return p_.ok();
    }
    if (word == "sym")
      return symbol(op);
    if (word == "label") {
      op.kind = AsmOperandKind::Label;
      op.label = p_.parseBlock();
      return p_.ok();
    }
    return registerOperand(op, word);
  }
  bool symbol(AsmOperand &op) {
    op.kind = AsmOperandKind::Sym;
    op.in = p_.parseExpr();
    if (!p_.ok() || c_.ast.exprs[op.in].kind == ExprKind::Path)
      return p_.ok();
    return error(c_.ast.exprs[op.in].span, "expected a path for argument to `sym`");
  }
  bool registerOperand(AsmOperand &op, llvm::StringRef word) {
    op.late = word.contains("late");
    op.kind = word == "in" ? AsmOperandKind::In : word.starts_with("in") ? AsmOperandKind::InOut : AsmOperandKind::Out;
    if (!reg(op))
      return false;
    if (op.kind == AsmOperandKind::Out)
      return outExpr(op.out);
    if (!inExpr(op.in))
      return false;
    if (op.kind == AsmOperandKind::In || !p_.eat(TokenKind::FatArrow))
      return true;
    op.kind = AsmOperandKind::SplitInOut;
    return outExpr(op.out);
  }

  bool clobberAbi(Arg &a) {
    if (!open())
      return false;
    if (p_.checkClose(lex::Delim::Paren)) {
      p_.bump();
      return error(p_.peek().span, "at least one abi must be provided as an argument to `clobber_abi`");
    }
    while (!p_.checkClose(lex::Delim::Paren)) {
      const lex::Token &t = p_.peek();
      if (!t.is(TokenKind::Literal) || (t.lit() != lex::LitKind::Str && t.lit() != lex::LitKind::StrRaw))
        return error(t.span, "expected string literal");
      a.abis.push_back({t.sym, t.span});
      p_.bump();
      if (!p_.eat(TokenKind::Comma))
        break;
    }
    return close();
  }
  bool options(Arg &a) {
    if (!open())
      return false;
    while (!p_.checkClose(lex::Delim::Paren)) {
      AsmOption o{nullptr, p_.peek().span};
      for (const OptionRow &row : kOptions)
        if (!o.row && keyword(row.name))
          o.row = &row;
      if (!o.row)
        return error(o.span, "expected an asm option");
      a.options.push_back(o);
      if (!p_.eat(TokenKind::Comma))
        break;
    }
    return close();
  }

  BuiltinContext &c_;
  parse::Parser p_;
  AsmKind kind_;
};

// ---- what they mean together ----
using Spans = llvm::SmallVector<Span, 4>;

class AsmArgCheck {
public:
  AsmArgCheck(BuiltinContext &c, AsmKind kind, AsmArgs &out) : c_(c), kind_(kind), out_(out) {}

  bool run(llvm::ArrayRef<Arg> args) {
    for (const Arg &a : args) {
      for (AttrId id : a.attrs)
        c_.error(c_.ast.attrs[id].span, "this attribute is not supported on assembly");
      if (a.keep && !add(a))
        return false;
    }
    exclusiveOptions();
    return outputs();
  }

private:
  diag::Builder errorAt(const Spans &spans, const llvm::Twine &msg) {
    diag::Builder d = c_.error(spans.front(), msg);
    for (Span s : llvm::drop_begin(spans))
      d.alsoPrimary(s);
    return d;
  }
  bool has(uint32_t bits) const { return out_.options & bits; }

  bool add(const Arg &a) {
    switch (a.kind) {
    case Arg::Kind::Template:
      if (!templates_ && !isStringLiteral(c_.ast, a.templ) && c_.ast.exprs[a.templ].kind != ExprKind::MacroCall) {
        notATemplate(c_, kind_, c_.ast.exprs[a.templ].span);
        return false;
      }
      out_.templates.push_back(a.templ);
      return true;
    case Arg::Kind::Operand: operand(a); break;
    case Arg::Kind::Options: options(a); break;
    case Arg::Kind::ClobberAbi:
      for (const AsmClobberAbi &abi : a.abis)
        out_.clobbers.push_back({abi.abi, a.abis.size() == 1 ? a.span : abi.span});
      break;
    }
    templates_ = false;
    return true;
  }

  void operand(const Arg &a) {
    const AsmOperand &op = a.operand;
    Ident name = op.explicitReg ? Ident() : a.name;
    if (op.explicitReg) {
      if (a.name.valid())
        c_.error(op.span, "explicit register arguments cannot have names");
    } else if (name.valid()) {
      auto earlier = llvm::find_if(out_.names, [&](const Ident &i) { return i.valid() && i.name == name.name; });
      if (earlier != out_.names.end())
        c_.error(op.span, "duplicate argument named `" + c_.sess.str(name) + "`")
            .label(out_.operands[size_t(earlier - out_.names.begin())].span, "previously here")
            .label(op.span, "duplicate argument");
    } else {
      positional(op);
    }
    out_.operands.push_back(op);
    out_.names.push_back(name);
  }
  void positional(const AsmOperand &op) {
    bool after = llvm::any_of(out_.names, [](const Ident &i) { return i.valid(); }) ||
                 llvm::any_of(out_.operands, [](const AsmOperand &o) { return o.explicitReg; });
    if (!after)
      return;
    diag::Builder d = c_.error(op.span, "positional arguments cannot follow named arguments or explicit register arguments");
    d.label(op.span, "positional argument");
    for (size_t i = 0; i < out_.operands.size(); ++i)
      if (out_.names[i].valid() || out_.operands[i].explicitReg)
        d.label(out_.operands[i].span, out_.names[i].valid() ? "named argument" : "explicit register argument");
  }

  void options(const Arg &a) {
    for (const AsmOption &o : a.options) {
      if (kind_ != AsmKind::Asm && !o.row->outsideFunctions)
        c_.error(o.span, "the `" + o.row->name + "` option cannot be used with `" + asmMacroName(kind_) + "!`");
      else if (has(o.row->bit))
        c_.error(o.span, "the `" + o.row->name + "` option was already provided").label(o.span, "this option was already provided");
      else
        out_.options |= o.row->bit;
    }
    optionSpans_.push_back(a.span);
  }

  void exclusiveOptions() {
    if (has(kAsmNomem) && has(kAsmReadonly))
      errorAt(optionSpans_, "the `nomem` and `readonly` options are mutually exclusive");
    if (has(kAsmPure) && has(kAsmNoreturn))
      errorAt(optionSpans_, "the `pure` and `noreturn` options are mutually exclusive");
    if (has(kAsmPure) && !has(kAsmNomem | kAsmReadonly))
      errorAt(optionSpans_, "the `pure` option must be combined with either `nomem` or `readonly`");
  }

  bool outputs() {
    Spans outs, classes, labels;
    bool real = false;
    for (const AsmOperand &op : out_.operands) {
      if (op.kind == AsmOperandKind::Label)
        labels.push_back(op.span);
      if (op.kind != AsmOperandKind::Out && op.kind != AsmOperandKind::SplitInOut && op.kind != AsmOperandKind::InOut)
        continue;
      outs.push_back(op.span);
      real |= op.kind == AsmOperandKind::InOut || op.out.valid();
      if (!op.explicitReg)
        classes.push_back(op.span);
    }
    if (has(kAsmPure) && !real)
      errorAt(optionSpans_, "asm with the `pure` option must have at least one output");
    if (has(kAsmNoreturn) && !outs.empty() && labels.empty()) {
      errorAt(outs, "asm outputs are not allowed with the `noreturn` option");
      return false;
    }
    if (has(kAsmMayUnwind) && !labels.empty())
      errorAt(labels, "asm labels are not allowed with the `may_unwind` option");
    return clobbers(classes);
  }
  bool clobbers(const Spans &classOutputs) {
    Spans spans;
    for (const AsmClobberAbi &abi : out_.clobbers)
      spans.push_back(abi.span);
    if (spans.empty())
      return true;
    if (kind_ != AsmKind::Asm) {
      errorAt(spans, "`clobber_abi` cannot be used with `" + asmMacroName(kind_) + "!`");
      return false;
    }
    if (classOutputs.empty())
      return true;
    diag::Builder d = errorAt(classOutputs, "asm with `clobber_abi` must specify explicit registers for outputs");
    for (Span s : classOutputs)
      d.label(s, "generic outputs");
    for (Span s : spans)
      d.label(s, "clobber_abi");
    return true;
  }

  BuiltinContext &c_;
  AsmKind kind_;
  AsmArgs &out_;
  Spans optionSpans_;
  bool templates_ = true;
};

} // namespace

llvm::StringRef asmMacroName(AsmKind kind) {
  return kind == AsmKind::Asm ? "asm" : kind == AsmKind::GlobalAsm ? "global_asm" : "naked_asm";
}

bool parseAsmArgs(BuiltinContext &c, AsmKind kind, AsmArgs &out) {
  std::vector<Arg> args;
  return AsmArgParser(c, kind).run(args) && AsmArgCheck(c, kind, out).run(args);
}

} // namespace ferric::expand
