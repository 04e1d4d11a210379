// asm!, naked_asm!, global_asm! (Reference: inline-assembly): template strings (each may be a macro call), operands, clobber_abi and
// options, in one pass; then the templates are parsed and linked to operands. Registers are checked by lowering, which knows the target.
#include "expand/builtin/format_string.h"
#include "expand/builtin/registry.h"
#include "lex/unescape.h"

namespace ferric::expand {
using namespace ast;
using lex::TokenKind;

namespace {

struct OptionRow { llvm::StringLiteral name; uint32_t bit; bool global, naked; };
constexpr OptionRow kOptions[] = {
    {"pure", kAsmPure, false, false},           {"nomem", kAsmNomem, false, false},
    {"readonly", kAsmReadonly, false, false},   {"preserves_flags", kAsmPreservesFlags, false, false},
    {"noreturn", kAsmNoreturn, false, false},   {"nostack", kAsmNostack, false, false},
    {"may_unwind", kAsmMayUnwind, false, false}, {"att_syntax", kAsmAttSyntax, true, true},
    {"raw", kAsmRaw, true, true},
};

class AsmParser {
public:
  AsmParser(BuiltinContext &c, AsmKind kind) : c_(c), p_(c.parser()) { out_.asmKind = kind; }

  // Fills result(); Ready, Retry or Failed.
  BuiltinStatus run() {
    if (c_.args.len == 0) {
      c_.error(c_.inv.span, "requires at least a template string argument");
      return BuiltinStatus::Failed;
    }
    if (!parseArgs())
      return BuiltinStatus::Failed;
    checkOptions();
    BuiltinStatus status = parseTemplates();
    if (status != BuiltinStatus::Ready)
      return status;
    reportUnused();
    out_.operands = c_.ast.addList<AsmOperand>(operands_);
    out_.clobberAbis = c_.ast.addList<AsmClobberAbi>(clobbers_);
    out_.pieces = c_.ast.addList<AsmPiece>(pieces_);
    out_.lineSpans = c_.ast.addList<Span>(lineSpans_);
    return ok_ ? BuiltinStatus::Ready : BuiltinStatus::Failed;
  }
  const InlineAsm &result() const { return out_; }

private:
  void error(Span span, const llvm::Twine &msg) {
    ok_ = false;
    c_.error(span, msg);
  }
  bool keyword(llvm::StringRef name) {
    if (!p_.peek().is(TokenKind::Ident) || p_.peek().isRaw() || c_.sess.str(p_.peek().sym) != name)
      return false;
    p_.bump();
    return true;
  }
  llvm::StringRef macroName() const {
    return out_.asmKind == AsmKind::Asm ? "asm" : out_.asmKind == AsmKind::GlobalAsm ? "global_asm" : "naked_asm";
  }

  // ---- arguments ----
  bool parseArgs() {
    bool templates = true, first = true;
    while (!p_.atEof()) {
      if (!first) {
        if (templates && !p_.check(TokenKind::Comma)) {
          error(p_.peek().span, "expected token: `,`");
          return false;
        }
        if (!p_.expect(TokenKind::Comma))
          return false;
        if (p_.atEof())
          break;
      }
      bool keep = true;
      p_.parseOuterAttrs(keep);
      size_t before[] = {templates_.size(), operands_.size(), clobbers_.size()};
      uint32_t options = out_.options;
      if (!parseArg(templates, first))
        return false;
      first = false;
      if (!keep) { // configured out
        templates_.resize(before[0]);
        operands_.resize(before[1]);
        names_.resize(before[1]);
        clobbers_.resize(before[2]);
        out_.options = options;
      }
    }
    return p_.ok();
  }

