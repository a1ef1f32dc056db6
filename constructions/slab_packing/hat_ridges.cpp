#include "constructions/slab_packing/hat_ridges.hpp"

#include "shatterproof/core/error.hpp"

namespace shatterproof {

Rational HatRidges::canonical_seminorm(long dimension) const {
  Rational sum = 0;
  for (std::size_t j = 0; j < thresholds.size(); ++j)
    sum += abs(slope_changes[j]) * power(Rational(1 - thresholds[j]), dimension + 2);
  return sum;
}

HatRidges hat_ridges(const Rational& h, const std::vector<int>& signs) {
  require(h > 0 && h <= 1 && !signs.empty(), "hats need 0 < h <= 1 and at least one sign");
  const long K = static_cast<long>(signs.size());
  const Rational half_width = h / (2 * K);
  HatRidges ridges;
  // The slab k = 0 touches the sphere: from the inside, the hats come in the order K-1, ..., 0.
  int before = 0;
  for (long k = K; k-- > 0;) {
    const int sign = signs[static_cast<std::size_t>(k)];
    require(sign == 1 || sign == -1, "the signs of hats must be +1 or -1");
    ridges.thresholds.push_back(1 - half_width * (2 * k + 2));
    ridges.slope_changes.push_back((sign + before) / half_width);  // down from the hat before, up to this one
    ridges.thresholds.push_back(1 - half_width * (2 * k + 1));
    ridges.slope_changes.push_back(-2 * sign / half_width);
    before = sign;
  }
  return ridges;
}

Ball hat_sum(const Rational& h, const std::vector<int>& signs, const Ball& t) {
  const Rational half_width = h / (2 * static_cast<long>(signs.size()));
  Ball sum(0);
  for (std::size_t k = 0; k < signs.size(); ++k) {
    const Rational middle = half_width * (2 * static_cast<long>(k) + 1);  // as a depth
    const Ball hat = Ball(1) - abs(Ball(1) - t - Ball(middle)) / Ball(half_width);
    sum += Ball(static_cast<long>(signs[k])) * max(hat, Ball(0));
  }
  return sum;
}

}  // namespace shatterproof
