#pragma once
#include <string>
#include <vector>

#include "shatterproof/claims/verify.hpp"

namespace shatterproof {

/// A comparison between exact rationals in the language of shatterproof-check: + - * / ^ and brackets.
struct ExactComparison {
  std::string label;  ///< the id of the claim; the checker prints it and does not check it
  std::string left;
  std::string relation;  ///< < <= = or !=
  std::string right;
};

/// The comparisons that settle a claim that was proved or refuted by the procedure `prove`, written out with every
/// variable replaced by its value: those of the counterexample of a refuted claim, its hypothesis included; all
/// instances of a proved claim without real variables. Empty for any other claim, and where an expression has more than
/// rational arithmetic (functions, fractional powers, integrals) or there are more than 2000 comparisons.
[[nodiscard]] std::vector<ExactComparison> exact_comparisons(const Outcome& outcome);

/// Throws PreconditionError for an empty list.
[[nodiscard]] std::string inequality_certificate(const std::vector<ExactComparison>& comparisons);

}  // namespace shatterproof
