#pragma once
#include "shatterproof/network/activation.hpp"
#include "shatterproof/network/problem.hpp"

namespace shatterproof {

/// A certified enclosure lower <= lambda_max(H) <= upper of the Hessian H of L = 1/(2n) sum r_i^2 at theta.
struct EigenvalueEnclosure {
  Ball value;          ///< contains lambda_max
  std::string method;  ///< e.g. "inertia of sigma I - H by the n x n reduction, 256 bits"
};

/// Encloses lambda_max(H) to a relative width of about 10^-digits.
/// Statement   upper: when at most 12 digits are asked for, in double with every rounding error bounded, by Temple-Kato
///             where the top eigenvalue stands apart (enclose_by_temple), else by a Cholesky factor (FloatCertificate);
///             when more are, or neither succeeds, sigma > max_k ||s_k|| and I - M_sigma positive definite (spec H8) in
///             balls, or sigma I - H itself when N <= n. Lower: an enclosed Rayleigh quotient. Exactly 1 if no neuron
///             is active on the data.
/// Guarantee   the enclosure holds whatever the approximate eigensolver returned.
/// Requires    1 <= digits <= 10000, n >= 1 and a pattern of the problem's shape, else PreconditionError.
/// On failure  UndecidedError when the precision cap is reached (the text says what would decide it).
/// Source      spec flatness-and-weights (H1)-(H10).
[[nodiscard]] EigenvalueEnclosure enclose_lambda_max(const BallProblem& problem, const ActivationPattern& pattern,
                                                     int digits);

/// True only if lambda_max(H) < sigma is proved at the working precision in force.
[[nodiscard]] bool certify_lambda_max_below(const Problem<Ball>& problem, const ActivationPattern& pattern,
                                            const Ball& sigma);

}  // namespace shatterproof
