#include "shatterproof/flatness/weight_deviation_bound.hpp"

#include <algorithm>
#include <vector>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

Integer half_space_patterns(long dimension, long samples) {
  Integer sum = 0, binomial = 1;
  for (long k = 0; k <= std::min(dimension, samples - 1); ++k) {
    sum += binomial;
    binomial = binomial * (samples - 1 - k) / (k + 1);
  }
  return sum;
}

void require_sizes(long dimension, long samples, const Rational& delta) {
  require(dimension >= 1 && samples >= 2, "the bound needs d >= 1 and n >= 2");
  require(delta > 0 && delta < 1, "delta must lie between 0 and 1");
}

}  // namespace

WeightDeviationBound weight_deviation_bound(long dimension, long samples, const Rational& delta) {
  require_sizes(dimension, samples, delta);
  const Ball root_n = sqrt(Ball(samples)), half = Ball(1) / Ball(2);
  const Ball confidence = sqrt(Ball(2) * log(Ball(Rational(3 / delta))));
  WeightDeviationBound result;
  result.log_patterns = log(Ball(half_space_patterns(dimension, samples)));
  result.delta_s = (Ball(5) / Ball(2) + confidence) / root_n;
  result.delta_zeta = (sqrt(Ball(2)) + half + Ball(2) * sqrt(result.log_patterns) + confidence) / root_n;
  result.bound = sqrt(Ball(2)) * result.delta_s + Ball(2) * result.delta_zeta;
  return result;
}

Ball pathwise_bound(const Ball& distance) { return Ball(2) * (sqrt(Ball(2)) + sqrt(Ball(10))) * distance; }

Ball weight_deviation_bound_line(long samples, const Rational& delta) {
  require_sizes(1, samples, delta);
  return pathwise_bound(sqrt(log(Ball(Rational(2 / delta))) / Ball(2 * samples)));
}

Rational distribution_distance(const Matrix<Rational>& X) {
  require(X.cols() == 1 && X.rows() >= 1, "at least one sample on a line is needed");
  std::vector<Rational> x;
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    require(abs(X(i, 0)) <= 1, "sample " + std::to_string(i) + " lies outside [-1, 1]");
    x.push_back(X(i, 0));
  }
  std::sort(x.begin(), x.end());
  const auto n = static_cast<unsigned long>(x.size());
  Rational largest = 0;
  for (unsigned long i = 0; i < n; ++i) {
    // The distribution function (x + 1)/2 against the steps of the empirical one on both sides of x.
    const Rational population = (x[i] + 1) / 2;
    Rational before(i, n), after(i + 1, n);
    before.canonicalize();
    after.canonicalize();
    largest = std::max({largest, Rational(abs(population - before)), Rational(abs(population - after))});
  }
  return largest;
}

Ball trivial_weight_deviation() { return sqrt(Ball(2)) / Ball(4); }

}  // namespace shatterproof
