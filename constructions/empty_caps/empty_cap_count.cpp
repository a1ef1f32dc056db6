#include "constructions/empty_caps/empty_cap_count.hpp"

#include <cmath>

#include "shatterproof/bounds/occupancy.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {

Rational default_cap_parameter(long d, long n) {
  require(d >= 1 && n >= 1, "the default eps needs d >= 1 and n >= 1");
  const double target = std::log(2.0) - std::log(static_cast<double>(d) + 1) - std::log(static_cast<double>(n));
  auto log_mass = [&](double log_eps) { return uniform_ball::approx::log_tail(d, std::exp(2 * log_eps)); };
  if (log_mass(0) <= target) return 1;
  double low = -300, high = 0;
  for (int step = 0; step < 200; ++step) {
    const double middle = (low + high) / 2;
    (log_mass(middle) < target ? low : high) = middle;
  }
  // Six significant digits keep the exact arithmetic on h = eps^2 small.
  const double eps = std::exp(high);
  const long exponent = static_cast<long>(std::floor(std::log10(eps))) - 5;
  const long digits = std::lround(eps / std::pow(10.0, static_cast<double>(exponent)));
  return Rational(digits * power(Rational(10), exponent));
}

EmptyCapCount count_empty_caps(long d, const Rational& h, const CapMembership& membership) {
  EmptyCapCount result;
  result.samples = static_cast<long>(membership.cap_of.size());
  result.caps = static_cast<long>(membership.counts.size());
  result.empty = static_cast<long>(membership.empty().size());
  result.most = membership.most();
  const Ball a = uniform_ball::atom_norm2(d, Ball(h));
  result.cap_mass = uniform_ball::cap_mass(d, Ball(h));
  const Occupancy law{result.caps, Integer(result.samples), [p = result.cap_mass] { return p; }};
  result.empty_chance = law.empty_probability();
  result.expected_empty = law.mean();
  result.gap = a * Ball(result.empty);
  result.expected_gap = a * law.mean();
  result.low_chance = empty_tail_chernoff(result.caps, result.empty_chance, result.empty_chance / Ball(2));
  return result;
}

}  // namespace shatterproof
