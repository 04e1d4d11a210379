// Labels in the templates of inline assembly (rustc_lint::builtin, named_asm_labels and binary_asm_labels). Assembly may be copied, by inlining or for each
// instance, so only numbered labels are safe; and those of zeros and ones may be read as binary numbers in Intel syntax.
#include "expand/builtin/format_string.h"
#include "layout/target.h"
#include "lower/lower.h"
#include "ty/lint.h"
#include "typeck/typeck.h"
#include "typeck/walk.h"

namespace ferric::typeck {

namespace {
enum class LabelKind : uint8_t { None, Named, Binary };

// What stands before a colon: a name, a placeholder with something around it, zeros and ones, or no label.
LabelKind labelKind(llvm::StringRef text, bool raw) {
  if (text.empty())
    return LabelKind::None;
  bool inPlaceholder = false;
  LabelKind kind = LabelKind::Named;
  if (text[0] == '0' || text[0] == '1')
    kind = LabelKind::Binary;
  else if (!raw && text[0] == '{')
    inPlaceholder = true;
  else if (!llvm::isAlpha(text[0]) && text[0] != '.' && text[0] != '_')
    return LabelKind::None;
  for (char c : text.drop_front()) {
    if (inPlaceholder) {
      if (c == '{')
        return LabelKind::None;
      inPlaceholder = c != '}';
    } else if (!raw && c == '{') {
      inPlaceholder = true;
      kind = LabelKind::Named;
    } else if (kind == LabelKind::Binary ? c != '0' && c != '1' : !llvm::isAlnum(c) && c != '_' && c != '$') {
      return LabelKind::None;
    }
  }
  return kind;
}

class LabelCheck final : public HirVisitor {
public:
  LabelCheck(ty::Ctx &tcx, DefId owner) : tcx_(tcx), owner_(owner) {}

  void visitExpr(const hir::Expr *e) override {
    if (const auto *a = llvm::dyn_cast<hir::InlineAsmExpr>(e))
      assembly(a->inner);
    walkExpr(e);
  }

private:
  void assembly(const hir::InlineAsm &a) {
    // The assembly of a naked function that is not generic exists once.
    if (a.asmKind == ast::AsmKind::NakedAsm && tcx_.genericsOf(owner_)->count() == 0)
      return;
    intel_ = !(a.options & ast::kAsmAttSyntax) && (tcx_.target->arch == "x86_64" || tcx_.target->arch == "x86");
    raw_ = a.options & ast::kAsmRaw;
    for (const ast::AsmTemplate &t : a.templates)
      templ(t);
  }

  void templ(const ast::AsmTemplate &t) {
    llvm::StringRef text = tcx_.sess.str(t.text);
    expand::LiteralPositions at(tcx_.sess, t.span, text, t.kind, t.hashes);
    for (size_t lo = 0; lo < text.size();) {
      size_t hi = std::min(text.find_first_of("\n;", lo), text.size());
      statement(text.slice(lo, hi), uint32_t(lo), at);
      lo = hi + 1;
    }
  }

  // Behind what is no label there is none either.
  void statement(llvm::StringRef s, uint32_t base, const expand::LiteralPositions &at) {
    s = s.take_front(s.find("//"));
    for (size_t lo = 0, colon = s.find(':'); colon != llvm::StringRef::npos; lo = colon + 1, colon = s.find(':', lo)) {
      llvm::StringRef label = s.slice(lo, colon).trim();
      LabelKind kind = labelKind(label, raw_);
      if (kind == LabelKind::None)
        return;
      uint32_t begin = base + uint32_t(label.data() - s.data());
      report(kind, at.span(begin, begin + uint32_t(label.size())));
    }
  }

  void report(LabelKind kind, Span span) {
    if (kind == LabelKind::Named) {
      ty::lintAt(tcx_, owner_, span, "named_asm_labels", diag::LintLevel::Deny, "avoid using named labels in inline assembly")
          .help("only local labels of the form `<number>:` should be used in inline asm");
      return;
    }
    if (intel_)
      ty::lintAt(tcx_, owner_, span, "binary_asm_labels", diag::LintLevel::Deny, "avoid using labels containing only the digits `0` and `1` in inline assembly")
          .label(span, "use a different label that doesn't start with `0` or `1`")
          .help("start numbering with `2` instead");
  }

  ty::Ctx &tcx_;
  DefId owner_;
  bool intel_ = false, raw_ = false;
};
} // namespace

void lintAsmLabels(ty::Ctx &tcx, DefId def) {
  DefId owner = lower::bodyOwner(tcx, def);
  if (const hir::Body *body = tcx.hirBody(owner); body && body->kind != hir::BodyKind::GlobalAsm)
    LabelCheck(tcx, owner).visitExpr(body->value);
}

} // namespace ferric::typeck
