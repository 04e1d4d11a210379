// Errors of lookups that did find something: ambiguous names (E0659) and private ones (E0603). They are
// collected during a pass and reported at its end, each place once, as rustc does.
#include "resolve/lookup.h"

namespace ferric::resolve {

// Could `d` appear by expanding a macro after both the invocation and `other` exist? Then shadowing would depend on expansion order.
bool Lookup::mayAppearAfter(DeclId d, ExpnId invocation, DeclId other) const {
  ExpnId mine = decl(d).expansion;
  return !(hygiene_.isDescendantOf(decl(other).expansion, mine) || hygiene_.isDescendantOf(invocation, mine));
}

// A macro_rules macro in textual scope may be shadowed by itself found through modules.
static bool rulesMayShadow(const Crates &crates, DeclId rules, DeclId modular) {
  auto moduleOf = [&](DeclId d) -> ModuleId {
    const Decl &decl = crates.decl(d);
    if (decl.isImport())
      return crates.import(decl.import).module;
    const MacroInfo *info = decl.res.def.valid() ? crates.macro(decl.res.def) : nullptr;
    return info && info->scope ? info->scope : decl.res.def.valid() ? crates.scopeOf(decl.res.def) : ModuleId();
  };
  ModuleId a = moduleOf(rules), b = moduleOf(modular);
  if (!a.valid() || !b.valid() || crates.module(a).normal != crates.module(b).normal)
    return false;
  for (ModuleId m = a; m.valid(); m = crates.module(m).parent)
    if (m == b)
      return true;
  return false;
}

bool Lookup::pushAmbiguity(IdentKey ident, Namespace ns, const ScopeSet &set, const LookupScope &from, DeclId second,
                           const Scope &scope, llvm::ArrayRef<std::pair<DeclId, Scope>> innermost, const Finalize &finalize) {
  using Kind = AmbiguityError::Kind;
  auto [first, firstScope] = innermost[0];
  Res res = decl(second).res, firstRes = decl(first).res;
  bool visibilityOnly = false;
  if (res == firstRes) {
    if (!finalize.hasImportVis)
      return false;
    auto least = [&](DeclId d) { return crates_.isAtLeast(decl(d).vis, finalize.importVis) ? finalize.importVis : decl(d).vis; };
    if (least(second).scope == least(first).scope)
      return false;
    visibilityOnly = true;
  }
  auto isBuiltin = [](const Res &r) { return r.kind == ResKind::NonMacroAttr && r.attrKind() == NonMacroAttrKind::Builtin; };
  auto isModuleScope = [](const Scope &s) { return s.kind == ScopeKind::ModuleNonGlobs || s.kind == ScopeKind::ModuleGlobs; };
  bool moduleOnly = set.kind == ScopeSetKind::Module;
  std::optional<Kind> kind;
  if (isBuiltin(firstRes) || isBuiltin(res))
    kind = Kind::BuiltinAttr;
  else if (firstRes.kind == ResKind::NonMacroAttr && firstRes.attrKind() == NonMacroAttrKind::DeriveHelperCompat)
    kind = Kind::DeriveHelper;
  else if (firstScope.kind == ScopeKind::MacroRules && isModuleScope(scope) && !rulesMayShadow(crates_, first, second))
    kind = Kind::RulesVsModularized;
  else if (isGlobImport(first))
    kind = Kind::GlobVsOuter;
  else if (!moduleOnly && mayAppearAfter(first, from.expansion, second))
    kind = Kind::MoreExpandedVsOuter;
  else if (decl(first).expansion.raw != 0 && (!moduleOnly || ns == Namespace::Macro) && scope.kind == ScopeKind::ModuleGlobs &&
           firstScope.kind == ScopeKind::ModuleNonGlobs && scope.module == firstScope.module)
    kind = Kind::GlobVsExpanded;
  if (!kind)
    return false;
  // A find that is shadowed by another in the same place does not count.
  for (const auto &[d, s] : innermost.drop_front()) {
    if (scope.kind == ScopeKind::ExternPreludeFlags && s.kind == ScopeKind::ExternPreludeItems && d != first)
      return false;
    if (scope.kind == ScopeKind::ModuleGlobs && s.kind == ScopeKind::ModuleNonGlobs && s.module == scope.module)
      return false;
  }
  // core's and std's `panic` differ only in what they print; rustc warns.
  bool corePanic = sess_.str(ident.name) == "panic" && scope.kind == ScopeKind::StdLibPrelude && firstScope.kind == ScopeKind::ModuleGlobs;
  addAmbiguity({*kind, ident.ident(), first, second, visibilityOnly || corePanic});
  return true;
}

void Lookup::addAmbiguity(const AmbiguityError &e) {
  for (const AmbiguityError &old : ambiguities_)
    if (old.ident.span.lo == e.ident.span.lo && old.ident.span.hi == e.ident.span.hi && old.ident.name == e.ident.name)
      return;
  ambiguities_.push_back(e);
  hardAmbiguities_ += !e.warning;
}

void Lookup::recordUse(Ident ident, DeclId d) {
  for (; d.valid(); d = decl(d).source) {
    const Decl &decl = crates_.decl(d);
    if (decl.ambiguity.valid())
      addAmbiguity({AmbiguityError::Kind::GlobVsGlob, ident, d, decl.ambiguity, decl.warnAmbiguity});
    if (!decl.isImport())
      return;
  }
}

std::string Lookup::describe(const Decl &d) const {
  std::string out = crates_.descr(d.res);
  if (d.isImport())
    out += " import";
  return out;
}

void Lookup::reportAmbiguity(const AmbiguityError &e) {
  using Kind = AmbiguityError::Kind;
  if (e.warning)
    return;
  const char *why = "";
  switch (e.kind) {
  case Kind::BuiltinAttr: why = "a name conflict with a builtin attribute"; break;
  case Kind::DeriveHelper: why = "a name conflict with a derive helper attribute"; break;
  case Kind::RulesVsModularized: why = "a conflict between a `macro_rules` name and a non-`macro_rules` name from another module"; break;
  case Kind::GlobVsOuter: why = "a conflict between a name from a glob import and an outer scope during import or macro resolution"; break;
  case Kind::GlobVsGlob: why = "multiple glob imports of a name in the same module"; break;
  case Kind::GlobVsExpanded: why = "a conflict between a name from a glob import and a macro-expanded name in the same module during import or macro resolution"; break;
  case Kind::MoreExpandedVsOuter: why = "a conflict between a macro-expanded name and a less macro-expanded name from outer scope during import or macro resolution"; break;
  }
  llvm::StringRef name = sess_.str(e.ident);
  diag::Builder b = sess_.diag.error(e.ident.span, "E0659", "`" + name + "` is ambiguous");
  b.label(e.ident.span, "ambiguous name").note(llvm::Twine("ambiguous because of ") + why);
  auto noteFor = [&](DeclId d, const char *could) {
    Span span = declSpan(d);
    std::string text = ("`" + name + "` could " + could + "refer to the " + crates_.descr(decl(d).res) +
                        (decl(d).isImport() ? " imported" : " defined") + " here").str();
    if (span.isDummy())
      b.note("`" + name + "` could " + could + "refer to a " + crates_.descr(decl(d).res));
    else
      b.noteAt(span, text);
  };
  noteFor(e.first, "");
  noteFor(e.second, "also ");
  b.emit();
}

void Lookup::reportPrivacy(const PrivacyError &e) {
  const Decl &d = decl(e.decl);
  Res res = d.res;
  llvm::StringRef name = sess_.str(e.ident);
  bool ctorOfFields = res.isDef(DefKind::Ctor) && res.def.valid() && crates_.def(res.def).ctorOf == CtorOf::Struct;
  std::string descr = ctorOfFields ? "tuple struct constructor" : crates_.descr(res);
  if (d.isImport() && crates_.import(d.import).kind != ImportKind::MacroExport && !ctorOfFields) {
    descr = llvm::StringRef(descr).ends_with("import") ? descr : descr + " import";
    if (crates_.import(d.import).kind == ImportKind::ExternCrate)
      descr = "extern crate";
  }
  diag::Builder b = sess_.diag.error(e.ident.span, "E0603", descr + " `" + name + "` is private");
  b.label(e.ident.span, "private " + descr);
  Span at = declSpan(e.decl);
  if (!at.isDummy())
    b.noteAt(at, "the " + descr + " `" + name + "` is defined here");
  b.emit();
}

void Lookup::flushErrors() {
  for (; ambiguitiesReported_ < ambiguities_.size(); ++ambiguitiesReported_)
    reportAmbiguity(ambiguities_[ambiguitiesReported_]);
  for (; privacyReported_ < privacy_.size(); ++privacyReported_) {
    PrivacyError e = privacy_[privacyReported_];
    if (privacySeen_.insert(uint64_t(e.dedup.lo) << 32 | e.dedup.hi).second)
      reportPrivacy(e);
  }
}

} // namespace ferric::resolve
