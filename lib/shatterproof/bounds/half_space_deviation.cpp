#include "shatterproof/bounds/half_space_deviation.hpp"

#include "shatterproof/bounds/explicit_chain.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {

Integer half_space_dichotomies(long dimension, const Integer& points) {
  require(dimension >= 1 && points >= 1, "dichotomies need d >= 1 and n >= 1");
  Integer sum = 0, binomial = 1;
  const Integer rest = points - 1;
  for (long i = 0; i <= dimension; ++i) {
    sum += binomial;
    binomial = binomial * (rest - i) / (i + 1);
    if (binomial == 0) break;
  }
  return 2 * sum;
}

HalfSpaceDeviation<Ball> half_space_deviation(long dimension, const Integer& samples, const Rational& delta) {
  const Ball n(samples);
  const Ball log_signed = log(Ball(Integer(2 * half_space_dichotomies(dimension, samples))));
  const Ball log_doubled = log(Ball(half_space_dichotomies(dimension, Integer(2 * samples))));
  const Ball level = log(Ball(Rational(32 / delta)));
  return {Ball(2) * sqrt((log_doubled + level) / n), sqrt(Ball(2) * log_signed / n)};
}

HalfSpaceDeviation<double> approx(const HalfSpaceDeviation<Ball>& deviation) {
  return {deviation.relative.mid_double(), deviation.rho.mid_double()};
}

}  // namespace shatterproof