  bool parseArg(bool &templates, bool first) {
    if (first) {
      templates_.push_back(p_.parseExpr());
      return p_.ok();
    }
    Span start = p_.peek().span;
    if (keyword("clobber_abi")) {
      templates = false;
      return clobberAbi(start);
    }
    if (keyword("options")) {
      templates = false;
      return options();
    }
    Ident name;
    if (p_.peek().is(TokenKind::Ident) && p_.peek(1).is(TokenKind::Eq)) {
      name = p_.peek().ident();
      p_.bump();
      p_.bump();
      templates = false;
    }
    AsmOperand op;
    bool isOperand = false;
    if (!operand(op, isOperand))
      return false;
    if (isOperand) {
      templates = false;
      op.span = start.to(p_.prevSpan());
      addOperand(op, name);
      return true;
    }
    if (!templates) {
      p_.expectEof("asm operand");
      ok_ = false;
      return false;
    }
    ExprId e = p_.parseExpr();
    if (!p_.ok())
      return false;
    const Expr &expr = c_.ast.exprs[e];
    bool isString = expr.kind == ExprKind::MacroCall;
    if (expr.kind == ExprKind::Lit) {
      lex::LitKind k = c_.ast.get<LitExpr>(e).lit.kind;
      isString = k == lex::LitKind::Str || k == lex::LitKind::StrRaw;
    }
    if (!isString) {
      error(expr.span, out_.asmKind == AsmKind::Asm ? "expected operand, clobber_abi, options, or additional template string"
                                                    : "expected operand, options, or additional template string");
      return false;
    }
    templates_.push_back(e);
    return true;
  }

  bool reg(AsmOperand &op) {
    if (!p_.peek().isOpen(lex::Delim::Paren)) {
      p_.fail(p_.peek().span, "", "expected `(`");
      return false;
    }
    p_.bump();
    const lex::Token &t = p_.peek();
    if (t.is(TokenKind::Ident)) {
      op.reg = t.sym;
    } else if (t.is(TokenKind::Literal) && t.lit() == lex::LitKind::Str) {
      op.reg = t.sym;
      op.explicitReg = true;
    } else {
      error(t.span, "expected register class or explicit register");
      return false;
    }
    p_.bump();
    if (!p_.peek().isClose(lex::Delim::Paren)) {
      p_.fail(p_.peek().span, "", "expected `)`");
      return false;
    }
    p_.bump();
    return true;
  }

  bool outExpr(ExprId &out) {
    if (p_.eatKeyword(sym::underscore))
      return true;
    out = p_.parseExpr();
    return p_.ok();
  }
  bool inExpr(ExprId &out) {
    if (p_.checkKeyword(sym::underscore)) {
      error(p_.peek().span, "_ cannot be used for input operands");
      return false;
    }
    out = p_.parseExpr();
    return p_.ok();
  }

  bool operand(AsmOperand &op, bool &isOperand) {
    isOperand = true;
    Span span = p_.peek().span;
    llvm::StringRef word = p_.peek().is(TokenKind::Ident) && !p_.peek().isRaw() ? c_.sess.str(p_.peek().sym) : llvm::StringRef();
    bool needsAsm = word == "in" || word == "out" || word == "lateout" || word == "inout" || word == "inlateout" || word == "label";
    // `in` and `label` introduce operands only before their parentheses or braces; other words are never expressions here.
    if (needsAsm && out_.asmKind != AsmKind::Asm) {
      error(span, "the `" + word + "` operand cannot be used with `" + macroName() + "!`");
      return false;
    }
    if (word == "in") {
      p_.bump();
      op.kind = AsmOperandKind::In;
      return reg(op) && inExpr(op.in);
    }
    if (word == "out" || word == "lateout") {
      p_.bump();
      op.kind = AsmOperandKind::Out;
      op.late = word == "lateout";
      return reg(op) && outExpr(op.out);
    }
    if (word == "inout" || word == "inlateout") {
      p_.bump();
      op.kind = AsmOperandKind::InOut;
      op.late = word == "inlateout";
      if (!reg(op) || !inExpr(op.in))
        return false;
      if (!p_.eat(TokenKind::FatArrow))
        return true;
      op.kind = AsmOperandKind::SplitInOut;
      return outExpr(op.out);
    }
    if (word == "label") {
      p_.bump();
      op.kind = AsmOperandKind::Label;
      op.label = p_.parseBlock();
      return p_.ok();
    }
    if (word == "const") {
      p_.bump();
      op.kind = AsmOperandKind::Const;
      op.konst.value = p_.parseExpr();
      return p_.ok();
    }
    if (word == "sym") {
      p_.bump();
      op.kind = AsmOperandKind::Sym;
      op.in = p_.parseExpr();
      if (!p_.ok())
        return false;
      if (c_.ast.exprs[op.in].kind == ExprKind::Path)
        return true;
      error(c_.ast.exprs[op.in].span, "expected a path for argument to `sym`");
      return false;
    }
    isOperand = false;
    return true;
  }

