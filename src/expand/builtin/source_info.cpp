// line!, column!, file!, module_path!, stringify!: facts about the outermost invocation. include!, include_str!, include_bytes!:
// other files, found relative to the file of the call.
#include "expand/builtin/registry.h"
#include "lex/lexer.h"
#include "llvm/Support/ConvertUTF.h"

namespace ferric::expand {
using namespace ast;

// Where a person called the outermost macro (rustc expansion_cause).
static Span topmost(BuiltinContext &c) { return c.sess.hygiene.sourceCallSite(c.inv.span); }

BuiltinStatus expandLine(BuiltinContext &c) {
  c.expectNoArgs("line!");
  return c.integer(c.sess.sources.lookup(topmost(c).lo).line, "u32");
}

BuiltinStatus expandColumn(BuiltinContext &c) {
  c.expectNoArgs("column!");
  return c.integer(c.sess.sources.lookup(topmost(c).lo).col, "u32");
}

BuiltinStatus expandFile(BuiltinContext &c) {
  c.expectNoArgs("file!");
  FileId file = c.sess.sources.fileOf(topmost(c).lo);
  std::string name = file ? c.sess.sources.file(file).name : std::string();
  for (const auto &[from, to] : llvm::reverse(c.sess.options.remapPathPrefixes))
    if (llvm::StringRef(name).starts_with(from)) {
      name = to + name.substr(from.size());
      break;
    }
  return c.string(name);
}

BuiltinStatus expandModulePath(BuiltinContext &c) {
  c.expectNoArgs("module_path!");
  return c.string(c.e.moduleFile(c.inv.module).path);
}

BuiltinStatus expandStringify(BuiltinContext &c) { return c.string(lex::printTokens(c.sess, c.ast.tokens, c.args)); }

// ---- include ----
static BuiltinStatus openIncluded(BuiltinContext &c, llvm::StringRef name, FileId &file) {
  Expander::StringArg path = c.singleString(name);
  BuiltinStatus status = BuiltinStatus::Ready;
  if (c.isFailed(path, status))
    return status;
  file = c.e.includeFile(path.text, c.inv.span, path.span);
  return file ? BuiltinStatus::Ready : BuiltinStatus::Failed;
}

BuiltinStatus expandInclude(BuiltinContext &c) {
  FileId file;
  BuiltinStatus status = openIncluded(c, "include!", file);
  if (status != BuiltinStatus::Ready)
    return status;
  return c.tokens(lex::lexFile(c.sess, file, c.e.input.edition, c.ast.tokens));
}

BuiltinStatus expandIncludeStr(BuiltinContext &c) {
  FileId file;
  BuiltinStatus status = openIncluded(c, "include_str!", file);
  if (status != BuiltinStatus::Ready)
    return status;
  const SourceFile &source = c.sess.sources.file(file);
  const llvm::UTF8 *begin = source.text().bytes_begin();
  if (!llvm::isLegalUTF8String(&begin, source.text().bytes_end())) {
    c.error(c.inv.span, "`" + llvm::Twine(source.name) + "` wasn't a utf-8 file");
    return BuiltinStatus::Failed;
  }
  return c.string(source.text());
}

BuiltinStatus expandIncludeBytes(BuiltinContext &c) {
  FileId file;
  BuiltinStatus status = openIncluded(c, "include_bytes!", file);
  if (status != BuiltinStatus::Ready)
    return status;
  IncludedBytesExpr bytes;
  bytes.file = file.raw;
  bytes.bytes = c.sess.symbols.intern(c.sess.sources.file(file).text());
  return c.expr(c.ast.addExpr(c.callSite(), bytes));
}

} // namespace ferric::expand
