#include "shatterproof/flatness/variation.hpp"

#include <map>
#include <string>

#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {
namespace {

using Eigen::Index;

Rational squared_norm(const Vector<Rational>& w) {
  Rational sum = 0;
  for (Index j = 0; j < w.size(); ++j) sum += w(j) * w(j);
  return sum;
}

/// The first entry of w that is not 0; w must have one. Its sign orients the hyperplane.
const Rational& leading_entry(const Vector<Rational>& w) {
  Index j = 0;
  while (sgn(w(j)) == 0) ++j;
  return w(j);
}

/// (w, b) divided by the leading entry of w: the same for two neurons exactly when they are proportional.
std::vector<Rational> canonical_hyperplane(const Vector<Rational>& w, const Rational& b) {
  const Rational& lead = leading_entry(w);
  std::vector<Rational> key(static_cast<std::size_t>(w.size()) + 1);
  for (Index j = 0; j < w.size(); ++j) key[static_cast<std::size_t>(j)] = w(j) / lead;
  key.back() = b / lead;
  return key;
}

/// |w| times a weight that depends on |t| = |b|/|w| only, for every neuron with w_k != 0.
template <class ScaledByDepth>
Vector<Ball> radial_weights(const Network<Rational>& network, const Rational& R, const ScaledByDepth& weight) {
  Vector<Ball> weights(network.neurons());
  for (Index k = 0; k < network.neurons(); ++k) {
    const Vector<Rational> w = network.W.row(k);
    if (is_affine_on_ball(w, network.b(k), R)) {
      weights(k) = Ball(0);
      continue;
    }
    const Ball norm = sqrt(Ball(squared_norm(w)));
    weights(k) = norm * weight(abs(Ball(network.b(k))) / norm);
  }
  return weights;
}

/// True if some 2 x 2 minor of the rows (w_k, b_k), (w_l, b_l) certainly is not 0.
bool is_certainly_distinct(const Network<Ball>& f, Index k, Index l) {
  const Index d = f.dimension();
  const auto entry = [&](Index row, Index j) -> const Ball& { return j < d ? f.W(row, j) : f.b(row); };
  // The pairs with b first: neurons of one construction often share |w| but differ in direction, or the reverse.
  for (Index i = d; i >= 0; --i)
    for (Index j = 0; j < i; ++j)
      if (!(entry(k, i) * entry(l, j) - entry(k, j) * entry(l, i)).contains_zero()) return true;
  return false;
}

}  // namespace

bool is_affine_on_ball(const Vector<Rational>& w, const Rational& b, const Rational& R) {
  require(R >= 0, "the radius R of the ball must not be negative");
  const Rational norm2 = squared_norm(w);
  return sgn(norm2) == 0 || b * b >= R * R * norm2;
}

std::vector<NeuronClass> neuron_classes(const Network<Rational>& network, const Rational& R) {
  std::map<std::vector<Rational>, std::size_t> position;
  std::vector<NeuronClass> classes;
  for (Index k = 0; k < network.neurons(); ++k) {
    const Vector<Rational> w = network.W.row(k);
    if (is_affine_on_ball(w, network.b(k), R)) continue;
    const auto [at, is_new] = position.try_emplace(canonical_hyperplane(w, network.b(k)), classes.size());
    if (is_new) classes.push_back({{}, k, 0, 0});
    NeuronClass& c = classes[at->second];
    const Vector<Rational> representative = network.W.row(c.representative);
    const Rational factor = abs(Rational(leading_entry(w) / leading_entry(representative)));
    c.members.push_back(k);
    c.coefficient += network.v(k) * factor;
    c.absolute += abs(network.v(k)) * factor;
  }
  return classes;
}

Vector<Ball> empirical_weights(const Problem<Ball>& problem, const ActivationPattern& pattern) {
  Vector<Ball> weights(problem.network.neurons());
  for (Index k = 0; k < problem.network.neurons(); ++k) weights(k) = enclose_scaled_weights(problem, pattern, k).g;
  return weights;
}

Vector<Ball> canonical_weights(const Network<Rational>& network) {
  const long exponent = static_cast<long>(network.dimension()) + 2;
  return radial_weights(network, 1, [&](const Ball& depth) { return power(Ball(1) - depth, exponent); });
}

Vector<Ball> uniform_ball_weights(const Network<Rational>& network, const Rational& R) {
  require(R > 0, "the uniform ball needs a radius R > 0");
  const long d = static_cast<long>(network.dimension());
  const Ball radius(R);
  // gt of the radius-R ball is R s sqrt(Q^2 + R^2 N^2) at t/R; it decreases in t, so the minimum is the side of |t|.
  return radial_weights(network, R, [&](const Ball& t) {
    const Ball h = Ball(1) - t / radius;
    const Ball moments = square(uniform_ball::tail(d, h)) + square(radius * uniform_ball::first_moment(d, h));
    return radius * uniform_ball::excess(d, h) * sqrt_nonnegative(moments);
  });
}

Ball enclose_variation_seminorm(const std::vector<NeuronClass>& classes, const Vector<Ball>& weights) {
  Ball sum(0);
  for (const NeuronClass& c : classes)
    if (sgn(c.coefficient) != 0) sum.add_product(Ball(Rational(abs(c.coefficient))), weights(c.representative));
  return sum;
}

Ball enclose_unmerged_sum(const Vector<Ball>& v, const Vector<Ball>& weights) {
  Ball sum(0);
  for (Index k = 0; k < v.size(); ++k) sum.add_product(abs(v(k)), weights(k));
  return sum;
}

Ball enclose_distinct_variation_seminorm(const Network<Ball>& network, const Ball& R, const Vector<Ball>& weights) {
  std::vector<Index> kept;
  Ball sum(0);
  for (Index k = 0; k < network.neurons(); ++k) {
    const Ball reach = R * enclose_norm(network.W.row(k)), threshold = abs(network.b(k));
    if (certainly_less_or_equal(reach, threshold)) continue;
    for (const Index l : kept)
      if (!is_certainly_distinct(network, k, l))
        throw UndecidedError(
            "neurons " + std::to_string(l) + " and " + std::to_string(k) +
            " could not be proved to have different hyperplanes; more bits or exact weights would decide");
    kept.push_back(k);
    const Ball term = abs(network.v(k)) * weights(k);
    sum += certainly_less(threshold, reach) ? term : Ball::hull(Ball(0), term);
  }
  return sum;
}

}  // namespace shatterproof
