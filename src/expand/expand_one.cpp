// One step of expansion: a resolved invocation is run and its output put in place. Bang macros give tokens or a node; attribute
// macros see an item and keep, drop or extend it; `derive` turns into one invocation per trait.
#include "expand/builtin/registry.h"
#include "expand/collector.h"
#include "expand/derive/derive.h"
#include "expand/derive/shape.h"

namespace ferric::expand {
using namespace ast;

static MacCall macCallOf(const Ast &ast, const Invocation &inv) {
  switch (inv.target) {
  case Target::Expr: return ast.get<MacroCallExpr>(ExprId(inv.node)).mac;
  case Target::Type: return ast.get<MacroCallType>(TypeId(inv.node)).mac;
  case Target::Pat: return ast.get<MacroCallPat>(PatId(inv.node)).mac;
  case Target::Stmt: return ast.get<MacroCallStmt>(StmtId(inv.node)).mac;
  case Target::Item: return ast.get<MacroCallItem>(ItemId(inv.node)).mac;
  case Target::Inert: break;
  }
  UNREACHABLE("an attribute is not a macro call");
}

const char *targetName(const Invocation &inv);

bool Expander::expandBang(Invocation &inv, const MacroEntry &m) {
  MacCall mac = macCallOf(ast, inv);
  if (m.builtin && m.builtin->kind == MacroKind::Bang)
    return expandBuiltinBang(inv, m, mac);
  if (m.isProcMacro()) {
    expandProcMacroBang(inv, m, mac.args);
    return true;
  }
  lex::TokenRange out;
  if (!m.rules || !m.rules->valid || !runRules(inv, *m.rules, mac.args, out)) {
    replaceWithDummy(inv);
    return true;
  }
  replaceWithTokens(inv, out, m.name);
  return true;
}

bool Expander::expandBuiltinBang(Invocation &inv, const MacroEntry &m, const MacCall &mac) {
  BuiltinOutput out;
  BuiltinContext c{*this, inv, m, mac.args, sess, ast, out};
  BuiltinStatus status = m.builtin->expand(c);
  if (status == BuiltinStatus::Retry && !force_)
    return false;
  auto wrongPlace = [&] {
    sess.diag.error(inv.span, llvm::Twine("non-") + targetName(inv) + " macro in " + targetName(inv) + " position: " + sess.str(m.name));
    replaceWithDummy(inv);
    return true;
  };
  if (status != BuiltinStatus::Ready) {
    replaceWithDummy(inv);
    return true;
  }
  switch (out.kind) {
  case OutputKind::Nothing: replaceWithDummy(inv); return true;
  case OutputKind::Tokens: replaceWithTokens(inv, out.tokens, m.name); return true;
  case OutputKind::Expr:
    if (inv.target == Target::Pat) {
      LitPat lit;
      lit.expr = ExprId(out.node);
      if (ast.exprs[lit.expr].kind != ExprKind::Lit)
        return wrongPlace();
      PatId pat = ast.addPat(ast.exprs[lit.expr].span, lit);
      ast.pats[PatId(inv.node)] = ast.pats[pat];
    } else if (inv.target == Target::Expr || inv.target == Target::Stmt) {
      putExpr(inv, ExprId(out.node));
    } else {
      return wrongPlace();
    }
    break;
  case OutputKind::Type:
    if (inv.target != Target::Type)
      return wrongPlace();
    ast.types[TypeId(inv.node)] = ast.types[TypeId(out.node)];
    break;
  case OutputKind::Items:
    if (inv.target == Target::Stmt) {
      llvm::SmallVector<StmtId, 4> stmts;
      for (ItemId item : out.items) {
        ItemStmt s;
        s.item = item;
        stmts.push_back(ast.addStmt(ast.items[item].span, s));
      }
      putStmts(inv, ast.addList<StmtId>(stmts));
    } else if (inv.target == Target::Item) {
      putItems(inv, out.items);
    } else {
      return wrongPlace();
    }
    break;
  }
  visitOutput(inv);
  return true;
}

// ---- attributes ----

// An attribute that is no macro: it stays, and is not looked at again.
void Expander::keepAttribute(Invocation &inv) {
  knownAttrs_.insert(inv.attr);
  if (inv.target == Target::Item) {
    withheldAttrs_.erase(ItemId(inv.node));
    ast.items[ItemId(inv.node)].attrs = inv.originalAttrs;
  }
  visitOutput(inv);
}

bool Expander::expandAttr(Invocation &inv, const MacroEntry &m) {
  if (inv.target == Target::Inert) {
    sess.diag.error(inv.span, "expected non-macro attribute, found attribute macro `" + sess.str(m.name) + "`")
        .label(inv.span, "not a non-macro attribute");
    return true;
  }
  if (m.isProcMacro()) {
    expandProcMacroAttr(inv, m);
    return true;
  }
  if (m.builtin && m.builtin->kind == MacroKind::Attr) {
    BuiltinOutput out;
    BuiltinContext c{*this, inv, m, ast.attrs[inv.attr].args, sess, ast, out};
    BuiltinStatus status = m.builtin->expand(c);
    if (status == BuiltinStatus::Retry && !force_)
      return false;
    withheldAttrs_.erase(ItemId(inv.node));
    return finishBuiltinAttr(inv, out);
  }
  if (m.rules && m.rules->hasAttrRules) {
    lex::TokenRange out;
    lex::TokenRange body = tokensOfItem(inv);
    if (!m.rules->valid || !matchRules(inv, *m.rules, MacroKind::Attr, ast.attrs[inv.attr].args, body, out))
      replaceWithDummy(inv);
    else
      replaceWithTokens(inv, out, m.name);
    return true;
  }
  sess.diag.error(inv.span, "expected attribute, found macro `" + sess.str(m.name) + "`").label(inv.span, "not an attribute");
  visitOutput(inv);
  return true;
}

// The item, maybe dropped, followed by what the attribute made and by derive invocations.
bool Expander::finishBuiltinAttr(Invocation &inv, BuiltinOutput &out) {
  if (!out.dropItem && out.items.empty() && derives_.empty()) {
    visitOutput(inv);
    return true;
  }
  llvm::SmallVector<ItemId, 8> list;
  ItemId moved;
  if (!out.dropItem) {
    moved = ast.items.add(ast.items[ItemId(inv.node)]);
    list.push_back(moved);
  }
  list.append(out.items.begin(), out.items.end());
  llvm::SmallVector<ItemId, 8> placeholders;
  for (size_t i = 0; i < derives_.size(); ++i) {
    Item dummy;
    dummy.kind = ItemKind::Err;
    dummy.data = ast.addPayload(ErrItem());
    dummy.span = derives_[i].span;
    placeholders.push_back(ast.items.add(dummy));
    list.push_back(placeholders.back());
  }
  putItems(inv, list);
  std::vector<Invocation> derives;
  std::swap(derives, derives_);
  visitOutput(inv);
  // Derives go before what the item itself contains.
  for (size_t i = 0; i < derives.size(); ++i) {
    derives[i].node = placeholders[i].raw;
    derives[i].deriveItem = moved;
  }
  collected_.insert(collected_.begin(), std::make_move_iterator(derives.begin()), std::make_move_iterator(derives.end()));
  return true;
}

void Expander::expandDerive(Invocation &inv, const MacroEntry &m) {
  if (m.isProcMacro())
    return expandProcMacroDerive(inv, m);
  if (m.rules && m.rules->hasDeriveRules) {
    lex::TokenRange out;
    if (!m.rules->valid || !matchRules(inv, *m.rules, MacroKind::Derive, {}, tokensOfItem(inv), out))
      replaceWithDummy(inv);
    else
      replaceWithTokens(inv, out, m.name);
    return;
  }
  if (!m.builtin || m.builtin->kind != MacroKind::Derive) {
    sess.diag.error(inv.span, "expected derive macro, found macro `" + sess.str(m.name) + "`").label(inv.span, "not a derive macro");
    replaceWithDummy(inv);
    return;
  }
  Span span = inv.span.withCtxt(sess.hygiene.applyMark({}, inv.expn, Transparency::Opaque));
  Quote quote(sess, ast.tokens, span);
  DeriveContext c{*this, inv, inv.deriveItem, sess, ast, quote, span, inv.deriveConst};
  m.builtin->derive(c);
  if (quote.size() == 0)
    return replaceWithDummy(inv);
  replaceWithTokens(inv, quote.finish(ast.tokens), m.name);
}

const derive::ItemShape &Expander::deriveShape(ItemId item) {
  if (!shape_ || shapeItem_ != item) {
    shape_ = std::make_unique<derive::ItemShape>(derive::readShape(*this, item));
    shapeItem_ = item;
  }
  return *shape_;
}

// The item as tokens: its own (attributes included) without the attribute that is being expanded.
lex::TokenRange Expander::tokensOfItem(const Invocation &inv) {
  ItemId id = inv.kind == MacroKind::Derive ? inv.deriveItem : ItemId(inv.node);
  lex::TokenRange all = ast.items[id].tokens;
  if (inv.kind != MacroKind::Attr)
    return all;
  llvm::ArrayRef<lex::Token> toks = lex::tokens(ast.tokens, all);
  Span attr = ast.attrs[inv.attr].span;
  std::vector<lex::Token> rest;
  for (size_t i = 0; i < toks.size(); ++i) {
    if (toks[i].is(lex::TokenKind::Pound) && toks[i].span.lo == attr.lo && i + 1 < toks.size()) {
      size_t open = toks[i + 1].is(lex::TokenKind::Bang) ? i + 2 : i + 1;
      if (toks[open].isOpen(lex::Delim::Bracket)) {
        i = open + toks[open].match();
        continue;
      }
    }
    rest.push_back(toks[i]);
  }
  return {ast.tokens.append(rest), uint32_t(rest.size())};
}

} // namespace ferric::expand