  void addOperand(const AsmOperand &op, Ident name) {
    bool anyNamed = llvm::any_of(names_, [](const Ident &i) { return i.valid(); });
    bool anyReg = llvm::any_of(operands_, [](const AsmOperand &o) { return o.explicitReg; });
    if (op.explicitReg) {
      if (name.valid())
        error(op.span, "explicit register arguments cannot have names");
    } else if (name.valid()) {
      for (size_t i = 0; i < names_.size(); ++i)
        if (names_[i].valid() && names_[i].name == name.name) {
          ok_ = false;
          c_.error(op.span, "duplicate argument named `" + c_.sess.str(name) + "`")
              .label(operands_[i].span, "previously here")
              .label(op.span, "duplicate argument");
        }
    } else if (anyNamed || anyReg) {
      error(op.span, "positional arguments cannot follow named arguments or explicit register arguments");
    }
    operands_.push_back(op);
    names_.push_back(op.explicitReg ? Ident() : name);
  }

  bool clobberAbi(Span start) {
    if (out_.asmKind != AsmKind::Asm)
      error(start, "`clobber_abi` cannot be used with `" + macroName() + "!`");
    if (!p_.peek().isOpen(lex::Delim::Paren)) {
      p_.fail(p_.peek().span, "", "expected `(`");
      return false;
    }
    p_.bump();
    if (p_.peek().isClose(lex::Delim::Paren)) {
      error(p_.peek().span, "at least one abi must be provided as an argument to `clobber_abi`");
      return false;
    }
    while (!p_.peek().isClose(lex::Delim::Paren)) {
      const lex::Token &t = p_.peek();
      if (!t.is(TokenKind::Literal) || (t.lit() != lex::LitKind::Str && t.lit() != lex::LitKind::StrRaw)) {
        error(t.span, "expected string literal");
        return false;
      }
      clobbers_.push_back({t.sym, start.to(t.span)});
      p_.bump();
      if (!p_.eat(TokenKind::Comma))
        break;
    }
    return closeParen();
  }
  bool closeParen() {
    if (p_.peek().isClose(lex::Delim::Paren)) {
      p_.bump();
      return true;
    }
    p_.fail(p_.peek().span, "", "expected `)`");
    return false;
  }

  bool options() {
    if (!p_.peek().isOpen(lex::Delim::Paren)) {
      p_.fail(p_.peek().span, "", "expected `(`");
      return false;
    }
    p_.bump();
    while (!p_.peek().isClose(lex::Delim::Paren)) {
      Span span = p_.peek().span;
      const OptionRow *row = nullptr;
      for (const OptionRow &o : kOptions)
        if (!row && keyword(o.name))
          row = &o;
      if (!row) {
        error(span, "expected an asm option");
        return false;
      }
      bool supported = out_.asmKind == AsmKind::Asm || (out_.asmKind == AsmKind::GlobalAsm ? row->global : row->naked);
      if (!supported)
        error(span, "the `" + row->name + "` option cannot be used with `" + macroName() + "!`");
      else if (out_.options & row->bit)
        error(span, "the `" + row->name + "` option was already provided");
      out_.options |= row->bit;
      if (!p_.eat(TokenKind::Comma))
        break;
    }
    return closeParen();
  }

