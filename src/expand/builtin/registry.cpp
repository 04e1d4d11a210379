// The table of built-in macros, looked up by binary search, and what their implementations share.
#include "expand/builtin/registry.h"
#include "expand/derive/derive.h"
#include "lex/unescape.h"

namespace ferric::expand {

static constexpr BuiltinMacro kBuiltins[] = {
    {"Clone", MacroKind::Derive, nullptr, derive::deriveClone},
    {"CoercePointee", MacroKind::Derive, nullptr, derive::deriveCoercePointee},
    {"ConstParamTy", MacroKind::Derive, nullptr, derive::deriveConstParamTy},
    {"Copy", MacroKind::Derive, nullptr, derive::deriveCopy},
    {"Debug", MacroKind::Derive, nullptr, derive::deriveDebug},
    {"Default", MacroKind::Derive, nullptr, derive::deriveDefault},
    {"Eq", MacroKind::Derive, nullptr, derive::deriveEq},
    {"From", MacroKind::Derive, nullptr, derive::deriveFrom},
    {"Hash", MacroKind::Derive, nullptr, derive::deriveHash},
    {"Ord", MacroKind::Derive, nullptr, derive::deriveOrd},
    {"PartialEq", MacroKind::Derive, nullptr, derive::derivePartialEq},
    {"PartialOrd", MacroKind::Derive, nullptr, derive::derivePartialOrd},
    {"UnsizedConstParamTy", MacroKind::Derive, nullptr, derive::deriveUnsizedConstParamTy},
    {"alloc_error_handler", MacroKind::Attr, attrAllocErrorHandler, nullptr},
    {"asm", MacroKind::Bang, expandAsm, nullptr},
    {"assert", MacroKind::Bang, expandAssert, nullptr},
    {"autodiff_forward", MacroKind::Attr, attrUnsupported, nullptr},
    {"autodiff_reverse", MacroKind::Attr, attrUnsupported, nullptr},
    {"bench", MacroKind::Attr, attrTest, nullptr},
    {"cfg", MacroKind::Bang, expandCfg, nullptr},
    {"cfg_accessible", MacroKind::Attr, attrCfgAccessible, nullptr},
    {"cfg_eval", MacroKind::Attr, attrCfgEval, nullptr},
    {"cfg_select", MacroKind::Bang, expandCfgSelect, nullptr},
    {"column", MacroKind::Bang, expandColumn, nullptr},
    {"compile_error", MacroKind::Bang, expandCompileError, nullptr},
    {"concat", MacroKind::Bang, expandConcat, nullptr},
    {"concat_bytes", MacroKind::Bang, expandConcatBytes, nullptr},
    {"const_format_args", MacroKind::Bang, expandConstFormatArgs, nullptr},
    {"contracts_ensures", MacroKind::Attr, attrUnsupported, nullptr},
    {"contracts_requires", MacroKind::Attr, attrUnsupported, nullptr},
    {"core_panic", MacroKind::Bang, expandPanic, nullptr},
    {"define_opaque", MacroKind::Attr, attrDefineOpaque, nullptr},
    {"derive", MacroKind::Attr, attrDerive, nullptr},
    {"derive_const", MacroKind::Attr, attrDerive, nullptr},
    {"eii", MacroKind::Attr, attrUnsupported, nullptr},
    {"eii_declaration", MacroKind::Attr, attrUnsupported, nullptr},
    {"eii_shared_macro", MacroKind::Attr, attrUnsupported, nullptr},
    {"env", MacroKind::Bang, expandEnv, nullptr},
    {"file", MacroKind::Bang, expandFile, nullptr},
    {"format_args", MacroKind::Bang, expandFormatArgs, nullptr},
    {"format_args_nl", MacroKind::Bang, expandFormatArgsNl, nullptr},
    {"global_allocator", MacroKind::Attr, attrGlobalAllocator, nullptr},
    {"global_asm", MacroKind::Bang, expandGlobalAsm, nullptr},
    {"include", MacroKind::Bang, expandInclude, nullptr},
    {"include_bytes", MacroKind::Bang, expandIncludeBytes, nullptr},
    {"include_str", MacroKind::Bang, expandIncludeStr, nullptr},
    {"iter", MacroKind::Bang, expandUnsupported, nullptr},
    {"line", MacroKind::Bang, expandLine, nullptr},
    {"log_syntax", MacroKind::Bang, expandUnsupported, nullptr},
    {"module_path", MacroKind::Bang, expandModulePath, nullptr},
    {"naked_asm", MacroKind::Bang, expandNakedAsm, nullptr},
    {"option_env", MacroKind::Bang, expandOptionEnv, nullptr},
    {"pattern_type", MacroKind::Bang, expandPatternType, nullptr},
    {"std_panic", MacroKind::Bang, expandPanic, nullptr},
    {"stringify", MacroKind::Bang, expandStringify, nullptr},
    {"test", MacroKind::Attr, attrTest, nullptr},
    {"test_case", MacroKind::Attr, attrTest, nullptr},
    {"trace_macros", MacroKind::Bang, expandUnsupported, nullptr},
    {"unreachable", MacroKind::Bang, expandUnreachable, nullptr},
    {"unsafe_eii", MacroKind::Attr, attrUnsupported, nullptr},
};

const BuiltinMacro *findBuiltin(llvm::StringRef name) {
  const BuiltinMacro *it = llvm::lower_bound(kBuiltins, name, [](const BuiltinMacro &m, llvm::StringRef n) { return m.name < n; });
  return it != std::end(kBuiltins) && it->name == name ? it : nullptr;
}

// ---- shared by the implementations ----
BuiltinStatus BuiltinContext::literal(lex::LitKind kind, llvm::StringRef escaped, llvm::StringRef suffix) const {
  ast::LitExpr lit;
  lit.lit.kind = kind;
  lit.lit.sym = sess.symbols.intern(escaped);
  if (!suffix.empty())
    lit.lit.suffix = sess.symbols.intern(suffix);
  lit.lit.span = defSite();
  return expr(ast.addExpr(defSite(), lit));
}

BuiltinStatus BuiltinContext::string(llvm::StringRef value) const {
  return literal(lex::LitKind::Str, lex::escapeForLiteral(value, lex::LitKind::Str));
}

void BuiltinContext::expectNoArgs(llvm::StringRef name) const {
  if (args.len)
    error(inv.span, name + " takes no arguments");
}

Expander::StringArg BuiltinContext::singleString(llvm::StringRef name) const {
  if (args.len == 0) {
    error(inv.span, name + " takes 1 argument");
    return {};
  }
  parse::Parser p = parser();
  ast::ExprId e = p.parseExpr();
  if (!p.ok())
    return {};
  p.eat(lex::TokenKind::Comma);
  if (!p.atEof())
    error(inv.span, name + " takes 1 argument");
  return this->e.stringFromExpr(e, inv, "argument must be a string literal");
}

} // namespace ferric::expand
