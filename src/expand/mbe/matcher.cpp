// The macro matcher (rustc_expand::mbe::macro_parser). Threads are positions in the matcher program; each token moves all of
// them. Captures are not copied when threads fork: every thread points at the last of its events in one growing array, linked
// backwards, and the winner's chain is replayed into bindings at the end. Fragments that are visibly one token are taken
// without calling the parser, which is what most arguments in core are.
#include "expand/mbe/matcher.h"

namespace ferric::expand::mbe {
using lex::Delim;
using lex::FragmentKind;
using lex::Token;
using lex::TokenKind;

static constexpr uint32_t kNoEvent = 0xFFFFFFFF;

// Moves every current thread as far as it goes without consuming `tok`; fills next_ (consumed it), waiting_ (wants a
// fragment) and ended_ (at the end of the matcher).
void Matcher::step(const std::vector<MatcherLoc> &locs, const Token &tok, llvm::ArrayRef<Token> rest) {
  next_.clear();
  waiting_.clear();
  ended_.clear();
  while (!current_.empty()) {
    Thread t = current_.back();
    current_.pop_back();
    const MatcherLoc &loc = locs[t.loc];
    lastTried_ = &loc;
    switch (loc.kind) {
    case LocKind::Token:
      if (sameToken(loc.token, tok))
        next_.push_back({t.loc + 1, t.event});
      break;
    case LocKind::Sequence: {
      uint32_t event = loc.varCount ? addEvent(t.event, t.loc) : t.event;
      if (loc.op != RepeatOp::OneOrMore)
        current_.push_back({loc.target, event});
      current_.push_back({t.loc + 1, event});
      break;
    }
    case LocKind::EndNoSep:
      current_.push_back({t.loc + 1, t.event});
      if (loc.op != RepeatOp::ZeroOrOne)
        current_.push_back({loc.target, t.event});
      break;
    case LocKind::Separator:
      current_.push_back({t.loc + 2, t.event});
      if (sameToken(loc.token, tok))
        next_.push_back({t.loc + 1, t.event});
      break;
    case LocKind::EndAfterSep: current_.push_back({loc.target, t.event}); break;
    case LocKind::MetaVar:
      if (!tok.is(TokenKind::Eof) && fragmentMayBegin(loc.fragment, rest, edition_))
        waiting_.push_back(t);
      break;
    case LocKind::Eof:
      if (tok.is(TokenKind::Eof))
        ended_.push_back(t);
      break;
    }
  }
}

static bool endsOperand(const Token &t) {
  switch (t.kind) {
  case TokenKind::Comma: case TokenKind::Semi: case TokenKind::FatArrow: case TokenKind::CloseDelim: case TokenKind::Eof:
    return true;
  default:
    return false;
  }
}

// Fragments whose extent is plain to see. The parser's verdict would be the same.
bool Matcher::captureSimple(parse::Parser &parser, FragmentKind kind, lex::TokenRange &out) {
  parse::Pos pos = parser.pos();
  if (pos.split)
    return false;
  const Token &tok = parser.peek();
  auto take = [&](uint32_t n) {
    out = {pos.index, n};
    parser.setPos({pos.index + n, 0});
    return true;
  };
  switch (kind) {
  case FragmentKind::Ident:
  case FragmentKind::Lifetime:
    return take(1);
  case FragmentKind::TT:
    return take(tok.is(TokenKind::OpenDelim) ? tok.match() + 1 : 1);
  case FragmentKind::Block:
    return tok.isOpen(Delim::Brace) && take(tok.match() + 1);
  case FragmentKind::Literal:
    return tok.is(TokenKind::Literal) && take(1);
  case FragmentKind::Expr:
  case FragmentKind::Expr2021:
    if (tok.isOpen(Delim::Invisible) && (tok.fragment() == FragmentKind::Expr || tok.fragment() == FragmentKind::Expr2021 ||
                                         tok.fragment() == FragmentKind::Literal))
      return endsOperand(parser.peek(tok.match() + 1)) && take(tok.match() + 1);
    return (tok.is(TokenKind::Literal) || (tok.is(TokenKind::Ident) && !isReservedIdent(tok, edition_))) &&
           endsOperand(parser.peek(1)) && take(1);
  case FragmentKind::Ty:
    if (tok.isOpen(Delim::Invisible) && tok.fragment() == FragmentKind::Ty)
      return endsOperand(parser.peek(tok.match() + 1)) && take(tok.match() + 1);
    return tok.is(TokenKind::Ident) && !isReservedIdent(tok, edition_) && endsOperand(parser.peek(1)) && take(1);
  default:
    return false;
  }
}

void Matcher::parseFragment(const std::vector<MatcherLoc> &locs, parse::Parser &parser, Span callSite) {
  Thread t = waiting_.back();
  const MatcherLoc &loc = locs[t.loc];
  Capture c;
  c.kind = loc.fragment;
  if (!captureSimple(parser, loc.fragment, c.tokens) && !parser.skipFragment(loc.fragment, c.tokens)) {
    fragmentFailed_ = true;
    return;
  }
  current_.push_back({t.loc + 1, addEvent(t.event, t.loc, c)});
}

void Matcher::ambiguity(const MacroDef &def, const std::vector<MatcherLoc> &locs, const Token &tok, Span callSite) {
  std::string nts;
  for (const Thread &t : waiting_) {
    const MatcherLoc &loc = locs[t.loc];
    if (!nts.empty())
      nts += " or ";
    nts += fragmentName(loc.fragment, loc.inferred);
    nts += " ('";
    nts += sess_.str(loc.token.sym);
    nts += "')";
  }
  std::string options = next_.empty() ? "built-in NTs " + nts + "."
                                      : "built-in NTs " + nts + " or " + llvm::utostr(next_.size()) + " other option" +
                                            (next_.size() == 1 ? "." : "s.");
  sess_.diag.error(tok.span.isDummy() ? callSite : tok.span, "local ambiguity when calling macro `" + sess_.str(def.name) +
                                                               "`: multiple parsing options: " + options);
}

MatchStatus Matcher::match(const MacroDef &def, const std::vector<MatcherLoc> &locs, lex::TokenRange input, unsigned firstVar,
                           Bindings &out, Span callSite, BestFailure *failure) {
  events_.clear();
  current_.assign(1, Thread{0, kNoEvent});
  fragmentFailed_ = false;
  parse::Parser parser(sess_, ast_, nullptr, input, edition_.crateEdition, callSite.shrinkToHi());
  auto fail = [&](const Token &tok, const char *label) {
    uint32_t position = parser.pos().index - input.begin;
    if (failure && (!failure->any || position > failure->position))
      *failure = {true, true, position, tok, label, lastTried_};
    return MatchStatus::Failure;
  };
  while (true) {
    const Token &tok = parser.peek();
    uint32_t index = parser.pos().index;
    uint32_t left = input.begin + input.len - std::min(index, input.begin + input.len);
    llvm::ArrayRef<Token> rest;
    if (parser.pos().split)
      rest = tok;
    else if (left)
      rest = {ast_.tokens.data() + index, left};
    step(locs, tok, rest);
    if (tok.is(TokenKind::Eof)) {
      if (ended_.size() == 1) {
        bind(locs, ended_[0].event, firstVar, out);
        return MatchStatus::Success;
      }
      if (ended_.empty())
        return fail(tok, "missing tokens in macro arguments");
      sess_.diag.error(callSite, "ambiguity: multiple successful parses");
      return MatchStatus::ErrorReported;
    }
    if (next_.empty() && waiting_.empty())
      return fail(tok, "no rules expected this token in macro call");
    if (waiting_.empty()) {
      std::swap(current_, next_);
      parser.bump();
      continue;
    }
    if (!next_.empty() || waiting_.size() > 1) {
      ambiguity(def, locs, tok, callSite);
      return MatchStatus::ErrorReported;
    }
    parseFragment(locs, parser, callSite);
    if (fragmentFailed_)
      return MatchStatus::ErrorReported;
  }
}

// Replays the chain of events into the level tables. Within one level only the last node grows, so children are contiguous.
void Matcher::bind(const std::vector<MatcherLoc> &locs, uint32_t lastEvent, unsigned firstVar, Bindings &out) {
  order_.clear();
  for (uint32_t e = lastEvent; e != kNoEvent; e = events_[e].prev)
    order_.push_back(e);
  unsigned count = 0;
  for (const MatcherLoc &loc : locs)
    if (loc.kind == LocKind::MetaVar) {
      ++count;
      if (out.vars.size() < firstVar + count)
        out.vars.resize(firstVar + count);
      VarMatch &v = out.vars[firstVar + loc.var];
      v.levels.resize(loc.depth);
      for (std::vector<uint32_t> &level : v.levels)
        level.clear();
      v.captures.clear();
    }
  for (uint32_t e : llvm::reverse(order_)) {
    const Event &event = events_[e];
    const MatcherLoc &loc = locs[event.loc];
    if (loc.kind == LocKind::MetaVar) {
      out.vars[firstVar + loc.var].captures.push_back(event.capture);
      continue;
    }
    for (unsigned v = loc.var; v < unsigned(loc.var + loc.varCount); ++v) {
      VarMatch &m = out.vars[firstVar + v];
      uint32_t children = loc.depth + 1u < m.levels.size() ? uint32_t(m.levels[loc.depth + 1].size()) : uint32_t(m.captures.size());
      m.levels[loc.depth].push_back(children);
    }
  }
}

} // namespace ferric::expand::mbe
