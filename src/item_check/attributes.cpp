// Attributes of functions that exclude each other or their function's ABI (Reference: attributes/codegen; rustc_attr_parsing, rustc_ast_passes).
#include "ast/nodes.h"
#include "item_check/checker.h"
#include "ty/codegen_attrs.h"
#include "ty/lint.h"
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

// How an attribute stands on something: Phased: it does nothing there and will be an error (lint unused_attributes).
enum class Standing : uint8_t { Good, Phased, Wrong };
// What an attribute of functions may stand on besides functions with a body (rustc_attr_parsing, ALLOWED_TARGETS).
struct FnAttributeRow { llvm::StringLiteral name; Standing foreignFns, requiredMethods, closures, assocConsts; };
static constexpr FnAttributeRow kFnAttributes[] = {
    {"naked", Standing::Wrong, Standing::Wrong, Standing::Wrong, Standing::Wrong},
    {"track_caller", Standing::Good, Standing::Good, Standing::Good, Standing::Wrong},
    {"target_feature", Standing::Wrong, Standing::Wrong, Standing::Good, Standing::Wrong},
    {"inline", Standing::Phased, Standing::Phased, Standing::Good, Standing::Phased},
};

static Standing standingOn(const Tcx &tcx, const FnAttributeRow &row, DefId def) {
  switch (tcx.defKind(def)) {
  case DefKind::Closure: return row.closures;
  case DefKind::Fn: return tcx.defKind(tcx.parent(def)) == DefKind::ForeignMod ? row.foreignFns : Standing::Good;
  case DefKind::AssocFn: return tcx.crates.itemAs<ast::FnItem>(def).body.valid() ? Standing::Good : row.requiredMethods;
  case DefKind::AssocConst: return row.assocConsts;
  case DefKind::Macro: case DefKind::Field: return Standing::Good; // warned about
  default: return Standing::Wrong;
  }
}

static std::string targetName(const Tcx &tcx, DefId def) {
  const Def &d = tcx.def(def);
  if (def == DefId::crateRoot(def.crate()))
    return "crates";
  if (d.kind == DefKind::Fn)
    return "foreign functions";
  if (d.kind == DefKind::AssocFn)
    return "required trait methods";
  if (d.kind == DefKind::Impl)
    return "impl blocks";
  return std::string(Crates::descr(d.kind, &d)) + "s";
}

void checkAttributeTargets(Tcx &tcx, DefId def) {
  if (tcx.defKind(def) == DefKind::Ctor) // its struct or variant has the same
    return;
  bool root = def == DefId::crateRoot(def.crate());
  const Crate &crate = tcx.crates.crateOf(def);
  for (ast::AttrId id : root ? crate.ast.attrsOf(crate.attrs) : tcx.crates.attrs(def)) {
    const ast::Attr &attr = crate.ast.attrs[id];
    if (attr.isDoc || !attr.name.valid())
      continue;
    llvm::StringRef name = tcx.sess.str(attr.name);
    if (name == "link" && tcx.defKind(def) != DefKind::ForeignMod)
      ty::lintAt(tcx, def, attr.span, "unused_attributes", diag::LintLevel::Warn, "attribute should be applied to an `extern` block with non-Rust ABI")
          .note("this was previously accepted by the compiler but is being phased out; it will become a hard error in a future release!");
    const FnAttributeRow *row = llvm::find_if(kFnAttributes, [&](const FnAttributeRow &r) { return r.name == name; });
    Standing standing = row == std::end(kFnAttributes) ? Standing::Good : standingOn(tcx, *row, def);
    if (standing == Standing::Good)
      continue;
    std::string message = ("`#[" + name + "]` attribute cannot be used on " + targetName(tcx, def)).str();
    if (standing == Standing::Phased)
      ty::lintAt(tcx, def, attr.span, "unused_attributes", diag::LintLevel::Warn, message)
          .note("this was previously accepted by the compiler but is being phased out; it will become a hard error in a future release!");
    else
      tcx.sess.diag.error(attr.span, "", message).help("`#[" + name + "]` can only be applied to functions with a body");
  }
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
