#pragma once
#include <optional>

#include "shatterproof/flatness/hessian.hpp"

namespace shatterproof {

/// Proves lambda_max(H) < sigma in double arithmetic, with every rounding error bounded beforehand.
/// Statement     n sigma I - N_sigma is positive definite and sigma > max_k ||s_k||, where N_sigma = n sigma M_sigma is
///               the n x n matrix of (H8). Shown by a floating factor L and a bound of the residual of L L^T.
/// Guarantee     holds for every order of summation in the matrix products, with or without fused multiply-add.
/// Requires      every number of the problem known to two units in the last place of a double and no quantity beyond
///               1e75 in size (numbers of the problem: 1e60); otherwise prepare() gives nothing.
/// Cost          O(n^2 K + n^3) flops for each sigma, or O(N^3) for N < n after O(n N^2) once.
/// Source        Rump 2006 (floating-point certificates of definiteness); proofs_notes/certificates/float-cholesky.md,
///               whose step numbers stand in the source.
class FloatCertificate {
 public:
  [[nodiscard]] static std::optional<FloatCertificate> prepare(const Problem<Ball>& problem,
                                                               const ActivationPattern& pattern);

  /// True only if lambda_max(H) < sigma is proved.
  [[nodiscard]] bool certify(double sigma) const;

  /// About the least (sigma - lambda_max)/lambda_max that can be certified; no guarantee.
  [[nodiscard]] double approx_resolution(double sigma) const;

 private:
  FloatCertificate(Hessian<double> hessian, const Problem<double>& problem);
  void bound_errors(const Problem<double>& problem);
  void form_directly();

  struct Shifted;
  [[nodiscard]] std::optional<Shifted> shifted(double sigma) const;

  Hessian<double> hessian_;
  Matrix<double> hidden_, slopes_;             // n x K: h_ik and e_ik = v_k a_ik s_k.z_i, 0 where inactive
  Matrix<double> constant_;                    // 1 1^T + (V V^T) o (Z Z^T), lower triangle
  Vector<double> norms_;                       // upper bounds of ||s_k||
  Vector<double> hidden_error_, slope_error_;  // of h_ik and e_ik, for every i
  Vector<double> counts_;                      // active samples of each neuron
  double constant_trace_ = 0;                  // upper bound of sum_i |V_i|^2 |z_i|^2
  Matrix<double> direct_;                      // H, lower triangle, when it is smaller than n x n; then no constant_
  double direct_error_ = 0;                    // of that, in norm
  double block_error_ = 0, block_norm_ = 0;    // upper bounds of max_k |s_k - its rounded value| and of max_k |s_k|
};

}  // namespace shatterproof
