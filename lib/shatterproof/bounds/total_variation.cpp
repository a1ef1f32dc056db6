#include "shatterproof/bounds/total_variation.hpp"

#include <algorithm>
#include <cmath>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

struct Window {
  long first, last;
};

// Where nearly all of both laws lies. What is outside is bounded, so the window decides the width only.
Window around_mean(long n, double mass) {
  const double mean = static_cast<double>(n) * mass, reach = 16 * std::sqrt(mean) + 60;
  return {static_cast<long>(std::max(0.0, mean - reach)), static_cast<long>(std::min(static_cast<double>(n), mean + reach))};
}

}  // namespace

Ball binomial_poisson_distance(long n, const Ball& mass) {
  require(n >= 1 && n <= 1000000000, "the number of trials must lie in 1..10^9, found " + std::to_string(n));
  const Ball complement = Ball(1) - mass;
  if (!certainly_positive(mass) || !certainly_positive(complement)) return Ball::indeterminate();
  const PrecisionScope guard(working_precision() + 64);  // b_k and pi_k agree to many digits
  const Window window = around_mean(n, mass.mid_double());
  const Ball mean = Ball(n) * mass, odds = mass / (Ball(1) - mass), k0(window.first);
  const Ball log_k0_factorial = log_gamma(k0 + Ball(1));
  Ball poisson = exp(k0 * log(mean) - mean - log_k0_factorial);
  Ball binomial = exp(log_gamma(Ball(n + 1)) - log_k0_factorial - log_gamma(Ball(n - window.first + 1)) +
                      k0 * log(mass) + Ball(n - window.first) * log1p(-mass));
  // TV = sum_k (b_k - pi_k)_+.
  Ball distance(0), covered(0);
  for (long k = window.first; k <= window.last; ++k) {
    distance += max(binomial - poisson, Ball(0));
    covered += binomial;
    binomial *= Ball(n - k) * odds / Ball(k + 1);
    poisson *= mean / Ball(k + 1);
  }
  const Ball outside = max(Ball(1) - covered, Ball(0));
  return Ball::interval(distance, distance + outside);
}

DistanceBracket barbour_hall(long n, const Ball& mass) {
  const Ball mean = Ball(n) * mass;
  return {mass * min(Ball(1), mean) / Ball(32), -mass * expm1(-mean)};
}

}  // namespace shatterproof
