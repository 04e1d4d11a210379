// The bytes of rustc's bridge (library/proc_macro/src/bridge/rpc.rs): little-endian numbers, a byte for the variant of an enum,
// lengths of 64 bits, structs field by field.
#pragma once
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Endian.h"
#include <string>

namespace ferric::proc_macro {

class Writer {
public:
  void u8(uint8_t n) { bytes_.push_back(char(n)); }
  void flag(bool b) { u8(b); }
  void u32(uint32_t n) { number(n); }
  void usize(uint64_t n) { number(n); }
  void text(llvm::StringRef s) {
    usize(s.size());
    bytes_ += s;
  }
  // The variants of Option and Result: Some and Ok are the first, None and Err the second ones.
  void some() { u8(0); }
  void none() { u8(1); }
  void okay() { u8(0); }
  void error() { u8(1); }
  void raw(llvm::StringRef bytes) { bytes_ += bytes; }
  const std::string &bytes() const { return bytes_; }
  std::string take() { return std::move(bytes_); }

private:
  template <class T> void number(T n) {
    char b[sizeof(T)];
    llvm::support::endian::write<T, llvm::endianness::little>(b, n);
    bytes_.append(b, sizeof(T));
  }
  std::string bytes_;
};

// Reads what a Writer wrote. Reading past the end, or a variant that is none, makes it fail and give zeros from then on.
class Reader {
public:
  explicit Reader(llvm::StringRef bytes) : rest_(bytes) {}
  bool failed() const { return failed_; }
  bool atEnd() const { return rest_.empty(); }
  void fail() {
    failed_ = true;
    rest_ = {};
  }
  uint8_t u8() { return number<uint8_t>(); }
  uint32_t u32() { return number<uint32_t>(); }
  uint64_t usize() { return number<uint64_t>(); }
  // A variant below `count`.
  uint8_t variant(unsigned count) {
    uint8_t n = u8();
    if (n >= count)
      fail();
    return n < count ? n : 0;
  }
  bool flag() { return variant(2) == 1; }
  // An Option or a Result: whether the first variant, Some or Ok, is there.
  bool present() { return variant(2) == 0 && !failed_; }
  // The length of a sequence whose elements take a byte or more each.
  uint64_t length() {
    uint64_t n = usize();
    if (n > rest_.size())
      fail();
    return failed_ ? 0 : n;
  }
  llvm::StringRef text() {
    uint64_t n = length();
    llvm::StringRef s = rest_.take_front(n);
    rest_ = rest_.drop_front(n);
    return s;
  }

private:
  template <class T> T number() {
    if (rest_.size() < sizeof(T)) {
      fail();
      return 0;
    }
    T n = llvm::support::endian::read<T, llvm::endianness::little>(rest_.data());
    rest_ = rest_.drop_front(sizeof(T));
    return n;
  }
  llvm::StringRef rest_;
  bool failed_ = false;
};

} // namespace ferric::proc_macro
