#pragma once
#include "shatterproof/claims/expression/value.hpp"

// The constants of the uniform distribution on the ball of R^d in closed form: with symbols, exact where rational
// (names as in numeric/uniform_ball.hpp).
namespace shatterproof::expression::ball {

[[nodiscard]] Value half_power(const Rational& base, long twice_exponent);  ///< base^(k/2)
[[nodiscard]] Value c1(long d);
[[nodiscard]] Value density_scale(long d);  ///< c1/(d+1)
[[nodiscard]] Value c2(long d);
[[nodiscard]] Value c3(long d);
[[nodiscard]] Value c4(long d);
[[nodiscard]] Value c5(long d);
[[nodiscard]] Value c7_squared(long d);
[[nodiscard]] Value c8_squared(long d);
[[nodiscard]] Value volume(long d);
[[nodiscard]] Value cap_mass_lower(long d);
[[nodiscard]] Value cap_mass_upper(long d);
[[nodiscard]] Value weight_limit(long d);

}  // namespace shatterproof::expression::ball
