#pragma once
#include <vector>

#include "shatterproof/network/problem.hpp"
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof::radon {

// Theorem 3.4 (Radon domain), on two kinds of functions where both sides can be enclosed.
//   Rf(u,t)  = integral of f over the hyperplane u.x = t (d = 1: f(ut));  (-Lap)^a: Fourier multiplier |xi|^(2a) for
//   angular frequency;  a density k(u,t) stands for the measure k du dt, du the unnormalised surface measure.
// Correct form: if nu represents f, then R(-Lap)^((d+1)/2) f = -2 (2pi)^(d-1) nu_even.
// Source: spec flatness-and-weights 5. All throw PreconditionError for d < 1.

/// 2 (2pi)^(d-1): by so much the right side of Theorem 3.4 as printed exceeds the seminorm.
[[nodiscard]] Ball normalisation(long d);

// --- The Gaussian f(x) = exp(-|x|^2/2) on R^d. Its side R(-Lap)^((d+1)/2) f depends on t only.

/// The side in closed form: (2pi)^(d/2) (2^(d/2)/pi) Gamma(d/2+1) 1F1(d/2+1; 1/2; -t^2/2).
[[nodiscard]] Ball gaussian_side(long d, const Ball& t);
/// The same from the definitions: the slice theorem, (2pi)^(d/2)/pi int_0^inf w^(d+1) e^(-w^2/2) cos(wt) dw, by
/// rigorous quadrature.
[[nodiscard]] Ball gaussian_side_by_fourier(long d, const Ball& t);
/// int over the sphere of side(u.x) du at |x| = r, by rigorous quadrature. The measure -side/c represents f iff this is
/// -c Lap f(x) = -c (r^2 - d) e^(-r^2/2) for all r.
[[nodiscard]] Ball backprojected_side(long d, const Rational& r);

enum class RidgeWeight {
  one,     ///< g = 1
  lorentz  ///< g = 1/(1+t^2)
};
/// || g R(-Lap)^((d+1)/2) f ||_M = |S^(d-1)| int g |side| dt: the right side of Theorem 3.4 as printed.
/// The roots of the side are enclosed by sign changes and counted against ceil((d+1)/2) (DLMF 13.9.1); throws
/// UndecidedError if not all are found. d <= 12; with the second weight the enclosure may say nothing for even d >= 6.
[[nodiscard]] Ball gaussian_side_mass(long d, RidgeWeight weight);

// --- Finite networks, in weak form: for f = sum_j A_j phi(u_j.x - t_j) + affine and every centre c,
//       int f(x) (-Lap)^((d+1)/2) G(x - c) dx = - sum_j A_j dual_ridge(t_j - u_j.c),    G = exp(-|.|^2/2).

/// w_d(tau) = Lambda^(d-1) R G (tau), Lambda = |d/dt|.
[[nodiscard]] Ball dual_ridge(long d, const Ball& tau);
/// int phi(u.x - t) (-Lap)^((d+1)/2) G(x - c) dx for the margin m = u.c - t: in polar coordinates about c, by rigorous
/// quadrature. Odd d only (the kernel of even d has a slow tail); PreconditionError otherwise.
[[nodiscard]] Ball neuron_pairing(long d, const Rational& margin);

}  // namespace shatterproof::radon
