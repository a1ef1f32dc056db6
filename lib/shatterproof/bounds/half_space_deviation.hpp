#pragma once
#include <algorithm>
#include <cmath>

#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// A half-space {u.x > t}, 0 <= t < 1, under the uniform law on the ball: p = P(u.X > t), s = E(u.X - t)_+.
template <class Scalar>
struct HalfSpace {
  Scalar threshold, tail, excess;
};

namespace detail {
inline double positive_part(double x) { return std::max(x, 0.0); }
inline Ball positive_part(const Ball& x) { return max(x, Ball(0)); }
inline double least(double a, double b) { return std::min(a, b); }
inline Ball least(const Ball& a, const Ball& b) { return min(a, b); }
}  // namespace detail

/// Uniform relative deviations of empirical half-space masses (Vapnik and Chervonenkis; spec upper-bounds 4): on one
/// event, p - p_n <= q sqrt(p) and p_n - p <= q sqrt(p_n) with q = relative, for all half-spaces. By the layer cake s =
/// int_t^1 p this also bounds s_n. The additive form of the specification is not used: it is never better here.
template <class Scalar>
struct HalfSpaceDeviation {
  Scalar relative;
  Scalar rho;  ///< sqrt(2 log(2 S_d(n))/n), the massive-class constant of step 4

  /// A lower bound of g_n(u, t) over t in [left.threshold, right.threshold], whatever u; 0 when it says nothing.
  /// Both orientations; p and s decrease in t, and each term is taken at its worse end.
  [[nodiscard]] Scalar weight_lower_bound(const HalfSpace<Scalar>& left, const HalfSpace<Scalar>& right) const {
    using namespace detail;
    using std::sqrt;
    const Scalar one(1);
    const Scalar &q = relative, &t0 = left.threshold, &t1 = right.threshold;
    const Scalar first = positive_part(right.tail - q * sqrt(right.tail)) *
                         positive_part(right.excess - q * (one - t0) * sqrt(left.tail)) * sqrt(one + t0 * t0);
    const Scalar rest = one - left.tail;
    const Scalar second = positive_part(rest - q * sqrt(rest)) * positive_part(right.excess + t0 - q * (one + t1));
    return least(first, second);
  }

  /// An upper bound of p_n: min((q/2 + sqrt(q^2/4 + p))^2, 1).
  [[nodiscard]] Scalar tail_upper_bound(const Scalar& tail) const {
    using namespace detail;
    using std::sqrt;
    const Scalar half = relative / Scalar(2);
    const Scalar root = half + sqrt(half * half + tail);
    return least(root * root, Scalar(1));
  }
};

/// The deviations for n points in dimension d that hold together with probability at least 1 - delta/4: delta/8 for
/// each of the two events, q = 2 sqrt((log S_d(2n) + log(32/delta))/n).
[[nodiscard]] HalfSpaceDeviation<Ball> half_space_deviation(long dimension, const Integer& samples,
                                                            const Rational& delta);
[[nodiscard]] HalfSpaceDeviation<double> approx(const HalfSpaceDeviation<Ball>& deviation);

}  // namespace shatterproof
