// A table of the output's spans, then its tokens (wire.h), each with the number of its span in place of the span.
#include "proc_macro/record.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

namespace ferric::proc_macro {

using lex::Token;

static constexpr uint32_t kNowhere = 0xFFFFFFFE; // a dummy position, the root context; not one of DenseMap's own keys

Record::Record(const Call &call, llvm::ArrayRef<Token> first, llvm::ArrayRef<Token> second) : call_(call), firstSize_(first.size()) {
  input_.assign(first.begin(), first.end());
  input_.insert(input_.end(), second.begin(), second.end());
  sources_ = {call.callSite, call.mixedSite, call.defSite};
  for (const Token &t : input_)
    sources_.push_back(t.span);
  for (uint32_t i = 0; i < sources_.size(); ++i) {
    edges_.try_emplace(sources_[i].lo, 2 * i);
    edges_.try_emplace(sources_[i].hi, 2 * i + 1);
    contexts_.try_emplace(sources_[i].ctxt.raw, i);
  }
}

std::string Record::key(const SymbolTable &symbols, const Dylib &dylib) const {
  Writer w;
  w.text(dylib.hash);
  w.u32(call_.macro);
  w.flag(call_.twoInputs);
  w.usize(firstSize_);
  Tokens plain = input_;
  for (Token &t : plain)
    t.span = {};
  writeTokens(w, symbols, plain);
  llvm::XXH128_hash_t h =
      llvm::xxh3_128bits(llvm::ArrayRef<uint8_t>(reinterpret_cast<const uint8_t *>(w.bytes().data()), w.bytes().size()));
  return llvm::utohexstr(h.high64, true, 16) + llvm::utohexstr(h.low64, true, 16);
}

std::optional<Record::Position> Record::position(uint32_t at) const {
  if (at == 0)
    return Position{kNowhere, 0};
  if (auto it = edges_.find(at); it != edges_.end())
    return Position{it->second, 0};
  for (uint32_t i = 0; i < sources_.size(); ++i) // in the middle of an operator or a literal
    if (sources_[i].lo < at && at < sources_[i].hi)
      return Position{2 * i, at - sources_[i].lo};
  return std::nullopt;
}

std::optional<uint32_t> Record::at(Position p) const {
  if (p.edge == kNowhere)
    return 0;
  if (p.edge / 2 >= sources_.size())
    return std::nullopt;
  const Span &s = sources_[p.edge / 2];
  if (p.distance && (p.edge % 2 || p.distance >= s.hi - s.lo)) // not in the middle of it
    return std::nullopt;
  return (p.edge % 2 ? s.hi : s.lo) + p.distance;
}

std::optional<std::string> Record::encode(const SymbolTable &symbols, llvm::ArrayRef<Token> output) const {
  llvm::DenseMap<std::pair<uint64_t, uint32_t>, uint32_t> numbers;
  Writer spans;
  Tokens numbered(output.begin(), output.end());
  for (Token &t : numbered) {
    auto [it, isNew] = numbers.try_emplace({uint64_t(t.span.lo) << 32 | t.span.hi, t.span.ctxt.raw}, uint32_t(numbers.size()));
    if (isNew) {
      std::optional<Position> lo = position(t.span.lo), hi = position(t.span.hi);
      auto context = contexts_.find(t.span.ctxt.raw);
      if (!lo || !hi || (context == contexts_.end() && !t.span.ctxt.isRoot()))
        return std::nullopt;
      for (uint32_t n : {lo->edge, lo->distance, hi->edge, hi->distance})
        spans.u32(n);
      spans.u32(t.span.ctxt.isRoot() ? kNowhere : context->second);
    }
    t.span = Span{it->second, 0, {}};
  }
  Writer w;
  w.usize(numbers.size());
  w.raw(spans.bytes());
  writeTokens(w, symbols, numbered);
  return w.take();
}

std::optional<Tokens> Record::decode(SymbolTable &symbols, llvm::StringRef bytes) const {
  Reader r(bytes);
  std::vector<Span> spans(r.length());
  for (Span &s : spans) {
    Position lo, hi;
    for (Position *p : {&lo, &hi}) {
      p->edge = r.u32();
      p->distance = r.u32();
    }
    uint32_t context = r.u32();
    std::optional<uint32_t> begin = at(lo), end = at(hi);
    if (!begin || !end || *begin > *end || (context != kNowhere && context >= sources_.size()))
      return std::nullopt;
    s = {*begin, *end, context == kNowhere ? SyntaxContext() : sources_[context].ctxt};
  }
  Tokens tokens = readTokens(r, symbols);
  for (Token &t : tokens) {
    if (t.span.lo >= spans.size())
      return std::nullopt;
    t.span = spans[t.span.lo];
  }
  if (r.failed() || !r.atEnd())
    return std::nullopt;
  return tokens;
}

} // namespace ferric::proc_macro
