// -l [KIND[:MODIFIERS]=]NAME[:RENAME] (rustc book, "Command-line Arguments"; rustc_session::config::native_libs). What
// depends on the source, such as a renaming of a library that it does not name, is found out later
// (item_check/native_libs.h).
#include "driver/options.h"
#include "llvm/ADT/StringSwitch.h"

namespace ferric::driver {

static std::string applyModifier(NativeLib &lib, llvm::StringRef text) {
  bool on = text.starts_with("+");
  if (!on && !text.starts_with("-"))
    return "invalid linking modifier syntax, expected '+' or '-' prefix before one of: bundle, verbatim, "
           "whole-archive, as-needed, export-symbols";
  llvm::StringRef name = text.drop_front();
  std::optional<bool> exported; // there is no crate type to which it says anything
  std::optional<bool> *to = llvm::StringSwitch<std::optional<bool> *>(name)
                                .Case("bundle", &lib.bundle)
                                .Case("whole-archive", &lib.wholeArchive)
                                .Case("verbatim", &lib.verbatim)
                                .Case("as-needed", &lib.asNeeded)
                                .Case("export-symbols", &exported)
                                .Default(nullptr);
  if (!to)
    return "unknown linking modifier `" + name.str() +
           "`, expected one of: bundle, verbatim, whole-archive, as-needed, export-symbols";
  if (name == "as-needed" && lib.kind != NativeLibKind::Dylib)
    return "linking modifier `as-needed` is only compatible with `dylib` and `framework` linking kinds";
  if (name != "as-needed" && name != "verbatim" && lib.kind != NativeLibKind::Static)
    return "linking modifier `" + name.str() + "` is only compatible with `static` linking kind";
  if (*to)
    return "multiple `" + name.str() + "` modifiers in a single `-l` option";
  *to = on;
  return "";
}

static std::string setKind(NativeLib &lib, llvm::StringRef kind) {
  if (kind == "framework")
    return "library kind `framework` is only supported on Apple targets";
  std::optional<NativeLibKind> known = llvm::StringSwitch<std::optional<NativeLibKind>>(kind)
                                           .Case("static", NativeLibKind::Static)
                                           .Case("dylib", NativeLibKind::Dylib)
                                           .Case("link-arg", NativeLibKind::LinkArg)
                                           .Default(std::nullopt);
  lib.kind = known.value_or(NativeLibKind::Unspecified);
  return known ? "" : "unknown library kind `" + kind.str() + "`, expected one of: static, dylib, framework, link-arg";
}

std::string addNativeLib(Options &options, llvm::StringRef value) {
  NativeLib lib;
  bool hasKind = value.contains('=');
  auto [before, after] = value.split('=');
  auto [kind, modifiers] = hasKind ? before.split(':') : std::pair<llvm::StringRef, llvm::StringRef>();
  auto [name, rename] = (hasKind ? after : before).split(':');
  lib.name = name.str();
  lib.rename = rename.str();
  std::string error = hasKind ? setKind(lib, kind) : "";
  llvm::SmallVector<llvm::StringRef, 4> parts;
  if (hasKind && before.contains(':'))
    modifiers.split(parts, ',');
  for (llvm::StringRef part : parts)
    if (error.empty())
      error = applyModifier(lib, part);
  if (!error.empty())
    return error;
  if (name.empty())
    return "library name must not be empty";
  if (rename.empty() && (hasKind ? after : before).contains(':'))
    return "an empty renaming target was specified for library `" + name.str() + "`";
  options.nativeLibs.push_back(std::move(lib));
  return "";
}

} // namespace ferric::driver
