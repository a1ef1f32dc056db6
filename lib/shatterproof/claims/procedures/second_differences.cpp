#include "second_differences.hpp"

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/evaluate.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

/// A step that moves no margin across 0: two parameters move by at most 2h each in both of two places, and each changes
/// a margin by at most 2h max(1, |x_ij|).
Rational safe_step(const Problem<Rational>& problem) {
  Rational reach = 1;
  for (const Rational& x : problem.data.X.reshaped())
    if (abs(x) > reach) reach = abs(x);
  Rational smallest = 1;
  for (Index k = 0; k < problem.network.neurons(); ++k)
    for (Index i = 0; i < problem.data.samples(); ++i) {
      const Rational distance = abs(margin(problem, i, k));
      require(sgn(distance) != 0, "a second difference across a tie has no meaning");
      if (distance < smallest) smallest = distance;
    }
  return smallest / (16 * reach);
}

}  // namespace

SecondDifferences::SecondDifferences(Problem<Rational> problem, Value value)
    : problem_(std::move(problem)), value_(std::move(value)), step_(safe_step(problem_)) {}

Matrix<Rational> SecondDifferences::matrix() {
  const Index size = parameter_count(problem_.network);
  Matrix<Rational> H(size, size);
  for (Index p = 0; p < size; ++p)
    for (Index q = 0; q <= p; ++q) H(p, q) = H(q, p) = (4 * mixed(p, q, step_) - mixed(p, q, Rational(2 * step_))) / 3;
  return H;
}

Rational SecondDifferences::mixed(Index p, Index q, const Rational& step) {
  const Rational back = -step;
  const Rational sum =
      moved(p, step, q, step) - moved(p, step, q, back) - moved(p, back, q, step) + moved(p, back, q, back);
  return sum / (4 * step * step);
}

Rational SecondDifferences::moved(Index p, const Rational& s, Index q, const Rational& t) {
  parameter(p) += s;
  parameter(q) += t;
  const Rational result = value_(problem_);
  parameter(p) -= s;
  parameter(q) -= t;
  return result;
}

Rational& SecondDifferences::parameter(Index p) {
  auto& network = problem_.network;
  if (p == 0) return network.beta;
  const Index d = network.dimension(), k = (p - 1) / (d + 2), j = (p - 1) % (d + 2);
  return j == 0 ? network.v(k) : j == d + 1 ? network.b(k) : network.W(k, j - 1);
}

}  // namespace shatterproof
