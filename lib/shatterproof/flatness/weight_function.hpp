#pragma once
#include <vector>

#include "shatterproof/network/activation.hpp"
#include "shatterproof/network/problem.hpp"

namespace shatterproof {

// The weight of equation (6) for the empirical law of x_1..x_n and a hyperplane w.x = b given by its RAW coefficients:
//   gt(u,t) = s ||(p; q)||,  p = P(X.u > t),  q = E[X; X.u > t],  s = E[(X.u - t)_+],  u = w/|w|, t = b/|w|,
//   g(u,t)  = min{gt(u,t), gt(-u,-t)}.
// Nothing is normalised before a side is decided, and no probability is divided by. Everything comes multiplied by |w|,
// because |w| gt = E[(w.X - b)_+] ||(p; q)|| needs no square root of w: a network's sums use v_k |w_k| gt anyway.

/// Which open side of the hyperplane each sample lies on: +1 where w.x > b, -1 where w.x < b, 0 on it (neither side).
using Sides = std::vector<signed char>;

/// Decides every sign in exact arithmetic. X: n x d, w: d entries; throws PreconditionError when the shapes disagree.
[[nodiscard]] Sides exact_sides(const Matrix<Rational>& X, const Vector<Rational>& w, const Rational& b);
/// Same in floating point, no guarantee near the hyperplane.
[[nodiscard]] Sides approx_sides(const Matrix<double>& X, const Vector<double>& w, double b);
/// The sides of neuron k; a pattern has no ties, so an inactive sample lies below.
[[nodiscard]] Sides neuron_sides(const ActivationPattern& pattern, Eigen::Index k);

/// Moments of the empirical law beyond one side of a hyperplane.
template <class Scalar>
struct SideMoments {
  Scalar p;          ///< share of the samples strictly on the side
  Vector<Scalar> q;  ///< E[X; side], d entries
  Scalar excess;     ///< E[|w.X - b|; side] = |w| s
};

/// side is +1 or -1. Scalar: double, Rational or Ball (then every entry is enclosed).
template <class Scalar>
[[nodiscard]] SideMoments<Scalar> side_moments(const Matrix<Scalar>& X, const Vector<Scalar>& w, const Scalar& b,
                                               const Sides& sides, int side);

extern template SideMoments<double> side_moments(const Matrix<double>&, const Vector<double>&, const double&,
                                                 const Sides&, int);
extern template SideMoments<Rational> side_moments(const Matrix<Rational>&, const Vector<Rational>&, const Rational&,
                                                   const Sides&, int);
extern template SideMoments<Ball> side_moments(const Matrix<Ball>&, const Vector<Ball>&, const Ball&, const Sides&,
                                               int);

/// |w| times the weights of one hyperplane. A side without samples has weight exactly 0.
template <class Value>
struct ScaledWeights {
  Value plus;   ///< |w| gt(u,t)
  Value minus;  ///< |w| gt(-u,-t)
  Value g;      ///< |w| g(u,t), the smaller one
};

/// Encloses the weights of any rational hyperplane; samples on it are allowed.
[[nodiscard]] ScaledWeights<Ball> enclose_scaled_weights(const Matrix<Rational>& X, const Vector<Rational>& w,
                                                         const Rational& b);
/// Encloses the weights of neuron k at the working precision in force.
[[nodiscard]] ScaledWeights<Ball> enclose_scaled_weights(const Problem<Ball>& problem, const ActivationPattern& pattern,
                                                         Eigen::Index k);
/// The same in double, for search and display only.
[[nodiscard]] ScaledWeights<double> approx_scaled_weights(const Matrix<double>& X, const Vector<double>& w, double b);

/// Encloses ||(p; q)||.
[[nodiscard]] Ball enclose_moment_norm(const SideMoments<Ball>& moments);
/// Encloses the Euclidean norm of w; exactly 0 if w is.
[[nodiscard]] Ball enclose_norm(const Vector<Ball>& w);

}  // namespace shatterproof
