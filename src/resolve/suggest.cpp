// Similar names and places to import a name from, for messages only: never on the path of a correct program.
#include "resolve/suggest.h"

namespace ferric::resolve {

Symbol bestMatch(Session &session, Symbol name, llvm::ArrayRef<Symbol> candidates) {
  llvm::StringRef wanted = session.str(name);
  unsigned best = std::max<unsigned>(unsigned(wanted.size()), 3) / 3 + 1;
  Symbol found;
  for (Symbol c : candidates) {
    llvm::StringRef text = session.str(c);
    if (text.equals_insensitive(wanted))
      return c;
    unsigned d = wanted.edit_distance(text, true, best);
    if (d < best) {
      best = d;
      found = c;
    }
  }
  return found;
}

Symbol similarInModule(Lookup &lookup, Symbol name, ModuleId module) {
  Crates &crates = lookup.crates();
  llvm::SmallVector<Symbol, 64> all;
  lookup.globNames().forEachName(module, GlobNames::Filter::All, [&](NameId, const Name &n) {
    if (n.name != name && n.name != sym::underscore && !crates.decl(n.best()).res.isErr())
      all.push_back(n.name);
  });
  return bestMatch(crates.session(), name, all);
}

Symbol similarModule(Crates &crates, Lookup &lookup, Symbol name, ModuleId from, PathRoot in) {
  llvm::SmallVector<Symbol, 64> all;
  auto addFrom = [&](ModuleId m) {
    lookup.globNames().forEachName(m, GlobNames::Filter::All, [&](NameId, const Name &n) {
      if (n.ns == Namespace::Type && n.name != name && isModuleLike(crates.decl(n.best()).res))
        all.push_back(n.name);
    });
  };
  if (in.isModule()) {
    addFrom(in.module);
  } else {
    addFrom(crates.module(from).normalModule);
    for (const auto &[key, entry] : crates[crateOf(from)].externPrelude)
      all.push_back(Symbol(key.first));
    llvm::sort(all);
  }
  return bestMatch(crates.session(), name, all);
}

Symbol Scopes::similarName(Symbol name, Namespace ns, ModuleId from, PathRoot in, llvm::function_ref<bool(Res)> accept) {
  llvm::SmallVector<Symbol, 64> all;
  auto addFrom = [&](ModuleId m) {
    lookup_->globNames().forEachName(m, GlobNames::Filter::All, [&](NameId, const Name &n) {
      if (n.ns == ns && n.name != name && n.name != sym::underscore && accept(crates_.decl(n.best()).res))
        all.push_back(n.name);
    });
  };
  if (in.isModule()) {
    addFrom(in.module);
  } else {
    for (ModuleId m = from; m.valid(); m = crates_.module(m).isBlock ? crates_.module(m).parent : ModuleId())
      addFrom(m);
    const Crate &c = crates_[crateOf(from)];
    if (c.prelude.valid())
      addFrom(c.prelude);
    if (ns == Namespace::Type)
      for (const auto &[prim, decl] : c.builtinTypes)
        if (accept(crates_.decl(decl).res))
          all.push_back(prim);
  }
  llvm::sort(all);
  return bestMatch(crates_.session(), name, all);
}

// Breadth-first through public modules of all crates, so that the shortest path to a definition is found first.
std::vector<ImportCandidate> Scopes::importCandidates(Symbol name, Namespace ns, ModuleId from,
                                                      llvm::function_ref<bool(Res)> accept, size_t limit) {
  std::vector<ImportCandidate> out;
  llvm::DenseSet<DefId> seen;
  for (const auto &crate : crates_) {
    std::vector<std::pair<ModuleId, std::string>> queue;
    bool local = crate->id == crateOf(from);
    if (!crate->resolved)
      continue;
    queue.push_back({crate->rootModule(), local ? "crate" : crates_.session().str(crate->name).str()});
    llvm::DenseSet<ModuleId> visited{crate->rootModule()};
    for (size_t i = 0; i < queue.size() && queue.size() < 5000; ++i) {
      auto [m, path] = queue[i];
      lookup_->globNames().forEachName(m, GlobNames::Filter::All, [&](NameId, const Name &n) {
        DeclId d = n.best();
        if (!crates_.isAccessible(crates_.decl(d).vis, from))
          return;
        const Res &res = crates_.decl(d).res;
        if (n.ns == ns && n.name == name && accept(res) && res.def.valid() && seen.insert(res.def).second)
          out.push_back({path + "::" + crates_.session().str(name).str(), res});
        if (n.ns == Namespace::Type && isModuleLike(res) && res.def.crate() == crate->id && res.defKind != DefKind::Trait) {
          ModuleId sub = crates_.moduleOf(res.def);
          if (sub.valid() && visited.insert(sub).second)
            queue.push_back({sub, path + "::" + crates_.session().str(n.name).str()});
        }
      });
    }
  }
  llvm::sort(out, [](const ImportCandidate &a, const ImportCandidate &b) {
    return std::make_pair(a.path.size(), a.path) < std::make_pair(b.path.size(), b.path);
  });
  if (out.size() > limit)
    out.resize(limit);
  return out;
}

} // namespace ferric::resolve
