// Built-in attribute macros: #[test] and relatives, #[global_allocator], #[alloc_error_handler], #[define_opaque], and #[derive],
// which resolves its traits, announces their helper attributes and leaves one invocation per trait.
#include "expand/builtin/registry.h"
#include "expand/quote.h"

namespace ferric::expand {
using namespace ast;

static const Item &itemOf(BuiltinContext &c) { return c.ast.items[ItemId(c.inv.node)]; }

// Tests exist only under --test.
BuiltinStatus attrTest(BuiltinContext &c) {
  if (!c.e.input.test) {
    c.out.dropItem = true;
    return BuiltinStatus::Ready;
  }
  c.error(c.inv.span, "internal: the test harness is not supported yet");
  return BuiltinStatus::Ready;
}

// Parses `q` as items that follow the item.
static BuiltinStatus addItems(BuiltinContext &c, Quote &q) {
  parse::Parser p = c.e.parser(q.finish(c.ast.tokens), c.inv.span);
  List<ItemId> items = p.parseItems(parse::ItemCtx::Module);
  llvm::append_range(c.out.items, c.ast.list(items));
  return BuiltinStatus::Ready;
}

BuiltinStatus attrGlobalAllocator(BuiltinContext &c) {
  const Item &item = itemOf(c);
  if (item.kind != ItemKind::Static) {
    c.error(item.span, "allocators must be statics");
    return BuiltinStatus::Ready;
  }
  Span span = item.span.withCtxt(c.sess.hygiene.applyMark({}, c.inv.expn, Transparency::Opaque));
  Quote q(c.sess, c.ast.tokens, span);
  auto function = [&](llvm::StringRef attr, llvm::StringRef name, llvm::StringRef params, llvm::StringRef ret, llvm::StringRef args) {
    q << "#[rustc_std_internal_symbol] #[" << attr << "] unsafe fn ";
    q.ident(c.sess.symbols.intern(("__rust_" + name).str()), span);
    q << "(" << params << ")" << ret << "{ $crate::alloc::GlobalAlloc::" << name << "(&";
    q.ident(item.ident) << args << ") }";
  };
  constexpr llvm::StringLiteral layout = "$crate::alloc::Layout::from_size_alignment_unchecked(size, align)";
  q << "const _: () = {";
  function("rustc_allocator", "alloc", "size: usize, align: $crate::mem::Alignment", "-> *mut u8", (", " + layout).str());
  function("rustc_deallocator", "dealloc", "ptr: *mut u8, size: usize, align: $crate::mem::Alignment", "-> ()", (", ptr, " + layout).str());
  function("rustc_reallocator", "realloc", "ptr: *mut u8, size: usize, align: $crate::mem::Alignment, new_size: usize", "-> *mut u8",
           (", ptr, " + layout + ", new_size").str());
  function("rustc_allocator_zeroed", "alloc_zeroed", "size: usize, align: $crate::mem::Alignment", "-> *mut u8", (", " + layout).str());
  q << "};";
  return addItems(c, q);
}

BuiltinStatus attrAllocErrorHandler(BuiltinContext &c) {
  const Item &item = itemOf(c);
  if (item.kind != ItemKind::Fn) {
    c.error(item.span, "alloc_error_handler must be a function");
    return BuiltinStatus::Ready;
  }
  Span span = item.span.withCtxt(c.sess.hygiene.applyMark({}, c.inv.expn, Transparency::Opaque));
  Quote q(c.sess, c.ast.tokens, span);
  q << "const _: () = { #[rustc_std_internal_symbol] unsafe fn __rust_alloc_error_handler(size: usize, align: usize) -> ! {";
  q.ident(item.ident) << "($crate::alloc::Layout::from_size_align_unchecked(size, align)) } };";
  return addItems(c, q);
}

// Type inference may define any opaque type of the scope here, so the list is checked for its form only.
BuiltinStatus attrDefineOpaque(BuiltinContext &c) {
  ItemKind k = itemOf(c).kind;
  if (k != ItemKind::Fn && k != ItemKind::Const && k != ItemKind::Static)
    c.error(c.inv.span, "only functions, statics, and consts can define opaque types");
  else if (c.ast.attrs[c.inv.attr].argKind != AttrArgs::Delimited)
    c.error(c.inv.span, "expected list of type aliases");
  return BuiltinStatus::Ready;
}

// ---- derive ----
namespace {

struct DeriveEntry { PathId path; Span span; bool isConst; };

// The traits written in `#[derive(..)]`.
bool deriveList(BuiltinContext &c, llvm::SmallVectorImpl<DeriveEntry> &out) {
  const Attr &attr = c.ast.attrs[c.inv.attr];
  if (attr.argKind != AttrArgs::Delimited || attr.delim != lex::Delim::Paren) {
    c.error(c.inv.span, "malformed `derive` attribute input").help("must be of the form: `#[derive(Trait1, Trait2, ...)]`");
    return false;
  }
  parse::Parser p = c.parser();
  while (!p.atEof() && p.ok()) {
    const lex::Token &t = p.peek();
    if (t.is(lex::TokenKind::Literal)) {
      c.sess.diag.error(t.span, "E0777", "expected path to a trait, found literal");
      p.bump();
    } else {
      bool isConst = p.checkKeyword(sym::kw_const) && (p.bump(), true);
      PathId path = p.parsePath(parse::PathStyle::Mod);
      if (!p.ok())
        return false;
      out.push_back({path, c.ast.paths[path].span, isConst});
      if (p.peek().is(lex::TokenKind::OpenDelim)) {
        c.error(p.peek().span, "traits in `#[derive(...)]` don't accept arguments").help("remove the arguments");
        p.bumpTree();
      } else if (p.peek().is(lex::TokenKind::Eq)) {
        c.error(p.peek().span, "traits in `#[derive(...)]` don't accept values").help("remove the value");
        p.bump();
        p.bumpTree();
      }
    }
    if (!p.eat(lex::TokenKind::Comma) && !p.atEof()) {
      p.fail(p.peek().span, "", "expected `,`");
      return false;
    }
  }
  return p.ok();
}

} // namespace

BuiltinStatus attrDerive(BuiltinContext &c) {
  ItemKind k = itemOf(c).kind;
  if (k != ItemKind::Struct && k != ItemKind::Enum && k != ItemKind::Union) {
    c.sess.diag.error(c.inv.span, "E0774", "`derive` may only be applied to `struct`s, `enum`s and `union`s")
        .label(c.inv.span, "not applicable here")
        .label(itemOf(c).span, "not a `struct`, `enum` or `union`");
    return BuiltinStatus::Ready;
  }
  llvm::SmallVector<DeriveEntry, 8> entries;
  if (!deriveList(c, entries))
    return BuiltinStatus::Ready;
  llvm::SmallVector<DefId, 8> macros;
  for (const DeriveEntry &d : entries) {
    MacroAnswer answer = c.e.resolver.resolveMacro({MacroKind::Derive, d.path, c.inv.expn, c.inv.scope, {}, c.e.forced()});
    if (answer.status == MacroStatus::Undetermined && !c.e.forced())
      return BuiltinStatus::Retry;
    bool found = answer.status == MacroStatus::Determined && answer.res.isDef(DefKind::Macro);
    macros.push_back(found ? answer.res.def : DefId());
  }
  llvm::SmallVector<Ident, 4> helpers;
  bool withCopy = false;
  for (DefId m : macros)
    if (m.valid()) {
      const MacroEntry &entry = c.e.macro(m);
      helpers.append(entry.helpers.begin(), entry.helpers.end());
      withCopy |= entry.builtin && entry.builtin->name == "Copy";
    }
  if (!helpers.empty())
    c.e.resolver.addDeriveHelpers(c.inv.expn, helpers);
  // An earlier derive attribute of the same item counts.
  withCopy |= c.e.copyContainers_.contains(c.inv.scope.expansion);
  if (withCopy)
    c.e.copyContainers_.insert(c.inv.expn);
  bool isConst = c.macro.builtin->name == "derive_const";
  for (size_t i = 0; i < entries.size(); ++i) {
    if (!macros[i].valid())
      continue;
    Invocation inv;
    inv.kind = MacroKind::Derive;
    inv.target = Target::Item;
    inv.place = c.inv.place;
    inv.path = entries[i].path;
    inv.span = entries[i].span;
    inv.deriveConst = isConst || entries[i].isConst;
    inv.withCopy = withCopy;
    inv.depth = c.inv.depth;
    inv.module = c.inv.module;
    inv.viaBlock = c.inv.viaBlock;
    inv.parentExpn = c.inv.parentExpn;
    inv.scope = c.inv.scope;
    inv.macro = macros[i];
    inv.resolved = true;
    inv.expn = c.sess.hygiene.addExpn({});
    ParentScope scope = inv.scope;
    c.e.resolver.addInvocation(inv.expn, false, true, scope);
    c.e.setExpnData(inv.expn, ExpnKind::Derive, inv.span, &c.e.macro(inv.macro), inv.macro, inv.parentExpn);
    c.e.derives_.push_back(std::move(inv));
  }
  return BuiltinStatus::Ready;
}

} // namespace ferric::expand
