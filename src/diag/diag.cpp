// The sink of diagnostics: decides whether one is reported (silence, lint levels, duplicates), counts it
// and hands it to the renderer that the command line chose. Duplicates are recognised by a hash of level,
// code, message and primary spans: the same mistake is found again when a generic body or a macro's
// expansion is visited twice, and a person wants to read it once.
#include "diag/diag.h"
#include "diag/lints.h"
#include "diag/render.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/xxhash.h"

namespace ferric::diag {

Builder &Builder::label(Span span, const llvm::Twine &text) {
  for (SpanLabel &l : d_.spans)
    if (l.primary && l.span == span && l.text.empty()) {
      l.text = text.str();
      return *this;
    }
  d_.spans.push_back({span, text.str(), false});
  return *this;
}
Builder &Builder::alsoPrimary(Span span) {
  d_.spans.push_back({span, "", true});
  return *this;
}
Builder &Builder::note(const llvm::Twine &text) {
  d_.children.push_back({Level::Note, text.str(), {}});
  return *this;
}
Builder &Builder::help(const llvm::Twine &text) {
  d_.children.push_back({Level::Help, text.str(), {}});
  return *this;
}
Builder &Builder::noteAt(Span span, const llvm::Twine &text) {
  d_.children.push_back({Level::Note, text.str(), {{span, "", true}}});
  return *this;
}
Builder &Builder::helpAt(Span span, const llvm::Twine &text) {
  d_.children.push_back({Level::Help, text.str(), {{span, "", true}}});
  return *this;
}
Builder &Builder::suggest(Span span, const llvm::Twine &message, const llvm::Twine &replacement, Applicability applicability) {
  d_.suggestions.push_back({message.str(), {{span, replacement.str()}}, applicability});
  return *this;
}
void Builder::emit() {
  if (!owner_)
    return;
  Diagnostics *owner = owner_;
  owner_ = nullptr;
  owner->emit(std::move(d_));
}

struct Diagnostics::Impl {
  llvm::DenseSet<uint64_t> seen;
  std::vector<std::string> explained; // error codes reported, for the closing hint
  llvm::StringSet<> reasons;          // of the levels of lints, said
};

Diagnostics::Diagnostics(const SourceMap &sources, const Hygiene &hygiene)
    : sources_(sources), hygiene_(hygiene), impl_(std::make_unique<Impl>()) {}
Diagnostics::~Diagnostics() = default;

static Diagnostic make(Level level, Span span, const char *code, const llvm::Twine &message) {
  Diagnostic d;
  d.level = level;
  d.code = code;
  d.message = message.str();
  if (!span.isDummy())
    d.spans.push_back({span, "", true});
  return d;
}

Builder Diagnostics::error(Span span, const char *code, const llvm::Twine &message) {
  return Builder(*this, make(Level::Error, span, code, message));
}
Builder Diagnostics::errorNoSpan(const llvm::Twine &message) { return error(Span(), "", message); }
Builder Diagnostics::warning(Span span, const llvm::Twine &message) {
  return Builder(*this, make(Level::Warning, span, "", message));
}
Builder Diagnostics::warningNoSpan(const llvm::Twine &message) { return warning(Span(), message); }

namespace {
// The level of a lint, and the option that gave it; none: an attribute or the default.
struct Decision { LintLevel level{}; llvm::StringRef option; };
} // namespace

// rustc-dev-guide "Lints", rustc book "Lint levels": later options win, `forbid` cannot be lowered,
// the group `warnings` stands for whatever would be a warning, and --cap-lints bounds the result.
static Decision decide(const Diagnostics::Config &config, llvm::StringRef name, LintLevel level, std::optional<LintLevel> attribute) {
  bool forbidden = false;
  LintLevel warnings = LintLevel::Warn;
  llvm::StringRef source;
  for (const auto &[option, given] : config.lintLevels) {
    if (option == "warnings")
      warnings = given;
    else if (saysOfLint(option, name) && !forbidden) {
      level = given;
      source = option;
      forbidden = given == LintLevel::Forbid;
    }
  }
  if (attribute && !forbidden) {
    level = *attribute;
    source = "";
  }
  if (level == LintLevel::Warn && warnings != LintLevel::Warn) {
    level = warnings;
    source = "warnings";
  }
  return {std::min(level, config.capLints), source};
}

// Why a lint is reported at its level, as rustc says it with the first of its kind (rustc_middle::lint::explain_lint_level_source).
static std::string levelReason(const Decision &decision, llvm::StringRef name, bool byAttribute) {
  if (decision.option.empty()) {
    if (byAttribute)
      return "";
    auto attribute = [&](llvm::StringRef of) { return ("`#[" + levelName(decision.level) + "(" + of + ")]`").str(); };
    llvm::StringRef group = firstGroup(name);
    return attribute(name) + (group.empty() ? "" : " (part of " + attribute(group) + ")") + " on by default";
  }
  auto dashed = [](llvm::StringRef text) {
    std::string out = text.str();
    llvm::replace(out, '_', '-');
    return out;
  };
  llvm::StringRef flag = decision.level == LintLevel::Forbid ? "-F " : decision.level == LintLevel::Deny ? "-D " : "-W ";
  std::string given = "`" + flag.str() + dashed(decision.option) + "`";
  if (decision.option == name)
    return "requested on the command line with " + given;
  return "`" + flag.str() + dashed(name) + "` implied by " + given + "; to override it add `#[allow(" + name.str() + ")]`";
}

// Code that a macro of another crate wrote, or an attribute or derive macro of any (rustc_span, Span::in_external_macro).
static bool inExternalMacro(const Hygiene &hygiene, Span span) {
  if (span.ctxt.isRoot())
    return false;
  const ExpnData &data = hygiene.expn(hygiene.outerExpn(span.ctxt));
  switch (data.kind) {
  case ExpnKind::Root: return false;
  case ExpnKind::Bang: return data.macroDef.valid() && !data.macroDef.isLocal();
  case ExpnKind::Attr: case ExpnKind::Derive: case ExpnKind::AstPass: return true;
  case ExpnKind::Desugaring:
    return !llvm::is_contained({DesugaringKind::ForLoop, DesugaringKind::WhileLoop, DesugaringKind::OpaqueTy, DesugaringKind::Async, DesugaringKind::Await},
                               data.desugaring);
  }
  return false;
}

// Lints that become errors one day in every edition are reported there as well (rustc_middle::lint, lint_level), and those that say so.
static bool isReportedInExternalMacros(llvm::StringRef lint) {
  return lint == "unused_must_use" || lint == "elided_lifetimes_in_associated_constant" || lint == "self_constructor_from_outer_item";
}

LintLevel Diagnostics::lintLevel(llvm::StringRef name, LintLevel defaultLevel, std::optional<LintLevel> attribute) const {
  return decide(config, name, defaultLevel, attribute).level;
}

Builder Diagnostics::lint(Span span, const char *name, LintLevel defaultLevel, const llvm::Twine &message, std::optional<LintLevel> attribute) {
  Decision decision = decide(config, name, defaultLevel, attribute);
  LintLevel level = decision.level;
  Diagnostic d = make(level >= LintLevel::Deny ? Level::Error : Level::Warning, span, name, message);
  d.isLint = true;
  if (level > LintLevel::Expect)
    d.levelReason = levelReason(decision, name, attribute.has_value());
  Builder b(*this, std::move(d));
  if (level <= LintLevel::Expect || (inExternalMacro(hygiene_, span) && !isReportedInExternalMacros(name)))
    b.cancel();
  return b;
}

// The same place reached through another macro call is another place.
static uint64_t fingerprint(const Diagnostic &d, const Hygiene &hygiene) {
  std::string key = d.code + '\0' + d.message;
  key.push_back(char(d.level));
  for (const SpanLabel &l : d.spans)
    if (l.primary) {
      uint32_t place[3] = {l.span.lo, l.span.hi, hygiene.sourceCallSite(l.span).lo};
      key.append(reinterpret_cast<const char *>(place), sizeof place);
    }
  return llvm::xxh3_64bits(key);
}

// Keeps a text readable when it quotes a token of megabytes: the middle is left out.
static void shorten(std::string &text) {
  constexpr size_t kLongest = 8192, kKept = 200;
  if (text.size() > kLongest)
    text = text.substr(0, kKept) + " ... " + text.substr(text.size() - kKept);
}

void Diagnostics::emit(Diagnostic &&d) {
  shorten(d.message);
  for (SpanLabel &l : d.spans)
    shorten(l.text);
  for (SubDiagnostic &c : d.children)
    shorten(c.message);
  if (silenced_ && firstSilenced_ && firstSilenced_->empty() && d.level <= Level::Error)
    *firstSilenced_ = d.message;
  if (silenced_ || !impl_->seen.insert(fingerprint(d, hygiene_) & ~uint64_t(7)).second)
    return;
  bool isError = d.level <= Level::Error;
  if (isError && config.maxErrors && errors_ >= config.maxErrors)
    return;
  errors_ += isError;
  warnings_ += d.level == Level::Warning;
  if (d.hasErrorCode() && !llvm::is_contained(impl_->explained, d.code))
    impl_->explained.push_back(d.code);
  if (!d.levelReason.empty() && impl_->reasons.insert(d.levelReason).second)
    d.children.push_back({Level::Note, d.levelReason, {}});
  render(d, {sources_, hygiene_, config, symbolText});
}

static std::string plural(size_t n, const char *noun) {
  return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
}

void Diagnostics::finish() {
  if (!errors_ && !warnings_)
    return;
  RenderContext ctx{sources_, hygiene_, config, symbolText};
  Diagnostic d;
  std::string warned = plural(warnings_, "warning") + " emitted";
  d.level = errors_ ? Level::Error : Level::Warning;
  d.message = !errors_ ? warned : "aborting due to " + plural(errors_, "previous error") + (warnings_ ? "; " + warned : "");
  render(d, ctx);
  std::vector<std::string> &codes = impl_->explained;
  if (codes.empty() || config.format == ErrorFormat::Short)
    return;
  llvm::sort(codes);
  d.level = Level::FailureNote;
  if (codes.size() > 1) {
    d.message = "Some errors have detailed explanations: " +
                llvm::join(llvm::ArrayRef(codes).take_front(9), ", ") + (codes.size() > 9 ? "..." : ".");
    render(d, ctx);
    d.message = "For more information about an error, try `rustc --explain " + codes.front() + "`.";
  } else {
    d.message = "For more information about this error, try `rustc --explain " + codes.front() + "`.";
  }
  render(d, ctx);
}

} // namespace ferric::diag
