// Filling in a rule's body with what its variables captured (Reference: macros-by-example, "Transcribing").
#pragma once
#include "expand/mbe/matcher.h"

namespace ferric::expand::mbe {

class Transcriber {
public:
  Transcriber(Session &sess, ast::Ast &ast) : sess_(sess), ast_(ast) {}
  // Appends the output of `rule` to the crate's token store and sets `out`. Every token of the body gets the mark (expn,
  // transparency); captured tokens keep their contexts. False: an error was reported.
  bool run(const MacroDef &def, const Rule &rule, const Bindings &bindings, ExpnId expn, lex::TokenRange &out);

private:
  struct Repeat { uint32_t index, count; uint32_t op; };

  SyntaxContext mark(SyntaxContext c);
  Span mark(Span s) { return s.withCtxt(mark(s.ctxt)); }
  void run(uint32_t op, uint32_t end);
  void copyRun(const BodyOp &op);
  void variable(const BodyOp &op);
  void group(Span span, const Capture &capture);
  bool beginSequence(const BodyOp &op, uint32_t at, uint32_t &next);
  void count(const BodyOp &op);
  uint32_t countBelow(uint32_t var, unsigned level, uint32_t node, unsigned depth) const;
  void concat(const BodyOp &op);
  std::optional<llvm::StringRef> concatText(const Capture &c, Span span);
  void integer(Span span, uint32_t value);
  bool fail(Span span, const llvm::Twine &msg);
  // Descends variable `var` by the current repetitions: its level and node there. level == depth: a capture.
  void locate(uint32_t var, unsigned &level, uint32_t &node) const;
  bool isRepeating(uint32_t var) const;
  void push(const lex::Token &t) { out_.push_back(t); }

  Session &sess_;
  ast::Ast &ast_;
  const MacroDef *def_ = nullptr;
  const Rule *rule_ = nullptr;
  const Bindings *bindings_ = nullptr;
  ExpnId expn_;
  bool ok_ = true;
  SyntaxContext lastFrom_, lastTo_;
  bool haveLast_ = false;
  llvm::SmallVector<std::pair<uint32_t, SyntaxContext>, 8> marks_;
  llvm::SmallVector<Repeat, 4> repeats_;
  llvm::SmallVector<uint32_t, 16> open_;
  std::vector<lex::Token> out_;
};

} // namespace ferric::expand::mbe
