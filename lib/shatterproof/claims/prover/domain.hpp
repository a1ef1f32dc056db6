#pragma once
#include <vector>

#include "shatterproof/claims/expression/syntax.hpp"

namespace shatterproof::prover {

/// Statements that say that the arguments stay in their domains, for those functions that take a ball across an end of
/// the domain for its part inside: the enclosures alone would let such a claim pass. They are to be proved with the
/// claim; where an alternative "a or f(x) < 1" is met by a, nothing is asked of x. Throws PreconditionError where such
/// an argument is bound by a sum or integral in a way that cannot be checked.
[[nodiscard]] std::vector<expression::NodePointer> domain_goals(const expression::Tree& tree);

}  // namespace shatterproof::prover
