#pragma once
#include <optional>
#include <string_view>

#include "shatterproof/network/problem.hpp"

namespace shatterproof {

/// What a training program calls the squared loss of n samples with residuals r_i. Each is a constant times the loss
/// L = 1/(2n) sum r_i^2 of the theorems; so are its gradient, its Hessian and every eigenvalue, and gradient descent
/// with step eta on it is gradient descent with step factor * eta on L.
enum class LossKind {
  half_mean,  ///< 1/(2n) sum r_i^2, factor 1
  mean,       ///< 1/n sum r_i^2, factor 2: torch.nn.MSELoss()
  sum         ///< sum r_i^2, factor 2n: torch.nn.MSELoss(reduction="sum")
};

[[nodiscard]] std::string_view to_text(LossKind kind);  ///< "half-mean"
[[nodiscard]] std::string_view formula_of(LossKind kind);
[[nodiscard]] std::optional<LossKind> loss_kind_from_text(std::string_view text);

/// 1, 2 or 2n.
[[nodiscard]] Rational loss_factor(LossKind kind, Eigen::Index samples);

}  // namespace shatterproof
