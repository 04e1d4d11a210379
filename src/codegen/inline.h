// Which functions are lowered in the place of their calls.
#pragma once
#include "codegen/function.h"

namespace ferric::codegen {

// Answers, and remembers, for one module. Asked only when optimising.
class Inliner {
public:
  explicit Inliner(CodegenCx &cx) : cx_(cx) {}

  // The body to lower instead of a call; null: the instance is to be called. Stays where it is.
  const InlineBody *find(const Instance &i);

private:
  // What a body comes to, the functions inlined into it included.
  class Cost {
  public:
    Cost(Inliner &all, const Instance &i, const mir::Body &body, unsigned limit) : all_(all), cx_(all.cx_), i_(i), body_(body), limit_(limit) {}
    std::optional<unsigned> run();

  private:
    void addStatement(const mir::Statement &s);
    bool addTerminator(const mir::Terminator &t);
    void addCall(const mir::Terminator &t);

    Inliner &all_;
    CodegenCx &cx_;
    const Instance &i_;
    const mir::Body &body_;
    unsigned limit_;
    unsigned cost_ = 0;
  };
  void measure(const Instance &i, InlineBody &out);

  CodegenCx &cx_;
  llvm::DenseMap<Instance, std::unique_ptr<InlineBody>> bodies_;
  unsigned depth_ = 0;
};

} // namespace ferric::codegen
