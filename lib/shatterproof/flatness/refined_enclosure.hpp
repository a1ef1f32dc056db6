#pragma once
#include <optional>

#include "shatterproof/flatness/bounded_hessian.hpp"

namespace shatterproof {

/// lambda_max(H) to many digits.
struct RefinedEnclosure {
  Ball value;
  std::string method;
  AlignedVector<double> direction;  ///< the vector, rounded
};

/// Encloses lambda_max(H) to a relative width of 10^-digits where the top eigenvalue stands apart.
/// Statement   the bounds of enclose_by_temple, the quotient and the residual of the refined vector computed in fixed
///             point: the eigenvector is a sum of a few doubles, each found from the last residual by conjugate
///             gradients.
/// Requires    bounded: the Hessian of doubles close to that problem's numbers, the pattern that of the problem.
/// On failure  nothing: no bound of lambda_2 below the quotient, or too many digits.
/// Source      proofs_notes/certificates/temple-fixed-point.md.
[[nodiscard]] std::optional<RefinedEnclosure> enclose_refined(const BoundedHessian& bounded, const BallProblem& problem,
                                                              int digits, const AlignedVector<double>& start = {});

}  // namespace shatterproof
