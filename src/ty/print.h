// Types and definitions as text, in rustc's notation.
#pragma once
#include "ty/context.h"

namespace ferric::ty {

// Trimmed: last path segment only, as in messages (`Option<u8>`). Full: from the crate on, local crate's name left out
// (`core::option::Option<u8>`), as in -Zprint-mono-items and -Zprint-type-sizes. Regions: as `'_` where not erased.
enum class PathStyle : uint8_t { Trimmed, Full };
struct PrintOptions {
  PathStyle paths = PathStyle::Trimmed;
  bool valueSyntax = false;    // generic arguments as `::<..>`
};

std::string show(Ctx &tcx, Ty t, PrintOptions o = {});
std::string show(Ctx &tcx, Const c, PrintOptions o = {});
std::string show(Ctx &tcx, GenericArg a, PrintOptions o = {});
std::string show(Ctx &tcx, GenericArgs a, PrintOptions o = {}); // `<A, B>` or nothing
std::string show(Ctx &tcx, const TraitRef &t, PrintOptions o = {}); // `Trait<Args>`, Self left out
std::string show(Ctx &tcx, Predicate p, PrintOptions o = {});
std::string show(Ctx &tcx, const FnSig &s, PrintOptions o = {});
std::string show(Ctx &tcx, const Instance &i, PrintOptions o = {});
// The definition's path with no generic arguments: `core::option::Option`.
std::string showDef(Ctx &tcx, DefId def, PathStyle style = PathStyle::Full);
// The path of a value with arguments: `<core::ops::Range<usize> as core::iter::Iterator>::next`,
// `core::slice::<impl [u8]>::iter`, `core::option::Option::<usize>::ok_or::<()>` (rustc's pretty printer).
std::string showDefWithArgs(Ctx &tcx, DefId def, GenericArgs args, PrintOptions o = {});

} // namespace ferric::ty
