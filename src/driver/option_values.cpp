// Sets of words are checked one by one; what depends on the target is checked later, when it is known
// (option_checks.cpp).
#include "driver/option_values.h"
#include "llvm/ADT/StringExtras.h"

namespace ferric::driver {

std::string setBool(std::optional<bool> &out, Value v) {
  if (v.empty() || v == "y" || v == "yes" || v == "on" || v == "true")
    out = true;
  else if (v == "n" || v == "no" || v == "off" || v == "false")
    out = false;
  else
    return "one of: `y`, `yes`, `on`, `true`, `n`, `no`, `off` or `false` was expected";
  return "";
}

std::string setBool(bool &out, Value v) {
  std::optional<bool> b;
  std::string error = setBool(b, v);
  out = b.value_or(out);
  return error;
}

std::string setNumber(std::optional<uint64_t> &out, Value v) {
  uint64_t n = 0;
  if (v.getAsInteger(10, n))
    return "a number was expected";
  out = n;
  return "";
}

static llvm::SmallVector<Value, 8> wordsOf(Value list, char by) {
  llvm::SmallVector<Value, 8> parts;
  list.split(parts, by);
  return parts;
}

std::string setWord(std::string &out, Value v, Value choices, Value unset) {
  llvm::SmallVector<Value, 8> words = wordsOf(choices, '|');
  if (llvm::is_contained(words, v)) {
    out = v == unset ? "" : v.str();
    return "";
  }
  std::string expected;
  for (size_t i = 0; i < words.size(); ++i)
    expected += (i == 0                 ? "`"
                 : i + 1 < words.size() ? ", `"
                 : words.size() == 2    ? " or `"
                                        : ", or `") +
                words[i].str() + "`";
  return expected + " was expected";
}

std::string addWords(std::vector<std::string> &out, Value v) {
  for (Value word : wordsOf(v, ' '))
    if (!word.empty())
      out.push_back(word.str());
  return "";
}

std::string setLto(Value v) {
  std::optional<bool> on;
  if (v == "thin" || v == "fat" || (setBool(on, v).empty() && *on))
    return "link-time optimization is not supported yet: crates are optimised with what they use of others";
  return on ? "" : "either a boolean (`yes`, `no`, `on`, `off`, etc), `thin`, `fat`, or omitted was expected";
}

std::string setLocationDetail(CodeOptions &out, Value v) {
  bool file = false, line = false, column = false, known = true;
  if (v != "none")
    for (Value word : wordsOf(v, ',')) {
      bool *what = word == "file" ? &file : word == "line" ? &line : word == "column" ? &column : nullptr;
      known &= what != nullptr;
      if (what)
        *what = true;
    }
  if (!known)
    return "either `none`, or a comma separated list of location details to track: `file`, `line`, or `column` was "
           "expected";
  out.locationFile = file;
  out.locationLine = line;
  out.locationColumn = column;
  return "";
}

// What belongs to `pac-ret` comes behind it.
std::string setBranchProtection(std::string &out, Value v) {
  bool pacRet = false, known = true;
  for (Value word : wordsOf(v, ',')) {
    pacRet |= word == "pac-ret";
    bool ofPacRet = word == "leaf" || word == "b-key" || word == "pc";
    known &= word == "bti" || word == "gcs" || word == "pac-ret" || (ofPacRet && pacRet);
  }
  if (!known)
    return "a `,` separated combination of `bti`, `gcs`, `pac-ret`, (optionally with `pc`, `b-key`, `leaf` if "
           "`pac-ret` is set) was expected";
  out = v.str();
  return "";
}

llvm::ArrayRef<llvm::StringLiteral> sanitizerNames() {
  static constexpr llvm::StringLiteral names[] = {
      "address", "cfi",    "dataflow", "hwaddress", "kcfi",      "kernel-address",    "kernel-hwaddress",
      "leak",    "memory", "memtag",   "realtime",  "safestack", "shadow-call-stack", "thread"};
  return names;
}

std::string setSanitizers(std::vector<std::string> &out, Value v) {
  for (Value word : wordsOf(v, ',')) {
    if (!llvm::is_contained(sanitizerNames(), word))
      return "comma separated list of sanitizers: `" + llvm::join(sanitizerNames(), "`, `") + "` was expected";
    if (word != "kernel-address" && word != "shadow-call-stack")
      return "of the sanitizers only `kernel-address` and `shadow-call-stack` are supported yet";
    if (!llvm::is_contained(out, word))
      out.push_back(word.str());
  }
  llvm::sort(out);
  return "";
}

std::string acceptAny(Options &, Value) { return ""; }
std::string acceptBool(Options &, Value v) {
  bool unused;
  return setBool(unused, v);
}
std::string acceptNumber(Options &, Value v) {
  std::optional<uint64_t> unused;
  return setNumber(unused, v);
}

} // namespace ferric::driver
