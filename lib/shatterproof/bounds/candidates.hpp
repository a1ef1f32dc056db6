#pragma once
#include <vector>

#include "shatterproof/bounds/cube_prior.hpp"

namespace shatterproof {

/// A value of eps worth trying, with the number of caps certified there.
struct Candidate {
  Rational eps;
  Integer caps;
};

/// A geometric grid of eps from 1 to well below n^(-1/(d+1)), and the largest eps at which each known code still fits
/// (the best eps is usually such a critical value: N jumps there). Every count is certified.
[[nodiscard]] std::vector<Candidate> cap_candidates(long dimension, const Integer& samples);

/// A fine grid within 4.5% of one eps, to follow the jumps of N near the best candidate.
[[nodiscard]] std::vector<Candidate> refined_candidates(long dimension, const Rational& eps);

/// Floating-point values of the lower bounds of one cube prior, by the names of cube_lower_bounds. For searching only.
struct ApproxBound {
  const char* name;
  double value;
};
[[nodiscard]] std::vector<ApproxBound> approx_cube_bounds(const MinimaxProblem& problem, const Candidate& candidate);

/// Theorem S: the largest K that the seminorm allows at amplitude B (at least 1, at most `most`), and the approximate
/// bounds.
struct ApproxSlab {
  long slabs;
  double mmse, sigma_free;
};
[[nodiscard]] ApproxSlab approx_slab_bound(const MinimaxProblem& problem, const Candidate& candidate, long most);

}  // namespace shatterproof
