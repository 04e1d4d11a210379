// Headings, notes and the one-line format; snippets of source are snippet.cpp's.
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

const char *colorOf(Level level) {
  switch (level) {
  case Level::Bug:
  case Level::Error: return "\x1b[1m\x1b[91m";
  case Level::Warning: return "\x1b[1m\x1b[33m";
  case Level::Note: return "\x1b[1m\x1b[92m";
  case Level::Help: return "\x1b[1m\x1b[96m";
  case Level::FailureNote: return "";
  }
  return "";
}

Span visibleSpan(Span span, const RenderContext &ctx) {
  while (!span.ctxt.isRoot()) {
    const ExpnData &e = ctx.hygiene.expn(ctx.hygiene.outerExpn(span.ctxt));
    if (!e.macroDef.valid() || e.macroDef.isLocal() || e.callSite.isDummy())
      break;
    span = e.callSite;
  }
  return span;
}

static unsigned lastLine(Span span, const RenderContext &ctx) {
  return ctx.sources.lookup(std::max(span.hi, span.lo)).line;
}

// Width of the line numbers: the same through the whole diagnostic.
static unsigned gutterWidth(const Diagnostic &d, const RenderContext &ctx) {
  unsigned line = 0;
  auto see = [&](Span s) { line = std::max(line, lastLine(visibleSpan(s, ctx), ctx)); };
  for (const SpanLabel &l : d.spans)
    see(l.span);
  for (const SubDiagnostic &c : d.children)
    for (const SpanLabel &l : c.spans)
      see(l.span);
  for (const Suggestion &s : d.suggestions)
    for (const auto &part : s.parts)
      see(part.first);
  return unsigned(std::to_string(line).size());
}

// The macros that a span came through, for the closing note.
static std::string macroNote(const Diagnostic &d, const RenderContext &ctx) {
  for (const SpanLabel &l : d.spans) {
    if (l.span.ctxt.isRoot())
      continue;
    const ExpnData &e = ctx.hygiene.expn(ctx.hygiene.outerExpn(l.span.ctxt));
    if (e.kind == ExpnKind::Bang || e.kind == ExpnKind::Attr || e.kind == ExpnKind::Derive) {
      const char *what = e.kind == ExpnKind::Bang ? "macro" : e.kind == ExpnKind::Attr ? "attribute macro" : "derive macro";
      std::string name = ctx.symbolText && e.name.valid() ? ctx.symbolText(e.name) : std::string();
      if (name.empty())
        return "";
      return (llvm::Twine("this ") + levelName(d.level) + " originates in the " + what + " `" + name +
              "` (in Nightly builds, run with -Z macro-backtrace for more info)")
          .str();
    }
  }
  return "";
}

// The spans, and for those inside a macro's expansion the place where a person called the macro.
static std::vector<SpanLabel> withCallSites(const Diagnostic &d, const RenderContext &ctx) {
  std::vector<SpanLabel> out = d.spans;
  for (const SpanLabel &l : d.spans) {
    Span s = visibleSpan(l.span, ctx), call;
    bool bang = false;
    for (Span at = s; !at.ctxt.isRoot() && !at.isDummy();) {
      const ExpnData &e = ctx.hygiene.expn(ctx.hygiene.outerExpn(at.ctxt));
      at = call = e.callSite;
      bang = e.kind == ExpnKind::Bang;
    }
    bool redundant = call.isDummy() || (call.lo <= s.lo && s.hi <= call.hi);
    auto same = [&](const SpanLabel &o) { return o.span.lo == call.lo && o.span.hi == call.hi; };
    if (bang && !redundant && llvm::none_of(out, same))
      out.push_back({call, "in this macro invocation", false});
  }
  return out;
}

std::string renderHuman(const Diagnostic &d, const RenderContext &ctx, bool color) {
  if (d.level == Level::FailureNote)
    return d.message + "\n";
  std::string out;
  unsigned gutter = gutterWidth(d, ctx);
  Snippet snippet(ctx, gutter, color);
  auto paint = [&](const char *code, const llvm::Twine &text) {
    out += color ? code + text.str() + kReset : text.str();
  };
  auto heading = [&](Level level, const std::string &code, const std::string &message, bool main) {
    paint(colorOf(level), levelName(level) + llvm::Twine(code.empty() ? "" : "[" + code + "]"));
    paint(main ? kBold : "", ": " + message);
    out += '\n';
  };
  auto plainNote = [&](Level level, llvm::StringRef message) {
    std::string indent(gutter + 1, ' ');
    paint(kBlue, indent + "= ");
    std::string head = levelName(level) + std::string(": ");
    paint(kBold, head);
    std::string pad(gutter + 3 + head.size(), ' ');
    for (char c : message) {
      out += c;
      if (c == '\n')
        out += pad;
    }
    out += '\n';
  };
  heading(d.level, d.hasErrorCode() ? d.code : "", d.message, true);
  bool hasSource = !d.spans.empty();
  snippet.annotate(withCallSites(d, ctx), d.level, out);
  std::vector<SubDiagnostic> children = d.children;
  std::string macro = macroNote(d, ctx);
  if (!macro.empty())
    children.push_back({Level::Note, macro, {}});
  if (hasSource && (!children.empty() || !d.suggestions.empty())) {
    paint(kBlue, std::string(gutter + 1, ' ') + "|");
    out += '\n';
  }
  for (const SubDiagnostic &c : children) {
    if (c.spans.empty()) {
      if (hasSource) {
        plainNote(c.level, c.message);
      } else {
        heading(c.level, "", c.message, false);
      }
      continue;
    }
    heading(c.level, "", c.message, false);
    snippet.annotate(c.spans, c.level, out);
  }
  for (const Suggestion &s : d.suggestions) {
    heading(Level::Help, "", s.message, false);
    snippet.suggestion(s, out);
  }
  out += '\n';
  return out;
}

std::string renderShort(const Diagnostic &d, const RenderContext &ctx) {
  std::string out;
  for (const SpanLabel &l : d.spans) {
    if (!l.primary)
      continue;
    LineCol at = ctx.sources.lookup(visibleSpan(l.span, ctx).lo);
    if (at.file)
      out = ctx.sources.file(at.file).name + ":" + std::to_string(at.line) + ":" + std::to_string(at.col) + ": ";
    break;
  }
  if (d.level != Level::FailureNote)
    out += levelName(d.level) + (d.hasErrorCode() ? "[" + d.code + "]" : "") + ": ";
  out += d.message;
  llvm::StringRef separator = ": ";
  for (const SpanLabel &l : d.spans) {
    if (!l.primary || l.text.empty())
      continue;
    out += (separator + l.text).str();
    separator = ", ";
  }
  return out + "\n";
}

void render(const Diagnostic &d, const RenderContext &ctx) {
  llvm::raw_ostream &os = ctx.config.out ? *ctx.config.out : llvm::errs();
  switch (ctx.config.format) {
  case ErrorFormat::Human: os << renderHuman(d, ctx, ctx.config.color); break;
  case ErrorFormat::Short: os << renderShort(d, ctx); break;
  case ErrorFormat::Json: os << renderJson(d, ctx); break;
  }
  os.flush();
}

} // namespace ferric::diag
