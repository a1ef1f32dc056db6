#pragma once
#include "shatterproof/linalg/symmetric_product.hpp"
#include "shatterproof/network/evaluate.hpp"

namespace shatterproof {

/// The Hessian H = Phi Phi^T / n + D of L = 1/(2n) sum r_i^2 at a theta without ties, in any scalar: exact for
/// Rational, enclosing for Ball, rounded for double, Float128 and Real. Shapes   H: N x N, N = 1 + K(d+2), in the order
/// (beta; then per neuron v_k, w_k, b_k) of gradient(); Phi: N x n. Source   spec flatness-and-weights (H1)-(H4): D has
/// the block [[0, s_k^T], [s_k, 0]] in (v_k; w_k, b_k).
template <class Scalar>
class Hessian {
 public:
  using Index = Eigen::Index;

  /// Requires a pattern of the problem's shape, else PreconditionError.
  Hessian(const Problem<Scalar>& problem, const ActivationPattern& pattern);

  [[nodiscard]] Index size() const { return 1 + K_ * (d_ + 2); }
  [[nodiscard]] Index samples() const { return n_; }
  [[nodiscard]] Index neurons() const { return K_; }
  [[nodiscard]] const ActivationPattern& pattern() const { return pattern_; }
  [[nodiscard]] const Matrix<Scalar>& hidden() const { return hidden_; }  ///< h_ik, n x K
  [[nodiscard]] const Matrix<Scalar>& lifted() const { return Z_; }       ///< z_i = (x_i; -1) in columns, (d+1) x n
  [[nodiscard]] const Matrix<Scalar>& blocks() const { return S_; }       ///< s_k = 1/n sum_i r_i a_ik z_i, (d+1) x K
  [[nodiscard]] const Vector<Scalar>& output_weights() const { return v_; }
  [[nodiscard]] Scalar block_norm2(Index k) const { return dot(&S_(0, k), &S_(0, k), d_ + 1); }  ///< ||s_k||^2

  [[nodiscard]] Scalar trace() const;  ///< (H4)

  // Matrix-free products, O(n K d).
  [[nodiscard]] Vector<Scalar> apply(const Vector<Scalar>& x) const;                      ///< H x
  [[nodiscard]] Vector<Scalar> apply_jacobian(const Vector<Scalar>& t) const;             ///< Phi t
  [[nodiscard]] Vector<Scalar> apply_jacobian_transposed(const Vector<Scalar>& x) const;  ///< Phi^T x
  /// (sigma I - D)^{-1} x by (H7). Requires sigma different from 0 and +-||s_k||.
  [[nodiscard]] Vector<Scalar> solve_blocks(const Scalar& sigma, const Vector<Scalar>& x) const;

  [[nodiscard]] Matrix<Scalar> jacobian() const;  ///< Phi
  [[nodiscard]] Matrix<Scalar> dense() const;     ///< H; O(n N^2)

 private:
  [[nodiscard]] Index at(Index k) const { return 1 + k * (d_ + 2); }  // position of v_k

  Index n_, K_, d_;
  ActivationPattern pattern_;
  Vector<Scalar> v_;
  Matrix<Scalar> hidden_, Z_, S_;
};

/// M_sigma = (1/n) Phi^T (sigma I - D)^{-1} Phi, n x n, for sigma different from 0 and +-||s_k|| (H8), computed as
///     n M_sigma = (1/sigma) (1 1^T + C + U diag(1/(sigma^2 - ||s_k||^2)) U^T),
///     C_ij = z_i.z_j sum_k v_k^2 a_ik a_jk,   U_ik = sigma h_ik + v_k a_ik s_k.z_i,
/// so that only one product depends on sigma.
template <class Scalar>
class Reduction {
 public:
  explicit Reduction(const Hessian<Scalar>& hessian);
  [[nodiscard]] Matrix<Scalar> at(const Scalar& sigma) const;
  [[nodiscard]] Matrix<Scalar> scaled_at(const Scalar& sigma) const;  ///< n sigma M_sigma

 private:
  Matrix<Scalar> hidden_, slopes_;  // K x n: h_ik and e_ik = v_k a_ik s_k.z_i
  Matrix<Scalar> constant_;         // 1 1^T + C
  Vector<Scalar> norm2_;            // ||s_k||^2
};

}  // namespace shatterproof

#include "shatterproof/flatness/hessian.ipp"
