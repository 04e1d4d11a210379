// The command line: rustc's, from one table (driver/option_table.cpp) that parsing, --help and
// docs/options.md are made from.
#pragma once
#include "diag/session.h"

namespace ferric::driver {

enum class OptionGroup : uint8_t { Top, Codegen, Unstable, Print };

// One option. `set` stores a value and returns what is wrong with it, empty when nothing is.
// A Codegen or Unstable option is written `-C name[=value]`, `-Z name[=value]`.
struct OptionRow {
  OptionGroup group;
  const char *name;        // long name, or the -C / -Z name
  char shortName;          // 0: none
  const char *metavar;     // null: takes no value; "[..]": value optional (-C, -Z flags: yes/no)
  const char *help;        // one line; null: accepted, has no effect and is not listed
  std::string (*set)(Options &, llvm::StringRef value);
};
llvm::ArrayRef<OptionRow> optionTable();
// The crate type that --crate-type and #![crate_type] call so; none: there is none.
std::optional<CrateType> crateTypeNamed(llvm::StringRef name);

// -l [KIND[:MODIFIERS]=]NAME[:RENAME]; returns what is wrong with it, empty when nothing is.
std::string addNativeLib(Options &options, llvm::StringRef value);

// The values of -C relocation-model, -C code-model and -Z tls-model.
llvm::ArrayRef<llvm::StringLiteral> relocationModels();
llvm::ArrayRef<llvm::StringLiteral> codeModels();
llvm::ArrayRef<llvm::StringLiteral> tlsModels();
// The calling conventions that `extern "NAME"` knows.
llvm::ArrayRef<llvm::StringLiteral> callingConventions();

// What the command line asks for besides compiling.
struct Invocation {
  Options options;
  bool showHelp = false, showVersion = false, showCodegenHelp = false, showUnstableHelp = false, markdownHelp = false;
  std::vector<std::string> prints;   // --print KIND[=PATH]
  std::optional<std::string> explain; // --explain CODE
  diag::Diagnostics::Config diagConfig;
  std::vector<std::string> inputs;
};

// Parses arguments (program name not included); @FILE is replaced by the file's lines. Returns messages of what is wrong, none when all is well.
std::vector<std::string> parseCommandLine(llvm::ArrayRef<const char *> args, Invocation &out);

void printHelp(llvm::raw_ostream &os);
void printGroupHelp(OptionGroup group, llvm::raw_ostream &os);
// docs/options.md
void printMarkdown(llvm::raw_ostream &os);
void printVersion(bool verbose, llvm::raw_ostream &os);

} // namespace ferric::driver
