// What is known of an item before its kind; private to this folder.
#pragma once
#include "parse/scope.h"

namespace ferric::parse {

struct Parser::ItemHead {
  ItemCtx ctx;
  bool macrosAllowed;
  Attrs &attrs;      // inner attributes are added
  Visibility vis;
  bool isDefault = false;
  Ident ident{sym::empty, {}};
  Span lo;           // of the visibility
  uint32_t begin;    // first token, outer attributes included
  ItemId result;
};

template <class T> bool Parser::finishItem(ItemHead &h, const T &payload) {
  Item it;
  it.kind = T::kKind;
  it.isDefault = h.isDefault;
  it.vis = h.vis;
  it.ident = h.ident;
  it.span = since(h.lo);
  it.data = ast_.addPayload(payload);
  it.tokens = {h.begin, index_ - h.begin};
  h.result = ast_.items.add(it);
  return true;
}

} // namespace ferric::parse
