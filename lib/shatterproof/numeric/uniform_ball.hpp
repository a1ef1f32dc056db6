#pragma once
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// Closed forms for X uniform on the closed unit ball B of R^d (probability measure), in the depth h = 1 - t.
/// Source: spec flatness-and-weights 6 (Prop. E.1-E.4'), lower-bounds 0-2 (Lemma H.1, (129)).
/// All take a dimension d >= 1 (PreconditionError otherwise) and, as Ball, enclose the value for every h in the ball;
/// a ball h wholly outside the stated range gives the indeterminate ball, one that crosses an end of it stands for its
/// part inside. Wide balls are handled by monotonicity, so that the range over [0, 1/4], say, is sharp.
namespace uniform_ball {

// --- Ball arithmetic, any precision. 0 <= h <= 2 unless said otherwise.
[[nodiscard]] Ball tail(long d, const Ball& h);          ///< Q = P(X.u > 1-h)
[[nodiscard]] Ball first_moment(long d, const Ball& h);  ///< N = E[X.u ; X.u > 1-h]
[[nodiscard]] Ball tail_mean(long d, const Ball& h);     ///< E = E[X.u | X.u > 1-h]; 1 at h = 0 (limit)
[[nodiscard]] Ball excess(long d, const Ball& h);        ///< s = E[(X.u - (1-h))_+]
[[nodiscard]] Ball weight_plus(long d, const Ball& h);   ///< g+ = s sqrt(Q^2 + N^2), the one-sided weight of (6)
[[nodiscard]] Ball weight(long d, const Ball& h);        ///< g_P = g+(1 - |1-h|): the minimum over both sides
[[nodiscard]] Ball weight_ratio(long d, const Ball& h);  ///< rho = g+/h^(d+2), continuous down to h = 0
[[nodiscard]] Ball weight_limit(long d);                 ///< kappa_d = rho(0), Prop. E.4'
[[nodiscard]] Ball cap_mass(long d, const Ball& h);      ///< p = P(X.u >= 1-h) = tail
[[nodiscard]] Ball cap_area_fraction(
    long d, const Ball& theta);                        ///< sigma_d(theta), 0 <= theta <= pi, d >= 2 (d = 1: counting)
[[nodiscard]] Ball atom_norm2(long d, const Ball& h);  ///< a(h) = ||Phi||_P^2, Lemma H.1, 0 <= h <= 1
[[nodiscard]] Ball atom_norm2_lebesgue(long d, const Ball& h);  ///< v_d a(h)

// Without their leading power at h = 0, continuous down to it and falling in h; 0 <= h <= 2.
[[nodiscard]] Ball tail_ratio(long d, const Ball& h);          ///< Q/h^((d+1)/2)
[[nodiscard]] Ball first_moment_ratio(long d, const Ball& h);  ///< N/h^((d+1)/2)
[[nodiscard]] Ball excess_ratio(long d, const Ball& h);        ///< s/h^((d+3)/2)
[[nodiscard]] Ball gap_ratio(long d, const Ball& h);           ///< (1-E)/h
[[nodiscard]] Ball atom_norm2_ratio(long d, const Ball& h);    ///< a/h^((d+1)/2), 0 <= h <= 1

/// 2F1(a, b; c; h/2) for 0 <= h <= 7/4 (indeterminate beyond), a >= 1 and b >= c > 0, where twice_c = 2c; grows with h.
[[nodiscard]] Ball positive_hypergeometric(long a, long b, long twice_c, const Ball& h);

[[nodiscard]] Ball volume(long d);          ///< v_d, Lebesgue measure of the unit ball of R^d, d >= 0
[[nodiscard]] Ball c1(long d);              ///< density constant, Prop. E.1
[[nodiscard]] Ball c2(long d);              ///< Prop. E.2, lower
[[nodiscard]] Ball c3(long d);              ///< Prop. E.2, upper
[[nodiscard]] Ball c4(long d);              ///< Prop. E.3, upper on the mean
[[nodiscard]] Ball c5(long d);              ///< Prop. E.3, lower on the mean
[[nodiscard]] Ball c7_squared(long d);      ///< Lemma H.1, lower constant of ||Phi||_Leb^2 (the paper's c7, squared)
[[nodiscard]] Ball c8_squared(long d);      ///< Lemma H.1, upper constant, squared
[[nodiscard]] Ball cap_mass_lower(long d);  ///< L_d: L_d h^((d+1)/2) <= p
[[nodiscard]] Ball cap_mass_upper(long d);  ///< U_d

// --- double: relative error at most one unit in the last place (measured) for d up to 1000, h down to 1e-300.
// A value below the range of double is 0; its logarithm is still right. NaN for h outside the range.
// Needs the 64-bit mantissa of x87's long double; elsewhere the error grows with d.
namespace approx {
[[nodiscard]] double tail(long d, double h);
[[nodiscard]] double first_moment(long d, double h);
[[nodiscard]] double tail_mean(long d, double h);
[[nodiscard]] double excess(long d, double h);
[[nodiscard]] double weight_plus(long d, double h);
[[nodiscard]] double weight(long d, double h);
[[nodiscard]] double weight_ratio(long d, double h);
[[nodiscard]] double log_tail(long d, double h);
[[nodiscard]] double log_weight_plus(long d, double h);
[[nodiscard]] double atom_norm2(long d, double h);
[[nodiscard]] double log_atom_norm2(long d, double h);
[[nodiscard]] double c1(long d);
[[nodiscard]] double log_volume(long d);
}  // namespace approx

}  // namespace uniform_ball
}  // namespace shatterproof
