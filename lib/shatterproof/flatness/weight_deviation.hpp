#pragma once
#include "shatterproof/network/problem.hpp"
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

// The deviation of Theorem E.5: |g_n(u,t) - g_P(u,t)|, g_n the weight of the empirical law of n samples in the closed
// unit ball of R^d, g_P that of the uniform law on the ball; u a unit vector, |t| <= 1. Source: spec
// flatness-and-weights 7. A point of the sample that lies on the hyperplane belongs to neither side.

/// Both one-sided suprema; each ball contains the true value.
struct WeightDeviation {
  Ball above;  ///< sup of g_n - g_P (at least 0)
  Ball below;  ///< sup of g_P - g_n (at least 0)

  [[nodiscard]] Ball largest() const { return max(above, below); }
};

/// Encloses the suprema over t for one direction.
/// Shapes     X: n x d with n >= 1, rational, every row of norm at most 1; u: d entries with u.u = 1 exactly.
/// Guarantee  on each open interval between events (projections of samples, and 0) g_n is the minimum of two lines and
/// g_P
///            is convex, so a supporting line of g_P bounds g_n - g_P from above by a line; g_P - g_n is largest at
///            events.
/// Accuracy   about `digits` digits, absolute.
/// Throws     PreconditionError when the shapes or norms do not fit.
[[nodiscard]] WeightDeviation enclose_deviation_along(const Matrix<Rational>& X, const Vector<Rational>& u, int digits);

/// Encloses the suprema over all directions and thresholds for d = 1; by evenness one direction is enough.
[[nodiscard]] WeightDeviation enclose_deviation_line(const Matrix<Rational>& X, int digits);

/// Encloses the suprema over all directions and thresholds for d = 2: the order of the projections is constant between
/// the directions perpendicular to differences of samples; there branch and bound with a Lipschitz constant in the
/// angle. The radius of each ball is at most `tolerance` unless `most_steps` evaluations are used up (then it is
/// larger). O(n^3).
[[nodiscard]] WeightDeviation enclose_deviation_plane(const Matrix<Rational>& X, double tolerance, long most_steps);

/// A rational unit vector close to the given one (stereographic projection): u.u = 1 exactly.
/// Throws PreconditionError for a vector that is empty, zero or not finite.
[[nodiscard]] Vector<Rational> rational_unit_vector(const std::vector<double>& direction);

}  // namespace shatterproof
