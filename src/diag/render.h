// Rendering of one diagnostic, in the format that the command line chose; private to this folder.
#pragma once
#include "diag/diag.h"

namespace ferric::diag {

struct RenderContext {
  const SourceMap &sources;
  const Hygiene &hygiene;
  const Diagnostics::Config &config;
  const std::function<std::string(Symbol)> &symbolText;
};

// Writes `d` to the configured stream in the configured format.
void render(const Diagnostic &d, const RenderContext &ctx);
// The three formats, as text that ends in a new line.
std::string renderHuman(const Diagnostic &d, const RenderContext &ctx, bool color);
std::string renderShort(const Diagnostic &d, const RenderContext &ctx);
std::string renderJson(const Diagnostic &d, const RenderContext &ctx);
// "error", "warning", ...
const char *levelName(Level level);
// Where a person should look: code of another crate's macro is shown at the macro's use.
Span visibleSpan(Span span, const RenderContext &ctx);

// Source with underlines and labels (rustc's emitter), each row beginning with the gutter. `gutter`: width of line numbers.
class Snippet {
public:
  Snippet(const RenderContext &ctx, unsigned gutter, bool color) : ctx_(ctx), gutter_(gutter), color_(color) {}
  // Appends "--> file:line:col" and the annotated source of every file the spans are in.
  void annotate(llvm::ArrayRef<SpanLabel> spans, Level level, std::string &out);
  // Appends the lines that a suggestion changes, as they would be.
  void suggestion(const Suggestion &s, std::string &out);

private:
  const RenderContext &ctx_;
  unsigned gutter_;
  bool color_;
};

// ANSI escapes for a level's colour, for line numbers and for notes.
const char *colorOf(Level level);
inline constexpr const char *kBlue = "\x1b[1m\x1b[94m", *kBold = "\x1b[1m", *kReset = "\x1b[0m";

} // namespace ferric::diag
