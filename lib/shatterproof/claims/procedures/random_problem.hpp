#pragma once
#include "shatterproof/core/random.hpp"
#include "shatterproof/network/activation.hpp"

namespace shatterproof {

/// A network of K neurons and n samples in the ball of radius R of R^d, all rational, without ties: margins w.x - b are
/// odd multiples of a power of 2. |w_kj|, |v_k| <= 2, |b_k| <= R, |y_i| <= 2. The same draw for the same generator
/// state.
[[nodiscard]] Problem<Rational> random_problem(Random& random, long d, long K, long n, const Rational& R);

/// Replaces the labels so that the gradient of the loss is exactly 0 while the residuals are not all 0 (theta is
/// stationary and does not interpolate): y = f(x) - r, r a random rational solution of sum r_i = 0 and sum r_i a_ik v_k
/// z_i = 0 for every k. Returns false if only r = 0 solves it; n > 1 + K(d+1) always leaves one.
[[nodiscard]] bool make_stationary(Random& random, Problem<Rational>& problem, const ActivationPattern& pattern);

}  // namespace shatterproof