  void checkOptions() {
    uint32_t o = out_.options;
    Span span = c_.inv.span;
    if ((o & kAsmNomem) && (o & kAsmReadonly))
      error(span, "the `nomem` and `readonly` options are mutually exclusive");
    if ((o & kAsmPure) && (o & kAsmNoreturn))
      error(span, "the `pure` and `noreturn` options are mutually exclusive");
    if ((o & kAsmPure) && !(o & (kAsmNomem | kAsmReadonly)))
      error(span, "the `pure` option must be combined with either `nomem` or `readonly`");
    bool realOutput = false, anyOutput = false, classOutput = false, labels = false;
    for (const AsmOperand &op : operands_) {
      bool isOut = op.kind == AsmOperandKind::Out || op.kind == AsmOperandKind::SplitInOut || op.kind == AsmOperandKind::InOut;
      labels |= op.kind == AsmOperandKind::Label;
      anyOutput |= isOut;
      realOutput |= op.kind == AsmOperandKind::InOut || (isOut && op.out.valid());
      classOutput |= isOut && !op.explicitReg;
    }
    if ((o & kAsmPure) && !realOutput)
      error(span, "asm with the `pure` option must have at least one output");
    if ((o & kAsmNoreturn) && anyOutput && !labels && realOutput)
      error(span, "asm outputs are not allowed with the `noreturn` option");
    if ((o & kAsmMayUnwind) && labels)
      error(span, "asm labels are not allowed with the `may_unwind` option");
    if (!clobbers_.empty() && classOutput)
      error(span, "asm with `clobber_abi` must specify explicit registers for outputs");
  }

  // ---- templates ----
  void text(llvm::StringRef s, Span span) {
    AsmPiece p;
    p.isString = true;
    p.text = c_.sess.symbols.intern(s);
    p.span = span;
    pieces_.push_back(p);
  }

  BuiltinStatus parseTemplates() {
    used_.assign(operands_.size(), false);
    for (size_t i = 0; i < operands_.size(); ++i) // what the template cannot refer to
      used_[i] = operands_[i].explicitReg;
    uint32_t next = 0;
    for (size_t i = 0; i < templates_.size(); ++i) {
      Expander::StringArg s = c_.e.stringFromExpr(templates_[i], c_.inv, "asm template must be a string literal");
      BuiltinStatus status;
      if (c_.isFailed(s, status))
        return status;
      if (i)
        text("\n", s.span);
      lineSpans_.push_back(s.span);
      llvm::StringRef value = c_.sess.str(s.text);
      if (out_.options & kAsmRaw) {
        text(value, s.span);
        continue;
      }
      if (!parseTemplateString(value, s, next))
        return BuiltinStatus::Failed;
    }
    return BuiltinStatus::Ready;
  }

  bool parseTemplateString(llvm::StringRef value, const Expander::StringArg &s, uint32_t &next) {
    LiteralPositions at(c_.sess, s.span, value, s.kind, s.hashes);
    std::vector<TemplatePiece> pieces;
    TemplateError e;
    if (!parseTemplate(value, TemplateMode::InlineAsm, pieces, e)) {
      diag::Builder b = c_.error(at.span(e.lo, e.hi), "invalid asm template string: " + llvm::Twine(e.description));
      b.label(at.span(e.lo, e.hi), e.label + " in asm template string");
      if (!e.note.empty())
        b.note(e.note);
      return false;
    }
    uint32_t implicit = 0;
    for (const TemplatePiece &t : pieces) {
      if (t.isLiteral) {
        text(t.text, s.span);
        continue;
      }
      implicit += t.arg.kind == ArgRefKind::Next;
      placeholder(t, at, next);
    }
    next += implicit;
    return true;
  }

