// --check-cfg: which cfgs are expected (rustc book, "Checking conditional configurations").
#pragma once
#include "diag/session.h"
#include <map>
#include <set>

namespace ferric::driver {

struct ExpectedCfgs {
  struct Values {
    bool any = false, none = false; // values(any()); the name alone
    std::set<std::string> strings;
  };
  bool anyName = false; // cfg(any())
  std::map<std::string, Values> names;
};

// What the options say, and the names and values that are expected without saying. False: reported.
bool readCheckCfgs(Session &sess, ExpectedCfgs &out);
// Whether the options are well formed; no: reported.
bool checkCfgOptions(Session &sess);
// --print check-cfg: a line each, sorted.
void printCheckCfgs(const ExpectedCfgs &expected, llvm::raw_ostream &os);

} // namespace ferric::driver
