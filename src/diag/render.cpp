// Chooses the format, and writes the simple one: a line for the message and a line for each place.
#include "diag/render.h"

namespace ferric::diag {

const char *levelName(Level level) {
  switch (level) {
  case Level::Bug: return "error: internal compiler error";
  case Level::Error: return "error";
  case Level::Warning: return "warning";
  case Level::Note: return "note";
  case Level::Help: return "help";
  case Level::FailureNote: return "failure-note";
  }
  return "";
}

std::string levelHeading(const Diagnostic &d) {
  std::string s = levelName(d.level);
  if (!d.code.empty() && !d.isLint)
    s += "[" + d.code + "]";
  return s;
}

static std::string place(Span span, const RenderContext &ctx) {
  LineCol at = ctx.sources.lookup(span.lo);
  if (!at.file)
    return "";
  return ctx.sources.file(at.file).name + ":" + std::to_string(at.line) + ":" + std::to_string(at.col);
}

void render(const Diagnostic &d, const RenderContext &ctx) {
  llvm::raw_ostream &os = ctx.config.out ? *ctx.config.out : llvm::errs();
  if (d.level == Level::FailureNote) {
    os << d.message << '\n';
    return;
  }
  os << levelHeading(d) << ": " << d.message << '\n';
  for (const SpanLabel &l : d.spans)
    os << "  --> " << place(l.span, ctx) << (l.text.empty() ? "" : ": ") << l.text << '\n';
  for (const SubDiagnostic &c : d.children)
    os << "  = " << levelName(c.level) << ": " << c.message << '\n';
  os << '\n';
}

} // namespace ferric::diag
