#pragma once
#include <string>

#include "shatterproof/sphere/exact_code.hpp"

namespace shatterproof {

/// A certificate of the rank of an integer matrix, for shatterproof-check: a minor that is invertible modulo a prime,
/// and each other column as a rational combination of the minor's columns. Requires a matrix with an entry other than
/// 0, else PreconditionError. Cost: elimination in rationals.
[[nodiscard]] std::string rank_certificate(const IntegerMatrix& matrix);

}  // namespace shatterproof
