#include "shatterproof/flatness/approx_lambda_max.hpp"
#include "shatterproof/network/convert.hpp"

namespace shatterproof {
namespace {

constexpr Eigen::Index kMostDenseParameters = 1000;  // a dense solver also sees how often an eigenvalue occurs

}  // namespace

std::vector<double> approx_top_eigenvalues(const Problem<Rational>& problem, const ActivationPattern& pattern,
                                           Eigen::Index count) {
  require(count >= 1, "approx_top_eigenvalues: at least one eigenvalue must be asked for");
  const Hessian<double> hessian(to_double(problem), pattern);
  count = std::min(count, hessian.size());
  Vector<double> values;
  if (hessian.size() <= kMostDenseParameters)
    values = approx_eigenvalues(hessian.dense()).head(count);
  else
    values = approx_largest_eigenvalues(
        {hessian.size(), [&](const Vector<double>& x) -> Vector<double> { return hessian.apply(x); }}, count);
  return {values.begin(), values.end()};
}

}  // namespace shatterproof
