// Name tables: rows in stores, found through one open-addressing hash table per crate. One table for
// all modules keeps modules small (core has thousands with a handful of names each) and makes a
// lookup one probe; names of a module are chained for glob imports.
#include "defs/names.h"

namespace ferric {

ModuleId NameTable::addModule(const Module &m) {
  ModuleId id = makeId<ModuleId>(crate_, modules_.size());
  modules_.add(m);
  return id;
}

DeclId NameTable::addDecl(const Decl &d) {
  DeclId id = makeId<DeclId>(crate_, decls_.size());
  decls_.add(d);
  return id;
}

ImportId NameTable::addImport(const Import &i) {
  ImportId id = makeId<ImportId>(crate_, imports_.size());
  imports_.add(i);
  return id;
}

uint32_t NameTable::hash(ModuleId m, Symbol name, SyntaxContext ctxt, Namespace ns, uint32_t disambiguator) {
  uint64_t h = (uint64_t(m.raw) << 32 | name.raw) * 0x9E3779B97F4A7C15ull;
  h ^= (uint64_t(ctxt.raw) << 34 | uint64_t(disambiguator) << 2 | uint64_t(ns)) * 0xC2B2AE3D27D4EB4Full;
  h ^= h >> 29;
  h *= 0xBF58476D1CE4E5B9ull;
  return uint32_t(h >> 32);
}

NameId NameTable::find(ModuleId m, Symbol name, SyntaxContext ctxt, Namespace ns, uint32_t disambiguator) const {
  if (!slots_.size())
    return NameId();
  uint32_t h = hash(m, name, ctxt, ns, disambiguator);
  uint32_t mask = uint32_t(slots_.size()) - 1;
  for (uint32_t i = h & mask; slots_[Row(i)].name != ~0u; i = (i + 1) & mask) {
    if (slots_[Row(i)].hash != h)
      continue;
    const Name &n = names_[NameId(slots_[Row(i)].name)];
    if (n.module == m && n.name == name && n.ctxt == ctxt && n.ns == ns && n.disambiguator == disambiguator)
      return NameId(slots_[Row(i)].name);
  }
  return NameId();
}

void NameTable::grow() {
  Store<Slot, Row> old;
  std::swap(old, slots_);
  slots_.fill(old.size() ? old.size() * 2 : 1024, Slot());
  uint32_t mask = uint32_t(slots_.size()) - 1;
  for (const Slot &s : old) {
    if (s.name == ~0u)
      continue;
    uint32_t i = s.hash & mask;
    while (slots_[Row(i)].name != ~0u)
      i = (i + 1) & mask;
    slots_[Row(i)] = s;
  }
}

NameId NameTable::findOrAdd(ModuleId m, Symbol name, SyntaxContext ctxt, Namespace ns, uint32_t disambiguator) {
  if (NameId found = find(m, name, ctxt, ns, disambiguator))
    return found;
  if (names_.size() * 10 >= slots_.size() * 7)
    grow();
  Name row;
  row.name = name;
  row.ctxt = ctxt;
  row.module = m;
  row.ns = ns;
  row.disambiguator = disambiguator;
  NameId id = names_.add(row);
  Module &mod = (*this)[m];
  if (mod.lastName == ~0u)
    mod.firstName = id.raw;
  else
    names_[NameId(mod.lastName)].next = id.raw;
  mod.lastName = id.raw;
  uint32_t h = hash(m, name, ctxt, ns, disambiguator);
  uint32_t mask = uint32_t(slots_.size()) - 1;
  uint32_t i = h & mask;
  while (slots_[Row(i)].name != ~0u)
    i = (i + 1) & mask;
  slots_[Row(i)] = {h, id.raw};
  return id;
}

void NameTable::push(uint32_t &head, ImportId import) {
  uint32_t at = uint32_t(links_.size());
  links_.add({import, head});
  head = at;
}

void NameTable::remove(uint32_t &head, ImportId import) {
  uint32_t *at = &head;
  while (*at != ~0u) {
    ImportLink &l = links_[Row(*at)];
    if (l.import == import) {
      *at = l.next;
      return;
    }
    at = &l.next;
  }
}

size_t NameTable::bytes() const {
  return modules_.bytes() + decls_.bytes() + imports_.bytes() + names_.bytes() + paths_.bytes() + links_.bytes() +
         slots_.bytes();
}

} // namespace ferric
