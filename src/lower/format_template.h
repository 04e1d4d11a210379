// The template of format_args!: flattening of nested ones, inlining of literal arguments, and the byte string that
// core::fmt interprets. Apart from lowering so that it can be tested.
#pragma once
#include "ast/ast.h"

namespace ferric::lower {

// A format string while it is being worked on.
struct FormatTemplate {
  std::vector<ast::FormatPiece> pieces;
  std::vector<ast::FormatArg> args;
};

// Merges nested format_args! that are displayed by one placeholder each into the outer one.
void flattenFormat(const ast::Ast &ast, FormatTemplate &t);
// Replaces `{}` of string and integer literals by their text. `pointerBits`: width of usize.
void inlineFormatLiterals(const ast::Ast &ast, SymbolTable &symbols, FormatTemplate &t, unsigned pointerBits);

// What an element of the argument array is: an argument shown by a trait, or a width or precision.
struct FormatSlot {
  uint32_t arg = 0;
  bool isCount = false;
  ast::FormatTrait trait{};
  Span span;                   // of the placeholder
};
struct EncodedFormat {
  bool isPlain = false;        // no placeholder at all: `text` is everything
  std::string text;
  std::string bytes;           // the template, with its final zero byte
  std::vector<FormatSlot> slots; // unique, in order of first use
};
// The encoding of library/core/src/fmt/mod.rs ("Format string encoding").
EncodedFormat encodeFormat(const SymbolTable &symbols, const FormatTemplate &t);

} // namespace ferric::lower
