// Matching a macro's arguments against a rule, and what the variables were bound to. The matcher follows all threads of the
// matcher program at once over the tokens; fragments are parsed by the real parser, and only when one thread wants one and no
// other could go on (Reference: macros-by-example, "Transcribing": no backtracking).
#pragma once
#include "expand/mbe/macro_def.h"
#include "expand/token_util.h"
#include "parse/parser.h"

namespace ferric::expand::mbe {

// What one variable captured: tokens of the crate's store.
struct Capture {
  lex::FragmentKind kind{};
  lex::TokenRange tokens;
};

// Bindings of one successful match. A variable at repetition depth d has d levels of offsets: children of node i at level k are
// nodes [levels[k][i], levels[k][i+1]) of level k+1 (the last one ends at that level's size); level d are the captures.
struct VarMatch {
  std::vector<std::vector<uint32_t>> levels;
  std::vector<Capture> captures;
};
struct Bindings {
  std::vector<VarMatch> vars;
  // Number of children of node `node` at `level` of variable `var`.
  uint32_t childBegin(uint32_t var, unsigned level, uint32_t node) const { return vars[var].levels[level][node]; }
  uint32_t childCount(uint32_t var, unsigned level, uint32_t node) const {
    const VarMatch &v = vars[var];
    uint32_t end = node + 1 < v.levels[level].size() ? v.levels[level][node + 1]
                   : level + 1 < v.levels.size()     ? uint32_t(v.levels[level + 1].size())
                                                     : uint32_t(v.captures.size());
    return end - v.levels[level][node];
  }
};

enum class MatchStatus : uint8_t { Success, Failure, ErrorReported };

// How far the best failing rule got; for the message when none matches.
struct BestFailure {
  bool any = false;
  bool inBody = true;
  uint32_t position = 0;
  lex::Token token;            // Eof: the input ended
  const char *label = "";
  const MatcherLoc *expected = nullptr;
};

class Matcher {
public:
  Matcher(Session &sess, ast::Ast &ast, unsigned crateEdition) : sess_(sess), ast_(ast), edition_{&sess.hygiene, crateEdition} {}

  // Matches `input` against `locs`; on success fills variables [firstVar, firstVar + count) of `out`. `failure` when not null
  // remembers the failure that got furthest.
  MatchStatus match(const MacroDef &def, const std::vector<MatcherLoc> &locs, lex::TokenRange input, unsigned firstVar,
                    Bindings &out, Span callSite, BestFailure *failure);

private:
  struct Thread { uint32_t loc; uint32_t event; };
  struct Event { uint32_t prev; uint32_t loc; Capture capture; };

  void step(const std::vector<MatcherLoc> &locs, const lex::Token &tok, llvm::ArrayRef<lex::Token> rest);
  void parseFragment(const std::vector<MatcherLoc> &locs, parse::Parser &parser, Span callSite);
  bool captureSimple(parse::Parser &parser, lex::FragmentKind kind, lex::TokenRange &out);
  void bind(const std::vector<MatcherLoc> &locs, uint32_t lastEvent, unsigned firstVar, Bindings &out);
  void ambiguity(const MacroDef &def, const std::vector<MatcherLoc> &locs, const lex::Token &tok, Span callSite);
  uint32_t addEvent(uint32_t prev, uint32_t loc, Capture c = {}) {
    events_.push_back({prev, loc, c});
    return uint32_t(events_.size() - 1);
  }

  Session &sess_;
  ast::Ast &ast_;
  EditionInfo edition_;
  std::vector<Thread> current_, next_, waiting_, ended_;
  std::vector<Event> events_;
  std::vector<uint32_t> order_;
  const MatcherLoc *lastTried_ = nullptr;
  bool fragmentFailed_ = false;
};

} // namespace ferric::expand::mbe
