// The passes over a body that follow the visit of its expressions, in this order (check_fn.cpp).
#pragma once
#include "typeck/fn_ctxt.h"

namespace ferric::typeck {

// `[e; n]`: e must be Copy unless it is a constant or n is at most 1.
void checkRepeats(FnCtxt &fcx);
// Variables without a value: integers i32, floats f64, diverging ones `()` or, from edition 2024 on, `!`.
void inferenceFallback(FnCtxt &fcx);
void checkCasts(FnCtxt &fcx);
void checkAsms(FnCtxt &fcx);
// What a #[naked] function may contain, and where naked_asm! may stand.
void checkNaked(FnCtxt &fcx);
// What is still not known is an error (E0282, E0283), unless there were others.
void reportAmbiguities(FnCtxt &fcx);
// Resolves all tables; variables without a value are errors. Fills closures and hidden types.
void writeback(FnCtxt &fcx);

// E0282 for a type (or part of one) that cannot be inferred; at the best place to annotate.
void reportUninferred(FnCtxt &fcx, Span span, GenericArg var, const char *code = "E0282");

} // namespace ferric::typeck
