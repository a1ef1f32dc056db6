#pragma once
#include "shatterproof/flatness/hessian.hpp"
#include "shatterproof/linalg/eigenpairs.hpp"

namespace shatterproof {

/// The largest eigenvalue of H and its vector by matrix-free Lanczos; no bound. For double and Float128.
template <class Scalar>
[[nodiscard]] ApproxEigenpair<Scalar> approx_top_eigenpair(const Hessian<Scalar>& hessian) {
  return approx_largest_eigenpair<Scalar>(
      {hessian.size(), [&](const Vector<Scalar>& x) -> Vector<Scalar> { return hessian.apply(x); }});
}

// lambda_max(H) without a bound, by three routes; the result is the exact value of the number computed.
// Throw UndecidedError when the solver does not converge or the numbers leave its range.
[[nodiscard]] Rational approx_lambda_max_double(const Problem<Rational>& problem, const ActivationPattern& pattern);
/// About 33 digits.
[[nodiscard]] Rational approx_lambda_max_float128(const Problem<Rational>& problem, const ActivationPattern& pattern);
/// All eigenvalues of the dense Hessian, descending, with that many digits. O(N^3): for small N.
[[nodiscard]] std::vector<Rational> approx_spectrum(const Problem<Rational>& problem, const ActivationPattern& pattern,
                                                    int digits);
/// The largest eigenvalues in double, descending: `count` of them, or all if there are fewer. Above 1000 parameters by
/// Lanczos, which may miss how often an eigenvalue occurs.
[[nodiscard]] std::vector<double> approx_top_eigenvalues(const Problem<Rational>& problem,
                                                         const ActivationPattern& pattern, Eigen::Index count);

}  // namespace shatterproof
