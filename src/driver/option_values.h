// What the values of options may be, in the words rustc uses for those that are none. Each stores a value and returns
// what is wrong with it, empty when nothing is.
#pragma once
#include "diag/session.h"

namespace ferric::driver {

using Value = llvm::StringRef;

std::string setBool(std::optional<bool> &out, Value v);
std::string setBool(bool &out, Value v);
std::string setNumber(std::optional<uint64_t> &out, Value v);
// One of `choices`, words separated by `|`. `unset`: the one that is as if nothing had been said.
std::string setWord(std::string &out, Value v, Value choices, Value unset = "");
// Words separated by blanks, added to what there is.
std::string addWords(std::vector<std::string> &out, Value v);
std::string setLto(Value v);
std::string setLocationDetail(CodeOptions &out, Value v);
std::string setBranchProtection(std::string &out, Value v);
std::string setSanitizers(std::vector<std::string> &out, Value v);
llvm::ArrayRef<llvm::StringLiteral> sanitizerNames();

// Of options without effect: their values are checked all the same.
std::string acceptAny(Options &, Value v);
std::string acceptBool(Options &, Value v);
std::string acceptNumber(Options &, Value v);

} // namespace ferric::driver
