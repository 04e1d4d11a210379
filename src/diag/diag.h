// Diagnostics: built where the error is found, collected here, rendered as text in rustc's style,
// one-line text (`short`) or JSON in rustc's schema. Wording is ours; code, place and meaning are rustc's.
//
//   sess.diag.error(span, "E0425", "cannot find value `x` in this scope").label(span, "not found in this scope").emit();
#pragma once
#include "base/hygiene.h"
#include "base/source_map.h"
#include "llvm/ADT/Twine.h"
#include <functional>
#include <memory>
#include <string>
#include "llvm/Support/raw_ostream.h"
#include <vector>

namespace ferric::diag {

enum class Level : uint8_t { Bug, Error, Warning, Note, Help, FailureNote };
enum class Applicability : uint8_t { MachineApplicable, MaybeIncorrect, HasPlaceholders, Unspecified };
enum class ErrorFormat : uint8_t { Human, Short, Json };
enum class LintLevel : uint8_t { Allow, Expect, Warn, Deny, Forbid };

struct SpanLabel { Span span; std::string text; bool primary = false; };
struct Suggestion { std::string message; std::vector<std::pair<Span, std::string>> parts; Applicability applicability{}; };
struct SubDiagnostic { Level level{}; std::string message; std::vector<SpanLabel> spans; };
struct Diagnostic {
  Level level{};
  std::string code;            // "E0308" or a lint's name; empty: none
  bool isLint = false;
  std::string levelReason;     // of a lint: what gave it its level, said once; empty: an attribute
  // Whether the code is one that `--explain` knows; a few lints have one as well.
  bool hasErrorCode() const { return code.size() == 5 && code[0] == 'E' && code[1] >= '0' && code[1] <= '9'; }
  std::string message;
  std::vector<SpanLabel> spans; // primary spans and labels
  std::vector<SubDiagnostic> children;
  std::vector<Suggestion> suggestions;
};

class Diagnostics;

// A diagnostic being built; emit() hands it over. One that is destroyed without emit() or cancel() is emitted.
class Builder {
public:
  Builder(Diagnostics &owner, Diagnostic d) : owner_(&owner), d_(std::move(d)) {}
  Builder(Builder &&o) noexcept : owner_(o.owner_), d_(std::move(o.d_)) { o.owner_ = nullptr; }
  ~Builder() { if (owner_) emit(); }
  Builder &label(Span span, const llvm::Twine &text);
  Builder &alsoPrimary(Span span);
  Builder &note(const llvm::Twine &text);
  Builder &help(const llvm::Twine &text);
  Builder &noteAt(Span span, const llvm::Twine &text);
  Builder &helpAt(Span span, const llvm::Twine &text);
  Builder &suggest(Span span, const llvm::Twine &message, const llvm::Twine &replacement,
                   Applicability applicability = Applicability::MaybeIncorrect);
  Builder &code(const char *code) { d_.code = code; return *this; }
  void emit();
  void cancel() { owner_ = nullptr; }

private:
  Diagnostics *owner_;
  Diagnostic d_;
};

// Sink of all diagnostics. Identical diagnostics (same code, message and primary span) are reported once.
class Diagnostics {
public:
  Diagnostics(const SourceMap &sources, const Hygiene &hygiene);
  ~Diagnostics();
  Builder error(Span span, const char *code, const llvm::Twine &message);
  Builder error(Span span, const llvm::Twine &message) { return error(span, "", message); }
  Builder errorNoSpan(const llvm::Twine &message);
  Builder warning(Span span, const llvm::Twine &message);
  Builder warningNoSpan(const llvm::Twine &message);
  // A lint at the level that the command line (-A/-W/-D/-F, --cap-lints) and `defaultLevel` give it, or `attribute`, which beats
  // all but -F and --cap-lints; attributes are the caller's to look up (ty/lint.h). An allowed lint returns a builder that reports nothing.
  Builder lint(Span span, const char *name, LintLevel defaultLevel, const llvm::Twine &message, std::optional<LintLevel> attribute = std::nullopt);

  // The level that lint() reports at.
  LintLevel lintLevel(llvm::StringRef name, LintLevel defaultLevel, std::optional<LintLevel> attribute = std::nullopt) const;

  // Errors reported so far, stashed ones not counted.
  size_t errorCount() const { return errors_; }
  size_t warningCount() const { return warnings_; }
  bool hasErrors() const { return errors_ != 0; }
  // "aborting due to N previous errors; M warnings emitted" and the hint to `--explain`, as rustc prints at the end.
  void finish();

  // While alive, diagnostics are held back and can be dropped: speculative parsing, macro matching.
  class Silence {
  public:
    // `first`: gets the message of the first error that is held back.
    explicit Silence(Diagnostics &d, std::string *first = nullptr) : d_(d), before_(d.firstSilenced_) {
      ++d_.silenced_;
      d_.firstSilenced_ = first;
    }
    ~Silence() {
      --d_.silenced_;
      d_.firstSilenced_ = before_;
    }
  private:
    Diagnostics &d_;
    std::string *before_;
  };
  bool silenced() const { return silenced_ != 0; }
  // The check of one item or body. An error that says that it cannot be completed ends it: what it reports besides is dropped.
  class Check {
  public:
    explicit Check(Diagnostics &d) : d_(d), before_(d.silenced_) {}
    ~Check() { d_.silenced_ = before_; }
  private:
    Diagnostics &d_;
    unsigned before_;
  };
  void endCheck() { ++silenced_; }

  struct Config {
    ErrorFormat format = ErrorFormat::Human;
    bool color = false;
    std::vector<std::pair<std::string, LintLevel>> lintLevels; // in command-line order; "warnings" included
    LintLevel capLints = LintLevel::Forbid;
    size_t maxErrors = 0;      // 0: no limit
    llvm::raw_ostream *out = nullptr; // null: standard error
  } config;
  std::function<std::string(Symbol)> symbolText; // for the names of macros in notes; set by Session

private:
  friend class Builder;
  friend class Silence;
  void emit(Diagnostic &&d);
  const SourceMap &sources_;
  const Hygiene &hygiene_;
  size_t errors_ = 0, warnings_ = 0;
  unsigned silenced_ = 0;
  std::string *firstSilenced_ = nullptr;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace ferric::diag
