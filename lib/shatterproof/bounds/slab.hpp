#pragma once
#include <vector>

#include "shatterproof/bounds/cube_prior.hpp"
#include "shatterproof/bounds/risk_bound.hpp"

namespace shatterproof {

/// The slab family of Theorem S (spec lower-bounds 6): in each of N caps of depth h stand K hats of width w = h/K along
/// the axis; f_xi = M sum xi_ik psi_k(u_i.x). Disjoint supports, ||f_xi||_inf = M, |f_xi|_Vg <= M N T(h, K).
struct SlabFamily {
  MinimaxProblem problem;
  Rational depth;      ///< h in (0, 1]
  long slabs = 1;      ///< K
  Integer caps;        ///< N
  Rational amplitude;  ///< M <= B with M N T(h, K) <= C

  [[nodiscard]] std::vector<Ball> hat_norms2() const;   ///< b_k = ||psi_k(u.x)||_P^2, k = 0..K-1
  [[nodiscard]] std::vector<Ball> slab_masses() const;  ///< p_k = p((k+1)w) - p(kw)
};

/// T(h, K) = (4/w)[h^(d+2)/2 + sum_{j=1}^{2K-1} (h - jw/2)^(d+2)]: the seminorm of one cap at amplitude 1, exactly.
[[nodiscard]] Rational slab_seminorm(long dimension, const Rational& depth, long slabs);

/// Takes M = min(B, C/(N T)). Throws PreconditionError for an invalid problem, h outside (0, 1], K < 1, or N above the
/// number of caps certified at some rational eps with eps^2 >= h (wider caps that are disjoint contain ours).
[[nodiscard]] SlabFamily make_slab_family(const MinimaxProblem& problem, const Rational& depth, long slabs,
                                          const Integer& caps);
/// The same in the caps of a certified packing of this dimension, h = eps^2 of it.
[[nodiscard]] SlabFamily make_slab_family(const MinimaxProblem& problem, long slabs, const Packing& packing);

/// Lower bounds of the minimax risk, P-measure, as certified enclosures: N M^2 sum_k b_k times mmse(s_k),
/// erfc(sqrt(s_k/2)), exp(-s_k) with s_k = n M^2 b_k/sigma^2, or (1 - p_k)^n.
[[nodiscard]] RiskBound slab_mmse(const SlabFamily& family);
[[nodiscard]] RiskBound slab_two_point(const SlabFamily& family);
[[nodiscard]] RiskBound slab_sigma_free(const SlabFamily& family);
[[nodiscard]] RiskBound slab_exp(const SlabFamily& family);

}  // namespace shatterproof
