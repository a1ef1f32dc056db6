#pragma once
#include <optional>
#include <vector>

#include "shatterproof/flatness/chain.hpp"
#include "shatterproof/flatness/hessian.hpp"

/// The pieces of Theorem 3.2's chain; used by chain.cpp only.
namespace shatterproof::chain_detail {

struct ChainTerms {
  Problem<Ball> problem;
  Hessian<Ball> hessian;
  Ball R;
  Vector<Ball> mean_gradient;            ///< gbar, in the order of the parameters
  std::vector<char> has_direction;       ///< w_k != 0
  std::vector<SideMoments<Ball>> above;  ///< of the side w_k.x > b_k
  Vector<Ball> plus;                     ///< |w_k| gt(u_k,t_k), 0 if w_k = 0
  Vector<Ball> weights;                  ///< |w_k| g(u_k,t_k)
  std::vector<NeuronClass> classes;      ///< empty if the hyperplanes are distinct
  Ball seminorm, unmerged_sum;
};

struct ResidualTerms {
  Ball mean_square;                            ///< 2L = (1/n) sum r_i^2
  Ball max_block_norm2;                        ///< max_k ||s_k||^2
  std::optional<Rational> exact_difference{};  ///< (R^2+1) 2L - max_k ||s_k||^2 where it had to be decided exactly
  bool stationary = false;
};

/// Throws PreconditionError naming the first sample outside the ball of radius R (for Ball: certainly outside), and for
/// an empty data set.
void require_data_in_ball(const DataSet<Rational>& data);
void require_data_in_ball(const DataSet<Ball>& data);

ChainTerms chain_terms(const Problem<Rational>& problem, const ActivationPattern& pattern);
ChainTerms chain_terms(const Problem<Ball>& problem, const ActivationPattern& pattern);

/// In ball arithmetic, and again in rationals where that leaves stationarity or the fourth link open.
ResidualTerms residual_terms(const Problem<Rational>& problem, const ChainTerms& terms);
ResidualTerms residual_terms(const ChainTerms& terms);

Ball path_sum(const ChainTerms& terms);

// Nonnegative terms of the slacks.
/// (A3): |v_k| |w_k| (gt - g) for each neuron, and g |w_r| (sum |v_k lambda_k| - |sum v_k |lambda_k||) for each class.
std::vector<Ball> merging_terms(const ChainTerms& terms);
/// (A2): (|w_k| s_k - |v_k| ||zeta_k||)^2 / 2; all of both squares for a neuron with w_k = 0.
std::vector<Ball> balance_terms(const ChainTerms& terms);
/// (A1), (A4): with rho the Rayleigh quotient of H at gbar, (lambda_max - rho)/2, the sample variance of
/// grad f(x_i).gbar/||gbar|| halved, and what the residual blocks leave.
std::vector<Ball> rayleigh_terms(const ChainTerms& terms, const ChainQuantities& q);
/// The same where v_k s_k = 0 for every k, so that D does not contribute to rho.
std::vector<Ball> stationary_rayleigh_terms(const ChainTerms& terms, const ChainQuantities& q);

}  // namespace shatterproof::chain_detail
