// rustc's JSON diagnostics (rustc book, "JSON Output"). One object a line; `rendered` holds the text for people.
#include "diag/render.h"
#include "llvm/Support/JSON.h"

namespace ferric::diag {

namespace json = llvm::json;

// Text that may hold broken UTF-8 from a source file.
static json::Value text(llvm::StringRef s) { return json::isUTF8(s) ? s.str() : json::fixUTF8(s); }

static json::Array lines(Span span, LineCol lo, LineCol hi, const RenderContext &ctx) {
  json::Array out;
  for (uint32_t line = lo.line; line <= hi.line; ++line) {
    llvm::StringRef source = ctx.sources.lineText(lo.file, line).take_front(4096);
    auto chars = [](llvm::StringRef s) { return int64_t(llvm::count_if(s, [](char c) { return (c & 0xC0) != 0x80; })); };
    out.push_back(json::Object{{"text", text(source)},
                               {"highlight_start", line == lo.line ? int64_t(lo.col) : int64_t(1)},
                               {"highlight_end", line == hi.line ? int64_t(hi.col) : chars(source) + 1}});
  }
  return out;
}

static json::Object spanObject(Span span, const RenderContext &ctx, bool primary, llvm::StringRef label,
                               const std::string *replacement, Applicability applicability, unsigned depth = 0) {
  LineCol lo = ctx.sources.lookup(span.lo), hi = ctx.sources.lookup(std::max(span.lo, span.hi));
  uint32_t start = lo.file ? ctx.sources.file(lo.file).start : 0;
  static constexpr const char *kNames[] = {"MachineApplicable", "MaybeIncorrect", "HasPlaceholders", "Unspecified"};
  json::Object o{
      {"file_name", lo.file ? text(ctx.sources.file(lo.file).name) : json::Value("")},
      {"byte_start", int64_t(span.lo - start)},
      {"byte_end", int64_t(std::max(span.lo, span.hi) - start)},
      {"line_start", int64_t(lo.line)},
      {"line_end", int64_t(hi.line)},
      {"column_start", int64_t(lo.col)},
      {"column_end", int64_t(hi.col)},
      {"is_primary", primary},
      {"text", lo.file ? lines(span, lo, hi, ctx) : json::Array()},
      {"label", label.empty() ? json::Value(nullptr) : text(label)},
      {"suggested_replacement", replacement ? text(*replacement) : json::Value(nullptr)},
      {"suggestion_applicability", replacement ? json::Value(kNames[size_t(applicability)]) : json::Value(nullptr)},
      {"expansion", nullptr},
  };
  if (!span.ctxt.isRoot() && depth < 64) {
    const ExpnData &e = ctx.hygiene.expn(ctx.hygiene.outerExpn(span.ctxt));
    if (!e.callSite.isDummy()) {
      std::string name = ctx.symbolText && e.name.valid() ? ctx.symbolText(e.name) : std::string();
      if (e.kind == ExpnKind::Bang)
        name += "!";
      else if (e.kind == ExpnKind::Derive)
        name = "#[derive(" + name + ")]";
      else if (e.kind == ExpnKind::Attr)
        name = "#[" + name + "]";
      Span def = e.defSite.isDummy() ? e.callSite : e.defSite;
      o["expansion"] = json::Object{
          {"span", spanObject(e.callSite, ctx, false, "", nullptr, {}, depth + 1)},
          {"macro_decl_name", text(name)},
          {"def_site_span", spanObject(def.withCtxt({}), ctx, false, "", nullptr, {}, depth + 1)},
      };
    }
  }
  return o;
}

static json::Array spanArray(llvm::ArrayRef<SpanLabel> spans, const RenderContext &ctx) {
  json::Array out;
  for (bool primary : {true, false})
    for (const SpanLabel &l : spans)
      if (l.primary == primary)
        out.push_back(spanObject(visibleSpan(l.span, ctx), ctx, l.primary, l.text, nullptr, {}));
  return out;
}

static json::Object message(llvm::StringRef msg, Level level, json::Array spans) {
  return json::Object{{"message", text(msg)}, {"code", nullptr}, {"level", levelName(level)}, {"spans", std::move(spans)}};
}

std::string renderJson(const Diagnostic &d, const RenderContext &ctx) {
  json::Array children;
  for (const SubDiagnostic &c : d.children) {
    json::Object o = message(c.message, c.level, spanArray(c.spans, ctx));
    o["children"] = json::Array();
    o["rendered"] = nullptr;
    children.push_back(std::move(o));
  }
  for (const Suggestion &s : d.suggestions) {
    json::Array spans;
    for (const auto &[span, replacement] : s.parts)
      spans.push_back(spanObject(visibleSpan(span, ctx), ctx, true, "", &replacement, s.applicability));
    json::Object o = message(s.message, Level::Help, std::move(spans));
    o["children"] = json::Array();
    o["rendered"] = nullptr;
    children.push_back(std::move(o));
  }
  json::Object o = message(d.message, d.level, spanArray(d.spans, ctx));
  o["$message_type"] = "diagnostic";
  if (!d.code.empty())
    o["code"] = json::Object{{"code", d.code}, {"explanation", nullptr}};
  o["children"] = std::move(children);
  o["rendered"] = text(renderHuman(d, ctx, ctx.config.color));
  std::string out;
  llvm::raw_string_ostream os(out);
  os << json::Value(std::move(o)) << '\n';
  return out;
}

} // namespace ferric::diag
