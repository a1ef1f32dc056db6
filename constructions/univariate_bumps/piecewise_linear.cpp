#include "constructions/univariate_bumps/piecewise_linear.hpp"

#include <algorithm>

#include "constructions/univariate_bumps/bump.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {

Rational PiecewiseLinear::at(const Rational& x) const {
  const auto right = std::upper_bound(knots.begin(), knots.end(), x);
  if (right == knots.begin()) return 0;
  if (right == knots.end()) return values.back();
  const auto i = static_cast<std::size_t>(right - knots.begin());
  const Rational weight = (x - knots[i - 1]) / (knots[i] - knots[i - 1]);
  return values[i - 1] + weight * (values[i] - values[i - 1]);
}

std::vector<Rational> PiecewiseLinear::slope_changes() const {
  std::vector<Rational> changes;
  Rational before = 0;
  for (std::size_t i = 0; i < knots.size(); ++i) {
    const bool last = i + 1 == knots.size();
    const Rational after = last ? Rational(0) : Rational((values[i + 1] - values[i]) / (knots[i + 1] - knots[i]));
    changes.push_back(after - before);
    before = after;
  }
  return changes;
}

Rational PiecewiseLinear::canonical_seminorm() const {
  Rational sum = 0;
  const std::vector<Rational> changes = slope_changes();
  for (std::size_t i = 0; i < knots.size(); ++i) {
    const Rational weight = std::max(Rational(0), Rational(1 - abs(knots[i])));
    sum += abs(changes[i]) * power(weight, 3);
  }
  return sum;
}

Rational PiecewiseLinear::norm2_lebesgue() const {
  Rational sum = 0;
  for (std::size_t i = 1; i < knots.size(); ++i) {
    const Rational &a = values[i - 1], &b = values[i];
    sum += (knots[i] - knots[i - 1]) * (a * a + a * b + b * b) / 3;
  }
  return sum;
}

Network<Rational> PiecewiseLinear::network() const {
  const std::vector<Rational> changes = slope_changes();
  std::vector<std::size_t> used;
  for (std::size_t i = 0; i < knots.size(); ++i) {
    if (changes[i] != 0 && knots[i] < 1) used.push_back(i);
  }
  const auto neurons = static_cast<Eigen::Index>(used.size());
  Network<Rational> network{Matrix<Rational>::Constant(neurons, 1, Rational(1)), Vector<Rational>(neurons),
                            Vector<Rational>(neurons), Rational(0)};
  for (Eigen::Index k = 0; k < neurons; ++k) {
    network.b(k) = knots[used[static_cast<std::size_t>(k)]];
    network.v(k) = changes[used[static_cast<std::size_t>(k)]];
  }
  return network;
}

PiecewiseLinear bump_interpolant(const Rational& eps, const Rational& c, const std::vector<int>& signs, long segments) {
  require(segments >= 2, "a bump needs at least 2 segments");
  PrecisionScope scope(128);
  std::vector<Rational> profile;  // c b(y_j) at y_j = -1 + 2j/segments
  for (long j = 0; j <= segments; ++j) {
    profile.push_back(c * exact_rational(bump(Rational(Rational(2 * j) / segments - 1)).mid_double()));
  }
  PiecewiseLinear f;
  const Rational width = eps * eps;
  for (std::size_t k = 0; k < signs.size(); ++k) {
    const Rational left = 1 - eps + static_cast<long>(k) * width;
    for (long j = k == 0 ? 0 : 1; j <= segments; ++j) {
      f.knots.push_back(left + width * j / segments);
      f.values.push_back(signs[k] * profile[static_cast<std::size_t>(j)]);
    }
  }
  return f;
}

}  // namespace shatterproof
