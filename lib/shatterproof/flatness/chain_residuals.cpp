#include <algorithm>

#include "shatterproof/flatness/chain_terms.hpp"

namespace shatterproof::chain_detail {
namespace {

template <class Scalar>
struct ResidualSums {
  Scalar mean_square;
  Vector<Scalar> block_norm2;  ///< ||s_k||^2
};

template <class Scalar>
ResidualSums<Scalar> residual_sums(const Problem<Scalar>& problem, const Hessian<Scalar>& hessian) {
  ResidualSums<Scalar> sums{Scalar(2) * loss(problem, hessian.pattern()), Vector<Scalar>(hessian.neurons())};
  for (Eigen::Index k = 0; k < hessian.neurons(); ++k) sums.block_norm2(k) = hessian.block_norm2(k);
  return sums;
}

bool may_be_stationary(const Problem<Ball>& problem, const Hessian<Ball>& hessian) {
  // The gradient in (w_k; b_k) is v_k s_k: known already, and seldom 0.
  for (Eigen::Index k = 0; k < hessian.neurons(); ++k)
    for (Eigen::Index j = 0; j < hessian.blocks().rows(); ++j)
      if (!(hessian.output_weights()(k) * hessian.blocks()(j, k)).contains_zero()) return false;
  const Vector<Ball> g = gradient(problem, hessian.pattern());
  return std::all_of(g.begin(), g.end(), [](const Ball& entry) { return entry.contains_zero(); });
}

bool is_stationary(const Problem<Rational>& problem, const ActivationPattern& pattern) {
  const Vector<Rational> g = gradient(problem, pattern);
  return std::all_of(g.begin(), g.end(), [](const Rational& entry) { return sgn(entry) == 0; });
}

}  // namespace

ResidualTerms residual_terms(const ChainTerms& t) {
  const ResidualSums<Ball> sums = residual_sums(t.problem, t.hessian);
  ResidualTerms terms{sums.mean_square, Ball(0)};
  for (const Ball& norm2 : sums.block_norm2) terms.max_block_norm2 = max(terms.max_block_norm2, norm2);
  return terms;
}

ResidualTerms residual_terms(const Problem<Rational>& problem, const ChainTerms& t) {
  ResidualTerms terms = residual_terms(t);
  const ActivationPattern& pattern = t.hessian.pattern();
  terms.stationary = may_be_stationary(t.problem, t.hessian) && is_stationary(problem, pattern);
  const Ball difference = (square(t.R) + Ball(1)) * terms.mean_square - terms.max_block_norm2;
  if (!terms.stationary && certainly_positive(difference)) return terms;
  const ResidualSums<Rational> exact = residual_sums(problem, Hessian<Rational>(problem, pattern));
  Rational largest = 0;
  for (const Rational& norm2 : exact.block_norm2) largest = std::max(largest, norm2);
  const Rational R2 = problem.data.R * problem.data.R;
  terms.mean_square = Ball(exact.mean_square);
  terms.max_block_norm2 = Ball(largest);
  terms.exact_difference = Rational((R2 + 1) * exact.mean_square - largest);
  return terms;
}

}  // namespace shatterproof::chain_detail
