#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"
#include "shatterproof/numeric/uniform_ball_detail.hpp"

namespace shatterproof::uniform_ball {

using detail::Guard;
using detail::half_power;
using detail::require_dimension;

namespace {

Ball half(long numerator) { return Ball(numerator) / Ball(2); }
Ball seven_quarters() { return Ball(7) / Ball(4); }

/// B((d+1)/2, 3).
Ball beta3(long d) { return Ball(16) / (Ball(d + 1) * Ball(d + 3) * Ball(d + 5)); }

}  // namespace

namespace detail {

void require_dimension(long d, long least) {
  if (d < least || d > kMaxDimension)
    throw PreconditionError("the dimension must be from " + std::to_string(least) + " to " +
                            std::to_string(kMaxDimension) + ", found " + std::to_string(d));
}

Ball half_power(const Ball& x, long twice_exponent) {
  if (twice_exponent % 2 == 0) return power(x, twice_exponent / 2);
  return power(sqrt(x), twice_exponent);
}

}  // namespace detail

Ball volume(long d) {
  require_dimension(d, 0);
  const Guard guard;
  return half_power(Ball::pi(), d) * exp(-log_gamma(half(d + 2)));
}

Ball c1(long d) {
  require_dimension(d);
  const Guard guard;
  return exp(log_gamma(half(d + 2)) - log_gamma(half(d + 1))) / sqrt(Ball::pi());
}

Ball c2(long d) {
  require_dimension(d);
  const Guard guard;
  return c1(d) / Ball(d + 1) * half_power(seven_quarters(), d + 1);
}

Ball c3(long d) {
  require_dimension(d);
  const Guard guard;
  return c1(d) / Ball(d + 1) * half_power(Ball(2), d + 2);
}

Ball c4(long d) {
  require_dimension(d);
  const Guard guard;
  return Ball(d + 1) / Ball(d + 3) * half_power(Ball(7) / Ball(8), d - 1) / sqrt(Ball(2));
}

Ball c5(long d) {
  require_dimension(d);
  const Guard guard;
  return Ball(d + 1) / Ball(d + 3) * half_power(Ball(8) / Ball(7), d + 1);
}

Ball c7_squared(long d) {
  require_dimension(d);
  const Guard guard;
  return volume(d - 1) * half_power(seven_quarters(), d - 1) * beta3(d);
}

Ball c8_squared(long d) {
  require_dimension(d);
  const Guard guard;
  return volume(d - 1) * half_power(Ball(2), d - 1) * beta3(d);
}

Ball cap_mass_lower(long d) {
  require_dimension(d);
  const Guard guard;
  return Ball(2) * c1(d) / Ball(d + 1);
}

Ball cap_mass_upper(long d) {
  require_dimension(d);
  const Guard guard;
  return half_power(Ball(2), d + 1) * c1(d) / Ball(d + 1);
}

Ball weight_limit(long d) {
  require_dimension(d);
  const Guard guard;
  return half_power(Ball(2), 2 * d + 5) * square(c1(d) / Ball(d + 1)) / Ball(d + 3);
}

}  // namespace shatterproof::uniform_ball
