#include "constructions/common/cap_function.hpp"

#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {

std::vector<long> CapFunction::used() const {
  std::vector<long> indices;
  for (std::size_t j = 0; j < signs.size(); ++j) {
    if (signs[j] != 0) indices.push_back(static_cast<long>(j));
  }
  return indices;
}

Rational CapFunction::output_weight(long j) const {
  return Rational(signs[static_cast<std::size_t>(j)] * amplitude / (h * scale));
}

Rational balanced_scale(const Rational& amplitude, const Rational& h) {
  const double scale = std::sqrt(std::sqrt(2.0) * amplitude.get_d()) / h.get_d();
  // An amplitude that underflows to 0 would lead to a division by 0.
  require(std::isfinite(scale) && scale > 0,
          "the balanced scale of the layers leaves the range of double: expected an "
          "amplitude nearer to 1 or a larger eps, or form=plain");
  return exact_rational(scale);
}

Ball norm2(const CapFunction& f) {
  return Ball(static_cast<long>(f.used().size())) * square(Ball(f.amplitude)) *
         uniform_ball::atom_norm2(f.dimension(), Ball(f.h));
}

Ball squared_distance(const CapFunction& f, const CapFunction& g) {
  require(f.signs.size() == g.signs.size() && f.h == g.h && f.amplitude == g.amplitude,
          "two cap functions need the same caps and amplitude to be compared");
  long sum = 0;
  for (std::size_t j = 0; j < f.signs.size(); ++j) sum += (f.signs[j] - g.signs[j]) * (f.signs[j] - g.signs[j]);
  return Ball(sum) * square(Ball(f.amplitude)) * uniform_ball::atom_norm2(f.dimension(), Ball(f.h));
}

Rational canonical_seminorm(const CapFunction& f) {
  long ridges = static_cast<long>(f.used().size());
  if (f.h == 1) {
    // All ridges pass through the origin; caps are disjoint only for u and -u, and relu(z) - relu(-z) = z is affine.
    long sum = 0;
    for (int sign : f.signs) sum += sign;
    ridges = std::labs(sum);
  }
  return Rational(ridges * f.amplitude * power(f.h, f.dimension() + 1));
}

Network<Ball> ideal_network(const CapFunction& f) {
  const std::vector<long> used = f.used();
  const Matrix<Ball> u = f.centres->enclosures();
  const auto neurons = static_cast<Eigen::Index>(used.size());
  Network<Ball> network{Matrix<Ball>(neurons, f.dimension()), Vector<Ball>(neurons), Vector<Ball>(neurons), Ball(0)};
  const Ball scale(f.scale), threshold(Rational(f.scale * (1 - f.h)));
  for (Eigen::Index k = 0; k < neurons; ++k) {
    const long j = used[static_cast<std::size_t>(k)];
    for (long c = 0; c < f.dimension(); ++c) network.W(k, c) = scale * u(j, c);
    network.b(k) = threshold;
    network.v(k) = Ball(f.output_weight(j));
  }
  return network;
}

Network<Rational> rounded_network(const CapFunction& f) {
  PrecisionScope scope(128);
  const Network<Ball> ideal = ideal_network(f);
  const Eigen::Index neurons = ideal.neurons();
  Network<Rational> network{Matrix<Rational>(neurons, f.dimension()), Vector<Rational>(neurons),
                            Vector<Rational>(neurons), Rational(0)};
  for (Eigen::Index k = 0; k < neurons; ++k) {
    for (long c = 0; c < f.dimension(); ++c) network.W(k, c) = exact_rational(ideal.W(k, c).mid_double());
    network.b(k) = exact_rational(ideal.b(k).mid_double());
    network.v(k) = exact_rational(ideal.v(k).mid_double());
  }
  return network;
}

Vector<Rational> exact_values(const CapFunction& f, const Network<Rational>& rounded, const BallSample& sample) {
  std::vector<long> neuron_of(f.signs.size(), -1);
  const std::vector<long> used = f.used();
  for (std::size_t k = 0; k < used.size(); ++k) neuron_of[static_cast<std::size_t>(used[k])] = static_cast<long>(k);
  Vector<Rational> y = Vector<Rational>::Constant(sample.count, Rational(0));
  // Rounding W/s and b/s moves u.x - (1-h) by less than 4 error bounds: a rounded neuron active at x_i is visited.
  const Rational slack_h = f.h + exact_rational(4 * f.centres->error_bound());
  visit_near_caps(*f.centres, slack_h, sample, [&](long i, long j, double) {
    const long k = neuron_of[static_cast<std::size_t>(j)];
    if (k < 0) return;
    Rational response = -rounded.b(k);
    for (long c = 0; c < sample.dimension; ++c) response += rounded.W(k, c) * exact_rational(sample.point(i)[c]);
    if (response > 0) y(i) += rounded.v(k) * response;
  });
  return y;
}

Vector<Ball> enclose_values(const CapFunction& f, const CapMembership& membership, const BallSample& sample) {
  const Matrix<Ball> u = f.centres->enclosures();
  const Ball threshold(Rational(1 - f.h));
  Vector<Ball> y(sample.count);
  for (long i = 0; i < sample.count; ++i) {
    const long j = membership.cap_of[static_cast<std::size_t>(i)];
    if (j < 0 || f.signs[static_cast<std::size_t>(j)] == 0) continue;
    Ball response = -threshold;
    for (long c = 0; c < sample.dimension; ++c) response.add_product(u(j, c), Ball::exact(sample.point(i)[c]));
    y(i) = Ball(Rational(f.signs[static_cast<std::size_t>(j)] * f.amplitude / f.h)) * response;
  }
  return y;
}

ActivationPattern activation_pattern(const CapFunction& f, const CapMembership& membership) {
  const std::vector<long> used = f.used();
  ActivationPattern pattern(static_cast<Eigen::Index>(membership.cap_of.size()),
                            static_cast<Eigen::Index>(used.size()));
  std::vector<long> neuron_of(f.signs.size(), -1);
  for (std::size_t k = 0; k < used.size(); ++k) neuron_of[static_cast<std::size_t>(used[k])] = static_cast<long>(k);
  for (std::size_t i = 0; i < membership.cap_of.size(); ++i) {
    const long j = membership.cap_of[i];
    if (j < 0 || neuron_of[static_cast<std::size_t>(j)] < 0) continue;
    pattern.set(static_cast<Eigen::Index>(i), neuron_of[static_cast<std::size_t>(j)], true);
  }
  return pattern;
}

}  // namespace shatterproof
