#include "shatterproof/sphere/delsarte.hpp"

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/nonpositive.hpp"

namespace shatterproof {

std::vector<Rational> gegenbauer_to_powers(long d, const std::vector<Rational>& coefficients) {
  const std::size_t size = coefficients.size();
  std::vector<Rational> sum(size), before(size), now(size);  // P_(k-1), P_k
  if (size == 0) return sum;
  now[0] = 1;
  for (std::size_t k = 0; k < size; ++k) {
    for (std::size_t j = 0; j <= k; ++j) sum[j] += coefficients[k] * now[j];
    if (k + 1 == size) break;
    // (k+d-2) P_(k+1) = (2k+d-2) t P_k - k P_(k-1); at d = 2, k = 0 both sides are 0 and P_1 = t.
    const long index = static_cast<long>(k);
    const Rational up = k == 0 ? Rational(1) : Rational(Rational(2 * index + d - 2) / (index + d - 2));
    const Rational down = k == 0 ? Rational(0) : Rational(Rational(index) / (index + d - 2));
    std::vector<Rational> next(size);
    for (std::size_t j = 0; j <= k; ++j) next[j + 1] = up * now[j];
    for (std::size_t j = 0; j < k; ++j) next[j] -= down * before[j];
    before = std::move(now), now = std::move(next);
  }
  return sum;
}

std::optional<Rational> verified_delsarte_bound(const DelsarteDual& dual) {
  require(dual.dimension >= 2, "Delsarte's bound needs d >= 2, got " + std::to_string(dual.dimension));
  require(dual.cosine >= -1 && dual.cosine < 1,
          "Delsarte's bound needs -1 <= s < 1, got " + to_text_exact(dual.cosine));
  require(!dual.coefficients.empty(), "Delsarte's bound needs coefficients");
  if (dual.coefficients[0] <= 0) return std::nullopt;
  Rational at_one = 0;
  for (const Rational& f : dual.coefficients) {
    if (f < 0) return std::nullopt;
    at_one += f;
  }
  const std::vector<Rational> powers = gegenbauer_to_powers(dual.dimension, dual.coefficients);
  if (dual.cosine == -1) {  // the interval is one point
    Rational value = 0;
    for (std::size_t k = powers.size(); k-- > 0;) value = powers[k] - value;
    if (value > 0) return std::nullopt;
  } else if (!is_certainly_nonpositive(powers, -1, dual.cosine)) {
    return std::nullopt;
  }
  return Rational(at_one / dual.coefficients[0]);
}

}  // namespace shatterproof
