// Interned hygiene contexts. Each context knows its two normal forms, so that comparing
// identifiers is two array reads (rule: rustc_span::hygiene, read for its rules).
#include "base/hygiene.h"
#include "base/check.h"

namespace ferric {

Hygiene::Hygiene() {
  expns_.add({});
  ctxts_.add({});
}

void Hygiene::clearForImage() {
  CHECK(isEmpty(), "hygiene data of an image beside other");
  expns_.truncate(0);
  ctxts_.truncate(0);
}

void Hygiene::imageAdopted() {
  imageExpns_ = uint32_t(expns_.size());
  imageCtxts_ = uint32_t(ctxts_.size());
}

ExpnId Hygiene::addExpn(const ExpnData &data) {
  return expns_.add(data);
}

SyntaxContext Hygiene::mark(SyntaxContext ctxt, ExpnId expn, Transparency transparency) {
  auto keyOf = [](SyntaxContext c, ExpnId e, Transparency t) {
    return std::pair<uint64_t, uint32_t>{uint64_t(c.raw) << 32 | e.raw, uint32_t(t)};
  };
  if (expn.raw < imageExpns_ && ctxt.raw < imageCtxts_) {
    for (uint32_t i = 1; i < imageCtxts_; ++i)
      marks_.try_emplace(keyOf(ctxts_[{i}].parent, ctxts_[{i}].outerExpn, ctxts_[{i}].transparency), i);
    imageCtxts_ = 0;
  }
  std::pair<uint64_t, uint32_t> key = keyOf(ctxt, expn, transparency);
  auto [it, inserted] = marks_.try_emplace(key, uint32_t(ctxts_.size()));
  if (!inserted)
    return {it->second};
  SyntaxContext self{uint32_t(ctxts_.size())};
  ctxts_.add({expn, transparency, ctxt, self, self});
  if (transparency != Transparency::Opaque) {
    ctxts_[self].opaque = ctxts_[ctxt].opaque;
  }
  if (transparency == Transparency::Transparent) {
    ctxts_[self].opaqueAndSemi = ctxts_[ctxt].opaqueAndSemi;
  }
  return self;
}

SyntaxContext Hygiene::applyMark(SyntaxContext ctxt, ExpnId expn, Transparency transparency) {
  if (transparency == Transparency::Opaque)
    return mark(ctxt, expn, transparency);
  // A macro_rules macro defined inside a `macro` expansion: its call site keeps the outer
  // opaque marks, to which the marks of `ctxt` are added again.
  SyntaxContext callSite = expns_[expn].callSite.ctxt;
  SyntaxContext outer = transparency == Transparency::SemiOpaque ? normalizeToMacros20(callSite)
                                                                 : normalizeToMacroRules(callSite);
  if (outer.isRoot())
    return mark(ctxt, expn, transparency);
  std::vector<std::pair<ExpnId, Transparency>> marks;
  for (SyntaxContext c = ctxt; !c.isRoot(); c = parent(c))
    marks.emplace_back(outerExpn(c), outerTransparency(c));
  for (auto it = marks.rbegin(); it != marks.rend(); ++it)
    outer = mark(outer, it->first, it->second);
  return mark(outer, expn, transparency);
}

ExpnId Hygiene::removeMark(SyntaxContext &c) const {
  ExpnId expn = outerExpn(c);
  c = parent(c);
  return expn;
}

bool Hygiene::isDescendantOf(ExpnId a, ExpnId b) const {
  if (b.raw == 0)
    return true;
  while (a != b) {
    if (a.raw == 0)
      return false;
    a = expns_[a].parent;
  }
  return true;
}

ExpnId Hygiene::adjust(SyntaxContext &c, ExpnId expn) const {
  ExpnId scope;
  while (!isDescendantOf(expn, outerExpn(c)))
    scope = removeMark(c);
  return scope;
}

ExpnId Hygiene::normalizeToMacros20AndAdjust(SyntaxContext &c, ExpnId expn) const {
  c = normalizeToMacros20(c);
  return adjust(c, expn);
}

ExpnId Hygiene::globAdjust(SyntaxContext &c, ExpnId expn, Span globSpan, bool &ok) const {
  ExpnId scope;
  ok = true;
  SyntaxContext glob = normalizeToMacros20(globSpan.ctxt);
  while (!isDescendantOf(expn, outerExpn(glob))) {
    scope = removeMark(glob);
    if (removeMark(c) != scope) {
      ok = false;
      return ExpnId();
    }
  }
  ExpnId last = adjust(c, expn);
  if (last.valid()) {
    ok = false;
    return ExpnId();
  }
  return scope;
}

ExpnId Hygiene::reverseGlobAdjust(SyntaxContext &c, ExpnId expn, Span globSpan, bool &ok) const {
  ok = true;
  SyntaxContext copy = c;
  if (adjust(copy, expn).valid()) {
    ok = false;
    return ExpnId();
  }
  SyntaxContext glob = normalizeToMacros20(globSpan.ctxt);
  std::vector<std::pair<ExpnId, Transparency>> marks;
  while (!isDescendantOf(expn, outerExpn(glob))) {
    Transparency t = outerTransparency(glob);
    ExpnId e = removeMark(glob);
    marks.emplace_back(e, t);
  }
  ExpnId scope = marks.empty() ? ExpnId() : marks.back().first;
  SyntaxContext result = c;
  for (auto it = marks.rbegin(); it != marks.rend(); ++it)
    result = const_cast<Hygiene *>(this)->mark(result, it->first, it->second);
  c = result;
  return scope;
}

Span Hygiene::sourceCallSite(Span s) const {
  while (!s.ctxt.isRoot()) {
    Span call = expns_[outerExpn(s.ctxt)].callSite;
    if (call.isDummy())
      return s.withCtxt({});
    s = call;
  }
  return s;
}

} // namespace ferric
