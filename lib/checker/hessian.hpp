#pragma once
#include <cstdint>

#include "fixed.hpp"

namespace checker {

/// The network f(x) = sum_k v_k max(w_k.x - b_k, 0) + beta and its samples, exactly.
struct Problem {
  long samples, neurons, dimension;
  Rows<Rational> sample;  ///< row i: x_i (d numbers), y_i
  Rows<Rational> neuron;  ///< row k: w_k (d numbers), b_k, v_k
  Rational beta;
};

/// A set of indices below a bound.
using Bits = std::vector<std::uint64_t>;
inline bool has(const Bits& set, long i) { return (set[i / 64] >> i % 64 & 1) != 0; }

/// What the Hessian H = (1/n) Phi Phi^T + D of L = 1/(2n) sum_i (f(x_i) - y_i)^2 is made of; z_i = (x_i; -1).
class Hessian {
 public:
  /// Decides every sign of w_k.x_i - b_k exactly; throws Rejected if one of them is 0.
  Hessian(const Problem& from, const Fixed& arithmetic);

  const Problem& problem;
  const Fixed& fixed;
  std::vector<Bits> active;  ///< active[i] has k: w_k.x_i - b_k > 0
  Rows<Ball> z, s;           ///< z_i, n x (d+1), and s_k = 1/n sum_i r_i a_ik z_i, K x (d+1)
  std::vector<Ball> v;
  [[nodiscard]] Ball hidden(long i, long k) const { return {hidden_[i][k], 1}; }  ///< w_k.x_i - b_k where active

 private:
  void decide_activations();
  void sum_residuals();
  Rows<Integer> hidden_;  // rounded down
};

}  // namespace checker
