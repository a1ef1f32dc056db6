#include "shatterproof/flatness/weight_slice.hpp"

#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {
namespace {

/// The two lines of g_n and the convex function g_P on one side of 0.
class Slice {
 public:
  Slice(long dimension, const WeightSlice& slice, int side) : dimension_(dimension), s_(slice), side_(side) {}

  [[nodiscard]] Ball falling(const Ball& t) const { return s_.above_top - t * s_.above_rate; }
  [[nodiscard]] Ball rising(const Ball& t) const { return t * s_.below_rate - s_.below_top; }
  [[nodiscard]] WeightAndSlope weight(const Ball& t) const { return enclose_weight_and_slope(dimension_, t, side_); }

  /// Whether g_n - g_P certainly falls to the right of t, so that the best t is not there; approximate is enough.
  [[nodiscard]] bool falls(const Ball& t, const WeightAndSlope& w) const {
    const bool on_falling_line = certainly_less(falling(t).mid(), rising(t).mid());
    const Ball slope = (on_falling_line ? -s_.above_rate : s_.below_rate) - w.slope;
    return certainly_negative(slope.mid());
  }

  /// Upper bound from the supporting line of g_P at t and a mean of the two lines: one of them alone, or the mean that
  /// makes the difference flat. Any mean is allowed.
  [[nodiscard]] Ball upper(const Ball& t, const WeightAndSlope& w) const {
    const Ball flat = Ball((s_.below_rate - w.slope) / (s_.above_rate + s_.below_rate)).mid();
    Ball best = Ball(3);
    for (const Ball& wanted : {Ball(0), Ball(1), flat}) {
      const Ball mean = max(Ball(0), min(Ball(1), wanted)).mid();
      const auto bound = [&](const Ball& end) {
        return mean * falling(end) + (Ball(1) - mean) * rising(end) - w.value - w.slope * (end - t);
      };
      best = min(best, max(bound(s_.left), bound(s_.right)));
    }
    return best;
  }

 private:
  long dimension_;
  const WeightSlice& s_;
  int side_;
};

}  // namespace

WeightAndSlope enclose_weight_and_slope(long dimension, const Ball& t, int side) {
  const Ball size = abs(t), depth = Ball(1) - size;
  if (!certainly_positive(depth)) return {uniform_ball::weight(dimension, depth), Ball(0)};
  const Ball p = uniform_ball::tail(dimension, depth), m = uniform_ball::first_moment(dimension, depth),
             s = uniform_ball::excess(dimension, depth), norm = sqrt(square(p) + square(m));
  // Density of u.X: c1 (1 - t^2)^((d-1)/2).
  const Ball density = uniform_ball::c1(dimension) * power(depth * (Ball(1) + size), Ball(dimension - 1) / Ball(2));
  const Ball fall = p * norm + s * density * (p + size * m) / norm;
  return {s * norm, side > 0 ? -fall : fall};
}

WeightSlice make_slice(const Ball& left, const Ball& right, const SampleSums& above, const SampleSums& below,
                       const Vector<Ball>& u) {
  const auto along = [&](const SampleSums& sums) {
    Ball product = 0;
    for (Eigen::Index j = 0; j < u.size(); ++j) product.add_product(Ball(sums.q(j)), u(j));
    return product;
  };
  const Ball a = sums_norm(above), b = sums_norm(below);
  return {left, right, a * Ball(above.p), a * along(above), b * Ball(below.p), b * along(below)};
}

Ball sums_norm(const SampleSums& sums) {
  Rational norm2 = sums.p * sums.p;
  for (Eigen::Index j = 0; j < sums.q.size(); ++j) norm2 += sums.q(j) * sums.q(j);
  return sqrt(Ball(norm2));
}

Ball slice_value(const WeightSlice& slice, const Ball& t) {
  return min(slice.above_top - t * slice.above_rate, t * slice.below_rate - slice.below_top);
}

SupremumBounds bound_slice(long dimension, const WeightSlice& slice, int side, const SearchEffort& effort) {
  const Slice s(dimension, slice, side);
  Ball low = slice.left.mid(), high = slice.right.mid();
  SupremumBounds best{Ball(-3), Ball(3)};
  for (int step = 0; step <= effort.bisections; ++step) {
    Ball t = Ball((low + high) / Ball(2)).mid();
    // Rounding must not carry the supporting line to the other side of the kink.
    t = side > 0 ? max(t, Ball(0)).mid() : min(t, Ball(0)).mid();
    const WeightAndSlope w = s.weight(t);
    best.upper = min(best.upper, s.upper(t, w));
    // Only a point that certainly belongs to the slice gives a value of g_n.
    if (certainly_less_or_equal(slice.left, t) && certainly_less_or_equal(t, slice.right))
      best.lower = max(best.lower, slice_value(slice, t) - w.value);
    if (best.upper.upper_double() - best.lower.lower_double() <= effort.gap) break;
    (s.falls(t, w) ? high : low) = t;
  }
  return best;
}

}  // namespace shatterproof
