// The transcriber: interprets a body program (rustc_expand::mbe::transcribe). Output is collected in one reused vector and
// appended to the token store at the end. Expressions, types, patterns, ... come out as groups with invisible delimiters, so
// that they keep their precedence; identifiers, lifetimes and token trees are copied bare.
#include "expand/mbe/transcribe.h"

namespace ferric::expand::mbe {
using lex::Delim;
using lex::FragmentKind;
using lex::LitKind;
using lex::Token;
using lex::TokenKind;

bool Transcriber::run(const MacroDef &def, const Rule &rule, const Bindings &bindings, ExpnId expn, lex::TokenRange &out) {
  def_ = &def;
  rule_ = &rule;
  bindings_ = &bindings;
  expn_ = expn;
  ok_ = true;
  haveLast_ = false;
  marks_.clear();
  repeats_.clear();
  open_.clear();
  out_.clear();
  run(0, uint32_t(rule.body.size()));
  out.begin = ast_.tokens.append(out_);
  out.len = uint32_t(out_.size());
  return ok_;
}

SyntaxContext Transcriber::mark(SyntaxContext c) {
  if (haveLast_ && c == lastFrom_)
    return lastTo_;
  haveLast_ = true;
  lastFrom_ = c;
  for (auto &[from, to] : marks_)
    if (from == c.raw)
      return lastTo_ = to;
  lastTo_ = sess_.hygiene.applyMark(c, expn_, def_->transparency);
  marks_.push_back({c.raw, lastTo_});
  return lastTo_;
}

bool Transcriber::fail(Span span, const llvm::Twine &msg) {
  if (ok_)
    sess_.diag.error(span, msg);
  ok_ = false;
  return false;
}

void Transcriber::run(uint32_t at, uint32_t end) {
  while (at < end && ok_) {
    const BodyOp &op = rule_->body[at];
    switch (op.kind) {
    case BodyKind::Run: copyRun(op); break;
    case BodyKind::Open:
      open_.push_back(uint32_t(out_.size()));
      push(rule_->tokens[op.begin]);
      out_.back().span = mark(out_.back().span);
      break;
    case BodyKind::Close: {
      uint32_t open = open_.pop_back_val();
      push(rule_->tokens[op.begin]);
      out_.back().span = mark(out_.back().span);
      out_[open].extra = out_.back().extra = uint32_t(out_.size()) - 1 - open;
      break;
    }
    case BodyKind::Var: variable(op); break;
    case BodyKind::FreeVar:
      for (unsigned i = 0; i < 2; ++i) {
        push(rule_->tokens[op.begin + i]);
        out_.back().span = mark(out_.back().span);
      }
      break;
    case BodyKind::Sequence:
      beginSequence(op, at, at);
      continue;
    case BodyKind::EndSequence: {
      Repeat &r = repeats_.back();
      if (++r.index < r.count) {
        const BodyOp &seq = rule_->body[op.target];
        if (seq.hasSeparator) // the separator keeps its own context (rustc does not mark it)
          push(rule_->tokens[seq.begin]);
        at = op.target + 1;
        continue;
      }
      repeats_.pop_back();
      break;
    }
    case BodyKind::Count: count(op); break;
    case BodyKind::Index:
    case BodyKind::Len: {
      if (op.target >= repeats_.size()) {
        llvm::StringRef name = op.kind == BodyKind::Index ? "index" : "len";
        if (repeats_.empty())
          fail(op.span, "meta-variable expression `" + name + "` with depth parameter must be called inside of a macro repetition");
        else
          fail(op.span, "depth parameter of meta-variable expression `" + name + "` must be less than " + llvm::Twine(repeats_.size()));
        break;
      }
      const Repeat &r = repeats_[repeats_.size() - 1 - op.target];
      integer(op.span, op.kind == BodyKind::Index ? r.index : r.count);
      break;
    }
    case BodyKind::Concat: concat(op); break;
    case BodyKind::Error: ok_ = false; break; // reported when the definition was compiled
    }
    ++at;
  }
}

void Transcriber::copyRun(const BodyOp &op) {
  size_t from = out_.size();
  out_.insert(out_.end(), rule_->tokens.begin() + op.begin, rule_->tokens.begin() + op.begin + op.len);
  for (size_t i = from; i < out_.size(); ++i)
    out_[i].span.ctxt = mark(out_[i].span.ctxt);
}

void Transcriber::locate(uint32_t var, unsigned &level, uint32_t &node) const {
  const VarMatch &v = bindings_->vars[var];
  level = 0;
  node = 0;
  for (const Repeat &r : repeats_) {
    if (level == v.levels.size())
      break;
    node = v.levels[level][node] + r.index;
    ++level;
  }
}

bool Transcriber::isRepeating(uint32_t var) const { return rule_->vars[var].depth > repeats_.size(); }

void Transcriber::variable(const BodyOp &op) {
  if (isRepeating(op.var)) {
    fail(op.span, "variable `" + sess_.str(rule_->vars[op.var].name) + "` is still repeating at this depth");
    return;
  }
  unsigned level;
  uint32_t node;
  locate(op.var, level, node);
  const Capture &c = bindings_->vars[op.var].captures[node];
  llvm::ArrayRef<Token> toks = lex::tokens(ast_.tokens, c.tokens);
  switch (c.kind) {
  case FragmentKind::TT:
    out_.insert(out_.end(), toks.begin(), toks.end());
    return;
  case FragmentKind::Ident:
  case FragmentKind::Lifetime:
    push(toks[0]);
    out_.back().flags &= ~(Token::kJoint | Token::kJointHidden);
    return;
  default:
    group(op.span, c);
  }
}

void Transcriber::group(Span span, const Capture &c) {
  llvm::ArrayRef<Token> toks = lex::tokens(ast_.tokens, c.tokens);
  // A group of the same kind that is all of the capture is not wrapped again.
  if (!toks.empty() && toks[0].isOpen(Delim::Invisible) && toks[0].fragment() == c.kind && toks[0].match() + 1 == toks.size())
    toks = toks.slice(1, toks.size() - 2);
  Token open;
  open.kind = TokenKind::OpenDelim;
  open.sub = uint8_t(Delim::Invisible);
  open.aux = uint8_t(c.kind);
  open.extra = uint32_t(toks.size() + 1);
  open.span = mark(span);
  push(open);
  out_.insert(out_.end(), toks.begin(), toks.end());
  open.kind = TokenKind::CloseDelim;
  push(open);
}

// Checks that the variables inside repeat equally often here, and enters the first repetition or skips all.
bool Transcriber::beginSequence(const BodyOp &op, uint32_t at, uint32_t &next) {
  bool constrained = false;
  uint32_t len = 0, lenVar = 0;
  for (uint32_t i = 0; i < op.len; ++i) {
    uint32_t var = rule_->seqVars[op.var + i];
    if (!isRepeating(var))
      continue;
    unsigned level;
    uint32_t node;
    locate(var, level, node);
    uint32_t n = bindings_->childCount(var, level, node);
    if (constrained && n != len) {
      auto times = [&](uint32_t v, uint32_t k) {
        return ("`" + sess_.str(rule_->vars[v].name) + "` repeats " + llvm::Twine(k) + " time" + (k == 1 ? "" : "s")).str();
      };
      return fail(op.span, "meta-variable " + times(lenVar, len) + ", but " + times(var, n));
    }
    constrained = true;
    len = n;
    lenVar = var;
  }
  if (!constrained)
    return fail(op.span, "attempted to repeat an expression containing no syntax variables matched as repeating at this depth");
  if (len == 0) {
    if (op.op == RepeatOp::OneOrMore)
      return fail(op.span, "this must repeat at least once");
    next = op.target;
    return true;
  }
  repeats_.push_back({0, len, at});
  next = at + 1;
  return true;
}

void Transcriber::integer(Span span, uint32_t value) {
  Token t;
  t.kind = TokenKind::Literal;
  t.sub = uint8_t(LitKind::Integer);
  t.sym = sess_.symbols.internInt(value);
  t.extra = Symbol::kNone;
  t.span = mark(span);
  push(t);
}

uint32_t Transcriber::countBelow(uint32_t var, unsigned level, uint32_t node, unsigned depth) const {
  uint32_t n = bindings_->childCount(var, level, node);
  if (depth == 0 || level + 1 >= bindings_->vars[var].levels.size())
    return depth == 0 || n == 0 ? n : n;
  uint32_t sum = 0, first = bindings_->childBegin(var, level, node);
  for (uint32_t i = 0; i < n; ++i)
    sum += countBelow(var, level + 1, first + i, depth - 1);
  return sum;
}

// ${count($x, depth)}: repetitions of $x inside the current ones; the outermost level is depth 0 unless there are deeper ones.
void Transcriber::count(const BodyOp &op) {
  unsigned level;
  uint32_t node;
  locate(op.var, level, node);
  unsigned levels = unsigned(bindings_->vars[op.var].levels.size());
  unsigned depthMax = levels > level + 1 ? levels - level - 1 : 0;
  if (op.target > depthMax) {
    fail(op.span, "depth parameter of meta-variable expression `count` must be less than " + llvm::Twine(depthMax + 1));
    return;
  }
  if (level == levels) {
    fail(op.span, "`count` can not be placed inside the innermost repetition");
    return;
  }
  // The user's depth counts from the outermost remaining repetition; deeper ones are summed up to it.
  integer(op.span, countBelow(op.var, level, node, depthMax - op.target));
}

std::optional<llvm::StringRef> Transcriber::concatText(const Capture &c, Span span) {
  llvm::ArrayRef<Token> toks = lex::tokens(ast_.tokens, c.tokens);
  while (!toks.empty() && toks[0].isOpen(Delim::Invisible))
    toks = toks.slice(1, toks.size() - 2);
  if (toks.size() == 1 && toks[0].is(TokenKind::Ident)) {
    if (!toks[0].isRaw())
      return sess_.str(toks[0].sym);
    fail(span, "`${concat(..)}` currently does not support raw identifiers");
    return std::nullopt;
  }
  if (toks.size() == 1 && toks[0].is(TokenKind::Literal) && !toks[0].suffix().valid() &&
      (toks[0].lit() == LitKind::Str || toks[0].lit() == LitKind::Integer))
    return sess_.str(toks[0].sym);
  fail(span, "metavariables of `${concat(..)}` must be of type `ident`, `literal` or `tt`");
  return std::nullopt;
}

void Transcriber::concat(const BodyOp &op) {
  llvm::SmallString<64> text;
  for (uint32_t i = 0; i < op.len; ++i) {
    const ConcatOp &c = rule_->concats[op.begin + i];
    if (!c.isVar) {
      text += sess_.str(c.ident);
      continue;
    }
    if (isRepeating(c.var)) {
      fail(c.ident.span, "`${concat(...)}` variable is still repeating at this depth");
      return;
    }
    unsigned level;
    uint32_t node;
    locate(c.var, level, node);
    std::optional<llvm::StringRef> part = concatText(bindings_->vars[c.var].captures[node], c.ident.span);
    if (!part)
      return;
    text += *part;
  }
  bool valid = !text.empty() && !llvm::isDigit(text[0]) && llvm::all_of(text, [](char ch) {
    return llvm::isAlnum(ch) || ch == '_' || (ch & 0x80);
  });
  Span span = mark(op.span);
  if (!valid) {
    fail(span, "`${concat(..)}` is not generating a valid identifier");
    return;
  }
  Token t;
  t.kind = TokenKind::Ident;
  t.sym = sess_.symbols.intern(text);
  t.span = span;
  push(t);
}

} // namespace ferric::expand::mbe
