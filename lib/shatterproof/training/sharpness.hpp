#pragma once
#include <optional>

#include "shatterproof/linalg/bit_matrix.hpp"
#include "shatterproof/network/problem.hpp"

namespace shatterproof {

/// lambda_max(H) of a ReLU network with these activations and outputs f(x_i): an approximation by Lanczos, to about 8
/// digits where no sample lies on a hyperplane to rounding, from `direction` on, which becomes the eigenvector found
/// (parameters in the order of parameter_count; empty: a start of its own).
[[nodiscard]] double approx_lambda_max(const Problem<double>& problem, const BitMatrix& active,
                                       const Vector<double>& outputs, Vector<double>& direction);

/// lower <= lambda_max(H) <= upper, certified; nothing where there is no gap or a sample lies on a hyperplane.
struct LambdaMaxInterval {
  double lower, upper;
};
[[nodiscard]] std::optional<LambdaMaxInterval> certify_lambda_max(const Problem<double>& problem);

}  // namespace shatterproof
