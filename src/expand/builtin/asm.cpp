// asm!, naked_asm!, global_asm! (Reference: inline-assembly): the template strings (each may be a macro call) are expanded, parsed and linked to the
// operands. Registers are checked by lowering, which knows the target.
#include "expand/builtin/asm_args.h"
#include "expand/builtin/format_string.h"
#include "lex/unescape.h"

namespace ferric::expand {
using namespace ast;

namespace {

class AsmExpansion {
public:
  AsmExpansion(BuiltinContext &c, AsmKind kind) : c_(c) { out_.asmKind = kind; }

  // Fills result(); Ready, Retry or Failed. Errors that leave the operands as they are do not hide errors in them.
  BuiltinStatus run() {
    if (!parseAsmArgs(c_, out_.asmKind, args_))
      return BuiltinStatus::Failed;
    out_.options = args_.options;
    BuiltinStatus status = parseTemplates();
    if (status != BuiltinStatus::Ready)
      return status;
    reportUnused();
    out_.operands = c_.ast.addList<AsmOperand>(args_.operands);
    out_.clobberAbis = c_.ast.addList<AsmClobberAbi>(args_.clobbers);
    out_.pieces = c_.ast.addList<AsmPiece>(pieces_);
    out_.templates = c_.ast.addList<AsmTemplate>(templates_);
    out_.lineSpans = c_.ast.addList<Span>(lineSpans_);
    return BuiltinStatus::Ready;
  }
  const InlineAsm &result() const { return out_; }

private:
  // ---- templates ----
  void text(llvm::StringRef s, Span span) {
    AsmPiece p;
    p.isString = true;
    p.text = c_.sess.symbols.intern(s);
    p.span = span;
    pieces_.push_back(p);
  }

  BuiltinStatus parseTemplates() {
    used_.assign(args_.operands.size(), false);
    for (size_t i = 0; i < args_.operands.size(); ++i) // what the template cannot refer to
      used_[i] = args_.operands[i].explicitReg;
    uint32_t next = 0;
    for (size_t i = 0; i < args_.templates.size(); ++i) {
      Expander::StringArg s = c_.e.stringFromExpr(args_.templates[i], c_.inv, "asm template must be a string literal");
      BuiltinStatus status;
      if (c_.isFailed(s, status))
        return status;
      if (i)
        text("\n", s.span);
      llvm::StringRef value = c_.sess.str(s.text);
      addLines(value, s);
      templates_.push_back({s.text, s.span, s.kind, s.hashes});
      if (out_.options & kAsmRaw) {
        text(value, s.span);
        continue;
      }
      if (!parseTemplateString(value, s, next))
        return BuiltinStatus::Failed;
    }
    return BuiltinStatus::Ready;
  }

  void addLines(llvm::StringRef value, const Expander::StringArg &s) {
    LiteralPositions at(c_.sess, s.span, value, s.kind, s.hashes);
    for (size_t lo = 0; lo <= value.size();) {
      size_t hi = std::min(value.find('\n', lo), value.size());
      lineSpans_.push_back(at.span(uint32_t(lo), uint32_t(hi)));
      lo = hi + 1;
    }
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
      c_.error(at.span(t.typeLo, uint32_t(t.typeLo + t.type.size())), "asm template modifier must be a single character");
    if (t.arg.kind == ArgRefKind::Name) {
      Symbol name = c_.sess.symbols.intern(t.arg.name);
      for (uint32_t i = 0; i < args_.names.size(); ++i)
        if (args_.names[i].valid() && args_.names[i].name == name) {
          p.operand = i;
          used_[i] = true;
          pieces_.push_back(p);
          return;
        }
      c_.error(at.span(t.arg.lo, t.arg.hi), "there is no argument named `" + t.arg.name + "`");
      return;
    }
    uint32_t index = t.arg.kind == ArgRefKind::Next ? t.arg.index + next : t.arg.index;
    if (index >= args_.operands.size() || args_.names[index].valid() || args_.operands[index].explicitReg) {
      size_t positional = 0;
      for (size_t i = 0; i < args_.operands.size(); ++i)
        positional += !args_.names[i].valid() && !args_.operands[i].explicitReg;
      const char *word = positional == args_.operands.size() ? "" : "positional ";
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
    auto message = [&](uint32_t i) { return args_.names[i].valid() ? "named argument never used" : "argument never used"; };
    diag::Builder b = c_.error(args_.operands[unused[0]].span, unused.size() == 1 ? message(unused[0]) : "multiple unused asm arguments");
    for (size_t i = 1; i < unused.size(); ++i)
      b.alsoPrimary(args_.operands[unused[i]].span);
    for (uint32_t i : unused)
      b.label(args_.operands[i].span, message(i));
  }

  BuiltinContext &c_;
  AsmArgs args_;
  InlineAsm out_;
  std::vector<AsmPiece> pieces_;
  std::vector<AsmTemplate> templates_;
  std::vector<Span> lineSpans_;
  std::vector<bool> used_;
};

BuiltinStatus asmExpr(BuiltinContext &c, AsmKind kind) {
  AsmExpansion p(c, kind);
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
  AsmExpansion p(c, AsmKind::GlobalAsm);
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
