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
    if constexpr (std::is_same_v<K, DefId>) return llvm::hash_value(k.raw);
    else if constexpr (std::is_same_v<K, Ty>) return llvm::hash_value(k.p);
    else if constexpr (requires { k.promoted; k.args; }) return llvm::hash_combine(k.def.raw, k.args.p, k.promoted.raw);
    else if constexpr (requires { k.promoted; }) return llvm::hash_combine(k.body.raw, k.promoted.raw);
    else if constexpr (requires { k.param; }) return llvm::hash_combine(k.item.raw, k.param, k.name.raw);
    else return llvm::DenseMapInfo<K>::getHashValue(k);
  }
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
    auto [it, inserted] = memo_.try_emplace(key);
    Slot &slot = it->second; // node-based map: stays put while others are added
    if (slot.state == State::Done)
      return slot.value;
    if (!inserted && slot.state == State::Active) {
      if (onCycle)
        return onCycle(tcx, key);
      reportQueryCycle(tcx, name_, QueryKeyInfo<K>::def(key));
      return V();
    }
    CHECK(provider, "query without a provider");
    slot.state = State::Active;
    V value = provider(tcx, key);
    if (slot.state != State::Done) {
      slot.value = std::move(value);
      slot.state = State::Done;
    }
    return slot.value;
  }
  void set(const K &key, V value) { Slot &s = memo_[key]; s.value = std::move(value); s.state = State::Done; }
  const V *tryGet(const K &key) const { auto it = memo_.find(key); return it != memo_.end() && it->second.state == State::Done ? &it->second.value : nullptr; }
  // Forgets an answer, to be computed again when it is asked for; the caller frees what it owns. Not while it is computed.
  void erase(const K &key) { memo_.erase(key); }
  size_t size() const { return memo_.size(); }
  // f(key, value) for each answer so far, in no order.
  template <class F> void forEach(F f) const { for (const auto &[k, s] : memo_) if (s.state == State::Done) f(k, s.value); }
  const char *name() const { return name_; }

private:
  enum class State : uint8_t { New, Active, Done };
  struct Slot { State state = State::New; V value{}; };
  const char *name_;
  std::unordered_map<K, Slot, QueryHash> memo_;
};

} // namespace ferric::ty
