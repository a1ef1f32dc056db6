#pragma once
#include <memory>

#include "constructions/common/cap_membership.hpp"
#include "shatterproof/network/activation.hpp"
#include "shatterproof/network/problem.hpp"

namespace shatterproof {

/// f = M sum_j xi_j Phi_{u_j,h} with disjoint caps, Phi_{u,h}(x) = relu(u.x - (1-h))/h, xi_j in {-1, 0, +1} (H.4; I.3).
/// As a network: w_j = s u_j, b_j = s(1-h), v_j = xi_j M/(h s), beta = 0, for any s > 0 the same function exactly.
/// Neurons with xi_j = 0 are left out of the network.
struct CapFunction {
  std::shared_ptr<const CapCentres> centres;
  Rational h;              ///< cap depth eps^2, in (0, 1]
  Rational amplitude;      ///< M > 0
  Rational scale;          ///< s > 0
  std::vector<int> signs;  ///< xi, one per centre

  [[nodiscard]] long dimension() const { return centres->dimension(); }
  [[nodiscard]] std::vector<long> used() const;        ///< indices j with xi_j != 0, in order: the neurons
  [[nodiscard]] Rational output_weight(long j) const;  ///< v_j
};

/// Scale s for balanced layers: a rational (a double) next to sqrt(sqrt(2) M)/h, which makes the largest gradient block
/// over a cap, 2 (M/(h s))^2 + (s h)^2, smallest: 2 sqrt(2) M (spec lower-bounds 9, repair (c)).
[[nodiscard]] Rational balanced_scale(const Rational& amplitude, const Rational& h);

// --- Exact quantities, for disjoint caps. P: uniform probability measure on the ball; multiply by v_d for Lebesgue.
/// ||f||_P^2 = #{xi_j != 0} M^2 a(h).
[[nodiscard]] Ball norm2(const CapFunction& f);
/// ||f - g||_P^2 = M^2 a(h) sum_j (xi_j - xi'_j)^2; f and g share centres, h and amplitude.
[[nodiscard]] Ball squared_distance(const CapFunction& f, const CapFunction& g);
/// |f|_Vg with the canonical weight (1-|t|)^(d+2): #{xi_j != 0} M h^(d+1) for h < 1. At h = 1 the two opposite caps are
/// one ridge up to an affine function and the value is |xi_1 + xi_2| M.
[[nodiscard]] Rational canonical_seminorm(const CapFunction& f);

// --- The network.
[[nodiscard]] Network<Ball> ideal_network(const CapFunction& f);
/// Every entry rounded to the nearest double, then kept exactly.
[[nodiscard]] Network<Rational> rounded_network(const CapFunction& f);
/// Values of the rounded network at the sample points, exact.
[[nodiscard]] Vector<Rational> exact_values(const CapFunction& f, const Network<Rational>& rounded,
                                            const BallSample& sample);
/// Values of the ideal function at the sample points (zero exactly outside the caps).
[[nodiscard]] Vector<Ball> enclose_values(const CapFunction& f, const CapMembership& membership,
                                          const BallSample& sample);
/// Activation pattern of the ideal network, from the certified membership.
[[nodiscard]] ActivationPattern activation_pattern(const CapFunction& f, const CapMembership& membership);

/// An enclosure of lambda_max from the block structure, and the largest squared gradient block.
/// Statement     f interpolates its own labels, so on the Gram side H is (1/n)(11^T + blocks), one block a cap, hence
///               1 + (1/n^2) sum_j 1^T G_j 1 <= lambda_max <= 1 + (1/n) max_j trace G_j.
/// Guarantee     encloses, for residuals exactly 0 and a trained output bias.
/// Source        Prop. I.2; spec lower-bounds 9, repair (c).
struct GramBound {
  Ball lambda_max;    ///< contains lambda_max
  Ball stated_bound;  ///< 1 + 2 sqrt(2) M Zmax / n
};
[[nodiscard]] GramBound enclose_lambda_max_of_interpolant(const CapFunction& f, const CapMembership& membership,
                                                          const BallSample& sample);

}  // namespace shatterproof
