#pragma once
#include <optional>
#include <vector>

#include "shatterproof/numeric/rational.hpp"

namespace shatterproof {

/// A dual point of Delsarte's linear program: f = sum_k coefficients[k] P_k with the Gegenbauer polynomials P_k of
/// R^d, P_k(1) = 1.
struct DelsarteDual {
  long dimension = 0;
  Rational cosine;  ///< s
  std::vector<Rational> coefficients;
};

/// The bound of a dual point, verified in exact arithmetic: if f_0 > 0, all f_k >= 0 and f <= 0 on [-1, s], then every
/// set of unit vectors of R^d with inner products at most s has at most f(1)/f_0 of them (Delsarte, Goethals, Seidel).
/// Empty: not verified. Throws PreconditionError for d < 2, s outside [-1, 1), or no coefficients.
[[nodiscard]] std::optional<Rational> verified_delsarte_bound(const DelsarteDual& dual);

/// sum_k coefficients[k] P_k in powers of t.
[[nodiscard]] std::vector<Rational> gegenbauer_to_powers(long d, const std::vector<Rational>& coefficients);

}  // namespace shatterproof
