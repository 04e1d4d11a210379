// A compiled macro_rules! or `macro` definition: per rule a matcher program and a body program, both flat arrays. Made once
// per macro, on its first use; owns copies of the tokens it needs, so that it does not depend on the defining crate's Ast.
#pragma once
#include "expand/mbe/quoted.h"
#include "expand/resolver_interface.h"

namespace ferric::expand::mbe {

// One position of a matcher (rustc MatcherLoc).
enum class LocKind : uint8_t { Token, Sequence, EndNoSep, Separator, EndAfterSep, MetaVar, Eof };
struct MatcherLoc {
  LocKind kind{};
  RepeatOp op{};
  lex::FragmentKind fragment{};
  bool inferred = false;       // MetaVar: Quoted::inferred
  uint8_t depth = 0;           // Sequence, MetaVar: repetitions around
  uint16_t var = 0;            // MetaVar: its index; Sequence: first one inside
  uint16_t varCount = 0;       // Sequence
  uint32_t target = 0;         // Sequence: first position behind it; EndNoSep, EndAfterSep: first position inside
  lex::Token token;            // Token, Separator; MetaVar: the name
};

enum class BodyKind : uint8_t { Run, Open, Close, Var, FreeVar, Sequence, EndSequence, Count, Index, Len, Concat, Error };
struct BodyOp {
  BodyKind kind{};
  RepeatOp op{};
  bool soleTree = false;       // Var: the only tree of an undelimited repetition without separator
  uint32_t begin = 0;          // Run, Open, Close, Var, FreeVar, Sequence separator: tokens; Concat: elements
  uint32_t len = 0;            // Run: number of tokens; Sequence: variables in `seqVars`; Concat: elements
  uint32_t var = 0;            // Var, Count: variable; Sequence: begin in `seqVars`
  uint32_t target = 0;         // Sequence: op behind its EndSequence; EndSequence: its Sequence; Count, Index, Len: depth
  bool hasSeparator = false;   // Sequence
  Span span;
};
struct ConcatOp { bool isVar = false; uint32_t var = 0; Ident ident; };

struct VarDecl { Ident name; lex::FragmentKind fragment{}; uint8_t depth = 0; };

struct Rule {
  MacroKind kind = MacroKind::Bang;
  bool isUnsafe = false;       // `unsafe attr(..)`
  std::vector<MatcherLoc> args; // Attr: what stands in the attribute
  std::vector<MatcherLoc> lhs;
  std::vector<VarDecl> vars;   // of args, then of lhs
  unsigned argVars = 0;
  std::vector<BodyOp> body;
  std::vector<uint32_t> seqVars;
  std::vector<ConcatOp> concats;
  std::vector<lex::Token> tokens; // of the body
  Span lhsSpan, rhsSpan;
};

struct MacroDef {
  Ident name;
  Span span;
  DefId def;
  CrateId crate;
  unsigned edition = 2015;     // of the code that wrote it
  bool macroRules = false;
  bool valid = true;           // false: errors were reported; uses expand to error nodes
  bool hasAttrRules = false, hasDeriveRules = false, hasBangRules = false;
  Transparency transparency = Transparency::SemiOpaque;
  std::vector<Rule> rules;
};

// Compiles the definition `item`; reports errors in it when `report` (its own crate), else assumes they were. `transparency`
// comes from #[rustc_macro_transparency] or the kind of macro.
std::unique_ptr<MacroDef> compileMacro(Session &sess, const MacroSource &source, Transparency transparency);

} // namespace ferric::expand::mbe
