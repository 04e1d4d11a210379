// Attributes of functions that exclude each other or their function's ABI (Reference: attributes/codegen; rustc_attr_parsing, rustc_ast_passes).
#include "ast/nodes.h"
#include "item_check/checker.h"
#include "ty/codegen_attrs.h"
#include "llvm/ADT/StringSwitch.h"

namespace ferric::item_check {

// What may stand beside #[naked]: attributes that say nothing about how a body is generated.
static bool fitsNaked(llvm::StringRef name) {
  return llvm::StringSwitch<bool>(name)
      .Cases({"cfg", "cfg_attr", "test", "ignore", "should_panic", "bench"}, true)
      .Cases({"allow", "expect", "warn", "deny", "forbid", "deprecated", "must_use", "doc"}, true)
      .Cases({"cold", "export_name", "link_section", "linkage", "no_mangle", "instruction_set", "repr", "rustc_align"}, true)
      .Cases({"rustc_std_internal_symbol", "naked", "target_feature"}, true)
      .Default(false);
}

void checkFnAttributes(Tcx &tcx, DefId fn) {
  const ast::Ast &ast = tcx.crates.ast(fn);
  const ty::CodegenAttrs *attrs = tcx.codegenAttrs(fn);
  Span naked, trackCaller;
  for (ast::AttrId a : tcx.crates.attrs(fn)) {
    const ast::Attr &attr = ast.attrs[a];
    if (attr.isDoc || !attr.name.valid())
      continue;
    if (tcx.sess.str(attr.name) == "naked")
      naked = attr.span;
    else if (attr.name == sym::track_caller)
      trackCaller = attr.span;
  }
  if (attrs->naked)
    for (ast::AttrId a : tcx.crates.attrs(fn)) {
      const ast::Attr &attr = ast.attrs[a];
      if (attr.isDoc || !attr.name.valid() || fitsNaked(tcx.sess.str(attr.name)))
        continue;
      tcx.sess.diag.error(attr.span, "E0736", "attribute incompatible with `#[unsafe(naked)]`")
          .label(attr.span, "the `" + tcx.sess.str(attr.name) + "` attribute is incompatible with `#[unsafe(naked)]`")
          .label(naked, "function marked with `#[unsafe(naked)]` here");
    }
  ty::Abi abi = tcx.fnSig(fn).value.header.abi;
  if (!trackCaller.isDummy() && abi != ty::Abi::Rust)
    tcx.sess.diag.error(trackCaller, "E0737", "`#[track_caller]` can only be used with the Rust ABI").label(trackCaller, "using `#[track_caller]` here");
}

} // namespace ferric::item_check
