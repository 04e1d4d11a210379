// Attributes that code generation obeys (rustc_codegen_ssa::codegen_attrs; Reference: attributes).
#include "collect/attrs.h"
#include "collect/collect.h"
#include "collect/util.h"
#include "lex/unescape.h"
#include "ty/codegen_attrs.h"

namespace ferric::collect {

llvm::SmallVector<MetaItem, 4> metaItems(const ast::Ast &ast, const ast::Attr &attr) {
  llvm::SmallVector<MetaItem, 4> out;
  if (attr.argKind != ast::AttrArgs::Delimited)
    return out;
  ArrayRef<lex::Token> tokens = lex::tokens(ast.tokens, attr.args);
  size_t i = 0;
  while (i < tokens.size()) {
    MetaItem m;
    m.span = tokens[i].span;
    if (tokens[i].is(lex::TokenKind::Ident))
      m.name = tokens[i].sym;
    else
      m.value = tokens[i];
    size_t end = i;
    while (end < tokens.size() && !tokens[end].is(lex::TokenKind::Comma))
      end += tokens[end].is(lex::TokenKind::OpenDelim) ? tokens[end].match() + 1 : 1;
    for (size_t k = i + 1; k < std::min(end, tokens.size()); ++k)
      if (tokens[k].is(lex::TokenKind::Literal) || tokens[k].is(lex::TokenKind::Ident)) {
        m.value = tokens[k];
        break;
      }
    out.push_back(m);
    i = end + 1;
  }
  return out;
}

bool tokenInt(ty::Ctx &tcx, const lex::Token &t, uint64_t &lo, uint64_t &hi) {
  if (!t.is(lex::TokenKind::Literal) || t.lit() != lex::LitKind::Integer)
    return false;
  llvm::StringRef d = tcx.sess.str(t.sym);
  unsigned radix = d.consume_front("0x") ? 16 : d.consume_front("0o") ? 8 : d.consume_front("0b") ? 2 : 10;
  llvm::APInt v(128, 0);
  for (char c : d) {
    if (c == '_')
      continue;
    unsigned digit = llvm::hexDigitValue(c);
    if (digit >= radix)
      return false;
    v = v * radix + digit;
  }
  lo = v.extractBitsAsZExtValue(64, 0);
  hi = v.extractBitsAsZExtValue(64, 64);
  return true;
}

namespace {

// The text of a string literal token, unescaped.
Symbol unescaped(ty::Ctx &tcx, Symbol text) {
  if (!text.valid() || tcx.sess.str(text).find('\\') == llvm::StringRef::npos)
    return text;
  llvm::SmallString<64> out;
  lex::unescape(tcx.sess.str(text), lex::LitKind::Str, out);
  return tcx.sess.symbols.intern(out);
}

void applyOptimize(ty::Ctx &tcx, ArrayRef<MetaItem> items, ty::CodegenAttrs &out) {
  for (const MetaItem &m : items) {
    llvm::StringRef s = m.name.valid() ? tcx.sess.str(m.name) : "";
    out.optimizeSize |= s == "size";
    out.optimizeNone |= s == "none";
  }
}

const ty::CodegenAttrs *provideCodegenAttrs(ty::Ctx &tcx, const DefId &def) {
  ty::CodegenAttrs *a = new (tcx.arena.Allocate<ty::CodegenAttrs>()) ty::CodegenAttrs();
  const ast::Ast &ast = tcx.crates.ast(def);
  SmallVector<Symbol, 4> features;
  forEachAttr(tcx, def, [&](const ast::Attr &attr) {
    if (attr.isDoc || !attr.name.valid())
      return;
    llvm::StringRef name = tcx.sess.str(attr.name);
    auto value = [&] { return unescaped(tcx, Crates::attrValue(ast, attr)); };
    if (name == "inline") {
      a->inlining = ty::InlineAttr::Hint;
      for (const MetaItem &m : metaItems(ast, attr)) {
        llvm::StringRef s = m.name.valid() ? tcx.sess.str(m.name) : "";
        if (s == "always")
          a->inlining = ty::InlineAttr::Always;
        else if (s == "never")
          a->inlining = ty::InlineAttr::Never;
      }
    } else if (name == "rustc_force_inline") {
      a->inlining = ty::InlineAttr::Force;
    } else if (name == "cold") {
      a->cold = true;
    } else if (name == "track_caller") {
      a->trackCaller = true;
    } else if (name == "no_mangle") {
      a->noMangle = true;
    } else if (name == "naked") {
      a->naked = true;
    } else if (name == "thread_local") {
      a->threadLocal = true;
    } else if (name == "rustc_intrinsic") {
      a->isIntrinsic = true;
    } else if (name == "rustc_inherit_overflow_checks") {
      a->inheritOverflowChecks = true;
    } else if (name == "rustc_nounwind") {
      a->nounwind = true;
    } else if (name == "rustc_std_internal_symbol") {
      a->stdInternalSymbol = true;
    } else if (name == "rustc_allocator") {
      a->allocator = ty::AllocatorAttr::Alloc;
    } else if (name == "rustc_allocator_zeroed") {
      a->allocator = ty::AllocatorAttr::AllocZeroed;
    } else if (name == "rustc_reallocator") {
      a->allocator = ty::AllocatorAttr::Realloc;
    } else if (name == "rustc_deallocator") {
      a->allocator = ty::AllocatorAttr::Dealloc;
    } else if (name == "rustc_allocator_zeroed_variant") {
      a->zeroedVariant = value();
    } else if (name == "panic_handler") {
      a->isPanicHandler = true;
    } else if (name == "export_name") {
      a->exportName = value();
    } else if (name == "link_name") {
      a->linkName = value();
    } else if (name == "link_section") {
      a->linkSection = value();
    } else if (name == "linkage") {
      a->linkage = value();
    } else if (name == "optimize") {
      applyOptimize(tcx, metaItems(ast, attr), *a);
    } else if (name == "used") {
      a->used = ty::UsedAttr::Compiler;
      for (const MetaItem &m : metaItems(ast, attr))
        if (m.name.valid() && tcx.sess.str(m.name) == "linker")
          a->used = ty::UsedAttr::Linker;
    } else if (name == "target_feature") {
      for (const MetaItem &m : metaItems(ast, attr)) {
        if (!m.name.valid() || tcx.sess.str(m.name) != "enable" || !m.value.is(lex::TokenKind::Literal))
          continue;
        SmallVector<llvm::StringRef, 4> parts;
        tcx.sess.str(m.value.sym).split(parts, ',', -1, false);
        for (llvm::StringRef p : parts)
          features.push_back(tcx.sess.symbols.intern(p.trim()));
      }
    }
  });
  DefKind kind = tcx.defKind(def);
  DefId parent = tcx.parent(def);
  if (a->isIntrinsic && kind == DefKind::Fn && tcx.crates.def(def).ast.kind == AstRefKind::Item)
    a->mustBeOverridden = !tcx.crates.itemAs<ast::FnItem>(def).body;
  // An implementation of a #[track_caller] trait method is one as well.
  if (kind == DefKind::AssocFn && !a->trackCaller && tcx.defKind(parent) == DefKind::Impl) {
    DefId trait = tcx.crates.implTrait(parent);
    DefId item = trait.valid() ? tcx.crates.findAssoc(trait, tcx.crates.name(def), Namespace::Value) : DefId();
    if (item.valid() && tcx.crates.hasAttr(item, sym::track_caller))
      a->trackCaller = true;
  }
  // Closures have the target features of what they stand in.
  if (kind == DefKind::Closure) {
    const ty::CodegenAttrs *outer = tcx.codegenAttrs(parent);
    features.append(outer->targetFeatures.begin(), outer->targetFeatures.end());
  }
  a->targetFeatures = tcx.copy(ArrayRef<Symbol>(features));
  return a;
}

bool provideIsConstFn(ty::Ctx &tcx, const DefId &def) {
  switch (tcx.defKind(def)) {
  case DefKind::Ctor: return true;
  case DefKind::Fn:
  case DefKind::AssocFn: {
    if (tcx.crates.itemAs<ast::FnItem>(def).header.constness == ast::Constness::Const)
      return true;
    DefId parent = tcx.parent(def);
    if (tcx.defKind(parent) == DefKind::Impl)
      return tcx.crates.itemAs<ast::ImplItem>(parent).constness == ast::Constness::Const;
    if (tcx.defKind(parent) == DefKind::Trait)
      return tcx.crates.itemAs<ast::TraitItem>(parent).constness == ast::Constness::Const &&
             !tcx.crates.hasAttr(def, tcx.sess.symbols.intern("rustc_non_const_trait_method"));
    return false;
  }
  case DefKind::Closure: {
    ast::ExprId e{tcx.def(def).ast.id};
    const ast::Ast &ast = tcx.crates.ast(def);
    return ast.exprs[e].kind == ast::ExprKind::Closure && ast.get<ast::ClosureExpr>(e).constness == ast::Constness::Const;
  }
  default: return false;
  }
}

} // namespace

void registerAttrs(ty::Ctx &tcx) {
  tcx.queries.codegenAttrs.provider = provideCodegenAttrs;
  tcx.queries.isConstFn.provider = provideIsConstFn;
}

} // namespace ferric::collect
