#include "driver/root_attrs.h"
#include "driver/options.h"
#include "lex/lexer.h"
#include "lex/unicode.h"
#include "llvm/Support/Path.h"

namespace ferric::driver {

// f(name token) for each leading inner attribute until it returns true. A look at tokens only.
template <class F> static const lex::Token *findInnerAttr(const lex::TokenStore &store, lex::TokenRange range, F &&f) {
  llvm::ArrayRef<lex::Token> t = lex::tokens(store, range);
  size_t i = 0;
  while (i < t.size()) {
    if (t[i].is(lex::TokenKind::DocComment)) {
      ++i;
      continue;
    }
    if (i + 3 >= t.size() || !t[i].is(lex::TokenKind::Pound) || !t[i + 1].is(lex::TokenKind::Bang) || !t[i + 2].isOpen(lex::Delim::Bracket))
      return nullptr;
    if (t[i + 3].is(lex::TokenKind::Ident) && f(t[i + 3], t[i + 4]))
      return &t[i + 3];
    i += 3 + t[i + 2].match();
  }
  return nullptr;
}

// The value of `#![name]` / `#![name = ".."]` among the leading inner attributes; null when it is not there.
static const lex::Token *innerAttr(const lex::TokenStore &store, lex::TokenRange range, Symbol name) {
  const lex::Token *attr = findInnerAttr(store, range, [&](const lex::Token &t, const lex::Token &) { return t.sym == name; });
  return attr && attr[1].is(lex::TokenKind::Eq) ? attr + 2 : attr;
}

// Whether a leading `#![cfg_attr(..)]` may add `name`: its predicate is not looked at.
static bool mayAddAttr(const lex::TokenStore &store, lex::TokenRange range, Symbol name) {
  return findInnerAttr(store, range, [&](const lex::Token &t, const lex::Token &args) {
    if (t.sym != sym::cfg_attr || !args.is(lex::TokenKind::OpenDelim))
      return false;
    return llvm::any_of(llvm::ArrayRef(&args, args.match()), [&](const lex::Token &a) { return a.is(lex::TokenKind::Ident) && a.sym == name; });
  });
}

// What the `#![crate_type = ".."]` among the leading inner attributes say, in the order of the types (rustc_session::output::collect_crate_types).
static std::vector<CrateType> crateTypesOf(const Session &sess, const lex::TokenStore &store, lex::TokenRange range) {
  std::vector<CrateType> types;
  findInnerAttr(store, range, [&](const lex::Token &name, const lex::Token &eq) {
    if (name.sym == sym::crate_type && eq.is(lex::TokenKind::Eq) && (&eq)[1].is(lex::TokenKind::Literal))
      if (std::optional<CrateType> known = crateTypeNamed(sess.str((&eq)[1].sym)))
        types.push_back(*known);
    return false;
  });
  if (types.empty())
    return {CrateType::Bin};
  llvm::sort(types);
  types.erase(std::unique(types.begin(), types.end()), types.end());
  return types;
}

// Whether `extern crate std;` or `extern crate proc_macro;` stands in the file's own level, with no attribute before it that may be a cfg.
static bool namesStd(Session &sess, const lex::TokenStore &store, lex::TokenRange range) {
  llvm::ArrayRef<lex::Token> t = lex::tokens(store, range);
  bool conditional = false;
  for (size_t i = 0; i + 2 < t.size(); ++i) {
    if (t[i].is(lex::TokenKind::Pound) && t[i + 1].isOpen(lex::Delim::Bracket))
      conditional |= t[i + 2].is(lex::TokenKind::Ident) && (t[i + 2].sym == sym::cfg || t[i + 2].sym == sym::cfg_attr);
    else if (t[i].is(lex::TokenKind::Semi) || t[i].isOpen(lex::Delim::Brace))
      conditional = false;
    if (t[i].is(lex::TokenKind::OpenDelim)) {
      i += t[i].match();
      continue;
    }
    bool isStd = t[i + 2].is(lex::TokenKind::Ident) && (t[i + 2].sym == sym::std || sess.str(t[i + 2].sym) == "proc_macro");
    if (!conditional && isStd && t[i].isKeyword(sym::kw_extern) && t[i + 1].isKeyword(sym::kw_crate))
      return true;
  }
  return false;
}

std::string crateNameFor(const Options &o) {
  if (!o.crateName.empty())
    return o.crateName;
  if (o.input.empty() || o.input == "-")
    return "rust_out";
  std::string name = llvm::sys::path::stem(o.input).str();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

RootFacts readRootAttrs(Options &options, llvm::MemoryBufferRef text) {
  Session scratch;
  scratch.diag.config.out = &llvm::nulls(); // lexed again, with its errors, when the crate is parsed
  lex::TokenStore store;
  FileId file = scratch.sources.add(options.input, llvm::MemoryBuffer::getMemBuffer(text));
  lex::TokenRange range = lex::lexFile(scratch, file, options.edition, store);
  RootFacts facts;
  facts.noStd = facts.noCore = innerAttr(store, range, sym::no_core);
  for (Symbol name : {sym::no_std, sym::no_core})
    facts.noStd |= innerAttr(store, range, name) || mayAddAttr(store, range, name);
  facts.usesStd = namesStd(scratch, store, range);
  if (const lex::Token *name = innerAttr(store, range, sym::crate_name); name && name->is(lex::TokenKind::Literal)) {
    uint32_t start = scratch.sources.file(file).start;
    facts.crateName = scratch.str(name->sym).str();
    facts.crateNameAt = {name->span.lo - start, name->span.hi - start};
    if (options.crateName.empty())
      options.crateName = facts.crateName;
  }
  if (options.crateTypes.empty())
    options.crateTypes = crateTypesOf(scratch, store, range);
  return facts;
}

bool checkCrateName(Session &sess, const Options &options, const RootFacts &facts, FileId root) {
  std::string name = crateNameFor(options);
  Span span;
  if (facts.crateNameAt) {
    uint32_t start = sess.sources.file(root).start;
    span = Span{start + facts.crateNameAt->first, start + facts.crateNameAt->second, {}};
  }
  auto wrong = [&](const llvm::Twine &message) {
    if (span.isDummy())
      sess.diag.errorNoSpan(message).emit();
    else
      sess.diag.error(span, message).emit();
    return false;
  };
  if (facts.crateNameAt && facts.crateName != name)
    return wrong("`--crate-name` and `#[crate_name]` are required to match, but `" + name + "` != `" + facts.crateName + "`");
  if (name.empty())
    return wrong("crate name must not be empty");
  if (lex::findInvalidUtf8(name) != llvm::StringRef::npos)
    return wrong("crate name `" + name + "` is not valid UTF-8");
  unsigned length = 0;
  for (size_t i = 0; i < name.size(); i += length)
    if (!lex::isIdContinue(lex::decodeUtf8(&name[i], length)))
      return wrong("invalid character '" + llvm::StringRef(name).substr(i, length) + "' in crate name: `" + name + "`");
  return true;
}

} // namespace ferric::driver
