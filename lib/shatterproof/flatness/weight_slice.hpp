#pragma once
#include "shatterproof/linalg/matrix.hpp"
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// g_P(u, t) for the uniform law on the unit ball of R^d and its slope in t on the side of `side` (+1: to the right of
/// t, -1: to the left; they differ only at t = 0). Requires |t| < 1 for the slope; at |t| = 1 it is 0, the limit.
struct WeightAndSlope {
  Ball value, slope;
};
[[nodiscard]] WeightAndSlope enclose_weight_and_slope(long dimension, const Ball& t, int side);

/// A slice of a cell of the arrangement at a fixed direction u: on (left, right), which contains neither 0 nor a
/// projection,
///   g_n(u,t) = min{ A(q - t p), B(t p' - q') },  q, q' the components along u of the moments.
/// A = ||(p; q)||, B = ||(p'; q')||; p, q belong to the samples above, p', q' to those below.
struct WeightSlice {
  Ball left, right;
  Ball above_rate, above_top;  ///< A p and A q:   the falling line is above_top - t above_rate
  Ball below_rate, below_top;  ///< B p' and B q': the rising line is t below_rate - below_top
};

/// Share of the samples on one open side of a hyperplane, and the sum of them over n.
struct SampleSums {
  Rational p;
  Vector<Rational> q;
};

[[nodiscard]] Ball sums_norm(const SampleSums& sums);  ///< ||(p; q)||
[[nodiscard]] WeightSlice make_slice(const Ball& left, const Ball& right, const SampleSums& above,
                                     const SampleSums& below, const Vector<Ball>& u);
/// g_n at t, also at an end (then the limit from inside).
[[nodiscard]] Ball slice_value(const WeightSlice& slice, const Ball& t);

/// Lower and upper bound of a supremum, as balls of which the lower (upper) end counts.
struct SupremumBounds {
  Ball lower, upper;
};

/// How closely a supremum is wanted: the search ends when the bounds are this close, or after so many halvings.
struct SearchEffort {
  double gap = 0;
  int bisections = 0;
};

/// Bounds the supremum of g_n - g_P over a slice on one side of 0 (side +1: t >= 0, -1: t <= 0).
/// Upper bound: g_P is convex there and lies above its supporting line at any t, and the minimum of the two lines lies
/// below any mean of them, so their difference is below a line, which is largest at an end.
/// g_P is convex for t >= 0: with f the density of u.X, (s Q)'' = (f/Q) [Q^2 + 2p(p + tm) - sm] + terms >= 0 for Q =
/// ||(p; m)||, and s <= m <= Q.
[[nodiscard]] SupremumBounds bound_slice(long dimension, const WeightSlice& slice, int side,
                                         const SearchEffort& effort);

}  // namespace shatterproof
