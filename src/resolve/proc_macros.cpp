// rustc reads definitions for the macros out of the crate's metadata. Here they are made: a root, and a definition in the macro
// namespace for each macro, of no place in any source.
#include "resolve/proc_macros.h"

namespace ferric::resolve {

static uint8_t kinds(proc_macro::Kind kind) {
  switch (kind) {
  case proc_macro::Kind::Derive: return MacroInfo::kDerive;
  case proc_macro::Kind::Attr: return MacroInfo::kAttr;
  case proc_macro::Kind::Bang: return MacroInfo::kBang;
  }
  return MacroInfo::kBang;
}

static void defineMacro(Session &sess, Crate &crate, uint32_t index, const proc_macro::Macro &macro) {
  Symbol name = sess.symbols.intern(macro.name);
  Def def;
  def.kind = DefKind::Macro;
  def.parent = crate.root();
  def.name = name;
  def.disambiguator = crate.defs.nextDisambiguator(crate.root(), DefKind::Macro, name);
  def.module = crate.rootModule();
  DefId id = crate.defs.add(def);
  MacroInfo info;
  info.kinds = kinds(macro.kind);
  info.procMacro = true;
  info.procMacroIndex = index;
  info.scope = crate.rootModule();
  for (const std::string &helper : macro.helpers)
    info.helpers.push_back(sess.symbols.intern(helper));
  crate.macros[id.index()] = std::move(info);
  Decl decl;
  decl.res = Res::ofDef(DefKind::Macro, id);
  DeclId declared = crate.names.addDecl(decl);
  crate.names[crate.names.findOrAdd(crate.rootModule(), name, {}, Namespace::Macro)].nonGlob = declared;
}

void defineProcMacros(Session &sess, Crate &crate, const proc_macro::Dylib &dylib) {
  crate.dylib = dylib.path;
  Def root;
  root.kind = DefKind::Mod;
  root.name = crate.name;
  root.ast = {AstRefKind::Crate, 0};
  DefId rootDef = crate.defs.add(root);
  CHECK(rootDef == crate.root(), "the crate root must be the first definition");
  Module m;
  m.def = m.normal = rootDef;
  m.normalModule = crate.rootModule();
  Decl self;
  self.res = Res::ofDef(DefKind::Mod, rootDef);
  m.self = crate.names.addDecl(self);
  crate.names.addModule(m);
  crate.defs.mut(rootDef).module = crate.rootModule();
  for (uint32_t i = 0; i < dylib.macros.size(); ++i)
    defineMacro(sess, crate, i, dylib.macros[i]);
  crate.noStd = crate.noCore = true;
  crate.sealChildren();
  crate.resolved = true;
}

} // namespace ferric::resolve
