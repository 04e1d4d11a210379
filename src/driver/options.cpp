// Parsing of the command line against the option table: getopts rules as rustc has them
// (`--name value`, `--name=value`, `-Xvalue`, `-X value`, bundled short flags as in `-vV`).
#include "driver/options.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/MemoryBuffer.h"

namespace ferric::driver {

namespace {
class Parser {
public:
  Parser(Invocation &out) : out_(out) {}
  std::vector<std::string> errors;

  void run(llvm::ArrayRef<std::string> args) {
    args_ = args;
    bool onlyInputs = false;
    for (i_ = 0; i_ < args_.size(); ++i_) {
      llvm::StringRef a = args_[i_];
      if (onlyInputs || a == "-" || !a.starts_with("-"))
        out_.inputs.push_back(a.str());
      else if (a == "--")
        onlyInputs = true;
      else if (a.starts_with("--"))
        longOption(a.drop_front(2));
      else
        shortOptions(a.drop_front(1));
    }
  }

private:
  static const OptionRow *find(OptionGroup g, llvm::StringRef name) {
    for (const OptionRow &r : optionTable())
      if (r.group == g && name == r.name)
        return &r;
    return nullptr;
  }
  static const OptionRow *findShort(char c) {
    for (const OptionRow &r : optionTable())
      if (r.shortName == c)
        return &r;
    return nullptr;
  }

  // The value: given with the option, or the next argument.
  std::optional<std::string> value(const std::string &spelling, std::optional<llvm::StringRef> inlineValue) {
    if (inlineValue)
      return inlineValue->str();
    if (i_ + 1 < args_.size())
      return args_[++i_];
    errors.push_back("Argument to option '" + spelling + "' missing");
    return std::nullopt;
  }

  void longOption(llvm::StringRef text) {
    auto [name, rest] = text.split('=');
    const OptionRow *row = find(OptionGroup::Top, name);
    if (!row) {
      errors.push_back("Unrecognized option: '" + name.str() + "'");
      return;
    }
    std::optional<llvm::StringRef> inlineValue;
    if (text.contains('='))
      inlineValue = rest;
    if (!row->metavar) {
      if (inlineValue)
        errors.push_back("Option '" + name.str() + "' does not take an argument");
      else
        apply(*row, "");
      return;
    }
    if (std::optional<std::string> v = value(name.str(), inlineValue))
      apply(*row, *v);
  }

  void shortOptions(llvm::StringRef text) {
    while (!text.empty()) {
      const OptionRow *row = findShort(text[0]);
      if (!row) {
        errors.push_back("Unrecognized option: '" + text.take_front().str() + "'");
        return;
      }
      std::string spelling = text.take_front().str();
      text = text.drop_front();
      if (!row->metavar) {
        apply(*row, "");
        continue;
      }
      std::optional<llvm::StringRef> inlineValue;
      if (!text.empty())
        inlineValue = text;
      if (std::optional<std::string> v = value(spelling, inlineValue))
        apply(*row, *v);
      return;
    }
  }

  // Options of which rustc takes one; others add up, or the last counts.
  static bool isSingle(const OptionRow &row) {
    static constexpr llvm::StringLiteral kSingle[] = {"color", "crate-name", "diagnostic-width", "edition", "error-format", "explain", "help",
                                                      "out-dir", "output", "sysroot", "target", "verbose", "version"};
    return row.group == OptionGroup::Top && llvm::is_contained(kSingle, llvm::StringRef(row.name));
  }

  void apply(const OptionRow &row, llvm::StringRef v) {
    if (isSingle(row) && !given_.insert(row.name).second) {
      errors.push_back("Option '" + (llvm::StringRef(row.name) == "output" ? "o" : std::string(row.name)) + "' given more than once");
      return;
    }
    if (row.set) {
      std::string error = row.set(out_.options, v);
      if (!error.empty())
        errors.push_back(error);
      return;
    }
    special(row, v);
  }

  void special(const OptionRow &row, llvm::StringRef v) {
    llvm::StringRef name = row.name;
    if (name == "help") out_.showHelp = true;
    else if (name == "version") out_.showVersion = true;
    else if (name == "explain") out_.explain = v.str();
    else if (name == "print") out_.prints.push_back(v.str());
    else if (name == "codegen") grouped(OptionGroup::Codegen, "codegen", v);
    else if (name == "unstable") grouped(OptionGroup::Unstable, "unstable", v);
    else if (name == "cap-lints") capLints(v);
    else if (name == "error-format") errorFormat(v);
    else if (name == "json") out_.diagConfig.format = diag::ErrorFormat::Json;
    else if (name == "color") out_.diagConfig.color = v == "always";
    else lint(name, v);
  }

  static std::optional<diag::LintLevel> lintLevel(llvm::StringRef name) {
    int l = llvm::StringSwitch<int>(name).Case("allow", int(diag::LintLevel::Allow)).Cases({"warn", "force-warn"}, int(diag::LintLevel::Warn))
                .Case("deny", int(diag::LintLevel::Deny)).Case("forbid", int(diag::LintLevel::Forbid)).Default(-1);
    return l < 0 ? std::nullopt : std::optional(diag::LintLevel(l));
  }
  void lint(llvm::StringRef levelName, llvm::StringRef name) {
    std::string n = name.str();
    std::replace(n.begin(), n.end(), '-', '_');
    out_.diagConfig.lintLevels.emplace_back(n, *lintLevel(levelName));
  }
  void capLints(llvm::StringRef v) {
    std::optional<diag::LintLevel> l = lintLevel(v);
    if (!l)
      errors.push_back("unknown lint level: `" + v.str() + "`");
    else
      out_.diagConfig.capLints = *l;
  }
  void errorFormat(llvm::StringRef v) {
    if (v == "human" || v == "human-unicode") out_.diagConfig.format = diag::ErrorFormat::Human;
    else if (v == "short") out_.diagConfig.format = diag::ErrorFormat::Short;
    else if (v == "json") out_.diagConfig.format = diag::ErrorFormat::Json;
    else errors.push_back("argument for `--error-format` must be `human`, `json` or `short` (instead was `" + v.str() + "`)");
  }

