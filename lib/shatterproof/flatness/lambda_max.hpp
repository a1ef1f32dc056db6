#pragma once
#include "shatterproof/network/activation.hpp"
#include "shatterproof/network/problem.hpp"

namespace shatterproof {

/// A certified enclosure lower <= lambda_max(H) <= upper of the Hessian H of L = 1/(2n) sum r_i^2 at theta.
struct EigenvalueEnclosure {
  Ball value;                     ///< contains lambda_max
  std::string method;             ///< e.g. "inertia of sigma I - H by the n x n reduction, 256 bits"
  Vector<double> direction = {};  ///< about an eigenvector, in the order of gradient(); empty if none was needed
};

constexpr int kMostDigits = 10000;
/// For more pairs (sample, neuron) nothing of size n K is formed, so lambda_max is enclosed only where it stands apart.
constexpr double kMostPairs = 0x1p29;

/// Encloses lambda_max(H) to a relative width of about 10^-digits.
/// Statement   upper: where the top eigenvalue stands apart by Temple-Kato, up to 12 digits in double with every
/// rounding
///             error bounded (enclose_by_temple), up to some 120 in fixed point (enclose_refined). Elsewhere up to 12
///             digits by a Cholesky factor in double (enclose_by_cholesky), and if none of these succeeds sigma > max_k
///             ||s_k|| and I - M_sigma positive definite (spec H8) in balls, or sigma I - H itself when N <= n.
///             Lower: an enclosed Rayleigh quotient. Exactly 1 if no neuron is active on the data.
///             start: the direction of a network nearby, which saves steps; any other is as good as none.
/// Guarantee   the enclosure holds whatever the approximate eigensolver returned.
/// Requires    1 <= digits <= 10000, n >= 1 and a pattern of the problem's shape, else PreconditionError.
/// On failure  UndecidedError when the precision cap is reached (the text says what would decide it).
/// Source      spec flatness-and-weights (H1)-(H10).
[[nodiscard]] EigenvalueEnclosure enclose_lambda_max(const BallProblem& problem, const ActivationPattern& pattern,
                                                     int digits, const Vector<double>& start = {});

/// The same of a rational problem whose signs are not decided yet; its cost grows with the active pairs (sample,
/// neuron) where the top eigenvalue stands apart. Also throws PreconditionError for a tie, UndecidedError when neither
/// that nor n K <= kMostPairs holds.
[[nodiscard]] EigenvalueEnclosure enclose_lambda_max(const Problem<Rational>& problem, int digits);

/// The same of doubles, each taken exactly: quicker, because nothing is converted where doubles do.
[[nodiscard]] EigenvalueEnclosure enclose_lambda_max(const Problem<double>& problem, int digits);

/// The same by certified shifts alone, in balls: whatever the eigenvalues are like, and much slower.
[[nodiscard]] EigenvalueEnclosure enclose_by_inertia(const BallProblem& problem, const ActivationPattern& pattern,
                                                     int digits);

/// True only if lambda_max(H) < sigma is proved at the working precision in force.
[[nodiscard]] bool certify_lambda_max_below(const Problem<Ball>& problem, const ActivationPattern& pattern,
                                            const Ball& sigma);

}  // namespace shatterproof
