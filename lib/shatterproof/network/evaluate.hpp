#pragma once
#include "shatterproof/core/error.hpp"
#include "shatterproof/network/activation.hpp"

namespace shatterproof {

/// max(s, 0).
inline double relu(double s) { return s > 0 ? s : 0; }
inline Rational relu(const Rational& s) { return sgn(s) > 0 ? s : Rational(0); }
inline Ball relu(const Ball& s) { return max(s, Ball(0)); }

/// w_k.x_i - b_k, with the operations of the scalar (exact, enclosing or rounded).
template <class Scalar>
[[nodiscard]] Scalar margin(const Problem<Scalar>& problem, Eigen::Index i, Eigen::Index k) {
  Scalar sum = -problem.network.b(k);
  for (Eigen::Index j = 0; j < problem.network.dimension(); ++j)
    sum += Scalar(problem.network.W(k, j) * problem.data.X(i, j));
  return sum;
}

template <>
[[nodiscard]] Ball margin(const Problem<Ball>& problem, Eigen::Index i, Eigen::Index k);  // one dot product of Arb's

/// f(x) anywhere. Shapes x: d.
template <class Scalar>
[[nodiscard]] Scalar value_at(const Network<Scalar>& network, const Vector<Scalar>& x) {
  require(x.size() == network.dimension(), "value_at: the point has another dimension than the network");
  Scalar sum = network.beta;
  for (Eigen::Index k = 0; k < network.neurons(); ++k) {
    Scalar s = -network.b(k);
    for (Eigen::Index j = 0; j < x.size(); ++j) s += Scalar(network.W(k, j) * x(j));
    sum += Scalar(network.v(k) * relu(s));
  }
  return sum;
}

/// h_ik = (w_k.x_i - b_k) a_ik, n x K.
template <class Scalar>
[[nodiscard]] Matrix<Scalar> hidden_values(const Problem<Scalar>& problem, const ActivationPattern& pattern) {
  Matrix<Scalar> h(problem.data.samples(), problem.network.neurons());
  for (Eigen::Index k = 0; k < h.cols(); ++k)
    for (Eigen::Index i = 0; i < h.rows(); ++i) h(i, k) = pattern.active(i, k) ? margin(problem, i, k) : Scalar(0);
  return h;
}

/// f(x_i), n values.
template <class Scalar>
[[nodiscard]] Vector<Scalar> values(const Problem<Scalar>& problem, const ActivationPattern& pattern) {
  Vector<Scalar> f(problem.data.samples());
  for (Eigen::Index i = 0; i < f.size(); ++i) {
    f(i) = problem.network.beta;
    for (Eigen::Index k = 0; k < problem.network.neurons(); ++k)
      if (pattern.active(i, k)) f(i) += Scalar(problem.network.v(k) * margin(problem, i, k));
  }
  return f;
}

/// r_i = f(x_i) - y_i.
template <class Scalar>
[[nodiscard]] Vector<Scalar> residuals(const Problem<Scalar>& problem, const ActivationPattern& pattern) {
  Vector<Scalar> r = values(problem, pattern);
  for (Eigen::Index i = 0; i < r.size(); ++i) r(i) -= problem.data.y(i);
  return r;
}

/// L = 1/(2n) sum_i r_i^2.
template <class Scalar>
[[nodiscard]] Scalar loss(const Problem<Scalar>& problem, const ActivationPattern& pattern) {
  const Vector<Scalar> r = residuals(problem, pattern);
  Scalar sum(0);
  for (Eigen::Index i = 0; i < r.size(); ++i) sum += Scalar(r(i) * r(i));
  return sum / Scalar(2 * static_cast<long>(r.size()));
}

/// Number of parameters 1 + K(d+2), in the order (beta; then per neuron v_k, w_k, b_k).
template <class Scalar>
[[nodiscard]] Eigen::Index parameter_count(const Network<Scalar>& network) {
  return 1 + network.neurons() * (network.dimension() + 2);
}

/// grad L in the order of parameter_count.
template <class Scalar>
[[nodiscard]] Vector<Scalar> gradient(const Problem<Scalar>& problem, const ActivationPattern& pattern) {
  const Eigen::Index d = problem.network.dimension();
  const Vector<Scalar> r = residuals(problem, pattern);
  Vector<Scalar> g(parameter_count(problem.network));
  for (Eigen::Index p = 0; p < g.size(); ++p) g(p) = Scalar(0);
  for (Eigen::Index i = 0; i < r.size(); ++i) {
    g(0) += r(i);
    for (Eigen::Index k = 0; k < problem.network.neurons(); ++k) {
      if (!pattern.active(i, k)) continue;
      const Eigen::Index at = 1 + k * (d + 2);
      const Scalar slope = problem.network.v(k) * r(i);
      g(at) += Scalar(r(i) * margin(problem, i, k));
      for (Eigen::Index j = 0; j < d; ++j) g(at + 1 + j) += Scalar(slope * problem.data.X(i, j));
      g(at + 1 + d) -= slope;
    }
  }
  const Scalar n(static_cast<long>(r.size()));
  for (Eigen::Index p = 0; p < g.size(); ++p) g(p) /= n;
  return g;
}

}  // namespace shatterproof
