#include "shatterproof/flatness/chain_terms.hpp"

#include <string>

#include "shatterproof/core/error.hpp"

namespace shatterproof::chain_detail {
namespace {

using Eigen::Index;

Ball half(const Ball& x) { return x / Ball(2); }

void fill_weights(ChainTerms& t) {
  const Network<Ball>& f = t.problem.network;
  t.plus.resize(f.neurons());
  for (Index k = 0; k < f.neurons(); ++k) {
    t.above.push_back(
        side_moments<Ball>(t.problem.data.X, f.W.row(k), f.b(k), neuron_sides(t.hessian.pattern(), k), 1));
    const SideMoments<Ball>& m = t.above.back();
    t.plus(k) = t.has_direction[static_cast<std::size_t>(k)] ? m.excess * enclose_moment_norm(m) : Ball(0);
  }
  t.weights = empirical_weights(t.problem, t.hessian.pattern());
  t.unmerged_sum = enclose_unmerged_sum(f.v, t.weights);
}

template <class Scalar>
Scalar row_norm2(const Matrix<Scalar>& M, Index row) {
  Scalar sum(0);
  for (Index j = 0; j < M.cols(); ++j) sum += Scalar(M(row, j) * M(row, j));
  return sum;
}

void require_samples(Index n) { require(n >= 1, "Theorem 3.2 needs at least one sample"); }

[[noreturn]] void outside(Index i) {
  throw PreconditionError("sample " + std::to_string(i) + " lies outside the ball of radius R");
}

/// gbar = (1/n) Phi 1.
Vector<Ball> enclose_mean_gradient(const Hessian<Ball>& hessian) {
  const Ball share = Ball(1) / Ball(static_cast<long>(hessian.samples()));
  return hessian.apply_jacobian(Vector<Ball>::Constant(hessian.samples(), share));
}

/// (1/n) sum_i (grad f(x_i).gbar/||gbar|| - ||gbar||)^2.
Ball enclose_variance(const ChainTerms& t, const Ball& norm2) {
  const Ball norm = sqrt_nonnegative(norm2);
  const Vector<Ball> products = t.hessian.apply_jacobian_transposed(t.mean_gradient);
  Ball sum(0);
  for (Index i = 0; i < products.size(); ++i) sum += square(products(i) / norm - norm);
  return sum / Ball(static_cast<long>(products.size()));
}

ChainTerms bare_terms(const Problem<Ball>& problem, const ActivationPattern& pattern) {
  Hessian<Ball> hessian(problem, pattern);
  Vector<Ball> mean_gradient = enclose_mean_gradient(hessian);
  return {problem, std::move(hessian), problem.data.R, std::move(mean_gradient), {}, {}, {}, {}, {}, {}, {}};
}

}  // namespace

void require_data_in_ball(const DataSet<Rational>& data) {
  require_samples(data.samples());
  require(data.R >= 0, "the radius R of the ball must not be negative");
  for (Index i = 0; i < data.samples(); ++i)
    if (row_norm2(data.X, i) > data.R * data.R) outside(i);
}

void require_data_in_ball(const DataSet<Ball>& data) {
  require_samples(data.samples());
  for (Index i = 0; i < data.samples(); ++i)
    if (certainly_less(square(data.R), row_norm2(data.X, i))) outside(i);
}

ChainTerms chain_terms(const Problem<Rational>& problem, const ActivationPattern& pattern) {
  ChainTerms t = bare_terms(to_ball(problem), pattern);
  for (Index k = 0; k < problem.network.neurons(); ++k)
    t.has_direction.push_back(sgn(row_norm2(problem.network.W, k)) != 0 ? 1 : 0);
  fill_weights(t);
  t.classes = neuron_classes(problem.network, problem.data.R);
  t.seminorm = enclose_variation_seminorm(t.classes, t.weights);
  return t;
}

ChainTerms chain_terms(const Problem<Ball>& problem, const ActivationPattern& pattern) {
  ChainTerms t = bare_terms(problem, pattern);
  for (Index k = 0; k < problem.network.neurons(); ++k) {
    const Ball norm2 = row_norm2(problem.network.W, k);
    if (norm2.contains_zero() && !norm2.is_exact())
      throw UndecidedError("whether w of neuron " + std::to_string(k) + " is 0 is not decided; more bits would decide");
    t.has_direction.push_back(norm2.contains_zero() ? 0 : 1);
  }
  fill_weights(t);
  t.seminorm = enclose_distinct_variation_seminorm(problem.network, t.R, t.weights);
  return t;
}

Ball path_sum(const ChainTerms& t) { return enclose_unmerged_sum(t.problem.network.v, t.plus); }

std::vector<Ball> merging_terms(const ChainTerms& t) {
  std::vector<Ball> terms;
  for (Index k = 0; k < t.problem.network.neurons(); ++k)
    terms.push_back(abs(t.problem.network.v(k)) * max(Ball(0), t.plus(k) - t.weights(k)));
  for (const NeuronClass& c : t.classes)
    terms.push_back(Ball(Rational(c.absolute - abs(c.coefficient))) * t.weights(c.representative));
  return terms;
}

std::vector<Ball> balance_terms(const ChainTerms& t) {
  std::vector<Ball> terms;
  for (Index k = 0; k < t.problem.network.neurons(); ++k) {
    const SideMoments<Ball>& m = t.above[static_cast<std::size_t>(k)];
    const Ball output = abs(t.problem.network.v(k)) * enclose_moment_norm(m);
    const bool bends = t.has_direction[static_cast<std::size_t>(k)];
    terms.push_back(half(bends ? square(m.excess - output) : square(m.excess) + square(output)));
  }
  return terms;
}

std::vector<Ball> rayleigh_terms(const ChainTerms& t, const ChainQuantities& q) {
  const Ball& norm2 = q.mean_gradient_norm2;
  const Ball rayleigh = dot(t.mean_gradient, t.hessian.apply(t.mean_gradient)) / norm2;
  const Ball variance = enclose_variance(t, norm2), unused = q.max_residual_block / norm2;
  const Ball residual = rayleigh - norm2 - variance;  // gbar^T D gbar / ||gbar||^2
  return {half(q.lambda_max - rayleigh), half(variance), half(residual + q.max_residual_block - unused), half(unused)};
}

std::vector<Ball> stationary_rayleigh_terms(const ChainTerms& t, const ChainQuantities& q) {
  const Ball variance = enclose_variance(t, q.mean_gradient_norm2);
  return {half(q.lambda_max - q.mean_gradient_norm2 - variance), half(variance)};
}

}  // namespace shatterproof::chain_detail
