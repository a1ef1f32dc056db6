// The suprema of Theorem E.5 along one direction: exact events, slices between them.
#include <algorithm>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/weight_deviation.hpp"
#include "shatterproof/flatness/weight_slice.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {
namespace {

/// Row i of X times u (u = row i itself: its squared norm). Plain loops: the expression templates of Eigen and GMP do
/// not mix.
Rational product(const Matrix<Rational>& X, Eigen::Index i, const Vector<Rational>& u) {
  Rational sum = 0;
  for (Eigen::Index j = 0; j < u.size(); ++j) sum += X(i, j) * u(j);
  return sum;
}

Rational squared_norm(const Vector<Rational>& u) {
  Rational sum = 0;
  for (Eigen::Index j = 0; j < u.size(); ++j) sum += u(j) * u(j);
  return sum;
}

/// The samples sorted by their projections, equal projections in one group.
class Projections {
 public:
  Projections(const Matrix<Rational>& X, const Vector<Rational>& u) : n_(X.rows()) {
    std::vector<std::pair<Rational, Eigen::Index>> order;
    for (Eigen::Index i = 0; i < n_; ++i) order.emplace_back(product(X, i, u), i);
    std::sort(order.begin(), order.end());
    SampleSums sums{0, Vector<Rational>::Constant(X.cols(), Rational(0))};
    below_.push_back(sums);
    for (std::size_t k = 0; k < order.size(); ++k) {
      sums.p += Rational(1, static_cast<unsigned long>(n_));
      for (Eigen::Index j = 0; j < X.cols(); ++j) sums.q(j) += X(order[k].second, j) / Rational(n_);
      if (k + 1 < order.size() && order[k + 1].first == order[k].first) continue;
      values_.push_back(order[k].first);
      below_.push_back(sums);
    }
  }

  [[nodiscard]] const std::vector<Rational>& values() const { return values_; }
  /// Of the samples in the first `groups` groups, and of those behind them.
  [[nodiscard]] const SampleSums& first(std::size_t groups) const { return below_[groups]; }
  [[nodiscard]] SampleSums behind(std::size_t groups) const {
    SampleSums rest = below_.back();
    rest.p -= below_[groups].p;
    for (Eigen::Index j = 0; j < rest.q.size(); ++j) rest.q(j) -= below_[groups].q(j);
    return rest;
  }

 private:
  Eigen::Index n_;
  std::vector<Rational> values_;   // distinct projections, increasing
  std::vector<SampleSums> below_;  // of the first k groups
};

void require_in_ball(const Matrix<Rational>& X, const Vector<Rational>& u) {
  require(X.rows() >= 1 && X.cols() == u.size(), "samples and direction need one dimension, and at least one sample");
  for (Eigen::Index i = 0; i < X.rows(); ++i)
    require(squared_norm(X.row(i)) <= 1, "sample " + std::to_string(i) + " lies outside the unit ball");
  require(squared_norm(u) == 1, "the direction is not of length exactly 1");
}

Ball population_weight(long d, const Rational& t) { return uniform_ball::weight(d, Ball(1) - abs(Ball(t))); }

/// sup of g_P - g_n: at the events, where a sample on the hyperplane counts for neither side.
Ball largest_below(const Projections& projections, const Vector<Ball>& u) {
  const long d = u.size();
  const auto& values = projections.values();
  Ball largest = 0;
  const auto see = [&](const Rational& t, std::size_t below, std::size_t not_above) {
    const WeightSlice slice = make_slice(Ball(t), Ball(t), projections.behind(not_above), projections.first(below), u);
    largest = max(largest, population_weight(d, t) - slice_value(slice, Ball(t)));
  };
  for (std::size_t j = 0; j < values.size(); ++j) see(values[j], j, j + 1);
  const auto zero = std::lower_bound(values.begin(), values.end(), Rational(0));
  const auto k = static_cast<std::size_t>(zero - values.begin());
  if (zero == values.end() || *zero != 0) see(0, k, k);
  return largest;
}

/// The slices between neighbouring events inside the range of the data.
std::vector<WeightSlice> slices(const Projections& projections, const Vector<Ball>& u) {
  std::vector<WeightSlice> result;
  const auto& values = projections.values();
  for (std::size_t k = 1; k < values.size(); ++k) {
    const Rational &left = values[k - 1], &right = values[k];
    const auto add = [&](const Rational& a, const Rational& b) {
      result.push_back(make_slice(Ball(a), Ball(b), projections.behind(k), projections.first(k), u));
    };
    if (left < 0 && right > 0) {
      add(left, 0);
      add(0, right);
    } else {
      add(left, right);
    }
  }
  return result;
}

/// sup of g_n - g_P: every slice is bounded roughly first, then those that can still hold the supremum more closely.
Ball largest_above(long d, std::vector<WeightSlice> open, int digits) {
  Ball lower = 0, upper = 0;
  for (const int bisections : {0, 8, 4 * digits + 16}) {
    std::vector<SupremumBounds> bounds;
    upper = 0;  // outside the range of the data g_n is 0
    for (const WeightSlice& slice : open) {
      const int side = certainly_negative(slice.left) ? -1 : 1;
      bounds.push_back(bound_slice(d, slice, side, {.gap = 0, .bisections = bisections}));
      lower = max(lower, bounds.back().lower);
      upper = max(upper, bounds.back().upper);
    }
    std::vector<WeightSlice> rest;
    for (std::size_t k = 0; k < open.size(); ++k)
      if (!certainly_less(bounds[k].upper, lower)) rest.push_back(open[k]);
    open = std::move(rest);
  }
  return Ball::interval(lower, max(lower, upper));
}

}  // namespace

WeightDeviation enclose_deviation_along(const Matrix<Rational>& X, const Vector<Rational>& u, int digits) {
  require_in_ball(X, u);
  const PrecisionScope scope(bits_for_digits(digits) + 64);
  const Projections projections(X, u);
  Vector<Ball> direction(u.size());
  for (Eigen::Index j = 0; j < u.size(); ++j) direction(j) = Ball(u(j));
  return {largest_above(u.size(), slices(projections, direction), digits), largest_below(projections, direction)};
}

WeightDeviation enclose_deviation_line(const Matrix<Rational>& X, int digits) {
  require(X.cols() == 1, "samples on a line are needed");
  return enclose_deviation_along(X, Vector<Rational>::Constant(1, Rational(1)), digits);
}

Vector<Rational> rational_unit_vector(const std::vector<double>& direction) {
  double norm2 = 0;
  for (const double x : direction) norm2 += x * x;
  require(std::isfinite(norm2) && norm2 > 0, "a direction needs finite entries that are not all 0");
  // Projection from the pole on the far side of the last axis keeps the coordinates bounded.
  const std::size_t last = direction.size() - 1;
  const double norm = std::sqrt(norm2), sign = direction[last] < 0 ? -1 : 1;
  Vector<Rational> u(static_cast<Eigen::Index>(direction.size()));
  Rational square = 0;
  for (std::size_t j = 0; j < last; ++j) {
    u(static_cast<Eigen::Index>(j)) = exact_rational(direction[j] / norm / (1 + std::abs(direction[last]) / norm));
    square += u(static_cast<Eigen::Index>(j)) * u(static_cast<Eigen::Index>(j));
  }
  for (std::size_t j = 0; j < last; ++j) u(static_cast<Eigen::Index>(j)) *= 2 / (1 + square);
  u(static_cast<Eigen::Index>(last)) = Rational(sign) * (1 - square) / (1 + square);
  return u;
}

}  // namespace shatterproof
