// Small questions about tokens that expansion asks: can a fragment begin here, how is a token shown.
#pragma once
#include "base/hygiene.h"
#include "diag/session.h"
#include "lex/lexer.h"

namespace ferric::expand {

// What decides whether an identifier is reserved: the edition of the code it comes from.
struct EditionInfo { const Hygiene *hygiene; unsigned crateEdition;
  unsigned at(Span s) const { return hygiene->edition(s, crateEdition); }
};

// As diagnostics name it: "`x`", "keyword `fn`", "reserved identifier `_`", "end of input".
std::string tokenDescription(const Session &sess, const lex::Token &t, const EditionInfo &edition);

// rustc Token::is_reserved_ident for a non-raw identifier token: special names and keywords of its edition.
bool isReservedIdent(const lex::Token &t, const EditionInfo &edition);
// rustc Parser::nonterminal_may_begin_with: false guarantees that no fragment of this kind begins with `toks[0]`.
// `toks` goes on to the end of the input, to look into an invisible group; empty: end of input.
bool fragmentMayBegin(lex::FragmentKind kind, llvm::ArrayRef<lex::Token> toks, const EditionInfo &edition);

// The same token in the sense of macro matching: kind and text, spans and hygiene ignored; invisible delimiters never match.
bool sameToken(const lex::Token &a, const lex::Token &b);

} // namespace ferric::expand
