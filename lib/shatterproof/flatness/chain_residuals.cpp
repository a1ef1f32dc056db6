#include <algorithm>

#include "shatterproof/flatness/chain_terms.hpp"
#include "shatterproof/network/evaluate.hpp"

namespace shatterproof::chain_detail {
namespace {

using Eigen::Index;

Ball largest(const Ball& a, const Ball& b) { return max(a, b); }
Rational largest(const Rational& a, const Rational& b) { return a < b ? b : a; }

template <class Scalar>
struct Residuals {
  Matrix<Scalar> blocks;  ///< s_k
  Scalar mean_square, max_block_norm2;
};

template <class Scalar>
Residuals<Scalar> residual_sums(const Problem<Scalar>& problem, const ActivationPattern& pattern) {
  const Index n = problem.data.samples(), K = problem.network.neurons(), d = problem.network.dimension();
  const Scalar count(static_cast<long>(n));
  const Vector<Scalar> r = residuals(problem, pattern);
  Residuals<Scalar> out{Matrix<Scalar>::Constant(K, d + 1, Scalar(0)), Scalar(0), Scalar(0)};
  for (Index i = 0; i < n; ++i) out.mean_square += Scalar(r(i) * r(i) / count);
  for (Index k = 0; k < K; ++k) {
    for (Index i = 0; i < n; ++i) {
      if (!pattern.active(i, k)) continue;
      for (Index j = 0; j < d; ++j) out.blocks(k, j) += Scalar(r(i) * problem.data.X(i, j));
      out.blocks(k, d) -= r(i);
    }
    Scalar norm2(0);
    for (Index j = 0; j <= d; ++j) {
      out.blocks(k, j) /= count;
      norm2 += Scalar(out.blocks(k, j) * out.blocks(k, j));
    }
    out.max_block_norm2 = largest(out.max_block_norm2, norm2);
  }
  return out;
}

bool may_be_stationary(const Problem<Ball>& problem, const ActivationPattern& pattern) {
  const Vector<Ball> g = gradient(problem, pattern);
  return std::all_of(g.begin(), g.end(), [](const Ball& entry) { return entry.contains_zero(); });
}

bool is_stationary(const Problem<Rational>& problem, const ActivationPattern& pattern) {
  const Vector<Rational> g = gradient(problem, pattern);
  return std::all_of(g.begin(), g.end(), [](const Rational& entry) { return sgn(entry) == 0; });
}

}  // namespace

ResidualTerms residual_terms(const ChainTerms& t) {
  const Residuals<Ball> r = residual_sums(t.problem, *t.pattern);
  return {r.blocks, r.mean_square, r.max_block_norm2};
}

ResidualTerms residual_terms(const Problem<Rational>& problem, const ChainTerms& t) {
  ResidualTerms terms = residual_terms(t);
  terms.stationary = may_be_stationary(t.problem, *t.pattern) && is_stationary(problem, *t.pattern);
  if (certainly_positive((square(t.R) + Ball(1)) * terms.mean_square - terms.max_block_norm2)) return terms;
  const Residuals<Rational> exact = residual_sums(problem, *t.pattern);
  const Rational R2 = problem.data.R * problem.data.R;
  terms.mean_square = Ball(exact.mean_square);
  terms.max_block_norm2 = Ball(exact.max_block_norm2);
  terms.exact_difference = Rational((R2 + 1) * exact.mean_square - exact.max_block_norm2);
  return terms;
}

}  // namespace shatterproof::chain_detail
