// Crates and definitions.
#pragma once
#include "base/id.h"

namespace ferric {

// A crate of the session; 0 is the crate being compiled.
struct CrateId {
  uint8_t raw = 0xFF;
  bool valid() const { return raw != 0xFF; }
  bool isLocal() const { return raw == 0; }
  friend bool operator==(CrateId, CrateId) = default;
};
inline constexpr CrateId kLocalCrate{0};

// A definition: crate in the upper 8 bits, index in the crate's definition table in the lower 24.
// Index 0 is the crate root module.
struct DefId : IdBase<DefId> {
  using IdBase::IdBase;
  constexpr DefId() = default;
  constexpr explicit DefId(uint32_t raw) : IdBase(raw) {}
  constexpr DefId(CrateId crate, uint32_t index) : IdBase(uint32_t(crate.raw) << 24 | index) {}
  CrateId crate() const { return {uint8_t(raw >> 24)}; }
  uint32_t index() const { return raw & 0xFFFFFF; }
  bool isLocal() const { return crate().isLocal(); }
  static DefId crateRoot(CrateId c) { return DefId(c, 0); }
};

} // namespace ferric
