// The rib stack. A lookup walks two descending sequences of positions at once: the chain of bindings that
// have the name, and the special entries; whatever is innermost comes first. A macro definition on the way
// takes the mark of that macro off the identifier, so that a local named by a macro_rules macro is the one that
// was in scope where the macro stands (rustc resolve_ident_in_lexical_scope).
#include "lower/ribs.h"

namespace ferric::lower {

void Ribs::bind(RibSpace space, Ident ident, Res res, bool isParam) {
  RibEntry e;
  e.kind = RibKind::Binding;
  e.space = space;
  e.isParam = isParam;
  e.name = ident.name;
  e.span = ident.span;
  e.res = res;
  if (ident.name == sym::kw_Self)
    e.ctxt = SyntaxContext();
  else
    e.ctxt = isParam ? hygiene_.normalizeToMacros20(ident.span.ctxt) : hygiene_.normalizeToMacroRules(ident.span.ctxt);
  auto [it, fresh] = heads_.try_emplace(key(space, ident.name), ~0u);
  e.prev = it->second;
  it->second = uint32_t(entries_.size());
  entries_.push_back(e);
}

void Ribs::pushBlock(ModuleId module) {
  RibEntry e;
  e.kind = RibKind::Block;
  e.module = module;
  specials_.push_back(uint32_t(entries_.size()));
  entries_.push_back(e);
}

void Ribs::pushMacro(DefId macro) {
  RibEntry e;
  e.kind = RibKind::MacroDef;
  e.macro = macro;
  specials_.push_back(uint32_t(entries_.size()));
  entries_.push_back(e);
}

void Ribs::pushBarrier(Barrier b, bool typesAllowed, bool constsAllowed) {
  RibEntry e;
  e.kind = RibKind::Barrier;
  e.barrier = b;
  e.typesAllowed = typesAllowed;
  e.constsAllowed = constsAllowed;
  specials_.push_back(uint32_t(entries_.size()));
  entries_.push_back(e);
}

void Ribs::reset(size_t mark) {
  while (entries_.size() > mark) {
    const RibEntry &e = entries_.back();
    if (e.kind == RibKind::Binding)
      heads_[key(e.space, e.name)] = e.prev;
    else
      specials_.pop_back();
    entries_.pop_back();
  }
}

bool Ribs::lookup(RibSpace space, Ident ident, RibHit &hit, llvm::function_ref<bool(ModuleId, Ident)> inBlock) const {
  SyntaxContext forParams = hygiene_.normalizeToMacros20(ident.span.ctxt);
  SyntaxContext ctxt = space == RibSpace::Type ? forParams : hygiene_.normalizeToMacroRules(ident.span.ctxt);
  if (ident.name == sym::kw_Self)
    ctxt = forParams = SyntaxContext();
  auto head = heads_.find(key(space, ident.name));
  uint32_t binding = head == heads_.end() ? ~0u : head->second;
  size_t special = specials_.size();
  while (binding != ~0u || special > 0) {
    uint32_t at = special > 0 ? specials_[special - 1] : ~0u;
    if (binding != ~0u && (at == ~0u || binding > at)) {
      const RibEntry &e = entries_[binding];
      if (e.ctxt == (e.isParam ? forParams : ctxt)) {
        hit.entry = &e;
        return true;
      }
      binding = e.prev;
      continue;
    }
    const RibEntry &e = entries_[at];
    --special;
    if (e.kind == RibKind::Barrier) {
      hit.crossed.push_back(&e);
    } else if (e.kind == RibKind::Block) {
      if (inBlock && inBlock(e.module, Ident{ident.name, ident.span.withCtxt(ctxt)}))
        return true;
    } else if (!ctxt.isRoot() && hygiene_.expn(hygiene_.outerExpn(ctxt)).macroDef == e.macro) {
      ctxt = hygiene_.parent(ctxt);
    }
  }
  return false;
}

} // namespace ferric::lower
