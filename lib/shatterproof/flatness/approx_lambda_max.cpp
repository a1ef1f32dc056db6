#include "shatterproof/flatness/approx_lambda_max.hpp"

#include "shatterproof/flatness/temple_enclosure.hpp"
#include "shatterproof/linalg/real_traits.hpp"
#include "shatterproof/network/convert.hpp"

namespace shatterproof {
namespace {

constexpr Eigen::Index kLeastForBits = 4096;  // activations; for fewer the tables do not pay
constexpr double kValueTolerance = 1e-14;

template <class Scalar>
Rational top_eigenvalue(const Problem<Scalar>& problem, const ActivationPattern& pattern, const std::string& name) {
  const auto pair = approx_top_eigenpair(Hessian<Scalar>(problem, pattern));
  if (!pair.converged) throw UndecidedError("Lanczos in " + name + " did not converge, or the numbers leave its range");
  return exact_rational(pair.value);
}

}  // namespace

Rational approx_lambda_max_double(const Problem<Rational>& problem, const ActivationPattern& pattern) {
  const Problem<double> doubles = to_double(problem);
  const bool large = pattern.samples() * pattern.neurons() >= kLeastForBits && is_moderate(doubles);
  if (large) {
    const BoundedHessian bounded(doubles, [&](Eigen::Index i, Eigen::Index k) { return pattern.active(i, k); });
    const RitzPair<double> pair = approx_top_pair(bounded.hessian(), kValueTolerance);
    if (pair.converged) return exact_rational(pair.value);
  }
  return top_eigenvalue(doubles, pattern, "double");
}

Rational approx_lambda_max_float128(const Problem<Rational>& problem, const ActivationPattern& pattern) {
  const auto rounded = convert_problem<Float128>(problem, [](const Rational& x) { return rounded_float128(x); });
  return top_eigenvalue(rounded, pattern, "binary128");
}

std::vector<Rational> approx_spectrum(const Problem<Rational>& problem, const ActivationPattern& pattern, int digits) {
  require(digits >= 1, "approx_spectrum: at least one digit must be asked for");
  const RealPrecisionScope scope(static_cast<unsigned>(digits) + 5);
  const auto rounded = convert_problem<Real>(problem, [](const Rational& x) { return rounded_real(x); });
  std::vector<Rational> spectrum;
  for (const Real& value : approx_eigenvalues(Hessian<Real>(rounded, pattern).dense()))
    spectrum.push_back(exact_rational(value));
  return spectrum;
}

}  // namespace shatterproof
