#include "shatterproof/flatness/chain_terms.hpp"

#include <string>

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/evaluate.hpp"

namespace shatterproof::chain_detail {
namespace {

using Eigen::Index;

Ball half(const Ball& x) { return x / Ball(2); }

void fill_weights(ChainTerms& t) {
  const Network<Ball>& f = t.problem.network;
  t.plus.resize(f.neurons());
  for (Index k = 0; k < f.neurons(); ++k) {
    t.above.push_back(side_moments<Ball>(t.problem.data.X, f.W.row(k), f.b(k), neuron_sides(*t.pattern, k), 1));
    const SideMoments<Ball>& m = t.above.back();
    t.plus(k) = t.has_direction[static_cast<std::size_t>(k)] ? m.excess * enclose_moment_norm(m) : Ball(0);
  }
  t.weights = empirical_weights(t.problem, *t.pattern);
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

/// c.(q; -p): the mean over the samples above of c.(x; -1), for c = (w; b) or s_k.
template <class Coefficients>
Ball moment_product(const SideMoments<Ball>& m, const Coefficients& c) {
  Ball sum = -c(m.q.size()) * m.p;
  for (Index j = 0; j < m.q.size(); ++j) sum.add_product(c(j), m.q(j));
  return sum;
}

struct RayleighParts {
  Ball variance;  ///< (1/n) sum_i (grad f(x_i).gbar/||gbar|| - ||gbar||)^2
  Ball residual;  ///< gbar^T D gbar / ||gbar||^2
};

RayleighParts rayleigh_parts(const ChainTerms& t, const ResidualTerms& r, const Ball& norm2) {
  const Network<Ball>& f = t.problem.network;
  const Matrix<Ball>& X = t.problem.data.X;
  const Ball norm = sqrt_nonnegative(norm2);
  RayleighParts parts{Ball(0), Ball(0)};
  for (Index i = 0; i < X.rows(); ++i) {
    Ball product(1);  // grad f(x_i).gbar; beta contributes 1
    for (Index k = 0; k < f.neurons(); ++k) {
      if (!t.pattern->active(i, k)) continue;
      const SideMoments<Ball>& m = t.above[static_cast<std::size_t>(k)];
      Ball moment = m.p;
      for (Index j = 0; j < X.cols(); ++j) moment.add_product(X(i, j), m.q(j));
      product += margin(t.problem, i, k) * m.excess + square(f.v(k)) * moment;
    }
    parts.variance += square(product / norm - norm);
  }
  parts.variance /= Ball(static_cast<long>(X.rows()));
  for (Index k = 0; k < f.neurons(); ++k) {
    const SideMoments<Ball>& m = t.above[static_cast<std::size_t>(k)];
    parts.residual += Ball(2) * m.excess * f.v(k) * moment_product(m, r.blocks.row(k));
  }
  parts.residual /= norm2;
  return parts;
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
  ChainTerms t{to_ball(problem), &pattern, Ball(problem.data.R), {}, {}, {}, {}, {}, {}, {}};
  for (Index k = 0; k < problem.network.neurons(); ++k)
    t.has_direction.push_back(sgn(row_norm2(problem.network.W, k)) != 0);
  fill_weights(t);
  t.classes = neuron_classes(problem.network, problem.data.R);
  t.seminorm = enclose_variation_seminorm(t.classes, t.weights);
  return t;
}

ChainTerms chain_terms(const Problem<Ball>& problem, const ActivationPattern& pattern) {
  ChainTerms t{problem, &pattern, problem.data.R, {}, {}, {}, {}, {}, {}, {}};
  for (Index k = 0; k < problem.network.neurons(); ++k) {
    const Ball norm2 = row_norm2(problem.network.W, k);
    if (norm2.contains_zero() && !norm2.is_exact())
      throw UndecidedError("whether w of neuron " + std::to_string(k) + " is 0 is not decided; more bits would decide");
    t.has_direction.push_back(!norm2.contains_zero());
  }
  fill_weights(t);
  t.seminorm = enclose_distinct_variation_seminorm(problem.network, t.R, t.weights);
  return t;
}

Ball path_sum(const ChainTerms& t) { return enclose_unmerged_sum(t.problem.network.v, t.plus); }

Ball mean_gradient_norm2(const ChainTerms& t) {
  Ball sum(1);
  for (Index k = 0; k < t.problem.network.neurons(); ++k) {
    const SideMoments<Ball>& m = t.above[static_cast<std::size_t>(k)];
    sum += square(m.excess) + square(t.problem.network.v(k) * enclose_moment_norm(m));
  }
  return sum;
}

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

std::vector<Ball> rayleigh_terms(const ChainTerms& t, const ResidualTerms& r, const ChainQuantities& q) {
  const RayleighParts parts = rayleigh_parts(t, r, q.mean_gradient_norm2);
  const Ball rayleigh = q.mean_gradient_norm2 + parts.variance + parts.residual;
  const Ball unused = q.max_residual_block / q.mean_gradient_norm2;
  return {half(q.lambda_max - rayleigh), half(parts.variance), half(parts.residual + q.max_residual_block - unused),
          half(unused)};
}

std::vector<Ball> stationary_rayleigh_terms(const ChainTerms& t, const ResidualTerms& r, const ChainQuantities& q) {
  const RayleighParts parts = rayleigh_parts(t, r, q.mean_gradient_norm2);
  return {half(q.lambda_max - q.mean_gradient_norm2 - parts.variance), half(parts.variance)};
}

}  // namespace shatterproof::chain_detail
