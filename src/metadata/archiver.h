// One description of a structure for both ways: `ar(x)` appends x to the bytes when it writes and fills x from them
// when it reads. Reading past the end, or a length that cannot be, sets `failed` and leaves default values; nothing
// else can go wrong with damaged bytes.
#pragma once
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <cstring>
#include <optional>
#include <string>
#include <vector>

namespace ferric::metadata {

class Archiver {
public:
  Archiver() : writing_(true) {}
  explicit Archiver(llvm::StringRef bytes) : in_(bytes) {}
  bool writing() const { return writing_; }
  bool failed() const { return failed_; }
  // Read everything, and nothing went wrong.
  bool complete() const { return !failed_ && in_.empty(); }
  llvm::StringRef bytes() const { return out_; }

  template <class... T> void operator()(T &...values) { (each(values), ...); }
  // The number of elements of a sequence whose elements take a byte or more each.
  void length(size_t &n) {
    uint32_t n32 = uint32_t(n);
    pod(n32);
    if (!writing_) {
      failed_ |= n32 > in_.size();
      n = failed_ ? 0 : n32;
    }
  }

private:
  template <class T> void pod(T &value) {
    static_assert(std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>);
    if (writing_) {
      out_.append(reinterpret_cast<const char *>(&value), sizeof(T));
    } else if (failed_ || in_.size() < sizeof(T)) {
      failed_ = true;
      value = T();
    } else {
      std::memcpy(static_cast<void *>(&value), in_.data(), sizeof(T));
      in_ = in_.drop_front(sizeof(T));
    }
  }
  template <class T> void each(T &value) { pod(value); }
  void each(bool &value) {
    uint8_t byte = value;
    pod(byte);
    value = byte != 0;
  }
  void each(std::string &value) {
    size_t n = value.size();
    length(n);
    if (writing_) {
      out_ += value;
      return;
    }
    value = in_.take_front(n).str();
    in_ = in_.drop_front(n);
  }
  template <class T> void each(std::optional<T> &value) {
    bool has = value.has_value();
    each(has);
    if (!writing_)
      value = has ? std::optional<T>(T()) : std::nullopt;
    if (has)
      each(*value);
  }
  template <class A, class B> void each(std::pair<A, B> &value) {
    each(value.first);
    each(value.second);
  }
  template <class T> void each(std::vector<T> &list) { sequence(list); }
  template <class T, unsigned N> void each(llvm::SmallVector<T, N> &list) { sequence(list); }
  template <class L> void sequence(L &list) {
    size_t n = list.size();
    length(n);
    if (!writing_)
      list.resize(n);
    for (auto &element : list)
      each(element);
  }
  template <class K, class V> void each(llvm::DenseMap<K, V> &map) {
    size_t n = map.size();
    length(n);
    if (writing_) {
      for (auto &row : map) {
        K key = row.first;
        each(key);
        each(row.second);
      }
      return;
    }
    map.clear();
    map.reserve(unsigned(n));
    for (size_t i = 0; i < n && !failed_; ++i) {
      K key{};
      V value{};
      each(key);
      each(value);
      if (!llvm::DenseMapInfo<K>::isEqual(key, llvm::DenseMapInfo<K>::getEmptyKey()) &&
          !llvm::DenseMapInfo<K>::isEqual(key, llvm::DenseMapInfo<K>::getTombstoneKey()))
        map.try_emplace(key, std::move(value));
    }
  }
  template <class T>
    requires requires(T &t, Archiver &ar) { archive(ar, t); }
  void each(T &value) {
    archive(*this, value);
  }

  bool writing_ = false, failed_ = false;
  std::string out_;
  llvm::StringRef in_;
};

} // namespace ferric::metadata
