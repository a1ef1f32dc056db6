#pragma once
#include <vector>

#include "shatterproof/flatness/weight_function.hpp"

namespace shatterproof {

// The variation seminorm |f|_Vg of a finite network on the ball B_R (Example 3.1, corrected):
//   neurons with w_k = 0 or |b_k| >= R |w_k| are affine on B_R and drop out; neurons whose (w_k, b_k) are proportional
//   with a factor of EITHER sign bend along one hyperplane and form one class; with A = sum over the class of v_k
//   |w_k|, |f|_Vg = sum over the classes of |A| g(u,t)     for every even bounded measurable g >= 0.
// Every test is exact: the norm is discontinuous where neurons become proportional.

/// Neurons that bend along the same hyperplane. (w_k, b_k) = lambda_k (w_r, b_r) for the representative r, lambda_k
/// rational.
struct NeuronClass {
  std::vector<Eigen::Index> members;  ///< in increasing order
  Eigen::Index representative;        ///< the first member r
  Rational coefficient;               ///< A / |w_r| = sum of v_k |lambda_k|, signed and exact
  Rational absolute;  ///< sum of |v_k| |lambda_k| >= |coefficient|; the difference is the gain of merging
};

/// The classes of the neurons that bend inside B_R, ordered by representative; K log K exact comparisons.
/// Source: spec flatness-and-weights 3, Example 3.1 (corrected), steps 1-3.
[[nodiscard]] std::vector<NeuronClass> neuron_classes(const Network<Rational>& network, const Rational& R);

/// True if neuron k is affine on B_R, decided exactly: w = 0 or |b| >= R |w|. Requires R >= 0.
[[nodiscard]] bool is_affine_on_ball(const Vector<Rational>& w, const Rational& b, const Rational& R);

// |w_k| g(u_k, t_k) of every neuron, for three weights. A neuron with w_k = 0 has no hyperplane and gets exactly 0.
/// g of the empirical law of the samples.
[[nodiscard]] Vector<Ball> empirical_weights(const Problem<Ball>& problem, const ActivationPattern& pattern);
/// The canonical weight (1 - |t|)_+^(d+2) of the unit ball.
[[nodiscard]] Vector<Ball> canonical_weights(const Network<Rational>& network);
/// g_P of X uniform on the ball of radius R > 0.
[[nodiscard]] Vector<Ball> uniform_ball_weights(const Network<Rational>& network, const Rational& R);

/// Encloses |f|_Vg from the classes and |w_k| g of every neuron; exactly 0 when every class cancels.
[[nodiscard]] Ball enclose_variation_seminorm(const std::vector<NeuronClass>& classes, const Vector<Ball>& weights);

/// The sum of Example 3.1 as printed, without merging: sum of |v_k| |w_k| g(u_k, t_k). An upper bound of |f|_Vg only.
[[nodiscard]] Ball enclose_unmerged_sum(const Vector<Ball>& v, const Vector<Ball>& weights);

/// Encloses |f|_Vg of a network whose hyperplanes are pairwise distinct (centres that are irrational, say): every pair
/// is proved distinct by a 2 x 2 minor that certainly is not 0. A neuron for which |b_k| < R |w_k| is not decided
/// counts between 0 and its full term. Throws UndecidedError naming the pair that could not be told apart.
[[nodiscard]] Ball enclose_distinct_variation_seminorm(const Network<Ball>& network, const Ball& R,
                                                       const Vector<Ball>& weights);

}  // namespace shatterproof
