#include "shatterproof/flatness/weight_function.hpp"

#include <algorithm>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/convert.hpp"

namespace shatterproof {
namespace {

template <class Scalar>
Scalar affine_value(const Matrix<Scalar>& X, Eigen::Index i, const Vector<Scalar>& w, const Scalar& b) {
  Scalar value = -b;
  for (Eigen::Index j = 0; j < w.size(); ++j) value += Scalar(w(j) * X(i, j));
  return value;
}

template <class Scalar>
Sides sides_by_sign(const Matrix<Scalar>& X, const Vector<Scalar>& w, const Scalar& b) {
  require(X.cols() == w.size(), "the hyperplane has " + std::to_string(w.size()) + " coefficients, the samples have " +
                                    std::to_string(X.cols()) + " coordinates");
  Sides sides(static_cast<std::size_t>(X.rows()));
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    const Scalar value = affine_value(X, i, w, b);
    sides[static_cast<std::size_t>(i)] = static_cast<signed char>((value > 0) - (value < 0));
  }
  return sides;
}

double moment_norm(const SideMoments<double>& m) { return std::hypot(m.p, m.q.norm()); }

Ball scaled_weight(const SideMoments<Ball>& m) { return m.excess * enclose_moment_norm(m); }

}  // namespace

Sides exact_sides(const Matrix<Rational>& X, const Vector<Rational>& w, const Rational& b) {
  return sides_by_sign(X, w, b);
}

Sides approx_sides(const Matrix<double>& X, const Vector<double>& w, double b) { return sides_by_sign(X, w, b); }

Sides neuron_sides(const ActivationPattern& pattern, Eigen::Index k) {
  Sides sides(static_cast<std::size_t>(pattern.samples()));
  for (Eigen::Index i = 0; i < pattern.samples(); ++i)
    sides[static_cast<std::size_t>(i)] = pattern.active(i, k) ? 1 : -1;
  return sides;
}

template <class Scalar>
SideMoments<Scalar> side_moments(const Matrix<Scalar>& X, const Vector<Scalar>& w, const Scalar& b, const Sides& sides,
                                 int side) {
  require(side == 1 || side == -1, "a side of a hyperplane is +1 or -1");
  require(X.rows() >= 1 && static_cast<std::size_t>(X.rows()) == sides.size(), "one side for each of n >= 1 samples");
  SideMoments<Scalar> m{Scalar(0), Vector<Scalar>(X.cols()), Scalar(0)};
  for (Eigen::Index j = 0; j < X.cols(); ++j) m.q(j) = Scalar(0);
  long count = 0;
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    if (sides[static_cast<std::size_t>(i)] != side) continue;
    ++count;
    for (Eigen::Index j = 0; j < X.cols(); ++j) m.q(j) += X(i, j);
    m.excess += affine_value(X, i, w, b);
  }
  const Scalar n = Scalar(static_cast<long>(X.rows()));
  m.p = Scalar(count) / n;
  for (Eigen::Index j = 0; j < X.cols(); ++j) m.q(j) /= n;
  m.excess /= n;
  if (side < 0) m.excess = -m.excess;
  return m;
}

template SideMoments<double> side_moments(const Matrix<double>&, const Vector<double>&, const double&, const Sides&,
                                          int);
template SideMoments<Rational> side_moments(const Matrix<Rational>&, const Vector<Rational>&, const Rational&,
                                            const Sides&, int);
template SideMoments<Ball> side_moments(const Matrix<Ball>&, const Vector<Ball>&, const Ball&, const Sides&, int);

ScaledWeights<Ball> enclose_scaled_weights(const Matrix<Rational>& X, const Vector<Rational>& w, const Rational& b) {
  const Sides sides = exact_sides(X, w, b);
  const auto weight = [&](int side) {
    const SideMoments<Rational> m = side_moments(X, w, b, sides, side);
    return scaled_weight(
        {Ball(m.p), convert_vector<Ball>(m.q, [](const Rational& x) { return Ball(x); }), Ball(m.excess)});
  };
  const Ball plus = weight(1), minus = weight(-1);
  return {plus, minus, min(plus, minus)};
}

ScaledWeights<Ball> enclose_scaled_weights(const Problem<Ball>& problem, const ActivationPattern& pattern,
                                           Eigen::Index k) {
  const Sides sides = neuron_sides(pattern, k);
  const Vector<Ball> w = problem.network.W.row(k);
  const Ball& b = problem.network.b(k);
  const Ball plus = scaled_weight(side_moments(problem.data.X, w, b, sides, 1));
  const Ball minus = scaled_weight(side_moments(problem.data.X, w, b, sides, -1));
  return {plus, minus, min(plus, minus)};
}

ScaledWeights<double> approx_scaled_weights(const Matrix<double>& X, const Vector<double>& w, double b) {
  const Sides sides = approx_sides(X, w, b);
  const SideMoments<double> above = side_moments(X, w, b, sides, 1);
  const SideMoments<double> below = side_moments(X, w, b, sides, -1);
  const double plus = above.excess * moment_norm(above), minus = below.excess * moment_norm(below);
  return {plus, minus, std::min(plus, minus)};
}

Ball enclose_norm(const Vector<Ball>& w) {
  Ball sum(0);
  for (Eigen::Index j = 0; j < w.size(); ++j) sum += square(w(j));
  return sqrt_nonnegative(sum);
}

Ball enclose_moment_norm(const SideMoments<Ball>& moments) {
  Ball sum = square(moments.p);
  for (Eigen::Index j = 0; j < moments.q.size(); ++j) sum += square(moments.q(j));
  return sqrt_nonnegative(sum);
}

}  // namespace shatterproof
