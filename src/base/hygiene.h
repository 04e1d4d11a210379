// Hygiene and expansion data (rustc-dev-guide, "Macro expansion"; rustc_span::hygiene).
// A SyntaxContext is an interned chain of (expansion, transparency) marks.
#pragma once
#include "base/def_id.h"
#include "base/span.h"
#include "base/store.h"
#include "llvm/ADT/DenseMap.h"
#include <vector>

namespace ferric {

// One macro expansion or desugaring. Expansion 0 is the root (code as written).
FERRIC_ID(ExpnId);

// Transparent: call-site for everything (built-in call_site). SemiOpaque: locals, labels and `$crate` at
// the definition, the rest at the call (macro_rules). Opaque: all at the definition (`macro`).
enum class Transparency : uint8_t { Transparent, SemiOpaque, Opaque };

enum class ExpnKind : uint8_t { Root, Bang, Attr, Derive, AstPass, Desugaring };
enum class DesugaringKind : uint8_t { None, QuestionMark, ForLoop, WhileLoop, TryBlock, Await, Async, OpaqueTy, FormatLiteral, BoundModifier, Contract, RangeExpr, YeetExpr };

struct ExpnData {
  ExpnKind kind = ExpnKind::Root;
  DesugaringKind desugaring = DesugaringKind::None;
  uint16_t edition = 2015;     // of the macro's definition
  ExpnId parent{0};            // expansion that produced the invocation
  Span callSite;
  Span defSite;
  Symbol name;                 // macro's name, for messages
  DefId macroDef;              // none for built-in attributes and desugarings
  DefId parentModule;          // module of the invocation
};

class Hygiene {
public:
  Hygiene();
  ExpnId addExpn(const ExpnData &data);
  const ExpnData &expn(ExpnId id) const { return expns_[id]; }
  ExpnData &expnMut(ExpnId id) { return expns_[id]; }
  size_t expnCount() const { return expns_.size(); }
  size_t contextCount() const { return ctxts_.size(); }

  // rustc_span::hygiene::HygieneData::apply_mark: adds mark (expn, transparency), cancelling one that is already outermost
  // for macros defined in macros.
  SyntaxContext applyMark(SyntaxContext ctxt, ExpnId expn, Transparency transparency);
  ExpnId outerExpn(SyntaxContext c) const { return ctxts_[c].outerExpn; }
  Transparency outerTransparency(SyntaxContext c) const { return ctxts_[c].transparency; }
  SyntaxContext parent(SyntaxContext c) const { return ctxts_[c].parent; }
  // Removes and returns the outermost mark.
  ExpnId removeMark(SyntaxContext &c) const;
  // Keeps only opaque marks: the context for everything but locals and labels.
  SyntaxContext normalizeToMacros20(SyntaxContext c) const { return ctxts_[c].opaque; }
  // Keeps opaque and semi-opaque marks: the context for locals, labels and `$crate`.
  SyntaxContext normalizeToMacroRules(SyntaxContext c) const { return ctxts_[c].opaqueAndSemi; }
  // True when `a` is `b` or an expansion inside `b`.
  bool isDescendantOf(ExpnId a, ExpnId b) const;
  bool outerIsDescendantOf(ExpnId expn, SyntaxContext c) const { return isDescendantOf(expn, outerExpn(c)); }
  // Moves `c` out of marks that `expn` is not inside of (rustc SyntaxContext::adjust): returns the last mark removed, if any.
  ExpnId adjust(SyntaxContext &c, ExpnId expn) const;
  ExpnId normalizeToMacros20AndAdjust(SyntaxContext &c, ExpnId expn) const;
  // rustc SyntaxContext::glob_adjust / reverse_glob_adjust, for names through glob imports. ok=false: not reachable through it.
  ExpnId globAdjust(SyntaxContext &c, ExpnId expn, Span globSpan, bool &ok) const;
  ExpnId reverseGlobAdjust(SyntaxContext &c, ExpnId expn, Span globSpan, bool &ok) const;

  // Same name under macro_rules hygiene: the rule for locals and labels.
  bool sameLocal(Ident a, Ident b) const {
    return a.name == b.name && normalizeToMacroRules(a.span.ctxt) == normalizeToMacroRules(b.span.ctxt);
  }
  // Same name under macros-2.0 hygiene: the rule for items and fields.
  bool sameItem(Ident a, Ident b) const {
    return a.name == b.name && normalizeToMacros20(a.span.ctxt) == normalizeToMacros20(b.span.ctxt);
  }
  // The span of the outermost invocation that led to `s`: where a person would look.
  Span sourceCallSite(Span s) const;
  // Edition of code at `s`; `crateEdition` for code as written.
  unsigned edition(Span s, unsigned crateEdition) const {
    return s.ctxt.isRoot() ? crateEdition : expns_[ctxts_[s.ctxt].outerExpn].edition;
  }

  // f(store) for each store, in the order in which they stand in an image.
  template <class F> void forEachStore(F &&f) {
    f(expns_);
    f(ctxts_);
  }
  // Drops the roots, so that the stores of an image, which have them, can be adopted; then `imageAdopted`.
  void clearForImage();
  void imageAdopted();
  bool isEmpty() const { return expns_.size() == 1 && ctxts_.size() == 1; }

private:
  struct CtxtData {
    ExpnId outerExpn{0};
    Transparency transparency = Transparency::Opaque;
    SyntaxContext parent, opaque, opaqueAndSemi;
  };
  SyntaxContext mark(SyntaxContext ctxt, ExpnId expn, Transparency transparency);
  Store<ExpnData, ExpnId> expns_;
  Store<CtxtData, SyntaxContext> ctxts_;
  llvm::DenseMap<std::pair<uint64_t, uint32_t>, uint32_t> marks_;
  uint32_t imageExpns_ = 0, imageCtxts_ = 0; // came from an image; their marks are in the map once one is asked for
};

} // namespace ferric
