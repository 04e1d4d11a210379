// What LLVM has to say about a module. Errors in inline assembly are reported at the line of the template they come from: every such call carries the
// numbers of its lines' spans as `srcloc` metadata, which LLVM hands back with the error (rustc_codegen_ssa::back::write, "srcloc").
#include "codegen/context.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/Support/SourceMgr.h"

namespace ferric::codegen {

void CodegenCx::setAsmLocations(llvm::CallBase &call, llvm::ArrayRef<Span> lines, bool intel) {
  llvm::SmallVector<llvm::Metadata *, 4> numbers;
  auto add = [&](uint64_t n) { numbers.push_back(llvm::ConstantAsMetadata::get(llvm::ConstantInt::get(llvm::cast<llvm::IntegerType>(i64), n))); };
  if (intel && lines.size() > 1) // LLVM puts a line before it that selects the syntax
    add(0);
  for (Span s : lines) {
    asmSpans_.push_back(s);
    add(asmSpans_.size());
  }
  if (!numbers.empty())
    call.setMetadata("srcloc", llvm::MDNode::get(llcx, numbers));
}

Span CodegenCx::asmLocation(uint64_t cookie) const { return cookie && cookie <= asmSpans_.size() ? asmSpans_[cookie - 1] : Span(); }

// Of an error or warning at `cookie`; `note`: what follows it.
static void report(CodegenCx &cx, llvm::DiagnosticSeverity severity, uint64_t cookie, const llvm::Twine &text, const llvm::Twine &note) {
  diag::Diagnostics &d = cx.tcx.sess.diag;
  Span span = cx.asmLocation(cookie);
  if (severity != llvm::DS_Error && severity != llvm::DS_Warning)
    return;
  bool error = severity == llvm::DS_Error;
  diag::Builder b = span.isDummy() ? (error ? d.errorNoSpan(text) : d.warningNoSpan(text)) : (error ? d.error(span, text) : d.warning(span, text));
  if (!note.isTriviallyEmpty() && !note.str().empty())
    b.note(note);
}

void CodegenCx::reportDiagnostic(const llvm::DiagnosticInfo &info) {
  if (const auto *source = llvm::dyn_cast<llvm::DiagnosticInfoSrcMgr>(&info)) {
    const llvm::SMDiagnostic &d = source->getSMDiag();
    std::string note = d.getLineContents().empty() ? "" : "instantiated into assembly here: `" + d.getLineContents().trim().str() + "`";
    report(*this, info.getSeverity(), source->getLocCookie(), d.getMessage(), note);
    return;
  }
  uint64_t cookie = 0;
  if (const auto *inlineAsm = llvm::dyn_cast<llvm::DiagnosticInfoInlineAsm>(&info))
    cookie = inlineAsm->getLocCookie();
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::DiagnosticPrinterRawOStream printer(os);
  info.print(printer);
  report(*this, info.getSeverity(), cookie, text, "");
}

} // namespace ferric::codegen
