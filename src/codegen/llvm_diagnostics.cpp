// What LLVM has to say about a module. Errors in inline assembly are reported at the line of the template they come from: every such call carries the
// numbers of its lines' spans as `srcloc` metadata, which LLVM hands back with the error (rustc_codegen_ssa::back::write, "srcloc").
#include "codegen/codegen.h"
#include "codegen/context.h"
#include "llvm/IR/DiagnosticHandler.h"
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

namespace {
// LLVM asks it which remarks are wanted before it makes them (-C remark).
class Handler : public llvm::DiagnosticHandler {
public:
  explicit Handler(CodegenCx &cx) : cx_(cx), wanted_(cx.tcx.sess.options.remarks) {}
  bool handleDiagnostics(const llvm::DiagnosticInfo &info) override {
    const auto *remark = llvm::dyn_cast<llvm::DiagnosticInfoOptimizationBase>(&info);
    if (!remark || remark->isEnabled()) // some are made unasked
      cx_.reportDiagnostic(info);
    return true;
  }
  bool isAnalysisRemarkEnabled(llvm::StringRef pass) const override { return wants(pass); }
  bool isMissedOptRemarkEnabled(llvm::StringRef pass) const override { return wants(pass); }
  bool isPassedOptRemarkEnabled(llvm::StringRef pass) const override { return wants(pass); }
  bool isAnyRemarkEnabled() const override { return !wanted_.empty(); }

private:
  bool wants(llvm::StringRef pass) const { return llvm::is_contained(wanted_, "all") || llvm::is_contained(wanted_, pass); }
  CodegenCx &cx_;
  llvm::ArrayRef<std::string> wanted_;
};
} // namespace

std::unique_ptr<llvm::DiagnosticHandler> makeDiagnosticHandler(CodegenCx &cx) { return std::make_unique<Handler>(cx); }

static void reportRemark(diag::Diagnostics &diag, const llvm::DiagnosticInfoOptimizationBase &info) {
  int kind = info.getKind();
  const char *what = kind == llvm::DK_OptimizationRemark || kind == llvm::DK_MachineOptimizationRemark               ? "success"
                     : kind == llvm::DK_OptimizationRemarkMissed || kind == llvm::DK_MachineOptimizationRemarkMissed ? "missed"
                                                                                                                     : "analysis";
  diag::Diagnostic d;
  d.level = diag::Level::Note;
  d.message = (info.getLocationStr() + " " + info.getPassName() + " (" + what + "): " + info.getMsg()).str();
  diag::Builder(diag, std::move(d)).emit();
}

void CodegenCx::reportDiagnostic(const llvm::DiagnosticInfo &info) {
  if (const auto *remark = llvm::dyn_cast<llvm::DiagnosticInfoOptimizationBase>(&info))
    return reportRemark(tcx.sess.diag, *remark);
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
