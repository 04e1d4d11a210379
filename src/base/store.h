// Stores addressed by 32-bit ids. A Store reserves address space once and grows in place, so ids
// *and* references stay valid, elements of one Store are contiguous, and the whole can be written
// to a file and mapped again: elements must be trivially copyable and hold ids, never pointers.
#pragma once
#include "base/check.h"
#include "base/id.h"
#include "llvm/ADT/ArrayRef.h"
#include <cstring>
#include <memory>
#include <type_traits>
#include <vector>

namespace ferric {

// A growing region of address space; at most 4 GiB of elements, less where address space is limited (ulimit -v).
// Running out is a fatal error that says so.
class Region {
public:
  Region() = default;
  ~Region();
  Region(Region &&o) noexcept : base_(o.base_), used_(o.used_), committed_(o.committed_), reserved_(o.reserved_) {
    o.base_ = nullptr;
    o.used_ = o.committed_ = o.reserved_ = 0;
  }
  Region &operator=(Region &&o) noexcept;
  // Appends `bytes` bytes and returns where they begin.
  char *grow(size_t bytes) {
    if (used_ + bytes > committed_)
      commit(used_ + bytes);
    char *p = base_ + used_;
    used_ += bytes;
    return p;
  }
  char *base() const { return base_; }
  size_t used() const { return used_; }
  void truncate(size_t bytes) { used_ = bytes; }
  // Gives the memory behind the contents back; what is appended later takes memory again.
  void shrinkToFit();
  // Makes `bytes` bytes of an open file the contents of an empty region, from `offset`, a multiple of kMapAlign, on: they are read when they are
  // touched, and what is changed or added stays in memory. False: the system refused.
  bool adopt(int file, uint64_t offset, size_t bytes);
  static constexpr size_t kMapAlign = size_t(64) << 10; // the largest page there is on a target that Ferric runs on

private:
  char *base_ = nullptr;
  size_t used_ = 0;
  size_t committed_ = 0;
  size_t reserved_ = 0;

  void reserve(size_t atLeast);
  void commit(size_t bytes);
};

template <class T, class IdT> class Store {
  static_assert(std::is_trivially_copyable_v<T>, "front-end stores hold no pointers or owners");

public:
  using Element = T;
  IdT add(const T &value) {
    IdT id{uint32_t(size())};
    std::memcpy(region_.grow(sizeof(T)), &value, sizeof(T));
    return id;
  }
  T &operator[](IdT id) {
    DCHECK(id.raw < size(), "store index out of range");
    return data()[id.raw];
  }
  const T &operator[](IdT id) const {
    DCHECK(id.raw < size(), "store index out of range");
    return data()[id.raw];
  }
  // Appends a run and returns the index of its first element.
  uint32_t append(llvm::ArrayRef<T> values) {
    uint32_t begin = uint32_t(size());
    if (!values.empty())
      std::memcpy(region_.grow(values.size() * sizeof(T)), values.data(), values.size() * sizeof(T));
    return begin;
  }
  size_t size() const { return region_.used() / sizeof(T); }
  T *data() { return reinterpret_cast<T *>(region_.base()); }
  const T *data() const { return reinterpret_cast<const T *>(region_.base()); }
  T *begin() { return data(); }
  T *end() { return data() + size(); }
  const T *begin() const { return data(); }
  const T *end() const { return data() + size(); }
  size_t bytes() const { return region_.used(); }
  // Drops everything from element `n` on (speculative parsing).
  void truncate(size_t n) { region_.truncate(n * sizeof(T)); }
  void shrinkToFit() { region_.shrinkToFit(); }
  // See Region::adopt.
  bool adopt(int file, uint64_t offset, size_t n) { return region_.adopt(file, offset, n * sizeof(T)); }
  // Appends `n` elements that are `value`.
  void fill(size_t n, const T &value) {
    T *p = reinterpret_cast<T *>(region_.grow(n * sizeof(T)));
    std::uninitialized_fill_n(p, n, value);
  }
  operator llvm::ArrayRef<T>() const { return {data(), size()}; }

private:
  Region region_;
};

// A vector indexed by an id; for tables made after the front end (need not be trivially copyable).
template <class IdT, class T> class IdVec {
public:
  IdVec() = default;
  explicit IdVec(size_t n, const T &v = T()) : v_(n, v) {}
  IdT push(T value) {
    v_.push_back(std::move(value));
    return IdT(uint32_t(v_.size() - 1));
  }
  T &operator[](IdT id) { DCHECK(id.raw < v_.size(), "index out of range"); return v_[id.raw]; }
  const T &operator[](IdT id) const { DCHECK(id.raw < v_.size(), "index out of range"); return v_[id.raw]; }
  // Element `id`, the vector grown with default values up to it.
  T &at(IdT id) {
    if (id.raw >= v_.size())
      v_.resize(id.raw + 1);
    return v_[id.raw];
  }
  // Element `id` or a default value when the vector is too short.
  T get(IdT id) const { return id.raw < v_.size() ? v_[id.raw] : T(); }
  size_t size() const { return v_.size(); }
  bool empty() const { return v_.empty(); }
  void resize(size_t n) { v_.resize(n); }
  IdT nextId() const { return IdT(uint32_t(v_.size())); }
  auto begin() { return v_.begin(); }
  auto end() { return v_.end(); }
  auto begin() const { return v_.begin(); }
  auto end() const { return v_.end(); }
  std::vector<T> &vec() { return v_; }
  const std::vector<T> &vec() const { return v_; }

private:
  std::vector<T> v_;
};

} // namespace ferric
