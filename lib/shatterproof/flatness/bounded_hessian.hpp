#pragma once
#include "shatterproof/flatness/masked_hessian.hpp"

namespace shatterproof {

/// A vector u as an approximate top eigenvector of H' = G + D', D' the computed blocks: with q = u.H'u/|u|^2,
/// |q - quotient| <= quotient_error and |H'u - quotient u| <= residual |u|.
struct PairBounds {
  double quotient = 0, quotient_error = 0, residual = 0;
  double gram_quotient = 0;  ///< <= u.Gu/|u|^2
  [[nodiscard]] bool is_finite() const;
};

/// The Hessian H = G + D of a network of doubles, G = Phi Phi^T / n, with bounds of every rounding error.
/// Guarantee   for every problem whose numbers are within a relative 2^-52 of the given ones and whose activation
///             pattern is that of the forward pass.
/// Errors      forward_pass's.
/// Source      proofs_notes/certificates/temple-ladder.md; step numbers stand in the source.
class BoundedHessian {
 public:
  using Index = Eigen::Index;
  /// Signs by forward_pass, or by sparse_pass where n K is too large for it.
  enum class Signs { automatic, dense, sparse };
  BoundedHessian(const Problem<double>& problem, const SettleSign& settle, Signs signs = Signs::automatic);

  [[nodiscard]] bool is_finite() const;  ///< all bounds below are
  [[nodiscard]] const MaskedHessian<double>& hessian() const { return hessian_; }
  [[nodiscard]] const Vector<double>& residuals() const { return residuals_; }  ///< f(x_i) - y_i, rounded
  [[nodiscard]] double gram_trace() const { return gram_trace_; }               ///< >= tr G
  [[nodiscard]] double block_norm() const { return block_norm_; }               ///< >= ||D'|| = max_k |s'_k|
  [[nodiscard]] double block_error() const { return block_error_; }             ///< >= ||D - D'||
  /// >= |(w_k; b_k)| of the neurons that remain, and >= |z_i|.
  [[nodiscard]] const Vector<double>& neuron_norms() const { return neuron_norms_; }
  [[nodiscard]] const Vector<double>& sample_norms() const { return sample_norms_; }

  /// u: a vector of parameters of the hessian's shape. The bounds are not finite unless its norm is
  /// between 1/2 and 2.
  [[nodiscard]] PairBounds enclose(const AlignedVector<double>& u) const;
  [[nodiscard]] double lower_bound(const PairBounds& pair) const;  ///< of lambda_max(H), from a quotient; at least 1

 private:
  struct Passed {
    ForwardBounds bounds;
    std::shared_ptr<const MaskedPattern> pattern;
  };
  static Passed pass(const Problem<double>& problem, const SettleSign& settle, Signs signs);
  BoundedHessian(const Problem<double>& problem, const Passed& passed);
  [[nodiscard]] Vector<double> set_residuals(const Problem<double>& problem);
  struct Product;
  void multiply(const double* u, Product& product) const;
  [[nodiscard]] double residual_bound(const AlignedVector<double>& u, const Product& product, double quotient) const;

  MaskedHessian<double> hessian_;
  Vector<double> residuals_, neuron_norms_, sample_norms_, block_norms_;
  double gram_trace_ = 0, block_norm_ = 0, block_error_ = 0;
};

}  // namespace shatterproof
