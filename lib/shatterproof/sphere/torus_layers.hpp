#pragma once
#include "shatterproof/linalg/matrix.hpp"

namespace shatterproof {

/// Codes on tori (after Torezzan, Costa and Vaishampayan): d = 2L, points (c_1 e^(i a_1), .., c_L e^(i a_L)). The radii
/// c run over the points of a layered code of S^(L-1) with the same separation that have no negative coordinate; on the
/// torus of one c stands a checkerboard: a_l in (2 pi/m_l) Z, m_l even, with an even sum of the indices.
///
/// Why it holds, x = sin(f/2): points of different tori are at least |c - c'| >= 2x apart. On one torus a difference of
/// indices has two entries that are not 0 mod m_l, which gives c_a^2 sin^2(pi/m_a) + c_b^2 sin^2(pi/m_b) >= x^2, or one
/// entry between 2 and m_l - 2, which gives c_l sin(2 pi/m_l) >= x. Where c_l is too small for m_l >= 4, a_l is fixed;
/// a single angle that is left is a ring. Demands are tightened by 1 + 2^-28; the radii are known to 1e-14.

/// Dimensions 6, 8, 10, and x not so small that the radii would be more than some 100,000.
[[nodiscard]] bool has_torus_layers(long d, double x);
/// The number of points; 0 unless has_torus_layers.
[[nodiscard]] double torus_count(long d, double x);
/// The points, each coordinate within 1e-13 of the exact one.
[[nodiscard]] Matrix<double> torus_points(long d, double x);

}  // namespace shatterproof
