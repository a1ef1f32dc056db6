#pragma once
#include <string>
#include <vector>

#include "shatterproof/bounds/explicit_chain.hpp"
#include "shatterproof/bounds/search.hpp"

namespace shatterproof {

/// "n=1e2..1e8": one value of n per decade from the first to the last.
/// Throws PreconditionError for any other syntax, a start below 1, an end below the start, or more than 60 values.
[[nodiscard]] std::vector<Integer> parse_sweep(const std::string& text);

/// One bound followed over n, in floating point (numerical: no guarantee), with its fitted slope and the stated rate.
struct SweptBound {
  std::string name;
  std::vector<double> values;  ///< NaN where the bound is vacuous
  double slope = 0;            ///< least squares of log(value) on log(n); NaN with fewer than two values
  std::string rate;            ///< the stated exponent of n, e.g. "-2/(d+1) = -0.5"
};

/// The lower bounds and the explicit upper bounds (sharp A) over the values of n.
[[nodiscard]] std::vector<SweptBound> sweep_bounds(const MinimaxProblem& problem, const ExplicitChain& chain,
                                                   const std::vector<Integer>& samples);

}  // namespace shatterproof
