// The expansion loop (rustc_expand::expand::fully_expand_fragment): a stack of invocations, deepest first, alternating with import
// resolution until neither makes progress; then what is left is forced to a decision, so that the loop always ends. Output
// replaces the invocation's node in place and is visited once, for further invocations.
#include "expand/builtin/registry.h"
#include "expand/collector.h"
#include "expand/derive/shape.h"
#include "expand/proc_macro.h"

namespace ferric::expand {
using namespace ast;

Expander::Expander(Session &sess, Ast &ast, const parse::CfgSet &cfg, ExpansionResolver &resolver, const CrateInput &input)
    : sess(sess), ast(ast), cfg(cfg), resolver(resolver), input(input), attrTable(sess.symbols),
      matcher_(sess, ast, input.edition), transcriber_(sess, ast), recursionLimit_(kDefaultRecursionLimit),
      collector_(std::make_unique<Collector>(*this)) {
  expandDocs_ = sess.options.unpretty == "expanded" && input.crate == kLocalCrate;
}

Expander::~Expander() = default;

ExpandedCrate Expander::run() {
  ExpandedCrate crate = parseRoot();
  Collector::Context ctx;
  ctx.scope = resolver.rootScope(crate.items, crate.attrs);
  collector_->attributeValues(crate.attrs, ctx);
  collector_->items(crate.items, ItemPlace::Module, ctx);
  std::swap(pending_, collected_);
  std::reverse(pending_.begin(), pending_.end());
  loop();
  crate.aborted = limitReported_;
  if (!crate.aborted)
    resolver.finishExpansion();
  compactTokens();
  crate.invocations = invocations_;
  return crate;
}

// What is left of the tokens after expansion: arguments of attributes and bodies of macros. In core that is one token in ten.
void Expander::compactTokens() {
  lex::TokenStore kept;
  auto keep = [&](lex::TokenRange &range) { range = {kept.append(lex::tokens(ast.tokens, range)), range.len}; };
  for (Attr &a : ast.attrs)
    keep(a.args);
  for (uint32_t i = 0; i < ast.items.size(); ++i) {
    ItemId id(i);
    ast.items[id].tokens = {};
    if (ast.items[id].kind == ItemKind::MacroDef)
      keep(ast.getMut<MacroDefItem>(id).body);
  }
  ast.tokens = std::move(kept);
}

void Expander::loop() {
  bool progress = false;
  resolver.resolveImports();
  while (true) {
    if (pending_.empty()) {
      resolver.resolveImports();
      if (undetermined_.empty())
        return;
      std::swap(pending_, undetermined_);
      force_ = !progress;
      progress = false;
      continue;
    }
    Invocation inv = std::move(pending_.back());
    pending_.pop_back();
    if (!expandOne(inv)) {
      CHECK(!force_, "a forced expansion must not wait");
      undetermined_.push_back(std::move(inv));
      continue;
    }
    progress = true;
    ++invocations_;
    for (Invocation &next : llvm::reverse(collected_))
      pending_.push_back(std::move(next));
    collected_.clear();
  }
}

void Expander::setExpnData(ExpnId id, ExpnKind kind, Span callSite, const MacroEntry *macro, DefId def, ExpnId parent) {
  ExpnData &data = sess.hygiene.expnMut(id);
  data.kind = kind;
  data.callSite = callSite;
  data.parent = parent;
  data.macroDef = def;
  data.edition = uint16_t(macro ? macro->edition : input.edition);
  if (macro) {
    data.name = macro->name;
    data.defSite = macro->span;
  }
}

static ExpnKind expnKind(MacroKind k) {
  switch (k) {
  case MacroKind::Bang: return ExpnKind::Bang;
  case MacroKind::Attr: return ExpnKind::Attr;
  case MacroKind::Derive: return ExpnKind::Derive;
  }
  return ExpnKind::Bang;
}

// False: wait. True: inv.macro is set, or the invocation is finished (`done`).
bool Expander::expandOne(Invocation &inv) {
  if (!inv.resolved) {
    MacroQuery query{inv.kind, inv.path, inv.expn, inv.scope, inv.laterDerives, force_};
    MacroAnswer answer = resolver.resolveMacro(query);
    if (answer.status == MacroStatus::Undetermined && !force_)
      return false;
    bool isMacro = answer.status == MacroStatus::Determined && answer.res.isDef(DefKind::Macro);
    if (!isMacro) {
      setExpnData(inv.expn, expnKind(inv.kind), inv.span, nullptr, DefId(), inv.parentExpn);
      if (inv.kind == MacroKind::Attr) {
        keepAttribute(inv);
        return true;
      }
      if (answer.status == MacroStatus::Determined)
        sess.diag.error(inv.span, "cannot find macro in this scope");
      replaceWithDummy(inv);
      return true;
    }
    inv.macro = answer.res.def;
    inv.resolved = true;
    setExpnData(inv.expn, expnKind(inv.kind), inv.span, &macro(inv.macro), inv.macro, inv.parentExpn);
  }
  if (depthExceeded(inv)) {
    replaceWithDummy(inv);
    return true;
  }
  const MacroEntry &m = macro(inv.macro);
  switch (inv.kind) {
  case MacroKind::Bang: return expandBang(inv, m);
  case MacroKind::Attr: return expandAttr(inv, m);
  case MacroKind::Derive: expandDerive(inv, m); return true;
  }
  return true;
}

// A macro that doubles its input runs out of memory long before it is 128 levels deep: the tokens of a crate are limited too,
// to several times what core expands to.
static constexpr size_t kMostTokens = size_t(1) << 25;

bool Expander::depthExceeded(const Invocation &inv) {
  if (inv.depth <= recursionLimit_ && ast.tokens.size() < kMostTokens)
    return false;
  if (!limitReported_) {
    const ExpnData &data = sess.hygiene.expn(inv.expn);
    std::string name = sess.str(data.name.valid() ? data.name : sym::empty).str();
    std::string descr = inv.kind == MacroKind::Bang ? name + "!" : inv.kind == MacroKind::Attr ? "#[" + name + "]" : "#[derive(" + name + ")]";
    sess.diag.error(inv.span, "recursion limit reached while expanding `" + descr + "`")
        .help("consider increasing the recursion limit by adding a `#![recursion_limit = \"" +
              llvm::Twine(recursionLimit_ ? recursionLimit_ * 2 : 2) + "\"]` attribute to your crate (`" + sess.str(input.name) + "`)");
  }
  // Each time it is reached it is halved, so that mutually recursive macros do not make an exponential number of calls.
  limitReported_ = true;
  recursionLimit_ /= 2;
  return true;
}

// ---- macro definitions ----
static std::optional<llvm::StringRef> wordArg(const Session &sess, const Ast &ast, const Attr &a) {
  llvm::ArrayRef<lex::Token> toks = lex::tokens(ast.tokens, a.args);
  if (toks.empty())
    return std::nullopt;
  return sess.str(toks[0].sym);
}

static Transparency transparencyOf(const Session &sess, const MacroSource &source) {
  for (AttrId id : source.ast->attrsOf(source.ast->items[source.item].attrs)) {
    const Attr &a = source.ast->attrs[id];
    if (a.name != sym::rustc_macro_transparency)
      continue;
    llvm::StringRef t = wordArg(sess, *source.ast, a).value_or("");
    return t == "transparent" ? Transparency::Transparent : t == "opaque" ? Transparency::Opaque : Transparency::SemiOpaque;
  }
  return source.ast->get<MacroDefItem>(source.item).macroRules ? Transparency::SemiOpaque : Transparency::Opaque;
}

std::unique_ptr<mbe::MacroDef> Expander::compileDefinition(const MacroSource &source) {
  if (source.ast == &ast) {
    auto it = definitions_.find(source.item);
    if (it != definitions_.end()) {
      std::unique_ptr<mbe::MacroDef> def = std::move(it->second);
      definitions_.erase(it);
      return def;
    }
  }
  return mbe::compileMacro(sess, source, transparencyOf(sess, source));
}

void Expander::checkDefinition(ItemId item) {
  if (input.crate == kLocalCrate)
    definitions_[item] = compileDefinition({&ast, item, input.crate, input.edition});
}

static std::unique_ptr<MacroEntry> procMacroEntry(const MacroSource &source) {
  auto entry = std::make_unique<MacroEntry>();
  entry->name = source.name;
  entry->edition = source.edition;
  entry->dylib = source.dylib.str();
  entry->procMacro = source.procMacro;
  for (Symbol helper : source.helpers)
    entry->helpers.push_back({helper, Span()});
  return entry;
}

std::unique_ptr<MacroEntry> Expander::makeEntry(DefId def) {
  MacroSource source = resolver.macroSource(def);
  if (!source.dylib.empty())
    return procMacroEntry(source);
  const Item &item = source.ast->items[source.item];
  auto entry = std::make_unique<MacroEntry>();
  entry->name = item.ident.name;
  entry->span = item.span;
  entry->edition = sess.hygiene.edition(item.span, source.edition);
  entry->transparency = transparencyOf(sess, source);
  std::optional<llvm::StringRef> builtin;
  for (AttrId id : source.ast->attrsOf(item.attrs)) {
    const Attr &a = source.ast->attrs[id];
    if (a.name == sym::allow_internal_unstable)
      entry->editionPanic = llvm::any_of(lex::tokens(source.ast->tokens, a.args),
                                         [&](const lex::Token &t) { return t.is(lex::TokenKind::Ident) && t.sym == sym::edition_panic; });
    if (a.name == sym::rustc_builtin_macro) {
      builtin = wordArg(sess, *source.ast, a).value_or(sess.str(item.ident.name));
      // #[rustc_builtin_macro(Name, attributes(a, b))]
      llvm::ArrayRef<lex::Token> toks = lex::tokens(source.ast->tokens, a.args);
      for (size_t i = 2; i + 1 < toks.size(); ++i)
        if (toks[i].is(lex::TokenKind::Ident) && sess.str(toks[i].sym) == "attributes" && toks[i + 1].isOpen(lex::Delim::Paren))
          for (size_t j = i + 2; j < i + 1 + toks[i + 1].match(); ++j)
            if (toks[j].is(lex::TokenKind::Ident))
              entry->helpers.push_back(toks[j].ident());
    }
  }
  if (builtin) {
    entry->builtin = findBuiltin(*builtin);
    if (!entry->builtin)
      sess.diag.error(item.span, "cannot find a built-in macro with name `" + *builtin + "`");
    return entry;
  }
  entry->rules = compileDefinition(source);
  entry->rules->def = def;
  return entry;
}

const MacroEntry &Expander::macro(DefId def) {
  std::unique_ptr<MacroEntry> &slot = macros_[def];
  if (!slot) {
    std::unique_ptr<MacroEntry> made = makeEntry(def);
    macros_[def] = std::move(made);
  }
  return *macros_[def];
}

} // namespace ferric::expand
