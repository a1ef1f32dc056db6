#pragma once
#include <optional>

#include "shatterproof/flatness/temple_enclosure.hpp"
#include "shatterproof/network/activation.hpp"

namespace shatterproof {

/// Proves lambda_max(H) < sigma in double arithmetic, with every rounding error bounded beforehand.
/// Statement     n sigma I - N_sigma is positive definite and sigma > max_k ||s_k||, where N_sigma = n sigma M_sigma is
///               the n x n matrix of (H8). Shown by a floating factor L and a bound of the residual of L L^T.
/// Guarantee     that of BoundedHessian; whatever the factorisation returned, for every order of summation that is no
///               deeper than the parts say (lower_products_depth, MaskedSum::depth), with or without fused
///               multiply-add.
/// Requires      every number of the problem known to two units in the last place of a double and no quantity beyond
///               1e75 in size (numbers of the problem: 1e60), the activations kept as bits and matrices of at
///               most 12000 rows and a few gigabytes; otherwise prepare() gives nothing.
/// Cost          O(n^2 A + n^3) flops for each sigma, A the neurons active anywhere; or O(N^3) for N = A(d+2)+1 < n,
///               after O(n N^2) once.
/// Source        Rump 2006 (floating-point certificates of definiteness); proofs_notes/certificates/float-cholesky.md,
///               whose step numbers stand in the source.
class FloatCertificate {
 public:
  [[nodiscard]] static std::optional<FloatCertificate> prepare(const Problem<Ball>& problem,
                                                               const ActivationPattern& pattern);
  [[nodiscard]] static std::optional<FloatCertificate> prepare(const BoundedHessian& bounded);

  /// True only if lambda_max(H) < sigma is proved.
  [[nodiscard]] bool certify(double sigma) const;

 private:
  explicit FloatCertificate(BoundedHessian bounded);
  void form_constant();
  void form_directly();
  [[nodiscard]] double carried_error(const Vector<double>& of_neurons) const;

  struct Shifted;
  [[nodiscard]] std::optional<Shifted> shifted(double sigma) const;

  BoundedHessian bounded_;
  double radius_;                     // >= max_i |z_i|
  Vector<double> norms_;              // S_k: upper bounds of ||s_k||
  std::vector<Eigen::Index> counts_;  // active samples of each neuron
  LaneRows<double> constant_;         // 1 1^T + (V V^T) o (Z Z^T), lower triangle
  double constant_trace_ = 0;         // upper bound of sum_i |V_i|^2 |z_i|^2
  LaneRows<double> direct_;           // H, lower triangle, when it is smaller than n x n; then no constant_
  double direct_error_ = 0;           // of that, in norm
};

/// Encloses lambda_max(H) whatever its gap: from above by FloatCertificate, from below by a Rayleigh quotient.
/// On failure   nothing, where a width of tolerance * lower is not reached or prepare() gives nothing.
[[nodiscard]] std::optional<DoubleEnclosure> enclose_by_cholesky(const BoundedHessian& bounded, double tolerance);

}  // namespace shatterproof
