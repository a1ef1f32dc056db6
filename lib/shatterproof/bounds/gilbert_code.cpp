#include "shatterproof/bounds/gilbert_code.hpp"

#include <algorithm>
#include <cmath>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

constexpr long kExactLength = 300;

Ball bracket(long distance, const Ball& information, const Ball& log_size) {
  return Ball(distance) * (Ball(1) - information / log_size);
}

Ball best_exact(long length, const Ball& information) {
  const Integer words = Integer(1) << length;
  Integer volume = 1, binomial = 1;  // V(N, w-1), C(N, w-1)
  Ball best = bracket(1, information, log(Ball(words)));
  for (long w = 2; w <= length; ++w) {
    binomial = binomial * (length - w + 2) / (w - 1);
    volume += binomial;
    if (2 * volume >= words) break;  // at most two words: the bracket is negative
    best = max(best, bracket(w, information, log(Ball(Rational(words, volume)))));
  }
  return best;
}

double entropy(double x) { return x <= 0 ? 0 : -x * std::log(x) - (1 - x) * std::log1p(-x); }

// Any distance gives a true bound, so the search for the best may be approximate.
double approx_best_fraction(double information_per_bit) {
  const auto gain = [&](double x) { return x * (1 - information_per_bit / (std::log(2.0) - entropy(x))); };
  double best = 1e-6;
  for (double x = 1e-6; x < 0.4999; x *= 1.002)
    if (gain(x) > gain(best)) best = x;
  return best;
}

Ball at_one_distance(const Integer& length, const Ball& information) {
  const Ball n(length);
  const double fraction = approx_best_fraction((information / n).mid_double());
  const Integer radius = floor(Rational(exact_rational(fraction) * length));
  const Integer distance = radius + 1;
  Rational x(radius, length);
  x.canonicalize();
  Ball entropy_nats(0);
  if (radius > 0) {
    const Ball p(x), q(Rational(1 - x));
    entropy_nats = -p * log(p) - q * log(q);
  }
  return Ball(distance) * (Ball(1) - information / (n * (log(Ball(2)) - entropy_nats)));
}

}  // namespace

Integer hamming_ball_volume(long length, long radius) {
  require(length >= 0, "the length of a code must not be negative");
  Integer volume = 0, binomial = 1;
  for (long i = 0; i <= std::min(radius, length); ++i) {
    volume += binomial;
    binomial = binomial * (length - i) / (i + 1);
  }
  return volume;
}

Integer gilbert_code_size(long length, long distance) {
  require(length >= 1 && distance >= 1, "a Gilbert code needs length >= 1 and distance >= 1");
  const Integer volume = hamming_ball_volume(length, distance - 1);
  Integer words = Integer(1) << length;
  Integer size = (words + volume - 1) / volume;
  return size;
}

Ball best_distance_times_bracket(const Integer& length, const Ball& information) {
  require(length >= 2, "a code needs N >= 2");
  return length <= kExactLength ? best_exact(length.get_si(), information) : at_one_distance(length, information);
}

}  // namespace shatterproof