  void placeholder(const TemplatePiece &t, const LiteralPositions &at, uint32_t next) {
    AsmPiece p;
    p.span = at.span(t.lo, t.hi);
    if (t.type.size() == 1)
      p.modifier = uint32_t(t.type[0]);
    else if (!t.type.empty())
      error(at.span(t.typeLo, uint32_t(t.typeLo + t.type.size())), "asm template modifier must be a single character");
    if (t.arg.kind == ArgRefKind::Name) {
      Symbol name = c_.sess.symbols.intern(t.arg.name);
      for (uint32_t i = 0; i < names_.size(); ++i)
        if (names_[i].valid() && names_[i].name == name) {
          p.operand = i;
          used_[i] = true;
          pieces_.push_back(p);
          return;
        }
      error(at.span(t.arg.lo, t.arg.hi), "there is no argument named `" + t.arg.name + "`");
      return;
    }
    uint32_t index = t.arg.kind == ArgRefKind::Next ? t.arg.index + next : t.arg.index;
    if (index >= operands_.size() || names_[index].valid() || operands_[index].explicitReg) {
      size_t positional = 0;
      for (size_t i = 0; i < operands_.size(); ++i)
        positional += !names_[i].valid() && !operands_[i].explicitReg;
      ok_ = false;
      const char *word = positional == operands_.size() ? "" : "positional ";
      c_.error(p.span, "invalid reference to argument at index " + llvm::Twine(index))
          .label(p.span, "from here")
          .note(positional == 0   ? llvm::Twine("no ") + word + "arguments were given"
                : positional == 1 ? llvm::Twine("there is 1 ") + word + "argument"
                                  : "there are " + llvm::Twine(positional) + " " + word + "arguments");
      return;
    }
    p.operand = index;
    used_[index] = true;
    pieces_.push_back(p);
  }

  void reportUnused() {
    if (out_.options & kAsmRaw)
      return;
    llvm::SmallVector<uint32_t, 4> unused;
    for (uint32_t i = 0; i < used_.size(); ++i)
      if (!used_[i])
        unused.push_back(i);
    if (unused.empty())
      return;
    ok_ = false;
    auto message = [&](uint32_t i) { return names_[i].valid() ? "named argument never used" : "argument never used"; };
    diag::Builder b = c_.error(operands_[unused[0]].span, unused.size() == 1 ? message(unused[0]) : "multiple unused asm arguments");
    for (size_t i = 1; i < unused.size(); ++i)
      b.alsoPrimary(operands_[unused[i]].span);
    for (uint32_t i : unused)
      b.label(operands_[i].span, message(i));
  }

  BuiltinContext &c_;
  parse::Parser p_;
  InlineAsm out_;
  llvm::SmallVector<ExprId, 8> templates_;
  std::vector<AsmOperand> operands_;
  std::vector<Ident> names_;
  std::vector<AsmClobberAbi> clobbers_;
  std::vector<AsmPiece> pieces_;
  std::vector<Span> lineSpans_;
  std::vector<bool> used_;
  bool ok_ = true;
};

BuiltinStatus asmExpr(BuiltinContext &c, AsmKind kind) {
  AsmParser p(c, kind);
  BuiltinStatus status = p.run();
  if (status != BuiltinStatus::Ready)
    return status;
  InlineAsmExpr e;
  e.inner = p.result();
  return c.expr(c.ast.addExpr(c.inv.span, e));
}

} // namespace

BuiltinStatus expandAsm(BuiltinContext &c) { return asmExpr(c, AsmKind::Asm); }
BuiltinStatus expandNakedAsm(BuiltinContext &c) { return asmExpr(c, AsmKind::NakedAsm); }

BuiltinStatus expandGlobalAsm(BuiltinContext &c) {
  AsmParser p(c, AsmKind::GlobalAsm);
  BuiltinStatus status = p.run();
  if (status != BuiltinStatus::Ready)
    return status;
  GlobalAsmItem payload;
  payload.inner = p.result();
  Item item;
  item.kind = ItemKind::GlobalAsm;
  item.span = c.inv.span;
  item.vis.span = c.inv.span.shrinkToLo();
  item.data = c.ast.addPayload(payload);
  c.out.kind = OutputKind::Items;
  c.out.items.push_back(c.ast.items.add(item));
  return BuiltinStatus::Ready;
}

} // namespace ferric::expand
