#pragma once
// Internal to the lambda_max enclosure.
#include <optional>

#include "shatterproof/flatness/hessian.hpp"

namespace shatterproof {

/// Proves sigma I - H positive definite, and solves with it, by the smaller of two matrices: I - M_sigma (n x n, (H8))
/// or sigma I - H itself (N x N).
class ShiftedHessian {
 public:
  explicit ShiftedHessian(const Hessian<Ball>& hessian);

  /// True only if sigma I - H is proved positive definite, that is lambda_max(H) < sigma. solve() then uses this shift;
  /// after a failure the shift of the last success is kept.
  [[nodiscard]] bool certify(const Ball& sigma);

  /// An approximation to (sigma I - H)^{-1} x for the shift last certified. Requires one.
  [[nodiscard]] Vector<Ball> approx_solve(const Vector<Ball>& x) const;

  [[nodiscard]] bool reduced() const { return reduction_.has_value(); }

 private:
  const Hessian<Ball>& hessian_;
  std::optional<Reduction<Ball>> reduction_;  // when n < N
  Matrix<Ball> dense_;                        // otherwise
  Ball sigma_;
  Matrix<Ball> factor_;
};

}  // namespace shatterproof