  void grouped(OptionGroup g, const char *groupName, llvm::StringRef text) {
    if (text == "help") {
      (g == OptionGroup::Codegen ? out_.showCodegenHelp : out_.showUnstableHelp) = true;
      return;
    }
    auto [name, v] = text.split('=');
    std::string canonical = name.str();
    std::replace(canonical.begin(), canonical.end(), '_', '-');
    const OptionRow *row = find(g, canonical);
    if (!row) {
      errors.push_back(std::string("unknown ") + groupName + " option: `" + name.str() + "`");
      return;
    }
    if (!text.contains('=') && row->metavar[0] != '[' && canonical != "self-profile") {
      errors.push_back(std::string(groupName) + " option `" + canonical + "` requires " + row->metavar + " (-" +
                       (g == OptionGroup::Codegen ? "C " : "Z ") + canonical + "=<value>)");
      return;
    }
    std::string error = row->set(out_.options, v);
    if (!error.empty())
      errors.push_back("incorrect value `" + v.str() + "` for " + groupName + " option `" + canonical + "` - " + error);
  }

  llvm::StringSet<> given_;
  Invocation &out_;
  llvm::ArrayRef<std::string> args_;
  size_t i_ = 0;
};

void expandResponseFile(llvm::StringRef path, std::vector<std::string> &out, std::vector<std::string> &errors) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer) {
    errors.push_back("failed to load argument file `" + path.str() + "`: " + buffer.getError().message());
    return;
  }
  llvm::SmallVector<llvm::StringRef, 32> lines;
  (*buffer)->getBuffer().split(lines, '\n');
  if (!lines.empty() && lines.back().empty())
    lines.pop_back();
  for (llvm::StringRef line : lines)
    out.push_back(line.rtrim('\r').str());
}
} // namespace

std::vector<std::string> parseCommandLine(llvm::ArrayRef<const char *> args, Invocation &out) {
  Parser parser(out);
  std::vector<std::string> all;
  for (llvm::StringRef a : args) {
    out.options.commandLine.push_back(a.str());
    if (a.starts_with("@"))
      expandResponseFile(a.drop_front(), all, parser.errors);
    else
      all.push_back(a.str());
  }
  parser.run(all);
  if (out.inputs.size() > 1)
    parser.errors.push_back("multiple input filenames provided (first two filenames are `" + out.inputs[0] + "` and `" + out.inputs[1] + "`)");
  if (!out.inputs.empty())
    out.options.input = out.inputs[0];
  return std::move(parser.errors);
}

// ---- help ----
static std::string spelling(const OptionRow &r) {
  std::string s;
  switch (r.group) {
  case OptionGroup::Codegen: s = std::string("-C ") + r.name; break;
  case OptionGroup::Unstable: s = std::string("-Z ") + r.name; break;
  default:
    s = r.shortName ? std::string("-") + r.shortName + ", --" + r.name : std::string("    --") + r.name;
    return r.metavar ? s + " " + r.metavar : s;
  }
  if (!r.metavar)
    return s;
  return r.metavar[0] == '[' ? s + "[=" + (r.metavar + 1) : s + "=" + r.metavar;
}

void printGroupHelp(OptionGroup group, llvm::raw_ostream &os) {
  for (const OptionRow &r : optionTable())
    if (r.group == group && r.help)
      os << "    " << llvm::left_justify(spelling(r), 34) << ' ' << r.help << '\n';
}

void printHelp(llvm::raw_ostream &os) {
  os << "Usage: ferric [OPTIONS] INPUT\n\nOptions:\n";
  printGroupHelp(OptionGroup::Top, os);
  os << "\nAn argument @FILE stands for the lines of FILE. INPUT `-` is standard input.\n";
}

void printMarkdown(llvm::raw_ostream &os) {
  os << "# Command line\n\n<!-- Made by `ferric --print option-docs`; edit src/driver/option_table.cpp instead. -->\n\n"
        "`ferric [OPTIONS] INPUT`, with rustc's options. An option that is not understood is an error that names it.\n";
  static const std::pair<OptionGroup, const char *> groups[] = {
      {OptionGroup::Top, "Options"}, {OptionGroup::Codegen, "Code generation (`-C`)"}, {OptionGroup::Unstable, "Options rustc calls unstable (`-Z`)"}};
  for (auto [group, title] : groups) {
    os << "\n## " << title << "\n\n| option | meaning |\n|---|---|\n";
    for (const OptionRow &r : optionTable()) {
      if (r.group != group || !r.help)
        continue;
      std::string help = r.help, text = llvm::StringRef(spelling(r)).trim().str();
      for (std::string *s : {&help, &text})
        for (size_t at = 0; (at = s->find('|', at)) != std::string::npos; at += 2)
          s->insert(at, "\\");
      os << "| `" << text << "` | " << help << " |\n";
    }
  }
}

void printVersion(bool verbose, llvm::raw_ostream &os) {
  os << "rustc 1.96.0 (ferric 0.1.0)\n";
  if (!verbose)
    return;
  os << "binary: ferric\ncommit-hash: unknown\ncommit-date: unknown\nhost: x86_64-unknown-linux-gnu\nrelease: 1.96.0\nLLVM version: "
     << LLVM_VERSION_MAJOR << '.' << LLVM_VERSION_MINOR << '.' << LLVM_VERSION_PATCH << '\n';
}

} // namespace ferric::driver
