#include "shatterproof/sphere/usable_eps.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof {
namespace {

const Integer& usable_eps_scale() {
  static const Integer scale = power(Rational(10), kUsableEpsDigits).get_num();
  return scale;
}

Rational scaled_down(const Integer& units) {
  Rational eps(units, usable_eps_scale());
  eps.canonicalize();
  return eps;
}

}  // namespace

Rational usable_eps(const ExactCosine& max_cosine) {
  require(exact_sign(max_cosine.a + 1, max_cosine.b, max_cosine.q) >= 0 &&
              exact_sign(max_cosine.a - 1, max_cosine.b, max_cosine.q) < 0,
          "usable_eps needs a cosine in [-1, 1), got " + max_cosine.text());
  const PrecisionScope scope(kUsableEpsBits);
  return usable_eps(max_cosine.enclose(), [&](const Rational& s) { return max_cosine.is_at_most(s); });
}

Rational usable_eps(const Ball& cosine, const std::function<bool(const Rational&)>& fits) {
  const PrecisionScope scope(kUsableEpsBits);
  // These only propose, from the upper end of the cosine; the value above is tried first, because eps may be a short
  // decimal itself.
  const Ball half(std::max(Rational(0), ((Ball(1) + cosine) / Ball(2)).upper_rational()));
  const Ball h = Ball(1) - sqrt(half);
  const Integer units = floor(Rational(sqrt(max(h, Ball(0))).lower_rational() * usable_eps_scale()));
  for (const Integer& candidate : {Integer(units + 1), units, Integer(units - 1)}) {
    const Rational eps = scaled_down(candidate);
    if (eps >= power(Rational(10), -20) && eps <= 1 && fits(cosine_of_separation(eps))) return eps;
  }
  throw PreconditionError("the code of largest cosine " + to_text_certain(cosine, 50) +
                          " has caps too small to be used");
}

Rational usable_polygon_eps(const Integer& count) {
  require(count >= 2, "a polygon needs at least 2 corners");
  const PrecisionScope scope(kUsableEpsBits);
  if (count == 2) return 1;
  const Ball eps = sqrt(Ball(2)) * sin(Ball::pi() / Ball(Integer(2 * count)));
  const Rational below = scaled_down(floor(Rational(eps.lower_rational() * usable_eps_scale())));
  require(below >= power(Rational(10), -20), "the polygon has too many corners");
  return below;
}

std::string decimal_text(const Rational& eps) {
  const Rational units = eps * usable_eps_scale();
  if (units.get_den() != 1 || eps < 0) return to_text_exact(eps);
  const Integer whole = units.get_num() / usable_eps_scale(), rest = units.get_num() % usable_eps_scale();
  std::string digits = rest.get_str();
  digits.insert(0, static_cast<std::size_t>(kUsableEpsDigits) - digits.size(), '0');
  digits.erase(digits.find_last_not_of('0') + 1);
  return whole.get_str() + (digits.empty() ? "" : "." + digits);
}

}  // namespace shatterproof
