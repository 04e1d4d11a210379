// All where-clauses of an item, instantiated (rustc: predicates_of, then instantiate): the parents' first, then its own. A trait's begin
// with `Self: Trait`, which is what makes a path to a trait's item ask for an impl.
#include "ty/fold.h"

namespace ferric::ty {

void Ctx::predicatesOf(DefId item, GenericArgs args, llvm::SmallVectorImpl<SpannedClause> &out) {
  GenericPredicates own = explicitPredicatesOf(item);
  if (own.parent.valid() && own.parent != item)
    predicatesOf(own.parent, args, out);
  if (defKind(item) == DefKind::Trait || defKind(item) == DefKind::TraitAlias)
    out.push_back({instantiate(*this, mkTraitPredicate({item, identityArgs(item)}), args), def(item).identSpan});
  for (const SpannedClause &c : own.clauses)
    out.push_back({instantiate(*this, c.clause, args), c.span});
}

} // namespace ferric::ty
