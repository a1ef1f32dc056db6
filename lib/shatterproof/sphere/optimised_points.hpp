#pragma once
#include <array>
#include <vector>

namespace shatterproof {

/// n = 7, 8, 9, 10 points on S^2 with the largest known least angle, found by minimising the log-sum-exp of the inner
/// products. Numbers to start from: they carry no proof.
[[nodiscard]] std::vector<std::array<double, 3>> optimised_points(long n);

}  // namespace shatterproof
