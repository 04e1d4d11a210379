// The query engine: a memo table per query, a stack to find cycles, providers registered by phases.
#pragma once
#include "ty/items.h"
#include <unordered_map>

namespace ferric::ty {

class Ctx;

// Reports a cycle: names the queries on the stack from the repeated one on (E0391).
void reportQueryCycle(Ctx &tcx, const char *query, DefId key);

template <class K> struct QueryKeyInfo {
  static DefId def(const K &k) { if constexpr (requires { k.def; }) return k.def; else if constexpr (requires { k.item; }) return k.item; else return DefId(); }
};
template <> struct QueryKeyInfo<DefId> { static DefId def(DefId k) { return k; } };
template <> struct QueryKeyInfo<Ty> { static DefId def(Ty) { return DefId(); } };

struct QueryHash {
  template <class K> size_t operator()(const K &k) const {
    if constexpr (std::is_same_v<K, Ty>) return hashOfAll(k.p);
    else if constexpr (requires { k.promoted; k.args; }) return hashOfAll(k.def.raw, k.args.p, k.promoted.raw);
    else if constexpr (requires { k.promoted; }) return hashOfAll(k.body.raw, k.promoted.raw);
    else if constexpr (requires { k.param; }) return hashOfAll(k.item.raw, k.param, k.name.raw);
    else return llvm::DenseMapInfo<K>::getHashValue(k);
  }
};

enum class QueryState : uint8_t { New, Active, Done };

// The memo table of a query: what is known by key, each entry in its place for good.
template <class K, class V> class QueryMemo {
public:
  struct Entry { V &value; QueryState &state; };
  Entry at(const K &key) { Slot &s = map_[key]; return {s.value, s.state}; }
  const V *done(const K &key) const {
    auto it = map_.find(key);
    return it != map_.end() && it->second.state == QueryState::Done ? &it->second.value : nullptr;
  }
  void erase(const K &key) { map_.erase(key); }
  template <class F> void forEach(F f) const {
    for (const auto &[k, s] : map_)
      if (s.state == QueryState::Done)
        f(k, s.value);
  }

private:
  struct Slot { V value{}; QueryState state = QueryState::New; };
  std::unordered_map<K, Slot, QueryHash> map_;
};

// By definition: neighbours are asked for together, so that entries stand in chunks of neighbours.
template <class V> class QueryMemo<DefId, V> {
public:
  struct Entry { V &value; QueryState &state; };
  Entry at(DefId key) {
    size_t crate = key.crate().raw, chunk = key.index() / kChunk, i = key.index() % kChunk;
    if (crate >= crates_.size())
      crates_.resize(crate + 1);
    std::vector<std::unique_ptr<Chunk>> &chunks = crates_[crate];
    if (chunk >= chunks.size())
      chunks.resize(std::max(chunk + 1, chunks.size() * 2));
    if (!chunks[chunk])
      chunks[chunk] = std::make_unique<Chunk>();
    return {chunks[chunk]->values[i], chunks[chunk]->states[i]};
  }
  const V *done(DefId key) const {
    const Chunk *c = find(key);
    size_t i = key.index() % kChunk;
    return c && c->states[i] == QueryState::Done ? &c->values[i] : nullptr;
  }
  void erase(DefId key) {
    Chunk *c = find(key);
    if (!c)
      return;
    c->values[key.index() % kChunk] = V();
    c->states[key.index() % kChunk] = QueryState::New;
  }
  template <class F> void forEach(F f) const {
    for (size_t crate = 0; crate < crates_.size(); ++crate)
      for (size_t i = 0; i < crates_[crate].size() * kChunk; ++i)
        if (DefId key(CrateId{uint8_t(crate)}, uint32_t(i)); const V *v = done(key))
          f(key, *v);
  }

private:
  static constexpr size_t kChunk = 16;
  struct Chunk {
    V values[kChunk] = {};
    QueryState states[kChunk] = {};
  };
  Chunk *find(DefId key) const {
    size_t crate = key.crate().raw, chunk = key.index() / kChunk;
    return crate < crates_.size() && chunk < crates_[crate].size() ? crates_[crate][chunk].get() : nullptr;
  }
  std::vector<std::vector<std::unique_ptr<Chunk>>> crates_;
};

// One query. get() computes at most once per key; on a cycle it reports E0391 once and returns V().
// A provider may peek with tryGet(), or seed a result with set() before it recurses (recursive ADTs).
template <class K, class V> class Query {
public:
  using Provider = V (*)(Ctx &, const K &);
  explicit Query(const char *name) : name_(name) {}
  Provider provider = nullptr;
  // Answers a cycle instead of the error when set.
  V (*onCycle)(Ctx &, const K &) = nullptr;

  V get(Ctx &tcx, const K &key) {
    const V *known = memo_.done(key);
    return known ? *known : compute(tcx, key);
  }
  void set(const K &key, V value) {
    auto [known, state] = memo_.at(key);
    known = std::move(value);
    state = QueryState::Done;
  }
  const V *tryGet(const K &key) const { return memo_.done(key); }
  // Forgets an answer, to be computed again when it is asked for; the caller frees what it owns. Not while it is computed.
  void erase(const K &key) { memo_.erase(key); }
  // f(key, value) for each answer so far, in no order.
  template <class F> void forEach(F f) const { memo_.forEach(f); }
  const char *name() const { return name_; }

private:
  V compute(Ctx &tcx, const K &key) {
    auto [value, state] = memo_.at(key); // stays put while others are added
    if (state == QueryState::Active) {
      if (onCycle)
        return onCycle(tcx, key);
      reportQueryCycle(tcx, name_, QueryKeyInfo<K>::def(key));
      return V();
    }
    CHECK(provider, "query without a provider");
    state = QueryState::Active;
    V result = provider(tcx, key);
    if (state != QueryState::Done) {
      value = std::move(result);
      state = QueryState::Done;
    }
    return value;
  }

  const char *name_;
  QueryMemo<K, V> memo_;
};

} // namespace ferric::ty
